"""The record: every attempt, every hint, prediction, quiz and review answer, in one SQLite file that only ever grows.

A row is on the disk before `add_attempt` returns. Knows nothing of lessons, notebooks or wording of verdicts.
Times go in aware and come out in UTC. Every row has an id of its own, so two records can be joined without loss.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..finding import Verdict
from .drive import NETWORK, kind_of_drive

PATIENCE = 5.0  # seconds to wait while another kernel writes
APPLICATION = 0x47_72_55_70  # "GrUp", in the file's header: this SQLite file is ours
REFUSED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
MIGRATIONS = [
    """
    CREATE TABLE attempt (
        id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, lesson TEXT NOT NULL, exercise TEXT NOT NULL,
        verdict TEXT NOT NULL, mistake TEXT NOT NULL, source TEXT NOT NULL, report TEXT NOT NULL,
        seconds REAL NOT NULL, solution_shown INTEGER NOT NULL
    );
    CREATE INDEX attempt_of_exercise ON attempt (exercise, at);
    CREATE INDEX attempt_by_verdict ON attempt (verdict, lesson, exercise);
    CREATE TABLE event (
        id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, lesson TEXT NOT NULL, kind TEXT NOT NULL,
        name TEXT NOT NULL, detail TEXT NOT NULL
    );
    CREATE INDEX event_of_name ON event (kind, name, at);
    CREATE TRIGGER attempt_stays BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
    CREATE TRIGGER attempt_remains BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
    CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
    CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
    """,
    """
    CREATE TABLE origin (id TEXT NOT NULL);
    INSERT INTO origin VALUES (lower(hex(randomblob(16))));
    CREATE TABLE review (
        id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, lesson TEXT NOT NULL, exercise TEXT NOT NULL,
        question TEXT NOT NULL, asked TEXT NOT NULL UNIQUE, seed INTEGER NOT NULL, text TEXT NOT NULL,
        said TEXT NOT NULL, answer TEXT NOT NULL, correct INTEGER NOT NULL, seconds REAL NOT NULL
    );
    CREATE INDEX review_of_question ON review (lesson, question, at);
    CREATE INDEX attempt_tally ON attempt (lesson, exercise, verdict, mistake, at);
    CREATE TRIGGER review_stays BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
    CREATE TRIGGER review_remains BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
    """,
]
TABLES = ("attempt", "event", "review")  # what a learner did; each row has an `id` of its own


class StoreError(Exception):
    """The record could not be opened, read or written: one sentence saying what happened, and the way out."""


@dataclass(frozen=True)
class Attempt:
    """One check of one exercise: what was written and what was said about it."""

    at: datetime  # aware; read back in UTC
    lesson: str  # the lesson's key, '1_math/2_derivatives_examples'
    exercise: str
    verdict: Verdict
    mistake: str  # the name of the recognised mistake, or ""
    source: str
    report: dict[str, Any]
    seconds: float
    solution_shown: bool = False
    id: str = field(default_factory=lambda: os.urandom(16).hex())


@dataclass(frozen=True)
class Event:
    """One thing that was neither check nor review: 'hint', 'solution', 'prediction', 'reveal', 'quiz', 'drill', …"""

    at: datetime
    lesson: str
    kind: str
    name: str  # of the exercise, prediction or quiz
    detail: dict[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: os.urandom(16).hex())


@dataclass(frozen=True)
class Review:
    """One answer to a review question. `asked` is the identity of the question as it was put: one has one answer."""

    at: datetime
    lesson: str
    exercise: str  # that the question is about
    question: str  # its name in the lesson
    asked: str
    seed: int  # that the question was made from
    text: str  # the question in words
    said: str  # what the learner answered
    answer: str  # what is right
    correct: bool
    seconds: float = 0.0  # from asking to answering; 0 if it was not measured
    id: str = field(default_factory=lambda: os.urandom(16).hex())


@dataclass(frozen=True)
class Tally:
    """How often the attempts at an exercise ended with this verdict and this mistake, and when last."""

    lesson: str
    exercise: str
    verdict: Verdict
    mistake: str
    times: int
    last: datetime


@dataclass(frozen=True)
class Store:
    """An open record. `note` is a sentence for the learner if the drive it lies on makes it slower, else ""."""

    path: Path
    connection: sqlite3.Connection
    note: str = ""

    def add_attempt(self, attempt: Attempt) -> None:
        """Write one attempt; on return it is on the disk. Adding the same attempt again changes nothing.

        Raises StoreError if it could not be written, ValueError if its time has no zone.
        """
        a = attempt
        rest = (
            a.exercise,
            str(a.verdict),
            a.mistake,
            a.source,
            _json(a.report),
            float(a.seconds),
            int(a.solution_shown),
        )
        self._insert("attempt", (*_head(attempt), *rest))

    def add_event(self, event: Event) -> bool:
        """Write one event; on return it is on the disk. False if it was there. Raises as `add_attempt` does."""
        return self._insert("event", (*_head(event), event.kind, event.name, _json(event.detail)))

    def add_review(self, review: Review) -> bool:
        """Write one answer; False, and nothing is written, if that question as it was put has been answered already.

        Raises as `add_attempt` does.
        """
        r = review
        asked = (r.exercise, r.question, r.asked, int(r.seed), r.text, r.said, r.answer)
        return self._insert("review", (*_head(review), *asked, int(r.correct), float(r.seconds)))

    def attempts(self, exercise: str | None = None, lesson: str | None = None) -> list[Attempt]:
        """Attempts, newest first, of one exercise or lesson if named."""
        rows = self._select(
            "id, at, lesson, exercise, verdict, mistake, source, report, seconds, solution_shown FROM attempt",
            {"exercise": exercise, "lesson": lesson},
        )
        return [
            Attempt(
                _time(at), of, name, Verdict(verdict), mistake, source, json.loads(report), seconds, bool(shown), id
            )
            for id, at, of, name, verdict, mistake, source, report, seconds, shown in rows
        ]

    def events(self, kind: str | None = None, lesson: str | None = None, name: str | None = None) -> list[Event]:
        """Events, newest first, of one kind, lesson or name if given."""
        rows = self._select(
            "id, at, lesson, kind, name, detail FROM event", {"kind": kind, "lesson": lesson, "name": name}
        )
        return [Event(_time(at), of, kind, name, json.loads(detail), id) for id, at, of, kind, name, detail in rows]

    def answered(self) -> set[tuple[str, str]]:
        """(lesson, quiz) of the quizzes that were ever answered right."""
        return {(event.lesson, event.name) for event in self.events(kind="quiz") if event.detail.get("right")}

    def reviews(self, lesson: str | None = None, question: str | None = None) -> list[Review]:
        """Answers to review questions, newest first, of one lesson or question if named."""
        rows = self._select(
            "id, at, lesson, exercise, question, asked, seed, text, said, answer, correct, seconds FROM review",
            {"lesson": lesson, "question": question},
        )
        return [
            Review(_time(at), of, name, asks, put.partition("/")[0], seed, text, said, answer, bool(ok), seconds, id)
            for id, at, of, name, asks, put, seed, text, said, answer, ok, seconds in rows
        ]

    def tallies(self) -> list[Tally]:
        """How attempts ended, counted; reads an index and no learner's code, however many there are."""
        query = "SELECT lesson, exercise, verdict, mistake, count(*), max(at) FROM attempt GROUP BY 1, 2, 3, 4"
        with explained(self.path):
            rows = self.connection.execute(query).fetchall()
        return [Tally(of, name, Verdict(verdict), slip, n, _time(at)) for of, name, verdict, slip, n, at in rows]

    def first_passed(self) -> dict[tuple[str, str], datetime]:
        """(lesson key, exercise) of every exercise that has ever passed, and when it did so first."""
        query = "SELECT lesson, exercise, min(at) FROM attempt WHERE +verdict = ? GROUP BY 1, 2"  # +: attempt_tally
        with explained(self.path):
            rows = self.connection.execute(query, (str(Verdict.PASSED),)).fetchall()
        return {(lesson, exercise): _time(at) for lesson, exercise, at in rows}

    def origin(self) -> str:
        """A random name that this record was given when it began; no other has it, unless it is a copy of the file."""
        with explained(self.path):
            return str(self.connection.execute("SELECT id FROM origin").fetchone()[0])

    def stamp(self) -> tuple[int, ...]:
        """The number of the last row of each table: another one means that something was added."""
        query = "SELECT " + ", ".join(f"(SELECT coalesce(max(rowid), 0) FROM {table})" for table in TABLES)
        with explained(self.path):
            return tuple(self.connection.execute(query).fetchone())

    def passed(self) -> set[tuple[str, str]]:
        """(lesson key, exercise) of every exercise that has ever passed."""
        query = "SELECT DISTINCT lesson, exercise FROM attempt WHERE verdict = ?"
        with explained(self.path):
            return set(self.connection.execute(query, (str(Verdict.PASSED),)).fetchall())

    def flaw(self) -> str:
        """What SQLite's own integrity check finds wrong with the file; "" means sound. Reads all of it."""
        with explained(self.path):
            found = [row[0] for row in self.connection.execute("PRAGMA integrity_check(5)")]
        return "" if found == ["ok"] else "; ".join(found)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _insert(self, table: str, row: tuple[Any, ...]) -> bool:
        marks = ", ".join("?" * len(row))
        values = tuple(_text(value) if isinstance(value, str) else value for value in row)
        with explained(self.path):
            return self.connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values).rowcount == 1

    def _select(self, what: str, equal: dict[str, str | None]) -> list[tuple[Any, ...]]:
        wanted = {column: value for column, value in equal.items() if value is not None}
        where = " AND ".join(f"{column} = ?" for column in wanted) or "1"
        with explained(self.path):
            return self.connection.execute(
                f"SELECT {what} WHERE {where} ORDER BY at DESC, rowid DESC", tuple(wanted.values())
            ).fetchall()


