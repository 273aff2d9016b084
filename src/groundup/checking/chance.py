"""The random state that a whole process shares: Python's, NumPy's and, where it is loaded, torch's.

Knows nothing of what draws from it.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
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


def put_back(chance: Chance) -> None:
    random.setstate(chance.python)
    np.random.set_state(chance.numpy)
    if chance.torch is not None:
        sys.modules["torch"].set_rng_state(chance.torch)


def seed() -> None:
    """The same state for every try of every step."""
    random.seed(0)
    np.random.seed(0)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(0)
