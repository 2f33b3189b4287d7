"""The story at a desk: decided with a reason, played again, and shown alike in two tabs."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.app.reading import drawn

STEP = "flood-list"


def story_page():
    from datetime import UTC, datetime

    import streamlit as st

    from modules.course.files import read_module
    from modules.play import outline, story
    from modules.play.desk import Table
    from modules.play.rehearsal import RehearsalDesk
    from modules.settings import settings

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    if "module" not in st.session_state:
        st.session_state["module"] = read_module(settings().content, "m01-why-share", "en")
    module = st.session_state["module"]
    kept = st.session_state.setdefault("kept", {})
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    desk = RehearsalDesk(module, kept, lambda: now, lambda _place: st.rerun())
    desk.begin()
    pressed = lambda key: bool(st.session_state.get(key))  # noqa: E731
    table = Table(st.container(), desk, words, pressed)
    step = module.step("flood-list")
    outline.where(table, step, st.container())
    st.session_state["done"] = story.draw(table, desk.journey.practice, step)


def opened(kept=None):
    at = AppTest.from_function(story_page, default_timeout=20)
    if kept is not None:
        at.session_state["kept"] = kept
    at.run()
    assert not at.exception
    return at


def button(at, label):
    return next(one for one in at.button if one.label == label)


def decide(at, choice, reason=0):
    at.radio[0].set_value(choice)
    at.radio[1].set_value(REASONS[at.radio[1].key.split("/")[-2]][reason]).run()
    button(at, "scenario.decide").click().run()
    assert not at.exception


REASONS = {
    "d1": ("minutes", "records", "task"),
    "d2": ("soon", "command", "later"),
    "d3": ("again", "show", "over"),
    "d4": ("enough", "open", "know"),
    "d2r": ("firm", "changed", "cover"),
    "d3r": ("team", "sure", "change"),
}
GOOD = ("ask", "secure", "delete", "tell")


def places(at):
    return drawn(at).split('data-sw-place="')[1].split('"')[0]


def play(at, choices=GOOD):
    for choice in choices:
        decide(at, choice)
    return at


def test_decide_asks_for_what_is_missing_and_keeps_what_is_marked():
    at = opened()
    button(at, "scenario.decide").click().run()
    assert at.warning[0].value == "scenario.choose_first"
    at.radio[0].set_value("ask").run()
    button(at, "scenario.decide").click().run()
    assert at.warning[0].value == "scenario.why_first"
    at.radio[1].set_value("task").run()
    again = opened(at.session_state["kept"])
    assert (again.radio[0].value, again.radio[1].value) == ("ask", "task")
    button(again, "scenario.decide").click().run()
    assert again.title[0].value.startswith("16:50")


def test_nothing_of_other_roads_is_shown_before_the_first_ending():
    at = opened()
    decide(at, "ask")
    assert "Ask which streets" in drawn(at)
    assert "Decline" not in drawn(at)
    assert not at.session_state["done"]


def test_the_first_ending_is_enough_to_go_on_and_shows_every_road():
    at = play(opened())
    assert at.session_state["done"]
    assert at.title[0].value == "Out in time, and told"
    for shown in ("Decline: these are care records", "Fourteen helped, 398 exposed"):
        assert shown in drawn(at)


def test_a_second_play_begins_at_the_beginning_and_survives_a_refresh():
    at = play(opened())
    first = places(at)
    button(at, "scenario.again").click().run()
    assert at.title[0].value.startswith("16:20")
    assert at.radio[0].value is None
    assert places(at) != first
    decide(at, "refuse", 1)
    again = opened(at.session_state["kept"])
    assert again.title[0].value.startswith("17:50")
    assert "Your reason" not in drawn(again)
    assert "scenario.map.leads" in drawn(again), "after an ending the roads may be seen"


def test_one_can_go_back_to_the_ending_and_on_with_the_other_play():
    at = play(opened())
    button(at, "scenario.again").click().run()
    decide(at, "refuse")
    button(at, "scenario.stop").click().run()
    assert at.title[0].value == "Out in time, and told"
    assert at.session_state["done"]
    button(at, "scenario.go_on").click().run()
    assert at.title[0].value.startswith("17:50")


def test_two_tabs_show_the_same_play():
    kept = play(opened()).session_state["kept"]
    one, two = opened(kept), opened(kept)
    button(one, "scenario.again").click().run()
    decide(one, "refuse")
    two.run()
    assert two.title[0].value == one.title[0].value
    assert places(two) == places(one)


def test_who_decides_second_is_told_that_the_first_decision_counts():
    kept = opened().session_state["kept"]
    one, two = opened(kept), opened(kept)
    two.radio[0].set_value("everything")
    two.radio[1].set_value("minutes").run()
    decide(one, "refuse", 1)
    button(two, "scenario.decide").click().run()
    assert two.info[0].value == "scenario.other_tab"
    assert two.title[0].value.startswith("17:50")
    assert not one.info


def test_the_map_counts_endings_seen_in_all_plays():
    at = play(opened())
    button(at, "scenario.again").click().run()
    play(at, ("refuse", "letter", "own-it"))
    texts = [block.value for block in at.markdown]
    assert "scenario.map.seen 2 7" in texts
    assert "scenario.map.before" in drawn(at)


def test_an_odd_draft_shows_the_newest_play():
    kept = play(opened()).session_state["kept"]
    drafts = kept["drafts"]
    key = next(key for key in drafts if key[2] == f"scenario:{STEP}")
    for odd in (3, 0, -1, "2", None):
        drafts[key] = {"play": odd, "node": "d1", "choice": "fly"}
        assert opened(kept).title[0].value == "Out in time, and told"
