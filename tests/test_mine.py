"""The library `my`: what passed is kept so that it imports, what has not is lent, and nothing by hand is lost."""

import importlib
import linecache
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from itertools import count

import pytest

from groundup.course.lesson import load_course
from groundup.workspace import create, mine
from groundup.workspace.library import Clash, renamed
from groundup.workspace.taken import take_source
from shelf_course import notebooks_in, write_course

NOON = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
SAVED = ".groundup/saved/2026-03-01T12-00-05Z"
numbers = count()


class Learner:
    """Runs cells and keeps what they define, as a check that passed would; `names` are those of the notebook."""

    def __init__(self, course, workspace):
        self.course, self.workspace = course, workspace
        self.names = {"__name__": "__main__"}

    def run(self, text):
        path = f"/tmp/ipykernel_9/{next(numbers)}.py"
        text = textwrap.dedent(text)
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
        exec(compile(text, path, "exec"), self.names)

    def passes(self, name, text, stem="lines"):
        """What is said about keeping an exercise whose cell reads `text`."""
        self.run(text)
        return self.keeps(name, stem)

    def keeps(self, name, stem="lines", named=""):
        """What is said about keeping the object of this name, as it is now."""
        lesson, taken = self.course.find(stem), take_source(self.names[named or name], "" if named else name)
        return mine.keep(self.workspace, lesson, lesson.register().exercises[name], taken, NOON)

    def file(self, stem="lines"):
        return self.workspace.my / f"{stem}.py"

    def imported(self, stem="lines"):
        return importlib.import_module(f"my.{stem}")


