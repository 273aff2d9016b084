"""The universal mistakes: which an exercise is given, what they do, what they say, and that checks meet them."""

from itertools import pairwise

import numpy as np
import pytest
import torch

import exercises
from groundup.checking.check import check, recognise
from groundup.checking.trial import failures, trial
from groundup.exercise import case, exercise, exercise_of, holds, register_of, scenario, vectorised
from groundup.finding import Verdict
from groundup.mistakes.observe import constant_arguments
from groundup.mistakes.universal import universal_mistakes


@exercise
def blend(a, b, weight=0.5):
    """A mixture of two matrices, weight of a: shape (n, m)."""
    return weight * a + (1 - weight) * b


case(blend, np.arange(6.0).reshape(2, 3), np.ones((2, 3)))
case(blend, np.arange(6.0).reshape(3, 2).T, np.full((2, 3), 0.5), weight=0.25)
case(blend, np.ones((1, 3)), np.zeros((1, 3)), 0.125)


@exercise
def halved(x):
    """Half of every entry of a tensor: shape (n, m)."""
    return x / 2


case(halved, torch.arange(6.0).reshape(2, 3))
vectorised(halved, "no loop over the entries")(lambda n: (torch.arange(3.0 * n).reshape(n, 3),))


@exercise
def join(*parts, last="."):
    """The parts as one text."""
    return "".join(parts) + last


case(join, "a", "b", last="!")
case(join)


@exercise
def is_sorted(values):
    """Whether no entry is below the one before it."""
    return all(a <= b for a, b in pairwise(values))


case(is_sorted, [1, 2])
case(is_sorted, [])
case(is_sorted, [2, 1])


@exercise
def sort_in_place(values):
    """Sort the list that was given; return nothing."""
    values.sort()


case(sort_in_place, [3, 1, 2])
case(sort_in_place, [5, 4])


@exercise
def doubled(values):
    """Twice each entry, without a loop."""
    return 2 * values


case(doubled, np.array([1.5, 2.0]))
case(doubled, np.array([0.25]))
vectorised(doubled, "no loop over the entries")(lambda n: (np.arange(float(n)),))


@exercise
def symmetric(n, seed):
    """A matrix that is its own transpose: no step can tell rows from columns."""
    return np.full((n, n), float(n))


case(symmetric, 2, 1)
case(symmetric, 3, 2)
case(symmetric, 3, 1)


@exercise
class Scale:
    """Multiplies by a factor."""

    def __init__(self, factor, offset=0.0):
        self.factor = factor
        self.offset = offset

    def __call__(self, x):
        """factor · x + offset"""
        return self.factor * x + self.offset

    def unused(self):
        return 1


@scenario(Scale)
def _(Scale):
    return Scale(2.0)(0.75), Scale(3.0, 0.5)(1.25)


@holds(Scale, "a factor of 1 changes nothing")
def _(Scale):
    assert Scale(1.0)(5.0) == 5.0


def names(reference):
    return [mistake.name for mistake in universal_mistakes(exercise_of(reference))]


def made(reference, name):
    (found,) = [mistake for mistake in universal_mistakes(exercise_of(reference)) if mistake.name == name]
    return found


def test_a_function_of_arrays_has_the_mistakes_that_arrays_admit():
    assert names(blend) == [
        "nothing returned",
        "input returned",
        "single precision",
        "fraction cut off",
        "axes swapped",
        "last entry missing",
        "axis of length one lost",
        "reads a as it lies in memory",
        "ignores a",
        "ignores b",
        "ignores weight",
        "one answer for all",
        "changes a",
        "random state touched",
    ]


def test_a_function_of_texts_and_of_any_number_of_arguments_has_others():
    assert names(join) == [
        "nothing returned",
        "order reversed",
        "last entry missing",
        "fails on empty parts",
        "only the first of parts",
        "ignores last",
        "one answer for all",
        "random state touched",
    ]


def test_a_single_argument_that_is_ignored_is_one_answer_for_all():
    assert names(is_sorted) == [
        "nothing returned",
        "int for bool",
        "fails on empty values",
        "one answer for all",
        "changes values",
        "random state touched",
    ]


def test_what_the_reference_itself_changes_may_be_changed():
    assert names(sort_in_place) == ["random state touched"]


def test_a_loop_in_python_is_a_mistake_where_a_step_can_tell_it():
    assert "loop in Python" in names(doubled)
    assert "loop in Python" not in names(blend)


def test_a_loop_over_a_tensor_is_told_too():
    made = {mistake.name: mistake.program for mistake in universal_mistakes(exercise_of(halved))}
    want = trial(exercise_of(halved), halved)

    assert failures(exercise_of(halved), trial(exercise_of(halved), made["loop in Python"]), want)


def test_a_class_has_the_mistakes_of_each_method_that_is_used():
    assert names(Scale) == [
        "nothing returned in __call__",
        "input returned in __call__",
        "single precision in __call__",
        "fraction cut off in __call__",
        "ignores factor in __init__",
        "ignores offset in __init__",
        "one answer for all in __call__",
        "random state touched in __init__",
    ]


@pytest.mark.parametrize(
    "reference", [blend, join, is_sorted, sort_in_place, Scale, exercises.slope, exercises.Counter]
)
def test_every_universal_mistake_of_a_well_probed_exercise_fails_and_is_recognised(reference):
    asked = exercise_of(reference)
    want = trial(asked, reference)
    for mistake in universal_mistakes(asked):
        got = trial(asked, mistake.program)
        assert failures(asked, got, want), mistake.name
        assert recognise(asked, got).name == mistake.name


def test_a_meaningful_mistake_is_made_even_where_no_step_can_tell_it():
    asked = exercise_of(symmetric)
    want = trial(asked, symmetric)
    passing = {m.name for m in universal_mistakes(asked) if not failures(asked, trial(asked, m.program), want)}
    assert passing == {"axes swapped", "ignores seed"}


def test_an_argument_that_is_the_same_in_every_step_is_told():
    assert constant_arguments(exercise_of(blend)) == []
    assert constant_arguments(exercise_of(exercises.outer)) == ["a", "b"]
    assert constant_arguments(exercise_of(Scale)) == []


def test_every_universal_mistake_says_a_fact_and_asks_a_question():
    for reference in (blend, join, is_sorted, Scale):
        for mistake in universal_mistakes(exercise_of(reference)):
            fact, _, question = mistake.feedback.rpartition(". ")
            assert fact and question.endswith("?"), mistake.feedback


def test_a_universal_mistake_keeps_the_names_and_defaults_of_the_parameters():
    ignores = made(blend, "ignores weight").program
    assert ignores(a=2.0, b=4.0) == 3.0
    assert ignores(2.0, 4.0, weight=0.0) == 3.0


def test_a_learner_who_makes_one_is_told_in_its_words():
    def blend(a, b, weight=0.5):
        return 0.5 * a + 0.5 * b

    report = check(exercise_of(globals()["blend"]), blend)

    assert (report.verdict, report.mistake) == (Verdict.WRONG, "ignores weight")
    assert report.findings[0].attempt == "Where should `weight` come in?"


def test_making_universal_mistakes_leaves_the_reference_and_the_register_alone():
    before = dict(register_of(__name__).exercises), dict(vars(Scale))
    universal_mistakes(exercise_of(Scale))
    assert (dict(register_of(__name__).exercises), dict(vars(Scale))) == before
