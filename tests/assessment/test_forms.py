from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import ParsedForm, Questionnaire, parse, trend_field
from kb import AgeRange
from tests.assessment.samples import Q

FIELDS = [
    *(question.id for question in Q.context),
    *(field for section in Q.all_sections for field in section.field_ids),
    *(trend_field(factor) for factor in Q.items_by_factor),
]
FORMS = st.dictionaries(
    st.sampled_from(FIELDS) | st.text(), st.lists(st.text() | st.sampled_from(["3", "wn", "nvt", "-2"]))
)

COMPLETE = {
    "C01": ["Enschede"],
    "C02": ["Zuid"],
    "C04": ["12-17", "18-22"],
    "C05": ["wapens"],
    "C06": ["4"],
    "C07": ["netwerk"],
    "C09": ["6-15"],
    "C10": ["straat"],
    "C11": ["niets"],
    "C12": ["midden"],
    "C13": ["politie"],
    "C15": ["halfjaar"],
    "C16": ["balans"],
    "C18": ["gemeente"],
}


def answer(**fields: str) -> ParsedForm:
    """A complete context with these items answered; `Z_individu` stands for Z-individu."""
    return parse(COMPLETE | {name.replace("_", "-"): [value] for name, value in fields.items()}, short=True)


@given(FORMS)
def test_no_form_makes_it_raise(form: dict[str, list[str]]) -> None:
    parse(form)


@given(FORMS)
def test_everything_typed_is_kept(form: dict[str, list[str]]) -> None:
    assert parse(form).typed == {name: tuple(values) for name, values in form.items()}


@given(FORMS, st.sets(st.sampled_from(FIELDS)))
def test_a_page_complains_only_about_its_own_questions(form: dict[str, list[str]], page: set[str]) -> None:
    parsed = parse(form, only=page)
    assert set(parsed.problems) <= page
    assert parsed.problems.items() <= parse(form, only=FIELDS).problems.items()


@given(FORMS, st.sets(st.sampled_from(FIELDS)))
def test_a_page_reads_the_answers_of_other_pages_too(form: dict[str, list[str]], page: set[str]) -> None:
    assert parse(form, only=page).response == parse(form).response


@given(FORMS)
def test_only_known_codes_become_answers(form: dict[str, list[str]]) -> None:
    for item_id, code in parse(form).response.answers.items():
        assert code in {choice.code for choice in Q.choices(Q.items_by_id[item_id].scale)}


def test_a_complete_context_has_no_problems() -> None:
    assert answer().problems == {}


def test_an_empty_form_asks_for_every_required_question(questionnaire: Questionnaire) -> None:
    required = [question.id for question in questionnaire.context_questions(short=True) if question.required]
    assert list(parse({}, short=True).problems) == required


@pytest.mark.parametrize(
    ("field", "message"),
    [("C01", "Vul dit in."), ("C06", "Kies een antwoord."), ("C10", "Kies minstens één antwoord.")],
)
def test_a_missing_answer_says_what_to_do(field: str, message: str) -> None:
    assert parse({}).problems[field] == message


def test_an_invitation_that_knows_the_role_does_not_ask_for_it() -> None:
    parsed = parse({}, role="gemeente")
    assert (parsed.response.role, "C18" in parsed.problems) == ("gemeente", False)


def test_the_context_is_read() -> None:
    context = answer().context
    assert context.ages == (AgeRange(van=12, tot=17), AgeRange(van=18, tot=22))
    assert (context.municipality, context.severity, context.role) == ("GM0153", 4, "gemeente")


def test_items_that_are_passed_over_are_fine_and_stay_unknown() -> None:
    assert answer().response.answers == {}


def test_weet_niet_is_an_answer() -> None:
    assert answer(IND05="wn").response.answers == {"IND05": "wn"}


def test_certainty_is_asked_once_something_is_estimated() -> None:
    assert "Z-individu" in answer(IND05="3").problems


@pytest.mark.parametrize("code", ["wn", "", "9"])
def test_certainty_is_not_asked_without_an_estimate(code: str) -> None:
    assert "Z-individu" not in answer(IND05=code).problems


def test_certainty_is_not_asked_for_an_item_that_does_not_apply() -> None:
    assert "Z-vrienden" not in answer(VRI05="nvt").problems


def test_certainty_belongs_to_its_section() -> None:
    parsed = answer(IND05="3", Z_individu="2")
    assert (parsed.response.certainty, parsed.problems) == ({"individu": "2"}, {})


def test_a_wrong_certainty_gets_one_message_about_what_was_typed() -> None:
    assert answer(IND05="3", Z_individu="9").problems == {
        "Z-individu": "'9' is geen antwoord op deze vraag. Kies een van de antwoorden."
    }


def test_an_unknown_code_is_named_and_left_out() -> None:
    parsed = answer(IND05="<script>")
    assert parsed.problems["IND05"].startswith("'<script>' is geen antwoord")
    assert parsed.response.answers == {}


def test_two_answers_to_one_item_are_one_too_many() -> None:
    assert parse({"IND05": ["1", "2"]}, only={"IND05"}).problems == {"IND05": "Kies één antwoord."}


def test_the_same_answer_twice_is_one_answer() -> None:
    assert parse({"IND05": ["1", "1"]}).response.answers == {"IND05": "1"}


def test_a_change_over_time_is_read() -> None:
    parsed = parse(
        {"T-agressie": ["-2"], "T-wapenbezit": ["wn"], "T-lvb": ["3"]}, only={"T-agressie", "T-wapenbezit", "T-lvb"}
    )
    assert (parsed.response.trends, list(parsed.problems)) == ({"agressie": -2}, ["T-lvb"])


def test_a_remark_keeps_its_lines_without_control_characters() -> None:
    assert parse({"O-wijk": ["een\x00 \r\ntwee"]}).response.remarks == {"wijk": "een\ntwee"}


def test_a_remark_that_is_too_long_must_be_shorter() -> None:
    parsed = parse({"O-wijk": ["x" * 100_000]})
    assert parsed.problems["O-wijk"] == "Gebruik hoogstens 400 tekens; maak de tekst korter."
    assert parsed.response.remarks == {}


def test_unknown_fields_are_named() -> None:
    assert parse({"csrf": ["x"], "C06": ["3"]}).unknown_fields == ("csrf",)


def test_problems_come_in_the_order_of_the_questionnaire() -> None:
    problems = list(parse({"ONL01": ["x"], "IND05": ["x"], "C06": ["x"]}, only={"ONL01", "IND05", "C06"}).problems)
    assert problems == ["C06", "IND05", "ONL01"]


def test_a_wrong_answer_outside_this_version_is_not_dropped_in_silence() -> None:
    assert "IND06" in parse({"IND06": ["x"]}, short=True).problems


def test_one_text_instead_of_a_list_is_read_too() -> None:
    assert parse({"IND05": "3"}).response.answers == {"IND05": "3"}
