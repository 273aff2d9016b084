"""The learner's copy of the course: create it, bring new versions in cell by cell, set one lesson back.

Whatever is about to be replaced is set aside first. Knows nothing of checks, of the record, or of what a cell means.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ..course.lesson import Course, Lesson
from . import files, mine
from .merge import merge
from .place import Workspace, WorkspaceError, changing, explained, find, mark, refuse_newer, set_aside

__all__ = ["Workspace", "WorkspaceError", "create", "find", "reset", "update"]

Notebooks = Callable[[Lesson], Path]  # where the course's own notebook of a lesson lies: `lesson.built_notebook`


def create(root: Path, course: Course, notebooks: Notebooks) -> Workspace:
    """Make `root` a workspace, or complete the one that is there; a file that exists is never touched.

    Its `notes` say what was put back or left as it was.
    Raises WorkspaceError if a newer Ground Up made it, or if it cannot be written.
    """
    workspace = Workspace(Path(root).absolute())
    refuse_newer(workspace)
    is_new = not workspace.state.is_dir()
    for lesson in course.lessons:
        if workspace.notebook(lesson).resolve() == _given(notebooks, lesson).resolve():
            raise WorkspaceError(
                f"{workspace.root} holds the course's own notebooks, which stay as built: name another folder."
            )
    with changing(workspace):
        mark(workspace)
        notes = []
        for lesson in course.lessons:
            path = workspace.notebook(lesson)
            if not path.exists():
                notes += _put(workspace, lesson, _read(_given(notebooks, lesson)), is_new)
            elif is_new and path.read_bytes() != _read(_given(notebooks, lesson)):
                notes.append(f"{lesson.notebook} was there before and is left as it is.")
        notes += mine.prepare(workspace, course)
    return replace(workspace, notes=tuple(notes))


def update(workspace: Workspace, course: Course, notebooks: Notebooks, at: datetime | None = None) -> list[str]:
    """Bring every notebook to the course's present version and keep what the learner did; one line for each matter.

    Raises WorkspaceError if a newer Ground Up made the workspace, or if it cannot be written.
    """
    refuse_newer(workspace)
    with changing(workspace):
        mark(workspace)
        told = []
        for lesson in course.lessons:
            told += _update(workspace, lesson, _read(_given(notebooks, lesson)), at)
        return told + mine.prepare(workspace, course)


def reset(workspace: Workspace, lesson: Lesson, notebooks: Notebooks, at: datetime | None = None) -> Path | None:
    """Give a lesson's notebook back as the course has it; returns where the learner's was saved, None if it was gone.

    Raises WorkspaceError if that copy or the notebook cannot be written.
    """
    refuse_newer(workspace)
    given, path = _read(_given(notebooks, lesson)), workspace.notebook(lesson)
    with changing(workspace):
        saved = set_aside(workspace, path, path.read_bytes(), at) if path.exists() else None
        files.write(workspace.base(path), given)
        files.write(path, given)
    return saved


def _put(workspace: Workspace, lesson: Lesson, given: bytes, is_new: bool = False) -> list[str]:
    """Write a notebook that is not there. The base comes first: without it, edits could not be told from the course."""
    path = workspace.notebook(lesson)
    known = workspace.base(path).exists()
    files.write(workspace.base(path), given)
    files.write(path, given)
    if known:
        back = f"{lesson.notebook} was missing and is back as the course gives it"
        return [f"{back}; `groundup attempts EXERCISE` shows the code that you checked in it."]
    return [] if is_new else [f"{lesson.notebook} is new."]


def _update(workspace: Workspace, lesson: Lesson, given: bytes, at: datetime | None) -> list[str]:
    path = workspace.notebook(lesson)
    base = workspace.base(path)
    if not path.exists():
        return _put(workspace, lesson, given)
    for _ in range(3):
        data, was = path.read_bytes(), base.read_bytes() if base.exists() else b""
        try:
            theirs = _parsed(data)
        except ValueError as error:
            left = f"{lesson.notebook} is not a notebook any more ({error}) and was left as it is"
            return [f"{left}: `groundup reset {lesson.key}` sets it aside and gives you a fresh one."]
        if data == given or was == given:
            told, result = [], data
        elif data == was:
            told, result = [f"{lesson.notebook} is renewed; you had not changed it."], given
        else:
            told, result = _merged(lesson, _base(was), theirs, _parsed(given), data)
        if result != data:
            set_aside(workspace, path, data, at)
            if path.read_bytes() != data:
                continue  # saved by Jupyter in this very moment: take that instead
            files.write(path, result)
        if was != given:
            files.write(base, given)  # last: cut short before this, the same merge is done again and changes nothing
        return told
    return [f"{lesson.notebook} is being written by another program: close it there, then update again."]


def _merged(
    lesson: Lesson, base: dict[str, Any], theirs: dict[str, Any], given: dict[str, Any], data: bytes
) -> tuple[list[str], bytes]:
    """What to tell, and the bytes of the merged notebook; the very same bytes if nothing came of it."""
    merged = merge(base, theirs, given)
    counts = [(merged.renewed, "renewed"), (merged.added, "new"), (merged.removed, "removed")]
    done = [f"{count} cell{'s' if count > 1 else ''} {word}" for count, word in counts if count]
    told = [f"{lesson.notebook}: {', '.join(done)}."] if done else []
    told += [
        f"{lesson.notebook}: {name} has a new version, and you changed yours, so yours is kept "
        f"(`groundup reset {lesson.key}` sets yours aside and gives the new one)."
        for name in merged.kept
    ]
    told += [f"{lesson.notebook}: {name} is no longer in the course, and yours is kept." for name in merged.dropped]
    if merged.notebook == theirs:
        return told, data
    text = json.dumps(merged.notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return told, text.encode("utf-8", "surrogatepass") + b"\n"


def _parsed(data: bytes) -> dict[str, Any]:
    """A notebook as plain data. Raises ValueError with the reason, in a few words, if it is none."""
    try:
        found = json.loads(data.decode("utf-8-sig", "surrogatepass"))
    except UnicodeDecodeError:
        raise ValueError("it is not text") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}" if data.strip() else "it is empty") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise ValueError("it has no cells")
    return found


def _base(data: bytes) -> dict[str, Any]:
    """The version given last; if that is lost, every cell counts as the learner's own."""
    try:
        return _parsed(data)
    except ValueError:
        return {"cells": [], "metadata": {}}


def _given(notebooks: Notebooks, lesson: Lesson) -> Path:
    try:
        return notebooks(lesson)
    except FileNotFoundError as error:
        raise WorkspaceError(str(error)) from None


def _read(path: Path) -> bytes:
    with explained(path, "read"):
        return path.read_bytes()
