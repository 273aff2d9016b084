"""The course's own check, on a toy course: a clean lesson has no fault, and every kind of fault is found."""

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

import groundup.door.notebook
import groundup.verify
import groundup.verify.notebooks
from groundup.course.build import build
from groundup.course.lesson import Course, Phase, load_course
from groundup.exercise import Asked, Question
from groundup.verify import Fault, Row, Verification, table, verify, words
from groundup.verify.notebooks import Rehearsal, examine_notebooks, faults_of, rehearse
from lines_course import write_course

pytestmark = pytest.mark.once

COURSE = load_course("course")
LESSONS = {lesson.stem: lesson for lesson in COURSE.lessons}

FAULTS = {
    "lines": [],
    "untold": [
        ("no_docstring", "no docstring"),
        ("few_mistakes", "few mistakes"),
        ("one_hint", "hints"),
        ("telling_hint", "hint tells"),
        ("no_property", "no property"),
        *[("silent_mistake", "no feedback")] * 3,
        *[("asking_nothing", "no question")] * 3,
        *[("only_asking", "no fact")] * 3,
        ("same_name_twice", "same name"),
        ("same_name_twice", "needs later"),
        ("needs_later", "needs later"),
    ],
    "untested": [
        ("breaks_its_property", "reference fails"),
        ("gives_an_object", "no property"),
        ("gives_an_object", "incomparable"),
        ("passing_mistake", "mistake passes"),
        ("two_alike", "alike"),
        ("survivor", "survivor"),
        ("careless", "many survivors"),
        *[("stale", "stale equivalent")] * 2,
        ("stale", "unknown equivalent"),
        ("stale", "no reason"),
        ("always_the_same", "alike"),
        ("always_the_same", "constant argument"),
        ("symmetric", "universal passes"),
        ("two_arguments_as_one", "alike"),
    ],
    "thin": [
        ("lonely", "misnamed"),
        ("lonely", "few variants"),
        ("lonely", "variant rejected"),
        ("lonely", "wrong passes"),
        ("", "unknown variants"),
        ("", "number of exercises"),
        ("", "number of quizzes"),
        ("", "number of sliders"),
        ("", "question repeats"),
        ("", "question unstable"),
        ("", "question without answer"),
        ("", "question fails"),
        ("", "no feedback on option"),
        ("", "no belief"),
        ("", "unknown option"),
        *[("", "not placed")] * 3,
        ("", "revealed too soon"),
        ("", "unknown prediction"),
        ("", "not revealed"),
        ("", "solution shown"),
    ],
    "crowded": [
        ("", "number of exercises"),
        ("", "number of predictions"),
        ("", "number of quizzes"),
        ("", "number of review questions"),
        ("", "number of sliders"),
        ("", "no variants"),
    ],
    "unbuildable": [
        ("half_marked", "starter"),
        ("", "number of exercises"),
        ("", "number of predictions"),
        ("", "number of quizzes"),
        ("", "number of review questions"),
        ("", "no variants"),
        ("", "cannot build"),
    ],
    "unimportable": [("", "cannot import")],
}
LEFT_ASIDE = {"untold", "untested"}  # whose words are not what is being looked at


@pytest.fixture(scope="module")
def verified(tmp_path_factory):
    """The toy course verified, with the notebooks that can be built in step."""
    built = tmp_path_factory.mktemp("built")
    can = tuple(lesson for lesson in COURSE.lessons if not lesson.stem.startswith("un") or lesson.stem in LEFT_ASIDE)
    build(alone(*can), built)
    return verify(COURSE, built=built)


def alone(*lessons):
    phase = COURSE.phases[0]
    return Course(COURSE.package, (Phase(phase.name, phase.folder, phase.title, lessons),))


def test_a_gate_has_amounts_of_its_own(tmp_path):
    gate = replace(LESSONS["lines"], number=0)
    build(alone(gate), tmp_path)
    lesson, milestone = (
        {kind for _, kind in found(verify(course, built=tmp_path), "lines") if kind.startswith("number of")}
        for course in (alone(LESSONS["thin"], LESSONS["lines"]), alone(gate))
    )

    assert (tmp_path / "1_numbers/gate.ipynb").is_file()
    assert lesson == set()
    assert milestone == {"number of quizzes", "number of sliders"}


def found(verification, stem):
    """(exercise or "", kind) of each fault of a lesson."""
    of = [fault for fault in verification.faults if fault.where.partition(":")[0] == stem]
    return [(fault.where.partition(": ")[2], fault.kind) for fault in of]


@pytest.mark.parametrize("stem", LESSONS)
def test_every_planted_fault_is_found_and_nothing_else_is(verified, stem):
    seen = found(verified, stem)
    if stem in LEFT_ASIDE:
        seen = [(exercise, kind) for exercise, kind in seen if exercise]
    assert Counter(seen) == Counter(FAULTS[stem])


