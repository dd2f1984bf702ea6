"""What each criterion gives, in exact points worked out by hand: weight x value, to the nearest eighth."""

from __future__ import annotations

from typing import Any

import pytest

from kb import ProblemKind
from matcher import weights
from matcher.candidate import axes_of, candidate
from matcher.criteria import reasons
from matcher.gates import _selecting_from, first_closed
from matcher.priorities import prioritise
from matcher.question import ask
from tests.matcher.samples import context, cupboard, evidence, indication, page, profile

FACTORS = cupboard().factors
AXES = axes_of(FACTORS)
GROUP = {"problems": (ProblemKind.YOUTH_GROUP,), "level": "groep"}
DRUGS = {"problems": (ProblemKind.DRUGS,)}
ROUND_WEIGHTS = {
    "dekking": 20.5,
    "probleem": 18.5,
    "bewijs": 8.5,
    "ernst": 7.0,
    "niveau": 5.0,
    "op-maat": 3.0,
    "groepsproces": 14.0,
    "zwaarte": 5.0,
    "rol": 3.5,
    "leeftijd": 4.5,
    "plek": 3.0,
    "vorm": 8.0,
    "regie": 8.0,
    "balans": 8.0,
    "capaciteit": 2.0,
    "partners": 2.0,
    "termijn": 1.0,
    "beschikbaar": 2.5,
    "lvb": 3.0,
}
"""Weights of these tests alone, so that tuning the real ones changes no fact written down here."""
BOTH = {"problems": (ProblemKind.VIOLENCE, ProblemKind.DRUGS)}


@pytest.fixture(autouse=True)
def _weights_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ROUND_WEIGHTS.keys() == weights.WEIGHTS.keys()
    monkeypatch.setattr(weights, "WEIGHTS", ROUND_WEIGHTS)


def told(asked: dict[str, Any], **changed: Any) -> list[tuple[str, float, str]]:
    """All reasons of one page for one question: criterion, points, text."""
    question = ask(context(**asked), prioritise(FACTORS, profile(agressie=80)))
    return [(r.criterion, r.points, r.text) for r in reasons(question, candidate(page(**changed), AXES))]


def points(criterion: str, asked: dict[str, Any], **changed: Any) -> list[float]:
    return [given for name, given, _ in told(asked, **changed) if name == criterion]


def text(criterion: str, asked: dict[str, Any], **changed: Any) -> str:
    return next(said for name, _, said in told(asked, **changed) if name == criterion)


def links(basis: str, *factors: str) -> dict[str, Any]:
    return {"risicofactoren": [{"id": factor, "basis": basis} for factor in factors]}


@pytest.mark.parametrize(
    ("changed", "given"),
    [
        (links("expliciet", "agressie"), [15.375, 5.125]),
        (links("afgeleid", "agressie"), [9.25, 5.125]),
        (links("expliciet", "agressie", "wapenbezit", "geldproblemen", "lvb"), [15.375, 1.25]),
        (links("expliciet", "wapenbezit"), []),
    ],
)
def test_coverage_is_three_quarters_priorities_and_one_quarter_focus(changed: Any, given: list[float]) -> None:
    assert points("dekking", {}, **changed) == given


@pytest.mark.parametrize(
    ("asked", "changed", "given"),
    [
        ({}, {}, 18.5),
        ({}, {"problemen": ["drugs", "geweld"]}, 15.875),
        ({}, {"problemen": ["drugs", "geweld"], "hoofdprobleem": "geweld"}, 18.5),
        (BOTH, {"problemen": ["drugs"]}, 11.875),
        (BOTH, {"problemen": ["drugs", "geweld"]}, 15.875),
        (BOTH, {"problemen": ["geweld", "drugs"]}, 18.5),
        ({"problems": ()}, {}, 9.25),
        (DRUGS, {"problemen": ["geweld"]}, 9.25),
        ({}, {"problemen": ["geen-duidelijk"]}, 5.5),
        ({}, {"problemen": ["online"]}, 0.0),
    ],
)
def test_points_for_the_problem(asked: dict[str, Any], changed: dict[str, Any], given: float) -> None:
    assert points("probleem", asked, indicatie=indication(**changed)) == [given]


