"""A mail server on this machine that keeps what it is given, and runs of the day's mails."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_string
from email.policy import default

from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from db.engine import reading, writing
from db.outbox import MAIL
from db.people import PERSON
from db.tables import Enrolment, Organisation, Person, core
from modules.post import running
from modules.settings import settings
from tests.postgres import free_port


class Sink:
    """What has come."""

    def __init__(self):
        self.mails = []
        self.come = threading.Event()
        # By recipient, what is said instead of taking it.
        self.refuse = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    @property
    def letters(self):
        """By recipient, the newest mail as people read it: subject, text, headers."""
        found = {}
        for [to], raw in self.mails:
            mail = message_from_string(raw, policy=default)
            found[to] = (str(mail["Subject"]), mail.get_content().replace("\r\n", "\n"), mail)
        return found

    async def handle_DATA(self, _server, _session, envelope):
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        self.come.set()
        return "250 Taken"


def real():
    """The people of the world are real: nobody would write to them otherwise."""
    with writing() as session:
        session.connection().execute(update(core(Organisation)).values(invented=False))


@contextmanager
def mailing(monkeypatch):
    """Mail set up, to such a server."""
    kept, port = Sink(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port, server_hostname="sink")
    controller.start()
    for name, value in {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_FROM": "steward@fernleigh.example",
        "SMTP_STARTTLS": "false",
        "PUBLIC_URL": "http://steward.test",
    }.items():
        monkeypatch.setenv(f"STEWARD_{name}", value)
    settings.cache_clear()
    try:
        yield kept
    finally:
        controller.stop()
        monkeypatch.undo()
        settings.cache_clear()


# A Monday morning; the world's modules are due on 11 December.
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
AMIRA, TOM, GRACE = (
    f"{name}@fernleigh.example" for name in ("amira.khan", "tom.ashdown", "grace.okafor")
)


def run(now=MONDAY):
    return {one.organisation: one for one in running.run(clock=lambda: now)}


def change(world, short, **values):
    who = world.viewer(short)
    with writing() as session:
        session.connection().execute(
            update(core(Person)).where(PERSON.id == who.person_id).values(**values)
        )


def due(world, short, **values):
    who = world.viewer(short)
    column = core(Enrolment).c
    with writing() as session:
        session.connection().execute(
            update(core(Enrolment)).where(column.person_id == who.person_id).values(**values)
        )


def rows():
    with reading() as session:
        return session.connection().execute(select(MAIL)).all()
