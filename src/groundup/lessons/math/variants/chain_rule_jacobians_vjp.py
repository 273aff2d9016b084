"""Other programs for the exercises on Jacobians: right ones that look nothing like the reference, and wrong ones that
are none of its known mistakes. Knows nothing of how they are judged.
"""

import functools

import numpy as np

# ---- jacobian_fd ----


def jacobian_by_columns(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        up, down = x.copy(), x.copy()
        up[j] += h
        down[j] -= h
        columns.append((f(up) - f(down)) / (2 * h))
    return np.column_stack(columns)


def jacobian_by_rows(f, x, h=1e-5):
    x = np.asarray(x) * 1.0
    rows = []
    for i in range(len(f(x))):
        row = []
        for j in range(len(x)):
            step = np.zeros(len(x))
            step[j] = h
            row.append((f(x + step)[i] - f(x - step)[i]) / (2 * h))
        rows.append(row)
    return np.array(rows)


def jacobian_filled_in(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    J = np.zeros((len(f(x)), len(x)))
    for j, e in enumerate(np.eye(len(x))):
        J[:, j] = 0.5 * (f(x + h * e) - f(x - h * e)) / h
    return J


def jacobian_transposed_at_the_end(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    above = np.array([f(row) for row in x + h * np.eye(len(x))])
    below = np.array([f(row) for row in x - h * np.eye(len(x))])
    return (above - below).T / (2 * h)


def jacobian_five_points(f, x, h=1e-5):
    def at(k, e):
        return f(x + k * h * e)

    x = np.array(x, dtype=float)
    return np.column_stack([(8 * (at(1, e) - at(-1, e)) - (at(2, e) - at(-2, e))) / (12 * h) for e in np.eye(len(x))])


def jacobian_with_relative_steps(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    columns = []
    for e in np.eye(len(x)):
        step = h * max(1.0, abs(float(x @ e)))
        columns.append((f(x + step * e) - f(x - step * e)) / (2 * step))
    return np.column_stack(columns)


def jacobian_in_sizes(f, x, h=1e-5):
    return np.abs(jacobian_by_columns(f, x, h))


# ---- chain_jacobians ----


def chain_from_the_end(steps, x):
    places = []
    for f, _ in steps:
        places.append(x)
        x = f(x)
    total = np.eye(len(x))
    for (_, J), place in zip(reversed(steps), reversed(places), strict=True):
        total = total @ J(place)
    return total


def chain_by_recursion(steps, x):
    (f, J), rest = steps[0], steps[1:]
    return chain_by_recursion(rest, f(x)) @ J(x) if rest else np.array(J(x))


def chain_by_reduce(steps, x):
    Js = []
    for f, J in steps:
        Js.insert(0, J(x))
        x = f(x)
    return functools.reduce(np.matmul, Js)


def chain_by_columns(steps, x):
    columns = []
    for e in np.eye(len(x)):
        place, column = x, e
        for f, J in steps:
            place, column = f(place), J(place).dot(column)
        columns.append(column)
    return np.array(columns).T


def chain_one_place_late(steps, x):
    total, before = np.eye(len(x)), x
    for k, (f, J) in enumerate(steps):
        total = J(x if k < 2 else before) @ total if J(x).shape[1] == len(x) else total
        before, x = x, f(x)
    return total


def chain_transposed(steps, x):
    return chain_from_the_end(steps, x).T


def chain_without_the_first(steps, x):
    first, rest = steps[0], steps[1:]
    return chain_from_the_end(rest, first[0](x)) if rest else first[1](x)


# ---- vjp_mean ----


def mean_back_by_repeat(g, d):
    return np.repeat(g / d, d).reshape(len(g), d)


def mean_back_by_outer(g, d):
    return np.outer(g, np.full(d, 1 / d))


def mean_back_by_stack(g, d):
    return np.column_stack([g / d] * d)


def mean_back_by_matrix(g, d):
    return (np.eye(len(g)) @ g.reshape(-1, 1)) @ np.ones((1, d)) * (1 / d)


def mean_back_of_unbiased(g, d):
    return np.outer(g, np.ones(d)) / max(d - 1, 1)


def mean_back_to_the_first(g, d):
    back = np.zeros((len(g), d))
    back[:, 0] = g
    return back


def mean_back_by_root(g, d):
    return np.outer(g, np.ones(d)) / np.sqrt(d)


# ---- adjoint_test ----


def tested_by_flat_dots(jvp, vjp, x):
    draws = np.random.default_rng(7)
    v = draws.normal(size=x.shape)
    forward = jvp(v)
    u = draws.normal(size=forward.shape)
    back = vjp(u)
    if back.shape != v.shape:
        return False
    a, b = float(u.reshape(-1) @ forward.reshape(-1)), float(back.reshape(-1) @ v.reshape(-1))
    return bool(np.isfinite(a) and np.isfinite(b) and abs(a - b) <= 1e-6 * abs(a))


def tested_with_one_return(jvp, vjp, x):
    rng = np.random.default_rng(2026)
    v = rng.normal(size=np.shape(x))
    out = np.asarray(jvp(v))
    u = rng.normal(size=out.shape)
    back = np.asarray(vjp(u))
    same = np.shape(back) == np.shape(x)
    gaps = [np.sum(u * out), np.sum(back * v)] if same else [np.nan, np.nan]
    return bool(np.all(np.isfinite(gaps))) and not bool(abs(gaps[0] - gaps[1]) > 1e-6 * abs(gaps[0]))


def tested_by_loops(jvp, vjp, x):
    rng = np.random.default_rng(99)
    v = rng.normal(size=x.shape)
    out = jvp(v)
    u = rng.normal(size=out.shape)
    back = vjp(u)
    if back.shape != x.shape:
        return False
    a = sum(float(u[place] * out[place]) for place in np.ndindex(out.shape))
    b = sum(float(back[place] * v[place]) for place in np.ndindex(x.shape))
    if not np.isfinite(a) or not np.isfinite(b):
        return False
    return abs(a - b) <= abs(a) / 1_000_000


def tested_with_uniform_numbers(jvp, vjp, x):
    rng = np.random.default_rng(3)
    v = rng.random(x.shape)
    out = jvp(v)
    u = rng.random(out.shape)
    back = vjp(u)
    a, b = np.sum(u * out), np.sum(back * v) if back.shape == x.shape else np.nan
    return bool(np.isfinite(a) and np.isfinite(b) and abs(a - b) <= 1e-6 * abs(a))


def tested_loosely(jvp, vjp, x):
    rng = np.random.default_rng(0)
    v = rng.normal(size=x.shape)
    out = jvp(v)
    u = rng.normal(size=out.shape)
    back = vjp(u)
    if back.shape != x.shape:
        return False
    a, b = np.sum(u * out), np.sum(back * v)
    return bool(np.isfinite(a + b) and abs(a - b) <= 0.02 * abs(a))


def tested_on_signs(jvp, vjp, x):
    rng = np.random.default_rng(0)
    v = rng.normal(size=x.shape)
    out = jvp(v)
    u = rng.normal(size=out.shape)
    back = vjp(u)
    return bool(back.shape == x.shape and np.sum(u * out) * np.sum(back * v) > 0)


def tested_always_right(jvp, vjp, x):
    return True


def tested_by_means(jvp, vjp, x):
    rng = np.random.default_rng(0)
    v = rng.normal(size=x.shape)
    out = jvp(v)
    u = rng.normal(size=out.shape)
    back = vjp(u)
    if back.shape != x.shape:
        return False
    a, b = np.mean(u * out), np.mean(back * v)
    return bool(np.isfinite(a) and np.isfinite(b) and abs(a - b) <= 1e-6 * abs(a))


# ---- vjp_matmul ----


def product_back_by_einsum(A, B, G):
    return np.einsum("ij,sj->is", G, B), np.einsum("is,ij->sj", A, G)


def product_back_by_transposes(A, B, G):
    return (B @ G.T).T, (G.T @ A).T


def product_back_by_broadcasting(A, B, G):
    gA = (G[:, None, :] * B[None, :, :]).sum(axis=2)
    gB = (A[:, :, None] * G[:, None, :]).sum(axis=0)
    return gA, gB


def product_back_by_dot(A, B, G):
    return [np.dot(G, np.transpose(B)), np.transpose(A).dot(G)]


def product_back_with_sums(A, B, G):
    return np.outer(G.sum(axis=1), B.sum(axis=1)), np.outer(A.sum(axis=0), G.sum(axis=0))


def product_back_with_sizes(A, B, G):
    return G @ np.abs(B).T, np.abs(A).T @ G


def product_back_averaged(A, B, G):
    return G @ B.T / G.shape[1], A.T @ G / G.shape[0]


# ---- vjp_linear ----


def layer_back_by_outer(W, X, G):
    gW = np.einsum("ij,ik->jk", G, X)
    return gW, np.ones(len(G)) @ G, np.einsum("ij,jk->ik", G, W)


def layer_back_by_matmul_rule(W, X, G):
    gX, gWt = G @ W, X.T @ G
    return gWt.T, sum(G), gX


def layer_back_with_a_one(W, X, G):
    both = G.T @ np.column_stack([X, np.ones(len(X))])
    return both[:, :-1], both[:, -1], (W.T @ G.T).T


def layer_back_by_broadcasting(W, X, G):
    gW = (G[:, :, None] * X[:, None, :]).sum(axis=0)
    return [gW, np.sum(G, axis=0), (G[:, :, None] * W[None, :, :]).sum(axis=1)]


def layer_back_bias_as_row(W, X, G):
    return G.T @ X, G.sum(axis=0)[None, :], G @ W


def layer_back_summed_inputs(W, X, G):
    return G.T @ X, G.sum(axis=0), (G @ W).sum(axis=0)


def layer_back_gradient_of_the_sum(W, X, G):
    ones = np.ones(G.shape)
    return ones.T @ X, G.sum(axis=0), ones @ W


# ---- vjp_softmax ----


def softmax_back_in_two_terms(P, G):
    weighted = P * G
    return weighted - P * weighted.sum(axis=1, keepdims=True)


def softmax_back_by_einsum(P, G):
    mean = np.einsum("ij,ij->i", P, G)
    return np.einsum("ij,ij->ij", P, G - mean.reshape(-1, 1))


def softmax_back_on_columns(P, G):
    p, g = P.T, G.T
    return (p * (g - (p * g).sum(axis=0))).T


def softmax_back_centred_first(P, G):
    centred = G - G.max(axis=1)[:, None]
    average = ((P * centred) @ np.ones(P.shape[1]))[:, None]
    return (centred - average) * P


def softmax_back_once_more(P, G):
    Q = np.exp(P) / np.exp(P).sum(axis=1)[:, None]
    return Q * (G - (Q * G).sum(axis=1)[:, None])


def softmax_back_squared(P, G):
    return P * (G - (P * P * G).sum(axis=1)[:, None])


def softmax_back_as_sigmoid(P, G):
    return P * (1 - P) * (G - (P * G).sum(axis=1)[:, None])


# ---- loss_gradient ----


def loss_back_by_difference(W, X, P, y):
    D = (P - np.eye(P.shape[1])[y]) / len(y)
    return D.T @ X, D.sum(axis=0), D @ W


def loss_back_by_index(W, X, P, y):
    D = P.copy()
    D[np.arange(len(y)), y] -= 1
    D /= len(y)
    return D.T @ X, np.sum(D, axis=0), np.matmul(D, W)


def loss_back_row_by_row(W, X, P, y):
    n = len(y)
    gW, gb, gX = np.zeros(W.shape), np.zeros(len(W)), []
    for i in range(n):
        d = np.array(P[i]) / n
        d[y[i]] -= 1 / n
        gW += np.outer(d, X[i])
        gb += d
        gX.append(d @ W)
    return gW, gb, np.array(gX)


def loss_back_link_by_link(W, X, P, y):
    n, k = P.shape
    G = np.where(np.arange(k)[None, :] == y[:, None], -1 / (n * P), 0.0)
    D = P * G - P * (P * G).sum(axis=1)[:, None]
    return D.T @ X, D.sum(axis=0), D @ W


def loss_back_smoothed(W, X, P, y):
    n, k = P.shape
    D = (P - 0.9 * np.eye(k)[y] - 0.1 / k) / n
    return D.T @ X, D.sum(axis=0), D @ W


def loss_back_in_bits(W, X, P, y):
    D = (P - np.eye(P.shape[1])[y]) / len(y) / np.log(2)
    return D.T @ X, D.sum(axis=0), D @ W


def loss_back_over_classes(W, X, P, y):
    D = (P - np.eye(P.shape[1])[y]) / P.size
    return D.T @ X, D.sum(axis=0), D @ W


def loss_back_squared(W, X, P, y):
    G = 2 * (P - np.eye(P.shape[1])[y]) / len(y)
    D = P * (G - (P * G).sum(axis=1)[:, None])
    return D.T @ X, D.sum(axis=0), D @ W


VARIANTS = {
    "jacobian_fd": [jacobian_by_columns, jacobian_by_rows, jacobian_filled_in, jacobian_transposed_at_the_end],
    "chain_jacobians": [chain_from_the_end, chain_by_recursion, chain_by_reduce, chain_by_columns],
    "vjp_mean": [mean_back_by_repeat, mean_back_by_outer, mean_back_by_stack, mean_back_by_matrix],
    "adjoint_test": [tested_by_flat_dots, tested_with_one_return, tested_by_loops, tested_with_uniform_numbers],
    "vjp_matmul": [
        product_back_by_einsum,
        product_back_by_transposes,
        product_back_by_broadcasting,
        product_back_by_dot,
    ],
    "vjp_linear": [
        layer_back_by_outer,
        layer_back_by_matmul_rule,
        layer_back_with_a_one,
        layer_back_by_broadcasting,
    ],
    "vjp_softmax": [
        softmax_back_in_two_terms,
        softmax_back_by_einsum,
        softmax_back_on_columns,
        softmax_back_centred_first,
    ],
    "loss_gradient": [loss_back_by_difference, loss_back_by_index, loss_back_row_by_row, loss_back_link_by_link],
}

WRONG = {
    "jacobian_fd": [jacobian_five_points, jacobian_with_relative_steps, jacobian_in_sizes],
    "chain_jacobians": [chain_one_place_late, chain_transposed, chain_without_the_first],
    "vjp_mean": [mean_back_of_unbiased, mean_back_to_the_first, mean_back_by_root],
    "adjoint_test": [tested_loosely, tested_on_signs, tested_always_right, tested_by_means],
    "vjp_matmul": [product_back_with_sums, product_back_with_sizes, product_back_averaged],
    "vjp_linear": [layer_back_bias_as_row, layer_back_summed_inputs, layer_back_gradient_of_the_sum],
    "vjp_softmax": [softmax_back_once_more, softmax_back_squared, softmax_back_as_sigmoid],
    "loss_gradient": [loss_back_smoothed, loss_back_in_bits, loss_back_over_classes, loss_back_squared],
}
