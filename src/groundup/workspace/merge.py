"""Bring a new version of a notebook into one that a learner has worked in, cell by cell.

Three notebooks go in as plain dicts: what was given last time, what the learner made of it, what the course says now.
Knows nothing of files. Not one character that the learner typed is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import count, pairwise
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]

ALIKE = 0.6  # two cells with different ids are one cell rewritten when this much of their text agrees


@dataclass(frozen=True)
class Merged:
    """The notebook that came out, how much of it is new, and by name the cells in which both sides met."""

    notebook: Notebook
    renewed: int = 0
    added: int = 0
    removed: int = 0
    kept: tuple[str, ...] = ()  # both changed them: the learner's stays
    dropped: tuple[str, ...] = ()  # the course dropped what the learner had changed: it stays


@dataclass(frozen=True)
class _Link:
    """One cell as it stands in all three notebooks; None where it is not there."""

    base: Cell | None
    mine: Cell | None
    new: Cell | None

    @property
    def key(self) -> int:
        return id(self.mine if self.mine is not None else self.new)


class _Fate(Enum):
    ADDED = "the course has a new cell"
    RENEWED = "the course changed it and the learner did not"
    REMOVED = "the course dropped it and the learner left it alone"
    KEPT = "the learner's, or as it was"
    CONFLICT = "both changed it: the learner's"
    GONE = "the learner deleted it"


def merge(base: Notebook, mine: Notebook, new: Notebook) -> Merged:
    """The learner's notebook with what the course changed since `base`.

    A cell that the learner left alone is renewed or removed as the course says; one that they changed, added or moved
    stays, with its outputs; what they deleted stays deleted. Where both changed a cell, the learner's stays and is
    named in `kept`. With `new` equal to `base` nothing changes; with `mine` equal to `base` the result is `new`.
    """
    was, ours, now = (
        [dict(cell) for cell in notebook["cells"]] for notebook in (base, mine, new)
    )  # told apart by id()
    links = _links(was, ours, now)
    fates = [_fate(link) for link in links]
    added, renewed, removed = (fates.count(fate) for fate in (_Fate.ADDED, _Fate.RENEWED, _Fate.REMOVED))
    ids, anew = {cell.get("id") for cell in ours}, bool(added or renewed)
    out = {  # id() of the learner's cell, or of the course's where they have none -> the cell that comes out
        link.key: _outcome(link, fate, ids, anew)
        for link, fate in zip(links, fates, strict=True)
        if fate not in (_Fate.GONE, _Fate.REMOVED)
    }
    met = [link for link, fate in zip(links, fates, strict=True) if fate is _Fate.CONFLICT]
    kept = tuple(name_of(link.mine) for link in met if link.mine and link.new)
    dropped = tuple(name_of(link.mine) for link in met if link.mine and not link.new)
    cells = [out[key] for key in _order(links, ours, now, out)]
    notebook = {**mine, "cells": cells, "metadata": _overlaid(mine, base, new)}
    if anew:
        notebook["nbformat_minor"] = max(mine.get("nbformat_minor", 0), new.get("nbformat_minor", 0))
        _give_ids(cells)
    return Merged(notebook, renewed, added, removed, kept, dropped)


def text_of(cell: Cell) -> str:
    """A cell's source as one string; the format allows a list of lines too."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def same(a: Cell, b: Cell) -> bool:
    """Whether two cells say the same: outputs, counters and metadata do not count."""
    return a.get("cell_type") == b.get("cell_type") and text_of(a) == text_of(b)


def name_of(cell: Cell) -> str:
    """What to call a cell in a message: its exercise or question, else its first words."""
    asked = _asks(cell)
    if asked:
        return asked
    words = " ".join(text_of(cell).split()).lstrip("#> *-")
    return f"“{words[:40].rsplit(' ', 1)[0] + ' …' if len(words) > 40 else words}”" if words else "an empty cell"


def _asks(cell: Cell) -> str:
    """The exercise, prediction or quiz that a code cell is for, or ""."""
    if cell.get("cell_type") != "code":
        return ""
    found = re.findall(r"""^(?:check\((\w+)|(?:predict|quiz)\(["']([\w-]+))""", text_of(cell), re.MULTILINE)
    return (found[-1][0] or found[-1][1]) if found else ""


def _links(base: list[Cell], mine: list[Cell], new: list[Cell]) -> list[_Link]:
    """Every cell of the three notebooks in exactly one link: by id, else by the same words, else by likeness."""
    known = {cell.get("id") for cell in base}
    arrived = _pair([cell for cell in new if cell.get("id") not in known], mine, (_by_id,))
    links = [
        _Link(None, arrived[id(cell)], cell) for cell in new if id(cell) in arrived
    ]  # an update that was cut short
    mine, new = _rest(mine, links), _rest(new, links)
    to_mine, to_new = _pair(base, mine), _pair(base, new)
    _pair_rewritten(base, new, to_new)
    links += [_Link(cell, to_mine.get(id(cell)), to_new.get(id(cell))) for cell in base]
    mine, new = _rest(mine, links), _rest(new, links)
    copied = _pair(new, mine)  # the learner wrote, or brought along, what the course has now
    links += [_Link(None, copied.get(id(cell)), cell) for cell in new]
    return links + [_Link(None, cell, None) for cell in _rest(mine, links)]


def _rest(cells: list[Cell], links: list[_Link]) -> list[Cell]:
    """The cells that stand in no link yet."""
    linked = {id(cell) for link in links for cell in (link.mine, link.new)}
    return [cell for cell in cells if id(cell) not in linked]


