"""What a careful colleague would say of a page that is not wrong: evidence, sources, fields that contradict each other, plain words.

Advice never blocks. A rule is here only when it is right nearly always: it is a generator of (place or line, sentence).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from urllib.parse import urlsplit

from kb import language, similar, strict_yaml
from kb.content import Page
from kb.evidence import PROVEN, WARNINGS, conflicting, per_outcome
from kb.model import (
    Availability,
    Character,
    ConcernKind,
    EvidenceLevel,
    Form,
    Gender,
    Intensity,
    Intervention,
    Outcome,
    Phase,
    PreventionLevel,
    ProblemKind,
    ProblemLevel,
    RoleInApproach,
    Status,
)
from kb.problems import Problem, Weight
from kb.prose import HEADINGS, hints_left

LONGEST_SENTENCE = 25
"""Words. Plain-language guides advise fifteen on average; from here on nearly every sentence reads better as two."""
HARD_READING = 45
"""Flesch-Douma score below which Douma's own table says: hard."""
ENOUGH_WORDS = 80
"""Words a page needs for a reading score to mean anything."""
MAX_WORDS_NAMED = 8
"""Unknown words named on one page; more would be noise."""

COPY_HOSTS = (
    "5dok.net", "adoc.pub", "coek.info", "cupdf.com", "docplayer.nl", "docplayer.net", "docslib.org", "documents.pub",
    "dokumen.tips", "fdocuments.nl", "issuu.com", "kipdf.com", "pdffox.com", "pdfslide.net", "pdfslide.tips", "scribd.com",
    "silo.tips", "slideshare.net", "studocu.com", "vdocuments.mx", "vdocuments.net", "yumpu.com", "zdoc.site",
)  # fmt: skip
"""Hosts that copy papers of others: they come and go, and often have no right to them."""

JUDGED = frozenset(set(EvidenceLevel) - {EvidenceLevel.NOT_ASSESSED, EvidenceLevel.PRACTICE})
"""Levels that somebody gave after looking."""

Said = tuple[strict_yaml.Path | int, str]
"""(place in the front matter, or line in the file; Dutch sentence)."""


@dataclass(frozen=True)
class Sentence:
    words: str
    field: str
    """Field or heading it stands under."""
    first: int
    text: str
    """The whole text it is from, and the first line of that text."""
    position: int

    @cached_property
    def counted(self) -> list[str]:
        return language.words_in(self.words)


@dataclass(frozen=True)
class Read:
    """A page that passed the check, as its file and as what it means."""

    page: Page
    intervention: Intervention

    @cached_property
    def prose(self) -> tuple[tuple[str, int, str], ...]:
        """(field or heading, first line, text as it stands there) of everything written for a reader."""
        return (*self._notes(), *self._sections())

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(words, field, first, text, position)
            for field, first, text in self.prose
            for position, words in language.sentences(text)
        )

    def _notes(self) -> Iterator[tuple[str, int, str]]:
        lines = self.page.lines
        places: list[strict_yaml.Path] = [("samenvatting",), ("intensiteit",), ("duur", "toelichting")]
        places += [("bewijs", index, "toelichting") for index in range(self.page.count_at("bewijs"))]
        places += [("aandachtspunten", index, "tekst") for index in range(self.page.count_at("aandachtspunten"))]
        for place in places:
            if isinstance(found := lines.at(*place), str):
                yield str(place[0]), lines.line_of(place), found

    def _sections(self) -> Iterator[tuple[str, int, str]]:
        text, position = self.page.text, 0
        for heading, part in zip(HEADINGS, self._parts, strict=True):
            position = text.index(f"## {heading}", position)
            if part:
                position = text.index(part, position)
                yield heading, text.count("\n", 0, position) + 1, part

    @property
    def _parts(self) -> tuple[str | None, ...]:
        part = self.intervention.sections
        return part.goal, part.audience, part.approach, part.not_suitable, part.requirements

    def line_of(self, first: int, text: str, position: int) -> int:
        """The line of a position in a text that starts on this line; a folded field is looked up by its words."""
        rows = self.page.text.split("\n")[: self.page.first_body_line]
        if first >= self.page.first_body_line:
            return first + text.count("\n", 0, position)
        words = text[position:].split(maxsplit=3)[:3]
        shorter = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        found = (row for part in shorter for row in range(first, self.page.first_body_line) if part in rows[row - 1])
        return next(found, first)


Rule = Callable[[Read], Iterator[Said]]


