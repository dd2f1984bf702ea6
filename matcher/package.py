"""The recept: the best set of three to five under budget, capacity and balance; and the same with less money or more evidence.

Never: more than five, what runs already, two heavy ones without a team, known costs above the budget. What cannot be met together is
given up in the reverse order of DEMANDS, three members first, and said in the notes. What it is chosen from is in offer.py, what a set is
worth and how the best is found in choice.py; here are the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from kb import Character, Intervention
from matcher import weights as w
from matcher.advice import Axis, Composed, Package, PackageMember, Recommendation, nothing_composed
from matcher.choice import search
from matcher.offer import CHEAPER, DEMANDS, PROVEN, USUAL, Aim, Demand, Offer, pose
from matcher.question import Question


def compose(offer: Offer) -> Composed:
    """The recept and what works out its alternatives; None and nothing when there is nothing new to choose."""
    chosen = choose(offer, USUAL)
    if not chosen:
        return nothing_composed()
    recept = _package(offer, USUAL, chosen)
    return recept, lambda: tuple(_alternative(offer, aim, recept) for aim in (CHEAPER, PROVEN))


def _alternative(offer: Offer, aim: Aim, recept: Package) -> Package:
    other = _package(offer, aim, choose(offer, aim))
    return replace(other, why=_why_other(offer.question, aim, recept, other))


def choose(offer: Offer, aim: Aim) -> tuple[Recommendation, ...]:
    """The members, best score first."""
    problem = pose(offer, aim)
    chosen = [offer.found[problem.places[row]] for row in search(problem)]
    return tuple(sorted(chosen, key=lambda r: (-r.score, r.intervention.id)))


def _package(offer: Offer, aim: Aim, chosen: Sequence[Recommendation]) -> Package:
    uncovered, members = list(offer.question.in_order), []
    for member in chosen:
        adds = tuple(axis for axis in uncovered if _covers(member, axis))
        uncovered = [axis for axis in uncovered if not _covers(member, axis)]
        members.append(PackageMember(member, adds, " ".join(_why(offer, chosen, member, adds))))
    notes = tuple(_notes(offer, aim, chosen)) if chosen else ()
    return Package(tuple(members), tuple(uncovered), notes, aim.name)


def _covers(member: Recommendation, axis: Axis) -> bool:
    return axis.id in member.links and member.links[axis.id].value >= w.ENOUGH_COVERED


def _why(offer: Offer, chosen: Sequence[Recommendation], member: Recommendation, adds: Sequence[Axis]) -> Iterator[str]:
    if adds:
        yield f"Voegt toe: {', '.join(axis.factors[0].name.lower() for axis in adds)}."
    else:
        yield f"Versterkt wat er al in zit ({member.intervention.character.label.lower()})."
    others = [r.intervention for r in chosen if r is not member]
    only = [demand.only for demand in _demands(offer.question) if _only_one(member.intervention, others, demand)]
    if only and others:
        yield f"Als enige hier: {_listed(only)}."
    row = offer.shelf.pool.row
    combines = offer.shelf.combines[row[member.intervention.id]]
    good = [r.intervention.title for r in chosen if row[r.intervention.id] in combines]
    if good:
        yield f"Gaat volgens de bladzijden goed samen met {_listed(good)}."


def _demands(question: Question) -> list[Demand]:
    return [demand for demand in DEMANDS if demand.asked(question)]


def _only_one(member: Intervention, others: Sequence[Intervention], demand: Demand) -> bool:
    return demand.has(member) and not any(map(demand.has, others))


def _meeting(chosen: Sequence[Recommendation], demand: Demand) -> list[Recommendation]:
    return [r for r in chosen if demand.has(r.intervention)]


def _listed(words: Sequence[str]) -> str:
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _notes(offer: Offer, aim: Aim, chosen: Sequence[Recommendation]) -> Iterator[str]:
    for demand in _demands(offer.question):
        if not _meeting(chosen, demand):
            yield f"In dit recept ontbreekt {demand.missing}. Zoek dat erbij, of kijk wat er al loopt."
    if len(chosen) < aim.size[0]:
        yield f"Dit recept heeft er minder dan {aim.size[0]}: meer past er hier niet bij elkaar."
    if not any(r.intervention.protective_factors for r in chosen):
        yield "Geen van deze interventies versterkt een beschermende factor. Zoek er een bij die dat wel doet."
    yield from _about_direction(offer.question, chosen)
    yield from _about_what_runs(offer, chosen)
    yield from _about_money(offer, chosen)


def _about_direction(question: Question, chosen: Sequence[Recommendation]) -> Iterator[str]:
    balance = question.context.balance
    if balance == "gezag" and all(r.intervention.character is Character.PREVENTIVE for r in chosen):
        yield "Uw bestuur wil vooral begrenzen; wat hier past, helpt vooral. Preventie met Gezag vraagt aandacht voor beide."
    if balance in ("gezag", "preventie"):
        yield "U koos één richting. Wij laten altijd een mix zien: helpen en begrenzen werken samen."


def _about_what_runs(offer: Offer, chosen: Sequence[Recommendation]) -> Iterator[str]:
    row = offer.shelf.pool.row
    alike = [r.intervention.title for r in chosen if offer.likeness[row[r.intervention.id]] >= w.DOUBLE_SAID]
    if alike:
        yield f"Lijkt op wat al loopt: {_listed(alike)}. Stem dat af, zodat er niets dubbel gebeurt."


def _about_money(offer: Offer, chosen: Sequence[Recommendation]) -> Iterator[str]:
    """Unknown is not free: it is said, and never a ground to leave something out."""
    known = [_price(r.intervention) for r in chosen if r.intervention.cost]
    if known:
        yield f"Bekende kosten: {'; '.join(known)}."
    dear = [offer.found[place].intervention.title for place in np.flatnonzero(offer.eligible & ~offer.affordable)[:3]]
    if dear:
        yield f"Niet gekozen, want het kost meer dan u heeft: {_listed(dear)}."
    if len(known) < len(chosen):
        which = f"{len(chosen) - len(known)} van de {len(chosen)}" if known else "wat hier staat"
        yield f"Van {which} zijn de kosten niet bekend. Onbekend is niet gratis: vraag ze na vóór u kiest."


def _price(intervention: Intervention) -> str:
    return f"{intervention.title} ({intervention.cost.words})" if intervention.cost else intervention.title


def _why_other(question: Question, aim: Aim, recept: Package, other: Package) -> str:
    """One sentence: what this alternative gives up next to the recept."""
    if not other.members:
        return aim.impossible
    return f"{aim.promise}; {_given_up(question, recept, other)}."


def _given_up(question: Question, recept: Package, other: Package) -> str:
    ours, theirs = _chosen(recept), _chosen(other)
    if ours == theirs:
        return "het is hetzelfde als het recept, dus u geeft niets op"
    lost = [axis.factors[0].name.lower() for axis in other.uncovered if axis not in recept.uncovered]
    if lost:
        return f"niemand werkt dan aan {_listed(lost)}"
    missing = [x.missing for x in _demands(question) if _meeting(ours, x) and not _meeting(theirs, x)]
    if missing:
        return f"dan ontbreekt {_listed(missing)}"
    if len(theirs) < len(ours):
        return f"u doet {len(theirs)} dingen in plaats van {len(ours)}, dus minder steun voor elkaar"
    if _mean_score(theirs) < _mean_score(ours):
        return "de leden passen gemiddeld minder goed bij uw vraag"
    return "de leden vullen elkaar minder goed aan"


def _chosen(package: Package) -> list[Recommendation]:
    return [member.recommendation for member in package.members]


def _mean_score(chosen: Sequence[Recommendation]) -> float:
    return sum(r.score for r in chosen) / len(chosen)
