"""Uploads that could hold real people are refused; what nobody can have comes in."""

from __future__ import annotations

import time

import pytest
from openpyxl.comments import Comment

from modules.labs.uploads import limits, looks_real
from tests.workbooks import refused, sheet, xlsx

REAL = {
    "email": ["jo.bloggs@gmail.com", "Mail <a@sub.council.gov.uk>.", "x@notexample.org"],
    "insurance": ["AB123456C", "ni: ab 12 34 56 d"],
    "health": ["943 476 5919", "NHS 943-476-5919."],
    "phone": [
        "07912 345678",
        "+44 7912 345678",
        "020 7123 4567",
        "+44 (0)20 7123 4567",
    ],
    "postcode": ["SW1A 2AA", "at M1 1AE, Elm", "EC1A1BB"],
}
INVENTED = [
    "a@example.org, b@fernleigh.example, c@mail.example.com, d@x.test, e@example.gov.uk",
    "QQ123456C and qq 12 34 56 c",
    "999 123 4567, 943 476 5918 and 123-456-7890",
    "07700 900123, 0113 496 0999, 020 7946 0000, +44 1632 960983, 029 2018 0123",
    "QF1 2AB, QF12 3CD, ZZ9 9ZZ, A1 1AA",
    "2026-11-26 10:42, 1,234,567.89, 0.0123456789, case 0123, R-2048-11",
    "Sheet1!$A$1:$B$12 rId1 {6B29FC40-CA47-1067-B31D-00DD010662DA}",
]


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in REAL.items() for t in texts])
def test_what_looks_like_a_real_person_is_refused_and_not_kept(kind, text):
    assert looks_real(text) == kind
    assert refused("t.csv", f'name,note\nJo,"{text}"\n'.encode()) == "personal"
    assert refused("t.xlsx", xlsx(lambda book: book["People"].append([text]))) == "personal"


@pytest.mark.parametrize("text", INVENTED)
def test_what_nobody_can_have_comes_in(text):
    assert looks_real(text) == ""


def test_an_address_in_pieces_a_comment_or_a_property_is_found_too():
    pieces = (
        "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><r><t>jo@gm</t></r>"
        "<r><rPr><b/></rPr><t>ail.com</t></r></is></c></row></sheetData>"
    )
    assert refused("a.xlsx", sheet(pieces)) == "personal"

    def comment(book):
        book.active["A1"].comment = Comment("Ask jo@gmail.com", "Me")

    def creator(book):
        book.properties.creator = "jo@gmail.com"

    assert refused("a.xlsx", xlsx(comment)) == "personal"
    assert refused("a.xlsx", xlsx(creator)) == "personal"


@pytest.mark.parametrize("piece", ["a", "0", "a.", "a@", "a@a.", "AB12", "0 ", "07 ", "é"])
def test_looking_for_people_takes_no_time_whatever_the_text(piece):
    text = piece * (limits.LARGEST // len(piece))
    began = time.perf_counter()
    looks_real(text)
    assert time.perf_counter() - began < 5
