"""The bytes of a question file as text: encodings told or guessed with a note, the rest refused."""

from __future__ import annotations

import codecs

import pytest

from modules.basics import BadInput
from modules.exchange.items import reading
from modules.exchange.items.reading import text

TEXT = "Où est l’été? “Ja” – 5 €"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
)
def test_an_encoding_that_names_itself_is_read_without_a_word(data):
    assert text(data) == (TEXT, ())


@pytest.mark.parametrize(
    ("code", "told"),
    [("cp1252", "Windows-1252"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")],
)
def test_an_encoding_that_has_to_be_guessed_is_told(code, told):
    made, notes = text(TEXT.encode(code))
    assert made == TEXT
    assert [(one.kind, told in one.sentence) for one in notes] == [("changed", True)]


def test_line_ends_are_all_the_same_and_unseen_signs_are_told():
    made, notes = text("a\r\nb\rc\u2028d\x0ce \x00\u202ef\ufdd0".encode())
    assert made == "a\nb\nc\nd\ne f"
    assert notes[0].sentence == "3 control characters, which nobody can see."
    assert "lost" in text("a\ufffd".encode())[1][0].sentence


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x00\x01\x02\x03" * 100, "no text has"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "cut off"),
        (codecs.BOM_UTF8 + b"abc\xc3", "cut off"),
        (b"a\x81b", "byte 2 of 3"),
        (("é" * 9 + "x").encode() + b"\xe9x", "Most letters"),
    ],
)
def test_what_is_no_text_is_refused(data, reason):
    with pytest.raises(BadInput, match=reason):
        text(data)


def test_a_text_is_bounded(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(BadInput, match="Part it"):
        text(b"x" * 11)
