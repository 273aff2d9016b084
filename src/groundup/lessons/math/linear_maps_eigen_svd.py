"""Exercises of the lesson on eigenvalues and singular values: from directions that keep their line to stretches of 1.

Signs of eigenvectors and singular vectors are free, so products and projections are compared, never a sign.
Builds on matrices (lesson 5) and the covariance of a cloud (lesson 6). Knows nothing of complex eigenvalues.
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
    mistake,
    prediction,
    question,
    quiz,
    right,
    scenario,
    wrong,
)
from groundup.lessons.math.matrices_examples import matmul_outer, rank
from groundup.lessons.math.probability_examples import covariance, standardise

_SIDES = "A is symmetric: from the left and from the right it does the same"
_CUT = "more columns of U and rows of Vt are made, and cut off again"

# ---- 1. Directions that keep their line

prediction(
    "longest_image",
    """A sends (1, 0) to (1.5, 2), and (0, 1) to (0, 2.5). Both images are 2.5 long.
    How long is the longest image that a vector of length 1 can have?""",
    beliefs={
        2.5: "2.5 is what the two basis vectors get. A direction between them gets some of both.",
        5: "Both images in full would be 5. But (1, 1) is longer than 1: with length 1 it has less than that.",
        3.75: "3.75 is the determinant, the factor of areas. One direction may be stretched less than that.",
        4.5: "4.5 is the second coordinate of the image of (1, 1), which is longer than 1.",
        3: "The entries are no lengths, and neither is a sum of two of them: what counts is the length of A x.",
    },
)

prediction(
    "shear_directions",
    """The shear sends (x, y) to (x + y, y).
    How many lines through the origin does it send to themselves?""",
    beliefs={
        0: "The level axis stays: (x, 0) goes to (x, 0).",
        2: "The upright axis leans over: (0, 1) goes to (1, 1). Only the level axis stays where it is.",
    },
)

prediction(
    "share_left",
    """A symmetric matrix has the eigenvalues 2 and 1. A vector starts with equal shares of both eigenvectors.
    After ten multiplications, how many times as large is its share of the first as its share of the second?""",
    beliefs={
        2: "2 is the ratio after one multiplication. Each further one multiplies the shares again.",
        20: "The factors of ten multiplications do not add up: 2·2·2 … is a product.",
        100: "10² is ten squared. It is the 2 that is multiplied with itself, ten times.",
        512: "2⁹ is the ratio after nine.",
    },
)


@exercise
def power_iteration(A, k, rng):
    """The eigenvalue of a symmetric matrix that is largest in size, and its eigenvector, by k multiplications.

    A: an array of floats of shape (n, n), symmetric; no vector on the way becomes 0
    k: how many times to multiply, a whole number of at least 0
    rng: a generator; the start is rng.normal(size=n), brought to the length 1
    Returns (lam, v). v is an array of n floats: the start, k times multiplied by A and brought back to the length 1,
    each time, so that no k, however large, leads to inf or nan.
    lam is the dot product of v, as returned, with A v: it carries the sign of the eigenvalue.

    For A = [[2, 1], [1, 2]], a start of (1, 0) and k = 1: A x = (2, 1), v = (0.894, 0.447), A v = (2.236, 1.789),
    and lam is 0.894·2.236 + 0.447·1.789 = 2.8. From k = 20 on, lam is 3 to nine digits.
    """
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
    return v @ A @ v, v


@scenario(power_iteration, "two numbers, a few steps")
def _(power_iteration):
    A = np.array([[2.0, 1.0], [1.0, 2.0]])
    rng = np.random.default_rng(3)
    power_iteration(A, 0, rng)
    yield "the start is drawn from rng", rng.random() != np.random.default_rng(3).random()
    for k in (0, 1, 2, 20):
        lam, v = power_iteration(A, k, np.random.default_rng(3))
        yield f"lam, k = {k}", lam
        yield f"v with v, k = {k}", np.outer(v, v)


@scenario(power_iteration, "a negative eigenvalue, the largest in size")
def _(power_iteration):
    A = np.array([[-4.0, 1.0, 0.5], [1.0, 2.0, 0.0], [0.5, 0.0, 1.0]])
    for k in (1, 3, 60):
        lam, v = power_iteration(A, k, np.random.default_rng(5))
        yield f"lam, k = {k}", lam
        yield f"v with v, k = {k}", np.outer(v, v)


@scenario(power_iteration, "a hundred steps")
def _(power_iteration):
    large, v = power_iteration(np.array([[3e4, 4e3], [4e3, 2e4]]), 100, np.random.default_rng(1))
    small, w = power_iteration(np.array([[3e-4, 1e-4], [1e-4, 2e-4]]), 100, np.random.default_rng(2))
    yield "lam, stretching", large
    yield "v with v, stretching", np.outer(v, v)
    yield "lam, shrinking, over 1e-4", small / 1e-4
    yield "v with v, shrinking", np.outer(w, w)


@holds(power_iteration, "after enough steps A v is lam times v, and no eigenvalue is larger in size")
def _(power_iteration, rng):
    for n in (3, 5):
        turn = np.linalg.qr(rng.normal(size=(n, n)))[0]
        A = turn @ np.diag(1.0 + np.arange(n)) @ turn.T
        lam, v = power_iteration(A, 100, rng)
        assert abs(v @ v - 1) < 1e-9, f"v has the length {np.sqrt(v @ v):.3g}"
        assert np.all(np.abs(A @ v - lam * v) < 1e-6 * lam)
        assert abs(lam - np.linalg.eigvalsh(A)[-1]) < 1e-6 * lam


equivalent(power_iteration, "v = A @ v  ⇒  v = v @ A", because=_SIDES)
equivalent(power_iteration, "return (v @ A @ v, v)  ⇒  return (v @ (v @ A), v)", because=_SIDES)
equivalent(power_iteration, "return (v @ A @ v, v)  ⇒  return (A @ v @ v, v)", because="a dot product has no order")


@mistake(power_iteration, "the length taken for the eigenvalue")
def _(A, k, rng):
    """You return the length of A v, and a length has no sign: where the eigenvalue is -4 you say 4.
    Which product of v with A v is negative when A turns v round?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
    w = A @ v
    return np.sqrt(w @ w), v


@mistake(power_iteration, "never brought back to length 1")
def _(A, k, rng):
    """Your v grows or shrinks with every multiplication, and v · A v with the square of it.
    What should happen to v at the end of each step?"""
    v = rng.normal(size=len(A))
    for _ in range(k):
        v = A @ v
    return v @ A @ v, v


@mistake(power_iteration, "brought back to length 1 once, at the end")
def _(A, k, rng):
    """After 100 steps your answer is nan: on the way the numbers grew to infinity, or shrank to 0.
    How often does v have to be brought back to the length 1?"""
    v = rng.normal(size=len(A))
    for _ in range(k):
        v = A @ v
    v = v / np.sqrt(v @ v)
    return v @ A @ v, v


@mistake(power_iteration, "the eigenvalue of the step before")
def _(A, k, rng):
    """Your lam belongs to the vector before the last step, your v to the one after it.
    Of which v should the dot product with A v be taken?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    lam = v @ A @ v
    for _ in range(k):
        w = A @ v
        lam = v @ w
        v = w / np.sqrt(w @ w)
    return lam, v


@mistake(power_iteration, "one step too many")
def _(A, k, rng):
    """You multiply k + 1 times; with k = 0 the answer should be the start itself. Does range(k + 1) run k times?"""
    v = rng.normal(size=len(A))
    for _ in range(k + 1):
        v = A @ v
        v = v / np.sqrt(v @ v)
    return v @ A @ v, v


@mistake(power_iteration, "one step too few")
def _(A, k, rng):
    """You multiply k - 1 times: with k = 1 you return the start itself. How often does range(k - 1) run?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k - 1):
        v = A @ v
        v = v / np.sqrt(v @ v)
    return v @ A @ v, v


@mistake(power_iteration, "a start of ones")
def _(A, k, rng):
    """You start from (1, 1, …) and never draw. Of [[2, -1], [-1, 2]] that start is the eigenvector of 1, and no
    multiplication leads away from it. Where does a start come from that has a share of every direction?"""
    v = np.ones(len(A)) / np.sqrt(len(A))
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
    return v @ A @ v, v


@mistake(power_iteration, "divided by the largest entry")
def _(A, k, rng):
    """Your v has a largest entry of 1, and a length that is something else; v · A v is then off by its square.
    By what do you divide to come to the length 1?"""
    v = rng.normal(size=len(A))
    v = v / np.max(np.abs(v))
    for _ in range(k):
        v = A @ v
        v = v / np.max(np.abs(v))
    return v @ A @ v, v


@mistake(power_iteration, "divided by the sum of the entries")
def _(A, k, rng):
    """The entries of your v add up to 1, and its length is something else: the sum of the entries is not the length.
    By what do you divide to come to the length 1?"""
    v = rng.normal(size=len(A))
    v = v / np.sum(v)
    for _ in range(k):
        v = A @ v
        v = v / np.sum(v)
    return v @ A @ v, v


@mistake(power_iteration, "the squared length")
def _(A, k, rng):
    """You divide by v · v, which is the square of the length. What is missing?"""
    v = rng.normal(size=len(A))
    v = v / (v @ v)
    for _ in range(k):
        v = A @ v
        v = v / (v @ v)
    return v @ A @ v, v


@mistake(power_iteration, "the start left as it was drawn")
def _(A, k, rng):
    """With k = 0 you return the start as it was drawn, and v · A v is off by the square of its length.
    What do the words do with the start, before any multiplication?"""
    v = rng.normal(size=len(A))
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
    return v @ A @ v, v


@mistake(power_iteration, "lam made in the loop alone")
def _(A, k, rng):
    """With k = 0 the loop does not run, and nothing gives lam a value. Where does it stand for every k?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
        lam = v @ A @ v
    return lam, v


@mistake(power_iteration, "the length in the loop")
def _(A, k, rng):
    """Your lam is the length of A v in the last step. A length has no sign, it belongs to the v of one step earlier,
    and with k = 0 there is none. Which dot product is asked for, of which v?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        v = A @ v
        lam = np.sqrt(v @ v)
        v = v / lam
    return lam, v


