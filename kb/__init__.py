"""What exists: interventions and factors, read strictly, checked together, and found again.

Only what reads files is imported at once. The rest waits until it is asked for: a third of a second, in which `load` lets another
process read already; and what brings numpy along comes last, because the first page has no search.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kb import strict_yaml, twofold
from kb.loading import CONTENT_FOLDER, check, load
from kb.problems import ContentError, Problem, Weight
from kb.prose import NOT_FOUND, plain_html, to_html
from kb.words import STOP_WORDS, Vocabulary, as_slug, everyday_names, stem, tokens

if TYPE_CHECKING:
    from kb.coverage import GROUNDS, Coverage, CoverageCell, CoverageRow, Ground, measured_strength
    from kb.evidence import (
        PROVEN,
        WARNINGS,
        Judged,
        best_level,
        conflicting,
        harmful,
        lowest,
        per_outcome,
        strongest,
    )
    from kb.failures import Better, Failure
    from kb.knowledge_base import AGE_BANDS, Facet, FacetOption, KnowledgeBase
    from kb.model import (
        SEVERITIES,
        AgeRange,
        Availability,
        Basis,
        Certainty,
        Changeability,
        Character,
        Choice,
        Concern,
        ConcernKind,
        Domain,
        Evidence,
        EvidenceLevel,
        Factor,
        FactorKind,
        FactorLink,
        Form,
        Gender,
        Indication,
        Intensity,
        Intervention,
        Kind,
        LvbFit,
        Outcome,
        Phase,
        PreventionLevel,
        ProblemKind,
        ProblemLevel,
        RoleInApproach,
        Sections,
        Setting,
        SeverityRange,
        Situation,
        Status,
        Strength,
        Unit,
    )
    from kb.reading import PARTICIPLE
    from kb.review import Tasks, is_stale, review_due, tasks
    from kb.search import Hit
    from kb.search_evaluation import Question, QuestionError, evaluate_search, own_questions, read_questions
    from kb.tabular import BETWEEN, Cell, Column, Table, tables

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Read when numpy is first imported, which only happens after this. Our matrices are small: dividing one over two threads costs more
than it brings, and a server has other requests for the second core."""

__all__ = [
    "AGE_BANDS",
    "BETWEEN",
    "CONTENT_FOLDER",
    "GROUNDS",
    "NOT_FOUND",
    "PARTICIPLE",
    "PROVEN",
    "SEVERITIES",
    "STOP_WORDS",
    "WARNINGS",
    "AgeRange",
    "Availability",
    "Basis",
    "Better",
    "Cell",
    "Certainty",
    "Changeability",
    "Character",
    "Choice",
    "Column",
    "Concern",
    "ConcernKind",
    "ContentError",
    "Coverage",
    "CoverageCell",
    "CoverageRow",
    "Domain",
    "Evidence",
    "EvidenceLevel",
    "Facet",
    "FacetOption",
    "Factor",
    "FactorKind",
    "FactorLink",
    "Failure",
    "Form",
    "Gender",
    "Ground",
    "Hit",
    "Indication",
    "Intensity",
    "Intervention",
    "Judged",
    "Kind",
    "KnowledgeBase",
    "LvbFit",
    "Outcome",
    "Phase",
    "PreventionLevel",
    "Problem",
    "ProblemKind",
    "ProblemLevel",
    "Question",
    "QuestionError",
    "RoleInApproach",
    "Sections",
    "Setting",
    "SeverityRange",
    "Situation",
    "Status",
    "Strength",
    "Table",
    "Tasks",
    "Unit",
    "Vocabulary",
    "Weight",
    "as_slug",
    "best_level",
    "check",
    "conflicting",
    "drafts",
    "evaluate_search",
    "everyday_names",
    "harmful",
    "history",
    "is_stale",
    "load",
    "lowest",
    "measured_strength",
    "own_questions",
    "per_outcome",
    "plain_html",
    "read_questions",
    "review_due",
    "stem",
    "strict_yaml",
    "strongest",
    "tables",
    "tasks",
    "to_html",
    "tokens",
    "twofold",
]

_LATER = (
    "model",
    "evidence",
    "review",
    "coverage",
    "failures",
    "knowledge_base",
    "reading",
    "tabular",
    "search",
    "search_evaluation",
)
"""The modules of the names that wait, the lightest first."""
_MODULES = {"drafts", "history"}
"""Offered whole, and imported as modules are."""


def __getattr__(name: str) -> Any:
    if name in __all__ and name not in _MODULES:
        for module in _LATER:
            found = vars(import_module(f"kb.{module}"))
            if name in found:
                return globals().setdefault(name, found[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
