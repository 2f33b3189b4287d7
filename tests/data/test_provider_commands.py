"""The commands about sign-in providers, before a real one."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from db.engine import reading
from db.tables import Evidence, core
from modules.commands import app
from tests.data.signing_in import entry, forget, set_up, sign_in
from tests.forger import Forger

AMIRA = "amira.khan@fernleigh.example"


@pytest.fixture
def work(world, monkeypatch, tmp_path):
    made = Forger().start()
    set_up(monkeypatch, tmp_path, entry(issuer=made.issuer))
    yield made
    made.stop()
    monkeypatch.undo()
    forget()


def run(*arguments):
    done = CliRunner().invoke(app, ["provider", *arguments])
    return done.exit_code, done.output


def findings():
    code, said = run("check", "work", "--json")
    told = json.loads(said)["work"]
    return code, {(one["verdict"], one["sentence"]) for one in told["findings"]}, told["register"]


def test_a_sound_provider_has_nothing_wrong_and_is_told_what_to_register(work):
    code, found, register = findings()
    assert code == 0, found
    assert ("right", "It knows us by our client id and the way we prove it.") in found
    assert ("right", "It checks PKCE.") in found
    assert register["redirect URI"] == "http://127.0.0.1:8501/auth/oidc/work/callback"
    code, said = run("check")
    assert code == 0
    assert "/auth/oidc/work/callback" in said


def wrong(found):
    return " ".join(sentence for verdict, sentence in found if verdict == "wrong")


def test_what_is_wrong_is_told_in_plain_words(work, monkeypatch, tmp_path):
    monkeypatch.setenv("WORK_SECRET", "another-secret")
    code, found, _ = findings()
    assert (code, "does not accept our client id or secret" in wrong(found)) == (1, True)

    work.metadata = {"issuer": f"{work.issuer}/"}
    code, found, _ = findings()
    assert (code, "Compare the issuer letter by letter" in wrong(found)) == (1, True)

    work.metadata = {"id_token_signing_alg_values_supported": ["HS256"]}
    assert "It signs with HS256" in wrong(findings()[1])

    work.metadata, work.keys = {}, []
    assert "None of its keys fits" in wrong(findings()[1])

    set_up(monkeypatch, tmp_path, entry(issuer=work.issuer, organisation="Nowhere"))
    assert "“Nowhere” of provider work is not here" in wrong(findings()[1])

    monkeypatch.setenv("STEWARD_PUBLIC_URL", "https://steward.fernleigh.example/")
    set_up(monkeypatch, tmp_path, entry(issuer=work.issuer))
    _, found, register = findings()
    assert "STEWARD_TLS is off" in wrong(found)
    assert register["redirect URI"] == ("https://steward.fernleigh.example/auth/oidc/work/callback")

    work.stop()
    assert "does not answer" in wrong(findings()[1])


def test_an_administrator_links_and_unlinks_an_account(work):
    assert sign_in(work).name == ""
    code, said = run("link", AMIRA.upper(), "--provider", "work", "--subject", "s-amira")
    assert (code, "can now sign in" in said) == (0, True)
    done = sign_in(work)
    assert done.name == "Amira Khan"
    code, said = run("list")
    assert "1 linked" in said
    code, said = run(
        "link", "tom.ashdown@fernleigh.example", "--provider=work", "--subject=s-amira"
    )
    assert (code, "stands for somebody already" in said) == (1, True)
    code, said = run("unlink", AMIRA, "--provider", "work")
    assert (code, said) == (0, f"Accounts of {AMIRA} at work taken away: 1.\n")
    with reading() as session:
        evidence = core(Evidence).c
        query = select(evidence.kind).order_by(evidence.number)
        found = list(session.connection().execute(query).scalars())
    assert found[-2:] == ["identity_linked", "identity_unlinked"]
    assert done.name == ""
    assert sign_in(work).name == ""


def test_links_need_a_person_of_that_organisation_and_every_part_of_the_subject(
    work, monkeypatch, tmp_path
):
    code, said = run("link", "olga.petrenko@harrow.example", "--provider=work", "--subject=s")
    assert (code, "Nobody in Fernleigh" in said) == (1, True)
    code, said = run("link", AMIRA, "--provider", "nowhere", "--subject", "s")
    assert (code, "There is no provider “nowhere”" in said) == (1, True)
    set_up(monkeypatch, tmp_path, entry(issuer=work.issuer, subject=["tid", "oid"]))
    code, said = run("link", AMIRA, "--provider", "work", "--subject", "t")
    assert (code, "tid and oid" in said) == (1, True)
    code, _ = run("link", AMIRA, "--provider", "work", "--subject", "t", "--subject", "o")
    assert code == 0
    work.claims = {"sub": "any", "tid": "t", "oid": "o"}
    assert sign_in(work).name == "Amira Khan"


def test_without_providers_the_commands_say_where_to_read_on(world, monkeypatch):
    monkeypatch.delenv("STEWARD_PROVIDERS", raising=False)
    forget()
    assert run("list") == (0, "No provider is set up. docs/sign-in.md says how.\n")
    code, said = run("check")
    assert (code, "docs/sign-in.md" in said) == (1, True)
