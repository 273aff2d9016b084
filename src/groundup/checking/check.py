"""Run one exercise against one object and say what happened. Knows nothing of notebooks, databases or colour."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ..differs import Chain, as_numpy, differs, is_array, unequal
from ..exercise import Exercise, Mistake
from ..finding import Contrast, Finding, Report, Verdict
from ..mistakes.universal import universal_mistakes
from ..show import show, show_pair
from . import pristine
from .begun import is_untouched
from .child import Died, can_fork, in_child
from .diagnose import findings
from .trial import Failure, Outcome, Tick, Trial, alike, attempts, failures, steps, trial, wanted

FEW = 4  # values before the first wrong one that are still named
LEAST = 0.5  # seconds that a known mistake has to do what was done: some of them never end
GRACE = 1.0  # seconds beyond an exercise's limit before its process is ended from outside
CHILD = "in a process of its own, ended at its limit of time and memory"
HERE = "in this process: endless loops of Python are stopped, a crash is not"


def check(
    exercise: Exercise, obj: Any, *, isolate: bool = True, watching: Callable[[Tick], None] = lambda _: None
) -> Report:
    """What happens when the exercise meets this object, a function or class of the learner's.

    With `isolate`, in a forked child where there is fork; `watching` is told how far a training run has come.
    Raises KeyboardInterrupt if the learner interrupts it.
    """
    pristine.remember()
    began = time.perf_counter()
    apart = isolate and can_fork()
    report = refusal(exercise, obj)
    if report is None and apart:
        with pristine.kept():
            steps(exercise)  # drawn and put into words once, here, and not anew in every child

        def hearing(told: Any) -> float:
            if isinstance(told, Tick):
                watching(told)
            return exercise.limit if isinstance(told, Report) else 0.0  # the verdict is safe: time to explain it

        work = partial(examine, exercise, obj)
        answer = in_child(work, seconds=exercise.limit + GRACE, hearing=hearing)
        report = _of_the_dead(exercise, answer) if isinstance(answer, Died) else answer
    elif report is None:
        report = examine(exercise, obj, lambda told: watching(told) if isinstance(told, Tick) else None)
    return replace(report, seconds=time.perf_counter() - began, protection=CHILD if apart else HERE)


def refusal(exercise: Exercise, obj: Any) -> Report | None:
    """Why there is nothing to check in this object, or None."""
    name, wants_class = exercise.name, isinstance(exercise.reference, type)
    if obj is exercise.reference:
        return Report(name, Verdict.UNKNOWN, f"This {name} is the course's own: run the cell with yours first.")
    if isinstance(obj, type) != wants_class:
        wanted, found = ("a class", "not one") if wants_class else ("a function", "a class")
        return Report(name, Verdict.WRONG, f"{name} should be {wanted} and is {found}.")
    if not callable(obj):
        return Report(name, Verdict.WRONG, f"{name} should be something to call, and is {show(obj)}.")
    if is_untouched(exercise, obj):
        return Report(name, Verdict.NOT_STARTED, f"{name} is not started yet: its body is still empty.")
    return None


def examine(exercise: Exercise, obj: Any, progress: Callable[[Any], None] = lambda _: None) -> Report:
    """Try the object in this process; tells `progress` of each step, and of the verdict before it is explained."""
    want = wanted(exercise)
    got = trial(exercise, obj, starting=lambda step: progress(step.text), ticking=_seldom(progress))
    failing = plainest_first(exercise, failures(exercise, got, want))
    if not failing:
        return _passed(exercise, got)
    report = _failed(exercise, failing, len(want.outcomes))
    progress(report)
    known, also = recognise(exercise, got), list[Finding]()
    silent = [f for f in failing if f.want.how == "raised" and f.got.how == "returned"]
    if known is None and 0 < len(silent) < len(failing):
        known, also = recognise(exercise, got, besides=silent), list(findings(exercise, silent, obj, most=1))
    if known is not None:
        because = known.because.name if known.because else ""
        return replace(report, mistake=known.name, because=because, findings=(_as_finding(known), *also))
    if report.verdict is Verdict.TIMED_OUT:
        return report
    return replace(report, findings=findings(exercise, failing, obj))


def plainest_first(exercise: Exercise, failing: list[Failure]) -> list[Failure]:
    """The failures with the one to show in front: the lesson's first example if it fails, else the smallest call.

    Calls come before scripts and those before properties; a call with an empty argument comes after the others, and an
    exception that was to be raised comes last. Scripts and properties keep the order of the lesson, which goes from the
    plain to the involved, however long they are.
    """
    ranks = {"call": 0, "script": 1, "property": 2}
    example = next(iter(steps(exercise)), None)

    def plainness(failure: Failure) -> tuple[bool, int, bool, bool, int]:
        step = failure.step
        return (
            failure.want.how == "raised",
            ranks[step.kind],
            step is not example,
            any(map(_is_empty, failure.want.arguments)),
            len(step.text) * (step.kind == "call"),
        )

    return sorted(failing, key=plainness)


def _is_empty(given: Any) -> bool:
    return not given.shape[0] if is_array(given) else type(given) in (list, tuple, dict, str) and not given


def _seldom(progress: Callable[[Any], None]) -> Callable[[Tick], None]:
    """Pass a training run's steps on, twenty times a second at most."""
    last = 0.0

    def ticking(tick: Tick) -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= 0.05:
            last = now
            progress(tick)

    return ticking


