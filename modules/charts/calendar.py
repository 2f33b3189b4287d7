"""Due days as a calendar: a row for each month, a circle for each day on which people are due."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any

from modules.basics import Words
from modules.charts.finish import INKS, filled, hole, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Finding

MOST_MONTHS = 18
ROW = 40


@lru_cache(KEPT)
def calendar(days: tuple[tuple[date, int], ...], dark: bool) -> dict[str, Any]:
    """How many duties are due on which day; the first eighteen months that have any.

    A circle's area grows with the number, which stands beside it. Do not change what this returns.
    """
    months = sorted({(day.year, day.month) for day, _ in days})[:MOST_MONTHS]
    place = {month: at for at, month in enumerate(months)}
    rows = [
        {
            "row": place[day.year, day.month],
            "day": day.day,
            "many": many,
            "text": f"{many:,}",
        }
        for day, many in days
        if (day.year, day.month) in place
    ]
    names = json.dumps([f"{date(year, month, 1):%b %Y}" for year, month in months])
    return filled(
        _shape(),
        DARK if dark else LIGHT,
        rows=rows,
        down=[len(months) - 0.5, -0.5],
        steps=list(range(len(months))),
        names=f"{names}[datum.value]",
        most=[0, max((many for _, many in days), default=1)],
        height=max(90, ROW * len(months)),
    )


@shape
def _shape() -> list[Any]:
    import altair as alt

    across = alt.X(
        "day:Q",
        scale=alt.Scale(domain=[0.5, 32.5], nice=False),
        axis=alt.Axis(title=None, values=[1, 8, 15, 22, 29], grid=True, orient="top", format="d"),
    )
    down = alt.Y(
        "row:Q",
        scale=alt.Scale(domain=hole("down"), nice=False),
        axis=alt.Axis(title=None, values=hole("steps"), grid=False, labelExpr=hole("names")),
    )
    base = alt.Chart(alt.InlineData(values=hole("rows"))).encode(x=across, y=down)
    return [
        base.mark_circle(color=INKS.good, opacity=0.85).encode(
            size=alt.Size(
                "many:Q", scale=alt.Scale(domain=hole("most"), range=[30, 420]), legend=None
            )
        ),
        # Above the dot: beside it stands the next day's.
        base.mark_text(dy=-15, color=INKS.ink, fontSize=11).encode(text="text:N"),
    ]


def calendar_finding(days: tuple[tuple[date, int], ...], words: Words) -> Finding:
    """The month in which most is due, and every day in words."""
    by_month: Counter[tuple[int, int]] = Counter()
    for day, many in days:
        by_month[day.year, day.month] += many
    (year, month), many = by_month.most_common(1)[0]
    title = words("rules.calendar_title", month=f"{date(year, month, 1):%B %Y}", n=f"{many:,}")
    every = "; ".join(f"{day.day} {day:%B %Y}: {many:,}" for day, many in days[:40])
    return Finding(title, words("rules.calendar_alt", values=every))
