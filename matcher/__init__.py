"""What fits, and why: priorities, gates, reasons that are the score, and a package. Knows no HTTP, HTML or storage."""

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
from matcher.evidence import conflicting, harmful, lowest, per_outcome
from matcher.ranking import recommend
from matcher.weights import VERSION

__all__ = [
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
]
