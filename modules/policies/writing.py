"""An administrator writes policies: a first version, later ones, and the end; counts beside."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import people, policies
from db.policies import Held, Text
from modules.access import Viewer, require
from modules.agreement.current import at_least
from modules.basics import BadInput, Denied

LONGEST = 30_000
"""Characters of a text: about ten pages."""
LONGEST_TITLE = 120
MOST_DAYS = 365


@dataclass(frozen=True)
class Listed:
    """A policy with how many of how many acknowledged it, rounded down to whole thresholds.

    So today's count less yesterday's is never one person's word. Both are None where the figure
    would tell about few people: fewer than ``least`` are here, or fewer than ``least`` of them did,
    or did not. None or all of them tells about each one too.
    """

    held: Held
    done: int | None
    people: int | None


def listed(session: Session, viewer: Viewer, *, now: datetime) -> tuple[tuple[Listed, ...], int]:
    """Every policy with its counts, and from how many people a figure is shown. Four queries."""
    require(viewer, "admin.policies")
    org_id, day = viewer.org_id, viewer.today(now)
    body = people.organisation(session, org_id=org_id)
    if body is None:
        raise Denied("policies of an organisation that is gone")
    least = at_least(body.least)
    every = policies.every(session, org_id=org_id)
    if not every:
        return (), least
    here = policies.here(session, org_id=org_id, day=day)
    done = policies.counts(session, org_id=org_id, wanted=every, day=day)
    found = []
    for one in every:
        number = done.get(one.id, 0)
        shown = min(number, here - number) >= least
        told = number - number % least
        found.append(Listed(one, told if shown else None, here if shown else None))
    return tuple(found), least


def versions(session: Session, viewer: Viewer, *, policy_id: uuid.UUID) -> tuple[Text, ...]:
    """The versions of one policy, the newest first."""
    require(viewer, "admin.policies")
    return tuple(policies.texts(session, org_id=viewer.org_id, policy_id=policy_id))


def begin(
    session: Session,
    viewer: Viewer,
    *,
    title: str,
    body: str,
    due_days: int,
    now: datetime,
) -> uuid.UUID:
    """Publish a new policy: its first version asks everybody. Gives its id."""
    require(viewer, "admin.policies")
    name, text = _title(title), _body(body)
    if not 1 <= due_days <= MOST_DAYS:
        raise BadInput(f"Give people from 1 to {MOST_DAYS} days.")
    people.hold_organisation(session, org_id=viewer.org_id)
    if any(
        one.title == name and one.ended_at is None
        for one in policies.every(session, org_id=viewer.org_id)
    ):
        raise BadInput("There is a policy with this title already. Publish a version of that one.")
    made = policies.begin(
        session,
        org_id=viewer.org_id,
        title=name,
        due_days=due_days,
        by=viewer.person_id,
        now=now,
    )
    policies.publish(
        session,
        org_id=viewer.org_id,
        policy_id=made,
        number=1,
        body=text,
        asks_again=True,
        by=viewer.person_id,
        now=now,
    )
    return made


def publish(
    session: Session,
    viewer: Viewer,
    *,
    policy_id: uuid.UUID,
    body: str,
    asks_again: bool,
    now: datetime,
) -> int:
    """Publish another version, which asks everybody again or changes only the wording.

    Gives its number. Raises BadInput where nothing changed, or the policy has ended.
    """
    require(viewer, "admin.policies")
    text = _body(body)
    held = _held(session, viewer, policy_id)
    if held.ended_at is not None:
        raise BadInput("This policy has ended. Begin a new one.")
    [before, *_] = policies.texts(session, org_id=viewer.org_id, policy_id=policy_id)
    if before.body == text:
        raise BadInput("This is the text that holds already. Change something first.")
    number = held.newest + 1
    policies.publish(
        session,
        org_id=viewer.org_id,
        policy_id=policy_id,
        number=number,
        body=text,
        asks_again=asks_again,
        by=viewer.person_id,
        now=now,
    )
    return number


def end(session: Session, viewer: Viewer, *, policy_id: uuid.UUID, now: datetime) -> None:
    """Ask for a policy no longer. Who acknowledged it still has that on record."""
    require(viewer, "admin.policies")
    _held(session, viewer, policy_id)
    if not policies.end(session, org_id=viewer.org_id, id=policy_id, now=now):
        raise BadInput("This policy has ended already.")


def _held(session: Session, viewer: Viewer, policy_id: uuid.UUID) -> Held:
    people.hold_organisation(session, org_id=viewer.org_id)
    for one in policies.every(session, org_id=viewer.org_id):
        if one.id == policy_id:
            return one
    raise Denied(f"policy {policy_id}")


def _title(typed: str) -> str:
    title = " ".join(typed.split())
    if not title:
        raise BadInput("Give the policy a title.")
    if len(title) > LONGEST_TITLE or not title.isprintable():
        raise BadInput(f"A title is one line of at most {LONGEST_TITLE} characters.")
    return title


def _body(typed: str) -> str:
    body = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not body:
        raise BadInput("Write the text first.")
    if len(body) > LONGEST:
        raise BadInput(f"A text has at most {LONGEST} characters; this one has {len(body)}.")
    if "\0" in body or any("\ud800" <= one <= "\udfff" for one in body):
        raise BadInput("The text holds characters that cannot be kept. Paste it as plain text.")
    return body
