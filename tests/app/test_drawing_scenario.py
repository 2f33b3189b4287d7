"""A scenario draws itself: a moment with its choices and reasons, and the ending."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.app.reading import drawn


def scenario_page(draft, begun, why):
    import streamlit as st

    from modules.scenarios import Path, Scenario, choose, draw, draw_ending, ended

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    parts = ("text", "hint", "consequence", "duty")
    choices = [
        {"id": "ask", "goto": "end", "meters": {"trust": 2, "safety": 1}},
        {"id": "refuse", "goto": "end"},
    ]
    moment = {
        "decision": 1,
        "reasons": [{"id": id_, "text": f"why-{id_}", "reply": f"reply-{id_}"} for id_ in why],
        "choices": [c | {part: f"{part}-{c['id']}" for part in parts} for c in choices],
        "title": "16:20. Rain",
        "story": "Water **rises** [@seed-f1].",
        "question": "And?",
    }
    scenario = Scenario.model_validate(
        {
            "id": "M01-S",
            "title": "Flood",
            "start": "d1",
            "meters": ["trust", "safety"],
            "nodes": {"d1": moment},
            "endings": {"end": {"kind": "acceptable", "title": "Midnight", "story": "Over."}},
        }
    )
    path = choose(scenario, Path(), begun, *why[:1]) if begun else Path()
    if ended(scenario, path):
        draw_ending(st.container(), scenario, path, "M01-S", words)
    else:
        marked = draw(st.container(), scenario, path, "M01-S", draft, words)
        st.session_state["marked"] = tuple(marked)


def scenario_run(draft=None, begun=None, why=()):
    return AppTest.from_function(scenario_page, args=(draft or {}, begun, list(why))).run()


def test_a_story_shows_where_it_stands_and_gives_the_choice_marked():
    at = scenario_run()
    assert at.title[0].value == "16:20. Rain"
    assert "Water **rises**." in [block.value for block in at.markdown]
    assert 'aria-label="scenario.meter_label scenario.meter.trust scenario.steady 3 5"' in drawn(at)
    assert at.radio[0].options == ["text-ask", "text-refuse"]
    assert len(at.radio) == 1
    assert at.session_state["marked"] == (None, None)
    at.radio[0].set_value("ask").run()
    assert at.session_state["marked"] == ("ask", None)


def test_reasons_are_a_second_set_of_choices_with_a_name_of_its_own():
    at = scenario_run(why=["speed", "care"])
    assert [one.label for one in at.radio] == ["And?", "scenario.why"]
    assert at.radio[1].options == ["why-speed", "why-care"]
    at.radio[1].set_value("care").run()
    assert at.session_state["marked"] == (None, "care")
    at.radio[0].set_value("ask").run()
    assert at.session_state["marked"] == ("ask", "care")


def test_a_marked_choice_is_restored_for_the_same_moment_only():
    def marked(draft):
        return scenario_run(draft, why=["speed", "care"]).session_state["marked"]

    kept = {"choice": "refuse", "reason": "care"}
    assert marked({"node": "d1", **kept}) == ("refuse", "care")
    assert marked({"node": "d0", **kept}) == (None, None)
    assert marked({"node": "d1", "choice": "fly", "reason": "rank"}) == (None, None)


def test_the_ending_tells_consequence_reason_duty_and_the_roads():
    at = scenario_run(begun="ask", why=["speed", "care"])
    assert at.title[0].value == "Midnight"
    assert not at.radio
    texts = [block.value for block in at.markdown]
    assert "**scenario.you_chose text-ask**  \nconsequence-ask" in texts
    assert "**scenario.your_reason why-speed**  \nreply-speed" in texts
    assert "**scenario.duty** duty-ask" in texts
    assert "scenario.rising 5 5" in drawn(at)
    assert "scenario.rising 4 5" in drawn(at)
    assert "scenario.map.seen 1 1" in texts
    assert "text-refuse" in drawn(at)


def test_a_story_from_before_there_were_reasons_is_told_without():
    at = scenario_run(begun="ask")
    assert not any("your_reason" in block.value for block in at.markdown)
