"""Where the things of a learner's workspace are, and how a copy is set aside before anything is changed.

Knows nothing of what notebooks and code contain. The words for what the operating system refuses are here.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from .. import __version__
from . import files

FORMAT = 1
PATIENCE = 5.0  # seconds to wait for another kernel or command


class Named(Protocol):
    """A lesson, as far as a place must know it: '1_math/2_derivatives_examples'."""

    @property
    def key(self) -> str: ...


class WorkspaceError(Exception):
    """The workspace could not be used or changed: one sentence saying what happened, and the way out."""


@dataclass(frozen=True)
class Workspace:
    """A learner's folder. `notes` are sentences about what was found when it was opened."""

    root: Path
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def database(self) -> Path:
        return self.root / "groundup.db"

    @property
    def my(self) -> Path:
        return self.root / "my"

    @property
    def state(self) -> Path:
        return self.root / ".groundup"

    @property
    def format(self) -> Path:
        return self.state / "format.json"

    def notebook(self, lesson: Named) -> Path:
        return self.root / f"{lesson.key}.ipynb"

    def base(self, path: Path) -> Path:
        """Where the version of a file that Ground Up itself wrote last is kept."""
        return self.state / "base" / path.relative_to(self.root)


def find(start: Path) -> Workspace | None:
    """The workspace that a folder or file lies in, or None.

    Raises WorkspaceError if a newer Ground Up made it.
    """
    start = Path(start).absolute()
    for folder in (start, *start.parents):
        workspace = Workspace(folder)
        if workspace.format.is_file() or (workspace.state / "base").is_dir():
            refuse_newer(workspace)
            return workspace
    return None


def refuse_newer(workspace: Workspace) -> None:
    """Raise WorkspaceError for a workspace whose format this version does not know."""
    if not workspace.format.exists():
        return
    with explained(workspace.format, "read"):
        text = workspace.format.read_text(encoding="utf-8", errors="replace")
    try:
        says = json.loads(text)
        number, maker = int(says["format"]), str(says.get("groundup", "of unknown version"))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise WorkspaceError(
            f"{workspace.format} is damaged: delete that one file, then run `groundup start` on the folder again."
        ) from None
    if number > FORMAT:
        raise WorkspaceError(
            f"{workspace.root} was made by Ground Up {maker} (format {number}), and this is {__version__}, which knows "
            f"formats up to {FORMAT}: update with `pip install --upgrade groundup`."
        )


def mark(workspace: Workspace) -> None:
    """Write down the format and the version that last changed the workspace."""
    data = json.dumps({"format": FORMAT, "groundup": __version__}).encode() + b"\n"
    if not workspace.format.is_file() or workspace.format.read_bytes() != data:
        files.write(workspace.format, data)


def set_aside(workspace: Workspace, path: Path, data: bytes, at: datetime | None = None) -> Path:
    """Keep a copy of what a file of the workspace holds, under the time in UTC; returns where."""
    stamp = (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    inside = path.relative_to(workspace.root)
    copy, number = workspace.state / "saved" / stamp / inside, 1
    while copy.exists():
        if copy.read_bytes() == data:
            return copy
        number += 1
        copy = workspace.state / "saved" / f"{stamp}-{number}" / inside
    files.write(copy, data)
    return copy


@contextmanager
def changing(workspace: Workspace) -> Iterator[None]:
    """Let one process at a time change notebooks and `my`; another waits."""
    with explained(workspace.root, "changed"):
        try:
            with files.alone(workspace.state / "lock", PATIENCE):
                yield
        except TimeoutError:
            raise WorkspaceError(
                f"Another kernel or command has been changing {workspace.root} for {PATIENCE:g} s: try again later."
            ) from None


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn what the operating system refuses into a WorkspaceError."""
    try:
        yield
    except OSError as error:
        where = error.filename or path
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            said = f"The disk that holds {path} is full, so nothing more could be written: make room, then try again."
        elif error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            said = (
                f"{where} cannot be {doing}, as it or its folder is read-only ({error.strerror}): "
                "make it writable, or name a folder that is yours."
            )
        elif error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
            said = (
                f"{where} stands where Ground Up needs a folder or file of its own: rename it, or name another folder."
            )
        else:
            said = f"{where} could not be {doing} ({error.strerror or error}): check the drive, then try again."
        raise WorkspaceError(said) from error
