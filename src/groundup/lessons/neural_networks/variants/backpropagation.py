"""Other programs for the exercises on backpropagation: right ones that look nothing like the reference, and wrong ones
that are none of its known mistakes. Knows nothing of how they are judged.
"""

import itertools
import math
from collections import defaultdict
from graphlib import TopologicalSorter

import numpy as np

# ---- neuron_gradient ----


def neuron_in_one_line(w, b, x, target):
    y = math.tanh(w * x + b)
    factor = 2 * (y - target) / math.cosh(w * x + b) ** 2
    return (y - target) ** 2, factor * x, factor, factor * w


def neuron_by_arrays(w, b, x, target):
    y = np.tanh(w * x + b)
    along = np.array([x, 1.0, w]) * (2 * (y - target) * (1 - y * y))
    return [(y - target) ** 2, *along]


def neuron_by_stages(w, b, x, target):
    product = w * x
    total = product + b
    y = math.tanh(total)
    miss = y - target
    d_miss = 2 * miss
    d_total = d_miss * (1 - y) * (1 + y)
    d_product = d_total
    return miss * miss, d_product * x, d_total, d_product * w


def neuron_loss_halved(w, b, x, target):
    loss, dw, db, dx = neuron_in_one_line(w, b, x, target)
    return loss / 2, dw, db, dx


def neuron_by_one_sided_chords(w, b, x, target, h=1e-6):
    def loss(w, b, x):
        return (math.tanh(w * x + b) - target) ** 2

    here = loss(w, b, x)
    return here, (loss(w + h, b, x) - here) / h, (loss(w, b + h, x) - here) / h, (loss(w, b, x + h) - here) / h


# ---- local_slopes ----


def slopes_by_table(op, a, b):
    return {
        "+": lambda: (1.0, 1.0),
        "-": lambda: (1.0, -1.0),
        "*": lambda: (b, a),
        "/": lambda: (1 / b, -(a / b) / b),
    }[op]()


def slopes_by_match(op, a, b):
    match op:
        case "/":
            quotient = a / b
            return [b**-1, -quotient * b**-1]
        case "*":
            return [float(b), float(a)]
        case _:
            return [1.0, 1.0 if op == "+" else -1.0]


def slopes_by_numpy(op, a, b):
    sign = np.where(op == "-", -1.0, 1.0)
    if op in "+-":
        return np.float64(1.0), sign
    return (b, a) if op == "*" else (np.reciprocal(float(b)), -a * np.float64(b) ** -2)


def slopes_of_a_power(op, a, b):
    return (1 / b, -a / b) if op == "/" else slopes_by_table(op, a, b)


def slopes_positive(op, a, b):
    return tuple(abs(slope) for slope in slopes_by_table(op, a, b))


# ---- topological_order ----


def order_by_graphlib(end, inputs_of):
    graph, waiting = {}, [end]
    while waiting:
        node = waiting.pop()
        if node not in graph:
            graph[node] = set(inputs_of(node))
            waiting.extend(graph[node])
    return list(TopologicalSorter(graph).static_order())


def order_by_counting_users(end, inputs_of):
    users, met = defaultdict(int), [end]
    seen = {end}
    for node in met:
        for source in inputs_of(node):
            users[source] += 1
            if source not in seen:
                seen.add(source)
                met.append(source)
    ready, back = [end], []
    while ready:
        node = ready.pop()
        back.append(node)
        for source in inputs_of(node):
            users[source] -= 1
            if users[source] == 0:
                ready.append(source)
    back.reverse()
    return back


def order_by_iterators(end, inputs_of):
    order, done, path = [], set(), [(end, iter(inputs_of(end)))]
    entered = {end}
    while path:
        node, rest = path[-1]
        source = next((each for each in rest if each not in entered), None)
        if source is None:
            path.pop()
            if node not in done:
                done.add(node)
                order.append(node)
        else:
            entered.add(source)
            path.append((source, iter(inputs_of(source))))
    return order


def order_inputs_sorted_by_name(end, inputs_of):
    return sorted(order_by_graphlib(end, inputs_of), key=str)


def order_reversed(end, inputs_of):
    return order_by_graphlib(end, inputs_of)[::-1]


# ---- gradients ----


def gradients_by_users(end, inputs_of, slopes_of):
    order = order_by_graphlib(end, inputs_of)
    shares = {node: [] for node in order}
    shares[end].append(1.0)
    for node in order[::-1]:
        whole = math.fsum(shares[node])
        for k, source in enumerate(inputs_of(node)):
            shares[source].append(whole * slopes_of(node)[k])
    return {node: math.fsum(parts) for node, parts in shares.items()}


