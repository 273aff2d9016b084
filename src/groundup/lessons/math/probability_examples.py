"""Exercises of the lesson on probability: from rolls of a die to an average that knows its own error.

What is drawn is checked by its distribution, on fixed seeds, so a program's verdict never changes from run to run.
Knows nothing of likelihood or entropy: those are a later lesson.
"""

import math

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


def seeded(seed):
    """A generator of random numbers that begins the same each time."""
    return np.random.default_rng(seed)


class chosen(np.random.Generator):
    """A generator whose random() gives these numbers, one after the other, and no more."""

    def __init__(self, *numbers):
        super().__init__(np.random.PCG64(0))
        self.left = list(numbers)

    def random(self, size=None, dtype=np.float64, out=None):
        count = 1 if size is None else math.prod(np.atleast_1d(size))
        if count > len(self.left):
            raise ValueError("more than n random numbers were drawn")
        taken, self.left = self.left[:count], self.left[count:]
        return taken[0] if size is None else np.array(taken, dtype=float).reshape(size)

    def uniform(self, low=0.0, high=1.0, size=None):
        return low + (high - low) * self.random(size)


# ---- 1. Chance


@exercise
def roll_dice(n, k, rng):
    """n rolls of a fair die with k faces, numbered 1 to k.

    n: how many rolls, n >= 1
    k: how many faces, k >= 1
    rng: a generator, such as np.random.default_rng(7); all randomness comes from it and from nothing else
    Returns an array of n ints, shape (n,), each from 1 to k, each face equally likely at every roll.

    roll_dice(4, 6, rng) may give array([6, 1, 3, 3]); called again with the same rng it goes on to other rolls.
    """
    return rng.integers(1, k + 1, size=n)


@scenario(roll_dice)
def _(roll_dice):
    rolls = roll_dice(5, 6, seeded(0))
    yield "it is an array", isinstance(rolls, np.ndarray)
    yield "its shape", np.shape(rolls)
    yield "shape for one roll", np.shape(roll_dice(1, 6, seeded(1)))


@scenario(roll_dice, "which faces 500 rolls show")
def _(roll_dice):
    # by chance a face stays away for 500 rolls once in 10⁶⁰ or less, and the seeds are fixed
    yield "k = 4", np.unique(roll_dice(500, 4, seeded(2))).tolist()
    yield "k = 2", np.unique(roll_dice(500, 2, seeded(3))).tolist()
    yield "k = 1", np.unique(roll_dice(500, 1, seeded(4))).tolist()


@holds(roll_dice, "each face comes equally often (a right program is refused less than once in 100 000 times)")
def _(roll_dice):
    # eleven faces at five standard errors each: 11 · 6e-7, and the seeds are fixed, so a verdict never changes
    for k, n, seed in ((5, 5000, 5), (6, 9000, 6)):
        rolls = np.asarray(roll_dice(n, k, seeded(seed)))
        for face in range(1, k + 1):
            share = np.mean(rolls == face)
            off = 5 * (1 / k * (1 - 1 / k) / n) ** 0.5
            assert abs(share - 1 / k) < off, f"of {n} rolls, {share:.1%} show {face}, and a {k}th is {1 / k:.1%}"


@holds(roll_dice, "no roll knows another (a right program is refused less than once in 100 000 times)")
def _(roll_dice):
    rolls = np.asarray(roll_dice(5000, 5, seeded(7)))
    share = np.mean(rolls[1:] == rolls[:-1])
    assert abs(share - 0.2) < 5 * (0.16 / 5000) ** 0.5, f"{share:.1%} of the rolls repeat the one before, not 20 %"
    rng = seeded(8)
    ones = np.array([np.sum(np.asarray(roll_dice(12, 3, rng)) == 1) for _ in range(400)])
    spread = np.var(ones)  # 12 · 1/3 · 2/3 for independent rolls, with a standard error of about 0.19
    assert abs(spread - 8 / 3) < 0.95, f"how many of 12 rolls show 1 varies by {spread:.2f}, not by 12·(1/3)·(2/3)"


@holds(roll_dice, "one seed gives one series, another seed another, and the next call goes on")
def _(roll_dice):
    rng = seeded(9)
    first, second = (np.asarray(roll_dice(40, 6, rng)).tolist() for _ in range(2))
    assert np.asarray(roll_dice(40, 6, seeded(9))).tolist() == first, "the same seed gave other rolls"
    assert np.asarray(roll_dice(40, 6, seeded(10))).tolist() != first, "another seed gave the same rolls"
    assert second != first, "the second call with one rng gave the rolls of the first again"


@mistake(roll_dice, "never the last face")
def _(n, k, rng):
    """Your die never shows k. The second argument of rng.integers is where it stops: does the stop itself come?"""
    return rng.integers(1, k, size=n) if k > 1 else np.ones(n, dtype=int)


@mistake(roll_dice, "never the last face, and stops at k = 1")
def _(n, k, rng):
    """Your die never shows k, and with one face there is nothing left to draw from.
    Where does rng.integers stop: at its second argument, or before it?"""
    return rng.integers(1, k, size=n)


@mistake(roll_dice, "counted from 0")
def _(n, k, rng):
    """Your faces run from 0 to k - 1. By how much must every roll be moved?"""
    return rng.integers(0, k, size=n)


@mistake(roll_dice, "a face too many")
def _(n, k, rng):
    """Your die has a face 0 beside the k others. What is the smallest number that rng.integers may give?"""
    return rng.integers(0, k + 1, size=n)


@mistake(roll_dice, "the shared generator")
def _(n, k, rng):
    """You draw from np.random, which the whole program shares, and the rng that was handed in is not used.
    How could anybody repeat your rolls from a seed?"""
    return np.random.randint(1, k + 1, size=n)


@mistake(roll_dice, "a generator of its own")
def _(n, k, rng):
    """Every call gives the same rolls again: you make a new generator inside, with the same seed in every call.
    Which generator remembers how far it has come?"""
    return np.random.default_rng(0).integers(1, k + 1, size=n)


@mistake(roll_dice, "one roll, n times")
def _(n, k, rng):
    """All n entries are the same roll. How often did you ask the generator?"""
    return np.full(n, rng.integers(1, k + 1))


@mistake(roll_dice, "rounded at the ends")
def _(n, k, rng):
    """Your faces 1 and k come half as often as the others: only half an interval is rounded to each of them.
    What gives every face an interval of the same length?"""
    return np.rint(rng.uniform(1, k, size=n)).astype(int)


@mistake(roll_dice, "one roll only")
def _(n, k, rng):
    """You return a single number whatever n is. Which argument of rng.integers says how many to draw?"""
    return rng.integers(1, k + 1)


@mistake(roll_dice, "not cut down to whole numbers")
def _(n, k, rng):
    """Your rolls are numbers such as 3.7, anywhere between 1 and k + 1: rng.random gives no whole ones.
    Which call gives whole numbers at once?"""
    return 1 + rng.random(n) * k


@mistake(roll_dice, "n and k exchanged")
def _(n, k, rng):
    """You draw k rolls of a die with n faces: the two are exchanged. Which argument says how many rolls there are?"""
    return rng.integers(1, n + 1, size=k)


equivalent(roll_dice, "order reversed", because="fair rolls read backwards are fair rolls")

hint(roll_dice, "Draw by hand with rng.integers(0, 2, size=10) in a cell. Which numbers come, and which never?")
hint(roll_dice, "rng.integers(low, high, size=n) stops before high, as range does. Which high lets k come?")

prediction(
    "four_times",
    """A step of training averages the gradients of 32 examples. That average misses the average over all 100 000.
    With 128 examples, four times the work, by how much does it typically miss?""",
    options=[
        "by a quarter as much",
        "by half as much",
        "by as much as before: both are a tiny share of 100 000",
        "by a sixteenth as much",
    ],
    beliefs={
        "a": "That would be so if every example took away the same amount of error. Errors cancel, but only in part.",
        "c": """The share hardly matters, that is true, and for that reason it is no excuse:
        what counts is how many were averaged.""",
        "d": "A sixteenth is four squared. The lesson will find a square, but it stands on the other side.",
    },
)


# ---- 2. Expectation and variance


@exercise
def expectation_var(values, probs):
    """The expectation and the variance of a number that takes these values with these probabilities.

    values: n numbers, as a list or an array, shape (n,)
    probs: their n probabilities; one of them may be 0
    Returns (mean, var), two floats: mean in the unit of the values, var in the square of that unit.
    Raises ValueError if a probability is negative, or if they miss a sum of 1 by more than 1e-9.
    The variance has to be right to nine digits for values such as 100000001 too, which differ little for their size.

    With the values 1, 2, 4 and the probabilities 0.5, 0.25, 0.25 the mean is 0.5 + 0.5 + 1 = 2,
    and the variance 0.5·(-1)² + 0.25·0² + 0.25·2² = 1.5: the answer is (2.0, 1.5).
    """
    values, probs = np.asarray(values), np.asarray(probs)
    if np.any(probs < 0) or abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError("probabilities are not negative and add up to 1")
    mean = np.sum(probs * values)
    var = np.sum(probs * (values - mean) ** 2)
    return mean, var


case(expectation_var, [1, 2, 4], [0.5, 0.25, 0.25])
case(expectation_var, [0, 10], [0.8, 0.2])
case(expectation_var, [3, -2, 7, 5], [0.1, 0.4, 0.0, 0.5])
case(expectation_var, np.array([2.5, -1.0, 4.0]), np.array([0.2, 0.5, 0.3]))
case(expectation_var, [6.5], [1.0])
case(expectation_var, [1, 2, 4], [0.7, 0.2, 0.1])
case(expectation_var, [100_000_000, 100_000_001, 100_000_003], [0.25, 0.5, 0.25])
case(expectation_var, [2, 5], [0.5, 0.6])
case(expectation_var, [1, 2, 3], [0.5, 0.4, 0.0])
case(expectation_var, [2, 5], [1.0, 1.5e-9])
case(expectation_var, [0, 8, 5], [0.75, 0.25, 5e-10])
case(expectation_var, [1, 2, 3], [0.7, 0.5, -0.2])
case(expectation_var, [1, 2, 3], [0.7, 0.5, -0.5])


@cases(expectation_var, 3)
def _(rng):
    shares = rng.uniform(0.1, 1, size=rng.integers(3, 6))
    return rng.normal(size=len(shares)) * 3, shares / np.sum(shares)


@holds(expectation_var, "a + bX has the expectation a + b·E[X] and the variance b²·Var(X)")
def _(expectation_var, rng):
    values, probs = rng.normal(size=4), np.array([0.1, 0.2, 0.3, 0.4])
    mean, var = expectation_var(values, probs)
    for a, b in rng.normal(size=(3, 2)):
        assert close(expectation_var(a + b * values, probs), (a + b * mean, b**2 * var))


@holds(expectation_var, "only a constant has no variance")
def _(expectation_var, rng):
    assert close(expectation_var([7, 7, 7], [0.2, 0.3, 0.5]), (7.0, 0.0))
    _, var = expectation_var([7, 7, 7.5], [0.2, 0.3, 0.5])
    assert var > 0, "the values differ, and the variance is not above 0"


