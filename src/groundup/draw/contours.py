"""draw.contours: a function of two numbers seen from above, as lines of equal height on a ground that deepens uphill.
draw.path: a way through places, with a dot at each.

One hue, laid on once for every level that a place is above: order is carried by lightness alone, so it survives
colour blindness, print and a dark page. Contourpy, which comes with matplotlib, finds the lines. Knows no other layers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from .axis import Axis
from .layers import DrawError, Pair, _colour, _columns, words
from .scene import Array, Item, Line, Mark, Shape, Words
from .theme import DASHES, Role, series
from .words import TICK, number, width

if TYPE_CHECKING:
    from .view import View

FINE = 121  # places along each axis at which the function is asked
FINE_ALONE = 101  # the same, for a function that takes one place at a time
USUAL = 8  # levels, about
DEEPEST = 0.38  # the opacity of the ground above the highest level
THIN, BOLD = 1.1, 2.25  # widths of the lines of a map, and of a line in a series colour
AIR = 34.0  # pixels from one number to the next, at least, where there is room
EVERY = 6.0  # pixels from one place that is tried for a number to the next
WAY, DOT = 1.75, 3.0  # the width of a path, and the radius of its dots


@dataclass(frozen=True, eq=False)
class Contours:
    of: Callable[[Any], Any]
    levels: tuple[float, ...] | int
    colour: int | None = None
    filled: bool = True
    numbers: bool = True
    toward: Pair | None = None
    label: str = ""  # a map needs none: its numbers say what it shows
    xs: Array | None = None
    ys: Array | None = None
    heights: Array | None = None  # (len(ys), len(xs))

    def over(self, across: Axis, up: Axis) -> Contours:
        """The same layer with its function sampled and its levels settled, for axes of these ranges."""
        for fine, ask in ((FINE, _together), (FINE_ALONE, _one_by_one)):
            xs, ys = _along(across, fine), _along(up, fine)
            heights = ask(self.of, xs, ys)
            if heights is not None:
                break
        assert heights is not None
        known = heights[np.isfinite(heights)]
        if not len(known):
            raise DrawError("contours() found no height anywhere: its function gives nan or inf in the whole picture.")
        levels = _round_levels(float(known.min()), float(known.max()), self.levels)
        return replace(self, xs=xs, ys=ys, heights=np.where(np.isfinite(heights), heights, np.nan), levels=levels)

    def items(self, view: View) -> list[Item]:
        """The ground, the lines and their numbers, in pixels."""
        from contourpy import FillType, LineType, contour_generator

        assert self.xs is not None and self.ys is not None and self.heights is not None
        assert not isinstance(self.levels, int)
        maker = contour_generator(
            view.across(self.xs),
            view.down(self.ys),
            np.ma.masked_invalid(self.heights),
            line_type=LineType.Separate,
            fill_type=FillType.OuterOffset,
        )
        top = float(np.nanmax(self.heights)) + 1.0
        role: Role = "quiet" if self.colour is None else series(self.colour)
        share = 1 - (1 - DEEPEST) ** (1 / max(len(self.levels), 1))
        ground: list[Item] = []
        lines: list[Item] = []
        found: list[tuple[str, list[Array]]] = []
        for level in self.levels:
            if self.filled and level < top:
                outlines = zip(*maker.filled(level, max(top, level + 1.0)), strict=True)
                ground += [Shape(_joined(*outline), "0", round(share, 3)) for outline in outlines]
            every: list[Array] = [_simple(np.asarray(run)) for run in maker.lines(level)]
            runs = [run for run in every if np.ptp(run, axis=0).max() > 1]
            if runs:
                wide, dash = (THIN, ()) if self.colour is None else (BOLD, DASHES[role])
                lines.append(Line(tuple(runs), role, wide, dash))
                found.append((number(level), runs))
        return [*ground, *lines, *(self._numbers(found, role, view) if self.numbers else [])]

    def _numbers(self, found: Sequence[tuple[str, list[Array]]], role: Role, view: View) -> list[Item]:
        """One number for each level, upon its line: clear of the edges and of each other, and toward a place."""
        from .place import dense

        box = view.box
        middle = np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2])
        aim = None if self.toward is None else np.array([*map(float, _at(view, self.toward))])
        placed: list[Array] = []
        items: list[Item] = []
        for text, runs in found:
            half = width(text, TICK) / 2
            spots = np.concatenate([dense(run)[:: max(1, int(EVERY / 3))] for run in runs])
            x, y = spots.T
            edge = np.minimum.reduce([x - box.left - half, box.right - x - half, y - box.top - 8, box.bottom - y - 8])
            apart = np.full(len(spots), AIR)
            for other in placed:
                apart = np.minimum(apart, np.hypot(*(spots - other).T))
            score = 3 * np.minimum(edge, 8) + 2 * apart - _off(spots, middle, aim)
            best = int(np.argmax(score))
            if edge[best] < 0 or apart[best] < 0.6 * AIR:
                continue  # no room for it: the ground tells which way is up
            placed.append(spots[best])
            items.append(Words(float(x[best]), float(y[best]) + TICK * 0.36, text, role, TICK, "middle"))
        return items


@dataclass(frozen=True, eq=False)
class Path:
    xs: Array
    ys: Array
    label: str = ""
    colour: int | None = None
    dots: bool = True

    def items(self, view: View, role: Role) -> list[Item]:
        """The way and its dots, in pixels."""
        from .view import clipped

        places = np.stack([view.across(self.xs), view.down(self.ys)], axis=-1)
        runs = clipped(places, view.box)
        lines: list[Item] = [Line(runs, role, WAY)] if runs else []
        inside = [(x, y) for x, y in places.tolist() if view.box.holds(x, y, 1)] if self.dots else []
        return [*lines, *(Mark(x, y, "disc", role, DOT) for x, y in _apart(inside))]


Mapped = Contours | Path


def contours(
    f: Callable[[Any], Any],
    levels: Sequence[float] | int = USUAL,
    *,
    colour: int | None = None,
    filled: bool | None = None,
    numbers: bool = True,
    toward: Pair | None = None,
) -> Contours:
    """The level lines of f, a function of an array of two numbers, on a ground whose colour is deeper the higher f is.

    `levels` are heights, or about how many round ones to take. A map has grey lines and a ground; with a `colour` from
    the palette the lines are bold and stand alone, unless `filled` says otherwise. `numbers` writes each height upon
    its line, as near as there is room to the way from the middle of the picture `toward` a place (x, y).
    The plot that it stands in needs x and y.
    """
    if not callable(f):
        raise DrawError("contours() needs a function of an array of two numbers, as in draw.contours(f).")
    if not isinstance(levels, int):
        try:
            levels = tuple(sorted(float(level) for level in levels))
        except (TypeError, ValueError):
            raise DrawError("contours() got levels that are no numbers: give it heights, as in [1, 2, 4].") from None
    if (isinstance(levels, int) and levels < 1) or levels == ():
        raise DrawError("contours() got no levels: give it heights, as in levels=[1, 2, 4], or how many.")
    of = _colour("contours", colour)
    return Contours(f, levels, of, of is None if filled is None else filled, numbers, toward)


def path(xs: Any, ys: Any, label: str = "", *, colour: int | None = None, dots: bool = True) -> Path:
    """A way through the places (x, y) in their order, never dashed; a small dot at each, where they do not crowd."""
    xs, ys = _columns("path", xs, ys)
    return Path(xs, ys, words(label), _colour("path", colour), dots)


def _apart(spots: Sequence[Pair]) -> list[Pair]:
    """The spots from the last one back, without those that would cover a later one."""
    kept: list[Pair] = []
    for x, y in reversed(spots):
        if all(np.hypot(x - a, y - b) >= 2.5 * DOT for a, b in kept):
            kept.append((x, y))
    return kept[::-1]


def _along(axis: Axis, count: int) -> Array:
    return np.geomspace(axis.low, axis.high, count) if axis.log else np.linspace(axis.low, axis.high, count)


def _together(f: Callable[[Any], Any], xs: Array, ys: Array) -> Array | None:
    """All heights in one call, if the function works entry by entry; else None."""
    grid = np.array(np.meshgrid(xs, ys))  # (2, len(ys), len(xs))
    try:
        with np.errstate(all="ignore"):
            heights = np.asarray(f(grid.copy()), dtype=float)
            if heights.shape != grid.shape[1:]:
                return None
            for row, column in ((0, 0), (len(ys) // 3, len(xs) // 2), (len(ys) - 1, len(xs) // 4)):
                alone = float(f(grid[:, row, column].copy()))
                if not np.isclose(heights[row, column], alone, rtol=1e-9, atol=1e-12, equal_nan=True):
                    return None
    except Exception:
        return None
    return heights


def _one_by_one(f: Callable[[Any], Any], xs: Array, ys: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.array([[float(f(np.array([x, y]))) for x in xs] for y in ys])


def _round_levels(low: float, high: float, asked: tuple[float, ...] | int) -> tuple[float, ...]:
    if not isinstance(asked, int):
        return asked
    if not low < high:
        return ()
    from matplotlib.ticker import MaxNLocator

    found = MaxNLocator(asked + 1, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return tuple(float(level) for level in found if low < level < high)


def _joined(points: Array, offsets: Any) -> Array:
    """An outline with holes as one closed line: a way leads from the outer ring to each hole and back on itself."""
    rings = [_simple(points[a:b]) for a, b in pairwise(offsets)]
    whole = [rings[0]]
    for hole in rings[1:]:
        whole += [hole, rings[0][-1:]]
    return np.concatenate(whole)


def _simple(points: Array) -> Array:
    from .view import simple

    return simple(points)


def _at(view: View, place: Pair) -> tuple[Array, Array]:
    return view.across(place[0]), view.down(place[1])


def _off(spots: Array, middle: Array, aim: Array | None) -> Array:
    """How far each spot lies from the way that leads from the middle toward the aim; nothing if there is none."""
    if aim is None:
        return np.zeros(len(spots))
    way = aim - middle
    share = np.clip((spots - middle) @ way / max(float(way @ way), 1e-9), 0, None)
    return 0.5 * np.hypot(*(spots - middle - share[:, None] * way).T)
