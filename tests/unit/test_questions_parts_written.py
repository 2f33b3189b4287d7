"""Ordering, matching and fill-in: what their writer is told."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from modules.questions import read_question
from tests.unit.part_questions import FILL, MATCH, ORDER, PARTS, changed

TWICE = {
    "options": [*ORDER["options"], {"id": "ask", "rank": 99}],
    "left": [*MATCH["left"], MATCH["left"][0]],
    "right": [*MATCH["right"], MATCH["right"][0]],
    "gaps": [*FILL["gaps"], FILL["gaps"][0]],
}

# kind, in the structure or the text, where, the value there (None: gone), what is said
FAULTS = [
    ("ordering", 0, ("options", 0, "rank"), 10, "two steps have the same rank: 10"),
    ("ordering", 0, ("options",), TWICE["options"], "two steps have the same id: ask"),
    ("ordering", 0, ("options", 0, "rank"), None, r"options\.0\.rank"),
    ("ordering", 0, ("options", 0, "rank"), "1", r"options\.0\.rank"),
    ("ordering", 0, ("traps", 0, "first"), "fly", "“format-first” names “fly”"),
    ("ordering", 0, ("traps", 0, "second"), "delete", "puts send before delete, which is not"),
    ("ordering", 0, ("traps", 0, "second"), "send", "which is not wrong"),
    ("ordering", 0, ("traps", 1), ORDER["traps"][0], "two traps put send before trim"),
    ("ordering", 0, ("traps", 0, "tag"), "", r"traps\.0\.tag"),
    ("ordering", 1, ("options", "ask", "text"), "Trim *it*", "the same text: Trim it"),
    ("ordering", 1, ("options", "ask", "text"), " ", r"options\.1\.text"),
    ("ordering", 1, ("options", "ask", "text"), None, r"options\.1\.text"),
    ("ordering", 1, ("options", "ask", "rank"), 1, "belongs in the structure file"),
    ("ordering", 1, ("options", "fly"), {"text": "Fly"}, "'fly'"),
    ("ordering", 1, ("traps", "fly"), "It is quick.", "'fly'"),
    ("matching", 0, ("left", 0, "to"), "fly", "damp names fly, but on the right there are"),
    ("matching", 0, ("left", 0, "to"), None, r"left\.0\.to"),
    ("matching", 0, ("left",), TWICE["left"], "two parts have the same id"),
    ("matching", 0, ("left", 0, "tags"), {"fly": "x"}, "damp names fly"),
    ("matching", 0, ("left", 0, "tags"), {"answer": "x"}, "damp goes with answer"),
    ("matching", 0, ("left", 0, "tags"), {"file": ""}, "empty tag"),
    ("matching", 0, ("right",), TWICE["right"], "two parts have the same id"),
    ("matching", 1, ("left", "damp", "tempts"), {"fly": "x"}, "damp names fly"),
    ("matching", 1, ("left", "damp", "tempts"), {"answer": "x"}, "damp goes with answer"),
    ("matching", 1, ("left", "damp", "text"), "A flood", "two parts have the same text"),
    ("matching", 1, ("right", "list", "text"), "**An** answer", "two parts have the same text"),
    ("matching", 1, ("right", "list", "text"), "[@seed-f1]", "is empty"),
    ("matching", 1, ("right", "list"), None, r"right\.1\.text"),
    ("matching", 1, ("left", "damp", "to"), "list", "belongs in the structure file"),
    ("matching", 1, ("left", "damp", "tags"), {"list": "x"}, "belongs in the structure file"),
    ("matching", 1, ("right", "fly"), {"text": "Fly"}, "'fly'"),
    ("fill_in", 0, ("gaps",), TWICE["gaps"], "two gaps have the same id"),
    ("fill_in", 1, ("sentence",), "In [[done]] it was.", r"\[\[share\]\] is missing"),
    ("fill_in", 1, ("sentence",), "[[done]] [[share]] [[x]] y", r"\[\[x\]\] is none of the gaps"),
    ("fill_in", 1, ("sentence",), "In [[done]] [[share]] [[done]]", "stands there twice"),
    ("fill_in", 1, ("sentence",), "[[done]] [[share]]", "is empty: write the sentence"),
    ("fill_in", 1, ("sentence",), None, "sentence"),
    ("fill_in", 1, ("gaps", "done", "label"), "", r"gaps\.1\.label"),
    ("fill_in", 1, ("gaps", "done", "label"), "*Which* share?", "same label"),
    ("fill_in", 1, ("gaps", "done", "accept"), [], r"gaps\.1\.accept"),
    ("fill_in", 1, ("gaps", "done", "accept"), None, r"gaps\.1\.accept"),
    ("fill_in", 1, ("gaps", "done", "accept"), ["?"], "“\\?” has neither letters nor digits"),
    ("fill_in", 1, ("gaps", "done", "accept"), ["a" * 41], "longer than the 40"),
    ("fill_in", 1, ("gaps", "done", "accept"), ["May", "may "], "“may ” reads as “May” does"),
    ("fill_in", 1, ("gaps", "done", "accept"), ["january 2023"], r"gaps\.1\.traps\.0\.accept"),
    ("fill_in", 1, ("gaps", "share", "accept"), ["80.0 %"], "in share “80%” reads as “80.0 %”"),
    ("fill_in", 1, ("gaps", "done", "traps", "out", "accept"), None, r"traps\.0\.accept"),
    ("fill_in", 1, ("gaps", "done", "traps", "out", "tag"), "x", "belongs in the structure"),
    ("fill_in", 1, ("gaps", "done", "traps", "fly"), {"accept": ["x"]}, "'fly'"),
    ("fill_in", 1, ("gaps", "fly"), {"label": "?"}, "'fly'"),
    ("fill_in", 1, ("decimal_mark",), ";", "decimal_mark"),
]


@pytest.mark.parametrize(("kind", "which", "at", "value", "says"), FAULTS)
def test_a_writer_is_told_what_does_not_fit(kind, which, at, value, says):
    parts = list(PARTS[kind])
    parts[which] = changed(parts[which], at, value)
    with pytest.raises((ValidationError, ValueError), match=says):
        read_question(*parts)
