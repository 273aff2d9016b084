"""A lesson that cannot be imported."""

from groundup.exercise import exercise

raise RuntimeError("nothing goes")


@exercise
def never(x):
    """Never reached."""
    return x
