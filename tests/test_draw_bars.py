"""Bars and histograms: they stand on zero, stay in their box, and are told apart without colour."""

import numpy as np
import pytest

from groundup import draw
from groundup.draw.scene import Line, Shape, Words
from groundup.draw.theme import DASHES


def of_series(picture, kind):
    return [item for item in picture.still().items if isinstance(item, kind) and item.role.isdigit()]


def filled(picture):
    return [item.outline for item in of_series(picture, Shape)]


def test_each_bar_stands_on_zero_and_reaches_its_height():
    picture = draw.plot(draw.bars([0, 1, 2], [1, 2, 4]), x=(-1, 3), y=(0, 5))
    one, two, four = filled(picture)

    assert len({float(outline[0, 1]) for outline in (one, two, four)}) == 1
    assert [np.ptp(outline[:, 1]) / np.ptp(one[:, 1]) for outline in (one, two, four)] == pytest.approx([1, 2, 4])


def test_a_negative_bar_hangs_below_zero():
    picture = draw.plot(draw.bars([0, 1], [1, -1]))
    up, down = filled(picture)

    assert up[0, 1] == down[0, 1]
    assert up[1, 1] < up[0, 1] < down[1, 1]


def test_zero_is_in_the_picture_whatever_the_heights():
    picture = draw.plot(draw.bars([0, 1], [90, 100]))

    assert picture.frame.y.low <= 0 < 100 < picture.frame.y.high


def test_bars_have_the_width_that_was_asked_for_and_may_stand_side_by_side():
    picture = draw.plot(draw.bars([0], [1], width=0.4), draw.bars([0.4], [1], width=0.4), x=(-1, 1), y=(0, 2))
    left, right = filled(picture)

    assert np.ptp(left[:, 0]) == pytest.approx(np.ptp(right[:, 0]))
    assert left[:, 0].max() == pytest.approx(right[:, 0].min())


def said(picture):
    return {item.text: item for item in picture.still().items if isinstance(item, Words)}


def test_the_names_of_bars_stand_below_them_in_place_of_numbers():
    picture = draw.plot(draw.bars([10, 11], [1, 2], labels=["cat", "dog"]), y=(0, 3))
    words = said(picture)

    assert not {"10", "11"} & {*words}
    for name, outline in zip(("cat", "dog"), filled(picture), strict=True):
        assert words[name].x == pytest.approx(outline[:, 0].mean(), abs=1)
        assert words[name].y > outline[:, 1].max()


def test_the_names_of_two_sets_stand_under_each_group():
    picture = draw.plot(
        draw.bars([0.8, 1.8], [1, 2], width=0.4, labels=["cat", "dog"]), draw.bars([1.2, 2.2], [1, 2], width=0.4)
    )
    cat = [outline for outline in filled(picture)][0::2]

    assert said(picture)["cat"].x == pytest.approx(np.mean([outline[:, 0].mean() for outline in cat]), abs=1)


def test_a_name_outside_the_range_is_left_out():
    assert "dog" not in said(draw.plot(draw.bars([0, 9], [1, 2], labels=["cat", "dog"]), x=(-1, 1)))


def test_two_sets_are_told_apart_by_their_dashes_as_well():
    picture = draw.plot(draw.bars([0], [1], "one"), draw.bars([1], [1], "other"))

    assert [line.dash for line in of_series(picture, Line)] == [DASHES["0"], DASHES["1"]]


def test_no_colour_is_written_into_the_live_picture():
    assert "#" not in draw.plot(draw.bars([0], [1], "one")).inner_html()


def test_the_areas_of_a_histogram_are_shares_of_the_samples():
    samples = np.random.default_rng(0).normal(size=500)
    layer = draw.histogram(samples, 13)

    assert np.sum(layer.heights * (layer.right - layer.left)) == pytest.approx(1)
    assert layer.left[0] == samples.min() and layer.right[-1] == samples.max()


def test_a_sample_outside_the_range_counts_among_all():
    layer = draw.histogram([0.1, 0.2, 0.7, 5.0], 2, between=(0, 1))

    assert layer.heights.tolist() == [1.0, 0.5]


def test_the_edges_of_the_bins_can_be_given():
    layer = draw.histogram([1, 1, 2, 4], [0.5, 1.5, 2.5, 4.5])

    assert layer.heights.tolist() == [0.5, 0.25, 0.125]


def test_bins_that_touch_are_one_shape_and_an_empty_bin_parts_them():
    together = draw.plot(draw.histogram([0.5, 1.5, 1.6], [0, 1, 2]), y=(0, 1))
    parted = draw.plot(draw.histogram([0.5, 2.5, 2.6], [0, 1, 2, 3]), y=(0, 1))

    assert [len(filled(picture)) for picture in (together, parted)] == [1, 2]


def test_bars_stay_within_the_axes():
    picture = draw.plot(draw.bars([-5, 0, 1, 9], [1, 99, -99, 1]), x=(-0.5, 1.2), y=(-2, 2))
    room, frame = picture.margins, picture.frame

    for outline in filled(picture):
        assert outline[:, 0].min() >= room.left and outline[:, 0].max() <= frame.width - room.right
        assert outline[:, 1].min() >= room.top and outline[:, 1].max() <= frame.height - room.bottom
    assert len(filled(picture)) == 2


def test_a_height_that_is_nan_leaves_a_gap():
    assert len(filled(draw.plot(draw.bars([0, 1, 2], [1, np.nan, 1]), y=(0, 2)))) == 2


def test_nothing_to_be_seen_is_no_error():
    assert filled(draw.plot(draw.bars([0, 1], [0, 0], "none"), x=(-1, 2), y=(0, 1))) == []


def test_the_label_is_there_and_a_slider_turns():
    knob = draw.slider(lambda n: draw.plot(draw.histogram(np.arange(n), 3, "steps"), alt=f"{n} steps"), [4, 5, 9])

    assert "steps" in knob.html()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: draw.bars([1, 2], [1]), "let them match"),
        (lambda: draw.bars([1], [1], width=0), "above zero"),
        (lambda: draw.bars([1], [1], labels=["a", "b"]), "1 bars and 2 labels"),
        (lambda: draw.histogram([]), "no samples"),
        (lambda: draw.histogram([1, np.nan]), "nan or infinite"),
        (lambda: draw.histogram(["a"]), "not numbers"),
        (lambda: draw.histogram([1, 2], 0), "cannot make these bins"),
        (lambda: draw.histogram([1, 2], [2, 1]), "cannot make these bins"),
        (lambda: draw.plot(draw.bars([1], [1]), ylog=True), "no zero to stand on"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_the_way_out(make, says):
    with pytest.raises(draw.DrawError, match=says):
        make()
