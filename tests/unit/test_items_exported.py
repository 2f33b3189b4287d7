"""The whole bank for other systems: nothing is missing without a word, all is well-formed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree
from typer.testing import CliRunner

from modules.commands import app
from modules.course.files import bundle, bundle_of, read_course, read_module, sha256_of
from modules.exchange.items import (
    exporting,
    gift,
    gift_out,
    moodle_xml,
    moodle_xml_out,
    qti21,
    qti21_out,
)
from modules.exchange.items.brought import Bank, Blank, Brought, Number, Option, Pair
from modules.exchange.items.formats import FORMATS
from modules.exchange.items.sent import worded
from modules.settings import ROOT
from tests import qti_shape
from tests.media import picture

CONTENT = ROOT / "content"
SLUGS = [card.slug for card in read_course(CONTENT).modules if not card.planned]
WRITERS = [one for one in FORMATS.values() if one.write]
READERS = {"gift": gift.read, "moodle_xml": moodle_xml.read, "qti21": qti21.read}
ALL_KINDS = Bank(
    "ours",
    (
        Brought("single_choice", "", "1", "See:\n\n![A map](map.png)\n\n| a | b |\n| --- | --- |\n"
                "| 1 | 2 |", options=(Option("*a*", True, "Yes."), Option("b", False, "No.")),
                pictures=("map.png",)),
        Brought("multiple_choice", "", "2", "- x\n- y", why="All.",
                options=(Option("a", True), Option("b", True, "Hm."), Option("c", False))),
        Brought("matching", "", "3", "M", pairs=(Pair("a", "x", "So."), Pair("b", "x")),
                spare=("y",)),
        Brought("ordering", "", "4", "O", steps=("a", "b", "c")),
        Brought("numeric", "", "5", "N", number=Number(3, 0.5, "km", "Far.")),
        Brought("fill_in", "", "6", "F", sentence="a {1} b {2}",
                blanks=(Blank(("x", "y"), "one", "Yes.", {"z": "No."}), Blank(("w",)))),
    ),
    pictures={"map.png": picture()},
)  # fmt: skip


@cache
def bank(slug: str) -> Bank:
    return exporting.bank(read_module(CONTENT, slug, "en"), {})


@pytest.mark.parametrize("format", WRITERS, ids=lambda one: one.name)
@pytest.mark.parametrize("slug", SLUGS)
def test_each_question_of_the_bank_is_written_or_refused_with_a_reason(slug, format):
    whole = bank(slug)
    data, told = format.write(whole)
    written, refused = [one.name for one in told.items], [one.name for one in told.refused]
    everything = [one.name for one in whole.items] + [one.name for one in whole.refused]
    assert sorted(written + refused) == sorted(everything)
    assert all(one.sentence for one in told.refused)
    back = READERS[format.name](data, "")
    assert [one.name for one in back.items] == written
    assert not back.refused


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_read_back_of_the_bank_is_the_same_item(slug):
    def same(one: Brought) -> Brought:
        # Reasons of pairs are joined, gaps lose their names, and signs need no backslash twice.
        one = worded(one, lambda text: text.replace("\\", ""))
        return replace(
            one,
            notes=(),
            place="",
            why="" if one.pairs else one.why,
            tags=(),
            category="",
            pairs=tuple(replace(pair, why="") for pair in one.pairs),
            blanks=tuple(replace(blank, label="") for blank in one.blanks),
        )

    for write, read in ((moodle_xml_out.write, moodle_xml.read), (qti21_out.write, qti21.read)):
        data, told = write(bank(slug))
        assert [same(one) for one in read(data).items] == [same(one) for one in told.items]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_item_has_the_shape_that_qti_describes(slug):
    data, _ = qti21_out.write(bank(slug))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            if name.startswith("items/"):
                assert not list(qti_shape.faults(root)), name


def test_each_kind_of_item_has_the_shape_that_qti_describes():
    data, told = qti21_out.write(ALL_KINDS)
    assert not told.refused
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {
            name: list(qti_shape.faults(etree.fromstring(archive.read(name))))
            for name in archive.namelist()
            if name.startswith("items/")
        }
        manifest = etree.fromstring(archive.read("imsmanifest.xml"))
        named = {str(one.get("href")) for one in manifest.iter("{*}file")}
        assert named == set(archive.namelist()) - {"imsmanifest.xml"}
    assert len(found) == 6
    assert not any(found.values()), found


def test_the_shape_is_held_against_what_is_wrong():
    data, _ = qti21_out.write(ALL_KINDS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        good = archive.read("items/item-1.xml").decode()
    for old, new in (
        ('maxChoices="1"', ""),
        ("<correctResponse>", "<correctResponse/><correctResponse>"),
        ("<value>choice-1</value>", "<value>choice-9</value>"),
        ("</itemBody>", "loose</itemBody>"),
        ('identifier="SCORE"', 'identifier="OTHER"'),
    ):
        assert old in good
        assert list(qti_shape.faults(etree.fromstring(good.replace(old, new, 1).encode()))), old


@pytest.mark.parametrize(
    ("write", "read"), [(moodle_xml_out.write, moodle_xml.read), (qti21_out.write, qti21.read)]
)
def test_pictures_go_out_and_come_back(write, read):
    back = read(write(ALL_KINDS)[0])
    assert "![A map](map.png)" in back.items[0].stem
    assert set(back.pictures) == {"map.png"}


def test_what_a_format_cannot_carry_is_told():
    def told(bank: Bank) -> str:
        notes = [note.sentence for item in bank.items for note in item.notes]
        return "\n".join(notes + [one.sentence for one in bank.refused])

    said = told(gift_out.write(ALL_KINDS)[1])
    for sentence in (
        "Its pictures; their words stay (GIFT has no place for it).",
        "The reasons of its pairs are joined into one",
        "GIFT has no form for putting steps in order",
        "It has 2 gaps, and GIFT knows one",
        "The unit is written at the end of the question",
    ):
        assert sentence in said
    assert "The names of its gaps (Moodle XML" in told(moodle_xml_out.write(ALL_KINDS)[1])
    assert "The names of its gaps (QTI 2.1" in told(qti21_out.write(ALL_KINDS)[1])


def test_the_same_bank_gives_the_same_bytes():
    for format in WRITERS:
        assert format.write(ALL_KINDS)[0] == format.write(ALL_KINDS)[0]


def test_our_own_files_in_a_zip_are_the_revision_they_came_from():
    slug = SLUGS[0]
    kept = bundle(CONTENT, slug)
    with zipfile.ZipFile(io.BytesIO(exporting.zipped(kept, slug, {}))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert sha256_of(bundle_of(files, slug)) == sha256_of(kept)


def export(*arguments):
    return CliRunner().invoke(app, ["questions", "export", *map(str, arguments)])


def test_the_command_writes_a_file_and_says_on_stderr_what_stays(tmp_path):
    file = tmp_path / "m.xml"
    ran = export("--module", "m01", "--format", "moodle_xml", "--out", file)
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert "M01-Q48: not written: The kind judgement has no form elsewhere" in ran.stderr
    assert "M01-Q01: left: The misconceptions behind wrong answers" in ran.stderr
    assert moodle_xml.read(file.read_bytes()).items


def test_the_command_never_writes_over_a_file_unless_told_to(tmp_path):
    file = tmp_path / "m.zip"
    file.write_bytes(b"mine")
    ran = export("--module", "M01", "--format", "steward", "--out", file)
    assert ran.exit_code == 1
    assert "is there already. Name another file, or use --force." in ran.stderr
    assert file.read_bytes() == b"mine"
    assert export("--module", "M01", "--format", "steward", "--out", file, "--force").exit_code == 0
    assert file.read_bytes().startswith(b"PK")
    assert [one.name for one in tmp_path.iterdir()] == ["m.zip"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--module", "M99", "--format", "gift"), "There is no module “M99”. There are: M01"),
        (("--module", "M01", "--format", "csv"), "“csv” is no format that can be written."),
        (("--module", "M01", "--format", "pdf"), "Use moodle_xml, qti21, gift, steward."),
    ],
)
def test_the_command_refuses_what_it_does_not_know(tmp_path, arguments, sentence):
    ran = export(*arguments, "--out", tmp_path / "x")
    assert ran.exit_code == 1
    assert sentence in ran.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(tmp_path):
    ran = export("--module", "M01", "--format", "gift", "--out", tmp_path / "no" / "m.gift")
    assert ran.exit_code == 1
    assert "cannot be written" in ran.stderr
