"""What is asked of the server and what it answers: each handler reads, calls a pure function, and renders.

The record is read in a thread, so neither JupyterLab nor a kernel waits for a page, nor a page for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.extension.handler import ExtensionHandlerJinjaMixin, ExtensionHandlerMixin
from jupyter_server.utils import url_path_join
from markupsafe import Markup
from tornado.web import HTTPError

from ..course.lesson import Lesson
from ..workspace.library import sections_of
from ..workspace.place import WorkspaceError
from ..workspace.store import Event, Store, StoreError, open_store
from . import palette, prose, reading
from .here import Door, Here, door
from .lesson import lesson_page
from .outline import outline
from .path import Known, locked, map_of

Read = TypeVar("Read")
STRICT = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'"
STATES = {
    "passed": "passed", "mastered": "mastered", "due": "due for review", "open": "not passed yet",
}  # fmt: skip


class Trouble(Exception):
    """A page cannot be shown as it was asked for: one sentence saying why, and the way out."""


class Page(ExtensionHandlerJinjaMixin, ExtensionHandlerMixin, JupyterHandler):  # type: ignore[misc]
    """What every page does: asks who it is, refuses another origin, renders, and turns trouble into a sentence."""

    part = ""  # the entry of the navigation that is current

    @property
    def here(self) -> Here:
        return self.settings["groundup_here"]  # type: ignore[no-any-return]

    @property
    def content_security_policy(self) -> str:
        return f"{super().content_security_policy}; {STRICT}"

    async def prepare(self) -> None:  # type: ignore[override]
        await super().prepare()
        if not self._finished and not self.check_origin():
            raise HTTPError(403, "This page is asked for by another site.")

    def address(self, *parts: str) -> str:
        return str(url_path_join(self.base_url, "groundup", *map(quote, parts)))

    def door(self, lesson: Lesson, cell: str = "") -> Door:
        return door(self.here, self.base_url, lesson, cell)

    def lesson(self, key: str) -> Lesson:
        """The lesson of this key. Raises HTTPError 404 if there is none."""
        found = next((lesson for lesson in self.here.course.lessons if lesson.key == key), None)
        if found is None:
            raise HTTPError(404, "There is no such lesson.")
        return found

    async def read(self, work: Callable[[Store], Read]) -> Read:
        """What `work` finds in the record, found in a thread. Raises Trouble if there is no record to be read."""
        workspace = self.here.workspace
        if workspace is None:
            raise Trouble(self.here.trouble)

        def at_work() -> Read:
            with open_store(workspace.database) as store:
                return work(store)

        try:
            return await asyncio.get_running_loop().run_in_executor(None, at_work)
        except (StoreError, WorkspaceError) as error:
            raise Trouble(str(error)) from error

    async def show(self, template: str, **values: Any) -> None:
        """Send a page. `stamp` is the state of the record that it shows."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        known = {
            "address": self.address, "part": self.part, "here": self.here, "style": Markup(palette.style()),
            "static": self.static_url, "xsrf": Markup(self.xsrf_form_html()), "inline": prose.inline,
            "paragraphs": prose.paragraphs, "states": STATES, "stamp": "",
        }  # fmt: skip
        self.finish(self.get_template(template).render(**{**known, **values}))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Trouble as a page of ours; what else goes wrong is told by Jupyter's own page."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if not isinstance(error, Trouble):
            return super().write_error(status_code, **kwargs)
        self.set_status(503)
        asyncio.ensure_future(self.show("trouble.html", said=str(error)))

    def log_exception(self, *raised: Any) -> None:
        if not isinstance(raised[1], Trouble):
            super().log_exception(*raised)


class PathPage(Page):
    part = "path"

    async def get(self) -> None:
        stamp, seen = await self.read(lambda store: (reading.stamp(store), self.known(store)))
        shown = map_of(self.here.course, seen)
        way = self.door(shown.step.lesson, shown.step.cell) if shown.step else None
        await self.show("path.html", map=shown, door=way, stamp=stamp)

    def known(self, store: Store) -> Known:
        return reading.known(store)


class LessonPage(Page):
    async def get(self, key: str) -> None:
        lesson, here = self.lesson(key), self.here
        said = outline(here.course, lesson)
        names = [part.name for part in said.parts]
        stamp, seen, tries, events, checked = await self.read(
            lambda store: (
                reading.stamp(store),
                reading.known(store),
                reading.tries(store, key),
                reading.events_of(store, key),
                reading.latest_code(store, key, names),
            )
        )
        file = here.workspace.my / f"{lesson.stem}.py" if here.workspace else None
        mine = sections_of(file.read_text(encoding="utf-8", errors="replace")) if file and file.is_file() else {}
        page = lesson_page(key, said, seen, tries, (event.at for event in events), mine, checked)
        titles = {other.key: other.title for other in here.course.lessons}
        why = locked(here.course, lesson, seen)
        await self.show(
            "lesson.html", lesson=lesson, said=said, page=page, titles=titles, why=why, stamp=stamp,
            link=self.linked(lesson), my=f"my/{lesson.stem}.py",
        )  # fmt: skip

    def linked(self, lesson: Lesson) -> Callable[[str], str]:
        """From a link between notebooks to the page of that lesson."""

        def link(path: str) -> str:
            name = path.rsplit("/", 1)[-1].removesuffix(".ipynb")
            found = next((each.key for each in self.here.course.lessons if each.key.endswith(f"/{name}")), lesson.key)
            return self.address("lesson", found)

        return link


class Open(Page):
    """The way into a notebook: straight on, or past one clear warning that is given once for a phase."""

    async def get(self, key: str) -> None:
        lesson, cell = self.lesson(key), self.get_query_argument("cell", "")
        seen = await self.read(reading.known)
        why = locked(self.here.course, lesson, seen)
        if why:
            await self.show("locked.html", lesson=lesson, why=why, cell=cell, part="path")
        else:
            await self.enter(lesson, cell)

    async def post(self, key: str) -> None:
        lesson, cell = self.lesson(key), self.get_body_argument("cell", "")
        event = Event(datetime.now(UTC), lesson.key, reading.OPENED, lesson.phase)
        await self.read(lambda store: store.add_event(event))
        await self.enter(lesson, cell)

    async def enter(self, lesson: Lesson, cell: str) -> None:
        way = self.door(lesson, cell)
        if way.in_lab:
            self.redirect(way.address)
        else:
            await self.show("file.html", lesson=lesson, door=way, part="path")


class State(Page):
    """What an open page asks every second: whether the record has grown."""

    async def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        try:
            self.finish({"stamp": await self.read(reading.stamp)})
        except Trouble as error:
            self.finish({"stamp": "", "trouble": str(error)})


KEY = r"([\w]+/[\w]+)"
PAGES = [
    (r"/groundup/?", PathPage),
    (rf"/groundup/lesson/{KEY}", LessonPage),
    (rf"/groundup/open/{KEY}", Open),
    (r"/groundup/state", State),
]
