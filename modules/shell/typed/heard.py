"""What one run heard of typed text, told to the tab once everything in that run was saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape

from modules.basics import Surface
from modules.fields import Fate


@dataclass
class Ledger:
    """Fields by key with the number of the text that was heard; and stems of settled answers."""

    heard: dict[str, int] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    recorded: set[str] = field(default_factory=set)

    def written(self) -> str:
        """As JSON: what is held, what the tab alone keeps, what it may forget."""
        alone = {key for key in self.heard if any(key.startswith(f"{stem}/") for stem in self.here)}
        return json.dumps(
            {
                "held": {key: n for key, n in self.heard.items() if key not in alone},
                "here": {key: n for key, n in self.heard.items() if key in alone},
                "recorded": sorted(self.recorded),
            }
        )


_open: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def ledger(surface: Surface) -> Iterator[None]:
    """Around a page: at its end, and only if nothing failed, the tab is told what is safe.

    A run that fails or is interrupted says nothing, so the tab keeps its text and the next run
    tells.
    """
    kept = Ledger()
    before = _open.set(kept)
    try:
        yield
    finally:
        _open.reset(before)
    if kept.heard or kept.recorded:
        surface.html(f'<span data-sw-held="{escape(kept.written())}"></span>')


def hear(key: str, number: int) -> None:
    """Note that this run had the text with this number."""
    if (kept := _open.get()) is not None:
        kept.heard[key] = number


def tell(stem: str, fate: Fate) -> None:
    """Note what became of the fields below a stem."""
    if (kept := _open.get()) is not None:
        (kept.here if fate == "here" else kept.recorded).add(stem)
