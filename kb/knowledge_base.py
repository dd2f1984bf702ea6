"""The cupboard itself: every page and factor that passed the check, and the ways to look into it. Read-only for the life of the process."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.coverage import Coverage, coverage
from kb.evidence import best_level, lowest, per_outcome
from kb.failures import Failure, failures
from kb.garbage import no_garbage_collection
from kb.model import (
    AgeRange,
    Availability,
    Character,
    Choice,
    Domain,
    EvidenceLevel,
    Factor,
    Form,
    Intensity,
    Intervention,
    Kind,
    Outcome,
    Phase,
    PreventionLevel,
    ProblemKind,
    Setting,
    Status,
)
from kb.words import towns_of

if TYPE_CHECKING:
    from kb.search import Hit, SearchIndex

AGE_BANDS: dict[str, tuple[str, AgeRange]] = {
    code: (label, AgeRange(van=start, tot=end))
    for code, label, start, end in (
        ("0-11", "Kinderen onder 12", 0, 11),
        ("12-17", "12 tot en met 17", 12, 17),
        ("18-22", "18 tot en met 22", 18, 22),
        ("23-27", "23 tot en met 27", 23, 27),
    )
}


class Facet(NamedTuple):
    """A way to narrow the catalogue: its key in the address, its words, its options and what an intervention has of them."""

    key: str
    label: str
    options: Mapping[str, str]
    """Code to words, in the order to show."""
    codes: Callable[[Intervention], Iterable[str]]
    groups: Mapping[str, str] = MappingProxyType({})
    """Code to the heading it stands under, for a facet with too many options for one list; options of a heading stand together."""


@dataclass(frozen=True, slots=True)
class FacetOption:
    code: str
    label: str
    count: int
    """Interventions that remain when this option is chosen (too); never zero unless it is selected."""
    selected: bool
    group: str = ""


HOME_REGION = "Twente"
AT_HOME = {
    "loopt": f"Loopt of liep in {HOME_REGION}",
    "landelijk": "Landelijk te krijgen",
    "elders": f"Alleen gevonden buiten {HOME_REGION}",
    "onbekend": "Niet bekend",
}
"""Whether one can get it in the region this cupboard was made for, as far as the sources say."""


def _at_home(intervention: Intervention) -> list[str]:
    here = ["loopt"] * (not towns_of(HOME_REGION).isdisjoint(intervention.regions))
    national = ["landelijk"] * (intervention.availability is Availability.NATIONAL)
    elsewhere = "elders" if intervention.regions or intervention.availability else "onbekend"
    return here + national or [elsewhere]


VERDICTS = {f"{outcome}~{level}": (outcome, level) for outcome in Outcome for level in EvidenceLevel}
_CODE_OF = {verdict: code for code, verdict in VERDICTS.items()}


def _verdict_codes(intervention: Intervention) -> list[str]:
    """Per outcome the judgement that counts."""
    return [_CODE_OF[outcome, lowest(entries).level] for outcome, entries in per_outcome(intervention).items()]


def _options(choice: type[Choice]) -> dict[str, str]:
    return {str(member): member.label for member in choice}


def _age_bands(intervention: Intervention) -> list[str]:
    ages = intervention.ages
    return [
        code
        for code, (_, band) in AGE_BANDS.items()
        if ages is None or (ages.start <= band.end and band.start <= ages.end)
    ]


class KnowledgeBase:
    """All pages and factors. Everything it gives is frozen; ask it, never change it."""

    def __init__(
        self,
        interventions: Iterable[Intervention],
        factors: Mapping[str, Factor],
        written: Mapping[str, bytes] | None = None,
    ) -> None:
        """`written`: by id the interventions as JSON, as they were read, as far as that is at hand."""
        ordered = sorted(interventions, key=lambda i: (i.title.casefold(), i.id))
        self._by_id = {intervention.id: intervention for intervention in ordered}
        self._moved = {old: intervention.id for intervention in ordered for old in intervention.former_ids}
        self._written = written or {}
        self._having: dict[str, dict[str, list[Intervention]]] = {}
        self.factors = dict(factors)
        self.interventions = tuple(i for i in ordered if i.status is Status.PUBLISHED)
        """Published pages in order of title; withdrawn ones are found only by id."""

    @property
    def visible(self) -> tuple[Intervention, ...]:
        """Every page with an address, in order of title: published and withdrawn ones, no concepts."""
        return tuple(i for i in self._by_id.values() if i.status is not Status.DRAFT)

    @cached_property
    def as_json(self) -> Mapping[str, bytes]:
        """By id every page with an address: all its fields, with the keys of the files."""
        return {i.id: i.as_json() for i in self.visible}

    @cached_property
    def as_read(self) -> Mapping[str, bytes]:
        """By id every page with an address, as JSON that only changes with the page; the prose comes last."""
        return {i.id: self._written.get(i.id) or i.as_json() for i in self.visible}

    def get(self, intervention_id: str) -> Intervention | None:
        """A published or withdrawn page, also by an id it had before; a concept is not shown."""
        found = self._by_id.get(intervention_id) or self._by_id.get(self._moved.get(intervention_id, ""))
        return found if found and found.status is not Status.DRAFT else None

    def find(self, typed: str) -> Intervention | None:
        """The page someone means: by its id, its title, another name, or the best hit of the search; nothing for nothing."""
        meant = typed.casefold()
        named = (i for i in self.interventions if meant in (name.casefold() for name in (i.title, *i.aliases)))
        exact = self.get(typed) or next(named, None)
        hit = next(iter(self.search(typed, 1)), None) if typed and not exact else None
        return exact or (self.get(hit.intervention_id) if hit else None)

    def working_on(self, factor_id: str) -> tuple[Intervention, ...]:
        """Published interventions that name this factor, in order of title."""
        return self._working_on.get(factor_id, ())

    @cached_property
    def _working_on(self) -> dict[str, tuple[Intervention, ...]]:
        found: dict[str, dict[str, Intervention]] = {}
        for i in self.interventions:
            for link in i.factor_links:
                found.setdefault(link.id, {})[i.id] = i
        return {factor_id: tuple(members.values()) for factor_id, members in found.items()}

    def search(self, query: str, limit: int | None = None) -> list[Hit]:
        """Published interventions that answer the query, best first, with why; none when nothing answers it well enough."""
        return self._ready_index.search(query, limit)

    def suggest(self, query: str) -> str | None:
        """The query as it was probably meant, when it seems misspelt."""
        return self._ready_index.suggest(query)

    def forget_questions(self) -> None:
        """Search as if nothing was ever asked: what typed words mean is remembered, which would flatter a measurement."""
        self._ready_index.forget()

    def search_data(self) -> dict[str, Any]:
        """What a search in the browser needs; kb/search_export.py says how to use it."""
        with no_garbage_collection():
            return self._index.as_plain()

    @cached_property
    def _ready_index(self) -> SearchIndex:
        return self._index.prepare()

    @cached_property
    def _index(self) -> SearchIndex:
        from kb.search import SearchIndex

        with no_garbage_collection():
            return SearchIndex(self.interventions, self.factors)

    def coverage(self, selection: Mapping[str, Iterable[str]], outcome: Outcome | None = None) -> Coverage:
        """The gap matrix: what these facet choices leave per factor and prevention level, with what is known of the outcome."""
        return coverage(self.factors, self.filter(selection), outcome)

    @cached_property
    def best_levels(self) -> Mapping[str, EvidenceLevel]:
        """By id the best that is known of every published intervention, for any outcome."""
        return {i.id: best_level(i) for i in self.interventions}

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """What did harm, had no effect or was turned down, per outcome, worst first; with what did better for the same problem."""
        return failures(self.interventions)

    def in_domain(self, domain: Domain) -> tuple[Intervention, ...]:
        """Published interventions with a factor in this leefgebied."""
        return tuple(self.having("leefgebied").get(domain, ()))

    def _domains(self, intervention: Intervention) -> set[Domain]:
        domain_of = self._domain_of
        return {domain_of[link.id] for link in intervention.factor_links if link.id in domain_of}

    @cached_property
    def _domain_of(self) -> dict[str, Domain]:
        return {factor.id: factor.domain for factor in self.factors.values()}

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The facets of the catalogue, read off the closed lists of the model."""
        return (
            Facet("probleem", "Probleem", _options(ProblemKind), lambda i: i.indication.problems),
            Facet("vorm", "Vorm", _options(Form), lambda i: i.forms),
            Facet("leeftijd", "Leeftijd", {code: label for code, (label, _) in AGE_BANDS.items()}, _age_bands),
            Facet("leefgebied", "Leefgebied", _options(Domain), self._domains),
            Facet("preventieniveau", "Preventieniveau", _options(PreventionLevel), lambda i: i.prevention_levels),
            Facet("karakter", "Karakter", _options(Character), lambda i: (i.character,)),
            Facet("zwaarte", "Zwaarte", _options(Intensity), lambda i: (i.intensity,)),
            Facet("bewijs", "Bewijs", _options(EvidenceLevel), lambda i: {e.level for e in i.evidence}),
            Facet(
                "uitkomst",
                "Bewijs per uitkomst",
                {code: f"{level.label} voor {outcome.label}" for code, (outcome, level) in VERDICTS.items()},
                _verdict_codes,
                {code: outcome.label.capitalize() for code, (outcome, _) in VERDICTS.items()},
            ),
            Facet("soort", "Soort", _options(Kind), lambda i: (i.kind,)),
            Facet("setting", "Plek", _options(Setting), lambda i: i.settings),
            Facet("fase", "Fase", _options(Phase), lambda i: i.phases),
            Facet(
                "beschikbaarheid",
                "Beschikbaarheid",
                _options(Availability),
                lambda i: (i.availability,) if i.availability else (),
            ),
            Facet("twente", f"Te krijgen in {HOME_REGION}", AT_HOME, _at_home),
            Facet(
                "factor",
                "Factor",
                {f.id: f.name for f in self._factors_in_order},
                lambda i: {link.id for link in i.factor_links},
                {f.id: f.domain.label for f in self._factors_in_order},
            ),
        )

    @property
    def _factors_in_order(self) -> list[Factor]:
        """By leefgebied, risk before protection, then by name."""
        domains = list(Domain)
        return sorted(self.factors.values(), key=lambda f: (domains.index(f.domain), not f.is_risk, f.name.casefold()))

    @cached_property
    def _codes(self) -> dict[str, dict[str, frozenset[str]]]:
        return {f.key: {i.id: frozenset(f.codes(i)) for i in self.interventions} for f in self.facets}

    def having(self, key: str) -> Mapping[str, Sequence[Intervention]]:
        """Per code of this facet the interventions that have it, in order of title. Worked out when first asked for."""
        if key not in self._having:
            codes = next(facet.codes for facet in self.facets if facet.key == key)
            found = defaultdict(list)
            for i in self.interventions:
                for code in codes(i):
                    found[code].append(i)
            self._having[key] = dict(found)
        return self._having[key]

    def filter(
        self, selection: Mapping[str, Iterable[str]], among: Iterable[Intervention] | None = None
    ) -> tuple[Intervention, ...]:
        """Interventions with one of the chosen codes of every facet named; unknown facets and codes are left aside."""
        pool = list(self.interventions if among is None else among)
        for facet in self.facets:
            if codes := facet.options.keys() & set(selection.get(facet.key, ())):
                wanted = {i.id for code in codes for i in self.having(facet.key).get(code, ())}
                pool = [i for i in pool if i.id in wanted]
        return tuple(pool)

    def count(
        self, selection: Mapping[str, Sequence[str]], among: Iterable[Intervention] | None = None
    ) -> dict[str, tuple[FacetOption, ...]]:
        """Options of every facet with what remains when chosen, given the other facets; options that lead nowhere are left out."""
        pool = tuple(self.interventions if among is None else among)
        counted: dict[str, tuple[FacetOption, ...]] = {}
        within_all = self.filter(selection, pool)
        for facet in self.facets:
            others = {key: codes for key, codes in selection.items() if key != facet.key}
            left = within_all if len(others) == len(selection) else self.filter(others, pool)
            totals = Counter(code for i in left for code in self._codes[facet.key][i.id])
            chosen = set(selection.get(facet.key, ()))
            options = (
                FacetOption(code, label, totals[code], code in chosen, facet.groups.get(code, ""))
                for code, label in facet.options.items()
            )
            counted[facet.key] = tuple(option for option in options if option.count or option.selected)
        return counted
