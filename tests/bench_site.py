"""How fast a static copy is made, next to Hugo on the same content in the same run. Part of `make bench`.

Hugo makes the list, a page per intervention and a page per factor (its templates are in tests/hugo, with the same information).
`kast export site` makes those too, and lists per facet, overviews, open data and the data for search on top. So it is measured twice:
the command as it is, and a process with only the pages that Hugo makes (`Comparable`). Processes start as for a user, with the
compiled files that Python itself leaves behind; all write to memory where there is such a disk. Times of whole processes, in turn,
medians; the ratio counts, not the milliseconds. At the end where the time goes, in one process, without starting it.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import kb
from tests.generate import write_pages
from web import folder, frozen, frozen_links
from web.settings import Settings

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
        _where_it_goes(work)


def _measure(work: Path, hugo: Path | None) -> dict[str, list[tuple[float, float]]]:
    """Wall and processor seconds of every round, all makers in turn."""
    times: dict[str, list[tuple[float, float]]] = {}
    makers: dict[str, Callable[[], None]] = {
        "kast": lambda: _kast(work, "web.cli", "export", "site", str(work / "kast" / "site")),
        "kast, dezelfde bladzijden": lambda: _kast(work, "tests.bench_site", str(work / "kast" / "site")),
    }
    if hugo:
        makers["hugo"] = lambda: _run(["hugo", "--quiet", "--source", str(hugo)])
    makers["kast"]()  # leaves compiled files behind
    for number in range(ROUNDS):
        for name, make in makers.items():
            for made in (work / "kast", work / "hugo" / "public"):
                shutil.rmtree(made, ignore_errors=True)
            _time(times, f"{name}, van niets", make)
            _change(work / "inhoud", f"Ronde {number}.")
            if hugo:
                _change(hugo / "content" / "interventies", f"Ronde {number}.")
            _time(times, f"{name}, na één zin", make)
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
    ours, again = ("kast", "kast, dezelfde bladzijden"), "na één zin"
    pairs = [(f"hugo, {when}", f"{who}, {when}") for when in ("van niets", again) for who in ours]
    pairs += [("hugo, van niets", f"{who}, {again}") for who in ours]
    pairs += [(f"{who}, van niets", f"{who}, {again}") for who in ours]
    for other, own in pairs:
        if other in middle:
            (wall, spent), (own_wall, own_spent) = middle[other], middle[own]
            print(
                f"{f'{other} / {own}':<78} {wall / own_wall:9.2f} x    {spent / own_spent:9.2f} x processor", flush=True
            )


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


class Comparable(frozen.Job):
    """Of a copy only what Hugo makes too: the two lists, a page per intervention and a page per factor."""

    def run(self) -> frozen.Result:
        self.put(frozen_links.SEARCH, self.copy._key(*self.copy._facts.values()), self._all)
        self.put("factoren.html", self.copy._key(*self.copy._facts.values()), lambda: self.copy.overview("/factoren"))
        self._factors()
        self._leaflets()
        self._make_all()
        return frozen.Result(len(self.out.entries), self.out.written)


def _comparable(path: Path) -> None:
    """What `kast export site` does, for those pages."""
    from web.commands import export, knowledge

    settings = Settings()
    options = frozen.Options(cache=settings.snapshot.parent / "sjablonen")
    with export.kept(knowledge) as known, folder.opened(path, "vergelijking") as out:
        Comparable(frozen.SiteCopy(known, settings, options), out, date.today()).run()  # noqa: DTZ011


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
    _comparable(Path(sys.argv[1])) if sys.argv[1:] else main()
