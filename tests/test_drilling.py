"""The drill on the record: each question once, and the pace of right answers."""

from datetime import UTC, datetime, timedelta

import pytest

from groundup.review.drilling import LATELY, answer_drill, drilled, put_drill
from groundup.workspace.store import open_store

pytest.importorskip("torch", reason="torch itself answers the drill")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "groundup.db") as opened:
        yield opened


def give(store, level, right, seconds, minute=0):
    asked = put_drill(store, level)
    truth = str(asked.asked.answer)
    lie = next(letter for letter in "ab" if letter != truth) if asked.asked.options else "-1"
    return answer_drill(store, level, asked.id, truth if right else lie, NOON + timedelta(minutes=minute), seconds)


def test_nothing_drilled_has_no_pace(store):
    assert drilled(store.events(), 1).seconds is None


def test_the_pace_is_the_median_of_right_answers_alone(store):
    for minute, (right, seconds) in enumerate([(True, 4.0), (False, 90.0), (True, 6.0), (True, 20.0)]):
        assert give(store, 1, right, seconds, minute).right is right

    so_far = drilled(store.events("drill"), 1)
    assert (so_far.answers, so_far.right, so_far.seconds, so_far.streak) == (4, 3, 6.0, 2)


def test_the_pace_runs_with_the_last_right_answers(store):
    for minute in range(2 * LATELY):
        give(store, 2, True, 30.0 if minute < LATELY else 3.0, minute)

    assert drilled(store.events("drill"), 2).seconds == 3.0


def test_levels_are_counted_apart(store):
    give(store, 1, True, 4.0)

    assert drilled(store.events("drill"), 2).answers == 0


def test_a_question_is_answered_once_and_the_next_is_another(store):
    asked = put_drill(store, 1)
    assert put_drill(store, 1) == asked

    assert answer_drill(store, 1, asked.id, "a", NOON, 1.0) is not None
    assert answer_drill(store, 1, asked.id, "a", NOON, 1.0) is None
    assert put_drill(store, 1).id != asked.id
    assert len(store.events("drill")) == 1


def test_what_is_no_answer_is_not_kept(store):
    asked = put_drill(store, 1)

    assert not answer_drill(store, 1, asked.id, "perhaps", NOON, 1.0).meant
    assert store.events("drill") == [] and put_drill(store, 1) == asked
