"""The open API, to the NL GOV REST API Design Rules: the same knowledge, questionnaire and advice as on the pages, as JSON.

Front-matter keys are the JSON keys. Parameters are declared once, in `Parameter`: the document and the check both read that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from fastapi import FastAPI, Path
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, Router

import matcher
from assessment import QUERY_KEYS, ContextQuestion, Questionnaire
from kb import Coverage, Factor, Failure, Intervention, KnowledgeBase, Outcome
from web import address, errors, gaps, openapi
from web.advice_json import AdviesOpAdres, advice_as_json, with_address
from web.export_api import add_export
from web.settings import Settings

PER_PAGE = 25
MAX_PER_PAGE = 500
MAX_WORDS = 200
"""Characters of a search question."""
_OTHER_KEYS = {
    "factor": "een factor met score (0-100), zekerheid (0-1) en trend (-2 tot 2), zoals agressie~70~0.6~1; te herhalen",
    "invullers": "een rol met het aantal invullers, zoals politie-boa~2; te herhalen",
    "regio": "naam van een regio, als er geen gemeente is",
    "vragenlijst": "versie van de vragenlijst waarmee dit adres is gemaakt",
    "gewicht": "hoe zwaar een criterium telt: 0, half of dubbel, zoals bewijs~dubbel; te herhalen",
    "zonder": "id van een interventie die u weglaat; te herhalen",
    "prioriteit": "een onderwerp (as) dat in een gesprek is gekozen, het belangrijkste eerst, zoals wapens; te herhalen",
    "was": "wat een antwoord was voordat u iets anders probeerde, zoals budget~1; te herhalen",
    "waaromniet": "naam of id van een interventie: waarom staat die er niet bij?",
}

Query = Mapping[str, Sequence[str]]
InterventionId = Annotated[str, Path(description="id van een interventie", examples=["multisysteem-therapie"])]
FactorId = Annotated[str, Path(description="id van een factor", examples=["agressie"])]


class Interventies(BaseModel):
    """One page of interventions."""

    model_config = ConfigDict(frozen=True)

    total: int = Field(alias="totaal", description="hoeveel interventies aan de vraag voldoen")
    number: int = Field(alias="pagina", description="welke bladzijde dit is, vanaf 1")
    pages: int = Field(alias="paginas", description="hoeveel bladzijden er zijn, ten minste 1")
    results: tuple[Intervention, ...] = Field(
        alias="resultaten", description="op volgorde van titel; bij een zoekvraag het beste eerst"
    )


class Factoren(BaseModel):
    """All factors."""

    model_config = ConfigDict(frozen=True)

    total: int = Field(alias="totaal", description="hoeveel factoren er zijn")
    results: tuple[Factor, ...] = Field(alias="resultaten", description="risicofactoren en beschermende factoren")


class WerktNiet(BaseModel):
    """Everything that failed."""

    model_config = ConfigDict(frozen=True)

    total: int = Field(alias="totaal", description="hoeveel oordelen er zijn; een interventie kan er meer hebben")
    results: tuple[Failure, ...] = Field(
        alias="resultaten", description="schade eerst, dan geen effect, dan afgewezen; delicten voor andere uitkomsten"
    )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A key of the query string: its meaning, and the values it takes."""

    name: str
    description: str
    options: tuple[str, ...] = ()
    """A closed list; the key may then be repeated, and one match is enough."""
    minimum: int = 0
    maximum: int = 0
    """For a whole number: its bounds. Zero means that this is text."""
    default: int | None = None
    example: str | None = None

    def schema(self) -> dict[str, Any]:
        if self.options:
            return {"type": "array", "items": {"type": "string", "enum": list(self.options)}}
        if self.maximum:
            return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum, "default": self.default}
        return {"type": "string", "maxLength": MAX_WORDS}

    def documented(self) -> dict[str, Any]:
        said = {"name": self.name, "in": "query", "description": self.description, "schema": self.schema()}
        return said | ({"example": self.example} if self.example else {})

    def objection(self, values: Sequence[str]) -> str | None:
        """What is wrong with these values, without repeating them."""
        if self.options:
            wrong = any(value not in self.options for value in values)
            return f"Deze keuze bestaat niet. Kies uit: {', '.join(self.options)}." if wrong else None
        if len(values) > 1:
            return "Geef deze parameter hoogstens één keer."
        if self.maximum:
            good = all(_is_number(value) and self.minimum <= int(value) <= self.maximum for value in values)
            return None if good else f"Geef een heel getal van {self.minimum} tot en met {self.maximum}."
        return None if all(len(value) <= MAX_WORDS for value in values) else f"Gebruik hoogstens {MAX_WORDS} tekens."


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


SEARCH = Parameter("q", "zoekwoorden; tikfouten mogen", example="ruzie thuis")
PAGE = Parameter("pagina", "welke bladzijde", minimum=1, maximum=100_000, default=1)
SIZE = Parameter("perPagina", "hoeveel per bladzijde", minimum=1, maximum=MAX_PER_PAGE, default=PER_PAGE)


