"""What is taken of a cell: the definition, all it leans on there, nothing else; and the names that are not there."""

import functools
import importlib
import linecache
import sys
from itertools import count

import pytest

from groundup.workspace.taken import take_source

numbers = count()


@pytest.fixture
def cell():
    """Runs the text of a cell as a kernel does, in a namespace that cells share; returns the namespace."""
    names, paths = vars(sys.modules["__main__"]), []
    before = dict(names)
    names["check"] = lambda obj: None

    def run(text):
        path = f"/tmp/ipykernel_7/{next(numbers)}.py"
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
        paths.append(path)
        exec(compile(text, path, "exec"), names)
        return names

    yield run
    for path in paths:
        linecache.cache.pop(path, None)
    names.clear()
    names.update(before)


def test_a_function_is_taken_as_it_was_written_without_its_check(cell):
    text = "def rise(a, b):\n    # up\n    return b - a   # not a - b\n"

    taken = take_source(cell(f"{text}\n\ncheck(rise)\nprint('hm')")["rise"])

    assert (taken.name, taken.source, taken.missing) == ("rise", text.strip(), ())
    assert taken.cell.endswith("print('hm')") and "ipykernel" in taken.path


def test_what_it_leans_on_in_its_cell_comes_along_in_order_and_the_rest_does_not(cell):
    taken = take_source(
        cell(
            '''
import math, cmath
from functools import cache, partial
unused = 1

# how fine
STEPS = 4
table = [0] * STEPS
table[1] = 5
table.append(6)
for i in range(3):
    table[i] += i
other = []
other.append(unused)

class Unused: ...

@cache
def helper(x: float = STEPS) -> float:
    """Helps."""
    return math.sqrt(x)

def rise(a, b):
    return sum(helper(x) for x in table) + (lambda y: y + b)(a)

rise(1, 2)
'''
        )["rise"]
    )

    assert taken.missing == ()
    assert (
        taken.source
        == '''import math, cmath
from functools import cache, partial
# how fine
STEPS = 4
table = [0] * STEPS
table[1] = 5
table.append(6)
for i in range(3):
    table[i] += i


@cache
def helper(x: float = STEPS) -> float:
    """Helps."""
    return math.sqrt(x)


def rise(a, b):
    return sum(helper(x) for x in table) + (lambda y: y + b)(a)'''
    )


def test_names_that_are_not_in_the_cell_are_named(cell):
    cell("scale = 3\ndef helper(x): return x")

    taken = take_source(cell("def rise(a, b):\n    return helper(b - a) * scale * nowhere")["rise"])

    assert taken.missing == ("helper", "nowhere", "scale")


def test_an_import_in_another_cell_is_taken_along(cell):
    cell("import math\nimport os.path as p\nfrom functools import reduce as fold, cache\nimport json.decoder")

    taken = take_source(cell("def rise(a):\n    return math.e, p.sep, fold, json.decoder")["rise"])

    assert taken.missing == ()
    assert taken.source.splitlines()[:4] == [
        "from functools import reduce as fold",
        "import json.decoder",
        "import math",
        "import os.path as p",
    ]


def test_a_number_imported_in_another_cell_is_taken_along_unless_it_was_changed_since(cell):
    cell("from math import pi, e")
    names = cell("e = 2\ndef rise(a):\n    return a * pi")

    assert take_source(names["rise"]).source == "from math import pi\ndef rise(a):\n    return a * pi"
    assert take_source(cell("def rise(a):\n    return a * e")["rise"]).missing == ("e",)


def test_what_was_imported_by_no_cell_is_imported_from_where_it_was_made(cell):
    names = cell("def rise(a):\n    return copier(a), when")
    names.update(copier=importlib.import_module("copy").deepcopy, when=importlib.import_module("datetime"))

    taken = take_source(names["rise"])

    assert taken.source.startswith("from copy import deepcopy as copier\nimport datetime as when\n")


def test_a_star_import_in_the_cell_explains_what_nothing_else_does(cell):
    taken = take_source(cell("from math import *\ndef rise(a):\n    return sin(a)")["rise"])

    assert taken.source.startswith("from math import *\n") and taken.missing == ()


def test_a_class_is_found_by_its_methods_whatever_wraps_them(cell):
    for head in ("def", "@staticmethod\n    def", "@property\n    def", "@functools.cache\n    def"):
        text = f"import functools\nGAIN = 2\n\n\nclass Line:\n    {head} at(self):\n        return GAIN"
        taken = take_source(cell(f"{text}\n\ncheck(Line)")["Line"])

        assert taken.source == text if "functools.cache" in head else text.partition("\n")[2]
        assert taken.missing == ()


def test_a_dataclass_and_a_class_without_methods_are_found(cell):
    names = cell(
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Point:\n    x: float = 0.0\n\n\n"
        "class Empty:\n    y = 1\n"
    )

    assert take_source(names["Point"]).source.startswith(
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)"
    )
    assert take_source(names["Empty"]).source == "class Empty:\n    y = 1"


