"""The figures on one page for the management board: a tagged PDF, of what its reader may see."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import Any

from modules import charts
from modules.manage import defining, drawing, wording
from modules.manage.drawing import Look, Told
from modules.manage.seen import Statistics
from modules.typesetting import typeset

MOST_ROWS = 12
"""Units that fit on the page beside the trend; of more, the finding is told and no list."""
LONGEST = 44
"""Letters of a unit's name: so many fit on a line."""
TALL, LOW = 72, 58
"""Millimetres of the chart, alone or beside a list of more than six units."""
PICTURE = 620
"""Pixels across of the chart, before it is set to the width of the page."""


@cache
def _template() -> bytes:
    return Path(__file__).with_name("board.typ").read_bytes()


def pdf(found: Statistics, look: Look, today: date) -> bytes:
    """One page: the finding, each chart with plain words under it, whether the body counts.

    It is made of the figures of the page, from which hidden numbers were taken out before.
    """
    return typeset(_template(), told(found, look, today))


def told(found: Statistics, look: Look, today: date) -> dict[str, Any]:
    """Everything on the page, in reading order."""
    say = look.words
    title, month = drawing.headline(found, say)
    few = all(len(one.lines) <= 6 for one in found.figures if one.panel.by != "month")
    return {
        "language": "en",
        "title": title,
        "author": found.organisation,
        "description": say("board.description", name=found.name, module=look.module),
        "eyebrow": say("organisation.eyebrow", name=found.name, module=look.module),
        "lead": month,
        "figures": [
            _figure(drawing.told(one, look), look, TALL if few else LOW) for one in found.figures
        ],
        "counts_title": say("board.counts"),
        "counts": defining.sentence(found, say),
        "stamp": say(
            "board.stamp",
            organisation=found.organisation,
            day=wording.day(say, today),
            least=found.least,
        ),
    }


def _figure(one: Told, look: Look, height: int) -> dict[str, Any]:
    say, panel = look.words, one.figure.panel
    words = [part for part in (one.outlook, one.about, one.why) if part]
    made: dict[str, Any] = {
        "title": one.finding.title,
        "alt": one.finding.alt,
        "words": words,
        "svg": "",
        "height": height,
        "rows": [],
        "head": [say(f"manage.column.{panel.by}"), say("manage.column.share")],
        "target": look.target,
    }
    if panel.by == "month":
        if drawn := drawing.drawn(one) and panel.draw:
            spec = drawn(one.marks, look.target, drawing.aim(look), False)
            svg = charts.picture(spec, "svg", width=PICTURE).decode()
            made["svg"] = svg.replace("Figtree", "Steward Figtree")
        return made
    if len(one.marks) > MOST_ROWS:
        made["words"] = [*words, say("board.more_units", n=len(one.marks))]
        return made
    made["rows"] = [
        {
            "name": shorten(mark.name, LONGEST, placeholder="…"),
            "text": mark.text,
            "share": mark.share,
            "good": mark.share is not None and mark.share >= look.target,
        }
        for mark in one.marks
    ]
    return made
