"""Exercises of the lesson on self-attention: from a softmax to a trained layer, and a probe that catches leaks.

Everything is float64, and (B, T, d) is batch, positions, features. Knows one head and no feed-forward layer.
"""

import math

import torch
from torch import nn
from torch.fx.experimental import symbolic_shapes  # noqa: F401 - autograd.grad loads it, and a check has no time for it
from torch.nn.functional import cross_entropy, one_hot, scaled_dot_product_attention

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
    training,
    wrong,
)


def _normal(rng, *shape):
    """A tensor of this shape, drawn from the standard normal distribution."""
    return torch.from_numpy(rng.normal(size=shape))


def waves(*shape, step=0.37):
    """A tensor of this shape whose entries are all different, between -1 and 1, and in no simple order."""
    return torch.sin(torch.arange(1.0, 1 + math.prod(shape), dtype=torch.float64) * (1 + step)).reshape(shape)


# ---- 1. From scores to weights


@exercise
def softmax_rows(scores):
    """Turn every row of scores into weights: positive, adding up to 1, and in the ratio of exp(score).

    scores: a float64 tensor (..., T); a row runs along the last axis, and the other axes may be any number, even none
    Returns a new float64 tensor (..., T); scores is left as it was, and gradients flow through.
    Scores of -1000 or 1000 must not come out as nan. A score may be -inf, and its weight is then 0;
    no row is all -inf.

    softmax_rows(tensor([0., log 3])) is tensor([0.25, 0.75]).
    """
    shifted = scores - scores.max(dim=-1, keepdim=True).values
    exponentials = shifted.exp()
    return exponentials / exponentials.sum(dim=-1, keepdim=True)


case(softmax_rows, torch.tensor([0.0, math.log(3)], dtype=torch.float64))
case(softmax_rows, waves(3, 4))
case(softmax_rows, waves(2, 5, 3) * 2)
case(softmax_rows, torch.tensor([[1000.0, 1001.0, 998.0], [-1000.0, -999.0, -1003.0]], dtype=torch.float64))
case(softmax_rows, torch.tensor([[0.5, -torch.inf, 1.5], [2.0, 1.0, -torch.inf]], dtype=torch.float64))
case(softmax_rows, torch.tensor([[3.0]], dtype=torch.float64))


@cases(softmax_rows, 3)
def _(rng):
    return (_normal(rng, 2, 3, 4),)


@holds(softmax_rows, "every row adds up to 1, and no weight is negative")
def _(softmax_rows, rng):
    weights = softmax_rows(_normal(rng, 4, 6, 3) * 5)
    assert close(weights.sum(dim=-1), torch.ones(4, 6, dtype=torch.float64))
    assert (weights >= 0).all()


@holds(softmax_rows, "adding one number to a whole row changes nothing")
def _(softmax_rows, rng):
    scores, shift = _normal(rng, 4, 3), _normal(rng, 4, 1) * 300
    assert close(softmax_rows(scores + shift), softmax_rows(scores))


@holds(softmax_rows, "a gradient comes through, and it is the right one")
def _(softmax_rows, rng):
    scores = _normal(rng, 3, 4).requires_grad_()
    weights = softmax_rows(scores)
    assert weights.requires_grad, "the result is cut off from the scores: no gradient can flow"
    upstream = _normal(rng, 3, 4)
    (got,), (want,) = (torch.autograd.grad(w, scores, upstream) for w in (weights, torch.softmax(scores, dim=-1)))
    assert close(got, want)


@mistake(softmax_rows, "columns in place of rows")
def _(scores):
    """Your columns add up to 1, and not your rows. Along which axis lie the scores that compete with one another?"""
    axis = -2 if scores.dim() > 1 else -1
    exponentials = (scores - scores.max(dim=axis, keepdim=True).values).exp()
    return exponentials / exponentials.sum(dim=axis, keepdim=True)


@mistake(softmax_rows, "nothing subtracted")
def _(scores):
    """For scores of 1000 your weights are nan: exp(1000) is infinite, and so is the sum it is divided by.
    Which number may be taken from a whole row without changing its ratios?"""
    exponentials = scores.exp()
    return exponentials / exponentials.sum(dim=-1, keepdim=True)


@mistake(softmax_rows, "one maximum for all rows")
def _(scores):
    """A row at -1000 beside a row at 1000 comes out as nan: measured from the largest score of the whole tensor,
    all of its exponentials are 0. From whose maximum should each row be measured?"""
    exponentials = (scores - scores.max()).exp()
    return exponentials / exponentials.sum(dim=-1, keepdim=True)


@mistake(softmax_rows, "the whole tensor adds up to 1")
def _(scores):
    """All your weights together make 1, so the more rows there are, the less each gets. Over what should sum() run?"""
    exponentials = (scores - scores.max(dim=-1, keepdim=True).values).exp()
    return exponentials / exponentials.sum()


@mistake(softmax_rows, "one sum for all, and nothing subtracted")
def _(scores):
    """All your weights together make 1, and for scores of 1000 they are nan: exp(1000) is infinite.
    Over what should sum() run, and which number may be taken from a whole row before exp?"""
    return scores.exp() / scores.exp().sum()


@mistake(softmax_rows, "divided by the largest")
def _(scores):
    """The largest weight of each of your rows is 1, and the row adds up to more.
    By what must the exponentials be divided?"""
    return (scores - scores.max(dim=-1, keepdim=True).values).exp()


@mistake(softmax_rows, "cut off from the scores")
def _(scores):
    """Your numbers are right, and no gradient can flow through them: detach() or NumPy has cut the thread.
    Which step leaves torch?"""
    return torch.softmax(scores.detach(), dim=-1)


hint(softmax_rows, "With the scores 0 and log 3 the exponentials are 1 and 3. What turns them into 0.25 and 0.75?")
hint(softmax_rows, "sum(dim=-1, keepdim=True) adds up each row and keeps an axis of length 1. What is it good for?")
hint(
    softmax_rows,
    """Before exp, take from every row its own maximum: max(dim=-1, keepdim=True).values.
    The ratios stay as they are, and the largest exponential is then exp(0).""",
)


# ---- 2. Who may look where


@exercise
def causal_mask(T, window=None):
    """Which positions may look at which: True where position t may look at position s.

    T: the number of positions, at least 1
    window: if given, a number of 1 or more: how many positions may be looked at, its own among them
    Returns a bool tensor (T, T). Entry [t, s] is True where s is not after t and, with a window,
    s is one of the last `window` positions up to t.

    causal_mask(3) is [[True, False, False], [True, True, False], [True, True, True]];
    causal_mask(3, window=2) is the same, but its bottom left corner is False.
    """
    t = torch.arange(T)[:, None]  # (T, 1)
    s = torch.arange(T)[None, :]  # (1, T)
    # begin solution
    allowed = s <= t
    if window is not None:
        allowed = allowed & (s > t - window)
    # end solution
    return allowed


case(causal_mask, 3)
case(causal_mask, 5)
case(causal_mask, 1)
case(causal_mask, 3, window=2)
case(causal_mask, 6, window=3)
case(causal_mask, 4, window=1)
case(causal_mask, 4, window=7)


@holds(causal_mask, "every position may look at itself, and none at a later one")
def _(causal_mask):
    for allowed in (causal_mask(6), causal_mask(6, window=1), causal_mask(6, window=4)):
        assert bool(allowed.diagonal().all()), "some position may not look at itself"
        assert not bool(allowed.triu(1).any()), "some position may look at a later one"


@holds(causal_mask, "with a window, no row has more than that many True")
def _(causal_mask):
    for window in (1, 2, 5):
        assert causal_mask(7, window=window).sum(dim=1).tolist() == [min(t + 1, window) for t in range(7)]


@mistake(causal_mask, "True means forbidden")
def _(T, window=None):
    """Your mask is True exactly where looking is forbidden. What is True to mean here?"""
    return ~_allowed(T, window)


def _allowed(T, window=None, ahead=0, back=0):
    t, s = torch.arange(T)[:, None], torch.arange(T)[None, :]
    allowed = s <= t + ahead
    return allowed if window is None else allowed & (s > t - window - back)


@mistake(causal_mask, "one step into the future")
def _(T, window=None):
    """Each position may look one step ahead. With what does it see then, at the moment of predicting the next token?"""
    return _allowed(T, window, ahead=1)


@mistake(causal_mask, "not even itself")
def _(T, window=None):
    """No position may look at itself, and the first may look at nothing at all. Does `s < t` hold where s is t?"""
    return _allowed(T, window, ahead=-1)


@mistake(causal_mask, "the mask on its side")
def _(T, window=None):
    """Your first position may look at all the others, and the last only at itself: the mask lies on its side.
    Which axis belongs to the one who looks?"""
    return _allowed(T, window).T


@mistake(causal_mask, "on its side, and no window")
def _(T, window=None):
    """Your first position may look at all the others, and the last only at itself; and window changes nothing.
    Which axis belongs to the one who looks?"""
    return _allowed(T).T


@mistake(causal_mask, "one too many in the window")
def _(T, window=None):
    """With window=2 a position looks at itself and two before it. How many is that?"""
    return _allowed(T, window, back=1)


@mistake(causal_mask, "its own place not counted")
def _(T, window=None):
    """With window=2 a position looks at one place: the window is too short by one. Is the position itself in it?"""
    return _allowed(T, window, back=-1)


@mistake(causal_mask, "a window to both sides")
def _(T, window=None):
    """With a window, positions look ahead as well: a distance without a sign is short on both sides.
    Do both conditions hold at once?"""
    t, s = torch.arange(T)[:, None], torch.arange(T)[None, :]
    return s <= t if window is None else (s - t).abs() < window


@mistake(causal_mask, "the window alone")
def _(T, window=None):
    """With a window, every position sees all that come later: for them t - s is negative, and so below any window.
    Which two conditions have to hold at once?"""
    t, s = torch.arange(T)[:, None], torch.arange(T)[None, :]
    return s <= t if window is None else t - s < window


