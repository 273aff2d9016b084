"""A learner comes back: home as `make start` opens it, in a real browser, with JupyterLab beside it."""

import re
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from browser import browser_page, cell_with, run, write
from groundup.course.lesson import built_notebook, load_course
from groundup.finding import Verdict
from groundup.review.asking import put
from groundup.review.schedule import Topic, topics
from groundup.source import reference_source
from groundup.workspace import create
from groundup.workspace.store import Attempt, Event, open_store
from test_browser import started

COURSE = load_course()
LESSON = COURSE.lessons[0]
NAMES = LESSON.exercise_names()
WIDTHS = (360, 900, 1600)


def furnish(root):
    """A workspace in which all of lesson 1 passed three days ago but one exercise, which was tried."""
    workspace = create(root, COURSE, built_notebook)
    at = datetime.now(UTC) - timedelta(days=3)
    with open_store(workspace.database) as store:
        for name in NAMES[:-1]:
            store.add_attempt(Attempt(at, LESSON.key, name, Verdict.PASSED, "", f"def {name}(): ...", {}, 0.1))
        store.add_attempt(Attempt(at, LESSON.key, NAMES[-1], Verdict.WRONG, "", "", {}, 0.1))
        store.add_event(Event(at, LESSON.key, "opened", LESSON.key))
    return workspace


def right_answer(workspace, page):
    """What is right for the question that the page asks."""
    topic = Topic(*(page.locator(f"input[name={name}]").input_value() for name in ("lesson", "question", "exercise")))
    with open_store(workspace.database) as store:
        return put(store, COURSE, topic).asked


def answer(page, given):
    """Answer by the keyboard alone: the field or the first option has the focus."""
    if page.locator("input[type=radio]").count():
        page.locator(f"input[type=radio][value={given}]").check()
    else:
        page.locator("#given").fill(given)
    page.keyboard.press("Enter")


