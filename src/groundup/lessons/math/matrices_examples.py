"""Exercises of the lesson on matrices: from the matrix of a map to a system of equations that has no solution.

Builds on composition (lesson 1), on dot products and projections (lesson 3). Knows nothing of eigenvalues and singular
values: those are a later lesson.
"""

import numpy as np

from groundup.differs import close
from groundup.exercise import (
    Asked,
    case,
    cases,
    equivalent,
    exercise,
    hint,
    holds,
    looped,
    mistake,
    prediction,
    question,
    quiz,
    right,
    vectorised,
    wrong,
)
from groundup.lessons.math.math_functions_examples import compose
from groundup.lessons.math.vectors_examples import dot, project

# ---- 1. The matrix of a map

prediction(
    "calls_needed",
    """A box takes 3 numbers and gives 2. You may not look inside, only call it.
    You are told one thing: it is linear, which means that sums go through it as sums, and multiples as multiples.
    How many calls do you need before you can say what it does to every one of the infinitely many inputs?""",
    beliefs={
        1: "One call shows what becomes of one direction. What the box does to the others is still open.",
        2: "2 is how many numbers come out. What has to be explored is what goes in: there are 3 directions there.",
        5: "The sizes do not add: each call shows all the outputs of one input at once.",
        6: "6 numbers describe the box, that is right. But each call brings 2 of them.",
    },
)


@exercise
def matrix_of(f, n):
    """The matrix of a linear map: column j is what f makes of the basis vector e_j.

    f: a linear function; it takes an array of n floats, shape (n,), and gives an array of m numbers, shape (m,)
    n: how many numbers f takes, a whole number of at least 1; m is whatever f gives
    Returns an array of floats (float64) of shape (m, n).
    f is called with one basis vector at a time, an array of dtype float64: a fresh array each time (the rows of
    np.eye(n) will do), which is not changed afterwards. (What f gives may lie in the memory of what it was given, as
    v[::-1], which is v backwards, does: an array that is used again would change the images kept so far.)

    With f(v) = (2*v[0] + v[1], 3*v[1]): f makes (2, 0) of (1, 0), and (1, 3) of (0, 1).
    So matrix_of(f, 2) is array([[2., 1.], [0., 3.]]).
    """
    return np.column_stack([f(e) for e in np.eye(n)])


case(matrix_of, lambda v: np.array([2 * v[0] + v[1], 3 * v[1]]), 2)
case(matrix_of, lambda v: np.array([v[0] - v[2], 4 * v[1], v[0] + 5 * v[2], 2 * v[1] - v[0]]), 3)
case(matrix_of, lambda v: np.array([v[0] + 2 * v[1] + 3 * v[2]]), 3)
case(matrix_of, lambda v: np.array([v[0], 2.5 * v[0]]), 1)
case(matrix_of, lambda v: v[::-1], 3)
case(matrix_of, lambda v: 2 * v, 2)
case(matrix_of, np.cumsum, 3)
case(matrix_of, np.diff, 4)


@holds(matrix_of, "the matrix times a vector is what the map makes of that vector")
def _(matrix_of, rng):
    W = rng.normal(size=(2, 5))
    for f in (lambda v: W @ v, lambda v: W @ np.cumsum(v)):
        v = rng.normal(size=5)
        assert close(matrix_of(f, 5) @ v, f(v))


@holds(matrix_of, "one map after another has a matrix too, and its columns are the images of images")
def _(matrix_of, rng):
    W = rng.normal(size=(2, 3))
    both = matrix_of(compose(lambda v: W @ v, np.cumsum), 3)
    assert close(both, np.column_stack([W @ [1, 1, 1], W @ [0, 1, 1], W @ [0, 0, 1]]))


@mistake(matrix_of, "images stored as rows")
def _(f, n):
    """Each image lies in a row of your matrix. M @ e_j picks out column j: so where does the image of e_j belong?"""
    return np.array([f(e) for e in np.eye(n)], dtype=float)


@mistake(matrix_of, "one long row")
def _(f, n):
    """Your images lie one behind the other in a single row of numbers, and a matrix has two axes.
    Which of the tools shown makes a column of each?"""
    return np.concatenate([np.array(f(e), dtype=float) for e in np.eye(n)])


@mistake(matrix_of, "all basis vectors in one call")
def _(f, n):
    """You handed f the whole identity, an array with two axes, and f is made for one vector.
    np.cumsum of a grid, for instance, runs on from row to row. How would you call f once for each e_j?"""
    return np.array(f(np.eye(n)), dtype=float)


@mistake(matrix_of, "earlier ones left standing")
def _(f, n):
    """Your second input is (1, 1, 0, …), not (0, 1, 0, …): the 1 of the round before still stands there.
    Where in the loop should a fresh array of zeros be made?"""
    images, e = [], np.zeros(n)
    for j in range(n):
        e[j] = 1.0
        images.append(f(e.copy()))
    return np.column_stack(images)


@mistake(matrix_of, "one array for all basis vectors")
def _(f, n):
    """You set a 1, call f, and take the 1 back out of the same array. v[::-1] lies in the memory of v,
    so the image that you kept changes with it. When does each call get an array of its own?"""
    images, e = [], np.zeros(n)
    for j in range(n):
        e[j] = 1.0
        images.append(f(e))
        e[j] = 0.0
    return np.column_stack(images)


@mistake(matrix_of, "whole numbers")
def _(f, n):
    """Your basis vectors are whole numbers, and so are some of your matrices; floats are asked for.
    Which dtype has what you hand to f?"""
    return np.column_stack([f(e) for e in np.eye(n, dtype=int)])


@mistake(matrix_of, "a list for a vector")
def _(f, n):
    """Your basis vectors are lists, and f is made for arrays: 2 * [1.0, 0.0] is the list twice over, four numbers.
    Which of the tools shown gives the basis vectors as arrays?"""
    images = []
    for j in range(n):
        e = [0.0] * n
        e[j] = 1.0
        images.append(f(e))
    return np.column_stack(images)


@mistake(matrix_of, "a list of whole numbers")
def _(f, n):
    """Your basis vectors are lists of whole numbers. 2 * [1, 0] is the list twice over, and what comes of whole numbers
    are whole numbers. Which of the tools shown gives them as arrays of floats?"""
    images = []
    for j in range(n):
        e = [0] * n
        e[j] = 1
        images.append(f(e))
    return np.column_stack(images)


@mistake(matrix_of, "only the first image")
def _(f, n):
    """Only the first image came back, as the one column of your matrix.
    Where does `return` stand: in the loop, or after it?"""
    images = []
    for e in np.eye(n):
        images.append(f(e))
        return np.column_stack(images)


@mistake(matrix_of, "one call with only ones")
def _(f, n):
    """You called f once, with ones everywhere, and put the answer on the diagonal.
    f(1, 1) is the sum of both images: how could you see each of them by itself?"""
    return np.diag(np.array(f(np.ones(n)), dtype=float))


@mistake(matrix_of, "always square")
def _(f, n):
    """You made room for n numbers in each column. f gives m of them: where can you read off m?"""
    M = np.zeros((n, n))
    for j in range(n):
        M[:, j] = f(np.eye(n)[j])
    return M


hint(matrix_of, "Take the f of the example by hand. What does it make of (1, 0), and in which column does that stand?")
hint(matrix_of, "The rows of np.eye(n) are the basis vectors. Collect f(e) for each of them in a list.")
hint(matrix_of, "np.array(list) would put the images into rows. Which of the tools shown puts them side by side?")


quiz(
    "relu_matrix",
    """ReLU, entry by entry, keeps what is positive and makes the rest 0.
    matrix_of(lambda v: np.maximum(v, 0), 3) returns the identity, without complaint. What follows?""",
    wrong(
        "ReLU does nothing to vectors of three numbers.",
        "It sends (1, -2, 3) to (1, 0, 3). The three basis vectors are the only inputs on which it was tried.",
    ),
    right(
        "Nothing about other inputs: the step from basis vectors to all the rest uses linearity, and ReLU has none.",
        """Of the sum of (1, 0, 0) and (-1, 0, 0), ReLU makes 0; of the two one by one it makes (1, 0, 0) and 0.
        This is what is wanted of it: a layer that is no matrix, so that two layers are not one.""",
    ),
    wrong(
        "matrix_of is wrong: it should have found the matrix of ReLU.",
        "There is none. Whatever matrix is claimed, it sends -v to minus what it sends v to, and ReLU does not.",
    ),
    wrong(
        "ReLU is linear, and its matrix is the identity.",
        "Then it would double what is doubled and also negate what is negated: it makes 1 of 1, and 0 of -1, not -1.",
    ),
)


