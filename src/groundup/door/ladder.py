"""How far a learner may look: hints rung by rung, then the solution after honest attempts.

Counts in what the record says; knows neither where it is kept nor how anything is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..finding import Verdict
from ..workspace.store import Attempt, Event

HONEST = 3  # attempts, each with other code, before a solution opens


def rungs_shown(events: Iterable[Event]) -> int:
    """How many hints of an exercise were shown, by its 'hint' events."""
    return max((int(event.detail.get("rung", 0)) for event in events if event.kind == "hint"), default=0)


def honest_attempts(attempts: Iterable[Attempt]) -> int:
    """How many different pieces of code were checked that were more than the starter."""
    idle = (Verdict.NOT_STARTED, Verdict.UNKNOWN)
    return len({"\n".join(map(str.rstrip, a.source.split("\n"))) for a in attempts if a.verdict not in idle})


def solution_shown(events: Iterable[Event]) -> bool:
    """Whether the solution was seen before the exercise passed."""
    return any(event.kind == "solution" and event.detail.get("before_passing") for event in events)


def still_missing(name: str, hints: int, shown: int, attempts: int) -> tuple[str, ...]:
    """What there is to do before the solution of an exercise opens, in sentences; () when it is open."""
    unseen, short = hints - shown, HONEST - attempts
    said = []
    if unseen > 0:
        said.append(
            f"{unseen} of {hints} {_plural(hints, 'hint')} {'is' if unseen == 1 else 'are'} unseen: `hint({name})`."
        )
    if short > 0:
        made = (
            "no attempt is"
            if not attempts
            else f"{attempts} {_plural(attempts, 'attempt')} {'is' if attempts == 1 else 'are'}"
        )
        said.append(
            f"{made[:1].upper()}{made[1:]} made so far, and it takes {HONEST} with different code: `check({name})`."
        )
    return tuple(said)


def _plural(count: int, word: str) -> str:
    return word if count == 1 else word + "s"
