"""Draw filled panels on a surface: finding, chart, table, download, how it is computed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from modules import markup
from modules.basics import Surface, Words
from modules.charts import Mark
from modules.exchange.cells import inert
from modules.manage import wording
from modules.manage.panels import Figure, Line
from modules.manage.seen import Statistics


@dataclass(frozen=True)
class Look:
    """What all panels of a page share. ``target`` is a share from 0 to 1."""

    target: float
    least: int
    dark: bool
    words: Words
    module: str


def card(surface: Surface, figure: Figure, look: Look) -> None:
    """One panel as a card: its finding is the heading and the chart's accessible name."""
    say, panel = look.words, figure.panel
    marks = figure.marks(look.target, look.least, say)
    finding = panel.finding(marks, look.target, say)
    last = max(line.on for line in figure.lines)
    box = surface.container(key=f"card-{panel.name}", height="stretch")
    box.header(finding.title, anchor=False)
    box.caption(say(f"{panel.words}.about", day=wording.day(say, last)))
    if any(mark.share is not None for mark in marks) or panel.by == "unit":
        aim = say("manage.aim", target=f"{look.target:.0%}")
        spec = panel.draw(marks, look.target, aim, look.dark)
        box.vega_lite_chart(spec, alt=finding.alt, key=f"organisation/chart/{panel.name}")
    if any(line.hidden for line in figure.lines):
        box.caption(say(f"{panel.words}.hidden", least=look.least))
    below = box.expander(say("manage.as_table"), key=f"organisation/table/{panel.name}")
    below.html(table(figure, marks, say))
    row = box.container(horizontal=True)
    how = row.popover(say("manage.how"), type="tertiary", key=f"organisation/how/{panel.name}")
    how.markdown(say(f"{panel.words}.how", least=look.least, module=look.module))
    row.download_button(
        say("manage.download"),
        lambda: as_csv(figure, marks).encode("utf-8-sig"),
        f"steward-{panel.name}-{last}.csv",
        "text/csv",
        key=f"organisation/download/{panel.name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def table(figure: Figure, marks: tuple[Mark, ...], say: Words) -> str:
    """The numbers of a chart as a table: what the chart shows, and nothing else."""
    header = [say(f"manage.column.{figure.panel.by}"), say("manage.column.share")]
    rows = [
        [mark.name, mark.text, _people(line, say)]
        for mark, line in zip(marks, figure.lines, strict=True)
    ]
    caption = say(f"{figure.panel.words}.table")
    return markup.table_html(caption, [*header, say("manage.column.people")], rows)


def as_csv(figure: Figure, marks: tuple[Mark, ...]) -> str:
    """The shown rows as CSV; hidden ones keep their row, marked, without numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["month_end", "unit", "people", "in_date", "share_percent", "note"])
    for line, mark in zip(figure.lines, marks, strict=True):
        share = "" if line.share is None else f"{100 * line.share:.1f}"
        people, in_date = ("", "") if line.share is None else (str(line.people), str(line.value))
        note = mark.text if line.hidden else ""
        writer.writerow([line.on.isoformat(), inert(line.name), people, in_date, share, note])
    return out.getvalue()


def _people(line: Line, say: Words) -> str:
    if line.hidden:
        return say("manage.not_shown")
    return say("manage.of", part=line.value, whole=line.people)


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
        reason = wording.hidden(say, found.figures[0].lines[-1].hidden, found.least)
        held = say("organisation.held", day=wording.day(say, found.newest), reason=reason)
        month = f"{month} {held}"
    share = wording.percent(line.value, line.people)
    return say("organisation.title", share=share, target=f"{found.target:.0%}"), month


def definition(surface: Surface, found: Statistics, say: Words) -> tuple[float, float] | None:
    """What the survey's figure means here, and the form to define it.

    Gives the new shares (trained from, target; 0 to 1) when the form is sent. The survey counts
    organisations, we count people: so it stands in a sentence, and never in a chart or a sum.
    """
    key = {True: "counts", False: "not_yet", None: "unknown"}[found.counts]
    share = f"{found.trained_from:.0%}"
    box = surface.container(key="band-definition", gap="small")
    box.markdown(say(f"organisation.survey_{key}", share=share))
    # A new key closes it once the new definition stands in the sentence above.
    closing = f"organisation/define/{found.trained_from}/{found.target}"
    form = box.popover(say("organisation.define"), key=closing).form(
        "organisation/define/form", border=False
    )
    given = [
        form.number_input(
            say(f"organisation.{name}"),
            min_value=1,
            max_value=100,
            value=round(100 * now),
            key=f"organisation/define/{name}",
        )
        for name, now in (("trained_from", found.trained_from), ("target", found.target))
    ]
    form.caption(say("organisation.define_note"))
    sent = form.form_submit_button(say("organisation.save"), key="organisation/define/save")
    return (given[0] / 100, given[1] / 100) if sent else None


def indented(found: Statistics) -> dict[str, str]:
    """The units by id, named so that a list shows which lies under which."""
    return {one.unit_id: "\u2003" * one.depth + one.name for one in found.units}
