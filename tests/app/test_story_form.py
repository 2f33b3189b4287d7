"""A story written at a desk: chosen in the list, led on, renamed and deleted in forms."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def story_page():
    import streamlit as st

    from modules import words
    from modules.author.story_form import story
    from tests.hand import pen
    from tests.unit.told_module import SLUG, told_files

    story(st.container(), pen(st.session_state, SLUG, told_files()), words.of("en"))


def opened(**state):
    at = AppTest.from_function(story_page, default_timeout=30)
    for name, value in state.items():
        at.session_state[name] = value
    return run(at.run())


def run(at):
    assert not at.exception, at.exception[0].value
    return at


def story(at):
    from modules.drafts import stories
    from tests.unit.told_module import SLUG

    return stories.read(at.session_state["files"], SLUG, "en")


def press(at, label, number=0):
    [*_, button] = [one for one in at.button if one.label == label][: number + 1]
    return run(button.click().run())


def select(at, label, value, number=0):
    box = [one for one in at.selectbox if one.label == label][number]
    return run(box.set_value(value).run())


def test_the_first_place_is_open_and_the_list_names_every_place():
    at = opened()
    place = next(one for one in at.selectbox if one.label == "The place you are writing")
    assert place.options == [
        "1 (decision), open below",
        "E1 Told (costly ending)",
        "E2 Asked (acceptable ending)",
    ]
    assert [one.value for one in at.header] == ["1 9:10. The telephone (decision)"]


def test_what_is_typed_is_kept_at_its_place():
    at = opened()
    box = next(one for one in at.text_input if one.label == "What you ask")
    run(box.set_value("And what do you say?").run())
    assert story(at)["nodes"]["call"]["question"] == "And what do you say?"
    assert at.session_state["places"] == ["nodes/call/question"]


def test_a_choice_led_to_a_new_decision_opens_its_form():
    at = select(opened(), "It leads to", "+node")
    assert story(at)["nodes"]["call"]["choices"][0]["goto"] == "d2"
    assert at.header[0].value.startswith("2 not named yet (decision; ")
    assert any("texts below are still empty." in one.value for one in at.markdown)


def test_deleting_what_others_lead_to_says_which_and_asks():
    at = select(opened(), "The place you are writing", "e-told")
    assert any("Choices that lead here: 1 tell" in one.value for one in at.markdown)
    at = press(at, "Delete this place")
    assert "Say where that leads instead" in at.error[0].value
    assert "e-told" in story(at)["endings"]
    at = press(select(at, "Where they lead instead", "e-asked"), "Delete this place")
    assert set(story(at)["endings"]) == {"e-asked"}
    assert {one["goto"] for one in story(at)["nodes"]["call"]["choices"]} == {"e-asked"}


def test_a_place_renamed_stays_open():
    at = opened()
    name = next(one for one in at.text_input if one.label == "Its name in the files")
    at = press(run(name.set_value("phone").run()), "Rename")
    assert story(at)["start"] == "phone"
    assert at.header[0].value == "1 9:10. The telephone (decision)"


def test_meters_choices_and_letters_are_changed():
    at = opened()
    step = next(one for one in at.number_input if one.label == "Trust")
    at = run(step.set_value(2).run())
    assert story(at)["nodes"]["call"]["choices"][0]["meters"] == {"trust": 2}
    at = press(at, "Add a choice")
    assert len(story(at)["nodes"]["call"]["choices"]) == 3
    letters = [one for one in at.checkbox if one.label == "It reaches the learner’s citizen"]
    at = run(letters[0].uncheck().run())
    assert "citizen" not in story(at)["nodes"]["call"]["choices"][0]
    kind = next(one for one in at.selectbox if one.label == "It leads to")
    assert kind


def test_a_module_without_a_story_offers_to_begin_one():
    from tests.unit.own_module import files

    at = press(opened(files=files()), "Begin a story")
    assert story(at)["id"] == "M50-S"
    assert next(one.value for one in at.header).startswith("1 not named yet")


def test_who_only_reviews_sees_it_and_changes_nothing():
    at = opened(writes=False)
    assert [one.label for one in at.button] == []
    assert "It leads to" not in [one.label for one in at.selectbox]
    assert not [*at.text_input, *at.text_area]
    assert any("What do you say?" in one.proto.body for one in at.get("html"))


def second(at):
    """A second decision, opened, which the first choice leads to."""
    return select(at, "It leads to", "+node")


def test_a_choice_is_offered_only_after_an_earlier_one_and_to_all_again():
    at = second(opened())
    at = select(at, "Offer it only after an earlier choice", ("call", "tell"))
    assert story(at)["nodes"]["d2"]["choices"][0]["when"] == {"call": "tell"}
    assert any("Offered only to those who chose 1 tell" in one.value for one in at.markdown)
    at = press(at, "Offer it without 1 tell too")
    assert "when" not in story(at)["nodes"]["d2"]["choices"][0]


def test_only_choices_that_can_have_been_made_before_are_offered_as_conditions():
    at = opened()  # the first decision has none before it
    assert "Offer it only after an earlier choice" not in [one.label for one in at.selectbox]
    at = second(at)
    box = next(one for one in at.selectbox if one.label == "Offer it only after an earlier choice")
    assert [one[:6] for one in box.options] == ["1 tell", "1 ask:"]


def test_choices_are_put_in_another_order_and_keep_their_words():
    at = opened()
    before = story(at)["nodes"]["call"]["choices"]
    at = press(at, f"Move choice {before[0]['id']} down")
    assert story(at)["nodes"]["call"]["choices"] == [before[1], before[0], *before[2:]]
    at = press(at, f"Move choice {before[0]['id']} up")
    assert story(at)["nodes"]["call"]["choices"] == before
