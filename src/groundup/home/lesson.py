"""A lesson's page: each exercise's state, the mistakes that were made and mended, the time spent, the `my` code.

Pure: from the lesson's outline and its record to plain values for a page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from ..finding import Verdict
from .outline import Outline
from .path import Known, state_of
from .reading import Try

PAUSE = timedelta(minutes=15)  # a longer gap between two things that were done is not counted as time spent


@dataclass(frozen=True)
class Slip:
    """A known mistake that was made, how often, and whether the exercise has passed since."""

    name: str
    times: int
    mended: bool


@dataclass(frozen=True)
class Need:
    """An exercise that another rests on; `lesson` is "" for one of the same lesson."""

    name: str
    lesson: str
    passed: bool


@dataclass(frozen=True)
class Row:
    """One exercise: `state` as on the map, and words on what was done."""

    name: str
    promise: str
    state: str
    words: str
    needs: tuple[Need, ...]
    slips: tuple[Slip, ...]
    code: str  # as it stands in `my`, or as it was checked last
    kept: bool  # whether that is the one in `my`


@dataclass(frozen=True)
class LessonPage:
    rows: tuple[Row, ...]
    words: str
    mended: int
    unmended: int


def lesson_page(
    key: str,
    outline: Outline,
    known: Known,
    tries: Sequence[Try],
    others: Iterable[datetime],
    mine: Mapping[str, str],
    checked: Mapping[str, str],
    zone: tzinfo | None = None,
) -> LessonPage:
    """`others` are the times of what was done beside checking; `mine` and `checked` hold code by exercise."""
    rows = []
    by_exercise: dict[str, list[Try]] = defaultdict(list)
    for attempt in tries:
        by_exercise[attempt.exercise].append(attempt)
    for part in outline.parts:
        own = by_exercise[part.name]
        needs = tuple(Need(name, "" if of == key else of, (of, name) in known.passed) for of, name in part.needs)
        kept = part.name in mine
        code = mine.get(part.name, checked.get(part.name, ""))
        rows.append(
            Row(
                part.name,
                part.promise,
                state_of((key, part.name), known),
                _words(own, zone),
                needs,
                _slips(own),
                code,
                kept,
            )
        )
    slips = [slip for row in rows for slip in row.slips]
    spent = time_spent([*(attempt.at for attempt in tries), *others])
    return LessonPage(
        tuple(rows), _spent(spent), sum(slip.mended for slip in slips), sum(not slip.mended for slip in slips)
    )


def time_spent(times: Iterable[datetime]) -> timedelta:
    """The sum of the gaps between things that were done, those longer than PAUSE left out."""
    ordered = sorted(times)
    gaps = (later - earlier for earlier, later in pairwise(ordered))
    return sum((gap for gap in gaps if gap <= PAUSE), timedelta())


def _words(own: Sequence[Try], zone: tzinfo | None) -> str:
    if not own:
        return "not checked yet"
    count = "1 attempt" if len(own) == 1 else f"{len(own)} attempts"
    first = next((index for index, attempt in enumerate(own) if attempt.verdict is Verdict.PASSED), None)
    if first is None:
        return f"{count}, not passed yet"
    on = own[first].at.astimezone(zone)
    at = "at the first attempt" if first == 0 else f"at attempt {first + 1}"
    return f"{count}; passed {at}, on {on.day} {on:%B %Y}"


def _slips(own: Sequence[Try]) -> tuple[Slip, ...]:
    times = Counter(attempt.mistake for attempt in own if attempt.mistake)
    last = {attempt.mistake: attempt.at for attempt in own if attempt.mistake}
    passed = max((attempt.at for attempt in own if attempt.verdict is Verdict.PASSED), default=None)
    return tuple(Slip(name, n, passed is not None and passed >= last[name]) for name, n in times.items())


def _spent(spent: timedelta) -> str:
    minutes = round(spent.total_seconds() / 60)
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    told = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(told)
