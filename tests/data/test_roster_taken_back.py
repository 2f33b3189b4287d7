"""An import taken back: every row as it was, or a reason why not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.engine import writing
from db.tables import Person, core
from modules.basics import BadInput
from tests.data.importing import AMIRA, TODAY, ZED, state
from tests.world import NOW


def test_undo_puts_every_row_back(body):
    def plain():
        kept_ = state()
        at = list(core(Person).columns.keys())
        drop = {at.index("version"), at.index("changed_at")}
        kept_["person"] = [
            tuple(one for place, one in enumerate(row) if place not in drop)
            for row in kept_["person"]
        ]
        return kept_

    before = plain()
    rows = (
        *(ZED, AMIRA),
        "grace.okafor@fernleigh.example;Grace Okafor;Fernleigh;;;",
        "tom.ashdown@fernleigh.example;Tom Ashdown;Revenues;grace.okafor@fernleigh.example;;",
        "marek.novak@fernleigh.example;Marek Novak;Governance;grace.okafor@fernleigh.example;;",
        "ben.hale@fernleigh.example;Ben Hale-Lee;New team;zed@fernleigh.example;E2;Lead",
    )
    leaving = body.dry(*rows, leavers=True).counts.left
    assert not body.take(*rows, leavers=True, leaving=leaving).stops
    assert leaving > 30
    assert plain() != before
    body.undo()
    assert plain() == before
    with pytest.raises(BadInput, match="no import to undo"):
        body.undo()
    assert not body.dry(*rows).nothing


def test_an_undo_is_refused_when_somebody_has_changed_since(body):
    body.take(AMIRA)
    amira = body.person("amira.khan@fernleigh.example")
    with writing() as session:
        session.get(Person, (amira.org_id, amira.id)).changed_at = NOW + timedelta(hours=1)
    with pytest.raises(BadInput, match="have been changed since"):
        body.undo()


def test_an_undo_is_refused_when_somebody_new_has_begun(body):
    from db.tables import Enrolment

    body.take(ZED)
    zed = body.person("zed@fernleigh.example")
    with writing() as session:
        session.add(
            Enrolment(
                org_id=zed.org_id, person_id=zed.id, module="M01", enrolled_at=NOW, due_on=TODAY
            )
        )
    with pytest.raises(BadInput, match="have begun to learn"):
        body.undo()
