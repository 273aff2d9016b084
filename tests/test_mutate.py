"""The mutants of a reference: which are made, what they are called, and that they are programs of their own."""

import numpy as np
import pytest

from groundup.exercise import exercise, exercise_of, register_of
from groundup.mistakes.mutate import mutants

pytestmark = pytest.mark.once


@exercise
def rise(x, steps=2, offset=1e-3):
    """A line of text; 3 + 4 is not code.

    >>> rise(1)
    """
    if x < 0:
        raise ValueError(f"{x} is below 0, and 1 is not")
    total: int = x
    for k in range(steps):
        total += k * x
    return total - offset


@exercise
def factorial(n):
    """n!"""
    return 1 if n == 0 else n * factorial(n - 1)


@exercise
def softmax(z):
    """Rows that sum to 1."""
    top = np.exp(z - z.max(axis=1, keepdims=True))
    return top / np.sum(top, axis=-1, keepdims=True)


@exercise
def ends(values, side="left", swap=True):
    """The first and the last."""
    first, last = values[0], values[-1]
    middle = values[1:-1]
    values[0] = first
    if not middle or (len(values) > 2 and swap):
        return max(first, last), [v for v in middle if v]
    return abs(first - last), np.searchsorted(values, first, side=side)


@exercise
def shifted(by):
    """Adds twice as much."""
    shift = 2 * by
    return lambda x: shift + x


@exercise
class Counter:
    """Counts."""

    step: int = 1

    def __init__(self, start=0):
        self.start = start
        self.count = start

    def add(self, times):
        """Once more."""
        self.count += self.step * times
        return self.count

    @property
    def doubled(self):
        return Counter(self.count).add(self.count)


def says(reference):
    return [mutant.says for mutant in mutants(exercise_of(reference))]


def program(reference, text):
    (found,) = [mutant.program for mutant in mutants(exercise_of(reference)) if mutant.says == text]
    return found


@pytest.mark.parametrize(
    "line",
    [
        "if x < 0:  ⇒  if x <= 0:",
        "if x < 0:  ⇒  if x >= 0:",
        "if x < 0:  ⇒  if x < 1:",
        "if x < 0:  ⇒  if x < -1:",
        "if x < 0:  ⇒  if True:",
        "if x < 0:  ⇒  if False:",
        "for k in range(steps):  ⇒  for k in range(steps - 1):",
        "for k in range(steps):  ⇒  for k in range(steps + 1):",
        "for k in range(steps):  ⇒  for k in range(1, steps):",
        "total += k * x  ⇒  pass",
        "total += k * x  ⇒  total = k * x",
        "total += k * x  ⇒  total -= k * x",
        "total += k * x  ⇒  total += k / x",
        "total += k * x  ⇒  total += k",
        "return total - offset  ⇒  return total + offset",
        "return total - offset  ⇒  return offset - total",
        "return total - offset  ⇒  return",
        "return total - offset  ⇒  return x",
        "def rise(x, steps=2, offset=0.001):  ⇒  def rise(x, steps=3, offset=0.001):",
        "def rise(x, steps=2, offset=0.001):  ⇒  def rise(x, steps=2, offset=0.002):",
    ],
)
def test_operators_comparisons_constants_ranges_statements_returns_and_defaults_are_changed(line):
    assert line in says(rise)


@pytest.mark.parametrize(
    "line",
    [
        "top = np.exp(z - z.max(axis=1, keepdims=True))  ⇒  top = np.exp(z - z.max(axis=0, keepdims=True))",
        "top = np.exp(z - z.max(axis=1, keepdims=True))  ⇒  top = np.exp(z - z.max(keepdims=True))",
        "top = np.exp(z - z.max(axis=1, keepdims=True))  ⇒  top = np.exp(z - z.max(axis=1))",
        "top = np.exp(z - z.max(axis=1, keepdims=True))  ⇒  top = np.exp(z - z.max(axis=1, keepdims=False))",
        "top = np.exp(z - z.max(axis=1, keepdims=True))  ⇒  top = np.exp(z)",
        "top = np.exp(z - z.max(axis=1, keepdims=True))  ⇒  top = z - z.max(axis=1, keepdims=True)",
        "top = np.exp(z - z.max(axis=1, keepdims=True))  ⇒  top = np.exp(z - z.min(axis=1, keepdims=True))",
        "return top / np.sum(top, axis=-1, keepdims=True)  ⇒  return top / np.sum(top, axis=0, keepdims=True)",
        "return top / np.sum(top, axis=-1, keepdims=True)  ⇒  return top / np.mean(top, axis=-1, keepdims=True)",
    ],
)
def test_axes_keepdims_and_functions_with_a_twin_are_changed(line):
    assert line in says(softmax)


