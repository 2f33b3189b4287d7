"""The data dictionary: every column with its type, unit, meaning, example and class."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from modules.basics import Content
from modules.synth.draws import Column
from modules.synth.town import Town

FILE = Path(__file__).with_name("dictionary.yaml")
HEAD = ("table", "column", "type", "unit", "meaning", "example", "class", "planted", "_watermark")
TYPES = {"U": "text", "i": "whole number", "f": "decimal", "b": "true or false"}


class Entry(Content):
    """What one column means. ``unit`` and ``planted`` may be empty."""

    kind: Literal["personal", "special category", "criminal offence", "neither"]
    meaning: str
    unit: str = ""
    planted: str = ""


class Described(Content):
    """What one table holds."""

    about: str
    columns: dict[str, Entry]


@cache
def described() -> dict[str, Described]:
    """Every table's description. Raises a ValidationError when the file does not fit."""
    whole = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        name: Described(
            about=table["about"],
            columns={
                column: Entry(
                    **{("kind" if key == "class" else key): text for key, text in told.items()}
                )
                for column, told in table["columns"].items()
            },
        )
        for name, table in whole.items()
    }


def lines(town: Town, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The dictionary's rows for some tables, in the order of ``HEAD``."""
    for name in names:
        for column, values in town.table(name).columns.items():
            entry = described()[name].columns[column]
            yield (
                name,
                column,
                type_of(values),
                entry.unit,
                entry.meaning,
                example(values),
                entry.kind,
                entry.planted,
                "SYNTHETIC",
            )


def type_of(values: Column) -> str:
    """The type of a column in words."""
    if values.dtype.kind == "M":
        return "date" if values.dtype == "datetime64[D]" else "date and time"
    return TYPES[values.dtype.kind]


def example(values: Column) -> str:
    """The first value that is there."""
    for value in values[:200].tolist():
        if value not in ("", None):
            return str(value)
    return ""


def as_csv(town: Town, names: Sequence[str]) -> str:
    """The dictionary for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(lines(town, names))
    return out.getvalue()


def as_markdown(town: Town, names: Sequence[str]) -> str:
    """The dictionary for reading: a section for each table."""
    parts = ["# Data dictionary of Fernleigh (SYNTHETIC)\n"]
    for name in names:
        count = len(town.table(name))
        parts.append(f"## {name}\n\n{described()[name].about} {count:,} rows.\n")
        parts.append("| column | type | unit | meaning | example | class | planted |")
        parts.append("|---|---|---|---|---|---|---|")
        parts.extend(f"| {' | '.join(row[1:-1])} |" for row in lines(town, [name]))
        parts.append("")
    return "\n".join(parts)
