"""The vocabulary a lesson is written in: exercise, case, scenario, holds, mistake, hint, and the questions.

Everything here registers and nothing runs: a reference stays the plain function or class that its author wrote.
Knows nothing of how a learner's code is run, what is said about it, or where that is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any


@dataclass(frozen=True)
class Case:
    """One call of the learner's function, with these arguments."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]


@dataclass(frozen=True)
class Cases:
    """`count` calls with arguments drawn afresh from seeds 0, 1, …: `draw(rng)` returns the tuple of arguments."""

    draw: Callable[[Any], tuple[Any, ...]]
    count: int


@dataclass(frozen=True)
class Scenario:
    """A small script, run once with the reference and once with the learner's object; what it returns is compared.

    A script that yields (name, value) pairs instead is compared pair by pair, and the first wrong one is named.
    """

    run: Callable[[Any], Any]
    title: str = ""


@dataclass(frozen=True)
class Property:
    """A sentence that a textbook would state, and asserts that test it: `test(obj)` or `test(obj, rng)`."""

    says: str
    test: Callable[..., None]


@dataclass(frozen=True)
class Vectorised(Property):
    """A property that the work done in Python does not grow with a size: the one step that can tell a loop."""


@dataclass(frozen=True)
class Training(Property):
    """A property of a run of so many steps: `test(obj, log, rng)`, where the learner's code calls `log(step, loss)`.

    What was logged is shown while it runs and drawn afterwards.
    """

    steps: int = 0


class Pictured(AssertionError):
    """What broke a property, with a picture of it (HTML, made by `draw`) to stand below the words."""

    def __init__(self, words: str, picture: str) -> None:
        super().__init__(words)
        self.picture = picture


@dataclass(frozen=True)
class Mistake:
    """What people really write: a program, its name, and (its docstring) what to say to the one who wrote it.

    `because` is the earlier exercise whose idea is missing, if there is one.
    """

    name: str
    program: Any
    because: Exercise | None = None

    @property
    def feedback(self) -> str:
        return _paragraph(self.program.__doc__)


@dataclass(frozen=True)
class Equivalent:
    """A mutant that no check could catch: the changed line as `verify` prints it, and why it is no mistake."""

    mutant: str
    because: str


@dataclass(frozen=True, eq=False)
class Exercise:
    """One thing the learner writes, and all that is known about right and wrong ways to write it."""

    name: str
    module: str
    reference: Any
    needs: tuple[Exercise, ...] = ()
    limit: float = 3.0  # seconds for the learner's whole run
    rtol: float = 1e-9
    atol: float = 1e-12
    memory: bool = False  # whether it matters that a result is a view of an argument or a copy
    probes: list[Case | Cases | Scenario] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    equivalents: list[Equivalent] = field(default_factory=list)

    @property
    def promise(self) -> str:
        """The first sentence of the reference's docstring."""
        return (self.reference.__doc__ or "").strip().split("\n")[0]


@dataclass(frozen=True)
class Prediction:
    """What the learner commits to before a cell shows it: a number, or one of `options`.

    `beliefs` maps a wrong prediction to the reason that people predict so; what is right, the cell computes.
    """

    name: str
    question: str
    options: tuple[str, ...] = ()
    beliefs: Mapping[Any, str] = field(default_factory=dict)
    rtol: float = 1e-2
    atol: float = 1e-9


@dataclass(frozen=True)
class Option:
    """One answer to a why-question. A wrong one is a belief somebody holds; `feedback` says where it leads."""

    text: str
    feedback: str
    is_right: bool


@dataclass(frozen=True)
class Quiz:
    """A why-question with its answers, in the order they are shown."""

    name: str
    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Asked:
    """One review question as it is put: the words, the computed answer, the options if it is a choice, the reason.

    An answer is the letter of an option, a number, a shape (a tuple), or text. With `tries` it is an expression, as in
    'x.transpose(0, 1)', and so is the learner's: each of `tries` gives values to the names, and the two must agree.
    """

    text: str
    answer: Any
    options: tuple[str, ...] = ()
    why: str = ""
    tries: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Question:
    """A review question, made anew from a random generator each time."""

    name: str
    about: Exercise
    make: Callable[[Any], Asked]


