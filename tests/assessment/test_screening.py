"""Free text that says too much is found; ordinary sentences about a neighbourhood pass."""

from __future__ import annotations

import pytest

from assessment import screening

FINE = [
    "",
    "Rond het Centraal Station hangen op vrijdag vaak groepen van vijftien tot twintig jongeren.",
    "Jongeren van 12 tot 17 jaar; in 2025 waren er 120 meldingen, in 2024 nog 96.",
    "De Albert Heijn en de Action hebben veel last van winkeldiefstal.",
    "Onze wijk kreeg in 2023 ongeveer 1.250.000 euro voor Preventie met Gezag.",
    "Halt, het Openbaar Ministerie en de Gemeente werken samen. Dat gaat goed.",
    "Postcode 7544 AB is het drukst, tussen 22.00 en 02.00 uur.",
    "Mensen durven 's avonds niet meer naar buiten.",
    "Rond het Van Heekplein en de Oude Markt is het druk, ook bij de Grote Kerk.",
    "De fleur is eraf; op de vloer ligt glas en een merel zingt.",
    "De broertjes en zusjes van deze jongeren gaan mee.",
    "Op de A. en de B. na zijn alle straten rustig.",
]
WRONG = {
    "Zijn nummer is 111222333.": screening.BSN,
    "bsn 1112.22.333": screening.BSN,
    "Bel 06-12345678": screening.PHONE,
    "Bel 06 12 34 56 78 maar": screening.PHONE,
    "Bel +31 6 12345678": screening.PHONE,
    "Bel (053) 4818181": screening.PHONE,
    "mail jan.jansen@school.nl even": screening.EMAIL,
    "jan (at) school.nl": screening.EMAIL,
    "Vooral Mohammed en zijn broer doen dit.": screening.NAME,
    "Meneer De Vries klaagt vaak.": screening.NAME,
    "Gijs doet ook mee.": screening.NAME,
    "vooral mohammed is erbij": screening.NAME,
    "J. de Boer verkoopt het.": screening.NAME,
    "Het gaat om M.B. (17).": screening.NAME,
    "De broertjes Yilmaz zijn er altijd.": screening.NAME,
    "Ze noemen hem Kwik.": screening.NAME,
    "Vraag het aan mevrouw van den Berg.": screening.NAME,
    "Een jongen genaamd Kwik doet het.": screening.NAME,
    "De leider is Tarik el Idrissi volgens de buurt.": screening.NAME,
}


@pytest.mark.parametrize("text", FINE)
def test_an_ordinary_sentence_passes(text: str) -> None:
    assert screening.objection(text) is None


@pytest.mark.parametrize("text", WRONG)
def test_what_says_too_much_is_named(text: str) -> None:
    assert screening.objection(text) == WRONG[text]


@pytest.mark.parametrize(("digits", "valid"), [("111222333", True), ("123456782", True), ("123456789", False), ("000000000", False), ("11122233", False)])  # fmt: skip
def test_a_citizen_service_number_passes_the_eleven_test(digits: str, valid: bool) -> None:
    assert screening.is_bsn(digits) is valid


def test_a_very_long_text_is_read_quickly_enough_to_answer() -> None:
    assert screening.objection("a " * 200_000) is None
