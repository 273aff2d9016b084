"""Where words can stand so that they cover nothing: beside the axes, or in the emptiest spot near what they name.

Knows pixels only. A place is scored by how much of what is drawn it would cover; the nearest free one is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .scene import Array, Item, Line, Mark, Words
from .theme import Role
from .words import LABEL, width

GAP = 7.0  # pixels between a thing and its label
PAD = 3.0  # pixels around a label in which no line should pass
STEP = 3.0  # pixels between the spots of a line that a label avoids

Spot = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack

    def meets(self, other: Rect) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass
class Places:
    """What is taken already, as spots of lines and rectangles of words; grows as labels find their place."""

    box: Rect
    page: Rect
    before: dict[tuple[str, Role], Spot]  # where labels stood in the frame before: they stay if they can

    def __post_init__(self) -> None:
        self.spots: Array = np.empty((0, 2))
        self.taken: list[Rect] = []

    def avoid(self, items: Iterable[Item]) -> None:
        for item in items:
            match item:
                case Line(runs):
                    self.spots = np.concatenate([self.spots, *(dense(run) for run in runs)])
                case Mark(x, y, _, _, size):
                    self.taken.append(Rect(x - size, y - size, x + size, y + size))
                case Words():
                    self.taken.append(_rect_of(item))

    def at_the_right(self, ends: Sequence[tuple[float, str, Role]]) -> list[Item]:
        """Labels in the margin, each as near its line's end as its neighbours allow."""
        heights = _apart([height for height, _, _ in ends], LABEL + 3, self.box.top, self.box.bottom)
        return [
            Words(self.box.right + 8, height + LABEL * 0.36, label, role, LABEL)
            for height, (_, label, role) in zip(heights, ends, strict=True)
        ]

    def beside(self, spots: Sequence[Spot], label: str, role: Role, *, upon: bool = False) -> list[Item]:
        """One label near one of these spots, the first that serve best; `upon` a spot, if there is room."""
        wide, tall = width(label, LABEL), LABEL
        around = ((0, 0), *_AROUND) if upon else _AROUND
        last = self.before.get((label, role))
        best: tuple[float, Rect, bool] | None = None
        for rank, (x, y) in enumerate(spots):
            for turn, (h, v) in enumerate(around):
                left = x + h * GAP - (1 - h) / 2 * wide
                top = y + v * (GAP + tall / 2) - tall / 2
                rect = Rect(left, top, left + wide, top + tall)
                score = 0.8 * rank + 0.5 * turn + self._trouble(rect)
                if last:
                    score += min(0.1 * (abs(last[0] - left) + abs(last[1] - top)), 4.0)
                if best is None or score < best[0]:
                    best = score, rect, (h, v) != (0, 0)
        if best is None:
            return []
        self.taken.append(best[1])
        return [Words(best[1].left, best[1].bottom - tall * 0.14, label, role, LABEL, halo=best[2])]

    def note(self, x: float, y: float, text: str, *, halo: bool = True) -> list[Item]:
        """The author's words, centred where they asked for them, moved only to stay inside."""
        lines = text.split("\n")
        wide, line = max(width(part, LABEL) for part in lines), LABEL * 1.4
        half = line * len(lines) / 2
        x = max(min(x, self.box.right - wide / 2 - 2), self.box.left + wide / 2 + 2)
        y = max(min(y, self.box.bottom - half), self.box.top + half)
        first = y - half + line * 0.5 + LABEL * 0.36
        return [Words(x, first + line * i, part, "ink", LABEL, "middle", halo=halo) for i, part in enumerate(lines)]

    def _trouble(self, rect: Rect) -> float:
        x, y = self.spots[:, 0], self.spots[:, 1]
        near = (x > rect.left - PAD) & (x < rect.right + PAD) & (y > rect.top - PAD) & (y < rect.bottom + PAD)
        over = (x > rect.left) & (x < rect.right) & (y > rect.top) & (y < rect.bottom)
        score = float(near.sum()) + 3.0 * float(over.sum()) + 40.0 * sum(map(rect.meets, self.taken))
        return score + 0.25 * _outside(rect, self.box) + 10.0 * _outside(rect, self.page)


# right of, left of, above and below: (horizontal, vertical) steps from the spot, in the order preferred
_AROUND = ((1, -1), (-1, -1), (1, 1), (-1, 1), (1, 0), (-1, 0), (0, -1), (0, 1))


def along(runs: Sequence[Array], shares: Sequence[float]) -> list[Spot]:
    """Spots at these shares of the longest run."""
    points = dense(max(runs, key=lambda run: float(np.hypot(*np.diff(run, axis=0).T).sum())))
    return [(float(x), float(y)) for x, y in (points[int(share * (len(points) - 1))] for share in shares)]


def dense(run: Array) -> Array:
    """Points along a line, no further apart than STEP."""
    lengths = np.hypot(*np.diff(run, axis=0).T)
    gone = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0, gone[-1], max(2, int(gone[-1] / STEP) + 1))
    return np.stack([np.interp(at, gone, run[:, 0]), np.interp(at, gone, run[:, 1])], axis=-1)


def _apart(heights: list[float], gap: float, low: float, high: float) -> list[float]:
    """The heights moved as little as needed to stand at least a gap apart, in the same order."""
    groups: list[list[int]] = []
    for i in sorted(range(len(heights)), key=lambda i: heights[i]):
        groups.append([i])
        while len(groups) > 1 and _start(groups[-1], heights, gap) < _end(groups[-2], heights, gap) + gap:
            groups[-2:] = [groups[-2] + groups[-1]]
    placed = list(heights)
    for group in groups:
        start = max(min(_start(group, heights, gap), high - gap * (len(group) - 1)), low)
        for k, i in enumerate(group):
            placed[i] = start + k * gap
    return placed


def _start(group: list[int], heights: list[float], gap: float) -> float:
    return sum(heights[i] for i in group) / len(group) - gap * (len(group) - 1) / 2


def _end(group: list[int], heights: list[float], gap: float) -> float:
    return _start(group, heights, gap) + gap * (len(group) - 1)


def _outside(rect: Rect, of: Rect) -> float:
    across = max(of.left - rect.left, 0.0) + max(rect.right - of.right, 0.0)
    return across + max(of.top - rect.top, 0.0) + max(rect.bottom - of.bottom, 0.0)


def _rect_of(words: Words) -> Rect:
    wide = width(words.text, words.size, words.bold)
    left = words.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor] * wide
    return Rect(left, words.y - words.size * 0.86, left + wide, words.y + words.size * 0.14)
