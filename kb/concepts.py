"""Factors and problems as things that people name in many ways, with the pages each leads to.

Knows which links between a page and a factor or a problem weigh most. How a way to say it is recognised is for the search.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kb.model import Basis, Factor, Intervention, ProblemKind


class Concept(NamedTuple):
    """Something people name in many ways: a factor or a problem, with the pages it leads to."""

    label: str
    said: str
    name: str
    ways: tuple[str, ...]
    pages: Sequence[tuple[int, float]]


def concepts(
    pages: Sequence[Intervention], factors: Mapping[str, Factor], everyday: Mapping[str, Any]
) -> Iterator[Concept]:
    """Factors and problems, with all the ways to say them."""
    linked, meant = _working_on(pages), _meant_for(pages)
    for factor in sorted(factors.values(), key=lambda f: f.id):
        ways = (factor.name, *factor.synonyms, *everyday["factoren"].get(factor.id, ()))
        yield Concept("factor", "de factor", factor.name, ways, linked.get(factor.id, ()))
    for kind in ProblemKind:
        ways = (kind.label, *everyday["problemen"].get(kind, ()))
        yield Concept("probleem", "het probleem", kind.label, ways, meant.get(kind, ()))


def _working_on(pages: Sequence[Intervention]) -> dict[str, list[tuple[int, float]]]:
    """Per factor the pages that work on it; a few factors said by a source weigh more than many guessed."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        links = page.factor_links
        spread = math.sqrt(1 + len(links) / 8)
        said, guessed = (number, 1.0 / spread), (number, 0.75 / spread)
        for link in links:
            found[link.id].append(said if link.basis is Basis.EXPLICIT else guessed)
    return found


def _meant_for(pages: Sequence[Intervention]) -> dict[ProblemKind, list[tuple[int, float]]]:
    """Per problem the pages meant for it: the one it was made for, the first it names, the others."""
    found: dict[ProblemKind, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        problems, main = page.indication.problems, page.indication.main_problem
        for kind in problems:
            only = main is kind or len(problems) == 1
            found[kind].append((number, 1.0 if only else 0.8 if problems[0] is kind else 0.55))
    return found
