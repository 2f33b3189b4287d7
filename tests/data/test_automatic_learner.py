"""An automatic learner on the real tables: completed exactly when her own count says so."""

from __future__ import annotations

import random

import pytest

from modules.learn import rounds
from modules.progress.asked import form_items
from tests.walk import MODULE, Walk

SKILLS = {"right": 1.0, "wrong": 0.0, "random": 0.75}
CHECKS = 4


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("how", SKILLS)
def test_a_completion_is_there_exactly_when_the_rules_say_so(world, how, seed):
    rng = random.Random(f"{how}/{seed}")
    walk = Walk(world).until("check")
    earned = False
    for _ in range(CHECKS):
        walk.do(rounds.check_again, module=MODULE)
        slots = form_items(walk.module, walk.journey.sheet("check"))
        rights, missed = 0, set()
        for slot in slots:
            assert not walk.completions()
            good = rng.random() < SKILLS[how]
            walk.answer("check", slot, wrong=not good)
            rights += good
            if not good and walk.module.question(slot).critical:
                missed.add(slot)
        for slot in sorted(missed):
            assert not walk.completions()
            good = rng.random() < SKILLS[how]
            walk.answer("check", f"again:{slot}", wrong=not good)
            missed -= {slot} if good else set()
        earned = rights >= walk.module.pass_share * len(slots) and not missed
        assert bool(walk.completions()) == walk.journey.finished == earned
        if earned:
            break
    assert earned or how != "right"
    assert not earned or how != "wrong"
    assert walk.journey.needs_help == (not earned)