def test_a_class_is_taken_from_the_cell_that_has_it_as_it_is_now(cell):
    cell("class Line:\n    def at(self): return 1")
    names = cell("class Line:\n    def at(self): return 2")

    assert "return 2" in take_source(names["Line"]).source


def test_a_base_class_of_the_same_cell_comes_along(cell):
    taken = take_source(cell("class Base:\n    def f(self): ...\nclass Line(Base):\n    g = Base.f")["Line"])

    assert taken.source == "class Base:\n    def f(self): ...\n\n\nclass Line(Base):\n    g = Base.f"


def test_a_method_given_to_a_class_from_another_cell_does_not_mislead(cell):
    cell("def at(self): return 1")
    names = cell("class Line:\n    def of(self): return 2\n    to = at")

    assert take_source(names["Line"]).source.startswith("class Line:")


def test_the_last_definition_in_a_cell_is_the_one(cell):
    taken = take_source(cell("def rise(a):\n    return 0\n\ndef rise(a):\n    return a")["rise"])

    assert taken.source == "def rise(a):\n    return a"


def test_of_two_definitions_the_one_that_was_checked_is_taken_though_another_follows(cell):
    names = cell("def rise(a, b):\n    return b - a\nchecked = rise\ndef rise(a, b):\n    return 0\n")

    assert take_source(names["checked"], "rise").source == "def rise(a, b):\n    return b - a"
    assert take_source(names["rise"]).source.endswith("return 0")


def test_what_is_wrapped_is_taken_with_its_wrapping(cell):
    text = """import functools


def twice(f):
    @functools.wraps(f)
    def inner(*a):
        return 2 * f(*a)
    return inner


@twice
def rise(a, b):
    return b - a"""

    assert take_source(cell(text)["rise"]).source == text


def test_a_function_made_by_another_comes_with_its_making(cell):
    text = "def make(k):\n    def rise(a, b):\n        return k * (b - a)\n    return rise\n\n\nrise = make(1)"

    assert take_source(cell(text)["rise"]).source == text


def test_a_lambda_is_found_by_the_name_it_has(cell):
    names = cell("k = 1; rise = lambda a, b: k * (b - a)")

    assert take_source(names["rise"], "rise").source == "k = 1\nrise = lambda a, b: k * (b - a)"


def test_two_statements_on_a_line_are_told_apart(cell):
    names = cell("k = 1; unused = 2\ndef rise(a): return k * a")

    assert take_source(names["rise"]).source == "k = 1\n\n\ndef rise(a): return k * a"


def test_names_of_a_functions_own_are_not_looked_for_outside(cell):
    names = cell(
        """
def rise(first, /, *rest, key=None, **more):
    import math as m
    from os import sep
    for i, (j, *k) in enumerate(rest):
        with open(first) as handle, handle as (x, y):
            pass
    try:
        total = [n := 0, *(p + q for p in rest if p for q in p)]
    except ValueError as error:
        raise error
    match rest:
        case [one, *others, {"a": two, **left}] | Other(one, others, two, left):
            del total
        case str() as text:
            pass
    def inner(z, w=key):
        nonlocal total
        global counter
        total = counter = z + i + j
        return inner
    class Own:
        size = 1
        double = size * 2
        def f(self): return __class__, super()
    return lambda u: (u, m, sep, i, k, x, y, total, n, one, others, two, left, text, inner, Own, more, outside)
"""
    )

    assert take_source(names["rise"]).missing == ("Other", "counter", "outside")


def test_what_is_wrapped_around_itself_ends_the_search(cell):
    names = cell("def rise(a): ...\nrise.__wrapped__ = rise")

    assert take_source(names["rise"]).source == "def rise(a): ...\n\n\nrise.__wrapped__ = rise"


def test_a_script_on_disk_is_taken_like_a_cell(tmp_path, monkeypatch):
    (tmp_path / "homework_of_mine.py").write_text("import math\nK = 2\n\ndef rise(a):\n    return K * a * math.e\n")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("homework_of_mine")

    taken = take_source(module.rise)

    assert taken.source == "import math\nK = 2\n\n\ndef rise(a):\n    return K * a * math.e"
    assert taken.path == str(tmp_path / "homework_of_mine.py")


class Sly(type):
    def __getattribute__(cls, name):
        raise RuntimeError("no questions")


ODD = {
    "builtin": lambda: len,
    "number": lambda: 3,
    "none": lambda: None,
    "partial": lambda: functools.partial(len),
    "a class that answers nothing": lambda: Sly("Sly", (), {}),
    "from a string": lambda: eval("lambda: 0"),
    "a class of no file": lambda: type("T", (), {}),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_what_has_no_source_gives_none_and_raises_nothing(make):
    assert take_source(make()).source == ""
