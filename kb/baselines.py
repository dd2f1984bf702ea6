"""Five plain search engines on the same pages, to hold our own against: SQLite FTS5 twice, BM25, TF-IDF twice. Only for measuring.

Each gets the text a visitor can read and a fair setting: names weigh most, any word may match, the last word may be half.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kb.model import Intervention
from kb.words import STOP_WORDS, tokens

Engine = Callable[[Sequence[str]], list[list[str]]]
"""From queries to the ids of the pages found for each, best first. All at once: TF-IDF would need ten times as long one by one."""

DEPTH = 50
NAME_WEIGHT, SUMMARY_WEIGHT = 10.0, 3.0
NAME_TIMES, SUMMARY_TIMES = 3, 2
"""What engines without weights per field get instead: the text so many times over."""


def baselines(pages: Sequence[Intervention]) -> dict[str, Engine]:
    """All five by name, built from these pages."""
    return {
        "SQLite FTS5 unicode61": _fts5(pages, "unicode61 remove_diacritics 2", _any_word),
        "SQLite FTS5 trigram": _fts5(pages, "trigram", _any_trigram),
        "BM25": _bm25(pages),
        "TF-IDF woorden": _tfidf(pages, analyzer="word", stop_words=sorted(STOP_WORDS)),
        "TF-IDF letters": _tfidf(pages, analyzer="char_wb", ngram_range=(3, 5)),
    }


def _fields(page: Intervention) -> tuple[str, str, str]:
    """Names, summary, and the rest that a visitor can read."""
    prose = page.sections
    rest = (prose.goal, prose.audience, prose.approach, prose.requirements or "", *page.partners, *page.regions)
    return " ".join((page.title, *page.aliases)), page.summary, " ".join((*rest, page.provider or "", page.owner or ""))


def _whole(page: Intervention) -> str:
    names, summary, rest = _fields(page)
    return " ".join([*[names] * NAME_TIMES, *[summary] * SUMMARY_TIMES, rest])


def _fts5(pages: Sequence[Intervention], tokenizer: str, ask: Callable[[str], str]) -> Engine:
    import sqlite3

    memory = sqlite3.connect(":memory:")
    memory.execute(f"CREATE VIRTUAL TABLE pages USING fts5(id UNINDEXED, names, summary, rest, tokenize='{tokenizer}')")
    memory.executemany("INSERT INTO pages VALUES (?, ?, ?, ?)", ((page.id, *_fields(page)) for page in pages))
    order = f"bm25(pages, 0, {NAME_WEIGHT}, {SUMMARY_WEIGHT}, 1.0)"
    statement = f"SELECT id FROM pages WHERE pages MATCH ? ORDER BY {order}, id LIMIT {DEPTH}"  # noqa: S608 - constants

    def find(query: str) -> list[str]:
        asked = ask(query)
        return [found for (found,) in memory.execute(statement, (asked,))] if asked else []

    return lambda queries: [find(query) for query in queries]


def _any_word(query: str) -> str:
    telling = [word for word in tokens(query) if word not in STOP_WORDS]
    return " OR ".join([*(f'"{word}"' for word in telling[:-1]), *(f'"{word}"*' for word in telling[-1:])])


def _any_trigram(query: str) -> str:
    telling = [word for word in tokens(query) if word not in STOP_WORDS]
    grams = dict.fromkeys(word[start : start + 3] for word in telling for start in range(len(word) - 2))
    return " OR ".join(f'"{gram}"' for gram in grams)


def _bm25(pages: Sequence[Intervention]) -> Engine:
    import bm25s

    words = [[word for word in tokens(_whole(page)) if word not in STOP_WORDS] for page in pages]
    engine: Any = bm25s.BM25()
    engine.index(words, show_progress=False)
    known, depth = set(engine.vocab_dict), min(DEPTH, len(pages))

    def find(query: str) -> list[str]:
        asked = [word for word in tokens(query) if word in known]
        if not asked:
            return []
        numbers, scores = engine.retrieve([asked], k=depth, show_progress=False)
        return [pages[number].id for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    return lambda queries: [find(query) for query in queries]


def _tfidf(pages: Sequence[Intervention], **options: Any) -> Engine:
    from sklearn.feature_extraction.text import TfidfVectorizer

    reader: Any = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode", **options)
    matrix = reader.fit_transform([_whole(page) for page in pages])

    def find(queries: Sequence[str]) -> list[list[str]]:
        if not queries:
            return []
        scores = (reader.transform(queries) @ matrix.T).toarray()
        best = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
        return [[pages[n].id for n in numbers if own[n] > 0] for numbers, own in zip(best, scores, strict=True)]

    return find
