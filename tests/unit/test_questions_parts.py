"""Ordering, matching and fill-in: grading, feedback, what is asked for in part, what is refused."""

from __future__ import annotations

import copy

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.questions import FillIn, Matching, Ordering, read_question
from modules.questions.typed_text import folded, same_text

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1}
ORDER = HEAD | {
    "kind": "ordering",
    "options": [
        {"id": "send", "rank": 30},
        {"id": "ask", "rank": 10},
        {"id": "trim", "rank": 20},
        {"id": "delete", "rank": 40},
    ],
    "traps": [
        {"first": "send", "second": "trim", "tag": "format-first"},
        {"first": "delete", "second": "send", "tag": "format-first"},
        {"first": "trim", "second": "ask", "tag": "data-first"},
    ],
}
ORDER_TEXT = {
    "stem": "In which order?",
    "options": {
        "ask": {"text": "Ask **why**", "why": "Purpose first."},
        "trim": {"text": "Trim it", "why": "Less can be lost."},
        "send": {"text": "Send it", "why": "It cannot be undone."},
        "delete": {"text": "Delete it", "why": "The end."},
    },
    "traps": {"format-first": "Sending feels like help.", "data-first": "Data are at hand."},
}
MATCH = HEAD | {
    "kind": "matching",
    "left": [
        {"id": "damp", "to": "answer", "tags": {"file": "copying", "open": "publishing"}},
        {"id": "flood", "to": "list", "tags": {"file": "copying"}},
        {"id": "mould", "to": "answer"},
    ],
    "right": [{"id": "answer"}, {"id": "list"}, {"id": "open"}, {"id": "file"}],
}
MATCH_TEXT = {
    "stem": "What fits?",
    "left": {
        "damp": {
            "text": "Is it **damp**?",
            "why": "One question.",
            "tempts": {"file": "It is ready."},
        },
        "flood": {"text": "A flood", "why": "One street."},
        "mould": {"text": "Is there mould?"},
    },
    "right": {
        "answer": {"text": "An answer"},
        "list": {"text": "A list"},
        "open": {"text": "A page"},
        "file": {"text": "A file"},
    },
}
FILL = HEAD | {
    "kind": "fill_in",
    "gaps": [
        {"id": "share", "traps": [{"id": "started"}]},
        {"id": "done", "traps": [{"id": "out", "tag": "date-first"}]},
    ],
}
FILL_TEXT = {
    "stem": "Complete it.",
    "sentence": "In [[done]] it was **[[share]]** of all [@seed-f2].",
    "gaps": {
        "done": {
            "label": "Which month?",
            "accept": ["June 2022", "06/2022"],
            "why": "It closed then.",
            "traps": {"out": {"accept": ["January 2023"], "why": "That is the report."}},
        },
        "share": {
            "label": "Which share?",
            "accept": ["27%"],
            "why": "It went furthest.",
            "traps": {"started": {"accept": ["80%"], "why": "Those had started."}},
        },
    },
}
PARTS = {
    "ordering": (ORDER, ORDER_TEXT),
    "matching": (MATCH, MATCH_TEXT),
    "fill_in": (FILL, FILL_TEXT),
}


def item(kind, seed="s"):
    return read_question(*PARTS[kind]).variant(seed)


def changed(part, at, value):
    """A copy of structure or text in which ``at`` is ``value``, or is gone when that is None."""
    whole = copy.deepcopy(part)
    inner = whole
    for step in at[:-1]:
        inner = inner[step]
    if value is None:
        del inner[at[-1]]
    else:
        inner[at[-1]] = value
    return whole


def ordered(*steps):
    return item("ordering").grade({"order": list(steps)})


@pytest.mark.parametrize(
    ("steps", "score", "tags"),
    [
        (("ask", "trim", "send", "delete"), 1.0, ()),
        (("ask", "send", "trim", "delete"), 2 / 3, ("format-first",)),
        (("trim", "ask", "send", "delete"), 2 / 3, ("data-first",)),
        (("send", "ask", "trim", "delete"), 1 / 3, ("format-first",)),
        (("trim", "ask", "delete", "send"), 1 / 3, ("format-first", "data-first")),
        (("delete", "ask", "trim", "send"), 0.0, ("format-first",)),
        (("delete", "send", "trim", "ask"), 0.0, ("format-first", "data-first")),
    ],
)
def test_pairs_in_the_right_order_count_beyond_chance(steps, score, tags):
    grade = ordered(*steps)
    assert (grade.score, grade.right, grade.tags) == (pytest.approx(score), score == 1.0, tags)
    assert grade.version == Ordering.VERSION


