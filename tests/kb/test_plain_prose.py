"""Most pages hold paragraphs and nothing else; those are not parsed. What comes out is what the parser would have made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb import KnowledgeBase, prose

PIECES = ["woord", "é", "’", '"', "'", " ", "  ", "\n", "\n\n", "\n \n", ".", "1.", "1) ", "-", "- ", "=", "+ ", "*", "_a_", "a_b", "_", "a*b", "2020. ", "01) ", "3.964", "R & D", "&#38;", "#", "## Doel", "<b>", "&", "&amp;", "`", "~~~", "    ", "\t", "|", "!", "[a](b)", "\\", "\xa0", "\u2003", "–", "a@b.nl", "https://x.nl", ":", "\x85"]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(texts)
def test_html_of_a_plain_text_is_what_the_parser_makes(text: str) -> None:
    assert prose.to_html(text) == MarkdownIt("commonmark", {"html": False}).render(text)


@given(st.lists(st.one_of(st.just("\n## Doel\n"), st.just("\n## Aanpak\n\n"), texts), max_size=8).map("".join))
def test_a_plain_body_is_split_as_the_parser_would(body: str) -> None:
    found = prose._read_plain(body.split("\n"))
    if found is not None:
        assert found[1] == prose._read_all(body)[1]


def test_most_of_our_prose_is_plain(echte_kast: KnowledgeBase) -> None:
    found = [text for i in echte_kast.interventions for text in i.sections.model_dump().values() if text]
    assert sum(map(prose.is_plain, found)) > 0.8 * len(found)


@pytest.mark.parametrize("text", ["1. eerst", "- streepje", "a  \nb", "*nadruk*", "Kop\n===", "\tcode", "<b>"])
def test_what_means_something_is_not_plain(text: str) -> None:
    assert not prose.is_plain(text)
