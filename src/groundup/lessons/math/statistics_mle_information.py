"""Exercises of the lesson on likelihood and information: from counting outcomes to a first language model.

Builds on sigmoid and softplus of lesson 1 and on the probabilities of lesson 6. Knows nothing of networks, and of no
text but the one that it is given.
"""

import math
import warnings

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
    wrong,
)
from groundup.lessons.math.gradients_examples import gradcheck
from groundup.lessons.math.math_functions_examples import sigmoid, softplus


def _warnings_of(f, *args):
    """What NumPy warns of while f runs."""
    with warnings.catch_warnings(record=True) as seen, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        f(*args)
    return [str(warning.message) for warning in seen]


def _shares(rng, size):
    """Random probabilities, none near 0."""
    weights = rng.uniform(0.2, 1, size=size)
    return weights / np.sum(weights)


# ---- 1. What was counted


@exercise
def mle_categorical(counts, alpha=0.0):
    """The probabilities that make what was counted most likely, once alpha is added to every count.

    counts: how often each of K outcomes was seen, K >= 1; a list or an array of shape (K,), left as it was
    alpha: a number, 0 or more, that is added to each of the K counts
    Returns an array of floats, shape (K,), whose entries add up to 1.
    Raises ValueError if every count is 0 and alpha is 0 too: then nothing was seen.

    mle_categorical([3, 0, 1]) is array([0.75, 0., 0.25]).
    With alpha=1 the counts become 4, 1 and 2, 7 in all, and the answer is array([0.5714, 0.1429, 0.2857]).
    """
    counts = np.asarray(counts) + alpha
    if np.sum(counts) == 0:
        raise ValueError("nothing was seen")
    return counts / np.sum(counts)


# ---- 2. A bell


@exercise
def gaussian_nll(x, mu, sigma):
    """The mean negative log-likelihood of numbers under a normal distribution, in nats.

    x: n numbers, n >= 1, a list or an array of shape (n,)
    mu: the middle of the bell; one number for all of x, or an array of shape (n,) with one for each
    sigma: its standard deviation, a positive number, in the unit of x
    Returns a float: the mean over the n numbers of -ln of the density at x_i. It may be negative.
    It must be right however far x lies from mu: where the density is 0 as a float, its logarithm is not -inf.

    gaussian_nll([1, 3], 2, 1): both numbers lie 1 from the middle, so the answer is
    1/2 · 1² + ln 1 + 1/2 · ln 2π = 0.5 + 0 + 0.9189 = 1.4189.
    """
    z = (np.asarray(x) - mu) / sigma
    return np.mean(z**2) / 2 + np.log(sigma) + np.log(2 * np.pi) / 2


# ---- 3. Entropy


@exercise
def entropy(p):
    """The entropy of a distribution, in nats: the surprise that is to be expected from it.

    p: K probabilities that add up to 1, a list or an array of shape (K,); some of them may be 0
    Returns a float, 0 or more: the sum of p_i · ln(1 / p_i). An outcome with p_i = 0 contributes 0 to it.
    NumPy must have nothing to warn of.

    entropy([0.5, 0.25, 0.25]) is 0.5 · ln 2 + 0.25 · ln 4 + 0.25 · ln 4 = 1.5 · ln 2 = 1.0397.
    """
    p = np.asarray(p)
    p = p[p > 0]
    return np.sum(p * np.log(1 / p))


# ---- 4. Cross-entropy


@exercise(needs=[entropy])
def cross_entropy(p, q):
    """The cross-entropy H(p, q), in nats: the mean surprise of a model that says q, on data that come from p.

    p: K probabilities, those of the data; q: K probabilities, those of the model; lists or arrays of shape (K,)
    Returns a float: the sum of p_i · ln(1 / q_i).
    An outcome with p_i = 0 contributes 0 to it, whatever q_i is.
    Returns infinity (np.inf) if q_i = 0 for an outcome with p_i > 0: the model called it impossible, and it comes.
    NumPy must have nothing to warn of.

    cross_entropy([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]) is 0.5 · ln 4 + 0.25 · ln 4 + 0.25 · ln 2 = 1.2130.
    """
    p, q = np.asarray(p), np.asarray(q)
    p, q = p[p > 0], q[p > 0]
    if np.any(q == 0):
        return np.inf
    return np.sum(p * np.log(1 / q))


