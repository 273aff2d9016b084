"""A file is written whole or not at all, and one process at a time holds a lock."""

import errno
import os
import subprocess
import sys
import time

import pytest

from groundup.workspace import files


def test_a_file_is_written_with_its_folders_and_the_usual_permissions(tmp_path):
    files.write(tmp_path / "a" / "b.txt", b"one")
    files.write(tmp_path / "a" / "b.txt", b"two")

    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"two"
    assert (tmp_path / "a" / "b.txt").stat().st_mode & 0o777 == 0o666 & ~mask
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "b.txt"
    files.write(path, b"old")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, b"new")

    assert path.read_bytes() == b"old" and [each.name for each in tmp_path.iterdir()] == ["b.txt"]


def test_a_reader_never_sees_a_part_whenever_the_writer_is_killed(tmp_path):
    path = tmp_path / "b.txt"
    wholes = {letter * 300_000 for letter in (b"a", b"b")}
    files.write(path, b"a" * 300_000)
    code = """
import sys
from pathlib import Path
from groundup.workspace import files
print("ready", flush=True)
while True:
    for letter in (b"b", b"a"):
        files.write(Path(sys.argv[1]), letter * 300_000)
"""
    for round in range(8):
        writer = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(0.01 + 0.007 * round)
        writer.kill()
        writer.wait()
        writer.stdout.close()

        assert path.read_bytes() in wholes


HOLDING = """
import sys, time
from pathlib import Path
from groundup.workspace import files
if sys.argv[2] == "without flock":
    sys.modules["fcntl"] = None
with files.alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["with flock", "without flock"])
def system(request, monkeypatch):
    if request.param == "without flock":
        monkeypatch.setitem(sys.modules, "fcntl", None)
    return request.param


def holder(lock, system):
    other = subprocess.Popen([sys.executable, "-c", HOLDING, str(lock), system], stdout=subprocess.PIPE)
    assert other.stdout.readline() == b"held\n"
    other.stdout.close()
    return other


def test_a_lock_held_elsewhere_is_waited_for_and_then_given_up(tmp_path, system):
    other = holder(tmp_path / "lock", system)
    try:
        with pytest.raises(TimeoutError), files.alone(tmp_path / "lock", patience=0.2):
            raise AssertionError("it was held by another process")
    finally:
        other.kill()
        other.wait()


def test_a_lock_let_go_is_there_to_be_taken_and_can_be_taken_again(tmp_path, system):
    for _ in range(3):
        with files.alone(tmp_path / "lock", patience=0.2):
            pass


def test_the_lock_of_a_killed_process_is_free(tmp_path, system, monkeypatch):
    other = holder(tmp_path / "lock", system)
    other.kill()
    other.wait()
    monkeypatch.setattr(files, "STALE", 0.05)  # without flock nobody knows that its owner died, but it grows old
    time.sleep(0.1)

    with files.alone(tmp_path / "lock", patience=2.0):
        pass
