"""The command line: parse, call, print. Exit codes live here and nowhere else.

Every import of weight stands in the command that needs it: `groundup status` loads no numpy, no Jupyter.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import __version__
from .jupyter import lighten

if TYPE_CHECKING:
    from .course.lesson import Course, Lesson
    from .door.session import Session
    from .workspace.path import Standing
    from .workspace.place import Workspace

DEFAULT = "groundup-workspace"
AUTHOR = "This is an author's command and needs {}: run `pip install 'groundup[author]'`; in a clone, `make build`."


class Sentences(click.Group):
    """Commands whose failures are told in one sentence, with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if not (told := _sentence(error)):
                raise
            click.echo(told, err=True)
            ctx.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of this file: a learner's first


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="Ground Up %(version)s")
def main() -> None:
    """Ground Up: from the derivative of a function to a language model that you wrote.

    `groundup start` makes a workspace in this folder and opens it in the browser. The other commands work in the
    workspace that the current folder lies in, or in ./groundup-workspace.
    """
    lighten()


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port to serve at [8888, or a free one].")
def start(folder: Path | None, no_browser: bool, port: int | None) -> None:
    """Open the course in the browser.

    It is served by JupyterLab, on this machine alone, from FOLDER or ./groundup-workspace, which is made if need be.
    """
    from . import server
    from .course.lesson import load_course

    course = load_course()
    workspace = _opened(folder, course)
    found = server.running(workspace.root)
    if found and not found.has(server.HOME):  # somebody's own JupyterLab on this folder
        return _announce(found.page(_page(course, workspace)), "JupyterLab already runs here; it is at", not no_browser)
    if found and found.has("lab"):
        return _announce(found.home, "It already runs; in a browser it is at", not no_browser)
    _serve(workspace, no_browser, port, lab=True)


@main.command()
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port to serve at [8888, or a free one].")
def home(no_browser: bool, port: int | None) -> None:
    """Open your home page alone.

    For those who edit notebooks elsewhere, as in VS Code: the path, review and all else, without JupyterLab.
    """
    from . import server

    workspace = _workspace()
    found = server.running(workspace.root)
    if found and found.has(server.HOME):
        return _announce(found.home, "It already runs; in a browser it is at", not no_browser)
    _serve(workspace, no_browser, port, lab=False)


@main.command()
def status() -> None:
    """Show the path: what is done, and what is next."""
    from .course.lesson import load_course
    from .render.terminal import path_as_text

    course = load_course()
    workspace = _workspace()
    click.echo(path_as_text(course, _path(course, workspace), str(workspace.root), _due(course, workspace)))


@main.command("next")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def next_step(no_browser: bool) -> None:
    """Open the lesson with the next exercise."""
    from . import server
    from .course.lesson import load_course
    from .workspace.path import following

    course = load_course()
    workspace = _workspace()
    ahead = following(_path(course, workspace))
    if ahead is None:
        return click.echo("Every exercise of every lesson has passed.")
    click.echo(f"Next is {ahead.following}, in {ahead.lesson.title}.")
    if found := server.running(workspace.root):
        return _announce(found.page(ahead.lesson.notebook), "It is at", not no_browser)
    click.echo(f"It is in {workspace.notebook(ahead.lesson)}: `groundup start` opens it.")


@main.command()
@click.argument("what", metavar="NOTEBOOK|EXERCISE")
def check(what: str) -> None:
    """Check what is saved on disk.

    All exercises of a notebook, or one by its name. Exit code 0 if everything passed, 1 if not.
    """
    from .door.session import begin
    from .workspace.saved_check import check_saved

    path = Path(what)
    here = begin(start=path.absolute() if path.is_file() else _workspace().root)
    sys.exit(0 if all(check_saved(here, *_asked_for(here, what))) else 1)


@main.command()
@click.argument("exercise")
def attempts(exercise: str) -> None:
    """Show your code for EXERCISE, newest first."""
    from .door.session import begin
    from .render.terminal import attempt_as_text
    from .workspace.store import open_store

    workspace = _workspace()
    with open_store(workspace.database) as store:
        made = store.attempts(exercise)
    if not made:
        begin(start=workspace.root).exercise(exercise)  # raises, with the nearest names, if there is none
        return click.echo(f"{exercise} was never checked.")
    told = "\n\n".join(map(attempt_as_text, made))
    click.echo_via_pager(told + "\n") if sys.stdout.isatty() else click.echo(told)


@main.command()
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N questions.")
def review(limit: int | None) -> None:
    """Answer the review questions that are due.

    They come the day after an exercise has passed, and then before what they ask for would fade. q stops.
    """
    import time

    from .course.lesson import load_course
    from .review import terminal
    from .workspace.store import open_store

    workspace = _workspace()
    with open_store(workspace.database) as store:
        terminal.review(store, load_course(), _answer, click.echo, _now, time.monotonic, limit)


