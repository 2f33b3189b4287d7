"""What several unit tests begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import tiny_course


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of the tiny course."""
    tiny_course.write(tmp_path / "content")
    return tmp_path / "content"
