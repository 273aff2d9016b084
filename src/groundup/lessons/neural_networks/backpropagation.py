"""Exercises of the lesson on backpropagation: from one neuron by hand to an engine that trains a network.

Every number is a Python float in a node of its own. Knows nothing of tensors, and of one optimizer only.
"""

import inspect
import math
from itertools import pairwise

import numpy as np

from groundup import draw
from groundup.differs import close
from groundup.exercise import (
    Asked,
    Pictured,
    case,
    equivalent,
    exercise,
    hint,
    holds,
    mistake,
    prediction,
    question,
    quiz,
    right,
    scenario,
    training,
    wrong,
)
from groundup.lessons.math.derivatives_examples import central_diff, chain_rule, check_derivative, product_quotient

# ---- 1. One neuron by hand


@exercise(needs=[chain_rule])
def neuron_gradient(w, b, x, target):
    """The loss of one neuron, and how fast it grows with the weight, the bias and the input.

    w, b, x, target: floats
    The neuron computes a = w*x + b, then y = tanh(a); its loss is (y - target)**2.
    Returns (loss, dw, db, dx): four floats; dw is the slope of the loss along w, and so on.
    The slope of tanh at a is 1 - tanh(a)**2.

    neuron_gradient(2.0, -1.0, 0.5, 1.0): here a = 0, y = 0, the loss is 1.0, and (dw, db, dx) is (-1.0, -2.0, -4.0).
    """
    a = w * x + b
    y = math.tanh(a)
    loss = (y - target) ** 2
    # begin solution
    dy = 2 * (y - target)
    da = dy * (1 - y**2)
    dw, db, dx = da * x, da, da * w
    # end solution
    return loss, dw, db, dx


@scenario(neuron_gradient)
def _(neuron_gradient):
    loss, dw, db, dx = neuron_gradient(2.0, -1.0, 0.5, 1.0)
    yield "loss", loss
    yield "db", db
    yield "dw", dw
    yield "dx", dx


@scenario(neuron_gradient)
def _(neuron_gradient):
    loss, dw, db, dx = neuron_gradient(0.75, 0.5, -1.5, 0.25)
    yield "loss", loss
    yield "db", db
    yield "dw", dw
    yield "dx", dx


case(neuron_gradient, -0.5, 0.25, 3.0, -0.75)
case(neuron_gradient, 1.25, -2.0, 0.8, 0.0)


@holds(neuron_gradient, "each slope is the one that a short chord measures")
def _(neuron_gradient, rng):
    for w, b, x, t in rng.uniform(-1.5, 1.5, size=(4, 4)).tolist():
        _, dw, db, dx = neuron_gradient(w, b, x, t)
        assert close(dw, central_diff(lambda w: neuron_gradient(w, b, x, t)[0], w), rtol=1e-6)  # noqa: B023
        assert close(db, central_diff(lambda b: neuron_gradient(w, b, x, t)[0], b), rtol=1e-6)  # noqa: B023
        assert close(dx, central_diff(lambda x: neuron_gradient(w, b, x, t)[0], x), rtol=1e-6)  # noqa: B023


def _neuron(w, b, x, target, *, two=2, wanted=None, slope=lambda a, y: 1 - y**2, along=lambda w, x: (x, 1, w), sign=1):
    """The neuron with one step of the way back exchanged."""
    a = w * x + b
    y = math.tanh(a)
    da = sign * two * (y - (target if wanted is None else wanted)) * slope(a, y)
    return ((y - target) ** 2, *(da * factor for factor in along(w, x)))


@mistake(neuron_gradient, "past the tanh unchanged", because=chain_rule)
def _(w, b, x, target):
    """You hand the slope of the loss along y to a as it is. By how much does y move when a moves a little?"""
    return _neuron(w, b, x, target, slope=lambda a, y: 1)


@mistake(neuron_gradient, "the slope of tanh at the wrong number")
def _(w, b, x, target):
    """You use 1 - a**2. The slope is 1 minus the square of what tanh gave, not of what it was given.
    Which name holds that?"""
    return _neuron(w, b, x, target, slope=lambda a, y: 1 - a**2)


@mistake(neuron_gradient, "the square of tanh lost")
def _(w, b, x, target):
    """You use 1 - y. It is right where y is 0 and nowhere else but at 1: what is missing over the y?"""
    return _neuron(w, b, x, target, slope=lambda a, y: 1 - y)


@mistake(neuron_gradient, "the target of the table")
def _(w, b, x, target):
    """Your slope of the loss is 2*(y - 1), whatever the target is. In the table the wanted output was 1:
    which name stands for it here?"""
    return _neuron(w, b, x, target, wanted=1)


@mistake(neuron_gradient, "the two of the square lost")
def _(w, b, x, target):
    """All three slopes are half of what they should be. What is the derivative of a square?"""
    return _neuron(w, b, x, target, two=1)


@mistake(neuron_gradient, "uphill for downhill")
def _(w, b, x, target):
    """Every sign is turned round. The loss squares y - target: with y above the target, does it grow with y?"""
    return _neuron(w, b, x, target, sign=-1)


@mistake(neuron_gradient, "the weight's slope without the input")
def _(w, b, x, target):
    """Your dw is the slope along a. If the input is 10, how far does a move when w moves by 0.1?"""
    return _neuron(w, b, x, target, along=lambda w, x: (1, 1, w))


@mistake(neuron_gradient, "factors exchanged", because=product_quotient)
def _(w, b, x, target):
    """You multiply dw by w and dx by x. In the product w*x, what is the slope along w: w, or the other factor?"""
    return _neuron(w, b, x, target, along=lambda w, x: (w, 1, x))


hint(neuron_gradient, "Go backwards, a step at a time. How fast does the loss grow with y?")
hint(neuron_gradient, "Multiply what has arrived by the slope of the step: first the square, then tanh.")
hint(
    neuron_gradient,
    "Once you have the slope along a, three numbers feed a = w*x + b. What does a gain per unit of each of the three?",
)

equivalent(
    neuron_gradient,
    "loss = (y - target) ** 2  ⇒  loss = (target - y) ** 2",
    "a square does not see the sign",
)
equivalent(
    neuron_gradient,
    "return (loss, dw, db, dx)  ⇒  return (loss, dw, da, dx)",
    "a bias is added as it is, so the two slopes are one number",
)

# ---- 2. The slopes of one operation


@exercise(needs=[product_quotient])
def local_slopes(op, a, b):
    """The two slopes of a single operation, at the numbers that it is given.

    op: one of the strings "+", "-", "*", "/"
    a, b: two numbers; b is not 0 when op is "/"
    Returns (slope along a, slope along b): how fast the result grows with a, and how fast with b.

    local_slopes("*", 3.0, 4.0) is (4.0, 3.0): at these numbers the product gains 4 per unit of a, and 3 per unit of b.
    """
    if op == "+":
        return 1.0, 1.0
    if op == "-":
        return 1.0, -1.0
    if op == "*":
        return b, a
    return 1 / b, -a / b**2


for _op in "*/-+":
    case(local_slopes, _op, 3.0, 4.0)
    case(local_slopes, _op, -1.5, 0.5)
case(local_slopes, "+", 2.0, 0.0)
case(local_slopes, "*", 5.0, 0.0)
case(local_slopes, "-", 0.0, 0.0)
case(local_slopes, "/", 0.0, -2.0)

OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@holds(local_slopes, "each slope is the one that a short chord measures while the other number is held")
def _(local_slopes, rng):
    for op, f in OPERATIONS.items():
        a, b = rng.uniform(0.5, 2, size=2).tolist()
        along_a, along_b = local_slopes(op, a, b)
        assert close(along_a, central_diff(lambda a: f(a, b), a), rtol=1e-6), op  # noqa: B023
        assert close(along_b, central_diff(lambda b: f(a, b), b), rtol=1e-6), op  # noqa: B023


@mistake(local_slopes, "each its own factor", because=product_quotient)
def _(op, a, b):
    """For a product you return (a, b). If b is 100 and a grows by 1, by how much does a*b grow?"""
    return (a, b) if op == "*" else local_slopes(op, a, b)


@mistake(local_slopes, "a difference like a sum")
def _(op, a, b):
    """For a difference you return 1 for both. What happens to a - b as b grows?"""
    return (1.0, 1.0) if op == "-" else local_slopes(op, a, b)


@mistake(local_slopes, "the denominator's sign", because=product_quotient)
def _(op, a, b):
    """Your slope along the denominator is turned round. Does 1/b grow as b grows?"""
    return (1 / b, a / b**2) if op == "/" else local_slopes(op, a, b)


@mistake(local_slopes, "the numerator forgotten", because=product_quotient)
def _(op, a, b):
    """Along the denominator you return -1/b**2, the slope of 1/b. The quotient is a of those: where is a?"""
    return (1 / b, -1 / b**2) if op == "/" else local_slopes(op, a, b)


@mistake(local_slopes, "b first")
def _(op, a, b):
    """Your two slopes stand in the other order. Which of the two numbers does the first one belong to?"""
    return local_slopes(op, a, b)[::-1]


@mistake(local_slopes, "all four at once")
def _(op, a, b):
    """You compute the slopes of all four operations and pick one, so an addition divides by zero when b is 0.
    How can the division be left until it is asked for?"""
    return {"+": (1.0, 1.0), "-": (1.0, -1.0), "*": (b, a), "/": (1 / b, -a / b**2)}[op]