@pytest.mark.parametrize(
    "line",
    [
        "def ends(values, side='left', swap=True):  ⇒  def ends(values, side='right', swap=True):",
        "def ends(values, side='left', swap=True):  ⇒  def ends(values, side='left', swap=False):",
        "first, last = (values[0], values[-1])  ⇒  first, last = (values[1], values[-1])",
        "first, last = (values[0], values[-1])  ⇒  first, last = (values[0], values[-2])",
        "middle = values[1:-1]  ⇒  middle = values[2:-1]",
        "middle = values[1:-1]  ⇒  middle = values[1:]",
        "values[0] = first  ⇒  values[1] = first",
        "values[0] = first  ⇒  pass",
        "if not middle or (len(values) > 2 and swap):  ⇒  if not middle and (len(values) > 2 and swap):",
        "if not middle or (len(values) > 2 and swap):  ⇒  if not (not middle or (len(values) > 2 and swap)):",
        "if not middle or (len(values) > 2 and swap):  ⇒  if not middle or len(values) > 2:",
        "if not middle or (len(values) > 2 and swap):  ⇒  if middle or (len(values) > 2 and swap):",
        "return (max(first, last), [v for v in middle if v])  ⇒  return (min(first, last), [v for v in middle if v])",
        "return (max(first, last), [v for v in middle if v])  ⇒  "
        "return (max(first, last), [v for v in middle if True])",
        "return (abs(first - last), np.searchsorted(values, first, side=side))  ⇒  "
        "return (abs(first - last), np.searchsorted(first, values, side=side))",
        "return (abs(first - last), np.searchsorted(values, first, side=side))  ⇒  "
        "return (abs(first - last), np.searchsorted(values, first))",
    ],
)
def test_indices_slices_conditions_and_arguments_of_calls_are_changed(line):
    assert line in says(ends)


def test_a_name_is_taken_for_each_other_that_is_bound_by_then():
    swapped = [line.partition("⇒  ")[2] for line in says(rise) if line.startswith("return total - offset  ⇒  return ")]
    assert {f"return total - {other}" for other in ("x", "steps", "total", "k")} <= set(swapped)
    assert {f"return {other} - offset" for other in ("x", "steps", "offset", "k")} <= set(swapped)
    assert "if x < 0:  ⇒  if steps < 0:" in says(rise)
    assert "if x < 0:  ⇒  if total < 0:" not in says(rise)


def test_the_parameters_of_inner_functions_are_names_only_there():
    assert "return lambda x: shift + x  ⇒  return lambda x: x + x" in says(shifted)
    assert "return lambda x: shift + x  ⇒  return lambda x: shift + shift" in says(shifted)
    assert "shift = 2 * by  ⇒  shift = 2 * x" not in says(shifted)


def test_docstrings_hints_of_type_and_messages_of_exceptions_are_left_alone():
    assert not [line for line in says(rise) if "text" in line or "below" in line]
    hinted = [line for line in says(rise) if ": int" in line]
    assert hinted == [f"total: int = x  ⇒  total: int = {other}" for other in ("steps", "offset")]


def test_no_two_mutants_have_the_same_name():
    for reference in (rise, factorial, softmax, ends, Counter):
        assert len(set(says(reference))) == len(says(reference))


def test_the_mutants_of_a_reference_are_the_same_every_time():
    assert says(ends) == says(ends)


def test_a_mutant_computes_what_its_name_says():
    off = program(rise, "for k in range(steps):  ⇒  for k in range(steps + 1):")
    assert (rise(1, 3, 0.0), off(1, 3, 0.0)) == (4, 7)


def test_a_mutant_that_calls_itself_calls_the_mutant():
    line = "return 1 if n == 0 else n * factorial(n - 1)"
    twice = program(factorial, f"{line}  ⇒  return 2 if n == 0 else n * factorial(n - 1)")
    assert (factorial(3), twice(3)) == (6, 12)
    endless = program(factorial, f"{line}  ⇒  return n * factorial(n - 1)")
    with pytest.raises(RecursionError):
        endless(3)


def test_the_methods_of_a_class_are_changed_and_its_own_name_means_the_mutant():
    lines = says(Counter)
    assert "self.start = start  ⇒  pass" in lines
    assert "step: int = 1  ⇒  step: int = 2" in lines
    assert "return self.count  ⇒  return times" in lines
    twice = program(Counter, "step: int = 1  ⇒  step: int = 2")
    assert (Counter(3).doubled, twice(3).doubled) == (6, 9)


def test_making_mutants_registers_nothing():
    before = dict(register_of(__name__).exercises)
    mutants(exercise_of(rise))
    assert register_of(__name__).exercises == before
    assert exercise_of(rise).reference is rise
