"""draw.heat: a matrix as a field of cells, the more colour the larger the number, with names along both sides.

One hue, from the page's own colour to the full blue of the palette: order is carried by lightness alone, so it survives
colour blindness, print and a dark page. Knows nothing of what the rows and columns stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import floor, log10
from typing import Any

import numpy as np

from .axis import Axis
from .compose import ASIDE, EDGE, Frame, Margins
from .layers import DrawError, words
from .picture import SIZE, Plot
from .scene import Array, Item, Line, Scene, Shape, Words
from .theme import Role
from .words import LABEL, TICK, TITLE, number, width

WIDE = 1.8  # times as wide as high, and no more, a cell may be
AIR = 0.75  # pixels of page around a cell
TURN = 0.6  # from this share of the full colour, a number in a cell has the colour of the page
LINES = 3  # the names of columns may stand on so many lines, in turn, where they are too long for one
LEGEND, SWATCHES = 120.0, 24  # how long the scale below is, and of how many pieces


@dataclass(frozen=True, eq=False, repr=False)
class Heat(Plot):
    values: Array = field(default_factory=lambda: np.empty((0, 0)))  # (rows, columns); nan where there is no number
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0

    @property
    def margins(self) -> Margins:
        frame = self.frame
        left = EDGE + max((width(name, TICK) for name in self.rows), default=0.0) + ASIDE
        top = EDGE + (TITLE + 10 if frame.title else 0) + (LABEL + 9 if frame.xlabel or frame.ylabel else 0)
        across = (frame.width - max(left, self.room.left) - EDGE) / max(len(self.columns), 1)
        top += _lines(self.columns, across) * (TICK + 4) + 4
        return Margins(left, top, EDGE, EDGE + TICK + ASIDE).max(self.room)

    @cached_property
    def scene(self) -> Scene:
        room, frame = self.margins, self.frame
        count = self.values.shape
        high = (frame.height - room.top - room.bottom) / count[0]
        wide = min((frame.width - room.left - room.right) / count[1], WIDE * high)
        corner = np.array([room.left, room.top])
        cells = [
            item
            for row, entries in enumerate(self.values)
            for column, value in enumerate(entries)
            for item in self._cell(value, corner + np.array([column * wide, row * high]), wide, high)
        ]
        bottom = room.top + high * count[0]
        return Scene(frame.width, frame.height, (*self._names(room, wide, high), *cells, *self._legend(room, bottom)))

    def _cell(self, value: float, corner: Array, wide: float, high: float) -> list[Item]:
        inner = _box(corner + AIR, wide - 2 * AIR, high - 2 * AIR)
        if np.isnan(value):
            return [Line((inner[[3, 1]],), "grid", 1.0)]
        share = self._share(value)
        items: list[Item] = [Shape(inner, "grid", 0.25)]
        if share:
            items.append(Shape(inner, "0", share))
        text = number(round(value, 1 - floor(log10(self.high * 0.999))), 3)
        if wide >= width(text, TICK) + 4 and high >= TICK + 4:
            x, y = corner + np.array([wide / 2, high / 2 + TICK * 0.36])
            role: Role = "paper" if share > TURN else "ink"
            items.append(Words(float(x), float(y), text, role, TICK, "middle", halo=False))
        return items

    def _share(self, value: float) -> float:
        """How much of the full colour a value has, in hundredths, which is finer than the eye."""
        return round(min(max((value - self.low) / (self.high - self.low), 0.0), 1.0), 2)

    def _names(self, room: Margins, wide: float, high: float) -> list[Item]:
        frame, lines = self.frame, _lines(self.columns, wide)
        items: list[Item] = []
        if frame.title:
            items.append(Words(EDGE, EDGE + TITLE * 0.75, frame.title, "ink", TITLE, bold=True))
        above = room.top - lines * (TICK + 4) - 12
        if frame.ylabel:
            items.append(Words(EDGE, above, frame.ylabel, "ink", LABEL))
        if frame.xlabel:
            right = room.left + wide * len(self.columns)
            items.append(Words(right, above, frame.xlabel, "ink", LABEL, "end"))
        for row, name in enumerate(self.rows):
            items.append(
                Words(room.left - ASIDE, room.top + (row + 0.5) * high + TICK * 0.36, name, "quiet", TICK, "end")
            )
        for column, name in enumerate(self.columns):
            up = room.top - 6 - (lines - 1 - column % lines) * (TICK + 4)
            items.append(Words(room.left + (column + 0.5) * wide, up, name, "quiet", TICK, "middle"))
        return items

    def _legend(self, room: Margins, bottom: float) -> list[Item]:
        """The scale: from the least value to the greatest, under the left end of the cells."""
        first, last = number(self.low, 3), number(self.high, 3)
        left = room.left + width(first, TICK) + 6
        piece = LEGEND / SWATCHES
        top = bottom + ASIDE
        items: list[Item] = [Words(room.left, top + TICK * 0.86, first, "quiet", TICK)]
        for i in range(SWATCHES):
            box = _box(np.array([left + i * piece, top]), piece, TICK)
            items += [Shape(box, "grid", 0.25), Shape(box, "0", round(i / (SWATCHES - 1), 2))]
        return [*items, Words(left + LEGEND + 6, top + TICK * 0.86, last, "quiet", TICK)]


def heat(
    values: Any,
    rows: Sequence[Any] = (),
    columns: Sequence[Any] = (),
    *,
    low: float = 0.0,
    high: float | None = None,
    title: str = "",
    xlabel: str = "",
    ylabel: str = "",
    alt: str = "",
    width: int = SIZE[0],
    height: int = SIZE[1],
) -> Heat:
    """A matrix (rows, columns) as a field of cells; an array, a tensor or a list of lists.

    `rows` and `columns` name them, top to bottom and left to right; left out, they are numbered from 0. A cell has no
    colour at `low` and the full colour at `high`, which is the largest entry if left out; where it holds nan, it is
    struck through. Numbers stand in the cells where there is room.
    """
    table = _table(values)
    names = [_named("rows", rows, table.shape[0]), _named("columns", columns, table.shape[1])]
    filled = table[~np.isnan(table)]
    top = float(high) if high is not None else float(max(filled, default=low + 1.0))
    if high is None and not top > low:
        top = low + 1.0
    if not top > low:
        raise DrawError(f"heat() got low={low:g} and high={top:g}: low must be below high.")
    if len(filled) and filled.min() < low:
        raise DrawError(f"heat() got an entry of {filled.min():g}, below low={low:g}: give it a lower low.")
    axes = Axis(0.0, float(table.shape[1])), Axis(0.0, float(table.shape[0]))
    frame = Frame(*axes, words(title), words(xlabel), words(ylabel), False, True, True, int(width), int(height))
    said = alt or f"{title or 'A heat map'}, {table.shape[0]} by {table.shape[1]}."
    return Heat(said, frame, (), values=table, rows=names[0], columns=names[1], low=float(low), high=top)


def _table(values: Any) -> Array:
    """Any matrix of numbers as floats, a tensor with gradients too."""
    try:
        table = np.asarray(values.detach().tolist() if hasattr(values, "detach") else values, dtype=float)
    except (TypeError, ValueError):
        raise DrawError("heat() got values that are no numbers: give it a matrix, (rows, columns).") from None
    if table.ndim != 2 or 0 in table.shape:
        raise DrawError(f"heat() got values of shape {table.shape}: give it a matrix, (rows, columns).")
    if np.isinf(table).any():
        raise DrawError("heat() got an infinite entry: put nan where there is no number.")
    return table


def _named(what: str, names: Sequence[Any], count: int) -> tuple[str, ...]:
    if not len(names):
        return tuple(str(i) for i in range(count))
    if len(names) != count:
        raise DrawError(f"heat() got {len(names)} names for {count} {what}: give one to each.")
    return tuple(words(name) for name in names)


def _lines(names: Sequence[str], wide: float) -> int:
    """On how many lines the names of columns must stand, in turn, to stay apart."""
    for lines in range(1, LINES):
        if all(
            (width(one, TICK) + width(other, TICK)) / 2 + 6 <= lines * wide
            for start in range(lines)
            for one, other in pairwise(names[start::lines])
        ):
            return lines
    return LINES


def _box(corner: Array, wide: float, high: float) -> Array:
    return corner + np.array([[0.0, 0.0], [wide, 0.0], [wide, high], [0.0, high]])