hint(local_slopes, "Hold b, and move a by a hair. By how many hairs does the result move?")
hint(local_slopes, "For a*b, b is a constant factor while a moves; write a/b as a times 1/b and ask the same.")
hint(local_slopes, "The one hard slope is that of a/b along b: a constant a, times the slope of 1/b, which is -1/b**2.")

# ---- 3. An order in which to go back


@exercise
def topological_order(end, inputs_of):
    """All nodes that a result is computed from, each after all of its inputs.

    end: the node of the result; a node is anything that can stand in a set: a string, a number, an object
    inputs_of: a function; inputs_of(node) is the tuple of nodes that it is computed from, () if it is given
    Returns a list: end and all that it depends on, directly or through others, each once, inputs first, end last.
    Several orders may be right; any of them will do.
    A chain of 5,000 nodes must work too, within 3 seconds: Python allows about a thousand calls within calls, and `in`
    is slow on a long list and quick on a set.

    With c computed from a and b, and d from c and a, one right order for d is ["a", "b", "c", "d"].
    """
    order, seen, waiting = [], set(), [(end, False)]
    while waiting:
        node, inputs_are_in = waiting.pop()
        if inputs_are_in:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))  # comes back after all that is pushed on top of it
            waiting.extend((source, False) for source in inputs_of(node))
    return order


@scenario(topological_order, "a node that is used twice")
def _(topological_order):
    inputs = {"a": (), "b": ("a",), "c": ("b",), "d": ("b", "c")}
    order = topological_order("d", lambda node: inputs[node])
    yield "the nodes, sorted", sorted(order)
    yield (
        "those that come before an input",
        [n for i, n in enumerate(order) if not all(m in order[:i] for m in inputs[n])],
    )


@scenario(topological_order, "the same, with the two inputs exchanged")
def _(topological_order):
    inputs = {"a": (), "b": ("a",), "c": ("b",), "d": ("c", "b")}
    order = topological_order("d", lambda node: inputs[node])
    yield "the nodes, sorted", sorted(order)
    yield (
        "those that come before an input",
        [n for i, n in enumerate(order) if not all(m in order[:i] for m in inputs[n])],
    )


@scenario(topological_order, "a node that feeds one node twice, and one that the result does not need")
def _(topological_order):
    inputs = {"x": (), "square": ("x", "x"), "y": (), "sum": ("square", "y"), "unused": ("sum", "x")}
    order = topological_order("sum", lambda node: inputs[node])
    yield "the nodes, sorted", sorted(order)
    yield (
        "those that come before an input",
        [n for i, n in enumerate(order) if not all(m in order[:i] for m in inputs[n])],
    )


@scenario(topological_order, "a single node")
def _(topological_order):
    return topological_order("x", lambda node: ())


@scenario(topological_order, "two calls")
def _(topological_order):
    inputs = {1: (), 2: (1,), 3: (2, 1)}
    topological_order(3, lambda node: inputs[node])
    yield "the order for 3, asked again", topological_order(3, lambda node: inputs[node])
    yield "the order for 2", topological_order(2, lambda node: inputs[node])


@holds(topological_order, "in random graphs, every node comes once and after its inputs")
def _(topological_order, rng):
    for size in (6, 11, 17):
        inputs = {n: tuple(rng.integers(n, size=rng.integers(1, 4)).tolist()) if n else () for n in range(size)}
        order = topological_order(size - 1, inputs.get)
        early = [n for i, n in enumerate(order) if not {*inputs[n]} <= {*order[:i]}]
        assert len({*order}) == len(order), f"with the inputs {inputs}, a node comes twice: {order}"
        assert not early, f"with the inputs {inputs}, {early[0]} comes before one of its inputs: {order}"


@holds(topological_order, "a chain of 5,000 nodes has an order too")
def _(topological_order):
    order = topological_order(5000, lambda n: (n - 1,) if n else ())
    assert list(order) == list(range(5001))


@holds(topological_order, "no node is asked for its inputs over and over")
def _(topological_order):
    asked = []

    def ladder(n):
        asked.append(n)
        return (n - 1, n - 1) if n else ()

    topological_order(12, ladder)
    assert len(asked) <= 60, f"13 nodes, and inputs_of was called {len(asked)} times"


@mistake(topological_order, "every path walked again")
def _(end, inputs_of):
    """A node that feeds two others comes twice in your list. How could you know that you have been there?"""
    order, waiting = [], [(end, False)]
    while waiting:
        node, done = waiting.pop()
        if done:
            order.append(node)
        else:
            waiting.append((node, True))
            waiting += [(source, False) for source in inputs_of(node)]
    return order


@mistake(topological_order, "written down on arrival")
def _(end, inputs_of):
    """You write a node down when you come to it, before you have been to its inputs: the result stands first.
    When is it known that all inputs are in the list?"""
    order, waiting = {}, [end]  # a dict, for a long chain is searched in it
    while waiting:
        node = waiting.pop()
        if node not in order:
            order[node] = True
            waiting += inputs_of(node)
    return list(order)


@mistake(topological_order, "written down on arrival, then turned round")
def _(end, inputs_of):
    """You write a node down when you come to it, and turn the list round. With d computed from c and b, and c from b,
    you may come to b, and to all that b needs, before c. Which nodes must be in the list when b is written down?"""
    order, waiting = {}, [end]  # a dict, for a long chain is searched in it
    while waiting:
        node = waiting.pop()
        if node not in order:
            order[node] = True
            waiting += inputs_of(node)
    return list(order)[::-1]


@mistake(topological_order, "too slow for a long chain")
def _(end, inputs_of):
    """The small graphs are right, and a chain of 5,000 nodes takes too long. Some line costs more with every node: a
    pass over all nodes to write down one, or an `in` on a long list. Which one, and what would remember where you
    are?"""
    nodes, order = [end], []
    for node in nodes:
        nodes += [source for source in dict.fromkeys(inputs_of(node)) if source not in nodes]
    while len(order) < len(nodes):
        for node in nodes:
            if node not in order and all(source in order for source in inputs_of(node)):
                order.append(node)
    return order


@mistake(topological_order, "by distance from the end")
def _(end, inputs_of):
    """You go level by level and turn the list round. A node that is one step from the end may be three steps from it
    by another path. Which of the two distances decides?"""
    order, seen = [end], {end}
    for node in order:
        order += [source for source in dict.fromkeys(inputs_of(node)) if source not in seen]
        seen.update(inputs_of(node))
    return order[::-1]


@mistake(topological_order, "one call inside another")
def _(end, inputs_of):
    """A long chain ends in a RecursionError: Python allows about a thousand calls within calls.
    Where could you keep, in a list of your own, what is still to be done?"""
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for source in inputs_of(node):
                visit(source)
            order.append(node)

    visit(end)
    return order


@mistake(topological_order, "the end left out")
def _(end, inputs_of):
    """All that the result depends on is there, and the result itself is not. Where will the way back start?"""
    return topological_order(end, inputs_of)[:-1]


@mistake(topological_order, "only the first input")
def _(end, inputs_of):
    """You follow the first input of every node and no other. Which loop ends too soon?"""
    order, node = [end], end
    while inputs_of(node):
        node = inputs_of(node)[0]
        order.append(node)
    return order[::-1]


hint(topological_order, "Before a node may be written down, what must have been written down?")
hint(
    topological_order,
    """As a recursion: visit every input, then write the node down; skip what was visited.
    For long chains, keep the visits that are still to come in a list.""",
)
hint(
    topological_order,
    """Take from the end of the list pairs (node, whether its inputs have been pushed). A pair with False goes back as
    True, with its inputs as False on top of it; what does a pair with True do?""",
)

equivalent(
    topological_order,
    "if node not in seen:  ⇒  if node not in order:",
    "a node waits for its inputs only while these are visited, and none of them can lead back to it; it is slower",
)

# ---- 4. The way back


@exercise(needs=[topological_order, chain_rule])
def gradients(end, inputs_of, slopes_of):
    """How fast a result grows with every node that it is computed from.

    end, inputs_of: as in topological_order
    slopes_of: a function; slopes_of(node) are the node's local slopes, one along each of its inputs, in their order
    Returns a dict: for each node that end depends on, and for end itself, the slope of end along that node.

    With b = 3a at a = 2, inputs_of("b") is ("a",), slopes_of("b") is (3.0,), and the answer is {"b": 1.0, "a": 3.0}.
    """
    order = topological_order(end, inputs_of)
    grad = {node: 0.0 for node in order}
    grad[end] = 1.0
    for node in reversed(order):
        for source, slope in zip(inputs_of(node), slopes_of(node), strict=True):
            grad[source] += slope * grad[node]  # +=, for source may feed several nodes
    return grad


@scenario(gradients, "a = 2, b = 3a, c = b + 1, d = b·c")
def _(gradients):
    inputs = {"a": (), "b": ("a",), "c": ("b",), "d": ("b", "c")}
    slopes = {"a": (), "b": (3.0,), "c": (1.0,), "d": (7.0, 6.0)}
    grad = gradients("d", lambda node: inputs[node], lambda node: slopes[node])
    yield "along d", grad["d"]
    yield "along c", grad["c"]
    yield "along b", grad["b"]
    yield "along a", grad["a"]


@scenario(gradients, "the same, with d = c·b")
def _(gradients):
    inputs = {"a": (), "b": ("a",), "c": ("b",), "d": ("c", "b")}
    slopes = {"a": (), "b": (3.0,), "c": (1.0,), "d": (6.0, 7.0)}
    grad = gradients("d", lambda node: inputs[node], lambda node: slopes[node])
    yield "along b", grad["b"]
    yield "along a", grad["a"]


