"""Exercises of the gate of phase 1: four models of one text, each knowing more than the one before it.

Builds on conditionals of lesson 6 and bits_per_byte of lesson 9. The text is Python's own source, or whatever is given.
"""

import functools

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
from groundup.lessons.math.probability_examples import conditionals
from groundup.lessons.math.statistics_mle_information import bigram_model, bits_per_byte
from groundup.lm.corpus import CHARS, encode, python_source

BANDS = ((4.55, 4.58), (3.04, 3.24), (2.38, 2.53), (1.82, 1.98))  # nats; measured on Python 3.11 and 3.13, and room
ALPHAS = (1, 0.1)  # of the notebook's four, those that bigram and trigram take; the unigram's is worth 0.0001 nats


# ---- 1. What is held out


@exercise
def split_by_file(texts, every):
    """Two texts, one to count in and one to be judged on: each file goes to exactly one of the two.

    texts: a list of strings, one for each file (two files with the same words are two files); left as it was
    every: a whole number, 2 or more; the list has at least that many texts
    Returns (train, held_out), two strings.
    held_out is every every-th text, counted from 1 (with every=5 the 5th, the 10th, ...), joined in their order, with
    nothing between. train is all others, joined in the same way.

    split_by_file(["ab", "c", "de", "f", "g"], 2) holds out the 2nd and the 4th text: it is ("abdeg", "cf").
    """
    held_out = texts[every - 1 :: every]
    train = [text for i, text in enumerate(texts) if (i + 1) % every]
    return "".join(train), "".join(held_out)


case(split_by_file, ["ab", "c", "de", "f", "g"], 2)
case(split_by_file, ["one ", "two ", "three ", "four ", "five ", "six ", "seven "], 3)
case(split_by_file, ["x", "yy", "x", "yy", "x", "x", "yy", "zzz", "x", "x", "w"], 5)
case(split_by_file, ["p", "q", "", "rst"], 4)


@cases(split_by_file, 2)
def _(rng):
    return ["".join(rng.choice(list("abc"), size=rng.integers(1, 5))) for _ in range(13)], int(rng.integers(2, 6))


@holds(split_by_file, "every character goes to one of the two, and none to both")
def _(split_by_file):
    texts = [chr(65 + i) * (i + 1) for i in range(11)]
    train, held_out = split_by_file(texts, 4)
    assert sorted(train + held_out) == sorted("".join(texts)) and not set(train) & set(held_out)


@mistake(split_by_file, "cut through the text")
def _(texts, every):
    """You join all files and cut the text in two, so a file may lie on both sides of the cut. What does a model
    that has counted one half of a file know about the other half?"""
    text = "".join(texts)
    cut = len(text) * (every - 1) // every
    return text[:cut], text[cut:]


@mistake(split_by_file, "every so many characters")
def _(texts, every):
    """You hold out single characters, so held-out neighbours never were neighbours. What is to stay whole: a
    character, or a file?"""
    text = "".join(texts)
    return "".join(c for i, c in enumerate(text) if (i + 1) % every), text[every - 1 :: every]


@mistake(split_by_file, "counted on in both")
def _(texts, every):
    """Your training text holds the held-out files too. What would a loss on a text that was counted tell of one that
    was not?"""
    return "".join(texts), "".join(texts[every - 1 :: every])


@mistake(split_by_file, "from the first file on")
def _(texts, every):
    """You hold out the first file. Counted from 1, which is the first that `every` divides?"""
    return "".join(text for i, text in enumerate(texts) if i % every), "".join(texts[::every])


@mistake(split_by_file, "the slice one place late")
def _(texts, every):
    """You begin to hold out at place `every` of the list, one text too late: places are counted from 0. Counted so, at
    which place stands the every-th text?"""
    rest = list(texts)
    del rest[every::every]
    return "".join(rest), "".join(texts[every::every])


@mistake(split_by_file, "the last file in neither")
def _(texts, every):
    """The last file is in neither of your texts. With which number does `range(1, 5)` end?"""
    texts = texts[:-1]
    return "".join(text for i, text in enumerate(texts) if (i + 1) % every), "".join(texts[every - 1 :: every])


@mistake(split_by_file, "the two exchanged")
def _(texts, every):
    """The long text comes second. Which of the two is asked for first?"""
    held_out = "".join(texts[every - 1 :: every])
    return held_out, "".join(text for i, text in enumerate(texts) if (i + 1) % every)


@mistake(split_by_file, "every file that looks held out")
def _(texts, every):
    """A file of which a copy is held out is missing from your training text. Does `in` ask for a file, or for
    its words?"""
    held_out = texts[every - 1 :: every]
    return "".join(text for text in texts if text not in held_out), "".join(held_out)


@mistake(split_by_file, "not joined")
def _(texts, every):
    """You return two lists of texts. Which method of a string makes one string of a list?"""
    return [text for i, text in enumerate(texts) if (i + 1) % every], texts[every - 1 :: every]


hint(split_by_file, "Number the five texts of the example from 1. For which numbers is the remainder of i / 2 zero?")
hint(split_by_file, "Go through enumerate(texts, start=1). Where i % every is 0, every divides i: to which of the two?")

