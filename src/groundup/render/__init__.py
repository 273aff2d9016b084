"""How everything the course says looks, on a terminal and on a page. Knows nothing of checks, notebooks or records."""

from __future__ import annotations

from groundup.finding import Report

from .card import Card, Folded, Listing, Tone
from .html import card_as_html
from .text import card_as_text
from .words import (
    answered_card,
    gate_card,
    hint_card,
    lesson_card,
    predicted_card,
    progress_card,
    question_card,
    report_card,
    revealed_card,
    said_card,
    solution_card,
)

__all__ = [
    "Card",
    "Folded",
    "Listing",
    "Tone",
    "answered_card",
    "as_html",
    "as_text",
    "gate_card",
    "hint_card",
    "lesson_card",
    "predicted_card",
    "progress_card",
    "question_card",
    "report_card",
    "revealed_card",
    "said_card",
    "solution_card",
]


def as_text(shown: Report | Card, *, width: int = 80, colour: bool = False) -> str:
    """Lines of at most `width` characters, in colour for a terminal that has it."""
    return card_as_text(shown if isinstance(shown, Card) else report_card(shown), width=width, colour=colour)


def as_html(shown: Report | Card) -> str:
    """One <div> that fits a light page and a dark one and needs no script and no style sheet."""
    return card_as_html(shown if isinstance(shown, Card) else report_card(shown))
