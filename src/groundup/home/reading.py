"""The one place that reads the record for the pages: a few small questions, each answered from an index.

Sources and reports, which are most of the record, are not read unless a page shows them. Knows no page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from ..finding import Verdict
from ..review.asking import Standing
from ..review.mastery import State
from ..workspace.store import Event, Store
from .path import Known

OPENED = "opened early"  # the event that a phase was opened before its time


def stamp(store: Store) -> str:
    """A text that changes when anything is added to the record."""
    return "-".join(map(str, store.stamp()))


def known(store: Store, where: Standing, zone: tzinfo | None = None) -> Known:
    """What the path needs to know; days are those of `zone`, this machine's own unless given."""
    opened = {event.name: event.at.astimezone(zone).date() for event in store.events(kind=OPENED)}
    visited = _visited(store)
    last = max(visited, key=lambda key: visited[key], default="")
    mastered, lapsed = ({k for k, v in where.known.items() if v.state is s} for s in (State.MASTERED, State.LAPSED))
    due = {(card.topic.lesson, card.topic.exercise) for card in where.due}
    passed = {key for key, value in where.known.items() if value.state is not State.OPEN}
    tried = set(store.connection.execute("SELECT DISTINCT lesson, exercise FROM attempt"))
    return Known(
        passed, mastered, due, lapsed, tried, last, frozenset(visited), opened, store.answered(), len(where.due)
    )


def _visited(store: Store) -> dict[str, str]:
    """When each lesson was opened or checked in last."""
    latest: dict[str, str] = {}
    opened = "SELECT name, max(at) FROM event WHERE kind = 'opened' GROUP BY name"
    checked = "SELECT lesson, max(at) FROM attempt GROUP BY lesson"
    for query in (opened, checked):
        for key, at in store.connection.execute(query):
            latest[key] = max(at, latest.get(key, ""))
    return latest


class Try(NamedTuple):
    """One attempt without its code and its report; there may be thousands, so it is a plain tuple."""

    at: datetime
    exercise: str
    verdict: Verdict
    mistake: str


def tries(store: Store, lesson: str) -> list[Try]:
    """The attempts of a lesson, oldest first."""
    query = "SELECT at, exercise, verdict, mistake FROM attempt WHERE lesson = ? ORDER BY at, rowid"
    rows = store.connection.execute(query, (lesson,)).fetchall()
    known = {str(verdict): verdict for verdict in Verdict}
    return [Try(datetime.fromisoformat(at), name, known[verdict], mistake) for at, name, verdict, mistake in rows]


def latest_code(store: Store, lesson: str, exercises: Sequence[str]) -> dict[str, str]:
    """The code that was checked last, for each exercise that was ever checked."""
    query = "SELECT source FROM attempt WHERE exercise = ? AND lesson = ? ORDER BY at DESC LIMIT 1"
    found = {name: store.connection.execute(query, (name, lesson)).fetchone() for name in exercises}
    return {name: row[0] for name, row in found.items() if row}


def events_of(store: Store, lesson: str) -> list[Event]:
    """What else was done in a lesson, oldest first."""
    return store.events(lesson=lesson)[::-1]
