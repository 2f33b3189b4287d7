"""What was seen as JSON values, for the command line. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from modules.manage import marking
from modules.manage.panels import Figure, Line
from modules.manage.seen import Statistics, Team
from modules.progress.measures import wilson


def of_statistics(found: Sequence[Statistics]) -> dict[str, Any]:
    """The figures of every module; hidden ones keep their line, without numbers."""
    return {
        "target": found[0].target,
        "counts_as_trained_from": found[0].trained_from,
        "smallest_group_shown": found[0].least,
        "modules": {
            one.module: {
                "counts_as_having_trained": one.counts,
                "departments": asdict(one.departments) if one.departments else None,
                "whole": _line(one.headline),
                "outlook": outlook(one.figures, one.target),
            }
            | {figure.panel.name: of_figure(figure) for figure in one.figures}
            for one in found
            if one.headline
        },
    }


def of_figure(figure: Figure) -> list[dict[str, Any]]:
    """A panel's lines."""
    return [TELLS.get(figure.panel.by, _line)(line) for line in figure.lines]


def outlook(figures: Sequence[Figure], target: float) -> dict[str, Any] | None:
    """Where the trend is heading; None where there is no trend to see."""
    trend = next((one for one in figures if one.panel.by == "month"), None)
    if trend is None:
        return None
    found = marking.heading(trend, target)
    days = {"on": found.on, "soonest": found.soonest, "latest": found.latest}
    return {
        "says": found.says,
        "months_used": found.used,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "ahead": [
            {
                "month_end": one.on.isoformat(),
                "low": round(one.low, 4),
                "share": round(one.middle, 4),
                "high": round(one.high, 4),
            }
            for one in found.points
        ],
    }


def of_learning(figures: Sequence[Figure]) -> dict[str, Any]:
    """What the whole organisation learned in a module; empty while too few have finished it."""
    return {figure.panel.name: of_figure(figure) for figure in figures}


def of_team(team: Team) -> list[dict[str, Any]]:
    """A manager's own people, by name."""
    return [
        {
            "name": one.name,
            "unit": one.unit,
            "module": one.module,
            "status": str(one.status),
            "on": one.on.isoformat() if one.on else None,
            "reminded_on": one.reminded_on.isoformat() if one.reminded_on else None,
        }
        for one in team.people
    ]


def _line(line: Line) -> dict[str, Any]:
    share = None if line.share is None else round(line.share, 4)
    return {
        "unit": line.name,
        "month_end": line.on.isoformat(),
        "people": line.people,
        "in_date": line.value,
        "share": share,
        "hidden": line.hidden,
    }


def _range(line: Line) -> dict[str, Any]:
    # The group "*" is all others.
    return {
        "group": line.name,
        "month_end": line.on.isoformat(),
        "people": line.people,
        "in_date_from": line.value,
        "in_date_to": line.most,
        "hidden": line.hidden,
    }


def _renewals(line: Line) -> dict[str, Any]:
    first = (line.first or line.on).isoformat()
    return {"from_month_of": first, "to_month_end": line.on.isoformat(), "about": line.value}


def _result(line: Line) -> dict[str, Any]:
    ends = wilson(line.value, line.people) if line.value is not None and line.people else None
    return {
        "objective": line.under,
        "moment": line.name,
        "people": line.people,
        "all_right": line.value,
        "interval": [round(end, 4) for end in ends] if ends else None,
        "hidden": line.hidden,
    }


def _belief(line: Line) -> dict[str, Any]:
    return {"idea": line.name, "people": line.people, "chose": line.value, "hidden": line.hidden}


TELLS: Mapping[str, Callable[[Line], dict[str, Any]]] = {
    "family": _range,
    "path": _range,
    "cohort": _range,
    "ahead": _renewals,
    "skill": _result,
    "belief": _belief,
}
