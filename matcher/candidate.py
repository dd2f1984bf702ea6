"""An intervention as the matcher sees it: ages as a set, links per axis, judgements per outcome. Worked out once per knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kb import Basis, Evidence, Factor, Intervention, KnowledgeBase, Outcome
from matcher import weights as w
from matcher.advice import Link
from matcher.evidence import per_outcome


@dataclass(frozen=True, slots=True)
class Candidate:
    intervention: Intervention
    ages: frozenset[int] | None
    """Every year it is for, or None when it names none."""
    links: Mapping[str, Link]
    """Axis id to link."""
    judged: Mapping[Outcome, tuple[Evidence, ...]]
    """Judgements that count, per outcome."""


_made: WeakKeyDictionary[KnowledgeBase, tuple[Candidate, ...]] = WeakKeyDictionary()


def candidates(kb: KnowledgeBase) -> tuple[Candidate, ...]:
    """All published interventions, in the order of the knowledge base."""
    if kb not in _made:
        _made[kb] = tuple(candidate(intervention, kb.factors) for intervention in kb.interventions)
    return _made[kb]


def candidate(intervention: Intervention, factors: Mapping[str, Factor]) -> Candidate:
    ages = intervention.ages
    return Candidate(
        intervention=intervention,
        ages=frozenset(range(ages.start, ages.end + 1)) if ages else None,
        links=_links(intervention, factors),
        judged=per_outcome(intervention),
    )


def _links(intervention: Intervention, factors: Mapping[str, Factor]) -> dict[str, Link]:
    links: dict[str, Link] = {}
    for named in intervention.factor_links:
        if named.id in factors:
            axis = factors[named.id].axis
            before = links.get(axis, Link(0.0, ()))
            value = 1.0 if named.basis is Basis.EXPLICIT else w.DERIVED_LINK
            links[axis] = Link(max(before.value, value), (*before.factor_ids, named.id))
    return links
