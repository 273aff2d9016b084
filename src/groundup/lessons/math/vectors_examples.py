"""Vectors: from a dot product by hand to perpendicular directions out of any columns.

Knows nothing of matrices as maps: here a matrix is a stack of vectors, and `@` takes many dot products at once.
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
    vectorised,
    wrong,
)

# ---- 1. Products of entries, added up


@exercise
def dot(a, b):
    """The dot product of two vectors: the products of the entries at the same place, added up.

    a, b: vectors of d numbers each, d >= 0, as lists or as arrays of shape (d,)
    Returns a number; it is 0 for two vectors without entries.
    Raises ValueError if one of them has more entries than the other.

    dot([2, 1, 0], [20, 12, 1]) is 2*20 + 1*12 + 0*1, which is 52.0.
    """
    if len(a) != len(b):
        raise ValueError(f"the vectors have {len(a)} and {len(b)} entries")
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


case(dot, [2, 1, 0], [20, 12, 1])
case(dot, [0.5, -2.0, 3.0], [4.0, 1.5, -1.0])
case(dot, np.array([1.5, 2.0, -4.0, 0.25]), np.array([-2.0, 3.0, 0.5, 8.0]))
case(dot, np.array([3, -1]), np.array([2, 7]))
case(dot, [2.5], [-4.0])
case(dot, [], [])
case(dot, [2.0, 3.0], [4.0, 5.0, 6.0])
case(dot, [2.0, 3.0, 5.0], [4.0, 5.0])
case(dot, np.array([2.0]), np.array([4.0, 5.0, 6.0]))
case(dot, np.array([4.0, 5.0, 6.0]), np.array([2.0]))


@cases(dot, count=3)
def _(rng):
    size = rng.integers(3, 9)
    return rng.normal(size=size), rng.normal(size=size)


@holds(dot, "the order of the two vectors does not matter")
def _(dot, rng):
    a, b = rng.normal(size=(2, 5))
    assert close(dot(a, b), dot(b, a))


@holds(dot, "the dot product of a sum is the sum of the dot products, and a factor can be taken out")
def _(dot, rng):
    a, b, c = rng.normal(size=(3, 4))
    assert close(dot(a + c, b), dot(a, b) + dot(c, b))
    assert close(dot(3 * a, b), 3 * dot(a, b))


@mistake(dot, "products not added up")
def _(a, b):
    """You return a product for each place, d numbers, and a dot product is a single one. What is still to be done?"""
    if len(a) != len(b):
        raise ValueError
    return np.asarray(a, dtype=float) * np.asarray(b, dtype=float)


@mistake(dot, "the longer one cut off")
def _(a, b):
    """Where one vector is longer, you return a number as if its last entries were not there: zip stops at the shorter.
    What should happen before the loop?"""
    return float(sum(x * y for x, y in zip(a, b)))  # noqa: B905


@mistake(dot, "a single entry for all")
def _(a, b):
    """For vectors of 1 and 3 entries you return a number: NumPy multiplied the single entry by all three, silently.
    Which two numbers tell that the vectors do not match?"""
    return float(np.sum(np.asarray(a, dtype=float) * np.asarray(b, dtype=float)))


@mistake(dot, "sums multiplied")
def _(a, b):
    """You add up each vector and multiply the sums, so every entry meets every other.
    In [2, 1] and [3, 5], which number does the 2 meet, and which does it not?"""
    if len(a) != len(b):
        raise ValueError
    return float(sum(a) * sum(b))


@mistake(dot, "only the last product")
def _(a, b):
    """You return the product at the last place: each round writes over the one before it.
    What should a round do to total?"""
    if len(a) != len(b):
        raise ValueError
    total = 0.0
    for x, y in zip(a, b, strict=True):
        total = x * y
    return float(total)


@mistake(dot, "only the first product")
def _(a, b):
    """You return the product at the first place: the loop ends in its first round. How far in is your `return`?"""
    if len(a) != len(b):
        raise ValueError
    for x, y in zip(a, b, strict=True):
        return float(x * y)
    return 0.0


@mistake(dot, "only the first product, and None without entries")
def _(a, b):
    """Your `return` stands inside the loop, which ends there in its first round; with no entries there is no round.
    At which margin does `return` stand, if it is to come after the last round?"""
    if len(a) != len(b):
        raise ValueError
    for x, y in zip(a, b, strict=True):
        return float(x * y)


@mistake(dot, "entries added")
def _(a, b):
    """You add the two entries at each place. What is bought by 2 pieces at a price of 20?"""
    if len(a) != len(b):
        raise ValueError
    return float(sum(x + y for x, y in zip(a, b, strict=True)))


equivalent(dot, "for i in range(len(a)):  ⇒  for i in range(len(b)):", because="both lengths are the same here")

hint(dot, "Take [2, 1, 0] and [20, 12, 1] on paper. Which three products are there, and what happens to them?")
hint(dot, "Before the loop, compare len(a) with len(b). In the loop, i runs over range(len(a)).")
hint(dot, "Begin with total = 0.0. In each round, add to it the product of a[i] and b[i]; return it after the loop.")


# ---- 2. Length


@exercise
def p_norm(x, p):
    """The p-norm of a vector: the p-th root of the sum of the sizes of its entries, each to the power of p.

    x: d numbers, d >= 1, as a list or an array of shape (d,); ints are allowed
    p: a number, 1 or more, for which no power is beyond the largest float; or np.inf, for which the norm is the size of
    the largest entry, whatever its sign
    Returns a float, never negative.
    Raises ValueError if p is less than 1.

    x = [3, -4] has the sizes 3 and 4: p_norm(x, 1) is 7.0, p_norm(x, 2) is 5.0 and p_norm(x, np.inf) is 4.0.
    """
    if p < 1:
        raise ValueError(f"p = {p} measures no length: detours would be shorter than the straight way")
    sizes = np.abs(np.asarray(x, dtype=float))
    if p == np.inf:
        return sizes.max()
    return (sizes**p).sum() ** (1 / p)


case(p_norm, [3, -4], 2)
case(p_norm, [3, -4], 1)
case(p_norm, [3, -4], np.inf)
case(p_norm, np.array([1.5, -2.5, 0.5, -3.0]), 3)
case(p_norm, np.array([1.5, -2.5, 0.5]), 3)
case(p_norm, [2.0, -0.5, 1.0], 2.5)
case(p_norm, np.array([-6.0]), 3)
case(p_norm, [10, -9], 20)
case(p_norm, [2.0, -2.0, 2.0], 60)
case(p_norm, np.array([0.0, 0.0, 0.0]), 2)
case(p_norm, [1.0, 4.0], 0.5)
case(p_norm, [1.0, -4.0, 0.5], np.inf)
case(p_norm, [-1.0, 2.0, 0.25], np.inf)


@holds(p_norm, "a vector c times as long has a norm |c| times as large")
def _(p_norm, rng):
    x = rng.normal(size=5)
    for p in (1, 2, 3, np.inf):
        assert close(p_norm(-3 * x, p), 3 * p_norm(x, p))


@holds(p_norm, "the straight way is never longer than a detour")
def _(p_norm, rng):
    for p in (1, 1.5, 2, 4, np.inf):
        u, v = rng.normal(size=(2, 4))
        assert p_norm(u + v, p) <= p_norm(u, p) + p_norm(v, p) + 1e-9, f"for p = {p} the detour is shorter"


@holds(p_norm, "as p grows, the norm shrinks towards that of p = np.inf")
def _(p_norm, rng):
    x = rng.normal(size=6)
    norms = [p_norm(x, p) for p in (1, 2, 5, 60, np.inf)]
    assert np.all(np.diff(norms) <= 1e-9), "a larger p gives a larger norm"
    assert close(norms[-2], norms[-1], rtol=0.05)


@mistake(p_norm, "signs kept")
def _(x, p):
    """Your negative entries count against the others when p is odd, and for p = 2.5 they give nan.
    What is the size of -4, and which NumPy function drops a sign?"""
    if p < 1:
        raise ValueError
    x = np.asarray(x, dtype=float)
    if p == np.inf:
        return np.abs(x).max()
    return (x**p).sum() ** (1 / p)


@mistake(p_norm, "signs kept everywhere")
def _(x, p):
    """You use the entries with their signs, also for p = np.inf, and the norm is made of the sizes, without signs.
    Which NumPy function drops a sign?"""
    if p < 1:
        raise ValueError
    x = np.asarray(x, dtype=float)
    return x.max() if p == np.inf else (x**p).sum() ** (1 / p)


@mistake(p_norm, "the power after the sum")
def _(x, p):
    """You add up the sizes first, and the power and the root then undo each other: 7 for [3, -4], whatever p is.
    Which comes first, the power or the sum?"""
    if p < 1:
        raise ValueError
    sizes = np.abs(np.asarray(x, dtype=float))
    return sizes.max() if p == np.inf else (sizes.sum() ** p) ** (1 / p)


@mistake(p_norm, "the root left out")
def _(x, p):
    """You return the sum of the powers: for [3, -4] and p = 2 that is 25, in square metres if the entries are metres.
    What brings it back to metres?"""
    if p < 1:
        raise ValueError
    sizes = np.abs(np.asarray(x, dtype=float))
    return sizes.max() if p == np.inf else (sizes**p).sum()


@mistake(p_norm, "always the square root")
def _(x, p):
    """You take the square root whatever p is. Which root undoes the power of 3?"""
    if p < 1:
        raise ValueError
    sizes = np.abs(np.asarray(x, dtype=float))
    return sizes.max() if p == np.inf else np.sqrt((sizes**p).sum())


@mistake(p_norm, "always the 2-norm")
def _(x, p):
    """You square the entries whatever p is. Which number should stand where your 2 stands?"""
    if p < 1:
        raise ValueError
    sizes = np.abs(np.asarray(x, dtype=float))
    return sizes.max() if p == np.inf else np.sqrt((sizes**2).sum())


@mistake(p_norm, "the power before the division")
def _(x, p):
    """Your `** 1 / p` takes the power 1 and then divides by p: `**` comes before `/`. Where do brackets belong?"""
    if p < 1:
        raise ValueError
    sizes = np.abs(np.asarray(x, dtype=float))
    return sizes.max() if p == np.inf else (sizes**p).sum() ** 1 / p


@mistake(p_norm, "infinity put into the formula")
def _(x, p):
    """For p = np.inf you raise the entries to the power of infinity, and 1/inf is 0: the answer is 1, whatever x is.
    What does the docstring say the norm is in that case?"""
    if p < 1:
        raise ValueError
    with np.errstate(over="ignore", invalid="ignore"):
        return (np.abs(np.asarray(x, dtype=float)) ** p).sum() ** (1 / p)


@mistake(p_norm, "the largest entry with its sign")
def _(x, p):
    """For p = np.inf you take the largest entry, and -4 lost against 3. Which of the two has the larger size?"""
    if p < 1:
        raise ValueError
    x = np.asarray(x, dtype=float)
    return x.max() if p == np.inf else (np.abs(x) ** p).sum() ** (1 / p)


@mistake(p_norm, "whole numbers overflow")
def _(x, p):
    """For [10, -9] and p = 20 your answer is far off: 10**20 does not fit into 64 bits, as lesson 1 showed.
    What should the entries be turned into first?"""
    if p < 1:
        raise ValueError
    sizes = np.abs(np.asarray(x))
    return float(sizes.max()) if p == np.inf else float(abs((sizes**p).sum()) ** (1 / p))


@mistake(p_norm, "every p allowed")
def _(x, p):
    """For p = 0.5 you return a number, and a ValueError is asked for. Under p = 0.5, is the straight way from 0 to
    [1, 1] shorter than the way along the axes?"""
    sizes = np.abs(np.asarray(x, dtype=float))
    return sizes.max() if p == np.inf else (sizes**p).sum() ** (1 / p)


@mistake(p_norm, "a list asked for its sizes")
def _(x, p):
    """A list has no abs, no power and no sum that act entry by entry: arrays have.
    Which line could come first, so that x is an array of floats?"""
    if p < 1:
        raise ValueError
    sizes = abs(x)
    return sizes.max() if p == np.inf else (sizes**p).sum() ** (1 / p)


hint(p_norm, "Do [3, -4] with p = 1 on paper: 7. What happened to the minus sign?")
hint(p_norm, "Three cases: p below 1, p == np.inf, and all others. For the last two, begin with the sizes, np.abs.")
hint(
    p_norm,
    "For an ordinary p: sizes, as floats, to the power of p; then the sum; then that to the power of (1 / p).",
)


# ---- 3. What lies along a direction


@exercise
def project(u, onto):
    """The projection of a vector on another: the part of u that lies along `onto`.

    u, onto: arrays of floats, shape (d,)
    Returns an array of floats, shape (d,): the multiple of `onto` that leaves a rest at a right angle to it.
    Its length does not depend on how long `onto` is, nor on which of the two ways along it `onto` points.
    Raises ValueError if all entries of `onto` are 0; else its length is between 1e-150 and 1e150.

    u = (4, 2), onto = (3, 1): 4*3 + 2*1 is 14, and 3*3 + 1*1 is 10, so it is 1.4 times (3, 1), array([4.2, 1.4]).
    """
    squared = onto @ onto
    if squared == 0:
        raise ValueError("the zero vector has no direction to project on")
    return u @ onto / squared * onto


case(project, np.array([4.0, 2.0]), np.array([3.0, 1.0]))
case(project, np.array([1.0, -2.0, 0.5]), np.array([2.0, 1.0, 4.0]))
case(project, np.array([-3.0, 1.0, 2.0, 5.0]), np.array([0.5, -1.0, 0.25, 2.0]))
case(project, np.array([2.0, -3.0, 1.0]), np.array([6.0, 4.0, 0.0]))
case(project, np.array([0.0, 0.0]), np.array([3.0, 5.0]))
case(project, np.array([3.0, 5.0]), np.array([0.0, 0.0]))
case(project, np.array([7.0]), np.array([-2.0]))
case(project, np.array([1.0, 2.0]), np.array([1.0, -1.0]))
case(project, np.array([1.0, 2.0]), np.array([0.0, 3.0]))
case(project, np.array([2.0, 5.0]), np.array([3e-9, 1e-9]))
case(project, np.array([2.0, 5.0]), np.array([3e-149, 1e-149]))


@cases(project, count=3)
def _(rng):
    size = rng.integers(2, 7)
    return rng.normal(size=size), rng.normal(size=size) * 3


@holds(project, "what is left of u stands at a right angle to `onto`")
def _(project, rng):
    u, v = rng.normal(size=(2, 5))
    assert close((u - project(u, v)) @ v, 0.0)


@holds(project, "projecting a second time changes nothing")
def _(project, rng):
    u, v = rng.normal(size=(2, 3)) * 4
    once = project(u, v)
    assert close(project(once, v), once)


@holds(project, "making `onto` longer, or turning it round, changes nothing")
def _(project, rng):
    u, v = rng.normal(size=(2, 4))
    assert close(project(u, 10 * v), project(u, v))
    assert close(project(u, -v), project(u, v))


@mistake(project, "divided by the length once")
def _(u, onto):
    """You divide by the length of `onto`, which is right only where that length is 1.
    If `onto` becomes 10 times as long, by what is u·onto times `onto` multiplied?"""
    if not onto.any():
        raise ValueError
    return (u @ onto) / np.sqrt(onto @ onto) * onto


@mistake(project, "brackets left out")
def _(u, onto):
    """`@` and `/` bind alike, from left to right: `a / b @ b` is `(a / b) @ b`, and what was meant is `a / (b @ b)`.
    Where do brackets belong?"""
    if not onto.any():
        raise ValueError
    with np.errstate(divide="ignore", invalid="ignore"):
        return u @ onto / onto @ onto * onto


@mistake(project, "divided by u·u")
def _(u, onto):
    """You divide by u·u. In (u - c·onto)·onto = 0, which product does c stand before?"""
    if not onto.any():
        raise ValueError
    squared = u @ u
    return (u @ onto) / (squared if squared else 1.0) * onto


@mistake(project, "the other way round")
def _(u, onto):
    """You projected `onto` on u: your answer is a multiple of u. Along which of the two should it lie?"""
    if not onto.any():
        raise ValueError
    squared = u @ u
    return (u @ onto) / (squared if squared else 1.0) * u


@mistake(project, "a multiple of u")
def _(u, onto):
    """Your factor is right, and you multiply u by it. A multiple of `onto` is asked for, not of u.
    Along which of the two does a shadow on `onto` lie?"""
    if not onto.any():
        raise ValueError
    return (u @ onto) / (onto @ onto) * u


@mistake(project, "the factor alone")
def _(u, onto):
    """You return a number, c. The answer is a vector: what is it c times of?"""
    if not onto.any():
        raise ValueError
    return (u @ onto) / (onto @ onto)


@mistake(project, "the length of the shadow")
def _(u, onto):
    """You return a number, how far u reaches along `onto`. Which vector is so long, and lies along `onto`?"""
    if not onto.any():
        raise ValueError
    return (u @ onto) / np.sqrt(onto @ onto)


@mistake(project, "what is left instead")
def _(u, onto):
    """You return the rest, which stands at a right angle to `onto`. u is the sum of two parts.
    Which one is asked for?"""
    if not onto.any():
        raise ValueError
    return u - (u @ onto) / (onto @ onto) * onto


@mistake(project, "not divided")
def _(u, onto):
    """You return u·onto times `onto`, so a longer `onto` gives a longer answer. By what is it to be divided?"""
    if not onto.any():
        raise ValueError
    return (u @ onto) * onto


@mistake(project, "0 divided by 0")
def _(u, onto):
    """Where all entries of `onto` are 0 you return nan, and a ValueError is asked for. What do you divide by there?"""
    with np.errstate(invalid="ignore"):
        return (u @ onto) / (onto @ onto) * onto


@mistake(project, "zeros for no direction")
def _(u, onto):
    """Where all entries of `onto` are 0 you return zeros, and a ValueError is asked for.
    How could a caller tell that from a u at a right angle?"""
    squared = onto @ onto
    return (u @ onto) / (squared if squared else 1.0) * onto


@mistake(project, "entries that cancel taken for zeros")
def _(u, onto):
    """You raise ValueError for (1, -1), whose entries add up to 0. Entries that cancel do not make a zero vector:
    which sum is 0 only if *all* entries are?"""
    if onto.sum() == 0:
        raise ValueError
    return (u @ onto) / (onto @ onto) * onto


@mistake(project, "one 0 taken for a zero vector")
def _(u, onto):
    """You raise ValueError as soon as one entry of `onto` is 0, and (0, 3) points somewhere.
    Which sum is 0 only if *all* entries are?"""
    if not onto.all():
        raise ValueError
    return (u @ onto) / (onto @ onto) * onto


@mistake(project, "the first entry asked for all")
def _(u, onto):
    """You raise ValueError where the first entry of `onto` is 0, and (0, 3) points somewhere.
    Which sum is 0 only if *all* entries are?"""
    if onto[0] == 0:
        raise ValueError
    return (u @ onto) / (onto @ onto) * onto


equivalent(
    project,
    "return u @ onto / squared * onto  ⇒  return onto @ u / squared * onto",
    because="the order of a dot product does not matter",
)

hint(project, "The answer is a number times `onto`. Which number makes the rest stand at a right angle?")
hint(
    project,
    "The number is (u·onto) / (onto·onto), and `@` gives both dot products. What must be checked before dividing?",
)
hint(
    project,
    "If onto @ onto is 0, raise ValueError. Else: a quotient of two dot products, times one of the vectors.",
)


# ---- 4. The angle


@exercise(needs=[dot], atol=1e-7)
def angle(u, v):
    """The angle between two vectors, in radians.

    u, v: arrays of floats, shape (d,)
    Returns a float from 0 (same direction) to pi (opposite direction), never nan; it is right to within 1e-7.
    The lengths of u and v make no difference, if they are between 1e-150 and 1e150.
    Raises ValueError if all entries of u, or all entries of v, are 0.

    u = (3, 4), v = (4, 3): the dot product is 24, the lengths are 5 and 5, so it is arccos(24/25), about 0.2838.
    """
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    if lengths == 0:
        raise ValueError("the zero vector has no direction, so there is no angle")
    return np.arccos(np.clip(u @ v / lengths, -1, 1))


case(angle, np.array([3.0, 4.0]), np.array([4.0, 3.0]))
case(angle, np.array([2.0, 0.0]), np.array([0.0, 7.0]))
case(angle, np.array([1.0, 2.0, -1.0]), np.array([-3.0, 0.5, 2.0]))
case(angle, np.array([1.0, 2.0, -1.0, 4.0]), np.array([3.0, 0.5, 2.0, 1.0]))
case(angle, np.array([0.4, 0.7, 0.6]), np.array([1.2, 2.1, 1.8]))
case(angle, np.array([0.4, 0.7, 0.6]), np.array([-1.2, -2.1, -1.8]))
case(angle, np.array([-1.0, 5.0]), np.array([2.0, 1.0]))
case(angle, np.array([2.0, 0.0, 0.0]), np.array([3.0, 7e-4, 0.0]))
case(angle, np.array([1e-9, 2e-9]), np.array([3e-9, -1e-9]))
case(angle, np.array([3.0, 1.0]), np.array([0.5, -4.0]))
case(angle, np.array([0.0, 0.0, 0.0]), np.array([1.0, 2.0, 3.0]))
case(angle, np.array([1.0, 2.0, 3.0]), np.array([0.0, 0.0, 0.0]))
case(angle, np.array([1.0, 0.0, 0.0]), np.array([-1.0, -1.0, 0.0]))
case(angle, np.array([1.0, -1.0]), np.array([2.0, 1.0]))
case(angle, np.array([2.0, 1.0]), np.array([1.0, -1.0]))
case(angle, np.array([0.3, 0.4]), np.array([0.1, -0.2]))
case(angle, np.array([3e-150, 1e-150]), np.array([-2e149, 1e149]))
case(angle, np.array([3e100, 4e100]), np.array([4e100, 3e100]))
case(angle, np.array([3e-100, 4e-100]), np.array([4e-100, 3e-100]))
case(angle, np.array([1.0, 0.0]), np.array([1.0, 1e-5]))
case(angle, np.array([1.0, 0.0]), np.array([1.0, 3e-7]))


@cases(angle, count=3)
def _(rng):
    size = rng.integers(3, 8)
    return rng.normal(size=size), rng.normal(size=size) * 5


@holds(angle, "the angle to the opposite direction makes up the rest of a half turn")
def _(angle, rng):
    u, v = rng.normal(size=(2, 4))
    assert close(angle(u, v) + angle(u, -v), np.pi)


@holds(angle, "neither the lengths nor the order matter")
def _(angle, rng):
    u, v = rng.normal(size=(2, 3))
    assert close(angle(100 * u, v), angle(u, v))
    assert close(angle(v, u), angle(u, v))


@holds(angle, "any vector and a multiple of it have an angle of 0, not nan")
def _(angle, rng):
    for _ in range(30):
        u = rng.normal(size=3)
        assert close(angle(u, 7 * u), 0.0, atol=1e-7)


def _cosine(u, v):
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    if lengths == 0:
        raise ValueError("no direction")
    return np.clip(u @ v / lengths, -1, 1)


@mistake(angle, "in degrees")
def _(u, v):
    """Your angles are 57.3 times too large: they are in degrees. In which unit does np.arccos answer?"""
    return np.degrees(np.arccos(_cosine(u, v)))


@mistake(angle, "rounding leaves the range")
def _(u, v):
    """For [0.4, 0.7, 0.6] and three times that your answer is nan: the cosine came out a hair above 1, by rounding.
    What keeps a number between -1 and 1?"""
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    if lengths == 0:
        raise ValueError
    with np.errstate(invalid="ignore"):
        return np.arccos(u @ v / lengths)


@mistake(angle, "opposite directions given an angle of 0")
def _(u, v):
    """You made every nan a 0. But the cosine of opposite vectors can come out a hair below -1, and their angle is pi.
    What keeps a number between -1 and 1, before np.arccos sees it?"""
    lengths = np.sqrt(u @ u) * np.sqrt(v @ v)
    if lengths == 0:
        raise ValueError
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.arccos(u @ v / lengths))


@mistake(angle, "one root for both squares")
def _(u, v):
    """You multiply the two squared lengths before you take the root. For lengths of 5e100 their product is beyond the
    largest float, and for 5e-100 it is 0. Where could a root be taken first?"""
    if not (u.any() and v.any()):
        raise ValueError
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return np.arccos(np.clip(u @ v / np.sqrt((u @ u) * (v @ v)), -1, 1))


@mistake(angle, "one root for both squares, and tiny vectors refused")
def _(u, v):
    """You multiply the two squared lengths before you take the root. For lengths of 5e100 their product is beyond the
    largest float, and for 5e-100 it is 0, as if there were a zero vector. Where could a root be taken first?"""
    with np.errstate(over="ignore"):
        lengths = np.sqrt((u @ u) * (v @ v))
    if lengths == 0:
        raise ValueError
    return np.arccos(np.clip(u @ v / lengths, -1, 1))


def _rounded(digits):
    def rounded(u, v):
        """You round the cosine, which also keeps it between -1 and 1. But near 1 a cosine hardly changes: that of an
        angle of 1e-5 is 1 - 5e-11. What keeps a number in a range, and leaves it alone inside?"""
        return np.arccos(np.round(_cosine(u, v), digits))

    return rounded


for _digits in (8, 10, 12):
    mistake(angle, f"the cosine rounded to {_digits} digits")(_rounded(_digits))


@mistake(angle, "the cosine itself")
def _(u, v):
    """You return the cosine, which is 1 for equal directions. Which function turns a cosine into its angle?"""
    return _cosine(u, v)


@mistake(angle, "lengths left out")
def _(u, v):
    """You take the arccos of u·v, which grows with the lengths. By what must it be divided?"""
    if not (u.any() and v.any()):
        raise ValueError
    return np.arccos(np.clip(u @ v, -1, 1))


@mistake(angle, "divided by one length, multiplied by the other")
def _(u, v):
    """You divide by one length and multiply by the other: `a / b * c` is `(a / b) * c`. Where do brackets belong?"""
    if not (u.any() and v.any()):
        raise ValueError
    return np.arccos(np.clip(u @ v / np.sqrt(u @ u) * np.sqrt(v @ v), -1, 1))


@mistake(angle, "divided by the squared lengths", because=p_norm)
def _(u, v):
    """You divide by u·u times v·v, the squares of the lengths. What is the length of [3, 4], and what is its square?"""
    squares = (u @ u) * (v @ v)
    if squares == 0:
        raise ValueError
    return np.arccos(np.clip(u @ v / squares, -1, 1))


@mistake(angle, "never beyond a right angle")
def _(u, v):
    """Opposite directions get an angle of 0: the sign of the dot product is gone. What does a negative one tell?"""
    return np.arccos(np.abs(_cosine(u, v)))


@mistake(angle, "blunt angles cut off")
def _(u, v):
    """You keep the cosine between 0 and 1, so no angle is larger than pi/2. How small can a cosine be?"""
    return np.arccos(np.clip(_cosine(u, v), 0, 1))


@mistake(angle, "sine for cosine")
def _(u, v):
    """You return 0 for a right angle and pi/2 for equal directions: that is arcsin. What is u·v over the lengths?"""
    return np.arcsin(_cosine(u, v))


@mistake(angle, "0 divided by 0")
def _(u, v):
    """Where a vector has only zeros you return nan, and a ValueError is asked for.
    How long is such a vector, and what do you divide by?"""
    with np.errstate(invalid="ignore"):
        return np.arccos(np.clip(u @ v / (np.sqrt(u @ u) * np.sqrt(v @ v)), -1, 1))


@mistake(angle, "neither the range nor the zero vector looked after")
def _(u, v):
    """The formula is right. But rounding can lift the cosine above 1, whose arccos is nan, and a zero vector gives 0/0.
    What keeps a number between -1 and 1, and where is ValueError to be raised?"""
    with np.errstate(invalid="ignore"):
        return np.arccos(u @ v / (np.sqrt(u @ u) * np.sqrt(v @ v)))


@mistake(angle, "entries that cancel taken for zeros")
def _(u, v):
    """You raise ValueError for (1, -1), whose entries add up to 0. Entries that cancel do not make a zero vector:
    which sum is 0 only if *all* entries are?"""
    if u.sum() == 0 or v.sum() == 0:
        raise ValueError
    return np.arccos(_cosine(u, v))


@mistake(angle, "one 0 taken for a zero vector")
def _(u, v):
    """You raise ValueError as soon as one entry is 0, and (2, 0) points somewhere.
    Which sum is 0 only if *all* entries are?"""
    if not (u.all() and v.all()):
        raise ValueError
    return np.arccos(_cosine(u, v))


equivalent(
    angle,
    "return np.arccos(np.clip(u @ v / lengths, -1, 1))  ⇒  return np.arccos(np.clip(-1, u @ v / lengths, 1))",
    because="-1, not below the cosine and not above 1, is the larger of -1 and the cosine",
)
equivalent(
    angle,
    "return np.arccos(np.clip(u @ v / lengths, -1, 1))  ⇒  return np.arccos(np.clip(v @ u / lengths, -1, 1))",
    because="the order of a dot product does not matter",
)

hint(angle, "Three dot products are in the formula for the cosine. Which three?")
hint(
    angle, "First the zero vectors, then the cosine; what must be done to it before np.arccos, so that it is never nan?"
)
hint(angle, "The length of u is np.sqrt(u @ u). np.clip(cosine, -1, 1) goes inside np.arccos.")


# ---- 5. Many vectors at once


@exercise(needs=[angle])
def cosine_matrix(A, B):
    """The cosine of the angle between every row of A and every row of B.

    A: n vectors of d numbers, an array of floats of shape (n, d); B: m such vectors, shape (m, d)
    Returns an array of floats, shape (n, m): entry [i, j] belongs to row i of A and row j of B.
    A row of zeros has no direction: its cosine with everything is 0, and NumPy must have nothing to warn of.
    Every other row counts: even a row of length 1e-9 has a direction.
    No loop over the rows.

    With A = [[3, 4, 0], [0, 0, 5]] and B = [[4, 3, 0], [0, 2, 0], [0, 0, 0], [0, 0, 1]]
    it is array([[0.96, 0.8, 0., 0.], [0., 0., 0., 1.]]).
    """
    a = np.sqrt((A**2).sum(axis=1))  # (n,)
    b = np.sqrt((B**2).sum(axis=1))  # (m,)
    a, b = np.where(a == 0, 1, a), np.where(b == 0, 1, b)
    return (A / a[:, None]) @ (B / b[:, None]).T


case(
    cosine_matrix,
    np.array([[3.0, 4.0, 0.0], [0.0, 0.0, 5.0]]),
    np.array([[4.0, 3.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
)
case(
    cosine_matrix,
    np.array([[1.0, 2.0, -1.0, 0.5], [0.0, 3.0, 1.0, -2.0]]),
    np.array([[2.0, 1.0, 0.5, 3.0], [-1.0, -4.0, 2.0, 1.0], [0.3, 0.1, 0.7, -0.2]]),
)
case(cosine_matrix, np.array([[1.0, 2.0], [0.0, 0.0], [-3.0, 0.5]]), np.array([[0.0, 0.0], [2.0, 5.0]]))
case(
    cosine_matrix,
    np.array([[3e-9, 4e-9, 0.0], [0.0, 2.0, 1.0]]),
    np.array([[1e-9, 0.0, 2e-9], [5.0, 1.0, 0.0], [0.0, 0.0, 4.0], [1.0, 1.0, 1.0]]),
)
case(
    cosine_matrix,
    np.array([[1.0, 2.0, 0.5], [0.5, -1.0, 4.0], [2.0, 2.0, 1.0]]),
    np.array([[0.0, 2.0, 3.0], [1.0, -5.0, 2.0], [4.0, 1.0, -1.0]]),
)


@cases(cosine_matrix, count=3)
def _(rng):
    n, m, d = rng.permutation([2, 3, 4, 5])[:3]
    return rng.normal(size=(n, d)) * 3, rng.normal(size=(m, d))


def _warnings_of(f, *args):
    import warnings

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        f(*args)
    return [str(one.message) for one in seen]


@holds(cosine_matrix, "a row of zeros gives NumPy nothing to warn of")
def _(cosine_matrix):
    seen = _warnings_of(
        cosine_matrix, np.array([[0.0, 0.0], [1.0, 2.0]]), np.array([[3.0, 1.0], [0.0, 0.0], [0.0, 2.0]])
    )
    assert not seen, f"NumPy warned: {seen[0]}"


@holds(cosine_matrix, "every vector has the cosine 1 with itself, and no cosine leaves the range from -1 to 1")
def _(cosine_matrix, rng):
    A = rng.normal(size=(6, 3)) * rng.uniform(0.01, 100, size=(6, 1))
    C = cosine_matrix(A, A)
    assert close(np.diag(C), np.ones(6))
    assert np.all(np.abs(C) <= 1 + 1e-9), f"there is a cosine of {C.flat[np.argmax(np.abs(C))]:.3g}"


@holds(cosine_matrix, "making a row longer changes nothing")
def _(cosine_matrix, rng):
    A, B = rng.normal(size=(4, 3)), rng.normal(size=(2, 3))
    assert close(cosine_matrix(A * np.array([[1], [20], [0.5], [300]]), B), cosine_matrix(A, B))


@vectorised(cosine_matrix, "no loop over the rows")
def _(n):
    rows = np.random.default_rng(n).normal(size=(n, 5))
    return rows, rows[::-1].copy()


def _cosines(A, B, length=lambda X: np.sqrt((X**2).sum(axis=1, keepdims=True))):
    a, b = length(A), length(B)
    return (A / np.where(a == 0, 1, a)) @ (B / np.where(b == 0, 1, b)).T


@mistake(cosine_matrix, "row with row only")
def _(A, B):
    """You compare the first row of A with the first of B, the second with the second, and so on: n numbers at most.
    How many pairs are there, if each of n rows meets each of m?"""
    lengths = np.sqrt((A**2).sum(axis=1)) * np.sqrt((B**2).sum(axis=1))
    return (A * B).sum(axis=1) / np.where(lengths == 0, 1, lengths)


@mistake(cosine_matrix, "columns measured instead of rows")
def _(A, B):
    """You divided by the lengths of the columns, so some cosines are beyond 1.
    Which axis disappears when the entries of one row are added up?"""
    return _cosines(A, B, lambda X: np.sqrt((X**2).sum(axis=0, keepdims=True)))


@mistake(cosine_matrix, "zero by zero")
def _(A, B):
    """A row of zeros gives nan: you divide 0 by its length, which is 0. By what could it be divided with no harm?"""
    A = A / np.sqrt((A**2).sum(axis=1, keepdims=True))
    B = B / np.sqrt((B**2).sum(axis=1, keepdims=True))
    return A @ B.T


@mistake(cosine_matrix, "nan repaired too late")
def _(A, B):
    """The values are right and NumPy warns: you divide by 0 first and replace the nan afterwards.
    What could be replaced before the division?"""
    A = A / np.sqrt((A**2).sum(axis=1, keepdims=True))
    B = B / np.sqrt((B**2).sum(axis=1, keepdims=True))
    C = A @ B.T
    return np.where(np.isnan(C), 0.0, C)


@mistake(cosine_matrix, "a small number added to every length")
def _(A, B):
    """A row of length 5e-9 gets cosines that are far too small: you add something to every length, and here that is
    not small. For which rows alone is help needed?"""
    a = np.sqrt((A**2).sum(axis=1, keepdims=True)) + 1e-8
    b = np.sqrt((B**2).sum(axis=1, keepdims=True)) + 1e-8
    return (A / a) @ (B / b).T


@mistake(cosine_matrix, "1e-9 added to every length")
def _(A, B):
    """What you add to every length makes every cosine a little too small, and those of short rows, such as 5e-9, far
    too small. For which rows alone is help needed?"""
    a = np.sqrt((A**2).sum(axis=1, keepdims=True)) + 1e-9
    b = np.sqrt((B**2).sum(axis=1, keepdims=True)) + 1e-9
    return (A / a) @ (B / b).T


@mistake(cosine_matrix, "1e-10 added to every length")
def _(A, B):
    """What you add to every length makes every cosine too small, and those of short rows, such as 5e-9, by a hundredth
    and more. For which rows alone is help needed?"""
    a = np.sqrt((A**2).sum(axis=1, keepdims=True)) + 1e-10
    b = np.sqrt((B**2).sum(axis=1, keepdims=True)) + 1e-10
    return (A / a) @ (B / b).T


@mistake(cosine_matrix, "a tiny number added to every length")
def _(A, B):
    """You add something to every length, and beside 5e-9 even 1e-12 is seen: the fourth digit is wrong.
    For which rows alone is help needed?"""
    a = np.sqrt((A**2).sum(axis=1, keepdims=True)) + 1e-12
    b = np.sqrt((B**2).sum(axis=1, keepdims=True)) + 1e-12
    return (A / a) @ (B / b).T


@mistake(cosine_matrix, "a tiny number added to every product of lengths")
def _(A, B):
    """You add something to every product of two lengths, and for short rows that product is tiny itself: their cosines
    come out far too small. For which rows alone is help needed?"""
    a = np.sqrt((A**2).sum(axis=1, keepdims=True))
    b = np.sqrt((B**2).sum(axis=1, keepdims=True))
    return A @ B.T / (a * b.T + 1e-12)


@mistake(cosine_matrix, "one length for the whole table", because=p_norm)
def _(A, B):
    """You divide by one number for all of A and one for all of B: without an axis, or by p_norm, all rows are measured
    together. How many lengths do n rows have?"""
    return A @ B.T / (np.sqrt((A**2).sum()) * np.sqrt((B**2).sum()))


@mistake(cosine_matrix, "sums for lengths", because=p_norm)
def _(A, B):
    """You divide each row by the sum of its entries, which is 7 for (3, 4). How long is that row?"""
    return _cosines(A, B, lambda X: X.sum(axis=1, keepdims=True))


@mistake(cosine_matrix, "the taxi's length", because=p_norm)
def _(A, B):
    """You divide each row by the sum of the sizes of its entries, its 1-norm, and the cosine asks for the 2-norm.
    What is missing before the sum, and what after it?"""
    return _cosines(A, B, lambda X: np.abs(X).sum(axis=1, keepdims=True))


@mistake(cosine_matrix, "only A made unit")
def _(A, B):
    """Longer rows of B get larger numbers: you divided by the lengths of the rows of A and not of B.
    What stands below the fraction bar in the cosine?"""
    a = np.sqrt((A**2).sum(axis=1, keepdims=True))
    return (A / np.where(a == 0, 1, a)) @ B.T


@mistake(cosine_matrix, "dot products alone")
def _(A, B):
    """You return the dot products, which grow with the lengths. What remains to be done to the rows?"""
    return A @ B.T


@mistake(cosine_matrix, "divided by the squared lengths", because=p_norm)
def _(A, B):
    """You divide each row by the sum of its squares, so a row that is 20 times as long counts a twentieth.
    What turns that sum into a length?"""
    return _cosines(A, B, lambda X: (X**2).sum(axis=1, keepdims=True))


@mistake(cosine_matrix, "a length for each row, not for each pair")
def _(A, B):
    """You multiply the n lengths of A with the m lengths of B as they stand, and their shapes (n,) and (m,) do not make
    a table. Which of the two needs a new axis, so that the product has the shape (n, m)?"""
    a, b = np.sqrt((A**2).sum(axis=1)), np.sqrt((B**2).sum(axis=1))
    return A @ B.T / (np.where(a == 0, 1, a) * np.where(b == 0, 1, b))


@mistake(cosine_matrix, "B not transposed")
def _(A, B):
    """In A @ B a row of A meets a *column* of B, and their lengths d and m need not agree.
    What turns the rows of B into columns?"""
    a, b = np.sqrt((A**2).sum(axis=1)), np.sqrt((B**2).sum(axis=1))
    return (A @ B) / (np.where(a == 0, 1, a)[:, None] * np.where(b == 0, 1, b))


@mistake(cosine_matrix, "B before A")
def _(A, B):
    """Your answer is transposed, (m, n). Which of the two should the row number of the answer count?"""
    return _cosines(B, A)


for _new in ("2, a", "-1, a", "2, b", "-1, b"):
    _a, _b = (f"np.where({x} == 0, {_new if _new.endswith(x) else f'1, {x}'})" for x in "ab")
    equivalent(
        cosine_matrix,
        f"a, b = (np.where(a == 0, 1, a), np.where(b == 0, 1, b))  ⇒  a, b = ({_a}, {_b})",
        because="a row of zeros is the same, whatever it is divided by",
    )

hint(cosine_matrix, "If all rows had the length 1, what would A @ B.T be?")
hint(
    cosine_matrix,
    "The lengths of the rows of A are an array of shape (n,). As [:, None] it has the shape (n, 1), and then A can be"
    " divided by it. Which lengths must be replaced first, with np.where?",
)
hint(
    cosine_matrix,
    "For A and for B alike: square, sum over axis 1, root; 1 in place of 0, by np.where; divide. At the end, one @.",
)


@exercise
def pairwise_sq_dists(X, Y):
    """The squared distance between every row of X and every row of Y.

    X: n points with d coordinates, an array of floats of shape (n, d); Y: m such points, shape (m, d)
    Returns an array of floats, shape (n, m): entry [i, j] is the sum of the squared differences between the
    coordinates of row i of X and row j of Y. No root is taken.
    The digits must be right also for points that are close together and far from 0, such as (1e8 + 1, 1e8).
    No loop over the points.

    With X = [[0, 0, 0, 0], [1, 2, 0, 2]] and Y = [[1, 2, 0, 2], [1, 0, 0, 0], [3, 0, 4, 0]]
    it is array([[9., 1., 25.], [0., 8., 28.]]).
    """
    differences = X[:, None, :] - Y  # (n, m, d)
    return (differences**2).sum(axis=2)


case(
    pairwise_sq_dists,
    np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 2.0, 0.0, 2.0]]),
    np.array([[1.0, 2.0, 0.0, 2.0], [1.0, 0.0, 0.0, 0.0], [3.0, 0.0, 4.0, 0.0]]),
)
case(
    pairwise_sq_dists,
    np.array([[1.0, -2.0, 0.5, 3.0], [0.0, 1.0, 4.0, -1.0], [2.0, 2.0, 0.0, 1.5]]),
    np.array([[2.0, 1.0, 0.5, -3.0], [-1.0, 0.0, 2.0, 1.0]]),
)
case(
    pairwise_sq_dists,
    np.array([[1.0, 2.0, 0.5], [0.5, -1.0, 4.0], [2.0, 2.0, 1.0]]),
    np.array([[0.0, 2.0, 3.0], [1.0, -5.0, 2.0], [4.0, 1.0, -1.0]]),
)
case(pairwise_sq_dists, np.array([[1.5, -0.5, 2.0]]), np.array([[0.25, 1.0, -3.0]]))


@cases(pairwise_sq_dists, count=3)
def _(rng):
    n, m, d = rng.permutation([2, 3, 4, 5])[:3]
    return rng.normal(size=(n, d)) * 3, rng.normal(size=(m, d)) + 50


# as scripts, whose text is shown as it stands: a call would show 1e8 + 1 as 1e+08


@scenario(pairwise_sq_dists, "two points far from 0 and close together")
def _(pairwise_sq_dists):
    X, Y = np.array([[1e8 + 1, 1e8]]), np.array([[1e8, 1e8 + 1]])
    return pairwise_sq_dists(X, Y)


@scenario(pairwise_sq_dists, "more of them")
def _(pairwise_sq_dists):
    X = np.array([[1e8 + 1, 1e8], [1e8 + 3, 1e8 + 1]])
    Y = np.array([[1e8, 1e8 + 1], [1e8 + 1, 1e8], [1e8 + 2, 1e8 - 5]])
    return pairwise_sq_dists(X, Y)


@scenario(pairwise_sq_dists, "two points a few millionths apart")
def _(pairwise_sq_dists):
    X, Y = np.array([[10001.8, 10004.0]]), np.array([[10001.799997, 10004.000002], [3.0, 5.0]])
    return pairwise_sq_dists(X, Y)


@holds(pairwise_sq_dists, "moving all points by the same vector changes nothing")
def _(pairwise_sq_dists):
    X, Y = np.array([[1.0, 2.0, 5.0], [0.0, 3.0, 1.0]]), np.array([[4.0, 1.0, 0.0]])
    move = np.array([3e7, -6e7, 2e7])
    assert close(pairwise_sq_dists(X + move, Y + move), pairwise_sq_dists(X, Y))


@holds(pairwise_sq_dists, "no squared distance is negative, and a point is 0 away from itself")
def _(pairwise_sq_dists, rng):
    X = rng.normal(size=(5, 3)) + 1e6
    D = pairwise_sq_dists(X, X)
    assert np.all(D >= 0), f"there is a squared distance of {D.min():.3g}"
    assert close(np.diag(D), np.zeros(5))


@vectorised(pairwise_sq_dists, "no loop over the points")
def _(n):
    rows = np.random.default_rng(n).normal(size=(n, 5))
    return rows, rows[::-1].copy()


@mistake(pairwise_sq_dists, "multiplied out, and the digits cancel")
def _(X, Y):
    """Near 0 you are right; for points near 1e8 nothing of the distance is left, or it is negative.
    x·x and y·y are about 2e16 there: how many of their digits survive the subtraction?"""
    return (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)


@mistake(pairwise_sq_dists, "multiplied out, the squares added first")
def _(X, Y):
    """Near 0 you are right; for points near 1e8 nothing of the distance is left, or it is negative.
    The sum of x·x and y·y is about 4e16 there: how many of its digits survive the subtraction?"""
    return (X**2).sum(axis=1)[:, None] + (Y**2).sum(axis=1) - 2 * X @ Y.T


@mistake(pairwise_sq_dists, "multiplied out, and negatives made 0")
def _(X, Y):
    """You lift negative numbers to 0, and the digits are lost all the same: points near 1e8 get wrong distances.
    Which subtraction, done first, keeps them?"""
    return np.maximum((X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1), 0)


@mistake(pairwise_sq_dists, "the distance itself")
def _(X, Y):
    """You took the root. What does the word squared in the promise ask for?"""
    return np.sqrt(((X[:, None] - Y) ** 2).sum(axis=2))


@mistake(pairwise_sq_dists, "everything added up")
def _(X, Y):
    """You return one number: `.sum()` without an axis adds up everything. Which axis of (n, m, d) should disappear?"""
    return ((X[:, None] - Y) ** 2).sum()


@mistake(pairwise_sq_dists, "Y before X")
def _(X, Y):
    """Your answer is transposed, (m, n). Which of the two got the new axis, and where?"""
    return ((Y[:, None] - X) ** 2).sum(axis=2)


@mistake(pairwise_sq_dists, "row with row only")
def _(X, Y):
    """You subtract the first row of Y from the first of X, the second from the second: that is n pairs at most.
    Where does X need a new axis, so that every row meets every other?"""
    return ((X - Y) ** 2).sum(axis=1)


@mistake(pairwise_sq_dists, "summed over the points of Y")
def _(X, Y):
    """You added up over the points of Y and kept the coordinates: your answer has the shape (n, d).
    In (n, m, d), what is the number of the axis of the coordinates?"""
    return ((X[:, None] - Y) ** 2).sum(axis=1)


@mistake(pairwise_sq_dists, "summed over the points of X")
def _(X, Y):
    """You added up over the points of X and kept the coordinates: your answer has the shape (m, d).
    In (n, m, d), what is the number of the axis of the coordinates?"""
    return ((X[:, None] - Y) ** 2).sum(axis=0)


@mistake(pairwise_sq_dists, "summed before squaring")
def _(X, Y):
    """You add up the differences and square the sum, so [1, -1] is at the distance 0 from [0, 0].
    Which comes first, the square or the sum?"""
    return (X[:, None] - Y).sum(axis=2) ** 2


@mistake(pairwise_sq_dists, "the mean for the sum")
def _(X, Y):
    """Your numbers are d times too small: you took the mean over the coordinates. What did Pythagoras do with them?"""
    return ((X[:, None] - Y) ** 2).mean(axis=2)


@mistake(pairwise_sq_dists, "sizes not squared")
def _(X, Y):
    """You add up the sizes of the differences, as a taxi in a city of right angles would.
    What is to be done to each difference instead?"""
    return np.abs(X[:, None] - Y).sum(axis=2)


equivalent(
    pairwise_sq_dists,
    "differences = X[:, None, :] - Y  ⇒  differences = Y - X[:, None, :]",
    because="they are squared",
)

hint(pairwise_sq_dists, "Subtract before you square: which shape must X have, so that X - Y has the shape (n, m, d)?")
hint(pairwise_sq_dists, "X[:, None, :] has the shape (n, 1, d), and Y is read as (1, m, d). Which axis is summed away?")
hint(pairwise_sq_dists, "Three steps: the differences, (n, m, d); their squares; the sum over axis 2.")


# ---- 6. Directions at right angles


@exercise(needs=[project])
def gram_schmidt(V):
    """Columns of length 1 at right angles to each other, made from the columns of V, first to last.

    V: n vectors of d numbers, which stand as the columns of an array of floats of shape (d, n)
    Returns an array of floats, shape (d, k), k <= n. Each column of V, in order, loses its projection on the first
    column found, then what is left loses its projection on the second, and so on. What remains is brought to the
    length 1 and becomes the next column.
    A column of which no more than 1e-10 of its own length is left adds nothing new, and is dropped.
    So is a column of zeros; if every column is dropped, the shape is (d, 0). V itself stays as it was.

    V = [[3, 2], [4, 11]] has the columns (3, 4) and (2, 11). The first becomes (0.6, 0.8). The second loses 10 times
    that, (6, 8); what is left, (-4, 3), becomes (-0.8, 0.6). So the answer is array([[0.6, -0.8], [0.8, 0.6]]).
    """
    columns = []
    for v in V.T:  # the columns of V, one after the other
        # begin solution
        left = v
        for q in columns:
            left = left - (q @ left) * q
        length = np.sqrt(left @ left)
        if length > 1e-10 * np.sqrt(v @ v):
            columns.append(left / length)
        # end solution
    return np.array(columns).reshape(len(columns), len(V)).T


case(gram_schmidt, np.array([[3.0, 2.0], [4.0, 11.0]]))
case(gram_schmidt, np.array([[1.0, 2.0, -1.0], [2.0, 0.5, 3.0], [-1.0, 4.0, 1.0], [0.5, 1.0, 2.0]]))
case(gram_schmidt, np.array([[0.0, 3.0, 1.0], [0.0, 4.0, 2.0], [0.0, 0.0, 5.0]]))
case(gram_schmidt, np.zeros((3, 2)))
case(gram_schmidt, np.array([[0.0, 0.0, 5.0], [2.0, 8.0, 3.0]]))
case(gram_schmidt, np.array([[1.0, 1.0], [0.0, 3e-10]]))
case(gram_schmidt, np.array([[1.0, 1.0], [0.0, 1.5e-10]]))
case(gram_schmidt, np.array([[1.0, 1.0], [0.0, 5e-11]]))
case(gram_schmidt, np.array([[100.0, 100.0], [0.0, 5e-7]]))
case(gram_schmidt, np.array([[2e-12, 3e-12, 5e-12], [1e-12, -4e-12, 1e-12], [3e-12, 1e-12, -2e-12]]))


@scenario(gram_schmidt, "a third column that is the sum of the first two, as far as floats can say")
def _(gram_schmidt):
    Q = gram_schmidt(np.array([[0.1, 0.7, 0.8, 0.3], [0.2, 0.1, 0.3, -0.4], [0.3, 0.5, 0.8, 0.1]]))
    return Q.shape


@scenario(gram_schmidt, "the same, ten million times as long")
def _(gram_schmidt):
    Q = gram_schmidt(1e7 * np.array([[0.1, 0.7, 0.8, 0.3], [0.2, 0.1, 0.3, -0.4], [0.3, 0.5, 0.8, 0.1]]))
    return Q.shape


@scenario(gram_schmidt, "more columns than dimensions")
def _(gram_schmidt):
    Q = gram_schmidt(np.array([[0.1, 0.9, 0.6, -1.0], [0.7, -0.9, 0.5, -0.6]]))
    return Q.shape


@scenario(gram_schmidt, "columns that are nearly dependent")
def _(gram_schmidt):
    i = np.arange(1, 9)
    Q = gram_schmidt(1 / (i[:, None] + i - 1))
    return Q.shape, bool(np.abs(Q.T @ Q - np.eye(Q.shape[1])).max() < 1e-4)


@cases(gram_schmidt, count=3)
def _(rng):
    n = rng.integers(2, 5)
    return (rng.normal(size=(n + 2, n)) * rng.uniform(0.1, 10, size=n),)


@holds(gram_schmidt, "each column has the length 1, and any two stand at a right angle")
def _(gram_schmidt, rng):
    Q = gram_schmidt(rng.normal(size=(6, 4)) * 5)
    assert close(Q.T @ Q, np.eye(4))


@holds(gram_schmidt, "every column of V can be put together from the new ones")
def _(gram_schmidt, rng):
    V = rng.normal(size=(5, 3))
    V = np.array([V[:, 0], V[:, 1], V[:, 0] - 2 * V[:, 1], V[:, 2]]).T
    Q = gram_schmidt(V)
    assert close(Q @ (Q.T @ V), V)


@holds(gram_schmidt, "making the columns longer changes nothing")
def _(gram_schmidt, rng):
    V = rng.normal(size=(4, 3))
    assert close(gram_schmidt(V * np.array([2, 1e-6, 1e6])), gram_schmidt(V))


def _made(V, rest, keep=lambda left, v: np.sqrt(left @ left) > 1e-10 * np.sqrt(v @ v)):
    columns = []
    for v in V.T:
        left = rest(v, columns)
        if keep(left, v):
            columns.append(left / np.sqrt(left @ left))
    return np.array(columns).reshape(len(columns), len(V)).T


def _rest(v, columns):
    for q in columns:
        v = v - (q @ v) * q
    return v


@mistake(gram_schmidt, "all shadows taken from the column as it came")
def _(V):
    """Where the columns are far from dependent you are right; for nearly dependent ones your columns stand askew.
    You project the column as it came on each of the earlier ones. What could be projected instead, after the first?"""
    return _made(V, lambda v, columns: v - sum(((q @ v) * q for q in columns), np.zeros(len(v))))


@mistake(gram_schmidt, "all shadows taken from the column as it came, and nothing dropped")
def _(V):
    """You keep whatever is left of a column, be it 5e-11 of its length, rounding, or 0; and each projection that you
    take away is that of the column as it came. What must be compared before you divide, and what is to be projected?"""
    with np.errstate(invalid="ignore", divide="ignore"):
        return _made(
            V,
            lambda v, columns: v - sum(((q @ v) * q for q in columns), np.zeros(len(v))),
            keep=lambda left, v: True,
        )


@mistake(gram_schmidt, "all shadows taken from the column as it came, and dropped only where exactly 0 is left")
def _(V):
    """You drop a column where exactly 0 is left, and here 5e-11 of its length is, less than 1e-10. And each projection
    that you take away is that of the column as it came. What is to be compared with what, and what to be projected?"""
    return _made(
        V,
        lambda v, columns: v - sum(((q @ v) * q for q in columns), np.zeros(len(v))),
        keep=lambda left, v: left.any(),
    )


@mistake(gram_schmidt, "a number subtracted from every entry, and nothing dropped", because=project)
def _(V):
    """`q @ left` is a number, and you subtract it from every entry; and you keep whatever is left, be it 0.
    In which direction does the projection point?"""

    def rest(v, columns):
        for q in columns:
            v = v - (q @ v)
        return v

    with np.errstate(invalid="ignore", divide="ignore"):
        return _made(V, rest, keep=lambda left, v: True)


@mistake(gram_schmidt, "a number subtracted from every entry", because=project)
def _(V):
    """`q @ left` is a number, and you subtract it from every entry. In which direction does the projection point?"""

    def rest(v, columns):
        for q in columns:
            v = v - (q @ v)
        return v

    return _made(V, rest)


@mistake(gram_schmidt, "nothing dropped")
def _(V):
    """You brought to the length 1 whatever was left of a column: here 5e-11 of its length, which is less than 1e-10,
    elsewhere rounding, or 0. What must be compared before you divide?"""
    with np.errstate(invalid="ignore", divide="ignore"):
        return _made(V, _rest, keep=lambda left, v: True)


@mistake(gram_schmidt, "dropped only where exactly 0 is left")
def _(V):
    """You drop a column where exactly 0 is left. Here 5e-11 of its length is, which is less than 1e-10; and of a sum of
    columns rounding leaves about 1e-17.
    Is the length that you compare with 1e-10 times that of the column as it came, before anything was taken away?"""
    return _made(V, _rest, keep=lambda left, v: left.any())


@mistake(gram_schmidt, "the same threshold for short and long columns")
def _(V):
    """You compare what is left with a fixed number, so columns in another unit, 1e-12 times as long, are all dropped.
    To what should the length of the rest be compared?"""
    return _made(V, _rest, keep=lambda left, v: np.sqrt(left @ left) > 1e-10)


@mistake(gram_schmidt, "lengths left as they are")
def _(V):
    """Your columns stand at right angles, and they have not the length 1. Where could each be divided by its length?"""
    columns = []
    for v in V.T:
        left = v
        for q in columns:
            left = left - (q @ left) / (q @ q) * q
        if np.sqrt(left @ left) > 1e-10 * np.sqrt(v @ v):
            columns.append(left)
    return np.array(columns).reshape(len(columns), len(V)).T


@mistake(gram_schmidt, "lengths left as they are, and columns of length 1 taken for granted")
def _(V):
    """You append what is left without bringing it to the length 1, so `(q @ left) * q` is no projection either.
    Where could each be divided by its length?"""
    columns = []
    for v in V.T:
        left = _rest(v, columns)
        if np.sqrt(left @ left) > 1e-10 * np.sqrt(v @ v):
            columns.append(left)
    return np.array(columns).reshape(len(columns), len(V)).T


@mistake(gram_schmidt, "no column kept")
def _(V):
    """None of your columns is kept: the answer always has the shape (d, 0).
    For the first column the inner loop has nothing to do, and all of it is left: is `append` reached then?"""
    return np.zeros((len(V), 0))


@mistake(gram_schmidt, "squares compared")
def _(V):
    """You compare squared lengths, and a square of 1e-10 is a length of 1e-5: columns of which 3e-10 are left are
    dropped. Which number compares the squares as 1e-10 compares the lengths?"""
    return _made(V, _rest, keep=lambda left, v: left @ left > 1e-10 * (v @ v))


@mistake(gram_schmidt, "projected on all columns of V", because=project)
def _(V):
    """Your inner loop runs over all columns of V, so each also loses its projection on itself, which is all of it.
    On which columns is it to be projected?"""

    def rest(v, _):
        left = v
        for w in V.T:
            left = left - project(left, w)
        return left

    return _made(V, rest)


@mistake(gram_schmidt, "q projected on what is left", because=project)
def _(V):
    """You take away the projection of q on what is left, which lies along what is left: its direction never changes.
    Which of the two is to be projected on which?"""

    def rest(v, columns):
        left = v
        for q in columns:
            left = left - project(q, left)
        return left

    return _made(V, rest)


@mistake(gram_schmidt, "lengths only, and nothing dropped")
def _(V):
    """You brought each column to the length 1 and left its direction, and a column of zeros became nan.
    What must the second lose, to stand at a right angle to the first?"""
    with np.errstate(invalid="ignore"):
        return _made(V, lambda v, columns: v, keep=lambda left, v: True)


@mistake(gram_schmidt, "lengths only")
def _(V):
    """You brought each column to the length 1 and left its direction. What must the second lose, to stand at a right
    angle to the first?"""
    return _made(V, lambda v, columns: v)


@mistake(gram_schmidt, "projected on the given columns", because=project)
def _(V):
    """You took away the projections on the columns of V, which are not at right angles to each other: from the third on
    that takes some parts twice. On which columns should they be projected?"""
    columns, given = [], []
    for v in V.T:
        left = v
        for w in given:
            left = left - (w @ left) / (w @ w) * w
        if np.sqrt(left @ left) > 1e-10 * np.sqrt(v @ v):
            columns.append(left / np.sqrt(left @ left))
            given.append(v)
    return np.array(columns).reshape(len(columns), len(V)).T


@mistake(gram_schmidt, "only the column before")
def _(V):
    """Each of your columns is at a right angle to the one before it, and not to those before that.
    Does your inner loop run over all columns found, and does each turn go on from what the last turn left, or start
    again from v?"""
    return _made(V, lambda v, columns: _rest(v, columns[-1:]))


@mistake(gram_schmidt, "rows instead of columns")
def _(V):
    """You made the rows stand at right angles. In V of shape (d, n), which way does one of the given vectors run?"""
    return _made(V.T, _rest).T


@mistake(gram_schmidt, "the transpose forgotten at the end")
def _(V):
    """Your vectors are right and lie as rows. What turns an array of shape (k, d) into one of shape (d, k)?"""
    return _made(V, _rest).T


@mistake(gram_schmidt, "wrote into V")
def _(V):
    """After the call, V has other columns: v is a view of a column of V, and `left -= …` writes into it.
    How is `left = left - …` different?"""
    columns = []
    for v in V.T:
        size = np.sqrt(v @ v)
        left = v
        for q in columns:
            left -= (q @ left) * q
        if np.sqrt(left @ left) > 1e-10 * size:
            columns.append(left / np.sqrt(left @ left))
    return np.array(columns).reshape(len(columns), len(V)).T


@mistake(gram_schmidt, "wrote into V and lost the length")
def _(V):
    """After the call, V has other columns: v is a view of a column of V, and `left -= …` writes into it and into v.
    How is `left = left - …` different?"""
    columns = []
    for v in V.T:
        left = v
        for q in columns:
            left -= (q @ left) * q
        if np.sqrt(left @ left) > 1e-10 * np.sqrt(v @ v):
            columns.append(left / np.sqrt(left @ left))
    return np.array(columns).reshape(len(columns), len(V)).T


@mistake(gram_schmidt, "zeros in place of what is dropped")
def _(V):
    """A dependent column comes back as zeros, which is no direction and has not the length 1.
    How many columns should there be where one is dropped?"""
    columns = []
    for v in V.T:
        left = _rest(v, columns)
        length = np.sqrt(left @ left)
        columns.append(left / length if length > 1e-10 * np.sqrt(v @ v) else 0 * left)
    return np.array(columns).reshape(len(columns), len(V)).T


@mistake(gram_schmidt, "zeros in place of what is dropped, and projected on", because=project)
def _(V):
    """A dependent column comes back as zeros, which is no direction: the next `project` on it refuses.
    How many columns should there be where one is dropped?"""
    columns = []
    for v in V.T:
        left = v
        for q in columns:
            left = left - project(left, q)
        length = np.sqrt(left @ left)
        columns.append(left / length if length > 1e-10 * np.sqrt(v @ v) else 0 * left)
    return np.array(columns).reshape(len(columns), len(V)).T


equivalent(
    gram_schmidt,
    "left = left - q @ left * q  ⇒  left = left - left @ q * q",
    because="the order of a dot product does not matter",
)
for _name in ("v", "left"):
    equivalent(
        gram_schmidt,
        "return np.array(columns).reshape(len(columns), len(V)).T"
        f"  ⇒  return np.array(columns).reshape(len(columns), len({_name})).T",
        because="a column has as many entries as V has rows",
    )

hint(gram_schmidt, "Do [[3, 2], [4, 11]] on paper. What is subtracted from (2, 11), and how is its factor found?")
hint(
    gram_schmidt,
    "Begin with left = v. For each q in columns, take the projection of left on q away from left. A q has the length 1,"
    " so that projection is (q @ left) * q.",
)
hint(
    gram_schmidt,
    "After the inner loop, compute the length of what is left. If it is more than 1e-10 times the length of v, append"
    " what is left, divided by its length, to columns.",
)


@exercise(needs=[gram_schmidt])
def in_span(v, basis, tol=1e-9):
    """Whether a vector can be put together from the columns of `basis`: whether it lies in their span.

    v: an array of floats, shape (d,)
    basis: n vectors, the columns of an array of floats of shape (d, n); they may be dependent, and of any length
    tol: v counts as in the span if the rest that the columns cannot give is no longer than tol times the length of v
    Returns True or False. The zero vector is in every span.

    The columns (1, 0, 1) and (0, 1, 1) give (2, 3, 5), as 2 and 3 times them, and not (2, 3, 4).
    """
    Q = gram_schmidt(basis)
    left = v - Q @ (Q.T @ v)
    return np.sqrt(left @ left) <= tol * np.sqrt(v @ v)


case(in_span, np.array([2.0, 3.0, 5.0]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))
case(in_span, np.array([2.0, 3.0, 4.0]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))
case(in_span, np.array([0.3, 0.6, 0.9, 1.7]), np.array([[0.1, 0.7], [0.2, 0.1], [0.3, 0.5], [0.4, 1.3]]))
case(in_span, np.array([0.8, 0.3, 0.8, 1.7]), np.array([[0.1, 0.7], [0.2, 0.1], [0.3, 0.5], [0.4, 1.3]]))
case(in_span, np.array([0.0, 0.0, 0.0]), np.array([[1.0], [2.0], [2.0]]))
case(in_span, np.array([0.0, 0.0, 0.0]), np.zeros((3, 2)))
case(in_span, np.array([0.0, 1.0, 0.0]), np.zeros((3, 2)))
case(in_span, np.array([2e-12, 3e-12, 4e-12]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))
case(in_span, np.array([0.8e9, 0.3e9, 0.8e9]), np.array([[0.1, 0.7], [0.2, 0.1], [0.3, 0.5]]))
case(in_span, np.array([1.0, 2.0, 5.0]), np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [0.0, 0.0, 0.0]]))
case(in_span, np.array([1.0, 2.0, 0.0]), np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [0.0, 0.0, 0.0]]))
case(in_span, np.array([1.0, 0.0, 0.02]), np.array([[1.0], [0.0], [0.0]]), tol=0.05)
case(in_span, np.array([10.0, 0.0, 1.0]), np.array([[1.0], [0.0], [0.0]]), tol=0.05)
case(in_span, np.array([1.0, 0.0, 3e-9]), np.array([[1.0], [0.0], [0.0]]))
case(in_span, np.array([1.0, 0.0, 1.5e-9]), np.array([[1.0], [0.0], [0.0]]))
case(in_span, np.array([1.0, -2.0, -1.0]), np.array([[1.0], [0.0], [0.0]]))
case(in_span, np.array([2.0, 0.0, 5.0]), np.array([[2.0, 1.0], [0.0, 0.0], [4.0, 7.0]]))
case(in_span, np.array([1.0, 0.0, 5e-10]), np.array([[1.0], [0.0], [0.0]]))
case(
    in_span,
    np.array([4.0, -1.0, 2.0, 2.0]),
    np.array([[1.0, 2.0, 0.0], [1.0, -1.0, 1.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]]),
)
case(
    in_span,
    np.array([3.0, 1.0, 4.0, 3.0]),
    np.array([[1.0, 2.0, 0.0], [1.0, -1.0, 1.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]]),
)


case(in_span, np.array([3.0, 1.0, 0.0]), np.array([[1.0, 2.0], [2.0, -1.0], [0.0, 0.0]]))


@holds(in_span, "whatever is put together from the columns lies in their span, and a push out of it is noticed")
def _(in_span, rng):
    basis = rng.normal(size=(5, 3))
    inside = basis @ rng.normal(size=3)
    outside = inside + gram_schmidt(np.concatenate([basis, rng.normal(size=(5, 1))], axis=1))[:, 3]
    assert in_span(inside, basis), "a sum of multiples of the columns is not recognised"
    assert not in_span(outside, basis), "a vector outside is taken for one inside"


@holds(in_span, "making v longer or shorter changes nothing")
def _(in_span, rng):
    basis = rng.normal(size=(4, 2))
    inside, outside = basis @ np.array([0.3, -0.7]), rng.normal(size=4)
    for factor in (1e-9, 1e9):
        assert in_span(factor * inside, basis) and not in_span(factor * outside, basis), f"{factor} times as long"


def _left(v, basis):
    Q = gram_schmidt(basis)
    return v, v - Q @ (Q.T @ v)


@mistake(in_span, "exactly nothing left")
def _(v, basis, tol=1e-9):
    """You ask for a rest of exactly 0, and rounding nearly always leaves a little. What was tol for?"""
    return bool(np.all(_left(v, basis)[1] == 0))


@mistake(in_span, "a fixed tolerance")
def _(v, basis, tol=1e-9):
    """You compare the rest with tol itself. For a v of length 1e-12 everything passes, and for one of 1e9 rounding is
    too much. What should tol be multiplied by?"""
    _, left = _left(v, basis)
    return bool(np.sqrt(left @ left) <= tol)


@mistake(in_span, "projected on slanting columns", because=gram_schmidt)
def _(v, basis, tol=1e-9):
    """You added up the projections on the columns as they are. That is right only where they stand at right angles.
    Which function of yours makes such columns, with the same span?"""
    left = v
    for w in basis.T:
        left = left - project(v, w)
    return bool(np.sqrt(left @ left) <= tol * np.sqrt(v @ v))


@mistake(in_span, "one projection after the other on slanting columns", because=gram_schmidt)
def _(v, basis, tol=1e-9):
    """You took the projections on the columns of `basis` away one after the other, and the second brings back what the
    first had removed. On which columns does that not happen?"""
    left = v
    for w in basis.T:
        left = left - project(left, w)
    return bool(np.sqrt(left @ left) <= tol * np.sqrt(v @ v))


@mistake(in_span, "columns taken for orthonormal", because=gram_schmidt)
def _(v, basis, tol=1e-9):
    """`basis @ (basis.T @ v)` is the part in the span only for orthonormal columns.
    Which exercise makes such columns?"""
    left = v - basis @ (basis.T @ v)
    return bool(np.sqrt(left @ left) <= tol * np.sqrt(v @ v))


@mistake(in_span, "the zero vector left out")
def _(v, basis, tol=1e-9):
    """For v = 0 the rest is 0, and 0 < 0 is False. Is the zero vector 0 times every column?"""
    v, left = _left(v, basis)
    return bool(np.sqrt(left @ left) < tol * np.sqrt(v @ v))


@mistake(in_span, "the columns counted", because=gram_schmidt)
def _(v, basis, tol=1e-9):
    """You ask whether gram_schmidt finds one direction more when v stands beside the columns. It has a threshold of its
    own, 1e-10; here tol decides. How long is what the columns cannot give?"""
    return gram_schmidt(np.concatenate([basis, v[:, None]], axis=1)).shape[1] == gram_schmidt(basis).shape[1]


@mistake(in_span, "signs of the rest")
def _(v, basis, tol=1e-9):
    """You look at the largest entry of the rest with its sign, so a rest of (-1, -2) passes. What is its length?"""
    v, left = _left(v, basis)
    return bool(left.max() <= tol * np.sqrt(v @ v))


@mistake(in_span, "a column of its own")
def _(v, basis, tol=1e-9):
    """You ask whether v is a multiple of one of the columns. In which ways can two columns make a third vector?"""
    if not v.any():
        return True
    lefts = [v - (w @ v) / (w @ w) * w for w in basis.T if w.any()]
    return bool(any(np.sqrt(left @ left) <= tol * np.sqrt(v @ v) for left in lefts))


@mistake(in_span, "in and out exchanged")
def _(v, basis, tol=1e-9):
    """You say True where something is left. If nothing is left, has v been put together or not?"""
    v, left = _left(v, basis)
    return bool(np.sqrt(left @ left) > tol * np.sqrt(v @ v))


equivalent(
    in_span,
    "left = v - Q @ (Q.T @ v)  ⇒  left = Q @ (Q.T @ v) - v",
    because="only the length of the rest is used",
)

hint(in_span, "If the columns stood at right angles and had the length 1, how would you find what they cannot give?")
hint(
    in_span,
    "Let gram_schmidt make such columns, Q. The part of v in the span is Q @ (Q.T @ v). How long may the rest be?",
)
hint(
    in_span,
    "Return whether the length of v minus that part is at most tol times the length of v; <=, because of v = 0.",
)


# ---- predictions, in the order of the lesson

prediction(
    "nearest_text",
    """Subtract two rows entry by entry, square the differences, add them up and take the root: their distance.
    Which row is nearest to the note's?""",
    options=("the article's", "the memo's"),
    beliefs={
        "a": "It is about the same thing, so it ought to be. But it has 18 cats more, and that alone makes it far.",
    },
)

