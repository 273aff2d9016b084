"""Other programs for the exercises on vectors: right ones that look nothing like the reference, and wrong ones that are
none of its known mistakes. Knows nothing of how they are judged.
"""

import functools
import itertools
import math

import numpy as np

# ---- dot ----


def dot_by_at(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a @ b  # of unequal lengths, @ raises ValueError


def dot_by_strict_zip(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def dot_with_while(a, b):
    if not len(a) == len(b):
        raise ValueError
    total, left = 0.0, len(a)
    while left:
        left -= 1
        total = total + float(a[left]) * float(b[left])
    return total


def dot_by_squares(a, b):
    """a·b from the lengths of the sum and of the difference."""
    if len(a) != len(b):
        raise ValueError
    both = [(float(x), float(y)) for x, y in zip(a, b, strict=True)]
    return (math.fsum((x + y) ** 2 for x, y in both) - math.fsum((x - y) ** 2 for x, y in both)) / 4


def dot_padded(a, b):
    return float(sum(x * y for x, y in itertools.zip_longest(a, b, fillvalue=0.0)))


def dot_of_sizes(a, b):
    if len(a) != len(b):
        raise ValueError
    return float(sum(abs(x * y) for x, y in zip(a, b, strict=True)))


def dot_only_the_longer_second_refused(a, b):
    if len(b) > len(a):
        raise ValueError
    return float(sum(x * y for x, y in zip(a, b)))  # noqa: B905


def dot_turned_round(a, b):
    if len(a) != len(b):
        raise ValueError
    return float(sum(x * y for x, y in zip(a, list(b)[::-1], strict=True)))


# ---- p_norm ----


def norm_by_linalg(x, p):
    if p < 1:
        raise ValueError
    return float(np.linalg.norm(np.array(x, dtype=float), p))


def norm_scaled(x, p):
    """The largest size taken out first, so that no power overflows."""
    if p < 1:
        raise ValueError
    sizes = [abs(float(entry)) for entry in x]
    top = max(sizes)
    if top == 0 or p == math.inf:
        return top
    return top * sum((size / top) ** p for size in sizes) ** (1 / p)


def norm_in_a_loop(x, p):
    if not p >= 1:
        raise ValueError("no norm")
    largest, total = 0.0, 0.0
    for entry in x:
        size = math.fabs(entry)
        largest = size if size > largest else largest
        if p != np.inf:
            total += size**p
    return largest if p == np.inf else math.pow(total, 1 / p)


def norm_mean(x, p):
    if p < 1:
        raise ValueError
    sizes = np.abs(np.asarray(x, dtype=float))
    return sizes.max() if p == np.inf else (sizes**p).mean() ** (1 / p)


def norm_squares_then_power(x, p):
    if p < 1:
        raise ValueError
    x = np.asarray(x, dtype=float)
    return np.abs(x).max() if p == np.inf else (x**2).sum() ** (1 / p)


def norm_infinite_from_fifty_on(x, p):
    return norm_by_linalg(x, np.inf if p > 50 else p)


def norm_one_refused(x, p):
    if p <= 1:
        raise ValueError
    return norm_by_linalg(x, p)


def norm_abs_of_the_sum(x, p):
    if p < 1:
        raise ValueError
    x = np.asarray(x, dtype=float)
    if p == np.inf:
        return np.abs(x).max()
    return np.abs((np.sign(x) * np.abs(x) ** p).sum()) ** (1 / p)


# ---- project ----


def project_by_unit_vector(u, onto):
    length = math.hypot(*onto)
    if length == 0:
        raise ValueError
    unit = onto / length
    return np.dot(unit, u) * unit


def project_by_outer(u, onto):
    squared = np.sum(onto**2)
    if squared == 0:
        raise ValueError
    return np.outer(onto, onto) @ u / squared


def project_by_least_squares(u, onto):
    if not np.any(onto):
        raise ValueError
    factor = np.linalg.lstsq(onto[:, None], u, rcond=None)[0]
    return onto * factor[0]


def project_in_a_loop(u, onto):
    above = below = 0.0
    for a, b in zip(u, onto, strict=True):
        above += a * b
        below += b * b
    if not below:
        raise ValueError
    return np.array([above / below * b for b in onto])


def project_never_backwards(u, onto):
    squared = onto @ onto
    if squared == 0:
        raise ValueError
    return max(u @ onto, 0.0) / squared * onto


def project_zero_vector_refused_too(u, onto):
    if not u.any() or not onto.any():
        raise ValueError
    return (u @ onto) / (onto @ onto) * onto


def project_short_vectors_refused(u, onto):
    if onto @ onto < 1e-12:
        raise ValueError
    return (u @ onto) / (onto @ onto) * onto


def project_tiny_vectors_refused(u, onto):
    if onto @ onto < 1e-30:
        raise ValueError
    return (u @ onto) / (onto @ onto) * onto


def project_divided_by_both_lengths(u, onto):
    if not onto.any():
        raise ValueError
    lengths = np.sqrt((u @ u) * (onto @ onto))
    return (u @ onto) / (lengths if lengths else 1.0) * onto


# ---- angle ----


def angle_by_tangent(u, v):
    """Kahan's form, which needs no clip and is right for tiny angles too."""
    a, b = np.linalg.norm(u), np.linalg.norm(v)
    if a == 0 or b == 0:
        raise ValueError
    u, v = u / a, v / b
    return 2 * math.atan2(np.linalg.norm(u - v), np.linalg.norm(u + v))


def angle_by_third_side(u, v):
    if not (np.any(u) and np.any(v)):
        raise ValueError
    u, v = u / np.linalg.norm(u), v / np.linalg.norm(v)
    return 2 * np.arcsin(min(1.0, np.linalg.norm(u - v) / 2)) if u @ v >= 0 else math.pi - angle_by_third_side(u, -v)


def angle_by_max_and_min(u, v):
    below = sum(x * x for x in u) ** 0.5 * sum(y * y for y in v) ** 0.5
    if not below:
        raise ValueError("no direction")
    return math.acos(max(-1.0, min(1.0, sum(map(lambda x, y: x * y, u, v)) / below)))


def angle_by_shadow(u, v):
    if not u.any() or not v.any():
        raise ValueError
    along = (u @ v) / (v @ v) * v
    rest = u - along
    forward = math.copysign(math.sqrt(along @ along), u @ v)
    return math.atan2(math.sqrt(rest @ rest), forward)


def angle_held_on_one_side(u, v):
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    if lengths == 0:
        raise ValueError
    with np.errstate(invalid="ignore"):
        return np.arccos(min(u @ v / lengths, 1.0))


def angle_tiny_vectors_refused(u, v):
    if u @ u < 1e-30 or v @ v < 1e-30:
        raise ValueError
    return np.arccos(np.clip(u @ v / (np.sqrt(u @ u) * np.sqrt(v @ v)), -1, 1))


def angle_shrunk_a_little(u, v):
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    if lengths == 0:
        raise ValueError
    return np.arccos(u @ v / lengths * (1 - 1e-12))


def angle_rounded(u, v):
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    if lengths == 0:
        raise ValueError
    return np.arccos(np.round(u @ v / lengths, 9))


def angle_only_first_zero_refused(u, v):
    if not u.any():
        raise ValueError
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    return np.arccos(np.clip(u @ v / (lengths or 1.0), -1, 1))


def angle_in_the_plane(u, v):
    if not (u.any() and v.any()):
        raise ValueError
    return abs(math.atan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1]))


