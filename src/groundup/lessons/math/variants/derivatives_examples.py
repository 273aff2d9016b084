"""Other programs for the exercises on derivatives: right ones that look nothing like the reference, and wrong ones that
are none of its known mistakes. Knows nothing of how they are judged.
"""

import itertools
import math

import numpy as np
from numpy.polynomial import Polynomial

# ---- average_speed ----


def speed_in_steps(s, a, b):
    start, end = s(a), s(b)
    distance = end - start
    duration = b - a
    speed = distance / duration
    return float(speed)


def speed_turned_round(s, a, b):
    return (s(a) - s(b)) / (a - b)


def speed_by_diff(s, a, b):
    times = np.array([a, b], dtype=float)
    positions = np.array([s(time) for time in times])
    return np.diff(positions)[0] / np.diff(times)[0]


def speed_by_duration(s, a, b):
    return (s(b) - s(a)) / abs(b - a)


def speed_mean_of_ends(s, a, b):
    return (s(a) / a + s(b) / b) / 2


def speed_from_a_fixed_start(s, a, b):
    return (s(b) - s(3)) / (b - 3)


# ---- deriv_poly ----


def poly_by_numpy(coeffs):
    return Polynomial(coeffs).deriv().coef.astype(float)


def poly_by_comprehension(coeffs):
    terms = [float(k * a) for k, a in enumerate(coeffs)]
    return np.array(terms[1:] or [0.0])


def poly_by_matrix(coeffs):
    n = len(coeffs)
    if n < 2:
        return np.zeros(1)
    return np.diag(np.arange(1.0, n), k=1)[: n - 1] @ np.asarray(coeffs)


def poly_from_the_top(coeffs):
    result, power = [], len(coeffs) - 1
    while power > 0:
        result.insert(0, coeffs[power] * power)
        power -= 1
    return np.array(result if result else [0], dtype=np.float64)


def poly_zeros_trimmed(coeffs):
    return np.trim_zeros(poly_by_comprehension(coeffs), "f")


def poly_as_list(coeffs):
    return list(poly_by_comprehension(coeffs))


def poly_padded(coeffs):
    return np.append(poly_by_comprehension(coeffs), 0.0)


# ---- tangent_line ----


def tangent_in_steps(f, df, x0):
    slope = df(x0)
    rise = slope * x0
    return (slope, f(x0) - rise)


def tangent_by_two_points(f, df, x0):
    def on_the_line(x):
        return f(x0) + df(x0) * (x - x0)

    return on_the_line(1) - on_the_line(0), on_the_line(0)


def tangent_by_solving(f, df, x0):
    slope, height = np.linalg.solve([[1.0, 0.0], [float(x0), 1.0]], [float(df(x0)), float(f(x0))])
    return [slope, height]


def tangent_at_zero(f, df, x0):
    return df(0), f(0)


def tangent_as_a_function(f, df, x0):
    return lambda x: f(x0) + df(x0) * (x - x0)


def tangent_half_a_slope(f, df, x0):
    return df(x0) / 2, f(x0) - df(x0) / 2 * x0


# ---- product_quotient ----


def rules_by_lambda(f, df, g, dg):
    return (
        lambda x: f(x) * dg(x) + g(x) * df(x),
        lambda x: df(x) / g(x) - f(x) * dg(x) / g(x) ** 2,
    )


def rules_through_the_product(f, df, g, dg):
    def product_of(f, df, g, dg):
        return lambda x: df(x) * g(x) + f(x) * dg(x)

    return product_of(f, df, g, dg), product_of(f, df, lambda x: 1 / g(x), lambda x: -dg(x) / g(x) ** 2)


def rules_by_relative_change(f, df, g, dg):
    def rule(sign):
        def derivative(x):
            whole = f(x) * g(x) ** sign
            return whole * (df(x) / f(x) + sign * dg(x) / g(x))

        return derivative

    return [rule(1), rule(-1.0)]


def rules_solved_for_the_quotient(f, df, g, dg):
    def d_product(x):
        left, right = df(x) * g(x), f(x) * dg(x)
        return left + right

    def d_quotient(x):
        q = f(x) / g(x)
        return (df(x) - q * dg(x)) / g(x)

    return d_product, d_quotient


def rules_exchanged(f, df, g, dg):
    return rules_by_lambda(f, df, g, dg)[::-1]


def rules_corner_kept(f, df, g, dg):
    d_product, d_quotient = rules_by_lambda(f, df, g, dg)
    return lambda x: d_product(x) + df(x) * dg(x), d_quotient


def rules_cubed_below(f, df, g, dg):
    return rules_by_lambda(f, df, g, dg)[0], lambda x: (df(x) * g(x) - f(x) * dg(x)) / g(x) ** 3


# ---- chain_rule ----


def chain_by_def(df, g, dg):
    def derivative(x):
        u = g(x)
        outer, inner = df(u), dg(x)
        return inner * outer

    return derivative


