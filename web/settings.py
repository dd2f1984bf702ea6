"""What an administrator can set, from the environment with the prefix KAST_. Every setting has a default that works."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

PREFIX = "KAST_"
ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting has a value that cannot be used; the text says which, in Dutch."""


class Settings(BaseModel):
    """The settings of one running site: what is given, else the environment, else the default."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

    database_url: str = Field(
        f"sqlite:///{ROOT / 'var' / 'kast.sqlite3'}",
        description="adres van de database: sqlite:///pad of postgresql://gebruiker@host/naam",
        pattern=r"^(sqlite|postgresql|postgres|postgresql\+psycopg)://",
    )
    content: Path = Field(ROOT / "interventions", description="map met de interventies")
    snapshot: Path = Field(
        ROOT / "var" / "inhoud.json",
        description="bestand waarin de nagekeken inhoud wordt onthouden, zodat een volgende start sneller gaat",
    )
    history: Path = Field(
        ROOT / "var" / "geschiedenis.json",
        description="bestand waarin wordt onthouden wat Git van de bladzijden weet, voor een site zonder Git",
    )
    host: str = Field("127.0.0.1", description="adres waarop de server luistert", min_length=1)
    port: int = Field(8000, ge=0, le=65535, description="poort waarop de server luistert, 0-65535; 0 kiest een vrije")
    workers: int = Field(
        1, ge=1, le=64, description="hoeveel processen samen de site zijn, 1-64; één per processorkern is genoeg"
    )
    base_url: str = Field(
        "http://localhost:8000",
        description="adres waarop bezoekers de site bereiken, zoals https://kast.gemeente.nl; met https gaat HSTS aan",
    )
    contact: str = Field(
        default_factory=lambda data: f"apothekerskast@{urlsplit(data.get('base_url', '')).hostname}",
        description="e-mailadres voor vragen, meldingen van lekken en de API; anders apothekerskast@ het eigen adres",
        pattern=r"^[^@\s<>]+@[^@\s<>]+$",
    )

    publisher: str = Field(
        "Platform IVZ", description="naam van wie de kast uitgeeft, voor de open data", min_length=1, max_length=200
    )
    publisher_uri: str = Field(
        "",
        description="adres (URI) van wie de kast uitgeeft, bijvoorbeeld uit de waardelijsten van TOOI; mag leeg blijven",
        pattern=r"^(https?://[^\s<>\"]+)?$",
    )
    oidc_issuer: str | None = Field(
        None,
        description="adres van de inlogdienst van de organisatie (OpenID Connect), zoals https://login.gemeente.nl",
        pattern=r"^https?://",
    )
    oidc_client_id: str = Field("apothekerskast", description="naam van deze site bij de inlogdienst", min_length=1)
    oidc_client_secret: str = Field("", description="geheim van deze site bij de inlogdienst")
    oidc_claim: str = Field(
        "roles", description="veld van de inlogdienst met de groepen van een gebruiker", min_length=1
    )
    oidc_roles: dict[str, str] = Field(
        {}, description='groep naar rol en organisatie, zoals {"kast-enschede": "coordinator GM0153"}'
    )

    @model_validator(mode="before")
    @classmethod
    def _with_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        set_to = {name.upper(): value for name, value in os.environ.items()}
        names = {name: PREFIX + name.upper() for name in cls.model_fields}
        return {name: set_to[key] for name, key in names.items() if key in set_to} | given

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _from_json(cls, value: object) -> object:
        return json.loads(value) if isinstance(value, str) else value

    @field_validator("oidc_roles")
    @classmethod
    def _are_roles(cls, value: dict[str, str]) -> dict[str, str]:
        if any(len(role.split()) != 2 for role in value.values()):
            raise ValueError("geen rol en organisatie")
        return value

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("geen adres")
        return value.rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def read(**given: Any) -> Settings:
    """The settings of this process; what is given goes before the environment. Raises SettingsError."""
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = [str(detail["loc"][0]) for detail in error.errors() if detail["type"] != "default_factory_not_called"]
        raise SettingsError("\n".join(map(_explain, wrong))) from None


def _explain(name: str) -> str:
    """Names the setting and what it is for; never its value, which may hold a password."""
    field = Settings.model_fields[name]
    return f"{PREFIX}{name.upper()}: deze waarde kan niet. Nodig: {field.description}."


def unknown(environment: Mapping[str, str]) -> Iterable[str]:
    """Names in the environment that look like a setting and are none: mostly a typing error."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    return sorted(name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known)
