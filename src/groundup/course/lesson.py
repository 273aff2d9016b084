"""The course as it lies on disk: phases, lessons, where each file is, and what of a reference a learner is given.

The one file that knows the folder layout. Imports no lesson until its `register()` is asked for, and knows nothing of
notebooks' contents, of checks, or of the learner's workspace.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from ..exercise import Register, register_of
from ..source import is_ours

Stamp = tuple[int, int]  # when a file changed last, and its size
DECLARED = re.compile(  # @exercise, perhaps with arguments and other decorators below it, and what it stands on
    r"^@(?:\w+\.)*exercise\b[^\n]*\n(?:(?!def |class |async )[^\n]*\n)*?(?:async +)?(?:def|class) +(?P<name>\w+)",
    re.MULTILINE,
)
ASKED = re.compile(  # @question(reference, "name")
    r"^@(?:\w+\.)*question\(\s*(?P<about>\w+),\s*(?:name\s*=\s*)?(?P<mark>[\"'])(?P<name>[^\n]*?)(?P=mark),?\s*\)",
    re.MULTILINE,
)
ANSWERED = re.compile(r"^(?:\w+\.)*quiz\(\s*(?:name\s*=\s*)?(?P<mark>[\"'])(?P<name>[^\n]*?)(?P=mark)", re.MULTILINE)


@dataclass(frozen=True)
class Lesson:
    """One idea: its words in `source`, its exercises in `code`, and its place in the course.

    A phase's gate, the milestone at its end, is a lesson with the number 0.
    """

    package: str
    phase: str
    folder: str
    number: int
    stem: str

    @property
    def module(self) -> str:
        return f"{self.package}.{self.phase}.{self.stem}"

    @property
    def variants(self) -> str:
        """The module of other programs for its exercises, right and wrong, that its checks are tried with."""
        return f"{self.package}.{self.phase}.variants.{self.stem}"

    @property
    def variants_file(self) -> Path:
        return self.source.parent / "variants" / f"{self.stem}.py"

    @cached_property
    def key(self) -> str:
        return f"{self.folder}/gate" if self.is_gate else f"{self.folder}/{self.number}_{self.stem}"

    @property
    def is_gate(self) -> bool:
        return self.number == 0

    @property
    def notebook(self) -> str:
        return f"{self.key}.ipynb"

    @cached_property
    def source(self) -> Path:
        return _folder_of(self.package) / self.phase / f"{self.stem}.md"

    @cached_property
    def code(self) -> Path:
        return self.source.with_suffix(".py")

    @property
    def title(self) -> str:
        """The heading that the words open with."""
        return _title(self, _stamp(self.source))

    def register(self) -> Register:
        """All that the lesson declares; imports its module."""
        importlib.import_module(self.module)
        return register_of(self.module)

    def exercise_names(self) -> tuple[str, ...]:
        """The exercises in the order of the file, read and not imported.

        From its lines: a syntax tree takes 10 ms and more a lesson, and a status asks for all lessons.
        """
        return _names(self, _stamp(self.code))

    def question_names(self) -> tuple[tuple[str, str], ...]:
        """(question, the exercise that it is about) of the review questions, in the order of the file; not imported."""
        return _questions(self, _stamp(self.code))

    def quiz_names(self) -> tuple[str, ...]:
        """The quizzes in the order of the file, read and not imported."""
        return _quizzes(self, _stamp(self.code))

    def quiz_opening(self, name: str) -> str:
        """The word before a quiz: a lesson asks why, and a gate numbers its questions."""
        return f"Question {self.quiz_names().index(name) + 1}." if self.is_gate else "Why?"


@dataclass(frozen=True)
class Coming:
    """A lesson that is still to be written; a phase's gate has the number 0."""

    number: int
    title: str


@dataclass(frozen=True)
class Phase:
    name: str
    folder: str
    title: str
    lessons: tuple[Lesson, ...]  # its gate, if it has one, last
    coming: tuple[Coming, ...] = ()

    @property
    def gate(self) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.is_gate), None)