@scenario(gradients, "the same at a = -1, and the gradients of c")
def _(gradients):
    inputs = {"a": (), "b": ("a",), "c": ("b",), "d": ("b", "c")}
    slopes = {"a": (), "b": (3.0,), "c": (1.0,), "d": (-2.0, -3.0)}
    yield "of d along a", gradients("d", lambda node: inputs[node], lambda node: slopes[node])["a"]
    yield "of c", gradients("c", lambda node: inputs[node], lambda node: slopes[node])


@scenario(gradients, "x·x at 3, plus 0 times y")
def _(gradients):
    inputs = {"x": (), "y": (), "square": ("x", "x"), "none": ("y",), "sum": ("square", "none")}
    slopes = {"x": (), "y": (), "square": (3.0, 3.0), "none": (0.0,), "sum": (1.0, 1.0)}
    return gradients("sum", lambda node: inputs[node], lambda node: slopes[node])


@scenario(gradients, "two results from one graph")
def _(gradients):
    inputs = {"x": (), "u": ("x",), "v": ("u", "x")}
    slopes = {"x": (), "u": (5.0,), "v": (0.5, -2.0)}
    yield "of v", gradients("v", lambda node: inputs[node], lambda node: slopes[node])
    yield "of u", gradients("u", lambda node: inputs[node], lambda node: slopes[node])
    yield "of x", gradients("x", lambda node: inputs[node], lambda node: slopes[node])


@holds(gradients, "it is the sum over all paths of the products of the slopes along them")
def _(gradients, rng):
    for size in (4, 6, 8):
        inputs = {n: tuple(rng.integers(n, size=2).tolist()) if n else () for n in range(size)}
        slopes = {n: tuple(rng.normal(size=2).tolist()) if n else () for n in range(size)}

        def over_paths(n, to, inputs=inputs, slopes=slopes):
            onward = zip(inputs[n], slopes[n], strict=True)
            return float(n == to) + sum(slope * over_paths(source, to) for source, slope in onward)

        for node, slope in gradients(size - 1, inputs.get, slopes.get).items():
            assert close(slope, over_paths(size - 1, node), rtol=1e-9)


def _swept(end, inputs_of, slopes_of, order, put):
    """One pass over the nodes in this order, with `put` deciding what arrives at an input."""
    grad = dict.fromkeys(order, 0.0)
    grad[end] = 1.0
    for node in order:
        for source, slope in zip(inputs_of(node), slopes_of(node), strict=True):
            grad[source] = put(grad[source], slope, grad[node])
    return grad


@mistake(gradients, "written over")
def _(end, inputs_of, slopes_of):
    """Where a node feeds two others, only the last slope to arrive is left: for b + b you find 1.
    If both uses of b grow, by how much does the result grow?"""
    order = topological_order(end, inputs_of)[::-1]
    return _swept(end, inputs_of, slopes_of, order, lambda old, slope, g: slope * g)


@mistake(gradients, "passed on before it was whole")
def _(end, inputs_of, slopes_of):
    """You find 60 along a, where 39 is right. Each time something arrives at b, b hands on all that it has so far:
    first 7, and then 7 again with the 6. When has everything arrived that b will be sent?"""
    grad = dict.fromkeys(topological_order(end, inputs_of), 0.0)
    grad[end] = 1.0

    def visit(node):
        for source, slope in zip(inputs_of(node), slopes_of(node), strict=True):
            grad[source] += slope * grad[node]
            visit(source)

    visit(end)
    return grad


@mistake(gradients, "visited once, too early", because=topological_order)
def _(end, inputs_of, slopes_of):
    """You find 21 along a, where 39 is right. b was visited when 7 had arrived, and the 6 that came through c later
    was never handed on. Which nodes must have had their turn before b?"""
    grad, seen = dict.fromkeys(topological_order(end, inputs_of), 0.0), set()
    grad[end] = 1.0

    def visit(node):
        if node not in seen:
            seen.add(node)
            for source, slope in zip(inputs_of(node), slopes_of(node), strict=True):
                grad[source] += slope * grad[node]
            for source in inputs_of(node):
                visit(source)

    visit(end)
    return grad


@mistake(gradients, "begun at the wrong end", because=topological_order)
def _(end, inputs_of, slopes_of):
    """You find 0 along a. You begin with the inputs, which have nothing to hand on yet. Which node knows its slope?"""
    order = topological_order(end, inputs_of)
    return _swept(end, inputs_of, slopes_of, order, lambda old, slope, g: old + slope * g)


@mistake(gradients, "local slopes only", because=chain_rule)
def _(end, inputs_of, slopes_of):
    """You add up local slopes, and never multiply by what has arrived at the node.
    If d grows 6 times as fast as c, and c as fast as b, how fast does d grow with b through c?"""
    order = topological_order(end, inputs_of)[::-1]
    return _swept(end, inputs_of, slopes_of, order, lambda old, slope, g: old + slope)


@mistake(gradients, "added along the path", because=chain_rule)
def _(end, inputs_of, slopes_of):
    """You add the slope to what has arrived, and stretches multiply.
    Twice and then three times as long is how long?"""
    order = topological_order(end, inputs_of)[::-1]
    return _swept(end, inputs_of, slopes_of, order, lambda old, slope, g: old + slope + g)


@mistake(gradients, "nothing to begin with")
def _(end, inputs_of, slopes_of):
    """Every gradient is 0, for there was nothing to hand back. How fast does the end grow with itself?"""
    return dict.fromkeys(topological_order(end, inputs_of), 0.0)


hint(gradients, "How fast does the result grow with itself? Begin there, and in which direction do you walk?")
hint(gradients, "A node hands to each input: the slope along that input, times all that the node itself was handed.")
hint(
    gradients,
    """Go through topological_order in reverse with a dict that begins at 0.0 everywhere and 1.0 at the end.
    What is the difference between = and += for a node that feeds two others?""",
)

for _after in ("zip(inputs_of(node), slopes_of(node))", "zip(inputs_of(node), slopes_of(node), strict=False)"):
    _loop = "for source, slope in zip(inputs_of(node), slopes_of(node), strict=True):"
    equivalent(
        gradients,
        f"{_loop}  ⇒  for source, slope in {_after}:",
        "a node has as many slopes as inputs",
    )
equivalent(
    gradients,
    "for node in reversed(order):  ⇒  for node in reversed(grad):",
    "a dict keeps the order in which its keys came in",
)

# ---- 5. The engine


@exercise(needs=[local_slopes, gradients], limit=5.0)
class Value:
    """A number that remembers how it was computed, so that it can say how fast it grows with each number in it.

    data: its value, a float
    inputs: a tuple of the Values it was computed from, () if it was given
    slopes: a tuple of numbers, its local slope along each of these inputs
    grad: 0.0 at first; backward() of a result adds to it the slope of that result along this Value

    The operators +, -, * and / take a Value or a number on either side, and give a new Value.
    """

    def __init__(self, data, inputs=(), slopes=()):
        """Keep the number, as a float whatever kind was given, and where it came from.

        Nothing has been handed back yet.
        """
        self.data = float(data)
        self.inputs = inputs
        self.slopes = slopes
        self.grad = 0.0

    def __add__(self, other):
        """self + other"""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), local_slopes("+", self.data, other.data))

    def __mul__(self, other):
        """self * other"""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), local_slopes("*", self.data, other.data))

    def __sub__(self, other):
        """self - other"""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data - other.data, (self, other), local_slopes("-", self.data, other.data))

    def __truediv__(self, other):
        """self / other"""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data / other.data, (self, other), local_slopes("/", self.data, other.data))

    def __radd__(self, other):
        """other + self, where other is a plain number"""
        return Value(other) + self

    def __rmul__(self, other):
        """other * self, where other is a plain number"""
        return Value(other) * self

    def __rsub__(self, other):
        """other - self, where other is a plain number"""
        return Value(other) - self

    def __rtruediv__(self, other):
        """other / self, where other is a plain number"""
        return Value(other) / self

    def __neg__(self):
        """-self"""
        return 0 - self

    def __pow__(self, power):
        """self ** power, where power is a plain number"""
        return Value(self.data**power, (self,), (power * self.data ** (power - 1),))

    def tanh(self):
        """The hyperbolic tangent of self."""
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y**2,))

    def backward(self):
        """Add to the grad of every Value that self is computed from, and of self, the slope of self along it."""
        found = gradients(self, lambda node: node.inputs, lambda node: node.slopes)
        for node, slope in found.items():
            node.grad += slope


@scenario(Value, "two numbers and their sum")
def _(Value):
    a, b = Value(2.0), Value(3.0)
    total = a + b
    yield "a.data", a.data
    yield "a.inputs", a.inputs
    yield "a.slopes", a.slopes
    yield "a.grad", a.grad
    yield "(a + b).data", total.data
    yield "the data of its inputs", [value.data for value in total.inputs]
    yield "its slopes", total.slopes


@scenario(Value, "what a product remembers")
def _(Value):
    x, y = Value(4.0), Value(-3.0)
    product = x * y
    yield "the data of its inputs", [value.data for value in product.inputs]
    yield "its slopes", product.slopes


@scenario(Value, "an operation of your own, through the constructor")
def _(Value):
    x = Value(0.5)
    y = Value(math.sin(x.data), (x,), (math.cos(x.data),))
    z = y * y
    z.backward()
    yield "z.data", z.data
    yield "y.inputs is (x,)", len(y.inputs) == 1 and y.inputs[0] is x
    yield "y.slopes", y.slopes
    yield "y.grad", y.grad
    yield "x.grad", x.grad


