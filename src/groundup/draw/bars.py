"""draw.bars and draw.histogram: amounts as bars that stand on zero, a layer beside the others of draw.plot.

Colour is never alone: a bar is edged in its series' own dashes, so that two sets laid over each other stay apart for
every eye and in print. Knows nothing of ranges or of where a plot's box lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .layers import Bars, DrawError, Pair, _colour, _columns, _number, words
from .place import Spot
from .scene import Array, Item, Line, Shape
from .theme import DASHES

if TYPE_CHECKING:
    from .axis import Axis
    from .view import Drawn, View

FILL = 0.28  # the opacity of a bar: two, one over the other, are both seen
EDGED = 1.5  # the width of its edge
TOUCH = 0.01  # pixels that bars may lie apart and still touch


def bars(
    xs: Any,
    heights: Any,
    label: str = "",
    *,
    width: float = 0.8,
    colour: int | None = None,
    labels: Sequence[Any] = (),
) -> Bars:
    """A bar from zero to each height, centred at each x and `width` wide, in units of x.

    `labels` name the bars, below the axis and in place of its numbers. Two sets stand side by side with xs a little to
    either side and a smaller width; it is enough to name the bars of one, and the names stand under each group.
    """
    xs, heights = _columns("bars", xs, heights)
    wide = _number("bars", width)
    if not wide > 0:
        raise DrawError(f"bars() got width={wide:g}: let it be above zero.")
    names = tuple(words(text) for text in labels)
    if names and len(names) != len(xs):
        raise DrawError(f'bars() got {len(xs)} bars and {len(names)} labels: give one label to each, "" for none.')
    return Bars(xs - wide / 2, xs + wide / 2, heights, words(label), _colour("bars", colour), names)


def histogram(
    samples: Any,
    bins: Any = 20,
    label: str = "",
    *,
    between: Pair | None = None,
    colour: int | None = None,
) -> Bars:
    """How samples spread: over each bin a bar whose area is the share of all samples that fall into it.

    `bins` is their number, or their edges in rising order; `between` is the range that a number of bins divides, else
    that of the samples. Heights are shares per unit of x, so a density curve can lie over them.
    """
    try:
        values = np.asarray(samples, dtype=float).ravel()
    except (TypeError, ValueError):
        raise DrawError("histogram() got samples that are not numbers: give it a list of numbers.") from None
    if not len(values) or not np.isfinite(values).all():
        what = "no samples" if not len(values) else "a sample that is nan or infinite"
        raise DrawError(f"histogram() got {what}: give it finite numbers.")
    try:
        counts, edges = np.histogram(values, bins, between)
    except (TypeError, ValueError) as error:
        raise DrawError(f"histogram() cannot make these bins: {str(error).rstrip('.')}.") from None
    heights = counts / len(values) / np.diff(edges)
    return Bars(edges[:-1], edges[1:], heights, words(label), _colour("histogram", colour))


def shapes(part: Drawn, layer: Bars, view: View) -> list[Item]:
    """The bars in pixels, within the box; bars that touch are edged as one."""
    box = view.box
    items: list[Item] = []
    floor = _within(float(view.down(0.0)), box.top, box.bottom)
    lefts, rights = (np.clip(view.across(edge), box.left, box.right) for edge in (layer.left, layer.right))
    tops = np.clip(view.down(layer.heights), box.top, box.bottom)
    for run in _runs(lefts, rights, np.abs(tops - floor)):
        stairs = [(edges[i], tops[i]) for i in run for edges in (lefts, rights)]
        outline = np.array([(lefts[run[0]], floor), *stairs, (rights[run[-1]], floor)])
        items += [Shape(outline, part.role, FILL), Line((outline,), part.role, EDGED, DASHES[part.role])]
    return items


def names(drawn: Sequence[Drawn], axis: Axis) -> list[tuple[float, str]]:
    """Where under the axis the names of bars stand, in units of x: each in the middle of its group."""
    layers = [part.layer for part in drawn if isinstance(part.layer, Bars)]
    found = next((layer.labels for layer in layers if layer.labels), ())
    groups = [(layer.left + layer.right) / 2 for layer in layers if len(layer.left) == len(found)]
    if not found:
        return []
    middles = np.mean(groups, axis=0).tolist()
    return [(at, name) for at, name in zip(middles, found, strict=True) if name and axis.low <= at <= axis.high]


def _runs(lefts: Array, rights: Array, sizes: Array) -> list[list[int]]:
    """The bars that can be seen, in order, those that touch their neighbour together with it."""
    runs: list[list[int]] = []
    for i in range(len(lefts)):
        if not (sizes[i] > 0.05 and rights[i] > lefts[i]):  # nor if it is nan
            continue
        if runs and runs[-1][-1] == i - 1 and abs(lefts[i] - rights[i - 1]) < TOUCH:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def spots(items: Sequence[Item]) -> list[Spot]:
    """Where the label of all of them may stand: over the tallest bar, or over the last or first.

    A spot is the corner at the left of a bar's top, for a label first tries to begin there.
    """
    outlines: list[Array] = [item.outline for item in items if isinstance(item, Shape)]
    corners = [corner for outline in outlines for corner in outline[1:-1].tolist()]
    floor = outlines[0][0, 1]
    tallest = max(range(0, len(corners), 2), key=lambda i: abs(corners[i][1] - floor))
    return [(corners[i][0], corners[i][1]) for i in (tallest, len(corners) - 2, 0)]


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
