"""One sheet of paper for the conversation about a profile: what to talk about, in words, and room to write. Everything on it is published."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

import matcher
from assessment import LOW_AGREEMENT, FactorScore
from kb import Factor, KnowledgeBase
from web import beside, conversation, letter
from web.accounts import Account
from web.assessments import area_in_words, last_day, own
from web.leaflet import lowered
from web.visitors import Doors, database, reader, show

router = Doors()

STRONG = 60
"""From this score protection is called strong (SCORE_WORDS)."""
LINES = 5
"""Places to write: as many as may be agreed on."""


@router.get("/metingen/{id}/gespreksblad", reader)
def sheet(request: Request, account: Account, id: str) -> Response:  # noqa: A002  the name in the address
    """To print and lay on the table before the conversation."""
    kb: KnowledgeBase = request.app.state.kb
    with database(request).read() as session:
        seen = conversation.look(session, kb, own(session, account, id))
    return show(
        request,
        "assessment_sheet.html",
        account=account,
        seen=seen,
        area=area_in_words(seen.meting),
        last_day=last_day(seen.meting.closes_at),
        priorities=matcher.prioritise(kb.factors, seen.profile),
        acute=seen.context.severity == matcher.SEVERITY_ACUTE,
        differing=_named(kb, seen, lambda _, s: s.agreement is not None and s.agreement < LOW_AGREEMENT),
        strong=_named(kb, seen, lambda factor, s: not factor.is_risk and s.score >= STRONG),
        changed=[row for row in beside.laid(kb, seen.earlier[1] if seen.earlier else {}) if row.is_clear],
        letter=letter,
        lines=LINES,
    )


def _named(kb: KnowledgeBase, seen: conversation.Look, which: Callable[[Factor, FactorScore], bool]) -> str:
    """Names of the factors of which this is true, in the order of the taxonomy."""
    shown = (kb.factors[f] for f in kb.factors if f in seen.profile.scores)
    return "; ".join(lowered(factor.name) for factor in shown if which(factor, seen.profile.scores[factor.id]))
