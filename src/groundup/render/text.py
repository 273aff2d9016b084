"""A card as text for a terminal: lines of at most `width` characters, in colour when asked. Knows no HTML."""

from __future__ import annotations

import textwrap

from .card import LINK, Bar, Block, Card, Drawing, Fact, Facts, Folded, Items, Listing, Prose, around, legible

INK = {"#009E73": "32", "#D55E00": "31", "#0072B2": "34"}  # the terminal's own green, red and blue
BOLD, DIM = "1", "2"


def card_as_text(card: Card, *, width: int = 80, colour: bool = False) -> str:
    """The card, without a newline at its end."""
    width = max(width, 30)
    opening = f"{card.tone.mark} {card.word}"
    head = _wrapped(card.headline, opening + "  ", width, "  ") or [opening]
    if colour:
        before, name, after = around(card.name, head[0][len(opening) :])
        head[0] = _paint(opening, f"{BOLD};{INK[card.tone.hue]}", True) + before + _paint(name, BOLD, True) + after
    lines = head
    for block in card.blocks:
        lines += _gap(block) + _block(block, "  ", width, colour)
    return "\n".join(line.rstrip() for line in lines)


def _gap(block: Block) -> list[str]:
    """Quiet lines stand close to what is above them."""
    return [] if isinstance(block, Prose | Items) and block.quiet else [""]


def _block(block: Block, indent: str, width: int, colour: bool) -> list[str]:
    match block:
        case Prose(text, title):
            head = [indent + _paint(legible(title), BOLD, colour)] if title else []
            body = _wrapped(text, indent, width)
            return head + ([_paint(line, DIM, colour) for line in body] if block.quiet else body)
        case Items(texts, mark):
            lines = [line for text in texts for line in _wrapped(text, f"{indent}{mark} ", width)]
            return [_paint(line, DIM, colour) for line in lines] if block.quiet else lines
        case Listing(code):
            return [indent + "  " + line for line in legible(code).split("\n")]
        case Facts(rows):
            return _aligned(rows, indent + "  ", width, colour)
        case Drawing(_, words):
            return _wrapped(words, indent, width)
        case Bar(share):
            full = round(24 * share)
            return [indent + "█" * full + "░" * (24 - full)]
        case Folded(title, blocks, most):
            inner = [line for part in blocks for line in _block(part, indent, width, colour)]
            cut = len(inner) - most if most and len(inner) > most + 1 else 0
            rest = [f"{indent}  … {cut} more lines"] if cut else []
            return [*_wrapped(title + ":", indent, width), *(inner[:most] if cut else inner), *rest]


def _aligned(rows: tuple[Fact, ...], indent: str, width: int, colour: bool) -> list[str]:
    """Labels in one column, values in the next; what is too long goes on below its own beginning."""
    column = max(len(row.label) for row in rows) + 2
    lines = []
    for row in rows:
        value = [
            part for line in legible(row.value).split("\n") for part in _pieces(line, width - column - len(indent))
        ]
        for label, part in zip([row.label] + [""] * (len(value) - 1), value, strict=True):
            shown = _paint(part, INK[row.tone.hue], colour) if row.tone else part
            lines.append(f"{indent}{_paint(f'{label:<{column}}', DIM, colour)}{shown}")
    return lines


def _pieces(line: str, width: int) -> list[str]:
    wrap = textwrap.wrap(line.expandtabs(4), max(width, 16), break_on_hyphens=False, replace_whitespace=False)
    return wrap or [""]


def _wrapped(text: str, lead: str, width: int, rest: str = "") -> list[str]:
    """Paragraphs, the first line behind `lead` and the others behind `rest` (default: as many spaces)."""
    lines: list[str] = []
    rest = rest or " " * len(lead)
    for paragraph in filter(None, LINK.sub(r"\1 (\2)", legible(text)).split("\n\n")):
        first = rest if lines else lead
        lines += [""] * bool(lines)
        lines += textwrap.wrap(
            " ".join(paragraph.split()), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        )
    return lines


def _paint(text: str, ink: str, colour: bool) -> str:
    return f"\x1b[{ink}m{text}\x1b[0m" if colour and text.strip() else text
