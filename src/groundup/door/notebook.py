"""The learner's door: check, hint, solution, predict, reveal, quiz and lesson, as a cell or a script calls them.

Each shows one card and returns None. What happened is on the record before it is shown; what is wrong around the
learner (no workspace, a damaged record) becomes a sentence below the verdict, never a traceback in its place.
"""

from __future__ import annotations

import errno
import functools
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import FunctionType
from typing import Any, ParamSpec

from ..course.lesson import Lesson
from ..exercise import Exercise
from ..finding import Report, Verdict
from ..render import Folded, Listing, Tone, gate_card, hint_card, lesson_card, report_card, said_card, solution_card
from ..source import reference_source
from ..workspace import mine
from ..workspace.place import WorkspaceError
from ..workspace.store import Attempt
from . import asking, ladder, onward
from .session import UNRECORDED, Session, Unknown, at_home, begin, make_importable, now, session
from .surface import names_at_hand, progress, show, show_history

P = ParamSpec("P")
NO_PROCESS = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)  # why none can be made: too many, too little
_NOTHING = object()


def _told(door: Callable[P, None]) -> Callable[P, None]:
    """Show what a call raises as a card: a name that is unknown, or a fault of ours, with what a bug report needs."""

    @functools.wraps(door)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            door(*args, **kwargs)
        except Unknown as error:
            show(said_card("not found", str(error), tone=Tone.ASK))
        except Exception as error:
            what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            card = said_card(
                "not done", f"{door.__name__} itself failed, which is no fault of your code.", tone=Tone.STOP
            )
            trace = Folded(what, (Listing(traceback.format_exc().strip()),), lines=1)
            show(replace(card, blocks=(trace,)))

    return told


@_told
def lesson(key: str) -> None:
    """Open a lesson: its exercises are found first, `my` can be imported, and what was done before is told."""
    here = begin()
    try:
        here.lesson = opened = here.course.find(key)
    except LookupError as error:
        raise Unknown(str(error)) from None
    if here.workspace is not None:
        make_importable(here.workspace)
    mine.lend(here.course, here.workspace)
    opened.register()
    _warm()
    notes = here.event(opened, "opened", opened.key)
    passed, trouble = here.record.passed()
    at = onward.where(here, opened, passed)
    where = f"Your work is kept in `{at_home(here.workspace.root)}`." if here.workspace else here.trouble or UNRECORDED
    here.once(where)
    told = tuple(note for note in (*notes, trouble) if note and note != where)
    if opened.is_gate:
        questions = at.questions - len(at.unanswered), at.questions
        following = next(iter((*filter(None, (at.following,)), *at.unanswered)), "")
        show(gate_card(opened.title, (at.done, len(at.exercises)), questions, following, where, told))
    else:
        show(lesson_card(opened.title, at.done, len(at.exercises), at.following, where, told))


@_told
def check(obj: Any) -> None:
    """Say whether a function or class does what its exercise asks, and if not, what it does instead."""
    from ..checking.check import HERE

    here = session()
    name, found = _named(obj, here)
    of, exercise = here.exercise(name)
    refused = _refused(name, found, obj)
    if refused:
        show(said_card("not checked", refused, name, tone=Tone.ASK))
        return
    report = _checked(exercise, found)
    if report.verdict is Verdict.UNKNOWN:
        show(report_card(report))
        return
    past = here.past(of, name)
    before = {(of.key, name)} if any(a.verdict is Verdict.PASSED for a in past.attempts) else set()
    taken = mine.take_source(found, name)
    seen = ladder.solution_shown(past.events)
    told, wrote = report.as_dict(), taken.source or taken.cell
    attempt = Attempt(now(), of.key, name, report.verdict, report.mistake, wrote, told, report.seconds, seen)
    notes = [*report.notes, *here.add(attempt)]
    if report.passed:
        notes += _kept(here, of, exercise, taken)
        notes += onward.after_pass(here, of, exercise) if not before else []
    elif before and here.workspace is not None:
        notes.append(f"The {name} that passed earlier is still kept in `my/{of.stem}.py`.")
    if not report.passed:
        notes += _gaps(here, exercise, report)
    if report.protection == HERE:
        notes += here.once(f"Checks run {report.protection}.")
    show(report_card(replace(report, notes=tuple(notes))))
    show_history(name, report.history)


@_told
def hint(obj: Any) -> None:
    """Show the next hint of an exercise, one at a time; those seen before are folded above it."""
    here = session()
    name, _ = _named(obj, here)
    of, exercise = here.exercise(name)
    rungs = exercise.hints
    if not rungs:
        show(said_card("no hints", f"{name} has no hints: what do its words ask for, line by line?", name))
        return
    past = here.past(of, name)
    shown = ladder.rungs_shown(past.events)
    notes: tuple[str, ...] = ()
    if shown < len(rungs):
        shown += 1
        notes = here.event(of, "hint", name, rung=shown, of=len(rungs))
    remains = ""
    if shown == len(rungs):
        missing = ladder.still_missing(name, len(rungs), shown, ladder.honest_attempts(past.attempts))
        remains = "This is the last hint. " + (
            "The solution opens after three honest attempts. " + " ".join(missing)
            if missing
            else f"`solution({name})` is open now, if you want it."
        )
    show(hint_card(name, rungs, shown, remains, notes))