@pytest.mark.parametrize(("asked", "given"), [(1, 2.75), (2, 7.0), (4, 7.0), (5, 2.75), (None, 3.5)])
def test_points_for_severity(asked: int | None, given: float) -> None:
    assert points("ernst", {"severity": asked}) == [given]


def test_two_steps_from_the_meant_severity_gives_nothing() -> None:
    assert points("ernst", {"severity": 5}, indicatie=indication(ernst={"van": 2, "tot": 3})) == [0.0]


@pytest.mark.parametrize(("severity", "words"), [(2, "uw 2 past daarbij"), (1, "uw 1 ligt daar net naast")])
def test_how_severity_fits_is_said(severity: int, words: str) -> None:
    assert words in text("ernst", {"severity": severity})


@pytest.mark.parametrize(
    ("severity", "intensity", "given"), [(1, "zwaar", [-15.0]), (1, "midden", []), (2, "zwaar", [])]
)
def test_heavy_help_for_lighter_trouble_costs_points(severity: int, intensity: str, given: list[float]) -> None:
    assert points("te-zwaar", {"severity": severity}, zwaarte=intensity) == given


@pytest.mark.parametrize(
    ("until", "levels", "given"),
    [
        (3, ["geindiceerd"], [-10.0]),
        (4, ["geindiceerd"], []),
        (4, ["universeel"], [-10.0]),
        (4, ["universeel", "geindiceerd"], []),
        (5, ["universeel"], []),
    ],
)
def test_light_help_for_heavier_trouble_costs_points(until: int, levels: list[str], given: list[float]) -> None:
    changed = {"indicatie": indication(ernst={"van": 2, "tot": until}), "preventieniveau": levels}
    assert points("te-licht", {"severity": 5}, **changed) == given


LEVELS = [("individueel", 5.0), ("groep", 2.0), ("wijkbreed", 0.0), ("onbekend", 2.5), (None, 2.5)]


@pytest.mark.parametrize(("asked", "given"), LEVELS)
def test_points_for_the_level(asked: str | None, given: float) -> None:
    assert points("niveau", {"level": asked}) == [given]


def test_of_several_levels_the_nearest_counts() -> None:
    assert points("niveau", {}, indicatie=indication(niveau=["wijkbreed", "individueel"])) == [5.0]


@pytest.mark.parametrize(
    ("asked", "words"), [("individueel", "dat past bij"), ("groep", "een beetje"), ("wijkbreed", "past niet bij")]
)
def test_how_the_level_fits_is_said(asked: str, words: str) -> None:
    assert words in text("niveau", {"level": asked})


@pytest.mark.parametrize(("asked", "given"), [("individueel", [3.0]), ("groep", [1.25]), ("wijkbreed", [])])
def test_problem_and_level_right_at_once_gives_extra(asked: str, given: list[float]) -> None:
    assert points("op-maat", {"level": asked}) == given


@pytest.mark.parametrize(
    ("asked", "main", "given"),
    [(GROUP, "jeugdgroep", [14.0]), (GROUP, None, []), ({**GROUP, "level": "individueel"}, "jeugdgroep", [])],
)
def test_a_group_asks_for_the_group_process(asked: dict[str, Any], main: str | None, given: list[float]) -> None:
    assert points("groepsproces", asked, indicatie=indication(problemen=["jeugdgroep"], hoofdprobleem=main)) == given


