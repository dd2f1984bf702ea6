from __future__ import annotations

import pytest

from assessment import is_shown, shown_number


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
