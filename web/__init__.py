"""Shows it: the only room that knows HTTP, HTML and the command line. Its door is `create_app`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from web.settings import Settings

__all__ = ["create_app"]

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Read at the first model, which any module here may hold. Nothing that happens to be installed has a say in what a page means; and
looking for it in every package takes time."""


def create_app(settings: Settings | None = None) -> Starlette:
    """The whole site and its API. Imported on call, so that `kast --help` does not wait for a web framework."""
    from web import app

    return app.create_app(settings)
