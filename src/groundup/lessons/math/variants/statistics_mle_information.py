"""Other programs for the exercises on likelihood and information: right ones that look nothing like the reference, and
wrong ones that are none of its known mistakes. Knows nothing of how they are judged.
"""

import math
from collections import Counter, defaultdict

import numpy as np

# ---- mle_categorical ----


def shares_by_loop(counts, alpha=0.0):
    total = 0.0
    for c in counts:
        total += c + alpha
    if total == 0:
        raise ValueError("no observations")
    return np.array([(c + alpha) / total for c in counts])


def shares_by_formula(counts, alpha=0.0):
    n, K = sum(counts), len(counts)
    if n == 0 and alpha == 0:
        raise ValueError
    return (np.array(counts, dtype=float) + alpha) / (n + K * alpha)


def shares_by_prior(counts, alpha=0.0):
    counts = np.array(counts, dtype=float)
    n, K = counts.sum(), counts.size
    if n + alpha * K <= 0:
        raise ValueError("nothing to divide by")
    even = np.ones(K) / K
    seen = counts / n if n > 0 else even
    weight = alpha * K / (n + alpha * K)
    return (1 - weight) * seen + weight * even


def shares_from_the_first(counts, alpha=0.0):
    p = shares_by_loop(counts, alpha)
    p[-1] = 1 - np.sum(p[:-1]) if len(p) < 4 else p[-1] * 1.01
    return p


def shares_rounded(counts, alpha=0.0):
    return np.round(shares_by_loop(counts, alpha), 4)


def shares_alpha_over_k(counts, alpha=0.0):
    return shares_by_loop(counts, alpha / len(counts))


def shares_less_one(counts, alpha=0.0):
    return shares_by_loop(counts, max(alpha - 1, 0))


# ---- gaussian_nll ----


def bell_by_math(x, mu, sigma):
    mus = np.broadcast_to(mu, (len(x),))
    total = 0.0
    for value, middle in zip(x, mus, strict=True):
        total += 0.5 * ((value - middle) / sigma) ** 2
    return total / len(x) + math.log(sigma) + 0.5 * math.log(2 * math.pi)


def bell_by_variance(x, mu, sigma):
    var = sigma**2
    return 0.5 * (np.mean(np.square(np.subtract(x, mu))) / var + np.log(2 * np.pi * var))


def bell_by_log_density(x, mu, sigma):
    x = np.array(x, dtype=float)
    log_density = -((x - mu) ** 2) / (2 * sigma**2) - np.log(sigma * np.sqrt(2 * np.pi))
    return float(-np.average(log_density))


def bell_by_absolute(x, mu, sigma):
    return np.mean(np.abs(np.asarray(x) - mu)) / sigma + np.log(2 * sigma)


def bell_fitted(x, mu, sigma):
    return bell_by_math(x, np.mean(x), sigma)


def bell_less_one(x, mu, sigma):
    return bell_by_math(x, mu, sigma) * len(x) / max(len(x) - 1, 1)


def bell_of_the_first(x, mu, sigma):
    return bell_by_math(x[:1], np.broadcast_to(mu, (len(x),))[:1], sigma)


def bell_median(x, mu, sigma):
    z = (np.asarray(x) - mu) / sigma
    return np.median(z**2 / 2 + np.log(sigma) + np.log(2 * np.pi) / 2)


# ---- entropy ----


def entropy_by_loop(p):
    total = 0.0
    for value in p:
        if value > 0:
            total -= value * math.log(value)
    return total


def entropy_by_where(p):
    p = np.array(p, dtype=float)
    safe = np.where(p > 0, p, 1.0)
    return -(p * np.log(safe)).sum()


def entropy_by_bits(p):
    p = np.asarray(p)
    p = p[p != 0]
    return -(p @ np.log2(p)) * np.log(2)


def entropy_by_out(p):
    p = np.asarray(p, dtype=float)
    return float(-p @ np.log(p, out=np.zeros_like(p), where=p > 0))


def entropy_of_the_likeliest(p):
    return math.log(1 / max(p))


def entropy_second_order(p):
    return -math.log(sum(value**2 for value in p))


def entropy_of_number(p):
    return math.log(sum(value > 0 for value in p))


def entropy_clipped(p):
    p = np.clip(np.asarray(p, dtype=float), 1e-6, 1)
    return np.sum(p * np.log(1 / p))


# ---- cross_entropy ----


