"""Jupyter's own test fixtures, here and nowhere else, and a workspace of the real course behind a server."""

import pytest
from furnished import COURSE, Kept
from pytest_jupyter.jupyter_server import *  # noqa: F403

from groundup.course.lesson import built_notebook
from groundup.workspace import create


@pytest.fixture
def workspace(jp_root_dir):
    return create(jp_root_dir, COURSE, built_notebook)


@pytest.fixture
def store(workspace):
    return Kept(workspace.database)


@pytest.fixture
def jp_server_config(workspace):
    return {"ServerApp": {"jpserver_extensions": {"groundup.home": True, "jupyter_server_terminals": False}}}


@pytest.fixture
def page(jp_fetch):
    """Fetch a page of home as text."""

    async def fetched(*parts, **options):
        return (await jp_fetch("groundup", *parts, **options)).body.decode()

    return fetched
