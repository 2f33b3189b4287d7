"""Item analysis in words: shares, marks for charts, rows of tables, and the same rows as CSV. Pure.

Page, table, chart, alternative text and CSV are filled from what may be told, and nothing else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from math import ceil, floor

from modules.basics import Words
from modules.charts import Dot, Mark
from modules.course.model import Module
from modules.exchange.cells import inert
from modules.progress.item_telling import Item, Range
from modules.questions import Item as AsItem
from modules.questions.question import spoken

COLUMNS = ("item", "form", "takers", "facility", "deviation", "discrimination", "efficiency")


def share(told: Range, say: Words) -> str:
    """A share in words: "62%", or "at least 98%" where it is told as a range."""
    if told.low == told.high:
        return _percent(told.low)
    low, high = f"{floor(100 * told.low)}%", f"{ceil(100 * told.high)}%"
    if told.high >= 1:
        return say("items.at_least", share=low)
    if told.low <= 0:
        return say("items.at_most", share=high)
    return say("items.between", low=low, high=high)


def asked(module: Module, item: Item) -> AsItem:
    """A question as somebody meets it: the first of its cases, in written order of variants."""
    question = module.question(item.id)
    return question.variant("", question.variants()[0])


def stem(module: Module, item: Item) -> str:
    """What a question asks, in plain words."""
    return spoken(asked(module, item).stem)


def cases(module: Module, item: Item) -> int:
    """How many cases of a question are counted together."""
    return len(module.question(item.id).variants())


def picks(module: Module, item: Item, say: Words) -> tuple[Mark, ...]:
    """A question's options with who took them: the right ones in colour, marked and said so."""
    options = getattr(asked(module, item).question, "options", ())
    texts = {one.id: spoken(one.text) for one in options}
    found = []
    for one in item.picks:
        text, taken = texts.get(one.option, spoken(one.text)), share(one.share, say)
        taken = say("items.key", share=taken) if one.right else taken
        label = f"✓ {text}" if one.right else text
        found.append(Mark(text, label, one.share.middle, taken, quiet=not one.right))
    return tuple(found)


def dots(items: Sequence[Item], pressing: Sequence[Item]) -> tuple[Dot, ...]:
    """The questions whose discrimination is told."""
    flagged = {(one.form, one.id) for one in pressing}
    return tuple(
        Dot(
            one.id.partition("-")[2],
            one.facility.middle,
            one.discrimination,
            (one.form, one.id) in flagged,
        )
        for one in items
        if one.discrimination is not None
    )


def rows(items: Sequence[Item], say: Words) -> list[list[str]]:
    """A row for each question, as the table and the CSV have it."""
    none = say("items.not_told")
    return [
        [
            one.id,
            say(f"items.form.{one.form}"),
            f"{one.people:,}",
            share(one.facility, say),
            none if one.deviation is None else _percent(one.deviation),
            none if one.discrimination is None else f"{one.discrimination:.0f}",
            none if one.efficiency is None else f"{one.efficiency:.0f}",
            ", ".join(say(f"items.flag.{flag}") for flag in one.flags) or say("items.no_flag"),
        ]
        for one in items
    ]


def header(say: Words) -> list[str]:
    """The heads of those rows."""
    return [*(say(f"items.column.{name}") for name in COLUMNS), say("items.column.flags")]


def as_csv(head: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    """A table as CSV: exactly the cells that are shown."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[_cell(cell) for cell in row] for row in (head, *table)])
    return out.getvalue()


def every(marks: Sequence[Mark]) -> str:
    """All marks in one sentence, for an alternative text."""
    return "; ".join(f"{mark.under} {mark.name}: {mark.text}".strip() for mark in marks)


def _cell(text: str) -> str:
    # A negative index is a number, and no formula.
    return text if text.lstrip("-").isdigit() else inert(text)


def _percent(part: float) -> str:
    return f"{100 * part:.0f}%"
