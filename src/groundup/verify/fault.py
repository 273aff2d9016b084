"""What verify found: a row for each exercise, and each fault with the way out. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a lesson from being done. `where` is a lesson, or a lesson and an exercise."""

    kind: str
    where: str
    what: str
    way: str  # what an author can do about it

    def __str__(self) -> str:
        return f"{self.where}: {self.what} → {self.way}"


@dataclass(frozen=True)
class Row:
    """What an exercise's checks are worth: of how many wrong programs they notice how many."""

    lesson: str
    exercise: str
    killed: int = 0
    mutants: int = 0
    equivalent: int = 0  # mutants that survive and are listed, with a reason
    named: int = 0
    mistakes: int = 0
    caught: int = 0
    universal: int = 0
    accepted: int = 0
    variants: int = 0  # right programs that look nothing like the reference
    refused: int = 0
    wrong: int = 0  # wrong programs that are none of the listed mistakes
    alike: tuple[str, ...] = ()  # pairs that no step tells apart
    hints: int = 0
    seconds: float = 0.0  # of CPU


@dataclass(frozen=True)
class Verification:
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]

    @property
    def clean(self) -> bool:
        return not self.faults
