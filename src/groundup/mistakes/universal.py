"""The mistakes that people make in any exercise, as programs: each calls the reference and spoils one thing.

Whether one is meaningful is decided by what kinds of values the reference is given and gives back while the exercise's
steps run, never by whether the steps would notice: a meaningful mistake that passes is a fault of the exercise.
Knows nothing of judging. The letters U1 to U10 are those of the curriculum.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from ..checking.trial import still
from ..exercise import Exercise, Mistake, Vectorised
from ..show import kind_of
from . import spoil
from .mutate import compiled, definition
from .observe import Spot, observe, varies


@dataclass(frozen=True)
class _Made:
    """One spoiled body: `...` in it stands for the call of the reference; `names` are what else it uses."""

    name: str
    fact: str
    question: str
    body: str
    names: dict[str, Any] = field(default_factory=dict)


def universal_mistakes(exercise: Exercise) -> list[Mistake]:
    """The universal mistakes that are meaningful for an exercise, the surest to be told apart first."""
    return list(_universal(exercise, len(exercise.probes), len(exercise.properties)))


@lru_cache(maxsize=256)
def _universal(exercise: Exercise, _probes: int, _properties: int) -> tuple[Mistake, ...]:
    spots = observe(exercise)
    made = [(spot, one) for maker in MAKERS for spot in spots for one in maker(spot)]
    if isinstance(exercise.reference, type):
        made += [(spot, one) for spot in spots[:1] for one in random_state_touched(spot)]
    else:
        made += [(spot, one) for maker in OF_FUNCTIONS for spot in spots for one in maker(spot)]
    return tuple(Mistake(_name(spot, one), _program(spot, one)) for spot, one in made)


# ---- the makers: each yields the mistakes of one kind that a spot admits


def nothing_returned(spot: Spot) -> Iterator[_Made]:
    """U1. Meaningful where a call gives anything but None."""
    if any(call.result is not None for call in spot.calls):
        yield _Made(
            "nothing returned",
            "It gives None back: the answer was printed, or left in a name that ends with the call.",
            "Which line says `return`?",
            "print(...)",
        )


def input_returned(spot: Spot) -> Iterator[_Made]:
    """U1. Meaningful where the first argument and the result are of one kind."""
    first = _first(spot)
    if first and any(kind_of(call.arguments[first]) == kind_of(call.result) for call in spot.calls):
        yield _Made(
            "input returned",
            f"It gives `{first}` back as it came.",
            "Which name holds what you computed?",
            f"...\nreturn {first}",
        )


def argument_changed(spot: Spot) -> Iterator[_Made]:
    """U2. Meaningful for an array, list or dict that holds something and that the reference leaves alone."""
    for parameter in spot.parameters:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        can = [call for call in spot.calls if spoil.can_change(call.arguments[parameter.name])]
        if can and not any(parameter.name in call.changed for call in spot.calls):
            yield _Made(
                f"changes {parameter.name}",
                f"After the call, `{parameter.name}` is no longer what the caller put in.",
                "Which of your lines writes into it, and where could a copy be made first?",
                f"result = ...\n_spoil({parameter.name})\nreturn result",
                {"_spoil": spoil.change_in_place},
            )
            return


def wrong_dtype(spot: Spot) -> Iterator[_Made]:
    """U3. Meaningful by the kinds of number that come back: float64, floats with a fraction, ints, bools."""
    kinds = {kind for call in spot.calls for leaf in spoil.leaves(call.result) for kind in spoil.number_kinds(leaf)}
    if "float" in kinds:
        yield _Made(
            "single precision",
            "The numbers are float32, which keeps about seven digits, and float64 is expected.",
            "Which line chooses the dtype?",
            "return _spoil(...)",
            {"_spoil": spoil.single},
        )
    if "fraction" in kinds:
        yield _Made(
            "fraction cut off",
            "What stands behind the point is gone: somewhere a float became an int.",
            "Which line makes or fills something that holds only ints?",
            "return _spoil(...)",
            {"_spoil": spoil.whole},
        )
    if "int" in kinds:
        yield _Made(
            "float for int",
            "It gives a float where an int is expected.",
            "Is there a `/` where `//` is meant, or an array that was made as floats?",
            "return _spoil(...)",
            {"_spoil": spoil.floating},
        )
    if "bool" in kinds:
        yield _Made(
            "int for bool",
            "It gives 0 and 1 where False and True are expected.",
            "What would a comparison itself give, left as it is?",
            "return _spoil(...)",
            {"_spoil": spoil.counted},
        )


def axes_swapped(spot: Spot) -> Iterator[_Made]:
    """U4. Meaningful where a result has two axes; and reversed, where it is a sequence of two or more."""
    results = [call.result for call in spot.calls]
    if any(isinstance(result, np.ndarray) and result.ndim > 1 for result in results):
        yield _Made(
            "axes swapped",
            "Rows and columns of the result are exchanged.",
            "Which axis do you mean by the first index?",
            "return _spoil(...)",
            {"_spoil": spoil.swapped},
        )
    if any(spoil.is_sequence(result) and len(result) > 1 for result in results):
        yield _Made(
            "order reversed",
            "The entries come in the opposite order.",
            "Which one should stand first?",
            "return _spoil(...)",
            {"_spoil": spoil.flipped},
        )


def answer_fixed(spot: Spot) -> Iterator[_Made]:
    """U5. Meaningful where there is anything to depend on: a parameter."""
    first = next((call.result for call in spot.calls if call.result is not None), None)
    if spot.parameters and first is not None:
        yield _Made(
            "one answer for all",
            "It gives the same answer whatever it is called with: the one of the first case.",
            "How does the answer follow from the arguments?",
            "return _still(_first)",
            {"_still": still, "_first": first},
        )


def argument_ignored(spot: Spot) -> Iterator[_Made]:
    """U6. Meaningful for each argument that varies; where there is only one, it is U5 unless it has a default."""
    for parameter in spot.parameters:
        name = parameter.name
        if parameter.kind is parameter.VAR_KEYWORD or not spot.calls or not varies(spot, parameter):
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            if any(len(value) > 1 for value in spot.values(name)):
                yield _Made(
                    f"only the first of {name}",
                    f"Only the first of `{name}` is used.",
                    "What happens to the others?",
                    f"{name} = {name}[:1]\nreturn ...",
                )
            continue
        has_default = parameter.default is not parameter.empty
        if len(spot.parameters) > 1 or has_default:
            yield _Made(
                f"ignores {name}",
                f"Whatever is given for `{name}`, the answer is as for one fixed value of it.",
                f"Where should `{name}` come in?",
                f"{name} = _still(_fixed)\nreturn ...",
                {"_still": still, "_fixed": parameter.default if has_default else spot.values(name)[0]},
            )


def last_missing(spot: Spot) -> Iterator[_Made]:
    """U7. Meaningful where a list, a text or an array with an entry comes back; a tuple's length is its form."""
    if any(spoil.is_row(call.result) and len(call.result) > 0 for call in spot.calls):
        yield _Made(
            "last entry missing",
            "The result is one entry too short: the last one is missing.",
            "Where does the loop or the slice end?",
            "return _spoil(...)",
            {"_spoil": spoil.shortened},
        )


