"""One exercise against all that is known to be right and wrong: its reference, starter, mistakes and mutants.

Knows nothing of the words around it, of notebooks, or of how a row is shown.
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from ..checking import chance
from ..checking.check import check, recognise
from ..checking.trial import (
    Trial,
    Unfolding,
    attempts,
    failures,
    first_gap,
    gap_between,
    same_behaviour,
    steps,
    trial,
)
from ..course.lesson import Course, Lesson
from ..differs import Incomparable
from ..exercise import Exercise, Mistake
from ..finding import Verdict
from ..mistakes.mutate import Mutant, compiled, definition, mutants
from ..mistakes.observe import constant_arguments
from ..mistakes.universal import universal_mistakes
from ..source import starter
from .fault import Fault, Row
from .solution import first_told, telling_lines
from .variants import examine_variants

FEWEST_MISTAKES, HINTS = 3, (2, 3)
SURVIVING = 0.05  # of an exercise's mutants, rounded up: a reference of one line has few
PATIENCE, LEAST = 10, 0.25  # a wrong program may take so many times as long as the reference, and so many seconds

Tell = Callable[[str, str, str], Fault]  # kind, what, way → the fault, with where it is


@chance.kept()
def examine_exercise(exercise: Exercise, lesson: Lesson, course: Course) -> tuple[Row, list[Fault]]:
    """What the checks of an exercise are worth, and what is wrong with it."""
    began = time.process_time()

    def tell(kind: str, what: str, way: str) -> Fault:
        return Fault(kind, f"{lesson.stem}: {exercise.name}", what, way)

    faults = [*_of_words(exercise, tell), *_of_needs(exercise, lesson, course, tell), *_of_starter(exercise, tell)]
    row: dict[str, Any] = {"hints": len(exercise.hints), "mistakes": len(exercise.mistakes)}
    want = trial(exercise, exercise.reference)
    wrong = list(_of_reference(exercise, want, tell))
    if not wrong:
        seconds = max(LEAST, PATIENCE * want.seconds)
        for examine in (_of_mistakes, _of_mutants):
            counts, found = examine(exercise, want, seconds, tell)
            row |= counts
            wrong += found
        for name in constant_arguments(exercise):
            if f"ignores {name}" not in _waived(exercise):
                way = "give it another value in some case"
                wrong.append(tell("constant argument", f"{name} has the same value in every step", way))
        counts, found = examine_variants(exercise, lesson, want, tell)
        row |= counts
        wrong += found
    return Row(lesson.stem, exercise.name, seconds=time.process_time() - began, **row), [*faults, *wrong]


# ---- what can be read


def _of_words(exercise: Exercise, tell: Tell) -> Iterator[Fault]:
    if not exercise.promise:
        yield tell("no docstring", "the reference has no docstring", "promise in one sentence what it computes")
    if not exercise.properties:
        yield tell("no property", "no property is stated", "add with @holds what a textbook would say of it")
    if len(exercise.mistakes) < FEWEST_MISTAKES:
        what = f"{_count(len(exercise.mistakes), 'mistake')} of {FEWEST_MISTAKES}"
        yield tell("few mistakes", what, "add with @mistake what people really write")
    if not HINTS[0] <= len(exercise.hints) <= HINTS[1]:
        what = f"{_count(len(exercise.hints), 'hint')}"
        yield tell("hints", what, f"have {HINTS[0]} or {HINTS[1]}, from a question to a near-answer")
    telling = telling_lines(exercise)
    for number, text in enumerate(exercise.hints, start=1):
        line = first_told(telling, text)
        if line:
            yield tell("hint tells", f"hint {number} holds the solution's {line!r}", "stop a step before it")
    for name, times in Counter(mistake.name for mistake in exercise.mistakes).items():
        if times > 1:
            yield tell("same name", f"{_count(times, 'mistake')} are called {name!r}", "name each by what it does")
    for mistake in exercise.mistakes:
        yield from _of_feedback(mistake, tell)


def _of_feedback(mistake: Mistake, tell: Tell) -> Iterator[Fault]:
    fact, _, question = mistake.feedback.rpartition(". ")
    if not mistake.feedback:
        yield tell("no feedback", f"the mistake {mistake.name!r} has no docstring", "say a fact, then ask a question")
    elif not mistake.feedback.endswith("?"):
        yield tell("no question", f"what is said of {mistake.name!r} ends without a question", "ask one")
    elif not fact or not question:
        yield tell("no fact", f"what is said of {mistake.name!r} is only a question", "say first what can be seen")


def _of_needs(exercise: Exercise, lesson: Lesson, course: Course, tell: Tell) -> Iterator[Fault]:
    modules = [each.module for each in course.lessons]
    here = list(lesson.register().exercises)
    needed = [("it needs", need) for need in exercise.needs]
    needed += [(f"{mistake.name!r} rests on", mistake.because) for mistake in exercise.mistakes if mistake.because]
    for how, need in needed:
        if need.module == lesson.module:
            earlier = here.index(need.name) < here.index(exercise.name)
        else:
            earlier = need.module in modules and modules.index(need.module) < modules.index(lesson.module)
        if not earlier:
            way = "take what a learner has met, or move the lesson in curriculum.toml"
            yield tell("needs later", f"{how} {need.name}, which comes later in the course", way)


def _of_starter(exercise: Exercise, tell: Tell) -> Iterator[Fault]:
    try:
        scope = dict(vars(sys.modules[exercise.module]))
        exec(starter(exercise), scope)
        verdict = check(exercise, scope[exercise.name], isolate=False).verdict
    except Exception as error:
        yield tell("starter", f"no starter can be made: {error}", "mend the markers or the signature")
        return
    if verdict is not Verdict.NOT_STARTED:
        yield tell("starter", f"its starter is {verdict}, not 'not started'", "give less of the body")


# ---- what must be run


def _of_reference(exercise: Exercise, want: Trial, tell: Tell) -> Iterator[Fault]:
    """Why the reference itself would not pass; nothing else of an exercise can be judged then."""
    for step, outcome in zip(steps(exercise), want.outcomes, strict=False):
        if outcome.how == "timed out":
            way = f"use smaller arguments, or a higher limit than {exercise.limit:g} s"
            yield tell("reference fails", f"the reference runs out of time in {step.text!r}", way)
        elif step.kind == "property" and outcome.how != "held":
            words = f": {outcome.words}" if outcome.words else ""
            what = f"the reference does not pass its own property {step.text!r}{words}"
            yield tell("reference fails", what, "mend one of the two")
            return
    try:
        again = trial(exercise, compiled(exercise, definition(exercise)))
        differing = failures(exercise, again, want)
    except Incomparable as error:
        yield tell("incomparable", f"{error}", "compare with a scenario what can be compared")
        return
    if differing:
        first = differing[0]
        what = f"a copy of the reference differs in {first.step.text!r}: {first.reason}"
        yield tell("reference fails", what, "draw from the rng that is passed in, and keep no state")


def _of_mistakes(exercise: Exercise, want: Trial, seconds: float, tell: Tell) -> tuple[dict[str, Any], list[Fault]]:
    """Whether every known mistake fails, is named as itself, and is told from every other."""
    own, universal = exercise.mistakes, universal_mistakes(exercise)
    faults: list[Fault] = []
    failing: list[tuple[Mistake, bool, Trial]] = []
    for mistake, is_own in [*((each, True) for each in own), *((each, False) for each in universal)]:
        if is_own:
            got = trial(exercise, mistake.program, seconds=seconds)
        else:  # a few steps tell nearly all of these apart
            got = Trial(Unfolding(attempts(exercise, mistake.program, seconds=seconds)))
        if gap_between(exercise, got, want):
            failing.append((mistake, is_own, got))
        elif is_own or mistake.name not in _waived(exercise):
            faults.append(_passes(exercise, mistake, is_own, tell))
    pairs = [
        (one, other)
        for (one, is_own, a), (other, is_own_too, b) in combinations(failing, 2)
        if is_own == is_own_too and same_behaviour(exercise, a, b)
    ]
    for one, other in pairs:
        what = f"no step tells {one.name!r} from {other.name!r}"
        way = "add a case where they differ" + (", or keep one of them" if one in own else "")
        faults.append(tell("alike", what, way))
    doubled = {other.name for _, other in pairs}
    named, tried = 0, {mistake: got for mistake, _, got in failing}
    for mistake, _, got in (each for each in failing if each[1]):
        others = {other: seen for other, seen in tried.items() if other is not mistake}  # itself it must match anew
        found = recognise(exercise, got, tried=others)
        if found is mistake:
            named += 1
        elif mistake.name not in doubled:
            what = f"the mistake {mistake.name!r} is " + (f"taken for {found.name!r}" if found else "not recognised")
            faults.append(tell("misnamed", what, "make it do the same each time it is run"))
    caught = sum(not is_own for _, is_own, _ in failing)
    counts = {"named": named, "mistakes": len(own), "caught": caught, "universal": len(universal)}
    return {**counts, "alike": tuple(f"{one.name} / {other.name}" for one, other in pairs)}, faults


def _passes(exercise: Exercise, mistake: Mistake, is_own: bool, tell: Tell) -> Fault:
    way = "add a case where it goes wrong"
    if is_own:
        return tell("mistake passes", f"the mistake {mistake.name!r} passes every step", way)
    what = f"the universal mistake {mistake.name!r} passes every step"
    return tell("universal passes", what, f"{way}, or list it: {_listing(exercise, mistake.name)}")


def _of_mutants(exercise: Exercise, want: Trial, seconds: float, tell: Tell) -> tuple[dict[str, Any], list[Fault]]:
    """Whether each mutant is noticed, or is listed as the same program in other words."""
    made = mutants(exercise)
    survivors = [mutant for mutant in made if not first_gap(exercise, mutant.program, want, seconds=seconds)]
    waived = _waived(exercise)
    faults = [_survives(exercise, mutant, tell) for mutant in survivors if mutant.says not in waived]
    allowed = math.ceil(SURVIVING * len(made))
    if len(survivors) > allowed:
        what = f"{len(survivors)} of {len(made)} mutants survive, and {allowed} may"
        faults.append(tell("many survivors", what, "add cases, or write the reference more plainly"))
    universal = {mistake.name: mistake for mistake in universal_mistakes(exercise)}
    constant = {f"ignores {name}" for name in constant_arguments(exercise)}
    surviving, known = {mutant.says for mutant in survivors}, {mutant.says for mutant in made}
    for listed in exercise.equivalents:
        if not listed.because.strip():
            what = f"{listed.mutant!r} is listed as equivalent without a reason"
            faults.append(tell("no reason", what, "say why it computes the same"))
        if listed.mutant in universal:
            program = universal[listed.mutant].program
            stale = bool(first_gap(exercise, program, want, seconds=seconds))
        elif listed.mutant in known:
            stale = listed.mutant not in surviving
        elif listed.mutant in constant:
            stale = False
        else:
            what = f"no mutant is called {listed.mutant!r}, which is listed as equivalent"
            faults.append(tell("unknown equivalent", what, "copy the line anew from the survivors, or delete it"))
            continue
        if stale:
            what = f"{listed.mutant!r} is listed as equivalent and is caught"
            faults.append(tell("stale equivalent", what, "delete the line"))
    killed = len(made) - len(survivors)
    listed_count = sum(mutant.says in waived for mutant in survivors)
    return {"killed": killed, "mutants": len(made), "equivalent": listed_count}, faults


def _survives(exercise: Exercise, mutant: Mutant, tell: Tell) -> Fault:
    way = f"add a case that notices it, or list it: {_listing(exercise, mutant.says)}"
    return tell("survivor", "a mutant passes every step", way)


def _listing(exercise: Exercise, name: str) -> str:
    quoted = f'"{name}"' if '"' not in name else repr(name)
    return f'equivalent({exercise.name}, {quoted}, because="…")'


def _waived(exercise: Exercise) -> set[str]:
    return {listed.mutant for listed in exercise.equivalents}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