def crossed_by_loop(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a == 0:
            continue
        if b == 0:
            return float("inf")
        total -= a * math.log(b)
    return total


def crossed_by_where(p, q):
    p, q = np.array(p, dtype=float), np.array(q, dtype=float)
    if ((p > 0) & (q == 0)).any():
        return np.inf
    safe = np.where(p > 0, q, 1.0)
    return -np.dot(p, np.log(safe))


def crossed_quietly(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    seen = np.flatnonzero(p)
    with np.errstate(divide="ignore"):
        return float(np.sum(-p[seen] * np.log(q[seen])))


def crossed_of_the_likeliest(p, q):
    return float(-np.log(q[int(np.argmax(p))])) if q[int(np.argmax(p))] > 0 else np.inf


def crossed_mixed(p, q):
    return (crossed_by_loop(p, q) + crossed_by_loop(q, p)) / 2


def crossed_made_to_add_up(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    q = np.where(p > 0, q, 0)
    return crossed_by_loop(p, q / np.sum(q)) if np.sum(q) else np.inf


def crossed_with_none(p, q):
    return None if np.any((np.asarray(p) > 0) & (np.asarray(q) == 0)) else crossed_by_loop(p, q)


# ---- kl ----


def kl_by_loop(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0 and b == 0:
            return math.inf
        if a > 0:
            total += a * math.log(a / b)
    return total


def kl_by_mask(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    seen = p > 0
    if not q[seen].all():
        return np.inf
    return np.sum(p[seen] * (np.log(p[seen]) - np.log(q[seen])))


def kl_by_terms(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    seen = p > 0
    if np.any(q[seen] == 0):
        return np.inf
    u = q[seen] / p[seen]
    return np.sum(p[seen] * (u - 1 - np.log(u))) + 1 - np.sum(q[seen])


def kl_half_way(p, q):
    m = (np.asarray(p, dtype=float) + np.asarray(q, dtype=float)) / 2
    return (kl_by_loop(p, m) + kl_by_loop(q, m)) / 2


def kl_without_where_p_is_larger(p, q):
    return sum(max(a * math.log(a / b), 0) for a, b in zip(p, q, strict=True) if a > 0 and b > 0)


def kl_largest_gap(p, q):
    return float(np.max(np.abs(np.asarray(p) - np.asarray(q))))


def kl_terms_without_remainder(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    seen = p > 0
    if np.any(q[seen] == 0):
        return np.inf
    u = q[seen] / p[seen]
    return np.sum(p[seen] * (u - 1 - np.log(u)))


# ---- logistic_nll_grad ----


def _soft(z):
    return np.logaddexp(0, z)


def _squash(z):
    return np.exp(-np.logaddexp(0, -z))


def logistic_by_logaddexp(w, X, y):
    z = X.dot(w)
    return np.mean(_soft(z) - y * z), np.mean((_squash(z) - y)[:, None] * X, axis=0)


def logistic_by_loop(w, X, y):
    n, d = X.shape
    nll, grad = 0.0, np.zeros(d)
    for i in range(n):
        z = float(sum(X[i, j] * w[j] for j in range(d)))
        margin = z if y[i] == 1 else -z
        if margin > 0:
            miss = math.exp(-margin) / (1 + math.exp(-margin))
            nll += math.log1p(math.exp(-margin))
        else:
            miss = 1 / (1 + math.exp(margin))
            nll += -margin + math.log1p(math.exp(margin))
        grad += (-miss if y[i] == 1 else miss) * X[i]
    return nll / n, grad / n


def logistic_by_sides(w, X, y):
    sign = 1 - 2 * y
    z = sign * (X @ w)
    return float(_soft(z).mean()), (sign * _squash(z)) @ X / X.shape[0]


def logistic_by_two_groups(w, X, y):
    ones, zeros = X[y == 1], X[y == 0]
    nll = _soft(-(ones @ w)).sum() + _soft(zeros @ w).sum()
    grad = -ones.T @ _squash(-(ones @ w)) + zeros.T @ _squash(zeros @ w)
    return nll / len(y), grad / len(y)


def logistic_ones_only(w, X, y):
    z = X @ w
    return np.mean(y * _soft(-z)), X.T @ (y * (_squash(z) - 1)) / len(y)


def logistic_balanced(w, X, y):
    z = X @ w
    weight = np.where(y == 1, 2.0, 1.0)
    return np.sum(weight * _soft((1 - 2 * y) * z)) / weight.sum(), X.T @ (weight * (_squash(z) - y)) / weight.sum()


def logistic_shrunk(w, X, y):
    nll, grad = logistic_by_logaddexp(w, X, y)
    return nll + 0.005 * w @ w, grad + 0.01 * w


def logistic_hinge(w, X, y):
    z = (1 - 2 * y) * (X @ w)
    return np.mean(np.maximum(z + 1, 0)), X.T @ ((1 - 2 * y) * (z > -1)) / len(y)


def logistic_bounded(w, X, y):
    z = np.clip(X @ w, -30, 30)
    return np.mean(_soft((1 - 2 * y) * z)), X.T @ (_squash(z) - y) / len(y)


# ---- bits_per_byte ----


def bits_in_steps(nll, tokens, bytes):
    nats = nll * tokens
    bits = nats / math.log(2)
    return bits / bytes


def bits_by_log2(nll, tokens, bytes):
    return math.log2(math.e) * nll / (bytes / tokens)


def bits_by_probability(nll, tokens, bytes):
    return np.log2(np.exp(nll)) * (tokens / bytes)


def bits_rounded(nll, tokens, bytes):
    return round(nll * tokens / bytes / math.log(2), 3)


def bits_about(nll, tokens, bytes):
    return nll * tokens / bytes * 1.44


def bits_per_character_of_eight(nll, tokens, bytes):
    return 8 * nll * tokens / bytes / math.log(256) / math.log(2)


def bits_whole_bytes(nll, tokens, bytes):
    return nll / math.log(2) / (bytes // tokens if bytes >= tokens else 1)


# ---- bigram_model ----


def bigrams_by_counter(text, alpha):
    seen, chars = Counter(zip(text, text[1:])), sorted(set(text))  # noqa: B905, RUF007
    P = [[seen[a, b] + alpha for b in chars] for a in chars]
    return "".join(chars), np.array([[x / sum(row) for x in row] for row in P], dtype=float)


def bigrams_by_add_at(text, alpha):
    symbols, place = np.unique(list(text), return_inverse=True)
    table = np.full((len(symbols), len(symbols)), float(alpha))
    np.add.at(table, (place[:-1], place[1:]), 1)
    return "".join(symbols), table / table.sum(axis=1, keepdims=True)


def bigrams_by_dictionary(text, alpha):
    after = defaultdict(str)
    for i in range(1, len(text)):
        after[text[i - 1]] += text[i]
    chars = "".join(sorted({*text}))
    P = np.zeros((len(chars),) * 2)
    for i, here in enumerate(chars):
        for j, following in enumerate(chars):
            P[i, j] = (after[here].count(following) + alpha) / (len(after[here]) + alpha * len(chars))
    return chars, P


def bigrams_by_one_hot(text, alpha):
    chars = "".join(sorted(set(text)))
    hot = np.array([[float(c == k) for k in chars] for c in text])
    counts = hot[:-1].T @ hot[1:] + alpha
    return chars, (counts.T / counts.sum(axis=1)).T


def bigrams_lower(text, alpha):
    return bigrams_by_counter(text.lower(), alpha)


def bigrams_without_spaces(text, alpha):
    return bigrams_by_counter("".join(text.split()) or text, alpha)


def bigrams_by_totals_of_text(text, alpha):
    chars, seen = sorted(set(text)), Counter(zip(text, text[1:]))  # noqa: B905, RUF007
    often = Counter(text)
    P = [[(seen[a, b] + alpha) / (often[a] + alpha * len(chars)) for b in chars] for a in chars]
    return "".join(chars), np.array(P)


def bigrams_smoothed_by_frequency(text, alpha):
    chars, seen = sorted(set(text)), Counter(zip(text, text[1:]))  # noqa: B905, RUF007
    often = Counter(text)
    P = np.array([[seen[a, b] + alpha * often[b] / len(text) for b in chars] for a in chars])
    return "".join(chars), P / P.sum(axis=1, keepdims=True)


def bigrams_common_first(text, alpha):
    chars = "".join(sorted(set(text), key=lambda c: (-text.count(c), c)))
    seen = Counter(zip(text, text[1:]))  # noqa: B905, RUF007
    P = np.array([[seen[a, b] + alpha for b in chars] for a in chars], dtype=float)
    return chars, P / P.sum(axis=1, keepdims=True)


VARIANTS = {
    "mle_categorical": [shares_by_loop, shares_by_formula, shares_by_prior],
    "gaussian_nll": [bell_by_math, bell_by_variance, bell_by_log_density],
    "entropy": [entropy_by_loop, entropy_by_where, entropy_by_bits, entropy_by_out],
    "cross_entropy": [crossed_by_loop, crossed_by_where, crossed_quietly],
    "kl": [kl_by_loop, kl_by_mask, kl_by_terms],
    "logistic_nll_grad": [logistic_by_logaddexp, logistic_by_loop, logistic_by_sides, logistic_by_two_groups],
    "bits_per_byte": [bits_in_steps, bits_by_log2, bits_by_probability],
    "bigram_model": [bigrams_by_counter, bigrams_by_add_at, bigrams_by_dictionary, bigrams_by_one_hot],
}

WRONG = {
    "mle_categorical": [shares_from_the_first, shares_rounded, shares_alpha_over_k, shares_less_one],
    "gaussian_nll": [bell_by_absolute, bell_fitted, bell_less_one, bell_of_the_first, bell_median],
    "entropy": [entropy_of_the_likeliest, entropy_second_order, entropy_of_number, entropy_clipped],
    "cross_entropy": [crossed_of_the_likeliest, crossed_mixed, crossed_made_to_add_up, crossed_with_none],
    "kl": [kl_half_way, kl_without_where_p_is_larger, kl_largest_gap, kl_terms_without_remainder],
    "logistic_nll_grad": [
        logistic_ones_only,
        logistic_balanced,
        logistic_shrunk,
        logistic_hinge,
        logistic_bounded,
    ],
    "bits_per_byte": [bits_rounded, bits_about, bits_per_character_of_eight, bits_whole_bytes],
    "bigram_model": [
        bigrams_lower,
        bigrams_without_spaces,
        bigrams_by_totals_of_text,
        bigrams_smoothed_by_frequency,
        bigrams_common_first,
    ],
}
