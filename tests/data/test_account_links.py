"""Links that work once: invitations, new pass-phrases, the mail that carries them."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from db import accounts
from db.engine import engine, reading, writing
from db.people import PERSON
from db.tables import OneTime, Person, core
from modules.api import links as routes
from modules.identity import links, passphrases
from modules.post import mail
from modules.settings import ROOT, settings
from tests.counting import count, counting
from tests.data.accounts import GOOD, OTHER, Browser, every_value, kept, link, with_passphrase
from tests.data.mails import mailing, real
from tests.postgres import free_port

AMIRA = "amira.khan@fernleigh.example"
WAITS = routes.PAUSE


@pytest.fixture
def sink(world, monkeypatch):
    """Mail set up, to a server on this machine."""
    real()
    monkeypatch.setattr(routes, "PAUSE", (0.0, 0.0))
    with mailing(monkeypatch) as kept_mails:
        yield kept_mails


def test_an_invitation_leads_to_a_pass_phrase_and_signs_in(world, clock):
    path = link(world, "amira")
    assert kept(world, "amira").hash is None
    browser = Browser(clock)
    browser.get(path)
    assert "At least 15 characters" in browser.text
    assert AMIRA in browser.last.text
    token = path.rpartition("/")[2]
    assert browser.post("/auth/choose", link=token, new=GOOD).status_code == 303
    assert browser.inside
    assert Browser(clock).sign_in(AMIRA).status_code == 303


def test_a_pass_phrase_that_anybody_would_try_is_refused_with_a_reason_and_the_link_stays(
    world, clock
):
    token = link(world, "amira").rpartition("/")[2]
    browser = Browser(clock)
    for typed, told in (
        ("tiny thing", "too short"),
        ("passwordpassword", "list of common"),
        ("amirakhanfernleigh", "made of your name"),
        ("aaaaaaaaaaaaaaaaaaa", "repeats itself"),
        ("x y z " * 60, "at most 200"),
    ):
        assert browser.post("/auth/choose", link=token, new=typed).status_code == 422
        assert told in browser.text
        assert typed not in browser.last.text
    assert browser.post("/auth/choose", link=token, new=GOOD).status_code == 303


def test_a_pass_phrase_is_masked_and_password_managers_may_fill_it_in(world, clock):
    browser = Browser(clock)
    with_passphrase(world, "tom")
    for path, how in (("/sign-in", "current-password"), (link(world, "amira"), "new-password")):
        page = browser.get(path).text
        [field] = re.findall(r'<input[^>]* type="password"[^>]*>', page)
        assert f'autocomplete="{how}"' in field
        # The whole of the longest fits in, and neither page nor script looks at pasting.
        assert int(re.search(r'maxlength="(\d+)"', field)[1]) > passphrases.MOST
        assert "paste" not in page
    assert "paste" not in (ROOT / "modules/api/steward-forms.js").read_text("utf-8")


def test_a_link_works_once_and_looking_at_it_does_not_use_it_up(world, clock):
    path = link(world, "amira")
    token = path.rpartition("/")[2]
    for _ in range(3):
        assert Browser(clock).get(path).status_code == 200
    assert Browser(clock).post("/auth/choose", link=token, new=GOOD).status_code == 303
    second = Browser(clock)
    assert second.post("/auth/choose", link=token, new=OTHER).status_code == 410
    assert second.get(path).status_code == 410
    assert passphrases.fits(kept(world, "amira").hash, GOOD)


@pytest.mark.parametrize(
    ("purpose", "lasts"), [("invite", timedelta(days=7)), ("reset", timedelta(hours=1))]
)
def test_a_link_runs_out(world, clock, purpose, lasts):
    path = link(world, "amira", purpose)
    clock.now = world.now + lasts - timedelta(seconds=1)
    assert Browser(clock).get(path).status_code == 200
    clock.now = world.now + lasts
    assert Browser(clock).get(path).status_code == 410
    browser = Browser(clock)
    assert browser.post("/auth/choose", link=path.rpartition("/")[2], new=GOOD).status_code == 410


def test_a_new_link_makes_the_ones_before_void(world, clock):
    first, second = link(world, "amira"), link(world, "amira", "reset")
    assert Browser(clock).get(first).status_code == 410
    assert Browser(clock).get(second).status_code == 200


def test_a_link_of_somebody_who_left_is_void(world, clock):
    path = link(world, "amira")
    world.leave("amira")
    assert Browser(clock).get(path).status_code == 410


def test_a_link_is_void_once_its_address_was_put_right(world, clock):
    path, viewer = link(world, "amira"), world.viewer("amira")
    assert Browser(clock).get(path).status_code == 200
    mine = (PERSON.org_id == viewer.org_id, PERSON.id == viewer.person_id)
    with writing() as session:
        statement = update(core(Person)).where(*mine)
        session.connection().execute(statement.values(email="amira.kahn@fernleigh.example"))
    stranger = Browser(clock)
    assert stranger.get(path).status_code == 410
    token = path.rpartition("/")[2]
    assert stranger.post("/auth/choose", link=token, new=GOOD).status_code == 410


def test_a_sign_in_that_began_with_the_old_pass_phrase_goes_no_further(world, clock):
    with_passphrase(world, "marek", "tea rain")
    thief = Browser(clock)
    thief.sign_in(world.email("marek"), "tea rain")
    assert thief.get("/sign-in/code").status_code == 200
    token = link(world, "marek", "reset").rpartition("/")[2]
    assert Browser(clock).post("/auth/choose", link=token, new=OTHER).status_code == 303
    assert thief.get("/sign-in/code").headers.get("location") == "/sign-in"


def test_a_made_up_link_is_void_and_no_table_keeps_a_real_one(world, clock):
    token = link(world, "amira").rpartition("/")[2]
    assert token not in every_value(core(OneTime))
    for made in ("x", "x" * 43, token[:-1], token + "x"):
        assert Browser(clock).get(f"/sign-in/choose/{made}").status_code == 410


def test_of_two_who_use_a_link_at_once_one_wins(world, clock):
    token = link(world, "amira").rpartition("/")[2]
    got, start = [], threading.Barrier(2)

    def press(typed):
        start.wait(timeout=20)
        got.append((typed, routes._choose(token, typed, "")[1] is not None))

    threads = [threading.Thread(target=press, args=(one,)) for one in (GOOD, OTHER)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    (winner,) = [typed for typed, won in got if won]
    assert passphrases.fits(kept(world, "amira").hash, winner)


def test_a_new_pass_phrase_by_link_ends_every_sign_in_but_asks_the_second_factor_still(
    world, clock
):
    with_passphrase(world, "amira")
    old = Browser(clock)
    old.sign_in(AMIRA)
    assert old.inside
    new = Browser(clock)
    new.post("/auth/choose", link=link(world, "amira", "reset").rpartition("/")[2], new=OTHER)
    assert new.inside
    assert not old.inside
    assert Browser(clock).sign_in(AMIRA, GOOD).status_code == 403
    # An administrator who has none yet is led to it instead of in.
    browser = Browser(clock)
    token = link(world, "marek").rpartition("/")[2]
    done = browser.post("/auth/choose", link=token, new="tea rain")
    assert done.headers["location"] == "/sign-in/code"
    assert not browser.inside


def test_a_link_opens_a_braked_account(world, clock):
    with_passphrase(world, "amira")
    attacker = Browser(clock, "203.0.113.4")
    for _ in range(9):
        attacker.sign_in(AMIRA, OTHER)
    assert Browser(clock).sign_in(AMIRA).status_code == 429
    token = link(world, "amira", "reset").rpartition("/")[2]
    Browser(clock).post("/auth/choose", link=token, new=GOOD)
    assert Browser(clock).sign_in(AMIRA).status_code == 303


def asked(clock, email, address="192.0.2.1"):
    browser = Browser(clock, address)
    browser.get("/sign-in/forgotten")
    with counting(engine()) as sent:
        browser.post("/auth/forgotten", email=email)
        queries = len(sent)
    return browser, queries


def test_a_forgotten_pass_phrase_is_mailed_a_link_that_works(world, clock, sink):
    with_passphrase(world, "amira")
    browser, _ = asked(clock, "Amira.Khan@Fernleigh.example")
    assert "is on its way" in browser.text
    assert sink.come.wait(20)
    ((to, text),) = sink.mails
    assert to == [AMIRA]
    assert "Subject: A new pass-phrase for your training" in text
    body = text.replace("=\r\n", "").replace("=3D", "=")
    (token,) = re.findall(r"http://steward\.test/sign-in/choose/([\w-]+)", body)
    assert Browser(clock).post("/auth/choose", link=token, new=OTHER).status_code == 303
    assert "pass-phrase stays as it is" in body
    assert GOOD not in text


def test_nobody_learns_whether_an_address_has_an_account(world, clock, sink, monkeypatch):
    with_passphrase(world, "amira")
    with_passphrase(world, "dev")
    world.leave("dev")
    jobs = []
    monkeypatch.setattr(routes, "later", jobs.append)
    told, queries = set(), set()
    addresses = (AMIRA, world.email("ben"), world.email("dev"), "nobody@fernleigh.example")
    for at, email in enumerate(addresses):
        browser, number = asked(clock, email, f"192.0.2.{at}")
        queries.add(number)
        told.add((browser.last.status_code, browser.text))
    # The answer is written before anybody has looked: what follows is the same for all.
    assert len(told) == 1
    assert len(queries) == 1
    assert jobs == list(addresses)
    monkeypatch.undo()


def test_the_work_for_a_mail_does_not_run_beside_what_is_asked_next(
    world, clock, sink, monkeypatch
):
    monkeypatch.setattr(routes, "PAUSE", WAITS)
    begun = []

    class Timer:
        daemon = False

        def __init__(self, seconds, job, values):
            self.told = (seconds, job, values[1])

        def start(self):
            assert self.daemon
            begun.append(self.told)

    monkeypatch.setattr(routes.threading, "Timer", Timer)
    with_passphrase(world, "amira")
    addresses = (AMIRA, "nobody@fernleigh.example", world.email("ben"), world.email("dev"))
    for at, email in enumerate(addresses):
        asked(clock, email, f"192.0.2.{at}")
    assert [email for *_, email in begun] == list(addresses)
    assert all(1 <= seconds <= 4 for seconds, *_ in begun)
    # Not the same for two, so that nobody can wait for it either.
    assert len({seconds for seconds, *_ in begun}) == len(begun)
    assert sink.mails == []
    assert count(OneTime) == 0
    for _ in begun:
        routes.ROOM.release()
    monkeypatch.undo()


def test_only_who_has_an_account_and_works_here_gets_mail(world, clock, sink):
    with_passphrase(world, "dev")
    world.leave("dev")
    for email in (world.email("ben"), world.email("dev"), "nobody@fernleigh.example"):
        routes.ROOM.acquire(blocking=False)
        routes._mail(email)
    assert sink.mails == []
    assert count(OneTime) == 0


def test_mails_to_one_address_are_few(world, clock, sink, monkeypatch):
    jobs = []
    monkeypatch.setattr(routes, "later", jobs.append)
    told = [asked(clock, AMIRA, f"192.0.2.{n}")[0].last.status_code for n in range(5)]
    assert told == [200, 200, 200, 429, 429]
    assert len(jobs) == 3
    monkeypatch.undo()


def test_without_mail_the_page_says_whom_to_ask(world, clock):
    browser = Browser(clock)
    browser.get("/sign-in/forgotten")
    assert "Ask your administrator for a link" in browser.text


def test_a_mail_server_that_does_not_answer_is_told_without_the_address(sink, monkeypatch):
    monkeypatch.setenv("STEWARD_SMTP_PORT", str(free_port()))
    settings.cache_clear()
    with pytest.raises(mail.NotSent) as told:
        mail.send(to=AMIRA, subject="x", text="y")
    assert AMIRA not in str(told.value)


def test_a_server_that_speaks_no_tls_gets_nothing_where_tls_is_asked_for(sink, monkeypatch):
    monkeypatch.setenv("STEWARD_SMTP_STARTTLS", "true")
    settings.cache_clear()
    with pytest.raises(mail.NotSent):
        mail.send(to=AMIRA, subject="x", text="y")
    assert sink.mails == []


def test_a_line_break_in_an_address_sends_no_second_mail(sink):
    with pytest.raises(ValueError, match="may not contain"):
        mail.send(to="a@b.example\nBcc: c@d.example", subject="x", text="y")


def test_who_has_no_way_to_sign_in_is_known(world, clock):
    amira = with_passphrase(world, "amira")
    with reading() as session:
        left = accounts.without_a_way(session, org_id=amira.org_id, day=world.now.date())
    assert amira.person_id not in left
    assert world.viewer("tom").person_id in left
    assert world.viewer("uma").person_id not in left


def test_links_carry_the_public_address(world, monkeypatch):
    monkeypatch.setenv("STEWARD_PUBLIC_URL", "https://steward.example.org/")
    settings.cache_clear()
    try:
        assert links.base() == "https://steward.example.org"
    finally:
        monkeypatch.undo()
        settings.cache_clear()
