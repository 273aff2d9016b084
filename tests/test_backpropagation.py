"""The engine of the lesson against torch, and the fuzzer that looks for what is wrong with a learner's."""

import inspect

import numpy as np
import pytest
import torch

from groundup.checking.trial import trial
from groundup.exercise import exercise_of
from groundup.lessons.neural_networks import backpropagation as lesson
from groundup.lessons.neural_networks.backpropagation import Value


def by_torch(steps):
    """Values and gradients of an expression, by torch in float64."""
    values = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in lesson.GIVEN]
    for operation, places in steps:
        values.append(lesson.FUZZED[operation](*(values[place] for place in places)))
        values[-1].retain_grad()
    values[-1].backward()
    return [v.item() for v in values], [0.0 if v.grad is None else v.grad.item() for v in values]


@pytest.mark.parametrize("seed", range(40))
def test_random_expressions_have_the_values_and_gradients_that_torch_finds(seed):
    rng = np.random.default_rng(seed)
    drawn = [lesson._expression(rng, 8) for _ in range(10)]
    steps = next(steps for steps in drawn if "ZeroDivisionError" not in lesson._computed(Value, steps)[1])

    mine, stopped = lesson._computed(Value, steps)
    data, grad = by_torch(steps)

    assert stopped == ""
    assert [v.data for v in mine] == pytest.approx(data, rel=1e-10, nan_ok=True)
    assert [v.grad for v in mine] == pytest.approx(grad, rel=1e-8, abs=1e-12, nan_ok=True)


def test_a_network_has_the_gradients_that_torch_finds():
    network, x = lesson.Network([3, 4, 2, 1], np.random.default_rng(0)), [0.5, -1.0, 0.25]
    network(x).backward()

    tensors = [torch.tensor(p.data, dtype=torch.float64, requires_grad=True) for p in network.parameters()]
    rest, now = iter(tensors), torch.tensor(x, dtype=torch.float64)
    for n_in, n_out in ((3, 4), (4, 2), (2, 1)):
        rows = [(torch.stack([next(rest) for _ in range(n_in)]), next(rest)) for _ in range(n_out)]
        now = torch.stack([torch.tanh(w @ now + b) for w, b in rows])
    now.sum().backward()

    assert [p.grad for p in network.parameters()] == pytest.approx([t.grad.item() for t in tensors], rel=1e-10)


def engine(before, after):
    """The lesson's Value with one piece of its text exchanged."""
    text = inspect.getsource(Value).split("\n", 1)[1]
    assert before in text
    scope = dict(vars(lesson))
    exec(text.replace(before, after), scope)
    return scope["Value"]


def test_a_long_expression_that_goes_wrong_is_cut_down_to_the_one_operation_at_fault():
    wrong = engine("1 - y**2", "1 - y")
    steps = [("{} + {}", (0, 1)), ("2 * {}", (3,)), ("{}.tanh()", (2,)), ("{} * {}", (4, 5)), ("1 - {}", (6,))]

    small = lesson._shrunk(wrong, steps)
    words, html = lesson._drawn(wrong, small)

    assert small == [("{}.tanh()", (0,))]
    assert words.startswith("the smallest expression found that goes wrong is x = 2; a = x.tanh()")
    assert "the gradient of x is 0.0359724 and should be 0.0706508" in words
    assert "should be 0.07065" in html


def test_an_operator_that_stops_is_drawn_with_what_python_said():
    words, _ = lesson._drawn(engine("def __rsub__", "def rsub"), [("1 - {}", (0,))])

    assert "computing a ends in TypeError" in words


def test_an_engine_that_is_wrong_where_no_script_looks_is_met_with_a_picture():
    sly = engine("(1 - y**2,)", "((1 - y**2) * (1 if y < 0.99 else 2),)")

    broken = [outcome for outcome in trial(exercise_of(Value), sly).outcomes if outcome.how == "broke"]

    assert len(broken) == 1
    assert "tanh()" in broken[0].words
    assert "<svg" in broken[0].picture


@pytest.mark.parametrize(
    ("name", "found"),
    [("written over", 18.0), ("passed on before it was whole", 60.0), ("visited once, too early", 21.0),
     ("begun at the wrong end", 0.0)],
)  # fmt: skip
def test_the_numbers_that_tell_the_wrong_walks_apart_are_those_that_the_lesson_names(name, found):
    inputs = {"a": (), "b": ("a",), "c": ("b",), "d": ("b", "c")}
    slopes = {"a": (), "b": (3.0,), "c": (1.0,), "d": (7.0, 6.0)}
    programs = {mistake.name: mistake.program for mistake in exercise_of(lesson.gradients).mistakes}

    assert lesson.gradients("d", inputs.get, slopes.get)["a"] == 39.0
    assert programs[name]("d", inputs.get, slopes.get)["a"] == found
