"""Whether a learner has begun: their object against the starter they were given, as compiled code.

Reads no source of the learner's, so it needs no cell and no file.
"""

from __future__ import annotations

import ast
import dis
from bisect import bisect_left
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from ..exercise import Exercise
from ..source import starter

_SILENT = {"NOP", "RESUME", "PUSH_NULL", "PRECALL"}  # no step of the program's own
_JUMPS = {*dis.hasjrel, *dis.hasjabs}
_IDLE = {"RESUME", "NOP", "COPY_FREE_VARS", "RETURN_VALUE", "RETURN_CONST", "LOAD_CONST"}
_RAISING = {"RESUME", "COPY_FREE_VARS", "LOAD_GLOBAL", "PUSH_NULL", "LOAD_CONST", "PRECALL", "CALL", "RAISE_VARARGS"}


def is_untouched(exercise: Exercise, obj: Any) -> bool:
    """True if every body is still empty (`...`, `pass`, `raise NotImplementedError`) or is what the starter has."""
    mine = _bodies(obj)
    if not mine:
        return False
    if all(_is_empty(code) for code in mine.values()):
        return True
    given = _starter_bodies(exercise)
    return given.keys() == mine.keys() and all(_fingerprint(given[name]) == _fingerprint(mine[name]) for name in mine)


def unfinished(exercise: Exercise, obj: Any) -> list[str]:
    """The methods of a learner's class that are still empty and are not meant to be, in the order of the reference."""
    mine, theirs = _bodies(obj), _bodies(exercise.reference)
    if not isinstance(obj, type):
        return []
    return [name for name, code in theirs.items() if name in mine and _is_empty(mine[name]) and not _is_empty(code)]


def _bodies(obj: Any) -> dict[str, CodeType]:
    """The compiled bodies of a function, or of a class's methods, by name."""
    if isinstance(obj, FunctionType):
        return {obj.__name__: obj.__code__}
    if isinstance(obj, type):
        return {name: value.__code__ for name, value in vars(obj).items() if isinstance(value, FunctionType)}
    return {}


@lru_cache(maxsize=256)
def _starter_bodies(exercise: Exercise) -> dict[str, CodeType]:
    """The starter's bodies; compiled, not run: its defaults and bases need not exist here."""
    node = ast.parse(starter(exercise)).body[0]
    module = compile(ast.Module([node], []), "<starter>", "exec")
    functions = node.body if isinstance(node, ast.ClassDef) else [node]
    names = {function.name for function in functions if isinstance(function, ast.FunctionDef)}
    return {code.co_name: code for code in _codes(module) if code.co_name in names}


def _codes(code: CodeType) -> list[CodeType]:
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    return [*inner, *(deeper for code in inner for deeper in _codes(code))]


def _is_empty(code: CodeType) -> bool:
    """Whether a body does nothing but return None or raise NotImplementedError."""
    done = list(dis.get_instructions(code))
    names, constants = set(code.co_names), [i.argval for i in done if i.opname in ("LOAD_CONST", "RETURN_CONST")]
    if names == {"NotImplementedError"}:
        return {i.opname for i in done} <= _RAISING
    return not names and {i.opname for i in done} <= _IDLE and all(value is None for value in constants)


def _fingerprint(code: CodeType) -> list[tuple[str, Any]]:
    """What a body does, step by step, without where it stands.

    A docstring or a gap that was deleted changes nothing, nor does an `import` above, which Python compiles calls by.
    """
    doing = [each for each in dis.get_instructions(code) if each.opname not in _SILENT]
    offsets = [each.offset for each in doing]

    def means(each: dis.Instruction) -> Any:
        if isinstance(each.argval, CodeType):
            return _fingerprint(each.argval)
        return bisect_left(offsets, each.argval) if each.opcode in _JUMPS else repr(each.argval)

    return [(each.opname.replace("LOAD_METHOD", "LOAD_ATTR"), means(each)) for each in doing]