def advise(pages: Sequence[Page], today: date | None = None) -> list[Problem]:
    """Advice on each page that passed the check, in order of file and line. Withdrawn pages are left as they were."""
    read = [Read(page, page.intervention) for page in pages if page.intervention]
    said = {problem for one in read if one.intervention.status is not Status.WITHDRAWN for problem in _about(one)}
    said |= set(_in_the_future(read, today or date.today()))  # noqa: DTZ011 - the day where the editor sits
    return sorted(said)


def _about(read: Read) -> Iterator[Problem]:
    for rule in RULES:
        for where, sentence in rule(read):
            if isinstance(where, int):
                yield Problem(read.page.path, where, _heading_at(read, where), sentence, Weight.ADVICE)
            else:
                yield read.page.problem(where, sentence, weight=Weight.ADVICE)


def _heading_at(read: Read, line: int) -> str:
    """The field or heading whose text holds this line."""
    return next((name for name, first, _ in sorted(read.prose, key=_first, reverse=True) if first <= line), "")


def _first(part: tuple[str, int, str]) -> int:
    return part[1]


# Evidence


def dated_evidence(read: Read) -> Iterator[Said]:
    """A judgement says who gave it and when."""
    for index, entry in enumerate(read.intervention.evidence):
        if entry.level in JUDGED and not entry.judged_by:
            yield ("bewijs", index), f"Wie gaf het oordeel '{entry.level}'? Zet het bij 'oordeel_van'."
        if entry.level in JUDGED and not entry.judged_on:
            yield (
                ("bewijs", index),
                f"Wanneer is het oordeel '{entry.level}' gegeven? Zet het bij 'datum'; alleen het jaar mag ook.",
            )


def evidence_on_an_outcome(read: Read) -> Iterator[Said]:
    """A judgement about effect names what the effect is on."""
    for index, entry in enumerate(read.intervention.evidence):
        if entry.outcome is Outcome.GENERAL and entry.level in (*PROVEN, *WARNINGS):
            yield (
                ("bewijs", index, "uitkomst"),
                f"Waarop is dit effect gezien? Kies een uitkomst, zoals 'delictgedrag', in plaats van '{Outcome.GENERAL}'.",
            )


def conflicts_are_told(read: Read) -> Iterator[Said]:
    """Where one says it works and another that it does not, the reader is warned."""
    if any(concern.kind is ConcernKind.DISPUTED for concern in read.intervention.concerns):
        return
    for outcome, entries in per_outcome(read.intervention).items():
        levels = {entry.level for entry in entries}
        if conflicting(entries) and levels & set(PROVEN) and levels & {*WARNINGS, EvidenceLevel.NOT_RECOGNISED}:
            yield (
                ("bewijs",),
                f"Over '{outcome}' staan hier een gunstig en een ongunstig oordeel. Zet bij 'aandachtspunten' een regel met soort 'betwist'.",
            )


_CLAIM = re.compile(
    r"\b(?:(?:is|zijn) bewezen|bewezen (?:effectief|aanpak|succes)|(?:is|zijn|blijkt) effectief|werkt aantoonbaar|heeft succes|succesvolle)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:niet|geen|nooit|ontbreekt|of het|nog)\b", re.IGNORECASE)


def claims_of_effect(read: Read) -> Iterator[Said]:
    """Who writes that it works, has a judgement that says so."""
    levels = {entry.level for entry in read.intervention.evidence}
    if levels & set(PROVEN):
        return
    for sentence in read.sentences:
        if (claim := _CLAIM.search(sentence.words)) and not _DENIAL.search(sentence.words):
            yield (
                read.line_of(sentence.first, sentence.text, sentence.position + claim.start()),
                f"Hier staat '{claim[0]}', maar bij 'bewijs' staat geen oordeel dat het werkt. Zet dat erbij, of schrijf wie dit zegt.",
            )


# Sources


def sources_to_open(read: Read) -> Iterator[Said]:
    """A reader can open at least one source."""
    if not any(source.url for source in read.intervention.sources):
        yield (
            ("bronnen",),
            "Geen enkele bron heeft een webadres. Zet bij ten minste één bron een 'url', zodat een lezer het kan nakijken.",
        )


