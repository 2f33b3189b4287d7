"""A learner's path at home: the one she follows, and what of it can be taken."""

from __future__ import annotations

from sqlalchemy import update

from db.engine import reading, writing
from db.tables import Person, core
from modules.learn import content
from modules.learn.path import my_path


def test_home_follows_the_path_of_the_person_and_counts_what_is_written(world):
    person = core(Person).c
    with writing() as session:
        change = update(core(Person)).where(person.email == world.email("amira"))
        session.connection().execute(change.values(path="D"))
    with reading() as session:
        path = my_path(session, world.viewer("amira"), now=world.now)
    [followed] = [one for one in content.course().paths if one.id == "D"]
    assert path.title == followed.title
    assert [stop.card.id for stop in path.stops] == list(followed.modules)
    assert path.written == sum(not stop.card.planned for stop in path.stops) >= 1
