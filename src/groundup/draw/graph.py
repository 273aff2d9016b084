"""A computation as a picture: a box for each value, an arrow from each value to what is computed from it.

Layers run from left to right; an arrow that passes a layer gets a place of its own there, as in Sugiyama, Tagawa and
Toda (1981), *Methods for visual understanding of hierarchical system structures*. Knows nothing of what the boxes mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .axis import Axis
from .compose import Frame, Margins
from .layers import DrawError
from .picture import NONE, Plot
from .scene import Array, Item, Line, Scene, Shape, Words
from .theme import Role
from .words import LABEL, TICK, width

EDGE, PAD, LINE, ACROSS, DOWN = 14.0, 10.0, 18.0, 52.0, 22.0  # pixels: around, within a box, a line, between boxes
HEAD = 8.0  # the length of an arrow's head
NARROWEST, STEP = 96.0, 24.0  # pixels: the least width of a box, and what it grows by


@dataclass(frozen=True, eq=False, repr=False)
class Graph(Plot):
    made: Scene = field(default_factory=lambda: Scene(0, 0, ()))

    @property
    def scene(self) -> Scene:  # type: ignore[override]
        return self.made

    @property
    def margins(self) -> Margins:
        return NONE

    def sized(self, size: tuple[int, int]) -> Graph:
        return self


@dataclass(frozen=True)
class _Box:
    lines: tuple[str, ...]
    layer: int
    wide: float
    tall: float


def graph(
    inputs: Mapping[str, Sequence[str]],
    says: Mapping[str, Sequence[str]] | None = None,
    *,
    marked: Sequence[str] = (),
    faint: Sequence[str] = (),
    alt: str = "",
) -> Graph:
    """A box for each name of `inputs`, with an arrow from each of its inputs, in their order.

    `says` are the lines written in a box, its name if there are none; `marked` boxes stand out, `faint` ones recede.
    Raises DrawError for an input that has no box, or a box that is computed from itself.
    """
    layers = _layers(inputs)
    lines = {name: tuple((says or {}).get(name, (name,))) for name in inputs}
    boxes = {
        name: _Box(
            lines[name],
            layers[name],
            _wide(lines[name]),
            2 * PAD + LINE * len(lines[name]) - 4,
        )
        for name in inputs
    }
    wires = [(source, name, slot) for name in inputs for slot, source in enumerate(inputs[name])]
    rows = _rows(boxes, wires)
    at, size = _places(boxes, rows)
    items: list[Item] = []
    for source, name, slot in wires:
        items += _wire(source, name, slot, len(inputs[name]), boxes, at, source in faint or name in faint)
    for name, box in boxes.items():
        items += _box(box, at[name], "1" if name in marked else "axis", name in marked, name in faint)
    wide, tall = (int(np.ceil(length)) for length in size)
    nothing = Axis(0.0, 1.0)
    frame = Frame(nothing, nothing, "", "", "", False, True, True, wide, tall)
    return Graph(alt, frame, (), made=Scene(wide, tall, tuple(items)))


def _wide(lines: Sequence[str]) -> float:
    """The width of a box, in steps: a digit more in the next frame of a slider moves nothing."""
    words = max((width(line, LABEL if k == 0 else TICK, k == 0) for k, line in enumerate(lines)), default=0.0)
    return max(NARROWEST, STEP * float(np.ceil((2 * PAD + words) / STEP)))


def _layers(inputs: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How far right each stands: past all its inputs; what has none stands right before what first uses it."""
    found: dict[str, int] = {}
    while len(found) < len(inputs):
        ready = [name for name in inputs if name not in found and all(source in found for source in inputs[name])]
        if not ready:
            stuck = next(name for name in inputs if name not in found)
            raise DrawError(f"graph() cannot place {stuck!r}: it is computed from itself, or from what has no box.")
        found.update({name: 1 + max((found[source] for source in inputs[name]), default=-1) for name in ready})
    for name in inputs:
        users = [found[user] for user in inputs if name in inputs[user]]
        if not inputs[name] and users:
            found[name] = min(users) - 1
    return found


