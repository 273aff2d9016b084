"""The pages' own pictures, in the language of the lessons' pictures: drawn as scenes, coloured by the page's theme.

Knows no page and no record. Needs neither matplotlib nor a kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from ..draw.scene import Item, Line, Mark, Scene, Shape, Words
from ..draw.svg import as_svg
from ..draw.theme import ROOT
from ..review.drilling import KIND, LATELY
from ..review.hurts import Calibration
from ..workspace.store import Event

WIDE = 340  # pixels, so that letters stay legible where the page is 360 wide
STEP = 16.0  # from one prediction's mark to the next
LINE = 20  # marks in a row


def calibration_svg(met: Sequence[Calibration]) -> str:
    """A mark for each prediction, phase by phase: a disc for one that came out as predicted, a ring for another."""
    items: list[Item] = []
    y = 0.0
    for phase in (phase for phase in met if phase.made):
        y += 22
        items.append(Words(0, y, f"{phase.folder[0]} {phase.title}", "ink", 14, bold=True))
        said = f"{phase.right} of {phase.made}"
        items.append(Words(WIDE, y, said, "quiet", 13, anchor="end"))
        for index in range(phase.made):
            row, column = divmod(index, LINE)
            is_right = index < phase.right
            at = (9 + column * STEP, y + 17 + row * STEP)
            items.append(Mark(*at, "disc" if is_right else "ring", "0" if is_right else "1", 5.5))
        y += 14 + STEP * (1 + (phase.made - 1) // LINE)
    told = "; ".join(f"{p.title}: {p.right} of {p.made} as predicted" for p in met if p.made)
    return framed(Scene(WIDE, round(y + 8), tuple(items)), f"Predictions beside what happened. {told}.")


def drill_svg(events: Sequence[Event], level: int) -> str:
    """The running median of seconds for each right answer of a level; "" before there are three."""
    mine = sorted((e for e in events if e.kind == KIND and e.detail.get("level") == level), key=lambda e: e.at)
    times = [float(e.detail.get("seconds", 0.0)) for e in mine if e.detail.get("right")]
    if len(times) < 3:
        return ""
    medians = np.array([median(times[max(0, n - LATELY) : n]) for n in range(1, len(times) + 1)])[-100:]
    top = max(float(medians.max()) * 1.15, 1.0)
    left, right, low, high = 34.0, WIDE - 6.0, 96.0, 12.0
    xs = np.linspace(left, right, len(medians))
    ys = low - medians / top * (low - high)
    items: list[Item] = [
        Line((np.array([[left, low], [right, low]]),), "axis", 1.0),
        Words(left - 6, low + 4, "0", "quiet", 12, anchor="end"),
        Words(left - 6, high + 5, f"{top:.0f} s", "quiet", 12, anchor="end"),
        Shape(np.array([[left, low], *zip(xs, ys, strict=True), [right, low]]), "0", 0.12),
        Line((np.column_stack([xs, ys]),), "0", 2.0),
        Mark(float(xs[-1]), float(ys[-1]), "disc", "0", 4.5),
        Words(left, low + 18, "right answers, the newest at the right", "quiet", 12),
    ]
    alt = f"The running median of seconds for a right answer: first {medians[0]:.1f}, now {medians[-1]:.1f}."
    return framed(Scene(WIDE, 120, tuple(items)), alt)


def framed(scene: Scene, alt: str) -> str:
    """A scene as HTML; the page holds the stylesheet that colours it."""
    return f'<div class="{ROOT}">{as_svg(scene, alt)}</div>'
