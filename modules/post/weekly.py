"""Turning the weekly mail about one's people off and on, by a signed link that needs no sign-in."""

from __future__ import annotations

import base64
import binascii
import hmac
import uuid
from datetime import datetime

from sqlmodel import Session

from db import digests, letters
from modules.settings import key_for, settings

IDS = 32
"""Bytes of the two ids in a token; the signature follows."""


def address(org_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """Where somebody turns it off and on: whoever holds the address can do that and no more."""
    ids = org_id.bytes + person_id.bytes
    token = base64.urlsafe_b64encode(ids + _signature(ids)).rstrip(b"=").decode()
    return f"{settings().public_url.rstrip('/')}/digest/{token}"


def headers(link: str) -> dict[str, str]:
    """What lets a mail program offer one click (RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def whose(session: Session, *, token: str, now: datetime) -> letters.Reader | None:
    """Whose mail a token is about; None for one that is not ours, or of somebody who is gone."""
    found = _read(token)
    if found is None:
        return None
    org_id, person_id = found
    body = next((one for one in letters.bodies(session) if one.id == org_id), None)
    if body is None:
        return None
    today = letters.today(now, body.zone)
    return letters.readers(session, org_id=org_id, day=today, person_ids=[person_id]).get(person_id)


def turn(session: Session, *, token: str, on: bool, now: datetime) -> letters.Reader | None:
    """Turn it off, or on again; whose it is, None as for `whose`. A writing session."""
    reader, ids = whose(session, token=token, now=now), _read(token)
    if reader is None or ids is None:
        return None
    digests.turn(session, org_id=ids[0], person_id=ids[1], off_at=None if on else now)
    return reader


def _read(token: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    ids, signature = raw[:IDS], raw[IDS:]
    if not hmac.compare_digest(signature, _signature(ids)):
        return None
    return uuid.UUID(bytes=ids[:16]), uuid.UUID(bytes=ids[16:])


def _signature(ids: bytes) -> bytes:
    return hmac.digest(key_for("weekly mail"), ids, "sha256")
