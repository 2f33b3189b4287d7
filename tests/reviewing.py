"""Somebody who has completed M01 and reviews it: what a page would do, without the page."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from db.engine import reading
from db.tables import Attempt, core
from modules.learn import delayed, quiz, reviews
from modules.learn.shelf import shelves
from modules.progress.asked import form_items, item_of
from tests.walk import MODULE, Walk

# The world's now is a Sunday; the module is completed on the Monday after it.
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Learner(Walk):
    """Somebody who completes the module quickly and then reviews it."""

    def complete(self, at=MONDAY, *, wrong=(), sure="half"):
        self.now = at
        self.begin()
        for slot in form_items(self.module, self.journey.practice):
            self.answer("practice", slot, wrong=slot in wrong, sure=sure)
        missed = [one for one in wrong if one in self.module.forms["check"]]
        self.check(wrong=missed)
        for item in missed:
            if self.module.question(item).critical:
                self.answer("check", f"again:{self.slot(item)}")
        assert self.completions()
        return self

    def at(self, day, hour=9, minute=0):
        self.now = (MONDAY + timedelta(days=day)).replace(hour=hour, minute=minute)
        return self

    @property
    def due(self):
        with reading() as session:
            return reviews.due(session, self.viewer, now=self.now)

    @property
    def review(self):
        with reading() as session:
            return reviews.review(session, self.viewer, now=self.now)[1]

    @property
    def ideas(self):
        with reading() as session:
            return {one.name: one for shelf in shelves(session, self.viewer) for one in shelf.ideas}

    def start(self):
        self.do(reviews.begin)
        return self.review

    def reply(self, of, slot, *, wrong=False, sure="half", response=None):
        item = item_of(of.module, of.sheet, slot)
        response = response or item.sample(random.Random(slot))[1 if wrong else 0]
        return self.do(quiz.answer, of=of, slot=slot, response=response, sure=sure)

    def finish(self, wrong=False):
        for of, slot in self.start():
            if of.sheet.answer(slot) is None:
                self.reply(of, slot, wrong=wrong)

    def checks(self):
        with reading() as session:
            today = self.viewer.today(self.now)
            return delayed.open_checks(shelves(session, self.viewer), today)

    def sit(self, form):
        self.do(delayed.begin, module=MODULE, form=form)
        with reading() as session:
            return delayed.check(session, self.viewer, module=MODULE, form=form)


def attempts_on(form):
    """How many attempts on a form there are."""
    with reading() as session:
        query = select(func.count()).where(core(Attempt).c.form == form)
        return session.connection().execute(query).scalar()


def asked(form="review"):
    """Every question that reviews have put before anybody."""
    with reading() as session:
        query = select(core(Attempt).c.paper).where(core(Attempt).c.form == form)
        return [slot for paper in session.connection().execute(query).scalars() for slot in paper]