def safe_and_own_addresses(read: Read) -> Iterator[Said]:
    """A source is opened over https, at its maker and not at a host of copies."""
    copies, unsafe = [], []
    for place, address in _addresses(read):
        host = (urlsplit(address).hostname or "").removeprefix("www.")
        if any(host == copier or host.endswith(f".{copier}") for copier in COPY_HOSTS):
            copies.append(
                (place, f"'{host}' bewaart kopieën van anderen en kan zo verdwijnen. Zoek het adres bij de maker zelf.")
            )
        elif address.lower().startswith("http://"):
            unsafe.append((place, "Dit adres begint met http://. Opent het ook met https://? Neem dan dat."))
    for found in filter(None, (copies, unsafe)):
        more = len(found) - 1
        also = f" Dat geldt voor nog {more} {'adres' if more == 1 else 'adressen'} op deze bladzijde." if more else ""
        yield found[0][0], found[0][1] + also


def _addresses(read: Read) -> Iterator[tuple[strict_yaml.Path, str]]:
    intervention = read.intervention
    for index, source in enumerate(intervention.sources):
        if source.url:
            yield ("bronnen", index, "url"), source.url
    for index, concern in enumerate(intervention.concerns):
        if concern.source_url:
            yield ("aandachtspunten", index, "bron_url"), concern.source_url
    for index, verdict in enumerate(intervention.judged_elsewhere):
        if verdict.url:
            yield ("elders_beoordeeld", index, "url"), verdict.url


def prices_have_a_year(read: Read) -> Iterator[Said]:
    """What something costs is of some year."""
    if read.intervention.cost and not read.intervention.cost.year:
        yield ("kosten",), "Van welk jaar is dit bedrag? Zet het bij 'jaar'."


def verdicts_elsewhere_can_be_read(read: Read) -> Iterator[Said]:
    """What another register says can be looked up there."""
    for index, verdict in enumerate(read.intervention.judged_elsewhere):
        if not verdict.url:
            yield (
                ("elders_beoordeeld", index),
                f"Waar staat dit oordeel? Zet bij 'url' de bladzijde van {verdict.register_name}.",
            )


def dates_in_order(read: Read) -> Iterator[Said]:
    """Nothing on a page is younger than its last check."""
    checked = read.intervention.checked_on
    for index, entry in enumerate(read.intervention.evidence):
        if entry.judged_on and entry.judged_on > str(checked)[: len(entry.judged_on)]:
            yield ("bewijs", index, "datum"), _younger("Dit oordeel", checked)
    for index, source in enumerate(read.intervention.sources):
        if source.year and source.year > checked.year:
            yield ("bronnen", index, "jaar"), _younger("Deze bron", checked)


def _younger(what: str, checked: date) -> str:
    return f"{what} is van na 'gecontroleerd_op' ({checked}). Kijk de bladzijde na en pas die datum aan."


# Fields that contradict each other


def severity_in_proportion(read: Read) -> Iterator[Said]:
    """What is heavy is for what is serious, and the other way round."""
    said, severity = read.intervention, read.intervention.indication.severity
    if said.intensity is Intensity.HEAVY and severity.end <= 2:
        yield (
            ("zwaarte",),
            f"'zwaar' past niet bij een ernst van hoogstens {severity.end}. Klopt de zwaarte, of de ernst?",
        )
    if said.intensity is Intensity.HEAVY and PreventionLevel.UNIVERSAL in said.prevention_levels:
        yield ("zwaarte",), "'zwaar' past niet bij 'universeel': dan krijgen alle jongeren het. Klopt de zwaarte?"
    is_core = said.indication.role is RoleInApproach.CORE
    if said.intensity is Intensity.LIGHT and is_core and severity.start >= 4:
        yield (
            ("zwaarte",),
            f"'licht' als kern past niet bij een ernst vanaf {severity.start}. Klopt de zwaarte, of de rol?",
        )
    if said.prevention_levels == (PreventionLevel.UNIVERSAL,) and severity.start >= 4:
        yield (
            ("preventieniveau",),
            f"Alleen 'universeel' past niet bij een ernst vanaf {severity.start}. Klopt dit niveau?",
        )


def limits_belong_to_enforcement(read: Read) -> Iterator[Said]:
    """Who sets limits enforces, and who enforces sets limits."""
    said, phases = read.intervention, set(read.intervention.phases)
    if said.character is Character.LIMITING and phases <= {Phase.PREVENTION, Phase.EARLY_SIGNS}:
        yield (
            ("karakter",),
            "'begrenzend' past niet bij alleen 'preventie' of 'vroegsignalering'. Hoort 'repressie' bij 'fase', of is het karakter anders?",
        )
    if said.character is Character.PREVENTIVE and phases == {Phase.ENFORCEMENT}:
        yield (
            ("karakter",),
            "'preventief' past niet bij alleen 'repressie'. Kies 'begrenzend' of 'beide', of vul 'fase' aan.",
        )