prediction(
    "best_alpha",
    """From unigram to bigram to trigram the table grows from 96 places to 884 736, most of them never counted. What
    becomes of the best α, of 0.01, 0.1, 1 and 10?""",
    options=["It rises from each to the next.", "Neither.", "It falls from each to the next."],
    beliefs={
        "a": "The larger the table, the more windows there are that were never seen, and so the more smoothing seems "
        "to be called for. But α goes to each of the 96 places of a row: how many counts does a trigram's row hold?",
        "b": "α is added to every count alike, but the counts are not alike: a unigram has one row for the whole text, "
        "a trigram 9216.",
    },
)
prediction(
    "leak",
    """What becomes of the trigram's loss when the lines between are counted too? The last rung lies 0.55 nats below the
    one before it.""",
    options=[
        "It stays, to within 0.01.",
        "It falls, by less than 0.4: a part of a rung.",
        "It falls by 0.4 or more: about a whole rung.",
    ],
    beliefs={
        "a": "So it would be if files were alike. A file uses its own names again and again.",
        "c": "So it would be if each file were a language of its own. Most of what the trigram knows, blanks, brackets "
        "and the words of Python, it has from other files as well.",
    },
)


# ---- 2. Characters and those before them


@exercise
def windows(codes, n):
    """The n characters of every window of a text, as n arrays that can index a table.

    codes: an array of N ints, N >= n: the text
    n: a whole number, 1 or more: how many neighbours are looked at together
    Returns a tuple of n arrays, each of shape (N - n + 1,): the first holds the first character of every window, the
    last its last.

    windows(np.array([7, 8, 9, 4]), 3): the windows are 7 8 9 and 8 9 4, so the answer is
    (array([7, 8]), array([8, 9]), array([9, 4])).
    """
    count = len(codes) - n + 1
    return tuple(codes[i : i + count] for i in range(n))


case(windows, np.array([7, 8, 9, 4]), 3)
case(windows, np.array([7, 8, 9, 4, 2]), 2)
case(windows, np.array([5, 0, 3]), 1)
case(windows, np.array([1, 6, 2, 2, 0, 3]), 4)
case(windows, np.array([2, 1, 4]), 3)


@holds(windows, "as an index, they read a table once for every window")
def _(windows, rng):
    codes = rng.integers(0, 4, size=9)
    table = np.arange(64).reshape(4, 4, 4)
    assert close(table[windows(codes, 3)], np.array([table[tuple(codes[i : i + 3])] for i in range(7)]))


@mistake(windows, "one window short")
def _(codes, n):
    """You have one window too few. In a text of 4 characters, how many windows of 3 are there?"""
    return tuple(codes[i : len(codes) - n + i] for i in range(n))


@mistake(windows, "of different lengths")
def _(codes, n):
    """Your arrays are not equally long, so they cannot index a table together. Where does each have to end?"""
    return tuple(codes[i:] for i in range(n))


@mistake(windows, "the last character first")
def _(codes, n):
    """Your arrays stand in reverse: what comes last in the text comes first. Which character of a window does the
    first array hold?"""
    return tuple(codes[i : len(codes) - n + 1 + i] for i in reversed(range(n)))


@mistake(windows, "side by side in the text")
def _(codes, n):
    """Your windows do not overlap: after one, you jump n characters on. Does the second character begin a window?"""
    whole = len(codes) // n * n
    return tuple(codes[i:whole:n] for i in range(n))


@mistake(windows, "an array of rows")
def _(codes, n):
    """You return one table whose rows are right. What does `table[(a, b)]` do that `table[rows]` does not?"""
    return np.array([codes[i : len(codes) - n + 1 + i] for i in range(n)])


@mistake(windows, "bent into a ring")
def _(codes, n):
    """Your last windows begin at the end of the text and go on at its start. What comes after the end?"""
    return tuple(np.roll(codes, -i) for i in range(n))


@mistake(windows, "one window to an array")
def _(codes, n):
    """Each of your arrays is one window. Asked for is one array of all first characters, one of all second ones, and
    so on: how many arrays are that?"""
    return tuple(codes[k : k + n] for k in range(len(codes) - n + 1))


@mistake(windows, "the windows in a list")
def _(codes, n):
    """You return a list of windows. Asked for is a tuple of n arrays, the first with all first characters: which
    slice of the text is that?"""
    return [codes[k : k + n] for k in range(len(codes) - n + 1)]


@mistake(windows, "the last slice empty")
def _(codes, n):
    """Your last slice ends at 0, and is empty: counted from the end, `codes[2:-1]` leaves out one character, and
    `codes[2:0]` leaves out all. Where does the last slice end, counted from the front?"""
    return tuple(codes[i : i - n + 1] for i in range(n))


@mistake(windows, "a list of arrays")
def _(codes, n):
    """Your arrays are right, and they stand in a list. As an index a list is one array, and a tuple is one for each
    axis: which of the two is asked for?"""
    return [codes[i : len(codes) - n + 1 + i] for i in range(n)]


hint(
    windows,
    """Write the windows of the example in the docstring as rows, one under another. Which slice of the text is each
    column?""",
)
hint(windows, "All n slices have the length N - n + 1; the first begins at 0. Where does the second begin?")


# ---- 3. The model


