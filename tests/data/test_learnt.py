"""What a learner has shown, as she reads it: from what she may see, and her own alone."""

from __future__ import annotations

from db.engine import reading
from modules.learn import learnt, rounds
from modules.progress.asked import form_items
from tests.walk import Walk


def of(walk):
    with reading() as session:
        return learnt.my_learning(session, walk.viewer)


def test_before_a_check_nothing_is_said(world):
    assert of(Walk(world)) == ()
    assert of(Walk(world).until("check")) == ()


def test_while_a_check_is_open_it_tells_nothing_of_how_it_goes(world):
    walk = Walk(world).until("check")
    walk.do(rounds.check_again, module="M01")
    slot, *_ = form_items(walk.module, walk.journey.sheet("check"))
    walk.answer("check", slot)
    assert of(walk) == ()


def test_a_passed_check_meets_the_objectives_it_asks_and_holds_no_belief(world):
    walk = Walk(world).until("check")
    walk.check()
    [one] = of(walk)
    asked = {walk.module.question(item).objective for item in walk.module.forms["check"]}
    texts = {walk.module.objectives[id_] for id_ in asked}
    assert {text for text, met in one.objectives if met} == texts
    assert one.beliefs == ()
    assert of(Walk(world, "marek")) == ()


def test_a_missed_idea_leaves_its_objective_open_and_names_the_belief_in_words(world):
    walk = Walk(world).until("check")
    walk.check(wrong=("M01-Q11",))
    [one] = of(walk)
    objective = walk.module.objectives[walk.module.question("M01-Q11").objective]
    missed = walk.journey.sheet("check").answer(walk.slot("M01-Q11"))
    assert (objective, False) in one.objectives
    assert [walk.module.misconceptions[tag] for tag in sorted(missed.tags)] == sorted(one.beliefs)
    walk.answer("check", f"again:{walk.slot('M01-Q11')}")
    assert of(walk)[0].beliefs == ()
