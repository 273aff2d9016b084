"""What each step of an exercise does with an object, and how two objects compare."""

import random
import sys
import time
from types import TracebackType

import numpy as np
import pytest

import exercises
from groundup.checking.learner import learners_place
from groundup.checking.trial import (
    Outcome,
    Trial,
    Unfolding,
    alike,
    attempts,
    failures,
    first_gap,
    same_behaviour,
    steps,
    trial,
    wanted,
)
from groundup.exercise import exercise_of


@pytest.fixture
def running_sum():
    return exercise_of(exercises.running_sum)


def reasons(exercise, obj):
    return [f.reason for f in failures(exercise, trial(exercise, obj), trial(exercise, exercise.reference))]


@pytest.mark.parametrize("name", ["slope", "running_sum", "outer", "add_one", "Counter", "roll"])
def test_a_reference_agrees_with_itself(name):
    exercise = exercise_of(getattr(exercises, name))

    assert reasons(exercise, exercise.reference) == []


def test_the_steps_are_calls_scripts_and_properties_in_the_words_of_the_lesson():
    texts = [(step.kind, step.text) for step in steps(exercise_of(exercises.slope))]
    script = steps(exercise_of(exercises.Counter))[0].text

    assert texts == [
        ("call", "slope(np.sin, 0.3)"),
        ("call", "slope(lambda t: t**3 + 1, 2.0, h=0.5)"),
        ("property", "adding a constant to f never changes the slope"),
    ]
    assert script.startswith("one, other = Counter(5), Counter(0)\none.click()")


def test_a_drawn_case_is_the_same_each_time(running_sum):
    assert [step.text for step in steps(running_sum)[3:]] == [step.text for step in steps(running_sum)[3:]]
    assert len(steps(running_sum)) == 6


def test_unfolding_outcomes_are_made_when_they_are_looked_at_and_once(running_sum):
    calls = []

    def mine(values):
        calls.append(values)
        return np.cumsum(values) + 1.0

    outcomes = Unfolding(attempts(running_sum, mine))
    assert calls == []
    assert (outcomes[0].how, len(calls)) == ("returned", 1)
    assert outcomes[1] is outcomes[1] and len(calls) == 2
    before = len(calls)
    assert not same_behaviour(running_sum, Trial(outcomes), trial(running_sum, running_sum.reference))
    assert len(calls) == before, "the first outcome tells them apart"

    whole = list(outcomes)
    assert len(whole) == len(outcomes) == len(steps(running_sum))
    assert outcomes[-1] is whole[-1]
    with pytest.raises(IndexError, match="no number 6"):
        outcomes[6]


def test_a_shorter_trial_is_not_the_same_behaviour(running_sum):
    whole = trial(running_sum, running_sum.reference)
    assert same_behaviour(running_sum, whole, whole)
    assert not same_behaviour(running_sum, whole, Trial(whole.outcomes[:-1]))
    assert not same_behaviour(running_sum, Trial(whole.outcomes[:-1]), whole)


def test_the_clock_of_attempts_runs_only_while_a_step_does(running_sum):
    def slow(values):
        time.sleep(0.03)
        return running_sum.reference(values)

    tried = attempts(running_sum, slow, seconds=1.0)
    next(tried)
    time.sleep(1.1)  # others have their turn
    assert "timed out" not in [outcome.how for _, outcome in tried]

    short = [outcome.how for _, outcome in attempts(running_sum, slow, seconds=0.05)]
    assert short[-1] == "timed out" and len(short) < len(steps(running_sum)), "the steps share their seconds"


def test_an_exception_of_the_wanted_class_or_beneath_it_agrees(running_sum):
    class Empty(ValueError):
        pass

    def mine(values):
        if not len(values):
            raise Empty
        return np.cumsum(np.asarray(values, float))

    def theirs(values):
        if not len(values):
            raise KeyError
        return np.cumsum(np.asarray(values, float))

    assert reasons(running_sum, mine) == []
    assert reasons(running_sum, theirs) == ["it raised KeyError and should have raised ValueError"]


