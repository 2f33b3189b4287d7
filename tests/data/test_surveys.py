"""A fact that changes: the command names the published revisions that rely on it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from db import revisions
from db.engine import reading
from modules.commands import app


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_the_command_names_places_and_published_revisions(world):
    code, said = run("content", "affected-by", "seed-f7", "--json")
    made = json.loads(said)
    assert code == 0
    assert made["facts"] == ["seed-f7"]
    assert {"module": "M01", "kind": "screen", "id": "figure", "facts": ["seed-f7"]} in made[
        "places"
    ]
    with reading() as session:
        kept = revisions.every(session, org_id=world.viewer("amira").org_id)
    wanted = {one.sha256 for one in kept if one.module == "M01"}
    assert wanted
    assert wanted <= {one["sha256"] for one in made["revisions"]}


def test_a_fact_of_the_glossary_alone_has_no_revisions(world):
    code, said = run("content", "affected-by", "gdpr-art38-6")
    assert code == 0
    assert said.endswith("0 published revisions.\n")


@pytest.mark.bare
def test_content_is_surveyed_without_a_database_too(database):
    code, said = run("content", "affected-by", "seed-f7")
    assert code == 0
    assert "M01  screen  figure" in said