prediction(
    "half_shadow",
    """u lies along v, so its shadow on v is as long as u. Now u is turned away from v, and its length stays the same.
    At how many degrees is the shadow half as long as u?""",
    beliefs={
        45: "45 is half of a right angle, and the shadow does not shrink evenly: at first it hardly changes.",
        30: "At 30 degrees the shadow still has 87 % of its length; there, the height above the line is half of u.",
        50: "The shadow does shrink slowly at first, even more slowly than that: at 50 degrees it has 64 %.",
        90: "At 90 degrees there is no shadow left.",
    },
)

prediction(
    "axis_zero",
    "A has the rows (1, 2, 3) and (10, 20, 30). Axis 0 runs over the rows. What does A.sum(axis=0) give?",
    options=("6 and 60", "11, 22 and 33", "66"),
    beliefs={
        "a": "Those are the sums of the rows, and one reads axis=0 as 'for each row'. But axis 0 is the one that is"
        " added up: from row to row, downwards.",
        "c": "A.sum() without an axis gives 66. With one, only that axis is added up, and the other stays.",
    },
)

prediction(
    "cat_and_dog",
    """Cat and dog never stand in the same sentence, so each counts 0 in the other's row.
    What is the cosine between their two rows?""",
    options=("0", "between 0 and 1", "1"),
    beliefs={
        "a": "They never meet, so one expects nothing in common. But rows are compared, and both rows have drinks,"
        " chases and sleeps.",
        "c": "For 1 the rows would have to point the same way. Milk and a mouse stand in one of them only.",
    },
)