@scenario(Value, "a = 2, b = 3a, c = b + 1, d = b·c")
def _(Value):
    a = Value(2.0)
    b = 3 * a
    c = b + 1
    d = b * c
    d.backward()
    yield "b.data", b.data
    yield "c.data", c.data
    yield "d.data", d.data
    yield "d.grad", d.grad
    yield "c.grad", c.grad
    yield "b.grad", b.grad
    yield "a.grad", a.grad


@scenario(Value, "operators with a number on the right")
def _(Value):
    v = Value(4.0)
    for name, result in [("v + 3", v + 3), ("v - 3", v - 3), ("v * 3", v * 3), ("v / 3", v / 3), ("v ** 3", v**3)]:
        yield name, result.data
        v.grad = 0.0
        result.backward()
        yield f"the gradient of {name} along v", v.grad


@scenario(Value, "operators with 0.5 on the right")
def _(Value):
    v = Value(4.0)
    for name, result in [("v + 0.5", v + 0.5), ("v - 0.5", v - 0.5), ("v * 0.5", v * 0.5), ("v / 0.5", v / 0.5)]:
        yield name, result.data
        v.grad = 0.0
        result.backward()
        yield f"the gradient of {name} along v", v.grad


@scenario(Value, "a number on the left of +")
def _(Value):
    v = Value(4.0)
    result = 3 + v
    result.backward()
    yield "3 + v", result.data
    yield "its gradient along v", v.grad
    yield "0.5 + v", (0.5 + v).data


@scenario(Value, "a number on the left of -")
def _(Value):
    v = Value(4.0)
    result = 3 - v
    result.backward()
    yield "3 - v", result.data
    yield "its gradient along v", v.grad
    yield "0.5 - v", (0.5 - v).data


@scenario(Value, "a number on the left of *")
def _(Value):
    v = Value(4.0)
    result = 3 * v
    result.backward()
    yield "3 * v", result.data
    yield "its gradient along v", v.grad
    yield "0.5 * v", (0.5 * v).data


@scenario(Value, "a number on the left of /")
def _(Value):
    v = Value(4.0)
    result = 3 / v
    result.backward()
    yield "3 / v", result.data
    yield "its gradient along v", v.grad
    yield "0.5 / v", (0.5 / v).data


@scenario(Value, "a minus sign")
def _(Value):
    v = Value(4.0)
    result = -v
    result.backward()
    yield "-v", result.data
    yield "its gradient along v", v.grad


@scenario(Value, "two Values, and a tanh")
def _(Value):
    x, y = Value(0.5), Value(-2.0)
    z = (x / y - y).tanh()
    z.backward()
    yield "z.data", z.data
    yield "x.grad", x.grad
    yield "y.grad", y.grad
    yield "z is computed from one Value", len(z.inputs)
    yield "and its slope is", z.slopes


@scenario(Value, "backward twice on one graph")
def _(Value):
    a, b = Value(3.0), Value(5.0)
    c = a + b
    e = c * 2
    e.backward()
    e.backward()
    yield "a.grad", a.grad
    yield "c.grad", c.grad
    yield "e.grad", e.grad


@scenario(Value, "two results that share a Value")
def _(Value):
    a = Value(3.0)
    (a * a).backward()
    (5 * a).backward()
    yield "a.grad after both", a.grad
    a.grad = 0.0
    (a**2).backward()
    yield "a.grad, set to 0.0 and then a ** 2", a.grad


@scenario(Value, "Values are left as they were")
def _(Value):
    a, b = Value(3.0), Value(5.0)
    results = [a + b, a - b, a * b, a / b, -a, a**2, a.tanh(), 1 + a]
    yield "a.data", a.data
    yield "b.data", b.data
    yield "a.grad", a.grad
    yield "results that are a itself", sum(result is a for result in results)


@scenario(Value, "a sum of 3,000 terms")
def _(Value):
    x = Value(0.5)
    total = x
    for _ in range(3000):
        total = total + x
    total.backward()
    return x.grad


@scenario(Value, "a number that was given as a NumPy integer")
def _(Value):
    a = Value(np.int64(3))
    yield "a.data", a.data
    yield "(a ** -1).data", (a**-1).data


# ---- random expressions, shrunk and drawn

FUZZED = {
    "{} + {}": lambda u, v: u + v,
    "{} * {}": lambda u, v: u * v,
    "{} - {}": lambda u, v: u - v,
    "{} / {}": lambda u, v: u / v,
    "3 + {}": lambda u: 3 + u,
    "2 * {}": lambda u: 2 * u,
    "1 - {}": lambda u: 1 - u,
    "1 / {}": lambda u: 1 / u,
    "{} - 1": lambda u: u - 1,
    "{} / 2": lambda u: u / 2,
    "-{}": lambda u: -u,
    "{} ** 3": lambda u: u**3,
    "{}.tanh()": lambda u: u.tanh(),
}
GIVEN = (2.0, 3.0, 0.5)


def _expression(rng, length):
    """Steps (operation, places of its arguments); the first places are the given numbers."""
    steps = []
    for k in range(length):
        operation = str(rng.choice(list(FUZZED)))
        near = [int(len(GIVEN) + k - 1 - back) for back in rng.integers(4, size=operation.count("{}"))]
        steps.append((operation, tuple(place % (len(GIVEN) + k) for place in near)))
    return steps


def _computed(Value, steps):
    """Every Value of an expression, after backward() of the last; as far as it got, and the error that ended it."""
    values = [Value(x) for x in GIVEN]
    try:
        for operation, places in steps:
            values.append(FUZZED[operation](*(values[place] for place in places)))
        values[-1].backward()
    except Exception as error:
        return values, f"{type(error).__name__}: {error}"
    return values, ""


def _numbers(values, which):
    return [float(getattr(value, which, math.nan)) for value in values]


def _first_fault(obj, steps):
    """(place, 'value' or 'gradient', what it is, what it should be) of the first wrong number; None if there is none.

    First in the order of computing: values forwards, gradients backwards.
    """
    want, stopped = _computed(Value, steps)
    if stopped or max(map(abs, _numbers(want, "data") + _numbers(want, "grad"))) > 1e4:
        return None  # no fair question
    got, stopped = _computed(obj, steps)
    for place, (a, b) in enumerate(zip(_numbers(got, "data"), _numbers(want, "data"), strict=False)):
        if not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9):
            return place, "value", f"{a:.6g}", f"{b:.6g}"
    if stopped:
        place = min(len(got), len(want) - 1)
        return place, "value" if len(got) < len(want) else "gradient", stopped, "no error"
    for place in reversed(_needed(steps)):
        a, b = _numbers(got, "grad")[place], _numbers(want, "grad")[place]
        if not math.isclose(a, b, rel_tol=1e-8, abs_tol=1e-8):
            return place, "gradient", f"{a:.6g}", f"{b:.6g}"
    return None


def _needed(steps):
    """The places that the last step depends on, in order."""
    wanted = {len(GIVEN) + len(steps) - 1}
    for k in reversed(range(len(steps))):
        if len(GIVEN) + k in wanted:
            wanted |= {*steps[k][1]}
    return sorted(wanted)


def _smaller(steps):
    """Expressions with one step less, or with an argument moved to an earlier place."""
    for k in reversed(range(len(steps))):
        gone = len(GIVEN) + k
        if k == len(steps) - 1 and k:
            yield steps[:-1]
        for instead in dict.fromkeys(steps[k][1]):
            moved = [
                (operation, tuple(instead if p == gone else p - (p > gone) for p in places))
                for operation, places in steps[k + 1 :]
            ]
            if moved:
                yield steps[:k] + moved
    for k, (operation, places) in enumerate(steps):
        for slot, place in enumerate(places):
            for earlier in range(min(place, len(GIVEN))):
                yield [*steps[:k], (operation, (*places[:slot], earlier, *places[slot + 1 :])), *steps[k + 1 :]]


def _shrunk(obj, steps):
    """The smallest expression on this road that still goes wrong."""
    while True:
        smaller = next((fewer for fewer in _smaller(steps) if _first_fault(obj, fewer)), None)
        if smaller is None:
            return steps
        steps = smaller


def _drawn(obj, steps):
    """The graph of an expression, with what the learner's Value says at each node, and the first fault marked."""
    place, kind, is_now, should_be = _first_fault(obj, steps)
    want, got = _computed(Value, steps)[0], _computed(obj, steps)[0]
    names, inputs, says = [*"xyz", *"abcdefghijkl"], {}, {}
    for k in _needed(steps):
        operation, places = steps[k - len(GIVEN)] if k >= len(GIVEN) else (f"{GIVEN[k]:g}", ())
        inputs[names[k]] = tuple(names[p] for p in places)
        value = f"{_numbers(got, 'data')[k]:.4g}" if k < len(got) else "?"
        gradient = f"{_numbers(got, 'grad')[k]:.4g}" if k < len(got) else "?"
        says[names[k]] = [
            f"{names[k]} = {operation.format(*inputs[names[k]])}",
            f"value {value}" + (f", should be {want[k].data:.4g}" if (k, kind) == (place, "value") else ""),
            f"gradient {gradient}" + (f", should be {want[k].grad:.4g}" if (k, kind) == (place, "gradient") else ""),
        ]
    text = "; ".join(says[name][0] for name in inputs)
    fault = f"the {kind} of {names[place]} is {is_now} and should be {should_be}"
    if should_be == "no error":
        fault = f"{'computing ' + names[place] if kind == 'value' else 'backward()'} ends in {is_now}"
    picture = draw.graph(inputs, says, marked=[names[place]], alt=f"{text}: {fault}.")
    return f"the smallest expression found that goes wrong is {text}, and in it {fault}", picture.html()


