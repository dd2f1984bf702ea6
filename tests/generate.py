"""Many valid interventions for benchmarks: real pages with other names, ages, problems, factors and evidence. The same for the same seed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import kb
from kb import Intervention, KnowledgeBase

SEED = 7


def cupboard_of(size: int, real: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base of this size, with the real factors."""
    chance = random.Random(SEED)
    templates = [page.model_dump(by_alias=True, mode="json") for page in real.interventions]
    return KnowledgeBase((_variant(chance, chance.choice(templates), n, real) for n in range(size)), real.factors)


def _variant(chance: random.Random, template: dict[str, Any], number: int, real: KnowledgeBase) -> Intervention:
    start = chance.randint(0, 20)
    severity = sorted(chance.choices(range(1, 6), k=2))
    problems = chance.sample(list(kb.ProblemKind), chance.randint(1, 3))
    levels = chance.sample(list(kb.ProblemLevel), chance.randint(1, 3))
    risks = [f.id for f in real.factors.values() if f.is_risk]
    protective = [f.id for f in real.factors.values() if not f.is_risk]
    return Intervention.model_validate(
        {
            **template,
            "id": f"{template['id'][:60]}-{number}",
            "titel": f"{template['titel'][:100]} {number}",
            "leeftijd": {"van": start, "tot": start + chance.randint(2, 12)},
            "indicatie": {
                **template["indicatie"],
                "problemen": problems,
                "hoofdprobleem": chance.choice([None, problems[0]]),
                "ernst": {"van": severity[0], "tot": severity[1]},
                "niveau": levels,
            },
            "risicofactoren": _links(chance, risks, 6),
            "beschermende_factoren": _links(chance, protective, 4),
        }
    )


def write_pages(folder: Path, size: int, real: KnowledgeBase) -> None:
    """As many valid content files as asked for. No two have a paragraph in common, so that nobody gains by remembering one."""
    import yaml

    chance = random.Random(SEED)
    folder.mkdir(parents=True, exist_ok=True)
    many = cupboard_of(size, real).interventions
    for number, page in enumerate(many):
        fields = page.model_dump(by_alias=True, mode="json", exclude_defaults=True, exclude={"id", "sections"})
        fields["combineert_met"] = sorted(other.id for other in chance.sample(many, 3) if other is not page)[:2]
        front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=110)
        sections = page.sections.model_dump(by_alias=True)
        body = "".join(_section(title, text, number) for title, text in sections.items())
        (folder / f"{page.id}.md").write_text(f"---\n{front}---\n{body}", encoding="utf-8")


def _section(title: str, text: str | None, number: int) -> str:
    return f"\n## {title}\n\n{text} Dit is bladzijde {number}.\n" if text else f"\n## {title}\n\n{kb.NOT_FOUND}\n"


def _links(chance: random.Random, ids: list[str], most: int) -> list[dict[str, str]]:
    return [
        {"id": i, "basis": chance.choice(["expliciet", "afgeleid"])}
        for i in chance.sample(ids, chance.randint(1, most))
    ]
