"""*Werkt niet*: what did harm, had no effect or was turned down, with who says so and what did better. kb found it; this shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from kb import Concern, ConcernKind, Evidence, EvidenceLevel, Failure, Intervention, KnowledgeBase
from web import leaflet
from web.catalogue import address
from web.pages import Pages
from web.render import page

router = Pages()

PATH = "/werkt-niet"


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome on which it failed."""

    failure: Failure
    better: tuple[tuple[Intervention, Evidence], ...]
    href: str
    """All interventions for the same problem."""


@dataclass(frozen=True, slots=True)
class Item:
    intervention: Intervention
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows."""

    by_level: dict[EvidenceLevel, tuple[Item, ...]]
    """Harm, no effect and turned down; each intervention under its worst level only, with all its findings."""
    backfire: tuple[tuple[Intervention, Concern], ...]
    """Not in the lists above, but a source warns that it may work the wrong way."""


def overview(kb: KnowledgeBase) -> Overview:
    findings: dict[str, list[Failure]] = {}
    for failure in kb.failures:
        findings.setdefault(failure.id, []).append(failure)
    items = [Item(i, tuple(_findings(kb, findings[i.id]))) for i in _known(kb, findings)]
    levels = (EvidenceLevel.HARMFUL, EvidenceLevel.NO_EFFECT, EvidenceLevel.NOT_RECOGNISED)
    by_level = {level: tuple(item for item in items if item.findings[0].failure.level is level) for level in levels}
    backfire = tuple(
        (i, concern)
        for i in kb.interventions
        if i.id not in findings
        for concern in i.concerns
        if concern.kind is ConcernKind.BACKFIRE
    )
    return Overview({level: found for level, found in by_level.items() if found}, backfire)


def _known(kb: KnowledgeBase, ids: Iterable[str]) -> list[Intervention]:
    return [found for found in map(kb.get, ids) if found]


def _findings(kb: KnowledgeBase, failures: Iterable[Failure]) -> Iterable[Finding]:
    for failure in failures:
        better = [(found, each.evidence) for each in failure.better if (found := kb.get(each.id))]
        yield Finding(failure, tuple(better), address([("probleem", str(failure.problem))]))


@router.get(PATH)
async def what_fails(request: Request) -> HTMLResponse:
    return page(request, "failures.html", overview=overview(request.app.state.kb), leaflet=leaflet)
