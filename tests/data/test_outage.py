"""Which errors of a database pass by themselves, and what the desk does about those."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest
import streamlit as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError, TimeoutError

from db.engine import engine, make_engine, writing
from modules.learn import rounds
from modules.learn.desk import LearnerDesk
from modules.settings import Settings
from modules.shell import guard, patience, presses
from modules.shell.outage import away
from tests.postgres import free_port
from tests.walk import MODULE, Walk


def failure(url, statement):
    made = make_engine(url)
    try:
        with made.connect() as connection:
            connection.execute(text(statement))
    except OperationalError as error:
        return error
    finally:
        made.dispose()
    raise AssertionError("the statement worked")


def test_a_server_that_nobody_runs_is_away():
    url = f"postgresql+psycopg://steward@127.0.0.1:{free_port()}/steward"
    assert away(failure(url, "SELECT 1"))


def psycopg_url(url, who="steward"):
    return url.replace("postgresql://steward@", f"postgresql+psycopg://{who}@")


@pytest.fixture
def strict(cluster):
    """A database, and a role that must give a password before the server lets it in."""
    url = cluster.create("strict")
    hba = cluster.home / "data" / "pg_hba.conf"
    before = hba.read_text()
    hba.write_text(f"host all guarded all scram-sha-256\nhost all barred all reject\n{before}")
    with cluster.connect() as connection:
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'")
        connection.execute("CREATE ROLE locked NOLOGIN")
        reload(connection)
    yield url
    hba.write_text(before)
    with cluster.connect() as connection:
        reload(connection)
        connection.execute("DROP ROLE guarded")
        connection.execute("DROP ROLE locked")
    cluster.drop("strict")


def reload(connection):
    """Let the server read its rules again, which it does a moment after it was asked to."""
    read = "SELECT pg_conf_load_time()"
    [before] = connection.execute(read).fetchone()
    connection.execute("SELECT pg_reload_conf()")
    while connection.execute(read).fetchone()[0] == before:
        connection.execute("SELECT pg_sleep(0.02)")


@pytest.mark.parametrize(
    "who", ["guarded:wrong", "guarded", "nobody", "barred", "locked"], ids=lambda who: who
)
def test_a_server_that_refuses_who_asks_is_not_waited_for(strict, who):
    assert not away(failure(psycopg_url(strict, who), "SELECT 1"))


def test_a_database_that_does_not_exist_is_not_waited_for(cluster):
    assert not away(failure(psycopg_url(cluster.url("nowhere")), "SELECT 1"))


def test_a_server_with_too_many_guests_is_away(cluster):
    url = cluster.create("crowded")
    with cluster.connect() as connection:
        connection.execute("CREATE ROLE guest LOGIN CONNECTION LIMIT 0")
    assert away(failure(psycopg_url(url, "guest"), "SELECT 1"))
    with cluster.connect() as connection:
        connection.execute("DROP ROLE guest")
    cluster.drop("crowded")


@pytest.fixture
def crowded(database):
    """The error of whoever finds every connection of the pool taken; the pool stays that full."""
    pool = engine().pool
    pool._timeout, waits = 0.05, pool._timeout
    assert waits <= 5
    with ExitStack() as taken:
        for _ in range(pool.size() + pool._max_overflow):
            taken.enter_context(engine().connect())
        with pytest.raises(TimeoutError) as late, writing():
            pass
        yield late.value


class Surface:
    """Keeps what is drawn, by kind."""

    def __init__(self):
        self.drawn = []

    def __getattr__(self, kind):
        def draw(*given, **_named):
            self.drawn.append((kind, given))
            return self

        return draw


def test_a_pool_without_a_free_connection_is_away_and_is_told_as_that(crowded, monkeypatch):
    monkeypatch.setattr(patience, "put_by", lambda: None)
    surface = Surface()
    with guard.calm(surface, "{0}".format, None):
        raise crowded
    assert away(crowded)
    assert [kind for kind, _ in surface.drawn] == ["error", "button"]


def test_a_pool_without_a_free_connection_is_waited_for(crowded, monkeypatch):
    monkeypatch.setattr(patience, "PAUSE", 0.01)
    surface, tries = Surface(), iter([crowded, crowded, None])

    def call():
        if trouble := next(tries):
            raise trouble
        return "there"

    assert patience.Patience(surface, "{0}".format)(call) == "there"
    assert [kind for kind, _ in surface.drawn] == ["empty", "html", "empty"]


def test_patience_with_a_full_pool_ends(crowded, monkeypatch):
    monkeypatch.setattr(patience, "PAUSE", 0.01)
    monkeypatch.setattr(patience, "settings", lambda: Settings.model_construct(patience_seconds=0))

    def call():
        raise crowded

    with pytest.raises(TimeoutError):
        patience.Patience(Surface(), "{0}".format)(call)


def test_a_press_outlives_a_full_pool(crowded, monkeypatch):
    monkeypatch.setattr(st, "session_state", {presses.OPEN: frozenset({"one/send"})})
    with pytest.raises(TimeoutError), presses.once():
        raise crowded
    assert presses.pressed("one/send")


def test_a_connection_that_the_server_ends_is_away(cluster):
    url = cluster.create("ended")
    assert away(failure(psycopg_url(url), "SELECT pg_terminate_backend(pg_backend_pid())"))
    cluster.drop("ended")


def test_a_locked_file_is_away_and_a_missing_table_is_a_bug(tmp_path):
    url = f"sqlite:///{tmp_path}/one.db"
    made = make_engine(url)
    with made.connect() as first:
        first.execution_options(writes=True).execute(text("CREATE TABLE one (a)"))
        with made.connect() as second:
            second.connection.driver_connection.execute("PRAGMA busy_timeout=1")
            with pytest.raises(OperationalError) as locked:
                second.execution_options(writes=True).execute(text("SELECT 1"))
    made.dispose()
    assert away(locked.value)
    assert not away(failure(url, "SELECT * FROM nowhere"))


def test_a_full_disk_is_not_waited_for(tmp_path):
    made = make_engine(f"sqlite:///{tmp_path}/full.db")
    with made.connect() as connection:
        run = connection.execution_options(writes=True).exec_driver_sql
        run("CREATE TABLE one (a)")
        run("PRAGMA max_page_count=3")
        with pytest.raises(OperationalError) as full:
            for _ in range(40):
                run("INSERT INTO one VALUES (randomblob(4000))")
    made.dispose()
    assert not away(full.value)


def test_an_answer_repeated_after_a_lost_acknowledgement_finds_itself(world):
    """The first try commits, and its connection breaks before the desk hears of it."""
    walk = Walk(world)
    walk.do(rounds.begin, module=MODULE)
    moments = iter(range(100))
    broken = []

    def clock():
        return walk.now + timedelta(seconds=next(moments))

    def patient(call, records=False):
        given = call()
        if records and not broken:
            broken.append(given)
            return call()
        return given

    desk = LearnerDesk(walk.viewer, MODULE, clock, lambda place: None, patient)
    sheet = desk.journey.sheet("pre")
    slot = walk.module.forms["pre"][0]
    stands = desk.answer(sheet, slot, walk.right(sheet, slot), "half")
    assert broken == [stands]
    assert desk.earlier == frozenset()


def test_a_statement_that_is_wrong_is_never_repeated(database):
    with pytest.raises((OperationalError, ProgrammingError)) as wrong, writing() as session:
        session.connection().exec_driver_sql("SELECT nothing FROM nowhere")
    assert not (isinstance(wrong.value, OperationalError) and away(wrong.value))
    engine().dispose()
