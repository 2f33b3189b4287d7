"""Two bodies on one running server, with everybody whom the table of rights knows: for walks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from db import engine as doors
from db.engine import insert_many, writing
from db.tables import Placement, RoleGrant, core, new_id
from modules import access
from tests.server import Server
from tests.world import World

# Who stands for whom: body, what she is, her short name in the world.
CAST = (
    ("Fernleigh", "learner", "amira"),
    ("Fernleigh", "manager", "tom"),
    ("Fernleigh", "lead", "grace"),
    ("Fernleigh", "trainer", "priya"),
    ("Fernleigh", "reviewer", "gov0"),
    ("Fernleigh", "administrator", "marek"),
    ("Fernleigh", "auditor", "gov1"),
    ("Fernleigh", "one who left", "rev11"),
    ("Harrow Vale", "learner", "uma"),
    ("Harrow Vale", "manager", "hv3"),
    ("Harrow Vale", "lead and administrator", "olga"),
    ("Harrow Vale", "trainer", "hv0"),
    ("Harrow Vale", "reviewer", "hv1"),
    ("Harrow Vale", "auditor", "hv2"),
)
GIVEN = {
    "gov0": "reviewer",
    "gov1": "auditor",
    "hv0": "trainer",
    "hv1": "reviewer",
    "hv2": "auditor",
}


class Bodies(World):
    """The world with every role filled, as it is right now."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def fill(self) -> dict[str, str]:
        """Give the missing roles; gives everybody's token. Who leaves has signed in before."""
        with writing() as session:
            rows = [
                {
                    "org_id": self.viewer(who).org_id,
                    "id": new_id(),
                    "person_id": self.viewer(who).person_id,
                    "role": role,
                    "granted_at": self.now - timedelta(days=1),
                }
                for who, role in GIVEN.items()
            ]
            insert_many(session, RoleGrant, rows)
        self._under("hv4", "hv3")
        tokens = {who: self.sign_in(who) for _, _, who in CAST}
        self.leave("rev11")
        return tokens

    def _under(self, who: str, manager: str) -> None:
        placement, person = core(Placement), self.viewer(who)
        with writing() as session:
            session.connection().execute(
                update(placement)
                .where(placement.c.org_id == person.org_id)
                .where(placement.c.person_id == person.person_id)
                .values(line_manager_id=self.viewer(manager).person_id)
            )

    def viewers(self) -> dict[str, access.Viewer]:
        """Everybody of the cast with today's roles."""
        return {who: self.viewer(who) for _, what, who in CAST if what != "one who left"}


@contextmanager
def at(url: str) -> Iterator[None]:
    """Let this process work on a server's database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        doors.engine.cache_clear()
        try:
            yield
        finally:
            doors.engine().dispose()
            doors.engine.cache_clear()


class Open:
    """The server, the two bodies and their sign-ins."""

    def __init__(self, server: Server, bodies: Bodies, tokens: dict[str, str]) -> None:
        self.server, self.bodies, self.tokens = server, bodies, tokens

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.server.url


@contextmanager
def opened(home: Path, **settings: str) -> Iterator[Open]:
    """Both bodies on SQLite, served; this process works on the same database meanwhile."""
    from tests.conftest import fill

    url = f"sqlite:///{home / 'bodies.db'}"
    fill(url, world=True)
    with at(url):
        bodies = Bodies()
        tokens = bodies.fill()
        with Server(url, **settings) as server:
            yield Open(server, bodies, tokens)
