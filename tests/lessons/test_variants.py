"""Right programs that look nothing like the reference pass, and wrong ones that are no known mistake fail.

Each lesson keeps them beside its exercises, in variants/<stem>.py: VARIANTS and WRONG, lists of programs by exercise.
"""

import importlib

import pytest

from groundup.checking.check import check
from groundup.course.lesson import load_course
from groundup.finding import Verdict

COURSE = load_course()
EXERCISES = [(lesson, name) for lesson in COURSE.lessons for name in lesson.exercise_names()]
NAMED = [f"{lesson.stem}-{name}" for lesson, name in EXERCISES]


def kept(lesson, which):
    return getattr(importlib.import_module(lesson.variants), which)


def verdicts(lesson, name, programs):
    exercise = lesson.register().exercises[name]
    return {program.__name__: check(exercise, program, isolate=False) for program in programs}


@pytest.mark.parametrize(("lesson", "name"), EXERCISES, ids=NAMED)
def test_at_least_three_right_programs_that_are_not_the_reference_pass(lesson, name):
    programs = kept(lesson, "VARIANTS")[name]

    reports = verdicts(lesson, name, programs)

    assert len(reports) >= 3
    assert lesson.register().exercises[name].reference not in programs
    assert {of: report.headline for of, report in reports.items() if not report.passed} == {}


@pytest.mark.parametrize(("lesson", "name"), EXERCISES, ids=NAMED)
def test_wrong_programs_that_nobody_planned_for_fail(lesson, name):
    reports = verdicts(lesson, name, kept(lesson, "WRONG")[name])

    assert reports
    assert {report.verdict for report in reports.values()} <= {Verdict.WRONG, Verdict.CRASHED, Verdict.TIMED_OUT}


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.stem)
def test_no_program_is_kept_for_an_exercise_that_is_not_there(lesson):
    for which in ("VARIANTS", "WRONG"):
        assert set(kept(lesson, which)) == set(lesson.exercise_names())
