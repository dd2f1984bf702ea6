"""The same catalogue for Hugo: its folder made ready, and its pages laid beside ours. Knows no times; see bench_site.

What an author of a Hugo site keeps as data is written here from our own closed lists: words of codes, the factors, addresses of
static files. What follows from the pages themselves (what works on a factor, titles, order, counts, dates, sentences) is worked
out by the templates in tests/hugo.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import kb
from kb import Choice, KnowledgeBase
from kb.knowledge_base import HOME_REGION
from kb.model import NO_UPPER_AGE
from kb.review import MONTHS_UNTIL_REVIEW, MONTHS_UNTIL_REVIEW_LOCAL
from kb.words import towns_of
from web import factors, frozen, leaflet, render

TEMPLATES = Path(__file__).with_name("hugo")
PAGES = ("interventies.html", "factoren.html", "interventies/*.html", "factoren/*.html")
"""What both make: the two lists, a page per intervention and a page per factor."""
LISTS: tuple[type[Choice], ...] = (
    kb.Kind,
    kb.Form,
    kb.Gender,
    kb.PreventionLevel,
    kb.Intensity,
    kb.Setting,
    kb.ProblemKind,
    kb.RoleInApproach,
    kb.Outcome,
    kb.EvidenceLevel,
    kb.Basis,
    kb.Availability,
    kb.ConcernKind,
    kb.Situation,
    kb.Unit,
    kb.FactorKind,
    kb.Domain,
    kb.Strength,
    kb.Changeability,
    kb.Ground,
)
_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_BLOCK = r"<(?!/?(?:a|strong|em|span|code|time|br|svg|label|input)\b)"
"""Beside these elements a space is seen; beside any other it is only layout of the file."""
_BEFORE_BLOCK, _AFTER_BLOCK = re.compile(f" {_BLOCK}"), re.compile(f"({_BLOCK}[^>]*>) ")
_SAME_ADDRESS = re.compile("%2[89]")
"""The only thing that may differ: Hugo writes brackets in an address as %28 and %29, which leads to the same place."""


def prepare(site: Path, content: Path, known: KnowledgeBase) -> None:
    """Make a folder of Hugo: our templates for it, the content files as they are, and what goes with them as data."""
    shutil.copytree(TEMPLATES, site)
    shutil.copytree(content, site / "content" / "interventies")
    (site / "content" / "factoren").mkdir()
    for factor_id in known.factors:
        (site / "content" / "factoren" / f"{factor_id}.md").write_text("---\n---\n", encoding="utf-8")
    (site / "data").mkdir()
    for name, data in (("words", _words(known)), ("factors", _factors(known))):
        (site / "data" / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _factors(known: KnowledgeBase) -> list[dict[str, Any]]:
    """The list of factors in its own order."""
    return [factor.model_dump(by_alias=True, mode="json", exclude_none=True) for factor in known.factors.values()]


def _words(known: KnowledgeBase) -> dict[str, Any]:
    """All that does not follow from the pages: the words of the site and its rules."""
    return {
        "site": render.SITE,
        "policy": frozen.POLICY,
        "static": {path.name: render.static(path.name)[1:] for path in render.STATIC.glob("*.*")},
        "months": render.MONTHS,
        "not_found": kb.NOT_FOUND,
        "studied": render.STUDIED,
        "no_upper_age": NO_UPPER_AGE,
        "review_after": {"usual": MONTHS_UNTIL_REVIEW, "local": MONTHS_UNTIL_REVIEW_LOCAL},
        "lists": {choice.__name__: [_choice(member) for member in choice] for choice in LISTS},
        "marks": {
            level: {"shape": m.shape, "filled": m.filled, "spoken": m.spoken} for level, m in leaflet.MARKS.items()
        },
        "ground_of": kb.GROUNDS,
        "page_certainty": leaflet.CERTAINTY_WORDS,
        "factor_certainty": factors.CERTAINTY_WORDS,
        "steps": factors.STEPS,
        "ages": [{"code": code, "from": ages.start, "to": ages.end} for code, (_, ages) in kb.AGE_BANDS.items()],
        "home_towns": sorted(towns_of(HOME_REGION)),
        "facets": [
            {
                "key": facet.key,
                "label": facet.label,
                "options": [{"code": c, "label": w} for c, w in facet.options.items()],
            }
            for facet in known.facets
            if facet.key != "factor"
        ],
    }


def _choice(member: Choice) -> dict[str, str]:
    return {"code": str(member), "label": member.label, "meaning": member.meaning}


# ---- are the pages the same? ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many pages are the same, of how many; and of the first that is not, what differs first."""

    same: int
    of: int
    first_difference: str = ""


def compare(ours: Path, theirs: Path) -> Comparison:
    """Lay the pages that both make beside each other: elements, attributes and text, whatever the layout of the file."""
    names = sorted({*_pages(ours), *_pages(theirs)})
    different = [(name, found) for name in names if (found := _difference(ours / name, theirs / name))]
    first = f"{different[0][0]}: {different[0][1]}" if different else ""
    return Comparison(len(names) - len(different), len(names), first)


def _pages(site: Path) -> Iterator[str]:
    return (path.relative_to(site).as_posix() for pattern in PAGES for path in site.glob(pattern))


def _difference(ours: Path, theirs: Path) -> str:
    """What differs first between two pages; empty when they are the same."""
    if not (ours.exists() and theirs.exists()):
        return "bestaat alleen bij " + ("kast" if ours.exists() else "hugo")
    own, other = _without_layout(ours), _without_layout(theirs)
    if own == other:
        return ""
    pieces = zip_longest(_pieces(own), _pieces(other))
    return next((f"kast {one!r}, hugo {two!r}" for one, two in pieces if one != two), "")


def _without_layout(page: Path) -> str:
    """A page with one space for white space, none beside a block, and one spelling of quotes. Most pages are the same by now."""
    html = b" ".join(page.read_bytes().split()).decode()
    html = _AFTER_BLOCK.sub(r"\1", _BEFORE_BLOCK.sub("<", html))
    return html.replace("&#39;", "'").replace("&#34;", "&quot;")


def _pieces(html: str) -> list[str]:
    """The tags and texts of a page in order, with characters for entities; but how one begins stays, so that no text becomes a tag."""
    return [_SAME_ADDRESS.sub(_unquoted, piece[0] + unescape(piece[1:])) for piece in _TOKEN.findall(html)]


def _unquoted(found: re.Match[str]) -> str:
    return unquote(found[0])
