"""Moving house: the record, the notebooks and `my` in one file, and back into an empty or a lived-in workspace.

A merge only adds: rows are joined by their ids, and a file that the learner wrote in stays, the other beside it. The
whole file is judged before anything is written. Runs no learner's code.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ..course.lesson import Course, Lesson
from . import files, mine
from .library import END, sections_of
from .parcel import MovingError, Parcel, pack, unpack
from .place import Workspace, changing, explained, refuse_newer, set_aside
from .store import open_store
from .union import Row, rows_of, unite

__all__ = ["Moved", "MovingError", "Parcel", "export_file", "export_to", "import_file", "take_in", "unpack"]


@dataclass(frozen=True)
class Moved:
    """What an import brought: rows by table ('attempt', 'event', 'review'), and files by what became of them."""

    rows: dict[str, int]
    taken: tuple[str, ...]  # files that were not there, or that the learner had not changed here
    beside: tuple[str, ...]  # copies put beside what is kept, by their new names

    @property
    def says(self) -> tuple[str, ...]:
        """What there is to tell, in sentences."""
        words = (
            ("attempt", "attempt", "attempts"),
            ("review", "review answer", "review answers"),
            ("event", "other entry", "other entries"),
        )
        new = [(self.rows.get(table, 0), one, more) for table, one, more in words]
        counts = [f"{count} {one if count == 1 else more}" for count, one, more in new if count]
        told = [f"New in the record: {', '.join(counts)}."] if counts else []
        told += [f"{name} is as it was there." for name in self.taken]
        told += [f"{name} is put beside yours, which stays as it is." for name in self.beside]
        return tuple(told) or ("Everything in it was here already.",)


def export_to(workspace: Workspace, out: BinaryIO) -> None:
    """Write everything that is the learner's to an open file, the same bytes for the same content.

    Raises StoreError if the record cannot be read, WorkspaceError if a file cannot.
    """
    refuse_newer(workspace)
    rows: list[Row] = []
    if workspace.database.exists():
        with open_store(workspace.database) as store:
            rows = list(rows_of(store))
    pack(rows, _files(workspace), out)


def export_file(workspace: Workspace, path: Path) -> Path:
    """Write everything to a new file at `path`, whole or not at all; returns it.

    Raises MovingError if there is a file of that name already, and as `export_to` does.
    """
    path = Path(path).absolute()
    if path.exists():
        raise MovingError(f"{path} is there already and stays as it is: give the export another name.")
    packed = io.BytesIO()
    export_to(workspace, packed)
    with explained(path, "written"):
        files.write(path, packed.getvalue())
    return path


def import_file(workspace: Workspace, course: Course, path: Path | BinaryIO, at: datetime | None = None) -> Moved:
    """Take a file in that `export_to` wrote. Doing it twice changes nothing more.

    Raises MovingError, and changes nothing, if it is not ours, newer, damaged, or holds a path that leads elsewhere.
    """
    return take_in(workspace, course, unpack(path), at)


def take_in(workspace: Workspace, course: Course, parcel: Parcel, at: datetime | None = None) -> Moved:
    """Add what a parcel holds to a workspace: first the record, then the files.

    Raises StoreError or WorkspaceError if it cannot be written; taking it in again then goes on.
    """
    refuse_newer(workspace)
    with open_store(workspace.database) as store:
        new = unite(store, parcel.rows)
    taken, beside = [], []
    with changing(workspace):
        for name, data in parcel.files.items():
            area, _, inside = name.partition("/")
            if area == "saved":
                copy = workspace.state / "saved" / inside
                _beside(workspace, copy, data) if copy.exists() else files.write(copy, data)
            if area != "workspace":
                continue
            given = parcel.files.get(f"base/{inside}", b"")
            became = _place(workspace, course, inside, data, given, at)
            if became == inside:
                taken.append(inside)
            elif became:
                beside.append(became)
        mine.prepare(workspace, course)
    return Moved(new, tuple(taken), tuple(beside))


def _files(workspace: Workspace) -> dict[str, bytes]:
    """Notebooks and `my`, what each was given as, and the copies that were set aside."""
    root = workspace.root
    found = [path for path in root.rglob("*.ipynb") if not _is_hidden(path.relative_to(root))]
    found += [path for path in workspace.my.rglob("*.py") if not _is_hidden(path.relative_to(root))]
    told: dict[str, bytes] = {}
    for path in found:
        inside = path.relative_to(root).as_posix()
        with explained(path, "read"):
            told[f"workspace/{inside}"] = path.read_bytes()
            if workspace.base(path).is_file():
                told[f"base/{inside}"] = workspace.base(path).read_bytes()
    saved = workspace.state / "saved"
    for path in (path for ending in ("*.ipynb", "*.py") for path in saved.rglob(ending)):
        with explained(path, "read"):
            told[f"saved/{path.relative_to(saved).as_posix()}"] = path.read_bytes()
    return told


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def _place(workspace: Workspace, course: Course, inside: str, data: bytes, given: bytes, at: datetime | None) -> str:
    """Put one file where it belongs; its name if it was taken, the name of the copy beside, or "" if all was there.

    `given` is what Ground Up had written there last; b"" if it never did.
    """
    path = workspace.root / inside
    if not path.exists():
        return _take(workspace, path, data, given, inside)
    here, base = path.read_bytes(), workspace.base(path)
    was = base.read_bytes() if base.is_file() else b""
    if _same(here, data):
        return ""
    if lesson := next((one for one in course.lessons if inside == f"my/{one.stem}.py"), None):
        return _join(workspace, lesson, path, data, by_hand=here != was)
    if given and _same(data, given):
        return ""
    if not was or not _same(here, was):
        return _beside(workspace, path, data)
    if here != was:  # it was run here, and what it showed is kept
        set_aside(workspace, path, here, at)
    return _take(workspace, path, data, given, inside)


def _join(workspace: Workspace, lesson: Lesson, path: Path, data: bytes, *, by_hand: bool) -> str:
    """Add what passed elsewhere to a file of `my`; what cannot join it, or is not to touch it, is put beside it."""
    text, before = data.decode("utf-8", "replace"), path.read_bytes()
    if not sections_of(text) and END in text:
        return ""
    if by_hand or mine.adopt(workspace, lesson, text):
        return _beside(workspace, path, data)
    return path.relative_to(workspace.root).as_posix() if path.read_bytes() != before else ""


def _take(workspace: Workspace, path: Path, data: bytes, given: bytes, inside: str) -> str:
    files.write(path, data)
    if given:
        files.write(workspace.base(path), given)
    return inside


def _beside(workspace: Workspace, path: Path, data: bytes) -> str:
    """Write a copy under the first name that is free; "" if `path` or one of those names holds the same."""
    copy, number = path, 0
    while copy.exists():
        if _same(copy.read_bytes(), data):
            return ""
        number += 1
        copy = path.with_stem(f"{path.stem}_imported{'' if number == 1 else f'_{number}'}")
    files.write(copy, data)
    return copy.relative_to(workspace.root).as_posix()


def _same(one: bytes, other: bytes) -> bool:
    """Whether two files say the same: the same bytes or, of two notebooks, the same cells whatever they have shown."""
    return one == other or ((cells := _cells(one)) is not None and cells == _cells(other))


def _cells(data: bytes) -> list[tuple[str, str, str]] | None:
    """What a notebook's cells say, each with its id and kind; None if it is none."""
    try:
        found = json.loads(data)["cells"]
        return [(str(c.get("id")), str(c["cell_type"]), "".join(c["source"])) for c in found]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
