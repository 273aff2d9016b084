"""One lesson as a whole: how much of what there is, that each thing has its place, and that questions can be answered.

Reads the built notebook, cell by cell, as a learner would; runs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from ..course.build import lesson_out_of_step, notebook
from ..course.lesson import Lesson
from ..course.markup import BuildError
from ..door.answers import judge, letter_of, letters
from ..exercise import Prediction, Question, Quiz, Register
from .fault import Fault
from .solution import first_told, telling_lines
from .variants import examine_file

AMOUNTS = {  # of each: what its fault is called, and how many there should be
    "exercise": ("number of exercises", 5, 10),
    "prediction": ("number of predictions", 3, 12),
    "quiz": ("number of quizzes", 2, 4),
    "slider": ("number of sliders", 2, 20),
    "review question": ("number of review questions", 3, 6),
}
GATE = {  # a gate is a milestone: it teaches little, and asks across its phase
    "exercise": ("number of exercises", 1, 7),
    "prediction": ("number of predictions", 0, 3),
    "quiz": ("number of quizzes", 3, 6),
    "slider": ("number of sliders", 0, 1),
    "review question": ("number of review questions", 0, 6),
}
TELLING = 8  # tokens of a solution's line that may stand nowhere in a notebook; a shorter one may be a formula
SEEDS = range(8)  # that a review question is tried with
REVEALS = re.compile(r"\breveal\(\s*[\"']([^\"']+)[\"']")

Tell = Callable[[str, str, str], Fault]


def examine_lesson(lesson: Lesson, built: Path) -> list[Fault]:
    """What is wrong with a lesson beyond its exercises. `built` is the folder of the built notebooks."""

    def tell(kind: str, what: str, way: str) -> Fault:
        return Fault(kind, lesson.stem, what, way)

    register = lesson.register()
    faults = [fault for question in register.questions.values() for fault in _of_question(question, tell)]
    faults += _of_reading(lesson, register, tell)
    faults += [fault for quiz in register.quizzes.values() for fault in _of_quiz(quiz, tell)]
    faults += [fault for asked in register.predictions.values() for fault in _of_prediction(asked, tell)]
    faults += examine_file(lesson, tell)
    try:
        cells = notebook(lesson).cells
    except BuildError as error:
        return [*_of_amounts(lesson, None, tell), *faults, tell("cannot build", f"{error}", "mend that line")]
    except ValueError as error:  # a starter that cannot be made is told with its exercise too
        return [*_of_amounts(lesson, None, tell), *faults, tell("cannot build", f"{error}", "mend the exercise")]
    faults += [*_of_places(register, cells, tell), *_of_reveals(register, cells, tell)]
    faults += [*_of_solutions(register, cells, tell), *_of_bytes(lesson, built, tell)]
    return [*_of_amounts(lesson, _sliders(cells), tell), *faults]


def _of_amounts(lesson: Lesson, sliders: int | None, tell: Tell) -> Iterator[Fault]:
    register = lesson.register()
    have = {
        "exercise": len(register.exercises),
        "prediction": len(register.predictions),
        "quiz": len(register.quizzes),
        "review question": len(register.questions),
        **({} if sliders is None else {"slider": sliders}),
    }
    for noun, number in have.items():
        kind, least, most = (GATE if lesson.is_gate else AMOUNTS)[noun]
        if not least <= number <= most:
            plural = noun if number == 1 else kind.removeprefix("number of ")
            way = "take some out, or make two lessons" if number > most else "add some"
            yield tell(kind, f"it has {number} {plural}", f"{way}: {least} to {most}")


def _sliders(cells: list[Any]) -> int:
    return sum(len(re.findall(r"\bdraw\.slider\(", cell.source)) for cell in cells if cell.cell_type == "code")


# ---- places


def _of_places(register: Register, cells: list[Any], tell: Tell) -> Iterator[Fault]:
    placed = {(_mark(cell, "kind"), _mark(cell, "name")) for cell in cells}
    declared = [("exercise", name) for name in register.exercises] + [("quiz", name) for name in register.quizzes]
    for kind, name in [*declared, *(("predict", name) for name in register.predictions)]:
        if (kind, name) not in placed:
            yield tell("not placed", f"{{{kind}}} {name} stands nowhere in the words", "place it, or delete it")


def _of_reveals(register: Register, cells: list[Any], tell: Tell) -> Iterator[Fault]:
    """Each prediction is met by one reveal, after it."""
    asked: set[str] = set()
    met: set[str] = set()
    for cell in cells:
        if _mark(cell, "kind") == "predict":
            asked.add(_mark(cell, "name"))
        for name in REVEALS.findall(cell.source) if cell.cell_type == "code" else ():
            met.add(name)
            if name not in register.predictions:
                way = f"the .py has {', '.join(register.predictions) or 'none'}"
                yield tell("unknown prediction", f"a cell reveals {name!r}, which is no prediction", way)
            elif name not in asked:
                yield tell("revealed too soon", f"{name!r} is revealed before it is asked", "move one of the two")
    for name in register.predictions:
        if name in asked - met:
            what = f"the prediction {name!r} is never met by its answer"
            yield tell("not revealed", what, f'end a cell below it with reveal("{name}", the value)')


def _of_solutions(register: Register, cells: list[Any], tell: Tell) -> Iterator[Fault]:
    for exercise in register.exercises.values():
        telling = telling_lines(exercise, line=TELLING, value=TELLING)
        for cell in cells:
            line = first_told(telling, cell.source)
            if line:
                what = f"cell {cell.id} holds a line of {exercise.name}'s solution: {line!r}"
                yield tell("solution shown", what, "show it with other names, or ask for another thing")
                break


def _of_bytes(lesson: Lesson, built: Path, tell: Tell) -> Iterator[Fault]:
    what, _, way = lesson_out_of_step(lesson, built).partition(": ")
    if what:
        yield tell("out of step", what, way.rstrip("."))


def _mark(cell: Any, key: str) -> str:
    return str(cell.metadata.get("groundup", {}).get(key, ""))


# ---- questions


def _of_prediction(asked: Prediction, tell: Tell) -> Iterator[Fault]:
    if not asked.beliefs:
        way = "say for a likely wrong answer why people give it"
        yield tell("no belief", f"the prediction {asked.name!r} has no beliefs", way)
    for key in asked.beliefs if asked.options else ():
        if key not in letters(asked.options):
            way = f"use one of {', '.join(letters(asked.options))}"
            yield tell("unknown option", f"{asked.name!r} has a belief for {key!r}", way)


def _of_quiz(quiz: Quiz, tell: Tell) -> Iterator[Fault]:
    for letter, option in zip(ascii_lowercase, quiz.options, strict=False):
        if not option.feedback.strip():
            what = f"({letter}) of the quiz {quiz.name!r} has no feedback"
            yield tell("no feedback on option", what, "say what this belief would imply, and where it fails")


def _of_reading(lesson: Lesson, register: Register, tell: Tell) -> Iterator[Fault]:
    """What is due is found by reading the file, not by importing it; so each question must be seen there."""
    read = dict(lesson.question_names())
    for question in register.questions.values():
        if question.about.module == lesson.module and read.get(question.name) != question.about.name:
            what = f"the question {question.name!r} is not seen when the file is read"
            yield tell("question not seen", what, 'write @question(reference, "name") with the name as plain text')


def _of_question(question: Question, tell: Tell) -> Iterator[Fault]:
    """A review question reads otherwise for other seeds, and is the same, with its answer, for one seed."""
    import numpy as np

    from ..mistakes.observe import same

    name = f"the question {question.name!r}"
    try:
        once, again = ([question.make(np.random.default_rng(seed)) for seed in SEEDS] for _ in range(2))
    except Exception as error:
        yield tell("question fails", f"{name} raises {type(error).__name__}: {error}", "mend it")
        return
    if len({asked.text for asked in once}) < len(SEEDS) // 2:
        way = "draw its numbers from the rng"
        yield tell("question repeats", f"{name} reads the same for most seeds", way)
    if any(a.text != b.text or not same(a.answer, b.answer) for a, b in zip(once, again, strict=True)):
        way = "draw from the rng alone, and compute the answer from what was drawn"
        yield tell("question unstable", f"{name} is another one when made anew from the same seed", way)
    for asked in once:
        if asked.options and letter_of(asked.answer, asked.options) is None:
            what = f"{name} has the answer {asked.answer!r}, which is none of its options"
            yield tell("question without answer", what, "answer with the letter of the right option")
            return
        if asked.tries and not judge(asked, str(asked.answer)).right:
            what = f"{name} has the answer {asked.answer!r}, which is no expression in its names"
            yield tell("question without answer", what, "answer with one that every try can run")
            return
        if asked.answer is None or not asked.text.strip():
            yield tell("question without answer", f"{name} has no text or no answer", "give both")
            return
