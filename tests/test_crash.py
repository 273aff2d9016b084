"""kill -9 at random moments: every verdict that was shown is in the record, and the record is sound."""

import ast
import linecache
import multiprocessing
import os
import random
import re
import signal
import sys
import time
from datetime import UTC, datetime

import pytest

from groundup.course.lesson import load_course
from groundup.door import notebook, session
from groundup.finding import Verdict
from groundup.workspace import create
from groundup.workspace.store import Attempt, Event, open_store
from shelf_course import notebooks_in, write_course

PROCESSES = multiprocessing.get_context("forkserver")  # one that has imported the engine begins all that are killed
PROCESSES.set_forkserver_preload(["groundup.door.notebook", "groundup.checking.check", "groundup.workspace.store"])
CASES = """
from groundup.exercise import case
case(rise, 1.0, 3.5)
case(rise, -1.0, 3.0)
"""


def check_for_ever(folder, workspace, package, begun):
    """A learner who checks one try after the other, in a process of its own."""
    sys.path.insert(0, folder)
    os.environ["GROUNDUP_WORKSPACE"] = workspace
    session.begin(load_course(package))
    notebook.lesson("1_math/1_lines")
    print("ready", flush=True)
    for number in range(begun, 100_000):
        answer = "b - a" if number % 4 else f"-{number}.25"  # right, or wrong with a number of its own
        text, path = f"def rise(a, b):\n    return {answer}  # try {number}\n", f"/tmp/ipykernel_1/{number}.py"
        linecache.cache[path] = (len(text), None, text.splitlines(True), path)
        exec(compile(text, path, "exec"), cell := {})
        notebook.check(cell["rise"])
        print(f"shown {number}", flush=True)


def record_for_ever(path, begun):
    """A process that opens the record, writes one attempt and closes it, time and again."""
    print("ready", flush=True)
    for number in range(begun, 100_000):
        with open_store(path) as store:
            source = f"def rise(a, b): ...  # try {number}\n" + "x" * 3000
            store.add_attempt(Attempt(datetime.now(UTC), "1_math/1_lines", "rise", Verdict.WRONG, "", source, {}, 0.0))
        print(f"shown {number}", flush=True)


def aloud(sending, work, arguments):
    """Do the work, with all that it prints going into a pipe."""
    os.dup2(sending.fileno(), 1)
    sending.close()
    work(*arguments)


def begun_aloud(work, *arguments):
    """A process that does the work, and what it prints, as a file."""
    receiving, sending = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=aloud, args=(sending, work, arguments))
    process.start()
    sending.close()
    return process, open(os.dup(receiving.fileno()), encoding="utf-8")


def killed(rng, most, work, *arguments):
    """What a process had printed when it was killed, with SIGKILL, at a random moment after some verdicts."""
    process, lines = begun_aloud(work, *arguments)
    printed = []
    with lines:
        for line in lines:
            printed.append(line)
            if ("shown" in line and rng.random() < 2 / most) or len(printed) > 100 * most:
                break
        time.sleep(rng.random() * 0.02)  # anywhere within the next check
        os.kill(process.pid, signal.SIGKILL)
        printed += lines
    process.join()
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"
    return "".join(printed)


def tries(path):
    """The numbers of the tries that the record holds; the record must be sound."""
    with open_store(path) as store:
        assert store.flaw() == ""
        return [int(re.search(r"# try (\d+)", attempt.source)[1]) for attempt in store.attempts()]


def shown(printed):
    return {int(number) for number in re.findall(r"^shown (\d+)$", printed, re.MULTILINE)}


@pytest.mark.once
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
        printed = killed(rng, 50, check_for_ever, str(tmp_path), str(workspace.root), course.package, begun)
        rounds += 1
        verdicts |= shown(printed) | {int(number) for number in re.findall(r"it returned +-(\d+)\.25", printed)}
        recorded = tries(workspace.database)

        assert verdicts <= set(recorded)
        assert printed.count("✓ passed") <= sum(number >= begun and number % 4 != 0 for number in recorded)
        assert len(recorded) == len(set(recorded)), "a check was recorded twice"
        assert len(set(recorded) - verdicts) <= rounds, "more than the check that was cut short was never shown"
        ast.parse((workspace.my / "lines.py").read_text())
        begun = max(recorded, default=0) + 1

    assert rounds >= 4
    assert (workspace.my / "lines.py").read_text().count("# ── rise ──") == 1


def test_no_row_that_was_written_is_missing_however_often_the_writer_is_killed(tmp_path):
    path, rng, begun, verdicts = tmp_path / "groundup.db", random.Random(3), 0, set()

    for _ in range(25):
        verdicts |= shown(killed(rng, 30, record_for_ever, path, begun))

        recorded = tries(path)
        assert verdicts <= set(recorded)
        begun = max(recorded, default=0) + 1

    assert len(verdicts) > 200


def test_a_record_killed_while_it_is_begun_can_be_begun_again(tmp_path):
    for round in range(30):
        path = tmp_path / f"{round}.db"
        process, lines = begun_aloud(record_for_ever, path, 0)
        with lines:
            assert lines.readline() == "ready\n"
            time.sleep(round * 0.0001)
            process.kill()
            printed = lines.read()
        process.join()

        assert shown(printed) <= set(tries(path))
        with open_store(path) as store:
            store.add_event(Event(datetime.now(UTC), "1_math/1_lines", "opened", ""))
            assert len(store.events()) == 1 and store.flaw() == ""
