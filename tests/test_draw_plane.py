"""The plane under a matrix: grid, square and vectors where it sends them, and an orientation that every eye can see."""

import numpy as np
import pytest

from groundup import draw
from groundup.draw.compose import margins
from groundup.draw.plane import FILL
from groundup.draw.plane import lines as grid_lines
from groundup.draw.scene import Line, Shape, Words
from groundup.draw.theme import LOOSE

TURN = [[0.0, -1.0], [1.0, 0.0]]
SHEAR = [[1.0, 1.0], [0.0, 1.0]]
MIRROR = [[0.0, 1.0], [1.0, 0.0]]
FLAT = [[2.0, 1.0], [1.0, 0.5]]


def picture(matrix, **options):
    return draw.plot(*draw.plane(matrix, **options), x=(-5, 5), y=(-3, 3), equal=True, alt="A plane.")


def items(shown, kind, role):
    return [item for item in shown.still().items if isinstance(item, kind) and item.role == role]


def units(shown, pixels):
    """Pixels of a picture of x from -5 to 5 and y from -3 to 3, as numbers on its axes."""
    room, frame = margins(shown.frame, shown.drawn), shown.frame
    wide, tall = frame.width - room.left - room.right, frame.height - room.top - room.bottom
    scale = min(wide / 10, tall / 6)
    return np.stack([(pixels[:, 0] - room.left) / scale - 5, 3 - (pixels[:, 1] - room.top) / scale], axis=-1)


def square(shown):
    (shape,) = [item for item in shown.still().items if isinstance(item, Shape) and item.opacity == FILL]
    return shape


def corners(outline):
    return {(round(float(x), 6) + 0.0, round(float(y), 6) + 0.0) for x, y in outline}


@pytest.mark.parametrize(
    "matrix", [np.eye(2), TURN, SHEAR, [[0.5, -1.0], [1.5, 1.0]]], ids=["as it is", "turned", "sheared", "any"]
)
def test_the_unit_square_lies_where_the_matrix_sends_it(matrix):
    shown = picture(matrix)

    first, second = np.array(matrix).T
    wanted = corners(np.array([[0, 0], first, first + second, second]))
    assert corners(units(shown, square(shown).outline)) == wanted


def test_the_arrows_are_the_columns_and_bear_their_names():
    lattice, first, second = draw.plane([[1.0, 2.0], [3.0, 4.0]], labels=("A e₁", "A e₂"))

    assert (first.p, first.q, first.label, first.colour) == ((0, 0), (1, 3), "A e₁", 0)
    assert (second.p, second.q, second.label, second.colour) == ((0, 0), (2, 4), "A e₂", 1)
    assert first.arrow and second.arrow and not lattice.label


def test_every_line_of_the_grid_runs_between_the_images_of_its_ends():
    grid = grid_lines(np.array(SHEAR), 4)

    assert len(grid) == 2 * (2 * 4 + 1)
    for ends in grid:
        before = np.linalg.solve(np.array(SHEAR), ends.T).T
        assert sorted(np.ptp(before, axis=0).round(9)) == [0, 8]
    assert all(np.allclose(ends.mean(axis=0), 0) for ends in grid[-2:])


@pytest.mark.parametrize("matrix", [np.eye(2), [[0.6, 0.4], [0.4, 0.6]], [[0.3, 0.0], [0.0, 0.3]]])
def test_the_grid_fills_the_axes_however_much_it_was_squeezed(matrix):
    shown = picture(matrix)

    fine, axes = items(shown, Line, "quiet")
    ends = units(shown, np.concatenate([*fine.runs, *axes.runs]))
    for corner in ([-5, -3], [-5, 3], [5, -3], [5, 3]):
        assert np.abs(ends - corner).max(axis=1).min() < 1


def test_a_plane_that_is_turned_over_has_another_colour_and_a_dashed_edge():
    upright, over = picture(SHEAR), picture(MIRROR)

    assert (square(upright).role, square(over).role) == ("2", "3")
    (edge,) = items(upright, Line, "2")
    (dashed,) = items(over, Line, "3")
    assert (edge.dash, dashed.dash) == ((), LOOSE)


