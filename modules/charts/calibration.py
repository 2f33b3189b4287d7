"""How sure somebody was against how often she was right: for her own eyes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from modules.charts.finish import INKS, filled, hole, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Point


@lru_cache(KEPT)
def calibration(points: tuple[Point, ...], aim: str, dark: bool) -> dict[str, Any]:
    """How often somebody was right with each word of confidence, against what the word says.

    A dot for each word, small and grey where answers are few; a dashed line, which ``aim`` names,
    through what the words stand for; and how far the one is from the other. Do not change what
    this returns.
    """
    inks = DARK if dark else LIGHT
    rows = [
        {
            "at": place,
            "said": point.said,
            "share": point.share,
            "label": f"{point.label}, {point.text}",
            "colour": inks.muted if point.few else inks.good,
            "size": 60 if point.few else 140,
        }
        for place, point in enumerate(points)
    ]
    names = json.dumps([[point.label, point.text] for point in points])
    return filled(
        _shape(),
        inks,
        rows=rows,
        end=[{**rows[-1], "text": aim}],
        width=[-0.5, len(points) - 0.5],
        steps=list(range(len(points))),
        names=f"{names}[datum.value]",
        height=300,
    )


@shape
def _shape() -> list[Any]:
    import altair as alt

    across = alt.X(
        "at:Q",
        scale=alt.Scale(domain=hole("width"), nice=False),
        axis=alt.Axis(
            title=None,
            grid=False,
            values=hole("steps"),
            labelExpr=hole("names"),
            labelLineHeight=18,
        ),
    )
    scale = alt.Scale(domain=[0, 1.12], nice=False)
    steps = [0, 0.25, 0.5, 0.75, 1]
    up = alt.Y("share:Q", scale=scale, axis=alt.Axis(title=None, values=steps, format=".0%"))
    said = alt.Y("said:Q", scale=scale)
    base = alt.Chart(alt.InlineData(values=hole("rows"))).encode(x=across)
    end = alt.Chart(alt.InlineData(values=hole("end"))).encode(x=across, y=said)
    colour = alt.Color("colour:N", scale=None)
    return [
        alt.layer(
            base.mark_rule(strokeWidth=2).encode(y=up, y2="said:Q", color=colour),
            base.mark_line(color=INKS.rule, strokeWidth=1.5, strokeDash=[5, 4]).encode(y=said),
            base.mark_circle(opacity=1).encode(
                y=up, color=colour, size=alt.Size("size:Q", scale=None)
            ),
        ),
        end.mark_text(align="right", dx=24, dy=-18, color=INKS.muted, fontSize=13).encode(
            text="text:N"
        ),
    ]
