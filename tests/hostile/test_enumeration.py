"""Whether an address has an account, asked of the real server by somebody who must not learn it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import update

from db import identities
from db.engine import writing
from db.tables import Brake, core
from modules.identity import links, passphrases
from tests.bodies import Bodies, at
from tests.conftest import fill
from tests.data.accounts import GOOD, OTHER, link, with_passphrase, with_second
from tests.data.mails import Sink, real
from tests.postgres import free_port
from tests.server import Server

UNKNOWN = "nobody.at.all@fernleigh.example"
# Who is tried, by what she has.
KINDS = {
    "nobody": UNKNOWN,
    "a pass-phrase": "amira",
    "a second factor": "tom",
    "a pass-phrase, and has left": "dev",
    "no account": "ben",
    "an invitation": "cora",
    "a provider alone": "grace",
    "a pass-phrase, in another body": "uma",
}
# Whom the right pass-phrase lets in, or on to the code; who is mailed a link.
OPEN = {"a pass-phrase", "a second factor", "a pass-phrase, in another body"}
MAILED = {*OPEN, "an invitation"}
# So many tries are answered before the first that has to wait.
FREE = {"/auth/local": 5, "/auth/forgotten": 3}


def prepare(world):
    """Give each what she has."""
    for who in ("amira", "dev", "uma"):
        with_passphrase(world, who)
    with_second(world, "tom")
    grace = world.viewer("grace")
    with writing() as session:
        assert identities.link(
            session,
            provider="work",
            subject="s-grace",
            org_id=grace.org_id,
            person_id=grace.person_id,
            now=world.now,
        )
    link(world, "cora", links.INVITE)
    world.leave("dev")


@dataclass
class Site:
    """The server, whom to try by kind, and what was mailed."""

    url: str
    pid: int
    emails: dict[str, str]
    sink: Sink


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('enumeration') / 'bodies.db'}"
    fill(url, world=True)
    sink, port = Sink(), free_port()
    post = Controller(sink, hostname="127.0.0.1", port=port)
    post.start()
    server = Server(
        url,
        STEWARD_SMTP_HOST="127.0.0.1",
        STEWARD_SMTP_PORT=str(port),
        STEWARD_SMTP_FROM="steward@fernleigh.example",
        STEWARD_SMTP_STARTTLS="false",
        STEWARD_PROXIES="127.0.0.1",
    )
    server.settings["STEWARD_PUBLIC_URL"] = server.url
    try:
        with at(url):
            world = Bodies()
            passphrases.nobodys()
            prepare(world)
            real()
            emails = {kind: who if "@" in who else world.email(who) for kind, who in KINDS.items()}
            with server:
                yield Site(server.url, server.pid, emails, sink)
    finally:
        post.stop()


@dataclass
class Stranger:
    """A browser that was never here, at an address of its own, which tries one account."""

    site: Site
    email: str
    address: str
    # Processor time of the server, a try each: how long it takes goes with all else on the machine.
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self):
        self.http = httpx.Client(
            base_url=self.site.url,
            trust_env=False,
            timeout=30,
            headers={"Origin": self.site.url, "X-Forwarded-For": self.address},
        )
        self.token = self.http.get("/sign-in").cookies["steward_form"]

    def tried(self, path, passphrase=OTHER):
        """What comes back: status, page, headers, cookies, without what she sent herself."""
        fields = {"token": self.token, "email": self.email, "next": "/"}
        if path == "/auth/local":
            fields["passphrase"] = passphrase
        began = worked(self.site.pid)
        told = self.http.post(path, data=fields)
        self.seconds.append(worked(self.site.pid) - began)
        return told.status_code, self.bare(told.text), self.headers(told), self.kept()

    def bare(self, page):
        return page.replace(self.email, "EMAIL").replace(self.token, "TOKEN")

    def headers(self, told):
        # The page names what she typed, so its length goes with that; the clock goes on.
        return [
            (name, self.bare(value))
            for name, value in told.headers.multi_items()
            if name not in ("date", "content-length")
        ]

    def kept(self):
        return sorted(one.name for one in self.http.cookies.jar)


def worked(pid):
    """The processor time of a process until now, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def hold():
    """Let every wait that has begun last, however slow this machine is; then all last as long."""
    later = datetime.now(UTC) + timedelta(minutes=9, seconds=30)
    with writing() as session:
        waiting = core(Brake).c.free_at > core(Brake).c.last_at
        session.connection().execute(update(core(Brake)).where(waiting).values(free_at=later))


@dataclass
class Told:
    """What a stranger was told about one kind of account."""

    # By path: the answers until the first wait, and what is told then.
    before: dict[str, list[tuple]]
    braked: dict[str, tuple]
    # And what the right pass-phrase is told during that wait.
    right: tuple
    # The least processor time of several sign-ins: whatever else the server does only adds.
    least: float


@pytest.fixture(scope="module")
def told(site):
    """Everybody tried until the first wait, by sign-in and by asking for a link."""
    found = {}
    for number, (kind, email) in enumerate(site.emails.items(), start=1):
        stranger, before, braked = Stranger(site, email, f"203.0.113.{number}"), {}, {}
        for path, free in FREE.items():
            before[path] = [stranger.tried(path) for _ in range(free)]
            hold()
            braked[path] = stranger.tried(path)
        right = stranger.tried("/auth/local", GOOD)
        least = min(stranger.seconds[: FREE["/auth/local"]])
        found[kind] = Told(before, braked, right, least)
    with writing() as session:
        session.connection().execute(core(Brake).delete())
    return found


@pytest.mark.parametrize("path", FREE)
def test_nobody_learns_from_an_answer_who_has_an_account(told, path):
    first = told["nobody"].before[path][0]
    assert (first[0], first[3]) == (403 if path == "/auth/local" else 200, ["steward_form"])
    for kind, one in told.items():
        # Byte for byte: status, page, headers, cookies.
        assert one.before[path] == [first] * FREE[path], kind
        assert one.braked[path] == told["nobody"].braked[path], kind
    status, page, *_ = told["nobody"].braked[path]
    assert (status, "about 10 min" in page) == (429, True)


def test_the_right_pass_phrase_tells_nothing_where_it_opens_nothing(site, told):
    answers = {
        kind: Stranger(site, email, f"198.51.100.{number}").tried("/auth/local", GOOD)
        for number, (kind, email) in enumerate(site.emails.items(), start=1)
        if kind not in OPEN
    }
    assert answers["nobody"] == told["nobody"].before["/auth/local"][0]
    assert {kind for kind, one in answers.items() if one != answers["nobody"]} == set()


def test_who_has_to_wait_learns_nothing_with_the_right_pass_phrase_either(told):
    for kind, one in told.items():
        assert one.right == one.braked["/auth/local"], kind


def test_who_has_no_account_is_hashed_for_as_long(told):
    least = {kind: one.least for kind, one in told.items()}
    # A try that hashes nothing takes a tenth.
    assert max(least.values()) < 3 * min(least.values()), least


def test_mail_goes_only_to_who_has_an_account_and_works_here(site, told):
    wanted, until = {site.emails[one] for one in MAILED}, time.monotonic() + 20
    while {to for (to, *_), _ in site.sink.mails} != wanted and time.monotonic() < until:
        time.sleep(0.1)
    # Whoever else is mailed, is so by now: mails wait for no answer.
    assert {to for (to, *_), _ in site.sink.mails} == wanted
