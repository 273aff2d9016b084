"""An exercise as it is saved in a notebook: the cell that defines it, run with what it leans on and nothing else.

Any cell will do, copied, renamed or moved; of several the last one counts. No kernel and no IPython is needed: lines
that only IPython reads (%magic, !shell, help?) are left out. Knows nothing of checks, lessons or the record.
"""

from __future__ import annotations

import ast
import json
import linecache
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .freenames import bound, free


class NotebookError(Exception):
    """The notebook cannot be read, or its code does not reach the definition: one sentence with the way out."""


@dataclass(frozen=True)
class Cell:
    """A code cell as Python reads it. `tree` is None if it does not parse, and `flaw` then says why."""

    name: str  # as a traceback shows it: '<cell 4 of 2_derivatives_examples.ipynb>'
    source: str
    tree: ast.Module | None
    flaw: str = ""


def cells(notebook: Path) -> tuple[Cell, ...]:
    """The code cells of a notebook file, in order. Raises NotebookError if it is no notebook."""
    found = _read(notebook)["cells"]
    sources = ["".join(cell.get("source", "")) for cell in found if cell.get("cell_type") == "code"]
    return tuple(_cell(f"<cell {n} of {notebook.name}>", source) for n, source in enumerate(sources, start=1))


def lesson_of(notebook: Path) -> str:
    """The key of the lesson that a notebook was built from, whatever it is called now; "" if it does not say.

    Raises NotebookError if it is no notebook.
    """
    metadata = _read(notebook).get("metadata")
    ours = metadata.get("groundup") if isinstance(metadata, dict) else None
    return str(ours.get("lesson", "")) if isinstance(ours, dict) else ""


def defined(cells: tuple[Cell, ...], name: str, names: dict[str, Any]) -> Any:
    """The object of this name that the cells define, made among `names`, where `__name__` stands.

    Runs learner's code: the definition, and every import, definition and assignment that it leans on, in their order.
    Raises NotebookError if no cell defines it, if one that does has a slip in its syntax, or if the code raises.
    """
    chosen = _leant_on(cells, name)
    if not chosen:
        raise NotebookError(f"No cell defines {name}: write it there, save the notebook, and check again.")
    for cell, statement in chosen:
        linecache.cache[cell.name] = (len(cell.source), None, cell.source.splitlines(keepends=True), cell.name)
        try:
            exec(compile(ast.Module([statement], []), cell.name, "exec"), names)
        except (Exception, SystemExit) as error:
            said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            at = f"line {statement.lineno} of {cell.name.strip('<>')}"
            raise NotebookError(f"{name} cannot be defined, as {at} raises {said}.") from error
    return names[name]


def _read(notebook: Path) -> dict[str, Any]:
    try:
        found = json.loads(notebook.read_text(encoding="utf-8-sig", errors="surrogateescape"))
    except OSError as error:
        raise NotebookError(f"{notebook} cannot be read ({error.strerror}): `groundup start` puts it back.") from None
    except (ValueError, RecursionError) as error:
        raise NotebookError(
            f"{notebook} is no notebook ({error}): `groundup reset` sets it aside and gives a new one."
        ) from None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise NotebookError(f"{notebook} has no cells: `groundup reset` sets it aside and gives a new one.")
    return found


def _cell(name: str, source: str) -> Cell:
    """The cell, parsed as it stands or, if that fails, without what only IPython reads."""
    flaw: SyntaxError | ValueError
    for text in (source, _without_magic(source)):
        try:
            return Cell(name, text, ast.parse(text))
        except (SyntaxError, ValueError) as error:
            flaw = error
    line = getattr(flaw, "lineno", None) or 1
    code = (source.splitlines() or [""])[min(line, len(source.splitlines())) - 1].strip()
    return Cell(name, source, None, f"line {line} of {name.strip('<>')} is no Python ({flaw.args[0]}): `{code}`")


def _without_magic(source: str) -> str:
    """The source with every line that only IPython reads made empty, so that line numbers stay."""
    if source.lstrip().startswith("%%"):
        return ""
    return re.sub(r"(?m)^(?:[ \t]*[%!?].*|.*\w\?{1,2}[ \t]*)$", "", source)


def _leant_on(cells: tuple[Cell, ...], name: str) -> list[tuple[Cell, ast.stmt]]:
    """The last statement that defines the name, and those that bind what it needs, and what these need, in their order.

    [] if none defines it. Raises NotebookError if the last cell that would define it does not parse.
    """
    statements = [(cell, statement) for cell in cells if cell.tree for statement in cell.tree.body]
    last = max((i for i, (_, statement) in enumerate(statements) if _defines(statement, name)), default=-1)
    after = cells[cells.index(statements[last][0]) + 1 :] if last >= 0 else cells
    for cell in after:
        if cell.tree is None and name in _named_in(cell.source):
            raise NotebookError(f"{name} cannot be read: {cell.flaw}.")
    if last < 0:
        return []
    wanted, chosen, more = {name}, set[int](), {last}
    while more:
        chosen |= more
        wanted |= {used for i in more for used in free([statements[i][1]])}
        needed = (wanted - {name}) | {"*"}
        more = {i for i, (_, statement) in enumerate(statements) if bound([statement]) & needed} - chosen
    return [statements[i] for i in sorted(chosen)]


def _defines(statement: ast.stmt, name: str) -> bool:
    """Whether it makes an object of this name; an import only fetches one."""
    return name in bound([statement]) and not isinstance(statement, ast.Import | ast.ImportFrom)


def _named_in(source: str) -> set[str]:
    return set(re.findall(r"^(?:async\s+def|def|class)\s+(\w+)", source, re.MULTILINE))
