"""The protocol: tokens and scopes, limits, entity tags, bulk, paging, errors as SCIM tells them."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from db import scim_clients
from db.engine import reading, writing
from db.tables import Evidence, ScimClient, core
from modules.admin import directory
from modules.api.scim import route
from modules.api.scim.limits import Limits
from modules.api.scim.models import MOST_BYTES, MOST_OPERATIONS
from modules.commands import app
from modules.shell import session as door
from tests import scim
from tests.scim import BULK, GROUP, MORE, SEARCH, USER, put


@pytest.fixture
def fern(world):
    return scim.Directory(scim.token(world))


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic eDp4", "bearer  "])
def test_without_a_token_that_works_everything_is_401(world, header):
    caller = scim.Directory("x")
    caller.http.headers.pop("Authorization")
    sent = {"headers": {"Authorization": header}} if header is not None else {}
    for path in ("/Users", "/Groups", "/Schemas", "/ResourceTypes", "/Nowhere", "/Me", "/"):
        told = caller.http.get(path, **sent)
        assert told.status_code == 401
        assert told.headers["www-authenticate"].startswith("Bearer")
        assert told.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    # How to authenticate is told before; nothing in it is anybody's.
    assert caller.get("/ServiceProviderConfig", **sent)["bulk"]["supported"] is True
    caller.sent("POST", "/ServiceProviderConfig", 401, **sent)


def test_a_token_stops_when_it_is_revoked_and_when_its_days_are_over(world, fern, monkeypatch):
    fern.get("/Users")
    with writing() as session:
        org_id = world.organisations["Fernleigh"]
        (one,) = scim_clients.listed(session, org_id=org_id)
        assert one.used_on == door.now().date()
        other = world.organisations["Harrow Vale"]
        assert not scim_clients.revoke(session, org_id=other, id=one.id, now=door.now())
        assert scim_clients.revoke(session, org_id=org_id, id=one.id, now=door.now())
    fern.get("/Users", 401)
    late = scim.Directory(scim.token(world, days=30))
    late.get("/Users")
    now = door.now()
    monkeypatch.setattr(door, "now", lambda: now + timedelta(days=31))
    late.get("/Users", 401)


def test_only_the_hash_of_a_token_is_kept(world):
    token = scim.token(world)
    with reading() as session:
        row = session.connection().execute(select(core(ScimClient))).one()
    assert token not in str(row)
    assert len(token) >= 43


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ("users:read", {"GET /Users", "POST /Users/.search"}),
        ("users:write", {"POST /Users"}),
        ("groups:read", {"GET /Groups"}),
        ("groups:write", {"POST /Groups"}),
    ],
)
def test_a_scope_allows_what_it_says_and_nothing_else(world, scope, may):
    caller = scim.Directory(scim.token(world, scopes=[scope]))
    bodies = {
        "GET /Users": None,
        "GET /Groups": None,
        "POST /Users": {"schemas": [USER], "userName": "ida@fernleigh.example"},
        "POST /Groups": {"schemas": [GROUP], "displayName": "G"},
        "POST /Users/.search": {"schemas": [SEARCH]},
        f"DELETE /Users/{uuid.uuid4()}": None,
    }
    for asked, body in bodies.items():
        verb, path = asked.split()
        told = caller.http.request(verb, path, json=body)
        if asked in may:
            assert told.status_code in (200, 201)
        elif scope == "users:write" and verb == "DELETE":
            assert told.status_code == 404
        else:
            assert told.status_code == 403, asked
    bulk = [
        {"method": "POST", "path": f"/{kind}s", "bulkId": kind, "data": body}
        for kind, body in (
            ("User", {"schemas": [USER], "userName": "jo@fernleigh.example"}),
            ("Group", {"schemas": [GROUP], "displayName": "H"}),
        )
    ]
    told = caller.sent("POST", "/Bulk", 200, json={"schemas": [BULK], "Operations": bulk})
    wanted = {"users:write": ["201", "403"], "groups:write": ["403", "201"]}
    assert [one["status"] for one in told["Operations"]] == wanted.get(scope, ["403", "403"])


def test_who_calls_too_often_waits_and_others_do_not(world, fern, monkeypatch):
    monkeypatch.setattr(route, "limits", Limits(per_second=0.01, at_once=2))
    fern.get("/Users")
    fern.get("/Users")
    told = fern.http.get("/Users")
    assert told.status_code == 429
    assert 1 <= int(told.headers["retry-after"]) <= 100
    scim.Directory(scim.token(world, "Harrow Vale")).get("/Users")


def test_a_bucket_fills_by_itself_and_never_over():
    one, limits = uuid.uuid4(), Limits(per_second=10, at_once=3)
    assert [limits.wait(one, 0.0) for _ in range(3)] == [0, 0, 0]
    assert limits.wait(one, 0.0) == pytest.approx(0.1)
    assert limits.wait(one, 0.11) == 0
    assert [limits.wait(one, 99.0) > 0 for _ in range(4)] == [False, False, False, True]


def test_a_body_that_is_too_large_is_413_and_one_that_is_no_json_is_400(fern):
    big = b'{"userName": "' + b"x" * MOST_BYTES + b'"}'
    for path in ("/Users", "/Bulk", "/.search"):
        fern.sent("POST", path, 413, content=big, headers={"Content-Type": route.CONTENT})
    for bad in (b"", b"{", b"[]", b"\xff", b"null", b'{"schemas": 1}'):
        fern.sent("POST", "/Users", 400, content=bad, headers={"Content-Type": route.CONTENT})
    fern.sent("POST", "/Users", 415, content=b"<a/>", headers={"Content-Type": "text/xml"})


def test_bulk_has_the_limits_that_it_announces(fern):
    told = fern.get("/ServiceProviderConfig")["bulk"]
    assert told == {
        "supported": True,
        "maxOperations": MOST_OPERATIONS,
        "maxPayloadSize": MOST_BYTES,
    }
    one = {"method": "DELETE", "path": f"/Users/{uuid.uuid4()}"}
    many = {"schemas": [BULK], "Operations": [one] * (MOST_OPERATIONS + 1)}
    fern.sent("POST", "/Bulk", 413, json=many)


def test_bulk_resolves_references_and_stops_at_the_errors_it_was_given(fern):
    def person(name, **more):
        data = {"schemas": [USER, MORE], "userName": f"{name}@fernleigh.example", **more}
        return {"method": "POST", "path": "/Users", "bulkId": name, "data": data}

    group = {"schemas": [GROUP], "displayName": "Pilots", "members": [{"value": "bulkId:bea"}]}
    operations = [
        {"method": "POST", "path": "/Groups", "bulkId": "g", "data": group},
        person("ann", **{MORE: {"manager": {"value": "bulkId:bea"}}}),
        person("bea"),
        person("bea2", userName="BEA@fernleigh.example"),
        person("cal"),
        person("cal2", userName="CAL@fernleigh.example"),
        person("dan"),
    ]
    body = {"schemas": [BULK], "failOnErrors": 2, "Operations": operations}
    told = fern.sent("POST", "/Bulk", 200, json=body)["Operations"]
    assert [one["status"] for one in told] == ["201", "201", "201", "409", "201", "409"]
    bea = told[2]["location"].rpartition("/")[2]
    ann = fern.get(f"/Users/{told[1]['location'].rpartition('/')[2]}")
    assert ann[MORE]["manager"]["value"] == bea
    assert (
        fern.get(f"/Groups/{told[0]['location'].rpartition('/')[2]}")["members"][0]["value"] == bea
    )
    assert fern.find('userName sw "dan@"') == []


def test_entity_tags_guard_every_change_and_spare_reading(fern):
    made = fern.user()
    path, tag = f"/Users/{made['id']}", made["meta"]["version"]
    assert fern.http.get(path).headers["etag"] == tag
    assert fern.http.get(path, headers={"If-None-Match": tag}).status_code == 304
    fern.patch(path, put("A", "title"), headers={"If-Match": tag})
    for verb, body in (("PUT", {**made, "title": "B"}), ("DELETE", None)):
        fern.sent(verb, path, 412, json=body, headers={"If-Match": tag})
    fern.patch(path, put("B", "title"), status=412, headers={"If-Match": tag})
    now = fern.get(path)
    assert now["title"] == "A"
    # What changes nothing keeps its tag.
    same = fern.patch(path, put("A", "title"))
    assert same["meta"] == now["meta"]
    fern.sent("DELETE", path, 204, headers={"If-Match": now["meta"]["version"]})


def test_of_two_changes_with_the_same_tag_one_is_refused(fern):
    made = fern.user()
    tag = {"If-Match": made["meta"]["version"]}
    barrier, told = threading.Barrier(2), []

    def change(title):
        body = {"schemas": [scim.PATCH], "Operations": [put(title, "title")]}
        barrier.wait(20)
        told.append(fern.http.patch(f"/Users/{made['id']}", json=body, headers=tag).status_code)

    threads = [threading.Thread(target=change, args=(one,)) for one in ("A", "B")]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(told) == [200, 412]


def test_of_two_changes_without_a_tag_neither_is_lost(fern):
    made = fern.user()
    barrier, told = threading.Barrier(2), []

    def change(path, value):
        body = {"schemas": [scim.PATCH], "Operations": [put(value, path)]}
        barrier.wait(20)
        told.append(fern.http.patch(f"/Users/{made['id']}", json=body).status_code)

    pairs = (("title", "A"), ("name.familyName", "B"))
    threads = [threading.Thread(target=change, args=one) for one in pairs]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    now = fern.get(f"/Users/{made['id']}")
    assert told == [200, 200]
    assert (now["title"], now["name"]["familyName"]) == ("A", "B")


def test_pages_cover_everybody_once_while_others_are_created(fern):
    seen, start = [], 1
    while True:
        told = fern.get("/Users", params={"startIndex": start, "count": 10})
        assert told["startIndex"] == start
        if not told.get("Resources"):
            break
        seen += [one["id"] for one in told["Resources"]]
        start += told["itemsPerPage"]
        if start < 40:
            fern.user(userName=f"new{start}@fernleigh.example")
    assert len(seen) == len(set(seen)) == told["totalResults"] == 49


@pytest.mark.parametrize(
    "by", ["active", "emails.primary", "userName", "displayName", "meta.created"]
)
def test_people_and_groups_are_sorted_together_by_what_only_one_kind_has(fern, by):
    fern.group("Readers")
    for order in ("ascending", "descending"):
        told = fern.get("/", params={"sortBy": by, "sortOrder": order, "count": "100"})
        kinds = [one["meta"]["resourceType"] for one in told["Resources"]]
        assert kinds.count("Group") == 1
        assert len(kinds) == told["totalResults"]
        if by in ("active", "emails.primary", "userName"):
            # What has no such attribute comes last, and first the other way round.
            assert kinds[-1 if order == "ascending" else 0] == "Group"


def test_asking_for_some_attributes_gives_those_and_what_is_always_told(fern):
    made = fern.user(title="Officer", more={"department": "Revenues"})
    some = fern.get(f"/Users/{made['id']}", params={"attributes": f"title,{MORE}:department"})
    assert set(some) == {"schemas", "id", "title", MORE}
    less = fern.get(f"/Users/{made['id']}", params={"excludedAttributes": "title,emails"})
    assert set(less) == set(made) - {"title", "emails"}
    asked = {"schemas": [SEARCH], "filter": 'title eq "officer"', "attributes": ["userName"]}
    for path in ("/Users/.search", "/.search"):
        (found,) = fern.sent("POST", path, 200, json=asked)["Resources"]
        assert set(found) == {"schemas", "id", "userName"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("userName", "invalidFilter"),
        ('nowhere eq "x"', "invalidFilter"),
        ("active gt true", "invalidFilter"),
        ('userName eq "\\u0000"', "invalidFilter"),
        ('title eq "\\ud800"', "invalidFilter"),
        ("(" * 500 + "title pr" + ")" * 500, None),
        ("not (" * 100 + "title pr" + ")" * 100, "invalidFilter"),
        (" or ".join(["title pr"] * 330), None),
        (" or ".join(["title pr"] * 340), "invalidFilter"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_and_never_fails(fern, text, kind):
    told = fern.http.get("/Users", params={"filter": text})
    assert told.status_code == (400 if kind else 200)
    assert told.json().get("scimType") == kind


def test_a_search_without_end_is_refused_before_it_costs_anything(fern):
    for parts, status in ((330, 200), (1300, 400), (20_000, 413)):
        body = {"schemas": [SEARCH], "filter": " or ".join(["title pr"] * parts)}
        fern.sent("POST", "/Users/.search", status, json=body)


def test_addresses_below_scim_that_are_none_get_an_error_and_never_a_page(fern, world):
    for path in ("/scim", "/scim/", "/scim/v1/Users", "/scim/v2/Nowhere", "/scim/v2/Users/a/b"):
        told = fern.http.get(f"http://steward.test{path}")
        assert told.status_code in (401, 404), path
        assert told.headers["content-type"].startswith("application/scim+json")
    fern.sent("PUT", "/Users", 405, json={})
    fern.get("/Me", 501)


def test_connecting_and_ending_a_directory_stands_in_the_evidence(world):
    marek = world.viewer("marek")
    with writing() as session:
        directory.connect(
            session, marek, name="Entra", scopes=["users:read"], days=30, now=door.now()
        )
        (made,) = directory.clients(session, marek)
        assert directory.disconnect(session, marek, id=made.id, now=door.now())
        assert not directory.disconnect(session, marek, id=made.id, now=door.now())
        assert not directory.disconnect(session, world.viewer("olga"), id=made.id, now=door.now())
    run = CliRunner().invoke
    done = run(app, ["scim", "client", "add", "Okta", "--organisation", "Fernleigh"])
    assert done.exit_code == 0, done.output
    again = run(app, ["scim", "client", "add", " ", "--organisation", "Fernleigh"])
    assert (again.exit_code, "a name of at most 60" in again.output) == (1, True)
    listed = json.loads(
        run(app, ["scim", "client", "list", "--organisation", "fernleigh", "--json"]).output
    )
    (okta,) = [one for one in listed if one["name"] == "Okta"]
    assert run(app, ["scim", "client", "revoke", okta["id"]]).exit_code == 0
    assert run(app, ["scim", "client", "revoke", okta["id"]]).exit_code == 1
    evidence = core(Evidence).c
    with reading() as session:
        query = select(evidence.kind, evidence.body).order_by(evidence.number)
        entries = [tuple(one) for one in session.connection().execute(query)]
    assert [kind for kind, _ in entries] == ["directory_connected", "directory_ended"] * 2
    assert '"scopes":"users:read"' in entries[0][1].replace(" ", "")
    assert okta["id"] in entries[3][1]
