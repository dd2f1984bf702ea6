"""One file as its editor wrote it: bytes to text, text to fields and headed texts. The only place that opens content files.

What the fields mean is in content.py. Nothing heavy is imported here, so that a second process can read while the first imports the rest.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kb import prose, strict_yaml
from kb.words import as_slug

MAX_BYTES = 50_000
"""A page is about five kilobytes; ten times that is no page."""
MAX_BAD_WORDS = 3
"""Words of one line that are named."""
MAX_BAD_LINES = 5
"""Lines with unreadable characters that are named before the rest is left unsaid."""
TEMPLATE_NAME = "_sjabloon.md"

_FILE_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_FENCE = "---"
_OPENING = re.compile(rf"{_FENCE}[^\S\n]*$", re.MULTILINE)
_CLOSING = re.compile(rf"\n{_FENCE}[^\S\n]*$", re.MULTILINE)
_FIELD = re.compile(r"[a-z_]+:(?:\s|$)| *- | +\S")
"""How a line among the fields begins."""
_CONTROL_BYTES = bytes((*range(0x09), *range(0x0E, 0x20)))
_UNSEEN_RANGES = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200B), (0x2028, 0x2029), (0x202A, 0x202E),
    (0x2066, 0x2069), (0xFEFF, 0xFEFF), (0xFFFE, 0xFFFF),
)  # fmt: skip
_UNSEEN = "".join(chr(code) for first, last in _UNSEEN_RANGES for code in range(first, last + 1))
_INVISIBLE = re.compile(f"[{re.escape(_UNSEEN)}]|(?m:^)[ -]*\xa0[ \xa0]*")
"""Characters nobody sees, that break lines, hide text or spoil the search; and a hard space used to indent."""
_LOST = "\ufffd".encode()
_GARBLED_STARTS = ("Ã", "Â", "â€", "â‚¬")
_GARBLED = re.compile(r"(?<![A-Z])[ÃÂ][\xa1-\xbf\u0152-\u2122]|â€[\x80-\xbf\u0152-\u2122]|â‚¬")
"""What 'é', '°', a curly quote and a euro become when UTF-8 is read as cp1252. No 'IRMÃ’s': in capitals it is a letter with a quote."""
_SUSPECTS = tuple(f"{_UNSEEN}\xa0")
"""Without one of these there is none of those; and looking for one character after another is quickly done."""
OWN_KEYS = ("id", "tekst")
"""Keys of an intervention that come from the file name and the prose, never from the front matter."""

Said = tuple[int, strict_yaml.Path, str]
"""(line, place, Dutch sentence)."""


class Written(NamedTuple):
    """A file with its fields and headed texts, as far as it can be read, and every objection up to there."""

    path: Path
    said: Sequence[Said] = ()
    text: str = ""
    """The file as far as it can be read; line n of the file is line n here."""
    document: strict_yaml.Document | None = None
    """The front matter; none when it could not be told from the prose."""
    sections: Mapping[str, str] = MappingProxyType({})
    """Every headed text by its heading."""
    first_body_line: int = 1
    has_odd_prose: bool = False
    """Was there an objection to the prose already?"""

    @property
    def whole(self) -> dict[str, Any]:
        """Fields, id and headed texts in one, with the keys of an intervention; only of a page with fields."""
        text = {
            title: None if words == prose.NOT_FOUND and title in prose.OPTIONAL_HEADINGS else words
            for title, words in self.sections.items()
        }
        fields = self.document.value if self.document else {}
        return {**fields, "id": self.path.stem if _FILE_NAME.match(self.path.stem) else "x", "tekst": text}


def read(path: Path) -> Written:
    """Read one file. Never raises: whatever is wrong with it is said, with its line."""
    raw, objection = _bytes_of(path)
    return Written(path, [(1, (), objection)]) if objection else read_bytes(path, raw)


def read_bytes(path: Path, raw: bytes) -> Written:
    """The same from the bytes of a file, whatever lies at its path now."""
    text, said = _decode(raw)
    said += [(1, (), message) for message in _name_objections(path)]
    front, body, first_body_line, objection = _split(text) if text else ("", "", 1, None)
    if objection or not text:
        return Written(path, said + ([objection] if objection else []), text)
    document = strict_yaml.read("\n" + front)
    sections, objections = prose.split(body)
    said += [(first_body_line + line - 1, (title,) if title else (), message) for line, title, message in objections]
    return Written(path, said + document.problems, text, document, sections, first_body_line, bool(objections))


def parts(raw: bytes) -> dict[str, Any]:
    """Fields and headed texts as they were written, with every run of spaces made one; whatever cannot be read is left out."""
    front, body, _, _ = _split(_decode(raw)[0])
    found = strict_yaml.read("\n" + front).value
    written = {**(found if isinstance(found, dict) else {}), **prose.split(body)[0]}
    return {key: _one_spaced(value) for key, value in written.items()}


def _one_spaced(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: _one_spaced(part) for key, part in value.items()}
    return [_one_spaced(part) for part in value] if isinstance(value, list) else value


def _decode(raw: bytes) -> tuple[str, list[Said]]:
    """The text of a file, as far as it can be read, and what was wrong with it; no text means: look no further."""
    text = raw.decode("utf-8-sig", errors="replace")
    said: list[Said] = []
    if "\ufffd" in text:
        said += _encoding_objections(raw)
    if not text.strip():
        return "", [(1, (), f"Dit bestand is leeg. Begin met een kopie van {TEMPLATE_NAME}.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(map(text.__contains__, _GARBLED_STARTS)):
        said += _garbled(text)
    unseen = list(_INVISIBLE.finditer(text)) if any(map(text.__contains__, _SUSPECTS)) else []
    for found in unseen[:MAX_BAD_LINES]:
        line, where = text.count("\n", 0, found.start()) + 1, _after(text, found.start())
        said.append((line, (), f"Op deze regel staat een onzichtbaar teken{where}. Typ de regel opnieuw."))
    return _INVISIBLE.sub(lambda found: " " * len(found[0]), text) if unseen else text, said


def _after(text: str, position: int) -> str:
    """Where on its line a position is, in words."""
    before = text[:position].rpartition("\n")[2].strip()[-20:]
    return f", na '{before}'" if before else ""


def _bytes_of(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and no objection, or the objection."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return b"", "Dit is een map, geen bladzijde. Een bladzijde is een bestand dat eindigt op .md."
        if not stat.S_ISREG(found.st_mode):
            return b"", "Dit is geen gewoon bestand. Sla de bladzijde op als tekstbestand."
        if found.st_size > MAX_BYTES:
            return b"", _too_big(found.st_size)
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b"", "Dit bestand bestaat niet. Kijk de naam na."
    except (OSError, ValueError):
        return b"", "Dit bestand is niet te openen. Kijk of u het mag lezen, en sla het anders opnieuw op."
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return b"", "Dit bestand is opgeslagen als UTF-16. Kies bij het opslaan de codering UTF-8."
    if b"\x00" in raw or (len(raw.translate(None, _CONTROL_BYTES)) < len(raw) and not _is_utf8(raw)):
        return b"", "Dit is geen tekstbestand. Sla de bladzijde op als gewone tekst, met de codering UTF-8."
    return raw, ""


def _too_big(size: int) -> str:
    shown = f"{size / 1_000_000:.1f} MB".replace(".", ",") if size >= 1_000_000 else f"{size // 1000} kB"
    return f"Dit bestand is te groot ({shown}; hoogstens {MAX_BYTES // 1000} kB). Laat lange stukken weg en verwijs ernaar bij 'bronnen'."


def _is_utf8(raw: bytes) -> bool:
    return "\ufffd" not in raw.decode("utf-8", errors="replace")


def _encoding_objections(raw: bytes) -> Iterator[Said]:
    """The lines that are not UTF-8, with the words as their writer most likely saw them."""
    bad = ((number, line) for number, line in enumerate(raw.split(b"\n"), start=1) if not _is_utf8(line))
    for number, line in list(bad)[:MAX_BAD_LINES]:
        words = [word for word in line.split() if not _is_utf8(word)][:MAX_BAD_WORDS]
        if lost := next((word for word in words if _LOST in word), None):
            yield (
                number,
                (),
                f"In '{lost.decode('utf-8', errors='replace')[:40]}' ging een letter verloren. Typ dit woord opnieuw.",
            )
            continue
        shown = "', '".join(word.decode("cp1252", errors="replace")[:40] for word in words)
        yield number, (), f"'{shown}' is niet goed opgeslagen. Kies bij het opslaan de codering UTF-8."


def _garbled(text: str) -> Iterator[Said]:
    """The lines with words that were read as if they were cp1252, and then saved so."""
    lines = ((number, _ungarbled(line)) for number, line in enumerate(text.split("\n"), start=1))
    for number, words in [(number, words) for number, words in lines if words][:MAX_BAD_LINES]:
        written, meant = " ".join(words)[:80], " ".join(words.values())[:80]
        yield number, (), f"In '{written}' is een letter verkeerd opgeslagen. Typ dit opnieuw. Bedoelde u '{meant}'?"


def _ungarbled(line: str) -> dict[str, str]:
    """The garbled words of a line with what they were; one that was never anything else is not."""
    found: dict[str, str] = {}
    for word in line.split(" ") if _GARBLED.search(line) else ():
        if _GARBLED.search(word) and len(found) < MAX_BAD_WORDS:
            with suppress(UnicodeError):
                found[word] = word.encode("cp1252").decode()
    return found


def _split(text: str) -> tuple[str, str, int, Said | None]:
    """(front matter, body, line where the body starts, objection)."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening and closing:
        front, body = text[opening.end() + 1 : closing.start()], text[closing.end() + 1 :]
        return front, body, text.count("\n", 0, closing.end()) + 2, None
    lines = text.split("\n")
    if not opening:
        return "", "", 1, (1, (), _no_fence(lines))
    heading = next((number for number, line in enumerate(lines, start=1) if line.startswith("##")), len(lines) + 1)
    last = max(number for number in range(1, heading) if number == 1 or _FIELD.match(lines[number - 1]))
    return "", "", 1, (last, (), f"De velden zijn niet afgesloten. Zet onder deze regel een regel met alleen {_FENCE}.")


def _no_fence(lines: Sequence[str]) -> str:
    first = next((number for number, line in enumerate(lines, start=1) if line.strip()), 1)
    if lines[first - 1].rstrip() == _FENCE:
        return f"Boven de eerste {_FENCE} staan lege regels. Haal die weg: {_FENCE} hoort op regel 1."
    return f"Op de eerste regel hoort alleen {_FENCE} te staan, met daaronder de velden. Vergelijk met {TEMPLATE_NAME}."


def _name_objections(path: Path) -> Iterator[str]:
    if path.name == TEMPLATE_NAME:
        return
    if path.suffix != ".md":
        yield f"De naam van dit bestand moet eindigen op .md. Noem het '{as_slug(path.stem) or 'mijn-aanpak'}.md'."
    elif not _FILE_NAME.match(path.stem):
        advice = f"{as_slug(path.stem) or 'mijn-aanpak'}.md"
        yield (
            f"De bestandsnaam '{path.name[:60]}' kan geen adres worden: alleen kleine letters, cijfers en streepjes. "
            f"Noem het '{advice[:60]}'. Had de bladzijde al een naam? Houd dan die."
        )
