"""What an intervention and a factor are: every field declared once, with its Dutch key, its meaning and its closed list.

Knows nothing of files, HTTP or scoring. Schema, editor's guide, facets, API and checker are all read off these declarations.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError


class Choice(StrEnum):
    """A closed list: the code an editor writes, the words a reader sees, and what it means."""

    label: str
    meaning: str

    def __new__(cls, code: str, label: str, meaning: str = "") -> Self:
        choice = str.__new__(cls, code)
        choice._value_ = code
        choice.label = label
        choice.meaning = meaning
        return choice


class Status(Choice):
    DRAFT = "concept", "Concept", "nog niet zichtbaar voor bezoekers"
    PUBLISHED = "gepubliceerd", "Gepubliceerd", "zichtbaar en mee te wegen in een advies"
    WITHDRAWN = "ingetrokken", "Ingetrokken", "het adres blijft bestaan, met de reden; nooit in een advies"


class Kind(Choice):
    INTERVENTION = (
        "interventie",
        "Interventie",
        "beschreven methode met begin en einde voor een jongere, gezin, groep of klas",
    )
    APPROACH = "aanpak", "Aanpak", "manier van werken van organisaties"
    SERVICE = "dienst", "Voorziening", "vaste voorziening waar men terechtkan"
    INSTRUMENT = "instrument", "Instrument", "hulpmiddel of bevoegdheid"


class Form(Choice):
    INDIVIDUAL = "individueel", "Individueel"
    GROUP = "groep", "Groep"
    FAMILY = "gezin", "Gezin"
    SCHOOL = "school", "School"
    NEIGHBOURHOOD = "wijk", "Wijk"


class Gender(Choice):
    ALL = "alle", "Iedereen"
    BOYS = "jongens", "Jongens"
    GIRLS = "meisjes", "Meisjes"


class PreventionLevel(Choice):
    UNIVERSAL = "universeel", "Universeel", "voor alle jongeren"
    SELECTIVE = "selectief", "Selectief", "voor jongeren met meer risico"
    INDICATED = "geindiceerd", "Geïndiceerd", "voor jongeren met beginnende of duidelijke problemen"
    JUDICIAL = "justitieel", "Justitieel", "na een delict, met politie of justitie"


class Phase(Choice):
    PREVENTION = "preventie", "Preventie"
    EARLY_SIGNS = "vroegsignalering", "Vroegsignalering"
    CARE = "zorg", "Zorg en hulp"
    ENFORCEMENT = "repressie", "Begrenzen en straffen"
    AFTERCARE = "nazorg", "Nazorg"


class Character(Choice):
    PREVENTIVE = "preventief", "Preventief", "helpt en voorkomt"
    LIMITING = "begrenzend", "Begrenzend", "stelt grenzen en handhaaft"
    BOTH = "beide", "Helpt en begrenst"


class Intensity(Choice):
    LIGHT = "licht", "Licht", "bijvoorbeeld een les of een gesprek"
    MEDIUM = "midden", "Middelzwaar", "bijvoorbeeld een paar maanden elke week"
    HEAVY = "zwaar", "Zwaar", "meer keer per week, dag en nacht bereikbaar, of opname"


class Setting(Choice):
    HOME = "thuis", "Thuis"
    SCHOOL = "school", "School"
    STREET = "straat", "Straat"
    YOUTH_CARE = "jeugdhulp", "Jeugdhulp"
    JUSTICE = "politie-justitie", "Politie en justitie"
    LEISURE = "sport-vrijetijd", "Sport en vrije tijd"
    ONLINE = "online", "Online"
    NEIGHBOURHOOD = "wijk", "Wijk"
    WORK = "werk", "Werk"
    INSTITUTION = "inrichting", "Inrichting of detentie"


class ProblemKind(Choice):
    NUISANCE = "overlast", "Overlast en rondhangen"
    YOUTH_GROUP = "jeugdgroep", "Problematische groep of netwerk"
    PROPERTY = "vermogen", "Diefstal, inbraak, heling"
    VANDALISM = "vernieling", "Vernieling en brand"
    VIOLENCE = "geweld", "Geweld en bedreiging"
    WEAPONS = "wapens", "Wapens"
    DRUGS = "drugs", "Drugs gebruiken en verkopen", "ook alcohol"
    ONLINE = "online", "Online delicten en geweld", "ook sexting en geldezels"
    ESCALATION = "doorgroei", "Doorgroei naar zware of georganiseerde misdaad", "ook ronselen"
    EARLY = "vroeg", "Zorgen over kinderen onder 12"
    UNCLEAR = "geen-duidelijk", "Nog niet duidelijk", "helpt om te zien wat er speelt, of algemene steun zonder delict"


class ProblemLevel(Choice):
    INDIVIDUAL = "individueel", "Losse jongeren"
    GROUP = "groep", "Een vaste groep"
    NETWORK = "netwerk", "Een los netwerk dat ook online bestaat"
    FAMILY = "gezin", "Vooral gezinnen"
    AREA = "wijkbreed", "Alle jongeren in de wijk"


class RoleInApproach(Choice):
    CORE = "kern", "Kern", "kan de aanpak van het probleem dragen"
    ADDITION = "aanvulling", "Aanvulling", "alleen naast iets anders"
    PRECONDITION = "randvoorwaarde", "Randvoorwaarde", "organiseert of informeert"


class Outcome(Choice):
    OFFENDING = "delictgedrag", "delicten"
    BEHAVIOUR = "gedragsproblemen", "gedragsproblemen"
    SUBSTANCES = "middelengebruik", "alcohol en drugs"
    FAMILY = "gezin-opvoeding", "gezin en opvoeding"
    SCHOOL_WORK = "school-werk", "school en werk"
    WELLBEING = "psychisch-welzijn", "psychisch welzijn"
    SAFETY = "overlast-veiligheid", "overlast en veiligheid in de buurt"
    KNOWLEDGE = "kennis-houding", "kennis en houding"
    GENERAL = "algemeen", "algemeen"


class EvidenceLevel(Choice):
    """The recognition ladder of the Dutch committees, from strong to weak, and three verdicts off the ladder."""

    STRONG = "sterke-aanwijzingen", "Sterke aanwijzingen", "erkend; meerdere sterke studies laten een effect zien"
    GOOD = "goede-aanwijzingen", "Goede aanwijzingen", "erkend; goede studies laten een effect zien"
    FIRST = "eerste-aanwijzingen", "Eerste aanwijzingen", "erkend; de eerste studies wijzen op een effect"
    WELL_FOUNDED = "goed-onderbouwd", "Goed onderbouwd", "erkend; de theorie klopt, een effect is nog niet aangetoond"
    WELL_DESCRIBED = "goed-beschreven", "Goed beschreven", "erkend; de werkwijze staat goed op papier"
    PRACTICE = "praktijkvoorbeeld", "Praktijkvoorbeeld", "beschreven uit de praktijk, zonder erkenning"
    NOT_ASSESSED = "niet-beoordeeld", "Niet beoordeeld", "geen oordeel gevonden; dat is iets anders dan 'werkt niet'"
    NOT_RECOGNISED = "niet-erkend", "Niet erkend", "beoordeeld en afgewezen"
    NO_EFFECT = "geen-effect", "Geen effect", "onderzocht; er was geen verschil"
    HARMFUL = "schadelijk", "Schadelijk", "onderzocht; het werd erger"


class Certainty(Choice):
    """How sure the editors are of a whole page."""

    HIGH = "hoog", "Hoog", "meerdere goede bronnen"
    MEDIUM = "midden", "Midden", "bruikbaar, maar op punten dun of oud"
    LOW = "laag", "Laag", "weinig bronnen; eerst navragen"


class Basis(Choice):
    EXPLICIT = "expliciet", "expliciet", "een bron zegt het"
    DERIVED = "afgeleid", "afgeleid", "eigen inschatting van de redactie"


class Availability(Choice):
    NATIONAL = "landelijk", "Landelijk"
    REGIONAL = "regionaal", "Regionaal"
    LOCAL = "lokaal", "Lokaal"
    ABROAD = "buitenland", "In het buitenland", "een voorbeeld; in Nederland is geen aanbod gevonden"
    ENDED = "gestopt", "Gestopt", "bestaat niet meer; wordt nooit aangeraden, wel te vinden"


class ConcernKind(Choice):
    BACKFIRE = "averechts", "Kan averechts werken"
    TOO_BROAD = "te-breed", "Te breed ingezet"
    GROUP_EFFECT = (
        "groepseffect",
        "Jongeren kunnen elkaar versterken",
        "brengt risicojongeren van 11-17 samen zonder ouders of school",
    )
    PRIVACY = "privacy-proxy", "Privacy en selectie", "kiest personen; let op privacy en ongelijke behandeling"
    DISPUTED = "betwist", "Oordelen verschillen"
    UNLAWFUL = (
        "geen-grondslag",
        "Geen wettelijke grondslag",
        "een rechter vond dat het niet mag; wordt nooit aangeraden",
    )
    LEGAL_TITLE = (
        "alleen-met-titel",
        "Alleen met een titel",
        "alleen met een straf, maatregel of beslissing van een rechter",
    )


class LvbFit(Choice):
    """For youths with a mild intellectual disability (licht verstandelijke beperking)."""

    ALSO = "ook", "Ook bij een lvb", "aangepast voor jongeren met een licht verstandelijke beperking"
    ONLY = "alleen", "Alleen bij een lvb", "alleen voor jongeren met een licht verstandelijke beperking"
    NOT = "niet", "Niet bij een lvb", "vraagt meer dan jongeren met een licht verstandelijke beperking kunnen"


class Situation(Choice):
    """Something special that some interventions are only for."""

    FIREWORKS = "vuurwerk", "Vuurwerk rond de jaarwisseling"
    FOOTBALL = "voetbal", "Voetbalsupporters"
    HACKING = "hacken", "Hacken, jongeren die handig zijn met computers"
    EXPLOITATION = "uitbuiting", "Seksuele uitbuiting, loverboys"


class Unit(Choice):
    PARTICIPANT = "deelnemer", "per deelnemer"
    GROUP = "groep", "per groep"
    SCHOOL = "school", "per school"
    MUNICIPALITY = "gemeente", "per gemeente"
    YEAR = "jaar", "per jaar"


class FactorKind(Choice):
    RISK = "risico", "Risicofactor"
    PROTECTIVE = "bescherming", "Beschermende factor"


class Domain(Choice):
    """A leefgebied: one of the six drawers of the cabinet."""

    INDIVIDUAL = "individu", "Jongeren zelf"
    FAMILY = "gezin", "Gezin"
    SCHOOL_WORK = "school-werk", "School en werk"
    FRIENDS = "vrienden", "Vrienden en vrije tijd"
    NEIGHBOURHOOD = "wijk", "Wijk"
    ONLINE = "online", "Online"


class Strength(Choice):
    """Size of the link with youth delinquency, between persons; our own cut-offs, see factors.yaml."""

    SMALL = "klein", "klein", "|r| < .15"
    MEDIUM = "middel", "middel", "|r| .15-.29"
    LARGE = "groot", "groot", "|r| >= .30"


class Changeability(Choice):
    WELL = "goed", "goed te beïnvloeden"
    FAIRLY = "matig", "matig te beïnvloeden"
    HARDLY = "nauwelijks", "nauwelijks te beïnvloeden"


SEVERITIES: dict[int, str] = {
    1: "Vroege signalen",
    2: "Af en toe incidenten",
    3: "Vaste overlast of delicten",
    4: "Ernstige delicten of slachtoffers",
    5: "Acuut: er is nu gevaar of maatschappelijke onrust",
}
"""Severity of the local problem, 1-5: the codes of question C06 and of `indicatie.ernst`."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]


