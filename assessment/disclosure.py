"""The smallest numbers we show, in one place. Our own choice, no law: meetinstrument.md paragraph 7, scoring.md paragraph 1 and 7."""

from __future__ import annotations

from collections.abc import Mapping

MIN_RESPONDENTS = 3
"""A factor of a meting is shown only from this many respondents who answered it ..."""
MIN_ROLES = 2
"""... in this many roles."""
MIN_PER_ROLE = 3
"""A score per role is shown only from this many respondents in that role."""
MIN_FOR_SPREAD = 6
"""Whether people agree leaves a meting only from this many respondents on the factor ..."""
MIN_ROLES_FOR_SPREAD = 3
"""... in this many roles. With fewer, a score together with its spread gives the answer of a lone respondent away."""
MIN_YOUTH = 10
"""A number of young people below this is never shown, nor used as an indicator."""
MIN_MUNICIPALITIES = 3
"""A region is compared with only when this many municipalities contribute."""

GOOD_RESPONDENTS = 10
"""From here more respondents hardly change the scores (Muellmann e.a. 2021); counts fully in the certainty."""
GOOD_ROLES = 4
"""The spread of roles that counts fully in the certainty."""
WORKING_RESPONDENTS = 6
"""What we ask for at least."""


def is_shown(respondents: int, roles: int) -> bool:
    """May the score of a factor that this many respondents in this many roles answered be shown?"""
    return respondents >= MIN_RESPONDENTS and roles >= MIN_ROLES


def spread_is_shown(respondents: int | None, roles: int | None) -> bool:
    """May it be said whether this many respondents in this many roles agree? Without numbers it was decided before."""
    return respondents is None or roles is None or (respondents >= MIN_FOR_SPREAD and roles >= MIN_ROLES_FOR_SPREAD)


def shown_groups(sizes: Mapping[str, int]) -> set[str]:
    """The roles whose own score may stand beside the total, given the number of respondents per role.

    The total minus the shown roles gives the rest away, and how far it is spread. So the rest must be nobody, or enough people in
    enough roles for that; otherwise the smallest shown role is hidden too, until it is (complementary suppression).
    """
    shown = sorted(
        (role for role, size in sizes.items() if size >= MIN_PER_ROLE), key=lambda role: (-sizes[role], role)
    )
    hidden = [role for role in sizes if role not in shown]
    while hidden and shown and not spread_is_shown(sum(sizes[role] for role in hidden), len(hidden)):
        hidden.append(shown.pop())
    return set(shown)


def shown_number(count: float) -> int | None:
    """An estimated number of young people rounded to tens, or None when it is too small to show."""
    rounded = round(count / 10) * 10
    return int(rounded) if count >= MIN_YOUTH else None
