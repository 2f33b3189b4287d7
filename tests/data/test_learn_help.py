"""Help beside a lesson: asked of a colleague, seen by the two alone, closed by either."""

from __future__ import annotations

import pytest

from db.engine import reading
from modules.basics import BadInput
from modules.learn import help as helping
from tests.walk import MODULE, Walk


def ask(walk, name):
    with reading() as session:
        found = helping.colleagues(session, walk.viewer, now=walk.now)
    [one] = [one for one in found if one.name == name]
    walk.do(helping.ask, module=MODULE, helper=one.person_id)


def waiting(world, who):
    with reading() as session:
        return helping.asked_of_me(session, world.viewer(who))


def test_a_learner_asks_a_colleague_and_only_the_two_see_it(amira, world):
    ask(amira, "Ben Hale")
    ask(amira, "Ben Hale")
    [asked] = waiting(world, "ben")
    assert (asked.name, asked.module) == ("Amira Khan", MODULE)
    assert all(waiting(world, who) == [] for who in ("tom", "grace", "priya", "marek", "uma"))
    with reading() as session:
        assert len(helping.asked_by_me(session, amira.viewer, module=MODULE)) == 1


def test_trainers_and_the_team_can_be_asked_but_not_the_line_manager_nor_outsiders(amira):
    with reading() as session:
        found = helping.colleagues(session, amira.viewer, now=amira.now)
    names = {one.name for one in found}
    assert {"Ben Hale", "Priya Nair", "Rev0 Fern"} <= names
    assert not names & {"Amira Khan", "Tom Ashdown", "Ben0 Fern", "Uma Quill"}
    assert [one.name for one in found if one.trainer] == ["Priya Nair"]


def test_somebody_outside_the_list_cannot_be_asked(amira, world):
    for who in ("tom", "uma", "amira"):
        with pytest.raises(BadInput, match="Choose from the list"):
            amira.do(helping.ask, module=MODULE, helper=world.viewer(who).person_id)


def test_either_of_the_two_closes_a_request_and_nobody_else_can(amira, world):
    ask(amira, "Ben Hale")
    [asked] = waiting(world, "ben")
    Walk(world, "tom").do(helping.close, id=asked.id)
    Walk(world, "uma").do(helping.close, id=asked.id)
    assert waiting(world, "ben") == [asked]
    Walk(world, "ben").do(helping.close, id=asked.id)
    assert waiting(world, "ben") == []
    ask(amira, "Ben Hale")
    [second] = waiting(world, "ben")
    amira.do(helping.close, id=second.id)
    assert waiting(world, "ben") == []