@contextmanager
def alone(root):
    """Run `groundup home` on a workspace until the block ends; gives its address."""
    command = [sys.executable, "-m", "groundup", "home", "--no-browser"]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield next(line.strip() for line in process.stdout if line.strip().startswith("http://"))
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_a_learner_continues_reviews_sees_the_map_change_and_moves_house(browser, tmp_path):
    workspace = furnish(tmp_path / "groundup-workspace")
    last, due = NAMES[-1], [topic for topic in topics(COURSE) if (topic.lesson, topic.exercise) in passed()]
    asked = []

    with started(tmp_path) as address, browser_page(browser, "home") as home:
        home.context.on("request", lambda request: asked.append(request.url))
        home.goto(address)
        expect(home.locator("#next")).to_contain_text(last)
        row = home.locator(".stop", has_text=LESSON.title)
        expect(row).to_contain_text(f"{len(NAMES) - 1} of {len(NAMES)} passed")
        address = address.split("?")[0]

        # Continue: the right notebook, at the right cell; what passes there shows on the open page
        with home.context.expect_page() as opened:
            home.locator("#continue").press("Enter")
        lab = opened.value
        expect(lab.locator(".jp-NotebookPanel h1").first).to_contain_text(LESSON.title)
        expect(lab.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_visible()
        expect(lab.locator(".jp-NotebookPanel .jp-CodeCell.jp-mod-active")).to_contain_text(f"def {last}(")
        run(lab, cell_with(lab, f'lesson("{LESSON.key}")'))
        cell = cell_with(lab, f"def {last}(")
        needs = "import numpy as np\n"
        write(lab, cell, f"{needs}{reference_source(LESSON.register().exercises[last])}\n\ncheck({last})")
        expect(lab.locator("#groundup-home-link")).to_have_attribute("href", "/groundup")
        home.bring_to_front()
        mark = "window.before_the_check = true"
        home.evaluate(mark)
        lab.bring_to_front()
        run(lab, cell)
        expect(cell.locator(".jp-OutputArea")).to_contain_text("passed")
        home.bring_to_front()
        expect(row).to_contain_text(f"all {len(NAMES)} passed", timeout=2_000)
        assert home.evaluate("window.before_the_check") is True, "the page was loaded anew"

        # two reviews, one wrong
        home.locator("nav a", has_text="Review").click()
        expect(home.locator("main")).to_contain_text(f"{len(due)} questions are due today")
        answer(home, "c" if home.locator("input[type=radio]").count() else "123456")
        expect(home.locator(".said.bad")).to_contain_text("Not")
        expect(home.locator("[data-focus]")).to_be_focused()
        home.keyboard.press("Enter")
        right = right_answer(workspace, home)
        answer(home, str(right.answer))
        expect(home.locator(".said.good")).to_contain_text("Right")
        home.locator("nav a", has_text="Path").click()
        expect(row).to_contain_text("1 lapsed")
        assert row.locator(".mark.lapsed").count() == 1

        # export
        home.locator("nav a", has_text="Moving house").click()
        with home.expect_download() as download:
            home.locator("a[download]").click()
        download.value.save_as(tmp_path / "house.zip")

    here = address.split("/groundup")[0]
    assert [url for url in asked if not url.startswith((here, "data:", "blob:", "attachment:", "about:"))] == []

    # an empty workspace elsewhere
    other = create(tmp_path / "other" / "groundup-workspace", COURSE, built_notebook)
    with alone(other.root) as address, browser_page(browser, "moved") as page:
        page.goto(address)
        expect(page.locator(".stop", has_text=LESSON.title)).to_contain_text(f"{len(NAMES)} exercises")
        page.locator("nav a", has_text="Moving house").click()
        page.locator("#file").set_input_files(tmp_path / "house.zip")
        page.locator("button", has_text="Import").press("Enter")
        expect(page.locator(".said.good")).to_contain_text("taken in")
        page.locator("nav a", has_text="Path").click()
        row = page.locator(".stop", has_text=LESSON.title)
        expect(row).to_contain_text(f"all {len(NAMES)} passed")
        expect(row).to_contain_text("1 lapsed")
        expect(page.locator("#continue")).to_have_attribute("href", re.compile("^vscode://file/"))
    assert f"def {last}(" in (other.my / f"{LESSON.stem}.py").read_text()
    with open_store(other.database) as store:
        assert [review.correct for review in store.reviews()] == [True, False]


def passed():
    return {(LESSON.key, name) for name in NAMES[:-1]}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The address of home alone, on a workspace where much has happened."""
    root = tmp_path_factory.mktemp("home") / "groundup-workspace"
    furnish(root)
    with alone(root) as address:
        yield address


PAGES = ["", "/review", "/drill", "/drill?level=1", "/hurts", "/moving", f"/lesson/{LESSON.key}"]


@pytest.fixture(scope="module")
def slow(home):
    """The address of home behind a server that sends the second half of each page a moment after the first."""
    origin, token = home.split("/groundup?token=")

    class InHalves(BaseHTTPRequestHandler):
        def do_GET(self):
            request = Request(origin + self.path, headers={"Authorization": f"token {token}"})
            with urlopen(request) as answer:
                kind, body = answer.headers["Content-Type"], answer.read()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            half = len(body) // 2 if kind.startswith("text/html") else 0
            self.wfile.write(body[:half])
            time.sleep(0.1 if half else 0)
            self.wfile.write(body[half:])

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), InHalves) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/groundup"
        server.shutdown()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_its_width_and_nothing_on_it_moves(browser, slow, width):
    with browser_page(browser, f"home-{width}", width=width) as page:
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        for path in PAGES:
            page.goto(slow + path)
            assert page.locator("nav[aria-label=Pages]").count() == 1, f"{path} is no page of home"
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                across = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page.evaluate(across) <= 0, (path, scheme)
                assert page.evaluate("window.moved") < 0.01, (path, scheme)


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(browser, home):
    with browser_page(browser, "home-keyboard") as page:
        page.goto(home)
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        assert page.locator(".skip").bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
        seen = []
        for _ in range(40):
            seen.append(
                page.evaluate(
                    "[document.activeElement.textContent, getComputedStyle(document.activeElement).outlineStyle]"
                )
            )
            if seen[-1][0] == "Continue":
                break
            page.keyboard.press("Tab")
        assert seen[-1][0] == "Continue"
        assert {style for _, style in seen} == {"solid"}


def test_without_javascript_every_form_still_works(browser, home):
    address, _, _ = home.partition("?")
    with browser_page(browser, "home-without-javascript", javascript=False) as page:
        page.goto(home)
        page.goto(f"{address}/drill?level=1")
        page.locator("button.option").first.click()
        expect(page.locator(".said")).to_be_visible()
        page.goto(f"{address}/review")
        if page.locator("input[type=radio]").count():
            page.locator("input[type=radio]").first.check()
        else:
            page.locator("#given").fill("1/3")
        page.get_by_role("button", name="Answer").click()
        expect(page.locator(".said")).to_be_visible()
