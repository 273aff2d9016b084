"""A scene painted by matplotlib on an opaque light card, for where no HTML is shown: print, GitHub, a plain viewer."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from .scene import Item, Line, Mark, Scene, Shape, Words, outline
from .theme import LIGHT
from .words import font, is_maths

SHARPNESS = 2  # pixels of the image per pixel of the page
COLOURS = 128  # in the image's own palette: a third of the bytes, and no difference that the eye sees
PLAIN: dict[Any, Any] = {"path.simplify": False, "path.sketch": None, "lines.scale_dashes": False, "text.usetex": False}


def as_png(scene: Scene) -> bytes:
    """The bytes of a PNG image, twice as sharp as the page."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D
    from PIL import Image

    with rc_context(PLAIN):  # whatever the learner has set for their own figures
        size = (scene.width / 72, scene.height / 72)
        figure = Figure(figsize=size, dpi=72 * SHARPNESS, facecolor=LIGHT["paper"], edgecolor="none", linewidth=0)
        canvas = FigureCanvasAgg(figure)
        pixels = Affine2D().scale(1 / 72, -1 / 72).translate(0, size[1]) + figure.dpi_scale_trans
        for order, artist in enumerate(artist for item in scene.items for artist in _artists(item)):
            artist.set(transform=pixels, zorder=order)
            figure.add_artist(artist)
        canvas.draw()
        image = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    out = BytesIO()
    flat = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    _whiten(flat)
    flat.save(out, "PNG", dpi=(72 * SHARPNESS, 72 * SHARPNESS))
    return out.getvalue()


def _whiten(flat: Any) -> None:
    """Give the card its own white: a palette's nearest is a shade off, and shows on a white page."""
    palette, card = flat.getpalette(), flat.getpixel((0, 0))
    palette[3 * card : 3 * card + 3] = bytes.fromhex(LIGHT["paper"][1:])
    flat.putpalette(palette)


def _artists(item: Item) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Circle, Polygon
    from matplotlib.patheffects import withStroke
    from matplotlib.text import Text

    paint, paper = LIGHT[item.role], LIGHT["paper"]
    match item:
        case Line():
            style: Any = (0, item.dash) if item.dash else "-"
            caps: Any = {"dash_capstyle": "butt", "solid_capstyle": "butt", "marker": "", "antialiased": True}
            return [
                Line2D(*run.T, color=paint, linewidth=item.width, linestyle=style, alpha=item.opacity, **caps)
                for run in item.runs
            ]
        case Shape():
            return [Polygon(item.outline, closed=True, facecolor=paint, edgecolor="none", alpha=item.opacity)]
        case Mark(x, y, "ring", _, size):
            return [Circle((x, y), size - 1, facecolor=paper, edgecolor=paint, linewidth=2)]
        case Mark(x, y, "disc", _, size):
            return [Circle((x, y), size, facecolor=paint, edgecolor=paper, linewidth=1.5)]
        case Mark():
            return [Polygon(outline(item), closed=True, facecolor=paint, edgecolor=paper, linewidth=1.5)]
        case Words():
            side: Any = {"start": "left", "middle": "center", "end": "right"}[item.anchor]
            upright: Any = {"horizontalalignment": side, "verticalalignment": "baseline"}
            style = {"color": paint, "fontproperties": font(item.size, item.bold)}
            text = Text(item.x, item.y, item.text, parse_math=is_maths(item.text), **style, **upright)
            if item.halo:
                text.set_path_effects([withStroke(linewidth=3, foreground=paper)])
            return [text]
