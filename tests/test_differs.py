"""What counts as different, and in which words."""

import numpy as np
import pytest

from groundup.differs import Incomparable, close, differs


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __repr__(self):
        while True:
            pass


class Float(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


AGREEING = [
    (1.0, 1.0 + 1e-12),
    (1, 1.0),
    (np.float64(2.5), 2.5),
    (np.array(2.5), 2.5),
    (float("nan"), float("nan")),
    (float("inf"), float("inf")),
    (np.bool_(True), True),
    ([1, 2.0], (1, 2.0)),
    (np.array([1.0, np.nan]), np.array([1.0, np.nan])),
    ({"a": np.array([1, 2])}, {"a": np.array([1, 2])}),
    ({1, 2}, {2, 1}),
    ("text", "text"),
    (None, None),
    (10**400, 10**400),
]

DIFFERING = [
    (1.0, 2.0, "they are 1 apart"),
    (2.0, 2, "it is a float and should be an int"),
    (1, True, "it is an int and should be a bool"),
    (True, 1, "it is a bool and should be an int"),
    (np.float32(1), 1.0, "its dtype is float32 and should be float64"),
    (float("nan"), 1.0, "nan is not 1.0"),
    (float("-inf"), float("inf"), "-inf is not inf"),
    (None, 1.0, "it should be a float and is None"),
    ([1.0], np.array([1.0]), "it should be an array and is a list"),
    (np.zeros((2, 3)), np.zeros((3, 2)), "its shape is (2, 3) and should be (3, 2)"),
    (np.zeros(3, int), np.zeros(3), "its dtype is int64 and should be float64"),
    (
        np.array([1.0, 5.0, 3.0]),
        np.array([1.0, 2.0, 3.0]),
        "at [1] it is 5.0 and should be 2.0 (1 of 3 entries differ)",
    ),
    (np.array([1.00000001]), np.array([1.0]), "at [0] it is 1.00000001 and should be 1.0"),
    ([1, 2], [1, 2, 3], "it has 2 entries and should have 3"),
    ((1, 5), (1, 2), "entry 1 differs: they are 3 apart"),
    ({"a": 1}, {"b": 1}, "the key 'b' is missing"),
    ({"a": 1, "b": 1}, {"a": 1}, "the key 'b' should not be there"),
    (10**400 + 1, 10**400, "they are 1 apart"),
    (10**400, 1, "the numbers differ"),
    (AlwaysEqual(), 1.0, "it should be a float and is an AlwaysEqual"),
    (AlwaysEqual(), np.zeros(2), "it should be an array and is an AlwaysEqual"),
    ([AlwaysEqual()], [1], "it should be an int and is an AlwaysEqual"),
    (AlwaysEqual(), "text", "it should be text and is an AlwaysEqual"),
    (Float(1.0), 1.0, "it should be a float and is a Float"),
    ((x for x in [1]), [1], "it should be a list and is a generator"),
    (len, 3, "it should be an int and is a function"),
]


@pytest.mark.parametrize(("got", "want"), AGREEING)
def test_what_is_as_good_agrees(got, want):
    assert differs(got, want) == ""


@pytest.mark.parametrize(("got", "want", "words"), DIFFERING)
def test_what_differs_is_said(got, want, words):
    assert differs(got, want) == words


def test_the_tolerance_is_relative_to_what_is_wanted_plus_an_absolute_part():
    assert differs(1e-20, 2e-20, rtol=1e-9, atol=1e-12) == ""
    assert differs(1e-20, 2e-20, rtol=1e-9, atol=0.0) != ""
    assert differs(1000.1, 1000.0, rtol=1e-3) == ""


def test_a_list_that_holds_itself_comes_to_an_end():
    endless = [1]
    endless.append(endless)

    assert differs(endless, [1, [1, 2]]) == "entry 1 differs: entry 1 differs: it should be an int and is a list"


def test_a_value_that_no_lesson_may_return_is_the_lessons_fault():
    with pytest.raises(Incomparable, match="a object cannot be compared"):
        differs(1, object())


def test_close_tells_both_values():
    assert close(1.0, 1.0 + 1e-9)
    with pytest.raises(AssertionError, match=r"2\.0 is not 1\.0: they are 1 apart"):
        close(2.0, 1.0)


def test_of_two_truths_both_are_said():
    assert differs(True, False) == "it is True and should be False"
    assert differs([True, True], [True, False]) == "entry 1 differs: it is True and should be False"


def test_wrong_values_are_told_before_a_wrong_dtype():
    got, want = np.array([1, 9]), np.array([1.0, 2.0])

    assert differs(got, want) == (
        "at [1] it is 9 and should be 2.0 (1 of 2 entries differ); and its dtype is int64 and should be float64"
    )
    assert differs(np.array([1, 2]), want) == "its dtype is int64 and should be float64"
    assert differs(want.astype(np.float32) / 3, want / 3) == "its dtype is float32 and should be float64"
