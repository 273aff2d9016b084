"""One expression against another, each run in a process of its own: short code as the answer to a question.

Knows no exercise, no lesson and no record.
"""

from __future__ import annotations

import ast
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ..differs import Incomparable, differs
from ..show import show
from .alarm import TimedOut, alarm
from .child import Died, can_fork, in_child

LIMIT = 2.0  # seconds
LONGEST = 300  # characters


def flaw_of(text: str, names: Sequence[str]) -> str:
    """Why a text is no expression that uses one of these names, in a clause; "" if it is. Runs nothing."""
    if len(text) > LONGEST:
        return f"That is longer than {LONGEST} characters"
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "That is no expression of Python"
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return "" if used & set(names) else f"That does not use {' or '.join(names)}"


def differing(got: str, want: str, tries: Sequence[Mapping[str, Any]]) -> str:
    """Why an expression is not the wanted one, in a sentence: the first of `tries` that tells them apart; "" if none.

    `got` is a learner's and may do anything: it is ended after two seconds, and reaches nothing here.
    """

    def work(_progress: Any) -> str:
        return _compared(got, want, tries)

    if not can_fork():
        try:
            with alarm(LIMIT):
                return _compared(got, want, tries)
        except TimedOut:
            return "It did not come to an end."
    told = in_child(work, seconds=LIMIT)
    if isinstance(told, Died):
        return "It did not come to an end." if told.how == "timed out" else "It took its process down."
    return str(told)


def _compared(got: str, want: str, tries: Sequence[Mapping[str, Any]]) -> str:
    for values in tries:
        shown = ", ".join(f"{name} = {show(value)}" for name, value in values.items())
        right = _value(want, values)
        try:
            mine = _value(got, values)
        except Exception as error:
            return f"With {shown}, it raises {type(error).__name__}."
        try:
            reason = differs(mine, right)
        except Incomparable:
            reason = "" if mine is right else "it is another object"
        if reason:
            return f"With {shown}, it gives {show(mine)}, and {show(right)} is right."
    return ""


def _value(text: str, values: Mapping[str, Any]) -> Any:
    """What an expression gives; it may use `math`, and `np` and `torch` where they are loaded. Changes no value."""
    import copy

    around = {"math": math, "np": sys.modules.get("numpy"), "torch": sys.modules.get("torch")}
    return eval(text.strip(), {**around, **copy.deepcopy(dict(values))})
