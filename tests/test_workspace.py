"""The learner's copy: made without touching anything, brought up to date cell by cell, and never without a copy."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bad_disks import on_a_read_only_disk, on_a_small_disk
from groundup import __version__, workspace
from groundup.workspace import Workspace, WorkspaceError, create, files, find, reset, update
from groundup.workspace.place import FORMAT
from shelf_course import notebooks_in, write_course

NOON = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
SAVED = ".groundup/saved/2026-03-01T12-00-05Z"
LINES = "1_math/1_lines.ipynb"


def cell(id, source, kind="code", **more):
    made = {"id": id, "cell_type": kind, "source": source, "metadata": {}}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {}) | more


def notebook(*cells):
    return (
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1, sort_keys=True)
        + "\n"
    )


WORDS, TRY = cell("w", "# Lines", "markdown"), cell("t", "def rise(a, b): ...\n\ncheck(rise)")
MINE = cell("t", "def rise(a, b):\n    return b - a\n\ncheck(rise)", outputs=[{"output_type": "stream"}])


class Tree:
    """A course, its built notebooks, and a workspace made of them."""

    def __init__(self, folder):
        self.course, self.given = write_course(folder), folder / "given"
        self.notebooks = notebooks_in(self.given)
        for lesson in self.course.lessons:
            self.publish(lesson.notebook, notebook(WORDS, TRY))
        self.root = folder / "workspace"
        self.workspace = create(self.root, self.course, self.notebooks)
        self.lines = self.root / LINES

    def publish(self, name, text):
        path = self.given / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def create(self, root=None):
        return create(root or self.root, self.course, self.notebooks)

    def update(self):
        return update(self.workspace, self.course, self.notebooks, NOON)

    def reset(self, stem="lines"):
        return reset(self.workspace, self.course.find(stem), self.notebooks, NOON)

    def cells(self):
        return json.loads(self.lines.read_text())["cells"]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    return Tree(tmp_path)


def contents(folder):
    """Every file below a folder, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# ---- made ----------------------------------------------------------------------------------------------------------


def test_a_new_workspace_holds_the_notebooks_a_library_and_its_mark(tree):
    made = {name: data for name, data in contents(tree.root).items() if "/base/" not in name}

    assert set(made) == {
        *(f"{lesson.key}.ipynb" for lesson in tree.course.lessons),
        *(f"my/{name}.py" for name in ("__init__", "lines", "curves", "neuron")),
        ".groundup/format.json",
        ".groundup/lock",
    }
    assert json.loads(made[".groundup/format.json"]) == {"format": FORMAT, "groundup": __version__}
    assert made[LINES] == (tree.given / LINES).read_bytes()
    assert tree.workspace.notes == ()


def test_making_it_again_changes_nothing(tree):
    tree.lines.write_text(notebook(WORDS, MINE))
    before = contents(tree.root)

    assert tree.create().notes == ()
    assert contents(tree.root) == before


def test_a_deleted_notebook_comes_back_with_a_word(tree):
    tree.lines.unlink()

    again = tree.create()

    assert again.notes == (
        f"{LINES} was missing and is back as the course gives it; "
        "`groundup attempts EXERCISE` shows the code that you checked in it.",
    )
    assert tree.lines.read_bytes() == (tree.given / LINES).read_bytes()


def test_a_folder_with_things_in_it_only_gains_files(tree, tmp_path):
    root = tmp_path / "full"
    (root / "1_math").mkdir(parents=True)
    (root / "my").mkdir()
    theirs = {"notes.txt": "mine", LINES: "my own lines", "my/lines.py": "def rise(): mine"}
    for name, text in theirs.items():
        (root / name).write_text(text)

    made = tree.create(root)

    assert {name: (root / name).read_text() for name in theirs} == theirs
    assert (root / "1_math/2_curves.ipynb").exists()
    assert made.notes == (f"{LINES} was there before and is left as it is.",)


def test_the_folder_of_the_courses_own_notebooks_is_refused(tree):
    before = contents(tree.given)

    with pytest.raises(WorkspaceError, match="holds the course's own notebooks, which stay as built"):
        tree.create(tree.given)
    assert contents(tree.given) == before


