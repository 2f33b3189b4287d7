"""The picture of one's own calibration: a plain sentence first, and nothing that pushes."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def sure_page(answers):
    import streamlit as st

    from modules.learn.sureness import Sureness, draw
    from modules.progress.calibration import Said, calibration

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    said = [Said(*one) for one in answers]
    draw(st.container(), Sureness(len(said), calibration(said)), False, words)


def told(answers):
    at = AppTest.from_function(sure_page, args=(answers,), default_timeout=20).run()
    assert not at.exception
    return at, " ".join(block.value for block in at.markdown)


CERTAIN = [("certain", 1.0, n != 0) for n in range(10)]
SURE = CERTAIN + [("half", 0.5, n < 6) for n in range(10)]


def test_the_finding_is_about_the_surest_word_and_comes_first():
    at, text = told(SURE)
    assert text.startswith("**me.sure.times confidence.certain 9**")
    assert "me.sure.even 75% 75%" in text
    [chart] = at.get("arrow_vega_lite_chart") or at.get("vega_lite_chart")
    table = "".join(block.proto.body for block in at.get("html"))
    assert "me.sure.of 9 10 (90%)" in table
    assert chart


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([("certain", 1.0, True)] * 20, "me.sure.every confidence.certain"),
        ([("certain", 1.0, n % 2 == 0) for n in range(20)], "me.sure.surer 100% 50%"),
        ([("guess", 0.25, True)] * 20, "me.sure.righter 25% 100%"),
        ([("half", 0.5, n % 2 == 0) for n in range(18)] + [("certain", 1.0, False)] * 2, "half 5"),
    ],
)
def test_each_way_of_being_sure_has_its_sentence(answers, says):
    assert says in told(answers)[1]


@pytest.mark.parametrize(("many", "key"), [(0, "missing 20 20"), (19, "missing_one 20 1")])
def test_under_twenty_answers_one_sentence_says_how_many_are_missing(many, key):
    at, text = told(SURE[:many])
    assert text == f"me.sure.{key}"
    assert not at.get("arrow_vega_lite_chart") and not at.get("vega_lite_chart")
