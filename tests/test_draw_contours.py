"""A contour map: its lines lie where the function has their heights, its ground deepens uphill, its numbers say so."""

import re

import numpy as np
import pytest

from groundup import draw
from groundup.draw.compose import margins
from groundup.draw.place import Rect
from groundup.draw.place import _rect_of as rect_of
from groundup.draw.scene import Line, Mark, Shape, Words
from groundup.draw.theme import DARK, LIGHT
from groundup.draw.view import View, holds


def bowl(v):
    return v[0] ** 2 + 4 * v[1] ** 2


def ring(v):
    return -((v[0] ** 2 + v[1] ** 2 - 1) ** 2)


def map_of(f=bowl, levels=(1, 4, 9), **options):
    return draw.plot(draw.contours(f, levels, **options), x=(-4, 4), y=(-2, 2), alt="A map.")


def view_of(picture):
    frame, room = picture.frame, margins(picture.frame, picture.drawn)
    return View(frame.x, frame.y, Rect(room.left, room.top, frame.width - room.right, frame.height - room.bottom))


def lines(picture, role="quiet"):
    return [item for item in picture.still().items if isinstance(item, Line) and item.role == role]


def ground(picture):
    return [item for item in picture.still().items if isinstance(item, Shape)]


def numbers(picture, role="quiet"):
    box = view_of(picture).box
    words = [item for item in picture.still().items if isinstance(item, Words) and item.role == role]
    return [item for item in words if box.holds(item.x, item.y)]


def test_every_line_lies_where_the_function_has_its_height():
    picture = map_of()
    view = view_of(picture)

    for level, line in zip((1, 4, 9), lines(picture), strict=True):
        for run in line.runs:
            x = np.interp(run[:, 0], [view.box.left, view.box.right], [-4, 4])
            y = np.interp(run[:, 1], [view.box.top, view.box.bottom], [2, -2])
            assert bowl(np.array([x, y])) == pytest.approx(level, rel=0.02)


def test_a_function_that_takes_one_place_at_a_time_gives_the_same_map():
    A = np.diag([1.0, 4.0])

    one_by_one, together = map_of(lambda v: v @ A @ v), map_of()

    for one, other in zip(lines(one_by_one), lines(together), strict=True):
        assert np.ptp(one.runs[0], axis=0) == pytest.approx(np.ptp(other.runs[0], axis=0), abs=0.5)


def test_a_function_that_answers_a_grid_with_something_else_is_asked_place_by_place():
    picture = map_of(lambda v: np.max(v) + 0 * v[0], levels=[0.5, 1])

    for line in lines(picture):
        assert np.ptp(line.runs[0], axis=0).min() > 5, "the largest entry has level lines with a corner, not none"


def test_the_ground_is_laid_on_once_for_every_level_below():
    picture = map_of()
    view = view_of(picture)

    def depth(x, y):
        at = float(view.across(x)), float(view.down(y))
        return sum(holds(shape.outline, *at) for shape in ground(picture))

    assert [depth(x, 0.01) for x in (0.0, 1.5, 2.5, 3.9)] == [0, 1, 2, 3]
    assert {shape.role for shape in ground(picture)} == {"0"}


def test_a_hole_in_the_ground_stays_open():
    picture = map_of(ring, levels=[-0.25])
    view = view_of(picture)

    inside, on, outside = (float(view.across(x)) for x in (0.01, 1.0, 1.8))
    y = float(view.down(0.01))
    (shape,) = ground(picture)
    assert [holds(shape.outline, x, y) for x in (inside, on, outside)] == [False, True, False]


@pytest.mark.parametrize("page", [LIGHT, DARK])
def test_deeper_ground_differs_more_from_the_page(page):
    def light(colour):
        channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        return float(channels @ [0.2126, 0.7152, 0.0722])

    share = ground(map_of())[0].opacity
    shades = [light(page["paper"])]
    for _ in range(3):
        shades.append((1 - share) * shades[-1] + share * light(page["0"]))

    steps = np.diff(shades)
    assert np.all(steps < -0.02) or np.all(steps > 0.02)


