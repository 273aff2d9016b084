"""A picture with a knob: small, steady, and turning in a real browser with no kernel and no network."""

import json
import re
from itertools import pairwise

import numpy as np
import pytest

from groundup import draw
from groundup.draw.scene import Line
from groundup.draw.slider import parted
from groundup.draw.theme import DARK, LIGHT

# JupyterLab 4's own values for its two themes
JUPYTER = {
    "light": "--jp-layout-color0:white;--jp-border-color2:#e0e0e0;"
    "--jp-content-font-color1:rgba(0,0,0,.87);--jp-content-font-color2:rgba(0,0,0,.54)",
    "dark": "--jp-layout-color0:#111;--jp-border-color2:#424242;"
    "--jp-content-font-color1:#fff;--jp-content-font-color2:rgba(255,255,255,.7)",
}


def secant(h):
    slope = (np.sin(1 + h) - np.sin(1)) / h
    return draw.plot(
        draw.curve(np.sin, "sin x"),
        draw.curve(lambda x: np.sin(1) + slope * (x - 1), "secant"),
        draw.points([1, 1 + h], [np.sin(1), np.sin(1 + h)], labels=["", "1 + h"]),
        x=(-1, 4),
        y=(-1.5, 1.8),
        alt=f"A secant with step {h:g}.",
    )


def knob(**options):
    return draw.slider(secant, [2, 1, 0.5, 0.1], label="h", **options)


def frames_of(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])


@pytest.fixture(scope="module")
def page(browser):
    """One page for all tests here, which is offline and keeps what went wrong on it."""
    page = browser.new_page()
    page.context.set_offline(True)
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("request", lambda request: page.troubles.extend([request.url] * request.url.startswith("http")))
    yield page
    page.close()


@pytest.fixture
def show(page, tmp_path):
    """Show some HTML on the page, as JupyterLab in a theme, or (None) as a page that says nothing of it."""
    page.troubles.clear()

    def shown(html, theme="light", prefers="light", width=900):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=prefers)
        root = f":root{{{JUPYTER.get(theme, '')}}}"
        light = f"data-jp-theme-light='{str(theme == 'light').lower()}'" if theme else ""
        file = tmp_path / "page.html"
        text = f"<!doctype html><meta charset=utf-8><style>{root}</style><body {light}>{html}"
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        return page

    yield shown
    assert page.troubles == []


def secant_path(page, which=0):
    """What the page draws for the second curve of a picture."""
    picture = page.locator(".groundup-draw-live svg").nth(which)
    return picture.locator("path.s-1").first.get_attribute("d")


def colour_of(page, selector, what):
    return page.locator(f".groundup-draw-live {selector}").first.evaluate(f"e => getComputedStyle(e).{what}")


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def test_arrow_keys_turn_to_the_third_frame_and_the_picture_follows(show):
    page = show(knob().html())
    first = secant_path(page)

    page.locator("input").focus()
    page.keyboard.press("ArrowRight")
    second = secant_path(page)
    page.keyboard.press("ArrowUp")
    third = secant_path(page)

    assert len({first, second, third}) == 3
    assert page.locator("output").inner_text() == "0.5"
    assert page.locator("input").get_attribute("aria-valuetext") == "0.5"
    assert page.locator(".groundup-draw-live svg").get_attribute("aria-label") == "A secant with step 0.5."
    page.keyboard.press("Home")
    assert secant_path(page) == first
    page.keyboard.press("End")
    assert page.locator("output").inner_text() == "0.1"


def test_what_the_third_frame_shows_is_what_drawing_it_alone_shows(show):
    page = show(knob().html() + secant(0.5).html())

    page.locator("input").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    assert secant_path(page, 0) == secant_path(page, 1)


def test_the_slider_has_the_name_of_its_label(show):
    page = show(knob().html())

    assert page.get_by_role("slider", name="h", exact=True).count() == 1


def test_two_sliders_on_a_page_and_one_shown_twice_turn_alone(show):
    other = draw.slider(secant, [1.5, 0.7], label="step")
    page = show(knob().html() + other.html() + knob().html())
    before = [secant_path(page, which) for which in range(3)]

    page.locator("input").nth(2).focus()
    page.keyboard.press("ArrowRight")
    after = [secant_path(page, which) for which in range(3)]

    assert [one == two for one, two in zip(before, after, strict=True)] == [True, True, False]