def _written_day(value: Any) -> Any:
    """A day is written as a day: pydantic would take a number for the seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        return value
    raise PydanticCustomError("date_parsing", "no day")


def _existing_day(value: str) -> str:
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        raise PydanticCustomError("date_parsing", "no day in the calendar") from None
    return value


_PARTIAL_DATE = r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
Day = Annotated[date, BeforeValidator(_written_day)]
PartialDate = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if isinstance(value, int) else value),
    StringConstraints(pattern=_PARTIAL_DATE),
    AfterValidator(_existing_day),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": _PARTIAL_DATE},
                {"type": "integer", "minimum": 1900, "maximum": 2099},
            ]
        },
        mode="validation",
    ),
]
"""A year, a month or a day: as exact as the source. A bare year may be written as a number."""
Year = Annotated[int, Field(strict=True, ge=1900, le=2100)]
NO_UPPER_AGE = 99
Age = Annotated[int, Field(strict=True, ge=0, le=NO_UPPER_AGE)]
Severity = Annotated[int, Field(strict=True, ge=1, le=5)]


class Record(BaseModel):
    """Base of every value in the knowledge base: frozen, and closed to keys it does not know."""

    # most parts of a page are only ever read as a part of it: their own validator would be made for nothing
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    def as_json(self) -> bytes:
        """With the keys of the files."""
        return self.model_dump_json(by_alias=True).encode()


class AgeRange(Record):
    """Ages in whole years, both ends included."""

    start: Age = Field(alias="van", description="jongste leeftijd in jaren")
    end: Age = Field(alias="tot", description="oudste leeftijd in jaren, die telt mee; 99 betekent: geen bovengrens")

    @property
    def words(self) -> str:
        """'12 tot en met 18 jaar', or 'vanaf 18 jaar' when there is no upper limit."""
        if self.end >= NO_UPPER_AGE:
            return f"vanaf {self.start} jaar"
        return f"{self.start} jaar" if self.start == self.end else f"{self.start} tot en met {self.end} jaar"


class SeverityRange(Record):
    """Severities of the local problem (see SEVERITIES) for which the intervention is in proportion."""

    start: Severity = Field(alias="van", description="laagste ernst, 1-5")
    end: Severity = Field(alias="tot", description="hoogste ernst, 1-5")


class Indication(Record):
    """For which problem, how severe and at which level the intervention is meant; mostly an estimate, never evidence."""

    problems: tuple[ProblemKind, ...] = Field(
        alias="problemen", min_length=1, max_length=5, description="problemen, het belangrijkste eerst"
    )
    main_problem: ProblemKind | None = Field(
        None, alias="hoofdprobleem", description="het ene probleem waarvoor het vooral is gemaakt"
    )
    severity: SeverityRange = Field(alias="ernst", description="hoe ernstig het probleem moet zijn")
    levels: tuple[ProblemLevel, ...] = Field(alias="niveau", min_length=1, description="hoe het probleem eruitziet")
    role: RoleInApproach = Field(alias="rol_in_aanpak", description="kan dit de aanpak dragen?")
    basis: Basis = Field(alias="basis", description="staat dit in een bron, of is het een inschatting?")


class Evidence(Record):
    """What is known about one outcome, who judged it and when. A level without an outcome would mislead."""

    outcome: Outcome = Field(alias="uitkomst", description="waarover het oordeel gaat")
    level: EvidenceLevel = Field(alias="niveau", description="het oordeel")
    judged_by: Text | None = Field(None, alias="oordeel_van", description="wie het oordeel gaf")
    judged_on: PartialDate | None = Field(None, alias="datum", description="wanneer: jaar, maand of dag")
    note: Text | None = Field(None, alias="toelichting", description="één zin uitleg")


class ForeignVerdict(Record):
    """How another register judged the same programme, in its own words."""

    register_name: Text = Field(alias="register", description="naam van het register")
    verdict: Text = Field(alias="oordeel", description="het oordeel in de woorden van dat register")
    year: Year | None = Field(None, alias="jaar", description="jaar van het oordeel")
    url: WebAddress | None = Field(None, alias="url", description="adres van de bladzijde")


class FactorLink(Record):
    """A factor the intervention works on, and whether a source says so."""

    id: Slug = Field(alias="id", description="id uit kb/factors.yaml")
    basis: Basis = Field(alias="basis", description="expliciet of afgeleid")


class Concern(Record):
    """Something a reader must know before choosing this; it lowers the score and is said aloud."""

    kind: ConcernKind = Field(alias="soort", description="soort aandachtspunt")
    text: Text = Field(alias="tekst", description="één zin")
    source_url: WebAddress | None = Field(None, alias="bron_url", description="adres van de bron")


class Source(Record):
    title: Text = Field(alias="titel", description="titel van de bron")
    publisher: Text | None = Field(None, alias="uitgever", description="wie de bron uitgaf")
    url: WebAddress | None = Field(None, alias="url", description="webadres")
    year: Year | None = Field(None, alias="jaar", description="jaar van uitgave")

    @property
    def credit(self) -> str:
        """'Augeo Foundation, 2019': as far as it is known."""
        return ", ".join([str(part) for part in (self.publisher, self.year) if part])


class Duration(Record):
    months: float | None = Field(None, alias="maanden", gt=0, le=240, description="duur in maanden")
    note: Text | None = Field(None, alias="toelichting", description="uitleg in woorden")

    @property
    def words(self) -> str | None:
        """'2,5 maanden'; None when the number of months is not known."""
        if self.months is None:
            return None
        return f"{self.months:g} {'maand' if self.months == 1 else 'maanden'}".replace(".", ",")


class Cost(Record):
    amount: float = Field(alias="bedrag_eur", ge=0, description="bedrag in euro's")
    per: Unit = Field(alias="per", description="waarvoor het bedrag geldt")
    year: Year | None = Field(None, alias="jaar", description="prijspeil")
    note: Text | None = Field(None, alias="toelichting", description="uitleg in woorden")

    @property
    def words(self) -> str:
        """'25.000 euro per jaar'."""
        return f"{self.amount:,.0f} euro {self.per.label}".replace(",", ".")


class Withdrawal(Record):
    """Why and when a page was withdrawn; the address stays alive."""

    on: Day = Field(alias="op", description="datum van intrekken")
    reason: Text = Field(alias="reden", description="waarom, in één of twee zinnen")


class Sections(Record):
    """The prose of a page under its five fixed headings. None means: not found in the sources."""

    goal: Text = Field(alias="Doel", description="wat er anders is als het lukt")
    audience: Text = Field(alias="Doelgroep", description="voor wie het is")
    approach: Text = Field(alias="Aanpak", description="wat er gebeurt, door wie, hoe vaak en hoe lang")
    not_suitable: Text | None = Field(None, alias="Niet geschikt voor", description="voor wie het niet is")
    requirements: Text | None = Field(
        None, alias="Wat het vraagt", description="mensen, geld en afspraken die nodig zijn"
    )


class FrontMatter(Record):
    """Everything a machine filters or scores on."""

    title: Text = Field(alias="titel", max_length=120, description="naam van de interventie")
    aliases: tuple[Text, ...] = Field((), alias="ook_bekend_als", description="andere namen en afkortingen")
    former_ids: tuple[Slug, ...] = Field(
        (), alias="voorheen", description="vorige bestandsnamen zonder .md; die oude adressen leiden dan hierheen"
    )
    status: Status = Field(alias="status", description="concept, gepubliceerd of ingetrokken")
    withdrawal: Withdrawal | None = Field(
        None, alias="ingetrokken", description="alleen bij status ingetrokken: wanneer en waarom"
    )
    summary: Text = Field(alias="samenvatting", description="hoogstens 45 woorden")
    kind: Kind = Field(alias="soort", description="wat voor iets het is")
    forms: tuple[Form, ...] = Field(alias="vorm", min_length=1, description="met wie of waarmee wordt gewerkt")
    ages: AgeRange | None = Field(None, alias="leeftijd", description="voor welke leeftijd")
    gender: Gender = Field(Gender.ALL, alias="geslacht", description="voor wie")
    situations: tuple[Situation, ...] = Field(
        (),
        alias="situatie",
        description="alleen hiervoor gemaakt; niets als het breder is, of als sport alleen een middel is",
    )
    lvb: LvbFit | None = Field(None, alias="lvb", description="voor jongeren met een licht verstandelijke beperking")
    prevention_levels: tuple[PreventionLevel, ...] = Field(
        alias="preventieniveau", min_length=1, description="hoe gericht het is"
    )
    phases: tuple[Phase, ...] = Field(alias="fase", min_length=1, description="waar het in de keten past")
    character: Character = Field(alias="karakter", description="helpen, begrenzen of beide")
    intensity: Intensity = Field(alias="zwaarte", description="hoe zwaar het is voor de jongere of het gezin")
    indication: Indication = Field(alias="indicatie", description="voor welk probleem, hoe ernstig, op welk niveau")
    settings: tuple[Setting, ...] = Field((), alias="setting", description="waar het gebeurt")
    provider: Text | None = Field(None, alias="uitvoerder", description="wie het uitvoert")
    owner: Text | None = Field(None, alias="eigenaar", description="van wie de methode is")
    partners: tuple[Text, ...] = Field((), alias="partners", description="wie er moeten meedoen")
    duration: Duration | None = Field(None, alias="duur", description="hoe lang het duurt")
    frequency: Text | None = Field(None, alias="intensiteit", description="hoe vaak, in woorden")
    cost: Cost | None = Field(None, alias="kosten", description="wat het kost, alleen met een bron")
    availability: Availability | None = Field(None, alias="beschikbaarheid", description="waar het te krijgen is")
    regions: tuple[Text, ...] = Field((), alias="regio", description="regio's of gemeenten waar het loopt of liep")
    evidence: tuple[Evidence, ...] = Field(
        alias="bewijs", min_length=1, description="één regel per uitkomst en oordeel"
    )
    judged_elsewhere: tuple[ForeignVerdict, ...] = Field(
        (), alias="elders_beoordeeld", description="oordelen van andere registers"
    )
    risk_factors: tuple[FactorLink, ...] = Field(
        (), alias="risicofactoren", description="risicofactoren waaraan het werkt"
    )
    protective_factors: tuple[FactorLink, ...] = Field(
        (), alias="beschermende_factoren", description="beschermende factoren die het versterkt"
    )
    only_with: tuple[Slug, ...] = Field(
        (), alias="alleen_bij", description="id's van factoren; alleen zinvol als minstens één daarvan speelt"
    )
    never_with: tuple[Slug, ...] = Field(
        (), alias="niet_bij", description="id's van factoren of een situatie; niet geschikt als één daarvan speelt"
    )
    concerns: tuple[Concern, ...] = Field((), alias="aandachtspunten", description="wat een lezer vooraf moet weten")
    combines_with: tuple[Slug, ...] = Field(
        (), alias="combineert_met", description="id's van interventies die er goed bij passen"
    )
    sources: tuple[Source, ...] = Field(alias="bronnen", min_length=1, description="waar dit staat")
    certainty: Certainty = Field(alias="zekerheid", description="hoe zeker de redactie is van deze bladzijde")
    checked_on: Day = Field(
        alias="gecontroleerd_op", description="dag waarop de bladzijde voor het laatst is nagekeken"
    )
    maintainer: Text = Field(alias="beheerder", description="wie de bladzijde bijhoudt")


class Intervention(FrontMatter):
    """One Markdown file of `interventions/`: front matter, prose, and the id it takes from its file name."""

    id: Slug = Field(alias="id", description="bestandsnaam zonder .md; ook het adres")
    sections: Sections = Field(alias="tekst", description="de vijf vaste koppen")

    @property
    def factor_links(self) -> tuple[FactorLink, ...]:
        return self.risk_factors + self.protective_factors


class Factor(Record):
    """A risk or protective factor of `factors.yaml`: what raises or lowers the chance of delinquency."""

    id: Slug = Field(alias="id", description="vaste naam van de factor; ook het adres")
    name: Text = Field(alias="naam", description="naam zoals lezers die zien")
    kind: FactorKind = Field(alias="soort", description="risicofactor of beschermende factor")
    domain: Domain = Field(alias="leefgebied", description="waar de factor speelt")
    description: Text = Field(alias="omschrijving", description="wat de factor inhoudt")
    synonyms: tuple[Text, ...] = Field((), alias="synoniemen", description="andere woorden ervoor")
    counterpart: Slug | None = Field(None, alias="tegenhanger", description="het spiegelbeeld, altijd wederkerig")
    axis: Slug = Field(
        alias="meet_as", description="factoren met dezelfde as zijn twee kanten van één ding en tellen één keer"
    )
    buffers: tuple[Slug, ...] = Field(
        (), alias="dempt", description="risicofactoren waar deze factor volgens ons tegen werkt"
    )
    life_stages: tuple[Text, ...] = Field(
        (),
        alias="leeftijdsfase",
        description="op welke leeftijd de factor telt: kind (0-12), 12-minner (met zorgwekkend gedrag), jeugd (12-18), jongvolwassen (18-27)",
    )
    changeability: Changeability = Field(alias="beinvloedbaar", description="hoe goed er iets aan te doen is")
    changeability_reason: Text | None = Field(
        None, alias="beinvloedbaar_waarom", description="waarom dat zo is, in één zin"
    )
    strength: Strength = Field(alias="sterkte", description="hoe sterk het verband met delicten is, tussen personen")
    effect: Text | None = Field(None, alias="effect", description="de gevonden effectmaat, met de bron")
    strength_certainty: Certainty = Field(
        alias="zekerheid_sterkte", description="laag: geen effectmaat gelezen, sterkte is dan een neutrale beginwaarde"
    )
    ctc: Text | None = Field(None, alias="ctc", description="schaal uit de vragenlijst van Communities that Care")
    lij: Text | None = Field(
        None, alias="lij", description="leefgebied in het Landelijk Instrumentarium Jeugdstrafrechtketen"
    )
    beke: Text | None = Field(
        None,
        alias="wegwijzer_beke",
        description="de naam op een gelezen pagina van Wegwijzer Jeugd en Veiligheid, CCV of Bureau Beke",
    )
    caution: Text | None = Field(None, alias="let_op", description="waar een lezer op moet letten")
    sources: tuple[Source, ...] = Field((), alias="bronnen", description="waar dit staat")

    @property
    def is_risk(self) -> bool:
        return self.kind is FactorKind.RISK
