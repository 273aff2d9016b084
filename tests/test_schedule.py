"""When questions come back: in the learner's days, whatever clocks and zones do, and from the log alone."""

import random
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from groundup.course.lesson import load_course
from groundup.review import schedule as module
from groundup.review.schedule import Topic, due, lapsed, schedule, topics
from groundup.workspace.store import Review

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TOPIC = Topic("1_math/1_lines", "how far above", "rise")
PASSED = {("1_math/1_lines", "rise"): NOON}


def answered(at, correct=True, topic=TOPIC):
    return Review(at, topic.lesson, topic.exercise, topic.question, f"{at} {topic}", 0, "?", "1", "1", correct)


def card(reviews=(), now=NOON, zone=UTC, passed=PASSED):
    (one,) = schedule([TOPIC], passed, reviews, now, zone)
    return one


def answered_when_due(days, wrong=()):
    """The log of a learner who answers on each day that the question is due; `wrong` are the numbers of wrong ones."""
    log, now = [], NOON
    for _ in range(days):
        if due([card(log, now)], now, UTC):
            log.append(answered(now, len(log) not in wrong))
        now += DAY
    return log


def test_the_first_question_comes_the_day_after_passing_and_none_before_it():
    assert card().due == date(2026, 3, 2)
    assert not due([card()], NOON, UTC) and due([card()], NOON + DAY, UTC)


def test_what_has_not_passed_has_no_card():
    assert schedule([TOPIC], {}, [], NOON, UTC) == ()


def test_right_answers_come_back_later_and_later():
    log = answered_when_due(365)
    gaps = [(b.at - a.at).days for a, b in pairwise(log)]

    assert gaps == sorted(gaps) and gaps[0] == 2 and gaps[-1] > 60
    assert len(log) < 12


def test_a_wrong_answer_comes_back_the_next_day_and_marks_its_exercise_as_lapsed():
    log = answered_when_due(400, wrong={4})[:5]
    after = card(log, log[-1].at)

    assert after.due == log[-1].at.date() + DAY
    assert after.lapsed and lapsed([after]) == {("1_math/1_lines", "rise")}


def test_a_right_answer_after_it_takes_the_mark_away_but_comes_sooner_than_without():
    log = answered_when_due(400, wrong={3})
    mended, never = card(log[:5], log[4].at), card(answered_when_due(400)[:5], NOON + 400 * DAY)

    assert not mended.lapsed
    assert mended.stability < never.stability


def test_the_days_of_right_answers_are_counted_from_the_last_wrong_one():
    log = [answered(NOON + n * DAY, n != 2) for n in range(5)] + [answered(NOON + 4 * DAY + timedelta(minutes=1))]

    assert card(log, NOON + 9 * DAY).right_on == (date(2026, 3, 4), date(2026, 3, 5))


def test_the_log_may_come_in_any_order():
    log = answered_when_due(90, wrong={2})
    shuffled = random.Random(0).sample(log, len(log))

    assert card(shuffled, NOON + 90 * DAY) == card(log, NOON + 90 * DAY)


def test_what_has_been_due_longest_comes_first_and_then_the_order_of_the_course():
    one, two, three = (replace(TOPIC, question=name) for name in "abc")
    log = [answered(NOON + DAY, topic=one)]

    cards = schedule([one, two, three], PASSED, log, NOON + 9 * DAY, UTC)

    assert [each.topic.question for each in cards] == ["b", "c", "a"]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_was_answered_the_question_comes_back_on_a_later_day(seed):
    rng = random.Random(seed)
    log = [
        answered(NOON + timedelta(hours=rng.randrange(-3000, 9000)), rng.random() < 0.6)
        for _ in range(rng.randrange(40))
    ]
    now = NOON + timedelta(hours=rng.randrange(9000))
    made = card(log, now, timezone(timedelta(hours=rng.randrange(-12, 15))))
    known = [review for review in log if review.at <= now]

    assert made.answers >= len(known)
    assert made.due > max([review.at for review in known], default=NOON).date() - DAY
    assert card(log, now) == card(log[::-1], now)


