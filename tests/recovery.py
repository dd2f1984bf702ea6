"""How well does a meting find back what is true? Made-up areas with a known profile, made-up respondents: `python -m tests.recovery`.

Every number about people here is an assumption, said in docs/herstelstudie.md. The same seed always gives the same table.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from assessment import (
    FactorScore,
    IndicatorValue,
    Item,
    Profile,
    Questionnaire,
    Response,
    band,
    load_indicators,
    published,
    quick_scan,
    score,
)
from assessment.profile import BAND_WIDTH, band_edges
from assessment.scoring import PRIOR_ROLES, SMALL_SAMPLE, opinions_on
from matcher.priorities import measure_axes, to_act_on
from matcher.weights import PRIORITY_FROM
from tests.assessment.samples import FACTORS

SEED = 20261122
AREAS = 120
SIZES = (3, 6, 10)
TOP = 5
PLAIN_CONFIDENCE = 0.6
"""The same for every factor, so that a plain mean is ranked by its scores alone."""
EXPECTED_CASES = 60.0
"""Cases that the figures of the region would let one expect in an area."""

QUESTIONNAIRE = Questionnaire.load()
ROLES = tuple(QUESTIONNAIRE.roles)


@dataclass(frozen=True, slots=True)
class World:
    """Standard deviations in points of what stands between the truth and an answer."""

    name: str
    shared: float
    """All respondents err the same way about a factor: the news, the last incident. No panel can see this."""
    role: float
    """Everyone of a role errs the same way about a factor: what their work shows them."""
    leaning: float
    """One person is gloomy or cheerful about everything."""
    person: float
    """One person's own error about a factor."""
    item: float
    """How one question turns out."""


ORDINARY = World("gewoon", shared=5, role=10, leaning=8, person=14, item=10)
WORLDS = (
    World("mild", shared=3, role=6, leaning=5, person=9, item=6),
    ORDINARY,
    World("ruw", shared=8, role=15, leaning=12, person=20, item=15),
    World("elke rol een eigen beeld", shared=5, role=18, leaning=6, person=8, item=8),
)
UNKNOWN_SHARE = 0.15
"""Chance of 'weet ik niet' per question."""
CERTAINTY = {"1": (0.15, 1.4), "2": (0.35, 1.15), "3": (0.40, 0.95), "4": (0.10, 0.8)}
"""Code to how many people choose it, and what it does to their own error: who checked, errs less."""

Truth = Mapping[str, float]


def panel(size: int, skewed: bool) -> list[str]:
    """Roles of the respondents: one after the other, or half of them police."""
    others = [role for role in ROLES if role != "politie-boa"]
    police = math.ceil(size / 2) if skewed else 0
    rest = others if skewed else list(ROLES)
    return ["politie-boa"] * police + [rest[place % len(rest)] for place in range(size - police)]


def true_profile(chance: Random) -> dict[str, float]:
    """A made-up area: most factors between 'laag' and 'midden', a few high."""
    return {factor: 100 * chance.betavariate(2.0, 2.6) for factor in FACTORS}


def respondents(chance: Random, world: World, truth: Truth, roles: Sequence[str]) -> list[Response]:
    shared = {factor: chance.gauss(0, world.shared) for factor in truth}
    of_role = {role: {factor: chance.gauss(0, world.role) for factor in truth} for role in ROLES}
    seen = {role: {f: truth[f] + shared[f] + of_role[role][f] for f in truth} for role in ROLES}
    return [respondent(chance, world, seen[role], role) for role in roles]


def respondent(chance: Random, world: World, seen: Truth, role: str) -> Response:
    """One person's answers to the questions of their role, in whole steps of 25."""
    leaning = chance.gauss(0, world.leaning)
    certainty = {section.id: _certainty(chance) for section in QUESTIONNAIRE.all_sections}
    view = {factor: seen[factor] + leaning + _own_error(chance, world, certainty, factor) for factor in seen}
    answers = {item.id: _answer(chance, world, item, view[item.factor]) for item in QUESTIONNAIRE.items(role=role)}
    return Response(role, answers, certainty)


def _certainty(chance: Random) -> str:
    return chance.choices(list(CERTAINTY), [share for share, _ in CERTAINTY.values()])[0]


def _own_error(chance: Random, world: World, certainty: Mapping[str, str], factor: str) -> float:
    code = certainty[QUESTIONNAIRE.section_by_factor[factor].id]
    return chance.gauss(0, world.person * CERTAINTY[code][1])


def _answer(chance: Random, world: World, item: Item, view: float) -> str:
    if chance.random() < UNKNOWN_SHARE:
        return QUESTIONNAIRE.unknown.code
    points = view + chance.gauss(0, world.item)
    codes = [answer.code for answer in QUESTIONNAIRE.scales[item.scale].answers]
    return min(codes, key=lambda code: abs((QUESTIONNAIRE.points(item, code) or 0) - points))


def figures(chance: Random, truth: Truth) -> list[IndicatorValue]:
    """Every figure that counts, as good a measure of its factor as its weight says."""
    found = []
    for indicator in load_indicators().values():
        if indicator.factor and indicator.counts:
            points = truth[indicator.factor] + chance.gauss(0, 12 / indicator.weight)
            cases = EXPECTED_CASES * 2 ** ((points - 50) / 25)
            found.append(
                IndicatorValue(indicator.id, max(0, round(chance.gauss(cases, math.sqrt(cases)))), EXPECTED_CASES)
            )
    return found