def test_a_changed_argument_is_a_failure_though_the_answer_is_right():
    def add_one(values):
        for i in range(len(values)):
            values[i] += 1
        return list(values)

    assert reasons(exercise_of(exercises.add_one), add_one) == ["it changed its argument values"] * 2


def test_the_shared_random_state_is_guarded_and_put_back():
    def roll(rng):
        return np.random.randint(1, 7) * 0 + int(rng.integers(1, 7))

    before = random.getstate(), np.random.get_state()[1].tolist()

    assert reasons(exercise_of(exercises.roll), roll) == ["it used the global random state"] * 4
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before


@pytest.mark.parametrize("run", [trial, lambda exercise, obj: first_gap(exercise, obj, wanted(exercise))])
def test_functions_of_the_random_state_that_a_learner_has_replaced_are_not_called(run, monkeypatch):
    def gone(*_):
        raise RuntimeError("this is the learner's own")

    for module, name in (
        (random, "getstate"),
        (random, "setstate"),
        (np.random, "get_state"),
        (np.random, "set_state"),
    ):
        monkeypatch.setattr(module, name, gone)
    exercise = exercise_of(exercises.add_one)

    run(exercise, exercise.reference)

    assert random.getstate is np.random.set_state is gone


def test_arguments_are_fresh_for_every_run():
    def add_one(values):
        values.sort()
        return [value + 1 for value in values]

    exercise = exercise_of(exercises.add_one)
    trial(exercise, add_one)

    assert steps(exercise)[0].probe.args == ([3, 1, 2],)
    assert reasons(exercise, exercise.reference) == []


def test_a_buffer_that_is_returned_twice_is_seen_as_it_was_when_returned():
    kept = []

    def add_one(values):
        kept[:] = [value + 1 for value in values]
        return kept

    assert reasons(exercise_of(exercises.add_one), add_one) == []


def test_a_patched_numpy_or_builtin_does_not_reach_the_comparison(running_sum):
    originals = np.allclose, np.abs, np.isnan, abs, len

    def mine(values):
        import builtins

        np.abs = np.isnan = np.allclose = np.isfinite = lambda *a, **k: np.zeros(99, bool)
        builtins.len = lambda x: 0
        return np.zeros(4)

    assert len(reasons(running_sum, mine)) == 6
    assert (np.allclose, np.abs, np.isnan, abs, len) == originals


def test_a_loop_in_python_is_stopped_where_it_stands(running_sum):
    def mine(values):
        while True:
            values = values + 0

    tried = trial(running_sum, mine, seconds=0.2)

    assert [outcome.how for outcome in tried.outcomes] == ["timed out"]
    assert tried.outcomes[0].place.within == "mine"


def test_what_is_raised_keeps_the_learners_line_and_no_other():
    def slope(f, x, h=1e-5):
        return f(x) / nothing  # noqa: F821

    outcome = trial(exercise_of(exercises.slope), slope).outcomes[0]

    assert (outcome.how, outcome.value, outcome.place.within) == ("raised", NameError, "slope")
    assert outcome.place.code.startswith("return f(x) / nothing")


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), BaseException("bare"), RecursionError()])
def test_anything_that_is_raised_is_an_outcome(error):
    def slope(f, x, h=1e-5):
        raise error

    outcomes = trial(exercise_of(exercises.slope), slope).outcomes

    assert {(outcome.how, outcome.value) for outcome in outcomes} == {("raised", type(error))}


def test_an_exception_whose_message_cannot_be_read_has_one_all_the_same():
    class Silent(Exception):
        def __str__(self):
            raise RuntimeError

    def slope(f, x, h=1e-5):
        raise Silent

    assert trial(exercise_of(exercises.slope), slope).outcomes[0].words == "(its message cannot be read)"