def _checked(values, probs):
    """Both as arrays of floats, once the probabilities are seen to be some."""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if np.any(probs < 0) or abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError
    return values, probs


@mistake(expectation_var, "mean square minus squared mean")
def _(values, probs):
    """Near 100 million your variance is wrong in every digit: two squares of about 10¹⁶ are subtracted,
    and a float keeps sixteen digits. What could be subtracted before anything is squared?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values)
    return mean, np.sum(probs * values**2) - mean**2


@mistake(expectation_var, "every value counted alike")
def _(values, probs):
    """Your mean and variance are those of the list of values, whatever their probabilities.
    Should a value of probability 0 have a say?"""
    values, probs = _checked(values, probs)
    return np.mean(values), np.var(values)


@mistake(expectation_var, "the plain mean")
def _(values, probs):
    """Your mean is that of the list, each value counted alike, and the deviations are taken from it.
    Where do the probabilities enter the expectation?"""
    values, probs = _checked(values, probs)
    mean = np.mean(values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "squared after adding up")
def _(values, probs):
    """You add up the deviations, each counted alike, and square their sum: **2 stands outside of np.sum.
    What is squared first, and by what is each square weighed?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values)
    return mean, np.sum(values - mean) ** 2


@mistake(expectation_var, "deviations counted alike")
def _(values, probs):
    """Your mean is right; your variance averages the squared deviations as if all were equally likely.
    How much should the rarest of them weigh?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values)
    return mean, np.mean((values - mean) ** 2)


@mistake(expectation_var, "the standard deviation")
def _(values, probs):
    """Your second number is the root of the variance, in the unit of the values. Which unit is asked for?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values)
    return mean, np.sqrt(np.sum(probs * (values - mean) ** 2))


@mistake(expectation_var, "deviations not squared")
def _(values, probs):
    """Your variance is 0, or as good as 0, whatever the values: those above the mean and those below it cancel.
    What makes all of them count as positive, and the far ones most?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean))


@mistake(expectation_var, "averaged, then squared")
def _(values, probs):
    """You average the deviations and then square: they average to 0, and the square of that is 0 again.
    What has to be squared before it is weighed?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean)) ** 2


@mistake(expectation_var, "probabilities squared too")
def _(values, probs):
    """In (p·(x - mean))² the probability is squared as well. Which of the two is a weight, and which a distance?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values)
    return mean, np.sum((probs * (values - mean)) ** 2)


@mistake(expectation_var, "the mean square")
def _(values, probs):
    """Your second number is E[X²], and moves when all values move by the same amount.
    From where should the distance of each value be measured?"""
    values, probs = _checked(values, probs)
    return np.sum(probs * values), np.sum(probs * values**2)


@mistake(expectation_var, "divided by n")
def _(values, probs):
    """You divide the weighted sums by the number of values. The weights add up to 1: what is left to divide by?"""
    values, probs = _checked(values, probs)
    mean = np.sum(probs * values) / len(values)
    return mean, np.sum(probs * (values - mean) ** 2) / len(values)


@mistake(expectation_var, "any weights accepted")
def _(values, probs):
    """Probabilities that add up to 1.1 get an answer, and it is no expectation of anything. A printed word would not
    stop the function, as `raise` does. Where do the words ask for a ValueError?"""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "made to add up")
def _(values, probs):
    """You divide the probabilities by their sum, so that a sum of 1.1 goes unseen.
    If one of the caller's numbers is wrong, does this mend it?"""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if np.any(probs < 0):
        raise ValueError
    probs = probs / np.sum(probs)
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "a negative one accepted")
def _(values, probs):
    """0.7, 0.5 and -0.2 add up to 1 and get an answer. Does the sum say everything about probabilities?"""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "refused for both faults only")
def _(values, probs):
    """Probabilities that add up to 1.1 get an answer: you raise only where one of them is negative besides.
    One fault is enough to refuse. Which word joins two tests of which either may hold?"""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if np.any(probs < 0) and abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "a probability of 0 refused")
def _(values, probs):
    """You refuse a probability of 0, and the words allow it; only a negative one is wrong. Is 0 below 0?"""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if np.any(probs <= 0) or abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "asked for exactly 1")
def _(values, probs):
    """You refuse 0.7, 0.2 and 0.1: as floats they add up to 0.9999999999999999.
    How far from 1 may a sum be, by the words?"""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if np.any(probs < 0) or sum(probs) != 1:
        raise ValueError
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "a sum below 1 accepted")
def _(values, probs):
    """A sum of 0.9 gets an answer: 0.9 - 1 is -0.1, and that is not above 1e-9. A sum may miss 1 on either side:
    what makes a distance of a difference?"""
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if np.any(probs < 0) or np.sum(probs) - 1 > 1e-9:
        raise ValueError
    mean = np.sum(probs * values)
    return mean, np.sum(probs * (values - mean) ** 2)


@mistake(expectation_var, "the sum itself held against 1e-9")
def _(values, probs):
    """You refuse every list of probabilities: it is their sum that you compare with 1e-9, and it is near 1.
    How far is a sum from 1?"""
    probs = np.asarray(probs, dtype=float)
    if np.any(probs < 0) or np.sum(probs) > 1e-9:
        raise ValueError
    mean = np.sum(probs * np.asarray(values))
    return mean, np.sum(probs * (np.asarray(values) - mean) ** 2)


_LINE = "values, probs = (np.asarray(values), np.asarray(probs))"
equivalent(
    expectation_var,
    f"{_LINE}  ⇒  {_LINE.replace('np.asarray(values)', 'values')}",
    because="NumPy makes an array of the list when a number of its own is taken from it",
)
_LINE = "if np.any(probs < 0) or abs(np.sum(probs) - 1) > 1e-09:"
equivalent(
    expectation_var,
    f"{_LINE}  ⇒  {_LINE.replace('> 1e-09', '>= 1e-09')}",
    because="no sum of floats near 1 misses it by 1e-9 exactly: they lie 1.1e-16 or 2.2e-16 apart",
)
equivalent(
    expectation_var,
    f"{_LINE}  ⇒  {_LINE.replace('np.sum(probs) - 1', '1 - np.sum(probs)')}",
    because="a distance is the same both ways",
)
equivalent(
    expectation_var,
    "var = np.sum(probs * (values - mean) ** 2)  ⇒  var = np.sum(probs * (mean - values) ** 2)",
    because="a square forgets the sign",
)

hint(expectation_var, "Do the example by hand. What does each value contribute to the mean, and what to the variance?")
hint(
    expectation_var,
    "np.sum(probs * …) is the expectation of whatever stands for the dots. What stands there for the variance?",
)
hint(
    expectation_var,
    """First the two tests, with np.any(…) for the signs and abs(…) for the distance of the sum from 1, then raise.
    The mean must be there before the deviations from it can be squared.""",
)

prediction(
    "shortcut",
    """For the values 100000000, 100000001 and 100000003 with probabilities 0.25, 0.5 and 0.25 the variance is 1.1875.
    What does E[X²] - E[X]² give in float64?""",
    options=["1.1875", "1.19, the last digits rounded", "nothing like it", "inf"],
    beliefs={
        "a": "On paper it is. The two numbers to be subtracted are near 10¹⁶, and a float keeps about sixteen digits.",
        "b": "Rounding spoils the last digits of 10¹⁶, and those hold the units, the tenths and the hundredths.",
        "d": "10¹⁶ is far below 1.8·10³⁰⁸, where floats end: nothing overflows here.",
    },
)


# ---- 3. Two things at once


@exercise
def conditionals(P):
    """Of a table of two things at once, the chances of the second for each value of the first.

    P: a table (m, n), as a list of rows or an array; P[i, j] is the probability of x = i together with y = j.
       It may hold counts instead: only the proportions matter. No entry is negative.
    Returns an array of floats (m, n): row i holds P(y | x = i) and adds up to 1.
    An x that never happens, a row of zeros in P, has no such chances: its row comes back as zeros, without nan.
    P is left as it was.

    conditionals([[6, 3, 3], [1, 3, 4]]) has the rows 0.5, 0.25, 0.25 and 0.125, 0.375, 0.5.
    """
    P = np.asarray(P)
    totals = P.sum(axis=1, keepdims=True)
    totals[totals == 0] = 1
    return P / totals


case(conditionals, [[6, 3, 3], [1, 3, 4]])
case(conditionals, np.array([[0.3, 0.15, 0.15], [0.05, 0.15, 0.2]]))
case(conditionals, np.array([[0.1, 0.2], [0.05, 0.25], [0.3, 0.1]]))
case(conditionals, np.array([[2, 0, 6, 2], [0, 0, 0, 0], [5, 1, 3, 1]]))
case(conditionals, [[0.5, 0.1], [0.15, 0.25]])
case(conditionals, [[0.25], [0.75]])
case(conditionals, np.array([[4.0, 1.0, 2.0], [0.0, 3.0, 1.0]]).T)
case(conditionals, np.array([[6e-14, 3e-14, 3e-14], [1e-14, 3e-14, 4e-14]]))  # in the proportions of the first


@cases(conditionals, 2)
def _(rng):
    return (rng.uniform(size=(rng.integers(2, 4), 5)),)


@holds(conditionals, "each row adds up to 1, or to 0 where x never happens")
def _(conditionals, rng):
    P = rng.uniform(size=(4, 3))
    P[2] = 0
    assert close(np.sum(conditionals(P), axis=1), np.array([1.0, 1.0, 0.0, 1.0]))


@holds(conditionals, "only proportions matter: counts give what their shares give")
def _(conditionals, rng):
    counts = rng.integers(0, 9, size=(3, 4)) + 1
    assert close(conditionals(counts), conditionals(counts / np.sum(counts)))


@holds(conditionals, "where x and y are independent, every row is P(y)")
def _(conditionals, rng):
    p, q = np.array([0.2, 0.8]), np.array([0.5, 0.3, 0.2])
    assert close(conditionals(p[:, None] * q), np.array([q, q]))


@mistake(conditionals, "the other way round")
def _(P):
    """Your columns add up to 1: you hold P(x | y). Which of the two is known, by the words, and which is asked?"""
    P = np.asarray(P, dtype=float)
    totals = P.sum(axis=0, keepdims=True)
    return P / np.where(totals > 0, totals, 1)


@mistake(conditionals, "the whole table adds up to 1")
def _(P):
    """All your entries together make 1: that is the joint table again. Once x is known, over which entries is
    the 1 to be spread?"""
    P = np.asarray(P, dtype=float)
    return P / np.sum(P)


@mistake(conditionals, "nan for what never happens")
def _(P):
    """A row of zeros comes out as nan, for 0/0 is. By which number could such a row be divided and stay as it is?"""
    P = np.asarray(P, dtype=float)
    return P / P.sum(axis=1, keepdims=True)


@mistake(conditionals, "totals laid along the wrong axis")
def _(P):
    """Your totals have lost their axis, so NumPy lays them along the columns: it stops unless m = n,
    and then each column is divided by the total of a row. What keeps the axis?"""
    P = np.asarray(P, dtype=float)
    totals = P.sum(axis=1)
    return P / np.where(totals > 0, totals, 1)


