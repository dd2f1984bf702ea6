"""What an editor does on the command line: begin a page, look the content over, and get the schema."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from web.commands import CommandError, as_text, dump, knowledge, relative, settings

if TYPE_CHECKING:
    from kb import Intervention, Problem, Tasks
    from web.links import Finding

Printer = Callable[[Sequence["Problem"]], None]


# kast check


def check(chosen: argparse.Namespace) -> int:
    """Print every problem; 1 when one of them is an error, advice alone is 0."""
    import kb

    missing = [path for path in (*chosen.paths, *(chosen.advice_on or ())) if not path.exists()]
    if missing:
        raise CommandError("\n".join(f"{path} bestaat niet." for path in missing))
    problems = kb.check(chosen.paths)
    if chosen.advice_on is not None:
        told = {path.resolve() for path in chosen.advice_on}
        problems = [problem for problem in problems if not _is_advice(problem) or problem.path in told]
    PRINTERS[chosen.format](problems)
    return 1 if any(problem.weight is kb.Weight.ERROR for problem in problems) else 0


def _print_text(problems: Sequence[Problem]) -> None:
    """Errors last: that is what still stands on a screen when there was much advice."""
    for problem in sorted(problems, key=_is_advice, reverse=True):
        print(as_text(problem))
    advice = sum(map(_is_advice, problems))
    errors = len(problems) - advice
    print(_summed_up(errors, advice))


def _summed_up(errors: int, advice: int) -> str:
    if errors:
        found = f"{_count(errors, 'fout', 'fouten')} gevonden"
        also = f", en {_count(advice, 'advies', 'adviezen')}" if advice else ""
        return f"{found}{also}. Advies over een bladzijde volgt als haar fouten eruit zijn."
    also = f" Wel {_count(advice, 'advies', 'adviezen')}: daarmee kan de bladzijde gewoon op de site." if advice else ""
    return f"Geen fouten gevonden.{also}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number or 'Geen'} {one if number == 1 else more}"


def _is_advice(problem: Problem) -> bool:
    return str(problem.weight) == "advies"


def _print_github(problems: Sequence[Problem]) -> None:
    """Workflow commands: GitHub puts them beside the line."""
    for problem in problems:
        level = "warning" if _is_advice(problem) else "error"
        place = f"file={_property(relative(problem.path))},line={problem.line},title={_property(problem.field)}"
        print(f"::{level} {place}::{_data(problem.message)}")


def _data(text: str) -> str:
    """Escaped as the workflow commands of GitHub want it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _print_gitlab(problems: Sequence[Problem]) -> None:
    """A Code Quality report: GitLab shows it beside the line in a merge request."""
    print(json.dumps([_as_code_quality(problem) for problem in problems], ensure_ascii=False, indent=1))


def _as_code_quality(problem: Problem) -> dict[str, Any]:
    path = Path(relative(problem.path)).as_posix()
    same = f"{path}|{problem.field}|{problem.message}"
    return {
        "description": f"{problem.field or 'bestand'}: {problem.message}",
        "check_name": str(problem.weight),
        "fingerprint": hashlib.sha256(same.encode()).hexdigest(),
        "severity": "minor" if _is_advice(problem) else "major",
        "location": {"path": path, "lines": {"begin": problem.line}},
    }


def _print_forgejo(problems: Sequence[Problem]) -> None:
    """A review for the API of Forgejo, which puts no annotation of a log beside a line."""
    errors = sum(not _is_advice(problem) for problem in problems)
    said = [
        {"path": Path(relative(p.path)).as_posix(), "new_position": p.line, "body": _as_remark(p)} for p in problems
    ]
    words = f"De controle: {_summed_up(errors, len(problems) - errors)}"
    print(json.dumps({"event": "COMMENT", "body": words, "comments": said}, ensure_ascii=False, indent=1))


def _as_remark(problem: Problem) -> str:
    kind = "Advies" if _is_advice(problem) else "Fout"
    return f"**{kind}** bij {problem.field or 'het bestand'}: {problem.message}"


def _print_json(problems: Sequence[Problem]) -> None:
    keys = ("bestand", "regel", "veld", "melding", "gewicht")
    rows = ((relative(p.path), p.line, p.field, p.message, str(p.weight)) for p in problems)
    dump([dict(zip(keys, row, strict=True)) for row in rows])


PRINTERS: dict[str, Printer] = {
    "tekst": _print_text,
    "github": _print_github,
    "gitlab": _print_gitlab,
    "forgejo": _print_forgejo,
    "json": _print_json,
}


# kast new


