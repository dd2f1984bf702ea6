"""What the cupboard covers and where it is empty: factor by prevention level, with the best evidence there is. Pure; knows no page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pydantic import Field

from kb.evidence import LADDER, PROVEN, best_level, strongest
from kb.model import (
    Certainty,
    Changeability,
    Choice,
    Domain,
    EvidenceLevel,
    Factor,
    Intervention,
    Outcome,
    PreventionLevel,
    Record,
    Slug,
    Strength,
)


class Ground(Choice):
    """How firm the ground is in one cell of the matrix."""

    PROVEN = "aanwijzingen", "Aanwijzingen", "ten minste één interventie met aanwijzingen dat het werkt"
    FOUNDED = "onderbouwd", "Onderbouwd", "de theorie klopt; een effect is niet aangetoond"
    DESCRIBED = "beschreven", "Beschreven", "het staat op papier; de werking is niet beoordeeld"
    NOT_ASSESSED = "niet-beoordeeld", "Niet beoordeeld", "er is iets, maar niemand heeft het beoordeeld"
    FAILED = "werkt-niet", "Werkt niet", "wat er is, is afgewezen, had geen effect of was schadelijk"
    EMPTY = "leeg", "Niets", "de kast heeft hiervoor niets"


GROUNDS: dict[EvidenceLevel, Ground] = dict(
    zip(
        LADDER,
        (Ground.PROVEN,) * 3
        + (Ground.FOUNDED,)
        + (Ground.DESCRIBED,) * 2
        + (Ground.NOT_ASSESSED,)
        + (Ground.FAILED,) * 3,
        strict=True,
    )
)


class CoverageCell(Record):
    level: PreventionLevel = Field(alias="preventieniveau", description="hoe gericht")
    ground: Ground = Field(alias="dekking", description="hoe stevig het beste is dat er ligt")
    best: EvidenceLevel | None = Field(
        alias="beste_bewijs",
        description="het sterkste bewijs voor de gevraagde uitkomst, of voor welke ook; null als er niets is",
    )
    interventions: tuple[Slug, ...] = Field(alias="interventies", description="ids, op volgorde van titel")
    proven: int = Field(alias="met_aanwijzingen", description="hoeveel daarvan aanwijzingen voor effect hebben")


class CoverageRow(Record):
    """One axis: two factors that are two sides of one thing are covered together."""

    axis: Slug = Field(alias="as", description="as van de factoren")
    factors: tuple[Slug, ...] = Field(alias="factoren", description="ids van de factoren van deze as, risico eerst")
    domain: Domain = Field(alias="leefgebied", description="leefgebied")
    strength: Strength | None = Field(
        alias="sterkte", description="verband met delicten; null als er geen maat is gevonden"
    )
    changeability: Changeability = Field(alias="beinvloedbaar", description="hoe goed het te veranderen is")
    cells: tuple[CoverageCell, ...] = Field(alias="vakken", description="één vak per preventieniveau")

    @property
    def is_proven(self) -> bool:
        return any(cell.ground is Ground.PROVEN for cell in self.cells)

    @property
    def is_gap(self) -> bool:
        """Something can be done about it, and nothing was shown to help: what can hardly be changed is no gap."""
        return not self.is_proven and self.changeability is not Changeability.HARDLY


class Coverage(Record):
    total: int = Field(alias="totaal", description="hoeveel interventies zijn meegeteld")
    rows: tuple[CoverageRow, ...] = Field(
        alias="rijen", description="per leefgebied, het sterkste verband met delicten eerst"
    )

    def count(self, ground: Ground) -> int:
        """Cells on this ground."""
        return sum(cell.ground is ground for row in self.rows for cell in row.cells)


def coverage(
    factors: Mapping[str, Factor], interventions: Iterable[Intervention], outcome: Outcome | None = None
) -> Coverage:
    """The gap matrix of these interventions over all factors. An intervention counts for the axis of every factor it names.

    With an outcome only what is known about that outcome counts as evidence.
    """
    pool = tuple(interventions)
    sides: dict[str, list[Factor]] = defaultdict(list)
    for factor in factors.values():
        sides[factor.axis].append(factor)
    best = {i.id: best_level(i, outcome) for i in pool}
    working: dict[str, list[Intervention]] = defaultdict(list)
    for i in pool:
        for axis in {factors[link.id].axis for link in i.factor_links if link.id in factors}:
            working[axis].append(i)
    rows = [_row(axis, found, working[axis], best) for axis, found in sides.items()]
    return Coverage(totaal=len(pool), rijen=tuple(sorted(rows, key=lambda row: _place(row, factors))))


def _place(row: CoverageRow, factors: Mapping[str, Factor]) -> tuple[int, int, str]:
    strengths = (Strength.LARGE, Strength.MEDIUM, Strength.SMALL, None)
    return list(Domain).index(row.domain), strengths.index(row.strength), factors[row.factors[0]].name.casefold()


def _row(
    axis: str, sides: Iterable[Factor], working: Iterable[Intervention], best: Mapping[str, EvidenceLevel]
) -> CoverageRow:
    ordered = sorted(sides, key=lambda f: not f.is_risk)
    first = ordered[0]
    return CoverageRow(
        **{"as": axis},
        factoren=tuple(f.id for f in ordered),
        leefgebied=first.domain,
        sterkte=measured_strength(ordered),
        beinvloedbaar=min((f.changeability for f in ordered), key=list(Changeability).index),
        vakken=tuple(
            _cell(level, [i.id for i in working if level in i.prevention_levels], best) for level in PreventionLevel
        ),
    )


def measured_strength(sides: Iterable[Factor]) -> Strength | None:
    """The largest strength for which a measure was read; a neutral starting value is no finding."""
    found = [f.strength for f in sides if f.strength_certainty is not Certainty.LOW]
    return max(found, key=list(Strength).index, default=None)


def _cell(level: PreventionLevel, ids: list[str], best: Mapping[str, EvidenceLevel]) -> CoverageCell:
    found = strongest(best[i] for i in ids)
    return CoverageCell(
        preventieniveau=level,
        dekking=GROUNDS[found] if found else Ground.EMPTY,
        beste_bewijs=found,
        interventies=tuple(ids),
        met_aanwijzingen=sum(best[i] in PROVEN for i in ids),
    )