@mistake(causal_mask, "numbers for True and False")
def _(T, window=None):
    """Your mask is made of 1.0 and 0.0. What would a comparison, left as it is, give?"""
    return _allowed(T, window).double()


hint(causal_mask, "t stands in a column and s in a row. What shape has `s == t`, and where is it True?")
hint(causal_mask, "Looking back is s before t, and looking at oneself is s at t. Which one comparison says both?")
hint(
    causal_mask,
    """With window=2 position t = 5 may look at 4 and 5. Which comparison of s with t - window is True for 4 and
    False for 3? Join the two with &.""",
)


# ---- 3. Who looks at whom


@exercise(needs=[softmax_rows])
def attention_weights(q, k, mask=None, scale=None):
    """How much each query looks at each key.

    q: queries, a float64 tensor (B, Tq, d_k)
    k: keys, (B, Tk, d_k)
    mask: None, or a bool tensor (Tq, Tk) or (B, Tq, Tk): True where the query may look at the key
    scale: what the dot products are multiplied by; None means 1/sqrt(d_k)
    Returns the weights, (B, Tq, Tk): over the keys that a query may look at, the softmax of the scaled dot products;
    exactly 0 for the others. A query that may look at nothing has a row of zeros.

    With q = [[[2., 0.]]], k = [[[1., 0.], [0., 1.]]] and scale=log(3)/2, the answer is [[[0.75, 0.25]]].
    """
    if scale is None:
        scale = k.shape[-1] ** -0.5
    scores = q @ k.transpose(-2, -1) * scale  # (B, Tq, Tk)
    if mask is None:
        return softmax_rows(scores)
    weights = softmax_rows(scores.masked_fill(~mask, -torch.inf))
    return weights.masked_fill(~mask, 0.0)  # a row of -inf alone came out as nan


_CHECKED = torch.tensor(  # no two rows alike; the second may look at nothing
    [[True, False, True, True, False], [False] * 5, [False, True, False, True, True]]
)
_BY_BATCH = torch.stack([causal_mask(4), causal_mask(4, window=2)])  # (2, 4, 4)

case(
    attention_weights,
    torch.tensor([[[2.0, 0.0]]], dtype=torch.float64),
    torch.tensor([[[1.0, 0.0], [0.0, 1.0]]], dtype=torch.float64),
    scale=math.log(3) / 2,
)
case(
    attention_weights,
    torch.tensor([[[1.0, 0.5], [0.0, 2.0]]], dtype=torch.float64),
    torch.tensor([[[0.5, 1.0], [1.5, 0.0]]], dtype=torch.float64),
    mask=causal_mask(2),
)
case(attention_weights, waves(1, 1, 2), torch.eye(2, dtype=torch.float64)[None])
case(attention_weights, torch.tensor([[[2.0, 0.0]]], dtype=torch.float64), waves(1, 2, 2))
case(attention_weights, waves(2, 3, 4), waves(2, 5, 4, step=0.61) * 2)
case(attention_weights, waves(2, 3, 4), waves(2, 5, 4, step=0.61), scale=1.3)
case(attention_weights, torch.tensor([[[2.0, 0.0]]], dtype=torch.float64), waves(1, 2, 2), scale=0.0)
case(attention_weights, waves(2, 3, 4), waves(2, 5, 4, step=0.61) * 2, mask=_CHECKED)
case(attention_weights, waves(2, 4, 3), waves(2, 4, 3, step=0.61) * 2, mask=_BY_BATCH)
case(attention_weights, waves(2, 4, 3) * 40, waves(2, 4, 3, step=0.61) * 40, mask=causal_mask(4))


@cases(attention_weights, 3)
def _(rng):
    return _normal(rng, 2, 3, 4), _normal(rng, 2, 5, 4), torch.from_numpy(rng.random((2, 3, 5)) < 0.7), 0.8


@holds(attention_weights, "every row adds up to 1, and what is forbidden gets exactly 0")
def _(attention_weights, rng):
    q, k, allowed = _normal(rng, 2, 6, 4), _normal(rng, 2, 6, 4), causal_mask(6)
    weights = attention_weights(q, k, allowed)
    assert close(weights.sum(dim=-1), torch.ones(2, 6, dtype=torch.float64))
    assert (weights.masked_select(~allowed) == 0).all(), "a forbidden key has a weight that is not 0"


@holds(attention_weights, "keys in another order give the same weights in that order")
def _(attention_weights, rng):
    q, k, order = _normal(rng, 2, 3, 4), _normal(rng, 2, 5, 4), torch.tensor([3, 0, 4, 1, 2])
    assert close(attention_weights(q, k[:, order]), attention_weights(q, k)[..., order])


@holds(attention_weights, "a forbidden key has no effect on the weights of the others")
def _(attention_weights, rng):
    q, k, allowed = _normal(rng, 2, 5, 3), _normal(rng, 2, 5, 3), causal_mask(5)
    moved = k.clone()
    moved[:, 4] += 3.0
    assert close(attention_weights(q, moved, allowed)[:, :4], attention_weights(q, k, allowed)[:, :4])


def _weighed(q, k, mask, scale, blocked=-torch.inf, axis=-1):
    """The weights as the reference makes them, but for the score of what is blocked and the softmax's axis."""
    scores = q @ k.transpose(-2, -1) * (k.shape[-1] ** -0.5 if scale is None else scale)
    if mask is None:
        return scores.softmax(dim=axis)
    return scores.masked_fill(~mask, blocked).softmax(dim=axis).masked_fill(~mask, 0.0)


@mistake(attention_weights, "no scale by default")
def _(q, k, mask=None, scale=None):
    """Without a scale you take the dot products as they are, and the rows are too sharp.
    By how much do dot products of d_k terms spread?"""
    return _weighed(q, k, mask, 1.0 if scale is None else scale)


@mistake(attention_weights, "divided by d_k")
def _(q, k, mask=None, scale=None):
    """You divide by d_k, and the rows are too level. The variance of a sum of d_k terms is d_k: what is its spread?"""
    return _weighed(q, k, mask, 1 / k.shape[-1] if scale is None else scale)


@mistake(attention_weights, "scaled by the number of keys")
def _(q, k, mask=None, scale=None):
    """You scale by the number of keys. Which axis is summed over in a dot product?"""
    return _weighed(q, k, mask, k.shape[-2] ** -0.5 if scale is None else scale)


@mistake(attention_weights, "divided by the scale")
def _(q, k, mask=None, scale=None):
    """A larger scale makes your rows more level. Are the dot products multiplied by it, or divided?"""
    return _weighed(q, k, mask, None if scale is None else 1 / scale)


@mistake(attention_weights, "scaled twice")
def _(q, k, mask=None, scale=None):
    """With a scale given, your rows are too level: the dot products are multiplied by it and by 1/sqrt(d_k) as well.
    When is 1/sqrt(d_k) wanted?"""
    return _weighed(q, k, mask, k.shape[-1] ** -0.5 * (1.0 if scale is None else scale))


@mistake(attention_weights, "a scale of 0 taken for none")
def _(q, k, mask=None, scale=None):
    """Asked for a scale of 0, you use 1/sqrt(d_k): `scale or …` and `if scale` take 0 for nothing given.
    Which question tells None from 0?"""
    return _weighed(q, k, mask, scale or None)


@mistake(attention_weights, "all axes reversed")
def _(q, k, mask=None, scale=None):
    """You turn k round with .T, and on three axes that exchanges the first and the last: features and batch.
    Which two axes should change places?"""
    scores = q @ k.permute(2, 1, 0) * (k.shape[-1] ** -0.5 if scale is None else scale)
    return softmax_rows(scores if mask is None else scores.masked_fill(~mask, -torch.inf))


@mistake(attention_weights, "softmax over the queries")
def _(q, k, mask=None, scale=None):
    """Your columns add up to 1: the queries compete for each key. Who is to choose among whom?"""
    return _weighed(q, k, mask, scale, axis=-2).nan_to_num()


@mistake(attention_weights, "masked after the softmax", because=softmax_rows)
def _(q, k, mask=None, scale=None):
    """You set forbidden weights to 0 after the softmax, so the rows no longer add up to 1, and forbidden keys still
    stand in what the others were divided by. When must a score be out of the race?"""
    weights = _weighed(q, k, None, scale)
    return weights if mask is None else weights.masked_fill(~mask, 0.0)


@mistake(attention_weights, "a score of 0 for what is forbidden", because=softmax_rows)
def _(q, k, mask=None, scale=None):
    """A forbidden key gets the score 0, and exp(0) is 1: it still takes part. Of which score is the exponential 0?"""
    scores = q @ k.transpose(-2, -1) * (k.shape[-1] ** -0.5 if scale is None else scale)
    return softmax_rows(scores if mask is None else scores * mask)


@mistake(attention_weights, "True taken for forbidden")
def _(q, k, mask=None, scale=None):
    """You look exactly where it is forbidden, and nowhere else. What does True in the mask say?"""
    return _weighed(q, k, None if mask is None else ~mask, scale)


@mistake(attention_weights, "True taken for forbidden, and nan")
def _(q, k, mask=None, scale=None):
    """You fill in -inf where looking is allowed, and a query that may look at everything comes out as nan.
    What does True in the mask say, and where does masked_fill fill?"""
    scores = q @ k.transpose(-2, -1) * (k.shape[-1] ** -0.5 if scale is None else scale)
    return softmax_rows(scores if mask is None else scores.masked_fill(mask, -torch.inf))


@mistake(attention_weights, "nan where nothing is allowed")
def _(q, k, mask=None, scale=None):
    """A query that may look at nothing comes out as nan: all its scores are -inf, and 0 is divided by 0.
    What does the docstring promise for such a row?"""
    scores = q @ k.transpose(-2, -1) * (k.shape[-1] ** -0.5 if scale is None else scale)
    return softmax_rows(scores if mask is None else scores.masked_fill(~mask, -torch.inf))


