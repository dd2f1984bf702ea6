"""One small function per criterion; each yields the Reasons it has. The score is their sum and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, permutations

from kb import (
    Availability,
    Basis,
    Choice,
    ConcernKind,
    Form,
    Indication,
    Intensity,
    Intervention,
    Kind,
    LvbFit,
    PreventionLevel,
    ProblemKind,
    Unit,
)
from matcher import evidence
from matcher import weights as w
from matcher.advice import Reason
from matcher.candidate import Candidate, made_for_lvb
from matcher.question import Question

Judge = Callable[[Question, Candidate], Iterator[Reason]]
Value = Callable[[Question, Candidate], float]

EFFORT = {Intensity.LIGHT: "Lichte", Intensity.MEDIUM: "Middelzware", Intensity.HEAVY: "Zware"}


def reasons(question: Question, candidate: Candidate) -> tuple[Reason, ...]:
    """All reasons of all criteria, in the order of the table."""
    return tuple(chain.from_iterable(criterion.judge(question, candidate) for criterion in CRITERIA.values()))


def share(question: Question, criterion: str, value: float) -> float:
    """Points of a criterion for a value of 0-1, to the nearest multiple of POINT so that sums are exact."""
    return round(question.weights[criterion] * value / w.POINT) * w.POINT


def coverage(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """D = 0.75 sum(P c)/sum(P) + 0.25 (share of own axes that is a priority): scoring notes par. 4.2."""
    links = candidate.links
    covered = [axis for axis in question.priorities.values() if axis.id in links]
    for axis in covered:
        link = links[axis.id]
        part = (1 - w.FOCUS_SHARE) * axis.weight * link.value / question.total_weight
        names = " en ".join(f"‘{name}’" for name in question.names(axis, link))
        estimate = "" if link.value == 1.0 else " (eigen inschatting van de redactie)"
        yield Reason(
            "dekking",
            share(question, "dekking", part),
            f"Werkt aan {names}, een van uw prioriteiten{estimate}.",
            link.factor_ids,
        )
    if covered:
        text = f"{len(covered)} van de {len(links)} onderwerpen waaraan het werkt, zijn bij u een prioriteit."
        yield Reason("dekking", share(question, "dekking", w.FOCUS_SHARE * len(covered) / len(links)), text)


def problem(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Is it meant for the problems asked about? First and main problem count fully; order, and how many of them, count too."""
    yield Reason(
        "probleem",
        share(question, "probleem", problem_value(question, candidate)),
        _meant_for(question, candidate.intervention),
    )


def problem_value(question: Question, candidate: Candidate) -> float:
    """0-1."""
    indication = candidate.intervention.indication
    meant = indication.problems
    matched = [_problem_value(question, p, indication) for p in question.problems if p in meant]
    if matched:
        return (1 - w.PROBLEM_SHARE) * max(matched) + w.PROBLEM_SHARE * len(matched) / len(question.problems)
    if not question.problems:
        return w.UNKNOWN
    if any(p in meant for p in question.shown_problems):
        return w.SHOWN_PROBLEM
    return w.GENERAL_SUPPORT if set(meant) == {ProblemKind.UNCLEAR} else 0.0


def _meant_for(question: Question, intervention: Intervention) -> str:
    meant = intervention.indication.problems
    matched = [p for p in question.problems if p in meant]
    shown = [p for p in question.shown_problems if p in meant]
    if matched:
        return f"Bedoeld voor {_labels(matched)}{_estimated(intervention)}."
    if not question.problems:
        return "Het probleem is nog niet duidelijk; dit telt voor de helft."
    if shown:
        return (
            f"Niet gemaakt voor het probleem dat u noemt, wel voor iets dat uit uw antwoorden komt: {_labels(shown)}."
        )
    if set(meant) == {ProblemKind.UNCLEAR}:
        return "Algemene steun, niet speciaal voor dit probleem."
    return f"Niet gemaakt voor uw probleem, wel voor {_labels(meant[:1])}."


def _problem_value(question: Question, asked: ProblemKind, indication: Indication) -> float:
    first = asked is indication.main_problem or asked is indication.problems[0]
    return question.problem_values[asked] * (1.0 if first else w.NOT_FIRST_PROBLEM)


def _labels(choices: Sequence[Choice]) -> str:
    return " en ".join(choice.label.lower() for choice in choices)


