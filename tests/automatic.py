"""A learner without a body: takes whole rounds on the pure engine, and keeps her own score.

The score is the rule said a second time: she counts what she answered from the items' own grades
and asks the engine for nothing but the questions.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from modules.basics import seed_for
from modules.labs import LABS
from modules.progress import marking, papers
from modules.progress.asked import decisions, form_items, item_of
from modules.progress.journey import Journey
from modules.progress.papers import AGAIN, TEST_OUT
from modules.progress.sheet import Sheet
from modules.scenarios import Ending, at, offered, replay

BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WRONG_TRIES = 2


class Automaton:
    """Somebody who answers ``how``: "right", "wrong" or "random", as a seed decides."""

    def __init__(self, module, how, seed, *, test_out=False, labs=False):
        self.module, self.how, self.seed, self.labs = module, how, seed, labs
        self.rng = random.Random(f"{module.id}/{how}/{seed}")
        self.skill = {"right": 1.0, "wrong": 0.0}.get(how, self.rng.choice((0.3, 0.7, 0.9)))
        self.now, self.sheets, self.finished_early = BEGAN, [], False
        self.journey = Journey(module=module)
        forms = ("practice", TEST_OUT if test_out else "pre")
        self.journey = replace(
            self.journey,
            practice=self.begin(forms[0]),
            **{forms[1].replace("-", "_"): self.begin(forms[1])},
        )
        self.earned = False

    def begin(self, form):
        """A new attempt, on a paper of what she has not met."""
        number = 1 + sum(one.form == form for one in self.sheets)
        seed = seed_for(self.seed, f"{form}/{number}")
        paper = papers.draw(self.module, form, seed, papers.seen(self.sheets))
        sheet = Sheet(form=form, number=number, seed=seed, paper=paper)
        self.sheets.append(sheet)
        return sheet

    def keep(self, form, answer):
        """The same attempt with one more answer; the one before is gone."""
        sheet = self.journey.sheet(form)
        kept = replace(sheet, answers={**sheet.answers, (answer.slot, answer.try_number): answer})
        self.sheets = [kept if one is sheet else one for one in self.sheets]
        if form == "check":
            checks = (*self.journey.checks[:-1], kept)
            self.journey = replace(self.journey, checks=checks)
        else:
            self.journey = replace(self.journey, **{form.replace("-", "_"): kept})
        # Exactly when the rules say so: never before she has earned it.
        if not self.earned:
            self.finished_early |= self.journey.finished
        return kept

    def answer(self, form, slot, try_number=1, *, earns=lambda right: False):
        """Answer one question; whether that was right, by the item's own grade."""
        sheet = self.journey.sheet(form)
        item = item_of(self.module, sheet, slot, try_number)
        self.now += timedelta(seconds=20)
        right, wrong = item.sample(random.Random(f"{self.seed}/{slot}/{try_number}"))
        response = right if self.rng.random() < self.skill else wrong
        good = item.grade(response).right
        self.earned = self.earned or earns(good)
        marked = marking.mark_item(
            self.module, sheet, slot, response, sure="half", now=self.now, try_number=try_number
        )
        self.keep(form, marked)
        return good

    def go(self, checks=5):
        """Take every step in order, and the check up to so many times; herself."""
        while step := self.journey.current:
            if step.kind == "questions" and step.form == "check":
                for _ in range(checks):
                    if self.check():
                        break
            elif step.kind == "questions":
                self.form(step.form)
            elif step.kind == "screen":
                for part in self.module.screens[step.id].parts:
                    if hasattr(part, "item"):
                        self.answer("practice", part.item)
            elif step.kind == "scenario":
                self.story(step)
            elif step.kind == "lab" and self.labs:
                self.lab(step)
            self.leave(step)
        return self

    def leave(self, step):
        """Leave a step behind; after a test-out that is passed, the last practical one earns."""
        left = {one.id for one in self.journey.steps if one.kind in ("scenario", "lab")}
        if getattr(self, "tested", False) and left <= {*self.journey.done, step.id}:
            self.earned = True
        self.keep("practice", marking.mark_step(step, self.now))

    def form(self, form):
        """Answer a form that is asked once; a test-out needs its share and each critical one."""
        slots = form_items(self.module, self.journey.sheet(form))
        needed = self.module.pass_share * len(slots)
        got = []
        for slot in slots:
            critical = self.module.question(slot).critical
            practical = any(one.kind in ("scenario", "lab") for one in self.module.steps)

            def passes(good, critical=critical):
                told = [*got, (good, critical)]
                rights = sum(one for one, _ in told)
                sound = all(one for one, must in told if must)
                return len(told) == len(slots) and rights >= needed and sound

            earns = passes if form == TEST_OUT and not practical else lambda good: False
            good = self.answer(form, slot, earns=earns)
            if form == TEST_OUT and passes(good):
                self.tested = True
            got.append((good, critical))

    def check(self):
        """One check: six answers, then each missed critical idea again; whether it is earned."""
        self.journey = replace(self.journey, checks=(*self.journey.checks, self.begin("check")))
        slots = form_items(self.module, self.journey.sheet("check"))
        needed = self.module.pass_share * len(slots)
        rights, missed = 0, []
        for place, slot in enumerate(slots, 1):
            critical = self.module.question(slot).critical
            last = place == len(slots)

            def earns(good, critical=critical, last=last, before=rights):
                whole = last and before + good >= needed
                return whole and not missed and not (critical and not good)

            good = self.answer("check", slot, earns=earns)
            rights += good
            if critical and not good:
                missed.append(slot)
        open_ = list(missed)
        for slot in missed:
            for number in range(1, WRONG_TRIES + 1):

                def mends(good, slot=slot):
                    return good and rights >= needed and [slot] == open_

                if self.answer("check", f"{AGAIN}{slot}", number, earns=mends):
                    open_.remove(slot)
                    break
        return self.earned

    def story(self, step):
        """Play the story to an end."""
        scenario, number = self.module.scenario, 0
        while True:
            path = replay(scenario, decisions(self.journey.practice, step))
            here = at(scenario, path)
            if isinstance(here, Ending):
                return
            number += 1
            choice = self.rng.choice(offered(scenario, path)).id
            reason = self.rng.choice(here.reasons).id if here.reasons else ""
            sheet = self.journey.practice
            self.keep(
                "practice",
                marking.mark_decision(
                    self.module, sheet, step, number, choice, self.now, reason=reason
                ),
            )

    def lab(self, step):
        """Hand in a lab: the reference solution, or the naive one."""
        given = self.module.labs[step.lab]
        lab = LABS[given.name]
        seed = seed_for(self.journey.practice.seed, f"lab:{step.id}")
        how = lab.solve if self.rng.random() < self.skill else lab.naive
        body = lab.dump(how(lab.start(given.options, seed)))
        answer = marking.mark_lab(
            self.module, self.journey.practice, step, body, seed=seed, try_number=1, now=self.now
        )
        self.keep("practice", answer)
