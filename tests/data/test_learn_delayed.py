"""Delayed checks in the database: open for a month, sat once, and moving nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db import answers, enrolments
from db.engine import reading
from modules.basics import BadInput
from tests.reviewing import MONDAY, Learner, asked, attempts_on


@pytest.fixture
def amira(world):
    return Learner(world).complete()


def test_the_first_delayed_check_is_offered_from_day_30_to_day_60_once(amira):
    forms = [[one.form for one in amira.at(day).checks()] for day in (29, 30, 60, 61)]
    assert forms == [[], ["delayed-1"], ["delayed-1"], []]
    of = amira.at(40).sit("delayed-1")
    assert len(of.sheet.paper) == 3
    assert amira.checks()[0].questions == 3
    for slot in of.sheet.paper:
        amira.reply(of, slot, wrong=True)
    assert amira.checks() == ()
    assert amira.sit("delayed-1").attempt_id == of.attempt_id
    assert attempts_on("delayed-1") == 1


def test_two_tabs_sit_the_same_delayed_check(amira, world):
    ids = {Learner(world).at(40).sit("delayed-1").attempt_id for _ in range(2)}
    assert len(ids) == attempts_on("delayed-1") == 1


def test_a_delayed_check_that_is_not_open_is_refused(amira):
    for day, form in ((10, "delayed-1"), (70, "delayed-1"), (70, "delayed-2"), (40, "check")):
        with pytest.raises(BadInput):
            amira.at(day).sit(form)


def test_one_that_was_begun_in_time_may_be_finished_afterwards(amira):
    amira.at(60).sit("delayed-1")
    of = amira.at(63).sit("delayed-1")
    for slot in of.sheet.paper:
        amira.reply(of, slot)
    assert attempts_on("delayed-1") == 1


def test_the_two_checks_ask_other_items_than_everything_before(amira):
    met = {slot for form in ("pre", "practice", "check") for slot in asked(form)}
    first = set(amira.at(40).sit("delayed-1").sheet.paper)
    second = set(amira.at(190).sit("delayed-2").sheet.paper)
    assert not first & second
    assert not (first | second) & met


def test_a_renewal_opens_both_checks_anew(amira):
    of = amira.at(40).sit("delayed-1")
    for slot in of.sheet.paper:
        amira.reply(of, slot)
    amira.complete(MONDAY + timedelta(days=50))
    assert amira.at(55).checks() == ()
    again = amira.at(85).sit("delayed-1")
    assert again.attempt_id != of.attempt_id
    assert attempts_on("delayed-1") == 2


def test_a_delayed_check_moves_no_idea_and_no_completion(amira):
    before, done = amira.ideas, amira.completions()
    of = amira.at(40).sit("delayed-1")
    for slot in of.sheet.paper:
        amira.reply(of, slot, wrong=True, sure="certain")
    assert amira.ideas == before
    assert amira.completions() == done
    with reading() as session:
        mine = answers.of_person(
            session, org_id=amira.viewer.org_id, person_id=amira.viewer.person_id
        )
        assert enrolments.completions(
            session, org_id=amira.viewer.org_id, person_ids=[amira.viewer.person_id]
        )
    assert [one.attempt_id for one in mine].count(of.attempt_id) == 3
