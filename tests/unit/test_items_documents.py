"""Word and PowerPoint files become screens and questions; what has no place is told."""

from __future__ import annotations

import io

import docx
import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from structlog.testing import capture_logs

from modules.basics import BadInput
from modules.exchange.items import powerpoint, word
from modules.exchange.items.brought import Option
from modules.exchange.items.documents import read
from modules.exchange.items.pages import Page, Pages
from tests import documents
from tests.documents import lesson, raw, repacked, saved, slides
from tests.media import bomb, picture


def told(one: Page | Pages) -> str:
    return "\n".join(f"{note.kind}: {note.sentence}" for note in one.notes)


def test_headings_begin_screens_and_text_keeps_its_marks():
    pages = read(lesson(), "handout.docx")
    assert (pages.format, pages.title) == ("word", "Sharing data")
    assert [page.title for page in pages.screens] == [
        "Sharing data",
        "Why share",
        "Who holds what",
        "Check",
    ]
    first, why, who, _ = pages.screens
    assert first.markdown == "Read this first."
    assert why.markdown == (
        "Data are **about people**, not *ours*. See [the law](https://law.example/a)\n\n"
        "- one\n   - below one\n- two\n\n1. first\n\n**More**\n\n![A map](rid9-image1.png)"
    ).replace("rid9-image1.png", why.pictures[0])
    assert who.markdown == "| Body | Data |\n| --- | --- |\n| Council | Homes |"
    assert set(pages.pictures) == set(why.pictures)


def test_a_document_is_told_by_what_it_is_whatever_its_name():
    assert read(lesson(), "a.pptx").format == "word"
    assert read(slides(), "a.docx").format == "powerpoint"


@pytest.mark.parametrize(("made", "name"), [(lesson, "a.docx"), (slides, "a.pptx")])
def test_a_question_in_aikens_form_becomes_one_and_leaves_its_screen(made, name):
    pages = read(made(), name)
    item = pages.questions.items[0]
    assert item.stem == "What comes first?"
    assert item.options == (Option("The purpose", True), Option("The law", False))
    last = pages.screens[-1]
    assert "purpose" not in last.markdown
    assert "A question (“ANSWER: …”) stood here" in told(last)


def test_options_that_word_numbers_with_letters_are_options():
    made = docx.Document()
    made.add_paragraph("What comes first?")
    for text in ("The purpose", "The law"):
        paragraph = made.add_paragraph(text)
        raw(paragraph, "")
        numbers = documents.OxmlElement("w:numPr")
        for name, value in (("w:ilvl", "0"), ("w:numId", "77")):
            one = documents.OxmlElement(name)
            one.set(documents.qn("w:val"), value)
            numbers.append(one)
        paragraph._p.get_or_add_pPr().append(numbers)
    made.add_paragraph("ANSWER: B")
    root = made.part.numbering_part.element
    root.append(
        docx.oxml.parser.parse_xml(
            f'<w:abstractNum xmlns:w="{documents.SPACES["w"]}" w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/></w:lvl></w:abstractNum>'
        )
    )
    root.append(
        docx.oxml.parser.parse_xml(
            f'<w:num xmlns:w="{documents.SPACES["w"]}" w:numId="77">'
            '<w:abstractNumId w:val="77"/></w:num>'
        )
    )
    item = word.read(saved(made)).questions.items[0]
    assert item.options == (Option("The purpose", False), Option("The law", True))


def test_a_question_that_is_not_whole_is_refused_and_told():
    made = docx.Document()
    for text in ("What?", "A. This", "ANSWER: C"):
        made.add_paragraph(text)
    pages = word.read(saved(made))
    assert "C is right, but there is no such option" in pages.questions.refused[0].sentence


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>"
            "<w:t>Mind this</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
            "</mc:AlternateContent></w:r>",
            "A text box was left out: “Mind this”",
        ),
        ("<w:r><w:drawing><c:chart/></w:drawing></w:r>", "A chart was left out"),
        ("<w:r><w:object/></w:r>", "An object of another program was left out"),
        ("<w:r><w:drawing/></w:r>", "A drawing was left out"),
        (
            "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
            "takes away was left out: “gone”",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x9</w:t></w:r>", "Hidden text was left out: “x9”"),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "A formula is told"),
    ],
)
def test_what_a_paragraph_holds_besides_text_is_told(xml, why):
    made = docx.Document()
    raw(made.add_paragraph("Text."), xml)
    assert why in told(word.read(saved(made)).screens[0])


def test_text_that_somebody_put_in_with_changes_tracked_is_kept():
    made = docx.Document()
    raw(made.add_paragraph("One"), "<w:ins><w:r><w:t> and two</w:t></w:r></w:ins>")
    assert word.read(saved(made)).screens[0].markdown == "One and two"


def test_headers_comments_and_embedded_files_are_told():
    made = docx.Document()
    paragraph = made.add_paragraph("Text.")
    made.add_comment(paragraph.runs, "Is that so?", "Marek")
    made.sections[0].header.paragraphs[0].text = "Draft of May"
    data = repacked(saved(made), {"word/embeddings/book.xlsx": b"PK\x03\x04"})
    said = told(word.read(data))
    assert "A header was left out: “Draft of May”" in said
    assert "Comments were left out" in said
    assert "Objects of other programs were not opened: book.xlsx" in said


