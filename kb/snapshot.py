"""What was read and checked before, kept as JSON so that the next start need not read it again. Knows nothing of what it keeps.

A snapshot counts only when everything it was made from is the same to the byte. Whatever is wrong with it (missing, old, damaged,
half written, not ours): then there is none, and the files are read and checked as always.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from pydantic import VERSION, BaseModel, ValidationError

Kept = TypeVar("Kept", bound=BaseModel)


def fingerprint(files: Iterable[str | Path]) -> str:
    """Other for another name or another byte in any of these files, or another pydantic. Raises OSError."""
    found = blake2b(VERSION.encode(), digest_size=16)
    for file in files:
        with open(file, "rb") as opened:
            content = opened.read()
        found.update(f"{os.path.basename(file)}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def recall(place: Path, key: str, kind: type[Kept]) -> Kept | None:
    """What was kept here under this key; None when there is no such thing, or when one byte of it changed."""
    with suppress(ValidationError):
        return next(map(kind.model_validate_json, recall_lines(place, key)), None)
    return None


def recall_lines(place: Path, key: str) -> list[bytes]:
    """The same of what was kept in lines; none when there is nothing."""
    with suppress(OSError), place.open("rb") as kept:
        head, *lines = kept.read().split(b"\n")
        return lines if head == _head(key, lines) else []
    return []


def keep(place: Path, key: str, value: BaseModel) -> None:
    """Keep a value, in one move, so that nobody ever reads half of it. A disk that refuses costs only time."""
    keep_lines(place, key, [value.model_dump_json(by_alias=True).encode()])


def keep_lines(place: Path, key: str, lines: Sequence[bytes]) -> None:
    """The same for lines of bytes, in which no line ends."""
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(b"\n".join((_head(key, lines), *lines)))
        unfinished.replace(place)


def _head(key: str, lines: Iterable[bytes]) -> bytes:
    """Other for another key, and for another byte in these lines."""
    number, size = 0, 0
    for line in lines:
        number, size = crc32(b"\n", crc32(line, number)), size + len(line)
    return f"{key} {size} {number}".encode()
