"""The pictures that lessons use: curves, points and a knob to turn, in one visual language.

    draw.plot(draw.curve(np.sin, label="sin x"), x=(-6, 6), alt="A sine wave.")

What can be drawn is in layers.py, the look in theme.py and compose.py. Matplotlib is loaded when something is drawn.
"""

from .contours import contours, path
from .graph import graph
from .heat import heat
from .layers import DrawError, area, arrow, curve, hline, note, points, segment, vline
from .memory import memory
from .picture import Picture
from .plane import plane
from .plotting import plot
from .row import row
from .slider import slider

__all__ = [
    "DrawError",
    "Picture",
    "area",
    "arrow",
    "contours",
    "curve",
    "graph",
    "heat",
    "hline",
    "memory",
    "note",
    "path",
    "plane",
    "plot",
    "points",
    "row",
    "segment",
    "slider",
    "vline",
]
