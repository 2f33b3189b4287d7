"""Word documents as screens: a heading begins one, and its text is our Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from modules.basics import BadInput
from modules.exchange.items import office
from modules.exchange.items.brought import Bank, Note
from modules.exchange.items.gathering import Gathering, clipped
from modules.exchange.items.pages import Pages
from modules.exchange.items.paging import SCREENS, Block, Part, paged, pictures
from modules.exchange.items.pictures import Shelf
from modules.exchange.items.word_lists import Lists
from modules.exchange.items.word_runs import Runs, found, value

FORMAT = "word"
MAIN = "word/document.xml"
# Headings of these levels begin a screen; those below stand in bold.
BEGINS = 2
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def looks(data: bytes, name: str) -> bool:
    """Whether a file is a Word document."""
    return data.startswith(b"PK\x03\x04") and MAIN.encode() in data


def read(data: bytes, name: str = "") -> Pages:
    """A document's screens and questions. Raises BadInput for one that cannot be read."""
    import docx

    package = office.opened(data, MAIN, ".docx")
    with office.whole(package):
        document = docx.Document(io.BytesIO(data))
        document.element.body, document.core_properties.title  # noqa: B018 - parts are read late
    reading = _Reading(document, name)
    with office.part(lambda: reading.at):
        return reading.pages(office.embedded(package))


class _Reading:
    """One document while it is read."""

    def __init__(self, document: Any, name: str) -> None:
        self.document = document
        self.shelf = Shelf()
        self.lists = Lists(document)
        self.title = clipped(document.core_properties.title or "")
        self.name = clipped(name.rpartition(".")[0] or name or "Document")
        self.parts = [self._part("")]
        self.at = "its beginning"

    def pages(self, embedded: list[str]) -> Pages:
        """All of it."""
        self._body(self.document.element.body)
        if len(self.parts) > SCREENS:
            raise BadInput(f"The document has more than {SCREENS} headings. Part it.")
        title = self.title or self.name
        if self.parts[0].blocks and not self.parts[0].title:
            self.parts[0].title = title
        self.at = "its questions or pictures"
        screens, questions = paged(self.parts, self.shelf)
        if not any(page.markdown for page in screens) and questions == Bank("aiken"):
            raise BadInput("The document holds no text.")
        notes = list(self._rest())
        if embedded:
            told = ", ".join(one.rpartition("/")[2] for one in embedded[:5])
            notes.append(Note("left", f"Objects of other programs were not opened: {told}."))
        return Pages(FORMAT, title, screens, questions, tuple(notes), pictures(screens, self.shelf))

    def _part(self, title: str) -> Part:
        number = len(getattr(self, "parts", [])) + 1
        place = f"heading “{title}”" if title else "before the first heading"
        return Part(
            title, place if title or number == 1 else f"part {number}", Gathering(self.shelf)
        )

    def _body(self, body: Any) -> None:
        for element in body:
            tag = str(element.tag).rpartition("}")[2]
            if tag in ("p", "tbl"):
                said = clipped("".join(str(one.text) for one in found(element, "./w:r/w:t")), 60)
                what = "a table" if tag == "tbl" else "a paragraph"
                self.at = f"{what} below the {self.parts[-1].place}"
                self.at = self.at.replace("below the before", "before")
                self.at += f", “{said}”" if said else ""
            if tag == "p":
                self._paragraph(element)
            elif tag == "tbl":
                html = self._table(element, 0)
                self.parts[-1].blocks.append(Block("table", html))
            elif tag == "sdt":
                self._control(element)
            elif tag in ("ins", "customXml", "smartTag", "sdtContent"):
                self._body(element)

    def _control(self, element: Any) -> None:
        """A content control: its text, but no table of contents."""
        if found(element, "./w:sdtPr/w:docPartObj"):
            self.parts[-1].gathering.left("A table of contents or a like part was left out.")
            return
        for inner in found(element, "./w:sdtContent"):
            self._body(inner)

    def _paragraph(self, element: Any) -> None:
        part = self.parts[-1]
        runs = Runs(self.document.part, part.gathering, part.files)
        html = runs.html(element)
        level = self._heading(element)
        text = clipped(Block("p", html).text, 200)
        if level == 0 and text:  # Word's "Title"
            self.title = self.title or text
            if not part.blocks:
                part.title = text
        elif level is not None and level <= BEGINS and text:
            pictured = re.findall(r"<img\b[^>]*>", html)
            self.parts.append(self._part(text))
            self.parts[-1].files = dict(part.files)
            self.parts[-1].blocks += [Block("p", one) for one in pictured]
        elif level is not None and text:
            part.blocks.append(Block("p", f"<b>{html}</b>"))
        elif html.strip():
            kind, depth, letter = self.lists.of(element)
            part.blocks.append(Block(kind, html, depth, letter))

    def _heading(self, element: Any) -> int | None:
        """The level of a heading, 0 for the title, None for other paragraphs."""
        from docx.text.paragraph import Paragraph

        style: Any = Paragraph(element, self.document._body).style
        for _ in range(10):
            if style is None:
                return None
            name = str(style.name or "")
            if name.lower() == "title":
                return 0
            if heading := _HEADING.fullmatch(name):
                return int(heading[1])
            style = style.base_style
        return None

    def _table(self, element: Any, depth: int) -> str:
        part, rows = self.parts[-1], []
        runs = Runs(self.document.part, part.gathering, part.files)
        for row in found(element, "./w:tr"):
            cells = []
            for cell in found(row, "./w:tc"):
                wide = value(cell, "./w:tcPr/w:gridSpan")
                span = f' colspan="{wide}"' if wide.isdecimal() else ""
                inside = [runs.html(one) for one in found(cell, "./w:p")]
                if found(cell, "./w:tbl"):
                    part.gathering.changed("A table within a table was taken as its text.")
                    inside += [runs.html(one) for one in found(cell, ".//w:tbl//w:p")]
                cells.append(f"<td{span}>{'<br>'.join(filter(None, inside))}</td>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{''.join(rows)}</table>"

    def _rest(self) -> Iterator[Note]:
        """What stands outside of the text."""
        self.at = "its headers, footers and notes"
        for section in self.document.sections:
            for what, where in (("header", section.header), ("footer", section.footer)):
                text = clipped(" ".join(one.text for one in where.paragraphs), 120)
                if text and not where.is_linked_to_previous:
                    yield Note("left", f"A {what} was left out: “{text}”")
        kinds = {rel.reltype.rpartition("/")[2] for rel in self.document.part.rels.values()}
        for kind, what in (
            ("comments", "Comments"),
            ("footnotes", "Footnotes"),
            ("endnotes", "Endnotes"),
        ):
            if kind in kinds and self._used(kind):
                yield Note("left", f"{what} were left out. Put what matters into the text.")

    def _used(self, kind: str) -> bool:
        name = {"comments": "commentReference", "footnotes": "footnoteReference"}.get(
            kind, "endnoteReference"
        )
        return bool(found(self.document.element, f".//w:{name}"))
