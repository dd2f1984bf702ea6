"""The recept: covers, balances, respects capacity and money, and says what it lacks; its alternatives say what they give up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment import Context, Profile
from kb import Intensity, Intervention, KnowledgeBase
from matcher import Advice, Package, Recommendation, Result, recommend
from matcher import weights as w
from matcher.candidate import Candidate
from matcher.choice import search
from matcher.offer import CHEAPER, DEMANDS, PROVEN, USUAL, Aim, Offer, offer_of, pose
from matcher.package import choose
from matcher.pool import pool_of
from matcher.priorities import prioritise
from matcher.question import ask
from matcher.ranking import rank
from tests.matcher.samples import context, cupboard, evidence, indication, page, profile, small_cupboard
from tests.matcher.test_ranking import contexts, profiles, worked_profiles

WEAPONS = [{"id": "wapenbezit", "basis": "expliciet"}]


LIMITS = {"karakter": "begrenzend"}


def advise(*pages: Intervention, **asked: Any) -> Advice:
    return recommend(small_cupboard(*pages), profile(agressie=80, wapenbezit=80), context(**asked))


def package(*pages: Intervention, **asked: Any) -> Package:
    found = advise(*pages, **asked).package
    assert found is not None
    return found


def alternative(name: str, *pages: Intervention, **asked: Any) -> Package:
    return next(other for other in advise(*pages, **asked).alternatives if other.name == name)


def members(found: Package) -> list[str]:
    return [member.recommendation.intervention.id for member in found.members]


def costs(amount: float, per: str = "jaar") -> dict[str, Any]:
    return {"kosten": {"bedrag_eur": amount, "per": per}}


def test_it_covers_every_priority_it_can() -> None:
    found = package(page("agressie"), page("wapens", risicofactoren=WEAPONS))
    assert found.uncovered == ()


def test_it_says_what_stays_uncovered() -> None:
    assert [axis.id for axis in package(page("agressie")).uncovered] == ["wapens"]


def test_it_adds_something_that_limits_when_it_is_serious() -> None:
    many = [page(f"helpt-{n}") for n in range(5)]
    limiting = page("begrenst", karakter="begrenzend", preventieniveau=["geindiceerd", "justitieel"])
    assert "begrenst" in {m.recommendation.intervention.id for m in package(*many, limiting).members}


def test_it_says_so_when_nothing_limits() -> None:
    assert any("grenzen stelt" in note for note in package(page()).notes)


def test_a_group_problem_also_gets_something_per_person() -> None:
    groups = [page(f"groep-{n}", vorm=["wijk"]) for n in range(5)]
    found = package(*groups, page("persoon"), level="groep")
    assert "persoon" in {m.recommendation.intervention.id for m in found.members}


def test_what_runs_already_is_not_prescribed_again() -> None:
    found = package(page("persoonsgerichte-aanpak"), page("nieuw"), running=("pga",))
    assert [m.recommendation.intervention.id for m in found.members] == ["nieuw"]


def test_with_little_time_at_most_one_is_heavy() -> None:
    heavy = [page(f"zwaar-{n}", zwaarte="zwaar") for n in range(4)]
    assert len(package(*heavy, capacity="laag").members) == 1


def test_it_has_something_that_can_carry_the_approach() -> None:
    extras = [page(f"aanvulling-{n}", indicatie=indication(rol_in_aanpak="aanvulling")) for n in range(5)]
    core = page("kern", indicatie=indication(problemen=["vermogen"]))
    assert "kern" in members(package(*extras, core))


def test_a_board_that_wants_limits_gets_one_also_when_it_is_not_serious() -> None:
    found = package(*(page(f"helpt-{n}") for n in range(5)), page("grens", **LIMITS), severity=2, balance="gezag")
    assert "grens" in members(found)


def test_of_two_that_work_on_the_same_the_one_that_combines_well_is_chosen() -> None:
    pages = [page(f"zelfde-{n}") for n in range(4)]
    found = package(*pages, page("z-past", combineert_met=["zelfde-0"]), page("wapens", risicofactoren=WEAPONS))
    assert "z-past" in members(found)


def test_it_says_that_two_members_combine_well() -> None:
    found = package(page("een", titel="Een"), page("twee", combineert_met=["een"]))
    assert "samen met Een." in found.members[1].why


def test_a_member_says_which_demand_only_it_meets() -> None:
    found = package(page("helpt"), page("grens", **LIMITS))
    whys = {m.recommendation.intervention.id: m.why for m in found.members}
    assert "Als enige hier: stelt grenzen." in whys["grens"]


def test_a_copy_of_what_runs_already_gives_way_to_something_else() -> None:
    other = page("ander", vorm=["gezin"])
    found = package(page("persoonsgerichte-aanpak"), page("kopie"), other, running=("pga",), level="onbekend")
    assert [members(found)[0], "kopie" in members(found)] == ["ander", True]


def test_likeness_to_what_runs_already_is_said() -> None:
    found = package(page("persoonsgerichte-aanpak"), page("kopie", titel="Kopie"), running=("pga",))
    assert any(note.startswith("Lijkt op wat al loopt: Kopie.") for note in found.notes)


def test_what_is_known_to_cost_more_than_there_is_is_not_chosen_and_named() -> None:
    found = package(page("duur", titel="Duur", **costs(30_000)), page("gewoon"), budget="1")
    assert "duur" not in members(found)
    assert any("meer dan u heeft: Duur" in note for note in found.notes)


@pytest.mark.parametrize(("budget", "count"), [("0", 0), ("1", 1), ("2", 4), ("3", 4), ("weet-niet", 4), (None, 4)])
def test_known_costs_together_stay_within_the_budget(budget: str | None, count: int) -> None:
    kast = small_cupboard(page("gratis", **costs(0)), *(page(f"kost-{n}", **costs(20_000)) for n in range(4)))
    question = ask(context(budget=budget), prioritise(kast.factors, profile(agressie=80)))
    ranked = rank(question, pool_of(kast), profile(agressie=80))
    chosen = choose(offer_of(kast, ranked.recommended, ranked.services), USUAL)
    assert sum(r.intervention.id != "gratis" for r in chosen) == count


def test_an_unknown_cost_never_leaves_something_out() -> None:
    assert members(package(page("onbekend"), budget="0")) == ["onbekend"]


def test_an_unknown_cost_is_said_not_to_be_free() -> None:
    assert any("Onbekend is niet gratis" in note for note in package(page(), budget="0").notes)


def test_known_costs_are_named() -> None:
    found = package(page("les", titel="Les", **costs(10_540, "school")))
    assert "Bekende kosten: Les (10.540 euro per school)." in found.notes


def test_fewer_than_three_is_said() -> None:
    assert any("minder dan 3" in note for note in package(page("een"), page("twee")).notes)


@pytest.mark.parametrize("name", ["minder geld", "meer bewijs"])
def test_there_are_two_alternatives_that_say_in_a_sentence_what_they_give_up(name: str) -> None:
    found = alternative(name, *(page(f"midden-{n}") for n in range(5)))
    assert found.why.endswith(".")


def test_less_money_takes_the_lighter_of_two() -> None:
    heavier = [page(f"a-midden-{n}") for n in range(4)]
    lighter = [page(f"licht-{n}", zwaarte="licht") for n in range(3)]
    assert members(alternative("minder geld", *heavier, *lighter)) == ["licht-0", "licht-1", "licht-2"]


def test_less_money_may_use_a_standing_service() -> None:
    service = page("dienst", soort="dienst", risicofactoren=WEAPONS, indicatie=indication(rol_in_aanpak="aanvulling"))
    assert "dienst" in members(alternative("minder geld", page("midden"), service))


def test_less_money_without_anything_light_says_that_it_cannot() -> None:
    found = alternative("minder geld", page("zwaar", zwaarte="zwaar"))
    assert (found.members, found.why) == ((), CHEAPER.impossible)


def test_more_evidence_only_has_recognised_evidence_on_the_problem() -> None:
    proven = page("erkend", bewijs=[evidence(level="goed-onderbouwd")])
    elsewhere = page("elders", bewijs=[evidence("school-werk", "sterke-aanwijzingen")])
    unproven = page("praktijk", bewijs=[evidence(level="praktijkvoorbeeld")])
    assert members(alternative("meer bewijs", proven, elsewhere, unproven)) == ["erkend"]


def test_more_evidence_without_any_says_that_it_cannot() -> None:
    found = alternative("meer bewijs", page("praktijk", bewijs=[evidence(level="praktijkvoorbeeld")]))
    assert (found.members, found.why) == ((), PROVEN.impossible)


def test_an_alternative_names_the_priority_it_gives_up() -> None:
    weapons = page("wapens", risicofactoren=WEAPONS, bewijs=[evidence(level="praktijkvoorbeeld")])
    assert "niemand werkt dan aan wapens" in alternative("meer bewijs", page("erkend"), weapons).why.lower()


def test_an_alternative_equal_to_the_recept_says_so() -> None:
    assert "hetzelfde als het recept" in alternative("meer bewijs", page("erkend")).why


@pytest.mark.parametrize(("case", "measured", "asked"), worked_profiles())
def test_every_worked_profile_with_an_advice_has_two_alternatives(case: str, measured: Profile, asked: Context) -> None:
    advice = recommend(cupboard(), measured, asked)
    expected = ["minder geld", "meer bewijs"] if advice.result is Result.ADVICE else []
    assert [other.name for other in advice.alternatives] == expected, case


# --- laws -----------------------------------------------------------------------------------------------------------

aims = st.sampled_from([USUAL, CHEAPER, PROVEN])
budgets = st.none() | st.sampled_from(["0", "1", "2", "3", "weet-niet"])
some = settings(max_examples=40, deadline=None)


def offered(measured: Profile, asked: Context, kast: KnowledgeBase | None = None) -> Offer | None:
    kast = kast or cupboard()
    advice = recommend(kast, measured, asked)
    question = ask(asked, prioritise(kast.factors, measured))
    if advice.result is not Result.ADVICE or not advice.recommended:
        return None
    ranked = rank(question, pool_of(kast), measured)
    return offer_of(kast, ranked.recommended, ranked.services)


@some
@given(profiles, contexts, budgets)
def test_never_more_than_five_never_two_heavy_without_a_team_and_never_over_budget(
    measured: Profile, asked: Context, budget: str | None
) -> None:
    advice = recommend(cupboard(), measured, replace(asked, budget=budget))
    for found in (advice.package, *advice.alternatives) if advice.package else ():
        assert found is not None
        chosen = [m.recommendation.intervention for m in found.members]
        assert len(chosen) <= 5
        assert sum(i.intensity is Intensity.HEAVY for i in chosen) <= 1 or asked.capacity == "hoog"
        known = sum(i.cost.amount for i in chosen if i.cost)
        assert known <= w.BUDGET_LIMIT.get(budget or "", float("inf"))
        assert not any(m.recommendation.running for m in found.members)


@some
@given(profiles, contexts)
def test_every_demand_holds_or_is_said(measured: Profile, asked: Context) -> None:
    offer, found = offered(measured, asked), recommend(cupboard(), measured, asked).package
    for demand in DEMANDS if offer and found else ():
        assert offer is not None
        assert found is not None
        met = any(demand.has(m.recommendation.intervention) for m in found.members)
        assert met or not demand.asked(offer.question) or any(demand.missing in note for note in found.notes)


@some
@given(profiles, contexts, aims)
def test_removing_or_adding_a_member_never_raises_the_objective(measured: Profile, asked: Context, aim: Aim) -> None:
    offer = offered(measured, asked)
    if offer:
        problem = pose(offer, aim)
        chosen = search(problem)
        fewer = [[row for row in chosen if row != left] for left in chosen]
        more = [[*chosen, row] for row in range(problem.nobody) if row not in chosen]
        assert all(problem.value(other) <= problem.value(chosen) + 1e-6 for other in fewer + more)


@some
@given(profiles, contexts, st.randoms(use_true_random=False))
def test_the_order_of_content_changes_no_recept(measured: Profile, asked: Context, chance: random.Random) -> None:
    shuffled = list(cupboard().interventions)
    chance.shuffle(shuffled)
    other = offered(measured, asked, KnowledgeBase(shuffled, cupboard().factors))
    offer = offered(measured, asked)
    for aim in (USUAL, CHEAPER, PROVEN) if offer and other else ():
        assert offer is not None
        assert other is not None
        assert [r.intervention.id for r in choose(offer, aim)] == [r.intervention.id for r in choose(other, aim)]


@some
@given(profiles, contexts, aims)
def test_the_same_offer_gives_the_same_recept(measured: Profile, asked: Context, aim: Aim) -> None:
    offer = offered(measured, asked)
    assert offer is None or choose(offer, aim) == choose(offer, aim)


@some
@given(profiles, contexts, aims)
def test_the_shortlist_loses_nothing_that_a_search_of_everything_finds(
    measured: Profile, asked: Context, aim: Aim
) -> None:
    offer = offered(measured, asked)
    if offer:
        short, whole = pose(offer, aim), pose(offer, aim, short=False)
        assert short.value(search(short)) >= whole.value(search(whole)) - 5.0


# --- the objective, worked out one by one ---------------------------------------------------------------------------


def alike(one: Recommendation, other: Candidate) -> float:
    """Share of all axes of both that they have in common, when they work in one of the same forms."""
    if not set(one.intervention.forms) & set(other.intervention.forms):
        return 0.0
    return len(one.links.keys() & other.links.keys()) / len(one.links.keys() | other.links.keys())


def covering(offer: Offer, chosen: Sequence[Recommendation]) -> float:
    """The best member on a priority in full, the second a quarter; and something for each that is covered at all."""
    points = 0.0
    for axis in offer.question.in_order:
        links = [*sorted((r.links[axis.id].value for r in chosen if axis.id in r.links), reverse=True), 0.0, 0.0]
        points += w.COVER * axis.weight / offer.question.total_weight * (links[0] + w.SECOND_COVER * links[1])
        points += w.TOUCHED * (links[0] >= w.ENOUGH_COVERED)
    return points


def bonus(offer: Offer, aim: Aim, found: Recommendation) -> float:
    """What the aim thinks of a member."""
    if aim is CHEAPER:
        page_ = found.intervention
        points = {"licht": 0.0, "midden": -8.0, "zwaar": -30.0}[page_.intensity]
        return points + 5.0 * (page_.kind == "dienst") + 5.0 * (page_.cost is not None)
    if aim is PROVEN:
        judged = [e for e in found.intervention.evidence if e.level != "niet-beoordeeld"]
        about = {e.outcome for e in judged} & offer.question.outcomes
        lowest = [w.LADDER[max(w.LADDER.index(e.level) for e in judged if e.outcome is o)] for o in about]
        return max(20.0 * w.EVIDENCE_VALUE[level] for level in lowest if level in w.RECOGNISED)
    return 0.0


def worth(offer: Offer, aim: Aim, chosen: Sequence[Recommendation]) -> float:
    """The points of a set as the head of package.py states them."""
    pages, question = [r.intervention for r in chosen], offer.question
    running = [c for c in offer.shelf.pool.candidates if c.intervention.id in question.running]
    best = offer.found[0].score
    points = covering(offer, chosen) + w.FORM * len({form for i in pages for form in i.forms})
    for found in chosen:
        points += w.MEMBER_FIT * (found.score - best + w.MEMBER_FROM) + bonus(offer, aim, found)
        points -= w.DOUBLE_WORK * max((alike(found, other) for other in running), default=0.0)
    for one, other in combinations(pages, 2):
        points += w.PAIR * (one.id in other.combines_with or other.id in one.combines_with)
    for number, demand in enumerate(DEMANDS):
        if demand.asked(question) and any(demand.has(i) for i in pages):
            points += w.DEMAND * 2 ** (len(DEMANDS) + 1 - number)
    return points + w.DEMAND * min(len(chosen), aim.size[0])


OBJECTIVES = [
    (case, measured, replace(asked, running=running, capacity=capacity), aim)
    for case, measured, asked in worked_profiles()
    for running, capacity in (((), "hoog"), (("pga", "jongerenwerk"), None))
    for aim in (USUAL, CHEAPER, PROVEN)
]


@pytest.mark.parametrize(
    ("_case", "measured", "asked", "aim"),
    OBJECTIVES,
    ids=[f"{c}-{a.capacity}-{aim.name}" for c, _, a, aim in OBJECTIVES],
)
def test_a_set_is_worth_what_its_members_bring_one_by_one(
    _case: str, measured: Profile, asked: Context, aim: Aim
) -> None:
    offer = offered(measured, asked)
    if not offer or offer.apart[0]:
        return
    problem, chance = pose(offer, aim), random.Random(1)
    for size in (1, 2, 3, aim.size[1]):
        rows = chance.sample(range(problem.nobody), min(size, problem.nobody))
        chosen = [offer.found[problem.places[row]] for row in rows]
        heavy = sum(r.intervention.intensity is Intensity.HEAVY for r in chosen)
        allowed = heavy <= (aim.size[1] if asked.capacity == "hoog" else 1)
        assert problem.value(rows) == (pytest.approx(worth(offer, aim, chosen)) if allowed else float("-inf"))


def test_too_many_or_too_dear_or_twice_the_same_is_no_set() -> None:
    kast = small_cupboard(*(page(f"p-{n}", **costs(10_000)) for n in range(6)))
    offer = offered(profile(agressie=80), context(budget="1"), kast)
    assert offer is not None
    problem = pose(offer, USUAL)
    assert problem.value([0, 1]) > 0
    assert problem.value([0, 1, 2]) == float("-inf")
    assert replace(problem, money=float("inf")).value([0, 1, 2, 3, 4]) > 0
    assert replace(problem, money=float("inf")).value([0, 1, 2, 3, 4, 5]) == float("-inf")


def test_the_search_finds_what_trying_every_set_finds() -> None:
    """A few pages that differ in everything the objective looks at."""
    pages = [
        page("a"),
        page("b", risicofactoren=WEAPONS, zwaarte="zwaar"),
        page("c", vorm=["gezin"], combineert_met=["d"], zwaarte="licht"),
        page("d", karakter="begrenzend", risicofactoren=WEAPONS, bewijs=[evidence(level="goed-onderbouwd")]),
        page("e", vorm=["wijk"], soort="dienst", indicatie=indication(rol_in_aanpak="aanvulling"), **costs(500)),
        page("f", zwaarte="zwaar", karakter="beide", indicatie=indication(problemen=["wapens"])),
        page("g", vorm=["groep", "school"], preventieniveau=["selectief"], **costs(20_000)),
    ]
    measured = profile(agressie=80, wapenbezit=60)
    for budget, level, capacity in (("1", "groep", None), (None, "individueel", "hoog"), ("1", "netwerk", "hoog")):
        offer = offered(measured, context(budget=budget, level=level, capacity=capacity), small_cupboard(*pages))
        assert offer is not None
        for aim in (USUAL, CHEAPER, PROVEN):
            problem = pose(offer, aim)
            sets = [found for size in range(6) for found in combinations(range(problem.nobody), size)]
            assert problem.value(search(problem)) == max(problem.value(found) for found in sets if found)


# --- its words, whole -------------------------------------------------------------------------------------------------

ADDS_AGGRESSION = "Voegt toe: agressie en gewelddadig gedrag."
ADDS_WEAPONS = "Voegt toe: wapens bij jongeren."
NO_PROTECTION = "Geen van deze interventies versterkt een beschermende factor. Zoek er een bij die dat wel doet."
NO_LIMITS = "In dit recept ontbreekt iets dat grenzen stelt. Zoek dat erbij, of kijk wat er al loopt."
NO_PRICES = "Van wat hier staat zijn de kosten niet bekend. Onbekend is niet gratis: vraag ze na vóór u kiest."
FEWER = "Dit recept heeft er minder dan 3: meer past er hier niet bij elkaar."
ONE_WAY = "U koos één richting. Wij laten altijd een mix zien: helpen en begrenzen werken samen."
PROTECTS = {"beschermende_factoren": [{"id": "prosociale-vrienden", "basis": "expliciet"}]}


def test_every_member_says_what_it_adds_what_only_it_does_and_with_whom_it_goes_well() -> None:
    found = package(
        page("een"),
        page("twee", combineert_met=["een"], risicofactoren=WEAPONS),
        page("drie", combineert_met=["een", "twee"], karakter="begrenzend", vorm=["wijk"]),
        page("vier"),
        level="groep",
    )
    assert {m.recommendation.intervention.id: m.why for m in found.members} == {
        "drie": (
            f"{ADDS_AGGRESSION} Als enige hier: stelt grenzen en werkt met de groep of de buurt. "
            "Gaat volgens de bladzijden goed samen met Een en Twee."
        ),
        "een": "Versterkt wat er al in zit (preventief). Gaat volgens de bladzijden goed samen met Drie en Twee.",
        "vier": "Versterkt wat er al in zit (preventief).",
        "twee": f"{ADDS_WEAPONS} Gaat volgens de bladzijden goed samen met Drie en Een.",
    }
    assert [[axis.id for axis in m.adds] for m in found.members] == [["agressie"], [], [], ["wapens"]]


def test_who_stands_alone_is_not_said_to_be_the_only_one() -> None:
    assert [m.why for m in package(page("een")).members] == [ADDS_AGGRESSION]


@pytest.mark.parametrize(
    ("pages", "asked", "notes"),
    [
        ([page("een")], {}, [NO_LIMITS, FEWER, NO_PROTECTION, NO_PRICES]),
        ([page("een", **PROTECTS), page("twee"), page("drie")], {"severity": 2}, [NO_PRICES]),
        ([page(f"p-{n}", **LIMITS, **PROTECTS) for n in range(3)], {"balance": "preventie"}, [
            "In dit recept ontbreekt iets dat helpt of voorkomt. Zoek dat erbij, of kijk wat er al loopt.",
            ONE_WAY,
            NO_PRICES,
        ]),
        ([page(f"p-{n}", **LIMITS, **PROTECTS) for n in range(2)] + [page("helpt")], {"balance": "gezag"}, [ONE_WAY, NO_PRICES]),
        (
            [page("goedkoop", **costs(100)), page("duur", **costs(30_000)), page("duurder", **costs(300_000))],
            {"balance": "gezag", "severity": 2, "budget": "1"},
            [
                NO_LIMITS,
                FEWER,
                NO_PROTECTION,
                "Uw bestuur wil vooral begrenzen; wat hier past, helpt vooral. Preventie met Gezag vraagt aandacht voor beide.",
                ONE_WAY,
                "Bekende kosten: Goedkoop (100 euro per jaar).",
                "Niet gekozen, want het kost meer dan u heeft: Duur en Duurder.",
            ],
        ),
        (
            [page(f"p-{n}", **PROTECTS, **(costs(100) if n else {})) for n in range(3)],
            {"severity": 2},
            [
                "Bekende kosten: P 1 (100 euro per jaar); P 2 (100 euro per jaar).",
                "Van 1 van de 3 zijn de kosten niet bekend. Onbekend is niet gratis: vraag ze na vóór u kiest.",
            ],
        ),
        (
            [page("persoonsgerichte-aanpak", **PROTECTS), *(page(f"p-{n}", **PROTECTS) for n in range(3))],
            {"severity": 2, "running": ("pga",)},
            [
                "Lijkt op wat al loopt: P 0, P 1 en P 2. Stem dat af, zodat er niets dubbel gebeurt.",
                NO_PRICES,
            ],
        ),
        (
            [page(f"dienst-{n}", **PROTECTS, vorm=["wijk"], indicatie=indication(rol_in_aanpak="aanvulling")) for n in range(3)],
            {"severity": 2, "level": "netwerk"},
            [
                "In dit recept ontbreekt iets dat de aanpak kan dragen. Zoek dat erbij, of kijk wat er al loopt.",
                "In dit recept ontbreekt iets per jongere of gezin. Zoek dat erbij, of kijk wat er al loopt.",
                NO_PRICES,
            ],
        ),
        (
            [page(f"p-{n}", **PROTECTS) for n in range(3)],
            {"severity": 2, "level": "groep"},
            [
                "In dit recept ontbreekt iets voor de groep of de buurt. Zoek dat erbij, of kijk wat er al loopt.",
                NO_PRICES,
            ],
        ),
    ],
)  # fmt: skip
def test_the_notes_say_all_that_a_recept_lacks_and_nothing_else(
    pages: list[Intervention], asked: dict[str, Any], notes: list[str]
) -> None:
    assert list(package(*pages, **asked).notes) == notes


MANY = [page(f"m-{n}") for n in range(4)]
UNPROVEN = {"bewijs": [evidence(level="praktijkvoorbeeld")]}


@pytest.mark.parametrize(
    ("name", "pages", "asked", "said"),
    [
        (
            "minder geld",
            [page("een")],
            {},
            "Lichter en kleiner; het is hetzelfde als het recept, dus u geeft niets op.",
        ),
        (
            "minder geld",
            [*MANY, page("licht", zwaarte="licht")],
            {},
            "Lichter en kleiner; u doet 2 dingen in plaats van 5, dus minder steun voor elkaar.",
        ),
        (
            "minder geld",
            [page("zwaar", zwaarte="zwaar", risicofactoren=WEAPONS), page("midden")],
            {},
            "Lichter en kleiner; niemand werkt dan aan wapens bij jongeren.",
        ),
        (
            "minder geld",
            [page("zwaar", zwaarte="zwaar", karakter="beide"), page("midden")],
            {},
            "Lichter en kleiner; dan ontbreekt iets dat grenzen stelt.",
        ),
        (
            "minder geld",
            [page("zwaar", zwaarte="zwaar")],
            {},
            "Dit kan hier niet: alles wat past, is zwaar of duur.",
        ),
        (
            "meer bewijs",
            [page("z", **UNPROVEN)],
            {},
            "Dit kan hier niet: geen enkele geschikte interventie heeft erkend bewijs voor uw probleem.",
        ),
        (
            "meer bewijs",
            [page(f"u-{n}", **UNPROVEN) for n in range(5)]
            + [page(f"e-{n}", indicatie=indication(niveau=["wijkbreed"])) for n in range(5)],
            {},
            "Alleen met erkend bewijs voor uw probleem; de leden passen gemiddeld minder goed bij uw vraag.",
        ),
        (
            "meer bewijs",
            [page(f"p-{n}") for n in range(5)] + [page("u", **UNPROVEN, combineert_met=[f"p-{n}" for n in range(4)])],
            {},
            "Alleen met erkend bewijs voor uw probleem; de leden vullen elkaar minder goed aan.",
        ),
    ],
)
def test_an_alternative_says_what_it_gives_up(
    name: str, pages: list[Intervention], asked: dict[str, Any], said: str
) -> None:
    assert alternative(name, *pages, **asked).why == said


def test_of_what_is_too_dear_the_best_three_are_named() -> None:
    dear = [page(f"duur-{n}", **costs(30_000)) for n in range(4)]
    notes = package(page("gewoon"), *dear, budget="1").notes
    assert "Niet gekozen, want het kost meer dan u heeft: Duur 0, Duur 1 en Duur 2." in notes


@pytest.mark.parametrize(
    ("links", "said"), [(WEAPONS, True), ([*WEAPONS, {"id": "impulsiviteit", "basis": "expliciet"}], False)]
)
def test_half_the_same_as_what_runs_already_is_said_and_a_third_is_not(links: list[dict[str, str]], said: bool) -> None:
    both = [{"id": "agressie", "basis": "expliciet"}, *links]
    found = package(page("persoonsgerichte-aanpak"), page("kopie", risicofactoren=both), running=("pga",))
    assert any(note.startswith("Lijkt op wat al loopt: Kopie.") for note in found.notes) is said