def test_a_square_that_reaches_beyond_the_axes_is_cut_there():
    shown = picture([[20.0, 0.0], [0.0, 20.0]])

    assert corners(units(shown, square(shown).outline)) == {(0, 0), (5, 0), (5, 3), (0, 3)}


def test_a_square_that_lies_outside_is_not_drawn():
    shown = draw.plot(*draw.plane(np.eye(2)), x=(3, 6), y=(3, 6), equal=True)

    assert not [item for item in shown.still().items if isinstance(item, Shape) and item.opacity == FILL]


@pytest.mark.parametrize(
    "matrix", [FLAT, np.zeros((2, 2)), [[1e9, 0], [0, 1e-9]]], ids=["a line", "a point", "extremes"]
)
def test_a_plane_that_is_squeezed_flat_can_still_be_drawn(matrix):
    assert picture(matrix, circle=True).png()[:4] == b"\x89PNG"


def test_the_circle_becomes_the_ellipse():
    _, circle, _, _ = draw.plane([[2.0, 0.0], [0.0, 0.5]], circle=True)

    xs, ys = circle.of
    assert np.allclose((xs / 2) ** 2 + (ys / 0.5) ** 2, 1)
    assert (xs[0], ys[0]) == pytest.approx((xs[-1], ys[-1]))


def test_without_its_square_the_grid_and_the_vectors_are_left():
    shown = picture(TURN, square=False)

    assert not [item for item in shown.still().items if isinstance(item, Shape) and item.opacity == FILL]
    assert [item.text for item in shown.still().items if isinstance(item, Words)][-2:] == ["e₁", "e₂"]
    assert len(items(shown, Line, "quiet")) == 2


def test_ranges_left_out_show_the_whole_square():
    shown = draw.plot(*draw.plane([[3.0, 1.0], [1.0, 2.0]]))

    assert shown.frame.x.low <= 0 and shown.frame.x.high >= 4
    assert shown.frame.y.low <= 0 and shown.frame.y.high >= 3


def test_on_a_slider_only_what_the_matrix_moves_changes():
    turned = draw.slider(lambda t: picture((1 - t) * np.eye(2) + t * np.array(SHEAR)), [0, 0.5, 1], label="t")

    assert "data-part" in turned.html()
    assert len({plot.frame.x for frame in turned.steady for plot in frame.plots()}) == 1


def test_it_lies_behind_other_layers_and_takes_no_colour_from_them():
    shown = draw.plot(draw.curve(([0, 1], [0, 1]), "mine", colour=4), *draw.plane(np.eye(2)), x=(-5, 5), y=(-3, 3))

    roles = [item.role for item in shown.still().items if isinstance(item, Line) and item.role in ("2", "4")]
    assert roles == ["2", "4"]


@pytest.mark.parametrize(
    ("matrix", "says"),
    [
        ([[1, 2, 3], [4, 5, 6]], "plane() got a matrix of shape (2, 3): give it two rows of two finite numbers."),
        ([1, 2], "plane() got a matrix of shape (2,): give it two rows of two finite numbers."),
        ([[1, 2], [3, np.nan]], "plane() got a matrix of nan or infinity: give it two rows of two finite numbers."),
        ("up", "plane() got a matrix that is not numbers: give it two rows of two."),
        ([[1, 2], [3]], "plane() got a matrix that is not numbers: give it two rows of two."),
    ],
)
def test_what_is_no_matrix_of_the_plane_is_refused_in_words(matrix, says):
    with pytest.raises(draw.DrawError) as error:
        draw.plane(matrix)

    assert str(error.value) == says


def test_one_name_for_two_vectors_is_refused_in_words():
    with pytest.raises(draw.DrawError) as error:
        draw.plane(np.eye(2), labels=("e₁",))

    assert str(error.value) == 'plane() got 1 labels: give one to each basis vector, "" for none.'
