"""A lesson's words: from the MyST that authors write to the MyST that jupytext reads and any notebook shows.

Admonitions become blockquotes, our directives become cells with an option, each heading opens a cell, and whatever
would stand as raw text in a notebook is refused with its line. Knows nothing of cells' contents.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass


class BuildError(Exception):
    """What is wrong with a lesson's source, where, and the way out, in one sentence."""


@dataclass(frozen=True)
class Block:
    """Some lines of a source: plain text, a plain fence of code (`kind` 'fence'), or a directive (`kind` its name)."""

    line: int  # of the first of `lines` in text, of the opening in a directive; counted from 1
    kind: str
    argument: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A lesson's text, the name to call it in an error, and the names that its directives may use."""

    name: str
    text: str
    known: Mapping[str, Collection[str]]  # {'exercise': …, 'predict': …, 'quiz': …}

    def error(self, line: int, what: str) -> BuildError:
        return BuildError(f"{self.name}:{line}: {what}")


FENCE = re.compile(r"(?P<indent>\s*)(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>.*)")
DIRECTIVE = re.compile(r"\s*\{(?P<name>[^}]*)\}\s*(?P<argument>.*)")
HEADING = re.compile(r"#{1,3}\s")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
MATH = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<![\\$])\$(?![$\s])[^$\n]*\n?[^$\n]*\$", re.DOTALL)
FOREIGN = [  # what JupyterLab shows as raw text, and what to write
    (re.compile(r"> *\[!\w+\]"), "an alert is no CommonMark: write :::{admonition} and a title"),
    (re.compile(r"\([\w-]+\)=\s*$"), "a label is no CommonMark: link to a heading or a notebook by its address"),
    (re.compile(r"%\s"), "a comment is no CommonMark: write <!-- … -->"),
    (
        re.compile(r".*!\[[^\]]*\]\((?!https?:|attachment:)"),
        "no picture travels with a notebook: draw it in a code-cell",
    ),
]


def plain(source: Source) -> str:
    """The text with nothing in it but CommonMark, bare `+++` between cells, and code-cells.

    A directive of ours is a code-cell with the option `:exercise: name`, `:predict: name` or `:quiz: name`.
    Raises BuildError.
    """
    seen: set[tuple[str, str]] = set()
    lines: list[str] = []
    for block in _blocks(source, source.text.splitlines()):
        if block.kind == "code-cell":
            lines += ["", f"{_ticks(block)}{{code-cell}}", *_options(source, block), _ticks(block), ""]
        elif block.kind in source.known:
            name = _known_name(source, block)
            if (block.kind, name) in seen:
                raise source.error(block.line, f"{{{block.kind}}} {name} stands here for the second time: keep one.")
            seen.add((block.kind, name))
            lines += ["", "```{code-cell}", f':{block.kind}: "{name}"', "```", ""]
        else:
            for line in _prose(source, block):
                lines += ["", "+++", "", line] if block.kind == "" and HEADING.match(line) else [line]
    return "\n".join(lines) + "\n"


def _blocks(source: Source, lines: list[str], first: int = 1) -> Iterator[Block]:
    """The lines in blocks, from top to bottom; directives within a directive are still lines."""
    start = at = 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if fence is None or (fence["mark"][0] == "`" and "`" in fence["info"]):
            at += 1
            continue
        if start < at:
            yield Block(first + start, "", "", tuple(lines[start:at]))
        end = _end_of_fence(source, lines, at, first, fence)
        directive = DIRECTIVE.match(fence["info"])
        if directive is None:
            if fence["mark"][0] == ":":
                raise source.error(first + at, f"{fence['mark']} closes nothing: the outer of two needs more colons.")
            yield Block(first + at, "fence", "", tuple(lines[at : end + 1]))
        elif fence["indent"]:
            raise source.error(first + at, f"{{{directive['name']}}} is indented: begin it at the edge of its line.")
        else:
            body = tuple(lines[at + 1 : end])
            yield Block(
                first + at, _allowed(source, first + at, directive["name"]), directive["argument"].strip(), body
            )
        start = at = end + 1
    if start < len(lines):
        yield Block(first + start, "", "", tuple(lines[start:]))