@exercise(needs=[windows, conditionals])
def ngram_model(codes, V, n, alpha):
    """The probability of each character given the n - 1 before it, from counts with alpha added.

    codes: an array of ints from 0 to V - 1, at least n of them: the text to count in
    V: how many characters there are, whether or not the text has them all
    n: 1 for a unigram, 2 for a bigram, 3 for a trigram, and so on
    alpha: a positive number, added to the count of every window, seen or not
    Returns an array of floats with n axes of length V each, shape (V, ..., V). The last axis is the character that
    comes; those before it are the characters before it, in their order. Along the last axis all adds up to 1.

    ngram_model(np.array([0, 1, 0, 1]), 2, 2, 1) is array([[0.25, 0.75], [0.6667, 0.3333]]), the P of lesson 9's
    bigram_model("abab", 1).
    ngram_model(np.array([0, 1, 0, 1]), 2, 1, 1) is array([0.5, 0.5]): both come twice.
    """
    counts = np.full((V,) * n, alpha)
    np.add.at(counts, windows(codes, n), 1)
    return conditionals(counts.reshape(-1, V)).reshape(counts.shape)


case(ngram_model, np.array([0, 1, 0, 1]), 2, 2, 1)
case(ngram_model, np.array([0, 1, 0, 1]), 2, 1, 1)
case(ngram_model, np.array([0, 2, 2, 2, 1, 0, 2, 2]), 4, 2, 0.5)
case(ngram_model, np.array([1, 1, 1, 2, 0, 1, 1, 2]), 3, 3, 0.1)
case(ngram_model, np.array([4, 0, 0, 3, 0, 1]), 5, 1, 2)
case(ngram_model, np.array([2, 0, 2]), 3, 3, 0.25)


@cases(ngram_model, 2)
def _(rng):
    return rng.integers(0, 3, size=20), 4, int(rng.integers(1, 4)), float(rng.uniform(0.1, 2))


@holds(ngram_model, "along the last axis all adds up to 1, also where nothing was seen")
def _(ngram_model, rng):
    P = ngram_model(rng.integers(0, 4, size=12), 6, 3, 0.01)
    assert P.shape == (6, 6, 6) and close(P.sum(axis=-1), np.ones((6, 6))), "some rows do not add up to 1"


@holds(ngram_model, "for n = 2 it is the table of lesson 9's bigram_model")
def _(ngram_model):
    text = "".join("abcd"[i] for i in (0, 1, 3, 2, 2, 0, 1, 1, 3, 0, 0, 1, 2))
    assert close(ngram_model(np.array(["abcd".index(c) for c in text]), 4, 2, 0.3), bigram_model(text, 0.3)[1])


@holds(ngram_model, "100 000 characters are counted before the time is up")
def _(ngram_model, rng):
    codes = rng.integers(0, 96, size=100_000)
    assert abs(ngram_model(codes, 96, 2, 0.5).sum() - 96) < 1e-6


def _counted(codes, n, V):
    """How often each window comes, as floats."""
    counts = np.zeros((V,) * n)
    np.add.at(counts, tuple(codes[i : len(codes) - n + 1 + i] for i in range(n)), 1)
    return counts


@mistake(ngram_model, "each window counted once")
def _(codes, V, n, alpha):
    """A window that comes often counts once in your table: `counts[windows] += 1` adds to each place only once. What
    does np.add.at do with a place that is named twice?"""
    counts = np.minimum(_counted(codes, n, V), 1) + alpha
    return counts / counts.sum(axis=-1, keepdims=True)


@mistake(ngram_model, "turned over")
def _(codes, V, n, alpha):
    """In your table the character that comes stands on the first axis. Which axis is to add up to 1, and which
    character of a window is to run along it?"""
    counts = np.transpose(_counted(codes, n, V)) + alpha
    return counts / counts.sum(axis=-1, keepdims=True)


@mistake(ngram_model, "a share of everything")
def _(codes, V, n, alpha):
    """Your whole table adds up to 1: it holds the probabilities of windows. Given the characters before, over what
    must the probabilities add up to 1?"""
    counts = _counted(codes, n, V) + alpha
    return counts / counts.sum()


@mistake(ngram_model, "the wrong axis made shares")
def _(codes, V, n, alpha):
    """Your table adds up to 1 along its first axis, and not along its last. Which axis holds the character that
    comes?"""
    counts = _counted(codes, n, V) + alpha
    return counts / counts.sum(axis=0, keepdims=True)


@mistake(ngram_model, "alpha left out")
def _(codes, V, n, alpha):
    """What was never seen is impossible in your table, or nan. What does one such window do to the loss of a text?"""
    counts = _counted(codes, n, V)
    with np.errstate(all="ignore"):
        return counts / counts.sum(axis=-1, keepdims=True)


@mistake(ngram_model, "one alpha to a row")
def _(codes, V, n, alpha):
    """You add alpha once to the total of a row, and V counts have each gained one. By how much did their sum grow?"""
    counts = _counted(codes, n, V)
    return (counts + alpha) / (counts.sum(axis=-1, keepdims=True) + alpha)


@mistake(ngram_model, "only what the text has")
def _(codes, V, n, alpha):
    """Your table has a place only for characters up to the largest that was counted. What becomes of one that comes
    in the held-out text alone?"""
    counts = _counted(codes, n, int(np.max(codes)) + 1) + alpha
    return counts / counts.sum(axis=-1, keepdims=True)


@mistake(ngram_model, "brackets that make no tuple")
def _(codes, V, n, alpha):
    """Your table has one axis: `(V) * n` is a product of two numbers, for brackets alone make no tuple. What makes one
    of a single V?"""
    counts = np.full(V * n, alpha, dtype=float)
    np.add.at(counts, windows(codes, n), 1)
    return counts / counts.sum(axis=-1, keepdims=True)


