"""The text of mails, made as they go out: what is no longer so is left out, and nothing is added.

No result, no score, no reason of an exemption.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlmodel import Session

from db import letters
from db.letters import Reader
from db.outbox import INVENTED, Claimed
from modules import words
from modules.basics import Words
from modules.post import mail, weekly
from modules.post.batch import Batch, batch
from modules.post.invented import is_reserved
from modules.post.own_lines import own_lines
from modules.post.reasons import Calendar
from modules.post.sending import Composed, Dropped
from modules.post.team_lines import team_lines
from modules.settings import settings

log = structlog.get_logger()


def compose(session: Session, claimed: Sequence[Claimed], now: datetime) -> Composed:
    """The text of each mail, or why it does not go out."""
    by_body: dict[uuid.UUID, list[Claimed]] = defaultdict(list)
    for one in claimed:
        by_body[one.org_id].append(one)
    zones = {one.id: one.zone for one in letters.bodies(session)}
    made: dict[uuid.UUID, EmailMessage | Dropped] = {}
    for org_id, several in by_body.items():
        body = batch(session, org_id, zones[org_id], several, now)
        for one in several:
            try:
                made[one.id] = _one(session, one, body, now)
            except ValueError:
                # An address that no header can hold.
                made[one.id] = Dropped("address")
    return made


def _one(session: Session, one: Claimed, body: Batch, now: datetime) -> EmailMessage | Dropped:
    reader = body.readers.get(one.person_id)
    if reader is None:
        return Dropped("nobody")
    today = Calendar(()).hours(reader.zone).day(now)
    if one.day != today:
        return Dropped("late")
    if reader.invented and is_reserved(reader.email):
        log.info("mail not sent", why=INVENTED, mail=str(one.id))
        return Dropped(INVENTED)
    say = words.of(reader.language)
    own = own_lines(one, body, say, today)
    team: list[str] = []
    above: list[str] = []
    if one.facts.get("weekly"):
        team, above = team_lines(session, one, body, say, today)
        if reader.digest_off:
            team = []
    if not own and not team and not above:
        return Dropped("done")
    return _mail(one, reader, say, own, team, above)


def _mail(
    one: Claimed, reader: Reader, say: Words, own: list[str], team: list[str], above: list[str]
) -> EmailMessage:
    kind = "duties" if own and not team else "digest" if team else "escalation"
    parts = [say("mail.hello", name=reader.given_name or reader.name)]
    if own:
        parts.append("\n".join([say("mail.own"), *own]))
    if team:
        parts.append("\n".join([say("mail.team"), *team]))
    if above:
        parts.append("\n".join([say("mail.above"), *above]))
    page = "team" if team and not own else ""
    parts.append(say("mail.link", link=f"{settings().public_url.rstrip('/')}/{page}"))
    headers = {"Content-Language": reader.language}
    if own:
        parts.append(say("mail.foot", organisation=reader.organisation))
    if team:
        link = weekly.address(one.org_id, one.person_id)
        parts.append(say("mail.foot_team", link=link))
        headers |= weekly.headers(link)
    if above and not own:
        parts.append(say("mail.foot_above", organisation=reader.organisation))
    parts.append(say("mail.foot_all"))
    subject = {
        "duties": say("mail.duties.subject"),
        "digest": say("mail.digest.subject"),
        "escalation": say("mail.escalation.subject"),
    }[kind]
    return mail.message(
        to=reader.email,
        subject=subject,
        text="\n\n".join(parts) + "\n",
        number=str(one.id),
        headers=headers,
    )
