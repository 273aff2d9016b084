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
    Returns an array of n whole numbers, shape (n,), each from 1 to k, each face equally likely at every roll.

    roll_dice(4, 6, rng) may give array([6, 1, 3, 3]); called again with the same rng it goes on to other rolls.
    """
    return rng.integers(1, k + 1, size=n)


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
    values, probs = np.asarray(values, dtype=float), np.asarray(probs, dtype=float)
    if np.any(probs < 0) or abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError("probabilities are not negative and add up to 1")
    mean = np.sum(probs * values)
    var = np.sum(probs * (values - mean) ** 2)
    return mean, var


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
    P = np.asarray(P, dtype=float)
    totals = P.sum(axis=1, keepdims=True)
    return P / np.where(totals > 0, totals, 1)


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
    joint = np.asarray(prior, dtype=float)[:, None] * np.asarray(like, dtype=float)
    return conditionals(joint.T).T


# ---- 4. Drawing


@exercise
def sample_categorical(p, n, rng):
    """n draws of a class, class i with probability p[i], by the inverse of the cumulative sum.

    p: the probabilities of k classes, shape (k,), a list or an array; one or more may be 0.
       Through rounding, their sum may miss 1 by as much as 1e-6.
    n: how many draws
    rng: a generator; exactly n numbers u are drawn from it, by rng.random(n), and nothing else is random
    Returns an array of n whole numbers, shape (n,): for each u, the first class whose cumulative sum is above u.
    A class with p[i] = 0 never comes, not even at u = 0 or where the cumulative sum ends below u.
    (A check may hand over a generator whose random() gives chosen numbers.)

    With p = [0.25, 0.5, 0.25] the cumulative sums are 0.25, 0.75, 1,
    so u = 0.1 gives class 0, u = 0.25 and u = 0.6 give class 1, and u = 0.9 gives class 2.
    """
    edges = np.cumsum(p)
    edges = edges / edges[-1]
    return np.searchsorted(edges, rng.random(n), side="right")


# ---- 5. Averages


@exercise
def monte_carlo(f, sampler, n):
    """The expectation of f(X) from n random draws of X, and the standard error of that answer.

    f: a function; given the array of draws it returns one number for each, an array (n,)
    sampler: a function; sampler(n) returns n independent draws of X, one to each row of an array
    n: how many draws, n >= 2; sampler is called once
    Returns (mean, stderr), two floats in the unit of f: the average of f over the draws, and how far such an average
    typically lies from the truth: the standard deviation of the n numbers, with n - 1, over the root of n.

    If the draws are 1, 2, 3, 6 and f leaves them alone, the mean is 3, the squared deviations 4, 1, 0, 9 add up to 14,
    and the standard error is sqrt(14 / 3) / sqrt(4) = 1.0801…
    """
    values = f(sampler(n))
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(n)


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
    X = np.asarray(X, dtype=float)
    centred = X - X.mean(axis=0)
    return centred.T @ centred / (len(X) - 1)


# ---- 7. Nothing from the test set


@exercise
def standardise(train, test):
    """Both sets on the scale of the training set: each column minus its mean, over its standard deviation.

    train: shape (n, d), n samples; test: shape (m, d); lists of rows or arrays, left as they were
    Returns (train, test) as two new arrays of floats, shapes (n, d) and (m, d).
    Mean and standard deviation, with n and not n - 1, are those of the columns of train, for both sets.
    A column whose n training entries are all equal is centred and not divided, in both sets.

    standardise([[1, 5], [3, 5]], [[4, 6]]): the means are 2 and 5, the standard deviations 1 and 0,
    so train becomes [[-1, 0], [1, 0]] and test [[2, 1]].
    """
    train, test = np.asarray(train, dtype=float), np.asarray(test, dtype=float)
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(train.max(axis=0) > train.min(axis=0), std, 1)
    return (train - mean) / std, (test - mean) / std
