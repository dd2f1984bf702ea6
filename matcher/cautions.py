"""What warns against an intervention whatever is asked: reasons that never give points. Knows no question."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from kb import Availability, ConcernKind, Form, Intervention, PreventionLevel
from matcher import weights as w
from matcher.advice import Reason


def cautions(intervention: Intervention, ages: AbstractSet[int]) -> Iterator[Reason]:
    """What a source warns for, points once per kind; risk youths brought together without parents or school; an example from abroad."""
    seen: set[ConcernKind] = set()
    for concern in intervention.concerns:
        cost = 0.0 if concern.kind in seen else w.PENALTIES.get(concern.kind, 0.0)
        seen.add(concern.kind)
        yield Reason(str(concern.kind), cost, f"{concern.kind.label}: {concern.text}")
    if ConcernKind.GROUP_EFFECT not in seen and brings_risk_youths_together(intervention, ages):
        text = "Brengt jongeren met problemen bij elkaar, zonder ouders of school: zij kunnen elkaar versterken."
        yield Reason(str(ConcernKind.GROUP_EFFECT), w.PENALTIES[ConcernKind.GROUP_EFFECT], text)
    if intervention.availability is Availability.ABROAD:
        text = "Een voorbeeld uit het buitenland: u zou het hier zelf moeten opzetten."
        yield Reason("buitenland", w.PENALTIES["buitenland"], text)


def brings_risk_youths_together(intervention: Intervention, ages: AbstractSet[int]) -> bool:
    """Only a group, indicated or judicial, with youths of 11-17: Dishion, McCord & Poulin 1999. Reading an existing group is not this."""
    targeted = set(intervention.prevention_levels) <= {PreventionLevel.INDICATED, PreventionLevel.JUDICIAL}
    return targeted and set(intervention.forms) == {Form.GROUP} and not w.RISK_AGES.isdisjoint(ages)
