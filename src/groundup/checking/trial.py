"""Run everything an exercise asks of one object, in this process, and say what came of each step.

A step is one call, one script or one property; its outcome is plain data that two runs can be compared by.
Knows nothing of verdicts, wording for learners, processes or notebooks.
"""

from __future__ import annotations

import copy
import inspect
import io
import re
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import numpy as np

from ..differs import Chain, Incomparable, differs, is_contiguous, share_memory
from ..exercise import Case, Cases, Exercise, Pictured, Property, Scenario, Training, Vectorised
from ..finding import Contrast, Place
from ..show import show, show_call
from ..source import body_of
from . import chance, pristine
from .alarm import TimedOut, alarm
from .crashes import known_as
from .learner import learners_place, message_of, parameter_names, raised_by, watch
from .threads import one_thread

PRINTED = 2_000  # characters of output that are kept


@dataclass(frozen=True)
class Step:
    """One thing to do with the learner's object: `kind` is 'call', 'script' or 'property'."""

    kind: str
    text: str  # the call, the script or the property, as it is shown
    probe: Case | Scenario | Property


@dataclass(frozen=True)
class Outcome:
    """What one step did. `how` is 'returned', 'raised', 'timed out', 'held' or 'broke'."""

    how: str
    value: Any = None  # what was returned; for an exception its class
    arguments: tuple[Any, ...] = ()  # the arguments of a call, as the call left them
    changed: tuple[str, ...] = ()  # which of them it changed
    gave_back: str = ""  # the argument that was returned itself
    moved_random: bool = False  # it drew from, or seeded, the global random state
    shares: tuple[str, ...] = ()  # the arguments whose memory the result shares
    contiguous: bool = True  # whether the result's entries lie in order
    words: str = ""  # an exception's message, or why a property broke
    place: Place | None = None  # the learner's own line, where it raised or was interrupted
    contrast: Contrast | None = None  # the last call that a broken property made
    picture: str = ""  # of what broke it, as HTML
    history: dict[str, list[float]] = field(default_factory=dict)  # what a training run logged
    printed: str = ""
    warned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trial:
    """The outcomes of an exercise's steps, in their order; shorter than the steps if one timed out."""

    outcomes: Sequence[Outcome]
    seconds: float = 0.0


class Unfolding(Sequence[Outcome]):
    """The outcomes of attempts, each of which is made when it is first looked at."""

    def __init__(self, tried: Iterator[tuple[Step, Outcome]]) -> None:
        self._tried = tried
        self._made: list[Outcome] = []

    def __getitem__(self, index: Any) -> Any:
        wanted = index if index >= 0 else index + len(self)
        while wanted >= len(self._made):
            try:
                self._made.append(next(self._tried)[1])
            except StopIteration:
                raise IndexError(f"there are {len(self._made)} outcomes and no number {index}") from None
        return self._made[wanted]

    def __len__(self) -> int:
        self._made += [outcome for _, outcome in self._tried]
        return len(self._made)


@dataclass(frozen=True)
class Tick:
    """How far a training run has come."""

    step: int
    steps: int
    values: dict[str, float]


@dataclass
class Log:
    """What a training run calls after each step: `log(step, loss)` or `log(step, loss=…, accuracy=…)`."""

    steps: int = 0
    ticking: Callable[[Tick], None] | None = None
    history: dict[str, list[float]] = field(default_factory=dict)

    def __call__(self, step: int, loss: Any = None, **values: Any) -> None:
        """Keep the values of this step, as floats. Raises TypeError for what is no number."""
        named = values if loss is None else {"loss": loss, **values}
        row = {name: float(value) for name, value in named.items()}
        for name, value in row.items():
            self.history.setdefault(name, []).append(value)
        if self.ticking is not None:
            self.ticking(Tick(int(step), self.steps, row))


@dataclass
class _Tape(io.TextIOBase):
    """A place to print to that keeps the beginning and counts the rest."""

    kept: list[str] = field(default_factory=list)
    room: int = PRINTED

    def write(self, text: str) -> int:
        if self.room > 0:
            self.kept.append(str.__getitem__(text, slice(0, self.room)))
            self.room -= len(self.kept[-1])
        return len(text)

    def read_back(self) -> str:
        return "".join(self.kept) + ("…" if self.room <= 0 else "")


