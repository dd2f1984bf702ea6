"""The cupboards every test may look into: a small one of six invented pages, and the real one, each read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import kb

settings.register_profile("huis", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("huis")
"""A busy machine is no fault in the code."""

SMALL_CUPBOARD = Path(__file__).parent / "content" / "kast"


@pytest.fixture(scope="session")
def kleine_kast() -> kb.KnowledgeBase:
    """Six invented pages that differ in every facet; see tests/content/kast."""
    return kb.load(SMALL_CUPBOARD)


@pytest.fixture(scope="session")
def echte_kast() -> kb.KnowledgeBase:
    """The real interventions."""
    return kb.load()
