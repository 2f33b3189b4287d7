"""Shares month by month."""

from __future__ import annotations

import json
from functools import lru_cache
from math import ceil
from typing import Any

from modules.basics import Words
from modules.charts.finish import INKS, filled, hole, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Finding, Mark

MOST_MONTH_LABELS = 6


@lru_cache(KEPT)
def trend(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """Shares month by month as a line with a dot for each shown month; ``aim`` names the target.

    A hidden month keeps its place on the axis and has no dot. Months ahead go on from the last dot
    as a dashed line in a band; their last one has its words. Do not change what this returns.
    """
    rows: list[dict[str, Any]] = [
        {"at": place, "share": mark.share, "label": mark.name, "text": mark.text}
        for place, mark in enumerate(marks)
        if mark.share is not None and not mark.ahead
    ]
    coming = _ahead(marks, rows)
    shares = [mark.share for mark in marks if mark.share is not None and not mark.ahead]
    edges = [row[edge] for row in coming for edge in ("low", "high")]
    low = 0.2 if min([*shares, *edges, target]) >= 0.2 else 0.0
    high = 0.9 if max([*shares, *edges, target]) <= 0.9 else 1.0
    # Below the dot where the target's line would cross the words.
    under = bool(rows) and 0 <= target - shares[-1] < 0.12 * (high - low)
    return filled(
        _longer() if coming else _shape(),
        DARK if dark else LIGHT,
        rows=rows,
        end=rows[-1:],
        line=[{"share": target, "text": aim}],
        coming=coming,
        tip=coming[-1:],
        width=[0, max(1, len(marks) - 1)],
        ticks=list(range(0, len(marks), ceil(len(marks) / MOST_MONTH_LABELS))),
        names=f"{json.dumps([mark.label for mark in marks])}[datum.value]",
        up=[low, high],
        steps=[step / 5 for step in range(6) if low <= step / 5 <= high],
        align="center" if coming else "right",
        beside=20 if under else -16,
        height=240,
    )


@shape
def _shape() -> list[Any]:
    return _layers(coming=False)


@shape
def _longer() -> list[Any]:
    return _layers(coming=True)


def _layers(coming: bool) -> list[Any]:
    import altair as alt

    across = alt.X(
        "at:Q",
        scale=alt.Scale(domain=hole("width"), nice=False, padding=6),
        axis=alt.Axis(title=None, grid=False, values=hole("ticks"), labelExpr=hole("names")),
    )
    upwards = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=hole("up"), nice=False),
        axis=alt.Axis(title=None, values=hole("steps"), format=".0%"),
    )
    base = alt.Chart(alt.InlineData(values=hole("rows"))).encode(x=across, y=upwards)
    end = alt.Chart(alt.InlineData(values=hole("end"))).encode(x=across, y=upwards)
    line = alt.Chart(alt.InlineData(values=hole("line"))).encode(y=upwards)
    dashed = alt.Chart(alt.InlineData(values=hole("coming"))).encode(x=across, y=upwards)
    tip = alt.Chart(alt.InlineData(values=hole("tip"))).encode(x=across, y=upwards)
    # Words in front of lines: first their outline in the ground's colour, then they themselves.
    told = tip.encode(y="low:Q", text="text:N")
    said: dict[str, Any] = {"align": "right", "dx": 4, "dy": 14, "fontSize": 13, "fontWeight": 600}
    words = [
        told.mark_text(**said, stroke=INKS.card, strokeWidth=4, color=INKS.card),
        told.mark_text(**said, color=INKS.good),
    ]
    forecast = [
        dashed.mark_area(color=INKS.band, opacity=0.45).encode(y="low:Q", y2="high:Q"),
        dashed.mark_line(color=INKS.good, strokeWidth=2, strokeDash=[5, 4]),
    ]
    return [
        *(forecast if coming else []),
        alt.layer(
            base.mark_line(color=INKS.good, strokeWidth=2.5),
            base.mark_circle(color=INKS.good, size=45, opacity=1),
        ),
        end.mark_circle(color=INKS.good, size=90, opacity=1),
        end.mark_text(
            align=hole("align"),
            dx=4,
            dy=hole("beside"),
            color=INKS.good,
            fontSize=14,
            fontWeight=600,
        ).encode(text="text:N"),
        line.mark_rule(color=INKS.rule, strokeWidth=1.5),
        line.mark_text(align="left", dy=-9, color=INKS.muted, fontSize=13).encode(
            x=alt.value(0), text="text:N"
        ),
        *(words if coming else []),
    ]


def trend_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """The last shown month against the first one, in words."""
    shown = [mark for mark in marks if mark.share is not None and not mark.ahead]
    if not shown:
        return Finding(words("manage.trend.none"), words("manage.trend.none"))
    first, last = shown[0], shown[-1]
    title = words("manage.trend.one", share=last.text, month=last.name)
    if first.share is not None and last.share is not None and len(shown) > 1:
        rise = round(100 * last.share) - round(100 * first.share)
        way = "level" if rise == 0 else "up" if rise > 0 else "down"
        title = words(f"manage.trend.{way}", points=abs(rise), share=last.text, since=first.name)
    every = "; ".join(f"{mark.name}: {mark.text}" for mark in marks)
    return Finding(title, words("manage.trend.alt", target=f"{target:.0%}", values=every))


def _ahead(marks: tuple[Mark, ...], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months ahead, beginning at the last dot; empty where there are none."""
    found = [
        {"at": place, "share": mark.share, "low": mark.low, "high": mark.high, "text": mark.text}
        for place, mark in enumerate(marks)
        if mark.ahead
    ]
    if not found or not rows:
        return []
    last = rows[-1]
    from_here = {"low": last["share"], "high": last["share"], "text": ""}
    return [{"at": last["at"], "share": last["share"], **from_here}, *found]
