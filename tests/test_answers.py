"""What a learner's answer means, and which beliefs and rungs follow from it."""

import random

import numpy as np
import pytest

from groundup.checking import expression
from groundup.door.answers import agree, answer_of, belief, choices, judge, letter_of, number_of, shape_of, wanted
from groundup.exercise import Asked, Prediction

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
    ("answer", "number"),
    [("1/3", 1 / 3), (" -3 / 4 ", -0.75), ("1e-3", 0.001), ("\N{MINUS SIGN}2", -2.0), ("+5", 5.0), ("0.5/2", 0.25)],
)
def test_a_number_may_be_a_fraction_or_have_an_exponent(answer, number):
    assert number_of(answer) == number


@pytest.mark.parametrize("answer", ["1/0", "pi/2", "1/2/3", "/2", "1/", "1,5", "2**3", "1 + 1", "inf/inf"])
def test_what_would_have_to_be_computed_is_no_number(answer):
    assert number_of(answer) is None


@pytest.mark.parametrize(
    "answer", ["(3, 4)", "3, 4", "3,4", "[3, 4]", " ( 3 , 4 ) ", "3 4", "3 x 4", "3×4", "torch.Size([3, 4])", "(3, 4,)"]
)
def test_a_shape_may_be_written_as_one_would(answer):
    assert shape_of(answer) == (3, 4)


@pytest.mark.parametrize(("answer", "shape"), [("(3,)", (3,)), ("3", (3,)), ("()", ()), ("torch.Size([])", ())])
def test_shapes_of_one_axis_and_of_none_are_shapes(answer, shape):
    assert shape_of(answer) == shape


@pytest.mark.parametrize(
    "answer", ["", " ", "(3, -1)", "3.0, 4", "(a, b)", "(3, 4", "3,,4", "len(x)", (3, 4), None, "9" * 30]
)
def test_what_is_no_shape_is_none(answer):
    assert shape_of(answer) is None


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


# ---- review questions ----------------------------------------------------------------------------------------------

CHOICE = Asked("Where?", "b", OPTIONS)
WHOLE, THIRD, SHAPE, WORD = Asked("?", 12.0), Asked("?", 1 / 3), Asked("?", (3, 4)), Asked("?", "Cauchy")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (CHOICE, "b"),
        (CHOICE, "(B)"),
        (CHOICE, "at 2 and 4"),
        (WHOLE, "12"),
        (WHOLE, "12.0"),
        (WHOLE, "24/2"),
        (THIRD, "1/3"),
        (THIRD, "0.333"),
        (THIRD, ".33333"),
        (SHAPE, "(3, 4)"),
        (SHAPE, "3 4"),
        (WORD, " cauchy "),
        (Asked("?", np.int64(-7)), "-7"),
        (Asked("?", 0.1 + 0.2), "0.3"),
        (Asked("?", 0), "0"),
        (Asked("?", 2e-12), "2e-12"),
        (Asked("?", [2, 3]), "2, 3"),
        (Asked("?", ()), "()"),
    ],
)
def test_what_is_right_is_accepted_in_every_way_to_write_it(asked, given):
    judged = judge(asked, given)

    assert (judged.meant, judged.right) == (True, True)
    assert judged.says == f"Right: {judged.answer}."


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (CHOICE, "a"),
        (WHOLE, "12.001"),
        (WHOLE, "-12"),
        (THIRD, "0.33"),
        (THIRD, "0.334"),
        (SHAPE, "(4, 3)"),
        (SHAPE, "12"),
        (WORD, "Euler"),
        (Asked("?", 0.0475), "0.0476"),
        (Asked("?", 0), "0.0001"),
        (Asked("?", 2e-12), "0"),
        (Asked("?", 5), "inf"),
    ],
)
def test_what_is_wrong_is_met_with_what_is_right(asked, given):
    judged = judge(asked, given)

    assert (judged.meant, judged.right) == (True, False)
    assert judged.says == f"Not {judged.said}: it is {judged.answer}."


@pytest.mark.parametrize(
    ("asked", "given", "way"),
    [
        (CHOICE, "d", 'one of the letters "a", "b" or "c"'),
        (WHOLE, "b", "a number, as in 12, 0.333 or 1/3"),
        (WHOLE, "", "a number, as in 12, 0.333 or 1/3"),
        (SHAPE, "(3, n)", "a shape, as in (3, 4)"),
        (WORD, "  ", "the answer in words"),
    ],
)
def test_what_is_no_answer_is_told_what_to_write(asked, given, way):
    judged = judge(asked, given)

    assert (judged.meant, judged.right) == (False, False)
    assert judged.says == f"That is none of the answers: write {way}." and wanted(asked) == way


def test_answers_are_said_in_full():
    assert judge(CHOICE, "a").says == "Not (a) at 2 only: it is (b) at 2 and 4."
    assert judge(THIRD, "0.5").says == "Not 0.5: it is 0.333333."
    assert judge(SHAPE, "3").says == "Not (3,): it is (3, 4)."


def test_no_text_makes_a_judge_raise():
    alphabet = "0123456789eE+-./,x× ()[]abc\\'\"_infnaN\N{MINUS SIGN}²٣\0\ud800\n"
    for seed in range(300):
        rng = random.Random(seed)
        text = "".join(rng.choices(alphabet, k=rng.randrange(12)))

        for asked in (CHOICE, WHOLE, THIRD, SHAPE, WORD, Asked("?", -1e300)):
            judged = judge(asked, text)
            assert judged.meant or not judged.right, (seed, asked)


# ---- short code ----------------------------------------------------------------------------------------------------

X = np.arange(6).reshape(2, 3)
CODE = Asked("Turn x over.", "x.T", tries=({"x": X}, {"x": np.eye(2)}))


@pytest.mark.parametrize("given", ["x.T", "x.transpose()", " np.transpose(x) ", "x.swapaxes(0, 1)"])
def test_an_expression_that_does_the_same_is_right(given):
    assert judge(CODE, given).right


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("x", "it gives [[0, 1, 2],"),
        ("x.reshape(3, 2)", "it gives [[0, 1],"),
        ("x.nothing", "it raises AttributeError."),
        ("x.T * (x.shape[0] == 3)", "it gives"),
        ("[x for _ in iter(int, 1)]", "It did not come to an end."),
        ("__import__('os')._exit(x.size)", "It took its process down."),
    ],
)
def test_an_expression_that_does_not_is_wrong_and_the_try_is_shown(given, why):
    judged = judge(CODE, given)

    assert (judged.meant, judged.right) == (True, False)
    assert why in judged.reason and judged.says == f"Not {given}: it is x.T."


@pytest.mark.parametrize("given", ["x =", "import os", "y.T", "1", "x" * 400, "print('x')"])
def test_what_is_no_expression_in_the_names_is_no_answer(given):
    judged = judge(CODE, given)

    assert not judged.meant and judged.says.endswith(": write one expression in x.")


@pytest.mark.parametrize("forks", [True, False])
def test_code_changes_nothing_here(monkeypatch, forks):
    monkeypatch.setattr(expression, "can_fork", lambda: forks)

    assert not judge(CODE, "x.fill(9)").right and judge(CODE, "x.T").right
    assert X[1, 2] == 5


def test_where_nothing_can_be_forked_an_endless_expression_is_stopped_too(monkeypatch):
    monkeypatch.setattr(expression, "can_fork", lambda: False)
    monkeypatch.setattr(expression, "LIMIT", 0.3)

    assert judge(CODE, "[x for _ in iter(int, 1)]").reason == "It did not come to an end."
