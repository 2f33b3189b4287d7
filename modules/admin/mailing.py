"""Mail as an administrator sees it: whether it works, what went out to whom, and days off."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import letters, mail_log
from db.letters import Run
from db.mail_log import Line
from modules import words
from modules.access import Viewer, reach, require
from modules.basics import BadInput, Denied
from modules.post import asking, mail, running, watch
from modules.post.invented import is_reserved
from modules.settings import settings

MOST_LINES, MOST_RUNS = 500, 10
# What did not go out, or perhaps not.
FAILED = ("failed", "unconfirmed")
LONGEST, MOST_DAYS = 80, 400
DAY = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})[\s,;]+(\S.*?)\s*$")


@dataclass(frozen=True)
class Mailbox:
    """The state of mail. ``off`` says what to set; "" where mail can be sent."""

    off: str
    server: str
    sender: str
    # "" while all is well; else missed, stuck or failed.
    alarm: str
    runs: tuple[Run, ...]
    counts: dict[str, int]


def mailbox(session: Session, viewer: Viewer, *, now: datetime) -> Mailbox:
    """Whether mail works here, and how the last runs went. Four queries."""
    require(viewer, "admin.mail")
    runs = letters.runs(session, org_id=viewer.org_id, most=MOST_RUNS)
    off, kept = running.ready(), settings()
    rung = ""
    if not off:
        rung = watch.of(session, viewer, runs, now=now)
    counts = {}
    if reach(session, viewer, "admin.mail") is None:
        counts = mail_log.count(session, org_id=viewer.org_id)
    server = f"{kept.smtp_host}:{kept.smtp_port}" if kept.smtp_host else ""
    return Mailbox(off, server, kept.smtp_from, rung, tuple(runs), counts)


def log(session: Session, viewer: Viewer, *, failed: bool, now: datetime) -> list[Line]:
    """The newest mails to people where the viewer's role reaches: who, kind, day, state."""
    require(viewer, "admin.mail")
    return mail_log.log(
        session,
        org_id=viewer.org_id,
        day=viewer.today(now),
        units=reach(session, viewer, "admin.mail"),
        states=FAILED if failed else (),
        most=MOST_LINES,
    )


def again(session: Session, viewer: Viewer, *, mail_id: uuid.UUID, now: datetime) -> Line:
    """Send a mail that did not go out once more. A writing session. Raises BadInput, Denied."""
    require(viewer, "admin.mail_again")
    known = log(session, viewer, failed=True, now=now)
    line = next((one for one in known if one.id == mail_id), None)
    if line is None:
        raise Denied(f"mail {mail_id}")
    asking.try_again(session, org_id=viewer.org_id, zone=viewer.zone, line=line, now=now)
    return line


def test(viewer: Viewer) -> None:
    """Send the viewer a mail at once. Raises `NotSent` with what is wrong, or BadInput.

    It goes past the outbox: whoever sets up mail wants the answer now, and as often as needed.
    """
    require(viewer, "admin.mail")
    if off := running.ready():
        raise BadInput(off)
    if viewer.invented and is_reserved(viewer.email):
        raise BadInput("Your address is invented, as you are: nothing is sent to it.")
    say = words.of(viewer.language)
    mail.send(
        to=viewer.email,
        subject=say("mail.test.subject"),
        text=say("mail.test.text", name=viewer.given_name, link=settings().public_url),
    )


def holidays(session: Session, viewer: Viewer) -> dict[date, str]:
    """Days off with their names."""
    require(viewer, "admin.holidays")
    return letters.holidays(session, org_id=viewer.org_id)


def add_holidays(session: Session, viewer: Viewer, *, text: str) -> int:
    """Days off from lines such as "2026-12-25 Christmas Day"; how many are new.

    A writing session. Raises BadInput for the first line that is none, and keeps none then.
    """
    require(viewer, "admin.holidays")
    found: dict[date, str] = {}
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise BadInput("Write a line for each day, such as: 2026-12-25 Christmas Day")
    if len(lines) > MOST_DAYS:
        raise BadInput(f"At most {MOST_DAYS} days at a time.")
    for line in lines:
        parts = DAY.match(line)
        try:
            day = date.fromisoformat(parts[1]) if parts else None
        except ValueError:
            day = None
        if parts is None or day is None:
            shown = line.strip()[:LONGEST]
            raise BadInput(f"“{shown}” is no day: write it as 2026-12-25 Christmas Day")
        if len(parts[2]) > LONGEST:
            raise BadInput(f"The name of {day} has more than {LONGEST} characters. Shorten it.")
        found[day] = parts[2]
    return sum(
        letters.add_holiday(session, org_id=viewer.org_id, day=day, name=name)
        for day, name in found.items()
    )


def remove_holidays(session: Session, viewer: Viewer, *, days: Collection[date]) -> int:
    """Days that are worked after all; how many."""
    require(viewer, "admin.holidays")
    return letters.remove_holidays(session, org_id=viewer.org_id, days=days)


def upcoming(known: dict[date, str], today: date) -> Sequence[tuple[date, str]]:
    """Days off from today on."""
    return [(day, name) for day, name in known.items() if day >= today]
