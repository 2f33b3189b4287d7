"""The XML of a workbook, read as a stream: its text, and what no harmless workbook has in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import Any

from modules.labs.uploads import limits
from modules.labs.uploads.refusing import Refused

RUN = {"r", "t", "rPr", "b", "i", "u", "strike", "sz", "color", "rFont", "family", "scheme"}
RUN |= {"charset", "vertAlign", "outline", "shadow", "condense", "extend"}
"""Elements inside one text, which they cut into pieces."""
_CELL = re.compile(r"^\$?([A-Za-z]{1,3})?\$?(\d{1,7})?$")
REACHES = {"ref", "r", "sqref"}


class Reader:
    """A target for an XML parser: counts, looks and gathers text; builds no tree."""

    def __init__(self, elements: count[int], name: str) -> None:
        self.elements, self.sheet = elements, "worksheets/" in name
        self.texts: list[str] = []
        self._depth = 0
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > limits.DEPTH or next(self.elements) > limits.ELEMENTS:
            raise Refused("lab.upload.bomb")
        if attributes.get("TargetMode") == "External":
            raise Refused("lab.upload.links")
        name = tag.rpartition("}")[2]
        if name in ("ddeLink", "oleLink", "externalReference", "externalBook"):
            raise Refused("lab.upload.links")
        for key, value in attributes.items():
            if "macroenabled" in value.lower() or "vbaProject" in value:
                raise Refused("lab.upload.macros")
            if self.sheet and key in REACHES and name != "dataValidation":
                _reach(value)
            self.texts.append(value)

    def data(self, text: str) -> None:
        """Some characters."""
        self._pieces.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        # The pieces of one text belong together: an address can be cut by a bold letter.
        if self._pieces and tag.rpartition("}")[2] not in RUN:
            self.texts.append("".join(self._pieces))
            self._pieces.clear()

    def close(self) -> None:
        """The part ends."""
        if self._pieces:
            self.texts.append("".join(self._pieces))


def read(parts: Mapping[str, bytes]) -> str:
    """All text of these parts, a line each. Raises Refused."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    elements, texts = count(1), []
    for name, body in parts.items():
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        reader = Reader(elements, name)
        parser: Any = DefusedXMLParser(target=reader, forbid_dtd=True)
        try:
            parser.feed(body)
            parser.close()
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise Refused("lab.upload.broken") from error
        texts += reader.texts
    text = "\n".join(texts)
    if len(text) > limits.LARGEST:
        raise Refused("lab.upload.too_far")
    return text


def _reach(value: str) -> None:
    """Refuse a sheet that reaches further than anybody would scroll."""
    for area in value.split():
        corners = [_CELL.match(corner) for corner in area.split(":", 1)]
        places = [(_column(found[1]), int(found[2] or 0)) for found in corners if found]
        columns, rows = (max(side) for side in zip(*places, strict=True)) if places else (0, 0)
        if rows > limits.ROWS or columns > limits.COLUMNS or rows * columns > limits.CELLS:
            raise Refused("lab.upload.too_far")


def _column(letters: str | None) -> int:
    number = 0
    for letter in (letters or "").upper():
        number = number * 26 + ord(letter) - 64
    return number