def _pair(left: list[Cell], right: list[Cell], keys: tuple[Callable[[Cell], Any], ...] = ()) -> dict[int, Cell]:
    """id(cell of left) -> its cell of right: first by cell id, then, among the rest, by type and exact words."""
    pairs: dict[int, Cell] = {}
    for key in keys or (_by_id, _by_words):
        taken = {id(cell) for cell in pairs.values()}
        found: dict[Any, list[Cell]] = {}
        for cell in right:
            if id(cell) not in taken:
                found.setdefault(key(cell), []).append(cell)
        for cell in left:
            if id(cell) not in pairs and key(cell) and found.get(key(cell)):
                pairs[id(cell)] = found[key(cell)].pop(0)
    return pairs


def _by_id(cell: Cell) -> Any:
    return cell.get("id")


def _by_words(cell: Cell) -> Any:
    words = text_of(cell).strip()
    return (cell.get("cell_type"), words) if words else None


def _pair_rewritten(base: list[Cell], new: list[Cell], pairs: dict[int, Cell]) -> None:
    """Pair what the course rewrote so far that its id changed: the same exercise anywhere, or like words in order."""
    taken = {id(cell) for cell in pairs.values()}
    place = {id(cell): index for index, cell in enumerate(new)}
    after = -1
    for cell in base:
        if id(cell) in pairs:
            after = place[id(pairs[id(cell)])]
            continue
        free = [other for other in new if id(other) not in taken and other.get("cell_type") == cell.get("cell_type")]
        asked = _asks(cell)
        match = next((other for other in free if asked and _asks(other) == asked), None)
        if match is None and not asked:
            gap = [other for other in free if place[id(other)] > after and not _asks(other)][:4]
            match = max(gap, key=lambda other: _likeness(cell, other), default=None)
            if match is not None and _likeness(cell, match) < ALIKE:
                match = None
        if match is not None:
            pairs[id(cell)] = match
            taken.add(id(match))


def _likeness(a: Cell, b: Cell) -> float:
    return SequenceMatcher(None, text_of(a), text_of(b), autojunk=False).ratio()


def _fate(link: _Link) -> _Fate:
    was, mine, now = link.base, link.mine, link.new
    if mine is None:
        return _Fate.ADDED if was is None else _Fate.GONE
    if now is None:
        if was is None or (same(was, mine) and was.get("id") != mine.get("id")):
            return _Fate.KEPT  # under an id of its own it may be a copy that the learner wants
        return _Fate.REMOVED if same(was, mine) else _Fate.CONFLICT
    if same(mine, now) or (was is not None and same(was, now)):
        return _Fate.KEPT
    return _Fate.RENEWED if was is not None and same(was, mine) else _Fate.CONFLICT


def _outcome(link: _Link, fate: _Fate, ids: set[Any], anew: bool) -> Cell:
    """The cell that a link becomes. What is renewed loses the outputs of its old words; what is kept keeps them."""
    was, mine, now = link.base, link.mine, link.new
    if mine is None or now is None:
        return (mine if now is None else now) or {}
    if was is None:
        return mine
    cell = {**(now if fate is _Fate.RENEWED else mine), "metadata": _overlaid(mine, was, now)}
    if fate is _Fate.KEPT and was.get("attachments") != now.get("attachments"):
        cell["attachments"] = now.get("attachments", {})
    ours = mine.get("id") == was.get("id") or (anew and not mine.get("id"))
    if ours and now.get("id") and now["id"] not in ids:
        cell["id"] = now["id"]  # the next update must find it under the course's id
    return cell


def _order(links: list[_Link], mine: list[Cell], new: list[Cell], out: dict[int, Cell]) -> list[int]:
    """The keys of `out` in the order of the result: the course's order unless the learner moved cells."""
    key_of_new = {id(link.new): link.key for link in links if link.new is not None}
    shared = [link.key for link in links if link.base and link.mine and link.new]  # in base's order
    places = {id(cell): index for index, cell in enumerate(mine)}
    moved = any(places[a] > places[b] for a, b in pairwise(shared))
    mine_keys = [id(cell) for cell in mine if id(cell) in out]
    new_keys = [key_of_new[id(cell)] for cell in new if key_of_new[id(cell)] in out]
    if not moved:
        return _woven(new_keys, mine_keys, set())
    from_course = set(new_keys) | {link.key for link in links if link.base and link.mine}
    return _woven(mine_keys, new_keys, set(mine_keys) - from_course)


def _woven(backbone: list[int], other: list[int], clinging: set[int]) -> list[int]:
    """`backbone` with each missing key of `other` put behind the key before it, past what clings to that key."""
    order, have, before = list(backbone), set(backbone), None
    for key in other:
        if key not in have:
            at = 0 if before is None else order.index(before) + 1
            while at < len(order) and order[at] in clinging:
                at += 1
            order.insert(at, key)
            have.add(key)
        before = key
    return order


def _overlaid(mine: Cell, base: Cell, new: Cell) -> dict[str, Any]:
    """Metadata key by key: the course's where it changed and the learner's did not, else the learner's."""
    ours, was, now = (cell.get("metadata", {}) for cell in (mine, base, new))
    changed = {key for key in {*was, *now} if was.get(key) != now.get(key) and ours.get(key) == was.get(key)}
    return {key: value for key, value in ours.items() if key not in changed} | {
        key: now[key] for key in now if key in changed
    }


def _give_ids(cells: list[Cell]) -> None:
    """Format 4.5 wants an id on every cell: number those that lost theirs."""
    used = {cell.get("id") for cell in cells}
    free = (f"cell-{number}" for number in count() if f"cell-{number}" not in used)
    for index, cell in enumerate(cells):
        if not cell.get("id"):
            cells[index] = {**cell, "id": next(free)}