@dataclass(frozen=True)
class Course:
    package: str
    phases: tuple[Phase, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for phase in self.phases for lesson in phase.lessons)

    def find(self, text: str) -> Lesson:
        """The lesson of a stem, a key, or a path of its notebook.

        Raises LookupError, which names the nearest lessons, if there is none.
        """
        parts = re.sub(r"\.(ipynb|md|py)$", "", str(text).strip().replace("\\", "/")).rsplit("/", 2)
        name, key = parts[-1], "/".join(parts[-2:])  # of 'gate' there is one in each phase
        for lesson in self.lessons:
            if lesson.key == key:
                return lesson
        by_name = {
            known: lesson for lesson in self.lessons[::-1] for known in (lesson.stem, lesson.key.rpartition("/")[2])
        }
        if name in by_name:
            return by_name[name]
        near = difflib.get_close_matches(name, by_name, n=6, cutoff=0.4)
        keys = list(dict.fromkeys(by_name[match].key for match in near))[:3] or [lesson.key for lesson in self.lessons]
        raise LookupError(f"There is no lesson {str(text)!r}; did you mean {' or '.join(keys)}?")

    def lesson_with(self, exercise: str) -> list[Lesson]:
        """The lessons that have an exercise of this name, in the order of the course."""
        opening = re.compile(rf"^(?:async def|def|class) {re.escape(exercise)}\b", re.MULTILINE)
        near = (lesson for lesson in self.lessons if opening.search(lesson.code.read_text(encoding="utf-8")))
        return [lesson for lesson in near if exercise in lesson.exercise_names()]


def load_course(package: str = "groundup.lessons") -> Course:
    """The course that a package's `curriculum.toml` describes; no lesson is imported.

    Raises ValueError if a phase has more than nine lessons or two lessons share a stem.
    """
    plan = tomllib.loads((_folder_of(package) / "curriculum.toml").read_text(encoding="utf-8"))
    phases = tuple(
        Phase(
            phase["name"],
            phase["folder"],
            phase["title"],
            tuple(
                Lesson(package, phase["name"], phase["folder"], *place)
                for place in [
                    *(_placed(entry, place) for place, entry in enumerate(phase["lessons"], start=1)),
                    *([(0, phase["gate"])] if "gate" in phase else []),
                ]
            ),
            _coming(
                plan.get("coming", {}).get(phase["name"], {}),
                [*phase["lessons"], *(["gate"] if "gate" in phase else [])],
            ),
        )
        for phase in plan.get("phase", ())
    )
    for phase in phases:
        if any(lesson.number > 9 for lesson in phase.lessons):
            raise ValueError(f"{phase.folder} numbers a lesson past 9: 10_ sorts before 2_, so nine at most.")
    stems = [lesson.stem for phase in phases for lesson in phase.lessons]
    for stem in stems:
        if stems.count(stem) > 1:
            raise ValueError(
                f"Two lessons are called {stem!r}: my/{stem}.py can hold one of them, so rename the other."
            )
    return Course(package, phases)


def _coming(planned: dict[str, str], written: list[str]) -> tuple[Coming, ...]:
    """What of the plan is not written yet: '3_vectors_examples', or 'gate'."""
    stems = {_placed(entry, 0)[1] for entry in written}
    places = ((*_placed(entry, 0), title) for entry, title in planned.items())
    return tuple(Coming(number, title) for number, stem, title in places if stem not in stems)


def _placed(entry: str, place: int) -> tuple[int, str]:
    """The number and stem of a curriculum's entry: '4_views' names its number, 'views' has its place in the list."""
    number, _, stem = entry.partition("_")
    return (int(number), stem) if number.isdigit() else (place, entry)