def gradients_by_matrix(end, inputs_of, slopes_of):
    order = order_by_graphlib(end, inputs_of)
    place = {node: k for k, node in enumerate(order)}
    local = np.zeros((len(order), len(order)))
    for node in order:
        for source, slope in zip(inputs_of(node), slopes_of(node), strict=True):
            local[place[source], place[node]] += slope
    start = np.zeros(len(order))
    start[place[end]] = 1.0
    found = np.linalg.solve(np.eye(len(order)) - local, start)
    return {node: float(found[k]) for node, k in place.items()}


def gradients_forwards(end, inputs_of, slopes_of):
    """One forward walk for each node: the sums over all paths, from the other side."""
    order = order_by_graphlib(end, inputs_of)

    def along(start):
        grows = {}
        for node in order:
            parts = zip(inputs_of(node), slopes_of(node), strict=True)
            grows[node] = float(node == start) + sum(slope * grows[source] for source, slope in parts)
        return grows[end]

    return {node: along(node) for node in order}


def gradients_averaged(end, inputs_of, slopes_of):
    found, users = gradients_by_users(end, inputs_of, slopes_of), defaultdict(int)
    for node in found:
        for source in inputs_of(node):
            users[source] += 1
    return {node: slope / max(users[node], 1) for node, slope in found.items()}


def gradients_of_the_given_only(end, inputs_of, slopes_of):
    return {n: g for n, g in gradients_by_users(end, inputs_of, slopes_of).items() if not inputs_of(n)}


# ---- Value ----


class ValueOfOneMaker:
    """Every operation through one method, and powers for quotients."""

    def __init__(self, data, inputs=(), slopes=()):
        self.data, self.inputs, self.slopes, self.grad = float(data), tuple(inputs), tuple(slopes), 0.0

    def made(self, other, compute, *slopes):
        other = other if isinstance(other, ValueOfOneMaker) else ValueOfOneMaker(other)
        a, b = self.data, other.data
        return ValueOfOneMaker(compute(a, b), (self, other), tuple(slope(a, b) for slope in slopes))

    def __add__(self, other):
        return self.made(other, lambda a, b: a + b, lambda a, b: 1.0, lambda a, b: 1.0)

    def __mul__(self, other):
        return self.made(other, lambda a, b: a * b, lambda a, b: b, lambda a, b: a)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -1 * other

    def __rsub__(self, other):
        return -self + other

    def __pow__(self, power):
        return ValueOfOneMaker(self.data**power, (self,), (power * self.data ** (power - 1),))

    def __truediv__(self, other):
        other = other if isinstance(other, ValueOfOneMaker) else ValueOfOneMaker(other)
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1

    def tanh(self):
        y = math.tanh(self.data)
        return ValueOfOneMaker(y, (self,), (1 - y * y,))

    def backward(self):
        for node, slope in gradients_by_users(self, lambda n: n.inputs, lambda n: n.slopes).items():
            node.grad += slope


class ValueWithSlots:
    """No dictionary for each object; the walk is written out, with the shares kept by id."""

    __slots__ = ("data", "grad", "inputs", "slopes")

    def __init__(self, data, inputs=(), slopes=()):
        self.data = float(data)
        self.grad = 0.0
        self.inputs = inputs
        self.slopes = slopes

    def lift(self, other):
        return other if isinstance(other, ValueWithSlots) else type(self)(other)

    def __add__(self, other):
        other = self.lift(other)
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        other = self.lift(other)
        return type(self)(self.data - other.data, (self, other), (1.0, -1.0))

    def __rsub__(self, other):
        return self.lift(other) - self

    def __mul__(self, other):
        other = self.lift(other)
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        other = self.lift(other)
        ratio = self.data / other.data
        return type(self)(ratio, (self, other), (1 / other.data, -ratio / other.data))

    def __rtruediv__(self, other):
        return self.lift(other) / self

    def __neg__(self):
        return type(self)(-self.data, (self,), (-1.0,))

    def __pow__(self, power):
        return type(self)(self.data**power, (self,), (power * self.data ** (power - 1),))

    def tanh(self):
        y = math.tanh(self.data)
        return type(self)(y, (self,), (1.0 - y**2,))

    def backward(self):
        order = order_by_counting_users(self, lambda node: node.inputs)
        arrived = {id(node): 0.0 for node in order}
        arrived[id(self)] = 1.0
        while order:
            node = order.pop()
            share = arrived[id(node)]
            node.grad = node.grad + share
            for k in range(len(node.inputs)):
                arrived[id(node.inputs[k])] += share * node.slopes[k]


