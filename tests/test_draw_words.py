"""Numbers and words as people write them."""

import pytest

from groundup.draw.axis import Axis
from groundup.draw.layers import words
from groundup.draw.words import THIN, number, width


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-3, "−3"),
        (100, "100"),
        (0.1 + 0.2, "0.3"),
        (1.23456, "1.235"),
        (-0.00012, "−0.00012"),
        (1e-5, "10⁻⁵"),
        (-2.5e-16, "−2.5·10⁻¹⁶"),
        (1e12, "10¹²"),
        (1234, "1234"),
        (1234567, f"1{THIN}234{THIN}567"),
        (float("inf"), "∞"),
        (float("nan"), "nan"),
    ],
)
def test_a_number_is_written_for_people(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("b = -4", "b = −4"),
        ("1 - 3x", "1 − 3x"),
        ("f(-x)", "f(−x)"),
        ("-sin x", "−sin x"),
        ("one-sided", "one-sided"),
        ("--verbose", "--verbose"),
    ],
)
def test_a_hyphen_that_means_minus_becomes_one(text, shown):
    assert words(text) == shown


def test_words_take_more_room_when_longer_and_when_larger():
    assert 0 == width("", 13) < width("x", 13) < width("xx", 13) < width("xx", 15)
    assert width(r"$\frac{a}{b}$", 13) < width("frac a b", 13)


@pytest.mark.parametrize(
    ("axis", "texts"),
    [
        (Axis(-1, 1), ["−1", "−0.5", "0", "0.5", "1"]),
        (Axis(0, 100), ["0", "20", "40", "60", "80", "100"]),
        (Axis(0.1, 0.3, log=True), ["0.1", "0.15", "0.2", "0.25", "0.3"]),
        (Axis(1, 8, log=True), ["1", "2", "5"]),
        (Axis(0.01, 100, log=True), ["0.01", "0.1", "1", "10", "100"]),
        (Axis(1e-8, 1, log=True), ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"]),
    ],
)
def test_an_axis_counts_in_round_numbers(axis, texts):
    assert [text for _, text in axis.ticks(5)] == texts
