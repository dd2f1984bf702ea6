"""The command line as someone types it: started for real where starting matters, called directly where only words matter."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

import kb
from web import cli
from web.commands import editing

ROOT = kb.CONTENT_FOLDER.parent
KAST = Path(sys.executable).with_name("kast")
CASES = ROOT / "tests" / "cases" / "profielen.yaml"
BROKEN = ROOT / "tests" / "content" / "fouten"

Output = pytest.CaptureFixture[str]


def kast(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if name == "KAST_SNAPSHOT" or name[:5] != "KAST_"}
    given |= environment
    return subprocess.run([KAST, *arguments], capture_output=True, text=True, env=given, cwd=ROOT, timeout=300)


def typed(*arguments: str) -> int:
    """Exit code of a command, also when argparse ends it."""
    try:
        return cli.main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)


# Help and mistakes in typing


@pytest.mark.parametrize("heavy", ["fastapi", "pydantic", "sqlalchemy", "kb", "matcher", "yaml"])
def test_help_imports_nothing_heavy(heavy: str) -> None:
    code = f"import sys, web.cli; sys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("command", [(), ("serve",), ("check",), ("search",), ("match",)])
def test_help_is_in_dutch(command: tuple[str, ...], capsys: Output) -> None:
    assert typed(*command, "--help") == 0
    said = capsys.readouterr().out
    assert not re.search(r"\b(usage|options|positional|show this|optional arguments)\b", said)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([], "hier ontbreekt: OPDRACHT"),
        (["serv"], "'serv' bestaat niet; kies uit"),
        (["serve", "--poort", "1"], "dit kennen we niet: --poort"),
        (["serve", "--port", "tachtig"], "--port: geef een poort van 0 tot en met 65535"),
        (["serve", "--port", "65536"], "--port: geef een poort van 0 tot en met 65535"),
        (["serve", "--host"], "--host: hierachter hoort één waarde"),
        (["check", "--format", "xml"], "--format: 'xml' bestaat niet; kies uit"),
        (["search"], "geef VRAAG of --file"),
        (["search", "a", "--file", "b"], "kan niet samen met"),
        (["search", "a", "--top", "0"], "--top: geef een heel getal vanaf 1"),
        (["match"], "hier ontbreekt: GEVALLEN.yaml"),
    ],
)
def test_a_mistake_in_typing_is_explained_in_dutch(command: list[str], said: str, capsys: Output) -> None:
    assert typed(*command) == 2
    assert said in capsys.readouterr().err


def test_a_reader_that_stops_early_causes_no_traceback() -> None:
    process = subprocess.Popen(
        [KAST, "match", CASES, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    with process.stderr as said:
        assert b"Error" not in said.read()
    process.wait()


# kast check


@pytest.fixture
def misspelt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good page with one bad word in it, in the folder where we stand."""
    monkeypatch.chdir(tmp_path)
    page = (kb.CONTENT_FOLDER / "multisysteem-therapie.md").read_text()
    (tmp_path / "mst-nieuw.md").write_text(page.replace("zwaarte: zwaar", "zwaarte: zwar", 1))
    return Path("mst-nieuw.md")


def test_good_content_is_told_to_be_good(capsys: Output) -> None:
    assert typed("check", str(kb.CONTENT_FOLDER / "halt-straf.md")) == 0
    assert capsys.readouterr().out == "Geen fouten gevonden.\n"


def test_advice_is_told_and_stops_nothing(capsys: Output) -> None:
    assert typed("check") == 0
    assert re.search(r"Geen fouten gevonden\. Wel \d+ adviezen: daarmee kan", capsys.readouterr().out)


def test_a_problem_is_told_with_file_line_field_and_sentence(misspelt: Path, capsys: Output) -> None:
    typed("check", str(misspelt))
    assert re.search(r"^mst-nieuw\.md:\d+  zwaarte   '?zwar'? .+\.?", capsys.readouterr().out, re.M)


