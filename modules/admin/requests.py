"""Requests of people about their own data: listed, and decided once with a sentence to her."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import grants, own_requests, personal
from db.own_requests import Asked
from db.tables import Person
from modules.access import Viewer, reach, require
from modules.basics import BadInput, Denied
from modules.exchange import cells
from modules.personal import erasure

# What an administrator can correct here; the rest comes from the staff list or the directory.
CORRECTABLE = ("name", "given_name", "family_name", "email", "job_title")
LONGEST = 500
# An answer is due within a month of the request; counted short, so that none is late.
ANSWER_WITHIN = timedelta(days=28)
WIDEST = 200


def requests(session: Session, viewer: Viewer) -> list[Asked]:
    """Requests of people where the viewer's role reaches: open ones first, the oldest on top."""
    require(viewer, "admin.requests")
    units = reach(session, viewer, "admin.requests")
    return own_requests.of_organisation(session, org_id=viewer.org_id, units=units)


def held(session: Session, viewer: Viewer, *, person_id: uuid.UUID) -> Mapping[str, str]:
    """What stands now in the columns that can be corrected, of somebody with an open request."""
    require(viewer, "admin.requests")
    found = [one for one in requests(session, viewer) if one.person_id == person_id]
    if not any(one.state == "open" for one in found):
        raise Denied(f"record of {person_id}")
    person = session.get(Person, (viewer.org_id, person_id))
    return {name: getattr(person, name) or "" for name in CORRECTABLE}


def decide(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    done: bool,
    answer: str,
    now: datetime,
    corrected: Mapping[str, str] | None = None,
) -> Asked:
    """Do what was asked or refuse it, with a sentence to her. A writing session.

    An erasure needs no sentence: whoever is erased cannot come to read it, and it goes as well.
    A correction sets what is ``corrected``; an erasure is done at once, and the caller scrubs
    afterwards (`db.scrubbing`). Nobody decides on her own request. Raises BadInput when another
    administrator, or she herself, was quicker; nothing is then changed.
    """
    require(viewer, "admin.decide")
    words = " ".join(answer.split())
    if len(words) > LONGEST:
        raise BadInput(f"An answer has at most {LONGEST} characters. Shorten it.")
    units = reach(session, viewer, "admin.decide")
    known = own_requests.of_organisation(session, org_id=viewer.org_id, units=units)
    one = next((found for found in known if found.id == id), None)
    if one is None:
        raise Denied(f"request {id}")
    if not words and not (done and one.kind == "erasure"):
        raise BadInput("Write a sentence: what you did, or why not.")
    if one.person_id == viewer.person_id:
        raise BadInput("This is your own request: another administrator decides on it.")
    settled = own_requests.settle(
        session,
        org_id=viewer.org_id,
        id=id,
        state="done" if done else "refused",
        answer=words,
        by=viewer.person_id,
        now=now,
    )
    if not settled:
        raise BadInput("This request is not open any more: somebody was quicker.")
    if done and one.kind == "correction":
        _correct(session, viewer, one.person_id, corrected or {}, now, whole=units is None)
    if done and one.kind == "erasure":
        erasure.erase(
            session,
            org_id=viewer.org_id,
            person_id=one.person_id,
            today=viewer.today(now),
            now=now,
            by=viewer.person_id,
            by_name=viewer.name,
        )
    return one


def _correct(
    session: Session,
    viewer: Viewer,
    person_id: uuid.UUID,
    corrected: Mapping[str, str],
    now: datetime,
    *,
    whole: bool,
) -> None:
    values: dict[str, str | None] = {}
    for name, typed in corrected.items():
        value = " ".join(typed.split())
        if name not in CORRECTABLE or len(value) > WIDEST:
            raise BadInput(f"Only {', '.join(CORRECTABLE)}, of at most {WIDEST} characters.")
        if not value and name in ("name", "given_name", "email"):
            raise BadInput("A person has a name, a first name and an address.")
        if name == "email":
            told = cells.address(cells.tidy(value))
            if told is None or cells.fault(name, told):
                raise BadInput(f"{value} is not an e-mail address.")
            value = told
        values[name] = value or None
    person = session.get(Person, (viewer.org_id, person_id))
    assert person is not None
    values = {name: value for name, value in values.items() if getattr(person, name) != value}
    if not values:
        return
    if "email" in values and not whole:
        # Links go to this address: whoever sets it can sign in as her, with her role.
        day = viewer.today(now)
        if grants.listing(session, org_id=viewer.org_id, day=day, person_id=person_id):
            raise BadInput(
                "She holds a role, and her address opens it. An administrator of the whole "
                "organisation corrects it."
            )
    of = personal.hers(Person, by="id", org_id=viewer.org_id, person_id=person_id)
    more = {"version": person.version + 1, "changed_at": now}
    try:
        personal.change(session, of, table=Person, values=values | more)
    except IntegrityError:
        raise BadInput("Somebody else here has this address already.") from None
