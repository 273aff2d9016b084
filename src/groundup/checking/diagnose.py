"""What can be seen in a failing trial when no known mistake explains it: findings, in words.

Each look is a function of the failures that returns a Finding or None; they are asked in order, from the surest to the
vaguest. Knows no notebook and no colour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from ..differs import as_numpy, is_array, is_scalar
from ..exercise import Case, Exercise
from ..finding import Finding
from ..show import kind_of, show
from .begun import unfinished
from .crashes import explained
from .learner import is_read, names_read, parameter_names
from .numbers import OF_NUMBERS, agree, arrays, nothing_but_zero, same
from .trial import Failure, Step, attempt, steps, wanted

Look = Callable[[list[Failure]], Finding | None]


def findings(exercise: Exercise, failing: list[Failure], obj: Any, most: int = 2) -> tuple[Finding, ...]:
    """At most so many things that stand out, the surest first; () where nothing does.

    What is said of one call is said of the first of `failing`, the one that is shown; a pattern must run through all
    that fail in the same way. An answer that never comes back is all there is to say.
    """
    kin = [f for f in failing if f.want.how == failing[0].want.how]
    if lost := still_empty(exercise, obj) or printed(kin) or nothing(kin[:1]):
        return (lost,)
    looks: Iterable[Look] = (
        moved_random,
        lambda failing: unknown_name(exercise, failing),
        lambda failing: crashed(failing, getattr(obj, "__name__", "")),
        *OF_ONE,
        lambda _: names_from_elsewhere(obj),
        *((lambda failing, look=look: _of_some(look(failing), exercise, failing)) for look in OF_NUMBERS),
        lambda failing: ignored_argument(exercise, failing, obj),
    )
    found: list[Finding] = []
    for look in looks:
        finding = look(kin[:1] if look in OF_ONE else kin) if len(found) < most else None
        if finding and finding not in found:
            found.append(finding)
    return tuple(found)


def still_empty(exercise: Exercise, obj: Any) -> Finding | None:
    """The methods that nobody has written yet: a class is written one after the other, and checked on the way."""
    names = [f"`{name}`" for name in unfinished(exercise, obj)]
    if not names:
        return None
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    seen = f"Not written yet: {listed}."
    return Finding(seen, "A method without a body gives None.", "Does the try that is shown need one of them?")


def printed(failing: list[Failure]) -> Finding | None:
    if not all(_returned(f) and f.got.value is None and f.got.printed.strip() for f in failing):
        return None
    return Finding(
        "It prints its answer and returns None.",
        "A printed value is gone once it is on the screen; only a returned one can be used by the next line.",
        "What would `return` in place of `print` do?",
    )


def nothing(failing: list[Failure]) -> Finding | None:
    if not any(_returned(f) and f.got.value is None is not f.want.value for f in failing):
        return None
    return Finding(
        "It returns None.", "A function that ends without `return` gives None.", "Is there a `return` on every path?"
    )


def wrong_kind(failing: list[Failure]) -> Finding | None:
    for f in failing:
        if not (_returned(f) and f.want.how == "returned") or f.got.value is None:
            continue
        got, want = kind_of(f.got.value), kind_of(f.want.value)
        values = f.got.value, f.want.value
        if got == want or all(map(is_scalar, values)) or all(type(value) in (list, tuple) for value in values):
            continue
        if is_scalar(f.got.value) and is_array(f.want.value):
            return _one_number(tuple(f.want.value.shape))
        if type(f.want.value) is tuple and _one_of_several(f.got.value, f.want.value):
            return Finding(
                f"{len(f.want.value)} answers are asked for, in a tuple; one is returned.",
                "`return a, b` makes a tuple of two.",
                "Which of them is there, and what else do the words ask for?",
            )
        meaning = {
            "a generator": "A generator has computed nothing yet.",
            "a function": "A function that is named but not called is returned as itself.",
            "a list": "A list is not an array: `+` joins lists, and adds arrays.",
        }.get(got, "")
        return Finding(f"It returns {got} where {want} is expected.", meaning, f"Which line makes {got} of it?")
    return None


def _one_of_several(got: Any, want: tuple[Any, ...]) -> bool:
    """Whether one answer stands where several are due; an array with a row for each of them holds them all."""
    if len(want) < 2 or not (is_scalar(got) or is_array(got)):
        return False
    sizes = [tuple(getattr(each, "shape", ())) for each in want]
    return is_scalar(got) or len(set(sizes)) > 1 or tuple(got.shape) != (len(want), *sizes[0])


def crashed(failing: list[Failure], own: str) -> Finding | None:
    """What Python meant by the exception of the call that is shown."""
    first = failing[0]
    return explained(first.got.words, own) if first.got.how == "raised" and first.want.how != "raised" else None


def unknown_name(exercise: Exercise, failing: list[Failure]) -> Finding | None:
    """A name that an inner function of the reference receives, used where nobody has given it a value yet."""
    told = re.fullmatch(r"name '(\w+)' is not defined.*", failing[0].got.words or "")
    if failing[0].got.how != "raised" or told is None:
        return None
    name = told[1]
    if name in _inner_parameters(getattr(exercise.reference, "__code__", None)):
        return Finding(
            f"Nobody has given `{name}` a value yet.",
            f"It comes when the function that you return is called: `{name}` is that function's own argument.",
            f"Which inner `def` has `{name}` between its brackets?",
        )
    return Finding(
        f"Nothing gives `{name}` a value.",
        "It is no argument, no line before this one assigns it, and no cell that has run defines it.",
        "Is it spelt as where it was made, or is a step missing?",
    )


def _inner_parameters(code: CodeType | None) -> set[str]:
    """The arguments of the functions that are defined inside a function."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)] if code else []
    return {name for each in inner for name in each.co_varnames[: each.co_argcount]}.union(
        *map(_inner_parameters, inner)
    )


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
    """An argument handed back as it came; one that was made into the right answer in place is another matter."""
    if same(failing[0].got.value, failing[0].want.value):
        return None
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
            printed_it = name in f.got.printed
            return Finding(
                f"It returns {show(f.got.value, width=40)} where it is asked to raise {name}.",
                f"Printing is not raising: only `raise {name}(…)` stops the function."
                if printed_it
                else "An answer that cannot be right is found later, and farther away, than an error.",
                f"For which arguments do the words ask for {name}?",
            )
    return None


