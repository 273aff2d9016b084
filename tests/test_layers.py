"""Who imports whom, read from the source; and what `import groundup` loads, seen in a new process."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import groundup

ROOT = Path(groundup.__file__).parent
LAYERS = [  # a module imports from its own layer and from those above it here; "x: a b" are modules of the package x
    [
        "exercise finding differs show source drill lm jupyter",
        "checking: alarm pristine chance work crashes threads",
        "workspace: files drive",
    ],
    [
        "checking: begun learner child trial numbers diagnose check expression",
        "mistakes: mutate slips observe spoil universal",
    ],
    [
        "course: lesson",
        "render draw",
        "workspace: path store union place parcel record freenames taken",
        "door: ladder answers",
    ],
    [
        "course: markup cells section notation build",
        "workspace: merge library mine moving __init__",
        "review: schedule mastery asking hurts drilling terminal",
    ],
    [
        "door: notebook session asking surface onward",
        "verify server home",
        "course: stills",
        "workspace: saved saved_check",
    ],
    ["cli"],
]
GROUPED = ("checking", "mistakes", "course", "workspace", "door", "review")


def modules(group):
    """'checking: alarm work' as 'checking.alarm' and 'checking.work'; a package's `__init__` by the package's name."""
    package, _, names = group.rpartition(":")
    return [f"{package}.{name}".strip(".").removesuffix(".__init__") for name in names.split()]


LAYER = {module: number for number, groups in enumerate(LAYERS) for group in groups for module in modules(group)}
HEAVY = {"IPython", "jupyter", "jupyter_client", "jupyter_server", "jupyterlab", "jupytext", "nbclient", "nbformat"}
EVERYONE = {"", "__init__"}  # `from . import __version__`


def module_of(path):
    """'checking.check' for checking/check.py, 'draw' for all of draw/."""
    return known(".".join(path.relative_to(ROOT).with_suffix("").parts))


def known(dotted):
    """The module of LAYERS that a dotted name lies in: 'checking.check' for 'checking.check.check'."""
    parts = dotted.removesuffix(".__init__").split(".")
    if parts[0] not in GROUPED:
        return parts[0]
    name = ".".join(parts[:2])
    return name if name in LAYER else parts[0]


DOCUMENTED = [f"{package}/__init__.py" for package in GROUPED if package != "workspace"]  # a docstring and no more
ENGINE = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if module_of(path) not in ("lessons", "__init__", "__main__") and str(path.relative_to(ROOT)) not in DOCUMENTED
]
LESSONS = [path for path in sorted((ROOT / "lessons").rglob("*.py")) if path.name != "__init__.py"]


def imports(path, *, everywhere=True):
    """The dotted names that a file imports, groundup's own in full; `everywhere`: within functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = ("groundup", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree) if everywhere else at_module_level(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = list(package[: len(package) - node.level + 1]) if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def at_module_level(tree):
    """Statements that run on import; those for a type checker alone do not."""
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With):
            yield from ast.walk(node)


def ours(path, **options):
    """The modules of ours that a file imports: 'check', 'draw', 'lessons.math.x'."""
    for name in imports(path, **options):
        top, _, rest = name.partition(".")
        if top == "groundup":
            yield rest


def test_every_module_has_its_layer_and_every_layer_its_modules():
    assert {module_of(path) for path in ENGINE} == set(LAYER), "a new module belongs into LAYERS, a gone one out of it"


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_nothing_from_a_layer_above_its_own(path):
    mine = module_of(path)
    above = {name for name in map(known, ours(path)) if name in LAYER and LAYER[name] > LAYER.get(mine, 0)}

    assert not above, f"{mine} imports {above}"


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_of_the_engine_imports_a_lesson_by_name(path):
    assert not [name for name in ours(path) if name.startswith("lessons.")]


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_outermost_modules_load_jupyter_when_they_are_imported(path):
    loaded = {name.partition(".")[0] for name in imports(path, everywhere=False)}

    assert LAYER.get(module_of(path), 0) >= 4 or not loaded & HEAVY


def test_draw_imports_nothing_of_ours():
    outside = {
        name
        for path in ENGINE
        if module_of(path) == "draw"
        for name in ours(path)
        if name.partition(".")[0] not in {"draw", *EVERYONE}
    }

    assert not outside


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_imports_the_vocabulary_close_draw_and_earlier_lessons_alone(path):
    from groundup.course.lesson import load_course

    order = [lesson.module.removeprefix("groundup.") for lesson in load_course().lessons]
    mine = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    earlier = order[: order.index(mine)] if mine in order else []
    strange = [
        name
        for name in ours(path)
        if not name.startswith(("exercise.", "draw.", "lm.", *(f"{module}." for module in earlier)))
        and name not in ("exercise", "draw", "differs.close", "drill.shape_drill")
    ]

    assert not strange


def loaded_by(code):
    """The top-level modules that a new process has loaded after this code."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import groundup",
        "import groundup.cli",
        "from groundup.course.lesson import load_course\n[lesson.exercise_names() for lesson in load_course().lessons]",
    ],
)
def test_nothing_heavy_is_loaded(code):
    heavy = {"numpy", "torch", "matplotlib", "typer", "rich", *HEAVY}

    assert not loaded_by(code) & heavy


def test_the_list_of_heavy_modules_would_be_seen_if_loaded():
    assert "numpy" in loaded_by("import groundup, numpy")