def test_a_slider_shown_again_leaves_the_first_where_it_was_turned_to(show):
    page = show(knob().html())
    page.locator("input").focus()
    page.keyboard.press("ArrowRight")

    page.evaluate("html => document.body.append(document.createRange().createContextualFragment(html))", knob().html())

    assert page.locator("output").all_inner_texts() == ["1", "2"]


def test_a_row_in_a_slider_turns_as_one(show):
    picture = draw.slider(lambda h: draw.row(secant(h), secant(2 * h)), [1, 0.5], label="h")
    page = show(picture.html())
    before = [secant_path(page, which) for which in range(2)]

    page.locator("input").focus()
    page.keyboard.press("ArrowRight")

    after = [secant_path(page, which) for which in range(2)]
    assert all(one != two for one, two in zip(before, after, strict=True))


def test_a_slider_in_a_row_turns_beside_a_plot(show):
    page = show(draw.row(secant(1), knob()).html())
    before = [secant_path(page, which) for which in range(2)]

    page.locator("input").focus()
    page.keyboard.press("ArrowRight")

    after = [secant_path(page, which) for which in range(2)]
    assert [one == two for one, two in zip(before, after, strict=True)] == [True, False]


def test_no_global_is_left_behind(show):
    names = "Object.keys(window).sort().join()"

    before = show("<p>").evaluate(names)

    assert show(knob().html()).evaluate(names) == before


def test_without_a_script_the_starting_frame_stands_and_no_dead_knob(show):
    html = re.sub(r"<script.*?</script>", "", knob(start=0.5).html(), flags=re.S)
    page = show(html)

    assert page.locator(".groundup-draw-live svg").is_visible()
    assert not page.locator("input").is_visible()
    assert page.locator(".groundup-draw-live svg").get_attribute("aria-label") == "A secant with step 0.5."


def test_without_a_stylesheet_a_still_image_stands_and_nothing_else(show):
    page = show(re.sub(r"<style>.*?</style>", "", knob().html(), flags=re.S))

    assert page.locator("img").is_visible()
    assert page.locator("img").evaluate("e => e.complete && e.naturalWidth") == 640
    assert not page.locator(".groundup-draw-live svg").is_visible()


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("prefers", ["light", "dark"])
def test_pictures_follow_jupyterlabs_theme_whatever_the_system_prefers(show, theme, colours, prefers):
    page = show(secant(1).html(), theme, prefers)

    assert colour_of(page, "path.s-0", "stroke") == rgb(colours["0"])
    assert colour_of(page, "text.f-1", "fill") == rgb(colours["1"])
    assert (
        colour_of(page, "text.f-quiet", "fill")
        == {
            "light": "rgba(0, 0, 0, 0.54)",
            "dark": "rgba(255, 255, 255, 0.7)",
        }[theme]
    )