@mistake(attention_weights, "a very low score for what is forbidden")
def _(q, k, mask=None, scale=None):
    """With a score such as -1e9 in place of -inf, a query that may look at nothing looks at everything alike:
    in a row of equal scores it does not matter how low they are. What does the docstring promise for such a row?"""
    scores = q @ k.transpose(-2, -1) * (k.shape[-1] ** -0.5 if scale is None else scale)
    return softmax_rows(scores if mask is None else scores.masked_fill(~mask, -1e9))


equivalent(
    attention_weights,
    "scores = q @ k.transpose(-2, -1) * scale  ⇒  scores = q @ k.transpose(-1, -2) * scale",
    because="two axes change places, whichever is named first",
)
equivalent(
    attention_weights,
    "scale = k.shape[-1] ** (-0.5)  ⇒  scale = q.shape[-1] ** (-0.5)",
    because="queries and keys have the same number of features",
)

hint(attention_weights, "Which product of q (B, Tq, d_k) and k (B, Tk, d_k) has the shape (B, Tq, Tk)?")
hint(
    attention_weights,
    """scores.masked_fill(where, value) is a copy with `value` where `where` is True, and ~mask turns a mask round.
    Which value makes softmax_rows give 0, and does it go in before or after?""",
)
hint(
    attention_weights,
    """Four lines: the scale, the scores, softmax_rows of the scores with -inf where looking is forbidden,
    and one more masked_fill, with 0.0, for the rows in which nothing is left.""",
)


# ---- 4. Attention


@exercise(needs=[attention_weights])
def sdpa(q, k, v, mask=None, scale=None):
    """Scaled dot-product attention: for each query, the average of the values, weighted by how much it looks at them.

    q, k, mask, scale: as for attention_weights
    v: values, one for each key, (B, Tk, d_v)
    Returns (B, Tq, d_v). A query that may look at nothing gets a row of zeros.
    """
    return attention_weights(q, k, mask, scale) @ v


case(
    sdpa,
    torch.tensor([[[2.0, 0.0]]], dtype=torch.float64),
    torch.tensor([[[1.0, 0.0], [0.0, 1.0]]], dtype=torch.float64),
    torch.tensor([[[8.0, 0.0, 4.0], [0.0, 4.0, 4.0]]], dtype=torch.float64),
    scale=math.log(3) / 2,
)
_FIRST = (  # and one by one in place of these, other queries, keys and values
    torch.tensor([[[2.0, 0.0]]], dtype=torch.float64),
    torch.tensor([[[1.0, 0.0], [0.0, 1.0]]], dtype=torch.float64),
    torch.tensor([[[8.0, 0.0, 4.0], [0.0, 4.0, 4.0]]], dtype=torch.float64),
)
case(sdpa, waves(1, 1, 2), *_FIRST[1:])
case(sdpa, _FIRST[0], waves(1, 2, 2), _FIRST[2])
case(sdpa, *_FIRST[:2], waves(1, 2, 3))
case(sdpa, waves(2, 3, 4), waves(2, 5, 4, step=0.61) * 2, waves(2, 5, 7, step=0.83))
case(sdpa, waves(2, 3, 4), waves(2, 5, 4, step=0.61), waves(2, 5, 7, step=0.83), scale=1.3)
case(sdpa, waves(2, 3, 4), waves(2, 5, 4, step=0.61) * 2, waves(2, 5, 7, step=0.83), mask=_CHECKED)
case(sdpa, waves(2, 4, 3), waves(2, 4, 3, step=0.61) * 2, waves(2, 4, 3, step=0.83), mask=_BY_BATCH, scale=0.7)


@cases(sdpa, 3)
def _(rng):
    return _normal(rng, 2, 3, 4), _normal(rng, 2, 5, 4), _normal(rng, 2, 5, 6)


@holds(sdpa, "it agrees with PyTorch's own scaled_dot_product_attention to 12 digits")
def _(sdpa, rng):
    q, k, v, allowed = _normal(rng, 2, 6, 4), _normal(rng, 2, 6, 4), _normal(rng, 2, 6, 3), causal_mask(6, window=3)
    assert close(sdpa(q, k, v), scaled_dot_product_attention(q, k, v), rtol=1e-12, atol=1e-12)
    theirs = scaled_dot_product_attention(q, k, v, attn_mask=allowed, scale=0.6)
    assert close(sdpa(q, k, v, allowed, 0.6), theirs, rtol=1e-12, atol=1e-12)


@holds(sdpa, "if all values are the same, that is the answer: an average of equal things")
def _(sdpa, rng):
    same = _normal(rng, 2, 1, 7).expand(2, 5, 7)
    assert close(sdpa(_normal(rng, 2, 3, 4), _normal(rng, 2, 5, 4), same), same[:, :3])


@holds(sdpa, "gradients flow to queries, keys and values, and they are the right ones")
def _(sdpa, rng):
    q, k, v = (_normal(rng, 2, 4, size).requires_grad_() for size in (3, 3, 2))
    out = sdpa(q, k, v, causal_mask(4))
    assert out.requires_grad, "the result is cut off from q, k and v: no gradient can flow"
    upstream = _normal(rng, 2, 4, 2)
    theirs = torch.autograd.grad(scaled_dot_product_attention(q, k, v, is_causal=True), (q, k, v), upstream)
    for name, got, want in zip(
        "qkv", torch.autograd.grad(out, (q, k, v), upstream, allow_unused=True), theirs, strict=True
    ):
        assert got is not None, f"no gradient reaches {name}"
        assert close(got, want)


@mistake(sdpa, "keys averaged in place of values")
def _(q, k, v, mask=None, scale=None):
    """You average the keys. A key says by what a position is found; which tensor says what it has to give?"""
    return attention_weights(q, k, mask, scale) @ k


@mistake(sdpa, "the scale left out")
def _(q, k, v, mask=None, scale=None):
    """Whatever scale is asked for, you use 1/sqrt(d_k). Is it handed on?"""
    return attention_weights(q, k, mask) @ v


@mistake(sdpa, "the mask left out")
def _(q, k, v, mask=None, scale=None):
    """With a mask alone your answer is as if everything were allowed. Does each argument arrive in its own place?"""
    return attention_weights(q, k, None, scale) @ v


@mistake(sdpa, "neither mask nor scale handed on")
def _(q, k, v, mask=None, scale=None):
    """Whatever mask and scale are asked for, your answer is as without them. What does attention_weights take?"""
    return attention_weights(q, k) @ v


@mistake(sdpa, "added, not averaged")
def _(q, k, v, mask=None, scale=None):
    """Your answers grow with the number of keys: the exponentials were not divided by their sum.
    What do the weights of an average add up to?"""
    scores = q @ k.transpose(-2, -1) * (k.shape[-1] ** -0.5 if scale is None else scale)
    powers = scores.exp()
    return (powers if mask is None else powers * mask) @ v


@mistake(sdpa, "queries and keys exchanged")
def _(q, k, v, mask=None, scale=None):
    """You let the keys look at the queries. Whose row of the result is it, and who chooses?"""
    return attention_weights(k, q, mask, scale) @ v


@mistake(sdpa, "cut off from the inputs")
def _(q, k, v, mask=None, scale=None):
    """Your numbers are right, and no gradient reaches q and k: the weights were taken out of torch's sight.
    What would there be left to learn?"""
    return attention_weights(q, k, mask, scale).detach() @ v


hint(sdpa, "An average is a sum of values times weights. Which product of (B, Tq, Tk) and (B, Tk, d_v) is that?")
hint(sdpa, "All but one operation is done by attention_weights. Are mask and scale handed on to it?")


# ---- 5. The layer


@exercise(needs=[causal_mask, attention_weights])
class SelfAttention(nn.Module):
    """One head of self-attention: the same positions ask, are asked, and answer.

    d: how many features each position has; d_k: of queries and keys; d_v: of values
    causal: whether a position may look only at itself and at earlier ones
    generator: the torch.Generator that the starting values are drawn from; None means torch's own

    Its parameters, and it has no others, are w_q (d, d_k), w_k (d, d_k) and w_v (d, d_v), float64.
    Their entries are drawn independently from a normal distribution with mean 0 and standard deviation 1/sqrt(d).
    """

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__()
        self.causal = causal
        # begin solution
        self.w_q = nn.Parameter(torch.randn(d, d_k, generator=generator, dtype=torch.float64) / d**0.5)
        self.w_k = nn.Parameter(torch.randn(d, d_k, generator=generator, dtype=torch.float64) / d**0.5)
        self.w_v = nn.Parameter(torch.randn(d, d_v, generator=generator, dtype=torch.float64) / d**0.5)
        # end solution

    def project(self, x):
        """The queries, keys and values of x (B, T, d): a tuple (q, k, v) of (B, T, d_k), (B, T, d_k), (B, T, d_v)."""
        return x @ self.w_q, x @ self.w_k, x @ self.w_v

    def weights(self, x):
        """How much each position of x (B, T, d) looks at each: (B, T, T). T may differ from call to call."""
        # begin solution
        q, k, _ = self.project(x)
        mask = causal_mask(x.shape[1]) if self.causal else None
        return attention_weights(q, k, mask)
        # end solution

    def forward(self, x):
        """What each position of x (B, T, d) has gathered: the values, averaged by the weights, (B, T, d_v)."""
        # begin solution
        _, _, v = self.project(x)
        return self.weights(x) @ v
        # end solution


