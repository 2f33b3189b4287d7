"""Migrations: a fresh database equals the tables, on both; a wrong one is named and untouched."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from typer.testing import CliRunner

from db import schema
from db.engine import engine, reading
from db.tables import Base
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
    schema.migrate(engine())
    assert dump(engine().dialect.name) == before
    with reading() as session:
        assert schema.current(session) == schema.newest()
        assert schema.trouble(session) == ""


def test_there_is_one_line_of_migrations():
    assert len(ScriptDirectory.from_config(schema.config()).get_heads()) == 1


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


def test_a_database_at_an_older_migration_names_both_and_the_command(database, monkeypatch):
    monkeypatch.setattr(schema, "newest", lambda: "0002")
    with reading() as session:
        sentence = schema.trouble(session)
    found = schema.ScriptDirectory.from_config(schema.config()).get_current_head()
    assert f"at migration {found}" in sentence
    assert "needs 0002" in sentence
    assert "python -m modules migrate" in sentence
