"""A learner's way through M01 by actions alone: what is recorded, what is refused, what is kept."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import delete, select
from typer.testing import CliRunner

from db import answers, attempts, audit, revisions
from db.engine import engine, reading, writing
from db.tables import Answer, Attempt, Completion, Draft, Person, core
from modules import demo
from modules.basics import BadInput, Denied
from modules.commands import app
from modules.course.files import canonical, sha256_of
from modules.learn import actions, certificates, content, record, rounds
from modules.learn.opened import read, sheet_of
from modules.progress import papers, receipt
from modules.progress.asked import decisions, form_items, item_of
from modules.progress.outcome import outcome
from modules.progress.sheet import draft_slot
from modules.scenarios import Ending, Path, at, choose, offered
from tests.counting import count, counting
from tests.walk import GOOD, MODULE, Walk
from tests.world import NOW


@pytest.fixture
def amira(world):
    return Walk(world)


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


def test_the_second_tab_gets_the_first_answer(amira, world):
    amira.begin()
    other = Walk(world)
    sheet = amira.opened
    first = amira.answer("pre", "M01-Q01", response={"choice": "b"})
    second = other.do(
        actions.answer,
        of=sheet,
        sheet=sheet.journey.pre,
        slot="M01-Q01",
        response={"choice": "a"},
        sure=None,
    )
    assert second == first
    assert count(Answer) == 1


def test_an_answer_to_an_older_state_of_the_page_still_counts_once(amira):
    amira.begin()
    stale = amira.opened
    for choice in ("a", "a"):
        amira.do(
            actions.answer,
            of=stale,
            sheet=stale.journey.pre,
            slot="M01-Q02",
            response={"choice": choice},
            sure="certain",
        )
    assert count(Answer) == 1


@pytest.mark.parametrize(
    "response",
    [
        {"choice": "z"},
        {"choice": ["a"]},
        {"choice": None},
        {"choice": "a", "score": 1.0},
        {"choices": ["a"]},
        {},
    ],
)
def test_an_option_never_offered_is_refused_and_not_recorded(amira, response):
    amira.begin()
    with pytest.raises(BadInput):
        opened = amira.opened
        amira.do(
            actions.answer,
            of=opened,
            sheet=opened.journey.pre,
            slot="M01-Q01",
            response=response,
            sure=None,
        )
    assert count(Answer) == 0


@pytest.mark.parametrize("slot", ["M01-Q15", "M01-Q99", "again:M01-Q01", "screen:check", ""])
def test_a_question_that_this_attempt_does_not_ask_is_refused(amira, slot):
    amira.begin()
    with pytest.raises(BadInput):
        amira.answer("pre", slot, response={"choice": "a"})
    assert count(Answer) == 0


def test_a_fifth_word_for_confidence_is_refused(amira):
    amira.begin()
    with pytest.raises(BadInput):
        amira.answer("pre", "M01-Q01", sure="absolutely")


def test_a_choice_that_the_story_does_not_offer_is_refused(amira):
    amira.until("flood-list")
    before = count(Answer)
    step = amira.module.step("flood-list")
    for number, choice in ((1, "tell"), (1, "nonsense"), (3, "delete")):
        with pytest.raises(BadInput):
            amira.decide(step, number, choice)
    assert count(Answer) == before


def test_a_step_ahead_cannot_be_left(amira):
    amira.begin()
    with pytest.raises(BadInput):
        amira.leave("check")
    assert amira.journey.current.id == "before"


def test_nothing_can_be_answered_before_the_module_is_begun(amira):
    with pytest.raises(BadInput):
        amira.decide(amira.module.step("flood-list"), 1, "ask")
    with pytest.raises(BadInput):
        amira.do(rounds.check_again, module=MODULE)


def test_a_module_that_is_not_published_here_is_refused(amira):
    with pytest.raises(BadInput), reading() as session:
        rounds.opened(session, amira.viewer, module="M77")


def test_every_ending_of_the_story_can_be_reached_by_recorded_decisions(amira):
    amira.until("flood-list")
    scenario, step = amira.module.scenario, amira.module.step("flood-list")
    path, rng = Path(), random.Random(4)
    while not isinstance(at(scenario, path), Ending):
        choice = rng.choice(offered(scenario, path)).id
        amira.decide(step, len(path.steps) + 1, choice)
        path = choose(scenario, path, choice)
    amira.leave("flood-list")
    assert "flood-list" in amira.journey.done


def test_a_decision_taken_stands_when_it_is_sent_again_with_another_choice(amira):
    amira.until("flood-list")
    step = amira.module.step("flood-list")
    first = amira.decide(step, 1, "ask")
    assert amira.decide(step, 1, "refuse") == first


@pytest.mark.parametrize("reason", ["", "know", "Minutes", ["minutes"], 3])
def test_a_decision_without_a_reason_that_is_offered_there_is_refused(amira, reason):
    amira.until("flood-list")
    before = count(Answer)
    with pytest.raises(BadInput):
        amira.decide(amira.module.step("flood-list"), 1, "ask", reason=reason)
    assert count(Answer) == before


def test_the_reason_is_kept_with_its_decision(amira):
    amira.until("flood-list")
    step = amira.module.step("flood-list")
    amira.decide(step, 1, "ask", reason="minutes")
    [taken] = decisions(amira.journey.practice, step)
    assert taken == ("d1", "ask", "minutes")


def test_a_story_can_be_played_again_and_the_first_play_stays(amira):
    amira.until("flood-list")
    step = amira.module.step("flood-list")
    for number, choice in enumerate(GOOD, 1):
        amira.decide(step, number, choice)
    amira.decide(step, 1, "refuse", play=2)
    practice = amira.journey.practice
    assert [one.choice for one in decisions(practice, step)] == list(GOOD)
    assert [one.choice for one in decisions(practice, step, 2)] == ["refuse"]


@pytest.mark.parametrize("play", [0, 2, 3, -1])
def test_another_play_cannot_begin_before_the_one_before_it_has_ended(amira, play):
    amira.until("flood-list")
    step = amira.module.step("flood-list")
    amira.decide(step, 1, "ask")
    before = count(Answer)
    with pytest.raises(BadInput):
        amira.decide(step, 1, "ask", reason="minutes", play=play)
    assert count(Answer) == before


def test_a_decision_cannot_skip_the_one_before_it(amira):
    amira.until("flood-list")
    with pytest.raises(BadInput):
        amira.decide(amira.module.step("flood-list"), 2, "ask", reason="minutes")


def test_of_two_tabs_in_a_second_play_the_first_decision_counts_with_its_reason(amira, world):
    amira.until("flood-list")
    step = amira.module.step("flood-list")
    for number, choice in enumerate(GOOD, 1):
        amira.decide(step, number, choice)
    stale = amira.opened
    first = amira.decide(step, 1, "refuse", reason="records", play=2)
    other = Walk(world)
    second = other.decide(step, 1, "everything", reason="minutes", play=2, of=stale)
    assert second == first
    assert decisions(amira.journey.practice, step, 2) == (("d1", "refuse", "records"),)


def test_a_lab_handed_in_too_early_says_so_and_can_be_handed_in_again(amira):
    amira.until("read-figure")
    step = amira.module.step("read-figure")
    assert not amira.lab(step, how="naive").correct
    assert amira.lab(step, try_number=2).correct
    tries = amira.journey.practice.tries("lab:read-figure")
    assert [one.correct for one in tries] == [False, True]


def test_a_draft_is_kept_replaced_and_gone_with_the_answer(amira):
    amira.begin()
    for choice in ("a", "c"):
        opened = amira.opened
        body = {"response": {"choice": choice}, "sure": None}
        amira.do(actions.save, of=opened, sheet=opened.journey.pre, slot="M01-Q01", body=body)
    opened = amira.opened
    key = (opened.attempt(opened.journey.pre), "M01-Q01")
    assert opened.drafts == {key: {"response": {"choice": "c"}, "sure": None}}
    amira.answer("pre", "M01-Q01")
    assert amira.opened.drafts == {}
    assert count(Draft) == 0


def keep(walk, opened, sheet, slot, choice):
    """What a tab that shows ``opened`` saves as somebody chooses."""
    body = {"response": {"choice": choice}, "sure": None}
    walk.do(actions.save, of=opened, sheet=sheet, slot=slot, body=body)


def test_another_tab_keeps_no_draft_of_what_is_answered(amira):
    amira.begin()
    stale = amira.opened
    amira.answer("pre", "M01-Q01")
    keep(amira, stale, stale.journey.pre, "M01-Q01", "c")
    assert amira.opened.drafts == {}
    keep(amira, stale, stale.journey.pre, "M01-Q02", "c")
    assert [slot for _, slot in amira.opened.drafts] == ["M01-Q02"]


def test_a_draft_belongs_to_one_try_and_never_shows_in_the_next(amira):
    amira.until("check")
    amira.check(wrong=("M01-Q11",))
    stale, slot = amira.opened, f"again:{amira.slot('M01-Q11')}"
    sheet = stale.journey.sheet("check")
    keep(amira, stale, sheet, draft_slot(slot, 1), "a")
    amira.answer("check", slot, wrong=True)
    keep(amira, stale, sheet, draft_slot(slot, 1), "b")
    assert amira.opened.drafts == {}
    keep(amira, stale, sheet, draft_slot(slot, 2), "c")
    assert [name for _, name in amira.opened.drafts] == [draft_slot(slot, 2)]
    amira.answer("check", slot, try_number=2)
    keep(amira, stale, sheet, draft_slot(slot, 2), "b")
    assert amira.opened.drafts == {}


@pytest.mark.parametrize("first", ["answer", "draft"])
def test_no_draft_is_left_behind_when_both_tabs_send_in_the_same_moment(amira, first):
    amira.begin()
    opened = amira.opened
    sheet, slot = opened.journey.pre, "M01-Q01"
    given = {"of": opened, "sheet": sheet, "slot": slot, "now": NOW}
    response = amira.right(sheet, slot)

    def send(session, what):
        if what == "answer":
            actions.answer(session, amira.viewer, response=response, sure=None, **given)
        else:
            actions.save(session, amira.viewer, body={"response": response}, **given)

    def send_alone(what):
        with writing() as session:
            send(session, what)

    other = "draft" if first == "answer" else "answer"
    with ThreadPoolExecutor(1) as pool:
        with writing() as session:
            send(session, first)
            waits = pool.submit(send_alone, other)
            with pytest.raises(TimeoutError):
                waits.result(timeout=0.3)
        waits.result(timeout=20)
    assert count(Answer) == 1
    assert count(Draft) == 0


def test_a_lab_handed_in_keeps_what_is_done_for_the_next_try(amira):
    amira.until("read-figure")
    slot = "lab:read-figure"
    amira.lab(amira.module.step("read-figure"), how="naive")
    opened = amira.opened
    for number in (1, 2):
        keep(amira, opened, opened.journey.practice, draft_slot(slot, number), "a")
    assert [name for _, name in amira.opened.drafts] == [draft_slot(slot, 2)]


def test_a_learner_in_the_middle_finishes_on_the_content_she_began_with(amira, world):
    amira.until("care-data")
    old = amira.opened
    with writing() as session:
        text = revisions.body(
            session, sha256=revisions.latest(session, org_id=amira.viewer.org_id)[MODULE].sha256
        )
        changed = {
            name: body.replace("1.2.0", "1.3.0") if name.endswith("module.yaml") else body
            for name, body in json.loads(text).items()
        }
        made = revisions.publish(
            session,
            org_id=amira.viewer.org_id,
            module=MODULE,
            version="1.3.0",
            sha256=sha256_of(changed),
            text=canonical(changed),
            origin="trainer",
            now=amira.now,
        )
    assert made is not None
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


def derived(viewer):
    """The completions that the answers of the newest round prove."""
    with reading() as session:
        opened = read(session, viewer, MODULE)
    journey = opened.journey
    return {opened.attempt(one) for one in journey.checks if outcome(journey.module, one).passed}


def test_the_completion_table_equals_what_the_answers_prove(world):
    walks = {name: Walk(world, name) for name in ("amira", "cora", "marek")}
    walks["amira"].until("job-aid")
    cora = walks["cora"].until("check")
    cora.check(wrong=("M01-Q11",))
    marek = walks["marek"].until("check")
    marek.check(wrong=("M01-Q10", "M01-Q12"))
    marek.check()
    for walk in walks.values():
        assert {one.attempt_id for one in walk.completions()} == derived(walk.viewer)
    assert [len(walk.completions()) for walk in walks.values()] == [1, 0, 1]


def test_the_seeded_year_has_exactly_the_completions_that_its_answers_prove(database):
    with writing() as session:
        demo.make(session, people=150, seed=3, now=NOW)
    proved = set()
    with reading() as session:
        kept = set(session.connection().execute(select(core(Completion).c.attempt_id)).scalars())
        sittings = session.connection().execute(
            select(core(Attempt).c.id, core(Attempt).c.person_id, core(Attempt).c.org_id).where(
                core(Attempt).c.form == "check"
            )
        )
        people = {(row.org_id, row.person_id) for row in sittings}
        for org_id, person_id in people:
            given = answers.of_person(session, org_id=org_id, person_id=person_id)
            for one in attempts.of_person(session, org_id=org_id, person_id=person_id):
                if one.form == "check":
                    module = content.module(session, sha256=one.sha256, language="en")
                    sheet = sheet_of(one, [row for row in given if row.attempt_id == one.id])
                    if outcome(module, sheet).passed:
                        proved.add(one.id)
    assert len(proved) > 40
    assert proved == kept


def test_nobody_reads_the_answers_of_another(amira, world):
    amira.until("ecosystem")
    with reading() as session:
        own = record.record_of(session, amira.viewer, email=world.email("amira").upper())
        assert len(own.answers) == 4
        for who in ("tom", "grace", "priya", "marek", "olga"):
            with pytest.raises(Denied):
                record.record_of(session, world.viewer(who), email=world.email("amira"))


def test_the_record_says_no_grade_before_the_form_is_finished(amira, world):
    amira.until("check")
    amira.do(rounds.check_again, module=MODULE)
    items = form_items(amira.module, amira.journey.sheet("check"))

    def held(form):
        with reading() as session:
            mine = record.my_record(session, amira.viewer)
        ids = {str(amira.opened.attempt(amira.journey.sheet(form)))}
        return [one for one in record.as_json(mine)["answers"] if one["attempt_id"] in ids]

    for slot in items[:-1]:
        amira.answer("check", slot, wrong=True)
    for form in ("check", "pre"):
        assert held(form)
        for one in held(form):
            assert one["later"] == receipt.LATER
            assert one["response"]
            assert not {"score", "correct", "tags"} & set(one)
    with reading() as session:
        mine = record.my_record(session, amira.viewer)
    assert {one.correct for one in mine.answers if one.attempt_id in mine.later} == {None}
    assert any(one["correct"] for one in held("practice"))
    who = amira.viewer.email
    printed = CliRunner().invoke(app, ["answers", "--of", who, "--as", who]).stdout.splitlines()
    assert {line.partition(items[0])[2].strip() for line in printed if items[0] in line} == {
        "told when the form is finished"
    }
    assert not any("not right" in line for line in printed)
    amira.answer("check", items[-1], wrong=True)
    assert {one["correct"] for one in held("check")} == {False}
    assert {one["correct"] for one in held("pre")} == {True}


def test_the_record_takes_as_many_questions_to_the_database_for_one_attempt_as_for_many(amira):
    def asked():
        with reading() as session:
            record.my_record(session, amira.viewer)
        with counting(engine()) as sent, reading() as session:
            record.my_record(session, amira.viewer)
        return len(sent)

    few = asked()
    amira.until("job-aid")
    assert asked() == few


def test_the_record_names_who_looked(amira, world):
    tom = world.viewer("tom")
    with writing() as session:
        audit.saw(
            session,
            org_id=tom.org_id,
            viewer_id=tom.person_id,
            person_ids=[amira.viewer.person_id],
            place="team",
            day=world.now.date(),
            now=world.now,
        )
    with reading() as session:
        mine = record.my_record(session, amira.viewer)
    assert [(one.viewer, one.place) for one in mine.views] == [("Tom Ashdown", "team")]
    json.dumps(record.as_json(mine))


def test_when_a_person_is_removed_her_answers_go_with_her(amira):
    amira.until("ecosystem")
    with writing() as session:
        session.connection().execute(
            delete(core(Person)).where(core(Person).c.id == amira.viewer.person_id)
        )
    assert count(Answer) == 0
