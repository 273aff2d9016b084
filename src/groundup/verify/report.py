"""Verify's table and its list of faults, as text that an author can act on."""

from __future__ import annotations

from collections.abc import Sequence

from .fault import Row, Verification

HEAD = ("exercise", "mutants", "equivalent", "mistakes", "universal", "alike", "hints", "seconds")


def table(verification: Verification, *, variants: tuple[int, int] | None = None) -> str:
    """A line for each exercise; then the pairs that no case tells apart, the faults, and the course in one line.

    `variants` is how many correct variants were accepted, of how many, where that was counted.
    """
    parts = []
    for lesson in dict.fromkeys(row.lesson for row in verification.rows):
        rows = [row for row in verification.rows if row.lesson == lesson]
        parts.append("\n".join([lesson, *_aligned([HEAD, *map(_cells, rows)])]))
    pairs = [f"{row.lesson}: {row.exercise}: {pair}" for row in verification.rows for pair in row.alike]
    if pairs:
        parts.append("\n".join(["No case tells apart:", *(f"  {pair}" for pair in pairs)]))
    if verification.faults:
        count = len(verification.faults)
        parts.append("\n".join([f"{_count(count, 'fault')}:", *(f"  {fault}" for fault in verification.faults)]))
    return "\n\n".join([*parts, _whole(verification, variants)])


def _cells(row: Row) -> tuple[str, ...]:
    shares = f"{row.named}/{row.mistakes}", f"{row.caught}/{row.universal}"
    counts = map(str, (len(row.alike), row.hints))
    return row.exercise, f"{row.killed}/{row.mutants}", str(row.equivalent), *shares, *counts, f"{row.seconds:.2f}"


def _aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns: the first to the left, the others to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return ["  ".join(["", line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in lines]


def _whole(verification: Verification, variants: tuple[int, int] | None) -> str:
    """One line for all: how many exercises, and what their checks are worth."""
    rows = verification.rows
    killed, made = sum(row.killed for row in rows), sum(row.mutants for row in rows)
    named, mistakes = sum(row.named for row in rows), sum(row.mistakes for row in rows)
    caught, universal = sum(row.caught for row in rows), sum(row.universal for row in rows)
    parts = [
        _count(len(rows), "exercise"),
        f"known mistakes caught and named {_share(named, mistakes)}",
        f"universal mistakes caught {_share(caught, universal)}",
        f"mutants killed {_share(killed, made)}, {sum(row.equivalent for row in rows)} more listed as equivalent",
    ]
    if variants is not None:
        parts.append(f"correct variants accepted {_share(*variants)}")
    parts.append(f"{sum(row.seconds for row in rows):.1f} s of CPU")
    parts.append("clean" if verification.clean else _count(len(verification.faults), "fault"))
    return " · ".join(parts)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole}" + (f" ({100 * part / whole:.1f} %)" if whole else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