@main.command()
@click.argument("level", required=False, default=1, type=click.IntRange(1, 3))
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N questions.")
def drill(level: int, limit: int | None) -> None:
    """Practise shapes until they need no thought.

    LEVEL 1 asks for shapes, 2 for elements, 3 whether it is a view or a copy. q stops.
    """
    import time

    from .review import terminal
    from .workspace.store import open_store

    with open_store(_workspace().database) as store:
        terminal.drill(store, level, _answer, click.echo, _now, time.monotonic, limit)


@main.command("export")
@click.argument("file", type=click.Path(path_type=Path))
def export_command(file: Path) -> None:
    """Write all that is yours into one new FILE.

    That is the record, the notebooks and `my`; `groundup import` takes it in elsewhere.
    """
    from .workspace import moving

    click.echo(f"{moving.export_file(_workspace(), file)} holds your record, notebooks and `my`.")


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_command(file: Path) -> None:
    """Take in what `groundup export` wrote.

    Into the workspace here, or a new one. Nothing that is here is lost: attempts are joined, and a notebook that
    differs from yours is put beside it.
    """
    from .course.lesson import load_course
    from .workspace import moving

    parcel, course = moving.unpack(file), load_course()
    click.echo("\n".join(moving.take_in(_opened(None, course), course, parcel).says))


@main.command()
def update() -> None:
    """Bring new lessons in, keep what you wrote."""
    from . import workspace as learners
    from .course.lesson import built_notebook, load_course

    told = learners.update(_workspace(), load_course(), built_notebook)
    click.echo("\n".join(told) or "Every lesson is as the course has it now.")


@main.command()
@click.argument("lesson")
def reset(lesson: str) -> None:
    """Save a notebook aside and begin it anew."""
    from . import workspace as learners
    from .course.lesson import built_notebook, load_course

    chosen = load_course().find(lesson)
    saved = learners.reset(_workspace(), chosen, built_notebook)
    click.echo(f"{chosen.notebook} is as the course has it.")
    click.echo(f"Yours is saved as {saved}." if saved else "There was none to save.")


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 if a notebook is out of step.")
def build(lessons: tuple[str, ...], only_check: bool) -> None:
    """Authors: write the notebooks.

    Every lesson's, or those of the given ones.
    """
    from .course import build as builder
    from .course.lesson import load_course, notebooks_folder

    course, folder = load_course(), notebooks_folder()
    chosen = [course.find(lesson) for lesson in lessons] or None
    if only_check:
        told = builder.out_of_step(course, folder, chosen)
        click.echo("\n".join(told) or "Every notebook is in step with its source.")
        sys.exit(1 if told else 0)
    written = builder.build(course, folder, chosen)
    click.echo("\n".join(f"{path} is written." for path in written) or "Every notebook was in step already.")


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option("--quick", is_flag=True, help="Leave out running the notebooks.")
def verify(lessons: tuple[str, ...], quick: bool) -> None:
    """Authors: let the course check itself.

    Every lesson, or the given ones: mistakes, mutants, words, and the notebook from top to bottom. Exit code 1 if there
    is anything to mend.
    """
    from . import verify as verifier
    from .course.lesson import load_course

    course = load_course()
    chosen = [course.find(lesson) for lesson in lessons] or None
    found = verifier.verify(course, chosen, notebooks=not quick, jobs=os.cpu_count() or 1, progress=_watched)
    _watched("")
    click.echo(verifier.table(found))
    sys.exit(0 if found.clean else 1)


@main.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
def stills(lessons: tuple[str, ...]) -> None:
    """Authors: draw the still pictures anew.

    Runs the solved notebooks of the lessons, or of every one, and keeps what their marked cells show.
    """
    from .course import stills as artist
    from .course.lesson import load_course

    course = load_course()
    chosen = [course.find(lesson) for lesson in lessons] or course.lessons
    drawn = [path for each in chosen for path in artist.draw_stills(each, course)]
    click.echo("\n".join(f"{path} is drawn." for path in drawn) or "Every still shows what its cell shows.")


@main.command()
def version() -> None:
    """Say which version this is."""
    click.echo(f"Ground Up {__version__}, Python {sys.version.split()[0]}")


def _sentence(error: Exception) -> str:
    """What an expected failure says; "" for a fault of ours, which deserves its traceback."""
    if isinstance(error, ModuleNotFoundError) and error.name in ("jupytext", "nbclient"):
        return AUTHOR.format(error.name)
    if isinstance(error, OSError):
        what = f"{error.filename}: " if error.filename else ""
        return f"{what}{error.strerror or error}. Check the disk and its permissions, then try again."
    if type(error).__module__.startswith("groundup.") or type(error) is LookupError:
        return str(error)
    return ""


