"""What a manager and a lead may see and do, and what nobody else may."""

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from db import audit, people, reminders, snapshots
from db.engine import make_engine
from modules.access import Role
from modules.basics import BadInput, Denied
from modules.manage import actions
from modules.manage import team as teams
from modules.manage.seen import Team
from modules.progress.standing import Status
from modules.snapshots import catch_up
from tests.counting import counting
from tests.data.staff import START, Body, open_database, writing

TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    return open_database(tmp_path)


class World:
    """Tom with three people (one current, one due, one overdue), a lead, and other units."""

    def __init__(self, session, name="Fernleigh", size=30):
        self.body = body = Body(session, name=name)
        self.housing = body.unit("Housing", body.top)
        (self.tom,) = body.people(1, self.housing, name="Tom", due=TODAY + timedelta(days=200))
        (self.grace,) = body.people(1, body.top, name="Grace", due=TODAY + timedelta(days=200))
        own = {"boss": self.tom}
        (self.current,) = body.people(1, self.housing, **own, name="Current", due=START)
        (self.due,) = body.people(1, self.housing, **own, name="Due", due=TODAY)
        (self.late,) = body.people(
            1, self.housing, **own, name="Late", due=TODAY - timedelta(days=9)
        )
        body.complete([self.current], START + timedelta(days=3))
        others = body.people(size, body.unit("Planning", body.top), boss=self.grace)
        body.complete(others[: size // 2], START)
        body.complete(body.people(size, self.housing)[: size // 3], START)
        body.people(4, body.unit("Registrars", body.top))
        body.complete(body.people(20, body.top)[:9], START)
        self.manager = body.viewer(self.tom, Role.MANAGER)
        self.lead = body.viewer(self.grace, Role.LEAD, Role.MANAGER)
        self.learner = body.viewer(self.due)


def test_a_manager_sees_his_own_people_by_name_those_in_need_first(engine):
    with writing(engine) as session:
        world = World(session)
        team = teams.team(session, world.manager, now=NOW)
    assert [(one.name, one.status) for one in team.people] == [
        ("Late 0", Status.OVERDUE),
        ("Due 0", Status.DUE),
        ("Current 0", Status.CURRENT),
    ]
    assert [one.unit for one in team.people] == ["Housing"] * 3
    assert team.people[0].on == TODAY - timedelta(days=9)
    assert team.to_remind == 2


def test_nothing_about_results_is_in_what_a_manager_gets(engine):
    with writing(engine) as session:
        team = teams.team(session, World(session).manager, now=NOW)
    assert set(vars(team.people[0])) == {
        "person_id", "name", "unit", "module", "status", "on", "reminded_on", "to_remind"
    }  # fmt: skip


def test_who_no_longer_reports_to_him_is_out_of_sight(engine):
    with writing(engine) as session:
        world = World(session)
        world.body.leave([world.late], TODAY)
        found = teams.team(session, world.manager, now=NOW)
        assert world.late not in {one.person_id for one in found.people}
        assert len(found.people) == 2


def test_a_manager_of_another_organisation_sees_and_reminds_nobody(engine):
    with writing(engine) as session:
        world = World(session)
        other = Body(session, name="Harrow Vale")
        # Tom's own id with another organisation: the id alone must open nothing.
        olga = replace(world.lead, org_id=other.id, person_id=world.tom, organisation="Harrow Vale")
        assert teams.team(session, olga, now=NOW).people == ()
        assert teams.remind(session, olga, now=NOW) == 0
        catch_up(session, now=NOW)
        found = actions.statistics(session, olga, now=NOW)
        assert (found.organisation, found.headline, found.units) == ("Harrow Vale", None, ())
        with pytest.raises(Denied):
            actions.statistics(session, olga, now=NOW, module="M01", node=str(world.housing))


@pytest.mark.parametrize("action", ["team", "remind", "statistics", "report", "note"])
def test_a_learner_is_refused(engine, action):
    with writing(engine) as session:
        learner = World(session).learner
        with pytest.raises(Denied):
            if action == "report":
                actions.completion_report(session, learner, now=NOW)
            elif action == "note":
                teams.note_viewed(session, learner, team=Team(()), now=NOW)
            else:
                getattr(actions if action == "statistics" else teams, action)(
                    session, learner, now=NOW
                )


def test_a_manager_who_is_no_lead_gets_no_statistics_and_sets_no_definition(engine):
    with writing(engine) as session:
        world = World(session)
        with pytest.raises(Denied):
            actions.statistics(session, world.manager, now=NOW)
        with pytest.raises(Denied):
            actions.define(session, world.manager, trained_from=0.1)


def test_looking_at_the_team_is_logged_once_a_day(engine):
    with writing(engine) as session:
        world = World(session)
        for _ in range(2):
            team = teams.team(session, world.manager, now=NOW)
            teams.note_viewed(session, world.manager, team=team, now=NOW)
        seen = audit.views(session, org_id=world.body.id)
        assert len(seen) == 3
        assert {one.place for one in seen} == {"team"}
        assert {one.viewer for one in seen} == {"Tom 0"}


def test_reminders_go_to_the_due_and_overdue_and_not_again_within_a_week(engine):
    with writing(engine) as session:
        world = World(session)
        assert teams.remind(session, world.manager, now=NOW) == 2
        got = reminders.of_person(session, org_id=world.body.id, person_id=world.late)
        assert [one.sender for one in got] == ["Tom 0"]
        assert not reminders.of_person(session, org_id=world.body.id, person_id=world.current)
        later = NOW + timedelta(days=6, hours=23)
        assert teams.remind(session, world.manager, now=later) == 0
        assert teams.team(session, world.manager, now=later).people[0].reminded_on == TODAY
        assert teams.remind(session, world.manager, now=NOW + timedelta(days=7)) == 2


def test_who_is_due_much_later_is_left_in_peace(engine):
    with writing(engine) as session:
        world = World(session)
        world.body.people(
            1, world.housing, boss=world.tom, name="Far", due=TODAY + timedelta(days=31)
        )
        team = teams.team(session, world.manager, now=NOW)
        assert (team.count(Status.DUE), team.count(Status.NOT_YET)) == (1, 1)
        assert team.to_remind == 2


def test_two_windows_at_once_send_one_reminder_each(engine, tmp_path):
    with writing(engine) as session:
        world = World(session)
    sent, gate = [], threading.Barrier(2)

    def press():
        mine = make_engine(f"sqlite:///{tmp_path / 'steward.db'}")
        gate.wait()
        with writing(mine) as session:
            sent.append(teams.remind(session, world.manager, now=NOW))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [0, 2]


def test_statistics_give_a_units_months_and_the_units_under_it(engine):
    with writing(engine) as session:
        world = World(session)
        catch_up(session, now=NOW)
        found = actions.statistics(session, world.lead, now=NOW)
        assert found.headline.on == date(2026, 4, 30) == found.newest
        assert found.headline.people == 89
        trend, units = found.figures
        assert [line.on.month for line in trend.lines] == [1, 2, 3, 4]
        assert [(line.name, line.hidden) for line in units.lines] == [
            ("Housing", ""), ("Planning", ""), ("Registrars", "small")
        ]  # fmt: skip
        assert all(line.people is None for line in units.lines if line.hidden)
        assert [(one.name, one.depth) for one in found.units] == [
            ("Fernleigh", 0), ("Housing", 1), ("Planning", 1), ("Registrars", 1)
        ]  # fmt: skip


def test_a_hidden_unit_can_be_chosen_and_says_only_why_it_is_hidden(engine):
    with writing(engine) as session:
        world = World(session)
        catch_up(session, now=NOW)
        rows = snapshots.latest(session, org_id=world.body.id, module="M01")
        registrars = next(row for row in rows if row.name == "Registrars")
        found = actions.statistics(session, world.lead, now=NOW, node=str(registrars.unit_id))
        assert (found.headline.hidden, found.headline.people) == ("small", None)
        assert all(line.people is None for figure in found.figures for line in figure.lines)


@pytest.mark.parametrize("node", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_unit_that_is_not_the_bodys_own_is_refused(engine, node):
    with writing(engine) as session:
        world = World(session)
        catch_up(session, now=NOW)
        with pytest.raises(Denied):
            actions.statistics(session, world.lead, now=NOW, node=node)
        with pytest.raises(Denied):
            actions.statistics(session, world.lead, now=NOW, module=node)


def test_a_month_held_back_leaves_the_last_shown_one_in_the_headline(engine):
    with writing(engine) as session:
        world = World(session)
        world.body.people(1, world.body.top, on=date(2026, 4, 20))
        catch_up(session, now=NOW)
        found = actions.statistics(session, world.lead, now=NOW)
        assert (found.headline.on, found.newest) == (date(2026, 3, 31), date(2026, 4, 30))
        assert {line.on for line in found.figures[1].lines} == {date(2026, 3, 31)}


def test_the_body_counts_as_having_trained_by_its_own_definition(engine):
    with writing(engine) as session:
        world = World(session)
        catch_up(session, now=NOW)
        before = actions.statistics(session, world.lead, now=NOW)
        assert before.headline.share < before.trained_from
        assert before.counts is False
        actions.define(session, world.lead, trained_from=0.3)
        after = actions.statistics(session, world.lead, now=NOW)
        assert (after.counts, after.trained_from, after.target) == (True, 0.3, 0.8)
        actions.define(session, world.lead, target=0.9)
        organisation = people.organisation(session, org_id=world.body.id)
        session.refresh(organisation)
        assert (organisation.trained_from, organisation.target) == (0.3, 0.9)


@pytest.mark.parametrize("share", [0, -1, 1.01, float("nan")])
def test_a_definition_that_is_no_share_is_refused(engine, share):
    with writing(engine) as session, pytest.raises(BadInput):
        actions.define(session, World(session).lead, trained_from=share)


def test_the_report_holds_what_its_reader_may_see_and_no_more(engine):
    with writing(engine) as session:
        world = World(session)
        catch_up(session, now=NOW)
        manager = actions.completion_report(session, world.manager, now=NOW)
        assert "statistics" not in manager
        assert [one["name"] for one in manager["team"]] == ["Late 0", "Due 0", "Current 0"]
        assert len(audit.views(session, org_id=world.body.id)) == 3
        lead = actions.completion_report(session, world.lead, now=NOW)
        units = lead["statistics"]["modules"]["M01"]["units"]
        assert [one["in_date"] for one in units if one["hidden"]] == [None]
        assert "Late 0" not in json.dumps(lead)


def test_the_number_of_queries_does_not_grow_with_people(engine):
    numbers = []
    for size in (10, 200):
        with writing(engine) as session:
            world = World(session, name=f"Body of {size}", size=size)
            world.body.people(size, world.housing, boss=world.tom)
            catch_up(session, now=NOW)
        with Session(engine) as session:
            with counting(engine) as team:
                teams.team(session, world.manager, now=NOW)
            with counting(engine) as figures:
                actions.statistics(session, world.lead, now=NOW)
            with counting(engine) as sending:
                teams.remind(session, world.manager, now=NOW)
        numbers.append((len(team), len(figures), len(sending)))
    assert numbers[0] == numbers[1]
    assert numbers[0][0] <= 5 and numbers[0][1] <= 5
