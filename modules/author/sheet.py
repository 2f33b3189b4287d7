"""A draft under somebody's hands: what its forms read, and the one way in which they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from modules import fields
from modules.basics import BadInput, Surface, Words

Changes = Mapping[str, str | None]
Save = Callable[[Mapping[str, str], Changes, str], Mapping[str, str]]
"""Keeps changed files that were ``before``; gives the draft's files as they stand then."""


@dataclass
class Sheet:
    """One draft as a page has it open. ``key`` begins the key of every widget."""

    files: Mapping[str, str]
    slug: str
    language: str
    say: Words
    key: str
    save: Save
    writes: bool = True

    def write(self, changes: Changes, place: str) -> bool:
        """Keep changes, noted in the history as of a place; whether there were any."""
        if not changes or not self.writes:
            return False
        self.files = self.save(self.files, changes, place)
        return True

    def act(self, surface: Surface, change: Callable[[], Changes], place: str) -> bool:
        """Change something, or tell here why it cannot be."""
        try:
            return self.write(change(), place)
        except BadInput as bad:
            surface.error(str(bad), icon=":material/error:")
            return False

    def text(
        self,
        surface: Surface,
        label: str,
        at: str,
        kept: str,
        change: Callable[[str], Changes],
        *,
        lines: int = 1,
        most: int = 300,
        help: str | None = None,
    ) -> str:
        """A text that is kept as it is typed. ``at`` names it, for its key and in the history."""
        if not self.writes:
            surface.markdown(f"**{label}**  \n{kept}")
            return kept
        key = f"{self.key}/{at}"
        typed = fields.text(
            surface, label, key=key, value=kept, help=help, max_chars=most, lines=lines
        )
        if typed not in (kept, fields.known(key, kept)) and self.act(
            surface, lambda: change(typed), at
        ):
            fields.saved(key, typed)
        return typed
