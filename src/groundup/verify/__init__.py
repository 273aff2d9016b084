"""The course checks itself: whatever a machine can tell of 'Done means', for each exercise and each lesson.

Knows the course, the check and the builder; knows nothing of learners, of their records, or of colour.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from ..course.lesson import Course, Lesson, notebooks_folder
from .exercises import examine_exercise
from .fault import Fault, Row, Verification
from .notebooks import examine_notebooks
from .report import table
from .words import examine_lesson

__all__ = ["Fault", "Row", "Verification", "table", "verify"]


def verify(
    course: Course,
    lessons: Sequence[Lesson] | None = None,
    *,
    built: Path | None = None,
    notebooks: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Verification:
    """A row for each exercise of these lessons (default: all), and every fault that was found.

    `built` is the folder of the built notebooks (default: where the course has them). With `notebooks`, each notebook
    is also run, solved and untouched, in an IPython shell of its own. `progress` is told what is examined next.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    for lesson in course.lessons if lessons is None else lessons:
        tell = progress or (lambda _: None)
        tell(lesson.key)
        try:
            register = lesson.register()
        except Exception as error:
            faults.append(_cannot_import(lesson, error))
            continue
        for exercise in register.exercises.values():
            tell(f"{lesson.stem}: {exercise.name}")
            row, found = examine_exercise(exercise, lesson, course)
            rows.append(row)
            faults += found
        faults += examine_lesson(lesson, course, built or notebooks_folder(course.package))
        if notebooks:
            tell(f"{lesson.stem}: the notebook, solved and untouched")
            faults += examine_notebooks(lesson, course)
    return Verification(tuple(rows), tuple(faults))


def _cannot_import(lesson: Lesson, error: Exception) -> Fault:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(lesson.code)]
    line = f" in line {frames[-1].lineno}" if frames else ""
    what = f"importing it raises {type(error).__name__}{line}: {error}"
    return Fault("cannot import", lesson.stem, what, f"mend {os.path.relpath(lesson.code)}")
