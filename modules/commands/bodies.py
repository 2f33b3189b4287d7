"""Which organisation a command is about, and who is meant by an address."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from db import founding, people, whois
from db.tables import Organisation
from modules.basics import BadInput
from modules.days import now

Body = Annotated[
    str, typer.Option("--organisation", help="Its name or id, where there are several.")
]


def chosen(session: Session, name: str) -> Organisation:
    """The organisation that is meant. Raises BadInput when that is not clear."""
    every = people.organisations(session)
    like = name.casefold()
    found = [one for one in every if like in ("", one.name.casefold(), str(one.id))]
    if len(found) == 1:
        return found[0]
    if not every:
        raise BadInput("There is no organisation yet: organisation add NAME")
    names = ", ".join(f"“{one.name}”" for one in every)
    if not name:
        raise BadInput(f"Several organisations are here: {names}. Say which with --organisation.")
    many = "There are several organisations" if found else "There is no organisation"
    raise BadInput(f"{many} called “{name}”. Here are: {names}.")


def person(session: Session, email: str, of: str) -> whois.Known:
    """Who has an address, in one organisation or in any. Raises BadInput when nobody or several."""
    bodies = [chosen(session, of)] if of else people.organisations(session)
    found = []
    for body in bodies:
        one = founding.person(session, org_id=body.id, email=email)
        known = one and whois.by_id(session, org_id=body.id, person_id=one.id, now=now())
        found += [known] if known else []
    if not found:
        raise BadInput(f"Nobody here has the address {email}. Check the spelling.")
    if len(found) > 1:
        names = ", ".join(one.organisation for one in found)
        raise BadInput(f"{email} works for {names}. Say for which: --organisation NAME")
    return found[0]
