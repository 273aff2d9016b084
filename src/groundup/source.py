"""The source of registered programs, as text: a reference, the starter that is derived from it, the body of a script.

Reads files of lessons only; what a learner wrote is taken by `workspace/taken.py`.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import textwrap
import tokenize
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from .exercise import Exercise

GAP = "...  # your code here"
MARKER = re.compile(r"(?P<indent>\s*)#\s*(?P<which>begin|end) solution\b")


def starter(exercise: Exercise) -> str:
    """What the learner begins with: the signature, the docstring, and a gap where the body was.

    A class keeps its fields, and each method is treated so. If '# begin solution' and '# end solution' stand anywhere
    in the reference, the lines between them become gaps and all else is given.
    Raises ValueError if a marker has no partner.
    """
    lines = _without_our_decorators(exercise)
    if any(map(MARKER.match, lines)):
        return "\n".join(_gaps_at_markers(lines, exercise.name))
    return "\n".join(_without_bodies(lines))


def reference_source(exercise: Exercise) -> str:
    """The reference as its author wrote it, without the vocabulary's decorator and markers."""
    return "\n".join(line for line in _without_our_decorators(exercise) if not MARKER.match(line))


def body_of(function: Callable[..., Any]) -> str:
    """The body of a function as its author wrote it, without docstring and indentation; a final `return` is kept."""
    try:
        text = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(text).body[0]
    except (OSError, TypeError, SyntaxError):
        return getattr(function, "__name__", "a script")
    if not isinstance(tree, ast.FunctionDef):
        return function.__name__
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    if not body:
        return function.__name__
    lines = text.splitlines()[body[0].lineno - 1 : body[-1].end_lineno]
    return textwrap.dedent("\n".join(lines))


def is_ours(decorator: ast.expr) -> bool:
    """Whether it reads `@exercise`, `@exercise(...)` or `@something.exercise`."""
    name = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")) == "exercise"


@lru_cache(maxsize=512)  # Python 3.11 parses the whole file to find a class in it
def _without_our_decorators(exercise: Exercise) -> tuple[str, ...]:
    lines = textwrap.dedent(inspect.getsource(exercise.reference)).splitlines()
    node = ast.parse("\n".join(lines)).body[0]
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    for decorator in reversed(node.decorator_list):
        if is_ours(decorator):
            del lines[decorator.lineno - 1 : decorator.end_lineno]
    return tuple(lines)


def _gaps_at_markers(lines: Sequence[str], name: str) -> Iterator[str]:
    """The lines, with a gap at each marked stretch's own indentation."""
    inside = False
    for line in lines:
        marker = MARKER.match(line)
        if marker:
            if inside == (marker["which"] == "begin"):
                raise ValueError(f"{name} has {line.strip()!r} without its partner: mark a stretch by both, in order.")
            inside = not inside
            if inside:
                yield marker["indent"] + GAP
        elif not inside:
            yield line
    if inside:
        raise ValueError(f"{name} has '# begin solution' without its partner: close it by '# end solution'.")


def _without_bodies(lines: Sequence[str]) -> list[str]:
    """The lines, with the body of a function, or of every method of a class, replaced by a gap."""
    text, kept = "\n".join(lines), list(lines)
    for function in reversed(list(_functions(ast.parse(text).body[0]))):
        line, column = _end_of_signature(lines, function)
        first, rest = function.body[0], lines[line - 1][column:]
        indent = " " * (first.col_offset if first.lineno > line else function.col_offset + 4)
        signature = lines[line - 1] if rest.lstrip().startswith("#") else lines[line - 1][:column]
        docstring = []
        if ast.get_docstring(function, clean=False) is not None:
            docstring = [indent + (ast.get_source_segment(text, first) or "")]
        kept[line - 1 : _end_of_body(lines, function)] = [signature, *docstring, indent + GAP]
    return "\n".join(kept).splitlines()


def _functions(definition: ast.stmt) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The function itself, or a class's methods from top to bottom; functions within functions go with their body."""
    if isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef):
        yield definition
    elif isinstance(definition, ast.ClassDef):
        for statement in definition.body:
            yield from _functions(statement)


def _end_of_signature(lines: Sequence[str], function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[int, int]:
    """Line and column behind the colon that closes the signature."""
    depth = 0
    text = "\n".join(lines[function.lineno - 1 :])
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == ":" and depth == 0:
                return function.lineno - 1 + token.end[0], token.end[1]
    raise ValueError(f"{function.name} has no colon behind its signature.")


def _end_of_body(lines: Sequence[str], function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The last line of the body, with the comments that trail it further in than its `def`."""
    last = function.body[-1].end_lineno or function.lineno
    for number, line in enumerate(lines[last:], start=last + 1):
        if line.strip():
            if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= function.col_offset:
                break
            last = number
    return last
