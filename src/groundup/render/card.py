"""What can be shown to a learner: a card, made of a few kinds of blocks, in a tone.

The one visual language of the course. Knows neither how a card looks (`text.py`, `html.py`) nor what it says
(`words.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

LINK = re.compile(r"\[([^\[\]\n]+)\]\(((?:\.\./)?[\w/]+\.ipynb)\)")  # [words](../1_math/notebook.ipynb), nothing else


class Tone(Enum):
    """How a card is meant: a mark that stands beside its word, and a colour that neither depends on.

    The colours are those of Okabe and Ito, which readers with any kind of colour vision tell apart.
    """

    GOOD = ("✓", "#009E73")
    BAD = ("✗", "#D55E00")
    STOP = ("!", "#D55E00")
    LATE = ("…", "#D55E00")
    ASK = ("?", "#0072B2")
    OTHER = ("≠", "#0072B2")
    OPEN = ("○", "#0072B2")
    CALM = ("•", "#0072B2")

    @property
    def mark(self) -> str:
        return self.value[0]

    @property
    def hue(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Prose:
    """Sentences. `code` stands between backticks, [words](lesson.ipynb) is a link to a notebook of the course;
    between dollars stands a formula if `formulas`, else money."""

    text: str
    title: str = ""
    quiet: bool = False
    formulas: bool = False


@dataclass(frozen=True)
class Fact:
    """One line of a contrast: a label and its value, as code or (with `formulas`) as the lesson's own words.

    `tone` sets it off as what is right or what is not.
    """

    label: str
    value: str
    tone: Tone | None = None
    formulas: bool = False


@dataclass(frozen=True)
class Facts:
    """Lines under one another, their values aligned."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True)
class Listing:
    """Code or output, exactly as it stands."""

    code: str


@dataclass(frozen=True)
class Items:
    """A few sentences, one under the other, each with a mark before it."""

    texts: tuple[str, ...]
    mark: str = "·"
    quiet: bool = False
    formulas: bool = False


@dataclass(frozen=True)
class Folded:
    """Something that is there for whoever opens it: folded on a page, shortened to `lines` lines in text (0: all)."""

    title: str
    blocks: tuple[Prose | Items | Listing, ...]
    lines: int = 0


@dataclass(frozen=True)
class Drawing:
    """A picture of ours, as HTML; where only text is shown, its words stand in for it."""

    html: str
    words: str


@dataclass(frozen=True)
class Bar:
    """How far something has come: a share from 0 to 1."""

    share: float


Block: TypeAlias = Prose | Facts | Listing | Items | Folded | Drawing | Bar


@dataclass(frozen=True)
class Card:
    """A word for what happened, one sentence that names the thing it happened to, and blocks below."""

    tone: Tone
    word: str
    headline: str
    name: str = ""  # set off where the headline has it
    blocks: tuple[Block, ...] = ()


def around(name: str, headline: str) -> tuple[str, str, str]:
    """The headline as what stands before the name, the name, and what stands after; ("", "", headline) without it."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", headline) if name else None
    return (headline[: found.start()], name, headline[found.end() :]) if found else ("", "", headline)


def legible(text: str) -> str:
    """The text without characters that steer a terminal, turn the reading direction or cannot be encoded."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(letter) else letter for letter in text)


def _steers(letter: str) -> bool:
    code = ord(letter)
    control = (code < 32 and letter not in "\n\t") or 127 <= code < 160
    return control or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or 0xD800 <= code <= 0xDFFF