def shape(failing: list[Failure]) -> Finding | None:
    for got, want in arrays(failing, same_shape=False):
        if got.shape == want.shape:
            continue
        if got.shape == want.shape[::-1]:
            return Finding(f"Its shape is {got.shape} and should be {want.shape}: rows and columns are exchanged.")
        if got.ndim == want.ndim in (1, 2) and got.shape[1:] == want.shape[1:] and abs(len(got) - len(want)) == 1:
            return _one_off(got, want, "row" if got.ndim == 2 else "entry")
        if got.ndim != want.ndim:
            if got.ndim == 0:
                return _one_number(want.shape)
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
            return _one_off(np.asarray(got, dtype=object), np.asarray(want, dtype=object), "entry")
    return None


def _one_number(wanted_shape: tuple[int, ...]) -> Finding:
    seen = f"It is one number and should be an array of shape {wanted_shape}."
    return Finding(seen, "", "Which argument has that shape, and where would the answer take it from?")


def _one_off(got: np.ndarray, want: np.ndarray, part: str) -> Finding:
    """A sequence that is one entry, or one row, too long or too short, and at which end."""
    longer, shorter = (got, want) if len(got) > len(want) else (want, got)
    word = f"one {part} too many" if len(got) > len(want) else f"one {part} too few"
    ends = [end for end, rest in (("the first", longer[1:]), ("the last", longer[:-1])) if agree(rest, shorter)]
    where = f", {ends[0]}" if len(ends) == 1 else ""
    return Finding(f"It has {word}{where}.", "", "Where does the loop or the slice begin, and where does it end?")


def dtype(failing: list[Failure]) -> Finding | None:
    for got, want in arrays(failing):
        if got.dtype != want.dtype and agree(got.astype(float), want.astype(float), rtol=1e-4):
            return Finding(
                f"The values are right but their dtype is {got.dtype} and should be {want.dtype}.",
                "Integers lose what stands behind the point; float32 keeps about seven digits, float64 sixteen.",
                "Which array was made first, and of what?",
            )
        if got.dtype.kind in "iu" and want.dtype.kind == "f" and agree(got, np.trunc(want)):
            return Finding(
                "What stands behind the point is cut off.",
                "Assigning a float into an array of integers keeps the whole part only.",
                "What is the dtype of the array that you fill?",
            )
    return None


def not_finite(failing: list[Failure]) -> Finding | None:
    for got, want in arrays(failing):
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


def ignored_argument(exercise: Exercise, failing: list[Failure], obj: Any) -> Finding | None:
    """An argument whose value, exchanged for another case's, never changes the learner's answer.

    Of a yes or no nothing follows from that, and of a crash neither. Where all that comes back is 0, what was read may
    have cancelled: then an argument is ignored only if no line reads it.
    """
    if failing[0].got.how == "raised" or isinstance(failing[0].want.value, bool | np.bool_):
        return None
    nought = nothing_but_zero(failing) is not None
    calls = [step.probe for step in steps(exercise) if isinstance(step.probe, Case) and not step.probe.kwargs]
    for index, name in enumerate(parameter_names(obj, max((len(call.args) for call in calls), default=0))):
        if nought and is_read(obj, name):
            continue
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
    if any(outcome.how != "returned" for outcome in (*mine, *theirs)) or same(theirs[0].value, theirs[1].value):
        return None
    return same(mine[0].value, mine[1].value)


OF_ONE: tuple[Look, ...] = (wrong_kind, should_raise, gave_back, changed, shape, dtype, not_finite)


def _of_some(found: Finding | None, exercise: Exercise, failing: list[Failure]) -> Finding | None:
    """What is said of every number, said of the wrong ones alone where another call gives numbers that are right."""
    if found is None:
        return None
    wrong = {id(f.step) for f in failing}  # steps hold arrays, which cannot be compared with ==
    outcomes = zip(steps(exercise), wanted(exercise).outcomes, strict=False)
    right = [out.value for step, out in outcomes if out.how == "returned" and id(step) not in wrong]
    if not any(np.any(as_numpy(value)) for value in right if is_array(value) or is_scalar(value)):
        return found
    return replace(found, seen=found.seen.replace("Every number", "Every number that is wrong"))


def _returned(failure: Failure) -> bool:
    return failure.got.how == "returned"
