"""Work in Python, counted: the same number each time, and more of it for a loop."""

from functools import partial

import numpy as np

from groundup.checking.work import instructions


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
