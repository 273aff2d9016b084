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


case(mle_categorical, [3, 0, 1])
case(mle_categorical, [3, 0, 1], alpha=1)
case(mle_categorical, [2, 5, 3, 11], alpha=0.5)
case(mle_categorical, np.array([7, 1, 0, 0, 6]), alpha=0.25)
case(mle_categorical, np.array([9]))
case(mle_categorical, np.array([1_000_000, 1]))
case(mle_categorical, np.array([2.0, 0.0, 5.0]), alpha=0.5)
case(mle_categorical, [0, 0, 0], alpha=2)
case(mle_categorical, [0, 0, 0])


@cases(mle_categorical, 3)
def _(rng):
    return rng.integers(0, 9, size=rng.integers(2, 6)), float(rng.uniform(0.1, 3))


@holds(mle_categorical, "the probabilities add up to 1, whatever alpha is")
def _(mle_categorical, rng):
    for alpha in (0, 0.1, 1, 50):
        assert close(np.sum(mle_categorical(rng.integers(1, 20, size=5), alpha)), 1.0)


@holds(mle_categorical, "without alpha, no other distribution makes the counts more likely")
def _(mle_categorical, rng):
    counts = rng.integers(1, 9, size=4)
    best = counts @ np.log(mle_categorical(counts, 0))
    for other in rng.uniform(0.2, 1, size=(20, 4)):
        assert counts @ np.log(other / np.sum(other)) <= best + 1e-9


@mistake(mle_categorical, "alpha above the bar only")
def _(counts, alpha=0.0):
    """Your probabilities add up to more than 1: alpha went into every count, and the total is still the old one.
    How many alphas does the total gain?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) + alpha == 0:
        raise ValueError
    return (counts + alpha) / np.sum(counts)


@mistake(mle_categorical, "alpha above the bar only, and zeros refused")
def _(counts, alpha=0.0):
    """The counts grew by alpha and the total did not, so your probabilities add up to more than 1; and counts that are
    all 0 are refused before alpha is added. When should the sum be taken?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) == 0:
        raise ValueError
    return (counts + alpha) / np.sum(counts)


@mistake(mle_categorical, "one alpha in the total")
def _(counts, alpha=0.0):
    """You add alpha once to the total, and K counts have each gained one. By how much did their sum grow?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) + alpha == 0:
        raise ValueError
    return (counts + alpha) / (np.sum(counts) + alpha)


@mistake(mle_categorical, "one alpha in the total, and zeros refused")
def _(counts, alpha=0.0):
    """The total gains one alpha, and K counts gained one each; and counts that are all 0 are refused before alpha is
    added. By how much did the sum grow?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) == 0:
        raise ValueError
    return (counts + alpha) / (np.sum(counts) + alpha)


@mistake(mle_categorical, "alpha below the bar only")
def _(counts, alpha=0.0):
    """Your probabilities add up to less than 1: alpha went into the total and into no count. To what is it to be
    added first?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) + alpha == 0:
        raise ValueError
    return counts / (np.sum(counts) + alpha)


@mistake(mle_categorical, "a list raised in place")
def _(counts, alpha=0.0):
    """`+=` on a list wants another list to append, and alpha is a number. counts is to be left as it was, too. What
    makes a new array of counts?"""
    counts += alpha
    if np.sum(counts) == 0:
        raise ValueError
    return counts / np.sum(counts)


@mistake(mle_categorical, "a list and a number")
def _(counts, alpha=0.0):
    """counts may be a list, and `+` after a list wants another list to join. What makes an array of counts, to which a
    number can be added?"""
    counts = counts + alpha
    if np.sum(counts) == 0:
        raise ValueError
    return counts / np.sum(counts)


@mistake(mle_categorical, "raised in place")
def _(counts, alpha=0.0):
    """An array of whole numbers cannot be raised by a float in place; `counts + alpha` makes a new array, of floats.
    And if it could, whose array would `+=` change?"""
    counts = np.asarray(counts)
    counts += alpha
    if np.sum(counts) == 0:
        raise ValueError
    return counts / np.sum(counts)


@mistake(mle_categorical, "raised in place, in a copy")
def _(counts, alpha=0.0):
    """An array of whole numbers cannot be raised by a float in place, and a copy of whole numbers is one of whole
    numbers; `counts + alpha` makes a new array, of floats. Which line of yours could say so?"""
    counts = np.array(counts)
    counts += alpha
    if np.sum(counts) == 0:
        raise ValueError
    return counts / np.sum(counts)


@mistake(mle_categorical, "alpha where nothing was seen only")
def _(counts, alpha=0.0):
    """You add alpha to the counts that are 0 and to no other. Which counts do the words name?"""
    counts = np.asarray(counts, dtype=float)
    counts = np.where(counts == 0, alpha, counts)
    if np.sum(counts) == 0:
        raise ValueError
    return counts / np.sum(counts)


@mistake(mle_categorical, "alpha as a share")
def _(counts, alpha=0.0):
    """You mix the shares with even ones, alpha parts to 1 - alpha. Here alpha is an amount that is added to counts:
    what does alpha = 1 make of a count of 3?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) + alpha == 0:
        raise ValueError
    shares = counts / np.sum(counts) if np.sum(counts) else 0 * counts
    return (1 - alpha) * shares + alpha / len(counts)


@mistake(mle_categorical, "alpha added to the shares")
def _(counts, alpha=0.0):
    """You add alpha to the shares, so they add up to more than 1. To what is it to be added, and when is the sum to be
    taken?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) + alpha == 0:
        raise ValueError
    return counts / np.sum(counts) + alpha


@mistake(mle_categorical, "a softmax of the counts")
def _(counts, alpha=0.0):
    """You take exponentials of the counts, so three more is twenty times as likely. Counts are positive as they are:
    what is left to do to make shares of them?"""
    counts = np.asarray(counts, dtype=float) + alpha
    if np.sum(counts) == 0:
        raise ValueError
    e = np.exp(counts - np.max(counts))
    return e / np.sum(e)


@mistake(mle_categorical, "over the largest count")
def _(counts, alpha=0.0):
    """You divide by the largest count, so the likeliest outcome gets probability 1. What should all of them add up
    to?"""
    counts = np.asarray(counts, dtype=float) + alpha
    if np.sum(counts) == 0:
        raise ValueError
    return counts / np.max(counts)


@mistake(mle_categorical, "nothing seen, nan returned")
def _(counts, alpha=0.0):
    """Where nothing was seen and nothing is added you return 0/0, which is nan. Where do the words ask for a
    ValueError?"""
    counts = np.asarray(counts, dtype=float) + alpha
    return counts / np.sum(counts)


@mistake(mle_categorical, "refused before alpha was added")
def _(counts, alpha=0.0):
    """You refuse counts that are all 0 even where alpha is 2: then every outcome has the count 2. When should the sum
    be looked at?"""
    counts = np.asarray(counts, dtype=float)
    if np.sum(counts) == 0:
        raise ValueError
    return (counts + alpha) / np.sum(counts + alpha)


@mistake(mle_categorical, "any 0 refused")
def _(counts, alpha=0.0):
    """You refuse counts of which one is 0. Three heads and no tail were seen: is that nothing?"""
    counts = np.asarray(counts, dtype=float) + alpha
    if np.any(counts == 0):
        raise ValueError
    return counts / np.sum(counts)


equivalent(
    mle_categorical,
    "if np.sum(counts) == 0:  ⇒  if np.mean(counts) == 0:",
    because="a mean is 0 where its sum is",
)

hint(mle_categorical, "Do the example with alpha=1 by hand. What are the three counts, and what is their total?")
hint(mle_categorical, "Add alpha to the whole array first; everything after that is done with the new counts alone.")
hint(
    mle_categorical,
    "A list plus a number stops: make an array of it. Then look at the sum, and divide by it unless it is 0.",
)

prediction(
    "many_factors",
    """A text has 2000 characters, and a model gives each of them the probability 0.5, about as well as good models do.
    The likelihood of the text is 0.5 multiplied by itself 2000 times. What does NumPy make of it?""",
    options=[
        "a number near 10⁻⁶⁰², with about sixteen digits",
        "0.0",
        "nan",
        "an error: it does not fit",
    ],
    beliefs={
        "a": "That is the true number. But the smallest float above 0 is about 5·10⁻³²⁴.",
        "c": "nan comes from 0/0 or from inf - inf. Nothing of the kind happens here: a product only shrinks.",
        "d": "Floats that shrink too far stop nothing, and warn of nothing here.",
    },
)

quiz(
    "what_likelihood_is",
    """Of 10 throws 7 land point up, and the likelihood θ⁷(1 - θ)³ has its top at θ = 0.7, where it is 0.0022.
    What is this 0.0022?""",
    wrong(
        "The probability that θ is 0.7.",
        """Then the areas under the curve over all θ would have to add up to 1; they add up to 0.00076.
        Nothing was said of how likely each θ was before the throws, and without that Bayes' rule gives nothing.""",
    ),
    right(
        "The probability of these ten throws, in their order, if θ is 0.7.",
        """The throws are fixed and θ moves. For each θ the curve says what the same ten throws would have been worth;
        over all θ it need not add up to anything.""",
    ),
    wrong(
        "The probability of 7 ups in 10 throws, if θ is 0.7.",
        """That is 120 times as much, 0.267: there are 120 orders of 7 ups and 3 downs. The factor 120 has no θ in it,
        so the top stays where it is.""",
    ),
    wrong(
        "The error of the estimate: the truth is 0.7 up to 0.0022.",
        """After ten throws nobody knows θ that well. How far off the estimate may be shows in the width of the curve,
        and not in its height.""",
    ),
)


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


