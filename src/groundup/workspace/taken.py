"""The source of what a learner wrote: a function or class, with what it leans on in its own cell or file.

Knows nothing of lessons and of `my`. Runs nothing.
"""

from __future__ import annotations

import ast
import builtins
import functools
import linecache
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

from .freenames import bound, changed, free

GIVEN = {*dir(builtins), "__name__", "__file__", "__doc__", "get_ipython", "display"}
Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Taken:
    """`source` is the definition after all that it needs of its cell or file, "" if that was not to be found.

    `missing` are names it needs that neither its cell nor an import explains.
    """

    name: str
    source: str
    cell: str
    missing: tuple[str, ...] = ()
    path: str = ""


def take_source(obj: Any, name: str = "") -> Taken:
    """The source of a learner's function or class; `name` is what it is called where it is used, if not its own name.

    Calls to `check`, prints and pictures in the same cell are left out. An import that stands in another cell is taken
    along. Raises nothing: what cannot be found leaves `source` empty.
    """
    try:
        return _taken(obj, name)
    except Exception:  # a class may answer any question with an error
        return Taken(name, "", "")


def _taken(obj: Any, name: str) -> Taken:
    inner = _unwrapped(obj)
    name = str(name or getattr(obj, "__name__", "") or getattr(inner, "__name__", ""))
    path, line, around = _place(inner)
    if path == "<string>":  # code from `exec` has no file, though `python -c` keeps its own text under this name
        path = ""
    cell = "".join(linecache.getlines(path)) if path else ""
    try:
        tree = ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError):
        return Taken(name, "", cell, path=path)
    chosen, missing = _closure(tree.body, name, getattr(inner, "__name__", name), line)
    if not chosen:
        return Taken(name, "", cell, path=path)
    imports, lacking = [], []
    for needed in sorted(missing):
        found = _imported(needed, around[needed]) if needed in around else ""
        imports += [found] if found else []
        lacking += [] if found else [needed]
    source = _text(cell.splitlines(), tree.body, chosen)
    return Taken(name, "\n".join([*imports, source]), cell, tuple(lacking), path)


