"""A real PostgreSQL 15 of our own, gone afterwards; it listens on a socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


@dataclass(frozen=True, slots=True)
class Postgres:
    url: str
    process: int


@contextmanager
def running(*options: str) -> Iterator[Postgres]:
    """An empty one, with these options beside those it has by itself. It may not run as root; then it runs as its own user."""
    folder = Path(tempfile.mkdtemp(prefix="kast-pg-"))
    try:
        _run(folder, "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "kast", "-E", "UTF8", "--no-sync")
        chosen = " ".join([f"-k {folder} -c listen_addresses=''", *(f"-c {option}" for option in options)])
        _run(folder, "pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", chosen, "start")
        process = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        yield Postgres(f"postgresql://kast@/postgres?host={folder}", process)
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            _run(folder, "pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def _run(folder: Path, command: str, *arguments: str) -> None:
    as_other: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_other = ["runuser", "-u", "postgres", "--"]
    done = subprocess.run(
        [*as_other, str(PROGRAMS / command), *arguments],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