case(gaussian_nll, [1, 3], 2, 1)
case(gaussian_nll, [0.5, -1.2, 4.0], 0.7, 2.5)
case(gaussian_nll, np.array([2.0, 3.5, 1.0, 7.0]), np.array([2.5, 3.0, 0.0, 4.0]), 3.0)
case(gaussian_nll, np.array([10.01, 9.98, 10.02]), 10.0, 0.02)
case(gaussian_nll, [6], 6, 0.5)
case(gaussian_nll, [50.0, -3.0, 8.0], 1.5, 1.0)
case(gaussian_nll, np.array([-400.0, 250.0]), -20.0, 4.0)


@cases(gaussian_nll, 3)
def _(rng):
    return rng.normal(3, 2, size=rng.integers(3, 7)), float(rng.normal(3)), float(rng.uniform(0.3, 4))


@holds(gaussian_nll, "in another unit, k times as small, it gains ln k and nothing else")
def _(gaussian_nll, rng):
    x, k = rng.normal(5, 2, size=6), 1000.0
    assert close(gaussian_nll(k * x, k * 4.0, k * 1.7) - gaussian_nll(x, 4.0, 1.7), math.log(k))


@holds(gaussian_nll, "it is lowest at the mean and at the root of the mean squared deviation")
def _(gaussian_nll, rng):
    x = rng.normal(-2, 3, size=9)
    mu, sigma = np.mean(x), np.std(x)
    lowest = gaussian_nll(x, mu, sigma)
    for a, b in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)):
        assert gaussian_nll(x, mu + a, sigma + b) > lowest


def _gauss(log_sigma=1.0, constant=0.5, half=0.5, power=2):
    """A gaussian_nll with other numbers in its places."""

    def program(x, mu, sigma):
        square = (np.asarray(x, dtype=float) - mu) ** 2 / sigma**power
        return np.mean(half * square) + log_sigma * np.log(sigma) + constant * np.log(2 * np.pi)

    return program


@mistake(gaussian_nll, "without ln 2π")
def _(x, mu, sigma):
    """You are 0.9189 too low, for every x: half of ln 2π is missing. To which factor of the density does it belong?"""
    return _gauss(constant=0)(x, mu, sigma)


@mistake(gaussian_nll, "all of ln 2π")
def _(x, mu, sigma):
    """You are 0.9189 too high, for every x: 2π stands under a root. What does a root become in a logarithm?"""
    return _gauss(constant=1)(x, mu, sigma)


@mistake(gaussian_nll, "ln σ²")
def _(x, mu, sigma):
    """Your price of a wide bell is twice too high: you take ln σ² where ln σ belongs. Is σ under the root?"""
    return _gauss(log_sigma=2)(x, mu, sigma)


@mistake(gaussian_nll, "half of ln σ")
def _(x, mu, sigma):
    """Your price of a wide bell is half of what it is: ½ ln σ² is ln σ, and you have ½ ln σ. Which of the two have you
    been given, σ or σ²?"""
    return _gauss(log_sigma=0.5)(x, mu, sigma)


@mistake(gaussian_nll, "a wide bell for nothing")
def _(x, mu, sigma):
    """You left ln σ out, so the widest bell always wins. What keeps the area under a wide bell at 1?"""
    return _gauss(log_sigma=0)(x, mu, sigma)


@mistake(gaussian_nll, "the square not halved")
def _(x, mu, sigma):
    """Your squares count twice. What does the 2 in the exponent -(x - μ)² / (2σ²) do to them?"""
    return _gauss(half=1)(x, mu, sigma)


@mistake(gaussian_nll, "multiplied by σ²")
def _(x, mu, sigma):
    """You divide by 2 and multiply by σ²: Python reads `/ 2*s` from left to right. What belongs in brackets?"""
    return _gauss(power=-2)(x, mu, sigma)


@mistake(gaussian_nll, "the logarithm closed too early")
def _(x, mu, sigma):
    """You are 0.1699 too high, for every x: π stands outside of the logarithm. Of which product is it the
    logarithm?"""
    return _gauss(constant=np.pi / 2 * np.log(2) / np.log(2 * np.pi))(x, mu, sigma)


@mistake(gaussian_nll, "σ not squared")
def _(x, mu, sigma):
    """You divide the squared deviation by σ, so the exponent has a unit left over. By what must metres squared be
    divided?"""
    return _gauss(power=1)(x, mu, sigma)


@mistake(gaussian_nll, "σ taken for the variance")
def _(x, mu, sigma):
    """You treat sigma as the variance. What do the words say it is, and in which unit?"""
    return _gauss(power=1, log_sigma=0.5)(x, mu, sigma)


@mistake(gaussian_nll, "the sign of a likelihood")
def _(x, mu, sigma):
    """You return the mean log-likelihood, which is to be large. What does the n in nll do to it?"""
    return -_gauss()(x, mu, sigma)


@mistake(gaussian_nll, "added up")
def _(x, mu, sigma):
    """You add the n surprises up, so twice the data is twice the loss. What makes data sets of different size
    comparable?"""
    return _gauss()(x, mu, sigma) * len(x)


@mistake(gaussian_nll, "the density first")
def _(x, mu, sigma):
    """Far from the middle the density is 0 as a float, and its logarithm is -inf. What is ln of e to some power, before
    anything is computed?"""
    z = (np.asarray(x, dtype=float) - mu) / sigma
    with np.errstate(all="ignore"):
        return np.mean(-np.log(np.exp(-(z**2) / 2) / (sigma * np.sqrt(2 * np.pi))))


@mistake(gaussian_nll, "averaged before it was squared")
def _(x, mu, sigma):
    """You take the mean of the deviations and square that, so those above mu and those below it cancel. Which comes
    first?"""
    z = (np.mean(x) - np.mean(mu)) / sigma
    return z**2 / 2 + np.log(sigma) + np.log(2 * np.pi) / 2


@mistake(gaussian_nll, "in bits")
def _(x, mu, sigma):
    """Your numbers are those of the example divided by ln 2: they are in bits. Which logarithm gives nats?"""
    return _gauss()(x, mu, sigma) / np.log(2)


equivalent(
    gaussian_nll,
    "z = (np.asarray(x) - mu) / sigma  ⇒  z = (mu - np.asarray(x)) / sigma",
    because="a square forgets the sign",
)

hint(gaussian_nll, "Take -ln of the density on paper: a product of two factors becomes a sum. What does each become?")
hint(
    gaussian_nll,
    """1/(σ√2π) becomes ln σ + ½ ln 2π, and the exponential loses its e. Which of the three terms differs from one x to
    the next?""",
)
hint(gaussian_nll, "Only (x - mu)² / (2 sigma²) needs np.mean; np.asarray(x) lets a list take part in the arithmetic.")


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


case(entropy, [0.5, 0.25, 0.25])
case(entropy, [0.7, 0.2, 0.1])
case(entropy, np.array([0.1, 0.15, 0.3, 0.45]))
case(entropy, [0.2, 0.2, 0.2, 0.2, 0.2])
case(entropy, [0.6, 0.0, 0.4])
case(entropy, np.array([0.0, 1.0, 0.0, 0.0]))
case(entropy, [1e-12, 1 - 1e-12])
case(entropy, [1.0])


@cases(entropy, 3)
def _(rng):
    return (_shares(rng, rng.integers(3, 8)),)


@holds(entropy, "NumPy has nothing to warn of where a probability is 0")
def _(entropy):
    seen = _warnings_of(entropy, np.array([0.25, 0.0, 0.75, 0.0]))
    assert not seen, f"NumPy warned: {seen[0]}"


@holds(entropy, "of all distributions over C outcomes, the even one has the most")
def _(entropy, rng):
    for C in (2, 5, 27):
        assert entropy(_shares(rng, C)) < entropy(np.full(C, 1 / C))


@holds(entropy, "of two independent things together it is the sum of both")
def _(entropy, rng):
    p, q = _shares(rng, 3), _shares(rng, 4)
    together = np.concatenate([x * q for x in p])
    assert close(entropy(together), entropy(p) + entropy(q))


@mistake(entropy, "in bits")
def _(p):
    """Your numbers are 1.4427 times as large: they are in bits, and nats are asked for. Which logarithm gives nats?"""
    p = np.asarray(p, dtype=float)
    p = p[p > 0]
    return np.sum(p * np.log2(1 / p))


@mistake(entropy, "nan at 0")
def _(p):
    """Where a probability is 0 your answer is nan, for 0 · ln 0 is 0 · (-inf). Which outcomes need not be asked for
    their surprise at all?"""
    p = np.asarray(p, dtype=float)
    return -np.sum(p * np.log(p))


@mistake(entropy, "a list compared with a number")
def _(p):
    """p may be a list, and `p > 0` asks each entry of an array; of a list Python cannot say it. What makes an array of
    p?"""
    p = p[p > 0]
    return np.sum(p * np.log(1 / p))


@mistake(entropy, "the nan mended afterwards")
def _(p):
    """The values are right and NumPy still warns: the logarithm of 0 is taken, and the nan is wiped away afterwards.
    How could those entries be left out before?"""
    p = np.asarray(p, dtype=float)
    return -np.sum(np.nan_to_num(p * np.log(p)))


@mistake(entropy, "a little added inside the logarithm")
def _(p):
    """You add a small number to p so that no 0 is met, and every digit from the eighth on is off. Which entries alone
    need help?"""
    p = np.asarray(p, dtype=float)
    return -np.sum(p * np.log(p + 1e-8))


@mistake(entropy, "the sign lost")
def _(p):
    """Your entropies are negative: the logarithm of a probability is. Of what is the surprise the logarithm, of p or
    of 1/p?"""
    p = np.asarray(p, dtype=float)
    p = p[p > 0]
    return np.sum(p * np.log(p))


