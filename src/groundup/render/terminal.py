"""What only a terminal shows: the path with how far each lesson has come, and earlier attempts. Knows no record.

Takes what it shows and the time zone to show it in as arguments.
"""

from __future__ import annotations

from datetime import tzinfo

from groundup.course.lesson import Course
from groundup.workspace.path import Standing, following
from groundup.workspace.store import Attempt

from .card import legible


def path_as_text(course: Course, path: tuple[Standing, ...], where: str, due: int = 0) -> str:
    """The path as a small table, below it the next step and how many review questions are due; `where` names the
    workspace."""
    ahead = following(path)
    keys = max((len(standing.lesson.notebook) for standing in path), default=0)
    lines = [f"Your work is in {legible(where)}.", ""]
    for number, phase in enumerate(course.phases, start=1):
        lines.append(f"{number} {phase.title}")
        for standing in path:
            if standing.lesson in phase.lessons:
                mark = "✓" if standing.complete else "›" if standing == ahead else " "
                count = f"{standing.done:>2} of {len(standing.exercises)}"
                lines.append(f"  {mark} {standing.lesson.notebook:<{keys}}  {count:<9} {standing.lesson.title}")
                lines += _exercises(standing) if standing == ahead else []
    return "\n".join([*lines, "", _next(ahead), *_due(due)])


def attempt_as_text(attempt: Attempt, zone: tzinfo | None = None) -> str:
    """When an attempt was made (by this machine's clock unless a zone is given), what was said, and its code."""
    when = attempt.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    known = f": {attempt.mistake}" if attempt.mistake else ""
    shown = ", after the solution was shown" if attempt.solution_shown else ""
    code = legible(attempt.source).rstrip() or "(its source could not be read)"
    return f"{when}  {attempt.verdict}{known}{shown}\n\n" + "\n".join("    " + line for line in code.split("\n"))


def _exercises(standing: Standing) -> list[str]:
    """One line for each exercise of the lesson at hand."""
    return [f"      {'✓' if name in standing.passed else '·'} {name}" for name in standing.exercises]


def _next(ahead: Standing | None) -> str:
    if ahead is None:
        return "Every exercise of every lesson has passed."
    left = f"{len(ahead.unanswered)} question{'s' if len(ahead.unanswered) > 1 else ''}"
    return f"Next: {ahead.following or left} in {ahead.lesson.notebook} (`groundup next` opens it)."


def _due(due: int) -> list[str]:
    asks = f"{due} review {'question is' if due == 1 else 'questions are'} due (`groundup review` asks)."
    return [asks] if due else []