def open_store(path: Path, *, drive: Callable[[Path], str] = kind_of_drive) -> Store:
    """Open the record at `path`, made if it is not there; close it, or use it in a `with`.

    `drive(folder)` names the kind of file system, as /proc/mounts does; it is asked, not guessed, in tests.
    Raises StoreError if the file is not ours, newer than this version, damaged, locked, or cannot be written. A file
    that is not ours or newer is left as it is, byte for byte.
    """
    path = Path(path)
    kind = drive(path.parent)
    network = kind in NETWORK
    with explained(path):
        version, wal = _header(path)
        if not version:
            _refuse_foreign(path)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            if network and wal:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # WAL's shared memory does not cross a network
            connection.execute("PRAGMA synchronous = FULL")
            if wal is network or not version:
                _journal(connection, "DELETE" if network else "WAL")
                connection.execute("PRAGMA locking_mode = NORMAL")
            _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    note = (
        f"{path.name} lies on a network drive ({kind}), where it is slower and only as safe as that drive's locks: "
        "a workspace on this machine's own disk is better."
    )
    return Store(path, connection, note if network else "")


def _header(path: Path) -> tuple[int, bool]:
    """(version, whether it is in WAL mode) from the first bytes of the file, so that nothing foreign is even opened."""
    if not path.exists():
        if not path.parent.is_dir():
            raise StoreError(
                f"There is no folder {path.parent} for the record {path.name}: create it, or name another."
            )
        return 0, False
    if not path.is_file():
        raise StoreError(f"{path} is not a file, so no record can be kept there: rename it, then check again.")
    with path.open("rb") as file:
        head = file.read(100)
    if not head or (path.with_name(f"{path.name}-journal").exists() and not head.strip(b"\0")):  # or cut short
        return 0, False
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise StoreError(_damaged(path, "its first bytes are not those of a SQLite file"))
    version, application = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    if application not in (0, APPLICATION) or (version and application != APPLICATION):
        raise StoreError(_foreign(path))
    _refuse_newer(version, path)
    return version, head[18] == 2