def special_input(spot: Spot) -> Iterator[_Made]:
    """U8. Meaningful where a step has such an input: empty, of length one, or not contiguous in memory."""
    for parameter in spot.parameters:
        if any(spoil.is_empty(value) for value in spot.values(parameter.name)):
            yield _Made(
                f"fails on empty {parameter.name}",
                f"It stops where `{parameter.name}` holds nothing.",
                "What is the right answer for nothing at all?",
                f"if _is_empty({parameter.name}):\n    raise IndexError('it is empty')\nreturn ...",
                {"_is_empty": spoil.is_empty},
            )
            break
    if any(isinstance(call.result, np.ndarray) and 1 in call.result.shape for call in spot.calls):
        yield _Made(
            "axis of length one lost",
            "Where an axis has length one, it is gone from the result.",
            "Which line drops it: an index, a sum, a squeeze?",
            "return _spoil(...)",
            {"_spoil": spoil.squeezed},
        )
    for parameter in spot.parameters:
        if any(spoil.is_view(value) for value in spot.values(parameter.name)):
            yield _Made(
                f"reads {parameter.name} as it lies in memory",
                f"The entries of `{parameter.name}` are taken as they lie in memory, which a transpose leaves alone.",
                "Which line assumes that the array is contiguous?",
                f"{parameter.name} = _as_it_lies({parameter.name})\nreturn ...",
                {"_as_it_lies": spoil.as_it_lies},
            )
            break


