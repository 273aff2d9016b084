"""Exercises on the shape of a tensor: one row of numbers, the strides that walk it, and what each reshaping moves.

A case fills its tensor with 0, 1, 2, …, so that every entry tells where in memory it lay. Knows nothing of indexing by
tensors, and of gradients only that they must not be cut off.
"""

import math

import torch

from groundup.differs import close
from groundup.drill import shape_drill
from groundup.exercise import (
    Asked,
    case,
    equivalent,
    exercise,
    hint,
    holds,
    mistake,
    prediction,
    question,
    quiz,
    right,
    vectorised,
    wrong,
)


def _counted(*shape, dtype=torch.float64):
    """A tensor of this shape that holds 0, 1, 2, … in the order of memory."""
    return torch.arange(math.prod(shape), dtype=dtype).reshape(shape)


# ---- 1. From a shape to strides


@exercise
def row_major_strides(shape):
    """The strides of a fresh tensor of this shape, whose numbers lie in order and without gaps.

    shape: a tuple of n sizes, none negative; n may be 0
    Returns a tuple of n whole numbers: how many places in memory one step along each axis takes.
    A size of 0 counts as 1 here, as it does in PyTorch.

    row_major_strides((2, 3, 4)) is (12, 4, 1): a step along the last axis goes to the next place,
    a step along the middle one passes a row of 4, a step along the first passes 3 such rows.
    """
    strides = []
    step = 1
    for size in reversed(shape):
        # begin solution
        strides.append(step)
        step *= max(size, 1)
        # end solution
    return tuple(reversed(strides))


case(row_major_strides, (2, 3, 4))
case(row_major_strides, (5, 2))
case(row_major_strides, (7,))
case(row_major_strides, (3, 1, 5, 1, 2))
case(row_major_strides, (4, 0, 3))
case(row_major_strides, ())


@holds(row_major_strides, "PyTorch gives a fresh tensor of that shape the same strides")
def _(row_major_strides, rng):
    for axes in range(5):
        shape = tuple(int(size) for size in rng.integers(1, 7, size=axes))
        assert close(row_major_strides(shape), torch.empty(shape).stride())


@mistake(row_major_strides, "the first axis moves fastest")
def _(shape):
    """Your strides grow from the first axis to the last: columns would lie together, as in Fortran or MATLAB.
    In tensor([[0, 1], [2, 3]]), is it the 1 or the 2 that follows the 0 in memory?"""
    strides, step = [], 1
    for size in shape:
        strides.append(step)
        step *= max(size, 1)
    return tuple(strides)


@mistake(row_major_strides, "counts its own axis too")
def _(shape):
    """Each of your strides is too large by the size of its own axis, and the last is not 1.
    How many places does one step along the last axis take?"""
    strides, step = [], 1
    for size in reversed(shape):
        step *= max(size, 1)
        strides.append(step)
    return tuple(reversed(strides))


@mistake(row_major_strides, "grown before it is kept, from the last axis")
def _(shape):
    """Your last stride is a size, and the step along the last axis is 1; and a size of 0 makes everything 0.
    When should `step` be kept, and when multiplied?"""
    strides, step = [], 1
    for size in reversed(shape):
        step *= size
        strides.append(step)
    return tuple(reversed(strides))


@mistake(row_major_strides, "returned inside the loop")
def _(shape):
    """You return after the first round, with one stride. How far to the right should `return` stand?"""
    strides, step = [], 1
    for size in reversed(shape):
        strides.append(step)
        step *= max(size, 1)
        return tuple(reversed(strides))
    return ()


@mistake(row_major_strides, "counted in bytes")
def _(shape):
    """Your strides are those of bytes, 8 times too large, as NumPy counts them. PyTorch counts entries:
    how many does one step along the last axis pass?"""
    return tuple(8 * stride for stride in torch.empty(shape).stride())


@mistake(row_major_strides, "the sizes themselves")
def _(shape):
    """You keep the size of each axis; wanted is the step, the product of all sizes behind it.
    Which name holds that product?"""
    return tuple(shape)


@mistake(row_major_strides, "only the neighbouring size")
def _(shape):
    """Your stride is the size of the axis to the right, without the axes behind that one.
    In shape (2, 3, 4), how many numbers lie between x[0] and x[1]?"""
    return tuple(max(size, 1) for size in (*shape[1:], 1))[: len(shape)]


@mistake(row_major_strides, "the sizes added up")
def _(shape):
    """You add the sizes to the right of an axis where they multiply: 3 rows of 4 are 12 numbers and not 7.
    How many numbers does one step along the first axis pass over?"""
    return tuple(sum(max(size, 1) for size in shape[axis + 1 :]) or 1 for axis in range(len(shape)))


@mistake(row_major_strides, "an empty axis makes strides of 0")
def _(shape):
    """Where a size is 0, the axes before it get the stride 0. PyTorch lets such an axis count as 1.
    What would max(size, 1) do?"""
    strides, step = [], 1
    for size in reversed(shape):
        strides.append(step)
        step *= size
    return tuple(reversed(strides))


hint(row_major_strides, "Go from the last axis to the first, as the loop does. What is the stride of the last one?")
hint(
    row_major_strides,
    """One step along an axis passes over everything behind that axis.
    `step` is to hold the product of the sizes seen so far: should it grow before or after it is kept?""",
)


# ---- 2. From an index to a place


@exercise(needs=[row_major_strides])
def place(x, index):
    """The place in memory, counted from the start of the storage, where the entry x[index] lies.

    x: a tensor of n axes, perhaps a view, so its strides may be anything and it need not begin at place 0
    index: a tuple of n whole numbers; a negative one counts from the end of its axis, as in x[-1]
    Returns a whole number. x.shape, x.stride() and x.storage_offset() tell all that is needed.

    The row 0 … 5 seen with shape (2, 3) has strides (3, 1), so (1, 2) lies at 1·3 + 2·1 = 5.
    """
    total = x.storage_offset()
    for i, size, stride in zip(index, x.shape, x.stride(), strict=True):
        total += (i % size) * stride
    return total


case(place, _counted(2, 3), (1, 2))
case(place, _counted(2, 3, 4), (1, 0, 3))
case(place, _counted(2, 3, 4), (-1, 1, -3))
case(place, (50 - _counted(4, 5)).T, (3, 2))
case(place, _counted(30)[7:].as_strided((2, 3), (11, 2)), (1, 2))
case(place, (3 * _counted(6, 5))[1:, ::2], (-2, 2))
case(place, _counted(9)[4:] - 20, (3,))
case(place, (_counted(9) - 20)[4:], (3,))
case(place, _counted(3, 4, dtype=torch.int16), (2, -1))
case(place, _counted(12)[5], ())


