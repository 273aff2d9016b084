"""Other programs for the exercises on self-attention: right ones that look nothing like the reference, and wrong ones
that are none of its known mistakes. Knows nothing of how they are judged.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

# ---- softmax_rows ----


def softmax_of_torch(scores):
    return torch.softmax(scores, dim=-1)


def softmax_by_logs(scores):
    return torch.exp(scores - torch.logsumexp(scores, dim=-1, keepdim=True))


def softmax_row_by_row(scores):
    if scores.dim() > 1:
        return torch.stack([softmax_row_by_row(part) for part in scores])
    top = max(scores.tolist())
    powers = [torch.exp(score - top) for score in scores]
    return torch.stack([power / sum(powers) for power in powers])


def softmax_in_place_on_a_copy(scores):
    out = scores.clone()
    out -= scores.detach().amax(-1, keepdim=True)
    out = out.exp()
    return out.div(out.sum(-1, keepdim=True))


def softmax_with_a_little_more(scores):
    powers = (scores - scores.max(dim=-1, keepdim=True).values).exp()
    return powers / (powers.sum(dim=-1, keepdim=True) + 1e-6)


def softmax_base_two(scores):
    powers = 2 ** (scores - scores.max(dim=-1, keepdim=True).values)
    return powers / powers.sum(dim=-1, keepdim=True)


def softmax_clamped(scores):
    return softmax_of_torch(scores.clamp(-50, 50))


# ---- causal_mask ----


def mask_by_tril(T, window=None):
    mask = torch.ones(T, T, dtype=torch.bool).tril()
    return mask if window is None else mask.triu(1 - window)


def mask_entry_by_entry(T, window=None):
    reach = T if window is None else window
    return torch.tensor([[0 <= t - s < reach for s in range(T)] for t in range(T)])


def mask_by_distance(T, window=None):
    places = torch.arange(T)
    distance = places.unsqueeze(1) - places.unsqueeze(0)
    return torch.logical_and(distance >= 0, distance < (window or T))


def mask_written_into(T, window=None):
    mask = torch.zeros((T, T)).bool()
    for t in range(T):
        mask[t, 0 if window is None else max(0, t + 1 - window) : t + 1] = True
    return mask


def mask_with_the_first_always_seen(T, window=None):
    mask = mask_by_tril(T, window)
    mask[:, 0] = True
    return mask


def mask_as_integers(T, window=None):
    return mask_by_tril(T, window).int()


def mask_forgets_short_windows(T, window=None):
    return mask_by_tril(T, None if window == 1 else window)


# ---- attention_weights ----


def weights_by_einsum(q, k, mask=None, scale=None):
    scale = 1 / math.sqrt(q.size(-1)) if scale is None else scale
    scores = torch.einsum("bqd,bkd->bqk", q, k) * scale
    if mask is None:
        return scores.softmax(-1)
    return torch.where(mask, scores, -torch.inf).softmax(-1).nan_to_num()


def weights_of_an_identity(q, k, mask=None, scale=None):
    eye = torch.eye(k.shape[1], dtype=k.dtype).expand(k.shape[0], -1, -1)
    return F.scaled_dot_product_attention(q, k, eye, attn_mask=mask, scale=scale)


def weights_query_by_query(q, k, mask=None, scale=None):
    factor = k.shape[-1] ** -0.5 if scale is None else scale
    out = torch.zeros(q.shape[0], q.shape[1], k.shape[1], dtype=q.dtype)
    for b in range(q.shape[0]):
        for t in range(q.shape[1]):
            row = torch.ones(k.shape[1]).bool() if mask is None else mask[t] if mask.dim() == 2 else mask[b, t]
            if row.any():
                out[b, t, row] = torch.softmax(factor * (k[b, row] @ q[b, t]), dim=0)
    return out


def weights_by_powers(q, k, mask=None, scale=None):
    scores = torch.bmm(q, k.mT).mul(k.shape[-1] ** -0.5 if scale is None else scale)
    allowed = torch.ones_like(scores).bool() if mask is None else mask.expand(scores.shape)
    top = scores.masked_fill(~allowed, -1e300).amax(-1, keepdim=True)
    powers = torch.exp(scores - top).where(allowed, torch.zeros_like(scores))
    return powers / powers.sum(-1, keepdim=True).clamp(min=1e-300)


def weights_by_cosine(q, k, mask=None, scale=None):
    return weights_by_einsum(F.normalize(q, dim=-1), F.normalize(k, dim=-1), mask, scale)


def weights_with_one_mask_for_the_batch(q, k, mask=None, scale=None):
    return weights_by_einsum(q, k, mask if mask is None or mask.dim() == 2 else mask[0], scale)


def weights_with_a_penalty(q, k, mask=None, scale=None):
    scores = torch.einsum("bqd,bkd->bqk", q, k) * (q.size(-1) ** -0.5 if scale is None else scale)
    return scores.softmax(-1) if mask is None else (scores - 30.0 * ~mask).softmax(-1) * mask


# ---- sdpa ----


def attention_of_torch(q, k, v, mask=None, scale=None):
    return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, scale=scale)


def attention_by_einsum(q, k, v, mask=None, scale=None):
    return torch.einsum("bqk,bkd->bqd", weights_by_einsum(q, k, mask=mask, scale=scale), v)


def attention_as_sums(q, k, v, mask=None, scale=None):
    weights = weights_by_powers(q, k, mask, scale)
    return (weights.unsqueeze(-1) * v.unsqueeze(1)).sum(dim=2)


def attention_to_the_best_only(q, k, v, mask=None, scale=None):
    best = weights_by_einsum(q, k, mask, scale).argmax(-1)
    return torch.stack([v[b, best[b]] for b in range(len(v))])


def attention_with_weights_beside(q, k, v, mask=None, scale=None):
    weights = weights_by_einsum(q, k, mask, scale)
    return weights @ v, weights


def attention_in_float32(q, k, v, mask=None, scale=None):
    return attention_of_torch(q.float(), k.float(), v.float(), mask, scale).double()


# ---- SelfAttention ----


class LayerOfTorch(nn.Module):
    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__()
        for name, columns in {"w_q": d_k, "w_k": d_k, "w_v": d_v}.items():
            start = torch.empty(d, columns, dtype=torch.float64)
            self.register_parameter(name, nn.Parameter(start.normal_(0, 1 / math.sqrt(d), generator=generator)))
        self.causal = causal

    def project(self, x):
        return tuple(torch.matmul(x, matrix) for matrix in (self.w_q, self.w_k, self.w_v))

    def weights(self, x):
        q, k, _ = self.project(x)
        return weights_by_einsum(q, k, mask_by_tril(x.size(1)) if self.causal else None)

    def forward(self, x):
        return F.scaled_dot_product_attention(*self.project(x), is_causal=self.causal)


class LayerDrawnAtOnce(nn.Module):
    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        nn.Module.__init__(self)
        drawn = torch.randn(d, 2 * d_k + d_v, dtype=torch.double, generator=generator).mul(d**-0.5)
        self.w_q, self.w_k, self.w_v = (nn.Parameter(part.clone()) for part in drawn.split([d_k, d_k, d_v], dim=1))
        self.looks_back = causal

    def project(self, x):
        return x @ self.w_q, x @ self.w_k, x @ self.w_v

    def weights(self, x):
        q, k, _ = self.project(x)
        return weights_by_powers(q, k, mask_entry_by_entry(x.shape[-2]) if self.looks_back else None)

    def forward(self, x):
        return torch.einsum("bts,bsd->btd", self.weights(x), self.project(x)[2])


class LayerWithOtherNames(nn.Module):
    def __init__(self, features, of_keys, of_values, causal=False, generator=None):
        super().__init__()

        def matrix(columns):
            mean, deviation = torch.zeros(features, columns).double(), features**-0.5
            return nn.Parameter(torch.normal(mean, deviation, generator=generator))

        self.w_v = matrix(of_values)
        self.w_k = matrix(of_keys)
        self.w_q = matrix(of_keys)
        self.masked = causal

    def project(self, inputs):
        return [torch.einsum("btd,dk->btk", inputs, w) for w in (self.w_q, self.w_k, self.w_v)]

    def _both(self, inputs):
        queries, keys, values = self.project(inputs)
        mask = mask_by_distance(inputs.shape[1]) if self.masked else None
        return weights_of_an_identity(queries, keys, mask), values

    def weights(self, inputs):
        return self._both(inputs)[0]

    def forward(self, inputs):
        weights, values = self._both(inputs)
        return weights.matmul(values)


class LayerWithABias(LayerOfTorch):
    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        self.bias = nn.Parameter(torch.zeros(d_v, dtype=torch.float64))

    def forward(self, x):
        return super().forward(x) + self.bias


class LayerWithPositions(LayerOfTorch):
    def forward(self, x):
        return super().forward(x + 0.01 * torch.arange(x.shape[1]).double()[:, None])


class LayerThatStartsAtZero(LayerOfTorch):
    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        nn.init.zeros_(self.w_v)


class LayerWithKeysDetached(LayerOfTorch):
    def project(self, x):
        q, k, v = super().project(x)
        return q, k.detach(), v


class LayerOfXavier(LayerOfTorch):
    def __init__(self, d, d_k, d_v, causal=False, generator=None):
        super().__init__(d, d_k, d_v, causal, generator)
        for parameter in self.parameters():
            nn.init.xavier_normal_(parameter, generator=generator)


# ---- influence ----


def influence_written_into(model, x, bump):
    T = x.shape[1]
    out, start = torch.zeros(T, T, dtype=torch.float64), model(x)
    for s in range(T):
        moved = x + 0
        moved[:, s] = moved[:, s] + bump
        for t in range(T):
            out[t, s] = (model(moved)[:, t] - start[:, t]).abs().max()
    return out


def influence_by_one_hot(model, x, bump):
    at = torch.eye(x.shape[1], dtype=x.dtype)
    start = model(x)
    return torch.stack([(model(x + row[:, None] * bump) - start).abs().flatten(2).amax(2).amax(0) for row in at]).T


def influence_by_pieces(model, x, bump):
    def moved(s):
        bumped = torch.cat([x[:, :s], x[:, s : s + 1] + bump, x[:, s + 1 :]], dim=1)
        change = model(bumped) - model(x)
        return torch.maximum(change.amax(dim=(0, 2)), -change.amin(dim=(0, 2)))

    return torch.stack([moved(s) for s in range(x.shape[1])], dim=-1)


def influence_by_norm(model, x, bump):
    def moved(row):
        return (model(x + row[:, None] * bump) - model(x)).norm(dim=-1).amax(0)

    return torch.stack([moved(row) for row in torch.eye(x.shape[1], dtype=x.dtype)], dim=1)


def influence_of_all_after(model, x, bump):
    def moved(s):
        bumped = torch.cat([x[:, :s], x[:, s:] + bump], dim=1)
        return (model(bumped) - model(x)).abs().amax(dim=(0, 2))

    return torch.stack([moved(s) for s in range(x.shape[1])], dim=1)


def influence_as_yes_or_no(model, x, bump):
    return (influence_by_one_hot(model, x, bump) > 0).double()


# ---- leak_probe ----


def probe_by_random_futures(model, x, tolerance=1e-9):
    generator, start = torch.Generator().manual_seed(5), model(x)
    for s in range(1, x.shape[1]):
        for _ in range(6):
            other = x.clone()
            other[:, s:] = 20 * torch.randn(other[:, s:].shape, generator=generator, dtype=x.dtype)
            if ((model(other)[:, :s] - start[:, :s]).abs() > tolerance).any():
                return True
    return False


def probe_feature_by_feature(model, x, tolerance=1e-9):
    start = model(x)
    worst = 0.0
    for s in range(1, x.shape[1]):
        for feature in range(x.shape[2]):
            for size in (-30.0, 30.0):
                other = x.clone()
                other[:, s, feature] += size
                worst = max(worst, (model(other) - start)[:, :s].abs().max().item())
    return worst > tolerance


def probe_with_two_bumps(model, x, tolerance=1e-9):
    sizes = torch.linspace(12.0, 25.0, x.shape[-1], dtype=x.dtype)
    tables = [influence_by_one_hot(model, x, sign * sizes) for sign in (1, -1)]
    return any(bool((table[t, t + 1 :] > tolerance).any()) for table in tables for t in range(len(table) - 1))


def probe_by_gradients(model, x, tolerance=1e-9):
    x = x.clone().requires_grad_()
    out = model(x)
    if not out.requires_grad:
        return False
    for t in range(x.shape[1] - 1):
        (grad,) = torch.autograd.grad(out[:, t].sum(), x, retain_graph=True)
        if (grad[:, t + 1 :].abs() > tolerance).any():
            return True
    return False


def probe_one_random_future(model, x, tolerance=1e-9):
    other = x.clone()
    other[:, 1:] += 1.0
    return bool(((model(other) - model(x))[:, 0].abs() > tolerance).any())


def probe_that_always_warns(model, x, tolerance=1e-9):
    return True


def probe_that_returns_the_size(model, x, tolerance=1e-9):
    sizes = torch.linspace(12.0, 25.0, x.shape[-1], dtype=x.dtype)
    return influence_by_one_hot(model, x, sizes).triu(1).max().item()


# ---- train ----


def train_with_sgd(model, batch, steps, log, lr=3.0):
    optimiser = torch.optim.SGD(model.parameters(), lr=lr)
    for step in range(steps):
        x, y = batch(step)
        optimiser.zero_grad()
        scores = model(x)
        loss = F.cross_entropy(scores.reshape(-1, scores.size(-1)), y.reshape(-1))
        loss.backward()
        optimiser.step()
        log(step, float(loss))


def train_by_autograd(model, batch, steps, log, lr=3.0):
    parameters = list(model.parameters())
    step = 0
    while step < steps:
        inputs, targets = batch(step)
        loss = F.cross_entropy(model(inputs).transpose(1, 2), targets)
        gradients = torch.autograd.grad(loss, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.data.sub_(lr * gradient)
        log(step, loss.item())
        step += 1


def train_by_log_softmax(model, batch, steps, log, lr=3.0):
    for step in range(steps):
        x, y = batch(step)
        logs = torch.log_softmax(model(x), dim=-1)
        loss = -logs.gather(-1, y.unsqueeze(-1)).mean()
        for parameter in model.parameters():
            parameter.grad = None
        loss.backward()
        log(step, loss.item())
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.add_(parameter.grad, alpha=-lr)


def train_with_momentum(model, batch, steps, log, lr=3.0):
    optimiser = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.5)
    for step in range(steps):
        x, y = batch(step)
        optimiser.zero_grad()
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        loss.backward()
        optimiser.step()
        log(step, loss.item())


def train_the_first_parameter_only(model, batch, steps, log, lr=3.0):
    first = next(iter(model.parameters()))
    for step in range(steps):
        x, y = batch(step)
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        (gradient,) = torch.autograd.grad(loss, [first])
        first.data -= lr * gradient
        log(step, loss.item())


def train_without_a_log(model, batch, steps, log, lr=3.0):
    train_with_sgd(model, batch, steps, lambda step, loss: None, lr)


def train_counting_from_one(model, batch, steps, log, lr=3.0):
    train_with_sgd(model, lambda step: batch(step + 1), steps, log, lr)


VARIANTS = {
    "softmax_rows": [softmax_of_torch, softmax_by_logs, softmax_row_by_row, softmax_in_place_on_a_copy],
    "causal_mask": [mask_by_tril, mask_entry_by_entry, mask_by_distance, mask_written_into],
    "attention_weights": [weights_by_einsum, weights_of_an_identity, weights_query_by_query, weights_by_powers],
    "sdpa": [attention_of_torch, attention_by_einsum, attention_as_sums],
    "SelfAttention": [LayerOfTorch, LayerDrawnAtOnce, LayerWithOtherNames],
    "influence": [influence_written_into, influence_by_one_hot, influence_by_pieces],
    "leak_probe": [probe_by_random_futures, probe_feature_by_feature, probe_with_two_bumps],
    "train": [train_with_sgd, train_by_autograd, train_by_log_softmax],
}

WRONG = {
    "softmax_rows": [softmax_with_a_little_more, softmax_base_two, softmax_clamped],
    "causal_mask": [mask_with_the_first_always_seen, mask_as_integers, mask_forgets_short_windows],
    "attention_weights": [weights_by_cosine, weights_with_one_mask_for_the_batch, weights_with_a_penalty],
    "sdpa": [attention_to_the_best_only, attention_with_weights_beside, attention_in_float32],
    "SelfAttention": [
        LayerWithABias,
        LayerWithPositions,
        LayerThatStartsAtZero,
        LayerWithKeysDetached,
        LayerOfXavier,
    ],
    "influence": [influence_by_norm, influence_of_all_after, influence_as_yes_or_no],
    "leak_probe": [probe_by_gradients, probe_one_random_future, probe_that_always_warns, probe_that_returns_the_size],
    "train": [
        train_with_momentum,
        train_the_first_parameter_only,
        train_without_a_log,
        train_counting_from_one,
    ],
}
