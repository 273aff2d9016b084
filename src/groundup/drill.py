"""The shape drill: questions about shapes, entries and memory, as many as wanted, each made from a level and a seed.

Every answer is computed by torch itself on the very tensor that the question shows. Pure: the same level and seed ask
the same question. Knows nothing of terminals, notebooks or who is asking.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from typing import Any

from .exercise import Asked

LEVELS = {1: "what is the shape?", 2: "which element stands there?", 3: "view or copy?"}
SHAPES = ((2, 3), (3, 4), (4, 2), (2, 3, 4), (3, 2, 2), (2, 1, 5), (1, 4, 3), (4, 1, 1, 3), (0, 3, 2))
GRIDS = ((2, 3), (3, 2), (3, 4), (4, 3), (2, 5), (2, 3, 2), (2, 2, 3), (3, 2, 2))
LETTERS = "abcd"
REFUSED = "an error"
CALL = re.compile(r"\.(\w+)\(([^()]*)\)")


def shape_drill(level: int, seed: int) -> Asked:
    """A question of level 1 (shapes), 2 (elements) or 3 (view or copy), with the answer that torch gives.

    A shape is answered by the letter of an option, an element by its number, memory by a letter.
    Raises ValueError for another level.
    """
    if level not in LEVELS:
        raise ValueError(f"The drill has no level {level!r}: choose 1 (shapes), 2 (elements) or 3 (view or copy).")
    rng = random.Random(f"{level} {seed}")
    return (_shape, _element, _memory)[level - 1](rng)


def _counted(shape: Sequence[int]) -> Any:
    import torch

    return torch.arange(math.prod(shape)).reshape(tuple(shape))


def _opening(shape: Sequence[int]) -> str:
    return f"x = torch.arange({math.prod(shape)}).reshape{tuple(shape)}. "


def _run(x: Any, step: str) -> Any:
    """What torch makes of one of our own steps, such as 'x.transpose(0, 1)'; None if it refuses."""
    try:
        return eval(step, {"x": x})  # the steps are written in this file, and nowhere else
    except (RuntimeError, IndexError):
        return None


def _other_factors(rng: random.Random, count: int) -> str:
    """Sizes of two axes for so many entries, one of them perhaps -1."""
    divisors = [size for size in range(1, count + 1) if count % size == 0] or [1]
    rows = rng.choice(divisors)
    return rng.choice((f"{rows}, {count // rows}", f"{rows}, -1", f"-1, {max(count // rows, 1)}"))


def _shape(rng: random.Random) -> Asked:
    shape = rng.choice(SHAPES)
    x, axes = _counted(shape), len(shape)
    one, other = rng.sample(range(axes), 2)
    place = rng.randrange(-axes - 1, axes + 1)
    steps = {
        "unsqueeze": f"x.unsqueeze({place})",
        "squeeze": f"x.squeeze({rng.choice(('', one, one - axes))})",
        "flatten": f"x.flatten({rng.choice((0, 1, -1, axes - 2, 1 - axes))})",
        "transpose": f"x.transpose({one}, {other})",
        "reshape": f"x.reshape({_other_factors(rng, x.numel())})",
        "permute": f"x.permute{tuple(rng.sample(range(axes), axes))}",
    }
    first, second = rng.sample(sorted(steps), 2)
    step = steps[first]
    if rng.random() < 0.4 and (made := _run(x, step)) is not None and made.dim() > 1:
        step = {"squeeze": f"{step}.squeeze()", "flatten": f"{step}.flatten(1)"}.get(second, f"{step}.unsqueeze(-1)")
    result = _run(x, step)
    right = REFUSED if result is None else str(tuple(result.shape))
    options = _options(rng, right, [str(tuple(near)) for near in _near(shape, result)])
    return Asked(
        f"{_opening(shape)}What is the shape of {step}?",
        LETTERS[options.index(right)],
        options,
        _why_shape(shape, step, right),
    )


def _near(shape: tuple[int, ...], result: Any) -> list[tuple[int, ...]]:
    """Shapes that somebody might take for the result's."""
    right = tuple(result.shape) if result is not None else shape
    near = [shape, shape[::-1], (math.prod(shape),), (*shape, 1), (1, *shape), right[::-1], (*right, 1)]
    return [*near, tuple(size for size in shape if size != 1), (shape[0], math.prod(shape[1:]))]


