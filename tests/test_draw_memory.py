"""The picture of a tensor in memory: every box says which index leads there, and the walk goes where torch goes."""

import itertools

import numpy as np
import pytest
import torch

from groundup import draw
from groundup.draw.memory import BOLD
from groundup.draw.scene import Line, Shape, Words
from groundup.draw.theme import LOOSE

X = torch.arange(12)


def words(picture):
    return [item.text for item in picture.still().items if isinstance(item, Words)]


def boxes(picture):
    """(left, top, role) of the boxes that are walked to, those of the memory and those of the tensor."""
    shapes = [item for item in picture.still().items if isinstance(item, Shape) and len(item.outline) == 4]
    return [(*shape.outline[0].tolist(), shape.role) for shape in shapes]


def arcs(picture):
    """From where to where along the memory each step goes, in boxes of it."""
    lines = [item for item in picture.still().items if isinstance(item, Line) and len(item.runs[0]) == 25]
    return [tuple(((line.runs[0][end, 0] - 14) / 40 - 0.5).round(6).item() for end in (0, -1)) for line in lines]


@pytest.mark.parametrize(
    "x", [X.reshape(3, 4), X.reshape(3, 4).T, X.reshape(2, 3, 2).permute(2, 0, 1), X[3:].view(3, 3)]
)
def test_under_each_box_stands_the_index_that_leads_there(x):
    shown = words(draw.memory(x))

    indices = sorted(itertools.product(*map(range, x.shape)), key=lambda index: x[index].item())

    at = shown.index(",".join(map(str, indices[0])))
    numbers = [text for text in shown[at:] if "," in text and not text.startswith("shape")]
    assert numbers == [",".join(map(str, index)) for index in indices]


@pytest.mark.parametrize("x", [X.reshape(3, 4), X.reshape(3, 4).T, X[1::3], X.as_strided((5, 3), (2, 1))])
def test_the_walk_goes_through_memory_as_torch_reads_the_tensor(x):
    steps = x.numel() - 1

    walked = arcs(draw.memory(x, at=steps))

    assert walked == list(itertools.pairwise(x.flatten().tolist()))


def test_a_step_to_the_next_row_is_dashed_and_no_other():
    picture = draw.memory(X.reshape(3, 4), at=11)

    dashed = [
        item.dash == LOOSE for item in picture.still().items if isinstance(item, Line) and len(item.runs[0]) == 25
    ]

    assert dashed == [step % 4 == 0 for step in range(1, 12)]


def test_a_row_has_one_colour_in_memory_and_in_the_tensor():
    found = boxes(draw.memory(X.reshape(3, 4).T))

    memory, tensor = found[:12], found[12:]

    assert [role for _, _, role in memory] == [str(place % 4) for place in range(12)]
    assert [role for _, _, role in tensor] == [str(row) for row in range(4) for _ in range(3)]


def test_a_place_that_no_index_leads_to_is_left_white():
    assert len(boxes(draw.memory(X[5::2]))) == 4 + 4


def test_a_place_that_several_indices_lead_to_says_how_many():
    assert [text for text in words(draw.memory(torch.arange(5).as_strided((3, 3), (1, 1)))) if "×" in text] == [
        "2×",
        "3×",
        "2×",
    ]


def test_the_box_that_the_walk_has_reached_is_framed_in_both_places():
    picture = draw.memory(X.reshape(3, 4), at=6)

    assert sum(isinstance(item, Line) and item.width == BOLD for item in picture.still().items) == 2


def test_tensors_that_are_empty_single_or_of_four_axes_have_a_picture():
    for x in (torch.zeros(0, 3), X[4], torch.tensor(True), torch.arange(24.0).reshape(2, 2, 2, 3)):
        assert draw.memory(x).png()[:4] == b"\x89PNG"


def test_everything_stays_on_the_page():
    for x in (X.reshape(12, 1), torch.arange(24).reshape(2, 3, 4), torch.arange(24)):
        scene = draw.memory(x, at=x.numel() - 1, title="t").still()
        corners = np.concatenate([item.outline for item in scene.items if isinstance(item, Shape)])
        assert corners.min() >= 0
        assert (corners <= [scene.width, scene.height]).all()


def test_in_a_slider_pictures_of_different_heights_get_the_room_of_the_tallest():
    knob = draw.slider(lambda rows: draw.memory(X.reshape(rows, -1)), [1, 6, 12])

    assert len({plot.scene.height for frame in knob.steady for plot in frame.plots()}) == 1
    assert knob.still().height >= draw.memory(X.reshape(12, 1)).still().height


def test_in_a_row_pictures_are_narrower_and_of_one_height():
    row = draw.row(draw.memory(X), draw.memory(X.reshape(12, 1)), draw.memory(X.reshape(3, 4)))

    scenes = [plot.scene for plot in row.plots()]

    assert {scene.width for scene in scenes} == {330}
    assert all(item.outline.max(axis=0)[0] < 330 for scene in scenes for item in scene.items if isinstance(item, Shape))


def test_the_words_say_shape_strides_and_beginning():
    assert draw.memory(X[2:].view(2, 5).T, at=3).alt == (
        "A row of 12 boxes of memory, walked with shape (5, 2) and strides (1, 5), beginning at place 2, 3 steps far."
    )


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: draw.memory([1, 2]), "got list: give it a torch tensor"),
        (lambda: draw.memory(torch.zeros(25)), "storage of 25 numbers and 1 axes: keep to 24 numbers and 4 axes"),
        (lambda: draw.memory(X, at=12), "got at=12: the walk has the steps 0 to 11"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_way_out(make, says):
    with pytest.raises(draw.DrawError, match=says):
        make()
