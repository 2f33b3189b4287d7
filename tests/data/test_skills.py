"""Skills by objective and most-held ideas: of whom, from how many, and for whose eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db import answers, learned, learning
from db.engine import reading, writing
from modules.basics import Denied
from modules.manage import report, skills
from tests.data.test_learned import Body
from tests.signers import agree
from tests.world import MODULE, NOW

IDEA = "sharing-is-copying"


@pytest.fixture
def body(world):
    return Body(world)


def seen(world, who="grace"):
    with reading() as session:
        found = skills.shown(session, world.viewer(who), module=MODULE, now=NOW)
    return {one.panel.name: one.lines for one in found}


def choosing(monkeypatch, idea=IDEA):
    """From now on every wrong answer is recorded with this idea."""
    record = answers.record

    def tagged(session, *, org_id, answer):
        from dataclasses import replace

        tags = () if answer.correct else (idea,)
        return record(session, org_id=org_id, answer=replace(answer, tags=tags))

    monkeypatch.setattr(answers, "record", tagged)


def test_nothing_is_told_of_29_people_and_each_objective_of_30(world, body):
    for person in body.people[:29]:
        body.finish(person)
    assert seen(world) == {}
    body.finish(body.people[29], before=2, after=2)
    lines = seen(world)["skills"]
    asked = {body.module.question(item).objective for item in body.module.matched}
    assert {line.under for line in lines} == {body.module.objectives[one] for one in asked}
    assert [line.name for line in lines[:2]] == ["pre", "check"]
    assert {line.people for line in lines if not line.hidden} == {30}


def test_what_all_or_none_had_right_stays_hidden(world, body):
    for person in body.people[:30]:
        body.finish(person, before=1, after=3)
    lines = seen(world)["skills"]
    assert {line.hidden for line in lines} == {"same"}
    assert all(line.people is None and line.value is None for line in lines)


def test_a_mixed_group_is_told_with_how_many_had_everything_right(world, body):
    for place, person in enumerate(body.people[:30]):
        body.finish(person, before=place % 2, after=3 if place % 3 else 2)
    lines = seen(world)["skills"]
    [before] = [line for line in lines if line.name == "pre" and not line.hidden]
    assert (before.value, before.people) == (15, 30)
    [after] = [line for line in lines if line.name == "check" and not line.hidden]
    assert (after.value, after.people) == (20, 30)


def test_ten_more_people_are_needed_for_another_figure(world, body):
    for place, person in enumerate(body.people[:30]):
        body.finish(person, before=place % 2)
    first = seen(world)
    for person in body.people[30:39]:
        body.finish(person, before=3, after=0)
        assert seen(world) == first
    body.finish(body.people[39], before=3, after=0)
    assert {line.people for line in seen(world)["skills"] if not line.hidden} == {40}


def test_an_idea_is_told_from_ten_people_on_and_by_how_many_chose_it(world, body, monkeypatch):
    choosing(monkeypatch)
    for place, person in enumerate(body.people[:30]):
        body.finish(person, after=2 if place < 9 else 3)
    assert "beliefs" not in seen(world)
    for person in body.people[30:40]:
        body.finish(person, after=2)
    [line] = seen(world)["beliefs"]
    assert (line.value, line.people) == (19, 40)
    assert line.name == body.module.misconceptions[IDEA]


@pytest.mark.parametrize("who", ["tom", "amira", "priya", "marek"])
def test_nobody_but_a_lead_of_the_whole_organisation_sees_it(world, who):
    assert not skills.may_see(world.viewer(who))
    with reading() as session, pytest.raises(Denied):
        skills.shown(session, world.viewer(who), module=MODULE, now=NOW)


def test_another_organisation_sees_nothing_of_it(world, body):
    for place, person in enumerate(body.people[:30]):
        body.finish(person, before=place % 2)
    assert seen(world, "olga") == {}


def test_what_is_not_agreed_on_is_not_there_and_json_has_intervals(world, body, monkeypatch):
    for place, person in enumerate(body.people[:30]):
        body.finish(person, before=place % 2)
    with reading() as session:
        found = skills.shown(session, world.viewer("grace"), module=MODULE, now=NOW)
    told = [one for one in report.of_learning(found)["skills"] if not one["hidden"]]
    assert told[0]["all_right"] == 15
    low, high = told[0]["interval"]
    assert low < 0.5 < high
    agree(monkeypatch, panels=["trend"])
    assert seen(world) == {}


def counted(world, now):
    """Count as the server does; which modules were counted."""
    with reading() as looked:
        found = list(skills.uncounted(looked, now=now))
    with writing() as session:
        for org_id, module, one in found:
            learned.keep(session, org_id=org_id, module=module, counted=one)
    org_id = world.viewer("grace").org_id
    return [module for of, module, _ in found if of == org_id]


def test_what_was_counted_last_is_told_and_reads_no_answer(world, body, monkeypatch):
    choosing(monkeypatch)
    for place, person in enumerate(body.people[:40]):
        body.finish(person, before=place % 2, after=3 if place < 20 else 1)
    live = seen(world)
    assert {"skills", "beliefs"} <= set(live)
    assert MODULE in counted(world, NOW)
    monkeypatch.setattr(learning, "given", None)
    assert seen(world) == live
    with reading() as session:
        told = skills.shown(session, world.viewer("olga"), module=MODULE, now=NOW)
    assert told == ()


def test_it_is_counted_about_once_a_day(world, body):
    for place, person in enumerate(body.people[:30]):
        body.finish(person, before=place % 2)
    assert MODULE in counted(world, NOW)
    for place, person in enumerate(body.people[30:40]):
        body.finish(person, before=place % 2)
    assert counted(world, NOW + timedelta(hours=19)) == []
    assert {line.people for line in seen(world)["skills"]} <= {30, None}
    assert MODULE in counted(world, NOW + timedelta(hours=20))
    assert 40 in {line.people for line in seen(world)["skills"]}


def test_a_raised_threshold_hides_what_was_counted_under_a_lower_one(world, body, monkeypatch):
    choosing(monkeypatch)
    for place, person in enumerate(body.people[:30]):
        body.finish(person, before=place % 2, after=3 if place < 20 else 1)
    counted(world, NOW)
    assert any(not line.hidden for line in seen(world)["skills"])
    agree(monkeypatch, threshold__learned=50)
    found = seen(world)
    assert all(line.hidden for line in found.get("skills", ()))
    assert not found.get("beliefs")