def with_known_numbers(SelfAttention, d, d_k, d_v, causal=False):
    """A layer whose parameters are set to known numbers, so that how they start does not matter."""
    layer = SelfAttention(d, d_k, d_v, causal, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        for step, name in zip((0.37, 0.61, 0.83), ("w_q", "w_k", "w_v"), strict=True):
            parameter = getattr(layer, name)
            parameter.copy_(waves(*parameter.shape, step=step))
    return layer


@scenario(SelfAttention, "what it is made of")
def _(SelfAttention):
    layer = SelfAttention(3, 4, 6, generator=torch.Generator().manual_seed(1))
    yield "the names of its parameters", sorted(name for name, _ in layer.named_parameters())
    yield "the shape of w_q", tuple(layer.w_q.shape)
    yield "the shape of w_k", tuple(layer.w_k.shape)
    yield "the shape of w_v", tuple(layer.w_v.shape)
    yield "their dtypes", [str(parameter.dtype) for parameter in layer.parameters()]


@scenario(SelfAttention, "everybody sees everybody")
def _(SelfAttention):
    layer = with_known_numbers(SelfAttention, d=3, d_k=4, d_v=6)
    x = waves(2, 5, 3, step=0.29) * 2
    q, k, v = layer.project(x)
    yield "q", q
    yield "k", k
    yield "v", v
    yield "the weights", layer.weights(x)
    yield "the output", layer(x)
    layer(x).square().sum().backward()
    yield "the gradient of w_q", layer.w_q.grad
    yield "the gradient of w_k", layer.w_k.grad
    yield "the gradient of w_v", layer.w_v.grad


@scenario(SelfAttention, "causal, on one length after another")
def _(SelfAttention):
    layer = with_known_numbers(SelfAttention, d=3, d_k=2, d_v=4, causal=True)
    for T in (5, 2, 6, 1):
        x = waves(2, T, 3, step=0.29) * 2
        yield f"the weights of {T} positions", layer.weights(x)
        yield f"the output of {T} positions", layer(x)


@scenario(SelfAttention, "two layers are two")
def _(SelfAttention):
    one, other = with_known_numbers(SelfAttention, 3, 4, 6, causal=True), with_known_numbers(SelfAttention, 2, 5, 3)
    before = one(waves(2, 4, 3))
    other(waves(1, 6, 2))
    yield "the first layer's output is what it was", torch.equal(one(waves(2, 4, 3)), before)


@scenario(SelfAttention, "how its numbers start")
def _(SelfAttention):
    layer = SelfAttention(400, 150, 110, generator=torch.Generator().manual_seed(9))
    for name in ("w_q", "w_k", "w_v"):
        z = getattr(layer, name).detach() * 400**0.5
        yield f"the standard deviation of {name}, times sqrt(d)", round(z.std().item(), 1)
        yield f"the share of {name} within one standard deviation", round((z.abs() < z.std()).double().mean().item(), 1)


@holds(SelfAttention, "every row of weights adds up to 1, masked or not")
def _(SelfAttention, rng):
    for causal in (False, True):
        layer = SelfAttention(3, 4, 6, causal, generator=torch.Generator().manual_seed(2))
        assert close(layer.weights(_normal(rng, 2, 5, 3)).detach().sum(dim=-1), torch.ones(2, 5, dtype=torch.float64))


@holds(SelfAttention, "without a mask, shuffling the positions shuffles the output and does nothing else")
def _(SelfAttention, rng):
    layer = SelfAttention(3, 4, 6, generator=torch.Generator().manual_seed(3))
    x, order = _normal(rng, 2, 5, 3), torch.tensor([3, 0, 4, 1, 2])
    assert close(layer(x[:, order]).detach(), layer(x)[:, order].detach())


@holds(SelfAttention, "with causal=True, no output changes when a later position does")
def _(SelfAttention, rng):
    layer = SelfAttention(3, 4, 6, True, generator=torch.Generator().manual_seed(4))
    x = _normal(rng, 2, 5, 3)
    for s in range(1, 5):
        moved = x.clone()
        moved[:, s:] += _normal(rng, 2, 5 - s, 3)
        assert close(layer(moved)[:, :s].detach(), layer(x)[:, :s].detach(), rtol=1e-12, atol=1e-12)


@holds(SelfAttention, "it agrees with PyTorch's own attention to 12 digits")
def _(SelfAttention, rng):
    for causal in (False, True):
        layer = SelfAttention(3, 4, 6, causal, generator=torch.Generator().manual_seed(5))
        x = _normal(rng, 2, 5, 3)
        theirs = scaled_dot_product_attention(x @ layer.w_q, x @ layer.w_k, x @ layer.w_v, is_causal=causal)
        assert close(layer(x).detach(), theirs.detach(), rtol=1e-12, atol=1e-12)


@holds(SelfAttention, "a gradient reaches every one of its parameters")
def _(SelfAttention, rng):
    layer = SelfAttention(3, 4, 6, True, generator=torch.Generator().manual_seed(6))
    out = layer(_normal(rng, 2, 5, 3))
    assert out.requires_grad, "the output is cut off from the parameters"
    out.square().sum().backward()
    for name, parameter in layer.named_parameters():
        assert parameter.grad is not None and bool(parameter.grad.any()), f"no gradient reaches {name}"


@holds(
    SelfAttention,
    "its numbers start normal, with mean 0 and deviation 1/sqrt(d)"
    " (by chance, a right program is refused less than once in 100 000 times)",
)
def _(SelfAttention):
    # nine tests at five standard errors each: 9 · 6e-7, and the seeds are fixed, so a program's answer never changes
    d = 48
    layers = [SelfAttention(d, 37, 29, generator=torch.Generator().manual_seed(seed)) for seed in range(4)]
    for name in ("w_q", "w_k", "w_v"):
        z = torch.cat([getattr(layer, name).detach().flatten() for layer in layers]) * d**0.5
        n = len(z)
        mean, square, within = z.mean().item(), z.square().mean().item(), (z.abs() < 1).double().mean().item()
        assert abs(mean) < 5 * n**-0.5, f"the mean of {name}·sqrt(d) is {mean:.3f} over {n} entries, not 0"
        assert abs(square - 1) < 5 * (2 / n) ** 0.5, f"the variance of {name}·sqrt(d) is {square:.3f}, not 1"
        off = abs(within - 0.6827)
        assert off < 5 * (0.6827 * 0.3173 / n) ** 0.5, (
            f"{within:.1%} of the entries of {name} lie within one standard deviation; of a normal distribution, 68.3 %"
        )


@holds(SelfAttention, "one seed gives one layer, another seed another, and w_q and w_k are two draws")
def _(SelfAttention):
    one, same, other = (SelfAttention(3, 4, 6, generator=torch.Generator().manual_seed(seed)) for seed in (7, 7, 8))
    for name in ("w_q", "w_k", "w_v"):
        assert close(getattr(one, name).detach(), getattr(same, name).detach()), "the same seed gave another layer"
        assert not torch.allclose(getattr(one, name), getattr(other, name)), f"another seed gave the same {name}"
    assert not torch.allclose(one.w_q, one.w_k), "w_q and w_k start as the same numbers"


@mistake(SelfAttention, "scaled by the width of x", because=attention_weights)
class _(SelfAttention):
    """Your weights are scaled by 1/sqrt(d), where d is the number of features of x.
    How many terms has a dot product of a query with a key?"""

    def weights(self, x):
        q, k, _ = self.project(x)
        return attention_weights(q, k, causal_mask(x.shape[1]) if self.causal else None, x.shape[-1] ** -0.5)


@mistake(SelfAttention, "one matrix for queries and keys")
class _(SelfAttention):
    """Your keys are made with w_q: what a position asks for is then what it is found by, and s looks at t as hard as
    t at s. Which matrix makes the keys?"""

    def project(self, x):
        return x @ self.w_q, x @ self.w_q, x @ self.w_v


@mistake(SelfAttention, "queries and keys exchanged")
class _(SelfAttention):
    """Your queries are made with w_k and your keys with w_q. In which order does project return them?"""

    def project(self, x):
        return x @ self.w_k, x @ self.w_q, x @ self.w_v


@mistake(SelfAttention, "x itself averaged")
class _(SelfAttention):
    """Your output averages the positions of x, so w_v has no effect. Which of q, k and v is to be gathered?"""

    def forward(self, x):
        return self.weights(x) @ x


@mistake(SelfAttention, "the mask left out")
class _(SelfAttention):
    """With causal=True your layer still sees the future. Where is self.causal asked for?"""

    def weights(self, x):
        q, k, _ = self.project(x)
        return attention_weights(q, k)


@mistake(SelfAttention, "always masked")
class _(SelfAttention):
    """With causal=False your layer is still kept from looking ahead. When is the mask to be None?"""

    def weights(self, x):
        q, k, _ = self.project(x)
        return attention_weights(q, k, causal_mask(x.shape[1]))


@mistake(SelfAttention, "masked after the softmax", because=attention_weights)
class _(SelfAttention):
    """You set weights to 0 after the softmax, so the rows add up to less than 1, and the future still stands in what
    they were divided by. What does attention_weights do with a mask?"""

    def weights(self, x):
        q, k, _ = self.project(x)
        weights = attention_weights(q, k)
        return weights * causal_mask(x.shape[1]) if self.causal else weights


@mistake(SelfAttention, "the mask of the first call kept")
class _(SelfAttention):
    """Your layer makes its mask once, and the next input has another length. Whose T does the mask belong to?"""

    def weights(self, x):
        q, k, _ = self.project(x)
        if self.causal and not hasattr(self, "mask"):
            self.mask = causal_mask(x.shape[1])
        return attention_weights(q, k, self.mask if self.causal else None)


class _Exchanged(SelfAttention):
    """The layer with `made(entries)` in place of each of its parameters; no exercise, and no mistake by itself."""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        for name in ("w_q", "w_k", "w_v"):
            entries = getattr(self, name).detach()
            delattr(self, name)
            setattr(self, name, self.made(entries))


@mistake(SelfAttention, "plain tensors")
class _(_Exchanged):
    """named_parameters() finds none: a plain tensor is no parameter, so an optimiser would train nothing.
    What has to be wrapped round each of the three, last of all?"""

    def made(self, entries):
        return entries


@mistake(SelfAttention, "divided after wrapping")
class _(_Exchanged):
    """named_parameters() finds none: `nn.Parameter(…) / sqrt(d)` is a new tensor, and that is no parameter.
    What must be wrapped last?"""

    def made(self, entries):
        return nn.Parameter(entries) / 1.0


@mistake(SelfAttention, "tensors that are no parameters")
class _(_Exchanged):
    """Your layer has the three tensors, each with requires_grad, and no parameters: parameters() finds nothing, so an
    optimiser would train nothing. What has to be wrapped round a tensor for a module to know it?"""

    def made(self, entries):
        return entries.requires_grad_()


@mistake(SelfAttention, "layers in place of matrices")
class _(_Exchanged):
    """Your w_q is a layer where a matrix is asked for: nn.Linear has its matrix inside, on its side, and a bias too.
    What makes a tensor of shape (d, d_k) a parameter?"""

    def made(self, entries):
        return nn.Linear(*entries.shape)


@mistake(SelfAttention, "float32")
class _(_Exchanged):
    """Your parameters are float32, which is what torch.randn draws if nothing else is asked for, and x is float64.
    Which argument asks for something else?"""

    def made(self, entries):
        return nn.Parameter(entries.float())


@mistake(SelfAttention, "one parameter under two names")
class _(SelfAttention):
    """Your layer has two parameters and not three: `self.w_k = self.w_q` is a second name for the same numbers.
    How many draws should there be?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        self.w_k = self.w_q


@mistake(SelfAttention, "entries as large as 1")
class _(SelfAttention):
    """Your entries have the standard deviation 1, so every query is a sum of d terms with variance 1.
    How large is it then, and what does dividing by sqrt(d) do?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        with torch.no_grad():
            for parameter in self.parameters():
                parameter *= d**0.5


@mistake(SelfAttention, "divided by d")
class _(SelfAttention):
    """Your entries have the standard deviation 1/d. A sum of d terms has d times the variance of one:
    what must the variance of an entry be, and what its standard deviation?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        with torch.no_grad():
            for parameter in self.parameters():
                parameter /= d**0.5


def _each_divided_by(layer, d, *sizes):
    """Draw a layer's matrices anew, as it were, each divided by the root of its own number and not by that of d."""
    with torch.no_grad():
        for parameter, size in zip((layer.w_q, layer.w_k, layer.w_v), sizes, strict=True):
            parameter *= (d / size) ** 0.5


@mistake(SelfAttention, "divided by the root of d_k")
class _(SelfAttention):
    """Your entries have the standard deviation 1/sqrt(d_k). An entry of q is a sum: of how many terms?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        _each_divided_by(self, d, d_k, d_k, d_k)


@mistake(SelfAttention, "divided by the root of the columns")
class _(SelfAttention):
    """Each of your matrices is divided by the root of the number of its columns, d_k or d_v.
    An entry of q is a sum: of how many terms?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        _each_divided_by(self, d, d_k, d_k, d_v)


@mistake(SelfAttention, "rand for randn")
class _(SelfAttention):
    """Your entries lie between 0 and 1/sqrt(d): torch.rand draws evenly, and nothing below 0.
    Which function of torch draws normals?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.copy_(torch.rand(parameter.shape, generator=generator, dtype=torch.float64) / d**0.5)


@mistake(SelfAttention, "drawn evenly")
class _(SelfAttention):
    """Your entries are spread evenly between two bounds. Which function of torch draws normals?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        with torch.no_grad():
            for parameter in self.parameters():
                drawn = torch.rand(parameter.shape, generator=generator, dtype=torch.float64)
                parameter.copy_((drawn - 0.5) * (12 / d) ** 0.5)


@mistake(SelfAttention, "the generator left out")
class _(SelfAttention):
    """Your layer draws from the random state that the whole program shares, whatever generator it is given.
    Which argument of torch.randn is it handed to?"""

    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, None)


