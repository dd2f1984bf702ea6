"""The map of factors and the page of one."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from kb import Certainty, Domain, EvidenceLevel, KnowledgeBase, best_level
from tests.web.test_catalogue import text_of
from web import catalogue, factors


def test_every_factor_is_on_the_map_once(client: TestClient, echte_kast: KnowledgeBase) -> None:
    named = re.findall(r'<h4><a href="/factoren/([a-z0-9-]+)"', client.get("/factoren").text)
    assert sorted(named) == sorted(echte_kast.factors)


def test_the_map_has_the_six_leefgebieden(echte_kast: KnowledgeBase) -> None:
    assert [region.domain for region in factors.regions(echte_kast)] == list(Domain)


def test_two_sides_of_one_thing_stand_together(echte_kast: KnowledgeBase) -> None:
    pairs = [pair for region in factors.regions(echte_kast) for pair in region.both]
    assert pairs
    assert all(pair.risk and pair.protective for pair in pairs)
    assert all(pair.risk.factor.counterpart == pair.protective.factor.id for pair in pairs)  # type: ignore[union-attr]


def test_what_was_not_measured_fills_no_step(echte_kast: KnowledgeBase) -> None:
    for each in echte_kast.factors.values():
        unmeasured = each.strength_certainty is Certainty.LOW
        assert (factors.side(echte_kast, each).steps == 0) == unmeasured


def test_the_strongest_link_comes_first(echte_kast: KnowledgeBase) -> None:
    for region in factors.regions(echte_kast):
        steps = [max(side.steps for side in pair.sides) for pair in region.pairs]
        assert steps == sorted(steps, reverse=True)


@pytest.mark.parametrize("factor_id", ["impulsiviteit", "zelfcontrole"])
def test_a_factor_shows_what_works_on_both_its_sides(
    client: TestClient, echte_kast: KnowledgeBase, factor_id: str
) -> None:
    html = client.get(f"/factoren/{factor_id}").text
    for side in ("impulsiviteit", "zelfcontrole"):
        assert all(f"/interventies/{i.id}" in html for i in echte_kast.working_on(side))


def test_nothing_is_lost_between_the_headings(echte_kast: KnowledgeBase) -> None:
    own = factors.side(echte_kast, echte_kast.factors["agressie"])
    listed = [i for _, members in own.by_ground for i, _ in members]
    assert sorted(i.id for i in listed) == sorted(i.id for i in own.working)


def test_a_null_result_is_not_hidden_by_what_nobody_judged(echte_kast: KnowledgeBase) -> None:
    found = echte_kast.get("aggression-replacement-training")
    assert found
    assert best_level(found) is EvidenceLevel.NO_EFFECT


def test_the_count_on_the_map_is_what_the_catalogue_finds(echte_kast: KnowledgeBase) -> None:
    for each in list(echte_kast.factors.values())[::9]:
        own = factors.side(echte_kast, each)
        assert catalogue.search(echte_kast, [("factor", each.id)]).total == len(own.working)


def test_a_risk_says_what_protects_against_it(client: TestClient, echte_kast: KnowledgeBase) -> None:
    protective = next(f for f in echte_kast.factors.values() if f.buffers)
    assert "Wat beschermt" in text_of(client, f"/factoren/{protective.buffers[0]}")
