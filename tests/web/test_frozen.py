"""A static copy: every link leads somewhere, nothing comes from elsewhere, and renewing a copy gives what a new one would be."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import pytest

import kb
from kb import KnowledgeBase
from tests.conftest import SMALL_CUPBOARD
from web import cli, folder, frozen, frozen_links
from web.settings import Settings

TODAY = date(2026, 11, 22)
LIVE = "https://kast.example.nl"
CHANGES = {
    "proza": ("## Doel\n\n", "## Doel\n\nEen nieuwe zin. "),
    "titel": ("titel: ", "titel: Nieuwe "),
    "zwaarte": ("zwaarte: ", "zwaarte: licht #"),
    "ingetrokken": (
        "status: gepubliceerd",
        "status: ingetrokken\ningetrokken: {op: 2026-11-01, reden: Bestaat niet meer.}",
    ),
}
"""What an editor may change on a page of the small cupboard."""


class Seen(HTMLParser):
    """The links, the places one can link to, and the tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src", "action") if name in found]
        self.loaded += [found[name] for name in ("href", "src") if name in found and tag in ("link", "script", "img")]
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        self.inline += ["script"] if tag == "script" and "src" not in found else ["style"] if tag == "style" else []


def pages(path: Path) -> dict[str, Seen]:
    return {p.relative_to(path).as_posix(): Seen(p.read_text()) for p in sorted(path.rglob("*.html"))}


def files(path: Path) -> dict[str, bytes]:
    return {
        p.relative_to(path).as_posix(): p.read_bytes()
        for p in sorted(path.rglob("*"))
        if p.is_file() and p.name != folder.MANIFEST
    }


