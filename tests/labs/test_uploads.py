"""The door for files: what is taken in, what stays outside and why; never an exception."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules import words
from modules.labs.uploads import Accepted, Refusal, accept, limits, workbook
from tests.workbooks import refused, rewritten, sheet, with_part, xlsx


def test_a_plain_workbook_comes_in_with_all_that_is_hidden_in_it():
    found = accept("Release.XLSX", xlsx())
    assert isinstance(found, Accepted), found
    book = workbook(found)
    assert [one.sheet_state for one in book.worksheets] == ["visible", "hidden"]
    assert book["Totals"]["B2"].comment.text == "From the register"
    assert "sana" not in repr(found), "no log may hold what is in it"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("ward,claims\nElm,12\n", (("ward", "claims"), ("Elm", "12"))),
        ("\ufeffward;claims\r\nElm;1,5\r\n", (("ward", "claims"), ("Elm", "1,5"))),
        ('ward\tnote\nElm\t"two\nlines"', (("ward", "note"), ("Elm", "two\nlines"))),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_as_text_is_read_whatever_saved_it(text, rows, encoding):
    found = accept("t.csv", text.encode(encoding))
    assert found == Accepted("csv", text.encode(encoding), rows)


def test_old_spreadsheets_save_letters_their_own_way():
    found = accept("t.csv", "ward,name\nElm,Zoë\n".encode("cp1252"))
    assert found.rows[1] == ("Elm", "Zoë")


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.csv", b" \n\n ", "empty"),
        ("a.csv", b",,\n,,\n", "empty"),
        ("a.pdf", b"%PDF-1.7", "kind"),
        ("a.xlsx", b"%PDF-1.7", "other_inside"),
        ("a.xlsx", b"ward,claims\n", "other_inside"),
        ("a.csv", b"PK\x03\x04 and so on", "other_inside"),
        ("a.csv", b"a\x00b", "other_inside"),
        ("a.csv", b"\x81\x8d", "encoding"),
        ("a.csv", b'a,"b\nc', "broken"),
        ("a.xlsm", b"PK\x03\x04", "macros"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "broken"),
        ("a.csv", b"x" * (limits.LARGEST + 1), "too_large"),
        ("a.csv", b"x\n" * (limits.ROWS + 1), "too_far"),
        ("a.csv", b"," * limits.COLUMNS, "too_far"),
    ],
)
def test_what_is_not_the_expected_file_is_told_by_its_reason(name, body, why):
    assert refused(name, body) == why


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/activeX/activeX1.xml", "macros"),
        ("customUI/customUI.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links"),
        ("xl/connections.xml", "links"),
        ("xl/embeddings/oleObject1.bin", "embedded"),
        ("../../etc/passwd", "broken"),
        ("/etc/passwd", "broken"),
        ("xl\\other.xml", "broken"),
        ("XL/WORKBOOK.xml", "broken"),
    ],
)
def test_a_workbook_with_more_in_it_than_a_table_stays_outside(part, why):
    assert refused("a.xlsx", with_part(part)) == why


def test_macros_are_found_whatever_the_file_calls_itself():
    types = zipfile.ZipFile(io.BytesIO(xlsx())).read("[Content_Types].xml").decode()
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in types
    types = types.replace(plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert refused("a.xlsx", with_part("[Content_Types].xml", types.encode())) == "macros"


def test_links_to_elsewhere_stay_outside():
    def link(book):
        book.active["A1"].hyperlink = "https://elsewhere.example/track"

    assert refused("a.xlsx", xlsx(link)) == "links"


def test_a_file_in_the_file_stays_outside():
    assert refused("a.xlsx", with_part("xl/media/image1.png", xlsx())) == "embedded"


def test_a_password_inside_the_archive_is_told():
    body = bytearray(xlsx())
    at = body.find(b"PK\x01\x02")
    body[at + 8] |= 1
    assert refused("a.xlsx", bytes(body)) == "locked"


def bomb(name, megabytes):
    return with_part(name, bytes(megabytes * 1024 * 1024))


def measured(name, body):
    """The reason, and the seconds and megabytes that the look took."""
    tracemalloc.start()
    began = time.perf_counter()
    why = refused(name, body)
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return why, seconds, peak / 1024 / 1024


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked():
    for megabytes in (5, 300):
        body = bomb("xl/media/image1.png", megabytes)
        assert len(body) < limits.LARGEST
        why, seconds, peak = measured("a.xlsx", body)
        assert why == "bomb"
        assert seconds < 5
        assert peak < 60


def test_a_directory_that_lies_about_sizes_is_not_believed():
    body = bytearray(bomb("xl/worksheets/sheet9.xml", 100))
    real = struct.pack("<I", 100 * 1024 * 1024)
    assert real in body
    lying = bytes(body).replace(real, struct.pack("<I", 1000))
    why, seconds, peak = measured("a.xlsx", lying)
    assert why in ("bomb", "broken")
    assert peak < 60
    assert seconds < 5


def test_entries_that_share_their_bytes_are_not_read():
    """As in “a better zip bomb”: many entries of the directory, one body."""
    body = xlsx()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        (first, *_) = archive.infolist()
    start = body.find(b"PK\x01\x02")
    length = 46 + len(first.filename) + len(first.extra)
    line = body[start : start + length]
    lines = b""
    for number in range(150):
        name = f"{number:0{len(first.filename)}d}".encode()
        lines += line[:46] + name + line[46 + len(name) :]
    end = body.find(b"PK\x05\x06")
    directory = body[start:end] + lines
    count = struct.unpack("<H", body[end + 10 : end + 12])[0] + 150
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    assert refused("a.xlsx", body[:start] + directory + tail) in ("bomb", "broken")


def test_too_many_parts_are_refused():
    parts = {f"p{n}": (f"xl/media/{n}.png", b"x") for n in range(limits.PARTS)}
    assert refused("a.xlsx", rewritten(xlsx(), **parts)) == "bomb"


@pytest.mark.parametrize(
    "inside",
    [
        "<a>" * 200_000,
        "<a>" * 100 + "</a>" * 100,
        "<a/>" * (limits.ELEMENTS + 1),
    ],
    ids=["deep and torn", "deep", "many"],
)
def test_markup_made_to_fill_a_machine_is_not_followed(inside):
    why, seconds, peak = measured("a.xlsx", sheet(inside))
    assert why == "bomb"
    assert seconds < 10
    assert peak < 100


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol" * 10}">' for n in range(10))


@pytest.mark.parametrize(
    "text",
    [
        f"<!DOCTYPE x [{ENTITIES}]><x>&l9;</x>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "<x>&undefined;</x>",
        "<x></y>",
        '<?xml version="1.0" encoding="no-such-code"?><x/>',
        "",
    ],
)
def test_hostile_or_broken_markup_is_refused(text):
    assert refused("a.xlsx", with_part("docProps/custom.xml", text.encode())) == "broken"


@pytest.mark.parametrize(
    "inside",
    [
        '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<dimension ref="A1:ZZ9000"/><sheetData/>',
    ],
)
def test_a_sheet_that_reaches_too_far_is_not_laid_out(inside):
    why, seconds, _ = measured("a.xlsx", sheet(inside))
    assert why == "too_far"
    assert seconds < 2


GOOD = xlsx()
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(st.integers(0, len(GOOD) - 1))
def test_a_file_that_broke_off_is_refused_wherever_it_broke(length):
    refused("a.xlsx", GOOD[:length])


@quick
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1))
def test_an_altered_file_comes_in_or_stays_outside_and_never_raises(changes):
    body = bytearray(GOOD)
    for place, value in changes:
        body[place] = value
    found = accept("a.xlsx", bytes(body))
    if isinstance(found, Accepted):
        workbook(found)
    else:
        assert found.key in words.of("en").texts


@quick
@given(st.text(max_size=80), st.binary(max_size=400))
def test_any_name_and_any_bytes_get_an_answer(name, body):
    for ending in ("", ".csv", ".xlsx"):
        assert isinstance(accept(name + ending, body), Accepted | Refusal)
