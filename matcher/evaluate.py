"""How good is the ranking? Expert cases in, figures out, next to simple alternatives in the same run. Not on the request path."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessment import Context, Profile, read_context, read_profile
from kb import Intervention, KnowledgeBase, strict_yaml
from matcher import weights as w
from matcher.criteria import CRITERIA
from matcher.pool import Pool, closed_gates, points_by_criterion, pool_of
from matcher.priorities import prioritise
from matcher.question import ask
from matcher.ranking import recommend

HARMFUL = -1
SURE = 3
SEED = 7

Ranker = Callable[[KnowledgeBase, "Case"], list[str]]
"""A ranking: ids, best first."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the judgement of experts: 3 sure, 2 good, 1 acceptable, 0 no, -1 harmful or wrong."""

    id: str
    profile: Profile
    context: Context
    grades: Mapping[str, int]
    """Record id to grade; what is not named counts as 0."""
    readers: tuple[Mapping[str, int], ...] = ()
    """The grades of each reader apart; `grades` is what they agree on."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over cases, 0-1; harmful is a count over all cases."""

    ndcg5: float
    ndcg10: float
    recall10: float
    """Share of the records graded 3 that stand in the first ten."""
    harmful10: int
    """Records graded -1 in the first ten, over all cases."""
    doubted10: int = 0
    """The same for what at least one reader graded -1 and none above 0."""


class CaseError(ValueError):
    """A case file that cannot be used; the text says where and why, in Dutch."""


def read_cases(path: Path) -> list[Case]:
    """Cases with judgements from a YAML file. Raises CaseError."""
    document = strict_yaml.read(path.read_text(encoding="utf-8"))
    if document.problems:
        line, _, said = document.problems[0]
        raise CaseError(f"{path.name}:{line}: {said}")
    entries = document.value
    if not isinstance(entries, list):
        raise CaseError(f"{path.name}: hier hoort een lijst met gevallen.")
    return [_read_case(path, entry) for entry in entries if isinstance(entry, dict) and "oordelen" in entry]


def _read_case(path: Path, entry: Mapping[str, Any]) -> Case:
    profile, wrong = read_profile(entry)
    context, more, _ = read_context(entry.get("context", {}))
    if wrong or more:
        raise CaseError(f"{path.name}, {entry.get('id')}: " + " ".join(problem.message for problem in (*wrong, *more)))
    readers = _readers(entry["oordelen"])
    return Case(str(entry["id"]), profile, context, agreed(readers), readers)


def _readers(judged: Any) -> tuple[Mapping[str, int], ...]:
    """The judgements of one reader, or a list with those of several."""
    found = judged if isinstance(judged, list) else [judged]
    return tuple({str(record): int(grade) for record, grade in reader.items()} for reader in found)


def agreed(readers: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """One grade of several: the mean, rounded down; harmful only when all say so, and nobody's harm counts below nothing otherwise."""
    records = dict.fromkeys(record for reader in readers for record in reader)
    return {record: _agreed([reader.get(record, 0) for reader in readers]) for record in records}


def _agreed(grades: Sequence[int]) -> int:
    return HARMFUL if set(grades) == {HARMFUL} else max(0, math.floor(sum(grades) / len(grades)))


def doubted(readers: Sequence[Mapping[str, int]]) -> frozenset[str]:
    """What at least one reader calls harmful or wrong, and none calls useful: a stricter list than `agreed`."""
    records = {record for reader in readers for record, grade in reader.items() if grade == HARMFUL}
    return frozenset(record for record in records if all(reader.get(record, 0) <= 0 for reader in readers))


def agreement(cases: Sequence[Case]) -> float | None:
    """Quadratic weighted kappa (Cohen 1968) of the first two readers over all that either named, -1 to 1; None with one reader."""
    pairs = [
        (case.readers[0].get(record, 0), case.readers[1].get(record, 0))
        for case in cases
        if len(case.readers) > 1
        for record in case.grades
    ]
    if not pairs:
        return None
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(*zip(*pairs, strict=True), weights="quadratic", labels=[-1, 0, 1, 2, 3]))


