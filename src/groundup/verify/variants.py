"""The programs kept beside a lesson: right ones unlike the reference, which must pass, and wrong ones that no listed
mistake foresaw, which must not. Knows nothing of mutants, of words, or of how a row is shown.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from typing import Any

from ..checking.trial import Trial, first_gap
from ..course.lesson import Lesson
from ..exercise import Exercise
from .fault import Fault

FEWEST = {"VARIANTS": 3, "WRONG": 1}  # of an exercise's right programs, and of its wrong ones
Tell = Callable[[str, str, str], Fault]  # kind, what, way → the fault, with where it is


def kept(lesson: Lesson, which: str) -> dict[str, list[Any]]:
    """The lesson's VARIANTS or WRONG: programs by the exercise that they are for; {} if it keeps none."""
    if not lesson.variants_file.is_file():
        return {}
    return dict(getattr(importlib.import_module(lesson.variants), which))


def examine_variants(exercise: Exercise, lesson: Lesson, want: Trial, tell: Tell) -> tuple[dict[str, int], list[Fault]]:
    """How many of an exercise's right programs pass and of its wrong ones fail; and a fault for each that does not."""
    if not lesson.variants_file.is_file():
        return {}, []  # told once, of the lesson
    right, wrong = (kept(lesson, which).get(exercise.name, []) for which in FEWEST)
    faults = [*_too_few("VARIANTS", right, tell), *_too_few("WRONG", wrong, tell)]
    gaps, missed = (
        [(each.__name__, first_gap(exercise, each, want)) for each in programs] for programs in (right, wrong)
    )
    refused = [(name, gap) for name, gap in gaps if gap]
    way = "widen the check, or mend the program if it breaks what the docstring says"
    faults += [tell("variant rejected", f"the right program {name!r} is refused: {gap}", way) for name, gap in refused]
    passing = [name for name, gap in missed if not gap]
    way = "add a case where it goes wrong"
    faults += [tell("wrong passes", f"the wrong program {name!r} passes", way) for name in passing]
    accepted = len(right) - len(refused)
    counts = {"accepted": accepted, "variants": len(right), "refused": len(wrong) - len(passing), "wrong": len(wrong)}
    return counts, faults


def examine_file(lesson: Lesson, tell: Tell) -> Iterator[Fault]:
    """Whether the lesson keeps other programs at all, and none for an exercise that is not there."""
    path = os.path.relpath(lesson.variants_file)
    if not lesson.variants_file.is_file():
        yield tell("no variants", f"there is no {path}", "keep right and wrong programs there, by exercise")
        return
    for which in FEWEST:
        for name in kept(lesson, which).keys() - set(lesson.exercise_names()):
            yield tell("unknown variants", f"{which} in {path} has {name!r}, which is no exercise", "mend its name")


def _too_few(which: str, programs: list[Any], tell: Tell) -> Iterator[Fault]:
    if len(programs) < FEWEST[which]:
        way = "add some that look nothing like what is there"
        yield tell("few variants", f"{which} holds {len(programs)} of {FEWEST[which]} programs", way)
