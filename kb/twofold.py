"""A second process for a part of the work, where there is much of it and the system can split a process in two (Linux)."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")
Task = TypeVar("Task")

CAN_SPLIT = sys.platform == "linux"
"""Elsewhere a second process starts from nothing, which costs more than it brings."""
_NUMBER, _IN_LINE = 4, 10_000
"""Bytes of a number in the line of tasks, and how many numbers surely fit in it."""


@contextmanager
def beside(work: Callable[[Given], Result], given: Given) -> Iterator[Callable[[], Result | None]]:
    """Let another process do this meanwhile. Gives a function that waits for its result and raises what it raised.

    That gives None when the process stopped halfway.
    """
    if not CAN_SPLIT:
        yield lambda: work(given)
        return
    ear, mouth = os.pipe()
    if not (process := os.fork()):
        _tell(mouth, work, given)
    os.close(mouth)
    with os.fdopen(ear, "rb") as told:
        try:
            yield lambda: _hear(told)
        finally:
            told.close()  # who still speaks then, hears that nobody listens
            os.waitpid(process, 0)


@contextmanager
def shared(tasks: Sequence[Task]) -> Iterator[Iterator[Task]]:
    """A line of tasks for processes that part while it is there: whoever has time takes the next one."""
    step = 1 + len(tasks) // _IN_LINE
    line, mouth = os.pipe()
    with os.fdopen(mouth, "wb") as numbers:
        numbers.writelines(first.to_bytes(_NUMBER, "big") for first in range(0, len(tasks), step))
    try:
        yield _taken(line, tasks, step)
    finally:
        os.close(line)


def _taken(line: int, tasks: Sequence[Task], step: int) -> Iterator[Task]:
    while number := os.read(line, _NUMBER):
        first = int.from_bytes(number, "big")
        yield from tasks[first : first + step]


def _tell(mouth: int, work: Callable[[Given], Result], given: Given) -> None:
    """In the other process, which goes no further than this."""
    try:
        with os.fdopen(mouth, "wb") as told:
            pickle.dump(_outcome(work, given), told)
    finally:
        os._exit(0)


def _outcome(work: Callable[[Given], Result], given: Given) -> tuple[Result | None, Exception | None]:
    try:
        return work(given), None
    except Exception as error:
        return None, error


def _hear(told: Any) -> Any:
    try:
        result, error = pickle.load(told)  # noqa: S301  our own process wrote it
    except (EOFError, pickle.UnpicklingError):
        return None
    if error:
        raise error
    return result
