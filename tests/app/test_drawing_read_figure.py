"""Read the figure draws itself: headlines are tagged, mended, kept and judged."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.app.reading import drawn


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
            "source": f"Source of {id_} [@seed-f1].",
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
            "survey": "Asked in 2022.",
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


def test_a_source_card_folds_out_with_its_headline_right_before_what_it_decides():
    at = lab_run()
    shown = at.radio[0].key.split("/")[1]
    (fold,) = at.expander
    assert fold.label == "lab.read_figure.compare"
    assert not fold.proto.expanded
    (headline,) = fold.get("html")
    assert f"Text of {shown}" in headline.proto.body
    (told,) = fold.markdown
    assert told.value == f"lab.read_figure.source Source of {shown}. Asked in 2022."
    # As the page has them: the fold, and right after it the question whether to repeat it.
    keys = [str(key) for one in at.main if (key := getattr(one, "key", None))]
    at_fold = next(place for place, key in enumerate(keys) if key.endswith("/source"))
    assert keys[at_fold + 1].endswith("/wording")


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
