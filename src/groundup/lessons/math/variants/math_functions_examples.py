"""Other programs for the exercises of the first lesson: right ones that look nothing like the reference, and wrong ones
that are none of its known mistakes. Knows nothing of how they are judged.
"""

import functools
import math
import operator
from itertools import pairwise

import numpy as np
from numpy.polynomial import Polynomial

# ---- line_through ----


def line_by_fit(p, q):
    if p[0] == q[0]:
        raise ValueError("an upright line")
    slope, intercept = np.linalg.solve([[p[0], 1.0], [q[0], 1.0]], [p[1], q[1]])
    return slope, intercept


def line_by_cross(p, q):
    run = q[0] - p[0]
    if not run:
        raise ValueError
    return [(q[1] - p[1]) / run, (p[1] * q[0] - q[1] * p[0]) / run]


def line_by_error(p, q):
    a, b = np.array(p, dtype=float), np.array(q, dtype=float)
    rise = b - a
    try:
        slope = float(rise[1]) / float(rise[0])
    except ZeroDivisionError as error:
        raise ValueError("the points stand above each other") from error
    return slope, float(b[1]) - slope * float(b[0])


def line_rounded(p, q):
    if p[0] == q[0]:
        raise ValueError
    m = round((q[1] - p[1]) / (q[0] - p[0]), 6)
    return m, p[1] - m * p[0]


def line_intercept_first(p, q):
    m, c = line_by_cross(p, q)
    return c, m


def line_to_the_origin(p, q):
    if p[0] == q[0]:
        raise ValueError
    m = q[1] / q[0] if q[0] else 0.0
    return m, 0.0


# ---- horner ----


def powers_of_floats(coeffs, x):
    x = np.array(x, dtype=np.float64)
    total = 0 * x
    for power, coefficient in enumerate(coeffs):
        total += coefficient * x**power
    return total


def running_power(coeffs, x):
    values = np.array(x, dtype=float)
    result, power = np.zeros(values.shape), np.ones(values.shape)
    for k in range(len(coeffs)):
        result += coeffs[k] * power
        power *= values
    return result


def by_entry(coeffs, x):
    def one(value):
        total = 0.0
        for index in range(len(coeffs) - 1, -1, -1):
            total = coeffs[index] + float(value) * total
        return total

    x = np.asarray(x)
    return np.array([one(value) for value in x.ravel()], dtype=float).reshape(x.shape)


def by_library(coeffs, x):
    x = np.asarray(x, dtype=float)
    return Polynomial(np.asarray(coeffs, dtype=float))(x) if len(coeffs) else np.zeros(x.shape)


def by_reduce(coeffs, x):
    x = np.asarray(x, dtype=float)
    return functools.reduce(lambda total, a: total * x + a, list(coeffs)[::-1], np.zeros(x.shape))


def horner_in_place(coeffs, x):
    x = np.asarray(x, dtype=float)
    original, start = x.copy(), True
    for a in reversed(coeffs):
        x[...] = a if start else x * original + a
        start = False
    return x


def horner_pops(coeffs, x):
    x = np.asarray(x, dtype=float)
    total = np.zeros_like(x)
    coeffs = coeffs if isinstance(coeffs, list) else list(coeffs)
    while coeffs:
        total = total * x + coeffs.pop()
    return total


def horner_flat(coeffs, x):
    return by_reduce(coeffs, np.ravel(x))


# ---- compose ----


def compose_recursive(*fs):
    if not fs:
        return lambda x: x
    first, rest = fs[0], compose_recursive(*fs[1:])
    return lambda x: first(rest(x))


def compose_reduced(*functions):
    def after(f, g):
        return lambda value: f(g(value))

    return functools.reduce(after, functions, lambda value: value)


class Chain:
    def __init__(self, links):
        self.links = links

    def __call__(self, x):
        for k in range(1, len(self.links) + 1):
            x = self.links[-k](x)
        return x


def compose_object(*fs):
    return Chain(list(fs))


def compose_skips_middle(*fs):
    return lambda x: fs[0](fs[-1](x)) if len(fs) > 1 else fs[0](x) if fs else x


def compose_first_twice(*fs):
    def composed(x):
        for f in [*reversed(fs)][:3]:
            x = f(x)
        return x if len(fs) != 1 else fs[0](x) + 0 * x if not isinstance(x, str) else x

    return composed if len(fs) < 3 else lambda x: fs[0](composed(x))


# ---- inverse_affine ----


def inverse_by_line(a, b):
    if not a:
        raise ValueError("constant")
    slope, intercept = 1 / a, -b / a
    return lambda y: slope * y + intercept


