"""Hard constraints, one small function each: a gate gives the reason why an intervention is ruled out, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from collections.abc import Set as AbstractSet
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
    ProblemLevel,
    RoleInApproach,
    Setting,
    Situation,
    conflicting,
    harmful,
)
from matcher import evidence
from matcher import weights as w
from matcher.candidate import Candidate, made_for_lvb
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


def only_with(question: Question, candidate: Candidate) -> str | None:
    """What is only for a certain problem of youths comes up when that shows."""
    if not candidate.only_with or question.shows_any(candidate.only_with):
        return None
    return "Alleen zinvol bij iets wat niet uit uw antwoorden blijkt; op de bladzijde staat wat."


def never_with(question: Question, candidate: Candidate) -> str | None:
    """What a source says it is not suitable for, where that shows."""
    named = candidate.never_with
    if named.isdisjoint({*question.context.situations, *question.present}):
        return None
    return "Niet geschikt bij iets wat uw antwoorden laten zien; op de bladzijde staat wat."


def age(question: Question, candidate: Candidate) -> str | None:
    """Overlap of at least a third of the narrower range; one shared year is no overlap."""
    ages = candidate.intervention.ages
    if ages is None or candidate.ages is None or not question.ages:
        return None
    shared, narrowest = len(candidate.ages & question.ages), min(len(candidate.ages), len(question.ages))
    if shared >= max(w.LEAST_AGE_OVERLAP * narrowest, min(w.LEAST_SHARED_YEARS, narrowest)):
        return None
    return f"Voor {ages.words}; u vraagt een andere leeftijd."


def parents_of_adults(question: Question, candidate: Candidate) -> str | None:
    """A programme with parents of children is no programme with parents of adults."""
    if not question.ages or min(question.ages) < w.ADULT or not raises_children(candidate.intervention):
        return None
    return "Werkt met ouders van kinderen; u vraagt alleen volwassenen."


def raises_children(intervention: Intervention) -> bool:
    ages = intervention.ages
    programme = intervention.kind is Kind.INTERVENTION and Form.FAMILY in intervention.forms
    return programme and ages is not None and ages.start <= w.CHILD


def school_only(question: Question, candidate: Candidate) -> str | None:
    elsewhere = (
        bool(question.settings) and Setting.SCHOOL not in question.settings and "school" not in question.partners
    )
    if not elsewhere or set(candidate.intervention.settings) != {Setting.SCHOOL}:
        return None
    return "Gebeurt alleen op school; u noemt school niet als plek en niet als partner."


def legal_title(question: Question, candidate: Candidate) -> str | None:
    """Measures that need a sentence or detention only when the question mentions police, Halt or an institution."""
    context = question.context
    if set(candidate.intervention.settings) == {Setting.INSTITUTION} and "inrichting" not in context.settings:
        return "Alleen in een inrichting of detentie; daar vraagt u niet naar."
    if not needs_title(candidate):
        return None
    if is_detention(candidate.intervention):
        return "Dit is detentie: daarover beslist de rechter."
    if "inrichting" in context.settings:
        return None
    if only_after_detention(candidate.intervention):
        return "Alleen na detentie of een maatregel; u noemt geen inrichting."
    if "politie" in context.settings or {"om", "halt"} & set(context.partners):
        return None
    return "Kan alleen met een straf, maatregel of beslissing van een rechter; u noemt politie, Halt of detentie niet."


def is_detention(intervention: Intervention) -> bool:
    inside = Setting.INSTITUTION in intervention.settings and Phase.ENFORCEMENT in intervention.phases
    return inside and intervention.kind is Kind.SERVICE


def only_after_detention(intervention: Intervention) -> bool:
    return set(intervention.phases) <= {Phase.CARE, Phase.AFTERCARE}


def too_heavy(question: Question, candidate: Candidate) -> str | None:
    """Two steps too heavy; one for a measure that only limits (subsidiarity), and for treatment where trouble is light; and without a known
    severity nothing heavy at all."""
    asked, intervention = question.context.severity, candidate.intervention
    if asked is None:
        heavy = intervention.intensity is Intensity.HEAVY
        return "Zware inzet. Die stellen wij niet voor zolang u niet zegt hoe ernstig het is." if heavy else None
    meant, limits = intervention.indication.severity.start, intervention.character is Character.LIMITING
    light = asked <= w.LIGHT_SEVERITY and is_treatment(intervention)
    if meant - asked < (w.TOO_HEAVY_LIMIT_GATE if limits or light else w.TOO_HEAVY_GATE):
        return None
    return f"Te zwaar: bedoeld vanaf ernst {meant} ({SEVERITIES[meant].lower()}); u gaf {asked}."


def is_treatment(intervention: Intervention) -> bool:
    """Is it for who broke the law, or only for youths or families with a known problem, and nothing that prevents or notices?"""
    if PreventionLevel.JUDICIAL in intervention.prevention_levels:
        return True
    known = set(intervention.prevention_levels) <= {PreventionLevel.INDICATED, PreventionLevel.JUDICIAL}
    return known and not {Phase.PREVENTION, Phase.EARLY_SIGNS} & set(intervention.phases)


def too_light(question: Question, candidate: Candidate) -> str | None:
    """Two steps too light; a standing service may stand beside something heavier for one step more, a light reaction may not at all."""
    asked, meant = question.context.severity, candidate.intervention.indication.severity
    allowed = w.TOO_LIGHT_SERVICE_GATE if candidate.intervention.kind is Kind.SERVICE else w.TOO_LIGHT_GATE
    if asked and asked >= _light_reaction_until(candidate.intervention):
        allowed = 1
    if asked and asked - meant.end >= allowed:
        return f"Te licht: bedoeld tot en met ernst {meant.end} ({SEVERITIES[meant.end].lower()}); u gaf {asked}."
    return None


def _light_reaction_until(intervention: Intervention) -> int:
    """Severity from which a light hand that sets a limit must be meant for it, later for a service that is there anyway; beyond
    all severities for everything else. Too little tells youths, and who suffered, that it was not so bad."""
    if intervention.intensity is not Intensity.LIGHT or intervention.character is Character.PREVENTIVE:
        return max(SEVERITIES) + 1
    return w.LIGHT_SERVICE_SEVERITY if intervention.kind is Kind.SERVICE else w.LIGHT_REACTION_SEVERITY


def victims(question: Question, candidate: Candidate) -> str | None:
    """Who suffered is no offender: where youths are exploited, or hurt while nothing here shows offending, no answer to an offence."""
    exploited = Situation.EXPLOITATION in question.context.situations
    if not is_for_offenders(candidate) or made_for(candidate, w.VICTIM_AXES):
        return None
    if exploited:
        return (
            "Een reactie op wie een delict pleegde. Bij uitbuiting zijn jongeren slachtoffer: eerst veiligheid en hulp."
        )
    return (
        "Een reactie op wie een delict pleegde. Uw antwoorden laten slachtoffers zien."
        if question.only_victims
        else None
    )


def made_for(candidate: Candidate, axes: AbstractSet[str]) -> bool:
    """Does it work on these by a source, or on nothing else?"""
    return not candidate.grounds.isdisjoint(axes) or (bool(candidate.links) and candidate.links.keys() <= axes)


def is_for_offenders(candidate: Candidate) -> bool:
    """Does it answer an offence, or train away what brings one to offend?"""
    intervention = candidate.intervention
    trains = intervention.kind is Kind.INTERVENTION and not w.OFFENDER_AXES.isdisjoint(candidate.grounds)
    return trains or answers_offence(intervention)


def answers_offence(intervention: Intervention) -> bool:
    """Is it for youths who offended? A service or a precondition only when it does nothing before an offence."""
    phases = set(intervention.phases)
    if intervention.kind is Kind.SERVICE or intervention.indication.role is RoleInApproach.PRECONDITION:
        return phases <= {Phase.ENFORCEMENT, Phase.AFTERCARE} and bool(
            {Form.INDIVIDUAL, Form.GROUP} & set(intervention.forms)
        )
    return Phase.ENFORCEMENT in phases or PreventionLevel.JUDICIAL in intervention.prevention_levels


def unsafe_at_home(question: Question, candidate: Candidate) -> str | None:
    """In acute danger within families: no talks with the whole family before they are safe, unless it is made for that danger."""
    intervention = candidate.intervention
    acute = question.context.severity == w.SEVERITY_ACUTE and question.context.level == ProblemLevel.FAMILY
    if not (acute and question.shows_victims and is_family_programme(intervention)) or made_for(candidate, w.HOME_AXES):
        return None
    return "Werkt met het hele gezin, terwijl er nu gevaar is. Eerst veiligheid, via Veilig Thuis of de politie."


def is_family_programme(intervention: Intervention) -> bool:
    return intervention.kind is not Kind.SERVICE and Form.FAMILY in intervention.forms


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
    """Seven-step model: nothing that works on a group, limits its members, or picks some of them, before the group has been read."""
    works = works_on_a_group(candidate.intervention)
    picks = question.about_a_group and picks_members(candidate.intervention)
    if question.context.group_knowledge != "nee" or not (works or picks):
        return None
    return "De partners kennen de groep nog niet. Breng eerst in kaart wat er speelt (stap 2 van het 7-stappenmodel)."


def heavy_hand(question: Question, candidate: Candidate) -> str | None:
    """Who limits heavily must, by a source, work on something that is a priority here: a guess of the editors is not enough."""
    if not limits_heavily(candidate.intervention) or candidate.grounds & question.priorities.keys():
        return None
    return "Grijpt zwaar in en begrenst. Dat stellen wij alleen voor als het volgens een bron werkt aan een van uw prioriteiten."


def limits_heavily(intervention: Intervention) -> bool:
    return intervention.character is Character.LIMITING and intervention.intensity is Intensity.HEAVY


def picks_members(intervention: Intervention) -> bool:
    """Does it choose persons out of a group?"""
    selects = any(c.kind is ConcernKind.PRIVACY for c in intervention.concerns)
    on_persons = Form.INDIVIDUAL in intervention.forms and set(intervention.forms) <= {
        Form.INDIVIDUAL,
        Form.GROUP,
        Form.FAMILY,
    }
    return selects and on_persons and ProblemKind.YOUTH_GROUP in intervention.indication.problems


def works_on_a_group(intervention: Intervention) -> bool:
    """What reads a group is how to get to know it, and does not count."""
    if intervention.kind is Kind.INSTRUMENT and set(intervention.phases) == {Phase.EARLY_SIGNS}:
        return False
    limits = intervention.character is Character.LIMITING
    return intervention.forms == (Form.GROUP,) or (
        limits and ProblemKind.YOUTH_GROUP in intervention.indication.problems
    )


def no_match(question: Question, candidate: Candidate) -> str | None:
    """Works on no priority, and is not meant for a problem that was named either. A measure with a legal title must work on a priority."""
    if question.priorities.keys() & candidate.links.keys() or (question.lvb and helps_with_lvb(candidate)):
        return None
    if not question.names_problem_of(candidate.intervention):
        return "Werkt aan geen van uw prioriteiten, en is niet bedoeld voor het probleem dat u noemt."
    return (
        "Een straf of maatregel moet aan een prioriteit werken; deze doet dat niet." if needs_title(candidate) else None
    )


def helps_with_lvb(candidate: Candidate) -> bool:
    """Is the disability itself what it is about? That is background, and never a priority."""
    return w.LVB_AXIS in candidate.links and made_for_lvb(candidate)


def other_problem(question: Question, candidate: Candidate) -> str | None:
    """Made for a problem that was not named and does not show: then it must work on several priorities, by a source. What is there for
    everyone, or brings things into view, is not made for one problem."""
    if is_general(candidate.intervention) or not question.shows_nothing_of(candidate.intervention):
        return None
    if len(candidate.grounds & question.priorities.keys()) >= w.OTHER_PROBLEM_GROUNDS:
        return None
    if question.lvb and helps_with_lvb(candidate):
        return None
    made_for_problem = candidate.intervention.indication.main_problem
    return f"Gemaakt voor {made_for_problem.label.lower()}; dat noemt u niet." if made_for_problem else None


def made_for_one(intervention: Intervention) -> bool:
    """Is it made for one problem that can be named?"""
    return not is_general(intervention) and intervention.indication.main_problem not in (None, ProblemKind.UNCLEAR)


def is_general(intervention: Intervention) -> bool:
    precondition = intervention.indication.role is RoleInApproach.PRECONDITION
    return precondition or intervention.kind in (Kind.SERVICE, Kind.INSTRUMENT)


def offence_unknown(question: Question, candidate: Candidate) -> str | None:
    """Only for who broke the law, while trouble is not grave and no contact with the police shows."""
    if not only_judicial(candidate.intervention) or w.POLICE_AXIS in question.present:
        return None
    if (question.context.severity or 0) >= w.JUDICIAL_SEVERITY:
        return None
    return "Alleen voor wie al een delict pleegde; eerder contact met de politie blijkt niet uit uw antwoorden."


def only_judicial(intervention: Intervention) -> bool:
    """What is made for something special, such as fireworks, is asked about on its own."""
    return set(intervention.prevention_levels) == {PreventionLevel.JUDICIAL} and not intervention.situations


def needs_title(candidate: Candidate) -> bool:
    return any(c.kind is ConcernKind.LEGAL_TITLE for c in candidate.intervention.concerns)


@dataclass(frozen=True, slots=True)
class Gate:
    """What it reads of a candidate, and when it closes: candidates with the same key always meet the same fate."""

    close: Close
    key: Callable[[Candidate], Hashable] | None
    """None when nearly every candidate has a key of its own; then the pool works it out for all of them at once."""
    meaning: str
    """What it does, in a Dutch sentence for who reads the whole model."""


def _has(kind: ConcernKind) -> Callable[[Candidate], bool]:
    return lambda candidate: any(c.kind is kind for c in candidate.intervention.concerns)


def _null_results(candidate: Candidate) -> Hashable:
    return frozenset(o for o, entries in candidate.judged.items() if evidence.without_effect({o: entries}, {o}))


GATES: dict[str, Gate] = {
    "weggelaten": Gate(left_out, None, "Wat u zelf weglaat, doet niet mee."),
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
        lambda c: (is_for_offenders(c), made_for(c, w.VICTIM_AXES)),
        "Is een reactie op wie een delict pleegde, terwijl er bij u uitbuiting speelt of uw antwoorden alleen slachtoffers laten zien.",
    ),
    "onveilig-thuis": Gate(
        unsafe_at_home,
        lambda c: (is_family_programme(c.intervention), made_for(c, w.HOME_AXES)),
        "Werkt met het hele gezin, terwijl daar acuut gevaar is en het daarvoor niet is gemaakt.",
    ),
    "alleen-bij": Gate(
        only_with,
        lambda c: c.only_with,
        "Is alleen zinvol bij een factor die niet uit uw antwoorden blijkt, zoals behandeling zonder psychische problemen.",
    ),
    "niet-bij": Gate(
        never_with,
        lambda c: c.never_with,
        "Is volgens een bron niet geschikt bij iets wat uw antwoorden laten zien, zoals een gesprek met de dader bij uitbuiting.",
    ),
    "leeftijd": Gate(
        age,
        None,
        "De leeftijd van de interventie en uw leeftijd overlappen te weinig, gemeten aan de smalste van de twee. Eén gedeeld jaar is geen overlap.",
    ),
    "volwassen": Gate(
        parents_of_adults,
        lambda c: raises_children(c.intervention),
        f"Werkt met ouders van kinderen, terwijl u alleen vraagt naar jongeren vanaf {w.ADULT} jaar.",
    ),
    "alleen-school": Gate(
        school_only,
        lambda c: set(c.intervention.settings) == {Setting.SCHOOL},
        "Gebeurt alleen op school, en de school is bij u geen plek en geen partner.",
    ),
    "titel": Gate(
        legal_title,
        lambda c: (
            set(c.intervention.settings) == {Setting.INSTITUTION},
            needs_title(c),
            only_after_detention(c.intervention),
            is_detention(c.intervention),
        ),
        "Kan alleen met een straf, een maatregel of in een inrichting, en daar vraagt u niet naar.",
    ),
    "te-zwaar": Gate(
        too_heavy,
        lambda c: (
            c.intervention.indication.severity.start,
            c.intervention.intensity is Intensity.HEAVY,
            c.intervention.character is Character.LIMITING,
            is_treatment(c.intervention),
        ),
        f"Is bedoeld vanaf een ernst die {w.TOO_HEAVY_GATE} of meer treden hoger is dan u geeft; bij een maatregel die alleen begrenst, "
        f"en bij behandeling tot en met ernst {w.LIGHT_SEVERITY}, al bij {w.TOO_HEAVY_LIMIT_GATE}.",
    ),
    "te-licht": Gate(
        too_light,
        lambda c: (
            c.intervention.indication.severity.end,
            c.intervention.kind is Kind.SERVICE,
            _light_reaction_until(c.intervention),
        ),
        f"Is bedoeld voor een ernst die {w.TOO_LIGHT_GATE} of meer treden lager is dan u geeft; "
        f"bij een vaste voorziening {w.TOO_LIGHT_SERVICE_GATE}, en bij een lichte reactie vanaf ernst {w.LIGHT_REACTION_SEVERITY} (een voorziening vanaf {w.LIGHT_SERVICE_SEVERITY}) al bij één.",
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
        lambda c: (works_on_a_group(c.intervention), picks_members(c.intervention)),
        "Is alleen voor een groep, begrenst haar leden of kiest er personen uit, terwijl de partners de groep nog niet kennen. Eerst kijken wie het zijn en wat er speelt.",
    ),
    "zwaar-begrenzen": Gate(
        heavy_hand,
        lambda c: c.grounds if limits_heavily(c.intervention) else None,
        "Grijpt zwaar in en begrenst, en werkt volgens geen bron aan een van uw prioriteiten.",
    ),
    "geen-delict": Gate(
        offence_unknown,
        lambda c: only_judicial(c.intervention),
        f"Is alleen voor wie al een delict pleegde, terwijl uw ernst lager is dan {w.JUDICIAL_SEVERITY} en eerder politiecontact niet blijkt.",
    ),
    "ander-probleem": Gate(
        other_problem,
        None,
        f"Is gemaakt voor een probleem dat u niet noemt, en werkt volgens een bron aan minder dan {w.OTHER_PROBLEM_GROUNDS} van uw prioriteiten.",
    ),
    "past-niet": Gate(
        no_match,
        None,
        "Werkt aan geen van uw prioriteiten en is niet gemaakt voor het probleem dat u noemt; een straf of maatregel moet aan een prioriteit werken.",
    ),
}
