"""Run a lesson's notebook from top to bottom, solved and untouched, in an IPython shell in a process of its own.

Without a kernel, and without a workspace unless one is given. The tests take a real kernel for some lessons.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..checking.child import can_fork
from ..course.build import notebook
from ..course.lesson import Course, Lesson
from ..course.markup import BuildError
from ..finding import Verdict
from .fault import Fault
from .stage import play

BUDGET = {1: 20.0, 2: 20.0}  # seconds of CPU for a lesson, by the number of its phase
LATER = 60.0
COMPLAINTS = ("itself failed", "not found")  # what a card of ours says in place of a traceback


@dataclass(frozen=True)
class Rehearsal:
    """What came of a run: the cell that stopped it and how, the verdict of each check, and the CPU it took.

    `shown` is what each cell shows as text, by the cell's id.
    """

    solved: bool
    seconds: float = 0.0
    cell: str = ""
    error: str = ""
    verdicts: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "solved" if self.solved else "untouched"


def examine_notebooks(lesson: Lesson, course: Course) -> list[Fault]:
    """What goes wrong when the notebook is run, solved and untouched; [] where it cannot even be built."""
    try:
        runs = [rehearse(lesson, solved=solved) for solved in (True, False)]
    except (BuildError, ValueError):  # told by who reads the words
        return []
    return [fault for run in runs for fault in faults_of(run, lesson, budget_of(lesson, course))]


def budget_of(lesson: Lesson, course: Course) -> float:
    """How many seconds of CPU a run of the lesson's notebook may take."""
    phase = 1 + [each.folder for each in course.phases].index(lesson.folder)
    return BUDGET.get(phase, LATER)


def faults_of(run: Rehearsal, lesson: Lesson, budget: float) -> Iterator[Fault]:
    """What is wrong with a run: it stopped, was slow, one of its cards complains, or a check's verdict is another."""
    name = f"the {run.kind} notebook"
    if run.error:
        yield Fault("notebook stops", lesson.stem, f"{name} stops in {run.cell}: {run.error}", "mend that cell")
        return
    if run.seconds > budget:
        what = f"{name} takes {run.seconds:.0f} s of CPU, and {budget:.0f} s are allowed"
        yield Fault("notebook slow", lesson.stem, what, "draw fewer frames, or compute less")
    for cell, text in run.shown.items():
        if any(words in text for words in COMPLAINTS):
            what = f"{name} goes on after {cell}, which says: {' '.join(text.split())}"
            yield Fault("notebook complains", lesson.stem, what, "mend that cell, or the function it calls")
    wanted = Verdict.PASSED if run.solved else Verdict.NOT_STARTED
    for exercise, verdict in run.verdicts.items():
        if verdict != wanted:
            what = f"in {name}, check({exercise}) says {verdict!r} and not {str(wanted)!r}"
            yield Fault("check in notebook", lesson.stem, what, "look at what the cell defines and what it imports")


def rehearse(lesson: Lesson, *, solved: bool, within: Path | None = None, seconds: float = 120.0) -> Rehearsal:
    """Run the notebook in a process of its own; one that says nothing within so many seconds of the clock is ended.

    What is done `within` a workspace, in its folder for the lesson, is recorded there; without one it is forgotten.
    Raises BuildError or ValueError if the notebook cannot be built.
    """
    cells = [cell for cell in notebook(lesson, solved=solved, stills=False).cells if cell.cell_type == "code"]
    context: Any = multiprocessing.get_context("fork" if can_fork() else "spawn")  # a fork has all that is loaded here
    receiving, sending = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as empty:
        where = str(within or empty)
        process = context.Process(target=play, args=(lesson.package, lesson.key, cells, where, sending))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads; the child has one
            process.start()
        sending.close()
        try:
            if not receiving.poll(seconds):
                return Rehearsal(solved, seconds, "some cell", f"no end after {seconds:.0f} s")
            return Rehearsal(solved, **receiving.recv())
        except EOFError:
            process.join()
            return Rehearsal(solved, cell="some cell", error=f"its process ended with exit code {process.exitcode}")
        finally:
            receiving.close()
            process.kill()
            process.join()
