"""Statistics of questions, from a file of marks that the operator has."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from modules.commands.ending import plainly
from modules.commands.options import Json
from modules.exchange import marks
from modules.progress.item_flags import flags
from modules.progress.item_statistics import Statistics, of_sheet

COLUMNS = (
    ("takers", "takers", "{:d}"),
    ("max", "max", "{:g}"),
    ("facility_percent", "facility", "{:.1f}%"),
    ("standard_deviation_percent", "st. dev.", "{:.1f}%"),
    ("discrimination_index", "disc. index", "{:.1f}"),
    ("discriminative_efficiency", "disc. eff.", "{:.1f}"),
)


def statistics(
    responses: Annotated[Path, typer.Argument(help="CSV: a row for each taker.")],
    most: Annotated[
        list[str] | None,
        typer.Option(
            "--max",
            help="Marks that an item gives: Q1=5, or 5 for all. A head such as Q1/5 says it too.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Moodle's item statistics of a CSV of marks: a row for each taker, a column for each item.

    An empty cell, or a dash, is a question seen and not answered: 0 marks.
    """
    with plainly():
        sheet = marks.read(responses, most or [])
    made = told(sheet)
    if as_json:
        typer.echo(json.dumps(made, indent=1, ensure_ascii=False))
    else:
        typer.echo(as_text(made))


def told(sheet: marks.Marks) -> dict[str, Any]:
    """The figures as JSON values; what is undefined is null."""
    found = of_sheet(sheet.rows, sheet.most)
    return {
        "takers": len(sheet.rows),
        "unanswered": sheet.unanswered,
        "left_out": dict(sheet.left_out),
        "items": [_item(name, one) for name, one in zip(sheet.items, found, strict=True)],
    }


def _item(name: str, one: Statistics) -> dict[str, Any]:
    values = asdict(one)
    return {
        "item": name,
        "takers": one.takers,
        "max": one.most,
        "mean": one.mean,
        "facility": one.facility,
        "facility_percent": _percent(one.facility),
        "standard_deviation": values["deviation"],
        "standard_deviation_percent": _percent(one.deviation_share),
        "discrimination_index": one.discrimination,
        "discriminative_efficiency": one.efficiency,
        "flags": list(flags(one)),
    }


def as_text(made: dict[str, Any]) -> str:
    """The same as a table."""
    head = ["item", *(head for _, head, _ in COLUMNS), "flags"]
    table = [head] + [
        [
            one["item"],
            *("–" if one[key] is None else form.format(one[key]) for key, _, form in COLUMNS),
            ", ".join(one["flags"]),
        ]
        for one in made["items"]
    ]
    widths = [max(len(row[place]) for row in table) for place in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if place in (0, len(head) - 1) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    lines.append(f"{made['takers']} takers; {made['unanswered']} cells without an answer count 0.")
    lines += [f"Not counted: “{name}” {why}." for name, why in made["left_out"].items()]
    return "\n".join(lines)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