@exercise
def rotation(theta):
    """The matrix that turns the plane anticlockwise by an angle about the origin.

    theta: the angle in radians, a number: a full turn is 2π; a negative angle turns clockwise
    Returns an array of floats of shape (2, 2).

    A quarter turn, theta = π/2, sends (1, 0) to (0, 1) and (0, 1) to (-1, 0).
    So rotation(np.pi / 2) is array([[0., -1.], [1., 0.]]), up to rounding.
    """
    c, s = np.cos(theta), np.sin(theta)
    return np.array([[c, -s], [s, c]])


case(rotation, np.pi / 2)
case(rotation, np.pi / 6)
case(rotation, 0.0)
case(rotation, 2.0)
case(rotation, -1.2)
case(rotation, 7.5)


@holds(rotation, "two turns, one after the other, are one turn by the sum of the angles")
def _(rotation, rng):
    for a, b in rng.uniform(-3, 3, size=(4, 2)):
        assert close(rotation(a) @ rotation(b), rotation(a + b))


@holds(rotation, "no vector changes its length")
def _(rotation, rng):
    for theta in rng.uniform(-3, 3, size=4):
        v = rng.normal(size=2)
        assert close(np.sum((rotation(theta) @ v) ** 2), np.sum(v**2))


@mistake(rotation, "clockwise")
def _(theta):
    """Your matrix turns clockwise: a small angle sends (1, 0) below the axis, and it should land above.
    Has a sine the wrong sign, or have the images been laid in rows, where a matrix has them in columns?"""
    c, s = np.cos(theta), np.sin(theta)
    return np.array([[c, s], [-s, c]])


@mistake(rotation, "degrees")
def _(theta):
    """You took theta for degrees. How large is a full turn in radians, and what do np.cos and np.sin expect?"""
    c, s = np.cos(np.deg2rad(theta)), np.sin(np.deg2rad(theta))
    return np.array([[c, -s], [s, c]])


@mistake(rotation, "a mirror")
def _(theta):
    """Your first column is right, and the second points the opposite way: the plane is turned over, like a mirror.
    From e₁, does one reach e₂ by a quarter turn anticlockwise or clockwise, and is that so of your columns?"""
    c, s = np.cos(theta), np.sin(theta)
    return np.array([[c, s], [s, -c]])


@mistake(rotation, "no minus anywhere")
def _(theta):
    """None of your entries has a minus. A quarter turn would send (0, 1) to (1, 0).
    On which side of the upright axis does (0, 1) land when it turns anticlockwise?"""
    c, s = np.cos(theta), np.sin(theta)
    return np.array([[c, s], [s, c]])


@mistake(rotation, "sine and cosine exchanged")
def _(theta):
    """At angle 0 your matrix is a quarter turn. Which of the two, sine or cosine, is 1 at angle 0?"""
    c, s = np.cos(theta), np.sin(theta)
    return np.array([[s, -c], [c, s]])


@mistake(rotation, "the straight way")
def _(theta):
    """You mix the identity with the quarter turn, and the arrows go the straight way: half way they end at (0.5, 0.5)
    and (-0.5, 0.5). How long are they there, and along what should they move?"""
    t = theta / (np.pi / 2)
    return (1 - t) * np.eye(2) + t * np.array([[0.0, -1.0], [1.0, 0.0]])


@mistake(rotation, "only e₁ turned")
def _(theta):
    """Your second column is still (0, 1): that basis vector was left where it stood. Where does it go?"""
    return np.array([[np.cos(theta), 0.0], [np.sin(theta), 1.0]])


hint(rotation, "Turn (1, 0) by a small angle. How far to the right is it then, and how high?")
hint(rotation, "(0, 1) is a quarter turn ahead of (1, 0). A quarter turn sends (x, y) to (-y, x).")
hint(rotation, "The first column is (cos θ, sin θ). Send it a quarter turn further for the second column.")


# ---- 2. One map after another


prediction(
    "which_first",
    """A is the shear that sends (x, y) to (x + y, y). B is a quarter turn anticlockwise.
    Where does A B send (1, 0)?""",
    options=("to (1, 1)", "to (0, 1)", "to (-1, -1)", "to (1, 0)"),
    beliefs={
        "b": "That is B A: first the shear, which leaves (1, 0) alone, and then the turn. "
        "A product is read from the right, for in A (B x) it is B that meets x.",
        "c": "That is the turn taken clockwise, to (0, -1), and then the shear. Anticlockwise, (1, 0) first goes up.",
        "d": "The shear alone leaves (1, 0) where it is. By the time it acts, the turn has moved it.",
    },
)


@exercise(needs=[dot, matrix_of])
def matmul_loops(A, B):
    """The matrix product A B, from single numbers: entry (i, j) is row i of A times column j of B, summed.

    A: an array of numbers of shape (m, k)
    B: an array of numbers of shape (k, n)
    Returns an array of floats (float64) of shape (m, n). A and B are left as they were.
    Raises ValueError if A has not as many columns as B has rows.

    Of A = [[1, 2, 0], [0, 1, 3]] and B = [[1, 4], [0, 1], [2, 0]], entry (0, 1) is 1*4 + 2*1 + 0*0 = 6,
    and the whole product is array([[1., 6.], [6., 1.]]).
    """
    (m, k), (rows, n) = A.shape, B.shape
    if rows != k:
        raise ValueError(f"A has {k} columns and B has {rows} rows")
    C = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            for s in range(k):
                C[i, j] += A[i, s] * B[s, j]
    return C


case(matmul_loops, np.array([[1, 2, 0], [0, 1, 3]]), np.array([[1, 4], [0, 1], [2, 0]]))
case(matmul_loops, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 1.0]]))
case(matmul_loops, np.array([[1.0, 2.0, 3.0]]), np.array([[4.0], [5.0], [6.0]]))
case(matmul_loops, np.array([[4.0], [5.0], [6.0]]), np.array([[1.0, 2.0]]))
case(matmul_loops, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.ones((4, 2)))
case(matmul_loops, np.array([[1.0, 2.0], [4.0, 5.0]]), np.ones((3, 2)))


@cases(matmul_loops, count=3)
def _(rng):
    m, k, n = rng.permutation([2, 3, 4, 5])[:3]
    return rng.normal(size=(m, k)), rng.normal(size=(k, n))


@holds(matmul_loops, "the product sends a vector where B and then A would send it")
def _(matmul_loops, rng):
    A, B, v = rng.normal(size=(2, 4)), rng.normal(size=(4, 3)), rng.normal(size=3)
    assert close(matmul_loops(A, B) @ v, A @ (B @ v))


@holds(matmul_loops, "of three factors it does not matter which two are multiplied first")
def _(matmul_loops, rng):
    A, B, C = rng.normal(size=(2, 4)), rng.normal(size=(4, 3)), rng.normal(size=(3, 5))
    assert close(matmul_loops(matmul_loops(A, B), C), matmul_loops(A, matmul_loops(B, C)))


equivalent(
    matmul_loops, "for s in range(k):  ⇒  for s in range(rows):", "past the ValueError the two are the same number"
)


@mistake(matmul_loops, "the last term alone")
def _(A, B):
    """Each entry of yours is one product: the last of the sum. What does `=` do to the terms before it?"""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            for s in range(len(B)):
                C[i, j] = A[i, s] * B[s, j]
    return C


@mistake(matmul_loops, "rows of A with rows of B")
def _(A, B):
    """You walk along row j of B, where column j is asked for. Which index of B[s, j] moves while the sum is taken?"""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            for s in range(len(B)):
                C[i, j] += A[i, s] * B[j, s]
    return C