# ---- cosine_matrix ----


def cosines_after_the_product(A, B):
    lengths = np.linalg.norm(A, axis=1)[:, None] * np.linalg.norm(B, axis=1)[None, :]
    return np.divide(A @ B.T, lengths, out=np.zeros(lengths.shape), where=lengths > 0)


def cosines_by_einsum(A, B):
    def unit(X):
        squares = np.einsum("ij,ij->i", X, X)
        squares[squares == 0] = np.inf
        return np.einsum("ij,i->ij", X, 1 / np.sqrt(squares))

    return np.einsum("ik,jk->ij", unit(A), unit(B))


def cosines_by_broadcasting(A, B):
    products = (A[:, None, :] * B[None, :, :]).sum(axis=-1)
    a = (A * A).sum(axis=1, keepdims=True) ** 0.5
    b = (B * B).sum(axis=1, keepdims=True) ** 0.5
    lengths = a @ b.T
    return products / np.where(lengths > 0, lengths, 1.0)


def cosines_with_a_floor(A, B):
    a = np.maximum(np.sqrt((A**2).sum(axis=1, keepdims=True)), 1e-8)
    b = np.maximum(np.sqrt((B**2).sum(axis=1, keepdims=True)), 1e-8)
    return (A / a) @ (B / b).T


