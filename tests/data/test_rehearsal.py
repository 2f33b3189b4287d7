"""A rehearsal says exactly what then happens, and writes nothing."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from db import assignments, duties, reports
from db.engine import reading, writing
from modules.basics import BadInput
from modules.duties import (
    After,
    Audience,
    Calendar,
    Case,
    Clause,
    Cycle,
    Never,
    On,
    Rolling,
    Yearly,
)
from modules.duties.model import EVERYBODY
from modules.enrolling import end, publish, rehearse
from modules.progress.standing import LATE, Leave, standing
from tests.data.ruling import bare, refresh, rows, rule, store
from tests.data.test_duties_read import excuse, extend
from tests.world import DUE, FERNLEIGH, NOW

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
NAMES = [one.short for one in FERNLEIGH]


def drawn(rng, units, people):
    """A rule at random."""
    yearly = Yearly(month=rng.randint(1, 12), day=rng.randint(1, 31))

    def audience():
        clauses = []
        for _ in range(rng.randint(1, 2)):
            given = rng.choice(
                [
                    {},
                    {"units": tuple(rng.sample(units, rng.randint(1, 2)))},
                    {"people": tuple(rng.sample(people, 5))},
                    {"roles": ("manager",)},
                    {"starters": True},
                ]
            )
            clauses.append(Clause(**given))
        return Audience(clauses=tuple(clauses))

    def due():
        return rng.choice(
            [
                After(days=rng.randint(0, 90), of=rng.choice(["assignment", "joining", "role"])),
                On(day=TODAY + rng.randint(-20, 90) * DAY, least_days=rng.randint(0, 20)),
                Cycle(yearly=yearly, least_days=rng.randint(0, 40)),
            ]
        )

    renewal = rng.choice([Never(), Rolling(months=12), Calendar(yearly=yearly)])
    cases = [
        Case(audience=audience(), due=due(), renewal=renewal) for _ in range(rng.randint(0, 1))
    ]
    return rule(
        audience(),
        exceptions=rng.choice([Audience(), audience()]),
        due=due(),
        renewal=renewal,
        cases=tuple(cases),
        grace_days=rng.choice([0, 0, 7]),
        before_access=rng.random() < 0.2,
    )


@pytest.mark.parametrize("seed", range(16))
def test_what_a_rehearsal_says_is_what_happens(world, seed):
    rng = random.Random(seed)
    org_id = world.viewer("amira").org_id
    with reading() as session:
        units = [one.unit_id for one in reports.units(session, org_id=org_id)]
    people = [world.viewer(one).person_id for one in rng.sample(NAMES, 12)]
    if rng.random() < 0.7:
        bare(org_id)
    old = None
    for _ in range(rng.randint(0, 2)):
        old = store(org_id, drawn(rng, units, people), starts=TODAY - 30 * DAY)
    refresh(org_id)
    for name in rng.sample(NAMES, 3):
        excuse(world, name, module=rng.choice(["M01", ""]))
        extend(world, name, DUE, DUE + 20 * DAY)
    given = {
        "org_id": org_id,
        "title": "Drawn",
        "target": rng.choice(["M01", "path:own"]),
        "rule": drawn(rng, units, people),
        "starts": TODAY + rng.choice([0, 0, 9]) * DAY,
        "assignment_id": rng.choice([None, old]),
    }
    before = rows(org_id)
    with reading() as session:
        said = rehearse(session, **given, now=NOW)
    assert rows(org_id) == before

    then = NOW + (said.day - TODAY)
    if old is not None and said.day > TODAY:
        refresh(org_id, then)  # what others bring by then
        before = rows(org_id)
    with writing() as session:
        made = publish(session, **given, by=None, now=NOW)
    if said.day > TODAY and given["assignment_id"] is None:
        assert rows(org_id) == before
    refresh(org_id, then)
    after = rows(org_id)

    def are_open(found):
        return {key for key, row in found.items() if row.ended_on is None}

    fresh = are_open(after) - are_open(before)
    ended = are_open(before) - are_open(after)
    terms = ("due_on", "assignment_id", "grace_days", "window_days", "before_access")
    changed = {
        key
        for key in are_open(after) & are_open(before)
        if any(getattr(after[key], name) != getattr(before[key], name) for name in terms)
    }
    assert (said.new, said.changed, said.released) == (len(fresh), len(changed), len(ended))
    with reading() as session:
        touched = [
            one
            for one in duties.of_body(session, org_id=org_id, day=said.day)
            if (one.person_id, one.module) in fresh | changed
        ]
    days, late = defaultdict(set), set()
    for one in touched:
        leave = Leave(one.grace_days, one.extended_until, one.exempt)
        stands = standing(
            due_on=one.due_on, valid_until=one.valid_until, today=said.day, leave=leave
        )
        if stands.status in LATE:
            late.add(one.person_id)
        last = max(day for day in (one.due_on, one.valid_until, one.extended_until) if day)
        if not one.exempt and last < date.max:
            days[last].add(one.person_id)
    assert said.due == tuple(sorted((day, len(who)) for day, who in days.items()))
    assert said.overdue_on_first_day == len(late)
    own = {key for key, row in after.items() if row.assignment_id == made and not row.ended_on}
    assert said.people >= len({person for person, _ in own})
    if not given["rule"].before_access and given["assignment_id"] is None:
        assert not late


def given(org_id, **more):
    return {
        "org_id": org_id,
        "title": "Everybody: M01",
        "target": "M01",
        "rule": rule(),
        "starts": TODAY,
        "assignment_id": None,
        "now": NOW,
    } | more


def test_the_figures_of_a_rule_for_everybody(world):
    org_id = world.viewer("amira").org_id
    bare(org_id)
    with reading() as session:
        said = rehearse(session, **given(org_id))
    assert (said.day, said.people, said.new) == (TODAY, len(FERNLEIGH), len(FERNLEIGH))
    done = sum(one.done is not None for one in FERNLEIGH)
    # Who is in date becomes due when that ends.
    assert dict(said.due) == {date(2026, 12, 22): len(FERNLEIGH) - done, date(2027, 8, 12): done}
    assert (said.changed, said.released, said.unchanged, said.overdue_on_first_day) == (0, 0, 0, 0)
    assert said.mails[0] == (date(2026, 11, 23), len(FERNLEIGH) - done)


def test_publishing_in_place_of_a_rule_keeps_its_id_and_ending_it_releases(world):
    amira = world.viewer("amira")
    bare(amira.org_id)
    with writing() as session:
        made = publish(session, **given(amira.org_id), by=amira.person_id)
        other = rule(due=After(days=60))
        again = publish(session, **given(amira.org_id, rule=other, assignment_id=made), by=None)
        (one,) = assignments.assignments(session, org_id=amira.org_id)
    assert made == again
    assert (one.made_by, one.made_at, one.changed_at) == (amira.person_id, NOW, NOW)
    assert rows(amira.org_id)[amira.person_id, "M01"].due_on == TODAY + 60 * DAY
    with writing() as session:
        assert end(session, org_id=amira.org_id, assignment_id=made, now=NOW + DAY).ended == len(
            FERNLEIGH
        )
    with writing() as session, pytest.raises(BadInput):
        end(session, org_id=amira.org_id, assignment_id=made, now=NOW + DAY)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"title": "  "}, "a title"),
        ({"target": "M99"}, "No module M99"),
        ({"target": "path:Z"}, "no path “Z”"),
        ({"starts": TODAY - DAY}, "which has passed"),
        ({"rule": rule(Audience())}, "asks nobody"),
        ({"rule": rule(Audience(clauses=(Clause(roles=("boss",)),)))}, "no role “boss”"),
        ({"rule": rule(Audience(clauses=(Clause(paths=("Z",)),)))}, "no path “Z”"),
    ],
)
def test_what_cannot_be_published_is_said_with_what_to_mend(world, more, told):
    org_id = world.viewer("amira").org_id
    for call in (rehearse, publish):
        by = {"by": None} if call is publish else {}
        with writing() as session, pytest.raises(BadInput, match=told):
            call(session, **given(org_id, **more), **by)


def test_a_rule_of_one_body_names_no_unit_and_nobody_of_another(world):
    org_id, olga = world.viewer("amira").org_id, world.viewer("olga")
    with reading() as session:
        theirs = reports.units(session, org_id=olga.org_id)[0].unit_id
    for clause in (Clause(units=(theirs,)), Clause(people=(olga.person_id,))):
        one = rule(Audience(clauses=(clause,)))
        with reading() as session, pytest.raises(BadInput, match="not "):
            rehearse(session, **given(org_id, rule=one))
    foreign = store(olga.org_id, rule(EVERYBODY))
    with writing() as session, pytest.raises(BadInput, match="no such rule"):
        publish(session, **given(org_id, assignment_id=foreign), by=None)
