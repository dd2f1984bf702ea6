from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import CONTEXT_KEYS, Context, Questionnaire
from assessment.reading import clean, quoted, read_answers, whole_number, write_answers
from kb import AgeRange, ProblemKind
from tests.assessment.samples import CONTEXTS


def read(questionnaire: Questionnaire, **answers: str | list[str]) -> Context:
    """The context of answers that must all be right."""
    context, problems = read_answers(
        questionnaire, {key: [v] if isinstance(v, str) else v for key, v in answers.items()}
    )
    assert problems == ()
    return context


def objection(questionnaire: Questionnaire, key: str, *typed: str) -> str:
    """The one message about these typed words."""
    _, (problem,) = read_answers(questionnaire, {key: typed})
    assert problem.field == key
    return problem.message


@given(CONTEXTS)
def test_what_is_written_reads_back_the_same(context: Context) -> None:
    assert read_answers(Questionnaire.load(), write_answers(context)) == (context, ())


@given(st.dictionaries(st.sampled_from(list(CONTEXT_KEYS)), st.lists(st.text())))
def test_no_text_makes_it_raise(answers: dict[str, list[str]]) -> None:
    read_answers(Questionnaire.load(), answers)


def test_nothing_answered_is_an_empty_context(questionnaire: Questionnaire) -> None:
    assert read(questionnaire, ernst="", leeftijd=["", " "]) == Context()


def test_codes_become_the_types_of_the_knowledge_base(questionnaire: Questionnaire) -> None:
    context = read(questionnaire, leeftijd="12-17", probleem=["wapens", "drugs"], ernst="4")
    assert context.ages == (AgeRange(van=12, tot=17),)
    assert context.problems == (ProblemKind.WEAPONS, ProblemKind.DRUGS)
    assert context.severity == 4


def test_a_municipality_becomes_its_code(questionnaire: Questionnaire) -> None:
    assert read(questionnaire, gemeente="enschede").municipality == "GM0153"


def test_the_same_choice_twice_counts_once(questionnaire: Questionnaire) -> None:
    assert read(questionnaire, setting=["straat", "straat"]).settings == ("straat",)


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("gemeente", "Enschedee", "Bedoelde u Enschede?"),
        ("gemeente", "Bergen", "Bedoelde u Bergen (L.) of Bergen (NH.)?"),
        ("gemeente", "qqqqqq", "Kies er een uit de lijst."),
        ("gebied", "x" * 81, "Gebruik hoogstens 80 tekens"),
        ("gebied", "\x00", "Vul hier leesbare tekst in."),
        ("jongeren", "veel", "Vul een heel getal in van 1 tot en met 1.000.000"),
        ("jongeren", "0", "Vul een heel getal in van 1"),
        ("jongeren", "9" * 5000, "Vul een heel getal in"),
        ("jongeren", "-5", "Vul een heel getal in"),
        ("leeftijd", "17-12", "bijvoorbeeld 12-17"),
        ("leeftijd", "12-100", "bijvoorbeeld 12-17"),
        ("probleem", "wapen", "Bedoelde u 'wapens'?"),
        ("ernst", "6", "Kies uit: 1, 2, 3, 4, 5."),
        ("rol", "burgemeester", "Kies uit: politie-boa"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_that_says_what_to_do(
    questionnaire: Questionnaire, key: str, typed: str, message: str
) -> None:
    assert message in objection(questionnaire, key, typed)


def test_more_than_the_most_choices_is_too_many(questionnaire: Questionnaire) -> None:
    assert (
        objection(questionnaire, "probleem", "wapens", "drugs", "geweld", "online")
        == "Kies er hoogstens 3; u koos er 4."
    )


def test_two_answers_to_a_single_choice_are_one_too_many(questionnaire: Questionnaire) -> None:
    assert objection(questionnaire, "ernst", "1", "2") == "Geef hier één antwoord."


def test_nothing_yet_cannot_go_with_something(questionnaire: Questionnaire) -> None:
    assert "'Nog niets' kan niet samen" in objection(questionnaire, "lopend", "niets", "pga")


def test_the_good_part_of_a_list_is_kept(questionnaire: Questionnaire) -> None:
    context, problems = read_answers(questionnaire, {"setting": ["straat", "maan"]})
    assert (context.settings, len(problems)) == (("straat",), 1)


@pytest.mark.parametrize(
    ("text", "number"), [("400", 400), (" 400 ", 400), ("1.200", 1200), ("1 200 000", 1200000), ("007", 7)]
)
def test_a_whole_number_may_be_written_the_dutch_way(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "4,5", "1.20", "٣", "1e3", "-1", "1_000", "9" * 10])
def test_anything_else_is_no_whole_number(text: str) -> None:
    assert whole_number(text) is None


@given(st.text())
def test_clean_text_is_one_visible_line(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == clean(cleaned)
    assert cleaned.isprintable()


def test_a_message_repeats_only_a_short_piece() -> None:
    assert len(quoted("x" * 10_000)) == 42
