"""One picture: what it shows, what it says of itself, and that it stays within its axes, its page and its process."""

import math
import re
import subprocess
import sys
from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from groundup import draw
from groundup.draw.compose import margins
from groundup.draw.place import Places, Rect
from groundup.draw.place import _rect_of as rect_of
from groundup.draw.scene import Line, Mark, Shape, Words
from groundup.draw.theme import LIGHT


def waves():
    return draw.plot(
        draw.area(np.sin, 0, math.pi, "two"),
        draw.curve(np.sin, "sin x"),
        draw.curve(np.cos, "cos x", dashed=True),
        draw.points([0, math.pi / 2], [0, 1], labels=["start", "top"]),
        draw.arrow((0, 0), (1, 0.5), "v"),
        draw.hline(1, "one"),
        draw.vline(2, "here"),
        draw.note(-2, 0.7, "a note"),
        x=(-6, 6),
        title="Waves & <tags>",
        alt='Two waves, "sine" & cosine.',
    )


def words(picture):
    return [item.text for item in picture.still().items if isinstance(item, Words)]


def lines(picture):
    """The lines of layers: those drawn with a series colour."""
    return [item for item in picture.still().items if isinstance(item, Line) and item.role.isdigit()]


def box_of(picture):
    """The box of the axes: the page without its margins."""
    room = margins(picture.frame, picture.drawn)
    return Rect(room.left, room.top, picture.frame.width - room.right, picture.frame.height - room.bottom)


def test_a_notebook_gets_html_an_image_and_words():
    data, metadata = waves()._repr_mimebundle_()

    assert set(data) == {"text/html", "image/png", "text/plain"}
    assert data["text/plain"] == 'Two waves, "sine" & cosine.'
    assert metadata["image/png"] == {"width": 640, "height": 400}


def test_the_same_picture_is_the_same_bytes():
    one, other = waves(), waves()

    assert one.html() == other.html()
    assert one.png() == other.png()


def test_the_picture_is_one_responsive_image_to_a_screen_reader_and_holds_no_id():
    html = waves().html()

    (svg,) = re.findall(r"<svg [^>]*>", re.sub(r"<img [^>]*>", "", html))
    assert "role='img' aria-label='Two waves, &quot;sine&quot; &amp; cosine.'" in svg
    assert "viewBox='0 0 640 400'" in svg
    assert "max-width:100%" in html
    assert not re.search(r"\sid=|url\(", html)


def test_words_are_escaped():
    html = waves().html()

    assert "Waves &amp; &lt;tags&gt;" in html
    assert "<tags>" not in html


def test_no_colour_is_written_into_the_live_picture():
    live = waves().inner_html()

    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb", live)
    assert set(re.findall(r"class='([^']+)'", live)) <= {f"{kind}-{role}" for kind in "sf" for role in LIGHT} | {
        f"f-{role} s-paper" for role in LIGHT
    }


