"""Work in a forked child: its answer, or how it died."""

import ctypes
import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from groundup.checking.child import Died, in_child


def endless(_):
    while True:
        pass


def test_the_answer_comes_back():
    assert in_child(lambda progress: {"answer": 42}, seconds=5) == {"answer": 42}


def test_the_last_progress_stands_in_the_death_notice():
    def work(progress):
        progress("first")
        progress("second")
        os._exit(3)

    assert in_child(work, seconds=5) == Died("exit", "exit code 3", "second")


def test_an_endless_loop_is_ended_at_its_limit():
    began = time.monotonic()

    assert in_child(endless, seconds=0.3) == Died("timed out", "")
    assert time.monotonic() - began < 2


def test_an_endless_matrix_product_is_ended_at_its_limit():
    def work(_):
        a = np.ones((4000, 4000))
        while True:
            a @ a

    assert in_child(work, seconds=0.5).how == "timed out"


def test_a_null_read_is_a_signal():
    assert in_child(lambda _: ctypes.string_at(0), seconds=5) == Died("signal", "SIGSEGV")


def test_an_exception_in_the_work_itself_is_an_exit():
    assert in_child(lambda _: 1 / 0, seconds=5).how == "exit"


def test_memory_beyond_the_limit_is_refused_in_the_child_only():
    def work(_):
        try:
            return len(bytearray(1 << 30))
        except MemoryError:
            return "refused"

    assert in_child(work, seconds=5, memory=1 << 28) == "refused"
    assert in_child(lambda _: len(bytearray(1 << 20)), seconds=5, memory=1 << 28) == 1 << 20


def test_what_the_child_prints_and_changes_stays_there(capfd):
    value = [1]

    def work(_):
        value.append(2)
        print("from Python")
        os.write(1, b"from C")
        return len(value)

    assert in_child(work, seconds=5) == 2
    assert value == [1]
    assert capfd.readouterr() == ("", "")


def test_a_thread_that_the_child_leaves_running_does_not_hold_the_answer():
    def work(_):
        threading.Thread(target=endless, args=(None,)).start()
        return "answered"

    assert in_child(work, seconds=5) == "answered"


def test_a_grandchild_is_ended_with_the_child():
    reading, writing = os.pipe()

    def work(_):
        pid = os.fork()
        if pid == 0:
            time.sleep(60)
        os.write(writing, str(pid).encode())
        return "answered"

    assert in_child(work, seconds=5) == "answered"
    grandchild = int(os.read(reading, 20))
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _is_running(grandchild):
        time.sleep(0.01)
    assert not _is_running(grandchild)


def test_no_child_is_left_behind():
    before = children()

    in_child(endless, seconds=0.05)

    assert children() == before


def test_an_interrupt_ends_the_child_and_is_raised_on():
    before = children()
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        in_child(endless, seconds=10)
    assert children() == before


def children():
    """The processes that this one has started, those that nobody has waited for included."""
    return {pid for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()}


def _is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False