@mistake(entropy, "every surprise counted alike")
def _(p):
    """You average the surprises as if all outcomes came equally often. How often does the most surprising one come?"""
    p = np.asarray(p, dtype=float)
    p = p[p > 0]
    return np.mean(np.log(1 / p))


@mistake(entropy, "surprises added up")
def _(p):
    """You add the surprises up and never weigh them. How much should one count that comes once in a million times?"""
    p = np.asarray(p, dtype=float)
    p = p[p > 0]
    return np.sum(np.log(1 / p))


@mistake(entropy, "surprises added up, those of 0 too")
def _(p):
    """You add the surprises up and never weigh them, and that of a probability 0 is infinite. How much should one count
    that comes once in a million times, and one that never comes?"""
    p = np.asarray(p, dtype=float)
    return np.sum(np.log(1 / p))


@mistake(entropy, "divided by the number of outcomes")
def _(p):
    """You average the terms p · ln(1/p). The weights p add up to 1 already: what is left to divide by?"""
    p = np.asarray(p, dtype=float)
    seen = p[p > 0]
    return np.sum(seen * np.log(1 / seen)) / len(p)


@mistake(entropy, "averaged over what is left")
def _(p):
    """You take the mean of the terms p · ln(1/p) where their sum is asked for. The p_i are the weights already: what is
    left to divide by?"""
    p = np.asarray(p, dtype=float)
    p = p[p > 0]
    return np.mean(p * np.log(1 / p))


@mistake(entropy, "averaged, and nan at 0")
def _(p):
    """You take the mean of the terms p · ln(1/p) where their sum is asked for: the p_i are the weights already. And
    where a probability is 0, 0 · ln(1/0) is nan. Which outcomes may be left out before any logarithm is taken?"""
    p = np.asarray(p, dtype=float)
    return np.mean(p * np.log(1 / p))


@mistake(entropy, "divided by the largest possible")
def _(p):
    """You divide by ln K, so every even distribution gets 1. Is a die with twenty faces no harder to guess than a
    coin?"""
    p = np.asarray(p, dtype=float)
    seen = p[p > 0]
    return np.sum(seen * np.log(1 / seen)) / np.log(len(p)) if len(p) > 1 else 0.0


@mistake(entropy, "the chance of two that differ")
def _(p):
    """You return 1 - Σp², the probability that two draws differ. It has no logarithm in it: what becomes of it for two
    independent things together?"""
    p = np.asarray(p, dtype=float)
    return 1 - np.sum(p**2)


@mistake(entropy, "its exponential")
def _(p):
    """You return e to the entropy, a number of choices. Which unit is asked for?"""
    p = np.asarray(p, dtype=float)
    p = p[p > 0]
    return np.exp(np.sum(p * np.log(1 / p)))


hint(entropy, "Do the example by hand. What is the surprise of each outcome, and how much does each of them weigh?")
hint(entropy, "A sum of p_i · ln(1/p_i) is two operations on arrays and np.sum. What goes wrong where p_i is 0?")
hint(
    entropy, "Keep only the entries above 0, as the lesson kept those of x, once p is an array. The others would add 0."
)

prediction(
    "zero_log",
    """An outcome of probability 0 never comes, so it should add nothing to the mean surprise.
    What does NumPy say 0.0 * np.log(0.0) is?""",
    options=["0.0", "-inf", "nan", "an error"],
    beliefs={
        "a": "As p goes to 0, p · ln p goes to 0, that is true. But NumPy sees the two factors, and not their history.",
        "b": "np.log(0.0) is -inf. But how often has it been taken? Not even once.",
        "d": "Python's own math.log(0) does stop with a ValueError. NumPy goes on.",
    },
)


# ---- 4. Cross-entropy


@exercise(needs=[entropy])
def cross_entropy(p, q):
    """The cross-entropy H(p, q), in nats: the mean surprise of a model that says q, on data that come from p.

    p: K probabilities, those of the data; q: K probabilities, those of the model; lists or arrays of shape (K,)
    Returns a float: the sum of p_i · ln(1 / q_i).
    An outcome with p_i = 0 contributes 0 to it, whatever q_i is.
    Returns infinity (np.inf) if q_i = 0 for an outcome with p_i > 0: the model called it impossible, and it comes.
    NumPy must have nothing to warn of.

    cross_entropy([0.5, 0.25, 0.125, 0.125], [0.25, 0.125, 0.125, 0.5]) is
    0.5 · ln 4 + 0.25 · ln 8 + 0.125 · ln 8 + 0.125 · ln 2 = 2.25 · ln 2 = 1.5596.
    cross_entropy([0, 1, 0], [0.2, 0.7, 0.1]) is ln(1 / 0.7) = 0.3567: only the second outcome comes.
    """
    p, q = np.asarray(p), np.asarray(q)
    p, q = p[p > 0], q[p > 0]
    if np.any(q == 0):
        return np.inf
    return np.sum(p * np.log(1 / q))


case(cross_entropy, [0.5, 0.25, 0.125, 0.125], [0.25, 0.125, 0.125, 0.5])
case(cross_entropy, np.array([0.1, 0.15, 0.3, 0.45]), np.array([0.4, 0.3, 0.2, 0.1]))
case(cross_entropy, [0.7, 0.2, 0.1], [0.2, 0.5, 0.3])
case(cross_entropy, [0, 1, 0], [0.2, 0.7, 0.1])
case(cross_entropy, [0.6, 0.0, 0.4], [0.3, 0.5, 0.2])
case(cross_entropy, np.array([0.6, 0.0, 0.4]), np.array([0.7, 0.0, 0.3]))
case(cross_entropy, [0.5, 0.3, 0.2], [0.6, 0.4, 0.0])
case(cross_entropy, np.array([0.0, 0.8, 0.2, 0.0, 0.0]), np.array([0.3, 0.0, 0.3, 0.2, 0.2]))
case(cross_entropy, [0.25, 0.75], [0.25, 0.75])
case(cross_entropy, [0.1, 0.9], [1e-30, 1 - 1e-30])


@cases(cross_entropy, 3)
def _(rng):
    size = rng.integers(3, 7)
    return _shares(rng, size), _shares(rng, size)


@holds(cross_entropy, "NumPy has nothing to warn of where a probability is 0 and the answer is finite")
def _(cross_entropy):
    p = np.array([0.5, 0.0, 0.5])
    for q in ([0.5, 0.0, 0.5], [0.25, 0.25, 0.5]):
        seen = _warnings_of(cross_entropy, p, np.array(q))
        assert not seen, f"NumPy warned: {seen[0]}"


@holds(cross_entropy, "NumPy has nothing to warn of where the answer is infinite")
def _(cross_entropy):
    seen = _warnings_of(cross_entropy, np.array([0.5, 0.0, 0.5]), np.array([0.0, 0.5, 0.5]))
    assert not seen, f"NumPy warned: {seen[0]}"


@holds(cross_entropy, "no model does better than the distribution of the data itself")
def _(cross_entropy, rng):
    p = _shares(rng, 5)
    best = cross_entropy(p, p)
    for _ in range(10):
        assert cross_entropy(p, _shares(rng, 5)) >= best


@holds(cross_entropy, "against an even model, all data have the same")
def _(cross_entropy, rng):
    for C in (3, 10, 27):
        even = np.full(C, 1 / C)
        assert close(cross_entropy(_shares(rng, C), even), cross_entropy(_shares(rng, C), even))


@holds(cross_entropy, "for data it is the mean of -ln of what the model says to each of them")
def _(cross_entropy, rng):
    q, seen = _shares(rng, 4), rng.integers(0, 4, size=30)
    p = np.array([np.mean(seen == k) for k in range(4)])
    assert close(cross_entropy(p, q), np.mean(-np.log(q[seen])))


def _crossed(p, q):
    """The cross-entropy as it should be."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.inf if np.any(q == 0) else np.sum(p * np.log(1 / q))


@mistake(cross_entropy, "the two exchanged")
def _(p, q):
    """You weigh by the model and ask the data for the surprise. Who decides how often an outcome comes, and who is
    surprised by it?"""
    return _crossed(q, p)


@mistake(cross_entropy, "the two exchanged, after the cut")
def _(p, q):
    """You let the model decide what comes: q weighs, and the surprise is that of p. Who decides how often an outcome
    comes, and who is surprised by it?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.inf if np.any(q == 0) else np.sum(q * np.log(1 / p))


@mistake(cross_entropy, "the two exchanged, after the cut, and a 0 in q forgotten")
def _(p, q):
    """You let the model decide what comes: q weighs, and the surprise is that of p. Who decides how often an outcome
    comes? And what is asked for where the model calls impossible what comes?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.sum(q * np.log(1 / p))


@mistake(cross_entropy, "the two exchanged, and a warning")
def _(p, q):
    """You let the model decide what comes: q weighs, and the surprise is that of p. Who decides how often an outcome
    comes? And of which of the two is the logarithm then not to meet a 0?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[q > 0], q[q > 0]
    return np.sum(q * np.log(1 / p))