def steps(exercise: Exercise) -> tuple[Step, ...]:
    """Every call, script and property of an exercise, drawn cases included, in the order they are tried."""
    return _steps(exercise, len(exercise.probes), len(exercise.properties))


@lru_cache(maxsize=512)
def _steps(exercise: Exercise, _probes: int, _properties: int) -> tuple[Step, ...]:
    found: list[Step] = []
    for probe in exercise.probes:
        if isinstance(probe, Cases):
            drawn = (probe.draw(np.random.default_rng(seed)) for seed in range(probe.count))
            found += [_call_step(exercise, Case(tuple(args), {})) for args in drawn]
        elif isinstance(probe, Case):
            found.append(_call_step(exercise, probe))
        else:
            found.append(Step("script", body_of(probe.run), probe))
    return (*found, *(Step("property", prop.says, prop) for prop in exercise.properties))


def trial(
    exercise: Exercise,
    obj: Any,
    *,
    seconds: float | None = None,
    starting: Callable[[Step], None] | None = None,
    ticking: Callable[[Tick], None] | None = None,
) -> Trial:
    """Try every step of the exercise with `obj`; stops early only where time runs out.

    `seconds` is for the whole trial (default: the exercise's limit); `starting` is told of each step before it runs,
    `ticking` of each step of a training run.
    """
    began = time.perf_counter()
    tried = attempts(exercise, obj, seconds=seconds, starting=starting, ticking=ticking)
    pristine.remember()
    with pristine.kept(), chance.kept():  # in this order: a learner may have put something else in place of a generator
        outcomes = tuple(outcome for _, outcome in tried)
    return Trial(outcomes, time.perf_counter() - began)


def wanted(exercise: Exercise) -> Trial:
    """What the reference does; that its properties hold is `verify`'s business, and is not run again here."""
    kept = (attempt(step, exercise.reference, exercise.limit) for step in steps(exercise) if step.kind != "property")
    pristine.remember()
    with pristine.kept(), chance.kept():
        return Trial((*kept, *(Outcome("held") for _ in exercise.properties)))


def attempts(
    exercise: Exercise,
    obj: Any,
    *,
    seconds: float | None = None,
    starting: Callable[[Step], None] | None = None,
    ticking: Callable[[Tick], None] | None = None,
) -> Iterator[tuple[Step, Outcome]]:
    """The steps of a trial one by one, for those who may stop early; `seconds` of the clock for all together."""
    left = exercise.limit if seconds is None else seconds
    pristine.remember()
    with pristine.kept():
        for step in steps(exercise):
            if starting is not None:
                starting(step)
            began = time.monotonic()
            outcome = attempt(step, obj, max(left, 0.01), ticking)
            left -= time.monotonic() - began
            yield step, outcome
            if outcome.how == "timed out":
                return


def gap(exercise: Exercise, got: Outcome, want: Outcome) -> str:
    """Why one outcome is not the other, in a clause; "" if the two agree."""
    if got.how != want.how:
        return f"it {_did(got)} and should have {_did(want)}"
    if got.how == "raised":
        return "" if issubclass(got.value, want.value) else f"it {_did(got)} and should have {_did(want)}"
    if got.how != "returned":
        return ""
    reason = differs(got.value, want.value, exercise.rtol, exercise.atol)
    if reason:
        return reason
    if exercise.memory and (reason := _laid_out(got, want)):
        return reason
    if got.changed != want.changed:
        names = " and ".join(got.changed)
        return f"it changed its argument {names}" if got.changed else "its argument should be changed"
    for mine, theirs in zip(got.arguments, want.arguments, strict=False) if want.changed else ():
        reason = _quietly_differs(mine, theirs, exercise.rtol, exercise.atol)
        if reason:
            return f"the argument is left wrong: {reason}"
    if got.moved_random != want.moved_random:
        return "it used the global random state" if got.moved_random else "it did not use the global random state"
    return ""


@dataclass(frozen=True)
class Failure:
    """A step where an object differs from the reference, and how."""

    step: Step
    got: Outcome
    want: Outcome
    reason: str


