"""What is taken out of a notebook file: the last definition, what it leans on, and nothing else."""

import json

import pytest

from groundup.workspace.saved import NotebookError, cells, defined, lesson_of


@pytest.fixture
def notebook(tmp_path):
    """Writes code cells into a notebook and reads it back."""

    def write(*sources, **metadata):
        path = tmp_path / "lines.ipynb"
        made = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in sources]
        made.insert(0, {"cell_type": "markdown", "source": "def rise(): in words"})
        path.write_text(json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
        return path

    return write


def rise_of(path):
    return defined(cells(path), "rise", {"__name__": "__main__"})


def test_the_last_of_several_definitions_counts(notebook):
    path = notebook("def rise(a, b):\n    return 1", "def rise(a, b):\n    return 2", "rise(1, 2)")

    assert rise_of(path)(0, 0) == 2


def test_an_import_of_the_same_name_is_no_definition(notebook):
    path = notebook("def rise(a, b):\n    return 1", "from operator import sub as rise\nrise(1, 2)")

    assert rise_of(path)(0, 0) == 1


def test_what_a_definition_leans_on_is_run_and_nothing_else(notebook, capsys):
    path = notebook(
        "import math\nimport no_such_module_anywhere",
        "STEP = 2\nprint('never')\nraise SystemExit",
        "def half(x):\n    return x / STEP",
        "def rise(a, b):\n    return half(math.floor(b - a))",
        "1 / 0",
    )

    assert rise_of(path)(1.0, 8.5) == 3.5
    assert capsys.readouterr().out == ""


def test_names_are_followed_to_cells_further_down(notebook):
    path = notebook("def rise(a, b):\n    return minus(b, a)", "def minus(x, y):\n    return x - y")

    assert rise_of(path)(1, 3) == 2


def test_a_star_import_is_taken_along(notebook):
    assert rise_of(notebook("from math import *", "def rise(a, b):\n    return floor(b)"))(0, 2.5) == 2


def test_a_function_given_a_name_is_a_definition(notebook):
    assert rise_of(notebook("rise = lambda a, b: b - a"))(1, 3) == 2


def test_what_only_ipython_reads_is_left_out_and_lines_keep_their_numbers(notebook):
    path = notebook(
        "%matplotlib inline\nimport math\nmath.sin?\n!ls",
        "%%time\ndef rise(): broken",
        "%timeit 1\n\ndef rise(a, b):\n    return math.floor(b)",
    )

    found = rise_of(path)

    assert found(0, 2.5) == 2
    assert found.__code__.co_firstlineno == 3


def test_a_question_mark_at_the_end_of_a_docstrings_line_is_left_alone(notebook):
    path = notebook('def rise(a, b):\n    """How far is it\n    from a to b?\n    """\n    return b - a')

    assert rise_of(path).__doc__.split() == ["How", "far", "is", "it", "from", "a", "to", "b?"]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["x = 1"], "No cell defines rise: write it there, save the notebook, and check again."),
        (
            ["def rise(a, b):\n    retrun a"],
            "rise cannot be read: line 2 of cell 1 of lines.ipynb is no Python (invalid syntax): `retrun a`.",
        ),
        (
            ["start = 1 / 0", "def rise(a, b=start):\n    return a"],
            "rise cannot be defined, as line 1 of cell 1 of lines.ipynb raises ZeroDivisionError: division by zero.",
        ),
        (
            ["start = exit(3)", "def rise(a, b=start):\n    return a"],
            "rise cannot be defined, as line 1 of cell 1 of lines.ipynb raises SystemExit: 3.",
        ),
        (
            ["def rise(a, b=beginning):\n    return a"],
            "rise cannot be defined, as line 1 of cell 1 of lines.ipynb raises NameError: "
            "name 'beginning' is not defined.",
        ),
    ],
)
def test_what_keeps_a_definition_from_being_had_is_a_sentence(notebook, sources, said):
    with pytest.raises(NotebookError) as error:
        rise_of(notebook(*sources))

    assert str(error.value) == said


def test_a_broken_copy_above_a_whole_one_does_not_matter(notebook):
    assert rise_of(notebook("def rise(a, b:", "def rise(a, b):\n    return 5"))(0, 0) == 5


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', '{"worksheets": []}', "\udcff"])
def test_a_file_that_is_no_notebook_is_a_sentence_with_the_way_out(tmp_path, text):
    path = tmp_path / "lines.ipynb"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(NotebookError, match=r"lines\.ipynb (is no notebook|has no cells).*`groundup reset`"):
        cells(path)


def test_a_notebook_that_is_not_there_is_a_sentence_with_the_way_out(tmp_path):
    with pytest.raises(NotebookError, match=r"cannot be read .*No such file.*`groundup start` puts it back"):
        cells(tmp_path / "none.ipynb")


def test_a_notebook_says_which_lesson_it_came_from_whatever_it_is_called(notebook):
    assert lesson_of(notebook(groundup={"lesson": "1_math/1_lines"})) == "1_math/1_lines"
    assert lesson_of(notebook()) == ""
