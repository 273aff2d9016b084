"""Every real lesson, run from top to bottom in a real kernel: untouched, and with the references filled in.

What can be told without a kernel, `groundup verify` tells.
"""

import re
import resource

import pytest

from groundup.course.build import notebook
from groundup.course.lesson import load_course
from groundup.course.stills import run
from groundup.finding import Verdict
from groundup.verify.notebooks import budget_of
from groundup.verify.words import AMOUNTS, GATE
from groundup.workspace import find
from groundup.workspace.store import open_store

COURSE = load_course()
KEYS = [lesson.key for lesson in COURSE.lessons]


@pytest.fixture(scope="module", params=KEYS)
def lesson(request):
    return COURSE.find(request.param)


@pytest.fixture(scope="module")
def untouched(lesson, tmp_path_factory):
    """The notebook as it is handed out, run; and the record of that."""
    return _run(lesson, tmp_path_factory, solved=False)


@pytest.fixture(scope="module")
def solved(lesson, tmp_path_factory):
    """The notebook with the references filled in, run; and the record of that."""
    return _run(lesson, tmp_path_factory, solved=True)


def _run(lesson, tmp_path_factory, *, solved):
    folder = tmp_path_factory.mktemp(lesson.stem)
    before = _cpu()
    ran = run(notebook(lesson, solved=solved), lesson, COURSE, folder)
    spent = _cpu() - before
    with open_store(find(folder / "workspace").database) as store:
        return ran, store.attempts(), store.events(), store.passed(), spent


def _cpu():
    """Seconds of CPU of all processes that this one has waited for, and of those that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def shown(ran, name):
    """What the cell of this id shows, as text."""
    (cell,) = (cell for cell in ran.cells if cell.id == name)
    return "\n".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def test_untouched_every_exercise_says_that_it_is_not_started(lesson, untouched):
    ran, attempts, _, passed, _ = untouched

    for name in lesson.exercise_names():
        assert "not started" in shown(ran, f"exercise-{name}").lower(), name
    assert {attempt.verdict for attempt in attempts} <= {Verdict.NOT_STARTED}
    assert passed == set()


def test_solved_every_exercise_passes_and_stands_on_the_record_with_its_source(lesson, solved):
    ran, attempts, events, passed, _ = solved
    names = lesson.exercise_names()

    for name in names:
        told = shown(ran, f"exercise-{name}").strip()  # behind a progress bar that has gone
        assert "passed" in told.splitlines()[0].lower(), told
    assert passed == {(lesson.key, name) for name in names}
    assert all(re.search(rf"^(def|class) {attempt.exercise}\b", attempt.source, re.M) for attempt in attempts)
    assert {(attempt.exercise, attempt.verdict) for attempt in attempts} == {(name, Verdict.PASSED) for name in names}
    assert {event.name for event in events if event.kind == "quiz"} == set(lesson.register().quizzes)


def test_nothing_of_ours_fails_on_the_way(untouched, solved):
    for ran, *_ in (untouched, solved):
        told = "\n".join(shown(ran, cell.id) for cell in ran.cells if cell.cell_type == "code")
        assert "itself failed" not in told
        assert "not found" not in told
        outputs = [output for cell in ran.cells for output in cell.get("outputs", ())]
        assert not [output for output in outputs if output.output_type == "error"]


def test_it_runs_within_its_budget(lesson, untouched, solved):
    for *_, spent in (untouched, solved):
        assert 0.5 < spent < budget_of(lesson, COURSE)


def test_every_cell_with_a_knob_has_a_still(lesson):
    cells = notebook(lesson).cells
    knobs = [cell for cell in cells if cell.cell_type == "code" and "draw.slider(" in cell.source]

    assert len(knobs) >= (GATE if lesson.is_gate else AMOUNTS)["slider"][1]
    assert all(cell.id.startswith("still-") for cell in knobs)
