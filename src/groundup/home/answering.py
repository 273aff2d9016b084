"""The pages that ask: review, one question at a time, and the shape drill. An answer is kept before it is told.

Questions are made and judged by `asker.py`, in a process of its own.
"""

from __future__ import annotations

import math

from tornado.web import HTTPError

from ..drill import LEVELS
from ..review.drilling import KIND, drilled
from ..review.schedule import Topic, day_of
from . import reading
from .asker import Asker
from .page import Page, Trouble
from .picture import drill_svg
from .question import Told, ahead, title_of, told

LONGEST = 3600.0  # seconds; who took longer was elsewhere


class Asking(Page):
    @property
    def asker(self) -> Asker:
        return self.settings["groundup_asker"]  # type: ignore[no-any-return]

    def seconds(self) -> float:
        """How long the answer took: as the page measured it, else from when the question was sent."""
        for name, start in (("seconds", 0.0), ("asked_at", self.now().timestamp())):
            try:
                spent = abs(start - float(self.get_body_argument(name, "")))
            except ValueError:
                continue
            if math.isfinite(spent):
                return min(spent, LONGEST)
        return 0.0


class Review(Asking):
    part = "review"

    async def get(self) -> None:
        await self.ask(None)

    async def post(self) -> None:
        topic = Topic(*(self.get_body_argument(name, "") for name in ("lesson", "question", "exercise")))
        id, given = self.get_body_argument("id", ""), self.get_body_argument("given", "")
        try:
            answered = await self.asker.answer(topic, id, given, self.now(), self.seconds())
        except LookupError as error:
            raise Trouble(f"{error} It may have been renamed since the page was opened: open Review anew.") from error
        if not answered.settled:
            await self.ask(told(False, False, answered.says), given)
            return
        word = told(True, answered.right, answered.says, answered.why)
        if not answered.kept:
            word = told(False, answered.right, answered.says)
        due = (await self.read(self.standing)).due
        self.show(
            "answered.html", said=word, text=self.get_body_argument("text", ""), left=len(due),
            topic=topic, title=title_of(self.here.course, topic.lesson),
        )  # fmt: skip

    async def ask(self, said: Told | None, given: str = "") -> None:
        """The first question that is due, or what is ahead."""
        now, course = self.now(), self.here.course
        stamp, where = await self.read(lambda store: (reading.stamp(store), self.standing(store)))
        if not where.due:
            today = day_of(now)
            self.show("rested.html", cards=where.cards, ahead=ahead(where.cards, today), stamp=stamp)
            return
        topic = where.due[0].topic
        try:
            form = await self.asker.put(topic)
        except LookupError as error:
            raise Trouble(str(error)) from error
        self.show(
            "review.html", form=form, topic=topic, left=len(where.due), said=said, given=given,
            title=title_of(course, topic.lesson), asked_at=now.timestamp(),
        )  # fmt: skip


class Drill(Asking):
    part = "drill"

    async def get(self) -> None:
        level = self.get_query_argument("level", "")
        await (self.ask(self.level(level), None) if level else self.levels())

    async def post(self) -> None:
        level = self.level(self.get_body_argument("level", ""))
        id, given = self.get_body_argument("id", ""), self.get_body_argument("given", "")
        judged, why = await self.asker.answer_drill(level, id, given, self.now(), self.seconds())
        if judged is None:
            said = told(False, False, "That question was answered already, in another tab; here is the next one.")
        else:
            said = told(judged.meant, judged.right, judged.says, " ".join(filter(None, (judged.reason, why))))
        await self.ask(level, said, self.get_body_argument("text", ""))

    async def levels(self) -> None:
        stamp, events = await self.read(lambda store: (reading.stamp(store), store.events(KIND)))
        rows = [(words, drilled(events, level)) for level, words in LEVELS.items()]
        self.show("drills.html", rows=rows, stamp=stamp)

    async def ask(self, level: int, said: Told | None, before: str = "") -> None:
        events = await self.read(lambda store: store.events(KIND))
        form = await self.asker.put_drill(level)
        self.show(
            "drill.html", form=form, level=level, words=LEVELS[level], said=said, before=before,
            so_far=drilled(events, level), picture=drill_svg(events, level), asked_at=self.now().timestamp(),
        )  # fmt: skip

    def level(self, text: str) -> int:
        if not text.isdigit() or int(text) not in LEVELS:
            raise HTTPError(404, "The drill has no such level.")
        return int(text)
