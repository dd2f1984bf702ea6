"""The list in the address: what is read from it, and the addresses with one more or less."""

from __future__ import annotations

import pytest

from kb import KnowledgeBase
from web import shortlist


def ids(kast: KnowledgeBase, *given: str) -> list[str]:
    return shortlist.read(kast, [("id", each) for each in given]).ids


def test_the_order_of_choosing_is_kept(kleine_kast: KnowledgeBase) -> None:
    assert ids(kleine_kast, "wijkverbod", "leerwerkplek") == ["wijkverbod", "leerwerkplek"]


@pytest.mark.parametrize("given", [["sportavond", "sportavond"], ["sportavond", ""], [" sportavond "]], ids=str)
def test_double_and_empty_ids_do_no_harm(kleine_kast: KnowledgeBase, given: list[str]) -> None:
    assert ids(kleine_kast, *given) == ["sportavond"]


def test_what_is_not_in_the_cupboard_is_told(kleine_kast: KnowledgeBase) -> None:
    read = shortlist.read(kleine_kast, [("id", "../README"), ("id", "sportavond")])
    assert (read.unknown, read.ids) == (("../README",), ["sportavond"])


def test_an_endless_list_is_cut_off(kleine_kast: KnowledgeBase) -> None:
    read = shortlist.read(kleine_kast, [("id", f"{n}" * 500) for n in range(1000)])
    assert len(read.unknown) <= shortlist.MOST
    assert max(map(len, read.unknown)) <= shortlist.MAX_ID


def test_other_keys_are_not_on_the_list(kleine_kast: KnowledgeBase) -> None:
    assert shortlist.read(kleine_kast, [("lijst", "sportavond"), ("q", "sportavond")]) == shortlist.Shortlist()


def test_adding_what_is_on_the_list_changes_nothing() -> None:
    assert shortlist.adding("/mijn-lijst", ["a", "b"], "a") == "/mijn-lijst?id=a&id=b"


def test_an_empty_list_has_a_plain_address() -> None:
    assert shortlist.address("/vergelijk", []) == "/vergelijk"
