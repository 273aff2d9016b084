"""Check from the terminal what a notebook holds on disk, through the same door as in the notebook: `notebook.check`.

So the verdict is recorded, and what passes is kept in `my`, as there. Knows nothing of exit codes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from ..course.lesson import Lesson
from ..door import notebook
from ..door.session import Session, make_importable
from ..door.surface import show
from ..render import Tone, said_card
from . import mine
from .saved import NotebookError, cells, defined


def check_saved(here: Session, lesson: Lesson, path: Path, names: tuple[str, ...]) -> list[bool]:
    """Check exercises of a lesson as they are saved in the notebook at `path`, show each report; which of them passed.

    Raises NotebookError if the file cannot be read.
    """
    here.lesson = lesson
    mine.lend(here.course, here.workspace)
    if here.workspace is not None:
        make_importable(here.workspace)
    saved = cells(path)
    passed = []
    for name in names:
        sys.modules["__main__"] = main = ModuleType("__main__")  # as in a kernel, it holds what the cells define
        try:
            found = defined(saved, name, vars(main))
        except NotebookError as error:
            show(said_card("not checked", str(error), name, tone=Tone.STOP))
            passed.append(False)
            continue
        before = len(here.record.attempts)
        notebook.check(found)
        passed.append(any(attempt.report["verdict"] == "passed" for attempt in here.record.attempts[: -before or None]))
    return passed
