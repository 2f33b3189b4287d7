"""The learner's citizen asks for her file at the end of the path; it is what she decided."""

from __future__ import annotations

from db.engine import reading
from modules.learn.citizen_file import citizen_file
from modules.scenarios.letters import FIELDS
from tests.walk import GOOD, Walk


def file_of(world, who, now):
    with reading() as session:
        return citizen_file(session, world.viewer(who), now=now)


def test_she_does_not_ask_before_the_path_is_done(world):
    walk = Walk(world).begin()
    found = file_of(world, "amira", walk.now)
    assert (found.waiting, found.entries) == (1, ())


def test_her_file_holds_what_was_decided_the_first_time(world):
    walk = Walk(world).begin()
    for step in walk.journey.steps:
        walk.step(step)
    found = file_of(world, "amira", walk.now)
    assert found.waiting == 0
    decided = [(one.module, one.node) for one in found.entries]
    story = walk.module.scenario
    reaching = [
        node
        for node, chosen in zip(("d1", "d2", "d3", "d4"), GOOD, strict=True)
        if next(one for one in story.nodes[node].choices if one.id == chosen).citizen
    ]
    assert decided == [("M01", node) for node in reaching]
    assert len(decided) >= 2
    assert all(one.at for one in found.entries)


def test_two_learners_meet_two_people_and_each_always_the_same(world):
    hers, again = (file_of(world, "amira", world.now).whom for _ in range(2))
    assert hers == again
    met = {file_of(world, who, world.now).whom.resident_id for who in ("amira", "tom", "grace")}
    assert len(met) > 1


def test_everything_that_a_letter_may_name_is_known_of_her(world):
    assert set(file_of(world, "amira", world.now).whom.fields()) >= set(FIELDS)
