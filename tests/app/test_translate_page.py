"""A draft translated on its page: what is typed is kept, and learners get it when it is whole."""

from __future__ import annotations

import os

import pytest
from streamlit.testing.v1 import AppTest

from db import drafts
from db.engine import reading, writing
from modules import fields
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.unit.own_module import SLUG
from tests.unit.told_module import told_files
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def draft(world):
    files = told_files()
    path = f"{SLUG}/lesson.en.md"
    files[path] = files[path].replace("Turn the screen away.", "Turn it, as [@gdpr-art5] says.")
    viewer = world.viewer("priya")
    with writing() as session:
        return drafts.begin(
            session,
            org_id=viewer.org_id,
            module="M50",
            slug=SLUG,
            base_id=None,
            files=files,
            by=viewer.person_id,
            now=NOW,
        )


@pytest.fixture
def opened(world, monkeypatch):
    monkeypatch.setattr(door, "now", lambda: NOW)
    import streamlit as st

    monkeypatch.setattr(fields, "_draw", fields.native)
    monkeypatch.setattr(fields, "_held", fields.native_held)
    monkeypatch.setattr(fields, "_memory", lambda: st.session_state)

    def as_(short, **query):
        token = world.sign_in(short)
        monkeypatch.setattr(door, "token", lambda: token)
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        app.switch_page(os.path.relpath(script("translate"), UI.parent))
        for name, value in query.items():
            app.query_params[name] = value
        return run(app.run())

    return as_


def run(app):
    assert not app.exception, app.exception[0].value
    return app


def files(world, id):
    with reading() as session:
        found = drafts.files(session, org_id=world.viewer("priya").org_id, id=id)
    return {path: one.body for path, one in found.items()}


def press(app, label, number=0):
    return run([one for one in app.button if one.label == label][number].click().run())


def told(app):
    return "\n".join(one.value for one in (*app.markdown, *app.error, *app.caption))


def begun(app, language="fr"):
    box = next(one for one in app.text_input if one.label == "Another language")
    return press(run(box.set_value(language).run()), "Begin it")


def field(app, path):
    return next(
        one for one in (*app.text_input, *app.text_area) if str(one.key).endswith(f"fr/{path}")
    )


def test_a_language_is_begun_and_what_is_typed_stands_in_the_draft(opened, world, draft):
    app = begun(opened("priya", draft=str(draft)))
    assert "0 of 49 texts are in “fr” and up to date." in told(app)
    run(field(app, "lesson/title").set_value("Les visiteurs").run())
    assert "title: Les visiteurs" in files(world, draft)[f"{SLUG}/lesson.fr.md"]
    assert "1 of 49 texts" in told(app)
    # It stays where it is while one works on these texts, and is gone from the next.
    assert field(app, "lesson/title").value == "Les visiteurs"
    app = press(app, "Next texts")
    assert not [one for one in app.text_input if str(one.key).endswith("fr/lesson/title")]
    assert "lesson/title" not in told(press(app, "From the beginning"))


def test_what_a_translation_lost_is_a_hint_and_no_stop(opened, world, draft):
    app = begun(opened("priya", draft=str(draft)))
    path = "lesson/screens/reading/text"
    app = run(field(app, path).set_value("Tournez-le.").run())
    assert "The source has this, and here it is missing: \\[@gdpr-art5\\]" in told(app)
    assert "Tournez-le." in files(world, draft)[f"{SLUG}/lesson.fr.md"]


def test_a_text_whose_source_changed_is_shown_and_confirmed(opened, world, draft):
    app = begun(opened("priya", draft=str(draft)))
    run(field(app, "lesson/title").set_value("Les visiteurs").run())
    viewer, path = world.viewer("priya"), f"{SLUG}/lesson.en.md"
    with writing() as session:
        changed = files(world, draft)[path].replace("title: Visitors", "title: All visitors")
        drafts.put(session, org_id=viewer.org_id, id=draft, path=path, body=changed, number=9)
    app = opened("priya", draft=str(draft), to="fr")
    [shown] = [one for one in app.selectbox if "/show" in str(one.key)]
    # The chosen one has no number: it would close the list, and be forgotten, as one types.
    assert shown.options == [
        "Missing or out of date",
        "Missing (48)",
        "Out of date (1)",
        "All (49)",
    ]
    app = press(app, "It is still right")
    assert "1 of 49 texts" in told(app)


def test_a_language_that_is_not_whole_is_not_offered(opened, world, draft):
    app = press(begun(opened("priya", draft=str(draft))), "Offer it to learners")
    assert "49 texts are not translated yet" in told(app)
    assert "languages: [en]" in files(world, draft)[f"{SLUG}/module.yaml"]


@pytest.mark.parametrize("language", ["en", "12", "<b>"])
def test_what_is_no_new_language_is_told_beside_the_field(opened, draft, language):
    app = begun(opened("priya", draft=str(draft)), language)
    assert app.error
    assert app.title[0].value == "M50 in another language"


@pytest.mark.parametrize("id", ["", "x", "0199aaaa-0000-7000-8000-000000000000"])
def test_a_draft_that_is_none_is_told(opened, draft, id):
    assert "There is no such draft here" in told(opened("priya", draft=id))


def test_nobody_of_another_role_or_body_sees_a_draft(opened, draft):
    assert "Visitors" not in told(opened("amira", draft=str(draft)))
