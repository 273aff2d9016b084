"""Ground Up: from the derivative of a function to a language model that you wrote.

The names that a notebook uses. Nothing is imported until one of them is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import draw
    from .door.notebook import check, hint, lesson, predict, quiz, reveal, solution

__version__ = "0.1.0"
__all__ = ["check", "draw", "hint", "lesson", "predict", "quiz", "reveal", "solution"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "draw":
        return import_module("groundup.draw")
    if name == "fallback":  # what the files of a learner's library ask for: their one tie to this package
        return import_module("groundup.workspace.mine").fallback
    if name in __all__:
        return getattr(import_module("groundup.door.notebook"), name)
    raise AttributeError(f"module 'groundup' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