@mistake(power_iteration, "lam made in the loop, and 0 without it")
def _(A, k, rng):
    """With k = 0 you return a lam of 0, the value from before the loop. The start has a v · A v too:
    where should it be made, so that it is there for every k?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    lam = 0.0
    for _ in range(k):
        v = A @ v
        v = v / np.sqrt(v @ v)
        lam = v @ A @ v
    return lam, v


@mistake(power_iteration, "lam made in the loop, before the step")
def _(A, k, rng):
    """Your lam is made in the loop before v is changed, so it belongs to the v of one step earlier, and with k = 0 it
    has no value at all. After which line is the v that you return there?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    for _ in range(k):
        lam = v @ A @ v
        v = A @ v
        v = v / np.sqrt(v @ v)
    return lam, v


@mistake(power_iteration, "lam made in the loop, before the step, and 0 without it")
def _(A, k, rng):
    """Your lam is made in the loop before v is changed, so it belongs to the v of one step earlier, and with k = 0 it
    stays at 0. After which line is the v that you return there?"""
    v = rng.normal(size=len(A))
    v = v / np.sqrt(v @ v)
    lam = 0.0
    for _ in range(k):
        lam = v @ A @ v
        v = A @ v
        v = v / np.sqrt(v @ v)
    return lam, v


hint(power_iteration, "Do one step by hand with the start (1, 0). Which two things happen to the vector in each step?")
hint(
    power_iteration,
    "Draw the start, bring it to the length 1, and repeat k times: multiply, then bring to the length 1.",
)
hint(power_iteration, "np.sqrt(v @ v) is the length. After the loop, lam is v @ (A @ v) for the v that you return.")


# ---- 2. From circle to ellipse


quiz(
    "what_each_does",
    """A = U Σ Vᵀ. A cloud of points is sent through A. What happens to it?""",
    wrong(
        "U turns it, Σ stretches it along the axes, Vᵀ turns it back, so that only a stretch is left.",
        """That order reads from the left, and A x = U (Σ (Vᵀ x)) begins at the right. Vᵀ would undo U only if U and V
        were the same, which is so for a symmetric matrix without negative eigenvalues.""",
    ),
    right(
        "Vᵀ turns the columns of V onto the axes, Σ stretches along the axes, U turns the result into its place.",
        """Vᵀ and U, turns or mirrors, change no length and no angle. All that A does to sizes is in Σ:
        a few numbers, one for each direction.""",
    ),
    wrong(
        "Σ stretches it along the directions of V, and the result is symmetric about them.",
        """Along the directions of V the cloud is stretched, that is right. But the ellipse lies along the directions
        of U: with a turn for A nothing is stretched, and all the same something has moved.""",
    ),
    wrong(
        "V and U distort it, and Σ brings it to the right size.",
        "The columns of V and of U are orthonormal: what they do leaves all lengths and angles as they were.",
    ),
)


@exercise(needs=[power_iteration], rtol=1e-7, atol=1e-8)
def svd_from_eigh(A):
    """The singular value decomposition of A, without the lost directions, from the eigenvectors of AᵀA.

    A: an array of floats of shape (m, n), not all 0; any m and n
    Returns (U, sigma, Vt), with A = U Σ Vᵀ:
      U: shape (m, r), columns of length 1 at right angles to each other
      sigma: shape (r,), the singular values, largest first
      Vt: shape (r, n), rows of length 1 at right angles to each other; row i belongs to sigma[i] and column i of U
    r is the number of directions kept: those whose eigenvalue of AᵀA is above 1e-10 times the largest eigenvalue.
    The sign of a row of Vt is free, but column i of U must go with it.

    For A = [[3, 0], [4, 5], [0, 0]]: AᵀA = [[25, 20], [20, 25]] has the eigenvalues 45 and 5. So sigma is
    (√45, √5), the rows of Vt are (1, 1)/√2 and (-1, 1)/√2, and column 0 of U is (3, 9, 0)/(√2 √45).
    """
    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[:, ::-1]
    kept = lam > 1e-10 * lam[0]
    sigma, V = np.sqrt(lam[kept]), V[:, kept]
    return A @ V / sigma, sigma, V.T


@scenario(svd_from_eigh, "two columns, three rows")
def _(svd_from_eigh):
    U, sigma, Vt = svd_from_eigh(np.array([[3.0, 0.0], [4.0, 5.0], [0.0, 0.0]]))
    yield "sigma", sigma
    yield "shape of U", np.shape(U)
    yield "shape of Vt", np.shape(Vt)
    yield "U Σ Vᵀ", (U * sigma) @ Vt
    yield "UᵀU", U.T @ U
    yield "Vt Vtᵀ", Vt @ Vt.T


@scenario(svd_from_eigh, "three columns, four rows")
def _(svd_from_eigh):
    U, sigma, Vt = svd_from_eigh(np.array([[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0], [2.0, 1.0, 1.0], [0.0, -2.0, 1.5]]))
    yield "sigma", sigma
    yield "shape of U", np.shape(U)
    yield "shape of Vt", np.shape(Vt)
    yield "U Σ Vᵀ", (U * sigma) @ Vt
    yield "UᵀU", U.T @ U
    yield "Vt Vtᵀ", Vt @ Vt.T


@scenario(svd_from_eigh, "more columns than rows")
def _(svd_from_eigh):
    U, sigma, Vt = svd_from_eigh(np.array([[2.0, 0.0, 1.0, -1.0], [1.0, 3.0, 0.0, 2.0]]))
    yield "sigma", sigma
    yield "shape of U", np.shape(U)
    yield "shape of Vt", np.shape(Vt)
    yield "U Σ Vᵀ", (U * sigma) @ Vt
    yield "UᵀU", U.T @ U
    yield "Vt Vtᵀ", Vt @ Vt.T


@scenario(svd_from_eigh, "a lost direction")
def _(svd_from_eigh):
    U, sigma, Vt = svd_from_eigh(np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.5], [0.5, 1.0, -1.0], [3.0, 6.0, 0.0]]))
    yield "sigma", sigma
    yield "shape of U", np.shape(U)
    yield "shape of Vt", np.shape(Vt)
    yield "U Σ Vᵀ", (U * sigma) @ Vt
    yield "UᵀU", U.T @ U
    yield "Vt Vtᵀ", Vt @ Vt.T


@scenario(svd_from_eigh, "small singular values, kept and not kept")
def _(svd_from_eigh):
    yield "sigma of 1 and 1e-4", svd_from_eigh(np.array([[1.0, 0.0], [0.0, 1e-4]]))[1]
    yield "sigma of 1 and 1.3e-5", svd_from_eigh(np.array([[1.0, 0.0], [0.0, 1.3e-5]]))[1]
    yield "sigma of 1 and 1e-6", svd_from_eigh(np.array([[1.0, 0.0], [0.0, 1e-6]]))[1]
    yield "sigma of 1 and 1e-11", svd_from_eigh(np.array([[1.0, 0.0], [0.0, 1e-11]]))[1]
    yield "sigma of 3 and 0", svd_from_eigh(np.array([[3.0, 0.0], [0.0, 0.0]]))[1]
    yield "sigma of 2e-7 and 1e-7, over 1e-7", svd_from_eigh(np.array([[0.0, 1e-7], [2e-7, 0.0]]))[1] / 1e-7
    yield "sigma of 4e3 and 0.3", svd_from_eigh(np.array([[4e3, 0.0], [0.0, 0.3]]))[1]
    yield "sigma of 4e3 and 0.03", svd_from_eigh(np.array([[4e3, 0.0], [0.0, 0.03]]))[1]


@holds(svd_from_eigh, "U Σ Vᵀ is A, whatever the shape, and U and V change no length")
def _(svd_from_eigh, rng):
    for m, n in ((5, 3), (3, 5), (4, 4)):
        A = rng.normal(size=(m, n))
        U, sigma, Vt = svd_from_eigh(A)
        r = min(m, n)
        assert close((U * sigma) @ Vt, A)
        assert close(U.T @ U, np.eye(r)) and close(Vt @ Vt.T, np.eye(r))


@holds(svd_from_eigh, "there are as many singular values as the rank")
def _(svd_from_eigh, rng):
    A = rng.normal(size=(6, 2)) @ rng.normal(size=(2, 4))
    assert len(svd_from_eigh(A)[1]) == rank(A) == 2


def _svd(root=True, descending=True, keep=True, transpose=True, left="divide", of=None):
    """A decomposition of which one part may be exchanged."""

    def program(A):
        lam, V = np.linalg.eigh(A.T @ A if of is None else of(A))
        if descending:
            lam, V = lam[::-1], V[:, ::-1]
        kept = lam > (1e-10 * np.max(lam) if keep else -1.0)
        with np.errstate(all="ignore"):
            lam, V = lam[kept], V[:, kept]
            sigma = np.sqrt(lam) if root else lam
            U = A @ V / {"divide": np.sqrt(lam), "not": 1.0, "lam": lam}[left]
        return U, sigma, V.T if transpose else V

    return program


equivalent(
    svd_from_eigh,
    "kept = lam > 1e-10 * lam[0]  ⇒  kept = lam >= 1e-10 * lam[0]",
    because="they part only at the border itself, where rounding decides",
)


@mistake(svd_from_eigh, "eigenvalues for singular values")
def _(A):
    """Your sigma are the eigenvalues of AᵀA. They are squares: of the lengths of which vectors?"""
    return _svd(root=False)(A)


@mistake(svd_from_eigh, "smallest first")
def _(A):
    """Your singular values rise. In which order does np.linalg.eigh give eigenvalues, and which order is asked for?"""
    return _svd(descending=False)(A)


@mistake(svd_from_eigh, "V not transposed")
def _(A):
    """You return V with its vectors as columns, and Vt has them as rows. Which shape is asked for?"""
    return _svd(transpose=False)(A)


@mistake(svd_from_eigh, "lost directions kept")
def _(A):
    """Where A loses a direction, you divide by a singular value that is 0 but for rounding, and U holds noise, or nan.
    Which directions should be left out before anything is divided?"""
    return _svd(keep=False)(A)


@mistake(svd_from_eigh, "U not of length 1")
def _(A):
    """The columns of your U are the images A v themselves, as long as the ellipse is there.
    By what does each have to be divided to be of length 1?"""
    return _svd(left="not")(A)


@mistake(svd_from_eigh, "divided by the eigenvalue")
def _(A):
    """You divide A v by the eigenvalue of AᵀA. The image A v is as long as its root: what is its length after that?"""
    return _svd(left="lam")(A)


@mistake(svd_from_eigh, "U and V found apart")
def _(A):
    """You took U from A Aᵀ and V from AᵀA. Each column's sign is then whatever eigh chose, twice over, and U Σ Vᵀ is
    not A. If v points the other way, where does A v point, and how can u be made to follow?"""
    _, sigma, Vt = _svd()(A)
    return np.linalg.eigh(A @ A.T)[1][:, ::-1][:, : len(sigma)], sigma, Vt


