"""From a folder to the whole: reads every page, checks them together, and remembers what passed. What a page says is in content.py.

What makes an intervention of a page takes long to import, so that is only done here when a second process is reading already.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from kb import page_rules, twofold, written
from kb.garbage import no_garbage_collection
from kb.problems import ContentError, Problem, Weight

if TYPE_CHECKING:
    from kb import content
    from kb.knowledge_base import KnowledgeBase
    from kb.model import Factor, Intervention
    from kb.remembered import Collection

HERE = Path(__file__).resolve().parent
CONTENT_FOLDER = HERE.parent / "interventions"
FACTORS_FILE = HERE / "factors.yaml"
MANY = 300
"""Pages from which a second process that reads pays for itself."""
MANY_TO_ADVISE = 100
"""The same for one that gives advice."""
UNSETTLED = 2_000_000_000
"""Nanoseconds; longer than a tick of the clock of any disk."""
_FACTORS = "/"
"""Beside the names of pages, that of the file with the factors; no page is called so."""
Stamp = tuple[int, int, int, int]
"""What the system says of a file: its number, its size in bytes, and when it and what is known of it changed, in nanoseconds."""
NOT_A_PAGE = {"README.md", "_sjabloon.md"}


def page_files(folder: Path) -> list[Path]:
    """The content files of a folder, in order of name; a folder in it is listed too, so that the check can refuse it."""
    return [folder / name for name in _names(folder)]


def _names(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name not in NOT_A_PAGE and not name.startswith("."))


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
    from kb.knowledge_base import KnowledgeBase

    return KnowledgeBase(found.interventions, {factor.id: factor for factor in found.factors}, found.written)


def _remembered(folder: Path, place: Path, meanwhile: Callable[[], None]) -> Collection:
    stamps = _stamps(folder)
    settled = _settled(stamps)
    rules = cache(_rules)
    before = _recalled(place, rules()) if place.exists() else None
    prints = cache(partial(_fingerprints, folder, stamps, before))
    if before and before.files == prints():
        were_touched = not settled.items() <= before.stamps.items()
        if were_touched:  # and not changed: the next start need not open them again
            _keep(place, rules(), before._replace(stamps=settled))
        return before

    def fill_the_time() -> None:
        meanwhile()
        rules()
        prints()

    found = (_renewed(folder, before, prints()) if before else None) or _read(folder, fill_the_time)
    if rules() and prints() and stamps == _stamps(folder):  # nothing changed while we were reading
        _keep(place, rules(), found._replace(files=prints(), stamps=settled))
    return found


def _keep(place: Path, rules: str, found: Collection) -> None:
    from kb import remembered

    remembered.keep(place, rules, found)


def _recalled(place: Path, rules: str) -> Collection | None:
    from kb import remembered

    return remembered.recall(place, rules)


def _stamps(folder: Path) -> dict[str, Stamp]:
    """What the system says of the files that the content is read from, by name; other when one of them was touched meanwhile."""
    try:
        pages = {name: _stamp(f"{folder}/{name}") for name in _names(folder)}
        return pages | {_FACTORS: _stamp(str(FACTORS_FILE))}
    except OSError:
        return {}


def _stamp(path: str) -> Stamp:
    found = os.stat(path)
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _settled(stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Those of files that were left alone for a while: another one may be written again within one tick of the clock of its disk."""
    begin = time_ns() - UNSETTLED
    return {name: stamp for name, stamp in stamps.items() if max(stamp[2:]) < begin and name != _FACTORS}


def _rules() -> str:
    """Fingerprint of the factors and the rules themselves; nothing when something cannot be read, which the check will tell."""
    from kb import snapshot

    try:
        return snapshot.fingerprint([*sorted(HERE.glob("*.py")), FACTORS_FILE])
    except OSError:
        return ""


def _fingerprints(folder: Path, stamps: Mapping[str, Stamp], before: Collection | None) -> dict[str, str]:
    """Of every page; one that nobody touched, as the system says, is not read for that. Nothing when one cannot be read."""
    from kb import snapshot

    known = {n: before.files[n] for n, then in before.stamps.items() if stamps.get(n) == then} if before else {}
    try:
        return {
            name: known.get(name) or snapshot.fingerprint([f"{folder}/{name}"]) for name in stamps if name != _FACTORS
        }
    except OSError:
        return {}


