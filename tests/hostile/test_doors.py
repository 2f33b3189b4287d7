"""The real server's doors: websockets, uploads and files of other origins and other people."""

from __future__ import annotations

import httpx
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from db import assets
from db.engine import writing
from tests import media
from tests.driver import COOKIE, Tab
from tests.server import Server


def knock(site, *, origin=None, host=None, token="", protocols=("streamlit",)):
    """Open a websocket as some page would; gives it."""
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    if host:
        headers["Host"] = host
    return connect(
        f"{site.url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=list(protocols),
        additional_headers=headers,
        origin=origin,
        proxy=None,
        compression=None,
        open_timeout=20,
    )


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://localhost:1",
        "http://127.0.0.1",
        "http://0.0.0.0:80",
    ],
)
def test_a_websocket_from_any_other_origin_is_refused_with_a_valid_cookie_as_well(site, origin):
    with pytest.raises(InvalidStatus) as refused:
        knock(site, origin=origin, token=site.tokens["amira"])
    assert refused.value.response.status_code == 403


def test_our_own_page_gets_its_websocket(site):
    with knock(site, origin=site.url, token=site.tokens["amira"]) as socket:
        assert socket.subprotocol == "streamlit"


def test_a_file_of_a_lesson_is_for_who_is_signed_in_and_changes_nothing(site):
    data = media.SVG
    with writing() as session:
        name = assets.keep(session, data=data, media_type="image/svg+xml", width=320, height=180)
    address = f"/content/{name}.svg"
    with browser(site, "amira") as client:
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (200, data)
        assert answer.headers["content-security-policy"].endswith("sandbox")
        assert answer.headers["cache-control"].startswith("private, immutable")
        assert client.head(address).headers["content-length"] == str(len(data))
        part = client.get(address, headers={"Range": "bytes=0-9"})
        assert (part.status_code, part.content) == (206, data[:10])
        for method in ("POST", "PUT", "DELETE"):
            told = {"Origin": site.url}
            assert client.request(method, address, headers=told).status_code == 405
        for other in (f"{address}/..", "/content/..%2f..%2fetc%2fpasswd.svg", "/content/.svg"):
            gone = client.get(other)
            assert data not in gone.content
            assert b"root:" not in gone.content
    for who in ("", "rev11"):
        with browser(site, who) as client:
            away = client.get(address)
            assert away.status_code == 303
            assert away.headers["location"].startswith("/sign-in?next=")


def session_of(tab: Tab) -> str:
    """The id by which a page comes back to its session; only its own browser knows it."""
    return tab.session


class Heard(Tab):
    """A tab that remembers the id of its session."""

    session = ""

    def _take(self, message: ForwardMsg):
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        return super()._take(message)


@pytest.fixture
def amira(site):
    tab = Heard(site.url, site.tokens["amira"]).open("search")
    yield tab
    tab.close()


def xsrf(client):
    """The pair that Streamlit asks for, which anybody is given."""
    client.get("/_stcore/health")
    client.get("/_stcore/host-config")
    value = client.cookies.get("_streamlit_xsrf", "")
    return {"X-Xsrftoken": value}


def browser(site, who=""):
    cookies = {COOKIE: site.tokens[who]} if who else {}
    return httpx.Client(base_url=site.url, trust_env=False, timeout=30, cookies=cookies)


@pytest.mark.parametrize("who", ["", "tom", "marek", "uma", "rev11"])
def test_nobody_puts_a_file_into_somebody_elses_page_or_takes_one_out(site, amira, who):
    assert amira.session
    with browser(site, who) as client:
        sent = {**xsrf(client), "Origin": site.url}
        for address in (f"/_stcore/upload_file/{amira.session}/x", "/_stcore/upload_file/nix/x"):
            put = client.put(address, files={"x": ("a.csv", b"a,b")}, headers=sent)
            assert put.status_code == 403
            assert client.delete(address, headers=sent).status_code == 403


def test_her_own_browser_may_send_a_file_and_only_with_origin_token_and_size(site, amira):
    address = f"/_stcore/upload_file/{amira.session}/x"
    with browser(site, "amira") as client:
        sent = {**xsrf(client), "Origin": site.url}
        assert sent["X-Xsrftoken"]
        part = {"x": ("a.csv", b"a,b")}
        assert client.put(address, files=part, headers=sent).status_code == 204
        assert client.put(address, files=part, headers={"Origin": site.url}).status_code == 403
        assert client.put(address, files=part, headers=xsrf(client)).status_code == 403
        large = {"x": ("a.csv", b"x" * (10 * 1024**2 + 1))}
        assert client.put(address, files=large, headers=sent).status_code == 413


@pytest.mark.parametrize("who", ["tom", "uma", ""])
def test_nobody_comes_back_to_somebody_elses_session_by_its_id(site, amira, who):
    token = site.tokens[who] if who else ""
    amira.type("a very private thing")
    for _ in ("while it is open", "after it was closed"):
        made = knock(
            site, origin=site.url, token=token, protocols=("streamlit", "-", amira.session)
        )
        other = Heard.__new__(Heard)
        other.__dict__.update(amira.__dict__)
        other.socket, other.cookie, other.values, other.elements = made, token, {}, {}
        other.cache, other.runs, other.session = {}, [], ""
        other.page, other.query, other.hash = "search", "", ""
        other.rerun()
        assert other.session
        assert other.session != amira.session
        assert "a very private thing" not in "".join(str(one) for one in other.elements.values())
        other.close()
        amira.close()


@pytest.mark.parametrize("who", ["", "tom", "grace"])
def test_a_mail_link_works_for_any_program_and_a_made_up_one_for_nobody(site, who):
    """No cookie helps: the link alone says whose mail it is about."""
    with browser(site, who) as client:
        sent = {"Origin": "https://evil.example"}
        for token in ("x", "A" * 86, "%00", "A" * 3000):
            for answer in (
                client.post(
                    f"/digest/{token}", headers=sent, data={"List-Unsubscribe": "One-Click"}
                ),
                client.get(f"/digest/{token}"),
            ):
                assert answer.status_code in (400, 403, 404)
                assert "set-cookie" not in answer.headers
        large = client.post("/digest/x", headers=sent, content=b"x" * 100_000)
        assert large.status_code == 413


def test_files_that_pages_offer_are_for_people_who_are_signed_in(site):
    for who, answer in (("", 403), ("rev11", 403), ("amira", 404)):
        with browser(site, who) as client:
            assert client.get("/media/0123.pdf").status_code == answer, who


def test_no_answer_names_its_server_or_shows_a_trace(site):
    with browser(site, "amira") as client:
        for path in ("/", "/nix", "/static/nix", "/verify/nix", "/auth/nix", "/_stcore/nix"):
            answer = client.get(path)
            assert "server" not in answer.headers, path
            assert "Traceback" not in answer.text
            assert "content-security-policy" in answer.headers, path
        assert client.request("TRACE", "/", headers={"Origin": site.url}).status_code >= 400


def test_a_proxys_word_is_taken_and_a_strangers_is_not(site):
    for trusted, answers in (("127.0.0.1", {404, 429}), ("none", {404})):
        slow = {"STEWARD_REQUESTS_PER_MINUTE": "240", "STEWARD_PROXIES": trusted}
        near, far = ({"X-Forwarded-For": f"203.0.113.{n}"} for n in (9, 8))
        with Server(site.server.database_url, **slow) as server:
            address = f"{server.url}/verify/x"
            said = {httpx.get(address, headers=near, trust_env=False).status_code for _ in "x" * 12}
            other = httpx.get(address, headers=far, trust_env=False).status_code
        assert said == answers, trusted
        assert other == 404
