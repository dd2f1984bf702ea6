"""Every file in `fouten/` gives exactly the messages of `fouten/verwacht.yaml`; what cannot be stored is made here."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb import Factor, KnowledgeBase, Problem, checks, content
from tests.conftest import SMALL_CUPBOARD

FOLDER = Path(__file__).parent / "fouten"
GOOD_PAGE = SMALL_CUPBOARD / "leerwerkplek.md"
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((FOLDER / "verwacht.yaml").read_text(encoding="utf-8"))
BROKEN = sorted(path for path in FOLDER.iterdir() if path.name != "verwacht.yaml")
SMALL = sorted(SMALL_CUPBOARD.glob("*.md"))

ENGLISH = re.compile(
    r"\b(input|should|valid|string|must|expected|required|error|found|could not|unexpected|line \d|column|None|Traceback)\b"
)


def problems_of(path: Path, factors: dict[str, Factor]) -> list[Problem]:
    """What the whole check says about one page that lies between the six good ones."""
    pages = [content.read(page) for page in (*SMALL, path)]
    return [problem for problem in checks.check(pages, factors) if problem.path == path]


def messages(path: Path) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in content.read(path).problems]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_a_broken_page_gives_exactly_these_messages(path: Path, kleine_kast: KnowledgeBase) -> None:
    said = [
        {"regel": problem.line, "veld": problem.field, "melding": problem.message}
        for problem in problems_of(path, kleine_kast.factors)
    ]
    assert said == EXPECTED[path.name]


def test_every_expectation_has_its_file() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in BROKEN)


def test_every_broken_page_is_refused() -> None:
    assert [name for name, expected in EXPECTED.items() if not expected] == []


@pytest.mark.parametrize(
    "message", sorted({entry["melding"] for expected in EXPECTED.values() for entry in expected}), ids=str
)
def test_a_message_is_a_plain_dutch_sentence(message: str) -> None:
    assert not ENGLISH.search(message)
    assert "\n" not in message
    assert len(message) <= 260
    assert message[-1] in ".?'\"}:" or message.endswith(": '")


def test_one_broken_page_never_hides_another(kleine_kast: KnowledgeBase) -> None:
    pages = [content.read(path) for path in (*SMALL, *BROKEN)]
    said = checks.check(pages, kleine_kast.factors)
    assert {problem.path for problem in said} == set(BROKEN)
    for path in BROKEN:
        alone = {problem.message for problem in content.read(path).problems}
        assert alone <= {problem.message for problem in said if problem.path == path}


def test_good_pages_between_broken_ones_stay_without_problems(kleine_kast: KnowledgeBase) -> None:
    pages = [content.read(path) for path in (*SMALL, *BROKEN)]
    assert not {problem.path for problem in checks.check(pages, kleine_kast.factors)} & set(SMALL)


JUNK = random.Random(7).randbytes(4000)
GOOD = GOOD_PAGE.read_bytes()
LINE_OF_GOAL, LINE_OF_APPROACH = (GOOD[: GOOD.index(words)].count(b"\n") + 1 for words in (b"## Doel\n", b"vier dagen"))
STORED_WRONG = {
    "five megabytes": (b"---\n" + b"x" * 5_000_000, (1, "te groot (5,0 MB; hoogstens 50 kB)")),
    "just too big": (GOOD + b"x" * 60_000, (1, "te groot (61 kB")),
    "utf-16": (GOOD.decode().encode("utf-16"), (1, "opgeslagen als UTF-16")),
    "utf-16 without mark": (GOOD.decode().encode("utf-16-le"), (1, "geen tekstbestand")),
    "latin-1": (
        GOOD.decode().replace("Leerwerkplek\n", "Café José\n", 1).encode("latin-1"),
        (2, "'Café', 'José' is niet goed"),
    ),
    "letters lost": (
        GOOD.decode().replace("Leerwerkplek\n", "Caf\ufffd Jos\ufffd\n", 1).encode(),
        (2, "In 'Caf\ufffd' ging een letter verloren. Typ dit woord opnieuw."),
    ),
    "saved twice": (
        GOOD.decode().replace("Leerwerkplek\n", "Café’s\n".encode().decode("cp1252"), 1).encode(),
        (2, "is een letter verkeerd opgeslagen. Typ dit opnieuw. Bedoelde u 'Café’s'?"),
    ),
    "a euro saved twice": (
        GOOD.decode().replace("Leerwerkplek\n", "Drie €\n".encode().decode("cp1252"), 1).encode(),
        (2, "is een letter verkeerd opgeslagen. Typ dit opnieuw. Bedoelde u '€'?"),
    ),
    "nul bytes": (GOOD.replace(b"werk", b"w\x00rk"), (1, "geen tekstbestand")),
    "binary junk": (JUNK, (1, "geen tekstbestand")),
    "png": (b"\x89PNG\r\n\x1a\n" + JUNK, (1, "geen tekstbestand")),
    "a bell": (GOOD.replace(b"Leerwerkplek\n", b"Leer\x07werkplek\n", 1), (2, "onzichtbaar teken, na 'titel: Leer'")),
    "a mark halfway": (GOOD.replace(b"## Doel\n", b"\xef\xbb\xbf## Doel\n"), (LINE_OF_GOAL, "onzichtbaar teken")),
    "a line separator": (
        GOOD.replace(b"vier dagen", "vier\u2028dagen".encode()),
        (LINE_OF_APPROACH, "onzichtbaar teken"),
    ),
    "a hidden turn of direction": (
        GOOD.replace(b"vier dagen", "vier \u202edagen".encode()),
        (LINE_OF_APPROACH, "onzichtbaar"),
    ),
}


@pytest.mark.parametrize(("raw", "expected"), STORED_WRONG.values(), ids=STORED_WRONG)
def test_a_file_that_is_stored_wrongly_is_refused(tmp_path: Path, raw: bytes, expected: tuple[int, str]) -> None:
    path = tmp_path / "leerwerkplek.md"
    path.write_bytes(raw)
    line, words = messages(path)[0]
    assert (line, expected[1] in words) == (expected[0], True), words


@pytest.mark.parametrize("word", ["«AMANHÃ»", "IRMÃ’s", "São", "Ångström", "Âge", "naïef", "€ 5", "‘zo’ – en …"])
def test_a_strange_word_is_not_taken_for_a_garbled_one(tmp_path: Path, word: str) -> None:
    path = tmp_path / "leerwerkplek.md"
    path.write_text(GOOD.decode().replace("Leerwerkplek\n", f'"Plek {word}"\n', 1), encoding="utf-8")
    assert messages(path) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"\n", b"\r"),
        GOOD.rstrip(b"\n"),
        GOOD + b"\n\n",
    ],
    ids=["byte order mark", "Windows line ends", "old Mac line ends", "no last line end", "blank lines at the end"],
)
def test_how_an_editor_saves_text_makes_no_difference(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "leerwerkplek.md"
    path.write_bytes(raw)
    assert content.read(path).intervention == content.read(GOOD_PAGE).intervention


def test_windows_line_ends_keep_the_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "buurtcoach.md"
    path.write_bytes((FOLDER / "alles-tegelijk.md").read_bytes().replace(b"\n", b"\r\n"))
    assert messages(path) == messages(FOLDER / "alles-tegelijk.md")


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    folder = tmp_path / "map.md"
    folder.mkdir()
    assert messages(folder) == [(1, "Dit is een map, geen bladzijde. Een bladzijde is een bestand dat eindigt op .md.")]


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert messages(tmp_path / "weg.md") == [(1, "Dit bestand bestaat niet. Kijk de naam na.")]


def test_a_page_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "geheim.md"
    path.write_bytes(GOOD)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [message.partition(".")[0] for _, message in messages(path)] == ["Dit bestand is niet te openen"]
