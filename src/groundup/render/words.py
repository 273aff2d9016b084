"""What every card says: reports, hints, solutions, predictions, quizzes, the lesson's opening line.

Takes plain values and returns cards; knows neither how a card looks nor where its values are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from groundup.finding import Finding, Report, Verdict

from .card import Bar, Block, Card, Drawing, Fact, Facts, Folded, Items, Listing, Prose, Tone

VERDICTS = {
    Verdict.PASSED: (Tone.GOOD, "passed"),
    Verdict.WRONG: (Tone.BAD, "wrong"),
    Verdict.CRASHED: (Tone.STOP, "crashed"),
    Verdict.TIMED_OUT: (Tone.LATE, "timed out"),
    Verdict.NOT_STARTED: (Tone.OPEN, "not started"),
    Verdict.UNKNOWN: (Tone.ASK, "not checked"),
}


def report_card(report: Report) -> Card:
    """A verdict: what was tried or what was seen, what that means, and what to do next."""
    tone, word = VERDICTS[report.verdict]
    blocks: list[Block] = []
    if rows := _contrast(report):
        blocks.append(Facts(rows))
    for index, finding in enumerate(report.findings):
        known = report.mistake if index == 0 else ""
        blocks += _finding(finding, known)
    if report.tried:
        blocks.append(Items(report.tried, mark="✓" if report.passed else "·", quiet=True, formulas=True))
    if report.picture:
        blocks.append(Drawing(report.picture, "A picture of it is shown in a notebook."))
    if report.printed:
        blocks.append(Folded("It also printed", (Listing(report.printed.rstrip("\n")),), lines=6))
    blocks += _notes(report.notes)
    return Card(tone, word, report.headline, report.exercise, tuple(blocks))


def _contrast(report: Report) -> tuple[Fact, ...]:
    """You called … → it returned … → expected …, and the learner's own line where there is one."""
    seen, place = report.contrast, report.place
    rows = []
    if seen is not None:
        rows += [
            Fact("  you ran" if "\n" in seen.called else "  you called", _as_typed(seen.called)),
            Fact("→ it raised" if seen.raised else "→ it returned", seen.returned, Tone.BAD),
            Fact("→ should hold" if seen.states else "→ expected", seen.expected, Tone.GOOD),
            Fact("  difference", seen.difference),
        ]
    if place is not None:
        inside = f"  # in {place.within}" if place.within not in ("", "<module>", "<lambda>", report.exercise) else ""
        rows.append(Fact(f"  line {place.line}", place.code + inside))
    return tuple(row for row in rows if row.value)


def _as_typed(called: str) -> str:
    """A script as the learner would type it: what it hands to the comparison stands there by itself."""
    return re.sub(r'^( *)(?:return |yield (?:f?"[^"]*", )?)', r"\1", called, flags=re.MULTILINE)


NAME = re.compile(
    r"(?![aA] )\w |\w*[_\dA-Z]\w* |\S*[^\w\s,'’-]"
)  # 'b added twice', 'gW mirrored', but 'a line too many'


def _finding(finding: Finding, known: str) -> list[Block]:
    """The words of a known mistake are the lesson's own and may hold formulas; the others may hold a learner's text."""
    told = " ".join(filter(None, (finding.seen, finding.means)))
    title = known if NAME.match(known) else known[:1].upper() + known[1:]
    asked = [Prose(finding.attempt, formulas=bool(known))] if finding.attempt else []
    return [Prose(told, title, formulas=bool(known)), *asked]


def progress_card(name: str, step: int, steps: int, values: Mapping[str, float]) -> Card:
    """How far a training run has come, while it runs."""
    told = ", ".join(f"{quantity} {value:.4g}" for quantity, value in values.items())
    share = min((step + 1) / steps, 1.0) if steps else 0.0
    of = f" of {steps}" if steps else ""
    return Card(Tone.CALM, "running", f"{name}: step {step + 1}{of}, {told}", name, (Bar(share),))


def said_card(word: str, sentence: str, name: str = "", notes: Sequence[str] = (), tone: Tone = Tone.CALM) -> Card:
    """One sentence, and what else there is to do."""
    return Card(tone, word, sentence, name, _notes(notes))