prediction(
    "far_points",
    """u = (100000001, 100000000) and v = (100000000, 100000001).
    Their difference is (1, -1), so the squared distance is 2.
    All entries are exact as floats. What does u @ u - 2 * (u @ v) + v @ v give?""",
    beliefs={
        2: "On paper it does. But u·u is about 2e16: a float keeps 16 digits of it, and the 2 would be in the 17th.",
        1: "An error of one in the last place would be natural for numbers near 1. These are near 2e16.",
    },
)

prediction(
    "crowd",
    """Two vectors with 1000 entries, each entry +1 or -1 by the toss of a coin.
    How many degrees are between them, on average?""",
    beliefs={
        45: "45 is halfway from equal to orthogonal. But as many pairs point against each other as with each other.",
        180: "Opposite would need all 1000 coins to disagree.",
        0: "Equal directions would need all 1000 coins to agree.",
        60: "At 60 degrees the cosine is 0.5: three of four coins would agree.",
    },
)

prediction(
    "careless",
    """Orthogonal columns have a dot product of 0, and floats have about 16 digits.
    The careless process is given eight columns that are nearly dependent.
    How large, without its sign, is the largest dot product between two of the columns that it makes?""",
    options=(
        "about 1e-16, as rounding goes",
        "some digits are lost: somewhere from 1e-12 to 0.1",
        "nearly 1: two columns lie almost on one line",
    ),
    beliefs={
        "a": "On paper both processes are the same, and that is why one trusts it. The paper uses q2·q1 = 0, and here"
        " that is no longer true.",
        "b": "That is what the careful one pays. The careless one loses all digits.",
    },
)

