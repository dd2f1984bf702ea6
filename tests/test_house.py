"""The house keeps its own rules: imports point one way, one home per library, small functions, nothing of a machine in a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("kb", "assessment", "matcher", "web")
"""From right to left in the order web -> matcher -> assessment -> kb: a room may use the rooms before it."""
HOMES = {
    "yaml": {"kb", "assessment"},  # assessment loads its questionnaire
    "rapidfuzz": {"kb"},
    "snowballstemmer": {"kb"},
    "markdown_it": {"kb"},
    "icalendar": {"web"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "jinja2": {"web"},
    "nh3": {"web"},
    "uvicorn": {"web"},
}
LONGEST_FUNCTION = 40
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def offered(room: str) -> frozenset[str]:
    """The names a door lets through: its `__all__`."""
    for node in tree(ROOT / room / "__init__.py").body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of every import, also those within functions and for type checking."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield node.lineno, module if not node.level else f"{room_of(path)}.{module}"
            if module in ROOMS:  # `from kb import prose` reaches behind the door, unless the door offers it
                inside = {entry.stem for entry in (ROOT / module).glob("*.py")} - offered(module)
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names if alias.name in inside)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_room_uses_only_the_rooms_to_its_right(path: Path) -> None:
    too_far = ROOMS[ROOMS.index(room_of(path)) + 1 :]
    assert [(line, module) for line, module in imports(path) if module.split(".")[0] in too_far] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_room_is_entered_through_its_door(path: Path) -> None:
    others = {room for room in ROOMS if room != room_of(path)}
    behind = [(line, module) for line, module in imports(path) if module.split(".")[0] in others and "." in module]
    assert behind == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_room_uses_the_tests(path: Path) -> None:
    assert [line for line, module in imports(path) if module.split(".")[0] == "tests"] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_library_has_one_home(path: Path) -> None:
    used = {module.split(".")[0] for _, module in imports(path)}
    assert {library for library in used if room_of(path) not in HOMES.get(library, {room_of(path)})} == set()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_opens_with_what_it_knows(path: Path) -> None:
    assert (ast.get_docstring(tree(path)) or "").strip()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {function: length for function, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_door_says_what_may_pass(room: str) -> None:
    assert offered(room)


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_door_offers_is_there(room: str) -> None:
    door = import_module(room)
    modules = {path.stem for path in (ROOT / room).glob("*.py")}
    assert {name for name in offered(room) if name not in modules and not hasattr(door, name)} == set()


def test_the_door_of_what_reads_pages_opens_before_the_heavy_things_come_in() -> None:
    asked = "import sys, kb; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert "kb.loading" in loaded.split()
    assert {"pydantic", "numpy", "kb.model", "kb.content"} & set(loaded.split()) == set()


def joined(*parts: str) -> str:
    """A forbidden word, in parts so that this file does not hold it."""
    return re.escape("".join(parts))


HOSTS = [
    joined("pypi", ".org"),
    joined("python", "hosted.org"),
    joined("registry.", "npmjs"),
    joined("registry.", "yarnpkg"),
    joined("arti", "factory"),
    joined("--index", "-url"),
    joined("--extra-", "index"),
]
MACHINE_PATHS = [
    rf"(?<![\w./<-])/{joined(*parts)}/" for parts in (("ho", "me"), ("ro", "ot"), ("wo", "rk"), ("Us", "ers"))
]
FORBIDDEN = re.compile("|".join([*HOSTS, *MACHINE_PATHS]))


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("geen Git-geschiedenis bij deze kopie")
    return [ROOT / entry for entry in listed.stdout.decode().split("\0") if entry and (ROOT / entry).is_file()]


def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    found = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [(name(path), text.count("\n", 0, match.start()) + 1, match[0]) for match in FORBIDDEN.finditer(text)]
    assert found == []
