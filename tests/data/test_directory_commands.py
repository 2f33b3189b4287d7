"""A directory let in, listed and shut out by command, and what is refused on the way."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from db import scim_clients
from db.engine import reading
from db.tables import ScimClient
from modules.commands import app, directories
from modules.shell import session as door
from tests import scim
from tests.counting import count

FERNLEIGH = ("--organisation", "Fernleigh")


def run(*arguments):
    done = CliRunner().invoke(app, ["scim", "client", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def listed(world, organisation="Fernleigh"):
    with reading() as session:
        return scim_clients.listed(session, org_id=world.organisations[organisation])


def test_a_directory_is_let_in_listed_without_its_token_and_shut_out(world):
    code, token, told = run("add", "  Entra   ID ", *FERNLEIGH)
    assert (code, token.startswith(scim_clients.PREFIX)) == (0, True)
    [id] = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", told)
    caller = scim.Directory(token.strip())
    caller.get("/Users")

    code, said, _ = run("list", *FERNLEIGH)
    assert (code, "Entra ID  (users:read users:write groups:read groups:write)" in said) == (
        0,
        True,
    )
    [row] = json.loads(run("list", "--json", *FERNLEIGH)[1])
    assert (row["id"], row["name"], row["works"]) == (id, "Entra ID", True)
    assert token.strip() not in said + json.dumps(row)
    # Another body's directories are its own.
    assert json.loads(run("list", "--json", "--organisation", "harrow vale")[1]) == []

    assert run("revoke", id) == (0, "Revoked. Its next request is refused.\n", "")
    caller.get("/Users", 401)
    assert "revoked" in run("list", *FERNLEIGH)[1]
    assert run("revoke", id)[::2] == (1, f"There is no client {id}, or it was revoked before.\n")


def test_a_token_does_and_lasts_what_was_asked_for(world):
    told = run("add", "HR", *FERNLEIGH, "--scopes", "users:read, groups:read", "--days", 7)
    assert told[0] == 0
    [one] = listed(world)
    assert one.scopes == ("users:read", "groups:read")
    assert one.expires_at - one.made_at == timedelta(days=7)
    scim.Directory(told[1].strip()).sent("POST", "/Users", 403, json={})


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "x", "--organisation", "Nowhere"], 1, "There is: Fernleigh, Harrow Vale."),
        (["add", "x", "--organisation", ""], 1, "There is: Fernleigh, Harrow Vale."),
        (["add", "x"], 2, "--organisation"),
        (["add", " ", *FERNLEIGH], 1, "a name of at most 60 characters"),
        (["add", "x" * 61, *FERNLEIGH], 1, "a name of at most 60 characters"),
        (["add", "x", *FERNLEIGH, "--days", "0"], 2, "1<=x<=3650"),
        (["add", "x", *FERNLEIGH, "--days", "-1"], 2, "1<=x<=3650"),
        (["add", "x", *FERNLEIGH, "--days", "3651"], 2, "1<=x<=3650"),
        (["add", "x", *FERNLEIGH, "--days", "soon"], 2, "integer"),
        (
            ["add", "x", *FERNLEIGH, "--scopes", "users:read,all"],
            1,
            "Scopes are some of users:read",
        ),
        (["add", "x", *FERNLEIGH, "--scopes", ","], 1, "Scopes are some of users:read"),
        (["list", "--organisation", "Nowhere"], 1, "There is: Fernleigh, Harrow Vale."),
        (["revoke", "entra"], 2, "UUID"),
        (["revoke", str(uuid.UUID(int=7))], 1, "or it was revoked before"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_nothing_is_made(
    world, arguments, code, said
):
    ended, out, told = run(*arguments)
    assert (ended, out) == (code, "")
    assert said in " ".join(re.sub(r"[│╭╮╰╯─]", " ", told).split())
    assert "Traceback" not in told
    assert count(ScimClient) == 0


def test_no_two_directories_that_work_have_one_name(world, monkeypatch):
    assert run("add", "Entra ID", *FERNLEIGH)[0] == 0
    code, out, told = run("add", "ENTRA  id", *FERNLEIGH)
    assert (code, out, "Give the new one another name" in told) == (1, "", True)
    assert len(listed(world)) == 1
    # Another body may call its own as it likes, and so may we when the first is shut out.
    assert run("add", "Entra ID", "--organisation", "Harrow Vale")[0] == 0
    assert run("revoke", listed(world)[0].id)[0] == 0
    assert run("add", "Entra ID", *FERNLEIGH, "--days", 1)[0] == 0
    # … or its days are over.
    later = door.now() + timedelta(days=2)
    monkeypatch.setattr(directories, "now", lambda: later)
    assert run("add", "Entra ID", *FERNLEIGH)[0] == 0
    assert [one.works(later) for one in listed(world)] == [True, False, False]
