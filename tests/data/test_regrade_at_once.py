"""Regrades while learners begin and hand in checks: all are served, and nobody waits for ever."""

from __future__ import annotations

import threading
from datetime import timedelta

from modules.learn import rounds
from modules.progress.asked import form_items
from tests.regrading import apply, correct, failed_by_one, key, undo
from tests.walk import MODULE, Walk

OTHERS = ("cora", "marek", "rev0", "rev3")
TIMES = 5


def test_learners_begin_and_hand_in_checks_while_their_answers_are_graded_again(world):
    first, slot, chosen = failed_by_one(world)
    walks = [first]
    for who in OTHERS:
        walk = Walk(world, who).until("check")
        walk.check(wrong=("M01-Q10", "M01-Q12"))
        walks.append(walk)
    correct(world, key(slot, chosen), now=first.now)
    wrong, start = [], threading.Barrier(len(walks) + 1)

    def go(work):
        try:
            start.wait()
            work()
        except Exception as error:  # told below, by name
            wrong.append(repr(error))

    def again(walk):
        for _ in range(TIMES):
            walk.do(rounds.check_again, module=MODULE)
            sheet = walk.journey.checks[-1]
            for item in form_items(walk.module, sheet):
                if walk.journey.checks[-1].answer(item) is None:
                    walk.answer("check", item, wrong=True)

    def grade():
        for number in range(0, 2 * TIMES, 2):
            apply(world, slot, now=world.now + timedelta(hours=2), after=number)
            undo(world, slot, number + 1, now=world.now + timedelta(hours=3))

    threads = [threading.Thread(target=go, args=(lambda one=one: again(one),)) for one in walks]
    threads.append(threading.Thread(target=go, args=(grade,)))
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
    assert first.completions(), "what she was granted meanwhile, she keeps"
