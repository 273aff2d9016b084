"""What every test stands on: no workspace and no Jupyter of the developer's own shows through."""

import signal

import pytest

signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # a shell's background job ignores Ctrl-C, and some tests press it


@pytest.fixture(autouse=True)
def nobody_at_home(tmp_path_factory, monkeypatch):
    """Settings, running servers and workspaces of whoever runs the tests do not exist for them."""
    home = tmp_path_factory.mktemp("home")
    for name in ("GROUNDUP_WORKSPACE", "JUPYTER_TOKEN", "JUPYTER_CONFIG_PATH", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(home / "config"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(home / "data"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(home / "runtime"))
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
