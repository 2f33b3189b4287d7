"""A sheet of marks as a command reads it: what it takes, and what it says of what it cannot."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from modules.commands import app

HAND = "taker,A,B,C,D\n1,1,0,3,1\n2,1,1,2,1\n3,1,0,1,1\n4,0,1,1,1\n5,0,1,0,1\n"


@pytest.fixture
def run(tmp_path):
    def ran(content, *options, name="responses.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = CliRunner().invoke(app, ["questions", "statistics", str(path), *options])
        return done.exit_code, done.output

    return ran


def items(run, content, *options):
    code, said = run(content, "--json", *options)
    assert code == 0, said
    return json.loads(said)


def test_the_sheet_worked_out_by_hand_comes_out_of_the_command(run):
    # The arithmetic is in test_item_statistics.py.
    found = items(run, HAND)
    assert found["takers"] == 5
    assert found["left_out"] == {"taker": "says who it was"}
    a, b, c, d = found["items"]
    assert list(a) == [
        "item", "takers", "max", "mean", "facility", "facility_percent", "standard_deviation",
        "standard_deviation_percent", "discrimination_index", "discriminative_efficiency", "flags",
    ]  # fmt: skip
    assert (a["item"], a["takers"], a["max"], a["mean"]) == ("A", 5, 1.0, 0.6)
    assert (a["facility"], a["facility_percent"]) == (0.6, 60.0)
    assert a["standard_deviation"] == pytest.approx(0.547723, abs=1e-6)
    assert a["discrimination_index"] == pytest.approx(45.6435, abs=1e-4)
    assert a["discriminative_efficiency"] == 50.0
    assert b["discrimination_index"] == pytest.approx(-57.7350, abs=1e-4)
    assert b["flags"] == ["negative"]
    assert c["max"] == 3.0
    assert c["standard_deviation_percent"] == pytest.approx(38.0058, abs=1e-4)
    assert d["discrimination_index"] is d["discriminative_efficiency"] is None
    assert d["standard_deviation"] == 0


def test_the_table_for_people_says_what_was_not_counted(run):
    code, said = run(HAND)
    assert code == 0
    assert "A          5    1     60.0%     54.8%         45.6        50.0" in said
    assert "Not counted: “taker” says who it was." in said
    assert "–" in said.splitlines()[4]


@pytest.mark.parametrize(
    "written",
    [
        HAND.replace(",", ";").encode(),
        b"\xef\xbb\xbf" + HAND.encode(),
        HAND.replace("\n", "\r\n").encode(),
        HAND.encode("utf-16"),
        HAND.replace("taker", "Prüfling").replace("\n1,", "\nÄnne,").replace("\n2,", "\nb,")
        .replace("\n3,", "\nc,").replace("\n4,", "\nd,").replace("\n5,", "\ne,").encode("cp1252"),
        HAND.replace(",", "\t").encode(),
        HAND.replace(",", ";").replace("\n", ";\n").encode(),
        HAND.replace("taker", "").encode(),
    ],
    ids=["semicolons", "mark", "windows", "utf-16", "cp1252", "tabs", "trailing", "index"],
)  # fmt: skip
def test_however_it_was_saved_the_figures_are_the_same(run, written):
    assert items(run, written)["items"] == items(run, HAND)["items"]


def test_decimal_commas_and_what_the_head_says_an_item_gives(run):
    found = items(run, "Q1/2,5;Q2\n2,5;0,5\n1;1\n")
    first, second = found["items"]
    assert (first["item"], first["max"], first["facility"]) == ("Q1", 2.5, 0.7)
    assert (second["max"], second["facility"]) == (1.0, 0.75)


def test_most_marks_are_the_largest_found_and_at_least_one_unless_said(run):
    sheet = "Q1,Q2\n0.5,4\n0,2\n"
    assert [one["max"] for one in items(run, sheet)["items"]] == [1.0, 4.0]
    assert [one["max"] for one in items(run, sheet, "--max", "5")["items"]] == [5.0, 5.0]
    both = items(run, sheet, "--max", "5", "--max", "Q1=2")["items"]
    assert [one["max"] for one in both] == [2.0, 5.0]


def test_no_answer_counts_as_nothing_as_in_moodle(run):
    found = items(run, "id,Q1,Q2\na,1,\nb,,-\nc,1,1\n")
    assert found["unanswered"] == 3
    assert [one["mean"] for one in found["items"]] == [pytest.approx(2 / 3), pytest.approx(1 / 3)]


def test_moodles_own_report_is_read_without_its_total_and_its_average(run):
    report = (
        'Surname,"First name","Email address",State,"Time taken",Grade/3.00,"Q. 1 /1.00",'
        '"Q. 2 /2.00"\n'
        "Diaz,Ana,a@x.org,Finished,3 mins,2.00,1.00,1.00\n"
        "Bohm,Leo,l@x.org,Finished,4 mins,2.00,0.00,2.00\n"
        ",,,,,,,\n"
        "Overall average,,,,,2.00,0.50,1.50\n"
    )
    found = items(run, report)
    assert [(one["item"], one["max"], one["mean"]) for one in found["items"]] == [
        ("Q. 1", 1.0, 0.5),
        ("Q. 2", 2.0, 1.5),
    ]
    assert found["left_out"]["Grade/3.00"] == "adds up the others"
    assert found["left_out"]["State"] == "holds no numbers"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty"),
        ("Q1,Q2\n1,0\n", "at least two takers"),
        ("Q1,Q2\n1,0\n1,x\n", "row 3, column “Q2”: found “x”, expected a mark"),
        ("Q1,Q2\n1,0\n1,nan\n", "row 3, column “Q2”: found “nan”"),
        ("Q1,Q2\n1,0\n1,1e9\n", "found “1e9”"),
        ("Q1,Q2\n1,0\n1\n", "row 3 has 1 cells, and the head in row 1 has 2"),
        ("Q1,Q2\n0,5,1\n1,0\n", "decimal comma needs quotes"),
        ("Q1,Q1\n1,0\n1,1\n", "two columns are called “Q1”"),
        ("1,0,1\n1,1,1\n0,1,0\n", "two columns are called “1”"),
        ("1,0\n1,1\n0,1\n", "so it looks like marks"),
        ("Q1,,Q2\n1,1,1\n0,1,0\n", "column 2 has no name"),
        ("name,note\na,b\nc,d\n", "no column holds marks"),
        ("Q1/1,Q2\n1,1\n2,0\n", "row 3, column “Q1”: found 2, and the item gives 1"),
        ("id,Q1\n7,1\n8,0\n7,0\n", "row 4, column “id”: “7” is in row 2 already"),
        (b"PK\x03\x04 zip", "a packed file"),
        (b"%PDF-1.7", "a PDF"),
        (b'Q1,Q2\n1,"0\n1,1\n', "quoted cell never ends"),
        (b"Q1,Q2\n\x00\x00\x01\x02,1\n", "no text"),
    ],
)
def test_what_cannot_be_counted_is_said_with_its_place_and_never_a_traceback(run, content, said):
    code, told = run(content)
    assert code == 1
    assert said in told
    assert told.startswith("responses.csv: ")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "said"),
    [("Q9=3", "there is no item “Q9”"), ("lots", "expected a number"), ("Q1=0", "above 0")],
)
def test_a_max_that_fits_nothing_is_refused(run, option, said):
    code, told = run("Q1,Q2\n1,0\n1,1\n", "--max", option)
    assert code == 1
    assert said in told


def test_a_file_that_is_not_there_is_said(tmp_path):
    done = CliRunner().invoke(app, ["questions", "statistics", str(tmp_path / "no.csv")])
    assert done.exit_code == 1
    assert "cannot be read" in done.output


@pytest.mark.parametrize(
    "head",
    ["id", "Taker", "NAME", "e-mail", "Email address", "Student ID", "user_id", "First name", "#",
     "participant no", "pid", "Matric number"],
)  # fmt: skip
def test_a_column_that_says_who_it_was_is_never_counted_though_it_is_numeric(run, head):
    found = items(run, f"{head},Q1,Q2\n101,1,0\n102,0,1\n103,1,1\n")
    assert [one["item"] for one in found["items"]] == ["Q1", "Q2"]
    assert found["left_out"] == {head: "says who it was"}
