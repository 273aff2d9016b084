"""Names that are bound and names that are looked for outside, against what Python's own compiler makes of real code."""

import ast
import dis
import importlib.util
import types

import pytest

from groundup.workspace.freenames import bound, changed, free

CORPUS = "argparse ast asyncio.tasks bdb collections dataclasses difflib enum functools inspect json.decoder linecache"
CORPUS += " pathlib pickle random statistics subprocess tarfile textwrap threading tokenize traceback types typing"


def parsed(text):
    return ast.parse(text).body


def compiled(statement):
    """The names that a statement's byte code loads from outside of all its own scopes."""
    code = compile(ast.Module([statement], []), "<test>", "exec")

    def loads(code, own):
        for step in dis.get_instructions(code):
            by_name = step.opname in ("LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS") and step.argval not in own
            if step.opname == "LOAD_GLOBAL" or by_name:
                yield step.argval
        for inner in code.co_consts:
            if isinstance(inner, types.CodeType):
                yield from loads(inner, stored(inner))

    def stored(code):
        return {step.argval for step in dis.get_instructions(code) if step.opname == "STORE_NAME"} | {
            "__module__",
            "__qualname__",
            "__name__",
            "__firstlineno__",
            "__class__",
            "__annotations__",
        }

    return set(loads(code, set()))


@pytest.mark.parametrize("name", CORPUS.split())
def test_free_names_are_those_that_the_compiler_looks_for_outside(name):
    source = importlib.util.find_spec(name).loader.get_source(name)

    for statement in parsed(source):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            written = {name for node in ast.walk(statement) if isinstance(node, ast.Global) for name in node.names}
            assert free([statement]) | written == compiled(statement) | written, statement.name


def test_a_name_that_a_function_writes_outside_itself_is_looked_for_there():
    assert free(parsed("def f():\n    global total\n    total = 1")) == {"total"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a, (b, *c) = d[0].e = 1", {"a", "b", "c"}),
        (
            "for i in x:\n    if (j := i):\n        import os.path, re as r\nelse:\n    k: int = 2",
            {"i", "j", "os", "r", "k"},
        ),
        ("with f() as (g, h):\n    del z\ntry: ...\nexcept E as e: ...", {"g", "h", "z", "e"}),
        ("def f(a): b = 1\nclass C: d = 1\nl = lambda m: (n := m)", {"f", "C", "l"}),
        ("[x := y for y in z]\n@(w := deco)\ndef f(p=(v := 1)): ...", {"x", "w", "v", "f"}),
        ("match s:\n    case {'a': q, **rest} | [q, *rest] as t: ...", {"q", "rest", "t"}),
    ],
)
def test_bound_names_are_those_of_the_statements_own_scope(text, names):
    assert bound(parsed(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a[0] = 1\nb.c.d = 2\ndel e[f]", {"a", "b", "e"}),
        ("a.append(1)\nb.c[0].sort()\nprint(d)\nx = e.pop()", {"a", "b"}),
        ("for i in range(3):\n    a[i] += i", {"a"}),
        ("f().x = 1\n(1).real", {"f"}),
        ("def f():\n    a[0] = 1", set()),
    ],
)
def test_names_whose_values_change_in_place_are_told(text, names):
    assert changed(parsed(text)) == names
