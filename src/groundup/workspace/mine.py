"""The learner's own library `my`: what passed is kept in it, and what has not passed yet is lent by the course.

Knows nothing of verdicts and of the record. The files themselves are the store: one section for each exercise, so that
a new pass replaces one section, and edits by hand elsewhere stay.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from ..checking.alarm import TimedOut, alarm
from ..course.lesson import Course, Lesson, header, load_course
from ..exercise import Exercise
from . import files
from .freenames import bound, unchanged_classes
from .library import Clash, compose, fitted, sections_of
from .place import Workspace, changing, set_aside
from .taken import Taken, take_source

__all__ = ["Taken", "fallback", "keep", "lend", "prepare", "take_source"]

PACKAGE = '"""Your own library: what you wrote and what passed, one file for each lesson."""\n'
LOADED = "__groundup_text__"  # in a module of `my`: the text that it was made from
PATIENCE = 5.0  # seconds that importing the new file may take


class _Lending:
    """What this process lends from, and of which names it has said so."""

    course: Course | None = None
    workspace: Workspace | None = None
    told: set[tuple[str, str]] = set()
    silent = False


def keep(
    workspace: Workspace, lesson: Lesson, exercise: Exercise, taken: Taken, at: datetime | None = None
) -> list[str]:
    """Put a passed exercise into my/<stem>.py; returns what there is to say about it, in sentences.

    If the file would not import, the one that is there stays.
    Raises WorkspaceError if the workspace cannot be written.
    """
    name, where = exercise.name, f"`my/{lesson.stem}.py`"
    if not taken.source:
        return [f"{name} is not kept in {where}, as its source was not found: define it in a cell or a file."]
    course = _course(lesson)
    source, missing = _explained(taken, lesson, course)
    if missing:
        told, it = " and ".join(f"`{each}`" for each in missing), "it" if len(missing) == 1 else "them"
        return [
            f"{name} is not kept in {where} yet: it leans on {told}, which its cell does not define. "
            f"Define {it} there and check again."
        ]
    names, head = lesson.exercise_names(), header(lesson)
    path = workspace.my / f"{lesson.stem}.py"
    with changing(workspace):
        notes, sections = _present(workspace, path, at)
        try:
            section = fitted(name, _defining(name, source, taken), head, names, sections, lesson.stem)
        except Clash as clash:
            return [
                *notes,
                f"{name} is not kept in {where}: `{clash}` in its cell means something else than in another exercise "
                "kept there. Give it another name and check again.",
            ]
        text = compose(lesson.key, lesson.stem, head, names, {**sections, name: section})
        if _is_there(text, path, workspace.base(path), lesson):
            return notes
        wrong = _try(text, path, lesson)
        if wrong:
            return [*notes, f"{name} is not kept in {where}, which would not import with it: {wrong}."]
        if _write(workspace, path, text):
            notes.append(f"Kept in {where}.")
    return notes


def prepare(workspace: Workspace, course: Course, at: datetime | None = None) -> list[str]:
    """Have a file in `my` for every lesson, so that anything can be imported from the start; what was lost is put back.

    The caller holds the workspace's lock.
    """
    if not (workspace.my / "__init__.py").exists():
        files.write(workspace.my / "__init__.py", PACKAGE.encode())
    notes = []
    for lesson in course.lessons:
        path = workspace.my / f"{lesson.stem}.py"
        base = workspace.base(path)
        if path.exists() and (not base.exists() or path.read_bytes() != base.read_bytes()):
            continue  # edited by hand: the next pass sets that version aside
        if not path.exists() and base.exists():
            notes.append(f"my/{path.name} was missing and is back with what had passed.")
        sections = sections_of(base.read_text(encoding="utf-8")) if base.exists() else {}
        _write(workspace, path, compose(lesson.key, lesson.stem, header(lesson), lesson.exercise_names(), sections))
    return notes


def adopt(workspace: Workspace, lesson: Lesson, text: str) -> list[str]:
    """Add what the same file of another workspace has passed and this one has not; runs none of it.

    Returns the exercises of which this workspace has other code, or which cannot stand beside what is here. The caller
    holds the workspace's lock, and has seen that the file was not edited by hand.
    """
    path, names, head = workspace.my / f"{lesson.stem}.py", lesson.exercise_names(), header(lesson)
    kept, left = sections_of(path.read_text(encoding="utf-8")), []
    for name, section in sections_of(text).items():
        try:
            as_here = fitted(name, section, head, names, kept, lesson.stem)
        except (Clash, SyntaxError, ValueError):
            as_here = None
        if as_here is None or kept.setdefault(name, as_here) not in (as_here, section):
            left.append(name)
    _write(workspace, path, compose(lesson.key, lesson.stem, head, names, kept))
    return left


def lend(course: Course, workspace: Workspace | None) -> None:
    """Let this process import `my`: from the workspace's files, and whatever has no file there from the course."""
    if _Lending.workspace != workspace or _Lending.course is not course:
        for name in [name for name in sys.modules if name == "my" or name.startswith("my.")]:
            del sys.modules[name]
    _Lending.course, _Lending.workspace = course, workspace
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def fallback(stem: str, name: str) -> Any:
    """The course's own `name` of a lesson, for a learner's file that does not have it yet; says so once.

    The learner's own if another kernel has kept it meanwhile. Raises AttributeError if the lesson has no such name.
    """
    if name.startswith("__"):
        raise AttributeError(f"module 'my.{stem}' has no attribute {name!r}")
    course = _Lending.course or load_course()
    lesson = next((lesson for lesson in course.lessons if lesson.stem == stem), None)
    names = lesson.exercise_names() if lesson is not None else ()
    if lesson is None or name not in names:
        near = difflib.get_close_matches(name, names, 1)
        hint = f": did you mean {near[0]}?" if near else ""
        raise AttributeError(f"module 'my.{stem}' has no attribute {name!r}{hint}")
    module = sys.modules.get(f"my.{stem}")
    if module is not None and _reload(module) and name in vars(module):
        return vars(module)[name]
    if (stem, name) not in _Lending.told and not _Lending.silent:
        _Lending.told.add((stem, name))
        print(f"my.{stem}: {name} is not in your library yet, so this is the course's own.")
    return lesson.register().exercises[name].reference


