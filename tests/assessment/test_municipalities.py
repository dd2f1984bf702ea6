from __future__ import annotations

import pytest

from assessment import find_municipality, get_municipality, municipalities, places
from assessment.municipalities import suggest


def test_there_are_342_municipalities_in_order_of_name() -> None:
    names = [municipality.name for municipality in municipalities()]
    assert len(set(names)) == 342
    assert names.index("Almelo") < names.index("Den Haag") < names.index("Zwolle")


@pytest.mark.parametrize("text", ["GM0153", "gm0153", "Enschede", " enschede ", "ENSCHEDE"])
def test_a_municipality_is_found_by_code_or_name(text: str) -> None:
    found = find_municipality(text)
    assert found is not None
    assert found.code == "GM0153"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("den haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("Hengelo", "GM0164"),
        ("sudwest fryslan", "GM1900"),
        ("Roffa", "GM0599"),
    ],
)
def test_other_spellings_and_aliases_are_found(text: str, code: str) -> None:
    found = find_municipality(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "Bergen", "Nergenshuizen", "\x00", "x" * 10_000])
def test_an_unknown_or_shared_name_finds_nothing(text: str) -> None:
    assert find_municipality(text) is None


def test_a_shared_name_is_answered_with_both() -> None:
    assert set(suggest("Bergen")) == {"Bergen (L.)", "Bergen (NH.)"}


def test_a_typing_error_is_answered_with_the_nearest_name() -> None:
    assert suggest("Enschedee") == ("Enschede",)


def test_a_code_gives_exactly_its_municipality() -> None:
    found = get_municipality("GM0141")
    assert found is not None
    assert found.name == "Almelo"


def test_an_intervention_in_twente_runs_in_enschede() -> None:
    assert places("GM0153") == ("Enschede", "Twente")


def test_a_place_goes_by_its_short_names_too() -> None:
    assert places("GM0164") == ("Hengelo (O.)", "Hengelo", "Twente")
    assert places("GM0518") == ("Den Haag", "'s-Gravenhage", "Haaglanden")


def test_a_name_that_two_share_is_not_a_place() -> None:
    assert "Bergen" not in places("GM0373")


@pytest.mark.parametrize("code", ["GM0355", "GM1966"])
def test_a_region_named_after_its_city_is_left_out(code: str) -> None:
    assert not {"Utrecht", "Groningen"} & set(places(code))


def test_an_unknown_code_has_no_places() -> None:
    assert places("GM9999") == ()
