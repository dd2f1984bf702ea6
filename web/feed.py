"""What was added and changed, newest first, as an Atom feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response

from kb import Intervention, KnowledgeBase
from web.changes import Known, in_words
from web.pages import Pages

router = Pages()

NEWEST = 50
"""Changes in the feed."""
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news."""

    intervention: Intervention
    on: datetime
    title: str
    words: str


def newest(kb: KnowledgeBase, known: Known, limit: int = NEWEST) -> list[Entry]:
    """What was added or changed, newest first; pages that are only looked over are no news."""
    found = [entry for intervention in kb.visible for entry in _entries(intervention, known)]
    return sorted(found, key=lambda entry: (-entry.on.timestamp(), entry.intervention.id))[:limit]


def _entries(intervention: Intervention, known: Known) -> Iterator[Entry]:
    told = known.of(intervention)
    if told is None:
        return
    yield Entry(intervention, told.added, f"Nieuw: {intervention.title}", intervention.summary)
    for change in told.changes:
        if change.what:
            kind = "Ingetrokken" if change.what == ("ingetrokken",) else "Bijgewerkt"
            yield Entry(intervention, change.on, f"{kind}: {intervention.title}", in_words(change.what))


def feed(entries: Sequence[Entry], base_url: str, otherwise: datetime) -> bytes:
    """An Atom feed (RFC 4287); without entries it is as old as `otherwise`."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "nl"})
    _add(root, "title", "Apothekerskast Jeugd: nieuw en bijgewerkt")
    _add(root, "id", f"{base_url}/feed.atom")
    _add(root, "updated", max((entry.on for entry in entries), default=otherwise).isoformat())
    ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{base_url}/feed.atom"})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "href": f"{base_url}/interventies"})
    _add(ElementTree.SubElement(root, "author"), "name", "Apothekerskast Jeugd")
    for entry in entries:
        _add_entry(root, entry, base_url)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_entry(root: ElementTree.Element, entry: Entry, base_url: str) -> None:
    address = f"{base_url}/interventies/{entry.intervention.id}"
    element = ElementTree.SubElement(root, "entry")
    _add(element, "title", entry.title)
    _add(element, "id", f"{address}#{entry.on:%Y%m%dT%H%M%S}")
    _add(element, "updated", entry.on.isoformat())
    ElementTree.SubElement(element, "link", {"rel": "alternate", "href": address})
    _add(element, "summary", entry.words)


def _add(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, name).text = words


@router.get("/feed.atom")
def atom(request: Request) -> Response:
    state = request.app.state
    entries = newest(state.kb, state.history)
    body = feed(entries, state.settings.base_url, _last_check(state.kb))
    return Response(body, media_type="application/atom+xml")


def _last_check(kb: KnowledgeBase) -> datetime:
    """Midnight of the last day that any page was looked over; 1970 when there is no page."""
    days = (intervention.checked_on for intervention in kb.interventions)
    last = max(days, default=None)
    return datetime.combine(last, time(), UTC) if last else datetime.fromtimestamp(0, UTC)
