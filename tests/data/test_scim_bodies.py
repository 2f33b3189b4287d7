"""What one organisation's directory can learn of another's people: nothing."""

from __future__ import annotations

import uuid

import pytest

from tests import scim
from tests.scim import BULK, GROUP, MORE, USER, put


@pytest.fixture
def pair(world):
    return scim.Directory(scim.token(world)), scim.Directory(scim.token(world, "Harrow Vale"))


@pytest.fixture
def amira(pair, world):
    return pair[0].find(f'userName eq "{world.email("amira")}"')[0]


def without(told, *ids):
    """An answer as text, with the ids that were asked about taken out."""
    text = str(told)
    for one in ids:
        text = text.replace(one, "ID")
    return text


def test_nothing_is_read_changed_or_deleted_by_id_and_the_answers_are_those_for_nobody(pair, amira):
    _, vale = pair
    nobody = str(uuid.uuid4())
    body = {"schemas": [USER], "userName": "x@harrow.example"}
    change = {"schemas": [scim.PATCH], "Operations": [put("X", "title")]}
    for verb, sent in (("GET", None), ("PUT", body), ("PATCH", change), ("DELETE", None)):
        there = vale.sent(verb, f"/Users/{amira}", 404, json=sent)
        assert without(there, amira) == without(
            vale.sent(verb, f"/Users/{nobody}", 404, json=sent), nobody
        )
    assert pair[0].get(f"/Users/{amira}")["active"] is True


def test_no_filter_count_or_sort_reaches_across(pair, world, amira):
    _, vale = pair
    told = vale.get("/Users", params={"count": 200})
    assert told["totalResults"] == 15
    assert "fernleigh" not in str(told)
    for text in (
        f'id eq "{amira}"',
        f'userName eq "{world.email("amira")}"',
        'emails co "fernleigh"',
        'userName pr and not (userName co "harrow")',
        f'{MORE}:manager.value eq "{amira}"',
        'name.givenName eq "Amira" or displayName sw "Amira"',
    ):
        told = vale.get("/Users", params={"filter": text})
        assert told["totalResults"] == 0
        assert vale.get("/", params={"filter": text})["totalResults"] == 0


def test_nobody_there_can_be_a_manager_or_a_member_here(pair, world, amira):
    _, vale = pair
    (uma,) = vale.find(f'userName eq "{world.email("uma")}"')
    nobody = str(uuid.uuid4())
    told = [
        vale.patch(f"/Users/{uma}", put({"value": one}, f"{MORE}:manager"), status=400)
        for one in (amira, nobody)
    ]
    assert without(told[0], amira) == without(told[1], nobody)
    made = vale.group("Visits", amira, nobody, uma)
    assert [one["value"] for one in made["members"]] == [uma]
    assert vale.find(f'members.value eq "{amira}"', "/Groups") == []
    assert "groups" not in pair[0].get(f"/Users/{amira}")


def test_names_addresses_and_numbers_there_are_free_here(pair, world):
    fern, vale = pair
    fern.user(externalId="x1", more={"employeeNumber": "7", "department": "Secret office"})
    fern.group("Secret group")
    made = vale.user(externalId="x1", more={"employeeNumber": "7", "department": "Home visits"})
    vale.group("Secret group")
    assert vale.find('displayName eq "Secret group"', "/Groups") != fern.find(
        'displayName eq "Secret group"', "/Groups"
    )
    # A department of the same name is one of its own.
    again = vale.user(userName="j@harrow.example", more={"department": "Secret office"})
    assert again[MORE]["department"] == "Secret office"
    fern.get(f"/Users/{made['id']}", 404)


def test_bulk_reaches_across_no_more_than_single_requests(pair, amira):
    fern, vale = pair
    group = fern.group("Pilots", amira)["id"]
    operations = [
        {"method": "DELETE", "path": f"/Users/{amira}"},
        {
            "method": "PATCH",
            "path": f"/Groups/{group}",
            "data": {"schemas": [scim.PATCH], "Operations": [put("X", "displayName")]},
        },
        {
            "method": "POST",
            "path": "/Users",
            "bulkId": "a",
            "data": {
                "schemas": [USER, MORE],
                "userName": "n@harrow.example",
                MORE: {"manager": {"value": amira}},
            },
        },
        {
            "method": "POST",
            "path": "/Groups",
            "bulkId": "b",
            "data": {
                "schemas": [GROUP],
                "displayName": "G",
                "members": [{"value": "bulkId:a"}, {"value": amira}],
            },
        },
    ]
    told = vale.sent("POST", "/Bulk", 200, json={"schemas": [BULK], "Operations": operations})
    assert [one["status"] for one in told["Operations"]] == ["404", "404", "400", "409"]
    assert "mira" not in str(told)
    assert fern.get(f"/Groups/{group}")["members"][0]["value"] == amira
