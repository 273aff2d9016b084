"""What people write in place of a right expression or statement: the slips that mutants are made of.

Each verb takes a node of a syntax tree and yields nodes that could stand there; none is changed in place.
Knows nothing of trees as a whole, of compiling, or of exercises.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

AXES = ("axis", "dim")  # keywords whose number is a direction

_ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_OPERATORS: dict[type, tuple[Callable[[], ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_COMPARISONS: dict[type, tuple[Callable[[], ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_PAIRS = [
    ("min", "max"),
    ("minimum", "maximum"),
    ("argmin", "argmax"),
    ("any", "all"),
    ("floor", "ceil"),
    ("sum", "mean"),
    ("std", "var"),
    ("exp", "expm1"),
    ("log", "log1p"),
    ("sin", "cos"),
    ("cumsum", "cumprod"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("vstack", "hstack"),
    ("left", "right"),
]
_TWINS = dict(_PAIRS) | {second: first for first, second in _PAIRS}
_SYMMETRIC = {"min", "max", "minimum", "maximum", "hypot", "gcd", "lcm"}
# Put in place of such a call, the argument would stop the program at once, and any check notices that.
_NOT_LIKE_THEIR_ARGUMENT = {"len", "range", "arange", "linspace", "enumerate", "zip", "map", "filter", "print", "type"}
_NOT_LIKE_THEIR_ARGUMENT |= {"zeros", "ones", "full", "eye", "empty", "isinstance", "issubclass", "hasattr", "super"}


def other_statements(node: ast.stmt, known: set[str], first: str, alone: bool) -> Iterator[ast.stmt]:
    """What could stand in place of this statement."""
    match node:
        case ast.Expr() if not is_text(node):
            yield ast.Pass()
        case ast.Assert() | ast.Break() | ast.Continue():
            yield ast.Pass()
        case ast.Raise() if not alone:  # alone in its block, it goes when the `if` above it does
            yield ast.Pass()
        case ast.Assign() if bound(node) <= known:  # else its name would be missing, which any check notices
            yield ast.Pass()
        case ast.AugAssign(target=target, op=operator, value=value):
            yield ast.Pass()
            yield ast.Assign([target], value, lineno=0)
            for other in _OPERATORS.get(type(operator), ()):
                yield ast.AugAssign(target, other(), value)
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(None)
            if first and not (isinstance(value, ast.Name) and value.id == first):
                yield ast.Return(ast.Name(first, ast.Load()))
        case ast.If(test=test):
            for new in (ast.Constant(True), ast.Constant(False), _negated(test)):
                if new is not None:
                    yield ast.If(new, node.body, node.orelse)
        case ast.While(test=test) if not isinstance(test, ast.Constant):
            yield ast.While(ast.Constant(False), node.body, node.orelse)


def bound(node: ast.stmt) -> set[str]:
    """The names that a statement binds."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def other_expressions(node: ast.expr, within: str) -> Iterator[ast.expr]:
    """What could stand in place of this expression."""
    match node:
        case ast.BinOp(left=left, op=operator, right=right):
            for other in _OPERATORS.get(type(operator), ()):
                yield ast.BinOp(left, other(), right)
            if isinstance(operator, _ORDERED):
                yield ast.BinOp(right, operator, left)
            yield from (left, right)
        case ast.UnaryOp(operand=ast.Constant(value=int() | float() as value)) if is_minus_number(node):
            yield from _constants(-value, within)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert(), operand=operand):
            yield operand
        case ast.BoolOp(op=operator, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            for index in range(len(values)):
                kept = values[:index] + values[index + 1 :]
                yield ast.BoolOp(operator, kept) if len(kept) > 1 else kept[0]
        case ast.Compare(left=left, ops=operators, comparators=rest):
            for index, comparison in enumerate(operators):
                for opposite in _COMPARISONS[type(comparison)]:
                    yield ast.Compare(left, [*operators[:index], opposite(), *operators[index + 1 :]], rest)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield from (body, orelse)
            if _negated(test) is not None:
                yield ast.IfExp(test, orelse, body)
        case ast.Constant(value=value):
            yield from _constants(value, within)
        case ast.Call():
            yield from _calls(node)
        case ast.Slice(lower=lower, upper=upper, step=step):
            yield ast.Slice(_plus(lower or ast.Constant(0), 1), upper, step)
            yield ast.Slice(lower, _plus(upper or ast.Constant(0), -1), step)
            if lower is not None:
                yield ast.Slice(None, upper, step)
            if upper is not None:
                yield ast.Slice(lower, None, step)
            if step is not None:
                yield ast.Slice(lower, upper, None)
        case ast.Attribute(value=value, attr="T", ctx=ast.Load()):
            yield value
        case ast.Attribute(value=value, attr=name, ctx=ast.Load()) if name in _TWINS:
            yield ast.Attribute(value, _TWINS[name], ast.Load())
        case ast.Name() | ast.BinOp() if within == "index":
            yield from (_plus(node, 1), _plus(node, -1))


def _constants(value: Any, within: str) -> Iterator[ast.expr]:
    """Values that are easily written for this one."""
    other: list[Any] = []
    if isinstance(value, bool):
        other = [not value]
    elif within in AXES and isinstance(value, int):
        other = [0 if value else 1] if value != -1 else [0, -2]
    elif isinstance(value, int):
        other = [value + 1, value - 1, 0, -value]
    elif value == 0.0 and isinstance(value, float):
        other = [1.0]
    elif isinstance(value, float) and abs(value) < 0.1:
        other = [2 * value, 0.0]
    elif isinstance(value, float):
        other = [value + 1, value - 1, 0.0, -value]
    elif isinstance(value, str):
        other = [_TWINS.get(value, "" if value else "x")]
    yield from (_literal(each) for each in dict.fromkeys(other) if each != value)


def _calls(call: ast.Call) -> Iterator[ast.expr]:
    """A call with another function, with arguments swapped, moved or left out, or with only its argument left."""
    function, args, keywords = call.func, call.args, call.keywords
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in _TWINS:
        twin: ast.expr = ast.Name(_TWINS[name], ast.Load())
        if isinstance(function, ast.Attribute):
            twin = ast.Attribute(function.value, _TWINS[name], ast.Load())
        yield ast.Call(twin, args, keywords)
    for index in range(len(args) - 1 if name not in _SYMMETRIC else 0):
        if not any(isinstance(arg, ast.Starred) for arg in args[index : index + 2]):
            swapped = [*args[:index], args[index + 1], args[index], *args[index + 2 :]]
            yield ast.Call(function, swapped, keywords)
    if len(args) > 1:
        yield ast.Call(function, args[:-1], keywords)
    for index in range(len(keywords)):
        yield ast.Call(function, args, keywords[:index] + keywords[index + 1 :])
    if name in ("range", "arange"):
        yield from (ast.Call(function, moved, keywords) for moved in _other_ranges(args))
    elif name not in _NOT_LIKE_THEIR_ARGUMENT:
        if args and not isinstance(args[0], ast.Starred):
            yield args[0]
        if isinstance(function, ast.Attribute) and not isinstance(function.value, ast.Name | ast.Constant):
            yield function.value  # x[1:].sum() ⇒ x[1:]; np.sum(x) has no such receiver
        elif isinstance(function, ast.Attribute) and not args:
            yield function.value  # x.copy() ⇒ x


def _other_ranges(args: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """The arguments of a range that begins or ends one place off."""
    if len(args) == 1:
        yield from ([_plus(args[0], -1)], [_plus(args[0], 1)], [ast.Constant(1), args[0]])
    elif len(args) > 1:
        for step in (1, -1):
            yield [_plus(args[0], step), *args[1:]]
            yield [args[0], _plus(args[1], step), *args[2:]]


def is_minus_number(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and isinstance(node.operand.value, int | float)
    )


def _negated(test: ast.expr) -> ast.expr | None:
    """The opposite test; None where another mutant says the same: < and >=, `not x` and x."""
    if (isinstance(test, ast.Compare) and len(test.ops) == 1) or isinstance(test, ast.UnaryOp | ast.Constant):
        return None
    return ast.UnaryOp(ast.Not(), test)


def _plus(node: ast.expr, step: int) -> ast.expr:
    """The node and one more or less; of a number, the next number."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return _literal(node.value + step)
    return ast.BinOp(node, ast.Add() if step > 0 else ast.Sub(), ast.Constant(abs(step)))


def _literal(value: Any) -> ast.expr:
    """A constant as source would write it: -1 is a minus and a 1."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)