def _closure(body: list[ast.stmt], name: str, own: str, line: int) -> tuple[list[int], set[str]]:
    """Which statements of a cell a definition consists of and leans on, in their order; and the names not found.

    An expression statement counts only if it changes a value that is needed: `table.append(1)`, but not `print(x)`.
    """
    binds, needs = [bound([node]) for node in body], [free([node]) for node in body]
    changes = [changed([node]) for node in body]
    imported = {name for node in body if isinstance(node, (ast.Import, ast.ImportFrom)) for name in bound([node])}
    made = {name for node, names in zip(body, binds, strict=True) if isinstance(node, Definition) for name in names}
    stars = [i for i, node in enumerate(body) if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
    roots = {name} & set().union(*binds, set()) or {own} & set().union(*binds, set())
    chosen = {
        index
        for index, node in enumerate(body)
        if line and _first_line(node) <= line <= (node.end_lineno or 0) and not isinstance(node, ast.Expr)
    }
    ours = [i for i in chosen if isinstance(body[i], Definition) and binds[i] & roots]
    anew = [
        i for i, node in enumerate(body) if ours and i > ours[0] and isinstance(node, Definition) and binds[i] & roots
    ]
    end = min(anew, default=len(body))  # a second definition of the name, further down, is not the one that was checked
    wanted, settled, missing = set(roots), set[str](), set[str]()
    for index in chosen:
        wanted |= needs[index] | (binds[index] if not isinstance(body[index], Definition) else set())
    while wanted - settled:
        sought = min(wanted - settled)
        settled.add(sought)
        givers = [
            i
            for i, node in enumerate(body[:end] if sought in roots else body)
            if sought in binds[i]
            or (sought in changes[i] and sought not in imported and not (sought in made and isinstance(node, ast.Expr)))
        ]
        last = max((i for i in givers if isinstance(body[i], Definition) and sought not in needs[i]), default=0)
        givers = [i for i in givers if i >= last]
        if not any(sought in binds[i] for i in givers):
            if sought not in GIVEN:
                missing.add(sought)
            continue
        chosen |= set(givers)
        for index in givers:
            wanted |= needs[index] | binds[index] & (set() if _is_import(body[index]) else binds[index])
    if missing and stars:
        chosen, missing = chosen | set(stars), set()
    return sorted(chosen), missing


def _text(lines: list[str], body: list[ast.stmt], chosen: list[int]) -> str:
    """The chosen statements as they were written, with the comments right above each and the gaps between them."""
    parts: list[str] = []
    for index in chosen:
        node = body[index]
        first, last = _first_line(node), node.end_lineno or node.lineno
        shared = any(
            index != other and _first_line(body[other]) <= last and (body[other].end_lineno or 0) >= first
            for other in (index - 1, index + 1)
            if 0 <= other < len(body)
        )
        if shared:  # a = 1; b = 2
            text = ast.get_source_segment("\n".join(lines) + "\n", node) or ast.unparse(node)
        else:
            while first > 1 and lines[first - 2].startswith("#"):
                first -= 1
            text = "\n".join(line.rstrip() for line in lines[first - 1 : last])
        gap = "" if not parts else "\n\n" if isinstance(node, Definition) or parts[-1].startswith("\0") else ""
        parts.append(("\0" if isinstance(node, Definition) else "") + gap + text)
    return "\n".join(part.replace("\0", "") for part in parts)


def _first_line(node: ast.stmt) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", ()))])


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


def _unwrapped(obj: Any) -> Any:
    """What stands behind functools.wraps, partial, caches, staticmethod and property."""
    for _ in range(50):
        if isinstance(obj, (staticmethod, classmethod)):
            obj = obj.__func__
        elif isinstance(obj, property):
            obj = obj.fget
        elif isinstance(obj, (functools.partial, functools.cached_property)):
            obj = obj.func
        elif not isinstance(obj, type) and "__wrapped__" in getattr(obj, "__dict__", {}):
            obj = obj.__dict__["__wrapped__"]
        else:
            break
    return obj


def _place(obj: Any) -> tuple[str, int, Mapping[str, Any]]:
    """(cell or file, first line or 0, the names around it) of a function or class."""
    if isinstance(obj, FunctionType):
        return obj.__code__.co_filename, obj.__code__.co_firstlineno, obj.__globals__
    if not isinstance(obj, type):
        return "", 0, {}
    around = vars(sys.modules.get(obj.__module__, ModuleType("")))
    codes = list(_codes(obj))
    for code in codes:
        if _defines(code.co_filename, obj.__name__):
            return code.co_filename, 0, around
    file = getattr(sys.modules.get(obj.__module__), "__file__", "") or ""
    if _defines(file, obj.__name__):
        return file, 0, around
    cells = [path for path in reversed(list(linecache.cache)) if _is_cell(path) and _defines(path, obj.__name__)]
    return (cells[0] if cells else codes[0].co_filename if codes else ""), 0, around


def _codes(cls: type) -> Iterator[CodeType]:
    """The code of a class's own methods, behind any wrapping."""
    for value in vars(cls).values():
        inner = _unwrapped(value)
        if isinstance(inner, FunctionType) and inner.__qualname__.startswith(f"{cls.__qualname__}."):
            yield inner.__code__


def _defines(path: str, name: str) -> bool:
    """Whether a cell or file has a class of this name at its top."""
    lines = linecache.getlines(path) if path else []
    return any(line.startswith(f"class {name}") and not line[6 + len(name) :][:1].isidentifier() for line in lines)


def _is_cell(path: str) -> bool:
    return path.startswith(("<ipython-input", "<cell ")) or "ipykernel_" in path  # the latter: a saved notebook's


def _imported(name: str, value: Any) -> str:
    """The import that gives this name this value: as a cell wrote it, else from where the value was made; or ""."""
    for path in reversed([path for path in linecache.cache if _is_cell(path)]):
        text = "".join(linecache.getlines(path))
        if name not in text or "import" not in text:
            continue
        try:
            statements = ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in statements:
            found = _import_by(node, name, value)
            if found:
                return found
    return _import_of(name, value)


def _import_by(node: ast.stmt, name: str, value: Any) -> str:
    """The part of an import statement that binds a name, if importing it again gives this very value."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            bound_to = alias.name if alias.asname else alias.name.partition(".")[0]
            if (alias.asname or bound_to) == name and sys.modules.get(bound_to) is value:
                return ast.unparse(ast.Import([alias]))
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        module = sys.modules.get(node.module or "")
        for alias in node.names:
            if (alias.asname or alias.name) == name and getattr(module, alias.name, ast) is value:
                return ast.unparse(ast.ImportFrom(node.module, [alias], 0))
    return ""


def _import_of(name: str, value: Any) -> str:
    """The import statement that would bind this name to this value anywhere, or ""."""
    if isinstance(value, ModuleType):
        module = value.__name__
        if sys.modules.get(module) is not value or module == "__main__":
            return ""
        return f"import {module}" if module == name else f"import {module} as {name}"
    home, own = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if not isinstance(home, str) or not isinstance(own, str) or home == "__main__" or not own.isidentifier():
        return ""
    if vars(sys.modules.get(home, ModuleType(""))).get(own) is not value:
        return ""
    return f"from {home} import {own}" + ("" if own == name else f" as {name}")
