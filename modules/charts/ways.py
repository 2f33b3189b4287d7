"""Ways through a story as a heat map: a row for each place, a field for each choice there."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from modules.charts.finish import INKS, filled, hole, lines, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Mark

FIELD, LINE, GAP = 34, 18, 10
"""Pixels: a field's height, a line of words above it, and the room between two places."""


@lru_cache(KEPT)
def ways(marks: tuple[Mark, ...], most: int, dark: bool) -> dict[str, Any]:
    """Each place as a heading (``under``), then a field for each of its choices, at most ``most``.

    The more took a choice the fuller its field's colour; its words stand in it. A hidden mark has
    an empty field with its words. Do not change what this returns.
    """
    inks = DARK if dark else LIGHT
    fields: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    height, under, place = 0, "", 0
    for mark in marks:
        if mark.under != under:
            under, place = mark.under, 0
            told = lines(under, 46)
            height += GAP if heads else 0
            heads.append({"y": height + LINE // 2, "head": told})
            height += LINE * len(told) + FIELD + 4
        share = mark.share or 0.0
        fields.append(
            {
                "from": place / most,
                "to": (place + 1) / most - 0.012,
                "top": height - FIELD,
                "end": height,
                "middle": height - FIELD / 2,
                "at": (place + 0.5) / most,
                "share": share,
                "text": f"{mark.label}: {mark.text}",
            }
        )
        place += 1
    down = [0, max(1, height)]
    return filled(_shape(), inks, fields=fields, heads=heads, down=down, height=height)


@shape
def _shape() -> list[Any]:
    import altair as alt

    scale = alt.Scale(domain=hole("down"), nice=False, reverse=True)
    across = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(alt.InlineData(values=hole("fields")))
    corners = {
        "x": alt.X("from:Q", scale=across, axis=None),
        "x2": "to:Q",
        "y": alt.Y("top:Q", scale=scale, axis=None),
        "y2": "end:Q",
    }
    return [
        base.mark_rect(color=INKS.track, cornerRadius=3).encode(**corners),
        # The band's colour, at its fullest, still carries the words that stand on it.
        base.mark_rect(color=INKS.band, cornerRadius=3).encode(
            **corners,
            opacity=alt.Opacity(
                "share:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None
            ),
        ),
        base.mark_text(fontSize=13, color=INKS.ink).encode(
            x=alt.X("at:Q", scale=across, axis=None),
            y=alt.Y("middle:Q", scale=scale, axis=None),
            text="text:N",
        ),
        alt.Chart(alt.InlineData(values=hole("heads")))
        .mark_text(align="left", color=INKS.ink, fontSize=14, lineHeight=LINE)
        .encode(y=alt.Y("y:Q", scale=scale, axis=None), x=alt.value(0), text="head:N"),
    ]
