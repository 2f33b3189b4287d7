"""Where a body stands among the others, and the ledger of all that was published of them."""

import streamlit as st

from db.engine import reading, writing
from modules import charts, courses, days
from modules.charts import Mark
from modules.comparing import ledger
from modules.manage import comparison
from modules.shell import parts
from modules.shell.frame import page

with page("comparison", width=900) as frame:
    viewer, surface, say = frame.viewer, frame.surface, frame.say
    with reading() as session:
        found = comparison.comparison(session, viewer, now=frame.now)
    entry = found.newest

    title = say("comparison.none")
    if entry and found.own is not None:
        title = say("comparison.own", band=ledger.BANDS[found.own])
    elif entry:
        title = say("comparison.title", n=entry.bodies)
    surface.title(title, anchor=False)
    if entry is None:
        surface.markdown(say("comparison.too_few", n=found.bodies, least=ledger.LEAST))
    elif found.own is not None:
        lower, same, higher = ledger.around(entry, found.own)
        surface.markdown(say("comparison.around", lower=lower, same=same, higher=higher))
    if entry:
        card = surface.container(key="card-comparison")
        course = courses.title(entry.module)
        about = say("comparison.about", module=course, subject=entry.subject, n=entry.bodies)
        card.header(about, anchor=False)
        most = max(1, *entry.counts)
        marks = tuple(
            Mark(name, name, max(0, count) / most, say("comparison.bodies", n=max(0, count)))
            for name, count in zip(ledger.BANDS, entry.counts, strict=True)
        )
        values = "; ".join(f"{mark.name}: {mark.text}" for mark in marks)
        spec = charts.bars(marks, 0.0, "", st.context.theme.type == "dark")
        card.vega_lite_chart(spec, alt=say("comparison.alt", values=values), key="comparison/chart")
        header = [say("comparison.band"), say("comparison.count")]
        table = card.expander(say("manage.as_table"), key="comparison/table")
        parts.table(table, about, header, [(mark.name, mark.text) for mark in marks])
        how = card.popover(say("manage.how"), type="tertiary", key="comparison/how")
        how.markdown(say("comparison.how", epsilon=f"{entry.epsilon:g}"))

    if found.may_decide:
        box = surface.container(key="card-taking-part")
        box.header(say("comparison.part"), anchor=False)
        told = "comparison.in" if found.since else "comparison.out"
        day = days.short(found.since) if found.since else ""
        box.markdown(say(told, day=day))
        label = say("comparison.leave" if found.since else "comparison.join")
        if box.button(label, key="comparison/part"):
            with writing() as session:
                comparison.take_part(session, viewer, agreed=not found.since, now=frame.now)
            st.rerun()

    surface.header(say("comparison.ledger"), anchor=False)
    surface.markdown(
        say(
            "comparison.ledger_about",
            spent=f"{found.spent:g}",
            limit=f"{ledger.YEARLY:g}",
            year=frame.now.year,
        )
    )
    if found.entries:
        names = ("subject", "day", "bodies_column", "epsilon", "mechanism", "count")
        rows = [
            (
                one.subject,
                days.short(viewer.today(one.published_at)),
                one.bodies,
                f"{one.epsilon:g}",
                say("comparison.made", scale=one.method["scale"], library=one.method["library"]),
                " · ".join(str(count) for count in one.counts),
            )
            for one in found.entries
        ]
        header = [say(f"comparison.{name}") for name in names]
        parts.table(surface, say("comparison.ledger"), header, rows)
