"""Rules that need the whole collection: links between pages, unknown factors, names used twice. Each is a generator of Problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kb.content import Page
from kb.model import Factor, FactorKind, FactorLink
from kb.problems import Problem, did_you_mean

Rule = Callable[[Sequence[Page], Mapping[str, Factor]], Iterator[Problem]]


def check(pages: Sequence[Page], factors: Mapping[str, Factor]) -> list[Problem]:
    """All problems of all pages, in order of file and line; a broken page never hides those of another."""
    problems = {problem for page in pages for problem in page.problems}
    problems |= {problem for rule in RULES for problem in rule(pages, factors)}
    return sorted(problems)


def known_factors(pages: Sequence[Page], factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """Every factor exists, and stands in the list of its own kind."""
    for page in pages:
        if page.intervention:
            yield from _factor_list(page, "risicofactoren", page.intervention.risk_factors, FactorKind.RISK, factors)
            yield from _factor_list(
                page, "beschermende_factoren", page.intervention.protective_factors, FactorKind.PROTECTIVE, factors
            )


def _factor_list(
    page: Page, key: str, links: Sequence[FactorLink], kind: FactorKind, factors: Mapping[str, Factor]
) -> Iterator[Problem]:
    for index, link in enumerate(links):
        factor = factors.get(link.id)
        if factor is None:
            yield page.problem(
                (key, index, "id"),
                f"'{link.id}' is geen bekende factor.{did_you_mean(link.id, factors) or ' Kijk in kb/factors.yaml.'}",
            )
        elif factor.kind is not kind:
            yield page.problem(
                (key, index, "id"), f"'{link.id}' is een {factor.kind.label.lower()} en hoort in een andere lijst."
            )


def known_combinations(pages: Sequence[Page], _factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """What a page says it combines with exists, and is another page."""
    ids = {page.path.stem for page in pages}
    for page in pages:
        for index, other in enumerate(page.intervention.combines_with if page.intervention else ()):
            if other == page.path.stem:
                yield page.problem(("combineert_met", index), "Een bladzijde kan niet naar zichzelf verwijzen.")
            elif other not in ids:
                yield page.problem(
                    ("combineert_met", index), f"Er is geen bladzijde '{other}'.{did_you_mean(other, ids)}"
                )


def unique_titles(pages: Sequence[Page], _factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """No page carries the title of another. Variants of one method may share an alias."""
    first: dict[str, Page] = {}
    for page in pages:
        title = page.intervention.title if page.intervention else ""
        earlier = first.setdefault(title.casefold(), page)
        if title and earlier is not page:
            yield page.problem(
                ("titel",),
                f"De titel '{title}' staat ook in {earlier.path.name}. Gaat het om hetzelfde? Vul dan die bladzijde aan.",
            )


RULES: tuple[Rule, ...] = (known_factors, known_combinations, unique_titles)
