"""Whether a text holds a line of a solution: compared without blanks, so that layout hides nothing."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator

from ..exercise import Exercise
from ..source import reference_source, starter

LINE, VALUE = 6, 5  # so many tokens make a statement, or what it computes, telling: `a * x + b` has five


def telling_lines(exercise: Exercise, *, line: int = LINE, value: int = VALUE) -> list[str]:
    """The lines of an exercise's solution that would give it away; those that the starter has are none.

    A statement counts from `line` tokens on, and what it returns or assigns from `value` tokens on.
    """
    try:
        given = set(_lines(starter(exercise), line, value))
    except ValueError:  # no starter can be made, and nothing is given
        given = set()
    return [piece for piece in _lines(reference_source(exercise), line, value) if piece not in given]


def first_told(lines: Iterable[str], text: str) -> str:
    """The first of these lines that stands in a text, "" if none does."""
    squeezed = _squeezed(text)
    return next((line for line in lines if _squeezed(line) in squeezed), "")


def _lines(source: str, line: int, value: int) -> Iterator[str]:
    """The telling statements of a program, and the telling values among them; of a block, its first line."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.stmt) or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom) or _is_text(node):
            continue
        text = ast.unparse(node).partition("\n")[0]
        if _tokens(text) >= line:
            yield text
        inner = getattr(node, "value", None)
        if isinstance(inner, ast.expr) and _tokens(ast.unparse(inner)) >= value:
            yield ast.unparse(inner)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _tokens(text: str) -> int:
    empty = (tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER, tokenize.INDENT, tokenize.DEDENT)
    try:
        return sum(token.type not in empty for token in tokenize.generate_tokens(io.StringIO(text).readline))
    except tokenize.TokenError:  # the first line of a block
        return len(re.findall(r"\w+|[^\w\s]", text))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace('"', "'")
