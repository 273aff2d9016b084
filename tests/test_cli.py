"""The commands as they are typed, on a course of two small lessons: what they print, what they leave, how they end."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

import groundup
from groundup import cli, server
from groundup.cli import main
from groundup.course.lesson import load_course
from groundup.door import session
from groundup.review.asking import put
from groundup.review.mastery import RULE
from groundup.review.schedule import topics
from groundup.workspace.place import Workspace
from groundup.workspace.store import open_store
from lines_course import write_course

lessons = sys.modules["groundup.course.lesson"]  # `groundup.lesson` itself is what a notebook calls
numbers = count()
RIGHT = "def rise(a, b):\n    return b - a\n\ncheck(rise)"
WRONG = "def rise(a, b):\n    return a - b\n\ncheck(rise)"
STARTER = 'def rise(a, b):\n    """How far b lies above a."""\n    ...  # your code here\n\ncheck(rise)'


def notebook_with(*sources, lesson="1_math/1_lines"):
    cells = [{"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in sources]
    made = {"cells": cells, "metadata": {"groundup": {"lesson": lesson}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made)


class Terminal:
    """A terminal in a folder: runs a command, remembers its exit code, gives back what it printed, line breaks kept."""

    def __init__(self, folder):
        self.folder = folder
        self.workspace = Workspace(folder / "groundup-workspace")
        self.lines = self.workspace.root / "1_math" / "1_lines.ipynb"
        self.code = None

    def __call__(self, *arguments, typed=None):
        session._session = None
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code = result.exit_code
        return result.output


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    """A terminal in an empty folder, where servers end as soon as they have started."""
    package = f"tiny_cli{next(numbers)}"
    write_course(tmp_path / "course", package)
    monkeypatch.syspath_prepend(tmp_path / "course")
    built = tmp_path / "built"
    built.mkdir()
    (built / "1_lines.ipynb").write_text(notebook_with("from groundup import check", STARTER))
    (built / "2_curves.ipynb").write_text(notebook_with("x = 1", lesson="1_math/2_curves"))
    load = lambda: load_course(f"{package}.lessons")
    monkeypatch.setattr(lessons, "load_course", load)
    monkeypatch.setattr(session, "load_course", load)
    monkeypatch.setattr(lessons, "built_notebook", lambda lesson: built / f"{lesson.number}_{lesson.stem}.ipynb")
    monkeypatch.setattr(server, "running", lambda root: None)
    monkeypatch.setattr(server, "serve", lambda root, log, ready, **_: ready(server.Server("http://h/", "T", root)))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    yield Terminal(tmp_path / "here")
    session._session = None
    for name in [name for name in sys.modules if name == "my" or name.startswith("my.")]:
        del sys.modules[name]


@pytest.fixture
def started(terminal):
    terminal("start")
    return terminal


def test_start_makes_a_workspace_and_prints_where_home_is(terminal):
    said = terminal("start")

    assert terminal.code == 0
    assert "http://h/groundup?token=T" in said
    assert f"Your workspace is {terminal.workspace.root}" in said
    assert terminal.lines.is_file()


def test_start_in_a_named_folder_makes_the_workspace_there(terminal):
    terminal("start", "elsewhere")

    assert (terminal.folder / "elsewhere" / "1_math" / "1_lines.ipynb").is_file()
    assert not terminal.workspace.root.exists()


def test_a_second_start_keeps_every_edit_and_says_nothing_of_a_new_workspace(started):
    started.lines.write_text(notebook_with(WRONG))

    said = started("start")

    assert "Your workspace is" not in said
    assert started.lines.read_text() == notebook_with(WRONG)


def test_start_from_within_a_workspace_opens_that_one(started, monkeypatch):
    monkeypatch.chdir(started.workspace.root / "1_math")

    started("start")

    assert not (started.workspace.root / "1_math" / "groundup-workspace").exists()


def test_next_goes_on_at_the_lesson_with_the_next_step(started):
    classes = "class Line:\n    def __init__(self, slope):\n        self.slope = slope"
    rest = "def slope(a, b, run):\n    return (b - a) / run", classes, "def slow(x):\n    return x"
    started.lines.write_text(notebook_with(RIGHT, *rest))
    started("check", started.lines)

    assert "2_curves.ipynb" in started("next")


def test_start_does_not_start_a_second_server_for_one_workspace(started, monkeypatch):
    monkeypatch.setattr(server, "running", lambda root: server.Server("http://first/", "S", root))
    monkeypatch.setattr(server, "serve", None)
    monkeypatch.setattr(server, "_status", lambda server, path: 200)

    said = started("start")

    assert "It already runs" in said
    assert "http://first/groundup?token=S" in said


def test_start_opens_the_notebook_in_a_lab_that_somebody_started_without_home(started, monkeypatch):
    monkeypatch.setattr(server, "running", lambda root: server.Server("http://first/", "S", root))
    monkeypatch.setattr(server, "serve", None)
    monkeypatch.setattr(server, "_status", lambda server, path: 404 if path == "groundup" else 200)

    said = started("start")

    assert "JupyterLab already runs here" in said
    assert "http://first/lab/tree/1_math/1_lines.ipynb?token=S" in said


def test_start_starts_lab_although_home_alone_runs(started, monkeypatch):
    monkeypatch.setattr(server, "running", lambda root: server.Server("http://first/", "S", root))
    monkeypatch.setattr(server, "_status", lambda server, path: 404 if path == "lab" else 200)

    assert "http://h/groundup?token=T" in started("start")


def test_home_is_served_alone_or_found_where_it_runs(started, monkeypatch):
    asked = []
    monkeypatch.setattr(server, "serve", lambda root, log, ready, **how: asked.append(how))

    started("home")
    monkeypatch.setattr(server, "running", lambda root: server.Server("http://first/", "S", root))
    monkeypatch.setattr(server, "_status", lambda server, path: 200)
    said = started("home")

    assert asked == [{"port": None, "lab": False}]
    assert "http://first/groundup?token=S" in said


def test_start_tells_of_new_versions_and_leaves_them_out(started, tmp_path):
    (tmp_path / "built" / "1_lines.ipynb").write_text(notebook_with("new = 1"))

    said = started("start")

    assert "`groundup update`" in said
    assert "new" not in started.lines.read_text()


def test_start_opens_home_although_the_record_is_damaged(started):
    started.workspace.database.write_text("no database at all, and long enough to be looked at: " * 9)

    said = started("start")

    assert "http://h/groundup?token=T" in said


def test_the_browser_is_opened_where_there_is_one_unless_told_not_to(terminal, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setenv("DISPLAY", ":0")

    terminal("start", "--no-browser")
    terminal("start")

    assert opened == ["http://h/groundup?token=T"]


def test_without_a_screen_no_browser_is_looked_for(terminal, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")

    assert "http://h/" in terminal("start")
    assert opened == []


def test_status_shows_the_path(started):
    said = started("status")

    assert started.code == 0
    assert "› 1_math/1_lines.ipynb    0 of 4   Straight lines" in said
    assert "Next: rise in 1_math/1_lines.ipynb" in said


def test_status_counts_what_was_checked(started):
    started.lines.write_text(notebook_with(RIGHT))
    started("check", "rise")

    said = started("status")

    assert "✓ rise" in said
    assert "1 of 4" in said
    assert "Next: slope" in said


def test_status_without_a_workspace_is_one_sentence(terminal):
    said = terminal("status")

    assert terminal.code == 2
    assert said == (
        f"There is no workspace in {terminal.folder} or above it: `groundup start` makes one, or cd into yours.\n"
    )


def test_status_with_a_damaged_record_is_one_sentence(started):
    started.workspace.database.write_text("no database at all, and long enough to be looked at: " * 9)

    said = started("status")

    assert started.code == 2
    assert said.count("\n") == 1
    assert "groundup.db is damaged" in said


def test_next_names_the_notebook_where_no_server_runs(started):
    said = started("next")

    assert said == f"Next is rise, in Straight lines.\nIt is in {started.lines}: `groundup start` opens it.\n"


def test_next_opens_the_running_server(started, monkeypatch):
    monkeypatch.setattr(server, "running", lambda root: server.Server("http://first/", "S", root))

    assert "http://first/lab/tree/1_math/1_lines.ipynb?token=S" in started("next")


def test_check_passes_what_is_right_on_disk_records_it_and_keeps_it(started):
    started.lines.write_text(notebook_with("STARTER = 1", RIGHT))

    said = started("check", "rise")

    assert started.code == 0
    assert "✓ passed  rise" in said
    assert "return b - a" in (started.workspace.my / "lines.py").read_text()
    assert "passed" in started("attempts", "rise")


def test_check_names_the_mistake_and_ends_with_1(started):
    started.lines.write_text(notebook_with(WRONG))

    said = started("check", "rise")

    assert started.code == 1
    assert "It has the wrong sign." in said


def test_check_of_a_starter_is_not_started_and_ends_with_1(started):
    said = started("check", "rise")

    assert started.code == 1
    assert "not started" in said


def test_check_of_a_notebook_checks_each_of_its_exercises(started):
    started.lines.write_text(notebook_with(RIGHT, "def slope(a, b, run):\n    return (a - b) / run"))

    said = started("check", started.lines)

    assert started.code == 1
    assert [word in said for word in ("passed  rise", "wrong  slope", "No cell defines Line")] == [True] * 3


def test_check_knows_a_renamed_copy_of_a_notebook(started):
    copy = started.workspace.root / "mine.ipynb"
    copy.write_text(notebook_with(RIGHT))

    assert "passed  rise" in started("check", copy)


def test_check_knows_a_lesson_by_its_name(started):
    started.lines.write_text(notebook_with(RIGHT))

    assert "passed  rise" in started("check", "lines")


def test_a_class_is_checked_from_disk_and_kept(started):
    started.lines.write_text(notebook_with("class Line:\n    def __init__(self, slope):\n        self.slope = slope"))

    started("check", "Line")

    assert started.code == 0
    assert "class Line:" in (started.workspace.my / "lines.py").read_text()


@pytest.mark.parametrize(("what", "nearest"), [("rize", "`rise`"), ("1_math/1_lnes.ipynb", "1_math/1_lines")])
def test_a_mistyped_name_is_met_with_the_nearest(started, what, nearest):
    said = started("check", what)

    assert started.code == 2
    assert said.count("\n") == 1
    assert nearest in said


def test_check_of_a_notebook_that_is_none_is_one_sentence(started):
    started.lines.write_text("{")

    said = started("check", started.lines)

    assert started.code == 2
    assert "`groundup reset` sets it aside" in said


def test_attempts_are_shown_newest_first(started):
    for source in (WRONG, RIGHT):
        started.lines.write_text(notebook_with(source))
        started("check", "rise")

    said = started("attempts", "rise")

    assert started.code == 0
    assert said.index("passed") < said.index("return b - a") < said.index("wrong") < said.index("return a - b")


def test_attempts_at_what_was_never_checked_says_so(started):
    assert started("attempts", "rise") == "rise was never checked.\n"


def test_attempts_at_what_is_no_exercise_names_the_nearest(started):
    said = started("attempts", "rize")

    assert started.code == 2
    assert "`rise`" in said


def test_update_brings_a_new_version_in(started, tmp_path):
    (tmp_path / "built" / "1_lines.ipynb").write_text(notebook_with("new = 1"))

    said = started("update")

    assert started.code == 0
    assert "1_math/1_lines.ipynb is renewed" in said
    assert "new = 1" in started.lines.read_text()
    assert started("update") == "Every lesson is as the course has it now.\n"


def test_reset_saves_the_old_notebook_aside_first(started):
    started.lines.write_text(notebook_with(WRONG))

    said = started("reset", "lines")

    assert started.code == 0
    saved = said.split("Yours is saved as ")[1].strip().removesuffix(".")
    assert Path(saved).read_text() == notebook_with(WRONG)
    assert "your code here" in started.lines.read_text()


# ---- review, drill, export and import ------------------------------------------------------------------------------


@pytest.fixture
def tomorrow(started, monkeypatch):
    """The same terminal a day after `rise` has passed; `tomorrow.days` are the days since."""
    started.lines.write_text(notebook_with(RIGHT))
    started("check", "rise")
    started.days = 1
    monkeypatch.setattr(cli, "_now", lambda: datetime.now(UTC) + timedelta(days=started.days))
    return started


def answer_to(terminal, question, right=True):
    """What to type at a question, as the next one would be put."""
    with open_store(terminal.workspace.database) as store:
        course = lessons.load_course()
        topic = next(topic for topic in topics(course) if topic.question == question)
        answer = str(put(store, course, topic).asked.answer)
    return answer if right else {"a": "b", "b": "a"}.get(answer, "123456")


def test_review_has_nothing_to_ask_on_the_day_of_passing(started):
    assert started("review") == (
        "No review question is due: the first ones come the day after an exercise has passed.\n"
    )


def test_review_asks_what_is_due_and_gives_the_reason_when_wrong(tomorrow):
    wrong, right = answer_to(tomorrow, "how far above", right=False), answer_to(tomorrow, "above or below")

    said = tomorrow("review", typed=f"{wrong}\n{right}\n")

    assert tomorrow.code == 0
    assert said.startswith("2 review questions are due today.\n\n1 of 2 · rise, in Straight lines\nHow far does ")
    assert "Your answer, or q to stop: 123456\nNot 123456: it is " in said
    assert "It comes back tomorrow. To reread: “Straight lines” in 1_math/1_lines.ipynb." in said
    assert "2 of 2 · rise, in Straight lines" in said and "  (a) above\n  (b) below\n" in said
    assert said.endswith(
        "1 of 2 right. Nothing more is due today; the next question comes tomorrow.\n"
        f"Mastered: 0 of 1 that have passed. {RULE}\n"
    )


def test_review_tells_what_is_mastered_by_the_one_rule(tomorrow):
    for days in (1, 3):
        tomorrow.days = days
        right = [answer_to(tomorrow, question) for question in ("how far above", "above or below")]
        said = tomorrow("review", typed="\n".join(right) + "\n")

    assert said.endswith(f"Mastered: 1 of 1 that have passed. {RULE}\n")


def test_review_asks_again_tomorrow_what_was_answered_wrong(tomorrow):
    wrong, right = answer_to(tomorrow, "how far above", right=False), answer_to(tomorrow, "above or below")
    tomorrow("review", typed=f"{wrong}\n{right}\n")
    tomorrow.days = 2

    said = tomorrow("review", typed="q\n")

    assert said.startswith("1 review question is due today.\n\n1 of 1 · rise, in Straight lines\nHow far does ")
    assert "\n1 more due today.\nMastered: " in said


@pytest.mark.parametrize("typed", ["q\n", "Q\n", "quit\n", ""])
def test_review_stops_and_keeps_nothing_of_what_was_not_answered(tomorrow, typed):
    said = tomorrow("review", typed=typed)

    assert tomorrow.code == 0
    assert "\n2 more due today.\nMastered: " in said
    assert tomorrow("review", typed="q\n").startswith("2 review questions are due today.")


def test_review_lets_what_is_no_answer_be_written_again(tomorrow):
    right = answer_to(tomorrow, "how far above")

    said = tomorrow("review", "--limit", 1, typed=f"far\n\n{right}\n")

    assert said.count("That is none of the answers: write a number, as in 12, 0.333 or 1/3.") == 2
    assert "1 of 1 right. 1 more due today.\nMastered: " in said


def test_status_tells_how_much_is_due(tomorrow):
    assert tomorrow("status").endswith("\n2 review questions are due (`groundup review` asks).\n")
    tomorrow.days = 0
    assert "review" not in tomorrow("status")


@pytest.mark.torch
def test_drill_asks_until_it_is_stopped_and_keeps_the_pace(started):
    said = started("drill", "2", typed="-1\nwhat\n-1\nq\n")

    assert started.code == 0
    assert said.startswith("Level 2: which element stands there?\nx = torch.arange(")
    assert said.count("Not -1: it is ") == 2 and said.count("That is none of the answers") == 1
    assert "0 of 2 right, 0 in a row." in said
    assert "0 of 3 right" in started("drill", "2", "--limit", 1, typed="-1\n")


def test_drill_of_a_level_that_is_not_there_is_told(started):
    assert "1<=x<=3" in started("drill", "4") and started.code == 2


def test_all_that_is_yours_moves_in_one_file(tomorrow, tmp_path, monkeypatch):
    tomorrow("review", typed=f"{answer_to(tomorrow, 'how far above', right=False)}\nq\n")
    written = tomorrow.lines.read_text()
    assert tomorrow("export", tmp_path / "house.zip") == (
        f"{tmp_path / 'house.zip'} holds your record, notebooks and `my`.\n"
    )
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    said = tomorrow("import", tmp_path / "house.zip")

    there = Workspace(tmp_path / "elsewhere" / "groundup-workspace")
    assert tomorrow.code == 0 and "New in the record: 1 attempt, 1 review answer" in said
    assert there.notebook(lessons.load_course().lessons[0]).read_text() == written
    assert "return b - a" in (there.my / "lines.py").read_text()
    assert "✓ rise" in tomorrow("status")
    assert tomorrow("import", tmp_path / "house.zip") == "Everything in it was here already.\n"


@pytest.mark.parametrize("data", [b"no export", None])
def test_import_of_what_is_no_export_is_one_sentence_and_makes_nothing(terminal, tmp_path, data):
    if data is not None:
        (tmp_path / "house.zip").write_bytes(data)

    said = terminal("import", tmp_path / "house.zip")

    assert terminal.code == 2 and said.count("\n") == 1
    assert not terminal.workspace.root.exists()


def test_export_takes_no_other_files_place(started, tmp_path):
    (tmp_path / "house.zip").write_text("mine")

    said = started("export", tmp_path / "house.zip")

    assert started.code == 2 and said.count("\n") == 1
    assert (tmp_path / "house.zip").read_text() == "mine"


# ---- authors -------------------------------------------------------------------------------------------------------


def test_build_check_fails_on_a_notebook_that_is_out_of_step(terminal, tmp_path, monkeypatch):
    monkeypatch.setattr(lessons, "notebooks_folder", lambda: tmp_path)

    said = terminal("build", "--check")

    assert terminal.code == 1
    assert "1_math/1_lines.ipynb is missing: run `groundup build`." in said


def test_build_of_some_lessons_leaves_the_others_alone(terminal, tmp_path, monkeypatch):
    monkeypatch.setattr(lessons, "notebooks_folder", lambda: tmp_path / "made")

    said = terminal("build", "lines")

    assert terminal.code == 0 and said == f"{tmp_path / 'made' / '1_math/1_lines.ipynb'} is written.\n"
    assert [path.name for path in (tmp_path / "made").rglob("*.ipynb")] == ["1_lines.ipynb"]
    assert terminal("build", "--check", "lines") == "Every notebook is in step with its source.\n"


def test_a_full_disk_is_one_sentence(started, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "/there")

    monkeypatch.setattr("groundup.workspace.update", full)

    assert started("update") == (
        "/there: No space left on device. Check the disk and its permissions, then try again.\n"
    )
    assert started.code == 2


def test_a_fault_of_our_own_keeps_its_traceback(started, monkeypatch):
    def faulty(*_):
        raise KeyError("ours")

    monkeypatch.setattr("groundup.workspace.update", faulty)

    with pytest.raises(KeyError):
        started("update")


def test_the_command_stands_on_its_own_and_as_a_module(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "groundup", "status"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.path.dirname(os.path.dirname(groundup.__file__))},
    )

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("There is no workspace in")


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)])
def test_every_command_has_help_that_fits_a_terminal(terminal, command):
    said = terminal(*command, "--help")

    assert terminal.code == 0
    assert "..." not in said.split("Commands:")[-1].replace("]...", "")
    assert max(map(len, said.split("\n"))) <= 80