@mistake(SelfAttention, "cut off from its parameters")
class _(SelfAttention):
    """Your numbers are right, and no gradient reaches the parameters: the computation was hidden from torch.
    Is there a no_grad, a detach or a .data on the way?"""

    def forward(self, x):
        with torch.no_grad():
            return super().forward(x)


_MASK = "mask = causal_mask(x.shape[1]) if self.causal else None"
for _name in ("q", "k"):
    equivalent(
        SelfAttention,
        f"{_MASK}  ⇒  {_MASK.replace('x', _name)}",
        because="x, q and k have the same number of positions",
    )

hint(SelfAttention, "What makes a tensor an nn.Parameter, and how does the module learn its name?")
hint(
    SelfAttention,
    """torch.randn(rows, columns, generator=…, dtype=…) has the standard deviation 1. Divided by sqrt(d), which has it?
    self.w_q = nn.Parameter(…): draw, divide, and wrap last. w_k likewise; w_v has d_v columns.""",
)
hint(
    SelfAttention,
    """weights takes q and k from project and asks attention_weights, with a mask for x.shape[1] positions, or None.
    forward multiplies the weights by v.""",
)


# ---- 6. An instrument: who hears whom


@exercise
def influence(model, x, bump):
    """How far each output moves when one position of the input is bumped.

    model: a function from (B, T, d) to (B, T, m); it is called, and never changed
    x: a float64 tensor (B, T, d), left as it was
    bump: a tensor (d,), which is added at one position at a time, in every row of the batch
    Returns a float64 tensor (T, T). Entry [t, s] is the largest change, in absolute value, of any of the outputs at t,
    over the batch and the m features, when bump is added to x at position s alone.

    Positions that do not mix give a diagonal matrix.
    """
    before = model(x)
    columns = []
    for s in range(x.shape[1]):
        bumped = x.clone()
        bumped[:, s] += bump
        change = (model(bumped) - before).abs()  # (B, T, m)
        columns.append(change.amax(dim=(0, 2)))
    return torch.stack(columns, dim=1)


def _blurred(x):
    """Each position with a third of the one before and a tenth of the last: every entry of its influence is known."""
    before = torch.cat([torch.zeros_like(x[:, :1]), x[:, :-1]], dim=1)
    return torch.cat([x + before / 3, -x[:, -1:] / 10 + 0 * x], dim=-1)


case(influence, lambda x: 2 * x, waves(2, 4, 3), torch.tensor([0.5, -1.0, 0.25], dtype=torch.float64))
case(influence, _blurred, waves(2, 4, 3), torch.tensor([0.5, -1.0, 0.25], dtype=torch.float64))
case(influence, torch.tanh, waves(3, 5, 2) * 2, torch.tensor([1.5, 0.5], dtype=torch.float64))
case(
    influence, lambda x: x.cumsum(dim=1) ** 2, waves(2, 3, 4), torch.tensor([1.0, 2.0, -1.0, 0.5], dtype=torch.float64)
)
case(influence, lambda x: x.flip(1) * x[:1], waves(2, 5, 3), torch.tensor([0.3, 0.2, -0.9], dtype=torch.float64))


@cases(influence, 2)
def _(rng):
    return lambda x: torch.tril(x @ x.transpose(1, 2)) @ x, _normal(rng, 2, 4, 3), _normal(rng, 3)


@holds(influence, "what does not mix positions has 0 everywhere off the diagonal")
def _(influence, rng):
    off = influence(torch.sin, _normal(rng, 2, 5, 3), _normal(rng, 3))
    assert close(off - off.diagonal().diag(), torch.zeros(5, 5, dtype=torch.float64))


@holds(influence, "shifting all positions one to the right fills the line below the diagonal and no other")
def _(influence, rng):
    bump = _normal(rng, 3)
    shifted = lambda x: torch.cat([torch.zeros_like(x[:, :1]), x[:, :-1]], dim=1)
    assert close(
        influence(shifted, _normal(rng, 2, 5, 3), bump), bump.abs().max() * torch.ones(4).double().diag(diagonal=-1)
    )


def _bumped(model, x, bump, gather=lambda change: change.abs().amax(dim=(0, 2)), axis=1, rows=slice(None)):
    """The influence with one part exchanged."""
    columns = []
    for s in range(x.shape[1]):
        bumped = x.clone()
        bumped[rows, s] += bump
        columns.append(gather(model(bumped) - model(x)))
    return torch.stack(columns, dim=axis)


@mistake(influence, "outputs across, inputs down")
def _(model, x, bump):
    """Your rows belong to the bumped position and your columns to the output. Which comes first in [t, s]?"""
    return _bumped(model, x, bump, axis=0)


@mistake(influence, "signs kept")
def _(model, x, bump):
    """An output that falls counts for you as less than one that does not move. How far did it go?"""
    return _bumped(model, x, bump, lambda change: change.amax(dim=(0, 2)))


@mistake(influence, "the mean change")
def _(model, x, bump):
    """You average over batch and features, so a large change in one of them is thinned out. What is asked for?"""
    return _bumped(model, x, bump, lambda change: change.abs().mean(dim=(0, 2)))


@mistake(influence, "added over the features")
def _(model, x, bump):
    """You add up what happens to the features of an output, and the largest change of any one is asked for.
    What should stand in the place of sum()?"""
    return _bumped(model, x, bump, lambda change: change.abs().sum(dim=-1).amax(dim=0))


@mistake(influence, "only the first of the batch")
def _(model, x, bump):
    """You look at the first row of the batch alone. What if another one moves further?"""
    return _bumped(model, x, bump, lambda change: change[0].abs().amax(dim=-1))


@mistake(influence, "one bump upon another")
def _(model, x, bump):
    """Your bumps pile up: at position 2 those of 0 and 1 are still there. Where does each round start from?"""
    before, bumped, columns = model(x), x.clone(), []
    for s in range(x.shape[1]):
        bumped[:, s] += bump
        columns.append((model(bumped) - before).abs().amax(dim=(0, 2)))
    return torch.stack(columns, dim=1)


