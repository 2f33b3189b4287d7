"""A story's decisions as they are recorded: in order, with a reason, and in every play."""

from __future__ import annotations

import random

import pytest

from db.tables import Answer
from modules.basics import BadInput
from modules.progress.asked import decisions
from modules.scenarios import Ending, Path, at, choose, offered
from tests.counting import count
from tests.walk import GOOD, Walk


def test_a_choice_that_the_story_does_not_offer_is_refused(amira):
    amira.until("flood-list")
    before = count(Answer)
    step = amira.module.step("flood-list")
    for number, choice in ((1, "tell"), (1, "nonsense"), (3, "delete")):
        with pytest.raises(BadInput):
            amira.decide(step, number, choice)
    assert count(Answer) == before


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
