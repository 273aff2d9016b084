"""What everything costs, beside what it may cost and beside a floor: `make bench`. Prints a table, judges nothing.

CPU is that of a whole process with all its children; wall time is taken inside a live kernel. Medians, of several runs.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

import psutil
from jupyter_client.manager import start_new_kernel

GROUNDUP = [sys.executable, "-m", "groundup"]
LIGHTENED = "from groundup.jupyter import lighten; lighten(); "  # as every process of ours loads Jupyter
FIRST = ["math_functions_examples", "derivatives_examples"]
LATER = ["flatten_reshape_view_squeeze_unsqueeze", "backpropagation", "self_attention"]
STATUS = "from groundup.cli import main; main(['status'], standalone_mode=False)"
IN_KERNEL = """
import json, statistics, time
import psutil
from groundup.door import session
from groundup.checking.trial import trial

def timed(work, times=15):
    '''The median wall time of some work, in seconds.'''
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)

def compared(name, obj):
    '''(wall time of a check, that of the exercise's own calls), in seconds.'''
    exercise = session.session().exercise(name)[1]
    check(obj)
    return timed(lambda: check(obj)), timed(lambda: trial(exercise, obj))

def memory():
    return psutil.Process().memory_info().rss
"""


@dataclass(frozen=True)
class Row:
    what: str
    measured: float
    limit: float
    unit: str
    floor: float
    of: str  # what the floor is

    def __str__(self) -> str:
        mark = "" if self.measured <= self.limit else "  over"
        ratio = (self.measured + self.floor) / self.floor
        numbers = f"{self.measured:8.1f} {self.unit:<6}{self.limit:8.0f} {self.unit:<6}{ratio:7.2f} × {self.of}"
        return f"{self.what:<58}{numbers}{mark}"


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a learner's Python keeps what it has compiled
    print(f"{'':<58}{'measured':>10}     {'at most':>10}     {'ratio to a floor':>17}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder)):
            print(row, flush=True)


REVIEWS = """
import random
from datetime import UTC, datetime, timedelta
from groundup.review.schedule import Topic, schedule
from groundup.workspace.store import Review

