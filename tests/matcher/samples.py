"""Small interventions and profiles for tests of the matcher: only what differs needs to be said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kb
from assessment import Context, FactorScore, Profile
from kb import Intervention, KnowledgeBase
from tests.conftest import real_cupboard

CASES = Path(__file__).parent.parent / "cases"


def cupboard() -> KnowledgeBase:
    """The real content."""
    return real_cupboard()


def evidence(outcome: str = "delictgedrag", level: str = "eerste-aanwijzingen", **more: Any) -> dict[str, Any]:
    return {"uitkomst": outcome, "niveau": level, **more}


def page(page_id: str = "voorbeeld", **changed: Any) -> Intervention:
    """A plain intervention against violence by single youths of 12-18, working on aggression."""
    values: dict[str, Any] = {
        "id": page_id,
        "titel": page_id.replace("-", " ").capitalize(),
        "status": "gepubliceerd",
        "samenvatting": "Een voorbeeld.",
        "soort": "interventie",
        "vorm": ["individueel"],
        "leeftijd": {"van": 12, "tot": 18},
        "preventieniveau": ["geindiceerd"],
        "fase": ["zorg"],
        "karakter": "preventief",
        "zwaarte": "midden",
        "indicatie": indication(),
        "bewijs": [evidence()],
        "risicofactoren": [{"id": "agressie", "basis": "expliciet"}],
        "bronnen": [{"titel": "Een bron"}],
        "zekerheid": "midden",
        "gecontroleerd_op": "2026-11-22",
        "beheerder": "Platform IVZ",
        "tekst": {"Doel": "Doel.", "Doelgroep": "Groep.", "Aanpak": "Zo."},
    }
    return Intervention.model_validate({**values, **changed})


def indication(**changed: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "problemen": ["geweld"],
        "ernst": {"van": 2, "tot": 4},
        "niveau": ["individueel"],
        "rol_in_aanpak": "kern",
        "basis": "afgeleid",
    }
    return {**values, **changed}


def small_cupboard(*pages: Intervention) -> KnowledgeBase:
    """These pages, with the real factors."""
    return KnowledgeBase(pages, cupboard().factors)


def profile(confidence: float = 0.7, **scores: float) -> Profile:
    """Scores by factor id, with underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in scores.items()}
    return Profile({name: FactorScore(name, value, confidence) for name, value in named.items()})


def context(**changed: Any) -> Context:
    """Violence by single youths of 12-17, severity 3."""
    values: dict[str, Any] = {
        "ages": (kb.AgeRange(van=12, tot=17),),
        "problems": (kb.ProblemKind.VIOLENCE,),
        "severity": 3,
        "level": "individueel",
    }
    return Context(**{**values, **changed})