def _course(lesson: Lesson) -> Course:
    course = _Lending.course
    return course if course is not None and course.package == lesson.package else load_course(lesson.package)


def _explained(taken: Taken, lesson: Lesson, course: Course) -> tuple[str, list[str]]:
    """The source with imports from `my` for what other lessons taught, and the names that nothing explains."""
    known = bound(ast.parse(header(lesson)).body) | set(lesson.exercise_names())
    imports, missing = [], []
    for name in taken.missing:
        homes = [other for other in course.lesson_with(name) if other != lesson]
        if name in known:
            continue
        if homes:
            imports.append(f"from my.{homes[-1].stem} import {name}")
        else:
            missing.append(name)
    source = taken.source
    for other in course.lessons:  # a reference that `my` lent is to be the learner's own one day
        source = source.replace(f"from {other.module} import ", f"from my.{other.stem} import ")
    return "\n".join([*imports, source]), missing


def _defining(name: str, source: str, taken: Taken) -> str:
    """The source, which must give the exercise's name a value; a function kept under another name gets it too."""
    if name in bound(ast.parse(source).body) or taken.name == name:
        return source
    return f"{source}\n\n\n{name} = {taken.name}"


def _present(workspace: Workspace, path: Path, at: datetime | None) -> tuple[list[str], dict[str, str]]:
    """What there is to say about the file that is there, and its sections; one edited by hand is set aside first."""
    base = workspace.base(path)
    was = base.read_bytes() if base.exists() else b""
    data = path.read_bytes() if path.exists() else was
    notes = []
    if data != was:
        saved = set_aside(workspace, path, data, at).relative_to(workspace.root)
        notes.append(f"`my/{path.name}` had been edited by hand; that version is saved as `{saved.as_posix()}`.")
    for text in (data.decode("utf-8", "replace"), was.decode("utf-8", "replace")):
        sections = sections_of(text)
        if all(_parses(section) for section in sections.values()):
            return notes, sections
    return notes, {}


