"""A rehearsal keeps its answers in a dict, marks them as the lesson does, and opens every step."""

from datetime import UTC, datetime
from random import Random

import pytest

from modules import scenarios
from modules.basics import BadInput, seed_for
from modules.course.files import read_module
from modules.labs import LABS
from modules.play.rehearsal import RehearsalDesk
from modules.progress import papers
from modules.progress.asked import decisions, form_items, item_of
from modules.progress.outcome import outcome
from modules.progress.sheet import draft_slot
from modules.settings import settings

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
MODULE = read_module(settings().content, "m01-why-share", "en")


def a_desk(kept=None, variant=1):
    went = []
    desk = RehearsalDesk(
        MODULE, {} if kept is None else kept, lambda: NOW, went.append, variant=variant
    )
    desk.went = went
    return desk


def refresh(desk):
    """A learner's desk reads at the start of each run; a rehearsal always knows."""
    getattr(desk, "reload", lambda: None)()


def answer_all(desk, form, slots, right=True):
    for slot in slots:
        sheet = desk.journey.sheet(form)
        item = item_of(desk.journey.module, sheet, slot)
        desk.answer(sheet, slot, item.sample(Random(1))[0 if right else 1], "half")
        refresh(desk)


def take(desk, step, right=True):
    """Do what a step asks, at either kind of desk."""
    module = desk.journey.module
    if step.kind == "questions":
        if step.form == "check":
            desk.check_again()
            refresh(desk)
        sheet = desk.journey.sheet(step.form)
        answer_all(desk, step.form, form_items(module, sheet), right)
    elif step.kind == "screen":
        asks = [part.item for part in module.screens[step.id].parts if hasattr(part, "item")]
        answer_all(desk, "practice", asks, right)
    elif step.kind == "scenario":
        path = scenarios.Path()
        while offered := scenarios.offered(module.scenario, path):
            here = scenarios.at(module.scenario, path)
            why = here.reasons[0].id if here.reasons else ""
            desk.decide(step, len(path.steps) + 1, offered[0].id, reason=why)
            refresh(desk)
            path = scenarios.replay(module.scenario, decisions(desk.journey.practice, step))
    elif step.kind == "lab":
        given = module.lab_of(step.id)
        lab, options = LABS[given.name], given.options
        start = lab.start(options, seed_for(desk.journey.practice.seed, f"lab:{step.id}"))
        desk.hand_in(step, lab.dump((lab.solve if right else lab.naive)(start)), 1)
        refresh(desk)


def play(desk, right=True):
    """Take every step and leave it behind."""
    desk.begin()
    refresh(desk)
    for step in desk.journey.module.steps:
        take(desk, step, right)
        desk.leave(step)
        refresh(desk)


def test_a_module_played_right_is_finished_and_played_wrong_is_not():
    right, wrong = a_desk(), a_desk()
    play(right)
    play(wrong, right=False)
    assert right.journey.finished
    assert not wrong.journey.finished
    assert right.journey.current is None
    assert right.journey.practice.ended
    assert not wrong.journey.practice.ended


def test_what_was_answered_lives_in_the_dict_alone():
    kept = {}
    first = a_desk(kept)
    play(first)
    assert a_desk(kept).journey == first.journey
    kept.clear()
    assert not a_desk(kept).journey.started


def test_any_step_opens_at_once_and_can_be_left():
    desk = a_desk()
    assert all(desk.journey.may_open(step.id) for step in MODULE.steps)
    assert not desk.journey.may_open("elsewhere")
    desk.leave(MODULE.step("flood-list"))
    assert desk.journey.done == {"flood-list"}
    assert desk.journey.current == MODULE.steps[0]


