"""The course as it is handed out has no fault that a machine can tell. A real kernel runs in test_notebooks.py."""

import importlib
from pathlib import Path

import pytest

from groundup.checking.check import check
from groundup.course.lesson import load_course
from groundup.verify import table, verify
from groundup.verify.notebooks import examine_notebooks

COURSE = load_course()
README = Path(__file__).parents[2] / "README.md"


def accepted():
    """How many of the right programs kept beside these tests pass, and how many there are."""
    passed = [
        check(lesson.register().exercises[name], program, isolate=False).passed
        for lesson in COURSE.lessons
        for name, programs in importlib.import_module(lesson.variants).VARIANTS.items()
        for program in programs
    ]
    return sum(passed), len(passed)


def test_the_course_is_verified_clean():
    verification = verify(COURSE)
    shown = table(verification, variants=accepted())
    print(shown)

    assert verification.clean, shown
    assert len(verification.rows) == sum(len(lesson.exercise_names()) for lesson in COURSE.lessons)
    figures = shown.splitlines()[-1].rsplit(" · ", 2)[0]  # without the seconds
    assert figures in README.read_text(encoding="utf-8"), f"README.md should say: {figures}"


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.stem)
def test_its_notebooks_run_solved_and_untouched_within_their_budget(lesson):
    assert list(map(str, examine_notebooks(lesson, COURSE))) == []
