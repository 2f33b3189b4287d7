"""Word and PowerPoint files that tests make themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
import pptx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pptx.util import Inches

from tests.media import picture


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def repacked(data: bytes, change: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """A package with parts changed, added, or (None) taken out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            by = change.get(name, old.read(name))
            if by is not None:
                new.writestr(name, by(old.read(name)) if callable(by) else by)
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return made.getvalue()


def described(run: Any, alt: str) -> None:
    """Give the picture of a run its alternative text."""
    run._r.xpath(".//wp:docPr")[0].set("descr", alt)


def link(paragraph: Any, text: str, address: str) -> None:
    """A link at the end of a paragraph."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    reference = paragraph.part.relate_to(address, kind, is_external=True)
    element, run, inner = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    element.set(qn("r:id"), reference)
    inner.text = text
    run.append(inner)
    element.append(run)
    paragraph._p.append(element)


def raw(paragraph: Any, xml: str) -> None:
    """XML of Word's at the end of a paragraph."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
    whole = docx.oxml.parser.parse_xml(f"<w:p {spaces}>{xml}</w:p>")
    for one in list(whole):
        paragraph._p.append(one)


SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}


def lesson() -> bytes:
    """A Word document with what a trainer's hand-out has."""
    made = docx.Document()
    made.add_heading("Sharing data", 0)
    made.add_paragraph("Read this first.")
    made.add_heading("Why share", 1)
    paragraph = made.add_paragraph("Data are ")
    paragraph.add_run("about people").bold = True
    paragraph.add_run(", not ")
    paragraph.add_run("ours").italic = True
    paragraph.add_run(". See ")
    link(paragraph, "the law", "https://law.example/a")
    made.add_paragraph("one", style="List Bullet")
    made.add_paragraph("below one", style="List Bullet 2")
    made.add_paragraph("two", style="List Bullet")
    made.add_paragraph("first", style="List Number")
    made.add_heading("More", 3)
    run = made.add_paragraph().add_run()
    run.add_picture(io.BytesIO(picture()), width=Inches(1))
    described(run, "A map")
    made.add_heading("Who holds what", 2)
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ["Body", "Data", "Council", "Homes"], strict=True):
        cell.text = text
    made.add_heading("Check", 1)
    for line in ("What comes first?", "A. The purpose", "B. The law", "ANSWER: A", "The end."):
        made.add_paragraph(line)
    return saved(made)


def slides() -> bytes:
    """A PowerPoint file with what a trainer's slides have."""
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = "Sharing data"
    slide.placeholders[1].text = "For new staff"
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Why share"
    frame = slide.placeholders[1].text_frame
    frame.text = "One reason"
    for text, level in (("below it", 1), ("Another", 0)):
        paragraph = frame.add_paragraph()
        paragraph.level = level
        run = paragraph.add_run()
        run.text, run.font.bold = text, level == 0
    slide.notes_slide.notes_text_frame.text = "Say hello.\nAsk *who* knows it."
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Look"
    shown = slide.shapes.add_picture(io.BytesIO(picture()), 0, 0)
    shown._element.xpath(".//p:cNvPr")[0].set("descr", "A map")
    table = slide.shapes.add_table(1, 2, 0, 0, Inches(2), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Body", "Data"
    box = slide.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame
    box.text = "See the law"
    box.paragraphs[0].runs[0].hyperlink.address = "https://law.example/a"
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Check"
    frame = slide.placeholders[1].text_frame
    frame.text = "What comes first?"
    for text in ("A. The purpose", "B. The law", "ANSWER: A"):
        frame.add_paragraph().text = text
    return saved(made)