@holds(Value, "in random expressions every value and every gradient is right")
def _(Value, rng):
    for length in (3, 5, 8) * 14:
        steps = _expression(rng, length)
        if _first_fault(Value, steps):
            raise Pictured(*_drawn(Value, _shrunk(Value, steps)))


_VALUE = inspect.getsource(Value).split("\n", 1)[1]


def _slip(name, *changes, because=None):
    """Declare a mistake: the reference with some of its text exchanged; decorates a function with the feedback."""
    text = _VALUE
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)

    def declare(feedback):
        scope = dict(globals())
        exec(text, scope)
        program = scope["Value"]
        program.__doc__ = feedback.__doc__
        return mistake(Value, name, because=because)(program)

    return declare


@_slip("written over in backward", ("node.grad += slope", "node.grad = slope"))
def _():
    """A second backward() wipes out what the first one left. A weight that serves two losses gets a share from each:
    where do the shares meet?"""


@_slip("a number on the left of + unknown", ("def __radd__", "def radd"))
def _():
    """3 + v stops with a TypeError. Python asks the number first, which knows no Values, and then v: by which name?"""


@_slip("a number on the left of * unknown", ("def __rmul__", "def rmul"))
def _():
    """2 * v stops with a TypeError. Python asks the number first, which knows no Values, and then v: by which name?"""


@_slip("differences from the left turned round", ("Value(other) - self", "self - Value(other)"))
def _():
    """Your 3 - v is v - 3. In __rsub__, which of the two stood on the left?"""


@_slip("quotients from the left turned round", ("Value(other) / self", "self / Value(other)"))
def _():
    """Your 3 / v is v / 3. In __rtruediv__, which of the two stood on the left?"""


@_slip("numbers not made into Values", ("other if isinstance(other, Value) else Value(other)", "other"))
def _():
    """v + 3 stops: the 3 has no .data. Where can a plain number become a Value?"""


@_slip(
    "3 - v turned round",
    ("Value(other) - self", "self - Value(other)"),
    ("return 0 - self", "return self * -1"),
)
def _():
    """Your 3 - v is v - 3, though -v is right. In __rsub__, which of the two stood on the left?"""


@_slip(
    "only whole numbers made into Values",
    ("other if isinstance(other, Value) else Value(other)", "Value(other) if type(other) == int else other"),
)
def _():
    """v * 3 is right and v * 0.5 stops: you make a Value of an int and of no other kind of number.
    What is the one kind of `other` that may stay as it is?"""


@_slip("the exponent lost from the slope", ("power * self.data ** (power - 1)", "self.data ** (power - 1)"))
def _():
    """Your slope of v ** n is v ** (n - 1). How fast does x³ grow at 1?"""


@_slip("every power a square", ("power * self.data ** (power - 1)", "power * self.data"))
def _():
    """Your slope of v ** n is n v, which is right for n = 2 alone. To which power is v raised in the slope of v³?"""


@_slip("the square of tanh lost", ("1 - y**2", "1 - y"), because=neuron_gradient)
def _():
    """For tanh your slope is 1 - y. What is missing over the y?"""


@_slip("the power kept", ("power * self.data ** (power - 1)", "power * self.data ** power"))
def _():
    """Your slope of v ** n is n v ** n. What becomes of the exponent of x³ when it is differentiated?"""


@_slip("the slope of tanh at the wrong number", ("1 - y**2", "1 - self.data**2"), because=neuron_gradient)
def _():
    """For tanh you square the number that went in. Which number is squared in its slope?"""


@_slip(
    "added into itself",
    (
        'return Value(self.data + other.data, (self, other), local_slopes("+", self.data, other.data))',
        "self.data += other.data\n        return self",
    ),
)
def _():
    """After c = a + b, a itself has changed: you wrote the sum into it. What does a + b do to a when a is 3?"""


@_slip("inputs forgotten", ("self.inputs = inputs", "self.inputs = ()"))
def _():
    """A result does not know what it was computed from, so nothing is handed back. What belongs in inputs?"""


@_slip(
    "what was handed back last time, handed back again",
    (
        "found = gradients(self, lambda node: node.inputs, lambda node: node.slopes)\n"
        "        for node, slope in found.items():\n"
        "            node.grad += slope",
        "self.grad = 1.0\n"
        "        for node in reversed(topological_order(self, lambda node: node.inputs)):\n"
        "            for source, slope in zip(node.inputs, node.slopes, strict=True):\n"
        "                source.grad += slope * node.grad",
    ),
    because=gradients,
)
def _():
    """The first backward() is right; in a second one, a node in the middle hands back the old gradient with the new.
    What may stay in grad from call to call, and what should each call begin anew?"""


@_slip(
    "handed on before it was whole",
    (
        "found = gradients(self, lambda node: node.inputs, lambda node: node.slopes)\n"
        "        for node, slope in found.items():\n"
        "            node.grad += slope",
        "def hand_on(node):\n"
        "            for source, slope in zip(node.inputs, node.slopes, strict=True):\n"
        "                source.grad += slope * node.grad\n"
        "                hand_on(source)\n\n"
        "        self.grad = 1.0\n"
        "        hand_on(self)",
    ),
    because=gradients,
)
def _():
    """You find 60 along a, where 39 is right: each time something arrives at b, b hands on all that it has so far.
    Which exercise above gives every node its turn once, when all has arrived?"""


@_slip("kept as it came", ("float(data)", "data"))
def _():
    """Your data is whatever was given: a NumPy integer, say, which has no negative powers.
    What type does the docstring promise, and what turns a number into it?"""


hint(Value, "Take a + b. Which number is the new Value's data, which two Values are its inputs, and which its slopes?")
hint(
    Value,
    """All four operators have one shape: make a Value of other if it is none, and return
    Value(the number, (self, other), local_slopes(...)). For 3 - v Python calls v.__rsub__(3): which is on the left?""",
)
hint(
    Value,
    """backward() is one call of gradients, with two small functions that read inputs and slopes from a node, and then a
    loop over the dict that came back. Does that loop set grad, or add to it?""",
)

_sum = "return Value(self.data + other.data, (self, other), local_slopes('+', self.data, other.data))"
_difference = "return Value(self.data - other.data, (self, other), local_slopes('-', self.data, other.data))"
_quotient = "return Value(self.data / other.data, (self, other), local_slopes('/', self.data, other.data))"
for _line in (_sum, _difference):
    equivalent(
        Value,
        f"{_line}  ⇒  {_line.replace('self.data, other.data)', 'other.data, self.data)')}",
        "the slopes of a sum and of a difference are the same at all numbers",
    )
equivalent(
    Value,
    f"{_quotient}  ⇒  {_quotient.replace('/', '', 2).replace('self.data  other', 'self.data / other')}",
    "the reference of local_slopes takes for a quotient whatever is none of the other three",
)

# ---- 6. Is it right?


@exercise(needs=[check_derivative, Value], rtol=1e-6, atol=1e-8)
def check_gradient(f, xs):
    """How far the gradients of backward() are from what is measured: the largest relative error over the inputs.

    f: a function; given a list of Values it returns a Value
    xs: a list of floats, at least one: the numbers at which to check
    Returns the largest error that check_derivative finds, where each number in turn is moved and the others are held.

    For f([x, y]) = x * y at [2.0, 3.0] the error is below 1e-9.
    For x * y.data, which hides y from backward(), it is 1.0.
    """
    values = [Value(x) for x in xs]
    f(values).backward()

    def error_along(i):
        def moved(t):
            return f([Value(x) for x in [*xs[:i], t, *xs[i + 1 :]]]).data

        return check_derivative(moved, lambda t: values[i].grad, [xs[i]])

    return max(error_along(i) for i in range(len(xs)))


case(check_gradient, lambda v: v[0] * v[1], [2.0, 3.0])
case(check_gradient, lambda v: v[0] * v[1].data, [2.0, 3.0])
case(check_gradient, lambda v: (v[0] * v[1] - v[2]).tanh(), [0.5, -1.5, 0.25])
case(check_gradient, lambda v: v[0].data ** 2 * v[1] + v[0], [2.0, 3.0])
case(check_gradient, lambda v: v[0] * v[1].data + v[2] * v[2].data, [2.0, 3.0, 5.0])
case(check_gradient, lambda v: 1000 * v[0] + v[1] * (1 + 0.1 * v[1].data), [0.5, 4.0])
case(check_gradient, lambda v: type(v[0])(math.exp(v[0].data), (v[0],), (1.01 * math.exp(v[0].data),)), [0.75])


@holds(check_gradient, "right gradients stay below 1e-7, and a use that is hidden from backward() is above 1e-3")
def _(check_gradient, rng):
    for xs in rng.uniform(0.5, 1.5, size=(3, 3)).tolist():
        assert check_gradient(lambda v: v[0] * v[1] / v[2] + v[0], xs) < 1e-7, "right gradients are called wrong"
        for hidden in range(3):
            error = check_gradient(lambda v: v[0] * v[1] * v[2] * v[hidden].data, xs)  # noqa: B023
            assert error > 1e-3, f"the use of input {hidden} that is hidden from backward() is not found"


@holds(check_gradient, "the list of numbers is left as it was")
def _(check_gradient):
    xs = [2.0, 3.0]
    check_gradient(lambda v: v[0] * v[1], xs)
    assert xs == [2.0, 3.0], f"after the call it is {xs}"


