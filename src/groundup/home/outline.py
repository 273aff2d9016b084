"""What a lesson says of itself: what it is for, its exercises, what they rest on. Read from its source, not imported.

Importing a lesson may load torch, which a page that only tells of it must not.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from ..course.lesson import Course, Lesson
from ..source import is_ours

Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Part:
    """An exercise: its promise, and the (lesson key, exercise) that it rests on."""

    name: str
    promise: str
    needs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outline:
    """`opening` is the text above the first box; `needs` and `able` are what the boxes say."""

    opening: str
    needs: str
    able: str
    parts: tuple[Part, ...]


def outline(course: Course, lesson: Lesson) -> Outline:
    """Raises OSError or SyntaxError if the lesson's source cannot be read."""
    stamps = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in (lesson.source, lesson.code))
    return _outline(course, lesson, stamps)


@lru_cache(maxsize=128)
def _outline(course: Course, lesson: Lesson, _stamps: tuple[tuple[int, int], ...]) -> Outline:
    text = lesson.source.read_text(encoding="utf-8")
    body = text.partition("\n")[2]
    opening = re.split(r"^(?::{3,}|#{2,} |`{3,})", body, maxsplit=1, flags=re.MULTILINE)[0].strip()
    return Outline(opening, _box(text, "What you need"), _box(text, "What you will be able to do"),
                   _parts(course, lesson))  # fmt: skip


def _box(text: str, title: str) -> str:
    found = re.search(rf"^:{{3,}}\{{admonition\}} {title}\s*\n(.*?)^:{{3,}}\s*$", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def _parts(course: Course, lesson: Lesson) -> tuple[Part, ...]:
    tree = ast.parse(lesson.code.read_text(encoding="utf-8"))
    modules = {other.module: other.key for other in course.lessons}
    homes = {
        alias.asname or alias.name: modules[node.module]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module in modules
        for alias in node.names
    }
    parts = []
    for node in tree.body:
        if isinstance(node, Definition) and any(map(is_ours, node.decorator_list)):
            promise = (ast.get_docstring(node) or "").strip().split("\n")[0]
            parts.append(Part(node.name, promise, tuple((homes.get(name, lesson.key), name) for name in _needed(node))))
    return tuple(parts)


def _needed(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    return [
        name.id
        for decorator in node.decorator_list
        if is_ours(decorator) and isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
        if keyword.arg == "needs" and isinstance(keyword.value, ast.List | ast.Tuple)
        for name in keyword.value.elts
        if isinstance(name, ast.Name)
    ]
