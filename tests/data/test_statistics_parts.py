"""The parts of the organisation page: what each reads, page by page, and how far a lead sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from db.engine import insert_many
from db.tables import Breakdown, Rollup
from modules.access import Grant, Role
from modules.manage import actions, statistics
from modules.manage.statistics import EVERY
from modules.snapshots import catch_up
from tests.counting import counting
from tests.data.staff import START, Body, open_database, writing

NOW = datetime(2026, 7, 4, 9, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    return open_database(tmp_path)


class World:
    """A body of seven departments of 30 and one of 4, one department with two teams."""

    def __init__(self, session, more=0):
        self.body = body = Body(session, name=f"Fernleigh{more or ''}")
        self.units = [body.unit(f"Department {n}", body.top) for n in range(7)]
        self.teams = [body.unit(f"Team {n}", self.units[0]) for n in range(2)]
        for place, unit in enumerate([*self.units, *self.teams]):
            body.complete(body.people(30, unit)[: 6 + 2 * place], START)
        for number in range(more):
            body.unit(f"More {number}", self.units[0])
        body.people(4, body.unit("Registrars", body.top))
        (grace,) = body.people(1, body.top, name="Grace")
        body.complete(body.people(20, body.top)[:9], START)
        self.lead = body.viewer(grace, Role.LEAD)
        catch_up(session, now=NOW)

    def see(self, session, **asked):
        return actions.statistics(session, self.lead, now=NOW, **asked)


def names(found, figure=-1):
    return [line.name for line in found.figures[figure].lines]


def test_each_part_holds_its_own_panels_and_nothing_of_the_others(engine):
    with writing(engine) as session:
        world = World(session)
        found = {part: world.see(session, part=part) for part in ("share", "months", "modules")}
    told = {part: [one.panel.name for one in seen.figures] for part, seen in found.items()}
    assert told == {"share": ["trend", "units"], "months": ["months"], "modules": ["modules"]}


def test_units_by_month_begin_with_the_unit_itself_and_keep_hidden_ones(engine):
    with writing(engine) as session:
        found = World(session).see(session, part="months")
    [figure] = found.figures
    assert figure.lines[0].name == "Fernleigh"
    assert len({line.on for line in figure.lines}) == 6
    registrars = [line for line in figure.lines if line.name == "Registrars"]
    assert {line.hidden for line in registrars} == {"small"}
    assert all(line.people is None for line in registrars)


def test_thousands_of_units_come_in_pages_and_each_stands_on_one(engine, monkeypatch):
    monkeypatch.setattr(statistics, "PAGE", 3)
    with writing(engine) as session:
        world = World(session)
        pages = [world.see(session, page=number) for number in (1, 2, 3)]
        beyond = world.see(session, page=99)
    assert [one.pages for one in pages] == [3, 3, 3]
    every = [name for one in pages for name in names(one)]
    assert every == sorted(every) and len(every) == len(set(every)) == 8
    assert all(len(one.units) <= 1 + 3 for one in pages)
    assert (beyond.page, names(beyond)) == (3, names(pages[2]))


def test_a_unit_below_tells_the_units_above_it(engine):
    with writing(engine) as session:
        world = World(session)
        found = world.see(session, node=str(world.teams[0]))
    assert [(one.name, one.depth) for one in found.units] == [
        ("Fernleigh", 0), ("Department 0", 1), ("Team 0", 2)
    ]  # fmt: skip


def test_a_search_finds_units_anywhere_and_signs_are_no_wildcards(engine):
    with writing(engine) as session:
        world = World(session)
        found = world.see(session, find="TEAM")
        nothing = world.see(session, find="%")
    assert [one.name for one in found.units] == ["Fernleigh", "Team 0", "Team 1"]
    assert [one.name for one in nothing.units] == ["Fernleigh"]


def test_a_lead_of_one_department_finds_and_sees_that_department_only(engine):
    with writing(engine) as session:
        world = World(session)
        grants = (Grant(Role.LEAD, world.units[0]),)
        world.lead = replace(world.lead, grants=grants)
        found = world.see(session, part=EVERY)
        searched = world.see(session, find="Department")
    assert (found.name, found.departments, found.whole) == ("Department 0", None, False)
    assert [one.name for one in searched.units] == ["Department 0"]
    assert "ahead" not in [one.panel.name for one in found.figures]
    assert set(names(found, 1)) == {"Team 0", "Team 1"}


def test_departments_that_count_are_told_from_shown_ones_and_from_five_on(engine):
    with writing(engine) as session:
        world = World(session)
        actions.define(session, world.lead, trained_from=0.5)
        found = world.see(session)
        shown = [line for line in found.figures[1].lines if line.share is not None]
        there = sum(line.share >= 0.5 for line in shown)
        assert (found.departments.there, found.departments.shown) == (there, len(shown))
        assert world.see(session, node=str(world.units[1])).departments == found.departments


def test_one_breakdown_at_a_time_and_of_the_whole_body_only(engine):
    with writing(engine) as session:
        world = World(session)
        newest = world.see(session).newest
        row = {"org_id": world.body.id, "module": "M01", "month_end": date(2027, 1, 31)}
        row |= {"unit_id": world.body.top, "people": 60, "low": 20, "high": 23, "hidden": ""}
        rows = [row | {"by": by, "category": "X"} for by in ("family", "path")]
        rows.append(row | {"by": "path", "category": "Y", "hidden": "small"})
        insert_many(session, Breakdown, rows)
        assert newest
        first = world.see(session, part="groups")
        path = world.see(session, part="groups", by="path")
        below = world.see(session, part="groups", node=str(world.units[0]))
    assert [one.panel.name for one in first.figures] == ["families"]
    assert [(line.name, line.people) for line in path.figures[0].lines] == [("X", 60), ("Y", None)]
    assert below.figures == ()


def test_renewals_are_told_for_the_whole_body_in_whole_thresholds(engine):
    with writing(engine) as session:
        world = World(session)
        month = 2026 * 12 + 6
        row = {"org_id": world.body.id, "unit_id": world.units[0], "module": "M01", "completed": 1}
        counts = [(month, 4), (month + 1, 9), (month + 2, 27)]
        insert_many(session, Rollup, [row | {"expires": m, "people": n} for m, n in counts])
        found = world.see(session, part="ahead")
        below = world.see(session, part="ahead", node=str(world.units[0]))
    assert [(line.first.month, line.on.month, line.value) for line in found.figures[0].lines] == [
        (7, 8, 10), (9, 6, 20)
    ]  # fmt: skip
    assert below.figures == ()


@pytest.mark.parametrize("part", ["share", "months", "groups", "modules", "ahead", EVERY])
def test_a_part_asks_a_fixed_number_of_questions(engine, part):
    numbers = []
    for more in (0, 60):
        with writing(engine) as session:
            world = World(session, more)
        with Session(engine) as session, counting(engine) as sent:
            world.see(session, part=part, node=str(world.units[0]), find="Team")
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= (11 if part == EVERY else 8)