def _workspace() -> Workspace:
    """The workspace that GROUNDUP_WORKSPACE names, that this folder lies in, or that `start` made here."""
    from .workspace.place import WorkspaceError, find

    named = os.environ.get("GROUNDUP_WORKSPACE")
    found = find(Path(named)) if named else find(Path.cwd()) or find(Path(DEFAULT))
    if found is None:
        where = named or f"{Path.cwd()} or above it"
        raise WorkspaceError(f"There is no workspace in {where}: `groundup start` makes one, or cd into yours.")
    return found


def _now() -> datetime:
    return datetime.now(UTC)


def _answer(prompt: str) -> str:
    """What is typed; the end of the input and Ctrl-C stop, as q does."""
    try:
        return str(click.prompt(prompt, prompt_suffix=" ", default="", show_default=False))
    except click.Abort:
        click.echo()
        return "q"


def _opened(folder: Path | None, course: Course) -> Workspace:
    """The workspace to start in, made or completed; says what there is to know about it."""
    from . import workspace as learners
    from .course.lesson import built_notebook

    named = os.environ.get("GROUNDUP_WORKSPACE")
    here = learners.find(Path.cwd()) if folder is None and not named else None
    root = here.root if here else Path(folder or named or DEFAULT).absolute()
    new = learners.find(root) is None
    workspace = learners.create(root, course, built_notebook)
    for note in workspace.notes:
        click.echo(note)
    if new:
        click.echo(f"Your workspace is {root}: all that you write is kept there.")
    elif any(_behind(workspace, lesson) for lesson in course.lessons):
        click.echo("There are new versions of lessons: `groundup update` brings them in and keeps what you wrote.")
    return workspace


def _behind(workspace: Workspace, lesson: Lesson) -> bool:
    """Whether the learner was given another version of this lesson than the course has now."""
    from .course.lesson import built_notebook

    base = workspace.base(workspace.notebook(lesson))
    return base.is_file() and base.read_bytes() != built_notebook(lesson).read_bytes()


def _path(course: Course, workspace: Workspace) -> tuple[Standing, ...]:
    """Where the learner stands; a record that cannot be read is a StoreError."""
    from .workspace.path import standings
    from .workspace.store import open_store

    if not workspace.database.exists():
        return standings(course, set())
    with open_store(workspace.database) as store:
        return standings(course, store.passed(), store.answered())


def _due(course: Course, workspace: Workspace) -> int:
    """How many review questions are due today."""
    from .review.schedule import due, schedule, topics
    from .workspace.store import open_store

    if not workspace.database.exists():
        return 0
    now = _now()
    with open_store(workspace.database) as store:
        return len(due(schedule(topics(course), store.first_passed(), store.reviews(), now), now))


def _page(course: Course, workspace: Workspace) -> str:
    """The notebook to open: that of the next step, or the last one; a damaged record does not keep it from opening."""
    from .workspace.path import following
    from .workspace.store import StoreError

    try:
        ahead = following(_path(course, workspace))
    except StoreError as error:
        click.echo(str(error), err=True)
        return course.lessons[0].notebook
    return (ahead.lesson if ahead else course.lessons[-1]).notebook


def _serve(workspace: Workspace, no_browser: bool, port: int | None, *, lab: bool) -> None:
    """Serve the workspace until Ctrl-C; the learner's home is what opens."""
    from . import server

    def ready(running: server.Server) -> None:
        _announce(running.home, "Ground Up runs at", not no_browser)
        click.echo("Ctrl-C here ends it. What you saved and checked is kept.")

    log = workspace.state / ("server.log" if lab else "home.log")
    server.serve(workspace.root, log, ready, port=port, lab=lab)
    click.echo(f"\nGround Up has ended; `groundup {'start' if lab else 'home'}` goes on where you were.")


def _announce(page: str, words: str, browser: bool) -> None:
    """Print the address, always; and open it where there is a browser to open it in."""
    import webbrowser

    click.echo(f"{words}\n\n    {page}\n")
    screen = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    if browser and screen:
        with suppress(webbrowser.Error):
            webbrowser.open(page)


def _watched(what: str) -> None:
    """Tell whoever watches what is at hand, on one line that is written over."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{what}", nl=False, err=True)


def _asked_for(here: Session, what: str) -> tuple[Lesson, Path, tuple[str, ...]]:
    """The lesson, the notebook and the exercises that NOTEBOOK or EXERCISE names.

    Raises LookupError with the nearest names.
    """
    from .workspace.saved import lesson_of

    course, path = here.course, Path(what)
    if path.is_file():
        lesson = course.find(lesson_of(path) or what)
        return lesson, path, lesson.exercise_names()
    workspace = _workspace()
    if what.isidentifier() and (found := course.lesson_with(what)):
        return found[0], workspace.notebook(found[0]), (what,)
    try:
        lesson = course.find(what)
    except LookupError:
        if what.isidentifier():
            here.exercise(what)  # raises, and knows the nearest exercises
        raise
    return lesson, workspace.notebook(lesson), lesson.exercise_names()
