"""What is held on one person as a tagged PDF (PDF/UA-1), made in memory. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from modules import days
from modules.basics import Words
from modules.learn import record_answers
from modules.learn.printing import breakable, clean
from modules.learn.receipts import Receipt
from modules.personal.export import Export, Part, cell
from modules.typesetting import typeset

# More columns than these do not fit side by side: such rows are told one below the other.
BESIDE = 4


@cache
def _template() -> bytes:
    return Path(__file__).with_name("record.typ").read_bytes()


def told(made: Export, zone: str, say: Words, found: Sequence[Receipt] = ()) -> dict[str, Any]:
    """Everything in the document, in reading order; parts without rows are named at its end.

    ``found`` are her attempts, by which answers are told in words.
    """
    empty = [say(f"held.{one.name}") for one in made.parts if not one.rows]
    return {
        "language": "en",
        "title": say("held.title"),
        "author": clean(made.organisation),
        "description": say("held.description", organisation=clean(made.organisation)),
        "lead": [
            say("held.lead", organisation=clean(made.organisation), day=_when(made.made_at, zone)),
            say("held.basis"),
        ],
        "parts": [_part(one, zone, say, found) for one in made.parts if one.rows],
        "nothing_title": say("held.nothing_title"),
        "nothing": say("held.nothing", parts="; ".join(empty)) if empty else say("held.all"),
    }


def _part(part: Part, zone: str, say: Words, found: Sequence[Receipt]) -> dict[str, Any]:
    head = [name.replace("_", " ") for name in part.columns]
    answers = record_answers.told(part, found, zone, say) if part.name == "answers" else {}
    left = [row for row in part.rows if not answers or record_answers.at(row) not in answers]
    rows = [[_text(row[name], zone) for name in part.columns] for row in left]
    beside = len(head) <= BESIDE
    return {
        "title": say(f"held.{part.name}"),
        "about": say("held.about", why=part.purpose, kept=part.kept, rows=len(part.rows)),
        "answers": list(answers.values()),
        "table": beside,
        "head": head,
        "rows": rows if beside else [list(zip(head, row, strict=True)) for row in rows],
    }


def _text(value: Any, zone: str) -> str:
    """A value as somebody reads it; "–" for nothing, since an empty cell says less."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return breakable(clean(_day(value, zone))) or "–"
    return breakable(clean(cell(value))) or "–"


def _day(text: str, zone: str) -> str:
    """A moment or a day in words; any other text as it is."""
    if len(text) >= len("2026-11-22") and text[:4].isdigit() and text[4] == "-":
        try:
            return _when(datetime.fromisoformat(text), zone)
        except ValueError:
            return text
    return text


def _when(when: datetime, zone: str) -> str:
    if when.tzinfo is None:
        return days.short(date(when.year, when.month, when.day))
    return days.moment(when, zone)


def pdf(made: Export, zone: str, say: Words, found: Sequence[Receipt] = ()) -> bytes:
    """The whole export, readable: what, why, how long, and every row; answers as in `told`."""
    return typeset(_template(), told(made, zone, say, found))
