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
    questions: int = 0  # that a gate asks; elsewhere a quiz is no condition of anything
    unanswered: tuple[str, ...] = ()  # those of them that were never answered right

    @property
    def done(self) -> int:
        return sum(name in self.passed for name in self.exercises)

    @property
    def complete(self) -> bool:
        return self.done == len(self.exercises) and not self.unanswered

    @property
    def following(self) -> str:
        """The first exercise that has not passed, or ""; of a gate, only its quizzes may be left."""
        return next((name for name in self.exercises if name not in self.passed), "")


def standings(
    course: Course, passed: Set[tuple[str, str]], answered: Set[tuple[str, str]] = frozenset()
) -> tuple[Standing, ...]:
    """Every lesson in the order of the course; `passed` holds (lesson key, exercise), `answered` (lesson key, quiz)."""
    return tuple(standing_in(lesson, passed, answered) for lesson in course.lessons)


def standing_in(lesson: Lesson, passed: Set[tuple[str, str]], answered: Set[tuple[str, str]] = frozenset()) -> Standing:
    """One lesson, from the same two sets."""
    names, asked = lesson.exercise_names(), lesson.quiz_names() if lesson.is_gate else ()
    return Standing(
        lesson,
        names,
        frozenset(name for name in names if (lesson.key, name) in passed),
        len(asked),
        tuple(name for name in asked if (lesson.key, name) not in answered),
    )


def behind(path: tuple[Standing, ...]) -> set[str]:
    """The folders of the phases whose gate has passed: whoever passed it first need not take their lessons."""
    return {standing.lesson.folder for standing in path if standing.lesson.is_gate and standing.complete}


def following(path: tuple[Standing, ...]) -> Standing | None:
    """Where to go on: the first lesson that is not complete, first among the phases whose gate has not passed.

    None at the end of the path.
    """
    left = [standing for standing in path if not standing.complete]
    ahead = [standing for standing in left if standing.lesson.folder not in behind(path)]
    return next(iter([*ahead, *left]), None)
