"""The colours, dashes and markers of the one visual language, and how a page's theme reaches a picture.

The series colours differ in lightness as well as hue, for at one lightness the colour-blind cannot tell six apart:
found by search so that any two stay 9 hundredths apart in OKLab under full protanopia, deuteranopia and tritanopia as
Machado, Oliveira and Fernandes (2009) simulate them, while each can carry text on its page. Knows no shapes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal["ink", "quiet", "axis", "grid", "paper", "0", "1", "2", "3", "4", "5"]
ROLES: tuple[Role, ...] = get_args(Role)
SERIES: tuple[Role, ...] = ("0", "1", "2", "3", "4", "5")

LIGHT: dict[Role, str] = {
    "ink": "#1f1f1f",
    "quiet": "#666666",
    "axis": "#8a8a8a",
    "grid": "#e0e0e0",
    "paper": "#ffffff",
    "0": "#0840ad",  # blue
    "1": "#c43d00",  # vermilion
    "2": "#077d72",  # teal
    "3": "#71105b",  # plum
    "4": "#474000",  # olive
    "5": "#8750d4",  # violet
}
DARK: dict[Role, str] = {
    "ink": "#f2f2f2",
    "quiet": "#b3b3b3",
    "axis": "#8a8a8a",
    "grid": "#424242",
    "paper": "#111111",
    "0": "#559aff",
    "1": "#f5692f",
    "2": "#54eebf",
    "3": "#d590b6",
    "4": "#f0e04a",
    "5": "#bcb2ff",
}
# What the page itself says, where it says anything: JupyterLab first, then VS Code, then ours
PAGE: dict[Role, tuple[str, ...]] = {
    "ink": ("--jp-content-font-color1", "--vscode-editor-foreground"),
    "quiet": ("--jp-content-font-color2",),
    "grid": ("--jp-border-color2",),
    "paper": ("--jp-layout-color0", "--vscode-editor-background"),
}
# The second channel, for eyes and printers that do not tell the colours apart: lengths of dash and gap in pixels
DASHES: dict[Role, tuple[float, ...]] = {
    "0": (),
    "1": (11, 3.5),
    "2": (9, 3.5, 2, 3.5),
    "3": (6, 3),
    "4": (2, 2.5),
    "5": (9, 3, 2, 3, 2, 3),
}
LOOSE = (5.0, 4.5)  # what dashed=True means, whatever the colour
MARKERS: dict[Role, str] = {
    "0": "disc",
    "1": "square",
    "2": "triangle",
    "3": "diamond",
    "4": "triangle down",
    "5": "ring",
    "quiet": "disc",
}

FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,"DejaVu Sans",sans-serif'
ROOT = "groundup-draw"

_LETTERS = "text{stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}"
_DARK_PAGES = (
    'body[data-jp-theme-light="false"]',
    "body.vscode-dark",
    "body.vscode-high-contrast:not(.vscode-high-contrast-light)",
    'body[data-theme="dark"]',
)
_SILENT = 'body:not([data-jp-theme-light],[data-theme="light"],[data-theme="dark"],[class*="vscode-"])'


def series(index: int) -> Role:
    """The role of the series colour with this index; past the last, they begin again."""
    return SERIES[index % len(SERIES)]


def still_stylesheet(roles: Iterable[Role]) -> str:
    """The rules for a picture within an <img>, where a page's own rules do not reach: these roles only."""
    used: list[Role] = sorted({*roles, "paper"})
    paint = "".join(f".s-{role}{{stroke:var(--{role})}}.f-{role}{{fill:var(--{role})}}" for role in used)
    light, dark = ("".join(f"--{role}:{of[role]};" for role in used) for of in (LIGHT, DARK))
    return (
        f"svg{{{light}background:var(--paper);font-family:{FONTS}}}{_LETTERS}{paint}"
        f"@media(prefers-color-scheme:dark){{svg{{{dark}}}}}"
    )


def stylesheet() -> str:
    """The rules for every picture on a page. They are the same for each, so meeting them twice does no harm.

    A page that says nothing of its theme gets what its reader's system prefers, on a card of its own.
    """
    dark = ",".join(f"{page} .{ROOT}" for page in _DARK_PAGES)
    svg = f".{ROOT} svg"
    paint = "".join(
        f"{svg} .s-{role}{{stroke:var(--gu-{role})}}{svg} .f-{role}{{fill:var(--gu-{role})}}" for role in ROLES
    )
    return (
        f".{ROOT}{{{_variables(LIGHT)}color:var(--gu-ink);width:fit-content;max-width:100%;"
        f"font-family:var(--jp-content-font-family,{FONTS})}}"
        f"{dark}{{{_variables(DARK)}color-scheme:dark}}"
        f"@media(prefers-color-scheme:dark){{{_SILENT} .{ROOT}{{{_variables(DARK)}color-scheme:dark}}}}"
        f"{_SILENT} .{ROOT}{{background:var(--gu-paper)}}"
        f"{svg}{{display:block;max-width:100%;height:auto}}"
        f"{svg} {_LETTERS.replace('--', '--gu-')}"
        f".{ROOT}>.{ROOT}-still{{display:none}}.{ROOT}>.{ROOT}-live{{display:block!important}}"
        f".{ROOT} input:focus-visible{{outline:2px solid var(--gu-0);outline-offset:5px;border-radius:2px}}"
        f"{paint}"
    )


def _variables(colours: dict[Role, str]) -> str:
    return "".join(f"--gu-{role}:{_from_page(role, colour)};" for role, colour in colours.items())


def _from_page(role: Role, colour: str) -> str:
    for name in reversed(PAGE.get(role, ())):
        colour = f"var({name},{colour})"
    return colour