rng, now = random.Random(0), datetime(2026, 1, 1, tzinfo=UTC)
topics = [Topic("1_math/1_lines", str(n), "rise") for n in range(250)]
reviews = [
    Review(now - timedelta(rng.uniform(1, 700)), t.lesson, "rise", t.question, "", 0, "", "", "", rng.random() < 0.85)
    for t in topics
    for _ in range(40)
]
"""
SCHEDULED = f"{REVIEWS}\nschedule(topics, {{('1_math/1_lines', 'rise'): now}}, reviews, now)"


def rows(folder: Path) -> Iterator[Row]:
    bare = cpu([sys.executable, "-c", ""], 15)
    loaded = cpu([sys.executable, "-c", "import groundup"], 15)
    yield Row("import groundup, over Python alone", 1000 * (loaded - bare), 60, "ms CPU", 1000 * bare, "Python alone")
    print(f"  loads {heavy('import groundup')}")

    started = start(folder)
    yield Row("groundup start, the first: to the address", 1000 * started, 5000, "ms CPU", *jupyter())
    yield Row("groundup start, again: to the address", 1000 * start(folder), 5000, "ms CPU", *jupyter())
    yield from in_a_kernel(folder / "groundup-workspace", FIRST[0], 40)
    yield from in_a_kernel(folder / "groundup-workspace", LATER[0], 60)
    yield passing_checks(folder / "groundup-workspace", phase(0), 40)

    status = cpu([*GROUNDUP, "status"], 9, folder)
    yield Row("groundup status", 1000 * status, 250, "ms CPU", 1000 * bare, "Python alone")
    print(f"  loads {heavy(STATUS, folder)}")

    made = cpu([sys.executable, "-c", REVIEWS], 5)
    scheduled = cpu([sys.executable, "-c", SCHEDULED], 5) - made
    yield Row("10,000 review answers scheduled", 1000 * scheduled, 500, "ms CPU", 1000 * made, "making them up")

    yield from at_home(folder / "groundup-workspace")

    jupytext = cpu([sys.executable, "-c", f"{LIGHTENED}import jupytext"], 5)
    built = cpu([*GROUNDUP, "build", "--check", *FIRST], 5) - jupytext
    yield Row("groundup build of lessons 1 and 2", 1000 * built, 1000, "ms CPU", 1000 * jupytext, "importing jupytext")
    for what, lessons, limit in (
        ("lessons 1 and 2", FIRST, 30),
        ("phase 1", phase(0), 120),
        ("2.4, 3.3, 4.2", LATER, 120),
    ):
        quick, whole = (cpu([*GROUNDUP, "verify", *options, *lessons], 0) for options in (["--quick"], []))
        yield Row(f"groundup verify of {what}, notebooks and all", whole, limit, "s CPU", quick, "without notebooks")


def phase(number: int) -> list[str]:
    """The lessons of one phase."""
    from groundup.course.lesson import load_course

    return [lesson.stem for lesson in load_course().phases[number].lessons]


def in_a_kernel(workspace: Path, stem: str, limit_passing: float) -> Iterator[Row]:
    """The rows that are measured in a live, warm kernel, over every exercise of a lesson."""
    from groundup.course.lesson import load_course

    lesson = load_course().find(stem)
    exercises = lesson.register().exercises.values()
    with opened(workspace, lesson) as run:
        before = run("memory()")
        for exercise in exercises:
            run(f"{right(exercise, lesson)}\ncheck({exercise.name})")
        grown = run("memory()") - before
        passing = [compared(run, exercise, right(exercise, lesson)) for exercise in exercises]
        failing = [compared(run, exercise, wrong(exercise, lesson)) for exercise in exercises]
    for what, limit, spent in (("passing", limit_passing, passing), ("failing, diagnosed", 150, failing)):
        yield over_its_own_run(f"{lesson.folder}/{lesson.number}, {what}", spent, limit)
    yield Row(
        f"memory that {len(passing)} checks in {lesson.folder}/{lesson.number} add",
        grown / 1e6,
        5,
        "MB",
        before / 1e6,
        "the kernel at the opened lesson",
    )


def passing_checks(workspace: Path, lessons: list[str], limit: float) -> Row:
    """The row of every exercise of these lessons, one after the other, for the later import what the earlier kept."""
    from groundup.course.lesson import load_course

    spent = []
    for lesson in map(load_course().find, lessons):
        with opened(workspace, lesson) as run:
            spent += [compared(run, each, right(each, lesson)) for each in lesson.register().exercises.values()]
    return over_its_own_run(f"{lesson.folder}, passing", spent, limit)


def over_its_own_run(which: str, spent: list[tuple[float, float]], limit: float) -> Row:
    own = 1000 * median(own for _, own in spent)
    over = [1000 * (whole - own) for whole, own in spent]
    of = f"its own run (slowest of {len(over)} {max(over):.0f} ms)"
    return Row(f"check in {which}, over its own run", median(over), limit, "ms", own, of)


@contextmanager
def opened(workspace: Path, lesson: Any) -> Iterator[Callable[[str], Any]]:
    """A kernel in which a lesson is open: what runs code there and gives the value of a line."""
    manager, kernel = start_new_kernel(cwd=str((workspace / lesson.notebook).parent), stderr=subprocess.DEVNULL)
    try:
        ask(kernel, f'from groundup import check, lesson\nlesson("{lesson.key}")')
        ask(kernel, IN_KERNEL)
        yield lambda code: ask(kernel, code)
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel(now=True)


def compared(run: Callable[[str], Any], exercise: Any, answer: str) -> tuple[float, float]:
    """(wall time of the answer's check, that of its own calls), in seconds; medians in a warm kernel."""
    run(answer)
    whole, own = run(f"compared({exercise.name!r}, {exercise.name})")
    return whole, own


def at_home(workspace: Path) -> Iterator[Row]:
    """The pages of home on a record of 5,000 attempts, each asked for after the record has grown by a row."""
    from groundup.course.lesson import load_course

    lesson = load_course().lessons[0].key
    grown = grow(workspace / "groundup.db", 5000)
    command = [*GROUNDUP, "home", "--no-browser"]
    with subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = next(line.strip() for line in process.stdout if line.strip().startswith("http://"))
        root, _, token = address.partition("/groundup?token=")
        (server,) = psutil.Process(process.pid).children()

        def fetch(path: str) -> bytes:
            asked = Request(root + path, headers={"Authorization": f"token {token}"})
            return bytes(urlopen(asked).read())

        def spent(path: str) -> float:
            """CPU of the server for one page, in milliseconds; the median of five times ten."""
            fetch(path)
            costs = []
            for _ in range(5):
                before = server.cpu_times()
                for _ in range(10):
                    grown()
                    fetch(path)
                after = server.cpu_times()
                costs.append(1000 * (after.user + after.system - before.user - before.system) / 10)
            return median(costs)

        floor = spent("/api/status")
        names = {"the path": "", "a lesson": f"/lesson/{lesson}", "where it hurts": "/hurts", "the state": "/state"}
        for name, path in names.items():
            yield Row(
                f"home, {name}: 5,000 attempts, one new", spent(f"/groundup{path}"), 20, "ms CPU", floor, "/api/status"
            )
        whole = fetch("/groundup") + b"".join(
            fetch(f"/static/groundup/{name}") for name in ("home.css", "home.js", "icon.svg")
        )
        yield Row("home, the path with all that it loads", len(whole) / 1000, 150, "kB", 1, "a kilobyte")
        process.send_signal(signal.SIGINT)
        process.communicate()


def grow(database: Path, count: int) -> Callable[[], None]:
    """Put so many attempts on a record, over all exercises; gives what adds one thing more."""
    from groundup.course.lesson import load_course
    from groundup.finding import Verdict
    from groundup.workspace.store import Attempt, Event, open_store

    names = [(lesson.key, name) for lesson in load_course().lessons for name in lesson.exercise_names()]
    code, report, at = "    return x\n" * 12, {"findings": ["x" * 300] * 3}, datetime.now(UTC) - timedelta(days=30)
    with open_store(database) as store:
        store.connection.execute("BEGIN")
        for number in range(count):
            lesson, name = names[number * 7 % len(names)]
            verdict, slip = (Verdict.PASSED, "") if number % 3 == 0 else (Verdict.WRONG, "the wrong way round")
            when = at + timedelta(minutes=5 * number)
            store.add_attempt(Attempt(when, lesson, name, verdict, slip, code, report, 0.1))
        store.connection.execute("COMMIT")

    def one_more() -> None:
        with open_store(database) as store:
            store.add_event(Event(datetime.now(UTC), "", "bench", "one more"))

    return one_more


def right(exercise: Any, lesson: Any) -> str:
    """The reference, below what the lesson's cells import."""
    from groundup.source import reference_source

    return f"{imports(lesson)}\n{reference_source(exercise)}"


def wrong(exercise: Any, lesson: Any) -> str:
    """The first of its known mistakes, under the exercise's name, below the same imports."""
    import ast
    import inspect

    tree = ast.parse(textwrap.dedent(inspect.getsource(exercise.mistakes[0].program)))
    definition: Any = tree.body[0]
    definition.name, definition.decorator_list = exercise.name, []
    return f"{imports(lesson)}\n{ast.unparse(tree)}"


def imports(lesson: Any) -> str:
    from groundup.course.lesson import header

    return f"import math\n{header(lesson)}"


def ask(kernel: Any, code: str) -> Any:
    """Run code in the kernel; the value of a single line, if it has one. Raises RuntimeError if the code raises."""
    sought = {"value": "json.dumps(_)"} if code.count("\n") == 0 else {}
    reply = kernel.execute_interactive(code, user_expressions=sought, output_hook=lambda _: None, timeout=300)
    content = reply["content"]
    if content["status"] != "ok":
        raise RuntimeError("\n".join(content["traceback"]))
    said = content["user_expressions"].get("value", {})
    return json.loads(eval(said["data"]["text/plain"])) if said.get("status") == "ok" else None


def cpu(command: list[str], times: int, folder: Path | None = None) -> float:
    """The median CPU time of a process and its children, in seconds."""
    spent = []
    for _ in range(times + 1):
        before = used()
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        spent.append(used() - before)
    return median(spent[1:] or spent)  # the first may have compiled what the others find


def start(folder: Path) -> float:
    """The CPU time of `groundup start` until its address is printed and it is ended, in seconds."""
    before = used()
    command = [*GROUNDUP, "start", "--no-browser"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if not any(line.strip().startswith("http://") for line in process.stdout):
            sys.exit("groundup start gave no address, and said why above.")
        process.send_signal(signal.SIGINT)
        process.communicate()
    return used() - before


def jupyter() -> tuple[float, str]:
    """The CPU time of a JupyterLab that only says its version, in milliseconds."""
    return 1000 * cpu([sys.executable, "-m", "jupyterlab", "--version"], 3), "jupyter lab --version"


def used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def heavy(code: str, folder: Path | None = None) -> str:
    """Which of the heavy packages a piece of code loads."""
    names = "torch jupyter_core jupyterlab matplotlib numpy IPython nbformat"
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys\nprint(*[name for name in {names!r}.split() if name in sys.modules])",
        ],
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return told.stdout.split("\n")[-2].replace(" ", ", ") or "none of " + names.replace(" ", ", ")


if __name__ == "__main__":
    main()
