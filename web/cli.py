"""The command line, `kast`: what each command takes and prints. Heavy imports wait until their command runs.

Exit codes: 0 good, 1 the content is broken or the address is taken, 2 the question itself cannot be used.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from web.commands import (
    CommandError,
    as_text,
    dump,
    editing,
    export,
    figures,
    knowledge,
    search_quality,
    settings,
    storage,
    text_of,
)

if TYPE_CHECKING:
    import socket

    from kb import Factor, Hit, KnowledgeBase
    from web.advice_json import Advies
    from web.settings import Settings

SHOWN = 5
"""How many results a person sees unless asked otherwise; JSON gives all."""

Case = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code. Prints sentences, never a traceback, for what a user can cause."""
    atexit.register(gc.freeze)  # everything goes with the process, so nothing of it need be looked through once more
    try:
        chosen = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = chosen.run
        code = run(chosen)
        sys.stdout.flush()
        return code
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print("\nGestopt.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Who read our output has seen enough; what is left must not fail once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


# What can be typed


class _Parser(argparse.ArgumentParser):
    """argparse in Dutch."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options)
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"

    def error(self, message: str) -> NoReturn:
        for english, dutch in _TRANSLATIONS:
            message = re.sub(english, dutch, message)
        self.exit(2, f"{self.format_usage()}{self.prog}: {message}\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


_TRANSLATIONS = (
    (r"the following arguments are required: (.*)", r"hier ontbreekt: \1"),
    (r"unrecognized arguments: (.*)", r"dit kennen we niet: \1"),
    (r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)", r"\1: \2 bestaat niet; kies uit \3"),
    (r"argument (\S+): expected one argument", r"\1: hierachter hoort één waarde"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 kan niet samen met \2"),
    (r"one of the arguments (\S+) (\S+) is required", r"geef \1 of \2"),
    (r"^argument ", ""),
)


def _parser() -> _Parser:
    parser = _Parser(prog="kast", description="Digitale Apothekerskast Jeugd")
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="opdracht", required=True)
    _add_serve(commands.add_parser("serve", help="start de site"))
    _add_check(commands.add_parser("check", help="kijk de inhoud na"))
    _add_new(commands.add_parser("new", help="begin een bladzijde"))
    commands.add_parser("schema", help="toon het JSON-schema van de velden").set_defaults(run=editing.schema)
    _add_links(commands.add_parser("links", help="kijk na of de bronnen nog te openen zijn"))
    _add_report(commands.add_parser("report", help="toon wat er per beheerder te doen is"))
    commands.add_parser("history", help="onthoud wat Git van de bladzijden weet").set_defaults(
        run=editing.remember_history
    )
    _add_search(commands.add_parser("search", help="zoek interventies"))
    _add_factors(commands.add_parser("factors", help="zoek factoren bij een beschrijving in eigen woorden"))
    _add_match(commands.add_parser("match", help="maak het advies bij een bestand met gevallen"))
    _add_evaluate(commands.add_parser("evaluate", help="meet het advies aan oordelen, of het zoeken aan vragen"))
    _add_export(commands.add_parser("export", help="maak bestanden van alles wat in de kast staat"))
    _add_figures(commands.add_parser("figures", help="haal kerncijfers van het CBS op voor een meting"))
    storage.add_db(commands.add_parser("db", help="de database: bijwerken, kopiëren, terugzetten, opruimen"))
    storage.add_user(commands.add_parser("user", help="wie mag inloggen"))
    return parser


def _add_serve(parser: _Parser) -> None:
    parser.add_argument(
        "--host", metavar="ADRES", help="adres waarop de server luistert (anders KAST_HOST of 127.0.0.1)"
    )
    parser.add_argument(
        "--port", metavar="POORT", type=_port, help="poort (anders KAST_PORT of 8000); 0 kiest een vrije"
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        type=_count,
        help="processen die samen de site zijn, zoveel als er processorkernen zijn (anders KAST_WORKERS of 1)",
    )
    parser.set_defaults(run=serve)


def _add_check(parser: _Parser) -> None:
    parser.add_argument("paths", metavar="PAD", nargs="*", type=Path, help="bestand of map; zonder pad alles")
    parser.add_argument("--format", choices=tuple(editing.PRINTERS), default="tekst", help="vorm van de meldingen")
    parser.add_argument(
        "--advies-bij",
        dest="advice_on",
        metavar="PAD",
        nargs="*",
        type=Path,
        help="geef alleen bij deze bestanden advies",
    )
    parser.set_defaults(run=editing.check)


def _add_new(parser: _Parser) -> None:
    parser.add_argument("title", metavar="TITEL", help="naam van de interventie, tussen aanhalingstekens")
    parser.add_argument(
        "--map", dest="folder", type=Path, metavar="MAP", help="map voor het bestand (anders KAST_CONTENT)"
    )
    parser.set_defaults(run=editing.new)


def _add_links(parser: _Parser) -> None:
    parser.add_argument("ids", metavar="ID", nargs="*", help="alleen deze bladzijden; zonder id alle")
    parser.add_argument(
        "--timeout", metavar="SECONDEN", type=_count, default=10, help="geduld per antwoord (anders 10)"
    )
    parser.add_argument("--json", action="store_true", help="voor programma's")
    parser.set_defaults(run=editing.links)


def _add_report(parser: _Parser) -> None:
    parser.add_argument("--json", action="store_true", help="voor programma's")
    parser.set_defaults(run=editing.report)


def _add_search(parser: _Parser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", metavar="VRAAG", nargs="?", help="zoekwoorden; tikfouten mogen")
    what.add_argument("--file", metavar="BESTAND", type=Path, help="bestand met op elke regel een vraag")
    _add_output(parser)
    parser.set_defaults(run=search)


def _add_factors(parser: _Parser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", metavar="TEKST", nargs="?", help="het probleem in eigen woorden")
    what.add_argument("--file", metavar="BESTAND", type=Path, help="bestand met op elke regel een beschrijving")
    _add_output(parser)
    parser.set_defaults(run=factors)


def _add_evaluate(parser: _Parser) -> None:
    parser.add_argument(
        "files",
        metavar="GEVALLEN.yaml",
        nargs="*",
        type=Path,
        help="gevallen met oordelen; anders de eigen. Met 'search' ervoor: vragen die het zoeken meten",
    )
    parser.add_argument("--json", action="store_true", help="voor programma's")
    parser.set_defaults(run=evaluate)


def _add_match(parser: _Parser) -> None:
    parser.add_argument("file", metavar="GEVALLEN.yaml", type=Path, help="lijst van {id, context, scores}")
    _add_output(parser)
    parser.set_defaults(run=match)


def _add_export(parser: _Parser) -> None:
    what = parser.add_subparsers(title="soorten", metavar="SOORT", dest="soort", required=True)
    data = what.add_parser("data", help="open data: JSON, CSV en XLSX, met uitleg van elke kolom")
    data.add_argument("folder", metavar="MAP", type=Path, help="lege of nieuwe map, of een map van een eerdere export")
    data.set_defaults(run=export.data)
    site = what.add_parser("site", help="een kopie van de site als losse bestanden, voor elke webserver")
    site.add_argument("folder", metavar="MAP", type=Path, help="lege of nieuwe map, of een map van een eerdere export")
    site.add_argument(
        "--live",
        metavar="ADRES",
        help="adres van de levende site, voor de snelscan (anders KAST_BASE_URL als dat https is)",
    )
    site.add_argument(
        "--adres", dest="address", metavar="ADRES", help="adres waar de kopie komt te staan, voor een sitemap"
    )
    site.set_defaults(run=export.site)


def _add_figures(parser: _Parser) -> None:
    parser.add_argument("municipality", metavar="GEMEENTE", help="naam of code, zoals Hengelo of GM0164")
    parser.add_argument(
        "--file", metavar="BESTAND", type=Path, help="schrijf naar dit bestand in plaats van naar het scherm"
    )
    parser.add_argument("--table", metavar="TABEL", help="StatLine-tabel ‘Kerncijfers wijken en buurten’ (anders 2022)")
    parser.add_argument("--year", metavar="JAAR", type=_count, help="jaar van die tabel")
    parser.add_argument("--base", metavar="ADRES", help="adres van de OData-dienst (anders die van het CBS)")
    parser.set_defaults(run=figures.fetch)


def _add_output(parser: _Parser) -> None:
    parser.add_argument("--top", metavar="N", type=_count, help=f"hoeveel per vraag (anders {SHOWN}; in JSON alles)")
    parser.add_argument("--json", action="store_true", help="voor programma's")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 9):
        raise argparse.ArgumentTypeError("geef een heel getal vanaf 1")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65536):
        raise argparse.ArgumentTypeError("geef een poort van 0 tot en met 65535")
    return int(text)


# kast serve


def serve(chosen: argparse.Namespace) -> int:
    """Start the site and keep it running until it is told to stop."""
    # Nearly everything made while starting stays; collecting in between only costs time.
    gc.disable()
    chosen_settings = settings(host=chosen.host, port=chosen.port, workers=chosen.workers)
    with _bound(chosen_settings.host, chosen_settings.port) as door:
        app = _app(chosen_settings)
        app.state.address = _address(door)

        gc.freeze()
        gc.enable()
        door.listen(BACKLOG)
        print(f"De kast staat open op {_address(door)} (stoppen met Ctrl-C)", flush=True)
        return _serve_with_workers(app, door) if chosen_settings.workers > 1 else _serve_alone(app, door)


UVICORN: dict[str, Any] = {"server_header": False, "access_log": False, "log_level": "warning", "lifespan": "on"}
BACKLOG = 2048
"""Visitors that may wait at the door."""


def _serve_alone(app: Any, door: socket.socket) -> int:
    import uvicorn

    uvicorn.Server(uvicorn.Config(app, **UVICORN)).run(sockets=[door])
    # Only where Ctrl-C is no exception: begun in the background of a script, where it is ignored.
    print("Gestopt.", file=sys.stderr)
    return 0


def _serve_with_workers(app: Any, door: socket.socket) -> int:
    from web import workers
    from web.app import open_the_books

    if not workers.run(door, app.state.settings.workers, lambda: open_the_books(app), UVICORN):
        raise CommandError("Een werkproces kon niet beginnen. De melding hierboven zegt waarom.", 1)
    print("Gestopt.", file=sys.stderr)
    return 0


def _bound(host: str, port: int) -> socket.socket:
    """Take the address before anything else, so that a taken one is told at once."""
    import socket

    door = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind, protocol)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except OSError as error:
        if door:
            door.close()
        raise CommandError(_refused(host, port, error), 1) from None
    return door


def _refused(host: str, port: int, error: OSError) -> str:
    import errno

    if error.errno == errno.EADDRINUSE:
        return f"Poort {port} is al in gebruik. Kies een andere met --port."
    if error.errno == errno.EACCES:
        return f"Poort {port} mag u niet gebruiken. Kies er een vanaf 1024 met --port."
    return f"Op het adres '{host}' kan de server niet luisteren. Kies een adres van deze computer met --host."


def _address(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _app(settings: Settings) -> Any:
    from kb import ContentError
    from web import create_app

    if not settings.content.is_dir():
        raise CommandError(f"KAST_CONTENT: de map {settings.content} bestaat niet.")
    try:
        return create_app(settings)
    except ContentError as error:
        problems = "\n".join(as_text(problem) for problem in error.problems)
        raise CommandError(f"{problems}\nDe site start niet: de inhoud klopt niet.", 1) from None


# kast search


def search(chosen: argparse.Namespace) -> int:
    """Print what answers each question; nonsense gives an empty list."""
    questions = [chosen.question] if chosen.file is None else _lines(chosen.file)
    kb = knowledge()
    for question in questions:
        if chosen.json:
            dump(_found_json(question, kb.search(question, chosen.top)))
        else:
            _print_found(kb, question, kb.search(question, chosen.top or SHOWN))
    return 0


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in text_of(path).splitlines() if line.strip()]


def _found_json(question: str, hits: Iterable[Hit]) -> dict[str, Any]:
    return {"vraag": question, "resultaten": [{"id": hit.intervention_id, "score": hit.score} for hit in hits]}


def _print_found(kb: KnowledgeBase, question: str, hits: Sequence[Hit]) -> None:
    print(question)
    for hit in hits:
        found = kb.get(hit.intervention_id)
        print(f"  {found.title if found else hit.intervention_id} ({hit.intervention_id})")
        print(f"      {' · '.join(hit.why)}")
    if not hits:
        meant = kb.suggest(question)
        print(f"  Niets gevonden. Bedoelde u '{meant}'?" if meant else "  Niets gevonden.")


# kast factors


def factors(chosen: argparse.Namespace) -> int:
    questions = _lines(chosen.file) if chosen.file else [chosen.question]
    kb = knowledge()
    from matcher import suggest_factors

    for question in questions:
        found = suggest_factors(
            question, kb.factors, chosen.top or SHOWN if not chosen.json else chosen.top or len(kb.factors)
        )
        if chosen.json:
            dump(
                {
                    "vraag": question,
                    "resultaten": [{"id": s.factor.id, "score": s.score, "woorden": list(s.words)} for s in found],
                }
            )
        else:
            print(question)
            told = [f"{_as_line(s.factor)}: {', '.join(s.words)}" for s in found]
            told = told or [*map(_as_line, _named(question, kb.factors))]
            told = told or ["  Geen factor gevonden. Probeer een ander woord, of kijk in kb/factors.yaml."]
            print("\n".join(told[: chosen.top or SHOWN]))
    return 0


def _as_line(factor: Factor) -> str:
    return f"  {factor.name} ({factor.id}, {factor.kind.label.lower()})"


def _named(question: str, known: Mapping[str, Factor]) -> Iterator[Factor]:
    """The factors with these letters in their id or their name, for who looks one up and describes nothing."""
    typed = question.strip().casefold()
    return (factor for factor in known.values() if typed and typed in f"{factor.id} {factor.name.casefold()}")


# kast evaluate


def evaluate(chosen: argparse.Namespace) -> int:
    """Measure the advice with expert cases, or the search with graded questions."""
    if chosen.files[:1] == [Path("search")]:
        return search_quality.run(chosen.files[1:], as_json=chosen.json)
    from matcher import CaseError, own_cases, read_cases, recept_gaps
    from matcher import evaluate as measure

    try:
        paths = chosen.files or own_cases()
        cases = [case for path in paths for case in read_cases(path)]
        kb = knowledge()
        report = measure(kb, cases)
        found = [gap.share for gap in recept_gaps(kb, cases)]
    except CaseError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename}: dit bestand is niet te openen.") from error
    plain = report.as_plain() | {
        "recepten": len(found),
        "recept_onder_optimum": round(sum(found) / max(len(found), 1), 4),
        "recept_hoogstens_onder_optimum": round(max(found, default=0.0), 4),
    }
    if chosen.json:
        dump(plain)
    else:
        _print_report(plain)
    return 0


def _print_report(report: dict[str, Any]) -> None:
    print(f"{report['gevallen']} gevallen, rekenregels {report['versie']}")
    print(f"{'':32}{'nDCG@5':>9}{'nDCG@10':>9}{'recall@10':>11}{'schadelijk@10':>15}")
    for row in report["cijfers"]:
        print(
            f"{row['naam']:32}{row['ndcg5']:9.3f}{row['ndcg10']:9.3f}{row['recall10']:11.3f}{row['schadelijk10']:15d}"
        )
    print(f"voorsprong op de beste andere: {report['voorsprong_ndcg10']:+.3f} nDCG@10")
    print(f"onze eerste drie blijven bij de eerste drie in {report['vastheid']:.0%} van de herberekeningen")
    print(
        f"{report['recepten']} recepten, gemiddeld {report['recept_onder_optimum']:.2%} onder het optimum van de exacte "
        f"oplosser, hoogstens {report['recept_hoogstens_onder_optimum']:.2%}"
    )
    print("\nzonder dit criterium (nDCG@10):")
    whole = report["cijfers"][0]["ndcg10"]
    for row in sorted(report["weglaten"], key=lambda row: float(row["ndcg10"])):
        print(f"  {row['criterium']:18}{row['ndcg10']:8.3f}  {row['ndcg10'] - whole:+.3f}")


# kast match


def match(chosen: argparse.Namespace) -> int:
    """Print the advice of every case. Unknown extra keys are named and ignored; a value that cannot be used makes it 2."""
    cases = _cases(chosen.file)
    kb = knowledge()
    answers = [_answer(kb, position, case, chosen) for position, case in enumerate(cases, 1)]
    if chosen.json:
        dump([{"id": name, **advice} for name, advice, _ in answers])
    else:
        for name, advice, _ in answers:
            _print_advice(name, advice)
    return 2 if any(problems for _, _, problems in answers) else 0


def _cases(path: Path) -> list[Case]:
    """The cases of a file. Raises CommandError when it is not a list of cases, or cannot be read as one."""
    from kb import strict_yaml

    document = strict_yaml.read(text_of(path))
    fatal = [f"{path}:{line}  {said}" for line, place, said in document.problems if not _is_extra(place)]
    if fatal:
        raise CommandError("\n".join(fatal))
    if not isinstance(document.value, list) or not all(isinstance(case, dict) for case in document.value):
        raise CommandError(f"{path}: dit is geen lijst van gevallen. Schrijf '- id: ...' met context en scores.")
    return document.value


def _is_extra(place: tuple[str | int, ...]) -> bool:
    """Does this lie in a key of a case that we do not read anyway?"""
    return len(place) > 1 and place[1] not in ("id", "context", "scores")


def _answer(kb: KnowledgeBase, position: int, case: Case, chosen: argparse.Namespace) -> tuple[str, Advies, list[str]]:
    """Name, advice and what was wrong with a case; problems and unknown keys go to stderr."""
    import matcher
    from assessment import read_context, read_profile
    from web.advice_json import advice_as_json

    name = str(case.get("id") or position)
    context, objections, unknown = read_context(case.get("context"))
    profile, others = read_profile(case)
    extra = [*(str(key) for key in case if key not in ("id", "context", "scores")), *unknown]
    if extra:
        print(f"{name}: deze velden tellen niet mee: {', '.join(extra)}", file=sys.stderr)
    problems = [f"{name}: {problem.field}: {problem.message}" for problem in (*objections, *others)]
    for problem in problems:
        print(problem, file=sys.stderr)
    top = chosen.top or (None if chosen.json else SHOWN)
    return name, advice_as_json(matcher.recommend(kb, profile, context), top), problems


def _print_advice(name: str, advice: Advies) -> None:
    print(f"{name}  {advice['uitkomst']}")
    print(f"  prioriteiten: {', '.join(advice['prioriteiten']) or 'geen'}")
    if advice["vlaggen"]:
        print(f"  eerst veiligheid: {', '.join(advice['vlaggen'])}")
    for rank, found in enumerate(advice["aanbevolen"], 1):
        print(f"  {rank}. {found['titel']} ({found['id']}) {found['score']:g}, {found['past']}")
        for reason in found["redenen"]:
            print(f"      {reason['punten']:+6g}  {reason['tekst']}")
    if advice["recept"]:
        print(f"  recept: {', '.join(advice['recept'])}")
    for missing in advice["niet_meegewogen"]:
        print(f"  niet meegewogen: {missing}")
    print()


if __name__ == "__main__":
    sys.exit(main())
