"""Programs that contradict the lesson: a right one that is refused, a wrong one that passes, one for nobody."""


def refused(x):
    return 2 * x + 2


def passing(x):
    return x + x + 1


VARIANTS = {"lonely": [refused], "nobody": []}
WRONG = {"lonely": [passing]}
