"""A folder that an export fills: whole files, only what changed, and never a folder of somebody else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from web.folder import MANIFEST, FolderError, opened

KIND = "proef"


def fill(path: Path, **files: str) -> int:
    """Export these files (__ stands for /); gives how many were really written."""
    with opened(path, KIND) as out:
        for name, text in files.items():
            out.write(name.replace("__", "/"), text.encode())
        return out.written


def cut_short(path: Path, name: str, text: str) -> None:
    """An export that is stopped after its first file."""
    with opened(path, KIND) as out:
        out.write(name, text.encode())
        raise KeyboardInterrupt


def ours(path: Path) -> dict[str, str]:
    return {
        found.relative_to(path).as_posix(): found.read_text()
        for found in sorted(path.rglob("*"))
        if found.is_file() and found.name != MANIFEST
    }


def test_files_are_written_with_the_folders_they_need(tmp_path: Path) -> None:
    fill(tmp_path / "nieuw" / "map", a="1", b__c="2")
    assert ours(tmp_path / "nieuw" / "map") == {"a": "1", "b/c": "2"}


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    fill(tmp_path, a="1", b="2")
    before = (tmp_path / "a").stat().st_mtime_ns
    assert fill(tmp_path, a="1", b="3") == 1
    assert (tmp_path / "a").stat().st_mtime_ns == before
    assert ours(tmp_path) == {"a": "1", "b": "3"}


def test_a_file_that_somebody_changed_is_put_right(tmp_path: Path) -> None:
    fill(tmp_path, a="1")
    (tmp_path / "a").write_text("anders")
    fill(tmp_path, a="1")
    assert ours(tmp_path) == {"a": "1"}


def test_a_file_that_was_thrown_away_comes_back(tmp_path: Path) -> None:
    fill(tmp_path, a="1")
    (tmp_path / "a").unlink()
    fill(tmp_path, a="1")
    assert ours(tmp_path) == {"a": "1"}


def test_a_copy_with_other_times_is_not_written_again(tmp_path: Path) -> None:
    fill(tmp_path, a="1")
    os.utime(tmp_path / "a", (1, 1))
    assert fill(tmp_path, a="1") == 0


def test_what_is_no_longer_made_is_taken_away(tmp_path: Path) -> None:
    fill(tmp_path, a="1", b__c="2")
    fill(tmp_path, a="1")
    assert ours(tmp_path) == {"a": "1"}
    assert not (tmp_path / "b").exists()


def test_files_of_somebody_else_stay(tmp_path: Path) -> None:
    fill(tmp_path, a="1", b="2")
    (tmp_path / "CNAME").write_text("kast.example.nl")
    fill(tmp_path, a="1")
    assert ours(tmp_path) == {"a": "1", "CNAME": "kast.example.nl"}


def test_a_run_cut_short_leaves_whole_files_and_can_be_run_again(tmp_path: Path) -> None:
    fill(tmp_path, a="1", b="2")
    with pytest.raises(KeyboardInterrupt):
        cut_short(tmp_path, "a", "nieuw")
    assert ours(tmp_path) == {"a": "nieuw", "b": "2"}
    fill(tmp_path, a="nieuw", b="3")
    assert ours(tmp_path) == {"a": "nieuw", "b": "3"}


def test_a_first_run_cut_short_can_be_run_again(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        cut_short(tmp_path / "m", "a", "1")
    fill(tmp_path / "m", a="1")
    assert ours(tmp_path / "m") == {"a": "1"}


def test_a_folder_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "belangrijk.txt").write_text("niet weggooien")
    with pytest.raises(FolderError, match="niet leeg"):
        fill(tmp_path, a="1")
    assert ours(tmp_path) == {"belangrijk.txt": "niet weggooien"}


def test_an_export_of_another_kind_is_refused(tmp_path: Path) -> None:
    fill(tmp_path, a="1")
    with pytest.raises(FolderError, match="andere soort"), opened(tmp_path, "anders"):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(FolderError, match="geen map"):
        fill(tmp_path / "bestand", a="1")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(FolderError, match="niet worden geschreven"):
        fill(tmp_path / "bestand" / "m", a="1")


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"formaat": 99}', '{"formaat": 1, "bestanden": 3}'])
def test_a_spoilt_manifest_means_that_everything_is_made_anew(tmp_path: Path, manifest: str) -> None:
    fill(tmp_path, a="1")
    (tmp_path / MANIFEST).write_text(manifest)
    fill(tmp_path, a="2")
    assert ours(tmp_path) == {"a": "2"}


@pytest.mark.parametrize("name", ["../buiten", "a/../../buiten"])
def test_a_manifest_cannot_make_us_take_away_files_elsewhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "buiten").write_text("van een ander")
    folder = tmp_path / "m"
    fill(folder, a="1")
    content = json.loads((folder / MANIFEST).read_text())
    content["bestanden"][name] = ["x", 1, 1]
    (folder / MANIFEST).write_text(json.dumps(content))
    fill(folder, a="1")
    assert (tmp_path / "buiten").exists()
