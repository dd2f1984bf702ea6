"""A worksheet to talk about a shortlist: six questions per intervention, with what the bijsluiter already knows. For paper; stores nothing.

The questions follow the Hexagon of the National Implementation Research Network (Metz and Louison, 2018), in our own words. As with
its makers there is no total and no cut-off: the talk is the point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from kb import Evidence, Intervention, KnowledgeBase
from web import leaflet
from web.pages import Pages
from web.render import dutch_date, dutch_number, judged, page

router = Pages()

KEY = "interventie"
MOST = 5
SOURCE = "https://implementation.fpg.unc.edu/resource/the-hexagon-an-exploration-tool/"
MOST_FACTORS = 6
UNKNOWN = "niet gevonden in de bronnen; vraag het na"

Fact = tuple[str, str]
"""A short name and what is known."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the six: what to talk about, what the ends of the scale mean, and what a bijsluiter knows of it."""

    name: str
    text: str
    low: str
    high: str
    known: Callable[[KnowledgeBase, Intervention], Iterator[Fact]]


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what is known for one intervention."""

    question: Question
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    intervention: Intervention
    rows: tuple[Row, ...]


def _need(kb: KnowledgeBase, i: Intervention) -> Iterator[Fact]:
    yield "Bedoeld bij", ", ".join(problem.label.lower() for problem in i.indication.problems)
    yield "Ernst", f"{i.indication.severity.start} tot en met {i.indication.severity.end} van 5"
    names = [leaflet.lowered(kb.factors[link.id].name) for link in i.factor_links if link.id in kb.factors]
    if names:
        more = f", en nog {len(names) - MOST_FACTORS}" if len(names) > MOST_FACTORS else ""
        yield "Werkt aan", ", ".join(names[:MOST_FACTORS]) + more


def _fit(_: KnowledgeBase, i: Intervention) -> Iterator[Fact]:
    yield "Leeftijd", leaflet.ages(i) or UNKNOWN
    yield "Niet geschikt voor", i.sections.not_suitable or UNKNOWN
    if i.settings:
        yield "Plek", ", ".join(setting.label.lower() for setting in i.settings)


def _capacity(_: KnowledgeBase, i: Intervention) -> Iterator[Fact]:
    yield "Wat het vraagt", i.sections.requirements or UNKNOWN
    yield "Wie er moeten meedoen", ", ".join(i.partners) or UNKNOWN
    yield "Duur", _duration(i) or UNKNOWN
    yield "Kosten", _cost(i) or UNKNOWN


def _evidence(_: KnowledgeBase, i: Intervention) -> Iterator[Fact]:
    for verdict in leaflet.verdicts(i):
        for entry in verdict.entries:
            yield (leaflet.about(entry.outcome) or "in het algemeen").capitalize(), _judged(entry)
    for concern in i.concerns:
        yield f"Let op: {leaflet.lowered(concern.kind.label)}", concern.text


def _support(_: KnowledgeBase, i: Intervention) -> Iterator[Fact]:
    yield "Eigenaar van de methode", i.owner or UNKNOWN
    yield "Uitvoerder", i.provider or UNKNOWN
    regions = f" ({', '.join(i.regions)})" if i.regions else ""
    yield "Te krijgen", f"{i.availability.label.lower()}{regions}" if i.availability else UNKNOWN


def _usability(_: KnowledgeBase, i: Intervention) -> Iterator[Fact]:
    yield "Aanpak", i.summary
    yield "Hoe vaak", i.frequency or UNKNOWN
    yield "Nagekeken", f"{dutch_date(i.checked_on)}. {leaflet.CERTAINTY_WORDS[i.certainty]}"


def _duration(i: Intervention) -> str | None:
    if i.duration is None:
        return None
    return i.duration.note or (f"ongeveer {i.duration.words}" if i.duration.words else None)


def _cost(i: Intervention) -> str | None:
    if i.cost is None:
        return None
    year = f" (prijspeil {i.cost.year})" if i.cost.year else ""
    return f"€ {dutch_number(i.cost.amount)} {i.cost.per.label}{year}"


def _judged(entry: Evidence) -> str:
    """'eerste aanwijzingen (Erkenningscommissie, 8 december 2021)'."""
    return f"{entry.level.label.lower()} ({judged(entry)})"


QUESTIONS = (
    Question(
        "Behoefte",
        "Lost dit op wat er bij ons speelt? Voor welke jongeren, en hoe weten wij dat?",
        "lost ons probleem niet op",
        "is precies wat hier nodig is",
        _need,
    ),
    Question(
        "Past het hier?",
        "Past het bij onze doelen, bij wat er al loopt, en bij hoe jongeren en ouders hier leven?",
        "botst met wat wij doen",
        "sluit goed aan",
        _fit,
    ),
    Question(
        "Capaciteit",
        "Hebben wij de mensen, de tijd, het geld en de partners? Ook over twee jaar nog?",
        "dit kunnen wij niet dragen",
        "alles is geregeld",
        _capacity,
    ),
    Question(
        "Bewijs",
        "Werkt het, waarvoor en voor wie? Lijkt dat op onze situatie?",
        "geen bewijs voor ons doel",
        "sterk bewijs, ook voor onze groep",
        _evidence,
    ),
    Question(
        "Ondersteuning",
        "Is er iemand die ons helpt met opleiden, starten en volhouden?",
        "wij staan er alleen voor",
        "er is goede hulp",
        _support,
    ),
    Question(
        "Bruikbaarheid",
        "Is duidelijk wat wij precies moeten doen, en wat wij mogen aanpassen?",
        "het blijft vaag",
        "het is helder beschreven",
        _usability,
    ),
)


def sheet(kb: KnowledgeBase, intervention: Intervention) -> Sheet:
    return Sheet(intervention, tuple(Row(q, tuple(q.known(kb, intervention))) for q in QUESTIONS))


def chosen(kb: KnowledgeBase, ids: Sequence[str]) -> tuple[list[Intervention], list[str]]:
    """The pages that were asked for, each once, and the ids that do not exist."""
    pages = {each: kb.get(each) for each in dict.fromkeys(ids)}
    return [i for i in pages.values() if i], [each for each, i in pages.items() if i is None]


@router.get("/teamcheck")
async def team_check(request: Request) -> HTMLResponse:
    """At most five sheets. What is not known is named; without anything known there is only an explanation."""
    kb: KnowledgeBase = request.app.state.kb
    asked = request.query_params.getlist(KEY)
    found, unknown = chosen(kb, asked)
    return page(
        request,
        "team_check.html",
        404 if asked and not found else 200,
        sheets=[sheet(kb, intervention) for intervention in found[:MOST]],
        beyond=found[MOST:],
        unknown=[each[:60] for each in unknown[:MOST]],
        source=SOURCE,
    )
