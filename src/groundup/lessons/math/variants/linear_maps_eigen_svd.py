"""Other programs for the exercises on eigenvalues and singular values: right ones that look nothing like the reference,
and wrong ones that are none of its known mistakes. Knows nothing of how they are judged.
"""

import math

import numpy as np

# ---- power_iteration ----


def power_with_norm(A, k, rng):
    x = rng.normal(size=A.shape[0])
    x /= np.linalg.norm(x)
    while k > 0:
        x = A.dot(x)
        x /= np.linalg.norm(x)
        k -= 1
    return float(np.dot(x, A.dot(x))), x


def power_by_recursion(A, k, rng):
    def unit(v):
        return v / math.sqrt(sum(entry * entry for entry in v))

    def after(steps):
        return start if steps == 0 else unit(A @ after(steps - 1))

    start, steps = unit(rng.normal(size=len(A))), min(k, 300)
    v = after(steps)
    for _ in range(k - steps):
        v = unit(A @ v)
    return sum(v[i] * A[i, j] * v[j] for i in range(len(v)) for j in range(len(v))), v


def power_as_a_column(A, k, rng):
    n = len(A)
    v = rng.normal(size=(n, 1))
    for step in range(k + 1):
        v = (A @ v) if step else v
        v = v / np.sqrt(np.sum(v**2))
    return (v.T @ A @ v)[0, 0], v[:, 0]


def power_ratio_of_entries(A, k, rng):
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
    return (A @ v)[0] / v[0], v


