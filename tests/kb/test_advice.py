"""Each rule of advice speaks when it should, on the right line, and is silent about our good pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb import Problem, Weight, advice, content
from tests.conftest import SMALL_CUPBOARD
from tests.kb.pages import GOOD_TEXT, changed, lines_with, write

DAY = date(2026, 11, 22)
EVIDENCE = (
    "{uitkomst: school-werk, niveau: goed-onderbouwd, oordeel_van: Erkenningscommissie Interventies, datum: 2019-06}"
)
SOURCE = (
    "{titel: Verzonnen bron voor de tests, uitgever: Platform IVZ, url: https://example.org/leerwerkplek, jaar: 2024}"
)
GOAL = "Jongeren vinden en houden werk."
AUDIENCE = "Jongeren van 16 tot en met 27 jaar zonder startkwalificatie."

Change = tuple[str, str]


def advised(folder: Path, *changes: Change) -> list[Problem]:
    page = content.read(write(folder, changed(*changes)))
    assert page.problems == ()
    return advice.advise([page], DAY)


SPEAKS: dict[str, tuple[list[Change], str, str]] = {
    "no judge": ([("oordeel_van: Erkenningscommissie Interventies, ", "")], "bewijs[1]", "Wie gaf het oordeel 'goed-onderbouwd'?"),
    "no day": ([(", datum: 2019-06", "")], "bewijs[1]", "Wanneer is het oordeel 'goed-onderbouwd' gegeven?"),
    "effect on what": (
        [(EVIDENCE, EVIDENCE.replace("school-werk", "algemeen").replace("goed-onderbouwd", "eerste-aanwijzingen"))],
        "bewijs[1].uitkomst",
        "Waarop is dit effect gezien?",
    ),
    "disputed": (
        [(f"  - {EVIDENCE}", "\n".join(f"  - {EVIDENCE.replace('goed-onderbouwd', level)}" for level in ("eerste-aanwijzingen", "geen-effect")))],
        "bewijs",
        "Over 'school-werk' staan hier een gunstig en een ongunstig oordeel.",
    ),
    "a claim": ([(GOAL, "De methode is bewezen en helpt.")], "Doel", "Hier staat 'is bewezen'"),
    "nothing to open": ([(", url: https://example.org/leerwerkplek", "")], "bronnen", "Geen enkele bron heeft een webadres."),
    "not https": ([("https://example.org/leerwerkplek", "http://example.org/x")], "bronnen[1].url", "Dit adres begint met http://."),
    "a copy": ([("https://example.org/leerwerkplek", "https://docplayer.nl/1-x.html")], "bronnen[1].url", "'docplayer.nl' bewaart kopieën"),
    "copies": (
        [(f"  - {SOURCE}", "\n".join(f"  - {SOURCE.replace('example.org', host)}" for host in ("adoc.pub", "www.scribd.com")))],
        "bronnen[1].url",
        "Dat geldt voor nog 1 adres op deze bladzijde.",
    ),
    "price without year": ([(", jaar: 2025}", "}")], "kosten", "Van welk jaar is dit bedrag?"),
    "verdict elsewhere": ([("zekerheid: midden", "elders_beoordeeld: [{register: Blueprints, oordeel: Model}]\nzekerheid: midden")], "elders_beoordeeld[1]", "bladzijde van Blueprints"),
    "younger judgement": ([("datum: 2019-06", "datum: 2026-12")], "bewijs[1].datum", "Dit oordeel is van na 'gecontroleerd_op' (2026-11-21)."),
    "younger source": ([("jaar: 2024", "jaar: 2027")], "bronnen[1].jaar", "Deze bron is van na 'gecontroleerd_op'"),
    "heavy for little": ([("zwaarte: midden", "zwaarte: zwaar"), ("{van: 2, tot: 4}", "{van: 1, tot: 2}")], "zwaarte", "'zwaar' past niet bij een ernst van hoogstens 2."),
    "heavy for all": ([("zwaarte: midden", "zwaarte: zwaar"), ("[selectief, geindiceerd]", "[universeel]")], "zwaarte", "'zwaar' past niet bij 'universeel'"),
    "light for much": ([("zwaarte: midden", "zwaarte: licht"), ("{van: 2, tot: 4}", "{van: 4, tot: 5}")], "zwaarte", "'licht' als kern past niet bij een ernst vanaf 4."),
    "all for much": ([("[selectief, geindiceerd]", "[universeel]"), ("{van: 2, tot: 4}", "{van: 4, tot: 5}")], "preventieniveau", "Alleen 'universeel' past niet bij een ernst vanaf 4."),
    "limits without enforcement": ([("karakter: preventief", "karakter: begrenzend"), ("[zorg, nazorg]", "[preventie]")], "karakter", "'begrenzend' past niet"),
    "enforcement without limits": ([("[zorg, nazorg]", "[repressie]")], "karakter", "'preventief' past niet bij alleen 'repressie'."),
    "all and judicial": ([("[selectief, geindiceerd]", "[universeel, justitieel]")], "preventieniveau", "gaan zelden samen"),
    "family without family": ([("niveau: [individueel]", "niveau: [gezin]")], "vorm", "De indicatie is voor gezinnen"),
    "group without group": ([("problemen: [doorgroei, vermogen, drugs]", "problemen: [jeugdgroep]\n  hoofdprobleem: jeugdgroep")], "indicatie.niveau", "Het hoofdprobleem is een jeugdgroep"),
    "title without law": ([("zekerheid: midden", "aandachtspunten: [{soort: alleen-met-titel, tekst: Alleen na een besluit.}]\nzekerheid: midden")], "preventieniveau", "Dit kan alleen met een titel"),
    "other age": ([("{van: 16, tot: 27}", "{van: 6, tot: 12}")], "leeftijd", "een andere leeftijd (16 tot 27 jaar)"),
    "age only in text": ([("leeftijd: {van: 16, tot: 27}\n", "")], "titel", "Vul ook het veld 'leeftijd' in."),
    "only girls": ([(AUDIENCE, "Dit is alleen voor meisjes van 16 tot en met 27 jaar.")], "titel", "alleen voor meisjes is"),
    "early at sixteen": ([("[doorgroei, vermogen, drugs]", "[vroeg]")], "indicatie.problemen", "'vroeg' gaat over kinderen onder de 12"),
    "local nowhere": ([("regio: [Twente]\n", "")], "beschikbaarheid", "Waar is dit 'regionaal' te krijgen?"),
    "long sentence": ([(GOAL, "Wij " + "gaan en " * 13 + "komen.")], "Doel", "De zin 'Wij gaan en gaan ...' heeft 28 woorden."),
    "hard reading": ([(GOAL, "Multidisciplinaire samenwerkingsverbanden organiseren gezamenlijke verantwoordelijkheden. " * 15)], "samenvatting", "Deze bladzijde leest moeilijk"),
    "stiff word": ([(GOAL, "Jongeren vinden werk, teneinde geld te verdienen.")], "Doel", "'teneinde' is een ambtelijk woord. Gewoner is: om."),
    "slip of the pen": ([(GOAL, "Jongern vinden werk via een jongernwerker.")], "Doel", "'jongernwerker' staat niet in het woordenboek. Bedoelde u 'jongerenwerker'?"),
    "strange word": ([(GOAL, "Jongeren vinden qwerwerk.")], "Doel", "'qwerwerk' staat niet in het woordenboek. Klopt het?"),
    "mail address": ([(GOAL, "Mail naar info@example.org.")], "Doel", "Hier staat een mailadres of telefoonnummer."),
    "telephone": ([(GOAL, "Bel 06-12345678.")], "Doel", "Hier staat een mailadres of telefoonnummer."),
    "tomorrow": ([("2026-11-21", "2026-11-23")], "gecontroleerd_op", "Deze dag moet nog komen."),
    "example left": ([(SOURCE, "{titel: Titel van de bron, uitgever: Wie het uitgaf, url: https://example.org/bron, jaar: 2024}")], "bronnen", "Hier staat nog het voorbeeld"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "words"), SPEAKS.values(), ids=SPEAKS)
def test_advice_is_given_at_the_field_and_says_what_to_do(
    tmp_path: Path, changes: list[Change], field: str, words: str
) -> None:
    found = [problem for problem in advised(tmp_path, *changes) if problem.field == field]
    assert [problem for problem in found if words in problem.message], advised(tmp_path, *changes)


@pytest.mark.parametrize("changes", [changes for changes, _, _ in SPEAKS.values()], ids=SPEAKS)
def test_advice_never_blocks_and_is_a_short_dutch_sentence(tmp_path: Path, changes: list[Change]) -> None:
    for problem in advised(tmp_path, *changes):
        assert problem.weight is Weight.ADVICE
        assert len(problem.message) < 200
        assert problem.message[-1] in ".?'"


@pytest.mark.parametrize("path", sorted(SMALL_CUPBOARD.glob("*.md")), ids=lambda path: path.stem)
def test_a_good_page_gets_no_advice(path: Path) -> None:
    assert advice.advise([content.read(path)], DAY) == []


SILENT: dict[str, list[Change]] = {
    "a conflict that is told": [
        (f"  - {EVIDENCE}", "\n".join(f"  - {EVIDENCE.replace('goed-onderbouwd', level)}" for level in ("eerste-aanwijzingen", "geen-effect"))),
        ("zekerheid: midden", "aandachtspunten: [{soort: betwist, tekst: De oordelen verschillen.}]\nzekerheid: midden"),
    ],
    "a claim with proof": [("goed-onderbouwd", "goede-aanwijzingen"), (GOAL, "De methode is bewezen.")],
    "a claim that is denied": [(GOAL, "Dat dit werkt, is nog niet bewezen.")],
    "not assessed needs no judge": [(EVIDENCE, "{uitkomst: algemeen, niveau: niet-beoordeeld}")],
    "an age that fits within": [(AUDIENCE, "Jongeren van 16 tot 18 jaar.")],
    "names and abbreviations": [(GOAL, "Werk via Xqwerty, de JPT'er en een (gewelds)delict of gewelds- en zedendelict.")],
    "a word of the title": [("titel: Leerwerkplek", "titel: Qwerwerk"), (GOAL, "Bij qwerwerk leert men.")],
    "a link": [(GOAL, "Zie [de uitleg](https://example.org/qwerwerkxyz) van Halt.")],
    "a longer list": [(GOAL, "Dit is er:\n\n" + "- een twee drie vier vijf zes zeven\n" * 9)],
    "twenty-five words": [(GOAL, "Wij " + "gaan en " * 11 + "gaan komen.")],
}  # fmt: skip


@pytest.mark.parametrize("changes", SILENT.values(), ids=SILENT)
def test_what_is_in_order_gets_no_advice(tmp_path: Path, changes: list[Change]) -> None:
    assert [problem.message for problem in advised(tmp_path, *changes)] == []


def test_advice_on_a_word_stands_on_the_line_of_that_word(tmp_path: Path) -> None:
    text = GOOD_TEXT.replace(GOAL, "Eerste regel van de tekst.\nTweede regel,\nmet een jongernwerker erin.")
    page = content.read(write(tmp_path, text))
    (found,) = advice.advise([page], DAY)
    assert [found.line] == list(lines_with(text, "jongernwerker"))


def test_advice_in_a_folded_field_stands_on_the_line_of_that_word(tmp_path: Path) -> None:
    text = changed(
        ("samenvatting: Jongeren", "samenvatting: >-\n  Jongeren\n  doen dit,\n  teneinde werk te vinden.\n  Jongeren")
    )
    (found,) = advice.advise([content.read(write(tmp_path, text))], DAY)
    assert [found.line] == list(lines_with(text, "teneinde"))
    assert found.field == "samenvatting"


def test_a_word_is_named_once_a_page(tmp_path: Path) -> None:
    assert len(advised(tmp_path, (GOAL, "Een jongernwerker en een jongernwerker."))) == 1


def test_a_page_with_errors_waits_for_advice(tmp_path: Path) -> None:
    assert advice.advise([content.read(write(tmp_path, "geen velden"))], DAY) == []


def test_a_withdrawn_page_is_left_as_it_was(tmp_path: Path) -> None:
    withdrawn = "status: ingetrokken\ningetrokken: {op: 2026-11-01, reden: Bestaat niet meer.}"
    assert advised(tmp_path, ("status: gepubliceerd", withdrawn), ("https://", "http://")) == []


def test_a_new_page_is_told_what_to_fill_in(tmp_path: Path) -> None:
    from kb.drafts import begin_page

    path, _ = begin_page("Voorbeeld", tmp_path)
    said = advice.advise([content.read(path)])
    assert {problem.field for problem in said} == {"samenvatting", "bronnen", "Doel", "Doelgroep", "Aanpak"}


def test_a_copy_under_another_name_is_seen(tmp_path: Path) -> None:
    first = content.read(write(tmp_path, GOOD_TEXT, "leerwerkplek.md"))
    second = content.read(write(tmp_path, changed(("titel: Leerwerkplek", "titel: Leer-werkplek")), "werkplek.md"))
    (found,) = advice.alike([first, second])
    assert (found.path, found.field, found.weight) == (second.path, "titel", Weight.ADVICE)
    assert "Dit lijkt op 'Leerwerkplek' (leerwerkplek.md)." in found.message


@pytest.mark.parametrize("rule", advice.RULES, ids=lambda rule: rule.__name__)
def test_every_rule_says_in_one_sentence_what_it_keeps(rule: advice.Rule) -> None:
    assert (rule.__doc__ or "").strip().endswith(".")


def test_a_page_that_looks_like_many_is_told_once(tmp_path: Path) -> None:
    titles = ("Leerwerkplek", "Leer-werkplek", "Leer werkplek")
    pages = [
        content.read(write(tmp_path, changed(("titel: Leerwerkplek", f"titel: {title}")), f"p{n}.md"))
        for n, title in enumerate(titles)
    ]
    assert [problem.path.name for problem in advice.alike(pages)] == ["p1.md", "p2.md"]


def test_the_same_title_is_an_error_already(tmp_path: Path) -> None:
    pages = [content.read(write(tmp_path, GOOD_TEXT, name)) for name in ("a.md", "b.md")]
    assert list(advice.alike(pages)) == []