def test_feedback_on_an_order_names_the_steps_beside_a_wrong_neighbour():
    feedback = item("ordering").feedback({"order": ["send", "ask", "trim", "delete"]})
    assert feedback.why_key == "*Ask why:* Purpose first.\n\n*Send it:* It cannot be undone."
    assert feedback.why_tempts == ("*Send it:* Sending feels like help.",)


def test_feedback_on_the_right_order_is_the_reason_of_the_whole():
    right = {"order": ["ask", "trim", "send", "delete"]}
    question = read_question(ORDER, ORDER_TEXT | {"why": "Purpose leads."})
    assert question.variant("s").feedback(right).why_key == "Purpose leads."
    assert item("ordering").feedback(right).why_key.startswith("*Ask why:* Purpose first.\n\n*Trim")
    assert item("ordering").feedback(right).why_tempts == ()


def test_a_reason_told_by_two_traps_is_told_once():
    feedback = item("ordering").feedback({"order": ["delete", "send", "trim", "ask"]})
    assert len(feedback.why_tempts) == 2


def test_the_steps_are_met_in_the_order_of_the_seed():
    orders = {tuple(step.id for step in item("ordering", f"{n}").steps) for n in range(200)}
    assert len(orders) == 24


@pytest.mark.parametrize(
    ("pairs", "score", "tags"),
    [
        (("answer", "list", "answer"), 1.0, ()),
        (("answer", "file", "answer"), 2 / 3, ("copying",)),
        (("file", "file", "answer"), 1 / 3, ("copying",)),
        (("open", "file", "list"), 0.0, ("publishing", "copying")),
        (("list", "answer", "file"), 0.0, ()),
    ],
)
def test_each_pair_counts_alone(pairs, score, tags):
    given = dict(zip(("damp", "flood", "mould"), pairs, strict=True))
    grade = item("matching").grade({"pairs": given})
    assert (grade.score, grade.right, grade.tags) == (pytest.approx(score), score == 1.0, tags)
    assert grade.version == Matching.VERSION


def test_feedback_on_pairs_names_each_wrong_one():
    given = {"pairs": {"damp": "file", "flood": "file", "mould": "answer"}}
    feedback = item("matching").feedback(given)
    assert feedback.why_key == "*Is it damp?* One question.\n\n*A flood:* One street."
    assert feedback.why_tempts == ("*Is it damp?* It is ready.",)


def test_the_two_sides_are_not_shuffled_alike():
    items = [item("matching", f"{n}") for n in range(50)]
    places = {(i.left[0].id, i.right[0].id) for i in items}
    assert len(places) == 12


@pytest.mark.parametrize(
    ("done", "share", "score", "tags"),
    [
        ("June 2022", "27%", 1.0, ()),
        ("  june  2022. ", "27 per cent", 1.0, ()),
        ("06 / 2022", "27.0", 1.0, ()),
        ("Juné 2022", "28%", 0.5, ()),
        ("january2023", "27", 0.5, ("date-first",)),
        ("2022", "80 %", 0.0, ()),
    ],
)
def test_a_gap_is_right_however_it_is_typed(done, share, score, tags):
    grade = item("fill_in").grade({"gaps": {"done": done, "share": share}})
    assert (grade.score, grade.right, grade.tags) == (score, score == 1.0, tags)
    assert grade.version == FillIn.VERSION


def test_feedback_on_gaps_follows_the_sentence():
    given = {"gaps": {"share": "80%", "done": "January 2023"}}
    feedback = item("fill_in").feedback(given)
    assert feedback.why_key == "*Which month?* It closed then.\n\n*Which share?* It went furthest."
    assert feedback.why_tempts == (
        "*Which month?* That is the report.",
        "*Which share?* Those had started.",
    )


def test_a_lone_gap_is_not_named_in_its_feedback():
    text = {"stem": "?", "sentence": "In [[done]].", "gaps": {"done": FILL_TEXT["gaps"]["done"]}}
    lone = read_question(FILL | {"gaps": FILL["gaps"][1:]}, text).variant("s")
    feedback = lone.feedback({"gaps": {"done": "January 2023"}})
    assert (feedback.why_key, feedback.why_tempts) == ("It closed then.", ("That is the report.",))


def test_a_case_fills_the_sentence_and_what_is_accepted():
    text = changed(FILL_TEXT, ("gaps", "done", "accept"), ["June {year}"])
    text |= {"cases": {"old": {"year": "2022"}, "new": {"year": "2024"}}}
    question = read_question(FILL | {"cases": ["old", "new"]}, text)
    assert question.variants() == ("old", "new")
    given = {"gaps": {"done": "june 2024", "share": "27"}}
    assert question.variant("s", "new").grade(given).right
    assert not question.variant("s", "old").grade(given).right