def levels_belong_together(read: Read) -> Iterator[Said]:
    """What is for everyone is not for who was convicted; what is for families works with families."""
    said = read.intervention
    if {PreventionLevel.UNIVERSAL, PreventionLevel.JUDICIAL} <= set(said.prevention_levels):
        yield (
            ("preventieniveau",),
            "'universeel' en 'justitieel' gaan zelden samen: het ene is voor iedereen, het andere na een delict.",
        )
    if said.indication.levels == (ProblemLevel.FAMILY,) and Form.FAMILY not in said.forms:
        yield ("vorm",), "De indicatie is voor gezinnen, maar 'gezin' staat niet bij 'vorm'. Hoort het erbij?"
    group = {ProblemLevel.GROUP, ProblemLevel.NETWORK}
    if said.indication.main_problem is ProblemKind.YOUTH_GROUP and not group & set(said.indication.levels):
        yield (
            ("indicatie", "niveau"),
            "Het hoofdprobleem is een jeugdgroep, maar 'groep' of 'netwerk' staat niet bij 'niveau'. Hoort het erbij?",
        )
    if any(c.kind is ConcernKind.LEGAL_TITLE for c in said.concerns) and not (
        PreventionLevel.JUDICIAL in said.prevention_levels or Phase.ENFORCEMENT in said.phases
    ):
        yield (
            ("preventieniveau",),
            "Dit kan alleen met een titel, maar 'justitieel' staat er niet bij. Hoort het erbij?",
        )


_AGES = re.compile(r"\b(\d{1,2})(?: tot en met | tot |-| t/m )(\d{1,2}) jaar")
_ONLY = {
    Gender.GIRLS: re.compile(r"\balleen (?:voor )?(?:meisjes|meiden)\b", re.IGNORECASE),
    Gender.BOYS: re.compile(r"\balleen (?:voor )?jongens\b", re.IGNORECASE),
}


def text_agrees_with_fields(read: Read) -> Iterator[Said]:
    """For whom it is, says the text as the fields say it."""
    said, audience = read.intervention, read.intervention.sections.audience
    told = [(int(low), int(high)) for low, high in _AGES.findall(audience)]
    if told and said.ages is None:
        yield (
            ("titel",),
            f"Onder 'Doelgroep' staat een leeftijd ({told[0][0]} tot {told[0][1]} jaar). Vul ook het veld 'leeftijd' in.",
        )
    elif said.ages and told and all(high < said.ages.start or low > said.ages.end for low, high in told):
        yield (
            ("leeftijd",),
            f"Onder 'Doelgroep' staat een andere leeftijd ({told[0][0]} tot {told[0][1]} jaar). Welke klopt?",
        )
    for gender, words in _ONLY.items():
        if said.gender is not gender and words.search(audience):
            yield (
                ("titel",),
                f"Onder 'Doelgroep' staat dat dit alleen voor {gender.label.lower()} is. Zet dat ook bij 'geslacht'.",
            )
    if said.ages and said.ages.start >= 12 and ProblemKind.EARLY in said.indication.problems:
        yield (
            ("indicatie", "problemen"),
            f"'vroeg' gaat over kinderen onder de 12, maar de leeftijd begint bij {said.ages.start}.",
        )


def a_place_for_what_is_local(read: Read) -> Iterator[Said]:
    """What is not everywhere is somewhere."""
    where = read.intervention.availability
    if where in (Availability.LOCAL, Availability.REGIONAL) and not read.intervention.regions:
        yield ("beschikbaarheid",), f"Waar is dit '{where}' te krijgen? Zet de plaatsen of regio's bij 'regio'."


# Plain words


def short_sentences(read: Read) -> Iterator[Said]:
    """A sentence is read in one breath."""
    for sentence in read.sentences:
        if (words := len(sentence.counted)) > LONGEST_SENTENCE:
            begins = " ".join(sentence.words.split()[:4])
            line = read.line_of(sentence.first, sentence.text, sentence.position)
            yield line, f"De zin '{begins} ...' heeft {words} woorden. Maak er twee van."


def easy_reading(read: Read) -> Iterator[Said]:
    """A page as a whole reads easily."""
    told = [sentence.counted for sentence in read.sentences if sentence.field in _READ_AS_A_WHOLE]
    words = [word for sentence in told for word in sentence]
    if len(words) >= ENOUGH_WORDS and (score := language.reading_ease(words, [*map(len, told)])) < HARD_READING:
        yield (
            ("samenvatting",),
            f"Deze bladzijde leest moeilijk (leesscore {score:.0f}; {HARD_READING} of hoger is beter). Kies kortere woorden en zinnen.",
        )