@mistake(matmul_loops, "one row many times")
def _(A, B):
    """All rows of your result are equal: `[[0] * n] * m` holds one and the same list m times.
    How would you make a new row for each i?"""
    m, k, n = len(A), len(B), B.shape[1]
    if A.shape[1] != k:
        raise ValueError
    C = [[0.0] * n] * m
    for i in range(m):
        for j in range(n):
            C[i][j] = sum(A[i, s] * B[s, j] for s in range(k))
    return np.array(C)


@mistake(matmul_loops, "entry by entry")
def _(A, B):
    """You multiply numbers that stand in the same place. (A B) v is to be A (B v): try it with a quarter turn
    for both A and B. What would entry by entry say that two quarter turns are?"""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    return np.array(A * B, dtype=float)


@mistake(matmul_loops, "the other order", because=compose)
def _(A, B):
    """You computed B A. In (A B) v = A (B v), which of the two does v meet first?"""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    return np.array(B @ A, dtype=float)


@mistake(matmul_loops, "rows and columns exchanged")
def _(A, B):
    """Your numbers are right and stand in the wrong place, (j, i) for (i, j). Which of m and n counts the rows?"""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    return np.array((A @ B).T, dtype=float)


@mistake(matmul_loops, "the total runs on")
def _(A, B):
    """Only your first entry is right; each later one still holds those before it. Where is the total set to 0?"""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    C, total = np.zeros((len(A), B.shape[1])), 0.0
    for i in range(len(A)):
        for j in range(B.shape[1]):
            for s in range(len(B)):
                total += A[i, s] * B[s, j]
            C[i, j] = total
    return C


@mistake(matmul_loops, "sizes that do not fit")
def _(A, B):
    """A row of 3 numbers and a column of 4 do not pair off, and you go on without the last one.
    Which two sizes have to be equal before you begin?"""
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            C[i, j] = sum(a * b for a, b in zip(A[i], B[:, j]))  # noqa: B905
    return C


@mistake(matmul_loops, "no look at the sizes")
def _(A, B):
    """Where the sizes do not fit, an index runs past the end of a row of A, and Python raises its own IndexError.
    For which shapes do the words ask for a ValueError?"""
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            for s in range(len(B)):
                C[i, j] += A[i, s] * B[s, j]
    return C


@mistake(matmul_loops, "two equal shapes asked for")
def _(A, B):
    """You refuse shapes that fit: (2, 3) and (3, 4) are not equal, and their product has the shape (2, 4).
    Which size of A and which size of B have to agree?"""
    if A.shape != B.shape:
        raise ValueError
    return np.array(A @ B, dtype=float)


def _cut_short(A, B, rows, columns, terms):
    """A product that is left at 0 but for so many rows, columns and terms."""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    C = np.zeros((len(A), B.shape[1]))
    C[:rows, :columns] = A[:rows, :terms] @ B[:terms, :columns]
    return C


@mistake(matmul_loops, "returned after the first row")
def _(A, B):
    """Your first row is right, and the others are still 0. In which of the loops does your `return` stand?"""
    return _cut_short(A, B, 1, None, None)


@mistake(matmul_loops, "returned after the first entry")
def _(A, B):
    """Entry (0, 0) is right, and the others are still 0. In which of the loops does your `return` stand?"""
    return _cut_short(A, B, 1, 1, None)


@mistake(matmul_loops, "returned after the first term")
def _(A, B):
    """Entry (0, 0) holds the first product of its sum, and all others are still 0: you return from the innermost loop.
    How far to the left must `return` stand to come after all three?"""
    return _cut_short(A, B, 1, 1, 1)


@mistake(matmul_loops, "a result in the shape of A")
def _(A, B):
    """You made room for as many columns as A has. Entry (i, j) belongs to column j of B: how many are there?"""
    if A.shape[1] != B.shape[0]:
        raise ValueError
    C = np.zeros(A.shape)
    for i in range(len(A)):
        for j in range(B.shape[1]):
            for s in range(len(B)):
                C[i, j] += A[i, s] * B[s, j]
    return C


hint(matmul_loops, "How many numbers has the result, and how many products are added up for each of them?")
hint(matmul_loops, "Two loops go to each place (i, j) of the result. A third one, inside, runs over what is summed.")
hint(
    matmul_loops,
    "Begin with zeros in the shape of the result. In the third loop s moves along row i of A and down column j of B.",
)


prediction(
    "cost",
    """A and B have the shape (1000, 1000), and x is a vector of 1000 numbers. (A B) x and A (B x) are the same vector.
    How many times as many multiplications of numbers does the first take?""",
    beliefs={
        1: "The vectors are the same, the work is not: (A B) x makes a million numbers on the way, A (B x) a thousand.",
        2: "Both have two products. But a product of two matrices is a thousand products of a matrix with a vector.",
        1000: "1000 compares A B with B x. Each way has two products, and A (B x) has two small ones.",
        1_000_000: "A million is the size of a matrix. Count for each step: products for one entry, times entries.",
    },
)


@exercise(needs=[matmul_loops])
def matmul_outer(A, B):
    """The matrix product A B as a sum of outer products: column s of A with row s of B, for each s.

    A: an array of numbers of shape (m, k)
    B: an array of numbers of shape (k, n)
    Returns an array of floats (float64) of shape (m, n). A and B are left as they were.
    There is one loop, over s: what Python does grows with k, and must not grow with m or n.

    Of A = [[1, 2], [0, 3], [1, 0]] and B = [[4, 5, 0, 1], [6, 0, 1, 0]] the two outer products are
    [[4, 5, 0, 1], [0, 0, 0, 0], [4, 5, 0, 1]] and [[12, 0, 2, 0], [18, 0, 3, 0], [0, 0, 0, 0]], and their sum is
    array([[16., 5., 2., 1.], [18., 0., 3., 0.], [4., 5., 0., 1.]]).
    """
    (m, k), (_, n) = A.shape, B.shape
    C = np.zeros((m, n))
    for s in range(k):
        C += np.outer(A[:, s], B[s])
    return C


case(matmul_outer, np.array([[1, 2], [0, 3], [1, 0]]), np.array([[4, 5, 0, 1], [6, 0, 1, 0]]))
case(matmul_outer, np.array([[1, 2], [0, 3]]), np.array([[4, 5], [6, 0]]))
case(matmul_outer, np.array([[1, 2, 0, -1], [0, 1, 3, 5]]), np.array([[1, 4, 2], [0, 1, 0], [2, 0, 7], [1, 1, 2]]))
case(matmul_outer, np.array([[1.0], [2.0], [3.0]]), np.array([[4.0, 5.0]]))
case(matmul_outer, np.array([[1.0, 2.0, 3.0]]), np.array([[4.0], [5.0], [6.0]]))


@cases(matmul_outer, count=3)
def _(rng):
    m, k, n = rng.permutation([2, 3, 4, 5])[:3]
    return rng.normal(size=(m, k)), rng.normal(size=(k, n))


@holds(matmul_outer, "to transpose a product, transpose both factors and exchange them")
def _(matmul_outer, rng):
    A, B = rng.normal(size=(2, 4)), rng.normal(size=(4, 3))
    assert close(matmul_outer(A, B).T, matmul_outer(B.T, A.T))


@vectorised(matmul_outer, "the work in Python does not grow with the number of rows of A and columns of B", large=32)
def _(n):
    return np.ones((n, 3)), np.ones((3, n))


@looped(matmul_outer, "the work in Python grows with the number of columns of A: one outer product for each", large=32)
def _(k):
    return np.ones((3, k)), np.ones((k, 2))


@mistake(matmul_outer, "no loop at all")
def _(A, B):
    """Your numbers are right, and no loop makes them: `@`, or one call for all layers at once, does the whole sum.
    What is asked for is how the sum comes about: which matrix does one round over s add?"""
    return A.astype(float) @ B


@mistake(matmul_outer, "three loops")
def _(A, B):
    """You went through i, j and s, number by number, as in matmul_loops. It is right, and it is lesson work done
    already: with s alone held fixed, which whole matrix do column s of A and row s of B make?"""
    return matmul_loops(A, B)


@mistake(matmul_outer, "the last one alone")
def _(A, B):
    """You return the last outer product: each round writes over the one before. What has to be kept?"""
    for s in range(len(B)):
        C = np.outer(A[:, s], B[s]).astype(float)
    return C