@mistake(conditionals, "the totals alone")
def _(P):
    """You return the total of each row, one number for each x: that is P(x). What share of it has each y?"""
    return np.asarray(P, dtype=float).sum(axis=1)


@mistake(conditionals, "over the largest")
def _(P):
    """The largest entry of each of your rows is 1, so the row adds up to more. What should add up to 1?"""
    P = np.asarray(P, dtype=float)
    top = P.max(axis=1, keepdims=True)
    return P / np.where(top > 0, top, 1)


@mistake(conditionals, "a little added below")
def _(P):
    """Your rows add up to a little less than 1: something was added to every total so that none is 0.
    Which totals need that, and which are spoiled by it?"""
    P = np.asarray(P, dtype=float)
    return P / (P.sum(axis=1, keepdims=True) + 1e-8)


@mistake(conditionals, "a very little added below")
def _(P):
    """You add a small number to every total, and in a table of small numbers it is no small one: your rows no longer
    add up to 1. Only the proportions matter: which totals alone need another number?"""
    P = np.asarray(P, dtype=float)
    return P / (P.sum(axis=1, keepdims=True) + 1e-12)


@mistake(conditionals, "a small total taken for none")
def _(P):
    """A row of small numbers comes back as it was: its total is small, and you take it for 0.
    Only the proportions matter: of which total alone is there nothing to share out?"""
    P = np.asarray(P, dtype=float)
    totals = P.sum(axis=1, keepdims=True)
    return P / np.where(totals < 1e-12, 1, totals)


@mistake(conditionals, "totals no smaller than a little")
def _(P):
    """You lift every total to a small number, and in a table of small numbers the totals are smaller still: your rows
    no longer add up to 1. Only the proportions matter: which totals alone need another number?"""
    P = np.asarray(P, dtype=float)
    return P / np.maximum(P.sum(axis=1, keepdims=True), 1e-12)


@mistake(conditionals, "equal chances for what never happens")
def _(P):
    """A row of zeros comes back with equal chances, which nobody has counted. What do the words ask for there?"""
    P = np.asarray(P, dtype=float)
    totals = P.sum(axis=1, keepdims=True)
    return np.where(totals > 0, P / np.where(totals > 0, totals, 1), 1 / P.shape[1])


for _number in ("2", "-1"):
    equivalent(
        conditionals,
        f"totals[totals == 0] = 1  ⇒  totals[totals == 0] = {_number}",
        because="zeros over any number but 0 are zeros",
    )

hint(conditionals, "Cover all rows but one. Those chances are left: what must each be divided by to add up to 1?")
hint(conditionals, "A sum along axis 1 with keepdims=True has shape (m, 1). What does P divided by it do to each row?")
hint(
    conditionals,
    """A total of 0 must not be divided by. np.where(test, one, other) can put another number in its place,
    one that leaves zeros as they are.""",
)


@exercise(needs=[conditionals])
def bayes(prior, like):
    """How likely each explanation is once something has been seen, for each thing that may be seen.

    prior: shape (m,), how likely each of m explanations was before; only the proportions matter
    like: shape (m, n); like[i, j] is the probability of seeing j if explanation i is true
    Both are lists or arrays, without negative entries, and are left as they were.
    Returns an array of floats (m, n): column j holds the probabilities of the m explanations once j was seen.
    What no explanation with a prior above 0 allows is never seen: its column comes back as zeros, without nan.

    bayes([0.75, 0.25], [[0.9, 0.1, 0.0], [0.3, 0.3, 0.4]]) has the columns (0.9, 0.1), (0.5, 0.5) and (0, 1):
    in the middle one, 0.75·0.1 and 0.25·0.3 are equal.
    """
    joint = np.asarray(prior)[:, None] * np.asarray(like)
    return conditionals(joint.T).T


case(bayes, [0.75, 0.25], [[0.9, 0.1, 0.0], [0.3, 0.3, 0.4]])
case(bayes, [0.01, 0.99], [[0.9, 0.1], [0.09, 0.91]])
case(bayes, np.array([0.2, 0.5, 0.3]), np.array([[0.1, 0.2, 0.3, 0.4], [0.7, 0.1, 0.1, 0.1], [0.25, 0.25, 0.0, 0.5]]))
case(bayes, [3, 1], [[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]])
case(bayes, [0.0, 0.4, 0.6], [[0.5, 0.5], [0.0, 1.0], [0.0, 1.0]])
case(bayes, [0.3, 0.7], [[0.8, 0.2, 0.0, 0.0], [0.5, 0.25, 0.25, 0.0]])
case(bayes, [1], [[0.25, 0.75]])
case(bayes, np.array([3e-14, 1e-14]), np.array([[0.9, 0.1, 0.0], [0.3, 0.3, 0.4]]))  # the proportions of the first


@cases(bayes, 2)
def _(rng):
    return rng.uniform(size=3), conditionals(rng.uniform(size=(3, 5)))


@holds(bayes, "each column adds up to 1, whatever was seen")
def _(bayes, rng):
    after = bayes(rng.uniform(size=3), conditionals(rng.uniform(size=(3, 4))))
    assert close(np.sum(after, axis=0), np.ones(4))


@holds(bayes, "weighed by how often each thing is seen, the answers average to the prior")
def _(bayes, rng):
    prior = np.array([0.2, 0.3, 0.5])
    like = conditionals(rng.uniform(size=(3, 4)))
    assert close(bayes(prior, like) @ (prior @ like), prior)


@holds(bayes, "what is equally likely under every explanation teaches nothing")
def _(bayes, rng):
    prior = np.array([0.2, 0.3, 0.5])
    assert close(bayes(prior, np.full((3, 2), 0.5)), np.stack([prior, prior], axis=1))


@holds(bayes, "two independent findings: one after the other, or both at once, is the same")
def _(bayes, rng):
    prior, one, two = np.array([0.2, 0.8]), np.array([[0.6, 0.4], [0.1, 0.9]]), np.array([[0.7, 0.3], [0.2, 0.8]])
    first = bayes(prior, one)[:, 0]
    assert close(bayes(first, two)[:, 1], bayes(prior, one[:, :1] * two[:, 1:])[:, 0])


@mistake(bayes, "the likelihood again")
def _(prior, like):
    """You divided each row by its total, and the prior cancelled: that is `like` again.
    Along which axis do the explanations lie that must share out the 1?"""
    return conditionals(np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float))


@mistake(bayes, "the joint table")
def _(prior, like):
    """You return prior times likelihood, the joint table; its columns add up to how often each thing is seen.
    Once it has been seen, what should the column add up to?"""
    return np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float)


@mistake(bayes, "the joint table of proportions")
def _(prior, like):
    """You return prior times likelihood, all of it adding up to 1: the joint table.
    Once something has been seen, which entries are still possible, and what do they add up to?"""
    joint = np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float)
    return joint / np.sum(joint)


@mistake(bayes, "the prior forgotten")
def _(prior, like):
    """Your answer does not depend on the prior: a rare explanation counts as much as a common one.
    How many cases of each are there to begin with?"""
    return conditionals(np.asarray(like, dtype=float).T).T


@mistake(bayes, "the prior along the wrong axis")
def _(prior, like):
    """prior * like lays the prior along the columns: it stops unless m = n, and then weighs what is seen
    in place of the explanations. Which shape makes it lie along the rows?"""
    joint = np.asarray(prior, dtype=float) * np.asarray(like, dtype=float)
    return conditionals(joint.T).T


@mistake(bayes, "added")
def _(prior, like):
    """You added the prior to the likelihood. Of 1 % of the cases, 90 %: is that 91 % or 0.9 % of all?"""
    joint = np.asarray(prior, dtype=float)[:, None] + np.asarray(like, dtype=float)
    return conditionals(joint.T).T


@mistake(bayes, "divided by the likelihoods' total")
def _(prior, like):
    """Your columns do not add up to 1: you divide prior times likelihood by a column total of `like` alone.
    P(y) weighs each row with its prior: which table has P(y) for its column totals?"""
    like = np.asarray(like, dtype=float)
    total = like.sum(axis=0)
    return np.asarray(prior, dtype=float)[:, None] * like / np.where(total > 0, total, 1)


@mistake(bayes, "divided by the likelihoods' total, and nan for what is never seen")
def _(prior, like):
    """You divide prior times likelihood by a column total of `like` alone, and where that is 0 nan comes out.
    P(y) weighs each row with its prior: which table has P(y) for its column totals?"""
    like = np.asarray(like, dtype=float)
    return np.asarray(prior, dtype=float)[:, None] * like / like.sum(axis=0)


@mistake(bayes, "nan for what is never seen")
def _(prior, like):
    """A column in which nothing is possible comes out as nan. How did conditionals deal with a total of 0?"""
    joint = np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float)
    return joint / np.sum(joint, axis=0)


@mistake(bayes, "a very little added below")
def _(prior, like):
    """You add a small number to every total, and beside a prior of small numbers it is no small one: your columns no
    longer add up to 1. Only the proportions matter: which totals alone need another number?"""
    joint = np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float)
    return joint / (joint.sum(axis=0) + 1e-12)


@mistake(bayes, "the totals alone")
def _(prior, like):
    """You return P(y), the totals of the columns: `@` multiplies and adds up at once.
    Which table would be there before the adding?"""
    return np.asarray(prior, dtype=float) @ np.asarray(like, dtype=float)


@mistake(bayes, "explanations along the columns")
def _(prior, like):
    """Your numbers are right, and your rows are what should be columns.
    Which index of the answer is the explanation?"""
    return conditionals((np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float)).T)


_LINE = "joint = np.asarray(prior)[:, None] * np.asarray(like)"
equivalent(
    bayes,
    f"{_LINE}  ⇒  {_LINE.replace('np.asarray(like)', 'like')}",
    because="an array times a list of rows makes an array of the list",
)

hint(bayes, "Of 1000 cases, how many are explanation i and are seen as j? That table is the joint one.")
hint(
    bayes,
    "prior[:, None] * like multiplies row i by prior[i], once both are arrays. Then each column is to add up to 1.",
)
hint(
    bayes,
    """conditionals makes rows add up to 1 and knows what to do with zeros; .T exchanges rows and columns,
    and exchanges them back.""",
)

prediction(
    "flagged",
    """1 % of the records in a training set are broken. A filter flags 90 % of the broken ones, and 9 % of the sound.
    It flags a record. What is the probability that it is broken, a number between 0 and 1?""",
    beliefs={
        0.9: "0.9 is how many of the broken are flagged. You are asked how many of the flagged are broken.",
        0.91: "0.91 is how many of the sound are left alone. Of those that are flagged, it says nothing.",
        0.01: "0.01 is what you knew before the flag; a flag comes ten times as often to a broken one.",
        0.81: "0.9 minus 0.09 is the difference of two shares, each of another whole. Count records instead.",
        0.5: "That the filter says one of two things does not make them equally likely. Count the records.",
        90: "90 % is 0.9, and that is how many of the broken are flagged. How many of the flagged are broken?",
        9.17: "A probability lies between 0 and 1. As a percentage that is about right: what is it without the %?",
        0.009: "0.009 is the probability of broken and flagged together. But it was flagged: that is known.",
    },
    rtol=0.1,
)