@mistake(cross_entropy, "the two exchanged, and nothing cut")
def _(p, q):
    """You let the model decide what comes: q weighs, and the surprise is that of p. Who decides how often an outcome
    comes? And which outcomes may be left out before any logarithm is taken?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(q * np.log(1 / p))


@mistake(cross_entropy, "the entropy of the model")
def _(p, q):
    """p does not matter to your answer: both factors are those of the model. How often does each outcome really
    come?"""
    return _crossed(q, q)


@mistake(cross_entropy, "the entropy of the data")
def _(p, q):
    """q does not matter to your answer: both factors are those of the data. Whose surprise is it?"""
    return _crossed(p, p)


@mistake(cross_entropy, "the entropy taken away")
def _(p, q):
    """You return what the model pays beyond the entropy of p. A model that is right still is surprised: how much is
    cross_entropy(p, p)?"""
    return _crossed(p, q) - _crossed(p, p)


@mistake(cross_entropy, "the sign lost")
def _(p, q):
    """Your answers are negative: ln q is. Of what is the surprise the logarithm?"""
    return -_crossed(p, q)


@mistake(cross_entropy, "in bits")
def _(p, q):
    """Your numbers are 1.4427 times as large: they are in bits. Which logarithm gives nats?"""
    return _crossed(p, q) / np.log(2)


@mistake(cross_entropy, "clipped")
def _(p, q):
    """A model that calls impossible what comes gets away with a finite loss: you lift q to a small number first.
    What do the words ask for?"""
    p, q = np.asarray(p, dtype=float), np.maximum(np.asarray(q, dtype=float), 1e-12)
    return np.sum(p[p > 0] * np.log(1 / q[p > 0]))


@mistake(cross_entropy, "nan where neither comes")
def _(p, q):
    """Where p and q are both 0 your answer is nan: 0 · ln(1/0) is 0 · inf. Which outcomes may be left out before any
    logarithm is taken?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return -np.sum(p * np.log(q))


@mistake(cross_entropy, "nan where neither comes, and infinity looked for")
def _(p, q):
    """Where p and q are both 0 your answer is still nan: 0 · ln(1/0) is 0 · inf. Which outcomes may be left out before
    any logarithm is taken?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.inf if np.any((p > 0) & (q == 0)) else np.sum(p * np.log(1 / q))


@mistake(cross_entropy, "every 0 in q is fatal")
def _(p, q):
    """You return inf as soon as q has a 0. If p has a 0 at the same place, how often does the model pay for it?"""
    return np.inf if np.any(np.asarray(q) == 0) else _crossed(p, q)


@mistake(cross_entropy, "a 0 in q never matters")
def _(p, q):
    """You leave out the outcomes that the model calls impossible, although some of them come. What is the surprise
    then?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    both = (p > 0) & (q > 0)
    return np.sum(p[both] * np.log(1 / q[both]))


@mistake(cross_entropy, "p cut first")
def _(p, q):
    """When q was cut, p was already the shorter one. Keep the comparison before you cut either: `keep = p > 0`. Which
    two arrays can it then be used on?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p = p[p > 0]
    q = q[p > 0]
    return np.inf if np.any(q == 0) else np.sum(p * np.log(1 / q))


@mistake(cross_entropy, "each cut by its own zeros")
def _(p, q):
    """Each was cut by its own zeros, so they no longer belong together. Which of the two says what comes at all?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(p[p > 0] * np.log(1 / q[q > 0]))


@mistake(cross_entropy, "a list compared with a number")
def _(p, q):
    """p may be a list, and `p > 0` asks each entry of an array; of a list Python cannot say it. What makes an array of
    p and of q?"""
    q = q[p > 0]
    p = p[p > 0]
    return np.inf if np.any(q == 0) else np.sum(p * np.log(1 / q))


@mistake(cross_entropy, "a list compared, and p cut first")
def _(p, q):
    """p may be a list, and `p > 0` asks each entry of an array; of a list Python cannot say it. And when q is cut, p is
    already the shorter one. What makes arrays of both, and under which name could the comparison be kept?"""
    p = p[p > 0]
    q = q[p > 0]
    return np.inf if np.any(q == 0) else np.sum(p * np.log(1 / q))


@mistake(cross_entropy, "the values right, and a warning")
def _(p, q):
    """The values are right, and NumPy warns of a division by 0 where the answer is infinite. What could be asked of q
    before the logarithm?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return -np.sum(p[p > 0] * np.log(q[p > 0]))


@mistake(cross_entropy, "the values right, and a warning everywhere")
def _(p, q):
    """The values are right, and NumPy warns: `np.where` has both sides computed everywhere, also where it then takes
    the 0. What can be cut away before the logarithm, and what is to be asked of the q that are left?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(np.where(p > 0, p * np.log(1 / q), 0))


@mistake(cross_entropy, "the values right, and a warning where nothing comes")
def _(p, q):
    """The values are right, and NumPy still warns where p and q are both 0: the logarithm is taken there too, and its
    answer is not used. What can be cut away before the logarithm?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.inf if np.any((p > 0) & (q == 0)) else np.sum(np.where(p > 0, p * np.log(1 / q), 0))


@mistake(cross_entropy, "each outcome as a question of its own")
def _(p, q):
    """You add (1 - p) ln(1/(1 - q)) for every outcome, as for so many yes-or-no questions. One of K outcomes comes:
    whose probability is asked for its surprise?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    with np.errstate(all="ignore"):
        rest = np.where(p < 1, -(1 - p) * np.log(1 - q), 0)
    return _crossed(p, q) + np.sum(rest)


@mistake(cross_entropy, "the mean before the logarithm")
def _(p, q):
    """You take -ln of the mean probability. The surprise belongs to each outcome: which comes first, the logarithm or
    the mean?"""
    return -np.log(np.sum(np.asarray(p, dtype=float) * np.asarray(q, dtype=float)))


@mistake(cross_entropy, "divided by the number of outcomes")
def _(p, q):
    """You divide by K. The weights p add up to 1 already: what is left to divide by?"""
    return _crossed(p, q) / len(p)


@mistake(cross_entropy, "averaged over what is left, and a warning")
def _(p, q):
    """You take the mean of the terms p · ln(1/q) where their sum is asked for: the p_i are the weights already. And
    NumPy warns where q is 0. What could be asked of q before the logarithm?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.mean(p * np.log(1 / q))


@mistake(cross_entropy, "averaged over what is left")
def _(p, q):
    """You take the mean of the terms p · ln(1/q) where their sum is asked for. The p_i are the weights already: what is
    left to divide by?"""
    return _crossed(p, q) / np.sum(np.asarray(p) > 0)


hint(cross_entropy, "It is your entropy with one letter changed. The surprise is the model's; whose are the weights?")
hint(
    cross_entropy,
    """Keep, in both arrays, the places where p is above 0: q[p > 0] picks from q by a question to p. What may still be
    0 after that?""",
)
hint(cross_entropy, "If any of the q that are left is 0, return np.inf before you divide by it.")


# ---- 5. The distance between them


@exercise(needs=[entropy, cross_entropy])
def kl(p, q):
    """The Kullback-Leibler divergence KL(p ‖ q), in nats: what a model that says q pays for not being p.

    p: K probabilities, those of the data; q: K probabilities, those of the model; lists or arrays of shape (K,)
    Returns a float: the sum of p_i · ln(p_i / q_i), which is the cross-entropy of p and q minus the entropy of p.
    An outcome with p_i = 0 contributes 0; if q_i = 0 for an outcome with p_i > 0, the answer is np.inf.
    NumPy must have nothing to warn of.

    kl([0.5, 0.25, 0.125, 0.125], [0.25, 0.125, 0.125, 0.5]) is
    0.5 · ln 2 + 0.25 · ln 2 + 0.125 · ln 1 + 0.125 · ln(1/4) = 0.5 · ln 2 = 0.3466.
    kl([0, 1, 0], [0.2, 0.7, 0.1]) is ln(1 / 0.7) = 0.3567: the first of the two says what comes.
    """
    return cross_entropy(p, q) - entropy(p)


case(kl, [0.5, 0.25, 0.125, 0.125], [0.25, 0.125, 0.125, 0.5])
case(kl, np.array([0.1, 0.15, 0.3, 0.45]), np.array([0.4, 0.3, 0.2, 0.1]))
case(kl, [0.7, 0.2, 0.1], [0.2, 0.5, 0.3])
case(kl, [0.5, 0.5], [0.9, 0.1])
case(kl, [0, 1, 0], [0.2, 0.7, 0.1])
case(kl, np.array([0.6, 0.0, 0.4]), np.array([0.7, 0.0, 0.3]))
case(kl, [0.5, 0.3, 0.2], [0.6, 0.4, 0.0])
case(kl, np.array([0.0, 0.8, 0.2, 0.0, 0.0]), np.array([0.3, 0.0, 0.3, 0.2, 0.2]))
case(kl, [0.25, 0.75], [0.25, 0.75])


@cases(kl, 3)
def _(rng):
    size = rng.integers(3, 7)
    return _shares(rng, size), _shares(rng, size)


@holds(kl, "it is 0 where the two are the same, and above 0 everywhere else")
def _(kl, rng):
    p = _shares(rng, 5)
    assert close(kl(p, p), 0.0)
    for _ in range(10):
        assert kl(p, _shares(rng, 5)) > 1e-6


@holds(kl, "together with the entropy of the data it is what the model is surprised by on average")
def _(kl, rng):
    p, q = _shares(rng, 6), _shares(rng, 6)
    assert close(kl(p, q) + np.sum(p * np.log(1 / p)), np.sum(p * np.log(1 / q)))


@holds(kl, "NumPy has nothing to warn of where a probability is 0 and the answer is finite")
def _(kl):
    p = np.array([0.5, 0.0, 0.5])
    for q in ([0.5, 0.0, 0.5], [0.25, 0.25, 0.5]):
        seen = _warnings_of(kl, p, np.array(q))
        assert not seen, f"NumPy warned: {seen[0]}"


@holds(kl, "NumPy has nothing to warn of where the answer is infinite")
def _(kl):
    seen = _warnings_of(kl, np.array([0.5, 0.0, 0.5]), np.array([0.0, 0.5, 0.5]))
    assert not seen, f"NumPy warned: {seen[0]}"


@mistake(kl, "the two exchanged")
def _(p, q):
    """You return KL(q ‖ p), in which the model decides what comes. Which of the two stands first, and weighs?"""
    return _crossed(q, p) - _crossed(q, q)


@mistake(kl, "half exchanged")
def _(p, q):
    """You take the entropy of p from H(q, p), in which the model decides what comes. In which of the two do the data
    weigh?"""
    return _crossed(q, p) - _crossed(p, p)


@mistake(kl, "the difference of two cross-entropies")
def _(p, q):
    """You take one cross-entropy from the other. What would the best of all models pay on the data, and which name has
    that?"""
    return _crossed(p, q) - _crossed(q, p)


@mistake(kl, "the cross-entropy")
def _(p, q):
    """For q = p your answer is not 0: you return the cross-entropy. What part of it would the best of all models pay
    too?"""
    return _crossed(p, q)


@mistake(kl, "the model's entropy taken away")
def _(p, q):
    """You take the entropy of q away from the cross-entropy. Which distribution do the data come from?"""
    return _crossed(p, q) - _crossed(q, q)


@mistake(kl, "the fraction upside down")
def _(p, q):
    """Your answers are never above 0, and should be never below it: the sign is the wrong one. If you take one sum from
    another, which is the larger; and if you divide inside the logarithm, which of p and q is to stand above the bar?"""
    return _crossed(p, p) - _crossed(p, q)


@mistake(kl, "the fraction upside down, and a warning")
def _(p, q):
    """Your answers are never above 0: the fraction in your logarithm is q/p. And where q is 0, NumPy takes the
    logarithm of 0. What is ln(p/q) if ln(q/p) is known, and what is to be asked of q first?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.sum(p * np.log(q / p))


