"""When something goes wrong: two tabs at once, broken files, foreign databases, odd requests."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from db import revisions, whois
from db.engine import engine, reading, writing
from db.tables import Organisation, Person
from modules.api import door, server, start
from modules.basics import BadInput
from modules.commands import app as commands
from modules.learn import actions, rounds
from modules.manage import team as teams
from modules.progress.asked import form_items
from modules.settings import settings
from modules.shell import session as shell_session
from modules.words import of as words_of
from tests.counting import counting
from tests.walk import MODULE, Walk

POLICY = "content-security-policy"


def sql(statement):
    with writing() as session:
        session.connection().exec_driver_sql(statement)


@pytest.fixture
def site(world):
    """Our own routes and middleware, without Streamlit behind them."""
    made = Starlette(routes=server.routes, middleware=server.middleware)
    with TestClient(made, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def enter(site, email):
    """Send the sign-in form for somebody, as the page does."""
    page = site.get("/sign-in")
    token = page.text.partition('name="token" value="')[2].partition('"')[0]
    with reading() as session:
        person = whois.by_email(session, email=email, now=datetime.now(UTC))
    return site.post(
        "/auth/demo",
        data={"token": token, "person": str(person.person_id), "next": "/"},
        headers={"Origin": "http://testserver", "Cookie": f"steward_form={token}"},
    )


# --- two at once --------------------------------------------------------------------------------


def test_the_two_last_answers_of_a_check_at_the_same_moment_still_complete_it(world):
    walk = Walk(world).until("check")
    walk.do(rounds.check_again, module=MODULE)
    items = form_items(walk.module, walk.journey.sheet("check"))
    for slot in items[:-2]:
        walk.answer("check", slot)
    of = walk.opened
    sheet = of.journey.sheet("check")
    answered = {slot: threading.Event() for slot in items[-2:]}

    def send(slot, after, until):
        response = walk.right(sheet, slot)
        if after:
            answered[after].wait(5)
        with writing() as session:
            actions.answer(
                session,
                walk.viewer,
                of=of,
                sheet=sheet,
                slot=slot,
                response=response,
                sure="half",
                now=walk.now,
            )
            answered[slot].set()
            if until:
                # The other one commits meanwhile if nothing makes it wait for this one.
                answered[until].wait(1)

    first, second = items[-2:]
    threads = [
        threading.Thread(target=send, args=(first, None, second)),
        threading.Thread(target=send, args=(second, first, None)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert walk.journey.finished
    assert walk.opened.completion is not None
    assert walk.journey.practice.ended


def test_noting_who_was_seen_takes_as_many_statements_for_forty_people_as_for_four(world):
    needed = {}
    for who in ("tom", "grace"):
        viewer = world.viewer(who)
        with writing() as session:
            team = teams.team(session, viewer, now=world.now)
            with counting(engine()) as sent:
                teams.note_viewed(session, viewer, team=team, now=world.now)
            needed[len(team.people)] = len(sent)
    assert len(needed) == 2
    assert len(set(needed.values())) == 1, needed


# --- what may be kept ---------------------------------------------------------------------------


def test_a_draft_larger_than_any_question_needs_is_refused(world):
    walk = Walk(world).until("read-figure")
    practice = walk.journey.practice
    huge = {"h1": {"repair": "x" * 1_000_000}}
    with pytest.raises(BadInput):
        walk.do(actions.save, of=walk.opened, sheet=practice, slot="lab:read-figure", body=huge)


def test_a_failed_write_tells_the_log_nothing_of_what_was_answered(world):
    walk = Walk(world).begin()
    of = walk.opened
    sql("DROP TABLE draft")
    with pytest.raises(SQLAlchemyError) as failed:
        walk.do(
            actions.save,
            of=of,
            sheet=of.journey.pre,
            slot="M01-Q01",
            body={"typed": "my own words"},
        )
    assert "my own words" not in str(failed.value)


# --- files and databases ------------------------------------------------------------------------


@pytest.mark.parametrize("broken", ["m01-why-share/questions.yaml", "course.yaml"])
def test_a_broken_content_file_leaves_what_is_published_and_the_server_starts(
    world, tmp_path, monkeypatch, broken
):
    root = tmp_path / "content"
    shutil.copytree(settings().content, root)
    (root / broken).write_text("x: [\n", "utf-8")
    monkeypatch.setattr(start, "settings", lambda: settings().model_copy(update={"content": root}))
    org_id = world.organisations["Fernleigh"]
    with reading() as session:
        before = revisions.latest(session, org_id=org_id)
    start.prepare()
    with reading() as session:
        assert revisions.latest(session, org_id=org_id) == before


AMIRA = "amira.khan@fernleigh.example"
COMMANDS = {
    "migrate": ["migrate"],
    "statistics": ["statistics"],
    "report": ["report", "completion", "--as", AMIRA],
    "answers": ["answers", "--of", AMIRA, "--as", AMIRA],
    "sync": ["content", "sync"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_refuses_the_database_of_a_newer_version(world, name):
    sql("UPDATE alembic_version SET version_num = '9999'")
    done = CliRunner().invoke(commands, COMMANDS[name])
    assert done.exit_code == 1
    assert "newer version" in done.output


def test_a_database_that_went_away_is_told_as_that_and_not_as_a_bug(monkeypatch):
    def gone():
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    def script():
        from modules.shell.frame import page

        with page("home"):
            pass

    monkeypatch.setattr(shell_session, "viewer", gone)
    tab = AppTest.from_function(script).run()
    assert not tab.exception
    told = " ".join(one.value for one in tab.error)
    assert told.startswith(words_of("en")("error.database").split("{")[0].strip())


# --- requests -----------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ['x={"a": 1}', "a/b=1", "two words"])
def test_a_cookie_of_another_program_does_not_hide_ours(other):
    scope = {"type": "http", "headers": [(b"cookie", f"{other}; steward=abc".encode())]}
    assert door.cookie(scope, "steward") == "abc"


def test_a_link_from_another_site_leaves_the_sign_in_and_its_cookie(site, world):
    token = world.sign_in("amira")
    told = {"Cookie": f"steward={token}", "Sec-Fetch-Site": "cross-site"}
    assert "steward=" not in site.get("/auth/sign-out", headers=told).headers.get("set-cookie", "")


@pytest.mark.parametrize("address", ["/static/%00.js", f"/static/{'a' * 300}.js"])
def test_an_impossible_file_name_is_not_found_instead_of_a_failure(site, address):
    found = site.get(address, headers={"Accept-Encoding": "gzip"})
    assert found.status_code < 500
    assert POLICY in found.headers


def test_a_form_with_a_strange_token_is_refused_calmly(site):
    kept = {"Origin": "http://testserver", "Cookie": "steward_form=x"}
    found = site.post("/auth/demo", data={"token": "é", "person": "x"}, headers=kept)
    assert found.status_code == 403
    assert POLICY in found.headers


def test_signing_in_while_nothing_can_be_saved_gives_a_sentence_and_the_headers(site):
    sql("DROP TABLE sign_in")
    # The trouble starts between the page and the form, so the form is what meets it.
    found = enter(site, AMIRA)
    assert found.status_code in (500, 503)
    assert POLICY in found.headers
    assert "<h1" in found.text


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "moment", "here"),
    [
        # 23 November 01:00 there: the first day no longer here.
        ("Pacific/Auckland", datetime(2026, 11, 22, 12, tzinfo=UTC), False),
        # 22 November 20:00 there: the last day.
        ("America/Los_Angeles", datetime(2026, 11, 23, 4, tzinfo=UTC), True),
    ],
)
def test_somebody_leaves_at_the_midnight_of_the_organisation(world, zone, moment, here):
    viewer = world.viewer("ben")
    with writing() as session:
        session.get(Organisation, viewer.org_id).zone = zone
        session.get(Person, (viewer.org_id, viewer.person_id)).left_on = date(2026, 11, 23)
    with reading() as session:
        found = whois.by_email(session, email=viewer.email, now=moment)
    assert (found is not None) is here
