"""A phase's table of notation, from the plain `notation.toml` beside its lessons. Knows nothing of notebooks."""

from __future__ import annotations

import tomllib

from .lesson import Course, Lesson, Phase, phase_folder
from .markup import BuildError


def notation(course: Course, phase: Phase) -> str | None:
    """The README of a phase's folder; None if the phase keeps no notation.

    Raises BuildError if an entry lacks something or names a lesson that the phase does not have.
    """
    path = phase_folder(course, phase) / "notation.toml"
    if not path.is_file():
        return None
    lessons = {lesson.stem: lesson for lesson in phase.lessons}
    coming = {each.number for each in phase.coming}
    rows: list[tuple[int, str]] = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["symbol"]:
        try:
            symbol, meaning, shape, stem = (entry[key] for key in ("symbol", "meaning", "shape", "lesson"))
        except KeyError as error:
            raise BuildError(f"{phase.name}/notation.toml: {entry} has no {error}.") from error
        number, _, rest = stem.partition("_")
        if stem in lessons:
            rows.append((lessons[stem].number or 99, f"| {symbol} | {meaning} | {shape} | {_link(lessons[stem])} |"))
        elif not number.isdigit() or rest in lessons or int(number) not in coming:
            raise BuildError(f"{phase.name}/notation.toml: {symbol} names {stem!r}, which is no lesson of the phase.")
        # else its lesson is still to come, and so is the symbol
    return "\n".join(
        [
            f"<!-- built by `groundup build` from {phase.name}/notation.toml: edit that, not this -->",
            f"# {phase.title}: notation",
            "",
            "What each symbol means, its shape, and the lesson in which it first stands.",
            "",
            "| symbol | meaning | shape | first in |",
            "|---|---|---|---|",
            *(row for _, row in sorted(rows, key=lambda pair: pair[0])),
            "",
        ]
    )


def _link(lesson: Lesson) -> str:
    name = lesson.notebook.rpartition("/")[2]
    return f"[{lesson.number or 'gate'} · {lesson.title}]({name})"
