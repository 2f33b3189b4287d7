"""A learner's way through M01 by actions alone: to the end, again, and on what she began with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db import revisions
from db.engine import reading
from db.tables import Attempt, core
from modules.learn import certificates
from modules.progress import papers
from modules.progress.asked import item_of
from modules.progress.outcome import outcome
from tests.walk import MODULE, Walk, published


def test_the_whole_module_ends_in_a_completion_with_version_and_last_day(amira):
    amira.begin()
    for step in amira.module.steps:
        assert amira.completions() == [] or step.id == "job-aid"
        amira.step(step)
    assert amira.journey.current is None
    assert amira.journey.finished
    [done] = amira.completions()
    with reading() as session:
        newest = revisions.latest(session, org_id=amira.viewer.org_id)[MODULE]
    assert (done.version, done.sha256) == (newest.version, newest.sha256)
    assert done.valid_until == date(2027, 11, 22)
    with reading() as session:
        shown = certificates.certificate(session, amira.viewer, attempt_id=done.attempt_id)
    assert (shown.attempt_id, shown.title) == (done.attempt_id, amira.module.title)


def test_a_completed_attempt_is_closed(amira):
    amira.until("job-aid")
    with reading() as session:
        ended = session.connection().execute(
            select(core(Attempt).c.ended_at).where(
                core(Attempt).c.person_id == amira.viewer.person_id
            )
        )
        assert all(ended.scalars())


def test_too_many_wrong_answers_do_not_complete_and_the_next_check_asks_other_variants(amira):
    amira.until("check")
    first = amira.check(wrong=("M01-Q10", "M01-Q12"))
    result = outcome(amira.module, first)
    assert (result.finished, result.passed, result.right) == (True, False, 4)
    assert amira.completions() == []
    second = amira.check()
    assert second.number == 2
    assert not set(papers.seen([first])) & set(papers.seen([second]))
    [done] = amira.completions()
    assert done.attempt_id == amira.opened.attempt(second)


def test_a_missed_critical_item_is_answered_again_on_another_variant_until_right(amira):
    amira.until("check")
    sheet = amira.check(wrong=("M01-Q11",))
    result, missed = outcome(amira.module, sheet), amira.slot("M01-Q11")
    assert (result.right, result.passed, result.again) == (5, False, (missed,))
    slot = f"again:{missed}"
    first, second = (item_of(amira.module, sheet, slot, n) for n in (1, 2))
    assert len({missed, first.question.id, second.question.id}) == 3
    assert not amira.answer("check", slot, wrong=True).correct
    assert amira.completions() == []
    assert amira.answer("check", slot, try_number=2).correct
    [done] = amira.completions()
    assert done.completed_at == amira.now


def test_one_wrong_answer_that_is_not_critical_still_passes(amira):
    amira.until("check")
    amira.check(wrong=("M01-Q13",))
    assert len(amira.completions()) == 1


def test_everything_comes_back_from_the_database_alone(amira, world):
    amira.until("flood-list")
    amira.decide(amira.module.step("flood-list"), 1, "ask")
    opened = amira.opened
    before = opened.journey
    again = Walk(world).journey
    assert again == before
    assert again.current.id == "flood-list"
    assert again.practice.answer("scenario:flood-list:1").response["choice"] == "ask"


def test_options_keep_their_order_when_the_page_is_opened_again(amira, world):
    amira.begin()
    orders = [
        [one.id for one in item_of(walk.module, walk.journey.pre, "M01-Q01").options]
        for walk in (amira, Walk(world))
    ]
    assert orders[0] == orders[1]


def test_a_lab_handed_in_too_early_says_so_and_can_be_handed_in_again(amira):
    amira.until("read-figure")
    step = amira.module.step("read-figure")
    assert not amira.lab(step, how="naive").correct
    assert amira.lab(step, try_number=2).correct
    tries = amira.journey.practice.tries("lab:read-figure")
    assert [one.correct for one in tries] == [False, True]


def test_a_learner_in_the_middle_finishes_on_the_content_she_began_with(amira, world):
    amira.until("care-data")
    old = amira.opened
    published(amira, "1.3.0")
    assert amira.opened.revision_id == old.revision_id
    for step in amira.module.steps[amira.module.steps.index(amira.module.step("care-data")) :]:
        amira.step(step)
    [done] = amira.completions()
    with reading() as session:
        pinned = revisions.by_id(session, org_id=amira.viewer.org_id, revision_id=old.revision_id)
    assert (done.version, done.sha256) == (pinned.version, pinned.sha256)
    assert Walk(world, "cora").begin().opened.version == "1.3.0"


def test_who_completed_can_take_the_module_again_and_the_first_completion_stays(amira):
    amira.until("job-aid")
    amira.leave("job-aid")
    first = amira.completions()
    amira.begin()
    assert amira.journey.practice.number == 2
    assert amira.journey.done == frozenset()
    for step in amira.module.steps:
        amira.step(step)
    assert len(amira.completions()) == 2
    assert amira.completions()[0] == first[0]
