"""How far a learner may look."""

from datetime import UTC, datetime

from groundup.door.ladder import honest_attempts, rungs_shown, solution_shown, still_missing
from groundup.finding import Verdict
from groundup.workspace.store import Attempt, Event

AT = datetime(2026, 1, 1, tzinfo=UTC)


def attempt(source, verdict=Verdict.WRONG):
    return Attempt(AT, "1_math/1_lines", "rise", verdict, "", source, {}, 0.1)


def event(kind, **detail):
    return Event(AT, "1_math/1_lines", kind, "rise", detail)


def test_the_highest_rung_counts_in_whatever_order_they_come():
    assert rungs_shown([event("hint", rung=2), event("hint", rung=1), event("quiz", rung=9)]) == 2
    assert rungs_shown([]) == 0


def test_the_same_code_again_is_no_new_attempt():
    assert honest_attempts([attempt("a = 1"), attempt("a = 1  "), attempt("a = 2")]) == 2


def test_an_untouched_starter_is_no_attempt():
    assert honest_attempts([attempt("...", Verdict.NOT_STARTED), attempt("x", Verdict.CRASHED)]) == 1


def test_a_solution_seen_after_passing_leaves_no_mark():
    assert not solution_shown([event("solution", before_passing=False), event("hint", rung=1)])
    assert solution_shown([event("solution", before_passing=False), event("solution", before_passing=True)])


def test_what_is_missing_is_said_exactly():
    assert still_missing("rise", hints=3, shown=1, attempts=0) == (
        "2 of 3 hints are unseen: `hint(rise)`.",
        "No attempt is made so far, and it takes 3 with different code: `check(rise)`.",
    )
    assert still_missing("rise", hints=1, shown=0, attempts=1) == (
        "1 of 1 hint is unseen: `hint(rise)`.",
        "1 attempt is made so far, and it takes 3 with different code: `check(rise)`.",
    )
    assert still_missing("rise", hints=3, shown=3, attempts=3) == ()
    assert still_missing("rise", hints=0, shown=0, attempts=3) == ()