def recognise(
    exercise: Exercise, got: Trial, *, besides: Sequence[Failure] = (), tried: Mapping[Mistake, Trial] | None = None
) -> Mistake | None:
    """The known mistake that did exactly what this trial did, step by step; the lesson's own mistakes come first.

    What went wrong `besides`, such as an exception that was not raised, is left out of the comparison: a slip is the
    same slip with and without it. Mistakes that were `tried` before are compared with that, and not run again.
    """
    left_out = {id(f.step) for f in besides}  # steps hold arrays, which cannot be compared with ==
    compared = [id(step) not in left_out for step in steps(exercise)]
    allowed = LEAST if _timed_out(got) else max(LEAST, 5 * got.seconds)
    return next(
        (
            mistake
            for mistake in (*exercise.mistakes, *universal_mistakes(exercise))
            if _matches(exercise, mistake, got, allowed, compared, (tried or {}).get(mistake))
        ),
        None,
    )


def _matches(
    exercise: Exercise, known: Mistake, got: Trial, seconds: float, compared: list[bool], before: Trial | None
) -> bool:
    theirs: Iterable[Outcome]
    if before is not None:
        theirs = before.outcomes
    else:
        theirs = (outcome for _, outcome in attempts(exercise, known.program, seconds=seconds))
    pairs = zip(got.outcomes, theirs, compared, strict=False)
    return all(alike(exercise, mine, outcome) for mine, outcome, counts in pairs if counts)


def _timed_out(got: Trial) -> bool:
    return bool(got.outcomes) and got.outcomes[-1].how == "timed out"


def _passed(exercise: Exercise, got: Trial) -> Report:
    calls = sum(step.kind != "property" for step in steps(exercise))
    says = tuple(prop.says for prop in exercise.properties)
    parts = [f"{_count(calls, 'call agrees', 'calls agree')} with the reference"] if calls else []
    parts += [_count(len(says), "property holds", "properties hold")] if says else []
    warned = next((outcome.warned[0] for outcome in got.outcomes if outcome.warned), "")
    notes = (f"NumPy warned on the way: {warned}.",) if warned else ()
    headline = f"{exercise.name}: {' and '.join(parts)}."
    return Report(exercise.name, Verdict.PASSED, headline, tried=says, notes=notes, history=_history(got.outcomes))


def _history(outcomes: Iterable[Outcome]) -> dict[str, list[float]]:
    """What the last training run logged."""
    return next((outcome.history for outcome in reversed(list(outcomes)) if outcome.history), {})


def _failed(exercise: Exercise, failing: list[Failure], total: int) -> Report:
    """The report of the plainest failing step, without an explanation yet."""
    least = failing[0]
    verdict = {"raised": Verdict.CRASHED, "timed out": Verdict.TIMED_OUT}.get(least.got.how, Verdict.WRONG)
    if least.want.how == least.got.how:
        verdict = Verdict.WRONG
    which = "This one" if len(failing) == 1 else "One of them"
    headline = {
        Verdict.WRONG: f"{exercise.name} is not right yet: {len(failing)} of {total} tries differ. {which}:",
        Verdict.CRASHED: f"{exercise.name} raised {getattr(least.got.value, '__name__', 'an exception')}.",
        Verdict.TIMED_OUT: f"{exercise.name} was still running after {exercise.limit:g} s and was stopped.",
    }[verdict]
    return Report(
        exercise.name,
        verdict,
        headline,
        contrast=_contrast(exercise, least),
        place=least.got.place,
        printed=least.got.printed[:600],
        picture=least.got.picture,
        history=_history(failure.got for failure in failing),
    )


