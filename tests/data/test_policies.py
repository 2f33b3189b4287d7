"""Policies: who writes them, who is asked to acknowledge which version, and what is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db import evidence
from db.engine import reading, writing
from db.tables import Person
from modules import policies
from modules.basics import BadInput, Denied
from modules.learn import own_export
from tests.world import FERNLEIGH

TEXT = "# Clean desk\n\nNo paper stays out overnight."


def begin(world, by="marek", title="Clean desk", body=TEXT, days=14, now=None):
    with writing() as session:
        return policies.begin(
            session,
            world.viewer(by),
            title=title,
            body=body,
            due_days=days,
            now=now or world.now,
        )


def publish(world, id_, body, again, by="marek", now=None):
    with writing() as session:
        return policies.publish(
            session,
            world.viewer(by),
            policy_id=id_,
            body=body,
            asks_again=again,
            now=now or world.now,
        )


def waiting(world, short="amira"):
    with reading() as session:
        return policies.waiting(session, world.viewer(short))


def say(world, id_, number=1, short="amira"):
    with writing() as session:
        return policies.acknowledge(
            session, world.viewer(short), policy_id=id_, number=number, now=world.now
        )


def listed(world):
    with reading() as session:
        [one], least = policies.listed(session, world.viewer("marek"), now=world.now)
    return one, least


def test_a_policy_asks_everybody_from_its_publication_until_its_day(world):
    begin(world)
    for short in ("amira", "tom", "marek"):
        [one] = waiting(world, short)
        assert one.until == world.now.date() + timedelta(days=14)
    assert waiting(world, "olga") == ()


def test_whoever_joins_later_has_the_same_days_from_her_first_one(world):
    begin(world)
    amira = world.viewer("amira")
    with writing() as session:
        session.get(Person, (amira.org_id, amira.person_id)).joined_on = date(2027, 2, 1)
    assert waiting(world)[0].until == date(2027, 2, 15)


def test_acknowledging_ends_it_with_evidence_and_stands_in_her_export(world):
    id_ = begin(world)
    assert say(world, id_) is True
    assert say(world, id_) is False
    assert waiting(world) == () and len(waiting(world, "ben")) == 1
    amira = world.viewer("amira")
    with reading() as session:
        rows = evidence.entries(session, org_id=amira.org_id, first=1, last=9)
        [mine] = policies.my_policies(session, amira)
        made = own_export.my_export(session, amira, now=world.now)
    assert [one.kind for one in rows] == ["policy_acknowledged"]
    assert (mine.said, mine.said_at, mine.until) == (1, world.now, None)
    assert made.part("policies_acknowledged").rows[0]["number"] == 1


def test_a_version_asks_again_or_changes_only_the_wording(world):
    id_ = begin(world)
    say(world, id_)
    assert publish(world, id_, TEXT + " Ever.", again=False) == 2
    assert waiting(world) == ()
    [ben] = waiting(world, "ben")
    assert (ben.held.newest, ben.held.asked) == (2, 1)
    assert publish(world, id_, "Another text.", again=True) == 3
    [one] = waiting(world)
    assert (one.held.asked, one.said) == (3, 1)
    say(world, id_, 3)
    assert waiting(world) == ()
    with reading() as session:
        texts = policies.opened(session, world.viewer("amira"), policy_id=id_)
    assert [(one.number, one.asks_again) for one in texts] == [(3, True), (2, False), (1, True)]
    assert texts[2].body == TEXT


def test_only_the_newest_version_of_one_that_holds_is_acknowledged(world):
    id_ = begin(world)
    publish(world, id_, "Another text.", again=True)
    with pytest.raises(BadInput, match="newer"):
        say(world, id_, 1)
    with pytest.raises(BadInput):
        say(world, id_, 7)
    with writing() as session:
        policies.end(session, world.viewer("marek"), policy_id=id_, now=world.now)
    assert waiting(world) == ()
    with pytest.raises(BadInput, match="ended"):
        say(world, id_, 2)
    with pytest.raises(BadInput, match="ended"):
        publish(world, id_, "Third.", again=True)


@pytest.mark.parametrize("by", ["olga", "uma"])
def test_an_outsider_reads_and_acknowledges_nothing_by_its_id(world, by):
    id_ = begin(world)
    with reading() as session:
        with pytest.raises(Denied):
            policies.opened(session, world.viewer(by), policy_id=id_)
        assert policies.my_policies(session, world.viewer(by)) == ()
    with pytest.raises(Denied):
        say(world, id_, short=by)


@pytest.mark.parametrize("by", ["olga", "tom", "amira", "priya"])
def test_nobody_but_an_administrator_publishes_or_ends(world, by):
    id_ = begin(world)
    with pytest.raises(Denied):
        publish(world, id_, "Mine.", again=True, by=by)
    with pytest.raises(Denied), writing() as session:
        policies.end(session, world.viewer(by), policy_id=id_, now=world.now)


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"title": "x" * 121}, {"body": "\n "}, {"body": "x" * 30_001}, {"days": 0}],
)
def test_what_cannot_be_published_is_told_and_nothing_is_kept(world, wrong):
    with pytest.raises(BadInput):
        begin(world, **wrong)
    assert waiting(world) == ()


def test_two_that_hold_have_no_one_title_and_a_version_changes_something(world):
    id_ = begin(world)
    with pytest.raises(BadInput, match="title"):
        begin(world)
    with pytest.raises(BadInput, match="already"):
        publish(world, id_, TEXT, again=True)


def test_how_many_did_is_hidden_for_few_and_for_nearly_all(world):
    id_ = begin(world)
    everybody = [one.short for one in FERNLEIGH if one.short != "rev0"]
    one, least = listed(world)
    assert (one.done, one.people, least) == (None, None, 10)
    for short in everybody[:9]:
        say(world, id_, short=short)
    assert listed(world)[0].done is None
    say(world, id_, short=everybody[9])
    assert (listed(world)[0].done, listed(world)[0].people) == (10, len(FERNLEIGH))
    # One more does not show: a day's count less the day before's would be one person.
    say(world, id_, short=everybody[10])
    assert (listed(world)[0].done, listed(world)[0].people) == (10, len(FERNLEIGH))
    for short in everybody[11:]:
        say(world, id_, short=short)
    assert listed(world)[0].done is None
