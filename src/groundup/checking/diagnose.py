"""What can be seen in a failing trial when no known mistake explains it: findings, in words.

Each look is a function of the failures that returns a Finding or None; they are asked in order, from the surest to the
vaguest. Knows no notebook and no colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from types import FunctionType
from typing import Any

import numpy as np

from ..differs import as_numpy, differs, is_array, is_scalar, unequal
from ..exercise import Case, Exercise
from ..finding import Finding
from ..show import kind_of, show
from .crashes import explained
from .learner import names_read, parameter_names
from .trial import Failure, Step, attempt, steps

Look = Callable[[list[Failure]], Finding | None]


def findings(exercise: Exercise, failing: list[Failure], obj: Any, most: int = 2) -> tuple[Finding, ...]:
    """At most so many things that stand out, the surest first; () where nothing does.

    What is said of one call is said of the first of `failing`, the one that is shown; a pattern must run through all
    that fail in the same way.
    """
    kin = [f for f in failing if f.want.how == failing[0].want.how]
    looks: Iterable[Look] = (
        *OF_ALL,
        *OF_ONE,
        lambda _: names_from_elsewhere(obj),
        *OF_NUMBERS,
        lambda failing: ignored_argument(exercise, failing, obj),
    )
    seen = (finding for look in looks if (finding := look(kin[:1] if look in OF_ONE else kin)))
    return tuple(finding for finding, _ in zip(seen, range(most), strict=False))


def printed(failing: list[Failure]) -> Finding | None:
    if not all(_returned(f) and f.got.value is None and f.got.printed.strip() for f in failing):
        return None
    return Finding(
        "It prints its answer and returns None.",
        "A printed value is gone once it is on the screen; only a returned one can be used by the next line.",
        "What would `return` in place of `print` do?",
    )


def nothing(failing: list[Failure]) -> Finding | None:
    if printed(failing) or not any(_returned(f) and f.got.value is None is not f.want.value for f in failing):
        return None
    return Finding(
        "It returns None.", "A function that ends without `return` gives None.", "Is there a `return` on every path?"
    )


def wrong_kind(failing: list[Failure]) -> Finding | None:
    for f in failing:
        if not (_returned(f) and f.want.how == "returned") or f.got.value is None:
            continue
        got, want = kind_of(f.got.value), kind_of(f.want.value)
        if got == want or (is_scalar(f.got.value) and is_scalar(f.want.value)):
            continue
        meaning = {
            "a generator": "A generator has computed nothing yet.",
            "a function": "A function that is named but not called is returned as itself.",
            "a list": "A list is not an array: `+` joins lists, and adds arrays.",
        }.get(got, "")
        return Finding(f"It returns {got} where {want} is expected.", meaning, f"Which line makes {got} of it?")
    return None


def crashed(failing: list[Failure]) -> Finding | None:
    """What Python meant by the exception of the call that is shown."""
    first = failing[0]
    return explained(first.got.words) if first.got.how == "raised" and first.want.how != "raised" else None


def names_from_elsewhere(obj: Any) -> Finding | None:
    """Numbers, lists and arrays of the notebook that the learner's code reads though they are not its arguments."""
    functions = (
        [obj] if isinstance(obj, FunctionType) else [f for f in vars(obj).values() if isinstance(f, FunctionType)]
    )
    data = (bool, int, float, complex, str, list, tuple, dict, set, np.ndarray)
    found = {
        name
        for function in functions
        for name in names_read(function.__code__)
        if type(function.__globals__.get(name)) in data and not name.startswith("__")
    }
    if not found:
        return None
    listed = " and ".join(f"`{name}`" for name in sorted(found))
    return Finding(
        f"It reads {listed} from elsewhere in the notebook.",
        "What is not among a function's arguments has whatever value some other cell gave it.",
        "Is that the value that you meant?",
    )


