"""Rows in, Vega-Lite out: the charts of statistics. Pure and cached; the only user of Altair.

Every chart has the same signature, so that one loop can draw them all, and a function
``<name>_finding`` that says in words what it shows. Texts arrive ready made: a chart knows no
language. No legends: lines and bars carry their own words.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import ceil
from typing import Any, NamedTuple

from modules.basics import Words

KEPT = 256
PERSONAL = frozenset({"calibration"})
"""Charts of one learner, for her own eyes: nothing in them is hidden, and no panel has them."""
MOST_MONTH_LABELS = 6
STEP, HEAD = 48, 44


class Mark(NamedTuple):
    """One thing in a chart: ``share`` from 0 to 1, or None when hidden; ``text`` says either.

    ``name`` is the full name for sentences, ``label`` the short one in the picture.
    """

    name: str
    label: str
    share: float | None
    text: str


class Point(NamedTuple):
    """One word of confidence: ``said`` is what it stands for, ``share`` how often it was right.

    ``few`` says that there are too few answers to lean on.
    """

    label: str
    said: float
    share: float
    text: str
    few: bool = False


class Finding(NamedTuple):
    """What a chart shows: a title, and its alternative text with the numbers."""

    title: str
    alt: str


class Inks(NamedTuple):
    """Colours by role."""

    ink: str
    muted: str
    good: str
    attention: str
    rule: str
    grid: str
    track: str


LIGHT = Inks("#1C2B2A", "#55625F", "#0B6E69", "#B5651D", "#7C8681", "#E9E4DA", "#F1EDE4")
DARK = Inks("#EAEDE9", "#AEBAB6", "#5BC0B0", "#E59A57", "#7C8B87", "#2C3A3B", "#223031")


@lru_cache(KEPT)
def trend(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """Shares month by month as a line with a dot for each shown month; ``aim`` names the target.

    A hidden month keeps its place on the axis and has no dot. Do not change what this returns.
    """
    import altair as alt

    inks = DARK if dark else LIGHT
    rows: list[dict[str, Any]] = [
        {"at": place, "share": mark.share, "label": mark.name, "text": mark.text}
        for place, mark in enumerate(marks)
        if mark.share is not None
    ]
    shares = [mark.share for mark in marks if mark.share is not None]
    low = 0.2 if min([*shares, target]) >= 0.2 else 0.0
    high = 0.9 if max([*shares, target]) <= 0.9 else 1.0
    ticks = list(range(0, len(marks), ceil(len(marks) / MOST_MONTH_LABELS)))
    across = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[0, max(1, len(marks) - 1)], nice=False, padding=6),
        axis=alt.Axis(
            title=None,
            grid=False,
            values=ticks,
            labelExpr=f"{json.dumps([mark.label for mark in marks])}[datum.value]",
        ),
    )
    steps = [step / 5 for step in range(6) if low <= step / 5 <= high]
    upwards = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(title=None, values=steps, format=".0%"),
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=across, y=upwards)
    last = rows[-1:]
    # Below the dot where the target's line would cross the words.
    under = bool(last) and 0 <= target - shares[-1] < 0.12 * (high - low)
    end = alt.Chart(alt.InlineData(values=last)).encode(x=across, y=upwards)
    line = alt.Chart(alt.InlineData(values=[{"share": target, "text": aim}])).encode(y=upwards)
    return _finish(
        [
            alt.layer(
                base.mark_line(color=inks.good, strokeWidth=2.5),
                base.mark_circle(color=inks.good, size=45, opacity=1),
            ),
            end.mark_circle(color=inks.good, size=90, opacity=1),
            end.mark_text(
                align="right",
                dx=4,
                dy=20 if under else -16,
                color=inks.good,
                fontSize=14,
                fontWeight=600,
            ).encode(text="text:N"),
            line.mark_rule(color=inks.rule, strokeWidth=1.5),
            line.mark_text(align="left", dy=-9, color=inks.muted, fontSize=13).encode(
                x=alt.value(0), text="text:N"
            ),
        ],
        inks,
        240,
    )


@lru_cache(KEPT)
def units(marks: tuple[Mark, ...], target: float, aim: str, dark: bool) -> dict[str, Any]:
    """Shares as one bar a unit, with a tick at the target; the name and the words above the bar.

    Below the target the bar is orange, and ``text`` must say so too. A hidden unit keeps its row
    with its words where the bar would be. Do not change what this returns.
    """
    import altair as alt

    inks = DARK if dark else LIGHT
    rows = [_bar(place, mark, target, inks) for place, mark in enumerate(marks)]
    across = alt.Scale(domain=[0, 1], nice=False)
    row = alt.Y(
        "row:O", sort=None, axis=None, scale=alt.Scale(domain=list(range(len(rows))), padding=0)
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=row)
    words = base.encode(x=alt.value(0))
    share = base.encode(x=alt.X("share:Q", scale=across, axis=None))
    head = alt.Chart(alt.InlineData(values=[{"target": target, "text": aim}]))
    align: Any = "right" if target > 0.85 else "left" if target < 0.15 else "center"
    return _finish(
        [
            alt.layer(
                base.mark_bar(color=inks.track, size=14, yOffset=11, cornerRadius=3).encode(
                    x=alt.X("full:Q", scale=across, axis=None)
                ),
                share.mark_bar(size=14, yOffset=11, cornerRadius=3).encode(
                    color=alt.Color("colour:N", scale=None)
                ),
                words.mark_text(align="left", dy=-11, color=inks.ink, fontSize=14).encode(
                    text="label:N"
                ),
                base.mark_text(align="right", dy=-11, color=inks.ink, fontSize=14).encode(
                    x=alt.value("width"), text="right:N"
                ),
                words.mark_text(align="left", dy=11, color=inks.muted, fontSize=13).encode(
                    text="why:N"
                ),
                base.mark_tick(color=inks.ink, thickness=2, size=18, yOffset=11).encode(
                    x=alt.X("target:Q", scale=across, axis=None)
                ),
            ),
            head.mark_text(align=align, baseline="bottom", color=inks.muted, fontSize=13).encode(
                x=alt.X("target:Q", scale=across, axis=None), y=alt.value(-4), text="text:N"
            ),
        ],
        inks,
        STEP * len(rows) + HEAD,
    )


@lru_cache(KEPT)
def calibration(points: tuple[Point, ...], aim: str, dark: bool) -> dict[str, Any]:
    """How often somebody was right with each word of confidence, against what the word says.

    A dot for each word, small and grey where answers are few; a dashed line, which ``aim`` names,
    through what the words stand for; and how far the one is from the other. Do not change what
    this returns.
    """
    import altair as alt

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
    across = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[-0.5, len(points) - 0.5], nice=False),
        axis=alt.Axis(
            title=None,
            grid=False,
            values=list(range(len(points))),
            labelExpr=f"{names}[datum.value]",
            labelLineHeight=18,
        ),
    )
    scale = alt.Scale(domain=[0, 1.12], nice=False)
    steps = [0, 0.25, 0.5, 0.75, 1]
    up = alt.Y("share:Q", scale=scale, axis=alt.Axis(title=None, values=steps, format=".0%"))
    said = alt.Y("said:Q", scale=scale)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=across)
    end = alt.Chart(alt.InlineData(values=[{**rows[-1], "text": aim}])).encode(x=across, y=said)
    colour = alt.Color("colour:N", scale=None)
    return _finish(
        [
            alt.layer(
                base.mark_rule(strokeWidth=2).encode(y=up, y2="said:Q", color=colour),
                base.mark_line(color=inks.rule, strokeWidth=1.5, strokeDash=[5, 4]).encode(y=said),
                base.mark_circle(opacity=1).encode(
                    y=up, color=colour, size=alt.Size("size:Q", scale=None)
                ),
            ),
            end.mark_text(align="right", dx=24, dy=-18, color=inks.muted, fontSize=13).encode(
                text="text:N"
            ),
        ],
        inks,
        300,
    )


def trend_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """The last shown month against the first one, in words."""
    shown = [mark for mark in marks if mark.share is not None]
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


def units_finding(marks: tuple[Mark, ...], target: float, words: Words) -> Finding:
    """How many of the shown units are at the target; names nobody as the worst."""
    shares = [mark.share for mark in marks if mark.share is not None]
    there = sum(share >= target for share in shares)
    key = "none" if not shares else "all" if there == len(shares) else "some"
    title = words(f"manage.units.{key}", there=there, of=len(shares), target=f"{target:.0%}")
    every = "; ".join(f"{mark.name}: {mark.text}" for mark in marks)
    return Finding(title, words("manage.units.alt", target=f"{target:.0%}", values=every))


def _bar(place: int, mark: Mark, target: float, inks: Inks) -> dict[str, Any]:
    # Every row has every text: Vega writes "undefined" for one that is missing.
    row: dict[str, Any] = {"row": place, "label": mark.label, "right": "", "why": ""}
    if mark.share is None:
        return row | {"why": mark.text}
    colour = inks.good if mark.share >= target else inks.attention
    bar = {"share": mark.share, "full": 1, "target": target, "colour": colour}
    return row | bar | {"right": mark.text}


def _finish(layers: list[Any], inks: Inks, height: int) -> dict[str, Any]:
    """The layers as one specification, with the look that all charts share."""
    import altair as alt

    with alt.data_transformers.enable(consolidate_datasets=False):
        spec: dict[str, Any] = (
            alt.layer(*layers)
            .properties(height=height, background="transparent")
            .configure_view(stroke=None)
            .configure_axis(
                domain=False,
                ticks=False,
                labelPadding=8,
                labelFontSize=13,
                labelColor=inks.muted,
                labelOverlap=False,
                gridColor=inks.grid,
            )
            .to_dict(validate=False)
        )
    # Streamlit packs data at the very top again at every rerun; in a layer it stays as it is.
    if "data" in spec:
        spec["layer"] = [{"data": spec.pop("data"), "layer": spec["layer"]}]
    return spec
