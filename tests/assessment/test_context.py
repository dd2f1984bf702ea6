from __future__ import annotations

from dataclasses import fields

from assessment import CONTEXT_KEYS, Context, Questionnaire


def test_every_field_of_a_context_has_one_dutch_key() -> None:
    assert sorted(CONTEXT_KEYS.values()) == sorted(field.name for field in fields(Context))


def test_every_key_but_the_region_has_a_question(questionnaire: Questionnaire) -> None:
    asked = {question.key for question in questionnaire.context}
    assert set(CONTEXT_KEYS) - asked == {"regio"}
