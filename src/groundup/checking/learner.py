"""What can be told of an object that a learner wrote: its file, its own lines in a traceback, its last call.

Runs nothing of it but what `watched` passes on; knows nothing of exercises.
"""

from __future__ import annotations

import dis
import linecache
from collections.abc import Iterator
from functools import wraps
from types import CodeType, FrameType, FunctionType, TracebackType
from typing import Any

from ..finding import Place
from .alarm import alarm


def message_of(error: BaseException) -> str:
    """An exception's own message, short, even if asking for it goes wrong."""
    try:
        with alarm(0.2):
            text = str(error)
        return str.__getitem__(text, slice(0, 300)) if issubclass(type(text), str) else ""
    except BaseException:
        return "(its message cannot be read)"


def learners_place(trace: TracebackType | None, obj: Any) -> Place | None:
    """The deepest line of a traceback that stands in the learner's own cell or file."""
    home = code_file(obj)
    frames = [(frame, line) for frame, line in _walk(trace) if home and frame.f_code.co_filename == home]
    if not frames:
        return None
    frame, line = frames[-1]
    return Place(line, linecache.getline(home, line).strip()[:160], frame.f_code.co_name)


def code_file(obj: Any) -> str:
    """The file or cell that a function, or the methods of a class, were compiled from; "" if there is none."""
    inner = obj
    while hasattr(type(inner), "__get__") and "__wrapped__" in getattr(inner, "__dict__", {}):
        inner = inner.__dict__["__wrapped__"]
    if isinstance(inner, type):
        methods = (vars(inner)[name] for name in vars(inner))
        inner = next((method for method in methods if isinstance(method, FunctionType)), None)
    return inner.__code__.co_filename if isinstance(inner, FunctionType) else ""


def raised_by(error: BaseException, obj: Any) -> bool:
    """True if the exception came out of the learner's own code and not out of the test around it."""
    home, frames = code_file(obj), list(_walk(error.__traceback__))
    inside = [frame.f_code for frame, _ in frames]
    if isinstance(obj, FunctionType):
        return obj.__code__ in inside
    return (
        any(code.co_filename == home and code.co_name in vars(obj) for code in inside)
        if isinstance(obj, type)
        else False
    )


def parameter_names(obj: Any, count: int) -> list[str]:
    """The names of the first `count` parameters, as far as they are to be had."""
    code = getattr(obj, "__code__", None)
    named = list(code.co_varnames[: code.co_argcount]) if code is not None else []
    return (named + [f"argument {i + 1}" for i in range(len(named), count)])[:count]


def watch(obj: Any) -> tuple[Any, list[tuple[Any, ...]]]:
    """A function that remembers its last call and what came of it, for a broken property to show; a class as it is."""
    calls: list[tuple[Any, ...]] = []
    if not isinstance(obj, FunctionType):
        return obj, calls

    @wraps(obj)
    def watched(*args: Any, **kwargs: Any) -> Any:
        result = obj(*args, **kwargs)
        calls[:] = [(args, kwargs, result)]
        return result

    return watched, calls


def is_read(obj: Any, name: str) -> bool:
    """Whether some line of a function reads this argument of it; True where that cannot be seen."""
    code = getattr(obj, "__code__", None)
    return code is None or _reads(code, name)


def _reads(code: CodeType, name: str) -> bool:
    """Whether a body, or the making of a function within it, loads this local name; one instruction may load two."""
    loaded = (i.argval for i in dis.get_instructions(code) if "LOAD" in i.opname)
    return any(name in (value if isinstance(value, tuple) else (value,)) for value in loaded)


def _walk(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    for _ in range(5_000):
        if trace is None:
            return
        yield trace.tb_frame, trace.tb_lineno or _last_line(trace.tb_frame.f_code, trace.tb_lasti)
        trace = trace.tb_next


def _last_line(code: CodeType, at: int) -> int:
    """The last line that an instruction before this one has: some have none, and an alarm may ring there too."""
    lines = [line for begin, _, line in code.co_lines() if begin <= at and line]
    return lines[-1] if lines else code.co_firstlineno


def names_read(code: CodeType) -> set[str]:
    """The global names that a body reads, those within its inner functions included."""
    own = {i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return own.union(*(names_read(inner) for inner in code.co_consts if isinstance(inner, CodeType)))
