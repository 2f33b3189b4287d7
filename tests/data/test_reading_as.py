"""Somebody reads in her own time zone and language; days of duty stay her organisation's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from db.engine import reading, writing
from db.people import PERSON
from db.tables import Person, core
from modules import days, words
from modules.basics import BadInput
from modules.learn import reading as own
from tests.world import NOW

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def choose(world, who="amira", **chosen):
    with writing() as session:
        return own.choose(session, world.viewer(who), now=NOW, **chosen)


def test_she_chooses_a_zone_and_times_are_told_in_it(world):
    assert world.viewer("amira").clock == "Europe/London"
    assert choose(world, language="", zone="Asia/Tokyo")
    assert not choose(world, language="", zone="Asia/Tokyo")
    viewer = world.viewer("amira")
    assert viewer.clock == "Asia/Tokyo"
    assert days.clock(LATE, viewer.clock) == "08:30"
    # Days are compared with due dates: they stay the organisation's.
    assert (viewer.zone, viewer.today(LATE).day) == ("Europe/London", 22)
    assert world.viewer("tom").clock == "Europe/London"
    assert choose(world, language="", zone="")
    assert world.viewer("amira").clock == "Europe/London"


def test_a_language_without_words_and_an_unknown_zone_cannot_be_chosen(world):
    with pytest.raises(BadInput, match="No words are written"):
        choose(world, language="fr", zone="")
    with pytest.raises(BadInput, match="is no time zone"):
        choose(world, language="", zone="Mars/Base")
    with reading() as session:
        assert "en" in own.mine(session, world.viewer("amira"), now=NOW).languages


def test_a_language_without_words_is_kept_and_the_organisations_is_read(world):
    viewer = world.viewer("amira")
    for language, zone in (("fr", "Gone/Zone"), ("en-GB", "Europe/Paris")):
        with writing() as session:
            mine = (PERSON.org_id == viewer.org_id, PERSON.id == viewer.person_id)
            query = update(core(Person)).where(*mine).values(language=language, zone=zone)
            session.connection().execute(query)
        assert world.viewer("amira").language == "en"
    assert world.viewer("amira").clock == "Europe/Paris"


def test_tags_are_written_as_standards_have_them():
    assert [words.tag(one) for one in ("EN", "en_gb", "zh-hant-tw", "es-419", " cy ")] == [
        *("en", "en-GB", "zh-Hant-TW", "es-419", "cy")
    ]
    assert [words.tag(one) for one in ("English", "", "e", "en-", "en-gb-oed")] == [None] * 5
    assert (words.written("en-GB"), words.written("fr"), words.written(None)) == ("en", None, None)


def test_zones_are_places_in_whatever_letter_case():
    assert days.zone("europe/london") == "Europe/London"
    assert days.zone("America/New York") == "America/New_York"
    assert [days.zone(one) for one in ("localtime", "GMT Standard Time", "")] == [None] * 3
