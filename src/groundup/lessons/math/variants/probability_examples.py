"""Other programs for the exercises on probability: right ones that look nothing like the reference, and wrong ones
that are none of its known mistakes. Knows nothing of how they are judged.
"""

import bisect
import itertools
import math

import numpy as np

# ---- roll_dice ----


def rolls_by_floor(n, k, rng):
    return np.floor(rng.random(n) * k).astype(int) + 1


def rolls_by_choice(n, k, rng):
    return rng.choice(np.arange(1, k + 1), size=n)


def rolls_one_by_one(n, k, rng):
    return np.array([int(rng.integers(k)) + 1 for _ in range(n)])


def rolls_up_to_k(n, k, rng):
    return rng.integers(low=1, high=k, size=(n,), endpoint=True)


def rolls_from_a_shuffled_deck(n, k, rng):
    return rng.permutation(np.arange(n) % k + 1)


def rolls_sorted(n, k, rng):
    return np.sort(rng.integers(1, k + 1, size=n))


def rolls_of_two_halves(n, k, rng):
    return (rng.integers(1, k + 1, size=n) + rng.integers(1, k + 1, size=n)) // 2


def rolls_as_floats(n, k, rng):
    return np.ceil(rng.uniform(0, k, size=n))


def rolls_seeded_by_the_first(n, k, rng):
    return np.random.default_rng(n).permutation(rng.integers(1, k + 1, size=n)) * 0 + rng.integers(1, k + 1)


# ---- expectation_var ----


def moments_by_loop(values, probs):
    if any(p < 0 for p in probs) or not abs(sum(probs) - 1) <= 1e-9:
        raise ValueError("no probabilities")
    mean = 0.0
    for x, p in zip(values, probs, strict=True):
        mean += p * x
    var = 0.0
    for x, p in zip(values, probs, strict=True):
        var += p * (x - mean) ** 2
    return mean, var


def moments_by_dot(values, probs):
    x, p = np.array(values, dtype=np.float64), np.array(probs, dtype=np.float64)
    if (p < 0).any() or not math.isclose(math.fsum(p), 1, rel_tol=0, abs_tol=1e-9):
        raise ValueError
    mean = float(p @ x)
    return [mean, float(p @ np.square(x - mean))]


def moments_by_shift(values, probs):
    p = np.asarray(probs, dtype=float)
    if p.min() < 0 or np.abs(1 - p.sum()) > 1e-9:
        raise ValueError("weights")
    x = np.asarray(values, dtype=float)
    moved = x - x[0]
    mean = (p * moved).sum()
    return x[0] + mean, (p * moved**2).sum() - mean**2


def moments_of_pairs(values, probs):
    mean, _ = moments_by_loop(values, probs)
    pairs = itertools.product(zip(values, probs, strict=True), repeat=2)
    return mean, sum(p * q * (x - y) ** 2 for (x, p), (y, q) in pairs) / 2


def moments_with_n_less_one(values, probs):
    mean, var = moments_by_loop(values, probs)
    return mean, var * len(values) / max(len(values) - 1, 1)


def moments_by_absolute_deviation(values, probs):
    mean, _ = moments_by_loop(values, probs)
    return mean, sum(p * abs(x - mean) for x, p in zip(values, probs, strict=True))


def moments_around_the_middle(values, probs):
    mean, _ = moments_by_loop(values, probs)
    middle = sorted(values)[len(values) // 2]
    return mean, sum(p * (x - middle) ** 2 for x, p in zip(values, probs, strict=True))


def moments_loosely_checked(values, probs):
    if min(probs) < 0 or not np.isclose(sum(probs), 1):
        raise ValueError
    probs = np.asarray(probs)
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (np.asarray(values) - mean) ** 2)


# ---- conditionals ----


def rows_by_loop(P):
    rows = []
    for row in P:
        total = sum(row)
        rows.append([float(entry / total) if total else 0.0 for entry in row])
    return np.array(rows)