def test_receipts_say_the_answer_in_words():
    assert item("ordering").plain({"order": ["ask", "send", "trim", "delete"]}) == (
        "1. Ask why; 2. Send it; 3. Trim it; 4. Delete it"
    )
    given = {"mould": "file", "flood": "list", "damp": "answer"}
    assert item("matching").plain({"pairs": given}) == (
        "Is it damp? → An answer; A flood → A list; Is there mould? → A file"
    )
    given = {"share": " 27 ", "done": "June"}
    assert item("fill_in").plain({"gaps": given}) == "Which month? June; Which share? 27"


MALFORMED = {
    "ordering": [
        {"order": ["ask", "trim", "send"]},
        {"order": ["ask", "trim", "send", "send"]},
        {"order": ["ask", "trim", "send", "fly"]},
        {"order": ["ask", "trim", "send", "delete", "ask"]},
        {"order": ["ask", "trim", "send", 4]},
        {"order": ["ask", "trim", "send", ["delete"]]},
        {"order": "ask"},
        {"order": {"ask": 1}},
        {"order": None},
        {"places": {"ask": 1}},
        {"order": ["ask", "trim", "send", "delete"], "places": {}},
    ],
    "matching": [
        {"pairs": {"damp": "answer", "flood": "list"}},
        {"pairs": {"damp": "answer", "flood": "list", "mould": "fly"}},
        {"pairs": {"damp": "answer", "flood": "list", "mould": None}},
        {"pairs": {"damp": "answer", "flood": "list", "mould": ["answer"]}},
        {"pairs": {"damp": "answer", "flood": "list", "mould": "answer", "x": "answer"}},
        {"pairs": [["damp", "answer"]]},
        {"pairs": "damp"},
        {"pairs": {}},
    ],
    "fill_in": [
        {"gaps": {"done": "June 2022"}},
        {"gaps": {"done": "June 2022", "share": " "}},
        {"gaps": {"done": "June 2022", "share": 27}},
        {"gaps": {"done": "June 2022", "share": None}},
        {"gaps": {"done": "June 2022", "share": "27", "more": "x"}},
        {"gaps": {"done": "June 2022", "share": "2" * 41}},
        {"gaps": ["June 2022", "27"]},
        {"gaps": "27"},
    ],
}


@pytest.mark.parametrize(
    ("kind", "response"),
    [(kind, one) for kind, some in MALFORMED.items() for one in [*some, {}, [], "a", None]],
)
def test_an_answer_that_cannot_be_is_refused(kind, response):
    for what in (item(kind).grade, item(kind).feedback, item(kind).plain):
        with pytest.raises(BadInput):
            what(response)


@pytest.mark.parametrize(
    ("kind", "partial", "whole"),
    [
        (
            "ordering",
            {"places": {"ask": 1, "trim": 1}},
            {"order": ["ask", "trim", "send", "delete"]},
        ),
        (
            "matching",
            {"pairs": {"damp": "file"}},
            {"pairs": {"damp": "file", "flood": "file", "mould": "file"}},
        ),
        ("fill_in", {"gaps": {"done": "x"}}, {"gaps": {"done": "x", "share": "y"}}),
    ],
)
def test_an_answer_in_part_is_not_complete(kind, partial, whole):
    assert not item(kind).complete(partial)
    assert item(kind).complete(whole)
    item(kind).grade(whole)


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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Café", "CAFE", True),
        ("opt-in", "Opt in", True),
        ("don’t", "don't", True),
        ("“Yes”", "yes.", True),
        ("1,200", "1200", True),
        ("1 200", "1200.0", True),
        ("1.2", "1.20", True),
        ("-5", "5", False),
        ("−5", "-5", True),
        ("12", "1.2", False),
        ("2022", "2023", False),
        ("Straße", "STRASSE", True),
        ("June", "July", False),
    ],
)
def test_typed_text_is_compared_as_it_is_meant(one, other, same):
    assert same_text(one, other) == same
    assert same_text(other, one) == same


def test_the_decimal_mark_decides_whether_numbers_are_the_same():
    assert same_text("1.200", "1.2", ".")
    assert not same_text("1.200", "1.2", ",")
    assert same_text("1,200", "1,2", ",")


def test_marks_that_carry_meaning_stay():
    assert folded("06/2022") == "06/2022"
    assert folded("£500") != folded("500")
