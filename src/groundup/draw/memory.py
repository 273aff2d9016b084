"""draw.memory: the one row of numbers that a tensor lies in, and above all its shape as a way of walking that row.

Below stands the tensor as its shape arranges it; above, each box of memory names the index that leads there. A row of
the tensor has one colour in both. Reads a tensor by its own methods, and so loads no torch.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from .axis import Axis
from .compose import EDGE, Frame, Margins
from .layers import DrawError, words
from .picture import SIZE, Plot
from .scene import Array, Item, Line, Scene, Shape, Words
from .theme import LOOSE, Role, series
from .words import TITLE, number

MOST, AXES = 24, 4  # boxes of memory, and axes, that a reader can still follow
BOX = 40.0  # pixels of the side of a box, at most
FAINT = 0.22  # the opacity of a box that is walked to
LETTERS = 13.0  # the size of a number in a box
SMALLEST = 7.5  # of an index under a box: below it, none are written
BOLD, THIN = 2.5, 1.0
HEAD = 7.0
ARCS = 34.0  # pixels above the memory, for the walk


@dataclass(frozen=True)
class Walk:
    """A tensor as torch keeps it: all that lies in its storage, and how its shape goes through that."""

    stored: tuple[Any, ...]
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    start: int

    @property
    def indices(self) -> tuple[tuple[int, ...], ...]:
        """Every index, the last axis moving fastest."""
        return tuple(itertools.product(*map(range, self.shape)))

    def place(self, index: Sequence[int]) -> int:
        return self.start + sum(i * stride for i, stride in zip(index, self.strides, strict=True))

    def row(self, index: Sequence[int]) -> int:
        """The number of the row, along the last axis, that an index lies in."""
        outer = self.shape[:-1]
        return int(np.ravel_multi_index(tuple(index[:-1]), outer)) if outer else 0


@dataclass(frozen=True, eq=False, repr=False)
class Memory(Plot):
    """The picture; a walk takes the place of a plot's layers."""

    walk: Walk = Walk((), (0,), (1,), 0)
    at: int | None = None
    title: str = ""

    @property
    def margins(self) -> Margins:
        """Its height is all that it asks of a slider or row: the tallest picture gives the others room below."""
        return Margins(0, 0, 0, self.alone.height).max(self.room)

    @cached_property
    def alone(self) -> Scene:
        return _scene(self.walk, self.at, self.title, self.frame.width)

    @property
    def scene(self) -> Scene:  # type: ignore[override]
        return replace(self.alone, height=int(self.margins.bottom))

    def sized(self, size: tuple[int, int]) -> Memory:
        return replace(self, frame=replace(self.frame, width=min(size[0], self.frame.width)))


def memory(x: Any, *, at: int | None = None, title: str = "", alt: str = "") -> Memory:
    """The storage of a tensor as a row of boxes, and the tensor below, as its shape and strides walk that row.

    x: a torch tensor of at most 4 axes, in a storage of at most 24 numbers
    at: how many steps of the walk are drawn as arcs, from the first entry on; None draws none
    """
    walk = _walk(x)
    steps = len(walk.indices)
    if at is not None and not 0 <= at < max(steps, 1):
        raise DrawError(f"memory() got at={at}: the walk has the steps 0 to {steps - 1}.")
    frame = Frame(Axis(0, 1), Axis(0, 1), "", "", "", False, True, True, *SIZE)
    return Memory(alt or _alt(walk, at, title), frame, (), walk=walk, at=at, title=words(title))


def _walk(x: Any) -> Walk:
    if not all(hasattr(x, name) for name in ("untyped_storage", "as_strided", "storage_offset")):
        raise DrawError(f"memory() got {type(x).__name__}: give it a torch tensor.")
    count = x.untyped_storage().nbytes() // x.element_size()
    if count > MOST or x.dim() > AXES:
        limits = f"{MOST} numbers and {AXES} axes"
        raise DrawError(f"memory() got a storage of {count} numbers and {x.dim()} axes: keep to {limits}.")
    stored = tuple(x.detach().as_strided((count,), (1,), 0).tolist())
    return Walk(stored, tuple(x.shape), tuple(x.stride()), x.storage_offset())


def _alt(walk: Walk, at: int | None, title: str) -> str:
    told = f"A row of {len(walk.stored)} boxes of memory, walked with shape {walk.shape} and strides {walk.strides}"
    begins = f", beginning at place {walk.start}" if walk.start else ""
    here = f", {at} {'step' if at == 1 else 'steps'} far" if at is not None else ""
    return ": ".join(part for part in (title, told + begins + here + ".") if part)


def _scene(walk: Walk, at: int | None, title: str, wide: int) -> Scene:
    """Titles, the walk's arcs, the row of memory, and the tensor, from the top down."""
    side = min(BOX, (wide - 2 * EDGE) / max(len(walk.stored), 1))
    items: list[Item] = []
    top = EDGE
    if title:
        items.append(Words(EDGE, top + TITLE * 0.75, title, "ink", TITLE, bold=True))
        top += TITLE + 10
    items.append(Words(EDGE, top + 10, "memory", "quiet", 12))
    top += 16 + (ARCS if at is not None else 0)
    items += _boxes(walk, at, side, top)
    if at is not None:
        items += _arcs(walk, at, side, top)
    top += side + (52 if len(walk.indices) > len(set(map(walk.place, walk.indices))) else 40)
    begins = f", from place {walk.start}" if walk.start else ""
    items.append(Words(EDGE, top, f"shape {walk.shape}, strides {walk.strides}{begins}", "ink", 13))
    grid, bottom = _grid(walk, at, top + 12, wide)
    return Scene(wide, int(np.ceil(bottom + EDGE)), (*items, *grid))


