"""Whom most tests on the database are about."""

from __future__ import annotations

import pytest

from tests.walk import Walk


@pytest.fixture
def amira(world):
    """Amira, who has not begun M01."""
    return Walk(world)
