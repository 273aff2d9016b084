"""A lesson's source to its notebook, the same bytes every time; and which notebooks are out of step.

Knows nothing of the learner's copy, of checks, or of running a notebook. Needs jupytext, which authors have.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..exercise import Exercise
from ..source import reference_source, starter
from .cells import Cell, cells_of, code, first_code, with_unique_ids, words
from .lesson import Course, Lesson
from .markup import BuildError, Source, plain
from .notation import notation

TELLING = 8  # characters: a shorter piece of a solution, such as `x + y`, may stand anywhere


def notebook(lesson: Lesson, *, solved: bool = False, stills: bool = True) -> Any:
    """The lesson as an nbformat 4.5 notebook without outputs; `solved` fills in the references and quiz answers.

    Raises BuildError, with file and line where there is one, if the source cannot be built.
    """
    import nbformat

    register = lesson.register()
    known: dict[str, Collection[str]] = {
        "exercise": register.exercises,
        "predict": register.predictions,
        "quiz": register.quizzes,
    }
    source = Source(f"{lesson.phase}/{lesson.source.name}", _text(lesson), known)
    cells: list[Cell] = []
    section = ""
    for read in _read(plain(source)):
        text = str(read.source).strip("\n")
        if read.cell_type == "markdown":
            if re.match(r"#{1,3}\s", text):
                section = text.partition("\n")[0].lstrip("# ")
            cells.append(words(section, text))
        elif read.metadata:
            cells += cells_of(read.metadata, text, lesson, register, solved=solved, stills=stills)
        else:
            cells.append(code(section, text))
    cells.insert(1, first_code(lesson))
    cells = list(with_unique_ids(cells))
    if not solved:
        _refuse_solutions(register.exercises.values(), cells, source.name)
    made = nbformat.from_dict(
        {"cells": cells, "metadata": _metadata(lesson, cells), "nbformat": 4, "nbformat_minor": 5}
    )
    nbformat.validate(made)
    return made


def build(course: Course, into: Path, lessons: Sequence[Lesson] | None = None) -> list[Path]:
    """Write what is not as it should be of the notebooks (of all lessons, or of these) and the tables of notation.

    They go under the folder `into`; returns the paths written.
    """
    written = []
    for name, data in _files(course, lessons):
        path = into / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(path)
    return written


def out_of_step(course: Course, into: Path, lessons: Sequence[Lesson] | None = None) -> list[str]:
    """One line for each file under `into` that `build` would write, or that no lesson builds; [] means none is."""
    found = [told for name, data in _files(course, lessons) if (told := _apart(into / name, name, data))]
    wanted = {into / lesson.notebook for lesson in course.lessons}
    for folder in dict.fromkeys(phase.folder for phase in course.phases):
        strays = sorted(set((into / folder).glob("*.ipynb")) - wanted)
        found += [
            f"{folder}/{path.name} comes from no lesson: delete it, or add it to curriculum.toml." for path in strays
        ]
    return found


def lesson_out_of_step(lesson: Lesson, into: Path) -> str:
    """What `out_of_step` says of one lesson's notebook; "" if it is in step."""
    return _apart(into / lesson.notebook, lesson.notebook, _bytes(lesson))


def _apart(path: Path, name: str, data: bytes) -> str:
    if not path.is_file():
        return f"{name} is missing: run `groundup build`."
    there = path.read_bytes()
    return "" if there == data else f"{name} is out of step{_where(there, data)}: run `groundup build`."


def _files(course: Course, lessons: Sequence[Lesson] | None) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file to be built: the notebooks, and a table for a phase with a notation.toml."""
    for lesson in course.lessons if lessons is None else lessons:
        yield lesson.notebook, _bytes(lesson)
    for phase in course.phases:
        if (table := notation(course, phase)) is not None:
            yield f"{phase.folder}/README.md", table.encode()


def _text(lesson: Lesson) -> str:
    try:
        _ = lesson.title
        return lesson.source.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BuildError(f"The words of {lesson.key} cannot be read: {error}") from error


def _read(text: str) -> Sequence[Any]:
    import jupytext

    cells: Sequence[Any] = jupytext.reads(text, fmt="md:myst").cells
    return cells


def _bytes(lesson: Lesson) -> bytes:
    import nbformat.v4

    text: str = nbformat.v4.writes(notebook(lesson))
    return text.rstrip("\n").encode() + b"\n"


def _metadata(lesson: Lesson, cells: Sequence[Cell]) -> dict[str, Any]:
    """The kernel, and what a notebook says of itself: its lesson, where it was built from, and which version it is."""
    return {
        "groundup": {
            "lesson": lesson.key,
            "built": f"by `groundup build` from {lesson.phase}/{lesson.source.name}: edit that, not this",
            "version": hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()[:16],
        },
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def _where(old: bytes, new: bytes) -> str:
    """The cells in which two versions differ, as ' at …'; "" if neither can be read as a notebook."""
    try:
        before, after = ({cell["id"]: cell for cell in json.loads(data)["cells"]} for data in (old, new))
    except (ValueError, KeyError, TypeError):
        return ""
    differing = [name for name in {**after, **before} if before.get(name) != after.get(name)]
    more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
    return f" at {', '.join(differing[:3])}{more}" if differing else ""


def _refuse_solutions(exercises: Iterable[Exercise], cells: Sequence[Cell], where: str) -> None:
    """Raise BuildError if every telling piece of a solution stands somewhere in the notebook."""
    shown = {cell["id"]: _squeezed(cell["source"]) for cell in cells}
    for exercise in exercises:
        pieces = set(_pieces(reference_source(exercise))) - set(_pieces(starter(exercise)))
        places = [next((name for name, text in shown.items() if piece in text), "") for piece in pieces]
        if places and all(places):
            seen = ", ".join(sorted(set(places)))
            raise BuildError(
                f"{where}: the whole solution of {exercise.name} can be read in {seen}: show less, or ask for more."
            )


def _pieces(text: str) -> Iterator[str]:
    """The statements of a program without their blanks, the short ones left out; of a `return`, what it returns."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Return):
            piece = ast.unparse(node.value) if node.value else ""
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Raise):
            piece = ast.unparse(node)
        elif isinstance(node, ast.For | ast.While | ast.If):
            piece = ast.unparse(node).partition("\n")[0]
        else:
            continue
        piece = _squeezed(piece)
        if len(piece) >= TELLING:
            yield piece


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace('"', "'")
