"""The panels of the dashboard, and the one loop that hides between reading and drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from db.snapshots import Row
from modules import charts
from modules.agreement.current import agreed
from modules.basics import Words
from modules.charts import Finding, Mark
from modules.manage import wording
from modules.suppress import Cell, withhold


@dataclass(frozen=True)
class Past:
    """What panels read from: a unit's stored months, and the units under it in one month."""

    months: tuple[Row, ...]
    units: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """What a panel reads: a stored figure with the decision about it. Never drawn."""

    node: str
    name: str
    on: date
    people: int
    value: int
    hidden: str


@dataclass(frozen=True)
class Line:
    """What a panel draws: the numbers are None when ``hidden`` says why."""

    name: str
    on: date
    people: int | None
    value: int | None
    hidden: str

    @property
    def share(self) -> float | None:
        """From 0 to 1, or None when hidden."""
        return self.value / self.people if self.people and self.value is not None else None


@dataclass(frozen=True)
class Panel:
    """One chart with its source. ``words`` is the prefix of its keys in the interface text."""

    name: str
    read: Callable[[Past], list[Group]]
    draw: Callable[[tuple[Mark, ...], float, str, bool], dict[str, Any]]
    finding: Callable[[tuple[Mark, ...], float, Words], Finding]
    by: Literal["month", "unit"]
    words: str


@dataclass(frozen=True)
class Figure:
    """A panel with the lines that may be drawn in it."""

    panel: Panel
    lines: tuple[Line, ...]

    def marks(self, target: float, least: int, words: Words) -> tuple[Mark, ...]:
        """The lines with their words, as charts take them."""
        return tuple(self._mark(line, target, least, words) for line in self.lines)

    def _mark(self, line: Line, target: float, least: int, words: Words) -> Mark:
        monthly = self.panel.by == "month"
        name = wording.month(words, line.on) if monthly else line.name
        label = wording.short_month(words, line.on) if monthly else line.name
        if line.share is None or line.value is None or line.people is None:
            return Mark(name, label, None, wording.hidden(words, line.hidden, least))
        text = wording.percent(line.value, line.people)
        if not monthly and line.share < target:
            text = words("manage.below", share=text)
        return Mark(name, label, line.share, text)


def _months(past: Past) -> list[Group]:
    return [_group(row.month_end.isoformat(), row) for row in past.months]


def _units(past: Past) -> list[Group]:
    return [_group(str(row.unit_id), row) for row in past.units]


def _group(node: str, row: Row) -> Group:
    return Group(node, row.name, row.month_end, row.people, row.in_date, row.hidden)


PANELS = (
    Panel("trend", _months, charts.trend, charts.trend_finding, "month", "manage.trend"),
    Panel("units", _units, charts.units, charts.units_finding, "unit", "manage.units"),
)


def figures(past: Past) -> tuple[Figure, ...]:
    """Every agreed panel that has something to say, filled: the only way to a drawing."""
    wanted = [panel for panel in PANELS if panel.name in agreed().panels]
    filled = ((panel, lines(panel.read(past))) for panel in wanted)
    return tuple(Figure(panel, ready) for panel, ready in filled if ready)


def lines(groups: Sequence[Group]) -> tuple[Line, ...]:
    """The groups with everything withheld that was decided to stay hidden."""
    cells = [Cell(group.node, None, group.people, group.value) for group in groups]
    shown = withhold(cells, {group.node: group.hidden for group in groups})
    return tuple(
        Line(group.name, group.on, row.people, row.value, row.hidden)
        for group, row in zip(groups, shown, strict=True)
    )
