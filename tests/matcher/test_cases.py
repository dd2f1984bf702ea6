"""Eight worked profiles: what must come first, what must never come above it, and when nothing may be ranked."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from assessment import read_context, read_profile
from matcher import Advice, recommend
from tests.matcher.samples import CASES, cupboard

PROFILES: dict[str, dict[str, Any]] = {
    case["id"]: case for case in yaml.safe_load((CASES / "profielen.yaml").read_text())
}
RECORDS: dict[str, dict[str, list[list[str]]]] = yaml.safe_load((CASES / "records.yaml").read_text())
RANKED = sorted(RECORDS)


@cache
def advice(case_id: str) -> Advice:
    case = PROFILES[case_id]
    context, context_problems, unknown = read_context(case["context"])
    profile, profile_problems = read_profile(case)
    assert not context_problems + profile_problems
    assert not unknown
    return recommend(cupboard(), profile, context)


def scores(case_id: str) -> dict[str, float]:
    found = advice(case_id)
    return {r.intervention.id: r.score for r in found.recommended + found.services}


def named(case_id: str, which: str) -> list[str]:
    return [record for kind in RECORDS[case_id][which] for record in kind]


@pytest.mark.parametrize("case_id", RANKED)
def test_the_expected_priorities_are_in_the_first_five(case_id: str) -> None:
    first_five = [axis.id for axis in advice(case_id).priorities.act[:5]]
    assert set(PROFILES[case_id]["verwacht_prioriteiten"]) <= set(first_five)


@pytest.mark.parametrize("case_id", sorted(PROFILES))
def test_exactly_the_expected_flags_are_raised(case_id: str) -> None:
    raised = {factor.id for factor in advice(case_id).priorities.flags}
    assert raised == set(PROFILES[case_id].get("verwacht_vlaggen", []))


@pytest.mark.parametrize("case_id", RANKED)
def test_everything_fitting_is_ranked(case_id: str) -> None:
    assert set(named(case_id, "passend")) <= scores(case_id).keys()


@pytest.mark.parametrize("case_id", RANKED)
def test_everything_unfitting_is_behind_a_gate_or_below_everything_fitting(case_id: str) -> None:
    found = scores(case_id)
    lowest_fitting = min(found[record] for record in named(case_id, "passend"))
    too_high = {r: found[r] for r in named(case_id, "niet_passend") if found.get(r, -100.0) >= lowest_fitting}
    assert not too_high, f"laagste passende: {lowest_fitting}"


@pytest.mark.parametrize("case_id", RANKED)
def test_every_described_kind_has_its_records_written_down(case_id: str) -> None:
    for which in ("passend", "niet_passend"):
        assert len(RECORDS[case_id][which]) == len(PROFILES[case_id][which])


@pytest.mark.parametrize("case_id", RANKED)
def test_every_record_named_is_accounted_for(case_id: str) -> None:
    found = advice(case_id)
    accounted = scores(case_id).keys() | {e.intervention.id for e in found.excluded}
    assert set(named(case_id, "passend") + named(case_id, "niet_passend")) <= accounted


@pytest.mark.parametrize(("case_id", "result"), [("P7", "onvoldoende-gegevens"), ("P8", "lage-problematiek")])
def test_too_little_data_or_too_little_need_gives_no_ranking(case_id: str, result: str) -> None:
    found = advice(case_id)
    assert (found.result, found.package) == (result, None)
    assert [*found.recommended, *found.services] == []


@pytest.mark.parametrize("case_id", ["P7", "P8"])
def test_without_a_ranking_there_is_still_useful_advice(case_id: str) -> None:
    assert len(advice(case_id).steps) >= 3


@pytest.mark.parametrize("case_id", RANKED)
def test_a_recept_has_three_to_five_members(case_id: str) -> None:
    package = advice(case_id).package
    assert package is not None
    assert 3 <= len(package.members) <= 5