def test_drawing_leaves_pyplot_alone_and_matplotlib_as_it_was():
    script = """
import sys
from groundup import draw
assert "matplotlib" not in sys.modules, "matplotlib is loaded before anything is drawn"
import matplotlib
matplotlib.rcParams["lines.linewidth"] = 9
settings = lambda: {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}
before = settings()
picture = draw.slider(lambda a: draw.plot(draw.curve(lambda x: a * x, "$a x$"), x=(0, 1)), [1, 2])
picture._repr_mimebundle_()
assert settings() == before, "matplotlib's settings were changed"
assert "matplotlib.pyplot" not in sys.modules, "pyplot was loaded"
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_a_learners_matplotlib_settings_do_not_reach_our_pictures():
    from matplotlib import rc_context

    plain = waves().png()
    with rc_context({"lines.linewidth": 9, "path.sketch": (1, 100, 2), "font.size": 30, "text.color": "red"}):
        assert waves().png() == plain


def test_the_image_is_an_opaque_light_card():
    image = Image.open(BytesIO(waves().png())).convert("RGBA")

    assert image.size == (1280, 800)
    assert image.getpixel((0, 0)) == image.getpixel((1279, 799)) == (255, 255, 255, 255)


def test_the_image_shows_the_colours_of_the_light_theme():
    image = Image.open(BytesIO(draw.plot(draw.curve(lambda x: 0 * x + 1), x=(-1, 1), y=(0, 2)).png())).convert("RGB")
    wanted = np.array([int(LIGHT["0"][i : i + 2], 16) for i in (1, 3, 5)])

    nearest = np.abs(np.asarray(image).reshape(-1, 3).astype(int) - wanted).sum(axis=1).min()

    assert nearest <= 6


def test_a_curve_with_gaps_draws_nothing_in_them():
    picture = draw.plot(draw.curve(([0, 1, 2, 3, 4, 5], [0, 1, np.nan, np.inf, 1, 0])), x=(0, 5), y=(-1, 2))

    (line,) = lines(picture)

    assert len(line.runs) == 2
    assert "nan" not in picture.inner_html()
    assert "inf" not in picture.inner_html()


@pytest.mark.parametrize("f", [np.tan, lambda x: 1 / x, lambda x: 1e6 * x, np.sinh, lambda x: 3 * np.sin(9 * x)])
def test_nothing_leaves_the_axes(f):
    picture = draw.plot(
        draw.curve(f), draw.area(f, -1, 1), draw.segment((-9, -9), (9, 9)), draw.points([9], [0]), x=(-3, 3), y=(-2, 2)
    )
    box = box_of(picture)

    items = [item for item in picture.still().items if isinstance(item, Line | Shape | Mark)]
    corners = [run for item in items if isinstance(item, Line) for run in item.runs]
    corners += [item.outline for item in items if isinstance(item, Shape)]

    assert all(box.holds(x, y, 0.6) for x, y in np.concatenate(corners))
    assert not any(isinstance(item, Mark) for item in items)


def test_a_segment_through_the_view_ends_on_its_edges():
    picture = draw.plot(draw.segment((-10, -10), (10, 10)), x=(-1, 1), y=(-1, 1))
    box = box_of(picture)

    ends = lines(picture)[0].runs[0]

    np.testing.assert_allclose([ends[0], ends[-1]], [[box.left, box.bottom], [box.right, box.top]], atol=0.5)


def test_a_smooth_curve_keeps_its_shape_within_a_quarter_of_a_pixel():
    picture = draw.plot(draw.curve(np.sin), x=(-6, 6), y=(-1.5, 1.5))
    box, run = box_of(picture), lines(picture)[0].runs[0]

    at = np.linspace(box.left + 1, box.right - 1, 2000)
    xs = -6 + 12 * (at - box.left) / (box.right - box.left)
    drawn = np.interp(at, run[:, 0], run[:, 1])
    true = box.bottom - (np.sin(xs) + 1.5) / 3 * (box.bottom - box.top)

    assert np.abs(drawn - true).max() < 0.25


def test_labels_stand_at_the_curves_ends_and_clear_of_each_other():
    picture = draw.plot(*(draw.curve(lambda x, k=k: k * x / 50, f"line {k}") for k in range(6)), x=(0, 1), y=(0, 1))
    box = box_of(picture)

    labels = [item for item in picture.still().items if isinstance(item, Words) and item.text.startswith("line")]

    assert len(labels) == 6
    assert all(item.x > box.right for item in labels)
    assert not any(rect_of(one).meets(rect_of(other)) for one, other in combinations(labels, 2))
    assert [item.text for item in sorted(labels, key=lambda item: -item.y)] == [f"line {k}" for k in range(6)]


def test_a_label_inside_covers_no_curve():
    picture = draw.plot(
        draw.curve(lambda x: x**2, "a parabola"),
        draw.curve(lambda x: 2 * x - 1),
        draw.points([1], [1], labels=["(1, 1)"]),
        x=(-2, 3),
        y=(-2, 6),
    )

    for label in ("a parabola", "(1, 1)"):
        (word,) = [item for item in picture.still().items if isinstance(item, Words) and item.text == label]
        places = Places(box_of(picture), Rect(0, 0, 640, 400), {})
        places.avoid(lines(picture))
        over = [rect_of(word).holds(x, y) for x, y in places.spots]
        assert not any(over)


def test_a_label_too_long_for_the_margin_goes_inside():
    label = "the central difference, from two points an equal step either side"
    picture = draw.plot(draw.curve(np.sin, label), x=(-3, 3))

    (word,) = [item for item in picture.still().items if isinstance(item, Words) and item.text == label]

    assert rect_of(word).right < 640
    assert box_of(picture).right > 600


@pytest.mark.parametrize("size", [(640, 400), (330, 270)])
def test_no_word_leaves_the_page(size):
    picture = draw.plot(
        draw.curve(np.sin, "a sine wave"),
        draw.points([-6, 6], [1, -1], "marks", labels=["the first of them", "the last of them"]),
        draw.note(-6, 1, "in the corner"),
        x=(-6, 6),
        y=(-1, 1),
        xlabel="time",
        ylabel="height",
        title="A title",
        width=size[0],
        height=size[1],
    )

    page = Rect(0, 0, *size)
    for item in picture.still().items:
        if isinstance(item, Words):
            rect = rect_of(item)
            assert page.holds(rect.left, rect.top), item
            assert page.holds(rect.right, rect.bottom), item


def test_axes_run_through_zero_where_zero_is_in_range():
    through = draw.plot(x=(-1, 3), y=(-1, 1))
    beside = draw.plot(x=(1, 3), y=(1, 2))

    for picture, level, upright in ((through, 0.5, 0.25), (beside, 0.0, 0.0)):
        box = box_of(picture)
        axis = next(item for item in picture.still().items if isinstance(item, Line) and item.role == "axis")
        assert axis.runs[0][0, 1] == pytest.approx(box.bottom - level * (box.bottom - box.top), abs=1)
        assert axis.runs[1][0, 0] == pytest.approx(box.left + upright * (box.right - box.left), abs=1)


def test_log_axes_count_in_powers_of_ten():
    picture = draw.plot(draw.curve(lambda h: h**2, "h²"), x=(1e-8, 1), y=(1e-16, 1), xlog=True, ylog=True)

    assert {"10⁻⁸", "10⁻⁴", "1", "10⁻¹⁶"} <= set(words(picture))
    run = lines(picture)[0].runs[0]
    box = box_of(picture)
    ideal = np.interp(run[:, 0], [box.left, box.right], [box.bottom, box.top])
    np.testing.assert_allclose(run[:, 1], ideal, atol=1)


def test_what_a_log_axis_cannot_show_is_left_out():
    picture = draw.plot(draw.points([1, 10, 100], [-1, 0, 10]), xlog=True, ylog=True)

    assert len([item for item in picture.still().items if isinstance(item, Mark)]) == 1


@pytest.mark.parametrize("ranges", [{}, {"x": (-3, 3)}, {"y": (-3, 3)}, {"x": (-2, 2), "y": (-2, 2)}])
def test_equal_axes_draw_a_circle_round(ranges):
    t = np.linspace(0, 2 * np.pi, 100)
    picture = draw.plot(draw.curve((np.cos(t), np.sin(t))), equal=True, **ranges)

    width, height = np.ptp(np.concatenate(lines(picture)[0].runs), axis=0)

    assert width == pytest.approx(height, abs=0.5)


def test_numbers_along_an_axis_never_run_together():
    for low, high, width in [(0, 1e6, 330), (-0.001, 0.001, 330), (1e5, 1e5 + 1, 400), (-6, 6, 640)]:
        picture = draw.plot(x=(low, high), width=width)
        numbers = [item for item in picture.still().items if isinstance(item, Words) and item.anchor == "middle"]
        assert len(numbers) >= 2
        assert not any(rect_of(one).meets(rect_of(other)) for one, other in combinations(numbers, 2))


def test_layers_take_the_next_colour_and_an_area_that_of_its_curve():
    picture = draw.plot(
        draw.area(np.sin, 0, 1),
        draw.curve(np.sin),
        draw.curve(np.cos, colour=0),
        draw.curve(np.exp),
        draw.hline(0),
        x=(0, 1),
    )

    assert [(type(part.layer).__name__, part.role) for part in picture.drawn] == [
        ("Area", "1"),
        ("Curve", "1"),
        ("Curve", "0"),
        ("Curve", "2"),
        ("Rule", "quiet"),
    ]


def test_a_formula_between_dollars_is_set_as_outlines():
    picture = draw.plot(title=r"$\frac{a}{b}$ and $x^2$", x=(0, 1))

    assert "<text" in picture.inner_html()
    assert not any("$" in text for text in re.findall(r"<text.*?</text>", picture.inner_html()))
    assert picture.png() != draw.plot(title="", x=(0, 1)).png()


@pytest.mark.parametrize("text", ["costs $5", r"a broken $\fra{$ formula", "$"])
def test_dollars_that_are_no_formula_stay_dollars(text):
    picture = draw.plot(title=text, x=(0, 1))

    assert text in words(picture)
    assert f">{text}</text>" in picture.inner_html()
    assert picture.png()


def test_without_an_alt_the_picture_is_told_by_its_labels():
    picture = draw.plot(draw.curve(np.sin, "sin x"), draw.vline(1, "here"), x=(0, 1), title="Waves")

    assert repr(picture) == "Waves: sin x, here."


def test_pictures_in_a_row_are_drawn_smaller_and_wrap():
    row = draw.row(waves(), draw.plot(x=(0, 1), width=300, height=200))

    html = row.html()

    assert [(plot.frame.width, plot.frame.height) for plot in row.plots()] == [(410, 310), (300, 200)]
    assert "flex-wrap:wrap" in html
    assert html.count("<svg") == 2
    assert Image.open(BytesIO(row.png())).size == (2 * (410 + 16 + 300), 2 * 310)


def test_plots_in_a_row_have_their_axes_at_one_height():
    one, other = draw.row(draw.plot(x=(0, 1), title="A title"), draw.plot(x=(0, 1), xlabel="x")).plots()

    assert (one.margins.top, one.margins.bottom) == (other.margins.top, other.margins.bottom)
    assert one.margins.top > draw.plot(x=(0, 1)).margins.top


def test_a_note_upon_an_area_has_no_halo_of_paper():
    picture = draw.plot(draw.area(lambda x: 1, 0, 1), draw.note(0.5, 0.5, "in"), draw.note(1.5, 0.5, "out"), x=(0, 2))

    halo = {item.text: item.halo for item in picture.still().items if isinstance(item, Words)}

    assert (halo["in"], halo["out"]) == (False, True)


def test_a_page_without_svg_gets_an_image_of_the_same_picture():
    html = waves().html()

    (source,) = re.findall(
        r'<img alt="Two waves, &quot;sine&quot; &amp; cosine." src="data:image/svg\+xml,([^"]+)">', html
    )

    assert "<" not in source
    assert "%3Csvg" in source
    assert LIGHT["0"].replace("#", "%23") in source


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: draw.plot(draw.curve(np.sin, "sin x")),
            "plot() has no x range, and the curve 'sin x' has none of its own: write one, as in x=(-3, 3).",
        ),
        (lambda: draw.plot(x=(3, 1)), "x=(3, 1) is no range: the first end must be below the second."),
        (lambda: draw.plot(y=5), "y=5 is no range: write the two ends, as in y=(0, 3)."),
        (
            lambda: draw.plot(x=(0, 1), xlog=True),
            "x=(0, 1) reaches 0, which a log axis cannot show: begin above zero.",
        ),
        (
            lambda: draw.plot(np.sin, x=(0, 1)),
            "plot() got ufunc for a layer: wrap it, as in draw.curve(f) or draw.points(xs, ys).",
        ),
        (lambda: draw.curve(3), "curve() got 3: give it a function of x, or a pair (xs, ys)."),
        (lambda: draw.curve((["a"], [1])), "curve() got xs or ys that are not numbers: give it two lists of numbers."),
        (lambda: draw.points([1, 2], [3]), "points() got xs of shape (2,) and ys of shape (1,): let them match."),
        (
            lambda: draw.points([1, 2], [3, 4], labels=["a"]),
            'points() got 2 points and 1 labels: give one label to each, "" for none.',
        ),
        (lambda: draw.arrow(1, 2), "arrow() got 1 for a point: give it two numbers, (x, y)."),
        (lambda: draw.area(np.sin, 1, 0), "area() got lo=1 and hi=0: lo must be below hi."),
        (lambda: draw.hline("a"), "hline() got 'a': give it a number."),
        (
            lambda: draw.curve(np.sin, colour="red"),
            "curve() got colour='red': give the place of a colour in the palette, 0, 1, 2, ….",
        ),
        (lambda: draw.row(1), "row() needs pictures: what draw.plot, draw.slider or draw.row returned."),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_sentence(make, says):
    with pytest.raises(draw.DrawError) as raised:
        make()

    assert str(raised.value) == says


def test_without_axes_the_shapes_stand_alone_and_have_the_room():
    def squares(**options):
        return draw.plot(draw.area((lambda x: 0 * x + 2, lambda x: 0 * x), 0, 3), x=(0, 4), y=(0, 3), **options)

    bare, usual = squares(axes=False), squares()

    assert not [item for item in bare.still().items if not isinstance(item, Shape)]
    assert {item.role for item in usual.still().items if isinstance(item, Line)} == {"grid", "axis"}
    assert words(squares(axes=False, xlabel="width in entries")) == ["width in entries"]
    assert box_of(bare).left < box_of(usual).left and box_of(bare).bottom > box_of(usual).bottom
