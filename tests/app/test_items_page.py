"""The page of what fails, as a trainer meets it."""

from __future__ import annotations

import pytest

from db import drafts
from db.engine import reading
from modules.author import actions
from modules.questions.question import spoken
from modules.shell import session as door
from tests.app.test_review_page import opened
from tests.data.analysed import ITEM, Crowd, count
from tests.data.test_item_page import fill
from tests.world import MODULE


@pytest.fixture
def priya(world, monkeypatch):
    token = world.sign_in("priya")
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: world.now)
    return world.viewer("priya")


def actions_preview(viewer):
    with reading() as session:
        return actions.preview(session, viewer, module=MODULE)


def said(app):
    return " ".join(one.value for one in (*app.title, *app.header, *app.markdown, *app.caption))


def test_before_enough_people_have_answered_it_says_what_to_do_next(world, priya):
    app = opened("items", module=MODULE)
    assert not app.exception
    assert app.title[0].value == "Not enough answers to judge the questions yet"
    assert "once 10 people have answered it" in said(app)
    count()
    for part in ("ideas", "story", "stops", "reports"):
        app = opened("items", module=MODULE, part=part)
        assert not app.exception
        assert app.header, part


def test_it_finds_the_question_that_fails_and_says_what_to_do(world, priya):
    crowd = Crowd(world)
    fill(crowd)
    count()
    app = opened("items", module=MODULE)
    assert not app.exception
    assert app.title[0].value == "2 questions want another look"
    told = said(app)
    assert "Only 27% of the marks were earned." in told
    assert "Check the key first." in told
    assert "Somebody" not in told


def test_the_preview_it_leads_to_shows_that_question_and_none_of_its_family(world, priya):
    module = actions_preview(priya)
    for id in (ITEM, *module.twins(ITEM)):
        app = opened("preview", module=MODULE, step=f"question:{id}")
        assert not app.exception
        assert app.selectbox(key="preview/step").value == f"question:{id}"
        asked = module.question(id)
        stems = {spoken(asked.variant("", one).stem) for one in asked.variants()}
        assert stems & {one.value.replace("\\", "") for one in app.header}, id


def test_every_part_is_drawn_from_a_crowd(world, priya):
    crowd = Crowd(world)
    fill(crowd)
    scenario = crowd.module.scenario
    first = scenario.nodes[scenario.start].choices
    for place, person in enumerate(crowd.more(30)):
        way = [(scenario.start, first[place % len(first)].id)]
        crowd.tell(person, way, steps=place % 4)
    count()
    for part, finding in (
        ("ideas", "is the weakest objective"),
        ("story", "choose “"),
        ("stops", "stop at “"),
    ):
        app = opened("items", module=MODULE, part=part)
        assert not app.exception
        assert finding in said(app), part


def test_a_trainer_goes_on_to_the_question_in_the_editor(world, priya):
    crowd = Crowd(world)
    fill(crowd)
    count()
    app = opened("items", module=MODULE)
    app.button(key=f"items/mend/check/{ITEM}").click().run()
    assert not app.exception
    with reading() as session:
        [draft] = drafts.open_ones(session, org_id=priya.org_id)
    assert draft.module == MODULE
    assert app.query_params["draft"] == str(draft.id)
    assert app.query_params["part"] == f"item/{ITEM}"