def gave_back(failing: list[Failure]) -> Finding | None:
    names = {f.got.gave_back for f in failing}
    if len(names) != 1 or not (name := names.pop()):
        return None
    return Finding(f"It returns `{name}` itself, not something computed from it.", "", "Which line holds the result?")


def changed(failing: list[Failure]) -> Finding | None:
    for f in failing:
        if f.got.changed and not f.want.changed:
            return Finding(
                f"It changes its argument `{f.got.changed[0]}`.",
                "The caller's own data is different: `a[0] = …`, `+=`, `.sort()` and `.pop()` work in place.",
                "Where could a copy be made first?",
            )
    return None


def moved_random(failing: list[Failure]) -> Finding | None:
    if not any(f.got.moved_random and not f.want.moved_random for f in failing):
        return None
    return Finding(
        "It draws from, or seeds, the random state that the whole program shares.",
        "Another part of the program then gets other numbers than it would without this call.",
        "Which generator was it given to draw from?",
    )


def should_raise(failing: list[Failure]) -> Finding | None:
    for f in failing:
        if f.want.how == "raised" and _returned(f):
            name = f.want.value.__name__
            return Finding(
                f"It returns {show(f.got.value, width=40)} where it is asked to raise {name}.",
                "An answer that cannot be right is found later, and farther away, than an error.",
                f"For which arguments do the words ask for {name}?",
            )
    return None


def shape(failing: list[Failure]) -> Finding | None:
    for got, want in _arrays(failing, same_shape=False):
        if got.shape == want.shape:
            continue
        if got.shape == want.shape[::-1]:
            return Finding(f"Its shape is {got.shape} and should be {want.shape}: rows and columns are exchanged.")
        if got.ndim == want.ndim == 1 and abs(got.size - want.size) == 1:
            return _one_off(got, want)
        if got.ndim != want.ndim:
            count = {1: "one axis", 2: "two axes"}.get(abs(got.ndim - want.ndim), f"{abs(got.ndim - want.ndim)} axes")
            word = f"{count} too many" if got.ndim > want.ndim else f"{count} too few"
            return Finding(
                f"Its shape is {got.shape} and should be {want.shape}: {word}.",
                "A sum or mean over an axis removes it; indexing with a number removes it; `keepdims=True` keeps it.",
            )
        return Finding(f"Its shape is {got.shape} and should be {want.shape}.", "", "Which size should stand where?")
    for f in failing:
        got, want = f.got.value, f.want.value
        if type(got) in (list, tuple) and type(want) in (list, tuple) and abs(len(got) - len(want)) == 1:
            return _one_off(np.asarray(got, dtype=object), np.asarray(want, dtype=object))
    return None


def _one_off(got: np.ndarray, want: np.ndarray) -> Finding:
    """A sequence that is one entry too long or too short, and at which end."""
    longer, shorter = (got, want) if got.size > want.size else (want, got)
    word = "one entry too many" if got.size > want.size else "one entry too few"
    ends = [end for end, part in (("the first", longer[1:]), ("the last", longer[:-1])) if _agree(part, shorter)]
    where = f", {ends[0]}" if len(ends) == 1 else ""
    return Finding(f"It has {word}{where}.", "", "Where does the loop or the slice begin, and where does it end?")


def dtype(failing: list[Failure]) -> Finding | None:
    for got, want in _arrays(failing):
        if got.dtype != want.dtype and _agree(got.astype(float), want.astype(float), rtol=1e-4):
            return Finding(
                f"The values are right but their dtype is {got.dtype} and should be {want.dtype}.",
                "Integers lose what stands behind the point; float32 keeps about seven digits, float64 sixteen.",
                "Which array was made first, and of what?",
            )
        if got.dtype.kind in "iu" and want.dtype.kind == "f" and _agree(got, np.trunc(want)):
            return Finding(
                "What stands behind the point is cut off.",
                "Assigning a float into an array of integers keeps the whole part only.",
                "What is the dtype of the array that you fill?",
            )
    return None


