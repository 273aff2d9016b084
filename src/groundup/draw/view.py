"""Data as shapes in pixels: each layer within the box of the axes, clipped to it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .axis import Axis
from .contours import Contours, Mapped, Path
from .layers import Area, Curve, Layer, Note, Points, Rule, Segment
from .place import Rect
from .plane import Lattice
from .scene import Array, Item, Line, Mark, Shape
from .theme import DASHES, LOOSE, MARKERS, Role, series

CURVE, STRAIGHT = 2.25, 1.5  # widths of curves and of lines across the picture
RADIUS = 5.0
RULED = (5.0, 4.0)
FAINT = 0.18  # the opacity of an area
HEAD = 11.0  # the length of an arrow's head


@dataclass(frozen=True, eq=False)
class Drawn:
    """A layer as data: nan where there is nothing to draw."""

    layer: Layer | Mapped
    xs: Array
    ys: Array
    colour: int | None
    base: Array | None = None  # the lower edge of an area

    @property
    def label(self) -> str:
        return "" if isinstance(self.layer, Note) else self.layer.label

    @property
    def last(self) -> float:
        """The height of the last stretch of a curve; a lone last point is no stretch."""
        order = np.argsort(self.xs, kind="stable")
        ys = self.ys[order]
        stretch = np.flatnonzero(np.isfinite(ys[1:]) & np.isfinite(ys[:-1]))
        return float(ys[stretch[-1] + 1]) if len(stretch) else float("nan")

    @property
    def role(self) -> Role:
        return "quiet" if self.colour is None else series(self.colour)


@dataclass(frozen=True)
class View:
    """The axes and the box of pixels that they fill."""

    x: Axis
    y: Axis
    box: Rect

    def across(self, xs: Array | float) -> Array:
        return self.box.left + self.x.place(xs) * (self.box.right - self.box.left)

    def down(self, ys: Array | float) -> Array:
        return self.box.bottom - self.y.place(ys) * (self.box.bottom - self.box.top)

    def pixels(self, part: Drawn) -> Array:
        return np.stack([self.across(part.xs), self.down(part.ys)], axis=-1)

    def shapes(self, part: Drawn) -> list[Item]:
        """What of a layer is to be seen."""
        match part.layer:
            case Lattice():
                return part.layer.items(self)
            case Curve(dashed=dashed):
                runs = clipped(self.pixels(part), self.box)
                return [Line(runs, part.role, CURVE, LOOSE if dashed else DASHES[part.role])] if runs else []
            case Segment():
                return self._segment(part, part.layer)
            case Rule():
                return self._rule(part, part.layer)
            case Points():
                spots = [(x, y) for x, y in self.pixels(part).tolist() if self.box.holds(x, y, 1)]
                return [Mark(x, y, MARKERS[part.role], part.role, RADIUS) for x, y in spots]
            case Area():
                return self._area(part)
            case Contours():
                return part.layer.items(self)
            case Path():
                return part.layer.items(self, part.role)
        return []

    def _rule(self, part: Drawn, rule: Rule) -> list[Item]:
        box = self.box
        at = float(self.across(rule.at) if rule.upright else self.down(rule.at))
        ends = [[at, box.top], [at, box.bottom]] if rule.upright else [[box.left, at], [box.right, at]]
        inside = box.holds(at, box.top, 0.5) if rule.upright else box.holds(box.left, at, 0.5)
        return [Line((np.array(ends),), part.role, STRAIGHT, RULED)] if inside else []

    def _segment(self, part: Drawn, segment: Segment) -> list[Item]:
        start, tip = self.pixels(part)
        length = float(np.hypot(*(tip - start)))
        dash = LOOSE if segment.dashed else ()
        if segment.arrow and length > 1 and self.box.holds(float(tip[0]), float(tip[1]), 1):
            forward = (tip - start) / length
            head = min(HEAD, 0.6 * length)
            neck, aside = tip - head * forward, 0.42 * head * np.array([-forward[1], forward[0]])
            runs = clipped(np.array([start, neck + forward]), self.box)
            point = Shape(np.array([tip, neck + aside, neck - aside]), part.role)
            return [Line(runs, part.role, CURVE, dash), point] if runs else [point]
        runs = clipped(np.array([start, tip]), self.box)
        return [Line(runs, part.role, CURVE, dash)] if runs else []

    def _area(self, part: Drawn) -> list[Item]:
        assert part.base is not None
        edges = [
            np.stack([self.across(part.xs), np.clip(self.down(ys), self.box.top, self.box.bottom)], axis=-1)
            for ys in (part.ys, part.base)
        ]
        gaps: Array = np.isnan(edges[0][:, 1] + edges[1][:, 1])
        cuts = [0, *(np.flatnonzero(np.diff(gaps)) + 1).tolist(), len(gaps)]
        return [
            Shape(np.concatenate([simple(edges[0][a:b]), simple(edges[1][a:b])[::-1]]), part.role, FAINT)
            for a, b in pairwise(cuts)
            if b - a > 1 and not gaps[a]
        ]


def clipped(points: Array, box: Rect) -> tuple[Array, ...]:
    """The runs of a line that lie within the box, with no more corners than the eye can tell."""
    from matplotlib.path import Path

    if len(points) < 2:
        return ()
    inner = (box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)  # matplotlib lets a line out by one pixel
    path = Path(points).cleaned(remove_nans=True, clip=inner, simplify=True)
    codes = np.asarray(path.codes)
    vertices = np.asarray(path.vertices)[codes != Path.STOP]
    runs = np.split(vertices, np.flatnonzero(codes == Path.MOVETO)[1:])
    return tuple(run for run in runs if len(run) > 1 and np.ptp(run, axis=0).max() > 0.05)


def simple(points: Array) -> Array:
    """The same line with no more corners than the eye can tell."""
    from matplotlib.path import Path

    path = Path(points).cleaned(simplify=True)
    return np.asarray(path.vertices)[np.asarray(path.codes) != Path.STOP]


def holds(outline: Array, x: float, y: float) -> bool:
    """Whether a closed shape holds a point."""
    from matplotlib.path import Path

    return bool(Path(outline).contains_point((x, y)))
