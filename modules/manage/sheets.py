"""Figures and people as tables and as CSV: what is shown, and nothing else. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from modules import courses, markup
from modules.basics import Words
from modules.charts import Mark
from modules.exchange.cells import inert
from modules.manage import wording
from modules.manage.panels import Figure, Line
from modules.manage.seen import Free, Member


def table(figure: Figure, marks: tuple[Mark, ...], say: Words) -> str:
    """The numbers of a chart as a table; months ahead at its end."""
    by = figure.panel.by
    amounts = by == "ahead"
    header = [say(f"manage.column.{by}"), say(_share(by))]
    if not amounts:
        header.append(say("manage.column.people"))
    rows = [
        [_heading(mark), mark.text, *([] if amounts else [_people(line, say)])]
        for mark, line in zip(marks, figure.lines, strict=False)
    ]
    rows += [[mark.name, mark.text, say("manage.not_counted")] for mark in marks if mark.ahead]
    if by == "module":
        header.append(say("manage.column.month"))
        rows = [
            [*row, wording.month(say, line.on)]
            for row, line in zip(rows, figure.lines, strict=True)
        ]
    return markup.table_html(say(f"{figure.panel.words}.table"), header, rows)


def grid(figure: Figure, marks: tuple[Mark, ...], say: Words) -> str:
    """Units as rows and months as columns, in a region that scrolls sideways by keyboard too."""
    # The newest month first: it is what one sees before scrolling.
    days = sorted({line.on for line in figure.lines}, reverse=True)
    units: dict[str, tuple[str, dict[object, Mark]]] = {}
    for line, mark in zip(figure.lines, marks, strict=True):
        units.setdefault(line.under, (line.name, {}))[1][line.on] = mark
    heads = "".join(
        f'<th scope="col">{escape(wording.short_month(say, day))} {day.year % 100:02}</th>'
        for day in days
    )
    why = {
        (line.under, line.on): say(f"manage.short.{line.hidden}")
        for line in figure.lines
        if line.hidden
    }
    rows = []
    for unit, (name, cells) in units.items():
        told = [
            why.get((unit, day), cells[day].text if day in cells else say("manage.short.none"))
            for day in days
        ]
        row = "".join(f"<td>{escape(text)}</td>" for text in told)
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{row}</tr>')
    caption = escape(say(f"{figure.panel.words}.table"))
    return (
        f'<div class="sw-months" role="region" tabindex="0" aria-label="{caption}"><table>'
        f'<caption class="sw-hidden">{caption}</caption>'
        f'<thead><tr><th scope="col">{escape(say("manage.column.unit"))}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def as_csv(figure: Figure, marks: tuple[Mark, ...]) -> str:
    """The shown rows as CSV; hidden ones keep their row, marked, without numbers.

    ``part_of`` is the objective of a skill; ``low_percent`` and ``high_percent`` are the ends of
    a range, of an interval or of what a trend says of a month ahead.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["month_end", "name", "people", "value", "share_percent", "low_percent", "high_percent",
         "part_of", "note"]
    )  # fmt: skip
    for line, mark in zip(figure.lines, marks, strict=False):
        writer.writerow(_row(figure, line, mark))
    for mark in marks:
        if mark.ahead:
            shares = [_percent(mark.share), _percent(mark.low), _percent(mark.high)]
            writer.writerow(["", inert(mark.name), "", "", *shares, "", "forecast"])
    return out.getvalue()


def team_csv(people: Sequence[Member | Free], say: Words) -> str:
    """A manager's own people as they are listed: each with the status that presses most.

    The day is the last one that counts for who is current, else the one on which it is due. What
    managers are not to see has no column.
    """
    columns, out = wording.columns(), io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(f"team.column.{column}") for column in columns])
    writer.writerows(_member(one, columns, say) for one in people)
    return out.getvalue()


def _member(one: Member | Free, columns: Sequence[str], say: Words) -> list[str]:
    told = {"name": one.name, "unit": one.unit, "status": say("team.nothing_plain")}
    if isinstance(one, Member):
        told |= {
            "module": courses.title(one.module),
            "status": say(f"status.{one.status}_plain"),
            "day": one.on.isoformat() if one.on else "",
            "reminded": one.reminded_on.isoformat() if one.reminded_on else "",
        }
    return [inert(told.get(column, "")) for column in columns]


def _row(figure: Figure, line: Line, mark: Mark) -> list[str]:
    by = figure.panel.by
    name = line.name if by in ("unit", "grid", "belief") else mark.name
    of = inert(line.under) if by == "skill" else ""
    start = [line.on.isoformat(), inert(name)]
    if line.share is None:
        return [*start, "", "", "", "", "", of, mark.text]
    if by == "ahead":
        return [*start, "", str(line.value), "", "", "", of, "rounded down"]
    shares = [_percent(mark.share), _percent(mark.low), _percent(mark.high)]
    if line.most is not None:
        return [
            *start,
            str(line.people),
            f"{line.value} to {line.most}",
            "",
            *shares[1:],
            of,
            "range",
        ]
    return [*start, str(line.people), str(line.value), *shares, of, ""]


def _share(by: str) -> str:
    named = {"skill": "right", "belief": "chose", "ahead": "amount"}
    return f"manage.column.{named.get(by, 'share')}"


def _heading(mark: Mark) -> str:
    return f"{mark.under} {mark.name}" if mark.under else mark.name


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def _people(line: Line, say: Words) -> str:
    if line.hidden:
        return say("manage.not_shown")
    if line.most is not None:
        return say("manage.of_range", low=line.value, high=line.most, whole=line.people)
    return say("manage.of", part=line.value, whole=line.people)