def test_every_kind_of_fault_is_planted_somewhere():
    sources = Path(groundup.verify.__file__).parent.glob("*.py")
    calls = [node for path in sources for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") in ("tell", "Fault") and call.args]
    kinds = {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}
    kinds |= {kind for kind, _, _ in groundup.verify.words.AMOUNTS.values()}
    elsewhere = {
        "other figures",
        "out of step",
        "notebook stops",
        "notebook slow",
        "notebook complains",
        "check in notebook",
        "question not seen",
    }  # tests of their own, below
    assert {kind for faults in FAULTS.values() for _, kind in faults} | elsewhere == kinds


def test_the_row_of_a_clean_exercise_counts_what_was_tried(verified):
    (row,) = [row for row in verified.rows if row.exercise == "clamp"]
    assert (row.lesson, row.killed, row.mutants, row.equivalent) == ("lines", 18, 19, 1)
    assert (row.named, row.mistakes, row.caught, row.universal) == (3, 3, 9, 9)
    assert (row.accepted, row.variants, row.refused, row.wrong) == (3, 3, 1, 1)
    assert (row.alike, row.hints) == ((), 2)


def test_pairs_that_no_step_tells_apart_are_listed(verified):
    pairs = {row.exercise: row.alike for row in verified.rows if row.alike}
    assert pairs == {
        "two_alike": ("doubles twice / doubles twice, another way",),
        "always_the_same": ("ignores x / one answer for all",),
        "two_arguments_as_one": ("ignores x / ignores y",),
    }


def test_a_survivor_is_told_with_the_line_to_paste(verified):
    (fault,) = [fault for fault in verified.faults if fault.kind == "survivor"]
    assert str(fault) == (
        "untested: survivor: a mutant passes every step → add a case that notices it, or list it: "
        'equivalent(survivor, "return float(2 * x + 1)  ⇒  return 2 * x + 1", because="…")'
    )


def test_one_lesson_can_be_verified_alone(tmp_path):
    build(alone(LESSONS["lines"]), tmp_path)
    told = []
    verification = verify(COURSE, [LESSONS["lines"]], built=tmp_path, progress=told.append)
    assert verification.clean
    assert [row.exercise for row in verification.rows] == ["double", "height", "clamp", "running_total", "Tally"]
    assert told == [*(f"lines: {row.exercise}" for row in verification.rows), "lines: the words"]


def test_two_processes_find_what_one_finds(verified, tmp_path):
    build(alone(LESSONS["lines"]), tmp_path)
    lessons = [LESSONS["lines"], LESSONS["untold"], LESSONS["unimportable"]]
    alike = [verify(COURSE, lessons, built=tmp_path, jobs=jobs) for jobs in (1, 2)]
    one, two = ([replace(row, seconds=0.0) for row in verification.rows] for verification in alike)
    assert one == two
    assert alike[0].faults == alike[1].faults


def test_a_readme_with_other_figures_is_found(verified, tmp_path):
    course = alone(LESSONS["lines"])
    build(course, tmp_path)
    (tmp_path / "README.md").write_text("7 exercises, all of them well checked")
    (fault,) = verify(course, built=tmp_path).faults
    assert (fault.kind, fault.where) == ("other figures", "README.md")
    (tmp_path / "README.md").write_text(f"So it is: {fault.way.removeprefix('let it say: ')}.")
    assert verify(course, built=tmp_path).clean


def test_a_notebook_that_is_out_of_step_or_missing_is_found(tmp_path):
    (path,) = build(alone(LESSONS["lines"]), tmp_path)
    path.write_bytes(path.read_bytes().replace(b"How far up", b"How far down"))
    (fault,) = verify(COURSE, [LESSONS["lines"]], built=tmp_path).faults
    assert (fault.kind, fault.way) == ("out of step", "run `groundup build`")
    path.unlink()
    (fault,) = verify(COURSE, [LESSONS["lines"]], built=tmp_path).faults
    assert (fault.kind, fault.what) == ("out of step", "1_numbers/1_lines.ipynb is missing")


def test_a_clean_notebook_runs_solved_and_untouched():
    assert examine_notebooks(LESSONS["lines"], COURSE) == []


def test_a_notebook_that_stops_is_found_with_its_cell():
    faults = examine_notebooks(LESSONS["crowded"], COURSE)
    assert [fault.kind for fault in faults] == ["notebook stops"] * 2
    assert "ZeroDivisionError: division by zero" in faults[0].what
    assert "code-how-much-is-too-much" in faults[0].what


def test_a_slow_notebook_and_a_check_that_says_something_else_are_found():
    run = Rehearsal(solved=True, seconds=21.0, verdicts={"double": "passed", "clamp": "wrong"})
    assert [(fault.kind, fault.what) for fault in faults_of(run, LESSONS["lines"], 20.0)] == [
        ("notebook slow", "the solved notebook takes 21 s of CPU, and 20 s are allowed"),
        ("check in notebook", "in the solved notebook, check(clamp) says 'wrong' and not 'passed'"),
    ]
    untouched = Rehearsal(solved=False, seconds=1.0, verdicts={"double": "not started", "clamp": "passed"})
    assert [fault.what for fault in faults_of(untouched, LESSONS["lines"], 20.0)] == [
        "in the untouched notebook, check(clamp) says 'passed' and not 'not started'"
    ]


def test_a_card_that_complains_in_place_of_a_traceback_is_found():
    verdicts = {"double": "not started", "clamp": "not started"}
    shown = {"predict-rise": "rise\n\nnot done\nreveal itself failed.", "quiz-why": "why\n\nright"}
    run = Rehearsal(solved=False, seconds=1.0, verdicts=verdicts, shown=shown)
    assert [(fault.kind, fault.what) for fault in faults_of(run, LESSONS["lines"], 20.0)] == [
        (
            "notebook complains",
            "the untouched notebook goes on after predict-rise, which says: rise not done reveal itself failed.",
        )
    ]


@pytest.mark.parametrize(
    ("cell", "says"), [('hint("nobody")', "not found"), ("hint(double)", "hint itself failed")], ids=["unknown", "ours"]
)
def test_a_rehearsed_cell_that_complains_is_heard(monkeypatch, cell, says):
    def failing(_events):
        raise RuntimeError("planted")

    monkeypatch.setattr(groundup.door.notebook.ladder, "rungs_shown", failing)
    source = f'from groundup import hint, lesson\nlesson("{LESSONS["lines"].key}")\ndef double(x): ...\n{cell}'
    built = new_notebook(cells=[new_code_cell(source, id="planted")])
    monkeypatch.setattr(groundup.verify.notebooks, "notebook", lambda *_, **__: built)

    (fault,) = faults_of(rehearse(LESSONS["lines"], solved=True), LESSONS["lines"], 20.0)

    assert fault.kind == "notebook complains"
    assert "planted" in fault.what and says in fault.what


def test_the_table_is_one_an_author_can_act_on():
    rows = (
        Row("lines", "double", 9, 9, 0, 3, 3, 6, 6, 3, 3, 2, 2, (), 2, 0.04),
        Row("lines", "running_total", 18, 20, 1, 2, 3, 9, 10, 3, 4, 1, 1, ("sum / mean",), 1, 1.25),
    )
    fault = Fault("hints", "lines: running_total", "1 hint", "have 2 or 3, from a question to a near-answer")
    assert table(Verification(rows, (fault,))) == "\n".join(
        [
            "lines",
            "  exercise       mutants  equivalent  mistakes  universal  variants  wrong  alike  hints  seconds",
            "  double             9/9           0       3/3        6/6       3/3    2/2      0      2     0.04",
            "  running_total    18/20           1       2/3       9/10       3/4    1/1      1      1     1.25",
            "",
            "No case tells apart:",
            "  lines: running_total: sum / mean",
            "",
            "1 fault:",
            "  lines: running_total: 1 hint → have 2 or 3, from a question to a near-answer",
            "",
            "2 exercises · known mistakes caught and named 5/6 (83.3 %) · universal mistakes caught 15/16 (93.8 %) · "
            "mutants killed 27/29 (93.1 %), 1 more listed as equivalent · correct variants accepted 6/7 (85.7 %) · "
            "unforeseen wrong programs refused 3/3 (100.0 %) · 1.3 s of CPU · 1 fault",
        ]
    )


def test_a_clean_course_says_so():
    row = Row("lines", "double", 9, 9, 0, 3, 3, 6, 6, 3, 3, 2, 2, (), 2, 0.04)
    assert table(Verification((row,), ())).endswith("0.0 s of CPU · clean")


def told_of(*asked):
    """What `verify` says of a question that asks these, one for each seed in turn."""
    return [
        fault.kind
        for fault in words._of_question(
            Question("q", None, lambda rng: asked[int(rng.integers(1000)) % len(asked)]),
            lambda *told: Fault(told[0], "l", *told[1:]),
        )
    ]


def test_short_code_as_an_answer_must_be_an_expression_that_every_try_can_run():
    told = [Asked(f"Add {n} to x.", f"x + {n}", tries=({"x": 1}, {"x": 2.5})) for n in range(50)]
    broken = [Asked(f"Add {n} to x.", f"x + {n}", tries=({"x": 1}, {"x": "text"})) for n in range(50)]

    assert told_of(*told) == []
    assert told_of(*broken) == ["question without answer"]


def test_a_question_that_the_path_would_not_see_is_told(tmp_path, monkeypatch):
    write_course(tmp_path, "unseen")
    lines = tmp_path / "unseen" / "lessons" / "math" / "lines.py"
    lines.write_text(
        lines.read_text().replace('@question(rise, "how far above")', '@question(rise, "how far" + " above")')
    )
    monkeypatch.syspath_prepend(tmp_path)
    lesson = load_course("unseen.lessons").lessons[0]

    told = list(words._of_reading(lesson, lesson.register(), lambda *fault: fault))

    assert [(kind, what) for kind, what, _ in told] == [
        ("question not seen", "the question 'how far above' is not seen when the file is read")
    ]
