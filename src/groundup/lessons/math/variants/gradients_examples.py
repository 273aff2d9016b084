"""Other programs for the exercises on gradients: right ones that look nothing like the reference, and wrong ones that
are none of its known mistakes. Knows nothing of how they are judged.
"""

import itertools
import math

import numpy as np

# ---- partial ----


def partial_by_two_copies(f, x, i, h=1e-5):
    up = np.array(x, dtype=float)
    down = np.array(x, dtype=float)
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


def partial_there_and_back(f, x, i, h=1e-5):
    own = np.array(x) * 1.0
    here = own[i]
    heights = []
    for place in (here - h, here + h):
        own[i] = place
        heights.append(float(f(own)))
    return (heights[1] - heights[0]) / h / 2


def partial_by_lists(f, x, i, h=1e-5):
    place = i if isinstance(i, tuple) else (i,)
    entries = list(np.ndenumerate(x))

    def at(way):
        moved = [entry + way if where == place else float(entry) for where, entry in entries]
        return f(np.reshape(moved, np.shape(x)))

    return (at(h) - at(-h)) / (2.0 * h)


def partial_by_identity(f, x, i, h=1e-5):
    x = np.asarray(x)
    step = h * np.eye(x.size).reshape(x.shape + x.shape)[i]
    rise = f(np.add(x, step)) - f(np.subtract(x, step))
    return rise * 0.5 / h


def partial_with_relative_step(f, x, i, h=1e-5):
    step = h * max(1.0, abs(float(np.array(x)[i])))
    return partial_by_two_copies(f, x, i, step)


def partial_moves_up_to_i(f, x, i, h=1e-5):
    step = np.zeros(np.shape(x))
    step[: (i if isinstance(i, int) else i[0]) + 1] = h
    return (f(x + step) - f(x - step)) / (2 * h)


def partial_half_steps(f, x, i, h=1e-5):
    return partial_by_two_copies(f, x, i, h / 2)


# ---- numerical_gradient ----


def gradient_on_a_flat_copy(f, x, h=1e-5):
    flat = np.array(x, dtype=float).reshape(-1)
    slopes = []
    for k in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[k] += h
        down[k] -= h
        slopes.append((f(up.reshape(np.shape(x))) - f(down.reshape(np.shape(x)))) / (2 * h))
    return np.array(slopes).reshape(np.shape(x))


def gradient_step_and_back(f, x, h=1e-5):
    own = np.array(x, dtype=np.float64)
    result = np.empty_like(own)
    for place, value in np.ndenumerate(own.copy()):
        own[place] = value + h
        above = f(own.copy())
        own[place] = value - h
        below = f(own.copy())
        own[place] = value
        result[place] = (above - below) / (2 * h)
    return result


def gradient_by_product(f, x, h=1e-5):
    result = np.zeros(x.shape)
    for place in itertools.product(*map(range, x.shape)):
        moved = [x.astype(float) for _ in range(2)]
        moved[0][place] = moved[0][place] + h
        moved[1][place] = moved[1][place] - h
        result[place] = f(moved[0]) / (2 * h) - f(moved[1]) / (2 * h)
    return result


def gradient_by_identity(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps]).reshape(x.shape)


def gradient_five_points(f, x, h=1e-5):
    def slope(place):
        step = np.zeros(x.shape)
        step[place] = h
        return (8 * (f(x + step) - f(x - step)) - (f(x + 2 * step) - f(x - 2 * step))) / (12 * h)

    return np.array([slope(place) for place in np.ndindex(x.shape)]).reshape(x.shape)


def gradient_transposed(f, x, h=1e-5):
    return gradient_on_a_flat_copy(f, x, h).T


def gradient_column_by_column(f, x, h=1e-5):
    return gradient_on_a_flat_copy(f, x, h).reshape(-1).reshape(np.shape(x), order="F")


def gradient_as_a_list(f, x, h=1e-5):
    return gradient_on_a_flat_copy(f, x, h).tolist()


# ---- directional_derivative ----


