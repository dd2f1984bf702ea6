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
from matcher.criteria import CRITERIA
from matcher.evidence import conflicting, harmful, lowest, per_outcome
from matcher.gates import GATES
from matcher.priorities import strength_of
from matcher.ranking import recommend
from matcher.weights import VERSION

__all__ = [
    "CRITERIA",
    "GATES",
    "VERSION",
    "Advice",
    "Axis",
    "Exclusion",
    "Fit",
    "Link",
    "Package",
    "PackageMember",
    "Priorities",
    "Reason",
    "Recommendation",
    "Result",
    "Step",
    "conflicting",
    "harmful",
    "lowest",
    "per_outcome",
    "recommend",
    "strength_of",
    "weights",
]
