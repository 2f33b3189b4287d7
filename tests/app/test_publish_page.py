"""The pages of a publication, as a trainer and a reviewer use them."""

from __future__ import annotations

import os
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import reading
from modules.author import publishing
from modules.drafts import reviewing
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.data.studio import HEAD, Studio

UI = ROOT / "modules" / "shell" / "ui.py"
WORD = ("Ask for the answer first.", "Ask for the answer, and only then for data.")


@pytest.fixture
def studio(world, monkeypatch):
    made = Studio(world)
    made.begin()
    made.write(*WORD)
    monkeypatch.setattr(door, "now", lambda: made.now)
    return made


@pytest.fixture
def page(studio, world, monkeypatch):
    def opened(who, name="publish", **query):
        monkeypatch.setattr(door, "token", lambda: world.sign_in(who))
        app = AppTest.from_file(str(UI), default_timeout=60).run()
        app.switch_page(os.path.relpath(script(name), UI.parent))
        given = query or {"draft": str(studio.id)}
        for key, value in given.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return opened


def html(app):
    return "\n".join(one.body for one in app.get("html") if hasattr(one, "body"))


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_a_change_is_told_asked_about_approved_by_another_and_published(page, studio):
    app = page("priya")
    assert app.title[0].value.startswith("Publish “Why share?")
    stem = f"publish/{studio.id}"
    app.radio(key=f"{stem}/kind").set_value("clarification").run()
    app.text_area(key=f"{stem}/says").set_value("Ask first.").run()
    press(app, f"{stem}/keep")
    assert studio.draft() and 'version: "1.3.0"' in studio.files()[HEAD]
    press(app, "publish/ask")
    assert studio.draft().state == "review"
    assert "publish/approve" not in [one.key for one in app.button]

    reviewer = page("gov0")
    press(reviewer, "publish/approve")
    assert studio.draft().state == "approved"
    assert "publish/do" not in [one.key for one in reviewer.button]

    app = page("priya")
    press(app, "publish/do")
    assert studio.live().version == "1.3.0"
    assert any("closed" in one.value for one in app.header)


def test_what_stops_a_publication_stands_on_top_and_nothing_is_published(page, studio):
    studio.change()
    studio.write("kind: screen, minutes: 2", "kind: scren, minutes: 2", path=HEAD)
    studio.ask()
    studio.approve()
    app = page("priya")
    headers = [one.value for one in app.header]
    assert "stop" in headers[0]
    press(app, "publish/do")
    assert studio.live().number == 1
    assert app.error and "module.yaml" in app.error[0].value


def test_what_changed_since_it_was_seen_is_not_published(page, studio):
    studio.change()
    studio.ask()
    studio.approve()
    app = page("priya")
    studio.write("Name both.", "Name them both.")
    press(app, "publish/do")
    assert studio.live().number == 1


def test_a_comment_stands_at_its_place_and_is_settled(page, studio):
    studio.ask()
    app = page("gov0")
    stem = f"publish/say/{studio.id}/0"
    app.text_area(key=f"{stem}/text").set_value("Which [answer](x)?").run()
    press(app, f"{stem}/do")
    [said] = [one.value for one in app.markdown if "Which" in one.value]
    assert "Gov0 Fern" in said and "\\[answer\\]" in said
    [button] = [one for one in app.button if one.label == "Settle"]
    button.click().run()
    assert any("(settled)" in one.value for one in app.markdown)


def test_a_revision_is_taken_back_and_the_page_says_who_published_what(page, studio):
    studio.through()
    app = page("priya", "versions", module="M01")
    assert [one.value for one in app.header][:2] == [
        "Revision 2, version 1.2.1 (live)",
        "Revision 1, version 1.2.0",
    ]
    assert any("Priya Nair · wording" in one.value for one in app.markdown)
    press(app, "versions/back/yes/1")
    assert studio.live().repeats == 1
    reviewer = page("gov0", "versions", module="M01")
    assert not [one.key for one in reviewer.button if one.key.startswith("versions/back")]


def test_a_learner_in_the_middle_goes_on_with_what_she_began_and_is_counted(page, studio):
    from tests.walk import Walk

    walk = Walk(studio.world, "amira").begin()
    version = walk.opened.version
    studio.through()
    assert walk.opened.version == version == "1.2.0"
    assert Walk(studio.world, "cora").begin().opened.version == "1.2.1"
    studio.begin()
    with reading() as session:
        found = publishing.sheet(session, studio.who("priya"), id=studio.id, now=studio.now)
    assert found.affected.begun is None  # two people are too few to be told
    assert found.affected.completed == 20
    app = page("priya")
    assert any("They finish on the version that they began" in one.value for one in app.markdown)


def links(app):
    """Where the links of a page lead, by their labels."""
    return {
        one.label.replace("\\", ""): parse_qs(one.query_string) for one in protos(app, "page_link")
    }


def protos(app, kind):
    return [one.proto for one in app.get(kind)]


