"""Other programs for the exercises on shapes: right ones that look nothing like the reference, and wrong ones that are
none of its known mistakes. Knows nothing of how they are judged.
"""

import itertools
import math

import numpy as np
import torch
import torch.nn.functional as F

# ---- row_major_strides ----


def strides_by_products(shape):
    return [math.prod(max(size, 1) for size in shape[axis + 1 :]) for axis in range(len(shape))]


def strides_by_torch(shape):
    return torch.empty(shape).stride()


def strides_by_accumulate(shape):
    sizes = [size or 1 for size in shape]
    return tuple(itertools.accumulate(reversed(sizes[1:]), lambda a, b: a * b, initial=1))[::-1] if shape else ()


def strides_by_numpy(shape):
    return np.cumprod([1, *(max(size, 1) for size in shape[:0:-1])])[::-1][: len(shape)].tolist()


def strides_in_bytes(shape):
    return tuple(8 * step for step in strides_by_products(shape))


def strides_without_axes_of_one(shape):
    return tuple(step for step, size in zip(strides_by_products(shape), shape, strict=True) if size != 1)


def strides_for_three_axes(shape):
    return (shape[1] * shape[2], shape[2], 1)


# ---- place ----


def place_in_a_loop(x, index):
    where = x.storage_offset()
    for axis, i in enumerate(index):
        if i < 0:
            i += x.shape[axis]
        where += i * x.stride(axis)
    return where


def place_by_looking(x, index):
    return x[index].storage_offset()


def place_by_addresses(x, index):
    start = x.data_ptr() - x.storage_offset() * x.element_size()
    return (x[index].data_ptr() - start) // x.element_size()


def place_by_numpy(x, index):
    whole = np.array([i if i >= 0 else i + size for i, size in zip(index, x.shape, strict=True)], dtype=int)
    return int(whole @ np.array(x.stride(), dtype=int)) + x.storage_offset()


def place_of_the_value(x, index):
    return int(x[index])


def place_counted_in_the_view(x, index):
    return sum((i % n) * math.prod(x.shape[axis + 1 :]) for axis, (i, n) in enumerate(zip(index, x.shape, strict=True)))


def place_one_short_from_the_end(x, index):
    steps = zip(index, x.shape, x.stride(), strict=True)
    return x.storage_offset() + sum((i if i >= 0 else n + i - 1) * step for i, n, step in steps)


# ---- flatten_from ----


def flatten_by_torch(x, k):
    return x.flatten(k)


def flatten_with_start(x, k):
    return torch.flatten(x, start_dim=k)


def flatten_by_counting(x, k):
    axes = x.dim()
    first = k + axes if k < 0 else k
    joined = 1
    for size in x.shape[first:]:
        joined *= size
    return torch.reshape(x, [*list(x.shape)[:first], joined])


def flatten_pair_by_pair(x, k):
    first = k % x.dim()
    while x.dim() > first + 1:
        *outer, rows, columns = x.shape
        x = x.reshape(*outer, rows * columns)
    return x


def flatten_with_try(x, k):
    wanted = (*x.shape[:k], math.prod(x.shape[k:]))
    try:
        return x.view(wanted)
    except RuntimeError:
        return x.contiguous().view(wanted)


def flatten_up_to(x, k):
    return x.reshape(math.prod(x.shape[:k]), *x.shape[k:])


def flatten_as_float(x, k):
    return x.flatten(k).double()


def flatten_as_it_lies(x, k):
    return x.as_strided((*x.shape[:k], math.prod(x.shape[k:])), torch.empty(x.flatten(k).shape).stride())


# ---- drop_axis ----


def drop_by_select(x, axis):
    if x.shape[axis] != 1:
        raise ValueError("too wide")
    return x.select(axis, 0)


def drop_by_reshape(x, axis):
    if x.size(axis) == 1:
        axis %= x.dim()
        return x.reshape(x.shape[:axis] + x.shape[axis + 1 :])
    raise ValueError(axis)


def drop_by_unbind(x, axis):
    if x.shape[axis] != 1:
        raise ValueError
    (only,) = x.unbind(dim=axis)
    return only


def drop_and_compare(x, axis):
    dropped = torch.squeeze(x, dim=axis)
    if dropped.dim() == x.dim():
        raise ValueError
    return dropped


