"""A computation drawn as boxes and arrows: who stands where, what is marked, and what cannot be drawn."""

import re

import pytest

from groundup import draw
from groundup.draw.scene import Line, Shape, Words

INPUTS = {"a": (), "b": ("a",), "c": ("b",), "d": ("b", "c")}


def places(picture):
    return {item.text: (item.x, item.y) for item in picture.still().items if isinstance(item, Words)}


def arrows(picture):
    return [item for item in picture.still().items if isinstance(item, Line) and item.width == 1.5]


def test_every_node_stands_to_the_right_of_its_inputs():
    at = places(draw.graph(INPUTS, alt="a graph"))

    assert all(at[source][0] < at[name][0] for name in INPUTS for source in INPUTS[name])


def test_a_number_that_is_given_stands_right_before_its_first_use():
    at = places(draw.graph({"x": (), "u": ("x",), "v": ("u",), "y": (), "w": ("v", "y")}, alt="a graph"))

    assert at["y"][0] == at["v"][0]


def test_there_is_an_arrow_for_each_use_and_two_for_a_square():
    assert len(arrows(draw.graph(INPUTS, alt="a graph"))) == 4
    square = arrows(draw.graph({"x": (), "s": ("x", "x")}, alt="a square"))
    ends = {tuple(arrow.runs[0][-1]) for arrow in square}
    assert len(ends) == 2


def test_an_arrow_past_a_layer_does_not_cross_the_boxes_there():
    picture = draw.graph(INPUTS, {name: [f"{name} is long", "value", "gradient"] for name in INPUTS}, alt="a graph")
    boxes = [item.outline for item in picture.still().items if isinstance(item, Shape) and item.role == "paper"]

    for arrow in arrows(picture):
        for outline in boxes:
            (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
            inside = [(x, y) for x, y in arrow.runs[0] if left < x < right and top < y < bottom]
            assert inside == []


def test_a_marked_box_is_framed_in_a_colour_of_its_own_and_the_lines_stand_in_it():
    picture = draw.graph(INPUTS, {"b": ["b = 3a", "value 6"]}, marked=["b"], alt="a graph")
    frames = [item for item in picture.still().items if isinstance(item, Line) and item.width == 2.5]

    assert len(frames) == 1 and frames[0].role == "1"
    (left, top), (right, bottom) = frames[0].runs[0].min(axis=0), frames[0].runs[0].max(axis=0)
    at = places(picture)
    assert all(left < at[line][0] < right and top < at[line][1] < bottom for line in ("b = 3a", "value 6"))


def test_everything_lies_within_the_picture():
    picture = draw.graph(INPUTS, alt="a graph")
    scene = picture.still()

    corners = [point for item in scene.items if isinstance(item, Shape) for point in item.outline]
    assert all(0 <= x <= scene.width and 0 <= y <= scene.height for x, y in corners)


def test_frames_of_a_slider_do_not_move_when_a_number_gets_a_digit():
    knob = draw.slider(lambda n: draw.graph(INPUTS, {"a": [f"a = {n}"]}, alt=f"a is {n}"), [9, 10])

    sizes = {(frame.still().width, frame.still().height) for frame in knob.frames}
    assert len(sizes) == 1
    assert "a = 10" in knob.html()


def test_the_words_for_those_who_cannot_see_it_are_on_it():
    assert re.search("aria-label=.two paths from a to d", draw.graph(INPUTS, alt="two paths from a to d").html())


@pytest.mark.parametrize("inputs", [{"a": ("a",)}, {"a": ("b",), "b": ("a",)}, {"a": ("nobody",)}])
def test_a_circle_or_an_unknown_input_is_refused_by_name(inputs):
    with pytest.raises(draw.DrawError, match="cannot place 'a'"):
        draw.graph(inputs)