@pytest.fixture
def learner(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    course = write_course(tmp_path)
    empty = tmp_path / "given"
    for lesson in course.lessons:
        (empty / lesson.notebook).parent.mkdir(parents=True, exist_ok=True)
        (empty / lesson.notebook).write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    workspace = create(tmp_path / "workspace", course, notebooks_in(empty))
    mine.lend(course, workspace)
    yield Learner(course, workspace)
    mine.lend(course, None)
    forget()


def forget():
    """As a new kernel begins: nothing of `my` is loaded, and nothing was said of it."""
    for name in [name for name in sys.modules if name == "my" or name.startswith("my.")]:
        del sys.modules[name]
    mine._Lending.told.clear()


# ---- what passes is kept -------------------------------------------------------------------------------------------

BEGIN = "# Your own library, kept by Ground Up: what has passed in 1_math/1_lines. Each pass renews its own section.\n"
END = """
# ── not passed yet: the course's own ──
def __getattr__(name):
    from groundup import fallback

    return fallback("lines", name)
"""


def test_a_file_stands_ready_for_every_lesson(learner):
    assert learner.file().read_text() == f"{BEGIN}\nimport math\n\n{END}"
    assert (learner.workspace.my / "__init__.py").read_text().startswith('"""Your own library')


def test_what_passed_is_kept_in_the_lessons_order_under_its_imports(learner):
    told = [
        learner.passes("angle", "import math\n\ndef angle(slope):\n    return math.atan(slope)\n"),
        learner.passes("rise", "# up, not along\ndef rise(a, b):\n    return b - a\n\nprint(rise(1, 2))\n"),
    ]

    assert told == [["Kept in `my/lines.py`."]] * 2
    assert (
        learner.file().read_text()
        == f"""{BEGIN}
import math


# ── rise ──
# up, not along
def rise(a, b):
    return b - a


# ── angle ──
def angle(slope):
    return math.atan(slope)

{END}"""
    )
    assert learner.imported().rise(1, 3) == 2


def test_passing_again_replaces_that_section_alone_and_the_same_code_changes_nothing(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    learner.passes("angle", "def angle(slope): return 1")
    before = learner.file().read_text()

    assert learner.passes("rise", "def rise(a, b): return b - a") == []
    assert learner.file().read_text() == before
    assert learner.passes("rise", "def rise(a, b): return -(a - b)") == ["Kept in `my/lines.py`."]
    assert learner.file().read_text() == before.replace("return b - a", "return -(a - b)")


def test_a_class_is_kept_with_what_it_leans_on(learner):
    learner.passes(
        "Line", "class Base:\n    k = 2\n\nclass Line(Base):\n    def __init__(self, s):\n        self.s = s * self.k"
    )

    assert learner.imported().Line(3).s == 6


def test_what_goes_by_another_name_in_the_cell_has_the_exercises_name_in_the_library(learner):
    learner.run("def mine(a, b): return b - a\nrise = mine")
    learner.keeps("rise", named="mine")

    assert learner.imported().rise(1, 3) == 2
    learner.passes("angle", "angle = lambda slope: slope")
    assert learner.imported().angle(4) == 4


def test_a_module_that_is_imported_already_gets_the_new_code_in_place(learner):
    module = learner.imported()
    learner.passes("rise", "def rise(a, b): return b - a")
    first = module.rise

    learner.passes("rise", "K = 10\ndef rise(a, b): return K * (b - a)")

    assert learner.imported() is module and module.rise(0, 1) == 10 and first(0, 1) == 1


def test_what_another_kernel_kept_meanwhile_is_found_instead_of_the_courses_own(learner, capsys):
    module = learner.imported()
    assert module.rise.__module__ != "my.lines"
    text, angle = learner.file().read_text(), "\n# ── angle ──\ndef angle(slope): return 'mine'\n"
    learner.file().write_text(text.replace(END, angle + END))
    capsys.readouterr()

    assert module.angle(1) == "mine"
    assert capsys.readouterr().out == ""


# ---- what it leans on ----------------------------------------------------------------------------------------------


def test_an_exercise_that_leans_on_one_that_passed_uses_the_learners(learner):
    learner.passes("rise", "def rise(a, b):\n    return 100 * (b - a)")
    learner.passes("slope", "def slope(a, b, run):\n    return rise(a, b) / run")

    assert learner.imported().slope(0, 1, 1) == 100


def test_an_exercise_that_leans_on_one_that_did_not_pass_borrows_it_and_says_so_once(learner, capsys):
    learner.run("from my.lines import rise")
    assert capsys.readouterr().out == "my.lines: rise is not in your library yet, so this is the course's own.\n"
    learner.passes("slope", "def slope(a, b, run):\n    return rise(a, b) / run")
    assert 'rise = fallback("lines", "rise")' in learner.file().read_text()

    forget()
    assert learner.imported().slope(0, 1, 1) == 1
    assert learner.imported().rise(0, 1) == 1
    assert capsys.readouterr().out == "my.lines: rise is not in your library yet, so this is the course's own.\n"

    learner.passes("rise", "def rise(a, b):\n    return 100 * (b - a)")
    assert learner.imported().slope(0, 1, 1) == 100
    assert "rise = fallback" not in learner.file().read_text()


def test_what_another_lesson_taught_comes_from_its_own_file(learner):
    learner.run("from my.lines import rise, Line")
    learner.passes("bend", "def bend(a, b, c):\n    return rise(b, c) - rise(a, b)", "curves")

    assert "# ── bend ──\nfrom my.lines import rise\n" in learner.file("curves").read_text()
    learner.passes("rise", "def rise(a, b):\n    return 100 * (b - a)")
    forget()
    assert learner.imported("curves").bend(0, 1, 3) == 100


def test_what_another_lesson_taught_and_stands_in_another_cell_comes_from_its_own_file_too(learner):
    learner.run("def rise(a, b): return b - a")
    learner.passes("bend", "def bend(a, b, c):\n    return rise(b, c) - rise(a, b)", "curves")

    assert "# ── bend ──\nfrom my.lines import rise\n" in learner.file("curves").read_text()


def test_an_exercise_that_imports_from_its_own_lessons_file_does_not_import_itself(learner):
    cell = "from my.lines import rise as up\n\ndef slope(a, b, run):\n    return up(a, b) / run"

    assert learner.passes("slope", cell) == ["Kept in `my/lines.py`."]
    assert "import rise" not in learner.file().read_text()
    assert learner.imported().slope(0, 1, 2) == 0.5


def test_a_name_defined_elsewhere_in_the_notebook_is_told_and_what_was_kept_stays(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    before = learner.file().read_text()
    learner.run("scale = 1\ndef helper(x): return x")

    told = learner.passes("rise", "def rise(a, b): return helper(b - a) * scale")

    assert told == [
        "rise is not kept in `my/lines.py` yet: it leans on `helper` and `scale`, which its cell does not define. "
        "Define them there and check again."
    ]
    assert learner.file().read_text() == before


def test_two_cells_may_call_different_helpers_the_same(learner):
    learner.passes("rise", "K = 1\ndef go(x): return K * x\n\ndef rise(a, b): return go(b - a)")
    told = learner.passes(
        "slope",
        "K = 2\ndef go(x):\n    return x.go if hasattr(x, 'go') else K * x  # go\n\n"
        "def slope(a, b, run): return go((b - a) / run)",
    )

    assert told == ["Kept in `my/lines.py`."]
    assert (
        "K_slope = 2\n\n\ndef go_slope(x):\n    return x.go if hasattr(x, 'go') else K_slope * x  # go\n\n\n"
        "def slope(a, b, run): return go_slope((b - a) / run)" in learner.file().read_text()
    )
    assert learner.imported().rise(0, 1) == 1 and learner.imported().slope(0, 1, 1) == 2


def test_two_cells_may_hold_the_same_helper(learner):
    helper = "from math import tau\n\ndef go(x): return x * tau\n\n"
    learner.passes("rise", helper + "def rise(a, b): return go(b - a)")
    learner.passes("slope", helper + "def slope(a, b, run): return go((b - a) / run)")

    assert "go_slope" not in learner.file().read_text()


def test_helpers_that_cannot_be_told_apart_are_told_and_what_was_kept_stays(learner):
    learner.passes("rise", "K = 1\ndef rise(a, b): return K * (b - a)")
    before = learner.file().read_text()

    told = learner.passes("slope", "K = 2\ndef at(K=K): return K\ndef slope(a, b, run): return at() * (b - a) / run")

    assert told == [
        "slope is not kept in `my/lines.py`: `K` in its cell means something else than in another exercise kept there. "
        "Give it another name and check again."
    ]
    assert learner.file().read_text() == before


def test_another_exercises_definition_in_the_same_cell_is_not_kept_twice(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    learner.passes("slope", "def rise(a, b): return 'old'\n\ndef slope(a, b, run): return rise(a, b) / run")

    assert learner.file().read_text().count("def rise") == 1
    assert learner.imported().slope(0, 4, 2) == 2


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("sys.gone", "AttributeError: module 'sys' has no attribute 'gone'"),
        ("sys.gone if hasattr(sys, 'gone') else sys.exit('no way')", "SystemExit: no way"),
        ("sys.gone if hasattr(sys, 'gone') else max(i for i in iter(int, 1))", "it takes longer than 0.2 s"),
    ],
)
def test_code_that_would_not_import_again_is_not_kept_and_the_old_file_stays(learner, monkeypatch, value, why):
    learner.passes("rise", "def rise(a, b): return b - a")
    before, module = learner.file().read_text(), learner.imported()
    monkeypatch.setattr(mine, "PATIENCE", 0.2)
    with monkeypatch.context() as today:
        today.setattr(sys, "gone", 1, raising=False)
        learner.run(f"import sys\nK = {value}\ndef rise(a, b): return K")

    told = learner.keeps("rise")

    assert told == [f"rise is not kept in `my/lines.py`, which would not import with it: {why}."]
    assert learner.file().read_text() == before and module.rise(1, 3) == 2


def test_code_without_a_source_is_told(learner):
    exec("def rise(a, b): return b - a", learner.names)

    told = learner.keeps("rise")

    assert told == ["rise is not kept in `my/lines.py`, as its source was not found: define it in a cell or a file."]


# ---- what is edited by hand ----------------------------------------------------------------------------------------


def test_a_file_edited_by_hand_is_set_aside_and_edits_in_other_sections_stay(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    learner.passes("angle", "def angle(slope): return slope")
    edited = learner.file().read_text().replace("return slope", "return slope  # by hand").replace("b - a", "b-a")
    learner.file().write_text(edited)

    told = learner.passes("rise", "def rise(a, b): return -a + b")

    assert told == [
        f"`my/lines.py` had been edited by hand; that version is saved as `{SAVED}/my/lines.py`.",
        "Kept in `my/lines.py`.",
    ]
    assert (learner.workspace.root / SAVED / "my/lines.py").read_text() == edited
    assert "return slope  # by hand" in learner.file().read_text() and "-a + b" in learner.file().read_text()
    assert learner.passes("rise", "def rise(a, b): return -a + b") == []


def test_a_file_broken_by_hand_is_set_aside_and_made_anew_from_what_had_passed(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    learner.file().write_text("# ── rise ──\ndef rise(a, b: oh")

    learner.passes("angle", "def angle(slope): return slope")

    assert learner.imported().rise(1, 3) == 2 and learner.imported().angle(1) == 1
    assert (learner.workspace.root / SAVED / "my/lines.py").read_text().endswith("oh")


def test_a_deleted_file_comes_back_with_what_had_passed(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    before = learner.file().read_text()
    learner.file().unlink()

    assert mine.prepare(learner.workspace, learner.course) == [
        "my/lines.py was missing and is back with what had passed."
    ]
    assert learner.file().read_text() == before


def test_a_deleted_file_does_not_lose_what_passed_at_the_next_pass_either(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    learner.file().unlink()

    learner.passes("angle", "def angle(slope): return slope")

    assert {"rise", "angle"} <= set(vars(learner.imported()))


def test_a_new_version_of_the_course_renews_what_stands_around_the_sections_unless_edited(learner):
    learner.passes("rise", "def rise(a, b): return b - a")
    good = learner.file().read_text()
    for path in (learner.file(), learner.workspace.base(learner.file())):
        path.write_text(good.replace("import math", "import cmath"))
    mine.prepare(learner.workspace, learner.course)
    assert learner.file().read_text() == good

    learner.file().write_text(good + "# by hand\n")
    mine.prepare(learner.workspace, learner.course)
    assert learner.file().read_text() == good + "# by hand\n"


# ---- what is lent --------------------------------------------------------------------------------------------------


def test_what_has_not_passed_is_the_courses_own_and_said_once(learner, capsys):
    from my.lines import Line, rise

    for _ in range(2):
        from my.lines import rise as again
    reference = learner.course.find("lines").register().exercises["rise"].reference

    assert rise is again is reference and Line(2)(3) == 6
    assert capsys.readouterr().out.splitlines() == [
        "my.lines: Line is not in your library yet, so this is the course's own.",
        "my.lines: rise is not in your library yet, so this is the course's own.",
    ]


def test_a_name_that_no_lesson_has_cannot_be_imported(learner):
    with pytest.raises(ImportError, match="cannot import name 'rize'"):
        from my.lines import rize  # noqa: F401
    with pytest.raises(AttributeError, match=r"module 'my.lines' has no attribute 'rize': did you mean rise\?"):
        _ = learner.imported().rize
    with pytest.raises(ModuleNotFoundError):
        import my.nothing  # noqa: F401


def test_without_a_workspace_everything_is_lent(learner):
    mine.lend(learner.course, None)

    from my.neuron import fire

    assert fire is learner.course.find("neuron").register().exercises["fire"].reference


def test_a_file_missing_from_the_workspace_is_lent_too(learner):
    learner.file("neuron").unlink()

    from my.neuron import fire

    assert fire(-1) == 0


def test_another_package_called_my_does_not_stand_in_the_way(learner, tmp_path, monkeypatch):
    (tmp_path / "stray" / "my").mkdir(parents=True)
    (tmp_path / "stray" / "my" / "__init__.py").write_text("raise RuntimeError('not me')")
    monkeypatch.syspath_prepend(tmp_path / "stray")
    forget()

    assert learner.imported().__file__ == str(learner.file())


def test_in_a_bare_python_the_library_of_the_real_course_imports_from_its_folder(tmp_path):
    course = load_course()
    (tmp_path / "empty.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    workspace = create(tmp_path / "workspace", course, lambda lesson: tmp_path / "empty.ipynb")
    lesson = course.lessons[0]
    name = lesson.exercise_names()[0]

    told = subprocess.run(
        [sys.executable, "-c", f"from my.{lesson.stem} import {name}; print({name}.__module__)"],
        cwd=workspace.root,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.splitlines() == [
        f"my.{lesson.stem}: {name} is not in your library yet, so this is the course's own.",
        lesson.module,
    ]


# ---- two kernels ---------------------------------------------------------------------------------------------------

KERNEL = """
import sys, linecache, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from groundup.workspace import mine
from groundup.course.lesson import load_course
from groundup.workspace.place import Workspace
from groundup.workspace.taken import take_source

course, names = load_course(sys.argv[3]), {"__name__": "__main__"}
lesson, name = course.find("lines"), sys.argv[4]
exercise = lesson.register().exercises[name]
while time.time() < float(sys.argv[5]):
    pass
for i in range(20):
    text, path = f"def {name}(*a): return {i}", f"/tmp/ipykernel_1/{i}.py"
    linecache.cache[path] = (len(text), None, [text], path)
    exec(compile(text, path, "exec"), names)
    told = mine.keep(Workspace(Path(sys.argv[1])), lesson, exercise, take_source(names[name]))
    assert told == ["Kept in `my/lines.py`."], told
"""


def test_two_kernels_that_keep_at_once_lose_nothing_of_each_other(learner, tmp_path):
    start = str(time.time() + 1.0)
    known = [str(learner.workspace.root), str(tmp_path), learner.course.package]
    kernels = [
        subprocess.Popen([sys.executable, "-c", KERNEL, *known, name, start]) for name in ("rise", "slope", "angle")
    ]

    assert [kernel.wait(60) for kernel in kernels] == [0, 0, 0]
    module = learner.imported()
    assert (module.rise(), module.slope(), module.angle()) == (19, 19, 19)
    assert not (learner.workspace.state / "saved").exists()  # nobody took another kernel's pass for an edit by hand


# ---- renaming ------------------------------------------------------------------------------------------------------


def test_a_name_is_changed_wherever_it_means_the_same_and_nowhere_else():
    source = "k = 1\ndef f(x, *, kk=k):\n    return x.k + f(x, kk=k) + {'k': k}['k']  # k\nk += 1\nclass A(k): 1"

    assert renamed(source, "k", "k_f") == (
        "k_f = 1\ndef f(x, *, kk=k_f):\n    return x.k + f(x, kk=k_f) + {'k': k_f}['k']  # k\nk_f += 1\nclass A(k_f): 1"
    )
    assert renamed("def  go(ä): return 'ä', ä, go\nasync def h(): go()", "go", "go_h") == (
        "def  go_h(ä): return 'ä', ä, go_h\nasync def h(): go_h()"
    )


@pytest.mark.parametrize(
    "source",
    [
        "k = 1\ndef f(k): return k",
        "k = 1\ndef f():\n    k = 2\n    return k",
        "k = 1\ndef f():\n    global k\n    k = 2",
        "k = 1\nclass A:\n    k = 3\n    def f(self): return k",
        "k = 1\nf = lambda k: k",
        "k = 1\nf = [k for k in range(3)]",
        "import k",
        "k = 1\ndef f(): return f'{k}'",
    ],
)
def test_a_name_that_also_means_something_else_is_not_changed(source):
    with pytest.raises(Clash):
        renamed(source, "k", "k_f")


# ---- a class that has passed -----------------------------------------------------------------------------------------

LINE = """
class Line:
    def __init__(self, slope):
        self.slope = slope

    def __eq__(self, other):
        return isinstance(other, Line) and self.slope == other.slope
"""


def test_a_class_that_has_passed_stays_the_same_class_when_another_exercise_is_kept(learner):
    learner.passes("Line", LINE)
    learner.run("from my.lines import Line\nearlier = Line(2)")

    assert learner.passes("rise", "def rise(a, b): return b - a") == ["Kept in `my/lines.py`."]

    assert learner.names["Line"] is learner.imported().Line
    assert learner.names["earlier"] == learner.imported().Line(2)
    assert learner.imported().rise(1, 3) == 2


def test_a_class_that_leans_on_what_the_course_lends_stays_the_same_too(learner):
    learner.imported()
    learner.passes("Line", LINE + "\n    def up(self):\n        return rise(0, self.slope)\n")
    before = learner.imported().Line

    learner.passes("angle", "def angle(slope): return 1")

    assert 'rise = fallback("lines", "rise")' in learner.file().read_text()
    assert learner.imported().Line is before
    assert before(2).up() == 2


def test_a_class_that_passes_with_another_text_is_the_new_one(learner):
    learner.passes("Line", LINE)
    before = learner.imported().Line

    learner.passes("Line", LINE.replace("self.slope = slope", "self.slope = float(slope)"))

    assert learner.imported().Line is not before
    assert type(learner.imported().Line(2).slope) is float


def test_a_class_is_made_anew_when_what_it_was_made_from_has_changed(learner):
    cell = "STEEP = {}\n\n" + LINE.replace("def __init__", "steep = STEEP\n\n    def __init__")
    learner.passes("Line", cell.format(5))
    assert learner.imported().Line.steep == 5

    learner.passes("Line", cell.format(7))

    assert learner.imported().Line.steep == 7


def test_what_another_kernel_keeps_leaves_this_ones_classes_alone(learner):
    learner.passes("Line", LINE)
    here = learner.imported()
    held, file = here.Line, learner.file()
    loaded = dict(vars(here))
    learner.passes("rise", "def rise(a, b): return b - a")
    vars(here).clear()
    vars(here).update(loaded)  # as if the pass had been another kernel's

    assert here.rise(1, 3) == 2
    assert here.Line is held and "rise" in file.read_text()
