"""Who may be signed in as in the demo, and the rule that it is for invented people only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from db import people
from modules.basics import BadInput
from modules.settings import settings

PROVIDER = "demo"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody the sign-in page offers: address, role, and the word key of one line about it."""

    email: str
    role: str
    description: str


DEMO_PEOPLE = (
    DemoPerson("amira.khan@fernleigh.example", "learner", "demo.learner"),
    DemoPerson("tom.ashdown@fernleigh.example", "manager", "demo.manager"),
    DemoPerson("grace.okafor@fernleigh.example", "lead", "demo.lead"),
    DemoPerson("priya.nair@fernleigh.example", "trainer", "demo.trainer"),
    DemoPerson("samir.haddad@fernleigh.example", "reviewer", "demo.reviewer"),
    DemoPerson("marek.novak@fernleigh.example", "administrator", "demo.administrator"),
    DemoPerson("elin.hughes@fernleigh.example", "auditor", "demo.auditor"),
)


def is_open(session: Session) -> bool:
    """Whether demo sign-in is on: as the setting says, else while every body here is invented.

    One real organisation closes it by itself, before it has anybody in it.
    """
    if settings().demo is False:
        return False
    bodies = people.organisations(session)
    return bool(bodies) and all(one.invented for one in bodies)


def refuse_unless_invented(session: Session) -> None:
    """Raise BadInput while anybody in the database belongs to a body that is not invented."""
    real = people.real_people(session)
    if real:
        who = "1 person" if real == 1 else f"{real} people"
        raise BadInput(
            f"This database holds {who} of a real organisation, so the demo stays closed: it would "
            "let anybody sign in. Take STEWARD_DEMO=true away, or name another database in "
            "DATABASE_URL. Nothing was changed."
        )
