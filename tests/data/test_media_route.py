"""GET /content/…: files of lessons, for whoever is signed in, whole or in parts, and harmless."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db import assets
from db.engine import writing
from modules.api import media as answering
from modules.api.headers import Headers
from modules.api.server import routes
from modules.course.media import measured
from modules.shell import session as door
from tests import media

FILM = media.film() + bytes(range(256)) * 20


@pytest.fixture
def client(world, monkeypatch):
    monkeypatch.setattr(door, "now", lambda: world.now)
    only = [one for one in routes if getattr(one, "path", "").startswith("/content/")]
    app = Headers(Starlette(routes=only))
    return TestClient(app, cookies={door.COOKIE: world.sign_in("amira")})


def kept(data: bytes, name: str) -> str:
    """Its address."""
    found = measured(data, name)
    with writing() as session:
        sha256 = assets.keep(
            session, data=data, media_type=found.type, width=found.width, height=found.height
        )
    return f"/content/{sha256}.{name.rpartition('.')[2]}"


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (media.picture(), "a.png", "image/png"),
        (media.picture("JPEG"), "a.jpeg", "image/jpeg"),
        (media.SVG, "a.svg", "image/svg+xml; charset=utf-8"),
        (media.VTT, "a.en.vtt", "text/vtt; charset=utf-8"),
        (FILM, "a.mp4", "video/mp4"),
    ],
)
def test_a_file_comes_as_what_it_is_and_can_do_nothing(client, data, name, told):
    answer = client.get(kept(data, name))
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-type"] == told
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"].startswith("private, immutable")
    assert answer.headers["accept-ranges"] == "bytes"


def test_who_has_it_already_is_told_so(client):
    address = kept(media.picture(), "a.png")
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"else"'}).status_code == 200


def test_head_tells_the_same_without_the_bytes(client):
    address = kept(FILM, "a.mp4")
    answer = client.head(address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(FILM)
    part = client.head(address, headers={"Range": "bytes=0-99"})
    assert (part.status_code, part.headers["content-length"]) == (206, "100")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=100-", 100, len(FILM)),
        ("bytes=-50", len(FILM) - 50, len(FILM)),
        ("bytes=-999999", 0, len(FILM)),
        (f"bytes=10-{10**9}", 10, len(FILM)),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for(client, asked, start, end):
    answer = client.get(kept(FILM, "a.mp4"), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (206, FILM[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(FILM)}"


def test_a_long_film_is_sent_piece_by_piece(client, monkeypatch):
    monkeypatch.setattr(answering, "PIECE", 1000)
    answer = client.get(kept(FILM, "a.mp4"), headers={"Range": "bytes=0-"})
    assert answer.headers["content-range"] == f"bytes 0-999/{len(FILM)}"
    assert answer.content == FILM[:1000]


@pytest.mark.parametrize("asked", [f"bytes={len(FILM)}-", f"bytes={10**30}-", "bytes=-0"])
def test_a_part_behind_the_end_is_refused(client, asked):
    answer = client.get(kept(FILM, "a.mp4"), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{len(FILM)}"


@pytest.mark.parametrize("asked", ["bytes=9-1", "bytes=-", "pages=1-2", "bytes=0-1,5-9", "x" * 500])
def test_what_is_no_range_gets_the_whole(client, asked):
    answer = client.get(kept(FILM, "a.mp4"), headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (200, len(FILM))


def test_a_part_of_another_content_is_not_given(client):
    told = {"Range": "bytes=0-9", "If-Range": '"an older one"'}
    assert client.get(kept(FILM, "a.mp4"), headers=told).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["0" * 64 + ".png", "a.png", "0" * 63 + ".png", "A" * 64 + ".png", "%00.png", "..%2Fa.png"],
)
def test_what_is_not_there_is_told_calmly(client, name):
    answer = client.get(f"/content/{name}")
    assert answer.status_code == 404
    if "%2F" not in name:
        assert "There is no such picture here" in answer.text


def test_a_picture_does_not_come_as_a_drawing(client):
    address = kept(media.picture(), "a.png")
    assert client.get(address.replace(".png", ".svg")).status_code == 404
    assert client.get(address.replace(".png", ".html")).status_code == 404


def test_somebody_of_another_body_who_was_given_the_address_may_look(client, world):
    address = kept(media.picture(), "a.png")
    client.cookies.set(door.COOKIE, world.sign_in("uma"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("token", ["", "no such token"])
def test_nobody_else_gets_anything(client, token):
    address = kept(media.picture(), "a.png")
    client.cookies.clear()
    if token:
        client.cookies.set(door.COOKIE, token)
    answer = client.get(address)
    assert answer.status_code == 404
    assert "image" not in answer.headers["content-type"]
