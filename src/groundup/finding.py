"""What a check saw, as plain data: a report and its parts. Shared by the check and, later, the doctor.

Holds only text and numbers, so a report can cross a pipe, enter a database, and be drawn anywhere.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    PASSED = "passed"
    WRONG = "wrong"
    CRASHED = "crashed"  # raised, or took its process down
    TIMED_OUT = "timed out"
    NOT_STARTED = "not started"
    UNKNOWN = "unknown"  # no exercise of this name, or not the learner's own object


@dataclass(frozen=True)
class Contrast:
    """You called … → it returned … → expected …. Any part may be "" where there is nothing to say."""

    called: str
    returned: str
    expected: str
    difference: str = ""  # where and by how much the two differ
    raised: bool = False  # what came back is an exception
    states: bool = False  # what is expected is a sentence that should hold


@dataclass(frozen=True)
class Place:
    """A line of the learner's own code."""

    line: int  # counted from 1 within the learner's cell or file
    code: str
    within: str = ""  # the function it stands in


@dataclass(frozen=True)
class Finding:
    """One thing that was seen, what it means, and what to try."""

    seen: str
    means: str = ""
    attempt: str = ""


@dataclass(frozen=True)
class Report:
    """What happened when one exercise met one object of the learner's."""

    exercise: str
    verdict: Verdict
    headline: str  # one sentence; says no more than was tested
    tried: tuple[str, ...] = ()  # what was compared and which properties were tested, in words
    contrast: Contrast | None = None
    mistake: str = ""  # the name of the known mistake that behaves exactly like this
    because: str = ""  # the earlier exercise that this mistake rests on
    findings: tuple[Finding, ...] = ()
    place: Place | None = None
    printed: str = ""  # the first of what the learner's code printed
    picture: str = ""  # HTML of our own making: what went wrong, drawn
    history: dict[str, list[float]] = field(default_factory=dict)  # what a training run logged, a row for each quantity
    notes: tuple[str, ...] = ()  # added by outer layers: what was unlocked, saved, or could not be saved
    seconds: float = 0.0
    protection: str = ""  # how the learner's code was kept apart

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON-able data, for the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """The report that `as_dict` came from."""
        contrast, place = data.get("contrast"), data.get("place")
        return cls(
            **{
                **data,
                "verdict": Verdict(data["verdict"]),
                "tried": tuple(data.get("tried", ())),
                "contrast": Contrast(**contrast) if contrast else None,
                "findings": tuple(Finding(**finding) for finding in data.get("findings", ())),
                "place": Place(**place) if place else None,
                "notes": tuple(data.get("notes", ())),
            }
        )
