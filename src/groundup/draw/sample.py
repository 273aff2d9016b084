"""A function of one number, as the points of its curve: nan where the curve has a gap.

Takes functions of arrays and functions of single numbers alike, finds where a curve jumps or ends, and spends its
points where the curve bends. Knows nothing of pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .layers import DrawError

Array = NDArray[np.float64]
COUNT = 400  # points before refining
ROUNDS = 30  # halvings of a step in which something happens: 2**-30 of a step is far below a pixel
MOST_STEEP = 60  # steps looked into, the steepest first
MOST_JUMPS = 40  # more than these are noise, and noise is joined up


def sampled(f: Callable[[Any], Any], low: float, high: float, *, log: bool = False) -> tuple[Array, Array]:
    """xs and ys of f over [low, high]; ys is nan between the two sides of a jump and where f is undefined."""
    xs = np.geomspace(low, high, COUNT + 1) if log else np.linspace(low, high, COUNT + 1)
    with np.errstate(all="ignore"):
        call = _caller(f, xs)
        ys = call(xs)
        if np.isnan(ys).all():
            _defined_somewhere(f, xs)
        return _parted(call, *_to_the_edges(call, xs, ys))


def _caller(f: Callable[[Any], Any], xs: Array) -> Callable[[Array], Array]:
    """f as a function of arrays: as it is, if it agrees with itself on single numbers; else number by number."""
    name = _name(f)
    probes = xs[:: len(xs) // 3]
    try:
        whole = np.asarray(f(probes.copy()))
        if whole.shape not in ((), probes.shape):
            return lambda xs: _one_by_one(f, xs, name)
        got, want = np.broadcast_to(_real(whole), probes.shape), _one_by_one(f, probes, name)
        agrees = np.allclose(got, want, equal_nan=True, rtol=1e-6)
    except Exception:  # the function may raise whatever it likes when it meets an array
        agrees = False
    if not agrees:
        return lambda xs: _one_by_one(f, xs, name)

    def call(xs: Array) -> Array:
        return np.array(np.broadcast_to(_real(np.asarray(f(xs.copy()))), xs.shape))

    return call


def _one_by_one(f: Callable[[Any], Any], xs: Array, name: str) -> Array:
    ys = np.full(len(xs), np.nan)
    for i, x in enumerate(xs):
        try:
            y = f(float(x))
        except (ValueError, ArithmeticError):  # outside its domain
            continue
        try:
            ys[i] = _real(np.asarray("" if y is None else y)).item()  # NumPy would take None for nan
        except (TypeError, ValueError):
            raise DrawError(f"{name}({x:g}) returned {_kind(y)}, which is no height: let it return a number.") from None
    return ys


def _defined_somewhere(f: Callable[[Any], Any], xs: Array) -> None:
    """Raise what f raised, if that is why there is nothing to draw."""
    try:
        f(float(xs[len(xs) // 2]))
    except (ValueError, ArithmeticError) as error:
        raise DrawError(
            f"{_name(f)} raised {type(error).__name__} ({error}) at every x from {xs[0]:g} to {xs[-1]:g}: "
            "draw it where it is defined."
        ) from error


def _name(f: Callable[[Any], Any]) -> str:
    name = getattr(f, "__name__", "")
    return "the function" if name in ("", "<lambda>") else name


def _real(values: Any) -> Array:
    """As floats; what is infinite or complex counts as undefined, for a curve has no room for it."""
    if np.iscomplexobj(values):
        values = np.where(values.imag == 0, values.real, np.nan)
    values = values.astype(float)
    return np.where(np.isfinite(values), values, np.nan)


def _kind(value: Any) -> str:
    return "None" if value is None else "..." if value is ... else f"a {type(value).__name__}"


def _to_the_edges(call: Callable[[Array], Array], xs: Array, ys: Array) -> tuple[Array, Array]:
    """Where f stops being defined between two points, the last x at which it still is."""
    fine = np.isfinite(ys)
    at = np.flatnonzero(fine[:-1] != fine[1:])
    if not len(at) or len(at) > MOST_JUMPS:
        return xs, ys
    inside, outside = np.where(fine[at], xs[at], xs[at + 1]), np.where(fine[at], xs[at + 1], xs[at])
    height = np.where(fine[at], ys[at], ys[at + 1])
    for _ in range(ROUNDS):
        middle = (inside + outside) / 2
        there = call(middle)
        good = np.isfinite(there)
        inside, outside = np.where(good, middle, inside), np.where(good, outside, middle)
        height = np.where(good, there, height)
    return _merged([(xs, ys), (inside, height)])


def _parted(call: Callable[[Array], Array], xs: Array, ys: Array) -> tuple[Array, Array]:
    """The steepest steps halved until each shows itself as a slope or as a jump; a gap is left in each jump."""
    step = np.abs(np.diff(ys))
    fine = np.isfinite(step)
    if not fine.any():
        return xs, ys
    low, high = np.percentile(ys[np.isfinite(ys)], [5, 95])
    steep = max((high - low) / 50, 4 * float(np.median(step[fine])), 1e-12 * max(abs(low), abs(high)))
    at = np.flatnonzero(fine & (step > steep))
    at = np.sort(at[np.argsort(step[at], kind="stable")[-MOST_STEEP:]])
    left, right, before, after = xs[at], xs[at + 1], ys[at], ys[at + 1]
    rise = np.abs(after - before)
    seen: list[tuple[Array, Array]] = [(xs, ys)]
    for _ in range(ROUNDS):
        if not len(left):
            break
        middle = (left + right) / 2
        there = call(middle)
        seen.append((middle, there))
        # follow the half that rises most: a slope shares its rise among ever smaller parts, a jump keeps it
        first = ~(np.abs(after - there) > np.abs(there - before))
        left, right = np.where(first, left, middle), np.where(first, middle, right)
        before, after = np.where(first, before, there), np.where(first, there, after)
        kept = ~(np.abs(after - before) < rise / 4)
        left, right, before, after, rise = left[kept], right[kept], before[kept], after[kept], rise[kept]
    if len(left) <= MOST_JUMPS:
        seen.append(((left + right) / 2, np.full(len(left), np.nan)))
    return _merged(seen)


def _merged(parts: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    xs, ys = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(xs, kind="stable")
    return xs[order], ys[order]


def typical(xs: Array, ys: Array) -> Array:
    """The heights that a picture should show: all of them, unless a few near a pole dwarf the rest."""
    fine = np.isfinite(ys)
    heights = ys[fine]
    if len(heights) < 50:
        return heights
    order = np.argsort(heights)
    share = np.cumsum(np.abs(np.gradient(xs[fine]))[order])  # a point counts for the stretch of x it stands for
    low, high = (heights[order][np.searchsorted(share, part * share[-1])] for part in (0.03, 0.97))
    if heights.max() - heights.min() <= 5 * (high - low) or low == high:
        return heights
    return heights[(heights >= low) & (heights <= high)]