@mistake(kl, "the fraction upside down, and nan")
def _(p, q):
    """The fraction in your logarithm is q/p, so the sign is the wrong one; and where p is 0 your answer is nan. What is
    ln(p/q) if ln(q/p) is known, and which outcomes may be left out before any logarithm is taken?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(p * np.log(q / p))


@mistake(kl, "the values right, and a warning")
def _(p, q):
    """The values are right, and NumPy warns of a division by 0 where the answer is infinite. What could be asked of q
    before it is divided by?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.sum(p * np.log(p / q))


@mistake(kl, "the values right, and a warning everywhere")
def _(p, q):
    """The values are right, and NumPy warns: `np.where` has both sides computed everywhere, also where it then takes
    the 0. What can be cut away before the logarithm, and what is to be asked of the q that are left?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(np.where(p > 0, p * np.log(p / q), 0))


@mistake(kl, "the values right, and a warning where nothing comes")
def _(p, q):
    """The values are right, and NumPy still warns where p is 0: the logarithm is taken there too, and its answer is not
    used. What can be cut away before the logarithm?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.inf if np.any((p > 0) & (q == 0)) else np.sum(np.where(p > 0, p * np.log(p / q), 0))


@mistake(kl, "the difference of two entropies")
def _(p, q):
    """You take one entropy from the other, so the answer is 0 for any two of the same entropy, however far apart. In
    which sum do p and q meet?"""
    return _crossed(q, q) - _crossed(p, p)


@mistake(kl, "the difference of two entropies, the other way")
def _(p, q):
    """You take the entropy of q from that of p, so the answer is 0 for any two of the same entropy, however far apart.
    In which sum do p and q meet?"""
    return _crossed(p, p) - _crossed(q, q)


@mistake(kl, "the two exchanged, after the cut")
def _(p, q):
    """You return the sum of q_i · ln(q_i / p_i), in which the model decides what comes. Which of the two stands first,
    and weighs?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.inf if np.any(q == 0) else np.sum(q * np.log(q / p))


@mistake(kl, "the two exchanged, after the cut, and a 0 in q forgotten")
def _(p, q):
    """You return the sum of q_i · ln(q_i / p_i), in which the model decides what comes. Which of the two stands first,
    and weighs? And what is asked for where the model calls impossible what comes?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.sum(q * np.log(q / p))


@mistake(kl, "the two exchanged, and a warning")
def _(p, q):
    """You return KL(q ‖ p), in which the model decides what comes. Which of the two stands first, and weighs? And of
    which of the two is the logarithm then not to meet a 0?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[q > 0], q[q > 0]
    return np.sum(q * np.log(q / p))


@mistake(kl, "the two exchanged, and nothing cut")
def _(p, q):
    """You return the sum of q_i · ln(q_i / p_i), in which the model decides what comes. Which of the two stands first,
    and weighs? And which outcomes may be left out before any logarithm is taken?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(q * np.log(q / p))


@mistake(kl, "averaged over what is left, and a warning")
def _(p, q):
    """You take the mean of the terms p · ln(p/q) where their sum is asked for: the p_i are the weights already. And
    NumPy warns where q is 0. What could be asked of q before it is divided by?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.mean(p * np.log(p / q))


@mistake(kl, "averaged over what is left")
def _(p, q):
    """You take the mean of the terms p · ln(p/q) where their sum is asked for. The p_i are the weights already: what is
    left to divide by?"""
    return (_crossed(p, q) - _crossed(p, p)) / np.sum(np.asarray(p) > 0)


@mistake(kl, "added, not taken away")
def _(p, q):
    """You add the entropy to the cross-entropy. Which of the two already contains the other?"""
    return _crossed(p, q) + _crossed(p, p)


@mistake(kl, "both directions averaged")
def _(p, q):
    """You average KL(p ‖ q) and KL(q ‖ p). That is a fine number, and another one: which direction is asked for?"""
    return (_crossed(p, q) - _crossed(p, p) + _crossed(q, p) - _crossed(q, q)) / 2


@mistake(kl, "the size of each term")
def _(p, q):
    """You drop the sign of each term. Where the model says too much it gains, and that belongs in the sum: can the
    sum as a whole ever be negative?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    p, q = p[p > 0], q[p > 0]
    return np.inf if np.any(q == 0) else np.sum(np.abs(p * np.log(p / q)))


@mistake(kl, "in bits")
def _(p, q):
    """Your numbers are 1.4427 times as large: they are in bits. Which logarithm gives nats?"""
    return (_crossed(p, q) - _crossed(p, p)) / np.log(2)


@mistake(kl, "squared differences")
def _(p, q):
    """You add up (p - q)². To say 0.001 where the truth is 0.1 costs little then: how surprised is such a model?"""
    return np.sum((np.asarray(p, dtype=float) - np.asarray(q, dtype=float)) ** 2)


@mistake(kl, "nan at 0")
def _(p, q):
    """Where p is 0 your answer is nan: 0 · ln 0. Which outcomes may be left out before any logarithm is taken?"""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(p * np.log(p / q))


hint(kl, "Write ln(p/q) as a difference of two logarithms. Which two sums do you get, and do you know their names?")
hint(kl, "You have written both of them already, and they know what to do with a 0. Which one is taken from which?")
hint(kl, "It is the cross-entropy of p and q, less the cross-entropy of p and p, which has a shorter name.")

prediction(
    "other_way",
    """The data are a fair coin, p = (0.5, 0.5), and the model says q = (0.9, 0.1): KL(p ‖ q) is 0.5108 nats.
    Now the data are (0.9, 0.1) and the model says (0.5, 0.5). What is KL(q ‖ p)?""",
    options=["0.5108 again", "-0.5108", "less than 0.5108, and above 0", "more than 0.5108"],
    beliefs={
        "a": """A distance would be the same both ways, and people call it one. But other outcomes are weighed, and
        another model is surprised.""",
        "b": "The fraction turns round, and so would each logarithm's sign. But the weights change too.",
        "d": "The worst surprise, of a model that says 0.1 to what comes half of the time, is in the other direction.",
    },
)

quiz(
    "which_direction",
    """To train a language model people minimise KL(data ‖ model). Why not KL(model ‖ data)?""",
    wrong(
        "The two are the same number, so it makes no difference.",
        "You saw 0.5108 one way and 0.3681 the other. And where one of them is finite the other may be infinite.",
    ),
    wrong(
        "KL(model ‖ data) can be negative, so it has no lowest point.",
        "Neither of them can: the proof never asked which of the two is the model.",
    ),
    wrong(
        "KL(model ‖ data) is not 0 where model and data agree.",
        """It is: every fraction is 1 then, and its logarithm 0. The two ways differ for models that cannot become the
        data's distribution.""",
    ),
    right(
        "To minimise KL(data ‖ model), samples of the data are enough.",
        """It only needs the model's probability of texts that we have; the rest of it, the data's entropy, does not
        move. The other needs the data's probability of texts that the model makes up, and nobody knows that. It would
        also punish much less a model that writes one good sentence for ever: it pays only for what it says.""",
    ),
)

