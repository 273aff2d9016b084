"""The text of one file of the learner's library: sections, one for each passed exercise, and what stands around them.

Knows nothing of files and folders; runs nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from .freenames import bound, free

MARK = re.compile(r"^# ── (\w+) ──$", re.MULTILINE)
END = "# ── not passed yet: the course's own ──"
Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Clash(Exception):
    """A name means one thing in this section and another elsewhere in the file, and cannot safely be renamed."""


def compose(key: str, stem: str, header: str, names: tuple[str, ...], sections: Mapping[str, str]) -> str:
    """The whole file: banner, imports, what is leant on and not passed yet, the sections in order, the fallback."""
    order = [name for name in names if name in sections] + [name for name in sections if name not in names]
    leant = set().union(*map(_leant_on, sections.values()))
    lent = [name for name in names if name in leant and name not in sections]
    parts = [f"# Your own library, kept by Ground Up: what has passed in {key}. Each pass renews its own section."]
    parts += [header.strip()] if header.strip() else []
    if lent:
        borrowed = "\n".join(f'{name} = fallback("{stem}", "{name}")' for name in lent)
        parts.append(f"from groundup import fallback\n\n{borrowed}")
    parts += [f"\n# ── {name} ──\n{sections[name].strip()}" for name in order]
    parts.append(
        f'\n{END}\ndef __getattr__(name):\n    from groundup import fallback\n\n    return fallback("{stem}", name)'
    )
    return "\n\n".join(parts) + "\n"


def sections_of(text: str) -> dict[str, str]:
    """The sections of a file by exercise, in the order of the file; edits by hand inside a section are part of it."""
    parts = MARK.split(text.partition(END)[0])
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def fitted(name: str, source: str, header: str, names: tuple[str, ...], others: Mapping[str, str], stem: str) -> str:
    """A section as it can stand beside the others: without what the file has anyway, its helpers' names its own.

    Raises Clash if a helper has the name of another's, means something else, and cannot be renamed.
    """
    kept = []
    known = {ast.dump(node) for node in ast.parse(header).body}
    for node, text in _statements(source):
        if isinstance(node, ast.ImportFrom) and node.module == f"my.{stem}":
            text = "\n".join(f"{a.asname} = {a.name}" for a in node.names if a.asname)
        elif ast.dump(node) in known:
            text = ""
        elif isinstance(node, Definition) and node.name in names and node.name != name:
            text = ""  # another exercise, which has its own section or is lent by the course
        kept += [text] if text.strip() else []
    source = "\n".join(kept)
    for helper in sorted(_clashes(name, source, header, names, others)):
        source = renamed(source, helper, f"{helper}_{name}")
    return source.strip()


def renamed(source: str, old: str, new: str) -> str:
    """The source with a name of its top level called differently everywhere. Raises Clash where that is not certain."""
    tree = ast.parse(source)
    spots: list[tuple[int, int]] = []
    lines = [line.encode() for line in source.split("\n")]
    for node in ast.walk(tree):
        if isinstance(node, (*Definition, ast.Lambda)) and not isinstance(node, ast.ClassDef):
            inside = node.body if isinstance(node.body, list) else [node.body]
            arguments = [argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)]
            if old in arguments or old in bound(inside):
                raise Clash(old)
        if isinstance(node, ast.ClassDef) and old in bound(node.body):
            raise Clash(old)
        if isinstance(node, (ast.Global, ast.Nonlocal)) and old in node.names:
            raise Clash(old)
        if isinstance(node, (ast.comprehension, ast.JoinedStr, ast.Import, ast.ImportFrom)) and old in _names_in(node):
            raise Clash(old)
        if isinstance(node, ast.Name) and node.id == old:
            spots.append((node.lineno - 1, node.col_offset))
        if isinstance(node, Definition) and node.name == old:
            head = re.compile(rb"\s*(?:async\s+)?(?:def|class)\s+").match(lines[node.lineno - 1])
            if head is None:
                raise Clash(old)
            spots.append((node.lineno - 1, head.end()))
    for line, column in sorted(spots, reverse=True):
        text = lines[line]
        if text[column : column + len(old.encode())] != old.encode():
            raise Clash(old)
        lines[line] = text[:column] + new.encode() + text[column + len(old.encode()) :]
    return b"\n".join(lines).decode()


def _clashes(name: str, source: str, header: str, names: tuple[str, ...], others: Mapping[str, str]) -> set[str]:
    """The names that this section and another part of the file bind to different things."""
    ours = _meanings(source)
    found = {helper for helper in ours if helper != name and helper in names}
    for text in (header, *(text for other, text in others.items() if other != name)):
        theirs = _meanings(text)
        found |= {helper for helper in ours.keys() & theirs.keys() if ours[helper] != theirs[helper]}
    return found - {name}


@lru_cache(maxsize=256)  # every section of a file is read at every pass
def _leant_on(source: str) -> frozenset[str]:
    return frozenset(free([ast.parse(source)]))


@lru_cache(maxsize=256)
def _meanings(source: str) -> Mapping[str, str]:
    """What the statements that bind a name say, for every name bound at the top; the place does not matter."""
    meanings: dict[str, str] = {}
    for node in ast.parse(source).body:
        says = ast.dump(node)
        for name in bound([node]):
            if isinstance(
                node, ast.Import | ast.ImportFrom
            ):  # each name apart: what is imported beside it is no matter
                alias = next(a for a in node.names if name in (a.asname, a.name.partition(".")[0]))
                says = f"{getattr(node, 'module', '')} {alias.name} {alias.asname}"
            meanings[name] = meanings.get(name, "") + says
    return meanings


def _statements(source: str) -> Iterator[tuple[ast.stmt, str]]:
    """Each top statement with its text, the comments and blank lines before it included."""
    lines, at = source.split("\n"), 0
    body = ast.parse(source).body
    for index, node in enumerate(body):
        end = node.end_lineno or node.lineno
        beside = [other for other in (*body[max(index - 1, 0) : index], *body[index + 1 : index + 2])]
        shared = any(other.lineno <= end and (other.end_lineno or 0) >= node.lineno for other in beside)
        yield node, ast.unparse(node) if shared else "\n".join(lines[at:end])  # shared: a = 1; b = 2
        at = end


def _names_in(node: ast.AST) -> set[str]:
    if isinstance(node, ast.comprehension):
        return bound([node.target])
    if isinstance(node, ast.JoinedStr):  # before Python 3.12 the places of what stands inside are not told
        return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return bound([node])
