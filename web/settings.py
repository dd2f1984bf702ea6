"""What an administrator can set, from the environment with the prefix KAST_. Every setting has a default that works."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The settings of one running site."""

    model_config = SettingsConfigDict(env_prefix="KAST_", frozen=True, extra="ignore")

    database_url: str = Field(
        f"sqlite:///{ROOT / 'var' / 'kast.sqlite3'}",
        description="adres van de database: sqlite:///pad of postgresql://gebruiker@host/naam",
    )
    content: Path = Field(ROOT / "interventions", description="map met de interventies")
    host: str = Field("127.0.0.1", description="adres waarop de server luistert")
    port: int = Field(8000, ge=0, le=65535, description="poort waarop de server luistert")
    base_url: str = Field(
        "http://localhost:8000",
        description="adres waarop bezoekers de site bereiken; met https gaat HSTS aan",
    )
    contact: str = Field(
        "mailto:apothekerskast@example.org",
        description="waar iemand een beveiligingslek meldt (security.txt): mailto: of https:",
    )

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
            raise ValueError("dit is geen adres zoals https://kast.gemeente.nl")
        return value.rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")