def new(chosen: argparse.Namespace) -> int:
    """Begin a page from the template and name what resembles it; 1 when there is a page of that name already."""
    from kb import drafts

    folder: Path = chosen.folder or settings().content
    if not folder.is_dir():
        raise CommandError(f"De map {folder} bestaat niet.")
    try:
        path, alike = drafts.begin_page(chosen.title, folder)
    except drafts.CannotBeginError as error:
        raise CommandError(str(error), 1) from None
    print(f"{relative(path)} staat klaar, als concept.")
    if alike:
        _name_alike(alike)
    else:
        print("Geen bladzijde heeft een naam die hierop lijkt.")
    print(f"Vul de bladzijde in en draai daarna: kast check {relative(path)}")
    return 0


def _name_alike(alike: Iterable[Any]) -> None:
    for other in alike:
        print(
            f"Let op: dit lijkt op '{other.title}' ({other.id}). Gaat het om hetzelfde? Vul dan die bladzijde aan.",
            file=sys.stderr,
        )


# kast schema


def schema(_chosen: argparse.Namespace) -> int:
    """Print the JSON Schema of the fields of a page."""
    from kb import drafts

    print(json.dumps(drafts.json_schema(), ensure_ascii=False, indent=2))
    return 0


# kast report


def report(chosen: argparse.Namespace) -> int:
    """Print per keeper what is due, what lacks evidence and what lacks sources."""
    from datetime import date

    import kb

    found = kb.tasks(knowledge().interventions, date.today())  # noqa: DTZ011 - the day where the editor sits
    if chosen.json:
        dump([_as_row(kept) for kept in found])
    else:
        for kept in found:
            _print_tasks(kept)
    return 0


def _lists(kept: Tasks) -> dict[str, Sequence[Intervention]]:
    return {
        "te_laat": kept.stale,
        "binnenkort": kept.soon,
        "zonder_oordeel": kept.without_evidence,
        "zonder_webadres": kept.without_sources,
    }


def _as_row(kept: Tasks) -> dict[str, Any]:
    import kb

    rows = {
        name: [{"id": page.id, "nakijken_voor": str(kb.review_due(page))} for page in pages]
        for name, pages in _lists(kept).items()
    }
    return {"beheerder": kept.maintainer, "bladzijden": len(kept.pages), **rows}


def _print_tasks(kept: Tasks) -> None:
    import kb

    print(f"{kept.maintainer}: {_count(len(kept.pages), 'bladzijde', 'bladzijden')}")
    print(f"  de eerste moet voor {kb.review_due(kept.pages[0])} worden nagekeken")
    for name, pages in _lists(kept).items():
        print(f"  {name.replace('_', ' ')}: {len(pages) or 'geen'}")
        for page in pages:
            print(f"    {kb.review_due(page)}  {page.title} ({page.id})")


# kast history


def remember_history(_chosen: argparse.Namespace) -> int:
    """Read from Git what changed and remember it, for a site that has no Git; 1 when that cannot be known."""
    from kb import history

    said = settings()
    if history.read_git(said.content) is None:
        raise CommandError(
            "Hier is geen volledige Git-geschiedenis. De site toont dan niet wanneer iets veranderde.", 1
        )
    found = history.load(said.content, said.history)
    print(
        f"Van {_count(len(found.pages), 'bladzijde', 'bladzijden')} is onthouden wanneer zij veranderde: {relative(said.history)}"
    )
    return 0


# kast links


def links(chosen: argparse.Namespace) -> int:
    """Ask every address on the pages and print what is wrong; 1 when an editor has to do something."""
    from web import links

    said = settings()
    used = _addresses(knowledge().visible, set(chosen.ids))
    if chosen.ids and not used:
        raise CommandError(
            "Bij deze bladzijden staat geen webadres, of zij bestaan niet. Geef een id, zoals halt-straf."
        )
    manners = links.Manners(
        agent=f"Apothekerskast-linkcontrole/1 (+{said.base_url}; {said.contact})", timeout=chosen.timeout
    )
    found = links.look_up(used, manners)
    if chosen.json:
        dump([{"url": f.url, "staat": str(f.state), "uitleg": f.detail, "bladzijden": used[f.url]} for f in found])
    else:
        _print_links(links.in_order(found), used, len(found))
    return 1 if any(one.state in links.WRONG for one in found) else 0


def _addresses(pages: Iterable[Intervention], ids: set[str]) -> dict[str, list[str]]:
    """Address -> ids of the pages that use it."""
    used: dict[str, list[str]] = {}
    for page in pages:
        own = [source.url for source in page.sources] + [concern.source_url for concern in page.concerns]
        own += [verdict.url for verdict in page.judged_elsewhere]
        for url in dict.fromkeys(filter(None, own)) if not ids or page.id in ids else ():
            used.setdefault(url, []).append(page.id)
    return used


def _print_links(found: Iterable[tuple[Any, Sequence[Finding]]], used: dict[str, list[str]], total: int) -> None:
    for state, these in found:
        print(f"{state} ({len(these)})")
        for one in these:
            print(f"  {one.url}\n      {one.detail}; staat op: {', '.join(used[one.url])}")
    print(f"{_count(total, 'adres', 'adressen')} nagekeken.")
