"""Certificates: whose they are, how they are shared, and what taking one back leaves."""

from __future__ import annotations

import re
import threading
import time
import uuid

import pytest

from db import certificates as held_ones
from db.engine import engine, reading, writing
from db.tables import Certificate as Row
from modules.api import verify
from modules.basics import BadInput, Denied
from modules.learn import certificates
from modules.settings import Settings, settings
from tests.counting import counting
from tests.data.certifying import attempt_of, opened, public, tick
from tests.world import NOW

CODE = re.compile(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture
def statements(database):
    """What is sent to the database from now on."""
    with counting(engine()) as sent:
        yield sent


def test_a_certificate_gets_one_code_at_the_first_opening_and_keeps_it(world):
    with reading() as session:
        before = certificates.certificate(
            session, world.viewer("ben"), attempt_id=attempt_of(world, "ben")
        )
    assert (before.code, before.made) == ("", False)
    first = opened(world, "ben")
    assert CODE.fullmatch(first.code)
    assert opened(world, "ben").code == first.code
    assert first.shares == ()


def test_no_two_codes_are_alike_and_each_holds_at_least_128_bits():
    codes = {held_ones.new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert len(held_ones.LETTERS) ** held_ones.LENGTH >= 2**128


@pytest.mark.parametrize("who", ["tom", "grace", "marek", "olga", "ben"])
def test_only_its_holder_may_open_share_or_withdraw_a_certificate(world, who):
    theirs = attempt_of(world, "dev")
    opened(world, "dev")
    viewer = world.viewer(who)
    acts = (
        lambda s: certificates.certificate(s, viewer, attempt_id=theirs),
        lambda s: certificates.make(s, viewer, attempt_id=theirs, now=NOW),
        lambda s: certificates.share(s, viewer, attempt_id=theirs, what="name", on=True),
        lambda s: certificates.withdraw(s, viewer, attempt_id=theirs, now=NOW),
        lambda s: certificates.renew(s, viewer, attempt_id=theirs, now=NOW),
    )
    for act in acts:
        with pytest.raises(Denied), writing() as session:
            act(session)
    assert public(opened(world, "dev").code).shared == ()


def test_a_completion_that_does_not_exist_is_refused_like_somebody_elses(world):
    with pytest.raises(Denied), writing() as session:
        certificates.make(session, world.viewer("ben"), attempt_id=uuid.uuid4(), now=NOW)


def test_what_is_not_on_the_list_cannot_be_shared(world):
    made = opened(world, "ben")
    with pytest.raises(BadInput), writing() as session:
        tick(session, world, "ben", made.attempt_id, "email")


def at_once(*acts):
    """Do each act in a thread of its own. Each is let go when the one before waits or is done."""
    trouble = []

    def run(act):
        try:
            with writing() as session:
                act(session)
        except Exception as error:
            trouble.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
        time.sleep(0.2)
    for one in threads:
        one.join(30)
    assert trouble == []


@pytest.mark.parametrize("first", ["off", "on"])
def test_what_is_hidden_in_one_tab_stays_hidden_whatever_another_ticks_meanwhile(world, first):
    """The first tab is slow to commit, so that the second acts in between."""
    made, org = opened(world, "ben"), "organisation"
    with writing() as session:
        tick(session, world, "ben", made.attempt_id, "name")
    acts = {
        "off": lambda s: tick(s, world, "ben", made.attempt_id, "name", on=False),
        "on": lambda s: tick(s, world, "ben", made.attempt_id, org),
    }

    def slowly(session):
        acts.pop(first)(session)
        time.sleep(1)

    at_once(slowly, lambda s: acts.popitem()[1](s))
    assert [what for what, _ in public(made.code).shared] == [org]


def test_a_new_link_shows_nothing_even_when_another_tab_was_ticking_for_the_old_one(world):
    made, viewer = opened(world, "ben"), world.viewer("ben")
    with writing() as session:
        tick(session, world, "ben", made.attempt_id, "name")

    def slowly(session):
        certificates.renew(session, viewer, attempt_id=made.attempt_id, now=NOW)
        time.sleep(1)

    at_once(slowly, lambda s: tick(s, world, "ben", made.attempt_id, "path"))
    assert "name" not in [what for what, _ in public(opened(world, "ben").code).shared]


def test_whatever_the_code_is_the_database_is_asked_once(world, statements):
    made = opened(world, "ben")
    opened(world, "dev")
    with writing() as session:
        certificates.withdraw(session, world.viewer("ben"), attempt_id=made.attempt_id, now=NOW)
    for code in (made.code, held_ones.new_code(), "", "nonsense"):
        statements.clear()
        assert public(code) is None
        assert len([one for one in statements if "SELECT" in one]) == 1


def test_a_new_link_has_another_code_and_shares_nothing(world):
    made = opened(world, "ben")
    viewer = world.viewer("ben")
    with writing() as session:
        tick(session, world, "ben", made.attempt_id, "name")
        certificates.withdraw(session, viewer, attempt_id=made.attempt_id, now=NOW)
    assert opened(world, "ben").code == ""
    with writing() as session:
        certificates.renew(session, viewer, attempt_id=made.attempt_id, now=NOW)
    again = opened(world, "ben")
    assert again.code not in ("", made.code)
    assert public(made.code) is None
    assert public(again.code).shared == ()


@pytest.mark.parametrize("change", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_a_code_is_found_however_it_is_typed(world, change):
    code = opened(world, "ben").code
    assert certificates.tidy(change(code)) == code
    assert public(change(code)) is not None


def test_letters_that_look_like_digits_are_read_as_those():
    code = "0101-" * 6 + "0101"
    assert certificates.tidy("OIOL-" * 6 + "oiol") == code


def test_the_check_address_is_the_public_one_or_where_the_page_was_opened(monkeypatch):
    cases = {
        ("", ""): "http://127.0.0.1:8501/verify/A",
        ("", "https://x.example:8443/completion?module=M01"): "https://x.example:8443/verify/A",
        ("", "javascript:alert(1)"): "http://127.0.0.1:8501/verify/A",
        ("https://t.example.org/", "http://inner:1/x"): "https://t.example.org/verify/A",
    }
    for (public_url, seen), told in cases.items():
        made = Settings(public_url=public_url, host="127.0.0.1", PORT=8501)
        monkeypatch.setattr(certificates, "settings", lambda made=made: made)
        assert certificates.address("A", seen) == told


def test_deleting_a_person_takes_her_certificate_along(world):
    from db.tables import Person

    made, viewer = opened(world, "ben"), world.viewer("ben")
    with writing() as session:
        session.connection().exec_driver_sql("DELETE FROM placement")
        session.delete(session.get(Person, (viewer.org_id, viewer.person_id)))
    assert public(made.code) is None
    with reading() as session:
        assert session.get(Row, (viewer.org_id, made.attempt_id)) is None


def test_the_setting_for_the_public_address_takes_no_other_scheme():
    with pytest.raises(ValueError, match="public_url"):
        Settings(public_url="javascript:alert(1)")
    assert settings().public_url == ""
    assert verify.told(None)["facts"] == []
