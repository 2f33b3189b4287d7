"""What all tests share: both databases, made from migrated templates, and the world."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.course import use_one_module

if TYPE_CHECKING:
    from sqlmodel import Session

    from tests.postgres import Cluster
    from tests.world import World

KINDS = ("sqlite", "postgresql")

use_one_module()
# No test leaves a key of its own in var/.
os.environ.setdefault("STEWARD_SECRET_KEY", "tests-only-8f1c0d27e6b94a53-of-no-worth")
# A busy machine is no fault of ours: speed is a bench's affair, never a test's.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Say what our own marker means."""
    config.addinivalue_line("markers", "bare: the database has no tables yet")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A throw-away PostgreSQL, one for each worker."""
    from tests.postgres import Cluster

    made = Cluster()
    yield made
    made.stop()


def fill(url: str, *, world: bool) -> None:
    """Migrate an empty database, and put the world into it when asked."""
    from sqlmodel import Session

    from db import migrating
    from db.engine import make_engine
    from tests import world as worlds

    engine = make_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    migrating.migrate(engine)
    if world:
        with Session(engine) as session:
            session.connection(execution_options={"writes": True})
            worlds.make(session)
            session.commit()
    engine.dispose()


Copies = Callable[[str, str], str]


@pytest.fixture(scope="session")
def copies(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Copies]:
    """A function that gives the address of a fresh database: (kind, "bare"|"migrated"|"world")."""
    home = tmp_path_factory.mktemp("databases")
    number = itertools.count(1)
    templates: dict[tuple[str, str], str] = {}

    def sqlite(what: str) -> str:
        path = home / f"{next(number)}.db"
        if what != "bare":
            if (kind := ("sqlite", what)) not in templates:
                templates[kind] = str(home / f"template-{what}.db")
                fill(f"sqlite:///{templates[kind]}", world=what == "world")
            shutil.copyfile(templates[kind], path)
        return f"sqlite:///{path}"

    def postgresql(what: str) -> str:
        cluster: Cluster = request.getfixturevalue("cluster")
        name = f"steward{next(number)}"
        if what == "bare":
            return cluster.create(name)
        if (kind := ("postgresql", what)) not in templates:
            templates[kind] = f"template_{what}"
            fill(cluster.create(templates[kind]), world=what == "world")
        return cluster.create(name, templates[kind])

    yield lambda kind, what: {"sqlite": sqlite, "postgresql": postgresql}[kind](what)


@pytest.fixture(params=KINDS)
def database(
    request: pytest.FixtureRequest, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a fresh database, migrated; with the world in it when the test asks for it.

    `db.engine` uses it until the test ends.
    """
    from db import engine

    what = "world" if "world" in request.fixturenames else "migrated"
    if request.node.get_closest_marker("bare"):
        what = "bare"
    url = copies(request.param, what)
    cluster = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    monkeypatch.setenv("DATABASE_URL", url)
    engine.engine.cache_clear()
    yield url
    engine.engine().dispose()
    engine.engine.cache_clear()
    if cluster is not None:
        cluster.drop(url.rpartition("/")[2])
        return
    for end in ("", "-wal", "-shm"):
        Path(url.removeprefix("sqlite:///") + end).unlink(missing_ok=True)


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A writing session; what the test did is rolled back."""
    from sqlmodel import Session

    from db.engine import engine

    with Session(engine(), expire_on_commit=False) as made:
        made.connection(execution_options={"writes": True})
        yield made
        made.rollback()


@pytest.fixture
def world(database: str) -> World:
    """Two organisations, see `tests.world`."""
    from tests.world import World

    return World()
