"""The gate and the limits: foreign hosts, foreign origins, too much and too often are refused."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from modules import access, settings
from modules.api import gate, headers, limits
from modules.api.limits import Buckets

OURS = "https://training.example.org"


async def echo(request):
    return PlainTextResponse(f"{len(await request.body())} bytes")


@pytest.fixture
def site(monkeypatch):
    """A function that gives a client of the gate and the limits, with an echo behind them."""
    monkeypatch.setitem(access.ROUTES, "POST /scim/{path:path}", access.By.CLIENT)
    made = []

    def at(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        for one in (settings.settings, gate.proven, headers.fixed):
            one.cache_clear()
        layers = [headers.Headers, gate.Gate, limits.Limits]
        route = Route("/{path:path}", echo, methods=["GET", "POST", "PUT", "DELETE"])
        app = Starlette(routes=[route], middleware=[Middleware(one) for one in layers])
        made.append(TestClient(app, base_url=environment.get("STEWARD_PUBLIC_URL", "http://here")))
        return made[-1]

    yield at
    monkeypatch.undo()
    for one in (settings.settings, gate.proven, headers.fixed):
        one.cache_clear()


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("here", 200),
        ("localhost:8501", 200),
        ("127.0.0.1", 200),
        ("[::1]:8501", 200),
        ("192.168.4.7:8501", 200),
        ("evil.example", 421),
        ("evil.example:8501", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("[broken", 421),
        ("", 421),
    ],
)
def test_without_a_public_address_no_name_that_a_stranger_can_own_is_answered_to(
    site, host, answer
):
    assert site().get("/", headers={"Host": host}).status_code == answer


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("training.example.org", 200),
        ("TRAINING.example.org", 200),
        ("127.0.0.1:8501", 200),
        ("here", 421),
        ("192.168.4.7", 421),
        ("training.example.org:8443", 421),
        ("training.example.org.evil.example", 421),
    ],
)
def test_with_a_public_address_only_that_name_and_this_machine_are_answered_to(site, host, answer):
    there = site(STEWARD_PUBLIC_URL=OURS)
    assert there.get("/", headers={"Host": host}).status_code == answer


FOREIGN = [
    {},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": "https://evil.example"},
    {"Origin": "http://training.example.org"},
    {"Origin": "https://training.example.org:444"},
    {"Origin": "https://training.example.org.evil.example"},
    {"Origin": "http://localhost:8501"},
    {"Referer": "https://evil.example/training.example.org"},
    {"Origin": OURS, "Sec-Fetch-Site": "cross-site"},
    {"Origin": OURS, "Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("sent", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_changed_by_a_request_that_no_page_of_ours_sent(site, method, sent):
    answer = site(STEWARD_PUBLIC_URL=OURS).request(method, "/auth/anything", headers=sent)
    assert answer.status_code == 403
    assert (
        answer.text
        == "This came from another site, so nothing was changed. Open the page here and try again."
    )


@pytest.mark.parametrize("sent", [{"Origin": OURS}, {"Referer": f"{OURS}/sign-in"}])
def test_a_form_of_our_own_page_passes(site, sent):
    assert site(STEWARD_PUBLIC_URL=OURS).post("/auth/demo", headers=sent).status_code == 200


def test_reading_needs_no_origin_and_programs_bring_their_own_proof(site):
    there = site(STEWARD_PUBLIC_URL=OURS)
    assert there.get("/", headers={"Origin": "https://evil.example"}).status_code == 200
    assert there.post("/scim/v2/Users").status_code == 200
    assert there.post("/auth/oidc/town/logout").status_code == 200
    assert there.post("/auth/oidc/town/logout/more").status_code == 403
    assert there.post("/digest/token").status_code == 200
    assert there.post("/digest/token/more").status_code == 403
    assert there.post("/auth/oidc/logout").status_code == 403
    assert there.post("/scim").status_code == 403
    assert there.post("/auth/scim/v2/Users").status_code == 403


def test_only_routes_of_programs_are_spared_the_question_of_origin():
    gate.proven.cache_clear()
    browser = [n for n, rule in access.ROUTES.items() if rule is not access.By.CLIENT]
    for name in browser:
        path = name.partition(" ")[2]
        # What a directory may ask before it has a token changes nothing.
        if path in gate.PROVEN or (path.startswith("/scim/") and name.startswith("GET ")):
            continue
        path = path.replace("{", "").replace("}", "")
        assert not gate.proven().fullmatch(path), f"{name} would take a request from any site"


@pytest.mark.parametrize(
    "path",
    ["metrics", "agent/openapi.json", "agent/mcp", "script-health-check", "message", "allowed"],
)
def test_what_streamlit_serves_to_anybody_is_closed(site, path):
    assert site().get(f"/_stcore/{path}").status_code == 404


@pytest.mark.parametrize("path", ["health", "host-config", "bidi-components/a/b.js"])
def test_what_its_client_needs_is_open(site, path):
    assert site().get(f"/_stcore/{path}").status_code == 200


HERE = {"Origin": "http://here"}


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/auth/demo", 64 * 1024),
        ("/lesson", 64 * 1024),
        ("/scim/v2/Bulk", 2 * 1024**2),
        ("/_stcore/upload_file/a/b", 10 * 1024**2 + 64 * 1024),
    ],
)
@pytest.mark.parametrize("streamed", [False, True], ids=["said", "streamed"])
def test_a_body_larger_than_its_route_takes_is_refused_said_or_streamed(site, path, most, streamed):
    there = site()

    def body(size):
        pieces = (b"x" * min(65536, size - at) for at in range(0, size, 65536))
        return pieces if streamed else b"".join(pieces)

    assert there.post(path, content=body(most), headers=HERE).text == f"{most} bytes"
    assert there.post(path, content=body(most + 1), headers=HERE).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e9", "٣", "99999999999999999999"])
def test_a_length_that_is_none_is_refused(site, length):
    sent = [(b"content-length", length.encode()), (b"origin", b"http://here")]
    assert site().post("/auth/demo", headers=sent).status_code == 413


def test_an_address_of_more_than_8_kilobytes_is_refused(site):
    assert site().get("/lesson?" + "q" * 9000).status_code == 414


def test_one_place_is_slowed_down_and_the_next_is_not(site):
    there = site(STEWARD_REQUESTS_PER_MINUTE="240")
    near = TestClient(there.app, base_url="http://here", client=("203.0.113.7", 1))
    far = TestClient(there.app, base_url="http://here", client=("203.0.113.8", 1))
    signs = [near.post("/auth/demo", headers=HERE).status_code for _ in range(8)]
    assert signs == [200] * 6 + [429] * 2
    pages = [near.get("/lesson").status_code for _ in range(300)]
    assert 429 in pages
    slowed = near.get("/lesson")
    assert 1 <= int(slowed.headers["Retry-After"]) <= 2
    assert near.get("/static/a.js").status_code == 200
    assert far.get("/lesson").status_code == 200
    assert "content-security-policy" in slowed.headers


def test_a_place_may_go_on_as_its_bucket_fills():
    now = 0.0
    bucket = Buckets(10, 1, clock=lambda: now)
    assert [bucket.take("a") for _ in range(10)] == [0.0] * 10
    assert bucket.take("a") == pytest.approx(1)
    now = 0.5
    assert bucket.take("a") == pytest.approx(0.5)
    now = 1.1
    assert bucket.take("a") == 0
    assert bucket.take("b") == 0


def test_a_million_sources_take_no_more_memory_than_the_last_of_them():
    bucket = Buckets(10, 1)
    for number in range(limits.PLACES * 2):
        bucket.take(str(number))
    assert len(bucket.held) == limits.PLACES


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
    ],
)
def test_a_source_is_an_address_or_the_network_that_one_customer_has(host, source):
    assert limits.place({"client": (host, 1)}) == source


def test_headers_are_on_what_is_refused_as_well_and_tell_no_server(site):
    there = site(STEWARD_PUBLIC_URL=OURS, STEWARD_TLS="true")
    for answer in (
        there.get("/", headers={"Host": "evil.example"}),
        there.post("/auth/demo"),
        there.get("/_stcore/metrics"),
        there.get("/anything"),
    ):
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers
        assert "x-powered-by" not in answer.headers


def test_the_policy_allows_no_inline_script_no_eval_and_no_other_host():
    headers.policy.cache_clear()
    said = dict(one.split(" ", 1) for one in headers.policy().split("; "))
    assert said["default-src"] == "'none'"
    assert said["object-src"] == said["frame-ancestors"] == said["base-uri"] == "'none'"
    scripts = said["script-src"].split()
    assert scripts[0] == "'self'"
    assert all(one.startswith("'sha256-") for one in scripts[1:])
    assert len(scripts) == 2
    assert said["script-src-attr"] == "'none'"
    for name, value in said.items():
        assert "*" not in value, name
        assert "http" not in value, name
        assert "unsafe-eval" not in value, name
        assert ("unsafe-inline" in value) == (name == "style-src"), name


def test_tls_needs_a_name_and_gives_cookies_that_this_host_alone_may_set():

    told = """