# ---- why

quiz(
    "why_angle",
    """A search engine ranks texts by the cosine between their rows of counts and the question's, not by the distance.
    Why?""",
    wrong(
        "Because the cosine lies between -1 and 1, and a distance can be anything.",
        "Any distance could be squeezed into a range, by 1/(1 + distance) for instance. The ranking would stay as bad.",
    ),
    wrong(
        "Because the cosine is faster to compute.",
        "Both take about d multiplications for a pair. If it gave the wrong text, nobody would want it faster.",
    ),
    right(
        "Because a text twice as long has each word about twice: its row gets longer and keeps its direction.",
        """How often a word stands there depends on the topic and on the length of the text.
        Dividing by the length of the row takes the second away.""",
    ),
    wrong(
        "Because the distance does not work in more than three dimensions.",
        "It works in any dimension, by adding squares. In the table it had three, and it chose the memo.",
    ),
)

quiz(
    "same_ranking",
    """All rows of a collection have been divided by their lengths.
    One engine ranks by the cosine, the largest first, the other by the distance, the smallest first.
    Can the two rankings differ, and why?""",
    right(
        "No: with rows of one length, the angle settles the distance too.",
        """If the question has the length 1 too, the squared distance is 2 - 2 cos θ: the larger the cosine, the smaller
        the distance. If its length is L, it is L² + 1 - 2 L cos θ, and L is the same for all rows.
        So a library for nearest neighbours can search by cosine.""",
    ),
    wrong(
        "Yes, because two rows can point in opposite directions.",
        "A row opposite to the question has cos θ = -1, and no row of length 1 is farther away: both put it last.",
    ),
    wrong(
        "Yes, because in high dimensions distances get large.",
        "Between rows of length 1 no distance is larger than 2, and 2 - 2 cos θ does not know d.",
    ),
    wrong(
        "Yes, because distance and angle measure different things.",
        "In general they do. What they disagree about is the length of the rows, and here all rows have the length 1.",
    ),
)

