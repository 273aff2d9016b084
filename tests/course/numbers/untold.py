"""A lesson whose exercises are tested well and told badly: each lacks one thing that its name says."""

from groundup.exercise import exercise, hint, mistake

from ..furnish import furnish
from .thin import lonely


@exercise
def no_docstring(x):
    return 2 * x + 1


@exercise
def few_mistakes(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise
def one_hint(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise
def telling_hint(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise
def no_property(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise
def silent_mistake(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise
def asking_nothing(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise
def only_asking(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise
def same_name_twice(x):
    """One more than twice x."""
    return 2 * x + 1


@exercise(needs=[lonely])
def needs_later(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(no_docstring)
furnish(few_mistakes, mistakes=2)
furnish(one_hint, hints=1)
furnish(telling_hint, hints=1)
hint(telling_hint, "Then `y = 2*x + 1` is all there is to it.")
furnish(no_property, properties=0)
furnish(silent_mistake, says="")
furnish(asking_nothing, says="One number is off.")
furnish(only_asking, says="Which number is off?")
furnish(same_name_twice)


@mistake(same_name_twice, "one too few", because=needs_later)
def _(x):
    """The other number is off. Which one?"""
    return 3 * x + 1


furnish(needs_later)
