"""Template and guide are made from the model and are current."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kb import CONTENT_FOLDER, ConcernKind, EvidenceLevel, content, template
from kb.model import FrontMatter, Indication
from tests.kb.pages import write

BROKEN = Path(__file__).parent.parent / "content" / "fouten"
ALIASES = [str(field.alias) for field in FrontMatter.model_fields.values()]


def test_the_template_is_current() -> None:
    assert template.TEMPLATE.read_text(encoding="utf-8") == template.template(), "draai: python -m kb.template"


def test_the_guide_is_current() -> None:
    guide = template.GUIDE.read_text(encoding="utf-8")
    assert guide == template.with_table(guide), "draai: python -m kb.template"


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    guide = write(tmp_path, template.GUIDE.read_text(encoding="utf-8"), "README.md")
    template.write(tmp_path / "_sjabloon.md", guide)
    assert guide.read_text(encoding="utf-8") == template.GUIDE.read_text(encoding="utf-8")


def test_the_template_is_a_valid_page() -> None:
    assert content.read(template.TEMPLATE).problems == ()


def test_a_copy_of_the_template_is_a_valid_page_that_nobody_sees_yet(tmp_path: Path) -> None:
    read = content.read(write(tmp_path, template.template()))
    assert read.intervention
    assert read.intervention.status == "concept"


def test_every_field_that_is_switched_off_has_a_valid_example(tmp_path: Path) -> None:
    everything = re.sub(r"^( *)#(?=[a-z])", r"\1", template.template(), flags=re.MULTILINE)
    read = content.read(write(tmp_path, everything))
    assert [problem.field for problem in read.problems] == ["ingetrokken"]
    assert all(name in (read.lines.value or {}) for name in ALIASES)


@pytest.mark.parametrize("name", ALIASES)
def test_every_field_is_explained_in_the_template(name: str) -> None:
    assert f"\n# {name}: " in template.template()


@pytest.mark.parametrize("code", [*EvidenceLevel, *ConcernKind], ids=str)
def test_the_guide_explains_every_level_of_evidence_and_every_concern(code: str) -> None:
    assert f"\n| `{code}` |" in template.GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [str(field.alias) for field in Indication.model_fields.values()])
def test_the_guide_explains_every_part_of_the_indication(name: str) -> None:
    assert f"\n- `{name}`:" in template.GUIDE.read_text(encoding="utf-8")


# The JSON Schema


SCHEMA = Draft202012Validator(template.json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def fields_of(path: Path) -> dict[str, Any]:
    found = content.read(path).lines.value
    return {key: str(value) if isinstance(value, date) else value for key, value in found.items()}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(template.json_schema())


@pytest.mark.parametrize("path", sorted(CONTENT_FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_what_passes_the_check_fits_the_schema(path: Path) -> None:
    if path.name != "README.md":
        assert [error.message for error in SCHEMA.iter_errors(fields_of(path))] == []


@pytest.mark.parametrize(
    "name",
    ["onbekende-waarde", "onbekend-veld", "veld-ontbreekt", "ernst-te-laag", "getal-met-komma", "datum-andersom"],
)
def test_what_fails_the_check_does_not_fit_the_schema(name: str) -> None:
    assert list(SCHEMA.iter_errors(fields_of(BROKEN / f"{name}.md")))


def test_the_schema_speaks_dutch_and_names_every_option() -> None:
    written = json.dumps(template.json_schema(), ensure_ascii=False)
    assert '"title": "Eerste aanwijzingen"' in written
    assert not re.search(r"both ends included|How sure|Severities", written)
