"""The record's promises: nothing lost, nothing foreign touched, and one sentence with a way out for all that fails."""

import re
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

import bad_disks
from bad_disks import on_a_read_only_disk, on_a_small_disk
from groundup.finding import Report, Verdict
from groundup.workspace import store as module
from groundup.workspace.drive import kind_in, kind_of_drive
from groundup.workspace.store import Attempt, Event, StoreError, open_store

NOON = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)


def attempt(minute=0, exercise="rise", verdict=Verdict.WRONG, lesson="1_math/1_lines", **more):
    source = more.pop("source", "def rise(a, b): ...")
    return Attempt(NOON + timedelta(minutes=minute), lesson, exercise, verdict, "", source, {}, 0.1, **more)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "groundup.db"


def refusal(path, **options):
    """The sentence with which a file is refused."""
    with pytest.raises(StoreError) as caught:
        open_store(path, **options)
    said = str(caught.value)
    assert "\n" not in said and said.endswith("."), said
    return said


# ---- what goes in comes out ---------------------------------------------------------------------------------------


def test_an_attempt_comes_back_as_it_went_in(path):
    report = Report("rise", Verdict.WRONG, "Not yet.", tried=("one case",)).as_dict()
    one = replace(attempt(), report=report, mistake="the wrong way round", solution_shown=True, seconds=0.25)

    with open_store(path) as store:
        store.add_attempt(one)
    with open_store(path) as store:
        (back,) = store.attempts()

    assert replace(back, report={}) == replace(one, report={})
    assert Report.from_dict(back.report) == Report.from_dict(report)


