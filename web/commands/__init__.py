"""What every command of `kast` shares: errors in words, settings, the content, reading a file and printing JSON.

Nothing heavy is imported here before a command asks for it: `kast --help` must answer at once.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb import KnowledgeBase, Problem
    from web.settings import Settings


class CommandError(Exception):
    """Something that the user can mend; the text says what, in Dutch."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


def settings(**given: Any) -> Settings:
    """The settings of this process; what is given on the command line goes first. Names mistyped settings."""
    from web import settings as read

    for name in read.unknown(os.environ):
        print(f"{name} kennen we niet en telt niet mee.", file=sys.stderr)
    try:
        return read.read(**{name: value for name, value in given.items() if value is not None})
    except read.SettingsError as error:
        raise CommandError(str(error)) from None


def knowledge(**options: Any) -> KnowledgeBase:
    """The content, or every reason why it cannot be used; with the options of kb.load."""
    import kb

    set_to = settings()
    try:
        return kb.load(set_to.content, set_to.snapshot, **options)
    except kb.ContentError as error:
        problems = "\n".join(as_text(problem) for problem in error.problems)
        raise CommandError(f"{problems}\nDe inhoud klopt niet.", 1) from None
    except OSError:
        raise CommandError("KAST_CONTENT: deze map is niet te lezen.") from None


def as_text(problem: Problem) -> str:
    """A problem on one line: where, which field, what."""
    advice = "(advies) " if str(problem.weight) == "advies" else ""
    return f"{relative(problem.path)}:{problem.line}  {problem.field or 'bestand'}   {advice}{problem.message}"


def relative(path: Path) -> str:
    """Seen from where the user stands, when it lies there."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def text_of(path: Path) -> str:
    """The text of a file. Raises CommandError when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        raise CommandError(f"{path} is niet te lezen. Bestaat dit bestand?") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is geen tekst in UTF-8. Bewaar het bestand als UTF-8.") from None


def dump(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))