@mistake(svd_from_eigh, "rows taken for eigenvectors")
def _(A):
    """You took the rows of what eigh returned for eigenvectors. In which part of V does eigenvector i stand?"""
    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[::-1].T
    kept = lam > 1e-10 * lam[0]
    sigma, V = np.sqrt(lam[kept]), V[:, kept]
    return A @ V / sigma, sigma, V.T


@mistake(svd_from_eigh, "only the values reversed")
def _(A):
    """You put the eigenvalues in falling order and left the eigenvectors where they were: each stands beside
    another's eigenvalue. What has to be reversed along with lam?"""
    lam, V = np.linalg.eigh(A.T @ A)
    lam = lam[::-1]
    kept = lam > 1e-10 * lam[0]
    sigma, V = np.sqrt(lam[kept]), V[:, kept]
    return A @ V / sigma, sigma, V.T


@mistake(svd_from_eigh, "a fixed tolerance")
def _(A):
    """You compare the eigenvalues with a fixed number. A matrix of small entries then loses all its directions.
    With what should they be compared?"""
    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[:, ::-1]
    kept = lam > 1e-10
    sigma, V = np.sqrt(lam[kept]), V[:, kept]
    return A @ V / sigma, sigma, V.T


@mistake(svd_from_eigh, "eigenvalues all through")
def _(A):
    """You never take a root: your sigma are squares of lengths, and A v divided by them is not of length 1.
    If ‖A v‖² is the eigenvalue, how long is A v?"""
    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[:, ::-1]
    kept = lam > 1e-10 * lam[0]
    sigma, V = lam[kept], V[:, kept]
    return A @ V / sigma, sigma, V.T


@mistake(svd_from_eigh, "the roots compared")
def _(A):
    """You compare the roots with 1e-10 times the largest root. The words compare eigenvalues, and those are squares:
    where the roots are 1 and 1e-6, how far apart are the eigenvalues?"""
    lam, V = np.linalg.eigh(A.T @ A)
    sigma, V = np.sqrt(np.maximum(lam, 0))[::-1], V[:, ::-1]
    kept = sigma > 1e-10 * sigma[0]
    sigma, V = sigma[kept], V[:, kept]
    return A @ V / sigma, sigma, V.T


@mistake(svd_from_eigh, "compared with 0, or with the smallest")
def _(A):
    """You keep directions that are lost but for rounding, as if they were compared with 0, or with lam[0] while lam
    still rises. Which eigenvalue times 1e-10 is the border?"""
    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[:, ::-1]
    kept = lam > 0
    sigma, V = np.sqrt(lam[kept]), V[:, kept]
    return A @ V / sigma, sigma, V.T


@mistake(svd_from_eigh, "rows of V reversed")
def _(A):
    """V[::-1] puts the rows of V upside down, and its eigenvectors are columns: each is now another vector.
    Which of the two axes of V counts the eigenvectors?"""
    lam, V = np.linalg.eigh(A.T @ A)
    lam, V = lam[::-1], V[::-1]
    kept = lam > 1e-10 * lam[0]
    sigma, V = np.sqrt(lam[kept]), V[:, kept]
    return A @ V / sigma, sigma, V.T


@mistake(svd_from_eigh, "sigma as a matrix")
def _(A):
    """Your sigma is the matrix Σ, of shape (r, r), with the singular values on its diagonal.
    Which shape do the words give to sigma?"""
    U, sigma, Vt = _svd()(A)
    return U, np.diag(sigma), Vt


hint(svd_from_eigh, "For the example, which vector has the longest image, how long is it, and where does it point?")
hint(
    svd_from_eigh,
    "np.linalg.eigh of AᵀA gives the squares of the stretches, rising, and V. Reverse both: lam[::-1], V[:, ::-1].",
)
hint(
    svd_from_eigh,
    """Keep what lam > 1e-10 * (the largest) says, of lam and of the columns of V. Take the roots. Then A @ V has the
    images as columns, and dividing by sigma divides column i by sigma[i].""",
)

prediction(
    "lost_small",
    """The columns of A are (1, 10⁻⁹, 0) and (1, 0, 10⁻⁹). Its singular values are √2 and 10⁻⁹, to nine digits.
    In floats, the cell finds them by way of AᵀA. What does it say of the smaller one?""",
    options=(
        "10⁻⁹, to most digits",
        "10⁻⁹, to one or two digits",
        "nothing that has to do with 10⁻⁹",
    ),
    beliefs={
        "a": "On paper. But AᵀA holds 1 + 10⁻¹⁸, and next to 1 a float does not see 10⁻¹⁸ at all.",
        "b": "Not even one: 10⁻¹⁸ is a two-hundredth of the gap between 1 and the next float, and is gone entirely.",
    },
)


# ---- 3. Keep the largest

prediction(
    "rank_one_error",
    """A has the singular values 6, 3 and 2. The best matrix of rank 1 keeps the 6.
    The squares of all entries of the difference add up to what?""",
    beliefs={
        5: "3 + 2 would be right if sizes along directions at right angles added up. By Pythagoras, squares do.",
        9: "9 is what the next one costs. The 2 is left out as well.",
        3: "3 is the largest stretch of the difference. The sum of squares counts what is left in every direction.",
        3.60555: "That is the root: the question asks for the sum of squares.",
        49: "49 is the sum of all squares. The 36 of the first is kept.",
    },
)


@exercise(needs=[matmul_outer, svd_from_eigh])
def low_rank(A, k):
    """The matrix of rank k that is nearest to A: the one whose difference from A has the least sum of squares.

    A: an array of floats of shape (m, n)
    k: how many singular values to keep, a whole number from 1 to the smaller of m and n
    Returns an array of floats of shape (m, n). A is left as it was.
    (Where two singular values at the border are equal, several matrices are nearest; that is not asked here.)
    np.linalg.svd may be used, as shown, or svd_from_eigh.

    A = [[3, 0], [4, 5]] has sigma = (√45, √5), first column of U (1, 3)/√10 and first row of Vt (1, 1)/√2.
    So low_rank(A, 1) is √45/(√10 √2) times [[1, 1], [3, 3]], that is array([[1.5, 1.5], [4.5, 4.5]]).
    """
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * sigma[:k]) @ Vt[:k]


case(low_rank, np.array([[3.0, 0.0], [4.0, 5.0]]), 1)
case(low_rank, np.array([[3.0, 0.0], [4.0, 5.0]]), 2)
case(low_rank, np.array([[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0], [2.0, 1.0, 1.0], [0.0, -2.0, 1.5]]), 1)
case(low_rank, np.array([[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0], [2.0, 1.0, 1.0], [0.0, -2.0, 1.5]]), 2)
case(low_rank, np.array([[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0], [2.0, 1.0, 1.0], [0.0, -2.0, 1.5]]), 3)
case(low_rank, np.array([[2.0, 0.0, 1.0, -1.0], [1.0, 3.0, 0.0, 2.0]]), 1)
case(low_rank, np.array([[2.0, 0.0, 1.0, -1.0], [1.0, 3.0, 0.0, 2.0]]), 2)
case(low_rank, np.array([[0.0, 0.0, 7.0], [0.0, -5.0, 0.0], [3.0, 0.0, 0.0]]), 2)


@cases(low_rank, count=1)
def _(rng):
    return rng.normal(size=(5, 4)), int(rng.integers(2, 4))


@holds(low_rank, "the squares of the difference add up to the squares of the singular values left out")
def _(low_rank, rng):
    A = rng.normal(size=(6, 4))
    sigma = np.linalg.svd(A, compute_uv=False)
    for k in (1, 2, 3):
        assert close(np.sum((A - low_rank(A, k)) ** 2), np.sum(sigma[k:] ** 2))


@holds(low_rank, "what comes out has rank k")
def _(low_rank, rng):
    A = rng.normal(size=(5, 4))
    for k in (1, 2, 4):
        assert rank(low_rank(A, k)) == k


equivalent(
    low_rank,
    "U, sigma, Vt = np.linalg.svd(A, full_matrices=False)  ⇒  U, sigma, Vt = np.linalg.svd(A)",
    because=_CUT,
)
equivalent(
    low_rank,
    "U, sigma, Vt = np.linalg.svd(A, full_matrices=False)  ⇒  U, sigma, Vt = np.linalg.svd(A, full_matrices=True)",
    because=_CUT,
)


@mistake(low_rank, "the smallest kept")
def _(A, k):
    """You keep the k smallest singular values. Which ones carry most of the sum of squares?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, -k:] * sigma[-k:]) @ Vt[-k:]


@mistake(low_rank, "the k-th alone")
def _(A, k):
    """You return the k-th outer product by itself. With k = 2, what has become of the first?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return sigma[k - 1] * np.outer(U[:, k - 1], Vt[k - 1])


@mistake(low_rank, "one too many")
def _(A, k):
    """Your result has rank k + 1, where A has so much. Which places does a slice [:k + 1] take?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, : k + 1] * sigma[: k + 1]) @ Vt[: k + 1]


@mistake(low_rank, "Vt taken for V")
def _(A, k):
    """You took the first k columns of Vt. np.linalg.svd returns it transposed already: where do its vectors stand?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * sigma[:k]) @ Vt[:, :k].T


@mistake(low_rank, "Vt taken for V, and whole")
def _(A, k):
    """You took columns of Vt for its singular vectors. np.linalg.svd returns it transposed already, here whole, (n, n):
    in which part of it does singular vector i stand?"""
    U, sigma, Vt = np.linalg.svd(A)
    return (U[:, :k] * sigma[:k]) @ Vt[:, :k].T


@mistake(low_rank, "columns of Vt")
def _(A, k):
    """You cut k columns from Vt. It is transposed already: in which part of it does singular vector i stand?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * sigma[:k]) @ Vt[:, :k]


@mistake(low_rank, "columns of the whole Vt")
def _(A, k):
    """You cut k columns from the whole Vt, of shape (n, n). It is transposed already: in which part of it does singular
    vector i stand?"""
    U, sigma, Vt = np.linalg.svd(A)
    return (U[:, :k] * sigma[:k]) @ Vt[:, :k]


@mistake(low_rank, "sigma taken for a matrix")
def _(A, k):
    """Σ is a matrix, and sigma its diagonal, a row of numbers: with @ it adds the columns of U up to one.
    How did the cell after svd_from_eigh multiply U by it?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ sigma[:k] @ Vt[:k]


