"""One running server with two bodies for all hostile tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bodies import Open, opened


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Two bodies, everybody signed in."""
    with opened(tmp_path_factory.mktemp("hostile")) as made:
        yield made