@mistake(ngram_model, "divided by the total of another row")
def _(codes, V, n, alpha):
    """You divide entry [i, j] by the total of row j: totals of shape (V,) are laid along the last axis. What shape
    would they need, and which argument of `sum` keeps it?"""
    counts = _counted(codes, n, V) + alpha
    return counts / counts.sum(axis=-1)


@mistake(ngram_model, "shares along axis 1")
def _(codes, V, n, alpha):
    """Your shares are made along axis 1, as `conditionals` makes them. With two axes that is the last, with three it is
    the middle one, and with one axis there is none. What can be done to the table so that it has two axes, whatever n
    is?"""
    counts = _counted(codes, n, V) + alpha
    return counts / counts.sum(axis=1, keepdims=True)


@mistake(ngram_model, "a table of V by n")
def _(codes, V, n, alpha):
    """Your table is V by n, with two axes whatever n is. How many axes has the table of a trigram, and how long is
    each?"""
    counts = np.full((V, n), float(alpha))
    np.add.at(counts, windows(codes, n), 1)
    return conditionals(counts.reshape(-1, V)).reshape(counts.shape)


@mistake(ngram_model, "a table of ints")
def _(codes, V, n, alpha):
    """A table of ints cannot take up a float in place, as in `counts += alpha`. With what should np.full fill it, or
    np.zeros, so that it is one of floats?"""
    counts = np.full((V,) * n, 0)
    np.add.at(counts, windows(codes, n), 1)
    counts += alpha
    return conditionals(counts.reshape(-1, V)).reshape(counts.shape)


@mistake(ngram_model, "the text as the index")
def _(codes, V, n, alpha):
    """You index the table by the text itself, so each character adds 1 to everything in its row. Which of your
    functions makes an index with one array for each axis?"""
    counts = np.full((V,) * n, float(alpha))
    counts += np.bincount(codes, minlength=V).reshape(V, *[1] * (n - 1))  # as np.add.at(counts, codes, 1), but soon
    return conditionals(counts.reshape(-1, V)).reshape(counts.shape)


@mistake(ngram_model, "alpha added to the shares")
def _(codes, V, n, alpha):
    """You add alpha to the shares, and then they add up to more than 1. To what is it to be added, and is that before
    or after the shares are made?"""
    counts = _counted(codes, n, V)
    return conditionals(counts.reshape(-1, V)).reshape(counts.shape) + alpha


@mistake(ngram_model, "left in rows")
def _(codes, V, n, alpha):
    """The shares are right, but in the wrong shape: one row under another, (V·V, V) for n = 3. `reshape` has brought
    them there: which shape did they come from?"""
    counts = _counted(codes, n, V).reshape(-1, V) + alpha
    return counts / counts.sum(axis=-1, keepdims=True)


_LINE = "return conditionals(counts.reshape(-1, V)).reshape(counts.shape)"
equivalent(
    ngram_model,
    f"{_LINE}  ⇒  {_LINE.replace('-1', '-2')}",
    because="NumPy takes any negative length as the one that fits",
)

hint(
    ngram_model,
    """What is the shape of the table of counts for n = 3, and which tuple, times n, is it? One line after it, np.add.at
    needs an index.""",
)
hint(
    ngram_model,
    """conditionals makes shares of the rows of a table with two axes. reshape(-1, V) lays the counts out so that
    each row runs over the character that comes; what takes the result back?""",
)


# ---- 4. Its loss


@exercise(needs=[windows])
def text_nll(P, codes):
    """The mean surprise of a model at a text, in nats per character.

    P: the table of a model as ngram_model returns it, n axes of length V, without a 0 in it
    codes: an array of N ints from 0 to V - 1, N >= n: the text
    Returns a float: the mean over all N - n + 1 windows of -ln of the probability that P gives to the last character
    of the window after the others.

    text_nll(np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([0, 1, 0])): the windows 0 1 and 1 0 have the probabilities
    0.75 and 0.5, so the answer is (0.2877 + 0.6931) / 2 = 0.4904.
    """
    return np.mean(-np.log(P[windows(codes, P.ndim)]))


case(text_nll, np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([0, 1, 0]))
case(text_nll, np.array([0.5, 0.2, 0.3]), np.array([2, 1, 0, 0, 1]))
case(text_nll, np.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.15, 0.8, 0.05]]), np.array([0, 1, 1, 2, 0, 2, 1]))


@cases(text_nll, 3)
def _(rng):
    n = int(rng.integers(1, 4))
    P = rng.uniform(0.1, 1, size=(3,) * n)
    return P / P.sum(axis=-1, keepdims=True), rng.integers(0, 3, size=int(rng.integers(4, 12)))


@holds(text_nll, "a model that knows nothing of 96 characters has ln 96")
def _(text_nll, rng):
    assert close(text_nll(np.full((96, 96), 1 / 96), rng.integers(0, 96, size=50)), np.log(96))


@holds(text_nll, "a text whose probability is 0 as a float still has a loss")
def _(text_nll):
    assert close(text_nll(np.array([0.5, 0.5]), np.array([0, 1] * 2000)), np.log(2))


@mistake(text_nll, "in bits")
def _(P, codes):
    """Your number is that of the example divided by ln 2: it is in bits. Which logarithm gives nats?"""
    return np.mean(-np.log2(P[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))]))


@mistake(text_nll, "added up")
def _(P, codes):
    """You add the surprises up, so twice the text is twice the loss. What is asked for, of the text or of a
    character?"""
    return np.sum(-np.log(P[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))]))


