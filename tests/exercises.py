"""Toy exercises for the engine's own tests: a function of functions, of arrays, a class, a stochastic one."""

from itertools import pairwise

import numpy as np

from groundup.differs import close
from groundup.exercise import (
    Pictured,
    case,
    cases,
    exercise,
    hint,
    holds,
    mistake,
    scenario,
    training,
    vectorised,
)


@exercise(rtol=1e-6)
def slope(f, x, h=1e-5):
    """The slope of f at x, seen from two points an equal step either side."""
    return (f(x + h) - f(x - h)) / (2 * h)


case(slope, np.sin, 0.3)
case(slope, lambda t: t**3 + 1, 2.0, h=0.5)


@holds(slope, "adding a constant to f never changes the slope")
def _(slope, rng):
    c = rng.normal()
    assert close(slope(lambda x: x**2 + c, 1.5), slope(lambda x: x**2, 1.5), rtol=1e-5)


@mistake(slope, "step counted once")
def _(f, x, h=1e-5):
    """Your answer is twice the slope. How far apart are x - h and x + h?"""
    return (f(x + h) - f(x - h)) / h


@mistake(slope, "loops for ever")
def _(f, x, h=1e-5):
    """It never ends. What would make the loop stop?"""
    while True:
        f(x)


hint(slope, "Draw the two points.")


@exercise
def running_sum(values):
    """The sums of the first 1, 2, …, n values: shape (n,), float64. Raises ValueError if there are none."""
    values = np.asarray(values, dtype=float)
    if values.size == 0:
        raise ValueError("there is nothing to add up")
    return np.cumsum(values)


case(running_sum, np.array([3.0, 1.0, 2.0, 5.0]))
case(running_sum, np.array([2, 7, 1]))
case(running_sum, np.array([]))


@cases(running_sum, 3)
def _(rng):
    return (rng.normal(size=5),)


@exercise
def middle(values):
    """The mean of some numbers. Raises ValueError if there are none."""
    if len(values) == 0:
        raise ValueError("there is nothing to take the mean of")
    return sum(values) / len(values)


case(middle, [2.0, 4.5, 7.0])
case(middle, [1.5])
case(middle, [])


@mistake(middle, "one counted too many")
def _(values):
    """You divide by one more than there are. How many values are there?"""
    if len(values) == 0:
        raise ValueError("none")
    return sum(values) / (len(values) + 1)


@exercise
def outer(a, b):
    """All products of an entry of a, shape (n,), with an entry of b, shape (m,): shape (n, m)."""
    return np.outer(a, b)


case(outer, np.array([1.0, 2.0]), np.array([3.0, 5.0, 7.0]))


@exercise
def twice(f):
    """The function that applies f two times."""
    return lambda x: f(f(x))


@scenario(twice)
def _(twice):
    return twice(lambda x: 3 * x + 1)(2)


@exercise
def rises(values, by):
    """Whether the last value is above the first by more than `by`."""
    return bool(values[-1] - values[0] > by)


case(rises, [1.0, 4.0], 2.0)
case(rises, [1.0, 4.0], 5.0)
case(rises, [6.0, 3.0], 2.0)


@exercise
def add_one(values):
    """A new list with one added to each entry."""
    return [value + 1 for value in values]


case(add_one, [3, 1, 2])
case(add_one, [5])


@exercise
class Counter:
    """Counts its calls."""

    def __init__(self, start):
        self.count = start

    def click(self, times=1):
        """Add so many clicks and return the count."""
        # begin solution
        self.count += times
        # end solution
        return self.count


@scenario(Counter)
def _(Counter):
    one, other = Counter(5), Counter(0)
    one.click()
    other.click(3)
    return one.count, other.count, one.click(2)


@mistake(Counter, "counts are shared")
class _(Counter):
    """Two counters share one count. Where does the count live?"""

    shared = 0

    def __init__(self, start):
        type(self).shared = start

    @property
    def count(self):
        return type(self).shared

    def click(self, times=1):
        type(self).shared += times
        return type(self).shared


@exercise
def clipped(values, top=None):
    """The entries of values, none of them above top."""
    values = np.asarray(values, dtype=float)[:, None]
    # begin solution
    low = values if top is None else np.minimum(values, top)
    # end solution
    return low


case(clipped, [3, 1, 2])
case(clipped, [3, 1, 2], 2)


@exercise
def roll(rng):
    """One roll of a die, drawn from rng: 1, 2, …, 6."""
    return int(rng.integers(1, 7))


@cases(roll, 4)
def _(rng):
    return (rng,)


@exercise
def normalise(x):
    """x, shape (n,), less its mean, over its standard deviation; and the two: (z, mean, deviation)."""
    mean = x.mean()
    deviation = x.std()
    return (x - mean) / deviation, mean, deviation


@scenario(normalise)
def _(normalise):
    z, mean, deviation = normalise(np.array([1.0, 2.0, 6.0]))
    yield "mean", mean
    yield "deviation", deviation
    yield "z", z


@exercise(memory=True)
def first_half(x):
    """A view of the first half of x, shape (n,): shape (n // 2,)."""
    return x[: len(x) // 2]


case(first_half, np.arange(6.0))
vectorised(first_half, "no loop over the entries")(lambda n: (np.arange(float(n)),))


@exercise(needs=[slope])
def descend(f, x, steps, log, rate=0.1):
    """Walk downhill from x, calling log(step, f(x)) before each step; the last x."""
    for step in range(steps):
        log(step, f(x))
        x = x - rate * slope(f, x)
    return x


@training(descend, "f falls at every step", steps=40)
def _(descend, log):
    descend(lambda x: x**2, 3.0, 40, log)
    values = log.history["loss"]
    assert len(values) == 40
    if any(later > earlier for earlier, later in pairwise(values)):
        raise Pictured("f rises", "<svg>the way it went</svg>")


@mistake(descend, "uphill", because=slope)
def _(f, x, steps, log, rate=0.1):
    """It climbs. Which sign has the slope on the way down?"""
    for step in range(steps):
        log(step, f(x))
        x = x + rate * slope(f, x)
    return x
