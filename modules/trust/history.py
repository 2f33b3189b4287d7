"""Which agreement an organisation ran under and since when; whose keys count for the next one.

The first signed agreement of an organisation pins the keys of those whom it names. A later one
counts when, in each role, somebody whom the one before names has signed it as well. So whoever can
write files on the server cannot put an agreement of his own in its place.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import structlog
from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from db import agreements, people
from db import snapshots as stored
from db.agreements import UNSIGNED, State
from db.tables import Organisation
from modules import evidence, snapshots
from modules.agreement.current import agreed, at_least
from modules.agreement.files import NotAgreed, read_yaml
from modules.agreement.model import ROLES, Signer
from modules.agreement.signing import Signature, Signed, verify

log = structlog.get_logger()

# How a state came to count.
FIRST, BEFORE, SETTING = "first", "before", "setting"


class Head(BaseModel):
    """What of an earlier state decides about the next one; its other clauses may be of old."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    signers: tuple[Signer, ...] = ()


def head(state: State) -> Head:
    """The number of a recorded state, and who signed it."""
    return Head.model_validate_json(json.dumps(read_yaml(state.body.encode(), "agreement.yaml")))


def admit(last: State | None, of: Signed, keys: frozenset[str]) -> str:
    """How an agreement counts after the last signed one: first, before or setting; "" unsigned.

    ``keys`` are those of STEWARD_AGREEMENT_KEYS. Raises NotAgreed, in a sentence, when it does not.
    """
    found = verify(of)
    if found.trouble:
        raise NotAgreed(f"{found.trouble}.")
    if last and last.sha256 == of.sha256 and found.signed:
        return BEFORE
    if not found.signed:
        _need_no_signature(last, of, keys)
        return ""
    if last and of.agreement.number <= head(last).number:
        raise NotAgreed(
            f"Agreement, clause “number”: {of.agreement.number} is not above {head(last).number}, "
            "the one that this organisation ran under. Put the newer agreement back, or have one "
            "with a higher number signed."
        )
    if last and _in_each_role(found.held, {(one.role, one.key) for one in head(last).signers}):
        return BEFORE
    if keys and _in_each_role(found.held, {(role, key) for role in ROLES for key in keys}):
        return SETTING
    if last is None and not keys:
        return FIRST
    if last is None:
        raise NotAgreed(
            "The agreement is signed with keys that STEWARD_AGREEMENT_KEYS does not name. Have it "
            "signed with those, or name the keys of those who signed."
        )
    names = " and ".join(one.name for one in head(last).signers)
    raise NotAgreed(
        f"The agreement is signed, but not by those who signed the one before: {names}. In each "
        "role one of them signs it too; if they have lost their keys, STEWARD_AGREEMENT_KEYS "
        "names the new ones, and everybody is told so."
    )


def check(session: Session, of: Signed, keys: frozenset[str]) -> None:
    """Raise NotAgreed unless the agreement counts for every organisation of this database."""
    every = agreements.last_signed(session)
    for last in every:
        admit(last, of, keys)
    if not every:
        admit(None, of, keys)


def record(session: Session, of: Signed, keys: frozenset[str], *, now: datetime) -> int:
    """Note the agreement in each organisation that did not run under it yet; in how many.

    What it bounds is brought within it at once: stored figures, and sign-ins that are open. A
    writing session. Raises NotAgreed as `admit` does.
    """
    done = 0
    for organisation in people.organisations(session):
        stored.hold(session, org_id=organisation.id)
        states = agreements.of_organisation(session, org_id=organisation.id)
        last = next((one for one in reversed(states) if one.signed), None)
        how = admit(last, of, keys)
        told = _told(how, verify(of).held) if how else UNSIGNED
        newest = states[-1] if states else None
        if newest and newest.sha256 == of.sha256 and newest.signed == bool(how):
            continue
        number = len(states) + 1
        agreements.record(
            session, State(organisation.id, number, of.sha256, of.body.decode(), told, now)
        )
        _bring_within(session, organisation, now)
        evidence.record(
            session,
            org_id=organisation.id,
            kind="agreement",
            about=None,
            facts={
                "number": number,
                "sha256": of.sha256,
                "signatures": len(verify(of).held) if how else 0,
            },
            now=now,
        )
        log.info("agreement recorded", organisation=str(organisation.id), number=number)
        done += 1
    return done


def _bring_within(session: Session, organisation: Organisation, now: datetime) -> None:
    if at_least(organisation.least) > organisation.least:
        snapshots.tighten(session, organisation=organisation)
    until = now + timedelta(hours=agreed().sign_in_hours)
    agreements.shorten_sign_ins(session, org_id=organisation.id, until=until)


def _need_no_signature(last: State | None, of: Signed, keys: frozenset[str]) -> None:
    missing = " and ".join(one.name for one in verify(of).missing) or "anybody"
    if last is not None:
        raise NotAgreed(
            f"This organisation ran under agreement number {head(last).number}, which was signed, "
            f"and the one found is not signed by {missing}. Put the signed one back, or have this "
            "one signed."
        )
    if keys:
        raise NotAgreed(
            f"STEWARD_AGREEMENT_KEYS asks for a signed agreement, and this one is not signed by "
            f"{missing}. Have it signed, or leave that setting empty."
        )


def _in_each_role(held: tuple[Signature, ...], known: set[tuple[str, str]]) -> bool:
    return {one.role for one in held if (one.role, one.key) in known} == set(ROLES)


def _told(how: str, held: tuple[Signature, ...]) -> str:
    return json.dumps([{**one.model_dump(), "how": how} for one in held], ensure_ascii=False)