# ---- days, zones and clocks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "day"), [(0, 2), (14, 3), (-11, 2)])
def test_a_day_is_the_learners_own(hours, day):
    evening = datetime(2026, 3, 1, 12, tzinfo=UTC)
    zone = timezone(timedelta(hours=hours))

    assert card(zone=zone, now=evening, passed={("1_math/1_lines", "rise"): evening}).due == date(2026, 3, day)


def test_an_answer_late_in_the_evening_is_due_again_the_next_morning():
    evening = datetime(2026, 3, 1, 23, 50, tzinfo=UTC)
    log = [answered(evening, correct=False)]

    assert due([card(log, evening)], evening, UTC) == ()
    assert due([card(log, evening)], evening + timedelta(minutes=11), UTC)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def test_a_change_of_the_clocks_moves_no_day(zone):
    here = ZoneInfo(zone)
    plain = None
    for month in (1, 3, 4, 9, 10, 11):
        first = datetime(2026, month, 20, 23, 30, tzinfo=here)
        log = [answered(first), answered(first + 2 * DAY), answered(first + 12 * DAY)]
        made = schedule([TOPIC], {("1_math/1_lines", "rise"): first - DAY}, log, first + 200 * DAY, here)[0]
        interval = made.due - (first + 12 * DAY).date()
        plain = plain or interval
        assert interval == plain


def test_an_answer_from_a_clock_that_ran_ahead_waits_for_its_day_and_holds_nothing_up():
    ahead = answered(NOON + 4000 * DAY)
    now = NOON + 5 * DAY

    assert card([ahead], now) == card([], now)
    log = [ahead, answered(now)]
    assert card(log, now).due == now.date() + 2 * DAY
    assert card(log, NOON + 4001 * DAY).answers == 2


def test_a_pass_from_a_clock_that_ran_ahead_is_asked_for_today():
    assert card(passed={("1_math/1_lines", "rise"): NOON + 4000 * DAY}).due == NOON.date()


def test_a_clock_that_went_back_during_a_day_changes_nothing():
    log = [answered(NOON), answered(NOON - timedelta(hours=3))]

    assert card(log, NOON - timedelta(hours=4)).answers == 2


def test_a_moment_without_a_zone_of_the_learners_is_read_by_this_machines_rules(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert module.day_of(datetime(2026, 3, 1, 16, tzinfo=UTC)) == date(2026, 3, 2)
    finally:
        monkeypatch.undo()
        time.tzset()


# ---- the course's questions, and the cost --------------------------------------------------------------------------


@pytest.mark.torch
def test_the_questions_that_are_read_from_the_lines_are_those_that_the_lessons_declare():
    course = load_course()
    declared = [
        Topic(lesson.key, question.name, question.about.name)
        for lesson in course.lessons
        for question in lesson.register().questions.values()
    ]

    assert list(topics(course)) == declared


def test_ten_thousand_answers_are_scheduled_in_a_few_times_what_making_them_takes():
    """Half a second on a machine of 2026, which `make bench` measures: a machine that is busy is slow in both."""
    rng = random.Random(1)
    many = [replace(TOPIC, question=f"q{n}") for n in range(250)]
    began = time.process_time()
    log = [
        answered(NOON + timedelta(days=rng.uniform(1, 700)), rng.random() < 0.85, topic)
        for topic in many
        for _ in range(40)
    ]
    made = time.process_time() - began
    module._remembered.cache_clear()

    began = time.process_time()
    cards = schedule(many, PASSED, log, NOON + 800 * DAY, UTC)
    spent = time.process_time() - began

    assert len(log) == 10_000 and len(cards) == 250
    assert spent < 5 * made, f"{spent:.3f} s, and {made:.3f} s to make them"
