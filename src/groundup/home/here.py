"""What a page is made for: the course, the workspace, and how a notebook is opened from here. Knows no record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ..course.lesson import Course, Lesson
from ..workspace.place import Workspace


@dataclass(frozen=True)
class Here:
    """`root` is the folder that the server shows; `trouble` says why there is no workspace to show."""

    course: Course
    workspace: Workspace | None
    root: Path
    lab: bool
    trouble: str = ""


@dataclass(frozen=True)
class Door:
    """How to open a notebook: an address, and the file for whoever opens it by hand."""

    address: str
    file: str
    in_lab: bool
    missing: bool = False  # the file is not there, and an address alone would only say so in its own words


def door(here: Here, base: str, lesson: Lesson, cell: str = "") -> Door:
    """The way to a lesson's notebook, at a cell if one is named: in JupyterLab, or in an editor that has its link."""
    workspace = here.workspace
    if workspace is None:
        raise ValueError("There is no workspace to open a notebook of.")
    file = workspace.notebook(lesson)
    if not here.lab:
        path = quote(file.resolve().as_posix())
        return Door(f"vscode://file{path if path.startswith('/') else '/' + path}", str(file), False, not file.exists())
    try:
        inside = file.resolve().relative_to(here.root.resolve()).as_posix()
    except ValueError:  # linked to from elsewhere
        inside = lesson.notebook
    at = f"#cell-id={quote(cell)}" if cell else ""
    return Door(f"{base}lab/tree/{quote(inside)}{at}", str(file), True, not file.exists())