prediction(
    "first_loss",
    """A model has to guess the next of 27 characters, 26 letters and the space. It has learned nothing and gives each
    the probability 1/27. What loss does it show, in nats, on English text?""",
    beliefs={
        1 / 27: "1/27 is the probability that it gives to what comes. The loss is the surprise, the logarithm of 27/1.",
        26 / 27: "26/27 is how often a guess at random is wrong. The loss does not count errors.",
        27: "27 is the number of choices. The loss is its logarithm.",
        math.log2(27): "That is log₂ 27, the same surprise in bits.",
        1: "1 would be its surprise if it gave e⁻¹ = 0.37 to what comes.",
    },
)


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
    For X = [[2, 1], [4, -2], [1, -3]] and y = [1, 0, 0] the errors are then -1/2, 1/2 and 1/2, one to a row, and grad
    is ((-1/2) · [2, 1] + (1/2) · [4, -2] + (1/2) · [1, -3]) / 3 = [0.5, -1].
    """
    z = X @ w
    nll = np.mean(softplus(np.where(y == 1, -z, z)))
    grad = X.T @ (sigmoid(z) - y) / len(y)
    return nll, grad


case(
    logistic_nll_grad,
    np.array([0.0, 0.0]),
    np.array([[2.0, 1.0], [4.0, -2.0], [1.0, -3.0]]),
    np.array([1, 0, 0]),
)
case(
    logistic_nll_grad,
    np.array([0.5, -1.0, 0.25]),
    np.array([[1.0, 2.0, -1.0], [1.0, -0.5, 3.0], [1.0, 0.0, 2.0], [1.0, 1.5, 0.5]]),
    np.array([1, 0, 0, 1]),
)
case(logistic_nll_grad, np.array([1.5]), np.array([[2.0], [-1.0], [0.5]]), np.array([0, 0, 1]))
case(logistic_nll_grad, np.array([0.3, 0.7]), np.array([[2.0, -1.0]]), np.array([1]))
case(logistic_nll_grad, np.array([40.0]), np.array([[1.0], [-1.0], [0.05]]), np.array([0, 1, 1]))
case(logistic_nll_grad, np.array([500.0, 1.0]), np.array([[2.0, 1.0], [-2.0, 3.0], [0.001, 0.5]]), np.array([0, 1, 0]))


@cases(logistic_nll_grad, 3)
def _(rng):
    n, d = rng.integers(4, 8), rng.integers(2, 4)
    return rng.normal(size=d), rng.normal(size=(n, d)), rng.integers(0, 2, size=n)


@holds(logistic_nll_grad, "the gradient is the one that is measured")
def _(logistic_nll_grad, rng):
    X, y = rng.normal(size=(6, 3)), np.array([1, 0, 0, 1, 1, 0])
    error = gradcheck(
        lambda w: logistic_nll_grad(w, X, y)[0], lambda w: logistic_nll_grad(w, X, y)[1], rng.normal(size=3)
    )
    assert error < 1e-6, f"gradcheck says {error:.1e}"


@holds(logistic_nll_grad, "with all weights 0 the loss is ln 2, whatever the labels are")
def _(logistic_nll_grad, rng):
    nll, _ = logistic_nll_grad(np.zeros(3), rng.normal(size=(5, 3)), rng.integers(0, 2, size=5))
    assert close(nll, math.log(2))


@holds(logistic_nll_grad, "scores of 1000 and -1000 give finite numbers, and NumPy has nothing to warn of")
def _(logistic_nll_grad):
    w, X, y = np.array([1000.0]), np.array([[1.0], [-1.0], [1.0]]), np.array([0, 1, 1])
    seen = _warnings_of(logistic_nll_grad, w, X, y)
    assert not seen, f"NumPy warned: {seen[0]}"
    nll, grad = logistic_nll_grad(w, X, y)
    assert close(nll, 2000 / 3) and close(grad, np.array([2 / 3]))


def _logistic(w, X, y, loss=None, grad=None):
    """A logistic_nll_grad of which one half may be exchanged: its loss of (z, y), or its slopes of (σ(z), y)."""
    z = X @ w
    nll = np.mean(softplus((1 - 2 * y) * z)) if loss is None else loss(z, y)
    slopes = sigmoid(z) - y if grad is None else grad(sigmoid(z), y)
    return nll, X.T @ slopes / len(y)


@mistake(logistic_nll_grad, "the logarithm of a rounded probability")
def _(w, X, y):
    """From a score of about 37 on sigmoid is 1.0 as a float, so ln(1 - sigmoid) is -inf, also where a product with 0 or
    `np.where` is to hide it. Which function of lesson 1 is -ln of a sigmoid, and takes the score itself?"""
    with np.errstate(all="ignore"):
        return _logistic(w, X, y, loss=lambda z, y: -np.mean(y * np.log(sigmoid(z)) + (1 - y) * np.log(1 - sigmoid(z))))


@mistake(logistic_nll_grad, "the logarithm of a sigmoid of the right sign")
def _(w, X, y):
    """Where the score is 1000 on the wrong side, the probability of the label is 0.0 as a float and its logarithm -inf.
    Which function of lesson 1 is -ln of a sigmoid, and takes the score itself?"""
    with np.errstate(all="ignore"):
        return _logistic(w, X, y, loss=lambda z, y: np.mean(-np.log(sigmoid(np.where(y == 1, z, -z)))))


@mistake(logistic_nll_grad, "the loss of each example")
def _(w, X, y):
    """Your first number is an array, one loss for each example. What makes one number of them?"""
    return _logistic(w, X, y, loss=lambda z, y: softplus((1 - 2 * y) * z))


@mistake(logistic_nll_grad, "the slopes of the scores")
def _(w, X, y):
    """Your second array has an entry for each example, n of them: these are the slopes with respect to the scores. What
    does a weight have to do with a score, and how many weights are there?"""
    z = X @ w
    return _logistic(w, X, y)[0], sigmoid(z) - y


@mistake(logistic_nll_grad, "one number for a gradient")
def _(w, X, y):
    """Your gradient is a single number: the mean ran over the weights too. Over which axis alone does it run?"""
    nll, grad = _logistic(w, X, y)
    return nll, np.mean(grad)


@mistake(logistic_nll_grad, "the loss alone")
def _(w, X, y):
    """Two things are asked for, (nll, grad), and you return the loss alone. Where is the gradient?"""
    return _logistic(w, X, y)[0]


@mistake(logistic_nll_grad, "the gradient alone")
def _(w, X, y):
    """Two things are asked for, (nll, grad), and you return the gradient alone. Where is the loss?"""
    return _logistic(w, X, y)[1]


@mistake(logistic_nll_grad, "the gradient first")
def _(w, X, y):
    """You return the gradient first and the loss after it. In which order are they asked for?"""
    return _logistic(w, X, y)[::-1]


@mistake(logistic_nll_grad, "probabilities clipped")
def _(w, X, y):
    """You keep the probabilities away from 0 and 1, so a score of 1000 on the wrong side costs no more than one of 16.
    Which function takes the score itself, and needs no clipping?"""

    def loss(z, y):
        p = np.clip(sigmoid(z), 1e-7, 1 - 1e-7)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    return _logistic(w, X, y, loss)


@mistake(logistic_nll_grad, "labels taken for -1 and 1")
def _(w, X, y):
    """Your formula, softplus(-y · z), is that for labels of -1 and 1: an example with the label 0 always costs ln 2 and
    pulls nowhere. What are the labels here?"""
    return _logistic(w, X, y, lambda z, y: np.mean(softplus(-y * z)), lambda p, y: -y * (1 - p))


@mistake(logistic_nll_grad, "the sign of the label")
def _(w, X, y):
    """Your loss has labels 0 and 1 exchanged. What should a large score cost, if the label is 1?"""
    return _logistic(w, X, y, lambda z, y: np.mean(softplus(np.where(y == 1, z, -z))))


@mistake(logistic_nll_grad, "uphill")
def _(w, X, y):
    """Your gradient has the opposite sign. If the probability is too high, above the label, should a larger score make
    the loss larger or smaller?"""
    return _logistic(w, X, y, grad=lambda p, y: y - p)


@mistake(logistic_nll_grad, "the gradient of a squared error")
def _(w, X, y):
    """Your slopes have a factor p(1 - p) beside p - y: the slope of the sigmoid is still in them. What does the slope
    of -ln p bring that cancels it?"""
    return _logistic(w, X, y, grad=lambda p, y: (p - y) * p * (1 - p))


@mistake(logistic_nll_grad, "twice the gradient")
def _(w, X, y):
    """Your gradient is twice the true one. The 2 of lesson 4 came from a square: is there a square here?"""
    return _logistic(w, X, y, grad=lambda p, y: 2 * (p - y))


@mistake(logistic_nll_grad, "sums")
def _(w, X, y):
    """Your two results grow with the number of examples: they are sums. By what are they to be divided?"""
    nll, grad = _logistic(w, X, y)
    return nll * len(y), grad * len(y)


@mistake(logistic_nll_grad, "a mean and a sum")
def _(w, X, y):
    """Your loss is a mean and your gradient a sum, so the one is not the slope of the other. By what is the gradient
    to be divided?"""
    nll, grad = _logistic(w, X, y)
    return nll, grad * len(y)


@mistake(logistic_nll_grad, "divided by the number of weights")
def _(w, X, y):
    """Your gradient is divided by d, the number of weights. Over what does the mean run?"""
    nll, grad = _logistic(w, X, y)
    return nll, grad * len(y) / len(w)


@mistake(logistic_nll_grad, "the mean squared error")
def _(w, X, y):
    """Your first number is the mean of (p - y)². It is at most 1, however sure the model was of the wrong label: what
    is the surprise then?"""
    return _logistic(w, X, y, lambda z, y: np.mean((sigmoid(z) - y) ** 2))


@mistake(logistic_nll_grad, "decided, not weighed")
def _(w, X, y):
    """You round the probabilities to 0 or 1 before you compare them with the labels, so nearly right examples pull
    nowhere. What is p - y for p = 0.6 and y = 1?"""
    return _logistic(w, X, y, grad=lambda p, y: (p > 0.5) - y)


@mistake(logistic_nll_grad, "the score for the probability")
def _(w, X, y):
    """Your slopes are X @ w - y, as for a line. What must happen to a score before it is compared with a label?"""
    nll, _ = _logistic(w, X, y)
    return nll, X.T @ (X @ w - y) / len(y)


_LINE = "grad = X.T @ (sigmoid(z) - y) / len(y)"
for _n in ("len(X)", "len(z)"):
    equivalent(
        logistic_nll_grad,
        f"{_LINE}  ⇒  {_LINE.replace('len(y)', _n)}",
        because="there are as many rows, scores and labels",
    )

hint(logistic_nll_grad, "Follow one example: its score, its probability, what it costs, and the slope of that cost.")
hint(
    logistic_nll_grad,
    """The loss is softplus of -z where the label is 1, and of z where it is 0: np.where chooses. The slope with respect
    to z is sigmoid(z) - y. What has each example's z to do with w?""",
)
hint(
    logistic_nll_grad,
    "As in linreg_grad, column j of X meets the errors: X.T @ (…), over the number of examples.",
)

