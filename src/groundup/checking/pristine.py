"""NumPy, torch and Python's own names as they were before a learner's code could change them.

Knows nothing of exercises. A copy of each module's names is taken once; `restore()` puts back what has changed since.
"""

from __future__ import annotations

import importlib
import operator
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

GUARDED = (
    "builtins",
    "math",
    "cmath",
    "random",
    "operator",
    "functools",
    "itertools",
    "copy",
    "inspect",
    "numpy",
    "numpy.linalg",
    "numpy.random",
    "numpy.testing",
    "torch",
    "torch.nn.functional",
    "torch.testing",
)
ALWAYS = (
    "builtins",
    "math",
    "random",
    "operator",
    "functools",
    "itertools",
    "copy",
    "inspect",
    "numpy",
    "numpy.linalg",
)

FREE = frozenset({"input", "_"})  # a notebook and a child have an `input` of their own; `_` is the last output

_all, _map, _is = all, map, operator.is_  # our own: a learner may have patched these too
_copies: dict[str, dict[str, Any]] = {}


def remember() -> None:
    """Take the copies of all guarded modules that are loaded and have none yet. Cheap to call again."""
    for name in ALWAYS:
        importlib.import_module(name)
    for name in GUARDED:
        module = sys.modules.get(name)
        if module is not None and name not in _copies:
            _copies[name] = {key: value for key, value in vars(module).items() if key not in FREE}


def restore() -> list[tuple[str, str, Any]]:
    """Put back every remembered name that was changed or deleted; names added since are left alone.

    Returns what was found in their place, as (module, name, value), for `kept`.
    """
    found: list[tuple[str, str, Any]] = []
    for module, copy in _copies.items():
        current = vars(sys.modules[module])
        if _all(_map(_is, _map(current.get, copy), copy.values())):  # nearly always, and quick
            continue
        for name, value in copy.items():
            if current.get(name) is not value:
                found.append((module, name, current.get(name, _GONE)))
                current[name] = value
    return found


_GONE = object()


@contextmanager
def kept() -> Iterator[None]:
    """Run a block with everything restored, and leave all names afterwards as they were found."""
    found = restore()
    try:
        yield
    finally:
        for module, name, value in found:
            if value is _GONE:
                vars(sys.modules[module]).pop(name, None)
            else:
                vars(sys.modules[module])[name] = value
