"""Documents, data sets and judgements draw themselves: marks go in by widget and come out."""

from __future__ import annotations

from tests.app.question_page import question_page

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1}
LETTER = HEAD | {
    "kind": "hotspot",
    "picture": "document",
    "spots": [{"id": "who", "at": "2", "key": True}, {"id": "top", "at": "1"}],
}
LETTER_TEXT = {
    "stem": "Which lines?",
    "title": "A letter",
    "lines": ["To <all>", "Call amira@example.org at $5 or *now*"],
}
SHEET = HEAD | {
    "kind": "hotspot",
    "picture": "spreadsheet",
    "columns": 2,
    "rows": 2,
    "spots": [{"id": "low", "at": "B2", "key": True}, {"id": "high", "at": "B1"}],
}
SHEET_TEXT = {"stem": "Which?", "title": "Counts", "cells": [["Mill", "48"], ["Harrow", "4"]]}
NOTE = HEAD | {"kind": "redaction", "spans": [{"id": "who", "hide": True}, {"id": "when"}]}
NOTE_TEXT = {
    "stem": "What goes?",
    "title": "A note",
    "passage": "On [[when|2 June]] [[who|Tom <Okafor>]] called.",
}
DATA = HEAD | {
    "kind": "spot_problem",
    "columns": ["name", "paid"],
    "problems": [{"id": "pence"}, {"id": "gap"}],
    "rows": [
        {"id": "r1", "cells": {"name": "Dana", "paid": "400"}},
        {"id": "r2", "cells": {"name": "Tom", "paid": "39950"}, "problem": "pence"},
    ],
    "shuffle": False,
}
DATA_TEXT = {
    "stem": "Which rows?",
    "title": "Grants",
    "columns": {"name": "Name", "paid": "Paid, £"},
    "problems": {"pence": {"text": "Pence"}, "gap": {"text": "A gap"}},
}
CHOICE = HEAD | {
    "kind": "judgement",
    "options": [{"id": "a", "acceptable": True}, {"id": "b"}],
    "reasons": [{"id": "r1", "supports": ["a"]}, {"id": "r2"}],
}
CHOICE_TEXT = {
    "stem": "And now?",
    "options": {"a": {"text": "Ask"}, "b": {"text": "Send"}},
    "reasons": {"r1": {"text": "It is theirs"}, "r2": {"text": "It is late"}},
}


def page(structure, text, draft=None):
    return question_page(structure, text, draft)


def drawn(at):
    """The HTML drawn on the page, one piece for each element."""
    assert not at.exception
    return [block.proto.body for block in at.get("html")]


def test_each_line_of_a_document_is_its_own_box_and_stands_there_once():
    text = LETTER_TEXT | {"lines": [*LETTER_TEXT["lines"], "Yours, <the town>"]}
    text["lines"][0] = "1. To <all>"
    at = page(LETTER, text)
    assert at.session_state["given"] is None
    first, second = (box.label for box in at.checkbox)
    assert first == r"1\. To \<all>"
    assert second == r"Call amira" + "\u2060" + r"@example.org at \$5 or \*now\*", "no Markdown"
    title, rest = drawn(at)
    assert "A letter" in title
    assert rest == "<p>Yours, &lt;the town&gt;</p>", "what cannot be marked is text alone"
    at.checkbox(key="M01-Q01/who").check().run()
    assert at.session_state["given"] == {"spots": ["who"]}
    *_, reviewed, listed = drawn(at)
    assert "question.place_marked 2" in reviewed
    assert "question.place 1" in reviewed
    assert "question.spot_found" in listed
    at.checkbox(key="M01-Q01/top").check().run()
    assert at.session_state["given"] == {"spots": ["top", "who"]}
    assert "question.spot_extra" in drawn(at)[-1]


def test_lines_and_boxes_stand_in_the_order_of_the_document():
    text = LETTER_TEXT | {"lines": ["Dear all,", *LETTER_TEXT["lines"], "Yours"]}
    spots = [{"id": "who", "at": "3", "key": True}, {"id": "top", "at": "2"}]
    at = page(LETTER | {"spots": spots}, text)
    kinds = [one for one in at.main if one.type in ("html", "checkbox")]
    read = [one.label if one.type == "checkbox" else one.proto.body for one in kinds]
    assert read[1:] == [
        "<p>Dear all,</p>",
        at.checkbox[0].label,
        at.checkbox[1].label,
        "<p>Yours</p>",
    ]


