"""Other programs for the exercises on matrices: right ones that look nothing like the reference, and wrong ones that
are none of its known mistakes. Knows nothing of how they are judged.
"""

import math

import numpy as np

# ---- matrix_of ----


def matrix_column_by_column(f, n):
    first = np.asarray(f(np.array([1.0] + [0.0] * (n - 1))))
    M = np.empty((len(first), n))
    for j in range(n):
        e = np.zeros(n)
        e[j] = 1.0
        M[:, j] = f(e)
    return M


def matrix_from_rows_transposed(f, n):
    return np.array([np.array(f(e), dtype=float) for e in np.identity(n)]).T


def matrix_stacked_along_a_new_axis(f, n):
    images = []
    for j in range(n):
        e = (np.arange(n) == j).astype(float)
        images += [np.array([float(value) for value in f(e)])]
    return np.stack(images, axis=1)


def matrix_by_apply_along_axis(f, n):
    return np.apply_along_axis(f, 0, np.eye(n))


def matrix_of_doubled_basis(f, n):
    return np.column_stack([f(2 * e) for e in np.eye(n)])


def matrix_backwards(f, n):
    return np.column_stack([f(e) for e in np.eye(n)[::-1]])


def matrix_of_gains_over_ones(f, n):
    return np.column_stack([f(np.ones(n)) - f(e) for e in np.eye(n)])


# ---- rotation ----


def rotation_from_columns(theta):
    e1 = [math.cos(theta), math.sin(theta)]
    e2 = [math.cos(theta + math.pi / 2), math.sin(theta + math.pi / 2)]
    return np.column_stack([e1, e2])


def rotation_filled_in(theta):
    R = np.zeros((2, 2))
    R[0, 0] = R[1, 1] = np.cos(theta)
    R[1, 0] = np.sin(theta)
    R[0, 1] = -R[1, 0]
    return R


def rotation_as_complex_number(theta):
    z = np.exp(1j * theta)
    return z.real * np.eye(2) + z.imag * np.array([[0.0, -1.0], [1.0, 0.0]])


def rotation_for_small_angles(theta):
    return np.array([[1.0, -theta], [theta, 1.0]])


def rotation_straight_and_made_long_again(theta):
    t = theta / (np.pi / 2)
    M = (1 - t) * np.eye(2) + t * np.array([[0.0, -1.0], [1.0, 0.0]])
    return M / np.sqrt(np.sum(M[:, 0] ** 2))  # a turn, but by another angle


def rotation_cosine_from_sine(theta):
    s = np.sin(theta)
    c = np.sqrt(1 - s**2)  # the sign is lost
    return np.array([[c, -s], [s, c]])


# ---- matmul_loops ----


def product_of_lists(A, B):
    if len(A[0]) != len(B):
        raise ValueError
    columns = list(zip(*B.tolist(), strict=True))
    rows = [[float(sum(a * b for a, b in zip(row, column, strict=True))) for column in columns] for row in A.tolist()]
    return np.array(rows)


