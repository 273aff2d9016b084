"""A lesson whose checks let something through, or fail what is right: each exercise in the way that its name says."""

import numpy as np

from groundup.differs import close
from groundup.exercise import case, equivalent, exercise, hint, holds, mistake

from ..furnish import furnish


@exercise
def breaks_its_property(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(breaks_its_property)


@holds(breaks_its_property, "it is never negative")
def _(f):
    assert f(-3.0) >= 0


@exercise
def gives_an_object(x):
    """Something that cannot be compared."""
    return object()


furnish(gives_an_object, properties=0)


@exercise
def passing_mistake(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(passing_mistake)


@mistake(passing_mistake, "fails beyond a thousand")
def _(x):
    """Your answer stops growing. Where?"""
    return min(2 * x + 1, 1000.0)


@exercise
def two_alike(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(two_alike)


@mistake(two_alike, "doubles twice, another way")
def _(x):
    """It is doubled and doubled. How often should it be?"""
    return 2 * (x + x) + 1


@exercise
def survivor(x):
    """One more than twice x, a float whatever x is."""
    return float(2 * x + 1)


furnish(survivor)


@exercise
def careless(x):
    """One more than twice x; at most a thousand and one."""
    return min(2 * x + 1, 1001.0)


furnish(careless)
for after in (
    "return 2 * x + 1",
    "return min(2 * x + 1, 1002.0)",
    "return min(2 * x + 1, 1000.0)",
):
    equivalent(careless, f"return min(2 * x + 1, 1001.0)  ⇒  {after}", because="nobody comes so far")


@exercise
def stale(x):
    """One more than twice x."""
    return 2 * x + 1


furnish(stale)
equivalent(stale, "return 2 * x + 1  ⇒  return 3 * x + 1", because="it was so once")
equivalent(stale, "return 2 * x  ⇒  return 3 * x", because="the line has changed since")
equivalent(stale, "return 2 * x + 1  ⇒  return 2 * x + 2", because=" ")


@exercise
def always_the_same(x, step=2.0):
    """One more than step times x."""
    return step * x + 1


furnish(always_the_same)


@exercise
def symmetric(x):
    """The square matrix of x, two by two."""
    return np.full((2, 2), x)


case(symmetric, 0.75)
case(symmetric, -1.5)


@holds(symmetric, "it has four entries")
def _(symmetric):
    assert close(symmetric(0.5).size, 4)


for number, name in enumerate(["one by one", "two by one", "three by one"], start=1):

    @mistake(symmetric, name)
    def _(x, number=number):
        """Its shape is another. Which one should it be?"""
        return np.full((number, 1), x)


@exercise
def two_arguments_as_one(x, y):
    """The sum of two numbers."""
    return x + y


for number in (0.5, 1.5, 2.5):
    case(two_arguments_as_one, number, number)


@holds(two_arguments_as_one, "a quarter and three quarters are one")
def _(f):
    assert close(f(0.25, 0.75), 1.0)


for name, factor in (("half of it", 0.5), ("twice as much", 2.0), ("the other way", -1.0)):

    @mistake(two_arguments_as_one, name)
    def _(x, y, factor=factor):
        """It is off by a factor. By which one?"""
        return factor * (x + y)


for hint_text in ("What is a sum?", "There is a sign for it."):
    hint(symmetric, hint_text)
    hint(two_arguments_as_one, hint_text)
