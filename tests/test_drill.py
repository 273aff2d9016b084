"""The shape drill: its answers are torch's own, its options hold one right answer, and a seed asks the same again."""

import re

import pytest
import torch

from groundup.drill import LETTERS, LEVELS, shape_drill

SEEDS = range(150)


def told(question):
    """The tensor and the step of a question, run as a learner would type them: the words are the program."""
    names = {"torch": torch}
    exec(re.match(r"(x = .*?)\. ", question.text)[1], names)
    step = re.search(r"(?:shape of |y = |Is )(x.*?)(?:\?| a view|\. Which)", question.text)[1]
    try:
        result = eval(step, names)
    except (RuntimeError, IndexError):
        result = None
    return names["x"], step, result


def chosen(question):
    return question.options[LETTERS.index(question.answer)]


def test_a_shape_is_the_one_that_the_words_give_when_they_are_typed_in():
    for seed in SEEDS:
        question = shape_drill(1, seed)

        _, _, result = told(question)

        assert chosen(question) == ("an error" if result is None else str(tuple(result.shape))), seed


def test_an_element_is_the_one_that_the_words_give_when_they_are_typed_in():
    for seed in SEEDS:
        question = shape_drill(2, seed)

        _, _, result = told(question)
        index = re.search(r"y\[(.*?)\]", question.text)[1]

        assert question.answer == int(eval(f"y[{index}]", {"y": result})), seed


def test_a_view_is_what_shows_a_change_of_x():
    for seed in SEEDS:
        question = shape_drill(3, seed)

        x, _, result = told(question)
        x += 1000
        seen = result is not None and bool((result >= 1000).any())
        right = "an error" if result is None else "a view" if seen else "a copy"

        assert chosen(question).split(":")[0] == right, seed


@pytest.mark.parametrize("level", LEVELS)
def test_a_seed_asks_the_same_question_again_and_another_seed_another(level):
    asked = [shape_drill(level, seed) for seed in SEEDS]

    assert asked == [shape_drill(level, seed) for seed in SEEDS]
    assert len({question.text for question in asked}) > len(SEEDS) / 4


@pytest.mark.parametrize("level", [1, 3])
def test_options_are_all_different_and_no_letter_is_the_answer_every_time(level):
    asked = [shape_drill(level, seed) for seed in SEEDS]

    assert all(len(set(question.options)) == len(question.options) for question in asked)
    assert len({question.answer for question in asked}) == len(asked[0].options)


def test_every_answer_comes_with_its_reason():
    assert all(shape_drill(level, seed).why for level in LEVELS for seed in SEEDS)


def test_a_level_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match="no level 4: choose 1"):
        shape_drill(4, 0)


def test_torchs_own_random_state_is_left_alone():
    before = torch.get_rng_state()

    shape_drill(1, 0), shape_drill(2, 0), shape_drill(3, 0)

    assert torch.equal(before, torch.get_rng_state())
