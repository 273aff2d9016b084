"""A lesson with too little of everything, and what there is stands in the wrong place or says too little."""

import itertools

from groundup.exercise import Asked, exercise, mistake, prediction, question, quiz, right, wrong

from ..furnish import furnish


@exercise
def lonely(x):
    """One more than twice x."""
    doubled, more = 2 * x, [7.0, -2.0, -4.0]
    return doubled + (more[0] + more[1] + more[2])


furnish(lonely)
calls = itertools.count()


@mistake(lonely, "never the same")
def _(x):
    """It counts its own calls. What has that to do with x?"""
    return float(next(calls))


prediction("never-placed", "How much is 1 + 1?", beliefs={3: "One too many."})
prediction("never-revealed", "How much is 2 + 2?", beliefs={5: "One too many."})
prediction("no-belief", "Which one?", options=["this", "that"])
prediction("no-such-letter", "Which one?", options=["this", "that"], beliefs={"d": "There is no (d)."})
prediction("revealed-too-soon", "How much is 3 + 3?", beliefs={7: "One too many."})

quiz("never-asked", "Why?", right("because", "Yes."), wrong("it is so", "  "))


@question(lonely, "always the same")
def _(rng):
    return Asked("How much is 1 + 1?", 2)


@question(lonely, "another answer each time")
def _(rng):
    return Asked(f"How much is {rng.integers(1000)} + 0?", next(calls))


@question(lonely, "no such option")
def _(rng):
    return Asked(f"Is {rng.integers(1000)} a number?", "yes", options=("it is", "it is not"))


@question(lonely, "raises")
def _(rng):
    raise ValueError("no number comes to mind")
