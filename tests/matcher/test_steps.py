"""What to do next, and what the advice could not weigh: the whole sentences, and when each is said."""

from __future__ import annotations

from typing import Any

import pytest

from assessment import Context, Profile
from kb import AgeRange, ProblemKind
from matcher import Advice, Result, recommend
from tests.matcher.samples import context, cupboard, page, profile, small_cupboard

UNKNOWN_AREA = Profile()
QUIET = profile(agressie=10, wapenbezit=10, impulsiviteit=10, antisociale_houding=10, verzuim_schooluitval=10)
SERIOUS = profile(agressie=80)
DOUBTFUL = profile(0.3, agressie=80, wapenbezit=70)


def advise(measured: Profile, **asked: Any) -> Advice:
    return recommend(small_cupboard(page()), measured, context(**asked))


def said(measured: Profile, **asked: Any) -> list[tuple[str, str]]:
    return [(step.title, step.text) for step in advise(measured, **asked).steps]


ASK_MORE = (
    "Vraag meer mensen",
    "Laat zes tot tien mensen uit minstens vier rollen hetzelfde invullen, ieder apart. Praat ook met jongeren en bewoners.",
)
LIGHT = (
    "Doe intussen iets lichts",
    (
        "Aanwezigheid van jongerenwerk en contact met ouders kunnen weinig kwaad als het beeld straks anders blijkt. "
        "Wacht met een groepsaanpak of gebiedsverbod: meldingen alleen zijn geen maat voor gedrag."
    ),
)
FIND_OUT = (
    "Zoek dit eerst uit",
    "Agressie en gewelddadig gedrag, Wapens bij jongeren: dit lijkt hoog, maar is nog te onzeker om op te kiezen.",
)
CONTRADICTION = (
    "Uw antwoorden spreken elkaar tegen",
    "U gaf ernst 4, maar uit de antwoorden volgt geen prioriteit. Bespreek dat met politie en jongerenwerk.",
)
READ_THE_GROUP = (
    "Breng de groep in beeld",
    (
        "U weet nog niet of het om een groep gaat. Duid eerst met partners wat er speelt (stap 2 van het 7-stappenmodel), "
        "zonder namen in dit instrument."
    ),
)


@pytest.mark.parametrize(
    ("measured", "asked", "steps"),
    [
        (UNKNOWN_AREA, {}, [ASK_MORE, LIGHT]),
        (UNKNOWN_AREA, {"severity": 4}, [ASK_MORE, LIGHT]),
        (UNKNOWN_AREA, {"level": None}, [ASK_MORE, READ_THE_GROUP, LIGHT]),
        (UNKNOWN_AREA, {"level": "onbekend", "severity": None}, [ASK_MORE, READ_THE_GROUP, LIGHT]),
        (DOUBTFUL, {}, [ASK_MORE, FIND_OUT, LIGHT]),
        (QUIET, {"severity": 4}, [ASK_MORE, CONTRADICTION, LIGHT]),
    ],
)
def test_with_too_little_data_the_steps_say_what_to_find_out(
    measured: Profile, asked: dict[str, Any], steps: list[tuple[str, str]]
) -> None:
    assert advise(measured, **asked).result is Result.INSUFFICIENT_DATA
    assert said(measured, **asked) == steps


KEEP = [
    (
        "Houd wat goed gaat",
        "Geen onderwerp komt boven de drempel. Houd het aanbod dat er is, en meet over een jaar opnieuw.",
    ),
    (
        "Kies hoogstens iets voor iedereen",
        (
            "Denk aan lessen over online gedrag op school, samen met ouders. "
            "Een training of persoonsgerichte aanpak is hier te zwaar en kan een etiket geven."
        ),
    ),
    (
        "Maak bekend waar hulp is",
        "Zorg dat ouders en jongeren weten waar zij snel terechtkunnen met vragen over opvoeden.",
    ),
]
LOOK_AGAIN = (
    "Kijk nog eens naar de ernst",
    "U gaf ernst 3, terwijl de antwoorden rustig zijn. Bespreek het verschil met collega's.",
)


@pytest.mark.parametrize(("severity", "steps"), [(None, KEEP), (1, KEEP), (2, KEEP), (3, [*KEEP, LOOK_AGAIN])])
def test_where_little_is_going_on_the_steps_keep_what_protects(
    severity: int | None, steps: list[tuple[str, str]]
) -> None:
    assert advise(QUIET, severity=severity).result is Result.LOW_NEED
    assert said(QUIET, severity=severity) == steps


