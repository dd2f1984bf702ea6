"""The OpenAPI document of the API: what FastAPI knows, made into what the NL GOV API Design Rules ask. Dutch, and true to the answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

import kb
from assessment import Questionnaire
from web import errors
from web.settings import Settings

TITLE = "Apothekerskast Jeugd"
DESCRIPTION = """\
Interventies tegen jeugdcriminaliteit, de factoren waaraan ze werken, en het advies dat bij een profiel van een gebied hoort.

Openbaar en zonder sleutel. De gegevens gaan over interventies en gebieden, nooit over personen; er wordt niets bewaard.
Opgezet volgens de NL GOV REST API Design Rules 2.1 en klaar voor 2.2. De sleutels zijn die van de bestanden in `interventions/`.
"""
TAGS = [
    {"name": "interventies", "description": "wat er in de kast staat"},
    {"name": "factoren", "description": "waardoor de kans op delicten groter of kleiner wordt"},
    {"name": "advies", "description": "van antwoorden naar een beredeneerd advies"},
    {"name": "export", "description": "alles in één keer, als open data"},
]
ERRORS = {
    "400": "de vraag klopt niet; `errors` noemt alles wat er niet klopt",
    "404": "dit bestaat niet",
    "500": "er ging bij ons iets mis",
}
VERSION_HEADER = {
    "API-Version": {
        "description": "volledige versie van de API",
        "schema": {"type": "string", "examples": [errors.API_VERSION]},
    }
}
_MODULES = {"kb__model__": "", "assessment__questionnaire__": "Vragenlijst"}
"""FastAPI names equal class names after their modules; those are nobody's business outside."""


class Bezwaar(BaseModel):
    parameter: str = Field(description="naam van de parameter")
    detail: str = Field(description="wat er niet klopt en wat wel kan")


class Probleem(BaseModel):
    type: str = Field("about:blank", description="soort fout; about:blank: de status zegt genoeg")
    title: str = Field(description="de fout in een paar woorden")
    status: int = Field(description="HTTP-status")
    detail: str = Field(description="wat er gebeurde")
    errors: list[Bezwaar] = Field(default=[], description="bij status 400: alles wat er niet klopt, in één keer")


def describe(api: FastAPI, settings: Settings) -> dict[str, Any]:
    """The whole document, ready to send."""
    document = get_openapi(
        title=TITLE,
        version=errors.API_VERSION,
        description=DESCRIPTION,
        routes=api.routes,
        tags=TAGS,
        servers=[{"url": f"{settings.base_url}{errors.API_PREFIX}"}],
        license_info={"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
    )
    contact = {"name": f"Beheer {TITLE}", "url": f"{settings.base_url}/over", "email": settings.contact}
    document["info"]["contact"] = contact
    for path, operation in _operations(document):
        _complete(path, operation)
    document["paths"]["/openapi.json"] = {"get": _own_description()}
    schemas = document["components"]["schemas"]
    _in_dutch(schemas)
    schemas["Probleem"] = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["Probleem"].pop("$defs"))
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return _without_module_names(document)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for operation in item.values():
            yield path, operation


def _complete(path: str, operation: dict[str, Any]) -> None:
    """The answers that an operation really gives: 400 instead of 422, and the version in every header."""
    responses = operation["responses"]
    responses.pop("422", None)
    responses["200"] |= {"description": "gelukt", "headers": VERSION_HEADER}
    for status, description in ERRORS.items():
        if status != "404" or "{" in path:
            responses[status] = _error(description)


def _error(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {
        "description": description,
        "headers": VERSION_HEADER,
        "content": {"application/problem+json": {"schema": schema}},
    }


def _own_description() -> dict[str, Any]:
    anywhere = {"description": "elke site mag dit lezen", "schema": {"type": "string", "enum": ["*"]}}
    return {
        "tags": ["interventies"],
        "summary": "Deze beschrijving",
        "description": "De beschrijving van de API zelf, als OpenAPI-document.",
        "operationId": "openapi",
        "responses": {
            "200": {
                "description": "gelukt",
                "headers": VERSION_HEADER | {"Access-Control-Allow-Origin": anywhere},
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "500": _error(ERRORS["500"]),
        },
    }


def _in_dutch(schemas: dict[str, Any]) -> None:
    """Descriptions come from the Dutch of the fields and the closed lists; docstrings are English, for who reads the code."""
    questionnaire = set(Questionnaire.model_json_schema()["$defs"]) | {"Questionnaire"}
    for name, schema in schemas.items():
        schema.pop("description", None)
        choice = getattr(kb, name, None)
        if isinstance(choice, type) and issubclass(choice, kb.Choice):
            schema["description"] = "; ".join(_option(member) for member in choice)
        if name.removeprefix("assessment__questionnaire__") in questionnaire and not name.startswith("kb__"):
            for field in schema.get("properties", {}).values():
                field.pop("description", None)


def _option(member: kb.Choice) -> str:
    return f"{member}: {member.label}" + (f" ({member.meaning})" if member.meaning else "")


def _without_module_names(document: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(document)
    for module, prefix in _MODULES.items():
        text = re.sub(module, prefix, text)
    renamed: dict[str, Any] = json.loads(text)
    return renamed
