"""The learner's home: the pages at /groundup, served by the same Jupyter server that runs the notebooks.

This file is what the server asks for the extension. Nothing of Jupyter is loaded before it does.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from .app import Home

    return [{"module": "groundup.home.app", "app": Home}]
