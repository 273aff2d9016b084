"""The course on disk, read from a small one that each test writes for itself."""

import importlib
import subprocess
import sys
import textwrap
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from groundup.course.lesson import (
    Lesson,
    built_notebook,
    header,
    load_course,
    notebooks_folder,
)
from groundup.exercise import exercise_of
from groundup.source import reference_source, starter

CURRICULUM = """
[[phase]]
name = "math"
folder = "1_math"
title = "Mathematical foundations"
lessons = ["lines", "curves"]

[[phase]]
name = "code"
folder = "2_code"
title = "Code"
lessons = ["loops"]
"""
LINES = '''
"""Lines."""
import math
import warnings
from collections import deque as queue

import numpy as np

from groundup.exercise import case, exercise

@exercise
def rise(a, b):
    """How far b lies above a."""
    return np.asarray(b) - a

case(rise, 1, 2)

@exercise(rtol=1e-6)
class Line:
    """A line."""
    def __init__(self, slope):
        self.slope = slope

def helper():
    with warnings.catch_warnings():
        return queue()
'''


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A course of three lessons, importable as `small.lessons`."""
    root = tmp_path / "small"
    for folder in ("", "lessons", "lessons/math", "lessons/code"):
        (root / folder).mkdir()
        (root / folder / "__init__.py").touch()
    (root / "lessons/curriculum.toml").write_text(CURRICULUM)
    for name, code in {"math/lines": LINES, "math/curves": "raise OSError('imported')", "code/loops": ""}.items():
        (root / f"lessons/{name}.py").write_text(code)
        (root / f"lessons/{name}.md").write_text(f"# About {name}\n\nNo warnings.\n\n```{{code-cell}}\nmath.pi\n```\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield "small.lessons"
    for name in [name for name in sys.modules if name.partition(".")[0] == "small"]:
        del sys.modules[name]


def written(tmp_path, monkeypatch, code):
    """The exercise `it` of a module that holds this code."""
    name = f"written_{abs(hash((code, str(tmp_path))))}"
    text = "from groundup.exercise import exercise\nimport functools\n" + textwrap.dedent(code)
    (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    return exercise_of(importlib.import_module(name).it)


@pytest.fixture
def made(tmp_path, monkeypatch):
    return lambda code: written(tmp_path, monkeypatch, code)


def text(block):
    return textwrap.dedent(block).strip("\n")


def test_a_course_is_read_in_the_order_of_its_curriculum_and_imports_no_lesson(package):
    course = load_course(package)

    assert [lesson.key for lesson in course.lessons] == ["1_math/1_lines", "1_math/2_curves", "2_code/1_loops"]
    assert [(phase.name, phase.folder, phase.title) for phase in course.phases] == [
        ("math", "1_math", "Mathematical foundations"),
        ("code", "2_code", "Code"),
    ]
    assert not [name for name in sys.modules if name.startswith("small.lessons.")]


def test_a_gate_is_a_lesson_without_a_number_last_in_its_phase(package, tmp_path):
    plan = CURRICULUM.replace('["lines", "curves"]', '["lines"]\ngate = "curves"') + 'gate = "leap"\n'
    plan += '[coming.math]\ngate = "Still to come"\n[coming.code]\n2_jumps = "Jumps"\n'
    (tmp_path / "small/lessons/curriculum.toml").write_text(plan)

    course = load_course(package)

    assert [lesson.key for lesson in course.lessons] == [
        "1_math/1_lines",
        "1_math/gate",
        "2_code/1_loops",
        "2_code/gate",
    ]
    assert [phase.gate.stem for phase in course.phases] == ["curves", "leap"]
    assert [[each.title for each in phase.coming] for phase in course.phases] == [[], ["Jumps"]]
    assert [lesson.is_gate for lesson in course.lessons] == [False, True, False, True]
    assert course.find("x/2_code/gate.ipynb").stem == course.find("leap").stem == "leap"
    assert course.find("1_math/gate").stem == course.find("gate").stem == "curves"


def test_quizzes_are_read_and_not_imported(package, tmp_path):
    code = tmp_path / "small/lessons/math/lines.py"
    code.write_text(code.read_text() + 'quiz("one", "Why?")\nquiz(\n    "two",\n    "Why?",\n)\n# quiz("not")\n')
    lesson = load_course(package).lessons[0]

    assert lesson.quiz_names() == ("one", "two")
    assert lesson.quiz_opening("two") == "Why?" and replace(lesson, number=0).quiz_opening("two") == "Question 2."
    assert lesson.module not in sys.modules


def test_a_lesson_knows_its_files_its_title_and_its_exercises_without_being_imported(package, tmp_path):
    line = load_course(package).lessons[0]

    assert line == Lesson("small.lessons", "math", "1_math", 1, "lines")
    assert line.module == "small.lessons.math.lines"
    assert line.notebook == "1_math/1_lines.ipynb"
    assert line.source == tmp_path / "small/lessons/math/lines.md"
    assert line.code == tmp_path / "small/lessons/math/lines.py"
    assert line.title == "About math/lines"
    assert line.exercise_names() == ("rise", "Line")
    assert line.module not in sys.modules


def test_register_imports_the_lesson_and_holds_what_it_declares(package):
    register = load_course(package).find("lines").register()

    assert list(register.exercises) == ["rise", "Line"]
    assert "small.lessons.math.lines" in sys.modules


def test_a_lesson_without_a_title_is_refused_with_its_file(package):
    line = load_course(package).lessons[0]
    line.source.write_text("Words first\n")

    with pytest.raises(ValueError, match=r"lines\.md opens with 'Words first': its first line must be '# '"):
        _ = line.title


@pytest.mark.parametrize(
    "text",
    [
        "curves",
        "2_curves",
        "1_math/2_curves",
        "1_math/2_curves.ipynb",
        "/home/ada/groundup-workspace/1_math/2_curves.ipynb",
        "C:\\Users\\Ada\\1_math\\2_curves.ipynb",
        "curves.md",
    ],
)
def test_a_lesson_is_found_by_its_stem_its_key_and_its_notebook_wherever_that_lies(package, text):
    assert load_course(package).find(text).key == "1_math/2_curves"


def test_a_lesson_that_is_not_there_names_the_nearest(package):
    with pytest.raises(LookupError) as nearest:
        load_course(package).find("1_math/2_curve.ipynb")
    with pytest.raises(LookupError) as anything:
        load_course(package).find("zzz")

    assert str(nearest.value) == "There is no lesson '1_math/2_curve.ipynb'; did you mean 1_math/2_curves?"
    assert str(anything.value) == (
        "There is no lesson 'zzz'; did you mean 1_math/1_lines or 1_math/2_curves or 2_code/1_loops?"
    )


def test_lesson_with_finds_only_what_is_an_exercise(package):
    course = load_course(package)

    assert [lesson.stem for lesson in course.lesson_with("rise")] == ["lines"]
    assert [lesson.stem for lesson in course.lesson_with("Line")] == ["lines"]
    assert course.lesson_with("helper") == []
    assert course.lesson_with("ris") == []


def test_an_exercise_is_seen_through_arguments_other_decorators_and_other_names_of_the_vocabulary(package):
    line = load_course(package).lessons[0]
    line.code.write_text(
        "@exercise(\n    needs=[a],\n)\n@other\ndef b(): ...\n\n@words.exercise\n# why\nclass C: ...\n\n"
        "@exercises\ndef d(): ...\n@cases(b)\ndef _(rng): ...\n# @exercise\ndef e(): ...\n"
    )

    assert line.exercise_names() == ("b", "C")


@pytest.mark.parametrize("lesson", load_course().lessons, ids=lambda lesson: lesson.key)
def test_the_names_that_are_read_are_those_that_are_registered(lesson):
    assert lesson.exercise_names() == tuple(lesson.register().exercises)


def test_two_lessons_of_one_stem_and_a_tenth_lesson_are_refused(package, tmp_path):
    plan = tmp_path / "small/lessons/curriculum.toml"
    plan.write_text(CURRICULUM.replace('"loops"', '"lines"'))
    with pytest.raises(ValueError, match="Two lessons are called 'lines'"):
        load_course(package)

    plan.write_text(CURRICULUM.replace('"loops"', ", ".join(f'"l{n}"' for n in range(10))))
    with pytest.raises(ValueError, match="2_code numbers a lesson past 9"):
        load_course(package)


def test_a_package_that_is_not_there_is_said_so():
    with pytest.raises(LookupError, match="There is no package 'nowhere'"):
        load_course("nowhere")


def test_the_header_keeps_the_imports_that_references_and_cells_use(package):
    assert header(load_course(package).lessons[0]) == "import math\nimport numpy as np"


def test_built_notebooks_are_found_in_an_installed_package_and_else_at_the_repository(package, tmp_path):
    line = load_course(package).lessons[0]
    with pytest.raises(FileNotFoundError, match="install groundup again"):
        notebooks_folder(package)

    (tmp_path / "pyproject.toml").touch()
    with pytest.raises(FileNotFoundError, match="run `groundup build`"):
        built_notebook(line)
    (tmp_path / "1_math").mkdir()
    (tmp_path / "1_math/1_lines.ipynb").touch()
    assert built_notebook(line) == tmp_path / "1_math/1_lines.ipynb"

    (tmp_path / "small/notebooks/1_math").mkdir(parents=True)
    (tmp_path / "small/notebooks/1_math/1_lines.ipynb").touch()
    assert built_notebook(line) == tmp_path / "small/notebooks/1_math/1_lines.ipynb"


def test_a_starter_is_the_signature_as_written_the_docstring_and_a_gap(made):
    it = made('''
        @exercise(rtol=1e-3)
        def it(
            f, x: float = 1.0, *, h=1e-5, key=lambda v: v, names={"a": 1}
        ) -> dict[str, int]:  # (B, T)
            """Promise.

            Returns: a sum.
            """
            # the trick
            y = f(x)  # secret
            return y
            # afterthought

        other = 1
        ''')

    assert starter(it) == text('''
        def it(
            f, x: float = 1.0, *, h=1e-5, key=lambda v: v, names={"a": 1}
        ) -> dict[str, int]:  # (B, T)
            """Promise.

            Returns: a sum.
            """
            ...  # your code here
        ''')


def test_a_starter_of_one_line_and_one_without_a_docstring_lose_their_body_too(made):
    assert starter(made("@exercise\ndef it(x): return x + 1")) == "def it(x):\n    ...  # your code here"
    assert starter(made("@exercise\ndef it(x): 'Add.'; return x + 1")) == (
        "def it(x):\n    'Add.'\n    ...  # your code here"
    )
    assert starter(made("@exercise\ndef it(x):\n    # why\n    return x + 1\n")) == (
        "def it(x):\n    ...  # your code here"
    )


def test_only_the_marked_lines_are_removed_where_an_author_gives_part_of_a_body(made):
    it = made('''
        @exercise
        def it(xs):
            """Sum."""
            total = 0
            for x in xs:
                # begin solution
                total += x
                # end solution
            # begin solution
            total = float(total)
            # end solution
            return total
        ''')

    assert starter(it) == text('''
        def it(xs):
            """Sum."""
            total = 0
            for x in xs:
                ...  # your code here
            ...  # your code here
            return total
        ''')
    assert "solution" not in reference_source(it) and "total += x" in reference_source(it)


@pytest.mark.parametrize("lines", ["# begin solution\n    x = 1", "x = 1\n    # end solution", "# end solution"])
def test_a_marker_without_its_partner_is_refused(made, lines):
    with pytest.raises(ValueError, match=r"it has .# (begin|end) solution. without its partner"):
        starter(made(f"@exercise\ndef it(x):\n    {lines}\n    return x\n"))


def test_a_class_keeps_its_fields_and_loses_the_body_of_each_method(made):
    it = made('''
        @exercise
        class it(dict):
            """A layer."""

            size: int = 3

            def __init__(self, size):  # (D,)
                """Keep the size."""
                self.size = size
                # trailing

            # between the two
            @property
            def double(self):
                def inner():
                    return 2
                return inner() * self.size

            @staticmethod
            def one(): return 1
        ''')

    assert starter(it) == text('''
        class it(dict):
            """A layer."""

            size: int = 3

            def __init__(self, size):  # (D,)
                """Keep the size."""
                ...  # your code here

            # between the two
            @property
            def double(self):
                ...  # your code here

            @staticmethod
            def one():
                ...  # your code here
        ''')


def test_a_class_with_markers_gives_all_that_is_not_marked(made):
    it = made("""
        @exercise
        class it:
            def __init__(self, size):
                self.size = size

            def double(self):
                # begin solution
                return 2 * self.size
                # end solution
        """)

    assert starter(it) == text("""
        class it:
            def __init__(self, size):
                self.size = size

            def double(self):
                ...  # your code here
        """)


def test_our_decorator_goes_and_others_stay(made):
    it = made('''
        @exercise(
            rtol=1e-3,
        )
        @functools.lru_cache(maxsize=2)
        def it(x):
            """Promise."""
            return x
        ''')

    assert starter(it).splitlines()[0] == "@functools.lru_cache(maxsize=2)"
    assert reference_source(it) == text('''
        @functools.lru_cache(maxsize=2)
        def it(x):
            """Promise."""
            return x
        ''')


def test_the_course_is_read_without_numpy():
    reads = "import sys; from groundup.course.lesson import load_course; load_course().lessons"
    code = f"{reads}; print('numpy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_every_numbered_folder_of_the_course_travels_in_the_wheel():
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]

    for phase in load_course().phases:
        assert phase.folder in wheel["only-include"]
        assert wheel["sources"][phase.folder] == f"groundup/notebooks/{phase.folder}"


def test_an_entry_may_name_its_number_while_earlier_lessons_are_unwritten(tmp_path, monkeypatch):
    package = tmp_path / "gaps"
    package.mkdir()
    (package / "__init__.py").touch()
    phase = '[[phase]]\nname = "late"\nfolder = "2_late"\ntitle = "Late"\nlessons = ["first", "4_views"]\n'
    (package / "curriculum.toml").write_text(phase)
    monkeypatch.syspath_prepend(tmp_path)

    assert [lesson.key for lesson in load_course("gaps").lessons] == ["2_late/1_first", "2_late/4_views"]
