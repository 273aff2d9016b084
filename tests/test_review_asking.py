"""Review questions as they are put and answered: fresh numbers each time, one answer each, on disk before a word."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from groundup.course.lesson import load_course
from groundup.finding import Verdict
from groundup.review import asking
from groundup.review.asking import answer, put, standing
from groundup.review.mastery import State
from groundup.review.schedule import topics
from groundup.workspace.store import Attempt, Review, StoreError, open_store
from lines_course import write_course

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = "1_math/1_lines"
numbers = count()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    package, folder = f"asking{next(numbers)}", tmp_path_factory.mktemp("course")
    write_course(folder, package)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield load_course(f"{package}.lessons")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "groundup.db"


@pytest.fixture
def store(path):
    with open_store(path) as opened:
        opened.add_attempt(passed("rise"))
        yield opened


def passed(exercise, at=NOON):
    return Attempt(at, KEY, exercise, Verdict.PASSED, "", "def rise(a, b): ...", {}, 0.1)


def topic_of(course, question="how far above"):
    return next(topic for topic in topics(course) if topic.question == question)


def right_answer(asked):
    return str(asked.asked.answer)


def test_the_same_question_is_put_until_it_is_answered_and_then_another(store, course):
    topic = topic_of(course)
    first = put(store, course, topic)

    assert put(store, course, topic) == first
    assert answer(store, course, topic, first.id, right_answer(first), NOON).kept
    second = put(store, course, topic)
    assert (second.id, second.seed, second.asked.text) != (first.id, first.seed, first.asked.text)
    assert first.id != second.id and first.asked.text != second.asked.text


def test_a_right_answer_is_kept_with_its_seed_and_its_words(store, course):
    topic = topic_of(course)
    asked = put(store, course, topic)

    came = answer(store, course, topic, asked.id, right_answer(asked), NOON, seconds=4.5)

    (kept,) = store.reviews()
    assert came.right and came.says == f"Right: {asked.asked.answer}." and came.why == asked.asked.why
    assert (kept.at, kept.correct, kept.seconds, kept.seed) == (NOON, True, 4.5, asked.seed)
    assert (kept.text, kept.said, kept.answer) == (asked.asked.text, right_answer(asked), right_answer(asked))
    assert (kept.lesson, kept.exercise, kept.question) == (KEY, "rise", "how far above")


def test_a_wrong_answer_is_kept_and_met_with_what_is_right_and_why(store, course):
    topic = topic_of(course)
    asked = put(store, course, topic)

    came = answer(store, course, topic, asked.id, "12345", NOON)

    assert (came.kept, came.settled, came.right) == (True, True, False)
    assert came.says == f"Not 12345: it is {asked.asked.answer}." and came.why == asked.asked.why
    assert [review.correct for review in store.reviews()] == [False]


def test_what_is_no_answer_is_not_kept_and_may_be_tried_again(store, course):
    topic = topic_of(course)
    asked = put(store, course, topic)

    came = answer(store, course, topic, asked.id, "far", NOON)

    assert (came.kept, came.settled, came.right) == (False, False, False)
    assert came.says == "That is none of the answers: write a number, as in 12, 0.333 or 1/3."
    assert store.reviews() == [] and put(store, course, topic) == asked


def test_two_tabs_that_answer_one_question_keep_one_answer(store, course):
    topic = topic_of(course)
    asked = put(store, course, topic)

    answer(store, course, topic, asked.id, "12345", NOON)
    second = answer(store, course, topic, asked.id, right_answer(asked), NOON)

    assert not second.kept and not second.right
    assert second.says == f"This was answered already, with 12345, which was wrong ({asked.asked.answer} is right)."
    assert len(store.reviews()) == 1


def test_two_tabs_that_answer_at_the_same_moment_keep_one_answer(path, store, course):
    topic = topic_of(course)
    for _ in range(5):
        asked = put(store, course, topic)
        before = len(store.reviews())
        gate, came = threading.Barrier(4), []

        def tab(given, asked=asked, gate=gate, came=came):
            with open_store(path) as own:
                gate.wait()
                came.append(answer(own, course, topic, asked.id, given, NOON))

        tabs = [threading.Thread(target=tab, args=(given,)) for given in ("1", "2", "3", right_answer(asked))]
        [each.start() for each in tabs]
        [each.join() for each in tabs]

        assert len(came) == 4 and sum(each.kept for each in came) == 1 and all(each.settled for each in came)
        assert len(store.reviews()) == before + 1


def test_the_key_that_keeps_one_answer_stands_in_the_database_itself(store):
    one = Review(NOON, KEY, "rise", "how far above", "the same", 1, "?", "1", "1", True)

    assert store.add_review(one) and not store.add_review(Review(**{**vars(one), "id": "another", "said": "2"}))
    assert [review.said for review in store.reviews()] == ["1"]
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        store.connection.execute(
            "INSERT INTO review SELECT 'x', at, lesson, exercise, question, asked, seed, text, said, "
            "answer, correct, seconds FROM review"
        )
    for change in ("DELETE FROM review", "UPDATE review SET correct = 0"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            store.connection.execute(change)


def test_a_question_that_is_not_open_keeps_nothing(store, course):
    came = answer(store, course, topic_of(course), "made up", "1", NOON)

    assert (came.kept, came.settled, came.says) == (
        False,
        True,
        "This question is not open any more, and nothing was kept.",
    )
    assert store.reviews() == []


def test_no_words_come_twice_as_long_as_there_are_others(store, course):
    topic = topic_of(course)
    for _ in range(60):
        asked = put(store, course, topic)
        answer(store, course, topic, asked.id, right_answer(asked), NOON)

    told = store.reviews()
    assert len({review.text for review in told}) == len({review.seed for review in told}) == 60


def test_two_records_ask_with_different_numbers(store, course, tmp_path):
    with open_store(tmp_path / "other.db") as other:
        assert put(other, course, topic_of(course)).seed != put(store, course, topic_of(course)).seed


def test_a_question_that_the_course_does_not_have_is_told(store, course):
    for gone in ({"lesson": "1_math/7_gone"}, {"question": "gone"}, {"exercise": "slope"}):
        with pytest.raises(LookupError, match="There is no"):
            put(store, course, type(topic_of(course))(**{**vars(topic_of(course)), **gone}))


def test_an_answer_that_cannot_be_kept_says_so_in_place_of_the_verdict(store, course, monkeypatch):
    def full(_self, _review):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(type(store), "add_review", full)
    asked = put(store, course, topic_of(course))

    with pytest.raises(StoreError, match="full"):
        answer(store, course, topic_of(course), asked.id, "1", NOON)


def test_a_learner_who_answers_right_on_days_that_it_is_due_masters_the_exercise(store, course):
    now = NOON
    seen = []
    for _ in range(8):
        here = standing(store, course, now, UTC)
        for card in here.due:
            asked = put(store, course, card.topic)
            answer(store, course, card.topic, asked.id, right_answer(asked), now)
        seen.append(standing(store, course, now, UTC).known[KEY, "rise"].state)
        now += DAY

    assert seen == [State.PASSED] * 3 + [State.MASTERED] * 5


def test_what_is_due_needs_no_lesson_to_be_imported(store, course, monkeypatch):
    monkeypatch.setattr(type(course.lessons[0]), "register", None)

    here = standing(store, course, NOON + DAY, UTC)

    assert [card.topic.question for card in here.due] == ["how far above", "above or below"]
    assert list(here.known)[:2] == [(KEY, "rise"), (KEY, "slope")]


def test_a_seed_that_was_used_or_words_that_were_asked_are_passed_over(course):
    """The planted lie: a record in which the very next question has been asked before."""
    lesson, topic = course.lessons[0], topic_of(course)
    other = Review(NOON, KEY, "rise", topic.question, "elsewhere", 7, "other words", "1", "1", True)
    plain = asking._put("origin", lesson, topic, [other])
    for change in ({"text": plain.asked.text}, {"seed": plain.seed}):
        again = asking._put("origin", lesson, topic, [Review(**{**vars(other), **change})])
        assert again.asked.text != plain.asked.text and again.seed != plain.seed