def test_a_file_where_the_workspace_should_be_is_told(tree, tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(WorkspaceError, match="stands where Ground Up needs a folder"):
        tree.create(tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "a file"


def test_a_course_without_its_built_notebooks_is_told(tree):
    def unbuilt(lesson):
        raise FileNotFoundError(f"There is no {lesson.notebook}: run `groundup build`.")

    with pytest.raises(WorkspaceError, match="run `groundup build`"):
        create(tree.root, tree.course, unbuilt)


# ---- found ---------------------------------------------------------------------------------------------------------


def test_a_workspace_is_found_from_anywhere_inside_it(tree, tmp_path):
    assert find(tree.root) == find(tree.lines) == find(tree.root / "my") == Workspace(tree.root)
    assert find(tmp_path) is None


def test_a_folder_that_happens_to_be_called_groundup_is_no_workspace(tmp_path):
    (tmp_path / ".groundup" / "cache").mkdir(parents=True)

    assert find(tmp_path) is None


NEWER = "was made by Ground Up 9.1 (format 99), and this is"


@pytest.mark.parametrize("use", [Tree.create, Tree.update, Tree.reset, lambda tree: find(tree.root)])
def test_a_newer_workspace_is_refused_and_left_as_it_is(tree, use):
    tree.workspace.format.write_text('{"format": 99, "groundup": "9.1"}')
    before = contents(tree.root)

    with pytest.raises(WorkspaceError) as refused:
        use(tree)

    assert NEWER in str(refused.value) and str(refused.value).endswith("`pip install --upgrade groundup`.")
    assert contents(tree.root) == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "new"}', '{"format": null}', "\udcff"])
def test_a_damaged_mark_is_told_with_the_way_out(tree, text):
    tree.workspace.format.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(WorkspaceError, match=r"format.json is damaged: delete that one file"):
        find(tree.root)
    tree.workspace.format.unlink()
    assert find(tree.root) == tree.workspace and tree.create().notes == ()


# ---- brought up to date --------------------------------------------------------------------------------------------


def test_nothing_new_means_nothing_said_and_nothing_written(tree):
    tree.lines.write_text(notebook(WORDS, MINE))
    before = contents(tree.root)

    assert tree.update() == []
    assert contents(tree.root) == before


def test_a_notebook_that_was_not_touched_is_renewed_whole(tree):
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY))

    assert tree.update() == [f"{LINES} is renewed; you had not changed it."]
    assert tree.lines.read_bytes() == (tree.given / LINES).read_bytes()
    assert (tree.root / SAVED / LINES).read_text() == notebook(WORDS, TRY)


def test_what_the_learner_wrote_stays_and_the_rest_is_renewed_after_a_copy(tree):
    tree.lines.write_text(notebook(WORDS, MINE, cell("m", "rise(1, 2)")))
    before = tree.lines.read_bytes()
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY, cell("n", "Why?", "markdown")))

    told = tree.update()

    assert told == [f"{LINES}: 1 cell renewed, 1 cell new."]
    assert tree.cells() == [
        cell("w", "# Straight lines", "markdown"),
        MINE,
        cell("m", "rise(1, 2)"),
        cell("n", "Why?", "markdown"),
    ]
    assert (tree.root / SAVED / LINES).read_bytes() == before
    assert tree.update() == []


def test_a_cell_that_both_changed_is_kept_and_told_once_with_the_way_to_the_new_one(tree):
    tree.lines.write_text(notebook(WORDS, MINE))
    tree.publish(LINES, notebook(WORDS, cell("t", "def rise(low, high): ...\n\ncheck(rise)")))

    told = tree.update()

    assert told == [
        f"{LINES}: rise has a new version, and you changed yours, so yours is kept "
        "(`groundup reset 1_math/1_lines` sets yours aside and gives the new one)."
    ]
    assert tree.cells()[1] == MINE
    assert tree.update() == []


def test_a_cell_dropped_by_the_course_and_changed_by_the_learner_is_kept_and_told(tree):
    tree.lines.write_text(notebook(WORDS, MINE))
    tree.publish(LINES, notebook(WORDS))

    assert tree.update() == [f"{LINES}: rise is no longer in the course, and yours is kept."]
    assert tree.cells() == [WORDS, MINE]


def test_a_deleted_notebook_comes_back_new_with_the_update(tree):
    tree.lines.unlink()
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY))

    (told,) = tree.update()

    assert told.startswith(f"{LINES} was missing and is back as the course gives it; `groundup attempts EXERCISE`")
    assert tree.lines.read_bytes() == (tree.given / LINES).read_bytes()


