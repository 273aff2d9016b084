"""Any value as a short, safe text: numbers, arrays, functions and calls as a learner would write them.

Never calls a learner's own `repr`, `str`, `len` or iterator, so an object that lies or never ends is only named.
"""

from __future__ import annotations

import ast
import linecache
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

import numpy as np

WIDTH = 72
FEW = 12  # entries of a tensor of several axes that a call still shows whole
PAIR = 2  # so many functions of a list are written out, however long: nobody can guess one that is left out
MANY = 12  # entries of an array of three axes and more that are still shown whole


def kind_of(value: Any) -> str:
    """What sort of thing a value is, with its article: 'a list', 'an array', 'None', 'a generator'."""
    if value is None:
        return "None"
    if issubclass(type(value), type):
        return "a class"
    name = type(value).__name__
    if name == "ndarray":
        return "an array" if value.ndim else "a number"
    if name in ("Tensor", "Parameter") and type(value).__module__.startswith("torch"):
        return "a tensor"
    if type(value).__module__ == "numpy" and issubclass(type(value), np.generic):
        name = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex number"}.get(value.dtype.kind, name)
    words = {
        "str": "text",
        "function": "a function",
        "builtin_function_or_method": "a function",
        "method": "a function",
    }
    words |= {"ufunc": "a function", "NotImplementedType": "NotImplemented", "ellipsis": "an ellipsis (...)"}
    return words.get(name, f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}")


def show(value: Any, *, width: int = WIDTH, digits: int = 6, mark: tuple[int, ...] | None = None) -> str:
    """The value on one line (arrays of two dimensions and more on several), at most about `width` characters wide.

    `digits` are significant digits; `mark` is the index of an entry to set between › and ‹.
    """
    return _show(value, width, digits, mark, depth=3)


def show_pair(got: Any, want: Any, mark: tuple[int, ...] | None = None) -> tuple[str, str]:
    """Two values that differ, with as many digits as it takes to see that they do."""
    pair = show(got, mark=mark), show(want, mark=mark)
    for digits in (9, 12, 17):
        if pair[0] != pair[1]:
            break
        pair = show(got, digits=digits, mark=mark), show(want, digits=digits, mark=mark)
    if (type(got) is np.ndarray) != (type(want) is np.ndarray):  # else an array would look like a list
        return _called_array(got, pair[0]), _called_array(want, pair[1])
    return pair


def _called_array(value: Any, text: str) -> str:
    return f"array({text})" if type(value) is np.ndarray and value.ndim else text


def show_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """A call as the learner would type it."""
    parts = [_argument(value) for value in args] + [f"{key}={_argument(value)}" for key, value in kwargs.items()]
    return f"{name}({', '.join(parts)})"


def show_index(index: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, index)) + "]"


def _argument(value: Any) -> str:
    text = show(value, width=60)
    if type(value) is np.ndarray:
        return f"array({' '.join(text.split())})"
    return _tensor_argument(value) if _is_tensor(value) else text


def _is_tensor(value: Any) -> bool:
    return type(value).__module__.startswith("torch") and type(value).__name__ in ("Tensor", "Parameter")


def _tensor_argument(value: Any) -> str:
    """A small tensor as it would be typed; of others their first numbers, their shape, and strides that leap."""
    whole = " ".join(show(value).split())
    if value.is_contiguous() and (value.ndim < 2 or value.numel() <= FEW) and value.numel():
        return f"tensor({whole})"
    first = [_number(entry, 6) for entry in value.detach().flatten()[:4].tolist()]
    numbers = ", ".join([*first[:3], "…"] if len(first) > 3 else first)
    strides = "" if value.is_contiguous() else f", strides {tuple(value.stride())}"
    return f"tensor([{numbers}], shape {tuple(value.shape)}{strides})"


def _show(value: Any, width: int, digits: int, mark: tuple[int, ...] | None, depth: int) -> str:
    kind = type(value)
    if value is None or value is ... or kind is bool:
        return repr(value)
    if kind is int:
        return repr(value) if value.bit_length() < 200 else f"an int of {value.bit_length()} bits"
    if kind in (float, complex) or (kind.__module__ == "numpy" and issubclass(kind, np.generic)):
        return _number(value, digits)
    if kind in (str, bytes):
        return repr(
            value if len(value) <= width else value[: width - 1] + value[:0].__class__(b"..." if kind is bytes else "…")
        )
    if kind is np.ndarray or _is_tensor(value):
        return _array(value, width, digits, mark)
    if kind in (list, tuple, set, frozenset, dict):
        return _container(value, width, digits, depth)
    if kind is FunctionType:
        return _lambda(value) if value.__code__.co_name == "<lambda>" else value.__code__.co_name
    if kind is np.ufunc or kind is type(np.cumsum):  # NumPy's functions are of two types
        return f"np.{value.__name__}"
    if issubclass(kind, type):
        return type.__dict__["__name__"].__get__(value)
    if (
        callable(value)
        and kind.__module__ in ("builtins", "functools")
        and type(getattr(value, "__name__", None)) is str
    ):
        return value.__name__
    if kind.__name__ == "Generator" and kind.__module__.startswith("numpy"):
        return "rng"
    return kind_of(value) if kind.__module__ == "builtins" else f"{kind_of(value)} object"


