"""What a learner's answer to a question means: a letter, a number, and whether it is the right one.

Knows neither where answers are kept nor how they are shown. No function here raises on a learner's value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Real
from string import ascii_lowercase
from typing import Any

from ..exercise import Prediction

Answer = str | float  # a letter where there are options, else a number


def letters(options: Sequence[str]) -> str:
    """One letter for each option: 'abc'."""
    return ascii_lowercase[: len(options)]


def choices(options: Sequence[str]) -> str:
    """The letters as one would list them: '"a", "b" or "c"'."""
    quoted = [f'"{letter}"' for letter in letters(options)]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def letter_of(answer: Any, options: Sequence[str]) -> str | None:
    """The letter that is meant by 'b', 'B', '(b)' or an option's own words; None if none is."""
    if type(answer) is not str:
        return None
    letter = answer.strip().strip("().").lower()
    if len(letter) == 1 and letter in letters(options):
        return letter
    words = [option.strip() for option in options]
    return ascii_lowercase[words.index(answer.strip())] if answer.strip() in words else None


def number_of(answer: Any) -> float | None:
    """The number that is meant; None for anything that is none (True, NaN and text without a number are none)."""
    if isinstance(answer, bool) or type(answer).__name__ == "bool_":
        return None
    if type(answer).__module__ in ("numpy", "torch") and getattr(answer, "ndim", None) == 0 and hasattr(answer, "item"):
        answer = answer.item()
    try:
        value = float(answer) if isinstance(answer, (Real, str)) and not isinstance(answer, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return None if math.isnan(value) else value


def answer_of(prediction: Prediction, answer: Any) -> Answer | None:
    """What an answer to a prediction means, or None if it is none of its answers."""
    return letter_of(answer, prediction.options) if prediction.options else number_of(answer)


def agree(prediction: Prediction, one: Answer, other: Answer) -> bool:
    """Whether two answers are the same: letters exactly, numbers as closely as the prediction asks."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return one == other or abs(one - other) <= prediction.atol + prediction.rtol * abs(other)


def belief(prediction: Prediction, answer: Answer) -> str:
    """Why people predict so, where the lesson knows; else ""."""
    beliefs: Mapping[Any, str] = prediction.beliefs
    for held, reason in beliefs.items():
        known = answer_of(prediction, held)
        if known is not None and agree(prediction, answer, known):
            return " ".join(reason.split())
    return ""
