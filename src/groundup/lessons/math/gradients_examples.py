"""Exercises of the lesson on gradients: from one slope among many to a walk downhill, and an instrument for both.

Builds on the measured slope of lesson 2 and the dot product of lesson 3. Knows nothing of functions that give vectors:
their Jacobians are a later lesson.
"""

import numpy as np

from groundup.differs import close
from groundup.exercise import (
    Asked,
    case,
    cases,
    equivalent,
    exercise,
    hint,
    holds,
    mistake,
    prediction,
    question,
    quiz,
    right,
    vectorised,
    wrong,
)
from groundup.lessons.math.derivatives_examples import central_diff, check_derivative
from groundup.lessons.math.vectors_examples import dot, p_norm

# ---- 1. One slope among many


@exercise(needs=[central_diff], rtol=1e-7, atol=1e-8)
def partial(f, x, i, h=1e-5):
    """The partial derivative of f at x with respect to entry i: the slope when that entry alone moves.

    f: a function of an array in the shape of x that gives one number
    x: a list of d numbers, or an array of any shape, whole numbers or floats; left as it was
    i: which entry moves: a number from 0 to d - 1, or with two axes a place (row, column), and so on
    h: the step of the central difference: entry i goes to x[i] + h and to x[i] - h
    Returns a float: units of f per unit of entry i.

    With f(v) = v[0]**2 * v[1] at x = [3, 5]: entry 1 moves from 5 - h to 5 + h, f from 9(5 - h) to 9(5 + h),
    so partial(f, [3, 5], 1) is 9.0; and partial(f, [3, 5], 0) is 30.0.
    """
    step = np.zeros(np.shape(x))
    step[i] = 1.0
    return central_diff(lambda t: f(x + t * step), 0.0, h)


case(partial, lambda v: v[0] ** 2 * v[1], [3, 5], 1)
case(partial, lambda v: v[0] ** 2 * v[1], [3, 5], 0)
case(partial, lambda v: v[0] ** 2 * v[1], np.array([3, 5]), 1)
case(partial, lambda v: v[0] ** 3 + v[1] ** 3, np.array([2.0, -4.0]), 0, 0.5)
case(partial, lambda v: v[1] * np.sin(v[2]) - v[3] / v[0], np.array([1.5, 2.0, 0.7, -3.0]), 2)
case(partial, lambda v: v[1] * np.sin(v[2]) - v[3] / v[0], np.array([1.5, 2.0, 0.7, -3.0]), 3, h=0.25)
case(partial, lambda v: np.exp(v[0]), np.array([0.5]), 0)
case(partial, lambda v: np.sin(1000 * v[1]) + v[0], np.array([1.0, 0.3]), 1)
case(partial, lambda v: v[0, 1] ** 2 * v[1, 2] + v[0, 2], np.array([[1, 2, 3], [4, 5, 6]]), (0, 1))
case(partial, lambda v: v[0, 1] ** 3 * v[1, 2] - v[1, 1], np.array([[1.5, 2.0, 3.0], [4.0, 5.0, -0.5]]), (1, 2), 0.5)


@cases(partial, count=3)
def _(rng):
    return lambda v: np.sum(np.cos(v) * v), rng.normal(size=5), int(rng.integers(0, 5)), rng.uniform(0.1, 0.5)


@holds(partial, "an entry that f does not look at has slope 0")
def _(partial, rng):
    x = rng.normal(size=4)
    assert close(partial(lambda v: v[0] * v[1] * v[3], x, 2), 0.0)


@holds(partial, "f given twice as high is twice as steep, and a constant added to f changes nothing")
def _(partial, rng):
    x = rng.normal(size=3)
    for i in range(3):
        slope = partial(lambda v: v[0] * v[1] ** 2 * v[2], x, i)
        assert close(partial(lambda v: 2 * v[0] * v[1] ** 2 * v[2] - 5, x, i), 2 * slope, rtol=1e-6, atol=1e-8)


@mistake(partial, "the caller's x moved")
def _(f, x, i, h=1e-5):
    """Your slope is right, and after the call the caller's x is no longer where it was.
    Which line makes an array of your own, and is it `np.asarray` or `np.array`?"""
    x = np.asarray(x, dtype=float)
    x[i] += h
    above = f(x)
    x[i] -= 2 * h
    return (above - f(x)) / (2 * h)


@mistake(partial, "whole numbers swallow the step")
def _(f, x, i, h=1e-5):
    """Given whole numbers you build arrays of whole numbers, and these drop what stands behind the point:
    5 + h is stored as 5, and 5 - h as 4. Which dtype should your own array have?"""
    up, down = np.array(x), np.array(x)
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


@mistake(partial, "copies as whole as x")
def _(f, x, i, h=1e-5):
    """A copy has the dtype of what was copied: of an array of whole numbers, it stores 5 + h as 5 and 5 - h as 4.
    Which dtype should your own array have?"""
    up, down = x.copy(), x.copy()
    up[i] += h
    down[i] -= h
    return (f(np.array(up)) - f(np.array(down))) / (2 * h)


@mistake(partial, "one array under two names")
def _(f, x, i, h=1e-5):
    """Your slope is 0 everywhere: both heights come from one and the same array.
    After `up = x` and `down = x`, how many arrays are there?"""
    x = np.array(x, dtype=float)
    up = x
    down = x
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


@mistake(partial, "one array under two names, and the caller's")
def _(f, x, i, h=1e-5):
    """Your slope is 0 everywhere: both heights come from one and the same array, which may be the caller's too.
    After `up, down = x, x`, how many arrays are there, and which of `np.asarray` and `np.array` makes a new one?"""
    x = np.asarray(x, dtype=float)
    up, down = x, x
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


@mistake(partial, "three names for the caller's x")
def _(f, x, i, h=1e-5):
    """Your slope is 0 everywhere, and the caller's x is written into: `up`, `down` and `x` are three names for it.
    What makes a new array with the same entries, and of floats?"""
    up, down = x, x
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


@mistake(partial, "forward difference", because=central_diff)
def _(f, x, i, h=1e-5):
    """One of your two places is x itself. For x³ at 2 with h = 0.5 that gives 15.25, and 12.25 is asked for.
    Where does the other end of the chord lie, for x to be in the middle?"""
    x = np.array(x, dtype=float)
    step = np.zeros(x.shape)
    step[i] = h
    return (f(x + step) - f(x)) / h


@mistake(partial, "forward, from a copy as whole as x", because=central_diff)
def _(f, x, i, h=1e-5):
    """Two things: one end of your chord is x itself, and a copy of whole numbers stores 5 + h as 5.
    Where does the other end lie, for x to be in the middle, and which dtype should your own arrays have?"""
    up = x.copy()
    up[i] += h
    return (f(np.array(up)) - f(np.array(x))) / h


@mistake(partial, "step counted once", because=central_diff)
def _(f, x, i, h=1e-5):
    """Your slope is twice what it should be. How far apart are x[i] - h and x[i] + h?"""
    x = np.array(x, dtype=float)
    step = np.zeros(x.shape)
    step[i] = h
    return (f(x + step) - f(x - step)) / h


@mistake(partial, "every entry moves")
def _(f, x, i, h=1e-5):
    """You move all entries at once, so your number is the sum of all partial derivatives.
    Which entries of x + h differ from those of x?"""
    x = np.array(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)


@mistake(partial, "only for one axis")
def _(f, x, i, h=1e-5):
    """Your step has as many entries as x has rows, so at a place (row, column) there is nothing to set.
    Which shape must the step have, for x + step to move a single entry of any x?"""
    step = np.zeros(len(x))
    step[i] = h
    return (f(x + step) - f(x - step)) / (2 * h)


@mistake(partial, "counted from one")
def _(f, x, i, h=1e-5):
    """You move the entry before the one that was asked for. Which number does the first entry of an array have?"""
    x = np.array(x, dtype=float)
    step = np.zeros(x.shape)
    step[i - 1] = h
    return (f(x + step) - f(x - step)) / (2 * h)


@mistake(partial, "the steps are set, not added")
def _(f, x, i, h=1e-5):
    """You put h and -h in place of entry i: `up[i] = h`. From where should the entry go up by h?"""
    up, down = np.array(x, dtype=float), np.array(x, dtype=float)
    up[i] = h
    down[i] = -h
    return (f(up) - f(down)) / (2 * h)


hint(partial, "If all entries but one stand still, of how many numbers is f a function?")
hint(
    partial,
    "Make two arrays of floats that are copies of x. In one, entry i is h larger, in the other h smaller.",
)
hint(
    partial,
    """np.array with dtype=float makes a copy of its own, and of floats. Make two, one for each end of the chord;
    then rise over run, as in central_diff. Or make zeros with a single 1 at i, and walk t times that.""",
)

