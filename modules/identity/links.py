"""Links that work once: an invitation to choose a pass-phrase, and one to choose another.

A link belongs to the address that it was made for. Where that was mistyped and then put right, who
got the mail cannot use it.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from db import accounts, one_time, whois
from db.outbox import INVENTED
from modules import words
from modules.basics import BadInput
from modules.post import mail
from modules.post.invented import is_reserved
from modules.settings import settings

log = structlog.get_logger()
INVITE, RESET = "invite", "reset"
LASTS = {INVITE: timedelta(days=7), RESET: timedelta(hours=1)}
BOTH = (INVITE, RESET)
# The last characters of a link say whose it is.
WHO = 32


def make(session: Session, person: whois.Known, *, purpose: str, now: datetime) -> str:
    """A new link for somebody; the ones before are void. A writing session."""
    accounts.prepare(session, org_id=person.org_id, person_id=person.person_id, now=now)
    token = one_time.issue(
        session,
        org_id=person.org_id,
        person_id=person.person_id,
        purpose=purpose,
        lasts=LASTS[purpose],
        now=now,
        voids=BOTH,
        bound=_bound(person.email),
    )
    return f"{base()}/sign-in/choose/{token}{person.person_id.hex}"


def _bound(email: str) -> str:
    return f" {email.casefold()}"


def _opened(session: Session, link: str) -> str:
    """What a link is kept as: its token with the address that its person has now; "" for none."""
    try:
        person_id = uuid.UUID(link[-WHO:])
    except ValueError:
        return ""
    return link[:-WHO] + _bound(accounts.email_of(session, person_id=person_id))


def holder(session: Session, link: str, *, now: datetime) -> whois.Known | None:
    """Whose link this is while it is good, she works here and has the address it was made for."""
    once = one_time.look(session, token=_opened(session, link), purposes=BOTH, now=now)
    if once is None:
        return None
    return whois.by_id(session, org_id=once.org_id, person_id=once.person_id, now=now)


def use(session: Session, link: str, *, now: datetime) -> bool:
    """Use a link up; False when somebody was quicker. Atomic. A writing session."""
    return one_time.use(session, token=_opened(session, link), purposes=BOTH, now=now)


def base() -> str:
    """Where people reach this installation."""
    kept = settings()
    return kept.public_url.rstrip("/") or f"http://{kept.host}:{kept.port}"


def text(person: whois.Known, link: str, *, purpose: str) -> tuple[str, str]:
    """Subject and text of the mail with a link, in the language of the organisation."""
    say = words.of(person.language)
    values = {"name": person.given_name, "organisation": person.organisation, "link": link}
    if purpose == INVITE:
        return say("mail.invite.subject"), say("mail.invite.text", **values)
    return say("mail.reset.subject"), say("mail.reset.text", **values)


def send(person: whois.Known, link: str, *, purpose: str) -> bool:
    """Mail a link, where mail is set up; whether it was. Raises `NotSent`.

    Nobody writes to an invented person.
    """
    if not mail.ready():
        return False
    if not settings().public_url:
        raise BadInput(
            "STEWARD_PUBLIC_URL is not set, so a mailed link would lead nowhere. Set it to where "
            "people reach Steward, such as https://steward.example.org."
        )
    if person.invented and is_reserved(person.email):
        log.info("mail not sent", why=INVENTED, person=str(person.person_id))
        return False
    subject, body = text(person, link, purpose=purpose)
    mail.send(to=person.email, subject=subject, text=body)
    return True


def forgotten(session: Session, *, email: str, now: datetime) -> whois.Known | None:
    """Who may have a new link sent: somebody with a local account who works here."""
    kept = accounts.by_email(session, email=email, day=now.date(), chosen=False)
    if kept is None:
        return None
    return whois.by_id(session, org_id=kept.org_id, person_id=kept.person_id, now=now)
