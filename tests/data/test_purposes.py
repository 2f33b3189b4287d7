"""Who opens a name says what for, and she reads it; a manager gets status and nothing else."""

from __future__ import annotations

import dataclasses
import re
import typing

import pytest

from db import audit
from db.engine import reading, writing
from modules.admin import actions as admin
from modules.basics import BadInput, Denied
from modules.manage import report, seen
from modules.manage import team as teams
from modules.personal.purposes import ADMINISTRATOR, MANAGER
from tests.walk import Walk

# What is kept from line managers by rule, as a field would be called.
KEPT = re.compile(
    r"score|result|correct|right|tries|try|attempt|answer|confiden|sure|misconc|tag|second|minute"
    r"|time|duration|started|completed|ground|exempt|support|route|help|note|grade|paper|seed|email",
)


def opened(world, who="tom", of="amira", purpose="talk"):
    with writing() as session:
        return teams.person(
            session,
            world.viewer(who),
            person_id=world.viewer(of).person_id,
            purpose=purpose,
            now=world.now,
        )


def views(world, of="amira"):
    viewer = world.viewer(of)
    with reading() as session:
        found = audit.views(session, org_id=viewer.org_id, person_id=viewer.person_id)
    return sorted((one.viewer, one.place, one.purpose) for one in found)


def test_a_manager_opens_a_name_for_a_purpose_and_she_reads_which(world):
    sheet = opened(world)
    assert (sheet.name, sheet.unit) == ("Amira Khan", "Revenues")
    assert [(one.module, str(one.status)) for one in sheet.duties] == [("M01", "due")]
    opened(world)
    opened(world, purpose="cover")
    assert views(world) == [
        ("Tom Ashdown", "member", "cover"),
        ("Tom Ashdown", "member", "talk"),
    ]


@pytest.mark.parametrize("purpose", ["", "curious", "account"])
def test_without_a_purpose_from_the_list_nothing_opens_and_nothing_is_logged(world, purpose):
    with pytest.raises(BadInput):
        opened(world, purpose=purpose)
    assert views(world) == []
    with writing() as session, pytest.raises(BadInput):
        admin.person(
            session,
            world.viewer("marek"),
            person_id=world.viewer("amira").person_id,
            purpose=purpose if purpose != "account" else "talk",
            now=world.now,
        )
    assert views(world) == []


@pytest.mark.parametrize("of", ["grace", "priya", "tom", "rev0", "uma"])
def test_nobody_outside_the_line_opens_and_nobody_is_told_apart(world, of):
    with pytest.raises(Denied) as refused:
        opened(world, of=of)
    assert str(refused.value) == f"record of {world.viewer(of).person_id}"


@pytest.mark.parametrize("who", ["amira", "grace", "priya", "marek"])
def test_only_the_manager_of_that_line_opens_it(world, who):
    with pytest.raises(Denied):
        opened(world, who=who)


def fields_of(kind):
    """The names of all fields that can be reached from a type."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        for field in dataclasses.fields(kind):
            yield field.name
            yield from fields_of(hints[field.name])
    for inner in typing.get_args(kind):
        yield from fields_of(inner)


@pytest.mark.parametrize("kind", [seen.Team, seen.Sheet])
def test_what_a_manager_gets_has_no_field_for_what_is_kept_from_managers(kind):
    names = set(fields_of(kind))
    assert names
    assert not {name for name in names if KEPT.search(name)}


def test_what_a_manager_gets_holds_nothing_of_what_she_answered(world):
    walk = Walk(world).until("check")
    with writing() as session:
        team = teams.team(session, world.viewer("tom"), now=walk.now)
    sheet = dataclasses.asdict(opened(world))
    told = f"{sheet} {report.of_team(team)}"
    assert {key for one in report.of_team(team) for key in one} == {
        "name",
        "unit",
        "module",
        "status",
        "on",
        "reminded_on",
    }
    assert set(sheet) == {"person_id", "name", "unit", "duties"}
    assert set(sheet["duties"][0]) == {"module", "status", "on"}
    assert "score" not in told
    assert "confidence" not in told


def test_the_lists_are_short_and_every_purpose_is_in_words():
    from modules import words

    texts = words.of("en").texts
    for one in {*MANAGER, *ADMINISTRATOR}:
        assert f"purpose.{one}" in texts
    assert len(MANAGER) <= 5
    assert len(ADMINISTRATOR) <= 5
