"""Stills: run in a real kernel once, and kept only when what they show has changed."""

import importlib
import io
import sys

import pytest
from PIL import Image, ImageDraw

from groundup.course.build import notebook
from groundup.course.cells import description, still_path
from groundup.course.lesson import load_course
from groundup.course.markup import BuildError
from groundup.course.stills import StillError, _keep, draw_stills

pytestmark = pytest.mark.once

WORDS = """\
# Lines

```{code-cell}
:still: two-lines

draw.plot(draw.curve(np.sin), x=(-1, 1), alt="A wave, seen from afar.")
```
"""


@pytest.fixture
def lines(tmp_path, monkeypatch):
    """A course of one lesson whose words a test may replace."""
    folder = tmp_path / "stilled" / "math"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    (folder / "__init__.py").touch()
    (folder.parent / "curriculum.toml").write_text(
        '[[phase]]\nname = "math"\nfolder = "1_math"\ntitle = "Mathematics"\nlessons = ["lines"]\n'
    )
    (folder / "lines.py").write_text("import numpy as np\n")
    (folder / "lines.md").write_text(WORDS)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield load_course("stilled")
    for name in [name for name in sys.modules if name.partition(".")[0] == "stilled"]:
        del sys.modules[name]


def drawn(colour="navy", size=(40, 30)):
    """A PNG with a transparent ground, as bytes."""
    picture, data = Image.new("RGBA", size), io.BytesIO()
    ImageDraw.Draw(picture).line((0, size[1], size[0], 0), fill=colour, width=3)
    picture.save(data, "PNG")
    return data.getvalue()


def test_a_marked_cell_is_drawn_in_a_kernel_and_then_the_notebook_can_be_built(lines):
    (lesson,) = lines.lessons
    with pytest.raises(BuildError, match=r"lines-two-lines\.png is missing: run `groundup stills lines`"):
        notebook(lesson)
    path = still_path(lesson, "two-lines")

    assert draw_stills(lesson, lines) == [path]
    assert draw_stills(lesson, lines) == [], "a second run of the same cell draws the same pixels"

    data = path.read_bytes()
    assert description(data) == "A wave, seen from afar."
    assert Image.open(path).mode == "P" and len(data) < 40_000
    assert "two-lines.png" in notebook(lesson).cells[-1].attachments


def test_a_cell_that_shows_no_picture_and_one_that_raises_are_named(lines):
    (lesson,) = lines.lessons
    lesson.source.write_text("# A\n\n```{code-cell}\n:still: nothing\n\n1 + 1\n```\n")
    with pytest.raises(StillError, match="still-nothing of 1_math/1_lines shows no picture"):
        draw_stills(lesson, lines)

    lesson.source.write_text("# A\n\n```{code-cell}\n:still: broken\n\n1 / 0\n```\n")
    with pytest.raises(StillError, match=r"The notebook of 1_math/1_lines stops at still-broken: (.|\n)*ZeroDivision"):
        draw_stills(lesson, lines)


def test_a_lesson_without_a_marked_cell_starts_no_kernel(lines, monkeypatch):
    (lesson,) = lines.lessons
    lesson.source.write_text("# A\n\n```{code-cell}\n1 + 1\n```\n")
    monkeypatch.setitem(sys.modules, "nbclient", None)

    assert draw_stills(lesson, lines) == []


def test_a_still_is_written_again_only_when_its_pixels_or_its_words_differ(tmp_path):
    path = tmp_path / "stills" / "a.png"

    assert _keep(path, drawn(), "a line")
    first = path.read_bytes()
    assert not _keep(path, drawn(), "a line")
    assert path.read_bytes() == first
    assert _keep(path, drawn(), "a blue line")
    assert _keep(path, drawn("red"), "a blue line")
    assert _keep(path, drawn("red", (50, 30)), "a blue line")


def test_a_still_stands_on_white_so_that_it_can_be_read_on_a_dark_page(tmp_path):
    _keep(tmp_path / "a.png", drawn(), "")

    assert Image.open(tmp_path / "a.png").convert("RGB").getpixel((0, 0)) == (255, 255, 255)
