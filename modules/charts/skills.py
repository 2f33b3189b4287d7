"""What was right before, after and later, by objective, each with its interval."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from modules.basics import Words
from modules.charts.finish import INKS, filled, hole, lines, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Finding, Mark

LINE, GAP = 36, 18
"""Pixels from row to row, and above each objective."""


@lru_cache(KEPT)
def skills(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """Each objective as a heading with a row for each moment: a dot, its interval, its words.

    Target and ``aim`` are not drawn: no share of answers is asked for. Hidden marks keep their row
    with their words. Do not change what this returns.
    """
    rows, heads, height = _rows(marks)
    return filled(
        _shape(),
        DARK if dark else LIGHT,
        rows=rows,
        shown=[row for row in rows if "share" in row],
        heads=heads,
        down=[0, height],
        height=height,
    )


@shape
def _shape() -> list[Any]:
    import altair as alt

    scale = alt.Scale(domain=hole("down"), nice=False, reverse=True)
    up = alt.Y("y:Q", scale=scale, axis=None)
    across = alt.Scale(domain=[0, 1], nice=False)
    told = alt.Chart(alt.InlineData(values=hole("rows"))).encode(y=up)
    shown = alt.Chart(alt.InlineData(values=hole("shown"))).encode(y=up)
    steps = [0, 0.25, 0.5, 0.75, 1]
    axis = alt.Axis(title=None, values=steps, format=".0%", grid=True)
    return [
        shown.mark_rule(color=INKS.band, strokeWidth=7).encode(
            x=alt.X("low:Q", scale=across, axis=axis), x2="high:Q"
        ),
        shown.mark_circle(color=INKS.good, size=80, opacity=1).encode(
            x=alt.X("share:Q", scale=across, axis=axis)
        ),
        told.mark_text(align="left", dy=-11, color=INKS.muted, fontSize=12).encode(
            x=alt.value(0), text="label:N"
        ),
        told.mark_text(align="right", dy=-11, color=INKS.ink, fontSize=12).encode(
            x=alt.value("width"), text="text:N"
        ),
        alt.Chart(alt.InlineData(values=hole("heads")))
        .mark_text(align="left", color=INKS.ink, fontSize=14, fontWeight=600, lineHeight=GAP)
        .encode(y=up, x=alt.value(0), text="head:N"),
    ]


def skills_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """How many objectives more people have right after than before, beyond their intervals."""
    first = {mark.under: mark for mark in reversed(marks) if mark.share is not None}
    grown = kept = 0
    for under, before in first.items():
        after = [mark for mark in marks if mark.under == under and mark.share is not None][1:2]
        kept += bool(after)
        grown += any((mark.low or 0) > (before.high or 0) for mark in after)
    title = words("manage.skills.grown" if kept else "manage.skills.none", n=grown, of=kept)
    every = "; ".join(f"{mark.under} {mark.name}: {mark.text}" for mark in marks)
    return Finding(title, words("manage.skills.alt", values=every))


def _rows(marks: tuple[Mark, ...]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    rows: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    height, under = 0, ""
    for mark in marks:
        if mark.under != under:
            under = mark.under
            head = lines(under)
            heads.append({"y": height + GAP, "head": head})
            height += GAP + GAP * len(head)
        height += LINE
        row: dict[str, Any] = {"y": height, "label": mark.label, "text": mark.text}
        if mark.share is not None:
            row |= {"share": mark.share, "low": mark.low, "high": mark.high}
        rows.append(row)
    return rows, heads, height + GAP