def test_attempts_come_newest_first_and_by_exercise_and_lesson(path):
    with open_store(path) as store:
        for one in (attempt(2), attempt(1, "slope"), attempt(3, lesson="1_math/2_curves")):
            store.add_attempt(one)

        assert [(a.at - NOON).seconds // 60 for a in store.attempts()] == [3, 2, 1]
        assert [a.exercise for a in store.attempts("slope")] == ["slope"]
        assert [a.lesson for a in store.attempts("rise", "1_math/1_lines")] == ["1_math/1_lines"]


def test_what_ever_passed_counts_as_passed(path):
    with open_store(path) as store:
        for one in (attempt(0, verdict=Verdict.PASSED), attempt(1), attempt(2, "slope")):
            store.add_attempt(one)

        assert store.passed() == {("1_math/1_lines", "rise")}


def test_events_come_newest_first_and_by_kind_and_name(path):
    with open_store(path) as store:
        store.add_event(Event(NOON, "1_math/1_lines", "hint", "rise", {"rung": 1}))
        store.add_event(Event(NOON + timedelta(1), "1_math/1_lines", "hint", "rise", {"rung": 2}))
        store.add_event(Event(NOON, "1_math/1_lines", "quiz", "steep", {"answer": "b"}))

        assert [event.detail["rung"] for event in store.events("hint", name="rise")] == [2, 1]
        assert [event.name for event in store.events("quiz", "1_math/1_lines")] == ["steep"]


def test_a_quiz_that_was_ever_answered_right_counts_as_answered(path):
    with open_store(path) as store:
        for name, right in (("why", True), ("why", False), ("how", False)):
            store.add_event(Event(NOON, "1_math/gate", "quiz", name, {"answer": "b", "right": right}))
        store.add_event(Event(NOON, "1_math/gate", "prediction", "leak", {"right": True}))

        assert store.answered() == {("1_math/gate", "why")}


def test_times_go_in_from_any_zone_and_come_out_in_utc(path):
    with open_store(path) as store:
        store.add_attempt(replace(attempt(), at=NOON.astimezone(timezone(timedelta(hours=-7)))))
        (back,) = store.attempts()

    assert back.at == NOON and back.at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(path):
    with open_store(path) as store, pytest.raises(ValueError, match="no time zone"):
        store.add_attempt(replace(attempt(), at=datetime(2026, 3, 1)))


def test_any_text_and_any_number_can_be_recorded(path):
    import numpy as np

    odd = "half a pair \ud800, a nul \0, ∂, \r\n"
    with open_store(path) as store:
        store.add_attempt(replace(attempt(source=odd), report={"printed": odd, "loss": float("nan")}))
        store.add_event(Event(NOON, "l", "prediction", "p", {"said": np.float32(0.5), "all": np.arange(2), "odd": {1}}))
        (back,), (event,) = store.attempts(), store.events()

    assert back.source == "half a pair \\ud800, a nul \0, ∂, \r\n"
    assert back.report["printed"] == odd
    assert event.detail == {"said": 0.5, "all": [0, 1], "odd": "{1}"}


def test_every_row_has_an_id_of_its_own_and_is_added_once(path):
    one, other = attempt(), attempt()
    with open_store(path) as store:
        for row in (one, other, one):
            store.add_attempt(row)

        assert sorted(a.id for a in store.attempts()) == sorted({one.id, other.id})


def test_the_record_only_grows(path):
    with open_store(path) as store:
        store.add_attempt(attempt())
        store.add_event(Event(NOON, "l", "hint", "rise"))
        for change in ("DELETE FROM attempt", "UPDATE attempt SET source = ''", "DELETE FROM event"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                store.connection.execute(change)

        assert store.attempts() and store.events() and not store.flaw()


def test_every_commit_is_flushed_to_the_disk_before_it_returns(path):
    with open_store(path) as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_two_processes_can_begin_a_record_and_write_to_it_at_once(path):
    code = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from groundup.workspace.store import Attempt, Verdict, open_store

while time.time() < float(sys.argv[2]):
    pass
for i in range(100):
    with open_store(Path(sys.argv[1])) as store:
        store.add_attempt(Attempt(datetime.now(UTC), "l", "e", Verdict.WRONG, "", f"{sys.argv[3]} {i}", {}, 0.0))
"""
    start = str(time.time() + 1.0)
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), start, name]) for name in "abc"]

    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    with open_store(path) as store:
        assert {a.source for a in store.attempts()} == {f"{name} {i}" for name in "abc" for i in range(100)}
        assert not store.flaw()


# ---- what is not ours, or not sound, is refused and left as it is --------------------------------------------------


def foreign(path, *, wal=False, version=0, application=0):
    with sqlite3.connect(path) as other:
        if wal:
            other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE attempt (theirs)")
        other.execute(f"PRAGMA user_version = {version}")
        other.execute(f"PRAGMA application_id = {application}")
    other.close()


@pytest.mark.parametrize("wal", [False, True])
@pytest.mark.parametrize(("version", "application"), [(0, 0), (1, 0), (1, 99), (0, 99)])
def test_another_programs_database_is_refused_and_left_as_it_is(path, wal, version, application):
    foreign(path, wal=wal, version=version, application=application)
    before = path.read_bytes()

    said = refusal(path)

    assert said == f"{path} belongs to another program: rename or move it, then check again to begin a record."
    assert path.read_bytes() == before


def test_a_newer_record_is_refused_and_left_as_it_is(path, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setattr(module, "MIGRATIONS", [*module.MIGRATIONS, "ALTER TABLE attempt ADD COLUMN mood TEXT;"])
        open_store(path).close()
    before = path.read_bytes()

    said, version = refusal(path), len(module.MIGRATIONS)

    assert said == (
        f"{path} was written by a newer Ground Up (record {version + 1}, this one knows up to {version}): "
        "update with `pip install --upgrade groundup`."
    )
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path):
    path.write_text("my notes\n" * 100)

    said = refusal(path)

    assert "is damaged (its first bytes are not those of a SQLite file)" in said
    assert f"rename it to {path.name}.damaged" in said
    assert path.read_text() == "my notes\n" * 100


def test_an_empty_file_becomes_a_record(path):
    path.touch()

    with open_store(path) as store:
        store.add_attempt(attempt())

        assert len(store.attempts()) == 1


def test_a_record_cut_short_while_it_was_begun_is_begun_again(path, tmp_path):
    other = sqlite3.connect(tmp_path / "other.db", isolation_level=None)
    other.execute("PRAGMA cache_size = 1")
    other.execute("BEGIN")
    other.execute("CREATE TABLE attempt (half)")
    other.executemany("INSERT INTO attempt VALUES (zeroblob(1000))", [()] * 500)
    for ending in ("", "-journal"):
        Path(f"{path}{ending}").write_bytes((tmp_path / f"other.db{ending}").read_bytes())
    assert path.stat().st_size > 0

    with open_store(path) as store:
        store.add_attempt(attempt())

        assert len(store.attempts()) == 1 and store.flaw() == ""


@pytest.mark.parametrize("page", [1, 2, 5])
def test_a_record_with_a_damaged_page_is_told_and_never_shown_as_empty(path, page):
    with open_store(path) as store:
        for i in range(200):
            store.add_attempt(attempt(i, source="x" * 500, verdict=Verdict.PASSED))
    data = bytearray(path.read_bytes())
    start = 100 if page == 1 else (page - 1) * 4096
    data[start : page * 4096] = b"\xff" * (page * 4096 - start)
    path.write_bytes(data)

    said = ""
    try:
        with open_store(path) as store:
            said = store.flaw() and "is damaged: rename it"
            assert len(store.attempts()) == 200
    except StoreError as error:
        said = str(error)
    assert re.search(r"is damaged.*: rename it", said)


def test_a_folder_in_its_place_and_a_missing_folder_are_told(path, tmp_path):
    path.mkdir()

    assert refusal(path) == f"{path} is not a file, so no record can be kept there: rename it, then check again."
    assert refusal(tmp_path / "no" / "groundup.db").startswith(f"There is no folder {tmp_path / 'no'} for the record")


# ---- what the machine may do to it --------------------------------------------------------------------------------


def test_a_locked_record_is_waited_for(path):
    open_store(path).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()

    with open_store(path) as store:
        store.add_attempt(attempt())

        assert len(store.attempts()) == 1


def test_a_record_that_stays_locked_is_told_with_the_way_out(path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    open_store(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    with open_store(path) as store, pytest.raises(StoreError) as caught:
        store.add_attempt(attempt())

    assert str(caught.value) == (
        f"{path} has been locked by another program for 1 s: close whatever else has it open, then check again."
    )


def test_a_record_locked_while_it_is_begun_is_told_too(path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    assert "has been locked by another program" in refusal(path)


WRITING = """
import shutil, sys
from datetime import UTC, datetime
from pathlib import Path
from groundup.workspace.store import Attempt, StoreError, Verdict, open_store

path = Path(sys.argv[1]) / "groundup.db"
written = 0
try:
    for i in range(300):
        with open_store(path) as store:
            store.add_attempt(Attempt(datetime.now(UTC), "l", "e", Verdict.WRONG, "", "x" * 5000, {}, 0.0))
        written += 1
    print("no error")
except StoreError as error:
    print(error)
"""


@pytest.fixture(params=["a disk of its own", "a limit on files"])
def small_disk(request, monkeypatch):
    """Both ways of having no room, as a machine may allow only the second."""
    if request.param == "a limit on files":
        monkeypatch.setattr(bad_disks, "_namespace", lambda: [])


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_told_and_everything_written_before_it_is_there(tmp_path):
    reading = """
with open_store(path) as store:
    print(len(store.attempts()) - written, store.flaw() or "sound")
"""
    said, after = on_a_small_disk(tmp_path, WRITING + reading).splitlines()

    assert said.endswith("then check again.") and ("is full (" in said or "could not be written" in said)
    assert after == "0 sound"


@pytest.mark.usefixtures("small_disk")
def test_a_disk_with_no_room_for_a_record_at_all_is_told(tmp_path):
    code = WRITING.replace("written = 0", 'written = 0\n(path.parent / "ballast").write_bytes(b"x" * 399_000)')
    said = on_a_small_disk(tmp_path, code)

    assert "is full" in said or "could not be written" in said


def test_a_read_only_folder_is_told_and_the_record_in_it_stays(tmp_path):
    tmp_path.chmod(0o755)
    with open_store(tmp_path / "groundup.db") as store:
        store.add_attempt(attempt())
    before = (tmp_path / "groundup.db").read_bytes()

    said = on_a_read_only_disk(tmp_path, WRITING)

    assert said.strip() == (
        f"{tmp_path / 'groundup.db'} cannot be written, as the file or its folder is read-only: "
        "make both writable, or take the workspace to a folder that is yours."
    )
    assert (tmp_path / "groundup.db").read_bytes() == before


def test_a_read_only_folder_without_a_record_is_told(tmp_path):
    tmp_path.chmod(0o755)

    assert "the file or its folder is read-only" in on_a_read_only_disk(tmp_path, WRITING)


def test_on_a_network_drive_there_is_no_wal_and_a_note_that_says_why(path):
    with open_store(path, drive=lambda folder: "nfs4") as store:
        store.add_attempt(attempt())

        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert store.note == (
            "groundup.db lies on a network drive (nfs4), where it is slower and only as safe as that drive's locks: "
            "a workspace on this machine's own disk is better."
        )


def test_a_record_can_move_to_a_network_drive_and_back(path):
    kinds = ["ext4", "cifs", "cifs", "ext4"]
    for kind in kinds:
        with open_store(path, drive=lambda folder, kind=kind: kind) as store:
            store.add_attempt(attempt())
            mode = store.connection.execute("PRAGMA journal_mode").fetchone()[0]

            assert (mode, bool(store.note)) == (("delete", True) if kind == "cifs" else ("wal", False))
    with open_store(path) as store:
        assert len(store.attempts()) == len(kinds)


MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw 0 0
//nas/My\040Files /home/ada/My\040Files cifs rw 0 0
tmpfs /home/ada/fast tmpfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/work", "ext4"),
        ("/home", "nfs4"),
        ("/homeless", "ext4"),
        ("/home/ada/My Files/course", "cifs"),
        ("/home/ada/fast/er", "tmpfs"),
    ],
)
def test_the_drive_of_a_folder_is_the_deepest_mount_above_it(folder, kind):
    assert kind_in(Path(folder), MOUNTS) == kind


def test_where_drives_cannot_be_told_nothing_is_claimed(tmp_path):
    assert kind_of_drive(tmp_path / "not there") == ""
    assert kind_of_drive(tmp_path) in ("", kind_in(tmp_path, Path("/proc/mounts").read_text()))


# ---- versions -----------------------------------------------------------------------------------------------------


def test_a_new_version_keeps_the_rows_of_the_old_one(path, monkeypatch):
    with open_store(path) as store:
        store.add_attempt(attempt())

    monkeypatch.setattr(module, "MIGRATIONS", [*module.MIGRATIONS, "CREATE TABLE mood (id TEXT); DROP TABLE event;"])
    with open_store(path) as store:
        assert len(store.attempts()) == 1
        assert store.connection.execute("PRAGMA user_version").fetchone() == (len(module.MIGRATIONS),)
        assert store.connection.execute("SELECT * FROM mood").fetchall() == []


def test_a_migration_that_fails_leaves_the_record_as_it_was(path, monkeypatch):
    with open_store(path) as store:
        store.add_attempt(attempt())

    with monkeypatch.context() as broken:
        broken.setattr(module, "MIGRATIONS", [*module.MIGRATIONS, "DROP TABLE event; CREATE TABLE attempt (id);"])
        assert "could not be used (table attempt already exists)" in refusal(path)

    with open_store(path) as store:
        assert len(store.attempts()) == 1 and store.events() == [] and not store.flaw()