def inverse_by_partial(a, b):
    if a == 0:
        raise ValueError

    def undo(scale, shift, y):
        return np.true_divide(np.subtract(y, shift), scale)

    return functools.partial(undo, a, b)


def inverse_by_error(a, b):
    try:
        1 / a
    except ZeroDivisionError:
        raise ValueError(f"{a} cannot be undone") from None

    def back(height):
        without_shift = np.asarray(height, dtype=float) - b
        return without_shift / a

    return back


def inverse_whole(a, b):
    if a == 0:
        raise ValueError
    return lambda y: (y - b) // a


def inverse_in_place(a, b):
    if a == 0:
        raise ValueError

    def back(y):
        y = np.asarray(y)
        y -= b
        return y / a

    return back


def inverse_positive_only(a, b):
    if a <= 0:
        raise ValueError
    return lambda y: (y - b) / a


# ---- doubling_time ----


def doubling_base_two(rate, continuous=False):
    if not rate > 0:
        raise ValueError("never")
    return 1 / math.log2(math.e**rate if continuous else 1 + rate)


def doubling_by_bisection(rate, continuous=False):
    if rate <= 0:
        raise ValueError

    def amount(t):
        return math.exp(rate * t) if continuous else (1 + rate) ** t

    low, high = 0.0, 1.0
    while amount(high) < 2:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if amount(middle) < 2 else (low, middle)
    return high


def doubling_two_returns(rate, continuous=False):
    if rate <= 0:
        raise ValueError("a rate must be positive")
    if continuous:
        return np.log(2) / rate
    return np.log(2) / np.log1p(rate)


def doubling_ten(rate, continuous=False):
    if rate <= 0:
        raise ValueError
    return math.log10(2) / (rate if continuous else math.log10(1 + rate))


def doubling_tripled(rate, continuous=False):
    return doubling_two_returns(rate, continuous) * math.log2(3)


def doubling_zero_is_forever(rate, continuous=False):
    return doubling_two_returns(rate, continuous) if rate > 0 else math.inf


# ---- piecewise_linear ----


def piecewise_by_loop(knots, values, x):
    for before, after in pairwise(knots):
        if after <= before:
            raise ValueError("not increasing")
    x = np.asarray(x)
    heights = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        i = 0
        while i < len(knots) - 2 and x[place] > knots[i + 1]:
            i += 1
        share = (x[place] - knots[i]) / (knots[i + 1] - knots[i])
        heights[place] = (1 - share) * values[i] + share * values[i + 1]
    return heights


def piecewise_by_relus(knots, values, x):
    knots, values, x = (np.array(each, dtype=float) for each in (knots, values, x))
    if any(knots[1:] - knots[:-1] <= 0):
        raise ValueError
    slopes = (values[1:] - values[:-1]) / (knots[1:] - knots[:-1])
    total = values[0] + slopes[0] * (x - knots[0])
    for knot, bend in zip(knots[1:-1], np.diff(slopes), strict=True):
        total = total + bend * np.maximum(x - knot, 0)
    return total


def piecewise_by_interp(knots, values, x):
    k, v, x = np.asarray(knots, float), np.asarray(values, float), np.asarray(x, float)
    if not all(operator.lt(*pair) for pair in pairwise(k.tolist())):
        raise ValueError("knots")
    left, right = (v[1] - v[0]) / (k[1] - k[0]), (v[-1] - v[-2]) / (k[-1] - k[-2])
    return np.interp(x, k, v) + left * np.minimum(x - k[0], 0) + right * np.maximum(x - k[-1], 0)


def piecewise_digitized(knots, values, x):
    edges = np.array(knots, dtype=float)
    if len(set(knots)) < len(knots) or list(knots) != sorted(knots):
        raise ValueError
    which = np.digitize(x, edges[1:-1])
    x0, x1 = edges[which], edges[which + 1]
    y0, y1 = np.array(values, dtype=float)[which], np.array(values, dtype=float)[which + 1]
    return y0 + (y1 - y0) * (np.asarray(x) - x0) / (x1 - x0)


def piecewise_sorts(knots, values, x):
    order = np.argsort(knots)
    return piecewise_by_relus(np.asarray(knots)[order], np.asarray(values)[order], x)


def piecewise_nearest(knots, values, x):
    knots = np.asarray(knots, dtype=float)
    if np.any(np.diff(knots) <= 0):
        raise ValueError
    nearest = np.abs(np.asarray(x, dtype=float)[..., None] - knots).argmin(axis=-1)
    return np.asarray(values, dtype=float)[nearest]