def test_a_variant_draws_the_same_questions_each_time_and_another_draws_others():
    def drawn(variant):
        desk = a_desk(variant=variant)
        desk.check_again()
        sheet = desk.journey.sheet("check")
        return [item_of(MODULE, sheet, name) for name in form_items(MODULE, sheet)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_the_first_answer_stands_and_a_second_one_is_told():
    desk = a_desk()
    desk.begin()
    slot = MODULE.forms["pre"][0]
    sheet = desk.journey.sheet("pre")
    right, wrong = item_of(MODULE, sheet, slot).sample(Random(1))
    desk.answer(sheet, slot, wrong, None)
    assert not desk.earlier
    assert desk.answer(sheet, slot, right, None).response == wrong
    assert desk.earlier == {slot}


def test_a_draft_is_kept_until_its_answer_is_sent():
    desk = a_desk()
    desk.begin()
    slot = MODULE.forms["pre"][0]
    sheet = desk.journey.sheet("pre")
    right, _ = item_of(MODULE, sheet, slot).sample(Random(1))
    desk.save(sheet, slot, {"response": right, "sure": "half"})
    assert desk.draft(sheet, slot) == {"response": right, "sure": "half"}
    desk.answer(sheet, slot, right, "half")
    assert desk.draft(sheet, slot) == {}
    desk.save(sheet, slot, {"response": right, "sure": "half"})
    assert desk.draft(sheet, slot) == {}


def test_a_draft_of_a_try_goes_with_its_answer_and_is_not_that_of_the_next():
    desk = a_desk()
    desk.check_again()
    answer_all(desk, "check", form_items(MODULE, desk.journey.sheet("check")), right=False)
    sheet = desk.journey.sheet("check")
    slot = next(slot for slot in sheet.paper if slot.startswith("again:"))
    for number in (1, 2):
        kept_as, body = draft_slot(slot, number), {"response": {"choice": "a"}, "sure": None}
        assert desk.draft(sheet, kept_as) == {}
        desk.save(sheet, kept_as, body)
        assert desk.draft(sheet, kept_as) == body
        _, wrong = item_of(MODULE, sheet, slot, number).sample(Random(1))
        desk.answer(desk.journey.sheet("check"), slot, wrong, None, number)
        desk.save(sheet, kept_as, body)
        assert desk.draft(sheet, kept_as) == {}


def test_a_failed_check_is_taken_again_in_another_form_and_an_open_one_is_not():
    desk = a_desk()
    desk.check_again()
    desk.check_again()
    assert len(desk.journey.checks) == 1
    answer_all(desk, "check", form_items(MODULE, desk.journey.sheet("check")), right=False)
    desk.check_again()
    one, two = desk.journey.checks
    assert (one.ended, two.ended) == (True, False)
    assert set(papers.seen([one])) & set(papers.seen([two])) == set()


def test_a_critical_item_missed_is_asked_until_it_is_right():
    desk = a_desk()
    desk.check_again()
    items = form_items(MODULE, desk.journey.sheet("check"))
    missed = next(name for name in items if MODULE.question(name).critical)
    answer_all(desk, "check", [missed], right=False)
    answer_all(desk, "check", [name for name in items if name != missed])
    assert outcome(MODULE, desk.journey.sheet("check")).again == (missed,)
    answer_all(desk, "check", [f"again:{missed}"])
    assert desk.journey.finished


def test_what_was_never_asked_is_refused_as_in_the_lesson():
    desk = a_desk()
    desk.begin()
    with pytest.raises(BadInput):
        desk.answer(desk.journey.sheet("pre"), MODULE.forms["check"][0], {"choice": "a"}, None)
    with pytest.raises(BadInput):
        desk.decide(MODULE.step("flood-list"), 1, "nowhere")


def test_what_a_database_could_not_store_fails_in_the_preview_too():
    desk = a_desk()
    desk.begin()
    with pytest.raises(TypeError):
        desk.save(desk.journey.sheet("pre"), "M01-Q01", {"response": {1, 2}})


def test_going_on_is_left_to_the_page():
    desk = a_desk()
    desk.go("figure")
    assert desk.went == ["figure"]
