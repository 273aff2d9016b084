"""What the numbers of a failing trial have in common: a factor, an offset, another order.

Each look is a function of the failures that returns a Finding or None. Knows nothing of the exercise they belong to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..differs import as_numpy, differs, is_array, is_scalar, unequal
from ..finding import Finding
from .trial import Failure


def factor(failing: list[Failure]) -> Finding | None:
    """Every number is the right one times the same constant (−1 is a sign)."""
    got, want = _numbers(failing)
    used = np.abs(want) > 1e-9
    if used.sum() < 2 or np.ptp(np.abs(want[used])) == 0 or np.any(np.abs(got[~used]) > 1e-6):
        return None
    ratios = got[used] / want[used]
    ratio = float(np.median(ratios))
    if not agree(ratios, np.full(ratios.shape, ratio), rtol=1e-5) or abs(ratio - 1) < 1e-6 or abs(ratio) < 1e-9:
        return None
    if abs(ratio + 1) < 1e-6:
        return Finding("Every number has the opposite sign.", "", "Which difference is taken the wrong way round?")
    return Finding(
        f"Every number is {_constant(ratio)} times what it should be.", "", "Where does that factor enter or get lost?"
    )


def nothing_but_zero(failing: list[Failure]) -> Finding | None:
    """Every number is 0, where at least two should not be; of a yes or no that says nothing."""
    got, want = _numbers(failing)
    if got.size < 2 or np.any(got) or np.count_nonzero(np.abs(want) > 1e-9) < 2:
        return None
    if any(side.dtype == bool for pair in arrays(failing) for side in pair):
        return None
    return Finding("Every number is 0.", "", "Which difference is of two equal things, or which factor is 0?")


def offset(failing: list[Failure]) -> Finding | None:
    got, want = _numbers(failing)
    if got.size < 2 or np.ptp(want) == 0:
        return None
    shift = float(np.median(got - want))
    if abs(shift) < 1e-9 or not agree(got - want, np.full(got.shape, shift), rtol=1e-6):
        return None
    how = "more" if shift > 0 else "less"
    return Finding(
        f"Every number is {_constant(abs(shift))} {how} than it should be.", "", "Which term is added twice, or never?"
    )


def reciprocal(failing: list[Failure]) -> Finding | None:
    got, want = _numbers(failing)
    if got.size < 2 or np.any(np.abs(want) < 1e-12) or agree(np.abs(want), np.ones(want.shape)):
        return None
    if agree(got * want, np.ones(got.shape), rtol=1e-6):
        return Finding("Every number is one over what it should be.", "", "What is divided by what?")
    return None


def rearranged(failing: list[Failure]) -> Finding | None:
    """The right entries in another order: reversed, shifted, transposed, sorted."""
    pairs = [(g, w) for g, w in arrays(failing) if g.size > 1]
    if not pairs or len(pairs) < sum(1 for f in failing if f.step.kind != "property"):
        return None
    if all(agree(g, w) for g, w in pairs):  # they differ by less than can be told apart here
        return None
    orders: list[tuple[str, Callable[[np.ndarray], np.ndarray]]] = [
        ("in reversed order", lambda a: np.flip(a, 0)),
        ("transposed: rows and columns are exchanged", lambda a: a.T),
        ("reversed along the last axis", lambda a: np.flip(a, -1)),
        ("shifted by one place to the right", lambda a: np.roll(a, 1, -1)),
        ("shifted by one place to the left", lambda a: np.roll(a, -1, -1)),
        ("in sorted order", lambda a: np.sort(a, axis=-1)),
    ]
    for words, order in orders:
        if all(agree(g, order(w)) for g, w in pairs):
            return Finding(f"The entries are right but {words}.", "", "Which index runs the other way?")
    shifts = [
        all(agree(g[..., 1:], w[..., :-1]) for g, w in pairs),
        all(agree(g[..., :-1], w[..., 1:]) for g, w in pairs),
    ]
    if any(shifts) and min(g.shape[-1] for g, _ in pairs) > 2:
        side = "right" if shifts[0] else "left"
        return Finding(f"The entries stand one place too far to the {side}.", "", "Where does the index start?")
    if all(agree(np.sort(g, axis=None), np.sort(w, axis=None)) for g, w in pairs):
        return Finding("The entries are right but stand in other places.", "", "Which entry went where?")
    return None


def nearly(failing: list[Failure]) -> Finding | None:
    got, want = _numbers(failing)
    finite = np.isfinite(got) & np.isfinite(want) & (np.abs(want) > 1e-12)
    if not finite.any() or finite.sum() < got.size:
        return None
    error = float(np.max(np.abs(got - want) / np.abs(want)))
    if 0 < error < 1e-3:
        return Finding(
            f"The answer is close: off by a factor of at most {error:.1g} of itself.",
            "That is more than rounding in float64 explains, which leaves about 1e-16.",
            "What does your method leave out?",
        )
    return None


OF_NUMBERS = (factor, nothing_but_zero, rearranged, offset, reciprocal, nearly)


def arrays(failing: list[Failure], same_shape: bool = True) -> list[tuple[np.ndarray, np.ndarray]]:
    """The pairs (got, wanted) that are both numbers or arrays of numbers."""
    pairs = []
    for f in failing:
        if not f.got.how == f.want.how == "returned":
            continue
        if all(is_array(value) or is_scalar(value) for value in (f.got.value, f.want.value)):
            got, want = as_numpy(f.got.value), as_numpy(f.want.value)
            if got.dtype.kind in "biuf" and want.dtype.kind in "biuf" and (got.shape == want.shape or not same_shape):
                pairs.append((got, want))
    return pairs


def _numbers(failing: list[Failure]) -> tuple[np.ndarray, np.ndarray]:
    """All numbers of all failing calls, got and wanted, each in one row; empty if some call gave anything else."""
    pairs = arrays(failing)
    if not pairs or len(pairs) < sum(1 for f in failing if f.step.kind != "property"):
        return np.empty(0), np.empty(0)
    got, want = (np.concatenate([np.ravel(pair[side]).astype(float) for pair in pairs]) for side in (0, 1))
    finite = np.isfinite(got) & np.isfinite(want)
    return (got, want) if finite.all() else (np.empty(0), np.empty(0))


def agree(got: np.ndarray, want: np.ndarray, rtol: float = 1e-7) -> bool:
    if got.shape != want.shape:
        return False
    if got.dtype == object or want.dtype == object:
        return all(same(a, b) for a, b in zip(got.flat, want.flat, strict=True))
    return not unequal(got, want, rtol, 1e-12).any()


_NAMED = {
    float(np.pi): "π",
    float(180 / np.pi): "180/π",
    float(np.pi / 180): "π/180",
    float(np.log(2)): "ln 2",
    float(1 / np.log(2)): "1/ln 2",
    float(np.e): "e",
}


def _constant(value: float) -> str:
    """A number by the name that one would look for: 2, 1/3, ln 2, π/180."""
    for known, name in _NAMED.items():
        if abs(value - known) < 1e-6 * known:
            return name
    if abs(value - round(value)) < 1e-6 * abs(value):
        return str(round(value))
    if abs(1 / value - round(1 / value)) < 1e-6 * abs(1 / value):
        return f"1/{round(1 / value)}"
    return f"{value:.4g}"


def same(one: Any, other: Any) -> bool:
    try:
        return not differs(one, other)
    except TypeError:
        return False
