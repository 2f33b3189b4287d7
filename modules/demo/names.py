"""Invented names: mostly British, partly from elsewhere, always in Latin script."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator

from faker import Faker

# Share of people by the origin of their name: a plausible English district, not a census.
ORIGINS = {
    "en_GB": 66,
    "en_IN": 6,
    "en_PK": 4,
    "pl_PL": 6,
    "ro_RO": 4,
    "ig_NG": 3,
    "yo_NG": 3,
    "ga_IE": 3,
    "pt_PT": 3,
    "uk_UA": 2,
}
# What Unicode does not part into a letter and a mark; then Ukrainian Cyrillic by the table that
# Ukraine's cabinet adopted in 2010 (simplified: one spelling for every place in a word).
_PLAIN = {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "þ": "th", "ð": "d"}
_CYRILLIC = dict(
    zip(
        "абвгґдежзийклмнопрстуфхцчшщіїєюя",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "y",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "i",
            "i",
            "ie",
            "iu",
            "ia",
        ],
        strict=True,
    )
) | dict.fromkeys("ьʼ'’", "")


def latin(name: str) -> str:
    """A name in Latin script: Cyrillic letters are transliterated, Latin ones keep their marks."""
    if not any("\u0400" <= letter <= "\u04ff" for letter in name):
        return name
    letters = [_CYRILLIC.get(letter, letter) for letter in name.casefold()]
    return "".join(letters).title()


def address(given: str, family: str, domain: str) -> str:
    """``first.last@domain`` in plain small letters, without marks, spaces or apostrophes."""
    return f"{_plain(given)}.{_plain(family)}@{domain}"


def _plain(name: str) -> str:
    parted = unicodedata.normalize("NFKD", latin(name).casefold())
    letters = "".join(_PLAIN.get(letter, letter) for letter in parted)
    return "".join(letter for letter in letters if "a" <= letter <= "z")


def names(seed: int, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Given and family names without end; no address occurs twice or is in ``taken``.

    ``seed_instance`` and not the global seed, which every thread of a server would share.
    """
    rng = random.Random(f"names/{seed}")
    sources = {origin: Faker(origin) for origin in ORIGINS}
    for place, source in enumerate(sources.values()):
        source.seed_instance(seed * 100 + place)
    used = set(taken)
    while True:
        source = sources[rng.choices(list(ORIGINS), list(ORIGINS.values()))[0]]
        if rng.random() < 0.56:
            pair = source.first_name_female(), source.last_name_female()
        else:
            pair = source.first_name_male(), source.last_name_male()
        given, family = latin(pair[0]), latin(pair[1])
        known = address(given, family, "")
        if _plain(given) and _plain(family) and known not in used:
            used.add(known)
            yield given, family
