"""The pipelines for content proposals: they can be read, call what exists, and the script they share says the right thing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / ".ci" / "check-content"
PIPELINES = [".github/workflows/inhoud.yml", ".gitlab-ci.yml", ".forgejo/workflows/inhoud.yml"]


def commands(value: Any) -> list[str]:
    """Everything a pipeline runs."""
    if isinstance(value, dict):
        own = [value[key] for key in ("run",) if key in value] + list(value.get("script", []))
        return own + [found for part in value.values() for found in commands(part)]
    return [found for part in value for found in commands(part)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_runs_the_script_that_exists_in_a_format_that_exists(name: str) -> None:
    from web.commands.editing import PRINTERS

    (run,) = commands(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))
    form = next(line for line in run.splitlines() if ".ci/check-content" in line).split('" ')[1].split()[0]
    assert form in PRINTERS
    assert os.access(SCRIPT, os.X_OK)


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of its own with one proposal: a page with an error, a page with a reason for advice."""
    repository = tmp_path_factory.mktemp("voorstel")
    for part in ("kb", "assessment", "matcher", "web", "interventions", ".ci"):
        shutil.copytree(ROOT / part, repository / part, ignore=shutil.ignore_patterns("__pycache__"))
    git(repository, "init", "--quiet")
    commit(repository, "begin")
    replace(repository / "interventions" / "halt-straf.md", "zwaarte: licht", "zwaarte: lciht")
    replace(repository / "interventions" / "hack-right.md", "## Doel\n", "## Doel\n\nTeneinde te leren.\n")
    commit(repository, "voorstel")
    return repository


def git(repository: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Redacteur", "-c", "user.email=redacteur@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=repository, check=True, capture_output=True)


def commit(repository: Path, words: str) -> None:
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", words)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def looked_over(repository: Path, form: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"KAST": f"{sys.executable} -m web.cli", "PYTHONPATH": str(repository)}
    command = [str(repository / ".ci" / "check-content"), "HEAD~1", form]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True, env=environment, timeout=300)


def line_of(repository: Path, page: str, words: str) -> int:
    lines = (repository / "interventions" / page).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_github_gets_errors_and_advice_on_the_right_line(proposal: Path) -> None:
    done = looked_over(proposal, "github")
    error, advice = line_of(proposal, "halt-straf.md", "lciht"), line_of(proposal, "hack-right.md", "Teneinde")
    assert done.returncode == 1, done.stderr
    assert f"::error file=interventions/halt-straf.md,line={error},title=zwaarte::" in done.stdout
    assert f"::warning file=interventions/hack-right.md,line={advice},title=Doel::" in done.stdout


def test_other_pages_get_no_advice(proposal: Path) -> None:
    said = looked_over(proposal, "json").stdout
    assert {entry["bestand"] for entry in json.loads(said) if entry["gewicht"] == "advies"} == {
        "interventions/hack-right.md"
    }


def test_forgejo_gets_a_review_with_a_remark_on_each_line(proposal: Path) -> None:
    review = json.loads(looked_over(proposal, "forgejo").stdout)
    where = {(remark["path"], remark["new_position"]) for remark in review["comments"]}
    assert ("interventions/halt-straf.md", line_of(proposal, "halt-straf.md", "lciht")) in where
    assert review["event"] == "COMMENT"
    assert review["body"].startswith("De controle: 1 fout gevonden")
