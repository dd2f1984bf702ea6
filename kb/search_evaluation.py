"""How well is found what people type? Graded questions in, figures per kind of question out, next to the five of kb/baselines.py.

Not on the path of a request. Grades: 3 exactly what was sought, 2 a good answer, 1 useful; a bare list of pages counts as 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb import strict_yaml
from kb.baselines import Engine, baselines
from kb.knowledge_base import KnowledgeBase

KINDS = {
    "naam": "exacte naam",
    "afkorting": "afkorting",
    "typefout": "één typefout",
    "twee-typefouten": "twee typefouten",
    "samenstelling": "los of aaneen",
    "voorvoegsel": "begin van een woord",
    "leekwoord": "lekenwoord",
    "zin": "probleemzin",
    "factor": "factor",
}
NONSENSE = "onzin"
GOOD = 2
"""Grade from which a page answers the question; 1 is a page one is glad to see further down."""
OURS = "onze zoeker"
TESTS = Path(__file__).resolve().parent.parent / "tests"
OWN_SETS = {
    "bouwer": TESTS / "kb" / "zoekvragen.yaml",
    "lezer": TESTS / "cases" / "zoekvragen-lezer.yaml",
    "gemaakt": TESTS / "cases" / "zoekvragen-gemaakt.yaml",
}
"""By the builder of the search; by a reader who knew only the content; and made from titles and factors by a script."""


class QuestionError(ValueError):
    """A file of questions that cannot be used; the text says where and why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Question:
    """What someone typed, and the pages that answer it."""

    text: str
    kind: str
    grades: Mapping[str, int]
    source: str

    @property
    def good(self) -> frozenset[str]:
        return frozenset(page for page, grade in self.grades.items() if grade >= GOOD)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions, 0-1."""

    questions: int
    first: float
    """Share with a good page on top (success@1)."""
    five: float
    """Share with a good page among the first five (success@5)."""
    mrr: float
    """Mean of one divided by the rank of the first good page."""

    def beats(self, other: Figures) -> bool:
        """Better on one and worse on none; a tie only counts where nothing is left to gain."""
        mine, theirs = (self.first, self.five, self.mrr), (other.first, other.five, other.mrr)
        return all(
            m > t or m == t == 1.0 or (m >= t and self.mrr > other.mrr) for m, t in zip(mine, theirs, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Report:
    """Per engine and kind the figures, and how often nonsense found nothing."""

    by_kind: Mapping[str, Mapping[str, Figures]]
    """Engine to kind to figures; ours first."""
    overall: Mapping[str, Figures]
    nonsense: Mapping[str, float]
    """Engine to the share of nonsense questions that found nothing."""
    by_source: Mapping[str, Figures]
    """Ours, per set of questions; the set of the reader in its tuned and its untouched half."""
    nonsense_questions: int

    def not_beaten(self) -> list[tuple[str, str]]:
        """Kind and engine wherever ours is not better."""
        ours, *others = self.by_kind
        return [
            (kind, other)
            for kind, mine in self.by_kind[ours].items()
            for other in others
            if not mine.beats(self.by_kind[other][kind])
        ]

    def as_plain(self) -> dict[str, Any]:
        """For JSON, with Dutch keys."""
        return {
            "vragen": self.overall[OURS].questions + self.nonsense_questions,
            "cijfers": [
                {"zoeker": engine, "soort": kind} | _plain(figures)
                for engine, kinds in self.by_kind.items()
                for kind, figures in (*kinds.items(), ("alles", self.overall[engine]))
            ],
            "onzin_vindt_niets": dict(self.nonsense),
            "per_bron": {source: _plain(figures) for source, figures in self.by_source.items()},
            "niet_verslagen": [{"soort": kind, "zoeker": engine} for kind, engine in self.not_beaten()],
        }


def _plain(figures: Figures) -> dict[str, float]:
    return {
        "vragen": figures.questions,
        "success1": round(figures.first, 4),
        "success5": round(figures.five, 4),
        "mrr": round(figures.mrr, 4),
    }


def own_questions() -> list[Question]:
    """The three sets of the project itself. Raises QuestionError where they are not, as in an installed package."""
    missing = [str(path) for path in OWN_SETS.values() if not path.exists()]
    if missing:
        raise QuestionError("De eigen zoekvragen staan er niet bij; geef zelf een bestand met vragen.")
    return [question for source, path in OWN_SETS.items() for question in read_questions(path, source)]


def read_questions(path: Path, source: str = "bestand") -> list[Question]:
    """The questions of a YAML file: a list of {vraag, soort, goed}. Raises QuestionError."""
    document = strict_yaml.read(path.read_text(encoding="utf-8"))
    if document.problems:
        line, _, said = document.problems[0]
        raise QuestionError(f"{path.name}:{line}: {said}")
    if not isinstance(document.value, list):
        raise QuestionError(f"{path.name}: hier hoort een lijst met vragen.")
    found = [_read_question(path, number, entry, source) for number, entry in enumerate(document.value, 1)]
    return [*_halves(found)] if source == "lezer" else found


def _read_question(path: Path, number: int, entry: Any, source: str) -> Question:
    where = f"{path.name}, vraag {number}"
    if not isinstance(entry, dict) or not {"vraag", "soort", "goed"} <= entry.keys():
        raise QuestionError(f"{where}: schrijf {{vraag: ..., soort: ..., goed: [...]}}.")
    if entry["soort"] not in (*KINDS, NONSENSE):
        raise QuestionError(f"{where}: '{entry['soort']}' is geen soort. Kies uit {', '.join((*KINDS, NONSENSE))}.")
    good = entry["goed"]
    grades = {str(page): int(good[page]) if isinstance(good, dict) else GOOD for page in good or ()}
    if (entry["soort"] == NONSENSE) == any(grade >= GOOD for grade in grades.values()):
        raise QuestionError(f"{where}: een vraag heeft een goed antwoord (2 of 3), onzin heeft er geen.")
    return Question(str(entry["vraag"]), str(entry["soort"]), grades, source)


def _halves(questions: Iterable[Question]) -> Iterable[Question]:
    """Every second question of a kind is only for testing; the others may be looked at while tuning."""
    seen: dict[str, int] = {}
    for question in questions:
        seen[question.kind] = seen.get(question.kind, 0) + 1
        half = "lezer, toets" if seen[question.kind] % 2 == 0 else "lezer, afstellen"
        yield Question(question.text, question.kind, question.grades, half)


def rank_of(question: Question, found: Sequence[str]) -> int | None:
    """The rank, from 1, of the first good page."""
    good = question.good
    return next((rank for rank, page in enumerate(found, 1) if page in good), None)


def figures(ranks: Sequence[int | None]) -> Figures:
    """Means over the ranks of the first good page; None where it was not found."""
    total = max(1, len(ranks))
    found = [rank for rank in ranks if rank]
    return Figures(
        len(ranks),
        sum(rank == 1 for rank in found) / total,
        sum(rank <= 5 for rank in found) / total,
        sum(1 / rank for rank in found) / total,
    )


def evaluate_search(kb: KnowledgeBase, questions: Sequence[Question]) -> Report:
    """Ask every engine everything. Raises QuestionError when a page that is expected does not exist."""
    known = {page.id for page in kb.interventions}
    if unknown := sorted({page for question in questions for page in question.grades} - known):
        raise QuestionError(f"Deze bladzijden bestaan niet: {', '.join(unknown)}.")
    engines: dict[str, Engine] = {OURS: lambda queries: [[h.intervention_id for h in kb.search(q)] for q in queries]}
    engines |= baselines(kb.interventions)
    sense = [question for question in questions if question.kind != NONSENSE]
    nonsense = [question for question in questions if question.kind == NONSENSE]
    ranks = {
        name: [rank_of(question, found) for question, found in zip(sense, find([q.text for q in sense]), strict=True)]
        for name, find in engines.items()
    }
    return Report(
        by_kind={name: _grouped(sense, ranks[name], lambda question: question.kind, KINDS) for name in engines},
        overall={name: figures(ranks[name]) for name in engines},
        nonsense={
            name: sum(not found for found in find([q.text for q in nonsense])) / max(1, len(nonsense))
            for name, find in engines.items()
        },
        by_source=_grouped(sense, ranks[OURS], lambda question: question.source),
        nonsense_questions=len(nonsense),
    )


def _grouped(
    questions: Sequence[Question],
    ranks: Sequence[int | None],
    key: Callable[[Question], str],
    order: Iterable[str] = (),
) -> dict[str, Figures]:
    groups: dict[str, list[int | None]] = {name: [] for name in order}
    for question, rank in zip(questions, ranks, strict=True):
        groups.setdefault(key(question), []).append(rank)
    return {name: figures(found) for name, found in groups.items() if found}