quiz(
    "why_orthogonal",
    "Why are two random directions in 1000 dimensions almost always nearly orthogonal?",
    wrong(
        "Because with so many entries, most of the products u_i v_i are nearly 0.",
        """With entries of +1 and -1 every single product is +1 or -1. It is their sum that stays small.""",
    ),
    right(
        "Because places that agree and places that disagree nearly balance, and the lengths do not shrink.",
        """With entries of +1 and -1, what is left of 1000 products is typically √1000, about 32, and the lengths
        multiply to 1000: a cosine of 0.03, and that is 88 degrees.""",
    ),
    wrong(
        "Because there are 1000 axes, and the axes are orthogonal.",
        """The axes are, and random vectors do not lie along them. In two dimensions the axes are orthogonal too,
        and random directions are not.""",
    ),
    wrong(
        "Because the entries are rounded, and small cosines vanish.",
        "A cosine of 0.03 is far above any rounding. The same holds for exact numbers.",
    ),
)

quiz(
    "redundant",
    """A table has three columns: a temperature in Celsius, the same in Fahrenheit, and ones.
    gram_schmidt is given the three. How many columns come back, and why?""",
    wrong(
        "Three, because each column has other numbers.",
        "Fahrenheit is 1.8 times Celsius plus 32 times the ones: a combination of the others. Nothing of it is left.",
    ),
    right(
        "Two, because any two of them span the third, in whichever order they stand.",
        "The last of the three always loses everything.",
    ),
    wrong(
        "One, because Celsius and Fahrenheit say the same, and ones say nothing.",
        """Fahrenheit is no multiple of Celsius, because of the 32, and the ones are no multiple of either.
        Two independent directions are there.""",
    ),
    wrong(
        "Two or three, because the order of the columns decides what is dropped.",
        "The order decides which column is dropped, and not how many: any two of the three span the same plane.",
    ),
)

