"""All that an exercise needs, for those of the toy course that lack one thing."""

from collections.abc import Callable
from typing import Any

from groundup.differs import close
from groundup.exercise import case, hint, holds, mistake


def furnish(
    reference: Callable[[float], float], mistakes: int = 3, hints: int = 2, properties: int = 1, **feedback: Any
) -> None:
    """Give an exercise that computes 2 * x + 1 all that it needs, or less."""
    for x in (0.75, -1.5, 8.0):
        case(reference, x)
    wrong: list[tuple[str, Callable[[float], float]]] = [
        ("doubles twice", lambda x: 4 * x + 1),
        ("one too few", lambda x: 2 * x - 1),
        ("forgets the double", lambda x: x + 1),
    ]
    for name, program in wrong[:mistakes]:
        program.__doc__ = feedback.get("says", "One number is off. Which one?")
        mistake(reference, name)(program)
    for text in ("How much is twice x?", "And what is one more than that?", "Both?", "Sure?")[:hints]:
        hint(reference, text)
    if properties:

        @holds(reference, "a step of one rises by two")
        def _(f):
            assert close(f(2.5) - f(1.5), 2.0)
