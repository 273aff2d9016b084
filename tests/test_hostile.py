"""What a learner's code may do, in a live kernel: a clear verdict, and nothing of theirs is worse for it.

Each program of `hostile.py` is defined and checked in one kernel, one after another, in a workspace with a record.
"""

import json
import time
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from groundup.course.lesson import load_course
from groundup.workspace import create
from groundup.workspace.store import open_store
from hostile import HOSTILE

LESSON = '''"""A toy lesson."""

import numpy as np

from groundup.exercise import case, exercise


@exercise(limit=0.8)
def running_sum(values):
    """The sums of the first 1, 2, … values, float64. Raises ValueError if there are none."""
    values = np.asarray(values, dtype=float)
    if values.size == 0:
        raise ValueError("there is nothing to add up")
    return np.cumsum(values)


case(running_sum, np.array([3.0, 1.0, 2.0, 5.0]))
case(running_sum, np.array([2, 7, 1]))
case(running_sum, np.array([]))
'''

CURRICULUM = """
[[phase]]
name = "sums"
folder = "1_sums"
title = "Sums"
lessons = ["adding"]
"""

RIGHT = """
def running_sum(values):
    total, sums = 0.0, []
    for value in values:
        total += value
        sums.append(total)
    if not sums:
        raise ValueError("empty")
    return np.array(sums)
check(running_sum)
"""

BEFORE = """
import json, random, sys
import numpy as np
import builtins
marker = {"kept": [1, 2, 3]}
np.random.seed(7); random.seed(7)
def _state():
    return json.dumps([marker, np.random.get_state()[1].tolist(), random.getstate()[1], len(builtins.__dict__),
                       builtins.len is _len, sys.getrecursionlimit()])
_len = len
_originals = np.allclose, np.isnan, np.isfinite
"""


class Kernel:
    """A real kernel, as a notebook talks to it."""

    def __init__(self, cwd: Path) -> None:
        self.manager, self.client = start_new_kernel(kernel_name="python3", cwd=str(cwd))

    def run(self, code: str, timeout: float = 30) -> str:
        """All text that running a cell displayed or printed. Fails on an error in the cell itself."""
        shown: list[str] = []

        def collect(message: dict) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                shown.append(content["text"])
            elif message["msg_type"] in ("display_data", "execute_result"):
                shown.append(content["data"].get("text/plain", ""))

        reply = self.client.execute_interactive(code, timeout=timeout, output_hook=collect, stop_on_error=False)
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(shown)

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile")
    package = root / "toycourse"
    (package / "sums").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "sums" / "__init__.py").touch()
    (package / "sums" / "adding.py").write_text(LESSON)
    (package / "sums" / "adding.md").write_text("# Adding\n")
    (package / "curriculum.toml").write_text(CURRICULUM)
    built = root / "1_adding.ipynb"
    built.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    monkey = pytest.MonkeyPatch()
    monkey.syspath_prepend(root)
    create(root, load_course("toycourse"), lambda lesson: built)
    monkey.undo()
    kernel = Kernel(root)
    kernel.run(
        f"import sys; sys.path.insert(0, {str(root)!r})\n"
        "from groundup.door import session\n"
        "from groundup.course.lesson import load_course\n"
        "session.begin(load_course('toycourse'))\n"
        "from groundup import check, lesson\n"
        "lesson('1_sums/1_adding')\n" + BEFORE
    )
    kernel.database = root / "groundup.db"
    yield kernel
    kernel.stop()


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_it_does_there_is_a_verdict_and_the_kernel_is_as_before(kernel, name):
    program = HOSTILE[name]
    before = kernel.run("print(_state())")
    began = time.monotonic()

    shown = kernel.run(f"{program.code}\ncheck(running_sum)")
    took = time.monotonic() - began

    with open_store(kernel.database) as store:
        attempt = store.attempts("running_sum")[0]
    kernel.run("np.allclose, np.isnan, np.isfinite = _originals")
    assert str(attempt.verdict) in program.verdict.split(" or ")
    assert attempt.source.startswith(program.code.split("\n")[0]) or "def running_sum" in attempt.source
    assert program.says in shown
    assert str(attempt.verdict).upper() in shown.upper()
    assert "site-packages" not in shown, "a frame of the engine's or a library's shows"
    assert len(shown) < 5_000
    assert took < 4.0
    assert kernel.run("print(_state())") == before
    assert kernel.run("print(6 * 7)") == "42\n"


def test_a_right_answer_passes_in_the_same_kernel_after_all_of_that(kernel):
    shown = kernel.run(RIGHT)

    assert "PASSED" in shown.upper()
    with open_store(kernel.database) as store:
        assert str(store.attempts("running_sum")[0].verdict) == "passed"
        assert len(store.attempts("running_sum")) == len(HOSTILE) + 1


def test_checks_leave_no_process_and_little_memory_behind(kernel):
    memory = "print(int(open('/proc/self/statm').read().split()[1]) * 4096)"
    kernel.run(RIGHT)
    before = int(kernel.run(memory))
    for _ in range(10):
        kernel.run(RIGHT)

    assert int(kernel.run(memory)) - before < 5_000_000
    assert kernel.run("import os\nprint(open(f'/proc/self/task/{os.getpid()}/children').read())").split() == []