def _end_of_fence(source: Source, lines: list[str], at: int, first: int, fence: re.Match[str]) -> int:
    mark = fence["mark"]
    if mark[0] == ":" and not DIRECTIVE.match(fence["info"]):
        return at
    closing = re.compile(rf"\s*{mark[0]}{{{len(mark)},}}\s*$")
    for end in range(at + 1, len(lines)):
        if closing.match(lines[end]):
            return end
    raise source.error(first + at, f"{mark}{fence['info'].rstrip()} is never closed: add {mark} below it.")


def _allowed(source: Source, line: int, name: str) -> str:
    allowed = ["code-cell", *source.known, "admonition"]
    if name not in allowed:
        raise source.error(line, f"there is no {{{name}}} in a lesson: it may use {', '.join(allowed)}.")
    return name


def _known_name(source: Source, block: Block) -> str:
    name, known = block.argument, source.known[block.kind]
    if any(line.strip() for line in block.lines):
        raise source.error(block.line, f"{{{block.kind}}} {name} holds text: its words stand in the .py, so empty it.")
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, n=1)
    way = f"did you mean {near[0]}?" if near else f"there are {', '.join(known) or 'none'}."
    raise source.error(block.line, f"the lesson's .py has no {block.kind} {name!r}: {way}")


def _options(source: Source, block: Block) -> list[str]:
    """The lines of a code-cell, with its option in quotes."""
    if block.argument not in ("", "python", "ipython3"):
        raise source.error(block.line, f"a code-cell of {block.argument!r} cannot run here: leave the language out.")
    lines = list(block.lines)
    options: list[str] = []
    while lines and (lines[0].startswith((":", "---"))):
        option = re.fullmatch(r":still:\s*([a-z0-9][a-z0-9-]*)\s*", lines[0])
        if option is None or options:
            raise source.error(
                block.line + 1, f"a code-cell has no option {lines[0]!r}: it may have one :still: a-name."
            )
        options.append(f':still: "{option[1]}"')
        lines.pop(0)
    return [*options, *([""] if options else []), *lines]


def _ticks(block: Block) -> str:
    longest = max((len(run) for line in block.lines for run in re.findall(r"`+", line)), default=0)
    return "`" * max(3, longest + 1)


def _prose(source: Source, block: Block) -> list[str]:
    """The lines of text, of a fence, or of an admonition as CommonMark."""
    if block.kind == "fence":
        return list(block.lines)
    if block.kind == "admonition":
        return [*_admonition(source, block), ""]
    if block.kind:
        raise source.error(block.line, f"{{{block.kind}}} stands inside an admonition: a cell cannot, so move it out.")
    _refuse_foreign(source, block)
    return [
        re.sub(r"^( {0,3})(\+\+\+.*\S.*)$", r"\1\\\2", line) if line.strip() != "+++" else line for line in block.lines
    ]


def _refuse_foreign(source: Source, block: Block) -> None:
    for number, line in enumerate(block.lines, start=block.line):
        for pattern, why in FOREIGN:
            if pattern.match(line):
                raise source.error(number, f"{why}.")
    text = "\n".join(block.lines)
    for span in CODE_SPAN.finditer(text):
        role = re.search(r"\{([a-zA-Z][\w:+.-]*)\}$", text[: span.start()])
        if role:
            at = block.line + text.count("\n", 0, span.start())
            raise source.error(at, f"the role {role[0]} would stand as raw text: write $…$, `…` or a plain link.")


def _admonition(source: Source, block: Block) -> list[str]:
    """A quotation under a bold title, or with `:class: dropdown` a part that opens on a click."""
    lines, dropdown = list(block.lines), False
    while lines and re.match(r":\w+:", lines[0]):
        if lines.pop(0).split() != [":class:", "dropdown"]:
            raise source.error(block.line + 1, "an admonition may have the option :class: dropdown and no other.")
        dropdown = True
    if not block.argument:
        raise source.error(block.line, "an admonition needs a title behind it on its line.")
    first = block.line + 1 + len(block.lines) - len(lines)
    inner = [line for part in _blocks(source, lines, first) for line in _prose(source, part)]
    body = "\n".join(inner).strip("\n")
    # JupyterLab takes mathematics out before it reads the quotation's marks: a formula must not cross a line.
    body = MATH.sub(lambda formula: " ".join(formula[0].split()), body)
    quoted = [f"> {line}".rstrip() for line in body.splitlines()]
    if dropdown:
        title = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(block.argument, quote=False))
        return ["<details>", f"<summary>{title}</summary>", "", *quoted, "", "</details>"]
    return [f"> **{block.argument}**", ">", *quoted]
