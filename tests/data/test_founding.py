"""The first organisation and its first administrator, by commands, on an empty database."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from db import accounts, people, second_factors, sign_ins
from db.engine import reading, writing
from db.tables import Evidence, Organisation, Person, RoleGrant, Unit, core, new_id
from modules import access, demo
from modules.access import Role
from modules.access.roles import ADMINISTRATOR
from modules.api import start
from modules.commands import app
from modules.settings import settings
from modules.shell import session as signed
from tests.counting import count
from tests.data.accounts import GOOD, Browser, kept
from tests.world import NOW

RUNNER = CliRunner()


@pytest.fixture
def run(database, monkeypatch):
    """Run a command; gives its exit code and what it printed."""
    for name in ("accounts", "bodies", "organisations"):
        monkeypatch.setattr(f"modules.commands.{name}.now", lambda: NOW)
    monkeypatch.setattr(signed, "now", lambda: NOW)

    def call(*words):
        done = RUNNER.invoke(app, list(words))
        return done.exit_code, done.output

    return call


ADD = ("administrator", "add", "Ann@Example.org", "--name", "Ann  Example")


def test_a_body_and_its_administrator_are_founded_and_her_link_works(run):
    assert run("organisation", "add", "Testham", "--jurisdiction", "uk")[0] == 0
    code, told = run(*ADD)
    assert code == 0
    assert "Ann Example is administrator of Testham." in told
    with reading() as session:
        viewer = access.by_email(session, email="ann@example.org", now=NOW)
        body = people.organisations(session)[0]
    assert Role.ADMINISTRATOR in viewer.roles
    assert viewer.scope(ADMINISTRATOR).whole
    assert (body.invented, body.jurisdiction, body.zone) == (False, "uk", "Europe/London")
    (path,) = re.findall(r"http://127\.0\.0\.1:\d+(/sign-in/choose/[\w-]+)", told)
    browser = Browser(None)
    browser.get(path)
    done = browser.post("/auth/choose", link=path.rpartition("/")[2], new=GOOD)
    assert done.headers["location"] == "/sign-in/code"


def test_twice_is_once_and_gives_a_new_link(run):
    run("organisation", "add", "Testham")
    first, second = run(*ADD), run("administrator", "add", "ann@example.org")
    assert first[0] == second[0] == 0
    assert first[1] != second[1]
    assert (count(Person), count(RoleGrant), count(Unit)) == (1, 1, 1)
    # That the role was given is in the evidence, once.
    assert count(Evidence) == 1
    assert run("organisation", "add", "TESTHAM")[0] == 1
    assert count(Organisation) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("administrator", "add", "ann@example.org"), "There is no organisation yet"),
        (("organisation", "add", "X", "--zone", "Fern"), "is no time zone"),
        (("organisation", "add", "X", "--zone", "../../etc"), "is no time zone"),
        (("organisation", "add", "X", "--language", "xx"), "is no language here"),
        (("organisation", "add", "X", "--jurisdiction", "us"), "is none of"),
        (("organisation", "add", "  "), "1 to 200"),
        (("account", "invite", "nobody@example.org"), "Nobody here"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(run, words, told):
    code, output = run(*words)
    assert code == 1
    assert told in output
    assert count(Organisation) == 0


def test_somebody_new_needs_a_name_and_an_address(run):
    run("organisation", "add", "Testham")
    assert "--name" in run("administrator", "add", "ann@example.org")[1]
    assert "no e-mail" in run("administrator", "add", "ann", "--name", "Ann")[1]
    assert count(Person) == 0


def test_with_two_bodies_one_has_to_be_named(run):
    run("organisation", "add", "Testham")
    run("organisation", "add", "Otherham")
    assert "--organisation" in run(*ADD)[1]
    assert run(*ADD, "--organisation", "otherham")[0] == 0
    listed = json.loads(run("organisation", "list", "--json")[1])
    assert [(one["name"], one["people"]) for one in listed] == [("Testham", 0), ("Otherham", 1)]


def test_an_invented_body_opens_the_demo_and_a_real_one_closes_it(world, run):
    with reading() as session:
        assert demo.is_open(session)
    assert start.trouble() == ""
    run("organisation", "add", "Testham")
    with reading() as session:
        assert not demo.is_open(session)
    browser = Browser(None)
    assert "Choose whose day" not in browser.get("/sign-in").text
    refused = browser.post("/auth/demo", person=str(world.viewer("amira").person_id))
    assert refused.status_code == 403


def test_without_any_body_the_demo_is_closed(database):
    with reading() as session:
        assert not demo.is_open(session)


@pytest.mark.parametrize(("value", "opened"), [("false", False), ("true", True)])
def test_the_setting_decides_where_it_is_set(world, monkeypatch, value, opened):
    monkeypatch.setenv("STEWARD_DEMO", value)
    settings.cache_clear()
    try:
        with reading() as session:
            assert demo.is_open(session) == opened
        assert start.trouble() == ""
        with writing() as session:
            session.add(Organisation(id=(body := new_id()), name="Real", created_at=NOW))
            session.flush()
            session.add(
                Person(
                    org_id=body,
                    id=new_id(),
                    email="a@b.example",
                    name="A B",
                    given_name="A",
                    joined_on=NOW.date(),
                )
            )
        assert ("the demo stays closed" in start.trouble()) == opened
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_real_people_on_a_shared_database_need_a_key_of_their_own(run, monkeypatch, database):
    monkeypatch.delenv("STEWARD_SECRET_KEY")
    settings.cache_clear()
    try:
        assert start.trouble() == ""
        with writing() as session:
            session.add(Organisation(name="Real", created_at=NOW))
        shared = database.startswith("postgresql")
        assert ("STEWARD_SECRET_KEY is not set" in start.trouble()) == shared
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_an_operator_ends_the_sign_ins_of_one_person_or_of_a_whole_body(world, run):
    tokens = {who: world.sign_in(who) for who in ("amira", "tom", "uma")}

    def inside():
        with reading() as session:
            hashed = {who: sign_ins.hash_of(token) for who, token in tokens.items()}
            return [
                who
                for who, one in hashed.items()
                if access.by_token(session, token_hash=one, now=NOW)
            ]

    assert inside() == ["amira", "tom", "uma"]
    told = run("account", "sign-out", world.email("amira"))
    assert told == (0, "Amira Khan is signed out everywhere.\n")
    assert inside() == ["tom", "uma"]
    told = run("account", "sign-out", "--everybody", "--organisation", "Fernleigh")
    assert told == (0, "Everybody of Fernleigh is signed out.\n")
    assert inside() == ["uma"]
    for wrong, said in (
        ([], "Say whom"),
        (["--everybody", world.email("uma")], "Say whom"),
        (["--everybody"], "Say which with --organisation"),
        (["--everybody", "--organisation", "Nowhere"], "no organisation called"),
        (["nobody@fernleigh.example"], "Nobody here has the address"),
        ([world.email("uma"), "--organisation", "Fernleigh"], "Nobody here has the address"),
    ):
        code, told = run("account", "sign-out", *wrong)
        assert (code, said in told) == (1, True), wrong
    assert inside() == ["uma"]


def test_a_lost_second_factor_is_removed_by_command(world, clock, run, monkeypatch):
    from tests.data.accounts import with_passphrase

    marek = with_passphrase(world, "marek")
    mine = {"org_id": marek.org_id, "person_id": marek.person_id}
    with writing() as session:
        second_factors.prepare(session, **mine, sealed="x")
        second_factors.confirm(session, **mine, sealed="x", step=1, recovery=["y"], now=NOW)
    code, told = run("account", "reset", world.email("marek"))
    assert code == 0
    assert "within one hour" in told
    assert kept(world, "marek").second
    browser = Browser(clock)
    with writing() as session:
        begun = sign_ins.start(session, **mine, now=clock.now, hours=1)
    browser.client.cookies.set(signed.COOKIE, begun)
    assert browser.inside
    run("account", "reset", world.email("marek"), "--second-factor")
    assert not kept(world, "marek").second
    # Who knows the old pass-phrase, and called for this, has nothing of it.
    assert not browser.inside
    assert browser.sign_in(world.email("marek")).status_code == 403
    assert entries("account_reset") == [{"second_factor": False}, {"second_factor": True}]


def entries(kind):
    """The facts of a kind of evidence, in order."""
    with reading() as session:
        query = select(core(Evidence).c.body).where(core(Evidence).c.kind == kind)
        rows = session.connection().execute(query.order_by(core(Evidence).c.number)).scalars()
        return [json.loads(row)["facts"] for row in rows]


def test_an_address_of_two_bodies_is_reset_in_the_one_that_is_named(world, clock, run):
    amira, uma = world.viewer("amira"), world.viewer("uma")
    person = core(Person)
    with writing() as session:
        session.connection().execute(
            update(person).where(person.c.id == uma.person_id).values(email=amira.email)
        )
    code, told = run("account", "reset", amira.email)
    assert code == 1
    assert "Say for which: --organisation NAME" in told
    assert run("account", "reset", amira.email, "--organisation", "Harrow Vale")[0] == 0
    with reading() as session:
        made = [
            accounts.of_person(session, org_id=one.org_id, person_id=one.person_id)
            for one in (amira, uma)
        ]
    assert [one is not None for one in made] == [False, True]
