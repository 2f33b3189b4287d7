"""What an organisation has of its own: facts, examples, the law it reads under; who changed it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, literal, select, update
from sqlmodel import Session

from db.engine import replace
from db.people import ORGANISATION, PERSON
from db.tables import Change, LocalExample, LocalFact, Organisation, Person, core

FACT, EXAMPLE, CHANGE = core(LocalFact).c, core(LocalExample).c, core(Change).c


@dataclass(frozen=True)
class Own:
    """Values by key, and one module's examples by screen."""

    values: dict[str, str]
    examples: dict[str, str]


@dataclass(frozen=True)
class Kept:
    """A value as it stands, and who wrote it when; ``by`` is "" for somebody who is gone."""

    value: str
    by: str
    changed_at: datetime


@dataclass(frozen=True)
class Example:
    """An example as it stands."""

    module: str
    screen: str
    body: str
    by: str
    changed_at: datetime


@dataclass(frozen=True)
class Changed:
    """One line of the log: who changed what, how, when."""

    at: datetime
    by: str
    what: str
    thing: str
    how: str


def own(session: Session, *, org_id: uuid.UUID, module: str = "") -> Own:
    """What a page of an organisation shows: all its facts, one module's examples. One query."""
    facts = select(literal("fact"), FACT.key, FACT.value).where(FACT.org_id == org_id)
    examples = select(literal("example"), EXAMPLE.screen, EXAMPLE.body).where(
        EXAMPLE.org_id == org_id, EXAMPLE.module == module
    )
    found = Own({}, {})
    for kind, name, text in session.connection().execute(facts.union_all(examples)):
        (found.values if kind == "fact" else found.examples)[name] = text
    return found


def facts(session: Session, *, org_id: uuid.UUID) -> dict[str, Kept]:
    """Every value of an organisation, by key."""
    query = (
        select(FACT.key, FACT.value, PERSON.name, FACT.changed_at)
        .select_from(core(LocalFact))
        .outerjoin(core(Person), (PERSON.org_id == FACT.org_id) & (PERSON.id == FACT.changed_by))
        .where(FACT.org_id == org_id)
    )
    return {r[0]: Kept(r[1], r[2] or "", r[3]) for r in session.connection().execute(query)}


def examples(session: Session, *, org_id: uuid.UUID) -> list[Example]:
    """Every example of an organisation, by module and screen."""
    query = (
        select(EXAMPLE.module, EXAMPLE.screen, EXAMPLE.body, PERSON.name, EXAMPLE.changed_at)
        .select_from(core(LocalExample))
        .outerjoin(
            core(Person), (PERSON.org_id == EXAMPLE.org_id) & (PERSON.id == EXAMPLE.changed_by)
        )
        .where(EXAMPLE.org_id == org_id)
        .order_by(EXAMPLE.module, EXAMPLE.screen)
    )
    return [
        Example(r[0], r[1], r[2], r[3] or "", r[4]) for r in session.connection().execute(query)
    ]


def hold(session: Session, *, org_id: uuid.UUID) -> None:
    """Wait until no other administrator is saving; lasts to the commit. See `people.hold`."""
    query = select(ORGANISATION.id).where(ORGANISATION.id == org_id)
    session.connection().execute(query.with_for_update(key_share=True))


def set_fact(
    session: Session,
    *,
    org_id: uuid.UUID,
    key: str,
    value: str,
    by: uuid.UUID,
    now: datetime,
) -> None:
    """Keep a value in place of the one before; an empty one is kept too, with who emptied it."""
    row = {"org_id": org_id, "key": key, "value": value, "changed_by": by, "changed_at": now}
    replace(session, LocalFact, row)
    _changed(session, org_id, by, "fact", key, "set" if value else "emptied", now)


def set_example(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    screen: str,
    body: str,
    by: uuid.UUID,
    now: datetime,
) -> None:
    """Keep an example in place of the one before; an empty one deletes it."""
    key = {"org_id": org_id, "module": module, "screen": screen}
    if body:
        replace(session, LocalExample, {**key, "body": body, "changed_by": by, "changed_at": now})
    else:
        session.connection().execute(
            delete(core(LocalExample)).where(
                EXAMPLE.org_id == org_id, EXAMPLE.module == module, EXAMPLE.screen == screen
            )
        )
    how = "set" if body else "emptied"
    _changed(session, org_id, by, "example", f"{module}/{screen}", how, now)


def move_example(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    screen: str,
    to: str,
    by: uuid.UUID,
    now: datetime,
) -> None:
    """Put an example on another screen of its module, which has none."""
    session.connection().execute(
        update(core(LocalExample))
        .where(EXAMPLE.org_id == org_id, EXAMPLE.module == module, EXAMPLE.screen == screen)
        .values(screen=to, changed_by=by, changed_at=now)
    )
    _changed(session, org_id, by, "example", f"{module}/{to}", "moved", now)


def jurisdiction(session: Session, *, org_id: uuid.UUID) -> str:
    """The law whose notes an organisation's people read."""
    query = select(ORGANISATION.jurisdiction).where(ORGANISATION.id == org_id)
    return str(session.connection().execute(query).scalar_one())


def choose_law(
    session: Session, *, org_id: uuid.UUID, law: str, by: uuid.UUID, now: datetime
) -> None:
    """Let an organisation read the notes of a law; rounds that were begun keep theirs."""
    session.connection().execute(
        update(core(Organisation)).where(ORGANISATION.id == org_id).values(jurisdiction=law)
    )
    _changed(session, org_id, by, "law", law, "chosen", now)


def changes(session: Session, *, org_id: uuid.UUID, most: int = 50) -> list[Changed]:
    """The newest changes of an organisation."""
    query = (
        select(CHANGE.at, PERSON.name, CHANGE.what, CHANGE.thing, CHANGE.how)
        .select_from(core(Change))
        .outerjoin(core(Person), (PERSON.org_id == CHANGE.org_id) & (PERSON.id == CHANGE.person_id))
        .where(CHANGE.org_id == org_id)
        .order_by(CHANGE.at.desc(), CHANGE.id.desc())
        .limit(most)
    )
    return [Changed(r[0], r[1] or "", *r[2:]) for r in session.connection().execute(query)]


def _changed(
    session: Session,
    org_id: uuid.UUID,
    by: uuid.UUID,
    what: str,
    thing: str,
    how: str,
    now: datetime,
) -> None:
    session.add(Change(org_id=org_id, person_id=by, what=what, thing=thing, how=how, at=now))
