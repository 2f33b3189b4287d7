"""Documents, data sets and judgements in a module's files: each fault is found where it is."""

from __future__ import annotations

import pytest

from modules.course.files.items import read_items
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader

STRUCTURE = """\
- id: M01-Q01
  kind: hotspot
  objective: O1
  difficulty: 2
  picture: spreadsheet
  columns: 2
  rows: 2
  spots:
    - {id: low, at: B2, key: true}
    - {id: high, at: B1, tag: all-counts-hide}
- id: M01-Q02
  kind: redaction
  objective: O1
  difficulty: 2
  spans:
    - {id: who, hide: true}
    - {id: when, tag: cover-it-all}
- id: M01-Q03
  kind: spot_problem
  objective: O1
  difficulty: 2
  columns: [name, born]
  problems: [{id: no-such-day}, {id: twice}]
  rows:
    - {id: r1, cells: {name: Dana Reyes, born: 1984-02-11}}
    - {id: r2, cells: {name: Tom Okafor, born: 1990-02-31}, problem: no-such-day}
    - {id: r3, cells: {name: Mei Lin, born: 1972-10-17}, tag: names-are-wrong}
- id: M01-Q04
  kind: judgement
  objective: O1
  difficulty: 3
  options: [{id: ask, acceptable: true}, {id: send, tag: haste}]
  reasons: [{id: theirs, supports: [ask]}, {id: late, tag: haste}]
- id: M01-Q05
  kind: hotspot
  objective: O1
  difficulty: 1
  picture: document
  spots: [{id: top, at: "1"}, {id: name, at: "2", key: true}]
"""
TEXT = """\
M01-Q01:
  stem: Which count?
  title: Counts by village
  cells: [[Mill End, "48"], [Harrow, "4"]]
  spots:
    low: {why: Four know each other.}
    high: {why: Forty-eight are many.}
M01-Q02:
  stem: What goes?
  title: A note
  passage: On [[when|2 June]] [[who|Tom Okafor]] called.
  spans:
    who: {why: A third person.}
    when: {why: Her own day.}
M01-Q03:
  stem: Which rows?
  title: Grants
  columns: {name: Name, born: Born}
  problems:
    no-such-day: {text: No such day, why: Count the days.}
    twice: {text: The same row twice}
  rows:
    r2: {why: February has no 31st.}
M01-Q04:
  stem: And now?
  options:
    ask: {text: Ask them, why: They decide.}
    send: {text: Send it, why: It feels kind.}
  reasons:
    theirs: {text: It is theirs, why: So it is.}
    late: {text: It is late, why: It is.}
M01-Q05:
  stem: Which line?
  title: A letter
  lines: [Dear all, Tom moved]
  spots:
    top: {why: Nobody in it.}
    name: {why: A name.}
"""


def read(structure=STRUCTURE, text=TEXT):
    files = {"m01-tiny/questions.yaml": structure, "m01-tiny/questions.en.yaml": text}
    parts = Parts("m01-tiny", "en", Reader(files))
    read_items(parts)
    return parts


def test_sound_items_are_read_whole_with_or_without_text_for_sound_rows():
    parts = read()
    assert parts.reader.problems == []
    sheet, note, data, _, letter = parts.questions.values()
    assert sheet.cells == (("Mill End", "48"), ("Harrow", "4"))
    assert note.spans[1].why == "Her own day."
    assert data.columns == {"name": "Name", "born": "Born"}
    assert letter.lines == ("Dear all", "Tom moved")


def test_a_day_that_does_not_exist_stays_as_it_is_written():
    rows = read().questions["M01-Q03"].rows
    assert [row.cells["born"] for row in rows] == ["1984-02-11", "1990-02-31", "1972-10-17"]


