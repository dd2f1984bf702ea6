"""The recept: three to five interventions that together cover the priorities, balanced between helping and limiting. A first, greedy choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kb import Character, Form, Intensity, Intervention
from matcher import weights as w
from matcher.advice import Package, PackageMember, Recommendation
from matcher.question import Question

Test = Callable[[Intervention], bool]
Cover = dict[str, float]
"""Axis id to how well it is covered, 0-1."""


def compose(question: Question, ranked: Sequence[Recommendation]) -> Package | None:
    """Take what adds most cover each time; then mend the balance. None when nothing is ranked."""
    least = ranked[0].score - w.PACKAGE_WITHIN if ranked else 0.0
    pool = [r for r in ranked if not r.running and r.score >= least]
    if not pool:
        return None
    chosen = _balanced(question, _greedy(question, pool), pool)
    members: list[PackageMember] = []
    covered: Cover = {}
    for recommendation in sorted(chosen, key=lambda r: (-r.score, r.intervention.id)):
        members.append(_member(question, recommendation, covered))
        covered = _merge(covered, _cover(question, recommendation))
    uncovered = tuple(axis for axis in question.priorities.values() if covered.get(axis.id, 0) < w.ENOUGH_COVERED)
    return Package(tuple(members), uncovered, tuple(_notes(question, chosen)))


def _cover(question: Question, recommendation: Recommendation) -> Cover:
    return {axis: link.value for axis, link in recommendation.links.items() if axis in question.priorities}


def _merge(one: Cover, other: Cover) -> Cover:
    return {axis: max(one.get(axis, 0.0), other.get(axis, 0.0)) for axis in one.keys() | other.keys()}


def _gain(question: Question, covered: Cover, recommendation: Recommendation) -> float:
    """Priority weight that this adds to what is covered already."""
    added = ((axis, value - covered.get(axis, 0.0)) for axis, value in _cover(question, recommendation).items())
    return sum(question.priorities[axis].weight * extra for axis, extra in added if extra > 0)


def _greedy(question: Question, pool: Sequence[Recommendation]) -> list[Recommendation]:
    """Up to five; after the third only what still adds something."""
    least, most = w.PACKAGE_SIZE
    left = {r.intervention.id: r for r in pool}
    alone = {r.intervention.id: r.score / 100 for r in pool}
    chosen: list[Recommendation] = []
    covered: Cover = {}
    while len(chosen) < most and left:
        gains = {i: _gain(question, covered, r) for i, r in left.items() if _has_capacity(question, [*chosen, r])}
        if not gains:
            break
        best = max(gains, key=lambda i: (gains[i] / question.total_weight + alone[i], i))
        if len(chosen) >= least and gains[best] <= 0:
            break
        chosen.append(left.pop(best))
        covered = _merge(covered, _cover(question, chosen[-1]))
    return chosen


def _has_capacity(question: Question, chosen: Sequence[Recommendation]) -> bool:
    """At most one new heavy intervention, unless there is a team for it."""
    heavy = sum(r.intervention.intensity is Intensity.HEAVY for r in chosen)
    return heavy <= 1 or question.context.capacity == "hoog"


def wishes(question: Question) -> Iterator[tuple[str, Test]]:
    """What a balanced package has, with the words for what is missing."""
    yield "iets dat helpt of voorkomt", lambda i: i.character is not Character.LIMITING
    if (question.context.severity or 0) >= 3:
        yield "iets dat grenzen stelt", lambda i: i.character is not Character.PREVENTIVE
    if question.context.level in ("groep", "netwerk"):
        yield "iets voor de groep of de buurt", lambda i: bool({Form.GROUP, Form.NEIGHBOURHOOD} & set(i.forms))
        yield "iets per jongere of gezin", lambda i: bool({Form.INDIVIDUAL, Form.FAMILY} & set(i.forms))


def _balanced(question: Question, chosen: list[Recommendation], pool: Sequence[Recommendation]) -> list[Recommendation]:
    """For every wish that is missing: add the best that has it, or let it take the place of the weakest member not needed for another wish."""
    for _, has in wishes(question):
        options = [r for r in pool if has(r.intervention)]
        if any(has(r.intervention) for r in chosen):
            continue
        kept = chosen if len(chosen) < w.PACKAGE_SIZE[1] else chosen[:-1]
        fitting = [r for r in options if _has_capacity(question, [*kept, r])]
        chosen = [*kept, fitting[0]] if fitting else chosen
    return chosen


def _member(question: Question, recommendation: Recommendation, covered: Cover) -> PackageMember:
    own = _cover(question, recommendation)
    adds = tuple(
        a
        for a in question.priorities.values()
        if own.get(a.id, 0) >= w.ENOUGH_COVERED and covered.get(a.id, 0) < w.ENOUGH_COVERED
    )
    if adds:
        why = "Voegt toe: " + ", ".join(a.factors[0].name.lower() for a in adds) + "."
    elif own.keys() - covered.keys():
        why = "Werkt mee aan een prioriteit die nog niet goed is gedekt."
    else:
        why = f"Versterkt wat er al in zit ({recommendation.intervention.character.label.lower()})."
    return PackageMember(recommendation, adds, why)


def _notes(question: Question, chosen: Sequence[Recommendation]) -> Iterator[str]:
    for words, has in wishes(question):
        if not any(has(r.intervention) for r in chosen):
            yield f"In dit recept ontbreekt {words}. Zoek dat erbij, of kijk wat er al loopt."
    if not any(r.intervention.protective_factors for r in chosen):
        yield "Geen van deze interventies versterkt een beschermende factor. Zoek er een bij die dat wel doet."
    balance = question.context.balance
    if balance == "gezag" and all(r.intervention.character is Character.PREVENTIVE for r in chosen):
        yield "Uw bestuur wil vooral begrenzen; wat hier past, helpt vooral. Preventie met Gezag vraagt aandacht voor beide."
    if balance in ("gezag", "preventie"):
        yield "U koos één richting. Wij laten altijd een mix zien: helpen en begrenzen werken samen."