def _is_there(text: str, path: Path, base: Path, lesson: Lesson) -> bool:
    """Whether this very text is in the file, and in the module if this process has imported it."""
    module = sys.modules.get(f"my.{lesson.stem}")
    return _holds(path, text) and _holds(base, text) and (module is None or vars(module).get(LOADED) == text)


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode("utf-8", "backslashreplace")


def _write(workspace: Workspace, path: Path, text: str) -> bool:
    """Write the file and its base; False if there was nothing to change."""
    data, base = text.encode("utf-8", "backslashreplace"), workspace.base(path)
    if _holds(path, text) and _holds(base, text):
        return False
    files.write(path, data)
    files.write(base, data)
    with contextlib.suppress(OSError, NotImplementedError):  # two writes in one second would share a stamp
        os.unlink(importlib.util.cache_from_source(str(path)))
    return True


def _try(text: str, path: Path, lesson: Lesson) -> str:
    """Run the file as an import would; "" if that goes well, else why not.

    If this process has imported it already, its module gets the new names in place, so that later cells see them; a
    class whose text is the same stays the same class, for the notebook holds it and objects made from it.
    """
    module = sys.modules.get(f"my.{lesson.stem}")
    target = module if module is not None else ModuleType(f"my.{lesson.stem}")
    before = dict(vars(target))
    target.__dict__.setdefault("__file__", str(path))
    _Lending.silent = True
    try:
        with alarm(PATIENCE), contextlib.redirect_stdout(io.StringIO()):
            _run(text, str(path), target, vars(target).get(LOADED, ""))
        vars(target)[LOADED] = text  # only now: what it lends looks for a file that another kernel has written
        return ""
    except (Exception, SystemExit, TimedOut) as error:
        vars(target).clear()
        vars(target).update(before)
        told = str(error).partition("\n")[0]
        if isinstance(error, TimedOut):
            return f"it takes longer than {PATIENCE:g} s"
        return f"{type(error).__name__}{': ' if told else ''}{told}"
    finally:
        _Lending.silent = False


def _reload(module: ModuleType) -> bool:
    """Run the module's file again if it is not what was loaded; True if that was done."""
    file, loaded = getattr(module, "__file__", None), vars(module).get(LOADED)
    if not file or loaded is None:
        return False
    try:
        text = Path(file).read_text(encoding="utf-8")
        if text == loaded:
            return False
        vars(module)[LOADED] = text
        _run(text, file, module, loaded)
    except Exception:  # gone, or edited by hand into something that does not run
        return False
    return True


def _run(text: str, file: str, module: ModuleType, was: str) -> None:
    """Run a text in a module, all but the classes that it has already from the text that it was."""
    tree = ast.parse(text)
    same = unchanged_classes(ast.parse(was).body, tree.body)
    tree.body = [node for node in tree.body if not (node in same and isinstance(vars(module).get(node.name), type))]
    exec(compile(tree, file, "exec"), vars(module))


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


class _Finder(importlib.abc.MetaPathFinder):
    """Finds `my` and `my.<stem>` before anything else so called: the workspace's file, or a page lent by the course."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        top, _, stem = fullname.partition(".")
        course, workspace = _Lending.course, _Lending.workspace
        if top != "my" or "." in stem or course is None:
            return None
        lesson = next((lesson for lesson in course.lessons if lesson.stem == stem), None)
        text = PACKAGE if lesson is None else compose(lesson.key, stem, "", (), {})
        file = workspace.my / (f"{stem}.py" if stem else "__init__.py") if workspace is not None else None
        if file is not None and file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
        elif stem and lesson is None:
            return None
        page = _Page(text, str(file) if file is not None else "")
        spec = importlib.util.spec_from_loader(fullname, page, origin=page.file or None, is_package=not stem)
        if spec is not None and page.file:
            spec.has_location = True
            if not stem:
                spec.submodule_search_locations = [os.path.dirname(page.file)]
        return spec


class _Page(importlib.abc.InspectLoader):
    """A module from its text, which it remembers: no compiled copy can be out of step with it."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file

    def get_source(self, fullname: str) -> str:
        return self.text

    def is_package(self, fullname: str) -> bool:
        return fullname == "my"

    def exec_module(self, module: ModuleType) -> None:
        vars(module)[LOADED] = self.text
        exec(compile(self.text, self.file or f"<{module.__name__}>", "exec"), vars(module))
