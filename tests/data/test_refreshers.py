"""A changed rule is redone by those whom it affects, only its part, while everything stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from db import refreshers
from db.engine import reading, writing
from db.people import PERSON
from db.tables import Attempt, Completion, Evidence, Person, Refresher, core
from modules.basics import BadInput
from modules.learn import quiz, refresh
from modules.learn.receipts import receipts
from tests.changing import RULE, publish, sweep
from tests.regrading import apply, correct, key
from tests.reviewing import MONDAY, Learner

LATER = MONDAY + timedelta(days=20)


@pytest.fixture
def amira(world):
    learner = Learner(world).complete()
    learner.now = LATER
    return learner


def rows(*columns, of="amira.khan"):
    """What somebody was asked; others of the world have completed the module as well."""
    table = core(Refresher).c
    query = (
        select(*(table[name] for name in columns or ("module", "version", "due_on", "done_at")))
        .join(core(Person), PERSON.id == table.person_id)
        .where(PERSON.email == f"{of}@fernleigh.example")
        .order_by(table.version)
    )
    with reading() as session:
        return [tuple(row) for row in session.connection().execute(query)]


def completed(world):
    """How many have a completion that counts."""
    done = core(Completion).c
    query = select(done.person_id).distinct().where(done.valid_until >= LATER.date())
    with reading() as session:
        mine = query.where(done.org_id == world.organisations["Fernleigh"])
        return len(session.connection().execute(mine).all())


def news(learner):
    with reading() as session:
        return refresh.news(session, learner.viewer, now=learner.now)


def changed(learner):
    with reading() as session:
        return refresh.changed(session, learner.viewer, module="M01", now=learner.now)


def redo(learner, *wrong):
    """Begin what is left and answer it; gives the attempt."""
    learner.do(refresh.begin, module="M01")
    of = changed(learner).quiz
    for slot in of.left:
        learner.reply(of, slot, wrong=slot in wrong)
    return of


def test_who_completed_an_earlier_version_redoes_the_changed_part_by_a_day(amira, world):
    assert publish(world, RULE, now=LATER) == completed(world)
    assert rows() == [("M01", "1.3.0", LATER.date() + timedelta(days=30), None)]
    [one] = news(amira)
    assert (one.change.says, one.due_on) == (RULE["says"], LATER.date() + timedelta(days=30))
    assert sweep(world, now=LATER + timedelta(hours=1)) == 0
    assert len(rows()) == 1
    assert rows("module", of="uma.stone") == []


def test_a_module_may_set_its_own_days(amira, world):
    publish(world, RULE | {"days": 7}, now=LATER)
    assert rows("due_on") == [(LATER.date() + timedelta(days=7),)]


def test_only_the_changed_screens_are_shown_and_only_the_changed_items_asked(amira, world):
    publish(world, RULE, now=LATER)
    found = changed(amira)
    assert [one.id for one in found.screens] == ["five-questions"]
    assert (found.left, found.quiz) == (("M01-Q10", "M01-Q12"), None)
    amira.do(refresh.begin, module="M01")
    assert list(changed(amira).quiz.sheet.paper) == ["M01-Q10", "M01-Q12"]


def test_all_right_is_done_with_evidence_and_nothing_else_changes(amira, world):
    before = amira.completions()
    publish(world, RULE, now=LATER)
    redo(amira)
    [(_, _, _, done_at)] = rows()
    assert done_at is not None
    assert (news(amira), changed(amira).left) == ((), ())
    assert amira.completions() == before
    evidence = core(Evidence).c
    with reading() as session:
        query = select(evidence.kind).where(evidence.kind == "refreshed")
        assert len(session.connection().execute(query).all()) == 1
    assert sweep(world, now=amira.now) == 0
    assert news(amira) == ()
    with pytest.raises(BadInput, match="Nothing of this module"):
        amira.do(refresh.begin, module="M01")


def test_what_was_wrong_is_asked_again_alone_and_in_another_variant(amira, world):
    publish(world, RULE, now=LATER)
    first = redo(amira, "M01-Q12")
    assert rows("done_at") == [(None,)]
    assert changed(amira).left == ("M01-Q12",)
    second = redo(amira)
    assert list(second.sheet.paper) == ["M01-Q12"]
    asked = [of.sheet.paper["M01-Q12"][0] for of in (first, second)]
    if len(second.module.question("M01-Q12").variants()) > 1:
        assert asked[0] != asked[1]
    assert rows("done_at") != [(None,)]


def test_two_tabs_begin_the_same_questions(amira, world):
    publish(world, RULE, now=LATER)
    for _ in range(2):
        amira.do(refresh.begin, module="M01")
    attempt = core(Attempt).c
    with reading() as session:
        query = select(attempt.number).where(attempt.form == "refresh")
        assert session.connection().execute(query).all() == [(1,)]


def test_whoever_is_not_affected_is_asked_nothing(world):
    publish(world, RULE, now=LATER)
    # She has not completed it.
    assert rows() == []
    amira = Learner(world)
    amira.now = LATER
    assert (news(amira), changed(amira).left) == ((), ())
    with pytest.raises(BadInput, match="Nothing of this module"):
        amira.do(refresh.begin, module="M01")


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"paths": ["A"]}, 1),
        ({"paths": ["B", "C"]}, 0),
        ({"laws": ["uk"]}, 0),
        ({"laws": ["neutral", "uk"]}, 1),
        ({"kind": "wording"}, 0),
        ({"kind": "clarification"}, 0),
    ],
)
def test_paths_laws_and_kinds_say_who_is_affected(amira, world, change, asks):
    assert (amira.viewer.path, amira.viewer.jurisdiction) == ("A", "neutral")
    publish(world, RULE | change, now=LATER)
    assert len(rows()) == asks


def test_neither_who_has_left_nor_whose_completion_has_lapsed_is_asked(amira, world):
    mine = PERSON.id == amira.viewer.person_id
    with writing() as session:
        left = update(core(Person)).where(mine).values(left_on=LATER.date())
        session.connection().execute(left)
    publish(world, RULE, now=LATER)
    assert rows() == []
    with writing() as session:
        session.connection().execute(update(core(Person)).where(mine).values(left_on=None))
        old = update(core(Completion)).values(valid_until=LATER.date() - timedelta(days=1))
        session.connection().execute(old)
    sweep(world, now=LATER)
    assert rows() == []


def test_what_was_completed_on_the_newest_version_is_no_earlier_one(world):
    publish(world, RULE, now=MONDAY - timedelta(days=1))
    Learner(world).complete()
    sweep(world, now=LATER)
    assert rows() == []


def test_a_completion_of_the_newest_version_closes_it(amira, world):
    publish(world, RULE, now=LATER)
    amira.complete(LATER + timedelta(days=1))
    assert amira.completions()[-1].version == "1.3.0"
    assert rows("done_at") != [(None,)]
    assert news(amira) == ()


def test_a_rule_that_is_none_any_more_is_asked_no_longer(amira, world):
    publish(world, RULE, now=LATER)
    milder = RULE | {"version": "1.3.1", "kind": "clarification"}
    publish(world, milder, now=LATER + timedelta(days=1))
    # The older entry stands beside it, and it is a rule still: nothing is taken back.
    assert len(rows()) == 1
    with writing() as session:
        scope = {"org_id": amira.viewer.org_id, "module": "M01"}
        refreshers.withdraw(session, **scope, rules=())
    assert rows() == []


def test_two_changed_rules_are_asked_together_each_item_once(amira, world):
    publish(world, RULE, now=LATER)
    more = RULE | {"version": "1.4.0", "parts": ["M01-Q12", "M01-Q13"]}
    amira.now = LATER + timedelta(days=2)
    publish(world, more, now=amira.now)
    assert changed(amira).left == ("M01-Q10", "M01-Q12", "M01-Q13")
    of = redo(amira)
    assert len(of.sheet.paper) == 3
    assert all(done for (done,) in rows("done_at"))


def test_a_clarification_is_shown_once_and_asks_nothing(amira, world):
    publish(world, RULE | {"kind": "clarification"}, now=LATER)
    [one] = news(amira)
    assert one.due_on is None
    assert changed(amira).left == ()
    assert amira.do(refresh.saw, module="M01") == 1
    assert news(amira) == ()
    with reading() as session:
        due = refreshers.due(
            session, org_id=amira.viewer.org_id, person_ids=[amira.viewer.person_id]
        )
    assert due == {}


def test_wording_is_not_even_shown(amira, world):
    publish(world, RULE | {"kind": "wording"}, now=LATER)
    assert news(amira) == ()


def test_receipts_tell_the_questions_and_replay_to_the_same_grades(amira, world):
    publish(world, RULE, now=LATER)
    redo(amira, "M01-Q10")
    with reading() as session:
        [one] = [r for r in receipts(session, amira.viewer) if r.sitting.form == "refresh"]
        assert one.told
        assert [line.right for line in one.lines()] == [False, True]
        assert all(again.same for again in one.replay())


def test_another_body_and_another_person_are_not_touched(amira, world):
    publish(world, RULE, now=LATER)
    olga = Learner(world, "olga")
    olga.now = LATER
    assert news(olga) == ()
    tom = Learner(world, "tom")
    tom.now = LATER
    of = redo(amira)
    with pytest.raises(Exception, match="another person"):
        tom.do(quiz.answer, of=of, slot="M01-Q10", response={}, sure=None)


def test_the_day_is_read_for_many_people_at_once_and_as_a_column(amira, world):
    publish(world, RULE, now=LATER)
    scope = {"org_id": amira.viewer.org_id, "person_ids": [amira.viewer.person_id]}
    day = date(2026, 12, 13) + timedelta(days=30)
    with reading() as session:
        assert refreshers.due(session, **scope) == {(amira.viewer.person_id, "M01"): day}
        column = refreshers.due_on(PERSON.org_id, PERSON.id, "M01")
        query = select(PERSON.id, column).where(column.is_not(None))
        found = dict(tuple(row) for row in session.connection().execute(query))
    assert found[amira.viewer.person_id] == day
    assert len(found) == completed(world)


def test_a_corrected_question_can_finish_the_changed_part_by_itself(amira, world):
    publish(world, RULE, now=LATER)
    redo(amira, "M01-Q12")
    assert rows("done_at") == [(None,)]
    [missed] = [one for one in changed(amira).quiz.sheet.answers.values() if not one.correct]
    item, _ = changed(amira).quiz.sheet.paper[missed.slot][0]
    correct(world, key(item, missed.response["choice"]), now=amira.now, version="1.3.1")
    apply(world, item, now=amira.now)
    assert rows("done_at") == [(amira.now,)]
    assert (news(amira), changed(amira).left) == ((), ())
    evidence = core(Evidence).c
    with reading() as session:
        query = select(evidence.kind).order_by(evidence.number.desc()).limit(2)
        kinds = session.connection().execute(query).scalars().all()
    assert kinds == ["refreshed", "regraded"]
