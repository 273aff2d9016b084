"""What a picture is made of, in the lesson's words: curves, points, segments, arrows, areas, lines and notes.

Layers only hold what was asked for, in the units of the axes. Knows nothing of ranges, pixels or colours as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pair = tuple[float, float]
Array = NDArray[np.float64]


class DrawError(ValueError):
    """What cannot be drawn, and the way out, in one sentence."""


@dataclass(frozen=True, eq=False)
class Curve:
    of: Any  # a function of one number, or (xs, ys)
    label: str = ""
    colour: int | None = None
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class Points:
    xs: Array
    ys: Array
    label: str = ""
    colour: int | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Segment:
    p: Pair
    q: Pair
    label: str = ""
    colour: int | None = None
    dashed: bool = False
    arrow: bool = False


@dataclass(frozen=True)
class Area:
    of: Any  # a function, down to zero; or a pair of functions, the area between them
    low: float
    high: float
    label: str = ""
    colour: int | None = None


@dataclass(frozen=True, eq=False)
class Bars:
    """Bars from zero to each height, between a left and a right edge; bars.py makes them."""

    left: Array
    right: Array
    heights: Array
    label: str = ""
    colour: int | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A straight line across the whole picture."""

    at: float
    upright: bool
    label: str = ""
    colour: int | None = None


@dataclass(frozen=True)
class Note:
    x: float
    y: float
    text: str


Layer = Curve | Points | Segment | Area | Bars | Rule | Note


def curve(of: Any, label: str = "", *, colour: int | None = None, dashed: bool = False) -> Curve:
    """The curve of a function `of(x)`, drawn over the plot's x range, or through sampled data `(xs, ys)`.

    The function may take arrays or single numbers. Where it is undefined, infinite or jumps, the curve has a gap.
    """
    if not callable(of):
        if not (isinstance(of, tuple | list) and len(of) == 2):
            raise DrawError(f"curve() got {_short(of)}: give it a function of x, or a pair (xs, ys).")
        of = _columns("curve", *of)
    return Curve(of, words(label), _colour("curve", colour), dashed)


def points(xs: Any, ys: Any, label: str = "", *, colour: int | None = None, labels: Sequence[str] = ()) -> Points:
    """A marker at each (x, y); `labels` names them one by one. One number in place of a list is one point."""
    xs, ys = _columns("points", xs, ys)
    names = tuple(words(text) for text in labels)
    if names and len(names) != len(xs):
        raise DrawError(f'points() got {len(xs)} points and {len(names)} labels: give one label to each, "" for none.')
    return Points(xs, ys, words(label), _colour("points", colour), names)


def segment(p: Pair, q: Pair, label: str = "", *, colour: int | None = None, dashed: bool = False) -> Segment:
    """The straight line from p to q."""
    return Segment(_pair("segment", p), _pair("segment", q), words(label), _colour("segment", colour), dashed)


def arrow(p: Pair, q: Pair, label: str = "", *, colour: int | None = None) -> Segment:
    """An arrow from p to q."""
    return Segment(_pair("arrow", p), _pair("arrow", q), words(label), _colour("arrow", colour), arrow=True)


def note(x: float, y: float, text: str) -> Note:
    """Words centred at (x, y), moved as little as needed to stay inside the axes; a line break begins a new line."""
    return Note(*_pair("note", (x, y)), words(text))


def area(of: Any, lo: float, hi: float, label: str = "", *, colour: int | None = None) -> Area:
    """The area from lo to hi between a function and zero, or between the two functions of a pair.

    It takes the colour of the curve that was made from the same function, if there is one in the plot.
    """
    if not callable(of) and not (isinstance(of, tuple | list) and len(of) == 2 and all(map(callable, of))):
        raise DrawError(f"area() got {_short(of)}: give it a function of x, or a pair of functions.")
    low, high = _number("area", lo), _number("area", hi)
    if not low < high:
        raise DrawError(f"area() got lo={low:g} and hi={high:g}: lo must be below hi.")
    return Area(of, low, high, words(label), _colour("area", colour))


def hline(y: float, label: str = "", *, colour: int | None = None) -> Rule:
    """A level line at height y, across the whole picture; grey unless given a colour."""
    return Rule(_number("hline", y), False, words(label), _colour("hline", colour))


def vline(x: float, label: str = "", *, colour: int | None = None) -> Rule:
    """An upright line at x, across the whole picture; grey unless given a colour."""
    return Rule(_number("vline", x), True, words(label), _colour("vline", colour))


def words(text: Any) -> str:
    """Text as it is shown: a hyphen that stands for a minus becomes one."""
    return re.sub(r"(?<![^\s(=,·])-(?!-)", "−", str(text))


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise DrawError(f"{name}() got {_short(value)}: give it a number.") from None


def _pair(name: str, p: Any) -> Pair:
    try:
        x, y = p
        return float(x), float(y)
    except (TypeError, ValueError):
        raise DrawError(f"{name}() got {_short(p)} for a point: give it two numbers, (x, y).") from None


def _columns(name: str, xs: Any, ys: Any) -> tuple[Array, Array]:
    try:
        xs, ys = (np.atleast_1d(np.asarray(part, dtype=float)) for part in (xs, ys))
    except (TypeError, ValueError):
        raise DrawError(f"{name}() got xs or ys that are not numbers: give it two lists of numbers.") from None
    if xs.ndim != 1 or xs.shape != ys.shape:
        raise DrawError(f"{name}() got xs of shape {xs.shape} and ys of shape {ys.shape}: let them match.")
    return xs, ys


def _colour(name: str, colour: Any) -> int | None:
    if colour is None or (isinstance(colour, int) and colour >= 0):
        return colour
    raise DrawError(f"{name}() got colour={_short(colour)}: give the place of a colour in the palette, 0, 1, 2, ….")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