def test_an_instruction_that_has_no_line_is_placed_at_the_line_before_it():
    def guarded():
        try:
            return sys._getframe()
        except ValueError:
            return None

    frame = guarded()
    without = [begin for begin, _, line in frame.f_code.co_lines() if line is None and begin]

    for at in without:
        trace = TracebackType(None, frame, at, -1)
        assert trace.tb_lineno is None
        assert 0 < learners_place(trace, guarded).line - guarded.__code__.co_firstlineno <= 4
    assert without


def test_an_assert_of_the_learners_own_is_raised_not_a_broken_property():
    def slope(f, x, h=1e-5):
        assert h < 0
        return 0.0

    assert [outcome.how for outcome in trial(exercise_of(exercises.slope), slope).outcomes] == ["raised"] * 3


def test_a_broken_property_shows_the_last_call():
    def slope(f, x, h=1e-5):
        return f(x)

    outcome = trial(exercise_of(exercises.slope), slope).outcomes[-1]

    assert outcome.how == "broke"
    assert outcome.contrast.called == "slope(lambda x: x**2, 1.5)"
    assert outcome.contrast.returned == "2.25"
    assert "is not" in outcome.words


def test_printing_is_kept_short_and_off_the_screen(capsys):
    def slope(f, x, h=1e-5):
        print("x" * 10_000_000)

    outcome = trial(exercise_of(exercises.slope), slope).outcomes[0]

    assert outcome.printed == "x" * 2000 + "…"
    assert capsys.readouterr().out == ""


def test_two_wrong_programs_that_do_the_same_are_alike_and_others_are_not(running_sum):
    def shifted(values):
        return np.cumsum(np.asarray(values, float)) + 1

    def loop(values):
        return 1 + np.add.accumulate(np.asarray(values, float))

    def other(values):
        return np.cumsum(np.asarray(values, float)) + 2

    one, two, three = (trial(running_sum, f) for f in (shifted, loop, other))
    assert same_behaviour(running_sum, one, two)
    assert not same_behaviour(running_sum, one, three)


def test_the_first_gap_is_found_without_running_the_rest(running_sum):
    calls = []

    def mine(values):
        calls.append(1)
        return 0.0

    want = trial(running_sum, running_sum.reference)
    assert first_gap(running_sum, mine, want) == "it should have shape (4,) and is a single number"
    assert len(calls) == 1
    assert first_gap(running_sum, running_sum.reference, want) == ""


def test_a_class_is_tried_by_scripts_with_instances_of_its_own():
    class Counter:
        def __init__(self, start):
            self.count = start

        def click(self, times=1):
            self.count = self.count + times
            return self.count

    exercise = exercise_of(exercises.Counter)
    assert reasons(exercise, Counter) == []
    assert reasons(exercise, exercise.mistakes[0].program) == ["entry 0 differs: they are 2 apart"]


def test_wrong_answers_of_5_and_of_5_0_are_alike_and_those_of_5_and_6_are_not(running_sum):
    five, also_five, six = (Outcome("returned", value=(3.0, last)) for last in (5, 5.0, 6.0))

    assert alike(running_sum, five, also_five) and alike(running_sum, also_five, five)
    assert not alike(running_sum, five, six)


def test_two_crashes_are_alike_if_their_messages_mean_the_same_and_else_not(running_sum):
    def raised(words):
        return Outcome("raised", value=ValueError, words=words)

    product = raised("matmul: Input operand 1 has a mismatch in its core dimension 0 (size 2 is different from 1)")
    another = raised("matmul: Input operand 1 has a mismatch in its core dimension 0 (size 4 is different from 3)")
    asked = raised("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
    own, own_words = raised("x must not be empty"), raised("no numbers")

    assert alike(running_sum, product, another) and alike(running_sum, own, own_words)
    assert not alike(running_sum, product, asked) and not alike(running_sum, asked, own)
    assert not alike(running_sum, own, product)
