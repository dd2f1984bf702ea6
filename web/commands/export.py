"""`kast export`: everything in the cupboard as files. Heavy imports wait until their command runs."""

from __future__ import annotations

import argparse
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from web.commands import CommandError, knowledge, settings

if TYPE_CHECKING:
    from kb import KnowledgeBase

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'?#]+")


def data(chosen: argparse.Namespace) -> int:
    """Fill a folder with everything as open data."""
    from web import folder, open_data

    try:
        count = open_data.export(knowledge(), settings(), chosen.folder)
    except folder.FolderError as error:
        raise CommandError(str(error), 1) from None
    print(f"{count} bestanden staan in {chosen.folder}. Begin met {open_data.README_NAME}.")
    return 0


def site(chosen: argparse.Namespace) -> int:
    """Make or renew a static copy of the whole catalogue in a folder."""
    from datetime import date

    from web import folder

    set_to = settings()
    live = set_to.base_url if chosen.live is None and set_to.is_https else _address("--live", chosen.live)
    address = _address("--adres", chosen.address)
    today = date.today()  # noqa: DTZ011 - the day as the editor sees it
    try:
        with prepared() as known:
            from web import frozen

            options = frozen.Options(live, address, set_to.snapshot.parent / "sjablonen")
            result = frozen.export(known, set_to, chosen.folder, options, today)
    except folder.FolderError as error:
        raise CommandError(str(error), 1) from None
    print(f"{result.pages} bladzijden staan in {chosen.folder}; {result.written} bestanden zijn nieuw of veranderd.")
    return 0


@contextmanager
def prepared() -> Iterator[KnowledgeBase]:
    """The content, and what makes pages of it imported: a tenth of the whole, that can be done while another process reads.

    All of it stays to the end: collecting garbage meanwhile, or going through it later, only costs time.
    """
    gc.disable()
    try:
        known = knowledge(meanwhile=_import_what_makes_pages)
        _import_what_makes_pages()
    finally:
        gc.enable()
    gc.freeze()
    try:
        yield known
    finally:
        gc.unfreeze()


def _import_what_makes_pages() -> None:
    from web import frozen  # noqa: F401


def _address(option: str, given: str | None) -> str:
    """An address without a slash at its end; nothing when nothing was given."""
    if given and not _WEB_ADDRESS.fullmatch(given):
        raise CommandError(f"{option}: geef een adres dat begint met https://.")
    return (given or "").rstrip("/")
