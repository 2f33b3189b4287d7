"""The attack on a prompt: its text alone, held against Fernleigh's tables by who would know them.

It never sees the pieces, their kinds or the resident's number: all it has is the words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from modules.labs.libraries import need

NUMBERS = {"phone": r"\b0\d{3,4} ?\d{6}\b", "ni": r"\bQQ\d{6}[A-D]\b"}
DAY = r"\b\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d\b"
HOME = r"\b(flat|terraced house|semi-detached house|detached house) for (\d+) people\b"


class Clue(NamedTuple):
    """Something in the prompt that is true of ``who``, by resident id."""

    about: str
    text: str
    who: frozenset[str]


class Found(NamedTuple):
    """``direct``: what the register leads to at once. ``left``: how many fit, clue by clue."""

    direct: tuple[str, ...]
    health: tuple[str, ...]
    clues: tuple[Clue, ...]
    left: tuple[int, ...]

    @property
    def fit(self) -> int:
        """How many residents fit all of it."""
        return self.left[-1]


@lru_cache(maxsize=1)
def known() -> dict[str, dict[str, frozenset[str]]]:
    """For each thing that one may know of a resident: its value, and of whom it is true."""
    town = need("modules.synth").fernleigh()
    held: dict[str, dict[str, set[str]]] = {}

    def note(about: str, value: str, who: str) -> None:
        if value:
            held.setdefault(about, {}).setdefault(value, set()).add(who)

    homes = {row["property_id"]: row for row in town.table("housing").rows()}
    at_home: dict[str, list[str]] = {}
    place: dict[str, str] = {}
    for row in town.table("residents").rows():
        who, day, home = row["resident_id"], row["date_of_birth"], homes[row["property_id"]]
        at_home.setdefault(row["property_id"], []).append(who)
        place[who] = row["property_id"]
        note("name", f"{row['first_name']} {row['last_name']}", who)
        note("address", row["address"], who)
        note("phone", row["phone"], who)
        note("ni", row["ni_number"], who)
        note("sex", row["sex"], who)
        note("ward", row["ward"], who)
        if row["employment"] != "child":  # in a sentence, the word tells of her child
            note("work", row["employment"], who)
        note("born", f"{day.day} {day:%B} {day.year}", who)
        note("home", f"{home['dwelling']} for {home['people']} people", who)
    for row in town.table("school_attendance").rows():
        for who in at_home[place[row["resident_id"]]]:
            note("school", row["school"], who)
    for row in town.table("health_referrals").rows():
        note("clinic", row["clinic"], row["resident_id"])
        note("condition", row["condition"], row["resident_id"])
    for row in town.table("benefit_claims").rows():
        if row["status"] == "in payment":
            note("benefit", row["benefit"], row["resident_id"])
    return {
        about: {value: frozenset(who) for value, who in values.items()}
        for about, values in held.items()
    }


def _named(text: str, values: Any) -> list[str]:
    """Which of these values stand in the text, the longer before what is a part of them."""
    found = []
    for value in sorted(values, key=len, reverse=True):
        whole = rf"(?<![\w-]){re.escape(value)}(?![\w-])"
        if re.search(whole, text, re.IGNORECASE):
            found.append(value)
            text = re.sub(whole, " ", text, flags=re.IGNORECASE)
    return found


def _direct(text: str) -> list[str]:
    register = known()
    capitals = r"(?=(?<![\w-])([A-Z][\w’'-]+ [A-Z][\w’'-]+))"
    found = [name for name in re.findall(capitals, text) if name in register["name"]]
    found += _named(text, [one for one in register["address"] if one in text])
    for about, pattern in NUMBERS.items():
        found += [one for one in re.findall(pattern, text) if one in register[about]]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=256)
def attack(text: str) -> Found:
    """What somebody finds in the text who has the town's registers at hand."""
    register = known()
    direct = _direct(text)
    for one in direct:
        text = text.replace(one, " ")
    clues = [Clue("sex", "", register["sex"]["F"])]
    schools = _named(text, register["school"])
    for one in schools:
        text = text.replace(one, " ")
    days = [one for one in re.findall(DAY, text) if one in register["born"]]
    homes = [match[0] for match in re.finditer(HOME, text) if match[0] in register["home"]]
    health = {about: _named(text, register[about]) for about in ("clinic", "condition")}
    for about, values in (
        ("benefit", _named(text, register["benefit"])),
        ("ward", _named(text, register["ward"])),
        ("school", schools),
        ("home", homes),
        ("work", _named(text, register["work"])),
        *health.items(),
        ("born", days),
    ):
        clues += [Clue(about, value, register[about][value]) for value in values]
    left, fit = [], clues[0].who
    for clue in clues:
        fit &= clue.who
        left.append(len(fit))
    told = tuple(one for values in health.values() for one in values)
    return Found(tuple(direct), told, tuple(clues), tuple(left))