def _renewed(folder: Path, before: Collection, now: Mapping[str, str]) -> Collection | None:
    """What was remembered, with only the changed pages read again. None when anything at all is wrong: see `_read_quickly`."""
    names = _names(folder)
    known = {f"{i.id}.md": i for i in before.interventions if now.get(f"{i.id}.md") == before.files.get(f"{i.id}.md")}
    changed = [folder / name for name in names if name not in known]
    as_read = _as_json(changed, range(len(changed)))
    fresh = _as_interventions(as_read, range(len(changed)))
    if fresh is None:
        return None
    known |= {f"{i.id}.md": i for i in fresh}
    good = tuple(known[name] for name in names)
    if not _as_before(before, good):
        factors = {factor.id: factor for factor in before.factors}
        if not _right_together([folder / name for name in names], good, factors):
            return None
    said = {**before.written} | {i.id: as_read[number] for number, i in enumerate(fresh)}
    return _collection(good, before.factors, said)


def _as_before(before: Collection, good: Sequence[Intervention]) -> bool:
    """Do these pages say nothing else than before of what the check of the whole looks at? That has passed already."""
    if [i.id for i in good] != [i.id for i in before.interventions]:
        return False
    changed = ((now, then) for now, then in zip(good, before.interventions, strict=True) if now is not then)
    return all(_looked_at(now) == _looked_at(then) for now, then in changed)


def _collection(good: Sequence[Intervention], factors: Iterable[Factor], said: Mapping[str, bytes]) -> Collection:
    from kb.remembered import Collection

    return Collection(tuple(good), tuple(factors), {i.id: said[i.id] for i in good})


def _read(folder: Path, meanwhile: Callable[[], None]) -> Collection:
    """All pages. When anything is wrong they are read anew, to say what and on which line."""
    files = page_files(folder)
    quickly = _read_quickly(files, meanwhile)
    if quickly:
        return quickly
    from kb import content

    factors = content.read_factors(FACTORS_FILE)
    pages, problems = _read_pages(files, factors)
    errors = [problem for problem in problems if problem.weight is Weight.ERROR]
    if errors:
        raise ContentError(errors)
    good = [page.intervention for page in pages if page.intervention]
    return _collection(good, factors.values(), {i.id: i.as_json() for i in good})


def _read_quickly(files: Sequence[Path], meanwhile: Callable[[], None]) -> Collection | None:
    """All pages when nothing is wrong, with a second process when there are many; None otherwise."""
    numbers, reading = range(len(files)), partial(_as_json, files)
    with no_garbage_collection(), twofold.shared(numbers) as line, ExitStack() as stack:
        other = stack.enter_context(twofold.beside(reading, line)) if len(files) >= MANY else dict
        from kb import content

        meanwhile()
        factors = content.read_factors(FACTORS_FILE)
        as_read = reading(line) | (other() or {})
        good = _as_interventions(as_read, numbers)
        if good is None or not _right_together(files, good, factors):
            return None
    return _collection(good, factors.values(), {i.id: as_read[number] for number, i in enumerate(good)})


def _as_json(files: Sequence[Path], line: Iterable[int]) -> dict[int, bytes]:
    """Of every page in line to which nobody objects yet, by its place among the files: what it says."""
    pages = ((number, written.read(files[number])) for number in line)
    return {number: to_json(page.whole) for number, page in pages if page_rules.passes(page)}


def _as_interventions(as_read: Mapping[int, bytes], numbers: Iterable[int]) -> list[Intervention] | None:
    """These pages in order. None when one is missing, or is not what an intervention must be."""
    from kb.model import Intervention

    try:
        return [Intervention.model_validate_json(as_read[number]) for number in numbers]
    except (KeyError, ValueError):
        return None


def _looked_at(intervention: Intervention) -> dict[str, Any]:
    """What the check of the whole looks at, with the keys of the files."""
    from kb.checks import LOOKED_AT

    return intervention.model_dump(mode="json", by_alias=True, include=LOOKED_AT)


def _right_together(files: Sequence[Path], good: Sequence[Intervention], factors: Mapping[str, Factor]) -> bool:
    """Is the whole of these pages right?"""
    from kb import checks, content, strict_yaml

    pages = [
        content.Page(path, i, (), strict_yaml.Document(_looked_at(i))) for path, i in zip(files, good, strict=True)
    ]
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