def failures(exercise: Exercise, got: Trial, want: Trial) -> list[Failure]:
    """The steps on which a trial differs from the reference's; [] means that it passes."""
    reached = zip(steps(exercise), got.outcomes, want.outcomes, strict=False)
    return [Failure(step, a, b, reason) for step, a, b in reached if (reason := gap(exercise, a, b))]


def _laid_out(got: Outcome, want: Outcome) -> str:
    """How two results of one value differ in where their entries lie."""
    if got.shares != want.shares and got.shares:
        return f"it shares the memory of {' and '.join(got.shares)} and should be a copy"
    if got.shares != want.shares:
        return f"it is a copy and should share the memory of {' and '.join(want.shares)}"
    if got.contiguous != want.contiguous:
        return "its entries should lie in memory in order" if want.contiguous else "its entries should not be copied"
    return ""


def first_gap(exercise: Exercise, obj: Any, want: Trial, *, seconds: float | None = None) -> str:
    """The first way in which an object differs from a trial, "" if in none; runs no further than it must."""
    pristine.remember()
    with pristine.kept(), chance.kept():
        return gap_between(exercise, Trial(Unfolding(attempts(exercise, obj, seconds=seconds))), want)


def gap_between(exercise: Exercise, got: Trial, want: Trial) -> str:
    """The first way in which one trial differs from another, "" if in none; looks no further than it must."""
    pairs = zip(got.outcomes, want.outcomes, strict=False)
    return next((reason for mine, wanted in pairs if (reason := gap(exercise, mine, wanted))), "")


def same_behaviour(exercise: Exercise, one: Trial, other: Trial) -> bool:
    """True if the two trials agree on every step that both reached, and reached the same."""
    pairs = zip_longest(one.outcomes, other.outcomes)
    return all(a is not None and b is not None and alike(exercise, a, b) for a, b in pairs)


PYTHONS_OWN = (TypeError, AttributeError)  # their messages are Python's, and say what went wrong


def alike(exercise: Exercise, one: Outcome, other: Outcome) -> bool:
    """True if two wrong programs did the same here, be it that one gives 5 and the other 5.0, or in Python's words.

    A ValueError may be a program's own or NumPy's, of shapes or of an `if`: where we know what its message means, the
    other must mean that too.
    """
    if one.how == other.how == "raised":
        if one.value in PYTHONS_OWN and _message(one) != _message(other):
            return False
        if one.words != other.words and known_as(one.words) != known_as(other.words):
            return False
    try:
        return not gap(exercise, one, other) or not gap(exercise, other, one)
    except Incomparable:  # both may return what no reference would
        return type(one.value) is type(other.value)


def _message(outcome: Outcome) -> str:
    """An exception's message without the names that a program may choose: 'f() takes 2 …' as '() takes 2 …'."""
    return re.sub(r"[\w.<>]+\(\)|'[^']*' referenced", "()", outcome.words)


def attempt(step: Step, obj: Any, seconds: float, ticking: Callable[[Tick], None] | None = None) -> Outcome:
    """Take one step with one object, within so many seconds, and put the world back as it was."""
    tape, log = _Tape(), Log(getattr(step.probe, "steps", 0), ticking)
    quiet = redirect_stdout(tape), redirect_stderr(_Tape()), np.errstate(all="warn", under="ignore")
    with chance.kept(), quiet[0], quiet[1], quiet[2], warnings.catch_warnings(record=True) as recorded:
        warnings.simplefilter("always")
        seeded = chance.seed()
        with one_thread():
            outcome = _perform(step, obj, seconds, log, seeded)
    warned = tuple(dict.fromkeys(str(w.message)[:200] for w in recorded[:20] if issubclass(w.category, RuntimeWarning)))
    return Outcome(**{**outcome, "printed": tape.read_back(), "warned": warned, "history": log.history})


