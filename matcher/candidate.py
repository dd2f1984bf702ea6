"""An intervention as the matcher sees it: ages as a set, links per axis, judgements per outcome. Worked out once, knows no question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb import Basis, Character, ConcernKind, Factor, Intervention, Judged, LvbFit, per_outcome
from matcher import weights as w
from matcher.advice import Link, Reason
from matcher.cautions import cautions
from matcher.evidence import Verdict, verdicts


@dataclass(frozen=True, slots=True)
class Candidate:
    intervention: Intervention
    ages: frozenset[int] | None
    """Every year of youth it is for, or None when it names none."""
    links: Mapping[str, Link]
    """Axis id to link."""
    grounds: frozenset[str]
    """Axes on which it works according to a source."""
    only_with: frozenset[str]
    """Axes of which at least one must show; empty when it is for more."""
    never_with: frozenset[str]
    """Axes and situations that rule it out."""
    cautions: tuple[Reason, ...]
    """What warns against it, whatever is asked."""
    judged: Judged
    """Judgements that count, per outcome."""
    verdicts: tuple[Verdict, ...]
    """What they come to on every outcome, the best first."""


def candidate(intervention: Intervention, axis_of: Mapping[str, str]) -> Candidate:
    """`axis_of` gives the axis of every factor id of the taxonomy."""
    ages, links, judged = _ages(intervention), _links(intervention, axis_of), per_outcome(intervention)
    return Candidate(
        intervention=intervention,
        ages=ages,
        links=links,
        grounds=frozenset(axis for axis, link in links.items() if link.value == 1.0),
        only_with=frozenset(axis_of[factor] for factor in intervention.only_with if factor in axis_of),
        never_with=frozenset(axis_of.get(named, named) for named in intervention.never_with),
        cautions=tuple(cautions(intervention, ages or frozenset())),
        judged=judged,
        verdicts=verdicts(judged, intervention.checked_on.year),
    )


def axes_of(factors: Mapping[str, Factor]) -> dict[str, str]:
    return {factor.id: factor.axis for factor in factors.values()}


def _ages(intervention: Intervention) -> frozenset[int] | None:
    ages = intervention.ages
    return frozenset(range(ages.start, max(ages.start, min(ages.end, w.OLDEST)) + 1)) if ages else None


def _links(intervention: Intervention, axis_of: Mapping[str, str]) -> dict[str, Link]:
    links: dict[str, Link] = {}
    for named in intervention.factor_links:
        axis = axis_of.get(named.id)
        if axis:
            before = links.get(axis, Link(0.0, ()))
            value = 1.0 if named.basis is Basis.EXPLICIT else w.DERIVED_LINK
            links[axis] = Link(max(before.value, value), (*before.factor_ids, named.id))
    return links


def made_for_lvb(candidate: Candidate) -> bool:
    """Does it help youths with a mild intellectual disability? What limits or selects never does."""
    intervention = candidate.intervention
    limits = intervention.character is Character.LIMITING or any(
        c.kind is ConcernKind.PRIVACY for c in intervention.concerns
    )
    adapted = intervention.lvb in (LvbFit.ALSO, LvbFit.ONLY)
    return (adapted or w.LVB_AXIS in candidate.links) and not limits