class ValueThatEmptiesFirst(ValueWithSlots):
    """Walks on grad itself, as micrograd does, but puts back what was there before."""

    def backward(self):
        order = order_by_iterators(self, lambda node: node.inputs)
        before = [node.grad for node in order]
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for source, slope in zip(node.inputs, node.slopes, strict=True):
                source.grad += slope * node.grad
        for node, old in zip(order, before, strict=True):
            node.grad += old


class ValueWithoutPowersOfMinusOne(ValueWithSlots):
    def __pow__(self, power):
        result = self
        for _ in range(power - 1):
            result = result * self
        return result


class ValueThatForgetsTheMiddle(ValueWithSlots):
    def backward(self):
        for node, slope in gradients_by_users(self, lambda n: n.inputs, lambda n: n.slopes).items():
            node.grad += slope if not node.inputs else 0.0


class ValueWhoseNumbersJoinIn(ValueWithSlots):
    def __rsub__(self, other):
        return type(self)(other - self.data, (self,), (1.0,))


# ---- check_gradient ----


def _error(claimed, measured):
    if not (math.isfinite(claimed) and math.isfinite(measured)):
        return math.inf
    return abs(claimed - measured) / max(abs(claimed), abs(measured), 1e-3)


def _differences(f, xs, h=1e-5):
    for i in range(len(xs)):
        up, down = list(xs), list(xs)
        up[i] += h
        down[i] -= h
        yield (f([ValueWithSlots(x) for x in up]).data - f([ValueWithSlots(x) for x in down]).data) / (2 * h)


def checked_by_hand(f, xs):
    values = [ValueWithSlots(x) for x in xs]
    f(values).backward()
    return max(_error(value.grad, measured) for value, measured in zip(values, _differences(f, xs), strict=True))


def checked_anew_each_time(f, xs):
    worst = 0.0
    for i, measured in enumerate(_differences(f, xs)):
        values = [ValueOfOneMaker(x) for x in xs]
        f(values).backward()
        worst = max(worst, _error(values[i].grad, measured))
    return worst


def checked_by_sorting(f, xs):
    values = [ValueThatEmptiesFirst(x) for x in xs]
    result = f(values)
    result.backward()
    claims = [value.grad for value in values]
    return sorted(map(_error, claims, _differences(f, xs)))[-1]


def checked_absolutely(f, xs):
    values = [ValueWithSlots(x) for x in xs]
    f(values).backward()
    return max(abs(value.grad - measured) for value, measured in zip(values, _differences(f, xs), strict=True))


def checked_in_place(f, xs):
    for i, _ in enumerate(xs):
        xs[i] += 1e-5
    return checked_by_hand(f, xs)


# ---- Network ----


class NetworkByLoops:
    def __init__(self, sizes, rng):
        self.layers = []
        for k in range(1, len(sizes)):
            drawn, layer = rng.normal(size=(sizes[k], sizes[k - 1])), []
            for j in range(sizes[k]):
                weights = [ValueWithSlots(drawn[j, i] / math.sqrt(sizes[k - 1])) for i in range(sizes[k - 1])]
                layer.append((weights, ValueWithSlots(0)))
            self.layers.append(layer)

    def __call__(self, x):
        now = list(x)
        for layer in self.layers:
            later = []
            for weights, bias in layer:
                total = bias
                for i, w in enumerate(weights):
                    total = total + now[i] * w
                later.append(total.tanh())
            now = later
        return now[0]

    def parameters(self):
        found = []
        for layer in self.layers:
            for weights, bias in layer:
                found += weights
                found.append(bias)
        return found


class _Neuron(tuple):
    def __call__(self, x):
        weights, bias = self
        return sum((w * v for w, v in zip(weights, x, strict=True)), bias).tanh()


class NetworkOfNeurons:
    def __init__(self, sizes, rng):
        pairs = itertools.pairwise(sizes)
        self.layers = [[self.neuron(row) for row in rng.normal(size=(m, n)) * n**-0.5] for n, m in pairs]

    @staticmethod
    def neuron(row):
        return _Neuron(([ValueOfOneMaker(w) for w in row], ValueOfOneMaker(0.0)))

    def __call__(self, x):
        for layer in self.layers:
            x = [neuron(x) for neuron in layer]
        return x[-1]

    def parameters(self):
        return [p for layer in self.layers for weights, bias in layer for p in (*weights, bias)]


