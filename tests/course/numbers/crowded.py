"""A lesson with too many exercises and quizzes, whose notebook stops."""

from groundup.exercise import exercise, quiz, right, wrong

from ..furnish import furnish


@exercise
def first(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(first)


@exercise
def second(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(second)


@exercise
def third(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(third)


@exercise
def fourth(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(fourth)


@exercise
def fifth(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(fifth)


@exercise
def sixth(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(sixth)


@exercise
def seventh(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(seventh)


@exercise
def eighth(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(eighth)


@exercise
def ninth(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(ninth)


@exercise
def tenth(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(tenth)


@exercise
def eleventh(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(eleventh)


for name in ("one", "two", "three", "four", "five"):
    quiz(name, "Why?", right("because", "Yes."), wrong("by chance", "Then it would not be so each time."))
