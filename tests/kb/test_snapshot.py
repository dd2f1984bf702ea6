"""What is remembered between two starts, and when it does not count."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from kb import snapshot

KEY = "abc"


class Cupboard(BaseModel):
    drawers: tuple[str, ...]


KEPT = Cupboard(drawers=("één", "twee"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    snapshot.keep(tmp_path / "map" / "inhoud.json", KEY, KEPT)
    return tmp_path / "map" / "inhoud.json"


def test_what_was_kept_is_recalled(place: Path) -> None:
    assert snapshot.recall(place, KEY, Cupboard) == KEPT


def test_nothing_is_recalled_where_nothing_was_kept(tmp_path: Path) -> None:
    assert snapshot.recall(tmp_path / "inhoud.json", KEY, Cupboard) is None


def test_what_was_made_from_something_else_does_not_count(place: Path) -> None:
    assert snapshot.recall(place, "abd", Cupboard) is None


@pytest.mark.parametrize("position", range(0, 90, 3))
def test_a_snapshot_with_one_other_byte_does_not_count(place: Path, position: int) -> None:
    raw = bytearray(place.read_bytes())
    raw[position % len(raw)] ^= 1
    place.write_bytes(raw)
    assert snapshot.recall(place, KEY, Cupboard) is None


@pytest.mark.parametrize("length", [0, 1, 10, 25, -1])
def test_half_a_snapshot_does_not_count(place: Path, length: int) -> None:
    place.write_bytes(place.read_bytes()[:length])
    assert snapshot.recall(place, KEY, Cupboard) is None


def test_a_snapshot_of_another_shape_does_not_count(place: Path) -> None:
    class Other(BaseModel):
        shelves: int

    assert snapshot.recall(place, KEY, Other) is None


def test_a_new_snapshot_takes_the_place_of_the_old_one(place: Path) -> None:
    snapshot.keep(place, "nieuw", Cupboard(drawers=()))
    assert (snapshot.recall(place, KEY, Cupboard), snapshot.recall(place, "nieuw", Cupboard)) == (
        None,
        Cupboard(drawers=()),
    )


def test_keeping_leaves_nothing_but_the_snapshot(place: Path) -> None:
    assert [path.name for path in place.parent.iterdir()] == ["inhoud.json"]


def test_a_disk_that_refuses_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "vol").write_text("een bestand, geen map")
    snapshot.keep(tmp_path / "vol" / "inhoud.json", KEY, KEPT)
    assert snapshot.recall(tmp_path / "vol" / "inhoud.json", KEY, Cupboard) is None


def files(folder: Path, contents: dict[str, bytes]) -> list[Path]:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def test_the_same_files_have_the_same_fingerprint(tmp_path: Path) -> None:
    paths = files(tmp_path, {"a": b"1", "b": b"2"})
    assert snapshot.fingerprint(paths) == snapshot.fingerprint(paths)


@pytest.mark.parametrize(
    "other",
    [
        {"a": b"1", "b": b"3"},
        {"a": b"1", "c": b"2"},
        {"a": b"1"},
        {"a": b"2", "b": b"1"},
        {"a": b"12", "b": b""},
        {"b": b"2", "a": b"1"},
        {},
    ],
)
def test_any_other_byte_name_or_order_has_another_fingerprint(tmp_path: Path, other: dict[str, bytes]) -> None:
    before = snapshot.fingerprint(files(tmp_path, {"a": b"1", "b": b"2"}))
    assert snapshot.fingerprint(files(tmp_path, other)) != before
