"""What a viewer sees beside the attacked figures is made of them, or knows no unit and no group."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import recounting
from db.engine import reading, writing
from db.tables import Breakdown, Completion, Person, Placement, Rollup, Snapshot, core
from modules import policies
from modules.manage import actions, board, drawing, learned, report, sheets, skills
from modules.manage.panels import PARTS
from modules.manage.statistics import EVERY
from tests.data.staff import open_database
from tests.data.staff import writing as into
from tests.data.test_learned import Body
from tests.data.test_policies import begin
from tests.data.test_policies import say as acknowledge
from tests.data.test_statistics_parts import NOW, World
from tests.world import FERNLEIGH, MODULE
from tests.world import NOW as LATER


def say(key: str, **values: object) -> str:
    return f"{key} {values}"


def everything(session, viewer, module, units):
    """All that the page, its files, the page for the board and the command tell of a module."""
    found = []
    for unit in ["", *units]:
        seen = [
            actions.statistics(session, viewer, now=NOW, module=module, node=unit, part=part)
            for part in (*PARTS, EVERY)
        ]
        look = drawing.Look(seen[0].target, seen[0].least, False, say, module)
        found += [drawing.headline(one, say) for one in seen]
        found += [report.of_statistics(seen[-1:])]
        found += [board.told(one, look, NOW.date()) for one in seen[:1]]
        for one in seen:
            for figure in one.figures:
                told = drawing.told(figure, look)
                found += [told, drawing.explained(told, look), sheets.as_csv(figure, told.marks)]
        found += seen
    return str(found)


def test_no_hidden_number_changes_anything_that_is_seen(tmp_path):
    engine = open_database(tmp_path)
    with into(engine) as session:
        world = World(session)
        units = [str(unit) for unit in [*world.units[:3], world.teams[0]]]
        before = everything(session, world.lead, "M01", units)
        hidden = core(Snapshot).c.hidden != ""
        changed = session.connection().execute(
            update(core(Snapshot)).where(hidden).values(people=777, in_date=555)
        )
        assert changed.rowcount > 0
        assert everything(session, world.lead, "M01", units) == before
        shown = update(core(Snapshot)).where(core(Snapshot).c.hidden == "")
        session.connection().execute(shown.values(in_date=core(Snapshot).c.in_date - 1))
        assert everything(session, world.lead, "M01", units) != before


def test_of_a_breakdown_nothing_but_ranges_is_stored():
    assert {"low", "high"} <= set(core(Breakdown).c.keys())
    assert "in_date" not in core(Breakdown).c


def exchanged(session, one, two):
    """Let two people change places: unit, family, grade, path and the day they joined."""
    for table, who, fields in (
        (core(Placement), core(Placement).c.person_id, ("unit_id", "job_family", "grade")),
        (core(Person), core(Person).c.id, ("path", "joined_on")),
    ):
        columns = [table.c[field] for field in fields]
        rows = [
            session.connection().execute(select(*columns).where(who == person)).one()._asdict()
            for person in (one, two)
        ]
        for person, row in zip((two, one), rows, strict=True):
            session.connection().execute(update(table).where(who == person).values(**row))


def whole(world):
    """What is told of the whole organisation alone."""
    with reading() as session:
        grace = world.viewer("grace")
        ahead = actions.statistics(session, grace, now=LATER, module=MODULE, part="ahead")
        return str(
            (
                [f"about {line.value} from {line.first}" for line in ahead.figures[0].lines],
                policies.listed(session, world.viewer("marek"), now=LATER),
                skills.shown(session, grace, module=MODULE, now=LATER),
                learned.as_json(grace, learned.learned(session, grace), LATER),
            )
        )


@pytest.fixture
def body(world):
    found = Body(world)
    for place, person in enumerate(found.people[:40]):
        found.finish(person, before=place % 2, after=3 if place % 3 else 2)
    id_ = begin(world)
    for one in FERNLEIGH[:12]:
        acknowledge(world, id_, short=one.short)
    with writing() as session:
        last = LATER.date() + timedelta(days=40)
        session.connection().execute(update(core(Completion)).values(valid_until=last))
        recounting.rebuild(session, org_id=found.org, today=LATER.date())
    return found


def test_what_is_told_of_the_whole_organisation_knows_no_unit_and_no_group(world, body):
    before = whole(world)
    assert "skill" in before
    assert "about" in before
    with writing() as session:
        for one, two in zip(body.people[:10], body.people[30:40], strict=True):
            exchanged(session, one, two)
        kept = select(core(Rollup).c.unit_id, core(Rollup).c.people)
        counts = set(session.connection().execute(kept).all())
        recounting.rebuild(session, org_id=body.org, today=LATER.date())
        assert set(session.connection().execute(kept).all()) != counts
    assert whole(world) == before
