"""What an administrator sees of people, and that looking leaves a line in the log."""

import csv
import io
import uuid
from dataclasses import fields
from datetime import date, timedelta

import pytest

from db import audit
from db.engine import engine, reading, writing
from modules.access import Role
from modules.admin import actions
from modules.basics import Denied
from modules.progress.standing import Status
from tests.counting import counting


def everybody(world, who="marek", like=""):
    with reading() as session:
        return actions.people(session, world.viewer(who), now=world.now, like=like)


def look(world, at, who="marek", after=timedelta()):
    person_id = world.viewer(at).person_id if isinstance(at, str) else at
    with writing() as session:
        return actions.person(
            session,
            world.viewer(who),
            person_id=person_id,
            now=world.now + after,
            purpose="asked",
        )


def logged(world, who="marek"):
    with reading() as session:
        return actions.log(session, world.viewer(who))


def test_an_administrator_sees_everybody_of_her_own_organisation_and_nobody_else(world):
    here, there = everybody(world), everybody(world, "olga")
    assert len(here) == 46
    assert {one.email.partition("@")[2] for one in here} == {"fernleigh.example"}
    assert {one.email.partition("@")[2] for one in there} == {"harrow.example"}
    assert [one.name for one in here] == sorted(one.name for one in here)


def test_people_are_listed_with_unit_manager_and_the_roles_of_today(world):
    by_name = {one.name: one for one in everybody(world)}
    assert by_name["Amira Khan"].unit == "Revenues"
    assert by_name["Amira Khan"].line_manager == "Tom Ashdown"
    assert by_name["Amira Khan"].roles == (Role.LEARNER,)
    assert by_name["Tom Ashdown"].roles == (Role.LEARNER, Role.MANAGER)
    assert by_name["Marek Novak"].roles == (Role.LEARNER, Role.ADMINISTRATOR)
    for name in ("tom", "grace", "priya", "marek"):
        viewer = world.viewer(name)
        assert set(by_name[viewer.name].roles) == viewer.roles


def test_who_has_left_is_not_listed_and_cannot_be_opened(world):
    gone = world.viewer("amira").person_id
    world.leave("amira")
    assert gone not in {one.person_id for one in everybody(world)}
    with pytest.raises(Denied):
        look(world, gone)


@pytest.mark.parametrize(
    ("like", "names"),
    [
        ("KHAN", ["Amira Khan"]),
        (" amira.khan@FERN ", ["Amira Khan"]),
        ("%", []),
        ("_", []),
        ("uma quill", []),
    ],
)
def test_search_takes_names_and_addresses_literally_in_any_case(world, like, names):
    assert [one.name for one in everybody(world, like=like)] == names


def test_listing_takes_three_queries_however_many_people(world):
    with reading() as session:
        marek, olga = world.viewer("marek"), world.viewer("olga")
        with counting(engine()) as many:
            assert len(actions.people(session, marek, now=world.now)) == 46
        with counting(engine()) as few:
            assert len(actions.people(session, olga, now=world.now)) == 15
    assert [sum("SELECT" in one for one in asked) for asked in (many, few)] == [3, 3]


def test_a_persons_page_has_status_and_nothing_that_was_answered(world):
    due, done = look(world, "amira"), look(world, "ben")
    (one,) = due.duties
    assert (one.module, one.standing.status, one.standing.on) == (
        "M01",
        Status.DUE,
        date(2026, 12, 11),
    )
    assert done.duties[0].standing.status is Status.CURRENT
    assert done.duties[0].standing.on == date(2027, 8, 12)
    assert {field.name for field in fields(one)} == {"module", "title", "standing"}
    assert {field.name for field in fields(due)} == {"member", "duties", "works_as"}


def test_opening_a_person_is_logged_once_a_day_and_she_can_read_it(world):
    for minutes in (0, 5, 24 * 60):
        look(world, "amira", after=timedelta(minutes=minutes))
    views = logged(world).views
    assert [(one.viewer, one.person, one.place) for one in views] == [
        ("Marek Novak", "Amira Khan", "person")
    ] * 2
    amira = world.viewer("amira")
    with reading() as session:
        assert len(audit.views(session, org_id=amira.org_id, person_id=amira.person_id)) == 2


def test_opening_ones_own_page_is_not_logged(world):
    look(world, "marek")
    assert logged(world).views == ()


def test_somebody_of_another_organisation_is_refused_as_if_she_did_not_exist(world):
    with pytest.raises(Denied) as other:
        look(world, "uma")
    with pytest.raises(Denied) as nobody:
        look(world, uuid.UUID(int=7))
    assert str(other.value).split(" of ")[0] == str(nobody.value).split(" of ")[0]
    assert logged(world).views == ()
    assert logged(world, "olga").views == ()


def test_the_log_shows_views_and_refusals_of_the_own_organisation_alone(world):
    look(world, "amira")
    tom = world.viewer("tom")
    with writing() as session:
        audit.refused(
            session, org_id=tom.org_id, person_id=tom.person_id, what="page log", now=world.now
        )
    assert len(logged(world).views) == 1
    assert [(who, what) for _, who, what in logged(world).refusals] == [("Tom Ashdown", "page log")]
    assert logged(world, "olga") == actions.Log((), ())


@pytest.mark.parametrize("who", ["amira", "tom", "grace", "priya"])
def test_who_is_no_administrator_is_refused_and_logs_nothing(world, who):
    with pytest.raises(Denied):
        everybody(world, who)
    with pytest.raises(Denied):
        look(world, "amira", who)
    with pytest.raises(Denied):
        logged(world, who)
    assert logged(world).views == ()


def test_a_download_holds_the_lines_shown_and_no_formula():
    header, rows = ("Who", "Whose"), [("Ann, the first", "=HYPERLINK(1)"), ("Bo", "Cy")]
    read = list(csv.reader(io.StringIO(actions.as_csv(header, rows))))
    assert read == [["Who", "Whose"], ["Ann, the first", "'=HYPERLINK(1)"], ["Bo", "Cy"]]
