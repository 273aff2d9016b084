"""A function as the points of its curve: gaps where it has gaps, nowhere else."""

import math
from itertools import pairwise

import numpy as np
import pytest

from groundup.draw import DrawError
from groundup.draw.sample import sampled, typical


def runs(f, low=-2.0, high=2.0, **options):
    """The unbroken stretches of f's curve that have some length."""
    xs, ys = sampled(f, low, high, **options)
    whole = np.isfinite(ys)
    cuts = [0, *(np.flatnonzero(np.diff(whole)) + 1), len(xs)]
    return [(xs[a:b], ys[a:b]) for a, b in pairwise(cuts) if whole[a] and b - a > 1]


def hinge(x):
    return x if x > 0 else 0.0


def crowd_of_steps(x):
    return np.floor(1000 * x) % 2


@pytest.mark.parametrize(
    ("f", "same"),
    [
        (math.sin, np.sin),
        (hinge, lambda x: np.maximum(x, 0)),
        (lambda x: max(x, 1), lambda x: np.maximum(x, 1)),
        (lambda x: 3, lambda x: 3 + 0 * x),
        (lambda x: np.sum(x**2), lambda x: x**2),
        (lambda x: [x], lambda x: x),
    ],
)
def test_a_function_of_single_numbers_is_drawn_like_one_of_arrays(f, same):
    xs, ys = sampled(f, -2, 2)

    assert len(xs) > 300
    np.testing.assert_allclose(ys, same(xs))


def test_a_function_that_changes_its_argument_changes_nothing_else():
    def greedy(x):
        x += 1
        return x

    xs, ys = sampled(greedy, -2, 2)

    np.testing.assert_allclose(ys, xs + 1)


@pytest.mark.parametrize(
    ("f", "pieces"),
    [
        (lambda x: 1 / x, 2),
        (lambda x: 1 / float(x), 2),
        (lambda x: 1 / (x - 0.3), 2),
        (lambda x: np.tan(2 * x), 3),
        (np.sign, 2),
        (lambda x: np.floor(x + 0.5), 5),
        (lambda x: (x**2 - 1) / (x - 1), 2),
    ],
)
def test_a_curve_is_open_where_its_function_jumps(f, pieces):
    assert len(runs(f)) == pieces


@pytest.mark.parametrize(
    "f",
    [np.exp, np.abs, np.cbrt, lambda x: 1 / (1 + np.exp(-1e5 * x)), lambda x: np.maximum(0, 50 * x), crowd_of_steps],
)
def test_a_steep_or_noisy_curve_is_not_torn(f):
    assert len(runs(f)) == 1


@pytest.mark.parametrize("root", [np.sqrt, math.sqrt, lambda x: x**0.5, lambda x: float(x) ** 0.5])
def test_a_curve_reaches_the_edge_of_where_it_is_defined(root):
    ((xs, ys),) = runs(lambda x: root(x - 0.3005))

    assert 0.3005 <= xs[0] < 0.3005 + 1e-6
    assert ys[-1] == pytest.approx(math.sqrt(1.6995))


def test_values_that_are_infinite_or_complex_are_gaps():
    assert len(runs(lambda x: np.where(np.abs(x) < 1, np.inf, x))) == 2
    assert runs(lambda x: x * np.nan) == []


def test_no_warning_escapes_from_a_function_that_overflows(recwarn):
    sampled(lambda x: np.exp(1000 * x) + np.log(x), -2, 2)

    assert not recwarn.list


def test_a_log_range_is_sampled_evenly_in_powers():
    xs, _ = sampled(np.log, 1e-8, 1, log=True)

    np.testing.assert_allclose(np.diff(np.log10(xs)), 8 / 400, rtol=1e-6)


def test_a_function_that_returns_nothing_is_told_so():
    def unfinished(x):
        pass

    with pytest.raises(
        DrawError, match=r"^unfinished\(-2\) returned None, which is no height: let it return a number\.$"
    ):
        sampled(unfinished, -2, 2)


def test_a_function_that_is_defined_nowhere_says_what_it_raised():
    with pytest.raises(DrawError, match=r"^log raised ValueError \(.+\) at every x from -3 to -1: draw it where"):
        sampled(math.log, -3, -1)


def test_a_mistake_in_the_function_reaches_its_author():
    with pytest.raises(NameError, match="undefined"):
        sampled(lambda x: undefined, 0, 1)  # noqa: F821


def test_a_pole_does_not_dwarf_the_rest_of_the_curve():
    heights = typical(*sampled(lambda x: 1 / x, -1, 1))

    assert 5 < np.abs(heights).max() < 50


def test_a_curve_without_poles_is_shown_whole():
    heights = typical(*sampled(np.exp, -3, 3))

    assert (heights.min(), heights.max()) == (pytest.approx(math.exp(-3)), pytest.approx(math.exp(3)))