@mistake(influence, "replaced, not added")
def _(model, x, bump):
    """You put the bump in the place of x. By how much does that move the input, and was that asked for?"""
    columns = []
    for s in range(x.shape[1]):
        bumped = x.clone()
        bumped[:, s] = bump
        columns.append((model(bumped) - model(x)).abs().amax(dim=(0, 2)))
    return torch.stack(columns, dim=1)


@mistake(influence, "wrote into x")
def _(model, x, bump):
    """After the call x is no longer what it was: `bumped = x` makes a second name and no second tensor.
    What makes a copy?"""
    before, columns = model(x), []
    for s in range(x.shape[1]):
        x[:, s] += bump
        columns.append((model(x) - before).abs().amax(dim=(0, 2)))
        x[:, s] -= bump
    x += 0.5
    return torch.stack(columns, dim=1)


equivalent(
    influence,
    "change = (model(bumped) - before).abs()  ⇒  change = (before - model(bumped)).abs()",
    because="the distance of two numbers is the same both ways",
)
equivalent(
    influence,
    "for s in range(x.shape[1]):  ⇒  for s in range(before.shape[1]):",
    because="a model gives as many positions as it is given",
)

hint(influence, "For one s: what do you compare with what, and which two axes of the difference have to go?")
hint(
    influence,
    "A tensor has a method clone(). Does each s need a fresh copy, and what would be left in an old one?",
)
hint(
    influence,
    "change.abs().amax(dim=(0, 2)) is (T,), the column of s. torch.stack(columns, dim=…) makes a matrix of columns.",
)


# ---- 7. The leak probe


@exercise(needs=[influence])
def leak_probe(model, x, tolerance=1e-9):
    """Whether any output of a model depends on a later position of its input.

    model: a function from (B, T, d) to (B, T, m), the same answer every time
    x: a float64 tensor (B, T, d) to begin from, T at least 2, left as it was
    tolerance: a change no larger than this is rounding, and no leak
    Returns True if an output at t was moved by more than the tolerance by some change of x after t; else False.

    How you change x is up to you. If you draw at random, do it from a torch.Generator of your own: torch's shared
    random state stays as it was. The check has healthy models, on which you must not cry wolf, and leaky ones:
    leaks at one position, through one feature or the difference of two, in one direction, in one row of the batch,
    and some that open only to a large change, of 10 or more.
    """
    # begin solution
    bump = 10.0 + torch.arange(x.shape[-1])  # all features, each by another amount
    ahead = [influence(model, x, signed).triu(diagonal=1).max() for signed in (bump, -bump)]
    return bool(max(ahead) > tolerance)
    # end solution


def _before(x):
    return torch.cat([torch.zeros_like(x[:, :1]), x[:, :-1]], dim=1)


def _after(x):
    return torch.cat([x[:, 1:], torch.zeros_like(x[:, :1])], dim=1)


def _only(x, t, s):
    """What position s holds, at position t; 0 at all the others."""
    out = torch.zeros_like(x)
    out[:, t] = x[:, s]
    return out


def _attend(x, mask, after=False):
    """Attention of x to itself, masked before the softmax or, wrongly, after it."""
    if not after:
        return sdpa(x, x, x, mask)
    return (attention_weights(x, x) * mask) @ x


def _rest(x):
    """The sum of all that came before, found from the other end: rounded otherwise for each future."""
    return x.sum(dim=1, keepdim=True) - x.flip(1).cumsum(1).flip(1)


HEALTHY = {
    "causal attention": lambda x: _attend(x, causal_mask(x.shape[1])),
    "attention with a window": lambda x: _attend(x, causal_mask(x.shape[1], window=2)),
    "every position by itself": lambda x: torch.tanh(3 * x),
    "the position before": _before,
    "a running sum, with rounding": lambda x: _rest(1e4 * torch.tanh(x)),
    "the same answer always": lambda x: torch.ones_like(x),
}
LEAKY = {
    "no mask": lambda x: _attend(x, None),
    "one step ahead": lambda x: _attend(x, torch.ones(x.shape[1], x.shape[1]).tril(1).bool()),
    "masked after the softmax": lambda x: _attend(x, causal_mask(x.shape[1]), after=True),
    "the mean of all positions taken off": lambda x: x - x.mean(dim=1, keepdim=True),
    "the first sees the last": lambda x: x + _only(x, 0, x.shape[1] - 1),
    "the second sees the third": lambda x: x + _only(x, 1, 2),
    "through the first feature": lambda x: x + _after(x)[..., :1],
    "through the last feature": lambda x: x + _after(x)[..., -1:],
    "through the difference of two features": lambda x: x + (_after(x)[..., :1] - _after(x)[..., 1:2]),
    "one and a half billionths": lambda x: 1.5e-9 * (_after(x) > 5),
    "only what is added": lambda x: x + torch.relu(_after(x) - 5),
    "only what is taken off": lambda x: x + torch.relu(-_after(x) - 5),
    "in the last row of the batch": lambda x: torch.cat([x[:-1], x[-1:] + _after(x[-1:])]),
    "one up, one down": lambda x: torch.cat([x, _after(x)[..., :1], -_after(x)[..., :1]], dim=-1),
    "a millionth": lambda x: x + 1e-6 * torch.tanh(_after(x)),
    "one half": lambda x: 0.5 * (_after(x) > 5),
}


@scenario(leak_probe, "two positions")
def _(leak_probe):
    bounded = lambda x: torch.tanh(LEAKY["no mask"](x))  # no output can move by more than 2
    yield "no mask, outputs between -1 and 1", leak_probe(bounded, waves(1, 2, 3))
    yield "the same with a tolerance of 2", leak_probe(bounded, waves(1, 2, 3), 2.0)
    yield "causal attention", leak_probe(HEALTHY["causal attention"], waves(1, 2, 3))
    yield "no mask", leak_probe(LEAKY["no mask"], waves(1, 2, 3))


@scenario(leak_probe, "healthy models")
def _(leak_probe):
    for name, model in HEALTHY.items():
        yield name, leak_probe(model, waves(2, 5, 3))


@scenario(leak_probe, "leaky models")
def _(leak_probe):
    for name, model in LEAKY.items():
        yield name, leak_probe(model, waves(2, 5, 3))


@scenario(leak_probe, "what counts as rounding")
def _(leak_probe):
    for tolerance in (1e-12, 1e-3):
        yield (
            f"a leak of at most a millionth, tolerance {tolerance:g}",
            leak_probe(LEAKY["a millionth"], waves(2, 5, 3), tolerance),
        )
    for tolerance in (0.25, 0.5):
        yield f"a leak of one half, tolerance {tolerance:g}", leak_probe(LEAKY["one half"], waves(2, 5, 3), tolerance)


@holds(leak_probe, "every leaky model is caught, and no healthy one is suspected")
def _(leak_probe):
    x = waves(2, 5, 3, step=0.47)
    for name, model in LEAKY.items():
        assert leak_probe(model, x), f"a leak is not seen: {name}"
    for name, model in HEALTHY.items():
        assert not leak_probe(model, x), f"a healthy model is called leaky: {name}"


@holds(leak_probe, "it passes a causal layer, catches one without a mask, and leaves x alone")
def _(leak_probe, rng):
    for seed in range(3):
        generator, x = torch.Generator().manual_seed(seed), _normal(rng, 2, 6, 4)
        kept = x.clone()
        with torch.no_grad():
            assert leak_probe(SelfAttention(4, 3, 5, True, generator), x) is False, "a healthy layer is called leaky"
            assert leak_probe(SelfAttention(4, 3, 5, False, generator), x) is True, "a layer without a mask passes"
        assert close(x, kept)


def _rising(x):
    """A bump for all features, each by another amount."""
    return 10 * torch.arange(1, x.shape[-1] + 1, dtype=x.dtype)


def _probe(model, x, tolerance, *, bumps=None, judged=lambda moved: moved.triu(1).max()):
    """A leak probe with its own bumps, or its own judgement of the influence."""
    if bumps is None:
        bumps = [_rising(x), -_rising(x)]
    return any(bool(judged(influence(model, x, bump)) > tolerance) for bump in bumps)


@mistake(leak_probe, "only the last position changed")
def _(model, x, tolerance=1e-9):
    """You change the last position and no other. What of a model whose second position sees the third?"""
    return _probe(model, x, tolerance, judged=lambda moved: moved[:-1, -1].max())


@mistake(leak_probe, "only neighbours watched")
def _(model, x, tolerance=1e-9):
    """You look whether s moves the output at s - 1. A leak may jump: what of a first position that sees the last?"""
    return _probe(model, x, tolerance, judged=lambda moved: moved.diagonal(1).max())


@mistake(leak_probe, "the position itself counted")
def _(model, x, tolerance=1e-9):
    """You call every model leaky whose output at t depends on its input at t. Is that the future?"""
    return _probe(model, x, tolerance, judged=lambda moved: moved.triu(0).max())


@mistake(leak_probe, "looked into the past")
def _(model, x, tolerance=1e-9):
    """You call a model leaky when an output depends on an earlier position, which is what it is for.
    On which side of the diagonal lies the future?"""
    return _probe(model, x, tolerance, judged=lambda moved: moved.tril(-1).max())


@mistake(leak_probe, "one feature bumped")
def _(model, x, tolerance=1e-9):
    """You change only the first feature. Through which could a leak run that you do not see?"""
    bump = torch.zeros(x.shape[-1], dtype=x.dtype)
    bump[0] = 10.0
    return _probe(model, x, tolerance, bumps=[bump, -bump])


