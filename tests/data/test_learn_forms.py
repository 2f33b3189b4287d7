"""Test-out, the three forms and the guided re-run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from db.engine import writing
from db.tables import Enrolment, core
from modules import courses
from modules.basics import BadInput
from modules.learn import rounds
from modules.progress import papers
from modules.progress.asked import form_items
from modules.progress.outcome import outcome
from modules.progress.papers import TEST_OUT
from tests.walk import MODULE, Walk, fail, take_test_out


def leave(walk, step_id):
    walk.step(walk.journey.step(step_id))


def kinds(walk):
    return [step.kind for step in walk.journey.steps]


def test_who_tests_out_skips_the_reading_and_the_check_and_still_does_story_and_lab(amira):
    take_test_out(amira, wrong=1)
    assert amira.journey.tested_out
    assert amira.journey.pre is None
    assert kinds(amira) == ["questions", "scenario", "lab", "aid"]
    assert amira.completions() == []
    leave(amira, "flood-list")
    assert amira.completions() == []
    leave(amira, "read-figure")
    [done] = amira.completions()
    assert done.attempt_id == amira.opened.attempt(amira.journey.test_out)
    assert amira.journey.finished


def test_who_does_not_test_out_takes_the_whole_module_without_the_pre_questions(amira):
    take_test_out(amira, wrong=2)
    assert not amira.journey.tested_out
    everything = [step.id for step in amira.module.steps]
    assert [step.id for step in amira.journey.steps] == [TEST_OUT, *everything[1:]]
    for step in amira.journey.steps[1:]:
        amira.step(step)
    [done] = amira.completions()
    assert done.attempt_id == amira.opened.attempt(amira.journey.sheet("check"))


def test_a_critical_item_missed_in_a_test_out_is_not_asked_again(amira):
    amira.do(rounds.begin, module=MODULE, test_out=True)
    sheet = amira.journey.test_out
    slots = form_items(amira.module, sheet)
    critical = next(slot for slot in slots if amira.module.question(slot).critical)
    for slot in slots:
        amira.answer(TEST_OUT, slot, wrong=slot == critical)
    assert not amira.journey.tested_out
    with pytest.raises(BadInput):
        amira.answer(TEST_OUT, f"again:{critical}", response={"choice": "a"})


def test_nobody_tests_out_in_the_middle_of_a_round(amira):
    amira.begin()
    amira.do(rounds.begin, module=MODULE, test_out=True)
    assert amira.journey.test_out is None
    assert amira.journey.pre is not None


def test_a_module_that_is_not_hers_to_take_is_complete_with_the_test_out_alone(world, monkeypatch):
    course = courses.shipped()
    elsewhere = course.paths[0].model_copy(update={"modules": ("M02",)})
    other = course.model_copy(update={"paths": (elsewhere,)})
    monkeypatch.setattr(courses, "shipped", lambda: other)
    olga = Walk(world, "olga")
    with writing() as session:
        session.connection().execute(
            delete(core(Enrolment)).where(core(Enrolment).c.person_id == olga.viewer.person_id)
        )
    before = len(olga.completions())
    take_test_out(olga)
    assert kinds(olga) == ["questions", "aid"]
    assert len(olga.completions()) == before + 1


def test_after_forms_a_b_and_c_comes_a_guided_one_which_counts(amira):
    amira.until("check")
    fail(amira, 2)
    assert not amira.journey.needs_help
    fail(amira, 1)
    assert amira.journey.needs_help
    met = [papers.seen([sheet]) for sheet in amira.journey.checks]
    assert not any(set(met[a]) & set(met[b]) for a, b in ((0, 1), (0, 2), (1, 2)))
    amira.do(rounds.check_again, module=MODULE)
    fourth = amira.journey.sheet("check")
    assert amira.journey.guided(fourth)
    assert not any(amira.journey.guided(sheet) for sheet in amira.journey.checks[:3])
    fail(amira, 1)
    for slot in form_items(amira.module, amira.check()):
        assert amira.journey.sheet("check").answer(slot)
    assert outcome(amira.module, amira.journey.sheet("check")).passed
    assert len(amira.completions()) == 1
    assert not amira.journey.needs_help


def test_a_check_that_is_passed_is_not_put_at_stake_again(amira):
    amira.until("check").check()
    passed = amira.journey.sheet("check")
    amira.do(rounds.check_again, module=MODULE)
    assert amira.journey.sheet("check") == passed
    assert len(amira.journey.checks) == 1


def test_a_test_out_of_a_module_without_story_lab_and_job_aid_completes_it(amira):
    def bare(module):
        kept = ("questions", "screen")
        sittings = [
            sitting.model_copy(
                update={"steps": tuple(step for step in sitting.steps if step.kind in kept)}
            )
            for sitting in module.sittings
        ]
        return replace(module, sittings=tuple(one for one in sittings if one.steps))

    amira.do(rounds.begin, module=MODULE, test_out=True)
    for slot in form_items(amira.module, amira.journey.test_out):
        amira.answer(TEST_OUT, slot)
    journey = amira.journey
    small = replace(journey, module=bare(journey.module))
    assert [step.id for step in small.steps] == [TEST_OUT]
    assert small.finished


def test_an_answer_again_is_refused_before_its_item_was_missed(amira):
    amira.until("check")
    amira.do(rounds.check_again, module=MODULE)
    sheet = amira.journey.sheet("check")
    slot = next(s for s in form_items(amira.module, sheet) if f"again:{s}" in sheet.paper)
    with pytest.raises(BadInput):
        amira.answer("check", f"again:{slot}", response={"choice": "a"})
    amira.answer("check", slot)
    with pytest.raises(BadInput):
        amira.answer("check", f"again:{slot}", response={"choice": "a"})


def test_tries_at_a_critical_item_come_one_after_the_other(amira):
    amira.until("check")
    amira.do(rounds.check_again, module=MODULE)
    sheet = amira.journey.sheet("check")
    slot = next(s for s in form_items(amira.module, sheet) if f"again:{s}" in sheet.paper)
    amira.answer("check", slot, wrong=True)
    with pytest.raises(BadInput):
        amira.answer("check", f"again:{slot}", try_number=2)
    assert amira.answer("check", f"again:{slot}").correct


def test_a_second_round_asks_what_the_first_did_not(amira):
    amira.until("job-aid")
    amira.leave("job-aid")
    first = amira.opened.journey
    amira.begin()
    amira.do(rounds.check_again, module=MODULE)
    again = amira.journey.sheet("check")
    assert not set(papers.seen([again])) & set(papers.seen(first.checks))


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=40)])
def test_a_clock_that_is_set_back_loses_no_attempt_and_begins_none_twice(amira, back):
    amira.until("check")
    amira.now -= back
    fail(amira, 1)
    assert len(amira.journey.checks) == 1
    for _ in range(3):
        amira.do(rounds.check_again, module=MODULE)
    assert len(amira.journey.checks) == 2
    for slot in form_items(amira.module, amira.journey.sheet("check")):
        amira.answer("check", slot)
    assert len(amira.completions()) == 1
    amira.now -= back
    amira.begin()
    assert amira.journey.practice.number == 2
    for step in amira.module.steps:
        amira.step(step)
    first, second = amira.completions()
    assert first.turn < second.turn
    assert second.attempt_id == amira.opened.attempt(amira.journey.checks[-1])
