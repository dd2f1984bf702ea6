"""Every gate closes when it must, says why in Dutch, and stays open otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from kb import AgeRange, Intervention, ProblemKind
from matcher import recommend
from tests.matcher.samples import context, indication, page, profile, small_cupboard


def gate(asked: dict[str, Any], **changed: Any) -> str | None:
    excluded = recommend(small_cupboard(page(**changed)), profile(agressie=80), context(**asked)).excluded
    return excluded[0].gate if excluded else None


TITLE = [{"soort": "alleen-met-titel", "tekst": "Alleen met een straf."}]
BROAD = [{"soort": "te-breed", "tekst": "Voor iedereen."}]
WEAPONS = [{"id": "wapenbezit", "basis": "expliciet"}]
PRIVACY = [{"soort": "privacy-proxy", "tekst": "Kiest personen."}]
PERSONS = {"zwaarte": "zwaar", "karakter": "beide", "preventieniveau": ["justitieel"], "aandachtspunten": PRIVACY}

HEAVY_HAND = {"karakter": "begrenzend", "zwaarte": "zwaar"}
LIGHT_REACTION = {"karakter": "beide", "zwaarte": "licht", "indicatie": indication(ernst={"van": 1, "tot": 3})}
PUNISHMENT = {"fase": ["repressie", "nazorg"]}
HURT = [{"id": "agressie", "basis": "expliciet"}, {"id": "slachtofferschap", "basis": "expliciet"}]
BAD_FRIENDS = {"id": "antisociale-vrienden", "basis": "expliciet"}
UNREAD = {"group_knowledge": "nee", "level": "groep", "problems": (ProblemKind.YOUTH_GROUP,)}
PICKS = {"aandachtspunten": PRIVACY, "indicatie": indication(problemen=["jeugdgroep"])}
READS_GROUPS = {"soort": "instrument", "vorm": ["groep"], "fase": ["vroegsignalering"]}
EXPLOITED = {"situations": ("uitbuiting",)}

CLOSED = [
    ("leeftijd", {"ages": (AgeRange(van=0, tot=11),)}, {}),
    ("leeftijd", {}, {"leeftijd": {"van": 17, "tot": 27}}),
    ("titel", {}, {"aandachtspunten": TITLE}),
    ("titel", {"settings": ("politie",)}, {"setting": ["inrichting"]}),
    ("te-zwaar", {"severity": 1}, {"indicatie": indication(ernst={"van": 3, "tot": 5})}),
    ("te-zwaar", {"severity": 2}, {"karakter": "begrenzend", "indicatie": indication(ernst={"van": 3, "tot": 5})}),
    ("geen-grondslag", {}, {"aandachtspunten": [{"soort": "geen-grondslag", "tekst": "De Raad van State zei nee."}]}),
    ("gestopt", {}, {"beschikbaarheid": "gestopt"}),
    ("geslacht", {"gender": "vooral-meisjes"}, {"geslacht": "jongens"}),
    ("geslacht", {"gender": "vooral-jongens"}, {"geslacht": "meisjes"}),
    ("situatie", {}, {"situatie": ["vuurwerk"]}),
    ("situatie", {"situations": ("geen",)}, {"situatie": ["vuurwerk"]}),
    ("situatie", {"situations": ("voetbal",)}, {"situatie": ["vuurwerk"]}),
    ("te-licht", {"severity": 5}, {"indicatie": indication(ernst={"van": 1, "tot": 2})}),
    ("te-licht", {"severity": 4}, {"indicatie": indication(ernst={"van": 1, "tot": 2})}),
    ("te-licht", {"severity": 5}, {"soort": "dienst", "indicatie": indication(ernst={"van": 1, "tot": 2})}),
    ("te-zwaar", {"severity": 2}, {"indicatie": indication(ernst={"van": 3, "tot": 5})}),
    ("te-licht", {"severity": 3}, {**LIGHT_REACTION, "indicatie": indication(ernst={"van": 1, "tot": 2})}),
    ("te-licht", {"severity": 4}, LIGHT_REACTION),
    ("te-licht", {"severity": 4}, {**LIGHT_REACTION, "soort": "dienst"}),
    ("alleen-bij", {}, {"alleen_bij": ["wapenbezit"]}),
    ("niet-bij", {}, {"niet_bij": ["agressie"]}),
    ("niet-bij", EXPLOITED, {"niet_bij": ["uitbuiting"]}),
    ("volwassen", {"ages": (AgeRange(van=18, tot=22),)}, {"vorm": ["gezin"], "leeftijd": {"van": 12, "tot": 23}}),
    ("alleen-school", {"settings": ("thuis",)}, {"setting": ["school"]}),
    ("titel", {"settings": ("politie",)}, {"aandachtspunten": TITLE, "fase": ["nazorg"]}),
    (
        "titel",
        {"settings": ("inrichting",)},
        {"soort": "dienst", "aandachtspunten": TITLE, "setting": ["inrichting"], "fase": ["repressie"]},
    ),
    ("geen-delict", {}, {"preventieniveau": ["justitieel"]}),
    ("ander-probleem", {}, {"indicatie": indication(problemen=["wapens"], hoofdprobleem="wapens")}),
    ("slachtoffers", EXPLOITED, PUNISHMENT),
    ("slachtoffers", EXPLOITED, {"preventieniveau": ["justitieel"]}),
    ("slachtoffers", EXPLOITED, {"risicofactoren": [{"id": "agressie", "basis": "expliciet"}, BAD_FRIENDS]}),
    ("slachtoffers", EXPLOITED, {**PUNISHMENT, "vorm": ["groep", "wijk"]}),
    ("te-breed", {"severity": 4}, {"aandachtspunten": BROAD}),
    ("privacy", {"severity": 3}, PERSONS),
    ("privacy", {"severity": 2}, {"karakter": "beide", "aandachtspunten": PRIVACY}),
    ("groep-niet-geduid", {"group_knowledge": "nee"}, {"vorm": ["groep"]}),
    (
        "groep-niet-geduid",
        {"group_knowledge": "nee", "problems": (ProblemKind.YOUTH_GROUP,)},
        {"karakter": "begrenzend", "indicatie": indication(problemen=["overlast", "jeugdgroep"])},
    ),
    ("groep-niet-geduid", UNREAD, PICKS),
    ("zwaar-begrenzen", {}, {**HEAVY_HAND, "risicofactoren": [{"id": "agressie", "basis": "afgeleid"}]}),
    (
        "past-niet",
        {"settings": ("politie",)},
        {"risicofactoren": WEAPONS, "aandachtspunten": TITLE, "fase": ["repressie"]},
    ),
    ("past-niet", {}, {"risicofactoren": WEAPONS, "indicatie": indication(problemen=["wapens"])}),
]
OPEN = [
    ({}, HEAVY_HAND),
    ({}, {"karakter": "beide", "zwaarte": "zwaar", "risicofactoren": [{"id": "agressie", "basis": "afgeleid"}]}),
    ({}, {"karakter": "begrenzend", "risicofactoren": [{"id": "agressie", "basis": "afgeleid"}]}),
    ({}, {"risicofactoren": WEAPONS}),
    ({}, {"indicatie": indication(problemen=["wapens"])}),
    ({}, {"leeftijd": None}),
    ({"ages": ()}, {}),
    ({"settings": ("politie",)}, {"aandachtspunten": TITLE, "fase": ["repressie"]}),
    ({"partners": ("om",)}, {"aandachtspunten": TITLE, "fase": ["repressie"]}),
    ({"settings": ("inrichting",)}, {"aandachtspunten": TITLE, "fase": ["nazorg"]}),
    ({"settings": ("inrichting",)}, {"setting": ["inrichting"], "aandachtspunten": TITLE}),
    ({"severity": 2}, {"indicatie": indication(ernst={"van": 3, "tot": 5}), "fase": ["vroegsignalering", "zorg"]}),
    ({"severity": 2}, {"indicatie": indication(ernst={"van": 3, "tot": 5}), "preventieniveau": ["selectief"]}),
    ({"gender": "vooral-jongens"}, {"geslacht": "jongens"}),
    ({"gender": "allebei"}, {"geslacht": "meisjes"}),
    ({}, {"geslacht": "meisjes"}),
    ({"gender": "vooral-meisjes"}, {"geslacht": "alle"}),
    ({"situations": ("voetbal", "vuurwerk")}, {"situatie": ["vuurwerk"]}),
    ({"situations": ("geen",)}, {}),
    ({"severity": 3}, {"karakter": "begrenzend", "indicatie": indication(ernst={"van": 3, "tot": 5})}),
    ({"severity": 4}, {"soort": "dienst", "indicatie": indication(ernst={"van": 1, "tot": 2})}),
    ({"severity": 3}, {**LIGHT_REACTION, "soort": "dienst", "indicatie": indication(ernst={"van": 1, "tot": 2})}),
    ({"severity": 4}, {**LIGHT_REACTION, "karakter": "preventief"}),
    ({"severity": 4}, {**LIGHT_REACTION, "zwaarte": "midden"}),
    ({}, PUNISHMENT),
    (EXPLOITED, {"fase": ["zorg", "nazorg"]}),
    (EXPLOITED, {"soort": "dienst", "preventieniveau": ["geindiceerd", "justitieel"], "fase": ["zorg", "repressie"]}),
    (EXPLOITED, {**PUNISHMENT, "risicofactoren": HURT}),
    ({}, {"alleen_bij": ["agressie", "wapenbezit"]}),
    ({"problems": (ProblemKind.WEAPONS,)}, {"alleen_bij": ["wapenbezit"]}),
    ({}, {"niet_bij": ["wapenbezit", "uitbuiting"]}),
    ({"ages": (AgeRange(van=18, tot=22),)}, {"vorm": ["gezin"], "leeftijd": {"van": 16, "tot": 23}}),
    ({}, {"vorm": ["gezin"], "leeftijd": {"van": 4, "tot": 17}}),
    ({}, {"setting": ["school"]}),
    ({"settings": ("thuis",), "partners": ("school",)}, {"setting": ["school"]}),
    ({"settings": ("thuis",)}, {"setting": ["school", "thuis"]}),
    ({"severity": 4}, {"preventieniveau": ["justitieel"]}),
    ({}, {"preventieniveau": ["justitieel", "geindiceerd"]}),
    ({"group_knowledge": "nee"}, READS_GROUPS),
    ({**UNREAD, "group_knowledge": "deels"}, PICKS),
    ({**UNREAD, "level": "individueel"}, PICKS),
    (UNREAD, {**PICKS, "aandachtspunten": []}),
    (UNREAD, {**PICKS, "vorm": ["individueel", "wijk"]}),
    ({}, {"soort": "dienst", "indicatie": indication(problemen=["wapens"], hoofdprobleem="wapens")}),
    ({"severity": None}, {"indicatie": indication(ernst={"van": 4, "tot": 5})}),
    ({"severity": 3}, {"aandachtspunten": BROAD}),
    ({"severity": 4}, PERSONS),
    ({"severity": 2}, {"aandachtspunten": PRIVACY}),
    ({"severity": 2}, {"karakter": "beide", "vorm": ["wijk"], "aandachtspunten": PRIVACY}),
    ({"group_knowledge": "nee"}, {"karakter": "begrenzend"}),
    ({"group_knowledge": "nee"}, {"indicatie": indication(problemen=["geweld", "jeugdgroep"])}),
    (
        {"group_knowledge": "deels"},
        {"karakter": "begrenzend", "indicatie": indication(problemen=["geweld", "jeugdgroep"])},
    ),
    ({"group_knowledge": "ja"}, {"vorm": ["groep"], "preventieniveau": ["selectief"]}),
]


@pytest.mark.parametrize(("expected", "asked", "changed"), CLOSED)
def test_a_gate_closes(expected: str, asked: dict[str, Any], changed: dict[str, Any]) -> None:
    assert gate(asked, **changed) == expected


@pytest.mark.parametrize(("asked", "changed"), OPEN)
def test_a_gate_stays_open(asked: dict[str, Any], changed: dict[str, Any]) -> None:
    assert gate(asked, **changed) is None


@pytest.mark.parametrize(("_expected", "asked", "changed"), CLOSED)
def test_a_closed_gate_says_why_in_a_sentence(_expected: str, asked: dict[str, Any], changed: dict[str, Any]) -> None:
    (excluded,) = recommend(small_cupboard(page(**changed)), profile(agressie=80), context(**asked)).excluded
    assert excluded.text[0].isupper()
    assert excluded.text.endswith(".")


def hurt(**asked: Any) -> str | None:
    """The gate for family therapy that answers offences, where the scores show youths who are hurt."""
    offered = page(
        vorm=["gezin"], preventieniveau=["justitieel"], risicofactoren=[{"id": "gezinsconflict", "basis": "expliciet"}]
    )
    scores = {"slachtofferschap": 80, "gezinsconflict": 75, **asked.pop("scores", {})}
    excluded = recommend(small_cupboard(offered), profile(**scores), context(severity=4, **asked)).excluded
    return excluded[0].gate if excluded else None


def test_where_only_victims_show_nothing_for_offenders_comes_up() -> None:
    assert hurt() == "slachtoffers"


@pytest.mark.parametrize(
    "sign", ["agressie", "wapenbezit", "antisociale-vrienden", "eerder-politiecontact", "jeugdgroep"]
)
def test_a_sign_of_offending_opens_that_gate(sign: str) -> None:
    assert hurt(scores={sign: 60}) is None


def test_a_problem_that_is_about_offenders_opens_it_too() -> None:
    assert hurt(problems=(ProblemKind.VIOLENCE, ProblemKind.PROPERTY)) is None


@pytest.mark.parametrize(
    ("severity", "level", "explicit", "expected"),
    [
        (5, "gezin", "gezinsconflict", "onveilig-thuis"),
        (4, "gezin", "gezinsconflict", None),
        (5, "individueel", "gezinsconflict", None),
        (5, "gezin", "geweld-in-gezin", None),
    ],
)
def test_in_acute_danger_at_home_no_talks_with_the_family_first(
    severity: int, level: str, explicit: str, expected: str | None
) -> None:
    offered = page(
        vorm=["gezin"],
        indicatie=indication(ernst={"van": 2, "tot": 5}),
        risicofactoren=[{"id": explicit, "basis": "expliciet"}],
    )
    scores = {"geweld-in-gezin": 85, "gezinsconflict": 75}
    excluded = recommend(small_cupboard(offered), profile(**scores), context(severity=severity, level=level)).excluded
    assert (excluded[0].gate if excluded else None) == expected


def test_what_is_about_a_mild_disability_fits_where_that_plays_a_part() -> None:
    offered = page(
        soort="instrument",
        risicofactoren=[{"id": "lvb", "basis": "expliciet"}],
        indicatie=indication(problemen=["geen-duidelijk"]),
    )
    gates = [
        [e.gate for e in recommend(small_cupboard(offered), profile(agressie=80, **scores), context()).excluded]
        for scores in ({}, {"lvb": 80})
    ]
    assert gates == [["past-niet"], []]


def test_a_wide_band_of_children_is_about_its_oldest_unless_early_behaviour_is_the_problem() -> None:
    toddlers = page(leeftijd={"van": 2, "tot": 6}, indicatie=indication(problemen=["vroeg", "vermogen"]))
    children = (AgeRange(van=0, tot=11),)
    gates = [
        [
            e.gate
            for e in recommend(
                small_cupboard(toddlers), profile(agressie=80), context(ages=children, problems=p)
            ).excluded
        ]
        for p in ((ProblemKind.PROPERTY,), (ProblemKind.EARLY, ProblemKind.PROPERTY))
    ]
    assert gates == [["leeftijd"], []]


SEXTING, HACKING = "online-grensoverschrijding", "online-risicogedrag"
ONLINE = {"problems": (ProblemKind.ONLINE,)}


def made_for(*factors: str, problems: list[str], main: str | None = None) -> Intervention:
    links = [{"id": factor, "basis": "expliciet"} for factor in factors]
    return page(risicofactoren=links, indicatie=indication(problemen=problems, hoofdprobleem=main))


@pytest.mark.parametrize(
    ("scores", "offered", "closed"),
    [
        ({SEXTING: 80}, made_for(HACKING, problems=["online"]), ["andere-kant"]),
        ({SEXTING: 80}, made_for(HACKING, problems=["geweld", "online"], main="online"), ["andere-kant"]),
        ({SEXTING: 80}, made_for(HACKING, "impulsiviteit", problems=["online"]), ["andere-kant"]),
        ({SEXTING: 80}, made_for(SEXTING, HACKING, problems=["online"]), []),
        ({SEXTING: 80}, made_for("impulsiviteit", problems=["online"]), []),
        ({SEXTING: 80}, made_for(HACKING, problems=["geweld", "online"]), []),
        ({"impulsiviteit": 80}, made_for(HACKING, problems=["online"]), []),
        ({SEXTING: 80, HACKING: 70}, made_for(HACKING, problems=["online"]), []),
    ],
)
def test_what_is_made_for_another_side_of_the_problem_than_the_answers_show_is_out(
    scores: dict[str, float], offered: Intervention, closed: list[str]
) -> None:
    excluded = recommend(small_cupboard(offered), profile(**scores), context(**ONLINE)).excluded
    assert [found.gate for found in excluded] == closed


def test_a_special_situation_that_nobody_asked_about_is_named_as_a_question() -> None:
    (closed,) = recommend(small_cupboard(page(situatie=["hacken"])), profile(agressie=80), context()).excluded
    assert closed.text == (
        "Alleen bij iets bijzonders (hacken, jongeren die handig zijn met computers); speelt dat bij u? Zeg het dan bij de vragen."
    )


def test_for_boys_only_is_said_to_who_asks_about_girls() -> None:
    asked = context(gender="vooral-meisjes")
    (closed,) = recommend(small_cupboard(page(geslacht="jongens")), profile(agressie=80), asked).excluded
    assert closed.text == "Alleen voor jongens; bij u gaat het vooral om meisjes."
