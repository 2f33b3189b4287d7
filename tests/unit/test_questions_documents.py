"""Hotspot and redaction: places of a document, what marking them is worth, what is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from modules import words
from modules.basics import BadInput
from modules.questions import read_question

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 2}
SHEET = HEAD | {
    "kind": "hotspot",
    "picture": "spreadsheet",
    "columns": 2,
    "rows": 3,
    "spots": [
        {"id": "s3", "at": "A3", "tag": "days-identify"},
        {"id": "s1", "at": "B2", "key": True, "tag": "hidden-is-gone"},
        {"id": "s2", "at": "A2", "key": True},
    ],
}
SHEET_TEXT = {
    "stem": "Which cells point at somebody?",
    "title": "Reports.xlsx",
    "cells": [["Name", "Notes"], ["Tom Okafor", "see amira@example.org"], ["2 June", ""]],
    "spots": {
        "s1": {"why": "An address with a name."},
        "s2": {"why": "A name."},
        "s3": {"why": "A day alone points at nobody."},
    },
}
LETTER = HEAD | {
    "kind": "hotspot",
    "picture": "document",
    "spots": [{"id": "s1", "at": "2", "key": True}, {"id": "s2", "at": "1"}],
}
LETTER_TEXT = {"stem": "Which?", "title": "Letter", "lines": ["Dear <all>", "Tom moved", ""]}
NOTE = HEAD | {
    "kind": "redaction",
    "spans": [
        {"id": "who", "hide": True, "tag": "names-are-fine"},
        {"id": "when", "tag": "cover-it-all"},
        {"id": "where", "hide": True},
    ],
}
NOTE_TEXT = {
    "stem": "What must be covered?",
    "title": "Case note",
    "passage": "On [[when|2 June]] we called\n[[who|Tom Okafor]].\n\n"
    "He lives at [[where|14 Mill Lane]].",
    "spans": {
        "who": {"why": "A third person."},
        "when": {"why": "Her own day."},
        "where": {"why": "His home."},
    },
}


def item(structure, text):
    return read_question(structure, text).variant("s")


@pytest.fixture
def sheet():
    return item(SHEET, SHEET_TEXT)


@pytest.fixture
def note():
    return item(NOTE, NOTE_TEXT)


@pytest.mark.parametrize(
    ("spots", "score", "tags"),
    [
        (["s1", "s2"], 1.0, ()),
        (["s2"], 0.5, ("hidden-is-gone",)),
        (["s2", "s1", "s3"], 0.5, ("days-identify",)),
        (["s3"], 0.0, ("hidden-is-gone", "days-identify")),
    ],
)
def test_each_wrong_place_costs_a_right_one(sheet, spots, score, tags):
    grade = sheet.grade({"spots": spots})
    assert (grade.score, grade.right, grade.tags) == (score, score == 1.0, tags)


@pytest.mark.parametrize("spots", [[], ["s1", "s1"], ["z"], "s1", None, [["s1"]], {"s1": 1}, [1]])
def test_marks_that_cannot_be_are_refused(sheet, spots):
    for what in (sheet.grade, sheet.feedback, sheet.plain):
        with pytest.raises(BadInput):
            what({"spots": spots})


def test_places_are_told_in_reading_order_with_their_cell(sheet):
    assert sheet.plain({"spots": ["s3", "s1"]}) == "B2: see amira@example.org; A3: 2 June"
    assert item(LETTER, LETTER_TEXT).plain({"spots": ["s1", "s2"]}) == "Dear <all>; Tom moved"


def test_feedback_names_each_place_missed_and_each_that_tempts(sheet):
    feedback = sheet.feedback({"spots": ["s1", "s3"]})
    assert "Tom Okafor" in feedback.why_key
    assert "A name." in feedback.why_key
    assert "An address" not in feedback.why_key
    (tempts,) = feedback.why_tempts
    assert tempts.endswith("A day alone points at nobody.")
    assert "2 June" in tempts
    assert sheet.feedback({"spots": ["s1", "s2"]}).why_tempts == ()


def test_any_mark_can_be_sent(sheet, note):
    assert sheet.complete({"spots": ["s1"]})
    assert note.complete({"covered": ["when"]})
    assert not note.complete({})


def test_a_document_is_text_with_numbered_places(sheet):
    html = item(LETTER, LETTER_TEXT).picture(["s1"], words.of("en"))
    assert "Dear &lt;all&gt;" in html
    assert "Place 2, marked" in html
    assert "Place 1:" in html
    table = sheet.picture([], words.of("en"))
    assert '<td role="cell" data-label="B" class="sw-long">' in table
    assert "<caption>Reports.xlsx</caption>" in table


@pytest.mark.parametrize(
    ("covered", "score", "tags"),
    [
        (["who", "where"], 1.0, ()),
        (["where"], 0.5, ("names-are-fine",)),
        (["who", "where", "when"], 0.5, ("cover-it-all",)),
        (["when"], 0.0, ("cover-it-all", "names-are-fine")),
    ],
)
def test_covering_too_much_costs_as_leaving_open_does(note, covered, score, tags):
    grade = note.grade({"covered": covered})
    assert (grade.score, grade.right, grade.tags) == (score, score == 1.0, tags)


def test_what_is_covered_is_not_in_the_drawing(note):
    html = note.picture(["who"], words.of("en"))
    assert "Tom" not in html
    assert "Okafor" not in html
    assert "covered</span>" in html
    assert "14 Mill Lane" in html
    assert html.count("<p>") == 2
    assert "we called<br>" in html


def test_a_passage_hides_in_another_case_too():
    cases = {"flood": {"them": "Ann Lee"}, "fire": {"them": "Jo Bell"}}
    text = NOTE_TEXT | {
        "cases": cases,
        "passage": NOTE_TEXT["passage"].replace("Tom Okafor", "{them}"),
    }
    question = read_question(NOTE | {"cases": list(cases)}, text)
    one = question.variant("s", "fire")
    assert one.plain({"covered": ["who"]}) == "Jo Bell"
    assert "Jo Bell" not in one.picture(["who"], words.of("en"))


BROKEN = [
    (SHEET, SHEET_TEXT, {"picture": "photo"}, {}, "picture"),
    (SHEET, SHEET_TEXT, {"rows": 4}, {}, "3 rows of cells"),
    (SHEET, SHEET_TEXT, {"columns": 0}, {}, "needs its size"),
    (SHEET, SHEET_TEXT, {}, {"cells": [["a", "b"], ["a"], ["a", "b"]]}, "row 2 has 1 cells"),
    (SHEET, SHEET_TEXT, {}, {"title": " "}, "is empty"),
    (SHEET, SHEET_TEXT, {}, {"lines": ["x"]}, "lines are a document's"),
    (LETTER, LETTER_TEXT, {"columns": 2}, {}, "no columns and rows"),
    (LETTER, LETTER_TEXT, {}, {"lines": []}, "no lines"),
    (LETTER, LETTER_TEXT, {}, {"cells": [["x"]]}, "cells are a spreadsheet's"),
]


@pytest.mark.parametrize(("structure", "text", "change", "words", "says"), BROKEN)
def test_a_writer_is_told_what_is_wrong_with_a_picture(structure, text, change, words, says):
    with pytest.raises(ValidationError, match=says):
        read_question(structure | change, text | words)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("C2", "outside the spreadsheet"),
        ("A4", "outside the spreadsheet"),
        ("2", "not a cell"),
        ("B3", "no text"),
        ("B2", "same at"),
        ("b2", "pattern"),
        ("A0", "pattern"),
    ],
)
def test_a_spot_must_be_a_place_of_its_own_with_text(at, says):
    spots = [{"id": "s3", "at": at}, *SHEET["spots"][1:]]
    with pytest.raises(ValidationError, match=says):
        read_question(SHEET | {"spots": spots}, SHEET_TEXT)


def test_a_spot_outside_a_document_is_refused():
    spots = [LETTER["spots"][0], {"id": "s2", "at": "4"}]
    with pytest.raises(ValidationError, match="outside the document"):
        read_question(LETTER | {"spots": spots}, LETTER_TEXT)
    with pytest.raises(ValidationError, match="not a line"):
        read_question(LETTER | {"spots": [spots[0], {"id": "s2", "at": "A1"}]}, LETTER_TEXT)


@pytest.mark.parametrize("keys", [(False, False), (True, True)])
def test_something_must_be_right_and_something_not(keys):
    spots = [{"id": f"s{n}", "at": str(n + 1), "key": key} for n, key in enumerate(keys)]
    with pytest.raises(ValidationError, match="of 2 spots are marked"):
        read_question(LETTER | {"spots": spots}, LETTER_TEXT)
    spans = [{"id": "who", "hide": keys[0]}, {"id": "when", "hide": keys[1]}]
    with pytest.raises(ValidationError, match="of 2 spans are marked"):
        read_question(NOTE | {"spans": spans}, NOTE_TEXT | {"spans": {}})


@pytest.mark.parametrize(
    ("passage", "says"),
    [
        ("", "is empty"),
        ("On [[when|2 June]] [[who|Tom]].", "no words for where"),
        ("[[when|a]] [[who|b]] [[where|c]] [[what|d]]", "marks what, which is no span"),
        ("[[when|a]] [[who|b]] [[where|c]] [[who|d]]", "marks who twice"),
        ("[[when|a [[who|b]] c]] [[where|d]]", "nested"),
        ("[[when|a]] [[who|b]] [[where|c", "not closed"),
        ("[[when|a]] [[who|b]] [[where]]", "not closed"),
        ("[[when|a]] [[who| ]] [[where|c]]", "who has no words"),
        ("[[When|a]] [[who|b]] [[where|c]]", "names no span"),
        ("[[when|a]] [[who|b\n\nd]] [[where|c]]", "end of a paragraph"),
        ("[[when|a]] [[who|Tom]] [[where|c]] and Tom too", "stands open elsewhere"),
    ],
)
def test_a_passage_and_its_spans_must_fit(passage, says):
    with pytest.raises(ValidationError, match=says):
        read_question(NOTE, NOTE_TEXT | {"passage": passage})


def test_a_span_that_may_stay_may_stand_elsewhere_too():
    passage = NOTE_TEXT["passage"] + " On 2 June again, says Tomas."
    assert read_question(NOTE, NOTE_TEXT | {"passage": passage})


@pytest.mark.parametrize(
    ("structure", "text", "change"),
    [
        (SHEET, SHEET_TEXT, {"rows": 3}),
        (SHEET, SHEET_TEXT, {"spots": {"s1": {"key": True}}}),
        (NOTE, NOTE_TEXT, {"spans": {"who": {"hide": False}}}),
        (NOTE, NOTE_TEXT, {"spans": {"nobody": {"why": "?"}}}),
    ],
)
def test_a_translation_cannot_change_what_is_right(structure, text, change):
    with pytest.raises(ValueError, match=r"structure file|unknown \['nobody'\]"):
        read_question(structure, text | change)
