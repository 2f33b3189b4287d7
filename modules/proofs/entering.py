"""Entering proofs by hand: for one person or a whole classroom, all of it or nothing."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import attempts, enrolments, people, proofs, revisions
from db.own_people import Own
from db.revisions import Published
from modules import evidence
from modules.access import Viewer, require
from modules.basics import BadInput, Denied
from modules.enrolling.lasting import counts_until
from modules.evidence import Deed
from modules.proofs.lists import KINDS, LONGEST, MOST, REASONS, YEARS
from modules.proofs.reaching import reached


@dataclass(frozen=True)
class Proof:
    """What took place: a module, how, why it counts, when, and where the paper is."""

    module: str
    kind: str
    reason: str
    happened_on: date
    document: str


def enter(
    session: Session,
    viewer: Viewer,
    *,
    person_ids: Sequence[uuid.UUID],
    proof: Proof,
    now: datetime,
) -> int:
    """Enter a proof for each of these people; for how many. A writing session.

    Each gets an attempt without answers and a completion that counts from the day it happened,
    with evidence. Raises Denied for anybody out of reach, BadInput with what is wrong otherwise;
    then nothing at all is to be kept.
    """
    require(viewer, "manage.prove")
    wanted = list(dict.fromkeys(person_ids))
    proof = _checked(proof, viewer.today(now))
    if not wanted:
        raise BadInput("Name at least one person.")
    if len(wanted) > MOST:
        raise BadInput(f"At most {MOST} people at once.")
    who = reached(session, viewer, now=now, person_ids=wanted)
    if len(who) != len(wanted):
        raise Denied("proofs by hand for people out of reach")
    latest = revisions.latest(session, org_id=viewer.org_id).get(proof.module)
    if latest is None:
        raise BadInput(f"No module {proof.module} is published here. Choose one from the list.")
    for one in sorted(who, key=lambda one: one.person_id):
        people.hold(session, org_id=viewer.org_id, person_id=one.person_id)
    if twice := proofs.same(
        session,
        org_id=viewer.org_id,
        person_ids=wanted,
        module=proof.module,
        happened_on=proof.happened_on,
    ):
        names = ", ".join(one.name for one in twice[:3])
        raise BadInput(f"This is entered already for {names}. Take them off the list.")
    deeds = [_enter(session, viewer, one, proof, latest, now) for one in who]
    evidence.record_all(session, org_id=viewer.org_id, deeds=deeds)
    return len(who)


def _enter(
    session: Session, by: Viewer, who: Own, proof: Proof, latest: Published, now: datetime
) -> Deed:
    """One attempt, completion and proof; what is evidence of it."""
    scope: dict[str, Any] = {"org_id": by.org_id, "person_id": who.person_id}
    until = counts_until(session, **scope, module=proof.module, completed_on=proof.happened_on)
    if until < by.today(now):
        raise BadInput(
            f"It would not count any more: what took place on {proof.happened_on:%d/%m/%Y} "
            f"counted until {until:%d/%m/%Y}."
        )
    attempt = attempts.start(
        session,
        **scope,
        module=proof.module,
        form=proofs.HAND,
        number=proofs.number(session, **scope, module=proof.module) + 1,
        revision_id=latest.id,
        seed="",
        paper={},
        now=now,
    )
    attempts.end(session, org_id=by.org_id, attempt_id=attempt.id, now=now)
    noon = datetime.combine(proof.happened_on, time(12), ZoneInfo(by.zone)).astimezone(now.tzinfo)
    completion = enrolments.Completed(
        attempt_id=attempt.id,
        person_id=who.person_id,
        module=proof.module,
        version=latest.version,
        sha256=latest.sha256,
        completed_at=min(noon, now),
        valid_until=until,
    )
    enrolments.complete(session, org_id=by.org_id, completion=completion)
    told: dict[str, Any] = {
        "kind": proof.kind,
        "happened_on": proof.happened_on,
        "reason": proof.reason,
        "module": proof.module,
    }
    proofs.add(
        session,
        **scope,
        **told,
        attempt_id=attempt.id,
        document=proof.document,
        by=by.person_id,
        now=now,
    )
    facts = told | {"version": latest.version, "sha256": latest.sha256, "valid_until": until}
    personal = {"name": who.name, "email": who.email, "document": proof.document}
    personal["by_name"] = by.name
    return Deed("completion_by_hand", now, who.person_id, facts, personal, by.person_id)


def _checked(proof: Proof, today: date) -> Proof:
    if proof.kind not in KINDS or proof.reason not in REASONS:
        raise BadInput("Choose what took place and why it counts from the lists.")
    shown = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in proof.document)
    document = " ".join(shown.split())
    if not document:
        raise BadInput("Say where the paper is, such as a file number.")
    if len(document) > LONGEST:
        raise BadInput(f"A reference has at most {LONGEST} characters. Shorten it.")
    if proof.happened_on > today:
        raise BadInput("The day is in the future. Enter it once it has taken place.")
    if proof.happened_on.year < today.year - YEARS:
        raise BadInput(f"That is more than {YEARS} years ago and counts no more.")
    return Proof(proof.module, proof.kind, proof.reason, proof.happened_on, document)
