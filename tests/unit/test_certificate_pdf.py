"""The certificate as a PDF: tagged, titled, one page, and never reading a name as code."""

from __future__ import annotations

import re
import tempfile
import threading
import uuid
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from modules import typesetting, words
from modules.learn import printing
from modules.learn.certificates import Certificate

CODE = "7Q4K-29XD-0M3R-T8VW-AAAA-5HJN-P2CZ"
ADDRESS = f"https://training.example.org/verify/{CODE}"
HOSTILE = (
    '#import "/etc/passwd": x',
    '#read("/etc/hostname")',
    "$x^2$ *bold* _it_ `raw` @ref <label> [c] \\ // /* ~ -- ---",
    '"); #panic("no") //',
    "Zoë Łukasiewicz-Ångström",
    "Олена Шевченко",
    "عمر",
    "W" * 300,
    "Wolfeschlegelsteinhausenbergerdorff " * 6,
    "  ",
    "A\u0000\u0007\n\tB",
)


def certificate(**changes):
    whole = {
        "attempt_id": uuid.UUID(int=1),
        "module": "M01",
        "title": "Why share? Data ecosystems and public benefit",
        "version": "1.0.0",
        "sha256": "ab12cd34" * 8,
        "completed_on": date(2026, 11, 22),
        "valid_until": date(2027, 11, 22),
        "name": "Amira Khan",
        "organisation": "Fernleigh Council",
        "path": "All staff",
        "language": "en",
        "invented": False,
        "code": CODE,
        "shares": (),
        "made": True,
    }
    return Certificate(**whole | changes)


def pdf(check=ADDRESS, **changes):
    return printing.pdf(certificate(**changes), check, words.of("en"))


def insides(made):
    """The PDF with its streams unpacked."""
    out = [made]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            out.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(out)


def text_of(made):
    """What a reader that copies the text gets."""
    return PdfReader(BytesIO(made)).pages[0].extract_text()


def test_it_is_tagged_has_a_language_a_title_and_says_that_it_is_pdf_ua():
    whole = insides(pdf())
    assert whole.startswith(b"%PDF-1.7")
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", whole)
    assert re.search(rb"/Lang\s*\(en\)", whole)
    assert b"/StructTreeRoot" in whole
    assert b"/DisplayDocTitle true" in whole
    assert b"pdfuaid:part" in whole
    title = "Certificate: Why share? Data ecosystems and public benefit, Amira Khan"
    assert title.encode() in whole


def test_logo_and_qr_code_have_alternative_texts():
    whole = insides(pdf())
    alts = re.findall(rb"/Alt\s*\(((?:[^()\\]|\\.)*)\)", whole)
    assert b"Steward" in alts
    assert any(f"QR code of {ADDRESS}".encode() in one for one in alts)


def test_it_is_one_page_of_a4_across():
    whole = insides(pdf())
    assert re.search(rb"/Count 1\b", whole)
    assert re.search(rb"/MediaBox\s*\[0 0 841\.8\d* 595\.2\d*\]", whole)


def test_everything_on_it_can_be_read_as_text():
    text = text_of(pdf())
    for told in (
        "Amira Khan",
        "Why share? Data ecosystems and public benefit",
        "22 November 2026",
        "22 November 2027",
        "M01 1.0.0",
        "ab12cd34ab12cd34",
        "All staff",
        "Fernleigh Council",
        CODE,
        ADDRESS,
    ):
        assert told in text
    assert "ab12cd34ab12cd34a" not in text
    assert "invented" not in text


def test_the_certificate_of_an_invented_person_says_that_it_is_a_demonstration():
    assert "invented" in text_of(pdf(invented=True))


def test_without_a_public_page_there_is_neither_number_nor_address_nor_qr_code():
    made = pdf(check="", code="")
    assert b"QR code" not in insides(made)
    text = text_of(made)
    assert "verify" not in text
    assert "Certificate number" not in text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_read_as_code_and_never_leaves_the_one_page(name):
    made = pdf(name=name)
    assert re.search(rb"/Count 1\b", insides(made))
    assert b"pdfuaid:part" in insides(made)
    text = text_of(made)
    if name.startswith(("#", "$", '"')):
        assert "".join(name.split()) in "".join(text.split())


def test_a_letter_that_no_font_has_still_gives_a_certificate():
    assert pdf(name="\U0001fadf 李").startswith(b"%PDF")


@pytest.mark.parametrize("field", ["title", "organisation", "path"])
def test_other_texts_are_not_read_as_code_either(field):
    text = text_of(pdf(**{field: '#panic("x") $1$'}))
    assert '#panic("x") $1$' in text


def test_the_same_certificate_is_the_same_file():
    assert pdf() == pdf()


def test_it_leaves_nothing_on_the_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    typesetting.fonts.cache_clear()
    pdf()
    assert list(tmp_path.iterdir()) == []


def test_several_can_be_made_at_once():
    made = []
    threads = [threading.Thread(target=lambda: made.append(pdf())) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 6
    assert len(set(made)) == 1


def test_the_template_reads_no_file_and_no_package():
    template = Path(printing.__file__).with_name("certificate.typ").read_text("utf-8")
    assert not re.search(r"(#|= *)(import|include|read|plugin|yaml|csv|toml|xml)\b", template)
    assert set(re.findall(r"(?:image|json)\((\w+)", template)) == {"bytes"}


def test_the_qr_code_holds_the_address_and_nothing_from_elsewhere():
    drawn = printing.qr(ADDRESS)
    assert drawn.startswith("<svg")
    assert "href" not in drawn
    assert printing.qr(ADDRESS) != printing.qr(ADDRESS + "x")
