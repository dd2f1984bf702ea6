"""How fast a static copy is made, next to Hugo on the same content in the same run. Part of `make bench`.

Hugo makes the list, a page per intervention and a page per factor (its templates are in tests/hugo, with the same information);
ours makes those too, and lists per facet, overviews and the data for search on top. Both write to memory where there is such a
disk. Times of whole processes, in turn, medians; the ratio counts, not the milliseconds.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import kb
from tests.generate import write_pages

SIZE = 1_000
ROUNDS = 3
HUGO_SITE = Path(__file__).with_name("hugo")
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_FACTOR = re.compile(r"^(?:risicofactoren|beschermende_factoren):\n((?:[- ].*\n)+)", re.MULTILINE)
_ID = re.compile(r"\bid: ([a-z0-9-]+)")


def main(size: int = SIZE) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        work = Path(folder)
        write_pages(work / "inhoud", size, kb.load())
        hugo = _hugo_site(work) if shutil.which("hugo") else None
        if hugo is None:
            print("hugo ontbreekt: alleen de eigen tijden")
        times = _measure(work, hugo)
        _report(times, size)


def _measure(work: Path, hugo: Path | None) -> dict[str, list[tuple[float, float]]]:
    """Wall and processor seconds of every round, all makers in turn."""
    times: dict[str, list[tuple[float, float]]] = {}
    for number in range(ROUNDS):
        if hugo:
            shutil.rmtree(hugo / "public", ignore_errors=True)
            _time(times, "hugo, van niets", lambda: _run(["hugo", "--quiet", "--source", str(hugo)]))
        shutil.rmtree(work / "site", ignore_errors=True)
        shutil.rmtree(work / "var", ignore_errors=True)
        _time(times, "kast, van niets", lambda: _kast(work))
        _change(work / "inhoud", f"Ronde {number}.")
        if hugo:
            _change(hugo / "content" / "interventies", f"Ronde {number}.")
            _time(times, "hugo, na één zin", lambda: _run(["hugo", "--quiet", "--source", str(hugo)]))
        _time(times, "kast, na één zin", lambda: _kast(work))
        _time(times, "kast, niets veranderd", lambda: _kast(work))
    return times


def _time(times: dict[str, list[tuple[float, float]]], name: str, run: Callable[[], None]) -> None:
    before, start = os.times(), time.perf_counter()
    run()
    wall, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    times.setdefault(name, []).append((wall, spent))


def _report(times: dict[str, list[tuple[float, float]]], size: int) -> None:
    middle = {
        name: tuple(statistics.median(column) for column in zip(*rounds, strict=True)) for name, rounds in times.items()
    }
    for name, (wall, spent) in middle.items():
        print(f"{f'site van {size}: {name}':<78} {wall * 1000:9.0f} ms   {spent * 1000:9.0f} ms processor", flush=True)
    for other, own in (
        ("hugo, van niets", "kast, van niets"),
        ("hugo, na één zin", "kast, na één zin"),
        ("kast, van niets", "kast, na één zin"),
    ):
        if other in middle:
            (wall, spent), (own_wall, own_spent) = middle[other], middle[own]
            print(
                f"{f'{other} / {own}':<78} {wall / own_wall:9.2f} x    {spent / own_spent:9.2f} x processor", flush=True
            )


def _kast(work: Path) -> None:
    """`kast export site`, with memory of its own."""
    own = {
        "KAST_CONTENT": work / "inhoud",
        "KAST_SNAPSHOT": work / "var" / "inhoud.json",
        "KAST_HISTORY": work / "var" / "git.json",
    }
    environment = os.environ | {name: str(path) for name, path in own.items()}
    subprocess.run(
        [sys.executable, "-m", "web.cli", "export", "site", str(work / "site")], check=True, env=environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _hugo_site(work: Path) -> Path:
    """The same content for Hugo; only the factors are also named the way its taxonomies want."""
    site = work / "hugo"
    shutil.copytree(HUGO_SITE, site)
    (site / "content" / "interventies").mkdir(parents=True)
    for page in (work / "inhoud").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        factors = [name for block in _FACTOR.findall(text) for name in _ID.findall(block)]
        named = text.replace("titel: ", f"factoren: [{', '.join(factors)}]\ntitle: ", 1)
        (site / "content" / "interventies" / page.name).write_text(named, encoding="utf-8")
    return site


def _change(folder: Path, sentence: str) -> None:
    """An editor adds a sentence to one page."""
    page = sorted(folder.glob("*.md"))[SIZE // 3]
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## Doel\n\n", f"## Doel\n\n{sentence} ", 1), encoding="utf-8")


if __name__ == "__main__":
    main()
