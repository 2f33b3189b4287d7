"""The cells of one row by what they mean, and errors that name the column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from modules.exchange.cells import BEGINS_FORMULA, ERRORS
from modules.exchange.items.brought import Note
from modules.exchange.items.formatted import formatted
from modules.exchange.items.headings import Columns
from modules.exchange.sheets import FORMULA


class Amiss(ValueError):
    """What is wrong in a row, and in which column."""


@dataclass
class Row:
    """The cells of a row by what they mean; texts become our Markdown and leave their notes."""

    columns: Columns
    cells: Sequence[str]
    notes: dict[str, Note]

    def raw(self, field: str) -> str:
        """A cell as it was typed, "" for a column that is not there."""
        return self._cell(self.columns.fields.get(field))

    def _cell(self, place: int | None) -> str:
        if place is None or place >= len(self.cells):
            return ""
        text = self.cells[place]
        if text == FORMULA:
            raise Amiss(
                f"Column “{self.columns.named(place)}” holds a formula, which is never worked out "
                "here. Put its value there."
            )
        if text.startswith("#") and text.upper() in ERRORS:
            raise Amiss(
                f"Column “{self.columns.named(place)}” holds {text}, a spreadsheet’s error."
            )
        text = text.strip()
        # An apostrophe keeps a spreadsheet from calculating; it is no part of the text.
        guarded = text.startswith("'") and text[1:].startswith(BEGINS_FORMULA)
        return text[1:] if guarded else text

    def told(self, text: str, one_line: bool = True) -> str:
        """A cell's text as our Markdown."""
        made, notes = formatted(text, "moodle", one_line)
        for note in notes:
            self.notes.setdefault(note.sentence, note)
        return made

    def tell(self, kind: Literal["changed", "left"], sentence: str) -> None:
        """Say something about this row once."""
        self.notes.setdefault(sentence, Note(kind, sentence))

    def options(self) -> dict[int, str]:
        """The options that are filled, by the number of their column."""
        found = {n: self._cell(place) for n, place in sorted(self.columns.options.items())}
        return {n: text for n, text in found.items() if text}

    def why(self, number: int) -> str:
        """The reason of an option."""
        return self.told(self._cell(self.columns.reasons.get(number)), one_line=False)

    def amiss(self, field: str, sentence: str) -> Amiss:
        """An error in the column of a field."""
        place = self.columns.fields.get(field)
        called = f"“{self.columns.named(place)}”" if place is not None else f"“{field}”"
        missing = "" if place is not None else ", which the file has not"
        return Amiss(f"Column {called}{missing}: {sentence}")
