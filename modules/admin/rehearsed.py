"""What a rule would do, drawn before it is published: sentences, a calendar, its table."""

from __future__ import annotations

from modules import charts, days
from modules.basics import Surface, Words
from modules.enrolling import Rehearsal
from modules.shell import parts

MOST_DAYS = 12


def draw(surface: Surface, say: Words, seen: Rehearsal, dark: bool) -> None:
    """What would follow, in words, as a calendar and as a table."""
    card = surface.container(key="card-rehearsal")
    key = "late" if seen.overdue_on_first_day else "new" if seen.new else "nothing"
    card.header(
        say(f"rules.rehearsal_{key}", new=seen.new, late=seen.overdue_on_first_day), anchor=False
    )
    mails = sum(many for _, many in seen.mails)
    lines = (
        say("rules.seen_people", n=seen.people),
        say("rules.seen_new", n=seen.new),
        say("rules.seen_changed", n=seen.changed),
        say("rules.seen_released", n=seen.released),
        say("rules.seen_late", n=seen.overdue_on_first_day),
        say("rules.seen_mails", n=mails),
    )
    card.markdown("\n".join(f"- {line}" for line in lines))
    if not seen.due:
        return
    finding = charts.calendar_finding(seen.due, say)
    card.subheader(finding.title, anchor=False)
    spec = charts.calendar(seen.due, dark)
    card.vega_lite_chart(spec, width="stretch", alt=finding.alt)
    if sum(many for _, many in seen.due) < seen.new + seen.changed:
        card.caption(say("rules.exempt_out"))
    rows = [(days.short(day), f"{many:,}") for day, many in seen.due[:MOST_DAYS]]
    table = card.expander(say("rules.as_table"))
    parts.table(table, say("rules.as_table"), (say("rules.day"), say("rules.people_column")), rows)
    if (more := len(seen.due) - MOST_DAYS) > 0:
        table.caption(say("rules.more_days", n=more))
