"""Where it hurts, by the record alone; and whether predictions met what happened."""

from datetime import UTC, datetime, timedelta

import pytest

from groundup.course import build
from groundup.course.lesson import load_course
from groundup.course.section import section_of
from groundup.finding import Verdict
from groundup.review.hurts import Calibration, calibration, hurts
from groundup.workspace.store import Attempt, Event, Review, open_store
from lines_course import write_course

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "1_math/1_lines"
WORDS = """# Straight lines

```python
# no heading
```

## How far above

```{exercise} rise
```

### Per step $\\Delta y$

:::{admonition} Note
## no heading either
:::

```{exercise} slope
```
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    write_course(folder, "hurting")
    (folder / "hurting" / "lessons" / "math" / "lines.md").write_text(WORDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield load_course("hurting.lessons")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "groundup.db") as opened:
        yield opened


def attempt(exercise, verdict, mistake="", minute=0):
    return Attempt(NOON + timedelta(minutes=minute), KEY, exercise, verdict, mistake, "def …", {}, 0.1)


def review(exercise, question, correct, minute=0):
    at = NOON + timedelta(minutes=minute)
    return Review(at, KEY, exercise, question, f"{minute} {question}", 0, "?", "1", "2", correct)


def test_an_empty_record_hurts_nowhere(course, store):
    assert hurts(course, store.tallies(), store.reviews()) == ()


def test_what_failed_most_comes_first_with_its_mistakes_and_the_section_to_reread(course, store):
    for n, (exercise, verdict, slip) in enumerate(
        [
            ("slope", Verdict.WRONG, "upside down"),
            ("slope", Verdict.CRASHED, ""),
            ("slope", Verdict.WRONG, "upside down"),
            ("rise", Verdict.WRONG, "the wrong way round"),
            ("rise", Verdict.PASSED, ""),
            ("Line", Verdict.NOT_STARTED, ""),
        ]
    ):
        store.add_attempt(attempt(exercise, verdict, slip, n))

    slope, rise = hurts(course, store.tallies(), store.reviews())

    assert (slope.exercise, slope.checks, slope.mistakes, slope.mended) == ("slope", 3, (("upside down", 2),), False)
    assert (rise.exercise, rise.failed, rise.mended) == ("rise", 1, True)
    assert (slope.section.heading, rise.section.heading) == ("Per step $\\Delta y$", "How far above")


def test_wrong_review_answers_count_and_an_idea_that_lapsed_is_not_mended(course, store):
    store.add_attempt(attempt("rise", Verdict.PASSED))
    for minute, correct in ((1, False), (2, True), (3, False)):
        store.add_review(review("rise", "how far above", correct, minute))

    (sore,) = hurts(course, store.tallies(), store.reviews())

    assert (sore.checks, sore.answers, sore.questions) == (0, 2, (("how far above", 2),))
    assert not sore.mended


def test_what_the_course_no_longer_has_is_left_out(course, store):
    store.add_attempt(attempt("gone", Verdict.WRONG))

    assert hurts(course, store.tallies(), store.reviews()) == ()


def event(kind, name, minute, **detail):
    return Event(NOON + timedelta(minutes=minute), KEY, kind, name, detail)


def test_predictions_are_counted_once_each_and_as_they_stood_before_the_value_was_shown(course):
    told = [
        event("prediction", "crossing", 0, answer="a", after_reveal=False),
        event("reveal", "crossing", 1, predicted="a", value="b", right=False),
        event("prediction", "crossing", 2, answer="b", after_reveal=True),
        event("reveal", "crossing", 3, predicted="b", value="b", right=True),
        event("reveal", "height", 4, predicted=None, value="3", right=None),
        event("prediction", "height", 5, answer=3.0, after_reveal=True),
        event("reveal", "height", 6, predicted=3.0, value="3", right=True),
    ]

    assert calibration(course, told) == (Calibration("1_math", "Mathematics", 1, 0),)
    assert calibration(course, told[::-1]) == calibration(course, told)
    assert calibration(course, []) == (Calibration("1_math", "Mathematics", 0, 0),)


def test_a_prediction_that_met_what_happened_is_counted_as_right(course):
    told = [
        event("prediction", "height", 0, answer=3.0, after_reveal=False),
        event("reveal", "height", 1, predicted=3.0, value="3", right=True),
    ]

    assert calibration(course, told) == (Calibration("1_math", "Mathematics", 1, 1),)


# ---- sections ------------------------------------------------------------------------------------------------------


def test_what_stands_nowhere_is_in_the_lessons_opening(course):
    assert section_of(course.lessons[0], "exercise", "Line").heading == "Straight lines"


def test_every_exercise_of_the_course_is_found_under_the_heading_that_its_notebook_has():
    pytest.importorskip("torch", reason="some lessons are made of it")
    for lesson in load_course().lessons:
        heading, cells = "", {}
        for cell in build.notebook(lesson, stills=False).cells:
            first = cell.source.partition("\n")[0]
            if cell.cell_type == "markdown" and first.startswith(("# ", "## ", "### ")):
                heading = cell.id
            cells[cell.id] = heading
        for name in lesson.exercise_names():
            section = section_of(lesson, "exercise", name)
            assert cells[section.cell] == section.heading_cell, (lesson.key, name)
