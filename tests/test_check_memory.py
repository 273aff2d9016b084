"""What is said of a result whose numbers are right and whose memory, or dtype, is not."""

import torch

from groundup.checking.check import check
from groundup.exercise import case, exercise, exercise_of


@exercise(memory=True)
def grid(x):
    """The six numbers of x as two rows of three, sharing its memory: (6,) to (2, 3)."""
    return x.reshape(2, 3)


case(grid, torch.arange(6.0))


def copied(x):
    return x.reshape(2, 3).clone()


def as_integers(x):
    return x.reshape(2, 3).long()


def test_a_copy_with_the_right_numbers_is_not_printed_as_if_they_were_wrong():
    contrast = check(exercise_of(grid), copied, isolate=False).contrast

    assert contrast.called == "grid(tensor([0.0, 1.0, 2.0, 3.0, 4.0, 5.0]))"
    assert contrast.returned == contrast.expected == ""
    assert contrast.difference == "what it returns is right, but it is a copy and should share the memory of x"


def test_numbers_that_read_otherwise_are_both_printed():
    contrast = check(exercise_of(grid), as_integers, isolate=False).contrast

    assert contrast.expected == "[[0.0, 1.0, 2.0],\n [3.0, 4.0, 5.0]]"
    assert contrast.returned == "[[0, 1, 2],\n [3, 4, 5]]"
