"""What a learner's answer means, and which beliefs and rungs follow from it."""

import numpy as np
import pytest

from groundup.door.answers import agree, answer_of, belief, choices, letter_of, number_of
from groundup.exercise import Prediction

OPTIONS = ("at 2 only", "at 2 and 4", "at three places")


@pytest.mark.parametrize("answer", ["b", "B", " b ", "(b)", "b.", "at 2 and 4"])
def test_an_option_may_be_named_as_one_would(answer):
    assert letter_of(answer, OPTIONS) == "b"


@pytest.mark.parametrize("answer", ["d", "z", "", "bc", "at 3", 1, None, ..., ["b"], b"b"])
def test_what_names_no_option_is_none(answer):
    assert letter_of(answer, OPTIONS) is None


@pytest.mark.parametrize("answer", [0.5, "0.5", " .5 ", np.float64(0.5), np.array(0.5), np.float32(0.5)])
def test_a_number_may_be_written_as_one_would(answer):
    assert number_of(answer) == 0.5


@pytest.mark.parametrize(
    "answer", [True, np.bool_(True), float("nan"), "half", "", None, ..., 1j, [0.5], np.array([0.5]), 10**400]
)
def test_what_is_no_number_is_none(answer):
    assert number_of(answer) is None


def test_an_object_that_lies_about_itself_is_no_answer():
    class Liar:
        def __eq__(self, other):
            raise RuntimeError

        def __float__(self):
            raise RuntimeError

        __hash__ = None

    assert number_of(Liar()) is None and letter_of(Liar(), OPTIONS) is None


def test_numbers_agree_as_closely_as_the_prediction_asks():
    prediction = Prediction("p", "?", rtol=0.1, atol=0.0)
    assert agree(prediction, 1.05, 1.0) and not agree(prediction, 1.2, 1.0)
    assert agree(prediction, float("inf"), float("inf"))


def test_a_belief_is_found_by_its_letter_or_near_its_number():
    chosen = Prediction("p", "?", OPTIONS, {"a": "One sees\n the nearest."})
    assert belief(chosen, "a") == "One sees the nearest." and belief(chosen, "c") == ""
    counted = Prediction("p", "?", beliefs={2: "The step was counted once."})
    assert belief(counted, 2.01) == "The step was counted once." and belief(counted, 2.5) == ""


def test_answers_are_read_by_the_kind_of_the_question():
    assert answer_of(Prediction("p", "?", OPTIONS), "c") == "c"
    assert answer_of(Prediction("p", "?"), "3") == 3.0


def test_the_letters_are_listed_as_one_would():
    assert choices(OPTIONS) == '"a", "b" or "c"' and choices(OPTIONS[:2]) == '"a" or "b"'
