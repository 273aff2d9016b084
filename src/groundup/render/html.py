"""A card as HTML for JupyterLab, VS Code and any page: inline styles only, no script, everything escaped.

It takes the page's own text colour and mixes the tone's hue into it, so it is dark on light and light on dark wherever
it stands. JupyterLab's sanitizer drops `color-mix` and `var` in a notebook that is not trusted: then the plain
declaration before each of them is left, the words and marks stay, and nothing but colour is lost.
"""

from __future__ import annotations

import re
from html import escape

from .card import LINK, Bar, Block, Card, Drawing, Fact, Facts, Folded, Items, Listing, Prose, Tone, around, legible

MIX = 54  # per cent of the hue in coloured words; the rest is the page's text colour. Tested for contrast
QUIET = 78  # per cent of the page's text colour in quiet words
MOST = 20_000  # characters of any one value

_MONO = (
    "font-family:monospace;"
    "font-family:var(--jp-code-font-family,var(--vscode-editor-font-family,ui-monospace,Menlo,Consolas,monospace));"
)
_CODE = _MONO + "font-size:0.93em;color:inherit;line-height:1.5;"
_BARE = "background-color:transparent;padding:0;border:none;"
_PANEL = "background-color:rgba(127,127,127,0.09);border-radius:4px;padding:0.55em 0.9em;margin:0.6em 0;"
_CARD = (
    "max-width:50em;margin:0.3em 0 0.6em 0;padding:0.1em 0 0.1em 0.95em;line-height:1.55;"
    "border-left-width:3px;border-left-style:solid;border-left-color:"
)


def card_as_html(card: Card) -> str:
    """One <div>, which needs nothing outside itself."""
    before, name, after = around(card.name, card.headline)
    called = f'<code style="{_CODE}{_BARE}font-weight:600;">{_safe(name)}</code>'
    headline = _spans(before) + (called if name else "") + _spans(after)
    head = (
        f'<div style="margin:0;"><span style="{_tinted(card.tone)}font-weight:600;margin-right:0.6em;">'
        f'<span aria-hidden="true">{card.tone.mark}</span> {_safe(card.word)}</span>{headline}</div>'
    )
    body = "".join(map(_block, card.blocks))
    # MathJax leaves a learner's dollars alone, and sets the formulas of the lesson's own words
    return f'<div class="groundup mathjax_ignore" style="{_CARD}{card.tone.hue};">{head}{body}</div>'


def _block(block: Block) -> str:
    match block:
        case Prose():
            return _prose(block)
        case Items(texts, mark):
            rows = (
                f'<div style="display:flex;gap:0.5em;"><span aria-hidden="true">{_safe(mark)}</span>'
                f"<span{_maths(block.formulas)}>{_spans(text)}</span></div>"
                for text in texts
            )
            return f'<div style="margin:0.35em 0;{_hushed(block.quiet)}">{"".join(rows)}</div>'
        case Listing(code):
            return _listing(code)
        case Facts(rows):
            column = max((len(row.label) for row in rows), default=0) + 1
            inner = "".join(_fact(row, column) for row in rows)
            return f'<div style="{_PANEL}{"" if any(row.formulas for row in rows) else _CODE}">{inner}</div>'
        case Drawing(html):
            return f'<div style="margin:0.6em 0;">{html}</div>'
        case Bar(share):
            return f'<progress max="1" value="{share:.3f}" style="width:min(24em,100%);"></progress>'
        case Folded(title, blocks):
            inner = "".join(map(_block, blocks))
            return (
                f'<details style="margin:0.5em 0;"><summary style="cursor:pointer;{_hushed(True)}">'
                f"{_spans(title)}</summary>{inner}</details>"
            )


def _prose(block: Prose) -> str:
    style = f"margin:0.35em 0;{_hushed(block.quiet)}"
    title = f'<div style="font-weight:600;margin:0.7em 0 0.2em 0;">{_spans(block.title)}</div>' if block.title else ""
    paragraphs = filter(None, block.text.split("\n\n"))
    return title + "".join(f'<div{_maths(block.formulas)} style="{style}">{_spans(part)}</div>' for part in paragraphs)


def _fact(fact: Fact, column: int) -> str:
    fold = "white-space:pre;" if "\n" in fact.value else "white-space:pre-wrap;overflow-wrap:break-word;"
    value = _spans(fact.value) if fact.formulas else _marked(fact.value)
    style = f"{_tinted(fact.tone) if fact.tone else ''}{fold}flex:1 1 16em;min-width:0;overflow:auto;max-height:24em;"
    return (
        '<div style="display:flex;flex-wrap:wrap;column-gap:1em;">'
        f'<div style="{_hushed(True)}white-space:pre;flex:0 0 {column * 0.6:.1f}em;">{_safe(fact.label)}</div>'
        f'<div{_maths(fact.formulas)} style="{style}">{value}</div></div>'
    )


def _listing(code: str) -> str:
    return (
        f'<pre style="{_CODE}{_PANEL}white-space:pre;overflow-x:auto;overflow-y:auto;max-height:24em;border:none;">'
        f"{_safe(code)}</pre>"
    )


def _tinted(tone: Tone) -> str:
    return f"color:inherit;color:color-mix(in srgb,{tone.hue} {MIX}%,currentColor);"


def _hushed(quiet: bool) -> str:
    return f"color:inherit;color:color-mix(in srgb,currentColor {QUIET}%,transparent);" if quiet else ""


def _maths(formulas: bool) -> str:
    return ' class="mathjax_process"' if formulas else ""


def _safe(text: str) -> str:
    text = legible(text)
    return escape(text if len(text) <= MOST else f"{text[:MOST]}\n… {len(text) - MOST} more characters")


def _spans(text: str) -> str:
    """Escaped words, with what stands between backticks set as code, and links to the course's notebooks."""
    style = f"{_CODE}background-color:rgba(127,127,127,0.12);border-radius:3px;padding:0.05em 0.3em;"
    linked = LINK.sub(r'<a href="\2">\1</a>', _safe(text))
    return re.sub(r"`([^`\n]+)`", rf'<code style="{style}">\1</code>', linked)


def _marked(value: str) -> str:
    """An escaped value, with the entry between › and ‹ set off as well."""
    return re.sub(
        "›([^›‹\n]*)‹", r'<strong style="font-weight:700;text-decoration:underline;">›\1‹</strong>', _safe(value)
    )
