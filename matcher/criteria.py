"""The criteria and the Reasons they have; the score is the sum of those and nothing else.

Most give a share of their points: the number is in values.py, the sentence in sentences.py. What has reasons of another shape stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kb import Intensity, LvbFit, PreventionLevel, Unit
from matcher import evidence, sentences, values
from matcher import weights as w
from matcher.advice import Axis, Link, Reason
from matcher.candidate import Candidate, made_for_lvb
from matcher.question import Question

Value = Callable[[Question, Candidate], float]
Words = Callable[[Question, Candidate, float], str]
Judge = Callable[[Question, Candidate], Iterable[Reason]]


def reasons(question: Question, candidate: Candidate) -> tuple[Reason, ...]:
    """All reasons of all criteria, in the order of the table."""
    return tuple(chain.from_iterable(criterion.reasons(question, candidate) for criterion in CRITERIA.values()))


def share(question: Question, criterion: str, value: float) -> float:
    """Points of a criterion for a value of 0-1, to the nearest multiple of POINT so that sums are exact."""
    return round(question.weights[criterion] * value / w.POINT) * w.POINT


def coverage(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """D = 0.75 sum(P c)/sum(P) + 0.25 (share of own axes that is a priority): scoring notes par. 4.2."""
    links = candidate.links
    covered = [axis for axis in question.priorities.values() if axis.id in links]
    for axis in covered:
        yield _working_on(question, axis, links[axis.id])
    if covered:
        are = "is" if len(covered) == 1 else "zijn"
        text = f"{len(covered)} van de {len(links)} onderwerpen waaraan het werkt, {are} bij u een prioriteit."
        yield Reason("dekking", share(question, "dekking", w.FOCUS_SHARE * len(covered) / len(links)), text)


def _working_on(question: Question, axis: Axis, link: Link) -> Reason:
    """Said once for all that work on an axis in the same way: most do."""
    known = axis.id, link.value, link.factor_ids
    if known not in question.told:
        part = (1 - w.FOCUS_SHARE) * axis.weight * link.value / question.total_weight
        names = "’ en ‘".join(question.names(axis, link))
        estimate = "" if link.value == 1.0 else " (eigen inschatting van de redactie)"
        text = f"Werkt aan ‘{names}’, een van uw prioriteiten{estimate}."
        question.told[known] = Reason("dekking", share(question, "dekking", part), text, link.factor_ids)
    return question.told[known]


def out_of_proportion(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Heavy help for light trouble, or too little to be the only step."""
    asked, meant = question.context.severity, candidate.intervention.indication.severity
    if asked is None:
        return
    if asked < meant.start and candidate.intervention.intensity is Intensity.HEAVY:
        yield Reason(
            "te-zwaar",
            w.PENALTIES["te-zwaar"],
            "Zware inzet voor een minder ernstig probleem: dat kan meer kwaad dan goed doen.",
        )
    elif asked > meant.end and (
        asked > meant.end + 1 or set(candidate.intervention.prevention_levels) == {PreventionLevel.UNIVERSAL}
    ):
        yield Reason(
            "te-licht", w.PENALTIES["te-licht"], "Te licht als dit de enige stap is; hoogstens naast iets anders."
        )


