"""QTI 3.0: as 2.1, by names that begin with qti-."""

from __future__ import annotations

from modules.exchange.items import qti_package
from modules.exchange.items.brought import Bank

FORMAT = "qti30"


def looks(data: bytes, name: str) -> bool:
    """Whether a file may be QTI 3.0."""
    return qti_package.looks(data, "3.0")


def read(data: bytes, name: str = "") -> Bank:
    """The items of a file. Raises BadInput when it cannot be read as a whole."""
    return qti_package.read(data, FORMAT, "3.0")