prediction(
    "whole_steps",
    """Somebody measures the slope of x[0]**2 * x[1] at x = np.array([3, 5]) with respect to x[1], where it is 9.
    They copy the array twice, write `up[1] += 1e-5` and `down[1] -= 1e-5`, and divide the rise by 2e-5.
    What comes out?""",
    options=(
        "9, within rounding",
        "0",
        "about 450 000",
        "an error: 5.00001 does not fit into an array of whole numbers",
    ),
    beliefs={
        "a": "It would, had the array held floats. This one was made of 3 and 5, so its entries are whole numbers.",
        "b": "The upper end does not move: 5.00001 is cut to 5. But 4.99999 is cut too, and not to 5.",
        "d": "NumPy says nothing here: what is put into one place of an array is made to fit, by cutting.",
    },
)


# ---- 2. All of them at once


@exercise(needs=[partial], rtol=1e-7, atol=1e-8)
def numerical_gradient(f, x, h=1e-5):
    """The gradient of f at x, measured entry by entry with central differences.

    f: a function of an array in the shape of x that gives one number
    x: an array of any shape, whole numbers or floats; left as it was
    h: the step: each entry in turn goes up by h and down by h, while all others stay
    Returns an array of floats in the shape of x: each entry holds the partial derivative for that entry of x.

    With f(v) = v[0]**2 * v[1] at x = np.array([3, 5]) the two partials are 30 and 9: array([30., 9.]).
    """
    gradient = np.zeros(np.shape(x))
    for place in np.ndindex(gradient.shape):
        step = np.zeros(gradient.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


case(numerical_gradient, lambda v: v[0] ** 2 * v[1], np.array([3, 5]))
case(numerical_gradient, lambda v: v[0] ** 2 * v[1], np.array([3.0, -5.0]), 0.5)
case(numerical_gradient, lambda v: np.sum(v**3), np.array([[1.0, -2.0, 0.5], [3.0, 0.25, -1.0]]), 0.5)
case(numerical_gradient, lambda v: v[0, 0] * v[1, 2] - v[0, 1] ** 2 * v[1, 1], np.array([[1, 2, 3], [4, 5, 6]]))
case(numerical_gradient, lambda v: np.sum(np.sin(v)) * v[0, 1, 2], np.linspace(-1.5, 2.0, 24).reshape(2, 3, 4), h=0.1)
case(numerical_gradient, lambda v: v[0] * v[1] * v[2] * v[3], np.array([1.5, -0.5, 2.0, 3.0]), 0.25)
case(numerical_gradient, lambda v: np.exp(v[0]), np.array([0.5]))
case(numerical_gradient, lambda v: np.sin(1000 * v[1]) + v[0], np.array([1.0, 0.3]))


@cases(numerical_gradient, count=2)
def _(rng):
    return lambda v: np.sum(v) ** 2 * v[2, 0], rng.normal(size=(4, 3))


@holds(numerical_gradient, "each entry is what partial says of it")
def _(numerical_gradient, rng):
    x = rng.normal(size=4)

    def f(v):
        return np.sin(v[0] * v[1]) + v[2] ** 2 * v[3]

    assert close(numerical_gradient(f, x), np.array([partial(f, x, i) for i in range(4)]), rtol=1e-7, atol=1e-8)


@holds(numerical_gradient, "the gradient of a sum of two functions is the sum of their gradients")
def _(numerical_gradient, rng):
    x = rng.normal(size=(2, 3))
    f, g = lambda v: np.sum(v**2), lambda v: v[0, 1] * v[1, 2]
    both = numerical_gradient(lambda v: f(v) + g(v), x)
    assert close(both, numerical_gradient(f, x) + numerical_gradient(g, x), rtol=1e-7, atol=1e-8)


def _stepping(x, h, f, gradient=None):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape) if gradient is None else gradient
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@mistake(numerical_gradient, "flattened")
def _(f, x, h=1e-5):
    """Your numbers are right, and they stand in one long row. A gradient of an array (2, 3) is asked for as (2, 3):
    which shape has the array that you fill?"""
    return _stepping(x, h, f).reshape(-1)


@mistake(numerical_gradient, "as whole as x")
def _(f, x, h=1e-5):
    """Given whole numbers, your gradient holds whole numbers too: an array made from x, by `np.zeros_like(x)` or
    `x.copy()`, takes over its dtype. Which dtype does np.zeros(x.shape) have?"""
    return _stepping(x, h, f, np.zeros_like(np.array(x)))


@mistake(numerical_gradient, "whole numbers swallow the step", because=partial)
def _(f, x, h=1e-5):
    """Given whole numbers, your steps are cut off as soon as they are stored: 5 + h as 5, 5 - h as 4.
    Which dtype should your own array have?"""
    gradient = np.zeros(np.shape(x))
    for place in np.ndindex(np.shape(x)):
        up, down = np.array(x), np.array(x)
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake(numerical_gradient, "whole numbers all the way", because=partial)
def _(f, x, h=1e-5):
    """Given whole numbers, both your steps and your gradient are whole: copies of x, and np.zeros_like(x), take over
    its dtype. Which two lines should say float?"""
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake(numerical_gradient, "only for one axis", because=partial)
def _(f, x, h=1e-5):
    """You go through range(len(x)), which are all places of an array with one axis. In an array (2, 3) it is the rows.
    What goes through all places of any shape?"""
    return np.array([partial(f, x, i, h) for i in range(len(x))])


@mistake(numerical_gradient, "numbered in one row", because=partial)
def _(f, x, h=1e-5):
    """You number the entries from 0 to x.size - 1, and `x[i]` of an array (2, 3) is a whole row, or nothing.
    In an array with two axes a place has two numbers: what goes through all places?"""
    gradient = np.zeros(x.shape)
    for i in range(x.size):
        gradient[i] = partial(f, x, i, h)
    return gradient


@mistake(numerical_gradient, "home after one entry")
def _(f, x, h=1e-5):
    """Only the first entry is filled, and the others are still 0. Is your `return` inside the loop?"""
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
        return gradient


@mistake(numerical_gradient, "every entry moves at once")
def _(f, x, h=1e-5):
    """You step in all entries at once, so each of your entries is the sum of all partial derivatives.
    How many times must f be called for six entries?"""
    x = np.array(x, dtype=float)
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@mistake(numerical_gradient, "the step is never taken back")
def _(f, x, h=1e-5):
    """Your first entry is right, and the later ones are measured from a place to which the earlier steps have moved.
    What has to happen to an entry before the next one moves?"""
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x)
        x[place] -= 2 * h
        gradient[place] = (above - f(x)) / (2 * h)
    return gradient


@mistake(numerical_gradient, "two copies for the whole way")
def _(f, x, h=1e-5):
    """The first entry is right, and later ones are not: you made your two copies once, before the loop.
    What do they still hold from the entry before?"""
    up, down = np.array(x, dtype=float), np.array(x, dtype=float)
    gradient = np.zeros(up.shape)
    for place in np.ndindex(up.shape):
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake(numerical_gradient, "a whole row moves")
def _(f, x, h=1e-5):
    """In an array with rows you move a whole row at once: `x[i]` of an array (2, 3) is three numbers.
    What has to stand in the brackets to name a single one?"""
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for i in range(len(x)):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@mistake(numerical_gradient, "forward difference", because=central_diff)
def _(f, x, h=1e-5):
    """One end of each of your chords is x itself, which costs half of the correct digits.
    Where does the other end lie, for x to be in the middle?"""
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x)) / h
    return gradient


@mistake(numerical_gradient, "the caller's x moved", because=partial)
def _(f, x, h=1e-5):
    """Your gradient is right, and the caller's x has been moved by rounding: x + h - 2h + h is not always x.
    Which line makes an array of your own?"""
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x)
        x[place] -= 2 * h
        gradient[place] = (above - f(x)) / (2 * h)
        x[place] += h
    return gradient


hint(numerical_gradient, "You can measure one entry already. What changes from one entry to the next?")
hint(
    numerical_gradient,
    "Start with zeros in the shape of x. Go through all places; at each, one central difference, and put it there.",
)
hint(
    numerical_gradient,
    """np.ndindex, given a shape, goes through all places, and `a[place]` is the entry there, whatever the shape.
    A step is an array of zeros with h at one place: then x + step and x - step are the two ends.""",
)


equivalent(
    numerical_gradient,
    "gradient = np.zeros(np.shape(x))  ⇒  gradient = np.ones(np.shape(x))",
    because="every entry is overwritten",
)
equivalent(
    numerical_gradient,
    "for place in np.ndindex(gradient.shape):  ⇒  for place in np.ndindex(x.shape):",
    because="the two shapes are the same",
)
equivalent(
    numerical_gradient,
    "step = np.zeros(gradient.shape)  ⇒  step = np.zeros(x.shape)",
    because="the two shapes are the same",
)

prediction(
    "what_it_costs",
    """What does measuring cost? A loss depends on a matrix of weights, of shape (20, 30).
    How many times does your numerical_gradient call it, for one gradient?""",
    beliefs={
        600: "That is once for each entry. How many heights does one central difference need?",
        601: "That is a height for each entry and one at x itself, which all would share: forward differences.",
        2: "Two heights give one slope, along one axis. How many axes are there?",
        100: "That is twice the sum of 20 and 30. How many entries has a matrix of 20 rows and 30 columns?",
    },
    rtol=1e-4,
)

