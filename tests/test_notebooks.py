"""Every real lesson, run from top to bottom: with the references filled in, in a workspace; untouched, in none.

The first lesson of all and the first with torch are solved in a real kernel; all others are rehearsed, which is what
`groundup verify` does: the same cells in an IPython shell, forked where everything is loaded.
Another Python, whose kernel is the same, is told of the references by their checks alone.
"""

import re
import resource
from importlib import import_module
from typing import NamedTuple

import pytest

from groundup.checking.check import check
from groundup.course.build import notebook
from groundup.course.lesson import Lesson, built_notebook, load_course
from groundup.course.stills import run
from groundup.finding import Verdict
from groundup.source import reference_source
from groundup.verify.notebooks import COMPLAINTS, budget_of, faults_of, rehearse
from groundup.verify.words import AMOUNTS, GATE
from groundup.workspace import create, find
from groundup.workspace.store import open_store

COURSE = load_course()
IN_A_KERNEL = {phase.lessons[0] for phase in COURSE.phases[:2]}
of_each_lesson = pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.key)


class Solved(NamedTuple):
    """What a lesson's solved notebook showed in each of its cells, what stands on the record, and the CPU it took."""

    lesson: Lesson
    shown: dict
    seconds: float
    attempts: list
    events: list
    passed: set


@pytest.fixture(scope="module", params=COURSE.lessons, ids=lambda lesson: lesson.key)
def solved(request, tmp_path_factory):
    lesson, folder = request.param, tmp_path_factory.mktemp("solved")
    shown, seconds = (in_a_kernel if lesson in IN_A_KERNEL else rehearsed)(lesson, folder)
    with open_store(find(folder / "workspace").database) as store:
        return Solved(lesson, shown, seconds, store.attempts(), store.events(), store.passed())


def in_a_kernel(lesson, folder):
    """What each code cell shows, and the CPU of the kernel and of all that it began."""
    before = _cpu()
    cells = [cell for cell in run(notebook(lesson, solved=True), lesson, COURSE, folder).cells if "outputs" in cell]
    assert not [cell.id for cell in cells if any(output.output_type == "error" for output in cell.outputs)]
    return {cell.id: "\n".join(map(_text, cell.outputs)) for cell in cells}, _cpu() - before


def rehearsed(lesson, folder):
    """The same of a fork of this process, without what loading took."""
    workspace = create(folder / "workspace", COURSE, built_notebook)
    played = rehearse(lesson, solved=True, within=workspace.notebook(lesson).parent)
    assert list(faults_of(played, lesson, budget_of(lesson, COURSE))) == []
    return played.shown, played.seconds


def _cpu():
    """Seconds of CPU of all processes that this one has waited for, and of those that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _text(output):
    return output.get("text", "") or output.get("data", {}).get("text/plain", "")


@pytest.mark.once
def test_solved_every_exercise_passes_and_stands_on_the_record_with_its_source(solved):
    lesson, attempts = solved.lesson, solved.attempts
    names = lesson.exercise_names()

    for name in names:  # its first line comes behind a progress bar that has gone
        assert "passed" in solved.shown[f"exercise-{name}"].strip().splitlines()[0].lower(), name
    assert solved.passed == {(lesson.key, name) for name in names}
    assert all(re.search(rf"^(def|class) {attempt.exercise}\b", attempt.source, re.M) for attempt in attempts)
    assert {(attempt.exercise, attempt.verdict) for attempt in attempts} == {(name, Verdict.PASSED) for name in names}
    quizzes = {event.name for event in solved.events if event.kind == "quiz"}
    assert quizzes == set(lesson.register().quizzes)


@pytest.mark.once
def test_solved_nothing_of_ours_fails_on_the_way(solved):
    assert not [cell for cell, text in solved.shown.items() if any(words in text for words in COMPLAINTS)]


@pytest.mark.once
def test_solved_it_runs_within_its_budget(solved):
    assert 0.5 < solved.seconds < budget_of(solved.lesson, COURSE)


@of_each_lesson
def test_untouched_every_exercise_says_that_it_is_not_started_and_nothing_fails(lesson):
    played = rehearse(lesson, solved=False)

    assert list(faults_of(played, lesson, budget_of(lesson, COURSE))) == []
    assert set(played.verdicts) == set(lesson.exercise_names())
    for name in lesson.exercise_names():
        assert "not started" in played.shown[f"exercise-{name}"].lower(), name


@pytest.mark.elsewhere
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
