"""Whom most tests on the database are about."""

from __future__ import annotations

import pytest

from modules.identity import passphrases
from modules.shell import session as signed
from tests.data.accounts import CHEAP, Clock, with_passphrase
from tests.data.importing import Body
from tests.data.mails import mailing, real
from tests.data.signing_in import entry, forget, link, set_up
from tests.forger import Forger
from tests.walk import Walk


@pytest.fixture
def amira(world):
    """Amira, who has not begun M01."""
    return Walk(world)


@pytest.fixture
def clock(world, monkeypatch):
    """The moment that routes see, for tests of local accounts; hashing is cheap meanwhile."""
    made = Clock(world.now)
    monkeypatch.setattr(signed, "now", lambda: made.now)
    monkeypatch.setattr(passphrases, "HASHER", CHEAP)
    passphrases.nobodys.cache_clear()
    yield made
    passphrases.nobodys.cache_clear()


@pytest.fixture
def forger():
    """An OpenID provider on this machine."""
    made = Forger().start()
    yield made
    made.stop()


@pytest.fixture
def work(world, forger, monkeypatch, tmp_path):
    """Fernleigh's provider, where Amira has an identity."""
    set_up(monkeypatch, tmp_path, entry(issuer=forger.issuer))
    link(world, "amira", "s-amira")
    yield forger
    monkeypatch.undo()
    forget()


@pytest.fixture
def body(world):
    """Fernleigh, to lay staff lists beside."""
    return Body(world)


@pytest.fixture
def holder(world):
    """Amira, who has a pass-phrase."""
    return with_passphrase(world, "amira")


@pytest.fixture(scope="session")
def year(tmp_path_factory):
    """A session on the demo's year, and the id of Fernleigh there. Made once: tests only read."""
    from tests.data import demo_year

    with demo_year.kept(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture(scope="session")
def taught(year):
    """M01 as it was published in the demo."""
    from tests.data import demo_year

    return demo_year.taught(*year)


@pytest.fixture(scope="session")
def sheets(year):
    """Every attempt of the demo with its answers, by attempt id."""
    from tests.data import demo_year

    return demo_year.sheets(year[0])


@pytest.fixture
def sink(world, monkeypatch):
    """A mail server on this machine, set up as the organisation's own; its people are real."""
    real()
    with mailing(monkeypatch) as kept:
        yield kept