def product_by_dot(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("sizes")
    C = np.empty((A.shape[0], B.shape[1]))
    for i, row in enumerate(A):
        for j in range(B.shape[1]):
            C[i, j] = row @ B[:, j]
    return C


def product_inner_loop_outside(A, B):
    C = np.zeros((len(A), B.shape[1]))
    if A.shape[1] - len(B):
        raise ValueError
    for s in range(len(B)):
        for i in range(len(A)):
            for j in range(B.shape[1]):
                C[i][j] = C[i][j] + A[i][s] * B[s][j]
    return C


def product_by_operator(A, B):
    return A.astype(float) @ B.astype(float)


def product_starting_at_one(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            for s in range(1, len(B)):
                C[i, j] += A[i, s] * B[s, j]
    return C


def product_maximum(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError
    return np.array([[max(A[i] * B[:, j]) for j in range(B.shape[1])] for i in range(len(A))], dtype=float)


def product_whole_numbers(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            C[i, j] = int(A[i] @ B[:, j])
    return C


# ---- matmul_outer ----


def outer_by_broadcasting(A, B):
    total = np.zeros((A.shape[0], B.shape[1]))
    for column, row in zip(A.T, B, strict=True):
        total = total + column[:, None] * row
    return total


def outer_as_thin_products(A, B):
    return sum((A[:, s : s + 1] @ B[s : s + 1, :] for s in range(A.shape[1])), np.zeros((len(A), B.shape[1])))


def outer_mapped(A, B):
    return sum(map(np.outer, A.T, B)) + 0.0


def outer_by_einsum(A, B):
    return np.einsum("is,sj->ij", A.astype(float), B)  # no sum of outer products, however right


def outer_last_left_out(A, B):
    C = np.zeros((len(A), B.shape[1]))
    for s in range(len(B) - 1):
        C += np.outer(A[:, s], B[s])
    return C


def outer_rows_backwards(A, B):
    C = np.zeros((len(A), B.shape[1]))
    for s in range(len(B)):
        C += np.outer(A[:, s], B[-1 - s])
    return C


def outer_mean(A, B):
    return np.mean([np.outer(A[:, s], B[s]) for s in range(len(B))], axis=0)


# ---- solve ----


def solve_by_numpy(A, b):
    return np.linalg.solve(A, b)


def solve_augmented(A, b):
    n = len(b)
    M = np.column_stack([A, b]).astype(float)
    for j in range(n):
        p = max(range(j, n), key=lambda i: abs(M[i, j]))
        if M[p, j] == 0:
            raise ValueError
        swapped = M[p].copy()
        M[p] = M[j]
        M[j] = swapped
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = [0.0] * n
    for i in range(n - 1, -1, -1):
        x[i] = float((M[i, n] - sum(M[i, k] * x[k] for k in range(i + 1, n))) / M[i, i])
    return np.array(x)


def solve_to_the_identity(A, b):
    rows = [[float(a) for a in row] + [float(right)] for row, right in zip(A, b, strict=True)]
    n = len(rows)
    for j in range(n):
        p = max(range(j, n), key=lambda i: abs(rows[i][j]))
        if rows[p][j] == 0:
            raise ValueError("singular")
        rows[j], rows[p] = rows[p], rows[j]
        pivot = rows[j][j]
        rows[j] = [value / pivot for value in rows[j]]
        for i in range(n):
            if i != j:
                factor = rows[i][j]
                rows[i] = [value - factor * above for value, above in zip(rows[i], rows[j], strict=True)]
    return np.array([row[-1] for row in rows])


def solve_by_recursion(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    p = int(np.argmax(np.abs(A[:, 0])))
    if A[p, 0] == 0:
        raise ValueError
    order = [p, *(i for i in range(len(b)) if i != p)]
    A, b = A[order], b[order]
    if len(b) == 1:
        return b / A[0]
    factors = A[1:, 0] / A[0, 0]
    rest = solve_by_recursion(A[1:, 1:] - np.outer(factors, A[0, 1:]), b[1:] - factors * b[0])
    return np.array([(b[0] - A[0, 1:] @ rest) / A[0, 0], *rest])


def solve_by_cramer_for_two(A, b):
    det = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    if det == 0:
        raise ValueError
    return np.array([b[0] * A[1, 1] - A[0, 1] * b[1], A[0, 0] * b[1] - b[0] * A[1, 0]]) / det


def solve_near_singular_refused(A, b):
    if np.min(np.abs(A)) < 1e-12:
        raise ValueError
    return np.linalg.solve(A, b)


def solve_by_least_squares(A, b):
    return np.linalg.lstsq(A, b, rcond=None)[0]  # answers where many x fit, or none


def solve_without_filling_in(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    for j in range(len(b)):
        p = j + np.argmax(np.abs(A[j:, j]))
        if A[p, j] == 0:
            raise ValueError
        A[[j, p]], b[[j, p]] = A[[p, j]], b[[p, j]]
        for i in range(j + 1, len(b)):
            factor = A[i, j] / A[j, j]
            A[i] -= factor * A[j]
            b[i] -= factor * b[j]
    return b / np.diag(A)


# ---- rank ----


def rank_by_singular_values(A, tol=1e-10):
    return int(np.sum(np.linalg.svd(A, compute_uv=False) > tol))


def rank_of_what_is_left(A, tol=1e-10):
    rows = [np.array(row, dtype=float) for row in A]
    count = 0
    for j in range(len(A[0])):
        if not rows:
            break
        best = max(range(len(rows)), key=lambda i: abs(rows[i][j]))
        if abs(rows[best][j]) > tol:
            pivot = rows.pop(best)
            rows = [row - row[j] / pivot[j] * pivot for row in rows]
            count += 1
    return count


def rank_by_columns(A, tol=1e-10):
    M = np.array(A, dtype=float).T
    count = 0
    while M.size and np.abs(M).max() > tol:
        i, j = np.unravel_index(np.argmax(np.abs(M)), M.shape)
        M = M - np.outer(M[:, j], M[i]) / M[i, j]
        count += 1
    return count


def rank_by_determinant(A, tol=1e-10):
    k = min(A.shape)
    return k if abs(np.linalg.det(np.asarray(A, dtype=float)[:k, :k])) > tol else k - 1


def rank_of_different_rows(A, tol=1e-10):
    return len({tuple(row) for row in np.asarray(A).tolist() if any(abs(value) > tol for value in row)})


def rank_strictly_below_tol(A, tol=1e-10):
    return int(np.sum(np.linalg.svd(A, compute_uv=False) >= tol))


# ---- normal_equations ----


def weights_by_numpy(X, y, ridge=0.0):
    return np.linalg.solve(X.T @ X + ridge * np.identity(len(X.T)), X.T @ y)


def weights_by_more_observations(X, y, ridge=0.0):
    d = X.shape[1]
    more_X = np.vstack([X, np.sqrt(ridge) * np.eye(d)])
    return np.linalg.lstsq(more_X, np.append(y, np.zeros(d)), rcond=None)[0]


def weights_by_singular_values(X, y, ridge=0.0):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ (s / (s**2 + ridge) * (U.T @ y))


def weights_by_sums(X, y, ridge=0.0):
    n, d = X.shape
    G, right = np.zeros((d, d)), np.zeros(d)
    for i in range(n):
        G += np.outer(X[i], X[i])
        right += y[i] * X[i]
    for j in range(d):
        G[j, j] += ridge
    return np.linalg.inv(G) @ right


def weights_first_one_free(X, y, ridge=0.0):
    I = np.eye(X.shape[1])  # noqa: E741
    I[0, 0] = 0
    return np.linalg.lstsq(X.T @ X + ridge * I, X.T @ y, rcond=None)[0]


def weights_shrunk_afterwards(X, y, ridge=0.0):
    return np.linalg.lstsq(X, y, rcond=None)[0] / (1 + ridge)


def weights_of_means(X, y, ridge=0.0):
    n = len(y)
    return np.linalg.solve(X.T @ X / n + ridge * np.eye(X.shape[1]), X.T @ y / n)


VARIANTS = {
    "matrix_of": [
        matrix_column_by_column,
        matrix_from_rows_transposed,
        matrix_stacked_along_a_new_axis,
        matrix_by_apply_along_axis,
    ],
    "rotation": [rotation_from_columns, rotation_filled_in, rotation_as_complex_number],
    "matmul_loops": [product_of_lists, product_by_dot, product_inner_loop_outside, product_by_operator],
    "matmul_outer": [outer_by_broadcasting, outer_as_thin_products, outer_mapped],
    "solve": [solve_by_numpy, solve_augmented, solve_to_the_identity, solve_by_recursion],
    "rank": [rank_by_singular_values, rank_of_what_is_left, rank_by_columns],
    "normal_equations": [
        weights_by_numpy,
        weights_by_more_observations,
        weights_by_singular_values,
        weights_by_sums,
    ],
}

WRONG = {
    "matrix_of": [matrix_of_doubled_basis, matrix_backwards, matrix_of_gains_over_ones],
    "rotation": [rotation_for_small_angles, rotation_straight_and_made_long_again, rotation_cosine_from_sine],
    "matmul_loops": [product_starting_at_one, product_maximum, product_whole_numbers],
    "matmul_outer": [outer_last_left_out, outer_rows_backwards, outer_mean, outer_by_einsum],
    "solve": [
        solve_by_cramer_for_two,
        solve_near_singular_refused,
        solve_by_least_squares,
        solve_without_filling_in,
    ],
    "rank": [rank_by_determinant, rank_of_different_rows, rank_strictly_below_tol],
    "normal_equations": [weights_first_one_free, weights_shrunk_afterwards, weights_of_means],
}
