"""A course of two small lessons for the tests of the learner's door, written anew for each test that asks."""

from pathlib import Path

from groundup.workspace import create
from groundup.workspace.place import Workspace

CURRICULUM = """
[[phase]]
name = "math"
folder = "1_math"
title = "Mathematics"
lessons = ["lines", "curves"]
"""
LINES = '''
import time

from groundup.exercise import Asked, case, exercise, hint, holds, mistake, prediction, question, quiz, right, wrong

@exercise
def rise(a, b):
    """How far b lies above a."""
    return b - a

case(rise, 1.0, 3.5)
case(rise, 2.0, 1.0)

@holds(rise, "a point lies nothing above itself")
def _(rise):
    assert rise(2.0, 2.0) == 0

@mistake(rise, "the wrong way round")
def _(a, b):
    """It has the wrong sign. Which of the two is taken from which?"""
    return a - b

hint(rise, "Where does b lie if a is zero?")
hint(rise, "Which of the two is taken away?")

@exercise(needs=[rise])
def slope(a, b, run):
    """How far b lies above a for each step of the run."""
    return (b - a) / run

case(slope, 1.0, 3.0, 4.0)

@exercise(needs=[rise])
class Line:
    """A line through the origin."""
    def __init__(self, slope):
        """Keep the slope."""
        self.slope = slope

@exercise(limit=20.0)
def slow(x):
    """x, after a while."""
    return x

case(slow, 1.0)

prediction("crossing", "Where do the lines cross?", options=["at 2", "at 2 and 4", "nowhere"],
    beliefs={"a": "The nearest crossing is the one that is seen."})
prediction("height", "How high is it at 3?", beliefs={6: "The step was counted twice."})
quiz("steep", "Why is it steeper?", wrong("It is longer.", "Length is not slope."),
    right("It rises more.", "So it does."), wrong("It is to the right.", "Place is not slope."))

@question(rise, "how far above")
def _(rng):
    a, b = (int(n) for n in rng.integers(0, 1000, size=2))
    return Asked(f"How far does {b} lie above {a}?", b - a, why=f"{b} - {a}.")

@question(rise, "above or below")
def _(rng):
    a, b = (int(n) for n in rng.choice(1000, size=2, replace=False))
    return Asked(f"Where does {b} lie, seen from {a}?", "ab"[b < a], ("above", "below"))

@question(slope, "rise for each step")
def _(rng):
    rise, run = (int(n) for n in rng.integers(1, 1000, size=2))
    return Asked(f"A line rises by {rise} in {run} steps. By how much for each?", rise / run, why=f"{rise}/{run}.")
'''
CURVES = '''
from groundup.exercise import case, exercise
from {package}.lessons.math.lines import rise

@exercise(needs=[rise])
def bend(a, b, c):
    """How the rise changes."""
    return rise(b, c) - rise(a, b)

case(bend, 1.0, 2.0, 5.0)
'''


def write_course(folder: Path, package: str) -> None:
    """Put the course into `folder`, importable as `<package>.lessons`."""
    lessons = folder / package / "lessons" / "math"
    lessons.mkdir(parents=True)
    for part in (lessons, lessons.parent, lessons.parent.parent):
        (part / "__init__.py").touch()
    (lessons.parent / "curriculum.toml").write_text(CURRICULUM)
    (lessons / "lines.py").write_text(LINES)
    (lessons / "curves.py").write_text(CURVES.format(package=package))
    (lessons / "lines.md").write_text("# Straight lines\n")
    (lessons / "curves.md").write_text("# Curves\n")


GATE = """
@exercise(needs=[bend])
def turn(a, b, c):
    \"\"\"The bend, from the other side.\"\"\"
    return -bend(a, b, c)

case(turn, 1.0, 2.0, 5.0)
quiz("question_1", "Why is it bent?", right("The rise changes.", "Yes."), wrong("It is long.", "Length is none."))
quiz("question_2", "What is flat?", wrong("A hill.", "It rises."), right("A floor.", "So it is."))
"""


def write_gated_course(folder: Path, package: str) -> None:
    """The same course with its second lesson, two questions and one exercise longer, as the gate of the first phase;
    in the second phase there is one lesson, in the third none."""
    write_course(folder, package)
    plan, math = folder / package / "lessons/curriculum.toml", folder / package / "lessons/math"
    second = '[[phase]]\nname = "more"\nfolder = "2_more"\ntitle = "More of it"\nlessons = ["arcs"]\n'
    third = '[[phase]]\nname = "most"\nfolder = "3_most"\ntitle = "Most of it"\nlessons = []\n'
    gated = plan.read_text().replace('"lines", "curves"]', '"lines"]\ngate = "curves"')
    plan.write_text(f"{gated}\n{second}\n{third}")
    names = "case, exercise, quiz, right, wrong"
    curves = (math / "curves.py").read_text().replace("case, exercise", names)
    (math / "curves.py").write_text(curves + GATE)
    more = math.parent / "more"
    more.mkdir()
    (more / "__init__.py").touch()
    (more / "arcs.py").write_text("")
    (more / "arcs.md").write_text("# Arcs\n")


def write_workspace(root: Path, course) -> Workspace:
    """A workspace of this course, its notebooks empty."""
    empty = root.parent / "empty.ipynb"
    empty.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    return create(root, course, lambda lesson: empty)
