"""The description of our open data for data catalogues: DCAT-AP-NL 3.0 as JSON-LD. Knows which files there are, not what is in them.

Written as plain JSON: the document has a fixed shape, and a test holds it against what DCAT-AP-NL makes mandatory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from web.open_data import Download
    from web.settings import Settings

LICENCE = "http://creativecommons.org/licenses/by/4.0/deed.nl"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority"
_THEMES = ({"@id": f"{_EU}/data-theme/JUST"}, {"@id": f"{_EU}/data-theme/SOCI"})
"""Justitie, rechtsstelsel en openbare veiligheid; bevolking en samenleving."""
_PUBLIC = {"@id": f"{_EU}/access-right/PUBLIC"}
_DUTCH = {"@id": f"{_EU}/language/NLD"}
_NOW_AND_THEN = {"@id": f"{_EU}/frequency/IRREG"}
_TITLE = "Interventies tegen jeugdcriminaliteit"
_DESCRIPTION = (
    "Alle interventies van de Digitale Apothekerskast Jeugd, met het bewijs per uitkomst en de bronnen, en de risicofactoren en "
    "beschermende factoren waaraan zij werken. Er staan geen gegevens over personen in."
)
_KEYWORDS = ("jeugdcriminaliteit", "interventies", "preventie", "risicofactoren", "beschermende factoren", "gemeenten")

Node = dict[str, Any]


def describe(
    settings: Settings, downloads: Sequence[Download], updated: date, address: Callable[[Download], str]
) -> Node:
    """The catalogue with its one dataset, a distribution per file, and the API. `address` says where a file can be had."""
    base = settings.base_url
    shared = {
        "dct:publisher": _publisher(settings),
        "dcat:contactPoint": _contact(settings),
        "dct:accessRights": _PUBLIC,
        "dcat:theme": list(_THEMES),
        "dct:language": _DUTCH,
    }
    dataset = f"{base}/api#dataset"
    return {
        "@context": CONTEXT,
        "@id": f"{base}/api#catalogus",
        "@type": "dcat:Catalog",
        "dct:title": _nl("Open data van de Apothekerskast Jeugd"),
        "dct:description": _nl("Wat de Apothekerskast Jeugd als open data uitgeeft."),
        "dct:publisher": shared["dct:publisher"],
        "dcat:contactPoint": shared["dcat:contactPoint"],
        "dct:language": _DUTCH,
        "dct:license": {"@id": LICENCE},
        "dct:modified": _day(updated),
        "dcat:dataset": [
            shared
            | _dataset(dataset, shared, updated)
            | {"dcat:distribution": [_distribution(d, address(d)) for d in downloads]}
        ],
        "dcat:service": [shared | _service(base, dataset)],
    }


def _dataset(identifier: str, shared: Node, updated: date) -> Node:
    return {
        "@id": identifier,
        "@type": "dcat:Dataset",
        "dct:identifier": identifier,
        "dct:title": _nl(_TITLE),
        "dct:description": _nl(_DESCRIPTION),
        "dct:creator": shared["dct:publisher"],
        "dct:license": {"@id": LICENCE},
        "dct:modified": _day(updated),
        "dct:accrualPeriodicity": _NOW_AND_THEN,
        "dcat:keyword": [_nl(word) for word in _KEYWORDS],
    }


def _distribution(download: Download, address: str) -> Node:
    return {
        "@type": "dcat:Distribution",
        "dct:title": _nl(download.title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:license": {"@id": LICENCE},
        "dct:format": {"@id": f"{_EU}/file-type/{download.file_type}"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{download.media_type.partition(';')[0]}"
        },
    }


def _service(base: str, dataset: str) -> Node:
    return {
        "@id": f"{base}/api#dienst",
        "@type": "dcat:DataService",
        "dct:identifier": f"{base}/api#dienst",
        "dct:title": _nl("API van de Apothekerskast Jeugd"),
        "dct:description": _nl("Zoeken, filteren en advies opvragen, zonder sleutel, volgens de API Design Rules."),
        "dct:license": {"@id": LICENCE},
        "dcat:endpointURL": {"@id": f"{base}/api/v1"},
        "dcat:endpointDescription": {"@id": f"{base}/api/v1/openapi.json"},
        "dcat:servesDataset": {"@id": dataset},
    }


def _publisher(settings: Settings) -> Node:
    named: Node = {"@type": "foaf:Agent", "foaf:name": _nl(settings.publisher)}
    return named | ({"@id": settings.publisher_uri} if settings.publisher_uri else {})


def _contact(settings: Settings) -> Node:
    return {
        "@type": "vcard:Organization",
        "vcard:fn": _nl(settings.publisher),
        "vcard:hasEmail": {"@id": f"mailto:{settings.contact}"},
    }


def _nl(text: str) -> Node:
    return {"@value": text, "@language": "nl"}


def _day(day: date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
