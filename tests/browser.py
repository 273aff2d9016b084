"""The browser that tests look through: Debian's Chromium, headless, never phoning home; it photographs what fails.

And JupyterLab as a learner handles it: wait for the kernel, write into a cell, run it, read what stands below.
Waits on conditions, never on the clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHOTOGRAPHS = Path(__file__).parent.parent / "build" / "photographs"
PATIENCE = 60_000  # ms; a kernel's first start on a busy machine takes 20,000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Launch it, or fail with the way to get it: a test that needs it is never skipped."""
    path = which("chromium") or which("chromium-browser") or which("google-chrome")
    assert path, "this test needs Chromium: `make test` as root gets it on Debian, as does apt-get install chromium."
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=path, args=FLAGS) as browser:
        yield browser


@contextmanager
def browser_page(
    browser: Browser, name: str, *, dark: bool = False, width: int = 1280, javascript: bool = True
) -> Iterator[Page]:
    """A page in a profile of its own. If the block fails, a photograph of the page is kept and named in the error."""
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    viewport: ViewportSize = {"width": width, "height": 900}
    with browser.new_context(viewport=viewport, color_scheme=scheme, java_script_enabled=javascript) as profile:
        profile.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page = profile.new_page()
        with photographed(page, name):
            yield page


@contextmanager
def photographed(page: Page, name: str) -> Iterator[None]:
    """Keep a photograph of the page if the block fails."""
    try:
        yield
    except BaseException as error:
        PHOTOGRAPHS.mkdir(parents=True, exist_ok=True)
        path = PHOTOGRAPHS / f"{name}.png"
        page.screenshot(path=path)
        error.add_note(f"What the browser showed is in {path}")
        raise


def open_lab(page: Page, address: str) -> None:
    """Open a notebook in JupyterLab and wait until it stands there and its kernel is idle."""
    page.goto(address)
    expect(page.locator(".jp-NotebookPanel .jp-Cell").first).to_be_visible()
    expect(page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_visible()


def cell_with(page: Page, text: str) -> Locator:
    """The first code cell that holds a text, scrolled to."""
    cell = page.locator(".jp-NotebookPanel .jp-CodeCell", has_text=text).first
    cell.scroll_into_view_if_needed()
    return cell


def write(page: Page, cell: Locator, code: str) -> None:
    """Replace what stands in a cell, as by select-all and paste."""
    editor = cell.locator(".cm-content")
    editor.click()
    expect(editor).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)


def run(page: Page, cell: Locator) -> None:
    """Run a cell by Shift-Enter and wait until the kernel is idle again.

    Lab calls a kernel idle a moment before it is connected, and drops what is run in between: then once more.
    """
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    for patience in (5_000, 5_000, 30_000):
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        try:
            expect(prompt).not_to_have_text(before, timeout=patience)
            break
        except AssertionError:
            if patience == 30_000:
                raise
    expect(prompt).not_to_have_text("[*]:")


def save(page: Page) -> None:
    """Save the notebook and wait until it is on disk."""
    page.keyboard.press("ControlOrMeta+s")
    expect(page.locator(".jp-mod-current.jp-mod-dirty")).to_have_count(0)
