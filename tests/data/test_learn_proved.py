"""Completions are what the answers prove, no more and no fewer."""

from __future__ import annotations

from sqlalchemy import select

from db import answers, attempts
from db.engine import reading, writing
from db.tables import Attempt, Completion, core
from modules import demo
from modules.learn import content
from modules.learn.opened import read
from modules.progress.outcome import outcome
from modules.sitting import sheet_of
from tests.walk import MODULE, Walk
from tests.world import NOW


def derived(viewer):
    """The completions that the answers of the newest round prove."""
    with reading() as session:
        opened = read(session, viewer, MODULE)
    journey = opened.journey
    return {opened.attempt(one) for one in journey.checks if outcome(journey.module, one).passed}


def test_the_completion_table_equals_what_the_answers_prove(world):
    walks = {name: Walk(world, name) for name in ("amira", "cora", "marek")}
    walks["amira"].until("job-aid")
    cora = walks["cora"].until("check")
    cora.check(wrong=("M01-Q11",))
    marek = walks["marek"].until("check")
    marek.check(wrong=("M01-Q10", "M01-Q12"))
    marek.check()
    for walk in walks.values():
        assert {one.attempt_id for one in walk.completions()} == derived(walk.viewer)
    assert [len(walk.completions()) for walk in walks.values()] == [1, 0, 1]


def test_the_seeded_year_has_exactly_the_completions_that_its_answers_prove(database):
    with writing() as session:
        demo.make(session, people=150, seed=3, now=NOW)
    proved = set()
    with reading() as session:
        kept = set(session.connection().execute(select(core(Completion).c.attempt_id)).scalars())
        sittings = session.connection().execute(
            select(core(Attempt).c.id, core(Attempt).c.person_id, core(Attempt).c.org_id).where(
                core(Attempt).c.form == "check"
            )
        )
        people = {(row.org_id, row.person_id) for row in sittings}
        for org_id, person_id in people:
            given = answers.of_person(session, org_id=org_id, person_id=person_id)
            for one in attempts.of_person(session, org_id=org_id, person_id=person_id):
                if one.form == "check":
                    module = content.module(session, sha256=one.sha256, language="en")
                    sheet = sheet_of(one, [row for row in given if row.attempt_id == one.id])
                    if outcome(module, sheet).passed:
                        proved.add(one.id)
    assert len(proved) > 40
    assert proved == kept