@mistake(text_nll, "divided by all characters")
def _(P, codes):
    """You divide by the number of characters, and there are fewer windows than that. How many surprises did you add
    up?"""
    return np.sum(-np.log(P[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))])) / len(codes)


@mistake(text_nll, "one window short")
def _(P, codes):
    """Your mean leaves out the last window. In a text of 3 characters, how many windows of 2 are there?"""
    return np.mean(-np.log(P[windows(codes[:-1], P.ndim)]))


@mistake(text_nll, "the perplexity")
def _(P, codes):
    """You return e to the power of the loss, its perplexity, a number of choices. Which step of yours leads away from
    nats?"""
    return np.exp(np.mean(-np.log(P[windows(codes, P.ndim)])))


@mistake(text_nll, "the logarithm of the mean")
def _(P, codes):
    """You take the mean of the probabilities first, and a logarithm of that. The probability of a text is a product:
    what does a logarithm make of it?"""
    return -np.log(np.mean(P[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))]))


@mistake(text_nll, "the product first")
def _(P, codes):
    """You multiply the probabilities, and of a long text the product is 0 as a float. What turns the product into a
    sum, before anything is multiplied?"""
    p = P[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))]
    with np.errstate(all="ignore"):
        return -np.log(np.prod(p)) / len(p)


@mistake(text_nll, "the sign of a likelihood")
def _(P, codes):
    """Your loss is below 0. Which sign has the logarithm of a probability?"""
    return np.mean(np.log(P[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))]))


@mistake(text_nll, "read backwards")
def _(P, codes):
    """You look up the last character of a window on the first axis. In P[i, j], which of the two comes first in the
    text?"""
    return np.mean(-np.log(np.transpose(P)[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))]))


@mistake(text_nll, "windows of two for every model")
def _(P, codes):
    """You take windows of two characters, whatever P is. A P with one axis is a unigram: how many characters does
    each of its windows have?"""
    return np.mean(-np.log(P[codes[:-1], codes[1:]]))


@mistake(text_nll, "the length for the axes")
def _(P, codes):
    """You take windows as long as `len(P)`, which is V, the number of different characters. How many axes does P
    have, and what tells you?"""
    n = len(P)
    return np.mean(-np.log(P[tuple(codes[i : len(codes) - n + 1 + i] for i in range(n))]))


hint(text_nll, "In the example, which two numbers of the table are read, and with which index each?")
hint(text_nll, "P.ndim says how many axes P has, so it says which windows to take; they index P as they are.")


# ---- 5. How much to smooth


@exercise(needs=[ngram_model, text_nll])
def choose_alpha(train, held_out, V, n, alphas):
    """Of some amounts of smoothing the one with which a text that was not counted is the least surprise.

    train, held_out: two texts as arrays of ints from 0 to V - 1, at least n in each
    V, n: as in ngram_model
    alphas: a list of positive numbers; of two that are equally good, the one that stands first is taken
    Returns (alpha, nll): the best of alphas, and the loss on held_out of the model that was counted on train with it,
    in nats per character.

    With V = 2, n = 1, train = [0, 0, 0, 1] and held_out = [0, 1], alpha = 1 gives the probabilities 4/6 and 2/6 and the
    loss 0.752; alpha = 9 gives 12/22 and 10/22 and 0.697. So of [1, 9] the answer is (9, 0.697).
    """
    losses = [text_nll(ngram_model(train, V, n, alpha), held_out) for alpha in alphas]
    best = np.argmin(losses)
    return alphas[best], losses[best]


case(choose_alpha, np.array([0, 0, 0, 1]), np.array([0, 1]), 2, 1, [1, 9])
case(choose_alpha, np.array([0, 1, 0, 1, 0, 1, 1]), np.array([0, 1, 0, 1, 0]), 3, 2, [2, 0.5, 0.01, 8])
case(choose_alpha, np.array([0, 1, 2, 0, 1, 2, 0, 0]), np.array([1, 2, 0, 1, 1, 2, 0]), 4, 2, [0.01, 0.2, 5])
case(choose_alpha, np.array([0, 1, 2, 0, 1, 1, 0, 1, 2]), np.array([0, 1, 2, 0, 1, 3, 0, 1]), 4, 3, [4, 0.001, 0.3])
case(choose_alpha, np.array([3, 3, 1, 3]), np.array([3, 1, 0, 3, 3]), 4, 1, [0.25])
case(  # all are equally good, and neither the smallest nor the largest stands first or last
    choose_alpha, np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0]), np.array([1, 0, 1, 1]), 2, 1, [0.5, 0.25, 2, 1]
)


@holds(choose_alpha, "no other alpha of the list is better on the held-out text")
def _(choose_alpha, rng):
    train, held_out, alphas = rng.integers(0, 3, size=30), rng.integers(0, 4, size=20), [0.01, 0.1, 0.5, 2, 7]
    _, nll = choose_alpha(train, held_out, 4, 2, alphas)
    assert all(nll <= text_nll(ngram_model(train, 4, 2, alpha), held_out) + 1e-12 for alpha in alphas)


def _chosen(train, held_out, V, n, alphas, judged=None, pick=np.argmin):
    """choose_alpha, with another text that it is judged on or another choice."""
    losses = [text_nll(ngram_model(train, V, n, a), held_out if judged is None else judged) for a in alphas]
    best = int(pick(losses))
    return alphas[best], text_nll(ngram_model(train, V, n, alphas[best]), held_out)


