"""The region for Platform IVZ: how many metingen, which agreed priorities are shared, and scores of the region. No area, no ranking.

Scores only from three gemeenten on, as means over gemeenten. Names of gemeenten stand only with what they agreed to work on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from assessment import (
    MIN_MUNICIPALITIES,
    Profile,
    get_municipality,
    municipalities,
    region_scores,
    store,
)
from kb import Factor, KnowledgeBase
from web import accounts
from web.accounts import Account
from web.beside import profiles_in, words
from web.visitors import Doors, database, regional, show

router = Doors()

NAME = "Twente"
TILES: Mapping[str, tuple[int, int]] = {
    "GM1700": (1, 0), "GM0183": (2, 0), "GM1774": (3, 0),
    "GM0163": (0, 1), "GM0189": (1, 1), "GM0141": (2, 1), "GM0173": (3, 1), "GM0168": (4, 1),
    "GM1742": (0, 2), "GM0147": (2, 2), "GM0164": (3, 2), "GM0153": (4, 2),
    "GM1735": (2, 3), "GM0158": (3, 3),
}  # fmt: skip
"""Column and row of each gemeente, roughly where it lies."""
SHADES = (0, 1, 2, 4)
"""From so many metingen on, the next shade. A shade says how much was measured, never what was found."""
SHARED_FROM = 2
"""A priority of this many gemeenten is shared."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One gemeente on the map."""

    name: str
    column: int
    row: int
    count: int
    shade: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The name in pieces that fit on a square."""
        first, sign, rest = self.name.partition("-")
        return (first + sign, rest) if sign else tuple(self.name.rsplit(" ", 1))


def tiles(counts: Mapping[str, int]) -> Iterator[Tile]:
    for municipality in municipalities():
        if municipality.code in TILES:
            column, row = TILES[municipality.code]
            count = counts.get(municipality.code, 0)
            shade = sum(count >= least for least in SHADES) - 1
            yield Tile(municipality.name.removesuffix(" (O.)"), column, row, count, shade)


@dataclass(frozen=True, slots=True)
class Shared:
    """One subject that several gemeenten agreed to work on."""

    factor: Factor
    """The first factor of the axis, whose name people know."""
    names: tuple[str, ...]


def shared(kb: KnowledgeBase, agreed: Mapping[str, Iterable[str]]) -> list[Shared]:
    """From gemeente to the axes it agreed on: what is shared, by most first, then by name."""
    first = {factor.axis: factor for factor in reversed(kb.factors.values())}
    by_axis = {axis: sorted(_name(code) for code, axes in agreed.items() if axis in set(axes)) for axis in first}
    found = [Shared(first[axis], tuple(names)) for axis, names in by_axis.items() if len(names) >= SHARED_FROM]
    return sorted(found, key=lambda one: (-len(one.names), one.factor.name))


def _name(code: str) -> str:
    found = get_municipality(code)
    return found.name if found else code


@dataclass(frozen=True, slots=True)
class Row:
    """One factor in the region, in words."""

    factor: Factor
    words: str
    municipalities: int


def rows(kb: KnowledgeBase, profiles: Mapping[str, Sequence[Profile]]) -> list[tuple[str, list[Row]]]:
    """Per leefgebied, in the order of the taxonomy."""
    found = region_scores(profiles)
    shown = [factor for factor_id, factor in kb.factors.items() if factor_id in found]
    made = [(f.domain.label, Row(f, words(f, found[f.id].score), found[f.id].municipalities)) for f in shown]
    made.sort(key=lambda pair: list(dict.fromkeys(f.domain.label for f in shown)).index(pair[0]))
    return [(label, [row for _, row in group]) for label, group in groupby(made, key=lambda pair: pair[0])]


@router.get("/regio", regional)
def region(request: Request, account: Account) -> Response:
    """What the gemeenten of Twente have in common."""
    kb: KnowledgeBase = request.app.state.kb
    with database(request).read() as session:
        metingen = store.all_in(session, list(TILES))
        agreed = {
            code: {row.axis for meting in group for row in store.agreed(session, meting)[1] if row.place}
            for code, group in groupby(metingen, key=lambda meting: meting.municipality)
        }
        profiles = profiles_in(session, kb, metingen)
    counts = Counter(meting.municipality for meting in metingen)
    return show(
        request,
        "region.html",
        account=account,
        name=NAME,
        tiles=list(tiles(counts)),
        total=sum(counts.values()),
        shared=shared(kb, agreed),
        rows=rows(kb, profiles),
        minimum=MIN_MUNICIPALITIES,
        organisation=accounts.organisation_name(account.organisation),
    )
