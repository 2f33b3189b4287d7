"""Who is meant by a pasted list of addresses, whom one can choose, and what was entered before."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import audit, own_people, proofs, revisions
from db.own_people import Own
from db.proofs import Entered
from modules import courses
from modules.access import Role, Viewer, reach, require
from modules.basics import BadInput
from modules.proofs.lists import MOST
from modules.proofs.reaching import PROVE, reached

_ADDRESS = re.compile(r"[^\s<>,;\"']+@[^\s<>,;\"']+")


@dataclass(frozen=True)
class Wrong:
    """A line that nobody is found by. ``why``: none (no address), unknown or twice."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Found:
    """Whom a pasted list names, and the lines that are wrong."""

    people: tuple[Own, ...]
    wrong: tuple[Wrong, ...]


def find(session: Session, viewer: Viewer, *, text: str, now: datetime) -> Found:
    """Whom a pasted list names: one line for each person, the address anywhere in it.

    Somebody out of the viewer's reach is told like an address that nobody has. Raises BadInput
    for more than 500 lines.
    """
    require(viewer, "manage.prove")
    lines = [(n, one.strip()) for n, one in enumerate(text.splitlines(), 1) if one.strip()]
    if len(lines) > MOST:
        raise BadInput(f"At most {MOST} people at once; these are {len(lines)} lines.")
    named: dict[str, tuple[int, str]] = {}
    wrong = []
    for n, line in lines:
        match = _ADDRESS.search(line)
        email = match.group().casefold() if match else ""
        if not email or email in named:
            wrong.append(Wrong(n, line, "twice" if email else "none"))
        else:
            named[email] = (n, line)
    people = reached(session, viewer, now=now, emails=list(named)) if named else []
    known = {one.email for one in people}
    wrong += [Wrong(n, line, "unknown") for email, (n, line) in named.items() if email not in known]
    return Found(tuple(people), tuple(sorted(wrong, key=lambda one: one.line)))


def choices(session: Session, viewer: Viewer, *, now: datetime) -> tuple[Own, ...]:
    """The viewer's own people, to choose from. An administrator names others by their address."""
    require(viewer, "manage.prove")
    if Role.MANAGER not in viewer.roles:
        return ()
    own = own_people.of_manager(
        session, org_id=viewer.org_id, line_manager_id=viewer.person_id, day=viewer.today(now)
    )
    return tuple(one for one in own if one.person_id != viewer.person_id)


def named(
    session: Session, viewer: Viewer, *, person_id: uuid.UUID | None, now: datetime
) -> Own | None:
    """One person by her id, where the viewer reaches her; None otherwise."""
    require(viewer, "manage.prove")
    found = reached(session, viewer, now=now, person_ids=[person_id]) if person_id else []
    return found[0] if found else None


def modules(session: Session, viewer: Viewer) -> tuple[str, ...]:
    """The modules that are published here, in the order of the course."""
    require(viewer, "manage.prove")
    published = revisions.latest(session, org_id=viewer.org_id)
    course = courses.of(session, org_id=viewer.org_id, published=published)
    return tuple(one.id for one in course.modules if one.id in published)


def entered(session: Session, viewer: Viewer, *, now: datetime) -> tuple[Entered, ...]:
    """The newest proofs about whom the viewer reaches, the withdrawn ones too; 50 at most.

    A writing session: it is logged whose the viewer sees, once a day for each.
    """
    require(viewer, "manage.prove")
    ids = [one.person_id for one in choices(session, viewer, now=now)]
    units = reach(session, viewer, PROVE)
    found = proofs.of_people(session, org_id=viewer.org_id, person_ids=ids, units=units, most=50)
    if found:
        audit.saw(
            session,
            org_id=viewer.org_id,
            viewer_id=viewer.person_id,
            person_ids=list({one.person_id for one in found}),
            place="proofs",
            day=viewer.today(now),
            now=now,
        )
    return tuple(found)


def own_proofs(session: Session, viewer: Viewer) -> tuple[Entered, ...]:
    """What was entered by hand about the viewer herself, the withdrawn ones too."""
    require(viewer, "me.record")
    scope: dict[str, Any] = {"org_id": viewer.org_id, "person_ids": [viewer.person_id]}
    return tuple(proofs.of_people(session, **scope))
