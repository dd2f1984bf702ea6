"""Rules that need the whole collection: links between pages, unknown factors, names used twice. Each is a generator of Problems.

They look at what was written, not at the finished page, so that a mistake elsewhere in a file hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kb.content import Page
from kb.model import Factor, FactorKind, Situation
from kb.problems import Problem, did_you_mean, nearest

Rule = Callable[[Sequence[Page], Mapping[str, Factor]], Iterator[Problem]]

LOOKED_AT = {
    "title", "former_ids", "combines_with", "risk_factors", "protective_factors", "only_with", "never_with",
}  # fmt: skip
"""Fields of an intervention that the rules look at."""
FACTOR_LISTS = {"risicofactoren": FactorKind.RISK, "beschermende_factoren": FactorKind.PROTECTIVE}
"""Front matter lists of factors, with the kind that belongs in each."""

CONDITIONS: dict[str, frozenset[str]] = {"alleen_bij": frozenset(), "niet_bij": frozenset(map(str, Situation))}
"""Front matter lists of factors that must or must not show, with what else may stand there."""


def check(pages: Sequence[Page], factors: Mapping[str, Factor]) -> list[Problem]:
    """All problems of all pages, in order of file and line; a broken page never hides those of another."""
    problems = {problem for page in pages for problem in page.problems}
    problems |= {problem for rule in RULES for problem in rule(pages, factors)}
    return sorted(problems)


def known_factors(pages: Sequence[Page], factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """Every factor exists, and stands in the list of its own kind."""
    for page in pages:
        for key, kind in FACTOR_LISTS.items():
            for place, factor_id in page.texts_at(key, "id"):
                if said := _factor_objection(factor_id, kind, factors):
                    yield page.problem(place, said)


def known_conditions(pages: Sequence[Page], factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """Every factor that a page is only for, or not for, exists."""
    for page in pages:
        for key, also in CONDITIONS.items():
            for place, named in page.texts_at(key):
                if named not in factors and named not in also:
                    yield page.problem(place, _unknown(named, factors, also))


def _factor_objection(factor_id: str, kind: FactorKind, factors: Mapping[str, Factor]) -> str:
    factor = factors.get(factor_id)
    if factor is None:
        return _unknown(factor_id, factors)
    if factor.kind is not kind:
        home = next(key for key, belongs in FACTOR_LISTS.items() if belongs is factor.kind)
        return f"'{factor_id}' is een {factor.kind.label.lower()}. Zet deze regel bij '{home}'."
    return ""


def _unknown(words: str, factors: Mapping[str, Factor], also: Iterable[str] = ()) -> str:
    what = "factor of situatie" if also else "factor"
    return f"'{words[:60]}' is geen bekende {what}.{_factor_meant(words, factors, also)}"


def _factor_meant(words: str, factors: Mapping[str, Factor], also: Iterable[str] = ()) -> str:
    """The factor that is called this, that has this in its id, or that is spelt nearly so."""
    plain = words.replace("-", " ").casefold()
    names = {name.casefold(): factor.id for factor in factors.values() for name in (factor.name, *factor.synonyms)}
    if plain in names:
        return f" Bedoelde u '{names[plain]}'?"
    holding = [factor_id for factor_id in factors if words.casefold() in factor_id.split("-")]
    if holding:
        return f" Misschien: {', '.join(holding[:3])}. Zoek anders met: kast factors '{plain[:60]}'."
    if suggestion := did_you_mean(words, [*factors, *also]):
        return suggestion
    near = nearest(plain, names)
    return f" Bedoelde u '{names[near]}'?" if near else f" Zoek de goede id met: kast factors '{plain[:60]}'."


def one_or_the_other(pages: Sequence[Page], _factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """What must show cannot be what must not show."""
    for page in pages:
        only = {named for _, named in page.texts_at("alleen_bij")}
        for place, named in page.texts_at("niet_bij"):
            if named in only:
                yield page.problem(place, f"'{named[:60]}' staat ook bij 'alleen_bij'. Kies één van de twee.")


def known_combinations(pages: Sequence[Page], _factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """What a page says it combines with exists, and is another page."""
    ids = {page.path.stem for page in pages}
    renamed = _renamed(pages)
    for page in pages:
        for place, other in page.texts_at("combineert_met"):
            if other == page.path.stem:
                yield page.problem(place, "Een bladzijde kan niet naar zichzelf verwijzen. Haal deze regel weg.")
            elif other in renamed and other not in ids:
                yield page.problem(place, f"'{other}' heet nu '{renamed[other]}'. Schrijf die naam.")
            elif other not in ids:
                suggestion = did_you_mean(other, ids - {page.path.stem})
                advice = " Schrijf de bestandsnaam van die bladzijde, zonder .md, of haal dit weg."
                if suggestion:
                    advice = f"{suggestion} Zo niet, haal dit dan weg."
                yield page.problem(place, f"Er is geen bladzijde '{other[:60]}'.{advice}")


def _renamed(pages: Sequence[Page]) -> dict[str, str]:
    """Old file name to the new one."""
    return {old: page.path.stem for page in pages for _, old in page.texts_at("voorheen")}


def unique_titles(pages: Sequence[Page], _factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """No page carries the title of another. Variants of one method may share an alias."""
    first: dict[str, Page] = {}
    for page in pages:
        title = page.text_at("titel") or ""
        earlier = first.setdefault(title.casefold(), page)
        if title and earlier is not page:
            yield page.problem(
                ("titel",),
                f"De titel '{title[:60]}' staat ook in {earlier.path.name}. Gaat het om hetzelfde? Vul dan die bladzijde aan.",
            )


def one_page_per_address(pages: Sequence[Page], _factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """An old address leads to one page, and is not the address of another."""
    present = {page.path.stem: page for page in pages}
    claimed: dict[str, Page] = {}
    for page in pages:
        for place, old in page.texts_at("voorheen"):
            if old == page.path.stem:
                yield page.problem(place, "Zo heet deze bladzijde nu. Haal deze naam weg.")
            elif old in present:
                yield page.problem(
                    place,
                    f"'{old}' is het adres van {present[old].path.name}. Gooi dat bestand weg, of haal deze naam weg.",
                )
            elif claimed.setdefault(old, page) is not page:
                yield page.problem(
                    place,
                    f"'{old[:60]}' staat ook bij 'voorheen' in {claimed[old].path.name}. Een adres leidt naar één bladzijde.",
                )


RULES: tuple[Rule, ...] = (
    known_factors,
    known_conditions,
    one_or_the_other,
    known_combinations,
    unique_titles,
    one_page_per_address,
)