# file changed, old, new, file blamed, place, sentence
BREAKS = {
    "a spot outside": ("", "at: B1", "at: C1", "en", "Q01 > cells", "is at C1, outside"),
    "two spots on one cell": ("", "at: B1", "at: B2", "", "Q01 > spots > high > at", "same at"),
    "no right spot": ("", "B2, key: true", "B2", "", "Q01 > spots", "0 of 2 spots"),
    "a line too far": ("", 'at: "1"', 'at: "3"', "en", "Q05 > lines", "outside the document"),
    "a line in figures": ("", 'at: "1"', "at: 1", "", "Q05 > spots > top > at", "quotes"),
    "no lines": ("en", "  lines: [Dear all, Tom moved]\n", "", "en", "Q05", "no lines"),
    "a size in words": ("en", "title: Counts", "rows: 2\n  title: Counts", "en", "rows", "belongs"),
    "a spot without reason": (
        "en",
        "high: {why: Forty-eight are many.}",
        "",
        "en",
        "spots",
        "high",
    ),
    "a span not in the passage": ("en", "[[who|Tom Okafor]]", "Tom", "en", "Q02 > passage", "who"),
    "an unknown span": ("en", "[[who|", "[[x|", "en", "Q02 > passage", "marks x"),
    "a mark left open": ("en", "[[who|Tom Okafor]]", "[[who|T]", "en", "passage", "not closed"),
    "no passage": (
        *("en", "  passage: On [[when|2 June]] [[who|Tom Okafor]] called.\n", "", "en"),
        *("Q02", "“passage” is missing"),
    ),
    "nothing to hide": ("", "who, hide: true", "who", "", "Q02 > spans", "0 of 2 spans"),
    "a heading missing": ("en", ", born: Born}", "}", "en", "Q03 > columns", "born"),
    "two like headings": ("en", "born: Born", "born: Name", "en", "columns > name", "heading"),
    "a row too short": ("", ", born: 1984-02-11}", "}", "", "Q03 > rows > r1 > cells", "born"),
    "a figure in a cell": ("", "born: 1984-02-11", "born: 1984", "", "r1 > cells > born", "quotes"),
    "an unknown problem": ("", "problem: no-such-day", "problem: odd", "", "r2 > problem", "odd"),
    "no bad row": ("", ", problem: no-such-day", "", "", "Q03 > rows", "0 of 3 rows"),
    "a bad row unexplained": (
        *("en", "    r2: {why: February has no 31st.}", "    r3: {why: Fine.}", "en"),
        *("Q03 > rows", "r2"),
    ),
    "cells in words": ("en", "r2: {", "r2: {cells: {}, ", "en", "rows > r2 > cells", "belongs"),
    "an unknown row": ("en", "r2: {why", "r9: {why", "en", "Q03 > rows > r9", "“r9”"),
    "too few to show": ("", "  columns: [n", "  show: 1\n  columns: [n", "", "Q03", "“show” is 1"),
    "no acceptable choice": ("", "ask, acceptable: true", "ask", "", "Q04 > options", "No option"),
    "no supporting reason": ("", ", supports: [ask]", "", "", "Q04 > reasons", "supports ask"),
    "a reason for nothing": ("", "[ask]", "[fly]", "", "reasons > theirs > supports", "fly"),
    "a reason for a poor choice": ("", "[ask]", "[ask, send]", "", "theirs > supports", "accept"),
    "a support in words": (
        *("en", "{text: It is late", "{supports: [ask], text: It is late", "en"),
        *("reasons > late > supports", "belongs"),
    ),
    "two like reasons": ("en", "It is late", "It is theirs", "en", "late > text", "same text"),
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_a_fault_is_found_where_it_is_written(broken):
    file, old, new, blamed, place, sentence = broken
    texts = {"": STRUCTURE, "en": TEXT}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    names = {"": "m01-tiny/questions.yaml", "en": "m01-tiny/questions.en.yaml"}
    parts = read(texts[""], texts["en"])
    assert any(
        problem.file == names[blamed] and place in problem.place and sentence in problem.sentence
        for problem in parts.reader.problems
    ), [str(problem) for problem in parts.reader.problems]
