"""What training did in the whole organisation: who counts, from how many people, in blocks."""

from __future__ import annotations

import json
import random
import uuid
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from db import answers, attempts, people, revisions
from db.answers import Recorded
from db.engine import reading, writing
from db.people import PERSON
from modules.basics import Denied
from modules.commands import app
from modules.learn import content
from modules.manage import learned
from tests.world import MODULE, NOW


class Body:
    """Fills an organisation with attempts, person after person."""

    def __init__(self, world, organisation="Fernleigh"):
        self.org = world.organisations[organisation]
        with reading() as session:
            query = select(PERSON.id).where(PERSON.org_id == self.org).order_by(PERSON.email)
            self.people = list(session.connection().execute(query).scalars())
            self.revision = revisions.latest(session, org_id=self.org)[MODULE]
            self.module = content.module(session, sha256=self.revision.sha256, language="en")
        self.now = NOW - timedelta(days=90)

    def sit(self, person, form, given, *, number=1, confidence=0.75, try_number=1):
        """One attempt with answers of slot: right."""
        self.now += timedelta(minutes=1)
        with writing() as session:
            made = attempts.start(
                session,
                org_id=self.org,
                person_id=person,
                module=MODULE,
                form=form,
                number=number,
                revision_id=self.revision.id,
                seed="s",
                paper={slot: [[slot, ""]] for slot in given},
                now=self.now,
            )
            for slot, right in given.items():
                row = Recorded(
                    attempt_id=made.id,
                    slot=slot,
                    try_number=try_number,
                    kind="item",
                    response={},
                    score=float(right),
                    correct=right,
                    tags=(),
                    grader=1,
                    confidence=confidence,
                    answered_at=self.now,
                )
                answers.record(session, org_id=self.org, answer=row)

    def finish(self, person, *, before=1, after=3, confidence=0.75):
        """Pre-questions and a check with so many of the three matched items right."""
        matched, said = self.module.matched, {"confidence": confidence}
        self.sit(person, "pre", {item: n < before for n, item in enumerate(matched)}, **said)
        right = {item: n < after for n, item in enumerate(matched.values())}
        check = self.module.forms["check"]
        self.sit(person, "check", {item: right.get(item, True) for item in check}, **said)

    def keep(self, person, right, which="first"):
        """A delayed check with so many of its three items right."""
        given = {item: n < right for n, item in enumerate(self.module.delayed[which])}
        self.sit(person, {"first": "delayed-1", "second": "delayed-2"}[which], given)


def seen(world, who="grace"):
    with reading() as session:
        [found] = learned.learned(session, world.viewer(who))
    return found


@pytest.fixture
def body(world):
    return Body(world)


def test_nothing_is_said_of_29_people_and_something_of_30(world, body):
    for person in body.people[:29]:
        body.finish(person)
    few = seen(world)
    assert (few.gain, few.sureness, few.kept) == (None, None, (None, None))
    body.finish(body.people[29])
    found = seen(world)
    assert (found.gain.n, found.sureness.n) == (30, 30)
    assert found.gain.before == pytest.approx(100 / 3)
    assert found.gain.after == pytest.approx(100)
    assert found.gain.points == pytest.approx(200 / 3)


def test_one_more_person_changes_no_figure_until_ten_have_come(world, body):
    for person in body.people[:30]:
        body.finish(person)
    first = seen(world)
    for person in body.people[30:39]:
        body.finish(person, before=3, after=0)
        assert seen(world) == first
    body.finish(body.people[39], before=3, after=0)
    assert seen(world).gain.n == 40
    assert seen(world).gain.points < first.gain.points


def test_later_answers_of_people_who_count_already_change_nothing(world, body):
    for person in body.people[:30]:
        body.finish(person)
    first = seen(world)
    somebody = body.people[0]
    matched = body.module.matched
    body.sit(somebody, "check", dict.fromkeys(matched.values(), False), number=2)
    body.sit(somebody, "pre", dict.fromkeys(matched, True), number=2)
    body.sit(somebody, "check", {f"again:{item}": True for item in matched.values()})
    body.sit(somebody, "practice", {"M01-Q08": False}, confidence=1.0)
    assert seen(world) == first


def test_the_matched_item_may_stand_in_another_variant(world, body):
    twins = {item: body.module.twins(item)[0] for item in body.module.matched.values()}
    for person in body.people[:30]:
        body.sit(person, "pre", dict.fromkeys(body.module.matched, False))
        check = body.module.forms["check"]
        body.sit(person, "check", {twins.get(item, item): True for item in check})
    assert seen(world).gain.points == pytest.approx(100)


def test_who_has_not_answered_all_of_both_forms_does_not_count(world, body):
    for person in body.people[:29]:
        body.finish(person)
    somebody, check = body.people[29], body.module.forms["check"]
    body.sit(somebody, "pre", dict.fromkeys(body.module.matched, True))
    # The matched ones come first here: the rest of the check must be in as well.
    order = sorted(check, key=lambda item: item not in body.module.matched.values())
    body.sit(somebody, "check", dict.fromkeys(order[:5], True))
    assert seen(world).gain is None
    body.sit(somebody, "check", {order[5]: True})
    assert seen(world).gain.n == 30