# ---- to be asked again


@question(dot, "a dot product in your head")
def _(rng):
    a, b = ([int(n) for n in rng.choice([-3, -2, -1, 1, 2, 3, 4], size=3, replace=False)] for _ in range(2))
    return Asked(
        f"What is the dot product of {tuple(a)} and {tuple(b)}?",
        dot(a, b),
        why=" + ".join(f"({x})·({y})" for x, y in zip(a, b, strict=True)) + f" = {dot(a, b):g}.",
    )


@question(p_norm, "one vector, three lengths")
def _(rng):
    a, b = [(3, 4), (6, 8), (5, 12), (8, 6), (12, 5)][rng.integers(5)]
    x, p = [a, -b], [1, 2, np.inf][rng.integers(3)]
    name = "∞" if p == np.inf else p
    whys = {
        1: f"The sizes add up: {a} + {b}.",
        2: f"The root of {a * a} + {b * b}.",
        np.inf: "The largest size counts.",
    }
    return Asked(f"What is the {name}-norm of ({a}, -{b})?", round(float(p_norm(x, p)), 9), why=whys[p])


@question(project, "the factor of a projection")
def _(rng):
    u, v = ([int(n) for n in rng.integers(1, 6, size=2)] for _ in range(2))
    product, squared = dot(u, v), dot(v, v)
    return Asked(
        f"u = {tuple(u)} and v = {tuple(v)}. The projection of u on v is c times v. What is c, to three digits?",
        product / squared,
        why=f"u·v is {product:g} and v·v is {squared:g}; c is the first over the second.",
    )


