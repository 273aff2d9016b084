"""Every real lesson, run from top to bottom: with the references filled in, in a real kernel; untouched, rehearsed.

A rehearsal is what `groundup verify` does: the same cells in an IPython shell, forked where everything is loaded.
Another Python, whose kernel is the same, is told of the references by their checks alone.
"""

import re
import resource
from importlib import import_module
from typing import NamedTuple

import pytest
from nbformat import NotebookNode

from groundup.checking.check import check
from groundup.course.build import notebook
from groundup.course.lesson import Lesson, load_course
from groundup.course.stills import run
from groundup.finding import Verdict
from groundup.source import reference_source
from groundup.verify.notebooks import COMPLAINTS, budget_of, faults_of, rehearse
from groundup.verify.words import AMOUNTS, GATE
from groundup.workspace import find
from groundup.workspace.store import open_store

COURSE = load_course()
of_each_lesson = pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.key)


class Solved(NamedTuple):
    """A lesson's solved notebook with its outputs, what stands on the record after it, and the CPU that it took."""

    lesson: Lesson
    ran: NotebookNode
    attempts: list
    events: list
    passed: set
    seconds: float


@pytest.fixture(scope="module", params=COURSE.lessons, ids=lambda lesson: lesson.key)
def solved(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("solved")
    before = _cpu()
    ran = run(notebook(request.param, solved=True), request.param, COURSE, folder)
    spent = _cpu() - before
    with open_store(find(folder / "workspace").database) as store:
        return Solved(request.param, ran, store.attempts(), store.events(), store.passed(), spent)


def _cpu():
    """Seconds of CPU of all processes that this one has waited for, and of those that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def shown(cell):
    """What a cell shows, as text."""
    return "\n".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


@pytest.mark.authors
def test_solved_every_exercise_passes_and_stands_on_the_record_with_its_source(solved):
    lesson, attempts = solved.lesson, solved.attempts
    names = lesson.exercise_names()

    told = {cell.id: shown(cell).strip() for cell in solved.ran.cells if cell.cell_type == "code"}
    for name in names:
        assert "passed" in told[f"exercise-{name}"].splitlines()[0].lower(), name  # behind a progress bar that has gone
    assert solved.passed == {(lesson.key, name) for name in names}
    assert all(re.search(rf"^(def|class) {attempt.exercise}\b", attempt.source, re.M) for attempt in attempts)
    assert {(attempt.exercise, attempt.verdict) for attempt in attempts} == {(name, Verdict.PASSED) for name in names}
    quizzes = {event.name for event in solved.events if event.kind == "quiz"}
    assert quizzes == set(lesson.register().quizzes)


@pytest.mark.authors
def test_solved_nothing_of_ours_fails_on_the_way(solved):
    cells = [cell for cell in solved.ran.cells if cell.cell_type == "code"]
    assert not [cell.id for cell in cells if any(words in shown(cell) for words in COMPLAINTS)]
    assert not [cell.id for cell in cells if any(output.output_type == "error" for output in cell.outputs)]


@pytest.mark.authors
def test_solved_it_runs_within_its_budget(solved):
    assert 0.5 < solved.seconds < budget_of(solved.lesson, COURSE)


@of_each_lesson
def test_untouched_every_exercise_says_that_it_is_not_started_and_nothing_fails(lesson):
    played = rehearse(lesson, solved=False)

    assert list(faults_of(played, lesson, budget_of(lesson, COURSE))) == []
    assert set(played.verdicts) == set(lesson.exercise_names())
    for name in lesson.exercise_names():
        assert "not started" in played.shown[f"exercise-{name}"].lower(), name


@of_each_lesson
def test_each_reference_passes_its_check_once_a_learner_has_written_it(lesson):
    exercises, verdicts = lesson.register().exercises, {}
    for name, exercise in exercises.items():
        cell = {**vars(import_module(lesson.module))}
        exec(reference_source(exercise), cell)
        verdicts[name] = check(exercise, cell[name]).verdict
    assert verdicts == dict.fromkeys(exercises, Verdict.PASSED)


@of_each_lesson
def test_every_cell_with_a_knob_has_a_still(lesson):
    cells = notebook(lesson).cells
    knobs = [cell for cell in cells if cell.cell_type == "code" and "draw.slider(" in cell.source]

    assert len(knobs) >= (GATE if lesson.is_gate else AMOUNTS)["slider"][1]
    assert all(cell.id.startswith("still-") for cell in knobs)
