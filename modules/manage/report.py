"""What was seen as JSON values, for the command line. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from modules.manage.panels import Line
from modules.manage.seen import Statistics, Team


def of_statistics(found: Sequence[Statistics]) -> dict[str, Any]:
    """The figures of every module; hidden ones keep their line, without numbers."""
    return {
        "target": found[0].target,
        "counts_as_trained_from": found[0].trained_from,
        "smallest_group_shown": found[0].least,
        "modules": {
            one.module: {
                "counts_as_having_trained": one.counts,
                "whole": _line(one.headline),
            }
            | {figure.panel.name: [_line(line) for line in figure.lines] for figure in one.figures}
            for one in found
            if one.headline
        },
    }


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