def _errors(f, xs, *, measured=None):
    """The error along every input, with another way to measure if there is one."""
    values = [Value(x) for x in xs]
    f(values).backward()

    def at(i, t):
        return f([Value(x) for x in [*xs[:i], t, *xs[i + 1 :]]]).data

    along = measured or at
    return [check_derivative(lambda t, i=i: along(i, t), lambda t, i=i: values[i].grad, [x]) for i, x in enumerate(xs)]


@mistake(check_gradient, "only the last input")
def _(f, xs):
    """Your answer is the error along the last input. What has to be kept from one input to the next?"""
    return _errors(f, xs)[-1]


@mistake(check_gradient, "only the first input")
def _(f, xs):
    """Your answer is the error along the first input. In which round does your loop return?"""
    return _errors(f, xs)[0]


@mistake(check_gradient, "the mean error", because=check_derivative)
def _(f, xs):
    """You average over the inputs. One wrong gradient among a million weights is then invisible. Which error tells?"""
    errors = _errors(f, xs)
    return sum(errors) / len(errors)


@mistake(check_gradient, "all moved at once")
def _(f, xs):
    """You move all inputs by t together, and then no number says what one of them did. Which are to be held?"""
    return max(_errors(f, xs, measured=lambda i, t: f([Value(t - xs[i] + x) for x in xs]).data))


@mistake(check_gradient, "never walked back")
def _(f, xs):
    """Every claimed slope is 0, the grad of a Value that nothing was handed to. Which call hands it back?"""
    return max(
        check_derivative(lambda t, i=i: f([Value(x) for x in [*xs[:i], t, *xs[i + 1 :]]]).data, lambda t: 0.0, [x])
        for i, x in enumerate(xs)
    )


@mistake(check_gradient, "backward after every input")
def _(f, xs):
    """You call backward() again for each input on the same Values, and grad adds up: the second claim is twice too
    large. How often is the whole gradient computed, if once is enough?"""
    values = [Value(x) for x in xs]
    out, worst = f(values), 0.0
    for i, x in enumerate(xs):
        out.backward()
        error = check_derivative(
            lambda t, i=i: f([Value(x) for x in [*xs[:i], t, *xs[i + 1 :]]]).data, lambda t, i=i: values[i].grad, [x]
        )
        worst = max(worst, error)
    return worst


@mistake(check_gradient, "one list of Values for everything")
def _(f, xs):
    """You use one list of Values for every input: their data, or their grads, are left over from the input before.
    Which Values should be made anew, and when?"""
    values, worst = [Value(x) for x in xs], 0.0
    for i, x in enumerate(xs):
        f(values).backward()

        def moved(t, i=i):
            values[i].data = t
            return f(values).data

        worst = max(worst, check_derivative(moved, lambda t, i=i: values[i].grad, [x]))
    return worst


@mistake(check_gradient, "not moved back")
def _(f, xs):
    """You move the data of a Value and leave it where it was moved to, so the next input is measured beside the place
    that was asked for. What are the other numbers to be while one is moved?"""
    values = [Value(x) for x in xs]
    f(values).backward()

    def at(i, t):
        values[i].data = t
        return f(values).data

    return max(_errors(f, xs, measured=at))


hint(check_gradient, "What does backward() claim, and where is it written once it has run?")
hint(
    check_gradient,
    "For one input i, make a plain function of one number t: f with t in place of xs[i], and the other numbers as "
    "they are. Which of your exercises takes such a function?",
)
hint(
    check_gradient,
    "Values for every measurement are made anew; those of the claim are made once. What do you return of the errors?",
)

equivalent(
    check_gradient,
    "return max((error_along(i) for i in range(len(xs))))  ⇒  return max((error_along(i) for i in range(len(values))))",
    "there is a Value for each number",
)

# ---- 7. Neurons, layers, a network


@exercise(needs=[Value])
class Network:
    """Layers of tanh neurons, each fed with all that the layer before gives.

    layers: a list of layers; a layer is a list of neurons; a neuron is a pair (weights, bias) of a list of Values, one
    for each input, and a Value. A neuron gives tanh(weights · inputs + bias).
    """

    def __init__(self, sizes, rng):
        """Make the Values; sizes [2, 5, 1] means 2 inputs, a layer of 5 neurons, and 1 neuron that gives the output.

        For each layer in turn, rng.normal(size=(neurons, inputs)) / sqrt(inputs) gives the weights, a row for each
        neuron. Biases begin at 0.0.
        """
        self.layers = []
        for n_in, n_out in pairwise(sizes):
            weights = rng.normal(size=(n_out, n_in)) / math.sqrt(n_in)
            self.layers.append([([Value(w) for w in row], Value(0.0)) for row in weights])

    def __call__(self, x):
        """The output, a Value, for a list x of numbers or Values. The last layer has one neuron."""
        for layer in self.layers:
            x = [(sum(w * each for w, each in zip(weights, x, strict=True)) + bias).tanh() for weights, bias in layer]
        (output,) = x
        return output

    def parameters(self):
        """All Values that training may change, in a list: layer by layer, neuron by neuron, weights and then bias."""
        return [value for layer in self.layers for weights, bias in layer for value in [*weights, bias]]


@scenario(Network, "what is made")
def _(Network):
    network = Network([2, 3, 1], np.random.default_rng(7))
    yield "neurons in each layer", [len(layer) for layer in network.layers]
    yield "weights of the second neuron", [w.data for w in network.layers[0][1][0]]
    yield "its bias", network.layers[0][1][1].data
    yield "all parameters", [p.data for p in network.parameters()]


@scenario(Network, "parameters set by hand, and the output for one point")
def _(Network):
    network = Network([2, 3, 1], np.random.default_rng(7))
    for k, p in enumerate(network.parameters()):
        p.data = 0.1 * k - 0.55
    y = network([0.5, -1.5])
    y.backward()
    yield "the output", y.data
    yield "the gradients", [p.grad for p in network.parameters()]
    yield "the output for another point", network([2.0, 0.25]).data


@scenario(Network, "a single neuron, given a Value")
def _(Network):
    network = Network([1, 1], np.random.default_rng(3))
    bias = network.layers[0][0][1]
    x = type(bias)(0.75)
    bias.data = 0.5
    y = network([x])
    y.backward()
    yield "the output", y.data
    yield "the gradient along the input", x.grad
    yield "along the bias", bias.grad


@scenario(Network, "two networks")
def _(Network):
    rng = np.random.default_rng(1)
    one, two = Network([2, 2, 1], rng), Network([3, 1], rng)
    one.parameters()[0].data = 9.0
    yield "parameters of the one", [p.data for p in one.parameters()]
    yield "parameters of the other", [p.data for p in two.parameters()]
    yield "the output of the other", two([1.0, 2.0, -0.5]).data


@scenario(Network, "three layers, asked twice")
def _(Network):
    network = Network([2, 4, 3, 1], np.random.default_rng(5))
    x = [0.25, -0.5]
    yield "the output", network(x).data
    yield "the output again", network(x).data
    yield "the point", x


@holds(Network, "every parameter's gradient passes the check")
def _(Network, rng):
    network, x = Network([2, 3, 1], rng), [0.5, -0.75]
    start = [p.data for p in network.parameters()]

    def output_at(place, number):
        for p, data in zip(network.parameters(), start, strict=True):
            p.data = data
        network.parameters()[place].data = number
        return network(x)

    output_at(0, start[0]).backward()
    claimed = [p.grad for p in network.parameters()]
    for place, claim in enumerate(claimed):
        measured = central_diff(lambda number: output_at(place, number).data, start[place])  # noqa: B023
        assert close(claim, measured, rtol=1e-5, atol=1e-8), f"parameter {place}"


def _network(init=None, call=None, parameters=None):
    """A Network with one method exchanged."""

    class Changed(Network):
        pass

    for name, method in (("__init__", init), ("__call__", call), ("parameters", parameters)):
        if method:
            setattr(Changed, name, method)
    Changed.__name__ = Changed.__qualname__ = "Network"
    return Changed


def _misbuilt(name, says, **methods):
    program = _network(**methods)
    program.__doc__ = says
    mistake(Network, name)(program)


def _made(scaled=lambda w, n: w / math.sqrt(n), bias=lambda rng: 0.0, shared=False):
    def init(self, sizes, rng):
        self.layers = []
        for n_in, n_out in pairwise(sizes):
            weights = scaled(rng.normal(size=(n_out, n_in)), n_in)
            one = Value(0.0)
            self.layers.append([([Value(w) for w in row], one if shared else Value(bias(rng))) for row in weights])

    return init


def _swapped(self, sizes, rng):
    self.layers = []
    for n_out, n_in in pairwise(sizes):
        weights = rng.normal(size=(n_out, n_in)) / math.sqrt(n_in)
        self.layers.append([([Value(w) for w in row], Value(0.0)) for row in weights])


def _numbered(self, sizes, rng):
    self.layers = []
    for n_in, n_out in pairwise(sizes):
        weights = rng.normal(size=(n_out, n_in)) / math.sqrt(n_in)
        self.layers.append([([Value(w) for w in row], 0.0) for row in weights])


def _answered(neuron):
    def call(self, x):
        for k, layer in enumerate(self.layers):
            x = [neuron(w, b, x, k == len(self.layers) - 1) for w, b in layer]
        return x[0]

    return call


def _weighed(weights, x):
    return sum(w * each for w, each in zip(weights, x, strict=True))