@holds(place, "the storage, read at that place, holds the entry itself")
def _(place, rng):
    x = torch.from_numpy(rng.normal(size=(5, 6, 7)))[1:, 1::2].permute(2, 0, 1)
    for _ in range(6):
        index = tuple(int(rng.integers(-size, size)) for size in x.shape)
        storage = x.as_strided((210,), (1,), 0)
        assert close(storage[place(x, index)].item(), x[index].item())


@mistake(place, "begins at place 0")
def _(x, index):
    """You are right as long as the view begins at place 0. x[4:] begins at place 4 of the same memory.
    Which method of x says where it begins?"""
    return sum((i % size) * stride for i, size, stride in zip(index, x.shape, x.stride(), strict=True))


@mistake(place, "the strides of a fresh tensor", because=row_major_strides)
def _(x, index):
    """You work the strides out from the shape, which holds for a fresh tensor. A transposed one has the same memory
    and other strides. Who else can tell you the strides of x?"""
    steps = zip(index, x.shape, row_major_strides(tuple(x.shape)), strict=True)
    return x.storage_offset() + sum((i % size) * stride for i, size, stride in steps)


@mistake(place, "negative numbers as they are")
def _(x, index):
    """A negative index takes you backwards, to a place before the row begins. x[-1] means the last one.
    What must be added to -1 to get the number of the last one?"""
    return x.storage_offset() + sum(i * stride for i, stride in zip(index, x.stride(), strict=True))


@mistake(place, "begins at place 0, and negative numbers as they are")
def _(x, index):
    """Two things are left out: the place where x begins, and what a negative number means, which counts from the end.
    Which method of x says where it begins, and what must be added to -1?"""
    return sum(i * stride for i, stride in zip(index, x.stride(), strict=True))


@mistake(place, "negative numbers turned round")
def _(x, index):
    """For a negative i you take size - i, and i is negative already: that lies beyond the end.
    Is it to be added or taken away?"""
    steps = zip(index, x.shape, x.stride(), strict=True)
    return x.storage_offset() + sum((i if i >= 0 else size - i) * stride for i, size, stride in steps)


@mistake(place, "what lies there, as a tensor")
def _(x, index):
    """You return the entry itself; asked is the place where it lies. Which of x's tuples say where?"""
    return x[index]


@mistake(place, "sizes for strides")
def _(x, index):
    """You multiply each number of the index by the size of its axis. How long an axis is does not say how far apart
    its entries lie. Which tuple says that?"""
    return x.storage_offset() + sum((i % size) * size for i, size in zip(index, x.shape, strict=True))


@mistake(place, "the entry itself")
def _(x, index):
    """You return what lies there, and not where it lies. In arange the two happen to be equal.
    Which of x's tuples say where, whatever the content is?"""
    return int(x[index])


@mistake(place, "counts in bytes")
def _(x, index):
    """Your place is in bytes: it is as many times too large as an entry has bytes. PyTorch's strides count entries.
    Which factor can go?"""
    steps = zip(index, x.shape, x.stride(), strict=True)
    return (x.storage_offset() + sum((i % size) * stride for i, size, stride in steps)) * x.element_size()


_LOOP = "for i, size, stride in zip(index, x.shape, x.stride(), strict=True):"
for _other in ("x.stride())", "x.stride(), strict=False)"):
    equivalent(
        place,
        f"{_LOOP}  ⇒  {_LOOP.replace('x.stride(), strict=True)', _other)}",
        "an index of n numbers is asked for, and strict only says aloud that the three are of one length",
    )

hint(place, "Stand at x[0, 0, …]. Where in memory is that, and what does each step along an axis add?")
hint(place, "Each axis adds (number of steps) times (length of a step). How many steps is -1 on an axis of 5?")
hint(
    place,
    "Begin a total at the storage offset, and zip the index, the sizes and the strides. % turns -1 into size - 1.",
)


# ---- 3. Joining axes


@exercise(memory=True)
def flatten_from(x, k):
    """Join the axes of x from number k on into a single one.

    x: a tensor of n axes; a size may be 0, and dtype and requires_grad are kept
    k: the first axis to join, -n <= k < n; a negative one counts from the end
    Returns a tensor of as many entries in the same order: its first axes are those of x before axis k.
    It shares the memory of x where strides allow it, and is a copy only where they do not, as reshape does.

    flatten_from(x, 1) of a batch (8, 3, 5, 5) has the shape (8, 75): one row for each image.
    """
    return x.reshape(*x.shape[:k], math.prod(x.shape[k:]))


case(flatten_from, _counted(2, 3, 4), 1)
case(flatten_from, _counted(2, 3, 4, 5), 2)
case(flatten_from, _counted(2, 3, 4, 5), -2)
case(flatten_from, _counted(2, 3, 4), -3)
case(flatten_from, _counted(2, 3, 4), 0)
case(flatten_from, _counted(2, 3), -1)
case(flatten_from, _counted(1, 3, 4), 1)
case(flatten_from, _counted(0, 3, 4), 1)
case(flatten_from, _counted(3, 0, 4), 1)
case(flatten_from, _counted(4, 3, 2).transpose(1, 2), 1)
case(flatten_from, _counted(4, 3, 2).transpose(0, 1), 1)
case(flatten_from, _counted(4, 6, 5)[:, ::2], 1)
case(flatten_from, _counted(4, 3, 2)[::2], 1)
case(flatten_from, _counted(2, 3, 5, dtype=torch.int32), 1)
case(flatten_from, _counted(2, 3, 5).requires_grad_(), 1)


@holds(flatten_from, "whatever is joined, the entries stay in their order")
def _(flatten_from, rng):
    x = torch.from_numpy(rng.normal(size=(3, 4, 5)))
    for k in (0, 1, 2, -1, -2, -3):
        assert close(flatten_from(x, k).flatten(), x.flatten())


vectorised(flatten_from, "no Python loop over the entries")(lambda n: (_counted(n, 3, n), 1))


@mistake(flatten_from, "the batch joined too")
def _(x, k):
    """Your result has one axis, whatever k is: the images of a batch have become one long row.
    Which part of x.shape has to stay as it is?"""
    return x.reshape(x.numel())


