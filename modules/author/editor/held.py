"""The files of a draft, as whatever only reads them has them at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.basics import BadInput
from modules.course.files import first_language
from modules.drafts.spots import Spot


class Held:
    """A draft's files, by the names that its module gives them."""

    def __init__(self, slug: str, files: Mapping[str, str]) -> None:
        self.slug, self.files = slug, dict(files)

    def path(self, name: str) -> str:
        """A file of the module."""
        return f"{self.slug}/{name}"

    @property
    def language(self) -> str:
        """The language that is edited here: the first one; others are translations of it."""
        return first_language(self.files)

    def worded(self, stem: str, ending: str = "yaml") -> str:
        """A file of the module in the language that is edited."""
        return self.path(f"{stem}.{self.language}.{ending}")

    def read(self, spot: Spot) -> Any:
        """What stands at a place; None for nothing, or for a file that cannot be read."""
        try:
            return spot.read(self.files.get(spot.path, ""))
        except BadInput:
            return None