def test_a_picture_without_words_and_one_that_is_none_are_told():
    made = docx.Document()
    made.add_paragraph().add_run().add_picture(io.BytesIO(picture()))
    page = word.read(saved(made)).screens[0]
    assert "has no alternative text" in told(page)
    data = repacked(saved(made), {"word/media/image1.png": bomb()})
    with pytest.raises(BadInput, match="The document holds no text"):
        word.read(data)


def test_slides_become_screens_with_what_is_said():
    pages = read(slides(), "deck.pptx")
    assert (pages.format, pages.title) == ("powerpoint", "deck")
    assert [page.title for page in pages.screens] == ["Sharing data", "Why share", "Look", "Check"]
    first, why, look, _ = pages.screens
    assert first.markdown == "For new staff"
    assert why.markdown == "- One reason\n   - below it\n- **Another**"
    assert why.spoken == "Say hello.\n\nAsk \\*who\\* knows it."
    assert look.markdown == (
        f"![A map]({look.pictures[0]})\n\n| Body | Data |\n| --- | --- |\n\n"
        "[See the law](https://law.example/a)"
    )


def test_what_slides_hold_besides_text_is_told():
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Numbers"
    chart = CategoryChartData()
    chart.categories = ["a"]
    chart.add_series("s", (1,))
    place = (0, 0, Inches(1), Inches(1))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, *place, chart)
    slide._element.append(
        pptx.oxml.parse_xml(
            '<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'
        )
    )
    slide._element.set("show", "0")
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(*place).text_frame.text = "Inside"
    pages = powerpoint.read(saved(made))
    said = told(pages.screens[0])
    assert "was left out: make it a picture" in said
    assert "Animations were left out" in said
    assert "hidden there" in said
    assert pages.screens[0].markdown == "Inside"
    assert "Objects of other programs were not opened" in told(pages)


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.docx", "empty"),
        (b"Hello", "a.docx", r"no \.docx document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.docx", r"before 2007\. Save it as \.docx"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "has a password",
        ),
        (lesson()[:-300], "a.docx", "damaged"),
        (b"PK\x03\x04" + bytes(60), "a.pptx", "damaged"),
        (repacked(lesson(), {"word/vbaProject.bin": b"x"}), "a.docx", "holds macros"),
        (
            repacked(lesson(), {"word/document.xml": lambda old: DOCTYPE + old.split(b"?>", 1)[1]}),
            "a.docx",
            "declares a document type",
        ),
        (
            repacked(lesson(), {"word/document.xml": b"<w"}),
            "a.docx",
            r"damaged.*Its part word/document\.xml is no XML",
        ),
        (repacked(lesson(), {"docProps/core.xml": b"<x/>"}), "a.docx", "damaged"),
        (repacked(lesson(), {"../x": b"x"}), "a.docx", "leads out"),
        (repacked(lesson(), {"word/big.bin": b"0" * (300 << 20)}), "a.docx", "grow"),
        (saved(docx.Document()), "a.docx", "holds no text"),
        (saved(pptx.Presentation()), "a.pptx", "holds no text"),
        (b"%PDF-1.7", "a.pdf", r"no document that is known here\. Bring \.docx or \.pptx"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, name, why):
    with pytest.raises(BadInput, match=why):
        read(data, name)


def two_slides():
    made = pptx.Presentation()
    for number in (1, 2):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = f"Slide {number}"
        slide.placeholders[1].text = "Text"
    return saved(made)


@pytest.mark.parametrize(
    ("data", "name", "part", "error"),
    [
        (
            repacked(
                two_slides(),
                {"ppt/slides/slide2.xml": lambda old: old.replace(b'type="title"', b'type="odd"')},
            ),
            "a.pptx",
            "slide 2",
            "ValueError",
        ),
        (
            repacked(lesson(), {"word/styles.xml": b"<x/>"}),
            "a.docx",
            "a paragraph before the first heading, “Sharing data”",
            "AttributeError",
        ),
        (
            repacked(
                lesson(),
                {
                    "word/document.xml": lambda old: old.replace(
                        b"<w:sectPr", b'<w:sectPr><w:headerReference r:id="rId77" '
                        b'w:type="default"/></w:sectPr><w:sectPr', 1
                    )
                },
            ),
            "a.docx",
            "its headers, footers and notes",
            "KeyError",
        ),
    ],
)  # fmt: skip
def test_a_part_that_nobody_foresaw_is_named_and_what_was_met_is_logged(data, name, part, error):
    with capture_logs() as logged, pytest.raises(BadInput) as refused:
        read(data, name)
    assert f"could not be read here: {part}." in str(refused.value)
    assert "damaged" not in str(refused.value)
    assert "Take it out" in str(refused.value)
    assert [(one["event"], one["error"]) for one in logged] == [("document.unreadable", error)]
    assert "Sharing" not in str(logged)
