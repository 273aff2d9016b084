"""Other programs for the clean lesson: right ones that look nothing like the reference, and wrong ones."""

from itertools import accumulate

import numpy as np


def add_to_itself(x):
    return x + x


def from_a_sum(x):
    return sum([x] * 2)


def by_division(x):
    return x / 0.5


def one_more(x):
    return 2 * x + 1


def rise_first(x, slope, start=1.0):
    rise = slope * x
    return rise + start


def a_product(x, slope, start=1.0):
    return np.dot([x, 1.0], [slope, start])


def with_other_defaults(x, slope, start=None):
    return slope * x + (1.0 if start is None else start)


def no_start(x, slope, start=1.0):
    return slope * x


def by_sorting(x, low, high):
    return sorted([low, x, high])[1]


def by_ends(x, low, high):
    return max(low, min(x, high))


def in_words(x, low, high):
    return low if x < low else high if x > high else x


def only_from_below(x, low, high):
    return max(low, x)


def accumulated(values):
    return np.array(list(accumulate(values)), dtype=float)


def in_a_loop(values):
    sums, total = np.empty(len(values)), 0.0
    for place, value in enumerate(values):
        total += value
        sums[place] = total
    return sums


def by_a_triangle(values):
    return np.tril(np.ones((len(values), len(values)))) @ np.asarray(values, dtype=float)


def backwards(values):
    return np.cumsum(np.asarray(values, dtype=float)[::-1])


class OfList:
    def __init__(self, start):
        self.steps = [start]

    def add(self, times=1):
        self.steps.append(times)
        return sum(self.steps)

    @property
    def count(self):
        return sum(self.steps)


class InOneLine:
    def __init__(self, start):
        self.count = start

    def add(self, times=1):
        self.count = self.count + times
        return self.count


class WithHelper:
    def __init__(self, start):
        self.count = 0
        self.add(start)

    def add(self, times=1):
        for name in ("count",):
            setattr(self, name, getattr(self, name) + times)
        return self.count


class Shared:
    total = 0

    def __init__(self, start):
        Shared.total = start

    def add(self, times=1):
        Shared.total += times
        return Shared.total

    @property
    def count(self):
        return Shared.total


VARIANTS = {
    "double": [add_to_itself, from_a_sum, by_division],
    "height": [rise_first, a_product, with_other_defaults],
    "clamp": [by_sorting, by_ends, in_words],
    "running_total": [accumulated, in_a_loop, by_a_triangle],
    "Tally": [OfList, InOneLine, WithHelper],
}
WRONG = {
    "double": [one_more],
    "height": [no_start],
    "clamp": [only_from_below],
    "running_total": [backwards],
    "Tally": [Shared],
}