def rows_by_divide(P):
    P = np.array(P, dtype=float)
    totals = P @ np.ones(P.shape[1])
    return np.divide(P, totals[:, None], out=np.zeros_like(P), where=totals[:, None] > 0)


def rows_by_transpose(P):
    P = np.asarray(P, dtype=float)
    total = P.sum(axis=1)
    return (P.T / np.where(total == 0, np.inf, total)).T


def rows_by_nan_to_num(P):
    P = np.asarray(P, dtype=float)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(P / P.sum(axis=1).reshape(-1, 1))


def rows_by_root_of_squares(P):
    P = np.asarray(P, dtype=float)
    return rows_by_loop(P**2)


def rows_in_place(P):
    if isinstance(P, np.ndarray) and P.dtype.kind == "f":
        P /= np.where(P.sum(axis=1, keepdims=True) > 0, P.sum(axis=1, keepdims=True), 1)
        return P
    return rows_by_loop(P)


def rows_without_the_empty_ones(P):
    P = np.asarray(P, dtype=float)
    return rows_by_loop(P[P.sum(axis=1) > 0])


# ---- bayes ----


def bayes_by_loop(prior, like):
    m, n = len(prior), len(like[0])
    after = np.zeros((m, n))
    for j in range(n):
        weights = [prior[i] * like[i][j] for i in range(m)]
        if sum(weights) > 0:
            after[:, j] = np.array(weights) / sum(weights)
    return after


def bayes_by_diagonal(prior, like):
    joint = np.diag(np.asarray(prior, dtype=float)) @ np.asarray(like, dtype=float)
    seen = joint.sum(axis=0)
    return joint / np.where(seen > 0, seen, 1)


def bayes_by_column(prior, like):
    joint = (np.asarray(like, dtype=float).T * np.asarray(prior, dtype=float)).T
    columns = [column / column.sum() if column.any() else column for column in joint.T]
    return np.stack(columns, axis=1)


def bayes_prior_twice(prior, like):
    return bayes_by_loop([p * p for p in prior], like)


def bayes_first_finding_only(prior, like):
    return bayes_by_loop(prior, like)[:, 0]


def bayes_against_the_largest(prior, like):
    joint = np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float)
    top = joint.max(axis=0)
    return joint / np.where(top > 0, top, 1)


# ---- sample_categorical ----


def draw_by_bisect(p, n, rng):
    ends = list(itertools.accumulate(p))
    return np.array([bisect.bisect_right([end / ends[-1] for end in ends], u) for u in rng.random(n)])


def draw_by_counting(p, n, rng):
    ends = np.cumsum(p)
    u = rng.random(n) * ends[-1]
    return (u[:, None] >= ends).sum(axis=1)


def draw_by_walking(p, n, rng):
    ends = [0.0]
    for chance in p:
        ends.append(ends[-1] + chance)

    def walk(u):
        return next(i for i, end in enumerate(ends[1:]) if u * ends[-1] < end)

    return np.array([walk(u) for u in rng.random(n)])


def draw_last_that_can_come(p, n, rng):
    last = max(i for i, chance in enumerate(p) if chance > 0)
    return np.minimum(np.searchsorted(np.cumsum(p), rng.random(n), side="right"), last)


def draw_by_loop(p, n, rng):
    ends = np.cumsum(p)
    last = np.searchsorted(ends, ends[-1])  # the first end that is as far as the line goes
    classes = np.zeros(n, dtype=int)
    for j, u in enumerate(rng.random(n)):
        above = [i for i in range(len(ends)) if ends[i] > u]
        classes[j] = above[0] if above else last
    return classes


def draw_with_choice(p, n, rng):
    return rng.choice(len(p), size=n, p=np.asarray(p) / np.sum(p))


def draw_from_the_top(p, n, rng):
    edges = np.cumsum(p) / np.sum(p)
    return np.searchsorted(edges, 1 - rng.random(n), side="right").clip(0, len(p) - 1)


