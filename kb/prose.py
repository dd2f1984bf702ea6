"""The Markdown of a page: the five fixed headings, what may stand under them, and the one parser that reads it.

CommonMark, as a pull request preview shows it. Knows nothing of front matter or pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.model import Sections

NOT_FOUND = "Niet gevonden in de bronnen."
"""What an editor writes under a heading when no source says anything about it."""

HEADINGS: tuple[str, ...] = tuple(str(field.alias) for field in Sections.model_fields.values())
OPTIONAL_HEADINGS = {str(field.alias) for field in Sections.model_fields.values() if not field.is_required()}

Objection = tuple[int, str, str]
"""(line from 1, heading, Dutch sentence)."""

_PARSER = MarkdownIt("commonmark", {"html": True})
_RENDERER = MarkdownIt("commonmark", {"html": False})
_SAFE_LINK = re.compile(r"(https?://|/|#|mailto:)", re.IGNORECASE)
_INTERNAL_LINK = re.compile(r"^(?:\.\./|\./|/interventies/)?([a-z0-9-]+)(?:\.md)?$")


def to_html(markdown: str) -> str:
    """HTML of a text; raw HTML in it is shown as text, never passed through."""
    return str(_RENDERER.render(markdown))


def split(body: str) -> tuple[dict[str, str], list[Objection]]:
    """Split a body into its headed sections; lines count from 1 within the body."""
    tokens = _PARSER.parse(body)
    lines = body.split("\n")
    starts = [
        (t.map[0], t.map[1], _inline(tokens, i))
        for i, t in enumerate(tokens)
        if t.type == "heading_open" and t.tag == "h2" and t.map
    ]
    sections: dict[str, str] = {}
    objections = list(_heading_objections(starts)) + list(_content_objections(tokens, starts))
    if starts and "".join(lines[: starts[0][0]]).strip():
        objections.append((1, "", f"Er staat tekst boven de eerste kop. Begin met '## {HEADINGS[0]}'."))
    for position, (_, end, title) in enumerate(starts):
        following = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        sections.setdefault(title, "\n".join(lines[end:following]).strip())
    objections += [
        (_line_of(starts, title), title, _empty(title))
        for title, text in sections.items()
        if title in HEADINGS and not text
    ]
    return sections, sorted(objections)


def _inline(tokens: list[Token], index: int) -> str:
    return tokens[index + 1].content.strip()


def _line_of(starts: list[tuple[int, int, str]], title: str) -> int:
    return next(start + 1 for start, _, name in starts if name == title)


def _empty(title: str) -> str:
    if title in OPTIONAL_HEADINGS:
        return f"Onder '{title}' staat niets. Schrijf een tekst, of: {NOT_FOUND}"
    return f"Onder '{title}' staat niets. Schrijf hier een paar zinnen."


def _heading_objections(starts: list[tuple[int, int, str]]) -> Iterator[Objection]:
    found = [title for _, _, title in starts]
    for start, _, title in starts:
        if title not in HEADINGS:
            yield start + 1, title, f"'{title}' is geen vaste kop. De vaste koppen zijn: {', '.join(HEADINGS)}."
        elif found.count(title) > 1 and start != starts[found.index(title)][0]:
            yield start + 1, title, f"De kop '{title}' staat er twee keer. Laat er één staan."
    last = starts[-1][0] + 1 if starts else 1
    for title in HEADINGS:
        if title not in found:
            yield last, title, f"De kop '## {title}' ontbreekt. Elke bladzijde heeft dezelfde vijf koppen."
    known = [title for title in found if title in HEADINGS]
    if len(set(known)) == len(known) == len(HEADINGS) and tuple(known) != HEADINGS:
        yield starts[0][0] + 1, "", f"De koppen staan niet in de vaste volgorde: {', '.join(HEADINGS)}."


def _content_objections(tokens: list[Token], starts: list[tuple[int, int, str]]) -> Iterator[Objection]:
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        title = next((name for start, _, name in reversed(starts) if start < line), "")
        if token.type == "heading_open" and token.tag == "h1":
            yield (
                line,
                title,
                "Een kop met één # is de titel van de bladzijde; die komt uit 'titel'. Gebruik ## voor de vaste koppen.",
            )
        if token.type == "html_block":
            yield line, title, _no_html(token.content)
        for child in token.children or []:
            if child.type == "html_inline":
                yield line, title, _no_html(child.content)
            if child.type == "image":
                yield line, title, "Een plaatje kan hier niet. Beschrijf in woorden wat erop staat."
            yield from ((line, title, said) for said in _link_objection(child))


def _no_html(content: str) -> str:
    return f"HTML zoals '{content.strip()[:30]}' kan hier niet. Schrijf gewone tekst of Markdown."


def _link_objection(token: Token) -> Iterator[str]:
    if token.type == "link_open":
        address = str(token.attrs.get("href", ""))
        if not _SAFE_LINK.match(address) and not _INTERNAL_LINK.match(address):
            yield f"De link '{address[:60]}' kan hier niet. Gebruik een adres dat begint met https://."
    elif token.type == "text" and re.search(r"\]\(\s*(javascript|vbscript|data):", token.content, re.IGNORECASE):
        yield "Een link met 'javascript:', 'vbscript:' of 'data:' kan hier niet. Gebruik een adres dat begint met https://."
