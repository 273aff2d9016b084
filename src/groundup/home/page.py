"""What every page does: ask who it is, refuse another origin, read the record in a thread, render, tell of trouble.

Because the record is read in a thread, neither JupyterLab nor a kernel waits for a page, nor a page for them. It is
one thread: two of this process may not have the record open at once, for where one closes its file, POSIX takes the
locks of the other away with it, and SQLite would then write into a log that is gone.
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
from tornado.web import HTTPError, authenticated

from ..course.lesson import Lesson
from ..review.asking import Standing, standing
from ..workspace.place import Workspace, WorkspaceError
from ..workspace.store import Store, StoreError, open_store
from . import palette, prose, reading
from .here import Door, Here, door
from .path import Known

Read = TypeVar("Read")
STRICT = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'"
STATES = {
    "open": "not passed yet",
    "passed": "passed",
    "mastered": "mastered",
    "due": "due for review",
    "lapsed": "lapsed: a review question was last answered wrong",
}


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
        """Whoever is not known is sent to Jupyter's login, here and not handler by handler, so that none can forget."""
        await super().prepare()
        if not self._finished:
            authenticated(lambda _: None)(self)
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

    @property
    def workspace(self) -> Workspace:
        """Raises Trouble if there is none."""
        if self.here.workspace is None:
            raise Trouble(self.here.trouble)
        return self.here.workspace

    async def read(self, work: Callable[[Store], Read]) -> Read:
        """What `work` finds in the record. Raises Trouble if it cannot be read."""
        database = self.workspace.database

        def at_work() -> Read:
            with open_store(database) as store:
                return work(store)

        return await self.aside(at_work)

    async def aside(self, work: Callable[[], Read]) -> Read:
        """What some work comes to that is done in the thread for it. Raises Trouble for what the learner is to know."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.settings["groundup_thread"], work)
        except (StoreError, WorkspaceError) as error:
            raise Trouble(str(error)) from error

    def now(self) -> datetime:
        return datetime.now(UTC)

    def show(self, template: str, **values: Any) -> None:
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
        self.show("trouble.html", said=str(error), lab=f"{self.base_url}lab")

    def log_exception(self, *raised: Any) -> None:
        if not isinstance(raised[1], Trouble):
            super().log_exception(*raised)

    def kept(self, store: Store, name: str, work: Callable[[], Read]) -> Read:
        """What some work comes to, remembered until the record grows or the learner's day changes."""
        memory = self.settings.setdefault("groundup_kept", {})
        key = (store.stamp(), self.now().astimezone().date())
        if name not in memory or memory[name][0] != key:
            memory[name] = (key, work())
        return memory[name][1]  # type: ignore[no-any-return]

    def standing(self, store: Store) -> Standing:
        """Every review question's card, what is due today, and how well each exercise is known."""
        return self.kept(store, "standing", lambda: standing(store, self.here.course, self.now()))

    def known(self, store: Store) -> Known:
        """What the path needs to know."""
        return self.kept(store, "known", lambda: reading.known(store, self.standing(store)))
