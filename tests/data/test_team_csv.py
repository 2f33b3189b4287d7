"""A manager takes the list of the own people along: what is shown, logged, harmless to open."""

from __future__ import annotations

import csv
import io

import pytest

from db import audit
from modules import words
from modules.agreement import current
from modules.basics import Denied
from modules.manage import team as teams
from modules.manage.seen import Free, Member
from modules.progress.standing import Status
from tests.world import DUE, MODULE


def rows(session, viewer, people, now):
    made = teams.taken_along(session, viewer, people=people, say=words.of("en"), now=now)
    return list(csv.DictReader(io.StringIO(made)))


def test_the_list_has_everybody_with_status_and_day_and_no_result(world, session):
    tom = world.viewer("tom")
    team = teams.team(session, tom, now=world.now)
    found = {one["Name"]: one for one in rows(session, tom, team.people, world.now)}
    assert len(found) == len(team.people) == 4
    amira = found["Amira Khan"]
    assert (amira["Unit"], amira["Status"]) == ("Revenues", "Due")
    assert amira["Due, or current until"] == DUE.isoformat()
    assert set(amira) == {
        "Name", "Unit", "Module", "Status", "Due, or current until", "Last reminder"
    }  # fmt: skip


def test_everybody_in_it_can_read_that_she_was_looked_at(world, session):
    tom = world.viewer("tom")
    team = teams.team(session, tom, now=world.now)
    rows(session, tom, team.people[:2], world.now)
    seen = audit.views(session, org_id=tom.org_id)
    assert {one.person for one in seen} == {one.name for one in team.people[:2]}


def test_only_who_manages_anybody_takes_a_list_along(world, session):
    with pytest.raises(Denied):
        rows(session, world.viewer("amira"), (), world.now)


def test_what_managers_are_not_to_see_has_no_column(world, session, monkeypatch):
    narrow = current.agreed().model_copy(update={"managers_see": ("name", "module", "status")})
    monkeypatch.setattr(current, "agreed", lambda: narrow)
    for place in ("wording", "team"):
        monkeypatch.setattr(f"modules.manage.{place}.agreed", lambda: narrow)
    tom = world.viewer("tom")
    team = teams.team(session, tom, now=world.now)
    [first, *_] = rows(session, tom, team.people, world.now)
    assert list(first) == ["Name", "Module", "Status"]


def test_a_name_that_a_spreadsheet_would_compute_is_made_harmless(world, session):
    tom = world.viewer("tom")
    who = tom.person_id
    people = (
        Member(who, "=HYPERLINK(1)", "+1", MODULE, Status.OVERDUE, DUE, None, ()),
        Free(who, "@SUM(A1)", "-2"),
    )
    one, other = rows(session, tom, people, world.now)
    assert (one["Name"], one["Unit"]) == ("'=HYPERLINK(1)", "'+1")
    assert (other["Name"], other["Unit"]) == ("'@SUM(A1)", "'-2")
    assert (other["Status"], other["Module"]) == ("Nothing to take", "")
