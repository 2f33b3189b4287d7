"""The mails that a rehearsal tells are those that then go out: whose, and on which days.

`SEEDS=10 AHEAD=400 pytest tests/data/test_foretold_mails.py` tries more bodies, and a whole year.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from db import letters, reports
from db.engine import reading, writing
from db.outbox import MAIL
from db.people import PERSON
from db.tables import Mail, Person, core
from modules.enrolling import publish, rehearsing
from modules.post import asking, running
from tests.data.ruling import bare, refresh, rows, store
from tests.data.test_duties_read import excuse, extend
from tests.data.test_rehearsal import drawn
from tests.world import DUE, FERNLEIGH

DAY = timedelta(days=1)
THURSDAY = date(2026, 11, 19)
NAMES = [one.short for one in FERNLEIGH]
SEEDS = int(os.environ.get("SEEDS", "3"))
# What is told after four months follows as what is told before; a year of days takes minutes.
AHEAD = int(os.environ.get("AHEAD", "120"))


def run(at):
    running.run(clock=lambda: at)


def at(day, clock=time(8, 30)):
    return datetime.combine(day, clock, UTC)


def live(first, last, extra=()):
    """The scheduler runs each day in the morning, and at some other moments."""
    moments = {at(first + number * DAY) for number in range((last - first).days + 1)} | set(extra)
    for moment in sorted(moments):
        run(moment)


def someone(world, short, **values):
    with writing() as session:
        session.connection().execute(
            update(core(Person)).where(PERSON.id == world.viewer(short).person_id).values(**values)
        )


def prepare(world, rng, org_id):
    """A body with rules, leave, days off and people who leave, live elsewhere or have no mail."""
    with reading() as session:
        units = [one.unit_id for one in reports.units(session, org_id=org_id)]
    people = [world.viewer(one).person_id for one in rng.sample(NAMES, 12)]
    if rng.random() < 0.7:
        bare(org_id)
    old = None
    for _ in range(rng.randint(0, 2)):
        old = store(org_id, drawn(rng, units, people), starts=THURSDAY - 30 * DAY)
    refresh(org_id, at(THURSDAY - 20 * DAY))
    some = iter(rng.sample(NAMES, 12))
    for _ in range(3):
        starts = THURSDAY + rng.randint(-30, 60) * DAY
        ends = rng.choice([None, starts + rng.randint(1, 90) * DAY])
        excuse(world, next(some), module=rng.choice(["M01", ""]), starts=starts, ends=ends)
        extend(world, next(some), DUE, DUE + 20 * DAY)
    someone(world, next(some), email="")
    someone(world, next(some), left_on=THURSDAY + rng.randint(5, 200) * DAY)
    someone(world, next(some), zone="Asia/Kolkata")
    someone(world, next(some), zone="Pacific/Auckland")
    with writing() as session:
        for day in [THURSDAY + rng.randint(0, 60) * DAY for _ in range(3)]:
            letters.add_holiday(session, org_id=org_id, day=day, name="Off")
    return units, people, old


def sent(org_id, pairs, first):
    """By person, the days of the mails that went out and spoke of these duties."""
    found = defaultdict(set)
    with reading() as session:
        query = select(core(Mail))
        for row in session.connection().execute(query.where(MAIL.org_id == org_id)):
            about = {one["module"] for one in row.facts["duties"]}
            # What a manager asked for by hand is not from a rule, unless a reason came along.
            ruled = row.kind != "asked" and row.day >= first
            if ruled and any((row.person_id, one) in pairs for one in about):
                assert row.state == "sent"
                found[row.person_id].add(row.day)
    return found


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_mails_that_a_rehearsal_tells_are_those_that_go_out(world, sink, monkeypatch, seed):
    monkeypatch.setattr(rehearsing, "AHEAD_DAYS", AHEAD)
    rng = random.Random(seed)
    org_id = world.viewer("amira").org_id
    units, people, old = prepare(world, rng, org_id)
    # Thursday to Sunday morning, or to some moment of Monday.
    now = at(THURSDAY + rng.choice([3, 4, 4, 4]) * DAY, rng.choice([time(7), time(10), time(20)]))
    live(THURSDAY, now.date(), ())
    asked = [world.viewer(one).person_id for one in rng.sample(NAMES, 3)]
    with writing() as session:
        pairs = [(one, "M01") for one in asked]
        asking.remind_now(session, org_id=org_id, zone="Europe/London", pairs=pairs, now=now)
    if rng.random() < 0.5:
        run(now)
    given = {
        "org_id": org_id,
        "title": "Drawn",
        "target": rng.choice(["M01", "path:own"]),
        "rule": drawn(rng, units, people),
        "starts": now.date() + rng.choice([0, 0, 9]) * DAY,
        "assignment_id": rng.choice([None, old]),
        "now": now,
    }
    with reading() as session:
        said, foretold = rehearsing.rehearse_by_name(session, **given)
    last = said.day + AHEAD * DAY
    before = rows(org_id)
    with writing() as session:
        publish(session, **given, by=None)
    # By the hour, so that it is asked when its day begins in every zone.
    eve = [at(said.day, time(0, 5)), at(said.day + DAY, time(0, 5))]
    live(now.date() + DAY, said.day, [now, *(one for one in eve if one > now)])
    after = rows(org_id)
    terms = ("due_on", "assignment_id", "grace_days", "window_days", "before_access", "ended_on")
    touched = {
        key
        for key, row in after.items()
        if row.ended_on is None
        and (
            key not in before
            or any(getattr(before[key], name) != getattr(row, name) for name in terms)
        )
    }
    # Morning in Auckland.
    live(
        said.day + DAY, last, [at(said.day + number * DAY, time(20, 30)) for number in range(AHEAD)]
    )
    went = sent(org_id, touched, said.day)
    told = {(who, day) for who, days in foretold.items() for day in days}
    assert told == {(who, day) for who, days in went.items() for day in days if day <= last}
    # Nobody does anything, so whoever becomes due in this time is told.
    assert said.mails or all(day > last for day, _ in said.due)