def slope_by_the_gradient(f, x, u):
    x, u = np.array(x, dtype=float), np.array(u, dtype=float)
    if not u.any():
        raise ValueError("no direction")
    return float(gradient_on_a_flat_copy(f, x) @ (u / np.linalg.norm(u)))


def slope_by_two_places(f, x, u):
    length = math.sqrt(sum(float(part) ** 2 for part in u))
    if length == 0.0:
        raise ValueError
    ahead = np.array([a + 1e-5 * b / length for a, b in zip(x, u, strict=True)])
    behind = np.array([a - 1e-5 * b / length for a, b in zip(x, u, strict=True)])
    return (f(ahead) - f(behind)) / 2e-5


def slope_over_the_distance(f, x, u):
    if all(part == 0 for part in u):
        raise ValueError
    t = 1e-5 / np.hypot.reduce(np.asarray(u, dtype=float))
    way = t * np.asarray(u)
    return (f(np.asarray(x) + way) - f(np.asarray(x) - way)) / (2 * np.sqrt(way @ way))


def slope_with_a_rough_step(f, x, u):
    u = np.asarray(u, dtype=float)
    if not u.any():
        raise ValueError
    unit = u / np.sqrt(u @ u)
    return (f(np.asarray(x) + 0.01 * unit) - f(np.asarray(x) - 0.01 * unit)) / 0.02


def slope_by_the_largest_entry(f, x, u):
    u = np.asarray(u, dtype=float)
    if not u.any():
        raise ValueError
    unit = u / np.abs(u).max()
    return (f(np.asarray(x) + 1e-5 * unit) - f(np.asarray(x) - 1e-5 * unit)) / 2e-5


def slope_always_steepest(f, x, u):
    if not np.any(u):
        raise ValueError
    gradient = gradient_on_a_flat_copy(f, np.asarray(x, dtype=float))
    return float(np.sqrt(gradient @ gradient))


def slope_towards_a_place(f, x, u):
    way = np.asarray(u, dtype=float) - np.asarray(x, dtype=float)
    if not np.any(u):
        raise ValueError
    return slope_by_two_places(f, x, way) if way.any() else 0.0


# ---- gradcheck ----


def checked_entry_by_entry(f, g, x):
    x = np.array(x, dtype=float)
    claimed, measured = np.asarray(g(x.copy())), gradient_step_and_back(f, x)
    if np.shape(claimed) != np.shape(x):
        raise ValueError("shapes differ")
    pairs = [(float(claimed[place]), float(measured[place])) for place in np.ndindex(x.shape)]
    if not all(math.isfinite(a) and math.isfinite(b) for a, b in pairs):
        return math.inf
    largest = max(max(abs(a), abs(b)) for a, b in pairs)
    if largest == 0:
        return 0.0
    return max(abs(a - b) / max(abs(a), abs(b), 0.001 * largest) for a, b in pairs)


def checked_on_a_stack(f, g, x):
    place = np.asarray(x).astype(np.float64)
    claim = np.array(g(place), dtype=float)
    if claim.shape != place.shape:
        raise ValueError
    both = np.stack([claim, gradient_by_identity(f, place)])
    if np.isfinite(both).sum() < both.size:
        return np.inf
    if not both.any():
        return 0.0
    sizes = np.abs(both).max(axis=0)
    return float((np.abs(np.diff(both, axis=0)[0]) / np.clip(sizes, sizes.max() * 1e-3, None)).max())


def checked_with_a_loop(f, g, x):
    x = np.array(x, dtype=float)
    claimed = np.asarray(g(x), dtype=float)
    if claimed.shape != x.shape:
        raise ValueError
    flat, measured = claimed.ravel(), gradient_on_a_flat_copy(f, x).ravel()
    scale, worst = 0.0, 0.0
    for a, b in zip(flat, measured, strict=True):
        if not (np.isfinite(a) and np.isfinite(b)):
            return np.inf
        scale = max(scale, abs(a), abs(b))
    for a, b in zip(flat, measured, strict=True):
        if scale > 0:
            worst = max(worst, abs(a - b) / max(abs(a), abs(b), scale / 1000))
    return worst


