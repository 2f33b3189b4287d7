"""What a seed draws: a resident of Fernleigh, a neighbour, a task, and a letter from templates."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from modules.labs.libraries import need
from modules.labs.prompt_hygiene.options import MARK, Line, Options, Task

FIRST = date(2026, 9, 7)
"""The first day from which a letter may tell; the town is told as of 31 July 2026."""


Rows = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Drawn:
    """``lines`` of the note as (title, parts), a part being (piece id or "", text)."""

    task: Task
    ask: str
    lines: Rows
    letter: tuple[tuple[str, str], ...]
    sheet: tuple[str, ...]

    @property
    def texts(self) -> Mapping[str, str]:
        """The words of each piece."""
        return {id_: text for _, parts in self.lines for id_, text in parts if id_}


def told(day: date) -> str:
    """A day as letters write it: 7 September 2026."""
    return f"{day.day} {day:%B} {day.year}"


@lru_cache(maxsize=1)
def _adults() -> Mapping[str, list[tuple[str, str]]]:
    """Grown residents of each ward: number, and name with address."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in need("modules.synth").fernleigh().table("residents").rows():
        if row["date_of_birth"].year < 1996:
            told = f"{row['first_name']} {row['last_name']}, {row['address']}"
            found.setdefault(row["ward"], []).append((row["resident_id"], told))
    return found


def _neighbour(rng: random.Random, ward: str, her: str) -> str:
    """Another adult of the ward, with the address."""
    return rng.choice([told for id_, told in _adults()[ward] if id_ != her])


@lru_cache(maxsize=64)
def _values(seed: str, task: Task) -> Mapping[str, str]:
    """What fills the templates."""
    synth, rng = need("modules.synth"), random.Random(f"prompt/{seed}")
    town, her = synth.fernleigh(), synth.citizen(f"prompt/{seed}")
    homes = town.table("housing").where(town.table("housing")["property_id"] == her.property_id)
    home = next(iter(homes.rows()))
    folk = town.table("residents")
    row = next(iter(folk.where(folk["resident_id"] == her.resident_id).rows()))
    amount = rng.choice(task.amounts)
    begins = FIRST + timedelta(days=7 * rng.randrange(8))
    due, wrong_date = begins + timedelta(days=14), begins - timedelta(days=rng.choice((3, 4, 10)))
    return {
        "name": her.name,
        "born": told(her.date_of_birth),
        "address": f"{her.address}, {her.postcode}",
        "ni": her.ni_number,
        "phone": her.phone,
        "home": f"{home['dwelling']} for {home['people']} people",
        "ward": her.ward,
        "work": row["employment"],
        "school": her.school,
        "clinic": her.clinic.removeprefix("the "),
        "condition": her.condition,
        "third": _neighbour(rng, her.ward, her.resident_id),
        "amount": f"£{amount:.2f}",
        "wrong_amount": f"£{amount + rng.choice((9, 18, 27)):.2f}",
        "unit": task.unit,
        "wrong_unit": task.wrong_unit,
        "date": told(begins),
        "wrong_date": told(wrong_date),
        "due": told(due),
        "topic": task.topic,
        "paper": task.paper,
    }


@lru_cache(maxsize=64)
def _drawn(seed: str, tasks: tuple[Task, ...], lines: tuple[Line, ...]) -> tuple[Task, Rows]:
    task = random.Random(f"task/{seed}").choice(tasks)
    values = _values(seed, task)
    last = lines[-1].model_copy(update={"text": lines[-1].text + " " + task.line})
    return task, tuple((one.title, _parts(one.text, values)) for one in (*lines[:-1], last))


def _parts(text: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    parts: list[tuple[str, str]] = []
    at = 0
    for mark in MARK.finditer(text):
        parts.append(("", text[at : mark.start()].format(**values)))
        parts.append((mark[1], mark[2].format(**values)))
        at = mark.end()
    return tuple(part for part in (*parts, ("", text[at:].format(**values))) if part[1])


def draw(options: Options, seed: str) -> Drawn:
    """The note, and the letter that templates make of it. The same seed draws the same."""
    task, lines = _drawn(seed, options.tasks, options.lines)
    values, rng = _values(seed, task), random.Random(f"letter/{seed}")
    letter = tuple((one.id, rng.choice(one.texts).format(**values)) for one in options.sentences)
    sheet = tuple(one.format(**values) for one in options.sheet)
    return Drawn(task, task.ask.format(**values), lines, letter, sheet)


def sent(options: Options, drawn: Drawn, covered: Collection[str]) -> str:
    """The prompt as it would be sent: the note with a gap for each piece that was taken out."""
    gaps = {one.id: one.gap for one in options.pieces}
    rows = [
        "".join(gaps[id_] if id_ in covered else text for id_, text in parts)
        for _, parts in drawn.lines
    ]
    return "\n".join([drawn.ask, *rows])