# ---- 3. Any direction


@exercise(needs=[central_diff, p_norm], rtol=1e-6, atol=1e-7)
def directional_derivative(f, x, u):
    """The slope of f at x in the direction of u: change of f per unit of length walked.

    f: a function of an array of d numbers that gives one number
    x: d numbers, a list or an array, whole numbers or floats; left as it was
    u: d numbers, a list or an array; the way to go. Only its direction counts: u and 5u give the same slope
    Returns a float, right to at least six digits (a central difference with a step of 1e-5 is).
    Raises ValueError if u is zero in every entry, for then it points nowhere.

    With f(v) = 3*v[0] + 4*v[1] and u = [1, 1]: a walk of length 1 that way moves each entry by 1/√2 = 0.7071,
    and f by 7/√2 = 4.9497. The answer is 4.9497, and it is the same for u = [2, 2].
    """
    length = p_norm(u, 2)
    if length == 0:
        raise ValueError("u is zero, and points nowhere")
    unit = np.asarray(u) / length
    return central_diff(lambda t: f(x + t * unit), 0.0)


case(directional_derivative, lambda v: 3 * v[0] + 4 * v[1], [0, 0], [1, 1])
case(directional_derivative, lambda v: 3 * v[0] + 4 * v[1], [0, 0], [2, 2])
case(directional_derivative, lambda v: 3 * v[0] + 4 * v[1], [0, 0], [-4, 3])
case(directional_derivative, lambda v: v[0] ** 2 * v[1], np.array([3, 5]), np.array([0, -2]))
case(directional_derivative, lambda v: v[0] ** 2 * v[1], np.array([3.0, 5.0]), np.array([3.0, -4.0]))
case(
    directional_derivative,
    lambda v: np.exp(v[0]) * v[1] - v[2] ** 3,
    np.array([0.5, 2.0, -1.0]),
    np.array([2.0, 1.0, 2.0]),
)
case(directional_derivative, lambda v: np.sin(20 * v[0]) * v[1], np.array([0.3, 2.0]), np.array([0.3, -0.4]))
case(directional_derivative, lambda v: v[0] * v[1], [2, 3], [0, 0])
case(directional_derivative, lambda v: v[0] * v[1], np.array([2.0, 3.0]), np.array([0.0, 0.0]))


@cases(directional_derivative, count=3)
def _(rng):
    return lambda v: np.sum(v**2) + v[0] * v[3], rng.normal(size=4), rng.normal(size=4) * 3


@holds(directional_derivative, "along an axis it is the partial derivative, and back along the axis its opposite")
def _(directional_derivative, rng):
    x = rng.normal(size=3)

    def f(v):
        return v[0] ** 2 * v[1] + np.cos(v[2])

    for i in range(3):
        axis = np.zeros(3)
        axis[i] = 4.0
        assert close(directional_derivative(f, x, axis), partial(f, x, i), rtol=1e-6, atol=1e-7)
        assert close(directional_derivative(f, x, -axis), -partial(f, x, i), rtol=1e-6, atol=1e-7)


@holds(directional_derivative, "no direction is steeper than the length of the gradient")
def _(directional_derivative, rng):
    x = rng.normal(size=3)

    def f(v):
        return v[0] ** 2 * v[1] + np.cos(v[2])

    gradient = numerical_gradient(f, x)
    longest = np.sqrt(np.sum(gradient**2))
    for u in rng.normal(size=(20, 3)):
        assert abs(directional_derivative(f, x, u)) <= longest * (1 + 1e-6)
    assert close(directional_derivative(f, x, gradient), longest, rtol=1e-6, atol=1e-7)


def _slope_along(f, x, way):
    return central_diff(lambda t: f(np.array(x, dtype=float) + t * way), 0.0)


def _unit(u):
    u = np.array(u, dtype=float)
    if not np.any(u):
        raise ValueError
    return u / np.sqrt(np.sum(u * u))


@mistake(directional_derivative, "not per unit of length")
def _(f, x, u):
    """Your slope doubles when u does: you walk ‖u‖ for each unit of t. How long is the way that you go for t = 1?"""
    u = np.array(u, dtype=float)
    if not np.any(u):
        raise ValueError
    return _slope_along(f, x, u)


@mistake(directional_derivative, "divided by the square of the length")
def _(f, x, u):
    """You divide u by u·u, which is the square of its length, and the length of [3, 4] is 5. What is missing?"""
    u = np.array(u, dtype=float)
    if not np.any(u):
        raise ValueError
    return _slope_along(f, x, u / np.sum(u * u))


@mistake(directional_derivative, "divided by the sum of the entries")
def _(f, x, u):
    """You divide u by the sum of the sizes of its entries, 7 for [3, 4]. Whoever walks 3 east and 4 north
    has not come 7 from where they were. How far?"""
    u = np.array(u, dtype=float)
    if not np.any(u):
        raise ValueError
    return _slope_along(f, x, u / np.sum(np.abs(u)))


@mistake(directional_derivative, "divided by the plain sum")
def _(f, x, u):
    """You divide u by the sum of its entries, so [3, -4] gets the length -1, and the slope changes its sign.
    How far is it from the start to a place 3 east and 4 south of it?"""
    u = np.array(u, dtype=float)
    if not np.any(u):
        raise ValueError
    return _slope_along(f, x, u / np.sum(u))


@mistake(directional_derivative, "a slope for each entry")
def _(f, x, u):
    """You return as many numbers as x has: partial derivative times step, entry by entry.
    The walk is one, and so is its slope. What has to be done with the products?"""
    return numerical_gradient(f, x) * _unit(u)


@mistake(directional_derivative, "nowhere to go, and gone")
def _(f, x, u):
    """For u = 0 you divide by a length of 0, and the slope is nan. What was to happen there?"""
    u = np.array(u, dtype=float)
    with np.errstate(all="ignore"):
        return _slope_along(f, x, u / np.sqrt(np.sum(u * u)))


@mistake(directional_derivative, "zero for no direction")
def _(f, x, u):
    """For u = 0 you return a slope of 0, as if the ground were level. In which direction is it level?"""
    return _slope_along(f, x, _unit(u)) if np.any(u) else 0.0


@mistake(directional_derivative, "its sign dropped")
def _(f, x, u):
    """Your slopes are never negative. Walking back the way that you came up: up or down?"""
    return abs(_slope_along(f, x, _unit(u)))


@mistake(directional_derivative, "the caller's u rescaled")
def _(f, x, u):
    """Your slope is right, and the caller's u now has the length 1: `u /= length` writes into the array itself.
    Which expression makes a new array?"""
    u = np.asarray(u, dtype=float)
    if not np.any(u):
        raise ValueError
    u /= np.sqrt(np.sum(u * u))
    return _slope_along(f, x, u)


@mistake(directional_derivative, "one-sided", because=central_diff)
def _(f, x, u):
    """You compare a step forward with x itself, and your digits are wrong from about the fifth on.
    Where does the other end of the chord lie, for x to be in the middle?"""
    x, unit = np.array(x, dtype=float), _unit(u)
    return (f(x + 1e-5 * unit) - f(x)) / 1e-5


hint(directional_derivative, "You walk from x for a length of t in the direction of u. Where are you then?")
hint(
    directional_derivative,
    """Your height after a walk of length t is a function of one number, t. You have measured slopes of such functions:
    at which t is the slope asked for?""",
)
hint(
    directional_derivative,
    """First the length of u, the root of the sum of its squares, and ValueError if it is 0; then unit = u / length;
    then central_diff of lambda t: f(x + t * unit), at t = 0.""",
)


equivalent(
    directional_derivative,
    "unit = np.asarray(u) / length  ⇒  unit = u / length",
    because="a list divided by a NumPy float is an array already",
)

quiz(
    "hundred_axes",
    """f depends on 100 numbers, and at a place each of its partial derivatives is 0.5. Along every axis, then, f climbs
    0.5 per unit of length. How fast does it climb in the steepest direction, and why?""",
    wrong(
        "0.5 too: each direction is a mixture of axes, and a mixture of equal slopes is no steeper than they are.",
        """In two dimensions, with g = (3, 4), the better axis climbs 4 and the direction (0.6, 0.8) climbs 5.
        The entries of a direction of length 1 add up to more than 1: here to 1.4.""",
    ),
    right(
        "5: the direction with 0.1 in each of its 100 entries has length 1, and each entry adds 0.1 · 0.5.",
        """That is ‖g‖, the root of 100 · 0.25. The cosine of the angle between g and each axis is 0.1: in many
        dimensions the steepest way can stand almost at a right angle to every axis.""",
    ),
    wrong(
        "50: a step along all axes at once gains what 100 steps along one axis gain.",
        """It does, and whoever goes 1 along each of 100 axes has gone the root of 100, which is 10, and not 1.
        50 for a way of 10 is 5 for each unit.""",
    ),
    wrong(
        "It cannot be told: the steepest direction is the one towards the summit, and nobody knows where that is.",
        """The steepest direction is about the ground at this place, and the partial derivatives say all of it.
        The summit may lie elsewhere, as the map shows.""",
    ),
)