@mistake(low_rank, "sigma along the columns of Vt")
def _(A, k):
    """sigma * Vt multiplies column j of Vt by sigma[j], and singular vector i is row i.
    In which of U and Vt are the singular vectors columns?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ (sigma[:k] * Vt[:k])


@mistake(low_rank, "singular values forgotten")
def _(A, k):
    """You multiplied U with Vt, and every direction has the stretch 1. Where does Σ stand in U Σ Vᵀ?"""
    U, _sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ Vt[:k]


@mistake(low_rank, "singular values on both sides")
def _(A, k):
    """Your stretches are the squares of the right ones: sigma stands in your product twice. How often in A?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * sigma[:k] ** 2) @ Vt[:k]


@mistake(low_rank, "the first columns of A")
def _(A, k):
    """You kept the first k columns of A and made the others 0. The rank is k, but what do you know about those columns
    that makes them the best to keep?"""
    B = np.zeros_like(A)
    B[:, :k] = A[:, :k]
    return B


@mistake(low_rank, "projected on the first columns of A")
def _(A, k):
    """Your result lies in the span of the first k columns of A. They came first, and nothing else speaks for them.
    Which k directions of the outputs hold most of A?"""
    Q = np.linalg.qr(A[:, :k])[0]
    return Q @ (Q.T @ A)


@mistake(low_rank, "the term after, alone")
def _(A, k):
    """You return term number k by itself, the first of those that should be left out: they are counted from 0.
    Which numbers do the first k terms have, and what is done with them?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return sigma[k] * np.outer(U[:, k], Vt[k])


@mistake(low_rank, "the largest entries of A")
def _(A, k):
    """You kept the k entries of A that are largest in size. That makes A sparse, not of rank k in the best way.
    Of what is A a sum, in which the largest terms can be kept?"""
    B = np.zeros(A.shape)
    for place in np.argsort(-np.abs(A), axis=None)[:k]:
        B[np.unravel_index(place, A.shape)] = A[np.unravel_index(place, A.shape)]
    return B


@mistake(low_rank, "the first alone")
def _(A, k):
    """You return the first outer product, whatever k is. With k = 2, which second one is to be added to it?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return sigma[0] * np.outer(U[:, 0], Vt[0])


def _added(numbers, rows=False):
    """The outer products of these numbers, added one by one; with `rows`, of rows of U."""

    def program(A, k):
        U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
        B = np.zeros(A.shape)
        for i in numbers(k):
            B += sigma[i] * np.outer(U[i] if rows else U[:, i], Vt[i])
        return B

    return program


@mistake(low_rank, "counted from 1")
def _(A, k):
    """Your terms are numbers 1 to k of an array that begins with number 0: the largest is left out, and where k is the
    smaller of m and n the last is not there. Which numbers do the first k entries have?"""
    return _added(lambda k: range(1, k + 1))(A, k)


@mistake(low_rank, "sliced from 1")
def _(A, k):
    """Your slices begin at 1, and the largest singular value, number 0, is left out.
    Which numbers do the first k entries have?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, 1 : k + 1] * sigma[1 : k + 1]) @ Vt[1 : k + 1]


@mistake(low_rank, "counted from 1, and one too few")
def _(A, k):
    """Your terms are numbers 1 to k - 1: with k = 1 none is left, and the largest, number 0, is never there.
    Which numbers does range(k) run through?"""
    return _added(lambda k: range(1, k))(A, k)


@mistake(low_rank, "one too few")
def _(A, k):
    """You add k - 1 terms, and with k = 1 the result is 0 throughout. Which numbers does range(k) run through?"""
    return _added(lambda k: range(k - 1))(A, k)


@mistake(low_rank, "counted one too far")
def _(A, k):
    """You add k + 1 terms, and where k is the smaller of m and n there is no such term.
    Which numbers does range(k) run through?"""
    return _added(lambda k: range(k + 1))(A, k)


@mistake(low_rank, "rows of U, cut and stretched")
def _(A, k):
    """U[:k] takes the first k rows of U, and its singular vectors are columns. What stands before the comma when all
    rows are wanted, and what behind it for k columns?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:k] * sigma[:k]) @ Vt[:k]


@mistake(low_rank, "rows of U, cut, and Σ as a matrix")
def _(A, k):
    """U[:k] takes the first k rows of U, and its singular vectors are columns: the product with Σ does not fit.
    What stands before the comma when all rows are wanted, and what behind it for k columns?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:k] @ np.diag(sigma[:k]) @ Vt[:k]


@mistake(low_rank, "rows of U, one by one")
def _(A, k):
    """U[i] is row i of U, and its singular vectors are columns. How is column i written?"""
    return _added(range, rows=True)(A, k)


@mistake(low_rank, "rows of U, summed")
def _(A, k):
    """U[i] is row i of U, and its singular vectors are columns: where A is not square, the outer product has not even
    its shape. How is column i written?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return sum(sigma[i] * np.outer(U[i], Vt[i]) for i in range(k))


@mistake(low_rank, "the whole U, and sigma along it")
def _(A, k):
    """Without full_matrices=False, U is square, (m, m), and where A is not square, sigma has fewer numbers than U has
    columns, or Vt more rows. Which shapes does full_matrices=False give to the three?"""
    U, sigma, Vt = np.linalg.svd(A)
    return (U * np.where(np.arange(len(sigma)) < k, sigma, 0)) @ Vt


@mistake(low_rank, "the whole U, and Σ as a matrix")
def _(A, k):
    """Without full_matrices=False, U is (m, m) and Vt is (n, n), and where A is not square, a square Σ does not fit
    between them. Which shapes does full_matrices=False give to the three?"""
    U, sigma, Vt = np.linalg.svd(A)
    return U @ np.diag(np.where(np.arange(len(sigma)) < k, sigma, 0)) @ Vt


@mistake(low_rank, "Vt transposed once more")
def _(A, k):
    """np.linalg.svd returns Vᵀ, and you transposed its rows once more. In U Σ Vᵀ, which of V and Vᵀ stands last?"""
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * sigma[:k]) @ Vt[:k].T


hint(low_rank, "A is a sum of outer products, one for each singular value. Which of them do you keep?")
hint(low_rank, "np.linalg.svd gives sigma largest first. Cut all three: k columns of U, k numbers, k rows of Vt.")
hint(low_rank, "U[:, :k] * sigma[:k] stretches each column of U by its own number. One product with @ is left.")


quiz(
    "attention_bottleneck",
    """In attention, the scores of T tokens are Q Kᵀ. Q and K have the shape (T, 64), and T is 1000.
    What does that rule out, before softmax?""",
    wrong(
        "Nothing: Q and K are learned, and can make any table of 1000 × 1000 scores.",
        """Q Kᵀ is a sum of 64 outer products, so at most 64 of its singular values are not 0. Most tables have 1000,
        and the others, squared and added up, are what the nearest one of rank 64 misses.""",
    ),
    wrong(
        "That each token looks at itself alone: that would be the identity, of rank 1000.",
        """The identity itself is out of reach, but softmax only needs the largest score in each row to stand out.
        Points on a circle, of rank 2, do that: each has its largest dot product with itself.""",
    ),
    right(
        "Most tables of scores: only those of rank 64 or less can come out, whatever is learned.",
        """1000 · 1000 numbers from 2 · 1000 · 64. It is a constraint: there are 64 directions in which tokens
        can ask, and the same ones in which they can answer. A model makes many such tables side by side.""",
    ),
    wrong(
        "Scores above a certain size: a bottleneck loses strength.",
        "The 64 singular values may be as large as you like. It is their number that is limited.",
    ),
)


# ---- 4. The long direction of a cloud

prediction(
    "units",
    """A cloud of people: height in metres, weight in kilograms. The first principal component is found.
    Then the height is written in millimetres instead. What happens to the first principal component?""",
    options=(
        "it stays: the people are the same",
        "it turns, towards the height",
        "it turns, towards the weight",
    ),
    beliefs={
        "a": "The people are the same, and the variance of their heights is a million times as large.",
        "c": "In metres it lay along the weight already, whose numbers were larger. Now those of the height are.",
    },
)


@exercise(needs=[covariance, svd_from_eigh], rtol=1e-7, atol=1e-8)
def pca(X, k):
    """The k directions in which a cloud of points varies most, and its variance along each: principal components.

    X: an array of floats of shape (n, d): n samples, each a row of d numbers, n >= 2. It is left as it was.
    k: how many directions, a whole number from 1 to the smaller of n - 1 and d
    Returns (components, variances).
      components: shape (k, d); rows of length 1 at right angles, largest variance first; signs are free
      variances: shape (k,); the variance of the data along each, with n - 1 in the denominator, largest first
    Variances are taken about the mean of the cloud, wherever that lies.

    The samples (0, 0), (2, 2), (4, 4), (2, 0), (2, 4) have the mean (2, 2) and the covariance matrix [[2, 2], [2, 4]].
    Its eigenvalues are 3 + √5 and 3 - √5, so pca(X, 1) has the variance 5.236, along (0.526, 0.851).
    """
    D = X - X.mean(axis=0)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return Vt[:k], sigma[:k] ** 2 / (len(X) - 1)


@scenario(pca, "five points of the plane")
def _(pca):
    X = np.array([[0.0, 0.0], [2.0, 2.0], [4.0, 4.0], [2.0, 0.0], [2.0, 4.0]])
    for k in (1, 2):
        components, variances = pca(X, k)
        yield f"variances, k = {k}", variances
        yield f"shape of components, k = {k}", np.shape(components)
        yield f"size of the entries of components, k = {k}", np.abs(components)
        yield f"projection on their span, k = {k}", components.T @ components


@scenario(pca, "seven points of four numbers, far from the origin")
def _(pca):
    X = np.array(
        [
            [50.0, -2.0, 3.0, 1.0],
            [52.0, 1.0, 4.0, 0.0],
            [49.0, 0.5, -1.0, 2.0],
            [55.0, 3.0, 2.0, -1.0],
            [51.0, -1.0, 0.0, 0.5],
            [47.0, 2.0, 6.0, 3.0],
            [50.5, 0.0, 1.0, -2.0],
        ]
    )
    for k in (1, 2, 3):
        components, variances = pca(X, k)
        yield f"variances, k = {k}", variances
        yield f"shape of components, k = {k}", np.shape(components)
        yield f"size of the entries of components, k = {k}", np.abs(components)
        yield f"projection on their span, k = {k}", components.T @ components


