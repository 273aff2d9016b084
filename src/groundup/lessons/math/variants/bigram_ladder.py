"""Other programs for the gate of phase 1: right ones that look nothing like the reference, and wrong ones that are none
of its known mistakes. Knows nothing of how they are judged.
"""

import math
from collections import Counter

import numpy as np

# ---- split_by_file ----


def split_by_loop(texts, every):
    train = held_out = ""
    for number, text in enumerate(texts, start=1):
        if number % every == 0:
            held_out += text
        else:
            train += text
    return train, held_out


def split_by_deleting(texts, every):
    rest = list(texts)
    del rest[every - 1 :: every]
    return "".join(rest), "".join(texts[every - 1 :: every])


def split_by_sets(texts, every):
    held = set(range(every, len(texts) + 1, every))
    parts = {True: [], False: []}
    for i in range(len(texts)):
        parts[i + 1 in held].append(texts[i])
    return "".join(parts[False]), "".join(parts[True])


def split_the_last(texts, every):
    k = len(texts) // every
    return "".join(texts[: len(texts) - k]), "".join(texts[len(texts) - k :])


def split_with_newlines(texts, every):
    rest = [t for i, t in enumerate(texts) if (i + 1) % every]
    return "\n".join(rest), "\n".join(texts[every - 1 :: every])


# ---- windows ----


def windows_by_list(codes, n):
    rows = [[int(codes[i + k]) for k in range(n)] for i in range(len(codes) - n + 1)]
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def windows_by_numpy(codes, n):
    view = np.lib.stride_tricks.sliding_window_view(codes, n)
    return tuple(view[:, i] for i in range(n))


def windows_by_ends(codes, n):
    found = []
    for i in range(n):
        end = len(codes) - (n - 1 - i)
        found.append(codes[i:end].copy())
    return tuple(found)


def windows_of_two(codes, n):
    return tuple(codes[i : len(codes) - 1 + i] for i in range(2))


def windows_from_the_second(codes, n):
    return tuple(codes[i + 1 : len(codes) - n + 1 + i] for i in range(n))


# ---- ngram_model ----


def model_by_bincount(codes, V, n, alpha):
    place = np.zeros(len(codes) - n + 1, dtype=int)
    for i in range(n):
        place = place * V + codes[i : len(codes) - n + 1 + i]
    counts = np.bincount(place, minlength=V**n).reshape((V,) * n) + alpha
    return counts / counts.sum(axis=-1, keepdims=True)


def model_by_dict(codes, V, n, alpha):
    text = [int(c) for c in codes]
    seen = Counter(zip(*(text[i:] for i in range(n)), strict=False))
    before = Counter()
    for window, count in seen.items():
        before[window[:-1]] += count
    P = np.full((V,) * n, 1 / V)
    for context, count in before.items():
        P[context] = alpha / (count + alpha * V)
    for window, count in seen.items():
        P[window] = (count + alpha) / (before[window[:-1]] + alpha * V)
    return P


def model_by_formula(codes, V, n, alpha):
    counts = np.zeros((V,) * n)
    np.add.at(counts, tuple(codes[i : len(codes) - n + 1 + i] for i in range(n)), 1.0)
    return (counts + alpha) / (counts.sum(-1)[..., None] + V * alpha)


def model_without_the_last(codes, V, n, alpha):
    return model_by_formula(codes[:-1], V, n, alpha) if len(codes) > n else model_by_formula(codes, V, n, alpha)


def model_alpha_over_v(codes, V, n, alpha):
    return model_by_formula(codes, V, n, alpha / V)


# ---- text_nll ----


def nll_by_loop(P, codes):
    n = P.ndim
    total = sum(math.log(P[tuple(codes[i : i + n])]) for i in range(len(codes) - n + 1))
    return -total / (len(codes) - n + 1)