def test_retention_compares_the_same_people(world, body):
    for number, person in enumerate(body.people[:40]):
        body.finish(person)
        if number < 30:
            body.keep(person, 2)
    found = seen(world)
    assert found.gain.n == 40
    assert found.kept[0].n == 30
    assert found.kept[0].ratio == pytest.approx(2 / 3)
    assert found.kept[0].drop == pytest.approx(100 / 3)
    assert found.kept[1] is None


def test_confidence_waits_until_thirty_people_said_a_word(world, body):
    for number, person in enumerate(body.people[:45]):
        body.finish(person, confidence=None if number % 3 else 0.75)
    found = seen(world)
    assert (found.gain.n, found.sureness) == (40, None)


def test_from_one_report_to_the_next_every_figure_takes_in_whole_blocks(world, body):
    """A report after each check and delayed check of 46 people; five of them said no word."""
    told = []
    for number, person in enumerate(body.people):
        body.finish(person, before=number % 4, confidence=None if number % 9 == 4 else 0.75)
        body.keep(person, number % 3, "second")
        told.append(seen(world))
    for number, person in enumerate(reversed(body.people)):
        body.keep(person, number % 4)
        told.append(seen(world))
    every = [(one.gain, one.sureness, *one.kept) for one in told]
    for figure in zip(*every, strict=True):
        by_size = {one.n if one else 0: one for one in figure}
        assert list(by_size) == [0, 30, 40]
        assert all(by_size[one.n if one else 0] == one for one in figure)


def test_retention_of_almost_the_same_people_as_the_gain_is_not_shown(world, body):
    """Thirty finished first and thirty kept, all the same but one: that would find two people."""
    for person in body.people[:40]:
        body.finish(person)
    for person in (*body.people[:29], body.people[30]):
        body.keep(person, 2)
    assert seen(world).kept[0] is None
    for person in (body.people[29], *body.people[31:40]):
        body.keep(person, 2)
    assert seen(world).kept[0].n == seen(world).gain.n == 40


@pytest.mark.parametrize("seed", range(12))
def test_no_two_groups_that_were_ever_shown_differ_by_fewer_than_a_block(seed):
    """Three figures over the same answers, shown after each of their people, for 75 people."""
    draw = random.Random(seed)
    order = [uuid.UUID(int=number) for number in range(75)]
    figures, ever = ({}, {}, {}), ([], [], [])
    # Each figure has almost the order of the one before, and leaves some people out.
    mess, left_out = draw.choice([1, 4, 20]), draw.choice([0, 0.05, 0.3])
    events = []
    for place in range(3):
        events += [(n + 40 * place, place, one) for n, one in enumerate(order)]
        moved = sorted(range(len(order)), key=lambda n: n + draw.uniform(0, mess))
        order = [order[n] for n in moved if draw.random() >= left_out]
    for number, (_, place, one) in enumerate(sorted(events)):
        figures[place][one] = NOW + timedelta(minutes=number)
        for shown, group in zip(ever, learned.whole_blocks(*figures), strict=True):
            if not shown or shown[-1] != set(group):
                shown.append(set(group))
    for shown in ever:
        assert all(a < b and not len(b - a) % 10 for a, b in pairwise(shown))
        assert all(not one or len(one) >= 30 for one in shown)
    groups = [one for shown in ever for one in shown]
    assert all(not 0 < len(a ^ b) < 10 for a in groups for b in groups)
    assert {30, 40, 50, 60, 70} <= {len(one) for one in ever[0]}  # the first is never held back


def test_another_organisations_people_do_not_count(world, body):
    for person in body.people[:29]:
        body.finish(person)
    other = Body(world, "Harrow Vale")
    for person in other.people:
        other.finish(person)
    assert seen(world).gain is None
    assert seen(world, "olga").gain is None


@pytest.mark.parametrize("who", ["amira", "tom", "priya", "marek"])
def test_only_leads_may_ask(world, who):
    with reading() as session, pytest.raises(Denied):
        learned.learned(session, world.viewer(who))


def test_the_command_says_what_the_report_holds_and_names_nobody(world, body):
    def run(*more):
        done = CliRunner().invoke(app, ["report", "learning", "--as", world.email("grace"), *more])
        assert done.exit_code == 0, done.output
        return done.output

    assert "Nothing is shown until 30 people have finished it." in run()
    assert json.loads(run("--json"))["modules"][MODULE]["gain"] is None
    for person in body.people[:30]:
        body.finish(person, before=0 if person < body.people[15] else 1)
    told = run()
    assert "Before " in told and "of 30 people" in told and "95% interval" in told
    made = json.loads(run("--json"))
    assert made["modules"][MODULE]["gain"]["n"] == 30
    with reading() as session:
        names = [one.name for one in people.organisations(session)]
        every = session.connection().execute(select(PERSON.name)).scalars().all()
    assert names
    assert not any(name in told + json.dumps(made) for name in every)
    refused = CliRunner().invoke(app, ["report", "learning", "--as", world.email("tom")])
    assert refused.exit_code != 0
