"""A meting to take along: JSON, CSV and XLSX for the gemeente that owns it. The profile as it may be shown, never one person's answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assessment import band, confidence_word, store
from kb import Cell, Column, KnowledgeBase, Table
from web import accounts, conversation, letter, spreadsheet, visitors
from web.accounts import Account
from web.assessments import area_in_words, own
from web.visitors import Doors, database, reader

router = Doors()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/metingen/{id}/export.{kind}", reader)
def export(request: Request, account: Account, id: str, kind: str) -> Response:  # noqa: A002  the name in the address
    """One file; CSV holds the profile only, the others everything. Written down in the log."""
    if kind not in _KINDS:
        raise HTTPException(404, headers=visitors.PRIVATE)
    kb: KnowledgeBase = request.app.state.kb
    with database(request).read() as session:
        meting = own(session, account, id)
        found = tables(
            kb,
            meting,
            store.progress(session, meting),
            None if meting.is_open else conversation.look(session, kb, meting),
            store.indicators_of(session, meting),
            store.agreed(session, meting)[1],
        )
    with database(request).write() as session:
        accounts.log(session, account, f"exporteren als {kind}", id)
    media, write = _KINDS[kind]
    headers = {"Content-Disposition": f'attachment; filename="meting-{id}.{kind}"', **visitors.PRIVATE}
    return Response(write(found, area_in_words(meting)), headers=headers, media_type=media)


def tables(
    kb: KnowledgeBase,
    meting: store.Assessment,
    progress: Mapping[str, store.Progress],
    seen: conversation.Look | None,
    figures: Sequence[store.StoredIndicator],
    agreed: Sequence[store.AgreedPriority],
) -> list[Table]:
    """Everything of a meting that may leave it; a meting that is open has no profile yet."""
    situation = ("/".join(values) for values in meting.situation.values())
    about: list[tuple[str, str]] = [
        ("id", meting.id),
        ("gemeente", meting.municipality),
        ("gebied", meting.area),
        ("versie", "kort" if meting.short else "lang"),
        ("vragenlijst", meting.questionnaire),
        ("gemaakt_op", meting.created_at.isoformat(timespec="seconds")),
        ("sluit_op", meting.closes_at.isoformat(timespec="seconds")),
        *zip(meting.situation, situation, strict=True),
    ]
    return [
        _table("profiel", "Score per factor, op vijf afgerond", PROFILE, _profile_rows(kb, seen) if seen else []),
        _table("meting", "Wat is gemeten", ("veld", "waarde"), about),
        _table("invullers", "Invullers per rol", ("rol", "begonnen", "klaar"), [(r, p.started, p.finished) for r, p in progress.items()]),
        _table("cijfers", "Cijfers uit registraties", ("cijfer", "aantal", "verwacht", "niveau", "bron", "jaar"), [(f.indicator_id, f.observed, f.expected, f.level, f.source, f.year) for f in figures]),
        _table("afspraken", "Afgesproken prioriteiten; plaats 0 is bewust niet gekozen", ("as", "plaats", "voorstel", "reden"), [(a.axis, a.place, a.suggested, a.reason) for a in agreed]),
    ]  # fmt: skip


PROFILE = ("factor", "naam", "soort", "score", "band_van", "band_tot", "in_woorden", "zekerheid", "trend")


def _profile_rows(kb: KnowledgeBase, seen: conversation.Look) -> list[tuple[Cell, ...]]:
    found = ((kb.factors[f], s) for f, s in seen.profile.scores.items() if f in kb.factors)
    return [
        (f.id, f.name, str(f.kind), int(s.score), *band(s), letter.words(f, s), confidence_word(s.confidence), s.trend)
        for f, s in found
    ]


def _table(name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    return Table(name, title, tuple(Column(head, "", "tekst") for head in heads), tuple(tuple(row) for row in rows))


def _as_json(found: Sequence[Table], title: str) -> bytes:
    whole: dict[str, Any] = {"titel": title}
    for table in found:
        heads = [column.name for column in table.columns]
        whole[table.name] = [dict(zip(heads, row, strict=True)) for row in table.rows]
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _as_csv(found: Sequence[Table], _title: str) -> bytes:
    return spreadsheet.csv_text(found[0]).encode()


def _as_xlsx(found: Sequence[Table], title: str) -> bytes:
    return spreadsheet.workbook(found, title, store.now().date())


_KINDS: Mapping[str, tuple[str, Callable[[Sequence[Table], str], bytes]]] = {
    "json": ("application/json", _as_json),
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "xlsx": (XLSX, _as_xlsx),
}
