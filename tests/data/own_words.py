"""An organisation's details and examples, filled in and read as its people do."""

from __future__ import annotations

from db.engine import reading, writing
from modules import own
from modules.admin import details, examples

BREACH = "breach-contact"
ADVICE = "data-protection-officer"
SCREEN = "five-questions"


def seen(world, who="marek"):
    with reading() as session:
        return details.details(session, world.viewer(who))


def fill(world, who="marek", seen_at=None, now=None, **values):
    """Fill in details, with a form that was drawn just now unless told otherwise."""
    given = {key.replace("_", "-"): value for key, value in values.items()}
    stands = {one.fact.key: one.seen for one in seen(world, who).every}
    with writing() as session:
        return details.save(
            session,
            world.viewer(who),
            values=given,
            seen=stands if seen_at is None else seen_at,
            now=now or world.now,
        )


def read(world, who="amira", module="M01"):
    with reading() as session:
        return own.read(session, world.viewer(who), module=module)


def write_example(world, body, who="marek", screen=SCREEN, seen_at=None, module="M01"):
    with writing() as session:
        examples.save(
            session,
            world.viewer(who),
            module=module,
            screen=screen,
            body=body,
            seen=seen_at,
            now=world.now,
        )


def listed(world, who="marek"):
    with reading() as session:
        return examples.examples(session, world.viewer(who))