def _refuse_foreign(path: Path) -> None:
    """A file without our mark must be empty, or have got our mark from another kernel a moment ago."""
    if not path.exists() or not path.stat().st_size:
        return
    try:
        marked = _marked(path, "ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in REFUSED:
            raise
        marked = _marked(path, "rw")  # cut short while it was begun: reading it means tidying it first
    if not marked:
        raise StoreError(_foreign(path))


def _marked(path: Path, mode: str) -> bool:
    """Whether the file has our mark, or no tables yet."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE)
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        return not tables or _pragma(connection, "application_id") == APPLICATION
    finally:
        connection.close()


def _foreign(path: Path) -> str:
    return f"{path} belongs to another program: rename or move it, then check again to begin a record."


def _refuse_newer(version: int, path: Path) -> None:
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path} was written by a newer Ground Up (record {version}, this one knows up to {len(MIGRATIONS)}): "
            "update with `pip install --upgrade groundup`."
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables up to the newest version in one transaction, whichever process comes first."""
    if _pragma(connection, "user_version") == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _pragma(connection, "user_version")
        _refuse_newer(version, path)
        for migration in MIGRATIONS[version:]:
            for statement in statements(migration):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the header on disk tells the version to who comes next


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit between them."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""


def _journal(connection: sqlite3.Connection, mode: str) -> None:
    """Change how commits are journalled. SQLite does not wait for others here, so this does."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.02)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system raise into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_sentence(path, getattr(error, "sqlite_errorcode", 0) & 0xFF, str(error))) from error
    except OSError as error:
        raise StoreError(
            f"{path} could not be opened ({error.strerror or error}): check that you may read and write it."
        ) from error


def _sentence(path: Path, code: int, words: str) -> str:
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(path, words)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            f"{path} has been locked by another program for {PATIENCE:g} s: "
            "close whatever else has it open, then check again."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        free = shutil.disk_usage(path.parent).free
        if code == sqlite3.SQLITE_FULL or free < 1_000_000:
            return f"The disk that holds {path} is full ({free // 1000} kB free): make room, then check again."
        return f"{path} could not be written ({words}): check the drive and its quota, then check again."
    if code in REFUSED:
        return (
            f"{path} cannot be written, as the file or its folder is read-only: "
            "make both writable, or take the workspace to a folder that is yours."
        )
    return f"{path} could not be used ({words}): close other programs that have it open, then check again."


def _damaged(path: Path, words: str) -> str:
    return (
        f"{path} is damaged ({words}): rename it to {path.name}.damaged and check again to begin a new record; "
        "your notebooks and my/ are not affected."
    )


def _head(row: Attempt | Event | Review) -> tuple[str, str, str]:
    if row.at.tzinfo is None:
        raise ValueError(f"{row.at!r} has no time zone: use datetime.now(UTC).")
    return row.id, row.at.astimezone(UTC).isoformat(timespec="microseconds"), row.lesson


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, default=_plain)


def _plain(value: Any) -> Any:
    """What JSON does not know: a NumPy scalar or array as plain numbers, anything else as its text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _text(text: str) -> str:
    """Text that UTF-8 can hold: half a surrogate pair, which a learner's string may contain, is spelt out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
