"""Story, lab and search in the editor: what they write is in the draft and the learner's view."""

from __future__ import annotations

import dataclasses
import os
from datetime import timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db import drafts
from db.engine import reading, writing
from modules import fields as typed
from modules import words
from modules.access import Role
from modules.author import drafting
from modules.drafts import fields
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"
SAY = words.of("en")


@pytest.fixture
def draft(world):
    with writing() as session:
        viewer = world.viewer("priya")
        return drafting.begin(session, viewer, title="Visitors", copy="", say=SAY, now=NOW)


@pytest.fixture
def opened(world, draft, monkeypatch):
    moments = iter(range(10_000))
    monkeypatch.setattr(door, "now", lambda: NOW + timedelta(seconds=next(moments)))
    monkeypatch.setattr(typed, "_draw", typed.native)
    monkeypatch.setattr(typed, "_held", typed.native_held)
    monkeypatch.setattr(typed, "_memory", lambda: st.session_state)

    def open_(part, short="priya"):
        token = world.sign_in(short)
        monkeypatch.setattr(door, "token", lambda: token)
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        app.switch_page(os.path.relpath(script("edit"), UI.parent))
        app.query_params["draft"], app.query_params["part"] = str(draft), part
        return run(app.run())

    return open_


@pytest.fixture
def files(world, draft):
    def read():
        org_id = world.viewer("priya").org_id
        with reading() as session:
            found = drafts.files(session, org_id=org_id, id=draft)
        return {path.partition("/")[2] or path: one.body for path, one in found.items()}

    return read


def run(app):
    assert not app.exception, app.exception[0].value
    return app


def one(widgets, *parts):
    [only] = [found for found in widgets if all(part in str(found.key) for part in parts)]
    return only


def labelled(widgets, label):
    return next(found for found in widgets if found.label == label)


@pytest.fixture
def story(opened):
    run(one(opened("steps").button, "add/story").click().run())
    return opened("scenario")


def test_what_is_typed_into_a_story_is_in_the_draft_and_its_history_and_shown_when_all_is_told(
    story, files, world, draft
):
    app = run(labelled(story.text_input, "What you ask").set_value("And now, colleague?").run())
    assert "And now, colleague?" in files()["scenario.en.yaml"]
    with reading() as session:
        newest = drafts.steps(session, org_id=world.viewer("priya").org_id, id=draft)[0]
    assert newest.place == "nodes/d1/question"
    # A heading without words is none, so the learner's view waits for the other places.
    assert any("The story cannot be shown yet" in found.value for found in app.markdown)


def test_a_choice_led_to_a_new_decision_is_undone_with_one_press(story, files):
    before = files()
    goto = next(found for found in story.selectbox if "/goto" in str(found.key))
    app = run(goto.set_value("+node").run())
    nodes = [fields.read(one["scenario.yaml"], ("nodes",)) for one in (before, files())]
    assert len(nodes[1]) == len(nodes[0]) + 1
    run(labelled(app.button, "Undo").click().run())
    assert files() == before


@pytest.fixture
def as_other(world, draft):
    """Somebody else saves a value in a file of the story, since this tab looked last."""

    def save(name, at, value):
        viewer = dataclasses.replace(world.viewer("marek"), roles=frozenset({Role.TRAINER}))
        with writing() as session:
            held = drafts.files(session, org_id=viewer.org_id, id=draft)
            path = next(one for one in held if one.endswith(name))
            base = held[path].body
            text = fields.put(base, at, value)
            drafting.save(
                session, viewer, id=draft, path=path, base=base, text=text, place="other", now=NOW
            )

    return save


def test_two_who_write_one_text_of_a_story_are_told_and_both_texts_stand(story, files, as_other):
    at = ("nodes", "d1", "question")
    as_other("scenario.en.yaml", at, "Theirs?")
    app = run(labelled(story.text_input, "What you ask").set_value("Mine?").run())
    assert fields.read(files()["scenario.en.yaml"], at) == "Theirs?"
    assert {"Mine?", "Theirs?"} <= {found.value for found in app.code}
    run(one(app.button, "clash/0/both").click().run())
    assert fields.read(files()["scenario.en.yaml"], at) == "Theirs? Mine?"


