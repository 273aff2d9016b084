"""Whole cards, as text and as HTML, against the files in tests/snapshots/.

After a change of wording that is meant, run this with GROUNDUP_SNAPSHOTS=write and read the diff.
"""

from __future__ import annotations

import os
import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from groundup.finding import Contrast, Finding, Place, Report, Verdict
from groundup.render import (
    Card,
    Tone,
    answered_card,
    as_html,
    as_text,
    gate_card,
    hint_card,
    lesson_card,
    predicted_card,
    progress_card,
    question_card,
    revealed_card,
    said_card,
    solution_card,
)
from groundup.render.card import Drawing
from groundup.render.html import MIX, QUIET
from groundup.render.words import report_card

SNAPSHOTS = Path(__file__).parent / "snapshots"

SHOWN: dict[str, Report | Card] = {
    "running": progress_card("train", 119, 300, {"loss": 0.43219, "accuracy": 0.875}),
    "wrong-picture": Report(
        "Value",
        Verdict.WRONG,
        "Value is not right yet: 1 of 9 tries differ. The smallest:",
        contrast=Contrast(
            "", "", "the gradient of every graph agrees with a finite difference", "at a: 1.0 is not 2.0"
        ),
        mistake="gradient overwritten",
        because="central_diff",
        findings=(Finding("A node that is used twice keeps only its last gradient.", "", "What should `=` be?"),),
        picture='<svg role="img" aria-label="a + a"></svg>',
        notes=("What is missing here is the idea of [`central_diff` in Slopes](../1_math/2_slopes.ipynb).",),
    ),
    "passed": Report(
        "horner",
        Verdict.PASSED,
        "horner: 13 calls agree with the reference and 3 properties hold.",
        tried=(
            "twice the coefficients give twice the value",
            "a constant is itself at every $x$",
            "the list stays as it was",
        ),
        notes=("Your `horner` is kept in my/math_functions_examples.py.", "Next in this lesson: `sigmoid`."),
    ),
    "wrong-known-mistake": Report(
        "slope",
        Verdict.WRONG,
        "slope: 9 of 13 steps went wrong. The smallest of them:",
        contrast=Contrast("slope(np.sin, 0.3)", "1.91067", "0.955336", "they are 0.96 apart"),
        mistake="step counted once",
        findings=(Finding("Your answer is twice the slope.", "", "How far apart are `x - h` and $x + h$?"),),
    ),
    "wrong-array": Report(
        "standardise",
        Verdict.WRONG,
        "standardise: 2 of 9 steps went wrong. The smallest of them:",
        contrast=Contrast(
            "standardise(array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5], [0.25, 1.125, 9.0], [12.0, 15.5, 0.125]]))",
            "[[›-1.38873‹, 0.46291],\n [-1.38873, 0.46291]]",
            "[[›1.38873‹, 0.46291],\n [-1.38873, 0.46291]]",
            "at [0, 0] it is -1.3887 and should be 1.3887 (1 of 4 entries differ)",
        ),
        findings=(
            Finding("Its dtype is float32.", "float32 keeps about seven digits.", "Which array was made first?"),
            Finding("There is NaN at [1]."),
        ),
        printed="\n".join(f"row {i}" for i in range(40)),
    ),
    "wrong-property": Report(
        "slope",
        Verdict.WRONG,
        "slope: 1 of 13 steps went wrong. The smallest of them:",
        contrast=Contrast(
            "slope(f, 1.5)", "4.0", "adding a constant to f never changes the slope", "4.0 is not 3.0", states=True
        ),
    ),
    "wrong-script": Report(
        "Counter",
        Verdict.WRONG,
        "Counter: 1 of 3 steps went wrong. The smallest of them:",
        contrast=Contrast(
            'counter = Counter(3)\nyield "at first", counter.value\ncounter.add(2)\nreturn counter.value', "3", "5"
        ),
    ),
    "wrong-error": Report(
        "compose",
        Verdict.WRONG,
        "compose is not right yet: 1 of 9 tries differ. The smallest:",
        contrast=Contrast(
            "return compose()(11)", "IndexError: list index out of range", "ValueError: nothing to do", raised=True
        ),
        place=Place(12, "return fs[0](x)", "composed"),
        mistake="a step too many",
        findings=(Finding("There is nothing to compose."),),
    ),
    "crashed": Report(
        "horner",
        Verdict.CRASHED,
        "horner raised ZeroDivisionError.",
        contrast=Contrast("horner([1.0, 2.0], 0.0)", "ZeroDivisionError: float division by zero", "1.0", raised=True),
        place=Place(4, "total = total / x", "horner"),
    ),
    "crashed-python": Report(
        "horner",
        Verdict.CRASHED,
        "horner took the Python interpreter down with it (SIGSEGV); your notebook is as it was.",
        contrast=Contrast("horner([1.0, 2.0], 0.0)", "no answer", ""),
    ),
    "timed-out": Report(
        "horner",
        Verdict.TIMED_OUT,
        "horner was still running after 4 s and was stopped.",
        contrast=Contrast("horner([1.0, 2.0], 0.5)", "no answer yet", "2.0"),
        place=Place(7, "while total < 1:", "helper"),
        printed="still here\n",
    ),
    "not-started": Report("horner", Verdict.NOT_STARTED, "horner is not started yet: its body is still empty."),
    "unknown": Report("hornr", Verdict.UNKNOWN, "There is no exercise hornr; the nearest names are horner and hinge."),
    "lesson": lesson_card("Derivatives", 2, 8, "horner", "Your work is kept in ~/groundup-workspace."),
    "gate": gate_card("The gate", (6, 6), (4, 5), "question_5", "Your work is kept in ~/groundup-workspace."),
    "gate-passed": gate_card("The gate", (6, 6), (5, 5), "", "Your work is kept in ~/groundup-workspace."),
    "hint-first": hint_card("horner", ("What is computed first?", "Write $a + x(b + xc)$.", "Start at the end."), 1),
    "hint-last": hint_card(
        "horner",
        ("What is computed first?", "Write $a + x(b + xc)$.", "Start at the end."),
        3,
        "That was the last hint.",
    ),
    "solution": solution_card("horner", "def horner(coefficients, x):\n    return 0.0", ("You had passed it.",)),
    "question": question_card(
        "predict", "Answer with `predict('crossing', 'b')`.", "Where do they cross?", ("at 2", "at 2 and 4")
    ),
    "predicted": predicted_card("(b) is kept in place of (a). Run on to see.", "It bends at $x = 2$."),
    "revealed-right": revealed_card("0.5", "0.499", right=True),
    "revealed-wrong": revealed_card(
        "(a) at 2", "(b) at $2$ and $4$", right=False, why="The other one lies further right.", in_words=True
    ),
    "revealed-without": revealed_card(
        "", "0.499", right=False, notes=("A prediction is worth most before the answer.",)
    ),
    "answered-right": answered_card("b", "A chain of lines is a line.", "And so $W_2W_1$ is one matrix.", right=True),
    "answered-wrong": answered_card(
        "a", "It is faster.", "Speed is the same.", right=False, notes=("Try another one.",)
    ),
    "said": said_card("not yet", "The solution of horner comes after a pass.", "horner", ("1 of 3 hints is unread.",)),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_card_says_what_its_snapshot_says_in_text(name: str) -> None:
    compare(SNAPSHOTS / f"{name}.txt", as_text(SHOWN[name]) + "\n")


@pytest.mark.parametrize("name", SHOWN)
def test_a_card_says_what_its_snapshot_says_in_html(name: str) -> None:
    compare(SNAPSHOTS / f"{name}.html", as_html(SHOWN[name]).replace("><", ">\n<") + "\n")


def test_no_snapshot_is_left_over() -> None:
    assert {path.stem for path in SNAPSHOTS.iterdir()} == set(SHOWN)


def compare(kept: Path, now: str) -> None:
    if os.environ.get("GROUNDUP_SNAPSHOTS") == "write":
        kept.write_text(now, encoding="utf-8")
    assert now == kept.read_text(encoding="utf-8")


def test_every_verdict_has_a_word_and_a_mark_of_its_own() -> None:
    heads = [as_text(Report("f", verdict, "f.")).split("  ")[0] for verdict in Verdict]
    marks, words = zip(*(head.split(" ", 1) for head in heads), strict=True)
    assert len(set(marks)) == len(set(words)) == len(Verdict)


EVIL = "</pre></code><script>alert(\"x\")</script><img src=x onerror='alert(1)'>&lt;\"'><!--"


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_learner_made_is_escaped_wherever_it_stands(name: str) -> None:
    shown = SHOWN[name]
    card = shown if isinstance(shown, Card) else report_card(shown)
    assert_harmless(as_html(planted(card, EVIL)))
    if isinstance(shown, Report):
        assert_harmless(as_html(replace(planted(shown, EVIL), verdict=shown.verdict)))


def test_the_look_for_harm_finds_harm() -> None:
    with pytest.raises(AssertionError):
        assert_harmless(f"<div>{EVIL}</div>")
    with pytest.raises(AssertionError):
        assert_harmless('<div onclick="alert(1)">x</div>')


def planted(value: object, evil: str) -> object:
    """The same value with `evil` in place of every text in it."""
    if isinstance(value, Tone | Verdict | Drawing):  # a drawing is HTML of our own making
        return value
    if isinstance(value, str):
        return evil if value else value
    if isinstance(value, tuple):
        return tuple(planted(part, evil) for part in value)
    if is_dataclass(value):
        texts = (field.name for field in fields(value) if field.name != "picture")
        return replace(value, **{name: planted(getattr(value, name), evil) for name in texts})
    return value


def assert_harmless(html: str) -> None:
    tags = Tags()
    tags.feed(html)
    tags.close()
    plain = {"div", "span", "pre", "code", "strong", "details", "summary"}
    assert {tag for tag, _ in tags.opened} <= plain | {"progress", "a", "svg"}
    for tag, attributes in tags.opened:
        own = {"progress": {"max", "value"}, "a": {"href"}, "svg": {"role", "aria-label"}}
        assert set(attributes) <= {"style", "class", "aria-hidden"} | own.get(tag, set())
        assert re.fullmatch(r"(\.\./)?[\w/]+\.ipynb", attributes.get("href", "x.ipynb"))
        assert "alert" not in "".join(attributes.values())
    assert tags.depth == 0


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str]]] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, {key: value or "" for key, value in attrs}))
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@pytest.mark.parametrize("name", SHOWN)
def test_without_the_styles_that_a_sanitizer_drops_a_plain_one_is_left(name: str) -> None:
    for style in re.findall(r'style="([^"]*)"', as_html(SHOWN[name])):
        plain: set[str] = set()
        for declaration in filter(None, style.split(";")):
            key, _, value = declaration.partition(":")
            if "var(" in value or "color-mix(" in value:
                assert key in plain, f"{declaration} stands alone"
            plain.add(key)