# ---- 5. The distance between them


@exercise(needs=[entropy, cross_entropy])
def kl(p, q):
    """The Kullback-Leibler divergence KL(p ‖ q), in nats: what a model that says q pays for not being p.

    p: K probabilities, those of the data; q: K probabilities, those of the model; lists or arrays of shape (K,)
    Returns a float: the sum of p_i · ln(p_i / q_i), which is the cross-entropy of p and q minus the entropy of p.
    An outcome with p_i = 0 contributes 0; if q_i = 0 for an outcome with p_i > 0, the answer is np.inf.
    NumPy must have nothing to warn of.

    kl([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]) is 0.5 · ln 2 + 0.25 · ln 1 + 0.25 · ln(1/2) = 0.25 · ln 2 = 0.1733.
    """
    return cross_entropy(p, q) - entropy(p)


# ---- 6. Two classes


@exercise(needs=[sigmoid, softplus])
def logistic_nll_grad(w, X, y):
    """The mean negative log-likelihood of 0/1 labels under sigmoid(X @ w), and its gradient with respect to w.

    w: an array (d,), the weights
    X: an array (n, d), a row for each example; y: an array (n,), the labels, each 0 or 1
    All three are left as they were.
    Returns (nll, grad): nll is a float, in nats, the mean over the n examples of -ln of the probability that the
    model gives to the label; grad is an array of floats, shape (d,), the gradient of nll.
    Both are finite, and NumPy has nothing to warn of, also where a score X @ w is 1000 or -1000.

    With w = [0, 0] every example has the score 0 and the probability 1/2, so nll is ln 2 = 0.6931.
    For X = [[1, 2], [1, -4]] and y = [1, 0] the errors are -1/2 and 1/2, and grad is
    ((-1/2) · [1, 2] + (1/2) · [1, -4]) / 2 = [0, -1.5].
    """
    z = X @ w
    nll = np.mean(softplus(np.where(y == 1, -z, z)))
    grad = X.T @ (sigmoid(z) - y) / len(y)
    return nll, grad


# ---- 7. The unit


@exercise
def bits_per_byte(nll, tokens, bytes):
    """What a language model needs for each byte of a text, in bits, so that models with other tokens compare.

    nll: its mean negative log-likelihood per token, in nats
    tokens: into how many tokens it cut the text, a positive whole number
    bytes: how many bytes the text has, a positive whole number
    Returns a float, in bits per byte.

    A mean of 2 nats over 1000 tokens is 2000 nats, or 2000 / ln 2 = 2885.4 bits. If the text has 4500 bytes,
    bits_per_byte(2, 1000, 4500) is 2885.4 / 4500 = 0.6412.
    """
    return nll * tokens / bytes / np.log(2)


# ---- 8. A language model


@exercise(needs=[mle_categorical])
def bigram_model(text, alpha):
    """For each character of a text, the probabilities of the character after it, from counts with alpha added.

    text: a string of one character or more
    alpha: a positive number, added to the count of every pair, seen or not
    Returns (chars, P).
    chars is a string: the different characters of text, each once, in sorted order; V is their number.
    P is an array of floats, shape (V, V), and each row adds up to 1: P[i, j] is the probability that chars[j] comes
    next after chars[i], the count of that pair of neighbours plus alpha, over the sum of row i of counts plus alpha.

    In "abab" the pairs are ab, ba, ab: a is followed by b twice, b by a once.
    bigram_model("abab", 1) is ("ab", array([[0.25, 0.75], [0.6667, 0.3333]])): row a has the counts 0 and 2, so 1 and
    3 of 4; row b has 1 and 0, so 2 and 1 of 3.
    """
    chars = "".join(sorted(set(text)))
    counts = np.zeros((len(chars), len(chars)))
    for here, after in zip(text, text[1:]):  # noqa: B905
        counts[chars.index(here), chars.index(after)] += 1
    return chars, np.array([mle_categorical(row, alpha) for row in counts])
