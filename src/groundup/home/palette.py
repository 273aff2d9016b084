"""The colours of the pages: those of the course's pictures, by what they are for, light and dark.

`PAIRS` lists which stands on which, and how much contrast that needs (WCAG 2.2 AA): tests compute it.
"""

from __future__ import annotations

from functools import lru_cache

from ..draw import theme

Colours = dict[str, str]


def _named(of: dict[theme.Role, str], panel: str, raised: str) -> Colours:
    roles: dict[str, theme.Role] = {"ink": "ink", "quiet": "quiet", "edge": "axis", "line": "grid", "paper": "paper"}
    roles |= {"blue": "0", "red": "1", "teal": "2", "violet": "5"}
    return {name: of[role] for name, role in roles.items()} | {"panel": panel, "raised": raised}


LIGHT = _named(theme.LIGHT, "#f7f7f5", "#ffffff")
DARK = _named(theme.DARK, "#191919", "#222222")
TEXT, SHAPE = 4.5, 3.0
ON = ("paper", "panel", "raised")
PAIRS = [
    *((word, ground, TEXT) for word in ("ink", "quiet", "blue", "red", "teal", "violet") for ground in ON),
    *((shape, ground, SHAPE) for shape in ("edge", "blue", "red", "teal", "violet") for ground in ON),
    *(("paper", ground, TEXT) for ground in ("blue", "teal", "red")),  # words on a button or in a filled mark
]


@lru_cache
def style() -> str:
    """The palette as custom properties, and the rules for pictures that stand on a page."""
    light, dark = (";".join(f"--{name}:{value}" for name, value in of.items()) for of in (LIGHT, DARK))
    return (
        f":root{{color-scheme:light dark;{light};--font:{theme.FONTS}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}" + theme.stylesheet()
    )