MEASURE = (
    "Maak er een meting van",
    (
        "Dit is de inschatting van één persoon. Laat zes tot tien mensen uit vier rollen ieder apart de snelscan doen, "
        "leg de adviezen naast elkaar en bespreek waarin u verschilt."
    ),
)
COMBINE = (
    "Denk aan een combinatie",
    "Geen enkele interventie dekt dit goed. Kijk naar het recept: samen dekken zij meer.",
)
STILL_UNSURE = ("Zoek dit nog uit", "Wapens bij jongeren: dit lijkt hoog, maar is nog te onzeker om op te kiezen.")
TALK = (
    "Praat met jongeren en ouders",
    "Zij hebben nog niet meegedaan. Vraag hun of zij het probleem herkennen, vóór u kiest.",
)
ONE_PERSON = Profile(SERIOUS.scores, {"politie": 1})
PARTLY_SURE = Profile({**SERIOUS.scores, **profile(0.3, wapenbezit=80).scores})


@pytest.mark.parametrize(
    ("measured", "asked", "steps"),
    [
        (SERIOUS, {"participation": "ja"}, []),
        (SERIOUS, {"participation": "nee"}, [TALK]),
        (SERIOUS, {"participation": None}, [TALK]),
        (ONE_PERSON, {"participation": "ja"}, [MEASURE]),
        (PARTLY_SURE, {"participation": "ja"}, [STILL_UNSURE]),
        (SERIOUS, {"participation": "ja", "ages": (AgeRange(van=0, tot=5),)}, [COMBINE]),
        (
            SERIOUS,
            {
                "participation": "ja",
                "problems": (ProblemKind.DRUGS,),
                "level": "wijkbreed",
                "severity": 5,
                "balance": "gezag",
            },
            [COMBINE],
        ),
    ],
)
def test_with_an_advice_the_steps_say_what_it_lacks(
    measured: Profile, asked: dict[str, Any], steps: list[tuple[str, str]]
) -> None:
    assert advise(measured, **asked).result is Result.ADVICE
    assert said(measured, **asked) == steps


# ---- what was not weighed ---------------------------------------------------------------------------------------------

EVERYTHING = {
    "settings": ("school",),
    "capacity": "midden",
    "partners": ("politie",),
    "term": "direct",
}
ABOUT_RANKING = [
    "Voor wie iets níet geschikt is, staat meestal alleen in gewone tekst op de bladzijde. Dat kan deze berekening niet lezen: lees het zelf.",
    "Van 1 van de 1 interventies zijn de kosten niet bekend. Alleen bekende kosten boven uw budget geven aftrek.",
    "Motivatie van jongeren, eerdere hulp en de mensen die het moeten doen, kent deze berekening niet.",
]
AXES = len({factor.axis for factor in cupboard().factors.values()})
UNKNOWN = f"Over {AXES - 1} van de {AXES} onderwerpen is niets ingevuld. Onbekend telt niet als laag."


def test_what_could_not_be_weighed_is_said() -> None:
    assert list(advise(SERIOUS, **EVERYTHING).not_weighed) == [UNKNOWN, *ABOUT_RANKING]


def test_a_known_price_is_not_counted_as_unknown() -> None:
    kast = small_cupboard(page("een"), page("twee", kosten={"bedrag_eur": 500, "per": "jaar"}))
    found = recommend(kast, SERIOUS, context(**EVERYTHING)).not_weighed
    assert found[2].startswith("Van 1 van de 2 interventies")


def test_without_a_ranking_nothing_is_said_about_it() -> None:
    assert list(advise(DOUBTFUL, **EVERYTHING).not_weighed) == [UNKNOWN.replace(str(AXES - 1), str(AXES - 2), 1)]


def test_when_everything_is_filled_in_nothing_is_called_unknown() -> None:
    everything = Profile({f: score for f in cupboard().factors for score in profile(**{f: 50}).scores.values()})
    assert list(advise(everything, **EVERYTHING).not_weighed) == ABOUT_RANKING


UNANSWERED = [
    ("ages", (), "leeftijd"),
    ("problems", (), "probleem"),
    ("severity", None, "ernst"),
    ("level", None, "groep of losse jongeren"),
    ("level", "onbekend", "groep of losse jongeren"),
    ("settings", (), "waar u de jongeren bereikt"),
    ("capacity", None, "beschikbare tijd"),
    ("partners", (), "partners"),
    ("term", None, "termijn"),
]


@pytest.mark.parametrize(("key", "value", "name"), UNANSWERED)
def test_a_question_left_open_is_named(key: str, value: Any, name: str) -> None:
    found = advise(SERIOUS, **{**EVERYTHING, key: value}).not_weighed[-1]
    assert found == f"U gaf niet op: {name}. Die onderdelen tellen voor de helft."


def test_several_questions_left_open_are_listed() -> None:
    found = recommend(small_cupboard(page()), SERIOUS, Context()).not_weighed[-1]
    names = "leeftijd, probleem, ernst, groep of losse jongeren, waar u de jongeren bereikt, beschikbare tijd, partners, termijn"
    assert found == f"U gaf niet op: {names}. Die onderdelen tellen voor de helft."
