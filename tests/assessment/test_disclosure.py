from __future__ import annotations

import pytest

from assessment import is_shown, shown_number
from assessment.disclosure import shown_groups, spread_is_shown


@pytest.mark.parametrize(("respondents", "roles"), [(3, 2), (10, 4), (4, 3)])
def test_three_respondents_in_two_roles_may_be_shown(respondents: int, roles: int) -> None:
    assert is_shown(respondents, roles)


@pytest.mark.parametrize(("respondents", "roles"), [(0, 0), (1, 1), (2, 2), (6, 1)])
def test_fewer_respondents_or_one_role_is_not_shown(respondents: int, roles: int) -> None:
    assert not is_shown(respondents, roles)


@pytest.mark.parametrize("count", [0, 1, 9.9])
def test_a_number_under_ten_is_never_shown(count: float) -> None:
    assert shown_number(count) is None


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (14, 10), (16, 20), (132, 130)])
def test_a_number_is_shown_in_tens(count: float, shown: int) -> None:
    assert shown_number(count) == shown


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({}, set()),
        ({"a": 3}, {"a"}),
        ({"a": 3, "b": 3}, {"a", "b"}),
        ({"a": 2, "b": 2}, set()),
        ({"a": 5, "b": 2}, set()),
        ({"a": 5, "b": 4, "c": 2}, set()),
        ({"a": 3, "b": 1, "c": 1}, set()),
        ({"a": 3, "b": 2, "c": 2, "d": 1}, set()),
        ({"a": 3, "b": 2, "c": 2, "d": 2}, {"a"}),
        ({"a": 4, "b": 3, "c": 2, "d": 1}, {"a"}),
    ],
)
def test_a_group_is_shown_when_neither_it_nor_the_rest_is_too_small(sizes: dict[str, int], shown: set[str]) -> None:
    assert shown_groups(sizes) == shown


@pytest.mark.parametrize(
    ("respondents", "roles", "told"), [(6, 3, True), (9, 6, True), (5, 3, False), (6, 2, False), (9, 2, False)]
)
def test_whether_people_agree_is_told_from_six_people_in_three_roles(respondents: int, roles: int, told: bool) -> None:
    assert spread_is_shown(respondents, roles) is told
