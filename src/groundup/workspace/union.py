"""A record as plain rows, and rows back into a record: nothing is changed or doubled, what is new is added.

Each row is known by its own id, so two histories give the same set whichever is added to the other. Knows no files.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from ..finding import Verdict
from .store import MIGRATIONS, TABLES, Store, explained, statements

Row = Mapping[str, Any]  # a column's name to what it holds, and 'table' to the name of the table
KINDS = {"TEXT": (str,), "INTEGER": (int,), "REAL": (int, float)}


@lru_cache(maxsize=1)
def columns() -> dict[str, dict[str, str]]:
    """Of each table, its columns and their types, as the newest version has them."""
    empty = sqlite3.connect(":memory:")
    try:
        for migration in MIGRATIONS:
            for statement in statements(migration):
                empty.execute(statement)
        return {
            table: {name: kind for _, name, kind, *_ in empty.execute(f"PRAGMA table_info({table})")}
            for table in TABLES
        }
    finally:
        empty.close()


def rows_of(store: Store) -> Iterator[Row]:
    """Every row, by its table and then as it was added, all of one moment."""
    with explained(store.path):
        store.connection.execute("BEGIN")
        try:
            for table, kinds in columns().items():
                for found in store.connection.execute(f"SELECT {', '.join(kinds)} FROM {table} ORDER BY rowid"):
                    row = dict(zip(kinds, found, strict=True))
                    if table == "review":
                        row["asked"] = row["asked"].partition("/")[0]
                    yield {"table": table, **row}
        finally:
            store.connection.execute("COMMIT")


def flaw_of(row: Any) -> str:
    """Why a row cannot be one of a record; "" if it can."""
    if not isinstance(row, dict) or row.get("table") not in TABLES:
        return "a row of no table"
    kinds = columns()[row["table"]]
    if set(row) != {"table", *kinds}:
        return f"a row of {row['table']} with other columns"
    for name, kind in kinds.items():
        if type(row[name]) not in KINDS[kind] or not _fits(row[name]):
            return f"{name} is {row[name]!r:.40}"
        if name in ("report", "detail") and not _is_object(row[name]):
            return f"{name} is {row[name]!r:.40}"
    if not row["id"] or not _is_moment(row["at"]):
        return f"at is {row['at']!r:.40}"
    if row["table"] == "attempt" and row["verdict"] not in set(Verdict):
        return f"verdict is {row['verdict']!r:.40}"
    return ""


def unite(store: Store, rows: Sequence[Row]) -> dict[str, int]:
    """Add the rows that are not there yet, all or none; returns how many were new to each table.

    A second answer to the same question as it was put (two copies of one record went on apart) is kept too, under a
    name of its own. Raises StoreError if they could not be written.
    """
    new = dict.fromkeys(TABLES, 0)
    with explained(store.path):
        store.connection.execute("BEGIN IMMEDIATE")
        try:
            for row in rows:
                new[row["table"]] += _insert(store.connection, row)
            store.connection.execute("COMMIT")
        except BaseException:
            if store.connection.in_transaction:
                store.connection.execute("ROLLBACK")
            raise
    return new


def _insert(connection: sqlite3.Connection, row: Row) -> bool:
    table, kinds = row["table"], columns()[row["table"]]
    if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row["id"],)).fetchone():
        return False
    values = {name: row[name] for name in kinds}
    if table == "review" and connection.execute("SELECT 1 FROM review WHERE asked = ?", (row["asked"],)).fetchone():
        values["asked"] = f"{row['asked']}/{row['id']}"
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    return True


def _fits(value: str | int | float) -> bool:
    """Whether SQLite can hold a value and give it back."""
    if isinstance(value, str):
        return value == value.encode("utf-8", "ignore").decode("utf-8")
    return -(2**63) <= value < 2**63 or value in (float("inf"), float("-inf"))


def _is_moment(text: str) -> bool:
    """Whether a text is a time as the record writes it: in UTC, in order when sorted as text, with days around it."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return False
    return (
        at.tzinfo is not None
        and 1970 <= at.year < 3000
        and text == at.isoformat(timespec="microseconds")
        and text.endswith("+00:00")
    )


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
