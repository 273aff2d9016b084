"""A picture with a knob: every frame drawn beforehand, so that it turns without a kernel and without a network.

What all frames share is written once; the rest lies beside it as data, and a small script puts the chosen frame in
its place. Without a script the starting frame stands there as a still picture; a PNG may hold several side by side.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, reduce
from hashlib import sha256
from html import escape
from math import isclose
from typing import Any

from .axis import Axis
from .compose import Frame, Margins
from .layers import DrawError
from .picture import Picture, Plot
from .row import Row, row
from .scene import Scene
from .svg import element, opening
from .words import number

SCRIPT = """(()=>{
for(const root of document.querySelectorAll('[data-slider="%s"]:not([data-live])')){
root.dataset.live='';
const frames=JSON.parse(root.querySelector('script').textContent);
const parts=root.querySelectorAll('[data-part]'),pictures=root.querySelectorAll('svg');
const knob=root.querySelector('input'),shown=root.querySelector('output');
const show=()=>{const frame=frames[knob.value];
shown.textContent=frame.value;knob.setAttribute('aria-valuetext',frame.value);
parts.forEach((part,i)=>{part.innerHTML=frame.parts[i]});
pictures.forEach((picture,i)=>{picture.setAttribute('aria-label',frame.alts[i])})};
knob.value=knob.getAttribute('value');
knob.addEventListener('input',show);
knob.addEventListener('keydown',event=>event.stopPropagation());
knob.closest('label').hidden=false;show()}})()"""

CONTROL = (
    "display:flex;align-items:center;gap:12px;box-sizing:border-box;padding:2px 14px 10px;"
    "font-size:14px;width:{}px;max-width:100%"
)


@dataclass(frozen=True, eq=False, repr=False)
class Slider(Picture):
    label: str
    values: tuple[str, ...]
    frames: tuple[Picture, ...]
    start: int
    held: tuple[int, ...] = ()  # the frames that a PNG shows side by side; without any, the starting one

    def kept(self) -> Picture:
        return row(*(self.ranged[k] for k in self.held)) if self.held else self

    def still(self) -> Scene:
        return self.steady[self.start].still()

    def plots(self) -> tuple[Plot, ...]:
        return self.steady[self.start].plots()

    def with_plots(self, plots: Sequence[Plot]) -> Slider:
        raise DrawError(
            "A slider cannot stand within another slider's frame: put the two beside each other with row()."
        )

    def layout(self, parts: Sequence[str]) -> str:
        return self.steady[self.start].layout(parts)

    def sized(self, size: tuple[int, int]) -> Slider:
        return replace(self, frames=tuple(frame.sized(size) for frame in self.frames))

    @cached_property
    def ranged(self) -> tuple[Picture, ...]:
        """The frames with one range for all."""
        return _settled(self.frames, _same_range)

    @cached_property
    def steady(self) -> tuple[Picture, ...]:
        """The frames with one range and one margin for all, so that only what changes moves."""
        return _settled(self.ranged, _same_room)

    def inner_html(self) -> str:
        columns = list(zip(*(frame.plots() for frame in self.steady), strict=True))
        pictures, changing = zip(*(_column(column, self.start) for column in columns), strict=True)
        data = [
            {
                "value": value,
                "alts": [plot.alt for plot in frame.plots()],
                "parts": [part for parts in changing for part in parts[k]],
            }
            for k, (value, frame) in enumerate(zip(self.values, self.steady, strict=True))
        ]
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        text = text.replace("</", "<\\/").replace("<!", "<\\u0021")  # nothing in it may end the script that holds it
        body = self.layout(pictures) + self._control() + f'<script type="application/json">{text}</script>'
        name = sha256(body.encode()).hexdigest()[:12]
        return f'<div data-slider="{name}">{body}<script>{SCRIPT % name}</script></div>'

    def _control(self) -> str:
        style = CONTROL.format(min(self.still().width, 640))
        knob = (
            f'<input type="range" min="0" max="{len(self.frames) - 1}" step="1" value="{self.start}" autocomplete="off"'
            f' aria-label="{escape(self.label or "value")}" style="flex:1;min-width:6em;accent-color:var(--gu-0)">'
        )
        shown = escape(self.values[self.start])
        return (
            f'<label hidden data-lm-suppress-shortcuts="true"><span style="{style}"><span>{escape(self.label)}</span>'
            f'{knob}<output style="min-width:4.5em;font-variant-numeric:tabular-nums">{shown}</output></span></label>'
        )


def slider(
    make: Callable[[Any], Picture],
    values: Sequence[Any],
    *,
    label: str = "",
    start: Any = None,
    held: Sequence[Any] = (),
) -> Slider:
    """A picture for each value, and a knob to go through them; `start` is the value shown first, else the first.

    Frames that leave out their y range get one that suits them all, so the axes stand still while the knob turns.
    Where no knob turns, as in a lesson's still picture, the frames of the values in `held` stand side by side, else the
    first one shown stands alone.
    """
    try:
        values = list(values)
    except TypeError:
        values = []
    if not values:
        raise DrawError("slider() got no list of values: give it one, as in np.linspace(0, 1, 21).")
    begin = 0 if start is None else _place(start, values, "start at")
    shown_at_once = tuple(_place(value, values, "hold") for value in held)
    frames = [_frame(make, value) for value in values]
    if len({len(frame.plots()) for frame in frames}) > 1:
        raise DrawError("slider() got rows of different lengths from make: let every value give as many pictures.")
    shown = tuple(value_text(value) for value in values)
    knob = f"A slider sets {label or 'the value'}, from {shown[0]} to {shown[-1]}."
    words = " ".join(frames[place].alt for place in shown_at_once or (begin,))
    return Slider(f"{words} {knob}", label, shown, tuple(frames), begin, shown_at_once)


def _place(wanted: Any, values: Sequence[Any], to: str) -> int:
    for place, value in enumerate(values):
        if _same(value, wanted):
            return place
    raise DrawError(f"slider() was to {to} {wanted!r}, which is none of its values.")


def _frame(make: Callable[[Any], Picture], value: Any) -> Picture:
    frame = make(value)
    if not isinstance(frame, Picture):
        kind = type(frame).__name__
        raise DrawError(f"slider() got {kind} from make({value!r}): return draw.plot(...) or a row of plots.")
    if _turns(frame):
        raise DrawError("slider() got a slider from make: return draw.plot(...) or a row of plots, one knob is enough.")
    return frame


def _turns(picture: Picture) -> bool:
    return isinstance(picture, Slider) or (isinstance(picture, Row) and any(map(_turns, picture.pictures)))


def value_text(value: Any) -> str:
    try:
        return number(float(value)) if not isinstance(value, str | bool) else str(value)
    except (TypeError, ValueError):
        return str(value)


def _same(value: Any, start: Any) -> bool:
    """Whether they are equal, but for the last digits that np.linspace leaves."""
    try:
        return isclose(value, start, rel_tol=1e-9, abs_tol=1e-12)
    except TypeError:
        return bool(value == start)


def _column(plots: Sequence[Plot], start: int) -> tuple[str, list[list[str]]]:
    """One <svg> for one plot of every frame, and what each frame puts in its changing parts."""
    shared, gaps = parted([[element(item) for item in plot.scene.items] for plot in plots])
    body = ""
    changing: list[list[str]] = [[] for _ in plots]
    for k, common in enumerate([*shared, ""]):
        if any(gap[k] for gap in gaps):
            body += f"<g data-part>{gaps[start][k]}</g>"
            for parts, gap in zip(changing, gaps, strict=True):
                parts.append(gap[k])
        body += common
    return opening(plots[start].scene, plots[start].alt) + body + "</svg>", changing


def parted(frames: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """What all frames share, in order, and for each frame what stands before, between and after that."""
    shared = reduce(_in_common, frames)
    gaps = []
    for frame in frames:
        gap, rest = [], iter(frame)
        for common in shared:
            before = []
            for item in rest:
                if item == common:
                    break
                before.append(item)
            gap.append("".join(before))
        gaps.append([*gap, "".join(rest)])
    return shared, gaps


def _in_common(one: list[str], other: list[str]) -> list[str]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [item for block in blocks for item in one[block.a : block.a + block.size]]


def _settled(frames: Sequence[Picture], alike: Callable[[Sequence[Plot]], list[Plot]]) -> tuple[Picture, ...]:
    """The frames after the plots that stand at the same place in each have been made alike."""
    columns = [alike(column) for column in zip(*(frame.plots() for frame in frames), strict=True)]
    return tuple(frame.with_plots(plots) for frame, plots in zip(frames, zip(*columns, strict=True), strict=True))


def _same_range(column: Sequence[Plot]) -> list[Plot]:
    frames: list[Frame] = [plot.frame for plot in column]
    x = _union([frame.x for frame in frames if not frame.x_is_given])
    y = _union([frame.y for frame in frames if not frame.y_is_given])
    return [
        replace(
            plot,
            frame=replace(
                plot.frame,
                x=x if x and not plot.frame.x_is_given else plot.frame.x,
                y=y if y and not plot.frame.y_is_given else plot.frame.y,
            ),
        )
        for plot in column
    ]


def _union(axes: list[Axis]) -> Axis | None:
    if not axes:
        return None
    return replace(axes[0], low=min(axis.low for axis in axes), high=max(axis.high for axis in axes))


def _same_room(column: Sequence[Plot]) -> list[Plot]:
    room: Margins = reduce(Margins.max, (plot.margins for plot in column))
    settled: list[Plot] = []
    for plot in column:
        settled.append(replace(plot, room=room, before=settled[-1].scene if settled else None))
    return settled
