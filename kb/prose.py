"""The Markdown of a page: the five fixed headings, what may stand under them, and the one parser that reads it.

CommonMark, as a pull request preview shows it. Knows nothing of front matter or pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kb.problems import did_you_mean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NOT_FOUND = "Niet gevonden in de bronnen."
"""What an editor writes under a heading when no source says anything about it."""

HINTS = {
    "Doel": "Wat is er anders als het lukt? Eén of twee zinnen.",
    "Doelgroep": "Voor wie is het? Eén tot drie zinnen.",
    "Aanpak": "Wat gebeurt er, door wie, hoe vaak en hoe lang? Ongeveer 60 tot 130 woorden.",
    "Niet geschikt voor": NOT_FOUND,
    "Wat het vraagt": NOT_FOUND,
}
"""The fixed headings, with what stands under each in the template."""
HEADINGS = tuple(HINTS)
OPTIONAL_HEADINGS = {heading for heading, hint in HINTS.items() if hint == NOT_FOUND}
MAX_PROBLEMS = 50

Objection = tuple[int, str, str]
"""(line from 1, heading, Dutch sentence)."""

_SIGNS = re.compile(
    r"""[\\`*_\[\]<>&#!|~\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff\ufffd]
    (?: (?<![_*&])
      | (?<=&) (?=[A-Za-z\#])  # no 'R & D'
      | (?<=_) (?! (?<=[^\W_]_) [^\W_])  # no 'Hack_Right'
      | (?<=\*) (?! (?<=[^\W_]\*) [^\W_] (?! [^*]*\*))  # no 'NOC*NSF', when that is the only one
    )""",
    re.VERBOSE,
)
_LINE_START = re.compile(r"\n(?: *[-+=]| {4}| *0*1[.)](?![^ \n])|\n *[0-9]{1,9}[.)](?![^ \n]))")
"""Anything that may mean something to the parser, with a space at the end of a line; what has none of these is a paragraph.
Apart, because each alone is found ten times faster than all of them at once. Amid a paragraph only a list from 1 can begin."""
_PLAIN_HEADING = re.compile(r"## [^#]*[^#\s][^#]*$")
_EMPTY_LINES = re.compile(r"\n\n+")
_SAFE_LINK = re.compile(r"(https?://[^/\s]|/(?![/\\])|#|mailto:)", re.IGNORECASE)
_INTERNAL_LINK = re.compile(r"^(?:\.\./|\./|/interventies/)?([a-z0-9-]+)(?:\.md)?$")
_TAG = re.compile(r"</?(a|b|big|em|font|i|small|span|strong|sub|sup|u)(?=[\s/>])", re.IGNORECASE)
"""Something that only says how the words within it look."""
_UNSAFE_ADDRESS = re.compile(r"(?:\]\(|<|\]:)\s*<?((?:javascript|vbscript|data|file)\s*:)", re.IGNORECASE)
"""An address the parser refused to make a link of, so that it stands there as text."""


class _Heading(NamedTuple):
    title: str
    line: int
    """Line of the heading, from 1."""
    end: int
    """Number of lines up to and including the heading."""


@cache
def _parser(*, html: bool) -> MarkdownIt:
    """With or without raw HTML. Imported when the first text is read: the home page has none."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": html})


def to_html(markdown: str) -> str:
    """HTML of a text; raw HTML in it is shown as text, never passed through."""
    return plain_html(markdown) or str(_parser(html=False).render(markdown))


def plain_html(text: str) -> str:
    """HTML of a text that is only paragraphs of words, with no sign in it that could be a tag; nothing for any other text."""
    if not is_plain(text):
        return ""
    # Of the characters that HTML writes in another way, a plain text can only have these two.
    escaped = text.replace("&", "&amp;").replace('"', "&quot;")
    return "".join([f"<p>{part}</p>\n" for part in _paragraphs(escaped)])


def is_plain(text: str) -> bool:
    """Are these only paragraphs of words? Then the parser would find nothing else, and need not look: most pages are like that."""
    lines = f"\n\n{text}\n"
    return not (" \n" in lines or _SIGNS.search(text) or _LINE_START.search(lines))


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a plain text, as the parser gives them."""
    if "\n " in text:
        text = "\n".join([line.strip(" ") for line in text.split("\n")])
    return filter(None, _EMPTY_LINES.split(text.strip(" \n")))


def split(body: str) -> tuple[dict[str, str], list[Objection]]:
    """Split a body into its headed sections; lines count from 1 within the body."""
    lines = body.split("\n")
    tokens, headings = _read_plain(lines) or _read_all(body)
    if not headings:
        return {}, [(_first_filled(lines), "", _no_headings(body)), *_content_objections(tokens, headings)]
    sections: dict[str, str] = {}
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.line - 1 if following else len(lines)
        sections.setdefault(heading.title, "\n".join(lines[heading.end : end]).strip())
    objections = [
        *_text_above(lines, tokens, headings[0]),
        *_heading_objections(headings, lines),
        *_empty_sections(sections, headings),
        *_content_objections(tokens, headings),
    ]
    return sections, sorted(set(objections))[:MAX_PROBLEMS]


def _read_plain(lines: Sequence[str]) -> tuple[list[Token], list[_Heading]] | None:
    """The headings of a body that has nothing else that the parser knows; None when it must look after all."""
    under_headings = ["" if line.startswith("## ") and _PLAIN_HEADING.match(line) else line for line in lines]
    if not is_plain("\n".join(under_headings)):
        return None
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.startswith("## ")]
    return ([], [_Heading(line[3:].strip(), number, number) for number, line in numbered]) if numbered else None


def _read_all(body: str) -> tuple[list[Token], list[_Heading]]:
    tokens = _parser(html=True).parse(body)
    headings = [
        _Heading(tokens[index + 1].content.strip(), token.map[0] + 1, token.map[1])
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map
    ]
    return tokens, headings


def hints_left(text: str) -> Iterator[tuple[str, int]]:
    """(heading, line) of what the template says under a heading, where that still stands in a text."""
    for heading, hint in HINTS.items():
        position = text.find(hint) if hint != NOT_FOUND else -1
        if position >= 0:
            yield heading, text.count("\n", 0, position) + 1


def _first_filled(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines, start=1) if line.strip()), 1)


def _no_headings(body: str) -> str:
    named = ", ".join(f"'## {title}'" for title in HEADINGS)
    if body.strip():
        return f"Deze tekst heeft nog geen koppen. Verdeel hem onder de vijf vaste koppen: {named}."
    return f"Onder de velden staat nog geen tekst. Zet daar de vijf vaste koppen met hun tekst: {named}."


def _text_above(lines: Sequence[str], tokens: Sequence[Token], first: _Heading) -> Iterator[Objection]:
    is_headed = bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"
    above = lines[: first.line - 1]
    is_headed |= any(_meant_as_heading(title, above) for title in HEADINGS)
    if "".join(above).strip() and not is_headed:
        yield (
            _first_filled(lines),
            "",
            f"Er staat tekst boven de eerste kop. Zet deze onder een kop; begin met '## {HEADINGS[0]}'.",
        )


def _empty_sections(sections: dict[str, str], headings: Sequence[_Heading]) -> Iterator[Objection]:
    lines = {heading.title: heading.line for heading in reversed(headings)}
    for title, text in sections.items():
        if title in OPTIONAL_HEADINGS and not text:
            yield lines[title], title, f"Onder '{title}' staat niets. Schrijf een tekst, of: {NOT_FOUND}"
        elif title in HEADINGS and not text:
            yield lines[title], title, f"Onder '{title}' staat niets. Schrijf hier een paar zinnen."


def _heading_objections(headings: Sequence[_Heading], lines: Sequence[str]) -> Iterator[Objection]:
    if tuple(heading.title for heading in headings) == HEADINGS:
        return
    first: dict[str, int] = {}
    misspelt: set[str] = set()
    for heading in headings:
        title = heading.title
        if title in HEADINGS and title in first:
            yield heading.line, title, f"De kop '## {title}' staat hierboven al. Laat er één staan."
        elif title not in HEADINGS:
            meant = did_you_mean(title, [name for name in HEADINGS if name not in first])
            misspelt |= {name for name in HEADINGS if f"'{name}'" in (meant or _renamed_heading(title, headings))}
            known = (
                meant
                or _renamed_heading(title, headings)
                or f" De vaste koppen zijn: {', '.join(HEADINGS)}. Gebruik voor een tussenkop ###."
            )
            yield heading.line, title, f"'{title}' is geen vaste kop.{known}"
        first.setdefault(title, heading.line)
    yield from _missing_headings(first, misspelt, lines)
    found = [title for title in first if title in HEADINGS]
    for title, expected in zip(found, [name for name in HEADINGS if name in first], strict=True):
        if title != expected:
            order = ", ".join(HEADINGS)
            yield first[title], title, f"Hier hoort '## {expected}' te staan. De vaste volgorde is: {order}."
            return


def _renamed_heading(title: str, headings: Sequence[_Heading]) -> str:
    """When one heading is missing and one is unknown, it is that one under another name."""
    present = {heading.title for heading in headings}
    missing, unknown = [name for name in HEADINGS if name not in present], present - set(HEADINGS)
    if len(missing) != 1 or unknown != {title}:
        return ""
    return f" En '{missing[0]}' ontbreekt. Is dit die tekst? Maak er dan '## {missing[0]}' van."


def _missing_headings(first: dict[str, int], misspelt: set[str], lines: Sequence[str]) -> Iterator[Objection]:
    for position, title in enumerate(HEADINGS):
        if title in first or title in misspelt:
            continue
        if found := _meant_as_heading(title, lines):
            yield found[0], title, _no_heading(found[1], title)
            continue
        following = next((name for name in HEADINGS[position + 1 :] if name in first), None)
        where = f"boven '## {following}'" if following else "onderaan"
        yield (
            first[following] if following else len(lines),
            title,
            f"De kop '## {title}' ontbreekt. Zet hem {where}; elke bladzijde heeft dezelfde vijf koppen.",
        )


def _meant_as_heading(title: str, lines: Sequence[str]) -> tuple[int, str] | None:
    """(line, what stands there) where a heading has other marks than two hashes and a space, or stands alone without any."""
    like = re.compile(rf"[ \xa0#*_]*{title}[ \xa0#*_:]*", re.IGNORECASE)
    for number, (above, line) in enumerate(zip(["", *lines], lines, strict=False), start=1):
        if like.fullmatch(line) and (not above.strip() or line.strip().casefold() != title.casefold()):
            return number, line.strip()
    return None


def _no_heading(written: str, title: str) -> str:
    if written == f"## {title}":
        return (
            f"De kop '## {title}' telt hier niet: hij is ingesprongen, of erboven begint een stuk code. Haal dat weg."
        )
    return f"'{written}' lijkt een vaste kop, maar is er geen. Maak er precies '## {title}' van."


def _content_objections(tokens: Sequence[Token], headings: Sequence[_Heading]) -> Iterator[Objection]:
    line, title, coming = 1, "", list(reversed(headings))
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        while coming and coming[-1].line <= line:
            title = coming.pop().title
        if token.type == "heading_open" and token.tag == "h1":
            yield (
                line,
                title,
                "Een kop met één # kan hier niet: de titel komt uit het veld 'titel'. Gebruik ## voor de vaste koppen.",
            )
        elif token.type == "html_block":
            yield line, title, _no_html(token.content)
        elif token.type == "inline":
            yield from ((line + offset, title, said) for offset, said in _inline_objections(token.children or []))


def _inline_objections(children: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """(lines below the start of the paragraph, Dutch sentence)."""
    text: list[str] = []
    offset, html_on = 0, -1
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            offset += 1
            text.append("\n")
        elif child.type == "text":
            text.append(child.content)
        elif child.type == "html_inline":
            if html_on != offset:  # once for <b> and </b>
                found = _TAG.match(child.content)
                yield offset, _no_tag(found[1]) if found else _no_html(child.content)
            html_on = offset
            offset += child.content.count("\n")
            text.append("\n" * child.content.count("\n"))
        elif child.type == "image":
            yield offset, "Een plaatje kan hier niet. Beschrijf in woorden wat erop staat."
        elif child.type == "link_open" and not _is_good_link(str(child.attrs.get("href", ""))):
            yield offset, _no_link(str(child.attrs.get("href", "")))
    written = "".join(text)
    for match in _UNSAFE_ADDRESS.finditer(written):
        yield (
            written.count("\n", 0, match.start()),
            f"Een link met '{match[1]}' kan hier niet. Schrijf een adres dat begint met https://, of haal de link weg.",
        )


def _is_good_link(address: str) -> bool:
    return bool(_SAFE_LINK.match(address) or _INTERNAL_LINK.match(address))


def _no_html(content: str) -> str:
    shown = " ".join(content.split())[:30]
    return f"HTML zoals '{shown}' kan hier niet. Haal het weg en schrijf gewone tekst."


def _no_tag(name: str) -> str:
    return f"HTML zoals '<{name}>' kan hier niet. Haal <{name}> en </{name}> weg; de woorden ertussen mogen blijven."


def _no_link(address: str) -> str:
    return f"De link '{address[:60]}' kan hier niet. Schrijf het hele adres, met https:// ervoor, of haal de link weg."