@mistake(choose_alpha, "chosen on the training text")
def _(train, held_out, V, n, alphas):
    """You judge each alpha by the text that was counted, and there the smallest always wins. On which text does
    smoothing help?"""
    return _chosen(train, held_out, V, n, alphas, judged=train)


@mistake(choose_alpha, "the worst")
def _(train, held_out, V, n, alphas):
    """You return the alpha with the largest loss. Is a loss to be large?"""
    return _chosen(train, held_out, V, n, alphas, pick=np.argmax)


@mistake(choose_alpha, "counted on both")
def _(train, held_out, V, n, alphas):
    """Your model has counted the held-out text too. What can a loss on it still tell?"""
    both = np.concatenate([train, held_out])
    return _chosen(both, held_out, V, n, alphas)


@mistake(choose_alpha, "the place, not the alpha")
def _(train, held_out, V, n, alphas):
    """You return where the best alpha stands in the list. How does one get from there to the alpha?"""
    alpha, nll = _chosen(train, held_out, V, n, alphas)
    return list(alphas).index(alpha), nll


@mistake(choose_alpha, "the loss on the training text")
def _(train, held_out, V, n, alphas):
    """Your alpha is right, and the loss beside it is the one on the training text. Which of the two would you tell
    others?"""
    alpha, _ = _chosen(train, held_out, V, n, alphas)
    return alpha, text_nll(ngram_model(train, V, n, alpha), train)


@mistake(choose_alpha, "of equals, the last")
def _(train, held_out, V, n, alphas):
    """Of alphas that are equally good you take the last. Which comparison lets a later one take the place of one that
    is as good?"""
    return _chosen(train, held_out, V, n, list(alphas)[::-1])


@mistake(choose_alpha, "of equals, the smallest")
def _(train, held_out, V, n, alphas):
    """Of alphas that are equally good you take the smallest, and not the one that stands first. Where do you sort the
    alphas, or compare them too where the losses are equal?"""
    return _chosen(train, held_out, V, n, sorted(alphas))


@mistake(choose_alpha, "the last that was tried")
def _(train, held_out, V, n, alphas):
    """You return the last alpha and its loss, whatever the others would give. Does the best so far begin anew in every
    turn of the loop?"""
    return _chosen(train, held_out, V, n, list(alphas)[-1:])


@mistake(choose_alpha, "the first that was tried")
def _(train, held_out, V, n, alphas):
    """You return the first alpha and its loss, whatever the others would give. Does `return` stand inside the loop,
    or below it?"""
    return _chosen(train, held_out, V, n, list(alphas)[:1])


hint(choose_alpha, "For one alpha: which function makes the model, of which text, and which one judges it, on which?")
hint(choose_alpha, "Make a list of the losses, one for each alpha. np.argmin gives the place of the smallest.")


# ---- 6. The ladder


@exercise(needs=[choose_alpha, bits_per_byte], limit=15.0)
def ladder(train, held_out, V, alphas):
    """The four rungs: what a text costs a model that knows nothing, and then unigram, bigram and trigram.

    train, held_out: two texts as arrays of ints from 0 to V - 1, at least 3 in each
    V: how many characters there are
    alphas: a list of positive numbers, of which each model takes the one that is best on held_out
    Returns an array of shape (4, 2), one row for each rung: the loss on held_out in nats and in bits, both for each
    character that is predicted (of which each is one token and one byte).
    The rungs are uniform (each of the V characters equally likely), unigram (how often each comes), bigram (given the
    one before) and trigram (given the two before).

    With V = 2 and one alpha, 1, train = [0, 0, 0, 1] and held_out = [0, 1, 0]: the uniform rung is ln 2 = 0.6931 nats,
    1 bit. The unigram's probabilities are 4/6 and 2/6, and (2 · 0.4055 + 1.0986) / 3 = 0.6365 nats, 0.9183 bits.
    """
    chosen = [choose_alpha(train, held_out, V, n, alphas) for n in (1, 2, 3)]
    nats = [np.log(V), *(nll for _, nll in chosen)]
    return np.array([[nll, bits_per_byte(nll, 1, 1)] for nll in nats])


case(ladder, np.array([0, 0, 0, 1]), np.array([0, 1, 0]), 2, [1])
case(ladder, np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 2]), np.array([0, 1, 2, 0, 1, 1, 2]), 3, [0.01, 0.3, 3])
case(ladder, np.array([3, 1, 0, 3, 1, 0, 0, 1]), np.array([3, 1, 0, 2, 3, 1, 0]), 5, [4, 0.5, 0.02])


@functools.cache
def _real():
    """The two texts of the notebook."""
    return tuple(map(encode, split_by_file(python_source(), 5)))


@functools.cache
def _beginning():
    """The beginnings of both, folded to 8 characters of 9, and what their rungs are."""
    texts = tuple(codes[:length] % 8 for codes, length in zip(_real(), (1500, 1100), strict=True))
    return *texts, ladder(*texts, 9, [2, 0.1])


@holds(ladder, "on Python's own source, all four rungs lie in their bands")
def _(ladder):
    *short, want = _beginning()  # what is wrong there is wrong on the whole, and is seen a hundred times sooner
    assert close(ladder(*(codes.copy() for codes in short), 9, [2, 0.1]), want), "they differ on its beginning alone"
    rungs = ladder(*(codes.copy() for codes in _real()), len(CHARS), list(ALPHAS))
    for name, (low, high), nats in zip(("uniform", "unigram", "bigram", "trigram"), BANDS, rungs[:, 0], strict=True):
        assert low <= nats <= high, f"the {name} is at {nats:.3f} nats; its band goes from {low} to {high}"


