"""Where it hurts: the exercises whose checks and review questions failed most, and how predictions met what happened.

Pure functions of the record; the words to reread are found in the course.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..course.lesson import Course, Lesson
from ..course.section import Section, section_of
from ..finding import Verdict
from ..workspace.store import Event, Review, Tally
from .schedule import Key

FAILED = (Verdict.WRONG, Verdict.CRASHED, Verdict.TIMED_OUT)


@dataclass(frozen=True)
class Sore:
    """An exercise that failed: how often, how, and what to reread."""

    lesson: Lesson
    exercise: str
    checks: int  # that failed
    answers: int  # to review questions, that were wrong
    mistakes: tuple[tuple[str, int], ...]  # recognised ones and how often, the commonest first
    questions: tuple[tuple[str, int], ...]  # review questions and how often answered wrong, the commonest first
    mended: bool  # it has passed, and its last review answer, if there is one, was right
    section: Section

    @property
    def failed(self) -> int:
        return self.checks + self.answers


@dataclass(frozen=True)
class Calibration:
    """Of the predictions made before the value was shown in one phase: how many there were, and how many right."""

    folder: str
    title: str
    made: int
    right: int


def hurts(course: Course, tallies: Iterable[Tally], reviews: Iterable[Review]) -> tuple[Sore, ...]:
    """Every exercise of the course that ever failed, most failures first, then in the order of the course."""
    checks: Counter[Key] = Counter()
    mistakes: dict[Key, Counter[str]] = defaultdict(Counter)
    wrong: dict[Key, Counter[str]] = defaultdict(Counter)
    passed = set()
    for tally in tallies:
        key = (tally.lesson, tally.exercise)
        if tally.verdict is Verdict.PASSED:
            passed.add(key)
        elif tally.verdict in FAILED:
            checks[key] += tally.times
            mistakes[key].update({tally.mistake: tally.times} if tally.mistake else {})
    last: dict[Key, Review] = {}
    for review in reviews:
        key = (review.lesson, review.exercise)
        last[key] = max(last.get(key, review), review, key=lambda one: one.at)
        if not review.correct:
            wrong[key][review.question] += 1
    found = []
    for lesson in course.lessons:
        for name in lesson.exercise_names():
            key = (lesson.key, name)
            if checks[key] or wrong[key]:
                mended = key in passed and (key not in last or last[key].correct)
                slips, asked = tuple(mistakes[key].most_common()), tuple(wrong[key].most_common())
                section = section_of(lesson, "exercise", name)
                found.append(Sore(lesson, name, checks[key], wrong[key].total(), slips, asked, mended, section))
    return tuple(sorted(found, key=lambda sore: -sore.failed))


def calibration(course: Course, events: Iterable[Event]) -> tuple[Calibration, ...]:
    """Each phase of the course that has lessons, in its order. `events` hold the kinds 'prediction' and 'reveal'.

    The prediction that counts is the last one before the value was shown, as its first reveal compared it.
    """
    first: dict[tuple[str, str], Event] = {}
    made: dict[tuple[str, str], Event] = {}
    for event in sorted(events, key=lambda event: event.at):
        key = (event.lesson, event.name)
        if event.kind == "prediction" and not event.detail.get("after_reveal"):
            made[key] = event
        elif event.kind == "reveal" and event.detail.get("right") is not None and key in made:
            first.setdefault(key, event)
    told = []
    for phase in course.phases:
        keys = {lesson.key for lesson in phase.lessons}
        met = [bool(event.detail["right"]) for (lesson, _), event in first.items() if lesson in keys]
        if keys:
            told.append(Calibration(phase.folder, phase.title, len(met), sum(met)))
    return tuple(told)
