"""A time limit on a block of Python, by an alarm in the main thread. Knows nothing of what it interrupts."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimedOut(BaseException):
    """Raised in the learner's code by the alarm; not an Exception, so that few `except` clauses swallow it."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise TimedOut in this block after so many seconds, and again and again until it is left.

    Only where there are signals and this is the main thread; elsewhere nothing interrupts the block.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimedOut

    old = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
