"""The real questionnaire and the real factors: both are small, and the laws must hold for what we ask people."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment import Questionnaire
from kb import Factor
from tests.assessment.samples import FACTORS


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    return Questionnaire.load()


@pytest.fixture(scope="session")
def factors() -> Mapping[str, Factor]:
    return FACTORS
