"""Values as short, safe text."""

import functools

import numpy as np
import pytest
import torch

from groundup.show import show, show_call, show_pair


class Liar:
    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __len__ = __iter__ = __repr__


def named(x):
    return x


SHOWN = [
    (3, "3"),
    (3.0, "3.0"),
    (1 / 3, "0.333333"),
    (1e-5, "1e-05"),
    (float("nan"), "nan"),
    (np.float64(2), "2.0"),
    (np.int64(2), "2"),
    (True, "True"),
    (None, "None"),
    ("a" * 200, "'" + "a" * 71 + "…'"),
    ([1, 2.5, "x"], "[1, 2.5, 'x']"),
    ((1,), "(1,)"),
    ({"a": [1]}, "{'a': [1]}"),
    (set(), "set()"),
    (np.array([1.0, 2.5]), "[1.0, 2.5]"),
    (np.array([[1, 2], [3, 4]]), "[[1, 2],\n [3, 4]]"),
    (np.zeros((0, 3)), "[] of shape (0, 3)"),
    (np.sin, "np.sin"),
    (named, "named"),
    (lambda t: t**3 + 1, "lambda t: t**3 + 1"),
    (Liar(), "a Liar object"),
    (Liar, "Liar"),
    (10**400, "an int of 1329 bits"),
    (abs, "abs"),
    (functools.partial(named, 3), "a partial object"),
    ((i for i in [1]), "a generator"),
]


@pytest.mark.parametrize(("value", "text"), SHOWN, ids=range(len(SHOWN)))
def test_a_value_is_shown_short_and_without_its_own_help(value, text):
    assert show(value) == text


def test_two_functions_of_a_list_are_written_out_however_long_and_numbers_are_not():
    steps = [
        (lambda v: [v[0] * v[1], v[1] ** 2 - v[0]], lambda v: [[v[1], v[0]], [-1, 2 * v[1]]]),
        (lambda v: [2 * v[0] + 5 * np.exp(v[1])], lambda v: [[2, 5 * np.exp(v[1])]]),
        (lambda v: v, lambda v: [[1]]),
    ]

    assert show(steps, width=40) == (
        "[(lambda v: [v[0] * v[1], v[1] ** 2 - v[0]], lambda v: [[v[1], v[0]], [-1, 2 * v[1]]]), "
        "(lambda v: [2 * v[0] + 5 * np.exp(v[1])], lambda v: [[2, 5 * np.exp(v[1])]]), … 1 more]"
    )
    assert show([10**30, 10**30, 10**30], width=40) == f"[{10**30}, … 2 more]"


def test_two_lambdas_on_one_line_are_told_apart():
    one, other = lambda x: x + 1, lambda x: x * 2

    assert (show(one), show(other)) == ("lambda x: x + 1", "lambda x: x * 2")


def test_a_long_list_ends_in_how_many_more():
    assert show(list(range(1000))).endswith("more]")
    assert len(show(list(range(1000)))) < 90


def test_the_marked_entry_of_a_long_array_is_in_view():
    assert "›50‹" in show(np.arange(100), mark=(50,))
    assert show(np.arange(100), mark=(50,)).startswith("[…, 46,")
    assert "›[" not in show(np.arange(12).reshape(3, 4), mark=(1, 2))


def test_a_pair_shows_as_many_digits_as_it_takes():
    assert show_pair(1.0, 1.00000002) == ("1.0", "1.00000002")
    assert show_pair(1.0, 2.0) == ("1.0", "2.0")


def test_a_call_reads_as_it_would_be_typed():
    assert show_call("f", (np.sin, np.array([1.0, 2.0])), {"h": 0.5}) == "f(np.sin, array([1.0, 2.0]), h=0.5)"


def test_lists_within_lists_within_lists_end():
    endless = []
    endless.append(endless)

    assert show(endless) == "[[[[…]]]]"


def test_a_tensor_in_a_call_says_its_shape_and_where_it_leaps_through_memory():
    x = torch.arange(24.0).reshape(2, 3, 4)

    assert show_call("f", (torch.arange(3),), {}) == "f(tensor([0, 1, 2]))"
    assert show_call("f", (x[0, :, :2].contiguous(), 1), {}) == "f(tensor([[0.0, 1.0], [4.0, 5.0], [8.0, 9.0]]), 1)"
    assert show_call("f", (x,), {}) == "f(tensor([0.0, 1.0, 2.0, …], shape (2, 3, 4)))"
    assert show_call("f", (x[0].T,), {}) == "f(tensor([0.0, 4.0, 8.0, …], shape (4, 3), strides (1, 4)))"
    assert show_call("f", (x[:0],), {}) == "f(tensor([], shape (0, 3, 4)))"


def test_of_an_array_of_many_axes_the_matrix_of_the_marked_entry_is_shown():
    array = np.arange(256).reshape(4, 4, 4, 4)

    assert show(array).startswith("at [0, 0] of shape (4, 4, 4, 4):\n[[0, 1, 2, 3],\n [4, 5, 6, 7],\n")
    assert show(array, mark=(2, 1, 0, 3)).startswith(
        "at [2, 1] of shape (4, 4, 4, 4):\n[[144, 145, 146, ›147‹],\n [148"
    )


def test_brackets_of_a_small_array_of_three_axes_stand_below_each_other():
    assert show(np.arange(8).reshape(2, 2, 2)) == "[[[0, 1],\n  [2, 3]],\n [[4, 5],\n  [6, 7]]]"


def test_a_function_of_numpy_is_shown_as_it_is_called():
    assert [show(np.sin), show(np.cumsum), show(np.diff)] == ["np.sin", "np.cumsum", "np.diff"]