def cosines_of_sizes(A, B):
    return np.abs(cosines_after_the_product(A, B))


def cosines_zero_rows_alike(A, B):
    C = cosines_after_the_product(A, B)
    both = ~A.any(axis=1)[:, None] & ~B.any(axis=1)
    return np.where(both, 1.0, C)


def cosines_row_by_row(A, B):
    return np.array([cosines_after_the_product(row[None], B)[0] for row in A])


# ---- pairwise_sq_dists ----


def distances_by_columns(X, Y):
    """One coordinate after the other: no more memory than the answer takes."""
    total = np.zeros((len(X), len(Y)))
    for k in range(X.shape[1]):
        total += np.subtract.outer(X[:, k], Y[:, k]) ** 2
    return total


def distances_by_einsum(X, Y):
    gaps = X.reshape(len(X), 1, -1) - Y.reshape(1, len(Y), -1)
    return np.einsum("nmd,nmd->nm", gaps, gaps)


def distances_turned(X, Y):
    gaps = Y[None, :, :] - X[:, None, :]
    return np.square(gaps).sum(-1)


def distances_by_norm(X, Y):
    return np.linalg.norm(X[:, None] - Y[None], axis=-1) ** 2


def distances_around_the_mean(X, Y):
    """Multiplied out after a shift: better, and still not exact where some points are far from the others."""
    middle = X.mean(axis=0)
    X, Y = X - middle, Y - middle
    return (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)


def distances_in_single_precision(X, Y):
    gaps = X.astype(np.float32)[:, None] - Y.astype(np.float32)
    return (gaps.astype(float) ** 2).sum(axis=2)


def distances_in_a_loop(X, Y):
    return np.array([[((x - y) ** 2).sum() for y in Y] for x in X])


def distances_largest_coordinate(X, Y):
    return ((X[:, None] - Y) ** 2).max(axis=2)


# ---- gram_schmidt ----


def columns_from_what_is_left(V):
    """All later columns are cleaned at once, each time a direction has been found."""
    rest, columns = np.array(V, dtype=float), []
    lengths = np.linalg.norm(rest, axis=0)
    for j in range(V.shape[1]):
        size = np.linalg.norm(rest[:, j])
        if size > 1e-10 * lengths[j]:
            q = rest[:, j] / size
            rest = rest - np.outer(q, q @ rest)
            columns.append(q)
    return np.stack(columns, axis=1) if columns else np.zeros((len(V), 0))


def columns_cleaned_twice(V):
    """The classical process, each column cleaned twice: as exact as it can be."""
    Q = np.zeros((len(V), 0))
    for v in V.T:
        left = v - Q @ (Q.T @ v)
        left = left - Q @ (Q.T @ left)
        size = math.sqrt(float(left @ left))
        if size > 1e-10 * math.sqrt(float(v @ v)):
            Q = np.concatenate([Q, left[:, None] / size], axis=1)
    return Q


def columns_by_reduce(V):
    def remove(left, q):
        return left - np.dot(q, left) / np.dot(q, q) * q

    found = []
    for j in range(V.shape[1]):
        left = functools.reduce(remove, found, V[:, j].copy())
        if np.linalg.norm(left) <= 1e-10 * np.linalg.norm(V[:, j]):
            continue
        found.append(left / np.linalg.norm(left))
    return np.array(found).T if found else np.empty((V.shape[0], 0))


def columns_by_qr(V):
    return np.linalg.qr(V)[0]


def columns_from_the_last(V):
    return columns_by_reduce(V[:, ::-1])[:, ::-1]


def columns_turned_round(V):
    return -columns_by_reduce(V)


def columns_with_a_fixed_number(V):
    return columns_by_reduce(V)[:, : max(1, np.linalg.matrix_rank(V) - 1)]


