"""One axis: its range, its scale, and the numbers that stand along it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Any

import numpy as np

from .layers import DrawError
from .scene import Array
from .words import SUPERSCRIPT, number


@dataclass(frozen=True)
class Axis:
    low: float
    high: float
    log: bool = False

    def place(self, values: Any) -> Array:
        """Where values stand, from 0 at the low end to 1 at the high end; nan where there is no such place."""
        values = np.asarray(values, dtype=float)
        low, high = self.low, self.high
        with np.errstate(all="ignore"):
            if self.log:
                values = np.log10(np.where(values > 0, values, np.nan))
                low, high = log10(low), log10(high)
            placed = (values - low) / (high - low)
        return np.clip(np.where(np.isfinite(placed), placed, np.nan), -1e4, 1e4)

    @property
    def has_zero(self) -> bool:
        return not self.log and self.low <= 0 <= self.high

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """At most about `most` round values within the range, and how each is written."""
        return self._decades(most) if self.log else self._even(most)

    def _even(self, most: int) -> list[tuple[float, str]]:
        from matplotlib.ticker import MaxNLocator

        values = MaxNLocator(max(most, 2), steps=[1, 2, 5, 10]).tick_values(self.low, self.high)
        slack = 1e-9 * (self.high - self.low)
        step = values[1] - values[0]
        inside = [
            0.0 if abs(v) < step / 1e6 else float(v) for v in values if self.low - slack <= v <= self.high + slack
        ]
        digits = max((floor(log10(abs(v))) for v in inside if v), default=0) - floor(log10(step)) + 2
        return [(value, number(value, digits)) for value in inside]

    def _decades(self, most: int) -> list[tuple[float, str]]:
        first, last = ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9)
        if last - first < 1:  # less than two powers of ten: 1, 2 and 5 of each
            powers = range(first - 1, last + 1)
            values = [front * 10.0**power for power in powers for front in (1, 2, 5)]
            inside = [value for value in values if self.low * (1 - 1e-9) <= value <= self.high * (1 + 1e-9)]
            return [(value, number(value)) for value in inside] if len(inside) > 2 else self._even(most)
        stride = max(1, ceil((last - first) / most))
        powers = range(first + (-first) % stride, last + 1, stride)
        plain = first >= -2 and last <= 3
        return [(10.0**p, number(10.0**p) if plain or p == 0 else f"10{str(p).translate(SUPERSCRIPT)}") for p in powers]


def given(name: str, limits: Any, log: bool) -> Axis:
    """The axis from what the author wrote, as x=(0, 3)."""
    try:
        low, high = (float(value) for value in limits)
    except (TypeError, ValueError):
        raise DrawError(f"{name}={limits!r} is no range: write the two ends, as in {name}=(0, 3).") from None
    if not (isfinite(low) and isfinite(high) and low < high):
        raise DrawError(f"{name}=({low:g}, {high:g}) is no range: the first end must be below the second.")
    if log and low <= 0:
        raise DrawError(f"{name}=({low:g}, {high:g}) reaches {low:g}, which a log axis cannot show: begin above zero.")
    return Axis(low, high, log)


def around(values: Array, log: bool, room: float) -> Axis:
    """An axis that shows all of these values, with some room at either end."""
    values = values[np.isfinite(values) & ((values > 0) | (not log))]
    if not len(values):
        return Axis(0.1, 10, True) if log else Axis(-1, 1)
    low, high = float(values.min()), float(values.max())
    if log:
        spread = max(log10(high) - log10(low), 0.5)
        return Axis(10 ** (log10(low) - room * spread), 10 ** (log10(high) + room * spread), True)
    spread = high - low or abs(high) or 1.0
    if 0 < low < 0.2 * spread:
        low = 0.0
    if -0.2 * spread < high < 0:
        high = 0.0
    return Axis(low - room * spread, high + room * spread)