def checked_by_lengths(f, g, x):
    x = np.array(x, dtype=float)
    claimed, measured = np.asarray(g(x), dtype=float), gradient_on_a_flat_copy(f, x)
    if claimed.shape != x.shape:
        raise ValueError
    if not (np.isfinite(claimed).all() and np.isfinite(measured).all()):
        return np.inf
    total = np.sqrt(np.sum(claimed**2)) + np.sqrt(np.sum(measured**2))
    return float(np.sqrt(np.sum((claimed - measured) ** 2)) / total) if total else 0.0


def checked_by_the_sum_of_sizes(f, g, x):
    x = np.array(x, dtype=float)
    claimed, measured = np.asarray(g(x), dtype=float), gradient_on_a_flat_copy(f, x)
    if claimed.shape != x.shape:
        raise ValueError
    if not (np.isfinite(claimed).all() and np.isfinite(measured).all()):
        return np.inf
    sizes = np.abs(claimed) + np.abs(measured)
    return float(np.max(np.abs(claimed - measured) / np.maximum(sizes, sizes.max() / 1000))) if sizes.any() else 0.0


def checked_yes_or_no(f, g, x):
    return checked_entry_by_entry(f, g, x) < 1e-5


def checked_floor_from_the_claim(f, g, x):
    x = np.array(x, dtype=float)
    claimed, measured = np.asarray(g(x), dtype=float), gradient_on_a_flat_copy(f, x)
    if claimed.shape != x.shape:
        raise ValueError
    if not (np.isfinite(claimed).all() and np.isfinite(measured).all()):
        return np.inf
    if not claimed.any():
        return 1.0 if measured.any() else 0.0
    sizes = np.maximum(np.abs(claimed), np.abs(measured))
    return float(np.max(np.abs(claimed - measured) / np.maximum(sizes, np.abs(claimed).max() / 1000)))


def checked_size_and_not_shape(f, g, x):
    x = np.array(x, dtype=float)
    claimed = np.asarray(g(x), dtype=float)
    if claimed.size != x.size:
        raise ValueError
    return checked_entry_by_entry(f, lambda _: claimed.reshape(x.shape), x)


# ---- grad_quadratic ----


def bowl_by_symmetry(A, b, x):
    return 0.5 * (np.asarray(A) + np.transpose(A)) @ x - b


def bowl_by_loops(A, b, x):
    d = len(x)
    result = np.zeros(d)
    for k in range(d):
        for j in range(d):
            result[k] += (A[k, j] + A[j, k]) * x[j] / 2
        result[k] -= b[k]
    return result


def bowl_from_both_sides(A, b, x):
    return np.mean([A @ x, x @ A], axis=0) - b


def bowl_by_sums(A, b, x):
    rows = (A * x).sum(axis=1)
    columns = (A.T * x).sum(axis=1)
    return (rows + columns) * 0.5 - b


def bowl_upper_half(A, b, x):
    upper = np.triu(A)
    return (upper + upper.T) @ x / 2 - b


def bowl_square(A, b, x):
    return A.T @ (A @ x - b)


def bowl_shifted(A, b, x):
    return (A + A.T) @ (x - b) / 2


def bowl_as_column(A, b, x):
    return ((A + A.T) @ x / 2 - b).reshape(-1, 1)


# ---- gd_path ----


def walk_into_an_array(grad, x0, lr, steps):
    path = np.zeros((steps + 1, len(x0)))
    path[0] = x0
    for k in range(steps):
        path[k + 1] = path[k] - lr * grad(path[k])
    return path


def walk_by_accumulate(grad, x0, lr, steps):
    start = np.array(x0, dtype=float)
    places = itertools.accumulate(range(steps), lambda x, _: x - lr * grad(x), initial=start)
    return np.stack(list(places))


def walk_by_copies(grad, x0, lr, steps):
    x, path = np.array(x0, dtype=float), []
    while True:
        path.append(x.copy())
        if len(path) > steps:
            return np.array(path)
        x -= lr * np.asarray(grad(x))


def walk_by_recursion(grad, x0, lr, steps):
    if steps == 0:
        return np.array([x0], dtype=float)
    before = walk_by_recursion(grad, x0, lr, steps - 1)
    return np.vstack([before, before[-1] - lr * grad(before[-1])])