# ---- 4. Drawing


@exercise
def sample_categorical(p, n, rng):
    """n draws of a class, class i with probability p[i], by the inverse of the cumulative sum.

    p: the probabilities of k classes, shape (k,), a list or an array; one or more may be 0.
       Through rounding, their sum may miss 1 by as much as 1e-6.
    n: how many draws
    rng: a generator; exactly n numbers u are drawn from it, by rng.random(n), and nothing else is random
    Returns an array of n ints, shape (n,): for each u, the first class whose cumulative sum is above u.
    Where none is, the last class with p[i] > 0. (Dividing all the sums by the last one first is as good.)
    So a class with p[i] = 0 never comes, not even at u = 0.
    (A check may hand over a generator whose random() gives chosen numbers.)

    With p = [0.25, 0.5, 0.25] the cumulative sums are 0.25, 0.75, 1,
    so u = 0.1 gives class 0, u = 0.25 and u = 0.6 give class 1, and u = 0.9 gives class 2.
    """
    edges = np.cumsum(p)
    edges = edges / edges[-1]
    return np.searchsorted(edges, rng.random(n), side="right")


@scenario(sample_categorical)
def _(sample_categorical):
    p, draws = [0.25, 0.5, 0.25], chosen(0.1, 0.25, 0.6, 0.9)
    return sample_categorical(p, 4, draws)


@scenario(sample_categorical, "classes without a chance")
def _(sample_categorical):
    p = [0.0, 0.25, 0.0, 0.75, 0.0]
    return sample_categorical(p, 5, chosen(0.0, 0.2, 0.25, 0.55, 0.999999))


@scenario(sample_categorical, "a sum that misses 1")
def _(sample_categorical):
    p = np.array([0.25, 0.5, 0.25 - 1e-6])
    return sample_categorical(p, 3, chosen(0.9999995, 0.1, 0.99999999))


@scenario(sample_categorical, "a sum that misses 1, before a class without a chance")
def _(sample_categorical):
    p = np.array([0.25, 0.75 - 1e-6, 0.0])
    return sample_categorical(p, 2, chosen(0.99999999, 0.2))


@scenario(sample_categorical, "1000 classes, twelve times, at the largest u that random() can give")
def _(sample_categorical):
    chances = [seeded(seed).random(1000) for seed in range(12)]
    return [int(sample_categorical(p / np.sum(p), 1, chosen(1 - 2**-53))[0]) for p in chances]


@scenario(sample_categorical)
def _(sample_categorical):
    p = np.array([0.125, 0.5, 0.125, 0.25])
    classes = sample_categorical(p, 6, seeded(0))
    yield "it is an array", isinstance(classes, np.ndarray)
    yield "its shape", np.shape(classes)
    yield "shape of one draw", np.shape(sample_categorical(p, 1, seeded(1)))
    yield "p afterwards", p


@holds(
    sample_categorical,
    "each class comes as often as its probability says (a right program is refused less than once in 100 000 times)",
)
def _(sample_categorical):
    # five classes at five standard errors each: 5 · 6e-7; a class of probability 0 must not come at all
    p, n = np.array([0.05, 0.4, 0.0, 0.25, 0.3]), 8000
    classes = np.asarray(sample_categorical(p, n, seeded(2)))
    for i, chance in enumerate(p):
        share = np.mean(classes == i)
        off = 5 * (chance * (1 - chance) / n) ** 0.5
        assert abs(share - chance) <= off, f"class {i} makes up {share:.1%} of {n} draws, and should be {chance:.1%}"


@holds(sample_categorical, "one seed gives one series, another seed another, and the next call goes on")
def _(sample_categorical):
    p, rng = [0.3, 0.3, 0.4], seeded(3)
    first, second = (np.asarray(sample_categorical(p, 40, rng)).tolist() for _ in range(2))
    assert np.asarray(sample_categorical(p, 40, seeded(3))).tolist() == first, "the same seed gave other draws"
    assert np.asarray(sample_categorical(p, 40, seeded(4))).tolist() != first, "another seed gave the same draws"
    assert second != first, "the second call with one rng gave the draws of the first again"


def _edges(p):
    edges = np.cumsum(p)
    return edges / edges[-1]


@mistake(sample_categorical, "the edge given to the class below")
def _(p, n, rng):
    """u = 0.25 is exactly the first end, and you count only the ends below u; so at u = 0 class 0 comes even if its
    probability is 0. Which setting of np.searchsorted counts the ends right there too?"""
    return np.searchsorted(_edges(p), rng.random(n))


@mistake(sample_categorical, "the edge given to the class below, and the sums left short of 1")
def _(p, n, rng):
    """u = 0.25 is exactly the first end, and you count only the ends below u; the last end, too, is left where rounding
    has put it, be it below u. Which setting of np.searchsorted counts an end right there?"""
    return np.searchsorted(np.cumsum(p), rng.random(n))


@mistake(sample_categorical, "the edge given to the class below, and divided by np.sum")
def _(p, n, rng):
    """u = 0.25 is exactly the first end, and you count only the ends below u; and np.sum(p) is not quite the last
    of the cumulative sums. Which setting of np.searchsorted counts an end right there?"""
    return np.searchsorted(np.cumsum(p) / np.sum(p), rng.random(n))


@mistake(sample_categorical, "a class that does not exist")
def _(p, n, rng):
    """Where rounding makes the cumulative sum end below u, you return k, and the classes end at k - 1.
    What would make the sum end at 1 exactly?"""
    return np.searchsorted(np.cumsum(p), rng.random(n), side="right")


@mistake(sample_categorical, "divided by np.sum")
def _(p, n, rng):
    """You divide by np.sum(p), which adds in another order than np.cumsum and rounds differently: with many classes
    the last end can stay below u, and a class k comes. Which number is the end of the last piece exactly?"""
    return np.searchsorted(np.cumsum(p) / np.sum(p), rng.random(n), side="right")


@mistake(sample_categorical, "cut off at the last class")
def _(p, n, rng):
    """Where the cumulative sum ends below u you return the last class, be its probability 0: the result is cut off,
    or the last sum was set to 1. Could all the sums be stretched, so that they end at 1?"""
    return np.minimum(np.searchsorted(np.cumsum(p), rng.random(n), side="right"), len(p) - 1)


@mistake(sample_categorical, "the edge given to the class below, and cut off at the last class")
def _(p, n, rng):
    """u = 0.25 is exactly the first end, and you count only the ends below u; where all are, you return the last class,
    be its probability 0. Which setting of np.searchsorted counts an end right there too?"""
    return np.minimum(np.searchsorted(np.cumsum(p), rng.random(n)), len(p) - 1)


@mistake(sample_categorical, "no answer beyond the last sum")
def _(p, n, rng):
    """Where the cumulative sum ends below u, your loop finds no class and appends nothing: fewer than n come back.
    Which class do the words ask for there?"""
    found = []
    for u in rng.random(n):
        for i, end in enumerate(np.cumsum(p)):
            if u < end:
                found.append(i)
                break
    return np.array(found)


@mistake(sample_categorical, "no answer beyond the last sum, and the edge given to the class below")
def _(p, n, rng):
    """u = 0.25 is exactly the first end, and 'above u' leaves that end out: your loop stops at an end equal to u.
    And where the sum ends below u it appends nothing. Which class do the words ask for in either place?"""
    found = []
    for u in rng.random(n):
        for i, end in enumerate(np.cumsum(p)):
            if u <= end:
                found.append(i)
                break
    return np.array(found)


@mistake(sample_categorical, "class 0 beyond the last sum")
def _(p, n, rng):
    """Where the cumulative sum ends below u, no sum is above it, and you return class 0: np.argmax gives 0 for a list
    of nothing but False, and an array of zeros keeps its 0. Which class do the words ask for there?"""
    return np.array([np.argmax(np.cumsum(p) > u) for u in rng.random(n)])


@mistake(sample_categorical, "the first class of all, without an end")
def _(p, n, rng):
    """Where the cumulative sum ends below u, your search finds nothing, and Python stops.
    What could be done to the sums beforehand, so that the last is above every u?"""
    ends = np.cumsum(p)
    return np.array([next(i for i, end in enumerate(ends) if u < end) for u in rng.random(n)])


@mistake(sample_categorical, "the first place of all, without an end")
def _(p, n, rng):
    """Where the cumulative sum ends below u, the list of places above u is empty and has no first entry.
    What could be done to the sums beforehand, so that the last is above every u?"""
    ends = np.cumsum(p)
    return np.array([np.where(ends > u)[0][0] for u in rng.random(n)])


@mistake(sample_categorical, "counted from the left border")
def _(p, n, rng):
    """Every class is one too high: your list of ends begins with a 0, the left border of the first piece.
    At u = 0.1 in the example no piece has ended: how many of your numbers lie below?"""
    return np.searchsorted(np.concatenate([[0], np.cumsum(p)]), rng.random(n), side="right")


@mistake(sample_categorical, "counted from the left border, and the edge given to the class below")
def _(p, n, rng):
    """Your list of ends begins with a 0, the left border of the first piece, and so almost every class is one too high;
    and an end that u hits is not counted. Which numbers should be counted, and with which setting?"""
    return np.searchsorted(np.concatenate([[0], np.cumsum(p)]), rng.random(n))


@mistake(sample_categorical, "left border and edge exchanged")
def _(p, n, rng):
    """Almost every class is one too high, and at u = 0.25 it is not: your list of ends begins with a 0, the left border
    of the first piece, and an end that u hits is not counted. Which numbers should be counted, with which setting?"""
    ends = np.concatenate([[0], np.cumsum(p)])
    return np.searchsorted(ends / ends[-1], rng.random(n))


@mistake(sample_categorical, "rng.choice")
def _(p, n, rng):
    """rng.choice refuses probabilities whose sum misses 1 by 1e-6, and by the words that may happen.
    What would you do with the sums if it were you who had to write rng.choice?"""
    return rng.choice(len(p), size=n, p=p)


@mistake(sample_categorical, "the sums looked up among the draws")
def _(p, n, rng):
    """You return an answer for each class, not for each u: np.searchsorted looks its second argument up in its first.
    What is looked up here, and among what?"""
    return np.searchsorted(rng.random(n), _edges(p), side="right")


@mistake(sample_categorical, "the sums looked up among the draws, on the left")
def _(p, n, rng):
    """You return an answer for each class, not for each u: np.searchsorted looks its second argument up in its first.
    Is it the ends or the draws that are looked up?"""
    return np.searchsorted(rng.random(n), np.cumsum(p))


@mistake(sample_categorical, "the sums looked up among the draws, and not stretched")
def _(p, n, rng):
    """You return an answer for each class, not for each u: np.searchsorted looks its second argument up in its first.
    You want to know of each u how many ends lie at or below it: which of the two comes first?"""
    return np.searchsorted(rng.random(n), np.cumsum(p), side="right")


