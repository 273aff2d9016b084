"""The one file in which a workspace travels: a zip of the record's rows, of files, and of a list with all their sums.

It is read to its end and judged before anybody uses it. Knows nothing of what becomes of its contents.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, BinaryIO

from .. import __version__
from .place import WorkspaceError
from .store import MIGRATIONS
from .union import Row, flaw_of

FORMAT = 1
LIST, ROWS = "groundup.json", "record.jsonl"
AREAS = ("workspace", "base", "saved")  # the learner's files, what they were given, and earlier copies
LARGEST = 2_000_000_000  # bytes, unpacked: more than that is no workspace
STAMP = (1980, 1, 1, 0, 0, 0)  # of every entry, so that the same content makes the same file


class MovingError(WorkspaceError):
    """The file cannot be written or taken in: one sentence saying why, and nothing has been changed."""


@dataclass(frozen=True)
class Parcel:
    """What travels: rows of the record, and files by their names, '<area>/<path in the workspace>'."""

    rows: tuple[Row, ...]
    files: Mapping[str, bytes]


def pack(rows: Iterable[Row], files: Mapping[str, bytes], out: BinaryIO) -> None:
    """Write a parcel into an open file. Raises MovingError for a file whose name cannot travel."""
    lines = "".join(json.dumps(row, sort_keys=True) + "\n" for row in rows)
    entries = {ROWS: lines.encode(), **{name: files[name] for name in sorted(files)}}
    for name in files:
        if flaw := flaw_of_name(name):
            raise MovingError(f"{name.partition('/')[2]!r} cannot be exported, as {flaw}: give it another name.")
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in entries.items()}
    says = {"groundup": __version__, "format": FORMAT, "record": len(MIGRATIONS), "files": sums}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {LIST: json.dumps(says, indent=1).encode(), **entries}.items():
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


def unpack(file: Path | BinaryIO, name: str = "") -> Parcel:
    """Read a parcel to its end; `name` is what to call it. Raises MovingError if it is not whole, ours and known."""
    name = name or (str(file) if isinstance(file, Path) else "This file")
    foreign = f"{name} was not made by `groundup export`"
    try:
        with zipfile.ZipFile(file) as archive:
            if LIST not in archive.namelist():
                raise MovingError(f"{foreign}: name the file that was.")
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise MovingError(
                    f"{name} unpacks to more than {LARGEST // 10**9} GB, which no workspace of ours does."
                )
            sums = _listed(archive.read(LIST), name)
            if sorted(archive.namelist()) != sorted([LIST, *sums]):
                raise MovingError(_damaged(name, "its list names other files than it holds"))
            entries = {entry: archive.read(entry) for entry in sums}
    except FileNotFoundError:
        raise MovingError(f"There is no file {name}.") from None
    except OSError as error:
        raise MovingError(f"{name} cannot be read ({error.strerror or error}).") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        if not _begins_as_zip(file):
            raise MovingError(f"{foreign}: name the file that was.") from None
        raise MovingError(_damaged(name, "it is no whole zip file")) from None
    for entry, data in entries.items():
        if hashlib.sha256(data).hexdigest() != sums[entry]:
            raise MovingError(_damaged(name, f"{entry} is not what it was"))
        if entry != ROWS and (flaw := flaw_of_name(entry)):
            raise MovingError(f"{name} holds {entry!r}, and {flaw}, so nothing was taken from it.")
    files = {entry: data for entry, data in entries.items() if entry != ROWS}
    return Parcel(_rows(entries.get(ROWS, b""), name), files)


def flaw_of_name(name: str) -> str:
    """Why a file of this name cannot travel, "" if it can: only notebooks, and Python files in `my`, within their area.

    `name` begins with the area.
    """
    area, _, inside = name.partition("/")
    parts = inside.split("/")
    if area not in AREAS or PurePosixPath(inside).is_absolute() or PureWindowsPath(inside).drive:
        return "it leads out of a workspace"
    if "\\" in inside or any(part in ("", ".", "..") for part in parts):
        return "it leads out of a workspace"
    if any(part.startswith(".") or not part.isprintable() for part in parts):
        return "its name is hidden or cannot be printed"
    inner = parts[1:] if area == "saved" else parts
    if not inner or not (inner[-1].endswith(".ipynb") or (inner[0] == "my" and inner[-1].endswith(".py"))):
        return "it is neither a notebook nor a part of `my`"
    return ""


def _listed(data: bytes, name: str) -> dict[str, str]:
    """The sums of the entries, after the versions have been looked at."""
    try:
        says = json.loads(data)
        version, record, maker = int(says["format"]), int(says["record"]), str(says["groundup"])
        sums = {str(entry): str(digest) for entry, digest in says["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise MovingError(_damaged(name, f"{LIST} cannot be read")) from None
    if version > FORMAT or record > len(MIGRATIONS):
        raise MovingError(
            f"{name} was exported by Ground Up {maker}, which is newer than this {__version__}: "
            "update with `pip install --upgrade groundup`."
        )
    return sums


def _rows(data: bytes, name: str) -> tuple[Row, ...]:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if flaw := flaw_of(row):
            raise MovingError(_damaged(name, f"line {number} of {ROWS}: {flaw}"))
        rows.append(row)
    return tuple(rows)


def _damaged(name: str, why: str) -> str:
    return f"{name} is damaged or was cut short ({why}): export it again, and copy it whole."


def _begins_as_zip(file: Path | BinaryIO) -> bool:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return opened.read(2) == b"PK"
    file.seek(0)
    return file.read(2) == b"PK"