@scenario(pca, "fewer samples than numbers")
def _(pca):
    components, variances = pca(
        np.array([[1.0, 4.0, 2.0, 8.0, 5.0], [3.0, 1.0, 0.0, 2.0, 7.0], [6.0, 2.0, 4.0, 4.0, 1.0]]), 2
    )
    yield "variances", variances
    yield "shape of components", np.shape(components)
    yield "size of the entries of components", np.abs(components)
    yield "projection on their span", components.T @ components


@holds(pca, "X is left as it was")
def _(pca, rng):
    X = rng.normal(size=(6, 3)) + 2
    before = X.copy()
    pca(X, 2)
    assert np.array_equal(X, before)


@holds(pca, "it does not matter where the cloud lies")
def _(pca, rng):
    X = rng.normal(size=(9, 3)) @ rng.normal(size=(3, 3))
    moved = X + np.array([20.0, -30.0, 5.0])
    (here, before), (there, after) = pca(X, 2), pca(moved, 2)
    assert close(before, after) and close(np.abs(np.sum(here * there, axis=1)), np.ones(2))


@holds(pca, "the variance of what the samples have along a component is the variance returned")
def _(pca, rng):
    X = rng.normal(size=(12, 4)) @ rng.normal(size=(4, 4)) + 3
    components, variances = pca(X, 4)
    assert close(covariance(X @ components.T), np.diag(variances))


def _components(centre=True, divide=lambda s, n: s**2 / (n - 1)):
    """Principal components of which one part may be exchanged."""

    def program(X, k):
        D = X - X.mean(axis=0) if centre else X
        _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
        return Vt[:k], divide(sigma[:k], len(X))

    return program


equivalent(
    pca, "D = X - X.mean(axis=0)  ⇒  D = X.mean(axis=0) - X", because="half a turn leaves its directions as they were"
)
equivalent(
    pca,
    "_, sigma, Vt = np.linalg.svd(D, full_matrices=False)  ⇒  _, sigma, Vt = np.linalg.svd(D)",
    because=_CUT,
)
equivalent(
    pca,
    "_, sigma, Vt = np.linalg.svd(D, full_matrices=False)  ⇒  _, sigma, Vt = np.linalg.svd(D, full_matrices=True)",
    because=_CUT,
)
equivalent(
    pca,
    "return (Vt[:k], sigma[:k] ** 2 / (len(X) - 1))  ⇒  return (Vt[:k], sigma[:k] ** 2 / (len(D) - 1))",
    because="X and D have the same number of rows",
)


@mistake(pca, "not centred", because=covariance)
def _(X, k):
    """Your first direction points from the origin to the middle of the cloud. It says where the cloud lies.
    From which point must deviations be measured, to say how it varies?"""
    return _components(centre=False)(X, k)


@mistake(pca, "singular values for variances")
def _(X, k):
    """You return the singular values of the centred data. Which power of them, divided by what, is a variance?"""
    return _components(divide=lambda s, n: s)(X, k)


@mistake(pca, "standard deviations for variances")
def _(X, k):
    """You return the standard deviations along the components. What are their squares called?"""
    return _components(divide=lambda s, n: s / np.sqrt(n - 1))(X, k)


@mistake(pca, "divided by n")
def _(X, k):
    """Your variances are too small by (n - 1)/n. Which denominator do the words ask for?"""
    return _components(divide=lambda s, n: s**2 / n)(X, k)


@mistake(pca, "components as columns")
def _(X, k):
    """Your components stand in columns, shape (d, k), and are asked for as rows. What turns the one into the other?"""
    components, variances = _components()(X, k)
    return components.T, variances


@mistake(pca, "the flattest directions")
def _(X, k):
    """You return the k directions in which the cloud varies least. In which order does np.linalg.eigh list them?"""
    lam, V = np.linalg.eigh(np.cov(X.T))
    return V[:, :k].T, lam[:k]


@mistake(pca, "rows taken for eigenvectors")
def _(X, k):
    """Your variances are right, and your directions are rows of the matrix that eigh returned.
    In which part of it does eigenvector i stand?"""
    lam, V = np.linalg.eigh(np.cov(X.T))
    return V[::-1][:k], lam[::-1][:k]


@mistake(pca, "rows cut, columns reversed")
def _(X, k):
    """You cut k rows from V, and its eigenvectors are columns: each row of yours has one number of every eigenvector.
    What stands before the comma when all rows are wanted, and what turns columns into rows?"""
    lam, V = np.linalg.eigh(np.cov(X.T))
    return V[:, ::-1][:k], lam[::-1][:k]


@mistake(pca, "each sample centred")
def _(X, k):
    """You took the mean of each row away from it: from each person the average of their height and weight.
    Over which axis is the mean of the cloud taken?"""
    D = X - X.mean(axis=1, keepdims=True)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return Vt[:k], sigma[:k] ** 2 / (len(X) - 1)


@mistake(pca, "standardised first", because=standardise)
def _(X, k):
    """You brought every column to the standard deviation 1 before you looked for directions. Sometimes that is wise,
    but then it is the variance of other data. Were you asked to change the units?"""
    D = X - X.mean(axis=0)
    D = D / D.std(axis=0)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return Vt[:k], sigma[:k] ** 2 / (len(X) - 1)


@mistake(pca, "directions of samples")
def _(X, k):
    """Your components have n numbers: they are columns of U. A direction in which samples differ has d numbers:
    which of U and Vt holds those?"""
    D = X - X.mean(axis=0)
    U, sigma, _ = np.linalg.svd(D, full_matrices=False)
    return U[:, :k].T, sigma[:k] ** 2 / (len(X) - 1)


@mistake(pca, "not squared, and divided")
def _(X, k):
    """You divide the singular values by n - 1. A variance has the unit of a square: which power of sigma is in it?"""
    return _components(divide=lambda s, n: s / (n - 1))(X, k)


@mistake(pca, "squared, and not divided")
def _(X, k):
    """Your variances are the squares of the singular values, which grow with the number of samples.
    A variance is a mean of squares: by what are they to be divided?"""
    return _components(divide=lambda s, n: s**2)(X, k)


@mistake(pca, "divided, then squared")
def _(X, k):
    """You square the divisor along with sigma. In σ² / (n - 1), what does the square belong to?"""
    return _components(divide=lambda s, n: (s / (n - 1)) ** 2)(X, k)


@mistake(pca, "columns of Vt")
def _(X, k):
    """You cut k columns from Vt. It is transposed already: in which part of it does singular vector i stand?"""
    D = X - X.mean(axis=0)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return Vt[:, :k], sigma[:k] ** 2 / (len(X) - 1)


@mistake(pca, "columns of Vt, as rows")
def _(X, k):
    """Your components have the shape asked for and are columns of Vt, turned. It is transposed already:
    in which part of it does singular vector i stand?"""
    D = X - X.mean(axis=0)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return Vt[:, :k].T, sigma[:k] ** 2 / (len(X) - 1)


@mistake(pca, "the largest of them last")
def _(X, k):
    """Your directions are right, and the one of the largest variance comes last. In which order does np.linalg.eigh
    list them, and which order is asked for?"""
    lam, V = np.linalg.eigh(np.cov(X.T))
    return V[:, -k:].T, lam[-k:]


@mistake(pca, "only the variances reversed")
def _(X, k):
    """Your variances fall, and your components are still in the order of rising variance.
    What has to be reversed along with the eigenvalues?"""
    lam, V = np.linalg.eigh(np.cov(X.T))
    return V.T[:k], lam[::-1][:k]


@mistake(pca, "one mean for all columns")
def _(X, k):
    """You took away the mean of all entries of X, one number. The middle of the cloud has d numbers:
    over which axis is X.mean to be taken?"""
    _, sigma, Vt = np.linalg.svd(X - X.mean(), full_matrices=False)
    return Vt[:k], sigma[:k] ** 2 / (len(X) - 1)


@mistake(pca, "all variances")
def _(X, k):
    """You cut the components to k and return the variances of all directions. How many are asked for?"""
    D = X - X.mean(axis=0)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return Vt[:k], sigma**2 / (len(X) - 1)


hint(pca, "What is the variance of the samples along a direction v of length 1, in terms of the covariance matrix?")
hint(
    pca,
    """Either the eigenvectors of covariance(X), reversed, or the right singular vectors of the centred data.
    Both give the same directions. What is the variance in each?""",
)
hint(pca, "With D the centred data and np.linalg.svd of it: the first k rows of Vt, and sigma² / (n - 1).")


# ---- 5. How lopsided


@exercise(needs=[svd_from_eigh], rtol=1e-7)
def condition_number(A):
    """How lopsided a matrix is: its largest stretch divided by its smallest.

    A: an array of floats of shape (m, n), not all 0
    Returns the largest singular value divided by the smallest of the min(m, n) singular values, a float of at least 1.
    If the smallest is at most 1e-12 times the largest, a direction counts as lost: the answer is np.inf.
    np.linalg.svd may be used, as shown.

    A = [[3, 0], [4, 5]] has the singular values √45 and √5, so its condition number is 3.0.
    """
    sigma = np.linalg.svd(A, compute_uv=False)
    return np.inf if sigma[-1] <= 1e-12 * sigma[0] else sigma[0] / sigma[-1]


case(condition_number, np.array([[3.0, 0.0], [4.0, 5.0]]))
case(condition_number, np.array([[1.0, 1.0], [0.0, 1.0]]))
case(condition_number, np.array([[1.0, 2.0], [2.0, 1.0]]))
case(condition_number, np.array([[0.0, -1.0], [1.0, 0.0]]))
case(condition_number, np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 1.0], [0.5, -1.0]]))
case(condition_number, np.array([[2.0, 0.0, 1.0, -1.0], [1.0, 3.0, 0.0, 2.0]]))
case(condition_number, np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 1.0]]))
case(condition_number, np.array([[0.1, 0.2], [0.3, 0.6]]))
case(condition_number, np.array([[3.0, 0.0], [0.0, 0.0]]))
case(condition_number, np.array([[1.0, 0.0], [0.0, 1.5e-12]]))
case(condition_number, np.array([[1.0, 0.0], [0.0, 8e-13]]))
case(condition_number, np.array([[1e-14, 0.0], [0.0, 5e-15]]))
case(condition_number, np.array([[1e3, 0.0], [0.0, 8e-10]]))


@holds(condition_number, "no multiple of a matrix is more lopsided than the matrix, and no turn of it")
def _(condition_number, rng):
    A = rng.normal(size=(4, 4))
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    assert close(condition_number(1000 * A), condition_number(A))
    assert close(condition_number(turn @ A), condition_number(A))


@holds(condition_number, "undoing is as lopsided as doing")
def _(condition_number, rng):
    A = rng.normal(size=(3, 3)) + 3 * np.eye(3)
    assert close(condition_number(np.linalg.inv(A)), condition_number(A))