def test_two_who_write_different_texts_of_a_story_lose_nothing(story, files, as_other):
    as_other("scenario.en.yaml", ("nodes", "d1", "title"), "9:00. Theirs")
    app = run(labelled(story.text_input, "What you ask").set_value("Mine?").run())
    node = fields.read(files()["scenario.en.yaml"], ("nodes", "d1"))
    assert (node["title"], node["question"]) == ("9:00. Theirs", "Mine?")
    # What somebody else wrote is in its field at once.
    title = labelled(app.text_input, "Title, which begins with the time")
    assert title.value == "9:00. Theirs"


def test_undo_takes_a_text_of_a_story_back_out_of_its_field(story, files):
    app = run(labelled(story.text_input, "What you ask").set_value("Mine?").run())
    app = run(labelled(app.button, "Undo").click().run())
    assert labelled(app.text_input, "What you ask").value == ""
    app = run(labelled(app.button, "Redo").click().run())
    assert labelled(app.text_input, "What you ask").value == "Mine?"


def test_two_who_write_one_text_of_a_lab_are_told_and_both_texts_stand(opened, files, as_other):
    app = opened("steps")
    run(one(app.selectbox, "add/lab").set_value("m01-why-share/lab").run())
    app = opened("lab")
    as_other("lab.en.yaml", ("title",), "Theirs")
    app = run(labelled(app.text_input, "title").set_value("Mine").run())
    assert "title: Theirs" in files()["lab.en.yaml"]
    assert {"Mine", "Theirs"} <= {found.value for found in app.code}


def test_what_cannot_be_deleted_is_told_where_it_was_asked_for(story):
    place = labelled(story.selectbox, "The place you are writing")
    app = run(place.set_value("e1").run())
    app = run(labelled(app.button, "Delete this place").click().run())
    assert "Say where that leads instead" in app.error[0].value
    assert not run(app.run()).error  # told once


def words_of(node, title):
    """The words of a decision as the story has it."""
    return {
        "title": title,
        "story": f"What happens at {title}.",
        "question": "And now?",
        "reasons": {one["id"]: {"text": "Why", "reply": "So"} for one in node["reasons"]},
        "choices": {
            one["id"]: {"text": f"Do {one['id']}", "hint": "h", "consequence": "c", "duty": "d"}
            for one in node["choices"]
        },
    }


def test_the_learners_view_stands_at_the_place_that_is_written(story, files, as_other):
    goto = next(found for found in story.selectbox if "/goto" in str(found.key))
    app = run(goto.set_value("+node").run())
    nodes = fields.read(files()["scenario.yaml"], ("nodes",))
    as_other("scenario.en.yaml", ("title",), "Photos")
    for id, title in (("d1", "9:00. First"), ("d2", "9:30. Second")):
        as_other("scenario.en.yaml", ("nodes", id), words_of(nodes[id], title))
    app = run(app.run())
    # The new decision is open; the endings have no words yet, and are not shown here.
    assert "9:30. Second" in [found.value for found in app.title]
    assert any("As if the learner came here" in found.value for found in app.caption)
    place = labelled(app.selectbox, "The place you are writing")
    app = run(place.set_value("d1").run())
    assert "9:00. First" in [found.value for found in app.title]
    assert not any("As if the learner came here" in found.value for found in app.caption)
    app = run(labelled(app.selectbox, "The place you are writing").set_value("e1").run())
    assert any("The story cannot be shown yet" in found.value for found in app.markdown)


def test_a_lab_taken_over_is_set_up_in_its_form(opened, files):
    app = opened("steps")
    run(one(app.selectbox, "add/lab").set_value("m01-why-share/lab").run())
    app = opened("lab")
    run(labelled(app.text_input, "title").set_value("Read it twice").run())
    assert "title: Read it twice" in files()["lab.en.yaml"]


