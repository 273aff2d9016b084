"""The process in which a notebook is rehearsed: it runs the cells in an IPython shell and sends what came of them.

Knows neither how a notebook is built nor what a run should be like.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import matplotlib.backends.backend_agg
import matplotlib.figure  # noqa: F401 - nearly every notebook draws, so each process is to have it from the start
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from ..checking.threads import one_thread
from ..course.lesson import load_course
from ..door import session


def play(package: str, key: str, cells: Iterable[Mapping[str, Any]], folder: str, sending: Connection) -> None:
    """Run the cells in this process's own shell, in a folder; sends the fields of a Rehearsal."""
    os.chdir(folder)
    os.environ["IPYTHONDIR"] = folder
    os.environ.pop("GROUNDUP_WORKSPACE", None)
    with one_thread():  # those of a parent that had torch at work do not survive the fork
        sending.send(_played(package, key, list(cells)))


def _played(package: str, key: str, cells: list[Mapping[str, Any]]) -> dict[str, Any]:
    course = load_course(package)
    here, lesson = session.begin(course, start=Path.cwd()), course.find(key)
    shell = InteractiveShell.instance(colors="nocolor")
    began, shown = _cpu(), {}
    for cell in cells:
        with capture_output() as output:
            result = shell.run_cell(cell["source"], store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            return {"seconds": _cpu() - began, "cell": cell["id"], "error": f"{type(error).__name__}: {error}"}
        shown[cell["id"]] = "\n".join([output.stdout, *(each.data.get("text/plain", "") for each in output.outputs)])
    verdicts = {}
    for cell in cells:
        mark = cell["metadata"].get("groundup", {})
        if mark.get("kind") == "exercise":
            attempts = here.past(lesson, mark["name"]).attempts
            verdicts[mark["name"]] = str(attempts[0].verdict) if attempts else "nothing"
    return {"seconds": _cpu() - began, "verdicts": verdicts, "shown": shown}


def _cpu() -> float:
    """Seconds of CPU of this process and of those that it waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