_misbuilt(
    "not scaled",
    """Your weights are √n times too large for n inputs. What keeps the sum from growing with the number of inputs?""",
    init=_made(lambda w, n: w),
)
_misbuilt(
    "divided by n",
    """You divide the weights by the number of inputs. Of what number is it that the docstring divides by?""",
    init=_made(lambda w, n: w / n),
)
_misbuilt(
    "biases drawn",
    """Your biases are random, and the draws for them shift all that are drawn later. Where do biases begin?""",
    init=_made(bias=lambda rng: rng.normal()),
)
_misbuilt(
    "one bias for a layer",
    """All neurons of a layer share one bias Value: when one is moved, all are. How many Values does a layer of 5 make
    for its biases?""",
    init=_made(shared=True),
)
_misbuilt(
    "no bias",
    """Your output does not change with the biases. Where do they come in, before tanh or after?""",
    call=_answered(lambda w, b, x, last: _weighed(w, x).tanh()),
)
_misbuilt(
    "no tanh",
    """Your network is a line, however many layers it has. Through what does each neuron send its sum?""",
    call=_answered(lambda w, b, x, last: _weighed(w, x) + b),
)
_misbuilt(
    "no tanh at the end",
    """Your last neuron gives its sum as it is. Is a neuron of the last layer made otherwise than the rest?""",
    call=_answered(lambda w, b, x, last: _weighed(w, x) + b if last else (_weighed(w, x) + b).tanh()),
)
_misbuilt(
    "the bias after the tanh",
    """You add the bias to what tanh gave. Which number is it meant to shift, the neuron's sum or its output?""",
    call=_answered(lambda w, b, x, last: _weighed(w, x).tanh() + b),
)
_misbuilt(
    "cut off from the graph",
    """The output is right and all gradients are 0: you took .data somewhere, and a number has no inputs. Where?""",
    call=_answered(lambda w, b, x, last: Value(math.tanh((_weighed(w, x) + b).data))),
)
_misbuilt(
    "weights cut off from the graph",
    """The output is right, and the gradients of the weights are 0: you multiply by a weight's .data, a plain number.
    What do your operators take, besides numbers?""",
    call=_answered(
        lambda w, b, x, last: (sum(each.data * number for each, number in zip(w, x, strict=True)) + b).tanh()
    ),
)
_misbuilt(
    "sizes exchanged",
    """You take the first size of a pair for the neurons and the second for the inputs. In sizes [2, 3, 1], how many
    neurons has the first layer?""",
    init=_swapped,
)
_misbuilt(
    "biases that are plain numbers",
    """Your bias is a plain 0.0, which has no .data and no .grad, and nothing can be handed back to it.
    What is the docstring's word for a bias?""",
    init=_numbered,
)
_misbuilt(
    "biases not among the parameters",
    """parameters() leaves the biases out, so training would never move them. What is in a neuron's pair?""",
    parameters=lambda self: [w for layer in self.layers for weights, _ in layer for w in weights],
)
_misbuilt(
    "bias first",
    """In your list each bias stands before its weights. In which order does the docstring list a neuron?""",
    parameters=lambda self: [v for layer in self.layers for weights, bias in layer for v in [bias, *weights]],
)
_misbuilt(
    "copies of the parameters",
    """You return new Values: whoever changes them changes nothing in the network. Which objects does __call__ use?""",
    parameters=lambda self: [
        Value(v.data) for layer in self.layers for weights, bias in layer for v in [*weights, bias]
    ],
)

hint(Network, "By hand, first one neuron: what is its sum, and what does it give? Then a list of them.")
hint(
    Network,
    """In __init__, go through the pairs of neighbouring sizes: (2, 5), (5, 1). Each draw is a table with a row for each
    neuron; which Values does one row become?""",
)
hint(
    Network,
    """In __call__, what one layer gives is what the next is given, so one name can hold both. sum() begins with the
    plain number 0: your __radd__ has an answer to 0 + Value.""",
)

_row = "x = [(sum((w * each for w, each in zip({}))) + bias).tanh() for weights, bias in layer]"
for _after, _because in (
    ("x, weights, strict=True", "a product is the same both ways round"),
    ("weights, x", "a neuron has as many weights as it is given numbers"),
    ("weights, x, strict=False", "a neuron has as many weights as it is given numbers"),
):
    equivalent(Network, f"{_row.format('weights, x, strict=True')}  ⇒  {_row.format(_after)}", _because)

# ---- 8. Training


@exercise(needs=[Network], limit=15.0)
def train(network, points, targets, steps, log, lr=1.0):
    """Train a network on all points at once, by gradient descent on the mean squared error.

    network: network(point) gives a Value, network.parameters() the list of Values to change
    points, targets: a list of points, each a list of floats, and the list of as many wanted outputs
    steps: how many steps; they are numbered 0, 1, …, steps - 1
    log: call log(step, loss) at each step; loss is a float, the loss that you computed in this step before any change
    lr: the learning rate: each parameter's data becomes data - lr * grad
    Returns nothing: the network itself is changed.

    The loss is the mean over all points of (output - target)**2.
    """
    for step in range(steps):
        loss = sum((network(point) - target) ** 2 for point, target in zip(points, targets, strict=True)) / len(points)
        for parameter in network.parameters():
            parameter.grad = 0.0
        loss.backward()
        for parameter in network.parameters():
            parameter.data -= lr * parameter.grad
        log(step, loss.data)


@scenario(train, "one neuron, step by step")
def _(train):
    network, losses = Network([2, 1], np.random.default_rng(2)), []
    train(network, [[0.5, -1.0], [1.5, 2.0], [-0.25, 0.75]], [1.0, -1.0, 0.5], 4, lambda *row: losses.append(row), 0.25)
    for step, loss in losses:
        yield f"the loss logged at step {step}", loss
    yield "the parameters after four steps", [p.data for p in network.parameters()]


@scenario(train, "the usual learning rate")
def _(train):
    network, losses = Network([1, 2, 1], np.random.default_rng(4)), []
    train(network, [[0.5], [-1.5], [0.25]], [1.0, -1.0, 0.5], 2, lambda *row: losses.append(row))
    yield "what was logged", losses
    yield "the parameters after two steps", [p.data for p in network.parameters()]


@scenario(train, "trained twice")
def _(train):
    network = Network([1, 2, 1], np.random.default_rng(6))
    train(network, [[0.5], [-1.5]], [1.0, -1.0], 1, lambda step, loss: None)
    train(network, [[0.5], [-1.5]], [1.0, -1.0], 1, lambda step, loss: None)
    yield "the parameters after one step and another", [p.data for p in network.parameters()]