quiz(
    "in_kilometres",
    """On the hillside of the fog the gradient is (0.3, 0.4). Somebody writes the way north in kilometres and the way
    east in metres, takes the gradient in these numbers, and walks along it: entry by entry, in the units of each.
    Which way do they go?""",
    wrong(
        "The same way as before: a hill does not care about units.",
        """The hill does not, but the ruler does. The second partial derivative is now 400 metres per kilometre,
        and the gradient (0.3, 400): for every 0.3 m to the east they go 400 km to the north.""",
    ),
    wrong(
        "Almost due east: a number in kilometres is a thousand times smaller, and so is its share of the gradient.",
        """The number is a thousand times smaller, and so a change of 1 in it is a thousand times longer:
        its slope is 400 and not 0.4.""",
    ),
    right(
        "Almost due north: the second entry of the gradient is now 400, and its unit is a thousand times longer.",
        """For them a kilometre north is as short as a metre east: that is another ruler, and what is steepest
        depends on the ruler. Weights of very different scales are such a map, and some optimisers therefore
        rescale each entry.""",
    ),
    wrong(
        "Nowhere: numbers with different units cannot stand in one gradient.",
        """They can: each entry has the unit of f over that of its own entry of x. A network has weights of many kinds.
        What cannot be told without a common ruler is which direction is the steepest.""",
    ),
)


# ---- 4. The instrument


@exercise(needs=[numerical_gradient, check_derivative], rtol=1e-5, atol=1e-7)
def gradcheck(f, g, x):
    """How far a claimed gradient is from the measured one: the largest relative error over all entries.

    f: a function of an array in the shape of x that gives one number
    g: what is claimed to be its gradient: g(x) gives an array or a list, which should have the shape of x
    x: an array of any shape, whole numbers or floats; left as it was. f and g are to be given float64 numbers

    In each entry the error is |claimed - measured| / max(|claimed|, |measured|, floor), where the floor is a
    thousandth of the largest |claimed| or |measured| of all entries. What is measured is numerical_gradient(f, x).
    Returns the largest of these errors, a float; 0.0 if claimed and measured are 0 in every entry.
    Returns infinity (np.inf) if any entry, claimed or measured, is nan or infinite.
    Raises ValueError if g(x) has another shape than x.

    With f(v) = v[0]**2 + v[1]**2 at [1, 2] the measured gradient is [2, 4].
    The claim [2, 4] has an error below 1e-9, and the claim [2, 5] has the error 1/5.
    """
    x = np.array(x, dtype=float)
    claimed = np.asarray(g(x))
    if claimed.shape != x.shape:
        raise ValueError(f"g(x) has the shape {claimed.shape}, and x has the shape {x.shape}")
    measured = numerical_gradient(f, x)
    if not (np.all(np.isfinite(claimed)) and np.all(np.isfinite(measured))):
        return np.inf
    size = np.maximum(np.abs(claimed), np.abs(measured))
    floor = np.max(size) / 1000
    if floor == 0:
        return 0.0
    return np.max(np.abs(claimed - measured) / np.maximum(size, floor))


case(gradcheck, lambda v: v[0] ** 2 + v[1] ** 2, lambda v: np.array([2 * v[0], 2 * v[1]]), np.array([1, 2]))
case(gradcheck, lambda v: v[0] ** 2 + v[1] ** 2, lambda v: np.array([2 * v[0], 2.5 * v[1]]), np.array([1, 2]))
case(gradcheck, lambda v: v[0] ** 2 + v[1] ** 2, lambda v: np.array([2 * v[0], v[1]]), np.array([1, 2]))
case(gradcheck, lambda v: v[0] ** 2 + v[1] ** 2, lambda v: np.array([3 * v[0], 2.5 * v[1]]), np.array([-1.0, -2.0]))
case(gradcheck, lambda v: 1e-6 * np.sum(v**2), lambda v: 3e-6 * v, np.array([1.0, -2.0, 0.5]))
case(gradcheck, lambda v: 5 * v[0] + 2e-4 * v[1], lambda v: np.array([5.0, 1e-4]), np.array([1.0, 2.0]))
case(gradcheck, lambda v: -5 * v[0] - 2e-4 * v[1], lambda v: [-4.0, -1e-4], np.array([1.0, 2.0]))
case(gradcheck, lambda v: -6 * v[0] - 2e-4 * v[1], lambda v: [-6.0, -1e-4], np.array([1.0, 2.0]))
case(gradcheck, lambda v: 4000 * v[0] + v[1], lambda v: np.array([2.0, 0.0]), np.array([1.0, 2.0]))
case(gradcheck, lambda v: 4 * v[0] + 0.25 * v[2], lambda v: np.array([4.0, 0.0, 0.5]), np.array([1.0, 2.0, 3.0]))
case(gradcheck, lambda v: np.sum(np.log(v)), lambda v: v**-1, np.array([[2, 1, 4], [3, 5, 8]]))
case(gradcheck, lambda v: np.sum(v**2), lambda v: 2 * v + np.array([[0, 0, 0], [0, 0.5, 0]]), np.ones((2, 3)))
case(gradcheck, lambda v: 7.0, lambda v: np.zeros(3), np.array([1.0, 2.0, 3.0]))
case(gradcheck, lambda v: 7.0, lambda v: np.array([0.0, 1e-3, 0.0]), np.array([1.0, 2.0, 3.0]))
case(gradcheck, lambda v: np.sum(v**2), lambda v: 2 * v * np.array([1.0, np.nan]), np.array([1.0, 2.0]))
case(gradcheck, lambda v: np.sum(v**2), lambda v: np.array([np.inf, 4.0]), np.array([1.0, 2.0]))
case(gradcheck, lambda v: v[0] ** 2 + (np.nan if v[1] > 2 else 0.0), lambda v: 2 * v, np.array([1.0, 2.0]))
case(gradcheck, lambda v: np.inf if v[1] > 2 else v[0], lambda v: np.array([1.0, 0.0]), np.array([1.0, 2.0]))
case(gradcheck, lambda v: np.sum(v**2), lambda v: 2 * v[0], np.array([1.0, 1.0, 1.0]))
case(gradcheck, lambda v: np.sum(v**2), lambda v: 2 * v.reshape(3, 1), np.array([1.0, 1.0, 1.0]))
case(gradcheck, lambda v: np.sum(v**2), lambda v: 2 * v.reshape(-1), np.ones((2, 3)))

_M = np.array([[2.0, -1.0, 0.5], [0.0, 3.0, 1.0], [-2.0, 1.0, 1.5]])
PLANTED = {  # f, its gradient, what somebody wrote instead, and a place
    "xᵀMx, half of it forgotten": (
        lambda v: v @ _M @ v,
        lambda v: _M @ v + _M.T @ v,
        lambda v: 2 * _M @ v,
        (0.5, -1.0, 2.0),
    ),
    "a product of three, the last factor forgotten": (
        lambda v: v[0] * v[1] * v[2],
        lambda v: np.array([v[1] * v[2], v[0] * v[2], v[0] * v[1]]),
        lambda v: np.array([v[1] * v[2], v[0] * v[2], v[0]]),
        (0.5, -1.0, 2.0),
    ),
    "a mean of squares, the 1/n forgotten": (
        lambda v: np.mean(v**2),
        lambda v: 2 * v / v.size,
        lambda v: 2 * v,
        ((1.0, -2.0, 0.5), (3.0, 1.5, -1.0)),
    ),
    "a millionth of a sum of cubes, the 3 forgotten": (
        lambda v: 1e-6 * np.sum(v**3),
        lambda v: 3e-6 * v**2,
        lambda v: 1e-6 * v**2,
        (1.5, -0.5, 2.0),
    ),
    "a large slope right, a small one 2 % off": (
        lambda v: 1000 * v[0] + np.sin(5 * v[1]),
        lambda v: np.array([1000.0, 5 * np.cos(5 * v[1])]),
        lambda v: np.array([1000.0, 5.1 * np.cos(5 * v[1])]),
        (1.0, 0.1),
    ),
}


@holds(gradcheck, "every right gradient stays below 1e-7, and every planted wrong one is above 1e-3")
def _(gradcheck):
    for what, (f, g, planted, x) in PLANTED.items():
        assert gradcheck(f, g, np.array(x)) < 1e-7, f"the right gradient is called wrong: {what.split(',')[0]}"
        assert gradcheck(f, planted, np.array(x)) > 1e-3, f"a wrong gradient is not caught: {what}"


@holds(gradcheck, "a right gradient stays below 1e-7 when x comes in float32, or in whole numbers")
def _(gradcheck):
    for dtype in (np.float32, int):
        x = np.array([3, -1, 2], dtype=dtype)
        assert gradcheck(lambda v: np.sum(v**3) / 7, lambda v: 3 * v**2 / 7, x) < 1e-7


