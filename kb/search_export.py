"""The tables of the search as plain data, for a search in the browser (web/static/zoekmachine.js). How to search with it:

1. Read the query as kb/reading.py does: plain spelling, words, `stopwoorden` out. Per word what it may stand for, with how
   sure that is: its own stem (`stamregels` in order; `woorden` says the stem of a known word), the last word as beginning
   of `woorden`, what sounds the same (`klanken`), neighbours joined, `lekenwoorden` (one to three stems, by a space),
   and else words at most one or two slips away. Constants are in `getallen`, under their name in the code.
2. Per word and per page the best of those: points = worth x sureness x rarity of the stem (`vindplaatsen`: page, worth
   and field, per stem), and answered = what the field answers x sureness squared.
3. `manieren` of which the stems were typed, weighed by rarity, for at least PHRASE_FLOOR: strength = (typed / whole)^2,
   with two stems at least if it has more than one. A concept gives CONCEPT x strength x (0.4 + rarity) x link to its
   pages, a name NAME_PHRASE x strength x share of the query; both answer the words that were used.
4. `namen`, all letters in a row: NAME_EXACT, NAME_BEGINS x (0.3 + 0.7 x share of letters), NAME_ALIKE x similarity^6.
5. Total = points x (0.25 + 0.75 x answered part of the query), for pages found by a name, by a telling phrase, or with
   COVERAGE_FLOOR answered; drop what has less than RELATIVE_FLOOR of the best; ties in the order of `bladzijden`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kb import search_numbers
from kb.reading import numbers_of
from kb.search_tables import Tables


def as_plain(tables: Tables) -> dict[str, Any]:
    """Everything of the tables that a search elsewhere needs, with Dutch keys."""
    columns = (tables.postings.items, tables.postings.values.round(3), tables.parts)
    places = list(zip(*(column.tolist() for column in columns), strict=True))
    return {
        "bladzijden": [{"id": page.id, "titel": page.title} for page in tables.pages],
        "leeftijden_van_bladzijden": tables.ages.T.tolist(),
        "velden": [{"naam": part.label, "antwoord": part.answers} for part in search_numbers.FIELDS],
        "stammen": list(tables.terms),
        "zeldzaamheid": [round(rarity, 4) for rarity in tables.rarities],
        "vindplaatsen": [places[tables.postings[term]] for term in range(len(tables.terms))],
        "woorden": {word: tables.terms[stem] for word, stem in tables.vocabulary.stem_of.items()},
        "begrippen": [_concept(tables, number) for number in range(len(tables.concepts))],
        "manieren": _ways(tables),
        "namen": tables.pages_of,
        "getallen": numbers_of(search_numbers),
    }


def _concept(tables: Tables, number: int) -> dict[str, Any]:
    concept, cut = tables.concepts[number], tables.links[number]
    links = zip(tables.links.items[cut].tolist(), tables.links.values[cut].round(3).tolist(), strict=True)
    return {"soort": concept.label, "naam": concept.name, "bladzijden": list(links)}


def _ways(tables: Tables) -> list[dict[str, Any]]:
    """Each way to say something: its stems, and the concept or the page it leads to."""
    stems: dict[int, list[int]] = defaultdict(list)
    for term in range(len(tables.terms)):
        for phrase in (*tables.single.get(term, ()), *tables.longer.get(term, ())):
            stems[phrase].append(term)
    first, leads = len(tables.concepts), tables.phrase_concepts
    return [
        {"stammen": own} | ({"begrip": to} if to < first else {"bladzijde": to - first})
        for own, to in ((stems[phrase], leads[phrase]) for phrase in sorted(stems))
    ]
