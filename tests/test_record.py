"""The record as a kernel keeps it: when the file of the store is open, and what of it others see meanwhile."""

import asyncio
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from groundup.workspace.record import LINGERS, Record
from groundup.workspace.store import Event

COUNT = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM event').fetchone()[0])"


def event(name):
    return Event(datetime.now(UTC), "1_math/1_lines", "opened", name)


@pytest.fixture
def record(tmp_path):
    return Record(tmp_path / "groundup.db")


def log_of(record):
    """SQLite's log beside the file: there as long as the store is open."""
    return record.database.with_name("groundup.db-wal")


def seen_by_another_process(record):
    told = subprocess.run([sys.executable, "-c", COUNT, record.database], capture_output=True, text=True, check=True)
    return int(told.stdout)


def test_in_a_kernel_the_store_stays_open_for_a_moment_and_others_see_each_row_at_once(record):
    async def cell():
        assert record.add(event("a")) == record.add(event("b")) == ""
        assert log_of(record).exists() and seen_by_another_process(record) == 2
        assert len(record.past("1_math/1_lines", "b").events) == 1
        await asyncio.sleep(2 * LINGERS)
        assert not log_of(record).exists()
        assert record.add(event("c")) == "" and seen_by_another_process(record) == 3

    asyncio.run(cell())


def test_without_a_kernel_it_is_closed_at_once(record):
    assert record.add(event("a")) == ""
    assert not log_of(record).exists() and seen_by_another_process(record) == 1


def test_another_thread_of_a_kernel_has_a_store_of_its_own(record):
    async def cell():
        assert await asyncio.to_thread(record.add, event("a")) == ""
        assert not log_of(record).exists()

    asyncio.run(cell())
    assert seen_by_another_process(record) == 1


def test_a_store_that_fails_is_closed_at_once_and_opened_anew_for_the_next_row(record, monkeypatch):
    monkeypatch.setattr("groundup.workspace.store.PATIENCE", 0.1)

    async def cell():
        assert record.add(event("a")) == ""
        other = sqlite3.connect(record.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        record._close()  # so that it is opened anew, with little patience
        assert "locked" in record.add(event("b"))
        other.close()
        assert not log_of(record).exists() and record.add(event("c")) == ""

    asyncio.run(cell())
    assert seen_by_another_process(record) == 2
