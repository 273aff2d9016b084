"""Every real lesson, run from top to bottom in a real kernel: untouched, and with the references filled in.

What can be told without a kernel, `groundup verify` tells.
"""

import re
import resource
from typing import NamedTuple

import pytest
from nbformat import NotebookNode

from groundup.course.build import notebook
from groundup.course.lesson import Lesson, load_course
from groundup.course.stills import run
from groundup.finding import Verdict
from groundup.verify.notebooks import budget_of
from groundup.verify.words import AMOUNTS, GATE
from groundup.workspace import find
from groundup.workspace.store import open_store

COURSE = load_course()


class Played(NamedTuple):
    """A lesson's notebook with its outputs, what stands on the record after it, and the CPU that it took."""

    lesson: Lesson
    ran: NotebookNode
    attempts: list
    events: list
    passed: set
    seconds: float


def each_lesson(*states):
    """Run the test with each lesson's notebook, as it is handed out, with the references filled in, or both."""
    runs = [
        pytest.param((lesson.key, state), id=f"{state} {lesson.key}") for lesson in COURSE.lessons for state in states
    ]
    return pytest.mark.parametrize("played", runs, indirect=True, scope="module")


@pytest.fixture(scope="module")
def played(request, tmp_path_factory):
    key, state = request.param
    lesson, folder = COURSE.find(key), tmp_path_factory.mktemp(state)
    before = _cpu()
    ran = run(notebook(lesson, solved=state == "solved"), lesson, COURSE, folder)
    spent = _cpu() - before
    with open_store(find(folder / "workspace").database) as store:
        return Played(lesson, ran, store.attempts(), store.events(), store.passed(), spent)


def _cpu():
    """Seconds of CPU of all processes that this one has waited for, and of those that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def shown(ran, name):
    """What the cell of this id shows, as text."""
    (cell,) = (cell for cell in ran.cells if cell.id == name)
    return "\n".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


@each_lesson("untouched")
def test_untouched_every_exercise_says_that_it_is_not_started(played):
    for name in played.lesson.exercise_names():
        assert "not started" in shown(played.ran, f"exercise-{name}").lower(), name
    assert {attempt.verdict for attempt in played.attempts} <= {Verdict.NOT_STARTED}
    assert played.passed == set()


@each_lesson("solved")
def test_solved_every_exercise_passes_and_stands_on_the_record_with_its_source(played):
    lesson, attempts = played.lesson, played.attempts
    names = lesson.exercise_names()

    for name in names:
        told = shown(played.ran, f"exercise-{name}").strip()  # behind a progress bar that has gone
        assert "passed" in told.splitlines()[0].lower(), told
    assert played.passed == {(lesson.key, name) for name in names}
    assert all(re.search(rf"^(def|class) {attempt.exercise}\b", attempt.source, re.M) for attempt in attempts)
    assert {(attempt.exercise, attempt.verdict) for attempt in attempts} == {(name, Verdict.PASSED) for name in names}
    quizzes = {event.name for event in played.events if event.kind == "quiz"}
    assert quizzes == set(lesson.register().quizzes)


@each_lesson("untouched", "solved")
def test_nothing_of_ours_fails_on_the_way(played):
    told = "\n".join(shown(played.ran, cell.id) for cell in played.ran.cells if cell.cell_type == "code")
    assert "itself failed" not in told
    assert "not found" not in told
    outputs = [output for cell in played.ran.cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output.output_type == "error"]


@each_lesson("untouched", "solved")
def test_it_runs_within_its_budget(played):
    assert 0.5 < played.seconds < budget_of(played.lesson, COURSE)


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.key)
def test_every_cell_with_a_knob_has_a_still(lesson):
    cells = notebook(lesson).cells
    knobs = [cell for cell in cells if cell.cell_type == "code" and "draw.slider(" in cell.source]

    assert len(knobs) >= (GATE if lesson.is_gate else AMOUNTS)["slider"][1]
    assert all(cell.id.startswith("still-") for cell in knobs)
