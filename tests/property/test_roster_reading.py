"""Staff lists of any kind, whole or spoilt: read as they were written, or refused in a sentence."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from modules.basics import BadInput
from modules.exchange.reading import open_table

NAMES = ("E-mail", "Name", "Department")
# Line ends and NUL have tests of their own; a spreadsheet turns them into each other.
TEXT = st.text(
    st.characters(exclude_characters="\r\n\x00\ufeff", exclude_categories=("Cs",)), max_size=20
)
LATIN = st.text(st.characters(codec="cp1252", exclude_characters="\r\n\x00"), max_size=20)
DELIMITERS = st.sampled_from([",", ";", "\t", "|"])


def body(rows, delimiter, encoding, end="\r\n"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([NAMES, *rows])
    return out.getvalue().encode(encoding)


def read(content, name="staff.csv"):
    table = open_table(content, name)
    return [cells for _, cells in table.rows()]


@given(
    st.lists(st.lists(TEXT, min_size=3, max_size=3).filter(any), max_size=5),
    DELIMITERS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_is_read_as_it_was_written_in_every_delimiter_and_encoding(
    rows, delimiter, encoding, end
):
    assert read(body(rows, delimiter, encoding, end)) == rows


@given(st.lists(st.lists(LATIN, min_size=3, max_size=3).filter(any), max_size=5), DELIMITERS)
def test_a_table_in_windows_1252_is_read_with_its_umlauts(rows, delimiter):
    # Enough of it for nobody to take it for UTF-8.
    rows = [["müller@example.org", "Jörg Müller", "Straßen"], *rows]
    assert read(body(rows, delimiter, "cp1252")) == rows


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_by_its_zeros(encoding):
    rows = [["ann@example.org", "Ann Lee", "Revenues"]]
    assert read(body(rows, ",", encoding)) == rows


def test_rows_are_numbered_as_a_spreadsheet_counts_them():
    content = b'E-mail,Name\r\n\r\na@x.org,"two\nlines"\r\n,\r\nb@x.org,B\r\n'
    assert [line for line, _ in open_table(content, "staff.csv").rows()] == [3, 5]


def test_excels_own_line_about_the_delimiter_is_no_head():
    content = b"sep=;\r\nE-mail;Name\r\na@x.org;A\r\n"
    table = open_table(content, "staff.csv")
    assert table.columns == ("E-mail", "Name")
    assert list(table.rows()) == [(3, ["a@x.org", "A"])]


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


BOOK = workbook(("E-mail", "Name", "No"), ("a@x.org", "A", 12.0), ("b@x.org", "=A2", True))
CSV = body([["a@x.org", "Ann", "Tax"], ["ü@x.org", "Ben", "Rates"]], ";", "utf-16")


def test_a_workbook_is_read_as_its_csv_would_be_and_formulas_are_marked():
    assert read(BOOK, "staff.xlsx") == [
        ["a@x.org", "A", "12"],
        ["b@x.org", "\x00formula\x00", "yes"],
    ]


def read_or_sentence(content, name):
    try:
        return read(content, name)
    except BadInput as bad:
        assert str(bad).endswith((".", "?"))
        return None


@settings(max_examples=150)
@given(st.data(), st.sampled_from([("staff.xlsx", BOOK), ("staff.csv", CSV)]))
def test_a_spoilt_file_is_read_or_refused_in_a_sentence_and_nothing_else(data, file):
    name, content = file
    spoilt = bytearray(content[: data.draw(st.integers(1, len(content)))])
    for _ in range(data.draw(st.integers(0, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    read_or_sentence(bytes(spoilt), name)


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.zip"]))
def test_any_bytes_are_read_or_refused_in_a_sentence(content, name):
    read_or_sentence(content, name)


def packed(**parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


def with_part(name, content):
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(kept, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return kept.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TABLE = (
    '<row r="1"><c r="A1" t="str"><v>E-mail</v></c><c r="B1" t="str"><v>Name</v></c></row>{}'
    '<row r="{}"><c r="A2" t="str"><v>a@x.org</v></c><c r="B2" t="str"><v>Ann</v></c></row>'
)


def sheet(row=2, more=""):
    inside = TABLE.format(more, row)
    told = f'<worksheet xmlns="{SPACE}"><sheetData>{inside}</sheetData></worksheet>'
    return with_part(SHEET, told.encode())


# Small in the file: what a row holds is kept in memory until it ends.
WIDE = '<row r="2">' + '<c s="0"/><c/>' * 300_000 + "</row>"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
# Behind more blanks than anybody looks through at the beginning of a part.
LATE = b'<?xml version="1.0"?>' + b" " * 8000 + LAUGHS.partition(b"?>")[2]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "empty"),
        (b"\n\n", "a.csv", "no row"),
        (b"%PDF-1.7 x", "a.csv", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "password"),
        (b"just one column\nx\n", "a.csv", "fewer than two"),
        (b'E-mail,Name\na@x.org,"never ends\n', "a.csv", "not whole"),
        ("E-mail,Name\na@x.org,Jörg Müller\nb@x.org,M".encode() + b"\xfcller\n", "a.csv", "UTF-8"),
        (BOOK, "a.xlsm", "macros"),
        (with_part("xl/vbaProject.bin", b"x"), "a.xlsx", "macros"),
        (with_part(SHEET, LAUGHS), "a.xlsx", "document type"),
        (with_part(SHEET, LAUGHS.decode().encode("utf-16")), "a.xlsx", "document type"),
        (with_part(SHEET, b"0" * (3 << 20)), "a.xlsx", "grow"),
        (with_part(SHEET, LATE), "a.xlsx", "document type"),
        (sheet(row=999_999_999_999), "a.xlsx", "beyond row 1,048,576"),
        (sheet(more=WIDE), "a.xlsx", "grow"),
        (sheet(more=f"<row><c><v>{'x' * (5 << 20)}</v></c></row>"), "a.xlsx", "grow"),
        (packed(**{"a.txt": b"x"}), "a.xlsx", "no workbook"),
    ],
)
def test_what_is_no_staff_list_is_refused_with_its_reason(content, name, said):
    with pytest.raises(BadInput, match=said):
        read(content, name)


USERS = (
    "sourcedId,status,enabledUser,givenName,familyName,email,password,primaryOrgSourcedId,"
    "metadata.managerSourcedId,role\n"
    "u1,active,true,Ann,Lee,ann@x.org,hunter2,o2,,staff\n"
    "u2,active,true,Ben,Fox,ben@x.org,hunter2,o2,u1,staff\n"
    "u3,active,true,Kid,Fox,kid@x.org,hunter2,o2,,student\n"
    "u4,tobedeleted,true,Old,Fox,old@x.org,hunter2,o2,u1,staff\n"
)
ORGS = (
    "sourcedId,status,name,type,identifier,parentSourcedId\n"
    "o1,active,Vale,district,,\no2,active,Tax,department,,o1\n"
)


@pytest.mark.parametrize("kind", ["zip", "inner", "folder"])
def test_a_oneroster_export_is_a_staff_list_with_units_and_managers(kind, tmp_path):
    files = {"users.csv": USERS, "orgs.csv": ORGS, "manifest.csv": "propertyName,value\n"}
    if kind == "folder":
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        table = open_table(tmp_path, "export")
    else:
        inner = "export__" if kind == "inner" else ""
        table = open_table(packed(**{inner + n: t for n, t in files.items()}), "export.zip")
    assert table.kind == "oneroster"
    assert [(one.code, one.name, one.parent) for one in table.units] == [
        ("o1", "Vale", ""),
        ("o2", "Tax", "o1"),
    ]
    people = [cells for _, cells in table.rows()]
    assert people == [
        ["ann@x.org", "Ann", "Lee", "u1", "o2", "", "", "true"],
        ["ben@x.org", "Ben", "Fox", "u2", "o2", "ann@x.org", "", "true"],
        ["old@x.org", "Old", "Fox", "u4", "o2", "ann@x.org", "", "no"],
    ]
    assert table.notes == {"roster.note.taught": 1}
    assert "hunter2" not in str(people)


def test_a_part_of_a_oneroster_export_says_so():
    files = {"users.csv": USERS, "orgs.csv": ORGS}
    manifest = "propertyName,value\nfile.users,delta\n"
    assert open_table(packed(**files, **{"manifest.csv": manifest}), "x.zip").partial
    assert not open_table(packed(**files), "x.zip").partial
