"""A static copy of the catalogue: every page as a file that any web host, or no host at all, can show. Knows which pages there are.

The pages are those of the living site, made by the same functions and templates; only the frame around them differs. A page is made
anew when what it shows has changed, and a copy that was cut short stays usable (see `folder`). Where links lead: `frozen_links`.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemBytecodeCache, FileSystemLoader
from markupsafe import Markup
from pydantic_core import to_json

from kb import Facet, Factor, Intervention, KnowledgeBase, is_stale, twofold
from web import catalogue, changes, factors, folder, frozen_links, render
from web.folder import Folder
from web.frozen_links import UP, Links, place, way_up
from web.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

KIND = "site"
ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("kb", "assessment", "matcher", "web")
MADE_WITH = (".py", ".yaml", ".csv", ".html", ".css", ".js", ".svg")
"""How the names of files end that pages are made with."""
OVERVIEWS = {
    "/": "catalogue.home",
    "/factoren": "factors.factors",
    "/over": "catalogue.about",
    "/privacy": "catalogue.privacy",
    "/toegankelijkheid": "catalogue.accessibility",
    "/verantwoording": "accountability.accountability",
    "/werkt-niet": "failures.what_fails",
    "/witte-vlekken": "gaps.gaps",
}
"""Pages of the living site that are also in the copy, besides those of interventions and factors; with what makes them."""
OF_THE_RULES = ("/privacy", "/toegankelijkheid")
"""Of those, the ones that say nothing of what is in the cupboard."""
ABOUT_COPY, OPEN_DATA, NOT_FOUND, ROBOTS = "over-deze-kopie.html", "api.html", "404.html", "robots.txt"
FEED = "feed.atom"
ASSETS = ("*.css", "*.svg", "kast.js", "zoek.js", "zoekmachine.js")
"""Static files that pages of a copy ask for."""
SEARCH_DATA = "static/zoekgegevens.js"
MANY = 300
"""Pages from which a second process pays for itself."""
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
"""That of the living site, without what only a header can say."""
_PROSE = b',"tekst":{'
"""Where the prose begins in the JSON of a page: it comes last, and within a text quotation marks are escaped."""
_CUT = "\x1d"
_BARE = f"{{% block title %}}{{% endblock %}}{_CUT}{{% block head %}}{{% endblock %}}{_CUT}{{% block main %}}{{% endblock %}}"
_FRAME_NAME = "frozen_frame"
_FRAME = (
    f'{{% extends "base.html" %}}{{% block title %}}{_CUT}{{% endblock %}}{{% block head %}}{_CUT}{{% endblock %}}'
    f"{{% block main %}}{_CUT}{{% endblock %}}"
)


Wanted = tuple[str, Callable[[], bytes]]
"""The name of a file, and what makes it."""
Told = tuple[dict[str, list[Any]], int]
"""What another process wrote: the entries for the manifest, and how many files were new."""


class Options(NamedTuple):
    """What one can choose about a copy."""

    live: str = ""
    """Address of the living site, for what needs a server; empty when there is none."""
    address: str = ""
    """Address where the copy will stand; makes a sitemap possible and links on the 404 page that work at any depth."""
    cache: Path | None = None
    """Folder for compiled templates."""

    @property
    def has_feed(self) -> bool:
        return bool(self.live or self.address)


class Frozen(NamedTuple):
    """What templates may know about the copy they are in."""

    live: str
    feed: bool
    """A feed speaks of addresses on the web: it needs a living site, or the address of the copy."""
    policy: str = POLICY


class Listing(NamedTuple):
    """A page with everything that has one option of a facet."""

    facet: Facet
    code: str
    label: str
    members: tuple[Intervention, ...]

    @property
    def file(self) -> str:
        return _list_file(self.facet.key, self.code)


def _list_file(key: str, code: str) -> str:
    return f"lijst/{key}-{code.replace('~', '-')}.html"


class Result(NamedTuple):
    """What an export did."""

    pages: int
    written: int


class SiteCopy:
    """One copy of one knowledge base."""

    def __init__(self, kb: KnowledgeBase, settings: Settings, options: Options) -> None:
        self.kb = kb
        self.settings = settings
        self.options = options
        self.history = changes.Known(settings.content, settings.history)
        self._frames: dict[tuple[str, str], list[bytes]] = {}
        self._cards: dict[str, Markup] = {}

    # ---- what there is ------------------------------------------------------------------------------------------------

    @cached_property
    def lists(self) -> tuple[Listing, ...]:
        """Every facet but the factors, which have pages of their own; only options that lead somewhere."""
        return tuple(
            Listing(facet, code, label, tuple(self.kb.having(facet.key)[code]))
            for facet in self.kb.facets
            if facet.key != "factor"
            for code, label in facet.options.items()
            if code in self.kb.having(facet.key)
        )

    @cached_property
    def links(self) -> Links:
        pages = [
            *(f"/interventies/{i.id}" for i in self.kb.visible),
            *(f"/factoren/{factor_id}" for factor_id in self.kb.factors),
        ]
        own = {frozen_links.SEARCH, frozen_links.NOT_HERE, ABOUT_COPY, OPEN_DATA}
        return Links(frozenset(own.union(map(place, (*OVERVIEWS, *pages)))), self._list_of, self.options.live)

    def _list_of(self, key: str, code: str) -> str | None:
        """Asked per link and not listed for all: a copy of which little changed has few links to make."""
        if key == "factor":
            return place(f"/factoren/{code}") if code in self.kb.factors else None
        return _list_file(key, code) if key in self._facets and code in self.kb.having(key) else None

    @cached_property
    def _facets(self) -> frozenset[str]:
        return frozenset(facet.key for facet in self.kb.facets)

    @cached_property
    def _rules(self) -> bytes:
        """Of all code, templates and words that pages are made with, and of what was chosen: when one is touched, all is made anew."""
        chosen = (self.settings.contact, self.settings.base_url, self.options)
        touched = sorted(told for room in ROOMS for told in _touched(ROOT / room))
        return blake2b(repr((chosen, touched)).encode(), digest_size=16).digest()

    @cached_property
    def _facts(self) -> dict[str, bytes]:
        """Digests of everything that is known of every page but the prose: what other pages may show of it."""
        told = ((id_, written.rpartition(_PROSE)[0]) for id_, written in self.kb.as_read.items())
        return {id_: blake2b(facts, digest_size=16).digest() for id_, facts in told}

    @cached_property
    def _addresses(self) -> bytes:
        """Digest of what there is to link to: a text may name any other page."""
        return blake2b("\n".join(sorted(self.links.known)).encode(), digest_size=16).digest()

    def _key(self, *parts: bytes | str) -> str:
        """Other when anything that a page is made of is other."""
        told = (part if isinstance(part, bytes) else part.encode() for part in parts)
        return blake2b(b"\0".join((self._rules, *told)), digest_size=16).hexdigest()

    # ---- how a page is made -------------------------------------------------------------------------------------------

    def warm_up(self) -> None:
        """Make what all pages share: templates, frames and where links lead."""
        if first := next(iter(self.kb.visible), None):
            self.leaflet(first)

    @cached_property
    def _templates(self) -> Environment:
        """The templates of the site, with a bare frame: the real one is put around it afterwards."""
        loader = ChoiceLoader([DictLoader({"base.html": _BARE}), FileSystemLoader(render.HERE / "templates")])
        return self._for_copy(render.new_environment(loader, self._cache("kaal")))

    @cached_property
    def _framed(self) -> Environment:
        loader = ChoiceLoader([DictLoader({_FRAME_NAME: _FRAME}), FileSystemLoader(render.HERE / "templates")])
        return self._for_copy(render.new_environment(loader, self._cache("heel")))

    def _for_copy(self, env: Environment) -> Environment:
        env.globals.update(frozen=Frozen(self.options.live, self.options.has_feed), card=self._card)
        return env

    def _cache(self, name: str) -> FileSystemBytecodeCache | None:
        if self.options.cache is None:
            return None
        path = self.options.cache / f"{name}-{render.compiler_version()}"
        path.mkdir(parents=True, exist_ok=True)
        return FileSystemBytecodeCache(str(path))

    def _card(self, item: catalogue.Card) -> Markup:
        """A card is on many pages; it is made once, with its links already in place."""
        found = self._cards.get(item.intervention.id)
        if found is None:
            html = self.links.relative(str(render.card(self._templates, item)))
            found = self._cards[item.intervention.id] = Markup(html)  # noqa: S704  made by a template that escapes
        return found

    def request(self, path: str) -> Request:
        """As much of a request as a page of a copy looks at: nobody asks for it, so that there is no more."""
        asked = SimpleNamespace(
            app=SimpleNamespace(state=self),
            url=SimpleNamespace(path=path),
            query_params=SimpleNamespace(multi_items=tuple),
            scope={render.TEMPLATES: self._templates},
        )
        return cast("Request", asked)

    @cached_property
    def questionnaire(self) -> Any:
        from assessment import Questionnaire

        return Questionnaire.load()

    def framed(self, name: str, path: str, bare: str, up: str | None = None) -> bytes:
        """A whole page: title, head and main part in the frame of the copy, with links that start where the page lies."""
        to_top = way_up(name) if up is None else up
        before, between, inside, after = self._frame(path, to_top)
        title, head, main = self._led(bare, to_top)
        return b"".join((before, title, between, head, inside, main, after))

    def _led(self, html: str, to_top: str) -> list[bytes]:
        """The parts of a piece of a page, with links that start there."""
        return self.links.relative(html).replace(UP, to_top).encode().split(_CUT.encode())

    def _frame(self, path: str, to_top: str) -> list[bytes]:
        """The frame with the right item of the menu marked, in four parts."""
        section = path if path.count("/") == 1 else f"{path[: path.rfind('/')]}/x"
        if (section, to_top) not in self._frames:
            html = self._framed.get_template(_FRAME_NAME).render(request=self.request(section))
            self._frames[section, to_top] = self._led(html, to_top)
        return self._frames[section, to_top]

    def leaflet(self, intervention: Intervention) -> bytes:
        path = f"/interventies/{intervention.id}"
        return self.framed(place(path), path, _answer(catalogue.intervention(self.request(path), intervention.id)))

    def factor(self, factor: Factor) -> bytes:
        path = f"/factoren/{factor.id}"
        return self.framed(place(path), path, _answer(factors.factor(self.request(path), factor.id)))

    def overview(self, path: str) -> bytes:
        module, _, function = OVERVIEWS[path].partition(".")
        view = getattr(import_module(f"web.{module}"), function)
        return self.framed(place(path), path, _answer(view(self.request(path))))

    def own(self, name: str, template: str, path: str, up: str | None = None, **context: Any) -> bytes:
        """A page that only a copy has."""
        bare = self._templates.get_template(template).render(request=self.request(path), **context)
        return self.framed(name, path, bare, up)

    def cards(self, members: Iterable[Intervention]) -> Markup:
        return Markup("\n".join(self._card(catalogue.Card(i)) for i in members))  # noqa: S704  made by a template that escapes


def _touched(folder: str | Path) -> Iterator[tuple[str, int, int, int]]:
    """Of every file in it that pages are made with: where it is, its size, and when it and what is known of it changed."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _touched(entry.path)
        elif entry.name.endswith(MADE_WITH):
            found = entry.stat()
            yield entry.path, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _answer(asked: Any) -> str:
    """What a page function gives. It never waits for anything, so that it can be run to its end at once."""
    try:
        asked.send(None)
    except StopIteration as done:
        return _text(done.value)
    raise RuntimeError("een bladzijde van de kopie wacht op iets")


