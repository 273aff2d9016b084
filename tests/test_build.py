"""Lessons to notebooks, on a small course that each test writes for itself."""

import importlib
import json
import re
import subprocess
import sys
import textwrap
import zlib

import nbformat
import pytest

from groundup.course.build import build, notebook, out_of_step
from groundup.course.cells import description
from groundup.course.lesson import load_course
from groundup.course.markup import BuildError

EXERCISES = '''
import numpy as np

from groundup.exercise import exercise, prediction, quiz, right, wrong

@exercise
def rise_over_run(p, q):
    """The slope of the line through p and q, each (x, y)."""
    run = q[0] - p[0]
    return (q[1] - p[1]) / run

prediction("steeper", "Which line\\nis steeper?", options=["the first", "the $x$-axis"], beliefs={"b": "It is flat."})
prediction("many", "How many?")
quiz(
    "unique", "Why is there one line?",
    wrong("Luck.", "SECRET feedback."),
    right("Two points fix it.", "SECRET praise."),
)
'''
WORDS = """\
# Lines

How steep is a road?

## A slope

One sentence.
+++ Another that opens with a plus
`{x}` stays, and $a_{1}$ too.

```{code-cell}
np.sin(0)
```
```{exercise} rise_over_run
```
```{predict} steeper
```
```{code-cell}
reveal("steeper", "a")
```
### Why
```{quiz} unique
```
```{predict} many
```
"""


@pytest.fixture
def course(tmp_path, monkeypatch, request):
    """Makes a course of one lesson from its words, and perhaps its exercises."""
    top = f"built_{zlib.crc32(str(tmp_path).encode())}"

    def make(words=WORDS, exercises=EXERCISES):
        folder = tmp_path / top / "lessons" / "math"
        folder.mkdir(parents=True, exist_ok=True)
        for package in (folder, folder.parent, folder.parent.parent):
            (package / "__init__.py").touch()
        (folder.parent / "curriculum.toml").write_text(
            '[[phase]]\nname = "math"\nfolder = "1_math"\ntitle = "Mathematics"\nlessons = ["lines"]\n'
        )
        (folder / "lines.md").write_text(words)
        (folder / "lines.py").write_text(exercises)
        return load_course(f"{top}.lessons")

    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield make
    for name in [name for name in sys.modules if name.partition(".")[0] == top]:
        del sys.modules[name]


@pytest.fixture
def built(course):
    return lambda words=WORDS, **options: notebook(course(words).lessons[0], **options)


def after_the_door(made):
    """The cells below the first code cell."""
    return [cell.source for cell in made.cells[2:]]


def text(block):
    return textwrap.dedent(block).strip("\n")


def fault(make):
    with pytest.raises(BuildError) as caught:
        make()
    return str(caught.value)


def test_a_lesson_becomes_these_cells(built):
    made = built()

    assert [(cell.id, cell.cell_type, cell.source) for cell in made.cells] == [
        ("words-lines", "markdown", "# Lines\n\nHow steep is a road?"),
        (
            "lesson",
            "code",
            "import numpy as np\n"
            "from groundup import check, draw, hint, lesson, predict, quiz, reveal, solution\n\n"
            'lesson("1_math/1_lines")',
        ),
        (
            "words-a-slope",
            "markdown",
            "## A slope\n\nOne sentence.\n\\+++ Another that opens with a plus\n`{x}` stays, and $a_{1}$ too.",
        ),
        ("code-a-slope-6746a3a8", "code", "np.sin(0)"),
        (
            "exercise-rise_over_run",
            "code",
            "def rise_over_run(p, q):\n"
            '    """The slope of the line through p and q, each (x, y)."""\n'
            "    ...  # your code here\n\n"
            "check(rise_over_run)",
        ),
        (
            "hint-rise_over_run",
            "markdown",
            "<small>Stuck? Run `hint(rise_over_run)` in a new cell: each time, it gives the next hint.</small>",
        ),
        (
            "predict-steeper-question",
            "markdown",
            "**Predict.** Which line is steeper?\n\n- (a) the first\n- (b) the $x$-axis",
        ),
        ("predict-steeper", "code", 'predict("steeper", ...)  # in place of the dots: "a" or "b"'),
        ("reveal-steeper", "code", 'reveal("steeper", "a")'),
        ("words-why", "markdown", "### Why"),
        (
            "quiz-unique-question",
            "markdown",
            "**Why?** Why is there one line?\n\n- (a) Luck.\n- (b) Two points fix it.",
        ),
        ("quiz-unique", "code", 'quiz("unique", ...)  # in place of the dots: "a" or "b"'),
        ("predict-many-question", "markdown", "**Predict.** How many?"),
        ("predict-many", "code", 'predict("many", ...)  # in place of the dots: a number'),
    ]
    marked = {cell.id: dict(cell.metadata.groundup) for cell in made.cells if cell.metadata}
    assert marked["exercise-rise_over_run"] == {"kind": "exercise", "name": "rise_over_run"}
    assert marked["quiz-unique"] == {"kind": "quiz", "name": "unique"}
    assert marked["lesson"] == {"kind": "lesson"}


