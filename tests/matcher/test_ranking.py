"""Laws of ranking: the reasons are the score, order is fixed, harm never comes through."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kb
from assessment import Context, FactorScore, Profile, read_context, read_profile
from kb import KnowledgeBase, ProblemKind
from matcher import Advice, Fit, Result, Wishes, most_helpful_question, recommend, weights
from matcher.candidate import axes_of, candidate
from matcher.gates import first_closed
from matcher.priorities import prioritise
from matcher.question import ask
from tests.matcher.samples import CASES, context, cupboard, evidence, indication, page, profile, small_cupboard

FACTOR_IDS = sorted(cupboard().factors)
BANDS = [(0, 11), (12, 17), (18, 22), (23, 27)]

scores_strategy = st.builds(
    lambda value, confidence, trend: (value, confidence, trend), st.floats(0, 100), st.floats(0, 1), st.integers(-2, 2)
)
profiles = st.dictionaries(st.sampled_from(FACTOR_IDS), scores_strategy, max_size=20).map(
    lambda chosen: Profile({f: FactorScore(f, s, z, t) for f, (s, z, t) in chosen.items()})
)
contexts = st.builds(
    Context,
    ages=st.lists(st.sampled_from(BANDS), unique=True, max_size=3).map(
        lambda b: tuple(kb.AgeRange(van=v, tot=t) for v, t in b)
    ),
    problems=st.lists(st.sampled_from(list(ProblemKind)), unique=True, max_size=3).map(tuple),
    severity=st.none() | st.integers(1, 5),
    level=st.none() | st.sampled_from(["individueel", "groep", "netwerk", "gezin", "wijkbreed", "onbekend"]),
    settings=st.lists(
        st.sampled_from(["thuis", "school", "straat", "online", "politie", "inrichting"]), unique=True
    ).map(tuple),
    running=st.lists(st.sampled_from(["jongerenwerk", "pga", "niets"]), unique=True).map(tuple),
    capacity=st.none() | st.sampled_from(["laag", "midden", "hoog"]),
    partners=st.lists(st.sampled_from(["politie", "school", "jongerenwerk"]), unique=True).map(tuple),
    term=st.none() | st.sampled_from(["direct", "halfjaar", "jaren"]),
    balance=st.none() | st.sampled_from(["preventie", "gezag", "balans"]),
)
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def worked_profiles() -> list[tuple[str, Profile, Context]]:
    cases = yaml.safe_load((CASES / "profielen.yaml").read_text())
    return [(case["id"], read_profile(case)[0], read_context(case["context"])[0]) for case in cases]


def everything(advice: Advice) -> list[str]:
    return [r.intervention.id for r in advice.recommended + advice.services]


@pytest.mark.parametrize(("_case", "measured", "asked"), worked_profiles())
def test_the_reasons_are_the_score_on_the_worked_profiles(_case: str, measured: Profile, asked: Context) -> None:
    advice = recommend(cupboard(), measured, asked)
    assert all(sum(x.points for x in r.reasons) == r.score for r in advice.recommended + advice.services)


@slow
@given(profiles, contexts)
def test_points_are_exact_so_the_order_of_adding_does_not_matter(measured: Profile, asked: Context) -> None:
    for recommendation in recommend(cupboard(), measured, asked).recommended:
        points = [reason.points for reason in recommendation.reasons]
        assert sum(reversed(points)) == sum(sorted(points)) == recommendation.score


@slow
@given(profiles, contexts)
def test_every_exclusion_is_the_first_gate_that_closes(measured: Profile, asked: Context) -> None:
    priorities = prioritise(cupboard().factors, measured)
    question, axis_of = ask(asked, priorities), axes_of(cupboard().factors)
    for closed in recommend(cupboard(), measured, asked).excluded:
        assert first_closed(question, candidate(closed.intervention, axis_of)) == (closed.gate, closed.text)


@slow
@given(profiles, contexts)
def test_the_same_question_gives_the_same_advice(measured: Profile, asked: Context) -> None:
    one, other = (recommend(cupboard(), measured, asked) for _ in range(2))
    assert (one, one.package, one.alternatives) == (other, other.package, other.alternatives)


@slow
@given(profiles, contexts, st.randoms(use_true_random=False))
def test_the_order_of_content_files_changes_nothing(measured: Profile, asked: Context, chance: random.Random) -> None:
    shuffled = list(cupboard().interventions)
    chance.shuffle(shuffled)
    other = KnowledgeBase(shuffled, cupboard().factors)
    assert everything(recommend(other, measured, asked)) == everything(recommend(cupboard(), measured, asked))


@slow
@given(profiles, contexts)
def test_scores_never_rise_down_the_list(measured: Profile, asked: Context) -> None:
    scores = [r.score for r in recommend(cupboard(), measured, asked).recommended]
    assert scores == sorted(scores, reverse=True)


@slow
@given(profiles, contexts)
def test_every_page_is_either_ranked_or_excluded_with_a_reason(measured: Profile, asked: Context) -> None:
    advice = recommend(cupboard(), measured, asked)
    if advice.result is Result.ADVICE:
        accounted = everything(advice) + [e.intervention.id for e in advice.excluded]
        assert sorted(accounted) == sorted(i.id for i in cupboard().interventions)


@slow
@given(profiles, contexts)
def test_nothing_harmful_is_ever_recommended(measured: Profile, asked: Context) -> None:
    harmful = {i.id for i in cupboard().interventions if any(e.level == "schadelijk" for e in i.evidence)}
    assert not harmful & set(everything(recommend(cupboard(), measured, asked)))


@slow
@given(st.floats(40, 90), st.floats(1, 10))
def test_raising_a_priority_never_lowers_what_works_only_on_it(need: float, more: float) -> None:
    kast = small_cupboard(
        page("alleen-agressie"), page("breed", risicofactoren=[{"id": "wapenbezit", "basis": "expliciet"}])
    )
    before = recommend(kast, profile(agressie=need, wapenbezit=70), context())
    after = recommend(kast, profile(agressie=need + more, wapenbezit=70), context())
    ranked = [
        {r.intervention.id: r.score for r in advice.recommended}.get("alleen-agressie", 0) for advice in (before, after)
    ]
    assert ranked[0] <= ranked[1]


def test_an_empty_profile_ranks_nothing() -> None:
    assert recommend(cupboard(), Profile(), context()).result is Result.INSUFFICIENT_DATA


def test_a_harmful_finding_on_any_outcome_removes_a_page() -> None:
    kast = small_cupboard(page(bewijs=[evidence(), evidence("school-werk", "schadelijk")]))
    assert recommend(kast, profile(agressie=80), context()).excluded[0].gate == "schadelijk"


def test_a_null_result_on_the_outcome_asked_about_removes_a_page() -> None:
    kast = small_cupboard(page(bewijs=[evidence(level="geen-effect")]))
    assert recommend(kast, profile(agressie=80), context()).excluded[0].gate == "geen-effect"


def test_a_null_result_on_another_outcome_removes_nothing() -> None:
    kast = small_cupboard(page(bewijs=[evidence(), evidence("school-werk", "geen-effect")]))
    assert recommend(kast, profile(agressie=80), context()).excluded == ()


def test_of_two_judgements_on_one_outcome_the_lower_counts() -> None:
    both = page("beide", bewijs=[evidence(level="sterke-aanwijzingen"), evidence(level="goed-onderbouwd")])
    lower = page("laag", bewijs=[evidence(level="goed-onderbouwd")])
    advice = recommend(small_cupboard(both, lower), profile(agressie=80), context())
    assert len({r.score for r in advice.recommended}) == 1


def test_a_conflict_between_judgements_is_said() -> None:
    both = page(bewijs=[evidence(level="sterke-aanwijzingen"), evidence(level="goed-onderbouwd")])
    (found,) = recommend(small_cupboard(both), profile(agressie=80), context()).recommended
    assert any("verschillen" in reason.text and "laagste telt" in reason.text for reason in found.reasons)


def test_a_favourable_judgement_does_not_save_a_page_from_a_null_result() -> None:
    both = page(bewijs=[evidence(level="eerste-aanwijzingen"), evidence(level="geen-effect")])
    (closed,) = recommend(small_cupboard(both), profile(agressie=80), context()).excluded
    assert "het laagste telt" in closed.text


def test_not_assessed_is_no_judgement_and_lowers_nothing() -> None:
    judged = page("wel", bewijs=[evidence(level="goed-onderbouwd"), evidence(level="niet-beoordeeld")])
    alone = page("los", bewijs=[evidence(level="goed-onderbouwd")])
    advice = recommend(small_cupboard(judged, alone), profile(agressie=80), context())
    assert len({r.score for r in advice.recommended}) == 1


def test_evidence_on_another_outcome_counts_one_step_lower() -> None:
    other = page("ander", bewijs=[evidence("school-werk", "goede-aanwijzingen")])
    same = page("zelfde", bewijs=[evidence("delictgedrag", "eerste-aanwijzingen")])
    advice = recommend(small_cupboard(other, same), profile(agressie=80), context())
    assert len({r.score for r in advice.recommended}) == 1


def test_services_and_instruments_stand_apart() -> None:
    service = page("dienst", soort="dienst", indicatie=indication(rol_in_aanpak="aanvulling"))
    advice = recommend(small_cupboard(page(), service), profile(agressie=80), context())
    assert [r.intervention.id for r in advice.services] == ["dienst"]


def test_a_service_that_is_the_core_of_an_approach_stands_between_interventions() -> None:
    advice = recommend(small_cupboard(page("dienst", soort="dienst")), profile(agressie=80), context())
    assert [r.intervention.id for r in advice.recommended] == ["dienst"]


def test_a_concern_lowers_the_score_and_is_said() -> None:
    warned = page("let-op", aandachtspunten=[{"soort": "averechts", "tekst": "Kan erger maken."}])
    advice = recommend(small_cupboard(page("gewoon"), warned), profile(agressie=80), context())
    assert [r.intervention.id for r in advice.recommended] == ["gewoon", "let-op"]
    assert any("Kan erger maken." in reason.text for reason in advice.recommended[1].reasons)


def test_meant_for_the_problem_asked_about_comes_before_meant_for_another() -> None:
    other = page("anders", indicatie=indication(problemen=["vermogen"]))
    advice = recommend(small_cupboard(other, page("gericht")), profile(agressie=80), context())
    assert [r.intervention.id for r in advice.recommended] == ["gericht", "anders"]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("ernst", {"ernst": {"van": 4, "tot": 5}}),
        ("niveau", {"niveau": ["wijkbreed"]}),
        ("rol", {"rol_in_aanpak": "aanvulling"}),
    ],
)
def test_severity_level_and_role_of_the_indication_count(field: str, changed: dict[str, object]) -> None:
    other = page("anders", indicatie=indication(**changed))
    ranked = recommend(small_cupboard(other, page("gericht")), profile(agressie=80), context()).recommended
    points = {r.intervention.id: sum(x.points for x in r.reasons if x.criterion == field) for r in ranked}
    assert points["gericht"] > points["anders"]


def test_the_best_is_said_to_fit_well() -> None:
    assert recommend(small_cupboard(page()), profile(agressie=80), context()).recommended[0].fit is Fit.GOOD


def test_what_runs_already_is_marked() -> None:
    kast = small_cupboard(page("persoonsgerichte-aanpak"))
    assert recommend(kast, profile(agressie=80), context(running=("pga",))).recommended[0].running


def test_one_person_gives_provisional_advice() -> None:
    measured = Profile(profile(agressie=80).scores, {"gemeente": 1})
    advice = recommend(cupboard(), measured, context())
    assert (advice.provisional, advice.result) == (True, Result.ADVICE)


def test_two_respondents_are_too_few_for_a_ranking() -> None:
    measured = Profile(profile(agressie=80).scores, {"gemeente": 1, "politie-boa": 1})
    assert recommend(cupboard(), measured, context()).result is Result.INSUFFICIENT_DATA


def test_a_quiet_profile_with_serious_victims_is_not_called_quiet() -> None:
    quiet = profile(agressie=10, wapenbezit=10, middelengebruik=10, jeugdgroep=10, online_conflict=10)
    assert recommend(cupboard(), quiet, context(severity=4)).result is Result.INSUFFICIENT_DATA


def test_a_few_low_answers_are_not_enough_to_call_an_area_quiet() -> None:
    assert recommend(cupboard(), profile(agressie=10), context(severity=1)).result is Result.INSUFFICIENT_DATA


def test_severity_five_is_acute() -> None:
    assert recommend(cupboard(), profile(agressie=80), context(severity=5)).acute


SENSITIVE = ("wijkarmoede", "gezinsarmoede", "verhuizingen", "lvb", "crimineel-gezin")


def limits_or_selects(page_found: kb.Intervention) -> bool:
    return page_found.character == "begrenzend" or any(c.kind == "privacy-proxy" for c in page_found.concerns)


@slow
@given(profiles, contexts, st.sampled_from(SENSITIVE), st.floats(0, 100), st.floats(0, 1))
def test_poverty_disability_or_family_never_move_a_limiting_or_selecting_measure_up(
    measured: Profile, asked: Context, factor: str, value: float, confidence: float
) -> None:
    changed = Profile({**measured.scores, factor: FactorScore(factor, value, confidence)})
    before, after = recommend(cupboard(), measured, asked), recommend(cupboard(), changed, asked)
    if before.result is not Result.ADVICE:
        return
    was = {r.intervention.id: r.score for r in before.recommended + before.services}
    raised = [r for r in after.recommended + after.services if r.score > was.get(r.intervention.id, -1000.0)]
    assert not [r.intervention.id for r in raised if limits_or_selects(r.intervention)]


@slow
@given(profiles, contexts)
def test_taking_a_criterion_away_changes_the_score_by_exactly_its_reasons(measured: Profile, asked: Context) -> None:
    for found in recommend(cupboard(), measured, asked).recommended[:5]:
        for criterion in {reason.criterion for reason in found.reasons}:
            kept = sum(reason.points for reason in found.reasons if reason.criterion != criterion)
            gone = sum(reason.points for reason in found.reasons if reason.criterion == criterion)
            assert kept + gone == found.score


def test_a_left_out_intervention_is_said_to_be_left_out() -> None:
    wishes = Wishes(left_out=frozenset({"voorbeeld"}))
    (closed,) = recommend(small_cupboard(page()), profile(agressie=80), context(), wishes).excluded
    assert closed.gate == "weggelaten"


def test_a_criterion_that_counts_double_gives_double_points() -> None:
    asked = profile(agressie=80), context()
    (once,) = recommend(small_cupboard(page()), *asked).recommended
    (twice,) = recommend(small_cupboard(page()), *asked, Wishes({"rol": 2.0})).recommended
    points = [sum(r.points for r in found.reasons if r.criterion == "rol") for found in (once, twice)]
    assert points[1] == 2 * points[0]


def test_nearly_equal_neighbours_share_a_place() -> None:
    advice = recommend(small_cupboard(page("een"), page("twee")), profile(agressie=80), context())
    assert [r.place for r in advice.recommended] == [1, 1]


@slow
@given(profiles, contexts)
def test_steadiness_is_a_share(measured: Profile, asked: Context) -> None:
    assert all(0 <= r.steady <= 1 for r in recommend(cupboard(), measured, asked).recommended)


def test_the_only_candidate_is_always_first() -> None:
    assert recommend(small_cupboard(page()), profile(agressie=80), context()).recommended[0].steady == 1


def texts(advice: Advice) -> list[str]:
    return [reason.text for found in advice.recommended + advice.services for reason in found.reasons]


@slow
@given(profiles, contexts)
def test_made_to_measure_is_said_only_of_a_named_problem_at_a_known_level(measured: Profile, asked: Context) -> None:
    for found in recommend(cupboard(), measured, asked).recommended:
        if any(reason.criterion == "op-maat" for reason in found.reasons):
            assert set(found.intervention.indication.problems) & set(asked.problems)
            assert asked.level in {str(level) for level in kb.ProblemLevel}


def test_nothing_heavy_is_put_forward_without_a_severity() -> None:
    advice = recommend(cupboard(), profile(agressie=80, antisociale_vrienden=80), Context())
    assert not [r for r in advice.recommended + advice.services if r.intervention.intensity == "zwaar"]


def test_nobody_is_singled_out_without_a_severity() -> None:
    kast = small_cupboard(
        page(karakter="beide", aandachtspunten=[{"soort": "privacy-proxy", "tekst": "Kiest personen."}])
    )
    assert recommend(kast, profile(agressie=80), context(severity=None)).excluded[0].gate == "privacy"


def test_help_only_for_a_mild_disability_is_held_back_where_that_plays_no_part() -> None:
    kast = small_cupboard(page("gewoon"), page("speciaal", lvb="alleen"))
    ranked = recommend(kast, profile(agressie=80), context()).recommended
    assert [r.intervention.id for r in ranked] == ["gewoon", "speciaal"]
    assert "wijzen daar niet op" in " ".join(reason.text for reason in ranked[1].reasons)


def test_an_age_without_upper_limit_counts_only_years_of_youth() -> None:
    kast = small_cupboard(page("open", leeftijd={"van": 18, "tot": 99}), page("dicht", leeftijd={"van": 18, "tot": 27}))
    advice = recommend(kast, profile(agressie=80), context(ages=(kb.AgeRange(van=18, tot=22),)))
    assert len({r.score for r in advice.recommended}) == 1
    assert any("vanaf 18 jaar" in text for text in texts(advice))


def test_a_cost_is_written_the_dutch_way() -> None:
    dear = page(kosten={"bedrag_eur": 2_600_000, "per": "gemeente"})
    advice = recommend(small_cupboard(dear), profile(agressie=80), context(budget="1"))
    assert any("2.600.000 euro per gemeente" in text for text in texts(advice))


# --- may anything be ranked? ----------------------------------------------------------------------------------------

LOW = {f: FactorScore(f, 10, 0.45) for f in ("agressie", "wapenbezit", "impulsiviteit", "jeugdgroep", "geldproblemen")}
DOUBT = {"wapenbezit": FactorScore("wapenbezit", 60, 0.4)}
HIGH = {"agressie": FactorScore("agressie", 80, 0.7)}


@pytest.mark.parametrize(
    ("scores", "respondents", "severity", "result"),
    [
        (HIGH, {}, 3, Result.ADVICE),
        (HIGH, {"politie": 1}, 3, Result.ADVICE),
        (HIGH, {"politie": 2}, 3, Result.INSUFFICIENT_DATA),
        (HIGH, {"politie": 3}, 3, Result.INSUFFICIENT_DATA),
        (HIGH, {"politie": 2, "school": 1}, 3, Result.ADVICE),
        (LOW, {}, None, Result.LOW_NEED),
        (LOW, {}, 3, Result.LOW_NEED),
        (LOW, {}, 4, Result.INSUFFICIENT_DATA),
        (LOW, {"politie": 2}, None, Result.INSUFFICIENT_DATA),
        (dict(list(LOW.items())[1:]), {}, None, Result.INSUFFICIENT_DATA),
        ({**LOW, "agressie": FactorScore("agressie", 10, 0.44)}, {}, None, Result.INSUFFICIENT_DATA),
        (
            {**LOW, "vroeg-probleemgedrag": FactorScore("vroeg-probleemgedrag", 60, 0.4)},
            {},
            None,
            Result.INSUFFICIENT_DATA,
        ),
        (DOUBT, {}, None, Result.INSUFFICIENT_DATA),
    ],
)
def test_a_ranking_wants_a_priority_and_enough_people_and_quiet_wants_five_known_axes(
    scores: dict[str, FactorScore], respondents: dict[str, int], severity: int | None, result: Result
) -> None:
    assert recommend(small_cupboard(page()), Profile(scores, respondents), context(severity=severity)).result is result


def test_without_a_ranking_the_rest_of_what_was_measured_is_still_shown() -> None:
    both = {**HIGH, **DOUBT, "wijkarmoede": FactorScore("wijkarmoede", 90, 0.7)}
    found = recommend(small_cupboard(page()), Profile(both, {"politie": 2}), context()).priorities
    assert (found.act, [a.id for a in found.find_out]) == ((), ["wapens"])
    assert [a.id for a in found.background] == ["wijkarmoede"]
    assert [f.id for f in found.flags] == ["wapenbezit"]


def test_an_advice_says_its_version_and_whether_it_is_provisional_or_acute() -> None:
    found = recommend(small_cupboard(page()), Profile(HIGH, {"politie": 1}), context(severity=5))
    assert (found.version, found.provisional, found.acute) == (weights.VERSION, True, True)
    calm = recommend(small_cupboard(page()), Profile(HIGH), context(severity=4))
    assert (calm.provisional, calm.acute) == (False, False)
    nothing = recommend(small_cupboard(page()), Profile(), context(severity=5))
    assert (nothing.version, nothing.acute, len(nothing.recommended)) == (weights.VERSION, True, 0)


def test_agreed_priorities_decide_what_fits_and_what_to_ask() -> None:
    kast = small_cupboard(page("een"), page("wapens", risicofactoren=[{"id": "wapenbezit", "basis": "expliciet"}]))
    measured = profile(agressie=80, wapenbezit=60)
    wishes = Wishes(agreed=("wapens",))
    found = recommend(kast, measured, context(), wishes)
    assert [a.id for a in found.priorities.act] == ["wapens"]
    assert found.recommended[0].intervention.id == "wapens"
    assert most_helpful_question(kast, measured, context(), wishes) is None


def test_what_is_excluded_stands_in_order_of_id_with_its_gate() -> None:
    pages = page("z", leeftijd={"van": 2, "tot": 4}), page("a", beschikbaarheid="gestopt"), page("m")
    found = recommend(small_cupboard(*pages), Profile(HIGH), context()).excluded
    assert [(e.intervention.id, e.gate) for e in found] == [("a", "gestopt"), ("z", "leeftijd")]


def test_of_equal_scores_the_first_by_id_stands_first() -> None:
    found = recommend(small_cupboard(*(page(f"p-{n:02}") for n in reversed(range(30)))), Profile(HIGH), context())
    assert [r.intervention.id for r in found.recommended] == [f"p-{n:02}" for n in range(30)]


def test_services_have_no_steadiness_and_share_the_best_score_with_the_others() -> None:
    service = page("dienst", soort="dienst", indicatie=indication(rol_in_aanpak="aanvulling", problemen=["drugs"]))
    found = recommend(small_cupboard(page(), service), Profile(HIGH), context())
    assert [(r.steady, r.place) for r in found.services] == [(0.0, 1)]
    assert found.services[0].fit is not Fit.GOOD
    assert found.recommended[0].steady == 1.0
