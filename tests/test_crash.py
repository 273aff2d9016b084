"""kill -9 at random moments: every verdict that was shown is in the record, and the record is sound."""

import ast
import os
import random
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

from groundup.workspace import create
from groundup.workspace.store import Event, open_store
from shelf_course import notebooks_in, write_course

CHECKING = """
import linecache, os, sys
sys.path.insert(0, sys.argv[1])
os.environ["GROUNDUP_WORKSPACE"] = sys.argv[2]
from groundup.door import notebook, session
from groundup.course.lesson import load_course

session.begin(load_course(sys.argv[3]))
notebook.lesson("1_math/1_lines")
print("ready", flush=True)
for number in range(int(sys.argv[4]), 100_000):
    answer = f"-{number}.25" if number % 2 else "b - a"  # wrong with a number of its own, or right
    text, path = f"def rise(a, b):\\n    return {answer}  # try {number}\\n", f"/tmp/ipykernel_1/{number}.py"
    linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    exec(compile(text, path, "exec"))
    notebook.check(rise)
    print(f"shown {number}", flush=True)
"""
RECORDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from groundup.workspace.store import Attempt, Verdict, open_store

print("ready", flush=True)
for number in range(int(sys.argv[2]), 100_000):
    with open_store(Path(sys.argv[1])) as store:
        source = f"def rise(a, b): ...  # try {number}\\n" + "x" * 3000
        store.add_attempt(Attempt(datetime.now(UTC), "1_math/1_lines", "rise", Verdict.WRONG, "", source, {}, 0.0))
    print(f"shown {number}", flush=True)
"""
CASES = """
from groundup.exercise import case
case(rise, 1.0, 3.5)
case(rise, -1.0, 3.0)
"""


def killed(code, arguments, rng, most):
    """What a process had printed when it was killed, with SIGKILL, at a random moment after some verdicts."""
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
    printed = []
    for line in process.stdout:
        printed.append(line)
        if ("shown" in line and rng.random() < 2 / most) or len(printed) > 100 * most:
            break
    time.sleep(rng.random() * 0.02)  # anywhere within the next check
    os.kill(process.pid, signal.SIGKILL)
    printed += process.stdout
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL, "it ended by itself"
    return "".join(printed)


def tries(path):
    """The numbers of the tries that the record holds; the record must be sound."""
    with open_store(path) as store:
        assert store.flaw() == ""
        return [int(re.search(r"# try (\d+)", attempt.source)[1]) for attempt in store.attempts()]


def shown(printed):
    return {int(number) for number in re.findall(r"^shown (\d+)$", printed, re.MULTILINE)}


def test_no_verdict_that_was_shown_is_missing_however_two_hundred_checks_are_killed(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    course = write_course(tmp_path)
    lines = course.find("lines")
    lines.code.write_text(lines.code.read_text() + CASES)
    for lesson in course.lessons:
        (tmp_path / "given" / lesson.notebook).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "given" / lesson.notebook).write_text('{"cells": [], "metadata": {}, "nbformat": 4}')
    workspace = create(tmp_path / "workspace", course, notebooks_in(tmp_path / "given"))
    rng, begun, verdicts, rounds = random.Random(7), 0, set(), 0

    while len(verdicts) < 200:
        arguments = [str(tmp_path), str(workspace.root), course.package, str(begun)]
        printed = killed(CHECKING, arguments, rng, most=50)
        rounds += 1
        verdicts |= shown(printed) | {int(number) for number in re.findall(r"it returned +-(\d+)\.25", printed)}
        recorded = tries(workspace.database)

        assert verdicts <= set(recorded)
        assert printed.count("✓ passed") <= sum(number >= begun and number % 2 == 0 for number in recorded)
        assert len(recorded) == len(set(recorded)), "a check was recorded twice"
        assert len(set(recorded) - verdicts) <= rounds, "more than the check that was cut short was never shown"
        ast.parse((workspace.my / "lines.py").read_text())
        begun = max(recorded, default=0) + 1

    assert rounds >= 4
    assert (workspace.my / "lines.py").read_text().count("# ── rise ──") == 1


def test_no_row_that_was_written_is_missing_however_often_the_writer_is_killed(tmp_path):
    path, rng, begun, verdicts = tmp_path / "groundup.db", random.Random(3), 0, set()

    for _ in range(25):
        verdicts |= shown(killed(RECORDING, [str(path), str(begun)], rng, most=30))

        recorded = tries(path)
        assert verdicts <= set(recorded)
        begun = max(recorded, default=0) + 1

    assert len(verdicts) > 200


def test_a_record_killed_while_it_is_begun_can_be_begun_again(tmp_path):
    for round in range(30):
        path = tmp_path / f"{round}.db"
        process = subprocess.Popen([sys.executable, "-c", RECORDING, str(path), "0"], stdout=subprocess.PIPE)
        assert process.stdout.readline() == b"ready\n"
        time.sleep(round * 0.0001)
        process.kill()
        printed = process.communicate()[0].decode()

        assert shown(printed) <= set(tries(path))
        with open_store(path) as store:
            store.add_event(Event(datetime.now(UTC), "1_math/1_lines", "opened", ""))
            assert len(store.events()) == 1 and store.flaw() == ""
