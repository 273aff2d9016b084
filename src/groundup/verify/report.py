"""Verify's table and its list of faults, as text that an author can act on."""

from __future__ import annotations

from collections.abc import Sequence

from .fault import Row, Verification

HEAD = ("exercise", "mutants", "equivalent", "mistakes", "universal", "variants", "wrong", "alike", "hints", "seconds")


def table(verification: Verification) -> str:
    """A line for each exercise; then the pairs that no case tells apart, the faults, and the course in one line."""
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
    return "\n\n".join([*parts, whole(verification)])


def _cells(row: Row) -> tuple[str, ...]:
    known = f"{row.named}/{row.mistakes}", f"{row.caught}/{row.universal}"
    kept = f"{row.accepted}/{row.variants}", f"{row.refused}/{row.wrong}"
    counts = str(len(row.alike)), str(row.hints), f"{row.seconds:.2f}"
    return row.exercise, f"{row.killed}/{row.mutants}", str(row.equivalent), *known, *kept, *counts


def _aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns: the first to the left, the others to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return ["  ".join(["", line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in lines]


def whole(verification: Verification) -> str:
    """One line for all: its figures, the CPU time that they took, and whether there is anything to mend."""
    seconds = sum(row.seconds for row in verification.rows)
    end = "clean" if verification.clean else _count(len(verification.faults), "fault")
    return f"{figures(verification)} · {seconds:.1f} s of CPU · {end}"


def figures(verification: Verification) -> str:
    """How many exercises, and what their checks are worth: what README shows of the whole course."""

    def share(part: str, of: str) -> str:
        some, all_ = (sum(getattr(row, name) for row in verification.rows) for name in (part, of))
        return f"{some}/{all_}" + (f" ({100 * some / all_:.1f} %)" if all_ else "")

    return " · ".join(
        [
            _count(len(verification.rows), "exercise"),
            f"known mistakes caught and named {share('named', 'mistakes')}",
            f"universal mistakes caught {share('caught', 'universal')}",
            f"mutants killed {share('killed', 'mutants')}, "
            f"{sum(row.equivalent for row in verification.rows)} more listed as equivalent",
            f"correct variants accepted {share('accepted', 'variants')}",
            f"unforeseen wrong programs refused {share('refused', 'wrong')}",
        ]
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
