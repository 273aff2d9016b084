"""Where a learner stands: counted over the course, and what comes next."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from groundup.course.lesson import load_course
from groundup.finding import Verdict
from groundup.render.terminal import attempt_as_text, path_as_text
from groundup.workspace.path import behind, following, standing_in, standings
from groundup.workspace.store import Attempt
from lines_course import write_course, write_gated_course

LINES = ["rise", "slope", "Line", "slow"]


@pytest.fixture
def course(tmp_path, monkeypatch):
    write_course(tmp_path, "tiny_path")
    monkeypatch.syspath_prepend(tmp_path)
    return load_course("tiny_path.lessons")


def passed(*names, lesson="1_math/1_lines"):
    return {(lesson, name) for name in names}


def test_at_first_the_first_exercise_is_next(course):
    path = standings(course, set())

    assert [(standing.done, len(standing.exercises)) for standing in path] == [(0, 4), (0, 1)]
    assert following(path).following == "rise"


def test_an_exercise_left_out_comes_before_what_lies_further_on(course):
    path = standings(course, passed("rise", "Line") | passed("bend", lesson="1_math/2_curves"))

    assert following(path).following == "slope"
    assert path[1].complete


def test_what_passed_in_another_lesson_or_is_no_longer_asked_does_not_count(course):
    path = standings(course, passed("rise", lesson="1_math/2_curves") | passed("gone"))

    assert [standing.done for standing in path] == [0, 0]


def test_at_the_end_nothing_is_next(course):
    path = standings(course, passed(*LINES) | passed("bend", lesson="1_math/2_curves"))

    assert following(path) is None


@pytest.fixture
def gated(tmp_path, monkeypatch, request):
    """The same course with its second lesson as the gate of the first phase."""
    package = f"gated_{abs(hash(request.node.name))}"  # of its own: a package that was found once is found there again
    write_gated_course(tmp_path, package)
    monkeypatch.syspath_prepend(tmp_path)
    return load_course(f"{package}.lessons")


BENT = passed("bend", "turn", lesson="1_math/gate")
SAID = {("1_math/gate", "question_1"), ("1_math/gate", "question_2")}


def gate(path):
    return next(standing for standing in path if standing.lesson.is_gate)


def test_a_gate_is_complete_when_its_exercises_passed_and_its_quizzes_were_answered(gated):
    assert not gate(standings(gated, BENT)).complete
    assert not gate(standings(gated, set(), SAID)).complete
    assert gate(standings(gated, BENT, SAID)).complete


def test_a_gate_knows_which_of_its_questions_are_left_and_a_lesson_asks_none(gated):
    path = standings(gated, BENT, {("1_math/gate", "question_1")})

    assert (gate(path).questions, gate(path).unanswered) == (2, ("question_2",))
    assert (path[0].questions, path[0].unanswered) == (0, ())
    assert standing_in(gate(path).lesson, BENT, {("1_math/gate", "question_1")}) == gate(path)


def test_after_a_gate_the_lessons_of_its_phase_come_last(gated):
    assert following(standings(gated, BENT)).following == "rise"
    assert following(standings(gated, BENT, SAID)).following == "rise"  # no other phase has an exercise
    assert behind(standings(gated, BENT, SAID)) == {"1_math"}
    assert behind(standings(gated, BENT)) == set()
    left = path_as_text(gated, standings(gated, BENT | passed(*LINES)), "~/here")
    assert "Next: 2 questions in 1_math/gate.ipynb" in left


def test_the_path_is_shown_with_the_exercises_of_the_lesson_at_hand(course):
    shown = path_as_text(course, standings(course, passed("rise", "slope")), "~/groundup-workspace")

    assert shown.split("\n") == [
        "Your work is in ~/groundup-workspace.",
        "",
        "1 Mathematics",
        "  › 1_math/1_lines.ipynb    2 of 4   Straight lines",
        "      ✓ rise",
        "      ✓ slope",
        "      · Line",
        "      · slow",
        "    1_math/2_curves.ipynb   0 of 1   Curves",
        "",
        "Next: Line in 1_math/1_lines.ipynb (`groundup next` opens it).",
    ]


def test_a_path_walked_to_its_end_says_so(course):
    path = standings(course, passed(*LINES) | passed("bend", lesson="1_math/2_curves"))

    shown = path_as_text(course, path, "here")

    assert shown.endswith("\n\nEvery exercise of every lesson has passed.")
    assert "  ✓ 1_math/2_curves.ipynb   1 of 1   Curves" in shown


def test_an_attempt_is_shown_with_its_time_its_verdict_and_its_code():
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    attempt = Attempt(
        at, "1_math/1_lines", "rise", Verdict.WRONG, "sign", "def rise(a, b):\n    return a\x1b", {}, 0.1, True
    )

    assert attempt_as_text(attempt, timezone(timedelta(hours=2))).split("\n") == [
        "2026-03-01 14:30:00  wrong: sign, after the solution was shown",
        "",
        "    def rise(a, b):",
        "        return a\N{REPLACEMENT CHARACTER}",
    ]