@pytest.mark.parametrize(
    ("severity", "intensity", "given", "words"),
    [
        (3, "licht", 4.0, "Lichte inzet: in verhouding tot"),
        (3, "midden", 5.0, "Middelzware inzet: in verhouding tot"),
        (3, "zwaar", 2.5, "Zware inzet: niet goed in verhouding tot"),
        (2, "midden", 3.5, "inzet: in verhouding tot"),
        (None, "zwaar", 2.5, "voor de helft"),
    ],
)
def test_points_for_proportion(severity: int | None, intensity: str, given: float, words: str) -> None:
    assert points("zwaarte", {"severity": severity}, zwaarte=intensity) == [given]
    assert words in text("zwaarte", {"severity": severity}, zwaarte=intensity)


@pytest.mark.parametrize(("role", "given"), [("kern", 3.5), ("aanvulling", 1.375), ("randvoorwaarde", 0.375)])
def test_points_for_the_role(role: str, given: float) -> None:
    assert points("rol", {}, indicatie=indication(rol_in_aanpak=role)) == [given]


@pytest.mark.parametrize(
    ("asked", "changed", "given"),
    [
        ({}, {}, 4.125),
        ({}, {"leeftijd": {"van": 12, "tot": 17}}, 4.5),
        ({}, {"leeftijd": {"van": 9, "tot": 16}}, 3.25),
        ({}, {"leeftijd": {"van": 15, "tot": 22}}, -16.0),
        ({}, {"leeftijd": None}, 2.25),
        ({"ages": ()}, {}, 2.25),
    ],
)
def test_points_for_age(asked: dict[str, Any], changed: dict[str, Any], given: float) -> None:
    assert points("leeftijd", asked, **changed) == [given]


def test_a_whole_fit_of_age_is_said() -> None:
    assert "jaar; dat past bij" in text("leeftijd", {}, leeftijd={"van": 12, "tot": 17})


def test_a_partial_fit_of_age_is_said() -> None:
    assert "past voor een deel" in text("leeftijd", {})


def test_work_for_mostly_another_age_is_called_so() -> None:
    assert "15 tot en met 22 jaar; dat is voor een groot deel anders" in text(
        "leeftijd", {}, leeftijd={"van": 15, "tot": 22}
    )


CAPACITY = [
    ("laag", "licht", 2.0, "dat past bij"),
    ("laag", "midden", 1.0, "kan net met"),
    ("laag", "zwaar", 0.0, "vraagt meer dan"),
    (None, "zwaar", 1.0, "voor de helft"),
]


@pytest.mark.parametrize(("asked", "intensity", "given", "words"), CAPACITY)
def test_points_for_capacity(asked: str | None, intensity: str, given: float, words: str) -> None:
    assert points("capaciteit", {"capacity": asked}, zwaarte=intensity) == [given]
    assert words in text("capaciteit", {"capacity": asked}, zwaarte=intensity)


@pytest.mark.parametrize(
    ("asked", "needed", "given"),
    [
        (("politie",), ["politie", "school"], 1.0),
        (("politie", "school"), ["politie", "school"], 2.0),
        (("bewoners",), ["politie"], 0.0),
        (("politie",), ["gemeente", "politie"], 2.0),
        (("politie",), ["gemeente"], 1.0),
        ((), ["politie"], 1.0),
    ],
)
def test_points_for_partners(asked: tuple[str, ...], needed: list[str], given: float) -> None:
    assert points("partners", {"partners": asked}, partners=needed) == [given]


@pytest.mark.parametrize(
    ("term", "months", "given"),
    [("direct", 3, 1.0), ("direct", 4, 0.25), ("halfjaar", 9, 1.0), (None, 3, 0.5), ("direct", None, 0.5)],
)
def test_points_for_term(term: str | None, months: int | None, given: float) -> None:
    duration = {"maanden": months} if months else None
    assert points("termijn", {"term": term}, duur=duration) == [given]


