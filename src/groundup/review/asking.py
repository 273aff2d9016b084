"""Put a review question and keep the answer: made anew from a seed each time, and answered once, however many ask.

What is put follows from the record alone, so two tabs and a terminal show the same question until one answers it. Knows
no page and no terminal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ..course.lesson import Course, Lesson
from ..door import answers
from ..exercise import Asked
from ..workspace.store import Review, Store
from .mastery import Known, known
from .schedule import Card, Topic, due, schedule, topics

TRIES = 64  # seeds that are tried for words that were not asked before


@dataclass(frozen=True)
class Put:
    """A review question as it is put. `id` comes back with the answer: each has one answer."""

    id: str
    topic: Topic
    seed: int
    asked: Asked


@dataclass(frozen=True)
class Answered:
    """What an answer came to. It is on the record if `kept`; if not `settled`, the same question may be tried again."""

    kept: bool
    settled: bool
    right: bool
    says: str  # one sentence
    why: str = ""  # the reason for what is right, where the question gives one


@dataclass(frozen=True)
class Standing:
    """Where the learner stands with reviews at a moment: every card, those due today, and how well all is known."""

    cards: tuple[Card, ...]
    due: tuple[Card, ...]
    known: dict[tuple[str, str], Known]  # by (lesson key, exercise), in the order of the course


def standing(store: Store, course: Course, now: datetime, zone: tzinfo | None = None) -> Standing:
    """All of it from the record; no lesson is imported and no learner's code read."""
    passed = store.first_passed()
    cards = schedule(topics(course), passed, store.reviews(), now, zone)
    return Standing(cards, due(cards, now, zone), known(course, passed, cards, store.events("solution"), zone))


def put(store: Store, course: Course, topic: Topic) -> Put:
    """The question as it is to be put now: the same until it is answered, then another. Imports its lesson.

    Raises LookupError if the course has no such question.
    """
    return _put(store.origin(), _lesson(course, topic), topic, store.reviews(topic.lesson, topic.question))


def answer(
    store: Store, course: Course, topic: Topic, id: str, given: str, now: datetime, seconds: float = 0.0
) -> Answered:
    """Judge what was given as the answer to the question that was put as `id`, and keep it before anything is said.

    Nothing is kept of what is no answer at all (it may be tried again), of an answer to a question that has one already
    (`right` and `says` are then of that one), or to one that is not put any more.
    Raises LookupError if the course has no such question, StoreError if the answer could not be kept.
    """
    past = store.reviews(topic.lesson, topic.question)
    if given_before := next((review for review in past if review.asked == id), None):
        return _again(given_before)
    current = _put(store.origin(), _lesson(course, topic), topic, past)
    if id != current.id:
        return Answered(False, True, False, "This question is not open any more, and nothing was kept.")
    judged = answers.judge(current.asked, given)
    if not judged.meant:
        return Answered(False, False, False, judged.says)
    review = Review(
        now,
        topic.lesson,
        topic.exercise,
        topic.question,
        id,
        current.seed,
        current.asked.text,
        judged.said,
        judged.answer,
        judged.right,
        seconds,
    )
    if not store.add_review(review):  # another tab was faster
        return _again(next(one for one in store.reviews(topic.lesson, topic.question) if one.asked == id))
    return Answered(True, True, judged.right, judged.says, " ".join(filter(None, (judged.reason, current.asked.why))))


def _again(review: Review) -> Answered:
    how = "right" if review.correct else f"wrong ({review.answer} is right)"
    return Answered(False, True, review.correct, f"This was answered already, with {review.said}, which was {how}.")


def _put(origin: str, lesson: Lesson, topic: Topic, past: Collection[Review]) -> Put:
    """The question after `past`; its id is new to the record, its seed too, and its words where there are enough."""
    import numpy as np

    question = lesson.register().questions.get(topic.question)
    if question is None or question.about.name != topic.exercise:
        raise LookupError(f"There is no review question {topic.question!r} about {topic.exercise} in {topic.lesson}.")
    id = _digest(origin, topic.lesson, topic.question, len(past))
    known, seeds = {review.text for review in past}, {review.seed for review in past}
    for attempt in range(TRIES):
        seed = int(_digest(id, attempt)[:12], 16)
        asked = question.make(np.random.default_rng(seed))
        if seed not in seeds and asked.text not in known:
            break
    return Put(id, topic, seed, asked)


def _lesson(course: Course, topic: Topic) -> Lesson:
    lesson = next((lesson for lesson in course.lessons if lesson.key == topic.lesson), None)
    if lesson is None:
        raise LookupError(f"There is no lesson {topic.lesson!r} in this course.")
    return lesson


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]
