"""What a reference is asked while its steps run: every call of it, or of each of its methods, with what came of it.

Knows nothing of mistakes or of judging; a class is watched in a copy, so that its author's own stays untouched.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

import numpy as np

from ..checking.trial import still, trial
from ..differs import Incomparable, differs
from ..exercise import Exercise
from .mutate import compiled, definition

MOST = 500  # calls that are kept of one function; a script may make any number


@dataclass(frozen=True)
class Call:
    """One call that returned: its arguments by parameter as they were before it, and those that it changed."""

    arguments: dict[str, Any]
    changed: tuple[str, ...]
    result: Any


@dataclass(frozen=True)
class Spot:
    """A function, or one method of a class, and the calls that it had, in their order."""

    exercise: Exercise
    method: str  # "" for a function
    parameters: tuple[inspect.Parameter, ...]  # without self
    calls: tuple[Call, ...]

    def values(self, parameter: str) -> list[Any]:
        return [call.arguments[parameter] for call in self.calls]


def observe(exercise: Exercise) -> tuple[Spot, ...]:
    """Where the exercise's steps call its reference: one spot for a function, one for each method used of a class."""
    return _observe(exercise, len(exercise.probes), len(exercise.properties))


def constant_arguments(exercise: Exercise) -> list[str]:
    """Parameters that have one value in every step, so that nothing could tell whether they are used."""
    return [
        parameter.name + (f" of {spot.method}" if spot.method else "")
        for spot in observe(exercise)
        for parameter in spot.parameters
        if parameter.kind is not parameter.VAR_KEYWORD and len(spot.calls) > 0 and not varies(spot, parameter)
    ]


def varies(spot: Spot, parameter: inspect.Parameter) -> bool:
    """True if two calls, or a call and the default, have different values for this parameter."""
    values = spot.values(parameter.name)
    first = values[0] if parameter.default is parameter.empty else parameter.default
    return any(not same(value, first) for value in values)


def same(one: Any, other: Any) -> bool:
    """True if two values cannot be told apart; functions, and what has no comparison, by identity."""
    if one is other:
        return True
    if callable(one) or callable(other) or type(one) is not type(other):
        return False
    try:
        return not differs(one, other, 0.0, 0.0)
    except Incomparable:
        return False


@lru_cache(maxsize=256)
def _observe(exercise: Exercise, _probes: int, _properties: int) -> tuple[Spot, ...]:
    if not isinstance(exercise.reference, type):
        calls: list[Call] = []
        trial(exercise, _recorded(exercise.reference, calls))
        return (Spot(exercise, "", _parameters(exercise.reference), tuple(calls)),)
    tree = definition(exercise)
    copied, used = compiled(exercise, tree), {}
    assert isinstance(tree.body[0], ast.ClassDef)
    for node in tree.body[0].body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list and node.args.args:
            method = vars(copied)[node.name]
            used[node.name] = _parameters(method)[1:], list[Call]()
            setattr(copied, node.name, _recorded(method, used[node.name][1], skip=1))
    trial(exercise, copied)
    return tuple(Spot(exercise, name, parameters, tuple(calls)) for name, (parameters, calls) in used.items() if calls)


def _parameters(function: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    return tuple(inspect.signature(function).parameters.values())


def _recorded(function: Callable[..., Any], calls: list[Call], skip: int = 0) -> Callable[..., Any]:
    signature = inspect.signature(function)

    @wraps(function)
    def recorded(*args: Any, **kwargs: Any) -> Any:
        if len(calls) >= MOST:
            return function(*args, **kwargs)
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        own = dict(list(given.arguments.items())[skip:])
        before = {name: _kept(value) for name, value in own.items()}
        result = function(*args, **kwargs)
        changed = tuple(
            name for name, value in own.items() if before[name] is not value and not same(value, before[name])
        )
        calls.append(Call(before, changed, still(result)))
        return result

    return recorded


def _kept(value: Any) -> Any:
    """A copy that also lies in memory as the value does."""
    return value.copy(order="K") if type(value) is np.ndarray else still(value)