from starlette.responses import Response
from modules.api import forms, oidc
from modules.api.entering import FORM, forget, keep
from modules.shell.session import COOKIE
made = [Response() for _ in range(4)]
keep(made[0], "t")
forget(made[1])
forms.keep_step(made[2], "t", 60)
forms.forget_step(made[3])
print(COOKIE, FORM, oidc.browser_cookie(), *(one.headers["set-cookie"] for one in made), sep="\\n")
"""

    def asked(**environment):
        return subprocess.run(
            [sys.executable, "-c", told],
            cwd=settings.ROOT,
            env={**os.environ, "STEWARD_TLS": "true", **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )

    assert "STEWARD_TLS needs STEWARD_PUBLIC_URL" in asked().stderr
    cookie, form, way, *made = asked(STEWARD_PUBLIC_URL=OURS).stdout.splitlines()
    names = ("__Host-steward", "__Host-steward_form", "__Host-steward_way")
    assert (cookie, form, way) == names
    whose = [("__Host-steward", "lax")] * 2 + [("__Host-steward_step", "strict")] * 2
    for one, (name, site) in zip(made, whose, strict=True):
        assert one.startswith(f"{name}=")
        assert {"HttpOnly", "Secure", f"SameSite={site}", "Path=/"} <= set(one.split("; "))
        assert "Domain" not in one
