"""How fast a static copy is made, next to Hugo on the same content in the same run. Part of `make bench`.

Hugo makes the list, a page per intervention and a page per factor, and they are the same pages as ours, element for element: before
the clock starts they are laid beside each other (see hugo_site). `kast export site` makes lists per facet, overviews, open data and
the data for search on top. So it is measured twice: the command as it is, and a process with only the pages that Hugo makes
(tests/comparable.py). Processes start as for a user, with the files that Python and Jinja compiled of the program in an earlier run;
all write to memory where there is such a disk. Times of whole processes, in turn; the ratio counts, not the milliseconds. Medians, and
the fastest round of each: a neighbour on the same processor may be busy for longer than one round, and not with all of them alike.
At the end where the time goes, in one process, without starting it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import kb
from tests import hugo_site
from tests.generate import write_pages
from web import folder, frozen
from web.settings import Settings

SIZE = 1_000
ROUNDS = 7
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
SAME_PAGES = "kast, dezelfde bladzijden"


def main(size: int = SIZE) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        work = Path(folder)
        known = kb.load()
        write_pages(work / "inhoud", size, known)
        hugo = work / "hugo" if shutil.which("hugo") else None
        if hugo is None:
            print("hugo ontbreekt: alleen de eigen tijden")
        makers = _makers(work, hugo)
        if hugo:
            hugo_site.prepare(hugo, work / "inhoud", known)
            _same_pages(work, makers, size)
        times = _measure(work, makers)
        _report(times, size)
        _where_it_goes(work)


def _makers(work: Path, hugo: Path | None) -> dict[str, Callable[[], None]]:
    """Everything that is measured: what makes it, once."""
    ours: dict[str, Callable[[], None]] = {
        "kast": lambda: _kast(work, "web.cli", "export", "site", str(work / "kast" / "site")),
        SAME_PAGES: lambda: _kast(work, "tests.comparable", str(work / "kast" / "site")),
    }
    return ours | ({"hugo": lambda: _run(["hugo", "--quiet", "--source", str(hugo)])} if hugo else {})


def _same_pages(work: Path, makers: dict[str, Callable[[], None]], size: int) -> None:
    """Is it the same work? Also when a page was changed and all is made again. Said, not demanded: this is no test."""
    for when, sentence in (("", ""), (" na één zin", "Eerst vergelijken.")):
        if sentence:
            _change(work, sentence)
        makers[SAME_PAGES]()
        makers["hugo"]()
        found = hugo_site.compare(work / "kast" / "site", work / "hugo" / "public")
        print(f"site van {size}: gelijke bladzijden{when} {found.same} van {found.of}", flush=True)
        if found.first_difference:
            print(f"  eerste verschil: {found.first_difference}", flush=True)


def _measure(work: Path, makers: dict[str, Callable[[], None]]) -> dict[str, list[tuple[float, float]]]:
    """Wall and processor seconds of every round, all makers in turn."""
    times: dict[str, list[tuple[float, float]]] = {}
    _clear(work)
    makers["kast"]()  # leaves compiled files behind
    for number in range(ROUNDS):
        for name, make in makers.items():
            _clear(work)
            _time(times, f"{name}, van niets", make)
            _change(work, f"Ronde {number}.")
            _time(times, f"{name}, na één zin", make)
    return times


def _clear(work: Path) -> None:
    """As if nothing was ever made of this content; what was compiled of the program itself stays."""
    for made in (work / "kast" / "site", work / "hugo" / "public"):
        shutil.rmtree(made, ignore_errors=True)
    for remembered in (work / "kast").glob("*.json"):
        remembered.unlink()


def _time(times: dict[str, list[tuple[float, float]]], name: str, run: Callable[[], None]) -> None:
    before, start = os.times(), time.perf_counter()
    run()
    wall, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    times.setdefault(name, []).append((wall, spent))


def _report(times: dict[str, list[tuple[float, float]]], size: int) -> None:
    found = {name: _summed_up(rounds) for name, rounds in times.items()}
    for name, (wall, fastest, spent) in found.items():
        print(
            f"{f'site van {size}: {name}':<78} {wall * 1000:9.0f} ms   {fastest * 1000:9.0f} ms snelst   "
            f"{spent * 1000:9.0f} ms processor",
            flush=True,
        )
    ours, again = ("kast", SAME_PAGES), "na één zin"
    pairs = [(f"hugo, {when}", f"{who}, {when}") for when in ("van niets", again) for who in ours]
    pairs += [("hugo, van niets", f"{who}, {again}") for who in ours]
    pairs += [(f"{who}, van niets", f"{who}, {again}") for who in ours]
    for other, own in pairs:
        if other in found:
            wall, fastest, spent = (theirs / ours for theirs, ours in zip(found[other], found[own], strict=True))
            print(
                f"{f'{other} / {own}':<78} {wall:9.2f} x    {fastest:9.2f} x  snelst   {spent:9.2f} x  processor",
                flush=True,
            )


def _summed_up(rounds: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Wall seconds, those of the fastest round, and processor seconds; the first and last are medians."""
    walls, spent = zip(*rounds, strict=True)
    return statistics.median(walls), min(walls), statistics.median(spent)


def _kast(work: Path, *command: str) -> None:
    """A module of ours as a process, with memory of its own."""
    own = {
        "KAST_CONTENT": work / "inhoud",
        "KAST_SNAPSHOT": work / "kast" / "inhoud.json",
        "KAST_HISTORY": work / "kast" / "git.json",
        "PYTHONPYCACHEPREFIX": work / "pyc",
    }
    as_a_user = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = as_a_user | {name: str(path) for name, path in own.items()}
    subprocess.run([sys.executable, "-m", *command], check=True, env=environment, stdout=subprocess.DEVNULL)


def _where_it_goes(work: Path) -> None:
    """Processor time of each part of a copy from nothing, in this process."""
    settings = Settings(content=work / "inhoud", history=work / "git.json")
    with _part("lezen en controleren"):
        known = kb.load(settings.content)
    with folder.opened(work / "delen", "site") as out:
        job = frozen.Job(frozen.SiteCopy(known, settings, frozen.Options()), out, date.today())  # noqa: DTZ011
        parts = {
            "sjablonen vertalen en links": job.copy.warm_up,
            "zoekgegevens": lambda: job.put("zoek", "", job._search_data),
            "bijsluiters": job._leaflets,
            "lijsten per kenmerk": job._listings,
            "factoren": job._factors,
            "overzichten": job._overviews,
        }
        for name, make in parts.items():
            with _part(name):
                make()
                job._write(out, job._wanted)
            job._wanted.clear()


@contextmanager
def _part(name: str) -> Iterator[None]:
    before = sum(os.times()[:4])
    yield
    print(f"{f'site: {name}':<78} {'':>15}{(sum(os.times()[:4]) - before) * 1000:9.0f} ms processor", flush=True)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _change(work: Path, sentence: str) -> None:
    """An editor adds a sentence to one page, in the content and in what Hugo has of it."""
    for pages in (work / "inhoud", work / "hugo" / "content" / "interventies"):
        for page in sorted(pages.glob("*.md"))[SIZE // 3 : SIZE // 3 + 1]:
            text = page.read_text(encoding="utf-8")
            page.write_text(text.replace("## Doel\n\n", f"## Doel\n\n{sentence} ", 1), encoding="utf-8")


if __name__ == "__main__":
    main()
