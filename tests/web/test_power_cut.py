"""The server is killed again and again while people fill in: everything that was acknowledged is there afterwards, on both engines."""

from __future__ import annotations

from tests.power_cut import KILLS, POSTS, Drill


def test_what_was_acknowledged_survives_a_kill(database_url: str) -> None:
    outcome = Drill(database_url).run()
    assert outcome.wrong == []
    assert outcome.acknowledged >= POSTS == 500
    assert outcome.kills == KILLS
    assert outcome.unanswered > KILLS