def _contrast(exercise: Exercise, failure: Failure) -> Contrast:
    """You called … → it returned … → expected … for one failing step."""
    got, want = failure.got, failure.want
    if failure.step.kind == "property" and got.how == "broke":
        last = got.contrast or Contrast("", "", "")
        return Contrast(last.called, last.returned, failure.step.text, got.words, states=True)
    if got.how == want.how == "returned" and not differs(got.value, want.value, exercise.rtol, exercise.atol):
        fine = "its values are right" if type(want.value) is Chain else "what it returns is right"
        return Contrast(failure.step.text, "", "", f"{fine}, but {failure.reason}")
    if got.how == want.how == "returned" and type(want.value) is type(got.value) is Chain:
        return _first_link(exercise, failure.step.text, got.value, want.value)
    if got.how == want.how == "returned":
        returned, expected = show_pair(got.value, want.value, _first_difference(got.value, want.value))
        same = returned == expected and "\n" in returned  # they differ in kind
        return Contrast(failure.step.text, returned, "the same numbers" if same else expected, failure.reason)
    states = failure.step.kind == "property"
    called, expected = ("", failure.step.text) if states else (failure.step.text, _words(want))
    return Contrast(called, _words(got), expected, raised=got.how == "raised", states=states)


def _first_link(exercise: Exercise, text: str, got: Chain, want: Chain) -> Contrast:
    """The first wrong value of a chain, by its name; those before it are right and are said to be."""
    index, reason = got.first_gap(want, exercise.rtol, exercise.atol)
    name, expected = want.values[index]
    returned, wanted = show_pair(got.values[index][1], expected, _first_difference(got.values[index][1], expected))
    earlier = ", ".join(earlier for earlier, _ in want.values[:index])
    before = f"right so far: {earlier}; " if 0 < index <= FEW else f"the {index} before it are right; " if index else ""
    difference = f"{before}the first to go wrong is {name}: {reason}"
    return Contrast(text, f"{name} = {returned}", f"{name} = {wanted}", difference)


def _words(outcome: Outcome) -> str:
    if outcome.how == "raised":
        return f"{outcome.value.__name__}: {outcome.words}" if outcome.words else outcome.value.__name__
    if type(outcome.value) is Chain:
        return ", ".join(f"{name} = {show(value, width=24)}" for name, value in outcome.value.values[:3])
    return {"timed out": "no answer yet", "held": "", "broke": outcome.words}.get(outcome.how, show(outcome.value))


def _first_difference(got: Any, want: Any) -> tuple[int, ...] | None:
    """Index of the first entry that differs, for two arrays of one shape."""
    if not (is_array(got) and is_array(want) and tuple(got.shape) == tuple(want.shape)):
        return None
    wrong = np.argwhere(unequal(as_numpy(got), as_numpy(want), 1e-9, 1e-12))
    return tuple(int(i) for i in wrong[0]) if len(wrong) else None


def _as_finding(known: Mistake) -> Finding:
    """A mistake's feedback, its question apart from its facts."""
    facts, _, question = known.feedback.rpartition(". ")
    return Finding(f"{facts}.", "", question) if facts and question.endswith("?") else Finding(known.feedback)


def _of_the_dead(exercise: Exercise, died: Died) -> Report:
    """The report on a child that gave no answer: what it had said last, and how it ended."""
    if isinstance(died.last, Report):
        return died.last
    last = f"step {died.last.step} of {died.last.steps}" if isinstance(died.last, Tick) else str(died.last or "")
    name, called = exercise.name, Contrast(last, "no answer", "")
    if died.how == "timed out":
        headline = f"{name} was still running after {exercise.limit:g} s, inside a single operation, and was stopped."
        return Report(name, Verdict.TIMED_OUT, headline, contrast=called)
    if died.how == "signal":
        headline = f"{name} took the Python interpreter down with it ({died.detail}); your notebook is as it was."
    else:
        headline = f"{name} ended the Python process it ran in ({died.detail}); your notebook is as it was."
    return Report(name, Verdict.CRASHED, headline, contrast=called)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