@question(angle, "a cosine from three numbers")
def _(rng):
    p, q = (int(n) for n in rng.integers(2, 8, size=2))
    cosine = int(rng.integers(-9, 10)) / 10
    return Asked(
        f"u has the length {p}, v the length {q}, and u · v = {cosine * p * q:g}. What is the cosine of the angle?",
        cosine,
        why=f"{cosine * p * q:g} over {p}·{q}.",
    )


@question(pairwise_sq_dists, "a distance between unit vectors")
def _(rng):
    cosine = int(rng.integers(-9, 10)) / 10
    return Asked(
        f"Two vectors of length 1 have a dot product of {cosine:g}. What is the square of their distance?",
        round(2 - 2 * cosine, 9),
        why="‖u - v‖² = 1 - 2 u·v + 1.",
    )


@question(cosine_matrix, "shapes")
def _(rng):
    n, m, d = (int(k) for k in rng.permutation([2, 3, 4, 5, 6, 7])[:3])
    kind = int(rng.integers(3))
    asked = (f"A @ B.T where B has the shape ({m}, {d})", "A.sum(axis=0)", "A.sum(axis=1)[:, None]")[kind]
    answers = (f"({n}, {m})", f"({d},)", f"({n}, 1)")
    options = sorted({*answers, f"({n},)", f"({m}, {n})"})
    whys = (
        "A row of A meets a row of B for each entry: the shared d is added up.",
        "Axis 0, the rows, is added up and disappears.",
        f"The sums have the shape ({n},), and None gives them a second axis of size 1.",
    )
    return Asked(
        f"A has the shape ({n}, {d}). What shape has {asked}?",
        "abcde"[options.index(answers[kind])],
        options=tuple(options),
        why=whys[kind],
    )