equivalent(
    condition_number,
    "return np.inf if sigma[-1] <= 1e-12 * sigma[0] else sigma[0] / sigma[-1]"
    "  ⇒  return np.inf if sigma[-1] < 1e-12 * sigma[0] else sigma[0] / sigma[-1]",
    because="they part only at the border itself, where rounding decides",
)


@mistake(condition_number, "eigenvalues for singular values")
def _(A):
    """You divide eigenvalues, which is right for a symmetric matrix. The shear has the eigenvalues 1 and 1:
    does it stretch all directions alike?"""
    size = np.abs(np.linalg.eigvals(A))
    return np.inf if size.min() <= 1e-12 * size.max() else float(size.max() / size.min())


@mistake(condition_number, "smallest over largest")
def _(A):
    """Your answer is at most 1. Which of the two stands above the fraction bar?"""
    sigma = np.linalg.svd(A, compute_uv=False)
    return float(sigma[-1] / sigma[0])


@mistake(condition_number, "squares of the singular values")
def _(A):
    """You divide the eigenvalues of AᵀA, and those are squares of the stretches. What is missing?"""
    sigma = np.linalg.svd(A, compute_uv=False)
    return np.inf if sigma[-1] <= 1e-12 * sigma[0] else float((sigma[0] / sigma[-1]) ** 2)


@mistake(condition_number, "flat, but for rounding")
def _(A):
    """For [[0.1, 0.2], [0.3, 0.6]], where one row is three times the other, you return something like 10¹⁶.
    The smallest singular value is rounding: when do the words say that a direction is lost?"""
    sigma = np.linalg.svd(A, compute_uv=False)
    with np.errstate(all="ignore"):
        return float(sigma[0] / sigma[-1])


@mistake(condition_number, "a fixed tolerance")
def _(A):
    """You compare the smallest singular value with a fixed number, and take a matrix of small entries for flat.
    With what do the words compare it?"""
    sigma = np.linalg.svd(A, compute_uv=False)
    return np.inf if sigma[-1] <= 1e-12 else float(sigma[0] / sigma[-1])


@mistake(condition_number, "the largest alone")
def _(A):
    """You return the largest stretch. A matrix that stretches everything by 10 is not lopsided at all:
    with what does the largest have to be compared?"""
    return float(np.linalg.svd(A, compute_uv=False)[0])


@mistake(condition_number, "the lengths of the columns")
def _(A):
    """You compare the longest column with the shortest. Of [[3, 0], [4, 5]] both are 5 long:
    are the basis vectors the ones that are stretched most and least?"""
    length = np.sqrt(np.sum(A**2, axis=0))
    return np.inf if length.min() <= 1e-12 * length.max() else float(length.max() / length.min())


@mistake(condition_number, "eigenvalues of AᵀA, no root taken")
def _(A):
    """You divide the eigenvalues of AᵀA, which are squares of the stretches, and compare squares with the border.
    For a matrix with more columns than rows some of them are 0 as well. How do you come to the stretches themselves?"""
    lam = np.linalg.eigvalsh(A.T @ A)
    return np.inf if lam[0] <= 1e-12 * lam[-1] else lam[-1] / lam[0]


@mistake(condition_number, "roots of all eigenvalues of AᵀA")
def _(A):
    """You take all n eigenvalues of AᵀA. With more columns than rows some of them are 0 for every A, and small
    stretches are lost in the squares. How many singular values do the words count, and which function lists them?"""
    lam = np.linalg.eigvalsh(A.T @ A)
    return np.inf if lam[0] <= 1e-12 * lam[-1] else float(np.sqrt(lam[-1] / lam[0]))


@mistake(condition_number, "by svd_from_eigh")
def _(A):
    """svd_from_eigh leaves out every direction whose stretch is below 1e-5 times the largest, and for a flat matrix you
    divide by the smallest of those that were kept. Which decomposition lists all min(m, n) of them?"""
    lam = np.linalg.eigvalsh(A.T @ A)
    return float(np.sqrt(lam[-1] / np.min(lam[lam > 1e-10 * lam[-1]])))


@mistake(condition_number, "by svd_from_eigh, and what it left out taken for lost")
def _(A):
    """svd_from_eigh leaves out every direction whose stretch is below 1e-5 times the largest, and you call those lost.
    The words draw the border at 1e-12: which decomposition sees so far down?"""
    lam = np.linalg.eigvalsh(A.T @ A)[::-1][: min(A.shape)]
    return np.inf if lam[-1] <= 1e-10 * lam[0] else float(np.sqrt(lam[0] / lam[-1]))


@mistake(condition_number, "three arrays taken for the values")
def _(A):
    """Three things taken for one: np.linalg.svd returns U, sigma and Vt, your [0] and [-1] are U and Vt, and comparing
    them gives an array of answers. How do you take sigma out of the three?"""
    sigma = np.linalg.svd(A)
    return np.inf if sigma[-1] <= 1e-12 * sigma[0] else sigma[0] / sigma[-1]


@mistake(condition_number, "U divided by Vt")
def _(A):
    """Three things taken for one: np.linalg.svd returns U, sigma and Vt, and your [0] and [-1] are U and Vt.
    How do you take sigma out of the three?"""
    sigma = np.linalg.svd(A)
    return sigma[0] / sigma[-1]


@mistake(condition_number, "eigenvalues, by eigh")
def _(A):
    """You asked eigh for eigenvalues of A. It is for symmetric matrices, reads one triangle of A and lists negative
    ones first. Stretches are no eigenvalues of A: what are they called, and which function lists them?"""
    lam = np.linalg.eigvalsh(A)
    with np.errstate(all="ignore"):
        return np.inf if lam[0] <= 1e-12 * lam[-1] else lam[-1] / lam[0]


@mistake(condition_number, "eigenvalues by eigh, in size")
def _(A):
    """You asked eigh for eigenvalues of A, and took their sizes. It is for symmetric matrices, and reads one triangle
    of A. Stretches are no eigenvalues of A: what are they called, and which function lists them?"""
    size = np.abs(np.linalg.eigvalsh(A))
    return np.inf if size.min() <= 1e-12 * size.max() else float(size.max() / size.min())


@mistake(condition_number, "eigenvalues by eigh, largest over smallest")
def _(A):
    """You divide eigenvalues that eigh gave for A itself. It is for symmetric matrices, reads one triangle of A, and
    its values may be negative. Stretches are never: what are they called, and which function lists them?"""
    lam = np.linalg.eigvalsh(A)
    with np.errstate(all="ignore"):
        return np.inf if abs(lam[0]) <= 1e-12 * abs(lam[-1]) else lam[-1] / lam[0]


hint(
    condition_number,
    "Of which set of numbers are the largest and the smallest wanted: of entries, of eigenvalues, or of stretches?",
)
hint(condition_number, "np.linalg.svd with compute_uv=False lists the singular values, largest first.")
hint(condition_number, "sigma[0] is the largest and sigma[-1] the smallest. Before you divide, compare the two.")


prediction(
    "ten_times_worse",
    """A bowl has curvatures between 1 and 10, and gradient descent needs so many steps to a hundredth of the distance.
    Then the curvatures lie between 1 and 100. With the best learning rate for each, how many times as many steps?""",
    beliefs={
        1: "The steps across the valley must not be too long, so those along it become short.",
        100: "100 would be so if the steps grew like the square of the ratio.",
        3.2: "The root of 10 would be so with steps that remember earlier ones. Plain steps feel the ratio itself.",
        2: "That would be so if the steps grew like the logarithm of the ratio.",
    },
    rtol=0.12,
)


quiz(
    "smaller_rate",
    """A bowl has the curvatures 1 and 10 000. The walk jumps from wall to wall and hardly moves along the valley.
    What helps?""",
    wrong(
        "A smaller learning rate: the jumps become shorter, and the walk follows the valley.",
        """The jumping stops, that is right. But along the valley each step leaves 1 - η of the share, and with a
        smaller η that is more: it creeps more slowly still.""",
    ),
    wrong(
        "A larger learning rate, so that the walk gets on along the valley.",
        "Across the valley a step multiplies by 1 - 10 000 η. With η above 2/10 000 it runs off.",
    ),
    wrong(
        "More data of the same kind, so that the gradient is more exact.",
        "The gradient is exact. More rows of the same kind leave XᵀX / n, and so the curvatures, as they are.",
    ),
    right(
        "Other coordinates, in which the two curvatures are alike.",
        """One learning rate has to do for both, and only their ratio counts. In coordinates in which the bowl is round,
        one step arrives. To find such coordinates from the data is the next exercise.""",
    ),
)


@exercise(needs=[pca, condition_number], rtol=1e-7, atol=1e-8)
def whiten(X):
    """The cloud moved, turned and stretched until it is round: mean 0, and a covariance matrix that is the identity.

    X: an array of floats of shape (n, d): n samples, n > d; the cloud is flat in no direction. X stays as it was.
    Returns Z = (X - mean) M, an array of floats of shape (n, d), with some M of shape (d, d), such that every column
    of Z has the mean 0 and the covariance matrix of Z, with n - 1 in the denominator, is the identity.
    A round cloud stays round when it is turned or mirrored: every turned or mirrored answer is right.

    The samples (0, 0), (4, 2), (4, -2), (8, 0) have the mean (4, 0) and the covariance matrix [[32/3, 0], [0, 8/3]].
    So divide the first column by √(32/3) and the second by √(8/3): the rows become (-1.225, 0), (0, 1.225),
    (0, -1.225), (1.225, 0). Where the matrix has numbers off its diagonal, a turn comes before the stretch.
    """
    _, d = X.shape
    components, variances = pca(X, d)
    return (X - X.mean(axis=0)) @ components.T / np.sqrt(variances)


@scenario(whiten, "a cloud along the axes")
def _(whiten):
    Z = whiten(np.array([[0.0, 0.0], [4.0, 2.0], [4.0, -2.0], [8.0, 0.0]]))
    yield "shape", np.shape(Z)
    yield "means of the columns, their sizes in order", np.sort(np.abs(Z.mean(axis=0)), axis=None)
    yield "variances of the columns, in order", np.sort(Z.var(axis=0, ddof=1), axis=None)
    yield "entries of ZᵀZ / (n - 1), their sizes in order", np.sort(np.abs(Z.T @ Z / 3), axis=None)
    yield "every sample with every sample, Z Zᵀ", Z @ Z.T