def test_errors_are_told_after_advice_and_what_comes_next_is_said(misspelt: Path, capsys: Output) -> None:
    typed("check", str(kb.CONTENT_FOLDER), str(misspelt))
    *told, last = capsys.readouterr().out.splitlines()
    is_advice = ["(advies)" in line for line in told]
    assert (is_advice[0], is_advice[-1], is_advice) == (True, False, sorted(is_advice, reverse=True))
    assert re.fullmatch(r"\d+ fout(en)? gevonden, en \d+ adviezen\. Advies over een bladzijde volgt .+\.", last)


def test_a_problem_makes_the_exit_code_one(misspelt: Path) -> None:
    assert typed("check", str(misspelt)) == 1


def test_a_problem_is_told_as_github_wants_it(misspelt: Path, capsys: Output) -> None:
    typed("check", str(misspelt), "--format", "github")
    assert re.search(r"^::error file=mst-nieuw\.md,line=\d+,title=zwaarte::.+", capsys.readouterr().out, re.M)


@pytest.mark.parametrize(
    ("text", "escaped"), [("100%", "100%25"), ("a\nb\rc", "a%0Ab%0Dc"), ("%0A", "%250A"), ("a:b,c", "a:b,c")]
)
def test_a_sentence_cannot_break_out_of_its_line_on_github(text: str, escaped: str) -> None:
    assert editing._data(text) == escaped


def test_a_field_cannot_break_out_of_its_place_on_github() -> None:
    assert editing._property("a:b,c%\n") == "a%3Ab%2Cc%25%0A"


def test_problems_are_also_json(misspelt: Path, capsys: Output) -> None:
    typed("check", str(misspelt), "--format", "json")
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert {"bestand", "regel", "veld", "melding", "gewicht"} == set(found[0])
    assert "zwaarte" in {problem["veld"] for problem in found}


def test_no_problems_is_an_empty_list_in_json(capsys: Output) -> None:
    typed("check", str(kb.CONTENT_FOLDER / "halt-straf.md"), "--format", "json")
    assert json.loads(capsys.readouterr().out) == []


def test_a_path_that_does_not_exist_is_named(capsys: Output) -> None:
    assert typed("check", "bestaat-niet.md") == 2
    assert capsys.readouterr().err == "bestaat-niet.md bestaat niet.\n"


# kast search


def test_a_search_gives_id_and_score_as_json(capsys: Output) -> None:
    assert typed("search", "ruzie thuis", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["vraag"] == "ruzie thuis"
    assert [set(hit) for hit in found["resultaten"]] == [{"id", "score"}] * len(found["resultaten"])


def test_top_limits_the_number_of_results(capsys: Output) -> None:
    typed("search", "school", "--json", "--top", "3")
    assert len(json.loads(capsys.readouterr().out)["resultaten"]) == 3


def test_nonsense_gives_an_empty_list(capsys: Output) -> None:
    assert typed("search", "xqzjwv", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"vraag": "xqzjwv", "resultaten": []}


def test_a_file_of_questions_gives_one_object_per_line(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "vragen.txt").write_text("ruzie thuis\n\nmessen\n")
    typed("search", "--file", str(tmp_path / "vragen.txt"), "--json")
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["vraag"] for line in lines] == ["ruzie thuis", "messen"]


def test_a_person_reads_the_titles(capsys: Output) -> None:
    typed("search", "multisysteem therapie", "--top", "1")
    assert "(multisysteem-therapie)" in capsys.readouterr().out


def test_a_person_is_told_when_nothing_was_found(capsys: Output) -> None:
    typed("search", "xqzjwv")
    assert "Niets gevonden." in capsys.readouterr().out


# kast match


def test_every_case_gets_its_advice_as_json(capsys: Output) -> None:
    assert typed("match", str(CASES), "--json") == 0
    assert [advice["id"] for advice in json.loads(capsys.readouterr().out)] == [f"P{n}" for n in range(1, 9)]


def test_an_advice_has_the_keys_of_the_contract_in_their_order(capsys: Output) -> None:
    typed("match", str(CASES), "--json")
    keys = ["id", "uitkomst", "prioriteiten", "vlaggen", "aanbevolen", "uitgesloten", "recept"]
    assert all(list(advice)[:7] == keys for advice in json.loads(capsys.readouterr().out))


