"""A directory takes people on, moves them, lets them go and takes them on again."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db import sign_ins, whois
from db.engine import reading, writing
from db.tables import Completion, Evidence, Person, Placement, Unit, UnitPlace, core
from modules import access
from modules.admin import deputies
from modules.shell import session as door
from tests import scim
from tests.scim import GROUP, MORE, USER, put

PERSON, PLACEMENT, UNIT = core(Person).c, core(Placement).c, core(Unit).c


@pytest.fixture
def fern(world):
    return scim.Directory(scim.token(world))


def stays(person_id):
    """Where somebody was: unit, manager's name, whether it has ended."""
    with reading() as session:
        rows = session.connection().execute(
            select(UNIT.name, PERSON.name, PLACEMENT.ends)
            .select_from(core(Placement).join(core(Unit), UNIT.id == PLACEMENT.unit_id))
            .outerjoin(core(Person), PERSON.id == PLACEMENT.line_manager_id)
            .where(PLACEMENT.person_id == uuid.UUID(person_id))
            .order_by(PLACEMENT.starts, PLACEMENT.id)
        )
        return [(unit, manager, ends is not None) for unit, manager, ends in rows]


def test_somebody_new_works_in_her_department_under_her_manager(fern, world):
    (tom,) = fern.find(f'userName eq "{world.email("tom").upper()}"')
    made = fern.user(
        name={"givenName": "Ida", "familyName": "Moss"},
        title="Officer",
        more={"department": "Revenues", "manager": {"value": tom}, "employeeNumber": "7"},
    )
    assert made["displayName"] == "Ida Moss"
    assert made["emails"] == [{"value": "ida@fernleigh.example", "type": "work"}]
    assert made[MORE]["manager"]["value"] == tom
    assert stays(made["id"]) == [("Revenues", "Tom Ashdown", False)]
    with reading() as session:
        seen = whois.by_email(session, email="ida@fernleigh.example", now=door.now())
    assert seen.name == "Ida Moss"
    assert fern.get(f"/Users/{made['id']}") == made


def test_whoever_has_no_given_name_is_greeted_all_the_same(fern):
    fern.user(displayName="Ida")
    with reading() as session:
        assert (
            access.by_email(session, email="ida@fernleigh.example", now=door.now()).given_name
            == "Ida"
        )


def test_of_several_addresses_the_primary_one_is_kept(fern):
    made = fern.user(
        emails=[
            {"value": "a@fernleigh.example", "type": "work"},
            {"value": "b@fernleigh.example", "type": "home", "primary": True},
        ]
    )
    assert [one["value"] for one in made["emails"]] == ["b@fernleigh.example"]


@pytest.mark.parametrize(
    "path",
    [
        "emails[primary eq true].value",
        'emails[type eq "work"].value',
        'emails[type eq "work" and primary eq true].value',
    ],
)
def test_her_one_address_is_changed_by_whichever_path_a_directory_takes(fern, path):
    made = fern.user(userName="ida", emails=[{"value": "a@fernleigh.example"}])
    assert made["emails"] == [{"value": "a@fernleigh.example", "type": "work"}]
    fern.patch(f"/Users/{made['id']}", put("b@fernleigh.example", path))
    told = fern.get(f"/Users/{made['id']}")
    assert told["emails"] == [{"value": "b@fernleigh.example", "type": "work"}]


def test_a_new_primary_address_takes_the_place_of_the_one_that_is_there(fern):
    made = fern.user(userName="ida", emails=[{"value": "a@fernleigh.example", "primary": True}])
    new = [{"value": "b@fernleigh.example", "type": "home", "primary": True}]
    told = fern.patch(f"/Users/{made['id']}", put(new, "emails", "add"))
    assert [one["value"] for one in told["emails"]] == ["b@fernleigh.example"]
    # One that is not primary does not.
    other = [{"value": "c@fernleigh.example", "type": "home"}]
    told = fern.patch(f"/Users/{made['id']}", put(other, "emails", "add"))
    assert [one["value"] for one in told["emails"]] == ["b@fernleigh.example"]


def test_everybody_is_found_by_her_primary_address(fern):
    made = fern.user(userName="ida", emails=[{"value": "a@fernleigh.example"}])
    wanted = 'emails[primary eq true and value eq "A@fernleigh.example"]'
    assert fern.find(wanted) == [made["id"]]
    assert fern.find(f'not ({wanted}) and userName eq "ida"') == []
    assert fern.find("emails.primary eq false") == []


