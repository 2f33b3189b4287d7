"""Certificates: the holder opens hers, chooses what others see of it, and takes it back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import certificates as held_ones
from db import people
from db.certificates import GROUP, LENGTH, LETTERS, Held
from modules import courses, days
from modules.access import Viewer, require
from modules.basics import BadInput, Denied
from modules.learn import content
from modules.settings import settings

SHARES = ("name", "organisation", "date", "path")
# What people type for a letter that the codes do not have.
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\u2013": ""})


@dataclass(frozen=True)
class Certificate:
    """A completion as its sheet shows it.

    ``code`` is "" before the certificate was made, and after its link was withdrawn.
    """

    attempt_id: uuid.UUID
    module: str
    title: str
    version: str
    sha256: str
    completed_on: date
    valid_until: date
    name: str
    organisation: str
    path: str
    language: str
    invented: bool
    code: str
    shares: tuple[str, ...]
    made: bool
    # What took place where it was entered by hand, such as classroom; "" where it was answered.
    by_hand: str = ""


@dataclass(frozen=True)
class Shown:
    """What the public page says. ``shared`` pairs what the holder chose with its text.

    ``until`` is the last day only when she shares the day: less the validity, it is that day.
    Otherwise it is the month.
    """

    code: str
    module: str
    title: str
    version: str
    sha256: str
    until: str
    expired: bool
    invented: bool
    shared: tuple[tuple[str, str], ...]
    by_hand: str = ""


def _certificate(session: Session, held: Held) -> Certificate:
    taught = content.module(session, sha256=held.sha256, language=held.language)
    paths = {one.id: one.title for one in courses.shipped().paths}
    return Certificate(
        attempt_id=held.attempt_id,
        module=held.module,
        title=taught.title,
        version=held.version,
        sha256=held.sha256,
        completed_on=held.completed_at.astimezone(ZoneInfo(held.zone)).date(),
        valid_until=held.valid_until,
        name=held.name,
        organisation=held.organisation,
        path=paths.get(held.path, held.path),
        language=held.language,
        invented=held.invented,
        code=held.code if held.code and held.withdrawn_at is None else "",
        shares=held.shares,
        made=held.code is not None,
        by_hand=held.by_hand,
    )


def certificates(session: Session, viewer: Viewer) -> list[Held]:
    """Everything that the viewer has completed, newest first."""
    require(viewer, "learn.certificate")
    return held_ones.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)


def certificate(session: Session, viewer: Viewer, *, attempt_id: uuid.UUID) -> Certificate:
    """The viewer's certificate of one completion. Denied for anybody else's, or none at all."""
    require(viewer, "learn.certificate")
    return _certificate(session, _own(session, viewer, attempt_id))


def make(session: Session, viewer: Viewer, *, attempt_id: uuid.UUID, now: datetime) -> Certificate:
    """The certificate with its code, which it gets at the first opening."""
    require(viewer, "learn.certificate")
    held = _own(session, viewer, attempt_id)
    ids = {"org_id": viewer.org_id, "attempt_id": held.attempt_id}
    held_ones.issue(session, **ids, person_id=viewer.person_id, now=now)
    return certificate(session, viewer, attempt_id=attempt_id)


def share(session: Session, viewer: Viewer, *, attempt_id: uuid.UUID, what: str, on: bool) -> None:
    """Show or hide one thing on the public page, beside module, version and last month."""
    require(viewer, "learn.share")
    if what not in SHARES:
        raise BadInput(f"Only these can be shown: {', '.join(SHARES)}.")
    held = _hold(session, viewer, attempt_id)
    chosen = [one for one in SHARES if (on if one == what else one in held.shares)]
    held_ones.share(session, org_id=viewer.org_id, attempt_id=held.attempt_id, shares=chosen)


def withdraw(session: Session, viewer: Viewer, *, attempt_id: uuid.UUID, now: datetime) -> None:
    """Take the public page back."""
    require(viewer, "learn.share")
    held = _hold(session, viewer, attempt_id)
    held_ones.withdraw(session, org_id=viewer.org_id, attempt_id=held.attempt_id, now=now)


def renew(session: Session, viewer: Viewer, *, attempt_id: uuid.UUID, now: datetime) -> None:
    """Make a new code; the old one is then unknown, and the new one shows nothing of her."""
    require(viewer, "learn.share")
    held = _hold(session, viewer, attempt_id)
    held_ones.renew(session, org_id=viewer.org_id, attempt_id=held.attempt_id, now=now)


def _hold(session: Session, viewer: Viewer, attempt_id: uuid.UUID) -> Held:
    """The viewer's completion as it is when no other tab of hers is changing one."""
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    return _own(session, viewer, attempt_id)


def _own(session: Session, viewer: Viewer, attempt_id: uuid.UUID) -> Held:
    for one in held_ones.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id):
        if one.attempt_id == attempt_id:
            return one
    raise Denied("the certificate of another person")


def public(session: Session, *, code: str, now: datetime) -> Shown | None:
    """What anybody may know under a code: module, version, last month, and what its holder shares.

    Withdrawn, unknown and malformed codes are all None, by the same one question to the database.
    """
    held = held_ones.by_code(session, code=tidy(code))
    if held is None:
        return None
    full = _certificate(session, held)
    until = full.valid_until
    values = {
        "name": full.name,
        "organisation": full.organisation,
        "date": days.short(full.completed_on),
        "path": full.path,
    }
    return Shown(
        code=full.code,
        module=full.module,
        title=full.title,
        version=full.version,
        sha256=full.sha256,
        until=days.short(until)
        if "date" in full.shares or until == days.NEVER_ENDS
        else f"{until:%B %Y}",
        expired=now.astimezone(ZoneInfo(held.zone)).date() > until,
        invented=full.invented,
        shared=tuple((one, values[one]) for one in SHARES if one in full.shares),
        by_hand=full.by_hand,
    )


def tidy(typed: str) -> str:
    """A code as it is kept, from what somebody typed; "" for what cannot be one."""
    plain = typed[: 3 * LENGTH].upper().translate(_LOOKS_LIKE)
    if len(plain) != LENGTH or set(plain) - set(LETTERS):
        return ""
    return "-".join(plain[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def address(code: str, seen: str = "") -> str:
    """Where a code can be checked: at the public address, or where this page was ``seen``."""
    public_url = settings().public_url.rstrip("/")
    if public_url:
        return f"{public_url}/verify/{code}"
    here = urlsplit(seen)
    if here.scheme in ("http", "https") and here.netloc:
        return f"{here.scheme}://{here.netloc}/verify/{code}"
    return f"http://{settings().host}:{settings().port}/verify/{code}"