def test_top_limits_the_recommendations(capsys: Output) -> None:
    typed("match", str(CASES), "--json", "--top", "2")
    assert max(len(advice["aanbevolen"]) for advice in json.loads(capsys.readouterr().out)) == 2


def test_unknown_fields_are_named_and_ignored(tmp_path: Path, capsys: Output) -> None:
    case = "- {id: A, context: {ernst: 3, kleur: rood}, scores: {agressie: {s: 80, z: 0.7}}, smaak: zout}\n"
    (tmp_path / "g.yaml").write_text(case)
    assert typed("match", str(tmp_path / "g.yaml"), "--json") == 0
    assert capsys.readouterr().err == "A: deze velden tellen niet mee: smaak, kleur\n"


def test_a_yes_or_no_in_an_unknown_field_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text("- {id: A, scores: {agressie: {s: 80}}, volledig: true}\n")
    assert typed("match", str(tmp_path / "g.yaml"), "--json") == 0


def test_a_case_without_id_is_called_by_its_place(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "g.yaml").write_text("- {scores: {agressie: {s: 80}}}\n")
    typed("match", str(tmp_path / "g.yaml"), "--json")
    assert json.loads(capsys.readouterr().out)[0]["id"] == "1"


def test_a_value_that_cannot_be_used_is_named_and_makes_the_exit_code_two(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "g.yaml").write_text("- {id: A, scores: {agressie: {s: 180}}}\n")
    assert typed("match", str(tmp_path / "g.yaml"), "--json") == 2
    assert "A: agressie: s van agressie moet een getal van 0 tot en met 100 zijn." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id: A\n", "geen lijst van gevallen"),
        (b"- 1\n- 2\n", "geen lijst van gevallen"),
        (b"", "geen lijst van gevallen"),
        (b"- {id: A, scores: {\n", "Hier staat een haakje"),
        (b"- {id: A, id: B}\n", "g.yaml:1 "),
        (b"\xff\xfe\x00", "geen tekst in UTF-8"),
        (b"- &a [*a, *a]\n", "g.yaml:1 "),
        (b"[" * 5000, "g.yaml:1 "),
    ],
)
def test_a_bad_file_is_explained_in_dutch(tmp_path: Path, content: bytes, said: str, capsys: Output) -> None:
    (tmp_path / "g.yaml").write_bytes(content)
    assert typed("match", str(tmp_path / "g.yaml"), "--json") == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("path", ["bestaat-niet.yaml", "/tmp"])  # noqa: S108 - a folder is not a file
def test_a_file_that_cannot_be_read_is_named(path: str, capsys: Output) -> None:
    assert typed("match", path) == 2
    assert capsys.readouterr().err == f"{path} is niet te lezen. Bestaat dit bestand?\n"


def test_a_person_reads_the_reasons_with_their_points(capsys: Output) -> None:
    typed("match", str(CASES), "--top", "1")
    assert re.search(r"^ +\+\d+(\.\d+)?  .+\.$", capsys.readouterr().out, re.M)


