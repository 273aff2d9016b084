"""The still pictures of a lesson: run its solved notebook in a kernel, and keep what the marked cells drew.

For authors, after a picture has changed; `build` then puts each still below its cell.
"""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..checking.threads import ASLEEP
from .build import notebook
from .cells import ALT, still_path
from .lesson import Course, Lesson

COLOURS = 64  # enough for lines on white; a third of the bytes of a full palette


class StillError(Exception):
    """Why a still could not be made, in one sentence with the way out."""


def draw_stills(lesson: Lesson, course: Course) -> list[Path]:
    """Write the still of every marked cell whose pixels or words have changed; returns the paths written.

    Raises StillError if the solved notebook stops, or a marked cell shows no picture.
    """
    made = notebook(lesson, solved=True, stills=False)
    marked = {cell.id: cell.metadata.groundup.name for cell in made.cells if _kind(cell) == "still"}
    if not marked:
        return []
    with TemporaryDirectory(prefix="groundup-stills-") as folder:
        ran = run(made, lesson, course, Path(folder))
    written = []
    for cell in ran.cells:
        if cell.id in marked:
            path = still_path(lesson, marked[cell.id])
            if _keep(path, *_picture(cell, lesson)):
                written.append(path)
    return written


def run(made: Any, lesson: Lesson, course: Course, folder: Path, *, seconds: int = 120) -> Any:
    """A built notebook with its outputs, run in a kernel of its own in a new workspace in `folder`.

    Raises StillError, which names the cell, at the first cell that raises.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from ..workspace import create

    blank = folder / "blank.ipynb"
    blank.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    workspace = create(folder / "workspace", course, lambda _: blank)
    client = NotebookClient(
        made,
        timeout=seconds,
        record_timing=False,
        resources={"metadata": {"path": str(workspace.notebook(lesson).parent)}},
    )
    try:
        return client.execute(env={**ASLEEP, **os.environ, "GROUNDUP_WORKSPACE": str(workspace.root)})
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        begun = [cell.id for cell in made.cells if cell.get("execution_count")]
        raise StillError(f"The notebook of {lesson.key} stops at {(begun or ['its start'])[-1]}: {error}") from error


def _kind(cell: Any) -> str:
    return str(cell.metadata.get("groundup", {}).get("kind", ""))


def _picture(cell: Any, lesson: Lesson) -> tuple[bytes, str]:
    """The picture that a cell shows, and what it says of itself to one who cannot see it."""
    for output in cell.outputs:
        if "image/png" in output.get("data", {}):
            return base64.b64decode(output.data["image/png"]), str(output.data.get("text/plain", ""))
    raise StillError(f"{cell.id} of {lesson.key} shows no picture: let it end with draw, or take :still: away.")


def _keep(path: Path, png: bytes, alt: str) -> bool:
    """Write a small picture to the path; False if the one there looks and reads the same."""
    from PIL import Image, PngImagePlugin

    picture = _on_white(png).quantize(COLOURS, dither=Image.Dither.NONE)
    if path.is_file() and _same(path, picture.convert("RGB"), alt):
        return False
    words = PngImagePlugin.PngInfo()
    words.add_itxt(ALT, alt)
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=True, pnginfo=words)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.getvalue())
    return True


def _on_white(png: bytes) -> Any:
    from PIL import Image

    drawn = Image.open(io.BytesIO(png)).convert("RGBA")
    white = Image.new("RGBA", drawn.size, "white")
    white.alpha_composite(drawn)
    return white.convert("RGB")


def _same(path: Path, picture: Any, alt: str) -> bool:
    from .cells import description

    data = path.read_bytes()
    old = _on_white(data)
    pixels: Sequence[bytes] = (old.tobytes(), picture.tobytes())
    return old.size == picture.size and pixels[0] == pixels[1] and description(data) == alt
