"""The libraries of labs, loaded ahead in the background: nobody waits for somebody's first lab."""

from __future__ import annotations

import gc
import threading
import time

import structlog

from modules.labs import LABS, libraries

log = structlog.get_logger()

PAUSE = 0.2
"""Seconds between two libraries, in which pages have the machine to themselves."""


def warm() -> None:
    """Load them one after the other, in a thread of its own that ends with the server.

    While a library loads, other pages go on: Python hands the processor round. Most of their runs
    take twice as long then, and the longest stall is about half a second, once (docs/running.md).
    Whoever opens a lab meanwhile waits for its own libraries only.
    """
    threading.Thread(target=_load, name="warm-labs", daemon=True).start()


def _load() -> None:
    names = sorted({name for lab in LABS.values() for name in lab.LIBRARIES})
    for name in names:
        began = time.monotonic()
        missing = libraries.missing([name])
        log.info(
            "library of labs",
            library=name,
            seconds=round(time.monotonic() - began, 1),
            missing=bool(missing),
        )
        time.sleep(PAUSE)
    if names:
        # As at the start: what a full collection would walk for nothing is set aside.
        gc.freeze()
