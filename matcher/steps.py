"""What to do that is not an intervention from the list, and what the advice could not weigh. Words only; nothing here changes a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessment import UNKNOWN_LEVEL, Context, Profile
from kb import Factor
from matcher import weights as w
from matcher.advice import Axis, Priorities, Recommendation, Result, Step


def advise(
    result: Result, priorities: Priorities, ranked: Sequence[Recommendation], context: Context, profile: Profile
) -> Iterator[Step]:
    if result is Result.INSUFFICIENT_DATA:
        yield from _find_out_more(priorities, context, profile)
    elif result is Result.LOW_NEED:
        yield from _keep_what_protects(context)
    else:
        yield from _with_the_advice(priorities, ranked, context, profile)


def _find_out_more(priorities: Priorities, context: Context, profile: Profile) -> Iterator[Step]:
    yield Step(
        "Vraag meer mensen",
        "Laat zes tot tien mensen uit minstens vier rollen hetzelfde invullen, ieder apart. Praat ook met jongeren en bewoners.",
    )
    if priorities.find_out:
        yield Step(
            "Zoek dit eerst uit",
            f"{_names(priorities.find_out)}: dit lijkt hoog, maar is nog te onzeker om op te kiezen.",
        )
    if (context.severity or 0) >= w.CONTRADICTING_SEVERITY and profile.scores:
        yield Step(
            "Uw antwoorden spreken elkaar tegen",
            f"U gaf ernst {context.severity}, maar uit de antwoorden volgt geen prioriteit. Bespreek dat met politie en jongerenwerk.",
        )
    if context.level in (None, UNKNOWN_LEVEL):
        yield Step(
            "Breng de groep in beeld",
            "U weet nog niet of het om een groep gaat. Duid eerst met partners wat er speelt (stap 2 van het 7-stappenmodel), zonder namen in dit instrument.",
        )
    yield Step(
        "Doe intussen iets lichts",
        "Aanwezigheid van jongerenwerk en contact met ouders kunnen weinig kwaad als het beeld straks anders blijkt. "
        "Wacht met een groepsaanpak of gebiedsverbod: meldingen alleen zijn geen maat voor gedrag.",
    )


def _keep_what_protects(context: Context) -> Iterator[Step]:
    yield Step(
        "Houd wat goed gaat",
        "Geen onderwerp komt boven de drempel. Houd het aanbod dat er is, en meet over een jaar opnieuw.",
    )
    yield Step(
        "Kies hoogstens iets voor iedereen",
        "Denk aan lessen over online gedrag op school, samen met ouders. Een training of persoonsgerichte aanpak is hier te zwaar en kan een etiket geven.",
    )
    yield Step(
        "Maak bekend waar hulp is",
        "Zorg dat ouders en jongeren weten waar zij snel terechtkunnen met vragen over opvoeden.",
    )
    if (context.severity or 0) >= 3:
        yield Step(
            "Kijk nog eens naar de ernst",
            f"U gaf ernst {context.severity}, terwijl de antwoorden rustig zijn. Bespreek het verschil met collega's.",
        )


def _with_the_advice(
    priorities: Priorities, ranked: Sequence[Recommendation], context: Context, profile: Profile
) -> Iterator[Step]:
    if profile.provisional:
        yield Step(
            "Maak er een meting van",
            "Dit is de inschatting van één persoon. Laat zes tot tien mensen uit vier rollen ieder apart de snelscan doen, leg de adviezen naast elkaar en bespreek waarin u verschilt.",
        )
    if not ranked or ranked[0].score < w.WEAK_BEST:
        yield Step(
            "Denk aan een combinatie",
            "Geen enkele interventie dekt dit goed. Kijk naar het recept: samen dekken zij meer.",
        )
    if priorities.find_out:
        yield Step(
            "Zoek dit nog uit",
            f"{_names(priorities.find_out)}: dit lijkt hoog, maar is nog te onzeker om op te kiezen.",
        )
    if context.participation in (None, "nee"):
        yield Step(
            "Praat met jongeren en ouders",
            "Zij hebben nog niet meegedaan. Vraag hun of zij het probleem herkennen, vóór u kiest.",
        )


def not_weighed(
    factors: Mapping[str, Factor], profile: Profile, context: Context, ranked: int = 0, unpriced: int = 0
) -> Iterator[str]:
    """Honest limits of this advice, in sentences: so many are ranked, and of so many of them no cost is known."""
    axes = {factor.axis for factor in factors.values()}
    known = {factors[f].axis for f in profile.scores if f in factors}
    if len(known) < len(axes):
        yield f"Over {len(axes) - len(known)} van de {len(axes)} onderwerpen is niets ingevuld. Onbekend telt niet als laag."
    if ranked:
        yield "Voor wie iets níet geschikt is, staat meestal alleen in gewone tekst op de bladzijde. Dat kan deze berekening niet lezen: lees het zelf."
        yield f"Van {unpriced} van de {ranked} interventies zijn de kosten niet bekend. Alleen bekende kosten boven uw budget geven aftrek."
        yield "Motivatie van jongeren, eerdere hulp en de mensen die het moeten doen, kent deze berekening niet."
    missing = [words for answered, words in _unanswered(context) if not answered]
    if missing:
        yield f"U gaf niet op: {', '.join(missing)}. Die onderdelen tellen voor de helft."


def _unanswered(context: Context) -> Iterator[tuple[bool, str]]:
    yield bool(context.ages), "leeftijd"
    yield bool(context.problems), "probleem"
    yield context.severity is not None, "ernst"
    yield context.level not in (None, UNKNOWN_LEVEL), "groep of losse jongeren"
    yield bool(context.settings), "waar u de jongeren bereikt"
    yield context.capacity is not None, "beschikbare tijd"
    yield bool(context.partners), "partners"
    yield context.term is not None, "termijn"


def _names(axes: Sequence[Axis]) -> str:
    return ", ".join(axis.factors[0].name for axis in axes)
