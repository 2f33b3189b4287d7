"""The editor: what is typed is saved, problems lead to their place, two trainers lose nothing."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from datetime import timedelta
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db import drafts
from db.engine import reading, writing
from modules import fields as typed
from modules import words
from modules.access import Role
from modules.author import drafting
from modules.basics import BadInput
from modules.drafts import fields
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests import media
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"
SAY = words.of("en")
STEM = "m50-visitors"
STOPS, TIP = ":red[:material/error:]", ":material/lightbulb:"


class Here:
    """A draft, and the editor as somebody has it open."""

    def __init__(self, world, id, open_page):
        self.world, self.id, self.open_page = world, id, open_page
        self.minute = 0

    def open(self, part="", who="priya"):
        return self.open_page(who, "edit", draft=str(self.id), part=part or "front")

    def files(self):
        with reading() as session:
            found = drafts.files(session, org_id=self.world.viewer("priya").org_id, id=self.id)
        return {path.partition("/")[2] or path: one.body for path, one in found.items()}

    def word(self, *at):
        return fields.read(self.files()["questions.en.yaml"], at)

    def shape(self, *at):
        return fields.read(self.files()["questions.yaml"], at)

    def steps(self):
        with reading() as session:
            return drafts.steps(session, org_id=self.world.viewer("priya").org_id, id=self.id)

    def as_other(self, path, change):
        """Somebody else saves a file."""
        with writing() as session:
            viewer = self.world.viewer("marek")
            opened = drafts.files(session, org_id=viewer.org_id, id=self.id)
            full = next(one for one in opened if one.endswith(path))
            drafting.save(
                session,
                dataclasses.replace(viewer, roles=frozenset({Role.TRAINER})),
                id=self.id,
                path=full,
                base=opened[full].body,
                text=change(opened[full].body),
                place="other",
                now=NOW,
            )


@pytest.fixture
def open_page(world, monkeypatch):
    moments = iter(range(10_000))
    monkeypatch.setattr(door, "now", lambda: NOW + timedelta(seconds=next(moments)))
    monkeypatch.setattr(typed, "_draw", typed.native)
    monkeypatch.setattr(typed, "_held", typed.native_held)
    monkeypatch.setattr(typed, "_memory", lambda: st.session_state)

    def as_(short, page, **query):
        token = world.sign_in(short)
        monkeypatch.setattr(door, "token", lambda: token)
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        app.switch_page(os.path.relpath(script(page), UI.parent))
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return as_


@pytest.fixture
def here(world, open_page):
    with writing() as session:
        viewer = world.viewer("priya")
        id = drafting.begin(session, viewer, title="Visitors", copy="", say=SAY, now=NOW)
    return Here(world, id, open_page)


def box(app, kind, *parts):
    """The one field whose key has all these parts."""
    [only] = [one for one in getattr(app, kind) if all(part in str(one.key) for part in parts)]
    return only


def press(app, label):
    [only] = [one for one in app.button if one.label == label]
    return only.click().run()


def told(app):
    return "\n".join(str(one.value) for one in (*app.markdown, *app.error, *app.caption))


def test_what_is_typed_is_saved_into_its_place_and_shown_to_the_learner(here):
    app = here.open("item/M50-Q01")
    box(app, "text_area", "M50-Q01/stem").set_value('Who may see "it": you?').run()
    assert not app.exception
    assert here.word("M50-Q01", "stem") == 'Who may see "it": you?'
    assert here.steps()[0].place == "M50-Q01/stem"
    assert any('Who may see "it": you?' in str(one.value) for one in app.header)


def test_a_problem_names_thing_fault_and_repair_and_leads_to_its_place(here):
    app = here.open("item/M50-Q02")
    box(app, "text_area", "M50-Q02/options/a/text").set_value("").run()
    assert "**Question M50-Q02" in told(app)
    assert "1 problem" in " ".join(one.value for one in app.header)
    app.query_params["part"] = "front"
    app.run()
    go = next(one for one in app.button if "problem/0" in str(one.key))
    go.click().run()
    assert app.query_params["part"] in ("item/M50-Q02", ["item/M50-Q02"])
    assert "This question cannot be shown yet" in told(app)


def follow(app, sentence):
    """Press the link below the problem that says this; the names of the fields it aims at."""
    said = [str(one.value) for one in app.markdown if str(one.value).startswith((STOPS, TIP))]
    number = next(at for at, one in enumerate(said) if sentence in one)
    links = [one for one in app.button if re.search(r"/problem/\d+$", str(one.key))]
    links[number].click().run()
    assert not app.exception
    return aims(app)["names"]


def aims(app):
    """What the tab is told of the field that gets the cursor."""
    [mark] = [one.proto.body for one in app.get("html") if "data-sw-aim" in one.proto.body]
    return json.loads(unescape(mark.split('data-sw-aim="')[1].split('"')[0]))


def in_own_words(here, id):
    """A question that no longer has the words that it began with."""
    app = here.open(f"item/{id}")
    for one in [one for one in app.text_area if f"{id}/" in str(one.key)]:
        one.set_value("Ask the desk who has signed in and why?")
    return app.run()


def test_no_critical_question_leads_to_where_one_is_ticked_also_from_another_tab(here):
    in_own_words(here, "M50-Q01")
    app = here.open("front")
    app.session_state[f"edit/{here.id}/tab"] = "History"
    app.run()
    names = follow(app, "No item of the check is critical")
    assert app.query_params["part"] in ("item/M50-Q01", ["item/M50-Q01"])
    assert names[0] == "M50-Q01-critical"
    box(app, "checkbox", "M50-Q01/critical").check().run()
    assert here.shape("M50-Q01", "critical") is True
    assert "No item of the check is critical" not in told(app)


def test_a_problem_aims_at_its_field_and_once_only(here):
    in_own_words(here, "M50-Q01")
    in_own_words(here, "M50-Q02")
    app = here.open("item/M50-Q02")
    box(app, "text_area", "M50-Q02/options/b/why").set_value("").run()
    assert follow(app, "expected why it is right")[0] == "M50-Q02-options-b-why"
    assert follow(app, "Found no tag")[0] == "M50-Q01-options-b-tag"
    # It is told with its number in each run, and the tab follows each number once.
    before = aims(app)
    app.run()
    assert aims(app) == before


def test_one_option_is_right_in_a_single_choice_and_its_belief_goes(here):
    app = here.open("item/M50-Q01")
    box(app, "checkbox", "options/b/key").check().run()
    assert here.shape("M50-Q01", "options") == [{"id": "a"}, {"id": "b", "key": True}, {"id": "c"}]
    beliefs = box(app, "selectbox", "options/c/tag")
    beliefs.set_value((beliefs.options and beliefs.value) or None)
    assert not app.exception


def test_answers_are_added_moved_and_deleted_and_undo_takes_all_of_one_press_back(here):
    app = here.open("item/M50-Q01")
    before = here.files()
    box(app, "button", "M50-Q01/options/add").click().run()
    assert [one["id"] for one in here.shape("M50-Q01", "options")] == ["a", "b", "c", "d"]
    assert here.word("M50-Q01", "options", "d") == {"text": "", "why": ""}
    press(app, "Undo")
    assert here.files() == before
    press(app, "Redo")
    assert len(here.shape("M50-Q01", "options")) == 4
    box(app, "button", "options/d/take").click().run()
    box(app, "button", "options/a/down").click().run()
    assert [one["id"] for one in here.shape("M50-Q01", "options")] == ["b", "a", "c"]
    assert not app.exception


@pytest.mark.parametrize(
    "kind", ["single_choice", "multiple_choice", "ordering", "matching", "numeric", "fill_in"]
)
def test_each_kind_of_question_begins_with_a_form_and_can_be_shown(here, kind):
    app = here.open("front")
    [menu] = [one for one in app.get("menu_button") if str(one.key).endswith("/new")]
    menu.set_value(kind).run()
    assert not app.exception
    assert app.query_params["part"] in ("item/M50-Q04", ["item/M50-Q04"])
    assert here.shape("M50-Q04", "kind") == kind
    assert "Nothing stops a publication" in " ".join(one.value for one in app.header)
    assert "cannot be shown yet" not in told(app)


def test_the_front_page_says_how_many_questions_stand_in_place_of_the_lesson(here):
    app = here.open("front")
    assert "Answer 3 questions instead. With 2 or more of them right, you skip" in told(app)
    box(here.open("item/M50-Q01"), "checkbox", "M50-Q01/critical").check().run()
    assert "the critical ones among them" in told(here.open("front"))


def test_a_question_that_a_form_asks_is_deleted_only_after_who_asks_it_is_told(here):
    app = here.open("item/M50-Q02")
    press(app, "Delete this question")
    assert "**M50-Q02** is named in: the form check" in told(app)
    assert here.word("M50-Q02")
    press(app, "Keep it")
    assert "is named in" not in told(app)
    press(app, "Delete this question")
    press(app, "Delete it, and take it out there")
    assert here.word("M50-Q02") is None
    assert "M50-Q02" not in "".join(here.files().values())
    assert "Nothing stops a publication" in " ".join(one.value for one in app.header)


def test_screens_are_added_with_their_step_and_what_is_inserted_stands_in_the_text(here):
    app = here.open("steps")
    box(app, "button", "add/screen").click().run()
    assert app.query_params["part"] in ("screen/another-screen", ["screen/another-screen"])
    box(app, "button", "insert/band").click().run()
    assert "> **Rule of thumb.**" in here.files()["lesson.en.md"]
    assert "Nothing stops a publication" in " ".join(one.value for one in app.header)
    assert not app.exception


def test_a_story_and_a_lab_are_added_and_shown(here):
    app = here.open("steps")
    lab = box(app, "selectbox", "add/lab")
    lab.set_value("m01-why-share/lab").run()
    assert "Nothing stops a publication" in " ".join(one.value for one in app.header)
    box(app, "button", "add/story").click().run()
    assert not app.exception
    assert {"scenario.yaml", "lab.yaml"} <= set(here.files())
    # A story begins without words, and says which are missing.
    assert "Story" in told(app) and "is empty" in told(app)
    for part in ("scenario", "lab"):
        app = here.open(part)
        assert not app.exception


def test_what_two_write_in_one_place_stands_side_by_side_until_one_chooses(here):
    app = here.open("item/M50-Q01")
    at = ("M50-Q01", "stem")
    here.as_other("questions.en.yaml", lambda text: fields.put(text, at, "Theirs?"))
    box(app, "text_area", "M50-Q01/stem").set_value("Mine?").run()
    assert not app.exception
    assert {"Mine?", "Theirs?"} <= {one.value for one in app.code}
    assert here.word(*at) == "Theirs?"
    press(app, "Keep both, one after the other")
    assert here.word(*at) == "Theirs?\n\nMine?"
    assert not app.code


def test_a_choice_between_two_texts_is_asked_again_when_the_other_one_changed_meanwhile(here):
    app = here.open("item/M50-Q01")
    at = ("M50-Q01", "stem")
    here.as_other("questions.en.yaml", lambda text: fields.put(text, at, "Theirs?"))
    box(app, "text_area", "M50-Q01/stem").set_value("Mine?").run()
    here.as_other("questions.en.yaml", lambda text: fields.put(text, at, "Theirs, and better?"))
    press(app, "Keep mine")
    assert here.word(*at) == "Theirs, and better?"
    assert {"Mine?", "Theirs, and better?"} <= {one.value for one in app.code}
    press(app, "Keep mine")
    assert here.word(*at) == "Mine?"
    assert not app.code


def test_what_one_press_writes_into_two_files_is_written_whole_or_not_at_all(here):
    app = here.open("steps")
    lesson = here.files()["lesson.en.md"]
    here.as_other("module.yaml", lambda text: "sittings: [")
    box(app, "button", "add/screen").click().run()
    assert not app.exception
    assert "cannot be read" in " ".join(one.value for one in app.error)
    assert here.files()["lesson.en.md"] == lesson


def test_a_step_is_taken_out_although_somebody_else_moved_it_meanwhile(here):
    app = here.open("steps")
    box(app, "button", "add/story").click().run()
    app = here.open("steps")
    at = ("sittings", "first", "steps")
    here.as_other("module.yaml", lambda text: fields.move(text, (*at, "story"), -2))
    box(app, "button", "step/story/take").click().run()
    assert not app.exception
    left = [one["id"] for one in fields.read(here.files()["module.yaml"], at)]
    assert left == ["reading", "check", "aid"]


def test_what_another_trainer_writes_elsewhere_stays_and_is_shown(here):
    app = here.open("item/M50-Q01")
    other = ("M50-Q01", "options", "b", "text")
    here.as_other("questions.en.yaml", lambda text: fields.put(text, other, "From elsewhere"))
    box(app, "text_area", "M50-Q01/stem").set_value("Mine?").run()
    assert (here.word("M50-Q01", "stem"), here.word(*other)) == ("Mine?", "From elsewhere")
    assert box(app, "text_area", "M50-Q01/options/b/text").value == "From elsewhere"


def test_the_source_is_edited_on_its_own_tab_and_a_broken_file_closes_its_forms_only(here):
    app = here.open("front")
    app.session_state[f"edit/{here.id}/tab"] = "Source"
    app.run()
    area = box(app, "text_area", "lesson.en.md")
    area.set_value(area.value.replace("The first screen", "Another title")).run()
    assert "## {#reading} Another title" in here.files()["lesson.en.md"]
    area = box(app, "text_area", "lesson.en.md")
    area.set_value("no front matter").run()
    assert not app.exception
    assert here.files()["lesson.en.md"] == "no front matter"
    app.session_state[f"edit/{here.id}/tab"] = "Write"
    app.run()
    assert not app.exception
    press(app, "Undo")
    assert not app.exception


def test_who_only_reviews_sees_the_draft_and_has_nothing_to_press(here, monkeypatch):
    monkeypatch.setattr(
        door,
        "viewer",
        lambda: dataclasses.replace(here.world.viewer("priya"), roles=frozenset({Role.REVIEWER})),
    )
    app = here.open("item/M50-Q01")
    assert not [one for one in app.button if one.label == "Undo"]
    assert not app.get("menu_button")
    assert all(one.disabled for one in app.text_input if str(one.key).startswith("edit/"))
    assert "You read this draft as learners would" in told(app)


def test_an_address_without_a_draft_gets_a_sentence(open_page):
    app = open_page("priya", "edit", draft="nonsense")
    assert "names no draft" in told(app)


def test_a_module_is_begun_and_a_published_one_edited_from_the_list(open_page, world):
    app = open_page("priya", "modules")
    box(app, "text_input", "modules/title").set_value("Visitors")
    box(app, "button", "modules/write").click().run()
    assert not app.exception
    assert any("Edit: Visitors" in one.value for one in app.title)
    app = open_page("priya", "modules")
    box(app, "button", "modules/edit/M01").click().run()
    assert not app.exception
    assert any(one.value.startswith("Edit: Why share") for one in app.title)


def test_facts_are_found_by_their_words_and_put_in_with_their_source(here):
    app = here.open("screen/reading")
    next(one for one in app.toggle if "/search/" in str(one.key)).set_value(True).run()
    box(app, "text_input", "insert/query").set_value("personal data minimisation").run()
    found = [one for one in app.button if "/insert/fact/" in str(one.key)]
    assert found
    id = str(found[0].key).rpartition("/")[2]
    found[0].click().run()
    assert not app.exception
    assert f"[@{id}]" in here.files()["lesson.en.md"]
    assert "Nothing stops a publication" in " ".join(one.value for one in app.header)


def picture():
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (320, 180), "#0B5F5A").save(made, "PNG")
    return made.getvalue()


def test_a_picture_is_kept_shown_and_asks_for_its_words(here):
    with writing() as session:
        viewer = here.world.viewer("priya")
        path, sha256 = drafting.keep_picture(
            session, viewer, data=picture(), name="Desk Plan.PNG", taken=()
        )
        with pytest.raises(BadInput):
            drafting.keep_picture(session, viewer, data=b"GIF89a", name="x.exe", taken=())
    assert path == "pictures/desk-plan.png"
    assert len(sha256) == 64


def test_what_a_picture_may_be_is_said_before_one_chooses(here):
    app = here.open("screen/reading")
    assert "PNG, JPEG, WebP, GIF or SVG" in told(app) and "at most 20 MB" in told(app)
    app.file_uploader[0].set_value(("Plan.docx", b"PK", "application/zip")).run()
    assert "“.docx” is no picture or recording for a lesson" in told(app)
    app.file_uploader[0].set_value(("fake.png", b"none at all", "image/png")).run()
    assert "its content is something else" in told(app)
    before = here.files()
    press(app, "Put it in")
    assert not app.exception and here.files() == before


def test_captions_are_kept_beside_their_film_and_stand_nowhere_in_the_text(here):
    app = here.open("screen/reading")
    before = here.files()["lesson.en.md"]
    app.file_uploader[0].set_value(("Walk.en.vtt", media.VTT, "text/vtt")).run()
    press(app, "Put it in")
    assert not app.exception and not app.error
    assert here.files()["pictures/walk.en.vtt"].startswith("sha256:")
    assert here.files()["lesson.en.md"] == before


def test_the_preview_is_in_the_language_one_chooses_and_the_form_in_the_first(here):
    here.as_other("module.yaml", lambda text: fields.put(text, ("languages",), ["en", "fr"]))
    app = here.open("item/M50-Q01")
    assert box(app, "text_area", "M50-Q01/stem").value.startswith("Question 1")
    box(app, "selectbox", f"edit/{here.id}/language").set_value("fr").run()
    assert not app.exception
    assert box(app, "text_area", "M50-Q01/stem").value.startswith("Question 1")
    assert "cannot be shown yet" in told(app)


def test_a_translation_is_looked_at_in_its_language_before_it_is_offered(here):
    with writing() as session:
        viewer = here.world.viewer("priya")
        name = f"{STEM}/translated.fr.yaml"
        drafting.save(
            session,
            viewer,
            id=here.id,
            path=name,
            base=None,
            text="{}\n",
            place="translate",
            now=NOW,
        )
    app = here.open_page("priya", "edit", draft=str(here.id), part="front", language="fr")
    assert box(app, "selectbox", f"edit/{here.id}/language").value == "fr"
    app = here.open_page("priya", "translate", draft=str(here.id), to="fr")
    [link] = [one for one in app.get("page_link") if "“fr”" in one.proto.label]
    assert f"draft={here.id}" in link.proto.query_string
    assert "language=fr" in link.proto.query_string


def test_a_new_draft_says_in_one_sentence_what_comes_next_and_advises_on_what_is_written(here):
    app = here.open("front")
    assert "Next: Title and objectives, in your own words" in told(app)
    heads = " ".join(one.value for one in app.header)
    assert "Nothing stops a publication" in heads
    assert "suggestion" not in heads
    # Advice on a part comes once it has words of its own.
    app = in_own_words(here, "M50-Q01")
    assert not app.exception
    assert "Next: Title and objectives, in your own words" in told(app)
    assert "**Question M50-Q01" in told(app)


def test_what_a_template_brought_is_told_before_it_is_published(here):
    app = here.open_page("priya", "publish", draft=str(here.id))
    assert "Some parts still have the words they began with" in told(app)
    assert "**Question M50-Q01" in told(app)
