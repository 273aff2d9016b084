"""Pictures side by side, which wrap onto the next line where a page is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from .compose import Margins
from .layers import DrawError
from .picture import SIZE, Picture, Plot
from .scene import Item, Line, Mark, Scene, Shape, Words

GAP = 16
NARROW = 0.78  # of its width is what a picture can spare before it wraps
SMALLER = {2: (410, 310), 3: (330, 270)}  # what a picture of the usual size becomes among so many


@dataclass(frozen=True, eq=False, repr=False)
class Row(Picture):
    pictures: tuple[Picture, ...]

    def inner_html(self) -> str:
        return self._beside([picture.inner_html() for picture in self.pictures])

    def plots(self) -> tuple[Plot, ...]:
        return tuple(plot for picture in self.pictures for plot in picture.plots())

    def with_plots(self, plots: Sequence[Plot]) -> Row:
        rest = iter(plots)
        return replace(
            self,
            pictures=tuple(picture.with_plots(list(islice(rest, len(picture.plots())))) for picture in self.pictures),
        )

    def layout(self, parts: Sequence[str]) -> str:
        rest = iter(parts)
        return self._beside([picture.layout(list(islice(rest, len(picture.plots())))) for picture in self.pictures])

    def sized(self, size: tuple[int, int]) -> Row:
        return replace(self, pictures=tuple(picture.sized(size) for picture in self.pictures))

    def _beside(self, parts: Sequence[str]) -> str:
        cells = "".join(
            f'<div style="flex:1 1 {NARROW * wide:.0f}px;max-width:{wide}px">{part}</div>'
            for wide, part in zip((picture.still().width for picture in self.pictures), parts, strict=True)
        )
        return f'<div style="display:flex;flex-wrap:wrap;gap:{GAP}px;align-items:flex-start">{cells}</div>'

    def still(self) -> Scene:
        scenes = [picture.still() for picture in self.pictures]
        items: list[Item] = []
        left = 0
        for scene in scenes:
            items += [_moved(item, left) for item in scene.items]
            left += scene.width + GAP
        return Scene(left - GAP, max(scene.height for scene in scenes), tuple(items))


def row(*pictures: Picture) -> Row:
    """The pictures side by side; those of the usual size are drawn smaller, with words as large as before."""
    if not pictures or not all(isinstance(picture, Picture) for picture in pictures):
        raise DrawError("row() needs pictures: what draw.plot, draw.slider or draw.row returned.")
    size = SMALLER.get(len(pictures), SMALLER[3] if len(pictures) > 3 else SIZE)
    fitted = tuple(picture.sized(size) for picture in pictures)
    return Row(" ".join(picture.alt for picture in pictures), _level(fitted))


def _level(pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """Plots of one height with their axes at one height, whether or not each has a title."""
    plots = [picture for picture in pictures if isinstance(picture, Plot)]
    heights = {plot.frame.height for plot in plots}
    if len(heights) != 1:
        return pictures
    top, bottom = (max(getattr(plot.margins, side) for plot in plots) for side in ("top", "bottom"))
    room = Margins(0, top, 0, bottom)
    return tuple(replace(picture, room=room) if isinstance(picture, Plot) else picture for picture in pictures)


def _moved(item: Item, by: float) -> Item:
    match item:
        case Line():
            return replace(item, runs=tuple(run + np.array([by, 0]) for run in item.runs))
        case Shape():
            return replace(item, outline=item.outline + np.array([by, 0]))
        case Mark() | Words():
            return replace(item, x=item.x + by)
