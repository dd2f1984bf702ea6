"""publiccode.yml says what the project is: the rules of publiccode.yml 0.7 that a machine can test."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PUBLICCODE: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

MANDATORY = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
LANGUAGES = sorted(PUBLICCODE["description"])


def test_every_mandatory_key_is_there() -> None:
    assert PUBLICCODE.keys() >= MANDATORY


def test_there_is_no_country_section_any_more() -> None:
    assert not PUBLICCODE.keys() & {"nl", "it", "de"}


def test_the_development_status_is_a_known_one() -> None:
    assert PUBLICCODE["developmentStatus"] in STATUSES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_description_is_short(language: str) -> None:
    assert 0 < len(PUBLICCODE["description"][language]["shortDescription"]) <= 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_long_description_is_long_enough(language: str) -> None:
    assert 150 <= len(PUBLICCODE["description"][language]["longDescription"]) <= 10_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_at_least_one_feature(language: str) -> None:
    assert PUBLICCODE["description"][language]["features"]


def test_it_is_described_in_dutch_and_english() -> None:
    assert LANGUAGES == ["en", "nl"]


def test_the_licence_is_that_of_the_project() -> None:
    assert PUBLICCODE["legal"]["license"] == PROJECT["license"] == "EUPL-1.2"


def test_the_licence_text_is_there() -> None:
    assert (ROOT / "LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_the_content_has_its_own_licence() -> None:
    assert "Attribution 4.0 International" in (ROOT / "LICENSES" / "CC-BY-4.0.txt").read_text()[:100]


def test_the_version_is_that_of_the_project() -> None:
    assert PUBLICCODE["softwareVersion"] == PROJECT["version"]


def test_the_changelog_names_the_version() -> None:
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_release_date_is_a_date() -> None:
    assert date.fromisoformat(PUBLICCODE["releaseDate"])


def test_an_internally_maintained_project_names_contacts() -> None:
    assert PUBLICCODE["maintenance"]["contacts"]
