"""Of a static copy only the pages that Hugo makes too: the two lists, a page per intervention and a page per factor.

Started as a process by bench_site. It imports and ends as `kast export site` does, so that nothing else is measured.
"""

from __future__ import annotations

import atexit
import gc
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from web.commands import export, settings

if TYPE_CHECKING:
    from kb import KnowledgeBase


def main(path: Path) -> None:
    """Make or renew those pages in a folder."""
    atexit.register(gc.freeze)
    with export.prepared() as known:
        _make(known, path)


def _make(known: KnowledgeBase, path: Path) -> None:
    from web import folder, frozen, frozen_links

    class Comparable(frozen.Job):
        def run(self) -> frozen.Result:
            copy = self.copy
            whole = copy._key(*copy._facts.values())
            self.put(frozen_links.SEARCH, whole, self._all)
            self.put("factoren.html", whole, partial(copy.overview, "/factoren"))
            self._factors()
            self._leaflets()
            self._make_all()
            return frozen.Result(len(self.out.entries), self.out.written)

    set_to = settings()
    options = frozen.Options(cache=set_to.snapshot.parent / "sjablonen")
    with folder.opened(path, "vergelijking") as out:
        Comparable(frozen.SiteCopy(known, set_to, options), out, date.today()).run()  # noqa: DTZ011 - as the command does


if __name__ == "__main__":
    main(Path(sys.argv[1]))
