"""Feedback: somebody who was sure and wrong is told more than somebody who guessed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def told_page(item_id, right, sure):
    import random
    from datetime import UTC, datetime

    import streamlit as st

    from modules.course.files import read_module
    from modules.play import item as items
    from modules.play.desk import Table
    from modules.play.rehearsal import RehearsalDesk
    from modules.progress.asked import item_of
    from modules.settings import settings

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    module = read_module(settings().content, "m01-why-share", "en")
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    desk = RehearsalDesk(module, {}, lambda: now, lambda _place: None)
    desk.begin()
    sheet = desk.journey.practice
    response = item_of(module, sheet, item_id).sample(random.Random(1))[0 if right else 1]
    answer = desk.answer(sheet, item_id, response, sure)
    table = Table(st.container(), desk, words)
    st.session_state["beliefs"] = [
        module.misconceptions[tag] for tag in answer.tags if tag in module.misconceptions
    ]
    facts = module.question(item_id).facts
    st.session_state["facts"] = [module.facts[one].statement for one in facts]
    items.tell(
        table, items.Asked(sheet, item_id), item_of(module, sheet, item_id), answer, st.container()
    )


def told(right, sure):
    at = AppTest.from_function(told_page, args=("M01-Q08", right, sure), default_timeout=20).run()
    assert not at.exception
    return at, "\n".join(block.value for block in at.markdown)


def test_sure_but_wrong_is_told_belief_temptation_reason_and_source():
    at, text = told(False, "certain")
    assert "confidence.worth" in text
    assert at.session_state["beliefs"], "the wrong option names a registered belief"
    for belief in at.session_state["beliefs"]:
        assert f"**confidence.belief** {belief}" in text
    assert "**lesson.tempts**" in text
    assert "**lesson.safer**" in text
    [source] = [line for line in text.split("\n") if line.startswith("**confidence.source**")]
    assert any(fact in source for fact in at.session_state["facts"])
    captions = [one.value for one in at.caption]
    assert any("confidence.comes_back" in one for one in captions)


@pytest.mark.parametrize(
    ("right", "sure"), [(False, "guess"), (False, "half"), (False, None), (True, "certain")]
)
def test_a_wrong_guess_and_a_right_answer_are_told_the_ordinary_way(right, sure):
    _, text = told(right, sure)
    assert "confidence." not in text
    assert ("**lesson.safer**" in text) is not right