@mistake(matmul_outer, "the last one alone, of whole numbers")
def _(A, B):
    """You return the last layer alone, and of whole numbers it is whole numbers.
    What does `=` do to the layers before, and with which array should a sum of floats begin?"""
    for s in range(len(B)):
        C = np.outer(A[:, s], B[s])
    return C


@mistake(matmul_outer, "the first one twice")
def _(A, B):
    """You begin with the first layer and add it once more in the loop, and of whole numbers the sum is whole numbers.
    With which array of floats does a sum begin, before anything was added?"""
    C = np.outer(A[:, 0], B[0])
    for s in range(len(B)):
        C = C + np.outer(A[:, s], B[s])
    return C


@mistake(matmul_outer, "only the first")
def _(A, B):
    """You return the outer product of the first column and the first row. How far in is your `return`?"""
    return np.outer(A[:, 0], B[0]).astype(float)


@mistake(matmul_outer, "row s for column s")
def _(A, B):
    """You took row s of A. The result has m rows, and a row of A has k numbers: which part of A has m?"""
    return sum(np.outer(A[s], B[s]) for s in range(len(B))) + 0.0


@mistake(matmul_outer, "row s for column s, added to zeros")
def _(A, B):
    """You took row s of A for column s: `A[s]` is a row, and its outer product has k rows, where m are asked for.
    How is column s written?"""
    C = np.zeros((len(A), B.shape[1]))
    for s in range(len(B)):
        C += np.outer(A[s], B[s])
    return C


@mistake(matmul_outer, "column s for row s, added to zeros")
def _(A, B):
    """You took column s of B for row s: `B[:, s]` is a column, and its outer product has k columns, where n are asked
    for. How is row s written?"""
    C = np.zeros((len(A), B.shape[1]))
    for s in range(len(B)):
        C += np.outer(A[:, s], B[:, s])
    return C


@mistake(matmul_outer, "row before column, added to zeros")
def _(A, B):
    """Each of your outer products has the shape (n, m), and the zeros have (m, n).
    np.outer(u, v) has one row for each number of u: which of the two comes first?"""
    C = np.zeros((len(A), B.shape[1]))
    for s in range(len(B)):
        C += np.outer(B[s], A[:, s])
    return C


@mistake(matmul_outer, "@ of two vectors")
def _(A, B):
    """`@` of two vectors is one number, and for two of different sizes it is not defined. An outer product has m × n.
    Which of the tools shown makes it?"""
    C = np.zeros((len(A), B.shape[1]))
    for s in range(len(B)):
        C += A[:, s] @ B[s]
    return C


@mistake(matmul_outer, "* of two vectors")
def _(A, B):
    """`*` multiplies numbers that stand in the same place, and needs vectors of one size. In an outer product each
    number of the column meets each number of the row: which of the tools shown makes it?"""
    C = np.zeros((len(A), B.shape[1]))
    for s in range(len(B)):
        C += A[:, s] * B[s]
    return C


@mistake(matmul_outer, "one for each column of B")
def _(A, B):
    """You go through as many layers as B has columns. One layer takes a column of A: how many columns has A?"""
    C = np.zeros((len(A), B.shape[1]))
    for s in range(B.shape[1]):
        C += np.outer(A[:, s], B[s])
    return C


@mistake(matmul_outer, "column s for row s")
def _(A, B):
    """You took column s of B. The result has n columns, and a column of B has k numbers: which part of B has n?"""
    return sum(np.outer(A[:, s], B[:, s]) for s in range(len(B))) + 0.0


@mistake(matmul_outer, "row before column")
def _(A, B):
    """Your result is transposed. np.outer(u, v) has one row for each number of u: which of the two comes first?"""
    return sum(np.outer(B[s], A[:, s]) for s in range(len(B))) + 0.0


@mistake(matmul_outer, "not added up")
def _(A, B):
    """You return the outer products as a pile with three axes. How does one matrix come from it?"""
    return np.array([np.outer(A[:, s], B[s]) for s in range(len(B))], dtype=float)


@mistake(matmul_outer, "one for each row of A")
def _(A, B):
    """You add up as many outer products as A has rows. Which size do A and B have in common?"""
    return sum(np.outer(A[:, s], B[s]) for s in range(len(A))) + 0.0


@mistake(matmul_outer, "everything with everything")
def _(A, B):
    """np.outer(A, B) lays both out in a row and multiplies each number by each. Of which column and row is it asked?"""
    return np.outer(A, B).astype(float)


@mistake(matmul_outer, "inner product for outer")
def _(A, B):
    """You multiplied rows by columns, entry by entry, in two loops. It is right, and it is lesson work done already:
    in one loop over s, which whole matrix does column s of A with row s of B make?"""
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            C[i, j] = A[i] @ B[:, j]
    return C


hint(
    matmul_outer, "In the sum for entry (i, j), hold s fixed and let i and j run. What do you see of A, and what of B?"
)
hint(matmul_outer, "For one s it is np.outer of column s of A and row s of B, and it has the shape of the result.")
hint(matmul_outer, "Begin with zeros of shape (m, n) and add one outer product in each round of the loop over s.")


quiz(
    "batch",
    """W has the shape (3, 2): two numbers in, three out. A batch of four inputs lies in the rows of X, shape (4, 2).
    Why is the layer X @ W.T, and not W @ X?""",
    wrong(
        "Because NumPy multiplies rows by rows when a batch is given.",
        "It never does: `@` sums over the last axis of the left factor and the first of the right, here 2 and 2.",
    ),
    wrong(
        "It makes no difference, as long as the shapes fit: the order is a convention.",
        """W @ X would pair the 2 numbers that W takes with the 4 inputs, which does not fit. With two inputs it would
        fit, and mix numbers of different inputs without a word.""",
    ),
    right(
        "An input that lies in a row is a transposed column, and (W x)ᵀ = xᵀ Wᵀ: each row meets Wᵀ from the left.",
        """One product then does all rows, and none of them sees another. X with its inputs in columns would do as well:
        W @ X.T is the same, transposed.""",
    ),
    wrong(
        "Because Wᵀ undoes W, so that the outputs come back to the size of the inputs.",
        "Transposing exchanges rows and columns. It undoes a rotation, and in general undoes nothing.",
    ),
)

prediction(
    "double",
    """A matrix of shape (2, 2) has the determinant 5. All its entries are doubled. What is its determinant now?""",
    beliefs={
        10: "10 would be right if one of the columns were doubled. Both sides of the parallelogram are.",
        5: "The parallelogram keeps its shape, not its size: both its sides are twice as long.",
        25: "25 is the determinant of A A: the map done twice. 2A is A, and then everything enlarged.",
        40: "40 is 2·2·2·5: in space, with three sides. Here the parallelogram has two.",
    },
)


# ---- 3. Undoing

prediction(
    "tiny_pivot",
    """10⁻²⁰ x + y = 1 and x + y = 2. To sixteen digits the solution is x = 1, y = 1.
    The cell takes 10²⁰ times the first equation from the second, in floats, and fills in from below.
    What does it find for x?""",
    options=("1, or nearly", "0", "infinity", "something huge"),
    beliefs={
        "a": "In exact arithmetic it would. But floats keep sixteen digits, and next to 10²⁰ neither 1 nor 2 is seen.",
        "c": "Nothing is divided by 0 here. What is divided by 10⁻²⁰ happens to be 0.",
        "d": "It would be, were y off by a hair. But y comes out as 1 exactly, and (1 - 1)/10⁻²⁰ is not huge.",
    },
)


@exercise
def solve(A, b):
    """The x with A x = b, by Gaussian elimination with partial pivoting.

    A: an array of numbers of shape (n, n), whole numbers or floats
    b: an array of n numbers
    Returns x, an array of n floats. A and b are left as they were.
    In column j the pivot is the entry of largest absolute value among rows j to n - 1, and its row is swapped into
    row j, also where row j has a pivot already that would do. (Of equally large ones, take either.)
    Raises ValueError if that largest absolute value is 0: then no x or many fit.

    2 x + y = 5 and x + 3 y = 10 are solved by x = 1, y = 3:
    solve(np.array([[2, 1], [1, 3]]), np.array([5, 10])) is array([1., 3.]).
    """
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    n = len(b)
    # begin solution
    for j in range(n):
        p = j + np.argmax(np.abs(A[j:, j]))
        if A[p, j] == 0:
            raise ValueError(f"no pivot in column {j}")
        A[[j, p]], b[[j, p]] = A[[p, j]], b[[p, j]]
        for i in range(j + 1, n):
            factor = A[i, j] / A[j, j]
            A[i] -= factor * A[j]
            b[i] -= factor * b[j]
    # end solution
    x = np.zeros(n)
    # begin solution
    for i in reversed(range(n)):
        x[i] = (b[i] - A[i] @ x) / A[i, i]
    # end solution
    return x


