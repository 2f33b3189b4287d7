"""`questions import`: what it says of a file to people and to programs, and how it ends."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from modules.commands import app

GIFT = (
    "::One:: Which? {=yes ~no#Wrong. ####For all.}\n\n"
    "How many? {#5:1}\n\nTwo and two is {=four =%50%five#Nearly.}.\n\nMatch {=a -> b =c -> d}\n"
)


@pytest.fixture
def run(tmp_path):
    """The command on a file of these bytes."""

    def made(data, *options, name="a.gift"):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return CliRunner().invoke(app, ["questions", "import", str(tmp_path / name), *options])

    return made


def test_people_read_item_by_item_what_became_of_it(run):
    ran = run(GIFT)
    assert ran.exit_code == 0
    assert "line 1 “One”: single_choice: Which?" in ran.output
    assert "[ ] no – Wrong." in ran.output
    assert "why: For all." in ran.output
    assert "= 5 ± 1" in ran.output
    assert "~ changed: “five” earned 50%; here it is not right." in ran.output
    assert (
        "gift: 3 understood, 1 understood with something changed or left, 0 refused." in ran.output
    )


def test_programs_read_every_part(run):
    told = json.loads(run(GIFT, "--json").output)
    assert told["summary"] == {"understood": 3, "changed": 1, "refused": 0}
    first = told["items"][0]
    assert first["options"] == [
        {"text": "yes", "right": True, "why": "", "share": 1.0},
        {"text": "no", "right": False, "why": "Wrong.", "share": 0.0},
    ]
    assert (first["state"], first["name"], first["why"]) == ("understood", "One", "For all.")
    assert told["items"][1]["number"] == {"value": 5, "tolerance": 1, "unit": "", "why": ""}
    assert told["items"][2]["blanks"][0]["wrong"] == [{"text": "five", "why": "Nearly."}]
    assert told["items"][2]["state"] == "changed"
    assert told["items"][3]["pairs"][1] == {"left": "c", "right": "d", "why": ""}


def test_a_refused_question_makes_it_end_with_1(run):
    ran = run("Write. {}\n\nOne {T}")
    assert ran.exit_code == 1
    assert "line 1: refused: Write. {}\n    ! It is an essay" in ran.output
    told = json.loads(run("Write. {}", "--json").output)
    assert told["refused"][0]["place"] == "line 1"


@pytest.mark.parametrize(
    ("data", "options", "reason"),
    [
        (b"%PDF", (), "a PDF, not a text"),
        (b"", (), "The file is empty"),
        (GIFT, ("--format", "word"), "“word” is no format"),
        (b"\xff\xfea", ("--format", "gift"), "cut off"),
    ],
)
def test_an_unreadable_file_makes_it_end_with_2_and_one_sentence(run, data, options, reason):
    ran = run(data, *options)
    assert (ran.exit_code, reason in ran.output) == (2, True)
    told = json.loads(run(data, *options, "--json").stdout)
    assert reason in told["error"]


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    ran = CliRunner().invoke(app, ["questions", "import", str(tmp_path / "none.gift")])
    assert (ran.exit_code, "There is no such file." in ran.output) == (2, True)


def test_what_a_library_prints_of_a_file_does_not_spoil_the_json(run):
    book = Workbook()
    book.active.append(["question", "a", "b", "answer"])
    book.active.append(["Which?", "yes", "no", "A"])
    kept, odd = io.BytesIO(), io.BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part = re.sub(rb"<numFmts.*?</numFmts>|<fonts.*?</fonts>", b"", part)
                part = re.sub(rb"<cellStyleXfs.*?</cellStyleXfs>", b"", part)
            new.writestr(name, part)
    ran = run(odd.getvalue(), "--json", name="a.xlsx")
    assert "out of range" in ran.stderr
    assert "damaged" in json.loads(ran.stdout)["error"]
