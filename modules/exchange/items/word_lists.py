"""Which list a paragraph of Word belongs to: bullets or numbers, how deep, with which letter."""

from __future__ import annotations

import re
from typing import Any, Literal

from modules.exchange.items.word_runs import WORD, found, value

_STYLE = re.compile(r"list (bullet|number)(?: (\d))?", re.IGNORECASE)
_LETTERS = ("upperLetter", "lowerLetter")


class Lists:
    """The lists of one document; counts the entries of those that go by letters."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.counts: dict[tuple[str, int], int] = {}
        self.formats = self._formats()

    def _formats(self) -> dict[tuple[str, int], str]:
        """How each level of each list is numbered."""
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return {}
        made: dict[tuple[str, int], str] = {}
        abstract = {one.get(_w("abstractNumId")): one for one in found(root, "./w:abstractNum")}
        for number in found(root, "./w:num"):
            levels = abstract.get(value(number, "./w:abstractNumId"))
            for level in found(levels, "./w:lvl") if levels is not None else ():
                way, depth = value(level, "./w:numFmt"), level.get(_w("ilvl")) or "0"
                if way and depth.isdecimal():
                    made[number.get(_w("numId")), int(depth)] = way
        return made

    def of(self, paragraph: Any) -> tuple[Literal["p", "ul", "ol"], int, str]:
        """The kind of block that a paragraph is, its depth, and its letter."""
        numbered = found(paragraph, "./w:pPr/w:numPr")
        style: Any = self._style(paragraph)
        for _ in range(10):
            if numbered or style is None:
                break
            if named := _STYLE.fullmatch(str(style.name or "")):
                kind: Literal["ul", "ol"] = "ul" if named[1].lower() == "bullet" else "ol"
                return kind, int(named[2] or 1) - 1, ""
            numbered = found(style.element, "./w:pPr/w:numPr")
            style = style.base_style
        number = value(numbered[0], "./w:numId") if numbered else "0"
        level = value(numbered[0], "./w:ilvl") if numbered else "0"
        depth = int(level) if level.isdecimal() and len(level) < 3 else 0
        if number == "0":
            return "p", 0, ""
        way = self.formats.get((number, depth), "bullet")
        if way in _LETTERS:
            count = self.counts[number, depth] = self.counts.get((number, depth), 0) + 1
            return "ol", depth, chr(ord("A") + (count - 1) % 26)
        return ("ul" if way in ("bullet", "none") else "ol"), depth, ""

    def _style(self, paragraph: Any) -> Any:
        from docx.text.paragraph import Paragraph

        return Paragraph(paragraph, self.document._body).style


def _w(name: str) -> str:
    return f"{{{WORD}}}{name}"