@mistake(flatten_from, "a tuple beside a number")
def _(x, k):
    """reshape takes one tuple, or several numbers, and you give it a tuple and a number. Tuples join with +:
    what is x.shape[:k] + (n,)?"""
    return x.reshape(x.shape[:k], math.prod(x.shape[k:]))


@mistake(flatten_from, "contiguous first")
def _(x, k):
    """The numbers are right, and contiguous() copies a tensor with gaps even where the joined axes have none.
    Which call copies only if it must?"""
    return x.contiguous().view(*x.shape[:k], math.prod(x.shape[k:]))


@mistake(flatten_from, "one axis too few joined")
def _(x, k):
    """You leave axis k alone and join only what comes behind it. In x.shape[:k], is axis k itself inside?"""
    k = k % x.dim() + 1
    return x.reshape(*x.shape[:k], math.prod(x.shape[k:]))


@mistake(flatten_from, "one axis too many joined")
def _(x, k):
    """You join the axis before k as well. Which axes does x.shape[:k] keep, and how many are they?"""
    k = max(k % x.dim() - 1, 0)
    return x.reshape(*x.shape[:k], math.prod(x.shape[k:]))


@mistake(flatten_from, "the size left to -1")
def _(x, k):
    """With a size of 0 your call stops: 0 entries fit into rows of any length, so -1 has no one answer.
    From which sizes can the length be worked out?"""
    return x.reshape(*x.shape[:k], -1)


