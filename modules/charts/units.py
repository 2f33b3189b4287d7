"""Shares side by side, one bar for each group."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from modules.basics import Words
from modules.charts.finish import INKS, filled, hole, shape
from modules.charts.marks import DARK, KEPT, LIGHT, Finding, Inks, Mark

STEP, HEAD = 48, 44
# How long a name may be, beside the words at the right; it stands in full in the table. A longer
# one would push the bars off a phone.
ROOM = "width - 128"


@lru_cache(KEPT)
def units(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """Shares as one bar a unit, with a tick at the target; the name and the words above the bar.

    Below the target the bar is orange, and ``text`` must say so too. A hidden unit keeps its row
    with its words where the bar would be. Do not change what this returns.
    """
    inks = DARK if dark else LIGHT
    rows = [_bar(place, mark, target, inks) for place, mark in enumerate(marks)]
    return one_below_another(_shape(), rows, inks, target, aim)


@shape
def _shape() -> list[Any]:
    import altair as alt

    def share(base: Any, across: Any) -> list[Any]:
        bar = base.mark_bar(size=14, yOffset=11, cornerRadius=3)
        return [
            bar.encode(
                x=alt.X("share:Q", scale=across, axis=None),
                color=alt.Color("colour:N", scale=None),
            )
        ]

    return rows_with(share)


def one_below_another(
    of: dict[str, Any], rows: list[dict[str, Any]], inks: Inks, target: float, aim: str
) -> dict[str, Any]:
    """A shape made by `rows_with` with its rows, and the target's words above them."""
    return filled(
        of,
        inks,
        rows=rows,
        places=list(range(len(rows))),
        head=[{"target": target, "text": aim}],
        align="right" if target > 0.85 else "left" if target < 0.15 else "center",
        height=STEP * len(rows) + HEAD,
    )


def rows_with(bars: Callable[[Any, Any], list[Any]]) -> list[Any]:
    """Rows of a name, words, a track and a tick at the target; ``bars`` draws on the track.

    ``bars`` is given the chart of the rows and the scale across them.
    """
    import altair as alt

    across = alt.Scale(domain=[0, 1], nice=False)
    places = alt.Scale(domain=hole("places"), padding=0)
    row = alt.Y("row:O", sort=None, axis=None, scale=places)
    base = alt.Chart(alt.InlineData(values=hole("rows"))).encode(y=row)
    words = base.encode(x=alt.value(0))
    head = alt.Chart(alt.InlineData(values=hole("head")))
    return [
        alt.layer(
            base.mark_bar(color=INKS.track, size=14, yOffset=11, cornerRadius=3).encode(
                x=alt.X("full:Q", scale=across, axis=None)
            ),
            *bars(base, across),
            words.mark_text(
                align="left", dy=-11, color=INKS.ink, fontSize=14, limit=alt.ExprRef(ROOM)
            ).encode(text="label:N"),
            base.mark_text(align="right", dy=-11, color=INKS.ink, fontSize=14).encode(
                x=alt.value("width"), text="right:N"
            ),
            words.mark_text(align="left", dy=11, color=INKS.muted, fontSize=13).encode(
                text="why:N"
            ),
            base.mark_tick(color=INKS.ink, thickness=2, size=18, yOffset=11).encode(
                x=alt.X("target:Q", scale=across, axis=None)
            ),
        ),
        head.mark_text(
            align=hole("align"), baseline="bottom", color=INKS.muted, fontSize=13
        ).encode(x=alt.X("target:Q", scale=across, axis=None), y=alt.value(-4), text="text:N"),
    ]


def _finding(what: str, marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """How many of those that are shown are at the target; names nobody as the worst."""
    shares = [mark.share for mark in marks if mark.share is not None]
    there = sum(share >= target for share in shares)
    key = "none" if not shares else "all" if there == len(shares) else "some"
    told = words(f"manage.{what}.{key}", there=there, of=len(shares), target=f"{target:.0%}")
    every = "; ".join(f"{mark.name}: {mark.text}" for mark in marks)
    return Finding(told, words(f"manage.{what}.alt", target=f"{target:.0%}", values=every))


units_finding = partial(_finding, "units")
modules_finding = partial(_finding, "modules")


def _bar(place: int, mark: Mark, target: float, inks: Inks) -> dict[str, Any]:
    # Every row has every text: Vega writes "undefined" for one that is missing.
    row: dict[str, Any] = {"row": place, "label": mark.label, "right": "", "why": ""}
    if mark.share is None:
        return row | {"why": mark.text}
    colour = inks.good if mark.share >= target else inks.attention
    bar = {"share": mark.share, "full": 1, "target": target, "colour": colour}
    return row | bar | {"right": mark.text}