def notebooks_folder(package: str = "groundup.lessons") -> Path:
    """The folder that holds the numbered folders: `notebooks` in an installed package, else the repository's root.

    Raises FileNotFoundError if there is neither.
    """
    top = _folder_of(package.partition(".")[0])
    if (top / "notebooks").is_dir():
        return top / "notebooks"
    for folder in top.parents:
        if (folder / "pyproject.toml").is_file():
            return folder
    raise FileNotFoundError(f"No built notebooks beside {top} or above it: install groundup again.")


def phase_folder(course: Course, phase: Phase) -> Path:
    """Where the sources of a phase lie."""
    return _folder_of(course.package) / phase.name


def built_notebook(lesson: Lesson) -> Path:
    """Where the lesson's built notebook lies. Raises FileNotFoundError if it was never built."""
    path = notebooks_folder(lesson.package) / lesson.notebook
    if not path.is_file():
        raise FileNotFoundError(f"There is no {path}: run `groundup build`.")
    return path


def header(lesson: Lesson) -> str:
    """The imports that the lesson's references or its code cells use, groundup's own left out."""
    return _header(lesson, _stamp(lesson.code), _stamp(lesson.source))


@lru_cache(maxsize=256)  # a check asks for it each time, and reading a long lesson takes longer than the check
def _header(lesson: Lesson, _code: Stamp, _words: Stamp) -> str:
    used = {node.id for top in _references(lesson) for node in ast.walk(top) if isinstance(node, ast.Name)}
    for cell in re.findall(r"^`{3,}\{code-cell\}.*?^`{3,}", lesson.source.read_text(encoding="utf-8"), re.M | re.S):
        used |= set(re.findall(r"\w+", cell))
    kept = []
    for node in ast.parse(lesson.code.read_text(encoding="utf-8")).body:  # anew: two trees at once are 2 MB more
        if isinstance(node, ast.ImportFrom):
            roots = {"groundup" if node.level else (node.module or "").partition(".")[0]}
        elif isinstance(node, ast.Import):
            roots = {alias.name.partition(".")[0] for alias in node.names}
        else:
            continue
        bound = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        if not roots & {"groundup", "__future__"} and bound & used:
            kept.append(ast.unparse(node))
    return "\n".join(kept)


def _folder_of(package: str) -> Path:
    """A package's folder, without importing it."""
    return _found(package, tuple(sys.path))


@lru_cache(maxsize=64)  # looking a package up takes longer than reading what is known of its lessons
def _found(package: str, _path: tuple[str, ...]) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"There is no package {package!r} to read a course from.")
    return Path(next(iter(spec.submodule_search_locations)))


def _stamp(path: Path) -> Stamp:
    """What changes when a file does."""
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=256)
def _title(lesson: Lesson, _words: Stamp) -> str:
    with lesson.source.open(encoding="utf-8") as words:
        first = next((line.strip() for line in words if line.strip()), "")
    if not first.startswith("# "):
        raise ValueError(f"{lesson.source} opens with {first[:40]!r}: its first line must be '# ' and the title.")
    return first[2:].strip()


@lru_cache(maxsize=256)
def _names(lesson: Lesson, _code: Stamp) -> tuple[str, ...]:
    return tuple(match["name"] for match in DECLARED.finditer(lesson.code.read_text(encoding="utf-8")))


@lru_cache(maxsize=256)
def _questions(lesson: Lesson, _code: Stamp) -> tuple[tuple[str, str], ...]:
    declared = ASKED.finditer(lesson.code.read_text(encoding="utf-8"))
    return tuple({match["name"]: match["about"] for match in declared}.items())


@lru_cache(maxsize=256)
def _quizzes(lesson: Lesson, _code: Stamp) -> tuple[str, ...]:
    return tuple(match["name"] for match in ANSWERED.finditer(lesson.code.read_text(encoding="utf-8")))


def _references(lesson: Lesson) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.parse(lesson.code.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and any(
            map(is_ours, node.decorator_list)
        ):
            yield node