def nll_by_counts(P, codes):
    n = P.ndim
    counts = np.zeros(P.shape)
    np.add.at(counts, tuple(codes[i : len(codes) - n + 1 + i] for i in range(n)), 1)
    return float(np.sum(counts * np.log(1 / P)) / np.sum(counts))


def nll_by_log_table(P, codes):
    surprise = -np.log2(P) * np.log(2)
    return surprise[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))].mean()


def nll_base_ten(P, codes):
    return nll_by_loop(P, codes) / math.log(10)


def nll_median(P, codes):
    return np.median(-np.log(P[tuple(codes[i : len(codes) - P.ndim + 1 + i] for i in range(P.ndim))]))


# ---- choose_alpha ----


def alpha_by_min(train, held_out, V, n, alphas):
    nll, place = min((nll_by_counts(model_by_formula(train, V, n, a), held_out), i) for i, a in enumerate(alphas))
    return alphas[place], nll


def alpha_by_loop(train, held_out, V, n, alphas):
    best, lowest = None, math.inf
    for alpha in alphas:
        nll = nll_by_log_table(model_by_bincount(train, V, n, alpha), held_out)
        if nll < lowest:
            best, lowest = alpha, nll
    return best, lowest


def alpha_by_sorting(train, held_out, V, n, alphas):
    found = sorted(
        ((a, nll_by_counts(model_by_bincount(train, V, n, a), held_out)) for a in alphas), key=lambda pair: pair[1]
    )
    return found[0]


def alpha_largest(train, held_out, V, n, alphas):
    return max(alphas), nll_by_counts(model_by_formula(train, V, n, max(alphas)), held_out)


def alpha_exchanged(train, held_out, V, n, alphas):
    return alpha_by_min(held_out, train, V, n, alphas)


# ---- ladder ----


def ladder_by_rows(train, held_out, V, alphas):
    rows = [(math.log(V), math.log2(V))]
    for n in (1, 2, 3):
        nats = alpha_by_min(train, held_out, V, n, alphas)[1]
        rows.append((nats, nats / math.log(2)))
    return np.array(rows)


def ladder_by_columns(train, held_out, V, alphas):
    nats = np.zeros(4)
    nats[0] = -np.log(1 / V)
    for n in (1, 2, 3):
        nats[n] = min(nll_by_counts(model_by_bincount(train, V, n, a), held_out) for a in alphas)
    return np.column_stack([nats, nats * np.log2(np.e)])


def ladder_unrolled(train, held_out, V, alphas):
    one, two, three = (alpha_by_loop(train, held_out, V, n, alphas)[1] for n in (1, 2, 3))
    out = np.empty((4, 2))
    out[:, 0] = np.log(V), one, two, three
    out[:, 1] = out[:, 0] / np.log(2)
    return out


def ladder_upside_down(train, held_out, V, alphas):
    return ladder_by_rows(train, held_out, V, alphas)[::-1]


def ladder_perplexity(train, held_out, V, alphas):
    found = ladder_by_rows(train, held_out, V, alphas)
    found[:, 1] = np.exp(found[:, 0])
    return found


VARIANTS = {
    "split_by_file": [split_by_loop, split_by_deleting, split_by_sets],
    "windows": [windows_by_list, windows_by_numpy, windows_by_ends],
    "ngram_model": [model_by_bincount, model_by_dict, model_by_formula],
    "text_nll": [nll_by_loop, nll_by_counts, nll_by_log_table],
    "choose_alpha": [alpha_by_min, alpha_by_loop, alpha_by_sorting],
    "ladder": [ladder_by_rows, ladder_by_columns, ladder_unrolled],
}
WRONG = {
    "split_by_file": [split_the_last, split_with_newlines],
    "windows": [windows_of_two, windows_from_the_second],
    "ngram_model": [model_without_the_last, model_alpha_over_v],
    "text_nll": [nll_base_ten, nll_median],
    "choose_alpha": [alpha_largest, alpha_exchanged],
    "ladder": [ladder_upside_down, ladder_perplexity],
}
