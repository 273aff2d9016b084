"""Write a file whole or not at all, and let one process at a time change a folder. Knows nothing of what is written."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STALE = 60.0  # seconds after which a lock without an owner is taken over; only where the system has no flock


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, folders included, so that after a crash there is the old file or the new, never a part.

    A link is followed, and the old file's permissions stay. Raises OSError, and then nothing has changed.
    """
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(3).hex()}.part")
    try:
        with name.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            name.chmod(path.stat().st_mode & 0o7777)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            name.unlink()
        raise
    _sync_folder(path.parent)


@contextmanager
def alone(lock: Path, patience: float = 5.0) -> Iterator[None]:
    """Hold a lock file while the block runs; another process that wants it waits.

    Raises TimeoutError when it is held for longer than `patience` seconds, OSError when it cannot be made.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + patience
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    mark: Path | None = None
    try:
        while True:
            held, mark = _take(handle, lock)
            if held:
                break
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, "held by another process", str(lock))
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)  # and with it the flock
        if mark is not None:
            mark.unlink(missing_ok=True)


def _take(handle: int, lock: Path) -> tuple[bool, Path | None]:
    """(taken, the file that stands for the lock where there is no flock)."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True, None
    except BlockingIOError:
        return False, None
    except (ImportError, OSError):  # Windows, or a network drive that has no locks
        mark = lock.with_name(lock.name + ".held")
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        return True, mark
    except FileExistsError:
        with suppress(OSError):
            if time.time() - mark.stat().st_mtime > STALE:
                mark.unlink()
        return False, None


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; not every system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
