"""The learner's door, called as a cell calls it, on a course of two small lessons."""

import errno
import importlib
import json
import linecache
import os
import signal
import subprocess
import sys
import threading
import time
from itertools import count

import pytest

from groundup.course.lesson import load_course
from groundup.door import session as sessions
from groundup.finding import Verdict
from groundup.workspace.place import Workspace
from groundup.workspace.store import open_store
from lines_course import write_course, write_gated_course, write_workspace

RIGHT = "def rise(a, b):\n    return b - a\n"
WRONG = "def rise(a, b):\n    return a - b\n"
STARTER = 'def rise(a, b):\n    """How far b lies above a."""\n    ...  # your code here\n'

numbers = count()


@pytest.fixture
def course(tmp_path, monkeypatch):
    package = f"tiny{next(numbers)}"
    write_course(tmp_path, package)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield load_course(f"{package}.lessons")
    for name in [name for name in sys.modules if name == "my" or name.startswith("my.")]:
        del sys.modules[name]


class Learner:
    """Runs cells in one notebook's variables and reads what they print, line breaks undone."""

    def __init__(self, course, root, capsys):
        self.course, self.root, self.capsys = course, root, capsys
        self.names = {"__name__": "__main__"}
        self.restart()

    def restart(self):
        """A new kernel: nothing is remembered but what is on disk."""
        sessions._session = None
        sessions.begin(self.course, self.root)
        self.names = {"__name__": "__main__"}
        self.run("from groundup import check, hint, lesson, predict, quiz, reveal, solution")

    def run(self, code):
        name = f"<cell {next(numbers)}>"
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        self.capsys.readouterr()
        exec(compile(code, name, "exec"), self.names)
        return " ".join(self.capsys.readouterr().out.split())

    @property
    def database(self):
        return Workspace(self.root).database

    @property
    def store(self):
        return open_store(self.database)


@pytest.fixture
def learner(course, tmp_path, capsys, monkeypatch):
    root = tmp_path / "workspace"
    write_workspace(root, course)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GROUNDUP_WORKSPACE", raising=False)
    learner = Learner(course, root, capsys)
    monkeypatch.setattr(sys, "path", list(sys.path))
    learner.run('lesson("1_math/1_lines")')
    yield learner
    sessions._session = None


