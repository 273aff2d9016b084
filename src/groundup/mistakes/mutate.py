"""Change a reference in one place, in every way that people slip, to see whether its checks notice.

A mutant is a fresh program compiled from the changed syntax tree; no file is written and nothing is registered.
Knows nothing of running, judging or reporting.
"""

from __future__ import annotations

import ast
import copy
import inspect
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..exercise import Exercise
from .slips import bound, is_minus_number, is_text, other_expressions, other_statements

Holder = Any  # a place of the tree is a list with an index, or a node with a field's name
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Mutant:
    """One changed program. `says` names the change: the line before, an arrow, the line after."""

    says: str
    program: Any


@dataclass(frozen=True)
class _Change:
    """A node to be put at one place, and the statement that `says` shows."""

    statement: ast.AST
    holder: Holder
    key: Any
    new: ast.AST


def mutants(exercise: Exercise) -> list[Mutant]:
    """All programs that differ from the reference in one place, no two of them alike."""
    tree = definition(exercise)
    seen, named, made = {ast.dump(tree)}, Counter[str](), []
    for change in (*_changes(tree.body[0]), *_misnamed(tree.body[0], tree.body[0], [])):
        before = _line(change.statement)
        old = _get(change.holder, change.key)
        _put(change.holder, change.key, change.new)
        looks = ast.dump(tree)
        if looks not in seen:
            seen.add(looks)
            says = f"{before}  ⇒  {_line(change.new if old is change.statement else change.statement)}"
            named[says] += 1
            if named[says] > 1:
                says += f"  (line {named[says]} of that text)"
            made.append(Mutant(says, compiled(exercise, tree)))
        _put(change.holder, change.key, old)
    return made


def definition(exercise: Exercise) -> ast.Module:
    """The syntax tree of a reference, without the decorator that registers it."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(exercise.reference)))
    defined = tree.body[0]
    assert isinstance(defined, Definition)
    defined.decorator_list = [node for node in defined.decorator_list if not _registers(node)]
    return tree


def compiled(exercise: Exercise, tree: ast.Module, **names: Any) -> Any:
    """The program of a changed tree, in a copy of the reference's module where its own name means itself.

    `names` are added to what it can see.
    """
    fixed = ast.fix_missing_locations(_copied(tree))  # new nodes borrow old ones, so positions go to a copy
    module = sys.modules[exercise.reference.__module__]
    flag = annotations.compiler_flag  # hints are not evaluated: they may name what is only there for type checkers
    scope = dict(vars(module)) | names
    exec(compile(fixed, f"<{exercise.name}, changed>", "exec", flag, dont_inherit=True), scope)
    return scope[exercise.name]


def _copied(node: Any) -> Any:
    """A tree of which nothing is shared with the old one; `copy.deepcopy` takes several times as long for it."""
    if isinstance(node, list):
        return [_copied(each) for each in node]
    if not isinstance(node, ast.AST):
        return node
    return type(node)(**{name: _copied(value) for name, value in vars(node).items()})


def _registers(decorator: ast.expr) -> bool:
    name = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")) == "exercise"


def _get(holder: Holder, key: Any) -> Any:
    return holder[key] if isinstance(holder, list) else getattr(holder, key)


def _put(holder: Holder, key: Any, node: Any) -> None:
    if isinstance(holder, list):
        holder[key] = node
    else:
        setattr(holder, key, node)


def _line(statement: ast.AST) -> str:
    """A statement on one line; of one that holds others, its first line."""
    shown: Any = copy.copy(statement)
    for block in ("body", "orelse", "finalbody"):
        if isinstance(getattr(shown, block, None), list):
            setattr(shown, block, [ast.Pass()] if block == "body" else [])
    if isinstance(shown, Definition):
        shown.decorator_list = []
    if isinstance(shown, ast.Try | ast.TryStar):
        return "try:"
    return ast.unparse(shown).strip().splitlines()[0]


# ---- statements


def _changes(node: ast.stmt, known: set[str] | None = None, first: str = "") -> Iterator[_Change]:
    """Every change within a definition; `known` are names bound so far, `first` a parameter to return instead."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        names = [parameter.arg for parameter in parameters]
        first = next((name for name in names if name not in ("self", "cls")), "")
        known = {*(known or ()), *names}
        for defaults in (node.args.defaults, node.args.kw_defaults):
            for index in range(len(defaults)):
                yield from _expressions(node, defaults, index)
    yield from _block(node.body, known or set(), first)  # type: ignore[attr-defined]


