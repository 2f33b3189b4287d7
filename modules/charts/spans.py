"""Shares told as ranges side by side, one bar for each group."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from modules.basics import Words
from modules.charts.finish import shape
from modules.charts.marks import DARK, KEPT, LIGHT, Finding, Inks, Mark
from modules.charts.units import one_below_another, rows_with


@lru_cache(KEPT)
def spans(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """Ranges as one bar a group: full up to the lower end, pale from there to the upper one.

    Orange where all of the range is below the target, grey where the target lies in it; ``text``
    must say so too. A hidden group keeps its row with its words. Do not change what this returns.
    """
    inks = DARK if dark else LIGHT
    rows = [_bar(place, mark, target, inks) for place, mark in enumerate(marks)]
    return one_below_another(_shape(), rows, inks, target, aim)


@shape
def _shape() -> list[Any]:
    import altair as alt

    def span(base: Any, across: Any) -> list[Any]:
        low = alt.X("low:Q", scale=across, axis=None)
        colour = alt.Color("colour:N", scale=None)
        bar = {"size": 14, "yOffset": 11, "cornerRadius": 3}
        return [
            base.mark_bar(opacity=0.45, **bar).encode(x=low, x2="high:Q", color=colour),
            base.mark_bar(**bar).encode(x=low, color=colour),
        ]

    return rows_with(span)


def groups_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """How many of the shown groups are at the target for certain, whatever the groups are."""
    lows = [mark.low for mark in marks if mark.low is not None]
    there = sum(low >= target for low in lows)
    key = "none" if not lows else "all" if there == len(lows) else "some" if there else "not_yet"
    title = words(f"manage.groups.{key}", there=there, of=len(lows), target=f"{target:.0%}")
    every = "; ".join(f"{mark.name}: {mark.text}" for mark in marks)
    return Finding(title, words("manage.groups.alt", target=f"{target:.0%}", values=every))


def _bar(place: int, mark: Mark, target: float, inks: Inks) -> dict[str, Any]:
    # Every row has every text: Vega writes "undefined" for one that is missing.
    row: dict[str, Any] = {"row": place, "label": mark.label, "right": "", "why": ""}
    if mark.low is None or mark.high is None:
        return row | {"why": mark.text}
    colour = inks.attention if mark.high < target else inks.rule
    if mark.low >= target:
        colour = inks.good
    bar = {"low": mark.low, "high": mark.high, "full": 1, "target": target, "colour": colour}
    return row | bar | {"right": mark.text}
