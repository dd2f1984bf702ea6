"""A Problem: what is wrong in a content file, where, and the likely fix. Words for editors; printing is done elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

SIMILAR_ENOUGH = 60
"""rapidfuzz ratio (0-100) from which a suggestion helps more than it confuses."""


class Weight(StrEnum):
    """Does this stop the page from being published, or is it advice?"""

    ERROR = "fout"
    ADVICE = "advies"


class Problem(NamedTuple):
    path: Path
    line: int
    """Line in the file, from 1."""
    field: str
    """Where in the page, such as `bewijs[1].niveau`; empty when the whole file is meant."""
    message: str
    weight: Weight = Weight.ERROR


class ContentError(Exception):
    """The content does not pass the check, so nothing may be served from it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} fouten in de inhoud")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to end a message with, or nothing when no known word is near. Capitals make no difference."""
    best = nearest(word, known)
    return f" Bedoelde u '{best}'?" if best else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one, if any comes near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(
        word[:80], list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=SIMILAR_ENOUGH
    )
    return best[0] if best else None


def shown(value: Any) -> str:
    """A value as it can be quoted in a message: on one line and not too long."""
    if isinstance(value, list):
        return "[" + ", ".join(shown(item) for item in value[:4])[:56] + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(item)}" for key, item in list(value.items())[:3])[:56] + "}"
    words = " ".join(str(value).split())
    return words if len(words) <= 60 else words[:57] + "..."
