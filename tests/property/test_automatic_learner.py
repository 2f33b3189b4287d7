"""An automatic learner completes each module that ships exactly when the rules say so."""

from __future__ import annotations

import os

import pytest

from modules.course.files import read_course, read_module
from modules.progress.learning import misconceptions_held, objectives_met
from modules.progress.outcome import Outcome
from tests.automatic import Automaton
from tests.course import SHIPPED

# `make automatic` takes 200; a run of everything has not the minutes for that.
SEEDS = int(os.environ.get("SEEDS", "40"))
MODULES = [
    pytest.param(read_module(SHIPPED, card.slug, "en"), id=card.id)
    for card in read_course(SHIPPED).modules
    if not card.planned
]


@pytest.mark.parametrize("module", MODULES)
def test_who_is_always_right_completes_with_the_first_check(module):
    for seed in range(SEEDS):
        one = Automaton(module, "right", str(seed), labs=seed == 0).go()
        assert not one.finished_early
        assert one.earned
        assert one.journey.finished
        assert len(one.journey.checks) == 1
        assert not one.journey.needs_help
    assert all(objectives_met(module, one.sheets).values())
    assert misconceptions_held(module, one.sheets) == ()


@pytest.mark.parametrize("module", MODULES)
def test_who_is_always_wrong_never_completes_and_is_offered_help_after_three_checks(module):
    for seed in range(SEEDS):
        one = Automaton(module, "wrong", str(seed), labs=seed == 0).go(checks=4)
        assert not one.earned
        assert not one.journey.finished
        assert one.journey.needs_help
        guided = [one.journey.guided(sheet) for sheet in one.journey.checks]
        assert guided == [False, False, False, True]
    assert not any(objectives_met(module, one.sheets).values())
    assert misconceptions_held(module, one.sheets)


@pytest.mark.parametrize("module", MODULES)
def test_who_answers_at_random_completes_exactly_when_her_own_count_says_so(module):
    ends = set()
    for seed in range(SEEDS):
        one = Automaton(module, "random", str(seed), labs=seed == 0).go()
        assert not one.finished_early
        assert one.journey.finished == one.earned
        ends.add(one.earned)
    assert ends == {True, False}


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("how", ["right", "wrong", "random"])
def test_a_test_out_completes_with_story_and_lab_and_only_where_it_was_passed(module, how):
    for seed in range(SEEDS):
        one = Automaton(module, how, str(seed), test_out=True).go(checks=1)
        assert not one.finished_early
        assert one.journey.finished == one.earned
        if how == "right":
            assert one.journey.tested_out
            assert one.journey.checks == ()
        if how == "wrong":
            assert not one.journey.tested_out


@pytest.mark.parametrize("module", MODULES)
def test_the_count_would_notice_a_rule_that_lets_everybody_pass(module, monkeypatch):
    passed = Outcome(answered=6, total=6, right=6, again=(), passed=True)
    monkeypatch.setattr("modules.progress.journey.outcome", lambda module, sheet: passed)
    early = [Automaton(module, "wrong", str(seed)).go(checks=1).finished_early for seed in "abc"]
    assert all(early)
