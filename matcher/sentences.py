"""What is said of how well a candidate fits: a Dutch sentence for every value of values.py. Knows no points."""

from __future__ import annotations

from collections.abc import Sequence

from kb import Availability, Basis, Choice, Intensity, Intervention, Kind, ProblemKind
from matcher import evidence
from matcher import weights as w
from matcher.candidate import Candidate
from matcher.question import Question
from matcher.values import distance, missing, needed

EFFORT = {Intensity.LIGHT: "Lichte", Intensity.MEDIUM: "Middelzware", Intensity.HEAVY: "Zware"}


def problem(question: Question, candidate: Candidate, _value: float) -> str:
    intervention = candidate.intervention
    meant = intervention.indication.problems
    matched = [p for p in question.problems if p in meant]
    if matched:
        return f"Bedoeld voor {_labels(matched)}{_estimated(intervention)}."
    if not question.problems:
        return "Het probleem is nog niet duidelijk; dit telt voor de helft."
    shown = [p for p in question.shown_problems if p in meant]
    if shown:
        return (
            f"Niet gemaakt voor het probleem dat u noemt, wel voor iets dat uit uw antwoorden komt: {_labels(shown)}."
        )
    if set(meant) == {ProblemKind.UNCLEAR}:
        return "Algemene steun, niet speciaal voor dit probleem."
    return f"Niet gemaakt voor uw probleem, wel voor {_labels(meant[:1])}."


def _labels(choices: Sequence[Choice]) -> str:
    return " en ".join([choice.label.lower() for choice in choices])


def _estimated(intervention: Intervention) -> str:
    return " (inschatting van de redactie)" if intervention.indication.basis is Basis.DERIVED else ""


def proof(question: Question, candidate: Candidate, _value: float) -> str:
    verdict = evidence.weigh(candidate.verdicts, question.outcomes)
    text = f"Bewijs voor {verdict.outcome.label}: {verdict.level.label.lower()}{evidence.told(verdict.entry)}."
    if not verdict.relevant:
        text += " Dat gaat over iets anders dan uw probleem, dus het telt een trede lager."
    if verdict.old:
        text += " Het oordeel is ouder dan tien jaar en telt daarom een trede lager."
    if verdict.conflicting:
        text += f" De oordelen verschillen ({', '.join(level.label.lower() for level in verdict.conflicting)}); het laagste telt."
    return text


def severity(question: Question, candidate: Candidate, _value: float) -> str:
    asked, meant = question.context.severity, candidate.intervention.indication.severity
    if asked is None:
        return "U gaf geen ernst op; dit telt voor de helft."
    fits = {0: "past daarbij", 1: "ligt daar net naast"}.get(distance(asked, meant), "ligt daar ver van af")
    return f"Bedoeld voor ernst {meant.start} tot en met {meant.end}; uw {asked} {fits}."


def level(question: Question, candidate: Candidate, value: float) -> str:
    if not question.knows_level:
        return "U weet nog niet of het om een groep of losse jongeren gaat; dit telt voor de helft."
    names = " of ".join([m.label.lower() for m in candidate.intervention.indication.levels])
    fits = "past bij" if value == 1.0 else "past een beetje bij" if value else "past niet bij"
    return f"Bedoeld voor {names}; dat {fits} uw vraag."


def tailored(_question: Question, _candidate: Candidate, value: float) -> str:
    return "Gemaakt voor dit probleem én voor hoe het er bij u uitziet." if value else ""


def group_process(_question: Question, _candidate: Candidate, value: float) -> str:
    return (
        "Bij een groep hoort eerst de groep zelf: dit brengt haar in beeld of regelt de aanpak ervan." if value else ""
    )


def proportion(question: Question, candidate: Candidate, value: float) -> str:
    asked = question.context.severity
    if asked is None:
        return "Of de zwaarte past, is zonder ernst niet te zeggen; dit telt voor de helft."
    fits = "in verhouding tot" if value >= w.IN_PROPORTION else "niet goed in verhouding tot"
    return f"{EFFORT[candidate.intervention.intensity]} inzet: {fits} ernst {asked}."


def role(_question: Question, candidate: Candidate, _value: float) -> str:
    found = candidate.intervention.indication.role
    return f"{found.label}: {found.meaning}."


