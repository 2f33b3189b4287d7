"""Whoever signs in or manages twelve people does not wait until a million others were read."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from db import accounts, duties, own_people, whois
from db.engine import engine

LARGE = ("person", "herself", "placement", "enrolment", "completion", "account", "attempt")
TOM = "tom.ashdown@fernleigh.example"


def of_tom(session, viewer, act, now):
    hers = {"org_id": viewer.org_id, "line_manager_id": viewer.person_id, "day": now.date()}
    return act(session, **hers)


ACTIONS = {
    "a page is opened": lambda session, _viewer, now: whois.by_token(
        session, token_hash="0" * 64, now=now
    ),
    "an address is looked up": lambda session, _viewer, now: whois.by_email(
        session, email=TOM, now=now
    ),
    "an id is looked up": lambda session, viewer, now: whois.by_id(
        session, org_id=viewer.org_id, person_id=viewer.person_id, now=now
    ),
    "a pass-phrase is tried": lambda session, _viewer, now: accounts.by_email(
        session, email=TOM, day=now.date()
    ),
    "a manager's people are listed": lambda session, viewer, now: of_tom(
        session, viewer, own_people.of_manager, now
    ),
    "a manager's people are listed with their duties": lambda session, viewer, now: of_tom(
        session, viewer, duties.of_manager, now
    ),
}


def plans(session, act):
    """What SQLite would do for each statement of an action: one text a step."""
    asked = []

    def note(_connection, _cursor, sql, values, *_):
        asked.append((sql, values))

    event.listen(engine(), "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine(), "before_cursor_execute", note)
    connection = session.connection()
    return [
        row[-1]
        for sql, values in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
    ]


def reads_all(step):
    """Whether a step goes through everything that a body has, or that all of them have."""
    words = step.split()
    if words[0] not in ("SCAN", "SEARCH") or words[1] not in LARGE:
        return False
    return words[0] == "SCAN" or step.endswith("(org_id=?)")


# PostgreSQL plans by how many rows there are, and here are few.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ACTIONS)
def test_nobody_else_is_read_when(name, world, session):
    viewer = world.viewer("tom")
    found = plans(session, lambda: ACTIONS[name](session, viewer, world.now))
    assert found
    assert not [step for step in found if reads_all(step)]


def test_a_step_through_everybody_would_be_noticed():
    assert reads_all("SCAN person USING INDEX ix_person_org_id_user_name")
    assert reads_all("SEARCH placement USING INDEX ix_placement_org_id_unit_id (org_id=?)")
    assert not reads_all("SEARCH person USING INDEX pk_person (org_id=? AND id=?)")
    assert not reads_all("SCAN organisation")
