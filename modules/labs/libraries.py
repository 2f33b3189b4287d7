"""Heavy libraries of labs: imported at first need, each once, and missed in one calm way."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType

import structlog

from modules.basics import StewardError

log = structlog.get_logger()

# What has to be set before a library is imported: Flower reports its use to its makers otherwise.
BEFORE = {"flwr": {"FLWR_TELEMETRY_ENABLED": "0"}}


class LibraryMissing(StewardError):
    """A library that a lab needs is not there, or does not start. ``library`` names it."""

    def __init__(self, library: str) -> None:
        self.library = library
        super().__init__(f"the library {library} cannot be imported here")


def need(name: str) -> ModuleType:
    """The module of that dotted name, imported at its first need. Raises LibraryMissing."""
    found = _imported(name)
    if found is None:
        raise LibraryMissing(name)
    return found


def missing(names: Iterable[str]) -> str:
    """The first of these modules that cannot be imported; "" when all can."""
    return next((name for name in names if _imported(name) is None), "")


def forget() -> None:
    """Try every import again. For tests; a server is restarted once a library is mended."""
    _imported.cache_clear()


@cache
def _imported(name: str) -> ModuleType | None:
    for variable, value in BEFORE.get(name.partition(".")[0], {}).items():
        os.environ.setdefault(variable, value)
    try:
        return import_module(name)
    except Exception as error:  # a binary that does not fit raises whatever it likes
        # Remembered: a library that fails after seconds must not cost every page these seconds.
        log.error("library of a lab not imported", library=name, exc_info=error)
        return None
