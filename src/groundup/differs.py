"""How two values differ, in words: `differs(got, want)` is "" when they agree.

A learner's value is never trusted: its `==`, `repr`, `len` and iteration are not called, only those of the built-in
types, NumPy and (where it is already loaded) torch. Knows no exercise and no notebook; `show.py` draws the values.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from .show import kind_of, show, show_index

RTOL, ATOL = 1e-9, 1e-12


class Incomparable(TypeError):
    """The reference's own value is of a kind that has no comparison: a fault of the lesson, not of the learner."""


@dataclass(frozen=True)
class Chain:
    """Named values in the order in which they were computed, so that the first wrong one can be told from the rest."""

    values: tuple[tuple[str, Any], ...]

    def first_gap(self, want: Chain, rtol: float, atol: float) -> tuple[int, str]:
        """Index of the first value that differs from the wanted chain's, and how; (-1, "") if none does."""
        for index, ((_, mine), (_, value)) in enumerate(zip(self.values, want.values, strict=True)):
            reason = differs(mine, value, rtol, atol)
            if reason:
                return index, reason
        return -1, ""


def close(got: Any, want: Any, rtol: float = 1e-7, atol: float = 1e-9) -> bool:
    """For asserts in properties: True if the two agree.

    Raises AssertionError with both values in words when they do not, so that the learner reads more than 'False'.
    """
    reason = differs(got, want, rtol, atol)
    if reason:
        raise AssertionError(f"{show(got)} is not {show(want)}: {reason}")
    return True


def differs(got: Any, want: Any, rtol: float = RTOL, atol: float = ATOL) -> str:
    """Why `got` is not `want`, in a clause; "" if it is.

    Numbers agree when |got - want| <= atol + rtol * |want|, NaN with NaN, infinity with the same infinity.
    Arrays must agree in shape and dtype, scalars in kind (bool, int, float, complex), sequences in length.
    Raises Incomparable when `want` itself is of no comparable kind.
    """
    if type(want) is Chain:
        index, reason = got.first_gap(want, rtol, atol) if type(got) is Chain else (0, "it gives no values")
        return f"the first to go wrong is {want.values[index][0]}: {reason}" if reason else ""
    if want is None:
        return "" if got is None else f"it should be None and is {kind_of(got)}"
    if is_array(want):
        return _arrays(got, want, rtol, atol)
    if is_scalar(want):
        return _scalars(got, want, rtol, atol)
    if issubclass(type(want), (str, bytes)):
        if type(got) is not type(want):
            return f"it should be {kind_of(want)} and is {kind_of(got)}"
        return "" if got == want else "the texts differ"
    if issubclass(type(want), (list, tuple)):
        return _sequences(got, want, rtol, atol)
    if issubclass(type(want), (set, frozenset)):
        if not issubclass(type(got), (set, frozenset)):
            return f"it should be a set and is {kind_of(got)}"
        return _sequences(sorted(set.__iter__(set(got))), sorted(want), rtol, atol)
    if issubclass(type(want), dict):
        return _dicts(got, want, rtol, atol)
    if callable(want):
        return "" if callable(got) else f"it should be a function and is {kind_of(got)}"
    raise Incomparable(f"a {type(want).__name__} cannot be compared: return numbers, arrays, lists or dicts of them")


def is_tensor(value: Any) -> bool:
    """True for a torch tensor; loads no torch to find out."""
    torch = sys.modules.get("torch")
    return torch is not None and hasattr(torch, "Tensor") and issubclass(type(value), torch.Tensor)


def is_array(value: Any) -> bool:
    """True for an array of at least one dimension, of NumPy or torch."""
    return (issubclass(type(value), np.ndarray) or is_tensor(value)) and value.ndim > 0


def is_scalar(value: Any) -> bool:
    """True for Python's own numbers, NumPy's scalars and arrays or tensors without dimensions."""
    if type(value) in (bool, int, float, complex):
        return True
    if type(value).__module__ == "numpy":
        return issubclass(type(value), np.generic) or (issubclass(type(value), np.ndarray) and value.ndim == 0)
    return is_tensor(value) and value.ndim == 0


def as_numpy(value: Any) -> np.ndarray:
    """An array or scalar of NumPy or torch as a plain ndarray, sharing memory where it can."""
    if is_tensor(value):
        value = value.detach().cpu()
        value = value.float().numpy() if str(value.dtype) == "torch.bfloat16" else value.numpy()
    return np.asarray(value)


def share_memory(one: Any, other: Any) -> bool:
    """True if both are arrays, or both are tensors, and lie in one piece of memory."""
    if is_tensor(one) and is_tensor(other):
        return bool(one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr() and one.numel())
    return type(one) is type(other) is np.ndarray and np.may_share_memory(one, other)


def is_contiguous(value: Any) -> bool:
    """True unless it is an array or tensor whose entries do not lie in memory in their order."""
    if is_tensor(value):
        return bool(value.is_contiguous())
    return not issubclass(type(value), np.ndarray) or bool(value.flags.c_contiguous)


