"""The path as a map: what of each lesson is passed, mastered and due, what is next, what is locked and why.

Pure: from the course and what is known of the learner to plain values for a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from ..course.cells import cell_of
from ..course.lesson import Course, Lesson, Phase
from ..course.section import section_of
from ..workspace.path import Standing, following, standing_in, standings

Named = tuple[str, str]  # (lesson key, exercise)


@dataclass(frozen=True)
class Known:
    """What the record says that the path needs. `last` is the lesson worked on last."""

    passed: Set[Named] = frozenset()
    mastered: Set[Named] = frozenset()
    due: Set[Named] = frozenset()
    lapsed: Set[Named] = frozenset()  # a question about it was last answered wrong
    tried: Set[Named] = frozenset()  # ever checked
    last: str = ""
    begun: Set[str] = frozenset()  # lesson keys
    opened: Mapping[str, date] = field(default_factory=dict)  # phases opened before their time, and when
    answered: Set[Named] = frozenset()  # quizzes, that were ever answered right
    questions: int = 0  # that are due today


@dataclass(frozen=True)
class Mark:
    """One exercise, small: 'open', 'passed', 'mastered', 'due' or 'lapsed'."""

    name: str
    state: str


@dataclass(frozen=True)
class Stop:
    """One place on the map: a lesson, a gate, or what is still to come (then without a key).

    `state` is 'next', 'due', 'mastered', 'done', 'begun', 'open', 'locked' or 'coming'.
    """

    number: str
    title: str
    state: str
    words: str
    key: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """One phase. `why` says why it is locked; `note` that it was opened before its time."""

    number: int
    name: str
    title: str
    words: str
    why: str
    note: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Step:
    """Where Continue leads: a lesson, the exercise there ("" at its end), and the cell to stand at."""

    lesson: Lesson
    title: str
    exercise: str
    cell: str
    words: str


@dataclass(frozen=True)
class Map:
    stretches: tuple[Stretch, ...]
    step: Step | None
    due: int  # questions, today
    words: str


def map_of(course: Course, known: Known) -> Map:
    """The whole path."""
    path = standings(course, known.passed, known.answered)
    step = step_of(course, path, known)
    stretches = tuple(_stretch(course, number, path, known, step) for number in range(1, len(course.phases) + 1))
    done, all_ = sum(standing.done for standing in path), sum(len(standing.exercises) for standing in path)
    mastered = len(_of(path, known.mastered))
    words = f"{done} of {all_} exercises passed" + (f", {mastered} of them mastered" if mastered else "")
    return Map(stretches, step, known.questions, words)


def step_of(course: Course, path: tuple[Standing, ...], known: Known) -> Step | None:
    """The lesson worked on last if it is not finished, else the first that is not; None when all has passed."""
    unlocked = tuple(s for s in path if not locked(course, s.lesson, known))
    last = next((s for s in unlocked if s.lesson.key == known.last and not s.complete), None)
    ahead = last or following(unlocked) or following(path)
    if ahead is None:
        return None
    name = ahead.following
    if not name:  # a gate with a quiz left
        quiz = ahead.unanswered[0]
        return Step(ahead.lesson, ahead.lesson.title, quiz, cell_of("quiz", quiz), "a question")
    place = ahead.exercises.index(name) + 1
    words = f"exercise {place} of {len(ahead.exercises)}"
    return Step(ahead.lesson, ahead.lesson.title, name, _cell(ahead, name, known), words)


def _cell(ahead: Standing, name: str, known: Known) -> str:
    """Where to read on: at an exercise that was tried, else where what leads up to it begins."""
    if (ahead.lesson.key, name) in known.tried:
        return cell_of("exercise", name)
    place = ahead.exercises.index(name)
    if not place:
        return ""
    here, before = (section_of(ahead.lesson, "exercise", each) for each in (name, ahead.exercises[place - 1]))
    return before.cell if here.heading == before.heading else here.heading_cell


def locked(course: Course, lesson: Lesson, known: Known) -> str:
    """Why the phase of a lesson is still locked, in a sentence; "" if it is open."""
    number = next(n for n, phase in enumerate(course.phases) if lesson in phase.lessons)
    return why_locked(course, number, known)


def why_locked(course: Course, number: int, known: Known) -> str:
    """Why the phase at this index is locked; "" if it is open."""
    if number == 0 or course.phases[number].name in known.opened:
        return ""
    before = course.phases[number - 1]
    if not before.lessons:
        return f"It opens after phase {number}, {before.title}, which is still to be written."
    if before.gate:
        gate = standing_in(before.gate, known.passed, known.answered)
        why = f"It opens when the gate of phase {number}, {before.title}, has passed; you may take it first."
        return "" if gate.complete else why
    left = [
        name for lesson in before.lessons for name in lesson.exercise_names() if (lesson.key, name) not in known.passed
    ]
    if not left:
        return ""
    count = "one exercise of it is" if len(left) == 1 else f"{len(left)} exercises of it are"
    return f"It opens when phase {number}, {before.title}, is complete; {count} left."


def _stretch(course: Course, number: int, path: tuple[Standing, ...], known: Known, step: Step | None) -> Stretch:
    phase = course.phases[number - 1]
    why = why_locked(course, number - 1, known)
    own = [standing for standing in path if standing.lesson in phase.lessons]
    stops = [(s.lesson.number, _stop(s, known, step, bool(why))) for s in own]
    stops += [(c.number, Stop(str(c.number or ""), c.title, "coming", "to come")) for c in phase.coming]
    ordered = sorted(stops, key=lambda pair: pair[0] or 99)  # a gate has no number, and stands at the end
    on = known.opened.get(phase.name)
    note = (
        f"You opened this phase before its time, on {on.day} {on:%B %Y}."
        if on and _early(course, number, known)
        else ""
    )
    return Stretch(
        number, phase.name, phase.title, _progress(own, phase), why, note, tuple(stop for _, stop in ordered)
    )


def _early(course: Course, number: int, known: Known) -> bool:
    """Whether the phase would still be locked had it not been opened."""
    rest = {name: when for name, when in known.opened.items() if name != course.phases[number - 1].name}
    shut = Known(known.passed, answered=known.answered, opened=rest)
    return bool(why_locked(course, number - 1, shut))


def _stop(standing: Standing, known: Known, step: Step | None, is_locked: bool) -> Stop:
    lesson, names = standing.lesson, standing.exercises
    marks = tuple(Mark(name, state_of((lesson.key, name), known)) for name in names)
    due, lapsed = (len({(lesson.key, name) for name in names} & which) for which in (known.due, known.lapsed))
    mastered = sum(mark.state == "mastered" for mark in marks)
    parts = [_count(standing.done, len(names))]
    left = len(standing.unanswered)
    parts += [f"{left} question{'s' if left > 1 else ''} to answer"] if left and standing.done == len(names) else []
    parts += [f"{mastered} mastered"] if mastered else []
    parts += [f"{lapsed} lapsed"] if lapsed else []
    parts += [f"{due} due"] if due else []
    if standing.complete:
        state = "due" if due or lapsed else "mastered" if mastered == len(names) else "done"
    elif step is not None and lesson == step.lesson:
        state = "next"
    elif is_locked:
        state = "locked"
    else:
        state = "begun" if standing.done or lesson.key in known.begun else "open"
    return Stop(str(lesson.number or ""), lesson.title, state, ", ".join(parts), lesson.key, marks)


def state_of(exercise: Named, known: Known) -> str:
    """How one exercise is marked: 'open', 'lapsed', 'due', 'mastered' or 'passed', the first that is true."""
    if exercise not in known.passed:
        return "open"
    if exercise in known.lapsed:
        return "lapsed"
    return "due" if exercise in known.due else "mastered" if exercise in known.mastered else "passed"


def _count(done: int, all_: int) -> str:
    if not done:
        return "1 exercise" if all_ == 1 else f"{all_} exercises"
    return f"all {all_} passed" if done == all_ else f"{done} of {all_} passed"


def _progress(own: list[Standing], phase: Phase) -> str:
    done, all_ = sum(s.done for s in own), sum(len(s.exercises) for s in own)
    if not all_:
        return "Still to be written"
    coming = sum(c.number > 0 for c in phase.coming)
    count = _count(done, all_)
    return (
        count[:1].upper()
        + count[1:]
        + (f"; {coming} lessons to come" if coming > 1 else "; 1 lesson to come" if coming else "")
    )


def _of(path: tuple[Standing, ...], names: Set[Named]) -> list[Named]:
    """Those of the names that the course has and that have passed."""
    return [(s.lesson.key, name) for s in path for name in s.exercises if (s.lesson.key, name) in names]