def power_from_a_uniform_start(A, k, rng):
    v = rng.random(len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
    return v @ A @ v, v


def power_that_stops_early(A, k, rng):
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        w = A @ v
        w = w / np.sqrt(w @ w)
        if np.abs(w - v).max() < 1e-3:
            break
        v = w
    return v @ A @ v, v


# ---- svd_from_eigh ----


def svd_by_numpy_cut(A):
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    r = int(np.sum(sigma**2 > 1e-10 * sigma[0] ** 2))
    return U[:, :r], sigma[:r], Vt[:r]


def svd_from_the_left(A):
    lam, U = np.linalg.eigh(A @ A.T)
    order = [i for i in np.argsort(-lam) if lam[i] > 1e-10 * lam.max()]
    sigma, U = np.sqrt(lam[order]), U[:, order]
    return U, sigma, (A.T @ U / sigma).T


def svd_one_by_one(A):
    lam, V = np.linalg.eig(A.T @ A)
    lam, V = lam.real, V.real
    us, sigmas, vs = [], [], []
    for i in np.argsort(lam)[::-1]:
        if lam[i] > 1e-10 * max(lam):
            v = V[:, i]
            image = A @ v
            size = math.sqrt(image @ image)
            us.append(image / size)
            sigmas.append(size)
            vs.append(v)
    return np.column_stack(us), np.array(sigmas), np.array(vs)


def svd_with_everything_kept_by_numpy(A):
    return np.linalg.svd(A, full_matrices=False)


def svd_with_positive_u(A):
    U, sigma, Vt = svd_by_numpy_cut(A)
    return np.abs(U), sigma, Vt


def svd_signs_of_one_side(A):
    U, sigma, Vt = svd_by_numpy_cut(A)
    return U, sigma, Vt * -np.sign(np.sum(U, axis=0))[:, None]


# ---- low_rank ----


def rank_k_summed(A, k):
    U, sigma, Vt = np.linalg.svd(A)
    return sum(sigma[i] * np.outer(U[:, i], Vt[i]) for i in range(k))


def rank_k_projected(A, k):
    _, V = np.linalg.eigh(A.T @ A)
    best = V[:, ::-1][:, :k]
    return A @ best @ best.T


def rank_k_with_zeros(A, k):
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return U @ np.diag(np.where(np.arange(len(sigma)) < k, sigma, 0)) @ Vt


def rank_k_from_the_left(A, k):
    U = np.linalg.svd(A)[0][:, :k]
    return U @ (U.T @ A)


def rank_k_shrunk(A, k):
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    border = sigma[k] if k < len(sigma) else 0.0
    return (U * np.maximum(sigma - border, 0)) @ Vt


def rank_k_without_a(A, k):
    Vt = np.linalg.svd(A, full_matrices=False)[2][:k]
    return np.ones(A.shape) @ Vt.T @ Vt


def rank_k_as_large_as_a(A, k):
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    B = (U[:, :k] * sigma[:k]) @ Vt[:k]
    return B * np.sqrt(np.sum(A**2) / np.sum(B**2))


# ---- pca ----


def pca_from_covariance(X, k):
    lam, V = np.linalg.eigh(np.cov(X.T))
    return V.T[::-1][:k], lam[::-1][:k]


def pca_transposed(X, k):
    D = (X - np.mean(X, axis=0)).T
    U, sigma, _ = np.linalg.svd(D / np.sqrt(len(X) - 1))
    return U[:, :k].T, (sigma * sigma)[:k]


def pca_measured(X, k):
    D = np.array([row - X.mean(axis=0) for row in X])
    lam, V = np.linalg.eig(D.T @ D)
    order = np.argsort(-lam.real)[:k]
    directions = V.real[:, order].T
    return directions, np.array([np.var(D @ v, ddof=1) for v in directions])


def pca_shares(X, k):
    components, variances = pca_from_covariance(X, X.shape[1])
    return components[:k], variances[:k] / variances.sum()


def pca_about_the_median(X, k):
    D = X - np.median(X, axis=0)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return Vt[:k], sigma[:k] ** 2 / (len(X) - 1)


def pca_as_long_as_the_spread(X, k):
    components, variances = pca_from_covariance(X, k)
    return components * np.sqrt(np.abs(variances))[:, None], variances


# ---- condition_number ----


def condition_by_numpy(A):
    with np.errstate(all="ignore"):
        kappa = np.linalg.cond(A)
    return kappa if kappa < 1e12 else np.inf


def condition_of_both_ways(A):
    _, sigma, _ = np.linalg.svd(A)
    largest, smallest = max(sigma), min(sigma)
    if smallest <= largest * 1e-12:
        return float("inf")
    return np.linalg.norm(A, 2) * np.linalg.norm(np.linalg.pinv(A, rcond=0), 2)


def condition_of_the_transpose(A):
    sigma = sorted(np.linalg.svd(A.T, full_matrices=False)[1].tolist())
    if sigma[0] / sigma[-1] > 1e-12:
        return 1 / (sigma[0] / sigma[-1])
    return np.inf


def condition_in_frobenius(A):
    sigma = np.linalg.svd(A, compute_uv=False)
    if sigma[-1] <= 1e-12 * sigma[0]:
        return np.inf
    return np.sqrt(np.sum(sigma**2) * np.sum(1 / sigma**2))


def condition_first_two(A):
    sigma = np.linalg.svd(A, compute_uv=False)
    return np.inf if sigma[-1] <= 1e-12 * sigma[0] else sigma[0] / sigma[1]


def condition_without_the_lost(A):
    sigma = np.linalg.svd(A, compute_uv=False)
    sigma = sigma[sigma > 1e-12 * sigma[0]]
    return sigma[0] / sigma[-1]


# ---- whiten ----


def white_without_turning_away(X):
    D = X - X.mean(axis=0)
    lam, V = np.linalg.eigh(np.cov(X.T))
    return D @ (V / np.sqrt(lam)) @ V.T


def white_by_cholesky(X):
    D = X - X.mean(axis=0)
    L = np.linalg.cholesky(D.T @ D / (len(X) - 1))
    return np.linalg.solve(L, D.T).T


def white_left_vectors(X):
    U, _, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    return U * np.sqrt(len(X) - 1)


def white_by_gram_schmidt(X):
    columns = []
    for column in (X - X.mean(axis=0)).T:
        for q in columns:
            column = column - (q @ column) / (q @ q) * q
        columns.append(column / np.std(column, ddof=1))
    return np.array(columns).T


def white_largest_alone(X):
    D = X - X.mean(axis=0)
    lam, V = np.linalg.eigh(np.cov(X.T))
    return D @ V / np.sqrt(lam[-1])


def white_rows(X):
    Z = white_without_turning_away(X)
    return Z / np.sqrt(np.sum(Z**2, axis=1, keepdims=True))


def white_with_a_floor(X):
    D = X - X.mean(axis=0)
    lam, V = np.linalg.eigh(np.cov(X.T))
    return D @ V / np.sqrt(lam + 1e-5)


# ---- newton_schulz ----


def schulz_on_singular_values(G, steps=5):
    U, sigma, Vt = np.linalg.svd(G, full_matrices=False)
    s = sigma / np.sqrt(np.sum(sigma**2))
    for _ in range(steps):
        s = s * (3.4445 + s**2 * (-4.7750 + 2.0315 * s**2))
    return (U * s) @ Vt


def schulz_from_the_other_side(G, steps=5):
    X = G / np.linalg.norm(G)
    while steps:
        inner = X.T @ X
        X = X @ (3.4445 * np.eye(len(inner)) - 4.7750 * inner + 2.0315 * inner @ inner)
        steps -= 1
    return X


def schulz_transposed_when_tall(G, steps=5):
    X = G.T if G.shape[0] > G.shape[1] else G
    X = X / math.sqrt((X**2).sum())
    for _ in range(steps):
        S = X @ X.T
        X = 3.4445 * X + (-4.7750 * S + 2.0315 * S @ S) @ X
    return X.T if G.shape[0] > G.shape[1] else X


def schulz_cubic(G, steps=5):
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        X = 1.5 * X - 0.5 * X @ X.T @ X
    return X


def schulz_exact(G, steps=5):
    U, _, Vt = np.linalg.svd(G, full_matrices=False)
    return U @ Vt


def schulz_by_the_largest_stretch(G, steps=5):
    X = G / np.linalg.norm(G, 2)
    for _ in range(steps):
        S = X @ X.T
        X = 3.4445 * X - 4.7750 * S @ X + 2.0315 * S @ S @ X
    return X


VARIANTS = {
    "power_iteration": [power_with_norm, power_by_recursion, power_as_a_column],
    "svd_from_eigh": [svd_by_numpy_cut, svd_from_the_left, svd_one_by_one],
    "low_rank": [rank_k_summed, rank_k_projected, rank_k_with_zeros, rank_k_from_the_left],
    "pca": [pca_from_covariance, pca_transposed, pca_measured],
    "condition_number": [condition_by_numpy, condition_of_both_ways, condition_of_the_transpose],
    "whiten": [white_without_turning_away, white_by_cholesky, white_left_vectors, white_by_gram_schmidt],
    "newton_schulz": [schulz_on_singular_values, schulz_from_the_other_side, schulz_transposed_when_tall],
}

WRONG = {
    "power_iteration": [power_ratio_of_entries, power_from_a_uniform_start, power_that_stops_early],
    "svd_from_eigh": [svd_with_everything_kept_by_numpy, svd_with_positive_u, svd_signs_of_one_side],
    "low_rank": [rank_k_shrunk, rank_k_without_a, rank_k_as_large_as_a],
    "pca": [pca_shares, pca_about_the_median, pca_as_long_as_the_spread],
    "condition_number": [condition_in_frobenius, condition_first_two, condition_without_the_lost],
    "whiten": [white_largest_alone, white_rows, white_with_a_floor],
    "newton_schulz": [schulz_cubic, schulz_exact, schulz_by_the_largest_stretch],
}