def test_a_new_module_is_read_as_learners_see_it_before_anybody_approves_it(page, studio):
    studio.begin_own()
    studio.ask()
    app = page("gov0")
    told = "\n".join(one.value for one in (*app.subheader, *app.markdown))
    assert "Screens (1)" in told and "Questions (3)" in told and "nothing to compare" in told
    found = links(app)
    whole = {"draft": [str(studio.id)], "read": ["yes"]}
    assert found["Read it as a learner"] == whole
    [question] = [one for one in found if one.startswith("M50-Q01: ")]
    assert found[question] == whole | {"part": ["item/M50-Q01"]}

    reader = page("gov0", "edit", draft=str(studio.id), read="yes", part="item/M50-Q01")
    assert any(one.value.startswith("Read: ") for one in reader.title)
    assert reader.radio and "Undo" not in [one.label for one in reader.button]
    assert any("sw-diff" in one for one in [html(reader)])
    [box] = [one for one in reader.text_area if one.label == "Comment on this part"]
    box.set_value("Two are right.").run()
    press(reader, next(one.key for one in reader.button if one.label == "Comment"))
    assert any("Two are right." in one.value for one in reader.markdown)
    press(reader, f"edit/{studio.id}/next")
    assert reader.query_params["part"] == "item/M50-Q02"

    app = page("priya")
    [said] = [one.value for one in app.markdown if "Two are right." in one.value]
    assert said.startswith("**Gov0 Fern** on M50-Q01")
    assert links(app)["Read this part"]["part"] == ["item/M50-Q01"]


def test_a_trainer_who_reads_changes_nothing_by_accident(page, studio):
    app = page("priya", "edit", draft=str(studio.id), read="yes", part="front")
    assert "Undo" not in [one.label for one in app.button] and not app.get("menu_button")
    assert links(app)["Open it in the editor"] == {"draft": [str(studio.id)]}
    assert "Undo" in [one.label for one in page("priya", "edit", draft=str(studio.id)).button]


def test_each_problem_leads_to_its_place(page, studio):
    path = "m01-why-share/questions.en.yaml"
    studio.write("  stem: ", "  stam: ", path=path)
    studio.ask()
    for who, label, extra in (
        ("priya", "Go to Question M01-Q01", {}),
        ("gov0", "Question M01-Q01", {"read": ["yes"]}),
    ):
        app = page(who)
        found = links(app)[label]
        assert found == {"draft": [str(studio.id)], "part": ["item/M01-Q01"], **extra}


def test_open_comments_are_listed_where_one_decides_and_ticked_or_settled(page, studio):
    studio.change()
    studio.ask()
    said = {"path": "m01-why-share/lesson.en.md", "place": "front", "text": "Too long?"}
    studio.do(reviewing.comment, "gov0", id=studio.id, **said)
    app = page("gov0")
    assert any("1 open comment" in one.value for one in app.markdown)
    assert links(app)["Title and objectives: Too long?"]["part"] == ["front"]
    press(app, "publish/approve")
    assert "1 comment is open" in app.error[0].value and studio.draft().state == "review"
    [tick] = [one for one in app.checkbox if one.label.startswith("Approve with open comments")]
    tick.check().run()
    press(app, "publish/approve")
    assert studio.draft().state == "approved"
    app = page("priya")
    press(app, "publish/do")
    assert "1 comment is open" in app.error[0].value
    next(one for one in app.button if one.label == "Settle").click().run()
    press(app, "publish/do")
    assert studio.live().number == 2


@pytest.mark.parametrize("who", ["priya", "gov0"])
def test_the_page_of_modules_leads_once_to_each_draft_and_calls_it_by_its_title(page, studio, who):
    studio.ask()
    studio.begin_own()
    lesson = "m50-shared-inbox/lesson.en.md"
    studio.write("The inbox that everybody reads", "Our own inbox", path=lesson)
    app = page(who, "modules", any="")
    assert [one.label for one in protos(app, "page_link")].count("Review and publish") == 2
    told = "\n".join(one.value for one in app.markdown)
    assert "M50\\: Our own inbox is being written" in told and "m50-shared" not in told
    assert "M01\\: Why share" in told
    ways = links(app)
    assert ("Open it in the editor" in ways or "Open in the editor" in ways) is (who == "priya")
    assert ("Read it as a learner" in ways) is (who == "gov0")


def test_what_a_roll_back_is_to_learners_is_proposed_and_can_be_changed(page, studio):
    studio.through(kind="rule", says="Ask first.", parts=("M01-Q10",))
    app = page("priya", "versions", module="M01")
    stem = "versions/back/2/1"
    assert app.radio(key=f"{stem}/kind").value == "rule"
    assert "version 2.0.0 of “Why share?" in app.text_area(key=f"{stem}/says").value
    app.text_area(key=f"{stem}/says").set_value("").run()
    press(app, "versions/back/yes/1")
    assert "one sentence" in app.error[0].value and studio.live().number == 2
    app.text_area(key=f"{stem}/says").set_value("Ask as before.").run()
    press(app, "versions/back/yes/1")
    assert (studio.live().change, studio.live().version) == ("rule", "3.0.0")
    assert any("rule change · the same as revision 1" in one.value for one in app.markdown)
    app.radio(key="versions/back/3/2/kind").set_value("wording").run()
    press(app, "versions/back/yes/2")
    assert (studio.live().change, studio.live().version) == ("wording", "2.0.0")