@dataclass(frozen=True)
class Register:
    """All that one lesson file declares, each by its name and in the order of the file."""

    exercises: dict[str, Exercise] = field(default_factory=dict)
    predictions: dict[str, Prediction] = field(default_factory=dict)
    quizzes: dict[str, Quiz] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)


_registers: dict[str, Register] = {}


def register_of(module: str) -> Register:
    """What the lesson module of this name has declared so far."""
    return _registers.setdefault(module, Register())


def exercise_of(reference: Any) -> Exercise:
    """The exercise that a reference stands for.

    Raises LookupError if the object was never decorated with `@exercise`.
    """
    module, name = getattr(reference, "__module__", ""), getattr(reference, "__name__", "")
    found = register_of(module).exercises.get(name)
    if found is None or found.reference is not reference:
        raise LookupError(f"{name or reference!r} is not an exercise: decorate it with @exercise first.")
    return found


def exercise(
    reference: Any = None,
    *,
    needs: tuple[Any, ...] | list[Any] = (),
    limit: float = 3.0,
    rtol: float = 1e-9,
    atol: float = 1e-12,
    memory: bool = False,
) -> Any:
    """Declare a function or class to be the reference of an exercise of the same name, and return it unchanged.

    `needs` are references of earlier exercises, `limit` is in seconds for the learner's whole run, and `rtol` and
    `atol` say when two numbers agree: |got - want| <= atol + rtol * |want|. With `memory`, results are compared too in
    whether they share memory with an argument, and whether they are contiguous.
    """

    def declare(reference: Any) -> Any:
        rests_on = tuple(map(exercise_of, needs))
        made = Exercise(reference.__name__, reference.__module__, reference, rests_on, limit, rtol, atol, memory)
        register_of(made.module).exercises[made.name] = made
        return reference

    return declare if reference is None else declare(reference)


def case(reference: Any, /, *args: Any, **kwargs: Any) -> None:
    """Compare one call with these arguments. The arguments are copied for every run and must come back unchanged,
    unless the reference changes them too."""
    exercise_of(reference).probes.append(Case(args, kwargs))


def cases(reference: Any, count: int = 5) -> Callable[[Callable[[Any], tuple[Any, ...]]], Any]:
    """Compare `count` calls with arguments drawn from seeds 0, 1, …; decorates `draw(rng) -> tuple of arguments`."""

    def declare(draw: Callable[[Any], tuple[Any, ...]]) -> Any:
        exercise_of(reference).probes.append(Cases(draw, count))
        return draw

    return declare


def scenario(reference: Any, title: str = "") -> Callable[[Callable[[Any], Any]], Any]:
    """Compare what a small script returns; decorates `script(obj) -> plain values`.

    Its body is shown to the learner as what was run, so it reads as the learner would write it.
    """

    def declare(run: Callable[[Any], Any]) -> Any:
        exercise_of(reference).probes.append(Scenario(run, title))
        return run

    return declare


def holds(reference: Any, says: str) -> Callable[[Callable[..., None]], Any]:
    """State a property in words and test it with asserts; decorates `test(obj)` or `test(obj, rng)`."""

    def declare(test: Callable[..., None]) -> Any:
        exercise_of(reference).properties.append(Property(says, test))
        return test

    return declare


def vectorised(reference: Any, says: str, small: int = 8, large: int = 64) -> Callable[[Callable[[int], Any]], Any]:
    """State that the work done in Python does not grow with a size; decorates `arguments(n) -> tuple of arguments`.

    Counted in bytecode instructions, not in seconds, so it holds on any machine.
    """

    def declare(arguments: Callable[[int], Any]) -> Any:
        def test(obj: Any) -> None:
            from .checking.work import instructions

            few, many = (instructions(partial(obj, *arguments(size))) for size in (small, large))
            assert many <= 1.5 * few + 50, f"Python does {few} steps for a size of {small}, and {many} for {large}"

        exercise_of(reference).properties.append(Vectorised(says, test))
        return arguments

    return declare


