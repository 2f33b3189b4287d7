"""An earlier revision published again, and what is shipped taken in place of one's own."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import revisions, shipped
from db.revisions import Published
from modules import evidence, publishing
from modules.basics import BadInput
from modules.drafts.publishing import facts, follow


def back(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    number: int,
    by: uuid.UUID,
    by_name: str,
    now: datetime,
) -> Published:
    """Publish an earlier revision again, word for word, as a new one. Raises BadInput.

    To undo it is to do the same with the revision that it took the place of. Nobody is asked for
    anything: what the later versions asked to be redone is taken back with them.
    """
    known = {one.number: one for one in revisions.of_module(session, org_id=org_id, module=module)}
    if number not in known:
        raise BadInput("There is no such revision here. Choose one of the list.")
    earlier, live = known[number], known[max(known)]
    if earlier.sha256 == live.sha256:
        raise BadInput(f"Revision {live.number} says the same as revision {number} already.")
    made = revisions.publish(
        session,
        org_id=org_id,
        module=module,
        version=earlier.version,
        sha256=earlier.sha256,
        text=revisions.body(session, sha256=earlier.sha256),
        origin="trainer",
        now=now,
        change="wording",
        published_by=by,
        shipped_from=earlier.sha256 if earlier.origin == "shipped" else earlier.shipped_from,
        repeats=number,
        offered=earlier.offered,
    )
    if made is None:
        raise BadInput("Somebody else published this module at the same moment. Open it anew.")
    # What is shipped and is no longer live waits from now on.
    newest = max(
        (one for one in known.values() if one.origin == "shipped"), key=_number, default=None
    )
    if newest and newest.sha256 != made.shipped_from:
        text = revisions.body(session, sha256=newest.sha256)
        waits = {"module": module, "sha256": newest.sha256, "version": newest.version}
        if module not in shipped.waiting(session, org_id=org_id):
            shipped.wait(session, org_id=org_id, **waits, text=text, now=now)
    follow(session, org_id=org_id, now=now)
    evidence.record(
        session,
        org_id=org_id,
        kind="module_rolled_back",
        about=made.id,
        facts={**facts(made), "repeats": number},
        by=by,
        by_name=by_name,
        now=now,
    )
    return made


def take_shipped(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    sha256: str,
    by: uuid.UUID,
    by_name: str,
    now: datetime,
) -> Published:
    """Publish the shipped state that waits in place of the trainers' own. Raises BadInput."""
    waits = shipped.waiting(session, org_id=org_id).get(module)
    if waits is None or waits.sha256 != sha256:
        raise BadInput("This shipped version does not wait any more. Open the page anew.")
    text = revisions.body(session, sha256=sha256)
    version, change = publishing.version_of(text)
    made = revisions.publish(
        session,
        org_id=org_id,
        module=module,
        version=version,
        sha256=sha256,
        text=text,
        origin="shipped",
        now=now,
        change=change,
        published_by=by,
    )
    if made is None:
        raise BadInput("This shipped version is published already.")
    shipped.forget(session, org_id=org_id, module=module)
    follow(session, org_id=org_id, now=now)
    told: dict[str, Any] = {
        "about": made.id,
        "facts": {**facts(made), "approved": False, "comments": 0},
    }
    named: dict[str, Any] = {"by": by, "by_name": by_name, "now": now}
    evidence.record(session, org_id=org_id, kind="module_published", **told, **named)
    return made


def keep_own(
    session: Session, *, org_id: uuid.UUID, module: str, sha256: str, by: uuid.UUID, now: datetime
) -> None:
    """Put the shipped state that waits aside. The page goes on saying that it is there."""
    where: dict[str, Any] = {"org_id": org_id, "module": module, "sha256": sha256}
    if not shipped.keep_own(session, **where, by=by, now=now):
        raise BadInput("Another shipped version waits meanwhile. Open the page anew.")


def _number(one: Published) -> int:
    return one.number
