"""One door for all formats: which one a file is in, and nothing that our form cannot hold."""

from __future__ import annotations

import pytest

from modules.basics import BadInput
from modules.exchange.items import reading
from modules.exchange.items.formats import FORMATS, read
from tests import qti_items as qti
from tests import quizzes

GIFT = b"::One:: Which? {=yes ~no}\n"
AIKEN = b"Which?\nA. yes\nB. no\nANSWER: A\n"
CSV = b"question,a,b,answer\nWhich?,yes,no,A\n"


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (GIFT, "a.gift", "gift"),
        (GIFT, "a.txt", "gift"),
        (GIFT, "upload", "gift"),
        (GIFT.decode().encode("utf-16"), "a.txt", "gift"),
        (AIKEN, "a.txt", "aiken"),
        (AIKEN.decode().encode("utf-16"), "a.aiken", "aiken"),
        (AIKEN, "a.dat", "aiken"),
        (CSV, "a.csv", "csv"),
        (CSV, "a.txt", "csv"),
        (CSV.replace(b"Which?", b"Which {1}?"), "a.csv", "csv"),
        (b"Which {x}?\nA. yes\nB. no\nANSWER: A\n", "a.txt", "aiken"),
        (quizzes.quiz(quizzes.TRUEFALSE), "a.xml", "moodle_xml"),
        (quizzes.quiz(quizzes.TRUEFALSE).decode().encode("utf-16"), "upload", "moodle_xml"),
        (qti.SINGLE.encode(), "a.xml", "qti21"),
        (qti.third(qti.SINGLE).encode(), "a.xml", "qti30"),
        (qti.package({"a.xml": qti.SINGLE}), "a.zip", "qti21"),
        (qti.package({"a.xml": qti.third(qti.SINGLE)}), "a.zip", "qti30"),
    ],
)
def test_a_format_is_told_by_content_and_name(data, name, format):
    bank = read(data, name)
    assert (bank.format, len(bank.items)) == (format, 1)


def test_a_format_that_is_named_is_taken():
    assert read(AIKEN, "a.txt", "aiken").format == "aiken"
    with pytest.raises(BadInput, match=r"“pdf” is no format.*gift"):
        read(GIFT, "a.txt", "pdf")


@pytest.mark.parametrize("data", [b"Just a text.\n", b"\x00\x01\x02", b"{}", b"\x00\x01", b"<a/>"])
def test_what_is_in_no_known_format_is_refused_with_the_list_of_those(data):
    with pytest.raises(BadInput, match=r"no format that is known here. Known are: .*gift"):
        read(data, "a.txt")


def test_an_empty_file_and_one_of_too_many_questions_are_refused(monkeypatch):
    with pytest.raises(BadInput, match="empty"):
        read(b"", "a.gift")
    with pytest.raises(BadInput, match="No question was found"):
        read(b"// only a comment\n", "a.gift")
    monkeypatch.setattr(reading, "MOST", 2)
    with pytest.raises(BadInput, match="more than 2 questions"):
        read(GIFT * 3 + b"\n", "a.gift")


def test_what_our_types_cannot_hold_is_among_the_refused():
    bank = read(b"A {=a ~b}\n\nB {=a ~a}\n\nC {}\n", "a.gift")
    assert [one.place for one in bank.items] == ["line 1"]
    assert sorted(one.place for one in bank.refused) == ["line 3", "line 5"]


def test_every_format_has_a_title_and_is_called_what_it_is_registered_as():
    for name, one in FORMATS.items():
        assert one.name == name
        assert one.title
        assert all(extension.startswith(".") for extension in one.extensions)
        assert one.read or one.write