def two_moons(count, rng, noise=0.1):
    """`count` points on two half circles that reach into one another, and their targets: 1.0 above, -1.0 below."""
    turn = np.linspace(0, np.pi, count // 2)
    above, below = (np.cos(turn), np.sin(turn)), (1 - np.cos(turn), 0.5 - np.sin(turn))
    points = np.concatenate([np.stack(above, axis=1), np.stack(below, axis=1)])
    targets = np.repeat([1.0, -1.0], count // 2)
    return (points + noise * rng.normal(size=points.shape)).tolist(), targets.tolist()


@training(train, "in 80 steps six neurons tell two moons apart: the loss falls from about 1 below 0.05", steps=80)
def _(train, log):
    points, targets = two_moons(12, np.random.default_rng(0))
    network = Network([2, 6, 1], np.random.default_rng(0))
    train(network, points, targets, 80, log)
    losses = log.history.get("loss", [])
    assert len(losses) == 80, f"log was called {len(losses)} times in 80 steps"
    assert losses[-1] < 0.05, f"after 80 steps the loss is {losses[-1]:.3f}, and at the start it was {losses[0]:.3f}"
    right = sum(network(point).data * target > 0 for point, target in zip(points, targets, strict=True))
    assert right >= 11, f"of 12 points, only {right} are on the right side"


def _descended(network, points, targets, steps, log, lr, *, clear=True, sign=-1, mean=True, late=False, changed=True):
    """The loop with one part exchanged."""

    def whole():
        total = sum((network(x) - t) ** 2 for x, t in zip(points, targets, strict=True))
        return total / len(points) if mean else total

    for step in range(steps):
        loss = whole()
        if clear:
            for p in network.parameters():
                p.grad = 0.0
        loss.backward()
        for p in network.parameters() if changed else ():
            p.data += sign * lr * p.grad
        log(step, whole().data if late else loss.data)


@mistake(train, "gradients pile up", because=Value)
def _(network, points, targets, steps, log, lr=1.0):
    """The first step is right and later ones are not: backward() adds to what is in grad. Who empties it, and when?"""
    _descended(network, points, targets, steps, log, lr, clear=False)


@mistake(train, "uphill")
def _(network, points, targets, steps, log, lr=1.0):
    """You add the gradient. It points to where the loss grows: which way do you want to go?"""
    _descended(network, points, targets, steps, log, lr, sign=1)


@mistake(train, "the sum, not the mean")
def _(network, points, targets, steps, log, lr=1.0):
    """Your loss grows with the number of points, and with it every step. What is the sum to be divided by?"""
    _descended(network, points, targets, steps, log, lr, mean=False)


@mistake(train, "logged too late")
def _(network, points, targets, steps, log, lr=1.0):
    """You log a loss that was computed after the step. Which loss did this step's gradient belong to?"""
    _descended(network, points, targets, steps, log, lr, late=True)


@mistake(train, "nothing changed")
def _(network, points, targets, steps, log, lr=1.0):
    """The loss stays where it is. `p = p - lr * p.grad` binds a name to a new Value and leaves the network's own alone;
    so does a grad that is emptied after backward(). What of the network's Value is to be changed?"""
    _descended(network, points, targets, steps, log, lr, changed=False)


@mistake(train, "a step after every point")
def _(network, points, targets, steps, log, lr=1.0):
    """You take a step after every point. The mean over all of them is one loss: how many steps does it ask for?"""
    for step in range(steps):
        total = 0.0
        for x, t in zip(points, targets, strict=True):
            loss = (network(x) - t) ** 2
            for p in network.parameters():
                p.grad = 0.0
            loss.backward()
            for p in network.parameters():
                p.data -= lr * p.grad
            total += loss.data / len(points)
        log(step, total)


hint(train, "Four things happen in a step: compute the loss, empty the grads, walk back, move. What is logged?")
hint(
    train,
    """The loss is one Value, made of all points: sum() of (network(point) - target) ** 2, divided by len(points).
    Which call then fills the grad of every parameter?""",
)
hint(train, "A parameter stays the same object; what changes is its data, by lr times its grad. In which direction?")

_total = "sum((({}) ** 2 for point, target in zip({}))) / len({})"
_whole = ("network(point) - target", "points, targets, strict=True", "points")
for _after, _because in (
    (("target - network(point)", *_whole[1:]), "a square does not see the sign"),
    ((_whole[0], "points, targets", "points"), "there are as many targets as points"),
    ((_whole[0], "points, targets, strict=False", "points"), "there are as many targets as points"),
    ((*_whole[:2], "targets"), "there are as many targets as points"),
):
    equivalent(train, f"loss = {_total.format(*_whole)}  ⇒  loss = {_total.format(*_after)}", _because)

# ---- Predictions


prediction(
    "used_twice",
    "a = 3, and y = a · a + a. What is the gradient of y along a?",
    beliefs={
        1: "1 is what arrives through the + a alone. The product uses a as well, and even twice.",
        3: "3 is the slope along one factor of a·a, while the other is held. All uses grow when a grows.",
        6: "6 is the slope of a·a. The a that is added has a slope of its own.",
        4: "4 counts one factor of a·a and the a that is added. The other factor is a too.",
        12: "12 is y. The gradient is how fast y grows with a.",
    },
)
prediction(
    "too_early",
    """Someone walks back by recursion: 'take what I have, hand my inputs their share, and let them do
    the same at once', with no order. On the graph above, where 39 is right, what arrives at a?""",
    options=("21", "39", "60", "0"),
    beliefs={
        "a": "21 arrives the first time, when b has 7. But b is visited again, when the 6 has come through c.",
        "b": "It would be 39 if b waited for both of its shares. It hands on 7 first, and then all 13.",
        "d": "Something does arrive: the walk starts at d, which has its 1.",
    },
)
prediction(
    "backward_twice",
    """a = Value(3.0), e = a * a, and e.backward() is called. Then somebody writes a.data = 10.0 and calls e.backward()
    again, with nothing else in between. What is a.grad?""",
    beliefs={
        26: "26 is 6 and then 20. The slopes were kept when e was computed, at 3; nobody computes e again.",
        20: "20 is the slope at 10. The slopes were kept at 3, and the second call adds to what is there.",
        6: "6 is right after the first call. The second adds to what is there.",
        0: "Nothing empties grad by itself, and so it cannot be 0.",
    },
)
prediction(
    "not_cleared",
    """Training as before, but nobody sets the grads back to 0. What becomes of the loss?""",
    options=(
        "it falls just as before",
        "it falls faster, for the steps grow longer",
        "it swings, and is stuck far above where it would have come",
        "it stays exactly where it is",
    ),
    beliefs={
        "a": "The second step already goes along the sum of two gradients.",
        "b": "They grow longer, and point where the slope was many steps ago. Past the valley they go on.",
        "d": "The gradients are not 0, and so the parameters move.",
    },
)

# ---- Why


quiz(
    "why_order",
    "Why must a node wait until all nodes that use it have had their turn?",
    wrong(
        "Otherwise its data would not be computed yet.",
        "All data were computed on the way forward. What is still missing on the way back are slopes.",
    ),
    right(
        "What it hands on is a multiple of its whole gradient, a sum over all its uses.",
        """In the example b hands on 3 times its gradient. With one share it is 3·7 = 21, with both it is 3·13 = 39.
        Waiting is what makes one visit enough.""",
    ),
    wrong(
        "To save memory: a node whose turn is over can be thrown away, and then its users must be done.",
        "They can, and that is a welcome effect. But in the wrong order the numbers themselves are wrong.",
    ),
    wrong(
        "It need not: a gradient is a sum of shares, and the terms of a sum can be taken in any order.",
        "The shares may arrive in any order, true. But they must all have arrived before the sum is used.",
    ),
)
quiz(
    "why_store",
    "Why does a node keep its local slopes, or the numbers to compute them from, until the way back?",
    wrong(
        "So that the loss can be computed again from them after each share has been handed back.",
        "The loss is computed once, on the way forward, and nothing on the way back changes it.",
    ),
    right(
        "A step's slope counts at the number that the step was given, known on the way forward.",
        """For x * y the slopes are y and x; for tanh it is 1 - y². This is why training takes far more memory than
        using a network: every intermediate number waits for its turn.""",
    ),
    wrong(
        "Because on the way back gradients are written over the data, and the numbers would be lost.",
        "Data and gradients are kept apart: backward() writes into grad and leaves data alone.",
    ),
)
quiz(
    "why_backwards",
    """A network has a million weights and one loss. Why not push each weight's slope forwards through the graph,
    as 'how fast does this node grow with that weight'?""",
    wrong(
        "Because the chain rule holds only from the output to the input, so such slopes could not be multiplied.",
        "A product of slopes is the same from either end. For one weight, walking forwards gives the right answer.",
    ),
    right(
        "A forward walk answers for one weight, a backward walk for one result; there is one.",
        """A million walks against one. With one input and a million results it would be the other way round,
        and forward mode would win.""",
    ),
    wrong(
        "Because the local slopes along the way are not known until the loss has been computed.",
        "Each local slope is known as soon as its node is computed, long before the loss.",
    ),
)

# ---- Review


@question(local_slopes, "the slopes of a quotient")
def _(rng):
    b, quarters = int(rng.choice([2, 4, 5])), int(rng.integers(1, 12))
    a = quarters * b
    return Asked(
        f"q = a / b at a = {a}, b = {b}. How fast does q grow with b?",
        float(local_slopes("/", a, b)[1]),
        why=f"-a/b² = -{a}/{b**2}: a larger denominator makes the quotient smaller.",
    )


@question(gradients, "one node, two uses")
def _(rng):
    k, m, n = (int(x) for x in rng.integers(2, 7, size=3))
    inputs = {"a": (), "b": ("a",), "c": ("b",), "d": ("b", "c")}
    a = int(rng.integers(1, 5))
    b = k * a
    c = m * b + n
    grad = gradients("d", lambda node: inputs[node], {"a": (), "b": (k,), "c": (m,), "d": (c, b)}.get)
    return Asked(
        f"a = {a}, b = {k}a, c = {m}b + {n}, d = b·c. What is the gradient of d along a?",
        float(grad["a"]),
        why=f"To b come {c} from the product and {b}·{m} through c, together {c + b * m}; b hands on {k} times that.",
    )


@question(Value, "what grad holds")
def _(rng):
    x, k, times = int(rng.integers(2, 9)), int(rng.integers(2, 9)), int(rng.integers(2, 5))
    a = Value(x)
    y = a * k + a * a
    for _ in range(times):
        y.backward()
    return Asked(
        f"a = Value({x}), y = a * {k} + a * a, and y.backward() is called {times} times. What is a.grad?",
        a.grad,
        why=f"Each call adds {k} + 2·{x} = {k + 2 * x}, the slope of y along a.",
    )


@question(topological_order, "which order")
def _(rng):
    names = [str(name) for name in rng.permutation(list("pqrs"))]
    first, second, third, last = names
    inputs = {first: (), second: (first,), third: (second,), last: (second, third)}
    back = topological_order(last, lambda node: inputs[node])[::-1]
    others = [[last, second, third, first], back[::-1], [last, first, third, second]]
    options = [" ".join(order) for order in rng.permutation([back, *others])]
    return Asked(
        f"{second} is computed from {first}; {third} from {second}; {last} from {second} and {third}."
        " In which order are they visited on the way back?",
        "abcd"[options.index(" ".join(back))],
        tuple(options),
        f"{second} must wait for {third}, which hands it a share as {last} does.",
    )


@question(Network, "how many parameters")
def _(rng):
    sizes = [int(n) for n in rng.integers(2, 6, size=2)] + [1]
    count = len(Network(sizes, np.random.default_rng(0)).parameters())
    return Asked(
        f"A network of sizes {sizes}: {sizes[0]} inputs, {sizes[1]} neurons, and 1 at the end. How many parameters?",
        count,
        why=f"{sizes[1]} neurons with {sizes[0]} + 1 each, and one with {sizes[1]} + 1.",
    )


@question(train, "one step")
def _(rng):
    w, g, lr = int(rng.integers(1, 9)), int(rng.integers(-9, 10)) or 4, int(rng.integers(1, 6)) / 10
    return Asked(
        f"A weight is {w}, its gradient {g}, the learning rate {lr:g}. What is the weight after one step?",
        round(w - lr * g, 9),
        why=f"{w} - {lr:g}·({g}): against the gradient.",
    )
