"""Publishing a quarter of the bodies together: at most once, within the year's limit."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from db import comparing
from db.comparing import Published
from modules.comparing import ledger, noise
from modules.comparing.ledger import Entry


def entries(session: Session) -> list[Entry]:
    """The ledger, newest first."""
    return [
        Entry(one.subject, one.published_at, one.epsilon, one.method, tuple(one.figures["counts"]))
        for one in comparing.releases(session)
    ]


def due(session: Session, *, now: datetime) -> bool:
    """Whether something might be published now; costs two queries and draws nothing."""
    today = now.astimezone(UTC).date()
    end = ledger.quarter(today)
    quarter = ledger.subject("", end).strip()
    done = entries(session)
    if any(entry.subject.endswith(quarter) for entry in done):
        return False
    bodies = comparing.taking_part(session, day=today, joined_by=end)
    return len(bodies) >= ledger.LEAST and ledger.affordable(done, now.year)


def release(session: Session, *, now: datetime) -> Entry | None:
    """Publish the newest quarter for the module that most bodies train; None when it may not be.

    One module a quarter: that is what the year's limit allows. A body is in it that took part
    before the quarter ended and still does, and whose own figure is shown to its own leads.
    A writing session. Two processes publish a quarter once.
    """
    comparing.hold(session)
    if not due(session, now=now):
        return None
    today = now.astimezone(UTC).date()
    end = ledger.quarter(today)
    bodies = comparing.taking_part(session, day=today, joined_by=end)
    found = comparing.figures(session, org_ids=bodies, month_end=end)
    module = comparing.most_common(found)
    shares = found.get(module, {})
    if len(shares) < ledger.LEAST:
        return None
    drawn = noise.draw([ledger.band(*shares[one]) for one in sorted(shares)])
    row = Published(
        ledger.subject(module, end),
        now,
        drawn.epsilon,
        drawn.method | {"month_end": end.isoformat()},
        {"counts": list(drawn.counts)},
    )
    if not comparing.publish(session, row):
        return None
    return Entry(row.subject, now, drawn.epsilon, row.method, drawn.counts)
