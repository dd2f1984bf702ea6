"""One broken questionnaire per rule, with its message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assessment import QuestionnaireError, datafile
from assessment.questionnaire import read_questionnaire

Data = dict[str, Any]


def _sections(data: Data) -> Any:
    return data["onderdelen"]


def _item(data: Data, position: int = 0) -> Any:
    return _sections(data)[0]["vragen"][position]


def _two_items_with_one_id(data: Data) -> None:
    _item(data, 1)["id"] = "IND01"


def _two_questions_for_one_field(data: Data) -> None:
    data["context"][3]["veld"] = "gebied"


def _unknown_scale(data: Data) -> None:
    _item(data)["schaal"] = "omvang-reusachtig"


def _scale_without_points(data: Data) -> None:
    _item(data)["schaal"] = "trend"


def _double_code(data: Data) -> None:
    data["schalen"]["dekking"]["antwoorden"][1]["code"] = "0"


def _unknown_role(data: Data) -> None:
    _item(data)["rollen"] = ["burgemeester"]


def _unknown_section_role(data: Data) -> None:
    _sections(data)[0]["rollen"] = ["burgemeester"]


def _unknown_field(data: Data) -> None:
    data["context"][0]["veld"] = "postcode"


def _unknown_list(data: Data) -> None:
    data["context"][4]["opties_uit"] = "problemen"


def _double_option(data: Data) -> None:
    data["context"][6]["opties"] = [{"code": "groep", "label": "Groep"}]


def _factor_in_two_sections(data: Data) -> None:
    _sections(data)[1]["vragen"][0]["factor"] = "agressie"


def _two_short_items(data: Data) -> None:
    _item(data, 5)["kort"] = True


def _unknown_certainty_scale(data: Data) -> None:
    data["afsluiting"]["zekerheid"]["schaal"] = "gevoel"


def _unknown_key(data: Data) -> None:
    data["aantal_items"] = 74


def _unknown_domain(data: Data) -> None:
    _sections(data)[0]["id"] = "sport"


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        (_two_items_with_one_id, "id 'IND01' komt twee keer voor"),
        (_two_questions_for_one_field, "veld 'gebied' hoort bij twee vragen"),
        (_unknown_scale, "IND01: schaal 'omvang-reusachtig' bestaat niet"),
        (_scale_without_points, "IND01: schaal 'trend' heeft geen punten"),
        (_double_code, "schaal dekking: code '0' komt twee keer voor"),
        (_unknown_role, "IND01: rol 'burgemeester' bestaat niet"),
        (_unknown_section_role, "individu: rol 'burgemeester' bestaat niet"),
        (_unknown_field, "C01: veld 'postcode' bestaat niet"),
        (_unknown_list, "C05: een rangorde heeft opties nodig"),
        (_double_option, "C07: optie 'groep' komt twee keer voor"),
        (_factor_in_two_sections, "factor 'agressie' staat in twee onderdelen"),
        (_two_short_items, "factor 'agressie' heeft meer dan één korte vraag"),
        (_unknown_certainty_scale, "schaal 'gevoel' bestaat niet"),
        (_unknown_key, "aantal_items"),
        (_unknown_domain, "sport"),
    ],
)
def test_a_questionnaire_that_contradicts_itself_is_refused(breaks: Callable[[Data], None], message: str) -> None:
    data = datafile.read("questionnaire.yaml")
    breaks(data)
    with pytest.raises(QuestionnaireError) as refusal:
        read_questionnaire(data)
    assert message in str(refusal.value)


def test_every_problem_is_named_at_once() -> None:
    data = datafile.read("questionnaire.yaml")
    _unknown_scale(data)
    _unknown_field(data)
    with pytest.raises(QuestionnaireError, match=r"(?s)C01.*IND01"):
        read_questionnaire(data)
