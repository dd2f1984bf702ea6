"""Where an address of the living site leads in a static copy: to a file of the copy, to the living site, or to a page that explains.

Pure; knows which files there are, not how they are made. Every link in a copy is relative, so that it works in any folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape, unescape
from urllib.parse import parse_qsl

SEARCH = "interventies.html"
EVERYTHING = "data/kast.json"
NOT_HERE = "alleen-online.html"
"""Explains that something needs a server, for whoever follows a link to it."""
UP = "\x1f"
"""Stands in a piece of a page for the way back to the top of the copy, until it is known how deep the page lies."""
_LINK = re.compile(r'="/(?:(?<=href="/)|(?<=src="/)|(?<=action="/)|(?<=data-index="/))([^"]*)')
"""What leads somewhere within the site, from the = on; it begins with what is rare, because looking behind is slow."""
_API_PAGE = "/api/v1/interventies/"


def place(path: str) -> str:
    """The file for an address without a query: /interventies/kiva is interventies/kiva.html."""
    return f"{path.strip('/')}.html" if path.strip("/") else "index.html"


def way_up(name: str) -> str:
    """From a file back to the top of the copy."""
    return "../" * name.count("/")


@dataclass(frozen=True)
class Links:
    """The files of one copy."""

    known: frozenset[str]
    list_of: Callable[[str, str], str | None]
    """From a facet and a code to the file that lists what has it, if there is one."""
    live: str = ""
    """Address of the living site, when there is one."""

    def to(self, address: str) -> str:
        """Where an address leads, seen from the top of the copy; another site stays as it is."""
        rest, _, fragment = address.partition("#")
        path, _, query = rest.partition("?")
        return self._file(path, query, address) + (f"#{fragment}" if fragment else "")

    def _file(self, path: str, query: str, address: str) -> str:
        if path.startswith("/static/") or path == "/feed.atom":
            return path[1:] + (f"?{query}" if query else "")
        if path == "/interventies" and query:
            pairs = parse_qsl(query)
            listed = self.list_of(*pairs[0]) if len(pairs) == 1 else None
            return listed or f"{SEARCH}?{query}"
        if place(path) in self.known:
            return place(path)
        if path.startswith(_API_PAGE):
            return EVERYTHING
        return f"{self.live}{address.partition('#')[0]}" if self.live else NOT_HERE

    def relative(self, html: str) -> str:
        """The same piece of a page with every address of the site led to where it is in the copy, with UP in front."""
        pieces = _LINK.split(html)  # text, address, text, address, ..., text
        pieces[1::2] = map(self._target, pieces[1::2])
        return "".join(pieces)

    @cached_property
    def _target(self) -> Callable[[str], str]:
        """From an address without its slash to what stands in an attribute instead; pages share most of their links."""
        return lru_cache(maxsize=None)(self._led)

    def _led(self, address: str) -> str:
        found = self.to(unescape(f"/{address}"))
        return f'="{escape(found)}' if "://" in found else f'="{UP}{escape(found)}'
