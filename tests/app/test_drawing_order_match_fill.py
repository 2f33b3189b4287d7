"""Ordering, matching and fill-in draw themselves: whole and partial answers, drafts, reviews."""

from __future__ import annotations

import pytest

from tests.app.question_page import question_page
from tests.app.reading import drawn

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1}
ORDER = HEAD | {
    "kind": "ordering",
    "options": [{"id": "ask", "rank": 1}, {"id": "trim", "rank": 2}, {"id": "send", "rank": 3}],
}
ORDER_TEXT = {
    "stem": "In which order?",
    "options": {
        "ask": {"text": "Ask **why**"},
        "trim": {"text": "Trim it"},
        "send": {"text": "Send <b>it</b> for $5 or $6"},
    },
}
MATCH = HEAD | {
    "kind": "matching",
    "left": [{"id": "damp", "to": "answer"}, {"id": "flood", "to": "list"}],
    "right": [{"id": "answer"}, {"id": "list"}, {"id": "file"}],
}
MATCH_TEXT = {
    "stem": "What fits?",
    "left": {"damp": {"text": "Is it damp?"}, "flood": {"text": "A flood"}},
    "right": {
        "answer": {"text": "An answer"},
        "list": {"text": "A list"},
        "file": {"text": "A file"},
    },
}
FILL = HEAD | {"kind": "fill_in", "gaps": [{"id": "done"}, {"id": "share"}]}
FILL_TEXT = {
    "stem": "Complete it.",
    "sentence": "In [[done]] it was **[[share]]** of all.",
    "gaps": {
        "done": {"label": "Which month?", "accept": ["June 2022", "06/2022"]},
        "share": {"label": "Which *share*?", "accept": ["27%"]},
    },
}


def page(structure, text, draft=None):
    return question_page(structure, text, draft)


def order_page(draft=None):
    return page(ORDER, ORDER_TEXT, draft)


def match_page(draft=None):
    return page(MATCH, MATCH_TEXT, draft)


def fill_page(draft=None):
    return page(FILL, FILL_TEXT, draft)


def given(at):
    """What the item gave, and whether it can be sent."""
    assert not at.exception
    return at.session_state["given"], at.session_state["complete"]


def test_each_step_is_named_and_offers_every_place():
    at = order_page()
    assert sorted(group.label for group in at.button_group) == [
        "Ask why",
        r"Send \<b>it\</b> for \$5 or \$6",
        "Trim it",
    ]
    assert all(g.options == ["1", "2", "3"] for g in at.button_group)
    assert at.markdown[0].value == "question.order_each 3"
    assert given(at) == (None, False)


def test_places_become_an_order_once_each_step_has_its_own():
    at = order_page()
    at.button_group(key="M01-Q01/send").set_value(1)
    at.button_group(key="M01-Q01/ask").set_value(2).run()
    assert given(at) == ({"places": {"send": 1, "ask": 2}}, False)
    at.button_group(key="M01-Q01/trim").set_value(3).run()
    assert given(at) == ({"order": ["send", "ask", "trim"]}, True)
    html = drawn(at)
    assert "1. Ask why</span>" in html
    assert "question.place_yours 2" in html
    assert "3. Send &lt;b&gt;it&lt;/b&gt; for $5 or $6" in html
    assert "question.place_right" not in html


def test_two_steps_in_one_place_are_named_and_kept():
    at = order_page({"places": {"ask": 1, "trim": 2, "send": 2}})
    assert given(at) == ({"places": {"ask": 1, "trim": 2, "send": 2}}, False)
    (hint,) = at.info
    assert hint.value.startswith("question.place_shared 2 ")
    assert "Trim it" in hint.value
    assert "Ask why" not in hint.value
    at.button_group(key="M01-Q01/send").set_value(3).run()
    assert given(at) == ({"order": ["ask", "trim", "send"]}, True)
    assert not at.info
    assert drawn(at).count("question.place_right") == 3


def test_an_order_is_restored_from_a_draft_and_a_new_place_beats_it():
    at = order_page({"order": ["trim", "ask", "send"]})
    assert given(at) == ({"order": ["trim", "ask", "send"]}, True)
    at.button_group(key="M01-Q01/trim").set_value(None).run()
    assert given(at) == ({"places": {"ask": 2, "send": 3}}, False)