def test_a_solved_notebook_has_the_references_and_the_right_quiz_answers_and_no_guess(built):
    cells = {cell.id: cell.source for cell in built(solved=True).cells}

    assert cells["exercise-rise_over_run"].endswith("    return (q[1] - p[1]) / run\n\ncheck(rise_over_run)")
    assert cells["quiz-unique"].startswith('quiz("unique", "b")')
    assert cells["predict-steeper"].startswith('predict("steeper", ...)')


def test_a_notebook_holds_no_solution_no_feedback_and_no_belief(built):
    told = json.dumps(built())

    assert "q[1] - p[1]" not in told and "run = q" not in told
    assert "SECRET" not in told and "It is flat" not in told


def test_a_solution_that_can_be_read_in_another_cell_is_refused(built):
    shown = "\nFirst `run = q[0]-p[0]`, and then `(q[1] - p[1])/run`.\n"

    said = fault(lambda: built(WORDS + shown))
    assert re.fullmatch(
        r"math/lines\.md: the whole solution of rise_over_run can be read in words-why-\w{8}: "
        r"show less, or ask for more\.",
        said,
    )
    assert built(WORDS + "\nHalf of it is `run = q[0]-p[0]`.\n")


def test_a_notebook_is_valid_and_says_no_more_of_itself_than_kernel_and_origin(built):
    made = built()
    nbformat.validate(made)

    assert (made.nbformat, made.nbformat_minor) == (4, 5)
    assert made.metadata.kernelspec == {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    assert made.metadata.language_info == {"name": "python"}
    version = made.metadata.groundup.pop("version")
    assert re.fullmatch("[0-9a-f]{16}", version)
    assert made.metadata.groundup == {
        "built": "by `groundup build` from math/lines.md: edit that, not this",
        "lesson": "1_math/1_lines",
    }
    assert set(made.metadata) == {"groundup", "kernelspec", "language_info"}
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in made.cells)


