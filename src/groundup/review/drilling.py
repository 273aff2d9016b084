"""The shape drill as the record knows it: the next question of a level, its answer kept, and how fast right ones come.

Knows no terminal and no page. The questions are made by `drill.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from ..door import answers
from ..drill import shape_drill
from ..exercise import Asked
from ..workspace.store import Event, Store

KIND, NAME = "drill", "shapes"  # of the events that answers are kept as
LATELY = 20  # right answers that the running median is taken over


@dataclass(frozen=True)
class Drilled:
    """How a level goes. `seconds` is the median of the last 20 right answers, None before the first."""

    level: int
    answers: int
    right: int
    seconds: float | None
    streak: int  # right answers in a row, up to now


@dataclass(frozen=True)
class DrillPut:
    """A question of the drill as it is put. `id` comes back with the answer: each has one answer."""

    id: str
    level: int
    seed: int
    asked: Asked


def drilled(events: Sequence[Event], level: int) -> Drilled:
    """How a level goes, by the events of kind 'drill'."""
    mine = sorted((e for e in events if e.kind == KIND and e.detail.get("level") == level), key=lambda e: e.at)
    right = [bool(event.detail.get("right")) for event in mine]
    times = [float(e.detail.get("seconds", 0.0)) for e, ok in zip(mine, right, strict=True) if ok][-LATELY:]
    streak = next((n for n, ok in enumerate(reversed(right)) if not ok), len(right))
    return Drilled(level, len(right), sum(right), median(times) if times else None, streak)


def put_drill(store: Store, level: int) -> DrillPut:
    """The next question of a level: the same until it is answered. Imports torch. Raises ValueError for no level."""
    return _put(store.origin(), store.events(KIND, name=NAME), level)


def answer_drill(store: Store, level: int, id: str, given: str, now: datetime, seconds: float) -> answers.Judged | None:
    """Judge an answer to the question put as `id` and keep it; None if that one is not open (any more).

    Nothing is kept of what is no answer at all. Raises StoreError if it could not be kept.
    """
    current = put_drill(store, level)
    if id != current.id:
        return None
    judged = answers.judge(current.asked, given)
    if judged.meant:
        detail = {"level": level, "seed": current.seed, "right": judged.right, "seconds": seconds, "said": judged.said}
        if not store.add_event(Event(now, "", KIND, NAME, detail, id)):
            return None
    return judged


def _put(origin: str, events: Sequence[Event], level: int) -> DrillPut:
    count = sum(event.detail.get("level") == level for event in events)
    id = hashlib.sha256(f"{origin}\0{KIND}\0{level}\0{count}".encode()).hexdigest()[:32]
    seed = int(id[:12], 16)
    return DrillPut(id, level, seed, shape_drill(level, seed))
