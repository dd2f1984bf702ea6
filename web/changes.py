"""When pages were added and changed, in words of readers. What is known of that is in kb.history; the feed is in feed.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kb import Intervention

if TYPE_CHECKING:
    from kb import history


def today() -> date:
    return datetime.now(UTC).date()


class Known:
    """The history of this site's content. Reads what was remembered when first asked; Git only when told to."""

    def __init__(self, folder: Path, remembered: Path) -> None:
        self._folder, self._remembered = folder, remembered

    @cached_property
    def _pages(self) -> dict[str, history.PageHistory]:
        return self._read(ask_git=False)

    def _read(self, *, ask_git: bool) -> dict[str, history.PageHistory]:
        from kb import history

        return history.load(self._folder, self._remembered, ask_git=ask_git).pages

    def refresh(self) -> None:
        """Ask Git what is new, for as far as there is one."""
        self._pages = self._read(ask_git=True)

    def of(self, intervention: Intervention) -> history.PageHistory | None:
        return self._pages.get(intervention.id)


def in_words(what: Sequence[str]) -> str:
    """'Bijgewerkt: bewijs, bronnen en tekst bij 'Aanpak'.' Nothing means: looked over, and left as it was."""
    if not what:
        return "Nagekeken; er is niets veranderd."
    if tuple(what) == ("ingetrokken",):
        return "Ingetrokken."
    *first, last = what
    before = ", ".join(first)
    return f"Bijgewerkt: {before} en {last}." if before else f"Bijgewerkt: {last}."
