"""Ordering, matching and fill-in: grading, feedback, what is asked for in part, what is refused."""

from __future__ import annotations

import pytest

from modules.basics import BadInput
from modules.questions import FillIn, Matching, Ordering, read_question
from tests.unit.part_questions import FILL, FILL_TEXT, ORDER, ORDER_TEXT, changed, item


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