@holds(gradcheck, "f and g both made a millionth as large: the error is the same")
def _(gradcheck, rng):
    x = rng.normal(size=(2, 3)) + 3
    f, g = lambda v: np.sum(v**2), lambda v: 2 * v + 0.01 * v**2
    small = gradcheck(lambda v: 1e-6 * f(v), lambda v: 1e-6 * g(v), x)
    assert close(small, gradcheck(f, g, x), rtol=1e-5)


def _relative(claimed, measured):
    size = np.maximum(np.abs(claimed), np.abs(measured))
    return np.abs(claimed - measured) / np.maximum(size, np.max(size) / 1000)


def _checker(errors=_relative, overall=np.max, measure=numerical_gradient, shapes=True, converts=True):
    """A gradcheck of which one part may be exchanged."""

    def program(f, g, x):
        x = np.array(x, dtype=float) if converts else x
        claimed = np.asarray(g(x), dtype=float)
        if shapes and claimed.shape != x.shape:
            raise ValueError
        measured = measure(f, x)
        if not (np.all(np.isfinite(claimed)) and np.all(np.isfinite(measured))):
            return np.inf
        if not np.any(claimed) and not np.any(measured):
            return 0.0
        return float(overall(errors(claimed, measured)))

    return program


def _bare(f, g, x, shapes, errors=_relative):
    """The rule alone, with the shape asked for or not."""
    claimed, measured = np.asarray(g(np.array(x, dtype=float))), numerical_gradient(f, x)
    if shapes and claimed.shape != np.shape(x):
        raise ValueError
    with np.errstate(all="ignore"):
        return np.max(errors(claimed, measured))


@mistake(gradcheck, "not relative", because=check_derivative)
def _(f, g, x):
    """You return the largest difference as it is. A gradient of a millionth that is wrong by half then looks right.
    What is each difference to be divided by?"""
    return _checker(lambda c, m: np.abs(c - m))(f, g, x)


@mistake(gradcheck, "a floor that knows no scale")
def _(f, g, x):
    """Your floor is 0.001 whatever f is, so the errors of a function in millionths are all divided by it.
    A thousandth of what was it to be?"""
    return _checker(lambda c, m: np.abs(c - m) / np.maximum(np.maximum(np.abs(c), np.abs(m)), 1e-3))(f, g, x)


def _fixed(c, m):
    return np.abs(c - m) / np.maximum(np.maximum(np.abs(c), np.abs(m)), 1e-3)


@mistake(gradcheck, "a floor that knows no scale, and nan as nan", because=check_derivative)
def _(f, g, x):
    """Two things: your floor is 0.001 whatever f is, and where an entry is nan or infinite your answer is nan.
    A thousandth of what was the floor to be, and what is to be returned for nan?"""
    return _bare(f, g, x, True, _fixed)


@mistake(gradcheck, "a floor that knows no scale, and nothing else")
def _(f, g, x):
    """Three things: your floor is 0.001 whatever f is, nan comes out as nan, and a claim of another shape passes.
    A thousandth of what was the floor to be, and where are the other two to be caught?"""
    return _bare(f, g, x, False, _fixed)


@mistake(gradcheck, "x as it came")
def _(f, g, x):
    """You hand x on as it came, in whole numbers or float32, and f and g are to get float64.
    Which line makes floats of it, before g is called?"""
    return _checker(converts=False)(f, g, x)


@mistake(gradcheck, "no floor", because=check_derivative)
def _(f, g, x):
    """You divide by the larger of the two, however small: where one entry is 0 and rounding measures 1e-11, that is
    an error of 1. What was the floor for?"""
    with np.errstate(all="ignore"):
        return _checker(lambda c, m: np.abs(c - m) / np.maximum(np.abs(c), np.abs(m)))(f, g, x)


@mistake(gradcheck, "one error for the whole vector")
def _(f, g, x):
    """You divide the largest difference by the largest entry. An entry of 5 that is wrong hides behind one of 1000.
    By what should the difference in each entry be divided?"""
    return _checker(lambda c, m: np.max(np.abs(c - m)) / max(np.max(np.abs(c)), np.max(np.abs(m))))(f, g, x)


@mistake(gradcheck, "the mean error", because=check_derivative)
def _(f, g, x):
    """You average over the entries. One wrong entry among a million then looks right.
    Which of the errors says that something is wrong somewhere?"""
    return _checker(overall=np.mean)(f, g, x)


@mistake(gradcheck, "only the first entry")
def _(f, g, x):
    """Your answer is the error of the first entry, whatever the others are. Where could a fault hide from you?"""
    return _checker(overall=lambda errors: errors.flat[0])(f, g, x)


@mistake(gradcheck, "claims that are too small pass", because=check_derivative)
def _(f, g, x):
    """You took claimed - measured with its sign, so a claim that is too small has a negative error, and that is never
    the largest. How far apart are 2 and 4?"""

    def signed(c, m):
        size = np.maximum(np.abs(c), np.abs(m))
        return np.maximum((c - m) / np.maximum(size, np.max(size) / 1000), 0.0)

    return _checker(signed)(f, g, x)


@mistake(gradcheck, "the shape is not looked at")
def _(f, g, x):
    """A claim of another shape passes: a single number, or a column, is stretched by NumPy to fit x.
    What is to be compared before any entry is?"""
    return _checker(shapes=False)(f, g, x)


@mistake(gradcheck, "nan comes out as nan", because=check_derivative)
def _(f, g, x):
    """Where an entry is nan or infinite, your answer is nan, and `nan > 1e-3` is False: whoever asks hears that all
    is well. Which number is larger than every bound?"""
    x = np.array(x, dtype=float)
    claimed = np.asarray(g(x), dtype=float)
    if claimed.shape != x.shape:
        raise ValueError
    measured = numerical_gradient(f, x)
    if not np.any(claimed) and not np.any(measured):
        return 0.0
    with np.errstate(all="ignore"):
        errors = _relative(claimed, measured)
        return float(np.max(errors)) if np.all(np.isfinite(errors)) else np.nan


@mistake(gradcheck, "only the claim is asked whether it is finite")
def _(f, g, x):
    """A claim that is nan or infinite is caught, a measured slope that is nan or infinite is not.
    Which of the two arrays did you ask?"""
    x = np.array(x, dtype=float)
    claimed = np.asarray(g(x), dtype=float)
    if claimed.shape != x.shape:
        raise ValueError
    measured = numerical_gradient(f, x)
    if not np.all(np.isfinite(claimed)):
        return np.inf
    if not np.any(claimed) and not np.any(measured):
        return 0.0
    with np.errstate(all="ignore"):
        return float(np.max(_relative(claimed, measured)))


@mistake(gradcheck, "zero over zero")
def _(f, g, x):
    """Where claimed and measured are 0 in every entry, so is your floor, and 0/0 is nan.
    What was to be returned there?"""
    x = np.array(x, dtype=float)
    claimed = np.asarray(g(x), dtype=float)
    if claimed.shape != x.shape:
        raise ValueError
    measured = numerical_gradient(f, x)
    if not (np.all(np.isfinite(claimed)) and np.all(np.isfinite(measured))):
        return np.inf
    with np.errstate(all="ignore"):
        return float(np.max(_relative(claimed, measured)))


@mistake(gradcheck, "the rule and the shape")
def _(f, g, x):
    """Your rule is right, and two cases fall out of it: where all is 0 it gives 0/0, and where an entry is nan or
    infinite it gives nan. What is to be returned in each of them?"""
    return _bare(f, g, x, True)


@mistake(gradcheck, "the rule and nothing else")
def _(f, g, x):
    """Your rule is right, and three cases fall out of it: a claim of another shape, entries that are nan or infinite,
    and 0 everywhere. Where in your function is each of them to be caught?"""
    return _bare(f, g, x, False)


@mistake(gradcheck, "measured in float32")
def _(f, g, x):
    """Right gradients get errors of a per cent: your numbers have seven digits, and a step of 1e-5 needs more.
    In which dtype are x + h and x - h stored?"""

    def measure(f, x):
        x, gradient = np.array(x, dtype=np.float32), np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            up, down = x.copy(), x.copy()
            up[place] += np.float32(1e-5)
            down[place] -= np.float32(1e-5)
            gradient[place] = (np.float32(f(up)) - np.float32(f(down))) / 2e-5
        return gradient

    return _checker(measure=measure)(f, g, x)


@mistake(gradcheck, "measured by a forward difference", because=numerical_gradient)
def _(f, g, x):
    """Right gradients get errors near 1e-5: one end of your chords is x itself. Which exercise measures better?"""

    def measure(f, x):
        gradient = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[place] = 1e-5
            gradient[place] = (f(x + step) - f(x)) / 1e-5
        return gradient

    return _checker(measure=measure)(f, g, x)


_ERROR = "return np.max(np.abs(claimed - measured) / np.maximum(size, floor))"
equivalent(
    gradcheck,
    f"{_ERROR}  ⇒  {_ERROR.replace('claimed - measured', 'measured - claimed')}",
    because="the distance of two numbers is the same both ways",
)

