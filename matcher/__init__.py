"""What fits, and why: priorities, gates, reasons that are the score, and a package. Knows no HTTP, HTML or storage."""

from matcher import weights
from matcher.advice import (
    Advice,
    Axis,
    Exclusion,
    Fit,
    Link,
    Package,
    PackageMember,
    Priorities,
    Reason,
    Recommendation,
    Result,
    Step,
)
from matcher.contrast import moved, why_not
from matcher.criteria import CRITERIA
from matcher.evaluate import CaseError, Report, evaluate, own_cases, read_cases
from matcher.exact import gaps as recept_gaps
from matcher.gates import GATES
from matcher.priorities import prioritise, strength_of
from matcher.ranking import most_helpful_question, recommend
from matcher.stability import Helpful
from matcher.text import Suggestion, suggest_factors
from matcher.weights import FIRST_SCREEN, SEVERITY_ACUTE, VERSION
from matcher.wishes import AGREED_KEY, EMPHASES, EMPHASIS_KEY, LEFT_OUT_KEY, NO_WISHES, Wishes

__all__ = [
    "AGREED_KEY",
    "CRITERIA",
    "EMPHASES",
    "EMPHASIS_KEY",
    "FIRST_SCREEN",
    "GATES",
    "LEFT_OUT_KEY",
    "NO_WISHES",
    "SEVERITY_ACUTE",
    "VERSION",
    "Advice",
    "Axis",
    "CaseError",
    "Exclusion",
    "Fit",
    "Helpful",
    "Link",
    "Package",
    "PackageMember",
    "Priorities",
    "Reason",
    "Recommendation",
    "Report",
    "Result",
    "Step",
    "Suggestion",
    "Wishes",
    "evaluate",
    "most_helpful_question",
    "moved",
    "own_cases",
    "prioritise",
    "read_cases",
    "recept_gaps",
    "recommend",
    "strength_of",
    "suggest_factors",
    "weights",
    "why_not",
]