def plain_mean(people: Iterable[Response], shown: Iterable[str]) -> Profile:
    """Every answer to every question of a factor counts once: no roles, no certainty."""
    people = list(people)
    scores = {}
    for factor in shown:
        items = QUESTIONNAIRE.items_by_factor[factor]
        points = [QUESTIONNAIRE.points(item, person.answers.get(item.id, "")) for person in people for item in items]
        scores[factor] = FactorScore(factor, fmean(p for p in points if p is not None), PLAIN_CONFIDENCE)
    return Profile(scores)


def leading_axes(profile: Profile) -> set[str]:
    """The five subjects with the highest P."""
    axes = sorted(measure_axes(FACTORS, profile), key=lambda axis: (-axis.weight, axis.id))
    return {axis.id for axis in axes[:TOP]}


@dataclass(frozen=True, slots=True)
class Study:
    """One row of the table: in which world, by which panel."""

    world: World
    size: int
    skewed: bool = False
    with_figures: bool = False

    @property
    def panel_name(self) -> str:
        if self.size == 1:
            return "snelscan"
        return ("scheef" if self.skewed else "evenwichtig") + (" + cijfers" if self.with_figures else "")


@dataclass(frozen=True, slots=True)
class Estimate:
    """One factor of one made-up meting, next to the truth."""

    error: float
    plain_error: float
    covered: bool
    covered_as_shown: bool
    """By the band that leaves a meting: made coarse first, then in fives."""
    covered_before: bool
    """By the band as it was before SMALL_SAMPLE."""
    width: float


@dataclass(frozen=True, slots=True)
class Found:
    """What one made-up meting gave."""

    estimates: tuple[Estimate, ...]
    leading: float
    """Share of the five truly weightiest subjects among the five that weigh most here."""
    plain_leading: float
    named: int
    """Priorities to act on."""
    right: int
    """Of those: how many also are one when everything is known."""


def studies() -> Iterator[Study]:
    yield Study(ORDINARY, 1)
    for world in WORLDS:
        for skewed in (False, True):
            yield from (Study(world, size, skewed) for size in SIZES)
    yield from (Study(ORDINARY, size, with_figures=True) for size in SIZES)


def one_meting(chance: Random, study: Study) -> Found:
    truth = true_profile(chance)
    people = respondents(chance, study.world, truth, panel(study.size, study.skewed))
    counted = figures(chance, truth) if study.with_figures else []
    known = Profile({factor: FactorScore(factor, points, 1.0) for factor, points in truth.items()})
    found = score(QUESTIONNAIRE, FACTORS, people, counted) if study.size > 1 else _scan(people[0])
    plain = plain_mean(people, found.scores)
    real = leading_axes(known)
    named = {axis.id for axis in to_act_on(measure_axes(FACTORS, found))}
    return Found(
        tuple(_estimate(people, s, plain.scores[f], truth[f]) for f, s in found.scores.items()),
        len(leading_axes(found) & real) / TOP,
        len(leading_axes(plain) & real) / TOP,
        len(named),
        len(named & {axis.id for axis in measure_axes(FACTORS, known) if axis.weight >= PRIORITY_FROM}),
    )


def _scan(person: Response) -> Profile:
    return quick_scan(QUESTIONNAIRE, FACTORS, person)


def _estimate(people: Sequence[Response], found: FactorScore, plain: FactorScore, truth: float) -> Estimate:
    edges, shown = band_edges(found), band(published(Profile({found.factor_id: found})).scores[found.factor_id])
    roles = len({opinion.role for opinion in opinions_on(QUESTIONNAIRE, found.factor_id, people)})
    before = BAND_WIDTH * found.error / _widening(roles)
    return Estimate(
        found.score - truth,
        plain.score - truth,
        edges[0] <= truth <= edges[1],
        shown[0] <= truth <= shown[1],
        abs(found.score - truth) <= before,
        edges[1] - edges[0],
    )


def _widening(roles: int) -> float:
    """What SMALL_SAMPLE does to the error of experience; a single respondent has a rule of its own."""
    return SMALL_SAMPLE[roles - 1 + PRIOR_ROLES] / BAND_WIDTH if roles > 1 else 1.0


HEADINGS = (
    *("wereld", "panel", "invullers", "factoren getoond", "fout", "fout gewoon gemiddelde"),
    *("dekking voor de reparatie", "dekking", "dekking zoals getoond", "breedte band"),
    *("vijf zwaarste terug", "idem gewoon gemiddelde", "prioriteiten genoemd", "daarvan echt"),
)


def row(study: Study, areas: int = AREAS) -> tuple[str, ...]:
    """One row of the table; every row starts from the same seed, so that rows are about the same areas."""
    chance = Random(SEED)
    found = [one_meting(chance, study) for _ in range(areas)]
    every = [estimate for one in found for estimate in one.estimates]
    named = sum(one.named for one in found)
    return (
        study.world.name,
        study.panel_name,
        str(study.size),
        _percent(len(every) / areas / len(FACTORS)),
        _points(math.sqrt(fmean(e.error**2 for e in every))),
        _points(math.sqrt(fmean(e.plain_error**2 for e in every))),
        "" if study.with_figures else _percent(fmean(e.covered_before for e in every)),
        _percent(fmean(e.covered for e in every)),
        _percent(fmean(e.covered_as_shown for e in every)),
        _points(fmean(e.width for e in every)),
        _percent(fmean(one.leading for one in found)),
        _percent(fmean(one.plain_leading for one in found)),
        _points(named / areas),
        _percent(sum(one.right for one in found) / named) if named else "",
    )


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


def _points(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def as_line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    areas = int(sys.argv[1]) if len(sys.argv) > 1 else AREAS
    print(as_line(HEADINGS))
    print(as_line("---" for _ in HEADINGS))
    for study in studies():
        print(as_line(row(study, areas)), flush=True)


if __name__ == "__main__":
    main()
