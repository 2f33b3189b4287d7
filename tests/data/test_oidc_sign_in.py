"""Signing in at an OpenID provider: who comes in, and every answer that must not be believed."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import delete, select
from structlog.testing import capture_logs

from db.engine import reading, writing
from db.people import GRANT
from db.tables import Person, RoleGrant, SignInStep, core
from modules.api import oidc
from modules.identity import fetching, metadata
from modules.shell import session as signed
from tests.data.signing_in import (
    Round,
    browser,
    entry,
    forget,
    link,
    path_of,
    question,
    set_up,
    sign_in,
)
from tests.forger import Forger, confused, curve, key, part
from tests.forger import signed as forged

NUMBER = r"[0-9A-F]{4}-[0-9A-F]{2}"


@pytest.fixture
def forger():
    made = Forger().start()
    yield made
    made.stop()


@pytest.fixture
def work(world, forger, monkeypatch, tmp_path):
    """Fernleigh's provider, where Amira has an identity."""
    set_up(monkeypatch, tmp_path, entry(issuer=forger.issuer))
    link(world, "amira", "s-amira")
    yield forger
    monkeypatch.undo()
    forget()


def steps():
    with reading() as session:
        return len(session.connection().execute(select(core(SignInStep))).all())


def parts(address):
    return dict(parse_qsl(urlsplit(address).query))


def refused(answer, sentence, status=403):
    assert answer.status_code == status, answer.text
    assert sentence in answer.text
    assert "steward=" not in answer.headers.get("set-cookie", "")


WRONG = "could not be trusted"
STALE = "took too long, was used before, or began in another browser"
UNKNOWN = "no place in the training"


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


HOUR = 3600