@pytest.mark.once
def test_build_writes_the_same_bytes_in_every_process_and_only_what_changed(course, tmp_path):
    small = course()
    path = tmp_path / "out/1_math/1_lines.ipynb"

    assert build(small, tmp_path / "out") == [path]
    first = path.read_bytes()
    assert build(small, tmp_path / "out") == []
    code = f"""
import sys
from pathlib import Path
from groundup.course.build import build
from groundup.course.lesson import load_course

sys.path.insert(0, {str(tmp_path)!r})
build(load_course({small.package!r}), Path({str(tmp_path / "again")!r}))
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": "7", "PATH": ""})

    assert (tmp_path / "again/1_math/1_lines.ipynb").read_bytes() == first
    assert first.endswith(b"}\n") and not first.endswith(b"\n\n")


def test_what_is_out_of_step_is_named_down_to_the_cell(course, tmp_path):
    small = course()
    assert out_of_step(small, tmp_path) == ["1_math/1_lines.ipynb is missing: run `groundup build`."]

    build(small, tmp_path)
    assert out_of_step(small, tmp_path) == []

    path = tmp_path / "1_math/1_lines.ipynb"
    path.write_text(path.read_text().replace("How steep", "How long"))
    (tmp_path / "1_math/2_old.ipynb").touch()
    assert out_of_step(small, tmp_path) == [
        "1_math/1_lines.ipynb is out of step at words-lines: run `groundup build`.",
        "1_math/2_old.ipynb comes from no lesson: delete it, or add it to curriculum.toml.",
    ]
    path.write_text("not a notebook")
    assert out_of_step(small, tmp_path)[0] == "1_math/1_lines.ipynb is out of step: run `groundup build`."


SYMBOL = "[[symbol]]\nsymbol = '$m$'\nmeaning = 'a slope'\nshape = 'number'\nlesson = '{}'\n"


def test_a_phase_with_a_notation_has_it_built_as_a_table_and_kept_in_step(course, tmp_path):
    small = course()
    words = next(tmp_path.glob("*/lessons/math")) / "notation.toml"
    words.write_text(SYMBOL.format("lines"))

    assert "1_math/README.md is missing: run `groundup build`." in out_of_step(small, tmp_path)
    build(small, tmp_path)
    table = tmp_path / "1_math/README.md"
    assert table.read_text().endswith("|---|---|---|---|\n| $m$ | a slope | number | [1 · Lines](1_lines.ipynb) |\n")
    assert out_of_step(small, tmp_path) == [] and build(small, tmp_path) == []

    words.write_text(SYMBOL.format("lines").replace("a slope", "steepness"))
    assert out_of_step(small, tmp_path) == ["1_math/README.md is out of step: run `groundup build`."]


@pytest.mark.parametrize("text", [SYMBOL.format("gone"), SYMBOL.format("lines").replace("shape", "form")])
def test_a_symbol_without_a_lesson_or_a_shape_is_refused(course, tmp_path, text):
    small = course()
    (next(tmp_path.glob("*/lessons/math")) / "notation.toml").write_text(text)

    with pytest.raises(BuildError, match=r"notation\.toml"):
        build(small, tmp_path)


def test_a_cell_keeps_its_id_when_others_come_go_and_change(built):
    before = [cell.id for cell in built().cells]
    grown = WORDS.replace("How steep is", "Say how steep is").replace(
        "One sentence.", "One sentence.\n\n```{code-cell}\nnew = 1\n```\nMore words."
    )
    after = [cell.id for cell in built(grown).cells]

    assert [name for name in after if name in before] == before
    assert len(after) == len(before) + 2


def test_two_cells_alike_have_two_ids(built):
    twice = "# A\n\n## B\n\n## B\n```{code-cell}\nx\n```\n```{code-cell}\nx\n```\n```{code-cell}\nx\n```\n"
    names = [cell.id for cell in built(twice).cells]

    assert names[:4] == ["words-a", "lesson", "words-b", "words-b-2"]
    assert len(set(names)) == len(names) == 7


def test_an_id_of_any_heading_is_one_that_nbformat_allows(built):
    heading = "Übung №1: $\\int_0^1 x^2\\,dx$ and a very long heading that goes on and on and on and on and on"
    made = built(f"# A\n\n## {heading}\n\nx\n\n```{{code-cell}}\n1\n```\n## 漢字\n\ny\n")

    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", cell.id) for cell in made.cells)


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        (
            ":::{admonition} What you need\n- one\n- two\n\n```python\nx = 1\n```\n:::",
            "> **What you need**\n>\n> - one\n> - two\n>\n> ```python\n> x = 1\n> ```",
        ),
        ("```{admonition} A *title*, $x$\nText.\n```", "> **A *title*, $x$**\n>\n> Text."),
        ("::::{admonition} A\n:::{admonition} B\nText.\n:::\n::::", "> **A**\n>\n> > **B**\n> >\n> > Text."),
        (
            ":::{admonition} A\nHere\n$$\na = b\n$$\nand $c\n= d$.\n:::",
            "> **A**\n>\n> Here\n> $$ a = b $$\n> and $c = d$.",
        ),
        (
            ":::{admonition} Why `f` < 1?\n:class: dropdown\nText.\n:::",
            "<details>\n<summary>Why <code>f</code> &lt; 1?</summary>\n\n> Text.\n\n</details>",
        ),
        ("- a\n  ```python\n  # not a heading\n  ```\n- b", "- a\n  ```python\n  # not a heading\n  ```\n- b"),
        ("```text\n+++ kept\n{ref}`kept`\n```", "```text\n+++ kept\n{ref}`kept`\n```"),
        ("a\n+++\nb", "a|b"),
    ],
)
def test_markup_becomes_commonmark(built, source, becomes):
    made = built(f"# A\n\nFirst.\n\n## B\n\n{source}\n")

    assert "|".join(after_the_door(made)).removeprefix("## B\n\n") == becomes


def test_a_cell_is_a_cell_wherever_it_stands_and_whatever_it_holds(built):
    made = built('# A\n<details>\n```{code-cell}\nx = """\n+++ a\n```no end\n```\n')

    assert after_the_door(made) == ['x = """\n+++ a\n```no end']


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "```{figure} a.png\n```",
            "there is no {figure} in a lesson: it may use code-cell, exercise, predict, quiz, admonition.",
        ),
        ("```{exercise} rise_run\n```", "the lesson's .py has no exercise 'rise_run': did you mean rise_over_run?"),
        ("```{quiz} zzz\n```", "the lesson's .py has no quiz 'zzz': there are unique."),
        ("```{quiz} unique\nWhy?\n```", "{quiz} unique holds text: its words stand in the .py, so empty it."),
        (
            "```{code-cell}\n:tags: [hide]\n```",
            "a code-cell has no option ':tags: [hide]': it may have one :still: a-name.",
        ),
        ("```{code-cell} julia\n```", "a code-cell of 'julia' cannot run here: leave the language out."),
        ("```{code-cell}\nx = 1", "```{code-cell} is never closed: add ``` below it."),
        (":::{admonition} A\ntext", ":::{admonition} A is never closed: add ::: below it."),
        ("text\n:::", "::: closes nothing: the outer of two needs more colons."),
        (":::{admonition}\ntext\n:::", "an admonition needs a title behind it on its line."),
        (
            ":::{admonition} A\n:class: tip\n:::",
            "an admonition may have the option :class: dropdown and no other.",
        ),
        (
            ":::{admonition} A\n\n```{quiz} unique\n```\n:::",
            "{quiz} stands inside an admonition: a cell cannot, so move it out.",
        ),
        ("- a\n  ```{quiz} unique\n  ```", "{quiz} is indented: begin it at the edge of its line."),
        ("See\n{ref}`there`.", "the role {ref} would stand as raw text: write $…$, `…` or a plain link."),
        ("> [!TIP]\n> a", "an alert is no CommonMark: write :::{admonition} and a title."),
        ("(there)=", "a label is no CommonMark: link to a heading or a notebook by its address."),
        ("% remark", "a comment is no CommonMark: write <!-- … -->."),
        ("a\n![b](c.png)", "no picture travels with a notebook: draw it in a code-cell."),
    ],
)
def test_what_a_notebook_could_not_show_is_refused_with_its_line_and_the_way_out(built, line, message):
    said = fault(lambda: built(f"# A\n\nB.\n\n{line}\n"))

    where, _, what = said.partition(": ")
    assert what == message
    bad = {"text\n:::", "- a\n", "See\n", "a\n!", "```{code-cell}\n:tags", ":::{admonition} A\n:class"}
    below = 1 if any(line.startswith(start) for start in bad) else 0
    inside = 2 if "inside an admonition" in message else 0
    assert where == f"math/lines.md:{5 + below + inside}"