def test_what_is_found_by_its_words_is_put_into_the_screen(opened, files):
    screen = next(
        line.split("}")[0].split("#")[-1]
        for line in files()["lesson.en.md"].splitlines()
        if line.startswith("## {#")
    )
    app = opened(f"screen/{screen}")
    app = run(one(app.toggle, "search").set_value(True).run())
    app = run(labelled(app.text_input, "Search by words").set_value("breach contact").run())
    found = next(one for one in app.button if "/insert/local/" in str(one.key))
    run(found.click().run())
    assert "{local:breach-contact}" in files()["lesson.en.md"]


def test_what_is_found_goes_where_the_cursor_was_in_the_text_that_was_left_last(opened, files):
    app = opened("item/M50-Q01")
    reasons = [one for one in app.text_area if "/why/" in str(one.key)]
    app = run(reasons[1].set_value("Ask first, then act.").run())
    key = str(reasons[1].key)
    app.session_state[f"caret~{key}"] = typed.Caret(9, 1_000)
    app.session_state[f"caret~{reasons[0].key}"] = typed.Caret(0, 900)
    app = run(one(app.toggle, "search").set_value(True).run())
    app = run(labelled(app.text_input, "Search by words").set_value("breach contact").run())
    kinds = next(found for found in app.button_group if found.label == "Of what kind")
    assert kinds.options == ["Facts", "What your organisation fills in"]
    found = next(one for one in app.button if "/insert/local/" in str(one.key))
    run(found.click().run())
    assert "Ask first {local:breach-contact}, then act." in files()["questions.en.yaml"]


@pytest.mark.parametrize("part", ["aid", "scenario"])
def test_job_aid_and_story_take_what_is_found_by_searching(opened, files, part):
    app = opened("steps")
    if part == "scenario":
        app = run(one(app.button, "add/story").click().run())
    app = opened(part)
    app = run(one(app.toggle, "search").set_value(True).run())
    app = run(labelled(app.text_input, "Search by words").set_value("breach contact").run())
    run(next(one for one in app.button if "/insert/local/" in str(one.key)).click().run())
    name = "job-aid.en.md" if part == "aid" else "scenario.en.yaml"
    assert "{local:breach-contact}" in files()[name]


def test_empty_texts_of_a_story_are_one_row_for_each_place_named_as_in_its_picture(story):
    told = [found.value for found in story.markdown]
    for code, number in (("1", 15), ("E1", 2), ("E2", 2)):
        row = f"**Story, {code}**: {number} texts are still to be written."
        assert sum(row in one for one in told) == 1
    assert "4 problems" in " ".join(found.value for found in story.header)  # and its title
    goto = next(
        one for one in story.button if one.label == "Go to Story" and "problem/3" in str(one.key)
    )
    app = run(goto.click().run())
    assert any(found.value.startswith("E2 ") for found in app.header)


def test_a_story_and_a_job_aid_are_added_from_the_menu_where_shipped_modules_have_them(
    opened, files
):
    def steps():
        return [one["id"] for one in fields.read(files()["module.yaml"], ("sittings",))[0]["steps"]]

    def menu(app):
        return one(app.get("menu_button"), "/new")

    assert steps() == ["reading", "check", "aid"]
    app = opened("steps")
    assert "aid" not in menu(app).options
    app = run(menu(app).set_value("scenario").run())
    assert steps() == ["reading", "story", "check", "aid"]
    assert app.query_params["part"] in ("scenario", ["scenario"])
    app = opened("steps")
    app = run(one(app.button, "step/aid/take").click().run())
    app = run(menu(app).set_value("aid").run())
    assert steps() == ["reading", "story", "check", "aid"]
    run(menu(app).set_value("screen").run())
    assert steps() == ["reading", "story", "another-screen", "check", "aid"]