def looped(reference: Any, says: str, small: int = 8, large: int = 64) -> Callable[[Callable[[int], Any]], Any]:
    """State that the work done in Python grows with a size, where a loop over it is asked for; decorates
    `arguments(n) -> tuple of arguments`.

    Tells a loop from one call that does the same, as `@` does, by counting as `vectorised` does.
    """

    def declare(arguments: Callable[[int], Any]) -> Any:
        def test(obj: Any) -> None:
            from .checking.work import instructions

            few, many = (instructions(partial(obj, *arguments(size))) for size in (small, large))
            assert many >= few + large - small, f"Python does {few} steps for a size of {small}, and {many} for {large}"

        exercise_of(reference).properties.append(Property(says, test))
        return arguments

    return declare


def training(reference: Any, says: str, *, steps: int) -> Callable[[Callable[..., None]], Any]:
    """State a property of a training run and test it with asserts; decorates `test(obj, log)` or `test(obj, log, rng)`.

    The learner's code is given `log` and calls `log(step, loss)` or `log(step, loss=…, accuracy=…)` after each of
    `steps` steps; `log.history` is then {"loss": [...], …}. The run is shown as it goes and drawn when it is over.
    """

    def declare(test: Callable[..., None]) -> Any:
        exercise_of(reference).properties.append(Training(says, test, steps))
        return test

    return declare


def mistake(reference: Any, name: str, *, because: Any = None) -> Callable[[Any], Any]:
    """Declare a wrong program that people really write. Its docstring is the feedback: a fact, then a question.

    `because` is the reference of the earlier exercise that it rests on, where there is one: the report links to it.
    """

    def declare(program: Any) -> Any:
        earlier = exercise_of(because) if because is not None else None
        exercise_of(reference).mistakes.append(Mistake(name, program, earlier))
        return program

    return declare


def hint(reference: Any, text: str) -> None:
    """Add the next rung of the ladder: from a question to a near-answer, never the answer."""
    exercise_of(reference).hints.append(_paragraph(text))


def equivalent(reference: Any, mutant: str, because: str) -> None:
    """List a mutant that survives because it computes the same thing. `verify` prints `mutant` for you to paste."""
    exercise_of(reference).equivalents.append(Equivalent(mutant, because))


def prediction(
    name: str,
    question: str,
    *,
    options: tuple[str, ...] | list[str] = (),
    beliefs: Mapping[Any, str] | None = None,
    rtol: float = 1e-2,
    atol: float = 1e-9,
) -> None:
    """Declare a question that the learner answers before the next cell shows the answer with `reveal(name, value)`.

    With `options`, the answer is one of the letters 'a', 'b', … and so are the keys of `beliefs`; else it is a number.
    """
    _caller().predictions[name] = Prediction(
        name, _paragraph(question), tuple(options), dict(beliefs or {}), rtol, atol
    )


def right(text: str, feedback: str) -> Option:
    """The right answer of a quiz, and what it opens up."""
    return Option(text, _paragraph(feedback), True)


def wrong(text: str, feedback: str) -> Option:
    """A wrong answer of a quiz: what this belief would imply, and where it fails."""
    return Option(text, _paragraph(feedback), False)


def quiz(name: str, question: str, *options: Option) -> None:
    """Declare a why-question with exactly one right option, shown in this order as (a), (b), …

    Raises ValueError unless exactly one option is right.
    """
    if sum(option.is_right for option in options) != 1:
        raise ValueError(f"The quiz {name!r} needs exactly one right option.")
    _caller().quizzes[name] = Quiz(name, _paragraph(question), options)


def question(reference: Any, name: str) -> Callable[[Callable[[Any], Asked]], Any]:
    """Declare a review question about an exercise; decorates `make(rng) -> Asked`, whose answer is computed."""

    def declare(make: Callable[[Any], Asked]) -> Any:
        about = exercise_of(reference)
        register_of(about.module).questions[name] = Question(name, about, make)
        return make

    return declare


def _caller() -> Register:
    """The register of the lesson file that is calling the vocabulary."""
    return register_of(sys._getframe(2).f_globals["__name__"])


def _paragraph(text: str | None) -> str:
    """Undo an author's line breaks; a blank line stays a paragraph."""
    paragraphs = (text or "").strip().split("\n\n")
    return "\n\n".join(" ".join(line.split()) for line in paragraphs)
