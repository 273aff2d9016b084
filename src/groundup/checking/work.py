"""How much a call does in Python itself, counted and not timed: the same number on any machine, at any load.

What NumPy and torch do inside one call counts as one, however much it is; that is the point of calling them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

LIBRARIES = ("numpy", "torch")


def instructions(call: Callable[[], Any]) -> int:
    """Bytecode instructions and calls of built-ins that `call()` runs, those inside NumPy's and torch's files left out.

    Raises whatever the call raises.
    """
    count = 0
    loaded = [sys.modules[name] for name in LIBRARIES if name in sys.modules]
    roots = tuple((module.__file__ or "").rsplit("__init__", 1)[0] for module in loaded)

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename.startswith(roots):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    def profile(_frame: FrameType, event: str, _: Any) -> None:
        nonlocal count
        count += event == "c_call"

    old = sys.gettrace(), sys.getprofile()
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        if sys.version_info >= (3, 12):  # a function's instructions are counted from its second call on
            call()
            count = 0
        call()
    finally:
        sys.setprofile(old[1])
        sys.settrace(old[0])
    return count
