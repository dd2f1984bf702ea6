"""A second process for half of the work, where there is much of it and the system can split a process in two (Linux)."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")

CAN_SPLIT = sys.platform == "linux"
"""Elsewhere a second process starts from nothing, which costs more than it brings."""


@contextmanager
def beside(work: Callable[[Given], Result], given: Given) -> Iterator[Callable[[], Result | None]]:
    """Let another process do this meanwhile. Gives a function that waits for its result; None when that process failed."""
    if not CAN_SPLIT:
        yield lambda: work(given)
        return
    context = multiprocessing.get_context("fork")
    ear, mouth = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(mouth, work, given))
    process.start()
    mouth.close()
    try:
        yield lambda: _hear(ear)
    finally:
        ear.close()
        process.join()


def _tell(mouth: Connection, work: Callable[[Given], Result], given: Given) -> None:
    mouth.send(work(given))
    mouth.close()


def _hear(ear: Connection) -> Any:
    try:
        return ear.recv()
    except EOFError:
        return None