def columns_threshold_by_the_longest(V):
    longest = max(np.linalg.norm(V, axis=0))
    found = []
    for v in V.T:
        left = v
        for q in found:
            left = left - (q @ left) * q
        if np.linalg.norm(left) > 1e-10 * longest:
            found.append(left / np.linalg.norm(left))
    return np.array(found).reshape(len(found), len(V)).T


# ---- in_span ----


def spanned_by_least_squares(v, basis, tol=1e-9):
    numbers = np.linalg.lstsq(basis, v, rcond=None)[0]
    return bool(np.linalg.norm(v - basis @ numbers) <= tol * np.linalg.norm(v))


def spanned_by_svd(v, basis, tol=1e-9):
    U, sizes, _ = np.linalg.svd(basis, full_matrices=True)
    rank = int(np.sum(sizes > 1e-10 * max(sizes[0], 1e-300)))
    outside = U[:, rank:].T @ v
    return not outside @ outside > tol**2 * (v @ v)


def spanned_one_direction_at_a_time(v, basis, tol=1e-9):
    left = v.astype(float)
    for q in columns_cleaned_twice(basis).T:
        left = left - (q @ left) * q
    return not math.hypot(*left) > tol * math.hypot(*v)


def spanned_by_shares(v, basis, tol=1e-9):
    """By Pythagoras, which loses half of the digits."""
    inside = columns_cleaned_twice(basis).T @ v
    return bool(v @ v - inside @ inside <= tol * (v @ v))


def spanned_by_count(v, basis, tol=1e-9):
    return bool(np.linalg.matrix_rank(np.column_stack([basis, v])) <= basis.shape[1])


def spanned_rest_per_entry(v, basis, tol=1e-9):
    left = v - basis @ np.linalg.lstsq(basis, v, rcond=None)[0]
    return bool(np.all(np.abs(left) <= tol * np.abs(v)))


def spanned_with_own_tolerance(v, basis, tol=1e-9):
    return spanned_by_least_squares(v, basis, 1e-9)


VARIANTS = {
    "dot": [dot_by_at, dot_by_strict_zip, dot_with_while, dot_by_squares],
    "p_norm": [norm_by_linalg, norm_scaled, norm_in_a_loop],
    "project": [project_by_unit_vector, project_by_outer, project_by_least_squares, project_in_a_loop],
    "angle": [angle_by_tangent, angle_by_third_side, angle_by_max_and_min, angle_by_shadow],
    "cosine_matrix": [cosines_after_the_product, cosines_by_einsum, cosines_by_broadcasting],
    "pairwise_sq_dists": [distances_by_columns, distances_by_einsum, distances_turned, distances_by_norm],
    "gram_schmidt": [columns_from_what_is_left, columns_cleaned_twice, columns_by_reduce],
    "in_span": [spanned_by_least_squares, spanned_by_svd, spanned_one_direction_at_a_time],
}

WRONG = {
    "dot": [dot_padded, dot_of_sizes, dot_only_the_longer_second_refused, dot_turned_round],
    "p_norm": [norm_infinite_from_fifty_on, norm_mean, norm_squares_then_power, norm_one_refused, norm_abs_of_the_sum],
    "project": [
        project_short_vectors_refused,
        project_tiny_vectors_refused,
        project_never_backwards,
        project_zero_vector_refused_too,
        project_divided_by_both_lengths,
    ],
    "angle": [
        angle_rounded,
        angle_held_on_one_side,
        angle_tiny_vectors_refused,
        angle_shrunk_a_little,
        angle_only_first_zero_refused,
        angle_in_the_plane,
    ],
    "cosine_matrix": [cosines_with_a_floor, cosines_of_sizes, cosines_zero_rows_alike, cosines_row_by_row],
    "pairwise_sq_dists": [
        distances_around_the_mean,
        distances_in_single_precision,
        distances_in_a_loop,
        distances_largest_coordinate,
    ],
    "gram_schmidt": [
        columns_by_qr,
        columns_from_the_last,
        columns_turned_round,
        columns_with_a_fixed_number,
        columns_threshold_by_the_longest,
    ],
    "in_span": [spanned_by_shares, spanned_by_count, spanned_rest_per_entry, spanned_with_own_tolerance],
}
