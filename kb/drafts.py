"""Begins a new page: the template with the title and the day filled in, under a name that is still free.

The template itself is loaded only when asked for, so that it can also be run by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kb import content, similar, strict_yaml
from kb.loading import CONTENT_FOLDER, NOT_A_PAGE, page_files
from kb.words import as_slug

MAX_NAME = 80
"""Characters of a file name, and so of an address, without .md."""


class CannotBeginError(Exception):
    """This page cannot be made; the text says why and what to do, in Dutch."""


def begin_page(title: str, folder: Path, today: Callable[[], date] = date.today) -> tuple[Path, list[similar.Named]]:
    """Write a concept with this title into a folder: its file, and the pages there that look like it.

    Nothing is ever overwritten. Raises CannotBeginError.
    """
    words = " ".join(title.split())
    path = folder / f"{_id_of(words)}.md"
    if path.name.casefold() in {name.casefold() for name in NOT_A_PAGE}:
        raise CannotBeginError(f"De naam '{path.name}' is al in gebruik voor uitleg. Kies een andere titel.")
    alike = similar.resembling(words, _names(folder))
    text = _filled_in(words, today())
    _refuse_what_is_wrong(path, text)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise CannotBeginError(f"{path.name} bestaat al. Vul die bladzijde aan, of kies een andere titel.") from None
    except OSError:
        raise CannotBeginError(f"In de map {folder} kan geen bestand komen. Kijk of u daar mag schrijven.") from None
    return path, alike


def _id_of(title: str) -> str:
    """The id for a title, cut at a whole word."""
    slug = as_slug(re.sub(r"\([^)]*\)", " ", title)) or as_slug(title)
    if not slug:
        raise CannotBeginError("Van deze titel is geen adres te maken. Gebruik letters of cijfers.")
    return slug if len(slug) <= MAX_NAME else slug[: MAX_NAME + 1].rpartition("-")[0] or slug[:MAX_NAME]


def _names(folder: Path) -> list[similar.Named]:
    """What the pages of this folder and of the cupboard are called; also those that are not finished."""
    files = {path.resolve() for each in (folder, CONTENT_FOLDER) for path in page_files(each)}
    return [name for name in map(similar.named, map(content.read, sorted(files))) if name]


def _filled_in(title: str, today: date) -> str:
    from kb import template

    examples = template.EXAMPLES
    text = template.template()
    text = text.replace(f"\ntitel: {examples['titel']}\n", f"\ntitel: {_as_yaml(title)}\n", 1)
    return text.replace(f"\ngecontroleerd_op: {examples['gecontroleerd_op']}\n", f"\ngecontroleerd_op: {today}\n", 1)


def _as_yaml(words: str) -> str:
    """A text as it is written behind a field, between quotes only where it must."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    quoted = words.replace("'", "''")
    for written in (words, f'"{words}"', f"'{quoted}'", f'"{escaped}"'):
        document = strict_yaml.read(f"titel: {written}\n")
        if not document.problems and document.value == {"titel": words}:
            return written
    return f'"{escaped}"'


def _refuse_what_is_wrong(path: Path, text: str) -> None:
    """The title must give a page that passes the check."""
    problems = content.read_bytes(path, text.encode()).problems
    if problems:
        raise CannotBeginError(problems[0].message)


def json_schema() -> dict[str, Any]:
    """The fields of a page as a JSON Schema, for editors that complete and check while typing."""
    from kb import template

    return template.json_schema()
