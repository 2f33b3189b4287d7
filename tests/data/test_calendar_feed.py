"""The calendar feed: days and titles for whoever holds its address, and nothing once withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db import feeds
from db.engine import reading, writing
from db.people import PERSON
from db.tables import Enrolment, Person, core
from modules.api.server import routes
from modules.learn import feeding
from modules.post.calendar import told_now
from modules.shell import session as door


@pytest.fixture
def client(world, monkeypatch):
    monkeypatch.setattr(door, "now", lambda: world.now)
    only = [one for one in routes if getattr(one, "path", "").startswith("/calendar/")]
    return TestClient(Starlette(routes=only))


@pytest.fixture
def path(world, database):
    with writing() as session:
        address = feeding.make(session, world.viewer("amira"), now=world.now)
    return "/calendar/" + address.rpartition("/")[2]


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def move(world, day):
    column = core(Enrolment).c
    with writing() as session:
        session.connection().execute(
            update(core(Enrolment))
            .where(column.person_id == world.viewer("amira").person_id)
            .values(due_on=day)
        )


def test_a_due_day_is_an_all_day_entry_without_any_result(world, client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    [event] = events(answer)
    assert event["DTSTART"].dt == date(2026, 12, 11)
    assert event["DTEND"].dt == date(2026, 12, 12)
    assert str(event["SUMMARY"]).startswith("Training due: ")
    assert event["TRANSP"] == "TRANSPARENT"
    assert "Amira" not in answer.text
    assert str(world.viewer("amira").person_id) not in answer.text


def test_who_is_in_date_sees_when_it_ends_in_the_same_words(world, client, database):
    with writing() as session:
        address = feeding.make(session, world.viewer("ben"), now=world.now)
    [event] = events(client.get("/calendar/" + address.rpartition("/")[2]))
    assert event["DTSTART"].dt == date(2027, 8, 12)
    assert str(event["SUMMARY"]).startswith("Training due: ")


def test_a_moved_day_keeps_its_name_and_counts_on(world, client, path):
    [before] = events(client.get(path))
    move(world, date(2027, 1, 29))
    [after] = events(client.get(path))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt == date(2027, 1, 29)
    move(world, date(2026, 12, 11))
    [back] = events(client.get(path))
    assert back["SEQUENCE"] == 2


def test_what_has_not_changed_is_not_sent_again(world, client, path):
    first = client.get(path)
    tag = first.headers["etag"]
    assert client.get(path).headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path, headers={"If-None-Match": f"W/{tag}"}).status_code == 304
    since = first.headers["last-modified"]
    assert client.get(path, headers={"If-Modified-Since": since}).status_code == 304
    move(world, date(2027, 1, 29))
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_day_later_it_is_still_the_same(world, client, path, monkeypatch):
    tag = client.get(path).headers["etag"]
    monkeypatch.setattr(door, "now", lambda: world.now + timedelta(days=1))
    assert client.get(path).headers["etag"] == tag


def test_a_withdrawn_and_an_unknown_address_answer_alike(world, client, path):
    with writing() as session:
        assert feeding.withdraw(session, world.viewer("amira"))
        assert not feeding.withdraw(session, world.viewer("amira"))
    gone, unknown = client.get(path), client.get("/calendar/nothing.ics")
    assert gone.status_code == unknown.status_code == 404
    assert gone.content == unknown.content
    assert client.get(f"/calendar/{'x' * 500}.ics").status_code == 404


def test_a_new_address_ends_the_old_one(world, client, path):
    with writing() as session:
        feeding.make(session, world.viewer("amira"), now=world.now)
    assert client.get(path).status_code == 404


def test_who_has_left_has_no_calendar_here(world, client, path):
    world.leave("amira")
    assert client.get(path).status_code == 404


def test_who_was_erased_has_none(world, client, path):
    with writing() as session:
        session.connection().execute(
            update(core(Person))
            .where(PERSON.id == world.viewer("amira").person_id)
            .values(erased_at=world.now)
        )
    assert client.get(path).status_code == 404


def test_only_the_hash_of_the_token_is_kept_and_the_last_day_it_was_asked(world, client, path):
    client.get(path)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    with reading() as session:
        kept = feeds.by_token(session, token=token)
    assert kept.asked_on == world.now.date()
    assert token not in repr(kept)


def test_no_cache_on_the_way_keeps_it_and_no_search_engine(world, client, path):
    headers = client.get(path).headers
    assert headers["cache-control"] == "private, no-cache"
    assert "noindex" in headers["x-robots-tag"]


def test_what_is_asked_no_more_keeps_its_number_for_when_it_is_asked_again():
    day = date(2026, 12, 11)
    first = told_now({}, {"M01": day})
    gone = told_now(first, {})
    again = told_now(gone, {"M01": day})
    assert [one["M01"]["sequence"] for one in (first, gone, again)] == [0, 1, 2]
    assert gone["M01"]["day"] == ""


def test_a_date_that_is_none_is_no_condition(world, client, path):
    assert client.get(path, headers={"If-Modified-Since": "yesterday"}).status_code == 200
