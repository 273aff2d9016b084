"""Pictures as a notebook shows them: HTML that follows the page's theme, a PNG of what it keeps, and words.

A Plot holds data that was sampled when it was made, so an author's error shows in the author's cell; its shapes are
composed when it is shown, at whatever size and range its row or slider asks for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from .compose import Frame, Margins, compose, margins
from .scene import Scene
from .svg import as_img, as_svg
from .theme import ROOT, stylesheet
from .view import Drawn

SIZE = (640, 400)
NONE = Margins(0, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class Picture(ABC):
    """What draw.plot, draw.row and draw.slider return; a notebook shows it when it ends a cell."""

    alt: str

    def inner_html(self) -> str:
        """The picture without its stylesheet."""
        return self.layout([as_svg(plot.scene, plot.alt) for plot in self.plots()])

    @abstractmethod
    def plots(self) -> tuple[Plot, ...]:
        """The plots it is made of."""

    @abstractmethod
    def with_plots(self, plots: Sequence[Plot]) -> Picture:
        """The same picture made of these plots."""

    @abstractmethod
    def layout(self, parts: Sequence[str]) -> str:
        """HTML that puts the HTML of each plot in its place."""

    @abstractmethod
    def sized(self, size: tuple[int, int]) -> Picture:
        """The picture at this size, where its author left the size alone."""

    @abstractmethod
    def still(self) -> Scene:
        """The picture, or its first frame, as one scene."""

    def kept(self) -> Picture:
        """What of it stands where nothing turns: itself, or the frames that a slider holds."""
        return self

    def html(self) -> str:
        """All that a page needs to show the picture.

        JupyterLab takes stylesheets, scripts and SVG out of a notebook that it does not trust: what is left there is
        a still image, and of the live picture, which only the stylesheet uncovers, nothing.
        """
        images = self.layout([as_img(plot.scene, plot.alt) for plot in self.plots()])
        still = f'<div class="{ROOT}-still">{images}</div>'
        live = f'<div class="{ROOT}-live" style="display:none">{self.inner_html()}</div>'
        return f'<div class="{ROOT} mathjax_ignore"><style>{stylesheet()}</style>{still}{live}</div>'

    def png(self) -> bytes:
        """The picture, or what a slider keeps of it, on an opaque light card."""
        from .png import as_png

        return as_png(self.kept().still())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        from base64 import b64encode

        scene = self.kept().still()
        bundle = {"text/html": self.html(), "image/png": b64encode(self.png()).decode(), "text/plain": self.alt}
        return bundle, {"image/png": {"width": scene.width, "height": scene.height}}

    def __repr__(self) -> str:
        return self.alt


@dataclass(frozen=True, eq=False, repr=False)
class Plot(Picture):
    frame: Frame
    drawn: tuple[Drawn, ...]
    room: Margins = NONE  # at least so much: what its row or slider asks for, that nothing may jump
    before: Scene | None = None  # the frame before, in a slider

    @cached_property
    def scene(self) -> Scene:
        return compose(self.frame, self.drawn, self.margins, self.before)

    @cached_property
    def margins(self) -> Margins:
        return margins(self.frame, self.drawn).max(self.room)

    def still(self) -> Scene:
        return self.scene

    def plots(self) -> tuple[Plot, ...]:
        return (self,)

    def with_plots(self, plots: Sequence[Plot]) -> Picture:
        return plots[0]

    def layout(self, parts: Sequence[str]) -> str:
        return parts[0]

    def sized(self, size: tuple[int, int]) -> Picture:
        if (self.frame.width, self.frame.height) != SIZE:
            return self
        return replace(self, frame=replace(self.frame, width=size[0], height=size[1]))