class Export(Protocol):
    def __call__(self, base: KnowledgeBase, path: Path, live: str = "", address: str = "") -> frozen.Result: ...


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Makes a copy; all of them share their templates, for making those takes longer than a small copy itself."""
    kept = tmp_path_factory.mktemp("sjablonen")

    def make(base: KnowledgeBase, path: Path, live: str = "", address: str = "") -> frozen.Result:
        return frozen.export(base, Settings(), path, frozen.Options(live, address, kept), TODAY)

    return make


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, echte_kast: KnowledgeBase, export: Export) -> Path:
    path = tmp_path_factory.mktemp("kopie") / "site"
    export(echte_kast, path)
    return path


@pytest.fixture(scope="module")
def seen(copy: Path) -> dict[str, Seen]:
    return pages(copy)


def broken(copy: Path, seen: dict[str, Seen]) -> Iterator[tuple[str, str]]:
    """Page and link, for every link that leads to no file or to no place in it."""
    there = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    for name, page in seen.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            target = target if parts.path else name
            known = seen[target].ids if target in seen else []
            if target not in there or (parts.fragment and parts.fragment not in known):
                yield name, link


# What is in it


def test_every_link_of_every_page_leads_somewhere(copy: Path, seen: dict[str, Seen]) -> None:
    assert list(broken(copy, seen)) == []


def test_no_link_starts_at_the_top_of_a_host(seen: dict[str, Seen]) -> None:
    assert not [(name, link) for name, page in seen.items() for link in page.links if link.startswith("/")]


def test_nothing_is_loaded_from_elsewhere(seen: dict[str, Seen]) -> None:
    assert not [(name, link) for name, page in seen.items() for link in page.loaded if urlsplit(link).scheme]


def test_nothing_on_a_page_needs_a_weaker_policy(seen: dict[str, Seen]) -> None:
    assert not [(name, page.inline) for name, page in seen.items() if page.inline]


def test_every_page_carries_the_policy(copy: Path, seen: dict[str, Seen]) -> None:
    assert not [name for name in seen if "default-src &#39;self&#39;" not in (copy / name).read_text()]


def test_there_is_a_page_for_every_intervention_and_every_factor(
    seen: dict[str, Seen], echte_kast: KnowledgeBase
) -> None:
    wanted = {f"interventies/{i.id}.html" for i in echte_kast.visible} | {
        f"factoren/{f}.html" for f in echte_kast.factors
    }
    assert wanted <= seen.keys()


def test_every_facet_can_be_browsed_without_javascript(seen: dict[str, Seen], echte_kast: KnowledgeBase) -> None:
    listed = set(seen[frozen_links.SEARCH].links)
    for facet in echte_kast.facets:
        counted = echte_kast.count({}, echte_kast.interventions)[facet.key]
        if facet.key != "factor":
            wanted = {f"lijst/{facet.key}-{option.code.replace('~', '-')}.html" for option in counted if option.count}
            assert wanted <= listed, facet.key


def test_a_list_shows_what_the_living_site_shows(seen: dict[str, Seen], echte_kast: KnowledgeBase) -> None:
    shown = [
        link.removeprefix("../interventies/")
        for link in seen["lijst/vorm-gezin.html"].links
        if "../interventies/" in link
    ]
    assert shown == [f"{i.id}.html" for i in echte_kast.filter({"vorm": ["gezin"]})]


def test_no_id_stands_twice_on_a_page(seen: dict[str, Seen]) -> None:
    assert not [name for name, page in seen.items() if len(page.ids) != len(set(page.ids))]


def test_a_withdrawn_page_keeps_its_address_with_the_reason(tmp_path: Path, export: Export) -> None:
    content = tmp_path / "inhoud"
    shutil.copytree(SMALL_CUPBOARD, content)
    page = next(p for p in sorted(content.glob("*.md")) if CHANGES["ingetrokken"][0] in p.read_text())
    page.write_text(page.read_text().replace(*CHANGES["ingetrokken"], 1))
    export(kb.load(content), tmp_path / "s")
    assert "Bestaat niet meer." in (tmp_path / "s" / "interventies" / f"{page.stem}.html").read_text()
    assert page.stem not in (tmp_path / "s" / frozen_links.SEARCH).read_text()


def test_a_concept_is_nowhere_in_it(tmp_path: Path, export: Export) -> None:
    content = tmp_path / "inhoud"
    shutil.copytree(SMALL_CUPBOARD, content)
    page = next(p for p in content.glob("*.md") if "status: gepubliceerd" in p.read_text())
    page.write_text(page.read_text().replace("status: gepubliceerd", "status: concept"))
    base = kb.load(content)
    export(base, tmp_path / "s")
    assert not [
        name
        for name, text in files(tmp_path / "s").items()
        if page.stem.encode() in text and name.startswith("interventies/")
    ]


def test_the_copy_says_when_it_was_made(copy: Path) -> None:
    assert "22 november 2026" in (copy / frozen.ABOUT_COPY).read_text()


def test_the_data_is_in_the_copy(copy: Path, echte_kast: KnowledgeBase) -> None:
    read = json.loads((copy / frozen_links.EVERYTHING).read_bytes())
    assert [i["id"] for i in read["interventies"]] == [i.id for i in echte_kast.visible]


def test_without_a_living_site_the_snelscan_is_not_in_the_menu(seen: dict[str, Seen]) -> None:
    assert not [link for link in seen["index.html"].links if "snelscan" in link]


def test_with_a_living_site_the_snelscan_leads_there(
    kleine_kast: KnowledgeBase, tmp_path: Path, export: Export
) -> None:
    export(kleine_kast, tmp_path / "s", live=LIVE)
    assert f"{LIVE}/snelscan" in pages(tmp_path / "s")["index.html"].links


def test_with_an_address_there_is_a_sitemap_and_a_404_that_works_at_any_depth(
    kleine_kast: KnowledgeBase, tmp_path: Path, export: Export
) -> None:
    export(kleine_kast, tmp_path / "s", address="https://kopie.example.nl/kast")
    listed = re.findall("<loc>(.*?)</loc>", (tmp_path / "s" / "sitemap.xml").read_text())
    assert all((tmp_path / "s" / url.removeprefix("https://kopie.example.nl/kast/")).is_file() for url in listed)
    assert len(listed) > 20
    assert all(urlsplit(link).scheme for link in pages(tmp_path / "s")["404.html"].links if not link.startswith("#"))


# Renewing


@pytest.fixture(scope="module")
def small_copy(tmp_path_factory: pytest.TempPathFactory, kleine_kast: KnowledgeBase, export: Export) -> Path:
    """A copy of the small cupboard; not to be changed."""
    path = tmp_path_factory.mktemp("klein") / "site"
    export(kleine_kast, path)
    return path


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_renewed_copy_is_the_same_as_a_new_one(
    tmp_path: Path, change: tuple[str, str], small_copy: Path, export: Export
) -> None:
    content = tmp_path / "inhoud"
    shutil.copytree(SMALL_CUPBOARD, content)
    shutil.copytree(small_copy, tmp_path / "oud")
    page = next(
        p
        for p in sorted(content.glob("*.md"))
        if "status: gepubliceerd" in p.read_text() and change[0] in p.read_text()
    )
    page.write_text(page.read_text().replace(*change, 1))
    renewed = export(kb.load(content), tmp_path / "oud")
    export(kb.load(content), tmp_path / "nieuw")
    assert files(tmp_path / "oud") == files(tmp_path / "nieuw")
    assert 0 < renewed.written < renewed.pages


ELSEWHERE = {
    "a companion that stopped": ("leerwerkplek.md", "beschikbaarheid: ", "beschikbaarheid: gestopt #"),
    "a page that is no longer shown": ("sportavond.md", "status: gepubliceerd", "status: concept"),
}
"""What changes on one page and is seen on another: gezinscoach-thuis.md names the first, and links to the second."""


@pytest.mark.parametrize("change", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_page_is_made_anew_when_another_that_it_names_changed(
    tmp_path: Path, change: tuple[str, str, str], export: Export
) -> None:
    content = tmp_path / "inhoud"
    shutil.copytree(SMALL_CUPBOARD, content)
    naming, (name, old, new) = content / "gezinscoach-thuis.md", change
    naming.write_text(naming.read_text().replace("## Doel\n\n", "## Doel\n\nZie de [sportavond](sportavond.md). ", 1))
    export(kb.load(content), tmp_path / "oud")
    before = (tmp_path / "oud" / "interventies" / "gezinscoach-thuis.html").read_bytes()
    page = content / name
    page.write_text(page.read_text().replace(old, new, 1))
    export(kb.load(content), tmp_path / "oud")
    export(kb.load(content), tmp_path / "nieuw")
    assert files(tmp_path / "oud") == files(tmp_path / "nieuw")
    assert files(tmp_path / "oud")["interventies/gezinscoach-thuis.html"] != before


def test_a_page_that_is_gone_is_gone_from_the_copy(tmp_path: Path, small_copy: Path, export: Export) -> None:
    content = tmp_path / "inhoud"
    shutil.copytree(SMALL_CUPBOARD, content)
    shutil.copytree(small_copy, tmp_path / "s")
    loose = next(
        p
        for p in content.glob("*.md")
        if not any(p.stem in other.read_text() for other in content.glob("*.md") if other != p)
    )
    loose.unlink()
    export(kb.load(content), tmp_path / "s")
    assert not (tmp_path / "s" / "interventies" / f"{loose.stem}.html").exists()


def test_an_unchanged_copy_is_left_alone(
    kleine_kast: KnowledgeBase, tmp_path: Path, small_copy: Path, export: Export
) -> None:
    shutil.copytree(small_copy, tmp_path / "s")
    assert export(kleine_kast, tmp_path / "s").written == 0


@pytest.mark.parametrize("room", ["kb", "web"])
def test_a_copy_is_made_anew_when_what_makes_it_was_touched(
    kleine_kast: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, export: Export, room: str
) -> None:
    monkeypatch.setattr(frozen, "ROOT", tmp_path / "programma")
    for each in frozen.ROOMS:
        (tmp_path / "programma" / each / "diep").mkdir(parents=True)
    template = tmp_path / "programma" / room / "diep" / "een.html"
    template.write_text("oud")
    made: list[str] = []
    real = frozen.SiteCopy.leaflet

    def noting(copy: frozen.SiteCopy, intervention: kb.Intervention) -> bytes:
        made.append(intervention.id)
        return real(copy, intervention)

    monkeypatch.setattr(frozen.SiteCopy, "leaflet", noting)
    counts = []
    for words in ("oud", "oud", "nul"):
        if template.read_text() != words:
            template.write_text(words)
        export(kleine_kast, tmp_path / "s")
        counts.append(len(set(made)))
        made.clear()
    assert counts[1] < counts[0] == counts[2]


def test_two_processes_make_what_one_makes(
    kleine_kast: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_copy: Path, export: Export
) -> None:
    monkeypatch.setattr(frozen, "MANY", 2)
    export(kleine_kast, tmp_path / "s")
    assert files(tmp_path / "s") == files(small_copy)


def test_an_empty_cupboard_still_makes_a_site(tmp_path: Path, echte_kast: KnowledgeBase, export: Export) -> None:
    export(KnowledgeBase((), echte_kast.factors), tmp_path / "s")
    assert list(broken(tmp_path / "s", pages(tmp_path / "s"))) == []


# On the command line


def test_kast_export_site_says_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAST_CONTENT", str(SMALL_CUPBOARD))
    monkeypatch.setenv("KAST_SNAPSHOT", str(tmp_path / "var" / "inhoud.json"))
    assert cli.main(["export", "site", str(tmp_path / "s"), "--live", f"{LIVE}/"]) == 0
    assert "bladzijden staan in" in capsys.readouterr().out
    assert f"{LIVE}/snelscan" in pages(tmp_path / "s")["index.html"].links


@pytest.mark.parametrize("option", ["--live", "--adres"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert cli.main(["export", "site", str(tmp_path / "s"), option, "kast.nl"]) == 2
    assert option in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_without_an_address_there_is_no_feed(copy: Path, seen: dict[str, Seen]) -> None:
    assert not (copy / frozen.FEED).exists()
    assert not [name for name, page in seen.items() if any(frozen.FEED in link for link in page.links)]


def test_with_an_address_the_feed_leads_to_the_pages_of_the_copy(
    kleine_kast: KnowledgeBase, tmp_path: Path, export: Export
) -> None:
    export(kleine_kast, tmp_path / "s", address="https://kopie.example.nl")
    assert "https://kopie.example.nl/interventies.html" in (tmp_path / "s" / frozen.FEED).read_text()
    assert list(broken(tmp_path / "s", pages(tmp_path / "s"))) == []
