"""Questions of a module: how much of each was right, against how well it tells people apart."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

from modules.charts.finish import INKS, filled, hole, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Dot

NEAR = 12
EDGE = 0.72
"""From this share on a name stands to the left of its dot, so that it stays in the picture."""


@lru_cache(KEPT)
def questions(dots: tuple[Dot, ...], below: str, aside: str, dark: bool) -> dict[str, Any]:
    """A dot for each question: right from left to right, discrimination upwards.

    Those that want another look are orange, larger, and named; ``below`` and ``aside`` say what
    the axes are. Do not change what this returns.
    """
    inks = DARK if dark else LIGHT
    rows = [
        {
            "share": dot.share,
            "index": dot.apart,
            "colour": inks.attention if dot.flagged else inks.good,
            "size": 130 if dot.flagged else 60,
        }
        for dot in dots
    ]
    flagged = sorted((dot for dot in dots if dot.flagged), key=lambda dot: dot.apart)
    aside_of = {dot: dot.share >= EDGE for dot in flagged}
    for low, high in pairwise(flagged):
        # Two that lie close together have their names on their outer sides.
        if high.apart - low.apart < NEAR and abs(high.share - low.share) < NEAR / 100:
            first = min(low, high, key=lambda dot: dot.share)
            aside_of |= {low: low is first, high: high is first}
    sides: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for dot, to_the_left in aside_of.items():
        name = {"share": dot.share, "index": dot.apart, "text": dot.label}
        sides[to_the_left].append(name)
    lowest = min((dot.apart for dot in dots), default=0.0)
    return filled(
        _shape(),
        inks,
        rows=rows,
        left=sides[0],
        right=sides[1],
        nothing=[{"index": 0}],
        up=[min(-20, lowest - 10), 100],
        below=[{"text": below}],
        aside=[{"text": aside}],
        height=320,
    )


@shape
def _shape() -> list[Any]:
    import altair as alt

    across = alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(title=None, values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=True),
    )
    up = alt.Y(
        "index:Q",
        scale=alt.Scale(domain=hole("up"), nice=False),
        axis=alt.Axis(title=None, values=[-100, -50, 0, 50, 100], grid=True),
    )
    base = alt.Chart(alt.InlineData(values=hole("rows"))).encode(x=across, y=up)

    def names(side: str, align: Any, dx: int) -> Any:
        chart = alt.Chart(alt.InlineData(values=hole(side))).encode(x=across, y=up)
        return chart.mark_text(align=align, dx=dx, color=INKS.ink, fontSize=13).encode(
            text="text:N"
        )

    def told(where: str, **placed: Any) -> Any:
        chart = alt.Chart(alt.InlineData(values=hole(where)))
        return chart.mark_text(color=INKS.muted, fontSize=13, **placed["mark"]).encode(
            x=placed["x"], y=placed["y"], text="text:N"
        )

    return [
        alt.Chart(alt.InlineData(values=hole("nothing")))
        .mark_rule(color=INKS.rule, strokeDash=[5, 4])
        .encode(y=up),
        base.mark_circle(opacity=0.9).encode(
            color=alt.Color("colour:N", scale=None), size=alt.Size("size:Q", scale=None)
        ),
        names("left", "left", 10),
        names("right", "right", -10),
        told(
            "below",
            mark={"align": "right", "baseline": "bottom", "dy": -6},
            x=alt.value("width"),
            y=alt.value("height"),
        ),
        told(
            "aside",
            mark={"align": "left", "baseline": "top", "dx": 4, "dy": 4},
            x=alt.value(0),
            y=alt.value(0),
        ),
    ]
