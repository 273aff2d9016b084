"""How well an exercise is known: the rule, sentence by sentence, and where it must not be reached."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from groundup.course.lesson import Course, Lesson, Phase
from groundup.review.mastery import DAYS, RULE, UNASKED, Known, State, known, lesson_mastered
from groundup.review.schedule import Card, Topic
from groundup.workspace.store import Event

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = (date(2026, 3, day) for day in (2, 4, 9))


class Pages(Lesson):
    """A lesson that is nowhere on disk."""

    def exercise_names(self):
        return ("rise", "slope", "angle")

    def question_names(self):
        return (("how far", "rise"), ("above or below", "rise"), ("each step", "slope"))


LESSON = Pages("nowhere", "math", "1_math", 1, "lines")
COURSE = Course("nowhere", (Phase("math", "1_math", "Mathematics", (LESSON,)),))
KEY = LESSON.key


def card(question="how far", exercise="rise", right_on=(), lapsed=False):
    return Card(Topic(KEY, question, exercise), date(2026, 4, 1), len(right_on), tuple(right_on), lapsed, 1.0)


def solution(day, name="rise"):
    return Event(datetime.combine(day, NOON.time(), UTC), KEY, "solution", name, {})


def of_rise(*cards, solutions=()):
    return known(COURSE, {(KEY, "rise"): NOON}, cards, solutions, UTC)[KEY, "rise"]


def both(*days, **more):
    return card(right_on=days, **more), card("above or below", right_on=days, **more)


def test_what_has_not_passed_is_open():
    assert known(COURSE, {}, [])[KEY, "rise"] == Known(KEY, "rise", State.OPEN, 2)


def test_a_pass_alone_is_no_mastery_and_says_what_is_missing():
    told = of_rise(*both())

    assert told.state is State.PASSED
    assert told.says == "“how far” was answered right on 0 of 2 days."


def test_right_answers_on_different_days_master_it():
    assert of_rise(*both(FIRST, SECOND)).state is State.MASTERED


def test_each_of_its_questions_is_asked_for():
    told = of_rise(card(right_on=(FIRST, SECOND, THIRD)), card("above or below", right_on=(FIRST,)))

    assert told.state is State.PASSED
    assert told.says == "“above or below” was answered right on 1 of 2 days."


def test_one_day_is_not_enough_however_often():
    assert of_rise(*both(FIRST)).state is State.PASSED


def test_a_wrong_answer_makes_it_lapse_whatever_was_right_before():
    told = of_rise(card(right_on=(FIRST, SECOND)), card("above or below", lapsed=True))

    assert (told.state, told.says) == (State.LAPSED, "“above or below” was last answered wrong.")


def test_a_day_on_which_the_solution_was_shown_does_not_count():
    assert of_rise(*both(FIRST, SECOND), solutions=[solution(SECOND)]).state is State.PASSED
    assert of_rise(*both(FIRST, SECOND, THIRD), solutions=[solution(SECOND)]).state is State.MASTERED
    assert of_rise(*both(FIRST, SECOND), solutions=[solution(SECOND, "slope")]).state is State.MASTERED
    assert of_rise(*both(FIRST, SECOND), solutions=[solution(SECOND - timedelta(days=1))]).state is State.MASTERED


def test_what_no_question_asks_for_stays_passed_and_says_why():
    told = known(COURSE, {(KEY, "angle"): NOON}, [])[KEY, "angle"]

    assert (told.state, told.questions, told.says) == (State.PASSED, 0, UNASKED)


def test_a_lesson_is_mastered_when_all_has_passed_and_all_that_is_asked_for_is_mastered():
    passed = {(KEY, name): NOON for name in LESSON.exercise_names()}
    cards = [*both(FIRST, SECOND), card("each step", "slope", (FIRST, SECOND))]

    assert lesson_mastered(known(COURSE, passed, cards, [], UTC).values())
    assert not lesson_mastered(known(COURSE, passed, [*cards[:2], card("each step", "slope")], [], UTC).values())
    assert not lesson_mastered(known(COURSE, {**passed, (KEY, "angle"): NOON}, cards[:2], [], UTC).values())
    del passed[KEY, "angle"]
    assert not lesson_mastered(known(COURSE, passed, cards, [], UTC).values())


def test_a_lesson_that_asks_nothing_is_never_mastered():
    assert not lesson_mastered([Known(KEY, "angle", State.PASSED, 0)]) and not lesson_mastered([])


@pytest.mark.parametrize("words", ["passed", "mastered", f"on {DAYS} different days", "solution was shown"])
def test_the_rule_is_one_sentence_that_names_all_of_it(words):
    assert words in RULE and RULE.count(".") == 1 and RULE.endswith(".")


def test_the_readme_states_the_same_rule():
    readme = Path(__file__).parent.parent / "README.md"

    assert RULE in readme.read_text(encoding="utf-8")
