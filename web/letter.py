"""The advice as a letter: which words, bars and short reasons stand on the page. Pure; the matcher decides, this only says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment import MEDIUM_CONFIDENCE, Context, FactorScore, Profile, band, get_municipality, rounded, score_word
from kb import SEVERITIES, EvidenceLevel, Factor, KnowledgeBase
from matcher import FIRST_SCREEN, Advice, Axis, Fit, Reason, Recommendation
from web.leaflet import lowered, main_evidence

SHORT_REASONS = 3
SAID_ABOVE = ("dekking", "bewijs")
"""Criteria that have a line of their own above the short reasons."""

WITH_SIGNS = (EvidenceLevel.STRONG, EvidenceLevel.GOOD, EvidenceLevel.FIRST)
"""Levels at which studies point to an effect."""
PROTECTION_WORDS = {
    "zeer laag": "zeer zwak",
    "laag": "zwak",
    "midden": "matig",
    "hoog": "sterk",
    "zeer hoog": "zeer sterk",
}
"""A protective factor is not 'high' but 'strong'."""
TREND_WORDS = {-2: "neemt duidelijk af", -1: "neemt af", 1: "neemt toe", 2: "neemt duidelijk toe"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the profile: a band for what we know, a mark for the best guess, and words."""

    factor: Factor
    words: str
    best: int
    low: int
    high: int

    @property
    def spoken(self) -> str:
        return f"beste schatting {self.best}, waarschijnlijk {self.low} tot {self.high}, op een schaal van 0 tot 100"


def bar(factor: Factor, score: FactorScore) -> Bar:
    best = rounded(score.score)
    low, high = band(score)
    return Bar(factor, words(factor, score), best, low, high)


def words(factor: Factor, score: FactorScore) -> str:
    """'hoog, neemt toe' or 'zwak, onzeker'."""
    level = score_word(score.score)
    said = [level if factor.is_risk else PROTECTION_WORDS[level]]
    said += [TREND_WORDS[score.trend]] if score.trend in TREND_WORDS else []
    said += ["onzeker"] if score.confidence < MEDIUM_CONFIDENCE else []
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Sight:
    """'Wat wij zien': what stands out, and the rest."""

    striking: tuple[Bar, ...]
    other: tuple[Bar, ...]


def sight(kb: KnowledgeBase, profile: Profile, advice: Advice) -> Sight:
    """Factors of the three lists first, in that order; the others by leefgebied."""
    axes = (*advice.priorities.act, *advice.priorities.find_out, *advice.priorities.background)
    listed = list(dict.fromkeys(factor.id for axis in axes for factor in axis.factors if factor.id in profile.scores))
    rest = [factor_id for factor_id in kb.factors if factor_id in profile.scores and factor_id not in listed]
    return Sight(*(tuple(bar(kb.factors[f], profile.scores[f]) for f in ids) for ids in (listed, rest)))


def short_reasons(recommendation: Recommendation) -> tuple[Reason, ...]:
    """What weighs most, less what stands above it (coverage, evidence); what speaks against it is always among them."""
    reasons = [reason for reason in recommendation.reasons if reason.criterion not in SAID_ABOVE]
    worst = sorted((reason for reason in reasons if reason.points < 0), key=lambda reason: reason.points)[:1]
    best = sorted((reason for reason in reasons if reason.points > 0), key=lambda reason: -reason.points)
    room = SHORT_REASONS - len(worst) - bool(recommendation.covers)
    return (*best[:room], *worst)


def coverage(recommendation: Recommendation, advice: Advice) -> str | None:
    """'Werkt aan 2 van uw 5 prioriteiten: ...'; nothing when it covers none."""
    covered, asked = recommendation.covers, advice.priorities.act
    return f"Werkt aan {len(covered)} van uw {len(asked)} prioriteiten: {names(covered)}." if covered else None


