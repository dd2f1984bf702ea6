"""What was read and checked before, kept as JSON so that the next start need not read it again. Knows nothing of what it keeps.

A snapshot counts only when everything it was made from is the same to the byte. Whatever is wrong with it (missing, old, damaged,
half written, not ours): then there is none, and the files are read and checked as always.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
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
    body = recall_bytes(place, key)
    with suppress(ValidationError):
        return kind.model_validate_json(body) if body else None
    return None


def recall_bytes(place: Path, key: str) -> bytes | None:
    """The same, as it was written."""
    with suppress(OSError):
        head, _, body = place.read_bytes().partition(b"\n")
        return body if head == _head(key, body) else None
    return None


def keep(place: Path, key: str, value: BaseModel) -> None:
    """Keep a value, in one move, so that nobody ever reads half of it. A disk that refuses costs only time."""
    keep_bytes(place, key, value.model_dump_json(by_alias=True).encode())


def keep_bytes(place: Path, key: str, body: bytes) -> None:
    """The same for what was made into bytes already."""
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(_head(key, body) + b"\n" + body)
        unfinished.replace(place)


def _head(key: str, body: bytes) -> bytes:
    return f"{key} {len(body)} {crc32(body)}".encode()
