"""Work in Python, counted: the same number each time, and more of it for a loop."""

from functools import partial

import numpy as np

from groundup.checking.check import check
from groundup.checking.work import instructions
from groundup.exercise import case, exercise, exercise_of, looped
from groundup.finding import Verdict


@exercise
def summed(values):
    """The sum of all entries, taken one by one."""
    return in_a_loop(values)


case(summed, np.array([1.0, 2.5]))
looped(summed, "a loop over the entries", large=32)(lambda n: (np.ones(n),))


def in_a_loop(values):
    total = 0.0
    for value in values:
        total += value
    return total


def in_one_call(values):
    return np.sum(values) + 0.0


def counts(function):
    return [instructions(partial(function, np.ones(size))) for size in (8, 64, 8, 64)]


def test_a_loop_does_more_for_a_larger_size_from_the_first_count_on():
    few, many, *again = counts(in_a_loop)

    assert many > 5 * few > 0
    assert again == [few, many]


def test_one_call_of_numpy_does_as_much_for_any_size():
    assert len(set(counts(in_one_call))) == 1


def test_where_a_loop_is_asked_for_one_call_that_does_the_same_is_refused_and_a_loop_in_other_words_is_not():
    at_once = check(exercise_of(summed), lambda values: in_one_call(values), isolate=False)

    assert at_once.verdict is Verdict.WRONG
    assert at_once.contrast.expected == "a loop over the entries"
    assert check(exercise_of(summed), lambda values: sum(values, 0.0), isolate=False).verdict is Verdict.WRONG
    assert check(exercise_of(summed), lambda values: sum(v for v in values), isolate=False).verdict is Verdict.PASSED
