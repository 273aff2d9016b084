"""A learner's first hour in a real browser: the server as `make start` starts it, JupyterLab, and lesson 1."""

import ast
import builtins
import inspect
import re
import signal
import subprocess
import sys
import textwrap
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from browser import browser_page, cell_with, open_lab, run, save, write
from groundup.course.lesson import load_course
from groundup.source import reference_source
from groundup.workspace.freenames import free

LESSON = load_course().lessons[0]
EXERCISE = next(iter(LESSON.register().exercises.values()))


def program(mistake):
    """A mistake as a learner would have written it: under the exercise's name, with no decorator and no docstring."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(mistake.program)))
    tree.body[0].name, tree.body[0].decorator_list, tree.body[0].body = EXERCISE.name, [], tree.body[0].body[1:]
    return ast.unparse(tree)


def stands_alone(mistake):
    """Whether its program needs nothing but Python itself and NumPy."""
    return free([ast.parse(program(mistake))]) <= {"np", EXERCISE.name, *dir(builtins)}


@contextmanager
def started(folder):
    """Run `groundup start` in a folder until the block ends, then press Ctrl-C; gives the address that it prints."""
    command = [sys.executable, "-m", "groundup", "start", "--no-browser"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if line.strip().startswith("http://"):
                break
        else:
            pytest.fail("groundup start ended without an address: " + "".join(said))
        yield line.strip()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
    finally:
        if process.poll() is None:
            process.terminate()  # which ends JupyterLab too
            process.communicate(timeout=30)
    assert (process.returncode, "goes on where you were" in rest) == (0, True), "".join(said) + rest


def in_lab(address):
    """Where JupyterLab opens the lesson, given the address of home."""
    return address.replace("/groundup?", f"/lab/tree/{LESSON.notebook}?")


def groundup(folder, *arguments):
    done = subprocess.run([sys.executable, "-m", "groundup", *arguments], cwd=folder, capture_output=True, text=True)
    return done.stdout


def test_a_wrong_answer_is_diagnosed_mended_passed_and_still_passed_after_a_restart(browser, tmp_path):
    known = next(filter(stands_alone, EXERCISE.mistakes))
    name, count = EXERCISE.name, len(LESSON.exercise_names())

    with started(tmp_path) as address:
        assert "/groundup?token=" in address
        with browser_page(browser, "first-hour") as page:
            open_lab(page, in_lab(address))
            expect(page.locator(".jp-NotebookPanel h1").first).to_contain_text(LESSON.title)
            assert page.locator(".jp-Dialog, .jp-Launcher, .Toastify__toast").count() == 0

            opening = cell_with(page, f'lesson("{LESSON.key}")')
            run(page, opening)
            expect(opening.locator(".jp-OutputArea")).to_contain_text(f"0 of {count} exercises passed")

            cell = cell_with(page, f"def {name}(")
            run(page, cell)
            expect(cell.locator(".jp-OutputArea")).to_contain_text(f"{name} is not started yet")

            write(page, cell, program(known) + f"\n\ncheck({name})")
            run(page, cell)
            expect(cell.locator(".jp-OutputArea")).to_contain_text("wrong")
            expect(cell.locator(".jp-OutputArea")).to_contain_text(f"{name}(")
            told = re.split("[.?$`]", known.feedback)[0]  # its first sentence, as far as it has no formula
            expect(cell.locator(".jp-OutputArea")).to_contain_text(told)

            write(page, cell, reference_source(EXERCISE) + f"\n\ncheck({name})")
            run(page, cell)
            expect(cell.locator(".jp-OutputArea")).to_contain_text("passed")
            expect(cell.locator(".jp-OutputArea")).not_to_contain_text("wrong")
            save(page)

    assert f"✓ {name}" in groundup(tmp_path, "status")
    assert f"def {name}(" in (tmp_path / "groundup-workspace" / "my" / f"{LESSON.stem}.py").read_text()

    asked = []
    with started(tmp_path) as address, browser_page(browser, "next-day", dark=True) as page:
        page.on("request", lambda request: asked.append(request.url))
        open_lab(page, in_lab(address))
        cell = cell_with(page, f"def {name}(")
        expect(cell.locator(".cm-content")).to_contain_text(reference_source(EXERCISE).splitlines()[-1].strip())
        expect(cell.locator(".jp-OutputArea")).to_contain_text("passed")
        opening = cell_with(page, f'lesson("{LESSON.key}")')
        run(page, opening)
        expect(opening.locator(".jp-OutputArea")).to_contain_text(f"1 of {count} exercises passed")

        # Lab follows the system's theme, and asks nothing of the outside
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
        expect(page.locator(".jp-TableOfContents").first).to_be_visible()
        page.emulate_media(color_scheme="light")  # as when the sun rises
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")

    here = address.split("/groundup")[0]
    assert any(url.startswith(here) for url in asked)
    assert [url for url in asked if not url.startswith((here, "data:", "blob:", "attachment:"))] == []
