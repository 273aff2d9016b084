"""Where a learner stands on the path: what of each lesson is done, and what comes next.

Reads the course and a set of what passed; knows neither where that set is kept nor how the path is shown.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from ..course.lesson import Course, Lesson


@dataclass(frozen=True)
class Standing:
    """A lesson's exercises in their order, and which of them have ever passed."""

    lesson: Lesson
    exercises: tuple[str, ...]
    passed: frozenset[str]

    @property
    def done(self) -> int:
        return sum(name in self.passed for name in self.exercises)

    @property
    def complete(self) -> bool:
        return self.done == len(self.exercises)

    @property
    def following(self) -> str:
        """The first exercise that has not passed, or ""."""
        return next((name for name in self.exercises if name not in self.passed), "")


def standings(course: Course, passed: Set[tuple[str, str]]) -> tuple[Standing, ...]:
    """Every lesson in the order of the course; `passed` holds (lesson key, exercise)."""
    return tuple(
        Standing(lesson, lesson.exercise_names(), frozenset(name for key, name in passed if key == lesson.key))
        for lesson in course.lessons
    )


def following(path: tuple[Standing, ...]) -> Standing | None:
    """The first lesson that is not complete: where to go on. None at the end of the path."""
    return next((standing for standing in path if not standing.complete), None)
