"""An advice as JSON: one form for the API and for `kast match --json`. Keys are Dutch; the keys of the contract come first."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from assessment import Questionnaire
from kb import Intervention
from matcher import (
    EMPHASES,
    Advice,
    Axis,
    Exclusion,
    Helpful,
    Package,
    PackageMember,
    Reason,
    Recommendation,
    Step,
    Wishes,
    moved,
    why_not,
)


class Reden(TypedDict):
    criterium: str
    punten: float
    tekst: str
    factoren: list[str]


class Aanbeveling(TypedDict):
    id: str
    score: float
    redenen: list[Reden]
    titel: str
    past: str
    dekt: list[str]
    loopt_al: bool
    plaats: int
    stabiliteit: float


class Uitsluiting(TypedDict):
    id: str
    reden: str
    poort: str
    titel: str


class As(TypedDict):
    """One axis with its figures; `factoren` are the scored factors on it."""

    id: str
    factoren: list[str]
    behoefte: float
    gewicht: float
    zekerheid: float
    trend: int


class ReceptDeel(TypedDict):
    id: str
    voegt_toe: list[str]
    waarom: str


class Recept(TypedDict):
    """The recept with another aim."""

    naam: str
    waarom: str
    delen: list[ReceptDeel]
    dekt_niet: list[str]
    opmerkingen: list[str]


class Stap(TypedDict):
    titel: str
    tekst: str


class Advies(TypedDict):
    uitkomst: str
    prioriteiten: list[str]
    vlaggen: list[str]
    aanbevolen: list[Aanbeveling]
    uitgesloten: list[Uitsluiting]
    recept: list[str]
    recept_uitleg: list[ReceptDeel]
    recept_dekt_niet: list[str]
    recept_opmerkingen: list[str]
    assen: list[As]
    eerst_uitzoeken: list[str]
    achtergrond: list[str]
    voorzieningen: list[Aanbeveling]
    stappen: list[Stap]
    niet_meegewogen: list[str]
    voorlopig: bool
    acuut: bool
    versie: str
    recept_alternatieven: list[Recept]


class Vraag(TypedDict):
    """The question whose answer would change the first five most; `verandering` is the expected share of them."""

    factor: str
    vraag: str
    tekst: str
    verandering: float


class Gewicht(TypedDict):
    criterium: str
    telt: str


class Waarom(TypedDict):
    id: str
    titel: str
    tekst: str


class AdviesOpAdres(Advies):
    """What the address asks beyond the advice itself."""

    meest_helpende_vraag: Vraag | None
    gewichten: list[Gewicht]
    weggelaten: list[str]
    verschoven: list[str]
    waarom_niet: Waarom | None


def advice_as_json(advice: Advice, top: int | None = None) -> Advies:
    """Plain values, ready for JSON. `top` keeps only the best; everything else stays."""
    priorities, package = advice.priorities, advice.package
    return {
        "uitkomst": str(advice.result),
        "prioriteiten": _ids(priorities.act),
        "vlaggen": [factor.id for factor in priorities.flags],
        "aanbevolen": [_recommendation(r) for r in advice.recommended[:top]],
        "uitgesloten": [_exclusion(e) for e in advice.excluded],
        "recept": [member.recommendation.intervention.id for member in package.members] if package else [],
        "recept_uitleg": [_member(member) for member in package.members] if package else [],
        "recept_dekt_niet": _ids(package.uncovered) if package else [],
        "recept_opmerkingen": list(package.notes) if package else [],
        "assen": [_axis(axis) for axis in (*priorities.act, *priorities.find_out, *priorities.background)],
        "eerst_uitzoeken": _ids(priorities.find_out),
        "achtergrond": _ids(priorities.background),
        "voorzieningen": [_recommendation(r) for r in advice.services],
        "stappen": [_step(step) for step in advice.steps],
        "niet_meegewogen": list(advice.not_weighed),
        "voorlopig": advice.provisional,
        "acuut": advice.acute,
        "versie": advice.version,
        "recept_alternatieven": [_package(other) for other in advice.alternatives],
    }


def with_address(
    body: Advies,
    found: Advice,
    before: Advice,
    wishes: Wishes,
    helpful: Helpful | None,
    asked_about: Intervention | None,
    questionnaire: Questionnaire,
) -> AdviesOpAdres:
    """The same, with what the page says about doubt, *wat als* and *waarom niet*."""
    words = {multiplier: word for word, multiplier in EMPHASES.items()}
    return {
        **body,
        "meest_helpende_vraag": _question(helpful, questionnaire) if helpful else None,
        "gewichten": [{"criterium": name, "telt": words[value]} for name, value in sorted(wishes.emphasis.items())],
        "weggelaten": sorted(wishes.left_out),
        "verschoven": list(moved(before, found)),
        "waarom_niet": _why(found, asked_about) if asked_about else None,
    }


def _question(helpful: Helpful, questionnaire: Questionnaire) -> Vraag:
    item = next(item for item in questionnaire.items(short=True) if item.factor == helpful.factor.id)
    return {"factor": helpful.factor.id, "vraag": item.id, "tekst": item.text, "verandering": helpful.change}


def _why(advice: Advice, intervention: Intervention) -> Waarom:
    return {"id": intervention.id, "titel": intervention.title, "tekst": why_not(advice, intervention)}


def _ids(axes: Iterable[Axis]) -> list[str]:
    return [axis.id for axis in axes]


def _recommendation(recommendation: Recommendation) -> Aanbeveling:
    return {
        "id": recommendation.intervention.id,
        "score": recommendation.score,
        "redenen": [_reason(reason) for reason in recommendation.reasons],
        "titel": recommendation.intervention.title,
        "past": str(recommendation.fit),
        "dekt": _ids(recommendation.covers),
        "loopt_al": recommendation.running,
        "plaats": recommendation.place,
        "stabiliteit": recommendation.steady,
    }


def _reason(reason: Reason) -> Reden:
    return {
        "criterium": reason.criterion,
        "punten": reason.points,
        "tekst": reason.text,
        "factoren": list(reason.factor_ids),
    }


def _exclusion(exclusion: Exclusion) -> Uitsluiting:
    return {
        "id": exclusion.intervention.id,
        "reden": exclusion.text,
        "poort": exclusion.gate,
        "titel": exclusion.intervention.title,
    }


def _axis(axis: Axis) -> As:
    return {
        "id": axis.id,
        "factoren": [factor.id for factor in axis.factors],
        "behoefte": axis.need,
        "gewicht": axis.weight,
        "zekerheid": axis.confidence,
        "trend": axis.trend,
    }


def _member(member: PackageMember) -> ReceptDeel:
    return {
        "id": member.recommendation.intervention.id,
        "voegt_toe": _ids(member.adds),
        "waarom": member.why,
    }


def _package(package: Package) -> Recept:
    return {
        "naam": package.name,
        "waarom": package.why,
        "delen": [_member(member) for member in package.members],
        "dekt_niet": _ids(package.uncovered),
        "opmerkingen": list(package.notes),
    }


def _step(step: Step) -> Stap:
    return {"titel": step.title, "tekst": step.text}