def in_short(advice: Advice) -> str:
    """The whole letter in a few sentences, the doubt included: how well it fits, whether it works, what stays open."""
    first = advice.recommended[:SHORT_REASONS]
    named = [r for r in first if r.fit is Fit.GOOD] or first
    count = len(advice.priorities.act)
    said = [f"{count} onderwerpen vragen nu aandacht." if count != 1 else "Eén onderwerp vraagt nu aandacht."]
    said += [_fits(named), _works(named)] if named else []
    if advice.package and advice.package.uncovered:
        said.append(f"Waar het recept niet aan werkt: {names(advice.package.uncovered)}.")
    return " ".join(said)


def _fits(named: Sequence[Recommendation]) -> str:
    titles = listed([recommendation.intervention.title for recommendation in named])
    if named[0].fit is Fit.GOOD:
        return f"Goed {'past' if len(named) == 1 else 'passen'}: {titles}."
    return f"Niets past echt goed. Het dichtst in de buurt {'komt' if len(named) == 1 else 'komen'}: {titles}."


def _works(named: Sequence[Recommendation]) -> str:
    """For which of these there are signs of an effect, by the one judgement that the page shows with each."""
    signs = [r.intervention.title for r in named if main_evidence(r.intervention).level in WITH_SIGNS]
    if not signs:
        return f"Dat {'dit' if len(named) == 1 else 'een van deze'} werkt, is niet aangetoond."
    if len(signs) == len(named):
        return f"Er zijn aanwijzingen dat {'dit werkt' if len(named) == 1 else 'deze werken'}."
    return f"Alleen bij {listed(signs)} zijn er aanwijzingen dat het werkt."


def one_reason(recommendation: Recommendation, advice: Advice) -> str:
    """What a line says of a recommendation: what it works on here, else the problem it is for, else what weighs most."""
    reasons = sorted(recommendation.reasons, key=lambda reason: (reason.criterion != "probleem", -reason.points))
    return coverage(recommendation, advice) or next((reason.text for reason in reasons if reason.points > 0), "")


def several(profile: Profile) -> int:
    """How many people a profile of a meting is of; 0 for one person's estimate."""
    people = sum(profile.respondents.values())
    return people if people > 1 else 0


def to_discuss(advice: Advice) -> tuple[Recommendation, ...]:
    """What a team may want to talk about: the first screen, and what the recept adds to it."""
    members = [member.recommendation for member in advice.package.members] if advice.package else []
    found = {r.intervention.id: r for r in (*advice.recommended[:FIRST_SCREEN], *members)}
    return tuple(found.values())


def bare(context: Context) -> bool:
    """Is nothing known of the situation that could rule anything out?"""
    return not (context.ages or context.problems or context.severity)


def axis_name(axis: Axis) -> str:
    """An axis goes by the name of what was asked about."""
    return axis.factors[0].name if axis.factors else axis.id


def names(axes: Iterable[Axis]) -> str:
    return "; ".join(lowered(axis_name(axis)) for axis in axes)


def place(context: Context) -> str | None:
    """'Berflo Es in Hengelo', 'Hengelo' or nothing."""
    municipality = get_municipality(context.municipality or "")
    parts = [part for part in (context.area, municipality.name if municipality else context.region) if part]
    return " in ".join(parts) or None


def asked(context: Context) -> str:
    """In one or two sentences what this is an answer to."""
    about = listed([f"‘{lowered(problem.label)}’" for problem in context.problems]) or "uw wijk"
    where = f" in {place(context)}" if place(context) else ""
    spans = [f"{ages.start} tot en met {ages.end}" for ages in context.ages]
    who = f", bij jongeren van {listed(spans)} jaar" if spans else ""
    severity = f" Ernst\u00a0{context.severity}: {lowered(SEVERITIES[context.severity])}." if context.severity else ""
    return f"U vroeg wat past bij {about}{where}{who}.{severity}"


def listed(words: Sequence[str]) -> str:
    """'a, b en c'."""
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
