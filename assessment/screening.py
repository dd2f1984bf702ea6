"""Does a free text say too much? Finds a citizen service number, phone, e-mail and likely names. Pure; a kind question, no judgement.

It never sees everything: what a respondent writes stays out of reports whatever this finds.
"""

from __future__ import annotations

import re

BSN = "Hier lijkt een burgerservicenummer in te staan. Haal het weg; wij vragen niets over personen."
PHONE = "Hier lijkt een telefoonnummer in te staan. Haal het weg, of schrijf in het algemeen wat u bedoelt."
EMAIL = "Hier lijkt een e-mailadres in te staan. Haal het weg, of schrijf in het algemeen wat u bedoelt."
NAME = "Staat hier de naam van een persoon in? Schrijf dan bijvoorbeeld ‘een jongen van 15’ of ‘een winkelier’."

_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,9}(?!\d)")
_PHONE = re.compile(
    r"(?<!\d)(?:\+|00)31[ .-]?\(?0?\)?(?:[ .-]?\d){9}(?!\d)|(?<!\d)\(?0[1-9]\d{0,3}\)?(?:[ .-]?\d){6,8}(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\wà-öø-ÿ'’-]+"
_BETWEEN = r"(?:(?:van|de|der|den|ten|ter|el|al|bin|ben|ibn|von|da|dos|’t|'t)\s+)*"
_TITLED = re.compile(
    rf"\b(?:meneer|mevrouw|mevr|mw|dhr|de heer|familie|fam)\b\.?\s+{_BETWEEN}{_CAPITAL}", re.IGNORECASE
)
_CALLED = re.compile(
    rf"\b(?:heet|heten|genaamd|bijgenaamd|bijnaam|alias|naam is|noem(?:en|t) (?:hem|haar|ze)|ene)\s+{_BETWEEN}({_CAPITAL})"
)
_KIN = re.compile(
    rf"\b(?:gebroeders|broer(?:s|tje|tjes)?|zus(?:sen|je|jes)?|zoon|zonen|dochter|neef|neven)\s+(?:van\s+)?{_BETWEEN}({_CAPITAL})"
)
_INITIALS = re.compile(rf"\b(?:[A-Z]\.\s?){{1,3}}\s?{_BETWEEN}{_CAPITAL}|\b[A-Z]\.\s?[A-Z]\.?\s*\(\d{{1,2}}\)")
_FULL_NAME = re.compile(rf"({_CAPITAL})\s+{_BETWEEN}({_CAPITAL})")
_WORD = re.compile(_CAPITAL)
_SMALL_WORD = re.compile(r"\b[a-zà-öø-ÿ]{5,}\b")
_PLACE = re.compile(
    r"(?:plein|straat|markt|laan|weg|park|veld|school|college|dijk|kade|brug|hof|kerk|wijk)$", re.IGNORECASE
)

FIRST_NAMES = frozenset(
    ["aaliyah", "abdel", "abdullah", "achmed", "adam", "ahmed", "aisha", "ali", "amar", "amina", "amine", "amir", "amira", "anna", "anne", "anouk", "aya", "ayoub", "ayse", "bart", "bas", "bilal", "bram", "brahim", "britt", "bilge", "daan", "damian", "dani", "daniel", "danny", "david", "dennis", "diego", "dion", "dylan", "elif", "emine", "emir", "emma", "emre", "esra", "eva", "fatima", "fatma", "femke", "finn", "fleur", "gijs", "giovanni", "guus", "floor", "hakan", "hamza", "hans", "hasan", "hassan", "henk", "hugo", "hussein", "ibrahim", "iman", "isa", "isabel", "ismail", "ivo", "jan", "jasmijn", "jasper", "jayden", "jeroen", "jelle", "jesse", "jessica", "jordy", "jip", "job", "johan", "joost", "joris", "julia", "julian", "kaan", "karim", "kees", "kelly", "kevin", "khadija", "khalid", "kim", "klaas", "koen", "laila", "lars", "laura", "lieke", "lisa", "liam", "lotte", "lucas", "luuk", "maartje", "malik", "marieke", "mark", "marloes", "martijn", "maryam", "mees", "mehmet", "meryem", "michael", "mitchell", "melvin", "merel", "merve", "mick", "mila", "milan", "mohamed", "mohammed", "moussa", "murat", "mustafa", "naomi", "nick", "nina", "nino", "noa", "noah", "noor", "nora", "omar", "oscar", "osman", "oumaima", "pascal", "peter", "piet", "pieter", "quinn", "rachid", "ramon", "rayan", "redouan", "rens", "ricardo", "rick", "rico", "robin", "romy", "roos", "ruben", "ryan", "sabrina", "salma", "sam", "samira", "sanne", "sara", "sarah", "saskia", "sem", "senna", "sofie", "soufiane", "sjoerd", "stefan", "sven", "tess", "thijs", "thomas", "tijn", "tim", "timo", "tom", "tugba", "tycho", "vera", "vincent", "wesley", "wessel", "willem", "wouter", "xander", "yara", "yasin", "yasmin", "yassin", "youssef", "yusuf", "zakaria", "zara", "zeynep", "zoe"]
)  # fmt: skip
"""First names that are common here, from every background; words that are also ordinary Dutch (Bo, Beer) are left out."""
ALSO_WORDS = frozenset(["fleur", "floor", "merel"])
"""First names that are ordinary words without their capital."""
NOT_PERSONS = frozenset(
    ["Albert", "Heijn", "Action", "Aldi", "Bureau", "Centraal", "Station", "Cruyff", "Court", "De", "Den", "Doe", "Eigen", "Er", "Facebook", "GGD", "Gemeente", "Halt", "Het", "Hogeschool", "Instagram", "In", "Jeugd", "Jeugdzorg", "Jongeren", "Kracht", "Krajicek", "Leger", "Lidl", "Marietje", "Kessels", "Jumbo", "Nederland", "Nix", "Noord", "Oost", "Oud", "Nieuw", "Onze", "Openbaar", "Ministerie", "Platform", "Preventie", "Gezag", "Primair", "Onderwijs", "Rode", "Kruis", "Rots", "Water", "Snapchat", "Sport", "TikTok", "Twente", "Veilig", "Thuis", "Veiligheidshuis", "Vreedzame", "Vreedzaam", "Wijk", "Wijkteam", "West", "WhatsApp", "YouTube", "Zorg", "Zuid", "Zorgen"]
)  # fmt: skip
"""Capitalised words that mostly belong to a place, shop, organisation or programme."""


def objection(text: str) -> str | None:
    """The first thing that should not be there, as a sentence that asks to rephrase; None when nothing was found."""
    if _EMAIL.search(text):
        return EMAIL
    if any(is_bsn(found) for found in _NUMBER.findall(text)):
        return BSN
    if _PHONE.search(text):
        return PHONE
    return NAME if _has_name(text) else None


def is_bsn(text: str) -> bool:
    """The eleven test on eight or nine digits, whatever stands between them."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) not in (8, 9) or not any(digits):
        return False
    *first, last = [0] * (9 - len(digits)) + digits
    return (sum(weight * digit for weight, digit in zip(range(9, 1, -1), first, strict=True)) - last) % 11 == 0


def _has_name(text: str) -> bool:
    if _TITLED.search(text) or _INITIALS.search(text):
        return True
    if any(word not in NOT_PERSONS for word in [*_CALLED.findall(text), *_KIN.findall(text)]):
        return True
    if not (FIRST_NAMES - ALSO_WORDS).isdisjoint(_SMALL_WORD.findall(text)):
        return True
    words = _WORD.findall(text)
    if any(word.lower() in FIRST_NAMES for word in words):
        return True
    pairs = (pair for pair in _FULL_NAME.finditer(text) if not _begins_sentence(text, pair.start()))
    return any(not set(pair.groups()) & NOT_PERSONS and not _PLACE.search(pair[0]) for pair in pairs)


def _begins_sentence(text: str, start: int) -> bool:
    """A capital there says nothing."""
    before = text[:start].rstrip(" \t‘’'\"(-")
    return not before or before[-1] in ".!?:\n"