prediction(
    "push",
    """Three classes, with the probabilities 0.7, 0.2 and 0.1, and the third is right. The loss is -ln 0.1.
    Raise the third score by a very small h: by how many times h does the loss change?""",
    beliefs={
        0.1: "0.1 is the probability that it has already. A higher score for the right class makes the loss fall.",
        -0.1: "It falls, that is right. But a class that is nearly sure has little left to gain, not much.",
        0.9: "The size is right. A higher score for the right class makes the loss fall, not rise.",
        -10: "-10 is the slope of -ln p with respect to p. A step in the score moves p by far less than the step.",
        -1: "-1 would be the slope if the other classes did not shrink when this one grows.",
    },
    rtol=1e-3,
)


# ---- 7. The unit


@exercise
def bits_per_byte(nll, tokens, bytes):
    """What a language model needs for each byte of a text, in bits, so that models with other tokens compare.

    nll: its mean negative log-likelihood per token, in nats
    tokens: into how many tokens it cut the text, a positive whole number
    bytes: how many bytes the text has, a positive whole number (inside, the name hides Python's own `bytes`)
    Returns a float, in bits per byte.

    A mean of 2 nats over 1000 tokens is 2000 nats, or 2000 / ln 2 = 2885.4 bits. If the text has 4500 bytes,
    bits_per_byte(2, 1000, 4500) is 2885.4 / 4500 = 0.6412.
    """
    return nll * tokens / bytes / np.log(2)


case(bits_per_byte, 2, 1000, 4500)
case(bits_per_byte, 3.2, 1500, 1500)
case(bits_per_byte, 0.9, 12_000, 40_000)
case(bits_per_byte, 10.8, 7, 31)
case(bits_per_byte, 1.1, 350, 280)
case(bits_per_byte, 0.0, 20, 60)


@cases(bits_per_byte, 3)
def _(rng):
    return float(rng.uniform(0.5, 9)), int(rng.integers(10, 500)), int(rng.integers(600, 3000))


@holds(bits_per_byte, "one token to a byte, all 256 bytes equally likely: 8 bits per byte")
def _(bits_per_byte):
    assert close(bits_per_byte(math.log(256), 90, 90), 8.0)


@holds(bits_per_byte, "two tokens made one, with the surprise of both: the same bits per byte")
def _(bits_per_byte, rng):
    nll = rng.uniform(1, 5)
    assert close(bits_per_byte(2 * nll, 150, 700), bits_per_byte(nll, 300, 700))


@mistake(bits_per_byte, "still in nats")
def _(nll, tokens, bytes):
    """Your answers are nats per byte. How many nats make a bit?"""
    return nll * tokens / bytes


@mistake(bits_per_byte, "multiplied by ln 2")
def _(nll, tokens, bytes):
    """You multiply by ln 2. A bit is the smaller unit, 0.6931 nats: is the number of bits the larger one or the
    smaller?"""
    return nll * tokens / bytes * np.log(2)


@mistake(bits_per_byte, "a logarithm of a logarithm")
def _(nll, tokens, bytes):
    """You take log₂ of nll, and nll is a logarithm already. Change its unit, do not take another: how many nats make
    a bit?"""
    with np.errstate(all="ignore"):
        return np.log2(nll) * tokens / bytes


@mistake(bits_per_byte, "a logarithm of the total")
def _(nll, tokens, bytes):
    """You take log₂ of the total. A total in nats is already a logarithm, and only its unit changes: how many nats make
    a bit?"""
    with np.errstate(all="ignore"):
        return np.log2(nll * tokens) / bytes


@mistake(bits_per_byte, "a logarithm of nats per byte")
def _(nll, tokens, bytes):
    """You take log₂ of the nats per byte. Nats are a logarithm already, and only their unit changes: how many nats make
    a bit?"""
    with np.errstate(all="ignore"):
        return np.log2(nll * tokens / bytes)


@mistake(bits_per_byte, "per token")
def _(nll, tokens, bytes):
    """Your answer does not depend on how long the text is: it is in bits per token. Whoever cuts the text into longer
    tokens has more of them to guess in each: by what should the bits be divided?"""
    return nll / np.log(2)


@mistake(bits_per_byte, "the ratio upside down")
def _(nll, tokens, bytes):
    """You multiply by bytes per token. How many nats does the whole text take, and over how many bytes are they
    spread?"""
    return nll * bytes / tokens / np.log(2)


@mistake(bits_per_byte, "as if nll were a total")
def _(nll, tokens, bytes):
    """You divide nll by the bytes as if it were that of the whole text. It is a mean over tokens: what is the total?"""
    return nll / bytes / np.log(2)


@mistake(bits_per_byte, "eight bits taken out")
def _(nll, tokens, bytes):
    """You divide by 8, the bits that a byte takes on a disk. What is asked is how many of them the model needs: would
    an even guess over all 256 bytes give 8?"""
    return nll * tokens / bytes / np.log(2) / 8


@mistake(bits_per_byte, "the wrong logarithm's base")
def _(nll, tokens, bytes):
    """You divide by ln 10, which gives decimal digits. Of which number is a bit the logarithm?"""
    return nll * tokens / bytes / np.log(10)


@mistake(bits_per_byte, "a perplexity")
def _(nll, tokens, bytes):
    """You return a number of choices, an exponential. Bits are a logarithm: what is left if you leave it there?"""
    return np.exp(nll * tokens / bytes)


hint(bits_per_byte, "How many nats does the model need for the whole text?")
hint(bits_per_byte, "One bit is ln 2 nats, about 0.69. So is the number of bits larger or smaller than that of nats?")
hint(bits_per_byte, "Total nats are nll times tokens; make bits of them, and share them among the bytes.")

quiz(
    "which_is_better",
    """Two models are measured on one text of 4500 bytes. A cuts it into 1000 tokens and has a perplexity of 8;
    B reads single bytes, 4500 tokens, and has a perplexity of 2. Which predicts the text better?""",
    right(
        "A: over the whole text it is surprised by fewer bits, although by more at each token.",
        """log₂ 8 = 3 bits for each of 1000 tokens are 3000 bits, against 1 bit for each of 4500: 0.67 bits per byte
        against 1. The probability of the whole text does not care how it was cut.""",
    ),
    wrong(
        "B: of 2 choices it is easier to be right than of 8.",
        """It must be right 4500 times, and A 1000 times. 2 choices, 4500 times over, are 2⁴⁵⁰⁰ texts; 8 choices, 1000
        times over, are 8¹⁰⁰⁰ = 2³⁰⁰⁰.""",
    ),
    wrong(
        "It cannot be said: perplexities of different tokens have nothing to do with each other.",
        "Not as they stand. But both models give the same text a probability, and those two can be compared.",
    ),
    wrong(
        "They are equal: 8 per token and 2 per byte are the same, as a token is several bytes.",
        "A token of A is 4.5 bytes. At 2 choices for each byte these are 2^4.5, about 23 choices, and not 8.",
    ),
)


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
    for i in range(len(text) - 1):
        counts[chars.index(text[i]), chars.index(text[i + 1])] += 1
    return chars, np.array([mle_categorical(row, alpha) for row in counts])


case(bigram_model, "abab", 1)
case(bigram_model, "banana", 0.5)
case(bigram_model, "the cat sat on the mat", 0.1)
case(bigram_model, "Aa b\nAab a!", 2)
case(bigram_model, "aaab", 0.25)
case(bigram_model, "cba", 1)
case(bigram_model, "x", 3)


@cases(bigram_model, 3)
def _(rng):
    return "".join(rng.choice(list("dbeca "), size=25)), float(rng.uniform(0.1, 2))


@holds(bigram_model, "every row is a distribution, and no pair is impossible")
def _(bigram_model):
    chars, P = bigram_model("she sells sea shells", 0.01)
    assert P.shape == (len(chars), len(chars)) and close(P.sum(axis=1), np.ones(len(chars)))
    assert np.all(P > 0), "a pair has the probability 0"


@holds(bigram_model, "with a tiny alpha, no other table makes the text's pairs more likely")
def _(bigram_model, rng):
    text = "".join(rng.choice(list("abcd"), size=60))
    chars, P = bigram_model(text, 1e-12)
    pairs = [(chars.index(text[i]), chars.index(text[i + 1])) for i in range(len(text) - 1)]
    best = sum(np.log(P[pair]) for pair in pairs)
    for _ in range(5):
        other = P + rng.uniform(0, 0.3, size=P.shape)
        other = other / other.sum(axis=1)[:, None]
        assert sum(np.log(other[pair]) for pair in pairs) <= best + 1e-6


@holds(bigram_model, "with a huge alpha, every character is as likely as any other")
def _(bigram_model):
    chars, P = bigram_model("mississippi", 1e12)
    assert close(P, np.full((len(chars), len(chars)), 1 / len(chars)))


def _pairs(text, chars, pairs):
    """How often each pair of characters comes, as a table of floats."""
    counts = np.zeros((len(chars), len(chars)))
    for here, after in pairs:
        counts[chars.index(here), chars.index(after)] += 1
    return counts


def _neighbours(text):
    return [(text[i], text[i + 1]) for i in range(len(text) - 1)]


def _bigram(text, alpha, chars=None, pairs=None, shares=None):
    """A bigram_model with one part exchanged: its characters, its pairs, or how counts become shares."""
    chars = "".join(sorted(set(text))) if chars is None else chars
    counts = _pairs(text, chars, _neighbours(text) if pairs is None else pairs)
    if shares is not None:
        return chars, shares(counts, alpha)
    return chars, (counts + alpha) / (counts + alpha).sum(axis=1, keepdims=True)


