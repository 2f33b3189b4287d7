"""Somebody walking through a module by actions: what a page would do, without the page."""

from __future__ import annotations

import json
import random
import re
from datetime import timedelta

from db import enrolments, revisions
from db.engine import reading, writing
from modules.basics import seed_for
from modules.course.files import canonical, sha256_of
from modules.labs import LABS
from modules.learn import actions, rounds
from modules.progress.asked import decisions, form_items, item_of
from modules.progress.ideas import idea_of
from modules.progress.papers import TEST_OUT
from modules.scenarios import Node, Path, at, choose, ended, offered, replay

MODULE = "M01"
GOOD = ("ask", "secure", "delete", "tell")


class Walk:
    """Somebody walking through a module, M01 unless told; each step is a transaction of its own."""

    def __init__(self, world, who="amira", name=MODULE):
        self.world, self.viewer, self.now = world, world.viewer(who), world.now
        self.name = name

    @property
    def opened(self):
        with reading() as session:
            return rounds.opened(session, self.viewer, module=self.name)

    @property
    def journey(self):
        return self.opened.journey

    @property
    def module(self):
        return self.journey.module

    def do(self, action, **given):
        self.now += timedelta(seconds=20)
        with writing() as session:
            return action(session, self.viewer, now=self.now, **given)

    def begin(self):
        self.do(rounds.begin, module=self.name)
        return self

    def right(self, sheet, slot, try_number=1, *, wrong=False):
        item = item_of(self.module, sheet, slot, try_number)
        return item.sample(random.Random(slot))[1 if wrong else 0]

    def answer(self, form, slot, *, wrong=False, response=None, sure="half", try_number=1):
        opened = self.opened
        sheet = opened.journey.sheet(form)
        response = response or self.right(sheet, slot, try_number, wrong=wrong)
        return self.do(
            actions.answer,
            of=opened,
            sheet=sheet,
            slot=slot,
            response=response,
            sure=sure,
            try_number=try_number,
        )

    def leave(self, step):
        self.do(actions.leave, of=self.opened, step=self.journey.step(step))

    def whole(self):
        """Begin, and have the whole module behind one."""
        self.begin()
        for step in self.module.steps:
            self.step(step)
        return self

    def step(self, step):
        """Do everything a step asks, right, and leave it behind."""
        kind = step.kind
        if kind == "questions" and step.form == "check":
            self.check()
        elif kind == "questions":
            for slot in form_items(self.module, self.journey.sheet(step.form)):
                self.answer(step.form, slot)
        elif kind == "screen":
            for part in self.module.screens[step.id].parts:
                if hasattr(part, "item"):
                    self.answer("practice", part.item)
        elif kind == "scenario":
            self.story(step)
        elif kind == "lab":
            assert self.lab(step).correct
        self.leave(step.id)

    def story(self, step):
        """The good road of M01; elsewhere what is offered first, to whatever end."""
        scenario = self.module.scenario
        taken = list(GOOD) if self.name == MODULE else []
        if not taken:
            path = Path()
            while not ended(scenario, path):
                taken.append(offered(scenario, path)[0].id)
                node = at(scenario, path)
                path = choose(scenario, path, taken[-1], *(one.id for one in node.reasons[:1]))
        for number, choice in enumerate(taken, 1):
            self.decide(step, number, choice)

    def decide(self, step, number, choice, *, reason=None, play=1, of=None):
        """Decide, with the first reason that the story offers there unless one is given."""
        opened = of or self.opened
        if reason is None:
            scenario = self.module.scenario
            started = opened.journey.started
            before = decisions(opened.journey.practice, step, play) if started else ()
            here = at(scenario, replay(scenario, before[: number - 1]))
            reason = here.reasons[0].id if isinstance(here, Node) and here.reasons else ""
        return self.do(
            actions.decide,
            of=opened,
            step=step,
            number=number,
            choice=choice,
            reason=reason,
            play=play,
        )

    def lab(self, step, *, how="solve", try_number=1):
        opened = self.opened
        given = self.module.lab_of(step.id)
        lab, options = LABS[given.name], given.options
        seed = seed_for(opened.journey.practice.seed, f"lab:{step.id}")
        body = lab.dump(getattr(lab, how)(lab.start(options, seed)))
        return self.hand_in(step, body, try_number=try_number, of=opened)

    def hand_in(self, step, body, *, try_number=1, of=None):
        """Hand in what stands in a lab."""
        opened = of or self.opened
        self.now += timedelta(seconds=20)
        marked = actions.marked_lab(
            self.viewer, of=opened, step=step, body=body, try_number=try_number, now=self.now
        )
        with writing() as session:
            return actions.hand_in(session, self.viewer, of=opened, marked=marked)

    def check(self, wrong=()):
        """Take a check; ``wrong`` names items whose idea is missed, whichever twin asks it."""
        self.do(rounds.check_again, module=self.name)
        sheet = self.journey.sheet("check")
        missed = {idea_of(self.module, item) for item in wrong}
        for slot in form_items(self.module, sheet):
            self.answer("check", slot, wrong=idea_of(self.module, slot) in missed)
        return self.journey.sheet("check")

    def slot(self, item):
        """The slot in which the newest check asks an item's idea: the item's own, or a twin's."""
        idea, slots = (
            idea_of(self.module, item),
            form_items(self.module, self.journey.sheet("check")),
        )
        [slot] = [one for one in slots if idea_of(self.module, one) == idea]
        return slot

    def until(self, step_id):
        """Begin, and go through everything before a step."""
        self.begin()
        for step in self.module.steps:
            if step.id == step_id:
                return self
            self.step(step)
        raise KeyError(step_id)

    def completions(self):
        with reading() as session:
            return enrolments.completions(
                session, org_id=self.viewer.org_id, person_ids=[self.viewer.person_id]
            )


def published(walk, version="9.9.9"):
    """Publish the module that somebody walks through again, as another version."""
    with writing() as session:
        text = revisions.body(
            session, sha256=revisions.latest(session, org_id=walk.viewer.org_id)[walk.name].sha256
        )
        changed = {
            name: re.sub(r'version: "[0-9.]+"', f'version: "{version}"', body)
            if name.endswith("module.yaml")
            else body
            for name, body in json.loads(text).items()
        }
        assert revisions.publish(
            session,
            org_id=walk.viewer.org_id,
            module=walk.name,
            version=version,
            sha256=sha256_of(changed),
            text=canonical(changed),
            origin="trainer",
            now=walk.now,
        )


def opened_for(world, session):
    """Amira's module, begun in the transaction of ``session``."""
    amira = world.viewer("amira")
    rounds.begin(session, amira, module=MODULE, now=world.now)
    return rounds.opened(session, amira, module=MODULE)


def fail(walk, times):
    """Fail the check so many times, by two uncritical answers."""
    for _ in range(times):
        walk.do(rounds.check_again, module=walk.name)
        sheet = walk.journey.sheet("check")
        slots = form_items(walk.module, sheet)
        wrong = [slot for slot in slots if not walk.module.question(slot).critical][:2]
        for slot in slots:
            walk.answer("check", slot, wrong=slot in wrong)


def take_test_out(walk, wrong=0):
    """Take the test in place of the pre-questions, with so many (uncritical first) wrong."""
    walk.do(rounds.begin, module=walk.name, test_out=True)
    sheet = walk.journey.test_out
    slots = form_items(walk.module, sheet)
    easy = sorted(slots, key=lambda slot: walk.module.question(slot).critical)
    for slot in slots:
        walk.answer(TEST_OUT, slot, wrong=slot in easy[:wrong])
    walk.leave(TEST_OUT)
    return walk
