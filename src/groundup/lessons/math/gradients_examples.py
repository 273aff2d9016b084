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
    exercise,
    hint,
    holds,
    mistake,
    prediction,
    question,
    quiz,
    right,
    scenario,
    wrong,
)
from groundup.lessons.math.derivatives_examples import central_diff, check_derivative

# ---- 1. One slope among many


@exercise(needs=[central_diff], rtol=1e-7, atol=1e-8)
def partial(f, x, i, h=1e-5):
    """The partial derivative of f at x with respect to entry i: the slope when that entry alone moves.

    f: a function of an array of d numbers that gives one number
    x: d numbers, a list or an array, whole numbers or floats; left as it was
    i: which entry moves, from 0 to d - 1
    h: the step of the central difference: entry i goes to x[i] + h and to x[i] - h
    Returns a float: units of f per unit of entry i.

    With f(v) = v[0]**2 * v[1] at x = [3, 5]: entry 1 moves from 5 - h to 5 + h, f from 9(5 - h) to 9(5 + h),
    so partial(f, [3, 5], 1) is 9.0; and partial(f, [3, 5], 0) is 30.0.
    """
    x = np.array(x, dtype=float)
    step = np.zeros(len(x))
    step[i] = 1.0
    return central_diff(lambda t: f(x + t * step), 0.0, h)


case(partial, lambda v: v[0] ** 2 * v[1], [3, 5], 1)
case(partial, lambda v: v[0] ** 2 * v[1], [3, 5], 0)
case(partial, lambda v: v[0] ** 2 * v[1], np.array([3, 5]), 1)
case(partial, lambda v: v[0] ** 3 + v[1] ** 3, np.array([2.0, -4.0]), 0, 0.5)
case(partial, lambda v: v[1] * np.sin(v[2]) - v[3] / v[0], np.array([1.5, 2.0, 0.7, -3.0]), 2)
case(partial, lambda v: v[1] * np.sin(v[2]) - v[3] / v[0], np.array([1.5, 2.0, 0.7, -3.0]), 3, h=0.25)
case(partial, lambda v: np.exp(v[0]), np.array([0.5]), 0)


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


@mistake(partial, "forward difference", because=central_diff)
def _(f, x, i, h=1e-5):
    """One of your two places is x itself. For x³ at 2 with h = 0.5 that gives 15.25, and 12.25 is asked for.
    Where does the other end of the chord lie, for x to be in the middle?"""
    x = np.array(x, dtype=float)
    step = np.zeros(len(x))
    step[i] = h
    return (f(x + step) - f(x)) / h


@mistake(partial, "step counted once", because=central_diff)
def _(f, x, i, h=1e-5):
    """Your slope is twice what it should be. How far apart are x[i] - h and x[i] + h?"""
    x = np.array(x, dtype=float)
    step = np.zeros(len(x))
    step[i] = h
    return (f(x + step) - f(x - step)) / h


@mistake(partial, "every entry moves")
def _(f, x, i, h=1e-5):
    """You move all entries at once, so your number is the sum of all partial derivatives.
    Which entries of x + h differ from those of x?"""
    x = np.array(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)


@mistake(partial, "counted from one")
def _(f, x, i, h=1e-5):
    """You move the entry before the one that was asked for. Which number does the first entry of an array have?"""
    x = np.array(x, dtype=float)
    step = np.zeros(len(x))
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
    """np.array(x, dtype=float) is a copy, and it has floats. Call it twice, once for each end;
    then rise over run, as in central_diff.""",
)

prediction(
    "whole_steps",
    """Somebody measures the slope of x₀²x₁ at np.array([3, 5]) for entry 1, where it is 9.
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
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
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
    """Given whole numbers, your gradient holds whole numbers too: np.zeros_like(x) takes over the dtype of x.
    Which dtype does np.zeros(x.shape) have?"""
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
    """`for place in np.ndindex(x.shape):` visits every entry, whatever the shape, and `a[place]` is that entry.
    A step is an array of zeros in which step[place] = h: then x + step and x - step are the two ends.""",
)


# ---- 3. Any direction


@exercise(needs=[central_diff], rtol=1e-6, atol=1e-7)
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
    x, u = np.array(x, dtype=float), np.array(u, dtype=float)
    length = np.sqrt(np.sum(u * u))
    if length == 0:
        raise ValueError("u is zero, and points nowhere")
    unit = u / length
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
    """Your slope doubles when u does: you walk |u| for each unit of t. How long is the way that you go for t = 1?"""
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


# ---- 4. The instrument


@exercise(needs=[numerical_gradient, check_derivative], rtol=1e-5, atol=1e-7)
def gradcheck(f, g, x):
    """How far a claimed gradient is from the measured one: the largest relative error over all entries.

    f: a function of an array in the shape of x that gives one number
    g: what is claimed to be its gradient: g(x) should give an array in the shape of x
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
    claimed = np.array(g(x), dtype=float)
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
    A, b, x = np.asarray(A, dtype=float), np.asarray(b, dtype=float), np.asarray(x, dtype=float)
    return (A @ x + A.T @ x) / 2 - b


case(grad_quadratic, np.array([[4, 2], [0, 2]]), np.array([1, 1]), np.array([1, 2]))


# ---- 6. Downhill, step by step


@exercise
def gd_path(grad, x0, lr, steps):
    """The places that gradient descent goes through: at each step, x becomes x - lr * grad(x).

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


# ---- 7. Fitting a line


@exercise
def linreg_grad(X, y, w):
    """The gradient, with respect to w, of the mean squared error of the predictions X @ w.

    X: an array (n, d), a row for each example
    y: an array (n,), the number that should come out for each example
    w: an array (d,), the weights; X, y and w are left as they were
    Returns an array of floats, (d,): the gradient at w of L(w) = (r_1² + … + r_n²) / n, where r = X @ w - y.

    With X = [[1, 0], [1, 1], [1, 3]], y = [1, 1, 5] and w = [2, 1], X @ w is [2, 3, 5] and r = [1, 2, 0].
    L is 5/3, and its gradient is array([2., 1.3333]): 2/3 times (1 + 2 + 0) and 2/3 times (0·1 + 1·2 + 3·0).
    """
    X, y, w = np.asarray(X, dtype=float), np.asarray(y, dtype=float), np.asarray(w, dtype=float)
    residual = X @ w - y  # (n,)
    return 2 / len(y) * (X.T @ residual)


case(linreg_grad, np.array([[1, 0], [1, 1], [1, 3]]), np.array([1, 1, 5]), np.array([2, 1]))