def age(question: Question, candidate: Candidate, value: float) -> str:
    ages = candidate.intervention.ages
    if ages is None:
        return "Noemt geen leeftijd; vraag na of het bij uw jongeren past."
    if not question.ages:
        return "U gaf geen leeftijd op; dit telt voor de helft."
    partly = "past voor een deel bij" if value > 0 else "is voor een groot deel anders dan"
    return f"Voor {ages.words}; dat {'past bij' if value == 1.0 else partly} uw vraag."


def form(question: Question, candidate: Candidate, value: float) -> str:
    values = w.FORM_FOR_LEVEL.get(question.context.level or "")
    if values is None:
        return "Of de vorm past, is niet te zeggen zolang het niveau niet bekend is; dit telt voor de helft."
    best = max(candidate.intervention.forms, key=values.__getitem__)
    partly = "past een beetje bij" if value >= w.UNKNOWN else "past niet goed bij"
    return f"Vorm: {best.label.lower()}; dat {'past bij' if value >= w.FITTING_FORM else partly} uw vraag."


DIRECTION_WORDS = {
    Kind.APPROACH: "Een aanpak: partners werken samen aan het geheel.",
    Kind.SERVICE: "Een voorziening die er staat: u kunt er mensen en vragen heen brengen.",
    Kind.INSTRUMENT: "Een instrument: het helpt de partners om samen te kijken en te kiezen.",
    Kind.INTERVENTION: "Een programma voor jongeren, ouders of een klas: een deel van een aanpak.",
}


def direction(_question: Question, candidate: Candidate, _value: float) -> str:
    return DIRECTION_WORDS[candidate.intervention.kind]


def balance(question: Question, candidate: Candidate, value: float) -> str:
    if question.context.balance not in w.BALANCE_VALUE:
        return "U heeft geen voorkeur voor preventie of gezag; dit telt voor de helft."
    fits = "is" if value == 1.0 else "past half bij" if value >= w.UNKNOWN else "past minder bij"
    return f"{candidate.intervention.character.label}: dat {fits} wat u zoekt."


def setting(question: Question, candidate: Candidate, _value: float) -> str:
    meant = candidate.intervention.settings
    if not question.settings or not meant:
        return "Waar u de jongeren bereikt, is niet te vergelijken; dit telt voor de helft."
    shared = [s.label.lower() for s in meant if s in question.settings]
    if not shared:
        return "Gebeurt niet op een plek waar u zegt de jongeren te bereiken."
    return f"Gebeurt waar u de jongeren bereikt: {', '.join(shared)}."


def capacity(question: Question, candidate: Candidate, value: float) -> str:
    if question.context.capacity not in w.CAPACITY_VALUE:
        return "U gaf niet op hoeveel tijd er is; dit telt voor de helft."
    fits = {1.0: "past bij", 0.0: "vraagt meer dan"}.get(value, "kan net met")
    return f"{EFFORT[candidate.intervention.intensity]} inzet: dat {fits} de tijd die u heeft."


def partners(question: Question, candidate: Candidate, _value: float) -> str:
    asked = needed(candidate)
    if not asked or not question.context.partners:
        return "Welke partners nodig zijn of meedoen is niet bekend; dit telt voor de helft."
    absent = missing(question, asked)
    return f"Nog nodig: {', '.join(absent)}." if absent else "De partners die nodig zijn, doen mee."


def term(question: Question, candidate: Candidate, value: float) -> str:
    duration = candidate.intervention.duration
    if duration is None or duration.months is None or question.context.term not in w.TERM_MONTHS:
        return "Hoe lang het duurt, is niet bekend of niet gevraagd; dit telt voor de helft."
    fits = "dat past" if value == 1.0 else "dat is langer dan u wilt wachten"
    return f"Duurt ongeveer {duration.words}; {fits}."


def available(_question: Question, candidate: Candidate, value: float) -> str:
    found = candidate.intervention.availability
    if found is None:
        return "Of het bij u te krijgen is, is niet bekend."
    if found is Availability.ABROAD:
        return "In Nederland is geen aanbod gevonden."
    if value == 1.0:
        return f"Te krijgen {'in het hele land' if found is Availability.NATIONAL else 'in uw regio'}."
    where = ", ".join(candidate.intervention.regions[:3]) or "een andere regio"
    return f"Loopt of liep in {where}; vraag na of het bij u kan."