@mistake(leak_probe, "one feature, upwards")
def _(model, x, tolerance=1e-9):
    """You change the first feature, upwards, and nothing else; if you wrote more, a `return` ends it after that one.
    What has to be tried before you may say False?"""
    bump = torch.zeros(x.shape[-1], dtype=x.dtype)
    bump[0] = 10.0
    return _probe(model, x, tolerance, bumps=[bump])


@mistake(leak_probe, "a bump of ones")
def _(model, x, tolerance=1e-9):
    """You bump once, by 1 in every feature. What of a model that wakes only at 10, of one that hears only what is taken
    off, and of one that hears only the difference of two features?"""
    return _probe(model, x, tolerance, bumps=[torch.ones(x.shape[-1], dtype=x.dtype)])


@mistake(leak_probe, "only upwards")
def _(model, x, tolerance=1e-9):
    """You only ever add. A relu lets one sign through: what of a model that hears only what is taken off?"""
    return _probe(model, x, tolerance, bumps=[_rising(x)])


@mistake(leak_probe, "only downwards")
def _(model, x, tolerance=1e-9):
    """You only ever take off. A relu lets one sign through: what of a model that hears only what is added?"""
    return _probe(model, x, tolerance, bumps=[-_rising(x)])


@mistake(leak_probe, "a nudge too small")
def _(model, x, tolerance=1e-9):
    """Your changes are small, and a model that wakes only at a large input sleeps on. How large may a change be?"""
    return _probe(model, x, tolerance, bumps=[_rising(x) / 1000, -_rising(x) / 1000])


@mistake(leak_probe, "first of the batch only", because=influence)
def _(model, x, tolerance=1e-9):
    """You look at the first row of the batch. What of a leak in another row?"""
    return _probe(lambda x: model(x)[:1], x, tolerance)


@mistake(leak_probe, "changes cancel", because=influence)
def _(model, x, tolerance=1e-9):
    """You add the outputs up before you compare, and one that rises hides one that falls.
    Where does the absolute value belong?"""
    return _probe(lambda x: model(x).sum(dim=-1, keepdim=True), x, tolerance)


@mistake(leak_probe, "rounding called a leak")
def _(model, x, tolerance=1e-9):
    """You call every change a leak, however small. A running sum taken from the other end rounds differently each time.
    What is the tolerance for?"""
    return _probe(model, x, min(tolerance, 1e-13))


@mistake(leak_probe, "a small leak called rounding")
def _(model, x, tolerance=1e-9):
    """You let a leak of a millionth pass, though the tolerance is smaller. Rounding is a billion times smaller:
    which number do you compare with?"""
    return _probe(model, x, max(tolerance, 1e-3))


@mistake(leak_probe, "one number for all features")
def _(model, x, tolerance=1e-9):
    """You change all features by the same amount. What of a model that hears only the difference of two of them?"""
    same = torch.full(x.shape[-1:], 20.0, dtype=x.dtype)
    return _probe(model, x, tolerance, bumps=[same, -same])


@mistake(leak_probe, "True for healthy")
def _(model, x, tolerance=1e-9):
    """You answer True for healthy models and False for leaky ones. What was the question?"""
    return not _probe(model, x, tolerance)


_BUMP = "bump = 10.0 + torch.arange(x.shape[-1])"
for _other in ("11.0 +", "9.0 +", "-10.0 +", "10.0 -"):
    equivalent(
        leak_probe,
        f"{_BUMP}  ⇒  {_BUMP.replace('10.0 +', _other)}",
        because="any bump does that is large and different in every feature, and both signs are tried",
    )

hint(leak_probe, "In influence(model, x, bump), which entries [t, s] say that t was moved by something later?")
hint(leak_probe, "matrix.triu(diagonal=1) keeps what lies above the diagonal. Which bumps would a relu hide?")
hint(
    leak_probe,
    """Try several bumps, each with both signs: large, and different in every feature, or one feature at a time.
    One leak found is enough for True; False may be said only after all have been tried.""",
)


# ---- 8. Training it


@exercise(needs=[SelfAttention], limit=20.0, rtol=1e-7)
def train(model, batch, steps, log, lr=3.0):
    """Train a model by gradient descent, on a fresh batch at every step.

    model: an nn.Module; model(x) gives scores (B, T, V), one for each of V tokens at each position
    batch: a function; batch(step) gives (x, y): x (B, T, d), and y (B, T), the right tokens as integers 0, …, V - 1
    steps: how many steps; they are numbered 0, 1, …, steps - 1
    log: call log(step, loss) at each step, with the loss before that step's change as a float
    lr: the learning rate: every parameter becomes parameter - lr * its gradient
    Returns nothing: the model itself is changed.

    The loss is the mean cross-entropy over all B·T positions. cross_entropy(scores, targets) takes scores (N, V)
    and targets (N,), and applies the softmax itself.
    """
    for step in range(steps):
        x, y = batch(step)
        loss = cross_entropy(model(x).flatten(0, 1), y.flatten())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
        log(step, loss.item())


def _small_batch(step):
    return waves(2, 5, 3, step=0.1 * (step + 1)) * 2, (torch.arange(10).reshape(2, 5) * (step + 2)) % 4


@scenario(train, "a small model, step by step")
def _(train):
    model, seen = with_known_numbers(SelfAttention, 3, 2, 4, causal=True), []
    train(model, _small_batch, 4, lambda step, loss: seen.append((step, loss)), lr=0.5)
    for step, loss in seen:
        yield f"the loss logged at step {step}", loss
    yield "w_q after four steps", model.w_q.detach()
    yield "w_k after four steps", model.w_k.detach()
    yield "w_v after four steps", model.w_v.detach()


@scenario(train, "the usual learning rate")
def _(train):
    model, seen = with_known_numbers(SelfAttention, 3, 2, 4), []
    train(model, _small_batch, 2, lambda step, loss: seen.append((step, loss)))
    yield "what was logged", seen
    yield "w_v after two steps", model.w_v.detach()


@scenario(train, "trained twice")
def _(train):
    model = with_known_numbers(SelfAttention, 3, 2, 4)
    train(model, _small_batch, 1, lambda step, loss: None, lr=0.5)
    train(model, _small_batch, 1, lambda step, loss: None, lr=0.5)
    yield "w_v after one step and another", model.w_v.detach()


TOKENS, LENGTH = 5, 7


def _copying(step):
    """Random tokens with their places, (16, 7, 12), and at each place the token before it; the first has itself."""
    tokens = torch.randint(TOKENS, (16, LENGTH), generator=torch.Generator().manual_seed(step))
    places = one_hot(torch.arange(LENGTH), LENGTH).expand(16, LENGTH, LENGTH)
    x = torch.cat([one_hot(tokens, TOKENS), places], dim=-1).double()
    return x, torch.cat([tokens[:, :1], tokens[:, :-1]], dim=1)


@training(
    train, "in 120 steps the layer learns to copy the token before: the loss falls from about 1.6 below 0.05", steps=120
)
def _(train, log):
    model = SelfAttention(TOKENS + LENGTH, 8, TOKENS, True, generator=torch.Generator().manual_seed(0))
    train(model, _copying, 120, log)
    losses = log.history.get("loss", [])
    assert len(losses) == 120, f"log was called {len(losses)} times in 120 steps"
    assert 1.3 < losses[0] < 2.0, f"the first loss is {losses[0]:.3f}; five tokens at random cost about log 5 = 1.609"
    assert max(losses[-10:]) < 0.05, f"after 120 steps the loss is still {losses[-1]:.3f}"
    before = model.weights(_copying(0)[0])[:, range(1, LENGTH), range(LENGTH - 1)]
    assert before.min() > 0.5, f"some position looks at the one before with a weight of only {before.min():.2f}"


def _steps(
    model, batch, steps, log, lr, *, clear=True, sign=-1, loss_of=cross_entropy, late=False, stale=False, scores_of=None
):
    """The training loop with one part exchanged."""
    for step in range(steps):
        x, y = batch(0 if stale else step)
        scores = model(x).flatten(0, 1) if scores_of is None else scores_of(model(x))
        loss = loss_of(scores, y.flatten())
        if clear:
            model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter += sign * lr * parameter.grad
            if late:
                loss = loss_of(model(x).flatten(0, 1), y.flatten())
        log(step, loss.item())


@mistake(train, "gradients pile up")
def _(model, batch, steps, log, lr=3.0):
    """The first step is right and the later ones are too long: backward() adds to the gradient that is there.
    Which line makes it empty, and when?"""
    _steps(model, batch, steps, log, lr, clear=False)


@mistake(train, "uphill")
def _(model, batch, steps, log, lr=3.0):
    """The loss climbs. The gradient points to where it grows: which way do you go?"""
    _steps(model, batch, steps, log, lr, sign=1)


@mistake(train, "nothing changed")
def _(model, batch, steps, log, lr=3.0):
    """The gradients are computed and the parameters stay what they were: `p = p - …` gives the name p to a new tensor.
    What changes the tensor itself?"""
    _steps(model, batch, steps, log, 0.0)


@mistake(train, "softmax twice", because=softmax_rows)
def _(model, batch, steps, log, lr=3.0):
    """You give cross_entropy weights in place of scores, and it applies the softmax once more.
    The loss cannot come near 0 then. What does cross_entropy expect?"""
    _steps(model, batch, steps, log, lr, loss_of=lambda scores, y: cross_entropy(scores.softmax(-1), y))


@mistake(train, "the sum of the losses")
def _(model, batch, steps, log, lr=3.0):
    """Your loss is the sum over all positions, B·T times the mean, and so is every step. What is asked for?"""
    _steps(model, batch, steps, log, lr, loss_of=lambda scores, y: cross_entropy(scores, y, reduction="sum"))


@mistake(train, "one batch for ever")
def _(model, batch, steps, log, lr=3.0):
    """Every step sees batch(0), so the model learns that one by heart. Which number is batch to be called with?"""
    _steps(model, batch, steps, log, lr, stale=True)


