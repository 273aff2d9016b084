"""The course's own words as HTML for a page: paragraphs, lists, tables, `code`, *emphasis*, links, small formulas.

Everything is escaped first. A formula is set in italics with its powers raised; a page has no MathJax.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from markupsafe import Markup

from ..render.card import legible

LINK = re.compile(r"\[([^\[\]\n]+)\]\(((?:[\w./-]+)\.ipynb)\)")
SIGNS = {
    r"\cdot": "·", r"\times": "×", r"\ldots": "…", r"\dots": "…", r"\to": "→", r"\mapsto": "↦", r"\le": "≤",
    r"\ge": "≥",
    r"\ne": "≠", r"\approx": "≈", r"\infty": "∞", r"\sigma": "σ", r"\alpha": "α", r"\beta": "β", r"\lambda": "λ",
    r"\mu": "μ", r"\pi": "π", r"\theta": "θ", r"\sum": "Σ", r"\partial": "∂", r"\nabla": "∇", r"\sqrt": "√",
    r"\in": "∈", r"\pm": "±", r"\quad": " ", r"\,": " ", r"\;": " ", r"\left": "", r"\right": "",
}  # fmt: skip
Link = Callable[[str], str]


def inline(text: str, link: Link | None = None) -> Markup:
    """One line of words. `link` turns a notebook's path into an address; without it, the words alone stand."""
    return _unlinked(text) if link is None else _inline(text, link)


@lru_cache(maxsize=2048)  # the course's words, which a page asks for again and again
def _unlinked(text: str) -> Markup:
    return _inline(text, None)


def _inline(text: str, link: Link | None) -> Markup:
    spans = re.split(r"(`[^`\n]+`|(?<!\\)\$[^$\n]+\$)", legible(text))
    return Markup("".join(_span(span, link) for span in spans))


def paragraphs(text: str, link: Link | None = None) -> Markup:
    """Paragraphs, bulleted lists and tables."""
    return Markup("".join(_block(part.splitlines(), link) for part in re.split(r"\n\s*\n", text.strip()) if part))


def _block(lines: list[str], link: Link | None) -> str:
    if all(line.startswith("- ") for line in lines if not line.startswith("  ")):
        items = re.split(r"^- ", "\n".join(lines), flags=re.MULTILINE)[1:]
        return "<ul>" + "".join(f"<li>{inline(' '.join(item.split()), link)}</li>" for item in items) + "</ul>"
    if len(lines) > 2 and re.fullmatch(r"\|[-:| ]+\|", lines[1].strip()):
        head, body = _row(lines[0], "th", link), "".join(_row(line, "td", link) for line in lines[2:])
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f"<p>{inline(' '.join(map(str.strip, lines)), link)}</p>"


def _row(line: str, cell: str, link: Link | None) -> str:
    cells = line.strip().strip("|").split("|")
    return "<tr>" + "".join(f"<{cell}>{inline(text.strip(), link)}</{cell}>" for text in cells) + "</tr>"


def _span(span: str, link: Link | None) -> str:
    if len(span) > 2 and span[0] == span[-1] == "`":
        return f"<code>{escape(span[1:-1])}</code>"
    if len(span) > 2 and span[0] == span[-1] == "$":
        return f'<i class="formula">{_formula(span[1:-1])}</i>'
    safe = escape(span)
    safe = re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", safe)
    safe = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", r"<em>\1</em>", safe)
    if link is None:
        return LINK.sub(r"\1", safe)
    return LINK.sub(lambda found: f'<a href="{escape(link(found[2]))}">{found[1]}</a>', safe)


def _formula(text: str) -> str:
    text = re.sub(r"\\(?:text|mathrm|mathbf|operatorname)\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", text)
    for sign in sorted(SIGNS, key=len, reverse=True):
        text = text.replace(sign, SIGNS[sign])
    safe = escape(text.replace("\\", ""))
    safe = re.sub(r"\^(?:\{([^{}]*)\}|(\w|\*))", lambda m: f"<sup>{m[1] or m[2]}</sup>", safe)
    safe = re.sub(r"_(?:\{([^{}]*)\}|(\w))", lambda m: f"<sub>{m[1] or m[2]}</sub>", safe)
    return re.sub(r"[{}]", "", safe)
