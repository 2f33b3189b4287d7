"""Commands that cannot go on: what is wrong with the database is told apart, in one sentence."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from db.engine import engine
from modules.commands import app


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


@pytest.mark.bare
def test_a_command_on_a_database_without_tables_says_how_to_make_them(database):
    code, said = run("report", "completion", "--as", "tom@fernleigh.example")
    assert code == 1
    assert said.startswith("This database has no tables yet. ")
    assert "python -m modules seed" in said
    assert len(said.splitlines()) == 1


def test_seeding_where_a_column_is_missing_says_that_the_database_does_not_fit(database):
    with engine().begin() as connection:
        connection.execute(text("ALTER TABLE unit RENAME COLUMN name TO label"))
    code, said = run("seed", "--people", "120")
    assert code == 1
    assert said.startswith("This database does not fit this program: ")
    assert "name" in said


def test_a_database_that_is_not_there_does_not_answer(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none")
    engine.cache_clear()
    try:
        code, said = run("statistics")
    finally:
        engine.cache_clear()
    assert code == 1
    assert said.startswith("The database 127.0.0.1:1/none does not answer: ")
    assert "secret" not in said