def test_every_level_has_its_number_upon_its_line_and_none_covers_another():
    picture = map_of(toward=(4, -2))
    found = numbers(picture)

    assert [word.text for word in found] == ["1", "4", "9"]
    for word, line in zip(found, lines(picture), strict=True):
        middle = np.array([word.x, word.y - word.size * 0.36])
        assert min(np.hypot(*(run - middle).T).min() for run in line.runs) < 8
    rects = [rect_of(word) for word in found]
    assert not any(one.meets(other) for one in rects for other in rects if one is not other)
    assert all(word.x > 320 and word.y > 190 for word in found), "they were to stand lower right"


def test_numbers_can_be_left_out():
    assert numbers(map_of(numbers=False)) == []


def test_levels_that_are_left_out_are_about_eight_round_ones():
    assert 5 <= len(lines(map_of(levels=8))) <= 11


def test_a_line_in_a_colour_stands_alone_and_leaves_its_colour_to_no_other_layer():
    picture = draw.plot(
        draw.contours(bowl, [4], colour=0, numbers=False), draw.points([0], [0], label="here"), x=(-4, 4), y=(-2, 2)
    )

    assert ground(picture) == []
    assert len(lines(picture, "0")) == 1
    assert [item.role for item in picture.still().items if isinstance(item, Mark)] == ["1"]


def test_a_map_takes_no_colour_from_the_other_layers():
    picture = draw.plot(draw.contours(bowl), draw.points([0], [0]), x=(-4, 4), y=(-2, 2))

    assert [item.role for item in picture.still().items if isinstance(item, Mark)] == ["0"]


def test_where_there_is_no_height_there_is_no_line():
    picture = map_of(lambda v: np.where(v[0] > 0, v[0] + v[1], np.nan), levels=[1.0])
    view = view_of(picture)

    for run in lines(picture)[0].runs:
        assert run[:, 0].min() > float(view.across(-0.05))


def test_level_ground_has_no_lines_and_is_no_fault():
    assert lines(map_of(lambda v: 0 * v[0] + 7, levels=5)) == []


def test_a_slider_writes_the_map_once():
    def frame(x):
        return draw.plot(draw.contours(bowl), draw.points([x], [0]), x=(-4, 4), y=(-2, 2))

    one, many = (len(draw.slider(frame, np.linspace(-1, 1, n)).html()) for n in (2, 12))

    assert many < 1.5 * one


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: draw.plot(draw.contours(bowl)), "plot() needs both ranges for contours"),
        (lambda: draw.contours(3), "contours() needs a function of an array of two numbers"),
        (lambda: draw.contours(bowl, ["a"]), "contours() got levels that are no numbers"),
        (lambda: draw.contours(bowl, []), "contours() got no levels"),
        (lambda: map_of(lambda v: np.nan * v[0]), "contours() found no height anywhere"),
        (lambda: draw.path([1, 2], [1]), "path() got xs of shape (2,) and ys of shape (1,)"),
    ],
)
def test_what_cannot_be_drawn_is_said(make, says):
    with pytest.raises(draw.DrawError, match=re.escape(says)):
        make()


def test_a_path_is_one_line_through_its_places_with_a_dot_at_each():
    picture = draw.plot(draw.path([0, 1, 1], [0, 0, 1], "walk"), x=(-1, 2), y=(-1, 2))

    (line,) = lines(picture, "0")
    assert len(np.unique(line.runs[0], axis=0)) == 3
    assert line.dash == ()
    assert sum(isinstance(item, Mark) for item in picture.still().items) == 3
    assert "walk" in [item.text for item in picture.still().items if isinstance(item, Words)]


def test_crowded_dots_are_thinned_and_the_last_one_stays():
    xs = 1 - 0.5 ** np.arange(20)
    picture = draw.plot(draw.path(xs, 0 * xs), x=(0, 2), y=(-1, 1))

    marks = [item.x for item in picture.still().items if isinstance(item, Mark)]
    assert 4 < len(marks) < 12
    assert max(marks) == pytest.approx(float(view_of(picture).across(xs[-1])))
    assert np.diff(marks).min() >= 7


def test_a_path_without_a_range_makes_its_own():
    picture = draw.plot(draw.path([0, 10], [0, 5], dots=False))

    assert picture.frame.x.high >= 10
    assert not any(isinstance(item, Mark) for item in picture.still().items)