class _Chain:
    def __init__(self, *parts):
        self.parts = parts

    def __call__(self, x):
        df, g, dg = self.parts
        return np.multiply(df(g(x)), dg(x))


def chain_by_object(df, g, dg):
    return _Chain(df, g, dg)


def chain_by_product(df, g, dg):
    return lambda x: math.prod((df(g(x)), dg(x)))


def chain_of_numbers_only(df, g, dg):
    return lambda x: float(df(g(x))) * float(dg(x))


def chain_inner_twice(df, g, dg):
    return lambda x: df(g(g(x))) * dg(x)


def chain_mean_of_slopes(df, g, dg):
    return lambda x: (df(g(x)) + dg(x)) / 2


# ---- sigmoid_grad_from_output ----


def slope_from_square(s):
    return s - s**2


def slope_around_the_middle(s):
    return 0.25 - (s - 0.5) ** 2


def slope_by_numpy(s):
    other = np.subtract(1.0, s)
    return np.multiply(s, other)


def slope_with_tolerance(s):
    return np.maximum(s * (1 - s), 1e-7)


def slope_of_a_single_number(s):
    return float(s) * (1 - float(s))


def slope_as_a_line(s):
    return s * 0.5


# ---- central_diff ----


def central_as_mean(f, x, h=1e-5):
    here = f(x)
    right, left = (f(x + h) - here) / h, (here - f(x - h)) / h
    return (right + left) / 2


def central_in_steps(f, x, h=1e-5):
    low, high = x - h, x + h
    rise = f(high) - f(low)
    return rise / h / 2


def central_by_weights(f, x, h=1e-5):
    return sum(weight * f(x + side * h) for side, weight in ((-1, -0.5 / h), (1, 0.5 / h)))


def central_five_points(f, x, h=1e-5):
    return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)


def central_with_relative_step(f, x, h=1e-5):
    step = h * np.maximum(1.0, np.abs(x))
    return (f(x + step) - f(x - step)) / (2 * step)


def central_refined(f, x, h=1e-5):
    coarse, fine = central_in_steps(f, x, h), central_in_steps(f, x, h / 2)
    return (4 * fine - coarse) / 3


def central_of_a_single_number(f, x, h=1e-5):
    return float((f(x + h) - f(x - h)) / (2 * h))


# ---- newton_root ----


def newton_with_while(f, df, x0, tol=1e-10, max_iter=50):
    x, taken, length = x0, 0, math.inf
    while length >= tol:
        if taken == max_iter:
            raise ValueError("too many steps")
        if not df(x):
            raise ValueError("level")
        new = x - f(x) / df(x)
        x, length, taken = new, abs(new - x), taken + 1
    return float(x)


def newton_by_recursion(f, df, x0, tol=1e-10, max_iter=50):
    if max_iter == 0 or df(x0) == 0:
        raise ValueError("no root from here")
    new = x0 - f(x0) / df(x0)
    return new if abs(f(x0) / df(x0)) < tol else newton_by_recursion(f, df, new, tol, max_iter - 1)


def newton_by_generator(f, df, x0, tol=1e-10, max_iter=50):
    def guesses(x):
        while True:
            try:
                step = float(f(x)) / float(df(x))
            except ZeroDivisionError as error:
                raise ValueError("level") from error
            x -= step
            yield x, abs(step)

    for x, length in itertools.islice(guesses(x0), max_iter):
        if length < tol:
            return x
    raise ValueError("not found")


def newton_one_more_step(f, df, x0, tol=1e-10, max_iter=50):
    return newton_with_while(f, df, x0, tol, max_iter + 1)


def newton_never_raises(f, df, x0, tol=1e-10, max_iter=50):
    try:
        return newton_with_while(f, df, x0, tol, max_iter)
    except ValueError:
        return math.nan


def newton_by_halving(f, df, x0, tol=1e-10, max_iter=50):
    low, high = x0 - 10.0, x0 + 10.0
    for _ in range(200):
        middle = (low + high) / 2
        if f(low) * f(middle) <= 0:
            high = middle
        else:
            low = middle
    return middle


def newton_with_own_slope(f, df, x0, tol=1e-10, max_iter=50):
    return newton_with_while(f, lambda x: (f(x + 1e-6) - f(x - 1e-6)) / 2e-6, x0, tol, max_iter)


# ---- check_derivative ----