def draw_by_taking_away(p, n, rng):
    total = sum(p)

    def walk(left):  # each subtraction rounds, and at the end more may be left than the last piece is long
        for i, chance in enumerate(p):
            if left < chance:
                return i
            left -= chance
        return len(p)

    return np.array([walk(u * total) for u in rng.random(n)])


def draw_copies(p, n, rng):
    rng.random(n)
    return np.repeat(np.arange(len(p)), np.diff(np.rint(np.cumsum([0, *p]) * n)).astype(int))


def draw_as_floats(p, n, rng):
    return draw_by_counting(p, n, rng).astype(float)


def draw_from_the_likely_first(p, n, rng):
    order = np.argsort(p)[::-1]
    return order[draw_by_counting(np.asarray(p)[order], n, rng)]


# ---- monte_carlo ----


def mean_by_hand(f, sampler, n):
    values = f(sampler(n))
    mean = sum(values) / n
    square = sum((v - mean) ** 2 for v in values)
    return mean, math.sqrt(square / (n - 1) / n)


def mean_by_variance(f, sampler, n):
    y = np.asarray(f(sampler(n)), dtype=float)
    return y.mean(), (y.var(ddof=1) / n) ** 0.5


def mean_by_norm(f, sampler, n):
    draws = sampler(n)
    y = f(draws)
    centre = np.mean(y)
    return [float(centre), float(np.linalg.norm(y - centre) / np.sqrt(n * (n - 1)))]


def mean_with_two_errors(f, sampler, n):
    mean, error = mean_by_hand(f, sampler, n)
    return mean, 1.96 * error


