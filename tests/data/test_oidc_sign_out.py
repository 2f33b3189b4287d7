"""Signing out: here, everywhere, at the provider, and because the provider says so."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl, urlsplit

import pytest

from db import sign_ins
from db.engine import reading
from tests.data.signing_in import browser, entry, forget, link, set_up, sign_in
from tests.forger import Forger, key


@pytest.fixture
def work(world, monkeypatch, tmp_path):
    """Fernleigh's provider, where Amira has an identity and a session called sid-1."""
    made = Forger().start()
    made.claims = {"sub": "s-amira", "sid": "sid-1"}
    set_up(monkeypatch, tmp_path, entry(issuer=made.issuer))
    link(world, "amira", "s-amira")
    yield made
    made.stop()
    monkeypatch.undo()
    forget()


def order(token):
    return browser().post("/auth/oidc/work/logout", data={"logout_token": token})


def test_signing_out_ends_this_browser_and_goes_on_to_the_provider(work):
    here, there = sign_in(work), sign_in(work)
    answer = here.client.get("/auth/sign-out")
    place = urlsplit(answer.headers["location"])
    assert f"{place.scheme}://{place.netloc}{place.path}" == f"{work.issuer}/end"
    assert dict(parse_qsl(place.query)) == {
        "from": "here",
        "client_id": "steward",
        "post_logout_redirect_uri": "http://127.0.0.1:8501/auth/oidc/work/signed-out",
    }
    assert (here.name, there.name) == ("", "Amira Khan")
    back = here.client.get("/auth/oidc/work/signed-out")
    assert back.headers["location"] == "/sign-in?left=1"


def test_signing_out_everywhere_ends_every_browser_of_hers(world, work):
    here, there, tom = sign_in(work), sign_in(work), world.sign_in("tom")
    here.client.get("/auth/sign-out?everywhere=1")
    assert (here.name, there.name) == ("", "")
    # Tom's was opened at the world's moment, and stays.
    with reading() as session:
        assert sign_ins.begun_at(session, token=tom, now=world.now)


def test_a_link_on_another_site_signs_nobody_out(work):
    done = sign_in(work)
    done.client.get("/auth/sign-out?everywhere=1", headers={"sec-fetch-site": "cross-site"})
    assert done.name == "Amira Khan"


@pytest.mark.parametrize("how", ["here", "away", "cannot"])
def test_signing_out_stays_here_where_the_provider_takes_no_part(work, monkeypatch, tmp_path, how):
    if how == "cannot":
        work.metadata = {"end_session_endpoint": ""}
    done = sign_in(work)
    if how == "here":
        set_up(monkeypatch, tmp_path, entry(issuer=work.issuer, sign_out="here"))
    if how == "away":
        work.stop()
        forget()
    answer = done.client.get("/auth/sign-out")
    assert answer.headers["location"] == "/sign-in?left=1"
    assert done.name == ""


def test_a_logout_token_with_a_session_ends_what_began_in_that_session(work):
    first = sign_in(work)
    work.claims["sid"] = "sid-2"
    second = sign_in(work)
    answer = order(work.logout_token(sub="s-amira", sid="sid-1"))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (first.name, second.name) == ("", "Amira Khan")
    assert first.client.get("/").headers["location"] == "/sign-in"


def test_a_logout_token_with_a_subject_alone_ends_all_that_began_at_that_provider(world, work):
    first, second, demo = sign_in(work), sign_in(work), world.sign_in("amira")
    assert order(work.logout_token(sub="s-amira")).status_code == 200
    assert (first.name, second.name) == ("", "")
    with reading() as session:
        assert sign_ins.begun_at(session, token=demo, now=world.now)


def test_a_sign_in_whose_session_has_no_name_ends_with_its_subject(work):
    work.claims.pop("sid")
    done = sign_in(work)
    assert order(work.logout_token(sub="s-amira", sid="sid-1")).status_code == 200
    assert done.name == ""


def test_a_logout_token_works_once(work):
    token = work.logout_token(sub="s-amira")
    assert order(token).status_code == 200
    again = sign_in(work)
    assert order(token).status_code == 400
    assert again.name == "Amira Khan"


def test_a_logout_token_that_is_not_one_ends_nothing(work):
    done, now = sign_in(work), int(time.time())
    whom = {"sub": "s-amira", "sid": "sid-1"}
    for token in (
        "",
        "nothing",
        work.logout_token(**whom, iss="https://elsewhere.example"),
        work.logout_token(**whom, aud="another"),
        work.logout_token(**whom, nonce="n"),
        work.logout_token(**whom, events=None),
        work.logout_token(**whom, events={"http://schemas.example/other": {}}),
        work.logout_token(**whom, events=[]),
        work.logout_token(**whom, jti=None),
        work.logout_token(**whom, exp=now - 61),
        work.logout_token(**whom, exp=None, iat=now - 3600),
        work.logout_token(**whom, iat=None),
        work.logout_token(),
        work.logout_token(**whom, key=key("k1-of-another")),
        work.logout_token(**whom, header={"typ": "at+jwt"}),
        work.id_token("n", "a"),
    ):
        answer = order(token)
        assert answer.status_code == 400, token
        assert answer.json()["error"] == "invalid_request"
    assert browser().post("/auth/oidc/nowhere/logout", data={}).status_code == 400
    assert done.name == "Amira Khan"


def test_a_page_of_the_provider_can_end_its_session_by_name(work):
    first = sign_in(work)
    work.claims["sid"] = "sid-2"
    second = sign_in(work)
    ask = browser().get
    assert ask("/auth/oidc/work/left", params={"sid": "sid-1"}).status_code == 400
    wrong = {"sid": "sid-1", "iss": "https://elsewhere.example"}
    assert ask("/auth/oidc/work/left", params=wrong).status_code == 400
    assert first.name == "Amira Khan"
    right = {"sid": "sid-1", "iss": work.issuer}
    assert ask("/auth/oidc/work/left", params=right).status_code == 200
    assert (first.name, second.name) == ("", "Amira Khan")
