"""How well each exercise is known, by one rule that every surface shows in the same sentence. Pure; keeps nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from ..course.lesson import Course
from ..workspace.store import Event
from .schedule import Card, Key, day_of

DAYS = 2  # different days on which each question must have been answered right
RULE = (
    "An exercise is passed when a check accepts it, and mastered when each of its review questions has been answered "
    f"right on {DAYS} different days since it was last answered wrong, not counting days on which its solution was "
    "shown."
)
UNASKED = "No review question asks for it, so passed is as far as it goes."


class State(StrEnum):
    OPEN = "open"  # never passed
    PASSED = "passed"
    LAPSED = "lapsed"  # passed, but a review question about it was last answered wrong
    MASTERED = "mastered"


@dataclass(frozen=True)
class Known:
    """How well one exercise is known; `says` is what stands between it and mastery, a sentence, or ""."""

    lesson: str
    exercise: str
    state: State
    questions: int  # that the course has about it
    due: date | None = None  # the day on which the first of them is to be asked again
    says: str = ""


def known(
    course: Course,
    passed: Mapping[Key, datetime],
    cards: Iterable[Card],
    solutions: Iterable[Event] = (),
    zone: tzinfo | None = None,
) -> dict[Key, Known]:
    """Every exercise of the course, in its order. `solutions` are the events at which a solution was shown."""
    shown: dict[Key, set[date]] = defaultdict(set)
    for event in solutions:
        if event.kind == "solution":
            shown[event.lesson, event.name].add(day_of(event.at, zone))
    about: dict[Key, list[Card]] = defaultdict(list)
    for card in cards:
        about[card.topic.lesson, card.topic.exercise].append(card)
    told = {}
    for lesson in course.lessons:
        asked = [exercise for _, exercise in lesson.question_names()]
        for name in lesson.exercise_names():
            key = (lesson.key, name)
            told[key] = _known(key, key in passed, asked.count(name), about[key], shown[key])
    return told


def lesson_mastered(known: Iterable[Known]) -> bool:
    """Whether a lesson, given all its exercises, is mastered: all passed, and all that are asked for mastered."""
    told = list(known)
    reached = all(one.state is State.MASTERED or (one.state is State.PASSED and not one.questions) for one in told)
    return reached and any(one.questions for one in told)


def _known(key: Key, has_passed: bool, questions: int, cards: list[Card], shown: set[date]) -> Known:
    if not has_passed:
        return Known(*key, State.OPEN, questions)
    if not cards:
        return Known(*key, State.PASSED, questions, says=UNASKED)
    first = min(card.due for card in cards)
    forgotten = [card.topic.question for card in cards if card.lapsed]
    if forgotten:
        says = f"“{forgotten[0]}” was last answered wrong."
        return Known(*key, State.LAPSED, questions, first, says)
    days = [len(set(card.right_on) - shown) for card in cards]
    if min(days) >= DAYS:
        return Known(*key, State.MASTERED, questions, first)
    least = cards[days.index(min(days))].topic.question
    says = f"“{least}” was answered right on {min(days)} of {DAYS} days."
    return Known(*key, State.PASSED, questions, first, says)
