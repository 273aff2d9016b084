"""draw.plane: what a 2×2 matrix makes of the plane, as layers: the grid, the unit square, the two basis vectors.

A square that was turned over has another colour and a dashed edge, so that its orientation can be told without colour.
Knows nothing of ranges, or of what the matrix stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .layers import Curve, DrawError, Layer, arrow, words
from .scene import Array, Item, Line, Shape
from .theme import LOOSE, Role

if TYPE_CHECKING:
    from .view import View

REACH, FARTHEST = 10, 40  # grid lines on either side of zero: where the plane is flat, and at most
THIN, AXIS, EDGE = 1.0, 1.75, 1.5  # widths of the grid, of the images of both axes, and of the square's edge
FAINT, PLAIN = 0.55, 0.9  # the opacities of the grid and of the images of both axes
FILL = 0.22
ROUND = 73  # corners of the circle, the last upon the first


@dataclass(frozen=True, eq=False)
class Lattice(Curve):
    """The image of the integer grid and of the unit square; as a curve, it is the square's edge."""

    matrix: Array = field(default_factory=lambda: np.eye(2))
    filled: bool = True

    @property
    def mirrored(self) -> bool:
        """Whether the plane was turned over: whether the determinant is negative."""
        (a, b), (c, d) = self.matrix
        return bool(a * d - b * c < 0)

    def items(self, view: View) -> list[Item]:
        """The grid, both axes a little stronger, and the square upon them, in pixels."""
        from .view import clipped

        def pixels(ends: Array) -> Array:
            return np.stack([view.across(ends[:, 0]), view.down(ends[:, 1])], axis=-1)

        grid = lines(self.matrix, _reach(self.matrix, view))
        fine, axes = (
            tuple(run for ends in some for run in clipped(pixels(ends), view.box)) for some in (grid[:-2], grid[-2:])
        )
        found: list[Item] = [Line(fine, "quiet", THIN, opacity=FAINT)] if fine else []
        if axes:
            found.append(Line(axes, "quiet", AXIS, opacity=PLAIN))
        if self.filled:
            edge = pixels(np.stack(self.of, axis=-1))
            role: Role = "3" if self.mirrored else "2"
            inside = _within(edge, view)
            if len(inside) > 2:
                found.append(Shape(inside, role, FILL))
            found.append(Line(clipped(edge, view.box), role, EDGE, LOOSE if self.mirrored else ()))
        return found


def plane(
    matrix: Any,
    *,
    labels: Sequence[str] = ("e₁", "e₂"),
    square: bool = True,
    circle: bool = False,
) -> tuple[Layer, ...]:
    """Layers that show the plane under a 2×2 matrix, as in draw.plot(*draw.plane(A), x=(-3, 3), y=(-3, 3), equal=True).

    The grid of whole numbers, the unit square and the basis vectors, named by `labels`, each where the matrix sends it:
    the first vector in colour 0, the second in colour 1. With `circle`, the unit circle too, in colour 5.
    An arrow that was moved is an image: call it that, with labels=("A e₁", "A e₂").
    """
    try:
        M = np.array(matrix, dtype=float)
    except (TypeError, ValueError):
        raise DrawError("plane() got a matrix that is not numbers: give it two rows of two.") from None
    if M.shape != (2, 2) or not np.isfinite(M).all():
        what = "nan or infinity" if M.shape == (2, 2) else f"shape {M.shape}"
        raise DrawError(f"plane() got a matrix of {what}: give it two rows of two finite numbers.")
    if len(labels) != 2:
        raise DrawError(f'plane() got {len(labels)} labels: give one to each basis vector, "" for none.')
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) @ M.T
    lattice = Lattice((corners[:, 0], corners[:, 1]), colour=2, matrix=M, filled=square)
    first, second = (
        arrow((0, 0), tuple(column), words(label), colour=colour)
        for colour, (column, label) in enumerate(zip(M.T.tolist(), labels, strict=True))
    )
    if not circle:
        return lattice, first, second
    around = np.linspace(0, 2 * np.pi, ROUND)
    xs, ys = M @ np.array([np.cos(around), np.sin(around)])
    return lattice, Curve((xs, ys), colour=5), first, second


def lines(matrix: Array, reach: int) -> list[Array]:
    """The ends of the images of the grid lines from -reach to reach, (2, 2) each, those through the origin last."""
    found = []
    for k in sorted(range(-reach, reach + 1), key=lambda k: k == 0):
        upright, level = [[k, -reach], [k, reach]], [[-reach, k], [reach, k]]
        found += [np.array(upright) @ matrix.T, np.array(level) @ matrix.T]
    return found


def _reach(matrix: Array, view: View) -> int:
    """How far the grid goes so that its image fills the axes: as far as the place that is sent to a corner of them."""
    corners = np.array([[x, y] for x in (view.x.low, view.x.high) for y in (view.y.low, view.y.high)])
    (a, b), (c, d) = matrix
    with np.errstate(all="ignore"):
        came_from = corners @ np.array([[d, -c], [-b, a]]) / (a * d - b * c)
    far = float(np.abs(came_from).max())
    return min(max(int(np.ceil(far)), 1), FARTHEST) if np.isfinite(far) and far < 1e6 else REACH


def _within(edge: Array, view: View) -> Array:
    """The part of a closed outline that lies within the box, cut at one side after the other."""
    box = view.box
    for axis, limit, side in ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1)):
        kept: list[Array] = []
        for p, q in zip(edge, np.roll(edge, -1, axis=0), strict=True):
            here, there = side * (p[axis] - limit), side * (q[axis] - limit)
            if here >= 0:
                kept.append(p)
            if here * there < 0:
                kept.append(p + here / (here - there) * (q - p))
        edge = np.array(kept)
        if not len(edge):
            break
    return edge
