"""A generated row of PATCH operations leaves in the tables what plain Python says it should."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest

from db.directory_wishes import Moment
from db.scim_clients import SCOPES
from modules.api.scim.route import service
from modules.api.scim.storage import Storage
from tests.scim import GROUP, MORE, PATCH, USER
from tests.world import NOW

# Path -> how the operation may name it: alone, with its schema, in other letters.
NAMES = {
    "title": ("title", f"{USER}:title", "TITLE"),
    "externalId": ("externalId", "externalid"),
    "name.givenName": ("name.givenName", f"{USER}:name.givenName"),
    "name.familyName": ("name.familyName",),
    f"{MORE}:department": (f"{MORE}:department", f"{MORE.upper()}:department"),
    f"{MORE}:employeeNumber": (f"{MORE}:employeeNumber",),
    "active": ("active",),
}
TEXTS = st.sampled_from(("A", "straße", "x y", "10%", "Revenues", "ärger"))
OPS = st.sampled_from(("add", "replace", "Replace", "remove"))
READS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def operations(draw):
    """(what it means, the operation as it is sent)"""
    path = draw(st.sampled_from(list(NAMES)))
    written = draw(st.sampled_from(NAMES[path]))
    op = draw(OPS)
    if path == "active":
        value = draw(st.booleans())
        return path, value, {"op": "replace", "path": written, "value": draw(as_sent(value))}
    if op == "remove":
        return path, None, {"op": op, "path": written}
    value = draw(TEXTS)
    if draw(st.booleans()) and written == path and not path.startswith("name."):
        return path, value, {"op": op, "value": {path: value}}
    return path, value, {"op": op, "path": written, "value": value}


def as_sent(value):
    return st.sampled_from((value, str(value)))


@pytest.fixture
def handled(world, session):
    """Send a request to the core over Fernleigh's tables, without HTTP."""
    at = Moment(world.organisations["Fernleigh"], "Fernleigh", NOW, date(2026, 11, 22))
    storage = Storage(session, at, "https://steward.example/scim/v2", writes=True)
    handler = ScimHandler(service(), storage)

    def send(method, path, body=None):
        asked = ScimRequest(
            method,
            storage.base,
            path,
            headers={"Content-Type": "application/scim+json"},
            body=json.dumps(body).encode(),
            subject=SimpleNamespace(scopes=SCOPES),
        )
        return handler.handle(asked).body

    return send


def read(resource, path):
    """A value by its path, in plain Python."""
    schema, _, name = path.rpartition(":")
    found = resource.get(schema, {}) if schema else resource
    for part in name.split("."):
        found = (found or {}).get(part)
    return found


@READS
@given(row=st.lists(operations(), min_size=1, max_size=5), number=st.integers(0, 2**60))
def test_after_any_operations_everything_is_as_the_last_one_left_it(handled, row, number):
    made = handled(
        "POST", "/Users", {"schemas": [USER], "userName": f"p{number}@fernleigh.example"}
    )
    try:
        as_the_last_one_left_it(handled, made, row)
    finally:  # or a failure would be told as a name that is taken
        handled("DELETE", f"/Users/{made['id']}")


def as_the_last_one_left_it(handled, made, row):
    wanted = {path: True if path == "active" else None for path in NAMES}
    wanted |= {path: value for path, value, _ in row}
    body = {"schemas": [PATCH], "Operations": [one for _, _, one in row]}
    told = handled("PATCH", f"/Users/{made['id']}", body)
    stored = handled("GET", f"/Users/{made['id']}")
    assert told == stored
    assert {path: read(stored, path) for path in NAMES} == wanted
    # Another version may also say the same: nobody who asks by version misses a change.
    if any(read(made, path) != value for path, value in wanted.items()):
        assert stored["meta"]["version"] != made["meta"]["version"]


@READS
@given(
    row=st.lists(
        st.tuples(st.sampled_from(("add", "remove", "replace")), st.sets(st.integers(0, 4))),
        max_size=5,
    ),
    number=st.integers(0, 2**60),
)
def test_members_are_those_that_plain_sets_say(handled, row, number):
    people = [one["id"] for one in handled("GET", "/Users")["Resources"][:5]]
    made = handled("POST", "/Groups", {"schemas": [GROUP], "displayName": f"G{number}"})
    wanted = set()
    for op, chosen in row:
        some = {people[one] for one in chosen}
        values = [{"value": one} for one in sorted(some)]
        if op == "remove":
            steps = [{"op": op, "path": f'members[value eq "{one}"]'} for one in sorted(some)]
            wanted -= some
        else:
            steps = [{"op": op, "path": "members", "value": values}] if values else []
            wanted = wanted | some if op == "add" else some or wanted
        if steps:
            handled("PATCH", f"/Groups/{made['id']}", {"schemas": [PATCH], "Operations": steps})
    stored = handled("GET", f"/Groups/{made['id']}")
    assert {one["value"] for one in stored.get("members", [])} == wanted
    handled("DELETE", f"/Groups/{made['id']}")