def _rungs(train, held_out, V, alphas, nats=None, first=None, sizes=(1, 2, 3)):
    """A ladder with other rungs, or with another uniform one."""
    found = [choose_alpha(train, held_out, V, n, alphas)[1] for n in sizes] if nats is None else nats
    found = np.array([np.log(V) if first is None else first, *found])
    return np.stack([found, found / np.log(2)], axis=1)


@mistake(ladder, "the units exchanged")
def _(train, held_out, V, alphas):
    """Your first column is in bits and your second in nats. Of the same loss, which number is the larger?"""
    return _rungs(train, held_out, V, alphas)[:, ::-1].copy()


@mistake(ladder, "times ln 2")
def _(train, held_out, V, alphas):
    """Your bits are fewer than your nats. A bit is 0.693 nats: does it take more or fewer of the smaller unit?"""
    nats = _rungs(train, held_out, V, alphas)[:, 0]
    return np.stack([nats, nats * np.log(2)], axis=1)


@mistake(ladder, "uniform over what was seen")
def _(train, held_out, V, alphas):
    """Your lowest rung divides among the characters of the training text alone. What does it give to one that is not
    in it?"""
    return _rungs(train, held_out, V, alphas, first=np.log(len(set(np.asarray(train).tolist()))))


@mistake(ladder, "judged on the training text")
def _(train, held_out, V, alphas):
    """You report the losses on the text that was counted, and the trigram shines. Which text has none of your models
    seen?"""
    return _rungs(train, train, V, alphas)


@mistake(ladder, "counted in the held-out text")
def _(train, held_out, V, alphas):
    """Your models count in the text that they are judged on. Which argument is which?"""
    return _rungs(held_out, held_out, V, alphas)


@mistake(ladder, "one alpha for all")
def _(train, held_out, V, alphas):
    """You take the first alpha for all models, and it is not the best for each. Which of your functions chooses one
    for a rung?"""
    return _rungs(train, held_out, V, alphas[:1])


@mistake(ladder, "one rung too high")
def _(train, held_out, V, alphas):
    """Below the uniform rung you have bigram, trigram and one more. How many characters are in a unigram's window?"""
    return _rungs(train, held_out, V, alphas, sizes=(2, 3, 4)) if V < 96 else np.zeros((4, 2))


@mistake(ladder, "the alpha, not the loss")
def _(train, held_out, V, alphas):
    """Your rungs are the alphas that were chosen. Of the two things that choose_alpha returns, which is the loss?"""
    return _rungs(train, held_out, V, alphas, nats=[choose_alpha(train, held_out, V, n, alphas)[0] for n in (1, 2, 3)])


@mistake(ladder, "both, not the loss")
def _(train, held_out, V, alphas):
    """You hand on the pair that choose_alpha returns, and bits_per_byte takes one number. Which of the two is the
    rung?"""
    nats = [np.log(V), *(choose_alpha(train, held_out, V, n, alphas) for n in (1, 2, 3))]
    return np.array([[nll, bits_per_byte(nll, 1, 1)] for nll in nats])


@mistake(ladder, "nats alone")
def _(train, held_out, V, alphas):
    """Your four numbers are the nats. Where are the bits?"""
    return _rungs(train, held_out, V, alphas)[:, 0]


@mistake(ladder, "the first row not filled")
def _(train, held_out, V, alphas):
    """Your first row holds nothing but 0: it never got its rung. What is the surprise at one of V characters that are
    all equally likely?"""
    return _rungs(train, held_out, V, alphas, first=0.0)


@mistake(ladder, "the first rung in bits")
def _(train, held_out, V, alphas):
    """Your first rung is log₂ V in the column of the nats. Which logarithm gives nats?"""
    return _rungs(train, held_out, V, alphas, first=np.log2(V))


@mistake(ladder, "a probability for the first rung")
def _(train, held_out, V, alphas):
    """Your first rung is the probability 1/V. What is the surprise at something with that probability?"""
    return _rungs(train, held_out, V, alphas, first=1 / V)


@mistake(ladder, "the first rung below 0")
def _(train, held_out, V, alphas):
    """Your first rung is below 0: it is the logarithm of 1/V. Which sign has a surprise?"""
    return _rungs(train, held_out, V, alphas, first=-np.log(V))


@mistake(ladder, "the text's length for the windows'")
def _(train, held_out, V, alphas):
    """Your bits are a little too few where a window is longer than 1. The mean is taken over the characters that are
    predicted: how many tokens has each of these, and how many bytes?"""
    found, N = _rungs(train, held_out, V, alphas), len(held_out)
    found[:, 1] *= np.array([N, N, N - 1, N - 2]) / N
    return found


@mistake(ladder, "the lengths of both texts")
def _(train, held_out, V, alphas):
    """Your bits depend on how long the training text is. A loss is a mean over characters of the held-out text: how
    many tokens has each of these, and how many bytes?"""
    found = _rungs(train, held_out, V, alphas)
    found[:, 1] *= len(train) / len(held_out)
    return found


equivalent(
    ladder,
    "return np.array([[nll, bits_per_byte(nll, 1, 1)] for nll in nats])"
    "  ⇒  return np.array([[nll, bits_per_byte(1, nll, 1)] for nll in nats])",
    because="the two are multiplied, and a product does not ask for the order",
)

