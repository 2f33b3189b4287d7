"""A learner's path at home: the one she follows, and what of it can be taken."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from db.engine import reading, writing
from db.tables import Enrolment, Person, core
from modules import courses
from modules.learn.citizen_file import waiting
from modules.learn.path import my_path
from tests.walk import Walk, take_test_out


def path_of(world, who, now=None):
    with reading() as session:
        return my_path(session, world.viewer(who), now=now or world.now)


def unenrol(world, who):
    """Her module came to the path after she did: nobody has set her a day for it."""
    mine = core(Enrolment).c.person_id == world.viewer(who).person_id
    with writing() as session:
        session.connection().execute(delete(core(Enrolment)).where(mine))


def test_home_follows_the_path_of_the_person_and_counts_what_is_written(world):
    person = core(Person).c
    with writing() as session:
        change = update(core(Person)).where(person.email == world.email("amira"))
        session.connection().execute(change.values(path="D"))
    with reading() as session:
        path = my_path(session, world.viewer("amira"), now=world.now)
    [followed] = [one for one in courses.shipped().paths if one.id == "D"]
    assert path.title == followed.title
    assert [stop.card.id for stop in path.stops] == list(followed.modules)
    assert path.written == sum(not stop.card.planned for stop in path.stops) >= 1


def test_what_came_to_her_path_after_she_did_is_open_and_waits_without_a_day(world):
    unenrol(world, "amira")
    path = path_of(world, "amira")
    [stop] = [one for one in path.stops if one.open]
    assert (stop.card.id, stop.standing, stop.done) == ("M01", None, False)
    assert path.next is stop
    assert path.opened is not None
    assert path.written == 1
    assert waiting(path) == 1


def test_what_is_done_without_a_day_counts_as_long_as_it_is_valid(world):
    unenrol(world, "amira")
    walk = Walk(world).begin()
    for step in walk.journey.steps:
        walk.step(step)
    path = path_of(world, "amira", walk.now)
    [stop] = [one for one in path.stops if one.open]
    assert (stop.done, path.next, waiting(path)) == (True, None, 0)
    [done] = walk.completions()
    later = walk.now + (done.valid_until - walk.now.date()) + timedelta(days=2)
    [stop] = [one for one in path_of(world, "amira", later).stops if one.open]
    assert not stop.done
    assert waiting(path_of(world, "amira", later)) == 0


def test_a_module_of_her_path_is_hers_to_take_also_without_a_day(world):
    unenrol(world, "amira")
    walk = take_test_out(Walk(world))
    assert [step.kind for step in walk.journey.steps] == ["questions", "scenario", "lab", "aid"]
    assert walk.completions() == []
