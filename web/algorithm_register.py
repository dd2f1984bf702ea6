"""The record for the Algoritmeregister, publicatiestandaard 1.0: its fields and limits, and the part that follows the live weights.

`docs/algoritmeregister.yaml` is the record as a file. `python -m web.algorithm_register` renews its last field after a change of weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

import matcher
from assessment import Questionnaire
from kb import strict_yaml
from matcher import weights as w
from web.render import dutch_number
from web.settings import ROOT, Settings

FILE = ROOT / "docs" / "algoritmeregister.yaml"
GENERATED = "# Hieronder niet zelf wijzigen: `python -m web.algorithm_register` maakt dit uit de rekenregels.\n"
PLACEHOLDER = "[in te vullen door de gemeente]"
ALLOWED_TAGS = ("div", "br", "p", "ul", "ol", "li")
_TAG = re.compile(rf"</?(?:{'|'.join(ALLOWED_TAGS)})>")


def _plain(text: str) -> str:
    if "<" in _TAG.sub("", text):
        raise ValueError(f"alleen deze HTML mag, zonder kenmerken: {', '.join(ALLOWED_TAGS)}")
    return text


Address = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=500)]
Contact = Annotated[str, StringConstraints(pattern=r"^(https://\S+|[^@\s<>]+@[^@\s<>]+)$", max_length=500)]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Long = Annotated[str, StringConstraints(max_length=2500), AfterValidator(_plain)]
Longest = Annotated[str, StringConstraints(max_length=5000), AfterValidator(_plain)]
Theme = Literal[
    "Organisatie en bedrijfsvoering",
    "Cultuur en recreatie",
    "Economie",
    "Overheidsfinanciën",
    "Wonen",
    "Internationaal",
    "Migratie en integratie",
    "Natuur en milieu",
    "Onderwijs en wetenschap",
    "Openbare orde en veiligheid",
    "Recht",
    "Ruimte en infrastructuur",
    "Sociale zekerheid",
    "Verkeer",
    "Werk",
    "Zorg en gezondheid",
]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(Part):
    title: str = Field(min_length=1, max_length=100)
    link: Address


class Registration(Part):
    """One record. Names, titles and limits are those of the standard (MinBZK/Algoritmeregister, v1_0.json)."""

    name: str = Field(title="Naam", min_length=1, max_length=100)
    description_short: str = Field(title="Korte omschrijving", min_length=1, max_length=350)
    organization: str = Field(title="Organisatie", min_length=1, max_length=100)
    category: tuple[Theme, ...] = Field((), title="Thema", max_length=3)
    status: Literal["In ontwikkeling", "In gebruik", "Buiten gebruik"] = Field(title="Status")
    begin_date: Month | None = Field(None, title="Begindatum")
    end_date: Month | None = Field(None, title="Einddatum")
    contact_email: Contact = Field(title="Contactgegevens")
    website: Address | None = Field(None, title="Link naar publiekspagina")
    publication_category: Literal["Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"] = Field(
        title="Publicatiecategorie"
    )
    url: Address | None = Field(None, title="Link naar bronregistratie")
    goal: Long = Field(title="Doel en impact")
    proportionality: Long = Field(title="Afwegingen")
    human_intervention: Long = Field(title="Menselijke tussenkomst")
    risks: Long = Field(title="Risicobeheer")
    lawful_basis: Long = Field(title="Wettelijke basis")
    lawful_basis_grouping: tuple[Reference, ...] = Field((), title="Verwijzingen wettelijke basis")
    process_index_url: Address | None = Field(None, title="Link naar verwerkingsregister")
    impacttoetsen_grouping: tuple[Reference, ...] = Field((), title="Impacttoetsen")
    impacttoetsen: Long = Field(title="Toelichting op impacttoetsen")
    source_data: Long = Field(title="Gegevens")
    source_data_grouping: tuple[Reference, ...] = Field((), title="Verwijzingen gegevensbronnen")
    methods_and_models: Longest = Field(title="Technische werking")
    provider: str = Field(title="Leverancier", max_length=200)
    publiccode: Address | None = Field(None, title="Link naar broncode")
    lang: Literal["nld"] = Field(title="Taal")
    standard_version: Literal["1.0"] = Field(title="Versie publicatiestandaard")
    source_id: str | None = Field(None, title="Bron-ID", max_length=100)
    tags: str = Field("", title="Zoektermen", max_length=2500)

    def as_json(self) -> dict[str, Any]:
        """What one can send to the register: fields that are not known are left out."""
        return {name: value for name, value in self.model_dump(mode="json").items() if value not in (None, [], "")}


class RecordError(Exception):
    """The file is no YAML that we read; the text says where."""


def registration(settings: Settings) -> Registration:
    """The record of this site: the file, with what only the running site knows, and the weights of this moment."""
    own = {"contact_email": settings.contact}
    if settings.is_https:
        own |= {
            "website": f"{settings.base_url}/verantwoording",
            "url": f"{settings.base_url}/verantwoording/algoritmeregister.json",
        }
    return Registration.model_validate({**written(), **own, "methods_and_models": methods()})


@lru_cache(maxsize=1)
def written() -> dict[str, Any]:
    """The record as it stands in the file. Raises RecordError."""
    document = strict_yaml.read(FILE.read_text(encoding="utf-8"))
    if document.problems:
        line, _, said = document.problems[0]
        raise RecordError(f"{FILE.name}:{line}: {said}")
    return dict(document.value)


# --- the part that follows the weights ------------------------------------------------------------------------------


def methods() -> str:
    """How it works, for who knows technique: input, gates, weights, thresholds and output of this version."""
    return "\n".join(_methods())


def _methods() -> Iterator[str]:
    yield (
        f"<p>Rekenregels versie {w.VERSION}, vragenlijst versie {Questionnaire.load().version}. Het systeem is niet zelflerend en "
        "gebruikt geen taalmodel. Het zijn vaste rekenregels: dezelfde vraag geeft altijd dezelfde uitkomst.</p>"
    )
    yield (
        "<p>Invoer: antwoorden over een gebied, per factor een score (0 tot 100) met een zekerheid (0 tot 1), en vragen over "
        "leeftijd, probleem, ernst en wat er kan. Geen gegevens over personen.</p>"
    )
    yield (
        f"<p>Prioriteiten: onderwerpen met een behoefte boven {_n(w.NEED_FROM)}, een gewicht vanaf {_n(w.PRIORITY_FROM)} en een "
        f"zekerheid vanaf {_n(w.CONFIDENT_FROM)}, gewogen met sterkte ({_values(w.STRENGTH.values())}), te veranderen "
        f"({_values(w.CHANGEABILITY.values())}), trend en zekerheid. Hoogstens {w.MOST_PRIORITIES}.</p>"
    )
    yield "<p>Poorten, in deze volgorde. Sluit er een, dan valt de interventie af:</p>"
    yield _list(f"{name}: {gate.meaning}" for name, gate in matcher.GATES.items())
    yield "<p>Gewichten: de meeste punten die elke reden kan geven. De score is de som van de redenen:</p>"
    yield _list(f"{name}: {_n(points)}" for name, points in w.WEIGHTS.items())
    yield "<p>Aftrek in punten:</p>"
    yield _list(f"{name}: {_n(points)}" for name, points in w.PENALTIES.items())
    yield (
        "<p>Uitvoer: prioriteiten, voorstellen met redenen, wat afviel en waarom, en een recept. Bij te weinig gegevens komt er geen "
        "volgorde. Alle formules, getallen en bronnen staan op de pagina /verantwoording van de site.</p>"
    )


def _n(value: float) -> str:
    return dutch_number(value)


def _values(values: Iterable[float]) -> str:
    return "; ".join(map(_n, values))


def _list(lines: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{escape(line, quote=False)}</li>" for line in lines) + "\n</ul>"


def renewed(text: str) -> str:
    """The file with its last field made anew."""
    kept, _, _ = text.partition(GENERATED)
    block = "\n".join(f"  {line}" for line in methods().split("\n"))
    return f"{kept}{GENERATED}methods_and_models: |-\n{block}\n"


if __name__ == "__main__":
    FILE.write_text(renewed(FILE.read_text(encoding="utf-8")), encoding="utf-8")