def test_cells_of_a_spreadsheet_are_named_by_their_address():
    at = page(SHEET, SHEET_TEXT, {"spots": ["high", "gone"]})
    assert [(box.label, box.value) for box in at.checkbox] == [
        ("1 · B1: 48", True),
        ("2 · B2: 4", False),
    ]
    assert at.session_state["given"] == {"spots": ["high"]}
    table, _, listed = drawn(at)
    assert "<caption>Counts</caption>" in table
    assert 'data-label="B" class="sw-on"' in table
    assert "question.spot_missed" in listed


def test_each_span_of_a_passage_is_its_own_box_in_the_flow_of_the_text():
    at = page(NOTE, NOTE_TEXT)
    assert [box.label for box in at.checkbox] == ["2 June", r"Tom \<Okafor>"]
    assert drawn(at)[1:] == ["<span>On </span>", "<span> </span>", "<span> called.</span>"]
    at.checkbox(key="M01-Q01/who").check().run()
    assert at.session_state["given"] == {"covered": ["who"]}
    *_, passage, listed = drawn(at)
    assert "Tom" not in passage, "what was sent is told as it leaves: without its words"
    assert "question.covered" in passage
    assert "Tom &lt;Okafor&gt;" in listed, "after checking it is told what was covered"
    assert "question.redact_covered" in listed
    at.checkbox(key="M01-Q01/who").uncheck().run()
    assert at.session_state["given"] is None


def test_covered_words_are_restored_from_a_draft():
    at = page(NOTE, NOTE_TEXT, {"covered": ["when"]})
    assert at.session_state["given"] == {"covered": ["when"]}
    assert at.checkbox(key="M01-Q01/when").value
    *_, passage, listed = drawn(at)
    assert "2 June" not in passage
    assert "question.redact_extra" in listed
    assert "question.redact_missed" in listed
    assert page(NOTE, NOTE_TEXT, {"covered": "when"}).session_state["given"] is None


def test_each_row_has_a_list_of_what_can_be_wrong():
    at = page(DATA, DATA_TEXT)
    assert at.session_state["given"] is None
    first, second = at.selectbox
    assert (first.label, first.value) == ("question.row 1: Dana · 400", "")
    assert first.options == ["question.row_fine", "Pence", "A gap"]
    (table,) = drawn(at)
    assert "<caption>Grants</caption>" in table
    second.set_value("gap").run()
    assert at.session_state["given"] == {"marks": {"r2": "gap"}}
    listed = drawn(at)[-1]
    assert "question.row 2, Tom: A gap" in listed
    assert "question.your_answer" in listed
    assert "question.row 2, Tom: Pence" in listed
    at.selectbox(key="M01-Q01/r2").set_value("pence").run()
    assert "question.right_and_yours" in drawn(at)[-1]
    at.selectbox(key="M01-Q01/r2").set_value("").run()
    assert at.session_state["given"] is None


def test_marked_rows_are_restored_from_a_draft():
    draft = {"marks": {"r1": "pence", "r2": "odd", "r9": "gap"}}
    assert page(DATA, DATA_TEXT, draft).session_state["given"] == {"marks": {"r1": "pence"}}
    assert page(DATA, DATA_TEXT, {"marks": ["r1"]}).session_state["given"] is None


def test_a_choice_is_kept_while_its_reason_is_missing():
    at = page(CHOICE, CHOICE_TEXT)
    assert at.session_state["given"] is None
    assert [radio.label for radio in at.radio] == ["question.judge_choice", "question.judge_reason"]
    at.radio(key="M01-Q01/choice").set_value("b").run()
    assert at.session_state["given"] == {"choice": "b"}
    assert drawn(at) == []
    at.radio(key="M01-Q01/reason").set_value("r2").run()
    assert at.session_state["given"] == {"choice": "b", "reason": "r2"}
    choices, reasons = drawn(at)
    assert "question.judge_choice_yours" in choices
    assert "question.judge_choice_sound" in choices
    assert "question.judge_reason_yours" in reasons
    assert "question.judge_reason_sound" in reasons


def test_a_choice_and_its_reason_are_restored_from_a_draft():
    at = page(CHOICE, CHOICE_TEXT, {"choice": "a", "reason": "r1"})
    assert at.session_state["given"] == {"choice": "a", "reason": "r1"}
    assert "question.judge_choice_sound_yours" in drawn(at)[0]
    odd = page(CHOICE, CHOICE_TEXT, {"choice": ["a"], "reason": "gone"})
    assert odd.session_state["given"] is None
