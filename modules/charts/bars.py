"""Amounts below each other, one bar for each, with no target."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from modules.basics import Words
from modules.charts.finish import INKS, filled, hole, lines, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Finding, Mark

LINE, BAR, HALF, GAP = 20, 14, 8, 14
"""Pixels from line to line, to the middle of a bar, from there to its end, and to the next one."""
ROOM = 0.66
"""Of the width for bars; their words stand to the right."""


@lru_cache(KEPT)
def bars(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """One bar a mark: its label above, in two lines at the most, its words at the right.

    ``share`` is the bar's length, from 0 to 1. Target and ``aim`` are not drawn: there is none.
    A hidden mark keeps its row and its words; one that is only for comparison has a quiet bar. Do
    not change what this returns.
    """
    inks = DARK if dark else LIGHT
    rows: list[dict[str, Any]] = []
    height = 0
    for mark in marks:
        label = lines(mark.label)
        height += GAP if rows else 0
        top, height = height + LINE // 2, height + LINE * len(label)
        row = {"y": top, "bar": height + BAR, "label": label, "right": mark.text}
        row |= {"share": mark.share or 0.0, "full": 1.0}
        rows.append(row | {"colour": inks.rule if mark.quiet else inks.good})
        height += BAR + HALF
    down = [0, max(1, height)]
    return filled(_shape(), inks, rows=rows, down=down, height=height)


@shape
def _shape() -> list[Any]:
    import altair as alt

    scale = alt.Scale(domain=hole("down"), nice=False, reverse=True)
    across = alt.Scale(domain=[0, 1 / ROOM], nice=False)
    base = alt.Chart(alt.InlineData(values=hole("rows")))
    bar = base.encode(y=alt.Y("bar:Q", scale=scale, axis=None))
    words = base.encode(y=alt.Y("y:Q", scale=scale, axis=None))
    return [
        bar.mark_bar(color=INKS.track, size=12, cornerRadius=3, orient="horizontal").encode(
            x=alt.X("full:Q", scale=across, axis=None)
        ),
        bar.mark_bar(size=12, cornerRadius=3, orient="horizontal").encode(
            x=alt.X("share:Q", scale=across, axis=None),
            color=alt.Color("colour:N", scale=None, legend=None),
        ),
        words.mark_text(align="left", color=INKS.ink, fontSize=14, lineHeight=LINE).encode(
            x=alt.value(0), text="label:N"
        ),
        bar.mark_text(align="right", color=INKS.ink, fontSize=13).encode(
            x=alt.value("width"), text="right:N"
        ),
    ]


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