@_told
def solution(obj: Any) -> None:
    """Show one way to write an exercise: after it has passed, or after all hints and three honest attempts."""
    here = session()
    name, _ = _named(obj, here)
    of, exercise = here.exercise(name)
    past = here.past(of, name)
    passed = any(attempt.verdict is Verdict.PASSED for attempt in past.attempts)
    tries, shown = ladder.honest_attempts(past.attempts), ladder.rungs_shown(past.events)
    missing = ladder.still_missing(name, len(exercise.hints), shown, tries)
    if missing and not passed:
        rule = f"The solution of {name} opens when it has passed, or after all hints and three honest attempts."
        show(said_card("not open yet", rule, name, missing, Tone.OPEN))
        return
    notes = [] if passed else ["The record says that you saw it before passing."]
    notes += here.event(of, "solution", name, before_passing=not passed)
    show(solution_card(name, reference_source(exercise), notes))


predict = _told(asking.predict)
reveal = _told(asking.reveal)
quiz = _told(asking.quiz)


def _named(obj: Any, here: Session) -> tuple[str, Any]:
    """The name of an exercise and the object of that name that is at hand: from the object, or from its name as text.

    Raises Unknown for what can be neither.
    """
    names = names_at_hand()
    if type(obj) is str:
        return obj, names.get(obj, _NOTHING)
    own = [type.__dict__["__name__"].__get__(obj)] if isinstance(obj, type) else []
    own += [obj.__name__] if isinstance(obj, FunctionType) else []
    aliases = [name for name, value in names.items() if value is obj and not name.startswith("_")]
    known = set(here.lesson.register().exercises) if here.lesson is not None else set()
    for name in (*own, *aliases):
        if name in known or here.course.lesson_with(name):
            return name, obj
    if own and own[0].isidentifier():
        return own[0], obj
    from ..show import kind_of

    raise Unknown(
        f"This takes a function or class of yours, as in `check(name)` without a call, and was given {kind_of(obj)}."
    )


def _refused(name: str, found: Any, obj: Any) -> str:
    """Why this object is not one to check, in a sentence; "" if it is."""
    if found is _NOTHING:
        return f"{name} is not defined here: run the cell with your own `def` or `class` first."
    module = vars(found).get("__module__", "") if isinstance(found, type) else getattr(found, "__module__", "")
    if isinstance(found, (type, FunctionType)) and type(module) is str and module.partition(".")[0] == "my":
        return f"This {name} is the one kept in `{module.replace('.', '/')}.py`: run the cell with your own first."
    return ""


def _checked(exercise: Exercise, obj: Any) -> Report:
    """The engine's report; an interrupt by the learner is a report too."""
    from ..checking.check import CHILD
    from ..checking.check import check as examine

    began = now()
    try:
        try:
            with progress(exercise.name) as told:
                return examine(exercise, obj, watching=lambda tick: told(tick.step, tick.steps, tick.values))
        except OSError as error:
            if error.errno not in NO_PROCESS:
                raise
            return examine(exercise, obj, isolate=False)
    except KeyboardInterrupt:
        seconds = (now() - began).total_seconds()
        words = f"{exercise.name} was still running after {seconds:.1f} s, when you stopped it."
        return Report(exercise.name, Verdict.TIMED_OUT, words, seconds=seconds, protection=CHILD)


def _kept(here: Session, of: Lesson, exercise: Exercise, taken: mine.Taken) -> list[str]:
    """Keep what passed in `my`; what there is to say about that."""
    if here.workspace is None:
        return []
    try:
        return list(mine.keep(here.workspace, of, exercise, taken, now()))
    except (WorkspaceError, OSError) as error:
        return [f"It could not be kept in `my/{of.stem}.py`. {error}"]


def _gaps(here: Session, exercise: Exercise, report: Report) -> list[str]:
    """The earlier exercises to go back to: the one that explains a mistake, and those not passed that this needs.

    Said at every failing check, as what is wrong may lie there each time.
    A gate may be taken without the lessons before it, so there it names only what stands in the gate itself.
    """
    passed, _ = here.record.passed()
    lessons = {lesson.module: lesson for lesson in here.course.lessons}
    explains = next((m.because for m in exercise.mistakes if m.because and m.name == report.mistake), None)
    told = [f"What is missing here is the idea of {_link(explains, exercise, lessons)}."] if explains else []
    needs = [n for n in exercise.needs if n.module == exercise.module or not lessons[exercise.module].is_gate]
    open_ = [n for n in needs if n is not explains and (lessons[n.module].key, n.name) not in passed]
    if open_:
        listed = " and ".join(_link(n, exercise, lessons) for n in open_)
        told.append(f"It rests on {listed}, not passed yet: begin there?")
    return told


def _link(earlier: Exercise, here: Exercise, lessons: Mapping[str, Lesson]) -> str:
    """An earlier exercise by name, and where it stands if that is another notebook."""
    if earlier.module == here.module:
        return f"`{earlier.name}` above"
    lesson = lessons[earlier.module]
    return f"[`{earlier.name}` in {lesson.title}](../{lesson.notebook})"


def _warm() -> None:
    """Load the engine and take its copies of NumPy's functions now, before a learner's code runs."""
    import numpy.random  # noqa: F401 - which NumPy loads at its first use

    from ..checking import check, pristine, work  # noqa: F401 - loaded for what it loads

    pristine.remember()
