"""Bodies beside each other: who takes part, what is published of them, and what never is."""

from __future__ import annotations

import dataclasses
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from db import comparing
from db.engine import insert_many, reading, writing
from db.tables import Comparing, Evidence, Organisation, Release, Snapshot, Unit, core, new_id
from modules.basics import BadInput
from modules.comparing import ledger, noise, releasing
from modules.manage import comparison

END = date(2026, 9, 30)
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def exact(monkeypatch):
    """Counts without noise, so that a test can tell who was counted. Production has no such way."""

    def draw(bands):
        counts = tuple(bands.count(band) for band in range(len(ledger.BANDS)))
        return noise.Drawn(counts, ledger.EPSILON, {"bodies": len(bands), "scale": 1.0})

    monkeypatch.setattr(noise, "draw", draw)


def bodies(number, *, invented=False, in_date=60, hidden="", since=END - timedelta(days=90)):
    """So many more bodies that take part, each with a figure of M01 for the third quarter."""
    ids = [new_id() for _ in range(number)]
    with writing() as session:
        made = {"created_at": NOW, "invented": invented}
        insert_many(
            session, Organisation, [{"id": one, "name": f"Body {one}", **made} for one in ids]
        )
        insert_many(session, Unit, [{"org_id": one, "id": new_id(), "name": "Top"} for one in ids])
        figure = {"module": "M01", "month_end": END, "name": "Top", "people": 100}
        figure |= {"in_date": in_date, "hidden": hidden, "parent_id": None}
        insert_many(
            session, Snapshot, [{"org_id": one, "unit_id": new_id(), **figure} for one in ids]
        )
        rows = [{"org_id": one, "id": new_id(), "since": since} for one in ids]
        insert_many(session, Comparing, rows)
    return ids


def release(now=NOW):
    with writing() as session:
        return releasing.release(session, now=now)


@pytest.fixture
def grace(world):
    """A lead of a body whose people are real."""
    with writing() as session:
        session.connection().execute(update(core(Organisation)).values(invented=False))
    return dataclasses.replace(world.viewer("grace"), invented=False)


def test_a_quarter_of_enough_bodies_is_published_once_and_counted_in_bands(database, exact):
    bodies(7, in_date=60)
    bodies(5, in_date=90)
    made = release()
    assert (made.subject, made.counts, made.bodies) == ("M01 2026-Q3", (0, 0, 7, 5), 12)
    assert release() is None
    with reading() as session:
        assert releasing.entries(session) == [made]
        assert not releasing.due(session, now=NOW)


def test_with_too_few_bodies_nothing_is_published_nor_drawn(database, monkeypatch):
    monkeypatch.setattr(noise, "draw", lambda _: pytest.fail("drawn"))
    bodies(ledger.LEAST - 1)
    assert release() is None


def test_a_body_whose_own_figure_is_hidden_is_not_counted_either(database, exact):
    bodies(ledger.LEAST - 1)
    bodies(3, hidden="small")
    assert release() is None


def test_an_invented_body_never_stands_among_real_ones(database, exact):
    bodies(ledger.LEAST)
    bodies(6, invented=True, in_date=10)
    assert release().counts == (0, 0, ledger.LEAST, 0)


def test_who_joined_after_the_quarter_or_left_since_is_not_used(database, exact):
    kept = bodies(ledger.LEAST + 1)
    bodies(1, in_date=90, since=END + timedelta(days=1))
    with writing() as session:
        assert comparing.stop(session, org_id=kept[0], day=NOW.date())
        assert not comparing.stop(session, org_id=kept[0], day=NOW.date())
    assert release().counts == (0, 0, ledger.LEAST, 0)


def test_nothing_is_published_beyond_the_years_limit(database, exact):
    bodies(ledger.LEAST)
    with writing() as session:
        rows = [
            {"id": new_id(), "subject": f"M0{at} 2025-Q4", "published_at": NOW, "epsilon": 2.0}
            for at in range(4)
        ]
        more = {"method": {"bodies": 12}, "figures": {"counts": [0, 0, 0, 0]}}
        insert_many(session, Release, [row | more for row in rows])
    assert release() is None
    with reading() as session:
        assert ledger.spent(releasing.entries(session), 2026) == ledger.YEARLY


def test_two_processes_publish_a_quarter_once(database, exact):
    bodies(ledger.LEAST)
    made, gate = [], threading.Barrier(2)

    def run():
        gate.wait()
        made.append(release())

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one is None for one in made].count(False) == 1
    with reading() as session:
        assert len(releasing.entries(session)) == 1


def test_a_lead_lets_her_body_take_part_and_leave_and_both_stand_in_the_evidence(world, grace):
    with writing() as session:
        assert comparison.take_part(session, grace, agreed=True, now=world.now)
        assert not comparison.take_part(session, grace, agreed=True, now=world.now)
    with reading() as session:
        assert comparison.comparison(session, grace, now=world.now).since == world.now.date()
    with writing() as session:
        assert comparison.take_part(session, grace, agreed=False, now=world.now)
    with reading() as session:
        assert comparison.comparison(session, grace, now=world.now).since is None
        kinds = session.connection().execute(select(core(Evidence).c.kind)).scalars().all()
    assert {"comparison_joined", "comparison_left"} <= set(kinds)


def test_an_invented_body_cannot_take_part(world):
    with writing() as session, pytest.raises(BadInput, match="invented"):
        comparison.take_part(session, world.viewer("grace"), agreed=True, now=world.now)


def test_everybody_reads_the_ledger_and_only_a_lead_of_all_her_own_place(world, grace, exact):
    bodies(ledger.LEAST)
    release()
    with reading() as session:
        lead = comparison.comparison(session, grace, now=world.now)
        learner = comparison.comparison(session, world.viewer("amira"), now=world.now)
    assert learner.entries == lead.entries
    assert learner.entries[0].counts == (0, 0, ledger.LEAST, 0)
    assert learner.own is None and not learner.may_decide
    assert lead.own is not None and lead.may_decide