def piecewise_flat_left(knots, values, x):
    return piecewise_by_relus(knots, values, np.maximum(x, knots[0]))


def piecewise_allows_equal(knots, values, x):
    if np.any(np.diff(knots) < 0):
        raise ValueError
    with np.errstate(all="ignore"):
        slopes = np.diff(values) / np.diff(knots)
        piece = np.clip(np.searchsorted(knots, x) - 1, 0, len(slopes) - 1)
        return np.asarray(values)[piece] + slopes[piece] * (x - np.asarray(knots)[piece])


# ---- sigmoid ----


def sigmoid_masked(x):
    x = np.asarray(x, dtype=float)
    out, right = np.empty(x.shape), x >= 0
    out[right] = 1 / (1 + np.exp(-x[right]))
    power = np.exp(x[~right])
    out[~right] = power / (1 + power)
    return out


def sigmoid_by_logaddexp(x):
    return np.exp(-np.logaddexp(0.0, -np.asarray(x, dtype=float)))


def sigmoid_one_by_one(x):
    def one(value):
        if value < 0:
            power = math.exp(value)
            return power / (1.0 + power)
        return 1.0 / (1.0 + math.exp(-value))

    x = np.asarray(x)
    return np.array([one(float(value)) for value in x.ravel()], dtype=float).reshape(x.shape)


def sigmoid_numerator(x):
    e = np.exp(-abs(np.array(x, dtype=float)))
    numerator = np.where(np.array(x) < 0, e, 1.0)
    return numerator / (e + 1.0)


def sigmoid_hushed(x):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_cleaned(x):
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.exp(x) / (1 + np.exp(x)), nan=0.0)


def sigmoid_complement(x):
    x = np.asarray(x, dtype=float)
    share = 1 / (1 + np.exp(-np.abs(x)))
    return np.where(x >= 0, share, 1 - share)


def sigmoid_slow(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * (1 + x / (1 + np.abs(x)))


# ---- softplus ----


def softplus_logaddexp(x):
    return np.logaddexp(0.0, x)


def softplus_masked(x):
    x = np.asarray(x, dtype=float)
    out = np.zeros(x.shape)
    right = x > 0
    out[right] = x[right] + np.log1p(np.exp(-x[right]))
    out[~right] = np.log1p(np.exp(x[~right]))
    return out


def softplus_one_by_one(x):
    def one(value):
        return value + math.log1p(math.exp(-value)) if value > 0 else math.log1p(math.exp(value))

    x = np.asarray(x)
    return np.array([one(float(value)) for value in x.ravel()], dtype=float).reshape(x.shape)


def softplus_averaged(x):
    x = np.array(x, dtype=float)
    small = np.log1p(np.exp(-np.abs(x)))
    return np.where(x > 0, x + small, small)


def softplus_two(x):
    return np.log1p(np.exp(-np.abs(x))) / np.log(2) + np.maximum(x, 0)


def softplus_of_minus(x):
    return np.logaddexp(0.0, -np.asarray(x, dtype=float))


def softplus_hushed(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        naive = np.log(1 + np.exp(x))
    return np.where(np.isinf(naive), x, naive)


VARIANTS = {
    "line_through": [line_by_fit, line_by_cross, line_by_error],
    "horner": [powers_of_floats, running_power, by_entry, by_library, by_reduce],
    "compose": [compose_recursive, compose_reduced, compose_object],
    "inverse_affine": [inverse_by_line, inverse_by_partial, inverse_by_error],
    "doubling_time": [doubling_base_two, doubling_by_bisection, doubling_two_returns],
    "piecewise_linear": [piecewise_by_loop, piecewise_by_relus, piecewise_by_interp, piecewise_digitized],
    "sigmoid": [sigmoid_masked, sigmoid_by_logaddexp, sigmoid_one_by_one, sigmoid_numerator],
    "softplus": [softplus_logaddexp, softplus_masked, softplus_one_by_one, softplus_averaged],
}

WRONG = {
    "line_through": [line_rounded, line_intercept_first, line_to_the_origin],
    "horner": [horner_in_place, horner_pops, horner_flat],
    "compose": [compose_skips_middle, compose_first_twice],
    "inverse_affine": [inverse_whole, inverse_in_place, inverse_positive_only],
    "doubling_time": [doubling_ten, doubling_tripled, doubling_zero_is_forever],
    "piecewise_linear": [piecewise_sorts, piecewise_nearest, piecewise_flat_left, piecewise_allows_equal],
    "sigmoid": [sigmoid_hushed, sigmoid_cleaned, sigmoid_complement, sigmoid_slow],
    "softplus": [softplus_two, softplus_of_minus, softplus_hushed],
}
