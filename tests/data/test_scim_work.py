"""A directory tells what somebody works as, and in which language and zone she reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.engine import reading
from db.people import PERSON, PLACEMENT
from db.tables import Person, core
from modules.shell import session as door
from tests import scim
from tests.scim import PATCH, USER, put

WORK = "urn:ietf:params:scim:schemas:extension:steward:2.0:User"


@pytest.fixture
def fern(world):
    return scim.Directory(scim.token(world))


def places():
    """(job family, grade, from, to) of everybody called Ida, oldest first."""
    query = (
        select(PLACEMENT.job_family, PLACEMENT.grade, PLACEMENT.starts, PLACEMENT.ends)
        .join(core(Person), PERSON.id == PLACEMENT.person_id)
        .where(PERSON.given_name == "Ida")
        .order_by(PLACEMENT.starts, PLACEMENT.id)
    )
    with reading() as session:
        return [tuple(row) for row in session.connection().execute(query)]


def test_job_family_and_grade_come_by_our_own_extension_and_a_change_is_a_move(fern, monkeypatch):
    now = door.now()
    first, later = now.date(), now + timedelta(days=3)
    made = fern.user(
        name={"givenName": "Ida", "familyName": "Moss"}, **{WORK: {"jobFamily": "Planner"}}
    )
    assert made[WORK] == {"jobFamily": "Planner"}
    assert WORK in made["schemas"]
    monkeypatch.setattr(door, "now", lambda: later)
    told = fern.patch(f"/Users/{made['id']}", put("7", f"{WORK}:grade", "add"))
    assert told[WORK] == {"jobFamily": "Planner", "grade": "7"}
    # Nobody had told her grade: it is filled in, and she has not moved.
    assert places() == [("Planner", "7", first, None)]
    fern.patch(f"/Users/{made['id']}", put("8", f"{WORK}:grade"))
    day = later.date()
    assert places() == [("Planner", "7", first, day), ("Planner", "8", day, None)]
    assert [
        one["id"]
        for one in fern.get("/Users", params={"filter": f'{WORK}:grade eq "8"'})["Resources"]
    ] == [made["id"]]
    body = {"schemas": [USER], "userName": made["userName"], "displayName": "Ida M"}
    assert fern.sent("PUT", f"/Users/{made['id']}", 200, json=body)[WORK]["grade"] == "8"
    gone = {"op": "remove", "path": f"{WORK}:jobFamily"}
    assert fern.patch(f"/Users/{made['id']}", gone)[WORK] == {"grade": "8"}


def test_language_and_zone_are_kept_as_they_are_written_and_refused_when_they_are_none(fern):
    made = fern.user(preferredLanguage="DE-at, en;q=0.5", timezone="europe/vienna")
    assert (made["preferredLanguage"], made["timezone"]) == ("de-AT", "Europe/Vienna")
    body = {"schemas": [USER], "userName": made["userName"], "displayName": "Ida M"}
    told = fern.sent("PUT", f"/Users/{made['id']}", 200, json=body)
    assert told["timezone"] == "Europe/Vienna"
    path = f"/Users/{made['id']}"
    for attribute, value, expected in (
        ("timezone", "GMT Standard Time", "Europe/London"),
        ("preferredLanguage", "English", "en-GB"),
    ):
        wrong = {"schemas": [PATCH], "Operations": [put(value, attribute)]}
        told = fern.sent("PATCH", path, 400, json=wrong)
        assert told["scimType"] == "invalidValue"
        assert expected in told["detail"]
    told = fern.patch(path, {"op": "remove", "path": "timezone"})
    assert "timezone" not in told
