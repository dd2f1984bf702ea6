"""`kast evaluate search`: how well is found what people type, per kind of question, next to five other engines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from web.commands import CommandError, dump, knowledge

MEASURES = (
    ("success1", "goede bladzijde bovenaan"),
    ("success5", "bij de eerste vijf"),
    ("mrr", "1 gedeeld door de rang"),
)


def run(paths: Sequence[Path], *, as_json: bool) -> int:
    """Measure and print. Without files: the questions of the project itself."""
    from kb import QuestionError, evaluate_search, own_questions, read_questions

    try:
        questions = [question for path in paths for question in read_questions(path)] if paths else own_questions()
        report = evaluate_search(knowledge(), questions).as_plain()
    except QuestionError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename}: dit bestand is niet te openen.") from error
    if as_json:
        dump(report)
    else:
        _print_report(report)
    return 0


def _print_report(report: dict[str, Any]) -> None:
    engines = list(dict.fromkeys(row["zoeker"] for row in report["cijfers"]))
    print(f"{report['vragen']} vragen")
    for measure, meaning in MEASURES:
        print(f"\n{measure}: {meaning}\n{'':22}{'vragen':>7}" + "".join(f"{name:>23}" for name in engines))
        for kind in dict.fromkeys(row["soort"] for row in report["cijfers"]):
            rows = [row for row in report["cijfers"] if row["soort"] == kind]
            print(f"{kind:22}{rows[0]['vragen']:7}" + "".join(f"{row[measure]:23.3f}" for row in rows))
    print(f"\n{'onzin vindt niets':29}" + "".join(f"{report['onzin_vindt_niets'][name]:23.3f}" for name in engines))
    print("\nonze zoeker per bron van de vragen:")
    for source, row in report["per_bron"].items():
        print(f"  {source:20}{row['vragen']:5} vragen" + "".join(f"   {name} {row[name]:.3f}" for name, _ in MEASURES))
    missed = [f"{row['soort']} ({row['zoeker']})" for row in report["niet_verslagen"]]
    print(
        "\nniet beter dan een andere zoeker bij: " + ", ".join(missed)
        if missed
        else "\nop elke soort beter dan elke andere"
    )