def _block(body: list[ast.stmt], known: set[str], first: str) -> Iterator[_Change]:
    for index, statement in enumerate(body):
        for new in other_statements(statement, known, first, alone=len(body) == 1):
            yield _Change(statement, body, index, new)
        if isinstance(statement, Definition):
            yield from _changes(statement, known, first)
        else:
            yield from _within(statement, known, first)
        known |= bound(statement)


def _within(statement: ast.stmt, known: set[str], first: str) -> Iterator[_Change]:
    """The changes inside one statement: its expressions, then the statements that it holds."""
    if isinstance(statement, ast.Raise) or is_text(statement):
        return  # what an exception says is not compared
    for name, value in ast.iter_fields(statement):
        if name in ("annotation", "target", "targets", "type_comment") and not _is_place(value):
            continue
        if isinstance(value, ast.expr):
            yield from _expressions(statement, statement, name)
        elif isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield from _block(value, known, first)
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, ast.expr):
                    yield from _expressions(statement, value, index)
                elif isinstance(entry, ast.withitem):
                    yield from _expressions(statement, entry, "context_expr")
                elif isinstance(entry, ast.ExceptHandler | ast.match_case):
                    yield from _block(entry.body, known, first)


def _is_place(value: Any) -> bool:
    """True for targets with something to change inside them: `x[i] = …`."""
    targets = value if isinstance(value, list) else [value]
    return any(isinstance(target, ast.Subscript) for target in targets)


# ---- expressions


def _expressions(statement: ast.AST, holder: Holder, key: Any, *, within: str = "") -> Iterator[_Change]:
    """The changes of the expression at one place and of all that it holds; `within` says what it is to its parent."""
    node = _get(holder, key)
    if not isinstance(node, ast.expr):
        return
    for new in other_expressions(node, within):
        yield _Change(statement, holder, key, new)
    if is_minus_number(node):
        return  # -1 is one constant
    if isinstance(node, ast.Call):
        yield from _in_call(statement, node)
        return
    if isinstance(node, ast.Lambda):
        for index in range(len(node.args.defaults)):
            yield from _expressions(statement, node.args.defaults, index)
        yield from _expressions(statement, node, "body")
        return
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.expr):
            yield from _expressions(statement, node, name, within="index" if name == "slice" else "")
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, ast.comprehension):
                    yield from _in_comprehension(statement, entry)
                elif isinstance(entry, ast.expr):
                    inner = "index" if within == "index" and isinstance(node, ast.Tuple) else ""
                    yield from _expressions(statement, value, index, within=inner)


def _in_call(statement: ast.AST, call: ast.Call) -> Iterator[_Change]:
    if isinstance(call.func, ast.Attribute):
        yield from _expressions(statement, call.func, "value")
    else:
        yield from _expressions(statement, call, "func")
    for index in range(len(call.args)):
        yield from _expressions(statement, call.args, index)
    for keyword in call.keywords:
        yield from _expressions(statement, keyword, "value", within=keyword.arg or "")


def _in_comprehension(statement: ast.AST, part: ast.comprehension) -> Iterator[_Change]:
    yield from _expressions(statement, part, "iter")
    for index in range(len(part.ifs)):
        yield _Change(statement, part.ifs, index, ast.Constant(True))
        yield from _expressions(statement, part.ifs, index)


# ---- names


def _misnamed(node: ast.AST, statement: ast.AST, scope: list[str]) -> Iterator[_Change]:
    """Every use of a name with another one in its place; `scope` are those that are bound by then."""
    if isinstance(node, ast.Raise | ast.arguments):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        own = [argument.arg for argument in (*arguments, node.args.vararg, node.args.kwarg) if argument]
        scope = [*scope, *(name for name in own if name not in ("self", "cls"))]
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp | ast.For):
        parts = [node] if isinstance(node, ast.For) else node.generators
        scope = [*scope, *(name for part in parts for name in _stored(part.target))]
    else:
        scope = list(scope)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases"):
            continue
        holder, keys = (value, range(len(value))) if isinstance(value, list) else (node, [name])
        for key in keys:
            child = _get(holder, key)
            if not isinstance(child, ast.AST):
                continue
            if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load) and child.id in scope:
                for other in dict.fromkeys(scope):
                    if other not in (child.id, "_"):
                        yield _Change(statement, holder, key, ast.Name(other, ast.Load()))
            yield from _misnamed(child, child if isinstance(child, ast.stmt) else statement, scope)
            if isinstance(child, ast.stmt) and not isinstance(child, Definition):
                scope += _stored(child)


def _stored(node: ast.AST) -> list[str]:
    """The names that a node binds, in the order of its text."""
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
