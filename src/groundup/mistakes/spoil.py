"""Ways to spoil a value, one at a time: its dtype, its order, its length, its memory. Knows nothing of exercises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..differs import is_tensor


def is_sequence(value: Any) -> bool:
    return isinstance(value, list | tuple | str) or (isinstance(value, np.ndarray) and value.ndim == 1)


def is_row(value: Any) -> bool:
    return isinstance(value, list | str) or (isinstance(value, np.ndarray) and value.ndim > 0)


def is_view(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 1 and not value.flags.c_contiguous


def can_change(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.size > 0 and value.dtype.kind in "biufc" and bool(np.isfinite(value).any())
    return isinstance(value, list | dict) and len(value) > 0


def change_in_place(value: Any) -> None:
    """Change an array, list or dict in place."""
    if not can_change(value):
        return
    if isinstance(value, np.ndarray):
        np.copyto(value, ~value if value.dtype.kind == "b" else value + 1)
    elif isinstance(value, list):
        value.pop()
    else:
        value.popitem()


def visit(*values: Any) -> None:
    """Go through the entries of arrays, tensors and lists, one by one."""
    for value in values:
        flat = value.flat if isinstance(value, np.ndarray) else value.flatten() if is_tensor(value) else value
        for _ in flat if isinstance(value, list | np.ndarray) or is_tensor(value) else ():
            pass


def swapped(value: Any) -> Any:
    return np.swapaxes(value, -1, -2) if isinstance(value, np.ndarray) and value.ndim > 1 else value


def leaves(value: Any) -> Iterator[Any]:
    """The numbers and arrays within lists, tuples and dicts."""
    if isinstance(value, list | tuple | dict):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from leaves(entry)
    else:
        yield value


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same lists, tuples and dicts with every leaf changed."""
    if isinstance(value, list | tuple):
        return type(value)(_each(entry, change) for entry in value)
    if isinstance(value, dict):
        return {key: _each(entry, change) for key, entry in value.items()}
    return change(value)


def number_kinds(value: Any) -> Iterator[str]:
    """What sort of number a leaf is or holds; '' for anything else. An array's fraction is its dtype."""
    is_array = isinstance(value, np.ndarray) and value.ndim > 0
    kind = np.asarray(value).dtype.kind if isinstance(value, bool | int | float | np.generic | np.ndarray) else ""
    if kind == "f" and np.asarray(value).dtype == np.float64:
        yield "float"
        if is_array or (np.isfinite(value) and value != np.trunc(value)):
            yield "fraction"
    elif kind in ("i", "u"):
        yield "int"
    elif kind == "b":
        yield "bool"


def _converted(value: Any, kinds: str, dtype: Any) -> Any:
    """A number or array of one of these kinds as another dtype; all else as it is."""
    if not isinstance(value, bool | int | float | np.generic | np.ndarray) or np.asarray(value).dtype.kind not in kinds:
        return value
    with np.errstate(all="ignore"):
        if isinstance(value, np.ndarray):
            return value.astype(dtype)
        return dtype(value) if np.isfinite(value) else value


def single(value: Any) -> Any:
    """float64 as float32."""
    return _each(value, lambda leaf: _converted(leaf, "f", np.float32))


def whole(value: Any) -> Any:
    """Floats as ints."""
    return _each(value, lambda leaf: _converted(leaf, "f", np.int64 if isinstance(leaf, np.ndarray) else int))


def floating(value: Any) -> Any:
    """Ints as floats."""
    return _each(value, lambda leaf: _converted(leaf, "iu", np.float64))


def counted(value: Any) -> Any:
    """False and True as 0 and 1."""
    return _each(value, lambda leaf: _converted(leaf, "b", np.int64 if isinstance(leaf, np.ndarray) else int))


def flipped(value: Any) -> Any:
    return value[::-1] if is_sequence(value) else value


def shortened(value: Any) -> Any:
    return value[:-1] if is_row(value) else value


def squeezed(value: Any) -> Any:
    return np.squeeze(value) if isinstance(value, np.ndarray) else value


def as_it_lies(value: Any) -> Any:
    """An array read in the order of memory, where that is not the order of its indices."""
    return value.ravel("K").reshape(value.shape) if is_view(value) else value


def is_empty(value: Any) -> bool:
    return is_sequence(value) and len(value) == 0
