"""Amounts below each other, one bar for each, with no target."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from modules.basics import Words
from modules.charts.finish import finish
from modules.charts.marks import DARK, KEPT, LIGHT, Finding, Mark

STEP = 48


@lru_cache(KEPT)
def bars(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """One bar a mark: its label above on the left, its words above on the right.

    ``share`` is the bar's length, from 0 to 1. Target and ``aim`` are not drawn: there is none.
    A hidden mark keeps its row and its words. Do not change what this returns.
    """
    import altair as alt

    inks = DARK if dark else LIGHT
    # Every row has every text: Vega writes "undefined" for one that is missing.
    rows = [
        {"row": place, "label": mark.label, "right": mark.text, "share": mark.share or 0.0}
        for place, mark in enumerate(marks)
    ]
    row = alt.Y(
        "row:O", sort=None, axis=None, scale=alt.Scale(domain=list(range(len(rows))), padding=0)
    )
    across = alt.X("share:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=row)
    words = base.encode(x=alt.value(0))
    return finish(
        [
            alt.layer(
                base.mark_bar(color=inks.good, size=12, yOffset=11, cornerRadius=3).encode(
                    x=across
                ),
                words.mark_text(align="left", dy=-11, color=inks.ink, fontSize=14).encode(
                    text="label:N"
                ),
                base.mark_text(align="right", dy=-11, color=inks.ink, fontSize=14).encode(
                    x=alt.value("width"), text="right:N"
                ),
            ),
        ],
        inks,
        STEP * len(rows),
    )


def ahead_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """When most people renew: the longest bar."""
    most = max(marks, key=lambda mark: mark.share or 0)
    title = words("manage.ahead.most", months=most.name, people=most.text)
    every = "; ".join(f"{mark.name}: {mark.text}" for mark in marks)
    return Finding(title, words("manage.ahead.alt", values=every))


def beliefs_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """What to explain again first: the belief that most people chose."""
    shown = [mark for mark in marks if mark.share is not None]
    title = words("manage.beliefs.first" if shown else "manage.beliefs.none")
    every = "; ".join(f"{mark.name}: {mark.text}" for mark in marks)
    return Finding(title, words("manage.beliefs.alt", values=every))