def _estimated(intervention: Intervention) -> str:
    return " (inschatting van de redactie)" if intervention.indication.basis is Basis.DERIVED else ""


def proof(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Evidence for the outcomes that matter here, one step lower for another outcome; the lowest of conflicting judgements."""
    verdict = weighed(question, candidate)
    text = f"Bewijs voor {verdict.outcome.label}: {verdict.level.label.lower()}{evidence.told(verdict.entry)}."
    if not verdict.relevant:
        text += " Dat gaat over iets anders dan uw probleem, dus het telt een trede lager."
    if verdict.old:
        text += " Het oordeel is ouder dan tien jaar en telt daarom een trede lager."
    if verdict.conflicting:
        text += f" De oordelen verschillen ({', '.join(level.label.lower() for level in verdict.conflicting)}); het laagste telt."
    yield Reason("bewijs", share(question, "bewijs", verdict.value), text)


def weighed(question: Question, candidate: Candidate) -> evidence.Verdict:
    return evidence.weigh(candidate.verdicts, question.outcomes)


def proof_value(question: Question, candidate: Candidate) -> float:
    """0-1."""
    return weighed(question, candidate).value


def severity(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Risk principle: intensity in proportion to how serious it is."""
    asked, meant = question.context.severity, candidate.intervention.indication.severity
    if asked is None:
        yield Reason("ernst", share(question, "ernst", w.UNKNOWN), "U gaf geen ernst op; dit telt voor de helft.")
        return
    distance = max(meant.start - asked, asked - meant.end, 0)
    value = {0: 1.0, 1: w.SEVERITY_NEAR}.get(distance, 0.0)
    fits = "past daarbij" if distance == 0 else "ligt daar net naast" if distance == 1 else "ligt daar ver van af"
    yield Reason(
        "ernst",
        share(question, "ernst", value),
        f"Bedoeld voor ernst {meant.start} tot en met {meant.end}; uw {asked} {fits}.",
    )
    if asked < meant.start and candidate.intervention.intensity is Intensity.HEAVY:
        yield Reason(
            "te-zwaar",
            w.PENALTIES["te-zwaar"],
            "Zware inzet voor een minder ernstig probleem: dat kan meer kwaad dan goed doen.",
        )
    elif asked > meant.end and (
        distance > 1 or set(candidate.intervention.prevention_levels) == {PreventionLevel.UNIVERSAL}
    ):
        yield Reason(
            "te-licht", w.PENALTIES["te-licht"], "Te licht als dit de enige stap is; hoogstens naast iets anders."
        )


def level(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Single youths, a group, a network, families or the whole area: does it fit how the problem looks?"""
    if not question.knows_level:
        yield Reason(
            "niveau",
            share(question, "niveau", w.UNKNOWN),
            "U weet nog niet of het om een groep of losse jongeren gaat; dit telt voor de helft.",
        )
        return
    value = level_value(question, candidate)
    names = " of ".join(m.label.lower() for m in candidate.intervention.indication.levels)
    words = "past bij" if value == 1.0 else "past een beetje bij" if value else "past niet bij"
    yield Reason("niveau", share(question, "niveau", value), f"Bedoeld voor {names}; dat {words} uw vraag.")


def level_value(question: Question, candidate: Candidate) -> float:
    """0-1."""
    asked = question.context.level
    if asked is None or not question.knows_level:
        return w.UNKNOWN
    return max([1.0 if asked == m else _NEAR.get((asked, m), 0.0) for m in candidate.intervention.indication.levels])


_NEAR = {pair: value for near, value in w.LEVEL_NEAR.items() for pair in permutations(near)}
"""LEVEL_NEAR in both directions."""


def tailored(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """The right problem at the right level at once: right on one and wrong on the other is no half fit."""
    named = question.knows_level and question.names_problem_of(candidate.intervention)
    fits = level_value(question, candidate) if named else 0.0
    value = fits and problem_value(question, candidate) * fits
    if value:
        yield Reason(
            "op-maat", share(question, "op-maat", value), "Gemaakt voor dit probleem én voor hoe het er bij u uitziet."
        )


def group_process(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """A group problem asks for the group process first: reading the group and directing the approach (seven-step model)."""
    if question.about_a_group and candidate.intervention.indication.main_problem is ProblemKind.YOUTH_GROUP:
        text = "Bij een groep hoort eerst de groep zelf: dit brengt haar in beeld of regelt de aanpak ervan."
        yield Reason("groepsproces", share(question, "groepsproces", 1.0), text)


def proportion(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Risk principle (Bonta & Andrews): intensity to risk. Heavy help for light trouble labels; a lesson does not stop serious offending."""
    asked, found = question.context.severity, candidate.intervention.intensity
    if asked is None:
        yield Reason(
            "zwaarte",
            share(question, "zwaarte", w.UNKNOWN),
            "Of de zwaarte past, is zonder ernst niet te zeggen; dit telt voor de helft.",
        )
        return
    value = w.INTENSITY_VALUE[asked][found]
    words = "in verhouding tot" if value >= w.IN_PROPORTION else "niet goed in verhouding tot"
    yield Reason("zwaarte", share(question, "zwaarte", value), f"{EFFORT[found]} inzet: {words} ernst {asked}.")


def role(question: Question, candidate: Candidate) -> Iterator[Reason]:
    found = candidate.intervention.indication.role
    yield Reason("rol", share(question, "rol", w.ROLE_VALUE[found]), f"{found.label}: {found.meaning}.")


def age(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Does it serve the ages you ask for, and are you asking for the ages it serves?"""
    ages, value = candidate.intervention.ages, age_value(question, candidate)
    how = "past bij" if value == 1.0 else "past voor een deel bij" if value > 0 else "is voor een groot deel anders dan"
    if ages is None:
        text = "Noemt geen leeftijd; vraag na of het bij uw jongeren past."
    elif not question.ages:
        text = "U gaf geen leeftijd op; dit telt voor de helft."
    else:
        text = f"Voor {ages.words}; dat {how} uw vraag."
    yield Reason("leeftijd", share(question, "leeftijd", value), text)


def age_value(question: Question, candidate: Candidate) -> float:
    """0-1: mean of the share of its ages that you ask for and the share of your ages that it serves; well below 0 when even the larger of
    the two is small: work for 16 to 24 is other work than for 12 to 17."""
    if candidate.ages is None or not question.ages:
        return w.UNKNOWN
    overlap = len(candidate.ages & question.ages)
    shares = overlap / len(candidate.ages), overlap / len(question.ages)
    return sum(shares) / 2 - (w.OTHER_AGE if max(shares) < w.ENOUGH_AGE_OVERLAP else 0.0)


def form(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Does it work with whom the question is about: a youth, a family, a group, a school, the area?"""
    fits, value = w.FORM_FOR_LEVEL.get(question.context.level or ""), w.UNKNOWN
    if fits is None:
        text = "Of de vorm past, is niet te zeggen zolang het niveau niet bekend is; dit telt voor de helft."
    else:
        best = max(candidate.intervention.forms, key=fits.__getitem__)
        value = fits[best]
        fit = (
            "past bij"
            if value >= w.FITTING_FORM
            else "past een beetje bij"
            if value >= w.UNKNOWN
            else "past niet goed bij"
        )
        text = f"Vorm: {best.label.lower()}; dat {fit} uw vraag."
    yield Reason("vorm", share(question, "vorm", value), text)


def form_value(question: Question, candidate: Candidate) -> float:
    """0-1: the best of its forms."""
    fits = w.FORM_FOR_LEVEL.get(question.context.level or "")
    return max([fits[form] for form in candidate.intervention.forms]) if fits else w.UNKNOWN


def direction(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """A group, network, family or area needs partners who act together first; a programme for one youth or class is a part of that."""
    text = DIRECTION_WORDS[candidate.intervention.kind]
    yield Reason("regie", share(question, "regie", direction_value(question, candidate)), text)


DIRECTION_WORDS = {
    Kind.APPROACH: "Een aanpak: partners werken samen aan het geheel.",
    Kind.SERVICE: "Een voorziening die er staat: u kunt er mensen en vragen heen brengen.",
    Kind.INSTRUMENT: "Een instrument: het helpt de partners om samen te kijken en te kiezen.",
    Kind.INTERVENTION: "Een programma voor jongeren, ouders of een klas: een deel van een aanpak.",
}


def direction_value(question: Question, candidate: Candidate) -> float:
    """0-1."""
    acute, level = question.context.severity == w.SEVERITY_ACUTE, question.context.level
    asked = "acuut" if acute else level if level in w.DIRECTION else "anders"
    return w.DIRECTION[asked][candidate.intervention.kind]


def balance(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Prevention or authority, as the municipality prefers."""
    found, value = candidate.intervention.character, balance_value(question, candidate)
    if question.context.balance not in w.BALANCE_VALUE:
        text = "U heeft geen voorkeur voor preventie of gezag; dit telt voor de helft."
    else:
        how = "is" if value == 1.0 else "past half bij" if value >= w.UNKNOWN else "past minder bij"
        text = f"{found.label}: dat {how} wat u zoekt."
    yield Reason("balans", share(question, "balans", value), text)


def balance_value(question: Question, candidate: Candidate) -> float:
    """0-1."""
    asked = question.context.balance
    return w.BALANCE_VALUE[asked][candidate.intervention.character] if asked in w.BALANCE_VALUE else w.UNKNOWN


def setting(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Is it done by people who can reach these youths? The share of its places where you do."""
    if not question.settings or not candidate.intervention.settings:
        yield Reason(
            "plek",
            share(question, "plek", w.UNKNOWN),
            "Waar u de jongeren bereikt, is niet te vergelijken; dit telt voor de helft.",
        )
        return
    shared = [s.label.lower() for s in candidate.intervention.settings if s in question.settings]
    text = (
        f"Gebeurt waar u de jongeren bereikt: {', '.join(shared)}."
        if shared
        else "Gebeurt niet op een plek waar u zegt de jongeren te bereiken."
    )
    yield Reason("plek", share(question, "plek", setting_value(question, candidate)), text)


def setting_value(question: Question, candidate: Candidate) -> float:
    """0-1: the share of its places where these youths can be reached."""
    meant = candidate.intervention.settings
    if not question.settings or not meant:
        return w.UNKNOWN
    return len(question.settings.intersection(meant)) / len(meant)


def capacity(question: Question, candidate: Candidate) -> Iterator[Reason]:
    asked, intensity = question.context.capacity, candidate.intervention.intensity
    if asked not in w.CAPACITY_VALUE:
        yield Reason(
            "capaciteit",
            share(question, "capaciteit", w.UNKNOWN),
            "U gaf niet op hoeveel tijd er is; dit telt voor de helft.",
        )
        return
    value = w.CAPACITY_VALUE[asked][intensity]
    words = {1.0: "past bij", 0.0: "vraagt meer dan"}.get(value, "kan net met")
    yield Reason(
        "capaciteit",
        share(question, "capaciteit", value),
        f"{EFFORT[intensity]} inzet: dat {words} de tijd die u heeft.",
    )


def partners(question: Question, candidate: Candidate) -> Iterator[Reason]:
    """Share of the partners it needs that take part; the municipality itself always does."""
    needed = _needed(candidate)
    if not needed or not question.context.partners:
        yield Reason(
            "partners",
            share(question, "partners", w.UNKNOWN),
            "Welke partners nodig zijn of meedoen is niet bekend; dit telt voor de helft.",
        )
        return
    missing = [p for p in needed if p not in question.partners]
    text = f"Nog nodig: {', '.join(missing)}." if missing else "De partners die nodig zijn, doen mee."
    yield Reason("partners", share(question, "partners", partners_value(question, candidate)), text)


def partners_value(question: Question, candidate: Candidate) -> float:
    """0-1."""
    needed = _needed(candidate)
    if not needed or not question.context.partners:
        return w.UNKNOWN
    return 1 - sum(p not in question.partners for p in needed) / len(needed)


def _needed(candidate: Candidate) -> list[str]:
    return [partner for partner in candidate.intervention.partners if partner != "gemeente"]


def term(question: Question, candidate: Candidate) -> Iterator[Reason]:
    duration, limit = candidate.intervention.duration, w.TERM_MONTHS.get(question.context.term or "")
    if duration is None or duration.months is None or limit is None:
        yield Reason(
            "termijn",
            share(question, "termijn", w.UNKNOWN),
            "Hoe lang het duurt, is niet bekend of niet gevraagd; dit telt voor de helft.",
        )
    else:
        fits = duration.months <= limit
        text = f"Duurt ongeveer {duration.words}; {'dat past' if fits else 'dat is langer dan u wilt wachten'}."
        yield Reason("termijn", share(question, "termijn", 1.0 if fits else w.SLOW), text)


def available(question: Question, candidate: Candidate) -> Iterator[Reason]:
    found, value = candidate.intervention.availability, available_value(question, candidate)
    if found is None:
        text = "Of het bij u te krijgen is, is niet bekend."
    elif found is Availability.ABROAD:
        text = "In Nederland is geen aanbod gevonden."
    elif value == 1.0:
        text = f"Te krijgen {'in het hele land' if found is Availability.NATIONAL else 'in uw regio'}."
    else:
        where = ", ".join(candidate.intervention.regions[:3]) or "een andere regio"
        text = f"Loopt of liep in {where}; vraag na of het bij u kan."
    yield Reason("beschikbaar", share(question, "beschikbaar", value), text)


def available_value(question: Question, candidate: Candidate) -> float:
    """0-1."""
    found = candidate.intervention.availability
    if found is None:
        return w.UNKNOWN
    if found is Availability.ABROAD:
        return 0.0
    return (
        w.ELSEWHERE
        if found is not Availability.NATIONAL and question.places.isdisjoint(candidate.intervention.regions)
        else 1.0
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


def concerns(_question: Question, candidate: Candidate) -> Iterator[Reason]:
    """What a source warns for, points once per kind; risk youths brought together without parents or school; an example from abroad."""
    seen: set[ConcernKind] = set()
    for concern in candidate.intervention.concerns:
        cost = 0.0 if concern.kind in seen else w.PENALTIES.get(concern.kind, 0.0)
        seen.add(concern.kind)
        yield Reason(str(concern.kind), cost, f"{concern.kind.label}: {concern.text}")
    if ConcernKind.GROUP_EFFECT not in seen and brings_risk_youths_together(candidate):
        text = "Brengt jongeren met problemen bij elkaar, zonder ouders of school: zij kunnen elkaar versterken."
        yield Reason(str(ConcernKind.GROUP_EFFECT), w.PENALTIES[ConcernKind.GROUP_EFFECT], text)
    if candidate.intervention.availability is Availability.ABROAD:
        text = "Een voorbeeld uit het buitenland: u zou het hier zelf moeten opzetten."
        yield Reason("buitenland", w.PENALTIES["buitenland"], text)


def brings_risk_youths_together(candidate: Candidate) -> bool:
    """Only a group, indicated or judicial, with youths of 11-17: Dishion, McCord & Poulin 1999. Reading an existing group is not this."""
    intervention = candidate.intervention
    targeted = set(intervention.prevention_levels) <= {PreventionLevel.INDICATED, PreventionLevel.JUDICIAL}
    return targeted and set(intervention.forms) == {Form.GROUP} and bool((candidate.ages or frozenset()) & w.RISK_AGES)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What it reads of a candidate, and what it says: candidates with the same key always get the same points.

    With `same_words` they get the very same reasons.
    """

    judge: Judge
    key: Callable[[Candidate], Hashable]
    meaning: str
    """What it looks at, in a Dutch sentence for who reads the whole model."""
    value: Value | None = None
    """0-1: what its one reason gives a share of, without the words. None when its reasons are too few kinds to be worth it, or more than one."""
    same_words: bool = True

    def points(self, question: Question, candidate: Candidate) -> float:
        """Sum of the points of its reasons."""
        return sum(reason.points for reason in self.judge(question, candidate))


def _problem_key(candidate: Candidate) -> Hashable:
    found = candidate.intervention.indication
    return frozenset(found.problems), found.problems[0], found.main_problem


def _severity_key(candidate: Candidate) -> Hashable:
    found = candidate.intervention
    meant, universal = found.indication.severity, set(found.prevention_levels) == {PreventionLevel.UNIVERSAL}
    return meant.start, meant.end, found.intensity is Intensity.HEAVY, universal


def _evidence_key(candidate: Candidate) -> Hashable:
    year = candidate.intervention.checked_on.year
    return tuple(
        (o, tuple((e.level, evidence.is_old(e, year)) for e in entries)) for o, entries in candidate.judged.items()
    )


def _concerns_key(candidate: Candidate) -> Hashable:
    found = candidate.intervention
    abroad = found.availability is Availability.ABROAD
    return frozenset(c.kind for c in found.concerns), brings_risk_youths_together(candidate), abroad


CRITERIA: dict[str, Criterion] = {
    "dekking": Criterion(
        coverage,
        lambda c: c.intervention.id,
        "Aan welke van uw prioriteiten werkt het, en hoe groot deel van het eigen werk is dat?",
        same_words=False,
    ),
    "probleem": Criterion(
        problem,
        _problem_key,
        "Is het gemaakt voor het probleem dat u noemt? Uw eerste probleem telt het meest.",
        problem_value,
        same_words=False,
    ),
    "bewijs": Criterion(
        proof,
        _evidence_key,
        "Wat is er bekend over de werking op wat er bij u toe doet? Bewijs over iets anders telt een trede lager.",
        proof_value,
        same_words=False,
    ),
    "ernst": Criterion(severity, _severity_key, "Is het bedoeld voor hoe ernstig het is?"),
    "niveau": Criterion(
        level,
        lambda c: c.intervention.indication.levels,
        "Past het bij losse jongeren, een groep, een netwerk, gezinnen of de hele wijk, zoals u het ziet?",
        level_value,
    ),
    "op-maat": Criterion(
        tailored,
        lambda c: (_problem_key(c), frozenset(c.intervention.indication.levels)),
        "Kloppen probleem en niveau allebei tegelijk? Half goed is hier niet half raak.",
        same_words=False,
    ),
    "groepsproces": Criterion(
        group_process,
        lambda c: c.intervention.indication.main_problem,
        "Is er een groep? Dan telt eerst wat de groep in beeld brengt of de aanpak ervan regelt.",
    ),
    "zwaarte": Criterion(
        proportion,
        lambda c: c.intervention.intensity,
        "Is de inzet in verhouding tot de ernst: niet te zwaar, niet te licht?",
    ),
    "lvb": Criterion(
        learning,
        lambda c: (made_for_lvb(c), c.intervention.lvb),
        "Speelt bij veel jongeren een licht verstandelijke beperking? Dan telt wat daarvoor is gemaakt.",
    ),
    "rol": Criterion(
        role,
        lambda c: c.intervention.indication.role,
        "Kan het de aanpak dragen, is het een aanvulling, of regelt het iets eromheen?",
    ),
    "leeftijd": Criterion(age, lambda c: c.intervention.ages, "Hoeveel overlappen de leeftijden?", age_value),
    "vorm": Criterion(
        form,
        lambda c: c.intervention.forms,
        "Werkt het met wie het om gaat: een jongere, een gezin, een groep, een school of de wijk?",
        form_value,
    ),
    "regie": Criterion(
        direction,
        lambda c: c.intervention.kind,
        "Vraagt het probleem om partners die samen sturen, of om een programma?",
        direction_value,
    ),
    "balans": Criterion(
        balance,
        lambda c: c.intervention.character,
        "Wilt u vooral voorkomen of vooral begrenzen?",
        balance_value,
    ),
    "plek": Criterion(
        setting,
        lambda c: c.intervention.settings,
        "Gebeurt het waar u de jongeren kunt bereiken?",
        setting_value,
    ),
    "capaciteit": Criterion(capacity, lambda c: c.intervention.intensity, "Past het in de tijd die uw mensen hebben?"),
    "partners": Criterion(
        partners,
        lambda c: tuple(sorted(_needed(c))),
        "Doen de partners mee die nodig zijn? De gemeente doet altijd mee.",
        partners_value,
        same_words=False,
    ),
    "termijn": Criterion(
        term,
        lambda c: c.intervention.duration.months if c.intervention.duration else None,
        "Is het klaar binnen de tijd die u wilt wachten?",
    ),
    "budget": Criterion(
        budget,
        lambda c: (c.intervention.cost.amount, c.intervention.cost.per) if c.intervention.cost else None,
        "Is bekend dat het meer kost dan u heeft? Dat geeft aftrek; onbekende kosten niet.",
    ),
    "beschikbaar": Criterion(
        available,
        lambda c: (c.intervention.availability, c.intervention.regions),
        "Is het in heel Nederland of in uw regio te krijgen?",
        available_value,
    ),
    "aandachtspunten": Criterion(
        concerns,
        _concerns_key,
        "Waar waarschuwt een bron voor? Geeft nooit punten, wel aftrek.",
        same_words=False,
    ),
}