case(solve, np.array([[2, 1], [1, 3]]), np.array([5, 10]))
case(solve, np.array([[-1, 0, 5], [1, 6, 1], [2, 4, -2]]), np.array([7, 11, 6]))
case(solve, np.array([[2.0, 1.0, -1.0], [4.0, 3.0, 1.0], [-2.0, 5.0, 3.0]]), np.array([3.0, 8.0, 1.0]))
case(solve, np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([2.0, 7.0]))
case(solve, np.array([[1e-20, 1.0], [1.0, 1.0]]), np.array([1.0, 2.0]))
case(solve, np.array([[1e-20, 1.0], [-1.0, 1.0]]), np.array([1.0, 2.0]))
case(solve, np.array([[1e-10, 1.0], [1.0, 1.0]]), np.array([1.0, 2.0]))
case(solve, np.array([[2e-30, 1e-30], [1e-30, 3e-30]]), np.array([5e-30, 1e-29]))
case(solve, np.array([[1, 2, 1], [2, 4, -1], [3, 1, 2]]), np.array([4, 5, 1]))
case(solve, np.array([[4.0]]), np.array([10.0]))
case(solve, np.array([[1.0, 2.0], [2.0, 4.0]]), np.array([3.0, 6.0]))
case(solve, np.array([[0.0, 1.0], [0.0, 2.0]]), np.array([3.0, 1.0]))


@cases(solve, count=3)
def _(rng):
    return rng.normal(size=(5, 5)), rng.normal(size=5)


@holds(solve, "A times the answer gives b back")
def _(solve, rng):
    for n in (2, 3, 6):
        A, b = rng.normal(size=(n, n)), rng.normal(size=n)
        assert close(A @ solve(A, b), b)


@holds(solve, "the order in which the equations are written does not matter")
def _(solve, rng):
    A, b, order = rng.normal(size=(4, 4)), rng.normal(size=4), [2, 0, 3, 1]
    assert close(solve(A[order], b[order]), solve(A, b))


def _solver(pivot="largest", swap_b=True, eliminate_b=True, upside_down=True, refuse=True, factor=None, last=None):
    """A solve of which one part may be exchanged."""
    last = last or (lambda right, known, pivot: (right - known) / pivot)

    def program(A, b):
        A, b = np.array(A, dtype=float), np.array(b, dtype=float)
        n = len(b)
        for j in range(n):
            size = np.abs(A[j:, j])
            first = int(np.flatnonzero(size)[0]) if size.any() else 0
            p = {"largest": j + int(np.argmax(size)), "diagonal": j, "first": j + first}
            p |= {"signed": j + int(np.argmax(A[j:, j])), "from the top": int(np.argmax(size))}
            p = p[pivot]
            if refuse and A[p, j] == 0:
                raise ValueError
            A[[j, p]] = A[[p, j]]
            if swap_b:
                b[[j, p]] = b[[p, j]]
            for i in range(j + 1, n):
                ratio = A[i, j] / A[j, j] if factor is None else factor(A[i, j], A[j, j])
                A[i] = A[i] - ratio * A[j]
                if eliminate_b:
                    b[i] = b[i] - ratio * b[j]
        x = np.zeros(n)
        for i in reversed(range(n)) if upside_down else range(n):
            x[i] = last(b[i], A[i] @ x, A[i, i])
        return x

    return program


@mistake(solve, "no pivoting")
def _(A, b):
    """You divide by whatever stands on the diagonal, and it may be 0, or so small that the rest is lost in rounding.
    Which of the rows below could be swapped up?"""
    return _solver("diagonal", refuse=False)(A, b)


@mistake(solve, "a zero on the diagonal refused")
def _(A, b):
    """You stop with a ValueError as soon as a 0 stands on the diagonal, though a row below could take its place.
    When is there truly nothing to be done?"""
    return _solver("diagonal")(A, b)


@mistake(solve, "swapped only where it is 0")
def _(A, b):
    """You take the first entry that is not 0. Dividing by 1e-20 makes numbers so large that 1 and 2 vanish beside them.
    Which entry of the column makes the smallest factors?"""
    return _solver("first")(A, b)


@mistake(solve, "the largest with its sign")
def _(A, b):
    """You look for the largest number, and -1 is smaller than 1e-20. What counts for a factor, sign or size?"""
    return _solver("signed")(A, b)


@mistake(solve, "counted from the wrong row")
def _(A, b):
    """np.argmax(np.abs(A[j:, j])) counts from row j, and you use it as if it counted from row 0.
    Which row of A is the first row of A[j:]?"""
    return _solver("from the top")(A, b)


@mistake(solve, "b not swapped")
def _(A, b):
    """You swap rows of A and leave b as it is. An equation has a left and a right side: what goes with a row of A?"""
    return _solver(swap_b=False)(A, b)


@mistake(solve, "the right sides left as they were")
def _(A, b):
    """The rows of A change, and their right sides come out as they were. Either no line changes b[i], or that line
    computes the factor once more, when its row has changed: then it is 0, or what rounding left.
    Which of the two is it?"""
    return _solver(eliminate_b=False)(A, b)


@mistake(solve, "the right sides left as they were, nothing refused")
def _(A, b):
    """Two things: where no pivot is left, nan or inf comes out; and the right sides come out as they were. Either no
    line changes b[i], or that line computes the factor once more, when its row has changed: then it is 0, or what
    rounding left. Which of the two is it?"""
    with np.errstate(all="ignore"):
        return _solver(eliminate_b=False, refuse=False)(A, b)


@mistake(solve, "the first unknown left out")
def _(A, b):
    """Your first unknown is always 0, the number that it began with: range(n - 1, 0, -1) ends before it comes to 0.
    Which of the tools shown goes from the last row up to row 0?"""
    x = _solver()(A, b)
    x[0] = 0.0
    return x


@mistake(solve, "the known unknowns left out")
def _(A, b):
    """Each unknown is found as if it stood alone in its equation. Either you fill in from the top, where the others are
    not known yet, or you do not subtract those that are. In row i, what stands there besides A[i, i]·x[i]?"""
    return _solver(upside_down=False)(A, b)


@mistake(solve, "not divided")
def _(A, b):
    """You subtract what is known, and what is left is a multiple of x[i]. What stands before x[i] in its equation?"""
    return _solver(last=lambda right, known, pivot: right - known)(A, b)


@mistake(solve, "only the known part divided")
def _(A, b):
    """`b[i] - A[i] @ x / A[i, i]` divides the known part alone, because / comes before -.
    Which part of the equation is to be divided?"""
    return _solver(last=lambda right, known, pivot: right - known / pivot)(A, b)


@mistake(solve, "the known part added")
def _(A, b):
    """You add what is known to the right side. It stands on the left with a plus: how does it come to the right?"""
    return _solver(last=lambda right, known, pivot: (right + known) / pivot)(A, b)


@mistake(solve, "the factor upside down")
def _(A, b):
    """Your factor is pivot over entry. factor · pivot should be the entry that is to vanish: what is the factor?"""
    with np.errstate(all="ignore"):
        return _solver(factor=lambda entry, pivot: pivot / entry)(A, b)


@mistake(solve, "rows added")
def _(A, b):
    """You add the multiple of the pivot row, and the entry below the pivot doubles. Which sign makes it vanish?"""
    return _solver(factor=lambda entry, pivot: -entry / pivot)(A, b)