def _number(value: Any, digits: int) -> str:
    """Integers whole; floats short, and always recognisable as floats."""
    value = value.item() if isinstance(value, np.generic) else value
    if type(value) is complex:
        return f"{value:.{digits}g}"
    if type(value) is not float:
        return _show(value, WIDTH, digits, None, 1)
    text = f"{value:.{digits}g}"
    return text if any(mark in text for mark in ".eni") else text + ".0"


def _container(value: Any, width: int, digits: int, depth: int) -> str:
    is_dict = type(value) is dict
    left, right = "[]" if type(value) is list else "()" if type(value) is tuple else "{}"
    if depth == 0:
        return f"{left}…{right}"
    parts: list[str] = []
    for entry in value.items() if is_dict else value:
        if sum(map(len, parts)) + 2 * len(parts) > width - 8 and not (len(parts) < PAIR and _holds_function(entry)):
            parts.append(f"… {len(value) - len(parts)} more")
            break
        if is_dict:
            parts.append(
                f"{_show(entry[0], width, digits, None, depth - 1)}: {_show(entry[1], width, digits, None, depth - 1)}"
            )
        else:
            parts.append(_show(entry, width, digits, None, depth - 1))
    comma = "," if type(value) is tuple and len(value) == 1 else ""
    if not value and type(value) in (set, frozenset):
        return "set()"
    return left + ", ".join(parts) + comma + right


def _holds_function(entry: Any) -> bool:
    """True for a function, and for a pair or a list with one in it."""
    return type(entry) is FunctionType or (type(entry) in (list, tuple) and any(type(e) is FunctionType for e in entry))


def _array(value: Any, width: int, digits: int, mark: tuple[int, ...] | None) -> str:
    """Small arrays whole, large ones as the six entries a side around the marked one."""
    array = value.detach().cpu().float().numpy() if hasattr(value, "detach") and value.is_floating_point() else value
    array = np.asarray(array.detach().cpu().numpy() if hasattr(array, "detach") else array)
    if array.ndim == 0:
        return _number(array[()], digits)
    if array.size == 0:
        return f"[] of shape {array.shape}" if array.ndim > 1 else "[]"
    mark = mark if mark and len(mark) == array.ndim else None
    span = 8 if array.ndim == 1 else 6
    if array.ndim > 2 and array.size > MANY:  # one matrix of many: that of the marked entry, or the first
        lead, inner = (mark[:-2], mark[-2:]) if mark else ((0,) * (array.ndim - 2), None)
        return f"at {show_index(lead)} of shape {array.shape}:\n[{_rows(array[lead], digits, inner, span)}]"
    return "[" + _rows(array, digits, mark, span) + "]"


def _rows(array: np.ndarray, digits: int, mark: tuple[int, ...] | None, span: int, depth: int = 1) -> str:
    length = array.shape[0]
    centre = mark[0] if mark else 0
    start = max(0, min(centre - span // 2, length - span)) if length > span else 0
    parts = ["…"] if start else []
    for index in range(start, min(start + span, length)):
        inner = mark[1:] if mark and index == mark[0] else None
        if array.ndim == 1:
            text = _number(array[index], digits)
            parts.append(f"›{text}‹" if inner is not None else text)
        else:
            parts.append("[" + _rows(array[index], digits, inner, span, depth + 1) + "]")
    parts += ["…"] if start + span < length else []
    return (",\n" + " " * depth if array.ndim > 1 else ", ").join(parts)


def _lambda(function: FunctionType) -> str:
    """A lambda as its author wrote it, or 'a lambda' where the source is gone."""
    code = function.__code__
    for node in _lambdas(code.co_filename, "".join(linecache.getlines(code.co_filename))):
        if node[0] == _body_start(code):
            return " ".join(node[1].split())
    return "a lambda"


def _body_start(code: CodeType) -> tuple[int, int]:
    """Line and column of the first character that the code of a lambda evaluates."""
    places = [(line, column) for line, _, column, _ in code.co_positions() if line and column]
    return min(places, default=(0, 0))


@lru_cache(maxsize=64)
def _lambdas(filename: str, source: str) -> list[tuple[tuple[int, int], str]]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Lambda))
    lines = source.encode().splitlines(keepends=True)  # a column counts bytes
    return [((n.body.lineno, _leftmost(n.body)), _segment(lines, n)) for n in nodes]


def _segment(lines: list[bytes], node: ast.expr) -> str:
    """The text of a node; ast.get_source_segment would split the whole file anew for each."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    taken = lines[node.lineno - 1 : node.end_lineno]
    taken[-1] = taken[-1][: node.end_col_offset]
    taken[0] = taken[0][node.col_offset :]
    return b"".join(taken).decode()


def _leftmost(node: ast.AST) -> int:
    return node.col_offset  # type: ignore[attr-defined]