LIES = [
    {"iss": "https://elsewhere.example"},
    {"iss": None},
    {"aud": "another"},
    {"aud": ["another"]},
    {"aud": []},
    {"aud": None},
    {"aud": ["steward", "another"]},
    {"aud": ["steward", "another"], "azp": "another"},
    {"azp": "another"},
    {"nonce": "another"},
    {"nonce": None},
    {"exp": lambda now: now - 61},
    {"exp": None},
    {"exp": "soon"},
    {"exp": True},
    {"iat": lambda now: now + 120},
    {"iat": lambda now: now - 25 * HOUR},
    {"iat": None},
    {"nbf": lambda now: now + 120},
    {"at_hash": "AAAA"},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": "s" * 256},
    {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
]


def test_a_token_that_says_something_else_than_it_must_signs_nobody_in(work):
    now = int(time.time())
    for lies in LIES:
        work.lies = {name: value(now) if callable(value) else value for name, value in lies.items()}
        done = sign_in(work)
        assert (done.answer.status_code, WRONG in done.answer.text) == (403, True), lies
        assert not done.token, lies


def test_clocks_may_differ_by_a_minute(work):
    now = int(time.time())
    work.lies = {"exp": now - 30, "iat": now + 30, "nbf": now + 30}
    assert sign_in(work).name == "Amira Khan"


def test_several_audiences_are_accepted_when_the_token_was_issued_for_us(work):
    work.lies = {"aud": ["steward", "account"], "azp": "steward"}
    assert sign_in(work).name == "Amira Khan"


def unsigned(claims):
    return f"{part({'alg': 'none'})}.{part(claims)}."


def cut_off(claims):
    return f"{part({'alg': 'RS256', 'kid': 'k1'})}.{part(claims)}."


def stranger():
    """A key that calls itself as the provider's own does."""
    return RSAKey.import_key(key("stranger").as_dict(private=True) | {"kid": "k1"})


FORGERIES = {
    "alg none": lambda work: unsigned,
    "no signature": lambda work: cut_off,
    "HS256 with the public key": lambda work: (
        lambda claims: confused(claims, work.keys[0].as_pem(private=False))
    ),
    "HS256 with the published modulus": lambda work: (
        lambda claims: confused(claims, work.keys[0].as_dict(private=False)["n"].encode())
    ),
    "another's key under a known kid": lambda work: lambda claims: forged(claims, stranger()),
    "a key that is published nowhere": lambda work: lambda claims: forged(claims, key("k9")),
    "a key that the token brings itself": lambda work: (
        lambda claims: (
            (mine := stranger()) and forged(claims, mine, jwk=mine.as_dict(private=False))
        )
    ),
    "another kind of key": lambda work: lambda claims: forged(claims, curve(), alg="ES256"),
    "an algorithm that is not listed": lambda work: (
        lambda claims: forged(claims, work.keys[0], alg="RS384")
    ),
    "a critical extension": lambda work: (
        lambda claims: (
            f"{part({'alg': 'RS256', 'kid': 'k1', 'crit': ['x'], 'x': 1})}.{part(claims)}.AAAA"
        )
    ),
    "a token that ends sign-ins": lambda work: (
        lambda claims: forged(claims, work.keys[0], typ="logout+jwt")
    ),
    "no token": lambda work: lambda claims: "nothing",
    "a very long one": lambda work: (
        lambda claims: forged(claims | {"x": "y" * 40000}, work.keys[0])
    ),
}


def test_a_forged_token_signs_nobody_in(work):
    for forgery, made in FORGERIES.items():
        work.sign = made(work)
        done = sign_in(work)
        assert (done.answer.status_code, WRONG in done.answer.text) == (403, True), forgery
        assert not done.token, forgery


def test_a_claim_changed_after_signing_is_found(work):
    def changed(claims):
        head, _, signature = forged(claims, work.keys[0]).split(".")
        return f"{head}.{part(claims | {'sub': 's-marek'})}.{signature}"

    work.sign = changed
    refused(sign_in(work).answer, WRONG)


def test_a_rotated_key_is_fetched_once_and_accepted(work):
    assert sign_in(work).name == "Amira Khan"
    work.keys = [key("k2"), *work.keys]
    assert sign_in(work).name == "Amira Khan"
    assert work.asked.count("/keys") == 2


def test_unknown_keys_do_not_make_us_ask_again_and_again(work):
    assert sign_in(work).name == "Amira Khan"
    work.sign = lambda claims: forged(claims, key("k9"))
    for _ in range(4):
        refused(sign_in(work).answer, WRONG)
    assert work.asked.count("/keys") == 2
    assert work.asked.count("/.well-known/openid-configuration") == 1


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


def test_unknown_and_deactivated_people_read_the_same_page(world, work):
    work.claims = {"sub": "s-nobody"}
    stranger = sign_in(work).answer
    refused(stranger, UNKNOWN)
    world.leave("amira")
    work.claims = {"sub": "s-amira"}
    left = sign_in(work).answer
    refused(left, UNKNOWN)
    assert re.sub(NUMBER, "", stranger.text) == re.sub(NUMBER, "", left.text)


def test_whoever_is_hired_again_signs_in_with_the_same_identity(world, work):
    viewer = world.viewer("amira")
    world.leave("amira")
    refused(sign_in(work).answer, UNKNOWN)
    with writing() as session:
        session.get(Person, (viewer.org_id, viewer.person_id)).left_on = None
    assert sign_in(work).name == "Amira Khan"


def test_whoever_leaves_is_out_at_once_though_the_provider_knows_nothing_of_it(world, work):
    done = sign_in(work)
    assert done.client.get("/").status_code == 200
    world.leave("amira")
    assert done.client.get("/").headers["location"] == "/sign-in"


def test_a_role_taken_away_is_gone_with_the_next_page_and_the_token_changes(world, work):
    link(world, "grace", "s-grace")
    work.claims = {"sub": "s-grace"}
    done = sign_in(work)
    before = done.token
    assert "lead" in {str(role) for role in done.viewer.roles}
    with writing() as session:
        her = GRANT.person_id == world.viewer("grace").person_id
        session.connection().execute(delete(core(RoleGrant)).where(her))
    assert done.client.get("/").status_code == 200
    assert done.token != before
    assert "lead" not in {str(role) for role in done.viewer.roles}


def test_signing_in_ends_what_this_browser_had_before(world, work):
    client = browser()
    first = sign_in(work, client)
    before = first.token
    second = sign_in(work, client)
    assert second.token != before
    client.cookies.clear()
    client.cookies.set(signed.COOKIE, before)
    assert second.viewer is None


def test_a_provider_that_is_away_gets_a_calm_page_and_the_sign_in_page_stays(work):
    assert sign_in(work).name == "Amira Khan"
    client = browser()
    address = path_of(work.authorize(question(client)))
    work.stop()
    refused(client.get(address), "does not answer just now", 503)
    forget()
    refused(client.get("/auth/oidc/work"), "does not answer just now", 503)
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert 'href="/auth/oidc/work"' in page.text
    assert "Amira Khan" in page.text or "auth/demo" in page.text


def test_a_provider_that_does_not_answer_in_time_is_given_up_on(work, monkeypatch):
    monkeypatch.setattr(fetching, "WAIT", 0.3)
    fetching.client.cache_clear()
    work.waits = 2
    try:
        refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)
        asked = len(work.asked)
        # Nor is it asked again by each of those who press the button meanwhile.
        refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)
        assert len(work.asked) == asked
    finally:
        fetching.client.cache_clear()


def test_an_answer_without_end_is_given_up_on(work, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 100)
    refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)


def test_a_provider_that_names_another_issuer_is_not_asked(work):
    work.metadata = {"issuer": "https://elsewhere.example"}
    refused(browser().get("/auth/oidc/work"), WRONG)


def test_a_provider_that_names_a_place_without_tls_is_not_asked(work):
    for place in metadata.ENDPOINTS:
        for url in ("http://elsewhere.example/x", "javascript:alert(1)"):
            forget()
            work.metadata = {place: url}
            refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)


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