@pytest.mark.parametrize(("prefers", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_elsewhere_they_follow_the_system_on_a_card_of_their_own(show, prefers, colours):
    page = show(secant(1).html(), None, prefers)

    assert colour_of(page, "path.s-0", "stroke") == rgb(colours["0"])
    assert colour_of(page, "text.f-quiet", "fill") == rgb(colours["quiet"])
    card = page.locator(".groundup-draw").evaluate("e => getComputedStyle(e).backgroundColor")
    assert card == rgb(colours["paper"])


def test_a_narrow_page_shrinks_the_picture(show):
    page = show(knob().html(), width=360)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.locator(".groundup-draw-live svg").bounding_box()
    assert box["width"] <= 360
    assert box["width"] / box["height"] == pytest.approx(1.6, abs=0.01)


def test_the_knob_keeps_its_keys_from_the_notebook():
    assert 'data-lm-suppress-shortcuts="true"' in knob().html()


def test_the_same_slider_is_the_same_bytes():
    assert knob().html() == knob().html()


def test_what_frames_share_is_written_once():
    html = knob().inner_html()

    frames = frames_of(html)

    assert len(frames) == 4
    assert html.count(">sin x<") == 1
    assert all("s-grid" not in part for frame in frames for part in frame["parts"])
    assert len({"".join(frame["parts"]) for frame in frames}) == 4


def test_a_frame_of_two_moving_curves_takes_less_than_15_kilobytes():
    def make(a):
        return draw.plot(draw.curve(lambda x: np.sin(a * x), "f"), draw.curve(lambda x: np.cos(a * x), "g"), x=(-6, 6))

    html = draw.slider(make, np.linspace(1, 5, 20), label="a").html()

    assert len(html) / 20 < 15_000


def test_frames_share_one_range_and_one_box():
    picture = draw.slider(
        lambda a: draw.plot(draw.curve(lambda x: a * x, f"slope {'very ' * a}steep"), x=(0, 1)), [1, 2, 3]
    )

    grids = [
        next(item for item in frame.still().items if isinstance(item, Line) and item.role == "grid")
        for frame in picture.steady
    ]

    for one, other in pairwise(grids):
        assert all(np.array_equal(a, b) for a, b in zip(one.runs, other.runs, strict=True))


def test_the_still_picture_is_the_frame_it_starts_with():
    assert knob(start=0.5).png() == knob(start=0.5).steady[2].png()
    assert knob().png() != knob(start=0.5).png()
    assert repr(knob(start=0.5)) == "A secant with step 0.5. A slider sets h, from 2 to 0.1."


def test_the_still_picture_holds_several_frames_side_by_side_where_they_are_named():
    held = knob(start=0.5, held=(2, 0.1))

    assert held.png() == draw.row(secant(2), secant(0.1)).png()
    assert repr(held) == "A secant with step 2. A secant with step 0.1. A slider sets h, from 2 to 0.1."
    assert held.inner_html() == knob(start=0.5).inner_html()


def test_frames_held_side_by_side_share_one_range_with_all_others():
    picture = draw.slider(lambda a: draw.plot(draw.curve(lambda x: a * x, "line"), x=(0, 1)), [1, 2, 9], held=(1, 2))

    assert {plot.frame.y.high for plot in picture.kept().plots()} == {plot.frame.y.high for plot in picture.plots()}


def test_a_start_is_found_in_spite_of_rounding():
    assert draw.slider(secant, np.linspace(0.1, 0.5, 5), start=0.3).start == 2


def test_values_that_are_no_numbers_are_shown_as_they_are(show):
    page = show(draw.slider(lambda name: draw.plot(x=(0, 1), title=name), ["</script>", "<b>"], label="a & b").html())

    page.locator("input").focus()
    page.keyboard.press("ArrowRight")

    assert page.locator("output").inner_text() == "<b>"
    assert page.locator(".groundup-draw-live text").first.text_content() is not None
    assert page.locator(".groundup-draw-live svg").text_content().count("<b>") == 1


def test_parting_frames_loses_nothing():
    frames = [["a", "x", "b", "c"], ["a", "b", "y", "z", "c"], ["a", "b", "c", "w"]]

    shared, gaps = parted(frames)

    assert shared == ["a", "b", "c"]
    for frame, gap in zip(frames, gaps, strict=True):
        assert "".join(part for pair in zip(gap, [*shared, ""], strict=True) for part in pair) == "".join(frame)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: draw.slider(secant, []), "slider() got no list of values: give it one, as in np.linspace(0, 1, 21)."),
        (lambda: draw.slider(secant, 5), "slider() got no list of values: give it one, as in np.linspace(0, 1, 21)."),
        (
            lambda: draw.slider(lambda h: h, [1]),
            "slider() got int from make(1): return draw.plot(...) or a row of plots.",
        ),
        (
            lambda: draw.slider(lambda h: draw.row(secant(h), knob()), [1]),
            "slider() got a slider from make: return draw.plot(...) or a row of plots, one knob is enough.",
        ),
        (
            lambda: draw.slider(lambda n: draw.row(*[secant(1)] * n), [1, 2]),
            "slider() got rows of different lengths from make: let every value give as many pictures.",
        ),
        (lambda: knob(start=3), "slider() was to start at 3, which is none of its values."),
        (lambda: knob(held=(2, 3)), "slider() was to hold 3, which is none of its values."),
    ],
)
def test_what_cannot_turn_is_said_in_one_sentence(make, says):
    with pytest.raises(draw.DrawError) as raised:
        make()

    assert str(raised.value) == says


def test_a_slider_within_a_sliders_frame_is_refused_with_the_way_out():
    def plot(m):
        return draw.plot(draw.curve(lambda x: m * x), x=(0, 1), y=(0, 2), alt="A line.")

    with pytest.raises(draw.DrawError, match="slider"):
        draw.slider(lambda m: draw.row(plot(m), draw.slider(plot, [1, 2])), [1, 2])._repr_mimebundle_()
