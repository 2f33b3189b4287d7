"""What a row's postcode and birth date read like at a level, as they would stand in a release."""

from __future__ import annotations

from modules.basics import Words
from modules.labs.break_mend.coded import town
from modules.labs.break_mend.extract import Extract
from modules.labs.break_mend.levels import OLDEST, TOP
from modules.labs.break_mend.record import told_day


def area_text(one: Extract, row: int, level: str) -> str:
    """“QF8 1AB”, “QF8 1”, “QF8”, “QF7–QF9” or “QF”."""
    code = str(town().table("health_referrals")["postcode"][one.places[row]])
    district = code.split(" ")[0]
    group = int(one.rows.areas["wards"][row]) * 3
    return {
        "postcode": code,
        "sector": code[:-2],
        "ward": district,
        "wards": f"QF{group + 1}–QF{group + 3}",
        "all": "QF",
    }[level]


def birth_text(one: Extract, row: int, level: str, top: str, words: Words) -> str:
    """“28/07/1989”, “1989”, “30–39” or “80 and over”."""
    age = int(one.rows.age[row])
    ends = TOP if top == "60" else OLDEST
    if age >= ends and (top == "60" or level not in ("date", "year")):
        return words("lab.break_mend.and_over", age=ends)
    born = town().table("health_referrals")["date_of_birth"][one.places[row]]
    if level == "date":
        return told_day(born.item())
    if level == "year":
        return str(int(one.rows.year[row]))
    wide = int(level)
    begins = age // wide * wide
    # The band that meets the oldest group ends where that begins.
    return f"{begins}–{min(begins + wide, ends) - 1}"
