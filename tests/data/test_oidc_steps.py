"""The way to a provider and back: once, in time, in one browser, from whom was asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from modules.shell import session as signed
from tests.data.signing_in import (
    STALE,
    UNKNOWN,
    WRONG,
    browser,
    entry,
    path_of,
    question,
    refused,
    set_up,
    sign_in,
    steps,
)
from tests.forger import Forger
from tests.forger import signed as forged


def parts(address):
    return dict(parse_qsl(urlsplit(address).query))


def test_a_state_that_nobody_gave_out_is_refused(work):
    client = browser()
    address = work.authorize(question(client) | {"state": "made-up"})
    refused(client.get(path_of(address)), STALE)
    refused(client.get("/auth/oidc/work/callback?code=x"), STALE)


def test_an_answer_works_once(work):
    client = browser()
    address = path_of(work.authorize(question(client)))
    assert client.get(address).status_code == 303
    refused(client.get(address), STALE)


def test_of_two_who_come_with_one_answer_at_once_one_comes_in(work):
    first = browser()
    address = path_of(work.authorize(question(first)))
    second = browser()
    second.cookies.update(first.cookies)
    with ThreadPoolExecutor(2) as both:
        codes = both.map(lambda client: client.get(address).status_code, (first, second))
    assert sorted(codes) == [303, 403]


def test_a_code_that_was_used_is_refused_under_a_new_state(work):
    client = browser()
    used = work.authorize(question(client))
    assert client.get(path_of(used)).status_code == 303
    second = question(client)
    answer = client.get(
        "/auth/oidc/work/callback",
        params=parts(used) | {"state": second["state"]},
    )
    refused(answer, WRONG)


def test_a_stolen_code_is_worth_nothing_without_the_verifier(work):
    """Somebody puts a victim's code into his own question: PKCE and the nonce keep it out."""
    theirs = work.authorize(question(browser()))
    attacker = browser()
    state = question(attacker)["state"]
    answer = attacker.get("/auth/oidc/work/callback", params=parts(theirs) | {"state": state})
    refused(answer, WRONG)


def test_an_answer_in_another_browser_is_refused_and_spent(work):
    hers, his = browser(), browser()
    address = path_of(work.authorize(question(hers)))
    refused(his.get(address), STALE)
    question(his)
    refused(his.get(address), STALE)
    refused(hers.get(address), STALE)


def test_two_tabs_of_one_browser_do_not_disturb_each_other(work):
    client = browser()
    first, second = (path_of(work.authorize(question(client))) for _ in range(2))
    assert client.get(first).status_code == 303
    assert client.get(second).status_code == 303


def test_an_answer_after_ten_minutes_is_refused(work, monkeypatch):
    client = browser()
    address = path_of(work.authorize(question(client)))
    later = signed.now() + timedelta(minutes=10)
    monkeypatch.setattr(signed, "now", lambda: later)
    refused(client.get(address), STALE)


def test_open_questions_are_forgotten_after_their_time(work, monkeypatch):
    question(browser())
    assert steps() == 1
    later = signed.now() + timedelta(minutes=11)
    monkeypatch.setattr(signed, "now", lambda: later)
    question(browser())
    assert steps() == 1


@pytest.mark.parametrize(
    "said", [{"iss": "https://elsewhere.example"}, {"iss": ""}], ids=["another", "missing"]
)
def test_an_answer_must_say_which_provider_it_comes_from_where_that_was_promised(work, said):
    work.answers_with = said
    refused(sign_in(work).answer, WRONG)


def test_without_that_promise_an_answer_may_leave_it_out_but_not_name_another(work):
    work.metadata = {"authorization_response_iss_parameter_supported": False}
    work.answers_with = {"iss": ""}
    assert sign_in(work).name == "Amira Khan"
    work.answers_with = {"iss": "https://elsewhere.example"}
    refused(sign_in(work).answer, WRONG)


def test_the_answer_of_one_provider_is_refused_at_another_ones_address(
    world, work, monkeypatch, tmp_path
):
    other = Forger().start()
    try:
        set_up(
            monkeypatch,
            tmp_path,
            entry(issuer=work.issuer),
            entry(name="other", title="Other", issuer=other.issuer),
        )
        client = browser()
        # Asked at the honest one; the answer is led to the other one's callback, and back.
        address = path_of(work.authorize(question(client)))
        refused(client.get(address.replace("/work/", "/other/")), STALE)
        address = path_of(other.authorize(question(client, "other")))
        refused(client.get(address.replace("/other/", "/work/")), STALE)
        # The dishonest one answers our question to it with a token of the honest one.
        other.sign = lambda claims: forged(claims | {"iss": work.issuer}, work.keys[0])
        refused(sign_in(other, name="other").answer, WRONG)
        # A subject is its provider's own: the same one elsewhere is nobody.
        other.sign = None
        refused(sign_in(other, name="other").answer, UNKNOWN)
    finally:
        other.stop()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("access_denied", "Nothing has happened"), ("server_error", WRONG), ("<script>", WRONG)],
)
def test_an_error_of_the_provider_is_told_calmly(work, code, sentence):
    client = browser()
    state = question(client)["state"]
    answer = client.get(
        "/auth/oidc/work/callback", params={"error": code, "state": state, "iss": work.issuer}
    )
    refused(answer, sentence)
    assert "<script>" not in answer.text