def _rows(boxes: Mapping[str, _Box], wires: Sequence[tuple[str, str, int]]) -> list[list[str]]:
    """The names in each layer from top to bottom, and 'from>to' for an arrow that passes through."""
    rows: list[list[str]] = [[] for _ in range(1 + max(box.layer for box in boxes.values()))] if boxes else []
    before: dict[str, list[str]] = {}
    for name, box in boxes.items():
        rows[box.layer].append(name)
    for source, name, _ in wires:
        last = source
        for layer in range(boxes[source].layer + 1, boxes[name].layer):
            key = f"{source}>{name}>{layer}"
            if key not in rows[layer]:
                rows[layer].append(key)
            before.setdefault(key, []).append(last)
            last = key
        before.setdefault(name, []).append(last)
    after: dict[str, list[str]] = {}
    for name, sources in before.items():
        for source in sources:
            after.setdefault(source, []).append(name)
    for sweep in range(4):
        along, neighbours = (rows, before) if sweep % 2 == 0 else (rows[::-1], after)
        place = {name: k - len(row) / 2 for row in rows for k, name in enumerate(row)}
        for row in along:
            row.sort(key=lambda name: _mean([place[other] for other in neighbours.get(name, [])], place[name]))
            place.update({name: k - len(row) / 2 for k, name in enumerate(row)})
    return rows


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _places(
    boxes: Mapping[str, _Box], rows: Sequence[Sequence[str]]
) -> tuple[dict[str, tuple[float, float]], tuple[float, float]]:
    """The middle of each box and of each place that an arrow passes, and the size of the whole."""
    nobody = _Box((), 0, 0.0, 16.0)
    heights = [sum(boxes.get(name, nobody).tall + DOWN for name in row) - DOWN for row in rows]
    tall = max(heights, default=0.0)
    at: dict[str, tuple[float, float]] = {}
    left = EDGE
    for row, height in zip(rows, heights, strict=True):
        wide = max(boxes.get(name, nobody).wide for name in row)
        top = EDGE + (tall - height) / 2
        for name in row:
            box = boxes.get(name, nobody)
            at[name] = (left + wide / 2, top + box.tall / 2)
            top += box.tall + DOWN
        left += wide + ACROSS
    return at, (left - ACROSS + EDGE, tall + 2 * EDGE)


def _wire(
    source: str,
    name: str,
    slot: int,
    slots: int,
    boxes: Mapping[str, _Box],
    at: Mapping[str, tuple[float, float]],
    faint: bool,
) -> list[Item]:
    """One arrow, level where it leaves, where it passes and where it arrives."""
    box = boxes[name]
    x, y = at[source]
    stops = [(x + boxes[source].wide / 2, y)]
    for layer in range(boxes[source].layer + 1, box.layer):
        middle, level = at[f"{source}>{name}>{layer}"]
        half = max((other.wide for other in boxes.values() if other.layer == layer), default=0.0) / 2
        stops += [(middle - half, level), (middle + half, level)]
    end_x, end_y = at[name][0] - box.wide / 2, at[name][1] + box.tall * ((slot + 1) / (slots + 1) - 0.5)
    stops.append((end_x - HEAD, end_y))
    run = np.concatenate([_bend(stops[k], stops[k + 1]) for k in range(len(stops) - 1)])
    head = np.array([(end_x, end_y), (end_x - HEAD, end_y - HEAD / 2), (end_x - HEAD, end_y + HEAD / 2)])
    opacity = 0.35 if faint else 1.0
    return [Line((run,), "axis", 1.5, opacity=opacity), Shape(head, "axis", opacity)]


def _bend(start: tuple[float, float], end: tuple[float, float]) -> Array:
    """A smooth path between two points that leaves and arrives level."""
    t = np.linspace(0, 1, 17)
    across, down = t, t * t * (3 - 2 * t)
    return np.stack([start[0] + (end[0] - start[0]) * across, start[1] + (end[1] - start[1]) * down], axis=1)


def _box(box: _Box, at: tuple[float, float], role: Role, strong: bool, faint: bool) -> list[Item]:
    x, y = at
    left, right, top, bottom = x - box.wide / 2, x + box.wide / 2, y - box.tall / 2, y + box.tall / 2
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
    items: list[Item] = [
        Shape(corners[:4], "paper"),
        *([Shape(corners[:4], role, 0.12)] if strong else []),
        Line((corners,), role, 2.5 if strong else 1.2, opacity=0.4 if faint else 1.0),
    ]
    for k, line in enumerate(box.lines):
        base = top + PAD + LINE * k + 11
        size, ink = (LABEL, "ink") if k == 0 else (TICK, "ink" if strong else "quiet")
        items.append(Words(x, base, line, "quiet" if faint else ink, size, "middle", bold=k == 0, halo=False))  # type: ignore[arg-type]
    return items
