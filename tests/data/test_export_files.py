"""Her record as a PDF and by command; an export of somebody who has left."""

from __future__ import annotations

import io
import json
import zipfile

from pypdf import PdfReader
from typer.testing import CliRunner

from db.engine import reading
from modules import words
from modules.commands import app
from modules.learn import own_export, record_pdf
from modules.learn import rounds as learning
from modules.personal.register import REGISTER
from tests.data import everybody
from tests.data.everybody import NOW, mark
from tests.walk import MODULE


def pages(data):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_the_pdf_is_tagged_and_tells_every_part(session):
    body = everybody.make(session, range(1))
    made = own_export.exports.export(
        session, org_id=body.org_id, person_id=body.people[0], organisation="Body", now=NOW
    )
    data = record_pdf.pdf(made, "Europe/London", words.of("en"))
    reader = PdfReader(io.BytesIO(data))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    text = pages(data)
    say = words.of("en")
    for rows in REGISTER:
        assert say(f"held.{rows.name}") in text
    assert mark(0) in text
    assert "⟦" not in text


def test_her_own_record_is_everything_about_a_real_learner(amira, world):
    amira.until("check")
    amira.do(learning.check_again, module=MODULE)
    with reading() as session:
        made = own_export.my_export(session, amira.viewer, now=world.now)
    assert made.part("person").rows[0]["name"] == "Amira Khan"
    assert len(made.part("answers").rows) > 4
    later = [one for one in made.part("attempts").rows if "finished" in str(one["seed"])]
    assert "check" in {one["form"] for one in later}
    data = record_pdf.pdf(made, "Europe/London", words.of("en"))
    assert "Amira Khan" in pages(data)
    assert "Tom Ashdown" not in pages(data)


def test_the_pdf_asks_and_answers_in_words_and_keeps_grades_that_come_later(amira, world):
    amira.until("check")
    amira.do(learning.check_again, module=MODULE)
    with reading() as session:
        made = own_export.my_export(session, amira.viewer, now=world.now)
        found = own_export.my_answers(session, amira.viewer)
    data = record_pdf.told(made, "Europe/London", words.of("en"), found)
    part = next(one for one in data["parts"] if one["title"] == "Your answers")
    assert part["rows"] == [] and len(part["answers"]) == len(made.part("answers").rows)
    lines = [line for one in found for line in one.lines()]
    asked = {one["asked"]: one for one in part["answers"]}
    first = next(one for one in lines if one.kind == "item" and one.right)
    assert record_pdf.clean(first.answer) in asked[record_pdf.clean(first.question)]["answered"]
    assert any(" · Right" in one["about"] and "M01" in one["about"] for one in part["answers"])
    late = {record_pdf.clean(one.question) for one in lines if not one.told}
    assert all("When the check is finished" in asked[one]["about"] for one in late)
    paper = pages(record_pdf.pdf(made, "Europe/London", words.of("en"), found))
    assert "free text:" not in paper and "try number:" not in paper


def test_an_answer_whose_content_is_gone_stays_in_the_pdf_as_it_is_kept(amira, world):
    amira.until("check")
    with reading() as session:
        made = own_export.my_export(session, amira.viewer, now=world.now)
    data = record_pdf.told(made, "Europe/London", words.of("en"), [])
    part = next(one for one in data["parts"] if one["title"] == "Your answers")
    assert part["answers"] == [] and len(part["rows"]) == len(made.part("answers").rows)


def test_the_command_writes_each_format(world, tmp_path):
    for kind in ("json", "csv", "pdf"):
        out = tmp_path / f"amira.{kind}"
        done = run(
            "person", "export", "Amira.Khan@fernleigh.example", "--out", str(out), "--format", kind
        )
        assert done.exit_code == 0, done.output
        assert "rows in" in done.output
    held = json.loads((tmp_path / "amira.json").read_text())["held"]
    assert held["person"]["rows"][0]["email"] == "amira.khan@fernleigh.example"
    assert "person.csv" in zipfile.ZipFile(tmp_path / "amira.csv").namelist()
    assert (tmp_path / "amira.pdf").read_bytes().startswith(b"%PDF")


def test_whoever_has_left_is_exported_too_and_an_unknown_address_is_told(world, tmp_path):
    world.leave("ben")
    out = tmp_path / "ben.json"
    assert run("person", "export", world.email("ben"), "--out", str(out)).exit_code == 0
    assert "Ben Hale" in out.read_text()
    gone = run("person", "export", "nobody@fernleigh.example", "--out", str(out))
    assert gone.exit_code == 1
    assert "Nobody here has the address" in gone.output
    other = run(
        "person", "export", world.email("ben"), "--organisation", "Harrow Vale", "--out", str(out)
    )
    assert other.exit_code == 1


def test_a_file_about_somebody_is_for_its_owner_alone_and_a_missing_folder_is_told(world, tmp_path):
    out = tmp_path / "ben.json"
    out.write_text("{}")
    out.chmod(0o644)
    assert run("person", "export", world.email("ben"), "--out", str(out)).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    nowhere = tmp_path / "none" / "ben.json"
    done = run("person", "export", world.email("ben"), "--out", str(nowhere))
    assert (done.exit_code, done.stderr) == (
        1,
        f"{nowhere} cannot be written: No such file or directory.\n",
    )