_READ_AS_A_WHOLE = {"samenvatting", *HEADINGS}


def plain_words(read: Read) -> Iterator[Said]:
    """An everyday word instead of one of offices."""
    for _, first, text in read.prose:
        for position, stiff, plain in language.stiff_words(text):
            yield read.line_of(first, text, position), f"'{stiff}' is een ambtelijk woord. Gewoner is: {plain}."


def spelling(read: Read) -> Iterator[Said]:
    """Every word is in the dictionary, in our own list, or in a name on the page."""
    named = set(language.words_of(" ".join(_names(read.intervention)).lower()))
    told: set[str] = set()
    for _, first, text in read.prose:
        for position, word in language.unknown_words(text, named):
            if word not in told and len(told) < MAX_WORDS_NAMED:
                told.add(word)
                yield read.line_of(first, text, position), _unknown(word)


def _names(intervention: Intervention) -> Iterable[str]:
    yield from (intervention.title, *intervention.aliases, *intervention.partners)
    yield from filter(None, (intervention.provider, intervention.owner))
    yield from (entry.judged_by for entry in intervention.evidence if entry.judged_by)


def _unknown(word: str) -> str:
    if meant := language.meant(word):
        return f"'{word}' staat niet in het woordenboek. Bedoelde u '{meant}'?"
    return f"'{word}' staat niet in het woordenboek. Klopt het? Leg een vakwoord uit; de redactie zet het in kb/woorden.txt."


_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}|\b0\d{1,3}[- ]?\d{6,8}\b|\b06[- ]?\d{8}\b", re.IGNORECASE)


def no_contacts(read: Read) -> Iterator[Said]:
    """No mail address or telephone number: persons change, and it is no shop."""
    for _, first, text in read.prose:
        if ("@" in text or "0" in text) and (found := _MAIL.search(text)):
            yield (
                read.line_of(first, text, found.start()),
                "Hier staat een mailadres of telefoonnummer. Haal het weg; een bron met uitleg is beter.",
            )


def template_filled_in(read: Read) -> Iterator[Said]:
    """Of the examples in the template nothing is left; on a published page the check refuses the texts."""
    from kb.template import EXAMPLES  # also run by itself, so not loaded beforehand

    for key in ("titel", "samenvatting", "bronnen"):
        if read.page.lines.at(key) == _example(f"{key}: {EXAMPLES[key]}"):
            yield (key,), "Hier staat nog het voorbeeld uit het sjabloon. Vul dit veld in."
    if read.intervention.status is Status.DRAFT:
        for _, line in hints_left(read.page.text):
            yield line, "Hier staat nog de uitleg van het sjabloon. Schrijf hier uw eigen tekst."


@cache
def _example(written: str) -> object:
    return next(iter(strict_yaml.read(written).value.values()))


# The whole collection


def alike(pages: Sequence[Page]) -> Iterator[Problem]:
    """No page is about what another page is about already."""
    named = [(page, similar.named(page)) for page in pages]
    page_of = {id(name): page for page, name in named}
    told: set[int] = set()
    for later, earlier in similar.pairs([name for _, name in named if name]):
        if id(later) in told or later.title.casefold() == earlier.title.casefold():
            continue  # once is enough, and the same title is an error already
        told.add(id(later))
        yield page_of[id(later)].problem(
            ("titel",),
            f"Dit lijkt op '{earlier.title}' ({earlier.id}.md). Gaat het om hetzelfde? Vul dan die bladzijde aan.",
            weight=Weight.ADVICE,
        )


def _in_the_future(read: Iterable[Read], today: date) -> Iterator[Problem]:
    for one in read:
        if one.intervention.checked_on > today:
            yield one.page.problem(
                ("gecontroleerd_op",),
                "Deze dag moet nog komen. Zet hier de dag waarop u de bladzijde hebt nagekeken.",
                weight=Weight.ADVICE,
            )


RULES: tuple[Rule, ...] = (
    dated_evidence,
    evidence_on_an_outcome,
    conflicts_are_told,
    claims_of_effect,
    sources_to_open,
    safe_and_own_addresses,
    prices_have_a_year,
    verdicts_elsewhere_can_be_read,
    dates_in_order,
    severity_in_proportion,
    limits_belong_to_enforcement,
    levels_belong_together,
    text_agrees_with_fields,
    a_place_for_what_is_local,
    short_sentences,
    easy_reading,
    plain_words,
    spelling,
    no_contacts,
    template_filled_in,
)