@pytest.mark.parametrize(
    ("changed", "given"),
    [
        ({}, 1.25),
        ({"beschikbaarheid": "landelijk"}, 2.5),
        ({"beschikbaarheid": "buitenland"}, 0.0),
        ({"beschikbaarheid": "regionaal", "regio": ["Elders"]}, 0.625),
        ({"beschikbaarheid": "regionaal", "regio": ["Twente"]}, 2.5),
    ],
)
def test_points_for_availability(changed: dict[str, Any], given: float) -> None:
    assert sum(points("beschikbaar", {"region": "Twente"}, **changed)) == given


@pytest.mark.parametrize(
    ("asked", "places", "given"),
    [
        (("school",), ["school"], 3.0),
        (("school",), ["school", "werk"], 1.5),
        (("school",), ["school", "werk", "online"], 1.0),
        (("school",), ["werk"], 0.0),
        ((), ["school"], 1.5),
        (("school",), [], 1.5),
    ],
)
def test_points_for_place(asked: tuple[str, ...], places: list[str], given: float) -> None:
    assert points("plek", {"settings": asked}, setting=places) == [given]


@pytest.mark.parametrize(
    ("amount", "per", "given"),
    [(25_001, "jaar", [-10.0]), (25_000, "jaar", []), (30_000, "gemeente", [-10.0]), (30_000, "deelnemer", [])],
)
def test_only_a_known_yearly_cost_above_the_budget_costs_points(amount: int, per: str, given: list[float]) -> None:
    assert points("boven-budget", {"budget": "1"}, kosten={"bedrag_eur": amount, "per": per}) == given


@pytest.mark.parametrize(
    ("changed", "given"),
    [
        ({"vorm": ["groep"]}, [-15.0]),
        ({"vorm": ["groep", "gezin"]}, []),
        ({"vorm": ["groep"], "preventieniveau": ["selectief"]}, []),
        ({"vorm": ["groep"], "leeftijd": {"van": 18, "tot": 23}}, []),
        ({"vorm": ["groep"], "aandachtspunten": [{"soort": "groepseffect", "tekst": "Let op."}]}, [-15.0]),
    ],
)
def test_bringing_risk_youths_together_costs_points_once(changed: dict[str, Any], given: list[float]) -> None:
    assert points("groepseffect", {}, **changed) == given


def test_the_same_concern_twice_costs_points_once() -> None:
    twice = [{"soort": "averechts", "tekst": "Een."}, {"soort": "averechts", "tekst": "Twee."}]
    assert points("averechts", {}, aandachtspunten=twice) == [-20.0, 0.0]


@pytest.mark.parametrize(
    ("judged", "given"),
    [
        ([evidence(level="sterke-aanwijzingen")], 8.5),
        ([evidence(level="eerste-aanwijzingen")], 6.0),
        ([evidence(level="eerste-aanwijzingen", datum="2016-01-01")], 6.0),
        ([evidence(level="eerste-aanwijzingen", datum="2015-01-01")], 4.625),
        ([evidence("middelengebruik", "eerste-aanwijzingen")], 4.625),
        ([evidence("middelengebruik", "eerste-aanwijzingen", datum="2015-01-01")], 3.375),
    ],
)
def test_points_for_evidence(judged: list[dict[str, Any]], given: float) -> None:
    assert points("bewijs", {}, bewijs=judged) == [given]


@pytest.mark.parametrize(
    ("asked", "changed", "words"),
    [
        ({}, {}, "Bedoeld voor geweld en bedreiging (inschatting van de redactie)."),
        ({}, {"basis": "expliciet"}, "Bedoeld voor geweld en bedreiging."),
        ({"problems": ()}, {}, "Het probleem is nog niet duidelijk; dit telt voor de helft."),
        (DRUGS, {}, "wel voor iets dat uit uw antwoorden komt: geweld en bedreiging."),
        ({}, {"problemen": ["geen-duidelijk"]}, "Algemene steun, niet speciaal voor dit probleem."),
        ({}, {"problemen": ["wapens", "drugs"]}, "Niet gemaakt voor uw probleem, wel voor wapens."),
    ],
)
def test_for_which_problem_it_is_made_is_said(asked: dict[str, Any], changed: dict[str, Any], words: str) -> None:
    assert text("probleem", asked, indicatie=indication(**changed)).endswith(words)


