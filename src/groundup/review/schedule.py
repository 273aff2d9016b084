"""When each review question is due, from the log of answers alone. Pure: the log, the moment and the zone are given.

All arithmetic is in the learner's days: fsrs is told of each answer as if it were given at midnight of its day, so
neither the hour nor a change of the clocks moves a day. Knows nothing of how a question is made, asked or answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from ..course.lesson import Course
from ..workspace.store import Review

STEP = timedelta(days=1)  # from passing to the first question, and from a wrong answer to the next one
RETENTION = 0.9  # the chance of a right answer at which a question is due
Key = tuple[str, str]  # (lesson key, name of an exercise)


@dataclass(frozen=True)
class Topic:
    """A review question as the course lists it."""

    lesson: str  # the lesson's key, '1_math/2_derivatives_examples'
    question: str
    exercise: str  # that it is about


@dataclass(frozen=True)
class Card:
    """A question about an exercise that has passed, and all that the schedule knows of it."""

    topic: Topic
    due: date  # the learner's day from which on it is to be asked
    answers: int  # given so far
    right_on: tuple[date, ...]  # the different days of right answers since the last wrong one
    lapsed: bool  # the last answer was wrong
    stability: float  # days until the chance of a right answer is 90 %; 0 before the first answer


def day_of(at: datetime, zone: tzinfo | None = None) -> date:
    """The learner's day of a moment: in `zone`, or by this machine's own rules if it is None."""
    return at.astimezone(zone).date()


def topics(course: Course) -> tuple[Topic, ...]:
    """Every review question, in the order of the course; no lesson is imported."""
    return tuple(
        Topic(lesson.key, question, exercise)
        for lesson in course.lessons
        for question, exercise in lesson.question_names()
    )


def schedule(
    topics: Iterable[Topic],
    passed: Mapping[Key, datetime],
    reviews: Iterable[Review],
    now: datetime,
    zone: tzinfo | None = None,
) -> tuple[Card, ...]:
    """A card for each question about an exercise that has passed, the longest due first, then in the given order.

    `passed` says when each exercise passed first. An answer that is dated after today (a clock was wrong) is left out
    until its day has come.
    """
    today = day_of(now, zone)
    answers: dict[Key, list[tuple[datetime, date, bool]]] = defaultdict(list)
    for review in reviews:
        if (day := day_of(review.at, zone)) <= today:
            answers[review.lesson, review.question].append((review.at, day, review.correct))
    cards = []
    for topic in topics:
        first = passed.get((topic.lesson, topic.exercise))
        if first is not None:
            given = sorted(answers[topic.lesson, topic.question])
            cards.append(_card(topic, day_of(first, zone), [(day, right) for _, day, right in given], today))
    return tuple(sorted(cards, key=lambda card: card.due))


def due(cards: Iterable[Card], now: datetime, zone: tzinfo | None = None) -> tuple[Card, ...]:
    """The cards to be asked today, in the order of `cards`."""
    today = day_of(now, zone)
    return tuple(card for card in cards if card.due <= today)


def lapsed(cards: Iterable[Card]) -> set[Key]:
    """The exercises of which a question was last answered wrong."""
    return {(card.topic.lesson, card.topic.exercise) for card in cards if card.lapsed}


def _card(topic: Topic, passed: date, answers: Sequence[tuple[date, bool]], today: date) -> Card:
    if not answers:
        first = today if passed > today else passed + STEP  # passed in the future: the clock was wrong
        return Card(topic, first, 0, (), False, 0.0)
    interval, stability = _remembered(tuple(answers))
    wrong = max((index for index, (_, right) in enumerate(answers) if not right), default=-1)
    days = tuple(dict.fromkeys(day for day, _ in answers[wrong + 1 :]))
    return Card(topic, answers[-1][0] + interval, len(answers), days, not answers[-1][1], stability)


@lru_cache(maxsize=4096)  # a page asks anew for every visit, and the log has hardly changed
def _remembered(answers: Collection[tuple[date, bool]]) -> tuple[timedelta, float]:
    """(how long after the last answer the question is due, its stability in days), by fsrs."""
    import fsrs

    scheduler = fsrs.Scheduler(
        desired_retention=RETENTION, learning_steps=(STEP,), relearning_steps=(STEP,), enable_fuzzing=False
    )
    card = fsrs.Card(card_id=0, due=datetime.min.replace(tzinfo=UTC))
    for day, right in answers:
        at = datetime.combine(day, time(), UTC)
        card, _ = scheduler.review_card(card, fsrs.Rating.Good if right else fsrs.Rating.Again, at)
    assert card.last_review is not None and card.stability is not None
    return card.due - card.last_review, card.stability
