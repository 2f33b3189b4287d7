"""Texts of GIFT: escaped signs, the format a text is in, and what each text becomes."""

from __future__ import annotations

import re
from typing import cast

from modules.exchange.items.becoming import PICTURE
from modules.exchange.items.brought import Note
from modules.exchange.items.formatted import Format, formatted

# Signs that are written with a backslash, and codes that are no letters to stand for them until
# the text is parted: the reader has taken these codes out of the file.
ESCAPED = "\\:#={}~n"
_HIDE = re.compile(r"\\([\\:#={}~n])")
_SHOWN = {0xFDD0 + n: "\n" if sign == "n" else sign for n, sign in enumerate(ESCAPED)}
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
# Moodle's own format keeps line ends; writers break long lines at will, so only "\n" counts.
_WRAPPED = re.compile(r"[ \t]*\n[ \t]*")


def hidden(text: str) -> str:
    """A file with its escaped signs put aside."""
    return _HIDE.sub(lambda found: chr(0xFDD0 + ESCAPED.index(found[1])), text)


def shown(text: str) -> str:
    """A text with its escaped signs as what they are."""
    return text.translate(_SHOWN)


def bare(text: str) -> str:
    """A text as one types it: signs shown, in one line."""
    return " ".join(shown(_FORMAT.sub("", text, count=1)).split())


class Wording:
    """The texts of one question: they share a format, and their notes are told once."""

    def __init__(self, stem: str) -> None:
        self.notes: dict[str, Note] = {}
        self.pictures: dict[str, None] = {}
        found = _FORMAT.match(stem)
        self.format: Format = cast(Format, found[1].lower()) if found else "moodle"
        self.stem = stem[found.end() :] if found else stem

    def blocks(self, text: str) -> str:
        """A text of paragraphs as our Markdown."""
        return self._told(text, one_line=False)

    def line(self, text: str) -> str:
        """A text of one line as our Markdown."""
        return self._told(text, one_line=True)

    def tell(self, note: Note) -> None:
        """Say something about this question once."""
        self.notes.setdefault(note.sentence, note)

    def _told(self, text: str, one_line: bool) -> str:
        format, text = self.format, text.strip()
        if found := _FORMAT.match(text):
            format, text = cast(Format, found[1].lower()), text[found.end() :]
        if format in ("moodle", "plain"):
            text = _WRAPPED.sub(" ", text)
        made, notes = formatted(shown(text), format, one_line)
        for note in notes:
            self.tell(note)
        if PICTURE.search(made):
            self.tell(Note("left", "Its pictures: a text file brings none. Their words stay."))
            made = PICTURE.sub(r"\1", made)
        return made
