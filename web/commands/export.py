"""`kast export`: everything in the cupboard as files. Heavy imports wait until their command runs."""

from __future__ import annotations

import argparse

from web.commands import CommandError, knowledge, settings


def data(chosen: argparse.Namespace) -> int:
    """Fill a folder with everything as open data."""
    from web import folder, open_data

    try:
        count = open_data.export(knowledge(), settings(), chosen.folder)
    except folder.FolderError as error:
        raise CommandError(str(error), 1) from None
    print(f"{count} bestanden staan in {chosen.folder}. Begin met {open_data.README_NAME}.")
    return 0