class NetworkOfLists(NetworkByLoops):
    """Parameters listed once; neurons as lists."""

    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        self.layers = [[[weights, bias] for weights, bias in layer] for layer in self.layers]
        self._all = NetworkByLoops.parameters(self)

    def parameters(self):
        return list(self._all)


class NetworkUniform(NetworkByLoops):
    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        for p in self.parameters():
            p.data = float(rng.uniform(-1, 1)) if p.data else 0.0


class NetworkRectified(NetworkByLoops):
    def __call__(self, x):
        result = super().__call__(x)
        return result if result.data > 0 else result * 0


class NetworkWithoutHidden(NetworkByLoops):
    def parameters(self):
        return [p for weights, bias in self.layers[-1] for p in (*weights, bias)]


# ---- train ----


def trained_by_loops(network, points, targets, steps, log, lr=1.0):
    for step in range(steps):
        total = 0
        for k in range(len(points)):
            miss = network(points[k]) - targets[k]
            total = total + miss * miss
        loss = total / len(points)
        for p in network.parameters():
            p.grad = 0.0
        loss.backward()
        for p in network.parameters():
            p.data = p.data - lr * p.grad
        log(step, loss.data)


def trained_and_emptied_after(network, points, targets, steps, log, lr=1.0):
    parameters, share = network.parameters(), 1 / len(points)
    for p in parameters:
        p.grad = 0.0
    for step in range(steps):
        loss = sum(share * (target - network(point)) ** 2 for point, target in zip(points, targets, strict=True))
        loss.backward()
        for p in parameters:
            p.data, p.grad = p.data - lr * p.grad, 0.0
        log(step, loss.data)


def trained_point_by_point_and_added(network, points, targets, steps, log, lr=1.0):
    """A walk for each point; the shares meet in grad, and one step is taken."""
    n = len(points)
    for step in range(steps):
        for p in network.parameters():
            p.grad = 0.0
        losses = []
        for point, target in zip(points, targets, strict=True):
            part = (network(point) - target) ** 2 / n
            part.backward()
            losses.append(part.data)
        for p in network.parameters():
            p.data += -lr * p.grad
        log(step, math.fsum(losses))


def trained_with_signs(network, points, targets, steps, log, lr=1.0):
    for step in range(steps):
        loss = sum((network(x) - t) ** 2 for x, t in zip(points, targets, strict=True)) / len(points)
        for p in network.parameters():
            p.grad = 0.0
        loss.backward()
        for p in network.parameters():
            p.data -= lr * math.copysign(0.1, p.grad)
        log(step, loss.data)


def trained_with_fading_rate(network, points, targets, steps, log, lr=1.0):
    trained_by_loops(network, points, targets, 1, log, lr)
    for step in range(1, steps):
        trained_by_loops(network, points, targets, 1, lambda _, loss, step=step: log(step, loss), lr / (1 + step))


def trained_counting_from_one(network, points, targets, steps, log, lr=1.0):
    trained_by_loops(network, points, targets, steps, lambda step, loss: log(step + 1, loss), lr)


VARIANTS = {
    "neuron_gradient": [neuron_in_one_line, neuron_by_arrays, neuron_by_stages],
    "local_slopes": [slopes_by_table, slopes_by_match, slopes_by_numpy],
    "topological_order": [order_by_graphlib, order_by_counting_users, order_by_iterators],
    "gradients": [gradients_by_users, gradients_by_matrix, gradients_forwards],
    "Value": [ValueOfOneMaker, ValueWithSlots, ValueThatEmptiesFirst],
    "check_gradient": [checked_by_hand, checked_anew_each_time, checked_by_sorting],
    "Network": [NetworkByLoops, NetworkOfNeurons, NetworkOfLists],
    "train": [trained_by_loops, trained_and_emptied_after, trained_point_by_point_and_added],
}

WRONG = {
    "neuron_gradient": [neuron_loss_halved, neuron_by_one_sided_chords],
    "local_slopes": [slopes_of_a_power, slopes_positive],
    "topological_order": [order_inputs_sorted_by_name, order_reversed],
    "gradients": [gradients_averaged, gradients_of_the_given_only],
    "Value": [ValueWithoutPowersOfMinusOne, ValueThatForgetsTheMiddle, ValueWhoseNumbersJoinIn],
    "check_gradient": [checked_absolutely, checked_in_place],
    "Network": [NetworkUniform, NetworkRectified, NetworkWithoutHidden],
    "train": [trained_with_signs, trained_with_fading_rate, trained_counting_from_one],
}