def own_cases() -> list[Path]:
    """The expert cases of the project itself. Raises CaseError where they are not, as in an installed package."""
    folder = Path(__file__).resolve().parent.parent / "tests" / "cases"
    found = sorted(folder.glob("deskundigen-*.yaml"))
    if not found:
        raise CaseError("De eigen gevallen staan hier niet. Geef een bestand met gevallen op.")
    return found


def figures(kb: KnowledgeBase, cases: Sequence[Case], ranker: Ranker) -> Figures:
    rankings = [(case, ranker(kb, case)) for case in cases]
    return Figures(
        ndcg5=_mean(ndcg(case.grades, ranking, 5) for case, ranking in rankings),
        ndcg10=_mean(ndcg(case.grades, ranking, 10) for case, ranking in rankings),
        recall10=_mean(recall(case.grades, ranking, 10) for case, ranking in rankings if SURE in case.grades.values()),
        harmful10=sum(case.grades.get(i, 0) == HARMFUL for case, ranking in rankings for i in ranking[:10]),
        doubted10=sum(i in doubted(case.readers) for case, ranking in rankings for i in ranking[:10]),
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def ndcg(grades: Mapping[str, int], ranking: Sequence[str], depth: int) -> float:
    """Normalised discounted cumulative gain with gain 2^grade - 1 (Järvelin & Kekäläinen 2002; Burges e.a. 2005); -1 gains nothing."""
    best = sorted((g for g in grades.values() if g > 0), reverse=True)
    ideal = _dcg(best[:depth])
    return _dcg([grades.get(i, 0) for i in ranking[:depth]]) / ideal if ideal else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return sum((2.0 ** max(grade, 0) - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def recall(grades: Mapping[str, int], ranking: Sequence[str], depth: int) -> float:
    sure = {i for i, grade in grades.items() if grade == SURE}
    return len(sure & set(ranking[:depth])) / len(sure)


# --- the matcher and its simple alternatives ------------------------------------------------------------------------


def ours(kb: KnowledgeBase, case: Case) -> list[str]:
    """Everything the advice shows, services and instruments too, by score."""
    advice = recommend(kb, case.profile, case.context)
    shown = sorted(advice.recommended + advice.services, key=lambda r: (-r.score, r.intervention.id))
    return [r.intervention.id for r in shown]


def by_chance(kb: KnowledgeBase, case: Case) -> list[str]:
    ids = [i.id for i in kb.interventions]
    random.Random(f"{SEED}-{case.id}").shuffle(ids)  # noqa: S311 - a fixed shuffle, no secret
    return ids


def by_evidence(kb: KnowledgeBase, _case: Case) -> list[str]:
    """The best proven first, whatever the question."""
    return [i.id for i in sorted(kb.interventions, key=lambda i: (-_proven(i), i.id))]


def _proven(intervention: Intervention) -> float:
    return max(w.EVIDENCE_VALUE[entry.level] for entry in intervention.evidence)


def by_overlap(kb: KnowledgeBase, case: Case) -> list[str]:
    """Count the priority factors an intervention names, after an age filter."""
    axes = {axis.id for axis in prioritise(kb.factors, case.profile).act}
    pool = [c for c in pool_of(kb).candidates if _age_fits(c.ages, case.context)]
    return [c.intervention.id for c in sorted(pool, key=lambda c: (-len(axes & c.links.keys()), c.intervention.id))]


def _age_fits(ages: frozenset[int] | None, context: Context) -> bool:
    asked = {year for band in context.ages for year in range(band.start, band.end + 1)}
    return not ages or not asked or bool(ages & asked)


def by_gates(kb: KnowledgeBase, case: Case) -> list[str]:
    """Only the hard constraints; what remains in order of id."""
    pool: Pool = pool_of(kb)
    closed = closed_gates(pool, ask(case.context, prioritise(kb.factors, case.profile)))
    return [c.intervention.id for c, gate in zip(pool.candidates, closed, strict=True) if gate < 0]


def by_words(kb: KnowledgeBase, case: Case) -> list[str]:
    """TF-IDF of the words of the question (factor names, problems) against the text of the pages."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    ids = [i.id for i in kb.interventions]
    pages = TfidfVectorizer(sublinear_tf=True)
    matrix = pages.fit_transform([_text(i) for i in kb.interventions])
    asked = [axis.factors[0].name for axis in prioritise(kb.factors, case.profile).act] + [
        p.label for p in case.context.problems
    ]
    likeness = (matrix @ pages.transform([" ".join(asked)]).T).toarray().ravel()
    return [ids[n] for n in sorted(range(len(ids)), key=lambda n: (-likeness[n], ids[n]))]


def _text(intervention: Intervention) -> str:
    return " ".join(
        [
            intervention.title,
            intervention.summary,
            intervention.sections.goal,
            intervention.sections.audience,
            intervention.sections.approach,
        ]
    )


OURS = "deze kast"
RANKERS: dict[str, Ranker] = {
    OURS: ours,
    "toeval": by_chance,
    "bewijs eerst": by_evidence,
    "woorden (TF-IDF)": by_words,
    "gedeelde factoren na leeftijd": by_overlap,
    "alleen poorten": by_gates,
}


# --- the report -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Report:
    cases: int
    rankings: Mapping[str, Figures]
    """Name of a way of ranking to its figures; ours first."""
    without: Mapping[str, float]
    """Criterion to nDCG@10 without its points: the ablation table."""
    agreement: float | None
    """How far two readers agree, weighted kappa; None when one reader judged."""
    steadiness: float
    """Mean share of the recalculations in which one of our first three stands among the first three, 0-1."""

    @property
    def lead(self) -> float:
        """How far our nDCG@10 lies above the best alternative."""
        others = [found.ndcg10 for name, found in self.rankings.items() if name != OURS]
        return self.rankings[OURS].ndcg10 - max(others)

    def as_plain(self) -> dict[str, Any]:
        """For files and programs; keys are Dutch."""
        return {
            "versie": w.VERSION,
            "gevallen": self.cases,
            "voorsprong_ndcg10": round(self.lead, 3),
            "vastheid": round(self.steadiness, 3),
            "eensgezindheid": None if self.agreement is None else round(self.agreement, 3),
            "cijfers": [
                {
                    "naam": name,
                    "ndcg5": round(found.ndcg5, 3),
                    "ndcg10": round(found.ndcg10, 3),
                    "recall10": round(found.recall10, 3),
                    "schadelijk10": found.harmful10,
                    "betwijfeld10": found.doubted10,
                }
                for name, found in self.rankings.items()
            ],
            "weglaten": [{"criterium": name, "ndcg10": round(gain, 3)} for name, gain in self.without.items()],
        }


def evaluate(kb: KnowledgeBase, cases: Sequence[Case]) -> Report:
    """Every way of ranking on the same cases, in one run. Raises CaseError when there is nothing to judge by."""
    if not cases:
        raise CaseError("Er zijn geen gevallen met oordelen (oordelen: {id: 3}).")
    return Report(
        cases=len(cases),
        rankings={name: figures(kb, cases, ranker) for name, ranker in RANKERS.items()},
        without={name: figures(kb, cases, _without(name)).ndcg10 for name in CRITERIA},
        agreement=agreement(cases),
        steadiness=_mean(_steadiness(kb, case) for case in cases),
    )


def _without(criterion: str) -> Ranker:
    """Our ranking without the points of one criterion; the gates stay."""
    column = list(CRITERIA).index(criterion)

    def ranker(kb: KnowledgeBase, case: Case) -> list[str]:
        priorities = prioritise(kb.factors, case.profile)
        if not priorities.act:
            return []
        pool, question = pool_of(kb), ask(case.context, priorities)
        points = points_by_criterion(pool, question)
        scores = points.sum(axis=1) - points[:, column]
        gates = closed_gates(pool, question)
        rows = sorted((n for n in range(len(scores)) if gates[n] < 0), key=lambda n: (-scores[n], n))
        return [pool.candidates[n].intervention.id for n in rows]

    return ranker


def _steadiness(kb: KnowledgeBase, case: Case) -> float:
    return _mean(r.steady for r in recommend(kb, case.profile, case.context).recommended[:3])