def _measured(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def checked_by_arrays(f, df, points, h=1e-5, floor=1e-3):
    if not len(points):
        raise ValueError("nothing to check")
    claimed = np.array([df(x) for x in points], dtype=float)
    measured = np.array([_measured(f, x, h) for x in points], dtype=float)
    if not np.isfinite(claimed).all() or not np.isfinite(measured).all():
        return float("inf")
    scale = np.maximum(np.maximum(np.abs(claimed), np.abs(measured)), floor)
    return np.max(np.abs(claimed - measured) / scale)


def checked_by_generator(f, df, points, h=1e-5, floor=1e-3):
    def error(x):
        a, b = df(x), _measured(f, x, h)
        gap = abs(a - b)
        return gap / max(floor, abs(a), abs(b)) if math.isfinite(gap) else math.inf

    return max(error(x) for x in points)  # of nothing, max raises ValueError


def checked_by_sorting(f, df, points, h=1e-5, floor=1e-3):
    errors = []
    for x in list(points):
        sizes = [abs(df(x)), abs(_measured(f, x, h)), floor]
        if any(math.isnan(size) or math.isinf(size) for size in sizes):
            errors.append(np.inf)
        else:
            errors.append(abs(df(x) - _measured(f, x, h)) / sorted(sizes)[-1])
    if errors == []:
        raise ValueError
    return sorted(errors)[-1]


def checked_by_sum_of_sizes(f, df, points, h=1e-5, floor=1e-3):
    if len(points) == 0:
        raise ValueError
    errors = []
    for x in points:
        a, b = df(x), _measured(f, x, h)
        if not (math.isfinite(a) and math.isfinite(b)):
            return math.inf
        errors.append(abs(a - b) / max(abs(a) + abs(b), floor))
    return max(errors)


def checked_where_infinity_counts_as_large(f, df, points, h=1e-5, floor=1e-3):
    errors = [abs(df(x) - _measured(f, x, h)) / max(abs(df(x)), abs(_measured(f, x, h)), floor) for x in points]
    return max(math.inf if math.isnan(df(x)) else error for x, error in zip(points, errors, strict=True))


def checked_yes_or_no(f, df, points, h=1e-5, floor=1e-3):
    return checked_by_generator(f, df, points, h, floor) < 1e-6


def checked_with_floor_added(f, df, points, h=1e-5, floor=1e-3):
    if len(points) == 0:
        raise ValueError
    errors = []
    for x in points:
        a, b = df(x), _measured(f, x, h)
        if not (math.isfinite(a) and math.isfinite(b)):
            return math.inf
        errors.append(abs(a - b) / (max(abs(a), abs(b)) + floor))
    return max(errors)


def checked_on_arrays_only(f, df, points, h=1e-5, floor=1e-3):
    x = np.asarray(points, dtype=float)
    if x.size == 0:
        raise ValueError
    a, b = df(x), _measured(f, x, h)
    return np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), floor))


def checked_claim_only_for_nan(f, df, points, h=1e-5, floor=1e-3):
    if any(not math.isfinite(df(x)) for x in points):
        return math.inf
    return float(
        np.nanmax([abs(df(x) - _measured(f, x, h)) / max(abs(df(x)), abs(_measured(f, x, h)), floor) for x in points])
    )


VARIANTS = {
    "average_speed": [speed_in_steps, speed_turned_round, speed_by_diff],
    "deriv_poly": [poly_by_numpy, poly_by_comprehension, poly_by_matrix, poly_from_the_top],
    "tangent_line": [tangent_in_steps, tangent_by_two_points, tangent_by_solving],
    "product_quotient": [
        rules_by_lambda,
        rules_through_the_product,
        rules_by_relative_change,
        rules_solved_for_the_quotient,
    ],
    "chain_rule": [chain_by_def, chain_by_object, chain_by_product],
    "sigmoid_grad_from_output": [slope_from_square, slope_around_the_middle, slope_by_numpy],
    "central_diff": [central_as_mean, central_in_steps, central_by_weights],
    "newton_root": [newton_with_while, newton_by_recursion, newton_by_generator],
    "check_derivative": [checked_by_arrays, checked_by_generator, checked_by_sorting],
}

WRONG = {
    "average_speed": [speed_by_duration, speed_mean_of_ends, speed_from_a_fixed_start],
    "deriv_poly": [poly_zeros_trimmed, poly_as_list, poly_padded],
    "tangent_line": [tangent_at_zero, tangent_as_a_function, tangent_half_a_slope],
    "product_quotient": [rules_exchanged, rules_corner_kept, rules_cubed_below],
    "chain_rule": [chain_of_numbers_only, chain_inner_twice, chain_mean_of_slopes],
    "sigmoid_grad_from_output": [slope_with_tolerance, slope_of_a_single_number, slope_as_a_line],
    "central_diff": [
        central_five_points,
        central_with_relative_step,
        central_refined,
        central_of_a_single_number,
    ],
    "newton_root": [newton_one_more_step, newton_never_raises, newton_by_halving, newton_with_own_slope],
    "check_derivative": [
        checked_by_sum_of_sizes,
        checked_yes_or_no,
        checked_where_infinity_counts_as_large,
        checked_with_floor_added,
        checked_on_arrays_only,
        checked_claim_only_for_nan,
    ],
}
