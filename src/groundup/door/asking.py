"""Questions between the exercises: predict before the answer is shown, reveal it, and ask why.

What is answered is kept before anything is said about it. Knows no check and no database; see `notebook.py` for who
calls it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..course.lesson import Lesson
from ..exercise import Prediction, Quiz
from ..render import Card, Tone, answered_card, predicted_card, question_card, revealed_card, said_card
from ..workspace.store import Event
from . import answers, onward
from .session import Session, session
from .surface import ask, on_a_page, show

LEFT_OPEN = (..., None, "", "...", "…")


def predict(name: str, answer: Any = ...) -> None:
    """Commit to an answer before the next cell shows it: `predict("crossing", "b")`, or a number in place of "b"."""
    here = session()
    lesson, prediction = here.prediction(name)
    here.settle(name)
    if not _is_open(answer):
        show(_predicted(here, lesson, prediction, answer)[0])
        return
    counted = _counted(here.past(lesson, name).events)
    if counted is not None:
        notes = ("Write another answer in place of the dots to change it.",)
        show(predicted_card(f"{answers.short(counted)} is kept from before.", _option(prediction, counted), notes))
        return
    example = '"a"' if prediction.options else "12.3"
    how = f"Answer {'below or ' if on_a_page() else ''}in place of the dots, as in `predict({name!r}, {example})`."
    question = "" if on_a_page() else prediction.question
    card = question_card("your prediction", how.replace("'", '"'), question, prediction.options)
    letters = answers.letters(prediction.options)
    here.waiting[name] = ask(card, letters, lambda given: _predicted(here, lesson, prediction, given))


def _predicted(here: Session, lesson: Lesson, prediction: Prediction, answer: Any) -> tuple[Card, bool]:
    """Keep an answer; what to say, and whether it was one."""
    meant = answers.answer_of(prediction, answer)
    if meant is None:
        return said_card("not an answer", _no_answer(answer, prediction.options), tone=Tone.ASK), False
    events = here.past(lesson, prediction.name).events
    before, was_revealed = _counted(events), any(event.kind == "reveal" for event in events)
    said, option = answers.short(meant), _option(prediction, meant)
    if meant == before:
        return predicted_card(f"{said} is kept. Run on to see.", option), True
    notes = here.event(lesson, "prediction", prediction.name, answer=meant, after_reveal=was_revealed)
    if before is None:
        says = f"{said} is kept{', as an answer after the value was shown' if was_revealed else ''}. Run on to see."
    elif was_revealed:
        says = f"{said} is kept too, but the value was shown already: {answers.short(before)} is the one that counts."
    else:
        says = f"{said} is kept in place of {answers.short(before)}. Run on to see."
    return predicted_card(says, option, notes), True


def reveal(name: str, value: Any = ...) -> None:
    """Show what comes out beside what was predicted, and why people predict otherwise. Raises nothing over a value."""
    from ..show import show as shown

    here = session()
    lesson, prediction = here.prediction(name)
    if value is ...:
        says = f'This takes the value that came out as well, as in `reveal("{name}", value)`: the cell computes it.'
        show(said_card("nothing to reveal", says, name, tone=Tone.ASK))
        return
    here.settle(name)
    truth = answers.answer_of(prediction, value)
    said = _said(prediction, truth) if truth is not None else shown(value)
    events = here.past(lesson, name).events
    counted = _counted(events)
    late = counted is not None and _first_prediction(events).detail.get("after_reveal", False)
    right = None if counted is None or truth is None else answers.agree(prediction, counted, truth)
    detail = {"predicted": counted, "value": said, "right": right}
    notes: Sequence[str] = ()
    if not any(event.kind == "reveal" and event.detail == detail for event in events):
        notes = here.event(lesson, "reveal", name, **detail)
    in_words = bool(prediction.options)
    if counted is None:
        gently = "No prediction was made for this one: a guess before the answer, even a wrong one, makes it stay."
        show(revealed_card("", said, right=False, notes=(gently, *notes), in_words=in_words))
        return
    if late:
        notes = ("This prediction was made after the value had been shown.", *notes)
    why = ""
    if right is None:
        why = "The two cannot be compared here: judge for yourself."
    elif not right:
        why = answers.belief(prediction, counted) or "Which step of your reasoning gives another value here?"
    mine = _said(prediction, counted)
    show(revealed_card(mine, said, right=right is not False, why=why, notes=notes, in_words=in_words))


def quiz(name: str, answer: Any = ...) -> None:
    """Answer a why-question by the letter of an option: `quiz("nonlinear", "b")`. After a wrong one, try again."""
    here = session()
    lesson, asked = here.quiz(name)
    here.settle(name)
    if not _is_open(answer):
        show(_answered(here, lesson, asked, answer)[0])
        return
    given = [event.detail for event in here.past(lesson, name).events if event.kind == "quiz"]
    right = next((detail["answer"] for detail in given if detail.get("right")), None)
    if right is not None:
        show(_answered(here, lesson, asked, right)[0])
        return
    how = f'Answer {"below or " if on_a_page() else ""}in place of the dots, as in `quiz("{name}", "a")`.'
    if given:
        how += f" ({given[0]['answer']}) was not it."
    texts = [option.text for option in asked.options]
    card = question_card(
        lesson.quiz_opening(asked.name).rstrip(".").lower(), how, "" if on_a_page() else asked.question, texts
    )
    here.waiting[name] = ask(card, answers.letters(texts), lambda letter: _answered(here, lesson, asked, letter))


def _answered(here: Session, lesson: Lesson, asked: Quiz, answer: Any) -> tuple[Card, bool]:
    """Keep an answer to a quiz; its feedback, and whether it is right."""
    texts = [option.text for option in asked.options]
    letter = answers.letter_of(answer, texts)
    if letter is None:
        return said_card("not an answer", _no_answer(answer, texts), tone=Tone.ASK), False
    option = asked.options[answers.letters(texts).index(letter)]
    given = [event.detail for event in here.past(lesson, asked.name).events if event.kind == "quiz"]
    notes: Sequence[str] = ()
    if not given or given[0]["answer"] != letter:
        notes = here.event(lesson, "quiz", asked.name, answer=letter, right=option.is_right, first=not given)
    if given and given[-1]["answer"] != letter and option.is_right:
        notes = (f"Your first answer was ({given[-1]['answer']}); the record keeps it as the first.", *notes)
    if not option.is_right:
        notes = ("Try another one.", *notes)
    elif not any(detail.get("right") for detail in given):
        notes = (*notes, *onward.after_answer(here, lesson))
    return answered_card(letter, option.text, option.feedback, right=option.is_right, notes=notes), option.is_right


def _counted(events: Sequence[Event]) -> answers.Answer | None:
    """The prediction that counts: the last one before the value was shown, else the first one after."""
    made = [event for event in events if event.kind == "prediction"]
    return _first_prediction(made).detail["answer"] if made else None


def _first_prediction(events: Sequence[Event]) -> Event:
    made = [event for event in events if event.kind == "prediction"]
    return next((event for event in made if not event.detail.get("after_reveal")), made[-1])


def _said(prediction: Prediction, answer: answers.Answer) -> str:
    """An answer in full: '(b) at 2 and 4', or a number."""
    return " ".join(filter(None, (answers.short(answer), _option(prediction, answer))))


def _option(prediction: Prediction, answer: answers.Answer) -> str:
    """The words of the option that was chosen; "" for a number."""
    letters = answers.letters(prediction.options)
    return prediction.options[letters.index(answer)] if isinstance(answer, str) and answer in letters else ""


def _no_answer(answer: Any, options: Sequence[str]) -> str:
    from ..show import show as shown

    wanted = f"write one of the letters {answers.choices(options)}" if options else "write a number, as in 12.3"
    return f"`{shown(answer, width=40)}` is none of the answers: {wanted}."


def _is_open(answer: Any) -> bool:
    return any(answer is way for way in LEFT_OPEN) or (type(answer) is str and answer.strip() in ("", "...", "…"))
