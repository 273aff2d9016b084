"""A picture as flat shapes in pixels, each with a role in place of a colour: what is written as SVG or painted as PNG.

The pixel (0, 0) is the top left corner. Knows nothing of data, axes or labels' whereabouts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .theme import Role

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Line:
    runs: tuple[Array, ...]  # each (n, 2); the pen is lifted between them
    role: Role
    width: float
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, eq=False)
class Shape:
    outline: Array  # (n, 2), closed
    role: Role
    opacity: float = 1.0


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    kind: str  # one of theme.MARKERS
    role: Role
    size: float  # radius, about


@dataclass(frozen=True)
class Words:
    x: float
    y: float  # of the baseline
    text: str
    role: Role
    size: float
    anchor: str = "start"  # or "middle", "end"
    bold: bool = False
    halo: bool = True  # the paper shows around the letters, so that a line may pass behind them


Item = Line | Shape | Mark | Words


@dataclass(frozen=True, eq=False)
class Scene:
    width: int
    height: int
    items: tuple[Item, ...]  # from the back to the front


def outline(mark: Mark) -> Array:
    """The corners of a mark that has corners, all kinds of about the same weight to the eye."""
    r = mark.size
    corners = {
        "square": [(-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)],
        "triangle": [(0, -1.4), (1.25, 0.85), (-1.25, 0.85)],
        "triangle down": [(0, 1.4), (1.25, -0.85), (-1.25, -0.85)],
        "diamond": [(0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)],
    }[mark.kind]
    return np.array([mark.x, mark.y]) + r * np.array(corners)
