"""Signing in at an OpenID provider: who comes in, where she lands, and what is told of it."""

from __future__ import annotations

import re

from structlog.testing import capture_logs

from modules.api import oidc
from modules.shell import session as signed
from tests.data.signing_in import (
    NUMBER,
    STALE,
    Round,
    browser,
    path_of,
    question,
    refused,
    sign_in,
    steps,
)


def test_whoever_the_subject_stands_for_is_signed_in_and_lands_where_she_wanted(work):
    client = browser()
    asked = question(client, wanted="/lesson")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://127.0.0.1:8501/auth/oidc/work/callback"
    done = Round(client, client.get(path_of(work.authorize(asked))))
    assert (done.answer.status_code, done.answer.headers["location"]) == (303, "/lesson")
    assert "HttpOnly" in done.answer.headers["set-cookie"]
    assert done.name == "Amira Khan"
    assert steps() == 0


def test_roles_come_from_the_database_and_not_from_the_token(work):
    work.claims |= {"roles": ["administrator"], "groups": ["administrator"]}
    assert {str(role) for role in sign_in(work).viewer.roles} == {"learner"}


def test_no_answer_leads_to_another_site(work):
    for wanted in ("//evil.example/x", "https://evil.example", "/\\evil.example", "/auth/sign-out"):
        client = browser()
        address = work.authorize(question(client, wanted=wanted))
        assert client.get(path_of(address)).headers["location"] == "/", wanted


def test_nothing_secret_goes_to_the_provider_by_way_of_the_browser(work):
    asked = question(browser())
    assert set(asked) == {
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
    }


def test_signing_in_ends_what_this_browser_had_before(world, work):
    client = browser()
    first = sign_in(work, client)
    before = first.token
    second = sign_in(work, client)
    assert second.token != before
    client.cookies.clear()
    client.cookies.set(signed.COOKIE, before)
    assert second.viewer is None


def test_an_unknown_provider_has_a_calm_page(work):
    refused(browser().get("/auth/oidc/nowhere"), STALE)
    refused(browser().get("/auth/oidc/nowhere/callback?state=x&code=y"), STALE)


def test_codes_go_only_where_the_operator_said_or_to_this_machine(work):
    # A name with a dot does not pass the gate; one without could be another machine's next door.
    assert browser().get("/auth/oidc/work", headers={"host": "evil.example"}).status_code == 421
    refused(
        browser().get("/auth/oidc/work", headers={"host": "printer"}),
        "does not answer just now",
        503,
    )


def test_the_log_has_the_number_and_the_reason_and_nothing_about_her(work, capsys):
    work.claims = {"sub": "s-nobody", "email": "secret@fernleigh.example", "name": "Secret Name"}
    with capture_logs() as lines:
        number = re.search(NUMBER, sign_in(work).answer.text)[0]
    said = capsys.readouterr()
    told = f"{lines} {said.out} {said.err}"
    assert number in told
    assert "unknown subject" in told
    for kept in ("s-nobody", "secret@", "Secret Name", "state=", "code="):
        assert kept not in told


def test_the_button_takes_along_where_she_wanted_to_go(work):
    assert [one.href for one in oidc.buttons("/lesson?module=M01")] == [
        "/auth/oidc/work?next=/lesson%3Fmodule%3DM01"
    ]
