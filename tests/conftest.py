"""What every test stands on: no workspace and no Jupyter of the developer's own shows through."""

import signal
from itertools import count

import pytest
from xdist.scheduler import LoadScopeScheduling

from groundup.jupyter import lighten

lighten()  # the tests' own processes too, before one of them loads nbformat

LONG = {  # files of ten seconds and more
    "test_browser",
    "test_crash",
    "test_draw_slider",
    "test_home_browser",
    "test_home_drill",
    "test_home_pages",
    "test_hostile",
    "test_moving",
    "test_notebooks",
    "test_server",
    "test_verify",
}
homes = count()

signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # a shell's background job ignores Ctrl-C, and some tests press it


def pytest_collection_modifyitems(items):
    """The longest files come first, so that no process is left with one of them at the end."""
    items.sort(key=lambda item: item.path.stem not in LONG)


def pytest_xdist_make_scheduler(config, log):
    return FileByFile(config, log)


class FileByFile(LoadScopeScheduling):
    """One process has a whole file, so that what it sets up is set up once; of the lessons' notebooks, one lesson."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        return file + test.partition("[")[2] if "test_notebooks" in file else file


@pytest.fixture(autouse=True)
def nobody_at_home(tmp_path_factory, monkeypatch):
    """Settings, running servers and workspaces of whoever runs the tests do not exist for them."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(homes)}"  # mktemp looks through all that are there
    home.mkdir()
    for name in ("GROUNDUP_WORKSPACE", "JUPYTER_TOKEN", "JUPYTER_CONFIG_PATH", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(home / "config"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(home / "data"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(home / "runtime"))
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests of a file; each opens its pages in a profile of its own."""
    from browser import chromium

    with chromium() as opened:
        yield opened
