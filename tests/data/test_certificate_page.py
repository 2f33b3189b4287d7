"""The public page of a certificate: what its holder chose, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db import certificates as held_ones
from db.engine import writing
from modules.api import server
from modules.learn import certificates
from modules.shell import session as shell_session
from tests.data.certifying import opened, public, tick
from tests.world import NOW


@pytest.fixture
def site(world, monkeypatch):
    monkeypatch.setattr(shell_session, "now", lambda: NOW)
    made = Starlette(routes=server.routes, middleware=server.middleware)
    with TestClient(made, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def test_the_public_page_shows_nothing_of_the_holder_until_she_chooses_it(world, site):
    made = opened(world, "ben")
    page = site.get(f"/verify/{made.code}")
    assert page.status_code == 200
    assert "This certificate is genuine" in page.text
    for told in (made.title, "M01 1.", made.sha256[:16], "until August 2027", made.code):
        assert told in page.text
    for hidden in ("Ben", "Hale", "Fernleigh", "12 Aug", "August 2026", "All staff"):
        assert hidden not in page.text
    assert str(made.attempt_id) not in page.text


def test_the_last_day_tells_the_day_of_completion_and_is_shown_only_with_it(world, site):
    made = opened(world, "ben")
    with writing() as session:
        for what in ("name", "organisation", "path"):
            tick(session, world, "ben", made.attempt_id, what)
    assert "12 Aug" not in site.get(f"/verify/{made.code}").text
    with writing() as session:
        tick(session, world, "ben", made.attempt_id, "date")
    text = site.get(f"/verify/{made.code}").text
    assert "12 August 2026" in text
    assert "It counts until 12 August 2027." in text


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("name", "Ben Hale"),
        ("organisation", "Fernleigh"),
        ("date", "12 August 2026"),
        ("path", "All staff"),
    ],
)
def test_each_choice_shows_its_own_thing_and_no_other(world, site, what, told):
    made = opened(world, "ben")
    every = {"Ben Hale", "Fernleigh", "12 August 2026", "All staff"}
    with writing() as session:
        tick(session, world, "ben", made.attempt_id, what)
    text = site.get(f"/verify/{made.code}").text
    assert told in text
    assert [one for one in every - {told} if one in text] == []
    with writing() as session:
        tick(session, world, "ben", made.attempt_id, what, on=False)
    assert told not in site.get(f"/verify/{made.code}").text


def test_withdrawn_unknown_and_malformed_codes_get_the_same_answer_to_the_byte(world, site):
    made = opened(world, "ben")
    with writing() as session:
        certificates.withdraw(session, world.viewer("ben"), attempt_id=made.attempt_id, now=NOW)
    codes = (made.code, held_ones.new_code(), "x", "'; drop table certificate", "%00", "a" * 3000)
    answers = [site.get(f"/verify/{code}") for code in codes]
    assert {one.status_code for one in answers} == {404}
    assert {one.content for one in answers} == {answers[0].content}
    heads = [dict(one.headers.items()) for one in answers]
    assert all(head == heads[0] for head in heads)
    assert answers[0].headers["x-robots-tag"] == "noindex, nofollow"


def test_an_expired_certificate_says_so_from_the_day_after_its_last(world, site, monkeypatch):
    made = opened(world, "ben")
    assert made.valid_until == date(2027, 8, 12)
    last = datetime(2027, 8, 12, 22, 30, tzinfo=UTC)  # half past eleven at night in London
    assert not public(made.code, last).expired
    assert public(made.code, last + timedelta(hours=1)).expired
    monkeypatch.setattr(shell_session, "now", lambda: last + timedelta(days=1))
    page = site.get(f"/verify/{made.code}")
    assert page.status_code == 200
    assert "This certificate has expired" in page.text
    assert "It counted until August 2027." in page.text
    assert "12 Aug" not in page.text


def test_the_certificate_of_somebody_who_left_can_still_be_checked(world, site):
    made = opened(world, "ben")
    world.leave("ben")
    assert "This certificate is genuine" in site.get(f"/verify/{made.code}").text


def test_the_page_has_no_script_is_kept_by_nobody_and_is_not_indexed(world, site):
    page = site.get(f"/verify/{opened(world, 'ben').code}")
    assert "<script" not in page.text
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers


def test_a_name_cannot_put_markup_on_the_public_page(world, site):
    from db.tables import Person

    made, viewer = opened(world, "ben"), world.viewer("ben")
    with writing() as session:
        session.get(Person, (viewer.org_id, viewer.person_id)).name = "<b>B</b> & {{ 7*7 }}"
        tick(session, world, "ben", made.attempt_id, "name")
    text = site.get(f"/verify/{made.code}").text
    assert "&lt;b&gt;B&lt;/b&gt; &amp; {{ 7*7 }}" in text
