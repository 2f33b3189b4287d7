"""Who somebody is, where there is little to find her in."""

from datetime import UTC, datetime

from db import whois


def test_in_a_database_without_an_organisation_nobody_is_found_and_nothing_breaks(session):
    now = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    assert whois.by_email(session, email="amira.khan@fernleigh.example", now=now) is None