@mistake(sample_categorical, "the sums looked up among the draws, on the left, and stretched")
def _(p, n, rng):
    """You return an answer for each class, not for each u: np.searchsorted looks its second argument up in its first.
    Should it be the u that are counted, or the ends?"""
    return np.searchsorted(rng.random(n), _edges(p))


@mistake(sample_categorical, "a softmax of probabilities")
def _(p, n, rng):
    """You take exponentials of p, which makes likely classes rarer and impossible ones possible.
    p holds probabilities, not scores: what is still to be done before u falls?"""
    weights = np.exp(p)
    return np.searchsorted(_edges(weights / np.sum(weights)), rng.random(n), side="right")


@mistake(sample_categorical, "a softmax of probabilities, and the sums left short of 1")
def _(p, n, rng):
    """You take exponentials of p, which makes likely classes rarer and impossible ones possible.
    p holds probabilities, not scores: from what are the pieces to be laid?"""
    weights = np.exp(p)
    return np.searchsorted(np.cumsum(weights / np.sum(weights)), rng.random(n), side="right")


@mistake(sample_categorical, "all classes alike")
def _(p, n, rng):
    """Every class comes equally often, whatever p says. Where does p decide which u belongs to which class?"""
    return (rng.random(n) * len(p)).astype(int)


@mistake(sample_categorical, "searched in p itself")
def _(p, n, rng):
    """You look for u among the probabilities. They are the lengths of the pieces: where does each piece end?"""
    return np.searchsorted(p, rng.random(n), side="right")


@mistake(sample_categorical, "always the likeliest")
def _(p, n, rng):
    """You return the likeliest class every time: that is no draw. How often should a class of 0.25 come?"""
    rng.random(n)
    return np.full(n, np.argmax(p))


@mistake(sample_categorical, "counted from 1")
def _(p, n, rng):
    """Every class is one too high: you add 1, or your list of ends begins with a 0, which is a left border.
    What is the number of the first class, and how many ends lie below its u?"""
    return np.searchsorted(_edges(p), rng.random(n), side="right") + 1


@mistake(sample_categorical, "one taken away")
def _(p, n, rng):
    """Every class is one too low, and a class -1 comes: here there is no border at 0, so the number of ends that u has
    passed is the class. What do you take the 1 away for?"""
    return np.searchsorted(_edges(p), rng.random(n), side="right") - 1


@mistake(sample_categorical, "one taken away, and the sums left short of 1")
def _(p, n, rng):
    """Every class is one too low, and a class -1 comes: your ends have no border at 0, so the number of them that u has
    passed is the class. What do you take the 1 away for?"""
    return np.searchsorted(np.cumsum(p), rng.random(n), side="right") - 1


@mistake(sample_categorical, "one taken away, and the edge given to the class below")
def _(p, n, rng):
    """A class -1 comes: you take 1 away as if there were a border at 0, and an end that u hits is not counted.
    How many ends has u passed in the example when it is 0.1, and how many at 0.25?"""
    return np.searchsorted(np.cumsum(p), rng.random(n)) - 1


@mistake(sample_categorical, "one u for all")
def _(p, n, rng):
    """All n draws are the same class: one u decided for all of them. How many u does rng.random(n) give?"""
    return np.full(n, np.searchsorted(_edges(p), rng.random(), side="right"))


@mistake(sample_categorical, "one u, one class")
def _(p, n, rng):
    """You return a single class whatever n is: rng.random() without a size gives one number.
    Where should n come in?"""
    return np.searchsorted(_edges(p), rng.random(), side="right")


@mistake(sample_categorical, "one u, one class, and the sums left short of 1")
def _(p, n, rng):
    """You return a single class whatever n is: rng.random() without a size gives one number. And where the sum ends
    below u, that class does not exist. Where should n come in?"""
    return np.searchsorted(np.cumsum(p), rng.random(), side="right")


@mistake(sample_categorical, "the shared generator")
def _(p, n, rng):
    """You draw from np.random, which the whole program shares. How could anybody repeat your draws from a seed?"""
    return np.searchsorted(_edges(p), np.random.random(n), side="right")


hint(sample_categorical, "Lay the probabilities end to end on a line from 0 to 1. On which piece does u = 0.6 fall?")
hint(
    sample_categorical,
    """np.cumsum gives the right ends of the pieces. np.searchsorted(ends, u, side="right") counts the ends that are
    at or below u, for one u or for an array of them: which class is that?""",
)
hint(
    sample_categorical,
    "Divide the cumulative sums by the last of them: then the line ends at 1, whatever rounding did.",
)


# ---- 5. Averages


@exercise
def monte_carlo(f, sampler, n):
    """The expectation of f(X) from n random draws of X, and the standard error of that answer.

    f: a function; given the array of draws it returns one number for each, an array (n,)
    sampler: a function; sampler(n) returns n independent draws of X, one to each row of an array
    n: how many draws, n >= 2; sampler is called once, and f once, with all the draws
    Returns (mean, stderr), two floats in the unit of f: the average of f over the draws, and how far such an average
    typically lies from the truth: the standard deviation of the n numbers, with n - 1, over the root of n.

    If the draws are 1, 2, 3, 6 and f leaves them alone, the mean is 3, the squared deviations 4, 1, 0, 9 add up to 14,
    and the standard error is sqrt(14 / 3) / sqrt(4) = 1.0801…
    """
    values = f(sampler(n))
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(n)


case(monte_carlo, lambda x: x, lambda n: np.array([1.0, 2.0, 3.0, 6.0]), 4)
case(monte_carlo, lambda x: x**2, lambda n: np.arange(n), 5)
case(monte_carlo, lambda x: 3 * x - 1, lambda n: np.sin(np.arange(1.0, n + 1)), 17)
case(monte_carlo, lambda x: x[:, 0] * x[:, 1], lambda n: np.cos(np.arange(3.0 * n).reshape(n, 3)), 6)
case(monte_carlo, lambda x: np.exp(x), lambda n: np.linspace(-1, 2, n), 9)
case(monte_carlo, lambda x: x, lambda n: np.array([4.0, 7.0]), 2)


@scenario(monte_carlo, "with a generator behind the sampler")
def _(monte_carlo):
    rng = seeded(0)
    return monte_carlo(lambda x: x**2, lambda n: rng.normal(size=n), 8)


@holds(
    monte_carlo,
    "the truth lies within two standard errors in about 95 of 100 runs"
    " (a right program is refused less than once in 100 000 times)",
)
def _(monte_carlo, rng):
    # of a normal X with n = 60, 95.0 % are within two; over 400 runs that share has a standard error of 1.1 %
    hits = []
    for _ in range(400):
        mean, stderr = monte_carlo(lambda x: 2 * x + 1, lambda n: rng.normal(3, 2, size=n), 60)
        hits.append(abs(mean - 7) < 2 * stderr)
    assert 0.895 < np.mean(hits) < 0.995, f"it did in {np.mean(hits):.1%} of 400 runs"


