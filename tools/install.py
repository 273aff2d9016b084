"""Make .venv and install Ground Up into it: `python3 tools/install.py [EXTRA]`, called by make when it has to be done.

Runs on any Python from 3.6 on, so that one that is too old can say so. Knows nothing of what is installed: that is
pyproject.toml's business.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ["python3.13", "python3.12", "python3.11"]
ROOM = 2.5e9  # bytes that a CPU build of everything takes, and some to unpack in
VENV = ".venv"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
PIP = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
OTHER = [sys.executable, os.path.join("tools", "other_python.py"), "3.13", "install"]  # pip keeps one core busy of two


def main(extra):
    """Install, and leave stamps for make to compare with pyproject.toml; what went wrong in a sentence, or None."""
    if sys.version_info < OLDEST:
        return go_on_with_a_newer_python()
    refused = lack_of_room()
    if refused:
        return refused
    beside = [subprocess.Popen(OTHER)] if extra == "test" else []
    try:
        return lack_of_venv() or install(extra)
    finally:
        for process in beside:
            process.wait()  # should it fail, `make test` tells it again


def install(extra):
    """Have pip install Ground Up, and leave the stamps; why that failed, or None."""
    print("Installing Ground Up into .venv: about 1.5 GB and a few minutes the first time.", flush=True)
    if sys.platform == "linux" and not shutil.which("nvidia-smi") and not installed("torch"):
        print("Should pip fetch nvidia packages, README.md says how to take PyTorch's smaller CPU build.", flush=True)
    options = [] if sys.stdout.isatty() else ["--quiet"]
    if extra == "test":
        options.append("--no-compile")  # half of pip's time; what the tests import is compiled by the first to do so
    if subprocess.call([*PIP, "install", *options, "-e", f".[{extra}]" if extra else "."]):
        return "pip could not install Ground Up, for the reason above: mend that, then run make again."
    for stamp in {"start", extra or "start"}:
        with open(os.path.join(VENV, f"groundup-{stamp}"), "w") as file:
            file.write("Installed by tools/install.py; make compares its age with pyproject.toml's.\n")
    return None


def lack_of_room():
    """Why there is no room for a first installation, or None."""
    free = shutil.disk_usage(".").free
    if os.path.exists(VENV) or free > ROOM:
        return None
    return f"Ground Up needs about {ROOM / 1e9} GB of disk and {os.getcwd()} has {free / 1e9:.1f} GB: make room first."


def lack_of_venv():
    """Make the virtual environment, unless there is one that runs; why that cannot be done, or None."""
    if os.path.exists(PYTHON) and succeeds([*PIP, "--version"]):
        return None
    command = [sys.executable, "-m", "venv", "--clear", VENV]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = made.stdout.decode(errors="replace").strip().splitlines() or ["python -m venv failed"]
    if made.returncode == 0:
        succeeds([*PIP, "install", "--upgrade", "pip"])  # 3.11's own chooses versions for twice as long, and would do
        return None
    if any("ensurepip" in line or "No module named venv" in line for line in said):
        return "This Python has no venv: on Debian or Ubuntu run `apt install python3-venv`, then make again."
    return f"No virtual environment could be made in {VENV}: {said[-1]}."


def go_on_with_a_newer_python():
    """Hand over to a Python on PATH that is new enough and really runs; else say so in a sentence."""
    for name in NEWER:
        found = shutil.which(name)
        if found and succeeds([found, "-c", ""]):
            os.execv(found, [found, *sys.argv])
    have = ".".join(map(str, sys.version_info[:2]))
    return f"Ground Up needs Python 3.11 or newer and this is {have}: install one, then run make PYTHON=/path/to/it."


def installed(package):
    return succeeds([*PIP, "show", "--quiet", package])


def succeeds(command):
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
