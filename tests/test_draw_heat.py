"""A heat map: every number in its cell, names that stay apart, and an order that every eye can see."""

import re
from itertools import pairwise

import numpy as np
import pytest
import torch

from groundup import draw
from groundup.draw.heat import TURN
from groundup.draw.scene import Line, Shape, Words
from groundup.draw.theme import DARK, LIGHT
from groundup.draw.words import width

WORDS = ["the", "cat", "because", "it"]


def sentence(**options):
    weights = np.array([[1.0, 0.0, 0.0, 0.0], [0.25, 0.75, 0, 0], [0.5, 0.25, 0.25, 0], [0.1, 0.2, 0.3, 0.4]])
    return draw.heat(weights, WORDS, WORDS, high=1, alt="Who looks at whom.", **options)


def said(picture):
    return [item.text for item in picture.still().items if isinstance(item, Words)]


def blend(share, page):
    """The colour of a cell: blue laid over the page with this opacity."""
    back, front = (np.array([int(page[role][i : i + 2], 16) for i in (1, 3, 5)]) / 255 for role in ("paper", "0"))
    return back + share * (front - back)


def light_of(colour):
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_rows_and_columns_are_named_and_every_cell_holds_its_number():
    texts = said(sentence())

    assert texts[:8] == WORDS + WORDS
    assert texts[8:24] == [
        "1",
        "0",
        "0",
        "0",
        "0.25",
        "0.75",
        "0",
        "0",
        "0.5",
        "0.25",
        "0.25",
        "0",
        "0.1",
        "0.2",
        "0.3",
        "0.4",
    ]
    assert texts[24:] == ["0", "1"]


def test_the_deeper_the_colour_the_larger_the_number():
    cells = [item for item in sentence().still().items if isinstance(item, Shape) and item.role == "0"]

    assert [cell.opacity for cell in cells[:10]] == [1.0, 0.25, 0.75, 0.5, 0.25, 0.25, 0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize("page", [LIGHT, DARK], ids=["light", "dark"])
def test_lightness_alone_tells_the_order_and_numbers_can_be_read_on_every_colour(page):
    shares = np.linspace(0, 1, 101)
    lights = [light_of(blend(share, page)) for share in shares]
    letters = {role: light_of(blend(0, {"paper": page[role], "0": page["0"]})) for role in ("ink", "paper")}

    rising = [later - earlier for earlier, later in pairwise(lights)]
    assert min(rising) * max(rising) > 0
    for share, light in zip(shares, lights, strict=True):
        letter = letters["paper" if share > TURN else "ink"]
        assert (max(light, letter) + 0.05) / (min(light, letter) + 0.05) >= 3


def test_a_cell_without_a_number_is_struck_through():
    picture = draw.heat([[1.0, np.nan], [0.5, 0.5]])

    assert said(picture) == ["0", "1", "0", "1", "1", "0.5", "0.5", "0", "1"]
    assert len([item for item in picture.still().items if isinstance(item, Line)]) == 1


def test_long_names_of_columns_stand_on_several_lines_and_never_touch():
    names = ["yesterday", "afternoon", "everybody", "understood"] * 3
    picture = draw.heat(np.eye(12), names, names)

    above = [item for item in picture.still().items if isinstance(item, Words) and item.anchor == "middle"][:12]
    for line in {item.y for item in above}:
        for one, other in pairwise(item for item in above if item.y == line):
            assert one.x + width(one.text, one.size) / 2 < other.x - width(other.text, other.size) / 2
    assert min(item.y - item.size for item in above) >= 0


def test_numbers_are_left_out_where_there_is_no_room():
    assert len(said(draw.heat(np.eye(40), width=300, height=300))) == 82


def test_everything_stays_on_the_page():
    for picture in (sentence(), sentence(title="Weights", xlabel="looked at", ylabel="looking", width=300, height=220)):
        scene = picture.still()
        for item in scene.items:
            if isinstance(item, Shape):
                assert item.outline.min() >= 0
                assert item.outline[:, 0].max() <= scene.width
                assert item.outline[:, 1].max() <= scene.height


def test_a_tensor_with_gradients_is_drawn_as_its_numbers_and_left_alone():
    weights = torch.eye(3, dtype=torch.float64).requires_grad_()

    assert said(draw.heat(weights)) == said(draw.heat(np.eye(3)))
    assert weights.requires_grad


def test_heat_maps_stand_in_rows_and_turn_with_a_knob():
    turning = draw.slider(lambda t: draw.row(sentence(), draw.heat(np.eye(4) * t, high=2)), [1, 2], label="t")

    html = turning.html()
    assert html.count("<svg ") == 2
    assert "Who looks at whom." in html
    assert not re.search(r"#[0-9a-f]{6}\b", turning.inner_html())
    assert turning.png()[:4] == b"\x89PNG"


def test_all_zeros_are_drawn_without_colour():
    shares = [i.opacity for i in draw.heat(np.zeros((2, 3))).still().items if isinstance(i, Shape) and i.role == "0"]

    assert len(shares) == 24  # the scale alone


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([1.0, 2.0], {}, r"heat\(\) got values of shape \(2,\): give it a matrix, \(rows, columns\)\."),
        ("abc", {}, r"heat\(\) got values that are no numbers"),
        (np.empty((0, 3)), {}, r"shape \(0, 3\): give it a matrix"),
        (np.eye(3), {"rows": ["a"]}, r"heat\(\) got 1 names for 3 rows: give one to each\."),
        ([[-0.5, 1.0]], {}, r"heat\(\) got an entry of -0\.5, below low=0: give it a lower low\."),
        ([[0.5, np.inf]], {}, r"heat\(\) got an infinite entry: put nan"),
        (np.eye(2), {"low": 2, "high": 1}, r"heat\(\) got low=2 and high=1: low must be below high\."),
    ],
)
def test_what_cannot_be_drawn_is_said_with_the_way_out(values, options, words):
    with pytest.raises(draw.DrawError, match=words):
        draw.heat(values, **options)