def learning(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Responsivity: help made for a mild intellectual disability counts where that plays a part, never for what limits or selects.

    Help that is only for it is held back where it does not.
    """
    if question.lvb and made_for_lvb(candidate):
        yield Reason("lvb", share(question, "lvb", 1.0), "Houdt rekening met een licht verstandelijke beperking (lvb).")
    if not question.lvb and candidate.intervention.lvb is LvbFit.ONLY:
        text = "Alleen voor jongeren met een licht verstandelijke beperking (lvb); uw antwoorden wijzen daar niet op."
        yield Reason("alleen-lvb", w.PENALTIES["alleen-lvb"], text)
    if question.lvb and candidate.intervention.lvb is LvbFit.NOT:
        text = "Niet voor jongeren met een licht verstandelijke beperking (lvb), en die speelt bij u een rol."
        yield Reason("niet-lvb", w.PENALTIES["niet-lvb"], text)


def budget(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """A known cost above what there is. An unknown cost is not held against it; the advice says how many are unknown."""
    cost, limit = candidate.intervention.cost, w.BUDGET_LIMIT.get(question.context.budget or "")
    if cost and limit is not None and cost.per in (Unit.MUNICIPALITY, Unit.YEAR) and cost.amount > limit:
        text = f"Kost volgens de bron ongeveer {cost.words}; dat is meer dan u opgaf."
        yield Reason("boven-budget", w.PENALTIES["boven-budget"], text)


def concerns(_question: Question, candidate: Candidate) -> Sequence[Reason]:
    return candidate.cautions


@dataclass(frozen=True, slots=True)
class Criterion:
    """What it reads of a candidate, and what it says: candidates with the same key always get the same points."""

    name: str
    meaning: str
    """What it looks at, in a Dutch sentence for who reads the whole model."""
    key: Callable[[Candidate], Hashable] | None
    """None when nearly every candidate has a key of its own; then the pool works it out for all of them at once."""
    value: Value | None = None
    """0-1: of its most points its reason gives this share."""
    words: Words | None = None
    """The sentence of that reason, given the value; without one there is no reason."""
    further: Judge | None = None
    """Reasons besides, with points of their own."""
    same_words: bool = True
    """Do candidates with the same key get the very same reasons?"""

    def reasons(self, question: Question, candidate: Candidate, value: float | None = None) -> list[Reason]:
        """What it says of a candidate. The value is worked out when it is not given."""
        said: list[Reason] = []
        if self.value and self.words:
            value = self.value(question, candidate) if value is None else value
            text = self.words(question, candidate, value)
            if text:
                said.append(Reason(self.name, share(question, self.name, value), text))
        if self.further:
            said += self.further(question, candidate)
        return said

    def points(self, question: Question, candidate: Candidate) -> float:
        """Sum of the points of its reasons, without the words of its value."""
        main = share(question, self.name, self.value(question, candidate)) if self.value else 0.0
        return main + sum([reason.points for reason in self.further(question, candidate)]) if self.further else main


def _problem_key(candidate: Candidate) -> Hashable:
    found = candidate.intervention.indication
    return frozenset(found.problems), found.problems[0], found.main_problem, found.basis


def _severity_key(candidate: Candidate) -> Hashable:
    found = candidate.intervention
    meant, universal = found.indication.severity, set(found.prevention_levels) == {PreventionLevel.UNIVERSAL}
    return meant.start, meant.end, found.intensity is Intensity.HEAVY, universal


def evidence_key(candidate: Candidate) -> Hashable:
    year = candidate.intervention.checked_on.year
    return tuple(
        (o, tuple((e.level, evidence.is_old(e, year)) for e in entries)) for o, entries in candidate.judged.items()
    )


def _concerns_key(candidate: Candidate) -> Hashable:
    return sum(reason.points for reason in candidate.cautions)


CRITERIA: dict[str, Criterion] = {
    criterion.name: criterion
    for criterion in (
        Criterion(
            "dekking",
            "Aan welke van uw prioriteiten werkt het, en hoe groot deel van het eigen werk is dat?",
            None,
            further=coverage,
            same_words=False,
        ),
        Criterion(
            "probleem",
            "Is het gemaakt voor het probleem dat u noemt? Uw eerste probleem telt het meest.",
            _problem_key,
            values.problem,
            sentences.problem,
        ),
        Criterion(
            "bewijs",
            "Wat is er bekend over de werking op wat er bij u toe doet? Bewijs over iets anders telt een trede lager.",
            evidence_key,
            values.proof,
            sentences.proof,
            same_words=False,
        ),
        Criterion(
            "ernst",
            "Is het bedoeld voor hoe ernstig het is?",
            _severity_key,
            values.severity,
            sentences.severity,
            further=out_of_proportion,
        ),
        Criterion(
            "niveau",
            "Past het bij losse jongeren, een groep, een netwerk, gezinnen of de hele wijk, zoals u het ziet?",
            lambda c: c.intervention.indication.levels,
            values.level,
            sentences.level,
        ),
        Criterion(
            "op-maat",
            "Kloppen probleem en niveau allebei tegelijk? Half goed is hier niet half raak.",
            None,
            values.tailored,
            sentences.tailored,
            same_words=False,
        ),
        Criterion(
            "groepsproces",
            "Is er een groep? Dan telt eerst wat de groep in beeld brengt of de aanpak ervan regelt.",
            lambda c: c.intervention.indication.main_problem,
            values.group_process,
            sentences.group_process,
        ),
        Criterion(
            "zwaarte",
            "Is de inzet in verhouding tot de ernst: niet te zwaar, niet te licht?",
            lambda c: c.intervention.intensity,
            values.proportion,
            sentences.proportion,
        ),
        Criterion(
            "lvb",
            "Speelt bij veel jongeren een licht verstandelijke beperking? Dan telt wat daarvoor is gemaakt.",
            lambda c: (made_for_lvb(c), c.intervention.lvb),
            further=learning,
        ),
        Criterion(
            "rol",
            "Kan het de aanpak dragen, is het een aanvulling, of regelt het iets eromheen?",
            lambda c: c.intervention.indication.role,
            values.role,
            sentences.role,
        ),
        Criterion(
            "leeftijd",
            "Hoeveel overlappen de leeftijden?",
            lambda c: c.intervention.ages,
            values.age,
            sentences.age,
        ),
        Criterion(
            "vorm",
            "Werkt het met wie het om gaat: een jongere, een gezin, een groep, een school of de wijk?",
            lambda c: c.intervention.forms,
            values.form,
            sentences.form,
        ),
        Criterion(
            "regie",
            "Vraagt het probleem om partners die samen sturen, of om een programma?",
            lambda c: c.intervention.kind,
            values.direction,
            sentences.direction,
        ),
        Criterion(
            "balans",
            "Wilt u vooral voorkomen of vooral begrenzen?",
            lambda c: c.intervention.character,
            values.balance,
            sentences.balance,
        ),
        Criterion(
            "plek",
            "Gebeurt het waar u de jongeren kunt bereiken?",
            lambda c: c.intervention.settings,
            values.setting,
            sentences.setting,
        ),
        Criterion(
            "capaciteit",
            "Past het in de tijd die uw mensen hebben?",
            lambda c: c.intervention.intensity,
            values.capacity,
            sentences.capacity,
        ),
        Criterion(
            "partners",
            "Doen de partners mee die nodig zijn? De gemeente doet altijd mee.",
            lambda c: tuple(sorted(values.needed(c))),
            values.partners,
            sentences.partners,
            same_words=False,
        ),
        Criterion(
            "termijn",
            "Is het klaar binnen de tijd die u wilt wachten?",
            lambda c: c.intervention.duration.months if c.intervention.duration else None,
            values.term,
            sentences.term,
        ),
        Criterion(
            "budget",
            "Is bekend dat het meer kost dan u heeft? Dat geeft aftrek; onbekende kosten niet.",
            lambda c: (c.intervention.cost.amount, c.intervention.cost.per) if c.intervention.cost else None,
            further=budget,
        ),
        Criterion(
            "beschikbaar",
            "Is het in heel Nederland of in uw regio te krijgen?",
            lambda c: (c.intervention.availability, c.intervention.regions),
            values.available,
            sentences.available,
        ),
        Criterion(
            "aandachtspunten",
            "Waar waarschuwt een bron voor? Geeft nooit punten, wel aftrek.",
            _concerns_key,
            further=concerns,
            same_words=False,
        ),
    )
}