@mistake(flatten_from, "negative k forgotten")
def _(x, k):
    """For a negative k you join everything: range(-2) has nothing in it. What does x.shape[:-2] give, by contrast?"""
    kept = [x.shape[axis] for axis in range(k)]
    return x.reshape(*kept, x.numel() // math.prod(kept) if math.prod(kept) else math.prod(x.shape[max(k, 0) :]))


@mistake(flatten_from, "always a copy")
def _(x, k):
    """The numbers are right, and they are copied each time, also where the old row of memory would have served.
    Which call makes the copy?"""
    return x.clone(memory_format=torch.contiguous_format).reshape(*x.shape[:k], math.prod(x.shape[k:]))


@mistake(flatten_from, "view at any price")
def _(x, k):
    """You use view, which never copies, and stops on a transposed x: in the new order its entries are not evenly
    spaced. Which relative of view copies when it has to?"""
    return x.view(*x.shape[:k], math.prod(x.shape[k:]))


@mistake(flatten_from, "cut off from the gradient")
def _(x, k):
    """The numbers are right, and x.requires_grad has been lost: no gradient can find its way back through your result.
    Which detour do the numbers take?"""
    return x.detach().reshape(*x.shape[:k], math.prod(x.shape[k:]))


hint(flatten_from, "Write down the wanted shape for (2, 3, 4, 5) and k = 2. Which part of it is a slice of x.shape?")
hint(
    flatten_from,
    "A slice of a shape takes a negative k without help. The last size is a product: math.prod multiplies a slice.",
)


# ---- 4. Axes of size one


@exercise(memory=True)
def drop_axis(x, axis):
    """Take away one axis of size 1, this one and no other.

    x: a tensor of n axes
    axis: which one to take away, -n <= axis < n
    Returns a view of x without that axis.
    Raises ValueError if the size of that axis is not 1.

    drop_axis(x, 1) of shape (1, 1, 7) has the shape (1, 7): the batch of one is still a batch.
    """
    if x.shape[axis] != 1:
        raise ValueError(f"axis {axis} has size {x.shape[axis]}, and only an axis of size 1 can be dropped")
    return x.squeeze(axis)


case(drop_axis, _counted(2, 1, 3), 1)
case(drop_axis, _counted(1, 1, 7), 1)
case(drop_axis, _counted(5, 4, 1), -1)
case(drop_axis, _counted(1, 3, 1, 4), -2)
case(drop_axis, _counted(1, 3, 1, 4), 0)
case(drop_axis, _counted(1), 0)
case(drop_axis, _counted(0, 1, 3), 1)
case(drop_axis, _counted(4, 1, 3).transpose(0, 2), 1)
case(drop_axis, _counted(3, 4), 1)
case(drop_axis, _counted(2, 0), 1)
case(drop_axis, _counted(2, 1, dtype=torch.int64), 1)
case(drop_axis, _counted(2, 1, 3).requires_grad_(), 1)


@holds(drop_axis, "unsqueeze at the same place brings the shape back, and nothing was copied on the way")
def _(drop_axis, rng):
    for axis in (0, 1, 2, 3, -1, -4):
        x = torch.from_numpy(rng.normal(size=(2, 3, 4))).unsqueeze(axis)
        back = drop_axis(x, axis).unsqueeze(axis)
        assert close(back, x)
        assert back.data_ptr() == x.data_ptr(), "the result lies in other memory than x"


@mistake(drop_axis, "every axis of size one dropped")
def _(x, axis):
    """All axes of size 1 are gone, the batch of one among them. A program with squeeze() works on every batch
    but that one. What can be written between the brackets?"""
    if x.shape[axis] != 1:
        raise ValueError
    return x.squeeze()


@mistake(drop_axis, "a wide axis is passed over in silence")
def _(x, axis):
    """Where the axis has another size than 1, you return x as it was: squeeze(axis) says nothing.
    The caller now has an axis too many. Who should tell them?"""
    return x.squeeze(axis)


@mistake(drop_axis, "the first of many kept")
def _(x, axis):
    """Where the axis is wider than 1, you keep its first entry, and the others vanish without a word.
    What was asked for in that case?"""
    return x.select(axis, 0)


@mistake(drop_axis, "summed away")
def _(x, axis):
    """A sum over one entry is that entry, so the numbers are right, and they lie in new memory.
    Which operation changes the shape and moves nothing?"""
    if x.shape[axis] != 1:
        raise ValueError
    return x.sum(dim=axis, dtype=x.dtype)


@mistake(drop_axis, "negative axes miscounted")
def _(x, axis):
    """For a negative axis your shape is cut at the wrong place: shape[axis + 1:] is everything when axis is -1.
    What does axis % x.dim() make of -1?"""
    if x.shape[axis] != 1:
        raise ValueError
    return x.reshape(*x.shape[:axis], *x.shape[axis + 1 :])


hint(drop_axis, "Two things are asked for: a refusal and a view. Which size decides between them?")
hint(drop_axis, "squeeze takes the number of an axis. On an axis that is not of size 1 it does nothing, so ask first.")


# ---- 5. Splitting an axis


@exercise
def group_means(x, g):
    """The mean of every g rows in a row: of days, with g = 7, the weeks.

    x: a floating-point tensor (T, D), T rows in the order of time
    g: how many rows make a group, at least 1
    Returns a tensor (T // g, D): row 0 is the mean of the rows 0 … g-1, row 1 of the next g.
    Raises ValueError if g does not divide T, so that no row is lost in silence.

    The rows 0, 1, 2, 3 of one column, in groups of 2, give 0.5 and 2.5.
    """
    rows, width = x.shape
    if rows % g != 0:
        raise ValueError(f"{rows} rows cannot be split into groups of {g}")
    return x.reshape(rows // g, g, width).mean(dim=1)


case(group_means, _counted(4, 1), 2)
case(group_means, _counted(6, 4), 3)
case(group_means, _counted(6, 4), 2)
case(group_means, _counted(10, 3) ** 2, 5)
case(group_means, _counted(5, 2), 5)
case(group_means, _counted(5, 2), 1)
case(group_means, _counted(7, 3), 2)
case(group_means, _counted(0, 3), 4)
case(group_means, _counted(3, 8).T, 4)
case(group_means, _counted(6, 4, dtype=torch.float32), 3)
case(group_means, _counted(6, 4).requires_grad_(), 3)


@holds(group_means, "the mean of the group means is the mean of all rows")
def _(group_means, rng):
    x = torch.from_numpy(rng.normal(size=(12, 5)))
    for g in (1, 2, 3, 4, 6, 12):
        assert close(group_means(x, g).mean(dim=0), x.mean(dim=0))


@holds(group_means, "rows that are the same within each group come back once each")
def _(group_means, rng):
    x = torch.from_numpy(rng.normal(size=(4, 3)))
    assert close(group_means(x.repeat_interleave(5, dim=0), 5), x)


vectorised(group_means, "no Python loop over the rows")(lambda n: (_counted(6 * n, 3), 6))


@mistake(group_means, "rows from far apart")
def _(x, g):
    """Your groups take rows that lie far apart: reshape(g, …) makes g long pieces, and the mean goes across them.
    Which of the two new axes has to be the inner one?"""
    rows, width = x.shape
    if rows % g:
        raise ValueError
    return x.reshape(g, rows // g, width).mean(dim=0)


@mistake(group_means, "the rest dropped in silence")
def _(x, g):
    """With 7 rows in groups of 2, you drop the seventh and tell nobody. What was asked for in that case?"""
    rows = len(x) - len(x) % g
    return x[:rows].reshape(rows // g, g, x.shape[1]).mean(dim=1)


@mistake(group_means, "averaged over the groups")
def _(x, g):
    """You average over axis 0, which counts the groups; within a group nothing is averaged.
    What does each of your three axes count?"""
    rows, width = x.shape
    if rows % g:
        raise ValueError
    return x.reshape(rows // g, g, width).mean(dim=0)


@mistake(group_means, "the columns averaged too")
def _(x, g):
    """You have one number for each group: the columns have been averaged into one another.
    Over how many axes should the mean go?"""
    rows, width = x.shape
    if rows % g:
        raise ValueError
    return x.reshape(rows // g, g * width).mean(dim=1)


@mistake(group_means, "the sum of each group")
def _(x, g):
    """Your numbers are g times too large: a week of 20 degrees comes out as 140. What turns a sum into a mean?"""
    rows, width = x.shape
    if rows % g:
        raise ValueError
    return x.reshape(rows // g, g, width).sum(dim=1)


hint(group_means, "Row 5 in groups of 3 is row 2 of group 1. Which of the two new axes moves faster down the rows?")
hint(
    group_means,
    "The axis of T becomes two, (group, row within the group), and the columns stay: three axes. Which is averaged?",
)


# ---- 6. Heads apart, and together again


@exercise(memory=True)
def split_heads(x, h):
    """Deal the channels of every position out to h heads, neighbours together.

    x: a tensor (B, T, C): batch, positions, channels
    h: the number of heads; it divides C, and d = C // h
    Returns a view (B, h, T, d): head j holds the channels j·d … j·d + d-1 of every position.

    With C = 6 and h = 2, result[:, 0] is x[:, :, 0:3] and result[:, 1] is x[:, :, 3:6].
    """
    B, T, C = x.shape
    return x.reshape(B, T, h, C // h).transpose(1, 2)


case(split_heads, _counted(1, 2, 4), 2)
case(split_heads, _counted(2, 3, 8), 4)
case(split_heads, _counted(2, 5, 6), 2)
case(split_heads, _counted(2, 5, 6), 3)
case(split_heads, _counted(1, 5, 6), 2)
case(split_heads, _counted(2, 1, 6), 3)
case(split_heads, _counted(3, 4, 6), 1)
case(split_heads, _counted(0, 5, 6), 2)
case(split_heads, _counted(3, 6, 5).transpose(1, 2), 2)
case(split_heads, _counted(2, 3, 8, dtype=torch.float32), 2)
case(split_heads, _counted(2, 3, 8).requires_grad_(), 2)


@holds(split_heads, "head j is the slice of channels from j·d to (j + 1)·d")
def _(split_heads, rng):
    x = torch.from_numpy(rng.normal(size=(2, 3, 20)))
    for h in (1, 2, 4, 5):
        heads, d = split_heads(x, h), 20 // h
        for j in range(h):
            assert close(heads[:, j], x[:, :, j * d : (j + 1) * d])


vectorised(split_heads, "no Python loop over heads or positions")(lambda n: (_counted(2, n, 2 * n), n))


@mistake(split_heads, "a size left to -1")
def _(x, h):
    """For a batch of none your call stops: -1 could then be any size. From which two numbers do you know it?"""
    B, T, _ = x.shape
    return x.reshape(B, T, h, -1).transpose(1, 2)


@mistake(split_heads, "a float for a size")
def _(x, h):
    """C / h is a float, even of 8 / 4, and a size is a whole number. Which division gives one?"""
    B, T, C = x.shape
    return x.reshape(B, T, h, C / h).transpose(1, 2)


@mistake(split_heads, "reshaped without a transpose")
def _(x, h):
    """The shape is right, and positions are mixed: your heads divide the row of memory, and not the channels.
    Which two axes does one position's row split into, and which must then change places?"""
    B, T, C = x.shape
    return x.reshape(B, h, T, C // h)


@mistake(split_heads, "channels dealt out like cards")
def _(x, h):
    """Head 0 gets the channels 0, h, 2h, …: you deal them out one by one. In (…, d, h), the head moves fastest.
    Which order of the two makes neighbouring channels stay together?"""
    B, T, C = x.shape
    return x.reshape(B, T, C // h, h).permute(0, 3, 1, 2)


@mistake(split_heads, "heads left behind the positions")
def _(x, h):
    """Your axes are (B, T, h, d): each position has its heads. For attention, each head needs all its positions.
    Which two axes change places?"""
    B, T, C = x.shape
    return x.reshape(B, T, h, C // h)


@mistake(split_heads, "h channels for each head")
def _(x, h):
    """You make heads of h channels each, and not h heads. Which of the two new sizes is h, and which is C // h?"""
    B, T, C = x.shape
    return x.reshape(B, T, C // h, h).transpose(1, 2)


@mistake(split_heads, "copied into order")
def _(x, h):
    """The numbers are right, and you have copied them: contiguous() moves every entry to new memory.
    Does anything that you were asked for need the entries in order?"""
    B, T, C = x.shape
    return x.reshape(B, T, h, C // h).transpose(1, 2).clone(memory_format=torch.contiguous_format)


_SPLIT = "return x.reshape(B, T, h, C // h).transpose(1, 2)"
for _other in ("(2, 1)", "(1, -2)"):
    equivalent(
        split_heads, f"{_SPLIT}  ⇒  {_SPLIT.replace('(1, 2)', _other)}", "the same two axes of four change places"
    )

hint(split_heads, "First only one position: its C channels lie in a row. Into which two sizes does that row split?")
hint(
    split_heads,
    "Split the last axis of x into (h, d) and leave B and T alone: four axes, in which order? Which order is wanted?",
)


@exercise(memory=True, needs=[split_heads])
def merge_heads(x):
    """Put the heads side by side again: what split_heads took apart.

    x: a tensor (B, h, T, d)
    Returns a tensor (B, T, h·d): each position holds its d channels of head 0, then those of head 1, and so on.
    It is a view where the strides allow it, as they do right behind split_heads, and a copy elsewhere.

    merge_heads(split_heads(x, h)) is x again.
    """
    B, h, T, d = x.shape
    return x.transpose(1, 2).reshape(B, T, h * d)


case(merge_heads, _counted(1, 2, 3, 2))
case(merge_heads, _counted(2, 3, 4, 5))
case(merge_heads, _counted(3, 2, 5, 4))
case(merge_heads, _counted(2, 5, 3, 4).transpose(1, 2))
case(merge_heads, _counted(1, 2, 4, 3))
case(merge_heads, _counted(2, 1, 4, 3))
case(merge_heads, _counted(2, 3, 1, 5))
case(merge_heads, _counted(0, 2, 4, 3))
case(merge_heads, _counted(2, 3, 4, 5, dtype=torch.float32))
case(merge_heads, _counted(2, 3, 4, 5).requires_grad_())


@holds(merge_heads, "splitting and merging gives back the tensor, in the memory where it was")
def _(merge_heads, rng):
    x = torch.from_numpy(rng.normal(size=(2, 5, 12)))
    for h in (2, 3, 4):
        merged = merge_heads(split_heads(x, h))
        assert close(merged, x)
        assert merged.data_ptr() == x.data_ptr(), "it was copied, although its entries lay in order"


@holds(merge_heads, "heads side by side are the heads concatenated along the channels")
def _(merge_heads, rng):
    x = torch.from_numpy(rng.normal(size=(2, 3, 5, 4)))
    assert close(merge_heads(x), torch.cat([x[:, j] for j in range(3)], dim=-1))


vectorised(merge_heads, "no Python loop over heads or positions")(lambda n: (_counted(2, n, n, 3),))


@mistake(merge_heads, "reshaped without a transpose")
def _(x):
    """The shape is right, and each row holds pieces of one head at several positions. reshape reads in the order of
    the axes: which two of (B, h, T, d) must stand side by side to be joined?"""
    B, h, T, d = x.shape
    return x.reshape(B, T, h * d)


@mistake(merge_heads, "a size left to -1")
def _(x):
    """For a batch of none your call stops: -1 could then be any size. From which two numbers do you know it?"""
    B, _, T, _ = x.shape
    return x.transpose(1, 2).reshape(B, T, -1)


@mistake(merge_heads, "heads interleaved")
def _(x):
    """Channel 0 of every head comes first, then channel 1 of every head: your last axes are (d, h).
    Which of the two should move fastest?"""
    B, h, T, d = x.shape
    return x.permute(0, 2, 3, 1).reshape(B, T, h * d)


@mistake(merge_heads, "heads joined to positions")
def _(x):
    """You joined the heads with the positions: there are h·T rows. Next to which axis do the heads belong?"""
    B, h, T, d = x.shape
    return x.reshape(B, h * T, d)


@mistake(merge_heads, "view at any price")
def _(x):
    """You use view behind a transpose, and it stops: view size is not compatible with the strides.
    Which call copies, and only if it must?"""
    B, h, T, d = x.shape
    return x.transpose(1, 2).view(B, T, h * d)


@mistake(merge_heads, "always a copy")
def _(x):
    """The numbers are right, and they are copied even right behind split_heads, where the memory is in order already.
    Which call copies only if it must?"""
    B, h, T, d = x.shape
    return x.transpose(1, 2).clone(memory_format=torch.contiguous_format).reshape(B, T, h * d)


@mistake(merge_heads, "the heads averaged")
def _(x):
    """You average the heads, and each position keeps only d channels. Nothing should be lost: how many are h·d?"""
    return x.mean(dim=1)


_MERGE = "return x.transpose(1, 2).reshape(B, T, h * d)"
for _other in ("(2, 1)", "(1, -2)"):
    equivalent(
        merge_heads, f"{_MERGE}  ⇒  {_MERGE.replace('(1, 2)', _other)}", "the same two axes of four change places"
    )

hint(merge_heads, "Undo split_heads line by line, the last step first. What undoes a transpose?")
hint(
    merge_heads,
    "Bring the axes into the order (B, T, h, d). The last two then join to one: which of view and reshape may copy?",
)


# ---- 8. An image cut into patches


@exercise(needs=[group_means, split_heads])
def patchify(images, p):
    """Cut every image into squares of p by p, and lay each square out as a row.

    images: a tensor (B, C, H, W): batch, colour channels, rows, columns
    p: the side of a patch, at least 1
    Returns a tensor (B, (H // p) · (W // p), C·p·p). Patches are in reading order: left to right, then down.
    Within a patch's row, channel 0 comes first, its p·p entries row by row; then channel 1, and so on.
    Raises ValueError unless p divides both H and W.

    An image of one channel with the rows (0 1 2 3) and (4 5 6 7), and p = 2:
    the patches are (0, 1, 4, 5) and (2, 3, 6, 7).
    """
    B, C, H, W = images.shape
    if H % p != 0 or W % p != 0:
        raise ValueError(f"patches of {p} by {p} do not tile an image of {H} by {W}")
    rows, columns = H // p, W // p
    patches = images.reshape(B, C, rows, p, columns, p).permute(0, 2, 4, 1, 3, 5)
    return patches.reshape(B, rows * columns, C * p * p)


case(patchify, _counted(1, 1, 2, 4), 2)
case(patchify, _counted(2, 3, 4, 6), 2)
case(patchify, _counted(2, 4, 6, 9), 3)
case(patchify, _counted(2, 3, 4, 4), 4)
case(patchify, _counted(2, 3, 2, 5), 1)
case(patchify, _counted(0, 3, 4, 6), 2)
case(patchify, _counted(2, 3, 5, 4), 2)
case(patchify, _counted(2, 3, 4, 5), 2)
case(patchify, _counted(2, 4, 6, 3).permute(0, 3, 1, 2), 2)
case(patchify, _counted(2, 3, 4, 6, dtype=torch.uint8), 2)
case(patchify, _counted(2, 3, 4, 6).requires_grad_(), 2)


@holds(patchify, "the first patch is the top left corner of the image")
def _(patchify, rng):
    images = torch.from_numpy(rng.normal(size=(2, 3, 8, 12)))
    for p in (1, 2, 4):
        assert close(patchify(images, p)[:, 0], images[:, :, :p, :p].flatten(1))


@holds(patchify, "an image that is painted in squares gives patches of one colour each")
def _(patchify, rng):
    squares = torch.from_numpy(rng.normal(size=(2, 1, 3, 4)))
    painted = squares.repeat_interleave(5, dim=2).repeat_interleave(5, dim=3)
    assert close(patchify(painted, 5), squares.reshape(2, 12, 1).expand(2, 12, 25))


vectorised(patchify, "no Python loop over images, patches or channels")(lambda n: (_counted(2, 3, 2 * n, n), 1))


@mistake(patchify, "reshaped in one stroke")
def _(images, p):
    """The shape is right, and each row holds a stretch of memory: p·p entries that lie side by side in one image row.
    Into which two axes does H split, and into which W, before anything is joined?"""
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    return images.reshape(B, (H // p) * (W // p), C * p * p)


@mistake(patchify, "reshaped in one stroke, whatever the sizes")
def _(images, p):
    """Two things: each row holds a stretch of memory and not a square, and where p does not divide the image nothing
    is refused in your own words. Into which two axes does H split, and into which W, before anything is joined?"""
    B, C, H, W = images.shape
    return images.reshape(B, (H // p) * (W // p), C * p * p)


@mistake(patchify, "channels before the patches")
def _(images, p):
    """Each channel makes patches of its own: C still stands before what counts the patches.
    Where in the order does C belong, if a patch holds all its channels?"""
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    patches = images.reshape(B, C, H // p, p, W // p, p).permute(0, 1, 2, 4, 3, 5)
    return patches.reshape(B, (H // p) * (W // p), C * p * p)


@mistake(patchify, "refused only if neither side fits")
def _(images, p):
    """You refuse if p divides neither H nor W, and let an image pass that fits in one direction.
    Is it `and` or `or` that joins the two tests?"""
    B, C, H, W = images.shape
    if H % p and W % p:
        raise ValueError
    rows, columns = H // p, W // p
    patches = images.reshape(B, C, rows, p, columns, p).permute(0, 2, 4, 1, 3, 5)
    return patches.reshape(B, rows * columns, C * p * p)


@mistake(patchify, "a size left to -1")
def _(images, p):
    """For a batch of none your call stops: -1 could then be any size. Which product is it?"""
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    patches = images.reshape(B, C, H // p, p, W // p, p).permute(0, 2, 4, 1, 3, 5)
    return patches.reshape(B, -1, C * p * p)


@mistake(patchify, "channels last")
def _(images, p):
    """Your patches are the right squares, and within a row the channel moves fastest, (p, p, C). Asked for is channel 0
    first, then channel 1. Where in the permutation does C belong?"""
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    patches = images.reshape(B, C, H // p, p, W // p, p).permute(0, 2, 4, 3, 5, 1)
    return patches.reshape(B, (H // p) * (W // p), C * p * p)


@mistake(patchify, "down first, then right")
def _(images, p):
    """Your patches come column by column. In reading order, which moves faster: the patch's row or its column?"""
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    patches = images.reshape(B, C, H // p, p, W // p, p).permute(0, 4, 2, 1, 3, 5)
    return patches.reshape(B, (H // p) * (W // p), C * p * p)


@mistake(patchify, "each patch transposed")
def _(images, p):
    """The patches are in place, and each lies on its side: its columns are read before its rows.
    Of the two axes of size p, which came from H?"""
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    patches = images.reshape(B, C, H // p, p, W // p, p).permute(0, 2, 4, 1, 5, 3)
    return patches.reshape(B, (H // p) * (W // p), C * p * p)


@mistake(patchify, "split inside out")
def _(images, p):
    """You split H into (p, H/p): your patches take rows from far apart, like a comb. Row 1 of an image belongs to
    the same patch as row 0: which of the two axes moves fastest?"""
    B, C, H, W = images.shape
    if H % p or W % p:
        raise ValueError
    patches = images.reshape(B, C, p, H // p, p, W // p).permute(0, 3, 5, 1, 2, 4)
    return patches.reshape(B, (H // p) * (W // p), C * p * p)


@mistake(patchify, "the edge cut off in silence")
def _(images, p):
    """Where p does not divide the image, you drop the rest at the edge and tell nobody. What was asked for then?"""
    B, C, H, W = images.shape
    rows, columns = H // p, W // p
    images = images[:, :, : rows * p, : columns * p]
    patches = images.reshape(B, C, rows, p, columns, p).permute(0, 2, 4, 1, 3, 5)
    return patches.reshape(B, rows * columns, C * p * p)


_CUT = "patches = images.reshape(B, C, rows, p, columns, p).permute(0, 2, 4, 1, 3, 5)"
equivalent(patchify, f"{_CUT}  ⇒  {_CUT.replace('1, 3', '1, -3')}", "of six axes, number -3 is number 3")

hint(patchify, "Forget B and C. How do the rows of an image split into (patch, row within it)? And the columns?")
hint(
    patchify,
    "Six axes: (B, C, patch row, row, patch column, column). In which order must they stand for the joins?",
)
hint(
    patchify,
    "First everything that counts patches, the slower one first; then the channel; then row and column within a patch.",
)


# ---- 9. The puzzle: more windows than memory


@exercise(memory=True, needs=[place])
def windows(x, k):
    """All stretches of k neighbours of x, as the rows of one tensor, without copying a number.

    x: a tensor of one axis, (N,), perhaps a view such as y[::2]
    k: the length of a window, 1 <= k <= N
    Returns a view (N - k + 1, k) that shares the memory of x: row i is x[i], x[i + 1], …, x[i + k - 1].
    Raises ValueError if k is not between 1 and N.

    The windows of length 3 of (0, 1, 2, 3, 4) are (0, 1, 2), (1, 2, 3) and (2, 3, 4): nine entries, five places.
    x.as_strided(shape, strides) is x seen with any shape and strides, from the place where x begins.
    """
    N = len(x)
    if not 1 <= k <= N:
        raise ValueError(f"a window of {k} does not fit into {N} entries")
    (step,) = x.stride()
    return x.as_strided((N - k + 1, k), (step, step))


case(windows, _counted(5), 3)
case(windows, _counted(9), 4)
case(windows, _counted(6), 1)
case(windows, _counted(6), 6)
case(windows, _counted(6), 7)
case(windows, _counted(6), 0)
case(windows, _counted(0), 1)
case(windows, _counted(1), 1)
case(windows, _counted(24)[3::2], 4)
case(windows, _counted(5, 4)[:, 1], 2)
case(windows, _counted(9, dtype=torch.int64), 2)
case(windows, _counted(7).requires_grad_(), 3)


@holds(windows, "row i is the slice of x from i to i + k")
def _(windows, rng):
    x = torch.from_numpy(rng.normal(size=12))
    for k in (1, 2, 5, 12):
        rows = windows(x, k)
        assert close(rows, torch.stack([x[i : i + k] for i in range(12 - k + 1)]))


@holds(windows, "a number that changes in x changes in all windows that hold it")
def _(windows):
    x = _counted(6)
    rows = windows(x, 3)
    x[3] = -1.0
    assert int((rows == -1).sum()) == 3, "x[3] stands in three windows, and they should show its new value"


vectorised(windows, "no Python loop over the windows")(lambda n: (_counted(9 * n), 4))


@mistake(windows, "the last window missing")
def _(x, k):
    """You make N - k windows, and the one that ends at the last entry is not among them.
    For k = N, how many windows are there?"""
    if not 1 <= k <= len(x):
        raise ValueError
    return x.as_strided((len(x) - k, k), (x.stride(0), x.stride(0)))


@mistake(windows, "neighbours in memory")
def _(x, k):
    """You take the strides (1, 1), so for y[::2] your windows hold entries that y leaves out.
    How far apart do the neighbours of x lie?"""
    if not 1 <= k <= len(x):
        raise ValueError
    return x.as_strided((len(x) - k + 1, k), (1, 1))


@mistake(windows, "from the start of the storage")
def _(x, k):
    """Your first window begins at place 0 of the memory, and x may begin later. as_strided begins where x does
    as long as nobody tells it otherwise: which argument tells it otherwise?"""
    if not 1 <= k <= len(x):
        raise ValueError
    return x.as_strided((len(x) - k + 1, k), (x.stride(0), x.stride(0)), 0)


@mistake(windows, "stacked copies")
def _(x, k):
    """The numbers are right, and each of them has been copied k times. Which strides would walk the old memory so?"""
    if not 1 <= k <= len(x):
        raise ValueError
    return torch.stack([x[i : i + k] for i in range(len(x) - k + 1)])


@mistake(windows, "windows that do not overlap")
def _(x, k):
    """Your windows stand side by side: window 1 begins where window 0 ends.
    How far should it be from one to the next?"""
    if not 1 <= k <= len(x):
        raise ValueError
    return x[: len(x) // k * k].reshape(-1, k)


@mistake(windows, "windows down the columns")
def _(x, k):
    """Your shape is (k, N - k + 1): the windows are the columns. Which of the two sizes counts the rows?"""
    if not 1 <= k <= len(x):
        raise ValueError
    return x.as_strided((k, len(x) - k + 1), (x.stride(0), x.stride(0)))


hint(windows, "Write the windows of (0, 1, 2, 3, 4) below one another. How far is a step right, and a step down?")
hint(
    windows,
    "Both steps are one step of x, and its stride says how many places in memory that is. How many windows are there?",
)


# ---- Predictions and why-questions

prediction(
    "two_ways_to_three_by_two",
    """x has the rows (0, 1, 2) and (3, 4, 5).
    Both x.reshape(3, 2) and x.T, its transpose, have the shape (3, 2).
    Which number stands in row 0, column 1 of x.reshape(3, 2)?""",
    beliefs={
        3: "3 stands there in x.T, where rows become columns. reshape turns nothing: it deals 0, 1, 2, … out anew.",
        2: "2 begins row 1: the numbers are dealt out two to a row, from the left.",
        4: "4 is two steps too far: row 0 takes the first two numbers of the memory and no others.",
    },
)

prediction(
    "who_sees_the_change",
    """x is torch.zeros(2, 3), and y = x.reshape(6).
    Then y[4] = 7.
    What is x[1, 1] now?""",
    beliefs={
        0: "0 would be right if reshape made a copy. It makes one only where it must, and here one row serves both.",
    },
)

prediction(
    "view_behind_a_transpose",
    """x has the rows (0, 1, 2) and (3, 4, 5).
    What does x.T.view(6) give?""",
    options=("0, 1, 2, 3, 4, 5", "0, 3, 1, 4, 2, 5", "an error"),
    beliefs={
        "a": "That is the row of memory. x.T.view(6) would have to read the entries of x.T in the order of x.T.",
        "b": """That is what x.T.reshape(6) gives, in new memory. A view may only walk the old row, with one stride,
        and the steps from 0 to 3 and from 3 to 1 have different lengths.""",
    },
)

prediction(
    "batch_of_one",
    """A model scores each image of a batch, and its result has the shape (B, 1).
    Somebody writes scores.squeeze() to get the shape (B,), and it works with batches of 32 for a month.
    Then comes a batch of one image. How many axes has scores.squeeze() now?""",
    beliefs={
        1: "One axis is what was wanted. But both sizes of (1, 1) are 1, and squeeze() takes away every such axis.",
        2: "squeeze() takes away axes of size 1 wherever they stand, and here both are.",
    },
)

prediction(
    "patch_by_reshape",
    """An image of 4 rows and 6 columns holds 0, 1, …, 23 in reading order.
    Cut into squares of 2 by 2, its first square is 0, 1, 6, 7.
    What is row 0 of image.reshape(6, 4)?""",
    options=("0, 1, 6, 7", "0, 1, 2, 3", "0, 6, 12, 18"),
    beliefs={
        "a": "reshape knows nothing of squares: it deals the memory out four by four, and 6 comes after 5.",
        "c": "That is the first column. A reshape takes the entries as they lie, along the rows.",
    },
)

quiz(
    "transpose_is_free",
    "x has ten million entries. Why does x.T take no longer than for ten, while x.T.contiguous() takes long?",
    wrong(
        "torch moves the entries later, when somebody first reads x.T.",
        """Then the first reading would be slow and x.T would change x or own memory.
        Its data_ptr is that of x, before and after any reading: nothing is moved, ever.""",
    ),
    wrong(
        "Both are only bookkeeping, and contiguous() checks every entry.",
        """There is nothing to check: the strides alone say whether the order is right.
        What contiguous() does is write ten million entries into new memory.""",
    ),
    right(
        "x.T exchanges two sizes and two strides; contiguous() writes every entry anew, in the new order.",
        "The row of memory stays, and the walk changes. Only who wants the row itself in the new order has to copy.",
    ),
    wrong(
        "Transposing runs on many cores at once.",
        "No core is needed to exchange two numbers; on a single one the time is the same.",
    ),
)

quiz(
    "round_trip",
    """Somebody writes split as x.reshape(B, h, T, d) and merge as y.reshape(B, T, C).
    Their test says merge(split(x)) == x, for many random x, and it passes. What has it shown?""",
    wrong(
        "That split is right, for a wrong one could not be undone.",
        """Dealing the entries out wrongly and collecting them in the same wrong order gives x back as well:
        any shuffle can be undone. Compare head 0 with x[:, :, :d], and the test fails.""",
    ),
    right(
        "That nothing was lost, and nothing about which entry lies where in between.",
        """A round trip holds for every pair of reshapes. What tells them apart is one entry in the middle whose
        place is known beforehand, and 0, 1, 2, … as content makes that easy to see.""",
    ),
    wrong(
        "That both are views of x.",
        "Values are compared, and copies have the same values. Whether memory is shared, only data_ptr can say.",
    ),
)

quiz(
    "why_want_an_error",
    "reshape works wherever view does, and elsewhere too. Why would anyone write view?",
    wrong(
        "view is faster.",
        """Where view works, reshape does the same thing in the same time.
        Where it does not, view is no faster: it stops.""",
    ),
    wrong(
        "view keeps the gradient, and reshape loses it.",
        "Both carry gradients through; the check of flatten_from, a few cells on, tests it.",
    ),
    right(
        "To be told, by an error, when a copy would be needed: one that costs memory, or that later writes would miss.",
        """Writing into a silent copy changes nothing in x, and no line complains.
        view says in the code that the memory is to be shared, and stops where that is impossible.""",
    ),
)

quiz(
    "minus_one",
    "x.reshape(len(x), -1) flattens each image of a batch. With a batch of 0 images it stops. Why can it not know?",
    wrong(
        "An empty tensor has no shape.",
        "It has: (0, 3, 4) is a shape, with three sizes, and it says how many pixels each image would have, 12.",
    ),
    right(
        "0 entries in 0 rows fit rows of any length, so no length follows.",
        """-1 means: the number of entries divided by the other sizes, here 0 / 0.
        The length is known to x.shape[1:], whose product is 12, batch or no batch.""",
    ),
    wrong(
        "A row length must be positive, and here it would be 0.",
        "Sizes of 0 are allowed, as x itself shows. And the wanted length is not 0: it is 12.",
    ),
)


# ---- Review


@question(row_major_strides, "a step along an axis")
def _(rng):
    shape = tuple(int(size) for size in rng.integers(2, 7, size=3))
    axis = int(rng.integers(0, 2))
    strides = row_major_strides(shape)
    return Asked(
        f"A fresh tensor has the shape {shape}. How many places in memory does one step along axis {axis} pass?",
        strides[axis],
        why=f"Everything behind that axis: the strides are {strides}.",
    )


@question(place, "where an entry lies")
def _(rng):
    rows, columns = (int(size) for size in rng.integers(3, 7, size=2))
    i, j = int(rng.integers(0, columns)), int(rng.integers(0, rows))
    x = _counted(rows, columns, dtype=torch.int64).T
    return Asked(
        f"x = torch.arange({rows * columns}).reshape({rows}, {columns}).T. Which number is x[{i}, {j}]?",
        int(x[i, j]),
        why=f"x has the strides {x.stride()}, so it lies at place {i}·1 + {j}·{columns} = {place(x, (i, j))}.",
    )


@question(drop_axis, "what is the shape")
def _(rng):
    return shape_drill(1, int(rng.integers(1_000_000)))


@question(merge_heads, "which element")
def _(rng):
    return shape_drill(2, int(rng.integers(1_000_000)))


@question(flatten_from, "view or copy")
def _(rng):
    return shape_drill(3, int(rng.integers(1_000_000)))


@question(patchify, "rows of a picture's patches")
def _(rng):
    p, rows, columns = (int(size) for size in rng.integers(2, 6, size=3))
    made = patchify(torch.zeros(1, 3, rows * p, columns * p), p)
    count, width = made.shape[1:]
    which = int(rng.integers(2))
    asked = ("How many rows does it give for one image?", "How many numbers are in each row?")[which]
    return Asked(
        f"patchify cuts colour images (3, {rows * p}, {columns * p}) into squares of {p} by {p}. {asked}",
        (count, width)[which],
        why=f"There are {rows}·{columns} = {count} squares, of 3·{p}·{p} = {width} numbers each.",
    )