hint(gradcheck, "You have two arrays of one shape, claimed and measured. What is the error in a single entry?")
hint(
    gradcheck,
    """Do it for all entries at once: sizes with np.abs and np.maximum, the floor from the largest size, then one line
    for the errors. Which three cases stand outside that rule?""",
)
hint(
    gradcheck,
    """In this order: x as floats; the claim, and ValueError if its shape differs; the measurement; np.inf if not all
    entries of both are finite; the sizes; 0.0 if the largest size is 0; then the largest error.""",
)


# ---- 5. A bowl in any number of directions


@exercise
def grad_quadratic(A, b, x):
    """The gradient at x of f(x) = ½ xᵀAx - bᵀx, from a formula and not by measuring.

    A: an array (d, d), not always symmetric
    b: an array (d,)
    x: an array (d,); A, b and x are left as they were
    Returns an array of floats, (d,): the slope of f for each entry of x.

    With A = [[4, 2], [0, 2]], b = [1, 1] and x = [1, 2], f is 2*x[0]**2 + x[0]*x[1] + x[1]**2 - x[0] - x[1].
    Its partial derivatives are 4*x[0] + x[1] - 1 = 5 and x[0] + 2*x[1] - 1 = 4, so the answer is array([5., 4.]).
    """
    return (A @ x + A.T @ x) / 2 - b


case(grad_quadratic, np.array([[4, 2], [0, 2]]), np.array([1, 1]), np.array([1, 2]))
case(grad_quadratic, np.array([[4.0, 1.0], [1.0, 2.0]]), np.array([1.0, -3.0]), np.array([0.5, 2.0]))
case(grad_quadratic, np.array([[0.0, 2.0], [-2.0, 0.0]]), np.array([5.0, 7.0]), np.array([1.0, 3.0]))
case(grad_quadratic, np.array([[1, 2, 0], [0, 3, -1], [5, 0, 2]]), np.array([1, -1, 2]), np.array([2, 3, 1]))
case(grad_quadratic, np.array([[3.0]]), np.array([2.0]), np.array([5.0]))
case(grad_quadratic, np.array([[3.1, 1.0], [-2.0, 0.7]]), np.array([0.3, 0.9]), np.array([31234.5, -27654.25]))


@cases(grad_quadratic, count=3)
def _(rng):
    return rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4)


@holds(grad_quadratic, "it is the gradient that is measured")
def _(grad_quadratic, rng):
    A, b, x = rng.normal(size=(5, 5)), rng.normal(size=5), rng.normal(size=5)
    assert gradcheck(lambda v: v @ A @ v / 2 - b @ v, lambda v: grad_quadratic(A, b, v), x) < 1e-6


@holds(grad_quadratic, "A and its mirror image A.T give the same f, and so the same gradient")
def _(grad_quadratic, rng):
    A, b, x = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3)
    assert close(grad_quadratic(A, b, x), grad_quadratic(A.T, b, x))


@mistake(grad_quadratic, "half of A forgotten")
def _(A, b, x):
    """Your answer is A @ x - b, which is right for every symmetric A and for no other.
    x[0] stands in a row of A and in a column: in which sums does it occur?"""
    return A @ x - b


@mistake(grad_quadratic, "only the columns")
def _(A, b, x):
    """Your answer is A.T @ x - b, which is right for every symmetric A and for no other.
    x[0] stands in a column of A and in a row: in which sums does it occur?"""
    return A.T @ x - b


@mistake(grad_quadratic, "the half forgotten")
def _(A, b, x):
    """Your first part is twice what it should be. The square of x[0] brings a 2 down: what stands before the sum?"""
    return (A + A.T) @ x - b


@mistake(grad_quadratic, "b added")
def _(A, b, x):
    """You add b. In f, which sign has bᵀx?"""
    return (A + A.T) @ x / 2 + b


@mistake(grad_quadratic, "b forgotten")
def _(A, b, x):
    """b does not occur in your answer. What is the slope of -b[0]·x[0] for x[0]?"""
    return (A + A.T) @ x / 2


@mistake(grad_quadratic, "b multiplied by x")
def _(A, b, x):
    """You left x standing beside b. What is the slope of 3x, and does it depend on x?"""
    return (A + A.T) @ x / 2 - b * x


@mistake(grad_quadratic, "the height instead of the slopes")
def _(A, b, x):
    """You return f(x), a single number. How many slopes does f have at x?"""
    return float(x @ A @ x / 2 - b @ x)


@mistake(grad_quadratic, "entry by entry")
def _(A, b, x):
    """Your answer has as many entries as A: `*` multiplies entry by entry. Which sign adds up the products of a row?"""
    return (A + A.T) * x / 2 - b


@mistake(grad_quadratic, "brackets around x only")
def _(A, b, x):
    """You halve only one of the two parts: `A @ x + A.T @ x / 2` divides what stands before the bar.
    What belongs above it?"""
    return A @ x + A.T @ x / 2 - b


@mistake(grad_quadratic, "b halved too")
def _(A, b, x):
    """You halve b too. Which part of f has the ½ before it?"""
    return ((A + A.T) @ x - b) / 2


@mistake(grad_quadratic, "halved on the other side")
def _(A, b, x):
    """You halve only one of the two parts: the sums over the rows count half, those over the columns in full.
    How much of each part belongs into the slope?"""
    return A @ x / 2 + A.T @ x - b


@mistake(grad_quadratic, "measured")
def _(A, b, x):
    """You measured: that takes 2d calls of f, and where x is in ten thousands, f is so large that its rounding
    leaves six or seven digits. What does the derivation say of the slope for x[k]?"""
    return numerical_gradient(lambda v: v @ A @ v / 2 - b @ v, x)


hint(grad_quadratic, "Write f out for d = 2, with all four entries of A. Which terms contain x[0]?")
hint(
    grad_quadratic,
    "The terms with x[0] make up row 0 of A and column 0 of A. Which product with x adds up a row, which a column?",
)
hint(
    grad_quadratic,
    "A @ x has the sums over the rows, A.T @ x those over the columns. Each counts half, and b comes off.",
)


# ---- 6. Downhill, step by step


@exercise
def gd_path(grad, x0, lr, steps):
    """The places that gradient descent goes through: each step takes lr times the gradient at x from x.

    grad: a function; grad(x) is the gradient at x, an array (d,)
    x0: d numbers, a list or an array, whole numbers or floats; the start; left as it was
    lr: the learning rate, a positive number
    steps: how many steps are taken, 0 or more
    Returns an array of floats, (steps + 1, d): row 0 is x0, row k is the place after k steps.

    With grad(x) = 2x, x0 = [8, -4], lr = 0.25 and steps = 2, each step halves x:
    the answer is array([[8., -4.], [4., -2.], [2., -1.]]).
    """
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)


case(gd_path, lambda x: 2 * x, [8, -4], 0.25, 2)
case(gd_path, lambda x: 2 * x, np.array([8.0, -4.0]), 0.25, 3)
case(gd_path, lambda x: np.array([x[0], 10 * x[1]]), np.array([10, 1]), 0.15, 4)
case(gd_path, lambda x: np.array([x[0] + 3 * x[1], 3 * x[0] + 20 * x[1]]), np.array([2.0, -1.0]), 0.05, 5)
case(gd_path, lambda x: np.array([x[1] * x[2], x[0] * x[2], x[0] * x[1]]), [1.0, 2.0, -0.5], 0.1, 3)
case(gd_path, lambda x: x, np.array([4.0, 3.0, -2.0]), 0.5, 1)
case(gd_path, lambda x: 2 * x, [5, -2], 0.1, 0)
case(gd_path, lambda x: np.cos(x), np.array([0.5]), 0.3, 4)


@cases(gd_path, count=2)
def _(rng):
    A = rng.normal(size=(4, 4))
    return lambda x: A @ x, rng.normal(size=4), 0.1, 6


@holds(gd_path, "on the bowl a·x²/2 each step multiplies x by 1 - lr·a")
def _(gd_path, rng):
    a, lr = rng.uniform(1, 3), rng.uniform(0.1, 0.9)
    path = gd_path(lambda x: a * x, np.array([2.0, -3.0]), lr, 7)
    assert close(path[7], (1 - lr * a) ** 7 * path[0])


@holds(gd_path, "with a small learning rate no step goes uphill")
def _(gd_path, rng):
    path = gd_path(lambda x: np.cos(x) + x, rng.normal(size=3), 0.05, 40)
    heights = np.sum(np.sin(path) + path**2 / 2, axis=1)
    assert np.all(np.diff(heights) <= 1e-12), "a step went up"


@mistake(gd_path, "uphill")
def _(grad, x0, lr, steps):
    """Your path climbs. The gradient points the steepest way up: with which sign is it taken to go down?"""
    path = [np.array(x0, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] + lr * grad(path[-1]))
    return np.array(path)


@mistake(gd_path, "one array, many times")
def _(grad, x0, lr, steps):
    """All rows of your path are the last place: the list holds one array many times, and `-=` goes on writing into it.
    Which expression makes a new array at each step?"""
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x -= lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(gd_path, "the start left out")
def _(grad, x0, lr, steps):
    """Your path has one row too few: it begins after the first step. Which place should row 0 be?"""
    x = np.array(x0, dtype=float)
    path = np.zeros((steps, len(x)))
    for k in range(steps):
        x = x - lr * grad(x)
        path[k] = x
    return path