@scenario(whiten, "a slanted cloud, far from the origin")
def _(whiten):
    Z = whiten(np.array([[10.0, 5.0], [12.0, 7.0], [14.0, 9.5], [12.0, 5.5], [13.0, 9.0]]))
    yield "shape", np.shape(Z)
    yield "means of the columns, their sizes in order", np.sort(np.abs(Z.mean(axis=0)), axis=None)
    yield "variances of the columns, in order", np.sort(Z.var(axis=0, ddof=1), axis=None)
    yield "entries of ZᵀZ / (n - 1), their sizes in order", np.sort(np.abs(Z.T @ Z / 4), axis=None)
    yield "every sample with every sample, Z Zᵀ", Z @ Z.T


@scenario(whiten, "columns in very different units")
def _(whiten):
    X = np.array(
        [
            [1800.0, 0.2, 3.0],
            [1650.0, 0.1, 1.0],
            [1720.0, 0.4, -2.0],
            [1900.0, 0.3, 0.5],
            [1580.0, 0.2, 4.0],
            [1700.0, 0.5, 2.0],
        ]
    )
    Z = whiten(X)
    yield "shape", np.shape(Z)
    yield "means of the columns, their sizes in order", np.sort(np.abs(Z.mean(axis=0)), axis=None)
    yield "variances of the columns, in order", np.sort(Z.var(axis=0, ddof=1), axis=None)
    yield "entries of ZᵀZ / (n - 1), their sizes in order", np.sort(np.abs(Z.T @ Z / 5), axis=None)
    yield "every sample with every sample, Z Zᵀ", Z @ Z.T


@holds(whiten, "X is left as it was")
def _(whiten, rng):
    X = rng.normal(size=(6, 3)) + 2
    before = X.copy()
    whiten(X)
    assert np.array_equal(X, before)


@holds(whiten, "columns mixed by any matrix that can be undone end in the same round cloud, but for a turn")
def _(whiten, rng):
    X, M = rng.normal(size=(9, 3)) + 4, rng.normal(size=(3, 3)) + 2 * np.eye(3)
    Z, mixed = whiten(X), whiten(X @ M)
    assert close(Z @ Z.T, mixed @ mixed.T)
    assert close(covariance(Z), np.eye(3))


def _white(centre=True, stretch=lambda lam: 1 / np.sqrt(lam), turn=True, n_minus=1):
    """A whitening of which one part may be exchanged."""

    def program(X):
        mean = X.mean(axis=0)
        D = X - mean
        lam, V = np.linalg.eigh(D.T @ D / (len(X) - n_minus))
        return (D if centre else X) @ (V if turn else np.eye(len(lam))) * stretch(lam)

    return program


equivalent(
    whiten,
    "return (X - X.mean(axis=0)) @ components.T / np.sqrt(variances)"
    "  ⇒  return (X.mean(axis=0) - X) @ components.T / np.sqrt(variances)",
    because="a round cloud mirrored at its middle is as right as before",
)


@mistake(whiten, "divided by the variance")
def _(X):
    """You divide by the variances. Their unit is a square: what is the standard deviation of a column with the
    variance 9, once it is divided by 9?"""
    return _white(stretch=lambda lam: 1 / lam)(X)


@mistake(whiten, "turned, and not stretched")
def _(X):
    """Your columns no longer vary together, and still each has a variance of its own. What brings them all to 1?"""
    return _white(stretch=lambda lam: 1.0)(X)


@mistake(whiten, "column by column", because=standardise)
def _(X):
    """You brought each column to the standard deviation 1, and they still vary together: the cloud is slanted still.
    What has to happen before the columns are stretched?"""
    D = X - X.mean(axis=0)
    return D / D.std(axis=0, ddof=1)


@mistake(whiten, "stretched before it was turned")
def _(X):
    """You divide the columns of the data by the deviations along the components, and turn after that.
    Along which directions are those deviations: those of the columns, or those of the components?"""
    components, variances = pca(X, X.shape[1])
    return (X - X.mean(axis=0)) / np.sqrt(variances) @ components.T


@mistake(whiten, "stretched before it was turned, by eigh")
def _(X):
    """You stretch first: column i of the data is divided by the deviation along eigenvector i, which points elsewhere.
    What has to come before the stretch, so that the two belong together?"""
    D = X - X.mean(axis=0)
    lam, V = np.linalg.eigh(np.cov(X.T))
    return D / np.sqrt(lam) @ V


@mistake(whiten, "turned the wrong way")
def _(X):
    """You multiply by the transpose of the matrix that would do. Sample times component gives one number of the turned
    sample: do the components have to stand in the rows or in the columns of the right factor?"""
    D = X - X.mean(axis=0)
    lam, V = np.linalg.eigh(np.cov(X.T))
    return D @ V.T / np.sqrt(lam)


@mistake(whiten, "not centred", because=covariance)
def _(X):
    """Your cloud is round, and its middle is not at 0. What has to be taken away first?"""
    return _white(centre=False)(X)


@mistake(whiten, "one mean for all columns")
def _(X):
    """You took away the mean of all entries of X, one number. The middle of the cloud has d numbers:
    over which axis is X.mean to be taken?"""
    components, variances = pca(X, X.shape[1])
    return (X - X.mean()) @ components.T / np.sqrt(variances)


@mistake(whiten, "divided by n")
def _(X):
    """With n - 1 in the denominator your columns have the variance n/(n - 1), a little above 1: what you divided by was
    too small. Which denominator did your variances have?"""
    return _white(n_minus=0)(X)


@mistake(whiten, "stretched further")
def _(X):
    """You multiply by the standard deviations: what was long is longer now. How is a length of 5 made 1?"""
    return _white(stretch=lambda lam: np.sqrt(lam))(X)


@mistake(whiten, "divided by the singular values")
def _(X):
    """Your columns no longer vary together, and each has the variance 1/(n - 1): you divided by the singular values of
    the centred data. What is the variance along a component, in terms of its singular value?"""
    D = X - X.mean(axis=0)
    _, sigma, Vt = np.linalg.svd(D, full_matrices=False)
    return D @ Vt.T / sigma


@mistake(whiten, "components not transposed")
def _(X):
    """You multiply by the components as pca returns them, one in each row. Each column of the result then mixes numbers
    of different components: which side of the product has to hold a component in a column?"""
    components, variances = pca(X, X.shape[1])
    return (X - X.mean(axis=0)) @ components / np.sqrt(variances)


hint(whiten, "In the example the cloud lies along the axes. By what is each column divided, and why by that?")
hint(
    whiten,
    """pca with k = d gives all d components: the samples' numbers along them do not vary together, and their
    variances are known. How do you get those numbers from the centred samples?""",
)
hint(whiten, "(X - mean) @ components.T has one column for each component. Divide each by its standard deviation.")


# ---- 6. All stretches to 1


@exercise(needs=[svd_from_eigh, condition_number])
def newton_schulz(G, steps=5):
    """A matrix with the singular vectors of G and its singular values brought towards 1, a few products in each step.

    G: an array of floats of shape (m, n), not all 0
    steps: how many times to repeat, a whole number of at least 0
    Returns X, an array of floats of shape (m, n). G is left as it was.
    Begin with X = G divided by the square root of the sum of the squares of all its entries.
    Each step replaces X by a X + b (X Xᵀ) X + c (X Xᵀ)(X Xᵀ) X, with a = 3.4445, b = -4.7750, c = 2.0315.

    G = [[4, 0], [0, 3]] begins as [[0.8, 0], [0, 0.6]]. One step makes 3.4445·0.8 - 4.7750·0.8³ + 2.0315·0.8⁵
    = 0.9765 of the 0.8, and 1.1933 of the 0.6, and leaves the zeros.
    """
    a, b, c = 3.4445, -4.7750, 2.0315
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        square = X @ X.T
        X = a * X + b * square @ X + c * square @ square @ X
    return X


case(newton_schulz, np.array([[4.0, 0.0], [0.0, 3.0]]), 1)
case(newton_schulz, np.array([[4.0, 0.0], [0.0, 3.0]]))
case(newton_schulz, np.array([[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0]]), 0)
case(newton_schulz, np.array([[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0]]), 1)
case(newton_schulz, np.array([[1.0, 2.0], [-1.0, 0.0], [0.3, 3.0], [5.0, 0.5]]), 3)
case(newton_schulz, np.array([[30.0, -12.0, 4.0], [7.0, 25.0, -3.0], [0.5, 6.0, 18.0]]))


@cases(newton_schulz, count=1)
def _(rng):
    return rng.normal(size=(3, 5)), 4


@holds(newton_schulz, "it treats each singular value by itself, and leaves the singular vectors alone")
def _(newton_schulz, rng):
    A = rng.normal(size=(4, 3))
    U, sigma, Vt = np.linalg.svd(A, full_matrices=False)
    s = sigma / np.sqrt(np.sum(sigma**2))
    for steps in (1, 2):
        s = 3.4445 * s - 4.7750 * s**3 + 2.0315 * s**5
        assert close(newton_schulz(A, steps), (U * s) @ Vt)


@holds(newton_schulz, "the size of G does not matter")
def _(newton_schulz, rng):
    G = rng.normal(size=(3, 4))
    assert close(newton_schulz(1000 * G), newton_schulz(G))


def _schulz(divide=lambda G: np.sqrt(np.sum(G**2)), a=3.4445, b=-4.7750, c=2.0315, of=lambda X, G: X @ X.T, last=None):
    """An iteration of which one part may be exchanged."""

    def program(G, steps=5):
        X = first = G / divide(G)
        with np.errstate(all="ignore"):
            for _ in range(steps):
                square = of(X, first)
                Y = X if last is None else last(X, first)
                X = a * X + b * square @ Y + c * square @ square @ Y
        return X

    return program


equivalent(
    newton_schulz,
    "X = a * X + b * square @ X + c * square @ square @ X  ⇒  X = a * X + b * square @ X + square @ (c * square) @ X",
    because="a number may stand with either factor",
)


@mistake(newton_schulz, "not brought to size first")
def _(G, steps=5):
    """You begin with G itself. Its stretches lie above 1, where the fifth power runs away: after five steps inf or nan.
    By what is G divided at the start?"""
    return _schulz(divide=lambda G: 1.0)(G, steps)


@mistake(newton_schulz, "G in the loop")
def _(G, steps=5):
    """Your X Xᵀ is made once, of the beginning, and used in every step. Whose stretches does step two have to see?"""
    return _schulz(of=lambda X, first: first @ first.T)(G, steps)


