"""Completions counted by unit and month: by every door through which people come and go."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from db import months, people, recounting, rollup, rollup_reading
from db.engine import engine, reading, writing
from db.tables import Rollup, RollupDay, Unit, core
from modules.api import start
from modules.commands import app
from modules.shell import session as door
from tests import scim
from tests.counting import counting
from tests.scim import MORE

HEAD = "E-mail;Name;Unit"
TOM = "tom.ashdown@fernleigh.example;Tom Ashdown"
AUGUST = months.of_day(date(2026, 8, 1))


@pytest.fixture
def org(world):
    """Fernleigh, whose roll-up has begun."""
    org_id = world.organisations["Fernleigh"]
    with writing() as session:
        assert recounting.catch_up(session, org_id=org_id, today=world.now.date())
    return org_id


def right(org_id):
    """Whether the roll-up is what a count gives, and how many people it counts."""
    with reading() as session:
        rows = core(Rollup).c
        query = select(rows.people).where(rows.org_id == org_id)
        total = sum(session.connection().execute(query).scalars())
        return recounting.differences(session, org_id=org_id) == 0, total


def unit(org_id, name):
    with reading() as session:
        units = core(Unit).c
        query = select(units.id).where(units.org_id == org_id, units.name == name)
        return session.connection().execute(query).scalar_one()


def in_august(org_id, *names):
    """How many completed in August, by the names of units, with all below them."""
    units = {unit(org_id, name): name for name in names}
    with reading() as session:
        found = rollup_reading.completed(
            session, org_id=org_id, units=units, first=AUGUST, last=AUGUST, module="M01"
        )
    return {units[one]: number for (one, _), number in found.items()}


def test_a_staff_list_that_moves_people_moves_their_counts_and_undo_brings_them_back(org, body):
    before = in_august(org, "Revenues", "Governance")
    body.take(f"{TOM};Governance", "new@fernleigh.example;Nell New;Revenues", head=HEAD)
    moved = in_august(org, "Revenues", "Governance")
    assert moved == {
        "Revenues": before["Revenues"] - 1,
        "Governance": before["Governance"] + 1,
    }
    assert right(org)[0]
    body.undo()
    assert in_august(org, "Revenues", "Governance") == before
    assert right(org)[0]


def test_whoever_leaves_by_a_staff_list_is_counted_no_more(org, body):
    total = right(org)[1]
    body.take(f"{TOM};Revenues;2026-11-20", head=f"{HEAD};Left")
    assert right(org) == (True, total - 1)
    body.undo()
    assert right(org) == (True, total)


def test_a_directory_moves_lets_go_and_takes_on_again_with_the_counts(org, world):
    with writing() as session:
        recounting.catch_up(session, org_id=org, today=door.now().date())
    fern, total = scim.Directory(scim.token(world)), right(org)[1]
    (tom,) = fern.find(f'userName eq "{world.email("tom")}"')

    def put(**more):
        found = fern.get(f"/Users/{tom}")
        fern.sent("PUT", f"/Users/{tom}", 200, json=found | more)

    governance = in_august(org, "Governance")["Governance"]
    put(**{MORE: {"department": "Governance"}})
    assert in_august(org, "Governance")["Governance"] == governance + 1
    assert right(org) == (True, total)
    put(active=False)
    assert right(org) == (True, total - 1)
    put(active=True)
    assert right(org) == (True, total)
    fern.sent("DELETE", f"/Users/{tom}", 204)
    assert right(org) == (True, total - 1)


def test_a_unit_sums_all_below_it_and_another_body_counts_for_nothing(org):
    found = in_august(org, "Fernleigh", "Revenues and benefits", "Revenues", "Benefits")
    assert found["Revenues and benefits"] == found["Revenues"] + found["Benefits"]
    assert found["Fernleigh"] > found["Revenues and benefits"]
    harrow = unit_of_harrow()
    with reading() as session:
        assert not rollup_reading.completed(
            session, org_id=org, units=[harrow], first=0, last=10**6
        )


def unit_of_harrow():
    with reading() as session:
        query = select(core(Unit).c.id).where(core(Unit).c.name == "Home visits")
        return session.connection().execute(query).scalar_one()


def test_the_workload_ahead_is_what_runs_out_month_by_month(org):
    top = unit(org, "Fernleigh")
    with reading() as session:
        ahead = rollup_reading.expiring(
            session, org_id=org, unit_id=top, first=AUGUST, last=AUGUST + 60
        )
        assert sum(one.people for one in ahead) == right(org)[1]
        last = ahead[-1].month
        now = rollup_reading.in_date(session, org_id=org, units=[top], module="M01", month=last - 1)
        gone = rollup_reading.in_date(session, org_id=org, units=[top], module="M01", month=last)
    assert now[top] == ahead[-1].people
    assert gone == {}


def test_the_server_counts_the_new_day_once_at_start_or_within_the_hour(world):
    start.count()
    with reading() as session:
        for one in people.organisations(session):
            assert recounting.differences(session, org_id=one.id) == 0
            assert not recounting.behind(session, org_id=one.id, today=door.now().date())
    with counting(engine()) as seen:
        start.count()
    assert not [sql for sql in seen if sql.startswith(("INSERT", "UPDATE", "DELETE", "BEGIN IMM"))]


def test_the_command_mends_what_somebody_wrote_past_the_program_and_says_so(org):
    said = CliRunner().invoke(app, ["recount"]).stdout
    assert "Fernleigh: every count stood." in said
    with writing() as session:
        session.connection().execute(update(core(Rollup)).values(people=Rollup.people + 3))
    said = CliRunner().invoke(app, ["recount"]).stdout
    assert "Fernleigh: " in said and "counts were wrong, and are mended." in said
    assert right(org)[0]


def test_a_completion_costs_five_statements_more_at_most_however_many_there_are(org, world):
    """One to see whether counts are kept, two to look, one or two to write."""
    tom = world.viewer("tom").person_id
    with writing() as session:
        with counting(engine()) as seen:
            before = rollup.before(session, org_id=org, person_id=tom, module="M01")
            later = date(2030, 1, 1)
            rollup.completed(session, before, valid_until=later, completed_at=world.now)
        session.rollback()
    assert len(seen) <= 7


def test_a_body_whose_counts_were_never_begun_is_left_alone(world):
    with writing() as session:
        session.connection().execute(core(RollupDay).delete())
        recounting.rebuild_units(session, org_id=world.organisations["Fernleigh"])
        session.flush()
        assert session.connection().execute(select(core(Rollup))).first() is None
