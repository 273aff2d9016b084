"""A scene as SVG for a page: small, the same bytes for the same picture, colours left to the page's theme.

Nothing in it has an id, so pictures cannot disturb one another, however many stand on a page.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import numpy as np

from .scene import Array, Item, Line, Mark, Scene, Shape, Words, outline
from .theme import still_stylesheet
from .words import font, is_maths


def as_svg(scene: Scene, alt: str) -> str:
    """One <svg> element, to stand within an element of the class theme.ROOT."""
    return opening(scene, alt) + "".join(map(element, scene.items)) + "</svg>"


def as_img(scene: Scene, alt: str) -> str:
    """One <img> that holds the picture, for pages that let no SVG and no stylesheet through."""
    rules = f"<style>{still_stylesheet(item.role for item in scene.items)}</style>"
    svg = opening(scene, "") + rules + "".join(map(element, scene.items)) + "</svg>"
    data = quote(svg, safe=" !$&'()*+,/:;=?@[]{}|~-._")
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml,{data}">'


def opening(scene: Scene, alt: str) -> str:
    size = f"viewBox='0 0 {scene.width} {scene.height}' width='{scene.width}' height='{scene.height}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' aria-label='{escape(alt)}'>"


def element(item: Item) -> str:
    match item:
        case Line():
            dash = f" stroke-dasharray='{' '.join(map(_short, item.dash))}'" if item.dash else ""
            faint = f" stroke-opacity='{_short(item.opacity)}'" if item.opacity < 1 else ""
            path = "".join(map(_path, item.runs))
            style = f"fill='none' stroke-width='{_short(item.width)}'{dash}{faint}"
            return f"<path class='s-{item.role}' {style} d='{path}'/>"
        case Shape():
            opacity = f" fill-opacity='{_short(item.opacity)}'" if item.opacity < 1 else ""
            return f"<path class='f-{item.role}'{opacity} d='{_path(item.outline)}z'/>"
        case Mark():
            return _mark(item)
        case Words():
            return _words(item)


def _mark(mark: Mark) -> str:
    at = f"cx='{_short(mark.x)}' cy='{_short(mark.y)}'"
    if mark.kind == "disc":
        return f"<circle class='f-{mark.role} s-paper' stroke-width='1.5' {at} r='{_short(mark.size)}'/>"
    if mark.kind == "ring":
        return f"<circle class='f-paper s-{mark.role}' stroke-width='2' {at} r='{_short(mark.size - 1)}'/>"
    return f"<path class='f-{mark.role} s-paper' stroke-width='1.5' d='{_path(outline(mark))}z'/>"


def _words(words: Words) -> str:
    if is_maths(words.text):
        return _formula(words)
    anchor = f" text-anchor='{words.anchor}'" if words.anchor != "start" else ""
    weight = " font-weight='600'" if words.bold else ""
    halo = " style='stroke:none'" if not words.halo else ""
    place = f"x='{_short(words.x)}' y='{_short(words.y)}' font-size='{_short(words.size)}'"
    return f"<text class='f-{words.role}' {place}{anchor}{weight}{halo}>{escape(words.text)}</text>"


def _formula(words: Words) -> str:
    """Outlines, for a page's fonts cannot be trusted to set a formula."""
    from matplotlib.path import Path
    from matplotlib.textpath import text_to_path

    from .words import width

    vertices, codes = text_to_path.get_text_path(font(words.size, words.bold), words.text, ismath=True)
    scale = words.size / text_to_path.FONT_SCALE if len(vertices) else 1.0
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor] * width(words.text, words.size, words.bold)
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
    out: list[str] = []
    for points, code in Path(vertices, codes).iter_segments(curves=True, simplify=False):
        x = np.asarray(points[0::2]) * scale + words.x - shift
        y = words.y - np.asarray(points[1::2]) * scale
        pairs = "" if code == Path.CLOSEPOLY else " ".join(f"{a:.2f} {b:.2f}" for a, b in zip(x, y, strict=True))
        out.append(letters[Path.code_type(code)] + pairs)
    return f"<path class='f-{words.role}' d='{''.join(out)}'/>"


def _path(points: Array) -> str:
    """Absolute start, then steps, in tenths of a pixel: rounded once, so that nothing drifts."""
    tenths = np.rint(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    x, y = tenths[0]
    return f"M{_tenth(x)} {_tenth(y)}" + ("l" + "".join(map(_step, steps.tolist())).lstrip() if len(steps) else "h0")


def _step(step: list[int]) -> str:
    x, y = map(_tenth, step)
    return (x if x[0] == "-" else " " + x) + (y if y[0] == "-" else " " + y)


def _tenth(value: int) -> str:
    whole, rest = divmod(abs(int(value)), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
