"""The smallest numbers we show, in one place. Our own choice, no law: meetinstrument.md paragraph 7, scoring.md paragraph 1 and 7."""

from __future__ import annotations

MIN_RESPONDENTS = 3
"""A factor of a meting is shown only from this many respondents who answered it ..."""
MIN_ROLES = 2
"""... in this many roles."""
MIN_PER_ROLE = 3
"""A score per role is shown only from this many respondents in that role."""
MIN_YOUTH = 10
"""A number of young people below this is never shown, nor used as an indicator."""

GOOD_RESPONDENTS = 10
"""From here more respondents hardly change the scores (Muellmann e.a. 2021); counts fully in the certainty."""
GOOD_ROLES = 4
"""The spread of roles that counts fully in the certainty."""
WORKING_RESPONDENTS = 6
"""What we ask for at least."""


def is_shown(respondents: int, roles: int) -> bool:
    """May the score of a factor that this many respondents in this many roles answered be shown?"""
    return respondents >= MIN_RESPONDENTS and roles >= MIN_ROLES


def shown_number(count: float) -> int | None:
    """An estimated number of young people rounded to tens, or None when it is too small to show."""
    rounded = round(count / 10) * 10
    return int(rounded) if count >= MIN_YOUTH else None