def not_finite(failing: list[Failure]) -> Finding | None:
    for got, want in _arrays(failing):
        bad = ~np.isfinite(got) & np.isfinite(want)
        if bad.any():
            first = tuple(int(i) for i in np.argwhere(bad)[0]) if got.ndim else ()
            what = "NaN" if np.isnan(got[first]) else "infinity"
            where = f" at {list(first)}" if first else ""
            meaning = (
                "NaN comes from 0/0, inf − inf, 0·inf, or the log or root of a negative number."
                if what == "NaN"
                else "Infinity comes from a division by zero, a log of zero, or a number too large to be kept."
            )
            return Finding(
                f"There is {what}{where} where a finite number should be.", meaning, "Which step meets it first?"
            )
    return None


def factor(failing: list[Failure]) -> Finding | None:
    """Every number is the right one times the same constant (−1 is a sign)."""
    got, want = _numbers(failing)
    used = np.abs(want) > 1e-9
    if used.sum() < 2 or np.ptp(np.abs(want[used])) == 0 or np.any(np.abs(got[~used]) > 1e-6):
        return None
    ratios = got[used] / want[used]
    ratio = float(np.median(ratios))
    if not _agree(ratios, np.full(ratios.shape, ratio), rtol=1e-5) or abs(ratio - 1) < 1e-6 or abs(ratio) < 1e-9:
        return None
    if abs(ratio + 1) < 1e-6:
        return Finding("Every number has the wrong sign.", "", "Which difference is taken the wrong way round?")
    return Finding(
        f"Every number is {_constant(ratio)} times what it should be.", "", "Where does that factor enter or get lost?"
    )


def offset(failing: list[Failure]) -> Finding | None:
    got, want = _numbers(failing)
    if got.size < 2 or np.ptp(want) == 0:
        return None
    shift = float(np.median(got - want))
    if abs(shift) < 1e-9 or not _agree(got - want, np.full(got.shape, shift), rtol=1e-6):
        return None
    how = "more" if shift > 0 else "less"
    return Finding(
        f"Every number is {_constant(abs(shift))} {how} than it should be.", "", "Which term is added twice, or never?"
    )


def reciprocal(failing: list[Failure]) -> Finding | None:
    got, want = _numbers(failing)
    if got.size < 2 or np.any(np.abs(want) < 1e-12) or _agree(np.abs(want), np.ones(want.shape)):
        return None
    if _agree(got * want, np.ones(got.shape), rtol=1e-6):
        return Finding("Every number is one over what it should be.", "", "What is divided by what?")
    return None


def rearranged(failing: list[Failure]) -> Finding | None:
    """The right entries in another order: reversed, shifted, transposed, sorted."""
    pairs = [(g, w) for g, w in _arrays(failing) if g.size > 1]
    if not pairs or len(pairs) < sum(1 for f in failing if f.step.kind != "property"):
        return None
    if all(_agree(g, w) for g, w in pairs):  # they differ by less than can be told apart here
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
        if all(_agree(g, order(w)) for g, w in pairs):
            return Finding(f"The entries are right but {words}.", "", "Which index runs the other way?")
    shifts = [
        all(_agree(g[..., 1:], w[..., :-1]) for g, w in pairs),
        all(_agree(g[..., :-1], w[..., 1:]) for g, w in pairs),
    ]
    if any(shifts) and min(g.shape[-1] for g, _ in pairs) > 2:
        side = "right" if shifts[0] else "left"
        return Finding(f"The entries stand one place too far to the {side}.", "", "Where does the index start?")
    if all(_agree(np.sort(g, axis=None), np.sort(w, axis=None)) for g, w in pairs):
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


