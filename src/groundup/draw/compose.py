"""A whole picture from its layers: how much room everything takes, the axes, the titles and the labels.

The look is here: thin axes through zero where zero is in range, a quiet grid, labels at the curves' ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .axis import Axis
from .bars import names
from .bars import spots as bar_spots
from .contours import Contours, Path
from .layers import Area, Bars, Curve, Note, Points, Rule, Segment
from .place import Places, Rect, Spot, along
from .plane import Lattice
from .scene import Array, Item, Line, Mark, Scene, Shape, Words
from .view import Drawn, View, holds
from .words import LABEL, TICK, TITLE, width

EDGE = 14.0  # empty pixels around everything
ASIDE = 8.0  # pixels between the axes and what is written beside them
HAIR = 1.0  # the width of axes and grid
GRID = 0.65  # the opacity of the grid
NEARLY = 0.03  # how far past the top or bottom, of the height, a curve may end and still have its label there
WIDEST = 0.3  # of the width, for labels at the right; longer ones go inside
APART_X, APART_Y = 75.0, 40.0  # pixels from one number along an axis to the next, about
APART = 16.0  # pixels of air between two numbers, at least
# from the back to the front
ORDER = {Contours: -1, Lattice: -1, Area: 0, Bars: 0, Rule: 1, Curve: 2, Segment: 2, Path: 2, Points: 3, Note: 4}


@dataclass(frozen=True)
class Frame:
    """What is asked of the axes and the space around them."""

    x: Axis
    y: Axis
    title: str
    xlabel: str
    ylabel: str
    equal: bool
    x_is_given: bool
    y_is_given: bool
    width: int
    height: int
    axes: bool = True  # with the grid and the numbers


@dataclass(frozen=True)
class Margins:
    left: float
    top: float
    right: float
    bottom: float

    def max(self, other: Margins) -> Margins:
        """Room enough for both."""
        return Margins(
            max(self.left, other.left),
            max(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def margins(frame: Frame, drawn: Sequence[Drawn]) -> Margins:
    """The room that numbers, titles and the labels at the right need."""
    top = EDGE + (TITLE + 10 if frame.title else 0) + (LABEL + 9 if frame.ylabel else 0)
    bottom = EDGE + (TICK + ASIDE if frame.axes or frame.xlabel else 0) + (LABEL + 7 if frame.xlabel else 0)
    numbers = [text for _, text in frame.y.ticks(_how_many(frame.height - top - bottom, APART_Y)) if frame.axes]
    left = EDGE + max((width(text, TICK) for text in numbers), default=0) + ASIDE
    ends = [width(part.label, LABEL) + ASIDE for part in drawn if _end(part, frame) is not None]
    return Margins(left, top, EDGE + max(ends, default=ASIDE), bottom)


def compose(frame: Frame, drawn: Sequence[Drawn], room: Margins, before: Scene | None = None) -> Scene:
    """The whole picture; labels stay where they stood in the scene before, if they can."""
    box = Rect(room.left, room.top, frame.width - room.right, frame.height - room.bottom)
    view = _equal(frame, box) if frame.equal else View(frame.x, frame.y, box)
    stood = {
        (item.text, item.role): (item.x, item.y - 0.86 * item.size)
        for item in (before.items if before else ())
        if isinstance(item, Words)
    }
    places = Places(view.box, Rect(2, 2, frame.width - 2, frame.height - 2), stood)
    shapes = [(part, view.shapes(part)) for part in sorted(drawn, key=lambda part: ORDER[type(part.layer)])]
    items = [item for _, found in shapes for item in found]
    areas = [item for item in items if isinstance(item, Shape)]
    notes = [words for part, _ in shapes for words in _note(part, view, places, areas)]
    axes = _axes(view, names(drawn, view.x)) if frame.axes else []
    around = [*axes, *_titles(frame, view.box)]
    ends = _labels_at_the_right(drawn, frame, view, places)
    places.avoid([*items, *notes, *ends, *(item for item in around if isinstance(item, Words))])
    labels = _labels_inside(shapes, frame, view, places)
    return Scene(frame.width, frame.height, (*around, *items, *notes, *ends, *labels))


def _how_many(length: float, apart: float) -> int:
    return max(2, int(length / apart))


def _equal(frame: Frame, box: Rect) -> View:
    """One scale for both: a range that was given stays as it is; else it widens; if both were, the box narrows."""
    x, y = frame.x, frame.y
    wide, tall = box.right - box.left, box.bottom - box.top
    across, up = wide / (x.high - x.low), tall / (y.high - y.low)
    if across > up and not frame.x_is_given:
        spare = (wide / up - (x.high - x.low)) / 2
        return View(replace(x, low=x.low - spare, high=x.high + spare), y, box)
    if up > across and not frame.y_is_given:
        spare = (tall / across - (y.high - y.low)) / 2
        return View(x, replace(y, low=y.low - spare, high=y.high + spare), box)
    scale = min(across, up)
    right, bottom = box.left + scale * (x.high - x.low), box.top + scale * (y.high - y.low)
    return View(x, y, replace(box, right=right, bottom=bottom))


def _axes(view: View, named: Sequence[tuple[float, str]] = ()) -> list[Item]:
    """Axes, grid and numbers; where the things along the bottom have names, those stand there and no grid rises."""
    box = view.box
    xs = named or _ticks_across(view.x, box.right - box.left)
    ys = view.y.ticks(_how_many(box.bottom - box.top, APART_Y))
    columns = [_crisp(float(view.across(value))) for value, _ in xs]
    rows = [_crisp(float(view.down(value))) for value, _ in ys]
    zero_x = _crisp(float(view.across(0.0)) if view.x.has_zero and not named else box.left)
    zero_y = _crisp(float(view.down(0.0)) if view.y.has_zero else box.bottom)
    grid = [*(_upright(at, box) for at in columns if not named), *(_level(at, box) for at in rows)]
    items: list[Item] = [
        Line(tuple(grid), "grid", HAIR, opacity=GRID),
        Line((_level(zero_y, box), _upright(zero_x, box)), "axis", HAIR),
    ]
    under, beside = box.bottom + ASIDE + TICK * 0.8, box.left - ASIDE
    for at, (_, text) in zip(columns, xs, strict=True):
        items.append(Words(at, under, text, "quiet", TICK, "middle"))
    for at, (_, text) in zip(rows, ys, strict=True):
        items.append(Words(beside, at + TICK * 0.36, text, "quiet", TICK, "end"))
    return items


def _ticks_across(axis: Axis, length: float) -> list[tuple[float, str]]:
    """At least five numbers if they fit, at most so many that they stand in peace, never one into the next."""
    for most in range(max(5, int(length / APART_X)), 1, -1):
        ticks = axis.ticks(most)
        places = (axis.place([value for value, _ in ticks]) * length).tolist()
        widths = [width(text, TICK) for _, text in ticks]
        gaps = (places[i + 1] - places[i] - (widths[i] + widths[i + 1]) / 2 for i in range(len(ticks) - 1))
        if min(gaps, default=APART) >= APART:
            break
    return ticks


def _crisp(at: float) -> float:
    """The middle of a pixel, where a thin line is sharp."""
    return float(np.floor(at)) + 0.5


def _upright(x: float, box: Rect) -> Array:
    return np.array([[x, box.top], [x, box.bottom]])


def _level(y: float, box: Rect) -> Array:
    return np.array([[box.left, y], [box.right, y]])


def _titles(frame: Frame, box: Rect) -> list[Item]:
    items: list[Item] = []
    if frame.title:
        items.append(Words(EDGE, EDGE + TITLE * 0.75, frame.title, "ink", TITLE, bold=True))
    if frame.ylabel:
        items.append(Words(EDGE, box.top - 12, frame.ylabel, "ink", LABEL))
    if frame.xlabel:
        items.append(Words(box.right, box.bottom + ASIDE + TICK + 6 + LABEL, frame.xlabel, "ink", LABEL, "end"))
    return items


def _note(part: Drawn, view: View, places: Places, areas: Sequence[Shape]) -> list[Item]:
    if not isinstance(part.layer, Note):
        return []
    x, y = view.pixels(part)[0].tolist()
    upon = any(holds(area.outline, x, y) for area in areas)
    return places.note(x, y, part.layer.text, halo=not upon) if x == x and y == y else []


def _end(part: Drawn, frame: Frame) -> float | None:
    """The height, from 0 to 1, at which a curve or level line ends at the right, if a label can stand there."""
    if not part.label or width(part.label, LABEL) > WIDEST * frame.width or not len(part.xs):
        return None
    if isinstance(part.layer, Rule) and not part.layer.upright:
        height = float(frame.y.place(part.layer.at))
    elif isinstance(part.layer, Curve) and frame.x.place(np.max(part.xs)) > 0.985:
        height = float(frame.y.place(part.last))
    else:
        return None
    return min(max(height, 0.0), 1.0) if -NEARLY <= height <= 1 + NEARLY else None


def _labels_at_the_right(drawn: Sequence[Drawn], frame: Frame, view: View, places: Places) -> list[Item]:
    box = view.box
    ends = [(_end(part, frame), part.label, part.role) for part in drawn]
    return places.at_the_right(
        [(box.bottom - end * (box.bottom - box.top), label, role) for end, label, role in ends if end is not None]
    )


def _labels_inside(shapes: Sequence[tuple[Drawn, list[Item]]], frame: Frame, view: View, places: Places) -> list[Item]:
    """Names of single points first, for they can stand only there; then the rest, wherever least is in the way."""
    found: list[Item] = []
    for part, _ in shapes:
        if isinstance(part.layer, Points):
            for (x, y), text in zip(view.pixels(part).tolist(), part.layer.labels, strict=False):
                if text and view.box.holds(x, y, 1):
                    found += places.beside([(x, y)], text, "ink")
    for part, items in sorted(shapes, key=lambda pair: isinstance(pair[0].layer, Rule)):
        if part.label and items and _end(part, frame) is None:
            found += places.beside(_spots(part, items), part.label, part.role, upon=isinstance(part.layer, Area))
    return found


def _spots(part: Drawn, items: Sequence[Item]) -> list[Spot]:
    """Where on a layer's shapes its label may stand, the best first."""
    shapes = [item.outline for item in items if isinstance(item, Shape)]
    runs = [run for item in items if isinstance(item, Line) for run in item.runs]
    marks = [(item.x, item.y) for item in items if isinstance(item, Mark)]
    if isinstance(part.layer, Area):
        return [_heart(max(shapes, key=len))]
    if isinstance(part.layer, Bars):
        return bar_spots(items) if shapes else []
    if marks:
        return [marks[-1], marks[0], marks[len(marks) // 2]]
    if isinstance(part.layer, Rule):
        return along(runs, (0.05, 0.15, 0.3, 0.5, 0.7, 0.9))
    if isinstance(part.layer, Segment):
        return along(runs, (0.5, 0.62, 0.38, 0.75, 0.25)) if runs else [_heart(shapes[0])]
    return along(runs, (0.97, 0.92, 0.85, 0.75, 0.65, 0.5, 0.35, 0.2, 0.1, 0.03))


def _heart(outline: Array) -> Spot:
    """The middle of an area, weighed by its breadth."""
    x, y = outline.T
    turn = x * np.roll(y, -1) - np.roll(x, -1) * y
    total = float(turn.sum())
    if abs(total) < 1e-9:
        return float(x.mean()), float(y.mean())
    centre = ((outline + np.roll(outline, -1, axis=0)) * turn[:, None]).sum(axis=0) / (3 * total)
    return float(centre[0]), float(centre[1])