def drop_by_assertion(x, axis):
    assert x.shape[axis] == 1
    return x.squeeze(axis)


def drop_the_first_of_size_one(x, axis):
    if x.shape[axis] != 1:
        raise ValueError
    return x.squeeze(list(x.shape).index(1))


def drop_and_copy(x, axis):
    if x.shape[axis] != 1:
        raise ValueError
    return x.squeeze(axis).clone()


# ---- group_means ----


def means_by_unfold(x, g):
    if len(x) % g:
        raise ValueError
    return x.unfold(0, g, g).mean(-1) if len(x) else x


def means_by_unflatten(x, g):
    if x.size(0) % g > 0:
        raise ValueError(f"{g} does not divide {x.size(0)}")
    return torch.mean(x.unflatten(0, (x.size(0) // g, g)), dim=-2)


def means_by_product(x, g):
    T, _ = x.shape
    if T // g * g != T:
        raise ValueError
    groups = torch.arange(T) // g
    weights = (groups == torch.arange(T // g).unsqueeze(1)).to(x.dtype) / g
    return weights @ x


def means_by_strides(x, g):
    if len(x) % g:
        raise ValueError
    return sum(x[start::g] for start in range(g)) / g


def means_of_windows(x, g):
    if len(x) % g:
        raise ValueError
    return x.unfold(0, g, 1).mean(-1)


def means_in_halves(x, g):
    if len(x) % g:
        raise ValueError
    return x.reshape(-1, g, x.shape[1])[:, : (g + 1) // 2].mean(1)


def means_that_are_medians(x, g):
    if len(x) % g:
        raise ValueError
    return x.reshape(len(x) // g, g, x.shape[1]).median(dim=1).values


# ---- split_heads ----


def split_by_view(x, h):
    channels = x.shape[-1]
    return x.unflatten(-1, (h, channels // h)).permute(0, 2, 1, 3)


def split_by_strides(x, h):
    (B, T, C), (b, t, c) = x.shape, x.stride()
    d = C // h
    return x.as_strided((B, h, T, d), (b, d * c, t, c), x.storage_offset())


def split_by_unfold(x, h):
    d = x.size(-1) // h
    return x.unfold(-1, d, d).movedim(2, 1)


def split_by_einsum(x, h):
    return torch.einsum("bthd->bhtd", x.reshape(*x.shape[:2], h, x.shape[2] // h))


def split_backwards(x, h):
    B, T, C = x.shape
    return x.reshape(B, T, h, C // h).transpose(1, 2).flip(1)


def split_by_chunks_of_positions(x, h):
    B, T, C = x.shape
    return x.transpose(1, 2).reshape(B, h, C // h, T)


def split_stacked(x, h):
    return torch.stack(x.chunk(h, dim=-1), dim=1)


# ---- merge_heads ----


def merge_by_flatten(x):
    return x.permute(0, 2, 1, 3).flatten(2)


def merge_by_contiguous(x):
    B, h, T, d = x.size()
    y = x.transpose(1, 2).contiguous()
    return y.view(B, T, h * d)


def merge_by_movedim(x):
    moved = torch.movedim(x, 1, 2)
    return torch.flatten(moved, start_dim=-2)


def merge_with_try(x):
    side_by_side = x.transpose(-3, -2)
    shape = (*side_by_side.shape[:2], x.shape[1] * x.shape[3])
    try:
        return side_by_side.view(shape)
    except RuntimeError:
        return side_by_side.reshape(shape)


def merge_concatenated_backwards(x):
    return torch.cat(x.unbind(1)[::-1], dim=-1)


def merge_summed(x):
    return x.sum(dim=1).repeat(1, 1, x.shape[1])


def merge_in_numpy(x):
    return torch.from_numpy(x.detach().numpy().swapaxes(1, 2).reshape(x.shape[0], x.shape[2], -1))


# ---- patchify ----


def patches_by_unfold(images, p):
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError("no tiling")
    cut = images.unfold(2, p, p).unfold(3, p, p)  # (B, C, rows, columns, p, p)
    return cut.movedim(1, 3).reshape(B, (H // p) * (W // p), C * p * p)


def patches_in_two_moves(images, p):
    H, W = images.shape[2:]
    if H % p:
        raise ValueError(H)
    if W % p:
        raise ValueError(W)
    bands = images.unflatten(2, (H // p, p)).transpose(1, 2)  # (B, rows, C, p, W)
    squares = bands.unflatten(4, (W // p, p)).movedim(4, 2)  # (B, rows, columns, C, p, p)
    return squares.flatten(3).flatten(1, 2)


def patches_by_einsum(images, p):
    B, C, H, W = images.shape
    if (H % p, W % p) != (0, 0):
        raise ValueError
    split = images.reshape((B, C, H // p, p, W // p, p))
    return torch.einsum("bcrpsq->brscpq", split).reshape(B, H * W // p**2, C * p**2)


def patches_by_index(images, p):
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    places = torch.arange(C * H * W).reshape(C, H // p, p, W // p, p).permute(1, 3, 0, 2, 4)
    return images.flatten(1)[:, places.flatten()].reshape(B, H * W // p**2, C * p**2)


def patches_by_torch_alone(images, p):
    return F.unfold(images.double(), p, stride=p).transpose(1, 2)


def patches_from_right_to_left(images, p):
    return patches_by_unfold(images.flip(3), p).flip(2)


def patches_of_one_channel(images, p):
    return patches_by_unfold(images[:, :1], p).repeat(1, 1, images.shape[1])


# ---- windows ----


def windows_by_unfold(x, k):
    if k < 1 or k > x.numel():
        raise ValueError(k)
    return x.unfold(0, k, 1)


def windows_with_offset(x, k):
    N, step = x.size(0), x.stride()[0]
    if k not in range(1, N + 1):
        raise ValueError
    return torch.as_strided(x, size=(1 + N - k, k), stride=(step, step), storage_offset=x.storage_offset())


def windows_transposed(x, k):
    count = x.numel() + 1 - k
    if count < 1 or k < 1:
        raise ValueError("no such window")
    return x.unfold(-1, count, 1).t() if k > 1 else x.unsqueeze(1)


def windows_with_ends_padded(x, k):
    if not 1 <= k <= len(x):
        raise ValueError
    return F.pad(x, (k - 1, 0)).unfold(0, k, 1)


def windows_by_index(x, k):
    if not 1 <= k <= len(x):
        raise ValueError
    return x[torch.arange(len(x) - k + 1).unsqueeze(1) + torch.arange(k)]


def windows_without_a_refusal(x, k):
    return x.unfold(0, k, 1)


VARIANTS = {
    "row_major_strides": [strides_by_products, strides_by_torch, strides_by_accumulate, strides_by_numpy],
    "place": [place_in_a_loop, place_by_looking, place_by_addresses, place_by_numpy],
    "flatten_from": [
        flatten_by_torch,
        flatten_with_start,
        flatten_by_counting,
        flatten_pair_by_pair,
        flatten_with_try,
    ],
    "drop_axis": [drop_by_select, drop_by_reshape, drop_by_unbind, drop_and_compare],
    "group_means": [means_by_unfold, means_by_unflatten, means_by_product, means_by_strides],
    "split_heads": [split_by_view, split_by_strides, split_by_unfold, split_by_einsum],
    "merge_heads": [merge_by_flatten, merge_by_contiguous, merge_by_movedim, merge_with_try],
    "patchify": [patches_by_unfold, patches_in_two_moves, patches_by_einsum, patches_by_index],
    "windows": [windows_by_unfold, windows_with_offset, windows_transposed],
}

WRONG = {
    "row_major_strides": [strides_in_bytes, strides_without_axes_of_one, strides_for_three_axes],
    "place": [place_of_the_value, place_counted_in_the_view, place_one_short_from_the_end],
    "flatten_from": [flatten_up_to, flatten_as_float, flatten_as_it_lies],
    "drop_axis": [drop_by_assertion, drop_the_first_of_size_one, drop_and_copy],
    "group_means": [means_of_windows, means_in_halves, means_that_are_medians],
    "split_heads": [split_backwards, split_by_chunks_of_positions, split_stacked],
    "merge_heads": [merge_concatenated_backwards, merge_summed, merge_in_numpy],
    "patchify": [patches_by_torch_alone, patches_from_right_to_left, patches_of_one_channel],
    "windows": [windows_with_ends_padded, windows_by_index, windows_without_a_refusal],
}
