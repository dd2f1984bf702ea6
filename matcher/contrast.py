"""Why not, and what if: one intervention against the advice, and one advice against another. Words for people; computes no scores."""

from __future__ import annotations

from collections.abc import Iterator

from kb import Intervention
from matcher import weights as w
from matcher.advice import Advice, Recommendation, Result

FIRST = w.FIRST_SCREEN


def why_not(advice: Advice, intervention: Intervention) -> str:
    """One paragraph: the gate that closed, or what keeps this below the first five."""
    if advice.result is not Result.ADVICE:
        return f"Er is geen rangorde, dus ook {intervention.title} heeft geen plaats. Lees eerst wat u kunt doen."
    closed = next((e for e in advice.excluded if e.intervention.id == intervention.id), None)
    if closed:
        return f"{intervention.title} valt af. {closed.text}"
    shown = advice.recommended + advice.services
    found = next((r for r in shown if r.intervention.id == intervention.id), None)
    if found is None:
        return f"{intervention.title} is geen gepubliceerde bladzijde en telt niet mee."
    if found in advice.recommended[:FIRST]:
        return f"{intervention.title} staat er wel bij, op plaats {found.place}."
    return f"{intervention.title} {_standing(advice, found)}{_what_holds_it_back(advice, found)}"


def _standing(advice: Advice, found: Recommendation) -> str:
    if found in advice.services:
        return "staat apart, bij de voorzieningen en instrumenten: nuttig naast een aanpak, maar geen kern ervan."
    return f"staat op plaats {found.place} van {len(advice.recommended)}."


def _what_holds_it_back(advice: Advice, found: Recommendation) -> str:
    """Its reasons that fall furthest behind those of the first, largest first; at most three."""
    if not advice.recommended:
        return ""
    best = points_by_criterion(advice.recommended[0])
    own = points_by_criterion(found)
    behind = sorted((own.get(c, 0.0) - best.get(c, 0.0), c) for c in best.keys() | own.keys())[:3]
    texts = [text for gap, criterion in behind if gap < 0 and (text := _text(found, criterion))]
    missing = [criterion for gap, criterion in behind if gap < 0 and not _text(found, criterion)]
    if not texts and missing == ["dekking"]:
        texts = ["Het werkt aan geen van uw prioriteiten."]
    return (
        " Wat scheelt met de eerste: " + " ".join(texts)
        if texts
        else " Het scheelt op veel punten een beetje met de eerste."
    )


def points_by_criterion(recommendation: Recommendation) -> dict[str, float]:
    totals: dict[str, float] = {}
    for reason in recommendation.reasons:
        totals[reason.criterion] = totals.get(reason.criterion, 0.0) + reason.points
    return totals


def _text(recommendation: Recommendation, criterion: str) -> str:
    """The sentence of a criterion; of several, the one with the lowest points."""
    found = [reason for reason in recommendation.reasons if reason.criterion == criterion]
    return min(found, key=lambda reason: reason.points).text if found else ""


def moved(before: Advice, after: Advice) -> Iterator[str]:
    """What a change of the question did to the first five, and why, in sentences; nothing when nothing moved."""
    if before.result is not after.result:
        yield "Door uw wijziging verandert de uitslag als geheel."
        return
    was = {r.intervention.id: r for r in before.recommended}
    now = {r.intervention.id: r for r in after.recommended}
    for found in after.recommended[:FIRST]:
        earlier = was.get(found.intervention.id)
        if earlier is None:
            yield f"{found.intervention.title} is nieuw: eerst viel deze af."
        elif before.recommended.index(earlier) >= FIRST:
            yield f"{found.intervention.title} komt bij de eerste vijf{_because(earlier, found)}."
    for earlier in before.recommended[:FIRST]:
        later = now.get(earlier.intervention.id)
        if later is None:
            yield f"{earlier.intervention.title} valt nu af."
        elif later not in after.recommended[:FIRST]:
            yield f"{earlier.intervention.title} gaat uit de eerste vijf{_because(earlier, later)}."


def _because(before: Recommendation, after: Recommendation) -> str:
    """The criterion whose points changed most, with its sentence of now, or the one that holds no more."""
    was, now = points_by_criterion(before), points_by_criterion(after)
    change, criterion = max((abs(now.get(c, 0.0) - was.get(c, 0.0)), c) for c in was.keys() | now.keys())
    if not change:
        return ", doordat andere van plaats wisselen"
    if criterion in now:
        return f": {_within(_text(after, criterion))}"
    return f", want dit geldt niet meer: {_within(_text(before, criterion))}"


def _within(sentence: str) -> str:
    """As part of a sentence: without its capital and its full stop."""
    return sentence[0].lower() + sentence[1:].rstrip(".")