@mistake(gd_path, "the start left out, from an empty list")
def _(grad, x0, lr, steps):
    """The start is left out: your path begins after the first step, and for 0 steps it is empty.
    Which place is row 0, and where does your list get it?"""
    x, path = np.array(x0, dtype=float), []
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(gd_path, "the end left out, from an empty list")
def _(grad, x0, lr, steps):
    """The end is left out: the place after the last step is never put into your list, and for 0 steps it is empty.
    How many places does a walk of one step touch?"""
    x, path = np.array(x0, dtype=float), []
    for _ in range(steps):
        path.append(x)
        x = x - lr * grad(x)
    return np.array(path)


@mistake(gd_path, "row 0 never filled")
def _(grad, x0, lr, steps):
    """Row 0 of your path holds zeros, as np.zeros made it. Which place belongs there, and before which line?"""
    x = np.array(x0, dtype=float)
    path = np.zeros((steps + 1, len(x)))
    for k in range(steps):
        x = x - lr * grad(x)
        path[k + 1] = x
    return path


@mistake(gd_path, "the end left out")
def _(grad, x0, lr, steps):
    """Your path has one row too few: the place after the last step is missing.
    How many places does a walk of one step touch?"""
    x = np.array(x0, dtype=float)
    path = np.zeros((steps, len(x)))
    for k in range(steps):
        path[k] = x
        x = x - lr * grad(x)
    return path


@mistake(gd_path, "one step too many")
def _(grad, x0, lr, steps):
    """Your path has one row too many. Before the first step there is one row: how many steps may follow?"""
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps + 1):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(gd_path, "one gradient for all steps")
def _(grad, x0, lr, steps):
    """You asked for the gradient once, at the start, and walked on along it. Where is the ground that it describes?"""
    x = np.array(x0, dtype=float)
    slope, path = grad(x), [x]
    for _ in range(steps):
        x = x - lr * slope
        path.append(x)
    return np.array(path)


@mistake(gd_path, "every step from the start")
def _(grad, x0, lr, steps):
    """Every step of yours starts at x0, so all rows after the first are alike. From where does the second step go?"""
    x = np.array(x0, dtype=float)
    return np.array([x] + [x - lr * grad(x) for _ in range(steps)])


@mistake(gd_path, "home after one step")
def _(grad, x0, lr, steps):
    """Your path ends after the first step: `return` stands inside the loop, and leaves it in the first round.
    How far to the left does it belong?"""
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
        return np.array(path)


@mistake(gd_path, "steps of one length")
def _(grad, x0, lr, steps):
    """All your steps have the length lr: you divided the gradient by its own length.
    Where the ground becomes flat, should a step become shorter?"""
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        slope = grad(x)
        x = x - lr * slope / np.sqrt(np.sum(slope**2))
        path.append(x)
    return np.array(path)


@mistake(gd_path, "whole numbers all the way")
def _(grad, x0, lr, steps):
    """From a start in whole numbers, your path has whole numbers alone: its array took over their dtype.
    Which dtype does np.zeros make if it is not told?"""
    x = np.array(x0)
    path = np.zeros((steps + 1, len(x)), dtype=x.dtype)
    path[0] = x
    for k in range(steps):
        path[k + 1] = path[k] - lr * grad(path[k])
    return path


@mistake(gd_path, "x0 as it came")
def _(grad, x0, lr, steps):
    """You compute with x0 as it came, and it may be a list: 2 * [8, -4] is [8, -4, 8, -4].
    Which line makes an array of floats of it?"""
    x, path = x0, [x0]
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(gd_path, "only the end of the way")
def _(grad, x0, lr, steps):
    """You return the last place alone. What has to be kept at each step for the whole way to be seen?"""
    x = np.array(x0, dtype=float)
    for _ in range(steps):
        x = x - lr * grad(x)
    return x


@mistake(gd_path, "the caller's start moved")
def _(grad, x0, lr, steps):
    """Your path is right, and the caller's x0 has walked along. Which line makes an array of your own?"""
    x = np.asarray(x0, dtype=float)
    path = [x.copy()]
    for _ in range(steps):
        x -= lr * grad(x)
        path.append(x.copy())
    return np.array(path)


@mistake(gd_path, "one entry after the other")
def _(grad, x0, lr, steps):
    """You move the entries one by one, so the gradient for a later entry is already taken at another place.
    At which place do all entries of one step have to be asked?"""
    x = np.array(x0, dtype=float)
    path = [x.copy()]
    for _ in range(steps):
        for i in range(len(x)):
            x[i] -= lr * grad(x)[i]
        path.append(x.copy())
    return np.array(path)


hint(gd_path, "How many places are there after 0 steps, how many after 1, and which is the first?")
hint(gd_path, "Keep a list that begins with the start, as floats. What is appended to it in each round of the loop?")
hint(
    gd_path,
    """In each round make a new array, x minus lr times the gradient at x, with `=` and not with `-=`, and append it.
    np.array of the list of rows is the answer.""",
)

equivalent(
    grad_quadratic,
    "reads A as it lies in memory",
    because="read so, A comes out as its mirror image, which gives the same f",
)

prediction(
    "too_long",
    """On 10x²/2 the slope is 10x, so a step multiplies x by 1 - 10·lr. With lr = 0.1 it arrives in one step.
    From x = 1, how far from the lowest point is x after 1000 steps with lr = 0.201?""",
    options=(
        "nearer than 0.001: it gets there, in large steps",
        "about 1: it jumps from side to side for ever",
        "more than 1000: it runs away",
        "exactly at it: the slope is exact, so the walk is too",
    ),
    beliefs={
        "a": "Each step multiplies the distance by |1 - 2.01|. Is that less than 1?",
        "b": "That is lr = 0.2, where the factor is -1. Here it is -1.01, and 1.01 a thousand times over is not 1.",
        "d": "The slope is exact where you stand. The step is so long that it ends where the slope is another one.",
    },
)

quiz(
    "exact_diverges",
    "Every gradient was exact, to the last digit. Why did the walk climb out of the bowl?",
    wrong(
        "Rounding errors add up over many steps, and in the end they carry it away.",
        """Rounding changes the sixteenth digit. By hand, without any: 1, -1.01, 1.0201, …, always 1 % further.""",
    ),
    wrong(
        "It passed the lowest point, and behind it the gradient points away from it.",
        """Behind the lowest point the gradient points away from it once more, so the walk, which goes against it,
        is sent back. The direction is right every time.""",
    ),
    right(
        "The gradient is the slope at one place, and the step went to where that slope no longer holds.",
        """The promise f(x) - lr·‖∇f‖² is the tangent's, and it holds nearby. In a direction of curvature a the slope
        is 0 after a way of slope/a, and turns round behind it; a step more than twice as long as that ends
        higher than it began.""",
    ),
    wrong(
        "Minus the gradient is not the steepest way down once the level lines are not circles.",
        """It is the steepest way at every place, whatever the level lines, and even in one dimension,
        where there is no choice of a way, lr = 0.201 runs off.""",
    ),
)


# ---- 7. Fitting a line


@exercise
def linreg_grad(X, y, w):
    """The gradient, with respect to w, of the mean squared error of the predictions X @ w: no loop, and no measuring.

    X: an array (n, d), a row for each example
    y: an array (n,), the number that should come out for each example
    w: an array (d,), the weights; X, y and w are left as they were
    Returns an array of floats, (d,): the gradient at w of L(w) = (r_1² + … + r_n²) / n, where r = X @ w - y.

    With X = [[1, 0], [1, 1], [1, 3]], y = [1, 1, 5] and w = [2, 1], X @ w is [2, 3, 5] and r = [1, 2, 0].
    L is 5/3, and its gradient is array([2., 1.3333]): 2/3 times (1 + 2 + 0) and 2/3 times (0·1 + 1·2 + 3·0).
    """
    residual = X @ w - y  # (n,)
    return 2 / len(y) * (X.T @ residual)


case(linreg_grad, np.array([[1, 0], [1, 1], [1, 3]]), np.array([1, 1, 5]), np.array([2, 1]))
case(linreg_grad, np.array([[1.0, 2.0], [1.0, -1.0], [1.0, 0.5]]), np.array([2.0, 0.5, -1.0]), np.array([0.0, 0.0]))
case(linreg_grad, np.array([[1.0, 2.0, 3.0]]), np.array([4.0]), np.array([0.5, -1.0, 2.0]))
case(linreg_grad, np.array([[2.0], [3.0], [-1.0], [0.5]]), np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.5]))


@cases(linreg_grad, count=3)
def _(rng):
    return rng.normal(size=(7, 4)), rng.normal(size=7), rng.normal(size=4)


@holds(linreg_grad, "it is the gradient that is measured")
def _(linreg_grad, rng):
    X, y, w = rng.normal(size=(6, 3)), rng.normal(size=6), rng.normal(size=3)
    assert gradcheck(lambda v: np.mean((X @ v - y) ** 2), lambda v: linreg_grad(X, y, v), w) < 1e-6


