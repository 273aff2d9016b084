"""Run the tests on another Python as well: `tools/other_python.py 3.13`; says so plainly where that is not to be had.

In an environment of its own, .venv-313, without torch (which has no CPU build for every Python, and which no lesson of
phase 1 needs) and without the server and the browser. So what needs them is left out, and it is said which: the files
that import them or open a browser, themselves or by their folder's conftest.py, the tests marked `torch`, and the
lessons that are made of it. And so are those marked `once`: what only authors run, and what rests on the
system and SQLite alone. Those marked `elsewhere`, which say in short what the first Python says at length, are run here
alone.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

WITHOUT = {"torch", "jupyterlab", "pytest-jupyter", "playwright", "ruff", "mypy"}
NEEDS_MORE = re.compile(
    r"^(?:import|from) (?:torch|pytest_jupyter|playwright|groundup\.server)\b|^def \w+\(browser\b", re.MULTILINE
)


def main(version: str, only: str = "") -> int:
    """Install what is missing, and run the tests unless `only` is "install"; the exit status."""
    python = next(filter(runs, candidates(version)), None)
    environment = Path(f".venv-{version.replace('.', '')}")
    if only == "install":
        return install(python, environment) if python else 0
    if python is None:
        here = ".".join(map(str, sys.version_info[:2]))
        print(
            f"Python {version} is not to be had here (none on PATH that runs, none of pyenv's): tested on {here} alone."
        )
        return 0
    if install(python, environment):
        print(f"The environment for Python {version} could not be made, for the reason above.")
        return 1
    print(f"Python {version}, without torch, the server and the browser;", end=" ", flush=True)
    without = what_needs_more()
    print(
        f"left out: {', '.join(path.stem for path in without)}, of the lessons {', '.join(lessons_with_torch())},",
        end=" ",
    )
    print("and what is marked `once`", flush=True)
    options = [
        *(f"--ignore={path}" for path in without),
        "-m",
        "not torch and not once",
        "-k",
        " and ".join(f"not {s}" for s in lessons_with_torch()),
    ]
    own = str(environment / "bin" / "python")
    return subprocess.run([own, "-m", "pytest", "--numprocesses", "auto", *options]).returncode


def install(python: str, environment: Path) -> int:
    """Make the environment if it is not there or older than pyproject.toml; the status of what failed, or 0."""
    stamp = environment / "groundup-stamp"
    if stamp.exists() and stamp.stat().st_mtime >= Path("pyproject.toml").stat().st_mtime:
        return 0
    print(f"Installing what the tests need for another Python into {environment}.", flush=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    for command in (
        [python, "-m", "venv", "--clear", str(environment)],
        [*pip, "--no-compile", *requirements()],
        [*pip, "--no-deps", "-e", "."],
    ):
        status = subprocess.run(command).returncode
        if status:
            return status
    stamp.touch()
    return 0


def what_needs_more() -> list[Path]:
    """The files of tests that need what is not there, and the folders whose conftest.py does."""
    found = [path for path in Path("tests").rglob("*.py") if path.name.startswith(("test_", "conftest"))]
    needing = [path for path in found if NEEDS_MORE.search(path.read_text())]
    return sorted({path.parent if path.name == "conftest.py" else path for path in needing})


def lessons_with_torch() -> list[str]:
    """The stems of all lessons beyond phase 1; tests of one lesson have it in their name."""
    phases = tomllib.loads(Path("src/groundup/lessons/curriculum.toml").read_text())["phase"]
    return [entry.lstrip("0123456789_") for phase in phases if phase["name"] != "math" for entry in phase["lessons"]]


def candidates(version: str) -> Iterator[str]:
    """Where a Python of this version may be; a shim may be among them that does not run."""
    yield from filter(None, [shutil.which(f"python{version}")])
    yield from map(str, sorted(Path.home().glob(f".pyenv/versions/{version}*/bin/python{version}"), reverse=True))


def runs(python: str) -> bool:
    return subprocess.run([python, "-c", "import venv"], capture_output=True).returncode == 0


def requirements() -> list[str]:
    """What Ground Up and its tests depend on, without the heavy part."""
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return [each for each in wanted if re.split(r"[^\w-]", each)[0] not in WITHOUT]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
