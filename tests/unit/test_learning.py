"""Objectives met and misconceptions held, from a learner's answers."""

from datetime import UTC, datetime, timedelta

from modules.course.files import read_module
from modules.progress.ideas import idea_of
from modules.progress.learning import misconceptions_held, objectives_met
from modules.progress.sheet import Answer, Sheet
from modules.settings import settings

MODULE = read_module(settings().content, "m01-why-share", "en")
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
CHECK = MODULE.forms["check"]


def sheet(form, *answers, number=1):
    """An attempt with answers of (slot, right, minutes after the start, tags)."""
    made = [
        Answer(
            slot,
            1,
            "item",
            {},
            score=float(right),
            correct=right,
            tags=tuple(tags),
            answered_at=START + timedelta(minutes=minutes),
        )
        for slot, right, minutes, *tags in answers
    ]
    return Sheet(form, number, "seed", {(one.slot, 1): one for one in made})


def test_everything_right_in_the_check_meets_the_objectives_it_asks():
    asked = {MODULE.question(item).objective for item in CHECK}
    met = objectives_met(MODULE, [sheet("check", *((item, True, 1) for item in CHECK))])
    assert set(met) == set(MODULE.objectives)
    assert {id_ for id_, is_met in met.items() if is_met} == asked


def test_what_was_guessed_before_the_lesson_meets_nothing():
    pre = sheet("pre", *((item, True, 1) for item in MODULE.forms["pre"]))
    assert not any(objectives_met(MODULE, [pre]).values())


def test_the_newest_answer_on_an_idea_counts_whichever_variant_asked_it():
    first = CHECK[0]
    twin = MODULE.twins(first)[0]
    objective = MODULE.question(first).objective
    missed, mended = sheet("check", (first, False, 1)), sheet("review", (twin, True, 60))
    assert idea_of(MODULE, first) == idea_of(MODULE, twin)
    assert not objectives_met(MODULE, [missed])[objective]
    assert objectives_met(MODULE, [missed, mended])[objective]
    assert objectives_met(MODULE, [mended, missed])[objective], "by time, not by order"
    lost = sheet("delayed-1", (first, False, 900))
    assert not objectives_met(MODULE, [missed, mended, lost])[objective]


def test_a_misconception_is_held_until_its_idea_is_answered_right():
    first = CHECK[0]
    twin = MODULE.twins(first)[0]
    shown = sheet("pre", (first, False, 1, "sharing-is-pooling"))
    assert misconceptions_held(MODULE, [shown]) == ("sharing-is-pooling",)
    assert misconceptions_held(MODULE, [shown, sheet("check", (twin, True, 9))]) == ()
    again = sheet("review", (first, False, 99, "sharing-is-pooling"))
    assert misconceptions_held(MODULE, [shown, sheet("check", (twin, True, 9)), again]) == (
        "sharing-is-pooling",
    )


def test_a_right_answer_elsewhere_undoes_nothing():
    other = next(one for one in CHECK if idea_of(MODULE, one) != idea_of(MODULE, CHECK[0]))
    shown = sheet("check", (CHECK[0], False, 1, "sharing-is-pooling"), (other, True, 5))
    assert misconceptions_held(MODULE, [shown]) == ("sharing-is-pooling",)


def test_items_that_were_taken_out_of_the_module_are_passed_over():
    gone = sheet("check", ("M01-Q99", False, 1, "old-belief"))
    assert misconceptions_held(MODULE, [gone]) == ()
    assert not any(objectives_met(MODULE, [gone]).values())
