"""How the cupboard reckons, for who must answer for it: the whole model as tables, read off the live objects, and the register record.

Numbers come from the code, words from `accountability.yaml`; a number without words still shows. Thin routes over pure views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse

import assessment
import matcher
from assessment import Questionnaire
from kb import SEVERITIES, Choice, ConcernKind, Domain, Factor, KnowledgeBase, strict_yaml
from matcher import weights
from web import algorithm_register
from web.letter import listed
from web.pages import Pages
from web.render import dutch_number, page

router = Pages()

WORDS = Path(__file__).with_name("accountability.yaml")
EVALUATION = Path(matcher.__file__).with_name("evaluation.yaml")
JSON_ADDRESS = "/verantwoording/algoritmeregister.json"
NO_NUMBERS = ("VERSION", "UNKNOWN_ROLE")
OWN_TABLE = ("WEIGHTS",)
"""Shown with the criteria, where their meaning stands."""

Lookup = Mapping[str, str]


class FileError(Exception):
    """A data file of this page cannot be used; the text says where."""


# --- the words ------------------------------------------------------------------------------------------------------


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Formula(Part):
    title: str = Field(alias="titel")
    explanation: str = Field(alias="uitleg")
    formula: str = Field(alias="formule")
    sources: tuple[str, ...] = Field(alias="bronnen")


class Number(Part):
    """The words for one constant of the code."""

    title: str = Field(alias="titel")
    explanation: str = Field(alias="uitleg")
    keys: str = Field("", alias="sleutels", description="which list gives its keys their words")
    words: dict[str, str] = Field({}, alias="woorden", description="words for keys that are in no list")
    sources: tuple[str, ...] = Field((), alias="bronnen")


class Group(Part):
    title: str = Field(alias="titel")
    explanation: str = Field("", alias="uitleg")
    numbers: dict[str, Number] = Field(alias="getallen")


class Pitfall(Part):
    title: str = Field(alias="titel")
    danger: str = Field(alias="gevaar")
    measure: str = Field(alias="maatregel")
    sources: tuple[str, ...] = Field(alias="bronnen")


class Source(Part):
    id: str = Field(alias="id")
    who: str = Field(alias="wie")
    year: int | None = Field(None, alias="jaar")
    title: str = Field(alias="titel")
    url: str | None = Field(None, alias="url")
    says: str = Field(alias="wat")


class Words(Part):
    formulas: tuple[Formula, ...] = Field(alias="formules")
    groups: tuple[Group, ...] = Field(alias="groepen")
    pitfalls: tuple[Pitfall, ...] = Field(alias="valkuilen")
    sources: tuple[Source, ...] = Field(alias="bronnen")

    @property
    def numbers(self) -> dict[str, Number]:
        return {name: number for group in self.groups for name, number in group.numbers.items()}


@lru_cache(maxsize=1)
def words() -> Words:
    """Raises FileError."""
    return Words.model_validate(_read(WORDS))


def _read(path: Path) -> Any:
    document = strict_yaml.read(path.read_text(encoding="utf-8"))
    if document.problems:
        line, _, said = document.problems[0]
        raise FileError(f"{path.name}:{line}: {said}")
    return document.value


# --- the numbers ----------------------------------------------------------------------------------------------------


def constants() -> dict[str, Any]:
    """Every number that has a part in an advice, by its name in the code."""
    modules = (assessment.indicators, assessment.scoring, assessment.profile, assessment.disclosure, weights)
    found = {name: value for module in modules for name, value in vars(module).items() if name.isupper()}
    found |= {
        "QUICK_SCAN_CONFIDENCE": assessment.QUICK_SCAN_CONFIDENCE,
        "QUICK_SCAN_UNKNOWN": assessment.QUICK_SCAN_UNKNOWN,
        "EMPHASES": matcher.EMPHASES,
    }
    return {name: value for name, value in found.items() if name not in NO_NUMBERS}


def said(value: Any, lookup: Lookup | None = None) -> str:
    """A value of the code in Dutch: numbers with a comma, codes by their label."""
    known = (lookup or {}).get(str(value)) if isinstance(value, str | int) else None
    if known is not None:
        return known
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, float | int):
        return dutch_number(value).replace("-", "−")
    if isinstance(value, frozenset):
        return listed(sorted(said(part, lookup) for part in value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(said(part, lookup) for part in value)
    return str(value)


def filled(text: str) -> str:
    """A text with every {NAME} replaced by the number of this moment."""
    return text.format_map(_InWords())


class _InWords:
    """Every number in words by its name, made when a text asks for it: a text has one or two of a hundred."""

    def __getitem__(self, name: str) -> Any:
        return _parts(constants()[name])


def _parts(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): said(part) for key, part in value.items()}
    return [said(part) for part in value] if isinstance(value, tuple) else said(value)


def lookups(kb: KnowledgeBase, questionnaire: Questionnaire) -> dict[str, Lookup]:
    """Words for the codes that numbers hang on, each from the one place that declares them."""
    certainty = questionnaire.scales[questionnaire.closing.certainty.scale]
    asked = {
        key: questionnaire.question(key) for key in ("capaciteit", "termijn", "partners", "niveau", "budget", "balans")
    }
    return {
        "factor": {factor.id: factor.name for factor in kb.factors.values()},
        "as": {axis: " / ".join(f.name for f in found) for axis, found in axes(kb).items()},
        "ernst": {str(code): f"Ernst {code}: {label.lower()}" for code, label in SEVERITIES.items()},
        "zekerheid": {answer.code: answer.label for answer in certainty.answers},
        "aandachtspunt": {str(kind): kind.label for kind in ConcernKind},
        **{key: {o.code: o.label for o in question.options} for key, question in asked.items() if question},
    }


def axes(kb: KnowledgeBase) -> dict[str, list[Factor]]:
    found: dict[str, list[Factor]] = {}
    for factor in kb.factors.values():
        found.setdefault(factor.axis, []).append(factor)
    return found


# --- the tables -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    href: str | None = None
    code: str = ""
    """Name in the code, shown small."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """The first cell of a row names it."""
    code: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    title: str
    explanation: str
    tables: tuple[Table, ...]


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)


def groups(known: Mapping[str, Lookup]) -> Iterator[GroupView]:
    """Every constant of the code, in the groups of the words; what has no words comes last, under its own name."""
    values = constants()
    left = {name: Number(titel=name, uitleg="") for name in values if name not in {*words().numbers, *OWN_TABLE}}
    last = (Group(titel="Nog zonder uitleg", getallen=left),) if left else ()
    for group in (*words().groups, *last):
        numbers = {name: number for name, number in group.numbers.items() if name in values}
        yield GroupView(group.title, filled(group.explanation), tuple(_tables(group.title, numbers, values, known)))


def _tables(
    title: str, numbers: Mapping[str, Number], values: Mapping[str, Any], known: Mapping[str, Lookup]
) -> Iterator[Table]:
    lists = {name: found for name in numbers if (found := as_mapping(values[name])) is not None}
    single = tuple(_single(name, number, values[name], known) for name, number in numbers.items() if name not in lists)
    if single:
        yield Table(title, ("Getal", "Waarde", "Wat het doet"), single)
    for name, found in lists.items():
        yield _table(name, numbers[name], found, known.get(numbers[name].keys, {}))


def as_mapping(value: Any) -> Mapping[Any, Any] | None:
    """A value that is a table of its own, or None."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, tuple) or not value or isinstance(value[0], float | int):
        return None
    return dict(value) if isinstance(value[0], tuple) else dict(enumerate(value, 1))


