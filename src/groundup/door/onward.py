"""What a pass or a right answer leads to: the next exercise, a gate's questions, the next lesson or phase.

Reads the record and makes sentences; shows nothing and keeps nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Set

from ..course.lesson import Lesson
from ..exercise import Exercise
from ..workspace.path import Standing, standing_in
from .session import Session

Named = tuple[str, str]  # (lesson key, exercise)


def where(here: Session, of: Lesson, passed: Set[Named]) -> Standing:
    """What of a lesson is done by now, where these have passed."""
    return standing_in(of, passed, here.record.answered() if of.is_gate else frozenset())


def after_pass(here: Session, of: Lesson, exercise: Exercise) -> list[str]:
    """What a first pass leads to: the next exercise, those that rested on this one, or the end of the lesson."""
    passed, _ = here.record.passed()
    now = where(here, of, passed)
    names = now.exercises
    later = names[names.index(exercise.name) + 1 :]
    following = next((name for name in later if name not in now.passed), now.following)
    freed = [
        other.name
        for lesson in here.course.lessons
        if lesson.module in sys.modules
        for other in lesson.register().exercises.values()
        if (lesson.key, other.name) not in passed
        and other.name != following
        and _rests_on(other, exercise, here, passed)
    ]
    told = [f"It opens {' and '.join(f'`{name}`' for name in freed)}."] if freed else []
    count = f"{now.done} of {len(names)} passed."
    if following:
        return [*told, f"Next in this lesson: `{following}`. {count}"]
    return [*told, f"That was the last of this lesson: {count}", *_after_all(here, now)]


def after_answer(here: Session, of: Lesson) -> list[str]:
    """What a first right answer leads to in a gate, which is passed with its exercises and its questions both."""
    if not of.is_gate:
        return []
    now = where(here, of, here.record.passed()[0])
    told = f"{now.questions - len(now.unanswered)} of {now.questions} questions answered right."
    if now.unanswered:
        return [told]
    left = [name for name in now.exercises if name not in now.passed]
    return [told, f"The gate still asks for {_listed(left, 'exercise')}."] if left else [told, *_after_all(here, now)]


def _after_all(here: Session, now: Standing) -> list[str]:
    """What there is after the last exercise of a lesson: of a gate its questions, and then the next phase."""
    if now.unanswered:
        return [f"The gate still asks for {_listed(now.unanswered, 'question')}."]
    order, phases = here.course.lessons, here.course.phases
    after = order[order.index(now.lesson) + 1 :][:1]
    next_lesson = [f"The next lesson is {nxt.title}: `{nxt.notebook}`." for nxt in after]
    if not now.lesson.is_gate:
        return next_lesson
    number = next(n for n, phase in enumerate(phases, start=1) if now.lesson in phase.lessons)
    if number == len(phases):
        return ["The gate is passed."]
    name = f"phase {number + 1}, {phases[number].title},"
    if not phases[number].lessons:
        return [f"The gate is passed; {name} is still to be written."]
    return [f"The gate is passed: {name} is open.", *next_lesson]


def _rests_on(other: Exercise, exercise: Exercise, here: Session, passed: set[Named]) -> bool:
    """Whether an exercise needs this one, and all else that it needs has passed."""
    keys = {lesson.module: lesson.key for lesson in here.course.lessons}
    return any(need is exercise for need in other.needs) and all(
        (keys.get(need.module, ""), need.name) in passed for need in other.needs
    )


def _listed(names: tuple[str, ...] | list[str], noun: str) -> str:
    """'2 questions: `one`, `two`'."""
    return f"{len(names)} {noun}{'s' if len(names) > 1 else ''}: {', '.join(f'`{name}`' for name in names)}"