def lesson_card(
    title: str, passed: int, exercises: int, following: str, record: str, notes: Sequence[str] = ()
) -> Card:
    """The quiet line that opens a lesson; `following` is the next exercise once one has passed.

    `record` is a sentence on where the work is kept.
    """
    go_on = f"; next is `{following}`" if passed and following else ""
    return Card(Tone.CALM, title, f"{passed} of {exercises} exercises passed{go_on}. {record}", blocks=_notes(notes))


def gate_card(
    title: str,
    exercises: tuple[int, int],
    questions: tuple[int, int],
    following: str,
    record: str,
    notes: Sequence[str] = (),
) -> Card:
    """The quiet line that opens a gate: of its exercises and of its questions (done, all), and whether that passes it.

    `following` is the next exercise or question, or "".
    """
    done = f"{exercises[0]} of {exercises[1]} exercises, {questions[0]} of {questions[1]} questions"
    go_on = f"; next is `{following}`" if exercises[0] + questions[0] and following else ""
    says = f"not passed yet{go_on}" if following else "the gate is passed"
    return Card(Tone.CALM, title, f"{done}: {says}. {record}", blocks=_notes(notes))


def hint_card(name: str, rungs: Sequence[str], shown: int, remains: str = "", notes: Sequence[str] = ()) -> Card:
    """The last of the `shown` rungs, the earlier ones folded above it; `remains` says what there is after them."""
    blocks: list[Block] = []
    if shown > 1:
        earlier = "hint 1" if shown == 2 else f"hints 1 to {shown - 1}"
        blocks.append(Folded(f"Seen before: {earlier}", (Items(tuple(rungs[: shown - 1]), formulas=True),)))
    blocks.append(Prose(rungs[shown - 1], formulas=True))
    if remains:
        blocks.append(Prose(remains, quiet=True))
    blocks += _notes(notes)
    return Card(Tone.CALM, f"hint {shown} of {len(rungs)}", name, name, tuple(blocks))


def solution_card(name: str, code: str, notes: Sequence[str] = ()) -> Card:
    """One way to write the exercise."""
    return Card(Tone.CALM, "solution", f"{name}, one way to write it:", name, (Listing(code), *_notes(notes)))


def question_card(word: str, how: str, question: str, options: Sequence[str]) -> Card:
    """A question that waits for its answer; `how` is a sentence on how to answer."""
    answers = tuple(f"({letter}) {option}" for letter, option in zip("abcdefghij", options, strict=False))
    blocks: list[Block] = [Prose(question, formulas=True)] if question else []
    return Card(
        Tone.ASK,
        word,
        how,
        blocks=(*blocks, *([Items(answers, mark=" ", formulas=True)] if question and answers else [])),
    )


def predicted_card(sentence: str, option: str = "", notes: Sequence[str] = ()) -> Card:
    """What was committed to; `option` is the text of a chosen one."""
    chosen = (Prose(option, quiet=True, formulas=True),) if option else ()
    return Card(Tone.CALM, "predicted", sentence, blocks=(*chosen, *_notes(notes)))


def revealed_card(
    predicted: str, value: str, *, right: bool, why: str = "", notes: Sequence[str] = (), in_words: bool = False
) -> Card:
    """A prediction beside what came out. `predicted` is "" where none was made; options are `in_words`."""
    mine = Fact("you predicted", predicted, Tone.GOOD if right else Tone.BAD, in_words)
    rows = (mine, Fact("it is", value, Tone.GOOD, in_words))
    blocks: list[Block] = [Facts(rows if predicted else rows[1:])]
    if why:
        blocks.append(Prose(why, formulas=True))
    blocks += _notes(notes, quiet=True)
    if not predicted:
        return Card(Tone.CALM, "not predicted", "Here is what comes out.", blocks=tuple(blocks))
    if right:
        return Card(Tone.GOOD, "as predicted", "", blocks=tuple(blocks))
    return Card(Tone.OTHER, "not as predicted", "", blocks=tuple(blocks))


def answered_card(letter: str, option: str, feedback: str, *, right: bool, notes: Sequence[str] = ()) -> Card:
    """The answer to a why-question, and where it leads."""
    said = Prose(f"({letter}) {option}", formulas=True), Prose(feedback, formulas=True)
    blocks: tuple[Block, ...] = (*said, *_notes(notes, quiet=True))
    return Card(Tone.GOOD if right else Tone.BAD, "right" if right else "not this one", "", blocks=blocks)


def _notes(notes: Sequence[str], quiet: bool = False) -> tuple[Block, ...]:
    return (Items(tuple(notes), mark="→", quiet=quiet),) if notes else ()
