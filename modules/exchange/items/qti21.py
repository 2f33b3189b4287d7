"""QTI 2.1 (with 2.0 and 2.2): one item as XML, or a content package."""

from __future__ import annotations

from modules.exchange.items import qti_package
from modules.exchange.items.brought import Bank

FORMAT = "qti21"


def looks(data: bytes, name: str) -> bool:
    """Whether a file may be QTI 2.1."""
    return qti_package.looks(data, "2.1")


def read(data: bytes, name: str = "") -> Bank:
    """The items of a file. Raises BadInput when it cannot be read as a whole."""
    return qti_package.read(data, FORMAT, "2.1")
