"""What a learner's answer to a question means: a letter, a number, a shape, and whether it is the right one.

Shared by notebook, terminal and page. Knows neither where answers are kept nor how they are shown. No function here
raises on a learner's value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from string import ascii_lowercase
from typing import Any

from ..exercise import Asked, Prediction

Answer = str | float  # a letter where there are options, else a number
DIGITS = 3  # significant ones, to which an answer that is no whole number must be right
FRACTION = re.compile(r"([^/]+)/([^/]+)")


@dataclass(frozen=True)
class Judged:
    """What was made of the answer to a review question. `meant` is False for what is none of its answers."""

    meant: bool
    right: bool
    says: str  # one sentence: right, or what is right, or what to write instead
    said: str = ""  # what was answered, in full
    answer: str = ""  # what is right, in full
    reason: str = ""  # where a wrong answer goes wrong, if that was seen


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
    """The number that is meant; None for anything that is none (True, NaN and text without a number are none).

    Text may be a fraction of two plain numbers, as in '1/3' or '-3/4'.
    """
    if isinstance(answer, bool) or type(answer).__name__ == "bool_":
        return None
    if type(answer).__module__ in ("numpy", "torch") and getattr(answer, "ndim", None) == 0 and hasattr(answer, "item"):
        answer = answer.item()
    if type(answer) is str:
        answer = answer.strip().replace("\N{MINUS SIGN}", "-")
        if parts := FRACTION.fullmatch(answer):
            over, under = map(number_of, parts.groups())
            return number_of(over / under) if over is not None and under else None
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


def shape_of(answer: Any) -> tuple[int, ...] | None:
    """The shape that is meant by '(3, 4)', '3, 4', '[3, 4]', '3 x 4', '(3,)', '3', '()'; None if none is."""
    if type(answer) is not str:
        return None
    text = answer.strip().removeprefix("torch.Size").strip()
    while inner := re.fullmatch(r"\((.*)\)|\[(.*)\]", text):
        text = (inner[1] if inner[1] is not None else inner[2]).strip()
    if not text:
        return () if answer.strip() else None
    sizes = re.split(r"\s*[,x×]\s*|\s+", text.removesuffix(",").strip())
    return tuple(map(int, sizes)) if all(re.fullmatch(r"[0-9]{1,18}", size) for size in sizes) else None


def short(answer: Answer) -> str:
    """An answer within a sentence: '(b)', or a number."""
    from ..show import show

    if isinstance(answer, str):
        return f"({answer})"
    return str(int(answer)) if answer.is_integer() and abs(answer) < 1e15 else show(answer)


def wanted(asked: Asked) -> str:
    """What to write as the answer to a review question: 'a number, as in 12, 0.333 or 1/3'."""
    if asked.options:
        return f"one of the letters {choices(asked.options)}"
    if asked.tries:
        return f"one expression in {' and '.join(asked.tries[0])}"
    if isinstance(asked.answer, (tuple, list)):
        return "a shape, as in (3, 4)"
    if number_of(asked.answer) is not None:
        return "a number, as in 12, 0.333 or 1/3"
    return "the answer in words"


def judge(asked: Asked, given: str) -> Judged:
    """Read what was written as the answer to a review question, and compare it with what is right."""
    if asked.tries:
        return _judge_code(asked, given)
    meant, right = _meaning(asked, given), _right(asked)
    if meant is None:
        return Judged(False, False, f"That is none of the answers: write {wanted(asked)}.")
    said, answer = _in_full(asked, meant), _in_full(asked, right)
    if _same(meant, right):
        return Judged(True, True, f"Right: {answer}.", said, answer)
    return Judged(True, False, f"Not {said}: it is {answer}.", said, answer)


def _judge_code(asked: Asked, given: str) -> Judged:
    from ..checking.expression import differing, flaw_of

    if flaw := flaw_of(given, tuple(asked.tries[0])):
        return Judged(False, False, f"{flaw}: write {wanted(asked)}.")
    said, answer = " ".join(given.split()), str(asked.answer)
    if reason := differing(said, answer, asked.tries):
        return Judged(True, False, f"Not {said}: it is {answer}.", said, answer, reason)
    return Judged(True, True, f"Right: {said}.", said, answer)


Meaning = str | float | tuple[int, ...]


def _meaning(asked: Asked, given: str) -> Meaning | None:
    if asked.options:
        return letter_of(given, asked.options)
    if isinstance(asked.answer, (tuple, list)):
        return shape_of(given)
    if number_of(asked.answer) is not None:
        return number_of(given)
    return " ".join(given.split()).casefold() or None


def _right(asked: Asked) -> Meaning:
    """The answer that the question was made with, in the same terms."""
    if asked.options:
        return letter_of(asked.answer, asked.options) or str(asked.answer)
    if isinstance(asked.answer, (tuple, list)):
        return tuple(map(int, asked.answer))
    number = number_of(asked.answer)
    return number if number is not None else " ".join(str(asked.answer).split()).casefold()


def _same(one: Meaning, right: Meaning) -> bool:
    """Whether an answer is the right one: whole numbers exactly, others to three significant digits."""
    if not isinstance(one, float) or not isinstance(right, float):
        return one == right
    if one == right or not math.isfinite(right) or not math.isfinite(one):
        return one == right
    slack = 1e-9 * abs(right)  # computed answers are off by a little
    if not right or (round(right) and abs(right - round(right)) <= slack):
        return abs(one - right) <= slack
    unit = 10.0 ** (math.floor(math.log10(abs(right))) - DIGITS + 1)
    return abs(one - right) <= unit / 2 + slack


def _in_full(asked: Asked, answer: Meaning) -> str:
    if isinstance(answer, tuple):
        return str(answer)
    if isinstance(answer, str) and not asked.options:
        return f"“{answer}”"
    words = asked.options[letters(asked.options).index(str(answer))] if asked.options else ""
    return " ".join(filter(None, (short(answer), " ".join(words.split()))))