@pytest.fixture
def homeless(course, tmp_path, capsys, monkeypatch):
    """A learner without a workspace."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.delenv("GROUNDUP_WORKSPACE", raising=False)
    yield Learner(course, tmp_path / "elsewhere", capsys)
    sessions._session = None


# check


def test_a_pass_says_what_was_tried_what_is_kept_and_what_comes_next(learner):
    said = learner.run(RIGHT + "check(rise)")

    assert said.startswith("✓ passed rise: 2 calls agree with the reference and 1 property holds.")
    assert "a point lies nothing above itself" in said
    assert "my/lines.py" in said
    assert "It opens `Line`." in said
    assert "Next in this lesson: `slope`. 1 of 4 passed." in said


def test_a_known_mistake_is_named_and_asked_about(learner):
    said = learner.run(WRONG + "check(rise)")

    assert "✗ wrong" in said and "you called rise(" in said and "→ expected" in said
    assert "The wrong way round" in said and "Which of the two is taken from which?" in said


def test_the_attempt_is_on_record_with_its_source_before_it_is_shown(learner, monkeypatch):
    kept = []
    monkeypatch.setattr("groundup.door.notebook.show", lambda card: kept.extend(learner.store.attempts()))

    learner.run(WRONG + "check(rise)")

    (attempt,) = kept
    assert (attempt.lesson, attempt.exercise, attempt.verdict) == ("1_math/1_lines", "rise", Verdict.WRONG)
    assert attempt.mistake == "the wrong way round" and "return a - b" in attempt.source
    assert attempt.report["contrast"]["called"].startswith("rise(") and attempt.solution_shown is False


def test_a_check_gives_nothing_back_so_that_nothing_is_shown_twice(learner):
    learner.run(RIGHT + "given = check(rise)")
    assert learner.names["given"] is None


def test_a_starter_is_told_that_it_is_not_started(learner):
    assert learner.run(STARTER + "check(rise)").startswith("○ not started rise")


def test_a_name_may_be_given_as_text(learner):
    assert "✓ passed" in learner.run(RIGHT + "check('rise')")
    assert "rise2" in learner.run("check('rise2')")
    assert "slope is not defined here" in learner.run("check('slope')")


def test_an_unknown_name_is_met_with_the_nearest(learner):
    said = learner.run("def ris(a, b):\n    return b - a\ncheck(ris)")
    assert "There is no exercise called `ris`; the nearest name is `rise`." in said
    said = learner.run("def zzz(a, b):\n    return b - a\ncheck(zzz)")
    assert "this lesson has `rise`, `slope`, `Line` and `slow`" in said
    assert learner.store.attempts() == []


def test_an_exercise_of_another_lesson_is_found(learner):
    assert "✓ passed" in learner.run("def bend(a, b, c):\n    return c - 2 * b + a\ncheck(bend)")
    assert learner.store.attempts()[0].lesson == "1_math/2_curves"


def test_a_lambda_is_known_by_the_name_it_was_given(learner):
    assert "✓ passed" in learner.run("rise = lambda a, b: b - a\ncheck(rise)")


@pytest.mark.parametrize("thing", ["3.0", "None", "[1, 2]", "rise(1, 2)", "..."])
def test_what_is_no_function_gets_one_sentence(learner, thing):
    said = learner.run(f"{RIGHT}check({thing})")
    assert said.startswith("? not found This takes a function or class of yours") and "Traceback" not in said


def test_the_courses_own_is_refused(learner, course):
    module = course.find("lines").module
    assert "is the course's own" in learner.run(f"from {module} import rise\ncheck(rise)")
    assert learner.store.attempts() == []


def test_what_is_kept_in_my_is_refused(learner):
    learner.run(RIGHT + "check(rise)")
    said = learner.run("from my.lines import rise\ncheck(rise)")
    assert "is the one kept in `my/lines.py`" in said
    assert len(learner.store.attempts()) == 1


def test_what_passed_is_mentioned_when_a_later_change_does_not(learner):
    learner.run(RIGHT + "check(rise)")
    assert "that passed earlier is still kept in `my/lines.py`" in learner.run(WRONG + "check(rise)")


def test_every_failure_links_to_what_it_rests_on_until_that_has_passed(learner):
    wrong = "def slope(a, b, run):\n    return b\ncheck(slope)"
    link = "It rests on `rise` above, not passed yet: begin there?"

    assert link in learner.run(wrong)
    assert link in learner.run(wrong)
    learner.run(RIGHT + "check(rise)")
    assert "It rests on" not in learner.run(wrong)


def test_passing_again_opens_nothing_again(learner):
    learner.run(RIGHT + "check(rise)")
    assert "Next in this lesson" not in learner.run(RIGHT + "check(rise)")


def test_the_last_exercise_ends_the_lesson_and_names_the_next(learner):
    learner.run(RIGHT + "check(rise)")
    learner.run("def slope(a, b, run):\n    return (b - a) / run\ncheck(slope)")
    learner.run("class Line:\n    def __init__(self, slope):\n        self.slope = slope\ncheck(Line)")
    said = learner.run("def slow(x):\n    return x + 0\ncheck(slow)")
    assert "That was the last of this lesson: 4 of 4 passed." in said
    assert "The next lesson is Curves: `1_math/2_curves.ipynb`." in said


def test_an_interrupt_ends_the_check_and_is_on_record(learner):
    alarm = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    alarm.start()
    began = time.monotonic()
    said = learner.run("def slow(x):\n    while True:\n        pass\ncheck(slow)")
    alarm.join()

    assert "… timed out slow was still running after 0." in said and "when you stopped it" in said
    assert time.monotonic() - began < 10
    assert learner.store.attempts()[0].verdict is Verdict.TIMED_OUT


def test_a_fault_of_ours_is_told_as_ours(learner, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("in the engine")

    monkeypatch.setattr(importlib.import_module("groundup.checking.check"), "check", broken)
    said = learner.run(RIGHT + "check(rise)")
    assert "! not done check itself failed, which is no fault of your code." in said
    assert "ZeroDivisionError: in the engine" in said


def test_without_a_process_to_be_made_the_check_is_done_here(learner, monkeypatch):
    def no_fork():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", no_fork)
    said = learner.run(RIGHT + "check(rise)")
    assert "✓ passed" in said and "Checks run in this process" in said
    assert "Checks run in this process" not in learner.run(RIGHT + "check(rise)")


# a record that cannot be written


def test_a_damaged_record_hides_no_verdict(learner):
    learner.database.write_bytes(b"not a database, but long enough to look like one " * 40)
    said = learner.run(RIGHT + "check(rise)")
    assert "✓ passed" in said and "This could not be kept." in said and "damaged" in said


def test_a_record_of_a_newer_version_is_left_alone(learner):
    learner.run(WRONG + "check(rise)")
    with learner.store as store:
        store.connection.execute("PRAGMA user_version = 99")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = learner.database.read_bytes()
    said = learner.run(RIGHT + "check(rise)")
    assert "✓ passed" in said and "newer" in said and learner.database.read_bytes() == before


def test_hints_go_on_while_the_record_cannot_be_written(learner):
    learner.database.write_bytes(b"not a database, but long enough to look like one " * 40)
    assert "hint 1 of 2" in learner.run(RIGHT + "hint(rise)")
    assert "hint 2 of 2" in learner.run("hint(rise)")


# without a workspace


def test_without_a_workspace_everything_works_and_says_once_that_nothing_is_kept(homeless):
    first = homeless.run('lesson("lines")')
    assert "0 of 4 exercises passed." in first and "groundup start" in first
    said = homeless.run(WRONG + "check(rise)") + homeless.run(RIGHT + "check(rise)")
    assert "✗ wrong" in said and "✓ passed" in said and "groundup start" not in said
    assert "hint 1 of 2" in homeless.run("hint(rise)") and "hint 2 of 2" in homeless.run("hint(rise)")
    assert "(b) is kept" in homeless.run('predict("crossing", "b")')
    assert "✓ right" in homeless.run('quiz("steep", "b")')


def test_without_a_lesson_call_the_first_verdict_says_that_nothing_is_kept(homeless):
    assert "groundup start" in homeless.run(WRONG + "check(rise)")
    assert "groundup start" not in homeless.run(WRONG + "check(rise)")


def test_a_workspace_that_is_named_but_is_none_is_told(homeless, monkeypatch, tmp_path):
    monkeypatch.setenv("GROUNDUP_WORKSPACE", str(tmp_path / "nowhere"))
    sessions._session = None
    sessions.begin(homeless.course)
    assert "GROUNDUP_WORKSPACE names" in homeless.run('lesson("lines")')


def test_what_needs_my_runs_without_a_workspace(homeless):
    homeless.run('lesson("lines")')
    homeless.run("from my.lines import rise\nassert rise(1, 3) == 2")


# lesson


def test_a_lesson_opens_with_where_it_stands(learner):
    learner.run(RIGHT + "check(rise)")
    learner.restart()
    said = learner.run('lesson("1_math/1_lines")')
    assert said.startswith("• Straight lines 1 of 4 exercises passed; next is `slope`. Your work is kept in")
    assert [event.lesson for event in learner.store.events("opened")] == ["1_math/1_lines"] * 2


def test_a_lesson_makes_my_importable(learner):
    learner.run("from my.lines import rise\nassert rise(1, 3) == 2")


def test_what_passes_is_what_my_gives_from_then_on(learner):
    learner.run("from my.lines import rise")
    learner.run("def rise(a, b):\n    return -(a - b)\ncheck(rise)")
    learner.run("from my.lines import rise\nassert rise.__module__ == 'my.lines' and str(rise(3, 3)) == '0'")


def test_an_unknown_lesson_is_met_with_the_nearest(learner):
    assert "did you mean 1_math/1_lines" in learner.run('lesson("1_math/1_line")')


# hints and solutions


def test_hints_come_one_at_a_time_and_go_on_after_a_restart(learner):
    first = learner.run(STARTER + "hint(rise)")
    assert "hint 1 of 2" in first and "Where does b lie" in first and "taken away" not in first
    learner.restart()
    second = learner.run("hint('rise')")
    assert "hint 2 of 2" in second and "Seen before: hint 1" in second and "taken away" in second
    again = learner.run("hint('rise')")
    assert "hint 2 of 2" in again and "This is the last hint." in again and "three honest attempts" in again
    assert [event.detail["rung"] for event in learner.store.events("hint")] == [2, 1]


def test_an_exercise_without_hints_says_so(learner):
    assert "slope has no hints" in learner.run("hint('slope')")


def test_a_solution_waits_for_all_hints_and_three_honest_attempts(learner):
    closed = learner.run(STARTER + "solution(rise)")
    assert "○ not open yet" in closed and "return b - a" not in closed
    assert "2 of 2 hints are unseen" in closed and "No attempt is made so far" in closed
    learner.run("hint('rise')\nhint('rise')")
    for answer in ("a", "a", "b", "a - b"):
        learner.run(f"def rise(a, b):\n    return {answer}\ncheck(rise)")
    opened = learner.run("solution(rise)")
    assert "return b - a" in opened and "The record says that you saw it before passing." in opened
    learner.run(RIGHT + "check(rise)")
    assert learner.store.attempts()[0].solution_shown is True


def test_a_solution_is_open_after_a_pass(learner):
    learner.run(RIGHT + "check(rise)")
    said = learner.run("solution(rise)")
    assert "return b - a" in said and "before passing" not in said and "@exercise" not in said
    learner.run(RIGHT + "check(rise)")
    assert learner.store.attempts()[0].solution_shown is False


# predictions


def test_an_open_prediction_asks_and_stops_nothing(learner):
    said = learner.run('predict("crossing", ...)')
    assert "? your prediction" in said and "Where do the lines cross?" in said and "(b) at 2 and 4" in said
    assert learner.store.events("prediction") == []


def test_a_wrong_prediction_is_met_with_the_reason_that_people_predict_so(learner):
    assert "(a) is kept. Run on to see. at 2" in learner.run('predict("crossing", "a")')
    said = learner.run('reveal("crossing", "b")')
    assert "≠ not as predicted" in said and "(a) at 2" in said and "(b) at 2 and 4" in said
    assert "The nearest crossing is the one that is seen." in said
    (event,) = learner.store.events("reveal")
    assert event.detail == {"predicted": "a", "value": "(b) at 2 and 4", "right": False}


def test_a_number_is_compared_as_closely_as_the_prediction_asks(learner):
    learner.run('predict("height", 3)')
    assert "✓ as predicted" in learner.run('reveal("height", 3.001)')
    learner.restart()
    assert "The step was counted twice." not in learner.run('reveal("height", 3.001)')


def test_a_wrong_number_without_a_belief_is_asked_about(learner):
    learner.run('predict("height", 9)')
    assert "Which step of your reasoning" in learner.run('reveal("height", 3)')


def test_a_prediction_may_change_until_the_value_is_shown_and_then_the_first_counts(learner):
    learner.run('predict("crossing", "a")')
    assert "(b) is kept in place of (a)." in learner.run('predict("crossing", "b")')
    assert "✓ as predicted" in learner.run('reveal("crossing", "b")')
    late = learner.run('predict("crossing", "c")')
    assert "(b) is the one that counts" in late
    assert "✓ as predicted" in learner.run('reveal("crossing", "b")')


def test_the_same_prediction_again_is_not_recorded_twice(learner):
    learner.run('predict("crossing", "a")\npredict("crossing", "A")\npredict("crossing", ...)')
    assert len(learner.store.events("prediction")) == 1


def test_a_reveal_without_a_prediction_says_so_gently_and_shows_the_value(learner):
    said = learner.run('reveal("height", 3.0)')
    assert "• not predicted" in said and "it is 3" in said and "makes it stay" in said
    learner.run('predict("height", 3)')
    assert "after the value had been shown" in learner.run('reveal("height", 3.0)')


def test_a_reveal_without_a_value_says_what_is_missing_and_keeps_nothing(learner):
    said = learner.run('reveal("height")')

    assert 'This takes the value that came out as well, as in `reveal("height", value)`' in said
    assert "Traceback" not in said and "fault" not in said
    assert learner.store.events("reveal") == []


@pytest.mark.parametrize("value", ["object()", "float('nan')", "[1, 2]", "None", "type('E', (), {'__eq__': 1 / 1})()"])
def test_a_reveal_of_anything_raises_nothing(learner, value):
    learner.run('predict("height", 3)')
    assert "cannot be compared" in learner.run(f'reveal("height", {value})')


@pytest.mark.parametrize(("answer", "says"), [("'z'", "'z'"), ("7", "7"), ("['a']", "['a']"), ("True", "True")])
def test_an_answer_that_is_none_gets_one_sentence(learner, answer, says):
    for door in ('predict("crossing"', 'quiz("steep"'):
        said = learner.run(f"{door}, {answer})")
        assert f"`{says}` is none of the answers" in said and '"a", "b" or "c"' in said
    assert "write a number" in learner.run('predict("height", "tall")')
    assert learner.store.events("prediction") == learner.store.events("quiz") == []


def test_an_unknown_question_is_met_with_the_nearest(learner):
    assert "the nearest name is `crossing`" in learner.run('predict("crosing", "a")')
    assert "There is no prediction called `crosing`" in learner.run('reveal("crosing", 1)')
    assert "There is no quiz called `stee`; the nearest name is `steep`." in learner.run('quiz("stee", "a")')


# quizzes


def test_a_wrong_answer_teaches_and_may_be_tried_again_and_the_first_is_kept(learner):
    assert "why?" in learner.run('quiz("steep", ...)') and not learner.store.events("quiz")
    assert "Length is not slope." in learner.run('quiz("steep", "a")')
    assert "(a) was not it." in learner.run('quiz("steep", ...)')
    said = learner.run('quiz("steep", "b")')
    assert "✓ right" in said and "So it does." in said and "Your first answer was (a)" in said
    kept = [
        (event.detail["answer"], event.detail["right"], event.detail["first"]) for event in learner.store.events("quiz")
    ]
    assert kept == [("b", True, False), ("a", False, True)]


def test_a_quiz_that_was_answered_stays_answered_after_a_restart(learner):
    learner.run('quiz("steep", "b")')
    learner.restart()
    assert "✓ right" in learner.run('quiz("steep", ...)')
    assert len(learner.store.events("quiz")) == 1


# a gate


BEND = "def bend(a, b, c):\n    return c - 2 * b + a\ncheck(bend)"
TURN = "def turn(a, b, c):\n    return 2 * b - a - c\ncheck(turn)"
OPEN = "→ The gate is passed: phase 2, More of it, is open. → The next lesson is Arcs: `2_more/1_arcs.ipynb`."


@pytest.fixture
def at_the_gate(tmp_path, monkeypatch, capsys):
    package = f"gated{next(numbers)}"
    write_gated_course(tmp_path, package)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    course, root = load_course(f"{package}.lessons"), tmp_path / "workspace"
    write_workspace(root, course)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GROUNDUP_WORKSPACE", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    learner = Learner(course, root, capsys)
    learner.run('lesson("1_math/gate")')
    yield learner
    sessions._session = None
    for name in [name for name in sys.modules if name == "my" or name.startswith("my.")]:
        del sys.modules[name]


def test_a_gate_whose_exercises_have_passed_asks_for_its_questions(at_the_gate):
    assert "Next in this lesson: `turn`. 1 of 2 passed." in at_the_gate.run(BEND)
    said = at_the_gate.run(TURN)
    assert "That was the last of this lesson: 2 of 2 passed." in said
    assert said.endswith("→ The gate still asks for 2 questions: `question_1`, `question_2`.")
    assert "1 of 2 questions answered right." in at_the_gate.run('quiz("question_2", "b")')
    said = at_the_gate.run('quiz("question_1", "a")')
    assert said.endswith(f"→ 2 of 2 questions answered right. {OPEN}")


def test_a_gate_whose_questions_are_answered_asks_for_its_exercises(at_the_gate):
    at_the_gate.run('quiz("question_1", "a")')
    said = at_the_gate.run('quiz("question_2", "b")')
    assert said.endswith("→ 2 of 2 questions answered right. → The gate still asks for 2 exercises: `bend`, `turn`.")
    at_the_gate.run(BEND)
    assert at_the_gate.run(TURN).endswith(f"2 of 2 passed. {OPEN}")


def test_a_wrong_answer_and_one_given_again_bring_a_gate_no_further(at_the_gate):
    assert "questions answered right" not in at_the_gate.run('quiz("question_1", "b")')
    assert "1 of 2 questions answered right." in at_the_gate.run('quiz("question_1", "a")')
    assert "questions answered right" not in at_the_gate.run('quiz("question_1", "a")')


def test_a_gate_opens_with_its_exercises_and_its_questions(at_the_gate):
    opens = 'lesson("1_math/gate")'
    assert at_the_gate.run(opens).startswith("• Curves 0 of 2 exercises, 0 of 2 questions: not passed yet. Your")
    at_the_gate.run(BEND)
    said = at_the_gate.run(opens)
    assert said.startswith("• Curves 1 of 2 exercises, 0 of 2 questions: not passed yet; next is `turn`. ")
    at_the_gate.run(TURN)
    at_the_gate.run('quiz("question_1", "a")')
    at_the_gate.restart()
    said = at_the_gate.run(opens)
    assert said.startswith("• Curves 2 of 2 exercises, 1 of 2 questions: not passed yet; next is `question_2`. ")
    at_the_gate.run('quiz("question_2", "b")')
    assert at_the_gate.run(opens).startswith("• Curves 2 of 2 exercises, 2 of 2 questions: the gate is passed. ")


def test_a_gate_counts_its_questions_while_the_record_cannot_be_read(at_the_gate):
    at_the_gate.database.write_bytes(b"not a database" * 100)
    at_the_gate.run('quiz("question_1", "a")')
    assert "2 of 2 questions answered right." in at_the_gate.run('quiz("question_2", "b")')


def test_a_gate_sends_nobody_back_to_a_lesson_that_was_not_passed(at_the_gate):
    assert "It rests on" not in at_the_gate.run("def bend(a, b, c):\n    return a\ncheck(bend)")
    said = at_the_gate.run("def turn(a, b, c):\n    return a\ncheck(turn)")
    assert "It rests on `bend` above, not passed yet: begin there?" in said


def test_a_gate_numbers_its_questions(at_the_gate):
    assert at_the_gate.run('quiz("question_2", ...)').startswith("? question 2 Answer in place of the dots")


# light imports, and names that are modules too


def in_a_new_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_importing_the_package_loads_nothing_heavy():
    loaded = set(json.loads(in_a_new_python("import sys, json, groundup; print(json.dumps(list(sys.modules)))")))
    heavy = {
        "numpy",
        "torch",
        "matplotlib",
        "IPython",
        "ipywidgets",
        "ipykernel",
        "jupyter_client",
        "sqlite3",
        "nbformat",
    }
    assert not loaded & heavy
    assert {name for name in loaded if name.startswith("groundup.")} == set()


@pytest.mark.parametrize(
    "first",
    ["import groundup.checking.check, groundup.course.lesson", "from groundup.door.notebook import check", "pass"],
)
def test_check_and_lesson_are_what_a_learner_calls_whatever_was_loaded_before(first):
    code = f"{first}\nfrom groundup import check, lesson\nfrom groundup.checking.check import check as engine\n"
    code += "import groundup\nprint(check.__module__, lesson.__module__, engine.__module__, groundup.check is check)"
    assert in_a_new_python(code).split() == [
        "groundup.door.notebook",
        "groundup.door.notebook",
        "groundup.checking.check",
        "True",
    ]


def test_every_name_of_the_door_is_listed_and_an_unknown_one_is_refused():
    import groundup

    assert {"check", "draw", "hint", "lesson", "predict", "quiz", "reveal", "solution"} <= set(dir(groundup))
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        _ = groundup.chekc
