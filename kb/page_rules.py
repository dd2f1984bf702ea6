"""Rules for one page that need more than one field. They look at what was written, so that a mistake elsewhere does not hide them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb import prose, strict_yaml
from kb.problems import shown
from kb.written import OWN_KEYS, Said, Written

MAX_SUMMARY_WORDS = 45
_HOLDING = {dict, list}
"""What can hold other values."""
_OWN_KEYS_MESSAGE = {
    "id": "'id' is geen veld: het adres komt uit de bestandsnaam. Haal deze regel weg.",
    "tekst": "'tekst' is geen veld: de tekst staat onder de vijf vaste koppen. Haal deze regel weg.",
}
_HINT_LEFT = "Hier staat nog de uitleg van het sjabloon. Schrijf uw eigen tekst, of zet 'status' nog op concept."


def passes(page: Written) -> bool:
    """Is there nothing against this page yet? The closed lists come after this."""
    document = page.document
    if page.said or document is None or not isinstance(document.value, dict):
        return False
    return not any(objections(document)) and not any(hints_left(page))


def hints_left(page: Written) -> Iterator[Said]:
    """Words of the template that still stand in a page that may be seen."""
    if page.document and page.document.at("status") == "gepubliceerd":
        yield from ((line, (heading,), _HINT_LEFT) for heading, line in prose.hints_left(page.text))


def objections(document: strict_yaml.Document) -> Iterator[tuple[strict_yaml.Path, str]]:
    """(place, Dutch sentence) for everything that does not go together; of a page with fields."""
    yield from (((key,), _OWN_KEYS_MESSAGE[key]) for key in OWN_KEYS if key in document.value)
    for place in (("leeftijd",), ("indicatie", "ernst")):
        low, high = _whole(document.at(*place, "van")), _whole(document.at(*place, "tot"))
        if low is not None and high is not None and low > high:
            yield place, f"'van' ({low}) is hoger dan 'tot' ({high}). Draai ze om."
    main, problems = document.at("indicatie", "hoofdprobleem"), document.at("indicatie", "problemen")
    if isinstance(main, str) and isinstance(problems, list) and main not in problems:
        yield (
            ("indicatie", "hoofdprobleem"),
            f"'{shown(main)}' staat niet bij 'problemen'. Zet het daar ook bij, vooraan.",
        )
    summary = document.at("samenvatting")
    words = len(summary.split()) if isinstance(summary, str) else 0
    if words > MAX_SUMMARY_WORDS:
        yield ("samenvatting",), f"De samenvatting heeft {words} woorden. Maak er hoogstens {MAX_SUMMARY_WORDS} van."
    yield from _withdrawal_rule(document)
    yield from _repeats(document.value)
    yield from _repeated_factors(document)


def _whole(value: Any) -> int | None:
    is_whole = isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal() and len(value) < 9)
    return int(value) if is_whole else None


def _withdrawal_rule(document: strict_yaml.Document) -> Iterator[tuple[strict_yaml.Path, str]]:
    withdrawn, reason = document.at("status") == "ingetrokken", document.at("ingetrokken")
    if withdrawn and not reason:
        example = 'ingetrokken: {op: 2026-11-22, reden: "..."}'
        yield ("status",), f"Bij status 'ingetrokken' horen een datum en een reden. Zet eronder: {example}"
    if reason and not withdrawn and "status" in document.value:
        yield (
            ("ingetrokken",),
            "Dit veld hoort alleen bij status 'ingetrokken'. Pas de status aan, of haal dit veld weg.",
        )


def _repeats(value: dict[str, Any]) -> Iterator[tuple[strict_yaml.Path, str]]:
    """Words that stand twice in one list, however deep it lies."""
    waiting: list[tuple[strict_yaml.Path, Any]] = [((), value)] if _has_repeats(value) else []
    while waiting:
        place, value = waiting.pop()
        children = value.items() if isinstance(value, dict) else enumerate(value)
        waiting += [((*place, key), child) for key, child in children if isinstance(child, (dict, list))]
        if isinstance(value, list):
            yield from _said_again(value, place)


def _has_repeats(value: dict[str, Any]) -> bool:
    """Is there any such word at all? Rarely, and where it stands matters only then."""
    waiting: list[Any] = [value]
    while waiting:
        entries = waiting.pop()
        if isinstance(entries, dict):
            entries = entries.values()
        else:
            words = [word for word in entries if isinstance(word, str)]
            if len(set(words)) < len(words):
                return True
            if len(words) == len(entries):
                continue
        waiting += [child for child in entries if type(child) in _HOLDING]
    return False


def _said_again(entries: list[Any], place: strict_yaml.Path) -> Iterator[tuple[strict_yaml.Path, str]]:
    for index, word in enumerate(entries):
        if isinstance(word, str) and word in entries[:index]:
            yield (*place, index), f"'{shown(word)}' staat twee keer in deze lijst. Laat er één staan."


def _repeated_factors(document: strict_yaml.Document) -> Iterator[tuple[strict_yaml.Path, str]]:
    seen: set[str] = set()
    for key in ("risicofactoren", "beschermende_factoren"):
        entries = document.at(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            factor = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(factor, str):
                if factor in seen:
                    yield (key, index, "id"), f"De factor '{shown(factor)}' staat er twee keer. Laat er één staan."
                seen.add(factor)
