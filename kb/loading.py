"""From a folder to the whole: reads every page, checks them together, and remembers what passed. What a page says is in content.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from kb import snapshot
from kb.garbage import no_garbage_collection
from kb.knowledge_base import KnowledgeBase
from kb.model import Factor, Intervention
from kb.problems import ContentError, Problem, Weight

if TYPE_CHECKING:
    from kb import content

HERE = Path(__file__).resolve().parent
CONTENT_FOLDER = HERE.parent / "interventions"
FACTORS_FILE = HERE / "factors.yaml"
MANY = 300
"""Pages from which a second process that reads pays for itself."""
MANY_TO_ADVISE = 100
"""The same for one that gives advice."""
NOT_A_PAGE = {"README.md", "_sjabloon.md"}


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that passed the check, drafts and withdrawn pages too."""

    interventions: tuple[Intervention, ...]
    factors: tuple[Factor, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    """Fingerprint of every page it was read from, by file name; only in what is remembered."""
    written: Mapping[str, bytes] = field(default_factory=dict)
    """By id the interventions as JSON, as far as that was made already."""


class _Head(BaseModel):
    """What is remembered besides the interventions."""

    files: dict[str, str]
    factors: tuple[Factor, ...]


def page_files(folder: Path) -> list[Path]:
    """The content files of a folder, in order of name; a folder in it is listed too, so that the check can refuse it."""
    found = [path for path in folder.iterdir() if path.name not in NOT_A_PAGE and not path.name.startswith(".")]
    return sorted(found, key=attrgetter("name"))


def _nothing() -> None:
    pass


def load(
    folder: Path = CONTENT_FOLDER, remembered: Path | None = None, meanwhile: Callable[[], None] = _nothing
) -> KnowledgeBase:
    """The knowledge base of a folder. Raises ContentError when any page does not pass the check.

    `remembered` is a file to remember it in: content that passed before, under the same rules, is then not read again.
    `meanwhile` is what the caller has to do anyway: it is done as soon as another process is reading, if there is one at all.
    """
    found = _read(folder, meanwhile) if remembered is None else _remembered(folder, remembered, meanwhile)
    return KnowledgeBase(found.interventions, {factor.id: factor for factor in found.factors}, found.written)


def _remembered(folder: Path, place: Path, meanwhile: Callable[[], None]) -> Collection:
    stamps = _stamps(folder)
    prints = cache(partial(_fingerprints, folder))
    before = _recalled(place, prints()[0]) if place.exists() else None
    if before and before.files == prints()[1]:
        return before

    def fill_the_time() -> None:
        meanwhile()
        prints()

    found = (_renewed(folder, before, prints()[1]) if before else None) or _read(folder, fill_the_time)
    rules, now = prints()
    if rules and stamps == _stamps(folder):  # nothing changed while we were reading
        found = replace(
            found, files=now, written={i.id: found.written.get(i.id) or i.as_json() for i in found.interventions}
        )
        snapshot.keep_bytes(place, rules, _as_lines(found))
    return found


def _as_lines(whole: Collection) -> bytes:
    """An intervention on a line: who reads them has the JSON of each at hand."""
    head = _Head(files=dict(whole.files), factors=whole.factors).model_dump_json(by_alias=True).encode()
    return b"\n".join((head, *whole.written.values()))


def _recalled(place: Path, rules: str) -> Collection | None:
    if not rules:
        return None
    with suppress(ValueError), no_garbage_collection():
        first, *lines = (snapshot.recall_bytes(place, rules) or b"").split(b"\n")
        head = _Head.model_validate_json(first)
        interventions = tuple(map(Intervention.model_validate_json, lines))
        written = {i.id: line for i, line in zip(interventions, lines, strict=True)}
        return Collection(interventions, head.factors, head.files, written)
    return None


def _stamps(folder: Path) -> dict[str, tuple[int, ...]]:
    """What the system says of the files that the content is read from; other when one of them was touched meanwhile."""
    try:
        return {str(path): _stamp(path) for path in (*page_files(folder), FACTORS_FILE)}
    except OSError:
        return {}


def _stamp(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _fingerprints(folder: Path) -> tuple[str, dict[str, str]]:
    """Of the factors and the rules themselves, and of every page; nothing when something cannot be read, which the check will tell."""
    try:
        rules = snapshot.fingerprint([*sorted(HERE.glob("*.py")), FACTORS_FILE])
        return rules, {path.name: snapshot.fingerprint([path]) for path in page_files(folder)}
    except OSError:
        return "", {}


def _renewed(folder: Path, before: Collection, now: Mapping[str, str]) -> Collection | None:
    """What was remembered, with only the changed pages read again. None when anything at all is wrong: see `_read_together`."""
    from kb import content

    known = {f"{i.id}.md": i for i in before.interventions if now.get(f"{i.id}.md") == before.files.get(f"{i.id}.md")}
    files = page_files(folder)
    with no_garbage_collection():
        found = [known.get(path.name) or content.read(path).intervention for path in files]
        good = tuple(i for i in found if i)
        factors = {factor.id: factor for factor in before.factors}
        right = len(good) == len(files) and (
            _as_before(before, good) or _right_together(files, good, [_looked_at(i) for i in good], factors)
        )
    written = {i.id: before.written[i.id] for i in known.values()}
    return Collection(good, before.factors, written=written) if right else None


def _as_before(before: Collection, good: Sequence[Intervention]) -> bool:
    """Do these pages say nothing else than before of what the check of the whole looks at? That has passed already."""
    if [i.id for i in good] != [i.id for i in before.interventions]:
        return False
    changed = ((now, then) for now, then in zip(good, before.interventions, strict=True) if now is not then)
    return all(_looked_at(now) == _looked_at(then) for now, then in changed)


def _read(folder: Path, meanwhile: Callable[[], None]) -> Collection:
    from kb import content

    factors = content.read_factors(FACTORS_FILE)
    files = page_files(folder)
    quickly = _read_together(files, factors, meanwhile) if len(files) >= MANY else None
    if quickly is not None:
        return quickly
    pages, problems = _read_pages(files, factors)
    errors = [problem for problem in problems if problem.weight is Weight.ERROR]
    if errors:
        raise ContentError(errors)
    found = tuple(page.intervention for page in pages if page.intervention)
    return Collection(found, tuple(factors.values()))


def _read_together(
    files: Sequence[Path], factors: Mapping[str, Factor], meanwhile: Callable[[], None]
) -> Collection | None:
    """The same with a second process. None when anything is wrong: then all must be read anew, to say what and on which line."""
    from kb import content, twofold

    content.read(files[0])  # what is made at the first page, both processes have from here on
    with (
        no_garbage_collection(),
        twofold.shared(range(len(files))) as line,
        twofold.beside(partial(_told, files), line) as other,
    ):
        meanwhile()
        found, told = {}, {}
        for number, i, said in _good(files, line):
            found[number], told[number] = i, (i.as_json(), said)
        for number, (raw, said) in (other() or {}).items():
            found[number], told[number] = Intervention.model_validate_json(raw), (raw, said)
        order = sorted(found)
        good = tuple(found[number] for number in order)
        if len(good) < len(files) or not _right_together(files, good, [told[number][1] for number in order], factors):
            return None
    return Collection(good, tuple(factors.values()), written={found[n].id: told[n][0] for n in order})


def _told(files: Sequence[Path], line: Iterable[int]) -> dict[int, tuple[bytes, dict[str, Any]]]:
    """Of every page in line that is right, by its place among the files: what another process needs to know of it."""
    return {number: (i.as_json(), said) for number, i, said in _good(files, line)}


def _good(files: Sequence[Path], line: Iterable[int]) -> Iterator[tuple[int, Intervention, dict[str, Any]]]:
    """Of every page in line that is right: its place among the files, what it is, and what the check of the whole looks at."""
    from kb import checks, content

    keys = {str(Intervention.model_fields[name].alias) for name in checks.LOOKED_AT}
    for number in line:
        page = content.read(files[number])
        if page.intervention:
            yield number, page.intervention, {key: page.lines.value[key] for key in keys & page.lines.value.keys()}


def _looked_at(intervention: Intervention) -> dict[str, Any]:
    """What the check of the whole looks at, as it was written."""
    from kb.checks import LOOKED_AT

    return intervention.model_dump(mode="json", by_alias=True, include=LOOKED_AT)


def _right_together(
    files: Sequence[Path], good: Sequence[Intervention], said: Sequence[dict[str, Any]], factors: Mapping[str, Factor]
) -> bool:
    """Is the whole of these pages right?"""
    from kb import checks, content, strict_yaml

    read = zip(files, good, map(strict_yaml.Document, said), strict=True)
    pages = [content.Page(path, i, (), document) for path, i, document in read]
    return not any(problem.weight is Weight.ERROR for problem in checks.check(pages, factors))


def check(paths: Sequence[Path] = ()) -> list[Problem]:
    """Problems and advice on these files or folders; always read together with the whole collection, so that links are known."""
    from kb import content

    wanted = [path.resolve() for path in paths]
    files = {path.resolve() for path in page_files(CONTENT_FOLDER)}
    for path in wanted:
        files |= {file.resolve() for file in page_files(path)} if path.is_dir() else {path}
    with no_garbage_collection():
        pages, problems = _read_pages(sorted(files), content.read_factors(FACTORS_FILE))
        problems += _advice(pages, [page for page in pages if _is_among(page.path, wanted)])
    return sorted(problem for problem in problems if _is_among(problem.path, wanted))


def _advice(pages: Sequence[content.Page], chosen: Sequence[content.Page]) -> list[Problem]:
    """What can be better, of these pages among all; on many pages with a second process, which leaves the comparing to us."""
    from kb import advice, twofold

    if len(chosen) < MANY_TO_ADVISE:
        return [*advice.alike(pages), *advice.advise(chosen)]
    theirs = chosen[: len(chosen) * 2 // 3]
    with twofold.beside(advice.advise, theirs) as other:
        ours = [*advice.alike(pages), *advice.advise(chosen[len(theirs) :])]
        said = other()
    return ours + (advice.advise(theirs) if said is None else said)


def _is_among(path: Path, wanted: Sequence[Path]) -> bool:
    return not wanted or any(path == one or one in path.parents for one in wanted)


def _read_pages(files: Iterable[Path], factors: Mapping[str, Factor]) -> tuple[list[content.Page], list[Problem]]:
    """Every page with every problem of the whole."""
    from kb import checks, content

    with no_garbage_collection():
        pages = [content.read(path) for path in files]
        return pages, checks.check(pages, factors)