def _boxes(walk: Walk, at: int | None, side: float, top: float) -> Iterator[Item]:
    """The row of memory: under each box the first index that leads there, and a mark where more than one does."""
    led: dict[int, list[tuple[int, ...]]] = {}
    for index in walk.indices:
        led.setdefault(walk.place(index), []).append(index)
    here = walk.place(walk.indices[at]) if at is not None and walk.indices else -1
    size = min(11.0, side * 1.55 / max(len(walk.shape) * 2 - 1, 2))
    last: list[Item] = []
    for place, value in enumerate(walk.stored):
        left = EDGE + place * side
        walked = led.get(place, [])
        colour = series(walk.row(walked[0])) if walked else None
        yield from _box(left, top, side, _text(value), colour)
        if place == here:
            last.append(_frame(left, top, side))
        if walked and size >= SMALLEST:
            label = ",".join(map(str, walked[0]))
            yield Words(left + side / 2, top + side + 14, label, "quiet", size, "middle")
        if len(walked) > 1:
            yield Words(left + side / 2, top + side + 27, f"{len(walked)}×", "quiet", max(size, 9.0), "middle")
    yield from last


def _corners(left: float, top: float, side: float) -> Array:
    return np.array([[left, top], [left + side, top], [left + side, top + side], [left, top + side]])


def _frame(left: float, top: float, side: float) -> Line:
    """What marks the box where the walk has come to; drawn after its neighbours."""
    corners = _corners(left, top, side)
    return Line((np.concatenate([corners, corners[:2]]),), "ink", BOLD)


def _box(left: float, top: float, side: float, text: str, colour: Role | None) -> Iterator[Item]:
    corners = _corners(left, top, side)
    if colour is not None:
        yield Shape(corners, colour, FAINT)
    yield Line((np.concatenate([corners, corners[:2]]),), "axis", THIN)
    size = min(LETTERS, 1.45 * side / max(len(text), 2))
    ink: Role = "ink" if colour is not None else "quiet"
    yield Words(left + side / 2, top + side / 2 + size * 0.36, text, ink, size, "middle", halo=False)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "T" if value else "F"
    return number(float(value), 3) if isinstance(value, int | float) else str(value)


def _arcs(walk: Walk, at: int, side: float, top: float) -> Iterator[Item]:
    """One arc for each step: within a row in the row's colour, from the end of a row to the next dashed."""
    for one, other in itertools.pairwise(walk.indices[: at + 1]):
        start, end = (EDGE + (walk.place(index) + 0.5) * side for index in (one, other))
        same = walk.row(one) == walk.row(other)
        role = series(walk.row(other)) if same else "quiet"
        high = min(ARCS - 6, 10 + abs(end - start) * 0.13)
        turn = np.linspace(0, np.pi, 25)
        arc = np.stack([(start + end) / 2 - (end - start) / 2 * np.cos(turn), top - 1 - high * np.sin(turn)], axis=-1)
        yield Line((arc,), role, 1.75, () if same else LOOSE)
        yield Shape(_head(arc), role)


def _head(arc: Array) -> Array:
    tip, back = arc[-1], arc[-4]
    forward = (tip - back) / max(float(np.hypot(*(tip - back))), 1e-9)
    aside = 0.45 * HEAD * np.array([-forward[1], forward[0]])
    neck = tip - HEAD * forward
    return np.array([tip, neck + aside, neck - aside])


def _grid(walk: Walk, at: int | None, top: float, wide: int) -> tuple[list[Item], float]:
    """The tensor as it is printed: columns along the last axis, rows along the one before, blocks along the others."""
    *outer, rows, columns = (1, 1, *walk.shape) if walk.shape else (1, 1, 1, 1)
    side = min(BOX * 0.85, (wide - 2 * EDGE) / max(_across(outer, columns), 1))
    items: list[Item] = []
    last: list[Item] = []
    for step, index in enumerate(walk.indices):
        *block, row, column = (*(0,) * (len(outer) + 2 - len(index)), *index)
        across, down = _offset(block, outer, rows, columns)
        left, upper = EDGE + (across + column) * side, top + (down + row) * side
        value = walk.stored[walk.place(index)]
        items += _box(left, upper, side, _text(value), series(walk.row(index)))
        if step == at:
            last.append(_frame(left, upper, side))
    if not walk.indices:
        items.append(Words(EDGE, top + 18, "no entries", "quiet", LETTERS))
        return items, top + 22
    tall = 1 if len(outer) < 2 else int(np.prod(outer[:-1]))
    return [*items, *last], top + side * (tall * rows + 0.5 * (tall - 1))


def _across(outer: Sequence[int], columns: int) -> float:
    """How many boxes stand side by side, gaps included."""
    beside = outer[-1]
    return beside * columns + 0.6 * (beside - 1)


def _offset(block: Sequence[int], outer: Sequence[int], rows: int, columns: int) -> tuple[float, float]:
    """Where a block begins, in boxes: blocks of the innermost outer axis side by side, those of the others below."""
    above = int(np.ravel_multi_index(tuple(block[:-1]), tuple(outer[:-1]))) if len(outer) > 1 else 0
    return block[-1] * (columns + 0.6), above * (rows + 0.5)
