"""Adding to the log: one entry after the other, each in the transaction of what it proves."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from db import evidence as stored
from modules.basics import BadInput
from modules.evidence.chain import START, canonical, commitment, link, moment, pseudonym, sha256
from modules.evidence.kinds import KINDS, checked

NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Deed:
    """Something to be recorded, as `record` takes it."""

    kind: str
    at: datetime
    about: uuid.UUID | None
    facts: Mapping[str, Any]
    personal: Mapping[str, str] = field(default_factory=dict)
    by: uuid.UUID | None = None


def record(
    session: Session,
    *,
    org_id: uuid.UUID,
    kind: str,
    about: uuid.UUID | None,
    facts: Mapping[str, Any],
    personal: Mapping[str, str] = NONE,
    by: uuid.UUID | None = None,
    by_name: str = "",
    now: datetime,
) -> int:
    """Add an entry to an organisation's log; gives its number. A writing session.

    ``kind`` and its fields are those of `kinds.KINDS`. ``about`` is the person or thing that it is
    about, ``by`` who did it and ``by_name`` how she is called; a command on the server has neither.
    Call it late in the transaction: until the commit, nobody else can
    add to this organisation's log. Raises BadInput for a kind or field that is not listed.
    """
    if by and by_name:
        personal = {**personal, "by_name": by_name}
    return record_all(session, org_id=org_id, deeds=[Deed(kind, now, about, facts, personal, by)])


def record_all(session: Session, *, org_id: uuid.UUID, deeds: Sequence[Deed]) -> int:
    """Add many entries at once, in the order given; gives the number of the last."""
    kept = [_facts(one) for one in deeds]
    head = stored.hold(session, org_id=org_id, start=START)
    entries: list[dict[str, Any]] = []
    fields: list[dict[str, Any]] = []
    number, previous = head.number, head.hash
    for deed, facts in zip(deeds, kept, strict=True):
        number += 1
        own = _fields(deed, head.secret)
        at = moment(deed.at)
        body: dict[str, Any] = {"at": at, "kind": deed.kind, "facts": facts}
        body["fields"] = {one["name"]: commitment(**_opening(one)) for one in own}
        if KINDS[deed.kind].about == "thing":
            body["about"] = str(deed.about)
        text = canonical(body)
        hash_ = link(org_id.hex, number, previous, sha256(text))
        row = {"org_id": org_id, "number": number, "at": deed.at, "kind": deed.kind}
        entries.append({**row, "body": text, "previous": previous, "hash": hash_})
        fields += ({"org_id": org_id, "number": number, **one} for one in own)
        previous = hash_
    stored.add(session, entries=entries, fields=fields)
    stored.move(session, org_id=org_id, number=number, hash_=previous)
    return number


def _facts(deed: Deed) -> dict[str, Any]:
    facts = checked(deed.kind, deed.facts, deed.personal)
    if bool(KINDS[deed.kind].about) != (deed.about is not None):
        wanted = KINDS[deed.kind].about or "nothing"
        raise BadInput(f"{deed.kind}: this is about {wanted}, so an id is given or left out.")
    if deed.by is None and any(name.startswith("by_") for name in deed.personal):
        raise BadInput(f"{deed.kind}: it says something about who did it, but not who.")
    return facts


def _fields(deed: Deed, secret: str) -> list[dict[str, Any]]:
    """The personal fields of an entry, each with its salt and whose it is."""
    found: list[tuple[str, uuid.UUID, str]] = []
    if deed.about and KINDS[deed.kind].about == "person":
        found.append(("person", deed.about, pseudonym(secret, deed.about)))
    if deed.by:
        found.append(("by", deed.by, pseudonym(secret, deed.by)))
    for name, value in deed.personal.items():
        whose = deed.by if name.startswith("by_") else deed.about
        assert whose is not None
        found.append((name, whose, value))
    return [
        {"name": name, "person_id": whose, "salt": secrets.token_hex(16), "value": value}
        for name, whose, value in found
    ]


def _opening(one: Mapping[str, Any]) -> dict[str, str]:
    return {key: one[key] for key in ("salt", "name", "value")}
