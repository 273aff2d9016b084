"""What a page shows, from the record to plain values: the map, a lesson's rows, questions, pictures and colours."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from furnished import COURSE, FIRST, SECOND

import groundup.home
from groundup.course.lesson import built_notebook
from groundup.exercise import Asked
from groundup.finding import Verdict
from groundup.home import palette
from groundup.home.here import Here, door
from groundup.home.lesson import lesson_page, time_spent
from groundup.home.outline import Outline, Part, outline
from groundup.home.path import Known, map_of, step_of
from groundup.home.picture import calibration_svg, drill_svg
from groundup.home.prose import inline, paragraphs
from groundup.home.question import day_in_words, form_of
from groundup.home.reading import Try
from groundup.review.hurts import Calibration
from groundup.workspace.path import standings
from groundup.workspace.place import Workspace
from groundup.workspace.store import Event

STATIC = Path(groundup.home.__file__).parent / "static"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def every(*lessons):
    return {(lesson.key, name) for lesson in lessons for name in lesson.exercise_names()}


def stop(shown, lesson):
    return next(stop for stretch in shown.stretches for stop in stretch.stops if stop.key == lesson.key)


def test_the_map_begins_at_the_first_lesson_and_locks_what_is_later():
    shown = map_of(COURSE, Known())

    assert shown.step.lesson == FIRST and shown.step.cell == ""
    assert stop(shown, FIRST).state == "next"
    assert shown.stretches[0].why == ""
    why = "It opens when the gate of phase 1, Mathematical foundations, has passed; you may take it first."
    assert shown.stretches[1].why == why
    left = len(every(*COURSE.phases[1].lessons))
    why = f"It opens when phase 2, PyTorch fundamentals, is complete; {left} exercises of it are left."
    assert shown.stretches[2].why == why
    assert [stretch.number for stretch in shown.stretches] == [1, 2, 3, 4, 5]


def test_every_phase_shows_its_lessons_to_come_in_their_places_and_its_gate_last():
    stops = map_of(COURSE, Known()).stretches[1].stops

    assert [each.number for each in stops] == [*"123456789", ""]
    assert [each.state for each in stops if each.number == "4"] == ["locked"]
    assert stops[-1].title == "Gate: tensor puzzles"


def quizzes(lesson):
    return {(lesson.key, name) for name in lesson.quiz_names()}


def test_a_phase_opens_when_the_gate_before_it_has_passed_and_not_before():
    gate = COURSE.phases[0].gate
    lessons = [lesson for lesson in COURSE.phases[0].lessons if lesson != gate]

    assert map_of(COURSE, Known(every(gate), answered=quizzes(gate))).stretches[1].why == ""
    assert map_of(COURSE, Known(every(*lessons))).stretches[1].why
    assert map_of(COURSE, Known(every(gate))).stretches[1].why
    assert map_of(COURSE, Known(answered=quizzes(gate))).stretches[1].why


def test_without_a_gate_a_phase_opens_when_the_one_before_it_is_complete():
    second = COURSE.phases[1]

    assert second.gate is None
    assert map_of(COURSE, Known(every(*second.lessons))).stretches[2].why == ""


def test_a_gate_stands_last_in_its_phase_as_a_diamond_and_says_what_is_left():
    gate = COURSE.phases[0].gate

    last = map_of(COURSE, Known(every(gate))).stretches[0].stops[-1]
    done = map_of(COURSE, Known(every(gate), answered=quizzes(gate))).stretches[0].stops[-1]

    assert (last.key, last.number, last.words) == (gate.key, "", "all 6 passed, 5 questions to answer")
    assert (last.state, done.state) == ("begun", "done")


def test_whoever_has_passed_the_gate_goes_on_in_the_next_phase():
    gate = COURSE.phases[0].gate

    step = map_of(COURSE, Known(every(gate), answered=quizzes(gate))).step

    assert step.lesson == COURSE.phases[1].lessons[0]


def test_a_gate_with_a_question_left_is_the_next_step_at_that_question():
    first = COURSE.phases[0]

    step = map_of(
        COURSE, Known(every(*first.lessons), answered=quizzes(first.gate) - {(first.gate.key, "question_2")})
    ).step

    assert (step.lesson, step.exercise, step.cell) == (first.gate, "question_2", "quiz-question_2")


def test_a_phase_that_was_opened_early_says_so_until_its_time_has_come():
    opened = {"pytorch": date(2026, 11, 3)}
    early = map_of(COURSE, Known(opened=opened)).stretches[1]
    gate = COURSE.phases[0].gate
    in_time = map_of(COURSE, Known(every(gate), answered=quizzes(gate), opened=opened)).stretches[1]

    assert (early.why, early.note) == ("", "You opened this phase before its time, on 3 November 2026.")
    assert in_time.note == ""


def test_marks_say_the_most_urgent_thing_of_each_exercise():
    names = FIRST.exercise_names()
    key = lambda index: (FIRST.key, names[index])
    known = Known({key(0), key(1), key(2), key(3)}, {key(1), key(2)}, {key(2), key(3)}, {key(3)})

    shown = stop(map_of(COURSE, known), FIRST)

    assert [mark.state for mark in shown.marks[:5]] == ["passed", "mastered", "due", "lapsed", "open"]
    assert shown.words == "4 of 8 passed, 1 mastered, 1 lapsed, 2 due"


@pytest.mark.parametrize(
    ("passed", "tried", "cell"),
    [
        (0, False, ""),  # what leads up to the first exercise is the lesson's opening
        (0, True, "exercise-average_speed"),
        (1, False, "words-what-is-left-when-h-has-gone"),
        (1, True, "exercise-deriv_poly"),
    ],
)
def test_continue_goes_on_where_the_learner_was_at_what_is_not_read_yet(passed, tried, cell):
    names = [(SECOND.key, name) for name in SECOND.exercise_names()]
    done = set(names[:passed])
    known = Known(done, tried=set(names[: passed + tried]), last=SECOND.key, begun={SECOND.key})

    step = step_of(COURSE, standings(COURSE, done), known)
    there = {each["id"] for each in json.loads(built_notebook(SECOND).read_text())["cells"]}

    assert (step.lesson, step.cell) == (SECOND, cell)
    assert not cell or cell in there


def test_continue_leads_into_no_locked_phase_though_the_learner_looked_into_it():
    locked = next(lesson for lesson in COURSE.lessons if lesson.phase == "pytorch")
    passed = every(FIRST)

    step = step_of(COURSE, standings(COURSE, passed), Known(passed, last=locked.key, begun={locked.key}))

    assert step.lesson == SECOND


def test_at_the_end_of_the_path_there_is_no_step():
    answered = quizzes(COURSE.phases[0].gate)

    assert map_of(COURSE, Known(every(*COURSE.lessons), answered=answered)).step is None


def tried(minutes, verdict, mistake=""):
    return Try(NOON + timedelta(minutes=minutes), "horner", verdict, mistake)


OUTLINE = Outline("", "", "", (Part("horner", "A value.", ((FIRST.key, "line_through"), ("1_math/x", "y"))),))


def test_a_mistake_is_mended_once_the_exercise_has_passed_after_it():
    tries = [tried(0, Verdict.WRONG, "reversed"), tried(1, Verdict.WRONG, "reversed"), tried(2, Verdict.PASSED)]
    page = lesson_page(FIRST.key, OUTLINE, Known({(FIRST.key, "horner")}), tries, [], {"horner": "mine"}, {}, UTC)
    again = lesson_page(FIRST.key, OUTLINE, Known(), [*tries, tried(3, Verdict.WRONG, "reversed")], [], {}, {}, UTC)

    (row,) = page.rows
    assert [(slip.name, slip.times, slip.mended) for slip in row.slips] == [("reversed", 2, True)]
    assert row.words == "3 attempts; passed at attempt 3, on 25 November 2026"
    assert (row.code, row.kept) == ("mine", True)
    assert [need.lesson for need in row.needs] == ["", "1_math/x"]
    assert (page.mended, again.unmended) == (1, 1)


def test_time_spent_leaves_the_long_gaps_out():
    times = [NOON, NOON + timedelta(minutes=10), NOON + timedelta(minutes=60), NOON + timedelta(minutes=62)]

    assert time_spent(times) == timedelta(minutes=12)
    assert time_spent([]) == timedelta()


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.stem)
def test_every_lesson_tells_what_it_is_for_what_it_rests_on_and_its_exercises(lesson):
    said = outline(COURSE, lesson)

    assert said.opening and said.needs and said.able
    assert tuple(part.name for part in said.parts) == lesson.exercise_names()
    assert all(part.promise for part in said.parts)
    known = every(*COURSE.lessons)
    assert all(need in known for part in said.parts for need in part.needs)


def test_words_become_html_and_nothing_else_does():
    assert inline("`a<b` and *that* <b> $x^2$") == (
        '<code>a&lt;b</code> and <em>that</em> &lt;b&gt; <i class="formula">x<sup>2</sup></i>'
    )
    assert paragraphs("- one\n- two\n  more") == "<ul><li>one</li><li>two more</li></ul>"
    assert paragraphs("before\n\n| | a<b |\n|---|---:|\n| *x* | 2 |") == (
        "<p>before</p><table><thead><tr><th></th><th>a&lt;b</th></tr></thead>"
        "<tbody><tr><td><em>x</em></td><td>2</td></tr></tbody></table>"
    )
    assert inline("[there](../1_math/x.ipynb)", lambda path: f"/{path}") == '<a href="/../1_math/x.ipynb">there</a>'
    assert inline("[there](javascript:x)") == "[there](javascript:x)"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (Asked("?", 3), "number"),
        (Asked("?", "a", ("x", "y")), "choice"),
        (Asked("?", (2, 3)), "shape"),
        (Asked("?", "w"), "words"),
        (Asked("?", "x.T", tries=({"x": 1},)), "code"),
    ],
)
def test_a_question_has_the_form_of_its_answer(asked, kind):
    assert form_of("id", asked).kind == kind


def test_days_are_told_as_one_says_them():
    today = date(2026, 11, 25)
    told = [day_in_words(today + timedelta(days), today) for days in (0, 1, 2, 9)]

    assert told == ["today", "tomorrow", "on Friday", "on 4 December"]


def test_calibration_draws_a_mark_for_each_prediction_and_says_it_in_words():
    picture = calibration_svg([Calibration("1_math", "Mathematics", 25, 10), Calibration("2_x", "Empty", 0, 0)])

    assert picture.count("<circle class='f-0") == 10
    assert picture.count("s-1'") == 15
    assert "aria-label='Predictions beside what happened. Mathematics: 10 of 25 as predicted.'" in picture


def test_the_drill_is_drawn_from_its_third_right_answer_on():
    made = lambda n: Event(
        NOON + timedelta(seconds=n), "", "drill", "shapes", {"level": 1, "right": True, "seconds": 2.0 + n}
    )

    assert drill_svg([made(n) for n in range(2)], 1) == ""
    assert "first 2.0, now 3.0" in drill_svg([made(n) for n in range(3)], 1)


def test_a_notebook_is_opened_in_lab_at_its_cell_or_named_for_another_editor(tmp_path):
    workspace = Workspace(tmp_path / "my work")
    lab, alone = (Here(COURSE, workspace, workspace.root, lab) for lab in (True, False))

    assert door(lab, "/b/", FIRST, "exercise-horner").address == f"/b/lab/tree/{FIRST.notebook}#cell-id=exercise-horner"
    assert door(alone, "/", FIRST).address == f"vscode://file{tmp_path.as_posix()}/my%20work/{FIRST.notebook}"


def test_a_notebook_that_is_gone_is_known_to_be(tmp_path):
    here = Here(COURSE, Workspace(tmp_path), tmp_path, True)
    missing = door(here, "/", FIRST).missing
    (tmp_path / FIRST.folder).mkdir()
    (tmp_path / FIRST.notebook).touch()

    assert (missing, door(here, "/", FIRST).missing) == (True, False)


def test_where_the_server_shows_a_folder_above_the_workspace_the_address_says_so(tmp_path):
    here = Here(COURSE, Workspace(tmp_path / "inner"), tmp_path, True)

    assert door(here, "/", FIRST).address == f"/lab/tree/inner/{FIRST.notebook}"


def luminance(colour):
    """Relative luminance by WCAG 2.2 of '#rrggbb'."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["LIGHT", "DARK"])
@pytest.mark.parametrize(("front", "ground", "needed"), palette.PAIRS)
def test_what_stands_on_a_ground_has_the_contrast_that_wcag_aa_asks_for(theme, front, ground, needed):
    colours = getattr(palette, theme)

    assert contrast(colours[front], colours[ground]) >= needed


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_has_no_colour_of_its_own_and_uses_none_that_is_not_there():
    css = (STATIC / "home.css").read_text()

    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", css)
    assert set(re.findall(r"var\(--(\w+)\)", css)) <= {*palette.LIGHT, "font"}


def test_pages_ask_nothing_of_the_outside():
    templates = (STATIC.parent / "templates").glob("*.html")

    assert not [
        path.name
        for path in [*templates, *STATIC.iterdir()]
        if re.search(r"(src|href|url|fetch)[=(]\W*https?:", path.read_text())
    ]
