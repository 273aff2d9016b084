"""A lesson with one exercise, of which no starter can be made."""

from groundup.exercise import exercise

from ..furnish import furnish


@exercise
def half_marked(x):
    """One more than twice x."""
    # begin solution
    return 2 * x + 1


furnish(half_marked)
