"""Moving house: the record, the notebooks and `my` in one file, and back into an empty or a lived-in workspace.

A merge only adds: rows are joined by their ids, a notebook that the learner wrote in stays and the other is put beside
it. A file is read to its end and judged before anything is written. Runs no learner's code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ..course.lesson import Course
from .place import Workspace, WorkspaceError


class MovingError(WorkspaceError):
    """The file cannot be written or taken in: one sentence saying why, and nothing has been changed."""


@dataclass(frozen=True)
class Moved:
    """What an import brought: rows by table ('attempt', 'event', 'review'), and files by what became of them."""

    rows: dict[str, int]
    taken: tuple[str, ...]  # files that were not there, or that the learner had not changed here
    beside: tuple[str, ...]  # copies put beside what is kept, by their new names
    notes: tuple[str, ...] = ()  # sentences about the rest


def export_to(workspace: Workspace, out: BinaryIO) -> None:
    """Write everything that is the learner's to an open file, the same bytes for the same content.

    Raises StoreError if the record cannot be read, WorkspaceError if a file cannot.
    """
    raise NotImplementedError


def export_file(workspace: Workspace, path: Path) -> Path:
    """Write everything to a new file at `path`, whole or not at all; returns it.

    Raises MovingError if there is a file of that name already, and as `export_to` does.
    """
    raise NotImplementedError


def import_file(workspace: Workspace, course: Course, path: Path | BinaryIO, at: datetime | None = None) -> Moved:
    """Take a file in that `export_to` wrote. Doing it twice changes nothing more.

    Raises MovingError, and changes nothing, if it is not ours, newer, damaged, or holds a path that leads elsewhere.
    """
    raise NotImplementedError
