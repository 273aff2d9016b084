"""The process in which a notebook is rehearsed: run as a module, with the cells to run on its standard input.

Prints what came of the run as one line of JSON. Knows neither how a notebook is built nor what a run should be like.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from ..course.lesson import load_course


def play(package: str, key: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Run the cells in this process's own IPython shell; the fields of a Rehearsal."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    from ..door import session

    course = load_course(package)
    here, lesson = session.begin(course, start=Path.cwd()), course.find(key)
    shell = InteractiveShell.instance(colors="nocolor")
    began = _cpu()
    for cell in cells:
        with capture_output():
            result = shell.run_cell(cell["source"], store_history=True)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            return {"seconds": _cpu() - began, "cell": cell["id"], "error": f"{type(error).__name__}: {error}"}
    verdicts = {}
    for cell in cells:
        mark = cell["metadata"].get("groundup", {})
        if mark.get("kind") == "exercise":
            attempts = here.past(lesson, mark["name"]).attempts
            verdicts[mark["name"]] = str(attempts[0].verdict) if attempts else "nothing"
    return {"seconds": _cpu() - began, "verdicts": verdicts}


def _cpu() -> float:
    """Seconds of CPU of this process and of those that it waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


if __name__ == "__main__":
    came = play(**json.load(sys.stdin))
    print()
    print(json.dumps(came))