def unequal(got: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Where two arrays of one shape disagree, as booleans of that shape."""
    if got.dtype.kind not in "biufc" or want.dtype.kind not in "biufc":
        return np.asarray(got != want)
    got, want = got.astype(np.result_type(got, np.float64)), want.astype(np.result_type(want, np.float64))
    with np.errstate(all="ignore"):
        agree = np.abs(got - want) <= atol + rtol * np.abs(want)
    same = (got == want) | (np.isnan(got) & np.isnan(want))
    return ~np.where(np.isfinite(want) & np.isfinite(got), agree, same)


def _dtype_name(value: Any) -> str:
    return str(value.dtype).removeprefix("torch.")


def _arrays(got: Any, want: Any, rtol: float, atol: float) -> str:
    if is_tensor(want) != is_tensor(got) or not is_array(got):
        if is_scalar(got) and is_tensor(want) == is_tensor(got):
            return f"it should have shape {tuple(want.shape)} and is a single number"
        return f"it should be {kind_of(want)} and is {kind_of(got)}"
    if tuple(got.shape) != tuple(want.shape):
        return f"its shape is {tuple(got.shape)} and should be {tuple(want.shape)}"
    kind = ""
    if _dtype_name(got) != _dtype_name(want):
        kind = f"its dtype is {_dtype_name(got)} and should be {_dtype_name(want)}"
        rtol = max(rtol, 1e-4)  # float32 keeps seven digits, and that is no other fault
    elif is_tensor(want) and got.requires_grad != want.requires_grad:
        return "it " + ("carries a gradient and should not" if got.requires_grad else "should carry a gradient")
    got, want = as_numpy(got), as_numpy(want)
    wrong = unequal(got, want, rtol, atol)
    count = int(wrong.sum())
    if count == 0:
        return kind
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    here = f"at {show_index(first)} it is {show(got[first], digits=_digits(got[first], want[first]))}"
    there = f"and should be {show(want[first], digits=_digits(got[first], want[first]))}"
    entries = f" ({count} of {wrong.size} entries differ)" if wrong.size > 1 else ""
    return f"{here} {there}{entries}" + (f"; and {kind}" if kind else "")


_RANK = {"b": 0, "i": 1, "u": 1, "f": 2, "c": 3}
_KIND = {"b": "a bool", "i": "an int", "u": "an int", "f": "a float", "c": "a complex number"}


def _scalars(got: Any, want: Any, rtol: float, atol: float) -> str:
    if not is_scalar(got):
        if is_array(got):
            return f"it should be a single number and has shape {tuple(got.shape)}"
        return f"it should be {kind_of(want)} and is {kind_of(got)}"
    if is_tensor(want) != is_tensor(got):
        return f"it should be {kind_of(want)} and is {kind_of(got)}"
    if type(got) is int and type(want) is int:
        return "" if got == want else _apart(abs(got - want))  # exact, however large
    a, b = as_numpy(got), as_numpy(want)
    if a.dtype.kind not in _RANK or b.dtype.kind not in _RANK:
        return f"it should be {kind_of(want)} and is {kind_of(got)}"
    if _RANK[a.dtype.kind] > _RANK[b.dtype.kind] or (b.dtype.kind == "b") != (a.dtype.kind == "b"):
        return f"it is {_KIND[a.dtype.kind]} and should be {_KIND[b.dtype.kind]}"
    if a.dtype.kind == b.dtype.kind and b.dtype.kind in "fc" and a.dtype.itemsize < b.dtype.itemsize:
        return f"its dtype is {a.dtype} and should be {b.dtype}"
    if not bool(unequal(a, b, rtol, atol)):
        return ""
    if not np.isfinite(a) or not np.isfinite(b):
        return f"{show(got)} is not {show(want)}"
    if b.dtype.kind == "b":
        return f"it is {show(got)} and should be {show(want)}"
    gap = abs(complex(a) - complex(b))
    return _apart(gap) if np.isfinite(gap) else "the numbers differ"


def _apart(gap: float) -> str:
    return f"they are {gap:.4g} apart" if gap < 1e300 else "the numbers differ"


def _digits(got: Any, want: Any) -> int:
    """Enough significant digits that the two are seen to differ."""
    for digits in (5, 8, 12):
        if show(got, digits=digits) != show(want, digits=digits):
            return digits
    return 17


def _sequences(got: Any, want: Any, rtol: float, atol: float) -> str:
    if not issubclass(type(got), (list, tuple)):
        return f"it should be {kind_of(want)} and is {kind_of(got)}"
    base = list if issubclass(type(got), list) else tuple
    if base.__len__(got) != len(want):
        return f"it has {base.__len__(got)} entries and should have {len(want)}"
    for index, (a, b) in enumerate(zip(base.__iter__(got), want, strict=True)):
        reason = differs(a, b, rtol, atol)
        if reason:
            return f"entry {index} differs: {reason}" if len(want) > 1 else reason
    return ""


def _dicts(got: Any, want: dict[Any, Any], rtol: float, atol: float) -> str:
    if not issubclass(type(got), dict):
        return f"it should be a dict and is {kind_of(got)}"
    for missing in (key for key in want if not dict.__contains__(got, key)):
        return f"the key {show(missing)} is missing"
    for extra in (key for key in dict.keys(got) if key not in want):
        return f"the key {show(extra)} should not be there"
    for key, value in want.items():
        reason = differs(dict.__getitem__(got, key), value, rtol, atol)
        if reason:
            return f"at the key {show(key)}: {reason}"
    return ""