@mistake(bigram_model, "turned over")
def _(text, alpha):
    """Your table counts which character came before: rows and columns are exchanged. In P[i, j], which of the two is
    read first?"""
    return _bigram(text, alpha, pairs=[(b, a) for a, b in _neighbours(text)])


@mistake(bigram_model, "columns made shares")
def _(text, alpha):
    """Your columns add up to 1, and the rows do not. Given the character in hand, over what do the possible next ones
    run?"""
    return _bigram(text, alpha, shares=lambda c, a: (c + a) / (c + a).sum(axis=0))


@mistake(bigram_model, "the totals lying down")
def _(text, alpha):
    """Row i was divided by the total of another row: a total of shape (V,) is laid along the columns. Which way of
    writing stands it up (lessons 3 and 6)?"""
    return _bigram(text, alpha, shares=lambda c, a: (c + a) / (c + a).sum(axis=1))


@mistake(bigram_model, "a share of all pairs")
def _(text, alpha):
    """Your whole table adds up to 1: it holds the probabilities of pairs. What is P(next | this), and what must each
    row add up to?"""
    return _bigram(text, alpha, shares=lambda c, a: (c + a) / (c + a).sum())


@mistake(bigram_model, "alpha above the bar only")
def _(text, alpha):
    """Your rows add up to more than 1: alpha went into every count, and the totals are the old ones. When should the
    totals be taken?"""

    def shares(c, a):
        with np.errstate(all="ignore"):
            return (c + a) / c.sum(axis=1, keepdims=True)

    return _bigram(text, alpha, shares=shares)


@mistake(bigram_model, "one alpha to a row")
def _(text, alpha):
    """You add alpha once to the total of a row, and V counts have each gained one. By how much did their sum grow?"""
    return _bigram(text, alpha, shares=lambda c, a: (c + a) / (c.sum(axis=1, keepdims=True) + a))


@mistake(bigram_model, "alpha left out")
def _(text, alpha):
    """Pairs that were not seen are impossible in your table, and a row without counts is nan. What was alpha for?"""

    def shares(c, a):
        with np.errstate(all="ignore"):
            return c / c.sum(axis=1, keepdims=True)

    return _bigram(text, alpha, shares=shares)


@mistake(bigram_model, "in order of appearance")
def _(text, alpha):
    """Your characters stand in the order in which the text first uses them. In which order are they asked for?"""
    return _bigram(text, alpha, chars="".join(dict.fromkeys(text)))


@mistake(bigram_model, "bent into a ring")
def _(text, alpha):
    """You count one pair too many: the last character followed by the first. What comes after the end of a text?"""
    return _bigram(text, alpha, pairs=[*_neighbours(text), (text[-1], text[0])])


@mistake(bigram_model, "the last pair forgotten")
def _(text, alpha):
    """You count one pair too few: the last. A text of n characters has how many neighbours?"""
    return _bigram(text, alpha, pairs=_neighbours(text)[:-1])


@mistake(bigram_model, "every second pair")
def _(text, alpha):
    """You cut the text into pairs, so a character is either a first or a second. In "abab", is the b also followed by
    something?"""
    return _bigram(text, alpha, pairs=_neighbours(text)[::2])


@mistake(bigram_model, "pairs that do not overlap")
def _(text, alpha):
    """`text.count(pair)` finds pairs that do not overlap, so in "aaab" it finds aa once, and it comes twice. What goes
    through a text pair by pair?"""
    chars = "".join(sorted(set(text)))
    counts = np.array([[text.count(a + b) for b in chars] for a in chars], dtype=float)
    return _bigram(text, alpha, shares=lambda _, alpha: (counts + alpha) / (counts + alpha).sum(axis=1, keepdims=True))


@mistake(bigram_model, "pairs in both directions")
def _(text, alpha):
    """You count each pair both ways, so q follows u as often as u follows q. Which direction does a text have?"""
    return _bigram(text, alpha, pairs=[*_neighbours(text), *((b, a) for a, b in _neighbours(text))])


@mistake(bigram_model, "two apart")
def _(text, alpha):
    """You pair each character with the one after the next. Where does text[1:] begin?"""
    return _bigram(text, alpha, pairs=[(text[i], text[i + 2]) for i in range(len(text) - 2)])


@mistake(bigram_model, "the same whatever came before")
def _(text, alpha):
    """All rows of your table are alike: they count how often each character comes at all. Which character decides
    which row is read?"""

    def shares(c, a):
        total = c.sum(axis=0) + a
        return np.tile(total / total.sum(), (len(c), 1))

    return _bigram(text, alpha, shares=shares)


@mistake(bigram_model, "a pair seen once is enough")
def _(text, alpha):
    """You note that a pair comes, and not how often. What should happen in the table when it comes again?"""
    return _bigram(text, alpha, shares=lambda c, a: ((c > 0) + a) / ((c > 0) + a).sum(axis=1, keepdims=True))


@mistake(bigram_model, "a list of rows")
def _(text, alpha):
    """The rows are right, and P is a list of them. What makes one table of a list of rows?"""
    chars, P = _bigram(text, alpha)
    return chars, list(P)


@mistake(bigram_model, "counts, not shares")
def _(text, alpha):
    """Your P holds counts with alpha added, and its rows do not add up to 1. What is left to do with each row?"""
    return _bigram(text, alpha, shares=lambda c, a: c + a)


@mistake(bigram_model, "a list of characters")
def _(text, alpha):
    """The table is right, and chars is a list. Which method of a string joins a list to one?"""
    chars, P = _bigram(text, alpha)
    return list(chars), P


@mistake(bigram_model, "the table alone")
def _(text, alpha):
    """The table is right, and it is returned alone, so nobody knows which character row 0 belongs to. What else do the
    words ask for, and in which order?"""
    return _bigram(text, alpha)[1]


_LINE = "return (chars, np.array([mle_categorical(row, alpha) for row in counts]))"
equivalent(
    bigram_model,
    f"{_LINE}  ⇒  {_LINE.replace('row, alpha', 'alpha, row')}",
    because="the two are added, and a sum does not ask for the order",
)

hint(bigram_model, 'Do "banana" by hand: which characters, which pairs, and which row does each pair go to?')
hint(
    bigram_model,
    """Three steps: the characters, sorted; a table of zeros in which each pair adds 1 at [place of this, place of the
    next]; and every row made shares. Which exercise does the last step for one row?""",
)
hint(
    bigram_model,
    """zip(text, text[1:]) gives the pairs, chars.index(c) the places, and mle_categorical(row, alpha) a row of
    P; np.array makes a table of a list of rows.""",
)


# ---- Review


@question(mle_categorical, "a smoothed share")
def _(rng):
    counts, alpha = [int(n) for n in rng.integers(0, 8, size=3)], int(rng.integers(1, 4))
    share = mle_categorical(counts, alpha)[0]
    return Asked(
        f"Three outcomes were seen {counts[0]}, {counts[1]} and {counts[2]} times. With alpha = {alpha}, which"
        " probability does the first get, to two decimals?",
        round(float(share), 2),
        why=f"({counts[0]} + {alpha}) over ({sum(counts)} + 3·{alpha}).",
    )


@question(entropy, "equally likely choices, in bits")
def _(rng):
    k = int(rng.integers(2, 11))
    return Asked(
        f"A thing takes {2**k} values, all equally likely. What is its entropy, in bits?",
        k,
        why=f"log₂ {2**k} = {k}, for each of them has the surprise log₂ {2**k}.",
    )


@question(cross_entropy, "the surprise of a model")
def _(rng):
    a, b = (int(n) for n in rng.permutation([1, 2, 3, 4])[:2])
    tenths = int(rng.integers(1, 10))
    bits = tenths / 10 * a + (1 - tenths / 10) * b
    return Asked(
        f"A model gives one outcome the probability 1/{2**a} and another 1/{2**b}, and the rest to others that never"
        f" come. The first comes with probability {tenths / 10:g}, else the second. What is H(p, q), in bits?",
        round(bits, 9),
        why=f"The surprises are {a} and {b} bits: {tenths / 10:g}·{a} + {1 - tenths / 10:g}·{b}.",
    )


@question(kl, "what a wrong model pays")
def _(rng):
    extra, h = int(rng.integers(1, 9)) / 10, int(rng.integers(10, 30)) / 10
    return Asked(
        f"The entropy of some data is {h:g} nats, and a model has the cross-entropy {h + extra:.1f} on them."
        " By how many nats is it worse than the best model that could be?",
        extra,
        why="H(p, q) = H(p) + KL(p ‖ q), and no model can do without the first part.",
    )


@question(logistic_nll_grad, "the slope of a score")
def _(rng):
    shares = rng.permutation([1, 2, 3, 4])
    true = int(rng.integers(0, 4))
    asked = int(rng.integers(0, 4))
    return Asked(
        f"A softmax gives four classes the probabilities {', '.join(f'{n / 10:g}' for n in shares)}, and the one right"
        f" is number {true + 1}. What is the slope of the loss with respect to score number {asked + 1}?",
        round(float(shares[asked] / 10 - (asked == true)), 9),
        why="It is p minus y, and y is 1 for the right class and 0 for the others.",
    )


@question(bits_per_byte, "bits of a text")
def _(rng):
    bits, tokens = int(rng.integers(2, 7)), int(rng.integers(2, 9)) * 100
    per = int(rng.integers(2, 6))
    return Asked(
        f"A model needs {bits} bits for each of {tokens} tokens. The text has {tokens * per} bytes."
        " How many bits per byte is that, to two decimals?",
        round(bits / per, 2),
        why=f"{bits * tokens} bits over {tokens * per} bytes.",
    )
