"""What stands beside a factor of a profile, in words: registration figures, roles that differ, the region. Only published values.

Kept apart from the profile itself, so that a figure or a comparison can never change a score on its way to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from assessment import (
    LOW_AGREEMENT,
    Difference,
    Profile,
    Verdict,
    beside_region,
    figure_verdict,
    get_municipality,
    load_indicators,
    municipalities,
    region_scores,
    role_scores,
    score,
    score_word,
    store,
)
from kb import Factor, KnowledgeBase
from web.letter import PROTECTION_WORDS

STRENGTH = {Verdict.HIGHER: "sterker", Verdict.LOWER: "zwakker"}
"""A protective factor is not higher but stronger."""
Remarks = dict[str, list[str]]
"""Factor id to sentences without capital or full stop."""


def profile_of(session: Session, kb: KnowledgeBase, meting: store.Assessment) -> Profile:
    """The exact profile of a closed meting; only what `published` or `region_scores` makes of it may be shown."""
    figures = store.indicator_values(store.indicators_of(session, meting))
    return score(store.questionnaire_of(session, meting), kb.factors, store.responses_of(session, meting), figures)


def profiles_in(session: Session, kb: KnowledgeBase, metingen: Iterable[store.Assessment]) -> dict[str, list[Profile]]:
    """The exact profile of every closed meting, per gemeente."""
    found: dict[str, list[Profile]] = {}
    for meting in metingen:
        if not meting.is_open:
            found.setdefault(meting.municipality, []).append(profile_of(session, kb, meting))
    return found


def words(factor: Factor, points: float) -> str:
    """'hoog' for a risk, 'sterk' for protection."""
    word = score_word(points)
    return word if factor.is_risk else PROTECTION_WORDS[word]


def figures(session: Session, meting: store.Assessment) -> Remarks:
    """What the registration figures say about each factor, with where they come from."""
    found: Remarks = {}
    stored = store.indicators_of(session, meting)
    for row, value in zip(stored, store.indicator_values(stored), strict=True):
        indicator = load_indicators()[row.indicator_id]
        if indicator.factor:
            said = f"cijfer ‘{indicator.name}’: {figure_verdict(value)} ({row.source}, {row.year})"
            found.setdefault(indicator.factor, []).append(said)
    return found


def roles(session: Session, kb: KnowledgeBase, meting: store.Assessment, shown: Profile) -> Remarks:
    """Scores per role of the factors on which people differ, as far as roles may be shown."""
    questionnaire, responses = store.questionnaire_of(session, meting), store.responses_of(session, meting)
    differing = [f for f, s in shown.scores.items() if s.agreement is not None and s.agreement < LOW_AGREEMENT]
    found: Remarks = {}
    for factor_id in differing:
        by_role = role_scores(questionnaire, factor_id, responses)
        if by_role:
            factor = kb.factors[factor_id]
            said = [
                f"{questionnaire.roles.get(role, role)} {words(factor, points)}" for role, points in by_role.items()
            ]
            found[factor_id] = [f"per rol: {', '.join(said)}"]
    return found


def region(session: Session, kb: KnowledgeBase, meting: store.Assessment, profile: Profile) -> dict[str, Difference]:
    """The factors that at least three gemeenten of the region show, beside this meting.

    The region is the same for every gemeente that looks, its own metingen included: two who lay their pages side by side learn nothing.
    """
    mine = get_municipality(meting.municipality)
    codes = [one.code for one in municipalities() if mine and one.safety_region == mine.safety_region]
    return beside_region(profile, region_scores(profiles_in(session, kb, store.all_in(session, codes))))


@dataclass(frozen=True, slots=True)
class Laid:
    """One factor laid beside another moment or beside the region, in fives."""

    factor: Factor
    before: int
    now: int
    words: str
    """'hoger' for a risk, 'sterker' for protection."""
    is_clear: bool
    """More than chance easily does."""


def laid(kb: KnowledgeBase, differences: Mapping[str, Difference]) -> list[Laid]:
    """In the order of the taxonomy."""
    found = ((kb.factors[factor_id], differences[factor_id]) for factor_id in kb.factors if factor_id in differences)
    return [Laid(f, d.before, d.now, _verdict(f, d.verdict), d.verdict is not Verdict.UNCLEAR) for f, d in found]


def _verdict(factor: Factor, verdict: Verdict) -> str:
    return str(verdict) if factor.is_risk else STRENGTH.get(verdict, str(verdict))


def together(parts: Sequence[Remarks]) -> Remarks:
    """All remarks per factor, in the order given."""
    found: Remarks = {}
    for remarks in parts:
        for factor_id, said in remarks.items():
            found.setdefault(factor_id, []).extend(said)
    return found
