"""Which names a piece of Python binds, and which it expects to find around it. Reads syntax trees, runs nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (*_FUNCTIONS, *_COMPREHENSIONS, ast.ClassDef)


def bound(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that statements give a value in their own scope; what stands inside a def or class does not count."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
            names |= bound([*node.decorator_list, *_outside(node)])
        elif isinstance(node, _COMPREHENSIONS):  # x := … in a comprehension is bound around it
            names |= {walrus.target.id for walrus in ast.walk(node) if isinstance(walrus, ast.NamedExpr)}
        elif isinstance(node, ast.Lambda):
            pass
        else:
            names |= _bound_by(node) | bound(ast.iter_child_nodes(node))
    return names


def changed(nodes: Iterable[ast.AST]) -> set[str]:
    """The names whose values statements change in place: `x[0] = 1`, `x.a = 1`, `x.append(1)` as a statement."""
    names: set[str] = set()
    for node in _same_scope(nodes):
        if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, (ast.Store, ast.Del)):
            names.add(_root(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = node.value.func
            names |= {_root(called)} if isinstance(called, ast.Attribute) else set()
    return names - {""}


def free(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that statements or expressions read and do not bind themselves before a scope of their own ends."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Name):
            names |= {node.id} if isinstance(node.ctx, ast.Load) else set()
        elif isinstance(node, ast.ClassDef):
            inside = [part for part in node.body if not isinstance(part, _SCOPES)]
            scopes = [part for part in node.body if isinstance(part, _SCOPES)]
            own = bound(node.body)
            names |= free(_outside(node)) - _type_parameters(node)
            names |= free(inside) - own
            # a method does not see the class's names; what its decorators, defaults and annotations read, does
            for scope in scopes:
                names |= ((free(_outside(scope)) - own) | _free_inside(scope)) - _type_parameters(scope)
            names -= _type_parameters(node) | {"__class__"}
        elif isinstance(node, _SCOPES):
            names |= (free(_outside(node)) | _free_inside(node)) - _type_parameters(node)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            names |= {node.target.id} | free([node.value])
        else:
            names |= free(ast.iter_child_nodes(node))
    return names


def unchanged_classes(before: list[ast.stmt], after: list[ast.stmt]) -> list[ast.ClassDef]:
    """The classes of a file that say what they said, and so does all that making them reads: bases, decorators, values
    of the class, defaults of its methods. What a method reads when it is called does not count."""
    said = {ast.dump(node) for node in before}
    other = bound(node for node in after if ast.dump(node) not in said)
    kept: list[ast.ClassDef] = []
    for node in after:
        if not isinstance(node, ast.ClassDef):
            continue
        once = sum(node.name in bound([each]) for each in after) == 1
        if once and node.name not in other and not _read_at_once(node) & other:
            kept.append(node)
        else:
            other.add(node.name)
    return kept


def _read_at_once(node: ast.ClassDef) -> set[str]:
    """The names that a class statement reads while it runs."""
    parts: list[ast.AST] = _outside(node)
    for part in node.body:
        parts += _outside(part) if isinstance(part, _SCOPES) else [part]
    return free(parts)


def _outside(scope: ast.AST) -> list[ast.AST]:
    """The parts of a scope that are evaluated around it."""
    if isinstance(scope, ast.ClassDef):
        return [*scope.decorator_list, *scope.bases, *scope.keywords, *getattr(scope, "type_params", ())]
    if isinstance(scope, _COMPREHENSIONS):
        return [scope.generators[0].iter]
    assert isinstance(scope, _FUNCTIONS)
    arguments = scope.args
    parts: list[ast.AST | None] = [*arguments.defaults, *arguments.kw_defaults]
    parts += [argument.annotation for argument in _arguments(scope)]
    if not isinstance(scope, ast.Lambda):
        parts += [*scope.decorator_list, scope.returns, *getattr(scope, "type_params", ())]
    return [part for part in parts if part is not None]


def _free_inside(scope: ast.AST) -> set[str]:
    if isinstance(scope, ast.ClassDef):
        return free([scope])
    if isinstance(scope, _COMPREHENSIONS):
        own: set[str] = set()
        for part in scope.generators:
            own |= bound([part.target])
        results = [scope.key, scope.value] if isinstance(scope, ast.DictComp) else [scope.elt]
        tests = [test for part in scope.generators for test in part.ifs]
        later = [part.iter for part in scope.generators[1:]]
        return free([*results, *tests, *later]) - own
    assert isinstance(scope, _FUNCTIONS)
    body = [scope.body] if isinstance(scope, ast.Lambda) else scope.body
    elsewhere = {name for node in _same_scope(body) if isinstance(node, ast.Global) for name in node.names}
    own = {argument.arg for argument in _arguments(scope)} | bound(body)
    own -= {name for node in _same_scope(body) if isinstance(node, ast.Nonlocal) for name in node.names}
    return (free(body) - (own - elsewhere)) | elsewhere


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> list[ast.arg]:
    a = function.args
    return [*a.posonlyargs, *a.args, *a.kwonlyargs, *(extra for extra in (a.vararg, a.kwarg) if extra is not None)]


def _bound_by(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, (ast.Store, ast.Del)) else set()
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.ExceptHandler)):
        return {node.name} if node.name else set()
    return {node.rest} if isinstance(node, ast.MatchMapping) and node.rest else set()


def _type_parameters(node: ast.AST) -> set[str]:
    return {parameter.name for parameter in getattr(node, "type_params", ())}


def _same_scope(nodes: Iterable[ast.AST]) -> Iterable[ast.AST]:
    for node in nodes:
        yield node
        if not isinstance(node, _SCOPES):
            yield from _same_scope(ast.iter_child_nodes(node))


def _root(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
