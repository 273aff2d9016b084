"""Put a card where the learner is: on a notebook's page, in a terminal, or in what a script prints.

Knows no lesson and no record. Loads neither IPython nor widgets unless this process runs in them.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..render import Card, as_html, as_text, progress_card

Answered = Callable[[Any], tuple[Card, bool]]  # an answer to (what to show now, whether that settles it)


def shell() -> Any:
    """The IPython shell that runs this process, or None."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def on_a_page() -> bool:
    """Whether output becomes part of a notebook (or of another front end of a Jupyter kernel)."""
    return getattr(shell(), "kernel", None) is not None


def names_at_hand() -> Mapping[str, Any]:
    """The variables of the cell or script that called into this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and str(frame.f_globals.get("__package__")).partition(".")[0] == "groundup":
        frame = frame.f_back
    return {**frame.f_globals, **frame.f_locals}


def show(card: Card) -> None:
    """Show a card once."""
    if on_a_page():
        _display(_bundle(card))
    else:
        _print(card)


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int, Mapping[str, float]], None]]:
    """Tell how far something has come; what was shown is gone when the block ends."""
    handle: Any = None

    def told(step: int, steps: int, values: Mapping[str, float]) -> None:
        nonlocal handle
        card = progress_card(name, step, steps, values)
        if handle is not None:
            handle.update(_bundle(card), raw=True)
        elif on_a_page():
            handle = _display(_bundle(card), display_id=True)

    try:
        yield told
    finally:
        if handle is not None:
            handle.update({"text/plain": ""}, raw=True)


def show_history(name: str, history: Mapping[str, list[float]]) -> None:
    """Draw what a training run logged, on a page; a terminal has no room for it."""
    if not (on_a_page() and any(len(values) > 1 for values in history.values())):
        return
    from .. import draw

    curves = [draw.curve((range(len(values)), values), label=quantity) for quantity, values in history.items()]
    last = ", ".join(f"{quantity} {values[-1]:.4g}" for quantity, values in history.items())
    steps = max(len(values) for values in history.values())
    alt = f"What {name} logged over {steps} steps; at the end {last}."
    picture = draw.plot(*curves, x=(0, max(steps - 1, 1)), xlabel="step", alt=alt, height=260)
    from IPython.display import display

    display(picture)  # type: ignore[no-untyped-call]


def ask(card: Card, choices: str, answered: Answered) -> Callable[[], None]:
    """Show a card that waits for an answer; on a page with widgets, with a button for each letter of `choices`.

    Without choices there is a field for a number. What is clicked goes to `answered`, whose card takes the first one's
    place; the buttons go once an answer settles the question, or when the function that is returned is called.
    """
    if not (on_a_page() and importlib.util.find_spec("ipywidgets")):
        show(card)
        return lambda: None
    asked = _display(_bundle(card), display_id=True)
    widgets: list[Any] = []

    def close() -> None:
        while widgets:
            widgets.pop().close()
        row.update({"text/plain": ""}, raw=True)  # else a saved page would open with an error in its place

    def given(answer: Any) -> None:
        told, settled = answered(answer)
        asked.update(_bundle(told), raw=True)
        if settled:
            close()

    widgets += _buttons(choices, given)
    row = _display({**widgets[0]._repr_mimebundle_(), "text/plain": ""}, display_id=True)
    return close


def _buttons(choices: str, given: Callable[[Any], None]) -> list[Any]:
    """A row of widgets and, behind it, what it is made of."""
    from ipywidgets import Button, HBox, Layout, Text

    if choices:
        parts = [Button(description=f"({letter})", layout=Layout(width="4.5em")) for letter in choices]
        for part, letter in zip(parts, choices, strict=True):
            part.on_click(lambda _, letter=letter: given(letter))
    else:
        number = Text(placeholder="a number", layout=Layout(width="9em"))
        commit = Button(description="This is my prediction", layout=Layout(width="auto"))
        commit.on_click(lambda _: given(number.value))
        parts = [number, commit]
    return [HBox(parts, layout=Layout(margin="0 0 0.6em 1em")), *parts]


def _bundle(card: Card) -> dict[str, str]:
    return {"text/html": as_html(card), "text/plain": as_text(card)}


def _display(bundle: Mapping[str, Any], **options: Any) -> Any:
    from IPython.display import display

    return display(dict(bundle), raw=True, **options)  # type: ignore[no-untyped-call]


def _print(card: Card) -> None:
    """In colour on a terminal that has it, in whatever letters the stream can write."""
    stream = sys.stdout
    if stream is None:
        return
    import os

    colour = (
        bool(getattr(stream, "isatty", bool)()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    )
    text = as_text(card, width=min(shutil.get_terminal_size((80, 24)).columns, 80), colour=colour)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()
