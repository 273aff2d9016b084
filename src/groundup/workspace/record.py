"""The learner's record as a notebook sees it: the store of the workspace, and what this kernel remembers itself.

Where there is no workspace, or its store fails, the kernel's own memory goes on serving until it ends, and the reason
is handed back as a sentence. Nothing here raises for what is wrong on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ..finding import Verdict
from .store import Attempt, Event, Store, StoreError, open_store

Row = TypeVar("Row", Attempt, Event)
LINGERS = 0.2  # seconds that a kernel's store stays open once the cell has ended


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
    _open: Store | None = None

    def add(self, row: Attempt | Event) -> str:
        """Keep a row; returns "" once it is on the disk (or where nothing is to be written), else why it is not."""
        if isinstance(row, Attempt):
            self.attempts.insert(0, row)
        else:
            self.events.insert(0, row)
        if self.database is None:
            return ""
        try:
            with self._store(self.database) as store:
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
            with self._store(self.database) as store:
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
            with self._store(self.database) as store:
                return here | store.passed(), store.note
        except StoreError as error:
            return here, str(error)

    def answered(self) -> set[tuple[str, str]]:
        """(lesson key, quiz) of all that was ever answered right."""
        here = {(e.lesson, e.name) for e in self.events if e.kind == "quiz" and e.detail.get("right")}
        if self.database is None:
            return here
        try:
            with self._store(self.database) as store:
                return here | store.answered()
        except StoreError:  # `passed` tells of it
            return here

    @contextmanager
    def _store(self, database: Path) -> Iterator[Store]:
        """The store; in a kernel it is closed a moment after the cell, for SQLite takes longer to close than to write.

        What is written is on the disk either way, and closing only tidies up. A store that fails is closed at once.
        """
        if self._open is None:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:  # no kernel, or another thread of it
                with open_store(database) as store:
                    yield store
                return
            self._open = open_store(database)
            loop.call_later(LINGERS, self._close)
        try:
            yield self._open
        except BaseException:
            self._close()
            raise

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _joined(kept: list[Row], here: list[Row]) -> list[Row]:
    """What is on disk, and before it (it is newer) what this kernel could not write."""
    known = {row.id for row in kept}
    return sorted([row for row in here if row.id not in known] + kept, key=lambda row: row.at, reverse=True)
