"""Whom most tests on the database are about."""

from __future__ import annotations

import pytest

from modules.identity import passphrases
from modules.shell import session as signed
from tests.data.accounts import CHEAP, Clock
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
