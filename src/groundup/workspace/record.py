"""The learner's record as a notebook sees it: the store of the workspace, and what this kernel remembers itself.

Where there is no workspace, or its store fails, the kernel's own memory goes on serving until it ends, and the reason
is handed back as a sentence. Nothing here raises for what is wrong on disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ..finding import Verdict
from .store import Attempt, Event, StoreError, open_store

Row = TypeVar("Row", Attempt, Event)


@dataclass(frozen=True)
class Past:
    """What is known of one exercise, prediction or quiz, newest first. `trouble`: why the store could not be read."""

    attempts: list[Attempt]
    events: list[Event]
    trouble: str = ""


@dataclass
class Record:
    """The record at `database`; None where there is no workspace."""

    database: Path | None
    attempts: list[Attempt] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, row: Attempt | Event) -> str:
        """Keep a row; returns "" once it is on the disk (or where nothing is to be written), else why it is not."""
        if isinstance(row, Attempt):
            self.attempts.insert(0, row)
        else:
            self.events.insert(0, row)
        if self.database is None:
            return ""
        try:
            with open_store(self.database) as store:
                if isinstance(row, Attempt):
                    store.add_attempt(row)
                else:
                    store.add_event(row)
        except StoreError as error:
            return str(error)
        return ""

    def past(self, lesson: str, name: str) -> Past:
        """Everything about one name in one lesson."""
        attempts = [a for a in self.attempts if (a.lesson, a.exercise) == (lesson, name)]
        events = [e for e in self.events if (e.lesson, e.name) == (lesson, name)]
        if self.database is None:
            return Past(attempts, events)
        try:
            with open_store(self.database) as store:
                kept = store.attempts(name, lesson), store.events(lesson=lesson, name=name)
                return Past(_joined(kept[0], attempts), _joined(kept[1], events))
        except StoreError as error:
            return Past(attempts, events, str(error))

    def passed(self) -> tuple[set[tuple[str, str]], str]:
        """(lesson key, exercise) of all that ever passed, and what there is to know of the store, or ""."""
        here = {(a.lesson, a.exercise) for a in self.attempts if a.verdict is Verdict.PASSED}
        if self.database is None:
            return here, ""
        try:
            with open_store(self.database) as store:
                return here | store.passed(), store.note
        except StoreError as error:
            return here, str(error)

    def answered(self) -> set[tuple[str, str]]:
        """(lesson key, quiz) of all that was ever answered right."""
        here = {(e.lesson, e.name) for e in self.events if e.kind == "quiz" and e.detail.get("right")}
        if self.database is None:
            return here
        try:
            with open_store(self.database) as store:
                return here | store.answered()
        except StoreError:  # `passed` tells of it
            return here


def _joined(kept: list[Row], here: list[Row]) -> list[Row]:
    """What is on disk, and before it (it is newer) what this kernel could not write."""
    known = {row.id for row in kept}
    return sorted([row for row in here if row.id not in known] + kept, key=lambda row: row.at, reverse=True)