def test_a_new_lesson_arrives_with_its_place_in_the_library(tree):
    for path in (tree.lines, tree.root / "my/lines.py"):
        path.unlink()
        tree.workspace.base(path).unlink()

    assert tree.update() == [f"{LINES} is new."]
    assert tree.lines.exists() and (tree.root / "my/lines.py").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ('{"cells": [', "line 1: Expecting value"),
        ("<<<<<<< HEAD\n", "line 1: Expecting value"),
        ("[]", "it has no cells"),
        ('{"cells": ["a"]}', "it has no cells"),
        ("[" * 100_000, "it is nested too deeply"),
        (b"\xff\xfe\x00", "it is not text"),
    ],
)
def test_a_notebook_that_is_none_any_more_is_told_and_left_as_it_is(tree, text, reason):
    data = text if isinstance(text, bytes) else text.encode()
    tree.lines.write_bytes(data)
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY))

    assert tree.update() == [
        f"{LINES} is not a notebook any more ({reason}) and was left as it is: "
        "`groundup reset 1_math/1_lines` sets it aside and gives you a fresh one."
    ]
    assert tree.lines.read_bytes() == data
    assert (tree.root / SAVED).exists() is False
    assert tree.reset().read_bytes() == data


def test_without_the_version_given_last_every_cell_counts_as_the_learners(tree):
    tree.lines.write_text(notebook(WORDS, MINE))
    tree.workspace.base(tree.lines).write_text("not a notebook")
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY, cell("n", "Why?", "markdown")))

    tree.update()

    assert tree.cells() == [WORDS, MINE, cell("n", "Why?", "markdown")]


def test_an_update_cut_short_before_the_base_was_written_is_finished_by_the_next(tree, monkeypatch):
    tree.lines.write_text(notebook(WORDS, MINE))
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY, cell("n", "Why?", "markdown")))
    write = files.write

    def stopped(path, data):
        if "base" in path.parts:
            raise KeyboardInterrupt
        write(path, data)

    with monkeypatch.context() as cut:
        cut.setattr(files, "write", stopped)
        with pytest.raises(KeyboardInterrupt):
            tree.update()
    after = tree.lines.read_bytes()

    assert tree.update() == []
    assert tree.lines.read_bytes() == after
    assert tree.workspace.base(tree.lines).read_bytes() == (tree.given / LINES).read_bytes()


def test_what_jupyter_saves_during_an_update_is_not_overwritten(tree, monkeypatch):
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY))
    later = notebook(WORDS, cell("t", "def rise(a, b): typed this moment"))
    aside, saves = workspace.set_aside, iter([later])

    def slowly(*arguments):
        tree.lines.write_text(next(saves, tree.lines.read_text()))
        return aside(*arguments)

    monkeypatch.setattr(workspace, "set_aside", slowly)
    tree.update()

    assert [each["source"] for each in tree.cells()] == ["# Straight lines", "def rise(a, b): typed this moment"]


def test_a_notebook_that_is_written_again_and_again_is_left_alone_and_told(tree, monkeypatch):
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY))
    aside, number = workspace.set_aside, iter(range(100))

    def busily(*arguments):
        tree.lines.write_text(notebook(WORDS, cell("t", f"typed {next(number)}")))
        return aside(*arguments)

    monkeypatch.setattr(workspace, "set_aside", busily)

    assert tree.update() == [f"{LINES} is being written by another program: close it there, then update again."]
    assert tree.cells()[1]["source"] == "typed 2"


def test_a_notebook_behind_a_link_is_updated_where_it_lies_and_keeps_its_permissions(tree, tmp_path):
    real = tmp_path / "elsewhere.ipynb"
    tree.lines.rename(real)
    real.chmod(0o600)
    tree.lines.symlink_to(real)
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY))

    tree.update()

    assert tree.lines.is_symlink()
    assert real.read_bytes() == (tree.given / LINES).read_bytes()
    assert real.stat().st_mode & 0o777 == 0o600


# ---- set back ------------------------------------------------------------------------------------------------------


def test_a_reset_says_where_the_learners_notebook_is_and_gives_the_courses(tree):
    tree.lines.write_text(notebook(WORDS, MINE))
    before = tree.lines.read_bytes()

    saved = tree.reset()

    assert saved == tree.root / SAVED / LINES and saved.read_bytes() == before
    assert tree.lines.read_bytes() == (tree.given / LINES).read_bytes()
    assert tree.update() == []


