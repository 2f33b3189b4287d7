"""A browser before our routes and an account in the world, for the tests of local accounts."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pyotp
from argon2 import PasswordHasher
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from db import accounts, second_factors, whois
from db.engine import reading, writing
from modules.api import door, forms, server
from modules.identity import factors, links, passphrases
from modules.shell import session as signed

GOOD = "kettle under the stairs"
OTHER = "seven yellow buckets"
AMIRA, MAREK = "amira.khan@fernleigh.example", "marek.novak@fernleigh.example"
APP = Starlette(routes=server.routes, middleware=[Middleware(door.Door)])


CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""For tests that try many times; that the real one is used is tested where it matters."""


class Clock:
    """The moment that routes see; tests move it."""

    def __init__(self, now):
        self.now = now

    def on(self, **more):
        self.now += timedelta(**more)


class Browser:
    """A browser with cookies of its own, at a network address of its own."""

    def __init__(self, clock, address="192.0.2.1"):
        self.clock = clock
        self.client = TestClient(
            APP, base_url="http://steward.test", client=(address, 40000), follow_redirects=False
        )
        self.last = None

    def get(self, path):
        self.last = self.client.get(path)
        return self.last

    def post(self, path, **fields):
        """Send a form as our own page would, with the token that the browser was given."""
        if forms.entering.FORM not in self.client.cookies:
            self.get("/sign-in")
        values = {name.replace("_", "-"): value for name, value in fields.items()}
        values["token"] = self.client.cookies[forms.entering.FORM]
        self.last = self.client.post(path, data=values, headers={"origin": "http://steward.test"})
        return self.last

    def sign_in(self, email, passphrase=GOOD, **more):
        return self.post("/auth/local", email=email, passphrase=passphrase, **more)

    @property
    def inside(self):
        """Whether pages open for this browser."""
        return door.signed_in(self.client.cookies.get(signed.COOKIE, ""))[0]

    @property
    def text(self):
        """The page's words without its tags, one space between them."""
        body = re.sub(r"<(style|head)\b.*?</\1>", " ", self.last.text, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    def secret(self):
        """The secret that the page shows for those who cannot use the picture."""
        return re.search(r"<code>([A-Z2-7 ]+)</code>", self.last.text)[1].replace(" ", "")

    def codes(self):
        """The recovery codes that the page shows."""
        return re.findall(r"<code>([0-9a-z-]{29})</code>", self.last.text)


def code(secret, clock):
    """The six digits that an app shows at this moment."""
    return pyotp.TOTP(secret).at(clock.now)


def with_passphrase(world, who, passphrase=GOOD):
    """Let somebody have a pass-phrase."""
    viewer = world.viewer(who)
    with writing() as session:
        accounts.set_hash(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            hashed=passphrases.hashed(passphrase),
            now=world.now,
        )
    return viewer


def with_second(world, who, passphrase=GOOD):
    """Let somebody have a pass-phrase and a second factor; gives its secret."""
    viewer, secret = with_passphrase(world, who, passphrase), factors.new_secret()
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    sealed = factors.seal(secret, **mine)
    with writing() as session:
        second_factors.prepare(session, **mine, sealed=sealed)
        second_factors.confirm(session, **mine, sealed=sealed, step=1, recovery=[], now=world.now)
    return secret


def link(world, who, purpose=links.INVITE, now=None):
    """A link for somebody, as its path."""
    viewer = world.viewer(who)
    moment = now or world.now
    with writing() as session:
        person = whois.by_id(session, org_id=viewer.org_id, person_id=viewer.person_id, now=moment)
        made = links.make(session, person, purpose=purpose, now=moment)
    return made[made.index("/sign-in") :]


def kept(world, who):
    viewer = world.viewer(who)
    with reading() as session:
        return accounts.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)


def every_value(*tables):
    """All that some tables hold, as one text."""
    with reading() as session:
        return " ".join(
            str(tuple(row)) for one in tables for row in session.connection().execute(select(one))
        )