hint(ladder, "One rung needs no model and no text. What is -ln(1/V)?")
hint(
    ladder,
    "choose_alpha returns two things: which is the rung? bits_per_byte of one token in one byte changes nats to bits.",
)


# ---- Five questions

quiz(
    "question_1",
    """Someone minimises the loss by the step w - 0.1 · gradient, and it falls. With the step w + 0.1 · gradient it
    rises. Why is the gradient, of all directions for a step of the same length, the one to go against?""",
    right(
        "To first order the change is gradient · step, lowest straight against it.",
        "∇L · d is |∇L| |d| cos φ, and the cosine is lowest, -1, where d points the other way. For large steps the "
        "rest of the function has its say, which is why a learning rate can be too large.",
    ),
    wrong(
        "The gradient points from the lowest place to where one stands.",
        "It is at right angles to the level line. In a long valley that is far from the direction to the lowest place, "
        "and descent goes in a zigzag.",
    ),
    wrong(
        "Each entry of the gradient says how far away the lowest place is along that weight, and so how far to go.",
        "An entry is a slope, change of the loss per unit. A steep wall may be close to the bottom, a flat plain far.",
    ),
)

quiz(
    "question_2",
    """A network has a million weights and one loss at its end. Its gradient is a product of Jacobians. Why does one
    multiply them from the loss backwards?""",
    wrong(
        "From the front the product would come out different, since matrices may not be exchanged.",
        "Matrix products may be bracketed as one likes; only the order of the factors is fixed. Both ways give the "
        "same gradient.",
    ),
    right(
        "From the loss it is one row that is carried, from the front a matrix.",
        "One row times a Jacobian is a VJP, and costs about as much as going forward did. The matrix has one column "
        "for each weight: from the front, one would go a million times.",
    ),
    wrong(
        "Because the loss is known only after everything else has been computed, so one must begin there.",
        "So it is, and the Jacobians are known then too. They could still be multiplied from the front.",
    ),
)

quiz(
    "question_3",
    """A matrix A = U Σ Vᵀ has the singular values 5, 2 and 0. What does it do to a cloud of points in space?""",
    wrong(
        "It stretches the cloud 5 times along x and 2 times along y, and flattens it along z.",
        "That is Σ alone. V says along which directions of the cloud it stretches, and U where these come to lie.",
    ),
    wrong(
        "It multiplies its three eigenvectors by 5, 2 and 0, and every other vector by something between.",
        "Singular values are no eigenvalues: they are the lengths of the half axes of the image of a ball, and never "
        "negative. A quarter turn of the plane has the singular values 1 and 1, and no vector keeps its direction.",
    ),
    right(
        "It flattens it to a plane: one direction is lost, two are stretched by 5 and 2.",
        "The columns of V are the three directions, at right angles, those of U where they go. What lay along the "
        "third is gone, and no matrix brings it back: rank 2.",
    ),
)

quiz(
    "question_4",
    """The unigram's probability of a text is the product of those of its characters. What is it that the bigram knows
    and the unigram does not?""",
    right(
        "That P(next | this) differs from P(next).",
        "Characters are not independent. If they were, every row of the bigram's table would be the unigram's, and the "
        "second rung would lie at the height of the first.",
    ),
    wrong(
        "How often each of the characters comes.",
        "The unigram knows nothing else. The bigram's rows, averaged as often as each is used, give the same.",
    ),
    wrong(
        "The product rule: the unigram breaks it when it multiplies the characters' probabilities.",
        "Multiplying is right for what is independent. What is wrong is the table: it does not ask what came before.",
    ),
)

quiz(
    "question_5",
    """From rung to rung the held-out loss falls. Suppose that you knew the true distribution of the next character
    given all before it. What would the loss be, on average over such texts?""",
    wrong(
        "0: whoever knows the true distribution is never surprised by what comes.",
        "Only where the next character is certain. The truth itself leaves open what a programmer will type.",
    ),
    wrong(
        "As low as one likes: each character more that is looked at lowers it further.",
        "In expectation it cannot rise with more to look at and the true table. But it is bounded from below.",
    ),
    right(
        "The entropy H(p): only KL(p ‖ q) is gone.",
        "A loss is a cross-entropy, H(p, q) = H(p) + KL(p ‖ q). All that a better model can do is to take KL to 0.",
    ),
)


# ---- Review


@question(text_nll, "a rung in bits")
def _(rng):
    bits = int(rng.integers(2, 15))
    choices = 2**bits
    return Asked(
        f"A model thinks every one of {choices} characters equally likely. What is its loss, in bits per character?",
        bits,
        why=f"-log₂(1/{choices}) = {bits}.",
    )


@question(ngram_model, "an unseen window")
def _(rng):
    V, alpha = int(rng.integers(3, 9)), float(rng.choice([0.1, 0.5, 2.0]))
    return Asked(
        f"A trigram model of {V} characters adds alpha = {alpha:g} to every count. After a pair that never was seen,"
        " which probability does each character get, to three decimals?",
        round(1 / V, 3),
        why=f"All {V} counts are {alpha:g}, so the shares are equal: 1/{V}.",
    )


@question(windows, "places in a table")
def _(rng):
    V = int(rng.integers(3, 12))
    n = int(rng.integers(2, 4))
    return Asked(
        f"There are {V} different characters. How many probabilities does the table of a model hold whose windows have"
        f" {n} of them?",
        V**n,
        why=f"{n} axes of length {V}: {V} to the power of {n}.",
    )
