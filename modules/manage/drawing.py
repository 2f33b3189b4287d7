"""Draw filled panels on a surface: finding, chart, table, downloads, how it is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from modules import charts, markup
from modules.basics import Surface, Words
from modules.charts import Finding, Mark
from modules.manage import marking, sheets, wording
from modules.manage.forecast import Outlook
from modules.manage.panels import Figure
from modules.manage.seen import Statistics

KINDS: tuple[tuple[charts.Kind, str], ...] = (("png", "image/png"), ("svg", "image/svg+xml"))
MOST_BESIDE = 24
"""Lines up to which two panels stand side by side: longer ones would leave a column empty."""


@dataclass(frozen=True)
class Look:
    """What all panels of a page share. ``target`` is a share from 0 to 1."""

    target: float
    least: int
    dark: bool
    words: Words
    module: str


@dataclass(frozen=True)
class Told:
    """A figure in words, ready to be drawn, printed or downloaded: made once for all of them."""

    figure: Figure
    marks: tuple[Mark, ...]
    finding: Finding
    about: str
    outlook: str
    why: str
    last: date


def told(figure: Figure, look: Look) -> Told:
    """A figure with everything that is said about it."""
    say, panel = look.words, figure.panel
    marks = marking.marks(figure, look.target, look.least, say)
    last = max(line.on for line in figure.lines)
    hidden = any(line.hidden for line in figure.lines)
    outlook = heading(marking.heading(figure, look.target), look) if panel.by == "month" else ""
    about = say(f"{panel.words}.about", day=wording.day(say, last), module=look.module)
    if any(mark.ahead for mark in marks):
        about = f"{about} {say('manage.trend.dashed')}"
    return Told(
        figure,
        marks,
        panel.finding(marks, look.target, say),
        about,
        outlook,
        say(f"{panel.words}.hidden", least=look.least) if hidden else "",
        last,
    )


def card(surface: Surface, figure: Figure, look: Look) -> None:
    """One panel as a card: its finding is the heading and the chart's accessible name."""
    say, panel = look.words, figure.panel
    one = told(figure, look)
    box = surface.container(key=f"card-{panel.name}", height="stretch")
    box.header(one.finding.title, anchor=False)
    box.caption(one.about)
    if one.outlook:
        box.markdown(one.outlook)
    spec = None
    if panel.draw and drawn(one):
        spec = panel.draw(one.marks, look.target, aim(look), look.dark)
        # A trend fills what a longer card beside it leaves; bars keep the height of their rows.
        height: Literal["stretch", "content"] = "stretch" if panel.by == "month" else "content"
        name = f"organisation/chart/{panel.name}"
        box.vega_lite_chart(spec, alt=one.finding.alt, key=name, height=height)
    if one.why:
        box.caption(one.why)
    if panel.draw is None:
        box.html(sheets.grid(figure, one.marks, say))
    else:
        below = box.expander(say("manage.as_table"), key=f"organisation/table/{panel.name}")
        below.html(sheets.table(figure, one.marks, say))
    row = box.container(horizontal=True)
    how = row.popover(say("manage.how"), type="tertiary", key=f"organisation/how/{panel.name}")
    how.markdown(explained(one, look))
    _downloads(row, one, look)


def drawn(one: Told) -> bool:
    """Whether a picture says anything: a line without a dot says nothing."""
    return one.figure.panel.by != "month" or any(mark.share is not None for mark in one.marks)


def aim(look: Look) -> str:
    """What stands at the target's line."""
    return look.words("manage.aim", target=f"{look.target:.0%}")


def explained(one: Told, look: Look) -> str:
    """How a figure is computed: whom it counts, with the numbers used, its day, what is hidden."""
    say, panel = look.words, one.figure.panel
    text = say(f"{panel.words}.how", least=look.least, module=look.module)
    shown = next((line for line in reversed(one.figure.lines) if line.share is not None), None)
    example = ""
    told = shown and shown.value is not None and shown.most is None and panel.by != "ahead"
    if told and shown and shown.people and shown.value is not None:
        example = say(
            "manage.example",
            part=shown.value,
            whole=shown.people,
            share=wording.percent(shown.value, shown.people),
            name=markup.literal(marking.full(one.figure, shown, say)),
        )
    kept = sum(bool(line.hidden) for line in one.figure.lines)
    counts = say(
        "manage.counted",
        shown=len(one.figure.lines) - kept,
        hidden=kept,
        day=wording.day(say, one.last),
        least=look.least,
    )
    return "\n\n".join(part for part in (text.strip(), example, counts) if part)


def heading(found: Outlook, look: Look) -> str:
    """Where the trend is heading, in one sentence; that it does not say, where it does not."""
    say, target = look.words, f"{look.target:.0%}"
    if found.says != "by" or found.on is None or found.soonest is None:
        ends = wording.month(say, found.points[-1].on) if found.points else ""
        return say(f"manage.outlook.{found.says}", target=target, until=ends)
    on = wording.month(say, found.on)
    soonest = wording.month(say, found.soonest)
    if found.latest is None:
        return say("manage.outlook.open", target=target, on=on, soonest=soonest)
    latest = wording.month(say, found.latest)
    if soonest == latest:
        return say("manage.outlook.sharp", target=target, on=on)
    return say("manage.outlook.by", target=target, on=on, soonest=soonest, latest=latest)


def _downloads(row: Surface, one: Told, look: Look) -> None:
    """What is shown, to take along: the numbers and the picture."""
    say, panel = look.words, one.figure.panel
    name = f"steward-{panel.name}-{one.last}"
    row.download_button(
        say("manage.download"),
        lambda: sheets.as_csv(one.figure, one.marks).encode("utf-8-sig"),
        f"{name}.csv",
        "text/csv",
        key=f"organisation/download/{panel.name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    if panel.draw is None or not drawn(one):
        return
    for kind, mime in KINDS:
        row.download_button(
            say(f"manage.download_{kind}"),
            partial(picture, one, look, kind),
            f"{name}.{kind}",
            mime,
            key=f"organisation/{kind}/{panel.name}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def picture(one: Told, look: Look, kind: charts.Kind) -> bytes:
    """The chart as it is shown, on paper white, with its finding and its day."""
    assert one.figure.panel.draw is not None
    spec = one.figure.panel.draw(one.marks, look.target, aim(look), False)
    below = " ".join(part for part in (one.about, one.outlook, one.why) if part)
    return charts.picture(spec, kind, title=one.finding.title, below=below)


def headline(found: Statistics, say: Words) -> tuple[str, str]:
    """The finding as the page's title, and the sentence under it: which month, what is held."""
    line = found.headline
    if line is None:
        return say("organisation.none"), say("organisation.none_sentence")
    month = say("organisation.month", day=wording.day(say, line.on))
    if line.value is None or line.people is None:
        why = say("organisation.why", reason=wording.hidden(say, line.hidden, found.least))
        return say("organisation.hidden", name=line.name), f"{month} {why}"
    if found.newest and found.newest > line.on:
        reason = wording.hidden(say, found.held, found.least)
        held = say("organisation.held", day=wording.day(say, found.newest), reason=reason)
        month = f"{month} {held}"
    share = wording.percent(line.value, line.people)
    more = wording.missing(line.value, line.people, found.target)
    todo = say("organisation.more" if more != 1 else "organisation.more_one", n=f"{more:,}")
    month = f"{month} {todo if more else say('organisation.there')}"
    return say("organisation.title", share=share, target=f"{found.target:.0%}"), month
