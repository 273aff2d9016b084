"""Run work in a forked child of this process, with limits on time and memory, and bring its answer back over a pipe.

Knows nothing of exercises. Whatever the child does to itself — loops, crashes, exits, fills its memory — this process
goes on as it was. It is protection against accidents, not a sandbox against malice.
"""

from __future__ import annotations

import builtins
import contextlib
import faulthandler
import gc
import os
import pickle
import select
import signal
import struct
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

MEMORY = 1 << 30  # bytes the child may take beyond what this process holds
_HEADER = struct.Struct("!Q")


@dataclass(frozen=True)
class Died:
    """The child gave no answer. `how` says why, `last` is the last progress it reported."""

    how: str  # 'timed out', 'signal', 'exit'
    detail: str  # e.g. 'SIGSEGV' or 'exit code 3'
    last: Any = None


def can_fork() -> bool:
    """True where a child can be forked; elsewhere the caller works in its own process and says so."""
    return hasattr(os, "fork") and sys.platform != "emscripten"


def in_child(
    work: Callable[[Callable[[Any], None]], Any],
    *,
    seconds: float,
    memory: int = MEMORY,
    hearing: Callable[[Any], float] = lambda _: 0.0,
) -> Any:
    """`work(progress)` in a forked child; its picklable result, or Died.

    `progress(value)` may be called at any time: this process's `hearing(value)` is told, and answers with seconds that
    are added to the limit; the last value stands in Died.last. An interrupt (KeyboardInterrupt) kills the child and is
    raised on. Raises OSError if no process can be made.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads; the child uses none of them
        pid = os.fork()
    if pid == 0:
        os.close(reading)
        _live(work, writing, memory)
    os.close(writing)
    try:
        return _wait(pid, reading, time.monotonic() + seconds, hearing)
    finally:
        os.close(reading)
        for target in (-pid, pid):  # its process group, then itself: one of the two may not exist yet
            with contextlib.suppress(OSError):
                os.kill(target, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _wait(pid: int, reading: int, deadline: float, hearing: Callable[[Any], float]) -> Any:
    """Read messages until the answer, the end of the pipe, or the deadline."""
    buffer, last = bytearray(), None
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([reading], [], [], min(left, 1.0))[0]:
            continue
        chunk = os.read(reading, 1 << 16)
        if not chunk:
            return _ended(pid, last)
        buffer += chunk
        while len(buffer) >= _HEADER.size and len(buffer) >= _HEADER.size + _HEADER.unpack_from(buffer)[0]:
            size = _HEADER.unpack_from(buffer)[0]
            is_answer, value = pickle.loads(buffer[_HEADER.size : _HEADER.size + size])
            if is_answer:
                return value
            last = value
            deadline += hearing(value)
            del buffer[: _HEADER.size + size]
    return Died("timed out", "", last)


def _ended(pid: int, last: Any) -> Died:
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return Died("signal", signal.Signals(os.WTERMSIG(status)).name, last)
    return Died("exit", f"exit code {os.WEXITSTATUS(status)}", last)


def _live(work: Callable[[Callable[[Any], None]], Any], writing: int, memory: int) -> NoReturn:
    """The whole life of the child: it never returns and runs none of this process's exit handlers."""
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _silence()
        _limit(memory)
        gc.freeze()

        def send(is_answer: bool, value: Any) -> None:
            data = pickle.dumps((is_answer, value))
            _write_all(writing, _HEADER.pack(len(data)) + data)

        send(True, work(lambda value: send(False, value)))
        os._exit(0)
    except BaseException:
        os._exit(70)


def _silence() -> None:
    """Nothing of the child reaches the notebook's streams, whether Python or C prints it."""
    faulthandler.disable()
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    builtins.input = _nobody  # a notebook's own would ask the learner, over a connection that is the parent's
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - it lives as long as the child


def _nobody(_prompt: object = "") -> str:
    raise EOFError("nobody is there to type an answer while a check runs")


def _limit(memory: int) -> None:
    """One torch thread (OpenMP's pool does not survive a fork), an end to memory, no core files."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm") as statm:
            held = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
