"""The reading of a group with a meting: what partners know of it before any group intervention. Closed answers, no names, no labels."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assessment import GroupSection, Questionnaire, is_group_asked, read_group, store
from web import accounts, steps, visitors
from web.accounts import Account
from web.assessments import filled, own, show_step
from web.intake import Typed
from web.visitors import Doors, coordinator, database, go, reader

router = Doors()

KNOWLEDGE = {
    "ja": "De partners kennen deze groep goed genoeg voor een groepsaanpak.",
    "deels": "De partners kennen deze groep voor een deel. Ga verder met duiden voordat u met de hele groep begint.",
    "nee": "De partners kennen deze groep nog niet. Interventies voor een groep raden wij daarom af: wie een groep benadert die hij niet kent, maakt haar soms hechter.",
}


@router.get("/metingen/{id}/groep", reader)
def group(request: Request, account: Account, id: str) -> Response:  # noqa: A002  the name in the address
    """The questions, what was answered, and what to find out first."""
    with database(request).read() as session:
        meting = own(session, account, id)
        questionnaire = store.questionnaire_of(session, meting)
    return _page(request, account, meting, questionnaire, meting.situation, {})


def _section(questionnaire: Questionnaire) -> GroupSection:
    if questionnaire.group is None:
        raise HTTPException(404, "Deze meting is begonnen met een vragenlijst zonder dit onderdeel.", visitors.PRIVATE)
    return questionnaire.group


def _page(
    request: Request,
    account: Account,
    meting: store.Assessment,
    questionnaire: Questionnaire,
    typed: Mapping[str, list[str]],
    wrong: Mapping[str, str],
) -> Response:
    section = _section(questionnaire)
    step = steps.Step("groep", section.title, section.intro, questions=section.questions)
    found = read_group(section, meting.situation)
    return show_step(
        request,
        "assessment_group.html",
        account,
        meting,
        step,
        typed,
        wrong,
        section=section,
        asked=is_group_asked(section, store.context_of(questionnaire, meting)),
        reading=found if found.told else None,
        knowledge=KNOWLEDGE,
    )


@router.post("/metingen/{id}/groep", coordinator)
def answer(request: Request, account: Account, typed: Typed, id: str) -> Response:  # noqa: A002
    """Keep the answers, and what they say about how well the group is known."""
    with database(request).write() as session:
        meting = own(session, account, id)
        questionnaire = store.questionnaire_of(session, meting)
        section = _section(questionnaire)
        given = filled(typed, (question.id for question in section.questions))
        found = read_group(section, given)
        if not found.problems:
            known = questionnaire.question("groepskennis")
            store.describe(session, meting, given | ({known.id: [found.knowledge]} if known else {}))
            accounts.log(session, account, "groep duiden", meting.id)
    if found.problems:
        return _page(request, account, meting, questionnaire, given, found.problems)
    return go(f"/metingen/{id}/groep")