def mean_of_half(f, sampler, n):
    values = f(sampler(n))
    return np.mean(values[: n // 2]), np.std(values, ddof=1) / np.sqrt(n)


def mean_and_median(f, sampler, n):
    values = f(sampler(n))
    return np.median(values), np.std(values, ddof=1) / np.sqrt(n)


def mean_in_two_halves(f, sampler, n):
    values = np.concatenate([f(sampler(n // 2)), f(sampler(n - n // 2))])
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(n)


# ---- covariance ----


def covariance_by_numpy(X):
    return np.cov(np.asarray(X, dtype=float), rowvar=False).reshape(np.shape(X)[1], -1)


def covariance_by_loop(X):
    X = [[float(entry) for entry in row] for row in X]
    n, d = len(X), len(X[0])
    mean = [sum(row[j] for row in X) / n for j in range(d)]
    return np.array(
        [[sum((r[i] - mean[i]) * (r[j] - mean[j]) for r in X) / (n - 1) for j in range(d)] for i in range(d)]
    )


def covariance_by_outer_products(X):
    X = np.asarray(X, dtype=float)
    total = np.zeros((X.shape[1], X.shape[1]))
    for deviation in X - X.mean(axis=0):
        total += np.outer(deviation, deviation)
    return total / (len(X) - 1)


def covariance_from_the_first_sample(X):
    X = np.asarray(X, dtype=float)
    moved = X - X[0]
    return moved.T @ moved / (len(X) - 1)


def covariance_of_sizes(X):
    X = np.asarray(X, dtype=float)
    centred = np.abs(X - X.mean(axis=0))
    return centred.T @ centred / (len(X) - 1)


def covariance_upper_half(X):
    return np.triu(covariance_by_loop(X))


def covariance_diagonal(X):
    return np.diag(np.var(np.asarray(X, dtype=float), axis=0, ddof=1))


# ---- standardise ----


def scale_by_column(train, test):
    train, test = np.array(train, dtype=float), np.array(test, dtype=float)
    for j in range(train.shape[1]):
        column = train[:, j].copy()
        centre = column.mean()
        spread = 1.0 if np.all(column == column[0]) else np.sqrt(np.mean((column - centre) ** 2))
        train[:, j], test[:, j] = (column - centre) / spread, (test[:, j] - centre) / spread
    return train, test


def scale_through_a_function(train, test):
    fit = np.asarray(train, dtype=float)
    centre, spread = np.mean(fit, axis=0), np.std(fit, axis=0)
    spread[np.ptp(fit, axis=0) == 0] = 1

    def apply(data):
        return np.divide(np.asarray(data, dtype=float) - centre, spread)

    return [apply(train), apply(test)]


def scale_both_at_once(train, test):
    both = np.concatenate([train, test]).astype(float)
    n = len(train)
    varies = (both[:n] != both[0]).any(axis=0)
    both = both - both[:n].mean(axis=0)
    root = np.sqrt((both[:n] ** 2).sum(axis=0) / n)
    both = np.where(varies, both / np.where(varies, root, 1), both)
    return both[:n], both[n:]


def scale_to_the_range(train, test):
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    low, high = train.min(axis=0), train.max(axis=0)
    span = np.where(high > low, high - low, 1)
    return (train - low) / span, (test - low) / span


def scale_where_neighbours_differ(train, test):
    fit = np.asarray(train, dtype=float)
    centre, spread = fit.mean(axis=0), fit.std(axis=0)
    spread[fit[-1] == fit[-2]] = 1
    return (fit - centre) / spread, (np.asarray(test) - centre) / spread


def scale_by_the_middle(train, test):
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    spread = np.where(np.ptp(train, axis=0) > 0, train.std(axis=0), 1)
    return (train - np.median(train, axis=0)) / spread, (test - np.median(train, axis=0)) / spread


def scale_in_place(train, test):
    seen, unseen = scale_by_column(train, test)
    for old, new in ((train, seen), (test, unseen)):
        if isinstance(old, np.ndarray) and old.dtype.kind == "f":
            old[...] = new
    return seen, unseen


VARIANTS = {
    "roll_dice": [rolls_by_floor, rolls_by_choice, rolls_one_by_one, rolls_up_to_k],
    "expectation_var": [moments_by_loop, moments_by_dot, moments_by_shift, moments_of_pairs],
    "conditionals": [rows_by_loop, rows_by_divide, rows_by_transpose, rows_by_nan_to_num],
    "bayes": [bayes_by_loop, bayes_by_diagonal, bayes_by_column],
    "sample_categorical": [
        draw_by_bisect,
        draw_by_counting,
        draw_by_walking,
        draw_last_that_can_come,
        draw_by_loop,
        draw_with_choice,
    ],
    "monte_carlo": [mean_by_hand, mean_by_variance, mean_by_norm],
    "covariance": [covariance_by_numpy, covariance_by_loop, covariance_by_outer_products],
    "standardise": [scale_by_column, scale_through_a_function, scale_both_at_once],
}

WRONG = {
    "roll_dice": [
        rolls_from_a_shuffled_deck,
        rolls_sorted,
        rolls_of_two_halves,
        rolls_as_floats,
        rolls_seeded_by_the_first,
    ],
    "expectation_var": [
        moments_with_n_less_one,
        moments_by_absolute_deviation,
        moments_around_the_middle,
        moments_loosely_checked,
    ],
    "conditionals": [rows_by_root_of_squares, rows_in_place, rows_without_the_empty_ones],
    "bayes": [bayes_prior_twice, bayes_first_finding_only, bayes_against_the_largest],
    "sample_categorical": [
        draw_from_the_top,
        draw_by_taking_away,
        draw_copies,
        draw_as_floats,
        draw_from_the_likely_first,
    ],
    "monte_carlo": [mean_with_two_errors, mean_of_half, mean_and_median, mean_in_two_halves],
    "covariance": [
        covariance_from_the_first_sample,
        covariance_of_sizes,
        covariance_upper_half,
        covariance_diagonal,
    ],
    "standardise": [scale_to_the_range, scale_where_neighbours_differ, scale_by_the_middle, scale_in_place],
}
