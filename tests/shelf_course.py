"""A course of three small lessons in two phases, written anew for each test of the workspace and of `my`."""

import importlib
from collections.abc import Callable
from itertools import count
from pathlib import Path

from groundup.course.lesson import Course, Lesson, load_course

CURRICULUM = """
[[phase]]
name = "math"
folder = "1_math"
title = "Mathematics"
lessons = ["lines", "curves"]

[[phase]]
name = "nets"
folder = "2_nets"
title = "Networks"
lessons = ["neuron"]
"""
LINES = '''
import math

from groundup.exercise import exercise

@exercise
def rise(a, b):
    """How far b lies above a."""
    return b - a

@exercise
def slope(a, b, run):
    """The rise for each step."""
    return rise(a, b) / run

@exercise
def angle(slope):
    """Its angle in radians."""
    return math.atan(slope)

@exercise
class Line:
    """A line through the origin."""
    def __init__(self, slope):
        self.slope = slope
    def __call__(self, x):
        return self.slope * x
'''
CURVES = '''
from groundup.exercise import exercise

@exercise
def bend(a, b, c):
    """How the rise changes."""
    return (c - b) - (b - a)
'''
NEURON = '''
from groundup.exercise import exercise

@exercise
def fire(x):
    """x, or 0 below it."""
    return max(x, 0)
'''
numbers = count()


def write_course(folder: Path) -> Course:
    """The course, importable once `folder` is on the path."""
    package = f"shelf{next(numbers)}"
    lessons = folder / package / "lessons"
    for phase, stem, code in (("math", "lines", LINES), ("math", "curves", CURVES), ("nets", "neuron", NEURON)):
        (lessons / phase).mkdir(parents=True, exist_ok=True)
        (lessons / phase / f"{stem}.py").write_text(code)
        (lessons / phase / f"{stem}.md").write_text(f"# On {stem}\n")
    for part in (lessons / "math", lessons / "nets", lessons, lessons.parent):
        (part / "__init__.py").touch()
    (lessons / "curriculum.toml").write_text(CURRICULUM)
    importlib.invalidate_caches()
    return load_course(f"{package}.lessons")


def notebooks_in(folder: Path) -> Callable[[Lesson], Path]:
    """Finds the built notebook of a lesson under a folder, as `lesson.built_notebook` does."""
    return lambda lesson: folder / lesson.notebook
