"""Hard constraints, one small function each: a gate gives the reason why an intervention is ruled out, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from kb import (
    SEVERITIES,
    Availability,
    Character,
    ConcernKind,
    Form,
    Gender,
    Intensity,
    Intervention,
    Kind,
    Phase,
    PreventionLevel,
    ProblemKind,
    Setting,
    Situation,
    conflicting,
    harmful,
)
from matcher import evidence
from matcher import weights as w
from matcher.candidate import Candidate
from matcher.question import SIDES, Question

Close = Callable[[Question, Candidate], str | None]


def first_closed(question: Question, candidate: Candidate) -> tuple[str, str] | None:
    """Name and reason of the first gate that rules this candidate out, in order of gravity."""
    for name, gate in GATES.items():
        text = gate.close(question, candidate)
        if text:
            return name, text
    return None


def left_out(question: Question, candidate: Candidate) -> str | None:
    return "U heeft deze zelf weggelaten." if candidate.intervention.id in question.left_out else None


def harm(_question: Question, candidate: Candidate) -> str | None:
    found = harmful(candidate.judged)
    return (
        f"Schadelijk voor {found.outcome.label}: onderzoek laat zien dat het erger werd{evidence.told(found)}."
        if found
        else None
    )


def no_effect(question: Question, candidate: Candidate) -> str | None:
    found = evidence.without_effect(candidate.judged, question.outcomes)
    if not found:
        return None
    differ = conflicting(candidate.judged[found.outcome])
    extra = " Een ander oordeel is gunstiger; het laagste telt." if differ else ""
    return f"Geen effect gevonden op {found.outcome.label}{evidence.told(found)}.{extra}"


def ended(_question: Question, candidate: Candidate) -> str | None:
    return "Bestaat niet meer." if candidate.intervention.availability is Availability.ENDED else None


def unlawful(_question: Question, candidate: Candidate) -> str | None:
    found = next((c for c in candidate.intervention.concerns if c.kind is ConcernKind.UNLAWFUL), None)
    return f"Mag niet: {found.text}" if found else None


def gender(question: Question, candidate: Candidate) -> str | None:
    meant, asked = candidate.intervention.gender, question.context.gender
    if meant is Gender.ALL or asked in (None, "allebei", f"vooral-{meant}"):
        return None
    return f"Alleen voor {meant.label.lower()}; bij u gaat het {asked.replace('-', ' om ')}."


def situation(question: Question, candidate: Candidate) -> str | None:
    """What is made for something special only comes up when that is said."""
    special = candidate.intervention.situations
    if not special or set(special) & set(question.context.situations):
        return None
    named = " of ".join(s.label.lower() for s in special)
    asked = "u noemt dat niet" if question.context.situations else "speelt dat bij u? Zeg het dan bij de vragen"
    return f"Alleen bij iets bijzonders ({named}); {asked}."


def age(question: Question, candidate: Candidate) -> str | None:
    """Overlap of at least a third of the narrower range; one shared year is no overlap."""
    ages = candidate.intervention.ages
    if ages is None or candidate.ages is None or not question.ages:
        return None
    shared, narrowest = len(candidate.ages & question.ages), min(len(candidate.ages), len(question.ages))
    if shared >= max(w.LEAST_AGE_OVERLAP * narrowest, min(w.LEAST_SHARED_YEARS, narrowest)):
        return None
    return f"Voor {ages.words}; u vraagt een andere leeftijd."


def legal_title(question: Question, candidate: Candidate) -> str | None:
    """Measures that need a sentence or detention only when the question mentions police, Halt or an institution."""
    context = question.context
    if set(candidate.intervention.settings) == {Setting.INSTITUTION} and "inrichting" not in context.settings:
        return "Alleen in een inrichting of detentie; daar vraagt u niet naar."
    if {"inrichting", "politie"} & set(context.settings) or not any(
        c.kind is ConcernKind.LEGAL_TITLE for c in candidate.intervention.concerns
    ):
        return None
    return "Kan alleen met een straf, maatregel of beslissing van een rechter; u noemt politie, Halt of detentie niet."


def too_heavy(question: Question, candidate: Candidate) -> str | None:
    """Two steps too heavy, one for a measure that only limits (subsidiarity); and without a known severity nothing heavy at all."""
    asked, meant = question.context.severity, candidate.intervention.indication.severity
    if asked is None and candidate.intervention.intensity is Intensity.HEAVY:
        return "Zware inzet. Die stellen wij niet voor zolang u niet zegt hoe ernstig het is."
    allowed = w.TOO_HEAVY_LIMIT_GATE if candidate.intervention.character is Character.LIMITING else w.TOO_HEAVY_GATE
    if asked and meant.start - asked >= allowed:
        return f"Te zwaar: bedoeld vanaf ernst {meant.start} ({SEVERITIES[meant.start].lower()}); u gaf {asked}."
    return None


def too_light(question: Question, candidate: Candidate) -> str | None:
    """Two steps too light; a standing service may stand beside something heavier for one step more, a light reaction may not at all."""
    asked, meant = question.context.severity, candidate.intervention.indication.severity
    allowed = w.TOO_LIGHT_SERVICE_GATE if candidate.intervention.kind is Kind.SERVICE else w.TOO_LIGHT_GATE
    if asked and asked >= w.LIGHT_REACTION_SEVERITY and is_light_reaction(candidate.intervention):
        allowed = 1
    if asked and asked - meant.end >= allowed:
        return f"Te licht: bedoeld tot en met ernst {meant.end} ({SEVERITIES[meant.end].lower()}); u gaf {asked}."
    return None


def is_light_reaction(intervention: Intervention) -> bool:
    """Does it set a limit with a light hand? Too little of that tells youths, and who suffered, that it was not so bad."""
    return intervention.intensity is Intensity.LIGHT and intervention.character is not Character.PREVENTIVE


def victims(question: Question, candidate: Candidate) -> str | None:
    """Where youths are exploited they are victims, and what answers an offence is not for them."""
    if Situation.EXPLOITATION not in question.context.situations or not answers_offence(candidate.intervention):
        return None
    return (
        "Een reactie op wie een delict pleegde. Bij uitbuiting zijn de jongeren slachtoffer: eerst veiligheid en hulp."
    )


def answers_offence(intervention: Intervention) -> bool:
    """Is it only for youths or groups who have offended?"""
    afterwards = set(intervention.phases) <= {Phase.ENFORCEMENT, Phase.AFTERCARE}
    return afterwards and bool({Form.INDIVIDUAL, Form.GROUP} & set(intervention.forms))


def too_broad(question: Question, candidate: Candidate) -> str | None:
    asked = question.context.severity or 0
    concern = next((c for c in candidate.intervention.concerns if c.kind is ConcernKind.TOO_BROAD), None)
    return f"Te breed bij ernst {asked}: {concern.text}" if concern and asked >= w.BROAD_SEVERITY else None


def privacy(question: Question, candidate: Candidate) -> str | None:
    """Selecting single persons is out of proportion for light trouble; with a heavy judicial hand it is so below severe offending."""
    asked = question.context.severity
    concern = next((c for c in candidate.intervention.concerns if c.kind is ConcernKind.PRIVACY), None)
    if concern is None or (asked or 0) >= _selecting_from(candidate.intervention):
        return None
    return f"Niet in verhouding {f'bij ernst {asked}' if asked else 'zolang u geen ernst opgeeft'}: {concern.text}"


def _selecting_from(intervention: Intervention) -> int:
    """Lowest severity for which an approach with a privacy concern may single out persons; 0 when it does not."""
    if Form.INDIVIDUAL not in intervention.forms or intervention.character is Character.PREVENTIVE:
        return 0
    heavy = intervention.intensity is Intensity.HEAVY and PreventionLevel.JUDICIAL in intervention.prevention_levels
    return w.HEAVY_SELECTION_SEVERITY if heavy else w.SELECTION_SEVERITY


def other_side(question: Question, candidate: Candidate) -> str | None:
    """Made for another side of the problem than the answers show: sexting is not hacking, though both are 'online'."""
    made_for, sides = sides_of(candidate)
    if made_for is None or not question.misses(made_for, sides):
        return None
    return f"Gaat over een andere kant van {made_for.label.lower()} dan uw antwoorden laten zien."


def sides_of(candidate: Candidate) -> tuple[ProblemKind | None, frozenset[str]]:
    """The one problem it is made for, when that has several sides, and which of those sides it works on."""
    indication = candidate.intervention.indication
    made_for = indication.main_problem or (indication.problems[0] if len(indication.problems) == 1 else None)
    sides = SIDES.get(made_for, frozenset()) if made_for else frozenset()
    return (made_for, sides.intersection(candidate.links)) if len(sides) > 1 else (None, frozenset())


def unread_group(question: Question, candidate: Candidate) -> str | None:
    """Seven-step model: nothing that works on a group, or limits its members, before the group has been read."""
    if question.context.group_knowledge == "nee" and works_on_a_group(candidate.intervention):
        return (
            "De partners kennen de groep nog niet. Breng eerst in kaart wat er speelt (stap 2 van het 7-stappenmodel)."
        )
    return None


def heavy_hand(question: Question, candidate: Candidate) -> str | None:
    """Who limits heavily must, by a source, work on something that is a priority here: a guess of the editors is not enough."""
    if not limits_heavily(candidate.intervention) or grounds(candidate) & question.priorities.keys():
        return None
    return "Grijpt zwaar in en begrenst. Dat stellen wij alleen voor als het volgens een bron werkt aan een van uw prioriteiten."


def limits_heavily(intervention: Intervention) -> bool:
    return intervention.character is Character.LIMITING and intervention.intensity is Intensity.HEAVY


def grounds(candidate: Candidate) -> frozenset[str]:
    """Axes on which it works according to a source."""
    return frozenset(axis for axis, link in candidate.links.items() if link.value == 1.0)


def works_on_a_group(intervention: Intervention) -> bool:
    limits = intervention.character is Character.LIMITING
    return intervention.forms == (Form.GROUP,) or (
        limits and ProblemKind.YOUTH_GROUP in intervention.indication.problems
    )


def no_match(question: Question, candidate: Candidate) -> str | None:
    """Works on no priority, and is not meant for a problem that was named either. A measure with a legal title must work on a priority."""
    if question.priorities.keys() & candidate.links.keys():
        return None
    if not question.names_problem_of(candidate.intervention):
        return "Werkt aan geen van uw prioriteiten, en is niet bedoeld voor het probleem dat u noemt."
    return (
        "Een straf of maatregel moet aan een prioriteit werken; deze doet dat niet." if needs_title(candidate) else None
    )


def needs_title(candidate: Candidate) -> bool:
    return any(c.kind is ConcernKind.LEGAL_TITLE for c in candidate.intervention.concerns)


@dataclass(frozen=True, slots=True)
class Gate:
    """What it reads of a candidate, and when it closes: candidates with the same key always meet the same fate."""

    close: Close
    key: Callable[[Candidate], Hashable]
    meaning: str
    """What it does, in a Dutch sentence for who reads the whole model."""


def _has(kind: ConcernKind) -> Callable[[Candidate], bool]:
    return lambda candidate: any(c.kind is kind for c in candidate.intervention.concerns)


def _null_results(candidate: Candidate) -> Hashable:
    return frozenset(o for o, entries in candidate.judged.items() if evidence.without_effect({o: entries}, {o}))


GATES: dict[str, Gate] = {
    "weggelaten": Gate(left_out, lambda c: c.intervention.id, "Wat u zelf weglaat, doet niet mee."),
    "schadelijk": Gate(
        harm,
        lambda c: harmful(c.judged) is not None,
        "Onderzoek laat zien dat iets erger werd, op welke uitkomst ook.",
    ),
    "geen-effect": Gate(
        no_effect,
        _null_results,
        "Onderzoek vond geen effect op een uitkomst die bij uw probleem hoort. Bij meer oordelen telt het laagste.",
    ),
    "geen-grondslag": Gate(
        unlawful,
        _has(ConcernKind.UNLAWFUL),
        "Een rechter vond dat de maatregel niet mag.",
    ),
    "gestopt": Gate(
        ended,
        lambda c: c.intervention.availability is Availability.ENDED,
        "Bestaat niet meer. De bladzijde blijft staan om te weten wat het was.",
    ),
    "geslacht": Gate(
        gender,
        lambda c: c.intervention.gender,
        "Is alleen voor jongens of alleen voor meisjes, terwijl het bij u vooral om de anderen gaat.",
    ),
    "situatie": Gate(
        situation,
        lambda c: c.intervention.situations,
        "Is alleen gemaakt voor iets bijzonders, zoals vuurwerk of hacken, en u zegt niet dat het speelt.",
    ),
    "slachtoffers": Gate(
        victims,
        lambda c: answers_offence(c.intervention),
        "Is een reactie op wie een delict pleegde, terwijl er bij u uitbuiting speelt: dan zijn de jongeren slachtoffer.",
    ),
    "leeftijd": Gate(
        age,
        lambda c: c.ages,
        "De leeftijd van de interventie en uw leeftijd overlappen te weinig, gemeten aan de smalste van de twee. Eén gedeeld jaar is geen overlap.",
    ),
    "titel": Gate(
        legal_title,
        lambda c: (set(c.intervention.settings) == {Setting.INSTITUTION}, needs_title(c)),
        "Kan alleen met een straf, een maatregel of in een inrichting, en daar vraagt u niet naar.",
    ),
    "te-zwaar": Gate(
        too_heavy,
        lambda c: (c.intervention.indication.severity.start, c.intervention.intensity, c.intervention.character),
        f"Is bedoeld vanaf een ernst die {w.TOO_HEAVY_GATE} of meer treden hoger is dan u geeft; "
        f"bij een maatregel die alleen begrenst al bij {w.TOO_HEAVY_LIMIT_GATE}.",
    ),
    "te-licht": Gate(
        too_light,
        lambda c: (
            c.intervention.indication.severity.end,
            c.intervention.kind is Kind.SERVICE,
            is_light_reaction(c.intervention),
        ),
        f"Is bedoeld voor een ernst die {w.TOO_LIGHT_GATE} of meer treden lager is dan u geeft; "
        f"bij een vaste voorziening {w.TOO_LIGHT_SERVICE_GATE}, en bij een lichte reactie vanaf ernst {w.LIGHT_REACTION_SEVERITY} al bij één.",
    ),
    "te-breed": Gate(
        too_broad,
        _has(ConcernKind.TOO_BROAD),
        f"Een bron noemt de maatregel te breed en uw ernst is {w.BROAD_SEVERITY} of hoger: dan bereikt u de kleine groep niet.",
    ),
    "privacy": Gate(
        privacy,
        lambda c: (_has(ConcernKind.PRIVACY)(c), _selecting_from(c.intervention)),
        f"Kiest personen uit terwijl uw ernst lager is dan {w.SELECTION_SEVERITY}, "
        f"of met een zware justitiële hand onder {w.HEAVY_SELECTION_SEVERITY}.",
    ),
    "andere-kant": Gate(
        other_side,
        sides_of,
        "Is gemaakt voor een andere kant van uw probleem dan uw antwoorden laten zien: wie naaktbeelden doorstuurt is geen hacker.",
    ),
    "groep-niet-geduid": Gate(
        unread_group,
        lambda c: works_on_a_group(c.intervention),
        "Is alleen voor een groep of begrenst haar leden, terwijl de partners de groep nog niet kennen. Eerst kijken wie het zijn en wat er speelt.",
    ),
    "zwaar-begrenzen": Gate(
        heavy_hand,
        lambda c: grounds(c) if limits_heavily(c.intervention) else None,
        "Grijpt zwaar in en begrenst, en werkt volgens geen bron aan een van uw prioriteiten.",
    ),
    "past-niet": Gate(
        no_match,
        lambda c: (c.intervention.indication.problems, frozenset(c.links), needs_title(c)),
        "Werkt aan geen van uw prioriteiten en is niet gemaakt voor het probleem dat u noemt; een straf of maatregel moet aan een prioriteit werken.",
    ),
}
