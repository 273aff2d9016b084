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
