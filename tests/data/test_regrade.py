"""Answers graded again by a corrected question: who gains, and that nobody loses what she has."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import attempts, learning, recounting, regrades
from db.engine import engine, reading, writing
from db.tables import Answer, Evidence, LooseAnswer, Regrade, Regraded, Rollup, core
from modules.basics import BadInput
from modules.learn import own_export, receipts, record, rounds
from modules.manage.team import team
from modules.personal import erasure
from modules.progress.asked import form_items
from modules.progress.ideas import idea_of
from modules.progress.outcome import outcome, strict
from tests.counting import count, counting
from tests.data.certifying import opened, public
from tests.data.mails import AMIRA, MONDAY, run
from tests.regrading import WHY, apply, correct, failed_by_one, key, org, plan, undo
from tests.reviewing import Learner
from tests.walk import MODULE, Walk, take_test_out


def answers_as_stored():
    with reading() as session:
        return session.connection().execute(select(*core(Answer).c).order_by("id")).all()


def later(walk, hours=1):
    return walk.now + timedelta(hours=hours)


def test_who_failed_by_a_faulty_key_passes_and_completes_on_the_day_of_the_regrade(world):
    walk, slot, chosen = failed_by_one(world)
    assert not walk.completions()
    before = answers_as_stored()
    made = correct(world, key(slot, chosen), now=walk.now)
    told = plan(world, slot)
    assert (told.counts.n["up"], told.counts.n["passes_now"]) == (1, 1)
    assert told.counts.n["granted"] == 1
    assert not walk.completions(), "a dry run writes nothing"
    when = later(walk, 30)
    apply(world, slot, now=when)
    [done] = walk.completions()
    assert done.completed_at == when
    assert done.version == "1.2.0", "what she completed is the version that she was taught"
    assert done.sha256 != made.sha256
    assert answers_as_stored() == before, "an answer never changes"
    journey = walk.journey
    sheet = journey.sheet("check")
    assert sheet.answer(slot).correct
    assert sheet.answer(slot).was.right is False
    assert outcome(journey.module, sheet).right == 5
    assert journey.finished
    assert journey.practice.ended
    assert sheet.ended


def test_a_completion_that_would_no_longer_be_reached_stays_and_nothing_is_asked_again(world):
    walk = Walk(world).whole()
    [done] = walk.completions()
    sheet = walk.journey.sheet("check")
    slot = walk.slot("M01-Q11")
    chosen = sheet.answer(slot).response["choice"]
    other = next(o.id for o in walk.module.question(slot).options if o.id != chosen)
    correct(world, key(slot, other), now=walk.now)
    made = apply(world, slot, now=later(walk))
    assert (made.counts.n["down"], made.counts.n["only_kept"]) == (1, 1)
    assert walk.completions() == [done]
    journey = walk.journey
    sheet = journey.sheet("check")
    assert sheet.answer(slot).correct is False
    assert not strict(journey.module, sheet).passed
    result = journey.result(sheet)
    assert (result.passed, result.kept, result.again) == (True, True, ())
    assert journey.finished
    # Nobody is sent into another check by it.
    walk.do(rounds.check_again, module=MODULE)
    assert len(walk.journey.checks) == 1


def test_applying_twice_does_nothing_and_says_so(world):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    apply(world, slot, now=later(walk))
    rows = count(Regraded)
    with pytest.raises(BadInput, match="has the grade that the published question gives"):
        apply(world, slot, now=later(walk, 2), after=1)
    assert (count(Regrade), count(Regraded)) == (1, rows)


def test_of_two_trainers_one_is_first_and_the_other_is_told(world):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    apply(world, slot, now=later(walk))
    # The other one looked before: her dry run knew of no regrade.
    with pytest.raises(BadInput, match="meanwhile"):
        apply(world, slot, now=later(walk), after=0)
    assert count(Regrade) == 1


def test_there_and_back_is_the_start_except_for_what_was_granted(world):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    before = walk.journey.sheet("check")
    apply(world, slot, now=later(walk))
    [done] = walk.completions()
    undo(world, slot, 1, now=later(walk, 2))
    journey = walk.journey
    sheet = journey.sheet("check")
    assert sheet.answer(slot).mark == before.answer(slot).mark
    assert walk.completions() == [done]
    assert journey.result(sheet).kept
    assert journey.finished
    with pytest.raises(BadInput, match="taken back before"):
        undo(world, slot, 2, now=later(walk, 3))
    with reading() as session:
        newest = regrades.newest(session, org_id=org(world), module=MODULE, item=slot)
    assert (newest.number, newest.undoes) == (2, 1)
    # And it can be decided anew.
    apply(world, slot, now=later(walk, 4), after=2)
    assert walk.journey.sheet("check").answer(slot).correct


def test_a_question_that_stayed_the_same_changes_nothing(world):
    walk, slot, _ = failed_by_one(world)
    correct(world, lambda _items, _head: None, now=walk.now)
    for item in walk.module.questions:
        told = plan(world, item)
        assert told.rows == []
        assert told.counts.n["unjudged"] == 0
    with pytest.raises(BadInput, match="Every answer has the grade"):
        apply(world, slot, now=later(walk))


def test_a_passed_test_out_completes_with_story_and_lab_and_not_before(world):
    walk = take_test_out(Walk(world), wrong=2)
    sheet = walk.journey.test_out
    missed = [one for one in form_items(walk.module, sheet) if not sheet.answer(one).correct]
    slot = missed[0]
    correct(world, key(slot, sheet.answer(slot).response["choice"]), now=walk.now)
    made = apply(world, slot, now=later(walk))
    assert (made.counts.n["passes_now"], made.counts.n["granted"]) == (1, 0)
    assert not walk.completions()
    journey = walk.journey
    assert journey.tested_out
    walk.now = later(walk, 2)
    for step in journey.steps:
        if step.id not in walk.journey.done:
            walk.step(step)
    assert len(walk.completions()) == 1


def test_a_critical_item_asked_again_is_judged_in_its_own_slot(world):
    walk = Walk(world).until("check")
    sheet = walk.check(wrong=("M01-Q11",))
    slot = walk.slot("M01-Q11")
    again = f"again:{slot}"
    walk.answer("check", again, wrong=True)
    sheet = walk.journey.sheet("check")
    twin = sheet.paper[again][0][0]
    chosen = sheet.answer(again).response["choice"]
    assert twin != slot
    correct(world, key(twin, chosen), now=walk.now)
    made = apply(world, twin, now=later(walk))
    assert made.counts.n["granted"] == 1
    assert len(walk.completions()) == 1
    assert walk.journey.sheet("check").answer(again).correct


def test_another_organisation_is_not_touched(world):
    walk, slot, chosen = failed_by_one(world)
    other, _, _ = failed_by_one(world, "uma")
    theirs = other.journey.sheet("check")
    correct(world, key(slot, chosen), now=walk.now)
    apply(world, slot, now=later(walk))
    assert not any(one.was for one in other.journey.sheet("check").answers.values())
    assert other.journey.sheet("check") == theirs
    assert not other.completions()


def test_the_roll_up_is_kept_as_it_would_be_counted_anew(world):
    with writing() as session:
        assert recounting.catch_up(session, org_id=org(world), today=world.now.date())
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)

    def counted():
        with reading() as session:
            assert recounting.differences(session, org_id=org(world)) == 0
            query = select(core(Rollup).c.people).where(core(Rollup).c.org_id == org(world))
            return sum(session.connection().execute(query).scalars())

    before = counted()
    apply(world, slot, now=later(walk))
    assert counted() == before + 1
    undo(world, slot, 1, now=later(walk, 2))
    assert counted() == before + 1


def test_an_answer_that_comes_late_on_the_old_content_is_graded_as_those_before_it(world):
    item = "M01-Q01"
    walk, late = Walk(world).begin(), Walk(world, "cora").begin()
    chosen = walk.answer("pre", item, wrong=True).response
    correct(world, key(item, chosen["choice"]), now=walk.now)
    apply(world, item, now=later(walk))
    late.now = later(walk, 2)
    stands = late.answer("pre", item, response=chosen)
    assert (stands.correct, stands.was.right) == (True, False)
    assert late.journey.pre.answer(item) == stands
    assert late.answer("pre", item, response=chosen) == stands, "sent twice, it stands once"
    new = Walk(world, "marek").begin()
    assert new.answer("pre", item, response=chosen).was is None, "on the new content nothing does"
    undo(world, item, 1, now=later(walk, 3))
    assert not late.journey.pre.answer(item).correct


def test_reviews_follow_the_grade_that_counts(world):
    learner = Learner(world).complete()
    of, slot = learner.at(2).start()[0]
    item = of.sheet.paper[slot][0][0]
    assert not learner.reply(of, slot, wrong=True).correct
    idea = idea_of(of.module, item)
    assert learner.ideas[idea].rung == 0
    chosen = learner_answer(world, slot)
    assert "choice" in chosen, "the first question of the review is a single choice"
    correct(world, key(item, chosen["choice"]), now=learner.now)
    apply(world, item, now=learner.now)
    assert learner.ideas[idea].rung == 1


def learner_answer(world, slot):
    with reading() as session:
        table = core(Answer).c
        query = select(table.response).where(table.slot == slot).order_by(table.answered_at.desc())
        return session.connection().execute(query).scalars().first()


def test_figures_of_what_was_learned_follow(world):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)

    def right():
        with reading() as session:
            found = learning.scores(session, org_id=org(world), module=MODULE, form="check")
            told = {
                one.slot: one.right
                for one in learning.given(
                    session, org_id=org(world), module=MODULE, forms=["check"]
                )
            }
        return found[walk.viewer.person_id].right, told[slot]

    assert right() == (4, False)
    apply(world, slot, now=later(walk))
    assert right() == (5, True)


def sha256_of_amira(walk):
    with reading() as session:
        [*_, newest] = attempts.of_person(
            session, org_id=walk.viewer.org_id, person_id=walk.viewer.person_id, module=MODULE
        )
    return newest.sha256


def test_the_log_says_what_was_regraded_and_proves_each_completion_and_names_nobody(world):
    walk, slot, chosen = failed_by_one(world)
    given_on = sha256_of_amira(walk)
    made = correct(world, key(slot, chosen), now=walk.now)
    priya = world.viewer("priya")
    apply(world, slot, now=later(walk), by=priya.person_id, by_name=priya.name)
    with reading() as session:
        table = core(Evidence).c
        query = select(table.kind, table.body).where(table.org_id == org(world))
        found = session.connection().execute(query.order_by(table.number)).all()
    kinds = [one.kind for one in found]
    assert kinds[-2:] == ["regraded", "completion"]
    body = json.loads(found[-2].body)
    assert body["facts"] == {
        "module": MODULE,
        "item": slot,
        "from_sha256": given_on,
        "to_sha256": made.sha256,
        "undoes": None,
        "up": 1,
        "down": 0,
        "same": 0,
        "unjudged": 0,
        "granted": 1,
    }
    assert set(body["fields"]) == {"by", "by_name"}


def test_replay_still_agrees_with_the_first_grade_and_shows_the_other(world):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    apply(world, slot, now=later(walk))
    with reading() as session:
        found = receipts.receipts(session, walk.viewer)
    lines = [line for one in found for line in one.replay()]
    assert [str(line) for line in lines if not line.same] == []
    [again] = [line for line in lines if line.regraded]
    assert (again.slot, again.recorded.right, again.regraded.right) == (slot, False, True)
    assert again.corrected == again.regraded
    # And whoever lets another grade count behind the program's back is found.
    with writing() as session:
        session.connection().execute(update(core(Regraded)).values(score=0.5))
    with reading() as session:
        found = receipts.receipts(session, walk.viewer)
    [wrong] = [str(line) for one in found for line in one.replay() if not line.same]
    assert f"{slot} try 1, by the corrected question: recorded right, score 0.5" in wrong


def test_erasing_her_takes_both_grades_and_leaves_the_one_that_counts_to_nobody(world):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    apply(world, slot, now=later(walk))
    with writing() as session:
        ids = {"org_id": org(world), "person_id": walk.viewer.person_id}
        foreseen = erasure.foresee(session, **ids)
        done = erasure.erase(session, **ids, today=world.now.date(), now=later(walk, 2))
    assert foreseen.unlinked["answers_graded_again"] == 1
    assert done.unlinked["answers_graded_again"] == 1
    assert count(Regraded) == 0
    assert count(Regrade) == 1
    with reading() as session:
        table = core(LooseAnswer).c
        query = select(table.correct).where(table.slot == slot, table.form == "check")
        assert session.connection().execute(query).scalars().all() == [True]


def test_her_export_holds_both_grades_with_the_reason(world):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    apply(world, slot, now=later(walk))
    with reading() as session:
        made = own_export.my_export(session, walk.viewer, now=later(walk, 2))
        told = record.as_json(record.my_record(session, walk.viewer))
    [row] = made.part("answers_graded_again").rows
    assert (row["slot"], row["why"]) == (slot, WHY)
    assert (row["correct_before"], row["correct"]) == (False, True)
    [again] = [one for one in told["answers"] if "was" in one]
    assert (again["slot"], again["correct"], again["was"]["correct"]) == (slot, True, False)


def test_a_dry_run_asks_the_database_as_often_for_many_as_for_few(world):
    few, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=few.now)

    def asked():
        plan(world, slot)
        with counting(engine()) as sent:
            told = plan(world, slot)
        return len(sent), told.counts.n["up"] + told.counts.n["same"]

    first, n = asked()
    assert n
    for who in ("cora", "marek", "rev0", "rev3"):
        Walk(world, who).until("check").check(wrong=("M01-Q10", "M01-Q12"))
    second, _ = asked()
    assert second == first


def test_applying_asks_the_database_as_often_for_many_answers_as_for_few(world):
    item = "M01-Q01"
    walks = [Walk(world, who).begin() for who in ("amira", "cora", "rev0", "rev3", "rev6")]
    missed = None
    for walk in walks[:2]:
        missed = walk.answer("pre", item, response=missed, wrong=True).response
    correct(world, key(item, missed["choice"]), now=walks[0].now)

    def asked(after):
        with counting(engine()) as sent:
            apply(world, item, now=world.now, after=after)
        return len(sent)

    apply(world, item, now=world.now)
    undo(world, item, 1, now=world.now)
    few = asked(2)
    for walk in walks[2:]:
        walk.answer("pre", item, response=missed)
    undo(world, item, 3, now=world.now)
    assert asked(4) == few


def test_due_day_mails_team_and_certificate_follow_a_completion_that_it_granted(
    world, database, sink
):
    walk, slot, chosen = failed_by_one(world)
    correct(world, key(slot, chosen), now=walk.now)
    run(MONDAY)
    assert AMIRA in sink.letters, "she is reminded of what is due"

    def row():
        with reading() as session:
            found = team(session, world.viewer("tom"), now=MONDAY)
        return next(one for one in found.people if one.name == "Amira Khan")

    before = row()
    apply(world, slot, now=MONDAY)
    assert row() != before
    sink.mails.clear()
    run(MONDAY + timedelta(days=14))
    assert AMIRA not in sink.letters, "and no more"
    [done] = walk.completions()
    assert done.valid_until.isoformat() == "2027-11-23"
    found = opened(world, "amira")
    assert found.code


def test_a_certificate_stays_valid_when_the_answers_behind_it_count_for_less(world):
    walk = Walk(world).whole()
    [done] = walk.completions()
    code = opened(world, "amira").code
    slot = walk.slot("M01-Q11")
    chosen = walk.journey.sheet("check").answer(slot).response["choice"]
    other = next(o.id for o in walk.module.question(slot).options if o.id != chosen)
    before = public(code)
    correct(world, key(slot, other), now=walk.now)
    apply(world, slot, now=later(walk))
    assert walk.completions() == [done]
    assert public(code) == before
