"""The extension: its pages' addresses, its templates, and the workspace and course that it shows.

Knows nothing of what stands on a page. Token, cookie, XSRF and CSP are the server's own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp, ExtensionAppJinjaMixin

from ..course.lesson import load_course
from ..workspace.place import WorkspaceError, find
from . import handlers
from .asker import Asker
from .here import Here

FOLDER = Path(__file__).parent


class Home(ExtensionAppJinjaMixin, ExtensionApp):
    """The learner's home at /groundup, beside JupyterLab or alone."""

    name = "groundup"
    extension_url = "/groundup"
    load_other_extensions = False  # alone it needs none
    static_paths = [str(FOLDER / "static")]
    template_paths = [str(FOLDER / "templates")]

    @classmethod
    def get_extension_package(cls) -> str:
        return "groundup.home"

    def initialize_settings(self) -> None:
        self.settings["groundup_thread"] = ThreadPoolExecutor(1, "groundup")
        here = self.settings["groundup_here"] = self.here()
        if here.workspace is not None:
            self.settings["groundup_asker"] = Asker(here.workspace.database, here.course.package)

    async def stop_extension(self) -> None:
        self.settings["groundup_thread"].shutdown(wait=False)
        if "groundup_asker" in self.settings:
            self.settings["groundup_asker"].end()

    def initialize_handlers(self) -> None:
        self.handlers.extend(handlers.PAGES)

    def initialize_templates(self) -> None:
        self.jinja2_options = {"trim_blocks": True, "lstrip_blocks": True}

    def here(self) -> Here:
        """The workspace that the server's folder is or lies in."""
        server: Any = self.serverapp
        root, lab = Path(server.root_dir), "jupyterlab" in server.extension_manager.extensions
        try:
            workspace = find(root)
        except WorkspaceError as error:
            return Here(load_course(), None, root, lab, str(error))
        trouble = "" if workspace else f"{root} is no workspace: `groundup start` in a terminal makes one and opens it."
        return Here(load_course(), workspace, root, lab, trouble)
