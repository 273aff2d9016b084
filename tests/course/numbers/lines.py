"""Straight lines and what is done to numbers on them: the clean lesson of the toy course."""

import numpy as np

from groundup.differs import close
from groundup.exercise import (
    Asked,
    case,
    cases,
    equivalent,
    exercise,
    hint,
    holds,
    mistake,
    prediction,
    question,
    quiz,
    right,
    scenario,
    wrong,
)


@exercise
def double(x):
    """Twice x, a number."""
    return 2 * x


case(double, 0.75)
case(double, -3.0)


@holds(double, "the double of a sum is the sum of the doubles")
def _(double, rng):
    a, b = rng.normal(size=2)
    assert close(double(a + b), double(a) + double(b))


@mistake(double, "squared")
def _(x):
    """Your answer is x times itself. What is twice 3, and what is 3 times 3?"""
    return x * x


@mistake(double, "two added")
def _(x):
    """Your answer is x and two more. What is twice 10?"""
    return x + 2


@mistake(double, "halved")
def _(x):
    """Your answer is smaller than x. Should twice something be less of it?"""
    return x / 2


hint(double, "What do you get when x is added to itself?")
hint(double, "One product is enough: which number times x?")


@exercise(needs=[double])
def height(x, slope, start=1.0):
    """The height at x of the line that begins at `start` and rises by `slope` for each step to the right."""
    return start + slope * x


case(height, 3.0, 0.5)
case(height, 0.25, -2.0, 0.125)


@holds(height, "at x = 0 the line is at its start")
def _(height):
    assert close(height(0.0, 3.5, 1.25), 1.25)


@mistake(height, "slope and start exchanged")
def _(x, slope, start=1.0):
    """Your line begins at the slope. Where should it be at x = 0?"""
    return slope + start * x


@mistake(height, "no start")
def _(x, slope, start=1.0):
    """Your line goes through zero at x = 0. Where does it begin?"""
    return slope * x


@mistake(height, "goes down")
def _(x, slope, start=1.0):
    """Your line falls where it should rise. What does a positive slope do?"""
    return start - slope * x


hint(height, "How far has the line risen after x steps?")
hint(height, "Add that rise to the height at which the line begins.")


@exercise
def clamp(x, low, high):
    """x, moved to the nearer end where it lies outside low … high."""
    if x < low:
        return low
    return min(x, high)


case(clamp, 0.5, 0.25, 1.5)
case(clamp, -2.0, 0.25, 1.5)
case(clamp, 7.5, -1.5, 2.25)
case(clamp, 0.5, 0.75, 1.5)


@holds(clamp, "a second clamp changes nothing")
def _(clamp, rng):
    x = 10 * rng.normal()
    assert close(clamp(clamp(x, -0.5, 0.75), -0.5, 0.75), clamp(x, -0.5, 0.75))


@mistake(clamp, "ends exchanged")
def _(x, low, high):
    """What is too low goes to the top. Which end is nearer to it?"""
    return high if x < low else low if x > high else x


@mistake(clamp, "only from below")
def _(x, low, high):
    """What is too high stays there. What should bound it from above?"""
    return max(x, low)


@mistake(clamp, "only from above")
def _(x, low, high):
    """What is too low stays there. What should bound it from below?"""
    return min(x, high)


hint(clamp, "How many cases are there for where x lies?")
hint(clamp, "Three: below both ends, between them, above them. What is the answer in each?")

equivalent(clamp, "if x < low:  ⇒  if x <= low:", because="at the end itself, both answers are the end")


@exercise
def running_total(values):
    """The sums of the first 1, 2, …, n values: an array of shape (n,), float64."""
    return np.cumsum(np.asarray(values, dtype=float))


case(running_total, np.array([1.5, 2.25, -1.0]))
case(running_total, np.array([], dtype=float))


@cases(running_total, 2)
def _(rng):
    return ([int(n) for n in rng.integers(-5, 5, size=4)],)


@holds(running_total, "the last entry is the sum")
def _(running_total, rng):
    values = rng.normal(size=5)
    assert close(running_total(values)[-1], values.sum())


@mistake(running_total, "only the sum")
def _(values):
    """You return one number. How many sums were asked for?"""
    return float(np.sum(values))


@mistake(running_total, "product")
def _(values):
    """Your entries are products. What joins each value to what came before?"""
    return np.cumprod(np.asarray(values, dtype=float))


@mistake(running_total, "starts from zero")
def _(values):
    """Your first entry is 0. What is the sum of the first one value?"""
    return np.concatenate([[0.0], np.cumsum(values)[:-1]]) if len(values) else np.array([])


hint(running_total, "How does one entry follow from the entry before it?")
hint(running_total, "NumPy has a function for this; the name begins with cum.")


@exercise
class Tally:
    """Counts, from a start."""

    def __init__(self, start):
        self.count = start

    def add(self, times=1):
        """Count so many times more; return the count."""
        self.count += times
        return self.count


@scenario(Tally, "two tallies that count on their own")
def _(Tally):
    one, other = Tally(5), Tally(2)
    return one.add(), other.add(3), one.add(4), one.count, other.count


@holds(Tally, "to add nothing changes nothing")
def _(Tally):
    assert close(Tally(7).add(0), 7)


@mistake(Tally, "begins at zero")
class _:
    """Your tally forgets its start. Where should the first count come from?"""

    def __init__(self, start):
        self.count = 0

    def add(self, times=1):
        self.count += times
        return self.count


@mistake(Tally, "replaces")
class _:
    """Your tally keeps only the last number added. What happens to what was there?"""

    def __init__(self, start):
        self.count = start

    def add(self, times=1):
        self.count = times
        return self.count


@mistake(Tally, "always one")
class _:
    """Your tally goes up by one each time. What is `times` for?"""

    def __init__(self, start):
        self.count = start

    def add(self, times=1):
        self.count += 1
        return self.count


hint(Tally, "What must a tally remember between two calls?")
hint(Tally, "Keep the count in self, and change it in add.")


prediction("twice", "What is double(21)?", beliefs={441: "That is 21 times itself.", 23: "That is 21 and two more."})
prediction(
    "steeper",
    "Which line is higher at x = 1?",
    options=["the one of slope 2", "the one of slope 3", "neither"],
    beliefs={"a": "A smaller slope rises less.", "c": "They begin together and part at once."},
)
prediction("outside", "What is clamp(9.0, 0.0, 1.0)?", beliefs={9: "9 lies outside.", 0: "That is the farther end."})

quiz(
    "straight",
    "Why is the line straight?",
    right("every step adds the same", "Equal steps, equal rises: that is what straight means."),
    wrong("it begins at its start", "A curve begins somewhere too."),
)
quiz(
    "twice-clamped",
    "Why does a second clamp change nothing?",
    wrong("it does nothing at all", "Then the first would change nothing either."),
    right("what it gives lies inside", "And what lies inside stays."),
)


@question(double, "doubling")
def _(rng):
    x = int(rng.integers(2, 1000))
    return Asked(f"What is twice {x}?", 2 * x, why="Added to itself.")


@question(height, "rise")
def _(rng):
    slope, x = (int(n) for n in rng.integers(2, 40, size=2))
    return Asked(f"A line begins at 1 and has slope {slope}. How high is it at x = {x}?", 1 + slope * x)


@question(clamp, "nearer end")
def _(rng):
    x = int(rng.integers(-90, 90))
    answer = "a" if x < 0 else "b"
    return Asked(f"To which end does {x + 0.5} go, in the range 0 … 0.25?", answer, options=("0", "0.25"))