def test_a_department_that_is_missing_is_made_below_the_top_and_one_that_is_there_is_used(fern):
    first = fern.user(more={"department": "Archives"})
    second = fern.user(userName="jo@fernleigh.example", more={"department": "ARCHIVES"})
    assert second[MORE]["department"] == "Archives"
    with reading() as session:
        made = session.connection().execute(select(UNIT).where(UNIT.name == "Archives")).all()
        above = (
            session.connection()
            .execute(select(UNIT.name).where(UNIT.id == made[0].parent_id))
            .scalar_one()
        )
        places = session.connection().execute(select(core(UnitPlace))).all()
    assert len(made) == 1
    assert above == "Fernleigh"
    assert [one.unit_id for one in places] == [made[0].id]
    fern.patch(f"/Users/{first['id']}", put(None, f"{MORE}:department", "remove"))
    assert stays(first["id"]) == [("Fernleigh", None, False)]


def test_moving_twice_on_one_day_leaves_one_place_and_no_trace_of_the_first(fern):
    made = fern.user(more={"department": "Revenues"})
    for name in ("Benefits", "Governance"):
        fern.patch(f"/Users/{made['id']}", put(name, f"{MORE}:department"))
    assert [one for one in stays(made["id"]) if not one[2]] == [("Governance", None, False)]


def test_moving_somebody_who_was_there_before_keeps_where_she_was(fern, world):
    (amira,) = fern.find(f'userName eq "{world.email("amira")}"')
    fern.patch(f"/Users/{amira}", put("Benefits", f"{MORE}:department"))
    assert stays(amira) == [
        ("Revenues", "Tom Ashdown", True),
        ("Benefits", "Tom Ashdown", False),
    ]


def test_deactivating_ends_every_sign_in_at_once(fern, world):
    token = world.sign_in("amira")
    (amira,) = fern.find(f'userName eq "{world.email("amira")}"')
    told = fern.patch(f"/Users/{amira}", put(False, "active"))
    assert told["active"] is False
    hashed = sign_ins.hash_of(token)
    with reading() as session:
        assert access.by_token(session, token_hash=hashed, now=world.now) is None
        assert access.by_token(session, token_hash=hashed, now=door.now()) is None
        left = session.get(Person, (world.organisations["Fernleigh"], uuid.UUID(amira))).left_on
    assert left == door.now().date()
    assert stays(amira) == [("Revenues", "Tom Ashdown", True)]
    # She is still told about, with where she was.
    assert fern.get(f"/Users/{amira}")[MORE]["department"] == "Revenues"


def test_whoever_comes_back_is_the_same_person_in_a_new_place(fern, world):
    (amira,) = fern.find(f'userName eq "{world.email("amira")}"')
    fern.patch(f"/Users/{amira}", put("False", "active"))
    back = fern.patch(f"/Users/{amira}", put("True", "active"))
    assert back["id"] == amira
    assert back["active"] is True
    assert stays(amira) == [
        ("Revenues", "Tom Ashdown", True),
        ("Revenues", "Tom Ashdown", False),
    ]
    assert world.viewer("amira").person_id == uuid.UUID(amira)


def test_deleting_hides_her_from_the_directory_and_keeps_what_she_completed(fern, world):
    (ben,) = fern.find(f'userName eq "{world.email("ben")}"')
    before = fern.get("/Users")["totalResults"]
    fern.sent("DELETE", f"/Users/{ben}", 204)
    for verb, body in (("GET", None), ("DELETE", None), ("PUT", {"schemas": [USER]})):
        fern.sent(verb, f"/Users/{ben}", 404, json=body)
    fern.patch(f"/Users/{ben}", put("X", "title"), status=404)
    assert fern.find(f'userName eq "{world.email("ben")}"') == []
    assert fern.get("/Users")["totalResults"] == before - 1
    done = core(Completion)
    with reading() as session:
        kept = session.connection().execute(
            select(done.c.module).where(done.c.person_id == uuid.UUID(ben))
        )
        assert kept.all()