def _options(rng: random.Random, right: str, near: Sequence[str]) -> tuple[str, ...]:
    """Four options in a random order, the right one among them."""
    others = [text for text in dict.fromkeys((*near, REFUSED)) if text != right]
    return tuple(rng.sample([right, *rng.sample(others, 3)], 4))


def _why_shape(shape: tuple[int, ...], step: str, right: str) -> str:
    if right == REFUSED:
        return "With no entries at all, -1 could stand for any size, so torch asks for the number itself."
    rules = {
        "unsqueeze": "unsqueeze puts an axis of size 1 at that place, and -1 is behind the last",
        "squeeze": "squeeze takes away axes of size 1 and no others; with a number, only that one",
        "flatten": "flatten joins the axes from that number on into one",
        "transpose": "transpose exchanges two axes",
        "reshape": "reshape keeps the number of entries, and -1 is whatever that leaves",
        "permute": "axis i of the result is the axis of x that stands at place i in the brackets",
    }
    told, done, x = [], "x", _counted(shape)
    for name, given in CALL.findall(step):
        done += f".{name}({given})"
        told.append(f"{name}({given}) makes {tuple(_run(x, done).shape)} of it: {rules[name]}.")
    return f"x has the shape {shape}. " + " Then ".join(told)


def _element(rng: random.Random) -> Asked:
    shape = rng.choice(GRIDS)
    x, axes = _counted(shape), len(shape)
    steps = [f"x.reshape{shape[::-1]}", f"x.permute{tuple(reversed(range(axes)))}", f"x.transpose({axes - 2}, -1)"]
    steps += [f"x.flatten({axes - 2})", "x.transpose(0, 1).flatten()", f"x.transpose(0, 1).reshape{shape}"]
    step = rng.choice(steps)
    result = _run(x, step)
    index = tuple(rng.randrange(size) for size in result.shape)
    pairs = zip(index, result.shape, strict=True)
    shown = ", ".join(str(i - size if i and rng.random() < 0.25 else i) for i, size in pairs)
    value = int(result[index])
    return Asked(
        f"{_opening(shape)}y = {step}. Which number is y[{shown}]?",
        value,
        why=f"y has the shape {tuple(result.shape)}; read in order, it is {result.flatten().tolist()}.",
    )


def _memory(rng: random.Random) -> Asked:
    shape = rng.choice(GRIDS)
    x, count = _counted(shape), math.prod(shape)
    steps = [f"x.reshape({count})", f"x.view({shape[0]}, -1)", "x.transpose(0, 1)", "x[1:]", "x[:, ::2]", "x.clone()"]
    steps += [f"x.transpose(0, 1).reshape({count})", f"x.transpose(0, 1).view({count})", "x.unsqueeze(0)"]
    steps += ["x.transpose(0, 1).contiguous()", "x.contiguous()", "x + 0", "x[[0, 1]]", "x[:, 1:].flatten()"]
    steps += ["x[1:].reshape(-1)", "x.squeeze()", "x[:, 1:].view(-1)"]
    step = rng.choice(steps)
    result = _run(x, step)
    options = ("a view: it shares the memory of x", "a copy: it has memory of its own", REFUSED)
    if result is None:
        right, why = 2, "view never copies, and no strides walk these entries in that order: reshape would copy here."
    elif result.untyped_storage().data_ptr() == x.untyped_storage().data_ptr():
        right, why = 0, f"The same memory, walked with shape {tuple(result.shape)} and strides {result.stride()}."
    else:
        right = 1
        why = "Its entries are written anew: " + (
            "no strides walk the old memory in that order."
            if step.startswith(("x.transpose", "x[:, 1:]"))
            else "clone, arithmetic and a list of rows always make memory of their own."
        )
    return Asked(f"{_opening(shape)}Is {step} a view or a copy?", LETTERS[right], options, why)