def walk_with_momentum(grad, x0, lr, steps):
    x = np.array(x0, dtype=float)
    speed, path = np.zeros(len(x)), [x]
    for _ in range(steps):
        speed = 0.9 * speed + grad(x)
        x = x - lr * speed
        path.append(x)
    return np.array(path)


def walk_with_fading_steps(grad, x0, lr, steps):
    x = np.array(x0, dtype=float)
    path = [x]
    for k in range(steps):
        x = x - lr / (k + 1) * grad(x)
        path.append(x)
    return np.array(path)


def walk_as_columns(grad, x0, lr, steps):
    return walk_into_an_array(grad, x0, lr, steps).T


def walk_as_list(grad, x0, lr, steps):
    return list(walk_into_an_array(grad, x0, lr, steps))


def walk_by_signs(grad, x0, lr, steps):
    return walk_into_an_array(lambda x: np.sign(grad(x)), x0, lr, steps)


# ---- linreg_grad ----


def fit_by_loops(X, y, w):
    n, d = X.shape
    result = np.zeros(d)
    for i in range(n):
        residual = sum(X[i, j] * w[j] for j in range(d)) - y[i]
        for j in range(d):
            result[j] += 2 * residual * X[i, j] / n
    return result


def fit_by_mean_of_rows(X, y, w):
    residuals = X @ w - y
    return 2 * np.mean(X * residuals.reshape(-1, 1), axis=0)


def fit_from_the_left(X, y, w):
    return (X @ w - y) @ X * (2 / X.shape[0])


def fit_as_a_bowl(X, y, w):
    A, b = 2 * X.T @ X / len(X), 2 * X.T @ y / len(X)
    return A @ w - b


def fit_absolute(X, y, w):
    return X.T @ np.sign(X @ w - y) / len(y)


def fit_mean_of_everything(X, y, w):
    return 2 * np.mean(X * (X @ w - y).reshape(-1, 1)) * np.ones(len(w))


def fit_root(X, y, w):
    residual = X @ w - y
    return X.T @ residual / len(y) / np.sqrt(np.mean(residual**2) + 1e-12)


def fit_unbiased(X, y, w):
    return 2 * X.T @ (X @ w - y) / max(len(y) - 1, 1)


VARIANTS = {
    "partial": [partial_by_two_copies, partial_there_and_back, partial_by_lists, partial_by_identity],
    "numerical_gradient": [
        gradient_on_a_flat_copy,
        gradient_step_and_back,
        gradient_by_product,
        gradient_by_identity,
    ],
    "directional_derivative": [slope_by_the_gradient, slope_by_two_places, slope_over_the_distance],
    "gradcheck": [checked_entry_by_entry, checked_on_a_stack, checked_with_a_loop],
    "grad_quadratic": [bowl_by_symmetry, bowl_by_loops, bowl_from_both_sides, bowl_by_sums],
    "gd_path": [walk_into_an_array, walk_by_accumulate, walk_by_copies, walk_by_recursion],
    "linreg_grad": [fit_by_mean_of_rows, fit_from_the_left, fit_as_a_bowl],
}

WRONG = {
    "partial": [partial_with_relative_step, partial_moves_up_to_i, partial_half_steps],
    "numerical_gradient": [
        gradient_five_points,
        gradient_transposed,
        gradient_column_by_column,
        gradient_as_a_list,
    ],
    "directional_derivative": [
        slope_with_a_rough_step,
        slope_by_the_largest_entry,
        slope_always_steepest,
        slope_towards_a_place,
    ],
    "gradcheck": [
        checked_by_lengths,
        checked_by_the_sum_of_sizes,
        checked_yes_or_no,
        checked_floor_from_the_claim,
        checked_size_and_not_shape,
    ],
    "grad_quadratic": [bowl_upper_half, bowl_square, bowl_shifted, bowl_as_column],
    "gd_path": [walk_with_momentum, walk_with_fading_steps, walk_as_columns, walk_as_list, walk_by_signs],
    "linreg_grad": [fit_by_loops, fit_absolute, fit_mean_of_everything, fit_root, fit_unbiased],
}