def test_a_directive_that_stands_twice_is_refused(built):
    said = fault(lambda: built(WORDS + "```{quiz} unique\n```\n"))

    line = len(WORDS.splitlines()) + 1
    assert said == f"math/lines.md:{line}: {{quiz}} unique stands here for the second time: keep one."


def test_words_without_a_title_and_words_that_are_not_there_are_refused(course):
    lesson = course("No title.").lessons[0]
    assert "its first line must be '# ' and the title" in fault(lambda: notebook(lesson))

    lesson.source.unlink()
    assert fault(lambda: notebook(lesson)).startswith("The words of 1_math/1_lines cannot be read: ")


def test_a_still_stands_folded_below_its_cell_with_its_words_for_who_cannot_see_it(course):
    lesson = course("# A\n\n```{code-cell}\n:still: two-lines\n\ndraw.plot()\n```\n").lessons[0]
    assert fault(lambda: notebook(lesson)) == "math/stills/lines-two-lines.png is missing: run `groundup stills lines`."
    assert [cell.id for cell in notebook(lesson, stills=False).cells] == ["words-a", "lesson", "still-two-lines"]

    said = b"Description\0\0\0\0\0" + "Two [lines] über\nkreuz".encode()
    png = b"\x89PNG\r\n\x1a\n" + len(said).to_bytes(4, "big") + b"iTXt" + said + b"\0\0\0\0"
    (lesson.source.parent / "stills").mkdir()
    (lesson.source.parent / "stills/lines-two-lines.png").write_bytes(png)
    _, _, cell, still = notebook(lesson).cells

    assert (cell.id, cell.source, dict(cell.metadata.groundup)) == (
        "still-two-lines",
        "draw.plot()",
        {"kind": "still", "name": "two-lines"},
    )
    assert still.source.splitlines() == [
        "<details>",
        "<summary>Reading without a kernel? The picture, held still</summary>",
        "",
        r"![Two \[lines\] über kreuz](attachment:two-lines.png)",
        "",
        "</details>",
    ]
    assert list(still.attachments) == ["two-lines.png"]
    assert description(png[:8]) == ""
