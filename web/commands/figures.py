"""`kast figures`: figures of CBS for a meting, where the network allows it. Heavy imports wait until the command runs."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from web.commands import CommandError


def fetch(chosen: argparse.Namespace) -> int:
    """Print a table to read in at a meting, or write it to a file."""
    from assessment import find_municipality
    from web import statline

    municipality = find_municipality(chosen.municipality)
    if municipality is None:
        raise CommandError(
            f"{chosen.municipality!r} is niet één gemeente die wij kennen. Geef de naam of de code, zoals GM0164."
        )
    try:
        text = statline.fetch(statline.Wanted(municipality, **_given(chosen)))
    except statline.FetchError as error:
        raise CommandError(str(error), 1) from None
    _write(text, chosen)
    return 0


def _given(chosen: argparse.Namespace) -> dict[str, Any]:
    """What was typed; a table of another year without its year would carry the wrong one."""
    if (chosen.table is None) != (chosen.year is None):
        raise CommandError("Geef --table en --year samen: het jaar staat niet in de tabel zelf.")
    options = {"table": chosen.table, "year": chosen.year, "base": (chosen.base or "").rstrip("/") or None}
    return {name: value for name, value in options.items() if value is not None}


def _write(text: str, chosen: argparse.Namespace) -> None:
    if chosen.file is None:
        sys.stdout.write(text)
        return
    try:
        chosen.file.write_text(text, encoding="utf-8")
    except OSError:
        raise CommandError(f"{chosen.file} is niet te schrijven.") from None
    print(f"{text.count(chr(10)) - 1} regels staan in {chosen.file}. Lees dit bestand in bij de meting.")