def test_deleting_an_administrator_ends_the_role_and_that_is_in_the_evidence(fern, world):
    (marek,) = fern.find(f'userName eq "{world.email("marek")}"')
    fern.sent("DELETE", f"/Users/{marek}", 204)
    again = fern.user(userName=world.email("marek"))
    assert again["id"] == marek
    with reading() as session:
        viewer = access.by_email(session, email=world.email("marek"), now=datetime.now(UTC))
    assert viewer.roles == {access.Role.LEARNER}
    log = core(Evidence)
    with reading() as session:
        kinds = session.connection().execute(select(log.c.kind)).scalars().all()
    assert kinds == ["right_taken"]


def test_whoever_is_deleted_acts_for_no_manager_any_more_and_not_when_she_is_back(fern, world):
    priya, marek = world.viewer("priya"), world.viewer("marek")
    now = datetime.now(UTC)
    with writing() as session:
        deputies.give(
            session,
            marek,
            manager_id=world.viewer("tom").person_id,
            deputy_id=priya.person_id,
            kind="deputy",
            starts=now.date(),
            last=None,
            now=now,
        )
    (id_,) = fern.find(f'userName eq "{priya.email}"')
    fern.sent("DELETE", f"/Users/{id_}", 204)
    assert fern.user(userName=priya.email)["id"] == id_
    with reading() as session:
        viewer = access.by_email(session, email=priya.email, now=datetime.now(UTC))
        log = core(Evidence).c
        bodies = session.connection().execute(select(log.body).order_by(log.number)).scalars().all()
    assert viewer.roles == {access.Role.LEARNER}
    taken = [json.loads(one)["facts"]["role"] for one in bodies if '"right_taken"' in one]
    assert sorted(taken) == ["deputy", "trainer"]


def test_whoever_was_deleted_and_is_made_again_is_the_same_person(fern):
    made = fern.user(externalId="x1", more={"employeeNumber": "7"})
    fern.sent("DELETE", f"/Users/{made['id']}", 204)
    again = fern.user(externalId="x1", displayName="Ida again", more={"employeeNumber": "7"})
    assert again["id"] == made["id"]


def test_an_address_that_is_given_to_somebody_else_does_not_give_her_the_record(fern):
    made = fern.user(more={"employeeNumber": "7"})
    fern.sent("DELETE", f"/Users/{made['id']}", 204)
    other = fern.user(more={"employeeNumber": "8"})
    assert other["id"] != made["id"]
    with reading() as session:
        old = (
            session.connection()
            .execute(
                select(PERSON.email, PERSON.user_name).where(PERSON.id == uuid.UUID(made["id"]))
            )
            .one()
        )
    assert old == (f"{made['id']}@removed.invalid", None)


@pytest.mark.parametrize(
    "other",
    [
        {"userName": "IDA@Fernleigh.example", "emails": [{"value": "i2@fernleigh.example"}]},
        {"userName": "ida2", "emails": [{"value": "Ida@FERNLEIGH.example"}]},
        {"userName": "ida2@fernleigh.example", "externalId": "x1"},
        {"userName": "ida2@fernleigh.example", "more": {"employeeNumber": "7"}},
        # Somebody who came by another way and has no userName: her address is it.
        {"userName": "Amira.Khan@fernleigh.example", "emails": [{"value": "q@fernleigh.example"}]},
    ],
)
def test_what_somebody_has_is_nobody_elses_in_any_letter_case(fern, other):
    fern.user(externalId="x1", more={"employeeNumber": "7"})
    told = fern.user(409, **other)
    assert told["scimType"] == "uniqueness"


def test_letter_case_beyond_ascii_is_no_difference_either(fern):
    fern.user(userName="ÄNNE@fernleigh.example")
    fern.user(409, userName="änne@fernleigh.example", emails=[{"value": "a@fernleigh.example"}])
    assert len(fern.find('userName eq "äNNe@fernleigh.example"')) == 1


def test_a_circle_of_managers_is_refused_with_a_sentence_and_changes_nothing(fern, world):
    ids = {name: fern.find(f'userName eq "{world.email(name)}"')[0] for name in ("grace", "amira")}
    for manager in ("amira", "grace"):
        told = fern.patch(
            f"/Users/{ids['grace']}", put({"value": ids[manager]}, f"{MORE}:manager"), status=400
        )
        assert told["scimType"] == "invalidValue"
        assert told["detail"].startswith("Nobody can report to herself")
    assert MORE not in fern.get(f"/Users/{ids['grace']}")


