"""What a real Git repository says about the pages, and the silence when it cannot be known for certain."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from kb import git, history
from tests.kb.pages import GOOD_TEXT, changed, write

GOAL = "Jongeren vinden en houden werk."


class Repository:
    """A repository with a folder of pages; each commit is a day later than the one before."""

    def __init__(self, root: Path) -> None:
        self.root, self.pages, self.day = root, root / "inhoud", 0
        self.pages.mkdir(parents=True)
        self.git("init", "--quiet", "-b", "main")

    def git(self, *arguments: str) -> str:
        when = f"2026-01-{self.day + 1:02}T12:00:00+01:00"
        who = {"GIT_AUTHOR_NAME": "R", "GIT_AUTHOR_EMAIL": "r@example.org", "GIT_COMMITTER_NAME": "R"}
        environment = {
            **who,
            "GIT_COMMITTER_EMAIL": "r@example.org",
            "GIT_COMMITTER_DATE": when,
            "GIT_AUTHOR_DATE": when,
        }
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment | {"PATH": "/usr/bin:/bin", "HOME": str(self.root)},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "wijziging")
        self.day += 1

    def write(self, text: str, name: str = "werk.md") -> None:
        write(self.pages, text, name)
        self.commit()

    def told(self, page: str = "werk") -> history.PageHistory | None:
        found = history.read_git(self.pages)
        return found.pages.get(page) if found else None

    def what(self, page: str = "werk") -> list[tuple[str, ...]]:
        found = self.told(page)
        return [change.what for change in found.changes] if found else []


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "depot")


def day(number: int) -> datetime:
    return datetime.fromisoformat(f"2026-01-{number:02}T12:00:00+01:00")


def test_a_page_knows_when_it_was_added_and_last_changed(repository: Repository) -> None:
    repository.write(GOOD_TEXT)
    repository.write(GOOD_TEXT, "ander.md")
    repository.write(changed((GOAL, "Anders.")))
    told = repository.told()
    assert told
    assert (told.added, told.last) == (day(1), day(3))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ((GOAL, "Anders."), ("tekst bij 'Doel'",)),
        (("goed-onderbouwd", "goede-aanwijzingen"), ("bewijs",)),
        (("jaar: 2024", "jaar: 2025"), ("bronnen",)),
        (("basis: afgeleid}\nbronnen", "basis: expliciet}\nbronnen"), ("factoren",)),
        (("van: 16", "van: 15"), ("doelgroep",)),
        (("regio: [Twente]", "regio: [Borne]"), ("praktische gegevens",)),
        (("zwaarte: midden", "zwaarte: zwaar"), ("indeling",)),
        (("2026-11-21", "2027-01-02"), ()),
        (("status: gepubliceerd", "status: ingetrokken\ningetrokken: {op: 2026-01-02, reden: Weg.}"), ("ingetrokken",)),
    ],
)
def test_what_changed_is_told_in_words_of_readers(
    repository: Repository, change: tuple[str, str], what: tuple[str, ...]
) -> None:
    repository.write(GOOD_TEXT)
    repository.write(changed(change))
    assert repository.what() == [what]


def test_several_changes_at_once_are_told_in_the_order_of_the_page(repository: Repository) -> None:
    repository.write(GOOD_TEXT)
    repository.write(changed((GOAL, "Anders."), ("jaar: 2024", "jaar: 2025"), ("titel: Leerwerkplek", "titel: Werk")))
    assert repository.what() == [("titel", "bronnen", "tekst bij 'Doel'")]


def test_another_lay_out_is_no_change(repository: Repository) -> None:
    repository.write(GOOD_TEXT)
    repository.write(GOOD_TEXT.replace(GOAL, "Jongeren vinden\nen houden  werk.").replace("[Twente]", "\n  - Twente"))
    assert repository.what() == []


def test_a_concept_is_added_on_the_day_that_it_is_published(repository: Repository) -> None:
    concept = changed(("status: gepubliceerd", "status: concept"))
    repository.write(concept)
    repository.write(concept.replace(GOAL, "Anders."))
    assert repository.told() is None
    repository.write(changed((GOAL, "Anders.")))
    told = repository.told()
    assert told
    assert (told.added, told.changes) == (day(3), ())


def test_a_page_keeps_its_history_under_a_new_name(repository: Repository) -> None:
    repository.write(GOOD_TEXT, "oud.md")
    repository.git("mv", "inhoud/oud.md", "inhoud/werk.md")
    repository.commit()
    repository.write(changed((GOAL, "Anders.")))
    told = repository.told()
    assert told
    assert (told.added, repository.what()) == (day(1), [("tekst bij 'Doel'",)])


def test_a_page_that_was_gone_and_came_back_begins_anew(repository: Repository) -> None:
    repository.write(GOOD_TEXT)
    (repository.pages / "werk.md").unlink()
    repository.commit()
    repository.write("---\nhelemaal: anders\n---\n")
    told = repository.told()
    assert told
    assert told.added == day(3)


def test_a_page_that_was_broken_for_a_while_still_has_its_history(repository: Repository) -> None:
    repository.write(GOOD_TEXT)
    repository.write("kapot")
    repository.write(GOOD_TEXT)
    told = repository.told()
    assert told
    assert (told.added, len(told.changes)) == (day(1), 2)


def test_what_came_by_a_merge_counts_from_the_merge(repository: Repository) -> None:
    repository.write(GOOD_TEXT)
    repository.git("checkout", "--quiet", "-b", "voorstel")
    repository.write(changed((GOAL, "Anders.")))
    repository.git("checkout", "--quiet", "main")
    repository.write("los", "README.md")
    repository.git("merge", "--quiet", "--no-ff", "-m", "samen", "voorstel")
    told = repository.told()
    assert told
    assert (told.last, len(told.changes)) == (day(4), 1)


def test_a_shallow_copy_says_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.write(GOOD_TEXT)
    repository.write(changed((GOAL, "Anders.")))
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "kopie"))
    assert history.read_git(tmp_path / "kopie" / "inhoud") is None


def test_a_folder_without_git_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, GOOD_TEXT)
    assert history.read_git(tmp_path) is None
    assert history.load(tmp_path, tmp_path / "weg.json").pages == {}


def test_a_machine_without_git_says_nothing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write(GOOD_TEXT)
    monkeypatch.setenv("PATH", "")
    assert history.read_git(repository.pages) is None


def test_without_git_the_remembered_history_counts(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write(GOOD_TEXT)
    place = tmp_path / "geschiedenis.json"
    known = history.load(repository.pages, place)
    assert set(known.pages) == {"werk"}
    monkeypatch.setenv("PATH", "")
    assert history.load(repository.pages, place) == known


def test_a_page_that_is_not_as_it_was_committed_has_no_history(repository: Repository, tmp_path: Path) -> None:
    repository.write(GOOD_TEXT)
    write(repository.pages, changed((GOAL, "Nog niet vastgelegd.")), "werk.md")
    assert history.load(repository.pages, tmp_path / "geschiedenis.json").pages == {}


def test_a_new_commit_is_seen(repository: Repository, tmp_path: Path) -> None:
    repository.write(GOOD_TEXT)
    place = tmp_path / "geschiedenis.json"
    history.load(repository.pages, place)
    repository.write(changed((GOAL, "Anders.")))
    assert history.load(repository.pages, place, ask_git=False).pages == {}
    assert len(history.load(repository.pages, place).pages["werk"].changes) == 1


@pytest.mark.parametrize("damaged", [b"", b"{}", b"\xff\xfe", b"x\n{}"])
def test_a_damaged_memory_is_read_anew(repository: Repository, tmp_path: Path, damaged: bytes) -> None:
    repository.write(GOOD_TEXT)
    place = tmp_path / "geschiedenis.json"
    place.write_bytes(damaged)
    assert set(history.load(repository.pages, place).pages) == {"werk"}


def test_an_empty_repository_has_no_pages(repository: Repository, tmp_path: Path) -> None:
    assert history.load(repository.pages, tmp_path / "geschiedenis.json").pages == {}


def test_other_words_for_a_change_are_another_form_of_memory() -> None:
    """When this fails: raise history.FORM, so that nobody reads the old words, and put the new pair here."""
    words = hashlib.sha256(repr(sorted(git._CALLED.items())).encode()).hexdigest()
    assert (history.FORM, words[:12]) == ("1", "79ea2fd7ba1a")
