"""The pages that show: the path, a lesson, the way into a notebook, where it hurts, the state that a page asks for.

Each handler reads, calls a pure function, and renders.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from ..course.lesson import Lesson
from ..review.hurts import calibration, hurts
from ..review.mastery import RULE
from ..workspace.library import sections_of
from ..workspace.store import Event
from . import reading
from .answering import Drill, Review
from .lesson import lesson_page
from .moving import Export, Moving
from .outline import outline
from .page import Page, Trouble
from .path import locked, map_of
from .picture import calibration_svg

MOST = 8  # exercises that are listed as hurting


class PathPage(Page):
    part = "path"

    async def get(self) -> None:
        stamp, seen = await self.read(lambda store: (reading.stamp(store), self.known(store)))
        shown = map_of(self.here.course, seen)
        way = self.door(shown.step.lesson, shown.step.cell) if shown.step else None
        self.show("path.html", map=shown, door=way, stamp=stamp, rule=RULE)


class LessonPage(Page):
    async def get(self, key: str) -> None:
        lesson, here = self.lesson(key), self.here
        said = outline(here.course, lesson)
        names = [part.name for part in said.parts]
        stamp, seen, tries, events, checked = await self.read(
            lambda store: (
                reading.stamp(store),
                self.known(store),
                reading.tries(store, key),
                reading.events_of(store, key),
                reading.latest_code(store, key, names),
            )
        )
        file = self.workspace.my / f"{lesson.stem}.py"
        mine = sections_of(file.read_text(encoding="utf-8", errors="replace")) if file.is_file() else {}
        page = lesson_page(key, said, seen, tries, (event.at for event in events), mine, checked)
        why = locked(here.course, lesson, seen)
        self.show(
            "lesson.html", lesson=lesson, said=said, page=page, why=why, stamp=stamp,
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
        seen = await self.read(self.known)
        why = locked(self.here.course, lesson, seen)
        if why:
            self.show("locked.html", lesson=lesson, why=why, cell=cell, part="path")
        else:
            self.enter(lesson, cell)

    async def post(self, key: str) -> None:
        lesson, cell = self.lesson(key), self.get_body_argument("cell", "")
        event = Event(self.now(), lesson.key, reading.OPENED, lesson.phase)
        await self.read(lambda store: store.add_event(event))
        self.enter(lesson, cell)

    def enter(self, lesson: Lesson, cell: str) -> None:
        way = self.door(lesson, cell)
        if way.in_lab:
            self.redirect(way.address)
        else:
            self.show("file.html", lesson=lesson, door=way, part="path")


class State(Page):
    """What an open page asks every second: whether the record has grown."""

    async def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        try:
            self.finish({"stamp": await self.read(reading.stamp)})
        except Trouble as error:
            self.finish({"stamp": "", "trouble": str(error)})


class Hurts(Page):
    """What failed most and the words to reread, and predictions beside what happened."""

    part = "hurts"

    async def get(self) -> None:
        course = self.here.course
        stamp, sore, met = await self.read(
            lambda store: (
                reading.stamp(store),
                self.kept(store, "hurts", lambda: hurts(course, store.tallies(), store.reviews())),
                self.kept(
                    store, "met", lambda: calibration(course, [*store.events("prediction"), *store.events("reveal")])
                ),
            )
        )
        sore = tuple(sorted(sore, key=lambda each: each.mended))  # what still hurts first, else as it came
        doors = {(s.lesson.key, s.exercise): self.door(s.lesson, s.section.heading_cell) for s in sore[:MOST]}
        picture = Markup(calibration_svg(met)) if any(phase.made for phase in met) else ""
        self.show(
            "hurts.html", sore=sore[:MOST], more=len(sore) - MOST, met=met, doors=doors, picture=picture, stamp=stamp
        )


KEY = r"([\w]+/[\w]+)"
PAGES = [
    (r"/groundup/?", PathPage),
    (rf"/groundup/lesson/{KEY}", LessonPage),
    (rf"/groundup/open/{KEY}", Open),
    (r"/groundup/review", Review),
    (r"/groundup/drill", Drill),
    (r"/groundup/hurts", Hurts),
    (r"/groundup/moving", Moving),
    (r"/groundup/export", Export),
    (r"/groundup/state", State),
]
