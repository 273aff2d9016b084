"""The course checks itself: whatever a machine can tell of 'Done means', for each exercise and each lesson.

Knows the course, the check and the builder; knows nothing of learners, of their records, or of colour.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..course.lesson import Course, Lesson, notebooks_folder
from .exercises import examine_exercise
from .fault import Fault, Row, Verification
from .notebooks import examine_notebooks
from .report import figures, table
from .words import examine_lesson

__all__ = ["Fault", "Row", "Verification", "figures", "table", "verify"]
WORDS, NOTEBOOK = "the words", "the notebook, solved and untouched"


@dataclass(frozen=True)
class Part:
    """What is examined at a time: one exercise, the words, or the notebook of a lesson."""

    lesson: Lesson
    name: str  # of the exercise, WORDS or NOTEBOOK

    def __str__(self) -> str:
        return f"{self.lesson.stem}: {self.name}"


def verify(
    course: Course,
    lessons: Sequence[Lesson] | None = None,
    *,
    built: Path | None = None,
    notebooks: bool = False,
    jobs: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Verification:
    """A row for each exercise of these lessons (default: all), and every fault that was found.

    `built` is the folder of the built notebooks (default: where the course has them). With `notebooks`, each notebook
    is also run, solved and untouched, in an IPython shell of its own. `jobs` processes share the work, and `progress`
    is told what has been examined.
    """
    parts = [part for lesson in (course.lessons if lessons is None else lessons) for part in _parts(lesson, notebooks)]
    built = built or notebooks_folder(course.package)
    work = partial(_examine, course, built)
    rows: list[Row] = []
    faults: list[Fault] = []
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as pool:
        for part, (row, found) in zip(parts, (pool.map if pool else map)(work, parts), strict=True):
            rows += row
            faults += found
            if progress:
                progress(str(part))
    verification = Verification(tuple(rows), tuple(dict.fromkeys(faults)))
    return verification if lessons is not None else _with_readme(verification, built / "README.md")


def _with_readme(verification: Verification, path: Path) -> Verification:
    """The same, with a fault if the README beside the notebooks shows other figures than these."""
    shown = figures(verification)
    if not path.is_file() or shown in path.read_text(encoding="utf-8"):
        return verification
    fault = Fault("other figures", path.name, "it does not show these figures", f"let it say: {shown}")
    return Verification(verification.rows, (*verification.faults, fault))


def _parts(lesson: Lesson, notebooks: bool) -> list[Part]:
    """Imports nothing: the processes that do the work import what they need."""
    return [Part(lesson, name) for name in (*lesson.exercise_names(), WORDS, *([NOTEBOOK] if notebooks else []))]


def _examine(course: Course, built: Path, part: Part) -> tuple[list[Row], list[Fault]]:
    lesson = part.lesson
    try:
        register = lesson.register()
    except Exception as error:
        return [], [_cannot_import(lesson, error)]
    if part.name == WORDS:
        return [], examine_lesson(lesson, built)
    if part.name == NOTEBOOK:
        return [], examine_notebooks(lesson, course)
    row, faults = examine_exercise(register.exercises[part.name], lesson, course)
    return [row], faults


def _cannot_import(lesson: Lesson, error: Exception) -> Fault:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(lesson.code)]
    line = f" in line {frames[-1].lineno}" if frames else ""
    what = f"importing it raises {type(error).__name__}{line}: {error}"
    return Fault("cannot import", lesson.stem, what, f"mend {os.path.relpath(lesson.code)}")