@pytest.mark.parametrize(
    "draft",
    [{"order": "ask"}, {"order": [1, None]}, {"places": {"ask": 9}}, {"places": {"ask": True}}],
)
def test_a_draft_of_an_order_that_cannot_be_restores_nothing(draft):
    assert given(order_page(draft)) == (None, False)


def test_each_left_is_named_and_offers_every_right():
    at = match_page()
    assert sorted(group.label for group in at.button_group) == ["A flood", "Is it damp?"]
    for group in at.button_group:
        assert sorted(group.options) == ["A file", "A list", "An answer"]
    assert given(at) == (None, False)


def test_pairs_are_complete_when_each_left_has_one():
    at = match_page()
    at.button_group(key="M01-Q01/flood").set_value("file").run()
    assert given(at) == ({"pairs": {"flood": "file"}}, False)
    at.button_group(key="M01-Q01/damp").set_value("answer").run()
    assert given(at) == ({"pairs": {"damp": "answer", "flood": "file"}}, True)
    html = drawn(at)
    assert "question.right_and_yours</b>" in html
    for state, text in (("question.your_answer", "A file"), ("question.right_answer", "A list")):
        assert f'<b>{state}</b><span class="sw-hidden">: </span><span>{text}</span>' in html


def test_pairs_are_restored_from_a_draft_in_part_or_whole():
    at = match_page({"pairs": {"damp": "list"}})
    assert given(at) == ({"pairs": {"damp": "list"}}, False)
    both = {"pairs": {"damp": "list", "flood": "list"}}
    assert given(match_page(both)) == (both, True)
    for odd in ({"pairs": {"damp": "gone"}}, {"pairs": "damp"}, {"pairs": {"damp": ["list"]}}):
        assert given(match_page(odd)) == (None, False)


def test_each_gap_has_a_field_named_by_its_number_and_label():
    at = fill_page()
    assert [field.label for field in at.text_input] == [
        "question.gap_label 1 Which month?",
        "question.gap_label 2 Which share?",
    ]
    assert '<span class="sw-gap sw-open"><i>question.gap_number 1</i>' in drawn(at)
    assert given(at) == (None, False)


def test_the_sentence_shows_what_is_typed_and_the_review_what_is_right():
    at = fill_page()
    at.text_input(key="M01-Q01/done").set_value("  July <i>").run()
    assert given(at) == ({"gaps": {"done": "July <i>"}}, False)
    assert "<b>July &lt;i&gt;</b></span> it was <span" in drawn(at)
    at.text_input(key="M01-Q01/share").set_value("27").run()
    assert given(at) == ({"gaps": {"done": "July <i>", "share": "27"}}, True)
    html = drawn(at)
    assert "question.your_answer" in html
    assert "<b>June 2022</b></span> it was" in html
    hidden = '<span class="sw-hidden">: </span>'
    assert f"<b>question.right_answer</b>{hidden}<span>June 2022</span>" in html
    assert f"<b>question.right_and_yours</b>{hidden}<span>27</span>" in html


def test_a_lone_gap_needs_no_number():
    text = FILL_TEXT | {"sentence": "In [[done]].", "gaps": {"done": FILL_TEXT["gaps"]["done"]}}
    at = page(FILL | {"gaps": [{"id": "done"}]}, text)
    assert at.text_input[0].label == "Which month?"
    assert "<i>question.gap</i>" in drawn(at)


def test_gaps_are_restored_from_a_draft_in_part_or_whole():
    at = fill_page({"gaps": {"share": "80%"}})
    assert [field.value for field in at.text_input] == ["", "80%"]
    assert given(at) == ({"gaps": {"share": "80%"}}, False)
    at.text_input(key="M01-Q01/share").set_value("27%").run()
    assert given(at) == ({"gaps": {"share": "27%"}}, False)
    for odd in ({"gaps": {"share": 80}}, {"gaps": ["80"]}, {"gaps": {"gone": "80"}}):
        assert given(fill_page(odd)) == (None, False)
