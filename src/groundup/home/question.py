"""A question as a page asks it: what kind of answer it wants, its options by letter, and what an answer came to.

Pure. Knows neither how questions are made nor how they are judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from string import ascii_lowercase

from ..course.lesson import Course
from ..door.answers import wanted
from ..exercise import Asked
from ..review.schedule import Card


@dataclass(frozen=True)
class Form:
    """One question. `kind` is 'choice', 'code', 'number', 'shape' or 'words'; `how` says what to write."""

    id: str
    text: str
    kind: str
    how: str
    options: tuple[tuple[str, str], ...] = ()  # (letter, words)


@dataclass(frozen=True)
class Told:
    """What an answer came to, as it is shown: `tone` is 'good', 'bad' or 'ask'."""

    tone: str
    word: str
    says: str
    why: str = ""


@dataclass(frozen=True)
class Ahead:
    """A day on which questions come back, and how many."""

    words: str
    count: int


def form_of(id: str, asked: Asked) -> Form:
    if asked.options:
        kind = "choice"
    elif asked.tries:
        kind = "code"
    elif isinstance(asked.answer, tuple | list):
        kind = "shape"
    else:
        kind = "words" if isinstance(asked.answer, str) else "number"
    how = wanted(asked)
    options = tuple(zip(ascii_lowercase, asked.options, strict=False))
    return Form(id, asked.text, kind, how[:1].upper() + how[1:], options)


def told(meant: bool, right: bool, says: str, why: str = "") -> Told:
    if not meant:
        return Told("ask", "not kept", says)
    return Told("good", "right", says, why) if right else Told("bad", "not this one", says, why)


def ahead(cards: Iterable[Card], today: date, days: int = 14) -> tuple[Ahead, ...]:
    """When the questions that are not due today come back, as far as two weeks on."""
    later = sorted(card.due for card in cards if today < card.due <= today + timedelta(days))
    return tuple(Ahead(day_in_words(day, today), len(list(group))) for day, group in groupby(later))


def day_in_words(day: date, today: date) -> str:
    """'today', 'tomorrow', 'on Friday' within a week, else 'on 3 December'."""
    away = (day - today).days
    if away <= 1:
        return "tomorrow" if away == 1 else "today"
    return f"on {day:%A}" if away < 7 else f"on {day.day} {day:%B}"


def title_of(course: Course, key: str) -> str:
    return next((lesson.title for lesson in course.lessons if lesson.key == key), key)
