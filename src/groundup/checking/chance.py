"""The random state that a whole process shares: Python's, NumPy's and, where it is loaded, torch's.

Knows nothing of what draws from it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Chance:
    """The three states at one moment; `torch` is None where torch was not loaded."""

    python: tuple[Any, ...]
    numpy: Any
    torch: Any

    def same_as(self, other: Chance) -> bool:
        """True if nothing was drawn and nothing was seeded between the two."""
        same = self.python == other.python and self.numpy[2:] == other.numpy[2:]
        same = same and bool((self.numpy[1] == other.numpy[1]).all())
        return same and (self.torch is None or other.torch is None or bool((self.torch == other.torch).all()))


def now() -> Chance:
    torch = sys.modules.get("torch")
    return Chance(random.getstate(), np.random.get_state(), torch.get_rng_state() if torch is not None else None)


_inside = False


@contextmanager
def kept() -> Iterator[None]:
    """Leave the state as it was found. Only the outermost reads and writes it, which takes a fifth of a millisecond."""
    global _inside
    if _inside:
        yield
        return
    before, _inside = now(), True
    try:
        yield
    finally:
        _inside = False
        random.setstate(before.python)
        np.random.set_state(before.numpy)
        if before.torch is not None:
            sys.modules["torch"].set_rng_state(before.torch)


def seed() -> Chance:
    """The same state for every try of every step; gives that state."""
    random.seed(0)
    np.random.seed(0)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.default_generator.manual_seed(0)  # torch.manual_seed notes the whole stack, once for each kind of device
    return _seeded(torch is not None)


@cache
def _seeded(_with_torch: bool) -> Chance:
    return now()