def _text(response: Response) -> str:
    return response.text if isinstance(response, render.Unsent) else bytes(response.body).decode()


# ---- the export ---------------------------------------------------------------------------------------------------------


class Job:
    """One run: makes what changed, keeps what did not."""

    def __init__(self, copy: SiteCopy, out: Folder, today: date) -> None:
        self.copy = copy
        self.out = out
        self.today = today
        self._wanted: list[Wanted] = []

    def put(self, name: str, key: str, make: Callable[[], bytes]) -> None:
        """A file to be made, unless it is there already, made of the same."""
        self.out.memory[name] = key
        if self.out.remembered.get(name) != key or not self.out.keep(name):
            self._wanted.append((name, make))

    def run(self) -> Result:
        from web import open_data

        copy, out = self.copy, self.out
        self.put(SEARCH_DATA, copy._key(*copy.kb.as_read.values()), self._search_data)
        with self._made_apart():
            for path in sorted(found for pattern in ASSETS for found in render.STATIC.glob(pattern)):
                out.write(f"static/{path.name}", path.read_bytes())
            out.write(frozen_links.EVERYTHING, open_data.as_json(copy.kb))
            self._overviews()
            self._own_pages()
            self._listings()
            self._factors()
            self._leaflets()
            self._make_all()
        self._about_the_copy()
        return Result(sum(name.endswith(".html") for name in out.entries), out.written)

    @contextmanager
    def _made_apart(self) -> Iterator[None]:
        """What is wanted up to now, made by another process meanwhile."""
        wanted, self._wanted = self._wanted, []
        if not wanted:
            yield
            return
        with twofold.beside(self._write_apart, wanted) as other:
            yield
            self._take_over(other())

    def _make_all(self) -> None:
        if len(self._wanted) < MANY:
            self._write(self.out, self._wanted)
            return
        self.copy.warm_up()  # templates and frames are made before the split, so that both have them
        with twofold.shared(self._wanted) as line, twofold.beside(self._write_apart, line) as other:
            self._write(self.out, line)
            self._take_over(other())

    def _write(self, out: Folder, wanted: Iterable[Wanted]) -> None:
        for name, make in wanted:
            out.write(name, make())

    def _write_apart(self, wanted: Iterable[Wanted]) -> Told:
        """In another process: what was written, for `_take_over`."""
        out = self.out.part()
        self._write(out, wanted)
        return out.entries, out.written

    def _take_over(self, told: Told | None) -> None:
        """What the other process wrote is ours too. Raises OSError when it stopped halfway."""
        if told is None:
            raise OSError("het tweede proces is gestopt")
        entries, written = told
        for name, entry in entries.items():
            self.out.adopt(name, entry)
        self.out.written += written

    def _leaflets(self) -> None:
        today = changes.today()
        for i in self.copy.kb.visible:
            self.put(place(f"/interventies/{i.id}"), self._leaflet_key(i, today), partial(self.copy.leaflet, i))

    def _leaflet_key(self, i: Intervention, today: date) -> str:
        copy = self.copy
        companions = (copy._facts[other.id] for other in map(copy.kb.get, i.combines_with) if other)
        told = copy.history.of(i)
        stale = "te lang niet nagekeken" if is_stale(i, today) else ""
        prose = copy.kb.as_read[i.id].rpartition(_PROSE)[2]
        return copy._key(
            copy._addresses, copy._facts[i.id], prose, stale, told.model_dump_json() if told else "", *companions
        )

    def _factors(self) -> None:
        """A factor shows what works on both its sides."""
        copy, sides = self.copy, defaultdict[str, list[bytes]](list)
        for factor in copy.kb.factors.values():
            sides[factor.axis] += (copy._facts[i.id] for i in copy.kb.working_on(factor.id))
        for factor in copy.kb.factors.values():
            key = copy._key(factor.id, *sides[factor.axis])
            self.put(place(f"/factoren/{factor.id}"), key, partial(copy.factor, factor))

    def _listings(self) -> None:
        copy = self.copy
        for one in copy.lists:
            key = copy._key(one.file, *(copy._facts[i.id] for i in one.members))
            self.put(one.file, key, partial(self._listing, one))
        whole = copy._key(frozen_links.SEARCH, *copy._facts.values())
        self.put(frozen_links.SEARCH, whole, self._all)

    def _listing(self, one: Listing) -> bytes:
        cards = self.copy.cards(one.members)
        return self.copy.own(one.file, "frozen_list.html", "/interventies/x", listing=one, cards=cards)

    def _all(self) -> bytes:
        by_facet: dict[str, list[Listing]] = {}
        for one in self.copy.lists:
            by_facet.setdefault(one.facet.label, []).append(one)
        cards = self.copy.cards(self.copy.kb.interventions)
        return self.copy.own(
            frozen_links.SEARCH, "frozen_catalogue.html", "/interventies", by_facet=by_facet, cards=cards,
            interventions=self.copy.kb.interventions,
        )  # fmt: skip

    def _search_data(self) -> bytes:
        """What the search in the browser needs; a script and no JSON, because a page from a disk may not fetch."""
        kb = self.copy.kb
        codes = {f"{one.facet.key}~{one.code}": [i.id for i in one.members] for one in self.copy.lists}
        codes |= {f"factor~{factor}": [i.id for i in kb.working_on(factor)] for factor in kb.factors}
        data = kb.search_data() | {"kenmerken": codes}
        return b"window.kastZoekgegevens=%s;" % to_json(data)

    def _overviews(self) -> None:
        changing = self.copy._key("overzichten", *self.copy._facts.values())
        for path in OVERVIEWS:
            key = self.copy._key(path) if path in OF_THE_RULES else changing
            self.put(place(path), key, partial(self.copy.overview, path))

    def _own_pages(self) -> None:
        copy, key, address = self.copy, self.copy._key(), self.copy.options.address
        not_here = partial(copy.own, frozen_links.NOT_HERE, "frozen_only_online.html", "/x")
        data = partial(copy.own, OPEN_DATA, "frozen_data.html", "/api", everything=frozen_links.EVERYTHING)
        not_found = partial(copy.own, NOT_FOUND, "frozen_not_found.html", "/x", f"{address}/" if address else None)
        self.put(frozen_links.NOT_HERE, key, not_here)
        self.put(OPEN_DATA, key, data)
        self.put(NOT_FOUND, key, not_found)

    def _about_the_copy(self) -> None:
        """What is new in every copy, and what tells of all its files."""
        copy, options = self.copy, self.copy.options
        about: dict[str, Any] = {
            "made_on": self.today,
            "version": program_version(),
            "total": len(copy.kb.interventions),
            "settings": copy.settings,
        }
        self.out.write(ABOUT_COPY, copy.own(ABOUT_COPY, "frozen_about.html", "/over-deze-kopie", **about))
        self.out.write(ROBOTS, _robots(options.address).encode())
        if options.has_feed:
            self.out.write(FEED, self._feed())
        if options.address:
            self.out.write("sitemap.xml", _sitemap(options.address, self.out.entries).encode())

    def _feed(self) -> bytes:
        """The feed of the living site; where the copy has an address of its own, its entries lead there."""
        from web import feed

        asked, address = _text(feed.atom(self.copy.request(f"/{FEED}"))), self.copy.options.address
        base = re.escape(self.copy.settings.base_url)
        led = re.sub(rf"{base}(/interventies(?:/[a-z0-9-]+)?)", rf"{address}\1.html", asked) if address else asked
        return led.replace(
            f"{self.copy.settings.base_url}/{FEED}", f"{address or self.copy.options.live}/{FEED}"
        ).encode()


def export(kb: KnowledgeBase, settings: Settings, path: Path, options: Options, today: date) -> Result:
    """Make or renew a copy in a folder. Raises folder.FolderError when the folder cannot be used."""
    with folder.opened(path, KIND) as out:
        return Job(SiteCopy(kb, settings, options), out, today).run()


def program_version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and asked once

    try:
        return version("apothekerskast")
    except PackageNotFoundError:
        return "onbekend"


def _robots(address: str) -> str:
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}/sitemap.xml\n" if address else "")


def _sitemap(address: str, names: Iterable[str]) -> str:
    pages = sorted(name for name in names if name.endswith(".html") and name not in (NOT_FOUND, frozen_links.NOT_HERE))
    return "\n".join(_sitemap_lines(address, pages))


def _sitemap_lines(address: str, pages: Iterable[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    for name in pages:
        yield f"<url><loc>{address}/{name}</loc></url>"
    yield "</urlset>\n"
