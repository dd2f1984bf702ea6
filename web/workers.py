"""Several processes behind one address, each a whole site on the same database; the process that starts them only watches over them.

Nothing is shared in memory: sessions, attempts and answers are in the database, and the token of a form follows from a cookie.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from uvicorn import Config
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

PATIENCE = 15
"""Seconds that a worker may be too busy to say that it is alive, before another takes its place."""


def run(door: socket.socket, count: int, once: Callable[[], None], options: dict[str, Any]) -> bool:
    """Serve until told to stop; False when a worker could not begin. What must be done `once` is done here, beside the workers."""
    config = Config(f"{__name__}:site", factory=True, workers=count, timeout_worker_healthcheck=PATIENCE, **options)
    threading.Thread(target=once, daemon=True).start()
    watch = Multiprocess(config, [door])
    watch.run()
    return all(process.exitcode != STARTUP_FAILURE for process in watch.processes)


def site() -> Starlette:
    """The site of one worker, with the settings of the environment."""
    from web.app import create_app

    gc.disable()
    app = create_app()
    app.state.opens_books = False
    gc.freeze()
    gc.enable()
    threading.Thread(target=_go_along, daemon=True).start()
    return app


def _go_along() -> None:
    """Whoever watched over this worker is gone, killed perhaps: stop too, instead of keeping the address taken for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