def _single(name: str, number: Number, value: Any, known: Mapping[str, Lookup]) -> tuple[Cell, ...]:
    return (
        Cell(number.title, code=name),
        Cell(said(value, known.get(number.keys))),
        Cell(filled(number.explanation), sources=number.sources),
    )


def _table(name: str, number: Number, values: Mapping[Any, Any], lookup: Lookup) -> Table:
    lookup = {**lookup, **number.words}
    inner = next(iter(values.values()), None)
    columns = list(inner) if isinstance(inner, Mapping) else []
    heads = tuple(said(column) for column in columns) or ("Waarde",)
    rows = tuple(
        _cells(said(key, lookup), *([said(value[c]) for c in columns] if columns else [said(value, lookup)]))
        for key, value in values.items()
    )
    return Table(number.title, ("Waarvoor", *heads), rows, name, filled(number.explanation), number.sources)


def gates() -> Table:
    rows = tuple(_cells(name, gate.meaning) for name, gate in matcher.GATES.items())
    return Table("Poorten, in de volgorde waarin de kast kijkt", ("Poort", "Wat afvalt"), rows)


def criteria() -> Table:
    rows = tuple(
        _cells(name, criterion.meaning, said(weights.WEIGHTS[name]) if name in weights.WEIGHTS else "alleen aftrek")
        for name, criterion in matcher.CRITERIA.items()
    )
    total = said(sum(weights.WEIGHTS.values()))
    return Table(
        f"Redenen en hun hoogste aantal punten, samen {total}",
        ("Reden", "Waar de kast naar kijkt", "Hoogste punten"),
        rows,
        "WEIGHTS",
    )


def factor_tables(kb: KnowledgeBase) -> Iterator[Table]:
    """Every factor with what the matcher makes of it: S times B."""
    heads = ("Factor", "Soort", "As", "Sterkte", "Zekerheid", "Te veranderen", "Gewicht S × B")
    for domain in Domain:
        own = sorted((f for f in kb.factors.values() if f.domain is domain), key=lambda f: (f.kind, f.name.casefold()))
        yield Table(domain.label, heads, tuple(map(_factor, own)))


