"""What stands in a built notebook: the cells that each directive becomes, and the id by which each is known.

An id comes from what the cell is, never from where it stands: a name where the cell has one, else its section's
heading and its own first line. So a merge can follow a cell from one version of the lesson to the next.
"""

from __future__ import annotations

import base64
import hashlib
import re
import string
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..exercise import Exercise, Prediction, Quiz, Register
from ..source import reference_source, starter
from .lesson import Lesson, header
from .markup import BuildError

Cell = dict[str, Any]
DOOR = "from groundup import check, draw, hint, lesson, predict, quiz, reveal, solution"
ALT = "Description"  # the text in a still's PNG that says what is to be seen


def first_code(lesson: Lesson) -> Cell:
    """The cell that brings the names and says which lesson this is."""
    return _code("lesson", f'{header(lesson)}\n{DOOR}\n\nlesson("{lesson.key}")'.strip(), kind="lesson")


def words(section: str, text: str) -> Cell:
    return _markdown(_id("words", section, text), text)


def code(section: str, text: str) -> Cell:
    """An ordinary cell; one that reveals a prediction is known by the prediction's name."""
    reveals = re.search(r"\breveal\(\s*[\"']([\w-]+)[\"']", text)
    return _code(f"reveal-{reveals[1]}" if reveals else _id("code", section, text), text)


def cells_of(
    option: Mapping[str, str], text: str, lesson: Lesson, register: Register, *, solved: bool, stills: bool
) -> list[Cell]:
    """The cells that a code-cell with an option stands for: an exercise, a question, or a picture with its still."""
    ((kind, name),) = option.items()
    if kind == "exercise":
        return exercise_cells(register.exercises[name], solved=solved)
    if kind == "predict":
        return prediction_cells(register.predictions[name])
    if kind == "quiz":
        return quiz_cells(register.quizzes[name], lesson.quiz_opening(name), solved=solved)
    return [_code(f"still-{name}", text, kind="still", name=name), *([_still(lesson, name)] if stills else [])]


def cell_of(kind: str, name: str) -> str:
    """The id of the cell that an exercise, a prediction ('predict') or a quiz is answered in."""
    return _short(f"{kind}-{name}")


def heading_of(heading: str) -> str:
    """The id of the cell that opens with this heading."""
    return _short(_id("words", heading, f"# {heading}"))


def exercise_cells(exercise: Exercise, *, solved: bool) -> list[Cell]:
    name, text = exercise.name, reference_source(exercise) if solved else starter(exercise)
    stuck = f"<small>Stuck? Run `hint({name})` in a new cell: each time, it gives the next hint.</small>"
    return [
        _code(f"exercise-{name}", f"{text}\n\ncheck({name})", kind="exercise", name=name),
        _markdown(f"hint-{name}", stuck),
    ]


def prediction_cells(asked: Prediction) -> list[Cell]:
    line = f'predict("{asked.name}", ...)  # in place of the dots: {_letters(asked.options) or "a number"}'
    return [
        _markdown(f"predict-{asked.name}-question", _question("Predict.", asked.question, asked.options)),
        _code(f"predict-{asked.name}", line, kind="predict", name=asked.name),
    ]


def quiz_cells(quiz: Quiz, opening: str, *, solved: bool) -> list[Cell]:
    texts = [option.text for option in quiz.options]
    right = string.ascii_lowercase[[option.is_right for option in quiz.options].index(True)]
    answer = f'"{right}"' if solved else "..."
    line = f'quiz("{quiz.name}", {answer})  # in place of the dots: {_letters(texts)}'
    return [
        _markdown(f"quiz-{quiz.name}-question", _question(opening, quiz.question, texts)),
        _code(f"quiz-{quiz.name}", line, kind="quiz", name=quiz.name),
    ]


def with_unique_ids(cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells; the second of two alike gets '-2' behind its id."""
    seen: dict[str, int] = {}
    for cell in cells:
        count = seen[cell["id"]] = seen.get(cell["id"], 0) + 1
        yield cell if count == 1 else {**cell, "id": f"{cell['id'][:60]}-{count}"}


def still_path(lesson: Lesson, name: str) -> Path:
    """Where the still picture of a cell lies, beside the words."""
    return lesson.source.parent / "stills" / f"{lesson.stem}-{name}.png"


def description(png: bytes) -> str:
    """What a still says of itself to one who cannot see it; "" if it says nothing."""
    at = 8
    while at + 8 <= len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"iTXt" and data.startswith(ALT.encode() + b"\0\0\0"):
            return data[len(ALT) + 3 :].split(b"\0", 2)[2].decode()
        at += 12 + length
    return ""


def _still(lesson: Lesson, name: str) -> Cell:
    path = still_path(lesson, name)
    if not path.is_file():
        raise BuildError(f"{lesson.phase}/stills/{path.name} is missing: run `groundup stills {lesson.stem}`.")
    png = path.read_bytes()
    alt = re.sub(r"([\[\]\\])", r"\\\1", " ".join(description(png).split()))
    text = (
        "<details>\n<summary>Reading without a kernel? The picture, held still</summary>\n\n"
        f"![{alt}](attachment:{name}.png)\n\n</details>"
    )
    attachments = {f"{name}.png": {"image/png": base64.b64encode(png).decode()}}
    return {**_markdown(f"still-{name}-picture", text), "attachments": attachments}


def _question(opening: str, question: str, options: Sequence[str]) -> str:
    """The question, and its options as (a), (b), …"""
    choices = [
        f"- ({letter}) {' '.join(text.split())}" for letter, text in zip(string.ascii_lowercase, options, strict=False)
    ]
    return "\n".join([f"**{opening}** {question}", *([""] if choices else []), *choices])


def _letters(options: Sequence[str]) -> str:
    letters = [f'"{letter}"' for letter in string.ascii_lowercase[: len(options)]]
    return f"{', '.join(letters[:-1])} or {letters[-1]}" if letters else ""


def _id(kind: str, section: str, text: str) -> str:
    """From the section's heading and the cell's first line; the heading alone where the cell opens the section."""
    slug = re.sub(r"-[^-]*$", "", (re.sub(r"[^a-z0-9]+", "-", section.lower()).strip("-") + "-")[:42])
    first = text.strip().partition("\n")[0]
    if first.startswith("#") and kind == "words" and slug:
        return f"{kind}-{slug}"
    digest = hashlib.sha256(f"{section}\n{first}".encode()).hexdigest()[:8]
    return "-".join(part for part in (kind, slug, digest) if part)


def _markdown(id: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": _short(id), "metadata": {}, "source": text}


def _code(id: str, text: str, **marks: str) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": _short(id),
        "metadata": {"groundup": marks} if marks else {},
        "outputs": [],
        "source": text,
    }


def _short(id: str) -> str:
    """An id as nbformat allows it: at most 64 letters, digits, - and _."""
    id = re.sub(r"[^A-Za-z0-9_-]", "-", id)
    return id if len(id) <= 64 else f"{id[:55]}-{hashlib.sha256(id.encode()).hexdigest()[:8]}"
