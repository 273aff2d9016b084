"""What make calls before there is anything installed: each refusal is one sentence, and nothing is half done."""

import importlib.util
import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import pytest

TOOLS = Path(__file__).parent.parent / "tools"


def tool(name):
    """A tool as a module of its own."""
    spec = importlib.util.spec_from_file_location(f"tool_{name}", TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(folder, name, text):
    """A program on PATH that is a shell script."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def install(tmp_path, monkeypatch):
    """tools/install.py in an empty folder, with no program on PATH, and what it would have run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    module = tool("install")
    module.ran = []
    module.beside = []
    monkeypatch.setattr(module.subprocess, "call", lambda command, **_: module.ran.append(command) or 0)
    monkeypatch.setattr(module.subprocess, "Popen", lambda command: Beside(module.beside, command))
    return module


class Beside:
    """A process that runs beside the installation, and is on the list when somebody has waited for it."""

    def __init__(self, waited_for, command):
        self.waited_for, self.command = waited_for, command

    def wait(self):
        self.waited_for.append(self.command)


def make_venv_say(monkeypatch, install, text, code=1):
    done = SimpleNamespace(returncode=code, stdout=text.encode())
    monkeypatch.setattr(install.subprocess, "run", lambda *_, **__: done)


def test_a_python_that_is_too_old_is_one_sentence(install, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    assert install.main("") == (
        "Ground Up needs Python 3.11 or newer and this is 3.9: install one, then run make PYTHON=/path/to/it."
    )


def test_a_newer_python_on_the_path_takes_over_if_it_runs(install, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "argv", ["tools/install.py", "test"])
    monkeypatch.setattr(install.subprocess, "call", lambda command, **_: int("3.13" in command[0]))
    taken = []
    monkeypatch.setattr(install.os, "execv", lambda *arguments: taken.append(arguments))
    for name in ("python3.13", "python3.12"):
        program(tmp_path / "bin", name, "exit 0")

    install.main("test")

    newer = str(tmp_path / "bin" / "python3.12")
    assert taken == [(newer, [newer, "tools/install.py", "test"])]


def test_a_disk_that_is_too_small_is_one_sentence_before_anything_is_made(install, monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(install.shutil, "disk_usage", lambda _: usage(10e9, 9e9, 1e9))

    assert install.main("") == f"Ground Up needs about 2.5 GB of disk and {tmp_path} has 1.0 GB: make room first."
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv_is_one_sentence(install, monkeypatch):
    make_venv_say(
        monkeypatch, install, "The virtual environment was not created because ensurepip is not available.\n\n"
    )

    assert install.main("") == (
        "This Python has no venv: on Debian or Ubuntu run `apt install python3-venv`, then make again."
    )


def test_whatever_else_keeps_venv_from_working_is_told_with_its_own_last_words(install, monkeypatch):
    make_venv_say(monkeypatch, install, "…\nError: [Errno 30] Read-only file system: '.venv'\n")

    assert install.main("") == (
        "No virtual environment could be made in .venv: Error: [Errno 30] Read-only file system: '.venv'."
    )


def test_an_installation_leaves_the_stamps_that_make_looks_for(install, monkeypatch, tmp_path):
    make_venv_say(monkeypatch, install, "", 0)
    (tmp_path / ".venv").mkdir()

    assert install.main("test") is None
    assert sorted(path.name for path in (tmp_path / ".venv").iterdir()) == ["groundup-start", "groundup-test"]
    assert install.ran[-1][-2:] == ["-e", ".[test]"]


def test_a_new_environment_gets_the_newest_pip_and_does_without_where_there_is_none(install, monkeypatch, tmp_path):
    make_venv_say(monkeypatch, install, "", 0)
    (tmp_path / ".venv").mkdir()
    newest = [*install.PIP, "install", "--upgrade", "pip"]
    monkeypatch.setattr(
        install.subprocess, "call", lambda command, **_: install.ran.append(command) or command == newest
    )

    assert install.main("") is None
    assert newest in install.ran and install.ran[-1][-2:] == ["-e", "."]


@pytest.mark.parametrize(("extra", "others"), [("test", 1), ("", 0)])
def test_only_for_the_tests_another_python_is_made_ready_beside_and_waited_for(install, monkeypatch, extra, others):
    make_venv_say(monkeypatch, install, "", 0)
    (Path(install.VENV)).mkdir()

    install.main(extra)

    assert [command[-2:] for command in install.beside] == [["3.13", "install"]] * others


def test_a_failed_installation_leaves_no_stamp(install, monkeypatch, tmp_path):
    make_venv_say(monkeypatch, install, "", 0)
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(install.subprocess, "call", lambda command, **_: 1)

    assert install.main("") == (
        "pip could not install Ground Up, for the reason above: mend that, then run make again."
    )
    assert not list((tmp_path / ".venv").iterdir())


def chromium(folder):
    """Run tools/chromium.py with only what lies in a folder on PATH."""
    command = [sys.executable, TOOLS / "chromium.py"]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True)


def test_a_chromium_that_is_there_is_enough(tmp_path):
    program(tmp_path, "chromium", "exit 0")

    assert chromium(tmp_path).returncode == 0


def test_without_chromium_and_apt_it_is_said_how_to_get_it(tmp_path):
    told = chromium(tmp_path)

    assert told.returncode == 1
    assert told.stderr == (
        "The browser tests need Chromium: on Debian run `apt-get install chromium`, elsewhere put one on PATH.\n"
    )


def test_as_root_on_debian_chromium_is_installed(tmp_path, monkeypatch):
    program(tmp_path, "apt-get", f'echo "$@" >> {tmp_path}/ran')
    module = tool("chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert module.main() is None
    assert (tmp_path / "ran").read_text().split("\n")[:2] == [
        "-qq update",
        "-qq install -y --no-install-recommends chromium",
    ]


def test_who_is_not_root_is_told_and_nothing_is_installed(tmp_path, monkeypatch):
    program(tmp_path, "apt-get", f"touch {tmp_path}/ran")
    module = tool("chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert module.main().startswith("The browser tests need Chromium")
    assert not (tmp_path / "ran").exists()


def test_another_python_that_is_not_to_be_had_is_said_plainly(tmp_path, monkeypatch, capsys):
    program(tmp_path, "python3.99", "exit 127")  # a shim for a version that is not installed
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    assert tool("other_python").main("3.99") == 0
    assert capsys.readouterr().out.startswith("Python 3.99 is not to be had here")
    assert tool("other_python").main("3.99", "install") == 0
    assert capsys.readouterr().out == ""


def test_the_other_python_leaves_out_what_it_lacks_and_whole_folders_whose_conftest_does(monkeypatch):
    monkeypatch.chdir(TOOLS.parent)

    left_out = {path.relative_to("tests").as_posix() for path in tool("other_python").what_needs_more()}

    assert {"home", "test_server.py", "test_browser.py", "test_drill.py"} <= left_out
    assert not {".", "test_crash.py", "test_check.py", "test_notebooks.py"} & left_out


def test_the_other_python_gets_all_that_the_tests_need_but_what_is_heavy():
    wanted = " ".join(tool("other_python").requirements())

    assert "numpy>=" in wanted and "pytest>=" in wanted
    assert not {"torch", "jupyterlab", "playwright"} & {each.split(">=")[0] for each in wanted.split()}