@mistake(train, "logged after the change")
def _(model, batch, steps, log, lr=3.0):
    """The model is trained as it should be, and your log shows each loss after the step that it caused.
    Which loss did the gradient come from?"""
    _steps(model, batch, steps, log, lr, late=True)


@mistake(train, "its own learning rate")
def _(model, batch, steps, log, lr=3.0):
    """Whatever lr is asked for, your steps are as long as for 3.0. Where does lr come in?"""
    _steps(model, batch, steps, log, 3.0)


@mistake(train, "scores mixed up")
def _(model, batch, steps, log, lr=3.0):
    """Your scores (B, T, V) become (B·T, V) by a way that mixes tokens with positions: view or reshape after a
    transpose. Which axes does flatten(0, 1) join?"""
    for step in range(steps):
        x, y = batch(step)
        scores = model(x)
        loss = cross_entropy(scores.transpose(1, 2).reshape(-1, scores.shape[-1]), y.flatten())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
        log(step, loss.item())


@mistake(train, "scores cut up anew")
def _(model, batch, steps, log, lr=3.0):
    """Your scores reach cross_entropy scrambled: reshape(V, -1) cuts the row of all numbers into V pieces, and does not
    bring the axis V to the front. Which axes does flatten(0, 1) join?"""
    _steps(model, batch, steps, log, lr, scores_of=lambda s: s.reshape(s.shape[-1], -1).T)


hint(train, "What are the five things that one step does, from fetching a batch to logging?")
hint(
    train,
    "model(x).flatten(0, 1) is (B·T, V). Where do gradients from the step before have to go, and which call does that?",
)
hint(
    train,
    """Change the parameters in place (-=), each of model.parameters(), where torch does not watch: within torch's
    no_grad. loss.item() is the loss as a float.""",
)


# ---- What is predicted


prediction(
    "spread_of_scores",
    """Two vectors of 64 numbers are drawn from the standard normal distribution.
    Their dot product is 0 on average. What is its standard deviation?""",
    beliefs={
        64: "64 is the variance: 64 products, each with the variance 1. The standard deviation is its root.",
        1: "Each of the 64 products has the standard deviation 1; their sum spreads wider.",
        0.125: "1/8 is by how much the dot product is multiplied later, to undo this very spread.",
    },
    rtol=0.05,
)

prediction(
    "equal_scores",
    """All scores are 0, and the mask is causal. How much does the fourth position look at the first?""",
    beliefs={
        0: "exp(0) is 1, not 0: a score of 0 takes part like any other.",
        1: "It would, were the first the only one that the fourth may look at.",
        1 / 3: "The fourth may look at itself as well: that makes four.",
    },
)

prediction(
    "shuffled",
    """The words of the sentence are shuffled, and there is no mask. What happens to what the word *mat* gathers?""",
    options=(
        "it changes: other words are now near",
        "it stays the same, but for rounding",
        "it changes a little: the words that stood next to it weigh less",
    ),
    beliefs={
        "a": "Nothing in q·k knows where a word stands. Near and far are the same to it.",
        "c": "How much a word weighs follows from the two words alone. Who stood next to it was never asked.",
    },
)

prediction(
    "two_layers",
    """Each of two layers has a window of 3: a position sees itself and the two before.
    The second layer works on what the first gave. How many positions back can an output hear?""",
    beliefs={
        2: "The second layer reaches two back, to positions that have each heard two further ones.",
        3: "3 counts the position itself. And the second layer reads what has already travelled.",
        6: "6 is twice the window, with the position itself counted twice.",
        5: "5 is the number of positions heard, the own one among them. How many steps back is the furthest?",
    },
    rtol=1e-6,
)

prediction(
    "leaky_loss",
    """The next token is drawn at random from five, so nobody can know it: guessing costs log 5 = 1.61.
    The mask lets each position look one step ahead, by mistake. What does the training loss show?""",
    options=("an error, or nan", "it stays at 1.61, for the tokens are random", "it falls far below 1.61", "it rises"),
    beliefs={
        "a": "Nothing is wrong with the numbers. The machine does what it was told, with great success.",
        "b": "It would, if the layer could not see the answer. One step ahead is exactly where it stands.",
        "d": "A layer that sees more can do no worse than by not looking, and it learns where to look.",
    },
)


# ---- Why


quiz(
    "why_root",
    """Queries and keys have 64 features, independent and of variance 1, and somebody divides their dot products by 64.
    What do the rows of weights look like, and why?""",
    wrong(
        "As with √64: the softmax does not care about scale.",
        """It does not care about a shift. Scores an eighth as large have the eighth root of the ratios:
        256 to 1 becomes 2 to 1.""",
    ),
    right(
        "Nearly level: the scores spread by only 1/8.",
        """A standard deviation of 8, divided by 64. exp(1/8) is 1.13, so each query averages nearly everything alike,
        and the more features, the more so. Not divided at all, a row would be nearly all on one key, where the softmax
        has hardly any slope.""",
    ),
    wrong(
        "All on one key: 64 is too much.",
        "Too much to divide by makes scores small and rows level. All on one key is what happens without dividing.",
    ),
    wrong(
        "They add up to 1/8 and no longer to 1.",
        "The softmax makes every row add up to 1, whatever the scores, with any scale and with none.",
    ),
)

quiz(
    "why_minus_infinity",
    "Why is a forbidden score set to -inf before the softmax, and not its weight to 0 after it?",
    wrong(
        "It is quicker: one operation less.",
        "Both are one masked_fill. They differ in what the other weights are.",
    ),
    wrong(
        "Because 0 after the softmax would stop the gradient.",
        "It stops the gradient to the forbidden weight, as it should. One to its score remains, through the sum.",
    ),
    right(
        "Because the allowed weights are divided by a sum, and the forbidden position must not stand in it.",
        """Otherwise the size of every weight tells how large the scores of the future are, and the model learns to read
        it: a leak through the denominator. It looks masked in every picture, and trains too well.""",
    ),
    wrong(
        "Because weights of exactly 0 cannot be represented.",
        "They can: exp(-inf) is exactly 0, and that is what the right way produces as well.",
    ),
)

quiz(
    "why_order_blind",
    "How could a layer of self-attention tell 'dog bites man' from 'man bites dog'?",
    wrong(
        "By its queries and keys: they differ for each word.",
        "They differ by word and not by place. Both sentences give the same queries, keys and values, rearranged.",
    ),
    wrong(
        "With more heads, or more layers.",
        "Every layer maps a shuffled input to the shuffled output, so any stack of them does too.",
    ),
    right(
        "Only if something says where a word stands: a position in the vectors, or a mask that treats places unlike.",
        """That is what position embeddings are for. A causal mask says a little as well: the first word sees one word,
        the second two.""",
    ),
    wrong(
        "Not at all: a softmax adds up whatever comes, so order is always lost.",
        "Once a vector says 'dog, at place 1', a key can ask for the place, and the order is there.",
    ),
)


# ---- Review


@question(softmax_rows, "a ratio of weights")
def _(rng):
    low, ratio = int(rng.integers(-3, 4)), int(rng.integers(2, 10))
    weights = softmax_rows(torch.tensor([0.0, math.log(ratio)], dtype=torch.float64) + low)
    return Asked(
        f"Two scores are {low} and {low} + log {ratio}. What is the softmax weight of the second?",
        round(weights[1].item(), 9),
        why=f"The weights are as 1 to {ratio}: {ratio}/{ratio + 1}. The {low} belongs to both and falls out.",
    )


@question(causal_mask, "how many may be looked at")
def _(rng):
    T, window = int(rng.integers(5, 10)), int(rng.integers(2, 5))
    return Asked(
        f"A causal mask for {T} positions has a window of {window}. How many of its entries are True?",
        int(causal_mask(T, window).sum()),
        why=f"The rows have 1, 2, … entries up to {window}, and {window} from then on, in {T} rows.",
    )


@question(attention_weights, "the scale")
def _(rng):
    root = int(rng.integers(2, 13))
    return Asked(
        f"Queries and keys have {root**2} features of variance 1 each, independent. "
        "By what number are their dot products divided before the softmax?",
        root,
        why=f"A dot product has {root**2} terms, so its variance is {root**2} and its standard deviation {root}.",
    )


@question(sdpa, "an average of values")
def _(rng):
    first, second, third = (int(n) for n in rng.permutation(9)[:3] + 1)
    at = int(rng.integers(1, 3))
    v = torch.tensor([[[first], [second], [third]]], dtype=torch.float64)
    out = sdpa(torch.zeros(1, 3, 2).double(), torch.zeros(1, 3, 2).double(), v, causal_mask(3))
    return Asked(
        f"All scores are 0, the mask is causal, and the values of three positions are {first}, {second} and {third}. "
        f"What does the {('first', 'second', 'third')[at]} position gather?",
        round(out[0, at, 0].item(), 9),
        why=f"Equal scores make equal weights over the {at + 1} positions that it may look at: their mean.",
    )


@question(SelfAttention, "how many numbers it has")
def _(rng):
    d, d_k, d_v = (int(n) for n in rng.integers(2, 9, size=3))
    layer = SelfAttention(d, d_k, d_v, generator=torch.Generator().manual_seed(0))
    return Asked(
        f"A head of self-attention has d = {d}, d_k = {d_k} and d_v = {d_v}. How many numbers does it learn?",
        sum(parameter.numel() for parameter in layer.parameters()),
        why=f"w_q and w_k have {d}·{d_k} each, w_v has {d}·{d_v}.",
    )


@question(influence, "reach of a stack")
def _(rng):
    layers, window = int(rng.integers(2, 6)), int(rng.integers(2, 6))
    return Asked(
        f"{layers} layers stand on one another, each with a causal window of {window}. "
        "How many positions back can the last output hear?",
        layers * (window - 1),
        why=f"Each layer reaches {window - 1} further back: {layers}·{window - 1}.",
    )
