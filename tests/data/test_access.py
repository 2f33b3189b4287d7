"""Rights: every page and action × role, and nothing of one organisation in another."""

from __future__ import annotations

import ast
import dataclasses
import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db import audit, people, sign_ins
from db import certificates as held
from db.engine import reading, writing
from db.tables import Answer, Base, Unit, core
from modules import access
from modules.access import ACTIONS, PAGES, Role
from modules.admin import actions as admin
from modules.admin import details, examples
from modules.author import actions as author
from modules.author import reports as content_reports
from modules.basics import Denied
from modules.learn import actions as learn
from modules.learn import (
    aids,
    certificates,
    delayed,
    finding,
    notes,
    receipts,
    record,
    reporting,
    reviews,
    rounds,
    sureness,
)
from modules.learn import help as helping
from modules.learn.citizen_file import citizen_file
from modules.learn.path import my_path
from modules.manage import actions as manage
from modules.shell.menu import FEATURE, ICONS, script

MODULES = Path(access.__file__).parent
FEATURES = ("learn", "manage", "author", "admin")


def only(world, role):
    """A viewer with one role and no other, in Amira's place."""
    return dataclasses.replace(world.viewer("amira"), roles=frozenset({role}))


# --- pages ---------------------------------------------------------------------------------------


def test_every_page_is_offered_to_some_role_and_only_the_shared_ones_to_all():
    for page, roles in PAGES.items():
        assert roles, f"{page} is offered to nobody"
    shared = {page for page, roles in PAGES.items() if roles == frozenset(Role)}
    found = {"search", "aids", "aid", "glossary", "read", "citizen"}
    assert shared == {"home", "lesson", "completion", "review", "receipts", "me"} | found


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("page", list(PAGES))
def test_a_page_opens_for_its_roles_and_for_nobody_else(page, role):
    viewer = access.Viewer(
        uuid.uuid4(),
        uuid.uuid4(),
        "N",
        "N",
        "n@x.example",
        frozenset({role}),
        "O",
        "UTC",
        "en",
        True,
    )
    if role in PAGES[page]:
        access.require_page(viewer, page)
    else:
        with pytest.raises(Denied):
            access.require_page(viewer, page)


@pytest.mark.parametrize("page", ["", "signed_out", "admin", "../people", "Home"])
def test_an_unlisted_page_is_refused_to_everybody(page):
    viewer = access.Viewer(
        uuid.uuid4(), uuid.uuid4(), "N", "N", "n@x.example", frozenset(Role), "O", "UTC", "en", True
    )
    with pytest.raises(Denied):
        access.require_page(viewer, page)
    with pytest.raises(Denied):
        access.require(viewer, page)