def test_resets_within_one_second_keep_every_copy(tree):
    for text in ("one", "two", "two", "three"):
        tree.lines.write_text(text)
        tree.reset()

    kept = {path.read_text() for path in (tree.root / ".groundup/saved").rglob("*.ipynb")}
    assert kept == {"one", "two", "three"}


def test_a_reset_of_a_deleted_notebook_has_nothing_to_save(tree):
    tree.lines.unlink()

    assert tree.reset() is None
    assert tree.lines.exists()


def test_a_reset_whose_copy_cannot_be_written_changes_nothing(tree, monkeypatch):
    tree.lines.write_text(notebook(WORDS, MINE))
    before = contents(tree.root)
    (tree.root / ".groundup/saved").write_text("in the way")

    with pytest.raises(WorkspaceError, match="rename it"):
        tree.reset()

    assert {name: data for name, data in contents(tree.root).items() if "saved" not in name} == before


# ---- what the machine may do to it ---------------------------------------------------------------------------------

CREATING = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r}); sys.path.insert(0, {home!r})
from groundup.course.lesson import load_course
from groundup.workspace import Workspace, WorkspaceError, create, reset, update
from shelf_course import notebooks_in
course, given = load_course({package!r}), notebooks_in(Path({given!r}))
[lesson.exercise_names() for lesson in course.lessons]

root = Path(sys.argv[1])
try:
    create(root, course, given)
    print("no error")
except WorkspaceError as error:
    print(error)
"""


def creating(tree, more=""):
    known = {"tests": str(Path(__file__).parent), "home": str(tree.given.parent), "package": tree.course.package}
    return CREATING.format(given=str(tree.given), **known) + more


def test_a_read_only_folder_is_told_and_left_as_it_is(tree, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()

    said = on_a_read_only_disk(bare, creating(tree))

    assert said.startswith(f"{bare}/.groundup cannot be changed, as it or its folder is read-only (")
    assert said.endswith("make it writable, or name a folder that is yours.\n")
    assert contents(bare) == {}


def test_a_workspace_on_a_disk_become_read_only_is_told_by_every_command(tree):
    tree.lines.write_text(notebook(WORDS, MINE))
    before = contents(tree.root)
    more = """
for use in (lambda: update(Workspace(root), course, given), lambda: reset(Workspace(root), course.lessons[0], given)):
    try:
        use()
        print("no error")
    except WorkspaceError as error:
        print(error)
"""
    said = on_a_read_only_disk(tree.root, creating(tree, more)).splitlines()

    assert len(said) == 3 and all("is read-only (" in line for line in said)
    assert contents(tree.root) == before


def test_a_full_disk_is_told_and_the_notebook_is_whole(tree, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    big = cell("b", "x" * 250_000)
    tree.publish(LINES, notebook(WORDS, big))
    more = """
for path in root.rglob("*.ipynb"):
    print(path.name, path.read_bytes() == given(course.lessons[0]).read_bytes())
print([str(path) for path in root.rglob("*.part")])
"""

    said, *whole, leftovers = on_a_small_disk(disk, creating(tree, more)).splitlines()

    assert said == f"The disk that holds {disk} is full, so nothing more could be written: make room, then try again."
    assert whole == ["1_lines.ipynb True"]  # the base came first; the notebook found no room, or it is whole
    assert leftovers == "[]"


def test_two_commands_at_once_take_turns(tree):
    code = creating(tree, "print(update(Workspace(root), course, given))")
    tree.lines.write_text(notebook(WORDS, MINE))
    tree.publish(LINES, notebook(cell("w", "# Straight lines", "markdown"), TRY))
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(tree.root)], stdout=subprocess.PIPE, text=True) for _ in "ab"
    ]

    said = [process.communicate(timeout=60)[0].splitlines() for process in both]

    assert sorted(lines[1] for lines in said) == sorted([f"['{LINES}: 1 cell renewed.']", "[]"])
    assert tree.cells() == [cell("w", "# Straight lines", "markdown"), MINE]


def test_a_lock_that_is_not_let_go_is_told(tree, monkeypatch):
    with files.alone(tree.workspace.state / "lock"):
        monkeypatch.setattr("groundup.workspace.place.PATIENCE", 0.2)
        with pytest.raises(WorkspaceError, match="Another kernel or command has been changing"):
            tree.update()
