"""The panels of the dashboard, and the one loop that hides between reading and drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from db.snapshots import OTHERS, Part, Row
from modules import charts
from modules.agreement.current import agreed
from modules.basics import Words
from modules.charts import Finding, Mark
from modules.manage.ahead import Load
from modules.suppress import Cell, withhold

By = Literal[
    "month", "unit", "family", "path", "cohort", "module", "grid", "ahead", "skill", "belief"
]
MEASURED = ("month", "unit", "family", "path", "cohort", "module", "grid")
"""Shares of people in date; the others are no such share and have no target."""


@dataclass(frozen=True)
class Group:
    """What a panel reads: a stored figure with the decision about it. Never drawn.

    ``under`` is the heading that it stands under, ``first`` the month in which a span begins. With
    ``most`` it is a range from ``value`` to there.
    """

    node: str
    name: str
    on: date
    people: int
    value: int
    hidden: str
    under: str = ""
    first: date | None = None
    most: int | None = None


@dataclass(frozen=True)
class Past:
    """What panels read from, each its own part; what a page does not draw stays empty.

    A unit's stored months, the units under it in one month, those units month by month, the unit
    by properties of its people, the unit in each module, the renewals ahead, and what the whole
    organisation learned.
    """

    months: tuple[Row, ...] = ()
    units: tuple[Row, ...] = ()
    grid: tuple[Row, ...] = ()
    parts: tuple[Part, ...] = ()
    modules: Mapping[str, Row] = field(default_factory=dict)
    ahead: tuple[Load, ...] = ()
    skills: tuple[Group, ...] = ()
    beliefs: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Line:
    """What a panel draws: the numbers are None when ``hidden`` says why.

    With ``most`` it is told as a range: from ``value`` to ``most`` people.
    """

    name: str
    on: date
    people: int | None
    value: int | None
    hidden: str
    under: str = ""
    first: date | None = None
    most: int | None = None

    @property
    def share(self) -> float | None:
        """From 0 to 1, or None when hidden; of a range its lower end."""
        return self.value / self.people if self.people and self.value is not None else None

    @property
    def top(self) -> float | None:
        """The upper end of a range."""
        return self.most / self.people if self.people and self.most is not None else None


Draw = Callable[[tuple[Mark, ...], float, str, bool], dict[str, Any]]
Find = Callable[[tuple[Mark, ...], float, Words], Finding]


@dataclass(frozen=True)
class Panel:
    """One chart with its source, on one part of the page.

    ``words`` is the prefix of its keys in the interface text. Without ``draw`` its table is all.
    """

    name: str
    part: str
    read: Callable[[Past], list[Group]]
    draw: Draw | None
    finding: Find
    by: By
    words: str


@dataclass(frozen=True)
class Figure:
    """A panel with the lines that may be drawn in it."""

    panel: Panel
    lines: tuple[Line, ...]


def _months(past: Past) -> list[Group]:
    return [_group(row.month_end.isoformat(), row) for row in past.months]


def _units(past: Past) -> list[Group]:
    return [_group(str(row.unit_id), row) for row in past.units]


def _grid(past: Past) -> list[Group]:
    return [
        _group(f"{row.unit_id} {row.month_end}", row, under=str(row.unit_id)) for row in past.grid
    ]


def _parts(by: By) -> Callable[[Past], list[Group]]:
    return lambda past: [
        Group(
            one.category,
            one.category,
            one.month_end,
            one.people,
            one.low,
            one.hidden,
            most=one.high,
        )
        # All the others stand last.
        for one in sorted(past.parts, key=lambda one: one.category == OTHERS)
        if one.by == by
    ]


def _modules(past: Past) -> list[Group]:
    return [
        Group(module, module, row.month_end, row.people, row.in_date, row.hidden)
        for module, row in sorted(past.modules.items())
    ]


def _ahead(past: Past) -> list[Group]:
    # Bars are as long as people a month: four quiet months together are not the busiest ones.
    most = max((one.people / one.months for one in past.ahead), default=0)
    return [
        Group(
            one.last.isoformat(),
            "",
            one.last,
            round(most * one.months),
            one.people,
            "",
            first=one.first,
        )
        for one in past.ahead
    ]


def _group(node: str, row: Row, under: str = "") -> Group:
    return Group(node, row.name, row.month_end, row.people, row.in_date, row.hidden, under)


PANELS = (
    Panel("trend", "share", _months, charts.trend, charts.trend_finding, "month", "manage.trend"),
    Panel("units", "share", _units, charts.units, charts.units_finding, "unit", "manage.units"),
    Panel("months", "months", _grid, None, charts.grid_finding, "grid", "manage.months"),
    Panel(
        "families", "groups", _parts("family"), charts.spans, charts.groups_finding, "family",
        "manage.families",
    ),
    Panel(
        "paths", "groups", _parts("path"), charts.spans, charts.groups_finding, "path",
        "manage.paths",
    ),
    Panel(
        "cohorts", "groups", _parts("cohort"), charts.spans, charts.groups_finding, "cohort",
        "manage.cohorts",
    ),
    Panel(
        "modules", "modules", _modules, charts.units, charts.modules_finding, "module",
        "manage.modules",
    ),
    Panel("ahead", "ahead", _ahead, charts.bars, charts.ahead_finding, "ahead", "manage.ahead"),
    Panel(
        "skills", "learning", lambda past: list(past.skills), charts.skills,
        charts.skills_finding, "skill", "manage.skills",
    ),
    Panel(
        "beliefs", "learning", lambda past: list(past.beliefs), charts.bars,
        charts.beliefs_finding, "belief", "manage.beliefs",
    ),
)  # fmt: skip
PARTS = tuple(dict.fromkeys(panel.part for panel in PANELS))


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
        Line(
            group.name,
            group.on,
            row.people,
            row.value,
            row.hidden,
            group.under,
            group.first,
            None if row.hidden else group.most,
        )
        for group, row in zip(groups, shown, strict=True)
    )
