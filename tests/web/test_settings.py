"""Settings: from the environment, with defaults that work and complaints that help."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from web import settings
from web.settings import Settings, SettingsError

PLUGINS = "PYDANTIC_DISABLE_PLUGINS"
GUIDE = (Path(__file__).parents[2] / "docs" / "beheer.md").read_text(encoding="utf-8")


def test_every_setting_has_a_default_that_works() -> None:
    assert Settings()


def test_every_setting_says_in_dutch_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_guide_for_administrators_names_every_setting_and_no_other() -> None:
    rows = [f"| `KAST_{name.upper()}` | {field.description} |" for name, field in Settings.model_fields.items()]
    assert [line for line in GUIDE.splitlines() if line.startswith("| `KAST_")] == rows
    assert not [*settings.unknown(dict.fromkeys(re.findall(r"KAST_[A-Z_]+", GUIDE), ""))]


def test_the_environment_sets_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAST_PORT", "8123")
    assert Settings().port == 8123


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAST_PORT", "8123")
    assert settings.read(port=9000).port == 9000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAST_PORT", "tachtig"),
        ("KAST_PORT", "70000"),
        ("KAST_HOST", ""),
        ("KAST_BASE_URL", "kast.example.nl"),
        ("KAST_BASE_URL", "https://kast.example.nl/pad"),
        ("KAST_DATABASE_URL", "mysql://localhost/kast"),
        ("KAST_CONTACT", "geen adres"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name}: deze waarde kan niet\. Nodig: .+\.$"):
        settings.read()


def test_a_wrong_value_is_not_repeated_because_it_may_hold_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAST_DATABASE_URL", "mysql://kast:geheim@localhost/kast")
    with pytest.raises(SettingsError) as raised:
        settings.read()
    assert "geheim" not in str(raised.value)


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAST_PORT", "x")
    monkeypatch.setenv("KAST_CONTACT", "x")
    with pytest.raises(SettingsError, match=r"(?s)KAST_PORT.*KAST_CONTACT"):
        settings.read()


def test_the_contact_is_by_default_a_mailbox_at_our_own_address() -> None:
    assert Settings(base_url="https://kast.example.nl").contact == "apothekerskast@kast.example.nl"


def test_the_base_address_has_no_slash_at_the_end() -> None:
    assert Settings(base_url="https://kast.example.nl/").base_url == "https://kast.example.nl"


def test_a_mistyped_setting_is_found() -> None:
    assert list(settings.unknown({"KAST_DATABSE_URL": "x", "KAST_PORT": "1", "HOME": "x"})) == ["KAST_DATABSE_URL"]


@pytest.mark.parametrize(("chosen", "told"), [({}, ""), ({PLUGINS: ""}, "plugin")])
def test_no_plugin_that_happens_to_be_installed_has_a_say(tmp_path: Path, chosen: dict[str, str], told: str) -> None:
    """The second case shows that it would have been heard."""
    installed = tmp_path / "stoorder-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: stoorder\nVersion: 1\n")
    (installed / "entry_points.txt").write_text("[pydantic]\nstoorder = stoorder:plugin\n")
    (tmp_path / "stoorder.py").write_text("print('plugin')\nplugin = None\n")
    inherited = {name: value for name, value in os.environ.items() if name != PLUGINS}
    paths = {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(settings.ROOT)))}
    command = [sys.executable, "-c", "from web.commands import settings; settings()"]
    done = subprocess.run(command, env=inherited | paths | chosen, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == told