@holds(linreg_grad, "where every prediction is exact, the gradient is 0")
def _(linreg_grad, rng):
    X, w = rng.normal(size=(6, 3)), rng.normal(size=3)
    assert close(linreg_grad(X, X @ w, w), np.zeros(3))


@holds(linreg_grad, "every example seen twice: the gradient stays the same")
def _(linreg_grad, rng):
    X, y, w = rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=3)
    twice = linreg_grad(np.concatenate([X, X]), np.concatenate([y, y]), w)
    assert close(twice, linreg_grad(X, y, w))


@vectorised(linreg_grad, "Python has no more to do for more examples and more weights: NumPy does the loops")
def _(n):
    rng = np.random.default_rng(n)
    return rng.normal(size=(n + 1, n)), rng.normal(size=n + 1), rng.normal(size=n)


@mistake(linreg_grad, "the two forgotten")
def _(X, y, w):
    """Your gradient is half of what is asked for. What is the slope of r²?"""
    return X.T @ (X @ w - y) / len(y)


@mistake(linreg_grad, "a sum and not a mean")
def _(X, y, w):
    """Your gradient is n times what is asked for: it belongs to the sum of the squares.
    By what is the sum divided to make a mean?"""
    return 2 * X.T @ (X @ w - y)


@mistake(linreg_grad, "neither the two nor the mean")
def _(X, y, w):
    """Your gradient is n/2 times what is asked for. Which two factors stand before the sum, one from the square
    and one from the mean?"""
    return X.T @ (X @ w - y)


@mistake(linreg_grad, "the residual turned round")
def _(X, y, w):
    """Your gradient points the opposite way. r² does not care which way round the difference is taken;
    what is the slope of y - X @ w with respect to w?"""
    return 2 * X.T @ (y - X @ w) / len(y)


@mistake(linreg_grad, "a mean over the wrong thing")
def _(X, y, w):
    """You divide by the number of weights. How many squares does the mean run over?"""
    return 2 * X.T @ (X @ w - y) / len(w)


@mistake(linreg_grad, "X not transposed")
def _(X, y, w):
    """You multiply X by the residual: (n, d) by (n,), which fits only where n = d, and is wrong there too.
    Each weight needs a sum over the examples: which of them are the rows of X.T?"""
    return 2 * X @ (X @ w - y) / len(y)


@mistake(linreg_grad, "a gradient for each example")
def _(X, y, w):
    """You return a row for each example, (n, d). The loss is one number: what becomes of the rows?"""
    return 2 * X * (X @ w - y)[:, None]


@mistake(linreg_grad, "summed along the wrong axis")
def _(X, y, w):
    """One number for each example came out, and there should be one for each weight.
    Along which axis of the products, (n, d), is the sum?"""
    return 2 / len(y) * (X * (X @ w - y)[:, None]).sum(axis=1)


@mistake(linreg_grad, "the loss instead of its slopes")
def _(X, y, w):
    """You return the loss, a single number. How many slopes does it have?"""
    return float(np.mean((X @ w - y) ** 2))


@mistake(linreg_grad, "y forgotten")
def _(X, y, w):
    """Your residual is X @ w alone, so you fit zeros. What is to be taken from it?"""
    return 2 * X.T @ (X @ w) / len(y)


@mistake(linreg_grad, "slope of the residual forgotten")
def _(X, y, w):
    """You return 2r/n, one number for each example: the outer slope of the chain.
    What is the slope of r_i with respect to w_j?"""
    return 2 * (X @ w - y) / len(y)


hint(linreg_grad, "Take one example and one weight. How fast does its residual grow when this weight does?")
hint(
    linreg_grad,
    """By the chain rule the square of r_i has the slope 2·r_i times X[i, j] for weight j. Sum over i, divide by n.
    Which product of a matrix and a vector sums over the first axis of X?""",
)
hint(
    linreg_grad,
    "The sums over the examples, for all weights at once, are X.T @ r. Which two factors are still missing?",
)

_LAST = "return 2 / len(y) * (X.T @ residual)"
equivalent(linreg_grad, f"{_LAST}  ⇒  {_LAST.replace('len(y)', 'len(X)')}", because="X has a row for each entry of y")
equivalent(linreg_grad, f"{_LAST}  ⇒  {_LAST.replace('len(y)', 'len(residual)')}", because="each y has one residual")

prediction(
    "half_gradient",
    """Somebody forgets the 2 in the gradient of the squared error, and fits the same line with the same learning rate,
    which is small. What do they get after very many steps?""",
    options=(
        "a line half as steep",
        "nothing: the walk runs off",
        "the same line, after more steps",
        "another line: somewhere else the wrong gradient is 0",
    ),
    beliefs={
        "a": "The gradient decides how far a step goes, and the walk ends where it is 0. Half of 0 is 0.",
        "b": "The steps are half as long. It is long steps that run off.",
        "d": "Half of a gradient is 0 exactly where the gradient is; so is a third of it. Only the pace changes.",
    },
)


# ---- Opening, and review


prediction(
    "in_fog",
    """You stand on a hillside in fog. One metre east, measured on a map, the ground is 0.3 m higher, one metre north
    0.4 m higher, and it is flat as a board. How many metres does it rise per metre on the map, in the steepest
    direction?""",
    beliefs={
        0.7: "0.7 is what you climb by going a metre east and a metre north. That is 1.41 metres as the crow flies.",
        0.4: "0.4 is the better one of the two that were measured. Between them lie other directions.",
        0.35: "0.35 is the mean of the two. Straight between them you climb 0.495 per metre, more than either.",
        0.495: "That is north-east, halfway between. North climbs more than east: turn a little further towards it.",
        0.25: "0.25 is 0.09 + 0.16, the sum of the squares. Its root is what you are looking for.",
    },
    rtol=2e-3,
)


@question(partial, "one slope among two")
def _(rng):
    a, b, x, y = (int(n) for n in rng.integers(2, 7, size=4))
    return Asked(
        f"f(x, y) = {a}x²y + {b}y. What is its partial derivative with respect to x at x = {x}, y = {y}?",
        float(2 * a * x * y),
        why=f"y stands still: {a}x²·{y} has the slope {2 * a}x·{y}, and {b}y does not change.",
    )


@question(directional_derivative, "a slope across")
def _(rng):
    gx, gy = (int(n) for n in rng.integers(-6, 7, size=2))
    u = [(3, 4), (4, -3), (-3, 4), (4, 3)][int(rng.integers(4))]
    return Asked(
        f"The gradient of f at a place is ({gx}, {gy}). How fast does f climb there, per unit of length,"
        f" in the direction ({u[0]}, {u[1]})?",
        round(dot([gx, gy], u) / p_norm(u, 2), 9),
        why=f"({gx}·{u[0]} + {gy}·{u[1]}) / 5: the dot product with ({u[0]}, {u[1]}) made of length 1.",
    )


@question(numerical_gradient, "what measuring costs")
def _(rng):
    rows, columns = int(rng.integers(3, 9)), int(rng.integers(10, 30))
    return Asked(
        f"A loss depends on a weight matrix of shape ({rows}, {columns})."
        " How many times is it computed to measure its gradient with central differences?",
        2 * rows * columns,
        why=f"Twice for each of {rows}·{columns} = {rows * columns} entries.",
    )


@question(grad_quadratic, "a slope of a bowl")
def _(rng):
    A = rng.integers(0, 6, size=(2, 2))
    b, x = rng.integers(1, 5, size=2), rng.integers(1, 4, size=2)
    return Asked(
        f"f(x) = ½xᵀAx - bᵀx with A = {A.tolist()} and b = {b.tolist()}."
        f" What is the first entry of its gradient at x = {x.tolist()}?",
        float(grad_quadratic(A, b, x)[0]),
        why=f"Row 0 of A gives {int(A[0] @ x)}, column 0 gives {int(A[:, 0] @ x)}; half their sum, minus {int(b[0])}.",
    )


@question(gd_path, "one step downhill")
def _(rng):
    a, x, tenths = int(rng.integers(2, 9)), int(rng.integers(2, 9)), int(rng.integers(1, 4))
    return Asked(
        f"f(x) = {a}x²/2 and x = {x}. Where does one step of gradient descent with learning rate {tenths / 10:g} lead?",
        round(float(gd_path(lambda v: a * v, [x], tenths / 10, 1)[1, 0]), 9),
        why=f"The slope is {a}·{x}, so the step is {tenths / 10:g}·{a * x}, and it is taken from {x}.",
    )


@question(linreg_grad, "one example, one weight")
def _(rng):
    x, y, w = (int(n) for n in rng.integers(2, 7, size=3))
    return Asked(
        f"A single example has the input {x} and should give {y}; the prediction is w times the input, and w = {w}."
        " What is the gradient of the squared error with respect to w?",
        float(linreg_grad(np.array([[x]]), np.array([y]), np.array([w]))[0]),
        why=f"r = {w}·{x} - {y} = {w * x - y}, and 2·r·{x} is the slope of r².",
    )