def ignored_argument(exercise: Exercise, failing: list[Failure], obj: Any) -> Finding | None:
    """An argument whose value, exchanged for another case's, never changes the learner's answer."""
    calls = [step.probe for step in steps(exercise) if isinstance(step.probe, Case) and not step.probe.kwargs]
    for index, name in enumerate(parameter_names(obj, max((len(call.args) for call in calls), default=0))):
        verdicts = [_is_ignored(obj, exercise.reference, one, other, index) for one, other in pairwise(calls[:6])]
        if (told := [verdict for verdict in verdicts if verdict is not None]) and all(told):
            return Finding(f"The answer does not depend on `{name}`.", "", f"Where should `{name}` come in?")
    return None


def _is_ignored(obj: Any, reference: Any, one: Case, other: Case, index: int) -> bool | None:
    """Whether only the reference notices that one argument is exchanged; None where that cannot be told."""
    if index >= min(len(one.args), len(other.args)):
        return None
    exchanged = Case((*one.args[:index], other.args[index], *one.args[index + 1 :]), {})
    mine, theirs = (
        [attempt(Step("call", "", call), who, 0.1) for call in (one, exchanged)] for who in (obj, reference)
    )
    if any(outcome.how != "returned" for outcome in (*mine, *theirs)) or _same(theirs[0].value, theirs[1].value):
        return None
    return _same(mine[0].value, mine[1].value)


def _same(one: Any, other: Any) -> bool:
    try:
        return not differs(one, other)
    except TypeError:
        return False


OF_ALL: tuple[Look, ...] = (printed, nothing, moved_random)
OF_ONE: tuple[Look, ...] = (crashed, wrong_kind, should_raise, gave_back, changed, shape, dtype, not_finite)
OF_NUMBERS: tuple[Look, ...] = (factor, rearranged, offset, reciprocal, nearly)


def _returned(failure: Failure) -> bool:
    return failure.got.how == "returned"


def _arrays(failing: list[Failure], same_shape: bool = True) -> list[tuple[np.ndarray, np.ndarray]]:
    """The pairs (got, wanted) that are both numbers or arrays of numbers."""
    pairs = []
    for f in failing:
        if not (_returned(f) and f.want.how == "returned"):
            continue
        if all(is_array(value) or is_scalar(value) for value in (f.got.value, f.want.value)):
            got, want = as_numpy(f.got.value), as_numpy(f.want.value)
            if got.dtype.kind in "biuf" and want.dtype.kind in "biuf" and (got.shape == want.shape or not same_shape):
                pairs.append((got, want))
    return pairs


def _numbers(failing: list[Failure]) -> tuple[np.ndarray, np.ndarray]:
    """All numbers of all failing calls, got and wanted, each in one row; empty if some call gave anything else."""
    pairs = _arrays(failing)
    if not pairs or len(pairs) < sum(1 for f in failing if f.step.kind != "property"):
        return np.empty(0), np.empty(0)
    got, want = (np.concatenate([np.ravel(pair[side]).astype(float) for pair in pairs]) for side in (0, 1))
    finite = np.isfinite(got) & np.isfinite(want)
    return (got, want) if finite.all() else (np.empty(0), np.empty(0))


def _agree(got: np.ndarray, want: np.ndarray, rtol: float = 1e-7) -> bool:
    if got.shape != want.shape:
        return False
    if got.dtype == object or want.dtype == object:
        return all(_same(a, b) for a, b in zip(got.flat, want.flat, strict=True))
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
    named = {
        np.pi: "π",
        180 / np.pi: "180/π",
        np.pi / 180: "π/180",
        np.log(2): "ln 2",
        1 / np.log(2): "1/ln 2",
        np.e: "e",
    }
    for known, name in named.items():
        if abs(value - known) < 1e-6 * known:
            return name
    if abs(value - round(value)) < 1e-6 * abs(value):
        return str(round(value))
    if abs(1 / value - round(1 / value)) < 1e-6 * abs(1 / value):
        return f"1/{round(1 / value)}"
    return f"{value:.4g}"
