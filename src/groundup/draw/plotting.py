"""draw.plot: the layers an author asked for, sampled and given their ranges and colours, as a picture.

Everything that can be wrong with them is said here, in the author's own cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .axis import Axis, around, given
from .compose import Frame
from .contours import Contours, Mapped, Path
from .layers import Area, Bars, Curve, DrawError, Layer, Note, Points, Rule, Segment, words
from .picture import SIZE, Plot
from .sample import sampled, typical
from .scene import Array
from .view import Drawn


def plot(
    *layers: Layer | Mapped,
    x: Sequence[float] | None = None,
    y: Sequence[float] | None = None,
    title: str = "",
    xlabel: str = "",
    ylabel: str = "",
    xlog: bool = False,
    ylog: bool = False,
    equal: bool = False,
    axes: bool = True,
    alt: str = "",
    width: int = SIZE[0],
    height: int = SIZE[1],
) -> Plot:
    """One picture of these layers. x and y are ranges, as (from, to); left out, they are taken from what is drawn.

    A curve of a function needs x. `equal` gives both axes one scale; without `axes` neither they nor the grid nor
    numbers are drawn, for a picture of shapes; `alt` says in words what is to be seen.
    """
    for layer in layers:
        if not isinstance(layer, Layer | Mapped):
            raise DrawError(
                f"plot() got {type(layer).__name__} for a layer: wrap it, as in draw.curve(f) or draw.points(xs, ys)."
            )
    if any(isinstance(layer, Contours) for layer in layers):
        if x is None or y is None:
            raise DrawError("plot() needs both ranges for contours: write them, as in x=(-3, 3), y=(-2, 2).")
        asked = given("x", x, xlog), given("y", y, ylog)
        layers = tuple(layer.over(*asked) if isinstance(layer, Contours) else layer for layer in layers)
    if ylog and any(isinstance(layer, Bars) for layer in layers):
        raise DrawError("plot() got bars for a logarithmic y axis, on which there is no zero to stand on: drop ylog.")
    across = _x_axis(layers, x, xlog)
    drawn = tuple(_drawn(layer, across, colour) for layer, colour in zip(layers, _colours(layers), strict=True))
    up = given("y", y, ylog) if y is not None else _y_axis(drawn, ylog)
    frame = Frame(
        across,
        up,
        words(title),
        words(xlabel),
        words(ylabel),
        equal,
        x is not None,
        y is not None,
        int(width),
        int(height),
        bool(axes),
    )
    return Plot(alt or _alt(title, layers), frame, drawn)


def _x_axis(layers: Sequence[Layer | Mapped], x: Sequence[float] | None, log: bool) -> Axis:
    if x is not None:
        return given("x", x, log)
    found = [np.atleast_1d(np.asarray(part, dtype=float)) for layer in layers for part in _own_xs(layer)]
    functions = [layer for layer in layers if isinstance(layer, Curve) and callable(layer.of)]
    if functions and not found:
        name = f"the curve {functions[0].label!r}" if functions[0].label else "a curve of a function"
        raise DrawError(f"plot() has no x range, and {name} has none of its own: write one, as in x=(-3, 3).")
    exact = all(isinstance(layer, Curve) for layer in layers)
    return around(np.concatenate([np.empty(0), *found]), log, 0.0 if exact else 0.06)


def _own_xs(layer: Layer | Mapped) -> list[Any]:
    match layer:
        case Curve(of) if not callable(of):
            return [of[0]]
        case Points(xs) | Path(xs):
            return [xs]
        case Segment(p, q):
            return [p[0], q[0]]
        case Area(_, low, high):
            return [low, high]
        case Bars(left, right):
            return [left, right]
        case Rule(at, True):
            return [at]
        case Note(x):
            return [x]
    return []


def _drawn(layer: Layer | Mapped, across: Axis, colour: int | None) -> Drawn:
    """The layer with its functions sampled."""
    match layer:
        case Bars(left, right, heights):
            xs, ys = np.concatenate([left, right]), np.concatenate([heights, heights])
        case Curve(of) if callable(of):
            xs, ys = sampled(of, across.low, across.high, log=across.log)
        case Curve(of):
            xs, ys = of
        case Points() | Path():
            xs, ys = layer.xs, layer.ys
        case Area(of, low, high):
            tops = of if isinstance(of, tuple | list) else (of, lambda x: 0.0 * x)
            low, high = max(low, across.low), min(high, across.high)
            if not low < high:
                return Drawn(layer, np.empty(0), np.empty(0), colour, np.empty(0))
            (xs, ys), (more, base) = (sampled(f, low, high, log=across.log) for f in tops)
            both = np.union1d(xs, more)
            return Drawn(layer, both, np.interp(both, xs, ys), colour, np.interp(both, more, base))
        case Segment(p, q):
            xs, ys = np.array([p[0], q[0]]), np.array([p[1], q[1]])
        case Rule(at, upright):
            ends = np.array([at, at])
            xs, ys = (ends, np.full(2, np.nan)) if upright else (np.full(2, np.nan), ends)
        case Note(x, y):
            xs, ys = np.array([x]), np.array([y])
        case Contours():
            xs, ys = np.empty(0), np.empty(0)
    return Drawn(layer, xs, ys, colour)


def _y_axis(drawn: Sequence[Drawn], log: bool) -> Axis:
    found: list[Array] = [np.empty(0)]
    for part in drawn:
        of_function = isinstance(part.layer, Area) or (isinstance(part.layer, Curve) and callable(part.layer.of))
        found.append(typical(part.xs, part.ys) if of_function else part.ys)
        if isinstance(part.layer, Bars):
            found.append(np.zeros(1))
        if part.base is not None:
            found.append(typical(part.xs, part.base))
    return around(np.concatenate(found), log, 0.07)


def _colours(layers: Sequence[Layer | Mapped]) -> list[int | None]:
    """Each layer's colour: its own, or the next that no layer claims; an area's is that of its function's curve."""
    claimed = {layer.colour for layer in layers if not isinstance(layer, Note)}
    free = iter(number for number in range(len(layers) + len(claimed) + 1) if number not in claimed)
    colours: list[int | None] = [
        layer.colour
        if isinstance(layer, Rule) or (not isinstance(layer, Note) and layer.colour is not None)
        else None
        if isinstance(layer, Note | Area | Contours)
        else next(free)
        for layer in layers
    ]
    for i, layer in enumerate(layers):
        if isinstance(layer, Area) and layer.colour is None:
            first = layer.of if callable(layer.of) else layer.of[0]
            same = [colours[j] for j, other in enumerate(layers) if isinstance(other, Curve) and other.of is first]
            colours[i] = same[0] if same else next(free)
    return colours


def _alt(title: str, layers: Sequence[Layer | Mapped]) -> str:
    named = [layer.text if isinstance(layer, Note) else layer.label for layer in layers]
    labels = ", ".join(name for name in named if name)
    return ": ".join(part for part in (title or "A plot", labels) if part) + "."