@pytest.mark.parametrize("name", SHOWN)
def test_text_fits_the_width_it_is_given(name: str) -> None:
    for width in (40, 80):
        lines = as_text(SHOWN[name], width=width).split("\n")
        assert [line for line in lines if len(line) > width and not line.startswith("    ")] == []


def test_a_value_longer_than_the_line_goes_on_below_its_beginning() -> None:
    called = f"f([{', '.join(map(str, range(60)))}])"
    report = Report("f", Verdict.WRONG, "f went wrong.", contrast=Contrast(called, "0", "1"))

    lines = as_text(report).split("\n")

    assert all(len(line) <= 80 for line in lines)
    assert lines[3].startswith(" " * 19) and not lines[3].startswith(" " * 20)


def test_colour_adds_nothing_but_colour() -> None:
    for shown in SHOWN.values():
        coloured = as_text(shown, colour=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == as_text(shown)


def test_a_learners_text_cannot_steer_the_terminal_or_turn_the_reading_direction() -> None:
    report = Report("f", Verdict.CRASHED, "f raised \x1b[2JError \u202e.", printed="\x07\x1b]0;mine\x07\ud800\tend\r\n")
    for shown in (as_text(report), as_html(report)):
        assert not set(shown) & set("\x1b\x07\r\u202e\ud800")
        shown.encode("utf-8")


def test_an_endless_value_is_cut_on_the_page() -> None:
    report = Report("f", Verdict.WRONG, "f went wrong.", contrast=Contrast("f()", "9" * 1_000_000, "1"))
    assert len(as_html(report)) < 30_000


def test_formulas_are_set_in_the_lessons_words_and_nowhere_else() -> None:
    lesson = as_html(SHOWN["wrong-known-mistake"])
    assert '<div class="mathjax_process"' in lesson
    seen = as_html(
        Report("f", Verdict.CRASHED, "f raised $x$.", findings=(Finding("It said $5 and $6."),), printed="$y$")
    )
    assert "mathjax_process" not in seen and "mathjax_ignore" in seen


PAGES = {
    "JupyterLab light": ((0, 0, 0, 0.87), (255, 255, 255)),
    "JupyterLab dark": ((255, 255, 255, 1.0), (17, 17, 17)),
    "JupyterLab dark, notebook": ((255, 255, 255, 1.0), (33, 33, 33)),
    "VS Code light": ((59, 59, 59, 1.0), (255, 255, 255)),
    "VS Code dark": ((204, 204, 204, 1.0), (31, 31, 31)),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("tone", Tone)
def test_words_and_marks_keep_the_contrast_that_wcag_asks_for(page: str, tone: Tone) -> None:
    (*ink, alpha), paper = PAGES[page]
    panel = mixed((127, 127, 127), paper, 0.12)  # the darkest and lightest ground that words stand on
    hue = tuple(int(tone.hue[i : i + 2], 16) for i in (1, 3, 5))
    for ground in (paper, panel):
        whole = MIX / 100 + (1 - MIX / 100) * alpha  # color-mix weighs by alpha
        word = tuple((MIX / 100 * h + (1 - MIX / 100) * alpha * i) / whole for h, i in zip(hue, ink, strict=True))
        assert contrast(mixed(word, ground, whole), ground) >= 4.5
        assert contrast(mixed(ink, ground, alpha * QUIET / 100), ground) >= 4.5
    assert contrast(hue, paper) >= 3.0  # the bar


def mixed(over: tuple[float, ...], under: tuple[float, ...], alpha: float) -> tuple[float, ...]:
    return tuple(alpha * o + (1 - alpha) * u for o, u in zip(over, under, strict=True))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The contrast ratio of WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[float, ...]) -> float:
    parts = (c / 255 for c in colour)
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
