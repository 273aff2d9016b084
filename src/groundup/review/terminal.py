"""Reviews and drills in a terminal: one question at a time, until there are no more or the learner stops.

Every line goes through `say` and every answer comes from `ask`; the clocks are given. Knows no screen and no keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from itertools import count

from ..course.lesson import Course
from ..course.section import section_of
from ..door.answers import wanted
from ..drill import LEVELS
from ..exercise import Asked
from ..workspace.store import Store
from .asking import Answered, Standing, answer, put, standing
from .drilling import Drilled, answer_drill, drilled, put_drill
from .mastery import RULE, State
from .schedule import Card, day_of

Say = Callable[[str], object]
Ask = Callable[[str], str]
STOP = ("q", "quit", "stop")
PROMPT = "Your answer, or q to stop:"


def review(
    store: Store,
    course: Course,
    ask: Ask,
    say: Say,
    now: Callable[[], datetime],
    clock: Callable[[], float],
    limit: int | None = None,
    zone: tzinfo | None = None,
) -> tuple[int, int]:
    """Ask what is due today, at most `limit` of it; returns (how many were answered, how many right).

    `now()` is the moment, `clock()` counts seconds. Raises StoreError if an answer cannot be kept.
    """
    before = standing(store, course, now(), zone)
    due = before.due[:limit]
    if not due:
        say(_nothing_due(before.cards, day_of(now(), zone)))
        if before.cards:
            say(_mastered(before))
        return 0, 0
    say(f"{_counted(len(before.due), 'review question is', 'review questions are')} due today.")
    met: list[bool] = []
    for number, card in enumerate(due, start=1):
        say(f"\n{number} of {len(due)} · {card.topic.exercise}, in {_title(course, card)}")
        came = _one(store, course, card, ask, say, now, clock)
        if came is None:
            break
        met.append(came.right)
        if came.kept and not came.right:
            say(_reread(course, card))
    left = standing(store, course, now(), zone)
    more = f"{len(left.due)} more due today." if left.due else _nothing_due(left.cards, day_of(now(), zone))
    say(f"\n{sum(met)} of {len(met)} right. {more}" if met else f"\n{more}")
    say(_mastered(left))
    return len(met), sum(met)


def drill(
    store: Store,
    level: int,
    ask: Ask,
    say: Say,
    now: Callable[[], datetime],
    clock: Callable[[], float],
    limit: int | None = None,
) -> Drilled:
    """Ask questions of a level until the learner stops, or `limit` of them; returns how the level goes then."""
    say(f"Level {level}: {LEVELS[level]}")
    for _ in range(limit) if limit is not None else count():
        asked = put_drill(store, level)
        _show(asked.asked, say)
        began = clock()
        while (given := ask(PROMPT).strip()).lower() not in STOP:
            judged = answer_drill(store, level, asked.id, given, now(), clock() - began)
            if judged is None:
                say("This question was answered elsewhere; here is the next.")
                break
            say(" ".join(filter(None, (judged.says, asked.asked.why if judged.meant else ""))))
            if judged.meant:
                say(pace(drilled(store.events("drill"), level)))
                break
        else:
            break
    return drilled(store.events("drill"), level)


def pace(so_far: Drilled) -> str:
    """How a level goes, in one sentence."""
    said = f"{so_far.right} of {so_far.answers} right, {so_far.streak} in a row"
    return f"{said}; {so_far.seconds:.1f} s is the median of the last right ones." if so_far.seconds else f"{said}."


def _one(
    store: Store,
    course: Course,
    card: Card,
    ask: Ask,
    say: Say,
    now: Callable[[], datetime],
    clock: Callable[[], float],
) -> Answered | None:
    """Put one question until it is answered; None if the learner stops."""
    asked = put(store, course, card.topic)
    _show(asked.asked, say)
    began = clock()
    while (given := ask(PROMPT).strip()).lower() not in STOP:
        came = answer(store, course, card.topic, asked.id, given, now(), clock() - began)
        say(" ".join(filter(None, (came.says, came.why))))
        if came.settled:
            return came
    return None


def _show(asked: Asked, say: Say) -> None:
    say(asked.text)
    for letter, option in zip("abcdefghijklmnopqrstuvwxyz", asked.options, strict=False):
        say(f"  ({letter}) {option}")
    if not asked.options:
        say(f"  Write {wanted(asked)}.")


def _mastered(here: Standing) -> str:
    states = [known.state for known in here.known.values() if known.state is not State.OPEN]
    return f"Mastered: {states.count(State.MASTERED)} of {len(states)} that have passed. {RULE}"


def _reread(course: Course, card: Card) -> str:
    lesson = next(lesson for lesson in course.lessons if lesson.key == card.topic.lesson)
    section = section_of(lesson, "exercise", card.topic.exercise)
    return f"It comes back tomorrow. To reread: “{section.heading}” in {lesson.notebook}."


def _title(course: Course, card: Card) -> str:
    return next(lesson.title for lesson in course.lessons if lesson.key == card.topic.lesson)


def _nothing_due(cards: tuple[Card, ...], today: date) -> str:
    if not cards:
        return "No review question is due: the first ones come the day after an exercise has passed."
    first = min(card.due for card in cards)
    when = "tomorrow" if first == today + timedelta(days=1) else f"on {first:%A, %d %B %Y}"
    return f"Nothing more is due today; the next question comes {when}."


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
