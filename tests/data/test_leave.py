"""What excuses from a duty: who gives it, for which reasons, and what it then changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from db import duties, evidence
from db import leave as kept
from db.engine import reading, writing
from db.tables import Enrolment, core
from modules import leave
from modules.basics import BadInput, Denied
from modules.leave import grounds
from modules.progress.standing import Leave, Status, standing
from tests.world import DUE, MODULE

LATER = DUE + timedelta(days=20)


def duty(world, short):
    viewer, day = world.viewer(short), world.now.date()
    with reading() as session:
        [found] = duties.of_person(
            session, org_id=viewer.org_id, person_id=viewer.person_id, day=day
        )
    return found


def stands(world, short, day):
    one = duty(world, short)
    eased = Leave(one.grace_days, one.extended_until, one.exempt)
    return standing(due_on=one.due_on, valid_until=one.valid_until, today=day, leave=eased).status


def do(call, viewer, **given):
    with writing() as session:
        call(session, viewer, **given)


def ask(world, short="amira", until=LATER, ground="workload"):
    do(leave.ask, world.viewer(short), module=MODULE, ground=ground, until=until, now=world.now)


def mine(world, short="amira"):
    with reading() as session:
        return leave.my_leave(session, world.viewer(short), now=world.now)


def exempt(world, by="tom", whom="amira", module=MODULE, ground="no_data", until=None):
    who = world.viewer(whom).person_id
    given = {"module": module, "ground": ground, "until": until, "now": world.now}
    do(leave.exempt, world.viewer(by), person_id=who, **given)


def logged(world):
    with reading() as session:
        rows = evidence.entries(session, org_id=world.viewer("tom").org_id, first=1, last=50)
    return [one.kind for one in rows]


def test_an_exempt_person_is_asked_for_nothing_and_reads_who_said_so_and_why(world):
    exempt(world)
    assert stands(world, "amira", LATER) is Status.EXEMPT
    [one] = mine(world).exemptions
    assert (one.module, one.ground, one.by, one.ends) == (MODULE, "no_data", "Tom Ashdown", None)
    assert mine(world).askable == ()
    assert mine(world, "ben").exemptions == ()


def test_an_exemption_from_everything_covers_each_module(world):
    exempt(world, module="")
    assert stands(world, "amira", LATER) is Status.EXEMPT


def test_an_exemption_ends_after_its_last_day_and_the_duty_is_back(world):
    today = world.now.date()
    exempt(world, until=today + timedelta(days=5))
    amira = world.viewer("amira")
    scope = {"org_id": amira.org_id, "person_id": amira.person_id}
    for days, still in ((0, True), (5, True), (6, False)):
        with reading() as session:
            [one] = duties.of_person(session, **scope, day=today + timedelta(days=days))
        assert one.exempt is still


def test_ending_an_exemption_brings_the_duty_back_today_and_both_are_evidence(world):
    exempt(world)
    [one] = mine(world).exemptions
    do(leave.end, world.viewer("tom"), id=one.id, now=world.now)
    assert stands(world, "amira", DUE) is Status.DUE
    assert logged(world) == ["exemption", "exemption_ended"]
    with pytest.raises(BadInput, match="ended already"):
        do(leave.end, world.viewer("tom"), id=one.id, now=world.now)


@pytest.mark.parametrize("ground", ["", "ill", "pregnant", "workload", "no_data "])
def test_only_grounds_of_the_list_are_kept(world, ground):
    with pytest.raises(BadInput):
        exempt(world, ground=ground)
    assert mine(world).exemptions == ()


def test_the_same_exemption_is_not_given_twice_nor_for_days_that_are_over(world):
    exempt(world)
    with pytest.raises(BadInput, match="already"):
        exempt(world)
    with pytest.raises(BadInput, match="past"):
        exempt(world, whom="ben", until=world.now.date() - timedelta(days=1))
    with pytest.raises(BadInput, match="M99"):
        exempt(world, whom="ben", module="M99")


@pytest.mark.parametrize("by", ["grace", "marek", "amira", "olga"])
def test_nobody_but_her_own_manager_exempts_or_extends(world, by):
    who = world.viewer("amira").person_id
    with pytest.raises(Denied):
        exempt(world, by=by)
    with pytest.raises(Denied):
        do(
            leave.give,
            world.viewer(by),
            person_id=who,
            module=MODULE,
            until=LATER,
            now=world.now,
        )
    assert stands(world, "amira", DUE) is Status.DUE
    assert logged(world) == []


@pytest.mark.parametrize("by", ["grace", "amira", "olga", "uma"])
def test_an_outsider_decides_ends_and_takes_back_nothing_by_its_id(world, by):
    ask(world)
    exempt(world, whom="cora")
    viewer = world.viewer(by)
    [request], [held] = mine(world).requests, mine(world, "cora").exemptions
    with pytest.raises(Denied):
        do(leave.decide, viewer, id=request.id, until=LATER, now=world.now)
    with pytest.raises(Denied):
        do(leave.refuse, viewer, id=request.id, answer="talk", now=world.now)
    with pytest.raises(Denied):
        do(leave.end, viewer, id=held.id, now=world.now)
    do(leave.decide, world.viewer("tom"), id=request.id, until=LATER, now=world.now)
    with pytest.raises(Denied):
        do(leave.take_back, viewer, id=request.id, now=world.now)
    assert duty(world, "amira").extended_until == LATER


def test_a_request_is_open_until_the_manager_grants_that_day_or_another(world):
    ask(world)
    [one] = mine(world).requests
    assert one.open and (one.due_on, one.asked_until, one.ground) == (DUE, LATER, "workload")
    assert mine(world).askable == ()
    assert stands(world, "amira", LATER) is Status.OVERDUE
    another = DUE + timedelta(days=7)
    do(leave.decide, world.viewer("tom"), id=one.id, until=another, now=world.now)
    [one] = mine(world).requests
    assert (one.granted_until, one.by) == (another, "Tom Ashdown")
    assert stands(world, "amira", another) is Status.EXTENDED
    assert stands(world, "amira", LATER) is Status.OVERDUE
    assert logged(world) == ["extension"]


def test_a_refusal_says_one_of_the_ready_sentences_and_changes_no_day(world):
    ask(world)
    [one] = mine(world).requests
    with pytest.raises(BadInput):
        do(leave.refuse, world.viewer("tom"), id=one.id, answer="no way", now=world.now)
    do(leave.refuse, world.viewer("tom"), id=one.id, answer="talk", now=world.now)
    [one] = mine(world).requests
    assert (one.open, one.granted_until, one.answer, one.by) == (False, None, "talk", "Tom Ashdown")
    assert duty(world, "amira").extended_until is None
    with pytest.raises(BadInput, match="not open"):
        do(leave.refuse, world.viewer("tom"), id=one.id, answer="talk", now=world.now)
    assert [one.module for one in mine(world).askable] == [MODULE]


def test_one_request_for_each_duty_is_open_at_a_time_and_can_be_taken_back(world):
    ask(world)
    with pytest.raises(BadInput, match="open already"):
        ask(world)
    with pytest.raises(BadInput, match="open already"):
        who = world.viewer("amira").person_id
        given = {"module": MODULE, "until": LATER, "now": world.now}
        do(leave.give, world.viewer("tom"), person_id=who, **given)
    [one] = mine(world).requests
    with pytest.raises(Denied):
        do(leave.withdraw, world.viewer("ben"), id=one.id, now=world.now)
    do(leave.withdraw, world.viewer("amira"), id=one.id, now=world.now)
    assert mine(world).requests[0].answer == grounds.WITHDRAWN
    ask(world)


@pytest.mark.parametrize("days", [-400, -20, 0, 61, 400])
def test_a_day_is_after_the_due_day_and_at_most_sixty_days_after_it(world, days):
    with pytest.raises(BadInput):
        ask(world, until=DUE + timedelta(days=days))
    ask(world, until=DUE + timedelta(days=60))


@pytest.mark.parametrize("ground", ["given", "illness", ""])
def test_a_learner_asks_for_a_reason_of_the_list(world, ground):
    with pytest.raises(BadInput):
        ask(world, ground=ground)


def test_nothing_is_asked_for_what_nobody_asks_of_her(world):
    with pytest.raises(BadInput, match="not asked"):
        given = {"ground": "cover", "until": LATER, "now": world.now}
        do(leave.ask, world.viewer("amira"), module="M02", **given)


def test_more_time_for_one_due_day_is_none_for_a_later_one(world):
    ask(world)
    [one] = mine(world).requests
    do(leave.decide, world.viewer("tom"), id=one.id, until=LATER, now=world.now)
    table, who = core(Enrolment), world.viewer("amira")
    with writing() as session:
        session.connection().execute(
            update(table)
            .where(table.c.org_id == who.org_id, table.c.person_id == who.person_id)
            .values(due_on=DUE + timedelta(days=365))
        )
    assert duty(world, "amira").extended_until is None


def test_a_request_about_a_day_that_has_changed_is_not_granted_blindly(world):
    ask(world)
    [one] = mine(world).requests
    table, who = core(Enrolment), world.viewer("amira")
    with writing() as session:
        session.connection().execute(
            update(table)
            .where(table.c.org_id == who.org_id, table.c.person_id == who.person_id)
            .values(due_on=DUE + timedelta(days=5))
        )
    with pytest.raises(BadInput, match="has changed"):
        do(leave.decide, world.viewer("tom"), id=one.id, until=LATER, now=world.now)


def test_more_time_that_was_given_is_taken_back_once(world):
    who = world.viewer("amira").person_id
    given = {"module": MODULE, "until": LATER, "now": world.now}
    do(leave.give, world.viewer("tom"), person_id=who, **given)
    assert stands(world, "amira", LATER) is Status.EXTENDED
    [one] = mine(world).requests
    assert (one.ground, one.open) == (grounds.GIVEN, False)
    do(leave.take_back, world.viewer("tom"), id=one.id, now=world.now)
    assert stands(world, "amira", LATER) is Status.OVERDUE
    assert mine(world).requests[0].answer == grounds.TAKEN_BACK
    with pytest.raises(BadInput, match="back already"):
        do(leave.take_back, world.viewer("tom"), id=one.id, now=world.now)
    assert logged(world) == ["extension", "extension_ended"]


def test_requests_of_a_team_are_read_at_once_and_only_those_that_are_open(world):
    ask(world)
    ask(world, "cora")
    ids = [world.viewer(one).person_id for one in ("amira", "cora", "ben")]
    with reading() as session:
        found = kept.more_time(
            session, org_id=world.viewer("tom").org_id, person_ids=ids, open=True
        )
    assert {one.name for one in found} == {"Amira Khan", "Cora Ellis"}