@holds(monte_carlo, "four times as many draws, half the standard error")
def _(monte_carlo, rng):
    few, many = (monte_carlo(lambda x: x, lambda n: np.tile([1.0, 5.0], n // 2), n)[1] for n in (2000, 8000))
    assert close(few / many, 2.0, rtol=1e-3)


@holds(monte_carlo, "f(x) = a + b·x moves the mean to a + b·mean and stretches the error by |b|")
def _(monte_carlo, rng):
    draws = rng.normal(size=7)
    mean, stderr = monte_carlo(lambda x: x, lambda n: draws, 7)
    for a, b in ((2.0, 3.0), (-1.0, -0.5)):
        assert close(monte_carlo(lambda x: a + b * x, lambda n: draws, 7), (a + b * mean, abs(b) * stderr))  # noqa: B023


@mistake(monte_carlo, "the spread of single draws")
def _(f, sampler, n):
    """Your second number does not shrink as n grows: it says how far a single draw lies from the mean.
    How far does an average of n of them lie from it?"""
    values = f(sampler(n))
    return np.mean(values), np.std(values, ddof=1)


@mistake(monte_carlo, "divided by n")
def _(f, sampler, n):
    """You divide by n, so your error shrinks too fast. The variance of an average has 1/n: what has its root?"""
    values = f(sampler(n))
    return np.mean(values), np.std(values, ddof=1) / n


@mistake(monte_carlo, "n in place of n - 1")
def _(f, sampler, n):
    """Your errors are a little too small, for n = 2 by three tenths: np.std divides by n unless told otherwise.
    What is ddof for?"""
    values = f(sampler(n))
    return np.mean(values), np.std(values) / np.sqrt(n)


@mistake(monte_carlo, "the variance over the root")
def _(f, sampler, n):
    """You divide a variance, in squared units, by the root of n. Which root is missing?"""
    values = f(sampler(n))
    return np.mean(values), np.var(values, ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "the variance of the average")
def _(f, sampler, n):
    """Your second number is the variance of the average, in squared units. Which step leads back to the unit of f?"""
    values = f(sampler(n))
    return np.mean(values), np.var(values, ddof=1) / n


@mistake(monte_carlo, "one subtracted twice")
def _(f, sampler, n):
    """You subtract 1 in the standard deviation, and again below the root. What is averaged: n numbers or n - 1?"""
    values = f(sampler(n))
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(n - 1)


@mistake(monte_carlo, "f of the average")
def _(f, sampler, n):
    """You average the draws and then ask f. For X = ±1, the square of the average is 0: what is the average square?"""
    draws = sampler(n)
    values = f(draws)
    return np.mean(f(np.mean(draws, axis=0, keepdims=True))), np.std(values, ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "f of the one average")
def _(f, sampler, n):
    """You average the draws first and apply f once. For x² and the draws 0 to 4 that is 4, and the average of the
    squares is 6. In which order do the words say it?"""
    draws = sampler(n)
    return f(np.mean(draws)), np.std(f(draws), ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "f of the one average, and the error of the draws")
def _(f, sampler, n):
    """You average the draws and apply f once, to the average; and your error is that of the draws themselves.
    Of which n numbers do the words ask for the average and the standard deviation?"""
    draws = sampler(n)
    return f(np.mean(draws)), np.std(draws, ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "the error of the draws")
def _(f, sampler, n):
    """Your error is that of the draws themselves, and the mean is that of f. Which numbers did you average?"""
    draws = sampler(n)
    return np.mean(f(draws)), np.std(draws, ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "drawn twice")
def _(f, sampler, n):
    """The mean is of one set of draws and the error of another: sampler was called twice.
    Where could the first set be kept?"""
    return np.mean(f(sampler(n))), np.std(f(sampler(n)), ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "one draw at a time")
def _(f, sampler, n):
    """You call sampler(1) n times. One call is asked for: sampler(n) returns all n draws.
    What does f return when it is given all of them?"""
    values = [f(sampler(1)) for _ in range(n)]
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "one draw at a time, and its first value")
def _(f, sampler, n):
    """You call sampler(1) n times, and take one number each time. One call is asked for: sampler(n) returns all n.
    What does f return when it is given all of them?"""
    values = [f(sampler(1))[0] for _ in range(n)]
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(n)


@mistake(monte_carlo, "f called draw by draw")
def _(f, sampler, n):
    """You hand the draws to f one by one. In this call a draw is a row of three numbers, and f asks for columns, as of
    a table: it is made for the whole array. What does f(sampler(n)) return?"""
    values = [f(x) for x in sampler(n)]
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(n)


hint(monte_carlo, "Which n numbers are averaged: what sampler(n) gives, or what f makes of it?")
hint(
    monte_carlo,
    """The spread of single values is a standard deviation, with ddof=1 for the n - 1.
    By what does averaging n of them shrink it?""",
)
hint(
    monte_carlo,
    "Keep the n values under a name, for both results are made of them; np.sqrt(n) is what shrinks the error.",
)

prediction(
    "twice_one_die",
    """Two dice are rolled and added. Or one die is rolled, and its number doubled.
    Both have the expectation 7. How many times as large is the variance of the doubled one as that of the sum?""",
    beliefs={
        1: "Expectations agree, and so do the smallest and the largest result. But how often does each give 12?",
        4: "4 is the variance of the doubled die against that of a single die. The sum of two has more than one die's.",
        1.5: "Compute both: the sum has twice the variance of one die. What does doubling do to a variance?",
        0.5: "The other way round: which of the two gives 2 or 12 more often?",
    },
)

quiz(
    "why_root",
    "The average of n independent numbers errs by σ/√n, and not by σ/n. Why?",
    wrong(
        "Because each further number carries less information than the one before.",
        """All of them are alike: whoever is given only the last one knows as much as whoever is given only the first.
        And information that dwindles would not make variances add up.""",
    ),
    right(
        "Because errors of either sign cancel in part: the sum of n of them grows like √n, and is divided by n.",
        """Variances add, nσ² for the sum, and its root is σ√n. Divided by n that leaves σ/√n.
        If all errors had one sign the sum would grow like n, and averaging would gain nothing.""",
    ),
    wrong(
        "Because averages follow the bell curve, whose width goes with the root.",
        """The root came out of adding variances, with no curve in sight. For n = 2 dice the average is far from
        a bell, a triangle, and its standard deviation is σ/√2 exactly.""",
    ),
    wrong(
        "Because the standard deviation is estimated with n - 1.",
        """That changes how σ is estimated, by a factor that nears 1 as n grows. With σ known, and no n - 1 anywhere,
        the average of four dice still has half the standard deviation of one.""",
    ),
)


# ---- 6. Clouds


@exercise
def covariance(X):
    """The covariance matrix of data: how its columns vary, each by itself and each two together.

    X: shape (n, d), a list of rows or an array: n samples, n >= 2, each a row of d numbers. It is left as it was.
    Returns an array of floats (d, d): entry [i, j] is the sum, over the samples, of the deviation of column i from its
    mean times that of column j from its own, divided by n - 1.
    It has to be right to nine digits also where the means are as large as 100 million.

    For the rows (1, 2), (3, 2), (5, 8) the means are 3 and 4, the deviations (-2, -2), (0, -2), (2, 4),
    and the answer is [[4, 6], [6, 12]].
    """
    X = np.asarray(X)
    centred = X - X.mean(axis=0)
    return centred.T @ centred / (len(X) - 1)


case(covariance, [[1, 2], [3, 2], [5, 8]])
case(covariance, np.array([[0.5, 2.0, -1.0], [1.5, -3.0, 0.0], [2.0, 4.0, 1.0], [-1.0, 0.5, 6.0], [3.0, 1.0, -2.0]]))
case(covariance, np.array([[4.0, 1.0, 3.0, -2.0], [1.0, 5.0, 2.0, 0.0]]))
case(covariance, [[2.0], [3.0], [7.0], [4.0]])
case(covariance, np.array([[1, 4, 2, 8, 5], [3, 1, 0, 2, 7], [6, 2, 4, 4, 1]]).T)
case(covariance, np.array([[100_000_000, 7], [100_000_001, 5], [100_000_003, 9]]))


@cases(covariance, 3)
def _(rng):
    return (rng.normal(size=(rng.integers(4, 8), 3)) @ rng.normal(size=(3, 3)) + 2,)


@holds(covariance, "it does not matter from where the numbers are measured")
def _(covariance, rng):
    X = rng.normal(size=(7, 3))
    assert close(covariance(X + np.array([3.0, -2.0, 40.0])), covariance(X))


@holds(covariance, "its diagonal holds the variances of the columns, and it is symmetric")
def _(covariance, rng):
    X = rng.normal(size=(6, 4))
    C = covariance(X)
    assert close(C[range(4), range(4)], np.var(X, axis=0, ddof=1))
    assert close(C, C.T)


@holds(covariance, "the variance of a sum of columns is the sum of all entries")
def _(covariance, rng):
    X = rng.normal(size=(8, 3)) @ rng.normal(size=(3, 3))
    assert close(np.sum(covariance(X)), np.var(X.sum(axis=1), ddof=1))


@holds(covariance, "a matrix that acts on every sample acts on the covariance from both sides")
def _(covariance, rng):
    X, A = rng.normal(size=(9, 3)), rng.normal(size=(2, 3))
    assert close(covariance(X @ A.T), A @ covariance(X) @ A.T)


@mistake(covariance, "not centred")
def _(X):
    """Your entries grow when the whole cloud is moved. From which point are deviations measured?"""
    X = np.asarray(X, dtype=float)
    return X.T @ X / (len(X) - 1)


@mistake(covariance, "samples with samples")
def _(X):
    """Your matrix is (n, n): it compares samples with each other. Over which axis should the product run,
    so that columns meet columns?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    return centred @ centred.T / (len(X) - 1)


@mistake(covariance, "rows taken for columns")
def _(X):
    """Your matrix is (n, n): the deviations are taken within each row, and rows are multiplied with rows.
    Is a row one sample, or one thing that was measured?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=1, keepdims=True)
    return centred @ centred.T / (len(X) - 1)


@mistake(covariance, "np.cov as it stands")
def _(X):
    """Your matrix is (n, n): np.cov expects variables in rows and samples in columns, and you hand it the reverse.
    What turns the one into the other?"""
    with np.errstate(all="ignore"):
        return np.cov(np.asarray(X, dtype=float))


@mistake(covariance, "the means of the rows")
def _(X):
    """X.mean(axis=1) holds n numbers, one for each sample, and cannot be taken from d columns.
    Along which axis does a mean run that leaves one number for each column?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=1)
    return centred.T @ centred / (len(X) - 1)


@mistake(covariance, "divided by n")
def _(X):
    """Every number is (n - 1)/n of what it should be: you divide by n. From what were the deviations measured,
    and why does that make them too small?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    return centred.T @ centred / len(X)


@mistake(covariance, "1 taken away at the end")
def _(X):
    """Without brackets, / len(X) - 1 divides by n, and then takes 1 away from every entry.
    What is to be divided by?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    return centred.T @ centred / len(X) - 1


@mistake(covariance, "d - 1 in place of n - 1")
def _(X):
    """You divide by the number of columns minus 1. What was averaged over, the columns or the samples?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    with np.errstate(all="ignore"):
        return centred.T @ centred / (X.shape[1] - 1)


@mistake(covariance, "all entries counted")
def _(X):
    """You divide by one less than n·d: X.size counts all entries. How many samples are there?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    return centred.T @ centred / (X.size - 1)


@mistake(covariance, "entry by entry")
def _(X):
    """`*` multiplies entry by entry, and (d, n) does not fit on (n, d) so. Which product has the formula,
    and with which sign is it written?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    return centred.T * centred / (len(X) - 1)


@mistake(covariance, "not divided")
def _(X):
    """Your entries are sums over the samples, and twice as many samples make them twice as large.
    What turns a sum into something like an average?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    return centred.T @ centred


@mistake(covariance, "one mean for all columns")
def _(X):
    """You take one number from all columns, the mean of the whole table. Metres and seconds have different middles:
    along which axis does the mean run?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean()
    return centred.T @ centred / (len(X) - 1)


@mistake(covariance, "each sample centred")
def _(X):
    """You take from each sample the mean of its own numbers.
    Is it a column or a row whose mean should be 0 afterwards?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=1, keepdims=True)
    return centred.T @ centred / (len(X) - 1)


@mistake(covariance, "the correlations")
def _(X):
    """Your diagonal is all ones: each column was divided by its own spread. In which units is a covariance?"""
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    spread = np.sqrt(np.sum(centred**2, axis=0))
    centred = centred / spread
    return centred.T @ centred


@mistake(covariance, "the correlations, over n")
def _(X):
    """Your diagonal holds n / (n - 1), whatever the data: each column was divided by its own spread.
    In which units is a covariance?"""
    X = np.asarray(X, dtype=float)
    centred = (X - X.mean(axis=0)) / X.std(axis=0)
    return centred.T @ centred / (len(X) - 1)


@mistake(covariance, "np.corrcoef")
def _(X):
    """np.corrcoef gives correlations, all ones on the diagonal. In which units is a covariance?"""
    return np.corrcoef(np.asarray(X, dtype=float), rowvar=False)


@mistake(covariance, "the variances alone")
def _(X):
    """You return the variance of each column, d numbers. How do two columns vary together?"""
    return np.var(np.asarray(X, dtype=float), axis=0, ddof=1)


@mistake(covariance, "mean product minus product of means")
def _(X):
    """Where a mean is 100 million, your numbers are wrong from the first digits on: large products are subtracted.
    What could be subtracted before anything is multiplied?"""
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    return (X.T @ X - len(X) * mean[:, None] * mean) / (len(X) - 1)


@mistake(covariance, "average product minus product of means")
def _(X):
    """Where a mean is 100 million, two numbers near 10¹⁶ are subtracted, and a float keeps sixteen digits of each.
    How small would the factors be if the means were taken away first?"""
    X = np.asarray(X, dtype=float)
    n, mean = len(X), X.mean(axis=0)
    return (X.T @ X / n - np.outer(mean, mean)) * n / (n - 1)


@mistake(covariance, "product of means, stretched and subtracted")
def _(X):
    """Where a mean is 100 million you subtract two numbers of about 10¹⁶ to get one of about 2, and the rounding of
    the two is as large. Which subtraction could come before the product?"""
    X = np.asarray(X, dtype=float)
    n, mean = len(X), X.mean(axis=0)
    return X.T @ X / (n - 1) - n / (n - 1) * np.outer(mean, mean)


@mistake(covariance, "product of means subtracted once")
def _(X):
    """You divide the sum of the products by n - 1, and take away a product of means that fits a division by n.
    What is left to take away if the deviations are made first?"""
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    return X.T @ X / (len(X) - 1) - np.outer(mean, mean)


equivalent(covariance, "axes swapped", because="a covariance matrix is symmetric")
equivalent(
    covariance,
    "centred = X - X.mean(axis=0)  ⇒  centred = X.mean(axis=0) - X",
    because="both factors of every product change sign",
)
_LINE = "return centred.T @ centred / (len(X) - 1)"
equivalent(
    covariance,
    f"{_LINE}  ⇒  {_LINE.replace('len(X)', 'len(centred)')}",
    because="centring takes no sample away",
)

hint(covariance, "Take the three rows of the example. What is left of them when each column has lost its mean?")
hint(
    covariance,
    """Entry [i, j] multiplies column i by column j, sample by sample, and adds up: that is what a matrix product does.
    Which of the two factors must be turned, so that (d, n) meets (n, d)?""",
)
hint(covariance, "Centre first, with X.mean(axis=0); then one product of the centred table with itself; then divide.")

quiz(
    "no_covariance",
    """X is -1, 0 or 1, each with probability 1/3, and Y = X². Their covariance is E[XY] - E[X]·E[Y] = 0.
    What follows?""",
    wrong(
        "X and Y are independent.",
        """Then knowing X would say nothing about Y. It says everything: Y = X².
        Independence makes the covariance 0, and not the other way round.""",
    ),
    right(
        "On the whole Y neither rises nor falls with X, and X decides it all the same.",
        """To the left Y falls as X grows, to the right it rises, and in the average product of the deviations
        the two halves cancel.""",
    ),
    wrong(
        "A mistake in the sum: Y is made from X, so the covariance cannot be 0.",
        "XY is X³, which is -1, 0 or 1 as X is: its expectation is 0, and so is E[X]. So 0 - 0·2/3 = 0.",
    ),
    wrong(
        "Var(X + Y) cannot be computed without knowing more.",
        """It needs the two variances and the covariance, and those are known: 2/3 + 2/9 + 2·0 = 8/9.
        For the variance of a sum, uncorrelated is enough.""",
    ),
)


# ---- 7. Nothing from the test set


@exercise
def standardise(train, test):
    """Both sets on the scale of the training set: each column minus its mean, over its standard deviation.

    train: shape (n, d), n samples; test: shape (m, d); lists of rows or arrays, left as they were
    Returns (train, test) as two new arrays of floats, shapes (n, d) and (m, d).
    Mean and standard deviation, with n and not n - 1, are those of the columns of train, for both sets.
    A column whose n training entries are all equal is centred and not divided, in both sets.

    standardise([[1, 5], [5, 5]], [[4, 6]]): the means are 3 and 5, the standard deviations 2 and 0,
    so train becomes [[-1, 0], [1, 0]] and test [[0.5, 1]].
    """
    train, test = np.asarray(train), np.asarray(test)
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(train.max(axis=0) > train.min(axis=0), std, 1)
    return (train - mean) / std, (test - mean) / std


case(standardise, [[1, 5], [5, 5]], [[4, 6]])
case(
    standardise,
    np.array([[0.5, 20.0, -1.0], [1.5, -30.0, 0.0], [2.0, 40.0, 4.0], [4.0, 10.0, 9.0]]),
    np.array([[1.0, 2.0, 3.0], [-2.0, 50.0, 0.5]]),
)
case(standardise, [[2, 7], [4, 7], [9, 7]], [[5, 7], [6, 9], [0, 7], [1, 4]])
case(standardise, [[0.1, 1.0], [0.1, 2.0], [0.1, 6.0]], [[0.1, 3.0], [0.4, -1.0]])
case(standardise, np.array([[1.0, 3.0, 8.0], [4.0, 0.0, 2.0]]).T, np.array([[2.0, 5.0]]))
case(standardise, [[1.0], [2.0], [6.0]], [[3.0], [3.0]])
case(standardise, [[1, 2, 1, 6], [1, 5, 7, 6], [7, 5, 1, 6]], [[4, 4, 4, 4]])


@cases(standardise, 2)
def _(rng):
    return rng.normal(size=(6, 3)) * 4 + 7, rng.normal(size=(4, 3)) * 2 - 1


@holds(standardise, "the training set gets mean 0 and standard deviation 1; the test set, whatever it then has")
def _(standardise, rng):
    train, test = rng.normal(3, 5, size=(9, 4)), rng.normal(4, 6, size=(5, 4))
    seen, unseen = standardise(train, test)
    assert close(np.mean(seen, axis=0), np.zeros(4)) and close(np.std(seen, axis=0), np.ones(4))
    assert np.all(np.abs(np.mean(unseen, axis=0)) > 1e-3), "the mean of the test set is 0: it was centred by itself"


@holds(standardise, "what becomes of one test row does not depend on the other test rows")
def _(standardise, rng):
    train, test = rng.normal(3, 5, size=(9, 4)), rng.normal(4, 6, size=(5, 4))
    alone = standardise(train, test[2:3])[1]
    assert close(alone, standardise(train, test)[1][2:3])


@holds(standardise, "a row that is in both sets is the same in both afterwards")
def _(standardise, rng):
    train = rng.normal(size=(6, 3)) * 3 - 2
    seen, again = standardise(train, train[1:4])
    assert close(again, seen[1:4])


@holds(standardise, "the unit of a column does not matter")
def _(standardise, rng):
    train, test, unit = rng.normal(size=(6, 3)), rng.normal(size=(2, 3)), np.array([1000.0, 3.6, 1e-14])
    for one, other in zip(standardise(train * unit, test * unit), standardise(train, test), strict=True):
        assert close(one, other)


def _scaled(train, test, fit=None, **how):
    """Both sets on the scale of `fit`, by default of train, with one thing done in another way."""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    fit = train if fit is None else np.asarray(fit, dtype=float)
    std = fit.std(axis=0, ddof=how.get("ddof", 0)) ** how.get("power", 1)
    std = np.where(fit.max(axis=0) > fit.min(axis=0), std, 1)
    mean = fit.mean(axis=0)
    return (train - mean) / std, (test - mean) / std


@mistake(standardise, "the test set by its own statistics")
def _(train, test):
    """Your test set has mean 0 by itself, and a single test row becomes all zeros.
    When one row comes in, whose mean and spread are known?"""
    return _scaled(train, test)[0], _scaled(test, test)[0]


@mistake(standardise, "the test set by its own statistics, and nan where it does not vary")
def _(train, test):
    """You take the mean and the deviation of the test set itself, and where it does not vary 0/0 is nan.
    When one row comes in, whose mean and spread are known?"""
    test = np.asarray(test, dtype=float)
    with np.errstate(all="ignore"):
        return _scaled(train, test)[0], (test - test.mean(axis=0)) / test.std(axis=0)


@mistake(standardise, "each set by its own statistics, unguarded")
def _(train, test):
    """Each set is scaled by its own mean and deviation, and where a column does not vary 0/0 is nan.
    When one row comes in, whose mean and spread are known?"""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    with np.errstate(all="ignore"):
        return (train - train.mean(axis=0)) / train.std(axis=0), (test - test.mean(axis=0)) / test.std(axis=0)


@mistake(standardise, "the test set's own mean")
def _(train, test):
    """You take from the test set its own mean, and divide by the training set's deviation: a single row becomes zeros.
    Whose mean belongs to the model?"""
    fit, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    return _scaled(train, test)[0], _scaled(train, test - test.mean(axis=0) + fit.mean(axis=0))[1]


@mistake(standardise, "the test set's own deviation")
def _(train, test):
    """You subtract the training set's mean from the test set, which is right, and divide by the deviation of the test
    set itself. When one row comes in, whose spread is known?"""
    fit, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    spread = np.where(test.max(axis=0) > test.min(axis=0), test.std(axis=0), 1)
    return _scaled(train, test)[0], (test - fit.mean(axis=0)) / spread


@mistake(standardise, "a constant column set to 0")
def _(train, test):
    """A column that is constant in train comes out as 0 in test too, whatever stands there. It is centred and not
    divided: in the example, what becomes of the 6?"""
    fit, (seen, unseen) = np.asarray(train, dtype=float), _scaled(train, test)
    return seen, np.where(fit.max(axis=0) > fit.min(axis=0), unseen, 0.0)


@mistake(standardise, "a constant column left alone")
def _(train, test):
    """A column that is constant in train comes out as it was. It is not divided, and it is centred all the same:
    which line takes its mean away?"""
    fit, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    varies, (seen, unseen) = fit.max(axis=0) > fit.min(axis=0), _scaled(train, test)
    return np.where(varies, seen, fit), np.where(varies, unseen, test)


@mistake(standardise, "the first two entries compared")
def _(train, test):
    """You compare two entries of a column, and where they agree you call it constant; the words say all n.
    What tells of a whole column whether its entries are equal?"""
    fit = np.asarray(train, dtype=float)
    mean, std = fit.mean(axis=0), fit.std(axis=0)
    std[fit[0] == fit[1]] = 1
    return (fit - mean) / std, (np.asarray(test) - mean) / std


@mistake(standardise, "the first and the last entry compared")
def _(train, test):
    """You compare the first entry of a column with the last, and where they agree you call it constant. In 1, 7, 1
    they do: what tells of a whole column whether all n are equal?"""
    fit = np.asarray(train, dtype=float)
    mean, std = fit.mean(axis=0), fit.std(axis=0)
    std[fit[0] == fit[-1]] = 1
    return (fit - mean) / std, (np.asarray(test) - mean) / std


@mistake(standardise, "along the rows")
def _(train, test):
    """Your means and deviations are those of the rows, one for each sample: they cannot be taken from d columns.
    Along which axis does a mean run that leaves one number for each column?"""
    fit = np.asarray(train, dtype=float)
    mean, std = fit.mean(axis=1), fit.std(axis=1)
    with np.errstate(all="ignore"):
        return (fit - mean) / std, (np.asarray(test) - mean) / std


@mistake(standardise, "along the rows, where they vary")
def _(train, test):
    """Your means and deviations are those of the rows, one for each sample, and test has other rows.
    Along which axis does a mean run that leaves one number for each column?"""
    fit = np.asarray(train, dtype=float)
    mean, std = fit.mean(axis=1), fit.std(axis=1)
    std = np.where(fit.max(axis=1) > fit.min(axis=1), std, 1)
    return (fit - mean) / std, (np.asarray(test) - mean) / std


@mistake(standardise, "along the rows, axis kept")
def _(train, test):
    """Your means and deviations are those of the rows, one for each sample, and test has other rows.
    Along which axis does a mean run that leaves one number for each column?"""
    fit = np.asarray(train, dtype=float)
    mean, std = fit.mean(axis=1, keepdims=True), fit.std(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return (fit - mean) / std, (np.asarray(test) - mean) / std


@mistake(standardise, "the cell's by_itself, twice")
def _(train, test):
    """Each set is scaled by its own mean and deviation, as by_itself does in the cell above, to be broken there.
    When one row comes in, whose mean and spread are known?"""

    def by_itself(data):
        data = np.asarray(data, dtype=float)
        std = data.std(axis=0)
        return (data - data.mean(axis=0)) / np.where(std == 0, 1, std)

    return by_itself(train), by_itself(test)


@mistake(standardise, "the test set's own numbers where train varies")
def _(train, test):
    """You take the mean and the deviation of the test set itself, and look at train only for what is constant.
    When one row comes in, whose mean and spread are known?"""
    fit, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    std = np.where(fit.max(axis=0) > fit.min(axis=0), test.std(axis=0), 1)
    with np.errstate(all="ignore"):
        return _scaled(train, test)[0], (test - test.mean(axis=0)) / std


@mistake(standardise, "statistics of both together")
def _(train, test):
    """Your mean and spread are those of both sets together, so the training set knows something of the test set.
    Which of the two may be looked at?"""
    return _scaled(train, test, np.concatenate([np.asarray(train, dtype=float), np.asarray(test, dtype=float)]))


@mistake(standardise, "nan in a constant column")
def _(train, test):
    """A column that never varies has the standard deviation 0, and 0/0 is nan. By what could it be divided instead?
    And if you compare the largest entry with the smallest: those of the whole table, or of each column?"""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    mean, std = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / std, (test - mean) / std


@mistake(standardise, "asked whether the deviation is 0")
def _(train, test):
    """A column of three 0.1 comes out as ones: its mean is 0.10000000000000002, its deviation 10⁻¹⁷ and not 0.
    What can be asked of the entries themselves?"""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (train - mean) / std, (test - mean) / std


@mistake(standardise, "asked whether the deviation is small")
def _(train, test):
    """A column that varies, in a unit in which its numbers are tiny, comes out undivided: you compare its deviation
    with a fixed small number. What is true of a constant column in every unit?"""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std < 1e-12, 1, std)
    return (train - mean) / std, (test - mean) / std


@mistake(standardise, "a little added below")
def _(train, test):
    """You divide by the deviation plus a small number, so that none is 0, and every other column is off by a little.
    Which columns alone need another divisor?"""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    mean, std = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - mean) / std, (test - mean) / std


@mistake(standardise, "one scale for all columns")
def _(train, test):
    """You use one mean and one spread for the whole table. A column in the thousands drowns all others:
    along which axis do they run?"""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    return (train - train.mean()) / train.std(), (test - train.mean()) / train.std()


@mistake(standardise, "the mean alone divided")
def _(train, test):
    """You divide only the mean: in train - mean / std the `/` comes before the `-`. What is to be divided?"""
    fit = np.asarray(train, dtype=float)
    std = np.where(fit.max(axis=0) > fit.min(axis=0), fit.std(axis=0), 1)
    return fit - fit.mean(axis=0) / std, np.asarray(test) - fit.mean(axis=0) / std


@mistake(standardise, "filled into whole numbers")
def _(train, test):
    """What stands behind the point is cut off: the arrays that you fill are copies of whole numbers, and stay whole.
    Which dtype should they have before anything is written into them?"""
    filled = np.array(train), np.array(test)
    for empty, full in zip(filled, _scaled(train, test), strict=True):
        empty[...] = full
    return filled


@mistake(standardise, "n - 1 in the deviation")
def _(train, test):
    """Your training columns have a deviation below 1: you divided by n - 1 in it. What do the words ask for?"""
    return _scaled(train, test, ddof=1)


@mistake(standardise, "divided by the variance")
def _(train, test):
    """You divide by the variance, and the result depends on the unit of the column. Which root is missing?"""
    return _scaled(train, test, power=2)


@mistake(standardise, "the test set left alone")
def _(train, test):
    """Your test set is as it was. Either no line treats it, or the mean and the deviation were taken after train had
    been scaled: by then they are 0 and 1. Which line takes them, and what does train hold when it runs?"""
    return _scaled(train, test)[0], np.array(test, dtype=float)


@mistake(standardise, "train scaled before its numbers are taken for test")
def _(train, test):
    """Your mean and deviation for test were taken after train had been scaled: by then they are 0 and 1, or 0 and 0.
    Under which names could the first ones be kept?"""
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    with np.errstate(all="ignore"):
        train = (train - train.mean(axis=0)) / train.std(axis=0)
        return train, (test - train.mean(axis=0)) / train.std(axis=0)


@mistake(standardise, "the mean taken after train was scaled")
def _(train, test):
    """Your test set is divided and not centred: its mean was taken from train after train had been scaled, and by then
    it is 0. What do you need to keep of train before it changes?"""
    train, std = np.asarray(train, dtype=float), np.std(np.asarray(train, dtype=float), axis=0)
    std = np.where(train.max(axis=0) > train.min(axis=0), std, 1)
    train = (train - train.mean(axis=0)) / std
    return train, (np.asarray(test) - train.mean(axis=0)) / std


@mistake(standardise, "the test set not centred")
def _(train, test):
    """Your test set is divided and not centred. By how much do the words move each of its columns?"""
    fit, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    return _scaled(train, test)[0], test / np.where(fit.max(axis=0) > fit.min(axis=0), fit.std(axis=0), 1)


@mistake(standardise, "the mean taken after train was scaled, and a deviation held against 0")
def _(train, test):
    """Your mean for test was taken after train had been scaled, and by then it is 0; and a column of three 0.1 is not
    seen to be constant, for its deviation is 10⁻¹⁷. What do you need to keep of train before it changes?"""
    train, std = np.asarray(train, dtype=float), np.std(np.asarray(train, dtype=float), axis=0)
    std = np.where(std == 0, 1, std)
    train = (train - train.mean(axis=0)) / std
    return train, (np.asarray(test) - train.mean(axis=0)) / std


@mistake(standardise, "train scaled before its deviation is taken for test")
def _(train, test):
    """Your test set is centred and not divided: its deviation is that of train after train had been scaled, and by then
    it is 1. Which line takes it, and what does train hold when it runs?"""
    fit = np.asarray(train, dtype=float)
    return _scaled(train, test)[0], np.asarray(test) - fit.mean(axis=0)


_LINE = "train, test = (np.asarray(train), np.asarray(test))"
equivalent(
    standardise,
    f"{_LINE}  ⇒  {_LINE.replace('np.asarray(test)', 'test')}",
    because="a list of rows minus an array makes an array of the list",
)

hint(standardise, "Which numbers do you need from the training set, and how many of each? What shape have they?")
hint(
    standardise,
    """The means and deviations along axis 0 have shape (d,). Both sets minus the one, over the other, is the answer,
    but for constant columns.""",
)
hint(
    standardise,
    """A column is constant where its largest entry is not above its smallest: train.max(axis=0), train.min(axis=0).
    np.where puts a harmless divisor there.""",
)

prediction(
    "one_row",
    """A test set of one single row is standardised by its own mean, and by its own deviation, or by 1 where that is 0.
    What comes out?""",
    options=[
        "about what the training set's numbers would give",
        "zeros, whatever the row was",
        "the row as it was",
        "nan",
    ],
    beliefs={
        "a": "For a large test set from the same source, yes. But what is the mean of a single row?",
        "c": "It is divided by 1, that is true. But first its mean is taken away, and its mean is the row.",
        "d": "0/0 would be nan; here a deviation of 0 is replaced by 1.",
    },
)

quiz(
    "leak",
    """Somebody standardises all data at once, and then splits it into a training and a test set.
    Both are from one source, so the means hardly differ. What is wrong?""",
    wrong(
        "The training set no longer has mean 0 exactly, and a network needs that.",
        "No network needs it exactly: with the numbers of the training set, the test set's mean is not 0 either.",
    ),
    wrong(
        "Nothing, as long as no label of the test set was used.",
        """The test stands for rows that nobody has seen. Their values have moved the training rows,
        so what is measured is how a model does that has seen them.""",
    ),
    right(
        "The test rows took part in making the training rows, so the test no longer measures how new rows are met.",
        """Here by a hair, and elsewhere by enough to be believed: choose columns with the help of all rows and labels,
        and even pure noise can look predictable. Whatever is computed from data belongs to training.""",
    ),
    wrong(
        "The test set is too small for its mean to be reliable.",
        "Then a larger test set would mend it. It would take part in the training rows all the more.",
    ),
)


# ---- Review


@question(expectation_var, "two outcomes")
def _(rng):
    low, gap = int(rng.integers(0, 5)), int(rng.integers(2, 7))
    tenths = int(rng.integers(1, 10))
    values, probs = [low, low + gap], [1 - tenths / 10, tenths / 10]
    mean, var = expectation_var(values, probs)
    return Asked(
        f"X is {low + gap} with probability {tenths / 10:g}, and {low} otherwise. What is its variance?",
        round(float(var), 9),
        why=f"The mean is {mean:g}, so the variance is"
        f" {1 - tenths / 10:g}·({low} - {mean:g})² + {tenths / 10:g}·({low + gap} - {mean:g})².",
    )


@question(conditionals, "a table of counts")
def _(rng):
    P = rng.integers(1, 7, size=(2, 2))
    P[1, 1] += (-P[1].sum()) % 2  # an even total
    share = conditionals(P)[1, 0]
    return Asked(
        f"Counts: x = 0 with y = 0, 1: {P[0, 0]}, {P[0, 1]}; x = 1 with y = 0, 1: {P[1, 0]}, {P[1, 1]}."
        " What is P(y = 0 | x = 1), to two decimals?",
        round(float(share), 2),
        why=f"Of the {P[1].sum()} with x = 1, {P[1, 0]} have y = 0.",
    )


@question(bayes, "a flag")
def _(rng):
    rare, hit, false = (int(n) for n in (rng.integers(1, 10), rng.integers(6, 10), rng.integers(1, 5)))
    after = bayes([rare / 100, 1 - rare / 100], [[hit / 10, 1 - hit / 10], [false / 10, 1 - false / 10]])[0, 0]
    return Asked(
        f"Of 1000 records {rare * 10} are broken. A filter flags {hit * 10} % of the broken and {false * 10} % of the"
        " sound. Of the flagged, which share is broken, to two decimals?",
        round(float(after), 2),
        why=f"Flagged: {rare * hit} broken and {(100 - rare) * false} sound, so {rare * hit} of"
        f" {rare * hit + (100 - rare) * false}.",
    )


@question(sample_categorical, "where u falls")
def _(rng):
    p = rng.permutation([1, 2, 3, 4]) / 10
    u = int(rng.integers(0, 20)) / 20 + 0.01
    picked = int(np.searchsorted(np.cumsum(p), u, side="right"))
    return Asked(
        f"Classes 0 to 3 have the probabilities {', '.join(f'{x:g}' for x in p)}. Which class does u = {u:.2f} give?",
        picked,
        why=f"The pieces end at {', '.join(f'{x:g}' for x in np.cumsum(p))}.",
    )


@question(monte_carlo, "the price of a digit")
def _(rng):
    n, times = int(rng.integers(2, 9)) * 10, int(rng.integers(2, 6))
    return Asked(
        f"An average of {n} draws has a standard error of 1. How many draws make it 1/{times}?",
        n * times**2,
        why=f"The error goes with 1/√n: for 1/{times} of it, {times}² times as many.",
    )


@question(standardise, "a test value")
def _(rng):
    mean, half = int(rng.integers(3, 9)), int(rng.integers(2, 5))
    value = mean + int(rng.integers(1, 4)) * half
    _, test = standardise([[mean - half], [mean + half]], [[value]])
    return Asked(
        f"The training column holds {mean - half} and {mean + half}. Standardised with it, what does {value} become"
        f" in the test set?",
        float(test[0, 0]),
        why=f"The mean is {mean}, the standard deviation {half}: ({value} - {mean})/{half}.",
    )
