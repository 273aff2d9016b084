"""The server as `groundup start` runs it: a real JupyterLab on a workspace of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from groundup import server
from groundup.server import Server, ServerError, running, serve

SERVE = """
import sys
from pathlib import Path
from groundup.server import ServerError, serve
root = Path(sys.argv[1])
try:
    serve(root, root / ".groundup" / "server.log", lambda ready: print(ready.page("1_math/a b.ipynb"), flush=True))
except ServerError as error:
    sys.exit(str(error))
print("ended", flush=True)
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "workspace" / ".groundup").mkdir(parents=True)
    return tmp_path / "workspace"


@contextmanager
def served(root):
    """(the process that serves a folder, the address that it printed); it is ended as Ctrl-C ends it."""
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(root)], stdout=subprocess.PIPE, text=True)
    try:
        yield process, process.stdout.readline().strip()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def status_of(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def wait_until(true, seconds=15):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_in_its_kernels_waiting_threads_sleep_unless_the_learner_has_said_otherwise(root, monkeypatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    assert server._environment(root, "")["OMP_WAIT_POLICY"] == "PASSIVE"

    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    assert server._environment(root, "")["OMP_WAIT_POLICY"] == "ACTIVE"


def test_it_serves_on_this_machine_alone_with_a_token_and_is_found_while_it_runs(root):
    with served(root) as (process, page):
        found = running(root)
        port = int(page.split(":")[2].split("/")[0])

        assert page == found.page("1_math/a b.ipynb")
        assert page.startswith("http://127.0.0.1:") and "/lab/tree/1_math/a%20b.ipynb?token=" in page
        assert status_of(f"{found.url}api/contents") == 403
        assert status_of(f"{found.url}api/contents", Authorization=f"token {found.token}") == 200
        assert running(root.parent) is None

        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)

    assert (process.returncode, said) == (0, "ended\n")
    assert running(root) is None
    wait_until(lambda: not answers(port))


def test_lab_starts_with_our_settings(root):
    with served(root) as (_, page):
        found = next(server for _ in range(20) if (server := running(root)))  # a busy machine answers late
        lab = f"{found.url}lab/api/settings/@jupyterlab/apputils-extension:notification"
        request = urllib.request.Request(lab, headers={"Authorization": f"token {found.token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            notification = json.load(answer)["schema"]["properties"]
        with urllib.request.urlopen(page, timeout=10) as answer:
            html = answer.read().decode()

    assert notification["fetchNews"]["default"] == "false"
    assert notification["checkForUpdates"]["default"] is False
    off = html.split('"disabledExtensions": [')[1].split("]")[0]
    assert off.count("-extension") == 2 and '"jupyterlab-jupytext"' in off
    log = (root / ".groundup" / "server.log").read_text()
    assert "Extension Manager is 'readonly'" in log
    assert "[W " not in log and "[E " not in log
    assert "jupyterlab_jupytext" not in log


def test_when_it_is_told_to_stop_its_server_stops_with_it(root):
    with served(root) as (process, page):
        port = int(page.split(":")[2].split("/")[0])

        process.terminate()
        process.communicate(timeout=30)

    assert process.returncode == 0
    wait_until(lambda: not answers(port))


def test_a_taken_port_is_passed_by_unless_it_was_asked_for(root, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "PORT", port)

        assert server._free_port(None) != port
        with pytest.raises(ServerError, match=rf"Port {port} cannot be had .*: leave --port out for a free one\."):
            serve(root, root / ".groundup" / "server.log", print, port=port)


def test_the_usual_port_is_taken_where_it_is_free(monkeypatch):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setattr(server, "PORT", port)

    assert server._free_port(None) == port


def test_a_server_that_does_not_start_is_one_sentence_with_its_last_words(root, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/ls")

    with pytest.raises(ServerError) as error:
        serve(root, root / ".groundup" / "server.log", print)

    assert str(error.value).startswith("JupyterLab ended before it was ready (")
    assert str(error.value).endswith(f"its whole log is in {root}/.groundup/server.log.")


def announce(folder, **said):
    runtime = folder / "runtime"
    runtime.mkdir(exist_ok=True)
    (runtime / "jpserver-1.json").write_text(json.dumps(said))
    return runtime


def test_a_server_that_died_without_a_word_is_not_running(root, tmp_path, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(announce(tmp_path, url=url, token="t", root_dir=str(root))))

    assert running(root) is None


def test_another_server_at_a_dead_ones_address_is_not_taken_for_it(root, tmp_path, monkeypatch):
    with served(root):
        there = running(root)
        other = tmp_path / "other"
        other.mkdir()
        said = {"url": there.url, "token": "of the dead", "root_dir": str(other)}
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(announce(tmp_path, **said)))

        assert running(other) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"url": 3, "token": "", "root_dir": "/"}'])
def test_a_damaged_announcement_is_passed_by(root, tmp_path, monkeypatch, text):
    (tmp_path / "jpserver-2.json").write_text(text)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))

    assert running(root) is None


def test_an_address_is_made_for_any_name():
    page = Server("http://127.0.0.1:1/", "T", None).page("1_math/ä?.ipynb")

    assert page == "http://127.0.0.1:1/lab/tree/1_math/%C3%A4%3F.ipynb?token=T"
    assert os.sep in page


@pytest.mark.parametrize(
    ("command", "loads"),
    [
        ("groundup.home lab --version", "jupyterlab.labapp"),
        ("groundup build --check math_functions_examples", "nbformat"),
    ],
)
def test_our_processes_load_jupyter_without_a_parser_that_nothing_asks_for(command, loads):
    timed = [sys.executable, "-X", "importtime", "-m", *command.split()]

    told = subprocess.run(timed, capture_output=True, text=True, check=True).stderr

    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert {loads, "jsonschema"} <= loaded and "lark" not in loaded


def test_left_alone_jupyter_would_load_it():
    code = "import sys, jsonschema; print('lark' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "True\n"
