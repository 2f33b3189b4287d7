"""Questions, scenarios and labs draw themselves: an answer goes in by widget and comes out."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def ask_page(structure, text, draft):
    import streamlit as st

    from modules.questions import read_question

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    item = read_question(structure, text).variant("s")
    given = item.ask(st.container(), "M01-Q01", draft, words)
    st.session_state["given"] = given
    if given:
        item.review(st.container(), given, words)


HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1}
OPTIONS = [{"id": "a", "key": True}, {"id": "b"}, {"id": "c"}]
TEXT = {
    "stem": "What does **27%** describe?",
    "options": {"a": {"text": "Deployed"}, "b": {"text": "Started"}, "c": {"text": "$5 or $6"}},
}
NUMBER = HEAD | {"kind": "numeric", "answer": "n / 2", "parameters": {"n": [2500]}, "unit_id": "p"}
NUMBER_TEXT = {"stem": "Half of {n}?", "unit": "people"}


def page(kind, draft=None):
    structure = HEAD | {"kind": kind, "options": OPTIONS}
    return AppTest.from_function(ask_page, args=(structure, TEXT, draft or {})).run()


def number_page(draft=None):
    return AppTest.from_function(ask_page, args=(NUMBER, NUMBER_TEXT, draft or {})).run()


def drawn(at):
    """The HTML drawn on the page."""
    assert not at.exception
    return "".join(block.proto.body for block in at.get("html"))


def test_a_radio_named_by_the_stem_gives_the_choice():
    at = page("single_choice")
    (radio,) = at.radio
    assert (radio.label, radio.value, at.session_state["given"]) == (
        "What does 27% describe?",
        None,
        None,
    )
    assert sorted(radio.options) == ["Deployed", "Started", r"\$5 or \$6"]
    at.radio(key="M01-Q01/choice").set_value("b").run()
    assert at.session_state["given"] == {"choice": "b"}
    assert "question.right_answer" in drawn(at)
    assert "question.your_answer" in drawn(at)
    assert "$5 or $6" in drawn(at)


def test_a_draft_is_restored_and_a_new_choice_beats_it():
    at = page("single_choice", {"choice": "c"})
    assert at.session_state["given"] == {"choice": "c"}
    at.radio[0].set_value("a").run()
    assert at.session_state["given"] == {"choice": "a"}
    assert page("single_choice", {"choice": "gone"}).session_state["given"] is None


def test_checkboxes_give_all_choices_and_none_is_incomplete():
    at = page("multiple_choice")
    assert at.markdown[0].value == "question.choose_all"
    assert at.session_state["given"] is None
    at.checkbox(key="M01-Q01/c").check()
    at.checkbox(key="M01-Q01/a").check().run()
    assert at.session_state["given"] == {"choices": ["a", "c"]}
    at.checkbox(key="M01-Q01/a").uncheck().run()
    assert at.session_state["given"] == {"choices": ["c"]}


def test_ticks_are_restored_from_a_draft():
    assert page("multiple_choice", {"choices": ["b"]}).session_state["given"] == {"choices": ["b"]}
    assert page("multiple_choice", {"choices": "b"}).session_state["given"] is None


def test_a_typed_number_is_read_and_listed():
    at = number_page()
    assert at.text_input[0].label == "question.number_label people"
    at.text_input(key="M01-Q01/value").set_value(" 1,250 people").run()
    assert at.session_state["given"] == {"value": 1250.0}
    assert "1,250\u00a0people" in drawn(at)


def test_a_number_that_cannot_be_read_is_said_so():
    at = number_page()
    at.text_input[0].set_value("about half").run()
    assert at.session_state["given"] is None
    assert at.warning[0].value == "question.number_unread about half"


def test_a_number_is_restored_from_a_draft():
    at = number_page({"value": 1250.5})
    assert at.text_input[0].value == "1,250.5"
    assert at.session_state["given"] == {"value": 1250.5}
    assert number_page({"value": "x"}).text_input[0].value == ""


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


def lab_page(body, reviewed):
    import streamlit as st

    from modules.labs import LABS

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    def headline(id_, **more):
        return {
            "id": id_,
            "base": "some",
            "date": "june",
            "evidence": "said",
            "safe": False,
            "text": f"Text of {id_} [@seed-f1]",
            "why": f"Why {id_} [@seed-f1].",
        } | more

    hints = ["base", "date", "evidence", "wording"]
    hints += [f"repair-{part}" for part in ("figure", "base", "year", "forbid")]
    lab = LABS["read_figure"]
    repair = {"figure": ["55%"], "base": [["organisation"]], "year": ["2022"]}
    options = lab.Options.model_validate(
        {
            "title": "Read the figure",
            "task": "Tag.",
            "bases": {"all": "Everyone", "some": "Those asked"},
            "dates": {"june": "June 2022", "none": "No date"},
            "evidence": {"measured": "Measured", "said": "They said so"},
            "headlines": [
                headline("h1", repair=repair, model="55% of organisations, 2022"),
                headline("h2"),
            ],
            "hints": {hint: f"Hint {hint}" for hint in hints},
        }
    )
    state = lab.load(options, "s", body)
    if reviewed:
        lab.review(st.container(), state, words, told=reviewed != "hints")
    else:
        # What a page does: it keeps what play gives, and draws from that the next time.
        state = lab.load(options, "s", st.session_state.get("body", body))
        now = lab.play(st.container(), state, "M01-L", words)
        st.session_state["body"] = lab.dump(now)
        st.session_state["place"] = lab.place(now)


def lab_run(body=None, reviewed=False):
    return AppTest.from_function(lab_page, args=(body or {}, reviewed)).run()


def test_tags_and_repairs_of_the_lab_come_out_of_its_fields():
    at = lab_run()
    first = at.header[0].value
    assert first == "lab.read_figure.headline 1 2"
    assert at.session_state["body"] == {"h1": {}, "h2": {}}
    shown = at.radio[0].key.split("/")[1]
    page = 1 if shown == "h1" else 2
    at.pagination(key="M01-L/page").set_value(page).run()
    assert not at.text_area, "a box to mend it would tell that it is unsafe"
    at.radio(key="M01-L/h1/base").set_value("some")
    at.button_group(key="M01-L/h1/evidence").set_value("said")
    at.button_group(key="M01-L/h1/wording").set_value("unsafe").run()
    at.text_area(key="M01-L/h1/repair").set_value("55%").run()
    assert not at.exception
    told = {"base": "some", "evidence": "said", "safe": False, "repair": "55%"}
    assert at.session_state["body"] == {"h1": told, "h2": {}}


def test_a_lab_is_restored_from_its_draft():
    body = {
        "h1": {"base": "all", "date": "june", "evidence": "said", "safe": True, "repair": "x"},
        "h2": {"base": "some", "date": "june", "evidence": "said", "safe": False},
    }
    at = lab_run(body)
    assert not at.exception
    assert at.session_state["body"] == body
    assert at.caption[-1].value == "lab.read_figure.complete 2 2"


def test_the_review_shows_hints_for_what_failed_and_a_model():
    right = {"base": "some", "date": "june", "evidence": "said", "safe": False}
    at = lab_run(
        {"h1": right | {"base": "all", "repair": "55% of organisations"}, "h2": right}, True
    )
    texts = [block.value for block in at.markdown]
    assert [text for text in texts if text.startswith("Hint")] == ["Hint base", "Hint repair-year"]
    assert "Why h1." in texts
    html = drawn(at)
    assert "Everyone" in html
    assert "55% of organisations, 2022" in html
    assert "lab.read_figure.model" in html
    (folded,) = at.expander
    assert folded.label.endswith("lab.read_figure.all_right")
    assert len(at.header) == 1


def test_hints_are_for_what_was_filled_in_and_open_headlines_are_only_named():
    at = lab_run({"h1": {"base": "all", "safe": False}}, reviewed="hints")
    texts = [block.value for block in at.markdown]
    assert texts[0] == "Hint base"
    assert not any("repair" in text for text in texts), "nothing was written that claims too much"
    assert "lab.read_figure.part_open" in texts
    assert texts[-1].startswith("lab.read_figure.left_open")
    assert not drawn(at).count("Text of h2")


def test_what_arrives_together_with_the_way_to_another_headline_is_kept(remembering):
    at = lab_run()
    shown = at.radio[0].key.split("/")[1]
    page, other = (1, 2) if shown == "h1" else (2, 1)
    at.pagination(key="M01-L/page").set_value(page).run()
    at.button_group(key="M01-L/h1/wording").set_value("unsafe").run()
    at.radio(key="M01-L/h1/base").set_value("some")
    at.button_group(key="M01-L/h1/evidence").set_value("said")
    at.text_area(key="M01-L/h1/repair").set_value("Typed last.")
    at.pagination(key="M01-L/page").set_value(other).run()
    told = {"base": "some", "evidence": "said", "safe": False, "repair": "Typed last."}
    assert at.session_state["body"]["h1"] == told
    at.run()
    assert at.session_state["body"]["h1"] == told
    at.pagination(key="M01-L/page").set_value(page).run()
    assert not at.exception
    assert at.text_area[0].value == "Typed last."


def test_the_way_leads_from_headline_to_headline_and_back_to_what_is_open(remembering):
    at = lab_run()
    assert at.caption[-1].value == "lab.read_figure.done 0 2"
    assert not at.session_state["place"].hands_in
    at.button(key="M01-L/next").click().run()
    assert at.header[0].value == "lab.read_figure.headline 2 2"
    assert at.session_state["place"].hands_in
    assert [one.label for one in at.button] == ["lab.read_figure.go 1"]
    at.button(key="M01-L/go-1").click().run()
    assert not at.exception
    assert at.header[0].value == "lab.read_figure.headline 1 2"