@pytest.mark.parametrize("page", list(PAGES))
def test_every_page_has_a_script_that_asks_for_its_own_right(page):
    assert page in ICONS
    assert page in FEATURE
    path = script(page)
    assert path.is_file(), f"{path} is not written"
    asked = [
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "page"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert asked == [page]


def test_every_page_script_is_registered():
    found = {path.stem for path in MODULES.glob("*/pages/*.py")} - {"__init__"}
    assert found == set(FEATURE)


# --- actions -------------------------------------------------------------------------------------


def public_actions():
    """Every public function of the features that takes a viewer: (where, function)."""
    for feature in FEATURES:
        for path in sorted((MODULES / feature).glob("*.py")):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    names = [one.arg for one in node.args.args]
                    if names[:2] == ["session", "viewer"]:
                        yield pytest.param(node, id=f"{feature}.{path.stem}.{node.name}")


# They check by themselves, in a way of their own, and are tested below.
BY_THEMSELVES = {"completion_report", "read"}


@pytest.mark.parametrize("function", list(public_actions()))
def test_every_action_begins_by_asking_for_a_listed_right(function):
    if function.name in BY_THEMSELVES:
        return
    first = next(
        node
        for node in function.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    )
    call = getattr(first, "value", None)
    assert isinstance(call, ast.Call), f"{function.name} does something before require()"
    assert getattr(call.func, "id", "") == "require"
    assert isinstance(call.args[1], ast.Constant)
    assert call.args[1].value in ACTIONS


def test_every_listed_right_is_asked_for_somewhere():
    asked = {
        node.args[1].value
        for feature in FEATURES
        for path in (MODULES / feature).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "require"
        and len(node.args) == 2
        and isinstance(node.args[1], ast.Constant)
    }
    assert set(ACTIONS) - asked == set()


def opened_for(world, session):
    """Amira's module, open."""
    amira = world.viewer("amira")
    rounds.begin(session, amira, module="M01", now=world.now)
    return rounds.opened(session, amira, module="M01")


def act_save(world, session, viewer):
    """Keep a draft."""
    of = opened_for(world, session)
    learn.save(
        session,
        viewer,
        of=of,
        sheet=of.journey.pre,
        slot="M01-Q01",
        body={"response": None, "sure": None},
        now=world.now,
    )


def act_share(world, session, viewer):
    """Share a certificate of Tom's, with his name and the roles of the viewer."""
    tom = dataclasses.replace(world.viewer("tom"), roles=viewer.roles)
    done = held.of_person(session, org_id=tom.org_id, person_id=tom.person_id)[0]
    certificates.share(session, tom, attempt_id=done.attempt_id, what="name", on=True)


ACTS = {
    "learn.path": lambda w, s, v: my_path(s, v, now=w.now),
    "learn.open": lambda w, s, v: rounds.opened(s, v, module="M01"),
    "learn.save": act_save,
    "learn.submit": lambda w, s, v: rounds.begin(s, v, module="M01", now=w.now),
    "learn.test_out": lambda w, s, v: rounds.begin(s, v, module="M01", now=w.now, test_out=True),
    "learn.help": lambda w, s, v: helping.asked_of_me(s, v),
    "learn.review": lambda w, s, v: reviews.due(s, v, now=w.now),
    "learn.delayed": lambda w, s, v: delayed.check(s, v, module="M01", form="delayed-1"),
    "learn.calibration": lambda w, s, v: sureness.my_sureness(s, v),
    "learn.citizen": lambda w, s, v: citizen_file(s, v, now=w.now),
    "learn.aids": lambda w, s, v: aids.aids(s, v),
    "learn.glossary": lambda w, s, v: finding.glossary(s, v),
    "learn.search": lambda w, s, v: finding.search(s, v, text="share"),
    "learn.report": lambda w, s, v: reporting.my_reports(s, v),
    "author.reports": lambda w, s, v: content_reports.listed(s, v, state="open"),
    "author.answer": lambda w, s, v: content_reports.reopen(s, v, id=v.org_id, now=w.now),
    "learn.note": lambda w, s, v: notes.note(s, v, place="M01/sitting-1"),
    "learn.certificate": lambda w, s, v: certificates.certificates(s, v),
    "learn.share": act_share,
    "learn.receipts": lambda w, s, v: receipts.receipts(s, v),
    "learn.answers": lambda w, s, v: record.record_of(s, v, email=v.email),
    "me.record": lambda w, s, v: record.my_record(s, v),
    "manage.team": lambda w, s, v: manage.team(s, v, now=w.now),
    "manage.remind": lambda w, s, v: manage.remind(s, v, now=w.now),
    "manage.statistics": lambda w, s, v: manage.statistics(s, v, now=w.now),
    "manage.define": lambda w, s, v: manage.define(s, v, target=0.9),
    "author.modules": lambda w, s, v: author.modules(s, v, now=w.now),
    "author.preview": lambda w, s, v: author.preview(s, v, module="M01"),
    "admin.people": lambda w, s, v: admin.people(s, v, now=w.now),
    "admin.person": lambda w, s, v: admin.person(s, v, person_id=v.person_id, now=w.now),
    "admin.log": lambda w, s, v: admin.log(s, v),
    "admin.local": lambda w, s, v: details.details(s, v),
    "admin.examples": lambda w, s, v: examples.examples(s, v),
    "admin.law": lambda w, s, v: details.choose_law(s, v, law="uk", now=w.now),
}


def test_every_listed_right_is_tried_below():
    assert set(ACTS) == set(ACTIONS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(ACTS))
def test_an_action_is_done_for_its_roles_and_refused_to_every_other(world, action, role):
    viewer = only(world, role)
    with writing() as session:
        if role in ACTIONS[action]:
            ACTS[action](world, session, viewer)
        else:
            with pytest.raises(Denied):
                ACTS[action](world, session, viewer)


@pytest.mark.parametrize("role", [*Role, None])
def test_somebody_without_any_role_or_with_the_wrong_one_gets_no_report(world, role):
    viewer = dataclasses.replace(
        world.viewer("amira"), roles=frozenset({role}) if role else frozenset()
    )
    with writing() as session:
        if role in (Role.MANAGER, Role.LEAD):
            assert manage.completion_report(session, viewer, now=world.now)
        else:
            with pytest.raises(Denied):
                manage.completion_report(session, viewer, now=world.now)


# --- who somebody is -----------------------------------------------------------------------------


def test_everybody_has_the_roles_of_her_place_and_grants(world):
    roles = {
        who: {str(role) for role in world.viewer(who).roles}
        for who in ("amira", "tom", "grace", "priya", "marek", "olga")
    }
    assert roles == {
        "amira": {"learner"},
        "tom": {"learner", "manager"},
        "grace": {"learner", "manager", "lead"},
        "priya": {"learner", "trainer"},
        "marek": {"learner", "administrator"},
        "olga": {"learner", "manager", "lead", "administrator"},
    }


def by_token(token, now):
    with reading() as session:
        return access.by_token(session, token_hash=sign_ins.hash_of(token), now=now)


def test_a_token_is_somebody_until_it_ends_or_expires_or_she_leaves(world):
    token, now = world.sign_in("amira"), world.now
    assert by_token(token, now).name == "Amira Khan"
    assert by_token(token, now + timedelta(hours=12)) is None
    assert by_token("", now) is None
    assert by_token(sign_ins.hash_of(token), now) is None
    with writing() as session:
        sign_ins.end(session, token=token, now=now)
    assert by_token(token, now) is None
    again = world.sign_in("amira")
    world.leave("amira")
    assert by_token(again, now) is None


def test_no_table_keeps_a_token(world):
    token = world.sign_in("amira")
    with reading() as session:
        for table in Base.metadata.tables.values():
            for row in session.connection().execute(select(table)):
                assert token not in str(tuple(row))


def test_a_role_taken_away_is_gone_at_the_next_look(world):
    from db.tables import RoleGrant

    grace = world.viewer("grace")
    token = world.sign_in("grace")
    with writing() as session:
        session.delete(session.get(RoleGrant, (grace.org_id, grace.person_id, "lead")))
    assert Role.LEAD not in by_token(token, world.now).roles


# --- two organisations ---------------------------------------------------------------------------


def fernleigh_words(world):
    """What would give Fernleigh away: names, addresses, units, ids."""
    amira = world.viewer("amira")
    with reading() as session:
        listed = people.listing(session, org_id=amira.org_id, day=world.now.date())
        units = session.connection().execute(
            select(core(Unit).c.id, core(Unit).c.name).where(core(Unit).c.org_id == amira.org_id)
        )
        found = {str(amira.org_id), "Fernleigh"}
        for row in units:
            found |= {str(row.id), row.name}
        for one in listed:
            found |= {one.name, one.email, str(one.person_id)}
    return found


def seen_by(world, who):
    """Everything that the reading actions give somebody, as text."""
    viewer = world.viewer(who)
    told = []
    with writing() as session:
        told.append(manage.team(session, viewer, now=world.now))
        told.append(manage.statistics(session, viewer, now=world.now))
        told.append(manage.completion_report(session, viewer, now=world.now))
        told.append(record.as_json(record.my_record(session, viewer)))
        told.append(my_path(session, viewer, now=world.now).stops)
        told.append(admin.people(session, viewer, now=world.now))
        told.append(admin.log(session, viewer))
        told.append(details.details(session, viewer))
        told.append(examples.examples(session, viewer))
    return "\n".join(
        json.dumps(one, default=str) if isinstance(one, dict) else repr(one) for one in told
    )


def test_another_organisation_shows_nothing_of_this_one(world):
    tom, amira = world.viewer("tom"), world.viewer("amira")
    with writing() as session:
        team = manage.team(session, tom, now=world.now)
        manage.note_viewed(session, tom, team=team, now=world.now)
        manage.remind(session, tom, now=world.now)
        of = opened_for(world, session)
        learn.answer(
            session,
            amira,
            of=of,
            sheet=of.journey.pre,
            slot="M01-Q01",
            response={"choice": "a"},
            sure="half",
            now=world.now,
        )
        audit.refused(
            session, org_id=amira.org_id, person_id=amira.person_id, what="page log", now=world.now
        )
    olga = seen_by(world, "olga")
    assert "Uma Quill" in olga
    assert "Home visits" in olga
    assert [word for word in fernleigh_words(world) if word in olga] == []


def test_a_unit_of_another_organisation_is_refused_like_one_that_does_not_exist(world):
    amira, olga = world.viewer("amira"), world.viewer("olga")
    with reading() as session:
        unit = session.connection().execute(
            select(core(Unit).c.id).where(core(Unit).c.org_id == amira.org_id)
        )
        theirs = str(unit.scalars().first())
        for node in (theirs, str(uuid.uuid4()), "nonsense"):
            with pytest.raises(Denied):
                manage.statistics(session, olga, now=world.now, node=node)
        assert manage.statistics(session, world.viewer("grace"), now=world.now, node=theirs)


def test_a_person_of_another_organisation_is_refused_like_one_that_does_not_exist(world):
    olga, amira = world.viewer("olga"), world.viewer("amira")
    for person_id in (amira.person_id, uuid.uuid4()):
        with pytest.raises(Denied), writing() as session:
            admin.person(session, olga, person_id=person_id, now=world.now)


def test_an_attempt_of_another_organisation_cannot_be_answered(world):
    olga = world.viewer("olga")
    with writing() as session:
        of = opened_for(world, session)
    with pytest.raises((Denied, IntegrityError)), writing() as session:
        learn.answer(
            session,
            olga,
            of=of,
            sheet=of.journey.pre,
            slot="M01-Q01",
            response={"choice": "a"},
            sure=None,
            now=world.now,
        )
    with reading() as session:
        assert session.connection().execute(select(core(Answer).c.id)).all() == []


def test_the_same_address_in_two_letter_cases_is_one_person(world):
    with reading() as session:
        upper = people.by_email(session, email="AMIRA.Khan@Fernleigh.EXAMPLE", now=world.now)
    assert upper is not None
    assert upper.name == "Amira Khan"


def test_a_manager_sees_his_own_people_and_nobody_elses(world):
    with reading() as session:
        team = manage.team(session, world.viewer("tom"), now=world.now)
    assert sorted(one.name for one in team.people) == [
        "Amira Khan",
        "Ben Hale",
        "Cora Ellis",
        "Dev Rao",
    ]


def test_what_a_manager_sees_of_a_person_holds_no_result(world):
    from modules.manage.actions import Member

    fields = {one.name for one in dataclasses.fields(Member)}
    assert fields == {
        "person_id",
        "name",
        "unit",
        "module",
        "status",
        "on",
        "reminded_on",
        "to_remind",
    }
