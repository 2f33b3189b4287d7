"""A learner's own calibration as she reads it: her answers alone, and only from twenty on."""

from __future__ import annotations

from datetime import timedelta

from db import answers, attempts, revisions
from db.answers import Recorded
from db.engine import reading, writing
from modules.learn import content, rounds, sureness
from modules.progress.asked import form_items, item_of
from modules.progress.marking import certainty
from modules.progress.sheet import Sheet
from tests.walk import Walk
from tests.world import MODULE, NOW


def say_so(world, who, slots, word, right, *, form="review", number=1):
    """Answers with a word, recorded as the actions would."""
    viewer = world.viewer(who)
    with writing() as session:
        newest = revisions.latest(session, org_id=viewer.org_id)[MODULE]
        module = content.module(session, sha256=newest.sha256, language="en")
        paper = {slot: [[slot, module.question(slot).variants()[0]]] for slot in slots}
        made = attempts.start(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            module=MODULE,
            form=form,
            number=number,
            revision_id=newest.id,
            seed="s",
            paper=paper,
            now=NOW,
        )
        for place, slot in enumerate(slots):
            options = len(getattr(item_of(module, Sheet(form, number, "s"), slot), "options", ()))
            row = Recorded(
                attempt_id=made.id,
                slot=slot,
                try_number=1,
                kind="item",
                response={},
                score=float(right),
                correct=right,
                tags=(),
                grader=1,
                confidence=certainty(word, options),
                answered_at=NOW + timedelta(minutes=place),
            )
            answers.record(session, org_id=viewer.org_id, answer=row)


def of(world, who):
    with reading() as session:
        return sureness.my_sureness(session, world.viewer(who))


def items(world, many):
    with reading() as session:
        viewer = world.viewer("amira")
        newest = revisions.latest(session, org_id=viewer.org_id)[MODULE]
        return list(content.module(session, sha256=newest.sha256, language="en").questions)[:many]


def test_there_is_no_picture_of_nineteen_answers_and_one_of_twenty(world):
    slots = items(world, 20)
    say_so(world, "amira", slots[:19], "certain", True)
    found = of(world, "amira")
    assert (found.answers, found.picture) == (19, None)
    say_so(world, "amira", slots[19:], "guess", False, number=2)
    found = of(world, "amira")
    assert found.answers == found.picture.answers == 20
    words = {one.word: (one.right, one.answers) for one in found.picture.bins}
    assert words == {"certain": (19, 19), "guess": (0, 1)}


def test_nobody_elses_answers_are_in_it(world):
    slots = items(world, 20)
    for who in ("ben", "cora"):
        say_so(world, who, slots, "certain", False)
    assert of(world, "amira").answers == 0
    assert of(world, "ben").picture.share == 0


def test_answers_count_once_their_form_is_told(world):
    walk = Walk(world).until("check")
    before = of(world, "amira").answers
    walk.do(rounds.check_again, module=MODULE)
    *first, last = form_items(walk.module, walk.journey.sheet("check"))
    for slot in first:
        walk.answer("check", slot)
        assert of(world, "amira").answers == before
    walk.answer("check", last)
    # With the check the guesses from before the lesson are told too.
    guesses = len(form_items(walk.module, walk.journey.sheet("pre")))
    assert of(world, "amira").answers == before + len(first) + 1 + guesses
