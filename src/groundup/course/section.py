"""Which section of a lesson's words an exercise, a prediction or a quiz stands in, and how to open it there.

Reads the words' source line by line; no notebook is opened and no lesson imported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .cells import cell_of, heading_of
from .lesson import Lesson

FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,}|:{3,})\s*(?:\{(?P<kind>[\w-]+)\}\s*(?P<name>\S*))?")
HEADING = re.compile(r"#{1,3}\s+(.*)")


@dataclass(frozen=True)
class Section:
    """A heading of a lesson's notebook and the cells to go to; `heading` is the lesson's title before the first one."""

    heading: str
    heading_cell: str  # the id of the cell that opens with the heading
    cell: str  # the id of the cell that the thing itself stands in

    @property
    def anchor(self) -> str:
        """The heading as JupyterLab addresses it, behind the '#' of a notebook's address."""
        return self.heading.replace(" ", "-")


def section_of(lesson: Lesson, kind: str, name: str) -> Section:
    """Where `{kind} name` stands: 'exercise', 'predict' or 'quiz'. The lesson's opening if it stands nowhere."""
    stat = lesson.source.stat()
    found = _sections(lesson, stat.st_mtime_ns, stat.st_size)
    heading = found.get((kind, name), found["", ""])
    return Section(heading, heading_of(heading), cell_of(kind, name))


@lru_cache(maxsize=256)
def _sections(lesson: Lesson, *_stamp: int) -> dict[tuple[str, str], str]:
    """The heading above each directive; ("", "") has the first heading."""
    heading, fence = lesson.title, ""
    found = {("", ""): heading}
    for line in lesson.source.read_text(encoding="utf-8").splitlines():
        match = FENCE.match(line)
        if fence:
            fence = "" if match and match["mark"].startswith(fence) and not match["kind"] else fence
        elif match and (match["kind"] or match["mark"][0] != ":"):
            found.setdefault((match["kind"] or "", match["name"] or ""), heading)
            fence = match["mark"]
        elif title := HEADING.match(line):
            heading = title[1].strip()
    return found