def loop_in_python(spot: Spot) -> Iterator[_Made]:
    """U10. Meaningful where a property says that the work done in Python does not grow, which alone can tell."""
    if spot.parameters and any(isinstance(stated, Vectorised) for stated in spot.exercise.properties):
        given = ", ".join(p.name for p in spot.parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD))
        yield _Made(
            "loop in Python",
            "Its answers are right; a loop in Python goes through the rows or the entries to get them.",
            "Which operation does the same to a whole array at once?",
            f"_visit({given})\nreturn ...",
            {"_visit": spoil.visit},
        )


def random_state_touched(spot: Spot) -> Iterator[_Made]:
    """U9. Always meaningful; in a class, once, in the first method that is used."""
    yield _Made(
        "random state touched",
        "It draws from, or seeds, the random state that the whole program shares.",
        "Which generator was it given to draw from, if it needs one at all?",
        "_draw()\nreturn ...",
        {"_draw": lambda: np.random.random()},
    )


Maker = Callable[[Spot], Iterator[_Made]]
MAKERS: tuple[Maker, ...] = (
    nothing_returned,
    input_returned,
    wrong_dtype,
    axes_swapped,
    last_missing,
    special_input,
    argument_ignored,
    answer_fixed,
)
# What a method does to its arguments no step compares, only a script or property that looks.
OF_FUNCTIONS: tuple[Maker, ...] = (argument_changed, loop_in_python, random_state_touched)


def _first(spot: Spot) -> str:
    """The first parameter that can be given by position, "" if there is none."""
    first = next(iter(spot.parameters), None)
    return first.name if first is not None and first.kind is first.POSITIONAL_OR_KEYWORD else ""


# ---- from a spoiled body to a program


def _name(spot: Spot, made: _Made) -> str:
    return f"{made.name} in {spot.method}" if spot.method else made.name


def _program(spot: Spot, made: _Made) -> Any:
    """The reference with one body spoiled; it keeps its parameters' names, and its docstring is the feedback."""
    tree = definition(spot.exercise)
    top = tree.body[0]
    feedback = f"{made.fact} {made.question}"
    if isinstance(top, ast.ClassDef):
        index, original = next(
            (i, node)
            for i, node in enumerate(top.body)
            if isinstance(node, ast.FunctionDef) and node.name == spot.method
        )
        hidden = f"_right_{spot.method.strip('_')}"
        spoiled = _spoiled(original, made.body, f"{original.args.args[0].arg}.{hidden}", skip=1)
        original.name = hidden
        top.body.insert(index + 1, spoiled)
        if ast.get_docstring(top) is not None:
            del top.body[0]
        top.body.insert(0, ast.Expr(ast.Constant(feedback)))
        return compiled(spot.exercise, tree, **made.names)
    assert isinstance(top, ast.FunctionDef)
    spoiled = _spoiled(top, made.body, "_right")
    spoiled.body.insert(0, ast.Expr(ast.Constant(feedback)))
    return compiled(spot.exercise, ast.Module([spoiled], []), _right=spot.exercise.reference, **made.names)


def _spoiled(original: ast.FunctionDef, body: str, right: str, skip: int = 0) -> ast.FunctionDef:
    """A function with the original's name and parameters and this body."""
    args = original.args
    given = [arg.arg for arg in (*args.posonlyargs, *args.args)][skip:]
    given += [f"*{args.vararg.arg}"] if args.vararg else []
    given += [f"{arg.arg}={arg.arg}" for arg in args.kwonlyargs]
    given += [f"**{args.kwarg.arg}"] if args.kwarg else []
    (made,) = ast.parse(f"def {original.name}():\n{textwrap.indent(body, '    ')}").body
    assert isinstance(made, ast.FunctionDef)
    _Call(ast.parse(f"{right}({', '.join(given)})", mode="eval").body).visit(made)
    made.args = args
    return made


class _Call(ast.NodeTransformer):
    """Puts a call in place of every `...`."""

    def __init__(self, call: ast.expr) -> None:
        self.call = call

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return self.call if node.value is ... else node