# kast serve


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running `kast serve`: the process and the line it printed."""
    process = subprocess.Popen(
        [KAST, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env=os.environ | {"KAST_DATABASE_URL": f"sqlite:///{tmp_path}/kast.sqlite3"},
    )  # fmt: skip
    assert process.stdout
    line = process.stdout.readline()
    httpx2.get(f"{_address(line)}/robots.txt", timeout=120)
    yield process, line
    process.kill()
    process.communicate()


def _address(line: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    return found[0]


Served = tuple[subprocess.Popen[str], str]


def test_serve_tells_its_address_in_one_line(served: Served) -> None:
    assert re.fullmatch(r"De kast staat open op http://127\.0\.0\.1:\d+ \(stoppen met Ctrl-C\)\n", served[1])


def test_serve_does_not_say_which_server_it_is(served: Served) -> None:
    assert "server" not in httpx2.get(f"{_address(served[1])}/robots.txt").headers


def test_ctrl_c_stops_with_one_line(served: Served) -> None:
    process, _ = served
    process.send_signal(signal.SIGINT)
    rest, said = process.communicate(timeout=120)
    assert (rest, said.strip()) == ("", "Gestopt.")


def test_a_site_begun_where_ctrl_c_is_ignored_stops_with_one_line_too(tmp_path: Path) -> None:
    script = f"trap '' INT; exec {KAST} serve --port 0"
    address = {"KAST_DATABASE_URL": f"sqlite:///{tmp_path}/kast.sqlite3"}
    begun = subprocess.Popen(
        ["sh", "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | address,
    )
    assert begun.stdout
    httpx2.get(f"{_address(begun.stdout.readline())}/robots.txt", timeout=120)
    begun.send_signal(signal.SIGINT)
    assert (begun.communicate(timeout=120)[1].strip(), begun.returncode) == ("Gestopt.", 0)


def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = kast("serve", "--port", str(port))
    assert (done.returncode, done.stderr) == (1, f"Poort {port} is al in gebruik. Kies een andere met --port.\n")


@pytest.mark.parametrize("host", ["bestaat.niet.invalid", "203.0.113.7"])
def test_an_address_that_is_not_ours_is_told_in_one_line(host: str) -> None:
    done = kast("serve", "--host", host, "--port", "0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"Op het adres '{host}' kan de server niet luisteren." in done.stderr


def test_serve_does_not_start_on_broken_content(tmp_path: Path) -> None:
    shutil.copy(BROKEN / "dubbele-sleutel.md", tmp_path)
    done = kast("serve", "--port", "0", KAST_CONTENT=str(tmp_path))
    assert done.returncode == 1
    assert re.search(r"dubbele-sleutel\.md:\d+  .+", done.stderr)
    assert done.stderr.endswith("De site start niet: de inhoud klopt niet.\n")


def test_a_content_folder_that_does_not_exist_is_named() -> None:
    done = kast("serve", "--port", "0", KAST_CONTENT="/bestaat/niet")
    assert (done.returncode, done.stderr) == (2, "KAST_CONTENT: de map /bestaat/niet bestaat niet.\n")


def test_a_setting_that_cannot_be_used_is_named() -> None:
    done = kast("serve", KAST_PORT="tachtig")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("KAST_PORT: deze waarde kan niet.")


def test_a_mistyped_setting_is_named() -> None:
    assert "KAST_POORT kennen we niet en telt niet mee." in kast("serve", KAST_POORT="1", KAST_CONTENT="/x").stderr


def test_evaluate_prints_ours_beside_the_simple_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gevallen.yaml"
    file.write_text(
        "- id: een\n  context: {probleem: [geweld], ernst: 3}\n  scores:\n    agressie: {s: 80, z: 0.7}\n"
        "  oordelen: {tact: 2, scared-straight: -1}\n",
        encoding="utf-8",
    )
    assert cli.main(["evaluate", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "deze kast" in printed
    assert "gedeelde factoren" in printed


def test_evaluate_without_judgements_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gevallen.yaml"
    file.write_text("- id: een\n", encoding="utf-8")
    assert cli.main(["evaluate", str(file)]) == 2
    assert "oordelen" in capsys.readouterr().err


def test_factors_prints_one_object_per_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "zinnen.txt"
    file.write_text("jongeren lopen met messen rond\nblauwe kaas\n", encoding="utf-8")
    assert cli.main(["factors", "--json", "--file", str(file)]) == 0
    first, second = (json.loads(row) for row in capsys.readouterr().out.splitlines())
    assert "wapenbezit" in [found["id"] for found in first["resultaten"]]
    assert second["resultaten"] == []


@pytest.mark.parametrize("asked", ["wijkbinding", "buurt", "BINDING MET"])
def test_a_factor_is_found_by_its_id_and_by_a_word_of_its_name(capsys: pytest.CaptureFixture[str], asked: str) -> None:
    assert cli.main(["factors", asked]) == 0
    assert "(wijkbinding, beschermende factor)" in capsys.readouterr().out


@pytest.mark.parametrize("asked", ["xyzzy", " "])
def test_a_factor_that_is_none_is_said_to_be_none(capsys: pytest.CaptureFixture[str], asked: str) -> None:
    assert cli.main(["factors", asked]) == 0
    assert "Geen factor gevonden" in capsys.readouterr().out