@pytest.mark.parametrize(
    ("term", "months", "words"),
    [("direct", 3, "3 maanden; dat past."), ("direct", 4, "4 maanden; dat is langer"), (None, 3, "niet bekend")],
)
def test_how_long_it_takes_is_said(term: str | None, months: int, words: str) -> None:
    assert words in text("termijn", {"term": term}, duur={"maanden": months})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "is niet bekend"),
        ({"beschikbaarheid": "landelijk"}, "Te krijgen in het hele land."),
        ({"beschikbaarheid": "regionaal", "regio": ["Twente"]}, "Te krijgen in uw regio."),
        ({"beschikbaarheid": "regionaal", "regio": ["A", "B", "C", "D"]}, "Loopt of liep in A, B, C; vraag na"),
        ({"beschikbaarheid": "regionaal"}, "Loopt of liep in een andere regio; vraag na"),
    ],
)
def test_where_it_is_to_be_had_is_said(changed: dict[str, Any], words: str) -> None:
    assert words in text("beschikbaar", {"region": "Twente"}, **changed)


@pytest.mark.parametrize(
    ("forms", "character", "intensity", "levels", "lowest"),
    [
        (["groep"], "beide", "midden", ["justitieel"], 0),
        (["individueel"], "preventief", "midden", ["justitieel"], 0),
        (["individueel"], "beide", "midden", ["justitieel"], 3),
        (["individueel"], "begrenzend", "zwaar", ["justitieel"], 4),
        (["individueel"], "begrenzend", "zwaar", ["geindiceerd"], 3),
    ],
)
def test_from_which_severity_persons_may_be_singled_out(
    forms: list[str], character: str, intensity: str, levels: list[str], lowest: int
) -> None:
    found = page(vorm=forms, karakter=character, zwaarte=intensity, preventieniveau=levels)
    assert _selecting_from(found) == lowest


@pytest.mark.parametrize(
    ("van", "tot", "closed"), [(10, 13, False), (10, 12, True), (17, 18, True), (16, 22, False), (17, 22, True)]
)
def test_the_age_gate_wants_two_shared_years_and_a_third(van: int, tot: int, closed: bool) -> None:
    question = ask(context(), prioritise(FACTORS, profile(agressie=80)))
    found = first_closed(question, candidate(page(leeftijd={"van": van, "tot": tot}), AXES))
    assert (found is not None and found[0] == "leeftijd") is closed


@pytest.mark.parametrize(
    ("asked", "van", "tot", "gate"),
    [(1, 3, 5, "te-zwaar"), (3, 4, 5, None), (4, 1, 2, "te-licht"), (3, 1, 2, None)],
)
def test_severity_gates_close_at_two_steps_up_and_two_down(asked: int, van: int, tot: int, gate: str | None) -> None:
    question = ask(context(severity=asked), prioritise(FACTORS, profile(agressie=80)))
    found = first_closed(question, candidate(page(indicatie=indication(ernst={"van": van, "tot": tot})), AXES))
    assert (found and found[0]) == gate


@pytest.mark.parametrize(
    ("asked", "forms", "given", "words"),
    [
        ("individueel", ["individueel"], 8.0, "Vorm: individueel; dat past bij uw vraag."),
        ("individueel", ["wijk", "gezin"], 5.625, "Vorm: gezin; dat past een beetje bij uw vraag."),
        ("gezin", ["wijk"], 4.0, "past een beetje bij"),
        ("gezin", ["school"], 0.75, "past niet goed bij"),
        ("groep", ["individueel"], 6.375, "past bij"),
        ("wijkbreed", ["school"], 7.25, "past bij"),
        ("onbekend", ["school"], 4.0, "telt voor de helft"),
        (None, ["school"], 4.0, "telt voor de helft"),
    ],
)
def test_points_for_the_form(asked: str | None, forms: list[str], given: float, words: str) -> None:
    assert points("vorm", {"level": asked}, vorm=forms) == [given]
    assert words in text("vorm", {"level": asked}, vorm=forms)


