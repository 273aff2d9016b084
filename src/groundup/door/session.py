"""Where this process stands: the course, the lesson that was opened, the workspace and the record.

With `surface.py` and the command line, the one place that looks at the clock, the environment and the current folder.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from ..course.lesson import Course, Lesson, load_course
from ..exercise import Exercise, Prediction, Quiz, Register
from ..workspace.place import Workspace, WorkspaceError, find
from ..workspace.record import Past, Record
from ..workspace.store import Attempt, Event

UNRECORDED = "Nothing is recorded here: `groundup start` in a terminal makes a workspace that keeps what you do."
Asked = TypeVar("Asked", Prediction, Quiz)


class Unknown(LookupError):
    """There is no exercise, prediction or quiz of this name. The message is a sentence with the nearest names."""


@dataclass
class Session:
    """`told` are the sentences that were said and are not said again."""

    course: Course
    workspace: Workspace | None
    record: Record
    lesson: Lesson | None = None
    trouble: str = ""  # why there is no workspace although one was named
    told: set[str] = field(default_factory=set)
    waiting: dict[str, Callable[[], None]] = field(default_factory=dict)  # closes the buttons of a question

    def once(self, sentence: str) -> tuple[str, ...]:
        """The sentence the first time, nothing afterwards."""
        if not sentence or sentence in self.told:
            return ()
        self.told.add(sentence)
        return (sentence,)

    def settle(self, name: str) -> None:
        """Take the buttons of a question away, if it has any."""
        self.waiting.pop(name, lambda: None)()

    def add(self, row: Attempt | Event) -> tuple[str, ...]:
        """Keep a row, before anything of it is shown; what there is to say about that."""
        trouble = self.record.add(row)
        if trouble:
            return (f"This could not be kept. {trouble}",)
        return () if self.workspace else self.once(self.trouble or UNRECORDED)

    def event(self, lesson: Lesson, kind: str, name: str, **detail: Any) -> tuple[str, ...]:
        return self.add(Event(now(), lesson.key, kind, name, detail))

    def past(self, lesson: Lesson, name: str) -> Past:
        return self.record.past(lesson.key, name)

    def exercise(self, name: str) -> tuple[Lesson, Exercise]:
        """The exercise of this name in the current lesson, else in the course. Raises Unknown."""
        if self.lesson is not None and name in (known := self.lesson.register().exercises):
            return self.lesson, known[name]
        for lesson in self.course.lesson_with(name):
            if name in (known := lesson.register().exercises):
                return lesson, known[name]
        here = list(self.lesson.exercise_names()) if self.lesson is not None else []
        there = [known for lesson in self.course.lessons for known in lesson.exercise_names()]
        raise Unknown(f"There is no exercise called `{name}`; {_nearest(name, here, there)}.")

    def prediction(self, name: str) -> tuple[Lesson, Prediction]:
        """The prediction of this name, looked for like an exercise. Raises Unknown."""
        return self._asked("prediction", name, lambda register: register.predictions)

    def quiz(self, name: str) -> tuple[Lesson, Quiz]:
        """The quiz of this name, looked for like an exercise. Raises Unknown."""
        return self._asked("quiz", name, lambda register: register.quizzes)

    def _asked(self, word: str, name: str, among: Callable[[Register], dict[str, Asked]]) -> tuple[Lesson, Asked]:
        here = among(self.lesson.register()) if self.lesson is not None else {}
        if self.lesson is not None and name in here:
            return self.lesson, here[name]
        for lesson in self.course.lessons:  # a lesson that does not even have the word is not imported
            if f'"{name}"' in lesson.code.read_text(encoding="utf-8") and name in (there := among(lesson.register())):
                return lesson, there[name]
        raise Unknown(f"There is no {word} called `{name}`; {_nearest(name, list(here), [])}.")


_session: Session | None = None


def now() -> datetime:
    return datetime.now(UTC)


def session() -> Session:
    """This process's session, begun at the first call."""
    return _session or begin()


def begin(course: Course | None = None, start: Path | None = None) -> Session:
    """Begin anew: look for a workspace from `start` upwards (default: what GROUNDUP_WORKSPACE names, else from here).

    A session that goes on keeps what it has remembered without a workspace.
    """
    global _session
    named = os.environ.get("GROUNDUP_WORKSPACE", "") if start is None else ""
    workspace, trouble = None, ""
    try:
        workspace = find(start or Path(named or Path.cwd()))
        if workspace is None and named:
            trouble = (
                f"GROUNDUP_WORKSPACE names {named}, which is no workspace: `groundup start {named}` makes one there."
            )
    except WorkspaceError as error:
        trouble = f"The workspace cannot be used. {error}"
    except OSError as error:
        trouble = f"This folder cannot be read ({error.strerror}): start the kernel again from one that is there."
    database = workspace.database if workspace is not None else None
    if _session is not None and _session.workspace == workspace and course is None:
        return _session
    _session = Session(
        course or (_session.course if _session else load_course()), workspace, Record(database), trouble=trouble
    )
    return _session


def at_home(path: Path) -> str:
    """A path as one would say it: from the home folder on, where it lies there."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def make_importable(workspace: Workspace) -> None:
    """Let `my` be imported from the workspace, after the notebook's own folder."""
    root = str(workspace.root)
    if root not in sys.path:
        sys.path.insert(1, root)


def _nearest(name: str, here: list[str], there: list[str]) -> str:
    """The nearest names, those of this lesson first; or all of this lesson's where nothing is near."""
    near = difflib.get_close_matches(name, here, 2, 0.5) or difflib.get_close_matches(name, there, 2, 0.6)
    quoted = [f"`{match}`" for match in near or here or there[:8]]
    if not quoted:
        return "there is none at all in this course"
    listed = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
    if near:
        return f"the nearest {'name is' if len(near) == 1 else 'names are'} {listed}"
    return f"this {'lesson' if here else 'course'} has {listed}"
