"""Numbers and words as they stand in a picture, and how much room they take.

Widths are those of DejaVu Sans, wider than what most browsers choose, so what fits here fits there.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import floor, log10
from typing import Any

THIN = "\u202f"  # a narrow space that no line breaks at, between thousands
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
TICK, LABEL, TITLE = 12.0, 13.0, 15.0  # sizes in pixels


def number(value: float, digits: int = 4) -> str:
    """A number for people: a true minus, powers of ten above, no more digits than asked for."""
    if value != value or value in (float("inf"), float("-inf")):
        return {"nan": "nan", "inf": "∞", "-inf": "−∞"}[repr(float(value))]
    if value == 0:
        return "0"
    size = floor(log10(abs(value)))
    if -4 <= size < max(7, min(digits, 10)):
        text = f"{value:,.{max(digits - 1 - size, 0)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(",", THIN if size >= 4 else "").replace("-", "−")
    front = f"{value / 10.0**size:.{digits - 1}f}".rstrip("0").rstrip(".")
    power = "10" + str(size).translate(SUPERSCRIPT)
    if front in ("1", "-1"):
        return front.replace("1", "").replace("-", "−") + power
    return front.replace("-", "−") + "·" + power


@lru_cache(maxsize=4096)
def is_maths(text: str) -> bool:
    """Whether a text holds a formula between dollars that matplotlib can set; what it cannot is shown as it stands."""
    if text.count("$") - text.count(r"\$") not in range(2, 99, 2):
        return False
    from matplotlib.textpath import text_to_path

    try:
        text_to_path.mathtext_parser.parse(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line of text, in pixels."""
    from matplotlib.textpath import text_to_path

    return float(text_to_path.get_text_width_height_descent(text, font(size, bold), is_maths(text))[0]) if text else 0.0


@cache
def font(size: float, bold: bool = False) -> Any:
    """The font that widths are taken from and PNGs are painted with; it comes with matplotlib."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family="DejaVu Sans", weight="bold" if bold else "normal", size=size, math_fontfamily="dejavusans"
    )