def _factor(factor: Factor) -> tuple[Cell, ...]:
    strength, change = matcher.strength_of(factor), weights.CHANGEABILITY[factor.changeability]
    return (
        Cell(factor.name, f"/factoren/{factor.id}"),
        *_cells(
            str(factor.kind),
            factor.axis.replace("-", " "),
            factor.strength.label,
            factor.strength_certainty.label.lower(),
            str(factor.changeability),
            f"{said(strength)} × {said(change)} = {said(strength * change)}",
        ),
    )


# --- the last evaluation --------------------------------------------------------------------------------------------


CASE_WORDS = {
    "afstellen": "Gevallen om de gewichten mee te zoeken",
    "toets": "Andere gevallen, om één keer mee te meten",
    "gemaakt_door": "Gemaakt door",
    "eensgezindheid": "Hoe goed de lezers het eens waren (1 is precies)",
    "schadelijk_over_alle_gevallen": "Schadelijk bij de eerste tien, over alle gevallen",
}


class Figures(BaseModel):
    """One ranking on the expert cases."""

    name: str = Field(alias="naam")
    ndcg5: float
    ndcg10: float
    recall10: float
    harmful10: int = Field(alias="schadelijk10")


class Omission(BaseModel):
    """What is left when one criterion is left out."""

    criterion: str = Field(alias="criterium")
    ndcg10: float


class Evaluation(BaseModel):
    version: str = Field(alias="versie")
    on: date | str = Field(alias="datum")
    cases: dict[str, Any] = Field({}, alias="gevallen")
    figures: tuple[Figures, ...] = Field(alias="cijfers")
    omissions: tuple[Omission, ...] = Field((), alias="weglaten")


def evaluation(path: Path = EVALUATION) -> Evaluation | None:
    """The figures of the last evaluation, or None when there are none yet. Raises FileError."""
    return Evaluation.model_validate(_read(path)) if path.is_file() else None


def evaluation_facts(found: Evaluation) -> Iterator[tuple[str, str]]:
    """On what the figures rest: what it is, and how many or who."""
    for name, value in found.cases.items():
        yield CASE_WORDS.get(name, name.replace("_", " ")), said(value)


def evaluation_tables(found: Evaluation) -> Iterator[Table]:
    heads = ("Manier van kiezen", "Eerste 5 (nDCG)", "Eerste 10 (nDCG)", "Teruggevonden in 10", "Schadelijk in 10")
    rows = [(f.name, f.ndcg5, f.ndcg10, f.recall10, f.harmful10) for f in found.figures]
    yield Table("De kast naast andere manieren van kiezen", heads, _rows(rows))
    if found.omissions:
        left_out = [(o.criterion, o.ndcg10) for o in found.omissions]
        yield Table("Wat blijft over zonder één reden?", ("Zonder", "Eerste 10 (nDCG)"), _rows(left_out))


def _rows(rows: Iterable[Sequence[Any]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_cells(*map(said, row)) for row in rows)


# --- the pages ------------------------------------------------------------------------------------------------------


@router.get("/verantwoording")
async def accountability(request: Request) -> HTMLResponse:
    kb: KnowledgeBase = request.app.state.kb
    questionnaire: Questionnaire = request.app.state.questionnaire
    found = evaluation()
    return page(
        request,
        "accountability.html",
        kb=kb,
        questionnaire=questionnaire,
        version=matcher.VERSION,
        words=words(),
        filled=filled,
        sources={source.id: source for source in words().sources},
        gates=gates(),
        criteria=criteria(),
        groups=tuple(groups(lookups(kb, questionnaire))),
        factors=tuple(factor_tables(kb)),
        axes=len(axes(kb)),
        evaluation=found,
        evaluation_facts=tuple(evaluation_facts(found)) if found else (),
        evaluation_tables=tuple(evaluation_tables(found)) if found else (),
    )


@router.get("/verantwoording/algoritmeregister")
async def register(request: Request) -> HTMLResponse:
    record = algorithm_register.registration(request.app.state.settings)
    return page(
        request,
        "algorithm_register.html",
        record=record,
        fields=tuple(_fields(record)),
        version=matcher.VERSION,
        json_address=JSON_ADDRESS,
    )


def _fields(record: algorithm_register.Registration) -> Iterator[tuple[str, str, Any]]:
    """Title, name and value of every field that is filled in."""
    for name, value in record.as_json().items():
        yield str(type(record).model_fields[name].title), name, _as_html(value)


def _as_html(value: Any) -> Any:
    """Long texts of a record hold six bare tags and nothing else: `Registration` refuses the rest."""
    return Markup(value) if isinstance(value, str) and value.startswith("<") else value  # noqa: S704


@router.get(JSON_ADDRESS)
async def register_as_json(request: Request) -> JSONResponse:
    record = algorithm_register.registration(request.app.state.settings)
    name = "algoritmeregister-apothekerskast.json"
    return JSONResponse(record.as_json(), headers={"Content-Disposition": f'attachment; filename="{name}"'})