def read_query(request: Request, declared: Sequence[Parameter]) -> Query:
    """The values per key. Raises InvalidInputError with every objection, also about keys that are not declared."""
    given: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        given.setdefault(key, []).append(value)
    by_name = {parameter.name: parameter for parameter in declared}
    objections = [(key, _objection(by_name, key, values)) for key, values in given.items()]
    wrong = [(key[:40], sentence) for key, sentence in objections if sentence]
    if wrong:
        raise errors.InvalidInputError(wrong)
    return given


def _objection(declared: Mapping[str, Parameter], key: str, values: Sequence[str]) -> str | None:
    if key not in declared:
        return f"Deze parameter kennen we hier niet. Wel: {', '.join(declared) or 'geen'}."
    return declared[key].objection(values)


def facet_parameters(kb: KnowledgeBase) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(facet.key, f"{facet.label}: een of meer van deze keuzes", tuple(facet.options)) for facet in kb.facets
    )


def find(kb: KnowledgeBase, query: Query) -> Interventies:
    """What the catalogue page shows for the same address, page by page."""
    words = " ".join(query.get("q", ("",))[0].split())
    hits = [kb.get(hit.intervention_id) for hit in kb.search(words)] if words else None
    found = kb.filter(query, None if hits is None else [i for i in hits if i])
    size = int(query.get("perPagina", (str(PER_PAGE),))[0])
    number = int(query.get("pagina", ("1",))[0])
    pages = max(1, -(-len(found) // size))
    shown = found[(number - 1) * size : number * size]
    return Interventies(totaal=len(found), pagina=number, paginas=pages, resultaten=shown)


def mounted(kb: KnowledgeBase, questionnaire: Questionnaire, settings: Settings) -> Router:
    """The API at its address; the base address without its slash leads to what stands behind it."""
    api = create_api(kb, questionnaire, settings)
    return Router([Route(errors.API_PREFIX, landing), Mount(errors.API_PREFIX, api, name="api")])


def create_api(kb: KnowledgeBase, questionnaire: Questionnaire, settings: Settings) -> FastAPI:
    """The API as an app of its own, so that its errors and its document are its own too."""
    api = FastAPI(
        title=openapi.TITLE,
        version=errors.API_VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    errors.install(api)
    api.add_exception_handler(RequestValidationError, errors.bad_request)
    _add_catalogue(api, kb)
    _add_overviews(api, kb)
    _add_advice(api, kb, questionnaire)
    add_export(api, kb, settings)
    _add_document(api, settings)
    return api


def _add_catalogue(api: FastAPI, kb: KnowledgeBase) -> None:
    parameters = (SEARCH, *facet_parameters(kb), PAGE, SIZE)
    factors = Factoren(totaal=len(kb.factors), resultaten=tuple(kb.factors.values()))

    @api.get("/interventies", response_model=Interventies, **_about("interventies", "Interventies zoeken", parameters))
    def interventions(request: Request) -> Response:
        """Alle gepubliceerde interventies, of wat aan een zoekvraag en aan gekozen filters voldoet."""
        return _json(find(kb, read_query(request, parameters)))

    @api.get("/interventies/{id}", response_model=Intervention, **_about("interventies", "Eén interventie"))
    def intervention(request: Request, id: InterventionId) -> Response:  # noqa: A002 - the name in the address
        """Eén interventie met haar hele tekst. Ook een ingetrokken interventie blijft op haar adres staan; een oud adres leidt (301) naar het nieuwe."""
        read_query(request, ())
        found = kb.get(id)
        if found and found.id != id:
            return RedirectResponse(f"{errors.API_PREFIX}/interventies/{found.id}", 301)
        return _json(found, "Deze interventie staat niet in de kast.")

    @api.get("/factoren", response_model=Factoren, **_about("factoren", "Alle factoren"))
    def all_factors(request: Request) -> Response:
        """Alle risicofactoren en beschermende factoren waarop interventies en de vragenlijst zijn ingedeeld."""
        read_query(request, ())
        return _json(factors)

    @api.get("/factoren/{id}", response_model=Factor, **_about("factoren", "Eén factor"))
    def factor(request: Request, id: FactorId) -> Response:  # noqa: A002 - the name in the address
        """Eén factor. De interventies die eraan werken: `/interventies?factor={id}`."""
        read_query(request, ())
        return _json(kb.factors.get(id), "Deze factor kennen we niet.")


def _add_overviews(api: FastAPI, kb: KnowledgeBase) -> None:
    narrowing = tuple(parameter for parameter in facet_parameters(kb) if parameter.name in gaps.FACETS)
    about = Parameter(
        gaps.OUTCOME_KEY, "de uitkomst waarvan het bewijs telt; zonder telt elke uitkomst", tuple(Outcome)
    )
    parameters = (*narrowing, about)

    @api.get("/witte-vlekken", response_model=Coverage, **_about("factoren", "Waar niets is", parameters))
    def coverage(request: Request) -> Response:
        """Per factor en preventieniveau: welke interventies er zijn en hoe stevig het beste bewijs is."""
        read_query(request, parameters)
        return _json(gaps.matrix(kb, request.query_params.multi_items()).coverage)

    @api.get("/werkt-niet", response_model=WerktNiet, **_about("interventies", "Wat schaadt of geen effect had"))
    def failures(request: Request) -> Response:
        """Per interventie en uitkomst: wie dat oordeelde, wanneer, en wat het bij hetzelfde probleem beter deed."""
        read_query(request, ())
        return _json(WerktNiet(totaal=len(kb.failures), resultaten=kb.failures))


def _add_advice(api: FastAPI, kb: KnowledgeBase, questionnaire: Questionnaire) -> None:
    @api.get("/vragenlijst", response_model=Questionnaire, **_about("advies", "De vragenlijst"))
    def questions(request: Request) -> Response:
        """De vragenlijst van deze versie: vragen, antwoorden, schalen en waarom iets wordt gevraagd."""
        read_query(request, ())
        return _json(questionnaire)

    parameters = advice_parameters(questionnaire)

    @api.get("/advies", response_model=AdviesOpAdres, **_about("advies", "Het advies bij een profiel", parameters))
    def advice(request: Request) -> Response:
        """Het advies van de bladzijde `/advies` met hetzelfde adres: prioriteiten, interventies met redenen, en wat afvalt.

        Het adres is het profiel; er wordt niets bewaard. Zonder factoren is de uitkomst `onvoldoende-gegevens`.
        """
        asked = address.read(kb, request.query_params.multi_items())
        wrong = [(problem.field, problem.message) for problem in asked.wrong]
        wrong += [(text.partition("=")[0][:40], _unknown(text)) for text in asked.strange]
        if wrong:
            raise errors.InvalidInputError(wrong)
        return JSONResponse(answer(kb, questionnaire, asked))


def answer(kb: KnowledgeBase, questionnaire: Questionnaire, asked: address.Address) -> AdviesOpAdres:
    """What the page says for the same address."""
    found = matcher.recommend(kb, asked.profile, asked.context, asked.wishes)
    before = matcher.recommend(kb, *asked.before) if asked.changed else found
    helpful = matcher.most_helpful_question(kb, asked.profile, asked.context, asked.wishes)
    body = advice_as_json(found)
    body["niet_meegewogen"] += [problem.message for problem in asked.remarks]
    return with_address(body, found, before, asked.wishes, helpful, kb.find(asked.why_not), questionnaire)


def _unknown(text: str) -> str:
    """What to say of a key, or of a value of one of our own keys."""
    return "Deze waarde kennen we hier niet." if "=" in text else "Deze parameter kennen we hier niet."


def advice_parameters(questionnaire: Questionnaire) -> tuple[Parameter, ...]:
    """Every key of the address of an advice. Only for the document: reading and checking is done by `from_query`."""
    asked = {question.key: question for question in questionnaire.context}
    return tuple(
        Parameter(key, asked[key].text, _codes(asked[key])) if key in asked else Parameter(key, _OTHER_KEYS[key])
        for key in sorted(QUERY_KEYS.union(address.OWN_KEYS))
    )


def _codes(question: ContextQuestion) -> tuple[str, ...]:
    """The closed list of a question; ages may also be written freely."""
    return () if question.key == "leeftijd" else tuple(option.code for option in question.options)


def _add_document(api: FastAPI, settings: Settings) -> None:
    @cache
    def document() -> dict[str, Any]:
        return openapi.describe(api, settings)

    @api.get("/openapi.json", include_in_schema=False)
    def own_description() -> Response:
        return JSONResponse(document())

    @api.get("/", include_in_schema=False)
    def root(request: Request) -> Response:
        return landing(request)


def landing(_request: Request) -> Response:
    """Where to begin, for who opens the base address."""
    return JSONResponse(
        {"titel": openapi.TITLE, "versie": errors.API_VERSION, "openapi": f"{errors.API_PREFIX}/openapi.json"}
    )


def _json(value: BaseModel | None, missing: str = "") -> Response:
    """Front-matter keys are the JSON keys; nothing becomes 404."""
    if value is None:
        raise HTTPException(404, missing)
    return Response(value.model_dump_json(by_alias=True), media_type="application/json")


def _about(tag: str, summary: str, parameters: Sequence[Parameter] = ()) -> dict[str, Any]:
    """What the document says of an operation besides its docstring."""
    return {
        "tags": [tag],
        "summary": summary,
        "openapi_extra": {"parameters": [parameter.documented() for parameter in parameters]},
    }