@pytest.mark.parametrize(
    ("level", "severity", "kind", "given"),
    [
        ("groep", 3, "aanpak", 8.0),
        ("groep", 3, "interventie", 2.375),
        ("wijkbreed", 4, "dienst", 6.375),
        (None, None, "instrument", 6.375),
        ("individueel", 3, "dienst", 8.0),
        ("individueel", 3, "interventie", 4.75),
        ("individueel", 3, "aanpak", 4.75),
        ("individueel", 3, "instrument", 3.25),
        ("groep", 5, "dienst", 8.0),
        ("groep", 5, "aanpak", 6.375),
        ("individueel", 5, "instrument", 4.75),
        ("individueel", 5, "interventie", 1.625),
    ],
)
def test_points_for_direction(level: str | None, severity: int | None, kind: str, given: float) -> None:
    assert points("regie", {"level": level, "severity": severity}, soort=kind) == [given]


@pytest.mark.parametrize(
    ("asked", "character", "given", "words"),
    [
        ("preventie", "preventief", 8.0, "Preventief: dat is wat u zoekt."),
        ("preventie", "beide", 4.75, "dat past half bij wat u zoekt."),
        ("preventie", "begrenzend", 1.625, "dat past minder bij wat u zoekt."),
        ("gezag", "begrenzend", 8.0, "dat is wat u zoekt"),
        ("gezag", "beide", 4.75, "past half"),
        ("gezag", "preventief", 1.625, "past minder"),
        ("balans", "beide", 8.0, "dat is wat u zoekt"),
        ("balans", "begrenzend", 4.75, "past half"),
        ("balans", "preventief", 4.0, "past half"),
        ("geen-voorkeur", "preventief", 4.0, "geen voorkeur"),
        (None, "begrenzend", 4.0, "geen voorkeur"),
    ],
)
def test_points_for_balance(asked: str | None, character: str, given: float, words: str) -> None:
    assert points("balans", {"balance": asked}, karakter=character) == [given]
    assert words in text("balans", {"balance": asked}, karakter=character)


@pytest.mark.parametrize(
    ("disabled", "fits", "given"), [(80, "niet", [-15.0]), (80, "ook", []), (10, "niet", []), (80, None, [])]
)
def test_what_asks_more_than_a_disability_allows_is_held_back_where_that_plays_a_part(
    disabled: float, fits: str | None, given: list[float]
) -> None:
    question = ask(context(), prioritise(FACTORS, profile(agressie=80, lvb=disabled)))
    found = reasons(question, candidate(page(lvb=fits), AXES))
    assert [r.points for r in found if r.criterion == "niet-lvb"] == given


@pytest.mark.parametrize(("character", "given"), [("preventief", [3.0]), ("begrenzend", [])])
def test_what_is_adapted_to_a_disability_counts_unless_it_limits(character: str, given: list[float]) -> None:
    question = ask(context(), prioritise(FACTORS, profile(agressie=80, lvb=80)))
    found = reasons(question, candidate(page(lvb="ook", karakter=character), AXES))
    assert [r.points for r in found if r.criterion == "lvb"] == given


def test_a_foreign_example_costs_points_and_says_that_nobody_offers_it_here() -> None:
    assert points("buitenland", {}, beschikbaarheid="buitenland") == [-10.0]
    assert "zelf moeten opzetten" in text("buitenland", {}, beschikbaarheid="buitenland")
    assert points("buitenland", {}, beschikbaarheid="landelijk") == []
