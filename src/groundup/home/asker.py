"""A process beside the server in which review questions are made and answers judged, for lessons may load torch.

So the server stays small and quick, and whatever a lesson's code does, Jupyter and the kernels do not feel it. Begun
when first needed, ended after a while without work.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from ..course.lesson import load_course
from ..door.answers import Judged
from ..review.asking import Answered, answer, put
from ..review.drilling import answer_drill, put_drill
from ..review.schedule import Topic
from ..workspace.store import open_store
from .question import Form, form_of

Done = TypeVar("Done")
IDLE = 600.0  # seconds without a question after which the process is ended


class Asker:
    """The process, or none while there is nothing to ask."""

    def __init__(self, database: Path, package: str) -> None:
        self.database, self.package = database, package
        self._pool: ProcessPoolExecutor | None = None
        self._end: asyncio.TimerHandle | None = None

    async def put(self, topic: Topic) -> Form:
        return await self._do(_put, topic)

    async def answer(self, topic: Topic, id: str, given: str, now: datetime, seconds: float) -> Answered:
        return await self._do(_answer, topic, id, given, now, seconds)

    async def put_drill(self, level: int) -> Form:
        return await self._do(_put_drill, level)

    async def answer_drill(
        self, level: int, id: str, given: str, now: datetime, seconds: float
    ) -> tuple[Judged | None, str]:
        """What an answer came to, None if its question is not open any more; and the reason for what is right."""
        return await self._do(_answer_drill, level, id, given, now, seconds)

    def end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    async def _do(self, work: Callable[..., Done], *given: Any) -> Done:
        """Have the process do some work; begun anew if it has died, which a lesson's code may bring about."""
        loop = asyncio.get_running_loop()
        if self._end is not None:
            self._end.cancel()
        self._end = loop.call_later(IDLE, self.end)
        for _ in range(2):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin)
            try:
                return await loop.run_in_executor(self._pool, work, self.database, self.package, *given)
            except BrokenProcessPool:
                self.end()
        raise LookupError("The process that makes the questions ended twice: reload the page to try once more.")


def _begin() -> None:
    """One thread for torch: a question is small, and the kernels need the cores."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def _put(database: Path, package: str, topic: Topic) -> Form:
    with open_store(database) as store:
        now = put(store, load_course(package), topic)
    return form_of(now.id, now.asked)  # plain words: what is right may be a tensor, and the server has no torch


def _answer(database: Path, package: str, topic: Topic, id: str, given: str, now: datetime, seconds: float) -> Answered:
    with open_store(database) as store:
        return answer(store, load_course(package), topic, id, given, now, seconds)


def _put_drill(database: Path, package: str, level: int) -> Form:
    with open_store(database) as store:
        now = put_drill(store, level)
    return form_of(now.id, now.asked)


def _answer_drill(
    database: Path, package: str, level: int, id: str, given: str, now: datetime, seconds: float
) -> tuple[Judged | None, str]:
    with open_store(database) as store:
        why = put_drill(store, level).asked.why
        return answer_drill(store, level, id, given, now, seconds), why
