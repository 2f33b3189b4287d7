"""Certificates of the world’s people: opened, shared, looked at in public."""

from __future__ import annotations

from db.engine import reading, writing
from modules.learn import certificates
from tests.world import NOW


def attempt_of(world, who):
    with reading() as session:
        return certificates.certificates(session, world.viewer(who))[0].attempt_id


def opened(world, who, attempt_id=None):
    """The certificate of somebody's newest completion, made if it was not."""
    with writing() as session:
        found = attempt_id or attempt_of(world, who)
        return certificates.make(session, world.viewer(who), attempt_id=found, now=NOW)


def tick(session, world, who, attempt_id, what, on=True):
    certificates.share(session, world.viewer(who), attempt_id=attempt_id, what=what, on=on)


def public(code, now=NOW):
    with reading() as session:
        return certificates.public(session, code=code, now=now)