def test_a_circle_over_somebody_who_was_away_is_refused_when_she_comes_back(fern):
    ann = fern.user(userName="ann@fernleigh.example")["id"]
    bea = fern.user(userName="bea@fernleigh.example", more={"manager": {"value": ann}})["id"]
    fern.patch(f"/Users/{ann}", put(False, "active"))
    fern.patch(f"/Users/{ann}", put({"value": bea}, f"{MORE}:manager"), status=400)
    fern.patch(f"/Users/{bea}", put(None, f"{MORE}:manager", "remove"))
    fern.patch(f"/Users/{ann}", put({"value": bea}, f"{MORE}:manager"))
    fern.patch(f"/Users/{bea}", put({"value": ann}, f"{MORE}:manager"))
    fern.patch(f"/Users/{ann}", put(True, "active"), status=400)


def test_a_manager_who_is_nobody_is_refused(fern):
    for value in (str(uuid.uuid4()), "nobody"):
        told = fern.user(400, more={"manager": {"value": value}})
        assert told["scimType"] == "invalidValue"


def test_putting_without_a_word_about_work_moves_nobody_and_takes_nobody_back(fern, world):
    (amira,) = fern.find(f'userName eq "{world.email("amira")}"')
    fern.patch(f"/Users/{amira}", put(False, "active"))
    body = {"schemas": [USER], "userName": world.email("amira"), "displayName": "Amira K"}
    told = fern.sent("PUT", f"/Users/{amira}", 200, json=body)
    assert told["active"] is False
    assert told[MORE]["department"] == "Revenues"
    assert told["displayName"] == "Amira K"


def test_what_entra_and_okta_send_beside_is_dropped_and_not_refused(fern):
    made = fern.user(
        phoneNumbers=[{"type": "work", "value": "1"}],
        nickName="Idi",
        password="never kept",
        name={"givenName": "Ida", "formatted": "Ida M"},
    )
    assert set(made) == {"schemas", "id", "meta", "userName", "name", "displayName", "active"} | {
        "emails"
    }
    made = fern.patch(
        f"/Users/{made['id']}",
        put("ida.moss@fernleigh.example", 'emails[type eq "work"].value'),
        put("5", 'phoneNumbers[type eq "mobile"].value', "add"),
        {"op": "Add", "value": {f"{MORE}:department": "Revenues", "name.familyName": "Moss"}},
    )
    assert made["emails"][0]["value"] == "ida.moss@fernleigh.example"
    assert made["name"]["familyName"] == "Moss"
    assert made[MORE] == {"department": "Revenues"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"userName": "no-address"},
        {"userName": " "},
        {"userName": "a\x00b@fernleigh.example"},
        {"userName": "x" * 300 + "@fernleigh.example"},
        {"emails": [{"value": "not an address"}]},
        {"active": "perhaps"},
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(fern, wrong):
    told = fern.user(400, **wrong)
    assert told["detail"]


def test_a_group_has_the_members_that_are_here_and_no_others(fern, world):
    (amira,) = fern.find(f'userName eq "{world.email("amira")}"')
    made = fern.group("All staff", amira, str(uuid.uuid4()))
    assert [one["value"] for one in made["members"]] == [amira]
    person = fern.get(f"/Users/{amira}")
    assert [one["display"] for one in person["groups"]] == ["All staff"]
    fern.group("ALL STAFF", status=409)
    fern.patch(f"/Groups/{made['id']}", put(None, f'members[value eq "{amira}"]', "remove"))
    assert "groups" not in fern.get(f"/Users/{amira}")
    assert fern.get(f"/Users/{amira}")["meta"]["version"] != person["meta"]["version"]
    fern.sent("DELETE", f"/Groups/{made['id']}", 204)
    fern.get(f"/Groups/{made['id']}", 404)


def test_entra_takes_a_member_out_by_value(fern, world):
    ids = [fern.find(f'userName eq "{world.email(one)}"')[0] for one in ("amira", "ben")]
    made = fern.group("Pilots", *ids)
    told = fern.patch(
        f"/Groups/{made['id']}",
        {"op": "Remove", "path": "members", "value": [{"value": ids[0]}]},
    )
    assert [one["value"] for one in told["members"]] == [ids[1]]
    brief = fern.get(f"/Groups/{made['id']}", params={"excludedAttributes": "members"})
    assert "members" not in brief
    assert brief["schemas"] == [GROUP]
