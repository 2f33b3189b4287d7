"""Migrations: a fresh database equals the tables, on both; a wrong one is named and untouched."""

from __future__ import annotations

import uuid

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from typer.testing import CliRunner

from db import migrating, schema
from db.engine import engine, reading
from db.tables import Attempt, Base, core
from modules.api import start
from modules.commands import app


def dump(kind: str) -> list[tuple[str, ...]]:
    """Everything in the database: the rows of each table."""
    with engine().connect() as connection:
        names = sorted(inspect(connection).get_table_names())
        return [
            (
                name,
                *(str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"'))),
            )
            for name in names
        ]


def stamp(revision: str | None) -> None:
    """Make the database claim a migration."""
    with engine().begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if revision:
            connection.execute(text("INSERT INTO alembic_version VALUES (:r)"), {"r": revision})


def test_a_fresh_database_has_exactly_the_tables_of_the_program(database):
    with engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
        keys = {
            name: tuple(inspect(connection).get_pk_constraint(name)["constrained_columns"])
            for name in Base.metadata.tables
        }
    assert differences == []
    # Alembic does not compare primary keys.
    assert keys == {
        name: tuple(column.name for column in table.primary_key)
        for name, table in Base.metadata.tables.items()
    }


def test_migrating_twice_changes_nothing(world):
    before = dump(engine().dialect.name)
    migrating.migrate(engine())
    assert dump(engine().dialect.name) == before
    with reading() as session:
        assert schema.current(session) == schema.NEWEST
        assert schema.trouble(session) == ""


def test_there_is_one_line_of_migrations_and_the_program_needs_its_end():
    heads = ScriptDirectory.from_config(migrating.config()).get_heads()
    assert heads == [schema.NEWEST]


@pytest.mark.bare
def test_a_database_without_tables_says_how_to_make_them(database):
    with reading() as session:
        assert "no tables yet" in schema.trouble(session)
    assert "no tables yet" in start.prepare()
    assert dump(engine().dialect.name) == []


def test_a_database_of_a_newer_version_is_refused_and_untouched(world):
    stamp("9999")
    before = dump(engine().dialect.name)
    sentence = start.prepare()
    assert "9999" in sentence
    assert "newer version" in sentence
    assert "Nothing was changed" in sentence
    served = CliRunner().invoke(app, ["serve"], env={"PORT": "0"})
    assert served.exit_code == 1
    assert dump(engine().dialect.name) == before


def test_seeding_a_database_of_a_newer_version_is_refused_and_untouched(world):
    stamp("9999")
    before = dump(engine().dialect.name)
    seeded = CliRunner().invoke(app, ["seed"])
    assert seeded.exit_code == 1
    assert "newer version" in seeded.output
    assert dump(engine().dialect.name) == before


def test_migrating_a_database_of_a_newer_version_says_so_and_changes_nothing(world):
    stamp("9999")
    before = dump(engine().dialect.name)
    migrated = CliRunner().invoke(app, ["migrate"])
    assert migrated.exit_code == 1
    assert "newer version" in migrated.output
    assert dump(engine().dialect.name) == before


def as_of_the_spine() -> None:
    """The tables of migration 0001, with one answer in them."""
    made = migrating.config()
    with engine().connect().execution_options(writes=True) as connection, connection.begin():
        made.attributes["connection"] = connection
        command.upgrade(made, "0001")
        moment = "2026-11-01 09:00:00+00:00"
        of_postgres = connection.dialect.name == "postgresql"
        me = str(uuid.uuid4()) if of_postgres else uuid.uuid4().hex
        for statement in (
            "INSERT INTO organisation VALUES (:me, 'Body', 'UTC', 'en', true, 0.8, 0.5, 10, :now)",
            "INSERT INTO person (org_id, id, email, name, given_name, path, joined_on)"
            " VALUES (:me, :me, 'a@example.org', 'A', 'A', 'A', '2026-01-01')",
            "INSERT INTO bundle VALUES ('abc', '{}')",
            "INSERT INTO revision (org_id, id, module, number, version, sha256, origin,"
            " published_at) VALUES (:me, :me, 'M01', 1, '1', 'abc', 'shipped', :now)",
            "INSERT INTO attempt (org_id, id, person_id, module, form, number, revision_id, seed,"
            " language, jurisdiction, started_at) VALUES (:me, :me, :me, 'M01', 'check', 1, :me,"
            " 's', 'en', 'neutral', :now)",
            "INSERT INTO answer (org_id, id, attempt_id, slot, try_number, kind, response, tags,"
            " grader, answered_at) VALUES (:me, :me, :me, 'M01-Q10', 1, 'item', '{}', '[]', 1,"
            " :now)",
        ):
            connection.execute(text(statement), {"me": me, "now": moment})


@pytest.mark.bare
def test_a_database_at_an_older_migration_names_both_and_the_command(database):
    as_of_the_spine()
    with reading() as session:
        sentence = schema.trouble(session)
    assert "at migration 0001" in sentence
    assert f"needs {schema.NEWEST}" in sentence
    assert "python -m modules migrate" in sentence


@pytest.mark.bare
def test_migrating_numbers_attempts_in_their_order_and_marks_what_was_typed(database):
    as_of_the_spine()
    with engine().connect().execution_options(writes=True) as connection, connection.begin():
        me = connection.execute(text("SELECT id FROM person")).scalar_one()
        for form, moment in (("pre", "2026-10-31"), ("practice", "2026-10-31")):
            other = str(uuid.uuid4()) if connection.dialect.name == "postgresql" else new_hex()
            connection.execute(
                text(
                    "INSERT INTO attempt (org_id, id, person_id, module, form, number,"
                    " revision_id, seed, language, jurisdiction, started_at) VALUES (:me, :id,"
                    " :me, 'M01', :form, 1, :me, 's', 'en', 'neutral', :now)"
                ),
                {"me": me, "id": other, "form": form, "now": f"{moment} 09:00:00+00:00"},
            )
        connection.execute(
            text(
                "INSERT INTO completion (org_id, attempt_id, person_id, module, version, sha256,"
                " completed_at, valid_until) VALUES (:me, :me, :me, 'M01', '1', 'abc',"
                " '2026-11-01 09:30:00+00:00', '2027-11-01')"
            ),
            {"me": me},
        )
        connection.execute(text("UPDATE answer SET kind = 'lab'"))
    migrating.migrate(engine())
    with reading() as session:
        connection = session.connection()
        turns = connection.execute(select(core(Attempt).c.form, core(Attempt).c.turn)).all()
        assert dict(map(tuple, turns)) == {"practice": 1, "pre": 2, "check": 3}
        earned = connection.execute(text("SELECT turn, path FROM completion")).one()
        assert tuple(earned) == (3, "A")
        assert connection.execute(text("SELECT free_text FROM answer")).scalars().all() == [True]


def new_hex() -> str:
    return uuid.uuid4().hex


@pytest.mark.bare
def test_migrating_keeps_every_answer_and_leaves_old_attempts_without_a_paper(database):
    as_of_the_spine()
    migrating.migrate(engine())
    with reading() as session:
        assert schema.trouble(session) == ""
        assert session.connection().execute(text("SELECT slot FROM answer")).scalars().all() == [
            "M01-Q10"
        ]
        assert session.connection().execute(select(core(Attempt).c.paper)).scalars().all() == [{}]