@mistake(solve, "the pivot row too")
def _(A, b):
    """You subtract the pivot row from itself, and the equation is gone. Which is the first row below the pivot?"""
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    n = len(b)
    for j in range(n):
        p = j + np.argmax(np.abs(A[j:, j]))
        if A[p, j] == 0:
            raise ValueError
        A[[j, p]], b[[j, p]] = A[[p, j]], b[[p, j]]
        for i in range(j, n):
            factor = A[i, j] / A[j, j]
            A[i] = A[i] - factor * A[j]
            b[i] = b[i] - factor * b[j]
    x = np.zeros(n)
    for i in reversed(range(n)):
        x[i] = (b[i] - A[i] @ x) / A[i, i]
    return x


@mistake(solve, "a singular matrix answered")
def _(A, b):
    """For rows that are multiples of each other you return inf, nan or huge numbers, without a word.
    What does it mean if the largest entry that is left in a column is 0?"""
    with np.errstate(all="ignore"):
        return _solver(refuse=False)(A, b)


@mistake(solve, "the last pivot not looked at")
def _(A, b):
    """You look at every pivot but the last: below the last row there is nothing to eliminate, but its pivot can still
    be 0. Over which columns does the loop go in which your `raise` stands?"""
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    n = len(b)
    for j in range(n - 1):
        p = j + np.argmax(np.abs(A[j:, j]))
        if A[p, j] == 0:
            raise ValueError
        A[[j, p]], b[[j, p]] = A[[p, j]], b[[p, j]]
        for i in range(j + 1, n):
            factor = A[i, j] / A[j, j]
            A[i] = A[i] - factor * A[j]
            b[i] = b[i] - factor * b[j]
    x = np.zeros(n)
    with np.errstate(all="ignore"):
        for i in reversed(range(n)):
            x[i] = (b[i] - A[i] @ x) / A[i, i]
    return x


@mistake(solve, "small taken for 0")
def _(A, b):
    """You stop with a ValueError where the largest entry is small. Multiply all equations by 1e-30: are they harder
    to solve than before? Which entry alone cannot be divided by?"""
    if np.abs(np.linalg.det(np.array(A, dtype=float))) < 1e-12:
        raise ValueError
    return _solver()(A, b)


@mistake(solve, "both rows the same")
def _(A, b):
    """After A[j], A[p] = A[p], A[j] both rows are equal: a row of an array is a view, and the first assignment
    writes over what the second one reads. Which way of swapping was shown, that copies first?"""
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    n = len(b)
    for j in range(n):
        p = j + np.argmax(np.abs(A[j:, j]))
        if A[p, j] == 0:
            raise ValueError
        A[j], A[p] = A[p], A[j]
        b[j], b[p] = b[p], b[j]
        for i in range(j + 1, n):
            ratio = A[i, j] / A[j, j]
            A[i] = A[i] - ratio * A[j]
            b[i] = b[i] - ratio * b[j]
    x = np.zeros(n)
    with np.errstate(all="ignore"):
        for i in reversed(range(n)):
            x[i] = (b[i] - A[i] @ x) / A[i, i]
    return x


equivalent(
    solve,
    "x[i] = (b[i] - A[i] @ x) / A[i, i]  ⇒  x[i] = (b[i] - x @ A[i]) / A[i, i]",
    "a dot product is the same both ways",
)
equivalent(solve, "n = len(b)  ⇒  n = len(A)", "there are as many equations as right sides")

hint(solve, "In column j: which row do you want in place j, and what must be gone below it when you have finished?")
hint(
    solve,
    """np.argmax of the sizes in A[j:, j] counts from row j: add j to get the row p. Swap rows j and p, of A and of b.
    Then for each row i below: a factor, and the same subtraction on both sides.""",
)
hint(
    solve,
    """Then from the last row up: in row i all x after i are known, and those before it are still 0 in x and have
    vanished from the row. What is left of the equation, with A[i] @ x for all that is known?""",
)


# ---- 4. Rank


@exercise(needs=[solve])
def rank(A, tol=1e-10):
    """The rank of a matrix: how many pivots elimination finds in it.

    A: an array of numbers of shape (m, n), whole numbers or floats, not always square
    tol: a pivot of this absolute value or less counts as 0
    Returns an int. A is left as it was.
    As in solve, the pivot of a column is the entry of largest absolute value among the rows not yet used.
    A column without one is passed over, and no row is used up by it.

    The second row of [[1, 2], [2, 4]] is twice the first: its rank is 1.
    The first column of [[0, 0, 3], [0, 2, 1]] has no pivot, the other two have one each: its rank is 2.
    """
    A = A.astype(float)
    m, n = A.shape
    used = 0
    for j in range(n):
        if used == m:
            break
        p = used + np.argmax(np.abs(A[used:, j]))
        if abs(A[p, j]) <= tol:
            continue
        A[[used, p]] = A[[p, used]]
        for i in range(used + 1, m):
            A[i] -= A[i, j] / A[used, j] * A[used]
        used += 1
    return used


case(rank, np.array([[1, 2], [2, 4]]))
case(rank, np.array([[0.0, 0.0, 3.0], [0.0, 2.0, 1.0]]))
case(rank, np.array([[1.0, 2.0], [2.0, 1.0]]))
case(rank, np.array([[0.1, 0.2, 0.3], [0.3, 0.6, 0.9], [0.7, 1.4, 2.1]]))
case(rank, np.zeros((2, 3)))
case(rank, np.array([[-2.0, 1.0, 4.0], [-4.0, -3.0, 1.0]]))
case(rank, np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [4.0, 9.0]]))
case(rank, np.array([[1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 4.0, 6.0, 8.0, 9.0]]))
case(rank, np.array([[0.0, 1.0, 2.0], [0.0, 2.0, 4.0], [0.0, 3.0, 7.0]]))
case(rank, np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 2.0], [1.0, 1.0, 4.0]]))
case(rank, np.array([[3.0, 0.0], [0.0, 0.001]]))
case(rank, np.array([[3.0, 0.0], [0.0, 0.001]]), tol=0.01)
case(rank, np.array([[3.0, 0.0], [0.0, -0.5]]), 0.5)
case(rank, np.array([[9.0, 0.0], [0.0, 6.0]]), 5)
case(rank, np.array([[1.0, 0.0], [0.0, 1.5e-10]]))
case(rank, np.array([[-3.0, 0.0], [0.0, 2.0]]))
case(rank, np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 1.0]]))
case(rank, np.array([[1e-9, 1.0, 0.3], [3.0, 0.7, 0.2], [9.0, 2.1, 0.6]]))
case(rank, np.array([[0.0, 1.0, 1.0], [0.0, 2.0, 2.0], [0.0, 4.0, 4.0]]))


@holds(rank, "a product of shapes (m, k) and (k, n) has a rank of at most k, and of k if the numbers are random")
def _(rank, rng):
    for m, k, n in ((6, 2, 5), (4, 3, 7), (5, 1, 3)):
        assert rank(rng.normal(size=(m, k)) @ rng.normal(size=(k, n))) == k


@holds(rank, "there are as many independent rows as independent columns: the transpose has the same rank")
def _(rank, rng):
    A = np.outer([1, 2, 3, 4], [1, 0, 2]) + np.outer([0, 1, 1, 5], [2, 2, 1])
    assert rank(A) == rank(A.T) == 2


def _ranker(zero=lambda pivot, tol: abs(pivot) <= tol, tied=False, swap=True, below=True, stop=False, first=False):
    """A rank of which one part may be exchanged."""

    def program(A, tol=1e-10):
        A = np.array(A, dtype=float)
        used = found = 0
        for j in range(A.shape[1]):
            if used == len(A):
                break
            size = np.abs(A[used:, j])
            p = used + int(np.argmax(size > tol if first else size)) if swap else used
            if zero(A[p, j], tol) and stop:
                break
            if zero(A[p, j], tol):
                used += tied
                continue
            A[[used, p]] = A[[p, used]]
            if below:
                for i in range(used + 1, len(A)):
                    A[i] = A[i] - A[i, j] / A[used, j] * A[used]
            used += 1
            found += 1
        return found

    return program


@mistake(rank, "exactly 0")
def _(A, tol=1e-10):
    """You count every pivot that is not exactly 0. Of [[0.1, 0.2, …], [0.3, 0.6, …]], where one row is three times
    the other, elimination leaves about 1e-17. Is that a pivot, or the rounding of 0.1?"""
    return _ranker(zero=lambda pivot, tol: pivot == 0)(A, tol)


