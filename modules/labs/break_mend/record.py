"""One record that the attack has opened: the row without a name, and the name beside it."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from modules.basics import Surface, Words
from modules.labs.break_mend.attack import Found
from modules.labs.break_mend.coded import town
from modules.labs.break_mend.extract import Extract, Person, ringed
from modules.labs.break_mend.state import State
from modules.markup import table_html
from modules.synth import Table


def in_turn(state: State, found: Found) -> list[int]:
    """Places of pairs as they are opened: hers first, then a wrong one, then as the seed has it."""
    her = ringed(state.seed, state.whom).row
    rng = random.Random(state.seed)
    mixed = sorted(range(len(found.pairs)), key=lambda _: rng.random())
    first = [at for at in mixed if found.pairs[at][0] == her]
    wrong = [at for at in mixed if not found.right[at] and at not in first][:1]
    return first + wrong + [at for at in mixed if at not in first + wrong]


def draw_record(
    card: Surface,
    one: Extract,
    her: Person,
    found: Found,
    at: int,
    key: str,
    words: Words,
) -> None:
    """The row without a name and the name beside it, as an attacker would read them."""
    row, elector = found.pairs[at]
    referral = _cells(town().table("health_referrals"), int(one.places[row]))
    voter = _cells(town().table("voter_register"), elector)
    name = f"{voter['first_name']} {voter['last_name']}"
    right = found.right[at]
    box = card.container(key=f"{'told' if right else 'again'}-{key}-record", gap="small")
    box.subheader(words("lab.break_mend.record", name=name), anchor=False)
    header = [
        words("lab.break_mend.table"),
        words("lab.break_mend.name"),
        words("lab.break_mend.postcode"),
        words("lab.break_mend.date"),
        words("lab.break_mend.sex"),
        words("lab.break_mend.condition"),
    ]
    rows = [
        [
            words("lab.break_mend.released"),
            "–",
            referral["postcode"],
            told_day(referral["date_of_birth"]),
            referral["sex"],
            referral["condition"],
        ],
        [
            words("lab.break_mend.register"),
            name,
            voter["postcode"],
            told_day(voter["date_of_birth"]),
            voter["sex"],
            "–",
        ],
    ]
    box.html(table_html(words("lab.break_mend.record", name=name), header, rows))
    if not right:
        box.markdown(words("lab.break_mend.record_wrong", name=name))
    elif row == her.row:
        box.markdown(words("lab.break_mend.record_hers", name=name, clinic=her.clinic))
    else:
        box.markdown(
            words("lab.break_mend.record_right", name=name, condition=referral["condition"])
        )


def _cells(table: Table, row: int) -> dict[str, Any]:
    return {name: column[row].item() for name, column in table.columns.items()}


def told_day(born: date) -> str:
    """A birth date in the short way of Fernleigh's forms: 28/07/1989."""
    return f"{born:%d/%m/%Y}"