@mistake(newton_schulz, "the beginning multiplied in each step")
def _(G, steps=5):
    """In b (X Xᵀ) X and c (X Xᵀ)(X Xᵀ) X the last factor of yours is still the beginning. Which X is meant?"""
    return _schulz(last=lambda X, first: first)(G, steps)


@mistake(newton_schulz, "entry by entry")
def _(G, steps=5):
    """You took powers of the entries. A matrix that is not diagonal has stretches that are none of its entries:
    which product of X with its transpose acts on the stretches?"""
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        X = 3.4445 * X - 4.7750 * X**3 + 2.0315 * X**5
    return X


@mistake(newton_schulz, "divided by the largest entry")
def _(G, steps=5):
    """You divide by the largest entry. No stretch may be above 1 at the start, and a stretch can be longer than every
    entry. Which sum is never smaller than the square of the largest stretch?"""
    return _schulz(divide=lambda G: np.max(np.abs(G)))(G, steps)


@mistake(newton_schulz, "root forgotten")
def _(G, steps=5):
    """You divide by the sum of the squares, not by its root. What is the size of G divided by that?"""
    return _schulz(divide=lambda G: np.sum(G**2))(G, steps)


@mistake(newton_schulz, "one X too few")
def _(G, steps=5):
    """Your last term is c (X Xᵀ) X again, a third power for the fifth. How many times does X Xᵀ stand in it?"""
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        square = X @ X.T
        X = 3.4445 * X - 4.7750 * square @ X + 2.0315 * square @ X
    return X


@mistake(newton_schulz, "the last X forgotten")
def _(G, steps=5):
    """Your last term is c (X Xᵀ)(X Xᵀ), of shape (m, m): it takes the fourth power of the stretches, and has only the
    singular vectors of one side. What does it still have to be multiplied by?"""
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        square = X @ X.T
        X = 3.4445 * X - 4.7750 * square @ X + 2.0315 * square @ square
    return X


@mistake(newton_schulz, "a times G")
def _(G, steps=5):
    """Your first term is a G, with G as it was given, neither brought to size nor changed by the step before.
    Which matrix stands in all three terms?"""
    X = G / np.sqrt(np.sum(G**2))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            square = X @ X.T
            X = 3.4445 * G - 4.7750 * square @ X + 2.0315 * square @ square @ X
    return X


@mistake(newton_schulz, "a times the beginning")
def _(G, steps=5):
    """Your first term is a times the beginning, in every step, where the other two have the X of the step before.
    Which matrix stands in all three terms?"""
    X = first = G / np.sqrt(np.sum(G**2))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            square = X @ X.T
            X = 3.4445 * first - 4.7750 * square @ X + 2.0315 * square @ square @ X
    return X


@mistake(newton_schulz, "each column brought to length 1")
def _(G, steps=5):
    """np.sum(…, axis=0) gives a sum for each column, and you divide every column by its own length: that changes the
    directions. Over which entries do the words sum, and how many numbers is that?"""
    return _schulz(divide=lambda G: np.sqrt(np.sum(G**2, axis=0)))(G, steps)


@mistake(newton_schulz, "minus forgotten")
def _(G, steps=5):
    """All three of your terms are added, and the stretches grow with every step. What is the sign of b?"""
    return _schulz(b=4.7750)(G, steps)


@mistake(newton_schulz, "written over in two lines")
def _(G, steps=5):
    """You changed X after the first terms, and the last term was made of the changed X.
    Whose X Xᵀ, and whose X, does the whole right side use?"""
    X = G / np.sqrt(np.sum(G**2))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            X = 3.4445 * X - 4.7750 * X @ X.T @ X
            X = X + 2.0315 * X @ X.T @ X @ X.T @ X
    return X


@mistake(newton_schulz, "the new one never put back")
def _(G, steps=5):
    """Each step of yours begins with the same X: the new matrix has a name of its own, and is made anew every time.
    With steps=0 it is never made. What has to become of X at the end of a step?"""
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        square = X @ X.T
        Y = 3.4445 * X - 4.7750 * square @ X + 2.0315 * square @ square @ X
    return Y


@mistake(newton_schulz, "the new one never put back, though begun")
def _(G, steps=5):
    """Your answer is the same from one step on: each step begins with the same X, and the new matrix goes into another
    name. What has to become of X at the end of a step?"""
    X = Y = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        square = X @ X.T
        Y = 3.4445 * X - 4.7750 * square @ X + 2.0315 * square @ square @ X
    return Y


@mistake(newton_schulz, "the beginning returned")
def _(G, steps=5):
    """You return G divided by its size, whatever the steps make of it. Into which name does the new matrix go?"""
    return G / np.sqrt(np.sum(G**2))


@mistake(newton_schulz, "returned in the loop")
def _(G, steps=5):
    """Your loop ends in its first round, because the return stands inside it. How far in should it stand?"""
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        square = X @ X.T
        X = 3.4445 * X - 4.7750 * square @ X + 2.0315 * square @ square @ X
        return X
    return None


def _brought_back(first, when):
    """An iteration that brings X to size in every step, `when` it begins or ends."""

    def program(G, steps=5):
        X = G / np.sqrt(np.sum(G**2)) if first else G
        for _ in range(steps):
            X = X / np.sqrt(np.sum(X**2)) if when == "begins" else X
            X = _schulz(divide=lambda G: 1.0)(X, 1)
            X = X / np.sqrt(np.sum(X**2)) if when == "ends" else X
        return X

    return program


@mistake(newton_schulz, "brought to size as each step begins")
def _(G, steps=5):
    """You divide by the size at the beginning of every step, so that what one step lifted, the next presses down again,
    and with steps=0 nothing is divided. How often do the words divide?"""
    return _brought_back(first=False, when="begins")(G, steps)


@mistake(newton_schulz, "brought to size first, and as each step begins")
def _(G, steps=5):
    """You divide by the size in every step, so that what one step lifted, the next presses down again.
    How often do the words divide?"""
    return _brought_back(first=True, when="begins")(G, steps)


@mistake(newton_schulz, "brought to size as each step ends")
def _(G, steps=5):
    """You divide by the size after every step. All stretches together then have the length 1, as vectors do, and they
    cannot all come near 1. How often do the words divide?"""
    return _brought_back(first=True, when="ends")(G, steps)


@mistake(newton_schulz, "the square of each entry")
def _(G, steps=5):
    """(X Xᵀ)(X Xᵀ) is a product of matrices, and `** 2` squares each entry by itself.
    Which sign multiplies matrices?"""
    X = G / np.sqrt(np.sum(G**2))
    for _ in range(steps):
        square = X @ X.T
        X = 3.4445 * X - 4.7750 * square @ X + 2.0315 * square**2 @ X
    return X


hint(newton_schulz, "With X = U Σ Vᵀ, what is Xᵀ, and what is left of X Xᵀ X when VᵀV and UᵀU are the identity?")
hint(newton_schulz, "Make X Xᵀ once in each step and give it a name. Two of the three terms use it.")
hint(newton_schulz, "With S for X Xᵀ the new X is a * X + b * S @ X + c * S @ S @ X, all from the old X.")


# ---- Review


@question(power_iteration, "an eigenvalue of a symmetric matrix")
def _(rng):
    a, b = int(rng.integers(2, 8)), int(rng.integers(1, 6))
    largest = np.linalg.eigvalsh(np.array([[a, b], [b, a]], dtype=float))[-1]
    return Asked(
        f"A = [[{a}, {b}], [{b}, {a}]] sends (1, 1) to a multiple of itself. What is that eigenvalue?",
        round(float(largest), 9),
        why=f"A (1, 1) = ({a} + {b}, {b} + {a}).",
    )


@question(svd_from_eigh, "a stretch from AᵀA")
def _(rng):
    first, second = (int(n) for n in rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 9], size=2, replace=False))
    lam = sorted([first**2, second**2])
    A = np.diag([float(first), float(second)])
    return Asked(
        f"AᵀA has the eigenvalues {lam[0]} and {lam[1]}. How long is the longest image A v of a vector of length 1?",
        round(float(svd_from_eigh(A)[1][0]), 9),
        why=f"‖A v‖² = v · AᵀA v is at most the largest eigenvalue, {lam[1]}; take its root.",
    )


@question(low_rank, "what the best approximation misses")
def _(rng):
    sigma = sorted((int(n) for n in rng.choice(np.arange(1, 10), size=4, replace=False)), reverse=True)
    k = int(rng.integers(1, 4))
    A = np.diag([float(s) for s in sigma])
    left = " + ".join(f"{s}²" for s in sigma[k:])
    return Asked(
        f"A has the singular values {', '.join(map(str, sigma))}. The best approximation of rank {k} is taken from A."
        f" What do the squares of the entries of the difference add up to?",
        round(float(np.sum((A - low_rank(A, k)) ** 2)), 9),
        why=f"The squares of those left out: {left}.",
    )


@question(low_rank, "how many numbers a rank takes")
def _(rng):
    m, n, k = int(rng.integers(3, 10)) * 100, int(rng.integers(3, 10)) * 100, int(rng.integers(2, 10))
    return Asked(
        f"A matrix of shape ({m}, {n}) is replaced by a product of shapes ({m}, {k}) and ({k}, {n})."
        f" How many numbers does it take now?",
        m * k + k * n,
        why=f"{k}·({m} + {n}), where it took {m}·{n} before.",
    )


@question(pca, "a variance from a singular value")
def _(rng):
    n, s = int(rng.integers(3, 12)), int(rng.integers(2, 10))
    n = 5 if (s * s) % (n - 1) and s % 2 == 0 else n if not (s * s) % (n - 1) else 11
    X = np.zeros((n, 2))
    X[0, 0], X[1, 0] = s / np.sqrt(2), -s / np.sqrt(2)
    return Asked(
        f"{n} samples, centred, form a matrix whose largest singular value is {s}."
        f" What is the variance along the first principal component, with n - 1?",
        round(float(pca(X, 1)[1][0]), 9),
        why=f"{s}² / ({n} - 1).",
    )


@question(condition_number, "the best factor of gradient descent")
def _(rng):
    low, ratio = int(rng.integers(1, 5)), int(rng.choice([3, 4, 9, 19]))
    A = np.diag([float(low), float(low * ratio)])
    kappa = condition_number(A)
    return Asked(
        f"A bowl has the curvatures {low} and {low * ratio}. With the best learning rate, by which factor does each"
        f" step multiply the distance along the worse direction?",
        round(float((kappa - 1) / (kappa + 1)), 9),
        why=f"κ = {ratio}, and the factor is (κ - 1)/(κ + 1) = {ratio - 1}/{ratio + 1}.",
    )