@mistake(rank, "tol not used")
def _(A, tol=1e-10):
    """You compare with a fixed small number, whatever tol is. Who decides what counts as 0?"""
    return _ranker(zero=lambda pivot, tol: abs(pivot) <= 1e-10)(A, tol)


@mistake(rank, "negative pivots left out")
def _(A, tol=1e-10):
    """A pivot of -4 is below every tolerance for you. Is it its sign or its size that says whether it is 0?"""
    return _ranker(zero=lambda pivot, tol: pivot <= tol)(A, tol)


@mistake(rank, "a row used up by a column without a pivot")
def _(A, tol=1e-10):
    """You look for the pivot of column j in row j or below, also after a column that had none.
    How many rows are used up then, and from which row should the search begin?"""
    return _ranker(tied=True)(A, tol)


@mistake(rank, "the first above the tolerance")
def _(A, tol=1e-10):
    """You take the first entry above tol for the pivot. 1e-9 is above it, makes factors of a thousand million, and what
    rounding leaves is multiplied by them. Which entry of the column makes the smallest factors?"""
    return _ranker(first=True)(A, tol)


@mistake(rank, "stopped at a column without a pivot")
def _(A, tol=1e-10):
    """A column without a pivot ends your search. What about the columns after it?"""
    return _ranker(stop=True)(A, tol)


@mistake(rank, "no swapping")
def _(A, tol=1e-10):
    """You take what stands in the next row for the pivot, and if it is 0 you give the column up.
    Might there be a row further down that has something in this column?"""
    return _ranker(swap=False)(A, tol)


@mistake(rank, "nothing eliminated")
def _(A, tol=1e-10):
    """You count columns that have something in them, and take nothing out of the rows below a pivot.
    When the first row is taken out of the second, what is left of [2, 4] after [1, 2]?"""
    return _ranker(below=False)(A, tol)


@mistake(rank, "the smaller of the two sizes")
def _(A, tol=1e-10):
    """You return the smaller of m and n, and that is the most that the rank can be.
    How many directions are left if one row is twice the other?"""
    return min(A.shape)


@mistake(rank, "rows that are not zero")
def _(A, tol=1e-10):
    """You count the rows with something in them. The second row of [[1, 2], [2, 4]] has something in it:
    does it say anything that the first does not?"""
    return int(np.sum(np.any(np.abs(A) > tol, axis=1)))


@mistake(rank, "on after the last row")
def _(A, tol=1e-10):
    """A matrix with more columns than rows stops you: when all rows are used there is no row to look for a pivot in.
    What is known about the rank at that moment?"""
    A = np.array(A, dtype=float)
    used = 0
    for j in range(A.shape[1]):
        p = used + np.argmax(np.abs(A[used:, j]))
        if abs(A[p, j]) <= tol:
            continue
        A[[used, p]] = A[[p, used]]
        for i in range(used + 1, len(A)):
            A[i] = A[i] - A[i, j] / A[used, j] * A[used]
        used += 1
    return used


hint(rank, "Do [[0, 0, 3], [0, 2, 1]] by hand. After the first column, how many rows have you used?")
hint(rank, "Take solve, leave b out, and let two numbers run separately: the column j, and the count of rows used.")
hint(
    rank,
    """For each column: stop if all rows are used; find the largest entry in A[used:, j]; if it is within tol of 0, go
    on to the next column (`continue`); else swap, eliminate below, and raise the count by 1.""",
)


prediction(
    "rank_of_product",
    """W1 has the shape (2, 5) and W2 the shape (6, 2), and all their numbers are random.
    What is the rank of the product W2 @ W1?""",
    beliefs={
        5: "5 is the most that the shape (6, 5) allows. But all that comes out has passed through 2 numbers.",
        6: "It has 6 rows, and 5 columns, so the rank is 5 at most. And what comes out has passed through 2 numbers.",
        4: "The ranks of the two do not add: what W1 lets through, W2 can only pass on.",
        30: "30 is how many entries it has. The rank counts directions, and (6, 5) has 5 at most.",
    },
)

quiz(
    "bottleneck",
    """768 numbers are squeezed to 64 by W1 and widened to 768 again by W2, with nothing between.
    Somebody replaces W2 by a matrix with 10 000 outputs, to bring back what was lost. What happens?""",
    wrong(
        "More is brought back, the more outputs there are.",
        "Whatever W2 is, it is given 64 numbers. Two inputs that agree in those give the same 10 000 outputs.",
    ),
    right(
        "The outputs stay within 64 dimensions of the 10 000: what W1 sends to 0 is gone.",
        """The rank of W2 W1 is at most 64. An attention head is such a bottleneck, and LoRA builds one on purpose:
        64·(768 + 768) numbers to train instead of 768².""",
    ),
    wrong(
        "The rank becomes 768, since the product W2 W1 has 768 independent columns.",
        """Each of these columns is W2 times a column of W1: a combination of the 64 columns of W2.
        Of more than 64 such combinations, some are combinations of the others.""",
    ),
    wrong(
        "Nothing was lost: W1 and W2 together have enough numbers to store each input.",
        "Those numbers are fixed before an input comes. What is known of an input is the 64 numbers that get through.",
    ),
)


# ---- 5. More equations than unknowns


@exercise(needs=[project, solve])
def normal_equations(X, y, ridge=0.0):
    """The weights w for which X w comes nearest to y, from the normal equations.

    X: an array of floats of shape (n, d): n observations of d quantities, n at least d
    y: an array of n floats
    ridge: a number, 0 or more, that is added to each diagonal entry of XᵀX
    Returns w, an array of d floats, with (XᵀX + ridge·I) w = Xᵀy. X and y are left as they were.
    X is used as it is: no column of ones is put beside it.

    With X = [[1, 0], [1, 1], [1, 2]] and y = [1, 2, 6]: XᵀX is [[3, 3], [3, 5]], Xᵀy is [9, 14], and w is [0.5, 2.5].
    With X = [[1], [2]], y = [1, 3] and ridge = 2: (5 + 2) w = 7, so w is [1.].
    """
    _, d = X.shape
    return solve(X.T @ X + ridge * np.eye(d), X.T @ y)


case(normal_equations, np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 2.0, 6.0]))
case(normal_equations, np.array([[1.0], [2.0]]), np.array([1.0, 3.0]), ridge=2.0)
case(normal_equations, np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]), np.array([1.0, 2.0, 6.0]))
case(normal_equations, np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([4.0, 0.0, -1.0]))
case(normal_equations, np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([4.0, 1.0]), 0.5)
case(normal_equations, np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 2.0, 6.0]), 3.0)
case(
    normal_equations, np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [-1.0, -1.0]]), np.array([1.0, 3.0, 2.0, 0.0]), 0.5
)


@cases(normal_equations, count=4)
def _(rng):
    return rng.normal(size=(7, 3)), rng.normal(size=7), float(rng.uniform(0, 4))


@holds(normal_equations, "without ridge, what is left over is perpendicular to every column of X")
def _(normal_equations, rng):
    X, y = rng.normal(size=(8, 3)), rng.normal(size=8)
    assert close(X.T @ (y - X @ normal_equations(X, y)), np.zeros(3))


@holds(normal_equations, "ridge does what d more observations would: √ridge of one quantity at a time, and y = 0")
def _(normal_equations, rng):
    X, y = rng.normal(size=(8, 3)), rng.normal(size=8)
    more_X, more_y = np.concatenate([X, 1.5 * np.eye(3)]), np.concatenate([y, np.zeros(3)])
    assert close(normal_equations(X, y, 2.25), normal_equations(more_X, more_y))


@mistake(normal_equations, "ridge on every entry")
def _(X, y, ridge=0.0):
    """XᵀX + ridge adds the number to all entries, not to the diagonal alone.
    Which matrix, times ridge, has it on the diagonal and 0 elsewhere?"""
    return solve(X.T @ X + ridge, X.T @ y)


@mistake(normal_equations, "ridge forgotten")
def _(X, y, ridge=0.0):
    """Your answer is the same for every ridge. To which matrix is it added?"""
    return np.linalg.lstsq(X, y, rcond=None)[0]


@mistake(normal_equations, "ridge once for each observation")
def _(X, y, ridge=0.0):
    """You added n times the ridge. With XᵀX not divided by n, how much is added to its diagonal?"""
    return solve(X.T @ X + ridge * len(y) * np.eye(X.shape[1]), X.T @ y)