def _perform(step: Step, obj: Any, seconds: float, log: Log, seeded: chance.Chance) -> dict[str, Any]:
    """The fields of the outcome that the step itself decides."""
    args, kwargs = _copied(step.probe) if isinstance(step.probe, Case) else ((), {})
    watched, calls = watch(obj)
    outcome: dict[str, Any]
    try:
        with alarm(seconds):
            if isinstance(step.probe, Case):
                outcome = {"how": "returned", "value": obj(*args, **kwargs)}
            elif isinstance(step.probe, Scenario):
                outcome = {"how": "returned", "value": _played(step.probe, obj)}
            else:
                given = (watched, log) if isinstance(step.probe, Training) else (watched,)
                test = step.probe.test
                test(*(*given, np.random.default_rng(0))[: test.__code__.co_argcount])
                outcome = {"how": "held"}
        pristine.restore()
    except BaseException as error:
        pristine.restore()
        outcome = _failure(step, obj, error, calls)
    if outcome["how"] == "returned":
        named = dict(zip(parameter_names(obj, len(args)), args, strict=True)) | kwargs
        value = outcome["value"]
        outcome["gave_back"] = next((name for name, arg in named.items() if _is_it(value, arg)), "")
        outcome["shares"] = tuple(name for name, arg in named.items() if share_memory(value, arg))
        outcome["contiguous"] = is_contiguous(value)
        outcome["value"] = still(value)
        outcome["moved_random"] = not seeded.same_as(chance.now())
    if isinstance(step.probe, Case):
        left = dict(zip(parameter_names(obj, len(args)), args, strict=True)) | kwargs
        fresh = dict(zip(left, step.probe.args, strict=False)) | dict(step.probe.kwargs)
        outcome["arguments"] = tuple(left.values())
        outcome["changed"] = tuple(name for name in left if _quietly_differs(left[name], fresh[name], 0.0, 0.0))
    return outcome


def _played(script: Scenario, obj: Any) -> Any:
    """What a script returns; of one that yields (name, value) pairs, the chain of them."""
    if inspect.isgeneratorfunction(script.run):
        return Chain(tuple((name, still(value)) for name, value in script.run(obj)))
    return script.run(obj)


def _failure(step: Step, obj: Any, error: BaseException, calls: list[tuple[Any, ...]]) -> dict[str, Any]:
    """What an exception means for a step: broken, raised, or out of time."""
    place = learners_place(error.__traceback__, obj)
    if isinstance(error, TimedOut):
        return {"how": "timed out", "place": place}
    if step.kind == "property" and type(error) in (AssertionError, Pictured) and not raised_by(error, obj):
        name = getattr(obj, "__name__", "it")
        shown = calls and not isinstance(step.probe, Vectorised)  # where steps are counted, no number is wrong
        last = Contrast(show_call(name, calls[-1][0], calls[-1][1]), show(calls[-1][2]), "") if shown else None
        drawn = error.picture if isinstance(error, Pictured) else ""
        return {"how": "broke", "words": message_of(error), "contrast": last, "picture": drawn}
    return {"how": "raised", "value": type(error), "words": message_of(error), "place": place}


def still(value: Any, depth: int = 6) -> Any:
    """A copy of plain containers and arrays, so that a later call cannot change what an earlier one returned."""
    if type(value) is np.ndarray:
        return value.copy()
    if depth and type(value) in (list, tuple) and len(value) <= 10_000:
        return type(value)(still(entry, depth - 1) for entry in value)
    if depth and type(value) is dict and len(value) <= 10_000:
        return {key: still(entry, depth - 1) for key, entry in value.items()}
    if type(value).__module__ == "torch" and hasattr(value, "detach"):
        return (
            value.detach().clone().requires_grad_(value.requires_grad) if value.is_floating_point() else value.clone()
        )
    return value


def _copied(probe: Case) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return tuple(copy.deepcopy(arg) for arg in probe.args), {
        key: copy.deepcopy(arg) for key, arg in probe.kwargs.items()
    }


def _call_step(exercise: Exercise, probe: Case) -> Step:
    return Step("call", show_call(exercise.name, probe.args, dict(probe.kwargs)), probe)


def _did(outcome: Outcome) -> str:
    words = {"held": "held", "broke": "broken", "timed out": "taken too long", "returned": "returned a value"}
    return f"raised {outcome.value.__name__}" if outcome.how == "raised" else words[outcome.how]


def _is_it(value: Any, arg: Any) -> bool:
    return value is arg and type(arg) in (np.ndarray, list, dict, set)


def _quietly_differs(got: Any, want: Any, rtol: float, atol: float) -> str:
    try:
        return differs(got, want, rtol, atol)
    except Incomparable:
        return ""
