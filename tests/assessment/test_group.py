"""Whether partners know a group well enough, from closed answers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import Context, Questionnaire, datafile
from assessment.group import GroupReading, careful, is_asked, read_group
from assessment.questionnaire import GroupSection, QuestionnaireError, read_questionnaire
from tests.assessment.samples import Q

assert Q.group is not None
SECTION: GroupSection = Q.group
FULL: Mapping[str, Sequence[str]] = {
    "G01": ["last"],
    "G02": ["plek", "omvang", "rollen", "goed"],
    "G03": ["midden"],
    "G04": ["klein"],
    "G05": ["gelijk"],
    "G06": ["mijden"],
    "G07": ["ja"],
}


def reading(**changes: Sequence[str]) -> GroupReading:
    return read_group(SECTION, {**FULL, **changes})


@pytest.mark.parametrize(
    ("level", "asked"),
    [
        ("groep", True),
        ("netwerk", True),
        ("individueel", False),
        ("wijkbreed", False),
        ("onbekend", False),
        (None, False),
    ],
)
def test_it_is_asked_when_the_problem_is_a_group_or_network(level: str | None, asked: bool) -> None:
    assert is_asked(SECTION, Context(level=level)) is asked


def test_an_older_version_without_the_section_is_still_read() -> None:
    content = {key: value for key, value in datafile.read("questionnaire.yaml").items() if key != "groep"}
    older = read_questionnaire(content)
    assert older.group is None
    assert not is_asked(older.group, Context(level="groep"))


def test_who_knows_it_all_and_has_a_plan_knows_the_group() -> None:
    assert reading().knowledge == "ja"
    assert reading().find_out == ()
    assert reading().problems == {}


@pytest.mark.parametrize(
    ("changes", "knowledge"),
    [
        ({"G07": ["nee"]}, "deels"),
        ({"G07": []}, "deels"),
        ({"G02": ["plek", "omvang", "goed"]}, "deels"),
        ({"G02": ["plek", "omvang"]}, "deels"),
        ({"G02": ["plek"]}, "nee"),
        ({"G02": ["niets"]}, "nee"),
        ({"G02": []}, "nee"),
        ({"G03": ["weet-niet"]}, "deels"),
        ({"G03": ["weet-niet"], "G04": []}, "deels"),
        ({"G03": ["weet-niet"], "G04": [], "G05": []}, "nee"),
        ({"G01": ["samen"]}, "nee"),
        ({"G01": ["weet-niet"]}, "nee"),
        ({"G01": []}, "nee"),
        ({"G01": ["strafbaar"]}, "ja"),
    ],
)
def test_what_is_missing_makes_it_less_known(changes: Mapping[str, Sequence[str]], knowledge: str) -> None:
    assert reading(**changes).knowledge == knowledge


def test_nothing_filled_in_is_not_known_and_says_where_to_begin() -> None:
    found = read_group(SECTION, {})
    assert found.knowledge == "nee"
    assert found.told == ()
    assert [sentence.split(".")[0] for sentence in found.find_out] == [
        "Stel samen vast of het gedrag problematisch is (stap 1 van het 7-stappenmodel)",
        "Leg bij elkaar wat partners weten",
        "Duid samen de groep",
        "Spreek af wie de regie heeft en wie wat doet",
    ]


def test_being_together_is_no_problem_and_needs_no_reading() -> None:
    (sentence,) = read_group(SECTION, {"G01": ["samen"]}).find_out
    assert sentence.startswith("Samen zijn is geen probleem.")


def test_it_names_exactly_what_is_still_open() -> None:
    found = reading(G02=["plek", "rollen", "goed"], G05=["weet-niet"])
    known, judged = found.find_out
    assert known == (
        "Leg bij elkaar wat partners weten. Nog niet bekend: met hoeveel zij ongeveer zijn, en hoe oud, wat zij online doen, "
        "wat zij zoeken en wat hun ontbreekt."
    )
    assert judged == "Duid samen de groep. Nog open: ontwikkeling."


def test_questions_and_answers_come_back_in_words() -> None:
    assert reading().told[0] == (
        "Is het gedrag problematisch, of zijn jongeren hier alleen samen?",
        "Anderen hebben er last van",
    )
    assert reading().told[1][1].startswith("Waar en wanneer zij samen zijn; Met hoeveel")


def test_nonsense_is_named_and_does_not_count() -> None:
    found = reading(G01=["Jan de Vries"], G02=["niets", "plek"])
    assert found.knowledge == "nee"
    assert set(found.problems) == {"G01", "G02"}


@given(st.dictionaries(st.sampled_from([q.id for q in SECTION.questions]), st.lists(st.text(max_size=20), max_size=3)))
def test_whatever_is_sent_it_gives_a_code_that_the_context_knows(typed: Mapping[str, Sequence[str]]) -> None:
    question = Questionnaire.load().question("groepskennis")
    assert question is not None
    assert question.option(read_group(SECTION, typed).knowledge)


def test_no_question_about_a_group_takes_free_text() -> None:
    content = datafile.read("questionnaire.yaml")
    content["groep"]["vragen"][0].pop("opties")
    content["groep"]["vragen"][0]["soort"] = "tekst"
    with pytest.raises(QuestionnaireError, match="G01: een vraag over de groep heeft opties nodig"):
        read_questionnaire(content)


def test_a_group_section_without_one_of_its_fields_is_refused() -> None:
    content = datafile.read("questionnaire.yaml")
    content["groep"]["vragen"].pop()
    with pytest.raises(QuestionnaireError, match="groep: de velden moeten"):
        read_questionnaire(content)


@pytest.mark.parametrize(
    ("level", "said", "known"),
    [
        ("groep", None, "nee"),
        ("netwerk", None, "nee"),
        ("groep", "deels", "deels"),
        ("groep", "ja", "ja"),
        ("individueel", None, None),
        (None, None, None),
    ],
)
def test_a_group_that_nobody_read_is_not_known(level: str | None, said: str | None, known: str | None) -> None:
    assert careful(SECTION, Context(level=level, group_knowledge=said)).group_knowledge == known
    assert careful(None, Context(level=level, group_knowledge=said)).group_knowledge == said
