"""The JupyterLab server of one workspace: whether one runs, and how to run one until it is stopped.

Knows nothing of lessons, of the record or of what is printed; the settings that Lab starts with lie in `jupyter/`.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .checking.threads import ASLEEP

SETTINGS = Path(__file__).parent / "jupyter"
POSIX = os.name == "posix"
LAYOUT = "default-37a8.jupyterlab-workspace"  # the name under which Lab looks for the layout it opens with
PORT = 8888
HOME = "groundup"
PATIENCE = 90.0  # seconds until a server that does not answer is given up: a first start on a slow disk takes 30


class ServerError(Exception):
    """The server cannot be started; the message is one sentence with the way out."""


@dataclass(frozen=True)
class Server:
    """A JupyterLab that answers at `url` to whoever has the token."""

    url: str
    token: str
    root: Path

    @property
    def home(self) -> str:
        """The address of the learner's home."""
        return f"{self.url}{HOME}?token={self.token}"

    def has(self, path: str) -> bool:
        """Whether it serves a page: a server that somebody else started may lack the home, one of ours may lack Lab."""
        return _status(self, path) not in (0, 404)

    def page(self, notebook: str) -> str:
        """The address that opens a notebook, given by its path in the workspace."""
        return f"{self.url}lab/tree/{quote(notebook)}?token={self.token}"


def running(root: Path) -> Server | None:
    """The server that already serves this folder and answers, if there is one."""
    here = root.resolve()
    return next((server for server in _announced() if server.root == here and _answers(server)), None)


def serve(root: Path, log: Path, ready: Callable[[Server], None], *, port: int | None = None, lab: bool = True) -> None:
    """Start JupyterLab on this folder, call `ready` once it answers, and return when it has ended.

    Without `lab`, the learner's home alone is served, for who edits notebooks elsewhere.
    It ends at Ctrl-C, when this process is told to stop, or by itself. Without `port`, 8888 or one that is free.
    Raises ServerError if the port is taken or JupyterLab does not start.
    """
    token, layouts = secrets.token_hex(24), log.parent / "lab"
    command = _command(root.resolve(), layouts, _free_port(port), lab)
    if lab:
        _lay_out(layouts)
    with log.open("w", encoding="utf-8") as output, _stopped_by_signals():
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=root,
            env=_environment(root.resolve(), token),
            process_group=0 if POSIX else None,  # Ctrl-C reaches this process alone, which then stops the server
            creationflags=0 if POSIX else 0x200,  # the same, as Windows calls it
        )
        try:
            ready(_await(process, token, log))
            process.wait()
        except KeyboardInterrupt:
            pass
        finally:
            _stop(process)


def _command(root: Path, layouts: Path, port: int, lab: bool) -> list[str]:
    """How Lab is called. Its layout is kept in the workspace, or another project's tabs would open in it."""
    options: dict[str, object] = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.root_dir": root,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,  # a container's only user is root, and the address is this machine's own
    }
    of_lab = {
        "LabApp.app_settings_dir": SETTINGS / "settings",
        "LabApp.workspaces_dir": layouts,
        "LabApp.extra_labextensions_path": SETTINGS / "labextensions",
        "LabApp.default_url": f"/{HOME}",
    }
    options |= of_lab if lab else {}
    process = [sys.executable, "-P", "-m", "groundup.home", "lab" if lab else "alone"]
    return [*process, *(f"--{name}={value}" for name, value in options.items())]


def _lay_out(layouts: Path) -> None:
    """At the first start, the lesson's table of contents stands beside it; later, all is where the learner left it."""
    if not layouts.exists():
        layouts.mkdir(parents=True)
        shutil.copy(SETTINGS / LAYOUT, layouts)


def _environment(root: Path, token: str) -> dict[str, str]:
    """The token goes by the environment: other users can read a command line. Kernels inherit the rest."""
    paths = [str(SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    ours = {
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(paths),
        "JUPYTER_PREFER_ENV_PATH": "1",  # this Python's kernel, whatever kernels the home folder lists
        "GROUNDUP_WORKSPACE": str(root),
    }
    return ASLEEP | os.environ | ours


def _free_port(wanted: int | None) -> int:
    with socket.socket() as probe:
        if POSIX:  # a port that was left a moment ago is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT if wanted is None else wanted))
        except (OSError, OverflowError) as error:
            if wanted is not None:
                said = getattr(error, "strerror", None) or error
                raise ServerError(f"Port {wanted} cannot be had ({said}): leave --port out for a free one.") from None
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(process: subprocess.Popen[bytes], token: str, log: Path) -> Server:
    """The server of this process, once it answers: it announces itself some time before it does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = next((server for server in _announced() if server.token == token), None)
        if found is not None and _answers(found):
            return found
        if process.poll() is not None:
            lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            said = lines[-1].strip() if lines else f"exit code {process.returncode}"
            raise ServerError(f"JupyterLab ended before it was ready ({said}): its whole log is in {log}.")
        time.sleep(0.05)
    raise ServerError(f"JupyterLab did not answer within {PATIENCE:g} s: its log is in {log}.")


def _announced() -> Iterator[Server]:
    """The servers whose files lie in Jupyter's runtime folder; some of them may have died."""
    from jupyter_core.paths import jupyter_runtime_dir

    for file in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            said = json.loads(file.read_text(encoding="utf-8"))
            yield Server(said["url"], said["token"], Path(said["root_dir"]).resolve())


def _answers(server: Server) -> bool:
    """Whether this very server answers: its address alone may by now be another's."""
    return _status(server, "api/status") == 200


def _status(server: Server, path: str) -> int:
    """What a server says to whoever asks for a path with its token; 0 if it says nothing."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import ProxyHandler, Request, build_opener

    asked = Request(f"{server.url}{path}", headers={"Authorization": f"token {server.token}"})
    try:
        with build_opener(ProxyHandler({})).open(asked, timeout=3) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except (OSError, HTTPException):
        return 0


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Being told to stop, or losing the terminal, is Ctrl-C here; and Ctrl-C is, even if a script had it ignored."""
    named = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.default_int_handler) for number in named}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and its kernels; a second Ctrl-C changes nothing."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.terminate()
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