@mistake(normal_equations, "ridge squared")
def _(X, y, ridge=0.0):
    """You added ridge². √ridge stands in the additional rows: what stands on the diagonal of XᵀX after that?"""
    return solve(X.T @ X + ridge**2 * np.eye(X.shape[1]), X.T @ y)


@mistake(normal_equations, "the root of the ridge")
def _(X, y, ridge=0.0):
    """You put √ridge on the diagonal of XᵀX. It stands in the additional rows of X: what does it become in XᵀX?"""
    return solve(X.T @ X + np.sqrt(ridge) * np.eye(X.shape[1]), X.T @ y)


@mistake(normal_equations, "ridge subtracted")
def _(X, y, ridge=0.0):
    """You subtracted the ridge, and the weights become larger, not smaller. Which sign keeps the pivots away from 0?"""
    return solve(X.T @ X - ridge * np.eye(X.shape[1]), X.T @ y)


@mistake(normal_equations, "X times its transpose")
def _(X, y, ridge=0.0):
    """X Xᵀ has the shape (n, n), a row for each observation, and there are d unknowns. Which order gives (d, d)?"""
    return solve(X @ X.T + ridge * np.eye(len(X)), X.T @ y)


@mistake(normal_equations, "X times its transpose, and a smaller identity")
def _(X, y, ridge=0.0):
    """X Xᵀ has a row for each observation, n of them, and the identity beside it has d. There are d equations,
    one for each weight. Which order of X and Xᵀ has the shape (d, d)?"""
    return solve(X @ X.T + ridge * np.eye(X.shape[1]), X.T @ y)


@mistake(normal_equations, "X times its transpose, with y")
def _(X, y, ridge=0.0):
    """X Xᵀ has a row for each observation, and so has y: what you solve has n unknowns. There are d weights.
    What must X w = y be multiplied by, on both sides, for d equations to remain?"""
    return solve(X @ X.T + ridge * np.eye(len(X)), y)


@mistake(normal_equations, "an identity for the observations")
def _(X, y, ridge=0.0):
    """XᵀX has the shape (d, d), and your identity has a row for each observation. How many rows has it to have?"""
    return solve(X.T @ X + ridge * np.eye(len(X)), X.T @ y)


@mistake(normal_equations, "X times y")
def _(X, y, ridge=0.0):
    """X @ y pairs the d numbers of a row of X with the n numbers of y. The right side is to have d numbers:
    what must X become first?"""
    return solve(X.T @ X + ridge * np.eye(X.shape[1]), X @ y)


@mistake(normal_equations, "y not multiplied by Xᵀ")
def _(X, y, ridge=0.0):
    """Your right side has n numbers, and there are d equations. Both sides of X w = y were multiplied by what?"""
    return solve(X.T @ X + ridge * np.eye(X.shape[1]), y)


@mistake(normal_equations, "X and y as they are")
def _(X, y, ridge=0.0):
    """You handed X and y to solve as they are. It takes a square matrix, and X has n rows and d columns.
    Which product of X and Xᵀ has one row and one column for each weight, and what becomes of y then?"""
    return solve(X, y)


@mistake(normal_equations, "a column of ones put in front")
def _(X, y, ridge=0.0):
    """You put a column of ones beside X and return one weight too many. Whose choice is it whether X has one?"""
    X = np.column_stack([np.ones(len(X)), X])
    return solve(X.T @ X + ridge * np.eye(X.shape[1]), X.T @ y)


@mistake(normal_equations, "the first d equations alone")
def _(X, y, ridge=0.0):
    """You solve the first d equations exactly and never look at the others. Whose errors are to be small?"""
    d = X.shape[1]
    return solve(X[:d] + ridge * np.eye(d), y[:d])


hint(normal_equations, "What shapes have XᵀX and Xᵀy, and which of your functions takes a matrix and a right side?")
hint(normal_equations, "Two arguments for solve: X.T @ X with the ridge on its diagonal, and X.T @ y.")
hint(
    normal_equations,
    "ridge * np.eye(d) has the ridge on its diagonal and 0 elsewhere; d is the number of columns of X.",
)


# ---- Review


@question(matrix_of, "an image from two images")
def _(rng):
    a, c, b, d = (int(n) for n in rng.integers(-4, 6, size=4))
    x, y = (int(n) for n in rng.choice([-3, -2, 2, 3, 4], size=2))
    M = matrix_of(lambda v: v[0] * np.array([a, c]) + v[1] * np.array([b, d]), 2)
    return Asked(
        f"A linear map sends (1, 0) to ({a}, {c}) and (0, 1) to ({b}, {d})."
        f" What is the first number of its image of ({x}, {y})?",
        float((M @ np.array([x, y]))[0]),
        why=f"{x} times the first image plus {y} times the second; in the first place {x}·{a} + {y}·{b}.",
    )


@question(rotation, "a quarter turn and a half")
def _(rng):
    x, y = (int(n) for n in rng.choice([-5, -4, -3, -2, 2, 3, 4, 5], size=2, replace=False))
    quarters = int(rng.integers(1, 4))
    told = {1: "a quarter turn", 2: "half a turn", 3: "three quarters of a turn"}[quarters]
    landed = rotation(quarters * np.pi / 2) @ np.array([x, y])
    return Asked(
        f"The plane is turned anticlockwise by {told}. Which first coordinate has the point where ({x}, {y}) lands?",
        round(float(landed[0]), 9),
        why="A quarter turn sends (x, y) to (-y, x); do it once for each quarter.",
    )


@question(matmul_loops, "one entry of a product")
def _(rng):
    A, B = rng.integers(0, 5, size=(2, 3)), rng.integers(0, 5, size=(3, 2))
    i, j = (int(n) for n in rng.integers(0, 2, size=2))
    terms = " + ".join(f"{A[i, s]}·{B[s, j]}" for s in range(3))
    return Asked(
        f"A = {A.tolist()} and B = {B.tolist()}. What is entry ({i}, {j}) of A @ B, counted from 0?",
        float(matmul_loops(A, B)[i, j]),
        why=f"Row {i} of A with column {j} of B: {terms}.",
    )


@question(matmul_outer, "the shape and the rank of a product")
def _(rng):
    m, k, n = (int(size) for size in rng.permutation([2, 3, 5, 8, 10])[:3])
    return Asked(
        f"A has the shape ({m}, {k}) and B the shape ({k}, {n}). What is the highest rank that A @ B can have?",
        rank(matmul_outer(np.eye(m, k), np.eye(k, n))),
        why=f"It is a sum of {k} outer products, and has {m} rows and {n} columns: the smallest of the three.",
    )


@question(solve, "two equations")
def _(rng):
    x, y = (int(n) for n in rng.integers(1, 7, size=2))
    a, b, c = (int(n) for n in rng.integers(1, 5, size=3))
    d = b * c + a  # so that the pivots are a and a whole number over a
    found = solve(np.array([[a, b], [a * c, d]]), np.array([a * x + b * y, a * c * x + d * y]))
    first, second = "" if a == 1 else a, "" if a * c == 1 else a * c
    return Asked(
        f"{first}x + {b if b > 1 else ''}y = {a * x + b * y} and {second}x + {d}y = {a * c * x + d * y}. What is y?",
        round(float(found[1]), 9),
        why=f"Take {c} times the first equation from the second: {d - b * c}y = {(d - b * c) * y}.",
    )


@question(normal_equations, "one weight")
def _(rng):
    X, y = rng.integers(1, 4, size=(3, 1)), rng.integers(0, 6, size=3)
    square = int(np.sum(X**2))
    ridge = int(rng.choice([10, 20, 25, 40, 50])) - square if square < 10 else 40 - square
    top = int(X[:, 0] @ y)
    w = normal_equations(X.astype(float), y.astype(float), float(ridge))
    return Asked(
        f"One quantity, three observations: x = {X[:, 0].tolist()}, y = {y.tolist()}."
        f" Which weight w do the normal equations give with a ridge of {ridge}?",
        round(float(w[0]), 9),
        why=f"XᵀX is {square} and Xᵀy is {top}: ({square} + {ridge})·w = {top}.",
    )
