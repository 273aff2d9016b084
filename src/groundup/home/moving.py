"""Moving house: everything in one file, and such a file taken in. `workspace/moving.py` does the work."""

from __future__ import annotations

from io import BytesIO

from ..workspace.moving import export_to, import_file
from .page import Page, Trouble


class Moving(Page):
    part = "moving"

    def get(self) -> None:
        _ = self.workspace
        self.show("moving.html", moved=None, said="")

    async def post(self) -> None:
        files = self.request.files.get("file", [])
        if not files or not files[0]["body"]:
            self.show("moving.html", moved=None, said="No file was chosen: choose the one that Export gave you.")
            return
        data, workspace, course, now = BytesIO(files[0]["body"]), self.workspace, self.here.course, self.now()
        try:
            moved = await self.aside(lambda: import_file(workspace, course, data, now))
        except Trouble as error:
            self.show("moving.html", moved=None, said=str(error))
            return
        self.show("moving.html", moved=moved, said="")


class Export(Page):
    async def get(self) -> None:
        workspace, out = self.workspace, BytesIO()
        await self.aside(lambda: export_to(workspace, out))
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="groundup-{self.now():%Y-%m-%d}.zip"')
        self.set_header("Cache-Control", "no-store")
        self.finish(out.getvalue())
